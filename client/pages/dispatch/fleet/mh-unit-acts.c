/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-unit-acts.h"

#include "client/models/mh-command.h"
#include "client/pages/dispatch/fleet/mh-fleet.h"
#include "client/pages/dispatch/fleet/mh-unit-words.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-act.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"

#include <glib/gi18n-lib.h>

#define USUAL_HOURS 12 /* of a shift, until a person says otherwise */

/* --- the register --- */

void
mh_unit_register (GtkWidget *opener, MhContext *context)
{
  static const char *const fields[]
      = { "code", "kind", "can", "plate", "station", "zone", "note", NULL };
  g_autoptr (MhRecord) draft = mh_record_new (&mh_unit_type);
  mh_record_set_bool (draft, MH_UNIT_ACTIVE, TRUE);
  const MhEntryWanted wanted = { .title = _ ("New unit"),
                                 .save = _ ("_Save"),
                                 .fields = fields,
                                 .route = "unit.create",
                                 .draft = draft };
  mh_entry_dialog_show (opener, context, &wanted);
}

void
mh_unit_change (GtkWidget *opener, MhContext *context, MhRecord *unit)
{
  static const char *const fields[] = { "kind", "can", "plate", "station", "zone", "note", NULL };
  g_autofree char *crew = mh_unit_crew_text (unit);
  g_autofree char *hint
      = g_strdup_printf (_ ("%s · %s"), mh_record_text (unit, MH_UNIT_CODE), crew);
  const MhEntryWanted wanted
      = { .title = _ ("Change unit"),
          .save = _ ("_Save"),
          .hint = mh_fleet_crew (unit) != NULL ? hint : mh_record_text (unit, MH_UNIT_CODE),
          .fields = fields,
          .route = "unit.update",
          .draft = unit };
  mh_entry_dialog_show (opener, context, &wanted);
}

/* --- its state --- */

static GtkWidget *
unit_acts_dress_out (GtkBox *place, MhRecordSlot *slot, MhForm *form)
{
  mh_record_set_text (mh_record_slot_record (slot), MH_UNIT_STATE_STATE, MH_UNIT_OUT_OF_SERVICE);
  return NULL;
}

void
mh_unit_take_out (GtkWidget *opener, MhContext *context, MhRecord *state)
{
  static const char *const fields[] = { "reason", NULL };
  const MhEntryWanted wanted = { .title = _ ("Take out of service"),
                                 .save = _ ("_Take out of service"),
                                 .hint = mh_record_text (state, MH_UNIT_STATE_UNIT_CODE),
                                 .fields = fields,
                                 .route = "unit_state.update",
                                 .draft = state,
                                 .dress = unit_acts_dress_out };
  mh_entry_dialog_show (opener, context, &wanted);
}

typedef struct
{
  GtkWidget *opener;
  MhContext *context;
  MhRecord *was;
} Back;

static void
unit_acts_back_free (Back *back)
{
  g_object_unref (back->opener);
  g_object_unref (back->context);
  g_object_unref (back->was);
  g_free (back);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Back, unit_acts_back_free)

/* What waits for the server cannot be taken back yet. */
static void
unit_acts_back_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Back) act = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  MhRecord *now = outcome != NULL ? outcome->record : NULL;
  if (error != NULL)
    mh_shell_fail (act->opener, error);
  else if (outcome != NULL && outcome->waiting)
    mh_shell_toast (act->opener, _ ("Kept here until the server is back"));
  if (now == NULL || outcome->waiting)
    return;

  g_autoptr (MhRecord) patch = mh_undo_patch (act->was, now);
  const MhTakeBack back = { .route = "unit_state.update",
                            .id = mh_record_id (now),
                            .body = patch,
                            .base = now,
                            .undone = _ ("It is as it was before") };
  g_autofree char *done
      = g_strdup_printf (_ ("%s is available"), mh_record_text (now, MH_UNIT_STATE_UNIT_CODE));
  mh_undo_offer (act->opener, act->context, done, patch != NULL ? &back : NULL);
}

