/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A calendar of slots: columns (days or people) of a day's slots with the bookings in them, drawn
 * by itself without a widget for each. By pointer: click chooses, double click opens, a booking is
 * dragged to another slot. By keys: arrows move over slots and bookings, Enter opens, M takes a
 * booking up, arrows carry it, Enter puts it down, Escape puts it back. Where the keys are is its
 * accessible name. Times are those of this desk.
 */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"
#include "shared/rules/clinic/mh-slots.h"

G_BEGIN_DECLS

#define MH_TYPE_DAY_GRID (mh_day_grid_get_type ())
/* Signals: "activated": Enter or double click; "moved" (MhRecord *booking, guint column, gint64
 * start): put down elsewhere; "selection": the keys are elsewhere. */
G_DECLARE_FINAL_TYPE (MhDayGrid, mh_day_grid, MH, DAY_GRID, GtkWidget)

GtkWidget *mh_day_grid_new (void);
/* Columns are told between begin and end; where the keys were stays if it is still there. */
void mh_day_grid_begin (MhDayGrid *grid);
/* @midnight: of the column's day at this desk. @slots of MhSlotTime and @away (of gboolean, by
 * slot, or NULL) are copied. */
guint mh_day_grid_add_column (MhDayGrid *grid,
                              const char *title,
                              gint64 midnight,
                              const GArray *slots,
                              const GArray *away,
                              gint64 capacity);
/* @booking of mh_appointment_type; referenced. */
void mh_day_grid_add_booking (MhDayGrid *grid, guint column, MhRecord *booking);
void mh_day_grid_end (MhDayGrid *grid, gint64 now);

/* What the keys are on: the booking (borrowed), or NULL for a slot; @out_start 0: nothing. */
MhRecord *mh_day_grid_current (MhDayGrid *grid, guint *out_column, gint64 *out_start);
void mh_day_grid_select (MhDayGrid *grid, const char *booking_id);
/* Takes the booking under the keys up, as the key M does. FALSE: there is none that may move. */
gboolean mh_day_grid_take_up (MhDayGrid *grid);

G_END_DECLS
