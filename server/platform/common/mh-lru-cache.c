/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-lru-cache.h"

typedef struct
{
  MhLruCache *cache;
  char *id, *key;
  gpointer thing;
  gsize size;
} Entry;

/* Two halves: what is used goes to the young one; when that is full, it becomes the old one, and
 * what lay unused in the old one goes. */
struct _MhLruCache
{
  GMutex lock;
  MhLruCacheRef ref;
  GDestroyNotify unref;
  GHashTable *young, *old; /* id → Entry */
  gsize half, used;        /* of the young one, in bytes */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  entry->cache->unref (entry->thing);
  g_free (entry->id);
  g_free (entry->key);
  g_free (entry);
}

static GHashTable *
half_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

MhLruCache *
mh_lru_cache_new (gsize most, MhLruCacheRef ref, GDestroyNotify unref)
{
  MhLruCache *cache = g_new0 (MhLruCache, 1);
  g_mutex_init (&cache->lock);
  cache->ref = ref;
  cache->unref = unref;
  cache->young = half_new ();
  cache->old = half_new ();
  cache->half = most / 2;
  return cache;
}

void
mh_lru_cache_free (MhLruCache *cache)
{
  if (cache == NULL)
    return;
  g_hash_table_unref (cache->young);
  g_hash_table_unref (cache->old);
  g_mutex_clear (&cache->lock);
  g_free (cache);
}

/* Takes the entry. */
static void
lru_cache_keep (MhLruCache *cache, Entry *entry)
{
  const Entry *before = g_hash_table_lookup (cache->young, entry->id);
  if (before != NULL)
    cache->used -= before->size;
  else if (cache->used + entry->size > cache->half)
    {
      g_hash_table_unref (cache->old);
      cache->old = cache->young;
      cache->young = half_new ();
      cache->used = 0;
    }

  cache->used += entry->size;
  g_hash_table_replace (cache->young, entry->id, entry);
}

static gpointer
thing_of (const Entry *entry, const char *key)
{
  return entry != NULL && g_str_equal (entry->key, key) ? entry->cache->ref (entry->thing) : NULL;
}

gpointer
mh_lru_cache_find (MhLruCache *cache, const char *id, const char *key)
{
  gpointer old = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->lock);
  const Entry *entry = g_hash_table_lookup (cache->young, id);
  if (entry != NULL || !g_hash_table_steal_extended (cache->old, id, NULL, &old))
    return thing_of (entry, key);
  gpointer thing = thing_of (old, key);
  if (thing != NULL)
    lru_cache_keep (cache, old);
  else
    entry_free (old);
  return thing;
}

void
mh_lru_cache_put (MhLruCache *cache, const char *id, const char *key, gpointer thing, gsize size)
{
  if (size > cache->half)
    return;
  Entry *entry = g_new0 (Entry, 1);
  entry->cache = cache;
  entry->id = g_strdup (id);
  entry->key = g_strdup (key);
  entry->thing = cache->ref (thing);
  entry->size = size;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->lock);
  lru_cache_keep (cache, entry);
}
