/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-catalogue-files.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-catalogue-record.h"

#include <glib/gi18n-lib.h>

void
mh_catalogue_files_save (MhPane *pane, const MhRecordType *type)
{
  g_autofree char *name
      = type != NULL ? g_strconcat (type->code, ".csv", NULL) : g_strdup ("catalogue.json");
  const char *table[]
      = { "format", MH_CATALOGUE_CSV, "record_type", type != NULL ? type->code : NULL, NULL };
  const char *whole[] = { "format", MH_CATALOGUE_JSON, NULL };
  mh_file_answer_save (pane, "catalogue.export", type != NULL ? table : whole, name);
}

/* --- taking in --- */

typedef struct
{
  MhPane *pane;
  MhRecord *upload;
  void (*done) (MhPane *pane);
} Taking;

static void
taking_free (Taking *taking)
{
  g_clear_object (&taking->pane);
  g_clear_object (&taking->upload);
  g_free (taking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static char *
counts_text (MhRecord *taken)
{
  return g_strdup_printf (_ ("%d rows: %d new, %d changed, %d removed, %d unchanged, %d bad"),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_ROWS),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_ADDED),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_CHANGED),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_REMOVED),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_SAME),
                          (int)mh_record_int (taken, MH_CATALOGUE_TAKEN_BAD));
}

static const MhTableColumn remark_columns[] = {
  { .field = "line", .width = 60 },
  { .field = "code", .width = 90 },
  { .field = "field", .width = 100 },
  { .field = "reason", .expand = TRUE, .width = 160 },
  { NULL },
};

/* Line, column and remedy of each row that stops the file. */
static void
show_remarks (MhPane *pane, MhRecord *taken)
{
  GPtrArray *remarks = mh_record_records (taken, MH_CATALOGUE_TAKEN_REMARKS);
  GListStore *store = g_list_store_new (MH_TYPE_RECORD);
  GtkWidget *window = adw_window_new (), *box = mh_vbox (6), *bar = adw_header_bar_new ();
  g_autofree char *counts = counts_text (taken);

  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    g_list_store_append (store, g_ptr_array_index (remarks, i));
  mh_box_append (box, bar);
  mh_box_append (box, mh_label (counts, "heading"));
  mh_box_append (
      box, mh_label (_ ("Nothing was written. Correct these lines and try again."), "dim-label"));

  GtkWidget *table = mh_record_table_new ("catalogue-remarks", &mh_catalogue_remark_type,
                                          remark_columns, G_LIST_MODEL (store), MH_TABLE_SINGLE);
  gtk_widget_set_vexpand (table, TRUE);
  mh_box_append (box, table);
  gtk_window_set_title (GTK_WINDOW (window), _ ("The file cannot be imported"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (pane))));
  mh_dialog_fill (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  g_object_unref (store);
}

static void
catalogue_files_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (taking->pane) == NULL)
    return;

  if (outcome == NULL || outcome->record == NULL)
    {
      mh_shell_fail (GTK_WIDGET (taking->pane), error);
      return;
    }

  if (mh_record_int (outcome->record, MH_CATALOGUE_TAKEN_BAD) > 0)
    show_remarks (taking->pane, outcome->record);
  else
    mh_shell_toast (GTK_WIDGET (taking->pane), _ ("Imported"));

  taking->done (taking->pane);
}

static void
catalogue_files_send (Taking *taking, gboolean dry_run, GAsyncReadyCallback callback)
{
  MhContext *context = mh_pane_context (taking->pane);
  mh_record_set_bool (taking->upload, MH_CATALOGUE_UPLOAD_DRY_RUN, dry_run);
  mh_command_async (context, &(MhCommand){ .route = "catalogue.import", .body = taking->upload },
                    NULL, callback, taking);
}

static void
catalogue_files_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  if (mh_ask_finish (result) && mh_pane_context (taking->pane) != NULL)
    catalogue_files_send (g_steal_pointer (&taking), FALSE, catalogue_files_written_cb);
}

static void
catalogue_files_tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  MhRecord *taken = outcome != NULL ? outcome->record : NULL;
  GtkWidget *widget = GTK_WIDGET (taking->pane);

  if (mh_pane_context (taking->pane) == NULL)
    return;

  if (taken == NULL)
    {
      mh_shell_fail (widget, error);
      return;
    }

  if (mh_record_int (taken, MH_CATALOGUE_TAKEN_BAD) > 0)
    {
      show_remarks (taking->pane, taken);
      return;
    }

  g_autofree char *counts = counts_text (taken);
  mh_ask_async (widget, _ ("Import this file?"), counts, _ ("Import"), FALSE,
                catalogue_files_sure_cb, g_steal_pointer (&taking));
}

static void
catalogue_files_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  gboolean read
      = g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error);

  if (mh_pane_context (taking->pane) == NULL)
    return;

  if (!read)
    mh_shell_fail (GTK_WIDGET (taking->pane), error);
  else if (!g_utf8_validate (text, (gssize)length, NULL))
    mh_shell_toast (GTK_WIDGET (taking->pane), _ ("This file is not UTF-8 text."));
  else
    {
      mh_record_set_text (taking->upload, MH_CATALOGUE_UPLOAD_TEXT, text);
      catalogue_files_send (g_steal_pointer (&taking), TRUE, catalogue_files_tried_cb);
    }
}

static void
catalogue_files_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  if (name == NULL || mh_pane_context (taking->pane) == NULL)
    return;
  mh_record_set_text (taking->upload, MH_CATALOGUE_UPLOAD_FORMAT,
                      g_str_has_suffix (name, ".csv") ? MH_CATALOGUE_CSV : MH_CATALOGUE_JSON);
  GCancellable *cancellable = mh_pane_cancellable (taking->pane);
  g_file_load_contents_async (file, cancellable, catalogue_files_read_cb,
                              g_steal_pointer (&taking));
}

void
mh_catalogue_files_take (MhPane *pane, const MhRecordType *type, void (*done) (MhPane *pane))
{
  Taking *taking = g_new0 (Taking, 1);
  taking->pane = g_object_ref (pane);
  taking->upload = mh_record_new (&mh_catalogue_upload_type);
  taking->done = done;
  mh_record_set_text (taking->upload, MH_CATALOGUE_UPLOAD_RECORD_TYPE, type->code);
  mh_pick_file_async (GTK_WIDGET (pane), FALSE, _ ("Import a catalogue file"), NULL, NULL,
                      catalogue_files_picked_cb, taking);
}
