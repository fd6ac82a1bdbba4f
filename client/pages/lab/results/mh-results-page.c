/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-results-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-order-parts.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-qc-line.h"
#include "client/pages/lab/results/mh-bench-choice.h"
#include "client/pages/lab/results/mh-instrument-pick.h"
#include "client/pages/lab/results/mh-lab-queue.h"
#include "client/pages/lab/results/mh-result-grid.h"
#include "client/pages/lab/results/mh-result-notes.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/lab/results/mh-sheet-report.h"
#include "client/pages/lab/results/mh-tube-bar.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-aside.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/media/mh-document-view.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"

#include <glib/gi18n-lib.h>

/* The paper follows the keys this late: in the pauses between them. */
#define REDRAW_MS 250

struct _MhResultsPage
{
  MhPane parent_instance;
  MhRecordList *orders, *worklists;
  GListModel *queue;   /* the orders, most pressing first */
  MhOrderParts *parts; /* of the line with the focus */
  char *order_id;      /* that is open, or was before one test was shown */
  MhMasterDetail master_detail;
  char *wanted_test; /* to be chosen as soon as the worklists are here */
  gboolean choosing; /* they were asked for; at other times they change nothing under one's hands */
  guint redraw;      /* timer, 0: none */
  MhSplit *split;
  MhRecordTable *table;
  MhAside *aside;
  MhPatientStrip *strip;
  GtkToggleButton *by_patient, *by_test, *paper;
  GtkEditable *search;
  GtkDropDown *bench;
  GtkDropDown *test;
  GtkStack *views;
  MhResultGrid *grid;
  MhDocumentView *here, *beside;
  MhInstrumentPick *instrument;
  MhQcLine *control;
  MhTubeBar *tubes;
  MhResultNotes *notes;
  GtkLabel *count, *note;
};

G_DEFINE_FINAL_TYPE (MhResultsPage, mh_results_page, MH_TYPE_PANE)

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .field = "patient_name", .expand = TRUE, .line = MH_LINE_TITLE },
  { .title = N_ ("Urgency"),
    .text = mh_lab_urgency_text,
    .style = mh_lab_urgency_style,
    .width = 80,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Tubes"), .text = mh_lab_tubes_text, .width = 120 },
  { .title = N_ ("Waited"), .text = mh_lab_waited_text, .style = mh_lab_waited_style, .width = 70 },
  { NULL },
};
#define COLUMNS_LEAST_WIDTH 480

static gboolean
wants_results (MhRecord *order, gpointer data)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_PROCESSING) == 0
         && mh_bench_choice_fits (data, order);
}

/* --- the paper, the tubes, the patient: of the line with the focus --- */

static gboolean
redraw_cb (gpointer data)
{
  MhResultsPage *page = data;
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  MhRecord *order = mh_order_parts_order (page->parts);
  MhRecord *patient = mh_order_parts_patient (page->parts);
  MhRecord *hospital = mh_order_parts_hospital (page->parts);
  gboolean beside = mh_aside_is_wide (page->aside);
  g_autoptr (MhRecord) now = sheet != NULL ? mh_result_sheet_now (sheet) : NULL;
  g_autoptr (MhDocument) document = NULL;

  page->redraw = 0;

  /* One test across patients is a part of each order: no report can be told from it. */
  if (now != NULL && order != NULL && patient != NULL && hospital != NULL
      && !gtk_toggle_button_get_active (page->by_test))
    document = mh_sheet_report (now, order, patient, hospital, NULL);

  mh_document_view_show (page->here, beside ? NULL : document);
  mh_document_view_show (page->beside, beside ? document : NULL);
  return G_SOURCE_REMOVE;
}

static void
redraw (MhResultsPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && page->redraw == 0)
    page->redraw = g_timeout_add (REDRAW_MS, redraw_cb, page);
}

/* What is known beside the value with the focus. */
static void
show_notes (MhResultsPage *page)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  MhResultLine *line = sheet != NULL ? mh_result_grid_line (page->grid) : NULL;
  /* what is asked or measured again is the analyte, whichever determination has the focus */
  mh_result_notes_show (page->notes, sheet != NULL ? mh_result_sheet_record (sheet) : NULL,
                        line != NULL ? mh_result_sheet_row (sheet, line) : NULL);
  mh_instrument_pick_show (page->instrument, line != NULL ? mh_result_line_row (line) : NULL);
  mh_qc_line_show (page->control, sheet != NULL ? mh_result_sheet_record (sheet) : NULL);
}

