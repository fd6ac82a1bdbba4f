/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-papers-api.h"

#include "server/lab/reports/mh-reports-delivery.h"
#include "server/lab/reports/mh-reports-template.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

/* 0: not given, or no time. */
static gint64
reports_papers_api_instant_of (MhCall *call, const char *name)
{
  gint64 instant = 0;
  const char *text = mh_call_query (call, name);
  return text != NULL && mh_instant_parse (text, &instant) ? instant : 0;
}

static MhReply *
delivery_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_reports_service_deliveries (mh_call_request (call), mh_call_query (call, "status"),
                                       mh_call_query (call, "ward"), mh_call_limit (call), error);
  mh_seen_list (call, &mh_report_delivery_type, found);
  return mh_reply_list (found, NULL);
}

static MhReply *
delivery_print (MhCall *call, GError **error)
{
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = { .server = mh_call_server (call),
                           .actor = mh_call_actor (call),
                           .who = mh_call_who (call),
                           .now = mh_call_now (call) };
  if (!mh_reports_service_print_batch (&wanted, mh_call_body (call), &made, error))
    return NULL;
  return mh_reply_bytes (g_steal_pointer (&made.pdf), "application/pdf", made.name);
}

static MhReply *
delivery_drop (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_delivery_set (
      mh_call_request (call), mh_call_param (call, "id"), FALSE, error));
}

static MhReply *
delivery_want (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_delivery_set (
      mh_call_request (call), mh_call_param (call, "id"), TRUE, error));
}

static MhReply *
report_mail (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_mail (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
report_cumulative (MhCall *call, GError **error)
{
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = { .server = mh_call_server (call),
                           .actor = mh_call_actor (call),
                           .who = mh_call_who (call),
                           .order_id = mh_call_param (call, "id"),
                           .language = mh_call_query (call, "language"),
                           .now = mh_call_now (call) };

  if (!mh_reports_service_cumulative (&wanted, reports_papers_api_instant_of (call, "from"),
                                      reports_papers_api_instant_of (call, "to"), &made, error))
    return NULL;

  mh_seen (call, MH_AUDIT_READ, &mh_patient_type, made.object_id, made.patient_id);
  return mh_reply_bytes (g_steal_pointer (&made.pdf), "application/pdf", made.name);
}

static MhReply *
reports_papers_api_template_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_reports_service_templates (mh_call_request (call), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
template_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_template_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
template_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_template_update (mh_call_request (call), mh_call_param (call, "id"),
                                          mh_call_body (call), mh_call_if_match (call), error));
}

static MhReply *
reports_papers_api_template_preview (MhCall *call, GError **error)
{
  GBytes *pdf = mh_reports_service_template_preview (mh_call_server (call), mh_call_actor (call),
                                                     mh_call_param (call, "id"),
                                                     mh_call_query (call, "language"), error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", "template.pdf") : NULL;
}

static MhReply *
logo_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_reports_service_logos (mh_call_request (call), error);
  return mh_reply_list (found, NULL);
}

void
mh_reports_papers_bind (MhRouter *router)
{
  mh_router_bind (router, "report_delivery.list", delivery_list);
  mh_router_bind (router, "report_delivery.print", delivery_print);
  mh_router_bind (router, "report_delivery.drop", delivery_drop);
  mh_router_bind (router, "report_delivery.want", delivery_want);
  mh_router_bind (router, "report.mail", report_mail);
  mh_router_bind (router, "report.cumulative", report_cumulative);
  mh_router_bind (router, "report_template.list", reports_papers_api_template_list);
  mh_router_bind (router, "report_template.create", template_create);
  mh_router_bind (router, "report_template.update", template_update);
  mh_router_bind (router, "report_template.preview", reports_papers_api_template_preview);
  mh_router_bind (router, "report_logo.list", logo_list);
}
