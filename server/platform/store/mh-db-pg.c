/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-db-pg.h"

#include <stdlib.h>
#include <string.h>

#include "server/platform/store/mh-pg-listener.h"
#include "server/platform/store/mh-pg-prefetch.h"
#include "server/platform/store/mh-pg-rows.h"
#include "shared/db/mh-db-driver.h"

#define MOST_PENDING 256 /* answers left unread stay far below what a socket holds */
/* µs: longer than the database itself lets a statement run (MH_PG_LIMITS) */
#define LONGEST_WAIT (35 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  char name[16];
  gboolean sent; /* its Parse was sent and has not failed */
} Statement;

typedef struct
{
  Statement *prepares;    /* this answer is that of a Parse */
  MhPgPrefetch *prefetch; /* whose answer it is; a reference */
  gboolean is_sync;
} Item;

typedef struct
{
  MhDb base;
  PGconn *conn;
  char *url, *name;
  guint flags;
  GHashTable *statements; /* text address → Statement */
  GArray *pending;        /* Items whose answers are not read yet */
  MhPgPrefetches *prefetches;
  GError *deferred; /* of a post, told at the next call that waits */
  gboolean in_tx, read_tx, lost;
  gboolean unsure;        /* what was committed last may not have reached the standby */
  gboolean answered;      /* the read transaction has shown something */
  gint64 next_try, pause; /* monotonic µs */
  MhPgPulse *pulse;       /* NULL: waits as long as it takes */
  gint returns;           /* of the pulse, when the connection was made */
  gint64 longest_wait;    /* µs for one answer; -1: any */
  GArray *values, *lengths, *formats;
  GString *digits;
} PgDb;

static const MhDbDriver pg_driver;

static const char sql_begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char sql_begin_write[] = "BEGIN ISOLATION LEVEL SERIALIZABLE";
static const char sql_lock_write_queue[] = "LOCK TABLE write_lane IN EXCLUSIVE MODE";
static const char sql_commit[] = "COMMIT";
/* Writes nothing that anybody reads, but its end waits for the standby. */
static const char sql_confirm[] = "SELECT pg_logical_emit_message(true, 'mahima', '')";
static const char sql_rollback[] = "ROLLBACK";
static const char sql_savepoint[] = "SAVEPOINT request";
static const char sql_release[] = "RELEASE SAVEPOINT request";
static const char sql_rollback_to[] = "ROLLBACK TO SAVEPOINT request";
static const char sql_notify[] = "SELECT pg_notify('mahima_feed', $1)";
/* One plan for each text, as on SQLite: the texts are written so that each has its index, and
 * planning a row of sixty columns anew costs ten times what fetching it does. Because a plan may be
 * made while its table is still empty and outlives that, reading through a table is the last
 * resort. */
static const char sql_configure[]
    = MH_PG_LIMITS "SET synchronous_commit = on; SET client_encoding = 'UTF8'; SET jit = off;"
                   "SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1;"
                   "SET enable_seqscan = off;";
static const char sql_lz4[] = "SET default_toast_compression = 'lz4'";

/* --- errors --- */

static void
raise_result (PgDb *db, const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *constraint = PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);
  const char *text = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  mh_pg_raise (&db->base, state != NULL ? state : "08006", constraint != NULL ? constraint : "",
               text != NULL ? text : "unknown error", error);
}

static void
raise_lost (PgDb *db, GError **error)
{
  db->lost = TRUE;
  mh_error_set_retry (error, MH_ERROR_BUSY, 1, "The database cannot be reached.");
}

/* Nobody answered in time. The connection is closed at once, so that the database, when it awakes,
 * undoes what it has not been told to commit, and others need not wait for it. */
static void
db_pg_give_up (PgDb *db)
{
  db->lost = TRUE;
  g_clear_pointer (&db->conn, PQfinish);
}

static gboolean
is_silent (PgDb *db, GError **error)
{
  if (!mh_pg_pulse_is_silent (db->pulse))
    return FALSE;
  mh_error_set_retry (error, MH_ERROR_BUSY, 2, "The database does not answer.");
  return TRUE;
}

/* --- connecting --- */

/* PostgreSQL warns of one thing that matters: a COMMIT that was cancelled while it waited for the
 * standby is stored on this machine alone, and is lost with it. */
