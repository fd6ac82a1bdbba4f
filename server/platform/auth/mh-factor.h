/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The second factor of an account: begun with the password, confirmed by a first code, asked for at
 * each log-in, turned off by its owner or, when the phone is lost, by two administrators. A code is
 * accepted once, and the present step's neighbours are accepted; ten recovery codes open the
 * account once each. Wrong codes count as wrong passwords do (mh-login-guard.h).
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions.h"

G_BEGIN_DECLS

/* A begun factor waits this long for its first code. */
#define MH_FACTOR_PENDING_LIFE (15 * MH_MINUTE)
/* The second administrator must agree within this time. */
#define MH_FACTOR_RESET_LIFE (24 * MH_HOUR)

MhRecord *mh_factor_read (MhDb *db, const char *user_id, GError **error); /* factor_view */
/* The caller has checked the password. MH_ERROR_CONFLICT when it is on already. */
MhRecord *
mh_factor_begin (MhSessions *sessions, const MhActor *actor, const MhWho *who, GError **error);
/* MH_ERROR_INVALID on code: wrong; MH_ERROR_CONFLICT: nothing was begun lately. The answer holds
 * the recovery codes. */
MhRecord *mh_factor_confirm (MhSessions *sessions,
                             const MhActor *actor,
                             const MhWho *who,
                             const char *code,
                             GError **error);
/* The caller has checked the password. MH_ERROR_INVALID on code: wrong. */
gboolean mh_factor_off (MhSessions *sessions,
                        const MhActor *actor,
                        const MhWho *who,
                        const char *code,
                        GError **error);

/* In the transaction of a log-in. *out_good: @typed is this account's code and was not used before.
 * FALSE: an error. */
gboolean mh_factor_use (MhTx *tx,
                        MhSessions *sessions,
                        MhRecord *user,
                        const char *typed,
                        gboolean *out_good,
                        GError **error);

/* Asked by the first administrator and done by another one; *out_done tells which. The account's
 * sessions end. */
gboolean mh_factor_reset (const MhRequest *req,
                          MhSessions *sessions,
                          MhRecord *user,
                          gboolean *out_done,
                          GError **error);
/* By who has the server's console. */
gboolean mh_factor_clear (MhTx *tx, const char *user_id, GError **error);

G_END_DECLS
