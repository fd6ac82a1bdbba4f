/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-plot-private.h"

#include <math.h>
#include <string.h>

const MhPlotLook mh_plot_paper = {
  .text = 0x1b2226,
  .faint = 0x5d6a70,
  .grid = 0xd3dadd,
  .back = 0xffffff,
  .inks = { 0x0f766e, 0x0b5cad, 0x8a4b00, 0x6b3fa0, 0x1b6e3c, 0x8f4a00, 0xa61b1b, 0x5d6a70 },
  .text_size = 7.5,
};
const MhPlotLook mh_plot_light = {
  .text = 0x1b2226,
  .faint = 0x566268,
  .grid = 0xdfe4e6,
  .back = 0xffffff,
  .inks = { 0x0f766e, 0x0b5cad, 0x8a4b00, 0x6b3fa0, 0x1b6e3c, 0x8f4a00, 0xb3261e, 0x5d6a70 },
  .text_size = 12,
};
const MhPlotLook mh_plot_dark = {
  .text = 0xf2f4f5,
  .faint = 0xb4bec3,
  .grid = 0x4a5054,
  .back = 0x2b2f31,
  .inks = { 0x5eead4, 0x8ab8f2, 0xf0b46a, 0xc7a6f2, 0x7fd6a0, 0xf5b86b, 0xff8a80, 0xb4bec3 },
  .text_size = 12,
};

/* --- life --- */

static void
point_clear (gpointer data)
{
  g_free (((MhPlotPoint *)data)->note);
}

static void
series_clear (gpointer data)
{
  g_free (((MhPlotSeries *)data)->name);
}

static void
plot_line_clear (gpointer data)
{
  g_free (((MhPlotLine *)data)->label);
}

static GArray *
array_new (gsize size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, (guint)size);
  g_array_set_clear_func (array, clear);
  return array;
}

MhPlot *
mh_plot_new (const char *title)
{
  MhPlot *plot = g_new0 (MhPlot, 1);
  g_atomic_ref_count_init (&plot->count);
  plot->title = g_strdup (title != NULL ? title : "");
  plot->unit = g_strdup ("");
  plot->low = plot->high = NAN;
  plot->categories = g_ptr_array_new_with_free_func (g_free);
  plot->series = array_new (sizeof (MhPlotSeries), series_clear);
  plot->points = array_new (sizeof (MhPlotPoint), point_clear);
  plot->limits = array_new (sizeof (MhPlotLine), plot_line_clear);
  plot->bands = array_new (sizeof (MhPlotLine), plot_line_clear);
  plot->events = array_new (sizeof (MhPlotLine), plot_line_clear);
  return plot;
}

MhPlot *
mh_plot_ref (MhPlot *plot)
{
  g_atomic_ref_count_inc (&plot->count);
  return plot;
}

void
mh_plot_unref (MhPlot *plot)
{
  if (!g_atomic_ref_count_dec (&plot->count))
    return;

  if (plot->destroy != NULL)
    plot->destroy (plot->data);
  g_free (plot->title);
  g_free (plot->unit);
  g_clear_pointer (&plot->zone, g_time_zone_unref);
  g_ptr_array_unref (plot->categories);
  g_array_unref (plot->series);
  g_array_unref (plot->points);
  g_array_unref (plot->limits);
  g_array_unref (plot->bands);
  g_array_unref (plot->events);
  g_free (plot);
}

const char *
mh_plot_title (const MhPlot *plot)
{
  return plot->title;
}

void
mh_plot_hide_title (MhPlot *plot)
{
  plot->hidden_title = TRUE;
}

void
mh_plot_take_data (MhPlot *plot, gpointer data, GDestroyNotify destroy)
{
  plot->data = data;
  plot->destroy = destroy;
}

/* --- the axes --- */

void
mh_plot_set_unit (MhPlot *plot, const char *unit, guint decimals)
{
  g_free (plot->unit);
  plot->unit = g_strdup (unit != NULL ? unit : "");
  plot->decimals = MIN (decimals, 9);
}

void
mh_plot_set_value_words (MhPlot *plot, MhPlotValueFunc func, gpointer data)
{
  plot->value_words = func;
  plot->value_data = data;
}

