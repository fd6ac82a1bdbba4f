/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/critical/mh-critical-api.h"

#include "server/audit/mh-read-log.h"
#include "server/critical/mh-critical-service.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-records.h"

static MhReply *
critical_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  MhCriticalQuery query = {
    .state = mh_call_query (call, "state"),
    .department_id = mh_call_query (call, "department_id"),
    .order_id = mh_call_query (call, "order_id"),
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_critical_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == query.limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at = last != NULL ? g_strdup_printf (
                            "%" G_GINT64_FORMAT, mh_record_int (last, MH_CRITICAL_ITEM_OPENED_AT))
                                     : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
critical_read (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *view = mh_critical_service_view (mh_call_db (call), mh_call_actor (call), id, error);
  if (view == NULL)
    return NULL;
  mh_read_log_note (
      mh_server_read_log (mh_call_server (call)), mh_call_who (call), mh_critical_item_type.code,
      id,
      mh_record_text (mh_record_record (view, MH_CRITICAL_VIEW_ITEM), MH_CRITICAL_ITEM_PATIENT_ID));
  return mh_reply_record (view);
}

static MhReply *
critical_clinicians (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_critical_service_clinicians (mh_call_db (call), mh_call_actor (call),
                                        mh_call_query (call, "q"), mh_call_limit (call), error);
  return found != NULL ? mh_reply_list (found, NULL) : NULL;
}

static MhReply *
critical_figures (MhCall *call, GError **error)
{
  MhRecord *figures = mh_critical_service_figures (
      mh_call_db (call), mh_call_server (call), mh_call_actor (call), mh_call_query (call, "from"),
      mh_call_query (call, "to"), mh_call_now (call), error);
  return figures != NULL ? mh_reply_record (figures) : NULL;
}

static MhReply *
critical_call (MhCall *call, GError **error)
{
  MhRecord *item
      = mh_critical_service_call (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                  mh_call_param (call, "id"), mh_call_body (call), error);
  return item != NULL ? mh_reply_record (item) : NULL;
}

static MhReply *
critical_close (MhCall *call, GError **error)
{
  MhRecord *item
      = mh_critical_service_close (mh_call_tx (call), mh_call_actor (call),
                                   mh_call_param (call, "id"), mh_call_body (call), error);
  return item != NULL ? mh_reply_record (item) : NULL;
}

void
mh_critical_bind (MhRouter *router)
{
  mh_router_bind (router, "critical.list", critical_list);
  mh_router_bind (router, "critical.read", critical_read);
  mh_router_bind (router, "critical.clinicians", critical_clinicians);
  mh_router_bind (router, "critical.figures", critical_figures);
  mh_router_bind (router, "critical.call", critical_call);
  mh_router_bind (router, "critical.close", critical_close);
}
