/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-merge-service.h"

#include "server/people/patients/mh-merge-move.h"
#include "server/people/patients/mh-merges-store.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-text.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/people/mh-duplicate.h"
#include "shared/rules/people/mh-patient-fill.h"

#include <string.h>

/* --- may it be --- */

static gboolean
merge_service_refuse (GError **error, const char *why)
{
  mh_error_set (error, MH_ERROR_CONFLICT, "%s", why);
  return FALSE;
}

static gboolean
merge_service_check_pair (MhDb *db, MhRecord *survivor, MhRecord *loser, GError **error)
{
  gint64 stays = 0, goes = 0;
  if (mh_record_has (survivor, MH_PATIENT_MERGED_INTO)
      || mh_record_has (loser, MH_PATIENT_MERGED_INTO))
    return merge_service_refuse (error, "One of the two was merged into another record already.");
  if (g_strcmp0 (mh_record_text (survivor, MH_PATIENT_HOSPITAL_ID),
                 mh_record_text (loser, MH_PATIENT_HOSPITAL_ID))
      != 0)
    return merge_service_refuse (error, "The two records belong to different hospitals.");
  if (mh_patient_blood_conflicts (survivor, loser))
    return merge_service_refuse (error, "The blood groups differ: these are not one person.");
  if (!mh_merges_store_admissions (db, mh_record_id (survivor), &stays, error)
      || !mh_merges_store_admissions (db, mh_record_id (loser), &goes, error))
    return FALSE;

  return (stays == 0 || goes == 0)
         || merge_service_refuse (error,
                                  "Both are admitted at this moment: close one admission first.");
}

static MhRecord *
patient_named (const MhRequest *req, MhRecord *draft, guint field, GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhRecord *patient = mh_edit_get (req, &mh_patient_type, mh_record_text (draft, field), &inner);
  if (patient == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    mh_error_set_field (error, mh_patient_merge_type.fields[field].name, "unknown",
                        "There is no such patient.");
  else if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  return patient;
}

static gboolean
audit_both (MhTx *tx, MhRecord *merge, const char *reason, GError **error)
{
  static const guint fields[] = { MH_PATIENT_MERGE_SURVIVOR_ID, MH_PATIENT_MERGE_LOSER_ID };
  g_autofree char *detail
      = g_strdup_printf ("{\"merge\":\"%s\",\"status\":\"%s\",\"rows\":%" G_GINT64_FORMAT "}",
                         mh_record_id (merge), mh_record_text (merge, MH_PATIENT_MERGE_STATUS),
                         mh_record_int (merge, MH_PATIENT_MERGE_N_ROWS));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!mh_tx_audit (tx,
                      &(MhAuditNote){ NULL, MH_AUDIT_MERGE, mh_patient_type.code,
                                      mh_record_text (merge, fields[i]), detail, reason },
                      error))
      return FALSE;
  return TRUE;
}

/* --- proposing --- */

static void
merge_service_describe (MhRecord *merge, MhRecord *survivor, MhRecord *loser, const MhActor *actor)
{
  g_autoptr (MhRecord) match = mh_duplicate_match (survivor, loser);
  guint alike = 0;
  mh_record_take_text (merge, MH_PATIENT_MERGE_SURVIVOR_NAME, mh_patient_name (survivor));
  mh_record_take_text (merge, MH_PATIENT_MERGE_LOSER_NAME, mh_patient_name (loser));
  mh_record_set_text (merge, MH_PATIENT_MERGE_SURVIVOR_MRN,
                      mh_record_text (survivor, MH_PATIENT_MRN));
  mh_record_set_text (merge, MH_PATIENT_MERGE_LOSER_MRN, mh_record_text (loser, MH_PATIENT_MRN));
  mh_record_set_int (merge, MH_PATIENT_MERGE_SCORE, mh_duplicate_score (survivor, loser, &alike));
  if (match != NULL)
    mh_record_set_list (merge, MH_PATIENT_MERGE_REASONS,
                        mh_record_list (match, MH_PATIENT_MATCH_REASONS));

  mh_record_set_text (merge, MH_PATIENT_MERGE_PROPOSED_BY, mh_actor_user_id (actor));
  mh_record_set_text (merge, MH_PATIENT_MERGE_PROPOSED_NAME, mh_actor_name (actor));
}

