/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-value.h"

#include "server/lab/results/mh-results-isolates.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-dilution.h"
#include "shared/rules/lab/mh-measured.h"

#include <string.h>

/* An organism is no row of a value set but of its own catalogue. */
#define NO_GROWTH "NG"
#define COMMENSALS "NCF"
#define CHOICES_IN_MESSAGE 8

static gboolean
results_value_is_kind (const MhResultsRow *row, const char *kind)
{
  return g_strcmp0 (mh_results_row_kind (row), kind) == 0;
}

static const char *
results_value_name_of (const MhResultsRow *row)
{
  return mh_record_text (row->analyte, MH_ANALYTE_NAME);
}

static MhRecord *
value_set_of (const MhResultsPlan *plan, const MhResultsRow *row)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_VALUE_SET);
  return code != NULL ? mh_catalogue_find (plan->view, &mh_value_set_type, code) : NULL;
}

static void
scale_limit (MhRecord *analyte, guint field, const char *factor)
{
  g_autofree char *limit = mh_dilution_apply (mh_record_text (analyte, field), factor);
  if (limit != NULL)
    mh_record_set_text (analyte, field, limit);
}

/* What can be measured in a dilution of one in ten is ten times as much in the sample. */
static MhRecord *
analyte_diluted (const MhResultsRow *row)
{
  const char *factor = row->after != NULL ? mh_record_text (row->after, MH_RESULT_DILUTION) : NULL;
  if (factor == NULL)
    return g_object_ref (row->analyte);
  MhRecord *analyte = mh_record_copy (row->analyte);
  scale_limit (analyte, MH_ANALYTE_REPORTABLE_LOW, factor);
  scale_limit (analyte, MH_ANALYTE_REPORTABLE_HIGH, factor);
  return analyte;
}

static gboolean
results_value_judge (const MhResultsPlan *plan,
                     const MhResultsRow *row,
                     const char *value,
                     MhJudgement *out_judgement,
                     GError **error)
{
  g_autoptr (MhRecord) analyte = analyte_diluted (row);
  GPtrArray *ranges
      = mh_catalogue_ranges (plan->view, mh_record_text (row->analyte, MH_ANALYTE_CODE));
  if (row->calculated)
    return mh_range_judge_calculated (analyte, ranges, &row->subject, value, out_judgement, error);
  return mh_range_judge (&(MhRangeOf){ analyte, ranges, value_set_of (plan, row) }, &row->subject,
                         value, out_judgement, error);
}

/* --- choices --- */

typedef struct
{
  GPtrArray *list; /* NULL: no such set */
  guint code, text;
} Choices;

static Choices
results_value_choices_of (const MhResultsPlan *plan, const MhResultsRow *row)
{
  if (mh_results_isolates_are_wanted (row))
    return (Choices){ mh_catalogue_all (plan->view, &mh_organism_type), MH_ORGANISM_CODE,
                      MH_ORGANISM_NAME };
  MhRecord *set = value_set_of (plan, row);
  return (Choices){ set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL,
                    MH_VALUE_CHOICE_CODE, MH_VALUE_CHOICE_TEXT };
}

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *left = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *right = b != NULL ? g_utf8_casefold (b, -1) : NULL;
  return g_strcmp0 (left, right) == 0;
}

/* By code first, by text then. */
static MhRecord *
results_value_find_choice (const Choices *choices, const char *value)
{
  const guint fields[] = { choices->code, choices->text };
  for (guint pass = 0; choices->list != NULL && pass < G_N_ELEMENTS (fields); pass++)
    for (guint i = 0; i < choices->list->len; i++)
      if (same_word (mh_record_text (g_ptr_array_index (choices->list, i), fields[pass]), value))
        return g_ptr_array_index (choices->list, i);
  return NULL;
}

static gboolean
results_value_read_choice (const MhResultsPlan *plan,
                           const MhResultsRow *row,
                           const char *text,
                           const char *field,
                           MhIssues *issues,
                           char **out_value)
{
  Choices choices = results_value_choices_of (plan, row);
  MhRecord *choice = results_value_find_choice (&choices, text);
  if (choice != NULL)
    {
      *out_value = g_strdup (mh_record_text (choice, choices.code));
      return TRUE;
    }

  g_autoptr (GString) known = g_string_new (NULL);
  for (guint i = 0; choices.list != NULL && i < MIN (choices.list->len, CHOICES_IN_MESSAGE); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            mh_record_text (g_ptr_array_index (choices.list, i), choices.text));

  if (choices.list != NULL && choices.list->len > CHOICES_IN_MESSAGE)
    g_string_append (known, ", …");
  mh_issues_add (issues, field, "unknown_code", "%s: choose one of: %s.",
                 results_value_name_of (row), known->str);

  return FALSE;
}

/* --- numbers and titres --- */

