/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between the local copy and the server. Changes of others come in by the feed and go into the
 * cache; changes made here go out through the outbox, once each, in order. A server that is away is
 * the ordinary case: reads are answered from the cache, writes wait, the state tells.
 *
 * A page does nothing here but through models: what a person does is an mh_command_async().
 */
#include "client/api/mh-api.h"
#include "client/cache/mh-outbox.h"
#include "shared/base/mh-clock.h"

G_BEGIN_DECLS

typedef enum
{
  MH_SYNC_OFFLINE,
  MH_SYNC_SYNCING, /* sending or catching up */
  MH_SYNC_ONLINE,
} MhSyncState;

/* What came of a submitted command. */
typedef struct
{
  MhRecord *record; /* the server's, or the provisional one; may be NULL */
  gboolean waiting; /* TRUE: kept here until the server is back */
} MhOutcome;

void mh_outcome_free (MhOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhOutcome, mh_outcome_free)

#define MH_TYPE_SYNC (mh_sync_get_type ())
/* Properties: "state" (int, MhSyncState), "waiting" (uint), "conflicts" (uint).
 * Signals: "changed" (const MhRecordType * as pointer, const char *id, MhRecord *record or NULL
 * when it is gone), "session-expired". */
G_DECLARE_FINAL_TYPE (MhSync, mh_sync, MH, SYNC, GObject)

MhSync *mh_sync_new (MhApi *api, MhCache *cache, MhClock *clock);
/* What the person may do; lists that they may not read are not asked for. NULL-terminated, copied.
 */
void mh_sync_set_rights (MhSync *sync, const char *const *permissions);
/* After signing in (the cache is open). */
void mh_sync_start (MhSync *sync);
void mh_sync_stop (MhSync *sync);
/* Something hints that the server may be back: try at once. */
void mh_sync_poke (MhSync *sync);
/* A person is at work here: while the server is away it is tried every two seconds, instead of ever
 * more rarely. Cheap; may be called at each key. */
void mh_sync_nudge (MhSync *sync);
MhSyncState mh_sync_state (MhSync *sync);
/* It was tried and did not answer, or nothing was started. FALSE also between signing in and the
 * first answer, while the state is still MH_SYNC_OFFLINE: the server may well be there. */
gboolean mh_sync_is_away (MhSync *sync);
/* When the local copy was last known to be what the server has, and since when the server is away;
 * µs UTC, 0: unknown. */
gint64 mh_sync_reached_at (MhSync *sync);
gint64 mh_sync_away_since (MhSync *sync);
guint mh_sync_waiting (MhSync *sync);

/* What a person changes. */
typedef struct
{
  const char *route; /* the id of its row in the table of calls */
  const char *const *args;
  MhRecord *body;
  gint64 version;       /* what was changed had this one; MH_API_ANY: whichever stands */
  MhRecord *optimistic; /* what the local copy holds of it while the server is away */
} MhSyncChange;

/* Does a route's work. Routes flagged ONLINE are called and fail loudly when the server is away;
 * all others are put into the outbox first and sent; when the server is away what is hoped for is
 * kept in the cache and comes back as the outcome. A refusal of the server is the task's
 * error, and nothing stays in the outbox. */
void mh_sync_submit_async (MhSync *sync,
                           const MhSyncChange *change,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
MhOutcome *mh_sync_submit_finish (MhSync *sync, GAsyncResult *result, GError **error);

/* The server knows a change by its key for eight days. One that was sent longer ago than this and
 * never answered is refused here: only a person can tell whether it was done. */
#define MH_SYNC_UNHEARD_DAYS 7
gboolean mh_sync_is_unheard (const MhOp *op, gint64 now);

/* A copy of what waits, was refused or discarded (MhOp *), as of now. */
GPtrArray *mh_sync_list_ops (MhSync *sync);
/* What a call does, in words that are to be translated; the route's own name for one that is gone.
 */
const char *mh_sync_summary (const char *route_id);
/* A person gives a refused operation up: it is kept for MH_SYNC_DISCARDED_DAYS, brought back as
 * refused until then, and forgotten at the first start after. */
#define MH_SYNC_DISCARDED_DAYS 14
void mh_sync_discard (MhSync *sync, gint64 seq);
void mh_sync_bring_back (MhSync *sync, gint64 seq);
/* What it wanted was signed anew, corrected: nothing of it is left to do. */
void mh_sync_replaced (MhSync *sync, gint64 seq);
/* A person has dealt with a refused operation: it is sent again as it is. */
void mh_sync_retry (MhSync *sync, gint64 seq);
/* Sends a refused change again with what a person has decided: @patch goes over version @if_match,
 * as a new request. */
void mh_sync_resend (MhSync *sync, gint64 seq, MhRecord *patch, gint64 if_match);
/* A record that an online call brought; keeps the cache warm and tells the models. */
void mh_sync_learn (MhSync *sync, MhRecord *record);
/* The same for the rows of a list that the models have already. */
void mh_sync_keep (MhSync *sync, GPtrArray *records);

G_END_DECLS
