/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that are about one emergency: found, joined, parted. */
#include <math.h>

#include "server/dispatch/calls/mh-calls-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/geo/mh-geo.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-incident-near.h"

#define WINDOW ((gint64)MH_NEAR_NUMBER_MINUTES * 60 * G_USEC_PER_SEC)

static gboolean
calls_joining_service_is_open (MhRecord *call)
{
  return !mh_emergency_is_over (call);
}

/* --- what is near --- */

/* FALSE: no place on the map is known. */
static gboolean
calls_joining_service_point (MhRecord *call, MhGeoPoint *out_point, double *out_off)
{
  g_auto (MhEmergencyPlace) place = { 0 };
  const char *location = mh_record_text (call, MH_EMERGENCY_CALL_LOCATION);
  if (location == NULL || !mh_emergency_place_parse (location, &place, NULL) || !place.has_point)
    return FALSE;
  *out_point = (MhGeoPoint){ place.lat, place.lon };
  *out_off = place.off_m;
  return TRUE;
}

/* What it is joined to, or itself. */
static const char *
calls_joining_service_head (MhRecord *call)
{
  const char *head = mh_record_text (call, MH_EMERGENCY_CALL_HEAD_ID);
  return head != NULL ? head : mh_record_id (call);
}

typedef struct
{
  MhRecord *call; /* whose neighbours are looked for */
  MhGeoPoint point;
  double off;
  gboolean has_point;
  GPtrArray *found; /* MhRecord: as in @known, callers by the call they are of */
  GArray *known;    /* MhNearIncident */
} Search;

static void
calls_joining_service_know (Search *search, MhRecord *other)
{
  MhGeoPoint point;
  MhNearIncident one = { .id = mh_record_id (other),
                         .head = mh_record_text (other, MH_EMERGENCY_CALL_HEAD_ID),
                         .at = mh_record_int (other, MH_EMERGENCY_CALL_CALL_AT),
                         .metres = -1,
                         .number = mh_record_text (other, MH_EMERGENCY_CALL_PHONE),
                         .open = calls_joining_service_is_open (other) };
  if (calls_joining_service_point (other, &point, &one.off) && search->has_point)
    one.metres = mh_geo_distance (search->point, point);
  g_array_append_val (search->known, one);
  g_ptr_array_add (search->found, other);
}

/* Whoever else called about a known one has a number, too. */
static void
calls_joining_service_know_caller (Search *search, MhRecord *caller)
{
  const char *call_id = mh_record_text (caller, MH_EMERGENCY_CALLER_CALL_ID);
  for (guint i = 0; i < search->found->len; i++)
    {
      MhRecord *call = g_ptr_array_index (search->found, i);
      if (g_strcmp0 (mh_record_id (call), call_id) != 0)
        continue;
      MhNearIncident one = { .id = mh_record_id (caller),
                             .head = calls_joining_service_head (call),
                             .at = mh_record_int (caller, MH_EMERGENCY_CALLER_AT),
                             .metres = -1,
                             .number = mh_record_text (caller, MH_EMERGENCY_CALLER_PHONE),
                             .open = calls_joining_service_is_open (call) };
      g_array_append_val (search->known, one);
      g_ptr_array_add (search->found, call);
      return;
    }
}

static MhRecord *
calls_joining_service_row (MhRecord *other, const MhNear *near)
{
  MhRecord *row = mh_record_new (&mh_emergency_near_type);
  mh_record_set_text (row, MH_EMERGENCY_NEAR_CALL_ID, mh_record_id (other));
  mh_record_set_text (row, MH_EMERGENCY_NEAR_NUMBER,
                      mh_record_text (other, MH_EMERGENCY_CALL_NUMBER));
  mh_record_set_int (row, MH_EMERGENCY_NEAR_CALL_AT,
                     mh_record_int (other, MH_EMERGENCY_CALL_CALL_AT));
  mh_record_set_text (row, MH_EMERGENCY_NEAR_PLACE,
                      mh_record_text (other, MH_EMERGENCY_CALL_PLACE));
  mh_record_set_text (row, MH_EMERGENCY_NEAR_CARD_TITLE,
                      mh_record_text (other, MH_EMERGENCY_CALL_CARD_TITLE));
  mh_record_set_text (row, MH_EMERGENCY_NEAR_PRIORITY,
                      mh_record_text (other, MH_EMERGENCY_CALL_PRIORITY));
  if ((near->reasons & MH_NEAR_PLACE) != 0)
    mh_record_add_to_list (row, MH_EMERGENCY_NEAR_REASONS, "place");
  if ((near->reasons & MH_NEAR_NUMBER) != 0)
    mh_record_add_to_list (row, MH_EMERGENCY_NEAR_REASONS, "number");
  if (near->metres >= 0)
    mh_record_set_int (row, MH_EMERGENCY_NEAR_METRES, llround (near->metres));
  else
    mh_record_set_null (row, MH_EMERGENCY_NEAR_METRES);
  mh_record_set_int (row, MH_EMERGENCY_NEAR_SECONDS, near->seconds);
  mh_record_set_bool (row, MH_EMERGENCY_NEAR_JOINABLE, near->joinable);
  return row;
}

