/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Changes of accounts that take two administrators: mh_rights_needs_second() tells which. Nothing
 * of such a change holds until another one has agreed: the old password goes on opening the
 * account, the old roles go on saying what it may. A newer change of the same account takes the
 * place of the one before, and after a week nobody can agree any more.
 */
#include "server/auth/mh-sessions.h"

G_BEGIN_DECLS

#define MH_ACCOUNT_CHANGE_LIFE (7 * MH_DAY)

/* Takes out of @after what must wait, and keeps it. @before NULL: a new account. *io_reset: is
 * there a new password; FALSE afterwards if it waits. @after has its id. */
gboolean mh_changes_hold (MhTx *tx,
                          const MhActor *actor,
                          MhRecord *before,
                          MhRecord *after,
                          gboolean *io_reset,
                          GError **error);
/* Those of the people whom @actor sees, oldest first. */
GPtrArray *
mh_changes_list (MhDb *db, const MhActor *actor, const char *after, guint limit, GError **error);
/* The account as it then is. MH_ERROR_FORBIDDEN: whoever asked, or the person; MH_ERROR_CONFLICT:
 * a week has gone by. */
MhRecord *mh_changes_approve (MhTx *tx,
                              MhSessions *sessions,
                              const MhActor *actor,
                              const char *id,
                              GError **error);
/* Also by whoever asked. */
MhRecord *mh_changes_refuse (MhTx *tx, const MhActor *actor, const char *id, GError **error);

G_END_DECLS
