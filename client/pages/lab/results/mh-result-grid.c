/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-grid.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* So much of the wide arrangement, the end of the comments, may be out of sight. */
#define SLACK 40

struct _MhResultGrid
{
  MhPane parent_instance;
  char *order_id, *test; /* which of the two is shown; both NULL: nothing */
  GPtrArray *sheets;
  GPtrArray *titles; /* widgets that a narrow grid has no room for */
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  AdwBin *body;
  AdwStatusPage *away;
  GCancellable *loading;
  guint leaving; /* sheets that are not shown any more but wait for an answer */
  MhResultLine *current;
  MhRecordList *phrases;
  GPtrArray *undo; /* of Change, the last one at the end */
  gboolean narrow;
  int wide_width;                     /* what the wide arrangement needs at least */
  guint fitting;                      /* idle source, 0: none */
  guint pending, complete, open_left; /* of finishing */
  gboolean waiting;
  gboolean wants_focus; /* as soon as there are lines */
};

G_DEFINE_FINAL_TYPE (MhResultGrid, mh_result_grid, MH_TYPE_PANE)

enum
{
  FINISHED,
  CURRENT,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- lines, whichever sheet they are of --- */

static guint
n_lines (MhResultGrid *grid)
{
  guint n = 0;
  for (guint i = 0; i < grid->sheets->len; i++)
    n += mh_result_sheet_n_lines (g_ptr_array_index (grid->sheets, i));
  return n;
}

static MhResultLine *
nth_line (MhResultGrid *grid, guint at, MhResultSheet **out_sheet)
{
  for (guint i = 0; i < grid->sheets->len; i++)
    {
      MhResultSheet *sheet = g_ptr_array_index (grid->sheets, i);
      guint n = mh_result_sheet_n_lines (sheet);
      if (at < n)
        {
          if (out_sheet != NULL)
            *out_sheet = sheet;
          return mh_result_sheet_line (sheet, at);
        }
      at -= n;
    }

  return NULL;
}

static gboolean
mh_result_grid_has_focus (MhResultGrid *grid)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (grid));
}

/* Where the focus is; -1: outside. */
static int
focused (MhResultGrid *grid)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  for (guint i = 0; focus != NULL && i < n_lines (grid); i++)
    {
      GtkWidget *control = mh_result_line_control (nth_line (grid, i, NULL));
      if (control != NULL && (focus == control || gtk_widget_is_ancestor (focus, control)))
        return (int)i;
    }
  return -1;
}

MhResultSheet *
mh_result_grid_current (MhResultGrid *grid)
{
  MhResultSheet *sheet = NULL;
  for (guint i = 0; i < n_lines (grid); i++)
    if (nth_line (grid, i, &sheet) == grid->current)
      return sheet;
  return grid->sheets->len > 0 ? g_ptr_array_index (grid->sheets, 0) : NULL;
}

MhResultLine *
mh_result_grid_line (MhResultGrid *grid)
{
  return grid->current != NULL ? grid->current : nth_line (grid, 0, NULL);
}

/* --- taking back --- */

typedef struct
{
  GPtrArray *lines;  /* borrowed: the changes go before the lines */
  GPtrArray *values; /* as they were; owned */
} Change;

static void
result_grid_change_free (gpointer data)
{
  Change *change = data;
  g_ptr_array_unref (change->lines);
  g_ptr_array_unref (change->values);
  g_free (change);
}

static Change *
change_begin (MhResultGrid *grid)
{
  Change *change = g_new0 (Change, 1);
  change->lines = g_ptr_array_new ();
  change->values = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (grid->undo, change);
  return change;
}

static void
change_add (Change *change, MhResultLine *line, const char *was)
{
  g_ptr_array_add (change->lines, line);
  g_ptr_array_add (change->values, g_strdup (was));
}

/* Choices are written out, and what was changed can be taken back. */
static void
leave_line (MhResultGrid *grid)
{
  if (grid->current != NULL && mh_result_line_settle (grid->current))
    {
      change_add (change_begin (grid), grid->current, mh_result_line_entered (grid->current));
      mh_result_line_enter (grid->current);
    }
}

