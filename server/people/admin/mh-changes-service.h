/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Changes of accounts and roles that take two administrators: mh_rights_needs_second() and
 * mh_rights_of_role_wait() tell which. Nothing of such a change holds until another one has
 * approved it: the old password goes on opening the account, the old roles and rights go on saying
 * what it may. Who may approve it gets an alert; the account or role says since when it waits. A
 * newer change of the same one takes the place of the one before, and after a week nobody can
 * approve it any more.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions.h"

G_BEGIN_DECLS

/* Takes out of @after what must wait, and keeps it. @before NULL: a new account. *io_reset: is
 * there a new password; FALSE afterwards if it waits. @after has its id. */
gboolean mh_changes_hold (const MhRequest *req,
                          MhRecord *before,
                          MhRecord *after,
                          gboolean *io_reset,
                          GError **error);
/* The same of a role: the rights that must wait are taken out of @after. */
gboolean
mh_changes_hold_role (const MhRequest *req, MhRecord *before, MhRecord *after, GError **error);
/* Those of the people whom the actor sees, oldest first. */
GPtrArray *mh_changes_list (const MhRequest *req, const char *after, guint limit, GError **error);
/* The change that was asked for. MH_ERROR_CONFLICT: by whoever asked, or the person, or after a
 * week.
 */
MhRecord *
mh_changes_approve (const MhRequest *req, MhSessions *sessions, const char *id, GError **error);
/* Also by whoever asked. */
MhRecord *mh_changes_refuse (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
