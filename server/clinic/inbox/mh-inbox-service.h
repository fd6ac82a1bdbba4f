/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a doctor finds in the inbox, and what was seen of it. */
#include "server/clinic/inbox/mh-inbox-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* @query as it was asked; the hospital, the actor and the department are put in. @department: of
 * the other doctors of the actor's department, nothing where the actor has none. */
GPtrArray *mh_inbox_service_list (const MhRequest *req,
                                  const MhInboxQuery *query,
                                  gboolean department,
                                  GError **error);
/* The doctor's own, or a colleague's of the same department. @seeing: an inbox_seeing; a version
 * that is not the newest is MH_ERROR_CONFLICT. Notices of a correction that the actor has of this
 * order are settled with it. Seen already: as it is. */
MhRecord *
mh_inbox_service_see (const MhRequest *req, const char *id, MhRecord *seeing, GError **error);
/* It stands among the new ones again. */
MhRecord *mh_inbox_service_unsee (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