static void
undo (MhResultGrid *grid)
{
  if (grid->undo->len == 0)
    return;

  Change *change = g_ptr_array_steal_index (grid->undo, grid->undo->len - 1);
  for (guint i = 0; i < change->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (change->lines, i);
      mh_result_line_type (line, g_ptr_array_index (change->values, i));
      mh_result_line_enter (line);
    }

  if (change->lines->len == 1 && mh_result_line_control (g_ptr_array_index (change->lines, 0)))
    gtk_widget_grab_focus (mh_result_line_control (g_ptr_array_index (change->lines, 0)));
  result_grid_change_free (change);
}

static void
result_grid_undo_cb (gpointer data)
{
  undo (data);
}

void
mh_result_grid_fill_normal (MhResultGrid *grid)
{
  guint n = 0;
  Change *change = change_begin (grid);
  for (guint i = 0; i < n_lines (grid); i++)
    {
      MhResultLine *line = nth_line (grid, i, NULL);
      g_autofree char *normal = mh_result_line_normal (line);
      if (normal == NULL)
        continue;
      change_add (change, line, "");
      mh_result_line_type (line, normal);
      mh_result_line_enter (line);
      n++;
    }

  if (n == 0)
    {
      g_ptr_array_remove (grid->undo, change);
      mh_shell_toast (GTK_WIDGET (grid), _ ("Nothing is left that can be negative"));
      return;
    }

  g_autofree char *words
      = g_strdup_printf (ngettext ("%u value set to negative", "%u values set to negative", n), n);
  mh_shell_toast_undo (GTK_WIDGET (grid), words, result_grid_undo_cb, g_object_ref (grid),
                       g_object_unref);
  mh_result_grid_focus (grid);
}

static void
result_grid_focus_cb (MhResultGrid *grid)
{
  int at = focused (grid);
  if (at < 0 || nth_line (grid, (guint)at, NULL) != grid->current)
    leave_line (grid);
  if (at < 0 || nth_line (grid, (guint)at, NULL) == grid->current)
    return;
  grid->current = nth_line (grid, (guint)at, NULL);
  mh_result_line_enter (grid->current);
  g_signal_emit (grid, signals[CURRENT], 0);
}

void
mh_result_grid_focus (MhResultGrid *grid)
{
  grid->wants_focus = n_lines (grid) == 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (grid)))
    return;

  for (guint i = 0; i < n_lines (grid); i++)
    {
      MhResultLine *line = nth_line (grid, i, NULL);
      g_autofree char *value = mh_result_line_value (line);
      if (mh_result_line_control (line) != NULL && value[0] == 0)
        {
          gtk_widget_grab_focus (mh_result_line_control (line));
          return;
        }
    }

  MhResultLine *line = mh_result_grid_line (grid);
  if (line != NULL && mh_result_line_control (line) != NULL)
    gtk_widget_grab_focus (mh_result_line_control (line));
}

/* --- finishing --- */

/* What cannot be right is not left behind: FALSE, and the focus is there. */
static gboolean
result_grid_check_lines (MhResultGrid *grid)
{
  for (guint i = 0; i < n_lines (grid); i++)
    {
      MhResultLine *line = nth_line (grid, i, NULL);
      if (mh_result_line_is_valid (line) || mh_result_line_control (line) == NULL)
        continue;
      gtk_widget_grab_focus (mh_result_line_control (line));
      mh_shell_toast (GTK_WIDGET (grid), _ ("Correct the marked value first"));
      return FALSE;
    }
  return TRUE;
}

static void
result_grid_told (MhResultGrid *grid)
{
  if (grid->pending == 0 || --grid->pending > 0)
    return;
  g_signal_emit (grid, signals[FINISHED], 0, grid->complete, grid->open_left, grid->waiting);
}

static void
sheet_finished_cb (MhResultSheet *sheet, gboolean waiting, MhResultGrid *grid)
{
  grid->complete++;
  grid->waiting = grid->waiting || waiting;
  result_grid_told (grid);
}

/* That other tests of the order have no value yet is no complaint where only this test is shown. */
static gboolean
is_about_others (MhResultGrid *grid, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    if (g_strcmp0 (mh_issues_nth (issues, i)->code, "missing") != 0)
      return FALSE;
  return grid->test != NULL && mh_issues_count (issues) > 0;
}

static void
sheet_refused_cb (MhResultSheet *sheet, const GError *error, gboolean shown, MhResultGrid *grid)
{
  if (!shown && !is_about_others (grid, error))
    mh_shell_fail (GTK_WIDGET (grid), error);
  grid->open_left++;
  result_grid_told (grid);
}

