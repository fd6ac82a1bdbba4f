/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-api.h"

#include "server/messages/mail/mh-mail-service.h"
#include "shared/records/messages/mh-mail.h"

static MhReply *
mail_list (MhCall *call, GError **error)
{
  MhMailQuery query = {
    .status = mh_call_query (call, "status"),
    .undelivered = g_strcmp0 (mh_call_query (call, "undelivered"), "true") == 0,
    .event = mh_call_query (call, "event"),
    .order_id = mh_call_query (call, "order_id"),
    .patient_id = mh_call_query (call, "patient_id"),
    .typed = mh_call_query (call, "q"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_mail_service_list (mh_call_request (call), &query, error);

  return mh_reply_page (call, found, MH_MAIL_QUEUED_AT);
}

static MhReply *
mail_retry (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_mail_service_retry (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
mail_drop (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_mail_service_drop (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
mail_api_template_list (MhCall *call, GError **error)
{
  GPtrArray *all = mh_mail_service_templates (mh_call_request (call), error);
  return mh_reply_whole_list (call, all);
}

static MhReply *
template_set (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_mail_service_set_template (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
template_reset (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_mail_service_reset_template (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
mail_api_template_preview (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_mail_service_preview (mh_call_request (call), mh_call_body (call), error));
}

void
mh_mail_bind (MhRouter *router)
{
  mh_router_bind (router, "mail.list", mail_list);
  mh_router_bind (router, "mail.retry", mail_retry);
  mh_router_bind (router, "mail.drop", mail_drop);
  mh_router_bind (router, "mail_template.list", mail_api_template_list);
  mh_router_bind (router, "mail_template.set", template_set);
  mh_router_bind (router, "mail_template.reset", template_reset);
  mh_router_bind (router, "mail_template.preview", mail_api_template_preview);
}
