/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-sheet.h"

#include "client/models/mh-command.h"
#include "client/models/mh-draft.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/results/mh-instrument-pick.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-too-old.h"
#include "client/widgets/base/mh-when.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"
#include "shared/rules/lab/mh-consistency.h"
#include "shared/rules/lab/mh-measured.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define AUTOSAVE_MS 1000
/* In the local copy sooner: what a crash may cost is less than a word. */
#define DRAFT_MS 100

struct _MhResultSheet
{
  GObject parent_instance;
  MhContext *context;
  MhRecord *record;
  GPtrArray *lines;
  GHashTable *moved; /* lines whose analyser was chosen anew, to be sent with it */
  guint timer;
  guint draft_timer;
  gboolean has_draft; /* something unsent is in the local copy */
  guint saving;       /* answers that are waited for */
  gboolean final_wanted;
  gboolean left; /* its lines are not shown any more */
};

G_DEFINE_FINAL_TYPE (MhResultSheet, mh_result_sheet, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FINISHED,
  REFUSED,
  SETTLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- lines --- */

guint
mh_result_sheet_n_lines (MhResultSheet *sheet)
{
  return sheet->lines->len;
}

MhResultLine *
mh_result_sheet_line (MhResultSheet *sheet, guint at)
{
  return g_ptr_array_index (sheet->lines, at);
}

MhRecord *
mh_result_sheet_record (MhResultSheet *sheet)
{
  return sheet->record;
}

const char *
mh_result_sheet_order_id (MhResultSheet *sheet)
{
  return mh_record_text (sheet->record, MH_RESULTS_SHEET_ORDER_ID);
}

static gboolean
is_named_twice (MhResultSheet *sheet, const char *code)
{
  GPtrArray *rows = mh_record_records (sheet->record, MH_RESULTS_SHEET_ANALYTES);
  guint n = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    n += g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_CODE), code) == 0;
  return n > 1;
}

/* "HGB"; "CSFGR:GRAM" where several tests of the order look for the same thing; "ABO/2" for a
 * second determination. */
static char *
result_sheet_key_of (MhResultSheet *sheet, MhRecord *row)
{
  const char *code = mh_record_text (row, MH_RESULT_ROW_CODE);
  g_autofree char *base = mh_result_second_base (code);
  if (!is_named_twice (sheet, base))
    return g_strdup (code);
  return g_strconcat (mh_record_text (row, MH_RESULT_ROW_TEST), ":", code, NULL);
}

static MhResultLine *
find_line (MhResultSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      g_autofree char *own = result_sheet_key_of (sheet, mh_result_line_row (line));
      if (g_strcmp0 (own, key) == 0)
        return line;
    }
  return NULL;
}

gboolean
mh_result_sheet_is_full (MhResultSheet *sheet)
{
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      g_autofree char *value = mh_result_line_value (line);
      if (mh_result_line_may_edit (line) && value[0] == 0 && *mh_result_line_comment (line) == 0)
        return FALSE;
    }
  return sheet->lines->len > 0;
}

MhRecord *
mh_result_sheet_row (MhResultSheet *sheet, MhResultLine *line)
{
  g_autofree char *key = result_sheet_key_of (sheet, mh_result_line_row (line));
  g_autofree char *base = mh_result_second_base (key);
  MhResultLine *first = find_line (sheet, base);
  return mh_result_line_row (first != NULL ? first : line);
}

/* NULL: none. */
static MhResultLine *
second_line (MhResultSheet *sheet, MhRecord *row)
{
  g_autoptr (MhRecord) second = mh_result_second_row (row, NULL);
  g_autofree char *key = second != NULL ? result_sheet_key_of (sheet, second) : NULL;
  return key != NULL ? find_line (sheet, key) : NULL;
}

static const char *
user_id_of (MhResultSheet *sheet)
{
  MhRecord *user = mh_context_user (sheet->context);
  return user != NULL ? mh_record_id (user) : NULL;
}

