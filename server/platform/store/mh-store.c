/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-store.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "server/platform/store/mh-db-pg.h"
#include "server/platform/store/mh-migrate.h"
#include "server/platform/store/mh-store-ids.h"
#include "server/platform/store/mh-store-private.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-log.h"
#include "shared/record/mh-registry.h"
#include "shared/records/mh-records.h"

static const char sql_feed_seq[] = "SELECT feed_seq FROM write_lane WHERE id = 1";
static const char sql_analyse[] = "ANALYZE";
static const char sql_epoch[] = "SELECT epoch FROM write_lane WHERE id = 1";
static const char sql_epoch_renew[] = "UPDATE write_lane SET epoch = $1 WHERE id = 1";
static const char sql_epoch_set[]
    = "UPDATE write_lane SET epoch = $1 WHERE id = 1 AND epoch IS NULL";

typedef struct
{
  MhFeedFunc func;
  gpointer data;
} Watch;

typedef struct
{
  const MhRecordType *type;
  MhTxObserver func;
  gpointer data;
} Observer;

struct _MhStore
{
  char *url;
  char *folder; /* of a database in memory: removed at the end */
  char *append_only;
  gboolean is_postgres;
  MhClock *clock;
  MhDb *writer;
  MhWriteQueue *queue;
  char *epoch;
  char *instance;   /* tells our own notifications from others' */
  GRand *ids;       /* of demonstration data, in the queue; NULL: fresh ones */
  MhPgPulse *pulse; /* of PostgreSQL */
  MhPgListener *listener;

  GMutex readers_mutex;
  GCond readers_cond;
  GPtrArray *readers; /* free ones; the last given back is taken first */
  guint n_readers, max_readers;
  guint n_waiting; /* for a reader */

  GMutex feed_mutex;
  GArray *watches;
  GArray *observers;
  gint64 feed_seq;
  gint commits; /* atomic */
  gint trouble; /* atomic MhDbTrouble: of the disk, as far as it is known */
};

/* --- connections --- */

static const char *
sqlite_path (MhStore *store)
{
  return store->url + strlen ("sqlite:");
}

static MhDb *
connect_writer (MhStore *store, GError **error)
{
  if (store->is_postgres)
    return mh_db_pg_open (store->url, "mahima writer", 0, error);
  guint flags = MH_DB_CREATE | (store->folder != NULL ? MH_DB_FAST : 0);
  return mh_db_sqlite_open (sqlite_path (store), flags, store->append_only, error);
}

static MhDb *
connect_reader (MhStore *store, GError **error)
{
  if (!store->is_postgres)
    return mh_db_sqlite_open (sqlite_path (store), MH_DB_READ_ONLY, NULL, error);
  if (mh_store_is_silent (store, error))
    return NULL;
  MhDb *db = mh_db_pg_open (store->url, "mahima reader", MH_DB_READ_ONLY, error);
  if (db != NULL)
    mh_db_pg_heed (db, store->pulse);
  return db;
}

/* GLib asks the system for each signal, whether anybody waits or not. */
static void
wake_one (MhStore *store)
{
  if (store->n_waiting > 0)
    g_cond_signal (&store->readers_cond);
}

MhDb *
mh_store_take_reader (MhStore *store, GError **error)
{
  MhDb *db = NULL;
  g_mutex_lock (&store->readers_mutex);
  while (store->readers->len == 0 && store->n_readers >= store->max_readers)
    {
      store->n_waiting++;
      g_cond_wait (&store->readers_cond, &store->readers_mutex);
      store->n_waiting--;
    }
  if (store->readers->len > 0)
    db = g_ptr_array_steal_index (store->readers, store->readers->len - 1);
  else
    store->n_readers++;

  g_mutex_unlock (&store->readers_mutex);
  if (db != NULL || (db = connect_reader (store, error)) != NULL)
    return db;

  g_mutex_lock (&store->readers_mutex);
  store->n_readers--;
  wake_one (store);
  g_mutex_unlock (&store->readers_mutex);

  return NULL;
}

void
mh_store_give_reader (MhStore *store, MhDb *db)
{
  if (db == NULL)
    return;
  mh_db_drop_prefetch (db);
  mh_store_note_trouble (store, db);
  g_mutex_lock (&store->readers_mutex);
  g_ptr_array_add (store->readers, db);
  wake_one (store);
  g_mutex_unlock (&store->readers_mutex);
}

