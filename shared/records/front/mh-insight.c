/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/front/mh-insight.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/money/mh-payment.h"

#include <string.h>

#define TIME "day|week|month"

/* clang-format off */
const MhCode mh_insight_codes[] = {
  { MH_INSIGHT_TURNAROUND, NS_("Turnaround") },
  { MH_INSIGHT_WORKLOAD, NS_("Workload") },
  { MH_INSIGHT_ORDERS, NS_("Orders") },
  { MH_INSIGHT_PAYMENTS, NS_("Payments") },
  { MH_INSIGHT_REJECTIONS, NS_("Rejected tubes") },
  { MH_INSIGHT_AMENDMENTS, NS_("Corrected reports") },
  { MH_INSIGHT_CALLBACKS, NS_("Critical calls") },
  { MH_INSIGHT_ALERTS, NS_("Alerts") },
  { MH_INSIGHT_SATISFACTION, NS_("Satisfaction") },
  { NULL },
};

const MhCode mh_insight_by_codes[] = {
  { MH_BY_DAY, NS_("Day") },
  { MH_BY_WEEK, NS_("Week") },
  { MH_BY_MONTH, NS_("Month") },
  { MH_BY_SEGMENT, NS_("Step") },
  { MH_BY_TEST, NS_("Test") },
  { MH_BY_BENCH, NS_("Bench") },
  { MH_BY_PRIORITY, NS_("Priority") },
  { MH_BY_PERSON, NS_("Person") },
  { MH_BY_STATUS, NS_("Status") },
  { MH_BY_METHOD, NS_("Kind of payment") },
  { MH_BY_DEPARTMENT, NS_("Department") },
  { MH_BY_REASON, NS_("Reason") },
  { MH_BY_CONTAINER, NS_("Container") },
  { MH_BY_KIND, NS_("Kind") },
  { MH_BY_SCORE, NS_("Answer") },
  { NULL },
};

const MhInsightKind mh_insight_kinds[] = {
  { MH_INSIGHT_TURNAROUND, "segment|" TIME "|test|bench|priority", "tests|p50|p90|work_p50|work_p90|on_time", "p50|p90", N_("How long half (P50) and 90 % (P90) of the tests took, by the clock and in working time") },
  { MH_INSIGHT_WORKLOAD, TIME "|bench|test|person|priority|department", "tests|stat|verified", "tests|stat", N_("Tests ordered, how many of them STAT, how many verified by now") },
  { MH_INSIGHT_ORDERS, "status|" TIME "|method|department", "orders|completed|completion|amount", "orders|completed", N_("Orders by where they stand, how many of all are completed, and what they come to") },
  { MH_INSIGHT_PAYMENTS, "method|" TIME, "payments|failed|success|amount|refunds", "amount|refunds", N_("Payments that succeeded out of all that were tried, money taken and given back") },
  { MH_INSIGHT_REJECTIONS, "reason|" TIME "|container|bench", "rejected|tubes|share", "rejected", N_("Tubes that had to be recollected, out of all that were collected") },
  { MH_INSIGHT_AMENDMENTS, TIME, "reports|corrected|amended|share", "corrected|amended", N_("Reports that were changed after they were final") },
  { MH_INSIGHT_CALLBACKS, TIME "|test", "critical|in_time|share|never|p50", "critical|in_time", N_("Critical values, how many were called in time, and how many never") },
  { MH_INSIGHT_ALERTS, "kind|" TIME "|bench", "raised|severe|open|p50", "raised|severe", N_("Alerts of quality control, equipment, turnaround and the rest, and how long until somebody acknowledged them") },
  { MH_INSIGHT_SATISFACTION, TIME "|score", "answers|mean|low", "mean", N_("What patients answered, from 1 to 5") },
  { NULL },
};

