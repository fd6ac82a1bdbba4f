/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/insights/mh-turnaround-store.h"

#define MARK "turnaround"

static const char sql_mark[] = "SELECT walked, seq FROM turnaround_mark WHERE id = $1";
static const char sql_set_mark[]
    = "INSERT INTO turnaround_mark (id, walked, seq) VALUES ($1, $2, $3)"
      " ON CONFLICT (id) DO UPDATE SET walked = $2, seq = $3";
static const char sql_last_change[] = "SELECT COALESCE (MAX (seq), 0) FROM change";

/* What was verified once keeps its times: a correction is another thing than a late result. */
#define ITEMS                                                                                      \
  "SELECT i.id, o.id, o.hospital_id, i.test, i.short_name, i.bench, o.department_id, o.priority,"  \
  " CASE WHEN i.status = 'cancelled' OR o.deleted_at IS NOT NULL THEN 1 ELSE 0 END,"               \
  " o.ordered_at, s.collected_at, s.received_at,"                                                  \
  " COALESCE (CASE WHEN t.verified_at IS NULL THEN NULL ELSE t.resulted_at END,"                   \
  "  CASE WHEN i.status IN ('resulted', 'verified') THEN (SELECT MAX (r.entered_at) FROM result r" \
  "  WHERE r.order_item_id = i.id AND r.deleted_at IS NULL) END),"                                 \
  " COALESCE (t.verified_at, CASE WHEN i.status = 'verified' THEN"                                 \
  "  (SELECT MAX (r.verified_at) FROM result r"                                                    \
  "  WHERE r.order_item_id = i.id AND r.deleted_at IS NULL) END),"                                 \
  " COALESCE (t.reported_at, CASE WHEN i.status = 'verified' THEN"                                 \
  "  (SELECT MIN (p.issued_at) FROM report p WHERE p.order_id = o.id AND p.deleted_at IS NULL"     \
  "  AND p.status IN ('final', 'corrected', 'amended', 'appended')) END),"                         \
  " (SELECT MAX (r.entered_name) FROM result r WHERE r.order_item_id = i.id),"                     \
  " (SELECT MAX (r.verified_name) FROM result r WHERE r.order_item_id = i.id),"                    \
  " CASE WHEN t.breached THEN 1 ELSE 0 END"                                                        \
  " FROM lab_order o JOIN order_item i ON i.order_id = o.id"                                       \
  " LEFT JOIN sample s ON s.id = i.sample_id LEFT JOIN turnaround t ON t.item_id = i.id"

#define TOUCHED(type, table, column)                                                               \
  " UNION SELECT x." column " FROM change c JOIN " table " x ON x.id = c.record_id"                \
  " WHERE c.seq > $1 AND c.seq <= $2 AND c.type = '" type "'"
static const char sql_changed[]
    = ITEMS " WHERE o.ordered_at IS NOT NULL AND o.id IN (SELECT c.record_id FROM change c"
            " WHERE c.seq > $1 AND c.seq <= $2 AND c.type = 'order'" TOUCHED ("sample",
                                                                              "sample",
                                                                              "order_id")
                TOUCHED ("result", "result", "order_id")
                    TOUCHED ("report", "report", "order_id") ") ORDER BY o.id, i.id";
static const char sql_walk_to[]
    = "SELECT MAX (w.id) FROM (SELECT id FROM lab_order WHERE id > $1 ORDER BY id LIMIT $2) w";
static const char sql_walk[]
    = ITEMS " WHERE o.ordered_at IS NOT NULL AND o.id > $1 AND o.id <= $2 ORDER BY o.id, i.id";

static const char sql_put[]
    = "INSERT INTO turnaround (item_id, order_id, hospital_id, test, name, bench, department_id,"
      " priority, entered_by, verified_by, day, week, ordered_at, collected_at, received_at,"
      " resulted_at, verified_at, reported_at, due_at, breached, collect_s, receive_s, result_s,"
      " verify_s, report_s, lab_s, total_s, collect_w, receive_w, result_w, verify_w, report_w,"
      " lab_w, total_w) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
      " $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33,"
      " $34) ON CONFLICT (item_id) DO UPDATE SET hospital_id = $3, name = $5, bench = $6,"
      " department_id = $7, priority = $8, entered_by = $9, verified_by = $10, day = $11,"
      " week = $12, ordered_at = $13, collected_at = $14, received_at = $15, resulted_at = $16,"
      " verified_at = $17, reported_at = $18, due_at = $19, breached = $20, collect_s = $21,"
      " receive_s = $22, result_s = $23, verify_s = $24, report_s = $25, lab_s = $26,"
      " total_s = $27, collect_w = $28, receive_w = $29, result_w = $30, verify_w = $31,"
      " report_w = $32, lab_w = $33, total_w = $34";
static const char sql_drop[] = "DELETE FROM turnaround WHERE item_id = $1";

