/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-family-service.h"
#include "server/people/patients/mh-merge-service.h"
#include "server/people/patients/mh-patients-api.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
merge_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_merges_service_list (mh_call_request (call), mh_call_query (call, "status"),
                                             mh_call_after_key (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
merge_propose (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_merges_service_propose (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
merge_read (MhCall *call, GError **error)
{
  MhRecord *merge
      = mh_merges_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (merge != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_patient_merge_type, mh_record_id (merge),
             mh_record_text (merge, MH_PATIENT_MERGE_SURVIVOR_ID));
  return mh_reply_record (merge);
}

typedef MhRecord *(*Decide) (const MhRequest *req, const char *, MhRecord *, GError **);

static MhReply *
merge_api_decide (MhCall *call, Decide how, GError **error)
{
  return mh_reply_record (
      how (mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
merge_agree (MhCall *call, GError **error)
{
  return merge_api_decide (call, mh_merges_service_agree, error);
}

static MhReply *
merge_decline (MhCall *call, GError **error)
{
  return merge_api_decide (call, mh_merges_service_decline, error);
}

static MhReply *
merge_undo (MhCall *call, GError **error)
{
  return merge_api_decide (call, mh_merges_service_undo, error);
}

static MhReply *
patient_doubtful (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_merges_service_doubtful (mh_call_request (call), mh_call_limit (call), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
patient_distinct (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_merges_service_distinct (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
family_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_family_service_list (mh_call_request (call), mh_call_param (call, "id"), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
family_add (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_family_service_add (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
family_remove (MhCall *call, GError **error)
{
  return mh_family_service_remove (mh_call_request (call), mh_call_param (call, "id"), error)
             ? mh_reply_empty ()
             : NULL;
}

void
mh_merges_bind (MhRouter *router)
{
  mh_router_bind (router, "merge.list", merge_list);
  mh_router_bind (router, "merge.propose", merge_propose);
  mh_router_bind (router, "merge.read", merge_read);
  mh_router_bind (router, "merge.agree", merge_agree);
  mh_router_bind (router, "merge.decline", merge_decline);
  mh_router_bind (router, "merge.undo", merge_undo);
  mh_router_bind (router, "patient.doubtful", patient_doubtful);
  mh_router_bind (router, "patient.distinct", patient_distinct);
  mh_router_bind (router, "family.list", family_list);
  mh_router_bind (router, "family.add", family_add);
  mh_router_bind (router, "family.remove", family_remove);
}
