/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-cumulative.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include <math.h>
#include <string.h>

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-plot.h"
#include "shared/reports/mh-report-parts.h"

#define MOST_DAYS 6
#define LEAST_POINTS 3
#define NAME_WIDTH 150.0
#define PLOT_HEIGHT 118.0
#define GAP 14.0

typedef struct
{
  const MhCumulative *from;
  const MhWords *words;
  GTimeZone *zone;
  MhPaper paper;
  double width;
  GPtrArray
      *names; /* analytes in the order of the latest report: the results that stand for them */
  gint64 times[MOST_DAYS];
  guint n_times;
} Cumulative;

static const MhPaper a4
    = { MH_A4_WIDTH, MH_A4_HEIGHT, .top = 36, .right = 42, .bottom = 50, .left = 42 };

/* --- every page --- */

static char *
report_cumulative_person_text (const Cumulative *all)
{
  MhRecord *patient = all->from->patient;
  MhDate birth;
  const char *date = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  g_autofree char *mrn
      = mh_words_foreign (all->words, mh_record_text (patient, MH_PATIENT_MRN) ?: "–");
  g_autofree char *labelled = g_strdup_printf ("%s %s", mh_words (all->words, "MRN"), mrn);
  g_autofree char *day = date != NULL && mh_date_parse (date, &birth)
                                 && !mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED)
                             ? mh_words_day (all->words, birth)
                             : NULL;
  g_autofree char *born
      = day != NULL ? mh_words_fill (all->words, "Born {1}", day, NULL) : g_strdup ("");
  g_autofree char *age = mh_part_age_sex (patient, all->words, all->from->made, all->zone);

  return mh_part_join (" · ", labelled, age, born, NULL);
}

static double
report_cumulative_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const Cumulative *all = data;
  double left = all->paper.left, top = all->paper.top;
  g_autofree char *name = mh_record_display (all->from->patient);
  g_autofree char *isolated = mh_ink_isolate (name);
  g_autofree char *facts = report_cumulative_person_text (all);
  g_autofree char *made = mh_words_instant (all->words, all->from->made, all->zone);
  g_autofree char *foot
      = mh_words_fill (all->words, "Made on {1} from released reports.", made, NULL);
  MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);

  if (page == NULL)
    return 62;

  MhType person = mh_type_lines (&mh_type_person, 1);
  mh_box_text (page, &mh_type_small_bold, left, top, all->width * 0.6,
               mh_record_text (all->from->hospital, MH_HOSPITAL_NAME));
  mh_box_text (page, &title, left + all->width * 0.6, top, all->width * 0.4,
               mh_words (all->words, "Cumulative report"));
  mh_box_text (page, &person, left, top + 14, all->width, isolated);
  mh_box_text (page, &mh_type_small, left, top + 33, all->width, facts);
  mh_box_rule (page, MH_INK_ACCENT, left, top + 49, all->width, 1);
  mh_part_footer (page, &all->paper, all->words, foot, number, total);

  return 62;
}

/* --- what there is --- */

static gboolean
same_analyte (MhRecord *a, MhRecord *b)
{
  return g_strcmp0 (mh_record_text (a, MH_RESULT_ANALYTE), mh_record_text (b, MH_RESULT_ANALYTE))
             == 0
         && g_strcmp0 (mh_record_text (a, MH_RESULT_UNIT), mh_record_text (b, MH_RESULT_UNIT)) == 0;
}

static const char *
report_cumulative_shown_value (MhRecord *result)
{
  return mh_record_has (result, MH_RESULT_VALUE_TEXT)
             ? mh_record_text (result, MH_RESULT_VALUE_TEXT)
             : mh_record_text (result, MH_RESULT_VALUE);
}

static gboolean
report_cumulative_is_known (GPtrArray *names, MhRecord *result)
{
  for (guint i = 0; i < names->len; i++)
    if (same_analyte (g_ptr_array_index (names, i), result))
      return TRUE;
  return FALSE;
}

