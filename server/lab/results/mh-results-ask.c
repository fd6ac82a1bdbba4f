/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to supervisors: asked at the bench, answered by who may verify. */
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-plan.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/results/mh-results-store.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
escalation_new (MhResultsPlan *plan, MhResultsRow *row, const MhActor *actor, MhRecord *put)
{
  MhRecord *asked = mh_record_new (&mh_escalation_type);
  if (mh_record_has (put, MH_ESCALATION_PUT_ID))
    mh_record_set_text (asked, MH_ID, mh_record_text (put, MH_ESCALATION_PUT_ID));
  mh_record_set_text (asked, MH_ESCALATION_HOSPITAL_ID,
                      mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (asked, MH_ESCALATION_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (asked, MH_ESCALATION_PATIENT_ID, mh_record_id (plan->patient));
  mh_record_set_text (asked, MH_ESCALATION_TEST, mh_results_row_test (row));
  mh_record_set_text (asked, MH_ESCALATION_ANALYTE, mh_record_text (row->analyte, MH_ANALYTE_CODE));
  mh_record_set_text (asked, MH_ESCALATION_REASON, mh_record_text (put, MH_ESCALATION_PUT_REASON));
  mh_record_set_text (asked, MH_ESCALATION_NOTE, mh_record_text (put, MH_ESCALATION_PUT_NOTE));
  mh_record_set_text (asked, MH_ESCALATION_STATUS, MH_ESCALATION_OPEN);
  mh_record_set_text (asked, MH_ESCALATION_BY_ID, mh_actor_user_id (actor));
  mh_record_set_text (asked, MH_ESCALATION_BY_NAME, mh_actor_name (actor));
  mh_record_set_int (asked, MH_ESCALATION_NOTIFIED_AT, plan->now);

  return asked;
}

static char *
results_ask_alert_key (MhRecord *asked)
{
  return g_strconcat ("escalation:", mh_record_id (asked), NULL);
}

static gboolean
results_ask_tell (MhTx *tx, MhResultsPlan *plan, MhResultsRow *row, MhRecord *asked, GError **error)
{
  g_autofree char *key = results_ask_alert_key (asked);
  const char *const arguments[] = { mh_record_text (plan->order, MH_ORDER_NUMBER),
                                    mh_record_text (row->analyte, MH_ANALYTE_NAME), NULL };
  MhAlertDraft alert = { .kind = MH_ALERT_RESULT_ESCALATED,
                         .hospital_id = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID),
                         .subject_type = mh_order_type.code,
                         .subject_id = mh_record_id (plan->order),
                         .arguments = arguments,
                         .bench = mh_record_text (row->item, MH_ORDER_ITEM_BENCH),
                         .dedupe_key = key };
  return mh_alerts_raise (tx, &alert, error);
}

MhRecord *
mh_results_service_ask (const MhRequest *req, const char *order_id, MhRecord *put, GError **error)
{
  gboolean several;
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL || !mh_results_order_is_open (plan->order, error))
    return NULL;

  MhResultsRow *row
      = mh_results_plan_find (plan, mh_record_text (put, MH_ESCALATION_PUT_ANALYTE), &several);
  if (row == NULL || several)
    {
      mh_error_set_field (error, "analyte", several ? "ambiguous" : "unknown_code",
                          "Name one analyte of this order, as TEST:ANALYTE if need be.");
      return NULL;
    }

  if (mh_results_row_is_verified (row))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "%s is verified already.",
                    mh_record_text (row->analyte, MH_ANALYTE_NAME));
      return NULL;
    }

  g_autoptr (MhRecord) asked = escalation_new (plan, row, req->actor, put);
  if (!mh_tx_insert (req->tx, asked, MH_AUDIT_CREATE, NULL, error)
      || !results_ask_tell (req->tx, plan, row, asked, error))
    return NULL;

  g_ptr_array_add (plan->escalations, g_steal_pointer (&asked));
  return mh_results_plan_sheet (plan, req->actor, /* test */ NULL);
}

static gboolean
results_ask_may_answer (MhRecord *asked, const MhActor *actor, GError **error)
{
  if (g_strcmp0 (mh_record_text (asked, MH_ESCALATION_STATUS), MH_ESCALATION_OPEN) != 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This question is answered already.");
  else if (g_strcmp0 (mh_record_text (asked, MH_ESCALATION_BY_ID), mh_actor_user_id (actor)) == 0)
    mh_error_set (error, MH_ERROR_FORBIDDEN, "You asked this; somebody else has to answer.");
  else
    return TRUE;
  return FALSE;
}

MhRecord *
mh_results_service_answer (const MhRequest *req,
                           const char *escalation_id,
                           MhRecord *reply,
                           GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_escalation_type, escalation_id, error);
  if (before == NULL || !results_ask_may_answer (before, req->actor, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ESCALATION_STATUS, MH_ESCALATION_ANSWERED);
  mh_record_set_text (after, MH_ESCALATION_ANSWER,
                      mh_record_text (reply, MH_ESCALATION_REPLY_ANSWER));
  mh_record_set_text (after, MH_ESCALATION_ANSWER_NOTE,
                      mh_record_text (reply, MH_ESCALATION_REPLY_NOTE));
  mh_record_set_text (after, MH_ESCALATION_ANSWERED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_ESCALATION_ANSWERED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_ESCALATION_ANSWERED_AT, mh_tx_now (req->tx));

  g_autofree char *key = results_ask_alert_key (before);
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_alerts_clear (req->tx, mh_record_text (before, MH_ESCALATION_HOSPITAL_ID), key, error))
    return NULL;

  return mh_results_service_sheet (req, mh_record_text (before, MH_ESCALATION_ORDER_ID),
                                   mh_tx_now (req->tx), error);
}

GPtrArray *
mh_results_service_questions (const MhRequest *req, GError **error)
{
  return mh_results_store_questions (req->db, mh_actor_hospital_id (req->actor), error);
}
