/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-series.h"

#include "shared/base/mh-id.h"

static const char sql_series_read[] = "SELECT next_value FROM series WHERE code = $1";
static const char sql_series_write[]
    = "INSERT INTO series (id, version, created_at, changed_at, code, next_value)"
      " VALUES ($1, 1, $2, $2, $3, $4) ON CONFLICT (code) DO UPDATE SET"
      " next_value = $4, version = series.version + 1, changed_at = $2";

typedef struct
{
  char *code;
  gint64 next;
  gint64 marked; /* as the request found it */
  gint64 stored;
} One;

struct _MhSeries
{
  GArray *all;      /* of One */
  GPtrArray *known; /* codes that were forgotten last */
};

static void
one_clear (gpointer data)
{
  g_free (((One *)data)->code);
}

MhSeries *
mh_series_new (void)
{
  MhSeries *series = g_new0 (MhSeries, 1);
  series->all = g_array_new (FALSE, FALSE, sizeof (One));
  g_array_set_clear_func (series->all, one_clear);
  series->known = g_ptr_array_new_with_free_func (g_free);
  return series;
}

void
mh_series_free (MhSeries *series)
{
  if (series == NULL)
    return;
  g_array_unref (series->all);
  g_ptr_array_unref (series->known);
  g_free (series);
}

void
mh_series_forget (MhSeries *series)
{
  if (series->all->len > 0)
    g_ptr_array_set_size (series->known, 0);
  for (guint i = 0; i < series->all->len; i++)
    g_ptr_array_add (series->known, g_steal_pointer (&g_array_index (series->all, One, i).code));
  g_array_set_size (series->all, 0);
}

void
mh_series_prefetch (MhSeries *series, MhDb *db)
{
  for (guint i = 0; i < series->known->len; i++)
    mh_db_prefetch (db, sql_series_read, MH_ARGS (MH_TEXT (g_ptr_array_index (series->known, i))));
}

void
mh_series_mark (MhSeries *series)
{
  for (guint i = 0; i < series->all->len; i++)
    {
      One *one = &g_array_index (series->all, One, i);
      one->marked = one->next;
    }
}

void
mh_series_undo (MhSeries *series)
{
  for (guint i = 0; i < series->all->len; i++)
    {
      One *one = &g_array_index (series->all, One, i);
      one->next = one->marked;
    }
}

static One *
series_find (MhSeries *series, const char *code)
{
  for (guint i = 0; i < series->all->len; i++)
    if (g_str_equal (g_array_index (series->all, One, i).code, code))
      return &g_array_index (series->all, One, i);
  return NULL;
}

static One *
series_load (MhSeries *series, MhDb *db, const char *code, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_series_read, MH_ARGS (MH_TEXT (code)), error);
  if (rows == NULL)
    return NULL;

  gint64 next = mh_rows_next (rows, &inner) ? mh_rows_int (rows, 0) : 1;
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  const One one = { g_strdup (code), next, next, next };
  g_array_append_val (series->all, one);
  return &g_array_index (series->all, One, series->all->len - 1);
}

gint64
mh_series_next (MhSeries *series, MhDb *db, const char *code, GError **error)
{
  One *one = series_find (series, code);
  if (one == NULL)
    one = series_load (series, db, code, error);
  return one != NULL ? one->next++ : -1;
}

gboolean
mh_series_has_moved (MhSeries *series)
{
  for (guint i = 0; i < series->all->len; i++)
    if (g_array_index (series->all, One, i).next != g_array_index (series->all, One, i).stored)
      return TRUE;
  return FALSE;
}

gboolean
mh_series_write (MhSeries *series, MhDb *db, gint64 now, GError **error)
{
  for (guint i = 0; i < series->all->len; i++)
    {
      const One *one = &g_array_index (series->all, One, i);
      g_autofree char *id = mh_id_new ();
      if (one->next != one->stored
          && !mh_db_exec_deferred (
              db, sql_series_write,
              MH_ARGS (MH_TEXT (id), MH_INT (now), MH_TEXT (one->code), MH_INT (one->next)), error))
        return FALSE;
    }
  return TRUE;
}
