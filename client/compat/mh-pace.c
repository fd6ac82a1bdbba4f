/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-pace.h"

/* No hand types several keys this fast one after the other. */
#define GAP_MS 30
/* So far letters may be behind that while they go on, and so many may be late; what is slower is a
 * hand's. */
#define LATE_MS 150
#define LATE_KEYS 2
/* Characters; shorter ones are nobody's code. */
#define LEAST 4

/* ms: how far a key at @time is behind those of a scanner; 0 or less: as fast as one. */
static gint64
pace_behind (const MhPace *pace, guint32 time)
{
  guint32 passed = time - pace->first;
  return (gint64)passed - (gint64)GAP_MS * pace->count;
}

static guint
pace_late_with (const MhPace *pace, guint32 time)
{
  guint32 gap = time - pace->last;
  return pace->late + (gap > GAP_MS);
}

gboolean
mh_pace_goes_on (const MhPace *pace, guint32 time)
{
  return pace->count == 0
         || (pace_behind (pace, time) <= LATE_MS && pace_late_with (pace, time) <= LATE_KEYS);
}

void
mh_pace_add (MhPace *pace, guint32 time)
{
  if (pace->count == 0)
    *pace = (MhPace){ .first = time, .last = time };

  pace->late = pace_late_with (pace, time);
  pace->last = time;
  pace->count++;
}

gboolean
mh_pace_is_scan (const MhPace *pace, guint32 time)
{
  return pace->count >= LEAST && pace_behind (pace, time) <= 0
         && pace_late_with (pace, time) <= LATE_KEYS;
}