MhRecord *
mh_merges_service_propose (const MhRequest *req, MhRecord *draft, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) merge = mh_record_copy (draft);
  g_autoptr (MhRecord) survivor = patient_named (req, draft, MH_PATIENT_MERGE_SURVIVOR_ID, error);
  g_autoptr (MhRecord) loser
      = survivor != NULL ? patient_named (req, draft, MH_PATIENT_MERGE_LOSER_ID, error) : NULL;

  if (loser == NULL || !merge_service_check_pair (db, survivor, loser, error))
    return NULL;

  gint64 open = 0;
  if (!mh_merges_store_open (db, mh_record_id (survivor), mh_record_id (loser), &open, error))
    return NULL;

  if (open > 0)
    {
      merge_service_refuse (
          error, "A merge of one of the two is proposed already: decide on that one first.");
      return NULL;
    }

  mh_record_set_text (merge, MH_PATIENT_MERGE_HOSPITAL_ID,
                      mh_record_text (survivor, MH_PATIENT_HOSPITAL_ID));
  mh_record_set_text (merge, MH_PATIENT_MERGE_STATUS, MH_MERGE_PROPOSED);
  merge_service_describe (merge, survivor, loser, req->actor);
  if (!mh_tx_insert (req->tx, merge, MH_AUDIT_CREATE,
                     mh_record_text (merge, MH_PATIENT_MERGE_REASON), error))
    return NULL;

  return g_steal_pointer (&merge);
}

/* --- deciding --- */

static gboolean
merge_service_begin (const MhRequest *req,
                     const char *id,
                     const char *status,
                     MhRecord **out_before,
                     MhRecord **out_after,
                     GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_patient_merge_type, id, error);
  if (before == NULL)
    return FALSE;
  if (strcmp (mh_record_text (before, MH_PATIENT_MERGE_STATUS), status) != 0)
    return merge_service_refuse (error, "Somebody has decided on this merge already.");
  *out_after = mh_record_copy (before);
  *out_before = g_steal_pointer (&before);
  return TRUE;
}

static void
merge_service_sign (const MhRequest *req, MhRecord *merge, const char *status, const char *note)
{
  mh_record_set_text (merge, MH_PATIENT_MERGE_STATUS, status);
  mh_record_set_text (merge, MH_PATIENT_MERGE_DECIDED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (merge, MH_PATIENT_MERGE_DECIDED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (merge, MH_PATIENT_MERGE_DECIDED_AT, mh_tx_now (req->tx));
  mh_record_set_text (merge, MH_PATIENT_MERGE_DECISION_NOTE, note);
}

static MhRecord *
merge_service_patient_of (MhDb *db, MhRecord *merge, guint field, GError **error)
{
  return mh_store_get (db, &mh_patient_type, mh_record_text (merge, field), error);
}

static gboolean
load_both (MhDb *db, MhRecord *merge, MhRecord **out_survivor, MhRecord **out_loser, GError **error)
{
  g_autoptr (MhRecord) survivor
      = merge_service_patient_of (db, merge, MH_PATIENT_MERGE_SURVIVOR_ID, error);
  MhRecord *loser = survivor != NULL
                        ? merge_service_patient_of (db, merge, MH_PATIENT_MERGE_LOSER_ID, error)
                        : NULL;
  if (loser == NULL)
    return FALSE;
  *out_survivor = g_steal_pointer (&survivor);
  *out_loser = loser;
  return TRUE;
}

MhRecord *
mh_merges_service_agree (const MhRequest *req, const char *id, MhRecord *decision, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  g_autoptr (MhRecord) survivor = NULL;
  g_autoptr (MhRecord) loser = NULL;
  const char *note = mh_record_text (decision, MH_PATIENT_MERGE_DECISION_NOTE_TEXT);

  if (!merge_service_begin (req, id, MH_MERGE_PROPOSED, &before, &after, error))
    return NULL;

  if (g_strcmp0 (mh_record_text (before, MH_PATIENT_MERGE_PROPOSED_BY),
                 mh_actor_user_id (req->actor))
      == 0)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN,
                    "Who proposed a merge cannot agree to it: a second person decides.");
      return NULL;
    }

  if (!load_both (db, before, &survivor, &loser, error)
      || !merge_service_check_pair (db, survivor, loser, error))
    return NULL;

  merge_service_sign (req, after, MH_MERGE_DONE, note);
  if (!mh_merge_move (req->tx, after, survivor, loser, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_MERGE, note, error)
      || !audit_both (req->tx, after, mh_record_text (before, MH_PATIENT_MERGE_REASON), error))
    return NULL;

  return g_steal_pointer (&after);
}

