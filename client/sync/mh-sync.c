/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/sync/mh-sync-private.h"

#include "client/sync/mh-sync-apply.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"

#define LONGEST_BACKOFF 60
/* Where nobody is reached a try is no burden to anybody, and people look at the mark above. */
#define AWAY_BACKOFF 3
/* Seconds between two tries while a person is at work, and how long somebody is taken to be. */
#define ACTIVE_BACKOFF 2
#define ACTIVE_SECONDS 60

G_DEFINE_FINAL_TYPE (MhSync, mh_sync, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_WAITING,
  PROP_CONFLICTS,
  N_PROPS
};
enum
{
  CHANGED,
  SESSION_EXPIRED,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

void
mh_outcome_free (MhOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_clear_object (&outcome->record);
  g_free (outcome);
}

static guint
sync_count (MhSync *sync, const char *state)
{
  guint n = 0;
  for (guint i = 0; i < sync->ops->len; i++)
    n += g_str_equal (((MhOp *)g_ptr_array_index (sync->ops, i))->state, state);
  return n;
}

static void
mh_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhSync *sync = MH_SYNC (object);
  if (id == PROP_STATE)
    g_value_set_int (value, (int)sync->state);
  else
    g_value_set_uint (value,
                      sync_count (sync, id == PROP_WAITING ? MH_OP_WAITING : MH_OP_CONFLICT));
}

static void
mh_sync_dispose (GObject *object)
{
  MhSync *sync = MH_SYNC (object);
  mh_sync_stop (sync);
  g_clear_object (&sync->api);
  g_clear_object (&sync->cache);
  G_OBJECT_CLASS (mh_sync_parent_class)->dispose (object);
}

static void
mh_sync_finalize (GObject *object)
{
  MhSync *sync = MH_SYNC (object);
  g_ptr_array_unref (sync->ops);
  g_ptr_array_unref (sync->arrived);
  g_hash_table_unref (sync->waiters);
  g_hash_table_unref (sync->before);
  g_hash_table_unref (sync->aside);
  g_free (sync->epoch);
  g_strfreev (sync->rights);
  mh_clock_unref (sync->clock);
  G_OBJECT_CLASS (mh_sync_parent_class)->finalize (object);
}

static void
mh_sync_class_init (MhSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = mh_sync_get_property;
  object_class->dispose = mh_sync_dispose;
  object_class->finalize = mh_sync_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, MH_SYNC_ONLINE, 0, flags);
  props[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CONFLICTS] = g_param_spec_uint ("conflicts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_OBJECT);
  signals[SESSION_EXPIRED] = g_signal_new ("session-expired", MH_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_sync_init (MhSync *sync)
{
  sync->ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_op_free);
  sync->arrived = g_ptr_array_new_with_free_func (g_object_unref);
  sync->aside = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  sync->waiters = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  sync->before = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  sync->seq = -1;
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, MhSync *sync)
{
  mh_sync_poke (sync);
}

MhSync *
mh_sync_new (MhApi *api, MhCache *cache, MhClock *clock)
{
  MhSync *sync = g_object_new (MH_TYPE_SYNC, NULL);
  sync->api = g_object_ref (api);
  sync->cache = g_object_ref (cache);
  sync->clock = mh_clock_ref (clock);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), sync, 0);
  return sync;
}

/* --- state --- */

gboolean
mh_sync_is_away (MhSync *sync)
{
  return sync->away || !sync->started;
}

gint64
mh_sync_reached_at (MhSync *sync)
{
  return sync->state == MH_SYNC_ONLINE ? mh_clock_now (sync->clock) : sync->reached_at;
}

gint64
mh_sync_away_since (MhSync *sync)
{
  return sync->away_since;
}

void
mh_sync_reached (MhSync *sync)
{
  sync->away = FALSE;
  sync->away_since = 0;
}

MhSyncState
mh_sync_state (MhSync *sync)
{
  return sync->state;
}

guint
mh_sync_waiting (MhSync *sync)
{
  return sync_count (sync, MH_OP_WAITING);
}

void
mh_sync_set_state (MhSync *sync, MhSyncState state)
{
  if (state != MH_SYNC_OFFLINE)
    mh_sync_reached (sync);
  if (state == MH_SYNC_ONLINE || sync->state == MH_SYNC_ONLINE)
    sync->reached_at = mh_clock_now (sync->clock);
  if (sync->state == state)
    return;
  sync->state = state;
  g_object_notify_by_pspec (G_OBJECT (sync), props[PROP_STATE]);
}

