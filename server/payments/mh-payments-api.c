/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/payments/mh-payments-api.h"

#include "server/payments/mh-payments-service.h"

static MhReply *
payment_take (MhCall *call, GError **error)
{
  MhRecord *payment
      = mh_payments_service_take (mh_call_tx (call), mh_call_server (call), mh_call_actor (call),
                                  mh_call_param (call, "id"), mh_call_body (call), error);
  return payment != NULL ? mh_reply_record (payment) : NULL;
}

static MhReply *
payment_list (MhCall *call, GError **error)
{
  GPtrArray *payments = mh_payments_service_list (mh_call_db (call), mh_call_actor (call),
                                                  mh_call_param (call, "id"), error);
  return payments != NULL ? mh_reply_list (payments, NULL) : NULL;
}

void
mh_payments_bind (MhRouter *router)
{
  mh_router_bind (router, "payment.take", payment_take);
  mh_router_bind (router, "payment.list", payment_list);
}
