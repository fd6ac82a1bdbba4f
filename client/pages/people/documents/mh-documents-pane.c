/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-documents-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/people/documents/mh-paper-dialog.h"
#include "client/pages/people/documents/mh-paper-line.h"
#include "client/pages/people/documents/mh-picture-paper.h"
#include "client/pages/people/documents/mh-scanner.h"
#include "client/pages/people/documents/mh-upload.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-camera-dialog.h"
#include "client/widgets/media/mh-camera-there.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/media/mh-document-view.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/people/mh-document.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define THUMBNAIL_SIZE 160
/* Below this the list shows small pictures in lines; its side of the split is always narrower. */
#define LEAST_WIDTH 900

struct _MhDocumentsPane
{
  MhPane parent_instance;
  MhRecordList *list;
  char *patient_id;
  char *scanner; /* its name for SANE, or NULL */
  gboolean looked;
  MhRecord *shown; /* the document on the right, or NULL */
  GBytes *file;    /* its content, once it is here */
  GCancellable *loading;
  GBytes *adding; /* what the dialog asks about */
  MhSplit *split;
  MhRecordTable *table;
  MhBanner *banner;
  MhDocumentView *view;
  GtkStack *stack;
  GtkWidget *back, *add, *scan, *photograph;
};

G_DEFINE_FINAL_TYPE (MhDocumentsPane, mh_documents_pane, MH_TYPE_PANE)

static const char *const said[] = { "kind", "title", "dated_on", "source", "note", NULL };

/* --- the list --- */

static const char *
documents_pane_state_style (MhRecord *document)
{
  return mh_document_is_open (document) ? NULL : "mh-late";
}

static const MhTableColumn columns[] = {
  { .field = "title", .expand = TRUE, .width = 130 },
  { .title = N_ ("Dated"), .text = mh_paper_day, .width = 100 },
  { .title = N_ ("State"),
    .text = mh_paper_state,
    .style = documents_pane_state_style,
    .width = 100 },
  { .make = mh_paper_line_make,
    .bind = mh_paper_line_bind,
    .line = MH_LINE_WHOLE,
    .only_line = TRUE },
  { NULL },
};

/* --- the one on the right --- */

static char *
documents_pane_state_cb (MhDocumentsPane *pane)
{
  MhRecord *document = pane->shown;
  if (document == NULL)
    return NULL;

  g_autofree char *kind = mh_words_value (document, MH_DOCUMENT_KIND);
  g_autofree char *day = mh_paper_day (document);
  g_autofree char *scan = mh_words_value (document, MH_DOCUMENT_SCAN);
  const char *source = mh_record_text (document, MH_DOCUMENT_SOURCE);
  const char *by = mh_record_text (document, MH_DOCUMENT_BY_NAME);
  g_autofree char *line = g_strjoin (" · ", kind, day, source != NULL ? source : scan,
                                     source != NULL ? scan : (by != NULL ? by : scan), NULL);
  return g_steal_pointer (&line);
}

static gboolean
is_pdf (MhRecord *document)
{
  return g_strcmp0 (mh_record_text (document, MH_DOCUMENT_CONTENT_TYPE), MH_CONTENT_PDF) == 0;
}

static void
documents_pane_content_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
      || mh_pane_context (MH_PANE (pane)) == NULL || pane->shown == NULL)
    return;

  gboolean there = answer != NULL;
  if (there
      && (is_pdf (pane->shown) ? mh_document_view_show_pdf (pane->view, answer, &error)
                               : mh_document_view_show_picture (pane->view, answer, &error)))
    gtk_stack_set_visible_child_name (pane->stack, "file");
  else
    gtk_stack_set_visible_child_name (pane->stack, there ? "unreadable" : "away");
  if (there)
    pane->file = g_bytes_ref (answer);
  else
    mh_shell_fail (GTK_WIDGET (pane), error);

  mh_pane_changed (MH_PANE (pane));
}

static void
documents_pane_drop_shown (MhDocumentsPane *pane)
{
  g_cancellable_cancel (pane->loading);
  g_clear_object (&pane->loading);
  g_clear_pointer (&pane->file, g_bytes_unref);
  g_clear_object (&pane->shown);
}

static void
documents_pane_forget (MhDocumentsPane *pane)
{
  documents_pane_drop_shown (pane);
  mh_pane_changed (MH_PANE (pane));
}

