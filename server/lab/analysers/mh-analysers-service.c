/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-service.h"

#include "server/lab/analysers/mh-analysers-orders.h"
#include "server/lab/analysers/mh-analysers-picture.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/analysers/mh-analysers-tls.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static gboolean
analysers_service_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* --- links --- */

GPtrArray *
mh_analysers_service_list (const MhRequest *req, GError **error)
{
  g_autoptr (GPtrArray) links
      = mh_analysers_store_links (req->db, mh_actor_hospital_id (req->actor), error);
  for (guint i = 0; links != NULL && i < links->len; i++)
    if (!mh_analysers_store_count (req->db, g_ptr_array_index (links, i), error))
      return NULL;
  return g_steal_pointer (&links);
}

MhRecord *
mh_analysers_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_analyser_link_type, id, error);
  return link != NULL && mh_analysers_store_count (req->db, link, error) ? g_steal_pointer (&link)
                                                                         : NULL;
}

static gboolean
authority_is_fine (MhRecord *link, GError **error)
{
  const char *pem = mh_record_text (link, MH_LINK_TLS_AUTHORITY);
  g_autoptr (GPtrArray) authority
      = pem != NULL ? mh_analysers_tls_authority (pem, "tls_authority", error) : NULL;
  return pem == NULL || authority != NULL;
}

MhRecord *
mh_analysers_service_add (const MhRequest *req, MhRecord *draft, GError **error)
{
  gboolean taken;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !authority_is_fine (draft, error)
      || !mh_analysers_store_code_taken (req->db, hospital_id, mh_record_text (draft, MH_LINK_CODE),
                                         &taken, error))
    return NULL;

  if (taken)
    {
      mh_error_set_field (error, "code", "duplicate", "There is an analyser of this code.");
      return NULL;
    }

  g_autoptr (MhRecord) link = mh_record_copy (draft);
  mh_record_set_text (link, MH_LINK_HOSPITAL_ID, hospital_id);
  mh_record_set_text (link, MH_LINK_STATUS, MH_LINK_OFF);
  mh_record_set_int (link, MH_LINK_STATUS_AT, mh_tx_now (req->tx));
  if (!mh_record_has (link, MH_LINK_ORDERS))
    mh_record_set_text (link, MH_LINK_ORDERS, MH_LINK_ORDERS_NONE);

  return mh_tx_insert (req->tx, link, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&link)
                                                                    : NULL;
}

MhRecord *
mh_analysers_service_change (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL, after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error) || !authority_is_fine (after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_analysers_store_count (req->db, after, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_analysers_service_remove (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_analyser_link_type, id, error);
  if (link == NULL)
    return NULL;
  if (mh_record_bool (link, MH_LINK_ENABLED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Switch the analyser off first.");
      return NULL;
    }
  return mh_tx_delete (req->tx, link, NULL, error) ? g_steal_pointer (&link) : NULL;
}

/* --- codes --- */

GPtrArray *
mh_analysers_service_maps (const MhRequest *req, const char *link_id, GError **error)
{
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_analyser_link_type, link_id, error);
  return link != NULL ? mh_analysers_store_maps (req->db, link_id, error) : NULL;
}

static gboolean
analysers_service_known (MhCatalogueView *view,
                         MhRecord *map,
                         guint field,
                         const MhRecordType *type)
{
  const char *code = mh_record_text (map, field);
  return code == NULL || mh_catalogue_find (view, type, code) != NULL;
}

/* A code may stand twice: once for what it orders, once for what it brings. */
static gboolean
clashes (MhRecord *map, MhRecord *other)
{
  gboolean results = mh_record_has (map, MH_ANALYSER_MAP_ANALYTE);
  gboolean orders = mh_record_has (map, MH_ANALYSER_MAP_TEST);
  return g_strcmp0 (mh_record_id (map), mh_record_id (other)) != 0
         && g_strcmp0 (mh_record_text (map, MH_ANALYSER_MAP_CODE),
                       mh_record_text (other, MH_ANALYSER_MAP_CODE))
                == 0
         && ((results && mh_record_has (other, MH_ANALYSER_MAP_ANALYTE))
             || (orders && mh_record_has (other, MH_ANALYSER_MAP_TEST))
             || mh_record_bool (map, MH_ANALYSER_MAP_IGNORED)
             || mh_record_bool (other, MH_ANALYSER_MAP_IGNORED));
}

static gboolean
check_map (MhTx *tx, MhServer *server, MhRecord *map, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);
  g_autoptr (GPtrArray) others
      = view != NULL ? mh_analysers_store_maps (
            mh_tx_db (tx), mh_record_text (map, MH_ANALYSER_MAP_LINK_ID), error)
                     : NULL;

  if (others == NULL)
    return FALSE;

  if (!analysers_service_known (view, map, MH_ANALYSER_MAP_ANALYTE, &mh_analyte_type))
    mh_issues_add (issues, "analyte", "unknown_code", "The catalogue has no such analyte.");
  if (!analysers_service_known (view, map, MH_ANALYSER_MAP_TEST, &mh_test_type))
    mh_issues_add (issues, "test", "unknown_code", "The catalogue has no such test.");
  for (guint i = 0; i < others->len; i++)
    if (clashes (map, g_ptr_array_index (others, i)))
      {
        mh_issues_add (issues, "code", "duplicate", "This code is mapped already.");
        break;
      }

  return mh_issues_raise (issues, error);
}

