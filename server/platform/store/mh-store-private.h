/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room only. */
#include "server/platform/store/mh-audit-chain.h"
#include "server/platform/store/mh-series.h"
#include "server/platform/store/mh-store.h"
#include "shared/sql/mh-sql-row.h"

G_BEGIN_DECLS

/* What table write_lane holds while the lane is ours. */
typedef struct
{
  gint64 feed_seq;
  gint64 audit_seq;
  char audit_head[MH_AUDIT_HASH_LENGTH + 1];
} MhLaneState;

struct _MhTx
{
  MhStore *store;
  MhDb *db;
  gint64 now;
  const MhWho *who;
  MhLaneState *lane;
  MhSeries *series;
  MhSqlArgs *args;
};

/* The lane's thread and queue; knows transactions, not records. */
typedef struct _MhLane MhLane;
/* After each durable commit, before its requests are answered, on the lane's thread. */
typedef void (*MhLaneMoved) (gint64 feed_seq, gpointer data);

MhLane *mh_lane_new (MhStore *store,
                     MhDb *writer,
                     guint max_waiting,
                     guint max_group,
                     MhLaneMoved moved,
                     gpointer data);
/* Finishes what waits. The writer's connection stays the caller's. */
void mh_lane_free (MhLane *lane);
gboolean mh_lane_submit (MhLane *lane,
                         const MhWho *who,
                         MhTxAhead ahead,
                         MhTxFunc func,
                         MhTxDone done,
                         gpointer data,
                         GError **error);
gboolean mh_lane_is_own_thread (MhLane *lane);
void mh_lane_stats (MhLane *lane, MhStoreStats *out_stats);
/* PostgreSQL does not answer, so whatever is asked now would be in vain: MH_ERROR_BUSY. */
gboolean mh_store_is_silent (MhStore *store, GError **error);
/* What the disk did to @db since the last call becomes the store's; the lane tells when a write
 * went through, which ends a full disk. A damaged database stays so until the next start. */
void mh_store_note_trouble (MhStore *store, MhDb *db);
void mh_store_note_written (MhStore *store);
gboolean mh_store_is_full (MhStore *store);
/* How many groups were committed, counted before their requests are answered; wraps. */
gint mh_store_commits (MhStore *store);
/* For a record that brings none. In the lane. Caller frees. */
char *mh_store_new_id (MhStore *store, gint64 now);
/* Those of mh_store_observe(). */
gboolean mh_store_tell_observers (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);
/* Puts the notification of a feed that moved into the open transaction, where one is needed. */
gboolean mh_store_announce (MhStore *store, MhDb *db, gint64 feed_seq, GError **error);

G_END_DECLS