/* The latest moments first, and each analyte once, by its latest result. */
static void
survey (Cumulative *all)
{
  GPtrArray *results = all->from->results;
  for (guint i = results->len; i-- > 0;)
    {
      MhRecord *result = g_ptr_array_index (results, i);
      gint64 at = mh_record_int (result, MH_RESULT_MEASURED_AT);
      gboolean new_time = all->n_times == 0 || all->times[all->n_times - 1] != at;
      if (new_time && all->n_times < MOST_DAYS)
        all->times[all->n_times++] = at;
      if (!report_cumulative_is_known (all->names, result))
        g_ptr_array_add (all->names, result);
    }
}

static MhRecord *
find_at (const Cumulative *all, MhRecord *name, gint64 at)
{
  for (guint i = all->from->results->len; i-- > 0;)
    {
      MhRecord *result = g_ptr_array_index (all->from->results, i);
      if (mh_record_int (result, MH_RESULT_MEASURED_AT) == at && same_analyte (result, name))
        return result;
    }
  return NULL;
}

/* --- the table --- */

static double
column_x (const Cumulative *all, guint column)
{
  return NAME_WIDTH + column * (all->width - NAME_WIDTH) / MAX (all->n_times, 1);
}

static MhBox *
report_cumulative_titles_box (const Cumulative *all)
{
  MhBox *box = mh_box_new ();
  double width = column_x (all, 1) - column_x (all, 0) - 6;
  mh_box_set_tag (box, "TR");
  mh_box_text (box, &mh_type_label, 0, 0, NAME_WIDTH, mh_words (all->words, "Test"));

  for (guint i = 0; i < all->n_times; i++)
    {
      g_autofree char *when = mh_words_instant (all->words, all->times[i], all->zone);
      mh_box_text (box, &mh_type_label, column_x (all, i), 0, width, when);
    }

  mh_box_rule (box, MH_INK_ACCENT, 0, mh_box_get_height (box) + 2, all->width, 0.8);
  mh_box_set_height (box, mh_box_get_height (box) + 4);
  return box;
}

/* "9.8 L": the letter of the flag, so that a black and white copy tells it, too. */
static char *
report_cumulative_cell_text (MhRecord *result)
{
  const char *flag = mh_record_text (result, MH_RESULT_FLAG);
  gboolean marked = flag != NULL && strcmp (flag, MH_FLAG_N) != 0;
  gboolean corrected
      = g_strcmp0 (mh_record_text (result, MH_RESULT_STATUS), MH_RESULT_STATUS_CORRECTED) == 0;
  return g_strdup_printf ("%s%s%s%s", report_cumulative_shown_value (result) ?: "–",
                          marked ? " " : "", marked ? flag : "", corrected ? " *" : "");
}

static MhBox *
report_cumulative_row_box (const Cumulative *all, MhRecord *name)
{
  MhBox *box = mh_box_new ();
  double width = column_x (all, 1) - column_x (all, 0) - 6;
  g_autofree char *note = mh_part_join (" · ", mh_record_text (name, MH_RESULT_UNIT) ?: "",
                                        mh_record_text (name, MH_RESULT_RANGE_TEXT) ?: "", NULL);
  double height = mh_box_text (box, &mh_type_body, 0, 2, NAME_WIDTH - 8,
                               mh_record_text (name, MH_RESULT_NAME));

  height += mh_box_text (box, &mh_type_label, 0, 2 + height, NAME_WIDTH - 8, note);
  for (guint i = 0; i < all->n_times; i++)
    {
      MhRecord *result = find_at (all, name, all->times[i]);
      const char *flag = result != NULL ? mh_record_text (result, MH_RESULT_FLAG) : NULL;
      gboolean marked = flag != NULL && strcmp (flag, MH_FLAG_N) != 0;
      g_autofree char *text = result != NULL ? report_cumulative_cell_text (result) : NULL;
      MhType type = mh_type_lines (marked ? &mh_type_bold : &mh_type_body, 3);
      height = fmax (height, mh_box_text (box, &type, column_x (all, i), 2, width, text));
    }

  mh_box_rule (box, MH_INK_HAIRLINE, 0, 0, all->width, 0.4);
  mh_box_set_tag (box, "TR");
  mh_box_set_height (box, height + 4);

  return box;
}