MhRecord *
mh_analysers_service_map_add (const MhRequest *req,
                              const char *link_id,
                              MhRecord *draft,
                              GError **error)
{
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_analyser_link_type, link_id, error);
  if (link == NULL)
    return NULL;
  g_autoptr (MhRecord) map = mh_record_copy (draft);
  mh_record_set_text (map, MH_ANALYSER_MAP_LINK_ID, link_id);
  mh_record_set_text (map, MH_ANALYSER_MAP_HOSPITAL_ID, mh_record_text (link, MH_LINK_HOSPITAL_ID));
  return check_map (req->tx, req->server, map, error)
                 && mh_tx_insert (req->tx, map, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&map)
             : NULL;
}

MhRecord *
mh_analysers_service_map_change (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL, after = NULL;
  return mh_edit_begin (req, patch, &before, &after, error)
                 && check_map (req->tx, req->server, after, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_analysers_service_map_remove (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) map = mh_edit_get (req, &mh_analyser_map_type, id, error);
  return map != NULL && mh_tx_delete (req->tx, map, NULL, error) ? g_steal_pointer (&map) : NULL;
}

/* --- messages --- */

GPtrArray *
mh_analysers_service_messages (const MhRequest *req, MhAnalysersQuery *query, GError **error)
{
  query->hospital_id = mh_actor_hospital_id (req->actor);
  return mh_analysers_store_messages (req->db, query, error);
}

static MhRecord *
with_results (MhDb *db, MhRecord *message, GError **error)
{
  GPtrArray *results = mh_analysers_store_results_of (db, mh_record_id (message), error);
  if (results == NULL)
    return NULL;
  mh_record_take_records (message, MH_MESSAGE_RESULTS, results);
  return g_object_ref (message);
}

MhRecord *
mh_analysers_service_message (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) message = mh_edit_get (req, &mh_analyser_message_type, id, error);
  return message != NULL ? with_results (req->db, message, error) : NULL;
}

static MhRecord *
analysers_service_link_of (MhDb *db, MhRecord *record, guint field, GError **error)
{
  return mh_store_get (db, &mh_analyser_link_type, mh_record_text (record, field), error);
}

/* Read with the eyes of today: mapping and tubes may have come since. */
static gboolean
place_again (MhTx *tx, MhServer *server, MhRecord *link, MhRecord *after, GError **error)
{
  g_autoptr (GTimeZone) zone = mh_analysers_zone (server, mh_tx_db (tx), link);
  g_autoptr (GBytes) bytes = mh_analysers_raw_bytes (after);
  g_autoptr (MhDeviceMessage) message = analysers_service_is (link, MH_LINK_PROTOCOL, MH_LINK_HL7)
                                            ? mh_device_read_hl7 (bytes, zone, error)
                                            : mh_device_read_astm (bytes, zone, error);

  if (message == NULL)
    return FALSE;

  mh_analysers_pictures_ready (message);
  mh_record_set_int (after, MH_MESSAGE_N_RESULTS, mh_device_n_values (message));
  mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_DONE);
  return mh_analysers_store_forget_results (tx, mh_record_id (after), error)
         && (message->kind != MH_DEVICE_RESULTS
             || mh_analysers_place (tx, server, link, message, after, error));
}

