/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-result-grid.h"

#include "client/pages/lab/mh-result-row.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-shell.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/rules/mh-formula.h"

#include <glib/gi18n-lib.h>

#define AUTOSAVE_MS 1000

struct _MhResultGrid
{
  GtkWidget parent_instance;
  MhContext *context;
  char *order_id;
  MhRecord *sheet;
  GPtrArray *lines;
  GtkWidget *scrolled, *body;
  GCancellable *cancellable;
  guint timer;
  gboolean saving, final_wanted;
};

G_DEFINE_FINAL_TYPE (MhResultGrid, mh_result_grid, GTK_TYPE_WIDGET)

enum
{
  FINISHED,
  SHEET_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static MhResultLine *
find_line (MhResultGrid *grid, const char *code)
{
  for (guint i = 0; i < grid->lines->len; i++)
    if (g_strcmp0 (mh_result_line_code (g_ptr_array_index (grid->lines, i)), code) == 0)
      return g_ptr_array_index (grid->lines, i);
  return NULL;
}

/* --- calculated analytes --- */

static gboolean
lookup (const char *name, double *out_value, gpointer data)
{
  MhResultGrid *grid = data;
  MhDecimal number;
  if (g_str_equal (name, "AGE_Y") && mh_record_has (grid->sheet, MH_RESULTS_SHEET_AGE_YEARS))
    {
      *out_value = (double)mh_record_int (grid->sheet, MH_RESULTS_SHEET_AGE_YEARS);
      return TRUE;
    }
  if (g_str_equal (name, "FEMALE"))
    {
      const char *sex = mh_record_text (grid->sheet, MH_RESULTS_SHEET_SEX);
      *out_value = g_strcmp0 (sex, MH_SEX_FEMALE) == 0 ? 1 : 0;
      return g_strcmp0 (sex, MH_SEX_FEMALE) == 0 || g_strcmp0 (sex, MH_SEX_MALE) == 0;
    }
  MhResultLine *line = find_line (grid, name);
  /* What is not plausible itself makes nothing plausible. */
  gboolean usable = line != NULL && mh_result_line_is_valid (line);
  g_autofree char *value = usable ? mh_result_line_value (line) : NULL;
  if (value == NULL || !mh_decimal_parse (value, &number))
    return FALSE;
  *out_value = mh_decimal_to_double (number);
  return TRUE;
}

static void
calculate (MhResultGrid *grid)
{
  for (guint i = 0; i < grid->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (grid->lines, i);
      MhRecord *row = mh_result_line_row (line);
      const char *formula = mh_record_text (row, MH_RESULT_ROW_FORMULA);
      const char *condition = mh_record_text (row, MH_RESULT_ROW_FORMULA_CONDITION);
      double value = 0, holds = 1;
      if (!mh_result_line_is_calculated (line) || formula == NULL)
        continue;
      gboolean ok = (condition == NULL
                     || (mh_formula_evaluate (condition, lookup, grid, &holds) == MH_FORMULA_OK
                         && holds != 0))
                    && mh_formula_evaluate (formula, lookup, grid, &value) == MH_FORMULA_OK;
      g_autofree char *text
          = ok ? mh_decimal_from_double (value, (int)mh_record_int (row, MH_RESULT_ROW_DECIMALS))
               : NULL;
      mh_result_line_set_calculated (line, text);
    }
}

/* --- saving --- */

static gboolean
autosave_cb (gpointer data)
{
  MhResultGrid *grid = data;
  grid->timer = 0;
  mh_result_grid_save (grid, FALSE);
  return G_SOURCE_REMOVE;
}

static void
line_changed (MhResultLine *line, gpointer data)
{
  MhResultGrid *grid = data;
  calculate (grid);
  if (grid->timer == 0)
    grid->timer = g_timeout_add (AUTOSAVE_MS, autosave_cb, grid);
}

static MhRecord *
make_put (MhResultGrid *grid, gboolean final, GHashTable *sent)
{
  MhRecord *put = mh_record_new (&mh_results_put_type);
  mh_record_take_records (put, MH_RESULTS_PUT_RESULTS,
                          g_ptr_array_new_with_free_func (g_object_unref));
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, final);
  for (guint i = 0; i < grid->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (grid->lines, i);
      if (!mh_result_line_is_dirty (line) || !mh_result_line_is_valid (line))
        continue;
      g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
      char *value = mh_result_line_value (line);
      mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE, mh_result_line_code (line));
      mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE, value);
      mh_record_set_text (entry, MH_RESULT_ENTRY_COMMENT, mh_result_line_comment (line));
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
      g_hash_table_insert (sent, g_strdup (mh_result_line_code (line)), value);
    }
  return put;
}

typedef struct
{
  MhResultGrid *grid;
  GHashTable *sent; /* code → value */
  gboolean final;
  char *order_id;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->grid);
  g_hash_table_unref (saving->sent);
  g_free (saving->order_id);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
