/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/prescriptions/mh-prescriptions-api.h"

#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/platform/audit/mh-seen-api.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/platform/mh-audit.h"

/* Not a state of the record but of the front desk: signed, with tests, not ordered yet. */
#define WAITING "waiting"

static MhReply *
reply (MhCall *call, MhRecord *prescription)
{
  if (prescription != NULL)
    mh_prescriptions_service_put_link (mh_call_server (call), prescription);
  return mh_reply_record (prescription);
}

static MhReply *
prescription_create (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_create (
      mh_call_request (call), mh_call_body (call), mh_call_made_at (call), error);
  return reply (call, prescription);
}

static MhReply *
prescription_read (MhCall *call, GError **error)
{
  MhRecord *prescription
      = mh_prescriptions_service_read (mh_call_request (call), mh_call_param (call, "id"), error);
  mh_seen_record (call, MH_AUDIT_READ, prescription);
  return reply (call, prescription);
}

static MhReply *
prescription_list (MhCall *call, GError **error)
{
  const char *status = mh_call_query (call, "status");
  const char *q = mh_call_query (call, "q");
  g_autofree char *words = q != NULL ? g_ascii_strup (q, -1) : NULL;
  gboolean waiting = g_strcmp0 (status, WAITING) == 0;
  MhPrescriptionsQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .status = waiting ? NULL : status,
    .waiting = waiting,
    .words = words,
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_prescriptions_service_list (mh_call_request (call), &query, error);

  mh_seen_list (call, &mh_prescription_type, found);
  return mh_reply_page (call, found, MH_CREATED_AT);
}

static MhReply *
prescription_pdf (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) prescription = NULL;
  GBytes *pdf = mh_prescriptions_service_pdf (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_query (call, "language"),
      g_strcmp0 (mh_call_query (call, "copy"), "true") == 0, &prescription, error);
  if (pdf == NULL)
    return NULL;
  g_autofree char *name = g_strdup_printf ("prescription-%s.pdf",
                                           mh_record_text (prescription, MH_PRESCRIPTION_NUMBER));
  mh_seen_record (call, MH_AUDIT_PRINT, prescription);
  return mh_reply_bytes (pdf, "application/pdf", name);
}

static MhReply *
prescription_countersign (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_countersign (mh_call_request (call),
                                                                 mh_call_param (call, "id"), error);
  return reply (call, prescription);
}

static MhReply *
prescription_cancel (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_cancel (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error);
  return reply (call, prescription);
}

void
mh_prescriptions_bind (MhRouter *router)
{
  mh_router_bind (router, "prescription.list", prescription_list);
  mh_router_bind (router, "prescription.create", prescription_create);
  mh_router_bind (router, "prescription.read", prescription_read);
  mh_router_bind (router, "prescription.pdf", prescription_pdf);
  mh_router_bind (router, "prescription.countersign", prescription_countersign);
  mh_router_bind (router, "prescription.cancel", prescription_cancel);
}