static gboolean
may_retry (MhRecord *message, GError **error)
{
  gboolean out = analysers_service_is (message, MH_MESSAGE_DIRECTION, MH_MESSAGE_OUT);
  if (analysers_service_is (message, MH_MESSAGE_STATUS, MH_MESSAGE_REFUSED)
      || analysers_service_is (message, MH_MESSAGE_STATUS,
                               out ? MH_MESSAGE_CANCELLED : MH_MESSAGE_REVIEW))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "There is nothing to do again with this message.");
  return FALSE;
}

MhRecord *
mh_analysers_service_retry (const MhRequest *req, const char *id, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_analyser_message_type, id, error);
  if (before == NULL || !may_retry (before, error))
    return NULL;

  g_autoptr (MhRecord) link = analysers_service_link_of (db, before, MH_MESSAGE_LINK_ID, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (link == NULL)
    return NULL;
  if (analysers_service_is (before, MH_MESSAGE_DIRECTION, MH_MESSAGE_OUT))
    {
      mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING);
      mh_record_set_int (after, MH_MESSAGE_NEXT_AT, mh_tx_now (req->tx));
      mh_record_set_int (after, MH_MESSAGE_ATTEMPTS, 0);
      mh_record_set_null (after, MH_MESSAGE_ENDED_AT);
    }
  else if (!place_again (req->tx, req->server, link, after, error))
    return NULL;
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_analysers_tell_inbox (req->tx, link, NULL, error))
    return NULL;

  return with_results (db, after, error);
}

MhRecord *
mh_analysers_service_drop (const MhRequest *req, const char *id, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_analyser_message_type, id, error);
  if (before == NULL)
    return NULL;

  if (!analysers_service_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING)
      && !analysers_service_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_REVIEW))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This message does not wait for anything.");
      return NULL;
    }

  g_autoptr (MhRecord) link = analysers_service_link_of (db, before, MH_MESSAGE_LINK_ID, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_CANCELLED);
  mh_record_set_int (after, MH_MESSAGE_ENDED_AT, mh_tx_now (req->tx));
  if (link == NULL || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_analysers_tell_inbox (req->tx, link, NULL, error))
    return NULL;

  return with_results (db, after, error);
}

MhRecord *
mh_analysers_service_send (const MhRequest *req,
                           const char *link_id,
                           MhRecord *wanted,
                           GError **error)
{
  MhDb *db = req->db;
  GError *failure = NULL;
  g_autoptr (MhRecord) link = mh_edit_get (req, &mh_analyser_link_type, link_id, error);
  if (link == NULL)
    return NULL;

  g_autoptr (MhRecord) sample
      = mh_analysers_store_sample (db, mh_record_text (link, MH_LINK_HOSPITAL_ID),
                                   mh_record_text (wanted, MH_ANALYSER_SEND_SAMPLE_CODE), &failure);
  g_autoptr (MhDeviceOrder) order = NULL;
  g_autoptr (MhRecord) message = NULL;

  if (failure != NULL
      || (sample != NULL
          && !mh_analysers_order_of (db, req->server, link, sample, &order, &failure)))
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (order == NULL)
    {
      mh_error_set_field (error, "sample_code", "not_possible", "%s",
                          sample == NULL ? "This sample is not known."
                                         : "This analyser has nothing to do for it.");
      return NULL;
    }

  return mh_analysers_order_queue (req->tx, req->server, link, order, &message, error)
             ? g_steal_pointer (&message)
             : NULL;
}

/* --- the inbox --- */

