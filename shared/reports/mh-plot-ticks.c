/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Round values and round moments for the axes. */
#include "shared/reports/mh-plot-private.h"

#include "shared/base/mh-clock.h"

#include <math.h>

#define MOST_TICKS 40

static void
tick_clear (gpointer data)
{
  g_free (((MhPlotTick *)data)->label);
}

GArray *
mh_plot_ticks_new (void)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (MhPlotTick));
  g_array_set_clear_func (ticks, tick_clear);
  return ticks;
}

void
mh_plot_tick (GArray *ticks, double at, char *label)
{
  MhPlotTick tick = { at, label };
  g_array_append_val (ticks, tick);
}

/* 1, 2 or 5 times a power of ten, the least that is not below @raw. */
static double
round_step (double raw)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double power = pow (10, floor (log10 (raw)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= raw * (1 - 1e-9))
      return steps[i] * power;
  return 10 * power;
}

GArray *
mh_plot_round_ticks (double *least, double *most, guint n, gboolean whole)
{
  GArray *ticks = mh_plot_ticks_new ();
  double step = round_step (MAX (*most - *least, 1e-9) / MAX (n, 1));
  if (whole)
    step = MAX (step, 1);

  double first = floor (*least / step + 1e-9), last = ceil (*most / step - 1e-9);
  if (last <= first)
    last = first + 1;
  *least = first * step;
  *most = last * step;
  for (double at = first; at <= last && ticks->len < MOST_TICKS; at++)
    mh_plot_tick (ticks, at * step, NULL);
  return ticks;
}

/* --- time --- */

typedef struct
{
  int minutes, days, months; /* one of them */
  MhPlotTime how;
} Step;

static const Step steps[] = {
  { 15, 0, 0, MH_PLOT_CLOCK },  { 60, 0, 0, MH_PLOT_CLOCK }, { 180, 0, 0, MH_PLOT_CLOCK },
  { 360, 0, 0, MH_PLOT_CLOCK }, { 0, 1, 0, MH_PLOT_DAY },    { 0, 2, 0, MH_PLOT_DAY },
  { 0, 7, 0, MH_PLOT_DAY },     { 0, 14, 0, MH_PLOT_DAY },   { 0, 0, 1, MH_PLOT_MONTH },
  { 0, 0, 2, MH_PLOT_MONTH },   { 0, 0, 3, MH_PLOT_MONTH },  { 0, 0, 6, MH_PLOT_MONTH },
  { 0, 0, 12, MH_PLOT_YEAR },   { 0, 0, 24, MH_PLOT_YEAR },  { 0, 0, 60, MH_PLOT_YEAR },
  { 0, 0, 120, MH_PLOT_YEAR },
};

static double
length_of (const Step *step)
{
  return step->minutes * (double)MH_MINUTE + step->days * (double)MH_DAY
         + step->months * 30.4375 * (double)MH_DAY;
}

/* The last round moment that is not after @time. Weeks begin on Monday. */
static GDateTime *
round_down (const Step *step, GDateTime *time)
{
  GTimeZone *zone = g_date_time_get_timezone (time);
  int year, month, day;
  g_date_time_get_ymd (time, &year, &month, &day);

  if (step->months > 0)
    {
      int since = year * 12 + month - 1;
      since -= since % step->months;
      return g_date_time_new (zone, since / 12, since % 12 + 1, 1, 0, 0, 0);
    }

  if (step->days == 0)
    {
      int minute = g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time);
      minute -= minute % step->minutes;
      return g_date_time_new (zone, year, month, day, minute / 60, minute % 60, 0);
    }

  g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);
  if (midnight == NULL || step->days < 7)
    return g_steal_pointer (&midnight);

  return g_date_time_add_days (midnight, 1 - g_date_time_get_day_of_week (midnight));
}

static GDateTime *
plot_ticks_next (const Step *step, GDateTime *time)
{
  if (step->months > 0)
    return g_date_time_add_months (time, step->months);
  return step->days > 0 ? g_date_time_add_days (time, step->days)
                        : g_date_time_add_minutes (time, step->minutes);
}

static const Step *
plot_ticks_choose (double span, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (span / length_of (&steps[i]) <= n)
      return &steps[i];
  return &steps[G_N_ELEMENTS (steps) - 1];
}

GArray *
mh_plot_time_ticks (MhPlot *plot, double first, double last, guint n)
{
  GArray *ticks = mh_plot_ticks_new ();
  const Step *step = plot_ticks_choose (last - first, MAX (n, 1));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64)first / G_USEC_PER_SEC);
  g_autoptr (GDateTime) begin = utc != NULL ? g_date_time_to_timezone (utc, plot->zone) : NULL;
  GDateTime *time = begin != NULL ? round_down (step, begin) : NULL;
  while (time != NULL && ticks->len < MOST_TICKS)
    {
      double at = (double)g_date_time_to_unix (time) * G_USEC_PER_SEC;
      if (at > last)
        break;
      if (at >= first)
        mh_plot_tick (ticks, at, mh_plot_time_text (plot, at, step->how));
      GDateTime *following = plot_ticks_next (step, time);
      g_date_time_unref (time);
      time = following;
    }

  g_clear_pointer (&time, g_date_time_unref);
  return ticks;
}
