/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/reports/mh-report-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/lab/reports/mh-report-access-dialog.h"
#include "client/pages/lab/reports/mh-report-change-dialog.h"
#include "client/pages/lab/reports/mh-report-queue.h"
#include "client/pages/lab/results/mh-lab-queue.h"
#include "client/pages/mh-counted-paper.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/media/mh-document-print.h"
#include "client/widgets/media/mh-document-view.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/reports/lab/mh-report-lab.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhReportPage
{
  MhPane parent_instance;
  MhRecordList *orders;   /* completed ones, those reported last first; or those in work */
  MhRecordList *versions; /* of the chosen one's report, newest first */
  MhRecordList *changes;  /* of the chosen one's report, newest first */
  MhRecordList *logos;
  char *seen_id; /* the version whose showing was told to the server */
  char *order_id;
  MhDocument *document; /* what is on show */
  GHashTable *files;    /* SHA-256 → GBytes: the pictures of the reports shown here */
  GHashTable *asked;    /* SHA-256 of those that are on their way, or did not come */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhPatientStrip *strip;
  GtkEditable *search;
  GtkStack *stack, *paper;
  MhDocumentView *preview;
  GtkDropDown *version, *language, *what;
  GtkStack *lists;
  MhReportQueue *queue;
  MhBanner *waiting;
  GtkLabel *facts;
  GtkWidget *print, *save;
};

G_DEFINE_FINAL_TYPE (MhReportPage, mh_report_page, MH_TYPE_PANE)

/* In the order of the choice in the template. */
static const char *const languages[] = { "en", "hi", "ur", "ar" };

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "patient_name", .expand = TRUE },
  { .field = "report_issued_at", .title = N_ ("Issued"), .width = 120 },
  { NULL },
};

/* --- the paper --- */

static void report_page_draw_cb (MhReportPage *page);

/* The version that is chosen; NULL: there is none. New reference. Those of the order before stand
 * in the list until the answer. */
static MhRecord *
report_page_chosen (MhReportPage *page)
{
  guint at = gtk_drop_down_get_selected (page->version);
  g_autoptr (MhRecord) report
      = page->versions != NULL && page->order_id != NULL && at != GTK_INVALID_LIST_POSITION
            ? g_list_model_get_item (G_LIST_MODEL (page->versions), at)
            : NULL;
  return report != NULL
                 && g_strcmp0 (mh_record_text (report, MH_REPORT_ORDER_ID), page->order_id) == 0
             ? g_steal_pointer (&report)
             : NULL;
}

static const char *
language (MhReportPage *page)
{
  guint at = gtk_drop_down_get_selected (page->language);
  return languages[at < G_N_ELEMENTS (languages) ? at : 0];
}

static void
report_page_show_facts (MhReportPage *page, MhRecord *report)
{
  gint64 copies = report != NULL ? mh_record_int (report, MH_REPORT_COPIES) : 0;
  const char *by = report != NULL ? mh_record_text (report, MH_REPORT_VERIFIED_NAME) : NULL;
  g_autofree char *printed
      = copies > 0 ? g_strdup_printf (ngettext ("Printed once", "Printed %d times", (gulong)copies),
                                      (int)copies)
                   : g_strdup (_ ("Not printed yet"));
  g_autofree char *text
      = by != NULL ? g_strdup_printf (_ ("Verified by %s · %s"), by, printed) : g_strdup (printed);
  gtk_label_set_text (page->facts, report != NULL ? text : "");
}

static MhRecord *
report_page_find_logo (MhReportPage *page, const char *hash)
{
  guint n = page->logos != NULL ? g_list_model_get_n_items (G_LIST_MODEL (page->logos)) : 0;
  for (guint i = 0; hash != NULL && i < n; i++)
    {
      g_autoptr (MhRecord) logo = g_list_model_get_item (G_LIST_MODEL (page->logos), i);
      if (g_strcmp0 (mh_record_text (logo, MH_REPORT_LOGO_HASH), hash) == 0)
        return g_steal_pointer (&logo);
    }
  return NULL;
}

static void
add_logo (MhReportPage *page, MhLabReport *content)
{
  gsize length = 0;
  g_autoptr (MhRecord) logo
      = content->template_ != NULL ? report_page_find_logo (
            page, mh_record_text (content->template_, MH_REPORT_TEMPLATE_LOGO_HASH))
                                   : NULL;
  const char *png = logo != NULL ? mh_record_text (logo, MH_REPORT_LOGO_PNG) : NULL;
  guchar *bytes = png != NULL ? g_base64_decode (png, &length) : NULL;
  if (bytes != NULL)
    content->logo = g_bytes_new_take (bytes, length);
}

