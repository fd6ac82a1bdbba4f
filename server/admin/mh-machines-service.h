/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Keys by which machines sign in: sessions of their own kind that do not end by being idle, with
 * the rights of an account. A key is told once; its hash rests, like every token's. It ends on its
 * date, when it is revoked, and with its account: shut out, or given another password.
 */
#include "server/auth/mh-sessions.h"

G_BEGIN_DECLS

#define MH_API_KEY_DAYS 731 /* at most */

typedef struct
{
  const char *before_id; /* the last of the page before, or NULL */
  guint limit;
} MhApiKeysQuery;

/* api_key records, newest first. */
GPtrArray *
mh_api_keys_list (MhDb *db, const MhActor *actor, const MhApiKeysQuery *query, GError **error);
/* MH_ERROR_INVALID on username (nobody of one's hospital) and expires_on; MH_ERROR_FORBIDDEN:
 * rights that are not @actor's to give; MH_ERROR_CONFLICT: the id is taken. The answer holds the
 * token. */
MhRecord *mh_api_keys_make (MhSessions *sessions,
                            const MhActor *actor,
                            const MhWho *who,
                            MhRecord *draft,
                            GError **error);
/* MH_ERROR_NOT_FOUND: no key of @actor's hospital. */
MhRecord *mh_api_keys_revoke (MhTx *tx,
                              MhSessions *sessions,
                              const MhActor *actor,
                              const char *id,
                              GError **error);

G_END_DECLS
