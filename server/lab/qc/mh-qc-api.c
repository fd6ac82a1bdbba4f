/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/qc/mh-qc-api.h"

#include "server/lab/qc/mh-qc-service.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/audit/mh-read-log.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
qc_api_list (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, mh_call_route (call)->reply, error);
}

static MhReply *
qc_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_qc_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
qc_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_qc_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
run_add (MhCall *call, GError **error)
{
  return mh_reply_record (mh_qc_service_run (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
point_list (MhCall *call, GError **error)
{
  MhQcPointsQuery query = {
    .subject = { NULL, mh_call_query (call, "equipment"), mh_call_query (call, "analyte") },
    .target_id = mh_call_query (call, "target_id"),
    .since = mh_call_query_int (call, "from", 1) - 1,
    .until = mh_call_query_int (call, "to", G_MAXINT64),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_qc_service_points (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_QC_POINT_AT);
}

static MhReply *
remark_add (MhCall *call, GError **error)
{
  return mh_reply_record (mh_qc_service_remark (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
statistics_read (MhCall *call, GError **error)
{
  return mh_reply_record (mh_qc_service_statistics (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_query_int (call, "from", 0),
      mh_call_query_int (call, "to", 0), error));
}

static MhReply *
qc_api_adopt (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_qc_service_adopt (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
lock_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_qc_service_locks (mh_call_request (call), mh_call_query (call, "state"),
                                          mh_call_page (call), error);
  return mh_reply_page (call, found, MH_QC_LOCK_OPENED_AT);
}

static MhReply *
lock_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_qc_service_lock (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
action_add (MhCall *call, GError **error)
{
  return mh_reply_record (mh_qc_service_act (mh_call_request (call), mh_call_param (call, "id"),
                                             mh_call_body (call), error));
}

static MhReply *
action_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_qc_service_actions (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (found, NULL);
}

static void
note_suspects (MhCall *call, const char *verb, GPtrArray *found)
{
  MhReadLog *log = mh_server_read_log (mh_call_server (call));
  for (guint i = 0; i < found->len; i++)
    {
      MhRecord *suspect = g_ptr_array_index (found, i);
      mh_read_log_note_verb (log, mh_call_who (call), verb, "result",
                             mh_record_text (suspect, MH_QC_SUSPECT_RESULT_ID),
                             mh_record_text (suspect, MH_QC_SUSPECT_PATIENT_ID));
    }
}

static MhReply *
suspect_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_qc_service_suspects (mh_call_request (call), mh_call_param (call, "id"),
                                             mh_call_now (call), error);
  if (found == NULL)
    return NULL;
  note_suspects (call, MH_AUDIT_READ, found);
  return mh_reply_list (found, NULL);
}

static MhReply *
suspects_file (MhCall *call, gboolean pdf, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  const MhQcSuspectsWanted wanted = { .lock_id = mh_call_param (call, "id"),
                                      .language = pdf ? mh_call_query (call, "language") : NULL,
                                      .pdf = pdf };
  GBytes *bytes = mh_qc_service_suspects_file (mh_call_server (call), mh_call_actor (call), &wanted,
                                               &found, error);
  if (bytes == NULL)
    return NULL;
  note_suspects (call, pdf ? MH_AUDIT_PRINT : MH_AUDIT_EXPORT, found);
  return mh_reply_bytes (bytes, pdf ? "application/pdf" : "text/csv",
                         pdf ? "values-in-doubt.pdf" : "values-in-doubt.csv");
}

static MhReply *
suspects_csv (MhCall *call, GError **error)
{
  return suspects_file (call, FALSE, error);
}

static MhReply *
suspects_pdf (MhCall *call, GError **error)
{
  return suspects_file (call, TRUE, error);
}

static MhReply *
month_pdf (MhCall *call, GError **error)
{
  const MhQcMonthWanted wanted = { .equipment = mh_call_query (call, "equipment"),
                                   .analyte = mh_call_query (call, "analyte"),
                                   .month = mh_call_query (call, "month"),
                                   .language = mh_call_query (call, "language") };
  GBytes *pdf
      = mh_qc_service_month_pdf (mh_call_server (call), mh_call_actor (call), &wanted, error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", "quality-control.pdf") : NULL;
}

static MhReply *
review_add (MhCall *call, GError **error)
{
  return mh_reply_record (mh_qc_service_review (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

void
mh_qc_bind (MhRouter *router)
{
  static const char *const kinds[] = { "qc_material", "qc_lot", "qc_target" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *list_id = g_strconcat (kinds[i], ".list", NULL);
      g_autofree char *create_id = g_strconcat (kinds[i], ".create", NULL);
      g_autofree char *update_id = g_strconcat (kinds[i], ".update", NULL);
      mh_router_bind (router, list_id, qc_api_list);
      mh_router_bind (router, create_id, qc_api_create);
      mh_router_bind (router, update_id, qc_api_update);
    }

  mh_router_bind (router, "qc_target.statistics", statistics_read);
  mh_router_bind (router, "qc_target.adopt", qc_api_adopt);
  mh_router_bind (router, "qc_run.add", run_add);
  mh_router_bind (router, "qc_point.list", point_list);
  mh_router_bind (router, "qc_remark.add", remark_add);
  mh_router_bind (router, "qc_lock.list", lock_list);
  mh_router_bind (router, "qc_lock.read", lock_read);
  mh_router_bind (router, "qc_action.list", action_list);
  mh_router_bind (router, "qc_action.add", action_add);
  mh_router_bind (router, "qc_lock.suspects", suspect_list);
  mh_router_bind (router, "qc_suspects.csv", suspects_csv);
  mh_router_bind (router, "qc_suspects.pdf", suspects_pdf);
  mh_router_bind (router, "qc_month.pdf", month_pdf);
  mh_router_bind (router, "qc_review.add", review_add);
}
