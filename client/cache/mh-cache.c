/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/cache/mh-cache.h"

#include "client/cache/mh-cache-index.h"
#include "client/cache/mh-cache-key.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-sha256.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static const char sql_schema[]
    = "CREATE TABLE IF NOT EXISTS keyring (salt BLOB NOT NULL, wrapped BLOB NOT NULL);"
      "CREATE TABLE IF NOT EXISTS value (name TEXT PRIMARY KEY, data BLOB NOT NULL);"
      "CREATE TABLE IF NOT EXISTS record (type TEXT NOT NULL, id TEXT NOT NULL,"
      " version BIGINT NOT NULL, at BIGINT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (type, id));"
      "CREATE INDEX IF NOT EXISTS record_at ON record (type, at);"
      "CREATE TABLE IF NOT EXISTS word (hash BIGINT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,"
      " at BIGINT NOT NULL, PRIMARY KEY (hash, at, id)) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS word_record ON word (type, id);"
      "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT "
      "NULL,"
      " data BLOB NOT NULL);";
static const char sql_keyring[] = "SELECT salt, wrapped FROM keyring";
static const char sql_keyring_add[] = "INSERT INTO keyring (salt, wrapped) VALUES ($1, $2)";
static const char sql_value[] = "SELECT data FROM value WHERE name = $1";
static const char sql_value_set[] = "INSERT INTO value (name, data) VALUES ($1, $2)"
                                    " ON CONFLICT (name) DO UPDATE SET data = $2";
static const char sql_values[]
    = "SELECT name, data FROM value WHERE name >= $1 AND name < $2 ORDER BY name DESC";
static const char sql_value_clear[] = "DELETE FROM value WHERE name = $1";
static const char sql_get[] = "SELECT data, version FROM record WHERE type = $1 AND id = $2";
static const char sql_put[] = "INSERT INTO record (type, id, version, at, data)"
                              " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (type, id) DO UPDATE"
                              " SET version = $3, at = $4, data = $5";
static const char sql_remove[] = "DELETE FROM record WHERE type = $1 AND id = $2";
static const char sql_remove_all[] = "DELETE FROM record";
static const char sql_words_clear_all[] = "DELETE FROM word";
static const char sql_words_clear[] = "DELETE FROM word WHERE type = $1 AND id = $2";
static const char sql_word_add[]
    = "INSERT INTO word (hash, type, id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
static const char sql_list[]
    = "SELECT data, id FROM record WHERE type = $1 ORDER BY at DESC, id DESC LIMIT $2";
static const char sql_list_group[]
    = "SELECT r.data, r.id FROM word w JOIN record r ON r.type = w.type AND r.id = w.id"
      " WHERE w.hash = $1 ORDER BY w.at DESC, w.id DESC LIMIT $2";

/* How many candidates a search decrypts at most; more typing narrows it down. */
#define CANDIDATES 400

static void index_again (MhCache *cache);

struct _MhCache
{
  GObject parent_instance;
  char *folder;
  GThreadPool *pool; /* one thread: SQLite's connection and the keys belong to it */
  MhDb *db;
  MhCacheKeys keys;
};

G_DEFINE_FINAL_TYPE (MhCache, mh_cache, G_TYPE_OBJECT)

/* --- the thread --- */

static void
work_free (gpointer data)
{
  MhCacheWork *work = data;
  if (work->free_data != NULL)
    work->free_data (work->data);
  g_free (work);
}

static void
work_run (gpointer item, gpointer user_data)
{
  g_autoptr (GTask) task = item;
  MhCacheWork *work = g_task_get_task_data (task);
  GError *error = NULL;
  if (g_task_return_error_if_cancelled (task))
    return;
  gpointer result = work->func (g_task_get_source_object (task), work->data, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, work->free_result);
}

void
mh_cache_run_async (MhCache *cache,
                    MhCacheWork asked,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (MH_IS_CACHE (cache));
  GTask *task = g_task_new (cache, cancellable, callback, user_data);
  MhCacheWork *work = g_new0 (MhCacheWork, 1);
  *work = asked;
  g_task_set_source_tag (task, mh_cache_run_async);
  g_task_set_task_data (task, work, work_free);
  g_thread_pool_push (cache->pool, task, NULL);
}

