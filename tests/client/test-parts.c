/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages and dialogs share, on a virtual screen: how a dialog ends, a table beside one of its
 * rows. Every warning is fatal. */
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-day-grid.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "tests/client/widget-fixture.h"

#include <string.h>

static void
set_template (gpointer klass, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  gtk_widget_class_set_template (GTK_WIDGET_CLASS (klass), bytes);
}

/* --- a window that keeps what it was told --- */

#define TEST_TYPE_SHELL (test_shell_get_type ())
G_DECLARE_FINAL_TYPE (TestShell, test_shell, TEST, SHELL, GtkWindow)

struct _TestShell
{
  GtkWindow parent_instance;
  char *told;
};

static void
toast (MhShell *shell, const char *text, MhUndo undo, gpointer data, GDestroyNotify free_data)
{
  g_free (TEST_SHELL (shell)->told);
  TEST_SHELL (shell)->told = g_strdup (text);
}

static void
shell_iface_init (MhShellInterface *iface)
{
  iface->toast = toast;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestShell,
                               test_shell,
                               GTK_TYPE_WINDOW,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_SHELL, shell_iface_init))

static void
test_shell_finalize (GObject *object)
{
  g_free (TEST_SHELL (object)->told);
  G_OBJECT_CLASS (test_shell_parent_class)->finalize (object);
}

static void
test_shell_class_init (TestShellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_shell_finalize;
}

static void
test_shell_init (TestShell *shell)
{
}

/* --- how a dialog ends --- */

#define TEST_TYPE_DIALOG (test_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TestDialog, test_dialog, TEST, DIALOG, MhDialog)

