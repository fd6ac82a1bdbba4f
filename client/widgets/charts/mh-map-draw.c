/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-map-draw.h"

#include <math.h>

#define HALF 7.0
#define AIM 14.0

static void
map_draw_outlined (cairo_t *cr, double red, double green, double blue)
{
  cairo_set_source_rgb (cr, red, green, blue);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
map_draw_corners (cairo_t *cr, const double (*corners)[2], guint n, double x, double y)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, x + corners[i][0] * HALF, y + corners[i][1] * HALF);
  cairo_close_path (cr);
}

void
mh_map_draw_place (cairo_t *cr, MhPlaceShape shape, double x, double y)
{
  static const double square[][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
  static const double diamond[][2] = { { 0, -1.3 }, { 1.3, 0 }, { 0, 1.3 }, { -1.3, 0 } };
  static const double triangle[][2] = { { 0, -1.3 }, { 1.3, 1 }, { -1.3, 1 } };

  cairo_new_path (cr);
  switch (shape)
    {
    case MH_PLACE_SQUARE:
      map_draw_corners (cr, square, G_N_ELEMENTS (square), x, y);
      map_draw_outlined (cr, 0.10, 0.37, 0.71);
      break;
    case MH_PLACE_DIAMOND:
      map_draw_corners (cr, diamond, G_N_ELEMENTS (diamond), x, y);
      map_draw_outlined (cr, 0.56, 0.27, 0.68);
      break;
    case MH_PLACE_TRIANGLE:
      map_draw_corners (cr, triangle, G_N_ELEMENTS (triangle), x, y);
      map_draw_outlined (cr, 0.78, 0.27, 0.05);
      break;
    case MH_PLACE_DOT:
    default:
      cairo_arc (cr, x, y, HALF, 0, 2 * G_PI);
      map_draw_outlined (cr, 0.06, 0.46, 0.43);
    }
}

/* A pin whose point is the place; in its head a dot, a triangle (start) or a square (end). */
void
mh_map_draw_mark (cairo_t *cr, MhMapMark mark, double x, double y)
{
  static const double colours[MH_MAP_N_MARKS][3]
      = { { 0.75, 0.11, 0.16 }, { 0.10, 0.45, 0.20 }, { 0.13, 0.13, 0.16 } };
  const double *colour = colours[mark];
  const double head = y - 24;

  cairo_new_path (cr);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - 9, head + 7);
  cairo_arc (cr, x, head, 11, G_PI * 0.78, G_PI * 2.22);
  cairo_close_path (cr);
  map_draw_outlined (cr, colour[0], colour[1], colour[2]);

  cairo_new_path (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  if (mark == MH_MAP_MARK_CHOSEN)
    cairo_arc (cr, x, head, 4, 0, 2 * G_PI);
  else if (mark == MH_MAP_MARK_END)
    cairo_rectangle (cr, x - 4, head - 4, 8, 8);
  else
    {
      cairo_move_to (cr, x - 4, head - 5);
      cairo_line_to (cr, x + 6, head);
      cairo_line_to (cr, x - 4, head + 5);
    }
  cairo_fill (cr);
}

void
mh_map_draw_way (cairo_t *cr, GArray *points)
{
  MhPoint last = { 0 };
  cairo_new_path (cr);
  for (guint i = 0; i < points->len; i++)
    {
      const MhPoint *point = &g_array_index (points, MhPoint, i);
      gboolean near = i > 0 && i + 1 < points->len && fabs (point->lat - last.lat) < 2
                      && fabs (point->lon - last.lon) < 2;
      if (near)
        continue;
      cairo_line_to (cr, point->lon, point->lat);
      last = *point;
    }

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 9);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 0.10, 0.33, 0.78);
  cairo_set_line_width (cr, 5);
  cairo_stroke (cr);
}

void
mh_map_draw_area (cairo_t *cr, GPtrArray *rings)
{
  cairo_new_path (cr);
  for (guint i = 0; i < rings->len; i++)
    {
      const GArray *ring = g_ptr_array_index (rings, i);
      cairo_new_sub_path (cr);
      for (guint j = 0; j < ring->len; j++)
        cairo_line_to (cr, g_array_index (ring, MhPoint, j).lon,
                       g_array_index (ring, MhPoint, j).lat);
      cairo_close_path (cr);
    }

  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0.04, 0.45, 0.42, 0.25);
  cairo_fill_preserve (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb (cr, 0.04, 0.45, 0.42);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

void
mh_map_draw_aim (cairo_t *cr, double width, double height, const GdkRGBA *colour)
{
  const double x = floor (width / 2) + 0.5, y = floor (height / 2) + 0.5;
  cairo_new_path (cr);
  cairo_move_to (cr, x - AIM, y);
  cairo_line_to (cr, x + AIM, y);
  cairo_move_to (cr, x, y - AIM);
  cairo_line_to (cr, x, y + AIM);
  cairo_rectangle (cr, 1.5, 1.5, width - 3, height - 3);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}
