/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-formula-links.h"

#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-formula.h"

#include <string.h>

gboolean
mh_formula_is_given (const char *name)
{
  static const char *const given[] = { "AGE_Y", "FEMALE", "ISI", NULL };
  return g_strv_contains (given, name);
}

char *
mh_formula_unit_of (MhRecord *analyte, const char *code)
{
  const char *const *units = mh_record_list (analyte, MH_ANALYTE_FORMULA_UNITS);
  gsize n = strlen (code);
  for (guint i = 0; units != NULL && units[i] != NULL; i++)
    if (strncmp (units[i], code, n) == 0 && units[i][n] == '=')
      return g_strstrip (g_strdup (units[i] + n + 1));
  return NULL;
}

/* --- circles --- */

typedef struct
{
  MhRecord *first;
  MhAnalyteLookup lookup;
  gpointer user_data;
  GPtrArray *path; /* codes, borrowed */
  GHashTable *done;
} Search;

static char *
formula_links_walk (Search *search, MhRecord *analyte)
{
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  if (!mh_record_has (analyte, MH_ANALYTE_FORMULA) || code == NULL
      || !g_hash_table_add (search->done, g_strdup (code)))
    return NULL;

  g_auto (GStrv) names = mh_formula_names (mh_record_text (analyte, MH_ANALYTE_FORMULA));
  g_ptr_array_add (search->path, (gpointer)code);
  char *circle = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL && circle == NULL; i++)
    {
      const char *start = g_ptr_array_index (search->path, 0);
      if (g_str_equal (names[i], start))
        {
          GString *text = g_string_new (NULL);
          for (guint k = 0; k < search->path->len; k++)
            g_string_append_printf (text, "%s → ",
                                    (const char *)g_ptr_array_index (search->path, k));
          g_string_append (text, start);
          circle = g_string_free (text, FALSE);
        }
      else
        {
          MhRecord *next = search->lookup (names[i], search->user_data);
          circle = next != NULL ? formula_links_walk (search, next) : NULL;
        }
    }

  g_ptr_array_remove_index (search->path, search->path->len - 1);
  return circle;
}

char *
mh_formula_circle (MhRecord *analyte, MhAnalyteLookup lookup, gpointer user_data)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { analyte, lookup, user_data, path, done };
  return formula_links_walk (&search, analyte);
}

/* --- units --- */

static void
check_unit (MhRecord *analyte, MhRecord *input, const char *name, MhIssues *issues)
{
  const char *now = mh_record_text (input, MH_ANALYTE_UCUM);
  g_autofree char *written = mh_formula_unit_of (analyte, name);
  now = now != NULL ? now : "";
  if (written == NULL)
    mh_issues_add (issues, "formula_units", "unit_missing",
                   "Say for which unit of %s the formula was written, such as %s=%s.", name, name,
                   *now != 0 ? now : "1");
  else if (!g_str_equal (written, now) && !(g_str_equal (written, "1") && *now == 0))
    mh_issues_add (issues, "formula_units", "unit",
                   "The formula was written for %s in %s, but the catalogue has %s. Write formula "
                   "and units for one of them.",
                   name, written, *now != 0 ? now : "no unit");
}

static void
check_names (MhRecord *analyte,
             const char *formula,
             const char *field,
             MhAnalyteLookup lookup,
             gpointer user_data,
             MhIssues *issues)
{
  const char *own = mh_record_text (analyte, MH_ANALYTE_CODE);
  g_auto (GStrv) names = mh_formula_names (formula);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (mh_formula_is_given (names[i]) || g_strcmp0 (names[i], own) == 0)
        continue;
      MhRecord *input = lookup (names[i], user_data);
      if (input == NULL)
        mh_issues_add (issues, field, "unknown_code", "“%s” is not an analyte of the catalogue.",
                       names[i]);
      else
        check_unit (analyte, input, names[i], issues);
    }
}

static gboolean
formula_links_is_readable (const char *formula, const char *field, MhIssues *issues)
{
  g_autoptr (GError) error = NULL;
  if (mh_formula_check (formula, &error))
    return TRUE;
  mh_issues_add (issues, field, "format", "%s",
                 mh_issues_nth (mh_error_get_issues (error), 0)->message);
  return FALSE;
}

void
mh_formula_link_check (MhRecord *analyte,
                       MhAnalyteLookup lookup,
                       gpointer user_data,
                       MhIssues *issues)
{
  const char *formula = mh_record_text (analyte, MH_ANALYTE_FORMULA);
  const char *condition = mh_record_text (analyte, MH_ANALYTE_FORMULA_CONDITION);
  if (!mh_record_has (analyte, MH_ANALYTE_FORMULA)
      || !formula_links_is_readable (formula, "formula", issues))
    return;

  check_names (analyte, formula, "formula", lookup, user_data, issues);
  if (mh_record_has (analyte, MH_ANALYTE_CODE))
    check_unit (analyte, analyte, mh_record_text (analyte, MH_ANALYTE_CODE), issues);
  if (mh_record_has (analyte, MH_ANALYTE_FORMULA_CONDITION)
      && formula_links_is_readable (condition, "formula_condition", issues))
    check_names (analyte, condition, "formula_condition", lookup, user_data, issues);

  g_autofree char *circle = mh_formula_circle (analyte, lookup, user_data);
  if (circle != NULL)
    mh_issues_add (issues, "formula", "circle", "It is calculated from itself: %s.", circle);
}