void
mh_result_grid_finish (MhResultGrid *grid)
{
  if (!result_grid_check_lines (grid))
    return;

  grid->pending = grid->complete = grid->open_left = 0;
  grid->waiting = FALSE;
  for (guint i = 0; i < grid->sheets->len; i++)
    grid->pending
        += grid->test == NULL || mh_result_sheet_is_full (g_ptr_array_index (grid->sheets, i));

  for (guint i = 0; i < grid->sheets->len; i++)
    {
      MhResultSheet *sheet = g_ptr_array_index (grid->sheets, i);
      mh_result_sheet_save (sheet, grid->test == NULL || mh_result_sheet_is_full (sheet));
    }

  if (grid->sheets->len > 0 && grid->pending == 0)
    {
      mh_shell_toast (GTK_WIDGET (grid), _ ("Kept as drafts: no patient has all values yet"));
      mh_result_grid_focus (grid);
    }
}

/* --- showing --- */

static void result_grid_load (MhResultGrid *grid);

static void
settled_cb (MhResultGrid *grid, MhResultSheet *sheet)
{
  g_signal_handlers_disconnect_by_data (sheet, grid);
  if (--grid->leaving == 0 && mh_pane_context (MH_PANE (grid)) != NULL)
    result_grid_load (grid);
}

static void
result_grid_clear (MhResultGrid *grid)
{
  /* GTK moves the focus on with the next frame, to whatever follows: keys of the next value would
   * go there. */
  grid->wants_focus = grid->wants_focus || mh_result_grid_has_focus (grid);

  for (guint i = 0; i < grid->sheets->len; i++)
    {
      MhResultSheet *sheet = g_ptr_array_index (grid->sheets, i);
      g_signal_handlers_disconnect_by_data (sheet, grid);
      if (!mh_result_sheet_leave (sheet))
        continue;
      grid->leaving++; /* the answer that is waited for keeps the sheet */
      g_signal_connect_object (sheet, "settled", G_CALLBACK (settled_cb), grid, G_CONNECT_SWAPPED);
    }

  grid->current = NULL;
  g_ptr_array_set_size (grid->undo, 0);
  grid->pending = 0;
  g_ptr_array_set_size (grid->titles, 0);
  g_ptr_array_set_size (grid->sheets, 0);
  adw_bin_set_child (grid->body, NULL);
}

static void
add_titles (MhResultGrid *grid, GtkGrid *table)
{
  const char *titles[MH_RESULT_LINE_COLUMNS] = { grid->test != NULL ? _ ("Patient") : _ ("Analyte"),
                                                 _ ("Value"),
                                                 _ ("Unit"),
                                                 _ ("Flag"),
                                                 _ ("Range"),
                                                 _ ("Previous"),
                                                 _ ("Trend"),
                                                 _ ("Comment") };

  for (int i = 0; i < MH_RESULT_LINE_COLUMNS; i++)
    {
      GtkWidget *title = mh_label (titles[i], "caption-heading");
      gtk_widget_add_css_class (title, "dim-label");
      gtk_label_set_wrap (GTK_LABEL (title), FALSE);
      gtk_label_set_xalign (GTK_LABEL (title), i == 1 ? 1 : 0);
      gtk_grid_attach (table, title, i, 0, 1, 1);
      g_ptr_array_add (grid->titles, title);
    }
}

static void
result_grid_changed_cb (MhResultGrid *grid)
{
  g_signal_emit (grid, signals[CHANGED], 0);
}

static MhResultSheet *
add_sheet (MhResultGrid *grid, MhRecord *record)
{
  MhResultSheet *sheet = mh_result_sheet_new (mh_pane_context (MH_PANE (grid)), record);
  g_signal_connect_object (sheet, "changed", G_CALLBACK (result_grid_changed_cb), grid,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "finished", G_CALLBACK (sheet_finished_cb), grid, 0);
  g_signal_connect_object (sheet, "refused", G_CALLBACK (sheet_refused_cb), grid, 0);
  g_ptr_array_add (grid->sheets, sheet);
  return sheet;
}

static int
result_grid_add_heading (GtkGrid *table, const char *words, int top)
{
  GtkWidget *heading = mh_heading (words);
  gtk_widget_set_margin_top (heading, top > 1 ? 9 : 3);
  gtk_grid_attach (table, heading, 0, top, MH_RESULT_LINE_COLUMNS, 1);
  return top + 1;
}

