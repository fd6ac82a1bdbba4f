/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-store.h"

#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_items[] = "WHERE r.order_id = $1 ORDER BY r.sort_order, r.id";
static const char sql_samples[] = "WHERE r.order_id = $1 ORDER BY r.draw_order, r.accession";
static const char sql_payments[] = "WHERE r.order_id = $1 ORDER BY r.id";

/* One condition set for every list; the tab alone selects the index that the board lives on, so it
 * has a text of its own. CASE, not OR: PostgreSQL takes an OR on a parameter to leave one order in
 * hundreds and would gather and sort the whole tab instead of walking its index from the newest. */
#define BOARD_FILTERS                                                                              \
  " AND r.ordered_at >= $6 AND r.ordered_at < $12"                                                 \
  " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.patient_id = $2 END"                   \
  " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE r.assigned_to = $3 END"                  \
  " AND CASE WHEN CAST($4 AS text) IS NULL THEN TRUE ELSE r.benches LIKE $4 END"                   \
  " AND CASE WHEN CAST($5 AS text) IS NULL THEN TRUE ELSE r.priority = $5 END"                     \
  " AND CASE WHEN CAST($9 AS text) IS NULL THEN TRUE"                                              \
  "          ELSE r.search_text LIKE $9 ESCAPE '\\' END"                                           \
  " AND CASE WHEN CAST($10 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $10 END"                \
  " AND r.deleted_at IS NULL"
#define BOARD(where, key)                                                                          \
  "SELECT r.id, r.version, r.changed_at, r.patient_id, " key                                       \
  " FROM lab_order r WHERE " where BOARD_FILTERS
#define DOWN(key) " AND (" key ", r.id) < ($7, $8) ORDER BY " key " DESC, r.id DESC LIMIT $11"
#define NEWEST(where) BOARD (where, "r.ordered_at") DOWN ("r.ordered_at")
static const char sql_all[] = NEWEST ("CAST($1 AS text) IS NULL");
static const char sql_of_patient[] = NEWEST ("CAST($1 AS text) IS NULL AND r.patient_id = $2");
static const char sql_due[] = NEWEST ("r.due > 0 AND r.status NOT IN ('cancelled', 'expired')"
                                      " AND CAST($1 AS text) IS NOT NULL");

/* What waits: one number puts whatever is more urgent before all that is less, the longest wait
 * first in each. The steps between them are longer than any time. */
#define PRESSING                                                                                   \
  "r.ordered_at + CASE r.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 20000000000000000"         \
  " ELSE 40000000000000000 END"
#define UP(where, key)                                                                             \
  BOARD (where, key) " AND (" key ", r.id) > ($7, $8) ORDER BY " key ", r.id LIMIT $11"

/* What was reported last; migration 0058 has its index. */
#define REPORTED "COALESCE (r.completed_at, r.ordered_at)"

#define OF_TAB "r.tab = $1"
#define OF_STATUS "r.status = $1"
/* To collect: placed and payable work is done, some tube not drawn; in both the Paid and COD tabs.
 */
#define TO_COLLECT                                                                                 \
  "r.status = 'placed' AND r.tab IN ('paid', 'cod') AND CAST($1 AS text) IS NOT NULL"
#define SORTED(where)                                                                              \
  {                                                                                                \
    [MH_ORDERS_NEWEST] = NEWEST (where), [MH_ORDERS_OLDEST] = UP (where, "r.ordered_at"),          \
    [MH_ORDERS_PRESSING] = UP (where, PRESSING),                                                   \
    [MH_ORDERS_REPORTED] = BOARD (where, REPORTED) DOWN (REPORTED)                                 \
  }
static const char *const sql_tab[] = SORTED (OF_TAB);
static const char *const sql_status[] = SORTED (OF_STATUS);
static const char *const sql_collect[] = SORTED (TO_COLLECT);

#define CACHE_BYTES (4 * 1024 * 1024)
#define AT_ONCE 25
#define ANY_OF_THEM                                                                                \
  " IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "    \
  "$20,"                                                                                           \
  " $21, $22, $23, $24, $25)"