GPtrArray *
mh_analysers_service_results (const MhRequest *req, MhAnalysersQuery *query, GError **error)
{
  query->hospital_id = mh_actor_hospital_id (req->actor);
  return mh_analysers_store_results (req->db, query, error);
}

static gboolean
close_message (MhTx *tx, const char *message_id, GError **error)
{
  gint64 open = 0;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_analyser_message_type, message_id, error);
  if (before == NULL || !mh_analysers_store_open_of (mh_tx_db (tx), message_id, &open, error))
    return FALSE;
  if (open > 0 || !analysers_service_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_DONE);
  return mh_tx_update_part (tx, before, after, error);
}

static gboolean
analysers_service_decide (const MhAnalysersWork *work,
                          MhRecord *after,
                          MhRecord *resolve,
                          GError **error)
{
  if (analysers_service_is (resolve, MH_RESOLVE_ACTION, MH_RESOLVE_DISCARD))
    mh_record_set_text (after, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_DISCARDED);
  else if (!mh_analysers_place_one (work, after, resolve, error))
    return FALSE;
  else
    mh_record_set_text (after, MH_DEVICE_RESULT_STATUS,
                        analysers_service_is (resolve, MH_RESOLVE_ACTION, MH_RESOLVE_RETRY)
                            ? MH_DEVICE_RESULT_APPLIED
                            : MH_DEVICE_RESULT_ASSIGNED);

  mh_record_set_text (after, MH_DEVICE_RESULT_NOTE, mh_record_text (resolve, MH_RESOLVE_NOTE));
  mh_record_set_text (after, MH_DEVICE_RESULT_RESOLVED_BY, mh_actor_user_id (work->req->actor));
  mh_record_set_text (after, MH_DEVICE_RESULT_RESOLVED_NAME, mh_actor_name (work->req->actor));
  mh_record_set_int (after, MH_DEVICE_RESULT_RESOLVED_AT, mh_tx_now (work->req->tx));
  return TRUE;
}