void
mh_sync_notify_counts (MhSync *sync)
{
  g_object_notify_by_pspec (G_OBJECT (sync), props[PROP_WAITING]);
  g_object_notify_by_pspec (G_OBJECT (sync), props[PROP_CONFLICTS]);
}

void
mh_sync_emit_changed (MhSync *sync, const MhRecordType *type, const char *id, MhRecord *record)
{
  g_signal_emit (sync, signals[CHANGED], 0, type, id, record);
}

gboolean
mh_sync_is_transient (const GError *error)
{
  return mh_error_is_away (error) || g_error_matches (error, MH_ERROR, MH_ERROR_RATE)
         || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED);
}

/* Everybody who waits for a reply goes on with the provisional record. */
static void
release_waiters (MhSync *sync)
{
  GHashTableIter iter;
  gpointer task;
  g_hash_table_iter_init (&iter, sync->waiters);
  while (g_hash_table_iter_next (&iter, NULL, &task))
    {
      MhOutcome *outcome = g_new0 (MhOutcome, 1);
      MhRecord *optimistic = g_object_get_data (G_OBJECT (task), "optimistic");
      outcome->waiting = TRUE;
      outcome->record = optimistic != NULL ? g_object_ref (optimistic) : NULL;
      g_task_return_pointer (task, outcome, (GDestroyNotify)mh_outcome_free);
    }
  g_hash_table_remove_all (sync->waiters);
}

static gboolean
sync_is_active (MhSync *sync)
{
  return g_get_monotonic_time () < sync->active_until;
}

static gboolean
try_again_cb (gpointer data)
{
  MhSync *sync = data;
  sync->timer = 0;
  mh_sync_pull (sync);
  return G_SOURCE_REMOVE;
}

void
mh_sync_went_away (MhSync *sync)
{
  if (!sync->started)
    return;

  gboolean news = !sync->away;
  guint longest = sync_is_active (sync)        ? ACTIVE_BACKOFF
                  : mh_api_is_away (sync->api) ? AWAY_BACKOFF
                                               : LONGEST_BACKOFF;

  sync->away = TRUE;
  if (sync->away_since == 0)
    sync->away_since = mh_clock_now (sync->clock);
  if (news && sync->state == MH_SYNC_OFFLINE)
    g_object_notify_by_pspec (G_OBJECT (sync), props[PROP_STATE]);
  mh_sync_set_state (sync, MH_SYNC_OFFLINE);
  release_waiters (sync);
  mh_sync_notify_counts (sync);
  sync->backoff = sync->backoff == 0 ? 1 : MIN (2 * sync->backoff, longest);
  if (sync->timer == 0)
    sync->timer = g_timeout_add_seconds (sync->backoff, try_again_cb, sync);
}

void
mh_sync_session_expired (MhSync *sync)
{
  mh_sync_set_state (sync, MH_SYNC_OFFLINE);
  release_waiters (sync);
  g_signal_emit (sync, signals[SESSION_EXPIRED], 0);
}

void
mh_sync_poke (MhSync *sync)
{
  if (!sync->started || sync->state != MH_SYNC_OFFLINE)
    return;
  g_clear_handle_id (&sync->timer, g_source_remove);
  mh_sync_pull (sync);
}

void
mh_sync_nudge (MhSync *sync)
{
  sync->active_until = g_get_monotonic_time () + ACTIVE_SECONDS * G_USEC_PER_SEC;
  if (sync->timer == 0 || sync->backoff <= ACTIVE_BACKOFF)
    return;
  sync->backoff = ACTIVE_BACKOFF;
  g_source_remove (sync->timer);
  sync->timer = g_timeout_add_seconds (sync->backoff, try_again_cb, sync);
}

/* --- starting --- */

typedef struct
{
  GPtrArray *ops;
  char *seq, *epoch, *reached;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;
  g_clear_pointer (&loaded->ops, g_ptr_array_unref);
  g_free (loaded->seq);
  g_free (loaded->epoch);
  g_free (loaded->reached);
  g_free (loaded);
}

static gpointer
sync_load_cb (MhCache *cache, gpointer data, GError **error)
{
  Loaded *loaded = g_new0 (Loaded, 1);
  gint64 oldest = mh_clock_now (data) - MH_SYNC_DISCARDED_DAYS * G_TIME_SPAN_DAY;
  if (mh_outbox_forget_discarded (cache, oldest, error))
    loaded->ops = mh_outbox_list (cache, error);
  if (loaded->ops == NULL)
    {
      loaded_free (loaded);
      return NULL;
    }
  loaded->seq = mh_cache_get_value (cache, "seq", NULL);
  loaded->epoch = mh_cache_get_value (cache, "epoch", NULL);
  loaded->reached = mh_cache_get_value (cache, "reached_at", NULL);
  return loaded;
}

