/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Sessions in memory: hash of the token → who it is. A hit takes a shared lock and no database. An
 * entry is believed for a while only (another process may have ended the session) and not at all
 * while its user is in doubt (a change of rights is on its way to the disk).
 */
#include "server/platform/actor/mh-actor.h"

G_BEGIN_DECLS

typedef struct _MhSessionCache MhSessionCache;

/* How long an entry is believed without asking the database. */
#define MH_SESSION_BELIEVED (60 * MH_SECOND)
/* How long a doubt lasts: longer than any commit. */
#define MH_SESSION_DOUBT (30 * MH_SECOND)

typedef struct
{
  MhActor *actor;
  gint64 expires_at; /* absolute */
  gint64 idle;       /* µs without a call that end it; 0: never */
} MhSessionEntry;

MhSessionCache *mh_session_cache_new (void);
void mh_session_cache_free (MhSessionCache *cache);
/* A reference to the actor, or NULL: not here, not believed any more, expired or idle. @used: notes
 * the use. */
MhActor *mh_session_cache_find (MhSessionCache *cache, const char *hash, gboolean used, gint64 now);
/* A session as it was read. */
typedef struct
{
  MhSessionEntry entry;
  gint64 last_seen;   /* as the database has it */
  guint64 generation; /* of the cache before it was read */
} MhSessionRead;

/* Keeps the later one of its own last use and @read's; @now when @used. References the actor. */
void mh_session_cache_put (MhSessionCache *cache,
                           const char *hash,
                           const MhSessionRead *read,
                           gboolean used,
                           gint64 now);
/* Forget one session; believe none of one user's, or (NULL: a role changed) of anybody's. */
void mh_session_cache_drop (MhSessionCache *cache, const char *hash);
void mh_session_cache_drop_user (MhSessionCache *cache, const char *user_id);
/* Until @now + MH_SESSION_DOUBT nothing of this user (NULL: of anybody) is believed. */
void mh_session_cache_doubt (MhSessionCache *cache, const char *user_id, gint64 now);
/* Ask before reading what is to be put. */
guint64 mh_session_cache_generation (MhSessionCache *cache);

/* A session used since the last call: to be written back. Also throws out what has expired. */
typedef struct
{
  char *session_id;
  gint64 last_seen;
  gint64 idle;
} MhSessionUse;
/* Array of MhSessionUse; free with g_array_unref(). */
GArray *mh_session_cache_take_uses (MhSessionCache *cache, gint64 now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSessionCache, mh_session_cache_free)

G_END_DECLS
