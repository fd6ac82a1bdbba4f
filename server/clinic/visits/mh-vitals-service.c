/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/visits/mh-vitals-service.h"

#include "server/clinic/visits/mh-observe-service.h"
#include "server/clinic/visits/mh-visits-private.h"
#include "server/people/patients/mh-death-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-hospital-day.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-news2.h"
#include "shared/rules/clinic/mh-vital-units.h"

#define SKEW (2 * MH_MINUTE)

gint64
mh_visits_moment (MhTx *tx, gint64 said)
{
  gint64 now = mh_tx_now (tx);
  return said == 0 || said > now + SKEW ? now : said;
}

MhRecord *
mh_visits_get_for_fact (const MhRequest *req, const char *id, gint64 at, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) visit = mh_edit_get (req, &mh_visit_type, id, &inner);
  if (visit == NULL)
    {
      if (g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
        mh_error_set_field (error, "visit_id", "unknown", "There is no such visit.");
      else
        g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  gboolean late = g_strcmp0 (mh_record_text (visit, MH_VISIT_STATUS), MH_VISIT_SIGNED) == 0
                  && at < mh_record_int (visit, MH_VISIT_SIGNED_AT);
  if (mh_visit_is_open (visit) || late)
    return g_steal_pointer (&visit);

  mh_error_set (error, MH_ERROR_CONFLICT,
                "This visit is over and does not change any more; write an addendum.");
  return NULL;
}

gboolean
mh_visits_check_alive (MhDb *db,
                       MhRecord *visit,
                       gint64 at,
                       const char *field,
                       gboolean *out_over,
                       GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  if (patient == NULL || !mh_death_check (patient, at, field, error))
    return FALSE;
  if (out_over != NULL)
    *out_over = mh_record_bool (patient, MH_PATIENT_DECEASED);
  return TRUE;
}

/* Was anything measured that NEWS2 counts? A weight alone is no observation. */
static gboolean
is_observation (MhRecord *vitals)
{
  static const guint counted[]
      = { MH_VITALS_RESP,  MH_VITALS_SPO2,          MH_VITALS_SYSTOLIC,
          MH_VITALS_PULSE, MH_VITALS_CONSCIOUSNESS, MH_VITALS_TEMPERATURE };
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (mh_record_has (vitals, counted[i]))
      return TRUE;
  return FALSE;
}

/* Nobody observes later than the score asks, by choice or by mistake. */
static gint64
next_time (MhRecord *draft, const MhNews2 *score, gint64 at)
{
  gint64 minutes = mh_news2_action (score->level)->every;
  gint64 meanwhile = mh_news2_action (score->at_least)->every;
  gint64 wanted = mh_record_int (draft, MH_VITALS_OBSERVE_IN);
  minutes = MIN (minutes, meanwhile);
  return at + (wanted > 0 ? MIN (wanted, minutes) : minutes) * MH_MINUTE;
}

static gboolean
vitals_service_put_score (MhTx *tx,
                          MhRecord *vitals,
                          MhRecord *draft,
                          MhRecord *visit,
                          GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  if (patient == NULL || !is_observation (vitals))
    return patient != NULL;

  gint64 at = mh_record_int (vitals, MH_VITALS_TAKEN_AT);
  MhDate day;
  if (!mh_hospital_day (db, mh_record_text (visit, MH_VISIT_HOSPITAL_ID), at, &day, error))
    return FALSE;

  if (mh_news2_not_for (patient, day) != NULL)
    {
      gint64 wanted = mh_record_int (draft, MH_VITALS_OBSERVE_IN);
      mh_record_set_text (vitals, MH_VITALS_NEWS2_LEVEL, MH_NEWS2_NOT_FOR);
      if (wanted > 0)
        mh_record_set_int (vitals, MH_VITALS_OBSERVE_BY, at + wanted * MH_MINUTE);
      return TRUE;
    }

  MhNews2 score;
  int scale = mh_record_int (visit, MH_VISIT_SPO2_SCALE) == 2 ? 2 : 1;
  mh_news2_of_vitals (vitals, scale, &score);
  mh_record_set_int (vitals, MH_VITALS_SPO2_SCALE, scale);
  mh_record_set_int (vitals, MH_VITALS_NEWS2, score.known);
  mh_record_set_text (vitals, MH_VITALS_NEWS2_LEVEL, score.level);
  mh_record_set_int (vitals, MH_VITALS_OBSERVE_BY, next_time (draft, &score, at));

  return TRUE;
}

/* The band to act on: of an incomplete set that of the points it has. */
static const char *
acted_on (MhRecord *vitals)
{
  MhNews2 score;
  const char *level = mh_record_text (vitals, MH_VITALS_NEWS2_LEVEL);
  if (g_strcmp0 (level, MH_NEWS2_INCOMPLETE) != 0)
    return level;
  mh_news2_of_vitals (vitals, (int)mh_record_int (vitals, MH_VITALS_SPO2_SCALE), &score);
  return score.known >= 5 ? score.at_least : level;
}

/* NULL @vitals: nothing is known any more. */
static gboolean
put_on_visit (MhTx *tx, MhRecord *before, MhRecord *vitals, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  static const guint fields[]
      = { MH_VISIT_NEWS2, MH_VISIT_NEWS2_LEVEL, MH_VISIT_OBSERVED_AT, MH_VISIT_OBSERVE_BY };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_record_set_null (after, fields[i]);
  if (vitals != NULL)
    {
      if (mh_record_has (vitals, MH_VITALS_NEWS2))
        mh_record_set_int (after, MH_VISIT_NEWS2, mh_record_int (vitals, MH_VITALS_NEWS2));
      mh_record_set_text (after, MH_VISIT_NEWS2_LEVEL, acted_on (vitals));
      mh_record_set_int (after, MH_VISIT_OBSERVED_AT, mh_record_int (vitals, MH_VITALS_TAKEN_AT));
      if (mh_record_has (vitals, MH_VITALS_OBSERVE_BY))
        mh_record_set_int (after, MH_VISIT_OBSERVE_BY,
                           mh_record_int (vitals, MH_VITALS_OBSERVE_BY));
    }

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && mh_observe_follow (tx, before, after, error);
}

MhRecord *
mh_vitals_service_record (const MhRequest *req, MhRecord *draft, GError **error)
{
  if (!mh_actor_require (req->actor, MH_MAY_ASSESS_VISIT, error))
    return NULL;

  gint64 at = mh_visits_moment (req->tx, mh_record_int (draft, MH_VITALS_TAKEN_AT));
  g_autoptr (MhRecord) visit
      = mh_visits_get_for_fact (req, mh_record_text (draft, MH_VITALS_VISIT_ID), at, error);
  gboolean over = FALSE;

  if (visit == NULL || !mh_visits_check_alive (req->db, visit, at, "taken_at", &over, error))
    return NULL;

  g_autoptr (MhRecord) vitals = mh_record_copy (draft);
  mh_record_unset (vitals, MH_VITALS_OBSERVE_IN);
  if (!mh_record_has (vitals, MH_ID))
    mh_record_take_text (vitals, MH_ID, mh_id_new ());
  mh_record_set_text (vitals, MH_VITALS_HOSPITAL_ID, mh_record_text (visit, MH_VISIT_HOSPITAL_ID));
  mh_record_set_text (vitals, MH_VITALS_PATIENT_ID, mh_record_text (visit, MH_VISIT_PATIENT_ID));
  mh_record_set_int (vitals, MH_VITALS_TAKEN_AT, at);
  mh_record_set_text (vitals, MH_VITALS_TAKEN_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (vitals, MH_VITALS_TAKEN_NAME, mh_actor_name (req->actor));
  mh_vitals_derive (vitals);
  if (!vitals_service_put_score (req->tx, vitals, draft, visit, error)
      || !mh_tx_insert (req->tx, vitals, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  /* what comes late tells nothing of now, and calls nobody to who has died since */
  if (is_observation (vitals) && mh_visit_is_open (visit) && !over
      && at >= mh_record_int (visit, MH_VISIT_OBSERVED_AT)
      && !put_on_visit (req->tx, visit, vitals, error))
    return NULL;

  return g_steal_pointer (&vitals);
}

MhRecord *
mh_vitals_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_vitals_type, id, error);
}

GPtrArray *
mh_vitals_service_list (const MhRequest *req,
                        const char *patient_id,
                        const char *visit_id,
                        MhListPage page,
                        GError **error)
{
  if (patient_id == NULL && visit_id == NULL)
    {
      mh_error_set_field (error, "patient_id", "required", "Name the patient or the visit.");
      return NULL;
    }
  return mh_vitals_store_list (req->db, mh_actor_hospital_id (req->actor), patient_id, visit_id,
                               page, error);
}

static MhRecord *
last_observation (MhDb *db, const char *visit_id, GError **error)
{
  g_autoptr (GPtrArray) sets
      = mh_vitals_store_list (db, NULL, NULL, visit_id, (MhListPage){ .limit = 200 }, error);
  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      MhRecord *set = g_ptr_array_index (sets, i);
      if (!mh_record_has (set, MH_VITALS_STRUCK_AT) && is_observation (set))
        return g_object_ref (set);
    }
  return NULL;
}

gboolean
mh_visits_put_last (MhTx *tx, MhRecord *visit, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) last = last_observation (mh_tx_db (tx), mh_record_id (visit), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_autoptr (MhRecord) patient = mh_store_get (mh_tx_db (tx), &mh_patient_type,
                                               mh_record_text (visit, MH_VISIT_PATIENT_ID), error);
  if (patient == NULL)
    return FALSE;

  if (last != NULL && mh_record_bool (patient, MH_PATIENT_DECEASED))
    mh_record_set_null (last, MH_VITALS_OBSERVE_BY);
  return put_on_visit (tx, visit, last, error);
}

MhRecord *
mh_vitals_service_strike (const MhRequest *req, const char *id, MhRecord *strike, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_vitals_type, id, error);
  if (before == NULL || !mh_actor_require (req->actor, MH_MAY_ASSESS_VISIT, error))
    return NULL;

  g_autoptr (MhRecord) visit
      = mh_visits_get_open (req, mh_record_text (before, MH_VITALS_VISIT_ID), error);
  if (visit == NULL)
    return NULL;

  if (mh_record_has (before, MH_VITALS_STRUCK_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This is struck out already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_VITALS_STRUCK_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_VITALS_STRUCK_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_VITALS_STRUCK_REASON, mh_record_text (strike, MH_STRIKE_REASON));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;

  return mh_visits_put_last (req->tx, visit, error) ? g_steal_pointer (&after) : NULL;
}
