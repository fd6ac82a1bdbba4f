/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-api.h"

#include "server/front/kiosk/mh-kiosk-service.h"

static MhReply *
kiosk_api_list (GPtrArray *records)
{
  return mh_reply_list (records, NULL);
}

static MhReply *
kiosk_api_state (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_state (mh_call_request (call), error));
}

static MhReply *
tests (MhCall *call, GError **error)
{
  return kiosk_api_list (
      mh_kiosk_service_tests (mh_call_request (call), mh_call_query (call, "language"), error));
}

static MhReply *
kiosk_api_find (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_find (mh_call_server (call), mh_call_actor (call),
                                                 mh_call_who (call), mh_call_body (call), error));
}

static MhReply *
enrol (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_register (
      mh_call_server (call), mh_call_actor (call), mh_call_who (call), mh_call_body (call), error));
}

static MhReply *
kiosk_api_end (MhCall *call, GError **error)
{
  return mh_kiosk_service_end (mh_call_request (call), mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
kiosk_api_quote (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_quote (mh_call_request (call), mh_call_body (call),
                                                  mh_call_now (call), error));
}

static MhReply *
order (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_kiosk_service_order (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
kiosk_api_pay (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_pay (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
paid (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_paid (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_body (call), mh_call_now (call), error));
}

static MhReply *
image (MhCall *call, GError **error)
{
  g_autofree char *media = NULL;
  GBytes *bytes = mh_kiosk_service_image (mh_call_request (call), mh_call_param (call, "id"),
                                          mh_call_body (call), mh_call_now (call), &media, error);
  return bytes != NULL ? mh_reply_bytes (bytes, g_intern_string (media), NULL) : NULL;
}

static MhReply *
at_desk (MhCall *call, GError **error)
{
  return mh_kiosk_service_at_desk (mh_call_request (call), mh_call_param (call, "id"),
                                   mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
feedback (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_feedback (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
code (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_code (mh_call_server (call), mh_call_actor (call),
                                                 mh_call_who (call), mh_call_body (call), error));
}

static MhReply *
verify (MhCall *call, GError **error)
{
  return mh_reply_record (mh_kiosk_service_verify (mh_call_server (call), mh_call_actor (call),
                                                   mh_call_who (call), mh_call_body (call), error));
}

static MhReply *
reports (MhCall *call, GError **error)
{
  return kiosk_api_list (mh_kiosk_service_reports (mh_call_request (call), mh_call_body (call),
                                                   mh_call_now (call), error));
}

static MhReply *
report (MhCall *call, GError **error)
{
  g_autofree char *name = NULL;
  GBytes *pdf
      = mh_kiosk_service_report (mh_call_request (call), mh_call_who (call),
                                 mh_call_param (call, "id"), mh_call_body (call), &name, error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", name) : NULL;
}

static MhReply *
kiosk_api_leave (MhCall *call, GError **error)
{
  return mh_kiosk_service_leave (mh_call_server (call), mh_call_actor (call), mh_call_who (call),
                                 mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
pin (MhCall *call, GError **error)
{
  return mh_kiosk_service_set_pin (mh_call_request (call), mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

void
mh_kiosk_bind (MhRouter *router)
{
  static const struct
  {
    const char *id;
    MhHandler handler;
  } bindings[] = {
    { "kiosk.state", kiosk_api_state },
    { "kiosk.tests", tests },
    { "kiosk.find", kiosk_api_find },
    { "kiosk.register", enrol },
    { "kiosk.end", kiosk_api_end },
    { "kiosk.quote", kiosk_api_quote },
    { "kiosk.order", order },
    { "kiosk.pay", kiosk_api_pay },
    { "kiosk.paid", paid },
    { "kiosk.image", image },
    { "kiosk.at_desk", at_desk },
    { "kiosk.feedback", feedback },
    { "kiosk.code", code },
    { "kiosk.verify", verify },
    { "kiosk.reports", reports },
    { "kiosk.report", report },
    { "kiosk.leave", kiosk_api_leave },
    { "kiosk.pin", pin },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    mh_router_bind (router, bindings[i].id, bindings[i].handler);
}