/* Whose the value is that was just typed, and what was typed below it. */
static void
result_sheet_put_second (MhResultSheet *sheet, MhRecord *now, MhRecord *row)
{
  MhRecord *user = mh_context_user (sheet->context);
  MhResultLine *line = second_line (sheet, row);
  if (line == NULL)
    return;

  if (user != NULL && !mh_record_field_equal (now, row, MH_RESULT_ROW_VALUE))
    {
      mh_record_set_text (now, MH_RESULT_ROW_ENTERED_BY, mh_record_id (user));
      mh_record_set_text (now, MH_RESULT_ROW_ENTERED_NAME, mh_record_text (user, MH_USER_NAME));
      mh_record_unset (now, MH_RESULT_ROW_ENTERED_AT);
      mh_result_second_put (now, NULL, NULL);
      return;
    }

  g_autofree char *value = mh_result_line_value (line);
  mh_result_second_put (now, value, user);
}

MhRecord *
mh_result_sheet_now (MhResultSheet *sheet)
{
  GPtrArray *rows = mh_record_records (sheet->record, MH_RESULTS_SHEET_ANALYTES);
  GPtrArray *now = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *copy = mh_record_copy (sheet->record);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      g_autofree char *key = result_sheet_key_of (sheet, row);
      MhResultLine *line = find_line (sheet, key);
      g_ptr_array_add (now, line != NULL ? mh_result_line_now (line) : g_object_ref (row));
      if (line != NULL)
        result_sheet_put_second (sheet, g_ptr_array_index (now, now->len - 1), row);
    }

  mh_record_take_records (copy, MH_RESULTS_SHEET_ANALYTES, now);
  return copy;
}

/* --- calculated analytes --- */

/* What is typed, or what is stored of a row that is not shown. */
static char *
result_sheet_value_of (MhResultSheet *sheet, const char *code)
{
  GPtrArray *rows = mh_record_records (sheet->record, MH_RESULTS_SHEET_ANALYTES);
  MhResultLine *line = find_line (sheet, code);

  /* What cannot be read makes nothing. */
  if (line != NULL)
    return mh_result_line_is_valid (line) ? mh_result_line_result (line) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_CODE), code) == 0)
        return g_strdup (mh_record_text (row, MH_RESULT_ROW_VALUE));
    }

  return NULL;
}

static MhRecord *
result_sheet_row_of (MhResultSheet *sheet, const char *code)
{
  GPtrArray *rows = mh_record_records (sheet->record, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_CODE), code) == 0)
      return g_ptr_array_index (rows, i);
  return NULL;
}

static gboolean
result_sheet_lookup (const char *name, MhSpan *out_span, gpointer data)
{
  MhResultSheet *sheet = data;
  MhMeasured measured;
  if (g_str_equal (name, "AGE_Y") && mh_record_has (sheet->record, MH_RESULTS_SHEET_AGE_YEARS))
    {
      *out_span = mh_span_point ((double)mh_record_int (sheet->record, MH_RESULTS_SHEET_AGE_YEARS));
      return TRUE;
    }

  if (g_str_equal (name, "FEMALE"))
    {
      const char *sex = mh_record_text (sheet->record, MH_RESULTS_SHEET_SEX);
      *out_span = mh_span_point (g_strcmp0 (sex, MH_SEX_FEMALE) == 0);
      return g_strcmp0 (sex, MH_SEX_FEMALE) == 0 || g_strcmp0 (sex, MH_SEX_MALE) == 0;
    }

  if (g_str_equal (name, "ISI") && mh_record_has (sheet->record, MH_RESULTS_SHEET_ISI))
    {
      *out_span = mh_span_point (
          g_ascii_strtod (mh_record_text (sheet->record, MH_RESULTS_SHEET_ISI), NULL));
      return TRUE;
    }

  MhRecord *row = result_sheet_row_of (sheet, name);
  g_autofree char *value = result_sheet_value_of (sheet, name);
  if (row == NULL || !mh_measured_read (value, &measured))
    return FALSE;

  const char *least = mh_record_text (row, MH_RESULT_ROW_PLAUSIBLE_LOW);
  *out_span = mh_measured_span (&measured, mh_measured_never_negative (least));
  return TRUE;
}

