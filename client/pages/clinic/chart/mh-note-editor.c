/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-note-editor.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-draft.h"
#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/clinic/mh-note.h"

#include <glib/gi18n-lib.h>

/* After the last key: on this desk's disk, and with the server. */
#define KEEP_MS 600
#define SAVE_SECONDS 15

struct _MhNoteEditor
{
  MhPane parent_instance;
  MhRecordSlot *slot; /* a fresh one for each note; NULL: none is open */
  MhRecordList *templates;
  GPtrArray *offered; /* those of them in use, as they stand in the choice */
  GPtrArray *views;   /* GtkTextView of each section, its title as data; borrowed */
  gboolean filling, dirty, saving;
  guint keep_timer, save_timer;
  GtkEntry *title;
  GtkDropDown *template_choice, *kind;
  GtkCheckButton *cosign;
  GtkWidget *sections, *drop, *save, *leave;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (MhNoteEditor, mh_note_editor, MH_TYPE_PANE)

#define SECTION "mh-section"

static guint done_signal;

static MhContext *
note_editor_context_of (MhNoteEditor *editor)
{
  return mh_pane_context (MH_PANE (editor));
}

static gboolean
is_stored (MhNoteEditor *editor)
{
  MhRecord *stored = mh_record_slot_stored (editor->slot);
  return stored != NULL && mh_record_version (stored) > 0;
}

/* Under which it is kept here: a new one by its patient, so that it is found again. */
static char *
note_editor_form_of (MhNoteEditor *editor)
{
  MhRecord *note = mh_record_slot_record (editor->slot);
  return g_strdup_printf ("note/%s", mh_record_slot_stored (editor->slot) != NULL
                                         ? mh_record_id (note)
                                         : mh_record_text (note, MH_NOTE_PATIENT_ID));
}

static void note_editor_touched_cb (MhNoteEditor *editor);

/* --- sections --- */

static char *
note_editor_text_of (GtkTextView *view)
{
  GtkTextIter start, note_editor_end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_bounds (buffer, &start, &note_editor_end);
  return gtk_text_buffer_get_text (buffer, &start, &note_editor_end, FALSE);
}

static void
add_section (MhNoteEditor *editor, MhRecord *section)
{
  const char *title = mh_record_text (section, MH_NOTE_SECTION_TITLE);
  const char *text = mh_record_text (section, MH_NOTE_SECTION_TEXT);
  GtkWidget *box = mh_vbox (3);
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            text != NULL ? text : "", -1);
  g_object_set_data_full (G_OBJECT (view), SECTION, g_strdup (title), g_free);
  mh_accessible_name (view, title);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                           G_CALLBACK (note_editor_touched_cb), editor, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "mh-field");
  mh_box_append (box, mh_label (title, "mh-label"));
  mh_box_append (box, view);
  mh_box_append (editor->sections, box);
  g_ptr_array_add (editor->views, view);
}

static void
show_sections (MhNoteEditor *editor, GPtrArray *sections)
{
  g_ptr_array_set_size (editor->views, 0);
  mh_box_clear (editor->sections);
  for (guint i = 0; i < sections->len; i++)
    add_section (editor, g_ptr_array_index (sections, i));
}

static MhRecord *
make_section (const char *title, const char *text)
{
  MhRecord *section = mh_record_new (&mh_note_section_type);
  mh_record_set_text (section, MH_NOTE_SECTION_TITLE, title);
  mh_record_set_text (section, MH_NOTE_SECTION_TEXT, text);
  return section;
}

static GPtrArray *
collect_sections (MhNoteEditor *editor)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < editor->views->len; i++)
    {
      GObject *view = g_ptr_array_index (editor->views, i);
      g_autofree char *text = note_editor_text_of (GTK_TEXT_VIEW (view));
      g_ptr_array_add (sections, make_section (g_object_get_data (view, SECTION), text));
    }
  return sections;
}

/* Where a house has no templates. */
static GPtrArray *
plain_sections (void)
{
  static const char *const titles[]
      = { N_ ("Complaints"), N_ ("Examination"), N_ ("Assessment"), N_ ("Plan") };
  GPtrArray *sections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_ptr_array_add (sections, make_section (g_dgettext (GETTEXT_PACKAGE, titles[i]), NULL));
  return sections;
}

