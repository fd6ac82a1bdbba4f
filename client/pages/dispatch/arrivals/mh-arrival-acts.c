/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/arrivals/mh-arrival-acts.h"

#include "client/pages/dispatch/hospitals/mh-site-acts.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-act.h"
#include "client/widgets/base/mh-when.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/dispatch/mh-arrival-steps.h"

#include <glib/gi18n-lib.h>

gboolean
mh_arrival_may (MhContext *context, MhRecord *arrival, const char *step)
{
  if (context == NULL || arrival == NULL
      || mh_arrival_after (mh_record_text (arrival, MH_ARRIVAL_STATE), step) == NULL)
    return FALSE;
  return g_str_equal (step, MH_ARRIVAL_CANCEL)
             ? mh_context_may (context, MH_MAY_WRITE_CALL)
             : mh_site_may_speak (context, mh_record_text (arrival, MH_ARRIVAL_MEMBER_ID),
                                  MH_MAY_ANSWER_ARRIVAL);
}

/* What the desk holds of it until the server has the step. */
static MhRecord *
arrival_acts_after (MhRecord *arrival, MhRecord *body)
{
  MhRecord *seen = mh_record_copy (arrival);
  const char *state = mh_arrival_after (mh_record_text (arrival, MH_ARRIVAL_STATE),
                                        mh_record_text (body, MH_ARRIVAL_STEP_STEP));
  mh_record_set_text (seen, MH_ARRIVAL_STATE, state);
  if (g_strcmp0 (state, MH_ARRIVAL_ARRIVED) == 0)
    mh_record_set_int (seen, MH_ARRIVAL_ARRIVED_AT, mh_when_now ());
  if (!mh_arrival_is_open (state))
    mh_record_set_int (seen, MH_ARRIVAL_ENDED_AT, mh_when_now ());
  return seen;
}

static const char *
arrival_acts_done_words (const char *step)
{
  return g_str_equal (step, MH_ARRIVAL_ACCEPT)      ? _ ("Accepted; the dispatcher sees it")
         : g_str_equal (step, MH_ARRIVAL_ARRIVE)    ? _ ("The patient is here")
         : g_str_equal (step, MH_ARRIVAL_HAND_OVER) ? _ ("The patient is taken over")
                                                    : _ ("Nobody comes");
}

/* --- with a reason --- */

static void
arrival_acts_refuse (GtkWidget *opener, MhContext *context, MhRecord *arrival, MhRecord *body)
{
  static const char *const fields[] = { "refusal", "note", NULL };
  const MhEntryWanted wanted = { .title = _ ("Refuse the patient"),
                                 .save = _ ("_Refuse"),
                                 .hint = mh_record_text (arrival, MH_ARRIVAL_WHAT),
                                 .fields = fields,
                                 .route = "arrival.step",
                                 .id = mh_record_id (arrival),
                                 .draft = body,
                                 .about = arrival,
                                 .seen = arrival_acts_after };
  mh_entry_dialog_show (opener, context, &wanted);
}

void
mh_arrival_do (GtkWidget *opener, MhContext *context, MhRecord *arrival, const char *step)
{
  if (!mh_arrival_may (context, arrival, step))
    return;

  const MhActQuestion question
      = { _ ("Does nobody come?"), _ ("The hospital is told, and the bed is free again."),
          _ ("Nobody comes") };
  const char *args[] = { "id", mh_record_id (arrival), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_arrival_step_type);
  mh_record_set_text (body, MH_ARRIVAL_STEP_STEP, step);
  if (g_str_equal (step, MH_ARRIVAL_REFUSE))
    {
      arrival_acts_refuse (opener, context, arrival, body);
      return;
    }

  g_autoptr (MhRecord) seen = arrival_acts_after (arrival, body);
  const MhCommand command
      = { .route = "arrival.step", .args = args, .body = body, .optimistic = seen };
  if (g_str_equal (step, MH_ARRIVAL_CANCEL))
    mh_act_asked (opener, context, &question, &command, arrival_acts_done_words (step));
  else
    mh_act (opener, context, &command, arrival_acts_done_words (step));
}