const MhInsightColumn mh_insight_columns[] = {
  { "tests", NS_("Tests"), MH_UNIT_COUNT },
  { "p50", NS_("P50"), MH_UNIT_SECONDS },
  { "p90", NS_("P90"), MH_UNIT_SECONDS },
  { "work_p50", NS_("P50, working time"), MH_UNIT_SECONDS },
  { "work_p90", NS_("P90, working time"), MH_UNIT_SECONDS },
  { "on_time", NS_("In time"), MH_UNIT_PERCENT },
  { "stat", NS_("STAT"), MH_UNIT_COUNT },
  { "verified", NS_("Verified"), MH_UNIT_COUNT },
  { "orders", NS_("Orders"), MH_UNIT_COUNT },
  { "completed", NS_("Completed"), MH_UNIT_COUNT },
  { "completion", NS_("Completion rate"), MH_UNIT_PERCENT },
  { "amount", NS_("Amount"), MH_UNIT_MONEY },
  { "payments", NS_("Payments"), MH_UNIT_COUNT },
  { "failed", NS_("Failed"), MH_UNIT_COUNT },
  { "success", NS_("Success rate"), MH_UNIT_PERCENT },
  { "refunds", NS_("Given back"), MH_UNIT_MONEY },
  { "rejected", NS_("Rejected"), MH_UNIT_COUNT },
  { "tubes", NS_("Tubes"), MH_UNIT_COUNT },
  { "share", NS_("Share"), MH_UNIT_PERCENT },
  { "reports", NS_("Reports"), MH_UNIT_COUNT },
  { "corrected", NS_("Corrected"), MH_UNIT_COUNT },
  { "amended", NS_("Amended"), MH_UNIT_COUNT },
  { "critical", NS_("Critical values"), MH_UNIT_COUNT },
  { "in_time", NS_("Called in time"), MH_UNIT_COUNT },
  { "never", NS_("Never called"), MH_UNIT_COUNT },
  { "raised", NS_("Alerts"), MH_UNIT_COUNT },
  { "severe", NS_("Severe"), MH_UNIT_COUNT },
  { "open", NS_("Not resolved"), MH_UNIT_COUNT },
  { "answers", NS_("Answers"), MH_UNIT_COUNT },
  { "mean", NS_("Mean"), MH_UNIT_SCORE },
  { "low", NS_("Unhappy"), MH_UNIT_COUNT },
  { NULL },
};

const MhCode mh_segment_codes[] = {
  { "collect", NS_("Ordered → collected") },
  { "receive", NS_("Collected → received") },
  { "result", NS_("Received → resulted") },
  { "verify", NS_("Resulted → verified") },
  { "report", NS_("Verified → reported") },
  { "lab", NS_("Received → verified") },
  { "total", NS_("Ordered → reported") },
  { NULL },
};

static const MhField row_fields[] = {
  [MH_INSIGHT_ROW_KEY]    = { "key", MH_KIND_TEXT, .label = N_("Key"), .max = 120 },
  [MH_INSIGHT_ROW_LABEL]  = { "label", MH_KIND_TEXT, .label = N_("Name"), .max = 250 },
  [MH_INSIGHT_ROW_VALUES] = { "values", MH_KIND_LIST, .label = N_("Values"), .max = 12, .help = N_("Whole numbers in the order of the columns; empty: nothing to say") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (row_fields) == MH_INSIGHT_ROW_N_FIELDS);

static const MhField fields[] = {
  [MH_INSIGHT_FIGURE]    = { "figure", MH_KIND_ENUM, .label = N_("Figure"), .codes = mh_insight_codes },
  [MH_INSIGHT_BY]        = { "by", MH_KIND_ENUM, .label = N_("Grouped by"), .codes = mh_insight_by_codes },
  [MH_INSIGHT_FROM]      = { "from", MH_KIND_DATE, .label = N_("From") },
  [MH_INSIGHT_TO]        = { "to", MH_KIND_DATE, .label = N_("To"), .help = N_("The last day, counted in") },
  [MH_INSIGHT_SEGMENT]   = { "segment", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_segment_codes },
  [MH_INSIGHT_CURRENCY]  = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_INSIGHT_TIME_ZONE] = { "time_zone", MH_KIND_TEXT, .label = N_("Time zone"), .max = 60 },
  [MH_INSIGHT_COLUMNS]   = { "columns", MH_KIND_LIST, .label = N_("Columns"), .max = 12 },
  [MH_INSIGHT_ROWS]      = { "rows", MH_KIND_RECORDS, .label = N_("Rows"), .flags = MH_VIRTUAL, .target = &mh_insight_row_type, .max = 10000 },
  [MH_INSIGHT_TOTALS]    = { "totals", MH_KIND_RECORD, .label = N_("Totals"), .flags = MH_VIRTUAL, .target = &mh_insight_row_type },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_INSIGHT_N_FIELDS);

