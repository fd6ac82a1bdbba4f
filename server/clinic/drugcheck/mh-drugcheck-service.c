/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/drugcheck/mh-drugcheck-service.h"

#include "server/clinic/drugcheck/mh-allergies-service.h"
#include "server/clinic/drugcheck/mh-drugs-store.h"
#include "server/clinic/visits/mh-vitals.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-drug-check.h"
#include "shared/rules/clinic/mh-kidney.h"

#include <math.h>

/* --- gathering --- */

GPtrArray *
mh_drugs_active (MhDb *db, const char *patient_id, const char *today, GError **error)
{
  return mh_drugs_store_active (db, patient_id, today, error);
}

typedef struct
{
  MhDb *db;
  MhDrugPatient patient;
  const char *id;
  GTimeZone *zone;
  GPtrArray *figures;
} Gather;

static MhRecord *
add_figure (Gather *gather, const char *code, const char *name, const char *value, const char *unit)
{
  MhRecord *figure = mh_record_new (&mh_drug_figure_type);
  mh_record_set_text (figure, MH_DRUG_FIGURE_CODE, code);
  mh_record_set_text (figure, MH_DRUG_FIGURE_NAME, name);
  mh_record_set_text (figure, MH_DRUG_FIGURE_VALUE, value);
  mh_record_set_text (figure, MH_DRUG_FIGURE_UNIT, unit);
  g_ptr_array_add (gather->figures, figure);
  return figure;
}

static void
date_figure (MhRecord *figure, MhDate on)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (on, text);
  mh_record_set_text (figure, MH_DRUG_FIGURE_ON, text);
}

static gboolean
gather_vital (Gather *gather,
              guint field,
              const char *code,
              const char *name,
              const char *unit,
              GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRecord) vitals = mh_vitals_latest (gather->db, gather->id, field, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return FALSE;
    }

  const char *value = vitals != NULL ? mh_record_text (vitals, field) : NULL;
  MhRecord *figure = add_figure (gather, code, name, value, unit);
  if (vitals != NULL)
    date_figure (figure,
                 mh_date_of_instant (mh_record_int (vitals, MH_VITALS_TAKEN_AT), gather->zone));

  return TRUE;
}

static gboolean
gather_result (Gather *gather, const char *analyte, const char *name, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRecord) result = mh_drugs_store_result (gather->db, gather->id, analyte, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return FALSE;
    }

  const char *value = result != NULL ? mh_record_text (result, MH_RESULT_VALUE) : NULL;
  MhRecord *figure = add_figure (gather, analyte, name, value,
                                 result != NULL ? mh_record_text (result, MH_RESULT_UNIT) : NULL);
  if (result == NULL)
    return TRUE;

  date_figure (figure,
               mh_date_of_instant (mh_record_int (result, MH_RESULT_MEASURED_AT), gather->zone));
  mh_record_set_text (figure, MH_DRUG_FIGURE_FLAG, mh_record_text (result, MH_RESULT_FLAG));

  return TRUE;
}

static void
add_worked_out (Gather *gather)
{
  const char *formula = NULL;
  MhDrugPatient *patient = &gather->patient;
  double clearance = mh_drug_clearance (patient, &formula);

  if (clearance > 0)
    {
      g_autofree char *value = mh_decimal_from_double (floor (clearance + 0.5), 0);
      date_figure (add_figure (gather, "CRCL", formula, value,
                               patient->kg > 0 ? "mL/min" : "mL/min/1.73 m²"),
                   patient->creatinine_on);
    }

  if (patient->kg > 0 && patient->cm > 0)
    {
      g_autofree char *value
          = mh_decimal_from_double (mh_body_surface_mosteller (patient->cm, patient->kg), 2);
      date_figure (add_figure (gather, "BSA", "Body surface", value, "m²"), patient->kg_on);
    }
}

