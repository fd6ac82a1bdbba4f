/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/results/mh-results-value.h"

#include "shared/base/mh-text.h"
#include "shared/records/mh-records.h"

#include <string.h>

static gboolean
is_kind (const MhResultsRow *row, const char *kind)
{
  return g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_KIND), kind) == 0;
}

static const char *
name_of (const MhResultsRow *row)
{
  return mh_record_text (row->analyte, MH_ANALYTE_NAME);
}

/* --- choices --- */

/* An organism is no row of a value set but of its own catalogue. */
#define ORGANISMS "ORGANISMS"

typedef struct
{
  const char *code, *text, *flag;
} Choice;

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *left = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *right = b != NULL ? g_utf8_casefold (b, -1) : NULL;
  return g_strcmp0 (left, right) == 0;
}

static GPtrArray *
choices_of (const MhResultsPlan *plan, const MhResultsRow *row, guint *out_code, guint *out_text)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_VALUE_SET);
  if (g_strcmp0 (code, ORGANISMS) == 0)
    {
      *out_code = MH_ORGANISM_CODE;
      *out_text = MH_ORGANISM_NAME;
      return mh_catalogue_all (plan->view, &mh_organism_type);
    }
  MhRecord *set = mh_catalogue_find (plan->view, &mh_value_set_type, code);
  *out_code = MH_VALUE_CHOICE_CODE;
  *out_text = MH_VALUE_CHOICE_TEXT;
  return set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL;
}