gboolean
mh_store_read_feed_seq (MhDb *db, gint64 *out_seq, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_feed_seq, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_seq = mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_store_is_silent (MhStore *store, GError **error)
{
  if (!mh_pg_pulse_is_silent (store->pulse))
    return FALSE;
  mh_error_set_retry (error, MH_ERROR_BUSY, 2, "The database does not answer.");
  return TRUE;
}

/* --- the disk --- */

void
mh_store_note_trouble (MhStore *store, MhDb *db)
{
  MhDbTrouble trouble = mh_db_take_trouble (db);
  if ((gint)trouble <= g_atomic_int_get (&store->trouble))
    return;
  g_atomic_int_set (&store->trouble, (gint)trouble);
  mh_log (MH_LOG_ERROR, "store", trouble == MH_DB_DAMAGED ? "data-damaged" : "disk-full", NULL);
}

void
mh_store_note_written (MhStore *store)
{
  if (g_atomic_int_compare_and_exchange (&store->trouble, MH_DB_FULL, MH_DB_SOUND))
    mh_log (MH_LOG_INFO, "store", "disk-has-room", NULL);
}

gboolean
mh_store_is_full (MhStore *store)
{
  return g_atomic_int_get (&store->trouble) == MH_DB_FULL;
}

static gboolean
check_disk (MhStore *store, GError **error)
{
  gint trouble = g_atomic_int_get (&store->trouble);
  if (trouble == MH_DB_SOUND)
    return TRUE;
  mh_error_set_storage (error, trouble == MH_DB_DAMAGED, "%s",
                        trouble == MH_DB_DAMAGED
                            ? "The database is damaged: part of it cannot be read."
                            : "The database's disk is full or fails: nothing can be stored.");
  return FALSE;
}

gboolean
mh_store_is_healthy (MhStore *store, GError **error)
{
  gint64 seq;
  if (store->listener != NULL)
    return mh_pg_listener_check (store->listener, error) && check_disk (store, error);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gboolean ok = mh_store_read_feed_seq (db, &seq, error);
  mh_store_give_reader (store, db);
  return ok && check_disk (store, error);
}

gint
mh_store_commits (MhStore *store)
{
  return g_atomic_int_get (&store->commits);
}

/* --- feed --- */

static void
store_feed_moved (gint64 seq, gpointer data)
{
  MhStore *store = data;
  g_atomic_int_inc (&store->commits);
  g_mutex_lock (&store->feed_mutex);

  if (seq > store->feed_seq)
    {
      store->feed_seq = seq;
      for (guint i = 0; i < store->watches->len; i++)
        {
          Watch *watch = &g_array_index (store->watches, Watch, i);
          watch->func (seq, watch->data);
        }
    }

  g_mutex_unlock (&store->feed_mutex);
}

/* "INSTANCE SEQ"; without the first, the number as it stands after a time in which some may have
 * been missed. */
static void
feed_heard (const char *payload, gpointer data)
{
  MhStore *store = data;
  const char *space = strchr (payload, ' ');
  if (space != NULL && !g_str_has_prefix (payload, store->instance))
    store_feed_moved (g_ascii_strtoll (space + 1, NULL, 10), store);
}

gboolean
mh_store_announce (MhStore *store, MhDb *db, gint64 feed_seq, GError **error)
{
  if (!store->is_postgres)
    return TRUE;
  g_autofree char *payload = g_strdup_printf ("%s %" G_GINT64_FORMAT, store->instance, feed_seq);
  return mh_db_pg_notify (db, payload, error);
}

/* --- ids --- */

void
mh_store_seed_ids (MhStore *store, guint32 seed)
{
  mh_store_unseed_ids (store);
  store->ids = g_rand_new_with_seed (seed);
}

void
mh_store_unseed_ids (MhStore *store)
{
  g_clear_pointer (&store->ids, g_rand_free);
}

char *
mh_store_new_id (MhStore *store, gint64 now)
{
  guint32 words[3];
  guint8 bytes[sizeof words];
  if (store->ids == NULL)
    return mh_id_new ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_rand_int (store->ids);
  memcpy (bytes, words, sizeof words);
  return mh_id_new_from (now / 1000, bytes);
}

void
mh_store_observe (MhStore *store, const MhRecordType *type, MhTxObserver func, gpointer data)
{
  const Observer observer = { type, func, data };
  g_array_append_val (store->observers, observer);
}

gboolean
mh_store_tell_observers (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  GArray *observers = mh_tx_store (tx)->observers;
  for (guint i = 0; i < observers->len; i++)
    {
      const Observer *observer = &g_array_index (observers, Observer, i);
      if (observer->type == mh_record_type (after)
          && !observer->func (tx, before, after, observer->data, error))
        return FALSE;
    }
  return TRUE;
}

void
mh_store_watch (MhStore *store, MhFeedFunc func, gpointer data)
{
  const Watch watch = { func, data };
  g_mutex_lock (&store->feed_mutex);
  g_array_append_val (store->watches, watch);
  g_mutex_unlock (&store->feed_mutex);
}

void
mh_store_unwatch (MhStore *store, MhFeedFunc func, gpointer data)
{
  g_mutex_lock (&store->feed_mutex);
  for (guint i = store->watches->len; i > 0; i--)
    {
      const Watch *watch = &g_array_index (store->watches, Watch, i - 1);
      if (watch->func == func && watch->data == data)
        g_array_remove_index (store->watches, i - 1);
    }
  g_mutex_unlock (&store->feed_mutex);
}

gint64
mh_store_feed_seq (MhStore *store)
{
  g_mutex_lock (&store->feed_mutex);
  gint64 seq = store->feed_seq;
  g_mutex_unlock (&store->feed_mutex);
  return seq;
}

static gboolean
renew_epoch (MhTx *tx, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_epoch_renew, MH_ARGS (MH_TEXT (data)), error) == 1;
}

