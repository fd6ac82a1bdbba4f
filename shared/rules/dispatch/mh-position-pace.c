/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-position-pace.h"

#include "shared/records/dispatch/mh-mission.h"

gboolean
mh_position_is_running (const char *state)
{
  return g_strcmp0 (state, MH_MISSION_EN_ROUTE) == 0
         || g_strcmp0 (state, MH_MISSION_TRANSPORTING) == 0;
}

/* A clock that was set back does not silence the unit. */
gboolean
mh_position_is_due (gint64 last, gint64 at, gboolean is_running)
{
  return last == 0 || at < last
         || at - last >= (is_running ? MH_POSITION_EVERY_RUNNING : MH_POSITION_EVERY);
}

gboolean
mh_position_batch_is_due (guint n, gint64 first, gint64 now, gboolean is_away)
{
  return n > 0
         && (!is_away || n >= MH_POSITION_MOST_NOTED || now - first >= MH_POSITION_LONGEST_NOTED);
}
