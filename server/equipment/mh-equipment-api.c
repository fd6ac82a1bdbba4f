/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/equipment/mh-equipment-api.h"

#include "server/admin/mh-directory-service.h"
#include "server/equipment/mh-equipment-service.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  MhDirectoryQuery query = { .q = mh_call_query (call, "q"),
                             .after = after != NULL ? after[0] : NULL,
                             .limit = mh_call_limit (call) };
  g_autofree char *next = NULL;
  GPtrArray *found = mh_directory_list (mh_call_db (call), mh_call_actor (call),
                                        mh_call_route (call)->reply, &query, &next, error);
  const char *parts[] = { next, NULL };
  return found != NULL ? mh_reply_list (found, next != NULL ? parts : NULL) : NULL;
}

static MhReply *
create (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_create (mh_call_tx (call), mh_call_actor (call),
                                             mh_call_body (call), error));
}

static MhReply *
read_one (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_read (mh_call_db (call), mh_call_actor (call),
                                           mh_call_param (call, "id"), error));
}

static MhReply *
update (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_update (mh_call_tx (call), mh_call_actor (call),
                                             mh_call_param (call, "id"), mh_call_if_match (call),
                                             mh_call_body (call), error));
}

static MhReply *
plan (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_plan (mh_call_tx (call), mh_call_server (call),
                                           mh_call_actor (call), mh_call_param (call, "id"),
                                           mh_call_body (call), error));
}

static MhReply *
replan (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_replan (mh_call_tx (call), mh_call_actor (call),
                                             mh_call_param (call, "id"), mh_call_if_match (call),
                                             mh_call_body (call), error));
}

static MhReply *
log_event (MhCall *call, GError **error)
{
  return reply (mh_equipment_service_log (mh_call_tx (call), mh_call_server (call),
                                          mh_call_actor (call), mh_call_param (call, "id"),
                                          mh_call_body (call), error));
}

static MhReply *
events (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  guint limit = mh_call_limit (call);
  GPtrArray *found = mh_equipment_service_events (
      mh_call_db (call), mh_call_actor (call), mh_call_param (call, "id"),
      has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0, has_cursor ? after[1] : NULL, limit,
      error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at = g_strdup_printf (
      "%" G_GINT64_FORMAT, last != NULL ? mh_record_int (last, MH_EQUIPMENT_EVENT_AT) : 0);
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, last != NULL ? next : NULL);
}

void
mh_equipment_bind (MhRouter *router)
{
  mh_router_bind (router, "equipment.list", list);
  mh_router_bind (router, "equipment.create", create);
  mh_router_bind (router, "equipment.read", read_one);
  mh_router_bind (router, "equipment.update", update);
  mh_router_bind (router, "equipment_plan.list", list);
  mh_router_bind (router, "equipment_plan.create", plan);
  mh_router_bind (router, "equipment_plan.update", replan);
  mh_router_bind (router, "equipment_event.list", events);
  mh_router_bind (router, "equipment_event.add", log_event);
}
