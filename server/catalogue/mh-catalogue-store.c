/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/catalogue/mh-catalogue-store.h"

#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_by_code[] = "WHERE r.deleted_at IS NULL ORDER BY r.code";
static const char sql_by_draw_order[] = "WHERE r.deleted_at IS NULL ORDER BY r.draw_order, r.code";
static const char sql_by_analyte[]
    = "WHERE r.deleted_at IS NULL ORDER BY r.analyte, r.kind, r.sort_order, r.id";
static const char sql_by_id[] = "WHERE r.deleted_at IS NULL ORDER BY r.id";
static const char sql_choices[] = "ORDER BY r.value_set_id, r.sort_order, r.id";
/* The codes of the types that mh-catalogue.c keeps. */
static const char sql_seq[]
    = "SELECT max (seq) FROM change WHERE type IN ('test', 'panel', 'analyte', "
      "'reference_range', 'container', 'bench', 'value_set', 'specimen_type', 'organism', "
      "'antibiotic', 'hospital')";

GPtrArray *
mh_catalogue_store_load (MhDb *db, const MhRecordType *type, GError **error)
{
  const char *order = type == &mh_container_type                ? sql_by_draw_order
                      : type == &mh_reference_range_type        ? sql_by_analyte
                      : mh_record_type_find (type, "code") >= 0 ? sql_by_code
                                                                : sql_by_id;
  return mh_store_select (db, type, mh_sql_select (type, order), MH_NO_ARGS, error);
}

gboolean
mh_catalogue_store_load_choices (MhDb *db, GHashTable *sets, GError **error)
{
  g_autoptr (GPtrArray) choices
      = mh_store_select (db, &mh_value_choice_type,
                         mh_sql_select (&mh_value_choice_type, sql_choices), MH_NO_ARGS, error);
  if (choices == NULL)
    return FALSE;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer set;
  g_hash_table_iter_init (&iter, sets);
  while (g_hash_table_iter_next (&iter, NULL, &set))
    g_hash_table_insert (by_id, (gpointer)mh_record_id (set), set);
  for (guint i = 0; i < choices->len; i++)
    {
      MhRecord *choice = g_ptr_array_index (choices, i);
      MhRecord *owner
          = g_hash_table_lookup (by_id, mh_record_text (choice, MH_VALUE_CHOICE_VALUE_SET_ID));
      if (owner != NULL)
        mh_record_append (owner, MH_VALUE_SET_CHOICES, choice);
    }
  return TRUE;
}

gint64
mh_catalogue_store_seq (MhDb *db, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_seq, MH_NO_ARGS, error);
  g_autoptr (GError) inner = NULL;
  if (rows == NULL)
    return -1;
  if (!mh_rows_next (rows, &inner))
    {
      if (inner != NULL)
        g_propagate_error (error, g_steal_pointer (&inner));
      return inner == NULL ? 0 : -1;
    }
  return mh_rows_is_null (rows, 0) ? 0 : mh_rows_int (rows, 0);
}