/* A test of one analyte needs no heading: its line says the same. */
static gboolean
result_grid_is_alone (GPtrArray *rows, guint at)
{
  const char *test = mh_record_text (g_ptr_array_index (rows, at), MH_RESULT_ROW_TEST);
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    n += g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_TEST), test) == 0;
  return n == 1;
}

static int
result_grid_add_rows (MhResultGrid *grid, GtkGrid *table, MhRecord *record, int top)
{
  GPtrArray *rows = mh_record_records (record, MH_RESULTS_SHEET_ANALYTES);
  MhResultSheet *sheet = add_sheet (grid, record);
  const char *patient = mh_record_text (record, MH_RESULTS_SHEET_PATIENT_NAME);
  const char *test = NULL;
  gboolean single = grid->test != NULL && rows != NULL && rows->len == 1;

  if (grid->test != NULL && !single)
    top = result_grid_add_heading (table, patient, top);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (grid->test == NULL && g_strcmp0 (test, mh_record_text (row, MH_RESULT_ROW_TEST)) != 0)
        {
          test = mh_record_text (row, MH_RESULT_ROW_TEST);
          if (!result_grid_is_alone (rows, i))
            top = result_grid_add_heading (table, mh_record_text (row, MH_RESULT_ROW_TEST_NAME),
                                           top);
        }
      MhResultLine *line = mh_result_sheet_add (sheet, row, single ? patient : NULL, table, top);
      mh_result_line_set_phrases (line, G_LIST_MODEL (grid->phrases));
      top += MH_RESULT_LINE_ROWS;
      if (mh_result_sheet_add_second (sheet, row, table, top) != NULL)
        top += MH_RESULT_LINE_ROWS;
    }

  mh_result_sheet_recall (sheet);
  return top;
}

static void
arrange (MhResultGrid *grid)
{
  for (guint i = 0; i < n_lines (grid); i++)
    mh_result_line_set_narrow (nth_line (grid, i, NULL), grid->narrow);
  for (guint i = 0; i < grid->titles->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (grid->titles, i), !grid->narrow);
}

/* Narrow where the wide arrangement has no room: on a phone, and with large text sooner. */
static gboolean
result_grid_fit_cb (gpointer data)
{
  MhResultGrid *grid = data;
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (grid->scrolled);
  double page = gtk_adjustment_get_page_size (across);

  g_clear_handle_id (&grid->fitting, g_source_remove);
  if (!grid->narrow && adw_bin_get_child (grid->body) != NULL)
    gtk_widget_measure (adw_bin_get_child (grid->body), GTK_ORIENTATION_HORIZONTAL, -1,
                        &grid->wide_width, NULL, NULL, NULL);

  gboolean narrow = page > 0 && page + SLACK < grid->wide_width;
  if (narrow != grid->narrow)
    {
      grid->narrow = narrow;
      arrange (grid);
    }

  return G_SOURCE_REMOVE;
}

/* Told in the middle of an allocation, where nothing may be moved. */
static void
result_grid_resized_cb (MhResultGrid *grid)
{
  if (grid->fitting == 0)
    grid->fitting = g_idle_add (result_grid_fit_cb, grid);
}

/* Nobody's, or that of a value that was here: not in the queue beside it, where arrows walk. */
static gboolean
focus_is_free (MhResultGrid *grid)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus == NULL || !gtk_widget_get_mapped (focus) || mh_result_grid_has_focus (grid);
}

static void
result_grid_fill (MhResultGrid *grid, GPtrArray *records)
{
  GtkWidget *table = gtk_grid_new ();
  int top = 1;
  result_grid_clear (grid);
  gtk_grid_set_column_spacing (GTK_GRID (table), 9);
  gtk_widget_add_css_class (table, "mh-results");
  add_titles (grid, GTK_GRID (table));
  for (guint i = 0; i < records->len; i++)
    top = result_grid_add_rows (grid, GTK_GRID (table), g_ptr_array_index (records, i), top);
  adw_bin_set_child (grid->body, table);
  grid->narrow = FALSE;
  arrange (grid);
  result_grid_fit_cb (grid);
  gtk_stack_set_visible_child_name (grid->stack, n_lines (grid) > 0 ? "lines" : "done");
  if (grid->wants_focus || focus_is_free (grid))
    mh_result_grid_focus (grid);
  g_signal_emit (grid, signals[CURRENT], 0);
  g_signal_emit (grid, signals[CHANGED], 0);
}

