/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/documents/mh-documents-api.h"

#include "server/people/documents/mh-documents-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-seen-api.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
documents_api_list (MhCall *call, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  GPtrArray *found = mh_documents_service_list (
      mh_call_request (call), type, mh_call_query (call, "patient_id"), mh_call_page (call), error);
  mh_seen_list (call, type, found);
  return mh_reply_page (call, found, MH_CREATED_AT);
}

static MhReply *
documents_api_read_one (MhCall *call, GError **error)
{
  MhRecord *record = mh_edit_get (mh_call_request (call), mh_call_route (call)->reply,
                                  mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, record);
  return mh_reply_record (record);
}

static MhReply *
documents_api_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_documents_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
documents_api_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_documents_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
documents_api_take_part (MhCall *call, GError **error)
{
  return mh_reply_record (mh_documents_service_part (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
content (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) document = NULL;
  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  GBytes *file = db != NULL ? mh_documents_service_content (
                     MH_REQUEST_DB (db, mh_call_server (call), mh_call_actor (call)),
                     mh_call_param (call, "id"), &document, error)
                            : NULL;

  mh_store_give_reader (mh_call_store (call), db);
  if (file == NULL)
    return NULL;

  mh_seen_record (call, MH_AUDIT_READ, document);
  MhReply *answer
      = mh_reply_bytes (file, mh_record_text (document, MH_DOCUMENT_CONTENT_TYPE), NULL);

  mh_reply_set_header (answer, "X-Content-Type-Options", "nosniff");
  return answer;
}

static MhReply *
thumbnail (MhCall *call, GError **error)
{
  GBytes *picture
      = mh_documents_service_thumbnail (mh_call_request (call), mh_call_param (call, "id"), error);
  return picture != NULL ? mh_reply_bytes (picture, MH_CONTENT_PNG, NULL) : NULL;
}

static MhReply *
documents_api_take_out (MhCall *call, GError **error)
{
  return mh_documents_service_remove (mh_call_request (call), mh_call_param (call, "id"),
                                      mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
create_consent (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_consents_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
update_consent (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_consents_service_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
withdraw_consent (MhCall *call, GError **error)
{
  return mh_reply_record (mh_consents_service_withdraw (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

/* What a photo_id names never changes, so whoever has it need not ask again. */
static MhReply *
patient_photo (MhCall *call, GError **error)
{
  GBytes *picture
      = mh_documents_service_portrait (mh_call_request (call), mh_call_param (call, "id"), error);
  if (picture == NULL)
    return NULL;
  MhReply *reply = mh_reply_bytes (picture, MH_CONTENT_PNG, NULL);
  mh_reply_set_header (reply, "X-Content-Type-Options", "nosniff");
  return reply;
}

void
mh_documents_bind (MhRouter *router)
{
  mh_router_bind (router, "patient.photo", patient_photo);
  mh_router_bind (router, "document.list", documents_api_list);
  mh_router_bind (router, "document.create", documents_api_create);
  mh_router_bind (router, "document.read", documents_api_read_one);
  mh_router_bind (router, "document.update", documents_api_update);
  mh_router_bind (router, "document.part", documents_api_take_part);
  mh_router_bind (router, "document.content", content);
  mh_router_bind (router, "document.thumbnail", thumbnail);
  mh_router_bind (router, "document.remove", documents_api_take_out);
  mh_router_bind (router, "consent.list", documents_api_list);
  mh_router_bind (router, "consent.create", create_consent);
  mh_router_bind (router, "consent.read", documents_api_read_one);
  mh_router_bind (router, "consent.update", update_consent);
  mh_router_bind (router, "consent.withdraw", withdraw_consent);
}
