/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-payments-api.h"
#include "server/money/payments/mh-remittances-service.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"

static MhReply *
payer_list (MhCall *call, GError **error)
{
  return mh_reply_list (mh_remittances_service_payers (mh_call_request (call), error), NULL);
}

static MhReply *
payer_statement (MhCall *call, GError **error)
{
  GBytes *pdf = mh_remittances_service_statement (mh_call_server (call), mh_call_actor (call),
                                                  mh_call_query (call, "payer"),
                                                  mh_call_query (call, "language"), error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", "statement.pdf") : NULL;
}

static MhReply *
claim_list (MhCall *call, GError **error)
{
  GPtrArray *claims
      = mh_remittances_service_claims (mh_call_request (call), mh_call_query (call, "payer"),
                                       mh_call_after (call), mh_call_limit (call), error);
  return mh_reply_page (call, claims, MH_PAYMENT_RECEIVED_AT);
}

static MhReply *
remittance_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_remittances_service_list (mh_call_request (call), mh_call_query (call, "payer"),
                                     mh_call_after (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_REMITTANCE_RECORDED_AT);
}

static MhReply *
remittance_add (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_remittances_service_add (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
remittance_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_remittances_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

void
mh_remittances_bind (MhRouter *router)
{
  mh_router_bind (router, "payer.list", payer_list);
  mh_router_bind (router, "payer.statement", payer_statement);
  mh_router_bind (router, "claim.list", claim_list);
  mh_router_bind (router, "remittance.list", remittance_list);
  mh_router_bind (router, "remittance.add", remittance_add);
  mh_router_bind (router, "remittance.read", remittance_read);
}
