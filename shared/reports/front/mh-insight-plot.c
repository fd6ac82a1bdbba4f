/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/front/mh-insight-plot.h"
#include "shared/base/mh-translation.h"
#include "shared/records/front/mh-insight.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-decimal.h"

#include <math.h>
#include <string.h>

#define THREE_HOURS (3 * 3600)

/* --- words --- */

static char *
duration (gint64 seconds, const MhInsightWords *words)
{
  gint64 minutes = (seconds + 30) / 60;
  if (seconds < 60)
    return g_strdup_printf ("%d %s", (int)seconds, words->say (NS_ ("s"), words->data));
  if (minutes < 60)
    return g_strdup_printf ("%d %s", (int)minutes, words->say (NS_ ("min"), words->data));
  const char *h = words->say (NS_ ("h"), words->data), *min = words->say (NS_ ("min"), words->data);
  if (minutes % 60 == 0 || minutes >= 48 * 60)
    return g_strdup_printf ("%d %s", (int)((minutes + 30) / 60), h);
  return g_strdup_printf ("%d %s %d %s", (int)(minutes / 60), h, (int)(minutes % 60), min);
}

char *
mh_insight_value_words (const MhInsightColumn *column,
                        const char *value,
                        const char *currency,
                        const MhInsightWords *words)
{
  if (value == NULL || *value == '\0')
    return g_strdup ("–");

  gint64 number = g_ascii_strtoll (value, NULL, 10);
  switch (column->unit)
    {
    case MH_UNIT_SECONDS:
      return duration (number, words);
    case MH_UNIT_PERCENT:
      return g_strdup_printf ("%d.%d %%", (int)(number / 10), (int)(number % 10));
    case MH_UNIT_SCORE:
      return g_strdup_printf ("%d.%02d", (int)(number / 100), (int)(number % 100));
    case MH_UNIT_MONEY:
      return mh_money_display (number, currency);
    case MH_UNIT_COUNT:
      break;
    }

  return g_strdup (value);
}

/* Midnight of the row's first day. */
static gboolean
row_begins (MhRecord *row, GTimeZone *zone, gint64 *out_at)
{
  const char *key = mh_record_text (row, MH_INSIGHT_ROW_KEY);
  MhDate date;
  g_autofree char *day = key != NULL && strlen (key) == strlen ("2026-11")
                             ? g_strconcat (key, "-01", NULL)
                             : g_strdup (key != NULL ? key : "");
  if (!mh_date_parse (day, &date))
    return FALSE;
  g_autoptr (GDateTime) at = g_date_time_new (zone, date.year, date.month, date.day, 0, 0, 0);
  *out_at = g_date_time_to_unix (at) * MH_SECOND;
  return TRUE;
}

static GTimeZone *
insight_plot_zone_of (MhRecord *insight)
{
  const char *name = mh_record_text (insight, MH_INSIGHT_TIME_ZONE);
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static gboolean
insight_plot_is (MhRecord *insight, const char *by)
{
  return g_strcmp0 (mh_record_text (insight, MH_INSIGHT_BY), by) == 0;
}

static MhPlotTime
said_as (MhRecord *insight)
{
  return insight_plot_is (insight, MH_BY_MONTH) ? MH_PLOT_MONTH : MH_PLOT_DATE;
}

char *
mh_insight_row_words (MhRecord *insight, MhRecord *row, const MhInsightWords *words)
{
  gint64 at;
  const char *label = mh_record_text (row, MH_INSIGHT_ROW_LABEL);
  g_autoptr (GTimeZone) zone = insight_plot_zone_of (insight);

  if (mh_insight_by_is_time (mh_record_text (insight, MH_INSIGHT_BY))
      && row_begins (row, zone, &at))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / MH_SECOND);
      g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, zone);
      if (words->time != NULL)
        return words->time (time, said_as (insight), (gpointer)words->data);
      return mh_plot_time_in (time, said_as (insight), mh_day_language ());
    }

  return g_strdup (label != NULL && *label != '\0' ? words->say (label, words->data) : "–");
}

/* --- the axis of values --- */

