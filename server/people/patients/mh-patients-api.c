/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-api.h"

#include "server/people/patients/mh-death-service.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/base/mh-date.h"
#include "shared/records/platform/mh-audit.h"

static MhReply *
patient_list (MhCall *call, GError **error)
{
  const char *q = mh_call_query (call, "q");
  g_auto (GStrv) next = NULL;
  if (q == NULL)
    q = mh_call_query (call, "phone");
  if (q == NULL)
    q = mh_call_query (call, "mrn");
  GString *found = mh_patients_service_find_json (mh_call_request (call), q, mh_call_after (call),
                                                  mh_call_limit (call), &next, error);
  return found != NULL ? mh_reply_list_json (found, (const char *const *)next) : NULL;
}

static MhReply *
patient_create (MhCall *call, GError **error)
{
  gboolean late = mh_call_made_at (call) != 0;
  MhRecord *patient
      = mh_patients_service_register (mh_call_request (call), mh_call_body (call), late, error);
  return mh_reply_record (patient);
}

static MhReply *
patient_read (MhCall *call, GError **error)
{
  g_autoptr (GString) json = g_string_sized_new (2048);
  MhRecord *patient
      = mh_patients_service_read (mh_call_request (call), mh_call_param (call, "id"), json, error);
  if (patient == NULL)
    return NULL;
  mh_seen_record (call, MH_AUDIT_READ, patient);
  return mh_reply_record_json (patient, g_steal_pointer (&json));
}

static MhReply *
patient_update (MhCall *call, GError **error)
{
  MhRecord *patient
      = mh_patients_service_change (mh_call_request (call), mh_call_patch (call), error);
  return mh_reply_record (patient);
}

static MhReply *
patient_death (MhCall *call, GError **error)
{
  return mh_reply_record (mh_death_service_record (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
patient_death_withdraw (MhCall *call, GError **error)
{
  return mh_reply_record (mh_death_service_withdraw (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

static MhReply *
patient_duplicates (MhCall *call, GError **error)
{
  GPtrArray *matches
      = mh_patients_service_duplicates (mh_call_request (call), mh_call_body (call), error);
  return mh_reply_list (matches, NULL);
}

void
mh_patients_bind (MhRouter *router)
{
  mh_router_bind (router, "patient.list", patient_list);
  mh_router_bind (router, "patient.create", patient_create);
  mh_router_bind (router, "patient.read", patient_read);
  mh_router_bind (router, "patient.update", patient_update);
  mh_router_bind (router, "patient.death", patient_death);
  mh_router_bind (router, "patient.death_withdraw", patient_death_withdraw);
  mh_router_bind (router, "patient.duplicates", patient_duplicates);
}
