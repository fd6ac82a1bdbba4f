/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-api.h"

#include "server/money/gateway/mh-gateway-events.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/money/mh-gateway.h"

static MhReply *
attempt_ask (MhCall *call, GError **error)
{
  MhRecord *attempt = mh_gateway_service_ask_for (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (attempt);
}

static MhReply *
attempt_list (MhCall *call, GError **error)
{
  GPtrArray *attempts
      = mh_gateway_service_attempts (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (attempts, NULL);
}

static MhReply *
attempt_close (MhCall *call, GError **error)
{
  MhRecord *attempt
      = mh_gateway_service_close (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (attempt);
}

static MhReply *
attempt_image (MhCall *call, GError **error)
{
  g_autofree char *media = NULL;
  GBytes *image = mh_gateway_service_image (mh_call_request (call), mh_call_param (call, "id"),
                                            &media, error);
  return image != NULL ? mh_reply_bytes (image, g_intern_string (media), NULL) : NULL;
}

static MhReply *
gateway_read (MhCall *call, GError **error)
{
  MhRecord *state = mh_gateway_service_state (mh_call_request (call), error);
  return mh_reply_record (state);
}

static MhReply *
notice_resolve (MhCall *call, GError **error)
{
  MhRecord *notice
      = mh_gateway_service_resolve (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (notice);
}

/* Not in the write queue: the signature is reckoned here, and the answer waits for a commit of its
 * own. */
static MhReply *
webhook_razorpay (MhCall *call, GError **error)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *raw = mh_call_raw (call);
  if (!mh_gateway_events_take (mh_call_server (call), raw != NULL ? raw : empty,
                               mh_call_header (call, "X-Razorpay-Signature"),
                               mh_call_header (call, "X-Razorpay-Event-Id"), error))
    return NULL;
  MhRecord *answer = mh_record_new (&mh_webhook_type);
  mh_record_set_bool (answer, MH_WEBHOOK_RECEIVED, TRUE);
  return mh_reply_record (answer);
}

void
mh_gateway_bind (MhRouter *router)
{
  mh_router_bind (router, "attempt.ask", attempt_ask);
  mh_router_bind (router, "attempt.list", attempt_list);
  mh_router_bind (router, "attempt.close", attempt_close);
  mh_router_bind (router, "attempt.image", attempt_image);
  mh_router_bind (router, "gateway.read", gateway_read);
  mh_router_bind (router, "gateway.notice.resolve", notice_resolve);
  mh_router_bind (router, "webhook.razorpay", webhook_razorpay);
}