static const MhField item_fields[] = {
  [MH_INSIGHT_ITEM_ORDER_ID] = { "order_id", MH_KIND_TEXT, .label = N_("Order"), .max = 36 },
  [MH_INSIGHT_ITEM_NUMBER]   = { "number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_BRIEF, .max = 40 },
  [MH_INSIGHT_ITEM_LABEL]    = { "label", MH_KIND_TEXT, .label = N_("What"), .flags = MH_BRIEF, .max = 250 },
  [MH_INSIGHT_ITEM_DETAIL]   = { "detail", MH_KIND_TEXT, .label = N_("Details"), .flags = MH_BRIEF, .max = 400 },
  [MH_INSIGHT_ITEM_AT]       = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_BRIEF },
  [MH_INSIGHT_ITEM_SECONDS]  = { "seconds", MH_KIND_INT, .label = N_("Duration"), .unit = "s" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (item_fields) == MH_INSIGHT_ITEM_N_FIELDS);

static const MhField load_fields[] = {
  [MH_BENCH_LOAD_BENCH]       = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .max = 4 },
  [MH_BENCH_LOAD_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 120 },
  [MH_BENCH_LOAD_WAITING]     = { "waiting", MH_KIND_INT, .label = N_("Waiting") },
  [MH_BENCH_LOAD_STAT]        = { "stat", MH_KIND_INT, .label = N_("STAT") },
  [MH_BENCH_LOAD_LATE]        = { "late", MH_KIND_INT, .label = N_("Late") },
  [MH_BENCH_LOAD_NEXT_DUE_AT] = { "next_due_at", MH_KIND_INSTANT, .label = N_("Next due") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (load_fields) == MH_BENCH_LOAD_N_FIELDS);

const MhRecordType mh_insight_row_type = {
  .name = "MhInsightRow", .code = "insight_row",
  .label = N_("Row of a figure"), .fields = row_fields, .n_fields = G_N_ELEMENTS (row_fields),
};

const MhRecordType mh_insight_type = {
  .name = "MhInsight", .code = "insight",
  .label = N_("Figure"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
};

const MhRecordType mh_insight_item_type = {
  .name = "MhInsightItem", .code = "insight_item",
  .label = N_("What is behind a figure"), .fields = item_fields, .n_fields = G_N_ELEMENTS (item_fields),
  .order = MH_INSIGHT_ITEM_ORDER_ID,
};

const MhRecordType mh_bench_load_type = {
  .name = "MhBenchLoad", .code = "bench_load",
  .label = N_("A bench now"), .fields = load_fields, .n_fields = G_N_ELEMENTS (load_fields),
};
/* clang-format on */

const MhInsightKind *
mh_insight_kind_find (const char *figure)
{
  for (const MhInsightKind *kind = mh_insight_kinds; kind->figure != NULL; kind++)
    if (g_strcmp0 (kind->figure, figure) == 0)
      return kind;
  return NULL;
}

gboolean
mh_insight_kind_may (const MhInsightKind *kind, const char *by)
{
  gsize length = by != NULL ? strlen (by) : 0;
  for (const char *at = kind->by; length > 0 && at != NULL; at = strchr (at, '|'))
    {
      at += *at == '|';
      if (strncmp (at, by, length) == 0 && (at[length] == '|' || at[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

gboolean
mh_insight_by_is_time (const char *by)
{
  return g_strcmp0 (by, MH_BY_DAY) == 0 || g_strcmp0 (by, MH_BY_WEEK) == 0
         || g_strcmp0 (by, MH_BY_MONTH) == 0;
}

const MhInsightColumn *
mh_insight_column_find (const char *code)
{
  for (const MhInsightColumn *column = mh_insight_columns; column->code != NULL; column++)
    if (g_strcmp0 (column->code, code) == 0)
      return column;
  return NULL;
}

static const char *
insight_label_in (const MhCode *codes, const char *key)
{
  for (; codes->code != NULL; codes++)
    if (g_strcmp0 (codes->code, key) == 0)
      return codes->label;
  return NULL;
}

const char *
mh_insight_key_label (const char *figure, const char *by, const char *key)
{
  if (g_strcmp0 (by, MH_BY_SEGMENT) == 0)
    return insight_label_in (mh_segment_codes, key);
  if (g_strcmp0 (by, MH_BY_PRIORITY) == 0)
    return insight_label_in (mh_order_priority_codes, key);
  if (g_strcmp0 (by, MH_BY_STATUS) == 0)
    return insight_label_in (mh_order_tab_codes, key);
  if (g_strcmp0 (by, MH_BY_METHOD) == 0)
    return insight_label_in (mh_payment_method_codes, key);
  if (g_strcmp0 (by, MH_BY_REASON) == 0)
    return insight_label_in (mh_reject_reason_codes, key);
  if (g_strcmp0 (by, MH_BY_KIND) == 0)
    return insight_label_in (mh_alert_kind_codes, key);

  return NULL;
}
