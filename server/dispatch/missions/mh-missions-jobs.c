/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/missions/mh-missions-jobs.h"

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/missions/mh-missions-choice.h"
#include "server/dispatch/missions/mh-missions-private.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

/* Somebody else may take the chosen unit meanwhile; then it is chosen anew. */
#define TRIES 5

static const MhWho jobs_who = { .user_name = "server" };

/* --- choosing, outside of the write queue --- */

typedef struct
{
  MhServer *server;
  const char *id; /* of the call, or of the mission that is replaced */
  gint64 at;      /* of the plan */
  MhMissionsChoice *choice;
} Sending;

/* *out_choice for the call; NULL with @error. */
static MhMissionsChoice *
missions_jobs_choose (MhStore *store, MhServer *server, const char *call_id, GError **error)
{
  MhMissionsChoice *choice = NULL;
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) call = mh_store_get (db, &mh_emergency_call_type, call_id, error);
  if (call != NULL)
    choice = mh_missions_choose (db, mh_server_maps (server), call,
                                 mh_clock_now (mh_store_clock (store)), error);
  mh_store_give_reader (store, db);
  return choice;
}

/* Writes until nobody else was faster. */
static gboolean
missions_jobs_write (MhStore *store,
                     Sending *sending,
                     const char *call_id,
                     MhTxFunc func,
                     GError **error)
{
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (MhMissionsChoice) choice
          = missions_jobs_choose (store, sending->server, call_id, error);
      if (choice == NULL)
        return FALSE;
      sending->choice = choice;
      if (mh_store_write (store, &jobs_who, func, sending, &failure))
        return TRUE;
      if (!g_error_matches (failure, MH_ERROR, MH_ERROR_CONFLICT) || i + 1 == TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return FALSE;
}

/* @as: how, and for which needs. */
static gboolean
missions_jobs_send_offer (const MhRequest *req,
                          MhRecord *call,
                          const MhMissionsChoice *choice,
                          guint nth,
                          const MhMissionsWanted *as,
                          GError **error)
{
  const MhRescueOffer *offer = &g_array_index (choice->assign->offers, MhRescueOffer, nth);
  const MhMissionsUnit *one = &g_array_index (choice->units, MhMissionsUnit, offer->index);
  MhMissionsWanted wanted = *as;
  wanted.unit_id = mh_record_id (one->unit);
  wanted.unit_version = mh_record_version (one->state);
  g_autoptr (MhRecord) mission = mh_missions_send (req, call, &wanted, error);
  return mission != NULL;
}

/* --- a top level --- */

static gboolean
missions_jobs_send_plan (const MhRequest *req,
                         MhRecord *call,
                         const Sending *sending,
                         GError **error)
{
  const MhRescueAssign *assign = sending->choice->assign;
  if (!assign->automatic)
    return mh_calls_service_tell_alone (
        req->tx, mh_record_id (call),
        assign->asks ? "Only a unit on its way to another call can go: a person must say so" : NULL,
        error);
  for (guint i = 0; i < assign->plan->len; i++)
    {
      const MhRescueSend *send = &g_array_index (assign->plan, MhRescueSend, i);
      const MhMissionsWanted as
          = { .how
              = send->role == MH_RESCUE_FOR_NEAREST ? MH_MISSION_BY_NEAREST : MH_MISSION_BY_NEED,
              .needs = send->needs };
      g_autoptr (MhRecord) now
          = mh_store_get (req->db, &mh_emergency_call_type, mh_record_id (call), error);
      if (now == NULL
          || !missions_jobs_send_offer (req, now, sending->choice, send->offer, &as, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
missions_jobs_send_tx (MhTx *tx, gpointer data, GError **error)
{
  const Sending *sending = data;
  const MhRequest *req = MH_REQUEST_TX (tx, sending->server, NULL);
  g_autoptr (MhRecord) call
      = mh_store_get (mh_tx_db (tx), &mh_emergency_call_type, sending->id, error);
  if (call == NULL)
    return FALSE;
  /* vetoed, sent by hand, or done by the run before */
  if (mh_record_int (call, MH_EMERGENCY_CALL_SENDS_AT) != sending->at
      || mh_emergency_is_over (call))
    return TRUE;
  return missions_jobs_send_plan (req, call, sending, error);
}

static gboolean
missions_jobs_send (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  if (payload == NULL)
    return FALSE;
  Sending sending = { .server = data,
                      .id = mh_json_text (payload, "call"),
                      .at = mh_json_int (payload, "at", 0) };
  return missions_jobs_write (store, &sending, sending.id, missions_jobs_send_tx, error);
}

/* --- the next one --- */

/* What it was sent for and nobody else on the call covers; *out_any: somebody is on it. */
static gboolean
missions_jobs_uncovered (MhDb *db,
                         MhRecord *mission,
                         guint *out_needs,
                         gboolean *out_any,
                         GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_missions_store_of_call (db, mh_record_text (mission, MH_MISSION_CALL_ID), error);
  *out_needs = mh_missions_needs (mh_record_list (mission, MH_MISSION_NEEDS));
  *out_any = FALSE;
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *other = g_ptr_array_index (all, i);
      if (!mh_mission_is_open (other))
        continue;
      *out_any = TRUE;
      *out_needs &= ~mh_missions_needs (mh_record_list (other, MH_MISSION_NEEDS));
    }
  return all != NULL;
}

/* The best that need not be diverted and covers @needs (0: any); -1: none. */
static int
missions_jobs_best (const MhMissionsChoice *choice, guint needs)
{
  const GArray *offers = choice->assign->offers;
  for (guint i = 0; i < offers->len; i++)
    {
      const MhRescueOffer *offer = &g_array_index (offers, MhRescueOffer, i);
      if ((offer->notes & MH_RESCUE_NOTE_DIVERTED) == 0
          && (needs == 0 || (offer->covers & needs) != 0))
        return (int)i;
    }
  return -1;
}

/* Asked for too long: released. */
static gboolean
missions_jobs_release (const MhRequest *req, MhRecord *mission, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (mission);
  const MhMissionsEvent event
      = { .kind = MH_MISSION_UNANSWERED, .how = MH_MISSION_HOW_ITSELF, .at = mh_tx_now (req->tx) };
  mh_record_set_text (after, MH_MISSION_STATE, MH_MISSION_UNANSWERED);
  mh_record_set_int (after, MH_MISSION_ENDED_AT, event.at);
  return mh_missions_settle (req, mission, after, &event, error);
}

static gboolean
missions_jobs_release_tx (MhTx *tx, gpointer data, GError **error)
{
  const Sending *sending = data;
  const MhRequest *req = MH_REQUEST_TX (tx, sending->server, NULL);
  g_autoptr (MhRecord) mission = mh_store_get (mh_tx_db (tx), &mh_mission_type, sending->id, error);
  if (mission == NULL)
    return FALSE;
  gboolean asked = g_strcmp0 (mh_record_text (mission, MH_MISSION_STATE), MH_MISSION_ASKED) == 0;
  return !asked || mh_record_int (mission, MH_MISSION_ANSWER_BY) > mh_tx_now (tx)
         || missions_jobs_release (req, mission, error);
}

static gboolean
missions_jobs_next_tx (MhTx *tx, gpointer data, GError **error)
{
  const Sending *sending = data;
  const MhRequest *req = MH_REQUEST_TX (tx, sending->server, NULL);
  guint needs = 0;
  gboolean any = FALSE;
  g_autoptr (MhRecord) mission = mh_store_get (mh_tx_db (tx), &mh_mission_type, sending->id, error);
  g_autoptr (MhRecord) call
      = mission != NULL ? mh_store_get (mh_tx_db (tx), &mh_emergency_call_type,
                                        mh_record_text (mission, MH_MISSION_CALL_ID), error)
                        : NULL;
  if (call == NULL || !missions_jobs_uncovered (mh_tx_db (tx), mission, &needs, &any, error))
    return FALSE;

  const char *state = mh_record_text (mission, MH_MISSION_STATE);
  gboolean missed
      = g_strcmp0 (state, MH_MISSION_REFUSED) == 0 || g_strcmp0 (state, MH_MISSION_UNANSWERED) == 0;
  gboolean covered = needs == 0 && any;
  int best = missions_jobs_best (sending->choice, needs);
  if (!missed || covered || mh_emergency_is_over (call)
      || mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID))
    return TRUE;
  if (best >= 0)
    return missions_jobs_send_offer (
        req, call, sending->choice, (guint)best,
        &(MhMissionsWanted){ .how = MH_MISSION_BY_NEXT, .needs = needs }, error);
  return mh_calls_service_tell_alone (tx, mh_record_id (call),
                                      mh_record_text (mission, MH_MISSION_UNIT_CODE), error);
}

static gboolean
missions_jobs_next (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  if (payload == NULL)
    return FALSE;
  Sending sending = { .server = data, .id = mh_json_text (payload, "mission") };
  MhDb *db = mh_store_write (store, &jobs_who, missions_jobs_release_tx, &sending, error)
                 ? mh_store_take_reader (store, error)
                 : NULL;
  if (db == NULL)
    return FALSE;

  g_autoptr (MhRecord) mission = mh_store_get (db, &mh_mission_type, sending.id, error);
  mh_store_give_reader (store, db);
  return mission != NULL
         && missions_jobs_write (store, &sending, mh_record_text (mission, MH_MISSION_CALL_ID),
                                 missions_jobs_next_tx, error);
}

void
mh_missions_jobs_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register_slow (jobs, MH_JOB_CALL_SEND, missions_jobs_send, server);
  mh_jobs_register_slow (jobs, MH_JOB_MISSION_NEXT, missions_jobs_next, server);
}

/* --- what follows from a call --- */

/* A call that was cancelled needs its units no more; who has a patient brings it to its end first.
 */
static gboolean
missions_jobs_cancelled (const MhRequest *req, MhRecord *mission, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (mission);
  const MhMissionsEvent event = { .kind = MH_MISSION_STOOD_DOWN,
                                  .how = mh_missions_how (req),
                                  .reason = MH_MISSION_END_CANCELLED,
                                  .at = mh_tx_now (req->tx) };
  if (mh_record_has (mission, MH_MISSION_ON_SCENE_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s is there; the call ends when it is clear, or after it was stood down.",
                    mh_record_text (mission, MH_MISSION_UNIT_CODE));
      return FALSE;
    }
  mh_record_set_text (after, MH_MISSION_END_REASON, MH_MISSION_END_CANCELLED);
  return mh_missions_end (req, mission, after, MH_MISSION_STOOD_DOWN, &event, error);
}

static gboolean
missions_jobs_call_changed (const MhRequest *req,
                            MhRecord *mission,
                            MhRecord *before,
                            MhRecord *call,
                            GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (mission);
  if (mh_emergency_is_over (call))
    return missions_jobs_cancelled (req, mission, error);
  if (mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID)
      && !mh_record_has (before, MH_EMERGENCY_CALL_HEAD_ID))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s is on this call: join the other one to it, or stand the unit down first.",
                    mh_record_text (mission, MH_MISSION_UNIT_CODE));
      return FALSE;
    }
  return !mh_missions_set_call (after, call)
         || mh_tx_update (req->tx, mission, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
missions_jobs_call_cb (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  const MhRequest *req = MH_REQUEST_TX (tx, data, NULL);
  gboolean ended = before != NULL && mh_emergency_is_over (before);
  if (before == NULL || ended || mh_record_int (before, MH_EMERGENCY_CALL_N_UNITS) == 0)
    return TRUE;

  g_autoptr (GPtrArray) missions
      = mh_missions_store_of_call (mh_tx_db (tx), mh_record_id (after), error);
  for (guint i = 0; missions != NULL && i < missions->len; i++)
    {
      MhRecord *mission = g_ptr_array_index (missions, i);
      if (mh_mission_is_open (mission)
          && !missions_jobs_call_changed (req, mission, before, after, error))
        return FALSE;
    }
  return missions != NULL;
}

/* --- what follows from a crew --- */

static gboolean
missions_jobs_shift_cb (MhTx *tx, MhRecord *before, MhRecord *shift, gpointer data, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) mission = mh_missions_store_of_unit (
      mh_tx_db (tx), mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  if (mission == NULL)
    return failure == NULL;

  g_autoptr (MhRecord) after = mh_record_copy (mission);
  return mh_missions_set_crew (mh_tx_db (tx), after, error)
         && mh_tx_update (tx, mission, after, MH_AUDIT_UPDATE, NULL, error);
}

void
mh_missions_observe (MhServer *server)
{
  MhStore *store = mh_server_store (server);
  mh_store_observe (store, &mh_emergency_call_type, missions_jobs_call_cb, server);
  mh_store_observe (store, &mh_crew_shift_type, missions_jobs_shift_cb, server);
}
