/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a visit: from where, to where, by whom, with what. */
#include "server/clinic/visits/mh-observe-service.h"
#include "server/clinic/visits/mh-visits-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#define COSIGNED "cosigned"

typedef gboolean (*StepFunc) (const MhRequest *req,
                              MhRecord *visit,
                              MhRecord *step,
                              GError **error);

static gboolean
by_nurse (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  mh_record_set_int (visit, MH_VISIT_NURSE_AT, mh_tx_now (req->tx));
  mh_record_set_text (visit, MH_VISIT_NURSE_NAME, mh_tx_who (req->tx)->user_name);
  return TRUE;
}

/* Nobody waits for a nurse when a life is at stake: emergencies may skip that step. */
static gboolean straight (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error);

static gboolean
by_physician (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  if (mh_record_has (step, MH_VISIT_STEP_DOCTOR_ID))
    {
      if (!mh_visits_set_doctor (req->db, visit, mh_record_text (step, MH_VISIT_STEP_DOCTOR_ID),
                                 error))
        return FALSE;
    }
  else if (mh_actor_user_id (req->actor) != NULL)
    {
      mh_record_set_text (visit, MH_VISIT_DOCTOR_ID, mh_actor_user_id (req->actor));
      mh_record_set_text (visit, MH_VISIT_DOCTOR_NAME, mh_actor_name (req->actor));
    }

  if (!mh_record_has (visit, MH_VISIT_PHYSICIAN_AT))
    mh_record_set_int (visit, MH_VISIT_PHYSICIAN_AT, mh_tx_now (req->tx));
  return TRUE;
}

static gboolean
straight (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  if (g_strcmp0 (mh_record_text (visit, MH_VISIT_KIND), MH_VISIT_EMERGENCY) == 0)
    return by_physician (req, visit, step, error);
  mh_error_set (error, MH_ERROR_CONFLICT,
                "A nurse assesses the patient first; only an emergency goes straight in.");
  return FALSE;
}

static gboolean
visits_steps_decide (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  static const char *const with_words[]
      = { MH_DISPOSITION_ADMITTED, MH_DISPOSITION_REFERRED, MH_DISPOSITION_TRANSFERRED,
          MH_DISPOSITION_AGAINST_ADVICE, NULL };
  const char *disposition = mh_record_text (step, MH_VISIT_STEP_DISPOSITION);

  if (disposition == NULL)
    {
      mh_error_set_field (error, "disposition", "required", "Say where the patient goes.");
      return FALSE;
    }

  if (g_strv_contains (with_words, disposition) && !mh_record_has (step, MH_VISIT_STEP_NOTE))
    {
      mh_error_set_field (error, "note", "required", "Say where to, or why.");
      return FALSE;
    }

  mh_record_set_text (visit, MH_VISIT_DISPOSITION, disposition);
  mh_record_set_text (visit, MH_VISIT_DISPOSITION_NOTE, mh_record_text (step, MH_VISIT_STEP_NOTE));
  mh_record_set_int (visit, MH_VISIT_DISPOSITION_AT, mh_tx_now (req->tx));

  return TRUE;
}

static gboolean
require_person (const MhActor *actor, GError **error)
{
  if (mh_actor_user_id (actor) != NULL)
    return TRUE;
  mh_error_set (error, MH_ERROR_FORBIDDEN, "Only a person can sign; sign in as the doctor.");
  return FALSE;
}