static void
db_pg_warned_cb (void *data, const PGresult *notice)
{
  const char *severity = PQresultErrorField (notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  PgDb *db = data;
  db->unsure = db->unsure || g_strcmp0 (severity, "WARNING") == 0;
}

static gboolean
db_pg_set_up (PgDb *db, const char *sql)
{
  PGresult *result
      = mh_pg_ask (db->conn, db->pulse, MH_PG_CONNECT_SECONDS * (gint64)G_USEC_PER_SEC, sql);
  gboolean ok = PQresultStatus (result) == PGRES_COMMAND_OK;
  PQclear (result);
  return ok;
}

static gboolean
db_pg_configure (PgDb *db)
{
  if (!db_pg_set_up (db, sql_configure))
    return FALSE;
  /* Not every build has it; the slower way to compress does as well. */
  db_pg_set_up (db, sql_lz4);
  return (db->flags & MH_DB_READ_ONLY) == 0
         || db_pg_set_up (db, "SET default_transaction_read_only = on");
}

static void
db_pg_item_clear (gpointer data)
{
  g_clear_pointer (&((Item *)data)->prefetch, mh_pg_prefetch_unref);
}

static void
pg_drop_prefetch (MhDb *base)
{
  mh_pg_prefetches_drop (((PgDb *)base)->prefetches);
}

static void
forget_connection (PgDb *db)
{
  g_clear_pointer (&db->conn, PQfinish);
  g_hash_table_remove_all (db->statements);
  g_array_set_size (db->pending, 0);
  mh_pg_prefetches_drop (db->prefetches);
  g_clear_error (&db->deferred);
  db->in_tx = db->read_tx = FALSE;
}

/* Pauses grow while the database is away; a call inside a pause, or while the database is silent,
 * fails at once instead of waiting. Whoever came back from a silence is tried at once. */
static gboolean
reconnect (PgDb *db, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  gint returns = mh_pg_pulse_returns (db->pulse);
  forget_connection (db);
  db->lost = TRUE;
  if (is_silent (db, error))
    return FALSE;

  if (now < db->next_try && returns == db->returns)
    {
      raise_lost (db, error);
      return FALSE;
    }

  db->returns = returns;
  db->conn = mh_pg_connect (db->url, db->name);
  PQsetNoticeReceiver (db->conn, db_pg_warned_cb, db);
  if (PQstatus (db->conn) == CONNECTION_OK && db_pg_configure (db)
      && PQenterPipelineMode (db->conn) == 1)
    {
      db->lost = FALSE;
      db->pause = db->next_try = 0;
      return TRUE;
    }

  db->pause = CLAMP (db->pause * 2, PAUSE_FIRST, PAUSE_MOST);
  db->next_try = now + db->pause;
  raise_lost (db, error);

  return FALSE;
}

static gboolean
is_usable (PgDb *db, GError **error)
{
  if (is_silent (db, error))
    return FALSE;
  gboolean stale = !db->in_tx && db->returns != mh_pg_pulse_returns (db->pulse);
  if (!db->lost && !stale)
    return TRUE;
  if (!db->in_tx)
    return reconnect (db, error);
  raise_lost (db, error);
  return FALSE;
}

/* --- sending --- */

static Statement *
statement_for (PgDb *db, const char *sql)
{
  Statement *statement = g_hash_table_lookup (db->statements, sql);
  if (statement == NULL)
    {
      statement = g_new0 (Statement, 1);
      g_snprintf (statement->name, sizeof statement->name, "s%u",
                  g_hash_table_size (db->statements));
      g_hash_table_insert (db->statements, (gpointer)sql, statement);
    }
  return statement;
}

/* Numbers become text in one buffer; it may move while it grows, so the addresses are set after. */
static void
db_pg_lay_out (PgDb *db, const MhArg *args, guint n)
{
  g_array_set_size (db->values, n);
  g_array_set_size (db->lengths, n);
  g_array_set_size (db->formats, n);
  g_string_set_size (db->digits, n * 24);

  for (guint i = 0; i < n; i++)
    {
      const MhArg *arg = &args[i];
      char *room = db->digits->str + i * 24;
      const char *value = arg->kind == MH_ARG_NULL ? NULL : arg->text;
      if (arg->kind == MH_ARG_BOOL)
        value = arg->integer != 0 ? "t" : "f";
      else if (arg->kind == MH_ARG_INT)
        {
          g_snprintf (room, 24, "%" G_GINT64_FORMAT, arg->integer);
          value = room;
        }
      g_array_index (db->values, const char *, i) = value;
      g_array_index (db->lengths, int, i) = arg->kind == MH_ARG_BYTES ? (int)arg->integer : 0;
      g_array_index (db->formats, int, i) = arg->kind == MH_ARG_BYTES ? 1 : 0;
    }
}

static void
expect (PgDb *db, Statement *prepares, gboolean is_sync)
{
  Item item = { prepares, NULL, is_sync };
  g_array_append_val (db->pending, item);
}

static gboolean
send_statement (PgDb *db, const char *sql, const MhArg *args, guint n, GError **error)
{
  Statement *statement = statement_for (db, sql);
  if (!statement->sent)
    {
      if (PQsendPrepare (db->conn, statement->name, sql, 0, NULL) == 0)
        {
          raise_lost (db, error);
          return FALSE;
        }
      statement->sent = TRUE;
      expect (db, statement, FALSE);
    }

  db_pg_lay_out (db, args, n);
  if (PQsendQueryPrepared (
          db->conn, statement->name, (int)n, (const char *const *)(gpointer)db->values->data,
          (const int *)(gpointer)db->lengths->data, (const int *)(gpointer)db->formats->data, 0)
      == 0)
    {
      raise_lost (db, error);
      return FALSE;
    }

  expect (db, NULL, FALSE);
  return TRUE;
}

static gboolean
send_sync (PgDb *db, GError **error)
{
  if (PQpipelineSync (db->conn) == 1)
    {
      expect (db, NULL, TRUE);
      return TRUE;
    }
  raise_lost (db, error);
  return FALSE;
}

/* --- reading answers --- */

/* One item's answer; all but the last of its results are dropped. NULL: the connection is gone. */
static PGresult *
db_pg_read_item (PgDb *db, const Item *item)
{
  PGresult *kept = NULL;
  for (;;)
    {
      if (!mh_pg_await (db->conn, db->pulse, db->longest_wait))
        {
          PQclear (kept);
          db_pg_give_up (db);
          return NULL;
        }
      PGresult *result = PQgetResult (db->conn);
      if (result == NULL)
        return kept;
      PQclear (kept);
      kept = result;
      if (item->is_sync || PQstatus (db->conn) == CONNECTION_BAD)
        return kept;
    }
}

static gboolean
db_pg_is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

/* Reads every pending answer. The first thing that went wrong is the cause of all that follows it
 * up to the next sync. *out_last: the answer to the last statement. */
static void
read_pending (PgDb *db, PGresult **out_last)
{
  for (guint i = 0; i < db->pending->len && !db->lost; i++)
    {
      Item *item = &g_array_index (db->pending, Item, i);
      PGresult *result = db_pg_read_item (db, item);
      if (result == NULL || PQstatus (db->conn) == CONNECTION_BAD)
        {
          g_clear_error (&db->deferred);
          raise_lost (db, &db->deferred);
        }
      else if (!db_pg_is_good (result))
        {
          if (item->prepares != NULL)
            item->prepares->sent = FALSE;
          /* Outside of a transaction a query sent ahead is simply asked again when it is wanted. */
          gboolean matters = item->prefetch == NULL || db->in_tx;
          if (matters && db->deferred == NULL && PQresultStatus (result) != PGRES_PIPELINE_ABORTED)
            raise_result (db, result, &db->deferred);
        }
      if (item->prefetch != NULL)
        {
          item->prefetch->answered = TRUE;
          if (result != NULL && PQresultStatus (result) == PGRES_TUPLES_OK)
            item->prefetch->result = g_steal_pointer (&result);
        }
      if (out_last != NULL && result != NULL && !item->is_sync)
        {
          PQclear (*out_last);
          *out_last = result;
        }
      else
        PQclear (result);
    }

  g_array_set_size (db->pending, 0);
}

/* Waits for everything sent so far. */
static gboolean
db_pg_settle (PgDb *db, PGresult **out_result, GError **error)
{
  PGresult *last = NULL;
  if (!send_sync (db, error))
    return FALSE;

  read_pending (db, &last);
  if (db->deferred != NULL)
    {
      PQclear (last);
      g_propagate_error (error, g_steal_pointer (&db->deferred));
      return FALSE;
    }

  if (out_result != NULL)
    *out_result = last;
  else
    PQclear (last);

  return TRUE;
}

static gboolean
run_once (PgDb *db,
          const char *sql,
          const MhArg *args,
          guint n,
          PGresult **out_result,
          GError **error)
{
  return is_usable (db, error) && send_statement (db, sql, args, n, error)
         && db_pg_settle (db, out_result, error);
}

/* The database may have been restarted since a reader's last use. As long as nothing was answered
 * in its transaction, nobody need know: it begins anew on a new connection. */
static gboolean
db_pg_run (PgDb *db,
           const char *sql,
           const MhArg *args,
           guint n,
           PGresult **out_result,
           GError **error)
{
  g_autoptr (GError) inner = NULL;
  gboolean in_read = db->read_tx;
  gboolean may_repeat
      = (db->flags & MH_DB_READ_ONLY) != 0 && (!db->in_tx || (in_read && !db->answered));
  gboolean ok = run_once (db, sql, args, n, out_result, &inner);

  if (!ok && may_repeat && db->lost && reconnect (db, NULL))
    {
      g_clear_error (&inner);
      db->in_tx = db->read_tx = in_read;
      ok = (!in_read || send_statement (db, sql_begin_read, NULL, 0, &inner))
           && run_once (db, sql, args, n, out_result, &inner);
    }

  db->answered = ok;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&inner));

  return ok;
}

