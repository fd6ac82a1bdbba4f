/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-trial.h"

#include "server/lab/catalogue/mh-catalogue-check.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/rules/lab/mh-formula-links.h"
#include "shared/rules/lab/mh-formula.h"

#include <string.h>

static gboolean
read_input (const char *input, char **out_name, double *out_value)
{
  const char *sign = strchr (input, '=');
  MhDecimal number;
  g_autofree char *text = sign != NULL ? g_strstrip (g_strdup (sign + 1)) : NULL;
  if (text == NULL || !mh_decimal_parse (text, &number))
    return FALSE;
  *out_name = g_strstrip (g_strndup (input, (gsize)(sign - input)));
  *out_value = mh_decimal_to_double (number);
  return TRUE;
}

static gboolean
catalogue_trial_look_up (const char *name, double *out_value, gpointer data)
{
  const double *value = g_hash_table_lookup (data, name);
  if (value == NULL)
    return FALSE;
  *out_value = *value;
  return TRUE;
}

static GHashTable *
read_inputs (MhRecord *asked, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *inputs = mh_record_list (asked, MH_FORMULA_TRIAL_INPUTS);
  for (guint i = 0; inputs != NULL && inputs[i] != NULL; i++)
    {
      char *name = NULL;
      double value = 0;
      if (!read_input (inputs[i], &name, &value))
        {
          mh_error_set_field (error, "inputs", "format",
                              "“%s” is not a value; write a name and a number, such as CREA=1.2.",
                              inputs[i]);
          return NULL;
        }
      g_hash_table_insert (values, name, g_memdup2 (&value, sizeof value));
    }

  return g_steal_pointer (&values);
}

static MhRecord *
analyte_of (MhRecord *asked)
{
  MhRecord *analyte = mh_record_new (&mh_analyte_type);
  mh_record_set_text (analyte, MH_ANALYTE_CODE, mh_record_text (asked, MH_FORMULA_TRIAL_CODE));
  mh_record_set_text (analyte, MH_ANALYTE_UCUM, mh_record_text (asked, MH_FORMULA_TRIAL_UCUM));
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA,
                      mh_record_text (asked, MH_FORMULA_TRIAL_FORMULA));
  mh_record_set_text (analyte, MH_ANALYTE_FORMULA_CONDITION,
                      mh_record_text (asked, MH_FORMULA_TRIAL_CONDITION));
  mh_record_set_int (analyte, MH_ANALYTE_DECIMALS,
                     mh_record_int (asked, MH_FORMULA_TRIAL_DECIMALS));
  mh_record_set_list (analyte, MH_ANALYTE_FORMULA_UNITS,
                      mh_record_list (asked, MH_FORMULA_TRIAL_UNITS));
  return analyte;
}

MhRecord *
mh_catalogue_try_formula (MhCatalogueView *view, MhRecord *asked, GError **error)
{
  static const char *const words[] = { [MH_FORMULA_OK] = "ok",
                                       [MH_FORMULA_MISSING] = "missing",
                                       [MH_FORMULA_UNDEFINED] = "undefined",
                                       [MH_FORMULA_NOT_APPLICABLE] = "not_applicable",
                                       [MH_FORMULA_UNSURE] = "undefined",
                                       [MH_FORMULA_BROKEN] = "broken" };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GHashTable) values = read_inputs (asked, error);

  if (values == NULL)
    return NULL;

  g_autoptr (MhRecord) analyte = analyte_of (asked);
  MhRecord *reply = mh_record_copy (asked);
  g_auto (GStrv) names = mh_formula_names (mh_record_text (analyte, MH_ANALYTE_FORMULA));
  char *text = NULL;
  MhFormulaOutcome outcome = mh_formula_calculate (analyte, catalogue_trial_look_up, values, &text);

  mh_formula_link_check (analyte, mh_catalogue_check_analyte, view, issues);
  mh_record_set_text (reply, MH_FORMULA_TRIAL_OUTCOME, words[outcome]);
  mh_record_set_list (reply, MH_FORMULA_TRIAL_NAMES, (const char *const *)names);
  if (outcome == MH_FORMULA_OK)
    mh_record_take_text (reply, MH_FORMULA_TRIAL_VALUE, text);
  if (mh_issues_count (issues) > 0)
    mh_record_set_text (reply, MH_FORMULA_TRIAL_MESSAGE, mh_issues_nth (issues, 0)->message);

  return reply;
}