typedef struct
{
  MhInsightWords words;
  MhInsightColumn column;
  char *currency;
  double unit; /* of the row's number in one of the axis */
} Axis;

static void
axis_free (gpointer data)
{
  Axis *axis = data;
  g_free (axis->currency);
  g_free (axis);
}

static char *
axis_words (double value, gpointer data)
{
  const Axis *axis = data;
  g_autofree char *number = g_strdup_printf ("%.0f", value * axis->unit);
  return mh_insight_value_words (&axis->column, number, axis->currency, &axis->words);
}

static char *
insight_plot_say_time (GDateTime *time, MhPlotTime how, gpointer data)
{
  const Axis *axis = data;
  return axis->words.time (time, how, (gpointer)axis->words.data);
}

static double
value_in (MhRecord *row, guint column)
{
  const char *const *values = mh_record_list (row, MH_INSIGHT_ROW_VALUES);
  if (values == NULL || column >= g_strv_length ((char **)values) || *values[column] == '\0')
    return NAN;
  return (double)g_ascii_strtoll (values[column], NULL, 10);
}

static double
most_in (GPtrArray *rows, guint column)
{
  double most = 0;
  for (guint i = 0; i < rows->len; i++)
    most = fmax (most, value_in (g_ptr_array_index (rows, i), column));
  return most;
}

static double
unit_of (const MhInsightColumn *column, double most)
{
  return column->unit == MH_UNIT_SECONDS   ? (most > THREE_HOURS ? 3600 : 60)
         : column->unit == MH_UNIT_MONEY   ? 100
         : column->unit == MH_UNIT_PERCENT ? 10
         : column->unit == MH_UNIT_SCORE   ? 100
                                           : 1;
}

static void
set_axis (MhPlot *plot,
          MhRecord *insight,
          const MhInsightColumn *column,
          double most,
          const MhInsightWords *words)
{
  Axis *axis = g_new0 (Axis, 1);
  axis->words = *words;
  axis->column = *column;
  axis->currency = g_strdup (mh_record_text (insight, MH_INSIGHT_CURRENCY));
  axis->unit = unit_of (column, most);
  mh_plot_take_data (plot, axis, axis_free);
  if (column->unit != MH_UNIT_COUNT)
    mh_plot_set_value_words (plot, axis_words, axis);
  if (words->time != NULL)
    mh_plot_set_time_words (plot, insight_plot_say_time, axis);
  if (column->unit == MH_UNIT_SCORE)
    mh_plot_set_range (plot, 1, 5);
  else if (column->unit != MH_UNIT_PERCENT)
    mh_plot_set_range (plot, 0, NAN);
}

/* --- the chart --- */

static int
insight_plot_index_of (MhRecord *insight, const char *code)
{
  const char *const *columns = mh_record_list (insight, MH_INSIGHT_COLUMNS);
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (g_str_equal (columns[i], code))
      return (int)i;
  return -1;
}

static guint
shown_rows (MhRecord *insight, guint most)
{
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  guint n = rows != NULL ? rows->len : 0;
  return mh_insight_by_is_time (mh_record_text (insight, MH_INSIGHT_BY)) ? n : MIN (n, most);
}

/* Times and means are lines over time; of counts the first stands, what is part of it is a line. */
static MhPlotShape
shape_of (const MhInsightColumn *column, gboolean over_time, guint number)
{
  gboolean flows = column->unit == MH_UNIT_SECONDS || column->unit == MH_UNIT_SCORE
                   || column->unit == MH_UNIT_PERCENT;
  return over_time && (flows || number > 0) ? MH_PLOT_LINE : MH_PLOT_BARS;
}

/* A column of the figures as a series. */
typedef struct
{
  guint number;
  const char *code;
  double unit; /* what 1 on the axis is */
} Drawn;

