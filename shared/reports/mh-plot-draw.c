/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-plot-private.h"

#include <math.h>
#include <pango/pangocairo.h>

static void
plot_draw_set_ink (cairo_t *cr, guint32 colour, double alpha)
{
  cairo_set_source_rgba (cr, ((colour >> 16) & 0xff) / 255.0, ((colour >> 8) & 0xff) / 255.0,
                         (colour & 0xff) / 255.0, alpha);
}

/* Where and how a text stands in a chart. */
typedef struct
{
  guint32 colour;
  double x, middle;
  double align; /* 0: .x is the left end of the text, 0.5: its middle, 1: the right end */
  double width; /* below 0: as long as it is */
  gboolean bold;
} Lettering;

static void
plot_draw_write_text (cairo_t *cr, const MhPlotLook *look, const Lettering *as, const char *text)
{
  MhStyle style = { look->text_size * (as->bold ? 1.08 : 1), look->text_size * 1.4, as->bold };
  MhType type = { .style = &style, .max_lines = 1 };
  if (text == NULL || *text == '\0')
    return;

  double long_as = mh_ink_width (&style, text);
  gboolean cut = as->width >= 0 && long_as > as->width;
  g_autoptr (PangoLayout) layout = mh_ink_layout (&type, cut ? as->width : -1, text);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  double wide = (double)logical.width / PANGO_SCALE, high = (double)logical.height / PANGO_SCALE;

  /* what is cut is set into its width by the layout itself */
  double left = as->x - (cut ? as->width : wide) * as->align;
  plot_draw_set_ink (cr, as->colour, 1);
  cairo_move_to (cr, left, as->middle - high / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
plot_draw_line (cairo_t *cr, double x, double y, double to_x, double to_y)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, to_x, to_y);
  cairo_stroke (cr);
}

/* A line across the field at a value. */
static void
across (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, double y)
{
  double at = mh_plot_value_at (plot, area, y);
  if (plot->sideways)
    plot_draw_line (cr, at, area->top, at, area->top + area->height);
  else
    plot_draw_line (cr, area->left, at, area->left + area->width, at);
}

/* --- around --- */

static void
draw_values (MhPlot *plot, cairo_t *cr, const MhPlotArea *area)
{
  const MhPlotLook *look = area->look;
  double gap = look->text_size * 0.5;
  cairo_set_line_width (cr, look->text_size / 14);

  for (guint i = 0; i < area->values->len; i++)
    {
      MhPlotTick *tick = &g_array_index (area->values, MhPlotTick, i);
      double at = mh_plot_value_at (plot, area, tick->at);
      plot_draw_set_ink (cr, look->grid, 1);
      across (plot, cr, area, tick->at);
      if (plot->sideways)
        plot_draw_write_text (cr, look,
                              &(Lettering){ look->faint, at,
                                            area->top + area->height + look->text_size * 0.95,
                                            .align = 0.5, .width = -1 },
                              tick->label);
      else if (plot->rtl)
        plot_draw_write_text (cr, look,
                              &(Lettering){ look->faint, area->left + area->width + gap, at,
                                            .align = 0, .width = -1 },
                              tick->label);
      else
        plot_draw_write_text (
            cr, look, &(Lettering){ look->faint, area->left - gap, at, .align = 1, .width = -1 },
            tick->label);
    }
}

static void
draw_sideways_name (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, const MhPlotTick *tick)
{
  const MhPlotLook *look = area->look;
  double gap = look->text_size * 0.5, at = mh_plot_place_at (plot, area, tick->at);
  double room = plot->rtl ? 1e6 : area->left - gap;
  if (plot->rtl)
    plot_draw_write_text (
        cr, look,
        &(Lettering){ look->text, area->left + area->width + gap, at, .align = 0, .width = room },
        tick->label);
  else
    plot_draw_write_text (
        cr, look, &(Lettering){ look->text, area->left - gap, at, .align = 1, .width = room },
        tick->label);
}

