/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going from point to point, and what is said of each. */
#include "shared/reports/mh-plot-private.h"

#include "shared/base/mh-day.h"

#include <math.h>

static gboolean
plot_walk_is_there (const MhPlot *plot, guint point, guint series)
{
  const MhPlotPoint *one = MH_PLOT_POINT (plot, point);
  return one->series == series && !isnan (one->y);
}

int
mh_plot_first (MhPlot *plot, guint series)
{
  for (guint i = 0; i < plot->points->len; i++)
    if (plot_walk_is_there (plot, i, series))
      return (int)i;
  return -1;
}

int
mh_plot_last (MhPlot *plot, guint series)
{
  for (guint i = plot->points->len; i > 0; i--)
    if (plot_walk_is_there (plot, i - 1, series))
      return (int)i - 1;
  return -1;
}

static int
step_along (MhPlot *plot, int point, int along)
{
  guint series = MH_PLOT_POINT (plot, point)->series;
  int left = ABS (along), step = along < 0 ? -1 : 1, at = point;
  for (int i = point + step; left > 0 && i >= 0 && i < (int)plot->points->len; i += step)
    if (plot_walk_is_there (plot, (guint)i, series))
      {
        at = i;
        left--;
      }
  return at;
}

/* In another series the point whose place is the nearest. */
static int
plot_walk_step_across (MhPlot *plot, int point, int across)
{
  const MhPlotPoint *from = MH_PLOT_POINT (plot, point);
  int series = (int)from->series, step = across < 0 ? -1 : 1;
  for (series += step; series >= 0 && series < (int)plot->series->len; series += step)
    {
      int nearest = -1;
      for (guint i = 0; i < plot->points->len; i++)
        if (plot_walk_is_there (plot, i, (guint)series)
            && (nearest < 0
                || fabs (MH_PLOT_POINT (plot, i)->x - from->x)
                       < fabs (MH_PLOT_POINT (plot, nearest)->x - from->x)))
          nearest = (int)i;
      if (nearest >= 0)
        return nearest;
    }

  return point;
}

int
mh_plot_step (MhPlot *plot, int point, int along, int across)
{
  if (point < 0 || point >= (int)plot->points->len)
    {
      for (guint i = 0; i < plot->series->len; i++)
        if (mh_plot_first (plot, i) >= 0)
          return mh_plot_first (plot, i);
      return -1;
    }
  if (across != 0)
    return plot_walk_step_across (plot, point, across);
  return along != 0 ? step_along (plot, point, along) : point;
}

/* --- words --- */

char *
mh_plot_value_text (MhPlot *plot, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[] = "%.0f";
  if (plot->value_words != NULL)
    return plot->value_words (value, plot->value_data);
  format[2] = (char)('0' + plot->decimals);
  g_ascii_formatd (text, sizeof text, format, fabs (value) < 1e-12 ? 0 : value);
  return g_strdup (text);
}

char *
mh_plot_time_in (GDateTime *time, MhPlotTime how, const char *language)
{
  MhDate day = { 0 };
  g_date_time_get_ymd (time, &day.year, &day.month, &day.day);
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  if (how == MH_PLOT_CLOCK)
    return g_steal_pointer (&clock);
  if (how == MH_PLOT_YEAR)
    return g_strdup_printf ("%d", day.year);
  if (how == MH_PLOT_MONTH)
    return mh_day_text_month (day, language);
  if (how == MH_PLOT_DAY) /* a tick among others of its days */
    return mh_day_text_near (day, day, language);

  g_autofree char *text = mh_day_text (day, language);
  return how == MH_PLOT_INSTANT ? g_strdup_printf ("%s, %s", text, clock) : g_steal_pointer (&text);
}

char *
mh_plot_time_text (MhPlot *plot, double instant, MhPlotTime how)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64)instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time
      = utc != NULL && plot->zone != NULL ? g_date_time_to_timezone (utc, plot->zone) : NULL;
  if (time == NULL)
    return g_strdup ("");
  if (plot->time_words != NULL)
    return plot->time_words (time, how, plot->time_data);
  return mh_plot_time_in (time, how, mh_day_language ());
}

static char *
plot_walk_place_words (MhPlot *plot, double x)
{
  if (plot->over_time)
    return mh_plot_time_text (plot, x, plot->said);
  if (x >= 0 && x < plot->categories->len)
    return g_strdup (g_ptr_array_index (plot->categories, (guint)x));
  return g_strdup_printf ("%g", x);
}

static char *
plot_walk_value_words (MhPlot *plot, double value)
{
  g_autofree char *text = mh_plot_value_text (plot, value);
  gboolean unit = *plot->unit != '\0' && plot->value_words == NULL;
  return g_strconcat (text, unit ? " " : "", unit ? plot->unit : "", NULL);
}

char *
mh_plot_words (MhPlot *plot, guint point)
{
  g_return_val_if_fail (point < plot->points->len, NULL);
  const MhPlotPoint *one = MH_PLOT_POINT (plot, point);
  const MhPlotSeries *series = MH_PLOT_SERIES (plot, one->series);
  g_autofree char *place = plot_walk_place_words (plot, one->x);
  g_autofree char *value = plot_walk_value_words (plot, one->y);
  gboolean named = *series->name != '\0';
  return g_strconcat (place, " · ", named ? series->name : "", named ? ": " : "", value,
                      one->note != NULL ? " · " : "", one->note != NULL ? one->note : "", NULL);
}

char *
mh_plot_summary (MhPlot *plot)
{
  GString *words = g_string_new (plot->title);
  for (guint i = 0; i < plot->series->len; i++)
    {
      int first = mh_plot_first (plot, i), last = mh_plot_last (plot, i);
      if (first < 0)
        continue;
      g_autofree char *from = plot_walk_place_words (plot, MH_PLOT_POINT (plot, first)->x);
      g_autofree char *begin = plot_walk_value_words (plot, MH_PLOT_POINT (plot, first)->y);
      g_autofree char *to = plot_walk_place_words (plot, MH_PLOT_POINT (plot, last)->x);
      g_autofree char *end = plot_walk_value_words (plot, MH_PLOT_POINT (plot, last)->y);
      g_string_append_printf (words, "%s%s%s%s: %s", words->len > 0 ? " · " : "",
                              MH_PLOT_SERIES (plot, i)->name,
                              *MH_PLOT_SERIES (plot, i)->name != '\0' ? ", " : "", from, begin);
      if (last != first)
        g_string_append_printf (words, " → %s: %s", to, end);
    }

  return g_string_free (words, FALSE);
}