static MhFormulaTask
task_of (MhRecord *row, guint formula)
{
  return (MhFormulaTask){
    .formula = mh_record_text (row, formula),
    .condition = mh_record_text (row, MH_RESULT_ROW_FORMULA_CONDITION),
    .plausible_low = mh_record_text (row, MH_RESULT_ROW_PLAUSIBLE_LOW),
    .decimals = (int)mh_record_int (row, MH_RESULT_ROW_DECIMALS),
  };
}

/* A measured value that could be worked out has to come to about the same. */
static void
result_sheet_check_line (MhResultSheet *sheet, MhResultLine *line)
{
  MhRecord *row = mh_result_line_row (line);
  MhFormulaTask task = task_of (row, MH_RESULT_ROW_CHECK_FORMULA);
  g_autofree char *value = mh_result_line_result (line);
  g_autofree char *found = NULL;
  char *doubt = NULL;
  if (mh_result_line_is_valid (line)
      && !mh_consistency_fits (value, &task, result_sheet_lookup, sheet, &found))
    doubt = g_strdup_printf (_ ("Does not agree with the other values: %s %s"), value, found);
  mh_result_line_set_doubt (line, doubt);
}

/* The grid asks for the second determination in words, and tells when the two differ. */
static void
ask_second (MhResultSheet *sheet, MhResultLine *line)
{
  g_autofree char *key = result_sheet_key_of (sheet, mh_result_line_row (line));
  g_autofree char *base = mh_result_second_base (key);
  MhResultLine *first = find_line (sheet, base);
  if (first == NULL)
    return;
  g_autoptr (MhRecord) now = mh_result_line_now (first);
  result_sheet_put_second (sheet, now, mh_result_line_row (first));
  mh_result_line_set_doubt (line,
                            mh_result_second_keeps_back (now) ? mh_result_second_text (now) : NULL);
}

/* A value of a sample that no longer keeps is marked, not refused. */
static void
result_sheet_mark_old (MhResultSheet *sheet, MhResultLine *line)
{
  g_autofree char *value = mh_result_line_value (line);
  gint64 now = mh_when_now ();
  mh_result_line_set_too_old (line, value[0] == 0
                                        ? NULL
                                        : mh_too_old_value (mh_result_line_row (line),
                                                            mh_result_line_is_dirty (line), now));
}

static void
result_sheet_calculate (MhResultSheet *sheet)
{
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      MhRecord *row = mh_result_line_row (line);
      g_autofree char *text = NULL;
      result_sheet_mark_old (sheet, line);
      if (mh_record_has (row, MH_RESULT_ROW_CHECK_FORMULA))
        result_sheet_check_line (sheet, line);
      if (mh_result_second_is (row))
        ask_second (sheet, line);
      if (!mh_result_line_is_calculated (line) || !mh_record_has (row, MH_RESULT_ROW_FORMULA))
        continue;
      MhFormulaTask task = task_of (row, MH_RESULT_ROW_FORMULA);
      (void)mh_formula_work_out (&task, result_sheet_lookup, sheet, &text);
      mh_result_line_set_calculated (line, text);
    }
}

/* --- what is unsent, in the local copy --- */

static char *
draft_form (MhResultSheet *sheet)
{
  return g_strconcat ("results/", mh_result_sheet_order_id (sheet), NULL);
}

