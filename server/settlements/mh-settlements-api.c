/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/settlements/mh-settlements-api.h"

#include "server/settlements/mh-settlements-service.h"
#include "shared/records/mh-records.h"

static MhReply *
settlement_add (MhCall *call, GError **error)
{
  MhRecord *settlement = mh_settlements_service_add (
      mh_call_tx (call), mh_call_server (call), mh_call_actor (call), mh_call_body (call), error);
  return settlement != NULL ? mh_reply_record (settlement) : NULL;
}

static MhReply *
settlement_upload (MhCall *call, GError **error)
{
  MhRecord *settlement = mh_settlements_service_upload (
      mh_call_tx (call), mh_call_server (call), mh_call_actor (call), mh_call_body (call), error);
  return settlement != NULL ? mh_reply_record (settlement) : NULL;
}

static MhReply *
settlement_match (MhCall *call, GError **error)
{
  MhRecord *settlement
      = mh_settlements_service_match (mh_call_tx (call), mh_call_server (call),
                                      mh_call_actor (call), mh_call_param (call, "id"), error);
  return settlement != NULL ? mh_reply_record (settlement) : NULL;
}

static MhReply *
settlement_read (MhCall *call, GError **error)
{
  MhRecord *settlement = mh_settlements_service_read (mh_call_db (call), mh_call_actor (call),
                                                      mh_call_param (call, "id"), error);
  return settlement != NULL ? mh_reply_record (settlement) : NULL;
}

static MhReply *
settlement_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  MhSettlementsQuery query = {
    .provider = mh_call_query (call, "provider"),
    .before_on = has_cursor ? after[0] : NULL,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_settlements_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == query.limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *on
      = last != NULL ? g_strdup (mh_record_text (last, MH_SETTLEMENT_SETTLED_ON)) : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { on, id, NULL };
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
reconciliation_read (MhCall *call, GError **error)
{
  MhReconciliationWanted wanted = {
    .from = mh_call_query (call, "from"),
    .to = mh_call_query (call, "to"),
    .provider = mh_call_query (call, "provider"),
  };
  MhRecord *result = mh_settlements_service_reconcile (mh_call_db (call), mh_call_server (call),
                                                       mh_call_actor (call), &wanted, error);
  return result != NULL ? mh_reply_record (result) : NULL;
}

void
mh_settlements_bind (MhRouter *router)
{
  mh_router_bind (router, "settlement.list", settlement_list);
  mh_router_bind (router, "settlement.add", settlement_add);
  mh_router_bind (router, "settlement.upload", settlement_upload);
  mh_router_bind (router, "settlement.read", settlement_read);
  mh_router_bind (router, "settlement.match", settlement_match);
  mh_router_bind (router, "reconciliation.read", reconciliation_read);
}
