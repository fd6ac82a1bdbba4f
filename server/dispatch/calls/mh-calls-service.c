/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/calls/mh-calls-service.h"

#include "server/dispatch/calls/mh-calls-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

MhRecord *
mh_calls_get_open (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) call = mh_actor_require (req->actor, MH_MAY_WRITE_CALL, error)
                                  ? mh_edit_get (req, &mh_emergency_call_type, id, error)
                                  : NULL;
  if (call == NULL)
    return NULL;
  if (!mh_emergency_is_over (call))
    return g_steal_pointer (&call);
  mh_error_set (error, MH_ERROR_CONFLICT,
                "This call is over and does not change any more; take a new one.");
  return NULL;
}

/* --- history --- */

static MhRecord *
calls_service_event (MhTx *tx, MhRecord *call, const MhCallsEvent *event)
{
  const MhWho *who = mh_tx_who (tx);
  MhRecord *row = mh_record_new (&mh_emergency_event_type);
  mh_record_take_text (row, MH_ID, mh_id_new ());
  mh_record_set_text (row, MH_EMERGENCY_EVENT_HOSPITAL_ID,
                      mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID));
  mh_record_set_text (row, MH_EMERGENCY_EVENT_CALL_ID, mh_record_id (call));
  mh_record_set_int (row, MH_EMERGENCY_EVENT_AT, event->at);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_KIND, event->kind);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_QUESTION, event->question);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_WAS, event->was);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_BECAME, event->became);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_REASON, event->reason);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_PROTOCOL_EDITION,
                      mh_record_text (call, MH_EMERGENCY_CALL_PROTOCOL_EDITION));
  mh_record_set_text (row, MH_EMERGENCY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (row, MH_EMERGENCY_EVENT_BY_NAME, who->user_name);
  return row;
}

gboolean
mh_calls_tell (MhTx *tx, MhRecord *call, const MhCallsEvent *events, guint n_events, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_events; i++)
    g_ptr_array_add (rows, calls_service_event (tx, call, &events[i]));
  return rows->len == 0 || mh_tx_insert_parts (tx, rows, error);
}

static gboolean
calls_service_tell_one (MhTx *tx, MhRecord *call, MhCallsEvent event, GError **error)
{
  return mh_calls_tell (tx, call, &event, 1, error);
}

/* --- what a person types --- */

static gboolean
calls_service_check_phone (const char *phone, GError **error)
{
  if (phone == NULL || mh_emergency_can_call (phone))
    return TRUE;
  mh_error_set_field (error, "phone", "format",
                      "Type a number of %d digits or more, or leave it empty.",
                      MH_EMERGENCY_LEAST_DIGITS);
  return FALSE;
}

/* The location as it is kept, and the place in words beside it. */
static gboolean
calls_service_set_place (MhRecord *call, gint64 at, GError **error)
{
  g_auto (MhEmergencyPlace) place = { 0 };
  if (!mh_record_has (call, MH_EMERGENCY_CALL_LOCATION))
    {
      mh_record_set_null (call, MH_EMERGENCY_CALL_PLACE);
      return TRUE;
    }
  if (!mh_emergency_place_parse (mh_record_text (call, MH_EMERGENCY_CALL_LOCATION), &place, error))
    return FALSE;

  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (lat, sizeof lat, "%.5f", place.lat);
  g_ascii_formatd (lon, sizeof lon, "%.5f", place.lon);
  mh_record_take_text (call, MH_EMERGENCY_CALL_LOCATION, mh_emergency_place_put (&place));
  mh_record_take_text (call, MH_EMERGENCY_CALL_PLACE,
                       place.text != NULL ? g_strdup (place.text)
                                          : g_strdup_printf ("%s, %s", lat, lon));
  if (!mh_record_has (call, MH_EMERGENCY_CALL_LOCATED_AT))
    mh_record_set_int (call, MH_EMERGENCY_CALL_LOCATED_AT, at);
  return TRUE;
}

/* --- taking --- */

