/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-hold.h"

#include "server/lab/results/mh-results-delta.h"
#include "server/lab/results/mh-results-group.h"
#include "server/lab/results/mh-results-items.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/results/mh-results-write.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-delta.h"

static gboolean
results_hold_has_status (MhRecord *record, guint field, const char *status)
{
  return g_strcmp0 (mh_record_text (record, field), status) == 0;
}

/* The last hold of a tube; NULL: none. */
static MhRecord *
hold_of (MhResultsPlan *plan, const char *sample_id)
{
  for (guint i = plan->holds->len; i > 0; i--)
    {
      MhRecord *hold = g_ptr_array_index (plan->holds, i - 1);
      if (results_hold_has_status (hold, MH_TUBE_HOLD_SAMPLE_ID, sample_id))
        return hold;
    }
  return NULL;
}

/* Values of the tube that wait to be verified and do not fit those before. */
static char **
misfits (MhResultsPlan *plan, MhRecord *sample)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->sample == sample && mh_results_delta_failed (row)
          && results_hold_has_status (row->after, MH_RESULT_STATUS, MH_RESULT_STATUS_ENTERED))
        g_strv_builder_add (codes, mh_record_text (row->analyte, MH_ANALYTE_CODE));
    }
  return g_strv_builder_end (codes);
}

/* A blood group that is not the earlier one is enough by itself. */
static gboolean
has_other_group (MhResultsPlan *plan, MhRecord *sample)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->sample == sample && mh_results_group_before (row) != NULL
          && results_hold_has_status (row->after, MH_RESULT_STATUS, MH_RESULT_STATUS_ENTERED))
        return TRUE;
    }
  return FALSE;
}

/* Was the group that stands now there when the tube was released? */
static gboolean
was_looked_at (MhRecord *hold, const MhResultsRow *row)
{
  const char *const *known = mh_record_list (hold, MH_TUBE_HOLD_ANALYTES);
  return results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_RELEASED) && known != NULL
         && g_strv_contains (known, mh_record_text (row->analyte, MH_ANALYTE_CODE))
         && mh_record_int (row->after, MH_RESULT_ENTERED_AT)
                <= mh_record_int (hold, MH_TUBE_HOLD_RELEASED_AT);
}

gboolean
mh_results_hold_answers (MhResultsPlan *plan, const MhResultsRow *row)
{
  MhRecord *hold = row->sample != NULL ? hold_of (plan, mh_record_id (row->sample)) : NULL;
  return hold != NULL
         && (results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_OPEN)
             || was_looked_at (hold, row));
}

/* Somebody has looked at these already; one more that does not fit is a new question, and so is a
 * group that was typed since. */
static gboolean
results_hold_covers (MhResultsPlan *plan, MhRecord *sample, MhRecord *hold, char **codes)
{
  const char *const *known = mh_record_list (hold, MH_TUBE_HOLD_ANALYTES);
  for (guint i = 0; codes[i] != NULL; i++)
    if (known == NULL || !g_strv_contains (known, codes[i]))
      return FALSE;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->sample == sample && mh_results_group_before (row) != NULL
          && !was_looked_at (hold, row))
        return FALSE;
    }

  return TRUE;
}

static char *
results_hold_alert_key (MhRecord *hold)
{
  return g_strconcat ("tube-hold:", mh_record_text (hold, MH_TUBE_HOLD_SAMPLE_ID), NULL);
}

