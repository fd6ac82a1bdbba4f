/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from a mission that begins, goes on or ends: its history, its unit, its call. */
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/fleet/mh-crews-service.h"
#include "server/dispatch/missions/mh-missions-private.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* --- its history --- */

const char *
mh_missions_how (const MhRequest *req)
{
  if (req->actor == NULL)
    return MH_MISSION_HOW_ITSELF;
  return mh_actor_may (req->actor, MH_MAY_DIRECT_UNIT) ? MH_MISSION_HOW_DISPATCHER
                                                       : MH_MISSION_HOW_BUTTON;
}

gboolean
mh_missions_tell (MhTx *tx, MhRecord *mission, const MhMissionsEvent *event, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const MhWho *who = mh_tx_who (tx);
  MhRecord *row = mh_record_new (&mh_mission_event_type);
  mh_record_take_text (row, MH_ID, event->id != NULL ? g_strdup (event->id) : mh_id_new ());
  mh_record_set_text (row, MH_MISSION_EVENT_HOSPITAL_ID,
                      mh_record_text (mission, MH_MISSION_HOSPITAL_ID));
  mh_record_set_text (row, MH_MISSION_EVENT_MISSION_ID, mh_record_id (mission));
  mh_record_set_text (row, MH_MISSION_EVENT_KIND, event->kind);
  mh_record_set_text (row, MH_MISSION_EVENT_STEP, event->step);
  mh_record_set_int (row, MH_MISSION_EVENT_AT, event->at);
  if (event->was_at != 0)
    mh_record_set_int (row, MH_MISSION_EVENT_WAS_AT, event->was_at);
  mh_record_set_text (row, MH_MISSION_EVENT_HOW, event->how);
  mh_record_set_text (row, MH_MISSION_EVENT_REASON, event->reason);
  mh_record_set_text (row, MH_MISSION_EVENT_BY_ID, who->user_id);
  mh_record_set_text (row, MH_MISSION_EVENT_BY_NAME, who->user_name);
  g_ptr_array_add (rows, row);
  return mh_tx_insert_parts (tx, rows, error);
}

/* --- its call --- */

static MhCallsUnits
missions_follow_units (GPtrArray *missions)
{
  MhCallsUnits units = { MH_EMERGENCY_OPEN, 0, 0 };
  gboolean served = FALSE;
  int farthest = -1;
  for (guint i = 0; i < missions->len; i++)
    {
      MhRecord *mission = g_ptr_array_index (missions, i);
      const char *state = mh_record_text (mission, MH_MISSION_STATE);
      gint64 on_scene = mh_record_int (mission, MH_MISSION_ON_SCENE_AT);
      if (on_scene != 0)
        units.on_scene_at = units.on_scene_at == 0 ? on_scene : MIN (units.on_scene_at, on_scene);
      served = served || (on_scene != 0 && g_strcmp0 (state, MH_MISSION_DONE) == 0);
      if (!mh_mission_is_open (mission))
        continue;

      units.n++;
      for (int k = 0; mh_mission_state_codes[k].code != NULL; k++)
        if (g_strcmp0 (mh_mission_state_codes[k].code, state) == 0)
          farthest = MAX (farthest, k);
    }

  /* who is asked is on it, too */
  if (units.n > 0)
    units.state = mh_mission_state_codes[MAX (farthest, 1)].code;
  else if (served)
    units.state = MH_EMERGENCY_CLOSED;
  return units;
}

static gboolean
missions_follow_call (MhTx *tx, MhRecord *mission, const char *was, gint64 at, GError **error)
{
  const char *call_id = mh_record_text (mission, MH_MISSION_CALL_ID);
  const char *state = mh_record_text (mission, MH_MISSION_STATE);
  g_autoptr (GPtrArray) missions = mh_missions_store_of_call (mh_tx_db (tx), call_id, error);
  if (missions == NULL)
    return FALSE;

  const MhCallsUnits units = missions_follow_units (missions);
  const MhCallsEvent event = { .at = at,
                               .kind = MH_EMERGENCY_DID_UNIT,
                               .question = mh_record_text (mission, MH_MISSION_UNIT_CODE),
                               .was = was,
                               .became = state };
  return mh_calls_service_follow (tx, call_id, &units, g_strcmp0 (was, state) != 0 ? &event : NULL,
                                  error);
}