static gboolean
visits_steps_sign (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  if (!require_person (req->actor, error))
    return FALSE;
  mh_record_set_int (visit, MH_VISIT_SIGNED_AT, mh_tx_now (req->tx));
  mh_record_set_text (visit, MH_VISIT_SIGNED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (visit, MH_VISIT_SIGNED_NAME, mh_actor_name (req->actor));
  mh_record_set_bool (visit, MH_VISIT_NEEDS_COSIGN, !mh_actor_may (req->actor, MH_MAY_SIGN_VISIT));
  mh_record_set_null (visit, MH_VISIT_OBSERVE_BY);
  return TRUE;
}

static gboolean
cosign (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  if (!require_person (req->actor, error))
    return FALSE;

  if (!mh_record_bool (visit, MH_VISIT_NEEDS_COSIGN))
    mh_error_set (error, MH_ERROR_CONFLICT, "This visit waits for no second signature.");
  else if (g_strcmp0 (mh_record_text (visit, MH_VISIT_SIGNED_BY), mh_actor_user_id (req->actor))
           == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN, "Somebody else signs the second time.");
  else
    {
      mh_record_set_bool (visit, MH_VISIT_NEEDS_COSIGN, FALSE);
      mh_record_set_int (visit, MH_VISIT_COSIGNED_AT, mh_tx_now (req->tx));
      mh_record_set_text (visit, MH_VISIT_COSIGNED_BY, mh_actor_user_id (req->actor));
      mh_record_set_text (visit, MH_VISIT_COSIGNED_NAME, mh_actor_name (req->actor));
      return TRUE;
    }

  return FALSE;
}

static gboolean
visits_steps_end (const MhRequest *req, MhRecord *visit, MhRecord *step, GError **error)
{
  gboolean left = g_strcmp0 (mh_record_text (step, MH_VISIT_STEP_TO), MH_VISIT_LEFT) == 0;
  if (!left && !mh_record_has (step, MH_VISIT_STEP_NOTE))
    {
      mh_error_set_field (error, "note", "required", "Say why the visit is cancelled.");
      return FALSE;
    }
  mh_record_set_int (visit, MH_VISIT_ENDED_AT, mh_tx_now (req->tx));
  mh_record_set_text (visit, MH_VISIT_END_REASON, mh_record_text (step, MH_VISIT_STEP_NOTE));
  mh_record_set_null (visit, MH_VISIT_OBSERVE_BY);
  return TRUE;
}

/* clang-format off */
static const struct
{
  const char *from, *to, *permission;
  StepFunc func;
} steps[] = {
  { MH_VISIT_REGISTERED,      MH_VISIT_NURSE_ASSESSED, MH_MAY_ASSESS_VISIT, by_nurse },
  { MH_VISIT_REGISTERED,      MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, straight },
  { MH_VISIT_NURSE_ASSESSED,  MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, by_physician },
  { MH_VISIT_WITH_PHYSICIAN,  MH_VISIT_AT_DISPOSITION, MH_MAY_DECIDE_VISIT, visits_steps_decide },
  { MH_VISIT_AT_DISPOSITION,  MH_VISIT_WITH_PHYSICIAN, MH_MAY_DECIDE_VISIT, by_physician },
  { MH_VISIT_AT_DISPOSITION,  MH_VISIT_SIGNED,         MH_MAY_DECIDE_VISIT, visits_steps_sign },
  { MH_VISIT_SIGNED,          COSIGNED,                MH_MAY_SIGN_VISIT,   cosign },
  { MH_VISIT_REGISTERED,      MH_VISIT_CANCELLED,      MH_MAY_WRITE_VISIT,  visits_steps_end },
  { MH_VISIT_NURSE_ASSESSED,  MH_VISIT_CANCELLED,      MH_MAY_WRITE_VISIT,  visits_steps_end },
  { MH_VISIT_REGISTERED,      MH_VISIT_LEFT,           MH_MAY_WRITE_VISIT,  visits_steps_end },
  { MH_VISIT_NURSE_ASSESSED,  MH_VISIT_LEFT,           MH_MAY_WRITE_VISIT,  visits_steps_end },
};
/* clang-format on */

static int
find_step (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].from, from) == 0 && g_strcmp0 (steps[i].to, to) == 0)
      return (int)i;
  return -1;
}

MhRecord *
mh_visits_service_move (const MhRequest *req, const char *id, MhRecord *step, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_visit_type, id, error);
  if (before == NULL)
    return NULL;

  const char *from = mh_record_text (before, MH_VISIT_STATUS);
  const char *to = mh_record_text (step, MH_VISIT_STEP_TO);
  int found = find_step (from, to);

  if (found < 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "A visit that is “%s” cannot become “%s”.", from, to);
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (!g_str_equal (to, COSIGNED))
    mh_record_set_text (after, MH_VISIT_STATUS, to);
  if (!mh_actor_require (req->actor, steps[found].permission, error)
      || !mh_edit_check_named (req, step, error) || !steps[found].func (req, after, step, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_observe_follow (req->tx, before, after, error))
    return NULL;

  return g_steal_pointer (&after);
}
