/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-store.h"

#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
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
      "'reagent', 'phrase', 'breakpoint', 'medicine', 'drug_ingredient', 'drug_interaction', "
      "'allergy_cross') THEN seq END), 0) FROM "
      "change"
      " WHERE seq > $1";
static const char sql_last[] = "SELECT COALESCE(max(seq), 0) FROM change";
/* What belongs to one hospital (a price list) is history for that one alone; $1 NULL: for all. */
#define FOR_HOSPITAL                                                                               \
  " AND CASE WHEN CAST($1 AS text) IS NULL OR r.content NOT LIKE '%\"hospital_id\":\"%' THEN TRUE" \
  " ELSE r.content LIKE '%\"hospital_id\":\"' || $1 || '\"%' END"
static const char sql_recent[] = "WHERE CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE r.at < "
                                 "$2 OR (r.at = $2 AND r.id < $3)"
                                 " END" FOR_HOSPITAL " ORDER BY r.at DESC, r.id DESC LIMIT $4";
static const char sql_drop_choices[] = "DELETE FROM value_choice WHERE value_set_id = $1";
static const char sql_has_revision[]
    = "SELECT 1 FROM catalogue_revision WHERE record_id = $1 LIMIT 1";
static const char sql_revisions[] = "WHERE r.record_id = $2 AND r.record_version < $3" FOR_HOSPITAL
                                    " ORDER BY r.record_version DESC, r.id DESC LIMIT $4";

GPtrArray *
mh_catalogue_store_load (MhDb *db, const MhRecordType *type, GError **error)
{
  const char *order = type == &mh_container_type         ? sql_by_draw_order
                      : type == &mh_reference_range_type ? sql_by_analyte
                      : type->key != 0                   ? sql_by_code
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

gboolean
mh_catalogue_store_has_revision (MhDb *db,
                                 const char *record_id,
                                 gboolean *out_known,
                                 GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_has_revision, MH_ARGS (MH_TEXT (record_id)), error);
  if (rows == NULL)
    return FALSE;

  gboolean known = mh_rows_next (rows, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  *out_known = known;
  return TRUE;
}

GPtrArray *
mh_catalogue_store_revisions (MhDb *db,
                              const char *hospital_id,
                              const char *record_id,
                              gint64 before,
                              guint limit,
                              GError **error)
{
  return mh_store_select (
      db, &mh_catalogue_revision_type, mh_sql_select (&mh_catalogue_revision_type, sql_revisions),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (record_id), MH_INT (before), MH_INT (limit)), error);
}

gboolean
mh_catalogue_store_drop_choices (MhDb *db, const char *value_set_id, GError **error)
{
  return mh_db_exec (db, sql_drop_choices, MH_ARGS (MH_TEXT (value_set_id)), error) >= 0;
}

GPtrArray *
mh_catalogue_store_recent (MhDb *db,
                           const char *hospital_id,
                           gint64 at,
                           const char *id,
                           guint limit,
                           GError **error)
{
  return mh_store_select (
      db, &mh_catalogue_revision_type, mh_sql_select (&mh_catalogue_revision_type, sql_recent),
      MH_ARGS (MH_TEXT (hospital_id), MH_INT (at), MH_TEXT (id), MH_INT (limit)), error);
}