/* Nothing that was written goes: it moves below the template's heading of the same name, or stays
 * above the template. */
static GPtrArray *
merge_sections (GPtrArray *written, GPtrArray *wanted)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < written->len; i++)
    {
      MhRecord *section = g_ptr_array_index (written, i);
      const char *text = mh_record_text (section, MH_NOTE_SECTION_TEXT);
      MhRecord *same = NULL;
      for (guint k = 0; k < wanted->len; k++)
        if (g_strcmp0 (mh_record_text (g_ptr_array_index (wanted, k), MH_NOTE_SECTION_TITLE),
                       mh_record_text (section, MH_NOTE_SECTION_TITLE))
            == 0)
          same = g_ptr_array_index (wanted, k);
      if (text == NULL || text[0] == 0)
        continue;
      if (same != NULL)
        mh_record_set_text (same, MH_NOTE_SECTION_TEXT, text);
      else
        g_ptr_array_add (merged, g_object_ref (section));
    }

  for (guint k = 0; k < wanted->len; k++)
    g_ptr_array_add (merged, g_object_ref (g_ptr_array_index (wanted, k)));
  return merged;
}

/* --- the screen and the record --- */

static void
note_editor_say (MhNoteEditor *editor, const char *text)
{
  gtk_label_set_text (editor->state, text);
}

static void
note_editor_show_note (MhNoteEditor *editor)
{
  MhRecord *note = mh_record_slot_record (editor->slot);
  const char *title = mh_record_text (note, MH_NOTE_TITLE);
  const char *kind = mh_record_text (note, MH_NOTE_KIND);
  g_autoptr (GPtrArray) stored = mh_note_sections (note);
  g_autoptr (GPtrArray) plain = stored->len == 0 ? plain_sections () : NULL;

  editor->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (editor->title), title != NULL ? title : "");
  for (guint i = 0; mh_note_kind_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_note_kind_codes[i].code, kind) == 0)
      gtk_drop_down_set_selected (editor->kind, i);

  gtk_check_button_set_active (editor->cosign, mh_record_bool (note, MH_NOTE_NEEDS_COSIGN));
  gtk_drop_down_set_selected (editor->template_choice, 0);
  show_sections (editor, plain != NULL ? plain : stored);
  editor->filling = FALSE;
  note_editor_say (editor, "");
}

static void
note_editor_collect (MhNoteEditor *editor)
{
  MhRecord *note = mh_record_slot_record (editor->slot);
  const MhCode *kind = &mh_note_kind_codes[gtk_drop_down_get_selected (editor->kind)];
  const char *title = gtk_editable_get_text (GTK_EDITABLE (editor->title));
  g_autoptr (GPtrArray) sections = collect_sections (editor);
  mh_record_set_text (note, MH_NOTE_KIND, kind->code);
  mh_record_set_text (note, MH_NOTE_TITLE,
                      title[0] != 0 ? title : g_dgettext (GETTEXT_PACKAGE, kind->label));
  mh_record_set_bool (note, MH_NOTE_NEEDS_COSIGN, gtk_check_button_get_active (editor->cosign));
  mh_note_set_sections (note, sections);
}

static gboolean
note_editor_is_empty (MhNoteEditor *editor)
{
  note_editor_collect (editor);
  return mh_note_is_empty (mh_record_slot_record (editor->slot));
}

/* --- on this desk --- */

static void
note_editor_keep_now_cb (MhNoteEditor *editor)
{
  g_clear_handle_id (&editor->keep_timer, g_source_remove);
  if (editor->slot == NULL || !editor->dirty || note_editor_context_of (editor) == NULL)
    return;
  g_autofree char *form = note_editor_form_of (editor);
  note_editor_collect (editor);
  mh_draft_keep (note_editor_context_of (editor), form, mh_record_slot_record (editor->slot));
}