take_sheet (MhResultGrid *grid, MhRecord *sheet, GHashTable *sent)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  g_set_object (&grid->sheet, sheet);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *code = mh_record_text (row, MH_RESULT_ROW_CODE);
      MhResultLine *line = find_line (grid, code);
      /* A line that was not sent and is being typed in keeps what is typed. */
      if (line != NULL && (g_hash_table_contains (sent, code) || !mh_result_line_is_dirty (line)))
        mh_result_line_confirm (line, row, g_hash_table_lookup (sent, code));
    }
  calculate (grid);
  g_signal_emit (grid, signals[SHEET_CHANGED], 0);
}

/* "results[2].value" names the third entry that was sent. */
static void
show_issues (MhResultGrid *grid, Saving *saving, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  gboolean shown = FALSE;
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      for (guint k = 0; k < grid->lines->len; k++)
        {
          MhResultLine *line = g_ptr_array_index (grid->lines, k);
          if (g_strstr_len (issue->message, -1, mh_result_line_code (line)) != NULL
              || g_strcmp0 (issue->field, mh_result_line_code (line)) == 0)
            {
              mh_result_line_complain (line, issue->message);
              shown = TRUE;
            }
        }
    }
  if (!shown)
    mh_shell_fail (GTK_WIDGET (grid), error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  MhResultGrid *grid = saving->grid;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  grid->saving = FALSE;
  if (grid->context == NULL || g_strcmp0 (grid->order_id, saving->order_id) != 0)
    return;
  if (outcome == NULL)
    show_issues (grid, saving, error);
  else if (outcome->record != NULL)
    take_sheet (grid, outcome->record, saving->sent);
  if (outcome != NULL && saving->final)
    g_signal_emit (grid, signals[FINISHED], 0);
  else if (grid->final_wanted)
    {
      grid->final_wanted = FALSE;
      mh_result_grid_save (grid, TRUE);
    }
}

void
mh_result_grid_save (MhResultGrid *grid, gboolean final)
{
  g_autoptr (GHashTable) sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (grid->order_id == NULL || grid->sheet == NULL)
    return;
  if (grid->saving)
    {
      grid->final_wanted = grid->final_wanted || final;
      if (!final && grid->timer == 0)
        grid->timer = g_timeout_add (AUTOSAVE_MS, autosave_cb, grid);
      return;
    }
  g_clear_handle_id (&grid->timer, g_source_remove);
  g_autoptr (MhRecord) put = make_put (grid, final, sent);
  if (g_hash_table_size (sent) == 0 && !final)
    return;
  Saving *saving = g_new0 (Saving, 1);
  const char *args[] = { "id", grid->order_id, NULL };
  saving->grid = g_object_ref (grid);
  saving->sent = g_steal_pointer (&sent);
  saving->final = final;
  saving->order_id = g_strdup (grid->order_id);
  grid->saving = TRUE;
  mh_sync_submit_async (mh_context_sync (grid->context), "result.save", args, put, -1, NULL, NULL,
                        saved_cb, saving);
}

/* --- showing --- */

static void
clear (MhResultGrid *grid)
{
  mh_box_clear (grid->body);
  g_ptr_array_set_size (grid->lines, 0);
  g_clear_object (&grid->sheet);
}

static void
add_titles (GtkGrid *table)
{
  const char *titles[] = { _ ("Analyte"), _ ("Value"),    _ ("Unit"),   _ ("Flag"),
                           _ ("Range"),   _ ("Previous"), _ ("Comment") };
  for (int i = 0; i < (int)G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *title = mh_label (titles[i], "caption-heading");
      gtk_label_set_wrap (GTK_LABEL (title), FALSE);
      gtk_label_set_xalign (GTK_LABEL (title), i == 1 ? 1 : 0);
      gtk_grid_attach (table, title, i, 0, 1, 1);
    }
}

static void
fill (MhResultGrid *grid, MhRecord *sheet)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  GtkWidget *table = gtk_grid_new ();
  const char *test = NULL;
  int top = 1;
  clear (grid);
  g_set_object (&grid->sheet, sheet);
  gtk_grid_set_column_spacing (GTK_GRID (table), MH_GAP);
  gtk_grid_set_row_spacing (GTK_GRID (table), 3);
  add_titles (GTK_GRID (table));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (g_strcmp0 (test, mh_record_text (row, MH_RESULT_ROW_TEST_NAME)) != 0)
        {
          test = mh_record_text (row, MH_RESULT_ROW_TEST_NAME);
          gtk_grid_attach (GTK_GRID (table), mh_heading (test), 0, top++, 7, 1);
        }
      g_ptr_array_add (grid->lines,
                       mh_result_line_new (row, GTK_GRID (table), top, line_changed, grid));
      top += 2;
    }
  mh_box_append (grid->body, table);
  calculate (grid);
  g_signal_emit (grid, signals[SHEET_CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultGrid) grid = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);
  if (grid->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  if (answer == NULL || answer->record == NULL)
    {
      clear (grid);
      mh_box_append (grid->body, mh_empty_new ("network-offline-symbolic", _ ("No sheet"),
                                               error != NULL ? error->message : "", NULL, NULL));
      return;
    }
  fill (grid, answer->record);
  mh_result_grid_focus (grid);
}

