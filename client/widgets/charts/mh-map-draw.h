/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is drawn on a map, in pixels of it. Each status has its own shape beside its colour. */
#include <cairo.h>

#include "client/models/mh-place.h"
#include "client/widgets/charts/mh-map-view.h"

G_BEGIN_DECLS

void mh_map_draw_place (cairo_t *cr, MhPlaceShape shape, double x, double y);
void mh_map_draw_mark (cairo_t *cr, MhMapMark mark, double x, double y);
/* The line through @points (MhPoint in pixels: lat is y, lon is x). */
void mh_map_draw_way (cairo_t *cr, GArray *points);
/* The area within @rings, of the same; what a ring inside of another one encloses is left out. */
void mh_map_draw_area (cairo_t *cr, GPtrArray *rings);
/* Where Enter picks, and that the keys are here. */
void mh_map_draw_aim (cairo_t *cr, double width, double height, const GdkRGBA *colour);

G_END_DECLS