static gboolean
note_editor_keep_cb (gpointer data)
{
  MhNoteEditor *editor = data;
  editor->keep_timer = 0;
  note_editor_keep_now_cb (editor);
  note_editor_say (editor, _ ("Kept on this desk"));
  return G_SOURCE_REMOVE;
}

static gboolean save_later_cb (gpointer data);

static void
note_editor_touched_cb (MhNoteEditor *editor)
{
  if (editor->filling || editor->slot == NULL)
    return;
  editor->dirty = TRUE;
  if (editor->keep_timer == 0)
    editor->keep_timer = g_timeout_add (KEEP_MS, note_editor_keep_cb, editor);
  g_clear_handle_id (&editor->save_timer, g_source_remove);
  editor->save_timer = g_timeout_add_seconds (SAVE_SECONDS, save_later_cb, editor);
}

/* --- with the server --- */

/* A draft of which an earlier state still waits to be sent has no version to change yet. */
static gboolean
note_editor_waits (MhNoteEditor *editor)
{
  return mh_record_slot_stored (editor->slot) != NULL && !is_stored (editor);
}

static void
note_editor_end (MhNoteEditor *editor, MhRecord *note)
{
  g_clear_handle_id (&editor->keep_timer, g_source_remove);
  g_clear_handle_id (&editor->save_timer, g_source_remove);
  g_clear_object (&editor->slot);
  editor->dirty = FALSE;
  g_signal_emit (editor, done_signal, 0, note);
}

static void
note_editor_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteEditor) editor = data;
  g_autoptr (GError) error = NULL;
  gboolean waiting = FALSE;
  g_autoptr (MhRecord) note
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);
  const char *form = g_object_get_data (source, "mh-form");
  gboolean signing = g_object_get_data (source, "mh-signing") != NULL;

  if (note_editor_context_of (editor) == NULL)
    return;

  if (note != NULL)
    mh_draft_keep (note_editor_context_of (editor), form, NULL);
  if (editor->slot != MH_RECORD_SLOT (source))
    {
      mh_shell_fail (GTK_WIDGET (editor), error);
      return;
    }

  editor->saving = FALSE;
  mh_pane_set_busy (MH_PANE (editor), FALSE);
  if (note == NULL)
    {
      mh_record_unset (mh_record_slot_record (editor->slot), MH_NOTE_SIGN);
      editor->dirty = TRUE;
      note_editor_keep_now_cb (editor);
      mh_shell_fail (GTK_WIDGET (editor), error);
      note_editor_say (editor, _ ("Kept on this desk alone"));
      return;
    }

  g_autofree char *time = mh_words_time (mh_when_now ());
  g_autofree char *words
      = g_strdup_printf (waiting ? _ ("Waits to be sent since %s") : _ ("Draft saved %s"), time);

  note_editor_say (editor, words);
  if (signing)
    {
      mh_shell_toast (GTK_WIDGET (editor),
                      waiting ? _ ("Signed here; kept until the server is back") : _ ("Signed"));
      note_editor_end (editor, note);
    }
  else if (editor->dirty) /* more was typed meanwhile */
    note_editor_keep_now_cb (editor);
}

static void
note_editor_save (MhNoteEditor *editor, gboolean signing)
{
  note_editor_collect (editor);
  mh_record_unset (mh_record_slot_record (editor->slot), MH_NOTE_SIGN);
  if (signing)
    mh_record_set_bool (mh_record_slot_record (editor->slot), MH_NOTE_SIGN, TRUE);
  g_clear_handle_id (&editor->keep_timer, g_source_remove);
  g_clear_handle_id (&editor->save_timer, g_source_remove);
  editor->saving = TRUE;
  editor->dirty = FALSE;
  g_object_set_data_full (G_OBJECT (editor->slot), "mh-form", note_editor_form_of (editor), g_free);
  g_object_set_data (G_OBJECT (editor->slot), "mh-signing", signing ? editor : NULL);
  mh_pane_set_busy (MH_PANE (editor), TRUE);
  mh_record_slot_save_async (editor->slot, is_stored (editor) ? "note.update" : "note.create", NULL,
                             note_editor_saved_cb, g_object_ref (editor));
}