typedef struct
{
  MhReportPage *page;
  char *hash;
} Fetching;

static void
report_page_picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetching *fetching = data;
  g_autoptr (MhReportPage) page = fetching->page;
  g_autofree char *hash = fetching->hash;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, NULL);
  g_free (fetching);
  if (answer == NULL || mh_pane_context (MH_PANE (page)) == NULL)
    return;
  g_hash_table_insert (page->files, g_steal_pointer (&hash), g_bytes_ref (answer));
  report_page_draw_cb (page);
}

/* Pictures are not in the local copy: they come while the page is looked at, and until then a frame
 * stands in their place. */
static void
add_files (MhReportPage *page, MhLabReport *content)
{
  if (content->attachments == NULL)
    return;

  if (page->files == NULL)
    {
      page->files
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
      page->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }

  content->files = g_hash_table_ref (page->files);
  for (guint i = 0; i < content->attachments->len; i++)
    {
      MhRecord *one = g_ptr_array_index (content->attachments, i);
      const char *hash = mh_record_text (one, MH_ATTACHMENT_SHA256);
      const char *args[] = { "id", mh_record_id (one), NULL };
      if (hash == NULL || g_hash_table_contains (page->files, hash)
          || !g_hash_table_add (page->asked, g_strdup (hash)))
        continue;
      Fetching *fetching = g_new0 (Fetching, 1);
      fetching->page = g_object_ref (page);
      fetching->hash = g_strdup (hash);
      mh_fetch_async (mh_pane_context (MH_PANE (page)),
                      &(MhFetch){ .route = "attachment.content", .args = args }, NULL,
                      report_page_picture_cb, fetching);
    }
}

/* Once for each version that somebody has before their eyes: who has seen it is told when it is
 * changed. Waits in the outbox while the server is away. */
static void
tell_seen (MhReportPage *page, MhRecord *report)
{
  const char *args[] = { "id", mh_record_id (report), NULL };
  if (g_strcmp0 (page->seen_id, mh_record_id (report)) == 0)
    return;
  g_free (page->seen_id);
  page->seen_id = g_strdup (mh_record_id (report));
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "report.seen", .args = args }, NULL, NULL, NULL);
}

/* Drawn here from the frozen content, by the routine that makes the server's PDF; so a report that
 * this desk has is seen without the server. */
static void
report_page_draw_cb (MhReportPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) report = context != NULL ? report_page_chosen (page) : NULL;
  gboolean here = report != NULL && mh_record_has (report, MH_REPORT_CONTENT);
  g_autoptr (MhLabReport) content = here ? mh_lab_report_from_record (report, &error) : NULL;

  if (context == NULL)
    return;

  g_clear_pointer (&page->document, mh_document_unref);
  if (content != NULL)
    {
      add_logo (page, content);
      add_files (page, content);
      page->document = mh_report_lab (content, language (page), 0);
      tell_seen (page, report);
    }

  mh_document_view_show (page->preview, page->document);
  mh_shell_fail (GTK_WIDGET (page), error);
  gtk_stack_set_visible_child_name (
      page->paper, here                                                           ? "paper"
                   : report != NULL || mh_record_list_from_cache (page->versions) ? "away"
                                                                                  : "none");
  report_page_show_facts (page, report);
  gtk_widget_set_sensitive (page->save, page->document != NULL);
  gtk_widget_set_sensitive (page->print,
                            report != NULL && mh_context_may (context, MH_MAY_PRINT_REPORT));
}

static void
report_page_printed_cb (gboolean printed, gpointer data)
{
  g_autoptr (MhReportPage) page = data;

  if (printed && mh_pane_context (MH_PANE (page)) != NULL)
    mh_record_list_reload (page->versions);
}