static void
results_page_picked_cb (MhResultsPage *page, const char *bench, const char *instrument)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  if (sheet != NULL)
    mh_result_sheet_set_instrument (sheet, bench, instrument);
}

static void
grid_changed_cb (MhResultsPage *page)
{
  show_notes (page);
  redraw (page);
}

/* What was just typed is at the server before anything is asked about it. */
static void
leaving_cb (MhResultsPage *page)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  if (sheet != NULL)
    mh_result_sheet_flush (sheet);
}

static void
results_page_told_cb (MhResultsPage *page, MhRecord *record)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  if (sheet != NULL
      && g_strcmp0 (mh_record_text (record, MH_RESULTS_SHEET_ORDER_ID),
                    mh_result_sheet_order_id (sheet))
             == 0)
    mh_result_sheet_take (sheet, record);
  show_notes (page);
}

static void
mark_tube (MhResultsPage *page)
{
  MhResultLine *line = mh_result_grid_line (page->grid);
  mh_tube_bar_mark (
      page->tubes,
      line != NULL ? mh_record_text (mh_result_line_row (line), MH_RESULT_ROW_SAMPLE_ID) : NULL);
}

static void
parts_cb (MhResultsPage *page)
{
  char today[11];
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (context == NULL)
    return;
  mh_patient_strip_show (page->strip, mh_order_parts_patient (page->parts),
                         mh_when_today_text (today));
  mh_tube_bar_show (page->tubes, mh_order_parts_order (page->parts));
  mark_tube (page);
  redraw (page);
}

static void
current_cb (MhResultsPage *page)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);

  /* Patient and tubes are of the row, also while its results are not on this desk. */
  const char *id = sheet != NULL                                  ? mh_result_sheet_order_id (sheet)
                   : gtk_toggle_button_get_active (page->by_test) ? NULL
                                                                  : page->order_id;
  const char *number = sheet != NULL ? mh_record_text (mh_result_sheet_record (sheet),
                                                       MH_RESULTS_SHEET_ORDER_NUMBER)
                                     : NULL;
  g_autofree char *text
      = number != NULL ? g_strdup_printf (_ ("Order %s · drafts save themselves"), number) : NULL;

  if (page->parts == NULL)
    return;

  gtk_label_set_text (page->note, text != NULL ? text : "");
  if (g_strcmp0 (id, mh_order_parts_wanted (page->parts)) != 0)
    mh_order_parts_load (page->parts, id);
  show_notes (page);
  mark_tube (page);
}

static void
results_page_paper_cb (MhResultsPage *page)
{
  gboolean shown = gtk_toggle_button_get_active (page->paper) && !mh_aside_is_wide (page->aside);
  gtk_stack_set_visible_child_name (page->views, shown ? "paper" : "grid");
  if (!shown)
    mh_result_grid_focus (page->grid);
}

/* The paper moves between its two places with the width. */
static void
results_page_wide_cb (MhResultsPage *page)
{
  results_page_paper_cb (page);
  redraw (page);
}

/* --- which order, which test --- */

/* "": one test across patients, which is beside no row. */
static const char *
results_shown (MhPane *pane)
{
  MhResultsPage *page = MH_RESULTS_PAGE (pane);
  return gtk_toggle_button_get_active (page->by_test) ? "" : page->order_id;
}

/* Are the keys on that row of the queue? Then they stay there while its results are looked at. */
static gboolean
results_is_browsed (MhResultsPage *page, const char *id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  MhRecord *row = mh_record_table_current (page->table);
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (page->table)) && row != NULL
         && g_strcmp0 (mh_record_id (row), id) == 0;
}

