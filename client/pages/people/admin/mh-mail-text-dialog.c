/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-mail-text-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 300

#define MH_TYPE_MAIL_TEXT_DIALOG (mh_mail_text_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhMailTextDialog, mh_mail_text_dialog, MH, MAIL_TEXT_DIALOG, MhDialog)

/* What an e-mail has and a short message has not, and the other way round; 0: not. */
typedef struct
{
  const char *title;
  const char *set, *reset, *preview;
  guint event, language, subject, text, active, registered, changed;
  guint shown_subject, shown_text, parts; /* of the preview */
  gboolean is_sms;
} Kind;

static const Kind mails = {
  .title = N_ ("E-mail text"),
  .set = "mail_template.set",
  .reset = "mail_template.reset",
  .preview = "mail_template.preview",
  .event = MH_MAIL_TEMPLATE_EVENT,
  .language = MH_MAIL_TEMPLATE_LANGUAGE,
  .subject = MH_MAIL_TEMPLATE_SUBJECT,
  .text = MH_MAIL_TEMPLATE_TEXT,
  .active = MH_MAIL_TEMPLATE_ACTIVE,
  .changed = MH_MAIL_TEMPLATE_CHANGED,
  .shown_subject = MH_MAIL_PREVIEW_SUBJECT,
  .shown_text = MH_MAIL_PREVIEW_TEXT,
};

static const Kind messages = {
  .title = N_ ("SMS text"),
  .set = "sms_text.set",
  .reset = "sms_text.reset",
  .preview = "sms_text.preview",
  .event = MH_SMS_TEXT_EVENT,
  .language = MH_SMS_TEXT_LANGUAGE,
  .text = MH_SMS_TEXT_TEXT,
  .registered = MH_SMS_TEXT_DLT_ID,
  .changed = MH_SMS_TEXT_CHANGED,
  .shown_text = MH_SMS_PREVIEW_TEXT,
  .parts = MH_SMS_PREVIEW_SEGMENTS,
  .is_sms = TRUE,
};

struct _MhMailTextDialog
{
  MhDialog parent_instance;
  MhRecord *text;
  const Kind *kind;
  gboolean is_reset; /* what was asked for last */
  guint timer;
  GtkLabel *about, *subject_title, *text_title, *shown_subject, *shown_text, *parts, *problem;
  GtkEditable *subject, *registered;
  GtkTextView *body;
  GtkCheckButton *active;
  GtkWidget *reset;
};

G_DEFINE_FINAL_TYPE (MhMailTextDialog, mh_mail_text_dialog, MH_TYPE_DIALOG)

char *
mh_text_language (MhRecord *text)
{
  const char *code = mh_record_text (text, mh_record_type (text) == &mh_sms_text_type
                                               ? (guint)MH_SMS_TEXT_LANGUAGE
                                               : (guint)MH_MAIL_TEMPLATE_LANGUAGE);
  for (const MhCode *row = mh_sms_language_codes; row->code != NULL; row++)
    if (g_strcmp0 (row->code, code) == 0)
      return g_strdup (g_dgettext (GETTEXT_PACKAGE, row->label));
  return g_strdup (code);
}

/* What stands in the fields, as a record. */
static MhRecord *
draft_of (MhMailTextDialog *dialog)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (dialog->body);
  GtkTextIter from, to;
  const Kind *kind = dialog->kind;
  MhRecord *draft = mh_record_new (mh_record_type (dialog->text));

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  mh_record_set_text (draft, kind->event, mh_record_text (dialog->text, kind->event));
  mh_record_set_text (draft, kind->language, mh_record_text (dialog->text, kind->language));
  mh_record_set_text (draft, kind->text, text);

  if (kind->is_sms)
    {
      const char *number = gtk_editable_get_text (dialog->registered);
      mh_record_set_text (draft, kind->registered, *number != '\0' ? number : NULL);
      return draft;
    }

  mh_record_set_text (draft, kind->subject, gtk_editable_get_text (dialog->subject));
  mh_record_set_bool (draft, kind->active, gtk_check_button_get_active (dialog->active));
  return draft;
}

/* --- how it looks --- */

static void
mail_text_dialog_show_parts (MhMailTextDialog *dialog, gint64 parts)
{
  g_autofree char *words = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d part of a short message",
                   "%d parts of a short message; each is charged for", (gulong)parts),
      (int)parts);
  gtk_label_set_text (dialog->parts, words);
}

static void
mail_text_dialog_preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMailTextDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
  mh_dialog_complain (MH_DIALOG (dialog), words);
  if (answer == NULL)
    return;

  gtk_label_set_text (dialog->shown_text, mh_record_text (answer, dialog->kind->shown_text));
  if (dialog->kind->is_sms)
    mail_text_dialog_show_parts (dialog, mh_record_int (answer, dialog->kind->parts));
  else
    gtk_label_set_text (dialog->shown_subject,
                        mh_record_text (answer, dialog->kind->shown_subject));
}

static gboolean
preview (gpointer data)
{
  MhMailTextDialog *dialog = data;
  g_autoptr (MhRecord) draft = draft_of (dialog);
  g_autofree char *json = mh_record_to_json (draft, MH_JSON_AS_INPUT);
  dialog->timer = 0;
  mh_fetch_async (mh_dialog_context (MH_DIALOG (dialog)),
                  &(MhFetch){ .route = dialog->kind->preview, .body = json },
                  mh_dialog_cancellable (MH_DIALOG (dialog)), mail_text_dialog_preview_cb,
                  g_object_ref (dialog));
  return G_SOURCE_REMOVE;
}

