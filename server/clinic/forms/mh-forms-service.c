/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/forms/mh-forms-service.h"

#include "server/clinic/forms/mh-forms-store.h"
#include "server/clinic/visits/mh-visits-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-form-rules.h"

MhRecord *
mh_forms_service_define (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_FORM, error))
    return NULL;

  g_autoptr (MhFormSpec) form
      = mh_form_spec_parse (mh_record_text (draft, MH_FORM_DEFINITION_CONTENT), error);
  gint64 last = form != NULL ? mh_forms_store_last_version (
                    req->db, hospital_id, mh_record_text (draft, MH_FORM_DEFINITION_CODE), error)
                             : -1;

  if (last < 0)
    return NULL;

  g_autoptr (MhRecord) definition = mh_record_copy (draft);
  if (!mh_record_has (definition, MH_ID))
    mh_record_take_text (definition, MH_ID, mh_id_new ());
  if (!mh_record_has (definition, MH_FORM_DEFINITION_ACTIVE))
    mh_record_set_bool (definition, MH_FORM_DEFINITION_ACTIVE, TRUE);
  mh_record_set_text (definition, MH_FORM_DEFINITION_HOSPITAL_ID, hospital_id);
  mh_record_set_int (definition, MH_FORM_DEFINITION_VERSION_NO, last + 1);
  mh_record_set_text (definition, MH_FORM_DEFINITION_MADE_NAME, mh_actor_name (req->actor));

  return mh_tx_insert (req->tx, definition, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&definition)
             : NULL;
}

MhRecord *
mh_forms_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_WRITE_FORM, error)
      || !mh_edit_begin (req, patch, &before, &after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_forms_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_form_definition_type, id, error);
}

GPtrArray *
mh_forms_service_list (const MhRequest *req,
                       gboolean all,
                       const char *after,
                       guint limit,
                       GError **error)
{
  return mh_forms_store_list (req->db, mh_actor_hospital_id (req->actor), all, after, limit, error);
}

/* --- answers --- */

/* The row another names, as an input is judged. */
static MhRecord *
named (const MhRequest *req,
       const MhRecordType *type,
       const char *id,
       const char *field,
       GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhRecord *found = mh_edit_get (req, type, id, &inner);
  if (found == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    mh_error_set_field (error, field, "unknown", "There is no such %s.", type->code);
  else if (found == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  return found;
}

static gboolean
forms_service_may_answer (const MhActor *actor, MhRecord *definition, GError **error)
{
  const char *whom = mh_record_text (definition, MH_FORM_DEFINITION_FOR_WHOM);
  return mh_actor_require (actor,
                           g_strcmp0 (whom, MH_FORM_FOR_PHYSICIAN) == 0 ? MH_MAY_DECIDE_VISIT
                                                                        : MH_MAY_ASSESS_VISIT,
                           error);
}

/* The form's questions and whether the answers fit; sets the scores. */
static gboolean
forms_service_judge (MhRecord *definition, MhRecord *answer, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (MhFormSpec) form
      = mh_form_spec_parse (mh_record_text (definition, MH_FORM_DEFINITION_CONTENT), error);

  if (form == NULL)
    return FALSE;

  g_autoptr (JsonObject) answers
      = mh_json_parse_object (mh_record_text (answer, MH_FORM_ANSWER_ANSWERS), -1, &wrong);
  if (answers == NULL)
    {
      mh_error_set_field (error, "answers", "format", "Answers are an object: %s", wrong->message);
      return FALSE;
    }

  mh_form_spec_check (form, answers, issues);
  if (!mh_issues_raise (issues, error))
    return FALSE;

  mh_record_take_text (answer, MH_FORM_ANSWER_SCORES, mh_form_spec_scores_text (form, answers));
  return TRUE;
}

static gboolean
forms_service_replace (const MhRequest *req, MhRecord *answer, GError **error)
{
  const char *id = mh_record_text (answer, MH_FORM_ANSWER_REPLACES);
  if (id == NULL)
    return TRUE;

  g_autoptr (MhRecord) before = named (req, &mh_form_answer_type, id, "replaces", error);
  if (before == NULL)
    return FALSE;

  if (g_strcmp0 (mh_record_text (before, MH_FORM_ANSWER_VISIT_ID),
                 mh_record_text (answer, MH_FORM_ANSWER_VISIT_ID))
          != 0
      || g_strcmp0 (mh_record_text (before, MH_FORM_ANSWER_FORM_CODE),
                    mh_record_text (answer, MH_FORM_ANSWER_FORM_CODE))
             != 0)
    {
      mh_error_set_field (error, "replaces", "mismatch",
                          "These are answers of another visit or form.");
      return FALSE;
    }

  if (mh_record_has (before, MH_FORM_ANSWER_REPLACED_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Somebody has replaced these answers already.");
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_FORM_ANSWER_REPLACED_AT, mh_tx_now (req->tx));
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

MhRecord *
mh_forms_service_answer (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) visit = named (
      req, &mh_visit_type, mh_record_text (draft, MH_FORM_ANSWER_VISIT_ID), "visit_id", error);
  g_autoptr (MhRecord) definition
      = visit != NULL ? named (req, &mh_form_definition_type,
                               mh_record_text (draft, MH_FORM_ANSWER_FORM_ID), "form_id", error)
                      : NULL;

  if (definition == NULL || !forms_service_may_answer (req->actor, definition, error))
    return NULL;

  if (!mh_visit_is_open (visit))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This visit is over and does not change any more; write an addendum.");
      return NULL;
    }

  g_autoptr (MhRecord) answer = mh_record_copy (draft);
  if (!mh_record_has (answer, MH_ID))
    mh_record_take_text (answer, MH_ID, mh_id_new ());
  mh_record_set_text (answer, MH_FORM_ANSWER_HOSPITAL_ID,
                      mh_record_text (visit, MH_VISIT_HOSPITAL_ID));
  mh_record_set_text (answer, MH_FORM_ANSWER_PATIENT_ID,
                      mh_record_text (visit, MH_VISIT_PATIENT_ID));
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_CODE,
                      mh_record_text (definition, MH_FORM_DEFINITION_CODE));
  mh_record_set_text (answer, MH_FORM_ANSWER_FORM_NAME,
                      mh_record_text (definition, MH_FORM_DEFINITION_NAME));
  mh_record_set_int (answer, MH_FORM_ANSWER_VERSION_NO,
                     mh_record_int (definition, MH_FORM_DEFINITION_VERSION_NO));
  mh_record_set_int (answer, MH_FORM_ANSWER_ANSWERED_AT, mh_tx_now (req->tx));
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (answer, MH_FORM_ANSWER_ANSWERED_NAME, mh_actor_name (req->actor));
  if (!forms_service_judge (definition, answer, error)
      || !forms_service_replace (req, answer, error)
      || !mh_tx_insert (req->tx, answer, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return g_steal_pointer (&answer);
}

MhRecord *
mh_forms_service_read_answer (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_form_answer_type, id, error);
}

GPtrArray *
mh_forms_service_answers (const MhRequest *req,
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
  return mh_forms_store_answers (req->db, mh_actor_hospital_id (req->actor), patient_id, visit_id,
                                 page, error);
}
