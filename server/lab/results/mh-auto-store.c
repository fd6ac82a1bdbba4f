/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-auto-store.h"

#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_rules[] = "WHERE r.hospital_id = $1 AND r.deleted_at IS NULL"
                                " ORDER BY r.created_at, r.id";

/* Whatever was kept of a value before it changed says that a person did not leave it as it was. */
static const char sql_past[]
    = "JOIN order_item i ON i.id = r.order_item_id"
      " WHERE r.status IN ('verified', 'corrected') AND r.verified_at >= $2 AND r.verified_at < $3"
      " AND r.hospital_id = $1 AND r.deleted_at IS NULL ORDER BY r.verified_at DESC, r.id LIMIT $4";
static const char sql_past_more[]
    = "i.bench, EXISTS (SELECT 1 FROM result_version v WHERE v.result_id = r.id),"
      " EXISTS (SELECT 1 FROM result p WHERE p.patient_id = r.patient_id AND p.analyte = r.analyte"
      "  AND p.measured_at < r.measured_at AND p.order_id <> r.order_id),"
      " (SELECT count(*) FROM result d WHERE d.order_id = r.order_id AND d.sample_id = r.sample_id"
      "  AND d.delta IS NOT NULL)";

#define NEEDS_LOOK                                                                                 \
  "r.flag IS NULL OR r.flag <> 'N' OR r.delta IS NOT NULL OR r.comment IS NOT NULL OR r.critical"  \
  " OR (r.device_flags IS NOT NULL AND r.device_flags <> '[]')"
/* As mh_auto_pressing(). */
#define PRESSING                                                                                   \
  "CASE WHEN sum(CASE WHEN r.critical THEN 1 ELSE 0 END) > 0 THEN 0 ELSE 3 END"                    \
  " + CASE o.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END"
/* Of the act by which the order goes out within a minute. */
#define IN_BATCH(column)                                                                           \
  " (SELECT " column " FROM pending_release p WHERE p.order_id = o.id AND p.status = 'waiting')"
/* What of the tube keeps for the shortest time is stamped on it, or nothing is where it was drawn
 * before that was done; how long the test of the value keeps is looked up for those alone. */
static const char sql_late[]
    = "SELECT o.id, i.test, s.temperature, s.collected_at, COALESCE(r.analysed_at, r.entered_at)"
      " FROM lab_order o JOIN order_item i ON i.order_id = o.id"
      " JOIN result r ON r.order_item_id = i.id JOIN sample s ON s.id = r.sample_id"
      " WHERE o.status IN ('processing', 'resulted') AND o.deleted_at IS NULL"
      " AND i.status = 'resulted' AND r.status = 'entered' AND r.deleted_at IS NULL"
      " AND s.collected_at IS NOT NULL AND (s.stable_until IS NULL"
      "  OR s.stable_until < COALESCE(r.analysed_at, r.entered_at))"
      " AND EXISTS (SELECT 1 FROM test t WHERE t.code = i.test AND (t.stability_room IS NOT NULL"
      "  OR t.stability_fridge IS NOT NULL OR t.stability_frozen IS NOT NULL))"
      " AND (CAST($1 AS text) IS NULL OR o.hospital_id = $1)"
      " AND CASE WHEN " NEEDS_LOOK " THEN 1 ELSE 0 END = 0";
static const char sql_queue[]
    = "SELECT o.id, o.number, o.patient_id, o.patient_name, o.priority, o.ordered_at,"
      " o.promised_at, count(*),"
      " sum(CASE WHEN r.flag IS NULL OR r.flag = 'N' THEN 0 ELSE 1 END),"
      " sum(CASE WHEN r.critical THEN 1 ELSE 0 END) AS n_critical,"
      " sum(CASE WHEN " NEEDS_LOOK " THEN 1 ELSE 0 END),"
      " sum(CASE WHEN r.entered_by = $2 OR r.level1_by = $2 OR r.level2_by = $2 THEN 1 ELSE 0 END),"
      " sum(CASE WHEN r.verify_level > 0 THEN 1 ELSE 0 END)," IN_BATCH ("p.batch_id") "," IN_BATCH (
          "p.by_id") "," IN_BATCH ("p.by_name") "," IN_BATCH ("p.due_at") ","
                                                                          " (SELECT p.note FROM "
                                                                          "pending_release p WHERE "
                                                                          "p.order_id = o.id AND "
                                                                          "p.status = 'refused'"
                                                                          "  ORDER BY p.ended_at "
                                                                          "DESC LIMIT 1)"
                                                                          " FROM lab_order o JOIN "
                                                                          "order_item i ON "
                                                                          "i.order_id = o.id"
                                                                          " JOIN result r ON "
                                                                          "r.order_item_id = i.id"
                                                                          " WHERE o.status IN "
                                                                          "('processing', "
                                                                          "'resulted') AND "
                                                                          "o.deleted_at IS NULL"
                                                                          " AND i.status = "
                                                                          "'resulted' AND r.status "
                                                                          "= 'entered' AND "
                                                                          "r.deleted_at IS NULL"
                                                                          " AND (CAST($1 AS text) "
                                                                          "IS NULL OR "
                                                                          "o.hospital_id = $1)"
                                                                          " GROUP BY o.id, "
                                                                          "o.number, o.patient_id, "
                                                                          "o.patient_name, "
                                                                          "o.priority, "
                                                                          "o.ordered_at,"
                                                                          " o.promised_at"
                                                                          " HAVING CAST($3 AS "
                                                                          "text) IS NULL OR "
                                                                          "(" PRESSING
                                                                          ", o.ordered_at, o.id) > "
                                                                          "($4, $5, $3)"
                                                                          " ORDER BY " PRESSING
                                                                          ", o.ordered_at, o.id "
                                                                          "LIMIT $6";

