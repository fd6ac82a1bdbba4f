/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-pg-ahead.h"

#include <string.h>

struct _MhPgAheads
{
  GHashTable *by_text; /* address of a text → GPtrArray of MhPgAhead, never empty */
  GDestroyNotify clear;
  gpointer (*copy) (gpointer result);
  GHashTable *touches; /* address of a write → (address of a query → TRUE, FALSE) */
};

/* --- one --- */

static void
ahead_clear (gpointer data)
{
  MhPgAhead *ahead = data;
  if (ahead->result != NULL)
    ahead->clear (ahead->result);
  g_bytes_unref (ahead->args);
}

MhPgAhead *
mh_pg_ahead_ref (MhPgAhead *ahead)
{
  return g_rc_box_acquire (ahead);
}

void
mh_pg_ahead_unref (MhPgAhead *ahead)
{
  g_rc_box_release_full (ahead, ahead_clear);
}

static GBytes *
pg_ahead_pack (const MhArg *args, guint n)
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

MhPgAheads *
mh_pg_aheads_new (GDestroyNotify clear, gpointer (*copy) (gpointer result))
{
  MhPgAheads *aheads = g_new0 (MhPgAheads, 1);
  aheads->clear = clear;
  aheads->copy = copy;
  aheads->by_text = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  aheads->touches = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  return aheads;
}

void
mh_pg_aheads_free (MhPgAheads *aheads)
{
  g_hash_table_unref (aheads->by_text);
  g_hash_table_unref (aheads->touches);
  g_free (aheads);
}

/* *out_place: where it stands among those of its text; FALSE: nowhere. */
static gboolean
pg_ahead_find (GPtrArray *list, GBytes *args, guint *out_place)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_bytes_equal (args, ((MhPgAhead *)g_ptr_array_index (list, i))->args))
      {
        *out_place = i;
        return TRUE;
      }
  return FALSE;
}

MhPgAhead *
mh_pg_aheads_add (MhPgAheads *aheads, const char *sql, const MhArg *args, guint n_args)
{
  guint place;
  g_autoptr (GBytes) packed = pg_ahead_pack (args, n_args);
  GPtrArray *list = g_hash_table_lookup (aheads->by_text, sql);

  if (pg_ahead_find (list, packed, &place))
    {
      ((MhPgAhead *)g_ptr_array_index (list, place))->wanted++;
      return NULL;
    }

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_pg_ahead_unref);
      g_hash_table_insert (aheads->by_text, (gpointer)sql, list);
    }

  MhPgAhead *ahead = g_rc_box_new0 (MhPgAhead);
  ahead->args = g_steal_pointer (&packed);
  ahead->wanted = 1;
  ahead->clear = aheads->clear;
  g_ptr_array_add (list, ahead);

  return mh_pg_ahead_ref (ahead);
}

MhPgAhead *
mh_pg_aheads_take (MhPgAheads *aheads, const char *sql, const MhArg *args, guint n_args)
{
  guint place;
  GPtrArray *list = g_hash_table_lookup (aheads->by_text, sql);
  if (list == NULL)
    return NULL;

  g_autoptr (GBytes) packed = pg_ahead_pack (args, n_args);
  if (!pg_ahead_find (list, packed, &place))
    return NULL;

  MhPgAhead *ahead = g_ptr_array_index (list, place);
  if (--ahead->wanted > 0)
    return mh_pg_ahead_ref (ahead);

  g_ptr_array_steal_index_fast (list, place);
  if (list->len == 0)
    g_hash_table_remove (aheads->by_text, sql);
  return ahead;
}

gpointer
mh_pg_aheads_result (MhPgAheads *aheads, MhPgAhead *ahead)
{
  if (ahead->wanted == 0 || ahead->result == NULL)
    return g_steal_pointer (&ahead->result);
  return aheads->copy (ahead->result);
}

void
mh_pg_aheads_drop (MhPgAheads *aheads)
{
  g_hash_table_remove_all (aheads->by_text);
}

/* --- what a write touches --- */

static gboolean
pg_ahead_names (const char *sql, const char *table)
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
        return pg_ahead_names (sql, table);
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
mh_pg_aheads_drop_touched (MhPgAheads *aheads, const char *write)
{
  GHashTableIter iter;
  gpointer sql;
  if (g_hash_table_size (aheads->by_text) == 0)
    return;

  GHashTable *known = g_hash_table_lookup (aheads->touches, write);
  if (known == NULL)
    {
      known = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (aheads->touches, (gpointer)write, known);
    }

  g_hash_table_iter_init (&iter, aheads->by_text);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    if (knows_touched (known, write, sql))
      g_hash_table_iter_remove (&iter);
}