#define IN_ORDER " ORDER BY r.order_id, r.draw_order, r.accession"
static const char sql_board_versions[]
    = "SELECT r.order_id, r.id, r.version, r.changed_at FROM sample r WHERE r.order_id" ANY_OF_THEM
        IN_ORDER;
static const char sql_board_orders[] = "WHERE r.id" ANY_OF_THEM;
static const char sql_board_samples[] = "WHERE r.order_id" ANY_OF_THEM IN_ORDER;

static const char sql_counts[]
    = "SELECT tab, count (*) FROM lab_order"
      " WHERE deleted_at IS NULL AND (CAST($1 AS text) IS NULL OR hospital_id = $1) GROUP BY tab";

static const char sql_doctors[]
    = "SELECT u.id, u.name, u.designation, u.phone, d.name, d.id FROM app_user u"
      " LEFT JOIN department d ON d.id = u.department_id"
      " WHERE u.active AND u.deleted_at IS NULL AND u.roles LIKE '%\"doctor\"%'"
      " AND (CAST($1 AS text) IS NULL OR u.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR (u.name, u.id) >"
      "  (SELECT a.name, a.id FROM app_user a WHERE a.id = $2))"
      " ORDER BY u.name, u.id LIMIT $3";
static const char sql_expired[]
    = "SELECT id FROM lab_order WHERE status = 'placed' AND due > 0 AND paid = refunded"
      " AND expires_at <= $1"
      " AND deleted_at IS NULL ORDER BY expires_at LIMIT $2";

static GPtrArray *
orders_store_parts (MhDb *db,
                    const MhRecordType *type,
                    const char *tail,
                    const char *id,
                    GError **error)
{
  return mh_store_select (db, type, mh_sql_select (type, tail), MH_ARGS (MH_TEXT (id)), error);
}

GPtrArray *
mh_orders_store_items (MhDb *db, const char *order_id, GError **error)
{
  return orders_store_parts (db, &mh_order_item_type, sql_items, order_id, error);
}

GPtrArray *
mh_orders_store_samples (MhDb *db, const char *order_id, GError **error)
{
  return orders_store_parts (db, &mh_sample_type, sql_samples, order_id, error);
}

GPtrArray *
mh_orders_store_payments (MhDb *db, const char *order_id, GError **error)
{
  return orders_store_parts (db, &mh_payment_type, sql_payments, order_id, error);
}

void
mh_orders_store_prefetch_items (MhDb *db, const char *id)
{
  mh_store_prefetch (db, &mh_order_type, id);
  mh_db_prefetch (db, mh_sql_select (&mh_order_item_type, sql_items), MH_ARGS (MH_TEXT (id)));
}

void
mh_orders_store_prefetch (MhDb *db, const char *id)
{
  mh_orders_store_prefetch_items (db, id);
  mh_db_prefetch (db, mh_sql_select (&mh_sample_type, sql_samples), MH_ARGS (MH_TEXT (id)));
  mh_db_prefetch (db, mh_sql_select (&mh_payment_type, sql_payments), MH_ARGS (MH_TEXT (id)));
}

gboolean
mh_orders_store_compose (MhDb *db, MhRecord *order, GError **error)
{
  const char *id = mh_record_id (order);
  g_autoptr (GPtrArray) items = mh_orders_store_items (db, id, error);
  g_autoptr (GPtrArray) samples = items != NULL ? mh_orders_store_samples (db, id, error) : NULL;
  GPtrArray *payments = samples != NULL ? mh_orders_store_payments (db, id, error) : NULL;
  if (payments == NULL)
    return FALSE;
  mh_record_take_records (order, MH_ORDER_ITEMS, g_steal_pointer (&items));
  mh_record_take_records (order, MH_ORDER_SAMPLES, g_steal_pointer (&samples));
  mh_record_take_records (order, MH_ORDER_PAYMENTS, payments);
  return TRUE;
}

/* --- the board --- */

