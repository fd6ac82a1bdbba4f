/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-payments-api.h"

#include "server/money/payments/mh-payments-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
payment_take (MhCall *call, GError **error)
{
  MhRecord *payment = mh_payments_service_take (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error);
  return mh_reply_record (payment);
}

static MhReply *
payment_list (MhCall *call, GError **error)
{
  GPtrArray *payments
      = mh_payments_service_list (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (payments, NULL);
}

static MhReply *
payment_read (MhCall *call, GError **error)
{
  MhRecord *payment
      = mh_payments_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (payment);
}

static MhReply *
payment_approve (MhCall *call, GError **error)
{
  MhRecord *payment = mh_payments_service_decide (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (payment);
}

static MhReply *
refund_ask (MhCall *call, GError **error)
{
  MhRecord *refund = mh_payments_service_refund (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_body (call), error);
  return mh_reply_record (refund);
}

static MhReply *
refund_decide (MhCall *call, GError **error)
{
  MhRecord *refund = mh_payments_service_refund_decide (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (refund);
}

static MhReply *
deposit_take (MhCall *call, GError **error)
{
  MhRecord *payment = mh_payments_service_deposit (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (payment);
}

static MhReply *
account_read (MhCall *call, GError **error)
{
  const char *patient_id = mh_call_param (call, "id");
  MhRecord *account = mh_payments_service_account (mh_call_request (call), patient_id, error);
  if (account == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_READ, &mh_patient_account_type, mh_record_id (account), patient_id);
  return mh_reply_record (account);
}

static MhReply *
payments_api_search (MhCall *call, const char *kind, const char *session, GError **error)
{
  const MhPaymentsWanted wanted = { .day = mh_call_query (call, "day"),
                                    .method = mh_call_query (call, "method"),
                                    .session = session,
                                    .status = mh_call_query (call, "status"),
                                    .kind = kind,
                                    .patient_id = mh_call_query (call, "patient_id"),
                                    .after = mh_call_after (call),
                                    .limit = mh_call_limit (call) };
  GPtrArray *payments = mh_payments_service_search (mh_call_request (call), &wanted, error);
  return mh_reply_page (call, payments, MH_PAYMENT_RECEIVED_AT);
}

static MhReply *
payment_all (MhCall *call, GError **error)
{
  return payments_api_search (call, mh_call_query (call, "kind"), mh_call_query (call, "session"),
                              error);
}

static MhReply *
refund_list (MhCall *call, GError **error)
{
  return payments_api_search (call, MH_PAYMENT_KIND_REFUND, NULL, error);
}

static MhReply *
receipt_list (MhCall *call, GError **error)
{
  GPtrArray *receipts = mh_payments_service_receipts (
      mh_call_request (call), mh_call_query (call, "order_id"), mh_call_query (call, "number"),
      mh_call_after (call), mh_call_limit (call), error);
  return mh_reply_page (call, receipts, MH_RECEIPT_ISSUED_AT);
}

void
mh_payments_bind (MhRouter *router)
{
  mh_router_bind (router, "payment.take", payment_take);
  mh_router_bind (router, "payment.list", payment_list);
  mh_router_bind (router, "payment.all", payment_all);
  mh_router_bind (router, "payment.read", payment_read);
  mh_router_bind (router, "payment.approve", payment_approve);
  mh_router_bind (router, "refund.ask", refund_ask);
  mh_router_bind (router, "refund.list", refund_list);
  mh_router_bind (router, "refund.decide", refund_decide);
  mh_router_bind (router, "deposit.take", deposit_take);
  mh_router_bind (router, "account.read", account_read);
  mh_router_bind (router, "receipt.list", receipt_list);
}