static gboolean
results_value_read_measured (const MhResultsPlan *plan,
                             const MhResultsRow *row,
                             const char *text,
                             const char *field,
                             MhIssues *issues,
                             char **out_value)
{
  MhJudgement judgement;
  g_autoptr (GError) refused = NULL;
  g_autofree char *ascii = mh_text_ascii_digits (text);

  if (strchr (ascii, ',') != NULL)
    {
      mh_issues_add (issues, field, "comma",
                     "%s: write the decimal point as a point and no thousands, such as 13.2.",
                     results_value_name_of (row));
      return FALSE;
    }

  if (results_value_judge (plan, row, ascii, &judgement, &refused))
    {
      *out_value = mh_measured_tidy (ascii);
      return TRUE;
    }

  const MhIssues *reasons = mh_error_get_issues (refused);
  const MhIssue *reason
      = reasons != NULL && mh_issues_count (reasons) > 0 ? mh_issues_nth (reasons, 0) : NULL;

  mh_issues_add (issues, field, reason != NULL ? reason->code : "format", "%s: %s",
                 results_value_name_of (row), reason != NULL ? reason->message : refused->message);
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
  if (row->calculated)
    {
      mh_issues_add (issues, field, "calculated",
                     "%s is calculated from the other values; enter those.",
                     results_value_name_of (row));
      return FALSE;
    }

  if (results_value_is_kind (row, MH_ANALYTE_KIND_NUMERIC)
      || results_value_is_kind (row, MH_ANALYTE_KIND_TITER))
    return results_value_read_measured (plan, row, text, field, issues, out_value);
  if (mh_record_has (row->analyte, MH_ANALYTE_VALUE_SET))
    return results_value_read_choice (plan, row, text, field, issues, out_value);

  *out_value = g_strdup (text);
  return TRUE;
}

gboolean
mh_results_value_is_beyond (const MhResultsPlan *plan, const MhResultsRow *row)
{
  MhJudgement judgement;
  const char *value = mh_results_row_value (row);
  return row->calculated && value != NULL
         && results_value_judge (plan, row, value, &judgement, NULL) && judgement.beyond;
}

/* --- what it means --- */

static void
copy_limits (MhResultsRow *row)
{
  MhRecord *range = row->reference;
  MhRecord *to = mh_results_row_edit (row);
  int decimals = (int)mh_record_int (row->analyte, MH_ANALYTE_DECIMALS);

  mh_record_set_text (to, MH_RESULT_LOW,
                      range != NULL ? mh_record_text (range, MH_REFERENCE_RANGE_LOW) : NULL);
  mh_record_set_text (to, MH_RESULT_HIGH,
                      range != NULL ? mh_record_text (range, MH_REFERENCE_RANGE_HIGH) : NULL);
  mh_record_take_text (to, MH_RESULT_RANGE_TEXT,
                       range != NULL ? mh_range_text (range, decimals) : NULL);
  mh_record_set_text (to, MH_RESULT_RANGE_ID, range != NULL ? mh_record_id (range) : NULL);
  mh_record_set_bool (to, MH_RESULT_RANGE_VERIFIED,
                      range != NULL && mh_record_bool (range, MH_REFERENCE_RANGE_VERIFIED));
}

static void
judge_organism (MhResultsRow *row, const char *code, MhJudgement *judgement)
{
  gboolean critical = mh_record_has (row->analyte, MH_ANALYTE_CRITICAL_RULE);
  gboolean harmless
      = g_strcmp0 (code, NO_GROWTH) == 0 || (g_strcmp0 (code, COMMENSALS) == 0 && !critical);
  judgement->critical = critical && !harmless;
  judgement->flag = harmless ? MH_FLAG_N : critical ? MH_FLAG_AA : MH_FLAG_A;
}

void
mh_results_value_judge (const MhResultsPlan *plan, MhResultsRow *row)
{
  const char *value = mh_results_row_value (row);
  const char *words = NULL;
  MhJudgement judgement = { .outcome = MH_RANGE_NONE };

  copy_limits (row);
  if (value != NULL)
    {
      Choices choices = results_value_choices_of (plan, row);
      MhRecord *choice = results_value_find_choice (&choices, value);
      words = choice != NULL ? mh_record_text (choice, choices.text) : NULL;
      if (mh_results_isolates_are_wanted (row))
        judge_organism (row, value, &judgement);
      else if (!results_value_judge (plan, row, value, &judgement, NULL))
        judgement = (MhJudgement){ .outcome = MH_RANGE_NONE };
      /* Outside what can be measured the paper says so; the digits typed stay in .value. */
      if (judgement.reported[0] != 0)
        words = judgement.reported;
    }

  g_autofree char *several = value != NULL ? mh_results_isolates_words (row) : NULL;
  mh_record_set_text (row->after, MH_RESULT_VALUE_TEXT, several != NULL ? several : words);
  mh_record_set_text (row->after, MH_RESULT_FLAG, judgement.flag);
  mh_record_set_bool (row->after, MH_RESULT_CRITICAL, judgement.critical);
}