struct _TestDialog
{
  MhDialog parent_instance;
  GtkLabel *problem;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (TestDialog, test_dialog, MH_TYPE_DIALOG)

static void
test_dialog_class_init (TestDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  set_template (klass, "<interface><template class='TestDialog' parent='MhDialog'>"
                       "<property name='body'><object class='GtkBox'>"
                       "<child><object class='GtkLabel' id='problem'/></child>"
                       "<child><object class='GtkButton' id='save'/></child>"
                       "</object></property></template></interface>");
  gtk_widget_class_bind_template_child (widget, TestDialog, problem);
  gtk_widget_class_bind_template_child (widget, TestDialog, save);
}

static void
test_dialog_init (TestDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

typedef struct
{
  MhContext *context;
  TestShell *shell;
  TestDialog *dialog;
} Desk;

/* A dialog over the desk's window that waits for an answer. */
static void
ask (Desk *desk)
{
  g_clear_object (&desk->dialog);
  desk->dialog = g_object_ref (g_object_new (TEST_TYPE_DIALOG, "context", desk->context, NULL));
  g_clear_pointer (&desk->shell->told, g_free);
  mh_dialog_show (MH_DIALOG (desk->dialog), gtk_window_get_child (GTK_WINDOW (desk->shell)));
  gtk_widget_set_sensitive (desk->dialog->save, FALSE);
}

static void
answer (Desk *desk, const GError *error, const char *done)
{
  TestDialog *dialog = desk->dialog;
  gboolean failed = mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->save);
  g_assert_true (failed == (error != NULL));
  if (!failed)
    mh_dialog_end (MH_DIALOG (dialog), done);
}

static void
test_dialog_ends (void)
{
  g_autoptr (MhContext) context = widget_context ();
  g_autoptr (TestShell) shell = g_object_ref (g_object_new (TEST_TYPE_SHELL, NULL));
  g_autoptr (GError) error = g_error_new (MH_ERROR, MH_ERROR_CONFLICT, "changed by somebody");
  g_autofree char *words = mh_words_error (error);
  Desk desk = { .context = context, .shell = shell };
  gtk_window_set_child (GTK_WINDOW (shell), gtk_label_new ("opener"));
  gtk_window_present (GTK_WINDOW (shell));

  /* refused, and then taken */
  ask (&desk);
  answer (&desk, error, NULL);
  g_assert_false (mh_dialog_is_closed (MH_DIALOG (desk.dialog)));
  g_assert_cmpstr (gtk_label_get_text (desk.dialog->problem), ==, words);
  g_assert_true (gtk_widget_get_sensitive (desk.dialog->save));
  g_assert_null (shell->told);
  answer (&desk, NULL, "Saved");
  g_assert_true (mh_dialog_is_closed (MH_DIALOG (desk.dialog)));
  g_assert_cmpstr (shell->told, ==, "Saved");

  /* nothing to say */
  ask (&desk);
  answer (&desk, NULL, NULL);
  g_assert_true (mh_dialog_is_closed (MH_DIALOG (desk.dialog)));
  g_assert_null (shell->told);

  /* closed before the answer */
  ask (&desk);
  gtk_window_destroy (GTK_WINDOW (desk.dialog));
  answer (&desk, error, NULL);
  g_assert_cmpstr (shell->told, ==, words);
  answer (&desk, NULL, "Saved");
  g_assert_cmpstr (shell->told, ==, "Saved");

  /* where it was opened is gone as well */
  ask (&desk);
  gtk_window_destroy (GTK_WINDOW (desk.dialog));
  gtk_window_set_child (GTK_WINDOW (shell), NULL);
  answer (&desk, error, NULL);
  answer (&desk, NULL, "Saved");
  g_assert_null (shell->told);
  g_clear_object (&desk.dialog);
  gtk_window_destroy (GTK_WINDOW (shell));
}

/* --- a table beside one of its rows --- */

#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, MhPane)

struct _TestPage
{
  MhPane parent_instance;
  GListStore *rows;
  MhMasterDetail master_detail;
  char *shown;
  guint n_shown; /* how often something was */
  MhSplit *split;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, MH_TYPE_PANE)

static gboolean pages_wait; /* those that are made next */

static const char *
shown_id (MhPane *pane)
{
  return TEST_PAGE (pane)->shown;
}

static void
show (MhPane *pane, const char *id)
{
  TestPage *page = TEST_PAGE (pane);
  char *shown = g_strdup (id);
  g_free (page->shown);
  page->shown = shown;
  page->n_shown++;
}

static void
begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { shown_id, show };
  static const MhMasterDetailHow patient = { shown_id, show, .waits = TRUE };
  TestPage *page = TEST_PAGE (pane);
  mh_pane_keep (pane, &page->rows, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (page->table, "beside", &mh_patient_type, NULL, G_LIST_MODEL (page->rows),
                         MH_TABLE_SINGLE);
  mh_master_detail_begin (&page->master_detail, pane, pages_wait ? &patient : &how, page->table,
                          page->split, G_LIST_MODEL (page->rows));
}

static void
test_page_finalize (GObject *object)
{
  g_free (TEST_PAGE (object)->shown);
  G_OBJECT_CLASS (test_page_parent_class)->finalize (object);
}

static void
test_page_class_init (TestPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = test_page_finalize;
  MH_PANE_CLASS (klass)->begin = begin;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  set_template (klass,
                "<interface><template class='TestPage' parent='MhPane'>"
                "<child><object class='MhSplit' id='split'>"
                "<property name='start'><object class='MhRecordTable' id='table'/></property>"
                "<property name='end'><object class='GtkLabel'/></property>"
                "</object></child></template></interface>");
  gtk_widget_class_bind_template_child (widget, TestPage, split);
  gtk_widget_class_bind_template_child (widget, TestPage, table);
}

static void
test_page_init (TestPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

static void
give_width (TestPage *page, int width)
{
  int height;
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL,
                      NULL);
  gtk_widget_allocate (GTK_WIDGET (page), width, MAX (height, 300), -1, NULL);
}

static MhRecord *
add_row (GListStore *rows, guint at, const char *id)
{
  g_autoptr (MhRecord) row = mh_record_new (&mh_patient_type);
  mh_record_set_text (row, MH_ID, id);
  g_list_store_insert (rows, at, row);
  return row; /* the list keeps it */
}

static void
shows (TestPage *page, const char *id, guint n_shown)
{
  g_assert_cmpstr (page->shown, ==, id);
  g_assert_cmpuint (page->n_shown, ==, n_shown);
}

static void
chosen_is (TestPage *page, MhRecord *row)
{
  g_assert_true (mh_record_table_current (page->table) == row);
}

/* Both in sight: the first by itself, then who is chosen, and nobody twice. */
static void
test_master_detail_wide (void)
{
  g_autoptr (MhContext) context = widget_context ();
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, "context", context, NULL));
  give_width (page, 1200);
  g_assert_false (mh_split_is_folded (page->split));
  shows (page, NULL, 0);
  MhRecord *one = add_row (page->rows, 0, "one");
  shows (page, "one", 1);
  chosen_is (page, one);
  MhRecord *two = add_row (page->rows, 0, "two");
  shows (page, "one", 1);
  mh_record_table_select (page->table, "two");
  shows (page, "two", 2);
  g_signal_emit_by_name (page->table, "activated", one);
  shows (page, "one", 3);
  chosen_is (page, one);
  /* shown once more: what was asked for may not have come */
  g_signal_emit_by_name (page->table, "activated", one);
  shows (page, "one", 4);
  mh_master_detail_show (&page->master_detail, NULL, FALSE);
  shows (page, NULL, 5);
  mh_record_table_select (page->table, "two");
  shows (page, "two", 6);
  chosen_is (page, two);
  g_object_unref (page);
}

