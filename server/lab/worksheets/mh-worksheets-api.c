/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/worksheets/mh-worksheets-api.h"

#include "server/lab/worksheets/mh-worksheets-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static void
worksheets_api_note (MhCall *call, const char *verb)
{
  mh_seen (call, verb, &mh_worksheet_type, mh_call_param (call, "id"), NULL);
}

static MhReply *
worksheets_api_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_worksheets_service_list (
      mh_call_request (call), mh_call_query (call, "status"), mh_call_limit (call), error);
  return mh_reply_list (found, NULL);
}

static MhReply *
worksheets_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_worksheets_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
worksheets_api_read_one (MhCall *call, GError **error)
{
  MhRecord *sheet
      = mh_worksheets_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  if (sheet != NULL)
    worksheets_api_note (call, MH_AUDIT_READ);
  return mh_reply_record (sheet);
}

static MhReply *
worksheets_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_worksheets_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
worksheets_api_save (MhCall *call, GError **error)
{
  return mh_reply_record (mh_worksheets_service_save (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
worksheets_api_pdf (MhCall *call, GError **error)
{
  GBytes *bytes = mh_worksheets_service_pdf (mh_call_server (call), mh_call_actor (call),
                                             mh_call_param (call, "id"),
                                             mh_call_query (call, "language"), error);
  if (bytes == NULL)
    return NULL;
  worksheets_api_note (call, MH_AUDIT_PRINT);
  return mh_reply_bytes (bytes, "application/pdf", "worksheet.pdf");
}

void
mh_worksheets_bind (MhRouter *router)
{
  mh_router_bind (router, "worksheet.list", worksheets_api_list);
  mh_router_bind (router, "worksheet.create", worksheets_api_create);
  mh_router_bind (router, "worksheet.read", worksheets_api_read_one);
  mh_router_bind (router, "worksheet.update", worksheets_api_update);
  mh_router_bind (router, "worksheet.save", worksheets_api_save);
  mh_router_bind (router, "worksheet.pdf", worksheets_api_pdf);
}
