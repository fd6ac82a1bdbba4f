/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/insights/mh-insights-store.h"

#include "server/front/insights/mh-turnaround-store.h"
#include "shared/records/front/mh-insight.h"

/* What is not gathered day by day comes by the quarter of an hour, as text. */
#define SLOT(instant)                                                                              \
  "CASE WHEN $4 IN ('day', 'week', 'month') THEN CAST(" instant " / 900000000 AS text)"
#define WITHIN(alias, instant)                                                                     \
  " WHERE " instant " >= $2 AND " instant " < $3 AND (CAST($1 AS text) IS NULL OR " alias          \
  ".hospital_id = $1)"

/* Completed are those of which nothing is left to be done, out of all that were placed. */
static const char sql_orders[] = "SELECT " SLOT (
    "o.ordered_at") " WHEN $4 = 'method' THEN o.payment_method"
                    " WHEN $4 = 'department' THEN o.department_id"
                    " WHEN o.status IN ('cancelled', 'expired') THEN o.status ELSE o.tab END AS "
                    "grouped,"
                    " MIN (d.name), COUNT (*), SUM (o.total),"
                    " SUM (CASE WHEN o.status IN ('cancelled', 'expired') THEN 0"
                    " WHEN o.tab = 'completed' THEN 1 ELSE 0 END)"
                    " FROM lab_order o LEFT JOIN department d ON d.id = o.department_id" WITHIN (
                        "o",
                        "o.ordered_at") " AND o.deleted_at IS NULL GROUP BY 1";

/* As in the revenue: what was spent of a deposit came in before, and of an insurer counts what it
 * has transferred. Tried in vain are payments that a second person refused, and codes and links
 * that the bank refused or nobody paid in time. */
#define PAID                                                                                       \
  " AND (p.status IN ('captured', 'part_refunded', 'refunded', 'processed')"                       \
  " OR (p.status = 'rejected' AND p.refund_of IS NULL))"                                           \
  " AND p.method NOT IN ('deposit', 'insurance') AND p.deleted_at IS NULL"
static const char sql_payments[]
    = "SELECT x.grouped, NULL, SUM (x.taken), SUM (x.amount), SUM (x.back), SUM (x.failed) FROM ("
      "SELECT " SLOT (
          "p.received_at") " ELSE p.method END AS grouped,"
                           " CASE WHEN p.refund_of IS NULL AND p.status <> 'rejected' THEN 1 ELSE "
                           "0 END AS taken,"
                           " CASE WHEN p.refund_of IS NULL AND p.status <> 'rejected' THEN "
                           "p.amount ELSE 0 END AS amount,"
                           " CASE WHEN p.refund_of IS NULL THEN 0 ELSE p.amount END AS back,"
                           " CASE WHEN p.status = 'rejected' THEN 1 ELSE 0 END AS failed"
                           " FROM payment p" WITHIN ("p", "p.received_at") PAID
    " UNION ALL "
    "SELECT " SLOT (ATTEMPT_ENDED) " ELSE 'online' END, 0, 0, 0, 1"
                                   " FROM payment_attempt a" WITHIN ("a", ATTEMPT_ENDED)
                                       ATTEMPT_FAILED
    " UNION ALL "
    "SELECT " SLOT ("r.recorded_at") " ELSE 'insurance' END, 1, r.amount, 0, 0"
                                     " FROM remittance r" WITHIN (
                                         "r",
                                         "r.recorded_at") " AND r.amount > 0"
                                                          " AND r.deleted_at IS NULL) x GROUP BY 1";

static const char sql_rejections[] = "SELECT " SLOT (
    "s.rejected_at") " WHEN $4 = 'container' THEN s.container"
                     " WHEN $4 = 'bench' THEN s.bench ELSE s.reject_reason END AS grouped,"
                     " MIN (CASE WHEN $4 = 'container' THEN s.container_name END), COUNT (*)"
                     " FROM sample s" WITHIN ("s",
                                              "s.rejected_at") " AND s.rejected_at IS NOT NULL AND "
                                                               "s.deleted_at IS NULL GROUP BY 1";
