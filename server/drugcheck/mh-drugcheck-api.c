/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/drugcheck/mh-drugcheck-api.h"

#include "server/audit/mh-read-log.h"
#include "server/drugcheck/mh-allergies-service.h"
#include "server/drugcheck/mh-drugcheck-service.h"
#include "shared/base/mh-date.h"
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

static MhReply *
check (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_call_body (call);
  return reply (mh_drugcheck_service_check (
      mh_call_db (call), mh_call_server (call), mh_call_actor (call), prescription,
      mh_clock_now (mh_server_clock (mh_call_server (call))), error));
}

static MhReply *
profile (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *found = mh_drugcheck_service_profile (
      mh_call_db (call), mh_call_server (call), mh_call_actor (call), id,
      mh_clock_now (mh_server_clock (mh_call_server (call))), error);
  if (found != NULL)
    mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                           MH_AUDIT_READ, mh_prescription_type.code, NULL, id);
  return reply (found);
}

static MhReply *
medication_list (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  GPtrArray *found = mh_drugcheck_service_medicines (mh_call_db (call), mh_call_actor (call), id,
                                                     mh_call_limit (call), error);
  if (found == NULL)
    return NULL;
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         MH_AUDIT_READ, mh_prescription_type.code, NULL, id);
  return mh_reply_list (found, NULL);
}

static MhReply *
medication_stop (MhCall *call, GError **error)
{
  return reply (mh_drugcheck_service_stop (mh_call_tx (call), mh_call_server (call),
                                           mh_call_actor (call), mh_call_param (call, "id"),
                                           mh_call_body (call), error));
}

/* Without bounds: everything until now. */
static MhReply *
rates (MhCall *call, GError **error)
{
  gint64 from = 0, to = G_MAXINT64;
  const char *first = mh_call_query (call, "from"), *end = mh_call_query (call, "to");
  if ((first != NULL && !mh_instant_parse (first, &from))
      || (end != NULL && !mh_instant_parse (end, &to)))
    {
      mh_error_set_field (error, first != NULL ? "from" : "to", "format", "Write an instant.");
      return NULL;
    }
  return reply (
      mh_drugcheck_service_rates (mh_call_db (call), mh_call_actor (call), from, to, error));
}

static MhReply *
favourite_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_drugcheck_service_favourites (mh_call_db (call), mh_call_actor (call),
                                                      mh_call_limit (call), error);
  return found != NULL ? mh_reply_list (found, NULL) : NULL;
}

static MhReply *
favourite_create (MhCall *call, GError **error)
{
  return reply (mh_drugcheck_service_add_favourite (mh_call_tx (call), mh_call_actor (call),
                                                    mh_call_body (call), error));
}

static MhReply *
favourite_remove (MhCall *call, GError **error)
{
  return reply (mh_drugcheck_service_drop_favourite (mh_call_tx (call), mh_call_actor (call),
                                                     mh_call_param (call, "id"), error));
}

void
mh_drugcheck_bind (MhRouter *router)
{
  mh_router_bind (router, "prescription.check", check);
  mh_router_bind (router, "drug_profile.read", profile);
  mh_router_bind (router, "medication.list", medication_list);
  mh_router_bind (router, "medication.stop", medication_stop);
  mh_router_bind (router, "drug_rate.read", rates);
  mh_router_bind (router, "drug_favourite.list", favourite_list);
  mh_router_bind (router, "drug_favourite.create", favourite_create);
  mh_router_bind (router, "drug_favourite.remove", favourite_remove);
  mh_router_bind (router, "allergy.list", allergy_list);
  mh_router_bind (router, "allergy.create", allergy_create);
  mh_router_bind (router, "allergy.read", allergy_read);
  mh_router_bind (router, "allergy.update", allergy_update);
}
