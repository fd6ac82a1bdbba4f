/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-crews-service.h"

#include <string.h>

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* --- rights --- */

gboolean
mh_crews_service_require_on (const MhRequest *req, const char *unit_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) own
      = mh_crews_store_of_person (req->db, mh_actor_user_id (req->actor), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (own != NULL && g_strcmp0 (mh_record_text (own, MH_CREW_SHIFT_UNIT_ID), unit_id) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_FORBIDDEN, "You are not on this unit; sign on to it first.");
  return FALSE;
}

/* Oneself, a colleague of one's own unit, or anybody. */
static gboolean
crews_service_may_sign (const MhRequest *req,
                        const char *user_id,
                        const char *unit_id,
                        GError **error)
{
  return g_strcmp0 (user_id, mh_actor_user_id (req->actor)) == 0
         || mh_actor_may (req->actor, MH_MAY_DIRECT_UNIT)
         || mh_crews_service_require_on (req, unit_id, error);
}

/* --- the state --- */

static gboolean
crews_service_tell (MhTx *tx, MhRecord *state, const char *was, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *event = mh_record_new (&mh_unit_event_type);
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_UNIT_EVENT_HOSPITAL_ID,
                      mh_record_text (state, MH_UNIT_STATE_HOSPITAL_ID));
  mh_record_set_text (event, MH_UNIT_EVENT_UNIT_ID, mh_record_id (state));
  mh_record_set_int (event, MH_UNIT_EVENT_AT, mh_record_int (state, MH_UNIT_STATE_SINCE));
  mh_record_set_text (event, MH_UNIT_EVENT_WAS, was);
  mh_record_set_text (event, MH_UNIT_EVENT_BECAME, mh_record_text (state, MH_UNIT_STATE_STATE));
  mh_record_set_text (event, MH_UNIT_EVENT_HOW, mh_record_text (state, MH_UNIT_STATE_HOW));
  mh_record_set_text (event, MH_UNIT_EVENT_REASON, mh_record_text (state, MH_UNIT_STATE_REASON));
  mh_record_set_text (event, MH_UNIT_EVENT_BY_NAME, mh_record_text (state, MH_UNIT_STATE_BY_NAME));
  g_ptr_array_add (rows, event);
  return mh_tx_insert_parts (tx, rows, error);
}

static void
crews_service_stamp (const MhRequest *req, MhRecord *state)
{
  mh_record_set_int (state, MH_UNIT_STATE_SINCE, mh_tx_now (req->tx));
  mh_record_set_text (state, MH_UNIT_STATE_HOW,
                      mh_actor_may (req->actor, MH_MAY_DIRECT_UNIT) ? MH_UNIT_BY_DISPATCHER
                                                                    : MH_UNIT_BY_BUTTON);
  mh_record_set_text (state, MH_UNIT_STATE_BY_NAME, mh_actor_name (req->actor));
}

/* The state of the unit of @shift; made when nobody was on it before. */
static gboolean
crews_service_put_state (const MhRequest *req, MhRecord *shift, const char *wanted, GError **error)
{
  GError *failure = NULL;
  const char *unit_id = mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID);
  g_autoptr (MhRecord) before
      = mh_store_find (req->db, &mh_unit_state_type, "id", unit_id, &failure);
  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_unit_state_type);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  mh_record_set_text (after, MH_UNIT_STATE_STATE, wanted);
  mh_record_set_null (after, MH_UNIT_STATE_REASON);
  crews_service_stamp (req, after);
  if (before != NULL)
    return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
           && crews_service_tell (req->tx, after, mh_record_text (before, MH_UNIT_STATE_STATE),
                                  error);

  mh_record_set_text (after, MH_ID, unit_id);
  mh_record_set_text (after, MH_UNIT_STATE_HOSPITAL_ID,
                      mh_record_text (shift, MH_CREW_SHIFT_HOSPITAL_ID));
  mh_record_set_text (after, MH_UNIT_STATE_UNIT_CODE,
                      mh_record_text (shift, MH_CREW_SHIFT_UNIT_CODE));
  return mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error)
         && crews_service_tell (req->tx, after, MH_UNIT_OFF, error);
}

static gboolean
crews_service_is_idle (MhRecord *state)
{
  const char *now = mh_record_text (state, MH_UNIT_STATE_STATE);
  return g_strcmp0 (now, MH_UNIT_AVAILABLE) == 0 || g_strcmp0 (now, MH_UNIT_OUT_OF_SERVICE) == 0;
}