/* Beside the composer: what dosing hangs on, and the last K, INR, ALT and platelets. */
static gboolean
gather_figures (Gather *gather, GError **error)
{
  static const struct
  {
    const char *analyte, *name;
  } results[] = { { "CREA", "Creatinine" },
                  { "K", "Potassium" },
                  { "INR", "INR" },
                  { "ALT", "ALT" },
                  { "PLT", "Platelets" } };

  if (!gather_vital (gather, MH_VITALS_WEIGHT_KG, "WEIGHT", "Weight", "kg", error)
      || !gather_vital (gather, MH_VITALS_HEIGHT_CM, "HEIGHT", "Height", "cm", error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (!gather_result (gather, results[i].analyte, results[i].name, error))
      return FALSE;

  mh_drug_patient_take_figures (&gather->patient, gather->figures);
  add_worked_out (gather);
  return TRUE;
}

static MhDrugBook *
drugcheck_service_book_of (MhServer *server, MhDb *db, MhCatalogueView **out_view, GError **error)
{
  MhCatalogueView *view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  *out_view = view;
  return view != NULL ? mh_drug_book_new (mh_catalogue_all (view, &mh_medicine_type),
                                          mh_catalogue_all (view, &mh_drug_ingredient_type),
                                          mh_catalogue_all (view, &mh_drug_interaction_type),
                                          mh_catalogue_all (view, &mh_allergy_cross_type))
                      : NULL;
}

/* --- checking --- */

static MhRecord *
check_gathered (Gather *gather,
                MhDrugBook *book,
                MhRecord *prescription,
                const char *today,
                GError **error)
{
  GPtrArray *lines = mh_record_records (prescription, MH_PRESCRIPTION_LINES);
  g_autoptr (GPtrArray) active = mh_drugs_store_active (gather->db, gather->id, today, error);
  if (active == NULL)
    return NULL;

  /* A draft that is signed is not taken already. */
  for (guint i = active->len; i > 0; i--)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (active, i - 1),
                                   MH_PRESCRIPTION_LINE_PRESCRIPTION_ID),
                   mh_record_has (prescription, MH_ID) ? mh_record_id (prescription) : "")
        == 0)
      g_ptr_array_remove_index (active, i - 1);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    mh_drug_complete_line (book, g_ptr_array_index (lines, i));

  g_autoptr (GPtrArray) alerts = mh_drug_check (book, &gather->patient, lines, active);
  MhRecord *check = mh_drug_check_of (alerts);
  mh_record_take_records (check, MH_DRUG_CHECK_FIGURES, g_ptr_array_ref (gather->figures));
  mh_record_take_records (check, MH_DRUG_CHECK_ACTIVE_ITEMS, g_steal_pointer (&active));

  return check;
}

MhRecord *
mh_drugcheck_service_check (const MhRequest *req,
                            MhRecord *prescription,
                            gint64 now,
                            GError **error)
{
  g_auto (MhPlace) place = { 0 };
  const char *id = mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID);
  g_autoptr (MhRecord) patient = mh_patients_service_named (req, id, error);
  if (patient == NULL || !mh_place_of (req, now, &place, error))
    return NULL;

  g_autoptr (MhCatalogueView) view = NULL;
  g_autoptr (MhDrugBook) book = drugcheck_service_book_of (req->server, req->db, &view, error);
  g_autoptr (GPtrArray) allergies
      = book != NULL ? mh_allergies_service_active (req->db, id, error) : NULL;
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_object_unref);
  Gather gather = { .db = req->db,
                    .patient = { .patient = patient,
                                 .allergies = allergies,
                                 .today = mh_date_of_instant (now, place.zone) },
                    .id = id,
                    .zone = place.zone,
                    .figures = figures };

  if (allergies == NULL || !gather_figures (&gather, error))
    return NULL;

  return check_gathered (&gather, book, prescription, place.today, error);
}

MhRecord *
mh_drugcheck_service_profile (const MhRequest *req,
                              const char *patient_id,
                              gint64 now,
                              GError **error)
{
  g_autoptr (MhRecord) nothing = mh_record_new (&mh_prescription_type);
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  if (patient == NULL)
    return NULL;
  mh_record_set_text (nothing, MH_PRESCRIPTION_PATIENT_ID, mh_record_id (patient));
  return mh_drugcheck_service_check (req, nothing, now, error);
}

/* --- answering --- */

static MhRecord *
find_override (MhRecord *prescription, const char *key)
{
  GPtrArray *given = mh_record_records (prescription, MH_PRESCRIPTION_OVERRIDES);
  for (guint i = 0; given != NULL && i < given->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (given, i), MH_DRUG_OVERRIDE_KEY), key) == 0
        && mh_record_has (g_ptr_array_index (given, i), MH_DRUG_OVERRIDE_REASON))
      return g_ptr_array_index (given, i);
  return NULL;
}