/* The server counts each paper and marks those after the first; so it has to be there. */
static void
report_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  g_autoptr (MhRecord) report = report_page_chosen (page);
  if (report == NULL || !mh_context_may (context, MH_MAY_PRINT_REPORT))
    return;

  g_autofree char *version = mh_record_value_text (report, MH_REPORT_VERSION_NO);
  const char *words = language (page);
  const char *args[] = { "id", page->order_id, "language", words, "report_version", version, NULL };
  const char *counted[] = { "id",    page->order_id, "language", words, "report_version",
                            version, "copy",         "true",     NULL };
  const MhCountedPaper paper = { .route = "report.pdf",
                                 .args = args,
                                 .counted_args = counted,
                                 .title = _ ("Laboratory report"),
                                 .printer = MH_PRINTER_PAGES };

  mh_counted_paper_print (widget, context, &paper, report_page_printed_cb, g_object_ref (page));
}

static void
report_page_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  g_autoptr (MhRecord) report = report_page_chosen (page);
  if (page->document == NULL || report == NULL)
    return;
  /* The number alone: names of files are seen by others. */
  g_autofree char *file = mh_record_display (report);
  g_autofree char *with_end = g_strdup_printf ("%s.pdf", g_strdelimit (file, "/ ", '-'));
  mh_document_save (widget, page->document, with_end);
}

/* --- changing, sending --- */

/* The change that waits for a second person; NULL: none. New reference. */
static MhRecord *
open_change (MhReportPage *page)
{
  g_autoptr (MhRecord) first
      = page->changes != NULL ? g_list_model_get_item (G_LIST_MODEL (page->changes), 0) : NULL;
  gboolean open
      = first != NULL
        && g_strcmp0 (mh_record_text (first, MH_REPORT_CHANGE_STATUS), MH_REPORT_CHANGE_WAITING)
               == 0;
  return open ? g_steal_pointer (&first) : NULL;
}

static void
changes_cb (MhReportPage *page)
{
  g_autoptr (MhRecord) change = open_change (page);
  g_autofree char *lines = change != NULL ? mh_report_change_words (change) : NULL;
  g_autofree char *first = lines != NULL ? g_strndup (lines, strcspn (lines, "\n")) : NULL;
  g_autofree char *title
      = change == NULL
            ? NULL
            : g_strdup_printf (
                _ ("%s proposes: %s"), mh_record_text (change, MH_REPORT_CHANGE_BY_NAME),
                first[0] != 0
                    ? first
                    : mh_words_of_code (&mh_report_change_type.fields[MH_REPORT_CHANGE_KIND],
                                        mh_record_text (change, MH_REPORT_CHANGE_KIND)));

  mh_banner_set_title (page->waiting, title != NULL ? title : "");
  mh_banner_set_button (page->waiting, _ ("Look at it…"));
  mh_banner_set_revealed (page->waiting, change != NULL);
  if (change == NULL && page->versions != NULL && page->order_id != NULL)
    mh_record_list_reload (page->versions);
}

static void
report_page_decide_cb (MhReportPage *page)
{
  g_autoptr (MhRecord) change = open_change (page);
  if (change != NULL)
    mh_report_decide_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), change);
}

static void
report_page_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  g_autoptr (MhRecord) newest
      = page->versions != NULL ? g_list_model_get_item (G_LIST_MODEL (page->versions), 0) : NULL;
  if (newest == NULL || !mh_record_has (newest, MH_REPORT_CONTENT))
    return;
  if (!mh_context_may (context, MH_MAY_CORRECT_REPORT))
    mh_shell_toast (widget, _ ("Your role may not change released reports."));
  else
    mh_report_change_dialog_show (widget, context, newest);
}

static void
access_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  if (page->order_id != NULL)
    mh_report_access_dialog_show (widget, mh_pane_context (MH_PANE (page)), page->order_id);
}

/* --- before it is final --- */

static void
early_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (page),
                  _ ("Released early; the report says that it may still change."));
  mh_record_list_reload (page->versions);
}

static void
release_early (MhReportPage *page, const char *status)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_report_release_type);
  const char *args[] = { "id", page->order_id, NULL };
  mh_record_set_text (body, MH_REPORT_RELEASE_STATUS, status);
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "report.early", .args = args, .body = body }, NULL,
                    early_cb, g_object_ref (page));
}

static void
early_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (page)) != NULL)
    release_early (page, MH_REPORT_STATUS_PRELIMINARY);
}

static void
early_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  const char *status = g_variant_get_string (parameter, NULL);
  if (page->order_id == NULL)
    return;

  if (!mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_VERIFY_RESULT))
    mh_shell_toast (widget, _ ("Your role may not release reports."));
  else if (g_strcmp0 (status, MH_REPORT_STATUS_PARTIAL) == 0)
    release_early (page, MH_REPORT_STATUS_PARTIAL);
  else
    mh_ask_async (widget, _ ("Release values that nobody has verified?"),
                  _ ("Each page says that they are preliminary. The final report replaces them."),
                  _ ("_Release"), FALSE, early_asked_cb, g_object_ref (page));
}