void
mh_plot_set_range (MhPlot *plot, double low, double high)
{
  plot->low = low;
  plot->high = high;
}

void
mh_plot_set_time (MhPlot *plot, GTimeZone *zone, MhPlotTime said)
{
  g_clear_pointer (&plot->zone, g_time_zone_unref);
  plot->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  plot->over_time = TRUE;
  plot->said = said;
}

void
mh_plot_set_time_words (MhPlot *plot, MhPlotTimeFunc func, gpointer data)
{
  plot->time_words = func;
  plot->time_data = data;
}

guint
mh_plot_category (MhPlot *plot, const char *label)
{
  g_ptr_array_add (plot->categories, g_strdup (label != NULL ? label : ""));
  return plot->categories->len - 1;
}

void
mh_plot_set_stacked (MhPlot *plot, gboolean stacked)
{
  plot->stacked = stacked;
}

void
mh_plot_set_sideways (MhPlot *plot, gboolean sideways)
{
  plot->sideways = sideways;
}

void
mh_plot_set_rtl (MhPlot *plot, gboolean rtl)
{
  plot->rtl = rtl;
}

/* --- what is in it --- */

guint
mh_plot_series (MhPlot *plot, const char *name, MhPlotShape shape, MhPlotInk ink)
{
  MhPlotSeries series = { g_strdup (name != NULL ? name : ""), shape, ink };
  g_array_append_val (plot->series, series);
  return plot->series->len - 1;
}

/* On what a stacked bar stands: the bars of the same sign that came before it there. */
static double
stacked_base (const MhPlot *plot, double x, double y)
{
  double base = 0;
  for (guint i = 0; i < plot->points->len; i++)
    {
      const MhPlotPoint *other = MH_PLOT_POINT (plot, i);
      if (other->x == x && !isnan (other->y) && (other->y < 0) == (y < 0)
          && MH_PLOT_SERIES (plot, other->series)->shape == MH_PLOT_BARS)
        base += other->y;
    }
  return base;
}

guint
mh_plot_point (MhPlot *plot, guint series, double x, double y, MhMark mark, const char *note)
{
  g_return_val_if_fail (series < plot->series->len, 0);
  MhPlotSeries *of = MH_PLOT_SERIES (plot, series);
  gboolean stands = plot->stacked && of->shape == MH_PLOT_BARS;
  MhPlotPoint point = { .series = series,
                        .x = x,
                        .y = isfinite (y) ? y : NAN,
                        .base = stands ? stacked_base (plot, x, y) : 0,
                        .mark = mark,
                        .ink = of->ink,
                        .note = g_strdup (note) };

  g_array_append_val (plot->points, point);
  return plot->points->len - 1;
}

void
mh_plot_ink_point (MhPlot *plot, guint point, MhPlotInk ink)
{
  g_return_if_fail (point < plot->points->len);
  MH_PLOT_POINT (plot, point)->ink = ink;
}

static void
plot_add_line (GArray *lines, double low, double high, const char *label, MhPlotInk ink)
{
  MhPlotLine line = { g_strdup (label), low, high, ink };
  g_array_append_val (lines, line);
}

void
mh_plot_limit (MhPlot *plot, double y, const char *label, MhPlotInk ink)
{
  if (isfinite (y))
    plot_add_line (plot->limits, y, y, label, ink);
}

void
mh_plot_band (MhPlot *plot, double low, double high, MhPlotInk ink)
{
  if (!isnan (low) || !isnan (high))
    plot_add_line (plot->bands, low, high, NULL, ink);
}

void
mh_plot_event (MhPlot *plot, double x, const char *label)
{
  plot_add_line (plot->events, x, x, label, MH_PLOT_GREY);
}

/* --- asking --- */

guint
mh_plot_n_points (const MhPlot *plot)
{
  return plot->points->len;
}

guint
mh_plot_series_of (const MhPlot *plot, guint point)
{
  g_return_val_if_fail (point < plot->points->len, 0);
  return MH_PLOT_POINT (plot, point)->series;
}

double
mh_plot_y (const MhPlot *plot, guint point)
{
  g_return_val_if_fail (point < plot->points->len, NAN);
  return MH_PLOT_POINT (plot, point)->y;
}
