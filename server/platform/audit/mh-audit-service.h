/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Looking things up in the audit trail. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-audit-store.h"

G_BEGIN_DECLS

/* What the actor may see of @wanted, newest first; *out_next: the next page's cursor (caller
 * frees), NULL at the end. The hospital in @wanted is set here. */
GPtrArray *mh_audit_service_list (const MhRequest *req,
                                  const MhAuditQuery *wanted,
                                  char **out_next,
                                  GError **error);

/* The newest of the same as comma-separated values. */
#define MH_AUDIT_EXPORTED_MOST 10000
GBytes *mh_audit_service_csv (const MhRequest *req, const MhAuditQuery *wanted, GError **error);

G_END_DECLS
