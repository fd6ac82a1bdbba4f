/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Signing in and out. Wrong names and wrong passwords get the same words after the same time. After
 * a few failures a name (known or not) must wait, after more a desk, after many an address (but
 * not who has signed in from there before), twice as long each time, up to an hour; the counts
 * stand in the database, so that neither a restart nor another process forgets them.
 */
#include "server/platform/auth/mh-sessions.h"

G_BEGIN_DECLS

typedef struct
{
  const char *address; /* of the peer; NULL: none is known */
  const char *agent;
  const char *request_id;
} MhLoginPeer;

/* @login: MhLogin. *out_token is the fresh token (caller frees), the result the session's record.
 * MH_ERROR_UNAUTHORIZED: wrong; MH_ERROR_RATE: must wait; MH_ERROR_INVALID: hospital_id is not the
 * user's. Hashes: for workers, never for the write queue. */
MhRecord *mh_login_open (MhSessions *sessions,
                         MhRecord *login,
                         const MhLoginPeer *peer,
                         char **out_token,
                         GError **error);
/* Ends the actor's own session. */
gboolean mh_login_close (MhSessions *sessions, MhActor *actor, const MhWho *who, GError **error);
/* @change: MhPasswordChange. Ends the user's other sessions. */
gboolean mh_login_change_password (MhSessions *sessions,
                                   MhActor *actor,
                                   const MhWho *who,
                                   MhRecord *change,
                                   GError **error);
/* Is it the actor at the desk, once more? A wrong password counts as one at the log-in:
 * MH_ERROR_INVALID on field "password", MH_ERROR_RATE when too many were wrong. Hashes: for
 * workers, never for the write queue. */
gboolean mh_login_check_password (MhSessions *sessions,
                                  const MhActor *actor,
                                  const MhWho *who,
                                  const char *password,
                                  GError **error);
/* What the client is told about its session (MhSessionView). @token NULL: only at log-in. */
MhRecord *
mh_login_view (MhSessions *sessions, const char *session_id, const char *token, GError **error);

/* After @failures in a row: µs to wait. Pure: 0 below @lock_after, then 1, 2, 4 … 60 minutes. */
gint64 mh_login_delay (gint64 failures, gint64 lock_after);

G_END_DECLS
