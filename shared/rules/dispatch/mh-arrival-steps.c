/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-arrival-steps.h"

#include "shared/records/dispatch/mh-arrival.h"

static const struct
{
  const char *from, *step, *to;
} steps[] = {
  { MH_ARRIVAL_TOLD, MH_ARRIVAL_ACCEPT, MH_ARRIVAL_ACCEPTED },
  { MH_ARRIVAL_TOLD, MH_ARRIVAL_REFUSE, MH_ARRIVAL_REFUSED },
  { MH_ARRIVAL_TOLD, MH_ARRIVAL_ARRIVE, MH_ARRIVAL_ARRIVED },
  { MH_ARRIVAL_TOLD, MH_ARRIVAL_CANCEL, MH_ARRIVAL_CANCELLED },
  { MH_ARRIVAL_ACCEPTED, MH_ARRIVAL_REFUSE, MH_ARRIVAL_REFUSED },
  { MH_ARRIVAL_ACCEPTED, MH_ARRIVAL_ARRIVE, MH_ARRIVAL_ARRIVED },
  { MH_ARRIVAL_ACCEPTED, MH_ARRIVAL_HAND_OVER, MH_ARRIVAL_HANDED_OVER },
  { MH_ARRIVAL_ACCEPTED, MH_ARRIVAL_CANCEL, MH_ARRIVAL_CANCELLED },
  { MH_ARRIVAL_ARRIVED, MH_ARRIVAL_REFUSE, MH_ARRIVAL_REFUSED },
  { MH_ARRIVAL_ARRIVED, MH_ARRIVAL_HAND_OVER, MH_ARRIVAL_HANDED_OVER },
};

const char *
mh_arrival_after (const char *state, const char *step)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].from, state) == 0 && g_strcmp0 (steps[i].step, step) == 0)
      return steps[i].to;
  return NULL;
}

gboolean
mh_arrival_is_open (const char *state)
{
  return g_strcmp0 (state, MH_ARRIVAL_TOLD) == 0 || g_strcmp0 (state, MH_ARRIVAL_ACCEPTED) == 0
         || g_strcmp0 (state, MH_ARRIVAL_ARRIVED) == 0;
}

gboolean
mh_arrival_keeps_bed (const char *state, gint64 handed_at, gint64 reviewed_at)
{
  return mh_arrival_is_open (state)
         || (g_strcmp0 (state, MH_ARRIVAL_HANDED_OVER) == 0 && handed_at > reviewed_at);
}