/* The program may have ended while the first of those that wait was under way. */
static void
sync_note_under_way (MhSync *sync)
{
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (!g_str_equal (op->state, MH_OP_WAITING))
        continue;
      if (op->sent_at == 0)
        op->sent_at = op->made_at;
      return;
    }
}

static void
sync_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = mh_cache_run_finish (MH_CACHE (source), result, &error);

  if (loaded == NULL || !sync->started)
    {
      g_clear_pointer (&loaded, loaded_free);
      return;
    }

  /* What was submitted while the disk was read stands behind what it held. */
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *own = g_ptr_array_index (sync->ops, i);
      gboolean there = FALSE;
      for (guint k = 0; k < loaded->ops->len; k++)
        there = there || ((MhOp *)g_ptr_array_index (loaded->ops, k))->seq == own->seq;
      if (!there)
        g_ptr_array_add (loaded->ops, mh_op_copy (own));
    }

  g_ptr_array_unref (sync->ops);
  sync->ops = g_steal_pointer (&loaded->ops);
  sync_note_under_way (sync);
  sync->seq = loaded->seq != NULL ? g_ascii_strtoll (loaded->seq, NULL, 10) : -1;
  g_free (sync->epoch);
  sync->epoch = g_steal_pointer (&loaded->epoch);
  sync->reached_at = loaded->reached != NULL ? g_ascii_strtoll (loaded->reached, NULL, 10) : 0;
  loaded_free (loaded);
  mh_sync_notify_counts (sync);
  mh_sync_pull (sync);
}

void
mh_sync_set_rights (MhSync *sync, const char *const *permissions)
{
  g_strfreev (sync->rights);
  sync->rights = g_strdupv ((char **)permissions);
}

void
mh_sync_start (MhSync *sync)
{
  mh_sync_stop (sync);
  sync->started = TRUE;
  sync->cancellable = g_cancellable_new ();
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ sync_load_cb, mh_clock_ref (sync->clock),
                                     (GDestroyNotify)mh_clock_unref, loaded_free },
                      sync->cancellable, sync_loaded_cb, g_object_ref (sync));
}

void
mh_sync_stop (MhSync *sync)
{
  sync->started = sync->pulling = sync->pushing = sync->feed_open = FALSE;
  mh_sync_reached (sync); /* nothing is known of the next one */
  sync->backoff = 0;
  g_clear_handle_id (&sync->timer, g_source_remove);
  if (sync->cancellable != NULL)
    g_cancellable_cancel (sync->cancellable);
  g_clear_object (&sync->cancellable);
  if (sync->api != NULL)
    mh_api_feed_close (sync->api);
  release_waiters (sync);
  g_clear_handle_id (&sync->aside_timer, g_source_remove);
  g_hash_table_remove_all (sync->aside);
  g_ptr_array_set_size (sync->ops, 0);
  g_ptr_array_set_size (sync->arrived, 0);
  mh_sync_set_state (sync, MH_SYNC_OFFLINE);
}

/* --- submitting --- */

typedef struct
{
  MhOp *op;
  MhRecord *optimistic;
  MhRecord *before; /* what the copy held of it; NULL: nothing */
} Submission;

static void
submission_free (gpointer data)
{
  Submission *submission = data;
  mh_op_free (submission->op);
  g_clear_object (&submission->optimistic);
  g_clear_object (&submission->before);
  g_free (submission);
}

static gpointer
sync_keep_cb (MhCache *cache, gpointer data, GError **error)
{
  Submission *submission = data;
  if (submission->optimistic != NULL)
    submission->before = mh_cache_get (cache, mh_record_type (submission->optimistic),
                                       mh_record_id (submission->optimistic), NULL);
  if (!mh_outbox_add (cache, submission->op, error))
    return NULL;
  if (submission->optimistic != NULL && !mh_cache_put (cache, submission->optimistic, TRUE, error))
    return NULL;
  return submission->op;
}