/* TRUE: the answer is for nobody any more. */
static gboolean
failed (MhResultGrid *grid, const GError *error)
{
  if (mh_pane_context (MH_PANE (grid)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  if (error == NULL)
    return FALSE;
  g_autofree char *words = mh_words_error (error);
  adw_status_page_set_description (grid->away, words);
  gtk_stack_set_visible_child_name (grid->stack, "away");
  g_signal_emit (grid, signals[CURRENT], 0);
  return TRUE;
}

static void
result_grid_sheet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultGrid) grid = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_read_finish (result, &error);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  if (failed (grid, error))
    return;
  g_ptr_array_add (one, record);
  result_grid_fill (grid, one);
}

static void
worklist_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultGrid) grid = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (!failed (grid, error))
    result_grid_fill (grid, answer);
}

/* Empties it for another order or test; what was on its way does not come any more. */
static void
begin_loading (MhResultGrid *grid, char **place, const char *what)
{
  result_grid_clear (grid);
  g_clear_pointer (&grid->order_id, g_free);
  g_clear_pointer (&grid->test, g_free);
  *place = g_strdup (what);
  if (grid->loading != NULL)
    g_cancellable_cancel (grid->loading);
  g_clear_object (&grid->loading);
  grid->loading = g_cancellable_new ();
  if (grid->leaving == 0)
    result_grid_load (grid);
}

/* Not before the last keys of what was shown are at the server, or they would look lost. */
static void
result_grid_load (MhResultGrid *grid)
{
  MhContext *context = mh_pane_context (MH_PANE (grid));
  const char *args[] = { "test", grid->test, "limit", "100", NULL };
  if (grid->order_id != NULL)
    mh_read_async (context, "result.sheet", grid->order_id, grid->loading, result_grid_sheet_cb,
                   g_object_ref (grid));
  else if (grid->test != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = "worklist.sheets", .args = args }, grid->loading,
                    worklist_cb, g_object_ref (grid));
  else
    {
      gtk_stack_set_visible_child_name (grid->stack, "nothing");
      g_signal_emit (grid, signals[CURRENT], 0);
    }
}

void
mh_result_grid_show (MhResultGrid *grid, const char *order_id)
{
  begin_loading (grid, &grid->order_id, order_id);
}

void
mh_result_grid_show_test (MhResultGrid *grid, const char *test)
{
  begin_loading (grid, &grid->test, test);
}

/* --- others change it --- */

static void
result_grid_fresh_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultGrid) grid = data;
  g_autoptr (MhRecord) record = mh_read_finish (result, NULL);
  MhResultSheet *sheet = mh_result_grid_current (grid);
  if (record != NULL && grid->order_id != NULL && sheet != NULL
      && g_strcmp0 (mh_record_text (record, MH_RESULTS_SHEET_ORDER_ID), grid->order_id) == 0)
    mh_result_sheet_take (sheet, record);
}

static void
live_cb (MhSync *sync,
         const MhRecordType *type,
         const char *id,
         MhRecord *record,
         MhResultGrid *grid)
{
  MhResultSheet *sheet = mh_result_grid_current (grid);
  if (type != &mh_order_type || record == NULL || sheet == NULL
      || g_strcmp0 (id, grid->order_id) != 0
      || mh_record_version (record)
             <= mh_record_int (mh_result_sheet_record (sheet), MH_RESULTS_SHEET_ORDER_VERSION))
    return;
  mh_read_async (mh_pane_context (MH_PANE (grid)), "result.sheet", id, grid->loading,
                 result_grid_fresh_cb, g_object_ref (grid));
}

/* --- keys: Enter and the arrows move between values --- */

static void
result_grid_move (MhResultGrid *grid, int step)
{
  int at = focused (grid);
  for (int i = at + step; at >= 0 && i >= 0 && i < (int)n_lines (grid); i += step)
    {
      GtkWidget *control = mh_result_line_control (nth_line (grid, (guint)i, NULL));
      if (control != NULL)
        {
          gtk_widget_grab_focus (control);
          return;
        }
    }
}

static gboolean
result_grid_move_cb (MhResultGrid *grid, guint key, GdkModifierType state, int at)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || at < 0)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_Down)
    {
      leave_line (grid); /* also on the last one, where nothing is to be gone to */
      result_grid_move (grid, 1);
    }
  else if (key == GDK_KEY_Up)
    result_grid_move (grid, -1);
  else if (key == GDK_KEY_Escape)
    mh_result_line_restore (nth_line (grid, (guint)at, NULL));
  else
    return FALSE;

  return TRUE;
}