static void
results_show (MhPane *pane, const char *id)
{
  MhResultsPage *page = MH_RESULTS_PAGE (pane);
  g_autofree char *wanted = g_strdup (id);
  if (g_strcmp0 (wanted, results_shown (pane)) != 0)
    {
      gtk_toggle_button_set_active (page->by_patient, TRUE);
      g_free (page->order_id);
      page->order_id = g_steal_pointer (&wanted);
      mh_result_grid_show (page->grid, page->order_id);
    }
  if (!results_is_browsed (page, page->order_id))
    mh_result_grid_focus (page->grid);
}

static const MhMasterDetailHow master_detail_how = { results_shown, results_show };

static void
results_page_activated_cb (MhResultsPage *page)
{
  mh_result_grid_focus (page->grid);
}

static void
results_page_test_cb (MhResultsPage *page)
{
  guint at = gtk_drop_down_get_selected (page->test);
  if (page->worklists == NULL || !gtk_toggle_button_get_active (page->by_test))
    return;
  g_autoptr (MhRecord) list = at != GTK_INVALID_LIST_POSITION
                                  ? g_list_model_get_item (G_LIST_MODEL (page->worklists), at)
                                  : NULL;
  g_free (page->wanted_test);
  page->wanted_test = g_strdup (list != NULL ? mh_record_text (list, MH_WORKLIST_TEST) : "");
  mh_result_grid_show_test (page->grid, page->wanted_test);
}

/* "Thyroid-stimulating hormone · 12" */
static void
worklists_cb (MhResultsPage *page)
{
  GListModel *lists = G_LIST_MODEL (page->worklists);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint chosen = 0;
  if (mh_pane_context (MH_PANE (page)) == NULL || mh_record_list_is_loading (page->worklists)
      || !page->choosing || !gtk_toggle_button_get_active (page->by_test))
    return;

  page->choosing = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (lists); i++)
    {
      g_autoptr (MhRecord) list = g_list_model_get_item (lists, i);
      g_autofree char *text
          = g_strdup_printf ("%s · %" G_GINT64_FORMAT, mh_record_text (list, MH_WORKLIST_NAME),
                             mh_record_int (list, MH_WORKLIST_WAITING));
      gtk_string_list_append (words, text);
      if (g_strcmp0 (mh_record_text (list, MH_WORKLIST_TEST), page->wanted_test) == 0)
        chosen = i;
    }

  g_signal_handlers_block_by_func (page->test, results_page_test_cb, page);
  gtk_drop_down_set_model (page->test, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (page->test, chosen);
  g_signal_handlers_unblock_by_func (page->test, results_page_test_cb, page);
  results_page_test_cb (page);
}

static void
choose_test (MhResultsPage *page)
{
  page->choosing = TRUE;
  mh_record_list_reload (page->worklists);
}

static void
mode_cb (MhResultsPage *page)
{
  MhResultLine *line = mh_result_grid_line (page->grid);
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  if (gtk_toggle_button_get_active (page->by_test))
    {
      mh_record_table_select (page->table, NULL);
      g_free (page->wanted_test);
      page->wanted_test = g_strdup (
          line != NULL ? mh_record_text (mh_result_line_row (line), MH_RESULT_ROW_TEST) : NULL);
      choose_test (page);
      return;
    }

  /* Back to the patient on whose line one was. */
  if (sheet != NULL)
    {
      g_free (page->order_id);
      page->order_id = g_strdup (mh_result_sheet_order_id (sheet));
    }

  mh_result_grid_show (page->grid, page->order_id);
  mh_result_grid_focus (page->grid);
  mh_record_table_select (page->table, page->order_id);
}

static void
mode_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultsPage *page = MH_RESULTS_PAGE (widget);
  gboolean by_test = gtk_toggle_button_get_active (page->by_test);
  gtk_toggle_button_set_active (by_test ? page->by_patient : page->by_test, TRUE);
}

static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultsPage *page = MH_RESULTS_PAGE (widget);
  if (!mh_aside_is_wide (page->aside))
    gtk_toggle_button_set_active (page->paper, !gtk_toggle_button_get_active (page->paper));
}

static void
queue_cb (MhResultsPage *page)
{
  guint n = g_list_model_get_n_items (page->queue);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u order needs results", "%u orders need results", n), n);
  if (mh_pane_context (MH_PANE (page)) != NULL)
    gtk_label_set_text (page->count, text);
}

/* --- finishing --- */