gpointer
mh_cache_run_finish (MhCache *cache, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, cache), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean reached;
} Mark;

static gpointer
reach_mark_cb (MhCache *cache, gpointer data, GError **error)
{
  Mark *mark = data;
  g_mutex_lock (&mark->lock);
  mark->reached = TRUE;
  g_cond_signal (&mark->cond);
  g_mutex_unlock (&mark->lock);
  return NULL;
}

void
mh_cache_drain (MhCache *cache)
{
  Mark mark = { .reached = FALSE };
  g_mutex_init (&mark.lock);
  g_cond_init (&mark.cond);
  mh_cache_run_async (cache, (MhCacheWork){ reach_mark_cb, &mark }, NULL, NULL, NULL);
  g_mutex_lock (&mark.lock);
  while (!mark.reached)
    g_cond_wait (&mark.cond, &mark.lock);
  g_mutex_unlock (&mark.lock);
  g_mutex_clear (&mark.lock);
  g_cond_clear (&mark.cond);
}

static void
mh_cache_finalize (GObject *object)
{
  MhCache *cache = MH_CACHE (object);
  g_thread_pool_free (cache->pool, FALSE, TRUE);
  mh_cache_lock (cache);
  g_free (cache->folder);
  G_OBJECT_CLASS (mh_cache_parent_class)->finalize (object);
}

static void
mh_cache_class_init (MhCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_cache_finalize;
}

static void
mh_cache_init (MhCache *cache)
{
  cache->pool = g_thread_pool_new (work_run, NULL, 1, FALSE, NULL);
}

MhCache *
mh_cache_new (const char *folder)
{
  MhCache *cache = g_object_new (MH_TYPE_CACHE, NULL);
  cache->folder = g_strdup (folder);
  return cache;
}

/* --- opening --- */

gboolean
mh_cache_is_open (MhCache *cache)
{
  return cache->db != NULL;
}

MhDb *
mh_cache_db (MhCache *cache)
{
  return cache->db;
}

void
mh_cache_lock (MhCache *cache)
{
  g_clear_pointer (&cache->db, mh_db_close);
  mh_cache_keys_wipe (&cache->keys);
}

/* The file's name tells neither person nor server. */
static char *
file_for (MhCache *cache, const char *server, const char *username)
{
  g_autofree char *both = g_strconcat (server, "\n", username, NULL);
  g_autofree char *hash = mh_sha256_of_text (both);
  return g_strdup_printf ("%s/%.24s.db", cache->folder, hash);
}

static gboolean
make_folder (MhCache *cache, GError **error)
{
  if (g_mkdir_with_parents (cache->folder, 0700) == 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_STORE, "The folder for the local copy cannot be made: %s.",
                g_strerror (errno));
  return FALSE;
}

static gboolean
add_keyring (MhDb *db, const char *password, MhCacheKeys *out_keys, GError **error)
{
  guint8 salt[MH_CACHE_SALT_BYTES], wrapped[MH_CACHE_WRAPPED_BYTES];
  return mh_cache_keys_make (password, salt, wrapped, out_keys, error)
         && mh_db_exec (db, sql_keyring_add,
                        MH_ARGS (MH_BYTES (salt, sizeof salt), MH_BYTES (wrapped, sizeof wrapped)),
                        error)
                >= 0;
}

/* *out_found FALSE: the file is new and holds no key yet. */
static gboolean
open_keyring (MhDb *db,
              const char *password,
              MhCacheKeys *out_keys,
              gboolean *out_found,
              GError **error)
{
  gsize n_salt = 0, n_wrapped = 0;
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_keyring, MH_NO_ARGS, error);
  if (rows == NULL)
    return FALSE;

  *out_found = mh_rows_next (rows, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (!*out_found)
    return TRUE;

  const guint8 *salt = mh_rows_bytes (rows, 0, &n_salt);
  const guint8 *wrapped = mh_rows_bytes (rows, 1, &n_wrapped);
  if (n_salt != MH_CACHE_SALT_BYTES || n_wrapped != MH_CACHE_WRAPPED_BYTES)
    {
      mh_error_set (error, MH_ERROR_STORE, "The local copy's key is damaged.");
      return FALSE;
    }

  return mh_cache_keys_open (password, salt, wrapped, out_keys, error);
}