/* All but the call itself and what is joined with it already. */
static void
calls_joining_service_gather (Search *search, GPtrArray *calls, GPtrArray *callers)
{
  const char *own = calls_joining_service_head (search->call);
  for (guint i = 0; i < calls->len; i++)
    {
      MhRecord *other = g_ptr_array_index (calls, i);
      if (g_strcmp0 (calls_joining_service_head (other), own) != 0)
        calls_joining_service_know (search, other);
    }
  for (guint i = 0; i < callers->len; i++)
    calls_joining_service_know_caller (search, g_ptr_array_index (callers, i));
}

static GPtrArray *
calls_joining_service_search (MhRecord *call, GPtrArray *calls, GPtrArray *callers)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (MhNearIncident));
  Search search = { .call = call, .found = found, .known = known };
  search.has_point = calls_joining_service_point (call, &search.point, &search.off);
  calls_joining_service_gather (&search, calls, callers);

  g_autoptr (GArray) near
      = mh_incident_near ((const MhNearIncident *)(gpointer)known->data, known->len,
                          mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT), search.off,
                          mh_record_text (call, MH_EMERGENCY_CALL_PHONE), NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < near->len; i++)
    {
      const MhNear *one = &g_array_index (near, MhNear, i);
      g_ptr_array_add (rows,
                       calls_joining_service_row (g_ptr_array_index (found, one->index), one));
    }
  return rows;
}

GPtrArray *
mh_calls_service_near (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) call = mh_calls_service_read (req, id, error);
  if (call == NULL)
    return NULL;

  gint64 at = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  const char *hospital = mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID);
  g_autoptr (GPtrArray) calls
      = mh_calls_store_between (req->db, hospital, at - WINDOW, at + WINDOW, error);
  g_autoptr (GPtrArray) callers
      = calls != NULL
            ? mh_calls_store_callers_between (req->db, hospital, at - WINDOW, at + WINDOW, error)
            : NULL;
  return callers != NULL ? calls_joining_service_search (call, calls, callers) : NULL;
}

/* --- joining and parting --- */

gboolean
mh_calls_count_joined (MhTx *tx, const char *head_id, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) before
      = head_id != NULL ? mh_store_get (db, &mh_emergency_call_type, head_id, error) : NULL;
  gint64 n = before != NULL ? mh_calls_store_n_joined (db, head_id, error) : -1;
  if (n < 0)
    return head_id == NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_EMERGENCY_CALL_N_JOINED, n);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
calls_joining_service_check (MhDb *db, MhRecord *head, MhRecord *one, GError **error)
{
  const MhNearIncident a = { .id = mh_record_id (head),
                             .head = mh_record_text (head, MH_EMERGENCY_CALL_HEAD_ID),
                             .open = calls_joining_service_is_open (head) };
  const MhNearIncident b = { .id = mh_record_id (one),
                             .head = mh_record_text (one, MH_EMERGENCY_CALL_HEAD_ID),
                             .open = calls_joining_service_is_open (one) };
  gint64 others = mh_calls_store_n_joined (db, mh_record_id (one), error);
  return others >= 0 && mh_incident_check_join (&a, &b, others > 0, error);
}

static gboolean
calls_joining_service_set_head (MhTx *tx,
                                MhRecord *before,
                                MhRecord *after,
                                MhRecord *head,
                                gboolean joins,
                                GError **error)
{
  const char *kind = joins ? MH_EMERGENCY_DID_JOIN : MH_EMERGENCY_DID_PART;
  const MhCallsEvent of_one = { .at = mh_tx_now (tx),
                                .kind = kind,
                                .question = mh_record_text (head, MH_EMERGENCY_CALL_NUMBER) };
  const MhCallsEvent of_head = { .at = mh_tx_now (tx),
                                 .kind = kind,
                                 .question = mh_record_text (after, MH_EMERGENCY_CALL_NUMBER) };
  mh_record_set_text (after, MH_EMERGENCY_CALL_HEAD_ID, joins ? mh_record_id (head) : NULL);
  return mh_calls_plan (tx, after, error)
         && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && mh_calls_count_joined (tx, mh_record_id (head), error)
         && mh_calls_tell (tx, after, &of_one, 1, error)
         && mh_calls_tell (tx, head, &of_head, 1, error);
}

MhRecord *
mh_calls_service_join (const MhRequest *req, const char *id, const char *head_id, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  g_autoptr (MhRecord) head
      = before != NULL ? mh_edit_named (db, mh_actor_hospital_id (req->actor),
                                        &mh_emergency_call_type, head_id, "head_id", error)
                       : NULL;
  if (head == NULL || !calls_joining_service_check (db, head, before, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return calls_joining_service_set_head (req->tx, before, after, head, TRUE, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_calls_service_part (const MhRequest *req, const char *id, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  if (before != NULL && !mh_record_has (before, MH_EMERGENCY_CALL_HEAD_ID))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This call is joined to no other one.");
      return NULL;
    }

  g_autoptr (MhRecord) head
      = before != NULL ? mh_store_get (db, &mh_emergency_call_type,
                                       mh_record_text (before, MH_EMERGENCY_CALL_HEAD_ID), error)
                       : NULL;
  if (head == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return calls_joining_service_set_head (req->tx, before, after, head, FALSE, error)
             ? g_steal_pointer (&after)
             : NULL;
}
