/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-note-view.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhNoteView
{
  MhPane parent_instance;
  MhRecord *note;
  GtkLabel *title, *about, *state;
  GtkWidget *text, *add, *cosign, *retract, *leave;
};

G_DEFINE_FINAL_TYPE (MhNoteView, mh_note_view, MH_TYPE_PANE)

static gboolean
note_view_may (MhNoteView *view, const char *permission)
{
  MhContext *context = mh_pane_context (MH_PANE (view));
  return context != NULL && mh_context_may (context, permission);
}

static gboolean
note_view_is_mine (MhNoteView *view)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (view)));
  return user != NULL
         && g_strcmp0 (mh_record_id (user), mh_record_text (view->note, MH_NOTE_AUTHOR_ID)) == 0;
}

static gboolean
note_view_is_signed (MhNoteView *view)
{
  return view->note != NULL
         && g_strcmp0 (mh_record_text (view->note, MH_NOTE_STATUS), MH_NOTE_SIGNED) == 0;
}

/* --- what it says --- */

static void
note_view_add_part (MhNoteView *view, const char *title, const char *text)
{
  GtkWidget *label = mh_label (text, NULL);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  mh_box_append (view->text, mh_label (title, "heading"));
  mh_box_append (view->text, label);
}

static void
show_text (MhNoteView *view)
{
  g_autoptr (GPtrArray) sections = mh_note_sections (view->note);
  GPtrArray *addenda = mh_record_records (view->note, MH_NOTE_ADDENDA);
  mh_box_clear (view->text);

  for (guint i = 0; i < sections->len; i++)
    {
      MhRecord *section = g_ptr_array_index (sections, i);
      const char *text = mh_record_text (section, MH_NOTE_SECTION_TEXT);
      if (text != NULL && text[0] != 0)
        note_view_add_part (view, mh_record_text (section, MH_NOTE_SECTION_TITLE), text);
    }

  for (guint i = 0; addenda != NULL && i < addenda->len; i++)
    {
      MhRecord *addendum = g_ptr_array_index (addenda, i);
      g_autofree char *time = mh_words_time (mh_record_int (addendum, MH_NOTE_ADDENDUM_AT));
      g_autofree char *title = g_strdup_printf (
          _ ("Addendum of %s, %s"), time, mh_record_text (addendum, MH_NOTE_ADDENDUM_BY_NAME));
      note_view_add_part (view, title, mh_record_text (addendum, MH_NOTE_ADDENDUM_TEXT));
    }
}

static char *
note_view_state_words (MhNoteView *view)
{
  MhRecord *note = view->note;
  const char *status = mh_record_text (note, MH_NOTE_STATUS);
  g_autofree char *at = mh_words_time (mh_record_int (note, MH_NOTE_SIGNED_AT));
  GString *text = g_string_new (NULL);

  if (mh_record_version (note) <= 0)
    return g_string_free (g_string_append (text, _ ("○ Waits to be sent")), FALSE);

  if (mh_record_bool (note, MH_NOTE_BROKEN))
    g_string_append_printf (
        text, "%s\n", _ ("✕ What is stored does not fit the signature. Tell the administrator."));

  if (g_strcmp0 (status, MH_NOTE_RETRACTED) == 0)
    {
      g_autofree char *when = mh_words_time (mh_record_int (note, MH_NOTE_RETRACTED_AT));
      g_string_append_printf (text, _ ("✕ Entered in error, says %s on %s: %s"),
                              mh_record_text (note, MH_NOTE_RETRACTED_NAME), when,
                              mh_record_text (note, MH_NOTE_RETRACT_REASON));
      g_string_append_c (text, '\n');
    }

  if (mh_record_has (note, MH_NOTE_SIGNED_AT))
    g_string_append_printf (text, _ ("✓ Signed by %s, %s"),
                            mh_record_text (note, MH_NOTE_SIGNED_NAME), at);
  else
    g_string_append (text, _ ("○ Draft"));
  if (mh_record_has (note, MH_NOTE_COSIGNED_AT))
    {
      g_autofree char *when = mh_words_time (mh_record_int (note, MH_NOTE_COSIGNED_AT));
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("✓ Co-signed by %s, %s"),
                              mh_record_text (note, MH_NOTE_COSIGNED_NAME), when);
    }
  else if (mh_record_bool (note, MH_NOTE_NEEDS_COSIGN))
    g_string_append_printf (text, "\n%s", _ ("○ Waits for co-signature"));

  return g_string_free (text, FALSE);
}

