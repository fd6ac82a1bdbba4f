/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/sync/mh-sync-private.h"

#include <string.h>

#include "client/sync/mh-sync-apply.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"

/* A server that keeps failing on one operation must not hold up the others for ever. */
#define MOST_ATTEMPTS 8
#define ASIDE_SECONDS 120

typedef struct
{
  MhSync *sync;
  MhOp *op;
} Sending;

static void
sync_push_sending_free (Sending *sending)
{
  g_object_unref (sending->sync);
  mh_op_free (sending->op);
  g_free (sending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sync_push_sending_free)

static int
find_op (MhSync *sync, gint64 seq)
{
  for (guint i = 0; i < sync->ops->len; i++)
    if (((MhOp *)g_ptr_array_index (sync->ops, i))->seq == seq)
      return (int)i;
  return -1;
}

static GTask *
take_waiter (MhSync *sync, gint64 seq)
{
  gpointer task = NULL;
  if (!g_hash_table_steal_extended (sync->waiters, &seq, NULL, &task))
    return NULL;
  return task;
}

/* --- the reply is laid into the cache and the operation leaves the outbox, in one step of its
 * thread --- */

typedef struct
{
  gint64 seq;
  MhRecord *record; /* of the reply, or NULL */
} Done;

static void
done_free_cb (gpointer data)
{
  Done *done = data;
  g_clear_object (&done->record);
  g_free (done);
}

static gpointer
finish_op_cb (MhCache *cache, gpointer data, GError **error)
{
  Done *done = data;
  MhRecord *result = NULL;
  if (done->record != NULL && mh_record_type (done->record)->table != NULL)
    {
      result = mh_sync_apply_record (cache, done->record, error);
      if (result == NULL)
        return NULL;
    }
  if (!mh_outbox_remove (cache, done->seq, error))
    g_clear_object (&result);
  return result;
}

static void
sync_push_finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  MhSync *sync = sending->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_cache_run_finish (MH_CACHE (source), result, &error);
  int at = find_op (sync, sending->op->seq);

  if (at >= 0)
    g_ptr_array_remove_index (sync->ops, (guint)at);
  sync->pushing = FALSE;
  sync->backoff = 0;
  mh_sync_notify_counts (sync);
  if (record != NULL)
    mh_sync_emit_changed (sync, mh_record_type (record), mh_record_id (record), record);
  mh_sync_push (sync);
}

static gpointer
store_op_cb (MhCache *cache, gpointer data, GError **error)
{
  const MhOp *op = data;
  gboolean ok = op->state != NULL ? mh_outbox_update (cache, op, error)
                                  : mh_outbox_remove (cache, op->seq, error);
  return GINT_TO_POINTER (ok);
}

/* Changes of the same record that were made here one after the other do not get in each other's
 * way: those that wait build upon the one that has arrived. One that told no version has made the
 * one it brings from the one before, or from nothing (0). */
static void
carry_version (MhSync *sync, const MhOp *sent, MhRecord *record)
{
  /* a sheet of results and its like have none */
  if (mh_record_type (record)->table == NULL)
    return;
  const gint64 upon = sent->if_match >= 0 ? sent->if_match : mh_record_version (record) - 1;
  if (upon < 0)
    return;
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (op->seq <= sent->seq || op->if_match != upon || !g_str_equal (op->state, MH_OP_WAITING)
          || g_strcmp0 (op->record_id, mh_record_id (record)) != 0)
        continue;
      op->if_match = mh_record_version (record);
      mh_cache_run_async (sync->cache,
                          (MhCacheWork){ store_op_cb, mh_op_copy (op), (GDestroyNotify)mh_op_free },
                          NULL, NULL, NULL);
    }
}

static void
succeeded (MhSync *sync, Sending *sending, MhAnswer *answer)
{
  Done *done = g_new0 (Done, 1);
  GTask *waiter = take_waiter (sync, sending->op->seq);
  done->seq = sending->op->seq;
  g_hash_table_remove (sync->before, &done->seq);
  if (answer->record != NULL)
    carry_version (sync, sending->op, answer->record);
  done->record = answer->record != NULL ? g_object_ref (answer->record) : NULL;
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ finish_op_cb, done, done_free_cb, g_object_unref }, NULL,
                      sync_push_finished_cb, sending);

  if (waiter != NULL)
    {
      MhOutcome *outcome = g_new0 (MhOutcome, 1);
      outcome->record = g_steal_pointer (&answer->record);
      g_task_return_pointer (waiter, outcome, (GDestroyNotify)mh_outcome_free);
      g_object_unref (waiter);
    }
}

