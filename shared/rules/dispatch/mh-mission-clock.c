/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-mission-clock.h"

#include "shared/records/dispatch/mh-mission.h"

guint
mh_mission_clock_field (MhClockStep step)
{
  static const guint fields[] = {
    MH_MISSION_ASSIGNED_AT,   MH_MISSION_EN_ROUTE_AT, MH_MISSION_ON_SCENE_AT,
    MH_MISSION_AT_PATIENT_AT, MH_MISSION_DEPART_AT,   MH_MISSION_AT_HOSPITAL_AT,
    MH_MISSION_HANDOVER_AT,   MH_MISSION_CLEAR_AT,
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_CLOCK_N - MH_CLOCK_ASSIGNED);
  return fields[step - MH_CLOCK_ASSIGNED];
}

void
mh_mission_clock_read (MhRecord *mission, MhDispatchClock *out_clock)
{
  for (int step = MH_CLOCK_ASSIGNED; step < MH_CLOCK_N; step++)
    out_clock->at[step] = mh_record_int (mission, mh_mission_clock_field ((MhClockStep)step));
}

const char *
mh_mission_clock_state (MhClockStep latest)
{
  switch (latest)
    {
    case MH_CLOCK_EN_ROUTE:
      return MH_MISSION_EN_ROUTE;
    case MH_CLOCK_ON_SCENE:
    case MH_CLOCK_AT_PATIENT:
      return MH_MISSION_ON_SCENE;
    case MH_CLOCK_DEPART:
      return MH_MISSION_TRANSPORTING;
    case MH_CLOCK_AT_HOSPITAL:
    case MH_CLOCK_HANDOVER:
      return MH_MISSION_AT_HOSPITAL;
    case MH_CLOCK_CLEAR:
      return MH_MISSION_DONE;
    case MH_CLOCK_CALL:
    case MH_CLOCK_LOCATED:
    case MH_CLOCK_DETERMINANT:
    case MH_CLOCK_ASSIGNED:
    case MH_CLOCK_N:
    default:
      return MH_MISSION_ASSIGNED;
    }
}

const char *
mh_mission_clock_next (MhRecord *mission)
{
  MhDispatchClock clock = { 0 };
  if (!mh_mission_is_open (mission))
    return NULL;
  if (g_strcmp0 (mh_record_text (mission, MH_MISSION_STATE), MH_MISSION_ASKED) == 0)
    return MH_MISSION_STEP_ACCEPTED;

  mh_mission_clock_read (mission, &clock);
  clock.at[MH_CLOCK_CALL] = clock.at[MH_CLOCK_ASSIGNED]; /* there was one before that */
  const MhClockStep next = mh_dispatch_clock_next (&clock);
  return next != MH_CLOCK_N ? mh_dispatch_clock_code (next) : NULL;
}

void
mh_mission_clock_do (MhRecord *mission, const char *step, gint64 at)
{
  const int of_clock = mh_dispatch_clock_step (step);
  if (of_clock >= MH_CLOCK_ASSIGNED)
    {
      mh_record_set_int (mission, mh_mission_clock_field ((MhClockStep)of_clock), at);
      mh_record_set_text (mission, MH_MISSION_STATE,
                          mh_mission_clock_state ((MhClockStep)of_clock));
    }
  else if (g_str_equal (step, MH_MISSION_STEP_ACCEPTED))
    {
      mh_record_set_int (mission, MH_MISSION_ACCEPTED_AT, at);
      mh_record_set_text (mission, MH_MISSION_STATE, MH_MISSION_ASSIGNED);
    }
  else
    mh_record_set_text (mission, MH_MISSION_STATE, MH_MISSION_REFUSED);

  if (of_clock == MH_CLOCK_CLEAR || g_str_equal (step, MH_MISSION_STEP_REFUSED))
    mh_record_set_int (mission, MH_MISSION_ENDED_AT, at);
}