MhRecord *
mh_crews_service_set_state (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
      || !mh_edit_begin (req, patch, &before, &after, error)
      || (!mh_actor_may (req->actor, MH_MAY_DIRECT_UNIT)
          && !mh_crews_service_require_on (req, patch.id, error)))
    return NULL;
  if (!crews_service_is_idle (before))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The unit is off duty or on its way; its state follows from that.");
      return NULL;
    }
  if (!crews_service_is_idle (after))
    {
      mh_error_set_field (error, "state", "unknown", "Choose available or out_of_service.");
      return NULL;
    }

  if (g_strcmp0 (mh_record_text (after, MH_UNIT_STATE_STATE), MH_UNIT_AVAILABLE) == 0)
    mh_record_set_null (after, MH_UNIT_STATE_REASON);
  crews_service_stamp (req, after);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                 && crews_service_tell (req->tx, after,
                                        mh_record_text (before, MH_UNIT_STATE_STATE), error)
             ? g_steal_pointer (&after)
             : NULL;
}

gboolean
mh_crews_service_follow (const MhRequest *req, const MhCrewsDuty *duty, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (req->db, &mh_unit_state_type, duty->unit_id, error);
  if (before == NULL)
    return FALSE;
  const char *was = mh_record_text (before, MH_UNIT_STATE_STATE);
  if (g_strcmp0 (was, duty->state) == 0
      && g_strcmp0 (mh_record_text (before, MH_UNIT_STATE_CALL_ID), duty->call_id) == 0)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_UNIT_STATE_STATE, duty->state);
  mh_record_set_null (after, MH_UNIT_STATE_REASON);
  mh_record_set_int (after, MH_UNIT_STATE_SINCE, duty->at);
  mh_record_set_text (after, MH_UNIT_STATE_HOW, duty->how);
  mh_record_set_text (after, MH_UNIT_STATE_BY_NAME,
                      req->actor != NULL ? mh_actor_name (req->actor) : NULL);
  mh_record_set_text (after, MH_UNIT_STATE_CALL_ID, duty->call_id);
  mh_record_set_text (after, MH_UNIT_STATE_CALL_NUMBER, duty->call_number);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && crews_service_tell (req->tx, after, was, error);
}

/* --- signing on --- */

static gboolean
crews_service_check_hours (gint64 until, gint64 now, GError **error)
{
  if (until <= now)
    mh_error_set_field (error, "until", "past", "Give an hour that is still to come.");
  else if (until > now + MH_CREW_MOST_HOURS * MH_HOUR)
    mh_error_set_field (error, "until", "too_long", "A shift has at most %d hours.",
                        MH_CREW_MOST_HOURS);
  else
    return TRUE;
  return FALSE;
}

/* Names and stamps; FALSE: the unit is not in use, or there is nobody of that id. */
static gboolean
crews_service_fill (const MhRequest *req, MhRecord *shift, GError **error)
{
  MhDb *db = req->db;
  if (!mh_record_has (shift, MH_CREW_SHIFT_USER_ID))
    mh_record_set_text (shift, MH_CREW_SHIFT_USER_ID, mh_actor_user_id (req->actor));
  g_autoptr (MhRecord) unit
      = mh_edit_named (db, mh_actor_hospital_id (req->actor), &mh_unit_type,
                       mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), "unit_id", error);
  g_autoptr (MhRecord) user
      = unit != NULL
            ? mh_edit_named (db, mh_record_text (unit, MH_UNIT_HOSPITAL_ID), &mh_user_type,
                             mh_record_text (shift, MH_CREW_SHIFT_USER_ID), "user_id", error)
            : NULL;
  if (user == NULL)
    return FALSE;
  if (!mh_record_bool (unit, MH_UNIT_ACTIVE))
    {
      mh_error_set_field (error, "unit_id", "inactive", "This unit is not in use; choose another.");
      return FALSE;
    }

  if (!mh_record_has (shift, MH_ID))
    mh_record_take_text (shift, MH_ID, mh_id_new ());
  mh_record_set_text (shift, MH_CREW_SHIFT_HOSPITAL_ID, mh_record_text (unit, MH_UNIT_HOSPITAL_ID));
  mh_record_set_text (shift, MH_CREW_SHIFT_UNIT_CODE, mh_record_text (unit, MH_UNIT_CODE));
  mh_record_set_text (shift, MH_CREW_SHIFT_USER_NAME, mh_record_text (user, MH_USER_NAME));
  mh_record_set_int (shift, MH_CREW_SHIFT_BEGAN_AT, mh_tx_now (req->tx));
  return TRUE;
}

