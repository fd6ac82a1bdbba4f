/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-notes-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-note-editor.h"
#include "client/pages/clinic/chart/mh-note-view.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/people/mh-permissions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The list is narrow beside the note: always lines but on the widest screens. */
#define LEAST_WIDTH 560

struct _MhChartNotesPane
{
  MhPane parent_instance;
  char *patient_id;
  char *wanted; /* id of the note that is on its way */
  MhRecordList *notes;
  GtkSortListModel *sorted;
  MhSplit *split;
  MhRecordTable *table;
  GtkStack *stack;
  MhNoteView *view;
  MhNoteEditor *editor;
  GtkWidget *begin_note;
};

G_DEFINE_FINAL_TYPE (MhChartNotesPane, mh_chart_notes_pane, MH_TYPE_PANE)

/* --- the list --- */

static char *
chart_notes_pane_time_text (MhRecord *note)
{
  return mh_words_time (mh_record_int (note, MH_NOTE_WRITTEN_AT));
}

static char *
chart_notes_pane_state_text (MhRecord *note)
{
  if (mh_record_version (note) <= 0)
    return g_strdup (_ ("Waits to be sent"));
  if (mh_record_bool (note, MH_NOTE_NEEDS_COSIGN) && mh_record_has (note, MH_NOTE_SIGNED_AT)
      && !mh_record_has (note, MH_NOTE_COSIGNED_AT))
    return g_strdup (_ ("Waits for co-signature"));
  return mh_words_value (note, MH_NOTE_STATUS);
}

static const char *
chart_notes_pane_state_style (MhRecord *note)
{
  const char *status = mh_record_text (note, MH_NOTE_STATUS);
  return g_strcmp0 (status, MH_NOTE_SIGNED) == 0      ? NULL
         : g_strcmp0 (status, MH_NOTE_RETRACTED) == 0 ? "mh-late"
                                                      : "mh-soon";
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Written"), .text = chart_notes_pane_time_text, .width = 130 },
  { .field = "title", .expand = TRUE, .width = 140, .line = MH_LINE_TITLE },
  { .field = "kind", .width = 110, .line = MH_LINE_NONE },
  { .field = "author_name", .width = 130 },
  { .title = N_ ("State"),
    .text = chart_notes_pane_state_text,
    .style = chart_notes_pane_state_style,
    .width = 130,
    .line = MH_LINE_TRAILING },
  { NULL },
};

static int
chart_notes_pane_newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 one = mh_record_int ((MhRecord *)a, MH_NOTE_WRITTEN_AT);
  gint64 other = mh_record_int ((MhRecord *)b, MH_NOTE_WRITTEN_AT);
  return one != other ? (one > other ? -1 : 1)
                      : -g_strcmp0 (mh_record_id ((MhRecord *)a), mh_record_id ((MhRecord *)b));
}

/* --- one note --- */

static gboolean
chart_notes_pane_may_write (MhChartNotesPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  return context != NULL && mh_context_may (context, MH_MAY_WRITE_NOTE);
}

/* One's own draft that the server knows can be written on. */
static gboolean
is_my_draft (MhChartNotesPane *pane, MhRecord *note)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (pane)));
  return chart_notes_pane_may_write (pane) && mh_record_version (note) > 0
         && g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_DRAFT) == 0 && user != NULL
         && g_strcmp0 (mh_record_text (note, MH_NOTE_AUTHOR_ID), mh_record_id (user)) == 0;
}

static gboolean
is_writing (MhChartNotesPane *pane)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (pane->stack), "write") == 0;
}

static void
chart_notes_pane_show_note (MhChartNotesPane *pane, MhRecord *note)
{
  g_clear_pointer (&pane->wanted, g_free);
  if (is_my_draft (pane, note))
    {
      if (is_writing (pane)
          && g_strcmp0 (mh_note_editor_note_id (pane->editor), mh_record_id (note)) == 0)
        return;
      mh_note_editor_open (pane->editor, note);
      gtk_stack_set_visible_child_name (pane->stack, "write");
      return;
    }

  mh_note_editor_leave (pane->editor);
  mh_note_view_show (pane->view, note);
  gtk_stack_set_visible_child_name (pane->stack, "read");
}

static void
chart_notes_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartNotesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) note = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (note == NULL || g_strcmp0 (mh_record_id (note), pane->wanted) != 0)
    return;
  mh_record_table_select (pane->table, mh_record_id (note));
  chart_notes_pane_show_note (pane, note);
  mh_split_show_end (pane->split, TRUE);
}

static void
chart_notes_pane_selection_cb (MhChartNotesPane *pane)
{
  MhRecord *note = mh_record_table_current (pane->table);
  if (note != NULL && !mh_split_is_folded (pane->split) && !is_writing (pane)
      && pane->wanted == NULL)
    chart_notes_pane_show_note (pane, note);
}

static void
chart_notes_pane_activated_cb (MhChartNotesPane *pane, MhRecord *note)
{
  chart_notes_pane_show_note (pane, note);
  mh_split_show_end (pane->split, TRUE);
  if (is_writing (pane))
    mh_note_editor_focus (pane->editor);
}

static void
chart_notes_pane_begin_note (MhChartNotesPane *pane)
{
  if (!chart_notes_pane_may_write (pane) || pane->patient_id == NULL)
    return;
  g_clear_pointer (&pane->wanted, g_free);
  mh_note_editor_begin (pane->editor, pane->patient_id);
  gtk_stack_set_visible_child_name (pane->stack, "write");
  mh_split_show_end (pane->split, TRUE);
  mh_note_editor_focus (pane->editor);
}

