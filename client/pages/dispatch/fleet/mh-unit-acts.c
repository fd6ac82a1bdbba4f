/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-unit-acts.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/dispatch/fleet/mh-fleet.h"
#include "client/pages/dispatch/fleet/mh-unit-words.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"

#include <glib/gi18n-lib.h>

#define USUAL_HOURS 8 /* of a shift, until a person says otherwise */

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
mh_unit_take_out (GtkWidget *opener, MhContext *context, MhRecord *unit)
{
  static const char *const fields[] = { "reason", NULL };
  const MhEntryWanted wanted = { .title = _ ("Take out of service"),
                                 .save = _ ("_Take out of service"),
                                 .hint = mh_record_text (unit, MH_UNIT_CODE),
                                 .fields = fields,
                                 .route = "unit_state.update",
                                 .draft = mh_fleet_state (unit),
                                 .dress = unit_acts_dress_out };
  mh_entry_dialog_show (opener, context, &wanted);
}

typedef struct
{
  GtkWidget *opener;
  MhContext *context;
  MhRecord *about; /* the state as it was, or the shift */
} Act;

static Act *
unit_acts_new (GtkWidget *opener, MhContext *context, MhRecord *about)
{
  Act *act = g_new0 (Act, 1);
  act->opener = g_object_ref (opener);
  act->context = g_object_ref (context);
  act->about = g_object_ref (about);
  return act;
}

static void
unit_acts_free (Act *act)
{
  g_object_unref (act->opener);
  g_object_unref (act->context);
  g_object_unref (act->about);
  g_free (act);
}
typedef Act UnitAct;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UnitAct, unit_acts_free)

static void
unit_acts_back_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (UnitAct) act = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  MhRecord *now = outcome != NULL ? outcome->record : NULL;
  if (error != NULL)
    mh_shell_fail (act->opener, error);
  if (now == NULL)
    return;
  g_autoptr (MhRecord) patch = mh_undo_patch (act->about, now);
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
mh_unit_put_back (GtkWidget *opener, MhContext *context, MhRecord *unit)
{
  MhRecord *was = mh_fleet_state (unit);
  g_autoptr (MhRecord) wanted = mh_record_copy (was);
  mh_record_set_text (wanted, MH_UNIT_STATE_STATE, MH_UNIT_AVAILABLE);
  mh_record_unset (wanted, MH_UNIT_STATE_REASON);
  g_autoptr (MhRecord) patch = mh_undo_patch (wanted, was);
  const char *args[] = { "id", mh_record_id (was), NULL };
  mh_command_async (
      context,
      &(MhCommand){ .route = "unit_state.update", .args = args, .body = patch, .base = was }, NULL,
      unit_acts_back_cb, unit_acts_new (opener, context, was));
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

void
mh_unit_sign_on (GtkWidget *opener, MhContext *context, MhRecord *unit, const char *user_id)
{
  static const char *const fields[] = { "user_id", "duty", "until", NULL };
  const gint64 now = mh_when_now ();
  g_autofree char *what = mh_unit_what_text (unit);
  g_autofree char *hint
      = g_strdup_printf (_ ("%s · %s"), mh_record_text (unit, MH_UNIT_CODE), what);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_crew_shift_type);
  mh_record_set_text (draft, MH_CREW_SHIFT_UNIT_ID, mh_record_id (unit));
  mh_record_set_int (draft, MH_CREW_SHIFT_UNTIL, now - now % MH_MINUTE + USUAL_HOURS * MH_HOUR);
  if (user_id != NULL)
    mh_record_set_text (draft, MH_CREW_SHIFT_USER_ID, user_id);
  const MhEntryWanted wanted = { .title = _ ("Sign on"),
                                 .save = _ ("_Sign on"),
                                 .hint = hint,
                                 .fields = user_id != NULL ? fields + 1 : fields,
                                 .route = "crew_shift.begin",
                                 .draft = draft,
                                 .done = unit_acts_signed_on_cb,
                                 .data = context,
                                 .about = unit };
  mh_entry_dialog_show (opener, context, &wanted);
}

static void
unit_acts_signed_off_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (UnitAct) act = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (error != NULL)
    mh_shell_fail (act->opener, error);
  else if (outcome != NULL)
    mh_shell_toast (act->opener, _ ("Signed off"));
}

static void
unit_acts_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (UnitAct) act = data;
  if (!mh_ask_finish (result))
    return;
  const char *args[] = { "id", mh_record_id (act->about), NULL };
  MhContext *context = act->context;
  mh_command_async (context, &(MhCommand){ .route = "crew_shift.end", .args = args }, NULL,
                    unit_acts_signed_off_cb, g_steal_pointer (&act));
}

void
mh_unit_sign_off (GtkWidget *opener, MhContext *context, MhRecord *unit, MhRecord *shift)
{
  GPtrArray *crew = mh_fleet_crew (unit);
  const char *name = mh_record_text (shift, MH_CREW_SHIFT_USER_NAME);
  const char *code = mh_record_text (unit, MH_UNIT_CODE);
  g_autofree char *body
      = crew != NULL && crew->len > 1
            ? g_strdup_printf (_ ("%s is not on %s any more from now on."), name, code)
            : g_strdup_printf (_ ("%s is the last one on %s, which is off duty from now on."), name,
                               code);
  mh_ask_async (opener, _ ("Sign off?"), body, _ ("Sign off"), FALSE, unit_acts_asked_cb,
                unit_acts_new (opener, context, shift));
}
