/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-report-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-document-view.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhReportPage
{
  GtkWidget parent_instance;
  MhContext *context;
  char *order_id;
  GListStore *versions; /* newest first */
  GBytes *pdf;          /* what is on show */
  GCancellable *loading, *drawing;
  GtkWidget *stack, *strip, *split, *table, *language, *preview, *print, *save;
};

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MhReportPage,
                               mh_report_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

static const MhTableColumn columns[] = {
  { .field = "number", .width = 120 },
  { .field = "version_no", .width = 70 },
  { .field = "status", .width = 120 },
  { .field = "issued_at", .width = 130 },
  { .field = "verified_name", .expand = TRUE },
  { .field = "copies", .width = 70 },
  { NULL },
};

static GCancellable *
renew (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
  return *cancellable;
}

/* --- the paper --- */

static void
set_pdf (MhReportPage *page, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&page->pdf, g_bytes_unref);
  if (pdf == NULL || !mh_document_view_show_pdf (MH_DOCUMENT_VIEW (page->preview), pdf, &error))
    mh_document_view_show (MH_DOCUMENT_VIEW (page->preview), NULL);
  else
    page->pdf = g_bytes_ref (pdf);
  mh_shell_fail (GTK_WIDGET (page), error);
  gtk_widget_set_sensitive (page->save, page->pdf != NULL);
  gtk_widget_set_sensitive (
      page->print, page->pdf != NULL && mh_context_may (page->context, MH_MAY_PRINT_REPORT));
}

/* The paper of the version that is chosen. @copy: to be printed, so the server counts it. */
static void
fetch (MhReportPage *page, gboolean copy, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  MhRecord *report = mh_record_table_current (MH_RECORD_TABLE (page->table));
  g_autoptr (GStrvBuilder) args = g_strv_builder_new ();
  if (report == NULL || page->order_id == NULL)
    return;
  g_autofree char *version
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (report, MH_REPORT_VERSION_NO));
  g_strv_builder_add_many (args, "id", page->order_id, "language", mh_choice_get (page->language),
                           "report_version", version, NULL);
  if (copy)
    g_strv_builder_add_many (args, "copy", "true", NULL);
  g_auto (GStrv) list = g_strv_builder_end (args);
  mh_api_call_async (mh_context_api (page->context), "report.pdf", (const char *const *)list, NULL,
                     NULL, -1, cancellable, callback, g_object_ref (page));
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (page->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  set_pdf (page, answer != NULL ? answer->bytes : NULL);
  mh_shell_fail (GTK_WIDGET (page), error);
}

static void
draw (MhReportPage *page)
{
  fetch (page, FALSE, renew (&page->drawing), drawn_cb);
}

static void reload (MhReportPage *page);

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (page->context == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (answer == NULL || answer->bytes == NULL)
    return;
  mh_document_print_pdf (GTK_WIDGET (page), answer->bytes, _ ("Laboratory report"));
  reload (page);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  if (page->pdf != NULL && mh_context_may (page->context, MH_MAY_PRINT_REPORT))
    fetch (page, TRUE, NULL, counted_cb);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReportPage *page = MH_REPORT_PAGE (widget);
  MhRecord *report = mh_record_table_current (MH_RECORD_TABLE (page->table));
  if (page->pdf == NULL || report == NULL)
    return;
  /* The number alone: names of files are seen by others. */
  g_autofree char *file = mh_record_display (report);
  g_autofree char *with_end = g_strdup_printf ("%s.pdf", g_strdelimit (file, "/ ", '-'));
  mh_document_save_pdf (widget, page->pdf, with_end);
}

/* --- which --- */

static void
versions_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (page->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  MhRecord *current = mh_record_table_current (MH_RECORD_TABLE (page->table));
  g_autofree char *kept = current != NULL ? g_strdup (mh_record_id (current)) : NULL;
  GPtrArray *items = answer != NULL ? answer->items : NULL;
  g_list_store_splice (page->versions, 0, g_list_model_get_n_items (G_LIST_MODEL (page->versions)),
                       items != NULL ? items->pdata : NULL, items != NULL ? items->len : 0);
  gboolean any = items != NULL && items->len > 0;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "reports" : "none");
  if (!any)
    return;
  mh_record_table_select (MH_RECORD_TABLE (page->table),
                          kept != NULL ? kept : mh_record_id (g_ptr_array_index (items, 0)));
  draw (page);
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  char today[11];
  if (page->context != NULL && patient != NULL)
    mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), patient,
                           mh_today (page->context, today));
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReportPage) page = data;
  g_autoptr (MhRecord) order = mh_read_finish (result, NULL);
  if (page->context == NULL || order == NULL
      || g_strcmp0 (mh_record_id (order), page->order_id) != 0)
    return;
  mh_read_async (page->context, "patient.read", mh_record_text (order, MH_ORDER_PATIENT_ID),
                 page->loading, patient_cb, g_object_ref (page));
}

static void
reload (MhReportPage *page)
{
  const char *args[] = { "id", page->order_id, NULL };
  GCancellable *cancellable = renew (&page->loading);
  mh_read_async (page->context, "order.read", page->order_id, cancellable, order_cb,
                 g_object_ref (page));
  mh_api_call_async (mh_context_api (page->context), "report.list", args, NULL, NULL, -1,
                     cancellable, versions_cb, g_object_ref (page));
}

static void
selection_cb (MhRecordTable *table, MhReportPage *page)
{
  if (mh_record_table_current (table) != NULL)
    draw (page);
}

static void
activated_cb (MhRecordTable *table, MhRecord *report, MhReportPage *page)
{
  mh_split_show_end (MH_SPLIT (page->split), TRUE);
}

