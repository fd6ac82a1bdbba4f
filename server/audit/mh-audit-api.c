/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/audit/mh-audit-api.h"

#include "server/audit/mh-audit-service.h"
#include "shared/base/mh-date.h"

/* The router has checked the form. */
static gint64
query_instant (MhCall *call, const char *name)
{
  gint64 instant = 0;
  const char *text = mh_call_query (call, name);
  if (text != NULL && !mh_instant_parse (text, &instant))
    return 0;
  return instant;
}

static MhReply *
api_list (MhCall *call, GError **error)
{
  MhAuditQuery query = { .object_type = mh_call_query (call, "object_type"),
                         .object_id = mh_call_query (call, "object_id"),
                         .user_id = mh_call_query (call, "user_id"),
                         .from = query_instant (call, "from"),
                         .to = query_instant (call, "to"),
                         .before = mh_call_after_number (call),
                         .limit = mh_call_limit (call) };
  g_autofree char *next = NULL;
  GPtrArray *rows
      = mh_audit_service_list (mh_call_db (call), mh_call_actor (call), &query, &next, error);
  return mh_reply_list_after (rows, next);
}

void
mh_audit_api_bind (MhRouter *router)
{
  mh_router_bind (router, "audit.list", api_list);
}