/* --- queries sent ahead --- */

static void
clear_result (gpointer result)
{
  PQclear (result);
}

static gpointer
copy_result (gpointer result)
{
  return PQcopyResult (result, PG_COPYRES_ATTRS | PG_COPYRES_TUPLES);
}

static void
pg_prefetch (MhDb *base, const char *sql, const MhArg *args, guint n_args)
{
  PgDb *db = (PgDb *)base;
  if (!is_usable (db, NULL))
    return;

  MhPgPrefetch *prefetch = mh_pg_prefetches_add (db->prefetches, sql, args, n_args);
  if (prefetch == NULL)
    return;

  if (send_statement (db, sql, args, n_args, NULL))
    g_array_index (db->pending, Item, db->pending->len - 1).prefetch = prefetch;
  else
    {
      mh_pg_prefetch_unref (prefetch);
      mh_pg_prefetches_drop (db->prefetches);
    }
}

/* *out_result NULL: it was not sent prefetch, or in vain, and has to be asked. FALSE: the
 * transaction is broken. */
static gboolean
take_prefetch (PgDb *db,
               const char *sql,
               const MhArg *args,
               guint n,
               PGresult **out_result,
               GError **error)
{
  MhPgPrefetch *prefetch = mh_pg_prefetches_take (db->prefetches, sql, args, n);
  *out_result = NULL;
  if (prefetch == NULL)
    return TRUE;

  g_autoptr (GError) inner = NULL;
  gboolean ok = prefetch->answered || db_pg_settle (db, NULL, &inner);
  *out_result = mh_pg_prefetches_result (db->prefetches, prefetch);
  mh_pg_prefetch_unref (prefetch);
  db->answered = db->answered || *out_result != NULL;
  if (ok || !db->in_tx || (db->lost && db->read_tx && !db->answered))
    return TRUE;

  g_clear_pointer (out_result, PQclear);
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* --- driver --- */

static MhRows *
pg_query (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  PgDb *db = (PgDb *)base;
  PGresult *result = NULL;
  if (!take_prefetch (db, sql, args, n_args, &result, error)
      || (result == NULL && !db_pg_run (db, sql, args, n_args, &result, error)))
    return NULL;
  return mh_pg_rows_new (&pg_driver, result);
}

static gint64
pg_exec (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  PGresult *result = NULL;
  mh_pg_prefetches_drop_touched (((PgDb *)base)->prefetches, sql);
  if (!db_pg_run ((PgDb *)base, sql, args, n_args, &result, error))
    return -1;
  gint64 changed = strtoll (PQcmdTuples (result), NULL, 10);
  PQclear (result);
  return changed;
}

static gboolean
pg_flush (MhDb *base, GError **error)
{
  PgDb *db = (PgDb *)base;
  return is_usable (db, error) && db_pg_settle (db, NULL, error);
}

/* In a pipeline libpq keeps what is sent until somebody waits. */
static void
pg_send (MhDb *base)
{
  PgDb *db = (PgDb *)base;
  if (!db->lost && db->pending->len > 0)
    PQflush (db->conn);
}

static gboolean
pg_exec_deferred (MhDb *base, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  PgDb *db = (PgDb *)base;
  mh_pg_prefetches_drop_touched (db->prefetches, sql);
  if (!is_usable (db, error) || !send_statement (db, sql, args, n_args, error))
    return FALSE;
  return db->pending->len < MOST_PENDING || db_pg_settle (db, NULL, error);
}

/* The write queue's lock comes before the first statement that needs a snapshot, so that the
 * snapshot holds all that the write queue's former holder wrote. An empty database has no write
 * queue yet.
 */
static gboolean
begin_write (PgDb *db, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (send_statement (db, sql_begin_write, NULL, 0, &inner)
      && send_statement (db, sql_lock_write_queue, NULL, 0, &inner)
      && db_pg_settle (db, NULL, &inner))
    return TRUE;
  if (inner->code != MH_ERROR_STORE || strstr (inner->message, "(42P01)") == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  return send_statement (db, sql_rollback, NULL, 0, error)
         && send_statement (db, sql_begin_write, NULL, 0, error) && db_pg_settle (db, NULL, error);
}

static void
pg_rollback (MhDb *base)
{
  PgDb *db = (PgDb *)base;
  pg_drop_prefetch (base);
  db->in_tx = db->read_tx = FALSE;
  if (db->lost)
    return;
  db_pg_settle (db, NULL, NULL);
  if (!db->lost && send_statement (db, sql_rollback, NULL, 0, NULL))
    db_pg_settle (db, NULL, NULL);
}

/* Waits until the standby has what was committed before: its log is in order. */
static gboolean
db_pg_confirm (PgDb *db, GError **error)
{
  PGresult *result = NULL;
  if (!db->unsure)
    return TRUE;

  db->unsure = FALSE;
  gboolean ok = db_pg_run (db, sql_confirm, NULL, 0, &result, error);
  PQclear (result);
  if (ok && db->unsure)
    mh_error_set_retry (error, MH_ERROR_BUSY, 5, "The standby database does not answer.");
  db->unsure = db->unsure || !ok;

  return !db->unsure;
}

static gboolean
pg_begin (MhDb *base, MhTxMode mode, GError **error)
{
  PgDb *db = (PgDb *)base;
  gboolean was_fresh = db->lost || db->returns != mh_pg_pulse_returns (db->pulse);
  pg_drop_prefetch (base);
  if (db->lost)
    db->in_tx = FALSE;
  if (!is_usable (db, error) || (mode != MH_TX_READ && !db_pg_confirm (db, error)))
    return FALSE;

  db->in_tx = TRUE;
  db->read_tx = mode == MH_TX_READ;
  db->answered = FALSE;
  if (db->read_tx)
    return send_statement (db, sql_begin_read, NULL, 0, error);

  g_autoptr (GError) inner = NULL;
  if (begin_write (db, &inner))
    return TRUE;

  /* The database may have been restarted since the last use: that shows only now. */
  if (db->lost && !was_fresh && reconnect (db, NULL))
    {
      g_clear_error (&inner);
      db->in_tx = TRUE;
      if (begin_write (db, &inner))
        return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&inner));
  pg_rollback (base);
  return FALSE;
}

/* Nothing hangs on the end of a read: it is sent, and its answer read at the next use. */
static gboolean
end_read (PgDb *db, GError **error)
{
  gboolean ok = db->deferred == NULL;
  db->in_tx = db->read_tx = FALSE;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&db->deferred));
  if (db->lost)
    return ok;
  return send_statement (db, sql_commit, NULL, 0, NULL) && send_sync (db, NULL) && ok;
}