static void
sync_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MhSync *sync = g_task_get_source_object (task);
  Submission *submission = g_task_get_task_data (task);
  GError *error = NULL;

  if (mh_cache_run_finish (MH_CACHE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  gint64 *key = g_new (gint64, 1);
  *key = submission->op->seq;
  g_ptr_array_add (sync->ops, mh_op_copy (submission->op));
  g_hash_table_insert (sync->waiters, key, task);
  if (submission->before != NULL)
    g_hash_table_insert (sync->before, g_memdup2 (key, sizeof *key),
                         g_object_ref (submission->before));

  mh_sync_notify_counts (sync);
  if (submission->optimistic != NULL)
    mh_sync_emit_changed (sync, mh_record_type (submission->optimistic),
                          mh_record_id (submission->optimistic), submission->optimistic);
  if (sync->state == MH_SYNC_OFFLINE)
    {
      release_waiters (sync);
      mh_sync_poke (sync);
    }
  else
    mh_sync_push (sync);
}

static void
direct_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhSync *sync = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  MhOutcome *outcome = g_new0 (MhOutcome, 1);
  outcome->record = g_steal_pointer (&answer->record);
  if (outcome->record != NULL && mh_record_type (outcome->record)->table != NULL)
    mh_sync_learn (sync, outcome->record);
  g_task_return_pointer (task, outcome, (GDestroyNotify)mh_outcome_free);
}

void
mh_sync_submit_async (MhSync *sync,
                      const MhSyncChange *change,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  const MhRoute *route = mh_route_find (change->route);
  MhRecord *optimistic = change->optimistic;
  GTask *task = g_task_new (sync, cancellable, callback, data);
  g_task_set_source_tag (task, mh_sync_submit_async);
  g_autofree char *json
      = change->body != NULL ? mh_record_to_json (change->body, MH_JSON_AS_INPUT) : NULL;
  MhOp *op = mh_op_new (change->route, change->args, json, change->version);
  Submission *submission = g_new0 (Submission, 1);

  submission->op = op;
  submission->optimistic = optimistic != NULL ? g_object_ref (optimistic) : NULL;
  g_task_set_task_data (task, submission, submission_free);
  op->made_at = mh_clock_now (sync->clock);

  if (optimistic != NULL)
    {
      op->type = g_strdup (mh_record_type (optimistic)->code);
      op->record_id = g_strdup (mh_record_id (optimistic));
      g_object_set_data_full (G_OBJECT (task), "optimistic", g_object_ref (optimistic),
                              g_object_unref);
    }

  if ((route->flags & MH_ROUTE_ONLINE) != 0)
    mh_api_call_async (sync->api,
                       &(MhApiAsk){ .route = change->route,
                                    .args = change->args,
                                    .body = json,
                                    .key = op->key,
                                    .version = change->version },
                       cancellable, direct_cb, task);
  else
    mh_cache_run_async (sync->cache, (MhCacheWork){ sync_keep_cb, submission }, NULL, sync_kept_cb,
                        task);
}

/* --- taking back what was refused --- */

typedef struct
{
  const MhRecordType *type;
  char *id;
  MhRecord *before;
  gboolean done;
} Undoing;

static void
undoing_free_cb (gpointer data)
{
  Undoing *undoing = data;
  g_free (undoing->id);
  g_clear_object (&undoing->before);
  g_free (undoing);
}

/* What the server has told since counts more than what was here before. */
static gpointer
sync_undo_cb (MhCache *cache, gpointer data, GError **error)
{
  Undoing *undoing = data;
  g_autoptr (MhRecord) here = mh_cache_get (cache, undoing->type, undoing->id, NULL);
  gint64 version = undoing->before != NULL ? mh_record_version (undoing->before) : 0;
  if (here == NULL || mh_record_version (here) != version)
    return undoing;
  undoing->done = undoing->before != NULL
                      ? mh_cache_put (cache, undoing->before, TRUE, error)
                      : mh_cache_remove (cache, undoing->type, undoing->id, error);
  return undoing->done ? undoing : NULL;
}

static void
sync_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  Undoing *undoing = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  if (undoing != NULL && undoing->done)
    mh_sync_emit_changed (sync, undoing->type, undoing->id, undoing->before);
}

void
mh_sync_undo (MhSync *sync, const MhOp *op)
{
  const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
  MhRecord *before = g_hash_table_lookup (sync->before, &op->seq);

  /* another change of the same record may still be accepted, and it tells the rest */
  gboolean others = FALSE;
  for (guint i = 0; i < sync->ops->len; i++)
    {
      const MhOp *other = g_ptr_array_index (sync->ops, i);
      others = others
               || (other->seq != op->seq && g_str_equal (other->state, MH_OP_WAITING)
                   && g_strcmp0 (other->record_id, op->record_id) == 0);
    }

  if (type == NULL || type->table == NULL || op->record_id == NULL || others
      || (before == NULL && op->if_match >= 0))
    return;

  Undoing *undoing = g_new0 (Undoing, 1);
  undoing->type = type;
  undoing->id = g_strdup (op->record_id);
  undoing->before = before != NULL ? mh_record_copy (before) : NULL;
  g_hash_table_remove (sync->before, &op->seq);
  mh_cache_run_async (sync->cache, (MhCacheWork){ sync_undo_cb, undoing, undoing_free_cb }, NULL,
                      sync_undone_cb, g_object_ref (sync));
}

