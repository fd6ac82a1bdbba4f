/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-urgency.h"

static const char *const urgency_codes[MH_URGENCY_N] = { "P1", "P2", "P3", "P4" };
static const char *const can_codes[MH_CAN_N] = { "BLS", "ALS", "MICU", "FIRE", "POLICE" };

const char *
mh_urgency_code (MhUrgency urgency)
{
  return urgency >= 0 && urgency < MH_URGENCY_N ? urgency_codes[urgency] : NULL;
}

MhUrgency
mh_urgency_of (const char *code)
{
  for (int i = 0; i < MH_URGENCY_N; i++)
    if (g_strcmp0 (code, urgency_codes[i]) == 0)
      return (MhUrgency)i;
  return MH_URGENCY_NONE;
}

MhUrgency
mh_urgency_most (MhUrgency a, MhUrgency b)
{
  if (a == MH_URGENCY_NONE || b == MH_URGENCY_NONE)
    return a == MH_URGENCY_NONE ? b : a;
  return MIN (a, b);
}

const char *
mh_can_code (guint can)
{
  for (guint i = 0; i < MH_CAN_N; i++)
    if (can == 1u << i)
      return can_codes[i];
  return NULL;
}

guint
mh_can_of (const char *code)
{
  for (guint i = 0; i < MH_CAN_N; i++)
    if (g_strcmp0 (code, can_codes[i]) == 0)
      return 1u << i;
  return 0;
}

guint
mh_can_spread (guint can)
{
  if ((can & MH_CAN_MICU) != 0)
    can |= MH_CAN_ALS;
  return (can & MH_CAN_ALS) != 0 ? can | MH_CAN_BLS : can;
}

guint
mh_can_highest (guint can)
{
  if ((can & MH_CAN_MICU) != 0)
    return can & ~(guint)(MH_CAN_ALS | MH_CAN_BLS);
  return (can & MH_CAN_ALS) != 0 ? can & ~(guint)MH_CAN_BLS : can;
}
