/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying several orders in one act, which can be taken back for a minute. */
#include "server/lab/results/mh-results-bulk.h"

#include "server/lab/results/mh-results-decide.h"
#include "server/lab/results/mh-results-service.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-pending-release.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

#define JOB "result.release"

static char *
results_bulk_job_key (const char *order_id)
{
  return g_strconcat (JOB ":", order_id, NULL);
}

static MhRecord *
verification_new (void)
{
  MhRecord *verification = mh_record_new (&mh_verification_type);
  mh_record_set_text (verification, MH_VERIFICATION_DECISION, MH_DECISION_VERIFY);
  return verification;
}

/* --- where it stands --- */

static gboolean
results_bulk_has_status (MhRecord *pending, const char *status)
{
  return g_strcmp0 (mh_record_text (pending, MH_PENDING_RELEASE_STATUS), status) == 0;
}

/* NULL without @error: the order is part of no act that still waits. */
static MhRecord *
find_waiting (MhDb *db, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) all
      = mh_store_all (db, &mh_pending_release_type, "order_id", order_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (results_bulk_has_status (g_ptr_array_index (all, i), MH_PENDING_WAITING))
      return g_object_ref (g_ptr_array_index (all, i));
  return NULL;
}

/* @note: why it was not released, or NULL. */
static gboolean
end_pending (MhTx *tx, MhRecord *pending, const char *status, const char *note, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (pending);
  mh_record_set_text (after, MH_PENDING_RELEASE_STATUS, status);
  mh_record_set_int (after, MH_PENDING_RELEASE_ENDED_AT, mh_tx_now (tx));
  if (note != NULL)
    mh_record_set_text (after, MH_PENDING_RELEASE_NOTE, note);
  return mh_tx_update (tx, pending, after, MH_AUDIT_UPDATE, note, error);
}

gboolean
mh_results_bulk_decided (MhTx *tx, MhRecord *verification, const char *order_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) pending = find_waiting (mh_tx_db (tx), order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (pending == NULL)
    return TRUE;

  gboolean verified
      = g_strcmp0 (mh_record_text (verification, MH_VERIFICATION_DECISION), MH_DECISION_VERIFY)
        == 0;
  g_autofree char *key = results_bulk_job_key (order_id);

  return mh_jobs_cancel (tx, key, error)
         && end_pending (tx, pending, verified ? MH_PENDING_RELEASED : MH_PENDING_TAKEN_BACK,
                         /* note */ NULL, error);
}

/* --- the act --- */

/* As the queue counts it (mh-auto-store.c, mh-auto-service.c). */
static gboolean
needs_look (const MhResultsRow *row)
{
  const char *const *flags = mh_record_list (row->after, MH_RESULT_DEVICE_FLAGS);
  return g_strcmp0 (mh_record_text (row->after, MH_RESULT_FLAG), "N") != 0
         || mh_record_has (row->after, MH_RESULT_DELTA)
         || mh_record_has (row->after, MH_RESULT_COMMENT) || mh_results_row_is_too_old (row)
         || mh_record_bool (row->after, MH_RESULT_CRITICAL) || (flags != NULL && flags[0] != NULL);
}

static gboolean
check_clean (GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (rows, i);
      if (!needs_look (row))
        continue;
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "%s of this order is not simply within its range; open the order and verify it "
                    "by itself.",
                    mh_record_text (row->analyte, MH_ANALYTE_NAME));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_free (MhDb *db, const char *order_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) pending = find_waiting (db, order_id, &failure);
  if (pending != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "%s verified this order already; it goes out within a minute.",
                  mh_record_text (pending, MH_PENDING_RELEASE_BY_NAME));
  else if (failure != NULL)
    g_propagate_error (error, failure);
  return pending == NULL && failure == NULL;
}