static void
documents_pane_show (MhDocumentsPane *pane, MhRecord *document)
{
  gboolean same
      = pane->shown != NULL && g_strcmp0 (mh_record_id (pane->shown), mh_record_id (document)) == 0;
  if (same && (pane->file != NULL || pane->loading != NULL) && mh_document_is_open (document))
    return;

  documents_pane_forget (pane);
  pane->shown = g_object_ref (document);
  mh_pane_changed (MH_PANE (pane));

  if (!mh_document_is_open (document))
    {
      const char *scan = mh_record_text (document, MH_DOCUMENT_SCAN);
      gboolean held = g_strcmp0 (scan, MH_VIRUS_SCAN_INFECTED) == 0;
      gtk_stack_set_visible_child_name (pane->stack, held ? "held" : "coming");
      return;
    }

  const char *args[] = { "id", mh_record_id (document), NULL };
  pane->loading = g_cancellable_new ();
  gtk_stack_set_visible_child_name (pane->stack, "loading");
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "document.content", .args = args }, pane->loading,
                  documents_pane_content_cb, g_object_ref (pane));
}

static void
documents_pane_selection_cb (MhDocumentsPane *pane)
{
  MhRecord *document = mh_record_table_current (pane->table);
  if (document != NULL)
    documents_pane_show (pane, document);
}

static void
documents_pane_activated_cb (MhDocumentsPane *pane, MhRecord *document)
{
  documents_pane_show (pane, document);
  mh_split_show_end (pane->split, TRUE);
}

/* What the feed brings of the one on show: it has arrived, was checked, was taken out. */
static void
documents_pane_changed_cb (MhSync *sync,
                           const MhRecordType *type,
                           const char *id,
                           MhRecord *record,
                           MhDocumentsPane *pane)
{
  if (type != &mh_document_type || pane->shown == NULL
      || g_strcmp0 (id, mh_record_id (pane->shown)) != 0)
    return;

  if (record != NULL && !mh_record_has (record, MH_DELETED_AT))
    {
      if (pane->file == NULL)
        documents_pane_show (pane, record);
      return;
    }

  documents_pane_forget (pane);
  gtk_stack_set_visible_child_name (pane->stack, "nothing");
}

/* --- tools --- */

static void
smaller_cb (MhDocumentsPane *pane)
{
  mh_document_view_zoom (pane->view, -1);
}

static void
larger_cb (MhDocumentsPane *pane)
{
  mh_document_view_zoom (pane->view, 1);
}

static void
documents_pane_fit_cb (MhDocumentsPane *pane)
{
  mh_document_view_zoom (pane->view, 0);
}

static void
documents_pane_turn_cb (MhDocumentsPane *pane)
{
  mh_document_view_turn (pane->view);
}

static void
documents_pane_print_cb (MhDocumentsPane *pane)
{
  g_autoptr (GError) error = NULL;
  if (pane->file == NULL)
    return;
  g_autoptr (GBytes) pdf
      = is_pdf (pane->shown) ? g_bytes_ref (pane->file) : mh_picture_paper (pane->file, &error);
  if (pdf != NULL)
    mh_document_print_pdf (GTK_WIDGET (pane),
                           &(MhPrintWanted){ .printer = MH_PRINTER_PAGES, .name = _ ("Paper") },
                           pdf);
  else
    mh_shell_fail (GTK_WIDGET (pane), error);
}

/* The name proposed says nothing about the patient. */
static void
documents_pane_keep_cb (MhDocumentsPane *pane)
{
  const char *media
      = pane->file != NULL ? mh_record_text (pane->shown, MH_DOCUMENT_CONTENT_TYPE) : NULL;
  if (media == NULL)
    return;
  const char *ending = strrchr (media, '/') + 1;
  g_autofree char *name = g_strconcat (_ ("paper"), ".", ending, NULL);
  mh_document_save_file (GTK_WIDGET (pane), pane->file, media, name);
}

static void
changed_words_cb (GtkWidget *opener, MhRecord *record, gboolean waiting)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (opener);
  if (record != NULL && pane->shown != NULL)
    {
      g_set_object (&pane->shown, record);
      mh_pane_changed (MH_PANE (pane));
    }
  mh_shell_toast (opener, waiting ? _ ("Kept here; it is sent as soon as the server is back.")
                                  : _ ("Saved"));
}

static void
documents_pane_change_cb (MhDocumentsPane *pane)
{
  if (pane->shown != NULL)
    mh_paper_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                          &(MhPaperAsk){ .title = _ ("Change what is said about it"),
                                         .button = _ ("_Save"),
                                         .record = pane->shown,
                                         .fields = said,
                                         .route = "document.update",
                                         .done = changed_words_cb });
}

