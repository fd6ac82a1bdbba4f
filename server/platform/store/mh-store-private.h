/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room only. */
#include "server/platform/store/mh-audit-chain.h"
#include "server/platform/store/mh-series.h"
#include "server/platform/store/mh-store.h"
#include "shared/sql/mh-sql-row.h"

G_BEGIN_DECLS

/* What table write_lane holds while the write queue is ours. */
typedef struct
{
  gint64 feed_seq;
  gint64 audit_seq;
  char audit_head[MH_AUDIT_HASH_LENGTH + 1];
} MhWriteQueueState;

struct _MhTx
{
  MhStore *store;
  MhDb *db;
  gint64 now;
  const MhWho *who;
  MhWriteQueueState *queue;
  MhSeries *series;
  MhSqlArgs *args;
};

/* The write queue's thread and queue; knows transactions, not records. */
typedef struct _MhWriteQueue MhWriteQueue;
/* After each durable commit, before its requests are answered, on the write queue's thread. */
typedef void (*MhWriteQueueMoved) (gint64 feed_seq, gpointer data);

MhWriteQueue *mh_write_queue_new (MhStore *store,
                                  MhDb *writer,
                                  guint max_waiting,
                                  guint max_group,
                                  MhWriteQueueMoved moved,
                                  gpointer data);
/* Finishes what waits. The writer's connection stays the caller's. */
void mh_write_queue_free (MhWriteQueue *queue);
gboolean
mh_write_queue_submit (MhWriteQueue *queue, const MhWho *who, MhTxWork work, GError **error);
gboolean mh_write_queue_is_own_thread (MhWriteQueue *queue);
void mh_write_queue_stats (MhWriteQueue *queue, MhStoreStats *out_stats);
/* PostgreSQL does not answer, so whatever is asked now would be in vain: MH_ERROR_BUSY. */
gboolean mh_store_is_silent (MhStore *store, GError **error);
/* What the disk did to @db since the last call becomes the store's; the write queue tells when a
 * write went through, which ends a full disk. A damaged database stays so until the next start. */
void mh_store_note_trouble (MhStore *store, MhDb *db);
void mh_store_note_written (MhStore *store);
gboolean mh_store_is_full (MhStore *store);
/* How many groups were committed, counted before their requests are answered; wraps. */
gint mh_store_commits (MhStore *store);
/* For a record that brings none. In the write queue. Caller frees. */
char *mh_store_new_id (MhStore *store, gint64 now);
/* Those of mh_store_observe(). */
gboolean mh_store_tell_observers (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);
/* Puts the notification of a feed that moved into the open transaction, where one is needed. */
gboolean mh_store_announce (MhStore *store, MhDb *db, gint64 feed_seq, GError **error);

G_END_DECLS