static MhRecord *
result_sheet_entry_of (MhResultSheet *sheet, MhResultLine *line)
{
  MhRecord *entry = mh_record_new (&mh_result_entry_type);
  g_autofree char *key = result_sheet_key_of (sheet, mh_result_line_row (line));
  mh_record_take_text (entry, MH_RESULT_ENTRY_ANALYTE, mh_result_second_base (key));
  mh_record_take_text (entry, MH_RESULT_ENTRY_VALUE, mh_result_line_value (line));

  if (mh_result_second_is (mh_result_line_row (line)))
    {
      mh_record_set_int (entry, MH_RESULT_ENTRY_DETERMINATION, 2);
      return entry;
    }

  mh_record_set_text (entry, MH_RESULT_ENTRY_COMMENT, mh_result_line_comment (line));

  /* Where nobody has said, the server knows, or will ask. */
  g_autofree char *instrument = mh_instrument_pick_remembered (
      mh_result_line_row (line), mh_context_username (sheet->context));

  if (instrument != NULL)
    mh_record_set_text (entry, MH_RESULT_ENTRY_INSTRUMENT, instrument);
  return entry;
}

/* One row of the draft: the value as it was known, and in .value_text what was typed over it. */
static MhRecord *
typed_row (MhResultSheet *sheet, MhResultLine *line)
{
  MhRecord *row = mh_record_new (&mh_result_row_type);
  const char *known = mh_record_text (mh_result_line_row (line), MH_RESULT_ROW_VALUE);
  mh_record_take_text (row, MH_RESULT_ROW_CODE,
                       result_sheet_key_of (sheet, mh_result_line_row (line)));
  mh_record_set_text (row, MH_RESULT_ROW_VALUE, known);
  mh_record_take_text (row, MH_RESULT_ROW_VALUE_TEXT, mh_result_line_value (line));
  mh_record_set_text (row, MH_RESULT_ROW_COMMENT, mh_result_line_comment (line));
  return row;
}

/* Also what may not be sent yet: half a number, a value that is not plausible. @sent (key → value,
 * or NULL) is at the server or in the outbox. */
static void
keep_draft (MhResultSheet *sheet, GHashTable *sent)
{
  g_autofree char *form = draft_form (sheet);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_results_sheet_type);
  guint n = 0;

  g_clear_handle_id (&sheet->draft_timer, g_source_remove);
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      if (!mh_result_line_is_dirty (line))
        continue;
      g_autoptr (MhRecord) row = typed_row (sheet, line);
      const char *at_server
          = sent != NULL ? g_hash_table_lookup (sent, mh_record_text (row, MH_RESULT_ROW_CODE))
                         : NULL;
      if (at_server != NULL
          && g_strcmp0 (at_server, mh_record_text (row, MH_RESULT_ROW_VALUE_TEXT)) == 0)
        continue;
      mh_record_append (draft, MH_RESULTS_SHEET_ANALYTES, row);
      n++;
    }

  if (n > 0 || sheet->has_draft)
    mh_draft_keep (sheet->context, form, n > 0 ? draft : NULL);
  sheet->has_draft = n > 0;
}

static gboolean
result_sheet_draft_cb (gpointer data)
{
  MhResultSheet *sheet = data;
  sheet->draft_timer = 0;
  keep_draft (sheet, NULL);
  return G_SOURCE_REMOVE;
}

/* What somebody else has entered meanwhile is not typed over. */
static void
recall (MhResultSheet *sheet, MhRecord *row)
{
  MhResultLine *line = find_line (sheet, mh_record_text (row, MH_RESULT_ROW_CODE));
  const char *known = mh_record_text (row, MH_RESULT_ROW_VALUE);
  if (line == NULL || mh_result_line_is_dirty (line)
      || g_strcmp0 (known, mh_record_text (mh_result_line_row (line), MH_RESULT_ROW_VALUE)) != 0)
    return;
  mh_result_line_type (line, mh_record_text (row, MH_RESULT_ROW_VALUE_TEXT));
  mh_result_line_put_comment (line, mh_record_text (row, MH_RESULT_ROW_COMMENT));
}

