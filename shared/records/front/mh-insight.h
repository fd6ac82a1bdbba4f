/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the numbers say: a figure of /insights/{figure}, grouped, as columns of numbers that a
 * chart, a table and a list to print are all made of. Figures, groups and columns stand in tables
 * here, so that server, client and papers agree on them.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_INSIGHT_TURNAROUND "turnaround"
#define MH_INSIGHT_WORKLOAD "workload"
#define MH_INSIGHT_ORDERS "orders"
#define MH_INSIGHT_PAYMENTS "payments"
#define MH_INSIGHT_REJECTIONS "rejections"
#define MH_INSIGHT_AMENDMENTS "amendments"
#define MH_INSIGHT_CALLBACKS "callbacks"
#define MH_INSIGHT_ALERTS "alerts"
#define MH_INSIGHT_SATISFACTION "satisfaction"
extern const MhCode mh_insight_codes[];

#define MH_BY_DAY "day"
#define MH_BY_WEEK "week"
#define MH_BY_MONTH "month"
#define MH_BY_SEGMENT "segment"
#define MH_BY_TEST "test"
#define MH_BY_BENCH "bench"
#define MH_BY_PRIORITY "priority"
#define MH_BY_PERSON "person"
#define MH_BY_STATUS "status"
#define MH_BY_METHOD "method"
#define MH_BY_DEPARTMENT "department"
#define MH_BY_REASON "reason"
#define MH_BY_CONTAINER "container"
#define MH_BY_KIND "kind"
#define MH_BY_SCORE "score"
extern const MhCode mh_insight_by_codes[];

/* The first is what is asked for if nothing is said. Ends with { NULL }. */
typedef struct
{
  const char *figure;
  const char *by;      /* "day|week|month|test": the groups it can have */
  const char *columns; /* "tests|p50|p90": what each row says, in this order */
  const char *drawn;   /* the columns that a chart shows */
  const char *text;    /* N_(): what it is, for people */
} MhInsightKind;
extern const MhInsightKind mh_insight_kinds[];
const MhInsightKind *mh_insight_kind_find (const char *figure); /* NULL: none */
gboolean mh_insight_kind_may (const MhInsightKind *kind, const char *by);
/* Rows are days, weeks or months: one after the other in time. */
gboolean mh_insight_by_is_time (const char *by);

typedef enum
{
  MH_UNIT_COUNT,
  MH_UNIT_SECONDS,
  MH_UNIT_PERCENT, /* tenths */
  MH_UNIT_MONEY,   /* minor units */
  MH_UNIT_SCORE,   /* hundredths */
} MhInsightUnit;

typedef struct
{
  const char *code;
  const char *label; /* N_() */
  MhInsightUnit unit;
} MhInsightColumn; /* ends with { NULL } */
extern const MhInsightColumn mh_insight_columns[];
const MhInsightColumn *mh_insight_column_find (const char *code);
/* The label of a row's @key in a group that has words of its own (segment, priority, status …);
 * NULL: there are none, the row's label says it. English. */
const char *mh_insight_key_label (const char *figure, const char *by, const char *key);

extern const MhCode mh_segment_codes[]; /* in the order of the events */

enum
{
  MH_INSIGHT_ROW_KEY,
  MH_INSIGHT_ROW_LABEL,
  MH_INSIGHT_ROW_VALUES,
  MH_INSIGHT_ROW_N_FIELDS,
};

enum
{
  MH_INSIGHT_FIGURE,
  MH_INSIGHT_BY,
  MH_INSIGHT_FROM,
  MH_INSIGHT_TO,
  MH_INSIGHT_SEGMENT,
  MH_INSIGHT_CURRENCY,
  MH_INSIGHT_TIME_ZONE,
  MH_INSIGHT_COLUMNS,
  MH_INSIGHT_ROWS,
  MH_INSIGHT_TOTALS,
  MH_INSIGHT_N_FIELDS,
};

/* What is behind one row of it. */
enum
{
  MH_INSIGHT_ITEM_ORDER_ID,
  MH_INSIGHT_ITEM_NUMBER,
  MH_INSIGHT_ITEM_LABEL,
  MH_INSIGHT_ITEM_DETAIL,
  MH_INSIGHT_ITEM_AT,
  MH_INSIGHT_ITEM_SECONDS,
  MH_INSIGHT_ITEM_N_FIELDS,
};

/* A bench as it is now. */
enum
{
  MH_BENCH_LOAD_BENCH,
  MH_BENCH_LOAD_NAME,
  MH_BENCH_LOAD_WAITING,
  MH_BENCH_LOAD_STAT,
  MH_BENCH_LOAD_LATE,
  MH_BENCH_LOAD_NEXT_DUE_AT,
  MH_BENCH_LOAD_N_FIELDS,
};

G_END_DECLS
