/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Working time: how long of a stretch the laboratory was open (rules.md 15). Hours are written by
 * day of the week, holidays as dates; daylight saving is the zone's. Pure but for a cache of days
 * within, so one belongs to one thread.
 */
#include "shared/base/mh-date.h"
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhWorkTime MhWorkTime;

/* @hours: "mon-fri 08:00-12:30 13:30-20:00; sat 08:00-13:00"; a day that is not named is closed;
 * "" or NULL: open around the clock. 24:00 ends a day. @holidays: "2026-01-26 08-15", a year's or
 * each year's, closed all day. @zone NULL: UTC. MH_ERROR_INVALID says what cannot be read. */
MhWorkTime *
mh_work_time_new (const char *hours, const char *holidays, GTimeZone *zone, GError **error);
void mh_work_time_free (MhWorkTime *work);
/* µs of [from, to) in which it is open; 0 when @to is not after @from. */
gint64 mh_work_time_between (MhWorkTime *work, gint64 from, gint64 to);
/* The first instant at which @length µs of working time have passed since @from. G_MAXINT64 when it
 * is not open that long within three years. */
gint64 mh_work_time_after (MhWorkTime *work, gint64 from, gint64 length);
/* The stretches of one day, in order; gives how many, at most @most. */
guint
mh_work_time_day (MhWorkTime *work, MhDate day, gint64 *out_open, gint64 *out_close, guint most);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhWorkTime, mh_work_time_free)

/* The place, counted from 1, of the percentile by nearest rank: ceil (percent × n / 100). 0 for
 * n = 0. */
gint64 mh_nearest_rank (gint64 n, guint percent);
/* The value at that place; @values are put into another order. -1 for n = 0. */
gint64 mh_nearest_value (gint64 *values, gint64 n, guint percent);

G_END_DECLS