static gboolean
calls_service_set_number (MhTx *tx, MhRecord *call, GError **error)
{
  g_autoptr (MhRecord) hospital
      = mh_store_get (mh_tx_db (tx), &mh_hospital_type,
                      mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID), error);
  if (hospital == NULL)
    return FALSE;

  const char *code = mh_record_text (hospital, MH_HOSPITAL_CODE);
  g_autofree char *series = g_strconcat ("call:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;

  mh_record_take_text (call, MH_EMERGENCY_CALL_NUMBER,
                       g_strdup_printf ("%s-E%06" G_GINT64_FORMAT, code, number));
  return TRUE;
}

static void
calls_service_fill (MhRecord *call, const MhActor *actor, const char *hospital_id)
{
  if (!mh_record_has (call, MH_ID))
    mh_record_take_text (call, MH_ID, mh_id_new ());
  mh_record_set_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID, hospital_id);
  mh_record_set_text (call, MH_EMERGENCY_CALL_STATE, MH_EMERGENCY_OPEN);
  mh_record_set_bool (call, MH_EMERGENCY_CALL_PROVISIONAL, TRUE);
  mh_record_set_bool (call, MH_EMERGENCY_CALL_SEND_NOW, FALSE);
  mh_record_set_int (call, MH_EMERGENCY_CALL_N_JOINED, 0);
  mh_record_set_int (call, MH_EMERGENCY_CALL_N_CALLERS, 0);
  mh_record_set_int (call, MH_EMERGENCY_CALL_N_UNITS, 0);
  mh_record_set_text (call, MH_EMERGENCY_CALL_TAKEN_BY, mh_actor_user_id (actor));
  mh_record_set_text (call, MH_EMERGENCY_CALL_TAKEN_NAME, mh_actor_name (actor));
}

/* Nobody gives a new call a priority: that is the protocol's, or a change with a reason. */
static gboolean
calls_service_check_new (MhRecord *draft, GError **error)
{
  static const guint later[] = { MH_EMERGENCY_CALL_PRIORITY, MH_EMERGENCY_CALL_PRIORITY_REASON };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    if (mh_record_has (draft, later[i]))
      mh_issues_add (issues, mh_emergency_call_type.fields[later[i]].name, "read_only",
                     "Send the answers, or change the priority of the call afterwards");
  return mh_issues_raise (issues, error);
}

MhRecord *
mh_calls_service_open (const MhRequest *req, MhRecord *draft, gint64 made_at, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  gint64 said = mh_record_int (draft, MH_EMERGENCY_CALL_CALL_AT);
  gint64 at = mh_edit_made_at (req->tx, said != 0 ? said : made_at);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_CALL, error)
      || !calls_service_check_new (draft, error)
      || !calls_service_check_phone (mh_record_text (draft, MH_EMERGENCY_CALL_PHONE), error))
    return NULL;

  g_autoptr (MhRecord) call = mh_record_copy (draft);
  calls_service_fill (call, req->actor, hospital_id);
  mh_record_set_int (call, MH_EMERGENCY_CALL_CALL_AT, at);
  if (!calls_service_set_place (call, at, error) || !calls_service_set_number (req->tx, call, error)
      || !mh_calls_give_new (req, call, error)
      || !mh_tx_insert (req->tx, call, MH_AUDIT_CREATE, NULL, error)
      || !calls_service_tell_one (req->tx, call,
                                  (MhCallsEvent){ .at = at, .kind = MH_EMERGENCY_DID_CALL }, error))
    return NULL;
  return g_steal_pointer (&call);
}

MhRecord *
mh_calls_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_actor_require (req->actor, MH_MAY_READ_CALL, error)
             ? mh_edit_get (req, &mh_emergency_call_type, id, error)
             : NULL;
}

GPtrArray *
mh_calls_service_list (const MhRequest *req, const MhCallsQuery *query, GError **error)
{
  MhCallsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_actor_require (req->actor, MH_MAY_READ_CALL, error)
             ? mh_calls_store_list (req->db, &narrowed, error)
             : NULL;
}

/* --- changing --- */