static void
result_sheet_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultSheet) sheet = data;
  g_autoptr (MhRecord) draft = mh_draft_load_finish (result, NULL);
  GPtrArray *rows = draft != NULL ? mh_record_records (draft, MH_RESULTS_SHEET_ANALYTES) : NULL;
  if (sheet->left || rows == NULL)
    return;
  sheet->has_draft = TRUE;
  for (guint i = 0; i < rows->len; i++)
    recall (sheet, g_ptr_array_index (rows, i));
  if (sheet->draft_timer == 0)
    sheet->draft_timer = g_timeout_add (DRAFT_MS, result_sheet_draft_cb, sheet);
}

void
mh_result_sheet_recall (MhResultSheet *sheet)
{
  g_autofree char *form = draft_form (sheet);
  mh_draft_load_async (sheet->context, form, &mh_results_sheet_type, NULL, result_sheet_found_cb,
                       g_object_ref (sheet));
}

/* --- saving --- */

static gboolean
autosave_cb (gpointer data)
{
  MhResultSheet *sheet = data;
  sheet->timer = 0;
  mh_result_sheet_save (sheet, FALSE);
  return G_SOURCE_REMOVE;
}

static void
line_changed (MhResultLine *line, gpointer data)
{
  MhResultSheet *sheet = data;
  result_sheet_calculate (sheet);
  if (sheet->timer == 0)
    sheet->timer = g_timeout_add (AUTOSAVE_MS, autosave_cb, sheet);
  if (sheet->draft_timer == 0)
    sheet->draft_timer = g_timeout_add (DRAFT_MS, result_sheet_draft_cb, sheet);
  g_signal_emit (sheet, signals[CHANGED], 0);
}

MhResultLine *
mh_result_sheet_add (MhResultSheet *sheet, MhRecord *row, const char *name, GtkGrid *grid, int top)
{
  MhResultLine *line = mh_result_line_new (row, name, grid, top, line_changed, sheet);
  g_ptr_array_add (sheet->lines, line);
  result_sheet_calculate (sheet);
  return line;
}

MhResultLine *
mh_result_sheet_add_second (MhResultSheet *sheet, MhRecord *row, GtkGrid *grid, int top)
{
  g_autoptr (MhRecord) second = mh_result_second_row (row, user_id_of (sheet));
  return second != NULL ? mh_result_sheet_add (sheet, second, NULL, grid, top) : NULL;
}

/* What is on its way: the entries in the order in which they went, for complaints name them by it.
 */
typedef struct
{
  MhResultSheet *sheet;
  MhContext *context;
  GPtrArray *keys;  /* char * */
  GHashTable *sent; /* key → value */
  gboolean final;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->sheet);
  g_object_unref (saving->context);
  g_ptr_array_unref (saving->keys);
  g_hash_table_unref (saving->sent);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (MhResultSheet *sheet, gboolean final)
{
  Saving *saving = g_new0 (Saving, 1);
  saving->sheet = g_object_ref (sheet);
  saving->context = g_object_ref (sheet->context);
  saving->keys = g_ptr_array_new_with_free_func (g_free);
  saving->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  saving->final = final;
  return saving;
}

static MhRecord *
result_sheet_make_put (Saving *saving)
{
  MhResultSheet *sheet = saving->sheet;
  MhRecord *put = mh_record_new (&mh_results_put_type);
  mh_record_take_records (put, MH_RESULTS_PUT_RESULTS,
                          g_ptr_array_new_with_free_func (g_object_unref));
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, saving->final);

  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      gboolean other = g_hash_table_contains (sheet->moved, line);
      if ((!mh_result_line_is_dirty (line) && !other) || !mh_result_line_is_valid (line))
        continue;
      g_autoptr (MhRecord) entry = result_sheet_entry_of (sheet, line);
      char *value = mh_result_line_value (line),
           *key = result_sheet_key_of (sheet, mh_result_line_row (line));
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
      g_ptr_array_add (saving->keys, key);
      g_hash_table_insert (saving->sent, g_strdup (key), value);
    }

  g_hash_table_remove_all (sheet->moved);
  return put;
}

