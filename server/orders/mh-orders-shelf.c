/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/orders/mh-orders-shelf.h"

typedef struct
{
  char *id, *key;
  GBytes *text;
} Entry;

/* Two halves: what is used goes to the young one; when that is full, it becomes the old one, and
 * what lay unused in the old one goes. */
struct _MhOrdersShelf
{
  GMutex lock;
  GHashTable *young, *old; /* id → Entry */
  gsize half, used;        /* of the young one, in bytes */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->id);
  g_free (entry->key);
  g_bytes_unref (entry->text);
  g_free (entry);
}

static GHashTable *
half_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

MhOrdersShelf *
mh_orders_shelf_new (gsize most)
{
  MhOrdersShelf *shelf = g_new0 (MhOrdersShelf, 1);
  g_mutex_init (&shelf->lock);
  shelf->young = half_new ();
  shelf->old = half_new ();
  shelf->half = most / 2;
  return shelf;
}

void
mh_orders_shelf_free (MhOrdersShelf *shelf)
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
keep (MhOrdersShelf *shelf, Entry *entry)
{
  gsize length = g_bytes_get_size (entry->text);
  const Entry *before = g_hash_table_lookup (shelf->young, entry->id);
  if (before != NULL)
    shelf->used -= g_bytes_get_size (before->text);
  else if (shelf->used + length > shelf->half)
    {
      g_hash_table_unref (shelf->old);
      shelf->old = shelf->young;
      shelf->young = half_new ();
      shelf->used = 0;
    }
  shelf->used += length;
  g_hash_table_replace (shelf->young, entry->id, entry);
}

static GBytes *
text_of (const Entry *entry, const char *key)
{
  return entry != NULL && g_str_equal (entry->key, key) ? g_bytes_ref (entry->text) : NULL;
}

GBytes *
mh_orders_shelf_find (MhOrdersShelf *shelf, const char *id, const char *key)
{
  gpointer old = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shelf->lock);
  const Entry *entry = g_hash_table_lookup (shelf->young, id);
  if (entry != NULL || !g_hash_table_steal_extended (shelf->old, id, NULL, &old))
    return text_of (entry, key);
  GBytes *text = text_of (old, key);
  if (text != NULL)
    keep (shelf, old);
  else
    entry_free (old);
  return text;
}

void
mh_orders_shelf_put (MhOrdersShelf *shelf, const char *id, const char *key, GBytes *text)
{
  if (g_bytes_get_size (text) > shelf->half)
    return;
  Entry *entry = g_new0 (Entry, 1);
  entry->id = g_strdup (id);
  entry->key = g_strdup (key);
  entry->text = g_bytes_ref (text);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shelf->lock);
  keep (shelf, entry);
}
