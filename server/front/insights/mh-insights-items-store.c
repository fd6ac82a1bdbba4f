/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is behind a row of a figure. Nothing of patients: an order's number opens what may be seen.
 */
#include "server/front/insights/mh-insights-store.h"

#include "shared/records/front/mh-insight.h"

#include <string.h>

#define WITHIN(alias, instant)                                                                     \
  " WHERE " instant " >= $2 AND " instant " < $3 AND (CAST($1 AS text) IS NULL OR " alias          \
  ".hospital_id = $1) AND "
#define KEY(expression) "(CAST($5 AS text) IS NULL OR " expression " = $5)"
#define ENDS(instant) " ORDER BY " instant " DESC LIMIT $6"

#define GATHERED_GROUP                                                                             \
  "CASE $4 WHEN 'test' THEN t.test WHEN 'bench' THEN t.bench WHEN 'priority' THEN t.priority"      \
  " WHEN 'person' THEN t.entered_by WHEN 'department' THEN t.department_id ELSE $5 END"
#define SECONDS                                                                                    \
  "CASE $6 WHEN 'collect' THEN t.collect_s WHEN 'receive' THEN t.receive_s"                        \
  " WHEN 'result' THEN t.result_s WHEN 'verify' THEN t.verify_s WHEN 'report' THEN t.report_s"     \
  " WHEN 'lab' THEN t.lab_s ELSE t.total_s END"
/* The slowest first; what is not there yet is not behind a time. */
static const char sql_gathered[]
    = "SELECT t.order_id, o.number, t.name, t.bench, t.ordered_at, " SECONDS
      " FROM turnaround t JOIN lab_order o ON o.id = t.order_id"
      " WHERE t.day >= $2 AND t.day <= $3"
      " AND (CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE t.hospital_id = $1 END)"
      " AND (CAST($5 AS text) IS NULL OR " GATHERED_GROUP " = $5)"
      " AND (CASE WHEN CAST($7 AS text) IS NULL THEN TRUE ELSE t.bench = $7 END)"
      " AND (CASE WHEN CAST($8 AS text) IS NULL THEN TRUE ELSE t.test = $8 END)"
      " AND (CASE WHEN CAST($9 AS text) IS NULL THEN TRUE ELSE t.priority = $9 END)"
      " AND (CASE WHEN $10 THEN TRUE ELSE " SECONDS " IS NOT NULL END)"
      " ORDER BY COALESCE (" SECONDS ", 0) DESC, t.ordered_at DESC, t.item_id LIMIT $11";

static const char sql_orders[]
    = "SELECT o.id, o.number, o.tab, o.payment_method, o.ordered_at, NULL FROM lab_order o" WITHIN (
        "o",
        "o.ordered_at") KEY ("CASE $4 WHEN 'method' THEN o.payment_method WHEN 'department'"
                             " THEN o.department_id WHEN 'status' THEN CASE WHEN o.status IN"
                             " ('cancelled', 'expired') THEN o.status ELSE o.tab END"
                             " ELSE $5 END") " AND o.deleted_at IS NULL" ENDS ("o.ordered_at");
static const char sql_payments[]
    = "SELECT o.id, o.number, p.method, p.status, p.received_at AS at, NULL FROM payment p"
      " JOIN lab_order o ON o.id = p.order_id" WITHIN ("p", "p.received_at") KEY (
          "CASE $4 WHEN 'method' THEN p.method ELSE $5 END") " AND (p.status IN ('captured', "
                                                             "'part_refunded', 'refunded', "
                                                             "'processed')"
                                                             " OR (p.status = 'rejected' AND "
                                                             "p.refund_of IS NULL))"
                                                             " AND p.method NOT IN ('deposit', "
                                                             "'insurance') AND p.deleted_at IS NULL"
                                                             " UNION ALL "
                                                             "SELECT o.id, o.number, 'online', "
                                                             "'failed', " ATTEMPT_ENDED
                                                             " AS at, NULL"
                                                             " FROM payment_attempt a JOIN "
                                                             "lab_order o ON o.id = "
                                                             "a.order_id" WITHIN ("a",
                                                                                  ATTEMPT_ENDED)
                                                                 KEY ("CASE $4 WHEN 'method' THEN "
                                                                      "'online' ELSE $5 END")
                                                                     ATTEMPT_FAILED
    " UNION ALL "
    "SELECT o.id, o.number, 'insurance', 'captured', r.recorded_at AS at, NULL"
    " FROM remittance r JOIN remittance_line l ON l.remittance_id = r.id"
    " JOIN payment c ON c.id = l.payment_id"
    " JOIN lab_order o ON o.id = c.order_id" WITHIN ("r", "r.recorded_at") KEY (
        "CASE $4 WHEN 'method' THEN 'insurance' ELSE $5 END") " AND l.paid > 0 AND r.deleted_at IS "
                                                              "NULL" ENDS ("at");