static gboolean
clear_doubt (MhTx *tx, MhRecord *patient, GError **error)
{
  if (!mh_record_bool (patient, MH_PATIENT_POSSIBLE_DUPLICATE))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (patient);
  mh_record_set_bool (after, MH_PATIENT_POSSIBLE_DUPLICATE, FALSE);
  return mh_tx_update (tx, patient, after, MH_AUDIT_UPDATE, NULL, error);
}

MhRecord *
mh_merges_service_decline (const MhRequest *req, const char *id, MhRecord *decision, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  g_autoptr (MhRecord) survivor = NULL;
  g_autoptr (MhRecord) loser = NULL;
  const char *note = mh_record_text (decision, MH_PATIENT_MERGE_DECISION_NOTE_TEXT);

  if (!merge_service_begin (req, id, MH_MERGE_PROPOSED, &before, &after, error)
      || !load_both (db, before, &survivor, &loser, error))
    return NULL;

  merge_service_sign (req, after, MH_MERGE_DECLINED, note);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_MERGE, note, error)
      || !clear_doubt (req->tx, survivor, error) || !clear_doubt (req->tx, loser, error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- undoing --- */

static gboolean
check_undo (MhDb *db, MhRecord *merge, const char *reason, GError **error)
{
  g_autoptr (MhRecord) survivor = NULL;
  g_autoptr (MhRecord) loser = NULL;
  if (reason == NULL || mh_text_length (reason) < 3)
    {
      mh_error_set_field (error, "note", "required", "Say why these are two people after all.");
      return FALSE;
    }

  if (!load_both (db, merge, &survivor, &loser, error))
    return FALSE;
  if (g_strcmp0 (mh_record_text (loser, MH_PATIENT_MERGED_INTO), mh_record_id (survivor)) != 0)
    return merge_service_refuse (
        error, "The record that stayed was merged as well since: undo that merge first.");

  return TRUE;
}

MhRecord *
mh_merges_service_undo (const MhRequest *req, const char *id, MhRecord *decision, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  const char *reason = mh_record_text (decision, MH_PATIENT_MERGE_DECISION_NOTE_TEXT);
  if (!merge_service_begin (req, id, MH_MERGE_DONE, &before, &after, error)
      || !check_undo (req->db, before, reason, error))
    return NULL;

  mh_record_set_text (after, MH_PATIENT_MERGE_STATUS, MH_MERGE_UNDONE);
  mh_record_set_text (after, MH_PATIENT_MERGE_UNDONE_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_PATIENT_MERGE_UNDONE_NAME, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_PATIENT_MERGE_UNDONE_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_PATIENT_MERGE_UNDO_REASON, reason);
  if (!mh_merge_back (req->tx, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_MERGE, reason, error)
      || !audit_both (req->tx, after, reason, error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- looking --- */

MhRecord *
mh_merges_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) merge = mh_edit_get (req, &mh_patient_merge_type, id, error);
  g_autoptr (MhRecord) survivor = NULL;
  g_autoptr (MhRecord) loser = NULL;
  if (merge == NULL || !load_both (req->db, merge, &survivor, &loser, error))
    return NULL;
  mh_record_set_record (merge, MH_PATIENT_MERGE_SURVIVOR, survivor);
  mh_record_set_record (merge, MH_PATIENT_MERGE_LOSER, loser);
  return g_steal_pointer (&merge);
}

GPtrArray *
mh_merges_service_list (const MhRequest *req,
                        const char *status,
                        const char *after,
                        guint limit,
                        GError **error)
{
  return mh_merges_store_list (req->db, mh_actor_hospital_id (req->actor), status, after, limit,
                               error);
}

GPtrArray *
mh_merges_service_doubtful (const MhRequest *req, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) patients
      = mh_merges_store_doubtful (req->db, mh_actor_hospital_id (req->actor), limit, error);
  if (patients == NULL)
    return NULL;

  for (guint i = 0; i < patients->len; i++)
    {
      MhRecord *patient = g_ptr_array_index (patients, i);
      g_autoptr (GPtrArray) matches = mh_patients_service_duplicates (req, patient, error);
      if (matches == NULL)
        return NULL;
      MhRecord *pair = matches->len > 0 ? g_object_ref (g_ptr_array_index (matches, 0))
                                        : mh_record_new (&mh_patient_match_type);
      mh_record_set_record (pair, MH_PATIENT_MATCH_OTHER, patient);
      g_ptr_array_add (found, pair);
    }

  return g_steal_pointer (&found);
}

MhRecord *
mh_merges_service_distinct (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, id, error);
  if (patient == NULL || !clear_doubt (req->tx, patient, error))
    return NULL;
  return mh_store_get (req->db, &mh_patient_type, id, error);
}
