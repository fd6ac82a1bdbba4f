/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Accounts and roles. What may be given is in mh-rights.h; every change holds at once for open
 * sessions. */
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions.h"

G_BEGIN_DECLS

GPtrArray *mh_users_list (const MhRequest *req,
                          const MhDirectoryQuery *query,
                          char **out_next,
                          GError **error);
MhRecord *mh_users_read (const MhRequest *req, const char *id, GError **error);
/* The draft carries the first password, which must be changed at the first log-in. */
MhRecord *
mh_users_create (const MhRequest *req, MhSessions *sessions, MhRecord *draft, GError **error);
/* A password in the patch is a reset: all sessions end and it must be changed. */
MhRecord *
mh_users_update (const MhRequest *req, MhSessions *sessions, MhPatch patch, GError **error);

/* Asked by one administrator and done by the next one to ask within a day: mh-factor.h. The account
 * as it then is; totp_enabled tells whether it is done. */
MhRecord *
mh_users_reset_factor (const MhRequest *req, MhSessions *sessions, const char *id, GError **error);

MhRecord *mh_roles_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *
mh_roles_update (const MhRequest *req, MhSessions *sessions, MhPatch patch, GError **error);

G_END_DECLS