/* What is late: verified_at and received_at as in the index. */
#define LATE "t.verified_at IS NULL AND t.received_at IS NOT NULL AND t.due_at <= "
static const char sql_breaches[]
    = "SELECT t.order_id, o.number, t.hospital_id, t.bench, t.priority, MIN (t.name), MAX (t.name),"
      " COUNT (*), MIN (t.due_at) FROM turnaround t JOIN lab_order o ON o.id = t.order_id"
      " WHERE " LATE "$1 AND NOT t.breached"
      " GROUP BY t.order_id, o.number, t.hospital_id, t.bench, t.priority"
      " ORDER BY MIN (t.due_at), t.order_id LIMIT $2";
static const char sql_told[]
    = "UPDATE turnaround SET breached = TRUE WHERE order_id = $1 AND COALESCE (bench, '') = $2"
      " AND verified_at IS NULL AND received_at IS NOT NULL AND due_at <= $3";
static const char sql_late[] = "SELECT COUNT (*) FROM turnaround t WHERE t.order_id = $1"
                               " AND COALESCE (t.bench, '') = $2 AND " LATE "$3";
/* The orders themselves say what waits, so that the bar is as live as the board. */
static const char sql_benches[]
    = "SELECT COALESCE (i.bench, ''), COUNT (*),"
      " SUM (CASE WHEN o.priority = 'stat' THEN 1 ELSE 0 END),"
      " SUM (CASE WHEN t.due_at <= $2 THEN 1 ELSE 0 END),"
      " COALESCE (MIN (CASE WHEN t.due_at > $2 THEN t.due_at END), 0)"
      " FROM lab_order o JOIN order_item i ON i.order_id = o.id"
      " LEFT JOIN turnaround t ON t.item_id = i.id"
      " WHERE o.status IN ('processing', 'resulted') AND i.status IN ('received', 'resulted')"
      " AND o.deleted_at IS NULL"
      " AND (CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE o.hospital_id = $1 END)"
      " GROUP BY COALESCE (i.bench, '') ORDER BY 1";

void
mh_turnaround_free (MhTurnaround *row)
{
  char **texts[] = { &row->item_id,    &row->order_id,   &row->hospital_id,   &row->test,
                     &row->name,       &row->bench,      &row->department_id, &row->priority,
                     &row->entered_by, &row->verified_by };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (row);
}

void
mh_breach_free (MhBreach *breach)
{
  g_free (breach->order_id);
  g_free (breach->number);
  g_free (breach->hospital_id);
  g_free (breach->bench);
  g_free (breach->priority);
  g_free (breach->names);
  g_free (breach);
}

/* TRUE and @error untouched, or FALSE and @error set. */
static gboolean
turnaround_store_finish (GError *failure, GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* --- how far --- */

gboolean
mh_turnaround_store_mark (MhDb *db, char **out_walked, gint64 *out_seq, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_mark, MH_ARGS (MH_TEXT (MARK)), error);
  if (rows == NULL)
    return FALSE;
  gboolean known = mh_rows_next (rows, &failure);
  if (!turnaround_store_finish (failure, error))
    return FALSE;
  *out_walked = g_strdup (known ? mh_rows_text (rows, 0) : "");
  *out_seq = known ? mh_rows_int (rows, 1) : -1;
  return TRUE;
}

gboolean
mh_turnaround_store_set_mark (MhTx *tx, const char *walked, gint64 seq, GError **error)
{
  return mh_db_exec_deferred (mh_tx_db (tx), sql_set_mark,
                              MH_ARGS (MH_TEXT (MARK), MH_TEXT (walked), MH_INT (seq)), error);
}

gint64
mh_turnaround_store_last_change (MhDb *db, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_last_change, MH_NO_ARGS, error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}

/* --- gathering --- */

static MhTurnaround *
turnaround_store_take (MhRows *rows)
{
  MhTurnaround *row = g_new0 (MhTurnaround, 1);
  row->item_id = g_strdup (mh_rows_text (rows, 0));
  row->order_id = g_strdup (mh_rows_text (rows, 1));
  row->hospital_id = g_strdup (mh_rows_text (rows, 2));
  row->test = g_strdup (mh_rows_text (rows, 3));
  row->name = g_strdup (mh_rows_text (rows, 4));
  row->bench = g_strdup (mh_rows_text (rows, 5));
  row->department_id = g_strdup (mh_rows_text (rows, 6));
  row->priority = g_strdup (mh_rows_text (rows, 7));
  row->cancelled = mh_rows_int (rows, 8) != 0;
  for (guint i = 0; i < MH_N_EVENTS; i++)
    row->at[i] = mh_rows_int (rows, 9 + i);
  row->entered_by = g_strdup (mh_rows_text (rows, 15));
  row->verified_by = g_strdup (mh_rows_text (rows, 16));
  row->breached = mh_rows_int (rows, 17) != 0;

  return row;
}

static GPtrArray *
turnaround_store_take_all (MhRows *rows, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_turnaround_free);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, turnaround_store_take (rows));
  return turnaround_store_finish (failure, error) ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
mh_turnaround_store_changed (MhDb *db, gint64 seq, gint64 to, GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_changed, MH_ARGS (MH_INT (seq), MH_INT (to)), error);
  return turnaround_store_take_all (rows, error);
}

