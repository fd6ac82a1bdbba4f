/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the figures: sums and counts by group, worked out in the database. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Days are told apart by the quarter of an hour: every time zone's midnight falls on one. */
#define MH_INSIGHT_SLOT (15 * MH_MINUTE)
#define MH_INSIGHT_MOST_SUMS 4
/* A code or link that came to nothing, or whose payer's bank has said no so far; when. */
#define ATTEMPT_ENDED "COALESCE (a.ended_at, a.created_at)"
#define ATTEMPT_FAILED                                                                             \
  " AND (a.status IN ('failed', 'expired')"                                                        \
  " OR (a.status <> 'paid' AND a.failure_code IS NOT NULL)) AND a.deleted_at IS NULL"

typedef struct
{
  const char *figure, *by;
  const char *hospital_id;       /* NULL: all */
  gint64 from, to;               /* from <= instant < to */
  const char *from_day, *to_day; /* the same as days, the last one counted in */
  const char *segment;
  const char *bench, *test, *priority; /* NULL: any */
} MhInsightQuery;

/* @key: the group; over time the number of a slot, but the day itself for what is gathered
 * (turnaround, workload). @label may be NULL. */
typedef void (*MhSumsFunc) (const char *key,
                            const char *label,
                            const gint64 *sums,
                            guint n_sums,
                            gpointer data);
/* @times tests, tubes, calls … of the group took @seconds. */
typedef void (*MhTookFunc) (const char *key, gint64 seconds, gint64 times, gpointer data);
/* One test. @seconds: of the wanted segment on the clock and in working time; of all segments, the
 * clock's first, where @query is by segment. -1: not yet. @kept: its limit, -1: it has none or
 * waits. */
typedef void (*MhTimesFunc) (const char *key,
                             const char *label,
                             const gint64 *seconds,
                             gint64 kept,
                             gpointer data);

gboolean mh_insights_store_sums (MhDb *db,
                                 const MhInsightQuery *query,
                                 MhSumsFunc func,
                                 gpointer data,
                                 GError **error);
/* All tubes that were collected, by the same groups; by reason there is one group, "". */
gboolean mh_insights_store_tubes (MhDb *db,
                                  const MhInsightQuery *query,
                                  MhSumsFunc func,
                                  gpointer data,
                                  GError **error);
/* How long until somebody was told, or saw to it: figures callbacks and alerts. */
gboolean mh_insights_store_took (MhDb *db,
                                 const MhInsightQuery *query,
                                 MhTookFunc func,
                                 gpointer data,
                                 GError **error);
/* Turnaround, each test by itself: to put hundreds of thousands in order is nothing for us and long
 * for a database. */
gboolean mh_insights_store_times (MhDb *db,
                                  const MhInsightQuery *query,
                                  MhTimesFunc func,
                                  gpointer data,
                                  GError **error);
/* What is behind a row: MhRecord of mh_insight_item_type, at most @limit. @key as in the reply, or
 * NULL for all; over time @query has the days of that row alone. */
GPtrArray *mh_insights_store_items (MhDb *db,
                                    const MhInsightQuery *query,
                                    const char *key,
                                    guint limit,
                                    GError **error);

G_END_DECLS
