/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who holds which token. A token is 32 random bytes as base64url; the database keeps its SHA-256
 * alone. Sessions end when idle too long, at the latest after an absolute time, when closed, and
 * when their user is shut out; a change of rights or the end of a session holds at once in this
 * process and within moments (by the change feed) in the others.
 */
#include "server/platform/actor/mh-actor.h"
#include "server/platform/auth/mh-password.h"
#include "server/platform/auth/mh-seal.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhSessions MhSessions;

/* 0 means the default. */
typedef struct
{
  gint64 idle;      /* µs without anything that a person did; an hour */
  gint64 absolute;  /* µs; 24 hours */
  guint lock_after; /* 5 wrong passwords of one user; 4 times as many of one address */
  MhPasswordCost cost;
  const char *key_file; /* of the seal; NULL: no second factors */
} MhSessionLimits;

#define MH_TOKEN_LENGTH 43

MhSessions *mh_sessions_new (MhStore *store, const MhSessionLimits *limits); /* NULL: defaults */
/* Writes the last uses back first. */
void mh_sessions_free (MhSessions *sessions);
MhStore *mh_sessions_store (MhSessions *sessions);
MhHasher *mh_sessions_hasher (MhSessions *sessions);
const MhSessionLimits *mh_sessions_limits (MhSessions *sessions);
/* Opened when it is first wanted. NULL with MH_ERROR_INTERNAL. */
MhSeal *mh_sessions_seal (MhSessions *sessions, GError **error);

/* Whose token this is; the caller owns the reference. MH_ERROR_UNAUTHORIZED in the same words for
 * every reason. Known tokens need no database; others take a reader, so never call it holding one.
 */
MhActor *mh_sessions_find (MhSessions *sessions, const char *token, GError **error);
/* The same for what nobody did, such as a desk that keeps its copy fresh while nobody is there: the
 * session ends as if it had not been asked. */
MhActor *mh_sessions_look (MhSessions *sessions, const char *token, GError **error);

/* A user's rights or sessions are being changed in the write queue: from now on ask the database.
 * NULL: a role's, which may be anybody's. Call it inside the transaction. */
void mh_sessions_doubt (MhSessions *sessions, const char *user_id);
/* Writes the times of last use back now; a thread of its own does it every minute. */
gboolean mh_sessions_flush (MhSessions *sessions, GError **error);

/* A fresh token and its hash. Caller frees both. */
void mh_token_make (char **out_token, char **out_hash);
char *mh_token_hash (const char *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSessions, mh_sessions_free)

/* The server's own, kept by server/app. */
MhSessions *mh_server_sessions (MhServer *server);
void mh_server_keep_sessions (MhServer *server, MhSessions *sessions);

G_END_DECLS