static void
mail_text_dialog_typed_cb (MhMailTextDialog *dialog)
{
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL || dialog->text == NULL)
    return;
  g_clear_handle_id (&dialog->timer, g_source_remove);
  dialog->timer = g_timeout_add (TYPING_MS, preview, dialog);
}

/* --- keeping it --- */

/* As it was before: the hospital's own words of then, or the standard ones. */
static MhRecord *
body_of (MhMailTextDialog *dialog)
{
  const Kind *kind = dialog->kind;
  const guint fields[]
      = { kind->event, kind->language, kind->text, kind->subject, kind->registered };
  MhRecord *body = mh_record_new (mh_record_type (dialog->text));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] != 0)
      mh_record_set_text (body, fields[i], mh_record_text (dialog->text, fields[i]));
  if (kind->active != 0)
    mh_record_set_bool (body, kind->active, mh_record_bool (dialog->text, kind->active));
  return body;
}

static void
mail_text_dialog_say_done (MhMailTextDialog *dialog, MhRecord *after)
{
  gboolean was_own = mh_record_bool (dialog->text, dialog->kind->changed);
  g_autoptr (MhRecord) body = was_own ? body_of (dialog) : NULL;
  const MhTakeBack undo = { .route = was_own ? dialog->kind->set : dialog->kind->reset,
                            .id = was_own || after == NULL ? NULL : mh_record_id (after),
                            .body = body,
                            .undone = _ ("It is as it was before") };
  mh_undo_offer (mh_dialog_opener (MH_DIALOG (dialog)), mh_dialog_context (MH_DIALOG (dialog)),
                 dialog->is_reset ? _ ("The standard text holds again") : _ ("Saved"),
                 was_own || undo.id != NULL ? &undo : NULL);
}

static void
mail_text_dialog_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMailTextDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  if (mh_dialog_context (MH_DIALOG (dialog)) != NULL)
    mail_text_dialog_say_done (dialog, outcome->record);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
mail_text_dialog_save_cb (MhMailTextDialog *dialog)
{
  dialog->is_reset = FALSE;
  g_autoptr (MhRecord) draft = draft_of (dialog);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = dialog->kind->set, .body = draft }, NULL,
                    mail_text_dialog_done_cb, g_object_ref (dialog));
}

static void
mail_text_dialog_reset_cb (MhMailTextDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->text), NULL };
  dialog->is_reset = TRUE;
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = dialog->kind->reset, .args = args }, NULL,
                    mail_text_dialog_done_cb, g_object_ref (dialog));
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
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/admin/mh-mail-text-dialog"));
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, about);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, shown_subject);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, shown_text);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, subject);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, body);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, active);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, subject_title);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, text_title);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, parts);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, registered);
  gtk_widget_class_bind_template_child (widget, MhMailTextDialog, reset);
  gtk_widget_class_bind_template_callback (widget, mail_text_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, mail_text_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, mail_text_dialog_reset_cb);
  mh_closures_bind (widget);
}

static void
mh_mail_text_dialog_init (MhMailTextDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  g_signal_connect_object (gtk_text_view_get_buffer (dialog->body), "changed",
                           G_CALLBACK (mail_text_dialog_typed_cb), dialog, G_CONNECT_SWAPPED);
}

/* "Text: may hold {code} and {hospital}" */
static void
name_words (MhMailTextDialog *dialog)
{
  const char *const *words = mh_sms_text_words (mh_record_text (dialog->text, dialog->kind->event));
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_string_append_printf (list, "%s{%s}", i > 0 ? ", " : "", words[i]);
  g_autofree char *title = g_strdup_printf (_ ("Text: may hold %s"), list->str);
  gtk_label_set_text (dialog->text_title, title);
}

static void
show_kind (MhMailTextDialog *dialog)
{
  const Kind *kind = dialog->kind;
  gtk_window_set_title (GTK_WINDOW (dialog), g_dgettext (GETTEXT_PACKAGE, kind->title));
  gtk_widget_set_visible (GTK_WIDGET (dialog->subject_title), !kind->is_sms);
  gtk_widget_set_visible (GTK_WIDGET (dialog->parts), kind->is_sms);

  if (kind->is_sms)
    {
      const char *number = mh_record_text (dialog->text, kind->registered);
      name_words (dialog);
      gtk_editable_set_text (dialog->registered, number != NULL ? number : "");
      return;
    }

  gtk_editable_set_text (dialog->subject, mh_record_text (dialog->text, kind->subject));
  gtk_check_button_set_active (dialog->active, mh_record_bool (dialog->text, kind->active));
}

GtkWidget *
mh_mail_text_dialog_show (GtkWidget *from, MhContext *context, MhRecord *text)
{
  MhMailTextDialog *dialog = g_object_new (MH_TYPE_MAIL_TEXT_DIALOG, "context", context, NULL);
  const MhRecordType *type = mh_record_type (text);
  const Kind *kind = type == &mh_sms_text_type ? &messages : &mails;
  gboolean may = mh_context_may (context, MH_MAY_WRITE_MAIL);
  const char *about
      = mh_words_of_code (&type->fields[kind->event], mh_record_text (text, kind->event));
  g_autofree char *language = mh_text_language (text);
  g_autofree char *title = g_strdup_printf ("%s (%s)", about, language);

  dialog->text = g_object_ref (text);
  dialog->kind = kind;
  gtk_label_set_text (dialog->about, title);
  show_kind (dialog);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (dialog->body),
                            mh_record_text (text, kind->text), -1);
  gtk_widget_set_visible (dialog->reset, may && mh_record_bool (text, kind->changed));
  mh_dialog_show (MH_DIALOG (dialog), from);
  mail_text_dialog_typed_cb (dialog);

  return GTK_WIDGET (dialog);
}