GPtrArray *
mh_auto_store_rules (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_auto_rule_type, mh_sql_select (&mh_auto_rule_type, sql_rules),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

void
mh_auto_past_free (MhAutoPast *past)
{
  g_clear_object (&past->result);
  g_free (past->bench);
  g_free (past);
}

static MhAutoPast *
read_past (MhRows *rows)
{
  guint n = mh_sql_n_columns (&mh_result_type);
  MhAutoPast *past = g_new0 (MhAutoPast, 1);
  past->result = mh_sql_row_read (rows, 0, &mh_result_type);
  past->bench = g_strdup (mh_rows_text (rows, n));
  past->changed = mh_rows_bool (rows, n + 1);
  past->has_previous = mh_rows_bool (rows, n + 2);
  past->tube_deltas = (guint)mh_rows_int (rows, n + 3);
  return past;
}

GPtrArray *
mh_auto_store_past (MhDb *db,
                    const char *hospital_id,
                    gint64 from,
                    gint64 to,
                    guint limit,
                    GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_auto_past_free);
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, mh_sql_select_and (&mh_result_type, sql_past_more, sql_past),
      MH_ARGS (MH_TEXT (hospital_id), MH_INT (from), MH_INT (to), MH_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, read_past (rows));
  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

static void
read_batch (MhRows *rows, guint at, const MhVerifyQuery *query, MhRecord *row)
{
  const char *batch_id = mh_rows_text (rows, at), *by_id = mh_rows_text (rows, at + 1);
  if (!mh_rows_is_null (rows, at + 4))
    mh_record_set_text (row, MH_VERIFY_ROW_REFUSED, mh_rows_text (rows, at + 4));
  if (batch_id == NULL)
    return;
  gint64 left = mh_rows_int (rows, at + 3) - query->now;
  mh_record_set_text (row, MH_VERIFY_ROW_BATCH_ID, batch_id);
  mh_record_set_text (row, MH_VERIFY_ROW_BATCH_BY, mh_rows_text (rows, at + 2));
  mh_record_set_bool (row, MH_VERIFY_ROW_BATCH_MINE, g_strcmp0 (by_id, query->user_id) == 0);
  mh_record_set_int (row, MH_VERIFY_ROW_BATCH_LEFT, MAX (left, 0) / MH_SECOND);
}

static MhRecord *
read_waiting (MhRows *rows, const MhVerifyQuery *query)
{
  static const guint texts[]
      = { MH_VERIFY_ROW_ORDER_ID, MH_VERIFY_ROW_NUMBER, MH_VERIFY_ROW_PATIENT_ID,
          MH_VERIFY_ROW_PATIENT_NAME, MH_VERIFY_ROW_PRIORITY };
  static const guint numbers[]
      = { MH_VERIFY_ROW_ORDERED_AT, MH_VERIFY_ROW_PROMISED_AT, MH_VERIFY_ROW_VALUES,
          MH_VERIFY_ROW_ABNORMAL,   MH_VERIFY_ROW_CRITICAL,    MH_VERIFY_ROW_HELD,
          MH_VERIFY_ROW_OWN,        MH_VERIFY_ROW_SIGNED };
  MhRecord *row = mh_record_new (&mh_verify_row_type);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (row, texts[i], mh_rows_text (rows, i));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!mh_rows_is_null (rows, G_N_ELEMENTS (texts) + i))
      mh_record_set_int (row, numbers[i], mh_rows_int (rows, G_N_ELEMENTS (texts) + i));

  mh_record_set_bool (row, MH_VERIFY_ROW_CLEAN, mh_record_int (row, MH_VERIFY_ROW_HELD) == 0);
  read_batch (rows, G_N_ELEMENTS (texts) + G_N_ELEMENTS (numbers), query, row);
  return row;
}

gint64
mh_auto_pressing (MhRecord *row)
{
  const char *priority = mh_record_text (row, MH_VERIFY_ROW_PRIORITY);
  return (mh_record_int (row, MH_VERIFY_ROW_CRITICAL) > 0 ? 0 : 3)
         + (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0     ? 0
            : g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1
                                                            : 2);
}

GPtrArray *
mh_auto_store_queue (MhDb *db, const MhVerifyQuery *query, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_queue,
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->user_id), MH_TEXT (query->after_id),
               MH_INT (query->after_pressing), MH_INT (query->after_at), MH_INT (query->limit)),
      error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, read_waiting (rows, query));
  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

/* --- what was measured too late --- */

void
mh_auto_late_free (MhAutoLate *late)
{
  g_free (late->order_id);
  g_free (late->test);
  g_free (late->temperature);
  g_free (late);
}

static MhAutoLate *
auto_store_read_late (MhRows *rows)
{
  MhAutoLate *late = g_new0 (MhAutoLate, 1);
  late->order_id = g_strdup (mh_rows_text (rows, 0));
  late->test = g_strdup (mh_rows_text (rows, 1));
  late->temperature = g_strdup (mh_rows_text (rows, 2));
  late->collected_at = mh_rows_int (rows, 3);
  late->measured_at = mh_rows_int (rows, 4);
  return late;
}

GPtrArray *
mh_auto_store_late (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_auto_late_free);
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_late, MH_ARGS (MH_TEXT (hospital_id)), error);
  if (rows == NULL)
    return NULL;

  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, auto_store_read_late (rows));
  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}