static const char sql_tubes[] = "SELECT " SLOT (
    "s.collected_at") " WHEN $4 = 'container' THEN s.container"
                      " WHEN $4 = 'bench' THEN s.bench ELSE '' END AS grouped,"
                      " MIN (CASE WHEN $4 = 'container' THEN s.container_name END), COUNT (*)"
                      " FROM sample s" WITHIN (
                          "s",
                          "s.collected_at") " AND s.deleted_at IS NULL GROUP BY 1";

static const char sql_amendments[] = "SELECT " SLOT (
    "r.issued_at") " ELSE '' END AS grouped, NULL,"
                   " SUM (CASE WHEN r.status = 'final' THEN 1 ELSE 0 END),"
                   " SUM (CASE WHEN r.status = 'corrected' THEN 1 ELSE 0 END),"
                   " SUM (CASE WHEN r.status IN ('amended', 'appended') THEN 1 ELSE 0 END)"
                   " FROM report r" WITHIN ("r",
                                            "r.issued_at") " AND r.deleted_at IS NULL GROUP BY 1";

#define CRITICAL_KEY SLOT ("c.opened_at") " ELSE c.analyte END AS grouped"
static const char sql_callbacks[]
    = "SELECT " CRITICAL_KEY ", MIN (c.name), COUNT (*),"
      " SUM (CASE WHEN c.acknowledged_at <= c.due_at THEN 1 ELSE 0 END),"
      " SUM (CASE WHEN c.acknowledged_at IS NULL AND c.state = 'closed' THEN 1 ELSE 0 END)"
      " FROM critical_item c" WITHIN ("c", "c.opened_at") " AND c.deleted_at IS NULL GROUP BY 1";
static const char sql_callbacks_took[]
    = "SELECT " CRITICAL_KEY ", (c.acknowledged_at - c.opened_at) / 1000000, COUNT (*)"
      " FROM critical_item c" WITHIN ("c", "c.opened_at") " AND c.acknowledged_at IS NOT NULL AND "
                                                          "c.deleted_at IS NULL GROUP BY 1, 2";

#define ALERT_KEY SLOT ("a.raised_at") " WHEN $4 = 'bench' THEN a.bench ELSE a.kind END AS grouped"
static const char sql_alerts[]
    = "SELECT " ALERT_KEY ", NULL, COUNT (*),"
      " SUM (CASE WHEN a.severity = 'severe' THEN 1 ELSE 0 END),"
      " SUM (CASE WHEN a.cleared_at IS NULL THEN 1 ELSE 0 END)"
      " FROM alert a" WITHIN ("a", "a.raised_at") " AND a.deleted_at IS NULL GROUP BY 1";
static const char sql_alerts_took[]
    = "SELECT " ALERT_KEY ", (a.acknowledged_at - a.raised_at) / 1000000, COUNT (*)"
      " FROM alert a" WITHIN ("a", "a.raised_at") " AND a.acknowledged_at >= a.raised_at AND "
                                                  "a.deleted_at IS NULL GROUP BY 1, 2";

static const char sql_satisfaction[] = "SELECT " SLOT (
    "f.answered_at") " ELSE CAST(f.score AS text) END AS grouped, NULL,"
                     " COUNT (*), SUM (f.score), SUM (CASE WHEN f.score <= 2 THEN 1 ELSE 0 END)"
                     " FROM feedback f" WITHIN (
                         "f",
                         "f.answered_at") " AND f.answered_at IS NOT NULL AND f.deleted_at IS NULL "
                                          "GROUP BY 1";

/* --- what is gathered --- */

#define GATHERED_KEY                                                                               \
  "CASE $4 WHEN 'day' THEN t.day WHEN 'week' THEN t.week WHEN 'month' THEN substr (t.day, 1, 7)"   \
  " WHEN 'test' THEN t.test WHEN 'bench' THEN t.bench WHEN 'priority' THEN t.priority"             \
  " WHEN 'person' THEN t.entered_by WHEN 'department' THEN t.department_id ELSE $5 END"
