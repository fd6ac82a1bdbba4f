/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-reflex.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-result.h"

#include <string.h>

/* --- one rule --- */

static gboolean
has_flag (MhRecord *rule, MhRecord *result)
{
  const char *const *flags = mh_record_list (rule, MH_REFLEX_RULE_FLAGS);
  const char *flag = mh_record_text (result, MH_RESULT_FLAG);
  if (flags == NULL || flags[0] == NULL)
    return TRUE;
  return flag != NULL && g_strv_contains (flags, flag);
}

/* -1, 0, 1 as the measured value lies to @limit; 2: not known. "<5" is below 5 but nobody knows
 * how it lies to 3; "<=5" may be 5 itself. */
static int
lies (const char *value, const char *limit)
{
  MhDecimal number, bound;
  int side = *value == '<' ? -1 : *value == '>' ? 1 : 0;
  if (side != 0)
    value++;

  gboolean including = side != 0 && *value == '=';
  if (including)
    value++;
  while (*value == ' ')
    value++;

  if (limit == NULL || !mh_decimal_parse (value, &number) || !mh_decimal_parse (limit, &bound))
    return 2;

  int order = mh_decimal_compare (number, bound);
  if (side == 0 || order == side)
    return order;

  return order == 0 && !including ? side : 2;
}

/* For "at most 5" a value of "<=5" is enough, though it is not known whether it is 5. */
static gboolean
within (const char *value, const char *limit, int side)
{
  int place = lies (value, limit);
  if (place == 0 || place == side)
    return TRUE;
  char sign = side < 0 ? '<' : '>';
  return place == 2 && value[0] == sign && value[1] == '='
         && lies (value + 2 + strspn (value + 2, " "), limit) == 0;
}

static gboolean
reflex_is_same (const char *value, const char *wanted)
{
  return wanted != NULL && (g_str_equal (value, wanted) || lies (value, wanted) == 0);
}

static gboolean
value_holds (MhRecord *rule, const char *value)
{
  const char *operator_code = mh_record_text (rule, MH_REFLEX_RULE_OPERATOR);
  const char *limit = mh_record_text (rule, MH_REFLEX_RULE_VALUE);
  if (operator_code == NULL || *operator_code == 0)
    return TRUE;
  if (value == NULL || *value == 0)
    return FALSE;
  if (g_str_equal (operator_code, MH_REFLEX_BELOW))
    return lies (value, limit) == -1;
  if (g_str_equal (operator_code, MH_REFLEX_ABOVE))
    return lies (value, limit) == 1;
  if (g_str_equal (operator_code, MH_REFLEX_AT_MOST))
    return within (value, limit, -1);
  if (g_str_equal (operator_code, MH_REFLEX_AT_LEAST))
    return within (value, limit, 1);
  if (g_str_equal (operator_code, MH_REFLEX_BETWEEN))
    return within (value, limit, 1)
           && within (value, mh_record_text (rule, MH_REFLEX_RULE_VALUE_TO), -1);
  if (g_str_equal (operator_code, MH_REFLEX_IS))
    return reflex_is_same (value, limit);

  return g_str_equal (operator_code, MH_REFLEX_IS_NOT) && !reflex_is_same (value, limit);
}

gboolean
mh_reflex_holds (MhRecord *rule, MhRecord *result)
{
  const char *wanted = mh_record_text (rule, MH_REFLEX_RULE_TEST);
  return !mh_record_has (rule, MH_DELETED_AT) && mh_record_bool (rule, MH_REFLEX_RULE_ACTIVE)
         && mh_record_bool (rule, MH_REFLEX_RULE_VERIFIED)
         && g_strcmp0 (mh_record_text (rule, MH_REFLEX_RULE_ANALYTE),
                       mh_record_text (result, MH_RESULT_ANALYTE))
                == 0
         && (wanted == NULL || *wanted == 0
             || g_strcmp0 (wanted, mh_record_text (result, MH_RESULT_TEST)) == 0)
         && has_flag (rule, result) && value_holds (rule, mh_record_text (result, MH_RESULT_VALUE));
}

/* --- circles --- */

typedef struct
{
  GPtrArray *rules, *path;
  MhReflexAnalytes analytes_of;
  gpointer user_data;
  GHashTable *done; /* tests from which no circle can be reached */
} Search;

/* Can a result of @test set @rule off? */
static gboolean
sets_off (Search *search, const char *test, MhRecord *rule)
{
  const char *wanted = mh_record_text (rule, MH_REFLEX_RULE_TEST);
  const char *analyte = mh_record_text (rule, MH_REFLEX_RULE_ANALYTE);
  const char *const *analytes = search->analytes_of (test, search->user_data);
  if (!mh_record_bool (rule, MH_REFLEX_RULE_ACTIVE) || mh_record_has (rule, MH_DELETED_AT)
      || (wanted != NULL && *wanted != 0 && !g_str_equal (wanted, test)))
    return FALSE;
  return analyte != NULL && analytes != NULL && g_strv_contains (analytes, analyte);
}

static char *
name_circle (GPtrArray *path, guint from)
{
  GString *text = g_string_new (NULL);
  for (guint i = from; i < path->len; i++)
    g_string_append_printf (text, "%s → ", (const char *)g_ptr_array_index (path, i));
  g_string_append (text, g_ptr_array_index (path, from));
  return g_string_free (text, FALSE);
}

static char *
reflex_walk (Search *search, const char *test)
{
  for (guint i = 0; i < search->path->len; i++)
    if (g_str_equal (g_ptr_array_index (search->path, i), test))
      return name_circle (search->path, i);

  if (g_hash_table_contains (search->done, test))
    return NULL;

  g_ptr_array_add (search->path, (gpointer)test);
  char *circle = NULL;
  for (guint i = 0; circle == NULL && i < search->rules->len; i++)
    {
      MhRecord *rule = g_ptr_array_index (search->rules, i);
      const char *next = mh_record_text (rule, MH_REFLEX_RULE_ADD_TEST);
      if (next != NULL && sets_off (search, test, rule))
        circle = reflex_walk (search, next);
    }

  g_ptr_array_remove_index (search->path, search->path->len - 1);
  g_hash_table_add (search->done, (gpointer)test);
  return circle;
}

char *
mh_reflex_circle (GPtrArray *rules, MhReflexAnalytes analytes_of, gpointer user_data)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  Search search = { rules, path, analytes_of, user_data, done };
  char *circle = NULL;
  for (guint i = 0; circle == NULL && i < rules->len; i++)
    {
      const char *test = mh_record_text (g_ptr_array_index (rules, i), MH_REFLEX_RULE_ADD_TEST);
      if (test != NULL)
        circle = reflex_walk (&search, test);
    }
  return circle;
}
