/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-shelf.h"

typedef struct
{
  MhShelf *shelf;
  char *id, *key;
  gpointer thing;
  gsize size;
} Entry;

/* Two halves: what is used goes to the young one; when that is full, it becomes the old one, and
 * what lay unused in the old one goes. */
struct _MhShelf
{
  GMutex lock;
  MhShelfRef ref;
  GDestroyNotify unref;
  GHashTable *young, *old; /* id → Entry */
  gsize half, used;        /* of the young one, in bytes */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  entry->shelf->unref (entry->thing);
  g_free (entry->id);
  g_free (entry->key);
  g_free (entry);
}

static GHashTable *
half_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

MhShelf *
mh_shelf_new (gsize most, MhShelfRef ref, GDestroyNotify unref)
{
  MhShelf *shelf = g_new0 (MhShelf, 1);
  g_mutex_init (&shelf->lock);
  shelf->ref = ref;
  shelf->unref = unref;
  shelf->young = half_new ();
  shelf->old = half_new ();
  shelf->half = most / 2;
  return shelf;
}

void
mh_shelf_free (MhShelf *shelf)
{
  if (shelf == NULL)
    return;
  g_hash_table_unref (shelf->young);
  g_hash_table_unref (shelf->old);
  g_mutex_clear (&shelf->lock);
  g_free (shelf);
}

/* Takes the entry. */
static void
shelf_keep (MhShelf *shelf, Entry *entry)
{
  const Entry *before = g_hash_table_lookup (shelf->young, entry->id);
  if (before != NULL)
    shelf->used -= before->size;
  else if (shelf->used + entry->size > shelf->half)
    {
      g_hash_table_unref (shelf->old);
      shelf->old = shelf->young;
      shelf->young = half_new ();
      shelf->used = 0;
    }

  shelf->used += entry->size;
  g_hash_table_replace (shelf->young, entry->id, entry);
}

static gpointer
thing_of (const Entry *entry, const char *key)
{
  return entry != NULL && g_str_equal (entry->key, key) ? entry->shelf->ref (entry->thing) : NULL;
}

gpointer
mh_shelf_find (MhShelf *shelf, const char *id, const char *key)
{
  gpointer old = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shelf->lock);
  const Entry *entry = g_hash_table_lookup (shelf->young, id);
  if (entry != NULL || !g_hash_table_steal_extended (shelf->old, id, NULL, &old))
    return thing_of (entry, key);
  gpointer thing = thing_of (old, key);
  if (thing != NULL)
    shelf_keep (shelf, old);
  else
    entry_free (old);
  return thing;
}

void
mh_shelf_put (MhShelf *shelf, const char *id, const char *key, gpointer thing, gsize size)
{
  if (size > shelf->half)
    return;
  Entry *entry = g_new0 (Entry, 1);
  entry->shelf = shelf;
  entry->id = g_strdup (id);
  entry->key = g_strdup (key);
  entry->thing = shelf->ref (thing);
  entry->size = size;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shelf->lock);
  shelf_keep (shelf, entry);
}
