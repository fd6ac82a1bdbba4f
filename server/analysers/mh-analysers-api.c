/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/analysers/mh-analysers-api.h"

#include "server/analysers/mh-analysers-service.h"
#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-records.h"

static MhReply *
one (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
all (GPtrArray *records)
{
  return records != NULL ? mh_reply_list (records, NULL) : NULL;
}

static const char *
id_of (MhCall *call)
{
  return mh_call_param (call, "id");
}

static MhReply *
analyser_list (MhCall *call, GError **error)
{
  return all (mh_analysers_service_list (mh_call_db (call), mh_call_actor (call), error));
}

static MhReply *
analyser_read (MhCall *call, GError **error)
{
  return one (
      mh_analysers_service_read (mh_call_db (call), mh_call_actor (call), id_of (call), error));
}

static MhReply *
analyser_add (MhCall *call, GError **error)
{
  return one (mh_analysers_service_add (mh_call_tx (call), mh_call_actor (call),
                                        mh_call_body (call), error));
}

static MhReply *
analyser_change (MhCall *call, GError **error)
{
  return one (mh_analysers_service_change (mh_call_tx (call), mh_call_actor (call), id_of (call),
                                           mh_call_if_match (call), mh_call_body (call), error));
}

static MhReply *
analyser_remove (MhCall *call, GError **error)
{
  return one (
      mh_analysers_service_remove (mh_call_tx (call), mh_call_actor (call), id_of (call), error));
}

static MhReply *
analyser_send (MhCall *call, GError **error)
{
  return one (mh_analysers_service_send (mh_call_tx (call), mh_call_server (call),
                                         mh_call_actor (call), id_of (call), mh_call_body (call),
                                         error));
}

static MhReply *
map_list (MhCall *call, GError **error)
{
  return all (
      mh_analysers_service_maps (mh_call_db (call), mh_call_actor (call), id_of (call), error));
}

static MhReply *
map_add (MhCall *call, GError **error)
{
  return one (mh_analysers_service_map_add (mh_call_tx (call), mh_call_server (call),
                                            mh_call_actor (call), id_of (call), mh_call_body (call),
                                            error));
}

static MhReply *
map_change (MhCall *call, GError **error)
{
  return one (mh_analysers_service_map_change (
      mh_call_tx (call), mh_call_server (call), mh_call_actor (call), id_of (call),
      mh_call_if_match (call), mh_call_body (call), error));
}

static MhReply *
map_remove (MhCall *call, GError **error)
{
  return one (mh_analysers_service_map_remove (mh_call_tx (call), mh_call_actor (call),
                                               id_of (call), error));
}

/* --- pages, newest first --- */

static MhAnalysersQuery
query_of (MhCall *call)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  return (MhAnalysersQuery){
    .link_id = mh_call_query (call, "link_id"),
    .status = mh_call_query (call, "status"),
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
}

static MhReply *
page (GPtrArray *found, guint limit, guint at_field)
{
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  if (last == NULL)
    return mh_reply_list (found, NULL);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, at_field));
  g_autofree char *id = g_strdup (mh_record_id (last));
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, next);
}

static MhReply *
message_list (MhCall *call, GError **error)
{
  MhAnalysersQuery query = query_of (call);
  query.direction = mh_call_query (call, "direction");
  return page (
      mh_analysers_service_messages (mh_call_db (call), mh_call_actor (call), &query, error),
      query.limit, MH_MESSAGE_AT);
}

static MhReply *
message_read (MhCall *call, GError **error)
{
  MhRecord *message
      = mh_analysers_service_message (mh_call_db (call), mh_call_actor (call), id_of (call), error);
  if (message != NULL)
    mh_read_log_note (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                      mh_analyser_message_type.code, id_of (call), NULL);
  return one (message);
}

static MhReply *
message_retry (MhCall *call, GError **error)
{
  return one (mh_analysers_service_retry (mh_call_tx (call), mh_call_server (call),
                                          mh_call_actor (call), id_of (call), error));
}

static MhReply *
message_drop (MhCall *call, GError **error)
{
  return one (
      mh_analysers_service_drop (mh_call_tx (call), mh_call_actor (call), id_of (call), error));
}

static MhReply *
result_list (MhCall *call, GError **error)
{
  MhAnalysersQuery query = query_of (call);
  GPtrArray *found
      = mh_analysers_service_results (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found != NULL)
    mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                           mh_device_result_type.code, found);
  return page (found, query.limit, MH_DEVICE_RESULT_AT);
}

static MhReply *
result_resolve (MhCall *call, GError **error)
{
  return one (mh_analysers_service_resolve (mh_call_tx (call), mh_call_server (call),
                                            mh_call_actor (call), id_of (call), mh_call_body (call),
                                            error));
}

void
mh_analysers_bind (MhRouter *router)
{
  mh_router_bind (router, "analyser.list", analyser_list);
  mh_router_bind (router, "analyser.read", analyser_read);
  mh_router_bind (router, "analyser.add", analyser_add);
  mh_router_bind (router, "analyser.change", analyser_change);
  mh_router_bind (router, "analyser.remove", analyser_remove);
  mh_router_bind (router, "analyser.send", analyser_send);
  mh_router_bind (router, "analyser_map.list", map_list);
  mh_router_bind (router, "analyser_map.add", map_add);
  mh_router_bind (router, "analyser_map.change", map_change);
  mh_router_bind (router, "analyser_map.remove", map_remove);
  mh_router_bind (router, "analyser_message.list", message_list);
  mh_router_bind (router, "analyser_message.read", message_read);
  mh_router_bind (router, "analyser_message.retry", message_retry);
  mh_router_bind (router, "analyser_message.drop", message_drop);
  mh_router_bind (router, "device_result.list", result_list);
  mh_router_bind (router, "device_result.resolve", result_resolve);
}
