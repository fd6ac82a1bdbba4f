/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/platform/store/mh-store-private.h"
#include "shared/base/mh-error.h"

#define TRIES 4 /* of one request alone, when the database is busy or away */
#define WARY 32 /* groups that are guarded after one that was in vain */
#define PROBE_EVERY (2 * G_USEC_PER_SEC) /* whether a full disk has room again */

static const char sql_lane_read[]
    = "SELECT feed_seq, audit_seq, audit_head FROM write_lane WHERE id = 1";
static const char sql_audit_hash[] = "SELECT hash FROM audit_entry WHERE seq = $1";
static const char sql_lane_probe[] = "UPDATE write_lane SET feed_seq = feed_seq WHERE id = 1";
static const char sql_lane_write[]
    = "UPDATE write_lane SET feed_seq = $1, audit_seq = $2, audit_head = $3 WHERE id = 1";

typedef struct
{
  MhWho who;
  char *strings[6]; /* what who points at */
  MhTxAhead ahead;
  MhTxFunc func;
  MhTxDone done;
  gpointer data;
  GError *error;
} Request;

struct _MhLane
{
  MhStore *store;
  MhDb *db;
  MhSqlArgs *args;
  MhSeries *series;
  guint max_waiting, max_group;
  MhLaneMoved moved;
  gpointer moved_data;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue waiting; /* Requests */
  gboolean asleep;
  gboolean stopping;
  guint wary; /* so many groups more are guarded */
  MhStoreStats stats;
};

/* --- requests --- */

static Request *
request_new (const MhWho *who, MhTxAhead ahead, MhTxFunc func, MhTxDone done, gpointer data)
{
  Request *request = g_new0 (Request, 1);
  const char *const from[] = { who->user_id,     who->user_name, who->role,
                               who->hospital_id, who->station,   who->request_id };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    request->strings[i] = g_strdup (from[i]);
  request->who = (MhWho){ request->strings[0], request->strings[1], request->strings[2],
                          request->strings[3], request->strings[4], request->strings[5] };
  request->ahead = ahead;
  request->func = func;
  request->done = done;
  request->data = data;
  return request;
}

static void
request_free (Request *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (request->strings); i++)
    g_free (request->strings[i]);
  g_clear_error (&request->error);
  g_free (request);
}

/* --- one transaction --- */

/* What the whole group will read first shares one wait, and while the database works off what one
 * request wrote, the next one is made ready. */
static void
lane_announce (MhLane *lane, Request **requests, guint n)
{
  mh_db_ahead (lane->db, sql_lane_read, MH_NO_ARGS);
  mh_series_ahead (lane->series, lane->db);
  for (guint i = 0; i < n; i++)
    if (requests[i]->ahead != NULL)
      requests[i]->ahead (lane->db, requests[i]->data);
}

static gboolean
lane_begin (MhLane *lane, Request **requests, guint n, MhLaneState *out_state, GError **error)
{
  mh_series_forget (lane->series);
  if (!mh_db_begin (lane->db, MH_TX_WRITE, error))
    return FALSE;

  lane_announce (lane, requests, n);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (lane->db, sql_lane_read, MH_NO_ARGS, &inner);

  if (rows != NULL && mh_rows_next (rows, &inner))
    {
      out_state->feed_seq = mh_rows_int (rows, 0);
      out_state->audit_seq = mh_rows_int (rows, 1);
      g_strlcpy (out_state->audit_head, mh_rows_text (rows, 2), sizeof out_state->audit_head);
      return TRUE;
    }

  g_clear_pointer (&rows, mh_rows_free);
  mh_db_rollback (lane->db);
  if (inner == NULL)
    mh_error_set (&inner, MH_ERROR_STORE, "The table write_lane has no row.");
  g_propagate_error (error, g_steal_pointer (&inner));

  return FALSE;
}

static gboolean
lane_commit (MhLane *lane, const MhLaneState *old, const MhLaneState *state, GError **error)
{
  gboolean moved = state->feed_seq != old->feed_seq;
  gboolean ok = TRUE;

  /* A full disk makes SQLite roll back by itself: the savepoint fails then, and the numbers are not
   * moved on outside of the transaction. */
  if (moved || state->audit_seq != old->audit_seq || mh_series_has_moved (lane->series))
    ok = mh_db_savepoint (lane->db, error)
         && mh_series_write (lane->series, lane->db, mh_clock_now (mh_store_clock (lane->store)),
                             error)
         && mh_db_post (lane->db, sql_lane_write,
                        MH_ARGS (MH_INT (state->feed_seq), MH_INT (state->audit_seq),
                                 MH_TEXT (state->audit_head)),
                        error);
  if (ok && moved)
    ok = mh_store_announce (lane->store, lane->db, state->feed_seq, error);
  if (ok)
    return mh_db_commit (lane->db, error);

  mh_db_rollback (lane->db);
  return FALSE;
}

