/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rows of sessions, of log-in guards and the few columns of a user that log-ins change. What stands
 * here happens too often to be a change of the user's record: no version, no feed. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The session of that token's hash, ended ones too. NULL without error: none. */
MhRecord *mh_session_store_find (MhDb *db, const char *token_hash, GError **error);
gboolean mh_session_store_touch (MhTx *tx,
                                 const char *id,
                                 gint64 last_seen,
                                 gint64 idle_until,
                                 GError **error);
gboolean mh_session_store_revoke (MhTx *tx, const char *id, GError **error);
/* All sessions of a user but @except (NULL: all). */
gboolean
mh_session_store_revoke_user (MhTx *tx, const char *user_id, const char *except, GError **error);
/* Sessions that ended before @before, guards that are quiet since; rows deleted, -1 on error. */
gint64 mh_session_store_purge (MhTx *tx, gint64 before, GError **error);

/* Those of people at a hospital in which something was done since @since, by person. */
GPtrArray *mh_session_store_present (MhDb *db,
                                     const char *hospital_id,
                                     gint64 since,
                                     gint64 now,
                                     GError **error);

/* How often a name or an address failed lately: key "user:asha", "address:10.0.0.7". NULL: never.
 */
/* The keys in the name of one person that wait for them. */
GPtrArray *mh_session_store_waiting (MhDb *db, const char *user_id, gint64 now, GError **error);
gboolean mh_session_store_accept (MhTx *tx, const char *id, GError **error);
MhRecord *mh_guard_store_find (MhDb *db, const char *key, GError **error);
gboolean mh_guard_store_clear (MhTx *tx, const char *key, GError **error);

gboolean mh_user_store_logged_in (MhTx *tx, const char *user_id, GError **error);
gboolean
mh_user_store_locked (MhTx *tx, const char *user_id, gint64 failures, gint64 until, GError **error);
gboolean mh_user_store_rehash (MhTx *tx, const char *user_id, const char *hash, GError **error);

/* Union of the permissions of roles, each once. NULL on error. */
char **mh_role_store_permissions (MhDb *db, const char *const *codes, GError **error);
/* What changed after *@seq among users and roles: ids of users; *@out_roles when a role did. Moves
 * *@seq. */
gboolean mh_session_store_changed (MhDb *db,
                                   gint64 *seq,
                                   GPtrArray *user_ids,
                                   gboolean *out_roles,
                                   GError **error);

/* Those of machines, newest first; of one hospital or (NULL) of all. */
GPtrArray *mh_session_store_machines (MhDb *db,
                                      const char *hospital_id,
                                      const char *before_id,
                                      guint limit,
                                      GError **error);

G_END_DECLS