static MhRecord *
pending_new (const MhRequest *req,
             MhResultsPlan *plan,
             MhRecord *bulk,
             GPtrArray *rows,
             GError **error)
{
  g_autoptr (MhRecord) pending = mh_record_new (&mh_pending_release_type);
  mh_record_set_text (pending, MH_PENDING_RELEASE_HOSPITAL_ID,
                      mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (pending, MH_PENDING_RELEASE_BATCH_ID,
                      mh_record_text (bulk, MH_BULK_VERIFICATION_BATCH_ID));
  mh_record_set_text (pending, MH_PENDING_RELEASE_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (pending, MH_PENDING_RELEASE_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (pending, MH_PENDING_RELEASE_BY_NAME, mh_actor_name (req->actor));
  mh_record_set_int (pending, MH_PENDING_RELEASE_AT, mh_tx_now (req->tx));
  mh_record_set_int (pending, MH_PENDING_RELEASE_DUE_AT, mh_tx_now (req->tx) + MH_PENDING_TIME);
  mh_record_take_text (pending, MH_PENDING_RELEASE_RESULTS_HASH, mh_results_decide_hash (rows));
  mh_record_set_text (pending, MH_PENDING_RELEASE_STATUS, MH_PENDING_WAITING);
  return mh_tx_insert (req->tx, pending, MH_AUDIT_VERIFY, NULL, error) ? g_steal_pointer (&pending)
                                                                       : NULL;
}

static gboolean
enqueue (MhTx *tx, MhRecord *pending, GError **error)
{
  g_autofree char *key
      = results_bulk_job_key (mh_record_text (pending, MH_PENDING_RELEASE_ORDER_ID));
  g_autoptr (GString) payload = g_string_new (NULL);

  mh_json_open (payload, '{');
  mh_json_member_text (payload, "pending_id", mh_record_id (pending));
  mh_json_close (payload, '}');
  return mh_jobs_enqueue (
      tx,
      &(MhJobWanted){ .kind = JOB,
                      .payload = payload->str,
                      .run_at = mh_record_int (pending, MH_PENDING_RELEASE_DUE_AT),
                      .dedupe_key = key,
                      .hospital_id = mh_record_text (pending, MH_PENDING_RELEASE_HOSPITAL_ID) },
      error);
}

MhRecord *
mh_results_service_verify_bulk (const MhRequest *req,
                                const char *order_id,
                                MhRecord *bulk,
                                GError **error)
{
  g_autoptr (MhRecord) verification = verification_new ();
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL || !mh_access_check_order (req, plan->order, error)
      || !check_free (req->db, order_id, error))
    return NULL;

  g_autoptr (GPtrArray) rows = mh_results_verify_rows (plan, verification, req->actor, error);
  if (rows == NULL || !check_clean (rows, error)
      || !mh_results_decide_in_control (req->tx, plan, rows, error))
    return NULL;

  g_autoptr (MhRecord) pending = pending_new (req, plan, bulk, rows, error);
  return pending != NULL && enqueue (req->tx, pending, error) ? g_steal_pointer (&pending) : NULL;
}

/* --- taken back --- */

static gboolean
may_undo (const MhActor *actor, GPtrArray *batch, gint64 now, GError **error)
{
  guint n_mine = 0, n_waiting = 0;
  if (!mh_actor_require (actor, MH_MAY_VERIFY_RESULT, error))
    return FALSE;

  for (guint i = 0; i < batch->len; i++)
    {
      MhRecord *pending = g_ptr_array_index (batch, i);
      gboolean mine
          = g_strcmp0 (mh_record_text (pending, MH_PENDING_RELEASE_BY_ID), mh_actor_user_id (actor))
            == 0;
      n_mine += mine;
      n_waiting += mine && results_bulk_has_status (pending, MH_PENDING_WAITING)
                   && mh_record_int (pending, MH_PENDING_RELEASE_DUE_AT) > now;
    }

  if (n_waiting > 0)
    return TRUE;

  if (n_mine == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "Somebody else verified these orders; only that person can take it back.");
  else
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "The minute is over and the reports are out. Where something is wrong, correct "
                  "the report.");

  return FALSE;
}

static gboolean
undo_one (MhTx *tx, MhRecord *pending, GError **error)
{
  g_autofree char *key
      = results_bulk_job_key (mh_record_text (pending, MH_PENDING_RELEASE_ORDER_ID));
  return mh_jobs_cancel (tx, key, error)
         && end_pending (tx, pending, MH_PENDING_TAKEN_BACK, /* note */ NULL, error);
}

/* The act's orders in the hospitals that the actor sees; MH_ERROR_NOT_FOUND when there are none. */
static GPtrArray *
find_batch (const MhRequest *req, const char *batch_id, GError **error)
{
  g_autoptr (GPtrArray) batch
      = mh_store_all (req->db, &mh_pending_release_type, "batch_id", batch_id, error);
  const char *hospital = mh_actor_hospital_id (req->actor);

  for (guint i = batch != NULL ? batch->len : 0; i > 0 && hospital != NULL; i--)
    if (g_strcmp0 (
            mh_record_text (g_ptr_array_index (batch, i - 1), MH_PENDING_RELEASE_HOSPITAL_ID),
            hospital)
        != 0)
      g_ptr_array_remove_index (batch, i - 1);

  if (batch == NULL || batch->len > 0)
    return g_steal_pointer (&batch);

  mh_error_set (error, MH_ERROR_NOT_FOUND, "No such verification is known.");
  return NULL;
}

MhRecord *
mh_results_service_undo_bulk (const MhRequest *req, const char *batch_id, GError **error)
{
  gint64 n_back = 0, now = mh_tx_now (req->tx);
  g_autoptr (GPtrArray) batch = find_batch (req, batch_id, error);
  if (batch == NULL || !may_undo (req->actor, batch, now, error))
    return NULL;

  for (guint i = 0; i < batch->len; i++)
    {
      MhRecord *pending = g_ptr_array_index (batch, i);
      if (!results_bulk_has_status (pending, MH_PENDING_WAITING)
          || mh_record_int (pending, MH_PENDING_RELEASE_DUE_AT) <= now
          || g_strcmp0 (mh_record_text (pending, MH_PENDING_RELEASE_BY_ID),
                        mh_actor_user_id (req->actor))
                 != 0)
        continue;
      if (!undo_one (req->tx, pending, error))
        return NULL;
      n_back++;
    }

  MhRecord *undone = mh_record_new (&mh_bulk_undone_type);
  mh_record_set_int (undone, MH_BULK_UNDONE_TAKEN_BACK, n_back);
  mh_record_set_int (undone, MH_BULK_UNDONE_OVER, (gint64)batch->len - n_back);

  return undone;
}

/* --- when the minute is over --- */

static gboolean
check_unchanged (MhRecord *pending, GPtrArray *rows, GError **error)
{
  g_autofree char *hash = mh_results_decide_hash (rows);
  if (g_strcmp0 (hash, mh_record_text (pending, MH_PENDING_RELEASE_RESULTS_HASH)) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT,
                "Values of this order changed after they were verified; look at them again.");
  return FALSE;
}

/* What may no longer be released is told, not tried again: *out_refused in words. */
static gboolean
results_bulk_release (MhTx *tx,
                      MhServer *server,
                      MhRecord *pending,
                      char **out_refused,
                      GError **error)
{
  static const char *const rights[] = { MH_MAY_VERIFY_RESULT, NULL };
  g_autoptr (GError) refusal = NULL;
  g_autoptr (MhRecord) verification = verification_new ();
  g_autoptr (MhActor) actor
      = mh_actor_new (mh_record_text (pending, MH_PENDING_RELEASE_BY_ID),
                      mh_record_text (pending, MH_PENDING_RELEASE_BY_NAME), NULL,
                      mh_record_text (pending, MH_PENDING_RELEASE_HOSPITAL_ID), NULL, rights);
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (
      MH_REQUEST_DB (mh_tx_db (tx), server, actor),
      mh_record_text (pending, MH_PENDING_RELEASE_ORDER_ID), mh_tx_now (tx), error);

  if (plan == NULL)
    return FALSE;

  g_autoptr (GPtrArray) rows = mh_results_verify_rows (plan, verification, actor, &refusal);
  if (rows != NULL && check_unchanged (pending, rows, &refusal)
      && mh_results_decide_in_control (tx, plan, rows, &refusal))
    return mh_results_decide (MH_REQUEST_TX (tx, server, actor), plan, verification, rows, error);

  if (g_error_matches (refusal, MH_ERROR, MH_ERROR_CONFLICT)
      || g_error_matches (refusal, MH_ERROR, MH_ERROR_FORBIDDEN)
      || g_error_matches (refusal, MH_ERROR, MH_ERROR_INVALID))
    {
      *out_refused = g_strdup (refusal->message);
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
release_as (MhTx *tx, MhServer *server, MhRecord *pending, GError **error)
{
  g_autofree char *refused = NULL;
  const MhWho *job = mh_tx_who (tx);
  MhWho who = { .user_id = mh_record_text (pending, MH_PENDING_RELEASE_BY_ID),
                .user_name = mh_record_text (pending, MH_PENDING_RELEASE_BY_NAME),
                .hospital_id = mh_record_text (pending, MH_PENDING_RELEASE_HOSPITAL_ID),
                .station = job->station,
                .request_id = job->request_id };

  mh_tx_act_as (tx, &who);
  gboolean done
      = results_bulk_release (tx, server, pending, &refused, error)
        && end_pending (tx, pending, refused != NULL ? MH_PENDING_REFUSED : MH_PENDING_RELEASED,
                        refused, error);

  mh_tx_act_as (tx, job);
  return done;
}

/* In the transaction that marks the job done. */
static gboolean
results_bulk_run (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  if (payload == NULL)
    return FALSE;
  g_autoptr (MhRecord) pending = mh_store_get (mh_tx_db (tx), &mh_pending_release_type,
                                               mh_json_text (payload, "pending_id"), error);
  if (pending == NULL)
    return FALSE;
  return !results_bulk_has_status (pending, MH_PENDING_WAITING)
         || release_as (tx, data, pending, error);
}

void
mh_results_service_register (MhServer *server)
{
  mh_jobs_register (mh_server_jobs (server), JOB, results_bulk_run, server);
}