static const char sql_rejections[]
    = "SELECT o.id, o.number, s.reject_reason, s.accession, s.rejected_at, NULL FROM sample s"
      " JOIN lab_order o ON o.id = s.order_id" WITHIN ("s", "s.rejected_at") KEY (
          "CASE $4 WHEN 'container' THEN s.container WHEN 'bench' THEN s.bench WHEN 'reason' THEN"
          " s.reject_reason ELSE $5 END") " AND s.deleted_at IS NULL" ENDS ("s.rejected_at");
static const char sql_amendments[]
    = "SELECT o.id, o.number, r.status, r.reason, r.issued_at, NULL FROM report r"
      " JOIN lab_order o ON o.id = r.order_id" WITHIN ("r", "r.issued_at")
          KEY ("CASE $4 WHEN '' THEN '' ELSE $5 END") " AND r.status IN ('corrected', 'amended', "
                                                      "'appended') AND r.deleted_at IS NULL" ENDS (
                                                          "r.issued_at");
static const char sql_callbacks[]
    = "SELECT c.order_id, c.order_number, c.name, c.state, c.opened_at,"
      " (c.acknowledged_at - c.opened_at) / 1000000 FROM critical_item c" WITHIN ("c",
                                                                                  "c.opened_at")
          KEY ("CASE $4 WHEN 'test' THEN c.analyte ELSE $5 END") " AND c.deleted_at IS NULL" ENDS (
              "c.opened_at");
static const char sql_alerts[]
    = "SELECT CASE WHEN a.subject_type = 'order' THEN a.subject_id END, o.number, a.kind,"
      " a.status, a.raised_at, (a.acknowledged_at - a.raised_at) / 1000000 FROM alert a"
      " LEFT JOIN lab_order o ON o.id = a.subject_id" WITHIN ("a", "a.raised_at")
          KEY ("CASE $4 WHEN 'kind' THEN a.kind WHEN 'bench' THEN a.bench ELSE $5 "
               "END") " AND a.deleted_at IS NULL" ENDS ("a.raised_at");
static const char sql_satisfaction[]
    = "SELECT NULL, NULL, CAST(f.score AS text), f.comment, f.answered_at, NULL FROM feedback "
      "f" WITHIN ("f", "f.answered_at")
          KEY ("CASE $4 WHEN 'score' THEN CAST(f.score AS text)"
               " ELSE $5 END") " AND f.answered_at IS NOT NULL AND f.deleted_at "
                               "IS NULL" ENDS ("f.answered_at");

static const struct
{
  const char *figure, *sql;
} texts[] = {
  { MH_INSIGHT_ORDERS, sql_orders },
  { MH_INSIGHT_PAYMENTS, sql_payments },
  { MH_INSIGHT_REJECTIONS, sql_rejections },
  { MH_INSIGHT_AMENDMENTS, sql_amendments },
  { MH_INSIGHT_CALLBACKS, sql_callbacks },
  { MH_INSIGHT_ALERTS, sql_alerts },
  { MH_INSIGHT_SATISFACTION, sql_satisfaction },
};

static MhRecord *
insights_items_store_take (MhRows *rows)
{
  static const guint fields[] = { MH_INSIGHT_ITEM_ORDER_ID, MH_INSIGHT_ITEM_NUMBER,
                                  MH_INSIGHT_ITEM_LABEL, MH_INSIGHT_ITEM_DETAIL };
  MhRecord *item = mh_record_new (&mh_insight_item_type);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!mh_rows_is_null (rows, i))
      mh_record_set_text (item, fields[i], mh_rows_text (rows, i));
  mh_record_set_int (item, MH_INSIGHT_ITEM_AT, mh_rows_int (rows, 4));
  if (!mh_rows_is_null (rows, 5))
    mh_record_set_int (item, MH_INSIGHT_ITEM_SECONDS, mh_rows_int (rows, 5));
  return item;
}

static MhRows *
insights_items_store_ask (MhDb *db,
                          const MhInsightQuery *query,
                          const char *key,
                          guint limit,
                          GError **error)
{
  gboolean workload = g_str_equal (query->figure, MH_INSIGHT_WORKLOAD);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].figure, query->figure))
      return mh_db_query (db, texts[i].sql,
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_INT (query->from),
                                   MH_INT (query->to), MH_TEXT (query->by), MH_TEXT (key),
                                   MH_INT (limit)),
                          error);

  return mh_db_query (db, sql_gathered,
                      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->from_day),
                               MH_TEXT (query->to_day), MH_TEXT (query->by), MH_TEXT (key),
                               MH_TEXT (query->segment), MH_TEXT (query->bench),
                               MH_TEXT (query->test), MH_TEXT (query->priority), MH_BOOL (workload),
                               MH_INT (limit)),
                      error);
}

GPtrArray *
mh_insights_store_items (MhDb *db,
                         const MhInsightQuery *query,
                         const char *key,
                         guint limit,
                         GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = insights_items_store_ask (db, query, key, limit, error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (items, insights_items_store_take (rows));
  if (failure == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, failure);
  return NULL;
}
