/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-session-cache.h"

#define NEVER (G_MININT64 / 2)

typedef struct
{
  MhSessionEntry entry;
  gint64 read_at;
  /* written under the shared lock by many readers, so atomic; a lost update costs a millisecond */
  _Atomic gint64 last_seen;
  gint64 written; /* the last_seen that the database has */
} Kept;

struct _MhSessionCache
{
  GRWLock lock;
  GHashTable *kept;   /* hash → Kept */
  GHashTable *doubts; /* user id → gint64 *until */
  gint64 doubt_all_until;
  guint64 generation; /* rises with whatever is not believed any more */
};

static void
session_cache_kept_free (gpointer data)
{
  Kept *kept = data;
  mh_actor_unref (kept->entry.actor);
  g_free (kept);
}

MhSessionCache *
mh_session_cache_new (void)
{
  MhSessionCache *cache = g_new0 (MhSessionCache, 1);
  g_rw_lock_init (&cache->lock);
  cache->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, session_cache_kept_free);
  cache->doubts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return cache;
}

void
mh_session_cache_free (MhSessionCache *cache)
{
  if (cache == NULL)
    return;
  g_hash_table_unref (cache->kept);
  g_hash_table_unref (cache->doubts);
  g_rw_lock_clear (&cache->lock);
  g_free (cache);
}

static gboolean
session_cache_is_over (const Kept *kept, gint64 now)
{
  return now >= kept->entry.expires_at
         || (kept->entry.idle > 0 && now >= kept->last_seen + kept->entry.idle);
}

/* Under the lock. */
static gboolean
is_doubted (MhSessionCache *cache, const char *user_id, gint64 now)
{
  if (now < cache->doubt_all_until)
    return TRUE;
  if (g_hash_table_size (cache->doubts) == 0)
    return FALSE;
  const gint64 *until = g_hash_table_lookup (cache->doubts, user_id);
  return until != NULL && now < *until;
}

MhActor *
mh_session_cache_find (MhSessionCache *cache, const char *hash, gboolean used, gint64 now)
{
  MhActor *actor = NULL;
  g_rw_lock_reader_lock (&cache->lock);
  Kept *kept = g_hash_table_lookup (cache->kept, hash);

  if (kept != NULL && now < kept->read_at + MH_SESSION_BELIEVED
      && !session_cache_is_over (kept, now))
    {
      actor = mh_actor_ref (kept->entry.actor);
      if (used)
        kept->last_seen = MAX (kept->last_seen, now);
    }

  g_rw_lock_reader_unlock (&cache->lock);
  return actor;
}

void
mh_session_cache_put (MhSessionCache *cache,
                      const char *hash,
                      const MhSessionRead *read,
                      gboolean used,
                      gint64 now)
{
  const MhSessionEntry *entry = &read->entry;
  const gint64 last_seen = read->last_seen;
  Kept *kept = g_new0 (Kept, 1);
  kept->entry = *entry;
  mh_actor_ref (entry->actor);
  kept->written = last_seen;
  g_rw_lock_writer_lock (&cache->lock);

  /* while in doubt, what was just read may be the state before the commit; and what was read before
   * the news came is old, though it comes after it */
  gboolean doubted = is_doubted (cache, mh_actor_user_id (entry->actor), now);

  kept->read_at = doubted || read->generation != cache->generation ? NEVER : now;
  const Kept *older = g_hash_table_lookup (cache->kept, hash);
  kept->last_seen
      = MAX (used ? MAX (last_seen, now) : last_seen, older != NULL ? older->last_seen : 0);
  g_hash_table_replace (cache->kept, g_strdup (hash), kept);
  g_rw_lock_writer_unlock (&cache->lock);
}

void
mh_session_cache_drop (MhSessionCache *cache, const char *hash)
{
  g_rw_lock_writer_lock (&cache->lock);
  g_hash_table_remove (cache->kept, hash);
  g_rw_lock_writer_unlock (&cache->lock);
}

/* The next look finds it too old to be believed; its last use is kept for the database. Under the
 * lock. */
static void
disbelieve (MhSessionCache *cache, const char *user_id)
{
  GHashTableIter iter;
  gpointer value;
  cache->generation++;
  g_hash_table_iter_init (&iter, cache->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Kept *kept = value;
      if (user_id == NULL || g_str_equal (mh_actor_user_id (kept->entry.actor), user_id))
        kept->read_at = NEVER;
    }
}

void
mh_session_cache_drop_user (MhSessionCache *cache, const char *user_id)
{
  g_rw_lock_writer_lock (&cache->lock);
  disbelieve (cache, user_id);
  g_rw_lock_writer_unlock (&cache->lock);
}

void
mh_session_cache_doubt (MhSessionCache *cache, const char *user_id, gint64 now)
{
  g_rw_lock_writer_lock (&cache->lock);
  if (user_id == NULL)
    cache->doubt_all_until = now + MH_SESSION_DOUBT;
  else
    {
      gint64 *until = g_new (gint64, 1);
      *until = now + MH_SESSION_DOUBT;
      g_hash_table_replace (cache->doubts, g_strdup (user_id), until);
    }
  disbelieve (cache, user_id);
  g_rw_lock_writer_unlock (&cache->lock);
}

guint64
mh_session_cache_generation (MhSessionCache *cache)
{
  g_rw_lock_reader_lock (&cache->lock);
  guint64 generation = cache->generation;
  g_rw_lock_reader_unlock (&cache->lock);
  return generation;
}

static void
use_clear (gpointer data)
{
  g_free (((MhSessionUse *)data)->session_id);
}

static void
drop_old_doubts (MhSessionCache *cache, gint64 now)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, cache->doubts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (now >= *(gint64 *)value)
      g_hash_table_iter_remove (&iter);
}

GArray *
mh_session_cache_take_uses (MhSessionCache *cache, gint64 now)
{
  GArray *uses = g_array_new (FALSE, FALSE, sizeof (MhSessionUse));
  GHashTableIter iter;
  gpointer value;

  g_array_set_clear_func (uses, use_clear);
  g_rw_lock_writer_lock (&cache->lock);
  drop_old_doubts (cache, now);
  g_hash_table_iter_init (&iter, cache->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Kept *kept = value;
      if (kept->last_seen > kept->written)
        {
          MhSessionUse use = { g_strdup (mh_actor_session_id (kept->entry.actor)), kept->last_seen,
                               kept->entry.idle };
          g_array_append_val (uses, use);
          kept->written = kept->last_seen;
        }
      if (session_cache_is_over (kept, now))
        g_hash_table_iter_remove (&iter);
    }
  g_rw_lock_writer_unlock (&cache->lock);

  return uses;
}