static void
add_table (const Cumulative *all, MhDocument *document)
{
  gboolean corrected = FALSE;
  MhBox *titles = report_cumulative_titles_box (all);
  mh_document_add (document, mh_box_ref (titles), MH_KEEP_NEXT);
  mh_document_repeat (document, MH_REPEAT_TABLE, titles);
  for (guint i = 0; i < all->names->len; i++)
    mh_document_add (document, report_cumulative_row_box (all, g_ptr_array_index (all->names, i)),
                     0);

  mh_document_repeat (document, MH_REPEAT_TABLE, NULL);
  for (guint i = 0; i < all->from->results->len; i++)
    corrected = corrected
                || g_strcmp0 (
                       mh_record_text (g_ptr_array_index (all->from->results, i), MH_RESULT_STATUS),
                       MH_RESULT_STATUS_CORRECTED)
                       == 0;

  if (!corrected)
    return;

  g_autofree char *note = g_strdup_printf ("* %s", mh_words (all->words, "corrected"));
  mh_document_space (document, 4);
  mh_document_prose (document, &mh_type_note, 0, all->width, 0, note);
}

/* --- the trends --- */

static gboolean
report_cumulative_number_of (MhRecord *result, double *out_value)
{
  MhDecimal value;
  const char *text = mh_record_text (result, MH_RESULT_VALUE);
  if (text == NULL || !mh_decimal_parse (text, &value))
    return FALSE;
  *out_value = mh_decimal_to_double (value);
  return TRUE;
}

static char *
time_words (GDateTime *time, MhPlotTime how, gpointer data)
{
  MhDate date = { 0 };
  g_date_time_get_ymd (time, &date.year, &date.month, &date.day);
  if (how == MH_PLOT_YEAR)
    return g_strdup_printf ("%d", date.year);
  if (how == MH_PLOT_CLOCK)
    return g_date_time_format (time, "%H:%M");
  return mh_words_day (data, date);
}

static guint
decimals_of (const char *value)
{
  const char *point = value != NULL ? strchr (value, '.') : NULL;
  return point != NULL ? (guint)strlen (point + 1) : 0;
}

static void
report_cumulative_put_range (MhPlot *plot, MhRecord *result)
{
  MhDecimal low, high;
  const char *from = mh_record_text (result, MH_RESULT_LOW);
  const char *to = mh_record_text (result, MH_RESULT_HIGH);
  gboolean has_low = from != NULL && mh_decimal_parse (from, &low);
  gboolean has_high = to != NULL && mh_decimal_parse (to, &high);
  if (has_low || has_high)
    mh_plot_band (plot, has_low ? mh_decimal_to_double (low) : NAN,
                  has_high ? mh_decimal_to_double (high) : NAN, MH_PLOT_GOOD);
}

