/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Shared by the files of this room: mh-sync.c (state, submitting), mh-sync-push.c, mh-sync-pull.c.
 * All of it runs on the main context; work on the cache is handed to its thread. */
#include "client/sync/mh-sync.h"

G_BEGIN_DECLS

struct _MhSync
{
  GObject parent_instance;
  MhApi *api;
  MhCache *cache;
  MhClock *clock;
  GCancellable *cancellable; /* of everything under way; a new one at each start */
  MhSyncState state;
  GPtrArray *ops;      /* MhOp: the outbox as it stands on disk */
  GHashTable *waiters; /* op seq → GTask of the page that waits for its reply */
  GHashTable *before;  /* op seq → MhRecord as it was here before the change was hoped for */
  gboolean started, pulling, pushing, feed_open;
  GPtrArray *arrived; /* feed_change of the live feed that are not applied yet */
  gboolean applying;
  gint64 seq; /* last change number in the cache; -1: never filled */
  char *epoch;
  char **rights;
  guint timer, backoff;
  gboolean away;       /* it was tried and did not answer */
  gint64 away_since;   /* µs UTC; 0: it is not */
  gint64 reached_at;   /* µs UTC: when the copy was last in step; 0: unknown */
  gint64 active_until; /* monotonic µs: a person is at work here */
  GHashTable *aside;   /* seqs of operations that the server keeps failing on: others go first */
  guint aside_timer;   /* they are tried again then */
};

/* What becomes of an operation that was not done. */
typedef enum
{
  MH_VERDICT_LATER,   /* the server is away or fails: everything waits */
  MH_VERDICT_ASIDE,   /* it keeps failing on this one: it waits, the others go on */
  MH_VERDICT_SIGN_IN, /* waits for a new session */
  MH_VERDICT_REFUSED, /* the server has looked at it and said no */
} MhVerdict;

/* @attempts: how often the server has failed on it, with this time. */
MhVerdict mh_sync_judge (const GError *error, guint attempts);

void mh_sync_set_state (MhSync *sync, MhSyncState state);
/* The server did not answer: everybody who waits is told, and it is tried again later. */
void mh_sync_went_away (MhSync *sync);
void mh_sync_session_expired (MhSync *sync);
void mh_sync_notify_counts (MhSync *sync);
void
mh_sync_emit_changed (MhSync *sync, const MhRecordType *type, const char *id, MhRecord *record);
/* The copy is in step with the server now. */
void mh_sync_reached (MhSync *sync);
/* TRUE when @error means "later": no server, busy, too many requests. */
gboolean mh_sync_is_transient (const GError *error);

/* The server refused: the record is here as it was before, or not at all if it was to be made. */
void mh_sync_undo (MhSync *sync, const MhOp *op);

void mh_sync_push (MhSync *sync); /* sends the first waiting operation, then the next */
void mh_sync_pull (MhSync *sync); /* catches up, then opens the live feed, then pushes */

G_END_DECLS
