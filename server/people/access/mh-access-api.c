/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/access/mh-access-api.h"

#include "server/people/access/mh-access-service.h"
#include "server/people/gate/mh-access-gate-api.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-user-patient.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
access_open (MhCall *call, GError **error)
{
  return mh_reply_record (mh_access_service_open (mh_call_server (call), mh_call_actor (call),
                                                  mh_call_who (call), mh_call_body (call), error));
}

static MhReply *
access_end (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_access_service_end (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
access_review (MhCall *call, GError **error)
{
  return mh_reply_record (mh_access_service_review (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
access_list (MhCall *call, GError **error)
{
  MhAccessQuery query = {
    .user_id = mh_call_query (call, "user_id"),
    .patient_id = mh_call_query (call, "patient_id"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_access_service_list (mh_call_request (call), mh_call_query (call, "state"),
                                             &query, mh_call_now (call), error);
  return mh_reply_page (call, found, MH_ACCESS_GRANT_OPENED_AT);
}

static MhReply *
access_mine (MhCall *call, GError **error)
{
  GPtrArray *found = mh_access_service_mine (mh_call_request (call), mh_call_now (call), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
access_people (MhCall *call, GError **error)
{
  GPtrArray *found = mh_access_service_people (mh_call_request (call), mh_call_query (call, "q"),
                                               mh_call_limit (call), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
access_report (MhCall *call, GError **error)
{
  g_autofree char *next = NULL;
  GPtrArray *found
      = mh_access_service_report (mh_call_request (call), mh_call_param (call, "id"),
                                  mh_call_after_number (call), mh_call_limit (call), &next, error);
  return mh_reply_list_after (found, next);
}

static MhReply *
access_paper (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  GBytes *pdf
      = mh_access_service_paper (mh_call_store (call), mh_call_actor (call), id,
                                 mh_call_query (call, "language"), mh_call_now (call), error);
  if (pdf == NULL)
    return NULL;
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         MH_AUDIT_PRINT, "access_report", id, id);
  return mh_reply_bytes (pdf, "application/pdf", "access-report.pdf");
}

static MhReply *
staff_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_access_service_staff (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
staff_set (MhCall *call, GError **error)
{
  return mh_reply_record (mh_access_service_set_staff (
      mh_call_request (call), mh_call_param (call, "id"),
      mh_record_text (mh_call_body (call), MH_USER_PATIENT_PATIENT_ID), error));
}

void
mh_access_bind (MhRouter *router)
{
  mh_router_set_gate (router, &mh_access_gate);
  mh_router_bind (router, "access.open", access_open);
  mh_router_bind (router, "access.end", access_end);
  mh_router_bind (router, "access.review", access_review);
  mh_router_bind (router, "access.list", access_list);
  mh_router_bind (router, "access.mine", access_mine);
  mh_router_bind (router, "access.people", access_people);
  mh_router_bind (router, "access.report", access_report);
  mh_router_bind (router, "access.paper", access_paper);
  mh_router_bind (router, "access.staff", staff_read);
  mh_router_bind (router, "access.set_staff", staff_set);
}