MhOutcome *
mh_sync_submit_finish (MhSync *sync, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sync), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what waits, for people --- */

GPtrArray *
mh_sync_list_ops (MhSync *sync)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_op_free);
  for (guint i = 0; i < sync->ops->len; i++)
    g_ptr_array_add (copy, mh_op_copy (g_ptr_array_index (sync->ops, i)));
  return copy;
}

static gpointer
write_op_cb (MhCache *cache, gpointer data, GError **error)
{
  const MhOp *op = data;
  return GINT_TO_POINTER (op->state == NULL ? mh_outbox_remove (cache, op->seq, error)
                                            : mh_outbox_update (cache, op, error));
}

void
mh_sync_replaced (MhSync *sync, gint64 seq)
{
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (op->seq != seq || g_str_equal (op->state, MH_OP_WAITING))
        continue;
      MhOp *gone = mh_op_copy (op);
      g_clear_pointer (&gone->state, g_free);
      g_ptr_array_remove_index (sync->ops, i);
      mh_cache_run_async (sync->cache,
                          (MhCacheWork){ write_op_cb, gone, (GDestroyNotify)mh_op_free }, NULL,
                          NULL, NULL);
      mh_sync_notify_counts (sync);
      return;
    }
}

/* A person decides about a change that does not wait: from one of the two states to the other. */
static void
sync_decide (MhSync *sync, gint64 seq, const char *from, const char *to, gint64 discarded_at)
{
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (op->seq != seq || !g_str_equal (op->state, from))
        continue;
      g_free (op->state);
      op->state = g_strdup (to);
      op->discarded_at = discarded_at;
      mh_cache_run_async (sync->cache,
                          (MhCacheWork){ write_op_cb, mh_op_copy (op), (GDestroyNotify)mh_op_free },
                          NULL, NULL, NULL);
      mh_sync_notify_counts (sync);
      return;
    }
}

void
mh_sync_discard (MhSync *sync, gint64 seq)
{
  sync_decide (sync, seq, MH_OP_CONFLICT, MH_OP_DISCARDED, mh_clock_now (sync->clock));
}

void
mh_sync_bring_back (MhSync *sync, gint64 seq)
{
  sync_decide (sync, seq, MH_OP_DISCARDED, MH_OP_CONFLICT, 0);
}

void
mh_sync_retry (MhSync *sync, gint64 seq)
{
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (op->seq != seq)
        continue;
      g_free (op->state);
      op->state = g_strdup (MH_OP_WAITING);
      op->sent_at = 0;
      g_clear_pointer (&op->problem, g_free);
      mh_cache_run_async (sync->cache,
                          (MhCacheWork){ write_op_cb, mh_op_copy (op), (GDestroyNotify)mh_op_free },
                          NULL, NULL, NULL);
      mh_sync_notify_counts (sync);
      mh_sync_push (sync);
      return;
    }
}

void
mh_sync_resend (MhSync *sync, gint64 seq, MhRecord *patch, gint64 if_match)
{
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      if (op->seq != seq || g_str_equal (op->state, MH_OP_WAITING))
        continue;
      /* The server may remember what it answered under the old key. */
      g_free (op->key);
      op->key = mh_id_new ();
      g_free (op->body);
      op->body = mh_record_to_json (patch, MH_JSON_AS_INPUT);
      op->if_match = if_match;
      g_clear_pointer (&op->current, g_free);
      mh_sync_retry (sync, seq);
      return;
    }
}

static gpointer
sync_learn_cb (MhCache *cache, gpointer data, GError **error)
{
  return mh_sync_apply_record (cache, data, error);
}

static void
learnt_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  g_autoptr (MhRecord) record = mh_cache_run_finish (MH_CACHE (source), result, NULL);
  if (record != NULL)
    mh_sync_emit_changed (sync, mh_record_type (record), mh_record_id (record), record);
}

void
mh_sync_learn (MhSync *sync, MhRecord *record)
{
  /* A sheet or a count is worked out anew each time: it has no id and no version to be kept by. */
  if (mh_record_type (record)->table == NULL)
    return;
  mh_cache_run_async (
      sync->cache,
      (MhCacheWork){ sync_learn_cb, mh_record_copy (record), g_object_unref, g_object_unref }, NULL,
      learnt_cb, g_object_ref (sync));
}

const char *
mh_sync_summary (const char *route_id)
{
  const MhRoute *route = mh_route_find (route_id);
  return route != NULL ? route->summary : route_id;
}