static void
taken_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (error != NULL)
    {
      mh_shell_fail (GTK_WIDGET (pane), error);
      return;
    }

  documents_pane_forget (pane);
  gtk_stack_set_visible_child_name (pane->stack, "nothing");
  mh_record_list_reload (pane->list);
  mh_shell_toast (GTK_WIDGET (pane), _ ("Removed from the chart"));
}

static void
documents_pane_why_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autofree char *why = mh_ask_text_finish (result);
  if (why == NULL || pane->shown == NULL || mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  g_autoptr (MhRecord) reason = mh_record_new (&mh_document_reason_type);
  const char *args[] = { "id", mh_record_id (pane->shown), NULL };
  mh_record_set_text (reason, MH_DOCUMENT_REASON_REASON, why);
  mh_ask_text_command_async (
      result, mh_pane_context (MH_PANE (pane)),
      &(MhCommand){ .route = "document.remove", .args = args, .body = reason }, taken_out_cb,
      g_object_ref (pane));
}

static void
take_out_cb (MhDocumentsPane *pane)
{
  if (pane->shown != NULL)
    mh_ask_text_async (
        GTK_WIDGET (pane), "document_removal", mh_record_id (pane->shown),
        _ ("Remove it from the chart?"),
        _ ("It is not shown any more. That it was there, and why it was removed, stays on record."),
        _ ("Reason"), _ ("Take out"), documents_pane_why_cb, g_object_ref (pane));
}

/* --- adding --- */

static void
documents_pane_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (source);
  g_autoptr (GError) error = NULL;
  gboolean ok = mh_upload_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  if (!ok)
    {
      mh_banner_set_revealed (pane->banner, FALSE);
      mh_shell_fail (GTK_WIDGET (pane), error);
    }
}

static void
documents_pane_told_cb (gpointer owner, guint sent, guint total, gboolean waiting)
{
  MhDocumentsPane *pane = owner;
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  g_autofree char *words
      = waiting
            ? g_strdup (_ ("The paper is saved here and is sent as soon as the server is back."))
            : g_strdup_printf (_ ("Sending the paper: %u of %u parts"), sent, total);
  mh_banner_set_title (pane->banner, words);
  mh_banner_set_revealed (pane->banner, waiting || sent < total);
}

static void
filled_cb (GtkWidget *opener, MhRecord *document, gboolean waiting)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (opener);
  g_autoptr (GBytes) file = g_steal_pointer (&pane->adding);
  g_autoptr (GBytes) thumbnail = NULL;
  gsize size = 0;

  if (file == NULL)
    return;

  const guint8 *data = g_bytes_get_data (file, &size);
  g_autoptr (MhDocumentView) drawn = g_object_ref_sink (MH_DOCUMENT_VIEW (mh_document_view_new ()));
  gboolean pdf = g_strcmp0 (mh_attachment_content_type (data, size), MH_CONTENT_PDF) == 0;

  if (pdf ? mh_document_view_show_pdf (drawn, file, NULL)
          : mh_document_view_show_picture (drawn, file, NULL))
    thumbnail = mh_document_view_thumbnail (drawn, THUMBNAIL_SIZE);

  mh_upload_async (
      mh_pane_context (MH_PANE (pane)),
      &(MhUploadWanted){ document, file, thumbnail, G_OBJECT (pane), documents_pane_told_cb },
      documents_pane_sent_cb, NULL);
}

/* Takes @file. */
static void
documents_pane_ask_about (MhDocumentsPane *pane, GBytes *file)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  const char *type = mh_attachment_content_type (data, size);

  g_clear_pointer (&pane->adding, g_bytes_unref);
  pane->adding = file;
  if (type == NULL || size > MH_DOCUMENT_MOST_BYTES)
    {
      mh_shell_toast (GTK_WIDGET (pane),
                      type == NULL ? _ ("Only PDF, PNG, JPEG, WebP and TIFF can be stored")
                                   : _ ("The file is larger than 64 MiB"));
      return;
    }

  g_autoptr (MhRecord) document = mh_record_new (&mh_document_type);
  mh_record_take_text (document, MH_ID, mh_id_new ());
  mh_record_set_text (document, MH_DOCUMENT_PATIENT_ID, pane->patient_id);
  mh_upload_measure (document, file);
  mh_paper_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                        &(MhPaperAsk){ .title = _ ("Add to the chart"),
                                       .button = _ ("_Add"),
                                       .record = document,
                                       .fields = said,
                                       .file = file,
                                       .content_type = type,
                                       .done = filled_cb });
}

static void
documents_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size = 0;
  if (!g_file_load_contents_finish (G_FILE (source), result, &content, &size, NULL, &error))
    mh_shell_fail (GTK_WIDGET (pane), error);
  else if (mh_pane_context (MH_PANE (pane)) != NULL)
    documents_pane_ask_about (pane, g_bytes_new_take (g_steal_pointer (&content), size));
}

