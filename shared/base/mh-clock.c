/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-clock.h"

#include <stdatomic.h>

struct _MhClock
{
  atomic_int refs;
  _Atomic gint64 fixed; /* 0: the machine's own clock */
};

MhClock *
mh_clock_new_at (gint64 now)
{
  MhClock *clock = g_new0 (MhClock, 1);
  atomic_init (&clock->refs, 1);
  atomic_init (&clock->fixed, now);
  return clock;
}

MhClock *
mh_clock_new (void)
{
  return mh_clock_new_at (0);
}

MhClock *
mh_clock_ref (MhClock *clock)
{
  atomic_fetch_add (&clock->refs, 1);
  return clock;
}

void
mh_clock_unref (MhClock *clock)
{
  if (clock != NULL && atomic_fetch_sub (&clock->refs, 1) == 1)
    g_free (clock);
}

gint64
mh_clock_now (MhClock *clock)
{
  gint64 fixed = clock != NULL ? atomic_load (&clock->fixed) : 0;
  return fixed != 0 ? fixed : g_get_real_time ();
}

void
mh_clock_set (MhClock *clock, gint64 now)
{
  atomic_store (&clock->fixed, now);
}

void
mh_clock_advance (MhClock *clock, gint64 by)
{
  atomic_store (&clock->fixed, mh_clock_now (clock) + by);
}
