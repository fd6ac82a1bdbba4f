/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/settlements/mh-settlements-api.h"

#include "server/money/settlements/mh-settlements-service.h"
#include "shared/records/money/mh-settlement.h"

static MhReply *
settlement_add (MhCall *call, GError **error)
{
  MhRecord *settlement
      = mh_settlements_service_add (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (settlement);
}

static MhReply *
settlement_upload (MhCall *call, GError **error)
{
  MhRecord *settlement
      = mh_settlements_service_upload (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_record (settlement);
}

static MhReply *
settlement_match (MhCall *call, GError **error)
{
  MhRecord *settlement
      = mh_settlements_service_match (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (settlement);
}

static MhReply *
settlement_read (MhCall *call, GError **error)
{
  MhRecord *settlement
      = mh_settlements_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (settlement);
}

static MhReply *
settlement_list (MhCall *call, GError **error)
{
  MhSettlementsQuery query = {
    .provider = mh_call_query (call, "provider"),
    .before_on = mh_call_after_id (call) != NULL ? mh_call_after_key (call) : NULL,
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_settlements_service_list (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_SETTLEMENT_SETTLED_ON);
}

static MhReply *
reconciliation_read (MhCall *call, GError **error)
{
  MhReconciliationWanted wanted = {
    .from = mh_call_query (call, "from"),
    .to = mh_call_query (call, "to"),
    .provider = mh_call_query (call, "provider"),
  };
  MhRecord *result = mh_settlements_service_reconcile (mh_call_request (call), &wanted, error);
  return mh_reply_record (result);
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
