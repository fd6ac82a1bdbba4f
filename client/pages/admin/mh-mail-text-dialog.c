/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/admin/mh-mail-text-dialog.h"

#include "client/widgets/mh-dialog.h"
#include "client/widgets/mh-words.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 300

#define MH_TYPE_MAIL_TEXT_DIALOG (mh_mail_text_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhMailTextDialog, mh_mail_text_dialog, MH, MAIL_TEXT_DIALOG, MhDialog)

struct _MhMailTextDialog
{
  MhDialog parent_instance;
  MhRecord *text;
  guint timer;
  GtkLabel *about, *shown_subject, *shown_text, *problem;
  GtkEditable *subject;
  GtkTextView *body;
  GtkCheckButton *active;
  GtkWidget *save, *reset;
};

G_DEFINE_FINAL_TYPE (MhMailTextDialog, mh_mail_text_dialog, MH_TYPE_DIALOG)

/* What stands in the fields, as a record. */
static MhRecord *
draft_of (MhMailTextDialog *dialog)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (dialog->body);
  GtkTextIter from, to;
  MhRecord *draft = mh_record_new (&mh_mail_template_type);
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  mh_record_set_text (draft, MH_MAIL_TEMPLATE_EVENT,
                      mh_record_text (dialog->text, MH_MAIL_TEMPLATE_EVENT));
  mh_record_set_text (draft, MH_MAIL_TEMPLATE_LANGUAGE,
                      mh_record_text (dialog->text, MH_MAIL_TEMPLATE_LANGUAGE));
  mh_record_set_text (draft, MH_MAIL_TEMPLATE_SUBJECT, gtk_editable_get_text (dialog->subject));
  mh_record_set_text (draft, MH_MAIL_TEMPLATE_TEXT, text);
  mh_record_set_bool (draft, MH_MAIL_TEMPLATE_ACTIVE, gtk_check_button_get_active (dialog->active));
  return draft;
}

/* --- how it looks --- */

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMailTextDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;
  g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
  gtk_label_set_text (dialog->problem, words);
  if (answer == NULL || answer->record == NULL)
    return;
  gtk_label_set_text (dialog->shown_subject,
                      mh_record_text (answer->record, MH_MAIL_PREVIEW_SUBJECT));
  gtk_label_set_text (dialog->shown_text, mh_record_text (answer->record, MH_MAIL_PREVIEW_TEXT));
}

static gboolean
preview (gpointer data)
{
  MhMailTextDialog *dialog = data;
  g_autoptr (MhRecord) draft = draft_of (dialog);
  g_autofree char *json = mh_record_to_json (draft, MH_JSON_AS_INPUT);
  dialog->timer = 0;
  mh_api_call_async (mh_context_api (mh_dialog_context (MH_DIALOG (dialog))),
                     "mail_template.preview", NULL, json, NULL, -1,
                     mh_dialog_cancellable (MH_DIALOG (dialog)), preview_cb, g_object_ref (dialog));
  return G_SOURCE_REMOVE;
}

static void
typed_cb (MhMailTextDialog *dialog)
{
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL || dialog->text == NULL)
    return;
  g_clear_handle_id (&dialog->timer, g_source_remove);
  dialog->timer = g_timeout_add (TYPING_MS, preview, dialog);
}

/* --- keeping it --- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMailTextDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    mh_dialog_end (MH_DIALOG (dialog), _ ("Saved"));
}

static void
save_cb (MhMailTextDialog *dialog)
{
  g_autoptr (MhRecord) draft = draft_of (dialog);
  mh_sync_submit_async (mh_context_sync (mh_dialog_context (MH_DIALOG (dialog))),
                        "mail_template.set", NULL, draft, -1, NULL, NULL, done_cb,
                        g_object_ref (dialog));
}

static void
reset_cb (MhMailTextDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->text), NULL };
  mh_sync_submit_async (mh_context_sync (mh_dialog_context (MH_DIALOG (dialog))),
                        "mail_template.reset", args, NULL, -1, NULL, NULL, done_cb,
                        g_object_ref (dialog));
}

/* --- making it --- */

static void
mh_mail_text_dialog_dispose (GObject *object)
{
  MhMailTextDialog *dialog = MH_MAIL_TEXT_DIALOG (object);
  g_clear_handle_id (&dialog->timer, g_source_remove);
  G_OBJECT_CLASS (mh_mail_text_dialog_parent_class)->dispose (object);
  g_clear_object (&dialog->text);
}

static const MhRefusalPlace places[] = {
  { "text", "body" },
  { NULL },
};

static void
mh_mail_text_dialog_class_init (MhMailTextDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->dispose = mh_mail_text_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("admin/mh-mail-text-dialog"));
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, about);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, shown_subject);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, shown_text);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, subject);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, body);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, active);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, save);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, reset);
  gtk_widget_class_bind_template_callback (widget, typed_cb);
  gtk_widget_class_bind_template_callback (widget, save_cb);
  gtk_widget_class_bind_template_callback (widget, reset_cb);
}

static void
mh_mail_text_dialog_init (MhMailTextDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  g_signal_connect_object (gtk_text_view_get_buffer (dialog->body), "changed",
                           G_CALLBACK (typed_cb), dialog, G_CONNECT_SWAPPED);
}

void
mh_mail_text_dialog_show (GtkWidget *from, MhContext *context, MhRecord *text)
{
  MhMailTextDialog *dialog = g_object_new (MH_TYPE_MAIL_TEXT_DIALOG, "context", context, NULL);
  gboolean may = mh_context_may (context, MH_MAY_WRITE_MAIL);
  const char *about = mh_words_of_code (&mh_mail_template_type.fields[MH_MAIL_TEMPLATE_EVENT],
                                        mh_record_text (text, MH_MAIL_TEMPLATE_EVENT));
  g_autofree char *title
      = g_strdup_printf ("%s (%s)", about, mh_record_text (text, MH_MAIL_TEMPLATE_LANGUAGE));
  dialog->text = g_object_ref (text);
  gtk_label_set_text (dialog->about, title);
  gtk_editable_set_text (dialog->subject, mh_record_text (text, MH_MAIL_TEMPLATE_SUBJECT));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (dialog->body),
                            mh_record_text (text, MH_MAIL_TEMPLATE_TEXT), -1);
  gtk_check_button_set_active (dialog->active, mh_record_bool (text, MH_MAIL_TEMPLATE_ACTIVE));
  gtk_widget_set_sensitive (dialog->save, may);
  gtk_widget_set_visible (dialog->reset, may && mh_record_bool (text, MH_MAIL_TEMPLATE_CHANGED));
  mh_dialog_show (MH_DIALOG (dialog), from);
  typed_cb (dialog);
}
