/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-glass-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-words.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhGlassDialog
{
  MhDialog parent_instance;
  char *patient_id;
  GtkLabel *intro;
  AdwComboRow *reason;
  GtkTextView *text;
  GtkEditable *password;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (MhGlassDialog, mh_glass_dialog, MH_TYPE_DIALOG)

static guint opened;

static char *
glass_dialog_typed (MhGlassDialog *dialog)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (dialog->text);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static guint
letters_missing (MhGlassDialog *dialog)
{
  g_autofree char *text = glass_dialog_typed (dialog);
  guint n = 0;
  for (const char *c = text; *c != 0; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      n++;
  return n < MH_ACCESS_LEAST_TEXT ? MH_ACCESS_LEAST_TEXT - n : 0;
}

/* The first row of the box asks; the codes follow. */
static const char *
chosen_reason (MhGlassDialog *dialog)
{
  guint row = adw_combo_row_get_selected (dialog->reason);
  return row == 0 || row == GTK_INVALID_LIST_POSITION ? NULL : mh_access_reason_codes[row - 1].code;
}

static char *
glass_dialog_count_cb (MhGlassDialog *dialog)
{
  guint missing = letters_missing (dialog);
  return missing == 0
             ? NULL
             : g_strdup_printf (ngettext ("%u more letter", "%u more letters", missing), missing);
}

static gboolean
glass_dialog_is_complete_cb (MhGlassDialog *dialog)
{
  return !dialog->busy && letters_missing (dialog) == 0 && chosen_reason (dialog) != NULL
         && gtk_editable_get_text (dialog->password)[0] != 0;
}

static void
glass_dialog_typed_cb (MhGlassDialog *dialog)
{
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  mh_dialog_changed (MH_DIALOG (dialog));
}

static void
glass_dialog_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGlassDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  if (answer != NULL)
    {
      g_signal_emit (dialog, opened, 0, answer);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }

  const MhIssues *issues = mh_error_get_issues (error);
  gboolean wrong = issues != NULL && mh_issues_find (issues, "password") != NULL;
  g_autofree char *words
      = wrong ? g_strdup (_ ("This is not your password.")) : mh_words_error (error);

  dialog->busy = FALSE;
  if (wrong)
    gtk_editable_set_text (dialog->password, "");
  glass_dialog_typed_cb (dialog);
  mh_dialog_complain (MH_DIALOG (dialog), words);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->password));
}

static void
glass_dialog_save_cb (MhGlassDialog *dialog)
{
  if (!glass_dialog_is_complete_cb (dialog))
    return;

  g_autofree char *text = glass_dialog_typed (dialog);
  g_autoptr (MhRecord) opening = mh_record_new (&mh_access_opening_type);
  mh_record_set_text (opening, MH_ACCESS_OPENING_PATIENT_ID, dialog->patient_id);
  mh_record_set_text (opening, MH_ACCESS_OPENING_REASON, chosen_reason (dialog));
  mh_record_set_text (opening, MH_ACCESS_OPENING_TEXT, text);
  mh_record_set_text (opening, MH_ACCESS_OPENING_PASSWORD,
                      gtk_editable_get_text (dialog->password));

  g_autofree char *body = mh_record_to_json (opening, MH_JSON_AS_INPUT);
  dialog->busy = TRUE;
  mh_dialog_changed (MH_DIALOG (dialog));
  mh_fetch_async (
      mh_dialog_context (MH_DIALOG (dialog)), &(MhFetch){ .route = "access.open", .body = body },
      mh_dialog_cancellable (MH_DIALOG (dialog)), glass_dialog_answered_cb, g_object_ref (dialog));
}

static void
glass_dialog_cancel_cb (MhGlassDialog *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
fill_reasons (MhGlassDialog *dialog)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gtk_string_list_append (list, _ ("Choose a reason"));
  for (const MhCode *code = mh_access_reason_codes; code->code != NULL; code++)
    gtk_string_list_append (list, _ (code->label));
  adw_combo_row_set_model (dialog->reason, G_LIST_MODEL (list));
}

static void
glass_dialog_begin (MhDialog *parent)
{
  MhGlassDialog *dialog = MH_GLASS_DIALOG (parent);
  fill_reasons (dialog);
  glass_dialog_typed_cb (dialog);
}

static void
mh_glass_dialog_finalize (GObject *object)
{
  g_free (MH_GLASS_DIALOG (object)->patient_id);
  G_OBJECT_CLASS (mh_glass_dialog_parent_class)->finalize (object);
}

static void
mh_glass_dialog_class_init (MhGlassDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_glass_dialog_finalize;
  MH_DIALOG_CLASS (klass)->begin = glass_dialog_begin;
  opened = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-glass-dialog"));
  gtk_widget_class_bind_template_child (widget, MhGlassDialog, intro);
  gtk_widget_class_bind_template_child (widget, MhGlassDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhGlassDialog, text);
  gtk_widget_class_bind_template_child (widget, MhGlassDialog, password);
  gtk_widget_class_bind_template_callback (widget, glass_dialog_count_cb);
  gtk_widget_class_bind_template_callback (widget, glass_dialog_is_complete_cb);
  gtk_widget_class_bind_template_callback (widget, glass_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, glass_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, glass_dialog_cancel_cb);
  mh_closures_bind (widget);
}

static void
mh_glass_dialog_init (MhGlassDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static const char *
glass_dialog_words_of (const char *kind, gboolean may)
{
  if (!may)
    return _ ("This chart is protected, and your account may not open it. Ask whoever is in "
              "charge of patients' records.");
  if (g_strcmp0 (kind, MH_PROTECTED_OWN) == 0)
    return _ (
        "This is your own chart. Opening it is recorded, and somebody else will look at why.");
  if (g_strcmp0 (kind, MH_PROTECTED_STAFF) == 0)
    return _ ("This is the chart of somebody who works here. Opening it is recorded, and somebody "
              "else will look at why.");
  return _ ("This chart is protected. Opening it is recorded, and somebody else will look at why.");
}

MhDialog *
mh_glass_dialog_new (MhContext *context, const char *patient_id, const char *kind)
{
  MhGlassDialog *dialog = g_object_new (MH_TYPE_GLASS_DIALOG, "context", context, NULL);
  dialog->patient_id = g_strdup (patient_id);
  gtk_label_set_label (dialog->intro,
                       glass_dialog_words_of (kind, mh_context_may (context, MH_MAY_OPEN_VIP)));
  return MH_DIALOG (dialog);
}