#define GATHERED                                                                                   \
  " WHERE t.day >= $2 AND t.day <= $3"                                                             \
  " AND (CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE t.hospital_id = $1 END)"                \
  " AND (CASE WHEN CAST($6 AS text) IS NULL THEN TRUE ELSE t.bench = $6 END)"                      \
  " AND (CASE WHEN CAST($7 AS text) IS NULL THEN TRUE ELSE t.test = $7 END)"                       \
  " AND (CASE WHEN CAST($8 AS text) IS NULL THEN TRUE ELSE t.priority = $8 END)"
/* Names only where rows are tests: nobody reads the others'. */
#define TIMES(seconds)                                                                             \
  "SELECT " GATHERED_KEY ", CASE $4 WHEN 'test' THEN t.name END,"                                  \
  " CASE WHEN t.due_at IS NULL OR t.verified_at IS NULL THEN -1"                                   \
  " WHEN t.verified_at <= t.due_at THEN 1 ELSE 0 END, " seconds " FROM turnaround t" GATHERED
#define BOTH(segment) "COALESCE (t." segment "_s, -1), COALESCE (t." segment "_w, -1)"
#define SEGMENTS(suffix)                                                                           \
  "COALESCE (t.collect_" suffix ", -1), COALESCE (t.receive_" suffix                               \
  ", -1), COALESCE (t.result_" suffix ", -1), COALESCE (t.verify_" suffix                          \
  ", -1), COALESCE (t.report_" suffix ", -1), COALESCE (t.lab_" suffix                             \
  ", -1), COALESCE (t.total_" suffix ", -1)"
static const char sql_collect[] = TIMES (BOTH ("collect"));
static const char sql_receive[] = TIMES (BOTH ("receive"));
static const char sql_result[] = TIMES (BOTH ("result"));
static const char sql_verify[] = TIMES (BOTH ("verify"));
static const char sql_report[] = TIMES (BOTH ("report"));
static const char sql_lab[] = TIMES (BOTH ("lab"));
static const char sql_total[] = TIMES (BOTH ("total"));
static const char sql_segments[] = TIMES (SEGMENTS ("s") ", " SEGMENTS ("w"));
static const char *const sql_times[MH_N_SEGMENTS]
    = { sql_collect, sql_receive, sql_result, sql_verify, sql_report, sql_lab, sql_total };
static const char sql_workload[]
    = "SELECT " GATHERED_KEY " AS grouped,"
      " MIN (CASE $4 WHEN 'test' THEN t.name WHEN 'department' THEN d.name END), COUNT (*),"
      " SUM (CASE WHEN t.priority = 'stat' THEN 1 ELSE 0 END),"
      " SUM (CASE WHEN t.verified_at IS NULL THEN 0 ELSE 1 END)"
      " FROM turnaround t LEFT JOIN department d ON d.id = t.department_id" GATHERED " GROUP BY 1";

static const struct
{
  const char *figure, *sums, *took;
  guint n_sums;
  gboolean gathered;
} texts[] = {
  { MH_INSIGHT_WORKLOAD, sql_workload, NULL, 3, TRUE },
  { MH_INSIGHT_ORDERS, sql_orders, NULL, 3, FALSE },
  { MH_INSIGHT_PAYMENTS, sql_payments, NULL, 4, FALSE },
  { MH_INSIGHT_REJECTIONS, sql_rejections, NULL, 1, FALSE },
  { MH_INSIGHT_AMENDMENTS, sql_amendments, NULL, 3, FALSE },
  { MH_INSIGHT_CALLBACKS, sql_callbacks, sql_callbacks_took, 3, FALSE },
  { MH_INSIGHT_ALERTS, sql_alerts, sql_alerts_took, 3, FALSE },
  { MH_INSIGHT_SATISFACTION, sql_satisfaction, NULL, 3, FALSE },
};

/* --- running --- */