static void
documents_pane_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL)
    g_file_load_contents_async (file, mh_pane_cancellable (MH_PANE (pane)), documents_pane_read_cb,
                                g_object_ref (pane));
}

static void
documents_pane_add_cb (MhDocumentsPane *pane)
{
  if (pane->patient_id != NULL)
    mh_pick_file_async (GTK_WIDGET (pane), /* save */ FALSE, _ ("Add a paper or picture"), NULL,
                        NULL, documents_pane_picked_cb, g_object_ref (pane));
}

static gboolean
documents_pane_drop_cb (GtkDropTarget *target,
                        const GValue *value,
                        double x,
                        double y,
                        MhDocumentsPane *pane)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE) || pane->patient_id == NULL
      || !gtk_widget_get_visible (pane->add))
    return FALSE;
  g_file_load_contents_async (g_value_get_object (value), mh_pane_cancellable (MH_PANE (pane)),
                              documents_pane_read_cb, g_object_ref (pane));
  return TRUE;
}

static void
photographed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  gboolean file = FALSE;
  GBytes *picture = mh_camera_ask_finish (result, &file);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    g_clear_pointer (&picture, g_bytes_unref);
  else if (picture != NULL)
    documents_pane_ask_about (pane, picture);
  else if (file)
    documents_pane_add_cb (pane);
}

static void
photograph_cb (MhDocumentsPane *pane)
{
  if (pane->patient_id != NULL)
    mh_camera_ask_async (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                         _ ("Photograph a paper"), /* portrait */ FALSE, photographed_cb,
                         g_object_ref (pane));
}

static void
documents_pane_camera_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  gboolean there = mh_camera_there_finish (result);
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    gtk_widget_set_visible (pane->photograph, there);
}

static void
documents_pane_scanned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  GBytes *page = mh_scanner_scan_finish (result, &error);

  if (mh_pane_context (MH_PANE (pane)) == NULL)
    {
      g_clear_pointer (&page, g_bytes_unref);
      return;
    }

  mh_pane_set_busy (MH_PANE (pane), FALSE);
  mh_banner_set_revealed (pane->banner, FALSE);
  if (page != NULL)
    documents_pane_ask_about (pane, page);
  else
    mh_shell_toast (GTK_WIDGET (pane),
                    _ ("The scanner did not answer. Is it on, and is a page in it?"));
}

static void
scan_cb (MhDocumentsPane *pane)
{
  if (pane->scanner == NULL || pane->patient_id == NULL)
    return;
  mh_pane_set_busy (MH_PANE (pane), TRUE);
  mh_banner_set_title (pane->banner, _ ("The page is being scanned…"));
  mh_banner_set_revealed (pane->banner, TRUE);
  mh_scanner_scan_async (pane->scanner, mh_pane_cancellable (MH_PANE (pane)),
                         documents_pane_scanned_cb, g_object_ref (pane));
}

static void
scanner_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autofree char *name = mh_scanner_find_finish (result);
  if (mh_pane_context (MH_PANE (pane)) == NULL || name == NULL)
    return;
  pane->scanner = g_steal_pointer (&name);
  gtk_widget_set_visible (pane->scan, TRUE);
}

/* A scanner when papers are looked at for the first time, not at each start of the program; a
 * camera each time: that is quickly told. */
static void
look_for_machines (MhDocumentsPane *pane)
{
  if (!gtk_widget_get_visible (pane->add))
    return;
  mh_camera_there_async (mh_pane_cancellable (MH_PANE (pane)), documents_pane_camera_cb,
                         g_object_ref (pane));
  if (pane->looked)
    return;
  pane->looked = TRUE;
  mh_scanner_find_async (mh_pane_cancellable (MH_PANE (pane)), scanner_cb, g_object_ref (pane));
}

/* --- making it --- */

static gboolean
documents_pane_belongs (MhRecord *document, gpointer data)
{
  MhDocumentsPane *pane = data;
  return g_strcmp0 (mh_record_text (document, MH_DOCUMENT_PATIENT_ID), pane->patient_id) == 0
         && !mh_record_has (document, MH_DELETED_AT);
}

static void
documents_pane_open_patient (MhDocumentsPane *pane, const char *patient_id)
{
  const char *args[] = { "patient_id", patient_id, "limit", "50", NULL };
  g_free (pane->patient_id);
  pane->patient_id = g_strdup (patient_id);
  documents_pane_forget (pane);
  mh_banner_set_revealed (pane->banner, FALSE);
  gtk_stack_set_visible_child_name (pane->stack, "nothing");
  mh_split_show_end (pane->split, FALSE);
  mh_record_list_set_args (pane->list, args);
  look_for_machines (pane);
}

