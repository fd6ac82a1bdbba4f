/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/drugcheck/mh-drugcheck-api.h"

#include "server/clinic/drugcheck/mh-allergies-service.h"
#include "server/clinic/drugcheck/mh-drugcheck-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
allergy_list (MhCall *call, GError **error)
{
  MhAllergiesQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .after_id = mh_call_after_key (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_allergies_service_list (mh_call_request (call), &query, error);
  mh_seen_list (call, &mh_allergy_type, found);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
allergy_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_allergies_service_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
allergy_read (MhCall *call, GError **error)
{
  MhRecord *allergy
      = mh_allergies_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, allergy);
  return mh_reply_record (allergy);
}

static MhReply *
allergy_update (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_allergies_service_change (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
drugcheck_api_check (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_call_body (call);
  return mh_reply_record (
      mh_drugcheck_service_check (mh_call_request (call), prescription,
                                  mh_clock_now (mh_server_clock (mh_call_server (call))), error));
}

static MhReply *
profile (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *found = mh_drugcheck_service_profile (
      mh_call_request (call), id, mh_clock_now (mh_server_clock (mh_call_server (call))), error);
  if (found != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_prescription_type, NULL, id);
  return mh_reply_record (found);
}

static MhReply *
medication_list (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  GPtrArray *found
      = mh_drugcheck_service_medicines (mh_call_request (call), id, mh_call_limit (call), error);
  if (found == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_READ, &mh_prescription_type, NULL, id);
  return mh_reply_list (found, NULL);
}

static MhReply *
medication_stop (MhCall *call, GError **error)
{
  return mh_reply_record (mh_drugcheck_service_stop (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
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
  return mh_reply_record (mh_drugcheck_service_rates (mh_call_request (call), from, to, error));
}

static MhReply *
favourite_list (MhCall *call, GError **error)
{
  GPtrArray *found = mh_drugcheck_service_favourites (
      mh_call_request (call), mh_call_after_key (call), mh_call_limit (call), error);
  return mh_reply_page (call, found, MH_ID);
}

static MhReply *
favourite_create (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_drugcheck_service_add_favourite (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
favourite_remove (MhCall *call, GError **error)
{
  return mh_reply_record (mh_drugcheck_service_drop_favourite (mh_call_request (call),
                                                               mh_call_param (call, "id"), error));
}

void
mh_drugcheck_bind (MhRouter *router)
{
  mh_router_bind (router, "prescription.check", drugcheck_api_check);
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