/* The column of a field in a row of mh_sql_select(). */
static guint
orders_store_column_of (const MhRecordType *type, guint field)
{
  guint column = 0;
  for (guint i = 0; i < field; i++)
    column += mh_field_is_column (&type->fields[i]) ? 1 : 0;
  return column;
}

/* An order on the page: what its text is written from, and the text; while it is being written, the
 * text up to the samples, and the samples' texts. */
typedef struct
{
  GString *key;
  GString *json, *samples; /* NULL unless it is being written */
  GBytes *text;
} Row;

static void
orders_store_row_free (gpointer data)
{
  Row *row = data;
  g_string_free (row->key, TRUE);
  if (row->json != NULL)
    g_string_free (row->json, TRUE);
  if (row->samples != NULL)
    g_string_free (row->samples, TRUE);
  g_clear_pointer (&row->text, g_bytes_unref);
  g_free (row);
}

static void
key_begin (Row *row, gint64 version, gint64 changed_at)
{
  g_string_printf (row->key, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, version, changed_at);
}

/* An unmerged patient's rows have an earlier version again, so the time is part of it. */
static void
key_add (Row *row, const char *id, gint64 version, gint64 changed_at)
{
  g_string_append_printf (row->key, ";%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, id, version,
                          changed_at);
}

static void
id_args (GPtrArray *ids, guint from, MhArg *args)
{
  for (guint i = 0; i < AT_ONCE; i++)
    args[i] = MH_TEXT (from + i < ids->len ? g_ptr_array_index (ids, from + i) : "");
}

static void
orders_store_announce (MhDb *db, const char *sql, GPtrArray *ids)
{
  for (guint from = 0; from < ids->len; from += AT_ONCE)
    {
      MhArg args[AT_ONCE];
      id_args (ids, from, args);
      mh_db_prefetch (db, sql, args, AT_ONCE);
    }
}

typedef void (*EachFunc) (MhRows *rows, GHashTable *by_id);

static gboolean
each (MhDb *db, const char *sql, GPtrArray *ids, GHashTable *by_id, EachFunc func, GError **error)
{
  for (guint from = 0; from < ids->len; from += AT_ONCE)
    {
      MhArg args[AT_ONCE];
      g_autoptr (GError) inner = NULL;
      id_args (ids, from, args);
      g_autoptr (MhRows) rows = mh_db_query (db, sql, args, AT_ONCE, error);
      if (rows == NULL)
        return FALSE;
      while (mh_rows_next (rows, &inner))
        func (rows, by_id);
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return FALSE;
        }
    }

  return TRUE;
}

static void
add_version (MhRows *rows, GHashTable *by_id)
{
  Row *row = g_hash_table_lookup (by_id, mh_rows_text (rows, 0));
  key_add (row, mh_rows_text (rows, 1), mh_rows_int (rows, 2), mh_rows_int (rows, 3));
}

/* The order may have been changed since its page was read: the key is of what is written. */
static void
orders_store_write_order (MhRows *rows, GHashTable *by_id)
{
  Row *row = g_hash_table_lookup (by_id, mh_rows_text (rows, 0));
  row->json = g_string_sized_new (3072);
  row->samples = g_string_sized_new (1024);
  key_begin (row, mh_rows_int (rows, orders_store_column_of (&mh_order_type, MH_VERSION)),
             mh_rows_int (rows, orders_store_column_of (&mh_order_type, MH_CHANGED_AT)));
  mh_sql_row_open_json (rows, 0, &mh_order_type, 0, row->json);
}

static void
write_sample (MhRows *rows, GHashTable *by_id)
{
  Row *row = g_hash_table_lookup (
      by_id, mh_rows_text (rows, orders_store_column_of (&mh_sample_type, MH_SAMPLE_ORDER_ID)));
  if (row->json == NULL)
    return;
  key_add (row, mh_rows_text (rows, 0),
           mh_rows_int (rows, orders_store_column_of (&mh_sample_type, MH_VERSION)),
           mh_rows_int (rows, orders_store_column_of (&mh_sample_type, MH_CHANGED_AT)));
  mh_sql_row_put_json (rows, 0, &mh_sample_type, 0, row->samples);
}

