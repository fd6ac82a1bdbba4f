/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things stand in a plot of a certain size. */
#include "shared/reports/mh-plot-private.h"

#include "shared/base/mh-clock.h"

#include <math.h>
#include <string.h>

#define LINE(look) ((look)->text_size * 1.4)

static double
text_width (const MhPlotLook *look, const char *text)
{
  MhStyle style = { look->text_size, LINE (look), FALSE };
  return text != NULL ? mh_ink_width (&style, text) : 0;
}

static gboolean
has_bars (const MhPlot *plot)
{
  for (guint i = 0; i < plot->series->len; i++)
    if (MH_PLOT_SERIES (plot, i)->shape == MH_PLOT_BARS)
      return TRUE;
  return FALSE;
}

/* --- ranges --- */

static void
see (double value, double *least, double *most)
{
  /* fmin and fmax leave out what is open or missing */
  if (!isinf (value))
    {
      *least = fmin (*least, value);
      *most = fmax (*most, value);
    }
}

static void
see_values (const MhPlot *plot, double *least, double *most)
{
  for (guint i = 0; i < plot->points->len; i++)
    {
      const MhPlotPoint *point = MH_PLOT_POINT (plot, i);
      see (point->base + point->y, least, most);
    }

  for (guint i = 0; i < plot->limits->len; i++)
    see (g_array_index (plot->limits, MhPlotLine, i).low, least, most);
  for (guint i = 0; i < plot->bands->len; i++)
    {
      see (g_array_index (plot->bands, MhPlotLine, i).low, least, most);
      see (g_array_index (plot->bands, MhPlotLine, i).high, least, most);
    }

  see (plot->low, least, most);
  see (plot->high, least, most);
  if (has_bars (plot))
    see (0, least, most);
}

static void
value_axis (MhPlot *plot, MhPlotArea *area, double length)
{
  double least = INFINITY, most = -INFINITY, each = area->look->text_size;
  see_values (plot, &least, &most);
  if (least > most)
    least = 0, most = 1;
  if (most - least < 1e-12)
    most += MAX (fabs (most) * 0.05, 1),
        least -= has_bars (plot) ? 0 : MAX (fabs (least) * 0.05, 1);

  guint n = (guint)CLAMP (length / (each * (plot->sideways ? 7 : 3)), 1, 8);
  area->values
      = mh_plot_round_ticks (&least, &most, n, plot->decimals == 0 && plot->value_words == NULL);
  area->least = least;
  area->most = most;

  for (guint i = 0; i < area->values->len; i++)
    {
      MhPlotTick *tick = &g_array_index (area->values, MhPlotTick, i);
      tick->label = mh_plot_value_text (plot, tick->at);
    }
}

/* The least distance of two neighbours, where bars may stand. */
static double
least_gap (const MhPlot *plot)
{
  double gap = INFINITY;
  for (guint i = 1; i < plot->points->len; i++)
    {
      double between = fabs (MH_PLOT_POINT (plot, i)->x - MH_PLOT_POINT (plot, i - 1)->x);
      if (between > 0)
        gap = fmin (gap, between);
    }
  return isinf (gap) ? (plot->over_time ? (double)MH_DAY : 1) : gap;
}

static void
place_range (const MhPlot *plot, MhPlotArea *area)
{
  double first = INFINITY, last = -INFINITY;
  gboolean named = plot->categories->len > 0 && !plot->over_time;
  for (guint i = 0; i < plot->points->len; i++)
    see (MH_PLOT_POINT (plot, i)->x, &first, &last);
  for (guint i = 0; i < plot->events->len; i++)
    see (g_array_index (plot->events, MhPlotLine, i).low, &first, &last);

  double room = has_bars (plot) ? least_gap (plot) / 2 : (last - first) * 0.02;
  if (named)
    first = 0, last = plot->categories->len - 1, room = 0.5;
  else if (first > last)
    first = 0, last = 1, room = 0;
  if (last - first < 1e-9)
    room = MAX (room, plot->over_time ? (double)MH_DAY / 2 : 0.5);
  area->first = first - room;
  area->last = last + room;
}

/* --- what stands around --- */

static double
widest (GArray *ticks, const MhPlotLook *look)
{
  double width = 0;
  for (guint i = 0; i < ticks->len; i++)
    width = MAX (width, text_width (look, g_array_index (ticks, MhPlotTick, i).label));
  return width;
}