/* Finished, but for what another person has to determine again. */
static gboolean
is_kept_back (MhResultsPage *page)
{
  MhResultSheet *sheet = mh_result_grid_current (page->grid);
  GPtrArray *rows = sheet != NULL ? mh_record_records (mh_result_sheet_record (sheet),
                                                       MH_RESULTS_SHEET_ANALYTES)
                                  : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (mh_result_second_keeps_back (g_ptr_array_index (rows, i)))
      return TRUE;
  return FALSE;
}

static void
results_page_tell (MhResultsPage *page, guint complete, guint open_left, gboolean waiting)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (waiting)
    g_string_append (text, _ ("Kept here; it is sent as soon as the server is back."));
  else if (complete == 1 && is_kept_back (page))
    g_string_append (text, _ ("Kept. It waits for two determinations that agree."));
  else if (complete == 1)
    g_string_append (text, _ ("Complete. It waits to be verified."));
  else if (complete > 1)
    g_string_append_printf (text, _ ("%u orders are complete. They wait to be verified."),
                            complete);
  if (open_left > 0)
    g_string_append_printf (text,
                            ngettext ("%s%u order still needs other results.",
                                      "%s%u orders still need other results.", open_left),
                            text->len > 0 ? " " : "", open_left);

  mh_shell_toast (GTK_WIDGET (page), text->str);
}

static void
results_page_finished_cb (MhResultsPage *page, guint complete, guint open_left, gboolean waiting)
{
  if (gtk_toggle_button_get_active (page->by_test))
    {
      results_page_tell (page, complete, open_left, waiting);
      choose_test (page);
      return;
    }
  if (complete == 0)
    return; /* what is wrong stands beside its line */
  results_page_tell (page, complete, 0, waiting);
  g_autofree char *next = mh_lab_queue_next (page->queue, page->order_id);
  mh_master_detail_show (&page->master_detail, next, TRUE);
}

static void
notes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *own, *of_notes;
  } actions[] = { { "results.restart", "notes.restart" },
                  { "results.ask", "notes.ask" },
                  { "results.grown", "notes.grown" } };
  MhResultsPage *page = MH_RESULTS_PAGE (widget);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].own, name))
      gtk_widget_activate_action (GTK_WIDGET (page->notes), actions[i].of_notes, NULL);
}

static void
normal_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_result_grid_fill_normal (MH_RESULTS_PAGE (widget)->grid);
}

static void
finish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_result_grid_finish (MH_RESULTS_PAGE (widget)->grid);
}

static void
results_page_to_table_cb (MhResultsPage *page)
{
  mh_record_table_enter (page->table);
}

static void
results_page_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_RESULTS_PAGE (widget)->search));
}

/* --- as a page --- */

static void
results_page_bench_cb (MhResultsPage *page)
{
  static const char *const args[] = { "stage", "enter", "sort", "pressing", "limit", "100", NULL };
  if (page->orders != NULL)
    mh_bench_choice_apply (page->bench, page->orders, args);
}

static void
results_page_begin (MhPane *pane)
{
  MhResultsPage *page = MH_RESULTS_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &page->orders, mh_record_list_new (context, "order.list"));
  mh_record_list_set_compare (page->orders, mh_lab_queue_compare_pressing);
  mh_pane_keep (pane, &page->queue,
                mh_lab_queue_filter (g_object_ref (G_LIST_MODEL (page->orders)), page->search));
  mh_pane_keep (pane, &page->worklists, mh_record_list_new (context, "worklist.list"));
  mh_pane_keep (pane, &page->parts, mh_order_parts_new (context));
  mh_record_list_set_belongs (page->orders, wants_results, page->bench);
  mh_record_table_setup (page->table, "results", &mh_order_type, columns, page->queue,
                         MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, COLUMNS_LEAST_WIDTH);
  mh_record_table_set_source (page->table, page->orders);
  mh_master_detail_begin (&page->master_detail, pane, &master_detail_how, page->table, page->split,
                          page->queue);
  g_signal_connect_object (page->queue, "items-changed", G_CALLBACK (queue_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->worklists, "notify::loading", G_CALLBACK (worklists_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->parts, "changed", G_CALLBACK (parts_cb), page, G_CONNECT_SWAPPED);
  mh_bench_choice_begin (page->bench, pane);
  results_page_bench_cb (page);
}

static void
mh_results_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    mh_master_detail_show (&MH_RESULTS_PAGE (pane)->master_detail, what, TRUE);
}