static gboolean
insights_store_finish (GError *failure, GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

typedef MhRows *(*Query) (MhDb *, const char *, const MhArg *, guint, GError **);

static MhRows *
ask_gathered (MhDb *db, Query ask_db, const char *sql, const MhInsightQuery *query, GError **error)
{
  return ask_db (db, sql,
                 MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->from_day),
                          MH_TEXT (query->to_day), MH_TEXT (query->by), MH_TEXT (query->segment),
                          MH_TEXT (query->bench), MH_TEXT (query->test), MH_TEXT (query->priority)),
                 error);
}

static MhRows *
insights_store_ask (MhDb *db, const char *sql, const MhInsightQuery *query, GError **error)
{
  return mh_db_query (db, sql,
                      MH_ARGS (MH_TEXT (query->hospital_id), MH_INT (query->from),
                               MH_INT (query->to), MH_TEXT (query->by)),
                      error);
}

static gboolean
each_sum (MhRows *rows, guint n, MhSumsFunc func, gpointer data, GError **error)
{
  GError *failure = NULL;
  gint64 sums[MH_INSIGHT_MOST_SUMS];
  while (rows != NULL && mh_rows_next (rows, &failure))
    {
      for (guint i = 0; i < n; i++)
        sums[i] = mh_rows_int (rows, 2 + i);
      func (mh_rows_text (rows, 0), mh_rows_text (rows, 1), sums, n, data);
    }
  return rows != NULL && insights_store_finish (failure, error);
}

gboolean
mh_insights_store_sums (MhDb *db,
                        const MhInsightQuery *query,
                        MhSumsFunc func,
                        gpointer data,
                        GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].figure, query->figure))
      {
        g_autoptr (MhRows) rows = texts[i].gathered
                                      ? ask_gathered (db, mh_db_query, texts[i].sums, query, error)
                                      : insights_store_ask (db, texts[i].sums, query, error);
        return each_sum (rows, texts[i].n_sums, func, data, error);
      }
  return TRUE;
}

gboolean
mh_insights_store_tubes (MhDb *db,
                         const MhInsightQuery *query,
                         MhSumsFunc func,
                         gpointer data,
                         GError **error)
{
  g_autoptr (MhRows) rows = insights_store_ask (db, sql_tubes, query, error);
  return each_sum (rows, 1, func, data, error);
}

gboolean
mh_insights_store_took (MhDb *db,
                        const MhInsightQuery *query,
                        MhTookFunc func,
                        gpointer data,
                        GError **error)
{
  GError *failure = NULL;
  const char *sql = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].figure, query->figure))
      sql = texts[i].took;
  if (sql == NULL)
    return TRUE;
  g_autoptr (MhRows) rows = insights_store_ask (db, sql, query, error);
  while (rows != NULL && mh_rows_next (rows, &failure))
    func (mh_rows_text (rows, 0), mh_rows_int (rows, 1), mh_rows_int (rows, 2), data);
  return rows != NULL && insights_store_finish (failure, error);
}

gboolean
mh_insights_store_times (MhDb *db,
                         const MhInsightQuery *query,
                         MhTimesFunc func,
                         gpointer data,
                         GError **error)
{
  GError *failure = NULL;
  gint64 seconds[2 * MH_N_SEGMENTS];
  gboolean all = g_str_equal (query->by, MH_BY_SEGMENT);
  guint n = all ? G_N_ELEMENTS (seconds) : 2;
  const char *sql = all ? sql_segments : sql_total;

  for (guint i = 0; !all && i < MH_N_SEGMENTS; i++)
    if (g_strcmp0 (mh_segment_codes[i].code, query->segment) == 0)
      sql = sql_times[i];

  g_autoptr (MhRows) rows = ask_gathered (db, mh_db_query_long, sql, query, error);
  while (rows != NULL && mh_rows_next (rows, &failure))
    {
      for (guint i = 0; i < n; i++)
        seconds[i] = mh_rows_int (rows, 3 + i);
      func (mh_rows_text (rows, 0), mh_rows_text (rows, 1), seconds, mh_rows_int (rows, 2), data);
    }

  return rows != NULL && insights_store_finish (failure, error);
}
