/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/papers/mh-visit-paper-service.h"

#include "server/clinic/forms/mh-forms-service.h"
#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/clinic/visits/mh-visits-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/mh-types.h"
#include "shared/reports/clinic/mh-report-visit.h"

#define MOST 400

/* The versions that the answers were given to. */
static GPtrArray *
forms_of (MhDb *db, GPtrArray *answers, GError **error)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < answers->len; i++)
    {
      const char *id = mh_record_text (g_ptr_array_index (answers, i), MH_FORM_ANSWER_FORM_ID);
      gboolean there = FALSE;
      for (guint k = 0; k < forms->len; k++)
        there = there || g_strcmp0 (mh_record_id (g_ptr_array_index (forms, k)), id) == 0;
      MhRecord *form = there ? NULL : mh_store_get (db, &mh_form_definition_type, id, error);
      if (!there && form == NULL)
        return NULL;
      if (form != NULL)
        g_ptr_array_add (forms, form);
    }

  return g_steal_pointer (&forms);
}

/* Signed from arrival to the end of the visit; the second signature may still be missing. */
static gboolean
is_of_visit (MhRecord *prescription, MhRecord *visit, gint64 now)
{
  gint64 signed_at = mh_record_int (prescription, MH_PRESCRIPTION_SIGNED_AT);
  gint64 end = mh_record_has (visit, MH_VISIT_ENDED_AT) ? mh_record_int (visit, MH_VISIT_ENDED_AT)
               : mh_record_has (visit, MH_VISIT_SIGNED_AT)
                   ? mh_record_int (visit, MH_VISIT_SIGNED_AT)
                   : now;
  return mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT)
         && !mh_record_has (prescription, MH_PRESCRIPTION_CANCELLED_AT)
         && signed_at >= mh_record_int (visit, MH_VISIT_ARRIVED_AT) && signed_at <= end;
}

/* With their lines, the oldest first. */
static GPtrArray *
prescriptions_of (const MhRequest *req, MhRecord *visit, gint64 now, GError **error)
{
  const MhPrescriptionsQuery query
      = { .patient_id = mh_record_text (visit, MH_VISIT_PATIENT_ID), .limit = MOST };
  g_autoptr (GPtrArray) found = mh_prescriptions_service_list (req, &query, error);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_object_unref);

  if (found == NULL)
    return NULL;

  for (guint i = found->len; i > 0; i--)
    {
      MhRecord *one = g_ptr_array_index (found, i - 1);
      if (!is_of_visit (one, visit, now))
        continue;
      MhRecord *whole = mh_prescriptions_service_read (req, mh_record_id (one), error);
      if (whole == NULL)
        return NULL;
      g_ptr_array_add (out, whole);
    }

  return g_steal_pointer (&out);
}

static MhDocument *
visit_paper_service_draw (const MhRequest *req,
                          MhRecord *visit,
                          gint64 now,
                          const char *language,
                          GError **error)
{
  const char *id = mh_record_id (visit);
  g_autoptr (MhRecord) patient = mh_store_get (req->db, &mh_patient_type,
                                               mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  g_autoptr (MhRecord) hospital
      = patient != NULL ? mh_store_get (req->db, &mh_hospital_type,
                                        mh_record_text (visit, MH_VISIT_HOSPITAL_ID), error)
                        : NULL;
  g_autoptr (GPtrArray) vitals
      = hospital != NULL
            ? mh_vitals_store_list (req->db, NULL, NULL, id, (MhListPage){ .limit = MOST }, error)
            : NULL;
  g_autoptr (GPtrArray) fluids
      = vitals != NULL
            ? mh_fluids_store_list (req->db, NULL, id, (MhListPage){ .limit = MOST }, error)
            : NULL;
  g_autoptr (GPtrArray) answers
      = fluids != NULL
            ? mh_forms_service_answers (req, NULL, id, (MhListPage){ .limit = MOST }, error)
            : NULL;
  g_autoptr (GPtrArray) forms = answers != NULL ? forms_of (req->db, answers, error) : NULL;
  g_autoptr (GPtrArray) prescriptions
      = forms != NULL ? prescriptions_of (req, visit, now, error) : NULL;

  if (prescriptions == NULL)
    return NULL;

  const MhVisitPaper paper = { .hospital = hospital,
                               .patient = patient,
                               .visit = visit,
                               .vitals = vitals,
                               .answers = answers,
                               .forms = forms,
                               .fluids = fluids,
                               .prescriptions = prescriptions,
                               .by = mh_actor_name (req->actor),
                               .at = now };

  return mh_report_visit (&paper, language);
}

GBytes *
mh_visit_paper_service_pdf (MhServer *server,
                            const MhActor *actor,
                            const char *id,
                            const char *language,
                            MhRecord **out_visit,
                            GError **error)
{
  MhStore *store = mh_server_store (server);
  gint64 now = mh_clock_now (mh_server_clock (server));
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) visit
      = mh_edit_get (MH_REQUEST_DB (db, server, actor), &mh_visit_type, id, error);
  g_autoptr (MhDocument) document
      = visit != NULL ? visit_paper_service_draw (MH_REQUEST_DB (db, server, actor), visit, now,
                                                  language, error)
                      : NULL;

  mh_store_give_reader (store, db);
  GBytes *pdf = document != NULL ? mh_document_to_pdf (document, error) : NULL;
  if (pdf != NULL)
    *out_visit = g_steal_pointer (&visit);
  return pdf;
}