/* Drafts go to a server that is there; else they stay on this desk and nothing piles up. */
static gboolean
note_editor_may_save (MhNoteEditor *editor)
{
  return editor->slot != NULL && editor->dirty && !editor->saving && !note_editor_waits (editor)
         && mh_sync_state (mh_context_sync (note_editor_context_of (editor))) != MH_SYNC_OFFLINE
         && !note_editor_is_empty (editor);
}

static gboolean
save_later_cb (gpointer data)
{
  MhNoteEditor *editor = data;
  editor->save_timer = 0;
  if (note_editor_context_of (editor) != NULL && note_editor_may_save (editor))
    note_editor_save (editor, FALSE);
  return G_SOURCE_REMOVE;
}

void
mh_note_editor_save (MhNoteEditor *editor)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  if (editor->slot == NULL)
    return;
  if (note_editor_may_save (editor))
    note_editor_save (editor, FALSE);
  else if (editor->dirty)
    {
      note_editor_keep_now_cb (editor);
      note_editor_say (editor, _ ("Kept on this desk"));
    }
}

static void
sign_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteEditor) editor = data;
  if (mh_ask_finish (result) && note_editor_context_of (editor) != NULL && editor->slot != NULL
      && !editor->saving)
    note_editor_save (editor, TRUE);
}

void
mh_note_editor_sign (MhNoteEditor *editor)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  if (editor->slot == NULL || editor->saving)
    return;

  if (note_editor_is_empty (editor))
    mh_shell_toast (GTK_WIDGET (editor), _ ("Nothing was written yet."));
  else if (note_editor_waits (editor))
    mh_shell_toast (GTK_WIDGET (editor),
                    _ ("This draft still waits to be sent; sign it when the server is back."));
  else
    mh_ask_async (GTK_WIDGET (editor), _ ("Sign this note?"),
                  _ ("A signed note stays as it is for good. What has to be added later becomes a "
                     "dated addendum."),
                  _ ("Sign"), FALSE, sign_asked_cb, g_object_ref (editor));
}

/* --- dropping --- */

static void
note_editor_dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteEditor) editor = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (note_editor_context_of (editor) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (editor), error);
  if (outcome != NULL)
    note_editor_end (editor, NULL);
}

static void
note_editor_drop_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteEditor) editor = data;
  if (!mh_ask_finish (result) || note_editor_context_of (editor) == NULL || editor->slot == NULL)
    return;
  g_autofree char *form = note_editor_form_of (editor);
  const char *args[] = { "id", mh_record_id (mh_record_slot_record (editor->slot)), NULL };
  mh_draft_keep (note_editor_context_of (editor), form, NULL);
  if (is_stored (editor))
    mh_command_async (note_editor_context_of (editor),
                      &(MhCommand){ .route = "note.drop", .args = args }, NULL,
                      note_editor_dropped_cb, g_object_ref (editor));
  else
    note_editor_end (editor, NULL);
}

static void
note_editor_drop_cb (MhNoteEditor *editor)
{
  if (editor->slot != NULL)
    mh_ask_async (GTK_WIDGET (editor), _ ("Discard this draft?"),
                  _ ("What was written in it is lost."), _ ("Discard"), TRUE,
                  note_editor_drop_asked_cb, g_object_ref (editor));
}

static void
note_editor_save_cb (MhNoteEditor *editor)
{
  mh_note_editor_save (editor);
}

static void
note_editor_sign_cb (MhNoteEditor *editor)
{
  mh_note_editor_sign (editor);
}

/* --- templates --- */

