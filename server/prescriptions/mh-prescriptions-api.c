/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/prescriptions/mh-prescriptions-api.h"

#include "server/audit/mh-read-log.h"
#include "server/mh-server-app.h"
#include "server/prescriptions/mh-prescriptions-service.h"
#include "shared/records/mh-records.h"

/* Not a state of the record but of the front desk: signed, with tests, not ordered yet. */
#define WAITING "waiting"

static MhReply *
prescription_create (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_create (
      mh_call_tx (call), mh_call_server (call), mh_call_actor (call), mh_call_body (call), error);
  return prescription != NULL ? mh_reply_record (prescription) : NULL;
}

static void
note_read (MhCall *call, const char *verb, MhRecord *prescription)
{
  mh_read_log_note_verb (mh_server_read_log (mh_call_server (call)), mh_call_who (call), verb,
                         mh_prescription_type.code, mh_record_id (prescription),
                         mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID));
}

static MhReply *
prescription_read (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_read (mh_call_db (call), mh_call_actor (call),
                                                          mh_call_param (call, "id"), error);
  if (prescription == NULL)
    return NULL;
  note_read (call, MH_AUDIT_READ, prescription);
  return mh_reply_record (prescription);
}

static char **
next_cursor (GPtrArray *found, guint limit)
{
  if (found->len < limit)
    return NULL;
  MhRecord *last = g_ptr_array_index (found, found->len - 1);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (last, MH_CREATED_AT));
  g_strv_builder_add_many (parts, at, mh_record_id (last), NULL);
  return g_strv_builder_end (parts);
}

static MhReply *
prescription_list (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  const char *status = mh_call_query (call, "status");
  const char *q = mh_call_query (call, "q");
  g_autofree char *words = q != NULL ? g_ascii_strup (q, -1) : NULL;
  gboolean has_cursor = after != NULL && after[0] != NULL && after[1] != NULL;
  gboolean waiting = g_strcmp0 (status, WAITING) == 0;
  MhPrescriptionsQuery query = {
    .patient_id = mh_call_query (call, "patient_id"),
    .status = waiting ? NULL : status,
    .waiting = waiting,
    .words = words,
    .before_at = has_cursor ? g_ascii_strtoll (after[0], NULL, 10) : 0,
    .before_id = has_cursor ? after[1] : NULL,
    .limit = mh_call_limit (call),
  };
  GPtrArray *found
      = mh_prescriptions_service_list (mh_call_db (call), mh_call_actor (call), &query, error);
  if (found == NULL)
    return NULL;
  g_auto (GStrv) next = next_cursor (found, query.limit);
  mh_read_log_note_list (mh_server_read_log (mh_call_server (call)), mh_call_who (call),
                         mh_prescription_type.code, found);
  return mh_reply_list (found, (const char *const *)next);
}

static MhReply *
prescription_pdf (MhCall *call, GError **error)
{
  g_autoptr (MhRecord) prescription = NULL;
  GBytes *pdf = mh_prescriptions_service_pdf (
      mh_call_server (call), mh_call_actor (call), mh_call_param (call, "id"),
      mh_call_query (call, "language"), g_strcmp0 (mh_call_query (call, "copy"), "true") == 0,
      &prescription, error);
  if (pdf == NULL)
    return NULL;
  g_autofree char *name = g_strdup_printf ("prescription-%s.pdf",
                                           mh_record_text (prescription, MH_PRESCRIPTION_NUMBER));
  note_read (call, MH_AUDIT_PRINT, prescription);
  return mh_reply_bytes (pdf, "application/pdf", name);
}

static MhReply *
prescription_countersign (MhCall *call, GError **error)
{
  MhRecord *prescription = mh_prescriptions_service_countersign (
      mh_call_tx (call), mh_call_actor (call), mh_call_param (call, "id"), error);
  return prescription != NULL ? mh_reply_record (prescription) : NULL;
}

void
mh_prescriptions_bind (MhRouter *router)
{
  mh_router_bind (router, "prescription.list", prescription_list);
  mh_router_bind (router, "prescription.create", prescription_create);
  mh_router_bind (router, "prescription.read", prescription_read);
  mh_router_bind (router, "prescription.pdf", prescription_pdf);
  mh_router_bind (router, "prescription.countersign", prescription_countersign);
}
