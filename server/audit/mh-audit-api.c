/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/audit/mh-audit-api.h"

#include "server/audit/mh-audit-store.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-audit.h"

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

static char *
next_page (GPtrArray *rows, guint limit)
{
  if (rows->len <= limit)
    return NULL;
  g_ptr_array_set_size (rows, (int)limit);
  MhRecord *last = g_ptr_array_index (rows, limit - 1);
  return g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_AUDIT_ENTRY_SEQ));
}

static MhReply *
api_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  MhAuditQuery query = { .hospital_id = mh_actor_hospital_id (mh_call_actor (call)),
                         .object_type = mh_call_query (call, "object_type"),
                         .object_id = mh_call_query (call, "object_id"),
                         .user_id = mh_call_query (call, "user_id"),
                         .from = query_instant (call, "from"),
                         .to = query_instant (call, "to"),
                         .before = after != NULL ? g_ascii_strtoll (after[0], NULL, 10) : 0,
                         .limit = mh_call_limit (call) + 1 };
  GPtrArray *rows = mh_audit_store_list (mh_call_db (call), &query, error);
  if (rows == NULL)
    return NULL;
  g_autofree char *next = next_page (rows, mh_call_limit (call));
  const char *parts[] = { next, NULL };
  return mh_reply_list (rows, next != NULL ? parts : NULL);
}

void
mh_audit_api_bind (MhRouter *router)
{
  mh_router_bind (router, "audit.list", api_list);
}