static void
template_cb (MhNoteEditor *editor)
{
  guint at = gtk_drop_down_get_selected (editor->template_choice);
  if (editor->filling || editor->slot == NULL || at == 0 || at > editor->offered->len)
    return;

  MhRecord *chosen = g_ptr_array_index (editor->offered, at - 1);
  MhRecord *note = mh_record_slot_record (editor->slot);
  g_autoptr (GPtrArray) written = collect_sections (editor);
  g_autoptr (GPtrArray) wanted = mh_note_sections_of_template (chosen);
  g_autoptr (GPtrArray) merged = merge_sections (written, wanted);

  note_editor_collect (editor);
  mh_record_set_text (note, MH_NOTE_TEMPLATE, mh_record_text (chosen, MH_NOTE_TEMPLATE_CODE));
  editor->filling = TRUE;
  show_sections (editor, merged);
  gtk_editable_set_text (GTK_EDITABLE (editor->title),
                         mh_record_text (chosen, MH_NOTE_TEMPLATE_NAME));
  for (guint i = 0; mh_note_kind_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_note_kind_codes[i].code, mh_record_text (chosen, MH_NOTE_TEMPLATE_KIND)) == 0)
      gtk_drop_down_set_selected (editor->kind, i);

  gtk_check_button_set_active (editor->cosign, mh_record_bool (chosen, MH_NOTE_TEMPLATE_COSIGN));
  editor->filling = FALSE;
  note_editor_touched_cb (editor);
  mh_note_editor_focus (editor);
}

static void
templates_cb (MhNoteEditor *editor)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (editor->templates));
  gtk_string_list_append (names, _ ("Template…"));
  g_ptr_array_set_size (editor->offered, 0);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (G_LIST_MODEL (editor->templates), i);
      if (!mh_record_bool (row, MH_NOTE_TEMPLATE_ACTIVE))
        continue;
      gtk_string_list_append (names, mh_record_text (row, MH_NOTE_TEMPLATE_NAME));
      g_ptr_array_add (editor->offered, g_object_ref (row));
    }

  editor->filling = TRUE;
  gtk_drop_down_set_model (editor->template_choice, G_LIST_MODEL (names));
  editor->filling = FALSE;
  g_object_unref (names);
}

/* --- opening --- */

void
mh_note_editor_leave (MhNoteEditor *editor)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  note_editor_keep_now_cb (editor);
  if (note_editor_context_of (editor) != NULL && note_editor_may_save (editor))
    note_editor_save (editor, FALSE);
  g_clear_handle_id (&editor->keep_timer, g_source_remove);
  g_clear_handle_id (&editor->save_timer, g_source_remove);
  g_clear_object (&editor->slot);
  editor->dirty = editor->saving = FALSE;
}

static void
note_editor_draft_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhNoteEditor) editor = data;
  g_autoptr (MhRecord) draft = mh_draft_load_finish (result, NULL);
  MhRecord *note = editor->slot != NULL ? mh_record_slot_record (editor->slot) : NULL;
  if (note_editor_context_of (editor) == NULL || draft == NULL || note == NULL || editor->dirty
      || g_strcmp0 (mh_record_text (draft, MH_NOTE_PATIENT_ID),
                    mh_record_text (note, MH_NOTE_PATIENT_ID))
             != 0
      || mh_record_version (draft) != mh_record_version (note))
    return;

  mh_record_apply (note, draft);
  note_editor_show_note (editor);
  editor->dirty = TRUE;
  note_editor_say (editor, _ ("This is what was written here last and never saved."));
}

static void
note_editor_start (MhNoteEditor *editor)
{
  g_autofree char *form = note_editor_form_of (editor);
  mh_pane_set_busy (MH_PANE (editor), FALSE);
  note_editor_show_note (editor);
  mh_draft_load_async (note_editor_context_of (editor), form, &mh_note_type,
                       mh_pane_cancellable (MH_PANE (editor)), note_editor_draft_cb,
                       g_object_ref (editor));
}

void
mh_note_editor_begin (MhNoteEditor *editor, const char *patient_id)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  mh_note_editor_leave (editor);
  editor->slot = mh_record_slot_new (note_editor_context_of (editor), &mh_note_type);
  mh_record_slot_begin (editor->slot, NULL);
  MhRecord *note = mh_record_slot_record (editor->slot);
  mh_record_set_text (note, MH_NOTE_PATIENT_ID, patient_id);
  mh_record_set_text (note, MH_NOTE_KIND, mh_note_kind_codes[0].code);
  note_editor_start (editor);
}