static void
remarked_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  mh_shell_toast (opener, _ ("The next version of the report says so."));
}

static void
remark_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (MhRecord) known = mh_read_finish (result, NULL);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_report_remark_type);
  static const char *const fields[] = { "text", NULL };
  MhContext *context = mh_pane_context (MH_PANE (page));

  if (context == NULL || page->order_id == NULL)
    return;

  if (known != NULL)
    mh_record_set_text (draft, MH_REPORT_REMARK_TEXT,
                        mh_record_text (known, MH_REPORT_REMARK_TEXT));

  const MhEntryWanted wanted = { .title = _ ("Comment on the report"),
                                 .save = _ ("_Save"),
                                 .hint = _ ("It stands below the results of the next version."),
                                 .fields = fields,
                                 .route = "report.remark",
                                 .id = page->order_id,
                                 .draft = draft,
                                 .done = remarked_cb };

  mh_entry_dialog_show (GTK_WIDGET (page), context, &wanted);
}

static void
remark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (page->order_id == NULL)
    return;
  if (!mh_context_may (context, MH_MAY_VERIFY_RESULT))
    mh_shell_toast (widget, _ ("Your role may not release reports."));
  else
    mh_read_async (context, "report_remark.read", page->order_id,
                   mh_pane_cancellable (MH_PANE (page)), remark_found_cb, g_object_ref (page));
}

static void
mailed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome != NULL)
    mh_shell_toast (GTK_WIDGET (page), _ ("The e-mail is on its way."));
}

static void
mail_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  const char *args[] = { "id", page->order_id, NULL };
  if (page->order_id != NULL)
    mh_command_async (mh_pane_context (MH_PANE (page)),
                      &(MhCommand){ .route = "report.mail", .args = args }, NULL, mailed_cb,
                      g_object_ref (page));
}

static void
cumulative_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (answer != NULL)
    mh_document_print_pdf (
        GTK_WIDGET (page),
        &(MhPrintWanted){ .printer = MH_PRINTER_PAGES, .name = _ ("Cumulative report") }, answer);
}

static void
cumulative_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  g_autoptr (MhRecord) report = report_page_chosen (page);
  if (report == NULL)
    return;
  const char *args[]
      = { "id", mh_record_text (report, MH_REPORT_PATIENT_ID), "language", language (page), NULL };
  mh_fetch_async (mh_pane_context (MH_PANE (page)),
                  &(MhFetch){ .route = "report.cumulative", .args = args }, NULL, cumulative_cb,
                  g_object_ref (page));
}

static void
print_queue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  mh_report_queue_print (page->queue, language (page));
}

/* --- its versions --- */

/* "Version 2 · Corrected · 20 Nov, 13:45" */
static char *
version_words (MhRecord *report)
{
  g_autofree char *when = mh_words_time (mh_record_int (report, MH_REPORT_ISSUED_AT));
  const char *status = mh_words_of_code (&mh_report_type.fields[MH_REPORT_STATUS],
                                         mh_record_text (report, MH_REPORT_STATUS));
  return g_strdup_printf (_ ("Version %d · %s · %s"),
                          (int)mh_record_int (report, MH_REPORT_VERSION_NO), status, when);
}

static void
versions_cb (MhReportPage *page)
{
  GListModel *versions = G_LIST_MODEL (page->versions);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (versions), at = gtk_drop_down_get_selected (page->version);
  if (mh_pane_context (MH_PANE (page)) == NULL
      || (n == 0 && mh_record_list_is_loading (page->versions)))
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) report = g_list_model_get_item (versions, i);
      g_autofree char *told = version_words (report);
      gtk_string_list_append (words, told);
    }

  g_signal_handlers_block_by_func (page->version, report_page_draw_cb, page);
  gtk_drop_down_set_model (page->version, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (page->version, at < n ? at : 0);
  g_signal_handlers_unblock_by_func (page->version, report_page_draw_cb, page);
  gtk_widget_set_visible (GTK_WIDGET (page->version), n > 0);
  report_page_draw_cb (page);
}

/* --- whose --- */