static void
documents_pane_wanted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDocumentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) document = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (document == NULL || !documents_pane_belongs (document, pane))
    return;
  mh_record_table_select (pane->table, mh_record_id (document));
  documents_pane_activated_cb (pane, document);
}

/* "PATIENT-ID", or "PATIENT-ID/DOCUMENT-ID". */
static void
mh_documents_pane_open (MhPane *base, const char *what)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (base);
  g_auto (GStrv) parts = g_strsplit (what != NULL ? what : "", "/", 2);
  if (parts[0] == NULL)
    return;
  if (g_strcmp0 (pane->patient_id, parts[0]) != 0)
    documents_pane_open_patient (pane, parts[0]);
  else if (parts[1] == NULL)
    mh_record_list_reload (pane->list);
  if (parts[1] != NULL)
    mh_read_async (mh_pane_context (base), "document.read", parts[1], mh_pane_cancellable (base),
                   documents_pane_wanted_cb, g_object_ref (pane));
}

static void
documents_pane_shown (MhPane *base)
{
  mh_record_table_enter (MH_DOCUMENTS_PANE (base)->table);
}

static void
documents_pane_begin (MhPane *base)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (base);
  MhContext *context = mh_pane_context (base);
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_object_bind_property (pane->split, "folded", gtk_widget_get_parent (pane->back), "visible",
                          G_BINDING_SYNC_CREATE);
  mh_pane_keep (base, &pane->list, mh_record_list_new (context, "document.list"));
  mh_record_list_set_belongs (pane->list, documents_pane_belongs, pane);
  mh_record_list_set_keep (pane->list, TRUE);
  mh_record_table_setup (pane->table, "documents", &mh_document_type, columns,
                         G_LIST_MODEL (pane->list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, LEAST_WIDTH);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (documents_pane_changed_cb), pane, 0);
  g_signal_connect (drop, "drop", G_CALLBACK (documents_pane_drop_cb), pane);
  gtk_widget_add_controller (GTK_WIDGET (pane), GTK_EVENT_CONTROLLER (drop));
}

static void
mh_documents_pane_finalize (GObject *object)
{
  MhDocumentsPane *pane = MH_DOCUMENTS_PANE (object);
  documents_pane_drop_shown (pane);
  g_clear_pointer (&pane->adding, g_bytes_unref);
  g_free (pane->patient_id);
  g_free (pane->scanner);
  G_OBJECT_CLASS (mh_documents_pane_parent_class)->finalize (object);
}

static void
bind_callbacks (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_callback (widget, documents_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_add_cb);
  gtk_widget_class_bind_template_callback (widget, scan_cb);
  gtk_widget_class_bind_template_callback (widget, photograph_cb);
  gtk_widget_class_bind_template_callback (widget, smaller_cb);
  gtk_widget_class_bind_template_callback (widget, larger_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_fit_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_turn_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_print_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_keep_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_change_cb);
  gtk_widget_class_bind_template_callback (widget, take_out_cb);
}

/* --- what the template asks --- */

static char *
documents_pane_title_cb (MhDocumentsPane *pane)
{
  return pane->shown != NULL ? g_strdup (mh_record_text (pane->shown, MH_DOCUMENT_TITLE)) : NULL;
}

static gboolean
documents_pane_has_file_cb (MhDocumentsPane *pane)
{
  return pane->file != NULL;
}

static gboolean
documents_pane_has_shown_cb (MhDocumentsPane *pane)
{
  return pane->shown != NULL;
}

static void
mh_documents_pane_class_init (MhDocumentsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_documents_pane_finalize;
  MH_PANE_CLASS (klass)->begin = documents_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_documents_pane_open;
  MH_PANE_CLASS (klass)->shown = documents_pane_shown;

  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/documents/mh-documents-pane"));

  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, split);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, table);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, banner);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, view);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, stack);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, back);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, add);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, scan);
  gtk_widget_class_bind_template_child (widget, MhDocumentsPane, photograph);
  gtk_widget_class_bind_template_callback (widget, documents_pane_title_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_state_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_has_file_cb);
  gtk_widget_class_bind_template_callback (widget, documents_pane_has_shown_cb);
  mh_closures_bind (widget);

  bind_callbacks (widget);
}

static void
mh_documents_pane_init (MhDocumentsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_documents_pane_new (MhContext *context)
{
  return g_object_new (MH_TYPE_DOCUMENTS_PANE, "context", context, NULL);
}
