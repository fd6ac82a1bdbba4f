/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/reports/mh-reports-change-api.h"

#include "server/lab/reports/mh-reports-access.h"
#include "server/lab/reports/mh-reports-change.h"
#include "server/lab/reports/mh-reports-tell.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
report_early (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_early (
      mh_call_request (call), mh_call_param (call, "id"),
      mh_record_text (mh_call_body (call), MH_REPORT_RELEASE_STATUS), error));
}

static MhReply *
remark_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_remark_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
report_remark (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_remark (
      mh_call_request (call), mh_call_param (call, "id"),
      mh_record_text (mh_call_body (call), MH_REPORT_REMARK_TEXT), error));
}

static MhReply *
report_correct (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_propose (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
reports_change_api_changes (MhCall *call, const char *order_id, const char *status, GError **error)
{
  GPtrArray *found = mh_reports_service_changes (mh_call_request (call), order_id, status,
                                                 mh_call_limit (call), error);
  mh_seen_list (call, &mh_report_change_type, found);
  return mh_reply_list (found, NULL);
}

static MhReply *
change_of_order (MhCall *call, GError **error)
{
  return reports_change_api_changes (call, mh_call_param (call, "id"), NULL, error);
}

static MhReply *
reports_change_api_change_list (MhCall *call, GError **error)
{
  return reports_change_api_changes (call, NULL, mh_call_query (call, "status"), error);
}

static MhReply *
change_read (MhCall *call, GError **error)
{
  MhRecord *change
      = mh_reports_service_change (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, change);
  return mh_reply_record (change);
}

static MhReply *
change_decide (MhCall *call, GError **error)
{
  return mh_reply_record (mh_reports_service_decide (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
report_seen (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_seen (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
report_accesses (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_reports_service_accesses (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
notice_list (MhCall *call, GError **error)
{
  gboolean open = g_strcmp0 (mh_call_query (call, "open"), "true") == 0;
  GPtrArray *found = mh_reports_service_notices (mh_call_request (call), open, error);
  return mh_reply_list (found, NULL);
}

static MhReply *
notice_acknowledge (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_reports_service_acknowledge (mh_call_request (call), mh_call_param (call, "id"), error));
}

void
mh_reports_change_bind (MhRouter *router)
{
  mh_router_bind (router, "report.early", report_early);
  mh_router_bind (router, "report.remark", report_remark);
  mh_router_bind (router, "report_remark.read", remark_read);
  mh_router_bind (router, "report.correct", report_correct);
  mh_router_bind (router, "report_change.of_order", change_of_order);
  mh_router_bind (router, "report_change.list", reports_change_api_change_list);
  mh_router_bind (router, "report_change.read", change_read);
  mh_router_bind (router, "report_change.decide", change_decide);
  mh_router_bind (router, "report.seen", report_seen);
  mh_router_bind (router, "report.accesses", report_accesses);
  mh_router_bind (router, "report_notice.list", notice_list);
  mh_router_bind (router, "report_notice.acknowledge", notice_acknowledge);
}