static double
widest_limit (const MhPlot *plot, const MhPlotLook *look)
{
  double width = 0;
  for (guint i = 0; i < plot->limits->len; i++)
    width = MAX (width, text_width (look, g_array_index (plot->limits, MhPlotLine, i).label));
  return width;
}

static double
widest_category (const MhPlot *plot, const MhPlotLook *look)
{
  double width = 0;
  for (guint i = 0; i < plot->categories->len; i++)
    width = MAX (width, text_width (look, g_ptr_array_index (plot->categories, i)));
  return width;
}

/* How many lines the names of the series take. */
static guint
legend_lines (const MhPlot *plot, const MhPlotLook *look, double width)
{
  guint lines = 1;
  double x = 0;
  for (guint i = 0; i < plot->series->len; i++)
    {
      double each = text_width (look, MH_PLOT_SERIES (plot, i)->name) + look->text_size * 3;
      if (x > 0 && x + each > width)
        {
          lines++;
          x = 0;
        }
      x += each;
    }

  return plot->series->len > 1 ? lines : 0;
}

static void
category_ticks (MhPlot *plot, MhPlotArea *area, double length)
{
  double each = plot->categories->len > 0 ? length / plot->categories->len : length;
  double wanted = plot->sideways ? LINE (area->look) : area->look->text_size * 3.5;
  guint step = (guint)MAX (1, ceil (wanted / MAX (each, 0.01)));
  area->places = mh_plot_ticks_new ();
  for (guint i = 0; i < plot->categories->len; i += step)
    mh_plot_tick (area->places, i, g_strdup (g_ptr_array_index (plot->categories, i)));
}

static void
number_ticks (MhPlot *plot, MhPlotArea *area, guint n)
{
  double first = area->first, last = area->last;
  area->places = mh_plot_round_ticks (&first, &last, n, FALSE);
  for (guint i = area->places->len; i > 0; i--)
    {
      MhPlotTick *tick = &g_array_index (area->places, MhPlotTick, i - 1);
      if (tick->at < area->first || tick->at > area->last)
        g_array_remove_index (area->places, i - 1);
      else
        tick->label = g_strdup_printf ("%g", tick->at);
    }
}

static void
place_axis (MhPlot *plot, MhPlotArea *area)
{
  double length = plot->sideways ? area->height : area->width;
  guint n = (guint)CLAMP (length / (area->look->text_size * 6.5), 1, 12);
  if (plot->over_time)
    area->places = mh_plot_time_ticks (plot, area->first, area->last, n);
  else if (plot->categories->len > 0)
    category_ticks (plot, area, length);
  else
    number_ticks (plot, area, n);

  area->bar
      = has_bars (plot)
            ? MAX (1, length * 0.72
                          * (plot->categories->len > 0 && !plot->over_time ? 1 : least_gap (plot))
                          / MAX (area->last - area->first, 1e-9))
            : 0;
}

void
mh_plot_area (MhPlot *plot,
              double width,
              double height,
              const MhPlotLook *look,
              MhPlotArea *out_area)
{
  MhPlotArea area = { .look = look };
  double gap = look->text_size * 0.6, line = LINE (look), start, end;
  area.title_height = *plot->title != '\0' && !plot->hidden_title ? line * 1.3 : 0;
  area.legend_height = legend_lines (plot, look, width) * line * 1.1;
  area.top = area.title_height + area.legend_height + gap;
  area.height = MAX (1, height - area.top - line - gap);
  place_range (plot, &area);

  if (plot->sideways)
    {
      start = MIN (widest_category (plot, look), width * 0.42) + gap;
      end = gap + look->text_size * 2;
      area.width = MAX (1, width - start - end);
      value_axis (plot, &area, area.width);
    }
  else
    {
      value_axis (plot, &area, area.height);
      start = widest (area.values, look) + gap;
      end = widest_limit (plot, look) + gap;
      area.width = MAX (1, width - start - end);
    }

  area.left = plot->rtl ? end : start;
  place_axis (plot, &area);
  *out_area = area;
}

void
mh_plot_area_clear (MhPlotArea *area)
{
  g_clear_pointer (&area->values, g_array_unref);
  g_clear_pointer (&area->places, g_array_unref);
}

/* --- places --- */

double
mh_plot_value_at (const MhPlot *plot, const MhPlotArea *area, double y)
{
  double share = (y - area->least) / (area->most - area->least);
  if (!plot->sideways)
    return area->top + area->height * (1 - share);
  return area->left + area->width * (plot->rtl ? 1 - share : share);
}