static void
note_view_show (MhNoteView *view)
{
  MhRecord *note = view->note;
  const char *kind
      = mh_words_of_code (&mh_note_type.fields[MH_NOTE_KIND], mh_record_text (note, MH_NOTE_KIND));
  const char *author = mh_record_text (note, MH_NOTE_AUTHOR_NAME);
  g_autofree char *written = mh_words_time (mh_record_int (note, MH_NOTE_WRITTEN_AT));
  g_autofree char *about = g_strdup_printf (
      "%s · %s%s%s", kind, written, author != NULL ? " · " : "", author != NULL ? author : "");
  g_autofree char *state = note_view_state_words (view);
  gboolean wrong = g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_RETRACTED) == 0
                   || mh_record_bool (note, MH_NOTE_BROKEN);
  const char *classes[] = { wrong ? "mh-warning" : "mh-inset", NULL };

  gtk_label_set_text (view->title, mh_record_text (note, MH_NOTE_TITLE));
  gtk_label_set_text (view->about, about);
  gtk_label_set_text (view->state, state);
  gtk_widget_set_css_classes (GTK_WIDGET (view->state), classes);
  show_text (view);
  gtk_widget_set_visible (view->add,
                          note_view_is_signed (view) && note_view_may (view, MH_MAY_WRITE_NOTE));
  gtk_widget_set_visible (
      view->cosign, note_view_is_signed (view) && note_view_may (view, MH_MAY_COSIGN_NOTE)
                        && !note_view_is_mine (view) && mh_record_bool (note, MH_NOTE_NEEDS_COSIGN)
                        && !mh_record_has (note, MH_NOTE_COSIGNED_AT));
  gtk_widget_set_visible (
      view->retract, note_view_is_signed (view)
                         && ((note_view_is_mine (view) && note_view_may (view, MH_MAY_WRITE_NOTE))
                             || note_view_may (view, MH_MAY_COSIGN_NOTE)));
}

static void
note_view_take (MhNoteView *view, MhRecord *note)
{
  if (note == NULL || mh_pane_context (MH_PANE (view)) == NULL
      || g_strcmp0 (mh_record_id (note), mh_note_view_note_id (view)) != 0)
    return;
  MhRecord *copy = mh_record_copy (note);
  g_clear_object (&view->note);
  view->note = copy;
  note_view_show (view);
}

static void
note_view_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteView) view = data;
  g_autoptr (MhRecord) note = mh_read_finish (result, NULL);
  note_view_take (view, note);
}

void
mh_note_view_show (MhNoteView *view, MhRecord *note)
{
  g_return_if_fail (MH_IS_NOTE_VIEW (view));
  MhRecord *copy = mh_record_copy (note);
  g_clear_object (&view->note);
  view->note = copy;
  note_view_show (view);
  mh_read_async (mh_pane_context (MH_PANE (view)), "note.read", mh_record_id (note),
                 mh_pane_cancellable (MH_PANE (view)), note_view_read_cb, g_object_ref (view));
}

const char *
mh_note_view_note_id (MhNoteView *view)
{
  g_return_val_if_fail (MH_IS_NOTE_VIEW (view), NULL);
  return view->note != NULL ? mh_record_id (view->note) : NULL;
}

/* --- what is done with it --- */

static void
note_view_added_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  note_view_take (MH_NOTE_VIEW (opener), answer);
}

