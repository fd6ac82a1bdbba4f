/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-death-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/records/people/mh-death.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define MH_TYPE_DEATH_DIALOG (mh_death_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhDeathDialog, mh_death_dialog, MH, DEATH_DIALOG, MhDialog)

struct _MhDeathDialog
{
  MhDialog parent_instance;
  char *patient_id;
  GtkEditable *day, *hour, *told_by, *cause; /* of a death */
  GtkEditable *reason;                       /* of a mistake; NULL: it is a death */
  GtkWidget *place, *save;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (MhDeathDialog, mh_death_dialog, MH_TYPE_DIALOG)

/* --- saving --- */

static void
death_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDeathDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  g_autofree char *patient_id = g_strdup (dialog->patient_id);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  mh_dialog_end (MH_DIALOG (dialog),
                 outcome->waiting ? _ ("Kept here until the server is back") : _ ("Saved"));
  if (opener != NULL)
    mh_shell_go (opener, "chart", patient_id);
}

/* The instant of what is typed; 0: it is none. */
static gint64
died_at (MhDeathDialog *dialog)
{
  MhDate day;
  int hour = -1, minute = -1, n_read = 0;
  const char *typed = gtk_editable_get_text (dialog->hour);
  if (!mh_typed_day_parse (gtk_editable_get_text (dialog->day), &day)
      || sscanf (typed, "%2d:%2d%n", &hour, &minute, &n_read) != 2 || typed[n_read] != 0 || hour < 0
      || hour > 23 || minute < 0 || minute > 59)
    return 0;
  return mh_when_midnight (day) + hour * MH_HOUR + minute * MH_MINUTE;
}

static gboolean
death_dialog_complain (MhDeathDialog *dialog, GtkEditable *at, const char *words)
{
  mh_refusal_say (GTK_WIDGET (at), words, dialog->problem);
  return FALSE;
}

static gboolean
fill_death (MhDeathDialog *dialog, MhRecord *death)
{
  gint64 at = died_at (dialog);
  if (at == 0)
    return death_dialog_complain (dialog, dialog->day,
                                  _ ("Give the day and the hour, such as 12/11/2026 and 14:30."));
  if (*gtk_editable_get_text (dialog->told_by) == 0)
    return death_dialog_complain (dialog, dialog->told_by, _ ("Say who certified or told it."));
  mh_record_set_int (death, MH_DEATH_DIED_AT, at);
  mh_record_set_text (death, MH_DEATH_TOLD_BY, gtk_editable_get_text (dialog->told_by));
  if (*gtk_editable_get_text (dialog->cause) != 0)
    mh_record_set_text (death, MH_DEATH_CAUSE, gtk_editable_get_text (dialog->cause));
  return TRUE;
}

static gboolean
fill_withdrawal (MhDeathDialog *dialog, MhRecord *withdrawal)
{
  const char *reason = gtk_editable_get_text (dialog->reason);
  if (*reason == 0)
    return death_dialog_complain (dialog, dialog->reason, _ ("Say why it was a mistake."));
  mh_record_set_text (withdrawal, MH_DEATH_WITHDRAWAL_REASON, reason);
  return TRUE;
}

static void
death_dialog_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDeathDialog *dialog = MH_DEATH_DIALOG (widget);
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  gboolean back = dialog->reason != NULL;
  g_autoptr (MhRecord) body = mh_record_new (back ? &mh_death_withdrawal_type : &mh_death_type);
  const char *args[] = { "id", dialog->patient_id, NULL };

  if (context == NULL || !gtk_widget_get_sensitive (dialog->save)
      || !(back ? fill_withdrawal (dialog, body) : fill_death (dialog, body)))
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (context,
                    &(MhCommand){ .route = back ? "patient.death_withdraw" : "patient.death",
                                  .args = args,
                                  .body = body },
                    NULL, death_dialog_saved_cb, g_object_ref (dialog));
}

/* --- making it --- */

static GtkEditable *
add_entry (GtkWidget *box, const char *field, const char *label)
{
  GtkWidget *entry = gtk_entry_new ();
  mh_box_append (box, mh_label (label, NULL));
  gtk_widget_set_name (entry, field);
  mh_accessible_name (entry, label);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 120);
  mh_box_append (box, entry);
  return GTK_EDITABLE (entry);
}

static void
mh_death_dialog_finalize (GObject *object)
{
  g_free (MH_DEATH_DIALOG (object)->patient_id);
  G_OBJECT_CLASS (mh_death_dialog_parent_class)->finalize (object);
}

static void
mh_death_dialog_class_init (MhDeathDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "death";
  G_OBJECT_CLASS (klass)->finalize = mh_death_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-death-dialog"));
  gtk_widget_class_bind_template_child (widget, MhDeathDialog, place);
  gtk_widget_class_bind_template_child (widget, MhDeathDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhDeathDialog, save);
  mh_closures_bind (widget);
  gtk_widget_class_install_action (widget, "death.save", NULL, death_dialog_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "death.save", NULL);
}

static void
mh_death_dialog_init (MhDeathDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static void
fill_box (MhDeathDialog *dialog, GtkWidget *box, MhRecord *patient)
{
  if (!mh_record_bool (patient, MH_PATIENT_DECEASED))
    {
      mh_box_append (box, mh_label (_ ("Bookings to come, tokens and wishes of this patient end at "
                                       "once, and nothing can be ordered, booked or prescribed any "
                                       "more."),
                                    NULL));
      dialog->day = add_entry (box, "died_at", _ ("Day of death, such as 12/11/2026"));
      dialog->hour = add_entry (box, "hour", _ ("Hour of death, such as 14:30"));
      dialog->told_by = add_entry (box, "told_by", _ ("Certified or told by"));
      dialog->cause = add_entry (box, "cause", _ ("Cause, if known"));
      return;
    }

  const char *told_by = mh_record_text (patient, MH_PATIENT_DEATH_TOLD_BY);
  const char *cause = mh_record_text (patient, MH_PATIENT_DEATH_CAUSE);
  g_autofree char *when = mh_words_time (mh_record_int (patient, MH_PATIENT_DECEASED_AT));
  g_autofree char *known
      = g_strdup_printf ("%s%s%s%s%s", mh_record_has (patient, MH_PATIENT_DECEASED_AT) ? when : "",
                         told_by != NULL ? " · " : "", told_by != NULL ? told_by : "",
                         cause != NULL ? " · " : "", cause != NULL ? cause : "");

  mh_box_append (box, mh_label (known, "heading"));
  mh_box_append (
      box, mh_label (_ ("If this was a mistake, say why. What was cancelled then stays cancelled."),
                     NULL));
  dialog->reason = add_entry (box, "reason", _ ("Why it was a mistake"));
}

void
mh_death_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *patient)
{
  g_autofree char *name = mh_words_patient (patient);

  /* Translators: %s is a patient */
  g_autofree char *title = g_strdup_printf (_ ("Death of %s"), name);
  MhDeathDialog *dialog
      = g_object_new (MH_TYPE_DEATH_DIALOG, "context", context, "title", title, NULL);

  dialog->patient_id = g_strdup (mh_record_id (patient));
  fill_box (dialog, dialog->place, patient);
  if (dialog->reason != NULL)
    mh_key_button_set_text (MH_KEY_BUTTON (dialog->save), _ ("_Take the death back"));
  mh_dialog_about (MH_DIALOG (dialog), dialog->patient_id);
  mh_dialog_show (MH_DIALOG (dialog), opener);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->reason != NULL ? dialog->reason : dialog->day));
}