static void
results_page_shown (MhPane *pane)
{
  MhResultsPage *page = MH_RESULTS_PAGE (pane);
  if (page->order_id != NULL)
    mh_result_grid_focus (page->grid);
  else
    mh_record_table_grab (page->table);
}

static void
mh_results_page_dispose (GObject *object)
{
  g_clear_handle_id (&MH_RESULTS_PAGE (object)->redraw, g_source_remove);
  G_OBJECT_CLASS (mh_results_page_parent_class)->dispose (object);
}

static void
mh_results_page_finalize (GObject *object)
{
  MhResultsPage *page = MH_RESULTS_PAGE (object);
  g_free (page->order_id);
  g_free (page->wanted_test);
  G_OBJECT_CLASS (mh_results_page_parent_class)->finalize (object);
}

static void
results_page_bind (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-results-page"));

  gtk_widget_class_bind_template_child (widget, MhResultsPage, split);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, count);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, table);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, search);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, aside);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, strip);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, by_patient);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, by_test);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, test);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, paper);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, views);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, grid);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, here);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, beside);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, instrument);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, control);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, tubes);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, notes);
  gtk_widget_class_bind_template_child (widget, MhResultsPage, note);

  gtk_widget_class_bind_template_callback (widget, results_page_picked_cb);
  gtk_widget_class_bind_template_callback (widget, results_page_activated_cb);
  gtk_widget_class_bind_template_callback (widget, mode_cb);
  gtk_widget_class_bind_template_callback (widget, results_page_test_cb);
  gtk_widget_class_bind_template_callback (widget, results_page_paper_cb);
}

static void
mh_results_page_class_init (MhResultsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_results_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_results_page_finalize;
  MH_PANE_CLASS (klass)->begin = results_page_begin;
  MH_PANE_CLASS (klass)->open = mh_results_page_open;
  MH_PANE_CLASS (klass)->shown = results_page_shown;

  g_type_ensure (MH_TYPE_INSTRUMENT_PICK);
  g_type_ensure (MH_TYPE_QC_LINE);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_ASIDE);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_RESULT_GRID);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (MH_TYPE_TUBE_BAR);
  g_type_ensure (MH_TYPE_RESULT_NOTES);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  results_page_bind (widget);

  gtk_widget_class_bind_template_child (widget, MhResultsPage, bench);

  gtk_widget_class_bind_template_callback (widget, results_page_bench_cb);
  gtk_widget_class_bind_template_callback (widget, results_page_to_table_cb);

  gtk_widget_class_install_action (widget, "results.search", NULL, results_page_search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "results.search", NULL);
  gtk_widget_class_install_action (widget, "results.finish", NULL, finish_action);
  gtk_widget_class_install_action (widget, "results.restart", NULL, notes_action);
  gtk_widget_class_install_action (widget, "results.ask", NULL, notes_action);
  gtk_widget_class_install_action (widget, "results.grown", NULL, notes_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_r, GDK_CONTROL_MASK, "results.restart",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "results.ask", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_g, GDK_CONTROL_MASK, "results.grown", NULL);
  gtk_widget_class_install_action (widget, "results.normal", NULL, normal_action);
  gtk_widget_class_install_action (widget, "results.mode", NULL, mode_action);
  gtk_widget_class_install_action (widget, "results.paper", NULL, paper_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "results.finish",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "results.finish", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "results.normal", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F6, 0, "results.mode", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F7, 0, "results.paper", NULL);
}

static void
mh_results_page_init (MhResultsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect_object (page->grid, "current", G_CALLBACK (current_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->grid, "changed", G_CALLBACK (grid_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->notes, "changed", G_CALLBACK (results_page_told_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->notes, "leaving", G_CALLBACK (leaving_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->grid, "finished", G_CALLBACK (results_page_finished_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->aside, "notify::wide", G_CALLBACK (results_page_wide_cb), page,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
mh_results_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_RESULTS_PAGE, "context", context, NULL);
}
