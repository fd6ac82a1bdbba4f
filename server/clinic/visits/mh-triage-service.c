/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Triage, the order of the SpO₂ scale, fluids. */
#include "server/clinic/visits/mh-visits-private.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-esi.h"

static MhEsiAnswer
triage_service_answer (MhRecord *answers, guint field)
{
  return !mh_record_has (answers, field)   ? MH_ESI_UNANSWERED
         : mh_record_bool (answers, field) ? MH_ESI_YES
                                           : MH_ESI_NO;
}

static int
triage_service_number (MhRecord *answers, guint field)
{
  return mh_record_has (answers, field) ? (int)mh_record_int (answers, field) : -1;
}

static int
age_in_months (MhRecord *visit, MhDate today)
{
  MhDate birth;
  const char *text = mh_record_text (visit, MH_VISIT_PATIENT_BIRTH_DATE);
  return text != NULL && mh_date_parse (text, &birth) ? mh_age_months (birth, today) : -1;
}

static gboolean
triage_service_decide (MhTx *tx, MhRecord *visit, MhRecord *answers, MhEsi *out_esi, GError **error)
{
  MhDate today;
  if (!mh_hospital_day (mh_tx_db (tx), mh_record_text (visit, MH_VISIT_HOSPITAL_ID), mh_tx_now (tx),
                        &today, error))
    return FALSE;

  const MhEsiInput input = { .life_saving = triage_service_answer (answers, MH_TRIAGE_LIFE_SAVING),
                             .high_risk = triage_service_answer (answers, MH_TRIAGE_HIGH_RISK),
                             .confused = triage_service_answer (answers, MH_TRIAGE_CONFUSED),
                             .pain = triage_service_number (answers, MH_TRIAGE_PAIN),
                             .severe_pain = triage_service_answer (answers, MH_TRIAGE_SEVERE_PAIN),
                             .resources = triage_service_number (answers, MH_TRIAGE_RESOURCES),
                             .age_months = age_in_months (visit, today),
                             .pulse = triage_service_number (answers, MH_TRIAGE_PULSE),
                             .resp = triage_service_number (answers, MH_TRIAGE_RESP),
                             .spo2 = triage_service_number (answers, MH_TRIAGE_SPO2),
                             .upgrade = triage_service_answer (answers, MH_TRIAGE_UPGRADE) };

  mh_esi_decide (&input, out_esi);
  if (out_esi->level > 0 && !out_esi->ask)
    return TRUE;

  if (out_esi->ask)
    mh_error_set_field (error, "upgrade", "required",
                        "Danger vitals: say whether this is level 2.");
  else if (out_esi->unmeasured != 0)
    mh_error_set_field (error,
                        (out_esi->unmeasured & MH_ESI_DANGER_PULSE) != 0  ? "pulse"
                        : (out_esi->unmeasured & MH_ESI_DANGER_RESP) != 0 ? "resp"
                                                                          : "spo2",
                        "required", "Measure pulse, breaths and SpO₂ before level 3 is given.");
  else
    mh_error_set_field (error, out_esi->point == 'c' ? "resources" : "high_risk", "required",
                        "Answer the next question.");

  return FALSE;
}