static void
report_page_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (MhRecord) order = mh_read_finish (result, NULL);
  if (mh_pane_context (MH_PANE (page)) != NULL && order != NULL
      && g_strcmp0 (mh_record_id (order), page->order_id) == 0)
    mh_patient_strip_load (page->strip, mh_pane_context (MH_PANE (page)),
                           mh_record_text (order, MH_ORDER_PATIENT_ID));
}

static void
report_page_open_order (MhReportPage *page, const char *id)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  const char *args[] = { "id", id, NULL };
  if (g_strcmp0 (id, page->order_id) == 0)
    return;

  g_free (page->order_id);
  page->order_id = g_strdup (id);
  gtk_drop_down_set_selected (page->version, 0);
  mh_patient_strip_load (page->strip, context, NULL);
  mh_record_list_set_args (page->versions, args);
  mh_record_list_set_args (page->changes, args);
  mh_read_async (context, "order.read", id, mh_pane_cancellable (MH_PANE (page)),
                 report_page_order_cb, g_object_ref (page));
  gtk_stack_set_visible_child_name (page->stack, "report");
}

static const char *
report_page_shown_id (MhPane *pane)
{
  return MH_REPORT_PAGE (pane)->order_id;
}

static void
report_page_show_order (MhPane *pane, const char *id)
{
  if (id != NULL)
    report_page_open_order (MH_REPORT_PAGE (pane), id);
}

/* From the first letter on somebody else is looked for: no key prints the report before. */
static void
report_page_typing_cb (MhReportPage *page)
{
  if (page->order_id == NULL)
    return;
  g_clear_pointer (&page->order_id, g_free);
  mh_record_table_select (page->table, NULL);
  mh_patient_strip_load (page->strip, mh_pane_context (MH_PANE (page)), NULL);
  gtk_stack_set_visible_child_name (page->stack, "nothing");
}

static void
report_page_search_cb (MhReportPage *page)
{
  const char *q = gtk_editable_get_text (page->search);
  gboolean open = gtk_drop_down_get_selected (page->what) == 1;
  const char *args[] = { "tab",   open ? "processing" : "completed",
                         "sort",  open ? "pressing" : "reported",
                         "limit", "100",
                         "q",     q,
                         NULL };

  if (q[0] == 0)
    args[6] = NULL;
  if (page->orders == NULL)
    return;

  mh_record_list_set_compare (page->orders,
                              open ? mh_lab_queue_compare_pressing : mh_lab_queue_compare_reported);
  mh_record_list_set_args (page->orders, args);
}

static void
report_page_to_table_cb (MhReportPage *page)
{
  mh_record_table_grab (page->table);
}

static void
what_cb (MhReportPage *page)
{
  guint at = gtk_drop_down_get_selected (page->what);
  gboolean reports = at <= 1 || at == GTK_INVALID_LIST_POSITION;
  gtk_stack_set_visible_child_name (page->lists, reports ? "reports" : "queue");
  gtk_widget_set_visible (GTK_WIDGET (page->search), reports);
  if (reports)
    report_page_search_cb (page);
  else
    mh_report_queue_show (page->queue, at - 2);
}

static void
report_page_open_cb (MhReportPage *page, const char *order_id)
{
  mh_master_detail_show (&page->master_detail, order_id, TRUE);
}

/* --- as a page --- */

static gboolean
is_about_order (MhRecord *change, gpointer data)
{
  MhReportPage *page = data;
  return g_strcmp0 (mh_record_text (change, MH_REPORT_CHANGE_ORDER_ID), page->order_id) == 0;
}

static void
report_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how
      = { .shown = report_page_shown_id, .show = report_page_show_order, .waits = TRUE };
  MhReportPage *page = MH_REPORT_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &page->orders, mh_record_list_new (context, "order.list"));
  mh_pane_keep (pane, &page->versions, mh_record_list_new (context, "report.list"));
  mh_record_list_set_keep (page->versions, TRUE);
  mh_pane_keep (pane, &page->changes, mh_record_list_new (context, "report_change.of_order"));
  mh_record_list_set_belongs (page->changes, is_about_order, page);
  mh_pane_keep (pane, &page->logos, mh_record_list_new (context, "report_logo.list"));
  mh_record_list_set_keep (page->logos, TRUE);
  mh_record_list_set_args (page->logos, NULL);
  g_signal_connect_object (page->logos, "notify::n-items", G_CALLBACK (report_page_draw_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->changes, "notify::n-items", G_CALLBACK (changes_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->changes, "items-changed", G_CALLBACK (changes_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->versions, "notify::n-items", G_CALLBACK (versions_cb), page,
                           G_CONNECT_SWAPPED);
  mh_record_table_setup (page->table, "reports", &mh_order_type, columns,
                         G_LIST_MODEL (page->orders), MH_TABLE_SINGLE);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->orders));
  report_page_search_cb (page);
}