/* --- refusals --- */

/* What others did shows on the screens, instead of what was hoped for here. */
static void
learn_current (MhSync *sync, const MhOp *op)
{
  const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
  g_autoptr (MhRecord) current
      = type != NULL && op->current != NULL
            ? mh_record_from_text (type, op->current, -1, MH_JSON_TRUSTED, NULL)
            : NULL;
  if (current != NULL)
    mh_sync_learn (sync, current);
}

static gboolean
sync_push_is_fleeting (const MhOp *op)
{
  const MhRoute *route = mh_route_find (op->route_id);
  return route != NULL && (route->flags & MH_ROUTE_FLEETING) != 0;
}

/* Somebody stands before the form: it still holds what was typed, so the operation goes and the
 * form says why. Nobody does: it is kept as a conflict until a person has looked, unless there is
 * nothing about it to decide. */
static void
sync_push_refused (MhSync *sync, Sending *sending, const GError *error)
{
  GTask *waiter = take_waiter (sync, sending->op->seq);
  int at = find_op (sync, sending->op->seq);
  gboolean goes = waiter != NULL || sync_push_is_fleeting (sending->op);
  if (at >= 0 && goes)
    g_ptr_array_remove_index (sync->ops, (guint)at);
  else if (at >= 0)
    {
      MhOp *op = g_ptr_array_index (sync->ops, (guint)at);
      g_free (op->state);
      op->state = g_strdup (MH_OP_CONFLICT);
      g_free (op->problem);
      op->problem = g_strdup (error->message);
      g_free (op->current);
      op->current = g_strdup (mh_error_get_current (error));
      learn_current (sync, op);
      mh_op_free (sending->op);
      sending->op = mh_op_copy (op);
    }

  if (sending->op->current == NULL)
    mh_sync_undo (sync, sending->op);
  MhOp *stored = mh_op_copy (sending->op);

  if (goes)
    g_clear_pointer (&stored->state, g_free); /* leaves the outbox */
  mh_cache_run_async (sync->cache, (MhCacheWork){ store_op_cb, stored, (GDestroyNotify)mh_op_free },
                      NULL, NULL, NULL);

  if (waiter != NULL)
    {
      g_task_return_error (waiter, g_error_copy (error));
      g_object_unref (waiter);
    }

  sync->pushing = FALSE;
  mh_sync_notify_counts (sync);
  mh_sync_push (sync);
}

/* --- what was not done --- */

MhVerdict
mh_sync_judge (const GError *error, guint attempts)
{
  if (mh_sync_is_transient (error) || error->domain != MH_ERROR)
    return MH_VERDICT_LATER;
  if (error->code == MH_ERROR_UNAUTHORIZED)
    return MH_VERDICT_SIGN_IN;
  if (error->code != MH_ERROR_INTERNAL && error->code != MH_ERROR_STORE)
    return MH_VERDICT_REFUSED;
  return attempts >= MOST_ATTEMPTS ? MH_VERDICT_ASIDE : MH_VERDICT_LATER;
}

static gboolean
aside_over_cb (gpointer data)
{
  MhSync *sync = data;
  sync->aside_timer = 0;
  g_hash_table_remove_all (sync->aside);
  mh_sync_push (sync);
  return G_SOURCE_REMOVE;
}

static void
sync_push_put_aside (MhSync *sync, gint64 seq)
{
  g_hash_table_add (sync->aside, g_memdup2 (&seq, sizeof seq));
  if (sync->aside_timer == 0)
    sync->aside_timer = g_timeout_add_seconds (ASIDE_SECONDS, aside_over_cb, sync);
  sync->pushing = FALSE;
  mh_sync_push (sync);
}

/* Of the server's own failures alone; being away counts for nothing. */
static guint
count_attempt (MhSync *sync, gint64 seq, const GError *error)
{
  int at = find_op (sync, seq);
  MhOp *op = at >= 0 ? g_ptr_array_index (sync->ops, (guint)at) : NULL;
  if (op != NULL && error->domain == MH_ERROR && !mh_sync_is_transient (error))
    op->attempts++;
  return op != NULL ? op->attempts : 0;
}