static gboolean
lane_call (MhLane *lane, Request *request, MhLaneState *state)
{
  MhTx tx = { .store = lane->store,
              .db = lane->db,
              .now = mh_clock_now (mh_store_clock (lane->store)),
              .who = &request->who,
              .lane = state,
              .series = lane->series,
              .args = lane->args };
  return request->func (&tx, request->data, &request->error);
}

/* Some errors take the whole transaction with them. */
static gboolean
is_still_open (MhDb *db)
{
  return mh_db_savepoint (db, NULL) && mh_db_release (db, NULL);
}

typedef enum
{
  DONE,
  REFUSED, /* with the request's own error, and nothing of it is left */
  SPOILT,  /* what it wrote cannot be taken back alone, or the transaction is broken */
} Outcome;

static Outcome
run_guarded (MhLane *lane, Request *request, MhLaneState *state)
{
  if (!mh_db_savepoint (lane->db, &request->error))
    return SPOILT;
  if (lane_call (lane, request, state) && mh_db_release (lane->db, &request->error))
    return DONE;
  mh_db_rollback_to (lane->db);
  return is_still_open (lane->db) ? REFUSED : SPOILT;
}

static Outcome
run_unguarded (MhLane *lane, Request *request, MhLaneState *state)
{
  guint writes = mh_db_writes (lane->db);
  if (lane_call (lane, request, state))
    {
      mh_db_send (lane->db);
      return DONE;
    }
  return mh_db_writes (lane->db) == writes && is_still_open (lane->db) ? REFUSED : SPOILT;
}

static Outcome
run_request (MhLane *lane, Request *request, gboolean guarded, MhLaneState *state)
{
  const MhLaneState before = *state;
  mh_series_mark (lane->series);
  Outcome outcome
      = guarded ? run_guarded (lane, request, state) : run_unguarded (lane, request, state);
  if (outcome == DONE)
    return DONE;
  if (request->error == NULL)
    mh_error_set (&request->error, MH_ERROR_INTERNAL, "A write failed without saying why.");
  *state = before;
  mh_series_undo (lane->series);
  return outcome;
}

static void
pause_before_try (guint i)
{
  g_usleep ((gulong)(20 * 1000) << i);
}

static gboolean
is_worth_a_retry (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_BUSY);
}

/* The connection was lost on the answer to COMMIT: the database may have done it. The lane's lock
 * is ours only after the lost connection's end, so what it wrote shows by then; the head of the
 * chain is like no other. Of a database that has fallen silent nobody can know: the request is told
 * to come again, and its key decides then. */
static gboolean
was_committed (MhLane *lane, const MhLaneState *old, const MhLaneState *state)
{
  MhLaneState now;
  if (state->audit_seq == old->audit_seq)
    return FALSE;

  for (guint i = 0; i < TRIES && !mh_store_is_silent (lane->store, NULL); i++)
    {
      if (lane_begin (lane, NULL, 0, &now, NULL))
        {
          g_autoptr (MhRows) rows
              = mh_db_query (lane->db, sql_audit_hash, MH_ARGS (MH_INT (state->audit_seq)), NULL);
          gboolean found = rows != NULL && mh_rows_next (rows, NULL)
                           && g_str_equal (mh_rows_text (rows, 0), state->audit_head);
          g_clear_pointer (&rows, mh_rows_free);
          mh_db_rollback (lane->db);
          return found;
        }
      pause_before_try (i);
    }

  return FALSE;
}

/* Each in turn. FALSE with @error: the transaction was given up. */
static gboolean
run_each (MhLane *lane,
          Request **requests,
          guint n,
          gboolean guarded,
          MhLaneState *state,
          guint *out_good,
          GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_error (&requests[i]->error);
      Outcome outcome = run_request (lane, requests[i], guarded, state);
      *out_good += outcome == DONE ? 1 : 0;
      /* A request that is alone has the transaction for itself, whatever it has done to it. */
      if (outcome != DONE
          && (is_worth_a_retry (requests[i]->error) || (outcome == SPOILT && n > 1)))
        {
          mh_db_rollback (lane->db);
          g_propagate_error (error, g_steal_pointer (&requests[i]->error));
          return FALSE;
        }
    }

  return TRUE;
}