/* A line that was not sent and is being typed in keeps what is typed. */
static void
confirm (MhResultSheet *sheet, MhRecord *row, GHashTable *sent)
{
  g_autofree char *key = result_sheet_key_of (sheet, row);
  MhResultLine *line = find_line (sheet, key);
  const char *value = sent != NULL ? g_hash_table_lookup (sent, key) : NULL;
  if (line != NULL && (value != NULL || !mh_result_line_is_dirty (line)))
    mh_result_line_confirm (line, row, value);
}

static void
result_sheet_take (MhResultSheet *sheet, MhRecord *record, GHashTable *sent)
{
  GPtrArray *rows = mh_record_records (record, MH_RESULTS_SHEET_ANALYTES);
  g_set_object (&sheet->record, record);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      g_autoptr (MhRecord) second = mh_result_second_row (row, user_id_of (sheet));
      confirm (sheet, row, sent);
      if (second != NULL)
        confirm (sheet, second, sent);
    }

  result_sheet_calculate (sheet);
  if (sheet->has_draft || sheet->draft_timer != 0)
    keep_draft (sheet, NULL);
  g_signal_emit (sheet, signals[CHANGED], 0);
}

void
mh_result_sheet_take (MhResultSheet *sheet, MhRecord *record)
{
  if (sheet->saving == 0)
    result_sheet_take (sheet, record, NULL);
}

/* The server is away: the outbox has it, so it counts as stored, also when the sheet is opened
 * again meanwhile. */
static void
keep_here (Saving *saving)
{
  MhResultSheet *sheet = saving->sheet;
  for (guint i = 0; i < saving->keys->len; i++)
    {
      const char *key = g_ptr_array_index (saving->keys, i);
      MhResultLine *line = find_line (sheet, key);
      if (line != NULL)
        mh_result_line_kept (line, g_hash_table_lookup (saving->sent, key));
    }
  keep_draft (sheet, NULL);
  g_autoptr (MhRecord) now = mh_result_sheet_now (sheet);
  mh_read_keep (saving->context, "result.sheet", mh_result_sheet_order_id (sheet), now);
}

/* "results[2].value" names the third entry that was sent; "HGB" what is missing. */
static gboolean
show_issue (Saving *saving, const MhIssue *issue)
{
  guint at = 0;
  const char *key = issue->field;
  if (sscanf (issue->field, "results[%u]", &at) == 1 && at < saving->keys->len)
    key = g_ptr_array_index (saving->keys, at);
  MhResultLine *line = find_line (saving->sheet, key);
  if (line != NULL)
    mh_result_line_complain (line, issue->message);
  return line != NULL;
}

static void
result_sheet_refused (Saving *saving, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  gboolean shown = FALSE;
  for (guint i = 0; i < mh_issues_count (issues); i++)
    shown = show_issue (saving, mh_issues_nth (issues, i)) || shown;
  g_signal_emit (saving->sheet, signals[REFUSED], 0, error, shown);
}

static void
result_sheet_answered (Saving *saving, MhOutcome *outcome, const GError *error)
{
  MhResultSheet *sheet = saving->sheet;
  if (outcome != NULL && outcome->waiting)
    keep_here (saving);
  if (sheet->left)
    {
      if (outcome != NULL)
        keep_draft (sheet, saving->sent);
      return;
    }

  if (outcome == NULL)
    result_sheet_refused (saving, error);
  else if (outcome->record != NULL)
    result_sheet_take (sheet, outcome->record, saving->sent);

  if (outcome != NULL && saving->final)
    g_signal_emit (sheet, signals[FINISHED], 0, outcome->waiting);
  else if (sheet->final_wanted)
    {
      sheet->final_wanted = FALSE;
      mh_result_sheet_save (sheet, TRUE);
    }
}

static void
result_sheet_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  MhResultSheet *sheet = saving->sheet;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  sheet->saving--;
  result_sheet_answered (saving, outcome, error);
  if (sheet->saving == 0)
    g_signal_emit (sheet, signals[SETTLED], 0);
}