/* Up or down with a reason; what the protocol says is no change any more. */
static gboolean
calls_service_change_priority (const MhRequest *req,
                               MhRecord *before,
                               MhRecord *after,
                               MhRecord *body,
                               GError **error)
{
  MhUrgency wanted = mh_urgency_of (mh_record_text (body, MH_EMERGENCY_CALL_PRIORITY));
  MhUrgency computed = mh_urgency_of (mh_record_text (before, MH_EMERGENCY_CALL_COMPUTED));
  g_autofree char *reason
      = mh_text_clean (mh_record_text (body, MH_EMERGENCY_CALL_PRIORITY_REASON));
  const MhInterviewChange change = { wanted, computed, reason };
  if (wanted == MH_URGENCY_NONE)
    mh_error_set_field (error, "priority", "required", "Choose P1, P2, P3 or P4.");
  else if (wanted == mh_urgency_of (mh_record_text (before, MH_EMERGENCY_CALL_PRIORITY)))
    mh_error_set_field (error, "priority", "unchanged", "It has this priority already.");
  else if (reason == NULL || mh_text_length (reason) < MH_INTERVIEW_LEAST_REASON)
    mh_error_set_field (error, "priority_reason", "required", "Say in %d characters or more why.",
                        MH_INTERVIEW_LEAST_REASON);
  else if (mh_calls_change_priority (req->tx, after, wanted != computed ? &change : NULL,
                                     mh_tx_now (req->tx), error))
    {
      mh_record_set_text (after, MH_EMERGENCY_CALL_PRIORITY_NAME,
                          wanted != computed ? mh_actor_name (req->actor) : NULL);
      return calls_service_tell_one (
          req->tx, after,
          (MhCallsEvent){ mh_tx_now (req->tx), MH_EMERGENCY_DID_PRIORITY, NULL,
                          mh_record_text (before, MH_EMERGENCY_CALL_PRIORITY),
                          mh_record_text (after, MH_EMERGENCY_CALL_PRIORITY), reason },
          error);
    }
  return FALSE;
}

static gboolean
calls_service_tell_details (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  static const guint fields[] = { MH_EMERGENCY_CALL_PHONE, MH_EMERGENCY_CALL_CALLER_NAME,
                                  MH_EMERGENCY_CALL_PLACE, MH_EMERGENCY_CALL_SUMMARY };
  MhCallsEvent events[G_N_ELEMENTS (fields)];
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (mh_record_text (before, fields[i]), mh_record_text (after, fields[i])) != 0)
      events[n++] = (MhCallsEvent){ mh_tx_now (tx),
                                    MH_EMERGENCY_DID_DETAILS,
                                    mh_emergency_call_type.fields[fields[i]].name,
                                    mh_record_text (before, fields[i]),
                                    mh_record_text (after, fields[i]),
                                    NULL };
  return mh_calls_tell (tx, after, events, n, error);
}

