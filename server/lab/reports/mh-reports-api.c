/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-api.h"

#include "server/lab/reports/mh-reports-access.h"
#include "server/lab/reports/mh-reports-change-api.h"
#include "server/lab/reports/mh-reports-papers-api.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhPaperWanted
reports_api_wanted_of (MhCall *call)
{
  return (MhPaperWanted){ .server = mh_call_server (call),
                          .actor = mh_call_actor (call),
                          .who = mh_call_who (call),
                          .order_id = mh_call_param (call, "id"),
                          .now = mh_call_now (call) };
}

static MhReply *
paper_reply (MhPaperMade *made)
{
  return mh_reply_bytes (g_steal_pointer (&made->pdf), "application/pdf", made->name);
}

static MhReply *
report_list (MhCall *call, GError **error)
{
  GPtrArray *reports
      = mh_reports_service_list (mh_call_request (call), mh_call_param (call, "id"), error);
  if (reports == NULL)
    return NULL;

  mh_seen_list (call, &mh_report_type, reports);
  for (guint i = 0; i < reports->len; i++)
    mh_reports_service_put_link (mh_call_server (call), g_ptr_array_index (reports, i));

  /* Whoever gets the content has seen what stands in it now. */
  if (reports->len > 0)
    mh_reports_access_note_seen (mh_call_server (call), mh_call_who (call),
                                 g_ptr_array_index (reports, 0));

  return mh_reply_list (reports, NULL);
}

static MhReply *
report_recent (MhCall *call, GError **error)
{
  const char *id = mh_call_query (call, "id");
  GPtrArray *reports
      = id != NULL ? mh_reports_service_named (mh_call_request (call), id, error)
                   : mh_reports_service_recent (mh_call_request (call), mh_call_after_key (call),
                                                mh_call_limit (call), error);
  mh_seen_list (call, &mh_report_type, reports);
  return mh_reply_page (call, reports, MH_ID);
}

static MhReply *
report_pdf (MhCall *call, GError **error)
{
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = reports_api_wanted_of (call);
  wanted.language = mh_call_query (call, "language");
  wanted.version = mh_call_query_int (call, "report_version", 0);
  wanted.copy = g_strcmp0 (mh_call_query (call, "copy"), "true") == 0;
  if (!mh_reports_service_report (&wanted, &made, error))
    return NULL;
  /* A counted copy is in the audit trail by its counting, as receipts and labels are. */
  if (!wanted.copy)
    mh_seen (call, MH_AUDIT_READ, &mh_report_type, made.object_id, made.patient_id);
  return paper_reply (&made);
}

/* A counted copy is in the audit trail by its counting. */
static MhReply *
receipt_reply (MhCall *call, const MhPaperWanted *wanted, GError **error)
{
  g_auto (MhPaperMade) made = { 0 };

  if (!mh_reports_service_receipt (wanted, &made, error))
    return NULL;
  if (!wanted->copy)
    mh_seen (call, MH_AUDIT_READ, &mh_receipt_type, made.object_id, made.patient_id);
  return paper_reply (&made);
}

static MhReply *
receipt_pdf (MhCall *call, GError **error)
{
  MhPaperWanted wanted = reports_api_wanted_of (call);
  wanted.language = mh_call_query (call, "language");
  wanted.copy = g_strcmp0 (mh_call_query (call, "copy"), "true") == 0;
  return receipt_reply (call, &wanted, error);
}

static MhReply *
receipt_print (MhCall *call, GError **error)
{
  MhPaperWanted wanted = reports_api_wanted_of (call);
  wanted.receipt_id = mh_call_param (call, "id");
  wanted.language = mh_call_query (call, "language");
  wanted.copy = g_strcmp0 (mh_call_query (call, "preview"), "true") != 0;
  return receipt_reply (call, &wanted, error);
}

static MhReply *
label_pdf (MhCall *call, GError **error)
{
  g_auto (MhPaperMade) made = { 0 };
  MhPaperWanted wanted = reports_api_wanted_of (call);
  if (!mh_reports_service_labels (&wanted, &made, error))
    return NULL;
  return paper_reply (&made);
}

/* Open to everybody who holds the paper. */
static MhReply *
report_verify (MhCall *call, GError **error)
{
  MhRecord *check = mh_reports_service_check (mh_call_db (call), mh_call_param (call, "id"),
                                              mh_call_query_int (call, "report_version", 0),
                                              mh_call_query (call, "hash"), error);
  return mh_reply_record (check);
}

void
mh_reports_bind (MhRouter *router)
{
  mh_router_bind (router, "report.list", report_list);
  mh_router_bind (router, "report.recent", report_recent);
  mh_router_bind (router, "report.pdf", report_pdf);
  mh_router_bind (router, "report.verify", report_verify);
  mh_router_bind (router, "receipt.pdf", receipt_pdf);
  mh_router_bind (router, "receipt.print", receipt_print);
  mh_router_bind (router, "label.pdf", label_pdf);
  mh_reports_change_bind (router);
  mh_reports_papers_bind (router);
}
