/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-api.h"

#include "server/lab/results/mh-results-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
result_sheet (MhCall *call, GError **error)
{
  MhRecord *sheet = mh_results_service_sheet (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_now (call), error);
  if (sheet == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_READ, &mh_results_sheet_type, mh_call_param (call, "id"),
           mh_record_text (sheet, MH_RESULTS_SHEET_PATIENT_ID));
  return mh_reply_record (sheet);
}

static MhReply *
worklist_list (MhCall *call, GError **error)
{
  GPtrArray *lists = mh_results_service_worklists (mh_call_request (call), error);
  return mh_reply_list (lists, NULL);
}

static MhReply *
worklist_sheets (MhCall *call, GError **error)
{
  GPtrArray *sheets
      = mh_results_service_worklist (mh_call_request (call), mh_call_query (call, "test"),
                                     mh_call_limit (call), mh_call_now (call), error);
  for (guint i = 0; sheets != NULL && i < sheets->len; i++)
    mh_seen (call, MH_AUDIT_READ, &mh_results_sheet_type,
             mh_record_text (g_ptr_array_index (sheets, i), MH_RESULTS_SHEET_ORDER_ID),
             mh_record_text (g_ptr_array_index (sheets, i), MH_RESULTS_SHEET_PATIENT_ID));
  return mh_reply_list (sheets, NULL);
}

static MhReply *
result_save (MhCall *call, GError **error)
{
  MhRecord *sheet = mh_results_service_save (mh_call_request (call), mh_call_param (call, "id"),
                                             mh_call_body (call), error);
  return mh_reply_record (sheet);
}

static MhReply *
result_restart (MhCall *call, GError **error)
{
  MhRecord *sheet = mh_results_service_restart (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error);
  return mh_reply_record (sheet);
}

static MhReply *
result_history (MhCall *call, GError **error)
{
  GPtrArray *versions
      = mh_results_service_history (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_list (call, &mh_result_version_type, versions);
  return mh_reply_list (versions, NULL);
}

static MhReply *
as_sheet (MhRecord *sheet)
{
  return mh_reply_record (sheet);
}

static MhReply *
event_add (MhCall *call, GError **error)
{
  return as_sheet (mh_results_service_add_event (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_body (call), error));
}

static MhReply *
results_api_hold_release (MhCall *call, GError **error)
{
  return as_sheet (mh_results_service_release_hold (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
escalation_add (MhCall *call, GError **error)
{
  return as_sheet (mh_results_service_ask (mh_call_request (call), mh_call_param (call, "id"),
                                           mh_call_body (call), error));
}

static MhReply *
escalation_answer (MhCall *call, GError **error)
{
  return as_sheet (mh_results_service_answer (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_body (call), error));
}

static MhReply *
escalation_list (MhCall *call, GError **error)
{
  GPtrArray *open = mh_results_service_questions (mh_call_request (call), error);
  mh_seen_list (call, &mh_escalation_type, open);
  return mh_reply_list (open, NULL);
}

static MhReply *
attachment_add (MhCall *call, GError **error)
{
  return as_sheet (mh_results_service_attach (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_body (call), error));
}

static MhReply *
attachment_remove (MhCall *call, GError **error)
{
  return as_sheet (
      mh_results_service_detach (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
attachment_content (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) attachment = NULL;
  GBytes *bytes = mh_results_service_attachment (mh_call_request (call), mh_call_param (call, "id"),
                                                 &attachment, error);
  if (bytes == NULL)
    return NULL;
  mh_seen_record (call, MH_AUDIT_READ, attachment);
  return mh_reply_bytes (bytes, mh_record_text (attachment, MH_ATTACHMENT_CONTENT_TYPE), NULL);
}

static MhReply *
result_verify (MhCall *call, GError **error)
{
  MhRecord *order = mh_results_service_verify (mh_call_request (call), mh_call_param (call, "id"),
                                               mh_call_body (call), error);
  return mh_reply_record (order);
}

static MhReply *
verify_bulk (MhCall *call, GError **error)
{
  MhRecord *pending = mh_results_service_verify_bulk (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return mh_reply_record (pending);
}

static MhReply *
verify_undo (MhCall *call, GError **error)
{
  MhRecord *undone
      = mh_results_service_undo_bulk (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_record (undone);
}

void
mh_results_bind (MhRouter *router)
{
  mh_router_bind (router, "verify.bulk", verify_bulk);
  mh_router_bind (router, "verify.undo", verify_undo);
  mh_router_bind (router, "result.sheet", result_sheet);
  mh_router_bind (router, "worklist.list", worklist_list);
  mh_router_bind (router, "worklist.sheets", worklist_sheets);
  mh_router_bind (router, "result.save", result_save);
  mh_router_bind (router, "result.restart", result_restart);
  mh_router_bind (router, "result.history", result_history);
  mh_router_bind (router, "result.event", event_add);
  mh_router_bind (router, "hold.release", results_api_hold_release);
  mh_router_bind (router, "escalation.add", escalation_add);
  mh_router_bind (router, "escalation.answer", escalation_answer);
  mh_router_bind (router, "escalation.list", escalation_list);
  mh_router_bind (router, "attachment.add", attachment_add);
  mh_router_bind (router, "attachment.remove", attachment_remove);
  mh_router_bind (router, "attachment.content", attachment_content);
  mh_router_bind (router, "result.verify", result_verify);
}