/* Names keep off each other: one that would touch the one before is left out. */
static void
draw_places (MhPlot *plot, cairo_t *cr, const MhPlotArea *area)
{
  const MhPlotLook *look = area->look;
  MhStyle style = { look->text_size, look->text_size * 1.4, FALSE };
  double middle = area->top + area->height + look->text_size * 0.95, taken = -INFINITY;
  gboolean named = plot->categories->len > 0 && !plot->over_time;
  double slot = named ? area->width / plot->categories->len : INFINITY;

  for (guint n = 0; n < area->places->len; n++)
    {
      guint i = plot->rtl && !plot->sideways ? area->places->len - 1 - n : n;
      MhPlotTick *tick = &g_array_index (area->places, MhPlotTick, i);
      if (plot->sideways)
        {
          draw_sideways_name (plot, cr, area, tick);
          continue;
        }
      double at = mh_plot_place_at (plot, area, tick->at);
      double most = MAX (slot, look->text_size * 3.5) - look->text_size * 0.3;
      double half = MIN (mh_ink_width (&style, tick->label), most) / 2;
      if (at - half < taken || at + half > area->left + area->width + look->text_size * 3)
        continue;
      plot_draw_write_text (cr, look,
                            &(Lettering){ look->faint, at, middle, .align = 0.5, .width = most },
                            tick->label);
      taken = at + half + look->text_size * 0.4;
    }
}

static void
plot_draw_title (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, double width)
{
  const MhPlotLook *look = area->look;
  if (plot->hidden_title)
    return;
  plot_draw_write_text (cr, look,
                        &(Lettering){ look->text, plot->rtl ? width : 0, area->title_height / 2,
                                      .align = plot->rtl ? 1 : 0, .width = width, .bold = TRUE },
                        plot->title);
}

static void
plot_draw_mark (cairo_t *cr,
                const MhPlotLook *look,
                MhMark mark,
                guint32 colour,
                double x,
                double y)
{
  double r = look->text_size * 0.28;
  cairo_set_line_width (cr, look->text_size / 8);
  plot_draw_set_ink (cr, colour, 1);

  switch (mark)
    {
    case MH_MARK_NONE:
      return;
    case MH_MARK_SQUARE:
      cairo_rectangle (cr, x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      break;
    case MH_MARK_TRIANGLE:
      cairo_move_to (cr, x, y - r * 1.2);
      cairo_line_to (cr, x + r * 1.15, y + r * 0.9);
      cairo_line_to (cr, x - r * 1.15, y + r * 0.9);
      cairo_close_path (cr);
      break;
    case MH_MARK_DIAMOND:
      cairo_move_to (cr, x, y - r * 1.3);
      cairo_line_to (cr, x + r * 1.3, y);
      cairo_line_to (cr, x, y + r * 1.3);
      cairo_line_to (cr, x - r * 1.3, y);
      cairo_close_path (cr);
      break;
    case MH_MARK_CROSS:
      plot_draw_line (cr, x - r * 1.2, y - r * 1.2, x + r * 1.2, y + r * 1.2);
      plot_draw_line (cr, x - r * 1.2, y + r * 1.2, x + r * 1.2, y - r * 1.2);
      return;
    case MH_MARK_RING:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r * 1.1, 0, 2 * G_PI);
      cairo_stroke (cr);
      return;
    case MH_MARK_DOT:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    }

  cairo_fill (cr);
}