MhRecord *
mh_visits_service_triage (const MhRequest *req,
                          const char *id,
                          MhRecord *answers,
                          gint64 made_at,
                          GError **error)
{
  MhEsi esi;
  gint64 at = mh_edit_made_at (req->tx, made_at);
  if (!mh_actor_require (req->actor, MH_MAY_ASSESS_VISIT, error))
    return NULL;

  g_autoptr (MhRecord) before = mh_visits_get_open (req, id, error);
  if (before == NULL || !mh_visits_check_alive (req->db, before, at, "patient_id", NULL, error)
      || !triage_service_decide (req->tx, before, answers, &esi, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  const char point[] = { esi.point, 0 };
  mh_record_set_int (after, MH_VISIT_ESI, esi.level);
  mh_record_set_text (after, MH_VISIT_ESI_POINT, point);
  mh_record_take_text (after, MH_VISIT_TRIAGE_ANSWERS,
                       mh_record_to_json (answers, MH_JSON_SKIP_UNSET));
  mh_record_set_text (after, MH_VISIT_TRIAGE_NOTE, mh_record_text (answers, MH_TRIAGE_NOTE));
  mh_record_set_int (after, MH_VISIT_TRIAGED_AT, at);
  mh_record_set_text (after, MH_VISIT_TRIAGED_NAME, mh_actor_name (req->actor));

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_visits_service_order_scale (const MhRequest *req,
                               const char *id,
                               MhRecord *order,
                               GError **error)
{
  if (!mh_actor_require (req->actor, MH_MAY_DECIDE_VISIT, error))
    return NULL;
  g_autoptr (MhRecord) before = mh_visits_get_open (req, id, error);
  if (before == NULL)
    return NULL;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_VISIT_SPO2_SCALE, mh_record_int (order, MH_SPO2_ORDER_SCALE));
  mh_record_set_text (after, MH_VISIT_SPO2_SCALE_BY, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_VISIT_SPO2_SCALE_AT, mh_tx_now (req->tx));
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- fluids --- */

MhRecord *
mh_fluids_service_add (const MhRequest *req, MhRecord *draft, GError **error)
{
  if (!mh_actor_require (req->actor, MH_MAY_ASSESS_VISIT, error))
    return NULL;

  gint64 at = mh_visits_moment (req->tx, mh_record_int (draft, MH_FLUID_AT));
  g_autoptr (MhRecord) visit
      = mh_visits_get_for_fact (req, mh_record_text (draft, MH_FLUID_VISIT_ID), at, error);
  if (visit == NULL || !mh_visits_check_alive (req->db, visit, at, "at", NULL, error))
    return NULL;

  g_autoptr (MhRecord) fluid = mh_record_copy (draft);
  if (!mh_record_has (fluid, MH_ID))
    mh_record_take_text (fluid, MH_ID, mh_id_new ());
  mh_record_set_text (fluid, MH_FLUID_HOSPITAL_ID, mh_record_text (visit, MH_VISIT_HOSPITAL_ID));
  mh_record_set_text (fluid, MH_FLUID_PATIENT_ID, mh_record_text (visit, MH_VISIT_PATIENT_ID));
  mh_record_set_int (fluid, MH_FLUID_AT, at);
  mh_record_set_text (fluid, MH_FLUID_DIRECTION,
                      mh_fluid_direction_of (mh_record_text (draft, MH_FLUID_KIND)));
  mh_record_set_text (fluid, MH_FLUID_ENTERED_NAME, mh_actor_name (req->actor));

  return mh_tx_insert (req->tx, fluid, MH_AUDIT_CREATE, NULL, error) ? g_steal_pointer (&fluid)
                                                                     : NULL;
}

MhRecord *
mh_fluids_service_strike (const MhRequest *req, const char *id, MhRecord *strike, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_fluid_type, id, error);
  if (before == NULL || !mh_actor_require (req->actor, MH_MAY_ASSESS_VISIT, error))
    return NULL;

  g_autoptr (MhRecord) visit
      = mh_visits_get_open (req, mh_record_text (before, MH_FLUID_VISIT_ID), error);
  if (visit == NULL)
    return NULL;

  if (mh_record_has (before, MH_FLUID_STRUCK_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This is struck out already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_FLUID_STRUCK_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_FLUID_STRUCK_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_FLUID_STRUCK_REASON, mh_record_text (strike, MH_STRIKE_REASON));

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

GPtrArray *
mh_fluids_service_list (const MhRequest *req, const char *visit_id, MhListPage page, GError **error)
{
  if (visit_id == NULL)
    {
      mh_error_set_field (error, "visit_id", "required", "Name the visit.");
      return NULL;
    }
  return mh_fluids_store_list (req->db, mh_actor_hospital_id (req->actor), visit_id, page, error);
}
