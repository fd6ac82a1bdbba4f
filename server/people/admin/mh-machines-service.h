/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Keys by which machines sign in: sessions of their own kind that do not end by being idle, with
 * the rights of an account. A key is told once; its hash rests, like every token's. It ends on its
 * date, when it is revoked, and with its account: shut out, or given another password. One that was
 * asked for by somebody else opens nothing until the person in whose name it acts has accepted it,
 * signed in and with the password once more; a kiosk's, behind which there is no person, does.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions.h"

G_BEGIN_DECLS

#define MH_API_KEY_DAYS 731 /* at most */

typedef struct
{
  const char *before_id; /* the last of the page before, or NULL */
  guint limit;
} MhApiKeysQuery;

/* api_key records, newest first. */
GPtrArray *mh_api_keys_list (const MhRequest *req, const MhApiKeysQuery *query, GError **error);
/* MH_ERROR_INVALID on username (nobody of one's hospital) and expires_on; MH_ERROR_FORBIDDEN:
 * rights that are not @actor's to give; MH_ERROR_CONFLICT: the id is taken. The answer holds the
 * token. */
MhRecord *mh_api_keys_make (MhSessions *sessions,
                            const MhActor *actor,
                            const MhWho *who,
                            MhRecord *draft,
                            GError **error);
/* Those in the actor's own name that wait for them. */
GPtrArray *mh_api_keys_waiting (const MhRequest *req, gint64 now, GError **error);
/* MH_ERROR_NOT_FOUND: none that waits for @actor; MH_ERROR_FORBIDDEN: a machine asks;
 * MH_ERROR_INVALID on password. Hashes: for workers, never for the write queue. */
MhRecord *mh_api_keys_accept (MhSessions *sessions,
                              const MhActor *actor,
                              const MhWho *who,
                              const char *id,
                              const char *password,
                              GError **error);
/* Ends it. */
MhRecord *
mh_api_keys_decline (const MhRequest *req, MhSessions *sessions, const char *id, GError **error);
/* MH_ERROR_NOT_FOUND: no key of the actor's hospital. */
MhRecord *
mh_api_keys_revoke (const MhRequest *req, MhSessions *sessions, const char *id, GError **error);

G_END_DECLS
