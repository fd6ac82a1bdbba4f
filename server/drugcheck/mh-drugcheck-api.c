/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/drugcheck/mh-drugcheck-api.h"

#include "server/audit/mh-read-log.h"
#include "server/drugcheck/mh-allergies-service.h"
#include "shared/records/mh-records.h"

static MhReply *
reply (MhRecord *record)
{
  return record != NULL ? mh_reply_record (record) : NULL;
}

static MhReply *
allergy_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  MhAllergiesQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .after_id = after != NULL ? after[0] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_allergies_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len >= query.limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  const char *next[] = { last != NULL ? mh_record_id (last) : NULL, NULL };
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_allergy_type.code, found);
  return mh_reply_list (found, last != NULL ? next : NULL);
}

static MhReply *
allergy_create (MhCall *call, GError **error)
{
  return reply (mh_allergies_service_create (mh_call_tx (call), mh_call_server (call),
                                             mh_call_actor (call), mh_call_body (call), error));
}

static MhReply *
allergy_read (MhCall *call, GError **error)
{
  MhRecord *allergy = mh_allergies_service_read (mh_call_db (call), mh_call_actor (call),
                                                 mh_call_param (call, "id"), error);
  if (allergy != NULL)
    mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                           MH_AUDIT_READ, mh_allergy_type.code, mh_record_id (allergy),
                           mh_record_text (allergy, MH_ALLERGY_PATIENT_ID));
  return reply (allergy);
}

static MhReply *
allergy_update (MhCall *call, GError **error)
{
  return reply (mh_allergies_service_change (mh_call_tx (call), mh_call_server (call),
                                             mh_call_actor (call), mh_call_param (call, "id"),
                                             mh_call_if_match (call), mh_call_body (call), error));
}

void
mh_drugcheck_bind (MhRouter *router)
{
  mh_router_bind (router, "allergy.list", allergy_list);
  mh_router_bind (router, "allergy.create", allergy_create);
  mh_router_bind (router, "allergy.read", allergy_read);
  mh_router_bind (router, "allergy.update", allergy_update);
}
