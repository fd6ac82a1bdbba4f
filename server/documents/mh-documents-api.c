/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/documents/mh-documents-api.h"

#include "server/audit/mh-read-log.h"
#include "server/common/mh-edit.h"
#include "server/documents/mh-documents-service.h"
#include "server/jobs/mh-jobs.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-records.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static void
note_read (MhCall *call, MhRecord *record, const char *verb)
{
  int patient = mh_record_type_find (mh_record_type (record), "patient_id");
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call), verb,
                         mh_record_type (record)->code, mh_record_id (record),
                         mh_record_text (record, (guint)patient));
}

static MhReply *
list (MhCall *call, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  const char *const *after = mh_call_after (call);
  guint limit = mh_call_limit (call);
  GPtrArray *found = mh_documents_service_list (
      mh_call_db (call), mh_call_actor (call), type, mh_call_query (call, "patient_id"),
      after != NULL ? g_ascii_strtoll (after[0], NULL, 10) : 0, after != NULL ? after[1] : NULL,
      limit, error);
  if (found == NULL)
    return NULL;
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call), type->code,
                         found);
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at
      = last != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_CREATED_AT))
                     : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
read_one (MhCall *call, GError **error)
{
  MhRecord *record = mh_edit_get (mh_call_db (call), mh_call_actor (call),
                                  mh_call_route (call)->reply, mh_call_param (call, "id"), error);
  if (record != NULL)
    note_read (call, record, MH_AUDIT_READ);
  return reply (record);
}

static MhReply *
create (MhCall *call, GError **error)
{
  return reply (mh_documents_service_create (mh_call_tx (call), mh_call_actor (call),
                                             mh_call_body (call), error));
}

static MhReply *
update (MhCall *call, GError **error)
{
  return reply (mh_documents_service_update (mh_call_tx (call), mh_call_actor (call),
                                             mh_call_param (call, "id"), mh_call_if_match (call),
                                             mh_call_body (call), error));
}

static MhReply *
take_part (MhCall *call, GError **error)
{
  return reply (mh_documents_service_part (mh_call_tx (call), mh_call_actor (call),
                                           mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
content (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) document = NULL;
  MhDb *db = mh_store_take_reader (mh_call_store (call), error);
  GBytes *file = db != NULL ? mh_documents_service_content (
                     db, mh_call_actor (call), mh_call_param (call, "id"), &document, error)
                            : NULL;
  mh_store_give_reader (mh_call_store (call), db);
  if (file == NULL)
    return NULL;
  note_read (call, document, MH_AUDIT_READ);
  MhReply *answer
      = mh_reply_bytes (file, mh_record_text (document, MH_DOCUMENT_CONTENT_TYPE), NULL);
  mh_reply_set_header (answer, "X-Content-Type-Options", "nosniff");
  return answer;
}

static MhReply *
thumbnail (MhCall *call, GError **error)
{
  GBytes *picture = mh_documents_service_thumbnail (mh_call_db (call), mh_call_actor (call),
                                                    mh_call_param (call, "id"), error);
  return picture != NULL ? mh_reply_bytes (picture, MH_CONTENT_PNG, NULL) : NULL;
}

static MhReply *
take_out (MhCall *call, GError **error)
{
  return mh_documents_service_remove (mh_call_tx (call), mh_call_actor (call),
                                      mh_call_param (call, "id"), mh_call_body (call), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
create_consent (MhCall *call, GError **error)
{
  return reply (mh_consents_service_create (mh_call_tx (call), mh_call_actor (call),
                                            mh_call_body (call), error));
}

static MhReply *
update_consent (MhCall *call, GError **error)
{
  return reply (mh_consents_service_update (mh_call_tx (call), mh_call_actor (call),
                                            mh_call_param (call, "id"), mh_call_if_match (call),
                                            mh_call_body (call), error));
}

static MhReply *
withdraw_consent (MhCall *call, GError **error)
{
  return reply (mh_consents_service_withdraw (mh_call_tx (call), mh_call_actor (call),
                                              mh_call_param (call, "id"), mh_call_body (call),
                                              error));
}

void
mh_documents_bind (MhRouter *router)
{
  mh_router_bind (router, "document.list", list);
  mh_router_bind (router, "document.create", create);
  mh_router_bind (router, "document.read", read_one);
  mh_router_bind (router, "document.update", update);
  mh_router_bind (router, "document.part", take_part);
  mh_router_bind (router, "document.content", content);
  mh_router_bind (router, "document.thumbnail", thumbnail);
  mh_router_bind (router, "document.remove", take_out);
  mh_router_bind (router, "consent.list", list);
  mh_router_bind (router, "consent.create", create_consent);
  mh_router_bind (router, "consent.read", read_one);
  mh_router_bind (router, "consent.update", update_consent);
  mh_router_bind (router, "consent.withdraw", withdraw_consent);
}