gboolean
mh_store_renew_epoch (MhStore *store, GError **error)
{
  g_autofree char *made = mh_id_new ();
  static const MhWho server = { .user_name = "server" };
  if (!mh_store_write (store, &server, renew_epoch, made, error))
    return FALSE;
  g_free (store->epoch);
  store->epoch = g_steal_pointer (&made);
  return TRUE;
}

const char *
mh_store_epoch (MhStore *store)
{
  return store->epoch;
}

/* --- writing --- */

gboolean
mh_store_submit (MhStore *store, const MhWho *who, MhTxWork work, GError **error)
{
  return mh_write_queue_submit (store->queue, who, work, error);
}

typedef struct
{
  MhTxFunc func;
  gpointer data;
  GMutex mutex;
  GCond cond;
  gboolean done;
  GError *error;
} Wait;

static gboolean
wait_run (MhTx *tx, gpointer data, GError **error)
{
  Wait *wait = data;
  return wait->func (tx, wait->data, error);
}

static void
wait_done (gpointer data, const GError *error)
{
  Wait *wait = data;
  g_mutex_lock (&wait->mutex);
  wait->done = TRUE;
  wait->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->mutex);
}

gboolean
mh_store_write (MhStore *store, const MhWho *who, MhTxFunc func, gpointer data, GError **error)
{
  Wait wait = { .func = func, .data = data };
  if (mh_write_queue_is_own_thread (store->queue))
    {
      mh_error_set (error, MH_ERROR_INTERNAL, "The write queue would wait for itself.");
      return FALSE;
    }

  g_mutex_init (&wait.mutex);
  g_cond_init (&wait.cond);
  gboolean ok = mh_store_submit (store, who, (MhTxWork){ NULL, wait_run, wait_done, &wait }, error);

  g_mutex_lock (&wait.mutex);
  while (ok && !wait.done)
    g_cond_wait (&wait.cond, &wait.mutex);
  g_mutex_unlock (&wait.mutex);
  g_mutex_clear (&wait.mutex);
  g_cond_clear (&wait.cond);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);

  return ok && wait.error == NULL;
}

static gboolean
analyse_run (MhTx *tx, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_analyse, MH_NO_ARGS, error) >= 0;
}

gboolean
mh_store_analyse (MhStore *store, GError **error)
{
  const MhWho server = { .user_name = "server" };
  return mh_store_write (store, &server, analyse_run, NULL, error);
}

MhClock *
mh_store_clock (MhStore *store)
{
  return store->clock;
}

void
mh_store_stats (MhStore *store, MhStoreStats *out_stats)
{
  mh_write_queue_stats (store->queue, out_stats);
}

/* --- opening --- */

/* The authoriser's list, from the descriptions. */
static char *
append_only_tables (void)
{
  g_autoptr (GStrvBuilder) tables = g_strv_builder_new ();
  mh_records_register ();
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table != NULL && (type->flags & MH_TYPE_APPEND) != 0)
        g_strv_builder_add (tables, type->table);
    }
  g_auto (GStrv) list = g_strv_builder_end (tables);
  return g_strjoinv (",", list);
}

