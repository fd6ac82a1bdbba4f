/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary of a visit on paper. */
#include "server/common/mh-edit.h"
#include "server/forms/mh-forms-service.h"
#include "server/visits/mh-visits-service.h"
#include "shared/records/mh-records.h"
#include "shared/reports/mh-report-visit.h"

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

static MhDocument *
draw (MhDb *db,
      const MhActor *actor,
      MhRecord *visit,
      gint64 now,
      const char *language,
      GError **error)
{
  const char *id = mh_record_id (visit);
  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  g_autoptr (MhRecord) hospital
      = patient != NULL ? mh_store_get (db, &mh_hospital_type,
                                        mh_record_text (visit, MH_VISIT_HOSPITAL_ID), error)
                        : NULL;
  g_autoptr (GPtrArray) vitals
      = hospital != NULL ? mh_vitals_store_list (db, NULL, NULL, id, 0, NULL, MOST, error) : NULL;
  g_autoptr (GPtrArray) fluids
      = vitals != NULL ? mh_fluids_store_list (db, NULL, id, 0, NULL, MOST, error) : NULL;
  g_autoptr (GPtrArray) answers
      = fluids != NULL ? mh_forms_service_answers (db, actor, NULL, id, 0, NULL, MOST, error)
                       : NULL;
  g_autoptr (GPtrArray) forms = answers != NULL ? forms_of (db, answers, error) : NULL;
  if (forms == NULL)
    return NULL;
  const MhVisitPaper paper = { .hospital = hospital,
                               .patient = patient,
                               .visit = visit,
                               .vitals = vitals,
                               .answers = answers,
                               .forms = forms,
                               .fluids = fluids,
                               .by = mh_actor_name (actor),
                               .at = now };
  return mh_report_visit (&paper, language);
}

GBytes *
mh_visits_service_pdf (MhServer *server,
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
  g_autoptr (MhRecord) visit = mh_edit_get (db, actor, &mh_visit_type, id, error);
  g_autoptr (MhDocument) document
      = visit != NULL ? draw (db, actor, visit, now, language, error) : NULL;
  mh_store_give_reader (store, db);
  GBytes *pdf = document != NULL ? mh_document_to_pdf (document, error) : NULL;
  if (pdf != NULL)
    *out_visit = g_steal_pointer (&visit);
  return pdf;
}