static MhRecord *
drugcheck_service_settled (MhRecord *alert, MhRecord *answer)
{
  static const guint same[][2] = { { MH_DRUG_ALERT_KEY, MH_DRUG_OVERRIDE_KEY },
                                   { MH_DRUG_ALERT_CODE, MH_DRUG_OVERRIDE_CODE },
                                   { MH_DRUG_ALERT_SEVERITY, MH_DRUG_OVERRIDE_SEVERITY },
                                   { MH_DRUG_ALERT_SUBJECT, MH_DRUG_OVERRIDE_SUBJECT },
                                   { MH_DRUG_ALERT_OTHER, MH_DRUG_OVERRIDE_OTHER },
                                   { MH_DRUG_ALERT_RULE, MH_DRUG_OVERRIDE_RULE } };
  MhRecord *override = mh_record_new (&mh_drug_override_type);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    mh_record_set_text (override, same[i][1], mh_record_text (alert, same[i][0]));
  mh_record_set_text (override, MH_DRUG_OVERRIDE_REASON,
                      mh_record_text (answer, MH_DRUG_OVERRIDE_REASON));
  mh_record_set_text (override, MH_DRUG_OVERRIDE_NOTE,
                      mh_record_text (answer, MH_DRUG_OVERRIDE_NOTE));
  return override;
}

static const char *
second_needed (GPtrArray *alerts)
{
  const char *needed = NULL;
  for (guint i = 0; i < alerts->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (alerts, i);
      if (mh_drug_alert_stops (alert))
        return MH_SECOND_DOCTOR;
      if (g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_CODE), MH_DRUG_ALERT_HIGH_ALERT) == 0)
        needed = MH_SECOND_ANYBODY;
    }
  return needed;
}

gboolean
mh_drugcheck_service_settle (MhRecord *check,
                             MhRecord *prescription,
                             GPtrArray **out_overrides,
                             GError **error)
{
  GPtrArray *alerts = mh_record_records (check, MH_DRUG_CHECK_ALERTS);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GPtrArray) overrides = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < alerts->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (alerts, i);
      MhRecord *answer = find_override (prescription, mh_record_text (alert, MH_DRUG_ALERT_KEY));
      if (!mh_drug_alert_interrupts (alert))
        continue;
      if (answer == NULL)
        mh_issues_add (issues, "overrides", "reason_needed",
                       "This prescription needs a look: %s. %s",
                       mh_record_text (alert, MH_DRUG_ALERT_SUBJECT),
                       mh_record_text (alert, MH_DRUG_ALERT_TEXT));
      else
        g_ptr_array_add (overrides, drugcheck_service_settled (alert, answer));
    }

  if (!mh_issues_raise (issues, error))
    return FALSE;

  const char *second = second_needed (alerts);
  gint64 seen = mh_record_int (prescription, MH_PRESCRIPTION_ALERTS_SEEN);
  mh_record_set_int (prescription, MH_PRESCRIPTION_ALERTS_SEEN, MAX (seen, overrides->len));
  mh_record_set_int (prescription, MH_PRESCRIPTION_ALERTS_OVERRIDDEN, overrides->len);
  mh_record_set_text (prescription, MH_PRESCRIPTION_SECOND_NEEDED, second);
  *out_overrides = g_steal_pointer (&overrides);

  return TRUE;
}