static MhDb *
cache_open_file (const char *path,
                 const char *password,
                 gboolean create,
                 MhCacheKeys *out_keys,
                 GError **error)
{
  gboolean found = FALSE;

  /* Not MH_DB_FAST: what waits in the outbox must survive a power cut. */
  g_autoptr (MhDb) db = mh_db_sqlite_open (path, create ? MH_DB_CREATE : 0, NULL, error);
  if (db == NULL || !mh_db_script (db, sql_schema, error)
      || !open_keyring (db, password, out_keys, &found, error))
    return NULL;

  if (!found && !create)
    {
      mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The name or the password is wrong.");
      return NULL;
    }

  if (!found && !add_keyring (db, password, out_keys, error))
    return NULL;

  return g_steal_pointer (&db);
}

/* The password was changed elsewhere: what the old one locked is kept under another name. */
static void
cache_put_aside (const char *path)
{
  g_autofree char *aside
      = g_strdup_printf ("%s.locked-%" G_GINT64_FORMAT, path, mh_clock_now (NULL) / MH_SECOND);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *wal_aside = g_strconcat (aside, "-wal", NULL);
  (void)g_rename (wal, wal_aside);
  (void)g_rename (path, aside);
}

gboolean
mh_cache_unlock (MhCache *cache,
                 const char *server,
                 const char *username,
                 const char *password,
                 gboolean create,
                 GError **error)
{
  g_autofree char *path = file_for (cache, server, username);
  g_autoptr (GError) inner = NULL;
  mh_cache_lock (cache);
  if (!make_folder (cache, error))
    return FALSE;

  if (!create && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      mh_error_set (
          error, MH_ERROR_UNAUTHORIZED,
          "The server cannot be reached, and nobody of this name has signed in here before.");
      return FALSE;
    }

  cache->db = cache_open_file (path, password, create, &cache->keys, &inner);
  if (cache->db == NULL && create && g_error_matches (inner, MH_ERROR, MH_ERROR_UNAUTHORIZED))
    {
      cache_put_aside (path);
      g_clear_error (&inner);
      cache->db = cache_open_file (path, password, TRUE, &cache->keys, &inner);
    }

  if (cache->db == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else
    index_again (cache);

  return cache->db != NULL;
}

/* --- sealing --- */

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

GBytes *
mh_cache_seal (MhCache *cache, const char *ad, const char *text)
{
  gsize size = strlen (text);
  guint8 *sealed = g_malloc (NONCE + size + TAG);
  randombytes_buf (sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, (const guint8 *)text, size,
                                              (const guint8 *)ad, strlen (ad), NULL, sealed,
                                              cache->keys.rows);
  return g_bytes_new_take (sealed, NONCE + size + TAG);
}

char *
mh_cache_unseal (MhCache *cache, const char *ad, const guint8 *data, gsize size, GError **error)
{
  if (data == NULL || size < NONCE + TAG)
    {
      mh_error_set (error, MH_ERROR_STORE, "A row of the local copy is damaged.");
      return NULL;
    }

  g_autofree char *text = g_malloc (size - NONCE - TAG + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *)text, NULL, NULL, data + NONCE,
                                                  size - NONCE, (const guint8 *)ad, strlen (ad),
                                                  data, cache->keys.rows)
      != 0)
    {
      mh_error_set (error, MH_ERROR_STORE, "A row of the local copy is damaged.");
      return NULL;
    }

  text[size - NONCE - TAG] = 0;
  return g_steal_pointer (&text);
}

static gboolean
cache_check_open (MhCache *cache, GError **error)
{
  if (cache->db != NULL)
    return TRUE;
  mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The local copy is locked.");
  return FALSE;
}

/* --- values and drafts --- */