static void
draw_legend (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, double width)
{
  const MhPlotLook *look = area->look;
  MhStyle style = { look->text_size, look->text_size * 1.4, FALSE };
  double x = 0, row = style.leading * 1.1, y = area->title_height + row / 2;

  for (guint i = 0; area->legend_height > 0 && i < plot->series->len; i++)
    {
      const MhPlotSeries *series = MH_PLOT_SERIES (plot, i);
      double each = mh_ink_width (&style, series->name) + look->text_size * 3;
      if (x > 0 && x + each > width)
        {
          x = 0;
          y += row;
        }
      double box = look->text_size * 0.8, at = plot->rtl ? width - x - box : x;
      plot_draw_set_ink (cr, look->inks[series->ink], 1);
      if (series->shape == MH_PLOT_BARS)
        {
          cairo_rectangle (cr, at, y - box / 2, box, box);
          cairo_fill (cr);
        }
      else
        {
          cairo_set_line_width (cr, look->text_size / 7);
          plot_draw_line (cr, at - box * 0.25, y, at + box * 1.25, y);
        }
      plot_draw_write_text (cr, look,
                            &(Lettering){ look->text, plot->rtl ? at - box * 0.6 : at + box * 1.6,
                                          y, .align = plot->rtl ? 1 : 0, .width = width },
                            series->name);
      x += each;
    }
}

/* --- within --- */

static void
draw_bands (MhPlot *plot, cairo_t *cr, const MhPlotArea *area)
{
  for (guint i = 0; i < plot->bands->len; i++)
    {
      MhPlotLine *band = &g_array_index (plot->bands, MhPlotLine, i);
      double low = CLAMP (isnan (band->low) ? area->least : band->low, area->least, area->most);
      double high = CLAMP (isnan (band->high) ? area->most : band->high, area->least, area->most);
      double from = mh_plot_value_at (plot, area, low), to = mh_plot_value_at (plot, area, high);
      plot_draw_set_ink (cr, area->look->inks[band->ink], 0.13);
      if (plot->sideways)
        cairo_rectangle (cr, MIN (from, to), area->top, fabs (to - from), area->height);
      else
        cairo_rectangle (cr, area->left, MIN (from, to), area->width, fabs (to - from));
      cairo_fill (cr);
    }
}

static void
draw_limits (MhPlot *plot, cairo_t *cr, const MhPlotArea *area)
{
  const MhPlotLook *look = area->look;
  double dash[] = { look->text_size * 0.5, look->text_size * 0.35 }, gap = look->text_size * 0.4;
  cairo_set_line_width (cr, look->text_size / 11);

  for (guint i = 0; i < plot->limits->len; i++)
    {
      MhPlotLine *limit = &g_array_index (plot->limits, MhPlotLine, i);
      double at = mh_plot_value_at (plot, area, limit->low);
      plot_draw_set_ink (cr, look->inks[limit->ink], 0.9);
      cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
      across (plot, cr, area, limit->low);
      cairo_set_dash (cr, NULL, 0, 0);
      if (plot->sideways)
        plot_draw_write_text (
            cr, look,
            &(Lettering){ look->inks[limit->ink], at, area->top - gap, .align = 0.5, .width = -1 },
            limit->label);
      else if (plot->rtl)
        plot_draw_write_text (
            cr, look,
            &(Lettering){ look->inks[limit->ink], area->left - gap, at, .align = 1, .width = -1 },
            limit->label);
      else
        plot_draw_write_text (cr, look,
                              &(Lettering){ look->inks[limit->ink], area->left + area->width + gap,
                                            at, .align = 0, .width = -1 },
                              limit->label);
    }
}

static void
draw_events (MhPlot *plot, cairo_t *cr, const MhPlotArea *area)
{
  const MhPlotLook *look = area->look;
  double dash[] = { look->text_size * 0.15, look->text_size * 0.25 };
  cairo_set_line_width (cr, look->text_size / 11);

  for (guint i = 0; i < plot->events->len && !plot->sideways; i++)
    {
      MhPlotLine *event = &g_array_index (plot->events, MhPlotLine, i);
      double at = mh_plot_place_at (plot, area, event->low);
      gboolean late = at > area->left + area->width * 0.7;
      plot_draw_set_ink (cr, look->faint, 1);
      cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
      plot_draw_line (cr, at, area->top, at, area->top + area->height);
      cairo_set_dash (cr, NULL, 0, 0);
      plot_draw_write_text (cr, look,
                            &(Lettering){ look->faint, at + look->text_size * (late ? -0.3 : 0.3),
                                          area->top + look->text_size * 0.6, .align = late ? 1 : 0,
                                          .width = -1 },
                            event->label);
    }
}