static gboolean
begin_hold (MhTx *tx, MhResultsPlan *plan, MhRecord *sample, char **codes, GError **error)
{
  g_autoptr (MhRecord) hold = mh_record_new (&mh_tube_hold_type);
  const char *hospital = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID);
  mh_record_set_text (hold, MH_TUBE_HOLD_HOSPITAL_ID, hospital);
  mh_record_set_text (hold, MH_TUBE_HOLD_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (hold, MH_TUBE_HOLD_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (hold, MH_TUBE_HOLD_PATIENT_ID, mh_record_id (plan->patient));
  mh_record_set_list (hold, MH_TUBE_HOLD_ANALYTES, (const char *const *)codes);
  mh_record_set_text (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_OPEN);
  mh_record_set_int (hold, MH_TUBE_HOLD_HELD_AT, plan->now);
  if (!mh_tx_insert (tx, hold, MH_AUDIT_CREATE, NULL, error))
    return FALSE;

  g_autofree char *key = results_hold_alert_key (hold);
  const char *const arguments[] = { mh_record_text (plan->order, MH_ORDER_NUMBER),
                                    mh_record_text (sample, MH_SAMPLE_ACCESSION), NULL };
  MhAlertDraft alert = { .kind = MH_ALERT_TUBE_HELD,
                         .severity = MH_ALERT_SEVERE,
                         .hospital_id = hospital,
                         .subject_type = mh_order_type.code,
                         .subject_id = mh_record_id (plan->order),
                         .arguments = arguments,
                         .dedupe_key = key };

  g_ptr_array_add (plan->holds, g_steal_pointer (&hold));
  return mh_alerts_raise (tx, &alert, error);
}

/* @change has the new status and what else goes with it. */
static gboolean
end_hold (MhTx *tx, MhRecord *hold, MhRecord *change, GError **error)
{
  g_autoptr (MhRecord) before = mh_record_copy (hold);
  g_autofree char *key = results_hold_alert_key (hold);
  mh_record_apply (hold, change);
  return mh_tx_update (tx, before, hold, MH_AUDIT_UPDATE,
                       mh_record_text (change, MH_TUBE_HOLD_REASON), error)
         && mh_alerts_clear (tx, mh_record_text (hold, MH_TUBE_HOLD_HOSPITAL_ID), key, error);
}

static gboolean
update_tube (MhTx *tx, MhResultsPlan *plan, MhRecord *sample, GError **error)
{
  g_auto (GStrv) codes = misfits (plan, sample);
  MhRecord *hold = hold_of (plan, mh_record_id (sample));
  gboolean open = hold != NULL && results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_OPEN);

  if (g_strv_length (codes) < MH_DELTA_WRONG_BLOOD && !has_other_group (plan, sample))
    {
      if (!open)
        return TRUE;
      g_autoptr (MhRecord) change = mh_record_new (&mh_tube_hold_type);
      mh_record_set_text (change, MH_TUBE_HOLD_STATUS, MH_HOLD_SOLVED);
      mh_record_set_int (change, MH_TUBE_HOLD_RELEASED_AT, plan->now);
      return end_hold (tx, hold, change, error);
    }

  gboolean looked_at = hold != NULL
                       && !results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_SOLVED)
                       && results_hold_covers (plan, sample, hold, codes);

  return open || looked_at || begin_hold (tx, plan, sample, codes, error);
}

gboolean
mh_results_hold_update (MhTx *tx, MhResultsPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (plan->samples, i);
      if (!mh_record_has (sample, MH_SAMPLE_REPLACED_BY) && !update_tube (tx, plan, sample, error))
        return FALSE;
    }
  return TRUE;
}

/* --- kept back --- */

static MhRecord *
results_hold_open_hold (MhResultsPlan *plan, const MhResultsRow *row)
{
  MhRecord *hold = row->sample != NULL ? hold_of (plan, mh_record_id (row->sample)) : NULL;
  return hold != NULL && results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_OPEN) ? hold
                                                                                           : NULL;
}

static MhRecord *
open_question (MhResultsPlan *plan, const MhResultsRow *row)
{
  for (guint i = 0; i < plan->escalations->len; i++)
    {
      MhRecord *question = g_ptr_array_index (plan->escalations, i);
      if (results_hold_has_status (question, MH_ESCALATION_STATUS, MH_ESCALATION_OPEN)
          && results_hold_has_status (question, MH_ESCALATION_ANALYTE,
                                      mh_record_text (row->analyte, MH_ANALYTE_CODE))
          && results_hold_has_status (question, MH_ESCALATION_TEST, mh_results_row_test (row)))
        return question;
    }
  return NULL;
}

gboolean
mh_results_hold_is_kept (MhResultsPlan *plan, const MhResultsRow *row)
{
  return results_hold_open_hold (plan, row) != NULL || open_question (plan, row) != NULL;
}

static char *
group_of_tube (MhResultsPlan *plan, MhRecord *sample)
{
  char *words = NULL;
  for (guint i = 0; words == NULL && i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      words = row->sample == sample ? mh_results_group_words (plan, row) : NULL;
    }
  return words;
}

void
mh_results_hold_explain (MhResultsPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (mh_results_row_is_verified (row))
        continue;
      if (results_hold_open_hold (plan, row) != NULL)
        {
          g_autofree char *group = group_of_tube (plan, row->sample);
          if (group != NULL)
            mh_error_set (error, MH_ERROR_CONFLICT,
                          "Tube %s is held: another blood group than before is mostly another "
                          "patient's blood. %s Then release it, or have it collected again.",
                          mh_record_text (row->sample, MH_SAMPLE_ACCESSION), group);
          else
            mh_error_set (error, MH_ERROR_CONFLICT,
                          "Tube %s is held: several values do not fit those before, it may be "
                          "another patient's. Release it, or have it collected again.",
                          mh_record_text (row->sample, MH_SAMPLE_ACCESSION));
          return;
        }
      if (open_question (plan, row) != NULL)
        {
          mh_error_set (error, MH_ERROR_CONFLICT,
                        "A question about %s waits for a supervisor's answer.",
                        mh_record_text (row->analyte, MH_ANALYTE_NAME));
          return;
        }
    }

  for (guint i = 0; i < plan->rows->len; i++)
    if (mh_results_second_explain (g_ptr_array_index (plan->rows, i), error))
      return;

  mh_error_set (error, MH_ERROR_CONFLICT, "No result of this order waits to be verified.");
}