static void
chart_notes_pane_done_cb (MhChartNotesPane *pane, MhRecord *note)
{
  gtk_stack_set_visible_child_name (pane->stack, "none");
  if (note != NULL)
    {
      mh_record_table_select (pane->table, mh_record_id (note));
      chart_notes_pane_show_note (pane, note);
    }
  else
    {
      mh_split_show_end (pane->split, FALSE);
      mh_record_list_reload (pane->notes);
    }

  mh_record_table_grab (pane->table);
}

static void
note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhChartNotesPane *pane = MH_CHART_NOTES_PANE (widget);
  if (g_str_equal (name, "chart-notes.begin"))
    chart_notes_pane_begin_note (pane);
  else if (g_str_equal (name, "chart-notes.add") && !is_writing (pane))
    mh_note_view_add (pane->view);
  else if (g_str_equal (name, "chart-notes.save") && is_writing (pane))
    mh_note_editor_save (pane->editor);
  else if (g_str_equal (name, "chart-notes.sign") && is_writing (pane))
    mh_note_editor_sign (pane->editor);
}

/* --- as a pane --- */

static void
chart_notes_pane_open_patient (MhChartNotesPane *pane, const char *patient_id)
{
  const char *args[] = { "patient_id", patient_id, "limit", "50", NULL };
  mh_note_editor_leave (pane->editor);
  gtk_stack_set_visible_child_name (pane->stack, "none");
  mh_split_show_end (pane->split, FALSE);
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (patient_id);
  mh_record_list_set_args (pane->notes, args);
}

static void
mh_chart_notes_pane_open (MhPane *parent, const char *what)
{
  MhChartNotesPane *pane = MH_CHART_NOTES_PANE (parent);
  g_auto (GStrv) parts = g_strsplit (what != NULL ? what : "", "/", 2);
  if (parts[0] == NULL)
    return;

  if (g_strcmp0 (parts[0], pane->patient_id) != 0)
    chart_notes_pane_open_patient (pane, parts[0]);
  if (parts[1] == NULL)
    return;

  g_free (pane->wanted);
  pane->wanted = g_strdup (parts[1]);
  mh_read_async (mh_pane_context (parent), "note.read", pane->wanted, mh_pane_cancellable (parent),
                 chart_notes_pane_read_cb, g_object_ref (pane));
}

static void
chart_notes_pane_shown (MhPane *parent)
{
  MhChartNotesPane *pane = MH_CHART_NOTES_PANE (parent);
  if (is_writing (pane))
    mh_note_editor_focus (pane->editor);
  else
    mh_record_table_enter (pane->table);
}

static void
chart_notes_pane_begin (MhPane *parent)
{
  MhChartNotesPane *pane = MH_CHART_NOTES_PANE (parent);
  mh_pane_keep (parent, &pane->notes, mh_record_list_new (mh_pane_context (parent), "note.list"));
  mh_record_list_set_keep (pane->notes, TRUE);
  mh_pane_keep (parent, &pane->sorted,
                gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (pane->notes)),
                                         GTK_SORTER (gtk_custom_sorter_new (
                                             chart_notes_pane_newest_first, NULL, NULL))));
  mh_record_table_setup (pane->table, "chart-notes", &mh_note_type, columns,
                         G_LIST_MODEL (pane->sorted), MH_TABLE_SINGLE);
  mh_record_table_set_source (pane->table, pane->notes);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
  gtk_widget_set_visible (pane->begin_note, chart_notes_pane_may_write (pane));
}

static void
mh_chart_notes_pane_finalize (GObject *object)
{
  g_free (MH_CHART_NOTES_PANE (object)->patient_id);
  g_free (MH_CHART_NOTES_PANE (object)->wanted);
  G_OBJECT_CLASS (mh_chart_notes_pane_parent_class)->finalize (object);
}

static void
chart_notes_pane_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_NOTE_VIEW);
  g_type_ensure (MH_TYPE_NOTE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-notes-pane"));
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, split);
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, table);
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, stack);
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, view);
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, editor);
  gtk_widget_class_bind_template_child (widget, MhChartNotesPane, begin_note);
  gtk_widget_class_bind_template_callback (widget, chart_notes_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, chart_notes_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, chart_notes_pane_done_cb);
}

static void
mh_chart_notes_pane_class_init (MhChartNotesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *action;
    guint key;
    GdkModifierType state;
  } keys[] = { { "chart-notes.begin", GDK_KEY_F4, 0 },
               { "chart-notes.add", GDK_KEY_F6, 0 },
               { "chart-notes.save", GDK_KEY_s, GDK_CONTROL_MASK },
               { "chart-notes.sign", GDK_KEY_Return, GDK_CONTROL_MASK } };

  G_OBJECT_CLASS (klass)->finalize = mh_chart_notes_pane_finalize;
  MH_PANE_CLASS (klass)->begin = chart_notes_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_chart_notes_pane_open;
  MH_PANE_CLASS (klass)->shown = chart_notes_pane_shown;
  chart_notes_pane_bind_template (widget);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (widget, keys[i].action, NULL, note_action);
      gtk_widget_class_add_binding_action (widget, keys[i].key, keys[i].state, keys[i].action,
                                           NULL);
    }
}

/* Also out of a text of several lines, which would take the key for itself. */
static gboolean
chart_notes_pane_key_cb (MhChartNotesPane *pane, guint key, guint code, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
      || !is_writing (pane))
    return GDK_EVENT_PROPAGATE;
  mh_note_editor_sign (pane->editor);
  return GDK_EVENT_STOP;
}

static void
mh_chart_notes_pane_init (MhChartNotesPane *pane)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (pane));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (chart_notes_pane_key_cb), pane,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (pane), keys);
}

GtkWidget *
mh_chart_notes_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_NOTES_PANE, "context", context, NULL);
}