/* A list that is read anew has other objects for its rows: the one on show stays the chosen one. */
static void
test_master_detail_anew (void)
{
  g_autoptr (MhContext) context = widget_context ();
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, "context", context, NULL));
  give_width (page, 1200);
  add_row (page->rows, 0, "one");
  add_row (page->rows, 1, "two");
  shows (page, "one", 1);

  g_list_store_remove_all (page->rows);
  add_row (page->rows, 0, "two");
  add_row (page->rows, 0, "zero");
  MhRecord *one = add_row (page->rows, 1, "one");
  shows (page, "one", 1);
  chosen_is (page, one);
  g_object_unref (page);
}

/* What was dealt with is not shown again while its row is still there, but the next that comes is.
 */
static void
test_master_detail_done (void)
{
  g_autoptr (MhContext) context = widget_context ();
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, "context", context, NULL));
  give_width (page, 1200);
  add_row (page->rows, 0, "one");
  shows (page, "one", 1);

  /* its row stays a moment, and is even drawn and chosen anew */
  mh_master_detail_done (&page->master_detail, "one");
  mh_master_detail_show (&page->master_detail, NULL, FALSE);
  shows (page, NULL, 2);
  g_list_model_items_changed (G_LIST_MODEL (page->rows), 0, 1, 1);
  mh_record_table_select (page->table, "one");
  shows (page, NULL, 2);
  add_row (page->rows, 1, "two");
  shows (page, "two", 3);

  /* also when it goes and comes, as in a list that is read again */
  g_list_store_remove (page->rows, 0);
  mh_master_detail_show (&page->master_detail, NULL, FALSE);
  g_list_store_remove (page->rows, 0);
  add_row (page->rows, 0, "one");
  shows (page, NULL, 4);

  /* more of it waits */
  mh_master_detail_again (&page->master_detail, "two");
  shows (page, NULL, 4);
  mh_master_detail_again (&page->master_detail, "one");
  shows (page, "one", 5);
  g_object_unref (page);
}

/* Where keys act on what is shown nothing is by itself. */
static void
test_master_detail_waits (void)
{
  g_autoptr (MhContext) context = widget_context ();
  pages_wait = TRUE;
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, "context", context, NULL));
  pages_wait = FALSE;
  give_width (page, 1200);
  MhRecord *one = add_row (page->rows, 0, "one");
  shows (page, NULL, 0);
  g_assert_true (mh_master_detail_row (&page->master_detail, "one") == one);
  g_assert_null (mh_master_detail_row (&page->master_detail, "two"));
  mh_record_table_select (page->table, "one");
  shows (page, "one", 1);
  g_object_unref (page);
}