void
mh_unit_put_back (GtkWidget *opener, MhContext *context, MhRecord *state)
{
  g_autoptr (MhRecord) seen = mh_record_copy (state);
  mh_record_set_text (seen, MH_UNIT_STATE_STATE, MH_UNIT_AVAILABLE);
  mh_record_set_null (seen, MH_UNIT_STATE_REASON);
  g_autoptr (MhRecord) patch = mh_undo_patch (seen, state);
  const char *args[] = { "id", mh_record_id (state), NULL };
  const MhCommand command = {
    .route = "unit_state.update", .args = args, .body = patch, .base = state, .optimistic = seen
  };
  Back *back = g_new0 (Back, 1);
  back->opener = g_object_ref (opener);
  back->context = g_object_ref (context);
  back->was = mh_record_copy (state); /* the list's own changes in place */
  mh_command_async (context, &command, NULL, unit_acts_back_cb, back);
}

/* --- who is on it --- */

static void
unit_acts_signed_on_cb (GtkWidget *opener, MhRecord *answer, gpointer context)
{
  const MhTakeBack back
      = { .route = "crew_shift.end", .id = mh_record_id (answer), .undone = _ ("Signed off") };
  g_autofree char *done
      = g_strdup_printf (_ ("%s is on %s"), mh_record_text (answer, MH_CREW_SHIFT_USER_NAME),
                         mh_record_text (answer, MH_CREW_SHIFT_UNIT_CODE));
  mh_undo_offer (opener, context, done, &back);
}

/* "A1 · Ambulance, ALS"; NULL: of none. Caller frees. */
static char *
unit_acts_hint (MhRecord *unit)
{
  g_autofree char *what = unit != NULL ? mh_unit_what_text (unit) : NULL;
  return unit != NULL ? g_strdup_printf (_ ("%s · %s"), mh_record_text (unit, MH_UNIT_CODE), what)
                      : NULL;
}

void
mh_unit_sign_on (GtkWidget *opener, MhContext *context, MhRecord *unit, const char *user_id)
{
  static const char *const all[] = { "unit_id", "user_id", "duty", "until" };
  const gboolean asked[] = { unit == NULL, user_id == NULL, TRUE, TRUE };
  const char *fields[G_N_ELEMENTS (all) + 1] = { NULL };
  const gint64 now = mh_when_now ();
  g_autofree char *hint = unit_acts_hint (unit);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_crew_shift_type);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (all); i++)
    if (asked[i])
      fields[n++] = all[i];

  mh_record_set_int (draft, MH_CREW_SHIFT_UNTIL, now - now % MH_MINUTE + USUAL_HOURS * MH_HOUR);
  if (unit != NULL)
    mh_record_set_text (draft, MH_CREW_SHIFT_UNIT_ID, mh_record_id (unit));
  if (user_id != NULL)
    mh_record_set_text (draft, MH_CREW_SHIFT_USER_ID, user_id);
  const MhEntryWanted wanted = { .title = _ ("Sign on"),
                                 .save = _ ("_Sign on"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "crew_shift.begin",
                                 .draft = draft,
                                 .done = unit_acts_signed_on_cb,
                                 .data = context,
                                 .about = unit };
  mh_entry_dialog_show (opener, context, &wanted);
}

void
mh_unit_sign_off (GtkWidget *opener, MhContext *context, MhRecord *shift, gboolean others)
{
  const char *name = mh_record_text (shift, MH_CREW_SHIFT_USER_NAME);
  const char *code = mh_record_text (shift, MH_CREW_SHIFT_UNIT_CODE);
  const char *args[] = { "id", mh_record_id (shift), NULL };
  g_autofree char *body
      = others ? g_strdup_printf (_ ("%s is not on %s any more from now on."), name, code)
               : g_strdup_printf (_ ("%s is the last one on %s, which is off duty from now on."),
                                  name, code);
  const MhActQuestion question = { _ ("Sign off?"), body, _ ("Sign off") };
  mh_act_asked (opener, context, &question, &(MhCommand){ .route = "crew_shift.end", .args = args },
                _ ("Signed off"));
}