/* NULL: too few numbers for a trend. */
static MhPlot *
plot_of (const Cumulative *all, MhRecord *name)
{
  MhPlot *plot = mh_plot_new (mh_record_text (name, MH_RESULT_NAME));
  guint series = mh_plot_series (plot, NULL, MH_PLOT_LINE, MH_PLOT_ACCENT), n = 0;
  mh_plot_set_time (plot, all->zone, MH_PLOT_DAY);
  mh_plot_set_time_words (plot, time_words, (gpointer)all->words);
  mh_plot_set_rtl (plot, mh_words_is_rtl (all->words));
  mh_plot_set_unit (plot, mh_record_text (name, MH_RESULT_UNIT),
                    decimals_of (mh_record_text (name, MH_RESULT_VALUE)));
  report_cumulative_put_range (plot, name);

  for (guint i = 0; i < all->from->results->len; i++)
    {
      double value;
      MhRecord *result = g_ptr_array_index (all->from->results, i);
      if (!same_analyte (result, name) || !report_cumulative_number_of (result, &value))
        continue;
      guint point
          = mh_plot_point (plot, series, (double)mh_record_int (result, MH_RESULT_MEASURED_AT),
                           value, MH_MARK_DOT, NULL);
      if (mh_record_bool (result, MH_RESULT_CRITICAL))
        mh_plot_ink_point (plot, point, MH_PLOT_BAD);
      n++;
    }

  if (n >= LEAST_POINTS)
    return plot;

  mh_plot_unref (plot);
  return NULL;
}

static void
add_trends (const Cumulative *all, MhDocument *document)
{
  double half = (all->width - GAP) / 2;
  MhBox *box = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < all->names->len; i++)
    {
      MhPlot *plot = plot_of (all, g_ptr_array_index (all->names, i));
      if (plot == NULL)
        continue;
      if (!any)
        {
          MhBox *head = mh_box_new ();
          mh_box_set_tag (head, "H2");
          mh_box_text (head, &mh_type_heading, 0, 0, all->width, mh_words (all->words, "Trends"));
          mh_document_space (document, 12);
          mh_document_add (document, head, MH_KEEP_NEXT);
          any = TRUE;
        }
      gboolean second = box != NULL;
      if (!second)
        {
          box = mh_box_new ();
          mh_box_set_tag (box, "Figure");
        }
      mh_box_plot (box, plot, second ? half + GAP : 0, 0, half, PLOT_HEIGHT);
      if (!second)
        continue;
      mh_document_add (document, g_steal_pointer (&box), 0);
      mh_document_space (document, 8);
    }

  if (box != NULL)
    mh_document_add (document, box, 0);
}

static void
add_period (const Cumulative *all, MhDocument *document)
{
  GPtrArray *results = all->from->results;
  gint64 first = mh_record_int (g_ptr_array_index (results, 0), MH_RESULT_MEASURED_AT);
  gint64 last
      = mh_record_int (g_ptr_array_index (results, results->len - 1), MH_RESULT_MEASURED_AT);
  g_autofree char *from = mh_words_day (all->words, mh_date_of_instant (first, all->zone));
  g_autofree char *to = mh_words_day (all->words, mh_date_of_instant (last, all->zone));
  g_autofree char *text = mh_words_fill (all->words, "From {1} to {2}", from, to);
  mh_document_prose (document, &mh_type_prose, 0, all->width, 0, text);
  mh_document_space (document, 6);
}

MhDocument *
mh_report_cumulative (const MhCumulative *cumulative, const char *language)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (cumulative->hospital);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Cumulative all = { .from = cumulative,
                     .words = mh_words_for_report (language),
                     .zone = zone,
                     .paper = a4,
                     .width = a4.width - a4.left - a4.right,
                     .names = names };
  MhDocument *document = mh_document_new (&all.paper);

  mh_document_set_language (document, mh_words_language (all.words));
  mh_document_set_info (document, mh_words (all.words, "Cumulative report"),
                        mh_record_text (cumulative->hospital, MH_HOSPITAL_NAME), NULL,
                        cumulative->made);
  mh_document_set_frame (document, report_cumulative_frame_page, &all, NULL);
  survey (&all);
  if (cumulative->results->len > 0)
    {
      add_period (&all, document);
      add_table (&all, document);
      add_trends (&all, document);
    }
  else
    mh_document_prose (document, &mh_type_prose, 0, all.width, 0,
                       mh_words (all.words, "No results."));

  mh_document_finish (document);
  return document;
}
