/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The only source of time. Instants are microseconds since 1970 in UTC. A test hands down a clock
 * it sets by hand; nobody else calls g_get_real_time(). Thread-safe. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_SECOND G_GINT64_CONSTANT (1000000)
#define MH_MINUTE (60 * MH_SECOND)
#define MH_HOUR (60 * MH_MINUTE)
#define MH_DAY (24 * MH_HOUR)

MhClock *mh_clock_new (void);
MhClock *mh_clock_new_at (gint64 now); /* stands still until it is set or advanced */
MhClock *mh_clock_ref (MhClock *clock);
void mh_clock_unref (MhClock *clock);
gint64 mh_clock_now (MhClock *clock);
void mh_clock_set (MhClock *clock, gint64 now);
void mh_clock_advance (MhClock *clock, gint64 by);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhClock, mh_clock_unref)

G_END_DECLS