static gboolean
pg_commit (MhDb *base, GError **error)
{
  PgDb *db = (PgDb *)base;
  pg_drop_prefetch (base);
  if (db->read_tx)
    return end_read (db, error);

  PGresult *result = NULL;
  gboolean ok = db_pg_run (db, sql_commit, NULL, 0, &result, error);

  /* A failed transaction answers COMMIT with a friendly ROLLBACK. */
  if (ok && !g_str_equal (PQcmdStatus (result), "COMMIT"))
    {
      mh_error_set (error, MH_ERROR_STORE, "The transaction had failed before.");
      ok = FALSE;
    }

  PQclear (result);
  if (ok)
    db->in_tx = FALSE;
  else
    pg_rollback (base);

  db->unsure = db->unsure || db->lost;
  return ok && db_pg_confirm (db, error);
}

static gboolean
pg_savepoint (MhDb *base, GError **error)
{
  PgDb *db = (PgDb *)base;
  if (!db->in_tx)
    {
      mh_error_set (error, MH_ERROR_STORE, "No transaction is open.");
      return FALSE;
    }
  return pg_exec_deferred (base, sql_savepoint, NULL, 0, error);
}

static gboolean
pg_release (MhDb *base, GError **error)
{
  return pg_exec (base, sql_release, NULL, 0, error) >= 0;
}

