/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/catalogue/mh-catalogue-store.h"

#include "shared/records/mh-records.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_by_code[] = "WHERE r.deleted_at IS NULL ORDER BY r.code";
static const char sql_by_draw_order[] = "WHERE r.deleted_at IS NULL ORDER BY r.draw_order, r.code";
static const char sql_by_analyte[]
    = "WHERE r.deleted_at IS NULL ORDER BY r.analyte, r.kind, r.sort_order, r.id";
static const char sql_by_id[] = "WHERE r.deleted_at IS NULL ORDER BY r.id";
static const char sql_prices[] = "ORDER BY r.price_list_id, r.code, r.id";
static const char sql_choices[] = "ORDER BY r.value_set_id, r.sort_order, r.id";
/* The codes of the types that mh-catalogue.c keeps. */
static const char sql_look[]
    = "SELECT COALESCE(max(seq), $1), COALESCE(max(CASE WHEN type IN ('test', 'panel', 'analyte',"
      " 'reference_range', 'container', 'bench', 'value_set', 'specimen_type', 'organism',"
      " 'antibiotic', 'hospital', 'department', 'price_list', 'tax_rule', 'reflex_rule', "
      "'reagent') THEN seq END), 0) FROM "
      "change"
      " WHERE seq > $1";
static const char sql_last[] = "SELECT COALESCE(max(seq), 0) FROM change";

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

gboolean
mh_catalogue_store_load_prices (MhDb *db, GPtrArray *lists, GError **error)
{
  g_autoptr (GPtrArray) entries
      = mh_store_select (db, &mh_price_entry_type, mh_sql_select (&mh_price_entry_type, sql_prices),
                         MH_NO_ARGS, error);
  if (entries == NULL)
    return FALSE;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < lists->len; i++)
    g_hash_table_insert (by_id, (gpointer)mh_record_id (g_ptr_array_index (lists, i)),
                         g_ptr_array_index (lists, i));
  for (guint i = 0; i < entries->len; i++)
    {
      MhRecord *entry = g_ptr_array_index (entries, i);
      MhRecord *list
          = g_hash_table_lookup (by_id, mh_record_text (entry, MH_PRICE_ENTRY_PRICE_LIST_ID));
      if (list != NULL)
        mh_record_append (list, MH_PRICE_LIST_ENTRIES, entry);
    }
  return TRUE;
}

gboolean
mh_catalogue_store_look (MhDb *db,
                         gint64 after,
                         gint64 *out_last,
                         gboolean *out_changed,
                         GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_look, MH_ARGS (MH_INT (after)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_last = mh_rows_int (rows, 0);
  *out_changed = mh_rows_int (rows, 1) > after;
  return TRUE;
}

gint64
mh_catalogue_store_last (MhDb *db, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_last, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return -1;
  return mh_rows_int (rows, 0);
}