void
mh_note_view_add (MhNoteView *view)
{
  static const char *const fields[] = { "text", NULL };
  g_return_if_fail (MH_IS_NOTE_VIEW (view));
  if (!note_view_is_signed (view) || !note_view_may (view, MH_MAY_WRITE_NOTE))
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_note_addendum_type);
  const MhEntryWanted wanted
      = { .title = _ ("Addendum"),
          .save = _ ("_Sign the addendum"),
          .hint = _ ("It is dated now, signed with your name, and stays as it is."),
          .fields = fields,
          .route = "note.add",
          .id = mh_note_view_note_id (view),
          .draft = draft,
          .done = note_view_added_cb };

  mh_entry_dialog_show (GTK_WIDGET (view), mh_pane_context (MH_PANE (view)), &wanted);
}

static void
note_view_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (view)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (view), error);
  if (outcome != NULL && outcome->record != NULL)
    note_view_take (view, outcome->record);
}

static void
note_view_submit (MhNoteView *view, const char *route, MhRecord *body, GAsyncResult *asked)
{
  const char *args[] = { "id", mh_note_view_note_id (view), NULL };
  mh_ask_text_command_async (asked, mh_pane_context (MH_PANE (view)),
                             &(MhCommand){ .route = route, .args = args, .body = body },
                             note_view_done_cb, g_object_ref (view));
}

static void
cosign_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteView) view = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (view)) != NULL && view->note != NULL)
    note_view_submit (view, "note.cosign", NULL, NULL);
}

static void
cosign_cb (MhNoteView *view)
{
  mh_ask_async (GTK_WIDGET (view), _ ("Co-sign this note?"),
                _ ("Your name stands below it from now on."), _ ("Co-sign"), FALSE, cosign_asked_cb,
                g_object_ref (view));
}

static void
retract_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteView) view = data;
  g_autofree char *reason = mh_ask_text_finish (result);
  if (reason == NULL || reason[0] == 0 || mh_pane_context (MH_PANE (view)) == NULL
      || view->note == NULL)
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_note_retraction_type);
  mh_record_set_text (body, MH_NOTE_RETRACTION_REASON, reason);
  note_view_submit (view, "note.retract", body, result);
}

static void
retract_cb (MhNoteView *view)
{
  if (view->note == NULL)
    return;
  mh_ask_text_async (
      GTK_WIDGET (view), "note_retraction", mh_record_id (view->note), _ ("Entered in error?"),
      _ ("The note stays readable, marked as wrong with your name and the reason."),
      _ ("Why it is wrong"), _ ("Mark as wrong"), retract_asked_cb, g_object_ref (view));
}

static void
note_view_add_cb (MhNoteView *view)
{
  mh_note_view_add (view);
}

/* --- making it --- */

static void
note_view_begin (MhPane *pane)
{
  GtkWidget *split = gtk_widget_get_ancestor (GTK_WIDGET (pane), MH_TYPE_SPLIT);
  if (split != NULL)
    g_object_bind_property (split, "folded", MH_NOTE_VIEW (pane)->leave, "visible",
                            G_BINDING_SYNC_CREATE);
}

static void
mh_note_view_finalize (GObject *object)
{
  g_clear_object (&MH_NOTE_VIEW (object)->note);
  G_OBJECT_CLASS (mh_note_view_parent_class)->finalize (object);
}

static void
mh_note_view_class_init (MhNoteViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_note_view_finalize;
  MH_PANE_CLASS (klass)->begin = note_view_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/chart/mh-note-view"));
  gtk_widget_class_bind_template_child (widget, MhNoteView, title);
  gtk_widget_class_bind_template_child (widget, MhNoteView, about);
  gtk_widget_class_bind_template_child (widget, MhNoteView, state);
  gtk_widget_class_bind_template_child (widget, MhNoteView, text);
  gtk_widget_class_bind_template_child (widget, MhNoteView, add);
  gtk_widget_class_bind_template_child (widget, MhNoteView, cosign);
  gtk_widget_class_bind_template_child (widget, MhNoteView, retract);
  gtk_widget_class_bind_template_child (widget, MhNoteView, leave);
  gtk_widget_class_bind_template_callback (widget, note_view_add_cb);
  gtk_widget_class_bind_template_callback (widget, cosign_cb);
  gtk_widget_class_bind_template_callback (widget, retract_cb);
}

static void
mh_note_view_init (MhNoteView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