/* One at a time: the table stays until a row of it is opened. */
static void
test_master_detail_folded (void)
{
  g_autoptr (MhContext) context = widget_context ();
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, "context", context, NULL));
  g_autoptr (GListStore) rows = g_object_ref (page->rows);
  give_width (page, 400);
  g_assert_true (mh_split_is_folded (page->split));
  MhRecord *one = add_row (rows, 0, "one");
  MhRecord *two = add_row (rows, 1, "two");
  mh_record_table_select (page->table, "two");
  shows (page, NULL, 0);
  g_assert_false (mh_split_shows_end (page->split));
  g_signal_emit_by_name (page->table, "activated", one);
  shows (page, "one", 1);
  chosen_is (page, one);
  g_assert_true (mh_split_shows_end (page->split));
  mh_master_detail_show (&page->master_detail, "two", FALSE);
  shows (page, "two", 2);
  chosen_is (page, two);
  mh_master_detail_show (&page->master_detail, NULL, TRUE);
  shows (page, NULL, 3);
  g_assert_false (mh_split_shows_end (page->split));
  mh_master_detail_show (&page->master_detail, "late", TRUE);
  g_assert_true (mh_split_shows_end (page->split));
  chosen_is (page, add_row (rows, 2, "late"));
  shows (page, "late", 4);
  /* the rows outlive the page */
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  g_object_unref (page);
  g_assert_null (page);
  guint changed = g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL);
  g_assert_false (g_signal_has_handler_pending (rows, changed, 0, TRUE));
}

/* --- the calendar --- */

static int
width_of_grid (MhDayGrid *grid)
{
  int minimum;
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (MhSlotTime));
  MhSlotTime slot = { .start = 9 * MH_HOUR, .end = 10 * MH_HOUR };
  g_array_append_val (slots, slot);
  mh_day_grid_begin (grid);
  mh_day_grid_add_column (grid, "Room", 0, slots, NULL, 2);
  mh_day_grid_end (grid, 0);
  gtk_widget_measure (GTK_WIDGET (grid), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return minimum;
}

/* The times at its edge and the names at its head are letters, too. */
static void
test_day_grid_grows_with_letters (void)
{
  GtkWidget *widget = g_object_ref_sink (mh_day_grid_new ());
  GtkSettings *screen = gtk_settings_get_default ();
  int dpi = 0;
  g_object_get (screen, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (screen, "gtk-xft-dpi", 96 * 1024, NULL);
  int usual = width_of_grid (MH_DAY_GRID (widget));
  g_object_set (screen, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_queue_resize (widget);
  g_assert_cmpint (width_of_grid (MH_DAY_GRID (widget)), ==, 2 * usual);
  g_object_set (screen, "gtk-xft-dpi", dpi, NULL);
  g_object_unref (widget);
}

/* --- messages --- */

static gboolean
later_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (ms, later_cb, loop);
  g_main_loop_run (loop);
}

/* A message that took the place of another is undone before it has come in. What was freed when it
 * had gone is overwritten before it would have come in, so that using it ends the program. */
static void
test_toast_undone_at_once (void)
{
  GtkWidget *window = gtk_window_new (), *overlay = adw_toast_overlay_new ();
  gboolean animated = FALSE;
  gpointer taken[1600];
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (200);

  AdwToast *first = adw_toast_new ("Saved"), *second = adw_toast_new ("Saved, too");
  mh_toast_add (ADW_TOAST_OVERLAY (overlay), first);
  wait_ms (50);
  adw_toast_dismiss (first);
  mh_toast_add (ADW_TOAST_OVERLAY (overlay), second);
  wait_ms (50);
  adw_toast_dismiss (second);
  wait_ms (380);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    taken[i] = memset (g_malloc (16 + i % 16 * 8), 0x5a, 16 + i % 16 * 8);
  wait_ms (600);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    g_free (taken[i]);

  g_object_get (gtk_widget_get_settings (window), "gtk-enable-animations", &animated, NULL);
  g_assert_true (animated);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  mh_records_register ();
  g_test_add_func ("/client/toast/undone-at-once", test_toast_undone_at_once);
  g_test_add_func ("/client/dialog/ends", test_dialog_ends);
  g_test_add_func ("/client/master-detail/wide", test_master_detail_wide);
  g_test_add_func ("/client/master-detail/anew", test_master_detail_anew);
  g_test_add_func ("/client/master-detail/done", test_master_detail_done);
  g_test_add_func ("/client/master-detail/waits", test_master_detail_waits);
  g_test_add_func ("/client/master-detail/folded", test_master_detail_folded);
  g_test_add_func ("/client/day-grid/letters", test_day_grid_grows_with_letters);
  return g_test_run ();
}