GPtrArray *
mh_turnaround_store_walk (MhDb *db,
                          const char *walked,
                          guint limit,
                          char **out_last,
                          GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (MhRows) to
      = mh_db_query (db, sql_walk_to, MH_ARGS (MH_TEXT (walked), MH_INT (limit)), error);
  if (to == NULL || !mh_rows_next (to, error))
    return NULL;

  last = g_strdup (mh_rows_text (to, 0));
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_walk, MH_ARGS (MH_TEXT (walked), MH_TEXT (last)), error);
  GPtrArray *found = turnaround_store_take_all (rows, error);

  if (found != NULL)
    *out_last = g_steal_pointer (&last);
  return found;
}

static MhArg
number_or_null (gint64 value, gboolean known)
{
  return known ? MH_INT (value) : MH_NULL;
}

gboolean
mh_turnaround_store_put (MhTx *tx, const MhTurnaround *row, GError **error)
{
  MhArg args[34] = {
    MH_TEXT (row->item_id),       MH_TEXT (row->order_id), MH_TEXT (row->hospital_id),
    MH_TEXT (row->test),          MH_TEXT (row->name),     MH_TEXT (row->bench),
    MH_TEXT (row->department_id), MH_TEXT (row->priority), MH_TEXT (row->entered_by),
    MH_TEXT (row->verified_by),   MH_TEXT (row->day),      MH_TEXT (row->week),
  };
  guint n = 12;

  for (guint i = 0; i < MH_N_EVENTS; i++)
    args[n++] = number_or_null (row->at[i], row->at[i] > 0);
  args[n++] = number_or_null (row->due_at, row->due_at > 0);
  args[n++] = MH_BOOL (row->breached);
  for (guint i = 0; i < MH_N_SEGMENTS; i++)
    args[n++] = number_or_null (row->calendar[i], row->calendar[i] >= 0);
  for (guint i = 0; i < MH_N_SEGMENTS; i++)
    args[n++] = number_or_null (row->work[i], row->work[i] >= 0);

  return mh_db_exec_deferred (mh_tx_db (tx), sql_put, args, n, error);
}

gboolean
mh_turnaround_store_drop (MhTx *tx, const char *item_id, GError **error)
{
  return mh_db_exec_deferred (mh_tx_db (tx), sql_drop, MH_ARGS (MH_TEXT (item_id)), error);
}

/* --- what is late --- */

static MhBreach *
take_breach (MhRows *rows)
{
  MhBreach *breach = g_new0 (MhBreach, 1);
  const char *first = mh_rows_text (rows, 5), *last = mh_rows_text (rows, 6);
  gint64 n = mh_rows_int (rows, 7);

  breach->order_id = g_strdup (mh_rows_text (rows, 0));
  breach->number = g_strdup (mh_rows_text (rows, 1));
  breach->hospital_id = g_strdup (mh_rows_text (rows, 2));
  breach->bench = g_strdup (mh_rows_text (rows, 3));
  breach->priority = g_strdup (mh_rows_text (rows, 4));
  breach->names = n <= 1 ? g_strdup (first)
                  : n == 2 && g_strcmp0 (first, last) != 0
                      ? g_strdup_printf ("%s, %s", first, last)
                      : g_strdup_printf ("%s +%d", first, (int)n - 1);
  breach->due_at = mh_rows_int (rows, 8);
  return breach;
}

GPtrArray *
mh_turnaround_store_breaches (MhDb *db, gint64 now, guint limit, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_breach_free);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_breaches, MH_ARGS (MH_INT (now), MH_INT (limit)), error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, take_breach (rows));
  return turnaround_store_finish (failure, error) ? g_steal_pointer (&found) : NULL;
}

gboolean
mh_turnaround_store_told (MhTx *tx,
                          const char *order_id,
                          const char *bench,
                          gint64 now,
                          GError **error)
{
  return mh_db_exec_deferred (
      mh_tx_db (tx), sql_told,
      MH_ARGS (MH_TEXT (order_id), MH_TEXT (bench != NULL ? bench : ""), MH_INT (now)), error);
}

gint64
mh_turnaround_store_late (MhDb *db,
                          const char *order_id,
                          const char *bench,
                          gint64 now,
                          GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_late,
      MH_ARGS (MH_TEXT (order_id), MH_TEXT (bench != NULL ? bench : ""), MH_INT (now)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}

gboolean
mh_turnaround_store_benches (MhDb *db,
                             const char *hospital_id,
                             gint64 now,
                             MhBenchFunc func,
                             gpointer data,
                             GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_benches, MH_ARGS (MH_TEXT (hospital_id), MH_INT (now)), error);
  if (rows == NULL)
    return FALSE;
  while (mh_rows_next (rows, &failure))
    func (mh_rows_text (rows, 0), mh_rows_int (rows, 1), mh_rows_int (rows, 2),
          mh_rows_int (rows, 3), mh_rows_int (rows, 4), data);
  return turnaround_store_finish (failure, error);
}
