/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-pg-prefetch.h"

#include <string.h>

struct _MhPgPrefetches
{
  GHashTable *by_text; /* address of a text → GPtrArray of MhPgPrefetch, never empty */
  GDestroyNotify clear;
  gpointer (*copy) (gpointer result);
  GHashTable *touches; /* address of a write → (address of a query → TRUE, FALSE) */
};

/* --- one --- */

static void
prefetch_clear (gpointer data)
{
  MhPgPrefetch *prefetch = data;
  if (prefetch->result != NULL)
    prefetch->clear (prefetch->result);
  g_bytes_unref (prefetch->args);
}

MhPgPrefetch *
mh_pg_prefetch_ref (MhPgPrefetch *prefetch)
{
  return g_rc_box_acquire (prefetch);
}

void
mh_pg_prefetch_unref (MhPgPrefetch *prefetch)
{
  g_rc_box_release_full (prefetch, prefetch_clear);
}

static GBytes *
pg_prefetch_pack (const MhArg *args, guint n)
{
  GByteArray *out = g_byte_array_new ();
  for (guint i = 0; i < n; i++)
    {
      const MhArg *arg = &args[i];
      gsize length = arg->kind == MH_ARG_BYTES                       ? (gsize)arg->integer
                     : arg->kind == MH_ARG_TEXT && arg->text != NULL ? strlen (arg->text) + 1
                                                                     : 0;
      g_byte_array_append (out, (const guint8 *)&arg->kind, sizeof arg->kind);
      if (length > 0)
        g_byte_array_append (out, (const guint8 *)arg->text, (guint)length);
      else
        g_byte_array_append (out, (const guint8 *)&arg->integer, sizeof arg->integer);
    }

  return g_byte_array_free_to_bytes (out);
}

/* --- all --- */

MhPgPrefetches *
mh_pg_prefetches_new (GDestroyNotify clear, gpointer (*copy) (gpointer result))
{
  MhPgPrefetches *prefetches = g_new0 (MhPgPrefetches, 1);
  prefetches->clear = clear;
  prefetches->copy = copy;
  prefetches->by_text = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  prefetches->touches
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  return prefetches;
}

void
mh_pg_prefetches_free (MhPgPrefetches *prefetches)
{
  g_hash_table_unref (prefetches->by_text);
  g_hash_table_unref (prefetches->touches);
  g_free (prefetches);
}

/* *out_place: where it stands among those of its text; FALSE: nowhere. */
static gboolean
pg_prefetch_find (GPtrArray *list, GBytes *args, guint *out_place)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_bytes_equal (args, ((MhPgPrefetch *)g_ptr_array_index (list, i))->args))
      {
        *out_place = i;
        return TRUE;
      }
  return FALSE;
}

MhPgPrefetch *
mh_pg_prefetches_add (MhPgPrefetches *prefetches, const char *sql, const MhArg *args, guint n_args)
{
  guint place;
  g_autoptr (GBytes) packed = pg_prefetch_pack (args, n_args);
  GPtrArray *list = g_hash_table_lookup (prefetches->by_text, sql);

  if (pg_prefetch_find (list, packed, &place))
    {
      ((MhPgPrefetch *)g_ptr_array_index (list, place))->wanted++;
      return NULL;
    }

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_pg_prefetch_unref);
      g_hash_table_insert (prefetches->by_text, (gpointer)sql, list);
    }

  MhPgPrefetch *prefetch = g_rc_box_new0 (MhPgPrefetch);
  prefetch->args = g_steal_pointer (&packed);
  prefetch->wanted = 1;
  prefetch->clear = prefetches->clear;
  g_ptr_array_add (list, prefetch);

  return mh_pg_prefetch_ref (prefetch);
}

MhPgPrefetch *
mh_pg_prefetches_take (MhPgPrefetches *prefetches, const char *sql, const MhArg *args, guint n_args)
{
  guint place;
  GPtrArray *list = g_hash_table_lookup (prefetches->by_text, sql);
  if (list == NULL)
    return NULL;

  g_autoptr (GBytes) packed = pg_prefetch_pack (args, n_args);
  if (!pg_prefetch_find (list, packed, &place))
    return NULL;

  MhPgPrefetch *prefetch = g_ptr_array_index (list, place);
  if (--prefetch->wanted > 0)
    return mh_pg_prefetch_ref (prefetch);

  g_ptr_array_steal_index_fast (list, place);
  if (list->len == 0)
    g_hash_table_remove (prefetches->by_text, sql);
  return prefetch;
}

gpointer
mh_pg_prefetches_result (MhPgPrefetches *prefetches, MhPgPrefetch *prefetch)
{
  if (prefetch->wanted == 0 || prefetch->result == NULL)
    return g_steal_pointer (&prefetch->result);
  return prefetches->copy (prefetch->result);
}

void
mh_pg_prefetches_drop (MhPgPrefetches *prefetches)
{
  g_hash_table_remove_all (prefetches->by_text);
}

/* --- what a write touches --- */

static gboolean
pg_prefetch_names (const char *sql, const char *table)
{
  gsize length = strlen (table);
  for (const char *at = strstr (sql, table); at != NULL; at = strstr (at + 1, table))
    {
      char before = at > sql ? at[-1] : ' ';
      char after = at[length];
      if (!g_ascii_isalnum (before) && before != '_' && !g_ascii_isalnum (after) && after != '_')
        return TRUE;
    }
  return FALSE;
}

/* "INSERT INTO receipt …" touches what names receipts. A savepoint touches nothing: what was seen
 * before it holds as long as nobody writes. */
static gboolean
touches (const char *write, const char *sql)
{
  static const char *const nothing[] = { "SAVEPOINT ", "RELEASE " };
  static const char *const before[] = { "INSERT INTO ", "UPDATE ", "DELETE FROM " };
  char table[64];

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (g_str_has_prefix (write, nothing[i]))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (g_str_has_prefix (write, before[i]))
      {
        const char *name = write + strlen (before[i]);
        g_strlcpy (table, name, MIN (strcspn (name, " ") + 1, sizeof table));
        return pg_prefetch_names (sql, table);
      }

  return TRUE;
}

/* The texts are few and stay, and each write of a long group would read them all again. */
static gboolean
knows_touched (GHashTable *known, const char *write, const char *sql)
{
  gpointer value = NULL;
  if (!g_hash_table_lookup_extended (known, sql, NULL, &value))
    {
      value = GINT_TO_POINTER (touches (write, sql));
      g_hash_table_insert (known, (gpointer)sql, value);
    }
  return GPOINTER_TO_INT (value);
}

void
mh_pg_prefetches_drop_touched (MhPgPrefetches *prefetches, const char *write)
{
  GHashTableIter iter;
  gpointer sql;
  if (g_hash_table_size (prefetches->by_text) == 0)
    return;

  GHashTable *known = g_hash_table_lookup (prefetches->touches, write);
  if (known == NULL)
    {
      known = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (prefetches->touches, (gpointer)write, known);
    }

  g_hash_table_iter_init (&iter, prefetches->by_text);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    if (knows_touched (known, write, sql))
      g_hash_table_iter_remove (&iter);
}