static const char *
board_text (const MhOrdersQuery *query, const char **out_first)
{
  *out_first = NULL;
  if (query->stage != NULL)
    {
      static const struct
      {
        const char *stage, *status;
      } stages[] = { { "receive", MH_ORDER_STATUS_COLLECTED },
                     { "enter", MH_ORDER_STATUS_PROCESSING },
                     { "verify", MH_ORDER_STATUS_RESULTED },
                     { "expired", MH_ORDER_STATUS_EXPIRED } };
      *out_first = query->stage;
      if (g_str_equal (query->stage, "due"))
        return sql_due;
      for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
        if (g_str_equal (stages[i].stage, query->stage))
          {
            *out_first = stages[i].status;
            return sql_status[query->sort];
          }
      return sql_collect[query->sort];
    }

  if (query->tab != NULL)
    {
      *out_first = query->tab;
      return sql_tab[query->sort];
    }

  return query->patient_id != NULL ? sql_of_patient : sql_all;
}

static MhRecord *
orders_store_note_of (MhRows *rows)
{
  MhRecord *noted = mh_record_new (&mh_order_type);
  mh_record_set_text (noted, MH_ID, mh_rows_text (rows, 0));
  mh_record_set_text (noted, MH_ORDER_PATIENT_ID, mh_rows_text (rows, 3));
  mh_record_set_int (noted, MH_ORDER_ORDERED_AT, mh_rows_int (rows, 4));
  return noted;
}

static gboolean
read_page (MhRows *rows, GPtrArray *noted, GHashTable *by_id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhRecord *note = orders_store_note_of (rows);
      Row *row = g_new0 (Row, 1);
      row->key = g_string_sized_new (256);
      key_begin (row, mh_rows_int (rows, 1), mh_rows_int (rows, 2));
      g_ptr_array_add (noted, note);
      g_hash_table_insert (by_id, g_strdup (mh_record_id (note)), row);
    }

  if (inner == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static void
orders_store_finish (Row *row)
{
  mh_json_key (row->json, mh_order_type.fields[MH_ORDER_SAMPLES].name);
  mh_json_open (row->json, '[');
  g_string_append_len (row->json, row->samples->str, (gssize)row->samples->len);
  mh_json_close (row->json, ']');
  mh_json_close (row->json, '}');
  row->text = g_bytes_new (row->json->str, row->json->len);
}

/* Orders whose text is not on the cache are read whole. */
static gboolean
write_missing (MhDb *db, MhLruCache *cache, GPtrArray *missing, GHashTable *by_id, GError **error)
{
  const char *orders = mh_sql_select (&mh_order_type, sql_board_orders);
  const char *samples = mh_sql_select (&mh_sample_type, sql_board_samples);
  orders_store_announce (db, orders, missing);
  orders_store_announce (db, samples, missing);
  if (!each (db, orders, missing, by_id, orders_store_write_order, error)
      || !each (db, samples, missing, by_id, write_sample, error))
    return FALSE;

  for (guint i = 0; i < missing->len; i++)
    {
      const char *id = g_ptr_array_index (missing, i);
      Row *row = g_hash_table_lookup (by_id, id);
      if (row->json == NULL)
        continue;
      orders_store_finish (row);
      mh_lru_cache_put (cache, id, row->key->str, row->text, g_bytes_get_size (row->text));
    }

  return TRUE;
}

/* The texts of @noted, in its order, from the cache or fresh; who has none any more is taken out.
 */
static GPtrArray *
find_texts (MhDb *db, MhLruCache *cache, GPtrArray *noted, GHashTable *by_id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  for (guint i = 0; i < noted->len; i++)
    g_ptr_array_add (ids, (gpointer)mh_record_id (g_ptr_array_index (noted, i)));
  orders_store_announce (db, sql_board_versions, ids);
  if (!each (db, sql_board_versions, ids, by_id, add_version, error))
    return NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      Row *row = g_hash_table_lookup (by_id, g_ptr_array_index (ids, i));
      row->text = mh_lru_cache_find (cache, g_ptr_array_index (ids, i), row->key->str);
      if (row->text == NULL)
        g_ptr_array_add (missing, g_ptr_array_index (ids, i));
    }

  if (!write_missing (db, cache, missing, by_id, error))
    return NULL;

  GPtrArray *texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  while (texts->len < noted->len)
    {
      const Row *row
          = g_hash_table_lookup (by_id, mh_record_id (g_ptr_array_index (noted, texts->len)));
      if (row->text != NULL)
        g_ptr_array_add (texts, g_bytes_ref (row->text));
      else
        g_ptr_array_remove_index (noted, texts->len);
    }

  return texts;
}