/* --- what people do about it --- */

static MhRecord *
release_change (MhRecord *release, const MhActor *actor, gint64 now)
{
  MhRecord *change = mh_record_new (&mh_tube_hold_type);
  mh_record_set_text (change, MH_TUBE_HOLD_STATUS, MH_HOLD_RELEASED);
  mh_record_set_text (change, MH_TUBE_HOLD_REASON,
                      mh_record_text (release, MH_HOLD_RELEASE_REASON));
  mh_record_set_text (change, MH_TUBE_HOLD_NOTE, mh_record_text (release, MH_HOLD_RELEASE_NOTE));
  mh_record_set_text (change, MH_TUBE_HOLD_BY_ID, mh_actor_user_id (actor));
  mh_record_set_text (change, MH_TUBE_HOLD_BY_NAME, mh_actor_name (actor));
  mh_record_set_int (change, MH_TUBE_HOLD_RELEASED_AT, now);
  return change;
}

MhRecord *
mh_results_service_release_hold (const MhRequest *req,
                                 const char *hold_id,
                                 MhRecord *release,
                                 GError **error)
{
  g_autoptr (MhRecord) found = mh_edit_get (req, &mh_tube_hold_type, hold_id, error);
  if (found == NULL)
    return NULL;

  const char *order_id = mh_record_text (found, MH_TUBE_HOLD_ORDER_ID);
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL)
    return NULL;

  MhRecord *hold = hold_of (plan, mh_record_text (found, MH_TUBE_HOLD_SAMPLE_ID));
  if (hold == NULL || g_strcmp0 (mh_record_id (hold), hold_id) != 0
      || !results_hold_has_status (hold, MH_TUBE_HOLD_STATUS, MH_HOLD_OPEN))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This tube is not held any more.");
      return NULL;
    }

  if (mh_results_plan_entered_by (plan, mh_actor_user_id (req->actor)))
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN,
                    "You entered results of this order; somebody else has to release the tube.");
      return NULL;
    }

  g_autoptr (MhRecord) change = release_change (release, req->actor, plan->now);
  return end_hold (req->tx, hold, change, error)
             ? mh_results_plan_sheet (plan, req->actor, /* test */ NULL)
             : NULL;
}

static gboolean
judge_again (MhTx *tx, MhResultsPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->after != NULL && !mh_results_row_is_verified (row))
        mh_results_delta_judge (plan, row);
    }
  return mh_results_items_write (tx, plan, error) && mh_results_hold_update (tx, plan, error);
}

MhRecord *
mh_results_service_add_event (const MhRequest *req,
                              const char *order_id,
                              MhRecord *draft,
                              GError **error)
{
  g_autoptr (MhResultsPlan) plan = mh_results_plan_load (req, order_id, mh_tx_now (req->tx), error);
  if (plan == NULL || !mh_results_order_is_open (plan->order, error))
    return NULL;

  g_autoptr (MhRecord) event = mh_record_copy (draft);
  mh_record_set_text (event, MH_DELTA_EVENT_HOSPITAL_ID,
                      mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (event, MH_DELTA_EVENT_PATIENT_ID, mh_record_id (plan->patient));
  mh_record_set_text (event, MH_DELTA_EVENT_ORDER_ID, order_id);
  mh_record_set_text (event, MH_DELTA_EVENT_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (event, MH_DELTA_EVENT_BY_NAME, mh_actor_name (req->actor));

  /* Without a time: some while before the sample, the last there is. */
  if (!mh_record_has (event, MH_DELTA_EVENT_AT))
    mh_record_set_int (event, MH_DELTA_EVENT_AT,
                       plan->collected_at != 0 ? plan->collected_at : plan->now);

  if (!mh_tx_insert (req->tx, event, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  g_ptr_array_add (plan->events, g_object_ref (event));
  return judge_again (req->tx, plan, error)
             ? mh_results_plan_sheet (plan, req->actor, /* test */ NULL)
             : NULL;
}
