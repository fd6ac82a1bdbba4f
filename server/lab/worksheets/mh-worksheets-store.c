/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/worksheets/mh-worksheets-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_lines[] = "WHERE r.worksheet_id = $1 ORDER BY r.line_no, r.id";
static const char sql_list[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.status = $2 END"
      " AND r.deleted_at IS NULL"
      " ORDER BY CASE r.status WHEN 'open' THEN 0 ELSE 1 END, r.made_at DESC, r.id DESC LIMIT $3";
static const char sql_waiting[]
    = "SELECT i.order_id, i.id, i.sample_id, s.accession, o.patient_name, i.test"
      " FROM lab_order o JOIN order_item i ON i.order_id = o.id"
      " JOIN sample s ON s.id = i.sample_id"
      " WHERE o.status = 'processing' AND i.status = 'received' AND o.deleted_at IS NULL"
      " AND o.hospital_id = $1 AND i.bench = $2"
      " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE i.test = $3 END"
      " AND NOT EXISTS (SELECT 1 FROM worksheet_line l JOIN worksheet w ON w.id = l.worksheet_id"
      " WHERE l.order_item_id = i.id AND w.status = 'open')"
      " ORDER BY CASE o.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END,"
      " o.ordered_at, o.id, i.sample_id, i.sort_order, i.id LIMIT $4";

GPtrArray *
mh_worksheets_store_lines (MhDb *db, const char *worksheet_id, GError **error)
{
  return mh_store_select (db, &mh_worksheet_line_type,
                          mh_sql_select (&mh_worksheet_line_type, sql_lines),
                          MH_ARGS (MH_TEXT (worksheet_id)), error);
}

GPtrArray *
mh_worksheets_store_list (MhDb *db,
                          const char *hospital_id,
                          const char *status,
                          guint limit,
                          GError **error)
{
  return mh_store_select (db, &mh_worksheet_type, mh_sql_select (&mh_worksheet_type, sql_list),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (status), MH_INT (limit)), error);
}

static void
waiting_free (gpointer data)
{
  MhWaitingTest *waiting = data;
  g_free (waiting->order_id);
  g_free (waiting->item_id);
  g_free (waiting->sample_id);
  g_free (waiting->accession);
  g_free (waiting->who);
  g_free (waiting->test);
  g_free (waiting);
}

GPtrArray *
mh_worksheets_store_waiting (MhDb *db, const MhWaitingQuery *query, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (waiting_free);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_waiting,
                     MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->bench),
                              MH_TEXT (query->test), MH_INT (query->limit)),
                     error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhWaitingTest *waiting = g_new0 (MhWaitingTest, 1);
      waiting->order_id = g_strdup (mh_rows_text (rows, 0));
      waiting->item_id = g_strdup (mh_rows_text (rows, 1));
      waiting->sample_id = g_strdup (mh_rows_text (rows, 2));
      waiting->accession = g_strdup (mh_rows_text (rows, 3));
      waiting->who = g_strdup (mh_rows_text (rows, 4));
      waiting->test = g_strdup (mh_rows_text (rows, 5));
      g_ptr_array_add (found, waiting);
    }

  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}
