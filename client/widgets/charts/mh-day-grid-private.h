/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between what a calendar of slots does (mh-day-grid.c) and how it is drawn (mh-day-grid-draw.c):
 * where the keys are, what is carried, and where on the widget each thing stands. */
#include "client/widgets/charts/mh-day-column.h"
#include "client/widgets/charts/mh-day-grid.h"

G_BEGIN_DECLS

/* Width of the hours and height of the heads; what letters stand in grows with them. */
#define MH_DAY_GRID_AXIS (54.0 * mh_text_scale ())
#define MH_DAY_GRID_HEAD (34.0 * mh_text_scale ())

struct _MhDayGrid
{
  GtkWidget parent_instance;
  GPtrArray *columns; /* of MhDayColumn */
  gint64 first, last; /* minutes of the day that are shown */
  double per_minute;
  gint64 now;
  guint at_column;
  gint64 at_start;
  int at_booking;    /* among those of the slot; -1: the slot itself */
  char *kept;        /* its id, once the bookings were told anew */
  MhRecord *carried; /* taken up by key */
  MhRecord *dragged;
  double drag_x, drag_y;
};

/* NULL: there is none. */
MhDayColumn *mh_day_grid_column (MhDayGrid *grid, guint index);
/* -1: the keys are on none. */
int mh_day_grid_slot_at_keys (MhDayGrid *grid);
/* Borrowed; NULL: the keys are on a slot, or on nothing. */
MhRecord *mh_day_grid_booking_at_keys (MhDayGrid *grid);
gboolean mh_day_grid_has_status (MhRecord *booking, const char *status);

/* Pixels of the widget. In a right-to-left language the first column stands at the right. */
double mh_day_grid_y_of (MhDayGrid *grid, const MhDayColumn *column, gint64 instant);
double mh_day_grid_x_of (MhDayGrid *grid, guint column);
double mh_day_grid_column_width (MhDayGrid *grid);
gboolean mh_day_grid_is_mirrored (MhDayGrid *grid);
/* Bookings of one slot stand side by side. */
void
mh_day_grid_booking_area (MhDayGrid *grid, guint column, MhRecord *booking, graphene_rect_t *out);

/* Its GtkWidgetClass.snapshot. */
void mh_day_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
