/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's summary on paper. */
#include "server/clinic/chart/mh-chart-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/runtime/mh-server.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/lab/mh-report-chart.h"

GBytes *
mh_chart_service_pdf (MhServer *server,
                      const MhActor *actor,
                      const char *patient_id,
                      const char *language,
                      MhRecord **out_patient,
                      GError **error)
{
  MhStore *store = mh_server_store (server);
  gint64 now = mh_clock_now (mh_server_clock (server));
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhRecord) patient
      = mh_chart_open (MH_REQUEST_DB (db, server, actor), patient_id, error);
  g_autoptr (MhRecord) chart
      = patient != NULL
            ? mh_chart_service_read (MH_REQUEST_DB (db, server, actor), patient_id, now, error)
            : NULL;
  g_autoptr (MhRecord) hospital
      = chart != NULL ? mh_store_get (db, &mh_hospital_type,
                                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), error)
                      : NULL;

  mh_store_give_reader (store, db);
  if (hospital == NULL)
    return NULL;

  MhChartPaper paper = {
    .hospital = hospital, .patient = patient, .chart = chart, .by = mh_actor_name (actor), .at = now
  };
  g_autoptr (MhDocument) document = mh_report_chart (&paper, language);
  GBytes *pdf = mh_document_to_pdf (document, error);

  if (pdf != NULL)
    *out_patient = g_steal_pointer (&patient);
  return pdf;
}
