/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-api.h"

#include <string.h>

#include "server/messages/sms/mh-sms-events.h"
#include "server/messages/sms/mh-sms-wording.h"
#include "server/messages/sms/mh-sms.h"
#include "shared/records/messages/mh-sms.h"

static MhReply *
sms_list (MhCall *call, GError **error)
{
  MhSmsQuery query = {
    .status = mh_call_query (call, "status"),
    .code = mh_call_query (call, "template"),
    .patient_id = mh_call_query (call, "patient_id"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_sms_list (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_SMS_QUEUED_AT);
}

static MhReply *
text_list (MhCall *call, GError **error)
{
  return mh_reply_whole_list (call, mh_sms_wording_list (mh_call_request (call), error));
}

static MhReply *
text_set (MhCall *call, GError **error)
{
  return mh_reply_record (mh_sms_wording_set (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
text_reset (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sms_wording_reset (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
text_preview (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_sms_wording_preview (mh_call_request (call), mh_call_body (call), error));
}

static GBytes *
sms_api_form_of (MhCall *call)
{
  GBytes *raw = mh_call_raw (call);
  return raw != NULL ? g_bytes_ref (raw) : g_bytes_new_static ("", 0);
}

/* Not in the write queue: the signature is reckoned here, and the answer waits for a commit of its
 * own. */
static MhReply *
webhook_twilio (MhCall *call, GError **error)
{
  g_autoptr (GBytes) form = sms_api_form_of (call);
  return mh_sms_events_take (mh_call_server (call), mh_call_param (call, "token"), form,
                             mh_call_header (call, "X-Twilio-Signature"), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
webhook_inbound (MhCall *call, GError **error)
{
  static const char nothing[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";
  g_autoptr (GBytes) form = sms_api_form_of (call);
  if (!mh_sms_events_inbound (mh_call_server (call), form,
                              mh_call_header (call, "X-Twilio-Signature"), error))
    return NULL;
  return mh_reply_bytes (g_bytes_new_static (nothing, strlen (nothing)), "text/xml", NULL);
}

void
mh_sms_bind (MhRouter *router)
{
  mh_router_bind (router, "sms.list", sms_list);
  mh_router_bind (router, "sms_text.list", text_list);
  mh_router_bind (router, "sms_text.set", text_set);
  mh_router_bind (router, "sms_text.reset", text_reset);
  mh_router_bind (router, "sms_text.preview", text_preview);
  mh_router_bind (router, "webhook.twilio", webhook_twilio);
  mh_router_bind (router, "webhook.twilio.inbound", webhook_inbound);
}