static void
mh_report_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    mh_master_detail_show (&MH_REPORT_PAGE (pane)->master_detail, what, TRUE);
}

static void
report_page_shown (MhPane *pane)
{
  MhReportPage *page = MH_REPORT_PAGE (pane);
  if (page->order_id == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (page->search));
  else
    mh_record_table_grab (page->table);
}

static void
mh_report_page_finalize (GObject *object)
{
  MhReportPage *page = MH_REPORT_PAGE (object);
  g_clear_pointer (&page->document, mh_document_unref);
  g_clear_pointer (&page->files, g_hash_table_unref);
  g_clear_pointer (&page->asked, g_hash_table_unref);
  g_free (page->order_id);
  g_free (page->seen_id);
  G_OBJECT_CLASS (mh_report_page_parent_class)->finalize (object);
}

static void
report_page_bind (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/reports/mh-report-page"));

  gtk_widget_class_bind_template_child (widget, MhReportPage, split);
  gtk_widget_class_bind_template_child (widget, MhReportPage, search);
  gtk_widget_class_bind_template_child (widget, MhReportPage, table);
  gtk_widget_class_bind_template_child (widget, MhReportPage, stack);
  gtk_widget_class_bind_template_child (widget, MhReportPage, strip);
  gtk_widget_class_bind_template_child (widget, MhReportPage, version);
  gtk_widget_class_bind_template_child (widget, MhReportPage, language);
  gtk_widget_class_bind_template_child (widget, MhReportPage, paper);
  gtk_widget_class_bind_template_child (widget, MhReportPage, preview);
  gtk_widget_class_bind_template_child (widget, MhReportPage, facts);
  gtk_widget_class_bind_template_child (widget, MhReportPage, save);
  gtk_widget_class_bind_template_child (widget, MhReportPage, print);
  gtk_widget_class_bind_template_child (widget, MhReportPage, what);
  gtk_widget_class_bind_template_child (widget, MhReportPage, lists);
  gtk_widget_class_bind_template_child (widget, MhReportPage, queue);
  gtk_widget_class_bind_template_child (widget, MhReportPage, waiting);

  gtk_widget_class_bind_template_callback (widget, what_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_open_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_decide_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_typing_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_search_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_to_table_cb);
  gtk_widget_class_bind_template_callback (widget, report_page_draw_cb);
}

static void
focus_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_REPORT_PAGE (widget)->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (MH_REPORT_PAGE (widget)->search));
}

static void
mh_report_page_class_init (MhReportPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_report_page_finalize;
  MH_PANE_CLASS (klass)->begin = report_page_begin;
  MH_PANE_CLASS (klass)->open = mh_report_page_open;
  MH_PANE_CLASS (klass)->shown = report_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_REPORT_QUEUE);
  g_type_ensure (MH_TYPE_BANNER);
  report_page_bind (widget);

  gtk_widget_class_install_action (widget, "report.print", NULL, report_page_print_action);
  gtk_widget_class_install_action (widget, "report.save", NULL, report_page_save_action);
  gtk_widget_class_install_action (widget, "report.search", NULL, focus_search);
  gtk_widget_class_install_action (widget, "report.change", NULL, report_page_change_action);
  gtk_widget_class_install_action (widget, "report.early", "s", early_action);
  gtk_widget_class_install_action (widget, "report.remark", NULL, remark_action);
  gtk_widget_class_install_action (widget, "report.access", NULL, access_action);
  gtk_widget_class_install_action (widget, "report.mail", NULL, mail_action);
  gtk_widget_class_install_action (widget, "report.cumulative", NULL, cumulative_action);
  gtk_widget_class_install_action (widget, "report.print-queue", NULL, print_queue_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, GDK_SHIFT_MASK, "report.print-queue",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "report.change", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "report.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "report.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_s, GDK_CONTROL_MASK, "report.save", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "report.search", NULL);
}

static void
mh_report_page_init (MhReportPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_report_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_REPORT_PAGE, "context", context, NULL);
}