void
mh_note_editor_open (MhNoteEditor *editor, MhRecord *note)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  mh_note_editor_leave (editor);
  editor->slot = mh_record_slot_new (note_editor_context_of (editor), &mh_note_type);
  mh_record_slot_show (editor->slot, note);
  note_editor_start (editor);
}

const char *
mh_note_editor_note_id (MhNoteEditor *editor)
{
  g_return_val_if_fail (MH_IS_NOTE_EDITOR (editor), NULL);
  return editor->slot != NULL ? mh_record_id (mh_record_slot_record (editor->slot)) : NULL;
}

/* Into the first text that is empty. */
void
mh_note_editor_focus (MhNoteEditor *editor)
{
  g_return_if_fail (MH_IS_NOTE_EDITOR (editor));
  for (guint i = 0; i < editor->views->len; i++)
    {
      GtkWidget *view = g_ptr_array_index (editor->views, i);
      g_autofree char *text = note_editor_text_of (GTK_TEXT_VIEW (view));
      if (text[0] == 0)
        {
          gtk_widget_grab_focus (view);
          return;
        }
    }

  if (editor->views->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (editor->views, editor->views->len - 1));
}

/* --- making it --- */

static void
note_editor_begin (MhPane *pane)
{
  MhNoteEditor *editor = MH_NOTE_EDITOR (pane);
  const char *args[] = { "limit", "200", NULL };
  mh_fill_codes (editor->kind, mh_note_kind_codes);
  mh_pane_keep (pane, &editor->templates,
                mh_record_list_new (mh_pane_context (pane), "note_template.list"));
  mh_record_list_set_keep (editor->templates, TRUE);
  g_signal_connect_object (editor->templates, "notify::n-items", G_CALLBACK (templates_cb), editor,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_pane_context (pane), "leaving", G_CALLBACK (note_editor_keep_now_cb),
                           editor, G_CONNECT_SWAPPED);
  mh_record_list_set_args (editor->templates, args);

  GtkWidget *split = gtk_widget_get_ancestor (GTK_WIDGET (pane), MH_TYPE_SPLIT);
  if (split != NULL)
    g_object_bind_property (split, "folded", MH_NOTE_EDITOR (pane)->leave, "visible",
                            G_BINDING_SYNC_CREATE);
}

static void
mh_note_editor_dispose (GObject *object)
{
  MhNoteEditor *editor = MH_NOTE_EDITOR (object);
  note_editor_keep_now_cb (editor);
  g_clear_handle_id (&editor->keep_timer, g_source_remove);
  g_clear_handle_id (&editor->save_timer, g_source_remove);
  g_clear_object (&editor->slot);
  G_OBJECT_CLASS (mh_note_editor_parent_class)->dispose (object);
}

static void
mh_note_editor_finalize (GObject *object)
{
  g_ptr_array_unref (MH_NOTE_EDITOR (object)->views);
  g_ptr_array_unref (MH_NOTE_EDITOR (object)->offered);
  G_OBJECT_CLASS (mh_note_editor_parent_class)->finalize (object);
}

static void
mh_note_editor_class_init (MhNoteEditorClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_note_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_note_editor_finalize;
  MH_PANE_CLASS (klass)->begin = note_editor_begin;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/chart/mh-note-editor"));
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, title);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, template_choice);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, kind);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, cosign);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, sections);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, state);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, drop);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, save);
  gtk_widget_class_bind_template_child (widget, MhNoteEditor, leave);
  gtk_widget_class_bind_template_callback (widget, note_editor_touched_cb);
  gtk_widget_class_bind_template_callback (widget, template_cb);
  gtk_widget_class_bind_template_callback (widget, note_editor_drop_cb);
  gtk_widget_class_bind_template_callback (widget, note_editor_save_cb);
  gtk_widget_class_bind_template_callback (widget, note_editor_sign_cb);
  mh_closures_bind (widget);
  done_signal = g_signal_new ("done", MH_TYPE_NOTE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, MH_TYPE_RECORD);
}

static void
mh_note_editor_init (MhNoteEditor *editor)
{
  editor->views = g_ptr_array_new ();
  editor->offered = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (editor));
}