char *
mh_cache_get_value (MhCache *cache, const char *name, GError **error)
{
  gsize size = 0;
  if (!cache_check_open (cache, error))
    return NULL;
  g_autoptr (MhRows) rows = mh_db_query (cache->db, sql_value, MH_ARGS (MH_TEXT (name)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return NULL;
  const guint8 *data = mh_rows_bytes (rows, 0, &size);
  return mh_cache_unseal (cache, name, data, size, error);
}

gboolean
mh_cache_set_value (MhCache *cache, const char *name, const char *value, GError **error)
{
  if (!cache_check_open (cache, error))
    return FALSE;
  if (value == NULL)
    return mh_db_exec (cache->db, sql_value_clear, MH_ARGS (MH_TEXT (name)), error) >= 0;
  g_autoptr (GBytes) sealed = mh_cache_seal (cache, name, value);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  return mh_db_exec (cache->db, sql_value_set, MH_ARGS (MH_TEXT (name), MH_BYTES (data, size)),
                     error)
         >= 0;
}

gboolean
mh_cache_save_draft (MhCache *cache, const char *form, const char *json, GError **error)
{
  g_autofree char *name = g_strconcat ("draft:", form, NULL);
  return mh_cache_set_value (cache, name, json, error);
}

char *
mh_cache_load_draft (MhCache *cache, const char *form, GError **error)
{
  g_autofree char *name = g_strconcat ("draft:", form, NULL);
  return mh_cache_get_value (cache, name, error);
}

GPtrArray *
mh_cache_list_drafts (MhCache *cache, const char *prefix, GError **error)
{
  g_autofree char *from = g_strconcat ("draft:", prefix, NULL);
  g_autofree char *end = g_strdup (from);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (g_str_has_suffix (from, "/"), NULL);
  end[strlen (end) - 1] = '/' + 1; /* the first name behind all of them */
  if (!cache_check_open (cache, error))
    return NULL;

  g_autoptr (MhRows) rows
      = mh_db_query (cache->db, sql_values, MH_ARGS (MH_TEXT (from), MH_TEXT (end)), error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, NULL))
    {
      gsize size = 0;
      const guint8 *data = mh_rows_bytes (rows, 1, &size);
      char *json = mh_cache_unseal (cache, mh_rows_text (rows, 0), data, size, NULL);
      if (json != NULL)
        g_ptr_array_add (drafts, json);
    }

  return g_steal_pointer (&drafts);
}

/* --- records --- */

static char *
cache_place_of (const MhRecordType *type, const char *id)
{
  return g_strconcat (type->code, "|", id, NULL);
}

static MhRecord *
open_record (MhCache *cache,
             const MhRecordType *type,
             const char *id,
             const guint8 *data,
             gsize size,
             GError **error)
{
  g_autofree char *ad = cache_place_of (type, id);
  g_autofree char *json = mh_cache_unseal (cache, ad, data, size, error);
  return json != NULL ? mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, error) : NULL;
}

static gboolean
cache_put_words (MhCache *cache, MhRecord *record, gint64 at, GError **error)
{
  const char *type = mh_record_type (record)->code, *id = mh_record_id (record);
  g_autoptr (GPtrArray) words = mh_cache_index_words (record);
  if (mh_db_exec (cache->db, sql_words_clear, MH_ARGS (MH_TEXT (type), MH_TEXT (id)), error) < 0)
    return FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      gint64 hash = mh_cache_keys_hash (&cache->keys, type, g_ptr_array_index (words, i));
      if (mh_db_exec (cache->db, sql_word_add,
                      MH_ARGS (MH_INT (hash), MH_TEXT (type), MH_TEXT (id), MH_INT (at)), error)
          < 0)
        return FALSE;
    }

  return TRUE;
}

/* What is only told by the server, such as who may order, has none. */
static gint64
version_of (MhRecord *record)
{
  return mh_record_type_find (mh_record_type (record), "version") == MH_VERSION
             ? mh_record_version (record)
             : 0;
}

static gboolean
newer_is_here (MhCache *cache, MhRecord *record, GError **error)
{
  const char *type = mh_record_type (record)->code, *id = mh_record_id (record);
  g_autoptr (MhRows) rows
      = mh_db_query (cache->db, sql_get, MH_ARGS (MH_TEXT (type), MH_TEXT (id)), error);
  return rows != NULL && mh_rows_next (rows, error) && mh_rows_int (rows, 1) > version_of (record);
}