static gboolean
crews_service_check_free (MhDb *db, MhRecord *shift, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) other
      = mh_crews_store_of_person (db, mh_record_text (shift, MH_CREW_SHIFT_USER_ID), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (other != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "%s is on %s; sign off there first.",
                  mh_record_text (other, MH_CREW_SHIFT_USER_NAME),
                  mh_record_text (other, MH_CREW_SHIFT_UNIT_CODE));
  return failure == NULL && other == NULL;
}

MhRecord *
mh_crews_service_begin (const MhRequest *req, MhRecord *draft, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) shift = mh_record_copy (draft);
  if (!mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
      || !crews_service_fill (req, shift, error)
      || !crews_service_may_sign (req, mh_record_text (shift, MH_CREW_SHIFT_USER_ID),
                                  mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), error)
      || !crews_service_check_hours (mh_record_int (shift, MH_CREW_SHIFT_UNTIL),
                                     mh_tx_now (req->tx), error)
      || !crews_service_check_free (db, shift, error))
    return NULL;

  g_autoptr (GPtrArray) on
      = mh_crews_store_on_unit (db, mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), error);
  if (on == NULL || !mh_tx_insert (req->tx, shift, MH_AUDIT_CREATE, NULL, error)
      || (on->len == 0 && !crews_service_put_state (req, shift, MH_UNIT_AVAILABLE, error)))
    return NULL;
  return g_steal_pointer (&shift);
}

/* --- signing off --- */

/* With the last one the unit is off duty, unless it is on something. */
static gboolean
crews_service_leave (const MhRequest *req, MhRecord *shift, GError **error)
{
  MhDb *db = req->db;
  const char *unit_id = mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID);
  g_autoptr (GPtrArray) on = mh_crews_store_on_unit (db, unit_id, error);
  g_autoptr (MhRecord) state
      = on != NULL ? mh_store_get (db, &mh_unit_state_type, unit_id, error) : NULL;
  if (state == NULL)
    return FALSE;
  if (on->len > 1)
    return TRUE;
  if (crews_service_is_idle (state))
    return crews_service_put_state (req, shift, MH_UNIT_OFF, error);
  mh_error_set (error, MH_ERROR_CONFLICT,
                "The unit is on its way; its last one signs off when it is clear.");
  return FALSE;
}

MhRecord *
mh_crews_service_end (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
                                    ? mh_edit_get (req, &mh_crew_shift_type, id, error)
                                    : NULL;
  if (before == NULL
      || !crews_service_may_sign (req, mh_record_text (before, MH_CREW_SHIFT_USER_ID),
                                  mh_record_text (before, MH_CREW_SHIFT_UNIT_ID), error))
    return NULL;
  if (mh_record_has (before, MH_CREW_SHIFT_ENDED_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This shift is over already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_CREW_SHIFT_ENDED_AT, mh_tx_now (req->tx));
  return crews_service_leave (req, before, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- who may be signed on --- */

static MhRecord *
crews_service_person (MhDb *db, MhRecord *user, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) shift = mh_crews_store_of_person (db, mh_record_id (user), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  MhRecord *person = mh_record_new (&mh_crew_person_type);
  mh_record_set_text (person, MH_CREW_PERSON_ID, mh_record_id (user));
  mh_record_set_text (person, MH_CREW_PERSON_NAME, mh_record_text (user, MH_USER_NAME));
  mh_record_set_text (person, MH_CREW_PERSON_DESIGNATION,
                      mh_record_text (user, MH_USER_DESIGNATION));
  if (shift != NULL)
    mh_record_set_text (person, MH_CREW_PERSON_UNIT_CODE,
                        mh_record_text (shift, MH_CREW_SHIFT_UNIT_CODE));
  return person;
}

GPtrArray *
mh_crews_service_people (const MhRequest *req, GError **error)
{
  static const char *const rights[2] = { MH_MAY_CREW_UNIT, MH_MAY_DECIDE_VISIT };
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) users
      = mh_actor_require (req->actor, MH_MAY_CREW_UNIT, error)
            ? mh_crews_store_people (req->db, mh_actor_hospital_id (req->actor), rights, error)
            : NULL;
  if (users == NULL)
    return NULL;

  for (guint i = 0; i < users->len; i++)
    {
      MhRecord *user = g_ptr_array_index (users, i);
      MhRecord *person = crews_service_person (req->db, user, error);
      if (person == NULL)
        return NULL;
      g_ptr_array_add (people, person);
    }
  return g_steal_pointer (&people);
}