/* --- what may have been done unheard --- */

gboolean
mh_sync_is_unheard (const MhOp *op, gint64 now)
{
  return op->sent_at > 0 && now - op->sent_at > MH_SYNC_UNHEARD_DAYS * G_TIME_SPAN_DAY;
}

/* Whatever the cause, the server may have had it: the first of those times counts. */
static void
sync_push_note_sent (MhSync *sync, gint64 seq)
{
  int at = find_op (sync, seq);
  MhOp *op = at >= 0 ? g_ptr_array_index (sync->ops, (guint)at) : NULL;
  if (op == NULL || op->sent_at != 0)
    return;
  op->sent_at = mh_clock_now (sync->clock);
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ store_op_cb, mh_op_copy (op), (GDestroyNotify)mh_op_free },
                      NULL, NULL, NULL);
}

static void
sync_push_leave_to_person (MhSync *sync, MhOp *op)
{
  g_free (op->state);
  op->state = g_strdup (MH_OP_CONFLICT);
  g_clear_pointer (&op->problem, g_free);
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ store_op_cb, mh_op_copy (op), (GDestroyNotify)mh_op_free },
                      NULL, NULL, NULL);
  mh_sync_notify_counts (sync);
}

static void
sync_push_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sending *sending = data;
  MhSync *sync = sending->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  if (answer != NULL)
    {
      succeeded (sync, sending, answer);
      return;
    }

  switch (mh_sync_judge (error, count_attempt (sync, sending->op->seq, error)))
    {
    case MH_VERDICT_SIGN_IN:
      sync->pushing = FALSE;
      mh_sync_session_expired (sync);
      break;
    case MH_VERDICT_LATER:
      sync_push_note_sent (sync, sending->op->seq);
      sync->pushing = FALSE;
      mh_sync_went_away (sync);
      break;
    case MH_VERDICT_ASIDE:
      sync_push_note_sent (sync, sending->op->seq);
      sync_push_put_aside (sync, sending->op->seq);
      break;
    case MH_VERDICT_REFUSED:
      sync_push_refused (sync, sending, error);
      break;
    }

  sync_push_sending_free (sending);
}

/* --- whose turn it is --- */

static gboolean
names_any (const MhOp *op, GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      if (g_strcmp0 (op->record_id, id) == 0 || (op->body != NULL && strstr (op->body, id) != NULL)
          || (op->args != NULL && g_strv_contains ((const char *const *)op->args, id)))
        return TRUE;
    }
  return FALSE;
}

/* What builds upon an operation that stands aside waits with it: an order for a patient whom the
 * server does not know yet would be refused. */
static MhOp *
next_op (MhSync *sync)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (!g_str_equal (op->state, MH_OP_WAITING))
        continue;
      if (!g_hash_table_contains (sync->aside, &op->seq) && !names_any (op, held))
        return op;
      if (op->record_id != NULL)
        g_ptr_array_add (held, op->record_id);
    }

  return NULL;
}

void
mh_sync_push (MhSync *sync)
{
  if (!sync->started || sync->pushing || sync->state == MH_SYNC_OFFLINE)
    return;

  MhOp *op = next_op (sync);
  while (op != NULL && mh_sync_is_unheard (op, mh_clock_now (sync->clock)))
    {
      sync_push_leave_to_person (sync, op);
      op = next_op (sync);
    }

  if (op == NULL)
    {
      if (!sync->pulling)
        mh_sync_set_state (sync, MH_SYNC_ONLINE);
      return;
    }

  Sending *sending = g_new0 (Sending, 1);
  sending->sync = g_object_ref (sync);
  sending->op = mh_op_copy (op);
  sync->pushing = TRUE;
  mh_sync_set_state (sync, MH_SYNC_SYNCING);

  /* With nobody waiting for the answer, the person has long been told that it is kept. */
  gboolean late = !g_hash_table_contains (sync->waiters, &op->seq);
  mh_api_call_async (sync->api,
                     &(MhApiAsk){ .route = op->route_id,
                                  .args = (const char *const *)op->args,
                                  .body = op->body,
                                  .key = op->key,
                                  .version = op->if_match,
                                  .made_at = late ? op->made_at : 0 },
                     sync->cancellable, sync_push_answered_cb, sending);
}