static void
pg_rollback_to (MhDb *base)
{
  PgDb *db = (PgDb *)base;
  pg_drop_prefetch (base);
  if (db->lost)
    return;
  db_pg_settle (db, NULL, NULL);
  if (db->lost || !send_statement (db, sql_rollback_to, NULL, 0, NULL)
      || !send_statement (db, sql_release, NULL, 0, NULL))
    return;
  db_pg_settle (db, NULL, NULL);
}

/* Several statements in one text need the simple protocol, which is outside of the pipeline. */
static gboolean
pg_script (MhDb *base, const char *sql, GError **error)
{
  PgDb *db = (PgDb *)base;
  pg_drop_prefetch (base);
  if (!is_usable (db, error) || !db_pg_settle (db, NULL, error))
    return FALSE;

  PQexitPipelineMode (db->conn);

  /* A migration takes as long as it takes. */
  PGresult *result = mh_pg_ask (db->conn, db->pulse, -1, sql);
  gboolean ok = db_pg_is_good (result) || PQresultStatus (result) == PGRES_EMPTY_QUERY;

  if (result == NULL || PQstatus (db->conn) == CONNECTION_BAD)
    {
      db_pg_give_up (db);
      raise_lost (db, error);
      ok = FALSE;
    }
  else if (!ok)
    raise_result (db, result, error);

  PQclear (result);
  if (!db->lost)
    PQenterPipelineMode (db->conn);

  return ok;
}

