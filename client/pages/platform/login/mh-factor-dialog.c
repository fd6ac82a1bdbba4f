/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/login/mh-factor-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-code-area.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-told-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-second-factor.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_FACTOR_DIALOG (mh_factor_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhFactorDialog, mh_factor_dialog, MH, FACTOR_DIALOG, MhDialog)

struct _MhFactorDialog
{
  MhDialog parent_instance;
  GtkStack *steps; /* wait, off, scan, on */
  GtkEditable *password, *code, *off_password, *off_code;
  GtkEditable *first; /* of the step on show; or NULL */
  GtkLabel *secret, *left;
  GtkDrawingArea *picture;
};

G_DEFINE_FINAL_TYPE (MhFactorDialog, mh_factor_dialog, MH_TYPE_DIALOG)

static void
show_step (MhFactorDialog *dialog, const char *step, GtkEditable *first)
{
  gtk_stack_set_visible_child_name (dialog->steps, step);
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  dialog->first = first;
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
show_error (MhFactorDialog *dialog, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  g_autofree char *words = issues != NULL && mh_issues_count (issues) > 0
                               ? mh_words_issue (mh_issues_nth (issues, 0), NULL)
                               : mh_words_error (error);
  mh_dialog_complain (MH_DIALOG (dialog), words);
  if (dialog->first == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (dialog->first));
  gtk_editable_select_region (dialog->first, 0, -1);
}

/* The answer's record when it came and the dialog is still there; otherwise NULL, and what went
 * wrong is told. *out_done: the answer was yes, with or without a record. */
static MhRecord *
take_answer (MhFactorDialog *dialog, GObject *source, GAsyncResult *result, gboolean *out_done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  *out_done = FALSE;
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return NULL;

  mh_sensitive_set (GTK_WIDGET (dialog->steps), TRUE);
  if (outcome == NULL)
    {
      show_error (dialog, error);
      return NULL;
    }

  *out_done = TRUE;
  return outcome->record != NULL ? g_object_ref (outcome->record) : NULL;
}

static void
factor_dialog_submit (MhFactorDialog *dialog,
                      const char *route,
                      MhRecord *body,
                      GAsyncReadyCallback then)
{
  mh_sensitive_set (GTK_WIDGET (dialog->steps), FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = route, .body = body }, NULL, then,
                    g_object_ref (dialog));
}

/* --- what it is now --- */

static void
factor_dialog_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFactorDialog) dialog = data;
  gboolean done = FALSE;
  g_autoptr (MhRecord) view = take_answer (dialog, source, result, &done);
  if (view == NULL)
    return;

  guint left = (guint)mh_record_int (view, MH_FACTOR_VIEW_RECOVERY_LEFT);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u recovery code is left.", "%u recovery codes are left.", left), left);

  gtk_label_set_label (dialog->left, words);
  if (mh_record_bool (view, MH_FACTOR_VIEW_ENABLED))
    show_step (dialog, "on", dialog->off_password);
  else
    show_step (dialog, "off", dialog->password);
}

static void
factor_dialog_begin (MhDialog *dialog)
{
  factor_dialog_submit (MH_FACTOR_DIALOG (dialog), "factor.read", NULL, factor_dialog_read_cb);
}

/* --- on --- */

/* Groups of four are easier to type over. */
static char *
in_groups (const char *secret)
{
  GString *out = g_string_new (NULL);
  for (gsize i = 0; secret[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, secret[i]);
    }
  return g_string_free (out, FALSE);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFactorDialog) dialog = data;
  gboolean done = FALSE;
  g_autoptr (MhRecord) view = take_answer (dialog, source, result, &done);
  if (view == NULL)
    return;
  g_autofree char *secret = in_groups (mh_record_text (view, MH_FACTOR_VIEW_SECRET));
  gtk_label_set_label (dialog->secret, secret);
  mh_code_area_show (dialog->picture, mh_record_text (view, MH_FACTOR_VIEW_URI));
  gtk_editable_set_text (dialog->password, "");
  show_step (dialog, "scan", dialog->code);
}

static void
factor_dialog_begin_cb (MhFactorDialog *dialog)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_factor_begin_type);
  const char *password = gtk_editable_get_text (dialog->password);
  if (*password == '\0')
    return;
  mh_record_set_text (body, MH_FACTOR_BEGIN_PASSWORD, password);
  factor_dialog_submit (dialog, "factor.begin", body, begun_cb);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFactorDialog) dialog = data;
  gboolean done = FALSE;
  g_autoptr (MhRecord) view = take_answer (dialog, source, result, &done);
  if (view == NULL)
    return;

  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  const char *const *codes = mh_record_list (view, MH_FACTOR_VIEW_RECOVERY);
  g_autofree char *text = codes != NULL ? g_strjoinv ("\n", (char **)codes) : g_strdup ("");
  const MhTold told = {
    .title = _ ("Recovery codes"),
    .reason = _ ("The second factor is on. Each of these codes opens your account once without the "
                 "app. They are shown only now: copy them to a safe place, not onto the phone."),
    .text = text,
  };

  if (opener != NULL)
    mh_told_dialog_show (opener, context, &told);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
confirm_cb (MhFactorDialog *dialog)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_factor_code_type);
  const char *code = gtk_editable_get_text (dialog->code);
  if (*code == '\0')
    return;
  mh_record_set_text (body, MH_FACTOR_CODE_CODE, code);
  factor_dialog_submit (dialog, "factor.confirm", body, confirmed_cb);
}

/* --- off --- */

static void
off_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFactorDialog) dialog = data;
  gboolean done = FALSE;
  g_autoptr (MhRecord) nothing = take_answer (dialog, source, result, &done);
  if (!done)
    return;
  mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), _ ("The second factor is off"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
turn_off_cb (MhFactorDialog *dialog)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_factor_off_type);
  const char *password = gtk_editable_get_text (dialog->off_password);
  const char *code = gtk_editable_get_text (dialog->off_code);

  if (*password == '\0' || *code == '\0')
    {
      gtk_widget_grab_focus (
          GTK_WIDGET (*password == '\0' ? dialog->off_password : dialog->off_code));
      return;
    }

  mh_record_set_text (body, MH_FACTOR_OFF_PASSWORD, password);
  mh_record_set_text (body, MH_FACTOR_OFF_CODE, code);
  factor_dialog_submit (dialog, "factor.off", body, off_cb);
}

/* --- making it --- */

static void
mh_factor_dialog_class_init (MhFactorDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->begin = factor_dialog_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/login/mh-factor-dialog"));
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, steps);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, password);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, code);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, off_password);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, off_code);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, secret);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, left);
  gtk_widget_class_bind_template_child (widget, MhFactorDialog, picture);
  gtk_widget_class_bind_template_callback (widget, factor_dialog_begin_cb);
  gtk_widget_class_bind_template_callback (widget, confirm_cb);
  gtk_widget_class_bind_template_callback (widget, turn_off_cb);
}

static void
mh_factor_dialog_init (MhFactorDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_factor_dialog_show (GtkWidget *parent, MhContext *context)
{
  MhFactorDialog *dialog = g_object_new (MH_TYPE_FACTOR_DIALOG, "context", context, NULL);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