/* A correction released at another desk comes into the list. */
static void
changed_cb (MhSync *sync,
            const MhRecordType *type,
            const char *id,
            MhRecord *record,
            MhReportPage *page)
{
  if (type == &mh_report_type && record != NULL && page->order_id != NULL
      && g_strcmp0 (mh_record_text (record, MH_REPORT_ORDER_ID), page->order_id) == 0)
    reload (page);
}

/* --- as a page --- */

static void
page_open (MhPage *iface, const char *what)
{
  MhReportPage *page = MH_REPORT_PAGE (iface);
  if (what == NULL || what[0] == 0)
    return;
  if (g_strcmp0 (what, page->order_id) != 0)
    {
      g_list_store_remove_all (page->versions);
      set_pdf (page, NULL);
      mh_patient_strip_show (MH_PATIENT_STRIP (page->strip), NULL, NULL);
      g_free (page->order_id);
      page->order_id = g_strdup (what);
    }
  reload (page);
}

static void
page_shown (MhPage *iface)
{
  mh_record_table_grab (MH_RECORD_TABLE (MH_REPORT_PAGE (iface)->table));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->shown = page_shown;
}

/* --- making it --- */

static void
mh_report_page_dispose (GObject *object)
{
  MhReportPage *page = MH_REPORT_PAGE (object);
  if (page->loading != NULL)
    g_cancellable_cancel (page->loading);
  if (page->drawing != NULL)
    g_cancellable_cancel (page->drawing);
  g_clear_pointer (&page->stack, gtk_widget_unparent);
  g_clear_object (&page->loading);
  g_clear_object (&page->drawing);
  g_clear_object (&page->versions);
  g_clear_object (&page->context);
  g_clear_pointer (&page->pdf, g_bytes_unref);
  g_clear_pointer (&page->order_id, g_free);
  G_OBJECT_CLASS (mh_report_page_parent_class)->dispose (object);
}

static void
mh_report_page_class_init (MhReportPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_report_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget, "report.print", NULL, print_action);
  gtk_widget_class_install_action (widget, "report.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "report.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "report.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_s, GDK_CONTROL_MASK, "report.save", NULL);
}

static void
mh_report_page_init (MhReportPage *page)
{
  page->versions = g_list_store_new (MH_TYPE_RECORD);
}

static void
hear_choice (GtkWidget *choice, MhReportPage *page)
{
  for (GtkWidget *button = gtk_widget_get_first_child (choice); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (GTK_IS_TOGGLE_BUTTON (button))
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (draw), page);
}

static GtkWidget *
make_paper (MhReportPage *page)
{
  static const char *const codes[] = { "en", "hi", NULL };
  static const char *const labels[] = { "English", "हिन्दी", NULL };
  GtkWidget *box = mh_vbox (6), *bar = mh_hbox (MH_GAP), *foot = mh_hbox (MH_GAP);
  GtkWidget *back = mh_button (_ ("_Versions"), NULL, "split.back");
  page->language = mh_choice_new (codes, labels);
  hear_choice (page->language, page);
  page->preview = mh_document_view_new ();
  gtk_widget_set_vexpand (page->preview, TRUE);
  page->save = mh_button (_ ("_Save…"), "Ctrl+S", "report.save");
  page->print = mh_primary_button_new (_ ("Print"), "F9", "report.print");
  gtk_widget_set_hexpand (page->save, TRUE);
  gtk_widget_set_halign (page->save, GTK_ALIGN_END);
  gtk_widget_add_css_class (foot, "mh-foot");
  gtk_widget_add_css_class (bar, "mh-toolbar");
  mh_box_append (bar, back);
  mh_box_append (bar, mh_label (_ ("Language of the paper"), "dim-label"));
  mh_box_append (bar, page->language);
  mh_box_append (foot, page->save);
  mh_box_append (foot, page->print);
  mh_box_append (box, bar);
  mh_box_append (box, page->preview);
  mh_box_append (box, foot);
  g_object_set_data (G_OBJECT (box), "back", back);
  return box;
}

static GtkWidget *
make_versions (MhReportPage *page)
{
  GtkWidget *left = mh_vbox (6);
  page->table = mh_record_table_new ("report-versions", &mh_report_type, columns,
                                     G_LIST_MODEL (page->versions), MH_TABLE_SINGLE);
  gtk_widget_set_vexpand (page->table, TRUE);
  gtk_widget_add_css_class (left, "mh-pane");
  mh_box_append (left, mh_heading (_ ("Versions")));
  mh_box_append (left, page->table);
  g_signal_connect (page->table, "selection", G_CALLBACK (selection_cb), page);
  g_signal_connect (page->table, "activated", G_CALLBACK (activated_cb), page);
  return left;
}

GtkWidget *
mh_report_page_new (MhContext *context)
{
  MhReportPage *page = g_object_new (MH_TYPE_REPORT_PAGE, NULL);
  GtkWidget *box = mh_vbox (0), *paper = make_paper (page);
  page->context = g_object_ref (context);
  page->strip = mh_patient_strip_new ();
  page->split = mh_split_new (make_versions (page), 340, paper, 340);
  g_object_bind_property (page->split, "folded", g_object_get_data (G_OBJECT (paper), "back"),
                          "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_set_vexpand (page->split, TRUE);
  page->stack = gtk_stack_new ();
  mh_box_append (box, page->strip);
  mh_box_append (box, page->split);
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      mh_empty_new ("mh-microscope-symbolic", _ ("No report yet"),
                    _ ("A report is there once the results of its order are verified. Open "
                       "it from a completed order."),
                    NULL, NULL),
      "none");
  gtk_stack_add_named (GTK_STACK (page->stack), box, "reports");
  gtk_widget_set_parent (page->stack, GTK_WIDGET (page));
  set_pdf (page, NULL);
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (changed_cb), page, 0);
  return GTK_WIDGET (page);
}
