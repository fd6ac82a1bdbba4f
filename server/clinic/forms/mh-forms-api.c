/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/forms/mh-forms-api.h"

#include "server/clinic/forms/mh-forms-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
form_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_forms_service_list (mh_call_request (call),
                                            g_strcmp0 (mh_call_query (call, "all"), "true") == 0,
                                            mh_call_after_key (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
form_define (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_forms_service_define (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
form_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_forms_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
form_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_forms_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
answer_list (MhCall *call, GError **error)
{
  GPtrArray *found
      = mh_forms_service_answers (mh_call_request (call), mh_call_query (call, "patient_id"),
                                  mh_call_query (call, "visit_id"), mh_call_page (call), error);
  mh_seen_list (call, &mh_form_answer_type, found);
  return mh_reply_page (call, found, MH_FORM_ANSWER_ANSWERED_AT);
}

static MhReply *
answer_read (MhCall *call, GError **error)
{
  MhRecord *answer
      = mh_forms_service_read_answer (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, answer);
  return mh_reply_record (answer);
}

static MhReply *
answer_give (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_forms_service_answer (mh_call_request (call), mh_call_body (call), error));
}

void
mh_forms_bind (MhRouter *router)
{
  mh_router_bind (router, "form.list", form_list);
  mh_router_bind (router, "form.define", form_define);
  mh_router_bind (router, "form.read", form_read);
  mh_router_bind (router, "form.update", form_update);
  mh_router_bind (router, "form_answer.list", answer_list);
  mh_router_bind (router, "form_answer.read", answer_read);
  mh_router_bind (router, "form_answer.give", answer_give);
}
