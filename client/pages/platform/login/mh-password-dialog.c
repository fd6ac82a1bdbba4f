/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/login/mh-password-dialog.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-user.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_PASSWORD_DIALOG (mh_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhPasswordDialog, mh_password_dialog, MH, PASSWORD_DIALOG, MhDialog)

struct _MhPasswordDialog
{
  MhDialog parent_instance;
  GtkWidget *save;
  GtkEditable *present, *fresh, *again;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (MhPasswordDialog, mh_password_dialog, MH_TYPE_DIALOG)

static gboolean
password_dialog_is_complete (MhPasswordDialog *dialog)
{
  const char *fresh = gtk_editable_get_text (dialog->fresh);
  return !dialog->busy && gtk_editable_get_text (dialog->present)[0] != 0 && fresh[0] != 0
         && g_str_equal (fresh, gtk_editable_get_text (dialog->again));
}

static void
password_dialog_typed_cb (MhPasswordDialog *dialog)
{
  const char *fresh = gtk_editable_get_text (dialog->fresh);
  const char *again = gtk_editable_get_text (dialog->again);
  gboolean differ = again[0] != 0 && !g_str_has_prefix (fresh, again);
  mh_dialog_complain (MH_DIALOG (dialog), differ ? _ ("The two new passwords differ.") : "");
  gtk_widget_set_sensitive (dialog->save, password_dialog_is_complete (dialog));
}

static void
password_dialog_next_cb (GtkWidget *row, MhPasswordDialog *dialog)
{
  gtk_widget_grab_focus (
      GTK_WIDGET (row == GTK_WIDGET (dialog->present) ? dialog->fresh : dialog->again));
}

static char *
password_dialog_problem_in_words (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  return issues != NULL && mh_issues_count (issues) > 0
             ? mh_words_issue (mh_issues_nth (issues, 0), NULL)
             : mh_words_error (error);
}

static void
password_dialog_changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPasswordDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome != NULL)
    {
      mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), _ ("Your password is changed"));
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }

  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  g_autofree char *words = password_dialog_problem_in_words (error);
  const MhIssues *issues = mh_error_get_issues (error);
  dialog->busy = FALSE;
  password_dialog_typed_cb (dialog);
  mh_dialog_complain (MH_DIALOG (dialog), words);

  gboolean present = issues != NULL && mh_issues_find (issues, "current") != NULL;
  gtk_widget_grab_focus (GTK_WIDGET (present ? dialog->present : dialog->fresh));
}

static void
password_dialog_save_cb (MhPasswordDialog *dialog)
{
  g_autoptr (MhRecord) change = mh_record_new (&mh_password_change_type);
  if (!password_dialog_is_complete (dialog))
    return;
  mh_record_set_text (change, MH_PASSWORD_CHANGE_CURRENT, gtk_editable_get_text (dialog->present));
  mh_record_set_text (change, MH_PASSWORD_CHANGE_PASSWORD, gtk_editable_get_text (dialog->fresh));
  dialog->busy = TRUE;
  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "session.password", .body = change }, NULL,
                    password_dialog_changed_cb, g_object_ref (dialog));
}

static void
mh_password_dialog_class_init (MhPasswordDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/login/mh-password-dialog"));
  gtk_widget_class_bind_template_child (widget, MhPasswordDialog, present);
  gtk_widget_class_bind_template_child (widget, MhPasswordDialog, fresh);
  gtk_widget_class_bind_template_child (widget, MhPasswordDialog, again);
  gtk_widget_class_bind_template_child (widget, MhPasswordDialog, save);
  gtk_widget_class_bind_template_callback (widget, password_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, password_dialog_next_cb);
  gtk_widget_class_bind_template_callback (widget, password_dialog_save_cb);
}

static void
mh_password_dialog_init (MhPasswordDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_password_dialog_show (GtkWidget *parent, MhContext *context)
{
  MhPasswordDialog *dialog = g_object_new (MH_TYPE_PASSWORD_DIALOG, "context", context, NULL);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
