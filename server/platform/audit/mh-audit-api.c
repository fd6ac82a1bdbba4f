/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-audit-api.h"

#include "server/platform/audit/mh-audit-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/platform/mh-audit.h"

/* The router has checked the form. */
static gint64
audit_api_query_instant (MhCall *call, const char *name)
{
  gint64 instant = 0;
  const char *text = mh_call_query (call, name);
  if (text != NULL && !mh_instant_parse (text, &instant))
    return 0;
  return instant;
}

static MhAuditQuery
audit_api_query_of (MhCall *call)
{
  return (MhAuditQuery){ .object_type = mh_call_query (call, "object_type"),
                         .object_id = mh_call_query (call, "object_id"),
                         .user_id = mh_call_query (call, "user_id"),
                         .verb = mh_call_query (call, "verb"),
                         .from = audit_api_query_instant (call, "from"),
                         .to = audit_api_query_instant (call, "to") };
}

/* Looking at the trail is itself in it, with whom or what was looked for. */
static void
audit_api_note (MhCall *call, const char *verb, const MhAuditQuery *query)
{
  mh_seen (call, verb, &mh_audit_entry_type,
           query->object_id != NULL ? query->object_id : query->user_id, NULL);
}

static MhReply *
audit_api_list (MhCall *call, GError **error)
{
  MhAuditQuery query = audit_api_query_of (call);
  g_autofree char *next = NULL;
  query.before = mh_call_after_number (call);
  query.limit = mh_call_limit (call);
  GPtrArray *rows = mh_audit_service_list (mh_call_request (call), &query, &next, error);
  if (rows != NULL)
    audit_api_note (call, MH_AUDIT_READ, &query);
  return mh_reply_list_after (rows, next);
}

static MhReply *
api_csv (MhCall *call, GError **error)
{
  MhAuditQuery query = audit_api_query_of (call);
  GBytes *csv = mh_audit_service_csv (mh_call_request (call), &query, error);
  if (csv == NULL)
    return NULL;
  audit_api_note (call, MH_AUDIT_EXPORT, &query);
  return mh_reply_bytes (csv, "text/csv", "audit-trail.csv");
}

void
mh_audit_api_bind (MhRouter *router)
{
  mh_router_bind (router, "audit.list", audit_api_list);
  mh_router_bind (router, "audit.csv", api_csv);
}
