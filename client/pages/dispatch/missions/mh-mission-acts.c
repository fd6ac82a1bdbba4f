/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/missions/mh-mission-acts.h"

#include "client/pages/dispatch/missions/mh-mission-words.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-act.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-id.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/rules/dispatch/mh-mission-clock.h"

#include <glib/gi18n-lib.h>

/* --- steps --- */

/* What the desk holds of it until the server has the step. */
static MhRecord *
mission_acts_after (MhRecord *mission, MhRecord *body)
{
  MhRecord *seen = mh_record_copy (mission);
  const gint64 at = mh_record_int (body, MH_MISSION_STEP_AT);
  mh_mission_clock_do (seen, mh_record_text (body, MH_MISSION_STEP_STEP),
                       at != 0 ? at : mh_when_now ());
  return seen;
}

static MhRecord *
mission_acts_body (const char *step)
{
  MhRecord *body = mh_record_new (&mh_mission_step_type);
  mh_record_take_text (body, MH_MISSION_STEP_ID, mh_id_new ());
  mh_record_set_text (body, MH_MISSION_STEP_STEP, step);
  return body;
}

void
mh_mission_tell (GtkWidget *opener, MhContext *context, MhRecord *mission, const char *step)
{
  const char *args[] = { "id", mh_record_id (mission), NULL };
  g_autoptr (MhRecord) body = mission_acts_body (step);
  g_autoptr (MhRecord) seen = mission_acts_after (mission, body);
  const MhCommand command
      = { .route = "mission.step", .args = args, .body = body, .optimistic = seen };
  /* Translators: a unit and what was told of it, "A12: On the way" */
  g_autofree char *done = g_strdup_printf (
      _ ("%s: %s"), mh_record_text (mission, MH_MISSION_UNIT_CODE), mh_mission_step_words (step));
  mh_act (opener, context, &command, done);
}

/* "A12 · MH-E000001". Caller frees. */
static char *
mission_acts_hint (MhRecord *mission)
{
  return g_strdup_printf (_ ("%s · %s"), mh_record_text (mission, MH_MISSION_UNIT_CODE),
                          mh_record_text (mission, MH_MISSION_CALL_NUMBER));
}

static void
mission_acts_ask_step (GtkWidget *opener,
                       MhContext *context,
                       MhRecord *mission,
                       const char *step,
                       const MhEntryWanted *how)
{
  g_autofree char *hint = mission_acts_hint (mission);
  g_autoptr (MhRecord) draft = mission_acts_body (step);
  MhEntryWanted wanted = *how;
  wanted.hint = hint;
  wanted.route = "mission.step";
  wanted.id = mh_record_id (mission);
  wanted.draft = draft;
  wanted.about = mission;
  wanted.seen = mission_acts_after;
  mh_entry_dialog_show (opener, context, &wanted);
}

void
mh_mission_tell_other (GtkWidget *opener, MhContext *context, MhRecord *mission)
{
  static const char *const fields[] = { "step", "at", NULL };
  const char *next = mh_mission_clock_next (mission);
  if (next != NULL)
    mission_acts_ask_step (opener, context, mission, next,
                           &(MhEntryWanted){ .title = _ ("What the unit tells"),
                                             .save = _ ("_Write down"),
                                             .fields = fields });
}

void
mh_mission_refuse (GtkWidget *opener, MhContext *context, MhRecord *mission)
{
  static const char *const fields[] = { "refusal", "note", NULL };
  mission_acts_ask_step (opener, context, mission, MH_MISSION_STEP_REFUSED,
                         &(MhEntryWanted){ .title = _ ("Refuse the assignment"),
                                           .save = _ ("_Refuse"),
                                           .fields = fields });
}

/* --- by a dispatcher --- */

void
mh_mission_stand_down (GtkWidget *opener, MhContext *context, MhRecord *mission)
{
  static const char *const fields[] = { "reason", "note", NULL };
  g_autofree char *hint = mission_acts_hint (mission);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_mission_standing_down_type);
  const MhEntryWanted wanted = { .title = _ ("Stand the unit down"),
                                 .save = _ ("_Stand down"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "mission.stand_down",
                                 .id = mh_record_id (mission),
                                 .draft = draft };
  mh_entry_dialog_show (opener, context, &wanted);
}

/* The last step stands there with its time: that is what is wrong most often. */
void
mh_mission_correct (GtkWidget *opener, MhContext *context, MhRecord *mission)
{
  static const char *const fields[] = { "step", "at", "reason", NULL };
  MhDispatchClock clock = { 0 };
  mh_mission_clock_read (mission, &clock);
  const MhClockStep last = mh_dispatch_clock_latest (&clock);
  g_autofree char *hint = mission_acts_hint (mission);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_mission_correction_type);
  if (last >= MH_CLOCK_ASSIGNED)
    {
      mh_record_set_text (draft, MH_MISSION_CORRECTION_STEP, mh_dispatch_clock_code (last));
      mh_record_set_int (draft, MH_MISSION_CORRECTION_AT, clock.at[last]);
    }
  const MhEntryWanted wanted = { .title = _ ("Correct a time"),
                                 .save = _ ("_Correct"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "mission.correct",
                                 .id = mh_record_id (mission),
                                 .draft = draft };
  mh_entry_dialog_show (opener, context, &wanted);
}
