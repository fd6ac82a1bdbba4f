/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the turnaround times: one row for each ordered test. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* From one event to the next; the last two are sums. */
typedef enum
{
  MH_SEGMENT_COLLECT, /* ordered → collected */
  MH_SEGMENT_RECEIVE,
  MH_SEGMENT_RESULT,
  MH_SEGMENT_VERIFY,
  MH_SEGMENT_REPORT,
  MH_SEGMENT_LAB,   /* received → verified */
  MH_SEGMENT_TOTAL, /* ordered → reported */
  MH_N_SEGMENTS,
} MhSegment;

/* The events in their order. 0: not yet. */
typedef enum
{
  MH_EVENT_ORDERED,
  MH_EVENT_COLLECTED,
  MH_EVENT_RECEIVED,
  MH_EVENT_RESULTED,
  MH_EVENT_VERIFIED,
  MH_EVENT_REPORTED,
  MH_N_EVENTS,
} MhEvent;

typedef struct
{
  char *item_id, *order_id, *hospital_id, *test, *name, *bench, *department_id, *priority;
  char *entered_by, *verified_by;
  char day[11], week[11];
  gint64 at[MH_N_EVENTS];
  gint64 due_at;                                       /* 0: no limit */
  gint64 calendar[MH_N_SEGMENTS], work[MH_N_SEGMENTS]; /* seconds, -1: not yet */
  gboolean cancelled, breached;                        /* breached: told of */
} MhTurnaround;

void mh_turnaround_free (MhTurnaround *row);

/* How far it was gathered. *out_walked NULL: all orders from before are in. FALSE: error. */
gboolean mh_turnaround_store_mark (MhDb *db, char **out_walked, gint64 *out_seq, GError **error);
gboolean mh_turnaround_store_set_mark (MhTx *tx, const char *walked, gint64 seq, GError **error);
/* The last change of all. -1: error. */
gint64 mh_turnaround_store_last_change (MhDb *db, GError **error);

/* Tests of the orders that changed after @seq up to @to. MhTurnaround. */
GPtrArray *mh_turnaround_store_changed (MhDb *db, gint64 seq, gint64 to, GError **error);
/* Tests of the next @limit orders after @walked (""), in order of id; *out_last: the last order,
 * NULL when there is none. */
GPtrArray *mh_turnaround_store_walk (MhDb *db,
                                     const char *walked,
                                     guint limit,
                                     char **out_last,
                                     GError **error);
gboolean mh_turnaround_store_put (MhTx *tx, const MhTurnaround *row, GError **error);
gboolean mh_turnaround_store_drop (MhTx *tx, const char *item_id, GError **error);

/* Tests in the laboratory whose time is over and of which nobody was told, by order and bench. */
typedef struct
{
  char *order_id, *number, *hospital_id, *bench, *priority, *names;
  gint64 due_at;
} MhBreach;
void mh_breach_free (MhBreach *breach);
GPtrArray *mh_turnaround_store_breaches (MhDb *db, gint64 now, guint limit, GError **error);
gboolean mh_turnaround_store_told (MhTx *tx,
                                   const char *order_id,
                                   const char *bench,
                                   gint64 now,
                                   GError **error);
/* Tests of that order and bench that are late and not verified. -1: error. */
gint64 mh_turnaround_store_late (MhDb *db,
                                 const char *order_id,
                                 const char *bench,
                                 gint64 now,
                                 GError **error);

/* Work in the laboratory now, by bench. */
typedef void (*MhBenchFunc) (const char *bench,
                             gint64 waiting,
                             gint64 stat,
                             gint64 late,
                             gint64 next_due,
                             gpointer data);
gboolean mh_turnaround_store_benches (MhDb *db,
                                      const char *hospital_id,
                                      gint64 now,
                                      MhBenchFunc func,
                                      gpointer data,
                                      GError **error);

G_END_DECLS