gboolean
mh_missions_set_call (MhRecord *mission, MhRecord *call)
{
  static const struct
  {
    guint mission, call;
  } same[] = {
    { MH_MISSION_PRIORITY, MH_EMERGENCY_CALL_PRIORITY },
    { MH_MISSION_LOCATION, MH_EMERGENCY_CALL_LOCATION },
    { MH_MISSION_PLACE, MH_EMERGENCY_CALL_PLACE },
    { MH_MISSION_PHONE, MH_EMERGENCY_CALL_PHONE },
  };
  const char *title = mh_record_text (call, MH_EMERGENCY_CALL_CARD_TITLE);
  const char *summary = mh_record_text (call, MH_EMERGENCY_CALL_SUMMARY);
  g_autofree char *what = title != NULL && summary != NULL
                              ? g_strdup_printf ("%s · %s", title, summary)
                              : g_strdup (title != NULL ? title : summary);
  gboolean changed = g_strcmp0 (mh_record_text (mission, MH_MISSION_WHAT), what) != 0;
  mh_record_set_text (mission, MH_MISSION_WHAT, what);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      const char *value = mh_record_text (call, same[i].call);
      changed = changed || g_strcmp0 (mh_record_text (mission, same[i].mission), value) != 0;
      mh_record_set_text (mission, same[i].mission, value);
    }
  return changed;
}

/* --- its unit --- */

gboolean
mh_missions_set_crew (MhDb *db, MhRecord *mission, GError **error)
{
  g_autoptr (GPtrArray) on
      = mh_crews_store_on_unit (db, mh_record_text (mission, MH_MISSION_UNIT_ID), error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  for (guint i = 0; on != NULL && i < on->len; i++)
    g_strv_builder_add (ids, mh_record_text (g_ptr_array_index (on, i), MH_CREW_SHIFT_USER_ID));
  g_auto (GStrv) list = g_strv_builder_end (ids);
  mh_record_set_list (mission, MH_MISSION_CREW_IDS, (const char *const *)list);
  return on != NULL;
}

static gboolean
missions_follow_unit (const MhRequest *req, MhRecord *mission, gint64 at, GError **error)
{
  gboolean open = mh_mission_is_open (mission);
  const char *how = mh_missions_how (req);
  const MhCrewsDuty duty
      = { .unit_id = mh_record_text (mission, MH_MISSION_UNIT_ID),
          .state = mh_mission_unit_state (mission),
          .how = g_strcmp0 (how, MH_MISSION_HOW_ITSELF) == 0   ? MH_UNIT_BY_ITSELF
                 : g_strcmp0 (how, MH_MISSION_HOW_BUTTON) == 0 ? MH_UNIT_BY_BUTTON
                                                               : MH_UNIT_BY_DISPATCHER,
          .call_id = open ? mh_record_text (mission, MH_MISSION_CALL_ID) : NULL,
          .call_number = open ? mh_record_text (mission, MH_MISSION_CALL_NUMBER) : NULL,
          .at = at };
  return mh_crews_service_follow (req, &duty, error);
}

/* --- all of it --- */

gboolean
mh_missions_settle (const MhRequest *req,
                    MhRecord *before,
                    MhRecord *after,
                    const MhMissionsEvent *event,
                    GError **error)
{
  const char *was = before != NULL ? mh_record_text (before, MH_MISSION_STATE) : NULL;
  gboolean written = before != NULL ? mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE,
                                                    event->reason, error)
                                    : mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error);
  /* what is over holds its unit no longer */
  gboolean holds = before == NULL || mh_mission_is_open (before);
  return written && mh_missions_tell (req->tx, after, event, error)
         && (!holds || missions_follow_unit (req, after, event->at, error))
         && missions_follow_call (req->tx, after, was, event->at, error);
}

gboolean
mh_missions_end (const MhRequest *req,
                 MhRecord *before,
                 MhRecord *after,
                 const char *state,
                 const MhMissionsEvent *event,
                 GError **error)
{
  mh_record_set_text (after, MH_MISSION_STATE, state);
  mh_record_set_int (after, MH_MISSION_ENDED_AT, event->at);
  return mh_missions_cancel_next (req->tx, before, error)
         && mh_missions_settle (req, before, after, event, error);
}

/* --- the next one --- */

static char *
missions_follow_key (MhRecord *mission)
{
  return g_strconcat (MH_JOB_MISSION_NEXT ":", mh_record_id (mission), NULL);
}

gboolean
mh_missions_enqueue_next (MhTx *tx, MhRecord *mission, gint64 at, GError **error)
{
  g_autofree char *key = missions_follow_key (mission);
  g_autoptr (GString) payload = g_string_new (NULL);
  mh_json_open (payload, '{');
  mh_json_member_text (payload, "mission", mh_record_id (mission));
  mh_json_close (payload, '}');
  const MhJobWanted wanted = { .kind = MH_JOB_MISSION_NEXT,
                               .payload = payload->str,
                               .run_at = at,
                               .dedupe_key = key,
                               .hospital_id = mh_record_text (mission, MH_MISSION_HOSPITAL_ID) };
  return mh_jobs_enqueue (tx, &wanted, error);
}

gboolean
mh_missions_cancel_next (MhTx *tx, MhRecord *mission, GError **error)
{
  g_autofree char *key = missions_follow_key (mission);
  return mh_jobs_cancel (tx, key, error);
}
