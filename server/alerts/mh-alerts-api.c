/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/alerts/mh-alerts-api.h"

#include "server/alerts/mh-alerts-service.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
alert_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  MhAlertsQuery query = {
    .state = mh_call_query (call, "status"),
    .kind = mh_call_query (call, "kind"),
    .severity = mh_call_query (call, "severity"),
    .bench = mh_call_query (call, "bench"),
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_alerts_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == query.limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at = last != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT,
                                                        mh_record_int (last, MH_ALERT_RAISED_AT))
                                     : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
alert_read (MhCall *call, GError **error)
{
  return reply (mh_alerts_service_read (mh_call_db (call), mh_call_actor (call),
                                        mh_call_param (call, "id"), error));
}

static MhReply *
alert_acknowledge (MhCall *call, GError **error)
{
  return reply (mh_alerts_service_acknowledge (mh_call_tx (call), mh_call_actor (call),
                                               mh_call_param (call, "id"), mh_call_body (call),
                                               error));
}

static MhReply *
alert_snooze (MhCall *call, GError **error)
{
  return reply (mh_alerts_service_snooze (mh_call_tx (call), mh_call_actor (call),
                                          mh_call_param (call, "id"), mh_call_body (call), error));
}

void
mh_alerts_bind (MhRouter *router)
{
  mh_router_bind (router, "alert.list", alert_list);
  mh_router_bind (router, "alert.read", alert_read);
  mh_router_bind (router, "alert.acknowledge", alert_acknowledge);
  mh_router_bind (router, "alert.snooze", alert_snooze);
}
