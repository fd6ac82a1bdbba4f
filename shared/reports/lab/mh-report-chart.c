/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-chart.h"
#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-history-item.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/lab/mh-result.h"

#include "shared/reports/clinic/mh-report-clinical.h"
#include "shared/reports/mh-report-parts.h"

#define LABEL_WIDTH 150
#define WIDE 0.62 /* of the width, where what stands first is long */

static char *
report_chart_day_text (MhClinical *clinical, const char *iso)
{
  MhDate date;
  return iso != NULL && mh_date_parse (iso, &date) ? mh_words_day (clinical->words, date) : NULL;
}

static void
report_chart_add_problems (MhClinical *clinical, MhRecord *chart)
{
  GPtrArray *problems = mh_record_records (chart, MH_CHART_PROBLEMS);
  guint shown = 0;
  mh_clinical_heading (clinical, NS_ ("Problems"));

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      MhRecord *problem = g_ptr_array_index (problems, i);
      if (!mh_problem_item_is_current (problem))
        continue;
      g_autofree char *name = mh_record_display (problem);
      g_autofree char *since
          = report_chart_day_text (clinical, mh_record_text (problem, MH_PROBLEM_ITEM_ONSET));
      g_autofree char *detail = mh_part_join (
          "  ·  ", since != NULL ? since : "",
          mh_words_field_code (clinical->words, problem, MH_PROBLEM_ITEM_VERIFICATION) ?: "",
          mh_words_field_code (clinical->words, problem, MH_PROBLEM_ITEM_SEVERITY) ?: "", NULL);
      mh_clinical_line (clinical, name, detail, clinical->width * WIDE);
      shown++;
    }

  if (shown == 0)
    mh_clinical_nothing (clinical);
}

static void
report_chart_add_medicines (MhClinical *clinical, MhRecord *chart)
{
  GPtrArray *lines = mh_record_records (chart, MH_CHART_MEDICINES);
  mh_clinical_heading (clinical, NS_ ("Medicines"));
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *what
          = mh_part_join (" ", mh_record_text (line, MH_PRESCRIPTION_LINE_NAME) ?: "",
                          mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH) ?: "", NULL);
      g_autofree char *how = mh_part_join (
          "  ·  ", mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE) ?: "",
          mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY) ?: "",
          mh_words_field_code (clinical->words, line, MH_PRESCRIPTION_LINE_ROUTE) ?: "", NULL);
      mh_clinical_line (clinical, what, how, clinical->width * WIDE);
    }

  if (lines == NULL || lines->len == 0)
    mh_clinical_nothing (clinical);
}

static void
report_chart_add_history (MhClinical *clinical, MhRecord *chart)
{
  GPtrArray *items = mh_record_records (chart, MH_CHART_HISTORY);
  gboolean headed = FALSE;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (g_strcmp0 (mh_record_text (item, MH_HISTORY_ITEM_STATUS), MH_ENTERED_IN_ERROR) == 0)
        continue;
      if (!headed)
        mh_clinical_heading (clinical, NS_ ("Family and social history"));
      headed = TRUE;
      g_autofree char *about = mh_part_join (
          ": ", mh_words_field_code (clinical->words, item, MH_HISTORY_ITEM_KIND) ?: "",
          mh_words_field_code (clinical->words, item, MH_HISTORY_ITEM_RELATION) ?: "", NULL);
      g_autofree char *detail = mh_part_join (
          "  ·  ", mh_words_field_code (clinical->words, item, MH_HISTORY_ITEM_USE) ?: "",
          mh_record_text (item, MH_HISTORY_ITEM_TEXT) ?: "",
          mh_record_text (item, MH_HISTORY_ITEM_AMOUNT) ?: "", NULL);
      mh_clinical_line (clinical, about, detail, LABEL_WIDTH);
    }
}

static void
report_chart_add_doses (MhClinical *clinical, MhRecord *chart)
{
  GPtrArray *doses = mh_record_records (chart, MH_CHART_IMMUNISATIONS);
  gboolean headed = FALSE;
  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      MhRecord *dose = g_ptr_array_index (doses, i);
      if (g_strcmp0 (mh_record_text (dose, MH_IMMUNISATION_STATUS), MH_IMMUNISATION_COMPLETED) != 0)
        continue;
      if (!headed)
        mh_clinical_heading (clinical, NS_ ("Immunisations"));
      headed = TRUE;
      g_autofree char *number
          = mh_record_has (dose, MH_IMMUNISATION_DOSE_NUMBER)
                ? g_strdup_printf ("%d", (int)mh_record_int (dose, MH_IMMUNISATION_DOSE_NUMBER))
                : g_strdup ("");
      g_autofree char *what = mh_part_join (
          " ", mh_words_field_code (clinical->words, dose, MH_IMMUNISATION_VACCINE) ?: "", number,
          NULL);
      g_autofree char *day
          = report_chart_day_text (clinical, mh_record_text (dose, MH_IMMUNISATION_GIVEN_ON));
      mh_clinical_line (clinical, what, day, clinical->width * WIDE);
    }
}

static void
report_chart_add_values (MhClinical *clinical, MhRecord *chart)
{
  GPtrArray *values = mh_record_records (chart, MH_CHART_VALUES);
  mh_clinical_heading (clinical, NS_ ("Newest results"));
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      MhRecord *value = g_ptr_array_index (values, i);
      const char *flag = mh_record_text (value, MH_CHART_VALUE_FLAG);
      gboolean normal = flag == NULL || g_str_equal (flag, MH_FLAG_N);
      g_autofree char *at = mh_words_instant (
          clinical->words, mh_record_int (value, MH_CHART_VALUE_AT), clinical->zone);
      g_autofree char *measured
          = mh_part_join (" ", mh_record_text (value, MH_CHART_VALUE_VALUE) ?: "–",
                          mh_record_text (value, MH_CHART_VALUE_UNIT) ?: "", NULL);
      g_autofree char *detail = mh_part_join (
          "  ·  ", measured,
          normal ? "" : mh_words_field_code (clinical->words, value, MH_CHART_VALUE_FLAG) ?: "",
          mh_record_text (value, MH_CHART_VALUE_RANGE_TEXT) ?: "", at, NULL);
      mh_clinical_line (clinical, mh_record_text (value, MH_CHART_VALUE_NAME) ?: "", detail,
                        LABEL_WIDTH);
    }

  if (values == NULL || values->len == 0)
    mh_clinical_nothing (clinical);
}

MhDocument *
mh_report_chart (const MhChartPaper *paper, const char *language)
{
  MhClinical clinical = { .hospital = paper->hospital,
                          .patient = paper->patient,
                          .title = NS_ ("Chart summary"),
                          .by = paper->by,
                          .at = paper->at };

  mh_clinical_begin (&clinical, language);
  mh_clinical_patient (&clinical);
  report_chart_add_problems (&clinical, paper->chart);
  report_chart_add_medicines (&clinical, paper->chart);
  report_chart_add_history (&clinical, paper->chart);
  report_chart_add_doses (&clinical, paper->chart);
  report_chart_add_values (&clinical, paper->chart);
  return mh_clinical_end (&clinical);
}