/* All in one transaction. FALSE with @error: nothing of the group is stored and all may run again.
 * TRUE: it is durable, but for those requests that carry an error of their own. @guarded: each in a
 * savepoint, so that one at fault is undone alone. */
static gboolean
run_group (MhLane *lane,
           Request **requests,
           guint n,
           gboolean guarded,
           MhLaneState *out_state,
           gboolean *out_began,
           GError **error)
{
  MhLaneState old;
  guint good = 0;
  *out_began = lane_begin (lane, requests, n, &old, error);
  if (!*out_began)
    return FALSE;

  MhLaneState state = old;
  if (!run_each (lane, requests, n, guarded, &state, &good, error))
    return FALSE;

  *out_state = state;
  g_autoptr (GError) inner = NULL;
  if (good == 0)
    mh_db_rollback (lane->db);
  else if (!lane_commit (lane, &old, &state, &inner)
           && (!is_worth_a_retry (inner) || !was_committed (lane, &old, &state)))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  else if (state.audit_seq != old.audit_seq)
    mh_store_note_written (lane->store);

  return TRUE;
}

/* --- groups --- */

static void
lane_finish (MhLane *lane, Request **requests, guint n)
{
  guint failed = 0;
  for (guint i = 0; i < n; i++)
    failed += requests[i]->error != NULL ? 1 : 0;
  g_mutex_lock (&lane->mutex);
  lane->stats.writes += n;
  lane->stats.failed += failed;
  g_mutex_unlock (&lane->mutex);

  for (guint i = 0; i < n; i++)
    {
      if (requests[i]->done != NULL)
        requests[i]->done (requests[i]->data, requests[i]->error);
      request_free (requests[i]);
    }
}

static gboolean
try_group (MhLane *lane,
           Request **requests,
           guint n,
           gboolean guarded,
           gboolean *out_began,
           GError **error)
{
  MhLaneState state = { 0 };
  gint64 start = g_get_monotonic_time ();
  gboolean good = run_group (lane, requests, n, guarded, &state, out_began, error);

  mh_store_note_trouble (lane->store, lane->db);
  if (!good)
    return FALSE;

  g_mutex_lock (&lane->mutex);
  lane->stats.groups++;
  lane->stats.group_us = g_get_monotonic_time () - start;
  g_mutex_unlock (&lane->mutex);

  /* First the number: who is told of a write finds it in mh_store_feed_seq(). */
  lane->moved (state.feed_seq, lane->moved_data);
  lane_finish (lane, requests, n);
  return TRUE;
}

/* Again and again while the database is busy or away; a group whose requests got to run is not
 * repeated as a whole, because one of them may be at fault. */