MhRecord *
mh_calls_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) open = mh_calls_get_open (req, patch.id, error);
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (open == NULL || !mh_edit_begin (req, patch, &before, &after, error)
      || !calls_service_check_phone (mh_record_text (after, MH_EMERGENCY_CALL_PHONE), error)
      || !calls_service_set_place (after, mh_tx_now (req->tx), error))
    return NULL;
  if (mh_record_is_set (patch.body, MH_EMERGENCY_CALL_PRIORITY)
      && !calls_service_change_priority (req, before, after, patch.body, error))
    return NULL;
  if (mh_record_is_set (patch.body, MH_EMERGENCY_CALL_PRIORITY_REASON)
      && !mh_record_is_set (patch.body, MH_EMERGENCY_CALL_PRIORITY))
    {
      mh_error_set_field (error, "priority", "required",
                          "Say which priority it is to have, beside the reason.");
      return NULL;
    }

  return mh_calls_plan (req->tx, after, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                 && calls_service_tell_details (req->tx, before, after, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_calls_service_cancel (const MhRequest *req, const char *id, MhRecord *cancel, GError **error)
{
  const char *reason = mh_record_text (cancel, MH_EMERGENCY_CANCEL_REASON);
  const char *note = mh_record_text (cancel, MH_EMERGENCY_CANCEL_NOTE);
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  gint64 n_joined = before != NULL ? mh_calls_store_n_joined (req->db, id, error) : -1;
  if (n_joined < 0)
    return NULL;
  if (n_joined > 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "Other calls are joined to this one (%" G_GINT64_FORMAT "); part or cancel "
                    "them first.",
                    n_joined);
      return NULL;
    }
  if (g_strcmp0 (reason, MH_EMERGENCY_END_OTHER) == 0 && note == NULL)
    {
      mh_error_set_field (error, "note", "required", "Say which reason.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_EMERGENCY_CALL_STATE, MH_EMERGENCY_CANCELLED);
  mh_record_set_int (after, MH_EMERGENCY_CALL_N_UNITS, 0);
  mh_record_set_int (after, MH_EMERGENCY_CALL_ENDED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_EMERGENCY_CALL_END_REASON, reason);
  mh_record_set_text (after, MH_EMERGENCY_CALL_END_NOTE, note);
  if (!mh_calls_plan (req->tx, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, reason, error)
      || !mh_calls_count_joined (req->tx, mh_record_text (after, MH_EMERGENCY_CALL_HEAD_ID), error)
      || !calls_service_tell_one (req->tx, after,
                                  (MhCallsEvent){ .at = mh_tx_now (req->tx),
                                                  .kind = MH_EMERGENCY_DID_CANCEL,
                                                  .became = reason,
                                                  .reason = note },
                                  error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- who else called, what happened --- */

MhRecord *
mh_calls_service_add_caller (const MhRequest *req,
                             const char *id,
                             MhRecord *caller,
                             gint64 made_at,
                             GError **error)
{
  gint64 at = mh_edit_made_at (req->tx, made_at);
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  if (before == NULL
      || !calls_service_check_phone (mh_record_text (caller, MH_EMERGENCY_CALLER_PHONE), error))
    return NULL;
  if (!mh_record_has (caller, MH_EMERGENCY_CALLER_PHONE)
      && !mh_record_has (caller, MH_EMERGENCY_CALLER_SAID))
    {
      mh_error_set_field (error, "said", "required", "Give a number, or what was said.");
      return NULL;
    }

  g_autoptr (MhRecord) row = mh_record_copy (caller);
  if (!mh_record_has (row, MH_ID))
    mh_record_take_text (row, MH_ID, mh_id_new ());
  mh_record_set_text (row, MH_EMERGENCY_CALLER_HOSPITAL_ID,
                      mh_record_text (before, MH_EMERGENCY_CALL_HOSPITAL_ID));
  mh_record_set_text (row, MH_EMERGENCY_CALLER_CALL_ID, id);
  mh_record_set_int (row, MH_EMERGENCY_CALLER_AT, at);
  mh_record_set_text (row, MH_EMERGENCY_CALLER_BY_NAME, mh_actor_name (req->actor));

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_EMERGENCY_CALL_N_CALLERS,
                     mh_record_int (before, MH_EMERGENCY_CALL_N_CALLERS) + 1);
  if (!mh_tx_insert (req->tx, row, MH_AUDIT_CREATE, NULL, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !calls_service_tell_one (
          req->tx, after,
          (MhCallsEvent){ .at = at,
                          .kind = MH_EMERGENCY_DID_CALLER,
                          .became = mh_record_text (row, MH_EMERGENCY_CALLER_SAID) },
          error))
    return NULL;
  return g_steal_pointer (&row);
}

GPtrArray *
mh_calls_service_callers (const MhRequest *req, const char *id, MhListPage page, GError **error)
{
  g_autoptr (MhRecord) call = mh_calls_service_read (req, id, error);
  return call != NULL ? mh_calls_store_callers (req->db, id, page, error) : NULL;
}

GPtrArray *
mh_calls_service_events (const MhRequest *req, const char *id, MhListPage page, GError **error)
{
  g_autoptr (MhRecord) call = mh_calls_service_read (req, id, error);
  return call != NULL ? mh_calls_store_events (req->db, id, page, error) : NULL;
}