/* By code first, by text then. */
static gboolean
find_choice (const MhResultsPlan *plan, const MhResultsRow *row, const char *value, Choice *out)
{
  guint code_field, text_field;
  GPtrArray *choices = choices_of (plan, row, &code_field, &text_field);
  for (guint pass = 0; choices != NULL && pass < 2; pass++)
    for (guint i = 0; i < choices->len; i++)
      {
        MhRecord *choice = g_ptr_array_index (choices, i);
        const char *code = mh_record_text (choice, code_field);
        const char *text = mh_record_text (choice, text_field);
        if (!same_word (pass == 0 ? code : text, value))
          continue;
        out->code = code;
        out->text = text;
        out->flag = code_field == MH_VALUE_CHOICE_CODE && mh_record_type (choice) == &mh_value_choice_type
                        ? mh_record_text (choice, MH_VALUE_CHOICE_FLAG)
                        : NULL;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_choice (const MhResultsPlan *plan,
             const MhResultsRow *row,
             const char *text,
             const char *field,
             MhIssues *issues,
             char **out_value)
{
  Choice choice;
  guint code_field, text_field;
  if (find_choice (plan, row, text, &choice))
    {
      *out_value = g_strdup (choice.code);
      return TRUE;
    }
  g_autoptr (GString) known = g_string_new (NULL);
  GPtrArray *choices = choices_of (plan, row, &code_field, &text_field);
  for (guint i = 0; choices != NULL && i < choices->len && i < 8; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            mh_record_text (g_ptr_array_index (choices, i), text_field));
  if (choices != NULL && choices->len > 8)
    g_string_append (known, ", …");
  mh_issues_add (issues, field, "unknown_code", "%s: choose one of: %s.", name_of (row), known->str);
  return FALSE;
}

/* --- numbers --- */

/* "<0.5" is a number with a sign before it; the sign says that it lies outside what can be measured. */
static const char *
number_part (const char *text, char *out_sign)
{
  *out_sign = text[0] == '<' || text[0] == '>' ? text[0] : 0;
  return *out_sign != 0 ? text + 1 + strspn (text + 1, " ") : text;
}

static gboolean
check_plausible (const MhResultsRow *row, MhDecimal value, const char *field, MhIssues *issues)
{
  const char *low_text = mh_record_text (row->analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  const char *high_text = mh_record_text (row->analyte, MH_ANALYTE_PLAUSIBLE_HIGH);
  const char *unit = mh_record_text (row->analyte, MH_ANALYTE_UNIT);
  MhDecimal low, high;
  gboolean has_low = low_text != NULL && mh_decimal_parse (low_text, &low);
  gboolean has_high = high_text != NULL && mh_decimal_parse (high_text, &high);
  if ((!has_low || mh_decimal_compare (value, low) >= 0)
      && (!has_high || mh_decimal_compare (value, high) <= 0))
    return TRUE;
  if (has_low && has_high)
    mh_issues_add (issues, field, "implausible",
                   "%s: not plausible; values from %s to %s %s are possible. Check the sample.",
                   name_of (row), low_text, high_text, unit != NULL ? unit : "");
  else
    mh_issues_add (issues, field, "implausible", "%s: not plausible; the limit is %s %s.",
                   name_of (row), has_low ? low_text : high_text, unit != NULL ? unit : "");
  return FALSE;
}

static gboolean
read_number (const MhResultsRow *row,
             const char *text,
             const char *field,
             MhIssues *issues,
             char **out_value)
{
  char sign;
  MhDecimal value;
  g_autofree char *ascii = mh_text_ascii_digits (text);
  const char *number = number_part (ascii, &sign);
  if (strchr (number, ',') != NULL)
    mh_issues_add (issues, field, "comma", "%s: write the decimal point as a point, such as 13.2.",
                   name_of (row));
  else if (!mh_decimal_parse (number, &value))
    mh_issues_add (issues, field, "format", "%s: write a number, such as 13.2, or <0.5.",
                   name_of (row));
  else if (check_plausible (row, value, field, issues))
    {
      *out_value = g_steal_pointer (&ascii);
      return TRUE;
    }
  return FALSE;
}

/* --- titres --- */

/* The number behind the prefix: 160 of "1:160", "160" or "<1:20". 0: not a titre. */
static gint64
titer_of (const MhResultsRow *row, const char *text)
{
  char sign;
  char *end = NULL;
  const char *rest = number_part (text, &sign);
  const char *prefix = mh_record_text (row->analyte, MH_ANALYTE_TITER_PREFIX);
  if (prefix != NULL && g_str_has_prefix (rest, prefix))
    rest += strlen (prefix);
  if (*rest < '1' || *rest > '9')
    return 0;
  gint64 titer = g_ascii_strtoll (rest, &end, 10);
  return *end == 0 ? titer : 0;
}

static gboolean
read_titer (const MhResultsRow *row,
            const char *text,
            const char *field,
            MhIssues *issues,
            char **out_value)
{
  g_autofree char *ascii = mh_text_ascii_digits (text);
  const char *const *steps = mh_record_list (row->analyte, MH_ANALYTE_TITER_STEPS);
  const char *prefix = mh_record_text (row->analyte, MH_ANALYTE_TITER_PREFIX);
  gint64 titer = titer_of (row, ascii);
  gboolean known = steps == NULL && titer > 0;
  for (guint i = 0; steps != NULL && steps[i] != NULL; i++)
    known = known || (titer > 0 && titer == g_ascii_strtoll (steps[i], NULL, 10));
  if (known || same_word (ascii, "negative") || same_word (ascii, "non-reactive"))
    {
      *out_value = g_steal_pointer (&ascii);
      return TRUE;
    }
  g_autofree char *list = steps != NULL ? g_strjoinv (", ", (char **) steps) : g_strdup ("1:40");
  mh_issues_add (issues, field, "unknown_step",
                 "%s: write one of the steps %s behind %s, or Negative.", name_of (row), list,
                 prefix != NULL ? prefix : "1:");
  return FALSE;
}

gboolean
mh_results_value_read (const MhResultsPlan *plan,
                       const MhResultsRow *row,
                       const char *text,
                       const char *field,
                       MhIssues *issues,
                       char **out_value)
{
  if (mh_results_row_is_calculated (row))
    {
      mh_issues_add (issues, field, "calculated",
                     "%s is worked out from the other values; enter those.", name_of (row));
      return FALSE;
    }
  if (is_kind (row, MH_ANALYTE_KIND_NUMERIC))
    return read_number (row, text, field, issues, out_value);
  if (is_kind (row, MH_ANALYTE_KIND_TITER))
    return read_titer (row, text, field, issues, out_value);
  if (mh_record_has (row->analyte, MH_ANALYTE_VALUE_SET))
    return read_choice (plan, row, text, field, issues, out_value);
  *out_value = g_strdup (text);
  return TRUE;
}

/* --- what it means --- */

static void
copy_limits (MhResultsRow *row)
{
  MhRecord *range = row->limits.reference;
  MhRecord *to = row->after;
  mh_record_set_text (to, MH_RESULT_LOW,
                      range != NULL ? mh_record_text (range, MH_REFERENCE_RANGE_LOW) : NULL);
  mh_record_set_text (to, MH_RESULT_HIGH,
                      range != NULL ? mh_record_text (range, MH_REFERENCE_RANGE_HIGH) : NULL);
  mh_record_take_text (to, MH_RESULT_RANGE_TEXT,
                       range != NULL ? mh_results_limits_text (range) : NULL);
  mh_record_set_text (to, MH_RESULT_RANGE_ID, range != NULL ? mh_record_id (range) : NULL);
  mh_record_set_bool (to, MH_RESULT_RANGE_VERIFIED,
                      range != NULL && mh_record_bool (range, MH_REFERENCE_RANGE_VERIFIED));
}

static const char *
flag_number (const MhResultsRow *row, const char *text)
{
  char sign;
  MhDecimal value;
  const char *number = number_part (text, &sign);
  gboolean was_critical = row->previous != NULL && mh_record_bool (row->previous, MH_RESULT_CRITICAL);
  if (!mh_decimal_parse (number, &value))
    return NULL;
  const char *flag = mh_results_limits_flag (&row->limits, value, was_critical);
  if (sign == 0)
    return flag;
  /* "<5" with a low limit of 20 is low, however far below; else only that it could not be measured. */
  if (sign == '<' && (g_strcmp0 (flag, MH_FLAG_L) == 0 || g_strcmp0 (flag, MH_FLAG_LL) == 0))
    return flag;
  if (sign == '>' && (g_strcmp0 (flag, MH_FLAG_H) == 0 || g_strcmp0 (flag, MH_FLAG_HH) == 0))
    return flag;
  return sign == '<' ? MH_FLAG_BELOW : MH_FLAG_ABOVE;
}

static const char *
flag_titer (const MhResultsRow *row, const char *text)
{
  char sign;
  gint64 significant = mh_record_int (row->analyte, MH_ANALYTE_TITER_SIGNIFICANT);
  number_part (text, &sign);
  return sign != '<' && significant > 0 && titer_of (row, text) >= significant ? MH_FLAG_A
                                                                                : MH_FLAG_N;
}

#define NO_GROWTH "NG"

static const char *
flag_choice (const MhResultsPlan *plan, MhResultsRow *row, const char *value)
{
  Choice choice;
  if (!find_choice (plan, row, value, &choice))
    return NULL;
  mh_record_set_text (row->after, MH_RESULT_VALUE_TEXT, choice.text);
  if (g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_VALUE_SET), ORGANISMS) != 0)
    return choice.flag;
  if (g_strcmp0 (choice.code, NO_GROWTH) == 0)
    return MH_FLAG_N;
  return mh_record_has (row->analyte, MH_ANALYTE_CRITICAL_RULE) ? MH_FLAG_AA : MH_FLAG_A;
}

void
mh_results_value_judge (const MhResultsPlan *plan, MhResultsRow *row)
{
  static const char *const critical[] = { MH_FLAG_LL, MH_FLAG_HH, MH_FLAG_AA, NULL };
  const char *value = mh_results_row_value (row);
  const char *flag = NULL;
  mh_record_set_text (row->after, MH_RESULT_VALUE_TEXT, NULL);
  copy_limits (row);
  if (value != NULL
      && (is_kind (row, MH_ANALYTE_KIND_NUMERIC) || mh_results_row_is_calculated (row)))
    flag = flag_number (row, value);
  else if (value != NULL && is_kind (row, MH_ANALYTE_KIND_TITER))
    flag = flag_titer (row, value);
  else if (value != NULL && mh_record_has (row->analyte, MH_ANALYTE_VALUE_SET))
    flag = flag_choice (plan, row, value);
  mh_record_set_text (row->after, MH_RESULT_FLAG, flag);
  mh_record_set_bool (row->after, MH_RESULT_CRITICAL,
                      flag != NULL && g_strv_contains (critical, flag));
}
