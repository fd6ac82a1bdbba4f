/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/forms/mh-forms-api.h"

#include "server/audit/mh-read-log.h"
#include "server/forms/mh-forms-service.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-audit.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
form_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_forms_service_list (mh_call_db (call), mh_call_actor (call),
                                            g_strcmp0 (mh_call_query (call, "all"), "true") == 0,
                                            mh_call_limit (call), error);
  return found != NULL ? mh_reply_list (found, NULL) : NULL;
}

static MhReply *
form_define (MhCall *call, GError **error)
{
  return reply (mh_forms_service_define (mh_call_tx (call), mh_call_actor (call),
                                         mh_call_body (call), error));
}

static MhReply *
form_read (MhCall *call, GError **error)
{
  return reply (mh_forms_service_read (mh_call_db (call), mh_call_actor (call),
                                       mh_call_param (call, "id"), error));
}

static MhReply *
form_update (MhCall *call, GError **error)
{
  return reply (mh_forms_service_update (mh_call_tx (call), mh_call_actor (call),
                                         mh_call_param (call, "id"), mh_call_if_match (call),
                                         mh_call_body (call), error));
}

static MhReply *
answer_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  guint limit = mh_call_limit (call);
  GPtrArray *found = mh_forms_service_answers (
      mh_call_db (call), mh_call_actor (call), mh_call_query (call, "patient_id"),
      mh_call_query (call, "visit_id"), has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
      has_cursor ? after[1] : NULL, limit, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *at = last != NULL ? g_strdup_printf (
                            "%" G_GINT64_FORMAT, mh_record_int (last, MH_FORM_ANSWER_ANSWERED_AT))
                                     : NULL;
  g_autofree char *id = last != NULL ? g_strdup (mh_record_id (last)) : NULL;
  const char *next[] = { at, id, NULL };
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_form_answer_type.code, found);
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
answer_read (MhCall *call, GError **error)
{
  MhRecord *answer = mh_forms_service_read_answer (mh_call_db (call), mh_call_actor (call),
                                                   mh_call_param (call, "id"), error);
  if (answer != NULL)
    mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                           MH_AUDIT_READ, mh_form_answer_type.code, mh_record_id (answer),
                           mh_record_text (answer, MH_FORM_ANSWER_PATIENT_ID));
  return reply (answer);
}

static MhReply *
answer_give (MhCall *call, GError **error)
{
  return reply (mh_forms_service_answer (mh_call_tx (call), mh_call_actor (call),
                                         mh_call_body (call), error));
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