/* The dash of a series that is not the first of its kind: lines are told apart without colour. */
static void
set_dash_of (MhPlot *plot, cairo_t *cr, guint series, double unit)
{
  static const double patterns[][4]
      = { { 5, 2.5, 5, 2.5 }, { 1.2, 1.8, 1.2, 1.8 }, { 6, 2, 1.2, 2 } };
  double dash[4];
  guint number = 0;

  for (guint i = 0; i < series; i++)
    if (MH_PLOT_SERIES (plot, i)->shape != MH_PLOT_BARS)
      number++;

  if (number == 0)
    return;

  for (guint i = 0; i < 4; i++)
    dash[i] = patterns[(number - 1) % G_N_ELEMENTS (patterns)][i] * unit;
  cairo_set_dash (cr, dash, 4, 0);
}

static void
draw_line (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, guint number)
{
  const MhPlotSeries *series = MH_PLOT_SERIES (plot, number);
  double x, y, unit = area->look->text_size / 7;
  gboolean joined = FALSE;

  plot_draw_set_ink (cr, area->look->inks[series->ink], 0.9);
  cairo_set_line_width (cr, unit);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_dash_of (plot, cr, number, unit);

  for (guint i = 0; i < plot->points->len; i++)
    {
      const MhPlotPoint *point = MH_PLOT_POINT (plot, i);
      if (point->series != number)
        continue;
      if (isnan (point->y))
        {
          joined = FALSE;
          continue;
        }
      double before = 0;
      mh_plot_spot (plot, area, point, &x, &y);
      if (joined && series->shape == MH_PLOT_STEPS)
        {
          cairo_get_current_point (cr, NULL, &before);
          cairo_line_to (cr, x, before);
        }
      if (joined)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      joined = TRUE;
    }

  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_points (MhPlot *plot, cairo_t *cr, const MhPlotArea *area, guint number)
{
  double box[4], x, y;
  for (guint i = 0; i < plot->points->len; i++)
    {
      const MhPlotPoint *point = MH_PLOT_POINT (plot, i);
      if (point->series != number || isnan (point->y))
        continue;
      guint32 ink = area->look->inks[point->ink];
      mh_plot_spot (plot, area, point, &x, &y);
      if (MH_PLOT_SERIES (plot, number)->shape == MH_PLOT_BARS)
        {
          mh_plot_bar (plot, area, point, box);
          plot_draw_set_ink (cr, ink, 1);
          cairo_rectangle (cr, box[0], box[1], box[2], box[3]);
          cairo_fill (cr);
        }
      plot_draw_mark (cr, area->look, point->mark, ink, x, y);
    }
}

void
mh_plot_draw (MhPlot *plot, cairo_t *cr, double width, double height, const MhPlotLook *look)
{
  g_auto (MhPlotArea) area = { 0 };
  mh_plot_area (plot, width, height, look, &area);
  cairo_save (cr);
  plot_draw_title (plot, cr, &area, width);
  draw_legend (plot, cr, &area, width);
  draw_bands (plot, cr, &area);
  draw_values (plot, cr, &area);
  draw_places (plot, cr, &area);

  for (guint i = 0; i < plot->series->len; i++)
    {
      MhPlotShape shape = MH_PLOT_SERIES (plot, i)->shape;
      if (shape == MH_PLOT_LINE || shape == MH_PLOT_STEPS)
        draw_line (plot, cr, &area, i);
      draw_points (plot, cr, &area, i);
    }

  draw_limits (plot, cr, &area);
  draw_events (plot, cr, &area);
  cairo_restore (cr);
}