double
mh_plot_place_at (const MhPlot *plot, const MhPlotArea *area, double x)
{
  double share = (x - area->first) / (area->last - area->first);
  if (plot->sideways)
    return area->top + area->height * share;
  return area->left + area->width * (plot->rtl ? 1 - share : share);
}

void
mh_plot_bar (MhPlot *plot, const MhPlotArea *area, const MhPlotPoint *point, double out_box[4])
{
  guint n = 0, number = 0;
  for (guint i = 0; i < plot->series->len; i++)
    if (MH_PLOT_SERIES (plot, i)->shape == MH_PLOT_BARS)
      {
        if (i == point->series)
          number = n;
        n++;
      }

  if (plot->stacked || n == 0)
    n = 1, number = 0;
  if (plot->rtl && !plot->sideways)
    number = n - 1 - number;

  double each = area->bar / n;
  double along = mh_plot_place_at (plot, area, point->x) - area->bar / 2 + each * number;
  double from = mh_plot_value_at (plot, area, point->base);
  double to = mh_plot_value_at (plot, area, point->base + point->y);
  double low = MIN (from, to), length = fabs (to - from), inset = n > 1 ? each * 0.06 : 0;

  out_box[0] = plot->sideways ? low : along + inset;
  out_box[1] = plot->sideways ? along + inset : low;
  out_box[2] = plot->sideways ? length : each - 2 * inset;
  out_box[3] = plot->sideways ? each - 2 * inset : length;
}

void
mh_plot_spot (MhPlot *plot,
              const MhPlotArea *area,
              const MhPlotPoint *point,
              double *out_x,
              double *out_y)
{
  double value = mh_plot_value_at (plot, area, point->base + point->y);
  double place = mh_plot_place_at (plot, area, point->x), box[4];
  if (MH_PLOT_SERIES (plot, point->series)->shape == MH_PLOT_BARS)
    {
      mh_plot_bar (plot, area, point, box);
      place = plot->sideways ? box[1] + box[3] / 2 : box[0] + box[2] / 2;
    }
  *out_x = plot->sideways ? value : place;
  *out_y = plot->sideways ? place : value;
}

gboolean
mh_plot_place (MhPlot *plot,
               guint point,
               MhPlotSize size,
               const MhPlotLook *look,
               double *out_x,
               double *out_y)
{
  g_auto (MhPlotArea) area = { 0 };
  if (point >= plot->points->len || isnan (MH_PLOT_POINT (plot, point)->y))
    return FALSE;
  mh_plot_area (plot, size.width, size.height, look, &area);
  mh_plot_spot (plot, &area, MH_PLOT_POINT (plot, point), out_x, out_y);
  return TRUE;
}

/* How far @at is from the stretch of that length. */
static double
away (double at, double from, double length)
{
  return at < from ? from - at : MAX (0, at - from - length);
}

/* What matters first is the place, then the value. */
static double
plot_area_distance (MhPlot *plot,
                    const MhPlotArea *area,
                    const MhPlotPoint *point,
                    double x,
                    double y)
{
  double box[4], place, value;
  if (MH_PLOT_SERIES (plot, point->series)->shape == MH_PLOT_BARS)
    {
      mh_plot_bar (plot, area, point, box);
      x = away (x, box[0], box[2]);
      y = away (y, box[1], box[3]);
    }
  else
    {
      mh_plot_spot (plot, area, point, &box[0], &box[1]);
      x = fabs (x - box[0]);
      y = fabs (y - box[1]);
    }

  place = plot->sideways ? y : x;
  value = plot->sideways ? x : y;
  return place + value * 0.35;
}

int
mh_plot_find (MhPlot *plot, double width, double height, const MhPlotLook *look, double x, double y)
{
  g_auto (MhPlotArea) area = { 0 };
  double best = INFINITY, room = look->text_size;
  int found = -1;

  mh_plot_area (plot, width, height, look, &area);
  if (away (x, area.left, area.width) > room || away (y, area.top, area.height) > room)
    return -1;

  for (guint i = 0; i < plot->points->len; i++)
    {
      const MhPlotPoint *point = MH_PLOT_POINT (plot, i);
      double far = isnan (point->y) ? INFINITY : plot_area_distance (plot, &area, point, x, y);
      if (far < best)
        {
          best = far;
          found = (int)i;
        }
    }

  return found;
}
