/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-store.h"

#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-same.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_of_order[]
    = "WHERE r.order_id = $1 AND r.deleted_at IS NULL ORDER BY r.sort_order, r.id";
/* One walk backwards over one index; the first rows of each analyte are the newest. Only what the
 * grid shows of an old value: this is asked for with each save. */
static const char sql_previous[]
    = "SELECT id, analyte, value, value_text, critical, measured_at, unit, method, flag FROM result"
      " WHERE patient_id = $1 AND status IN ('verified', 'corrected') AND order_id <> $2"
      " AND measured_at < $3 AND deleted_at IS NULL"
      " ORDER BY analyte DESC, measured_at DESC, id DESC";

static const char sql_released[]
    = "SELECT value, value_text, measured_at, order_id FROM result"
      " WHERE " MH_SQL_SAME_PATIENT (
          "patient_id",
          "$1") " AND analyte = $2"
                " AND status IN ('verified', 'corrected') AND order_id <> $3 AND value IS NOT NULL"
                " AND deleted_at IS NULL ORDER BY measured_at DESC, id DESC LIMIT 1";

static const char sql_events[]
    = "WHERE " MH_SQL_SAME_PATIENT ("r.patient_id", "$1") " ORDER BY r.id";

/* What is received and has no complete result. */
#define WAITING                                                                                    \
  " FROM lab_order o JOIN order_item i ON i.order_id = o.id"                                       \
  " WHERE o.status = 'processing' AND i.status = 'received' AND o.deleted_at IS NULL"              \
  " AND (CAST($1 AS text) IS NULL OR o.hospital_id = $1)"
static const char sql_worklists[]
    = "SELECT i.test, min(i.name), count(*)" WAITING " GROUP BY i.test ORDER BY 2, 1";
static const char sql_worklist[]
    = "SELECT o.id" WAITING " AND i.test = $2"
      " ORDER BY CASE o.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END,"
      " o.ordered_at, o.id LIMIT $3";

static const char sql_forget_tested[] = "DELETE FROM result_susceptibility WHERE isolate_id IN"
                                        " (SELECT id FROM result_isolate WHERE result_id = $1)";
static const char sql_forget_isolates[] = "DELETE FROM result_isolate WHERE result_id = $1";
static const char sql_questions[]
    = "WHERE r.status = 'open' AND r.deleted_at IS NULL"
      " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1) ORDER BY r.notified_at, r.id";

/* How much of the past is shown. */
#define TREND 8

void
mh_results_store_of_order_prefetch (MhDb *db, const char *order_id)
{
  mh_db_prefetch (db, mh_sql_select (&mh_result_type, sql_of_order), MH_ARGS (MH_TEXT (order_id)));
}

GPtrArray *
mh_results_store_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_of_order),
                          MH_ARGS (MH_TEXT (order_id)), error);
}

static MhRecord *
read_previous (MhRows *rows)
{
  MhRecord *result = mh_record_new (&mh_result_type);
  mh_record_set_text (result, MH_ID, mh_rows_text (rows, 0));
  mh_record_set_text (result, MH_RESULT_ANALYTE, mh_rows_text (rows, 1));
  mh_record_set_text (result, MH_RESULT_VALUE, mh_rows_text (rows, 2));
  mh_record_set_text (result, MH_RESULT_VALUE_TEXT, mh_rows_text (rows, 3));
  mh_record_set_bool (result, MH_RESULT_CRITICAL, mh_rows_bool (rows, 4));
  mh_record_set_int (result, MH_RESULT_MEASURED_AT, mh_rows_int (rows, 5));
  mh_record_set_text (result, MH_RESULT_UNIT, mh_rows_text (rows, 6));
  mh_record_set_text (result, MH_RESULT_METHOD, mh_rows_text (rows, 7));
  mh_record_set_text (result, MH_RESULT_FLAG, mh_rows_text (rows, 8));
  return result;
}

GPtrArray *
mh_results_store_previous (MhDb *db,
                           const char *patient_id,
                           const char *order_id,
                           gint64 before,
                           GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) inner = NULL;
  const char *last = NULL;
  guint same = 0;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_previous, MH_ARGS (MH_TEXT (patient_id), MH_TEXT (order_id), MH_INT (before)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      same = g_strcmp0 (last, mh_rows_text (rows, 1)) == 0 ? same + 1 : 0;
      if (same >= TREND)
        continue;
      g_ptr_array_add (found, read_previous (rows));
      last = mh_record_text (g_ptr_array_index (found, found->len - 1), MH_RESULT_ANALYTE);
    }

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&found);
}

MhRecord *
mh_results_store_released (MhDb *db,
                           const char *patient_id,
                           const char *order_id,
                           const char *analyte,
                           GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_released,
                     MH_ARGS (MH_TEXT (patient_id), MH_TEXT (analyte), MH_TEXT (order_id)), error);

  if (rows == NULL)
    return NULL;

  if (!mh_rows_next (rows, &inner))
    {
      if (inner != NULL)
        g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  MhRecord *result = mh_record_new (&mh_result_type);
  mh_record_set_text (result, MH_RESULT_VALUE, mh_rows_text (rows, 0));
  mh_record_set_text (result, MH_RESULT_VALUE_TEXT,
                      mh_rows_text (rows, 1) != NULL ? mh_rows_text (rows, 1)
                                                     : mh_rows_text (rows, 0));
  mh_record_set_int (result, MH_RESULT_MEASURED_AT, mh_rows_int (rows, 2));
  mh_record_set_text (result, MH_RESULT_ORDER_ID, mh_rows_text (rows, 3));

  return result;
}

GPtrArray *
mh_results_store_worklists (MhDb *db, const char *hospital_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_worklists, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhRecord *list = mh_record_new (&mh_worklist_type);
      mh_record_set_text (list, MH_WORKLIST_TEST, mh_rows_text (rows, 0));
      mh_record_set_text (list, MH_WORKLIST_NAME, mh_rows_text (rows, 1));
      mh_record_set_int (list, MH_WORKLIST_WAITING, mh_rows_int (rows, 2));
      g_ptr_array_add (found, list);
    }

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&found);
}

GPtrArray *
mh_results_store_worklist (MhDb *db,
                           const char *hospital_id,
                           const char *test,
                           guint limit,
                           GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_worklist, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (test), MH_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (found, g_strdup (mh_rows_text (rows, 0)));

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&found);
}

gboolean
mh_results_store_forget_isolates (MhDb *db, const char *result_id, GError **error)
{
  return mh_db_exec (db, sql_forget_tested, MH_ARGS (MH_TEXT (result_id)), error) >= 0
         && mh_db_exec (db, sql_forget_isolates, MH_ARGS (MH_TEXT (result_id)), error) >= 0;
}

GPtrArray *
mh_results_store_questions (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_escalation_type,
                          mh_sql_select (&mh_escalation_type, sql_questions),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_results_store_events (MhDb *db, const char *patient_id, GError **error)
{
  return mh_store_select (db, &mh_delta_event_type,
                          mh_sql_select (&mh_delta_event_type, sql_events),
                          MH_ARGS (MH_TEXT (patient_id)), error);
}