gboolean
mh_cache_put (MhCache *cache, MhRecord *record, gboolean provisional, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  const char *id = mh_record_id (record);
  gsize size = 0;
  if (!cache_check_open (cache, error))
    return FALSE;
  if (!provisional && newer_is_here (cache, record, NULL))
    return TRUE;

  g_autofree char *ad = cache_place_of (type, id);
  g_autofree char *json = mh_record_to_json (record, MH_JSON_SKIP_UNSET);
  g_autoptr (GBytes) sealed = mh_cache_seal (cache, ad, json);
  const guint8 *data = g_bytes_get_data (sealed, &size);
  gint64 at = mh_cache_index_when (record);

  return mh_db_exec (cache->db, sql_put,
                     MH_ARGS (MH_TEXT (type->code), MH_TEXT (id), MH_INT (version_of (record)),
                              MH_INT (at), MH_BYTES (data, size)),
                     error)
             >= 0
         && cache_put_words (cache, record, at, error);
}

gboolean
mh_cache_remove (MhCache *cache, const MhRecordType *type, const char *id, GError **error)
{
  return cache_check_open (cache, error)
         && mh_db_exec (cache->db, sql_remove, MH_ARGS (MH_TEXT (type->code), MH_TEXT (id)), error)
                >= 0
         && mh_db_exec (cache->db, sql_words_clear, MH_ARGS (MH_TEXT (type->code), MH_TEXT (id)),
                        error)
                >= 0;
}

gboolean
mh_cache_clear_records (MhCache *cache, GPtrArray *kept, GError **error)
{
  if (!cache_check_open (cache, error)
      || mh_db_exec (cache->db, sql_remove_all, MH_NO_ARGS, error) < 0
      || mh_db_exec (cache->db, sql_words_clear_all, MH_NO_ARGS, error) < 0)
    return FALSE;
  for (guint i = 0; i < kept->len; i++)
    if (!mh_cache_put (cache, g_ptr_array_index (kept, i), TRUE, error))
      return FALSE;
  return TRUE;
}

MhRecord *
mh_cache_get (MhCache *cache, const MhRecordType *type, const char *id, GError **error)
{
  gsize size = 0;
  if (!cache_check_open (cache, error))
    return NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (cache->db, sql_get, MH_ARGS (MH_TEXT (type->code), MH_TEXT (id)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return NULL;
  const guint8 *data = mh_rows_bytes (rows, 0, &size);
  return open_record (cache, type, id, data, size, error);
}

/* What is looked for in the cache, and what was found. */
typedef struct
{
  MhCache *cache;
  const MhRecordType *type;
  guint limit;
  GPtrArray *found; /* borrowed, as is @seen */
  GHashTable *seen; /* ids that were looked at already; NULL: each comes once */
} CacheSearch;

/* Reads rows of (data, id); @text NULL: all of them. */
static gboolean
cache_read_rows (const CacheSearch *search, const char *text, MhRows *rows, GError **error)
{
  g_autoptr (GError) inner = NULL;
  while (search->found->len < search->limit && mh_rows_next (rows, &inner))
    {
      gsize size = 0;
      const char *id = mh_rows_text (rows, 1);
      if (search->seen != NULL && !g_hash_table_add (search->seen, g_strdup (id)))
        continue;
      const guint8 *data = mh_rows_bytes (rows, 0, &size);
      g_autoptr (MhRecord) record
          = open_record (search->cache, search->type, id, data, size, error);
      if (record == NULL)
        return FALSE;
      if (text == NULL || mh_cache_index_matches (record, text))
        g_ptr_array_add (search->found, g_steal_pointer (&record));
    }

  if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  return error == NULL || *error == NULL;
}

static MhRows *
group_rows (MhCache *cache, const MhRecordType *type, const char *word, guint limit, GError **error)
{
  gint64 hash = mh_cache_keys_hash (&cache->keys, type->code, word);
  return mh_db_query (cache->db, sql_list_group, MH_ARGS (MH_INT (hash), MH_INT (limit)), error);
}

GPtrArray *
mh_cache_list (MhCache *cache,
               const MhRecordType *type,
               const char *group,
               guint limit,
               GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *word = group != NULL ? g_strconcat ("g:", group, NULL) : NULL;
  g_autoptr (GError) inner = NULL;
  if (!cache_check_open (cache, error))
    return NULL;

  g_autoptr (MhRows) rows
      = word != NULL ? group_rows (cache, type, word, limit, &inner)
                     : mh_db_query (cache->db, sql_list,
                                    MH_ARGS (MH_TEXT (type->code), MH_INT (limit)), &inner);

  const CacheSearch search = { cache, type, limit, found, NULL };
  if (rows == NULL || !cache_read_rows (&search, NULL, rows, &inner))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&found);
}

/* Adds to the found who has @text. */
static gboolean
cache_search_text (const CacheSearch *search, const char *text, GError **error)
{
  g_autoptr (GPtrArray) query = mh_cache_index_query (text);
  for (guint i = 0; i < query->len && search->found->len < search->limit; i++)
    {
      g_autoptr (GError) inner = NULL;
      g_autoptr (MhRows) rows = group_rows (search->cache, search->type,
                                            g_ptr_array_index (query, i), CANDIDATES, &inner);
      if (rows == NULL || !cache_read_rows (search, text, rows, &inner))
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return FALSE;
        }
    }

  return TRUE;
}