/* Somebody leaves: what was typed within the last second goes too. */
static void
flush (MhResultGrid *grid)
{
  if (grid->timer == 0)
    return;
  grid->saving = FALSE; /* one that is under way may have left before the last key */
  mh_result_grid_save (grid, FALSE);
}

void
mh_result_grid_show (MhResultGrid *grid, const char *order_id)
{
  const char *args[] = { "id", order_id, NULL };
  flush (grid);
  g_free (grid->order_id);
  grid->order_id = g_strdup (order_id);
  g_cancellable_cancel (grid->cancellable);
  g_object_unref (grid->cancellable);
  grid->cancellable = g_cancellable_new ();
  clear (grid);
  if (order_id != NULL)
    mh_api_call_async (mh_context_api (grid->context), "result.sheet", args, NULL, NULL, -1,
                       grid->cancellable, loaded_cb, g_object_ref (grid));
}

MhRecord *
mh_result_grid_sheet (MhResultGrid *grid)
{
  return grid->sheet;
}

/* The first value that is still missing. */
void
mh_result_grid_focus (MhResultGrid *grid)
{
  for (guint i = 0; i < grid->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (grid->lines, i);
      g_autofree char *value = mh_result_line_value (line);
      if (mh_result_line_control (line) != NULL && value[0] == 0)
        {
          gtk_widget_grab_focus (mh_result_line_control (line));
          return;
        }
    }
}

/* --- keys: Enter and the arrows move between values --- */

static int
focused_line (MhResultGrid *grid)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  for (guint i = 0; focus != NULL && i < grid->lines->len; i++)
    {
      GtkWidget *control = mh_result_line_control (g_ptr_array_index (grid->lines, i));
      if (control != NULL && (focus == control || gtk_widget_is_ancestor (focus, control)))
        return (int)i;
    }
  return -1;
}

static gboolean
move (MhResultGrid *grid, int step)
{
  int at = focused_line (grid);
  for (int i = at + step; at >= 0 && i >= 0 && i < (int)grid->lines->len; i += step)
    {
      GtkWidget *control = mh_result_line_control (g_ptr_array_index (grid->lines, (guint)i));
      if (control != NULL)
        {
          gtk_widget_grab_focus (control);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        MhResultGrid *grid)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || focused_line (grid) < 0)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_Down)
    {
      move (grid, 1);
      return TRUE;
    }
  if (key == GDK_KEY_Up)
    {
      move (grid, -1);
      return TRUE;
    }
  if (key == GDK_KEY_Escape)
    {
      MhResultLine *line = g_ptr_array_index (grid->lines, (guint)focused_line (grid));
      mh_result_line_confirm (line, mh_result_line_row (line), NULL);
      return TRUE;
    }
  return FALSE;
}

/* --- making it --- */

static void
mh_result_grid_dispose (GObject *object)
{
  MhResultGrid *grid = MH_RESULT_GRID (object);
  flush (grid);
  g_cancellable_cancel (grid->cancellable);
  g_clear_pointer (&grid->scrolled, gtk_widget_unparent);
  g_ptr_array_set_size (grid->lines, 0);
  g_clear_object (&grid->sheet);
  g_clear_object (&grid->context);
  G_OBJECT_CLASS (mh_result_grid_parent_class)->dispose (object);
}

static void
mh_result_grid_finalize (GObject *object)
{
  MhResultGrid *grid = MH_RESULT_GRID (object);
  g_ptr_array_unref (grid->lines);
  g_object_unref (grid->cancellable);
  g_free (grid->order_id);
  G_OBJECT_CLASS (mh_result_grid_parent_class)->finalize (object);
}

static void
mh_result_grid_class_init (MhResultGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_result_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_result_grid_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[FINISHED] = g_signal_new ("finished", MH_TYPE_RESULT_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[SHEET_CHANGED] = g_signal_new ("sheet-changed", MH_TYPE_RESULT_GRID, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_result_grid_init (MhResultGrid *grid)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  grid->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_result_line_free);
  grid->cancellable = g_cancellable_new ();
  grid->body = mh_vbox (6);
  grid->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (grid->scrolled), grid->body);
  gtk_widget_set_hexpand (grid->scrolled, TRUE);
  gtk_widget_set_vexpand (grid->scrolled, TRUE);
  gtk_widget_set_parent (grid->scrolled, GTK_WIDGET (grid));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), grid);
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
}

GtkWidget *
mh_result_grid_new (MhContext *context)
{
  MhResultGrid *grid = g_object_new (MH_TYPE_RESULT_GRID, NULL);
  grid->context = g_object_ref (context);
  g_signal_connect_object (context, "leaving", G_CALLBACK (flush), grid, G_CONNECT_SWAPPED);
  return GTK_WIDGET (grid);
}
