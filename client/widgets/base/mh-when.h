/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The hospital's days and hours: everything that a screen shows or takes goes by its time zone, as
 * its papers do, wherever the desk's own clock stands. */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* What mh_context_zone() says, told by the application when somebody signs in. */
void mh_when_set_zone (GTimeZone *zone);
GTimeZone *mh_when_zone (void); /* the desk's own before; new reference */
/* By which clock the screens go: the application's context tells its own; the machine's before. */
void mh_when_set_clock (MhClock *clock);
gint64 mh_when_now (void); /* µs since 1970, UTC */
/* An instant as the hospital's clocks show it; NULL: beyond the calendar. */
GDateTime *mh_when_at (gint64 instant);
char *mh_when_clock (gint64 instant); /* "13:45" */
char *mh_when_day (gint64 instant);   /* "20 Nov 2026" */
MhDate mh_when_today (void);
const char *mh_when_today_text (char out[MH_DATE_LENGTH + 1]); /* "2026-11-20" */
gint64 mh_when_midnight (MhDate day);                          /* the instant it begins */

G_END_DECLS