typedef struct
{
  MhRecord *record;
  guint rank;
} Ranked;

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  const Ranked *one = a, *other = b;
  return other->rank < one->rank ? -1 : other->rank > one->rank;
}

/* Who is written as it was typed comes first, for Enter opens the first; the others stay newest
 * first. */
static GPtrArray *
exact_first (GPtrArray *found, const char *text, guint limit)
{
  g_autofree Ranked *ranked = g_new (Ranked, found->len);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *record = g_ptr_array_index (found, i);
      ranked[i] = (Ranked){ record, mh_cache_index_rank (record, text) };
    }

  g_qsort_with_data (ranked, (int)found->len, sizeof *ranked, compare_ranks, NULL);
  for (guint i = 0; i < MIN (found->len, limit); i++)
    g_ptr_array_add (sorted, g_object_ref (ranked[i].record));
  return sorted;
}

GPtrArray *
mh_cache_search (MhCache *cache,
                 const MhRecordType *type,
                 const char *text,
                 guint limit,
                 GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const CacheSearch exact = { cache, type, MAX (limit, CANDIDATES), found, seen };
  if (!cache_check_open (cache, error) || !cache_search_text (&exact, text, error))
    return NULL;
  if (found->len > 0 || mh_record_type_find (type, "given_name") < 0)
    return exact_first (found, text, limit);

  g_autoptr (GPtrArray) near = mh_cache_index_forgive (text);
  for (guint i = 0; i < near->len && found->len < limit; i++)
    {
      /* who was a candidate for what was typed may well have what is near to it */
      g_autoptr (GHashTable) anew = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint k = 0; k < found->len; k++)
        g_hash_table_add (anew, g_strdup (mh_record_id (g_ptr_array_index (found, k))));
      const CacheSearch wider = { cache, type, limit, found, anew };
      if (!cache_search_text (&wider, g_ptr_array_index (near, i), error))
        return NULL;
    }

  return g_steal_pointer (&found);
}

/* --- by newer rules --- */

static const char sql_all[] = "SELECT data, id, at FROM record WHERE type = $1";

static void
index_type_again (MhCache *cache, const MhRecordType *type)
{
  g_autoptr (MhRows) rows = mh_db_query (cache->db, sql_all, MH_ARGS (MH_TEXT (type->code)), NULL);
  while (rows != NULL && mh_rows_next (rows, NULL))
    {
      gsize size = 0;
      const guint8 *data = mh_rows_bytes (rows, 0, &size);
      g_autoptr (MhRecord) record
          = open_record (cache, type, mh_rows_text (rows, 1), data, size, NULL);
      if (record != NULL)
        cache_put_words (cache, record, mh_rows_int (rows, 2), NULL);
    }
}

/* A row that cannot be read is left to the next pull. */
static void
index_again (MhCache *cache)
{
  g_autofree char *rules = mh_cache_get_value (cache, "index", NULL);
  if (g_strcmp0 (rules, MH_CACHE_INDEX_RULES) == 0 || !mh_db_begin (cache->db, MH_TX_WRITE, NULL))
    return;
  for (guint i = 0; i < mh_registry_size (); i++)
    if (mh_record_type_find (mh_registry_nth (i), "given_name") >= 0
        || mh_record_type_find (mh_registry_nth (i), "patient_name") >= 0)
      index_type_again (cache, mh_registry_nth (i));
  if (!mh_cache_set_value (cache, "index", MH_CACHE_INDEX_RULES, NULL)
      || !mh_db_commit (cache->db, NULL))
    mh_db_rollback (cache->db);
}
