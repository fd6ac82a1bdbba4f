/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What one column of MhDayGrid knows: a day's slots and the bookings in them. */
#include "shared/record/mh-record.h"
#include "shared/rules/clinic/mh-slots.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;
  gint64 midnight, capacity;
  GArray *slots;       /* of MhSlotTime */
  GArray *away;        /* of gboolean */
  GPtrArray *bookings; /* of MhRecord, by time */
} MhDayColumn;

/* @slots and @away (or NULL) are copied. */
MhDayColumn *mh_day_column_new (const char *title,
                                gint64 midnight,
                                const GArray *slots,
                                const GArray *away,
                                gint64 capacity);
void mh_day_column_free (gpointer column);
/* NULL: there is none. */
const MhSlotTime *mh_day_column_slot (const MhDayColumn *column, guint index);
/* The slot that holds the instant; -1: none. */
int mh_day_column_slot_of (const MhDayColumn *column, gint64 instant);
/* Bookings that begin in the slot, borrowed. Transfer container. */
GPtrArray *mh_day_column_bookings (const MhDayColumn *column, const MhSlotTime *slot);
/* Where a booking stands among those of the slot; -1: nowhere. */
int mh_day_column_find (const MhDayColumn *column, guint slot, const char *booking_id);
/* By time, then place. */
void mh_day_column_sort (MhDayColumn *column);
/* Minutes since the day's midnight. */
gint64 mh_day_column_minute (const MhDayColumn *column, gint64 instant);
/* "09:15". Caller frees. */
char *mh_day_column_time (const MhDayColumn *column, gint64 instant);
gint64 mh_day_booking_start (MhRecord *booking);

G_END_DECLS