static gboolean
read_url (MhStore *store, const char *url, GError **error)
{
  store->is_postgres
      = g_str_has_prefix (url, "postgresql://") || g_str_has_prefix (url, "postgres://");
  if (store->is_postgres || (g_str_has_prefix (url, "sqlite:") && url[7] != 0 && url[7] != ':'))
    {
      store->url = g_strdup (url);
      return TRUE;
    }

  if (!g_str_equal (url, "sqlite::memory:"))
    {
      mh_error_set (error, MH_ERROR_STORE,
                    "The database's address must begin with sqlite: or postgresql://");
      return FALSE;
    }

  /* Readers have connections of their own, which memory cannot offer. */
  store->folder = g_dir_make_tmp ("mahima-XXXXXX", NULL);
  store->url = g_strconcat ("sqlite:", store->folder, "/memory.db", NULL);

  return TRUE;
}

static gboolean
read_epoch (MhStore *store, GError **error)
{
  g_autofree char *made = mh_id_new ();
  if (mh_db_exec (store->writer, sql_epoch_set, MH_ARGS (MH_TEXT (made)), error) < 0)
    return FALSE;
  g_autoptr (MhRows) rows = mh_db_query (store->writer, sql_epoch, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  store->epoch = g_strdup (mh_rows_text (rows, 0));
  return TRUE;
}

static gboolean
store_prepare (MhStore *store, gboolean migrate, GError **error)
{
  store->writer = connect_writer (store, error);
  if (store->writer == NULL)
    return FALSE;
  gboolean ok = migrate ? mh_migrate (store->writer, mh_clock_now (store->clock), error)
                        : mh_migrate_check (store->writer, error);
  return ok && read_epoch (store, error)
         && mh_store_read_feed_seq (store->writer, &store->feed_seq, error);
}

MhStore *
mh_store_open (const MhStoreConfig *config, gboolean migrate, GError **error)
{
  if (sodium_init () < 0)
    {
      mh_error_set (error, MH_ERROR_INTERNAL, "libsodium does not start.");
      return NULL;
    }

  g_autoptr (MhStore) store = g_new0 (MhStore, 1);
  g_mutex_init (&store->readers_mutex);
  g_cond_init (&store->readers_cond);
  g_mutex_init (&store->feed_mutex);
  store->readers = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_db_close);
  store->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  store->observers = g_array_new (FALSE, FALSE, sizeof (Observer));
  store->clock = config->clock != NULL ? mh_clock_ref (config->clock) : mh_clock_new ();
  store->max_readers = config->readers != 0 ? config->readers : 4;
  store->append_only = append_only_tables ();
  store->instance = mh_id_new ();
  if (!read_url (store, config->url, error) || !store_prepare (store, migrate, error))
    return NULL;

  if (store->is_postgres)
    {
      store->pulse = mh_pg_pulse_new ();
      mh_db_pg_heed (store->writer, store->pulse);
    }

  store->queue = mh_write_queue_new (
      store, store->writer, config->max_waiting != 0 ? config->max_waiting : 4096,
      config->max_group != 0 ? config->max_group : 64, store_feed_moved, store);
  if (store->is_postgres)
    store->listener = mh_pg_listener_new (store->url, store->pulse, feed_heard, store);

  return g_steal_pointer (&store);
}

static void
remove_folder (const char *folder)
{
  static const char *const names[] = { "memory.db", "memory.db-wal", "memory.db-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

void
mh_store_close (MhStore *store)
{
  if (store == NULL)
    return;

  mh_write_queue_free (store->queue);
  mh_pg_listener_free (store->listener);
  g_ptr_array_unref (store->readers);
  mh_db_close (store->writer);
  mh_pg_pulse_unref (store->pulse);
  if (store->folder != NULL)
    remove_folder (store->folder);
  g_array_unref (store->watches);
  g_array_unref (store->observers);
  mh_store_unseed_ids (store);
  mh_clock_unref (store->clock);
  g_mutex_clear (&store->readers_mutex);
  g_cond_clear (&store->readers_cond);
  g_mutex_clear (&store->feed_mutex);
  g_free (store->url);
  g_free (store->folder);
  g_free (store->append_only);
  g_free (store->epoch);
  g_free (store->instance);
  g_free (store);
}