void
mh_result_sheet_set_instrument (MhResultSheet *sheet, const char *bench, const char *instrument)
{
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      MhResultLine *line = g_ptr_array_index (sheet->lines, i);
      MhRecord *row = mh_result_line_row (line);
      const char *const *codes = mh_record_list (row, MH_RESULT_ROW_INSTRUMENTS);
      g_autofree char *value = mh_result_line_value (line);
      if (mh_result_line_may_edit (line) && value[0] != 0 && codes != NULL
          && g_strv_contains (codes, instrument)
          && g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_BENCH), bench) == 0
          && g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_INSTRUMENT), instrument) != 0)
        g_hash_table_add (sheet->moved, line);
    }

  if (g_hash_table_size (sheet->moved) > 0)
    mh_result_sheet_save (sheet, FALSE);
}

void
mh_result_sheet_save (MhResultSheet *sheet, gboolean final)
{
  if (sheet->saving > 0 && !sheet->left)
    {
      sheet->final_wanted = sheet->final_wanted || final;
      if (!final && sheet->timer == 0)
        sheet->timer = g_timeout_add (AUTOSAVE_MS, autosave_cb, sheet);
      return;
    }

  g_clear_handle_id (&sheet->timer, g_source_remove);
  g_autoptr (Saving) saving = saving_new (sheet, final);
  g_autoptr (MhRecord) put = result_sheet_make_put (saving);
  if (saving->keys->len == 0 && !final)
    return;

  const char *args[] = { "id", mh_result_sheet_order_id (sheet), NULL };
  sheet->saving++;
  mh_command_async (sheet->context,
                    &(MhCommand){ .route = "result.save", .args = args, .body = put }, NULL,
                    result_sheet_saved_cb, g_steal_pointer (&saving));
}

void
mh_result_sheet_flush (MhResultSheet *sheet)
{
  gboolean left = sheet->left;
  if (sheet->draft_timer != 0)
    keep_draft (sheet, NULL);
  if (sheet->timer == 0)
    return;
  sheet->left = TRUE; /* not after the one that is under way: that may have left before a key */
  mh_result_sheet_save (sheet, FALSE);
  sheet->left = left;
}

gboolean
mh_result_sheet_leave (MhResultSheet *sheet)
{
  mh_result_sheet_flush (sheet);
  sheet->left = TRUE;
  return sheet->saving > 0;
}

/* --- making it --- */

static void
mh_result_sheet_dispose (GObject *object)
{
  g_clear_handle_id (&MH_RESULT_SHEET (object)->timer, g_source_remove);
  g_clear_handle_id (&MH_RESULT_SHEET (object)->draft_timer, g_source_remove);
  G_OBJECT_CLASS (mh_result_sheet_parent_class)->dispose (object);
}

static void
mh_result_sheet_finalize (GObject *object)
{
  MhResultSheet *sheet = MH_RESULT_SHEET (object);
  g_hash_table_unref (sheet->moved);
  g_ptr_array_unref (sheet->lines);
  g_object_unref (sheet->record);
  g_object_unref (sheet->context);
  G_OBJECT_CLASS (mh_result_sheet_parent_class)->finalize (object);
}

static void
mh_result_sheet_class_init (MhResultSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_result_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_result_sheet_finalize;
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_RESULT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", MH_TYPE_RESULT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SETTLED] = g_signal_new ("settled", MH_TYPE_RESULT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", MH_TYPE_RESULT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, G_TYPE_BOOLEAN);
}

static void
mh_result_sheet_init (MhResultSheet *sheet)
{
  sheet->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_result_line_free);
  sheet->moved = g_hash_table_new (NULL, NULL);
}

MhResultSheet *
mh_result_sheet_new (MhContext *context, MhRecord *record)
{
  MhResultSheet *sheet = g_object_new (MH_TYPE_RESULT_SHEET, NULL);
  sheet->context = g_object_ref (context);
  sheet->record = g_object_ref (record);
  g_signal_connect_object (context, "leaving", G_CALLBACK (mh_result_sheet_flush), sheet,
                           G_CONNECT_SWAPPED);
  return sheet;
}