static gboolean
try_often (MhLane *lane, Request **requests, guint n, gboolean *out_began, GError **error)
{
  g_autoptr (GError) inner = NULL;
  for (guint i = 0; i < TRIES; i++)
    {
      g_clear_error (&inner);
      if (try_group (lane, requests, n, n > 1, out_began, &inner))
        return TRUE;
      if (!is_worth_a_retry (inner) || (*out_began && n > 1)
          || mh_store_is_silent (lane->store, NULL))
        break;
      g_mutex_lock (&lane->mutex);
      lane->stats.retries++;
      g_mutex_unlock (&lane->mutex);
      pause_before_try (i);
    }

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* Savepoints cost a wait for each request, and hardly one fails after it has written. */
static gboolean
try_unguarded (MhLane *lane, Request **requests, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean began = FALSE;
  if (n == 1)
    return FALSE;

  if (lane->wary > 0)
    {
      lane->wary--;
      return FALSE;
    }

  if (try_group (lane, requests, n, FALSE, &began, &error))
    return TRUE;
  if (!began || is_worth_a_retry (error))
    return FALSE;

  lane->wary = WARY;
  g_mutex_lock (&lane->mutex);
  lane->stats.repeated++;
  g_mutex_unlock (&lane->mutex);

  return FALSE;
}

static void
run_all (MhLane *lane, Request **requests, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean began = FALSE;
  if (try_unguarded (lane, requests, n) || try_often (lane, requests, n, &began, &error))
    return;

  /* A group that failed as a whole is taken apart, so that the request at fault is found. */
  if (began && n > 1)
    {
      for (guint i = 0; i < n; i++)
        run_all (lane, &requests[i], 1);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      g_clear_error (&requests[i]->error);
      requests[i]->error = g_error_copy (error);
    }

  lane_finish (lane, requests, n);
}

/* While the disk is full, desks may well be told by others not to come here: somebody has to find
 * out when there is room again. */
static void
probe (MhLane *lane)
{
  if (mh_db_begin (lane->db, MH_TX_WRITE, NULL))
    {
      if (mh_db_exec (lane->db, sql_lane_probe, MH_NO_ARGS, NULL) == 1
          && mh_db_commit (lane->db, NULL))
        mh_store_note_written (lane->store);
      else
        mh_db_rollback (lane->db);
    }
  mh_store_note_trouble (lane->store, lane->db);
}

/* Under the lock, until there is something to do. */
static void
sleep_until_wanted (MhLane *lane)
{
  while (g_queue_is_empty (&lane->waiting) && !lane->stopping)
    {
      gint64 until = g_get_monotonic_time () + PROBE_EVERY;
      gboolean woken = TRUE;
      lane->asleep = TRUE;
      if (mh_store_is_full (lane->store))
        woken = g_cond_wait_until (&lane->cond, &lane->mutex, until);
      else
        g_cond_wait (&lane->cond, &lane->mutex);
      lane->asleep = FALSE;
      if (woken)
        continue;
      g_mutex_unlock (&lane->mutex);
      probe (lane);
      g_mutex_lock (&lane->mutex);
    }
}

static guint
take_waiting (MhLane *lane, Request **out_requests)
{
  guint n = 0;
  g_mutex_lock (&lane->mutex);
  sleep_until_wanted (lane);
  while (n < lane->max_group && !g_queue_is_empty (&lane->waiting))
    out_requests[n++] = g_queue_pop_head (&lane->waiting);
  g_mutex_unlock (&lane->mutex);
  return n;
}

static gpointer
lane_run (gpointer data)
{
  MhLane *lane = data;
  g_autofree Request **requests = g_new (Request *, lane->max_group);
  guint n;
  while ((n = take_waiting (lane, requests)) > 0)
    run_all (lane, requests, n);
  return NULL;
}

/* --- outside --- */

MhLane *
mh_lane_new (MhStore *store,
             MhDb *writer,
             guint max_waiting,
             guint max_group,
             MhLaneMoved moved,
             gpointer data)
{
  MhLane *lane = g_new0 (MhLane, 1);
  lane->store = store;
  lane->db = writer;
  lane->args = mh_sql_args_new ();
  lane->series = mh_series_new ();
  lane->max_waiting = max_waiting;
  lane->max_group = max_group;
  lane->moved = moved;
  lane->moved_data = data;
  g_mutex_init (&lane->mutex);
  g_cond_init (&lane->cond);
  g_queue_init (&lane->waiting);
  lane->thread = g_thread_new ("write-lane", lane_run, lane);
  return lane;
}

void
mh_lane_free (MhLane *lane)
{
  if (lane == NULL)
    return;

  g_mutex_lock (&lane->mutex);
  lane->stopping = TRUE;
  g_cond_signal (&lane->cond);
  g_mutex_unlock (&lane->mutex);
  g_thread_join (lane->thread);
  mh_sql_args_free (lane->args);
  mh_series_free (lane->series);
  g_mutex_clear (&lane->mutex);
  g_cond_clear (&lane->cond);
  g_free (lane);
}

gboolean
mh_lane_submit (MhLane *lane,
                const MhWho *who,
                MhTxAhead ahead,
                MhTxFunc func,
                MhTxDone done,
                gpointer data,
                GError **error)
{
  if (mh_store_is_silent (lane->store, error))
    return FALSE;

  Request *request = request_new (who, ahead, func, done, data);
  g_mutex_lock (&lane->mutex);
  gboolean room = !lane->stopping && lane->waiting.length < lane->max_waiting;

  if (room)
    {
      g_queue_push_tail (&lane->waiting, request);
      /* Each signal is a call to the system, heard or not. */
      if (lane->asleep)
        g_cond_signal (&lane->cond);
    }

  g_mutex_unlock (&lane->mutex);
  if (room)
    return TRUE;

  request_free (request);
  mh_error_set_retry (error, MH_ERROR_BUSY, 1, "Too many changes are waiting to be written.");
  return FALSE;
}

gboolean
mh_lane_is_own_thread (MhLane *lane)
{
  return g_thread_self () == lane->thread;
}

void
mh_lane_stats (MhLane *lane, MhStoreStats *out_stats)
{
  g_mutex_lock (&lane->mutex);
  *out_stats = lane->stats;
  out_stats->waiting = lane->waiting.length;
  g_mutex_unlock (&lane->mutex);
}