static void
pg_close (MhDb *base)
{
  PgDb *db = (PgDb *)base;
  forget_connection (db);
  g_hash_table_unref (db->statements);
  g_array_unref (db->pending);
  mh_pg_prefetches_free (db->prefetches);
  g_array_unref (db->values);
  g_array_unref (db->lengths);
  g_array_unref (db->formats);
  mh_pg_pulse_unref (db->pulse);
  g_string_free (db->digits, TRUE);
  g_free (db->url);
  g_free (db->name);
  g_free (db);
}

static const MhDbDriver pg_driver = {
  .is_postgres = TRUE,
  .query = pg_query,
  .query_long = mh_db_pg_query_long,
  .prefetch = pg_prefetch,
  .drop_prefetch = pg_drop_prefetch,
  .exec = pg_exec,
  .post = pg_exec_deferred,
  .flush = pg_flush,
  .send = pg_send,
  .begin = pg_begin,
  .commit = pg_commit,
  .rollback = pg_rollback,
  .savepoint = pg_savepoint,
  .release = pg_release,
  .rollback_to = pg_rollback_to,
  .script = pg_script,
  .close = pg_close,
  .rows_next = mh_pg_rows_next,
  .rows_n_columns = mh_pg_rows_n_columns,
  .rows_is_null = mh_pg_rows_is_null,
  .rows_text = mh_pg_rows_text,
  .rows_int = mh_pg_rows_int,
  .rows_bool = mh_pg_rows_bool,
  .rows_bytes = mh_pg_rows_bytes,
  .rows_free = mh_pg_rows_free,
};

MhDb *
mh_db_pg_open (const char *url, const char *name, guint flags, GError **error)
{
  PgDb *db = g_new0 (PgDb, 1);
  db->base.driver = &pg_driver;
  db->url = g_strdup (url);
  db->name = g_strdup (name);
  db->flags = flags;
  db->statements = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  db->pending = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (db->pending, db_pg_item_clear);
  db->prefetches = mh_pg_prefetches_new (clear_result, copy_result);
  db->values = g_array_new (FALSE, FALSE, sizeof (char *));
  db->lengths = g_array_new (FALSE, FALSE, sizeof (int));
  db->formats = g_array_new (FALSE, FALSE, sizeof (int));
  db->digits = g_string_new (NULL);
  db->longest_wait = -1;
  if (reconnect (db, error))
    return &db->base;

  mh_db_close (&db->base);
  return NULL;
}

void
mh_db_pg_heed (MhDb *base, MhPgPulse *pulse)
{
  PgDb *db = (PgDb *)base;
  mh_pg_pulse_unref (db->pulse);
  db->pulse = mh_pg_pulse_ref (pulse);
  db->returns = mh_pg_pulse_returns (pulse);
  db->longest_wait = LONGEST_WAIT;
}

gboolean
mh_db_pg_in_transaction (MhDb *db)
{
  return ((PgDb *)db)->in_tx;
}

gboolean
mh_db_pg_notify (MhDb *db, const char *payload, GError **error)
{
  return mh_db_exec_deferred (db, sql_notify, MH_ARGS (MH_TEXT (payload)), error);
}