gboolean
mh_drugcheck_service_store (const MhRequest *req,
                            MhRecord *prescription,
                            GPtrArray *overrides,
                            GError **error)
{
  for (guint i = 0; i < overrides->len; i++)
    {
      MhRecord *override = g_ptr_array_index (overrides, i);
      mh_record_take_text (override, MH_ID, mh_id_new ());
      mh_record_set_text (override, MH_DRUG_OVERRIDE_HOSPITAL_ID,
                          mh_record_text (prescription, MH_PRESCRIPTION_HOSPITAL_ID));
      mh_record_set_text (override, MH_DRUG_OVERRIDE_PATIENT_ID,
                          mh_record_text (prescription, MH_PRESCRIPTION_PATIENT_ID));
      mh_record_set_text (override, MH_DRUG_OVERRIDE_PRESCRIPTION_ID, mh_record_id (prescription));
      mh_record_set_text (override, MH_DRUG_OVERRIDE_DOCTOR_ID, mh_actor_user_id (req->actor));
      mh_record_set_text (override, MH_DRUG_OVERRIDE_DOCTOR_NAME, mh_actor_name (req->actor));
      mh_record_set_int (override, MH_DRUG_OVERRIDE_AT, mh_tx_now (req->tx));
      if (!mh_tx_insert (req->tx, override, MH_AUDIT_CREATE,
                         mh_record_text (override, MH_DRUG_OVERRIDE_REASON), error))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
mh_drugcheck_service_overrides (MhDb *db, const char *prescription_id, GError **error)
{
  return mh_drugs_store_overrides (db, prescription_id, error);
}

/* --- what is taken --- */

GPtrArray *
mh_drugcheck_service_medicines (const MhRequest *req,
                                const char *patient_id,
                                guint limit,
                                GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  return patient != NULL ? mh_drugs_store_all (req->db, patient_id, limit, error) : NULL;
}

MhRecord *
mh_drugcheck_service_stop (const MhRequest *req,
                           const char *line_id,
                           MhRecord *stop,
                           GError **error)
{
  g_auto (MhPlace) place = { 0 };
  MhDb *db = req->db;
  g_autoptr (MhRecord) line = mh_store_get (db, &mh_prescription_line_type, line_id, error);
  g_autoptr (MhRecord) whole
      = line != NULL
            ? mh_edit_get (req, &mh_prescription_type,
                           mh_record_text (line, MH_PRESCRIPTION_LINE_PRESCRIPTION_ID), error)
            : NULL;

  if (whole == NULL || !mh_place_of (req, mh_tx_now (req->tx), &place, error))
    return NULL;

  if (mh_record_has (line, MH_PRESCRIPTION_LINE_STOPPED_ON))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This medicine is stopped already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (line);
  mh_record_set_text (after, MH_PRESCRIPTION_LINE_STOPPED_ON, place.today);
  mh_record_set_text (after, MH_PRESCRIPTION_LINE_STOPPED_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_PRESCRIPTION_LINE_STOP_REASON,
                      mh_record_text (stop, MH_DRUG_STOP_REASON));
  if (!mh_tx_update_part (req->tx, line, after, error)
      || !mh_tx_audit (req->tx,
                       &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_prescription_line_type.code,
                                       line_id, NULL, "stopped" },
                       error)
      || !mh_tx_touch (req->tx, &mh_prescription_type, mh_record_id (whole),
                       mh_record_text (whole, MH_PRESCRIPTION_HOSPITAL_ID), error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- how it goes --- */

static void
set_share (MhRecord *rate, guint field, gint64 part, gint64 whole)
{
  if (whole > 0)
    mh_record_take_text (rate, field,
                         mh_decimal_from_double (100.0 * (double)part / (double)whole, 1));
}

MhRecord *
mh_drugcheck_service_rates (const MhRequest *req, gint64 from, gint64 to, GError **error)
{
  gint64 sums[4];
  MhDrugsRange range = { mh_actor_hospital_id (req->actor), from, to };
  g_autoptr (GPtrArray) rows = mh_drugs_store_rows (req->db, &range, error);
  if (rows == NULL || !mh_drugs_store_sums (req->db, &range, sums, error))
    return NULL;

  MhRecord *rate = mh_record_new (&mh_drug_rate_type);
  mh_record_set_int (rate, MH_DRUG_RATE_PRESCRIPTIONS, sums[0]);
  mh_record_set_int (rate, MH_DRUG_RATE_LINES, sums[1]);
  mh_record_set_int (rate, MH_DRUG_RATE_SEEN, sums[2]);
  mh_record_set_int (rate, MH_DRUG_RATE_OVERRIDDEN, sums[3]);
  set_share (rate, MH_DRUG_RATE_INTERRUPTING_PERCENT, sums[2], sums[1]);
  set_share (rate, MH_DRUG_RATE_OVERRIDE_PERCENT, sums[3], sums[2]);
  mh_record_take_records (rate, MH_DRUG_RATE_ROWS, g_steal_pointer (&rows));
  return rate;
}

/* --- favourites --- */

GPtrArray *
mh_drugcheck_service_favourites (const MhRequest *req,
                                 const char *after,
                                 guint limit,
                                 GError **error)
{
  return mh_drugs_store_favourites (req->db, mh_actor_user_id (req->actor), after, limit, error);
}

MhRecord *
mh_drugcheck_service_add_favourite (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) favourite = mh_record_copy (draft);
  if (hospital_id == NULL)
    return NULL;
  if (!mh_record_has (favourite, MH_ID))
    mh_record_take_text (favourite, MH_ID, mh_id_new ());
  mh_record_set_text (favourite, MH_DRUG_FAVOURITE_HOSPITAL_ID, hospital_id);
  mh_record_set_text (favourite, MH_DRUG_FAVOURITE_DOCTOR_ID, mh_actor_user_id (req->actor));
  return mh_tx_insert (req->tx, favourite, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&favourite)
             : NULL;
}

MhRecord *
mh_drugcheck_service_drop_favourite (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) favourite = mh_edit_get (req, &mh_drug_favourite_type, id, error);
  if (favourite == NULL)
    return NULL;
  if (g_strcmp0 (mh_record_text (favourite, MH_DRUG_FAVOURITE_DOCTOR_ID),
                 mh_actor_user_id (req->actor))
      != 0)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such favourite.");
      return NULL;
    }
  return mh_tx_delete (req->tx, favourite, NULL, error) ? g_steal_pointer (&favourite) : NULL;
}