MhRecord *
mh_analysers_service_resolve (const MhRequest *req,
                              const char *id,
                              MhRecord *resolve,
                              GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_device_result_type, id, error);
  if (before == NULL)
    return NULL;

  if (!analysers_service_is (before, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Somebody has decided about this result already.");
      return NULL;
    }

  g_autoptr (MhRecord) link
      = analysers_service_link_of (db, before, MH_DEVICE_RESULT_LINK_ID, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  const MhAnalysersWork work = { req, link };
  if (link == NULL || !analysers_service_decide (&work, after, resolve, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE,
                        mh_record_text (resolve, MH_RESOLVE_NOTE), error)
      || !close_message (req->tx, mh_record_text (after, MH_DEVICE_RESULT_MESSAGE_ID), error)
      || !mh_analysers_tell_inbox (req->tx, link, NULL, error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- what an analyser sent of one tube, as a whole --- */

/* Came in the same message under the same number. */
static gboolean
is_of_group (MhRecord *one, MhRecord *other)
{
  return analysers_service_is (one, MH_DEVICE_RESULT_SAMPLE_CODE,
                               mh_record_text (other, MH_DEVICE_RESULT_SAMPLE_CODE));
}

static GPtrArray *
analysers_service_group_of (MhDb *db, MhRecord *result, const char *status, GError **error)
{
  g_autoptr (GPtrArray) group = mh_analysers_store_results_of (
      db, mh_record_text (result, MH_DEVICE_RESULT_MESSAGE_ID), error);
  for (guint i = group != NULL ? group->len : 0; i > 0; i--)
    if (!is_of_group (g_ptr_array_index (group, i - 1), result)
        || !analysers_service_is (g_ptr_array_index (group, i - 1), MH_DEVICE_RESULT_STATUS,
                                  status))
      g_ptr_array_remove_index (group, i - 1);
  return g_steal_pointer (&group);
}

/* The message anew, with all its results. */
static MhRecord *
analysers_service_message_of (MhDb *db, MhRecord *result, GError **error)
{
  g_autoptr (MhRecord) message = mh_store_get (
      db, &mh_analyser_message_type, mh_record_text (result, MH_DEVICE_RESULT_MESSAGE_ID), error);
  return message != NULL ? with_results (db, message, error) : NULL;
}

/* What does not fit stays in the inbox; *refused is the first reason why. What was refused after
 * something of it was written refuses all of them: half of it would stay. */
static gboolean
resolve_each (const MhAnalysersWork *work,
              GPtrArray *group,
              MhRecord *resolve,
              guint *out_n,
              GError **refused,
              GError **error)
{
  MhTx *tx = work->req->tx;
  for (guint i = 0; i < group->len; i++)
    {
      MhRecord *before = g_ptr_array_index (group, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      g_autoptr (GError) failure = NULL;
      guint writes = mh_db_writes (mh_tx_db (tx));
      if (analysers_service_decide (work, after, resolve, &failure))
        {
          if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE,
                             mh_record_text (resolve, MH_RESOLVE_NOTE), error))
            return FALSE;
          (*out_n)++;
        }
      else if (mh_db_writes (mh_tx_db (tx)) != writes
               || (!g_error_matches (failure, MH_ERROR, MH_ERROR_INVALID)
                   && !g_error_matches (failure, MH_ERROR, MH_ERROR_CONFLICT)))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      else if (*refused == NULL)
        *refused = g_steal_pointer (&failure);
    }

  return TRUE;
}

MhRecord *
mh_analysers_service_resolve_group (const MhRequest *req,
                                    const char *id,
                                    MhRecord *sent,
                                    GError **error)
{
  MhDb *db = req->db;
  GError *refused = NULL;
  guint n = 0;
  g_autoptr (MhRecord) first = mh_edit_get (req, &mh_device_result_type, id, error);
  g_autoptr (GPtrArray) group
      = first != NULL ? analysers_service_group_of (db, first, MH_DEVICE_RESULT_OPEN, error) : NULL;
  g_autoptr (MhRecord) link
      = group != NULL ? analysers_service_link_of (db, first, MH_DEVICE_RESULT_LINK_ID, error)
                      : NULL;

  /* Analyte and value are of one result. */
  g_autoptr (MhRecord) resolve = mh_record_copy (sent);
  mh_record_set_null (resolve, MH_RESOLVE_ANALYTE);
  mh_record_set_null (resolve, MH_RESOLVE_VALUE);

  const MhAnalysersWork work = { req, link };
  if (link == NULL || !resolve_each (&work, group, resolve, &n, &refused, error))
    {
      g_clear_error (&refused);
      return NULL;
    }

  if (n == 0 && refused != NULL)
    g_propagate_error (error, g_steal_pointer (&refused));
  else if (n == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "Somebody has decided about these results already.");

  g_clear_error (&refused);
  if (n == 0 || !close_message (req->tx, mh_record_text (first, MH_DEVICE_RESULT_MESSAGE_ID), error)
      || !mh_analysers_tell_inbox (req->tx, link, NULL, error))
    return NULL;

  return analysers_service_message_of (db, first, error);
}

/* How the sheet calls the row that @result was written to: NULL with @error when its value is
 * another one by now. Caller frees. */
static char *
written_as (MhRecord *sheet, MhRecord *result, GError **error)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  const char *analyte = mh_record_text (result, MH_DEVICE_RESULT_ANALYTE);
  MhRecord *found = NULL;
  guint same = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      gboolean here = analysers_service_is (row, MH_RESULT_ROW_CODE, analyte);
      same += here;
      if (here
          && analysers_service_is (row, MH_RESULT_ROW_SAMPLE_ID,
                                   mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_ID)))
        found = row;
    }

  if (found == NULL
      || !analysers_service_is (found, MH_RESULT_ROW_VALUE,
                                mh_record_text (result, MH_DEVICE_RESULT_TAKEN)))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s was changed after it was assigned. Have it measured again under Results.",
                    found != NULL ? mh_record_text (found, MH_RESULT_ROW_NAME) : analyte);
      return NULL;
    }

  return same > 1 ? g_strdup_printf ("%s:%s", mh_record_text (found, MH_RESULT_ROW_TEST), analyte)
                  : g_strdup (analyte);
}