static void
insight_plot_add_column (MhPlot *plot,
                         MhRecord *insight,
                         const Drawn *drawn,
                         guint n_rows,
                         const MhInsightWords *words)
{
  const guint number = drawn->number;
  const char *code = drawn->code;
  static const MhPlotInk inks[] = { MH_PLOT_ACCENT, MH_PLOT_WARM, MH_PLOT_SECOND };
  static const MhMark marks[] = { MH_MARK_DOT, MH_MARK_TRIANGLE, MH_MARK_SQUARE };
  const MhInsightColumn *column = mh_insight_column_find (code);
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  gboolean over_time = mh_insight_by_is_time (mh_record_text (insight, MH_INSIGHT_BY));
  MhPlotShape shape = shape_of (column, over_time, number);
  g_autoptr (GTimeZone) zone = insight_plot_zone_of (insight);
  int index = insight_plot_index_of (insight, code);
  guint series = mh_plot_series (plot, words->say (column->label, words->data), shape,
                                 inks[number % G_N_ELEMENTS (inks)]);

  for (guint i = 0; i < n_rows; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      gint64 at = 0;
      double x = over_time && row_begins (row, zone, &at) ? (double)at : i;
      double y = index >= 0 ? value_in (row, (guint)index) / drawn->unit : NAN;
      mh_plot_point (plot, series, x, y,
                     shape == MH_PLOT_BARS ? MH_MARK_NONE : marks[number % G_N_ELEMENTS (marks)],
                     NULL);
    }
}

static char *
insight_plot_title_of (MhRecord *insight, const MhInsightWords *words)
{
  const MhField *figure = &mh_insight_type.fields[MH_INSIGHT_FIGURE];
  const MhField *segment = &mh_insight_type.fields[MH_INSIGHT_SEGMENT];
  const char *name = mh_field_code_label (figure, mh_record_text (insight, MH_INSIGHT_FIGURE));
  const char *step
      = mh_record_has (insight, MH_INSIGHT_SEGMENT) && !insight_plot_is (insight, MH_BY_SEGMENT)
            ? mh_field_code_label (segment, mh_record_text (insight, MH_INSIGHT_SEGMENT))
            : NULL;
  return g_strconcat (words->say (name != NULL ? name : "", words->data), step != NULL ? " · " : "",
                      step != NULL ? words->say (step, words->data) : "", NULL);
}

MhPlot *
mh_insight_plot (MhRecord *insight, guint most, const MhInsightWords *words)
{
  const MhInsightKind *kind = mh_insight_kind_find (mh_record_text (insight, MH_INSIGHT_FIGURE));
  g_return_val_if_fail (kind != NULL, NULL);
  g_autofree char *title = insight_plot_title_of (insight, words);
  MhPlot *plot = mh_plot_new (title);
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  gboolean over_time = mh_insight_by_is_time (mh_record_text (insight, MH_INSIGHT_BY));
  g_auto (GStrv) drawn = g_strsplit (kind->drawn, "|", -1);
  g_autoptr (GTimeZone) zone = insight_plot_zone_of (insight);
  guint n_rows = shown_rows (insight, most);
  double largest = 0;

  for (guint i = 0; rows != NULL && drawn[i] != NULL; i++)
    if (insight_plot_index_of (insight, drawn[i]) >= 0)
      largest = fmax (largest, most_in (rows, (guint)insight_plot_index_of (insight, drawn[i])));

  const MhInsightColumn *first = mh_insight_column_find (drawn[0]);
  set_axis (plot, insight, first, largest, words);
  if (over_time)
    mh_plot_set_time (plot, zone, said_as (insight));
  else
    mh_plot_set_sideways (plot, TRUE);

  for (guint i = 0; !over_time && i < n_rows; i++)
    {
      g_autofree char *label = mh_insight_row_words (insight, g_ptr_array_index (rows, i), words);
      mh_plot_category (plot, label);
    }

  for (guint i = 0; drawn[i] != NULL; i++)
    insight_plot_add_column (plot, insight, &(Drawn){ i, drawn[i], unit_of (first, largest) },
                             n_rows, words);
  return plot;
}

MhRecord *
mh_insight_plot_row (MhRecord *insight, guint most, guint point)
{
  GPtrArray *rows = mh_record_records (insight, MH_INSIGHT_ROWS);
  guint n = shown_rows (insight, most);
  return n > 0 && rows != NULL ? g_ptr_array_index (rows, point % n) : NULL;
}