/* What was just typed first, then one change after the other. */
static void
result_grid_take_back (MhResultGrid *grid, MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  if (mh_result_line_entered (line) != NULL
      && g_strcmp0 (mh_result_line_entered (line), value) != 0)
    mh_result_line_restore (line);
  else
    undo (grid);
}

static gboolean
result_grid_key_cb (MhResultGrid *grid, guint key, guint code, GdkModifierType state)
{
  int at = focused (grid);
  if (at >= 0 && key == GDK_KEY_Down && (state & GDK_ALT_MASK) != 0)
    mh_result_line_offer (nth_line (grid, (guint)at, NULL));
  else if (at >= 0 && key == GDK_KEY_z && (state & GDK_CONTROL_MASK) != 0)
    result_grid_take_back (grid, nth_line (grid, (guint)at, NULL));
  else
    return result_grid_move_cb (grid, key, state, at);
  return TRUE;
}
/* --- making it --- */

static void
root_cb (MhResultGrid *grid)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));
  if (root != NULL)
    g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (result_grid_focus_cb), grid,
                             G_CONNECT_SWAPPED);
}

/* The server is reached again: what was not on this desk comes now. */
static void
result_grid_state_cb (MhResultGrid *grid)
{
  MhContext *context = mh_pane_context (MH_PANE (grid));
  if (context != NULL && mh_sync_state (mh_context_sync (context)) != MH_SYNC_OFFLINE
      && g_strcmp0 (gtk_stack_get_visible_child_name (grid->stack), "away") == 0)
    result_grid_load (grid);
}

static void
result_grid_begin (MhPane *pane)
{
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "notify::state",
                           G_CALLBACK (result_grid_state_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (live_cb), pane, 0);
  mh_pane_keep (pane, &MH_RESULT_GRID (pane)->phrases,
                mh_record_list_new (mh_pane_context (pane), "phrase.list"));
  mh_record_list_reload (MH_RESULT_GRID (pane)->phrases);
}

static void
mh_result_grid_dispose (GObject *object)
{
  MhResultGrid *grid = MH_RESULT_GRID (object);
  g_clear_handle_id (&grid->fitting, g_source_remove);
  if (grid->loading != NULL)
    g_cancellable_cancel (grid->loading);
  g_clear_object (&grid->loading);
  if (grid->body != NULL)
    result_grid_clear (grid);
  G_OBJECT_CLASS (mh_result_grid_parent_class)->dispose (object);
}

static void
mh_result_grid_finalize (GObject *object)
{
  MhResultGrid *grid = MH_RESULT_GRID (object);
  g_ptr_array_unref (grid->sheets);
  g_ptr_array_unref (grid->titles);
  g_ptr_array_unref (grid->undo);
  g_free (grid->order_id);
  g_free (grid->test);
  G_OBJECT_CLASS (mh_result_grid_parent_class)->finalize (object);
}

static void
mh_result_grid_class_init (MhResultGridClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_result_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_result_grid_finalize;
  MH_PANE_CLASS (klass)->begin = result_grid_begin;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-result-grid"));
  gtk_widget_class_bind_template_child (widget, MhResultGrid, stack);
  gtk_widget_class_bind_template_child (widget, MhResultGrid, scrolled);
  gtk_widget_class_bind_template_child (widget, MhResultGrid, body);
  gtk_widget_class_bind_template_child (widget, MhResultGrid, away);
  signals[FINISHED]
      = g_signal_new ("finished", MH_TYPE_RESULT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[CURRENT] = g_signal_new ("current", MH_TYPE_RESULT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_RESULT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
mh_result_grid_init (MhResultGrid *grid)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  grid->sheets = g_ptr_array_new_with_free_func (g_object_unref);
  grid->titles = g_ptr_array_new ();
  grid->undo = g_ptr_array_new_with_free_func (result_grid_change_free);
  gtk_widget_init_template (GTK_WIDGET (grid));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (result_grid_key_cb), grid);
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
  g_signal_connect (grid, "notify::root", G_CALLBACK (root_cb), NULL);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (grid->scrolled),
                           "notify::page-size", G_CALLBACK (result_grid_resized_cb), grid,
                           G_CONNECT_SWAPPED);
}