/* The rows of the order wait for their own values again; what stood there is its history. */
static gboolean
empty_rows (const MhRequest *req, MhRecord *first, GPtrArray *group, GError **error)
{
  const char *order_id = mh_record_text (first, MH_DEVICE_RESULT_ORDER_ID);
  g_autoptr (MhRecord) restart = mh_record_new (&mh_restart_type);
  g_autoptr (MhRecord) sheet = mh_results_service_sheet (req, order_id, mh_tx_now (req->tx), error);

  for (guint i = 0; sheet != NULL && i < group->len; i++)
    {
      g_autofree char *name = written_as (sheet, g_ptr_array_index (group, i), error);
      if (name == NULL)
        return FALSE;
      mh_record_add_to_list (restart, MH_RESTART_ANALYTES, name);
    }

  mh_record_set_text (restart, MH_RESTART_REASON, MH_RESULT_REASON_WRONG_PATIENT);
  g_autoptr (MhRecord) emptied
      = sheet != NULL ? mh_results_service_restart (req, order_id, restart, error) : NULL;

  return emptied != NULL;
}

static gboolean
open_again (MhTx *tx, MhRecord *before, GError **error)
{
  static const guint gone[] = { MH_DEVICE_RESULT_ORDER_ID,    MH_DEVICE_RESULT_SAMPLE_ID,
                                MH_DEVICE_RESULT_TAKEN,       MH_DEVICE_RESULT_RESOLVED_NAME,
                                MH_DEVICE_RESULT_RESOLVED_BY, MH_DEVICE_RESULT_RESOLVED_AT,
                                MH_DEVICE_RESULT_NOTE };
  g_autoptr (MhRecord) after = mh_record_copy (before);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    mh_record_set_null (after, gone[i]);
  mh_record_set_text (after, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, /* reason */ NULL, error);
}

/* The message waits in the inbox again. */
static gboolean
open_message (MhTx *tx, MhRecord *result, GError **error)
{
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_analyser_message_type,
                      mh_record_text (result, MH_DEVICE_RESULT_MESSAGE_ID), error);
  if (before == NULL || analysers_service_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN))
    return before != NULL;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_OPEN);
  return mh_tx_update_part (tx, before, after, error);
}

/* Those that were assigned in the same act. */
static GPtrArray *
assigned_with (MhDb *db, MhRecord *result, GError **error)
{
  g_autoptr (GPtrArray) group
      = analysers_service_group_of (db, result, MH_DEVICE_RESULT_ASSIGNED, error);
  for (guint i = group != NULL ? group->len : 0; i > 0; i--)
    {
      MhRecord *one = g_ptr_array_index (group, i - 1);
      if (mh_record_int (one, MH_DEVICE_RESULT_RESOLVED_AT)
              != mh_record_int (result, MH_DEVICE_RESULT_RESOLVED_AT)
          || mh_record_bool (one, MH_DEVICE_RESULT_IS_FILE))
        g_ptr_array_remove_index (group, i - 1);
    }
  return g_steal_pointer (&group);
}

MhRecord *
mh_analysers_service_take_back (const MhRequest *req, const char *id, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) first = mh_edit_get (req, &mh_device_result_type, id, error);
  g_autoptr (GPtrArray) group = first != NULL ? assigned_with (db, first, error) : NULL;
  if (group == NULL)
    return NULL;

  if (group->len == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "Nobody assigned this result by hand; there is nothing to take back.");
      return NULL;
    }

  g_autoptr (MhRecord) link
      = analysers_service_link_of (db, first, MH_DEVICE_RESULT_LINK_ID, error);
  if (link == NULL || !empty_rows (req, first, group, error))
    return NULL;

  for (guint i = 0; i < group->len; i++)
    if (!open_again (req->tx, g_ptr_array_index (group, i), error))
      return NULL;

  return open_message (req->tx, first, error)
                 && mh_analysers_tell_inbox (req->tx, link, NULL, error)
             ? analysers_service_message_of (db, first, error)
             : NULL;
}