MhLruCache *
mh_orders_store_cache (void)
{
  return mh_lru_cache_new (CACHE_BYTES, (MhLruCacheRef)g_bytes_ref, (GDestroyNotify)g_bytes_unref);
}

GPtrArray *
mh_orders_store_list (MhDb *db,
                      MhLruCache *cache,
                      const MhOrdersQuery *query,
                      GPtrArray **out_texts,
                      GError **error)
{
  const char *first;
  const char *text = board_text (query, &first);
  gboolean up = query->sort == MH_ORDERS_OLDEST || query->sort == MH_ORDERS_PRESSING;
  gboolean first_page = query->after_id == NULL;
  gint64 after_key = !first_page ? query->after_key : up ? G_MININT64 : G_MAXINT64;
  g_autofree char *bench
      = query->bench != NULL ? g_strdup_printf ("%%\"%s\"%%", query->bench) : NULL;
  g_autoptr (GPtrArray) noted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, orders_store_row_free);
  g_autoptr (MhRows) rows = mh_db_query (
      db, text,
      MH_ARGS (MH_TEXT (first), MH_TEXT (query->patient_id), MH_TEXT (query->assigned_to),
               MH_TEXT (bench), MH_TEXT (query->priority), MH_INT (query->from), MH_INT (after_key),
               MH_TEXT (first_page ? "" : query->after_id), MH_TEXT (query->words),
               MH_TEXT (query->hospital_id), MH_INT (query->limit),
               MH_INT (query->to != 0 ? query->to : G_MAXINT64)),
      error);

  if (rows == NULL || !read_page (rows, noted, by_id, error))
    return NULL;

  g_clear_pointer (&rows, mh_rows_free);
  GPtrArray *texts = find_texts (db, cache, noted, by_id, error);
  if (texts == NULL)
    return NULL;

  *out_texts = texts;
  return g_steal_pointer (&noted);
}

MhRecord *
mh_orders_store_counts (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (MhRecord) counts = mh_record_new (&mh_order_counts_type);
  g_autoptr (GError) inner = NULL;
  for (guint i = 0; i < mh_order_counts_type.n_fields; i++)
    mh_record_set_int (counts, i, 0);

  g_autoptr (MhRows) rows = mh_db_query (db, sql_counts, MH_ARGS (MH_TEXT (hospital_id)), error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      const char *tab = mh_rows_text (rows, 0);
      int field = tab != NULL ? mh_record_type_find (&mh_order_counts_type, tab) : -1;
      if (field >= 0)
        mh_record_set_int (counts, (guint)field, mh_rows_int (rows, 1));
    }

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&counts);
}

/* --- expiry --- */

GPtrArray *
mh_orders_store_expired (MhDb *db, gint64 now, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_expired, MH_ARGS (MH_INT (now), MH_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (ids, g_strdup (mh_rows_text (rows, 0)));

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&ids);
}

GPtrArray *
mh_orders_store_doctors (MhDb *db,
                         const char *hospital_id,
                         const char *after,
                         guint limit,
                         GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_doctors, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after), MH_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhRecord *doctor = mh_record_new (&mh_clinician_type);
      for (guint i = 0; i < MH_CLINICIAN_N_FIELDS; i++)
        mh_record_set_text (doctor, i, mh_rows_text (rows, i));
      g_ptr_array_add (found, doctor);
    }

  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}
