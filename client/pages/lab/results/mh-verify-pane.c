/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-verify-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-order-parts.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/results/mh-result-notes.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/lab/results/mh-sheet-report.h"
#include "client/pages/lab/results/mh-sheet-view.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-aside.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-code-ask.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/media/mh-document-view.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhVerifyPane
{
  MhPane parent_instance;
  MhOrderParts *parts;
  MhRecord *sheet;
  char *twice; /* why a second determination is waited for, NULL: none is */
  gboolean busy;
  MhAside *aside;
  MhPatientStrip *strip;
  MhSheetView *results;
  MhResultNotes *notes;
  MhDocumentView *here, *beside;
  GtkStack *stack, *views;
  GtkToggleButton *paper;
  GtkLabel *entered, *critical;
  AdwBin *status;
  GtkWidget *leave;
  GtkDropDown *tests; /* all that waits, or one test of it */
};

G_DEFINE_FINAL_TYPE (MhVerifyPane, mh_verify_pane, MH_TYPE_PANE)

enum
{
  DECIDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static MhContext *
verify_pane_context_of (MhVerifyPane *pane)
{
  return mh_pane_context (MH_PANE (pane));
}

/* --- showing --- */

static void verify_pane_show_rights (MhVerifyPane *pane);

static gboolean
entered_by_me (MhVerifyPane *pane)
{
  MhRecord *user = mh_context_user (verify_pane_context_of (pane));
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; user != NULL && rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_ENTERED_BY), mh_record_id (user)) == 0
          || g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_SECOND_BY), mh_record_id (user)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* NULL: all. */
static const char *
chosen_test (MhVerifyPane *pane)
{
  guint at = gtk_drop_down_get_selected (pane->tests);
  GListModel *model = gtk_drop_down_get_model (pane->tests);
  if (at == 0 || model == NULL || at == GTK_INVALID_LIST_POSITION)
    return NULL;
  g_autoptr (GtkStringObject) word = g_list_model_get_item (model, at);
  return word != NULL ? g_object_get_data (G_OBJECT (word), "test") : NULL;
}

static gboolean
is_chosen (MhVerifyPane *pane, MhRecord *row)
{
  const char *test = chosen_test (pane);
  return test == NULL || g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_TEST), test) == 0;
}

static gboolean
verify_pane_is_waiting (MhRecord *row)
{
  return g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_STATUS), MH_RESULT_STATUS_ENTERED) == 0
         && !mh_result_second_keeps_back (row);
}

/* Everything that waits of what was chosen may be signed by this person. */
static gboolean
verify_pane_may_sign (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  gboolean any = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!verify_pane_is_waiting (row) || !is_chosen (pane, row))
        continue;
      if (!mh_record_bool (row, MH_RESULT_ROW_MAY_VERIFY))
        return FALSE;
      any = TRUE;
    }

  return any;
}

/* Why the buttons are grey; NULL: they are not. */
static const char *
verify_pane_why_not (MhVerifyPane *pane)
{
  if (pane->sheet == NULL)
    return _ ("The results are being fetched.");
  if (verify_pane_may_sign (pane))
    return NULL;
  if (!mh_context_may (verify_pane_context_of (pane), MH_MAY_VERIFY_RESULT))
    return _ ("Your role may look at results but not verify them.");
  if (pane->twice != NULL)
    return pane->twice;
  if (entered_by_me (pane))
    return _ ("You entered results of this order; somebody else has to verify them.");
  return _ ("No result of this order waits to be verified.");
}

/* Something is verified, and no report tells it yet. */
static gboolean
may_withdraw (MhVerifyPane *pane)
{
  GPtrArray *rows
      = pane->sheet != NULL ? mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  MhRecord *order = pane->parts != NULL ? mh_order_parts_order (pane->parts) : NULL;
  if (order == NULL || mh_record_has (order, MH_ORDER_REPORT_ID)
      || !mh_context_may (verify_pane_context_of (pane), MH_MAY_VERIFY_RESULT))
    return FALSE;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_STATUS),
                   MH_RESULT_STATUS_VERIFIED)
        == 0)
      return TRUE;

  return FALSE;
}

/* What has to be determined a second time before anything can be signed; NULL: nothing. */
static void
find_twice (MhVerifyPane *pane)
{
  GPtrArray *rows
      = pane->sheet != NULL ? mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  g_clear_pointer (&pane->twice, g_free);
  for (guint i = 0; rows != NULL && i < rows->len && pane->twice == NULL; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!is_chosen (pane, row) || !mh_result_second_keeps_back (row))
        continue;
      g_autofree char *why = mh_result_second_text (row);
      pane->twice = g_strdup_printf ("%s · %s", mh_record_text (row, MH_RESULT_ROW_NAME), why);
    }
}

static void
verify_pane_show_rights (MhVerifyPane *pane)
{
  find_twice (pane);
  mh_pane_complain (MH_PANE (pane), NULL);
  mh_pane_changed (MH_PANE (pane));
}

/* The tests that wait, when there are several: each can be verified by itself. */
static void
fill_tests (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GListStore) words = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GtkStringObject) all = gtk_string_object_new (_ ("All tests"));
  g_autofree char *before = g_strdup (chosen_test (pane));
  guint chosen = 0;

  g_list_store_append (words, all);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *test = mh_record_text (row, MH_RESULT_ROW_TEST);
      if (!verify_pane_is_waiting (row) || test == NULL || !g_hash_table_add (seen, (gpointer)test))
        continue;
      g_autoptr (GtkStringObject) word
          = gtk_string_object_new (mh_record_text (row, MH_RESULT_ROW_TEST_NAME));
      g_object_set_data_full (G_OBJECT (word), "test", g_strdup (test), g_free);
      g_list_store_append (words, word);
      if (g_strcmp0 (test, before) == 0)
        chosen = g_list_model_get_n_items (G_LIST_MODEL (words)) - 1;
    }

  gtk_drop_down_set_model (pane->tests, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (pane->tests, chosen);
  gtk_widget_set_visible (GTK_WIDGET (pane->tests), g_hash_table_size (seen) > 1);
}

static void
verify_pane_test_cb (MhVerifyPane *pane)
{
  if (verify_pane_context_of (pane) != NULL && pane->sheet != NULL)
    verify_pane_show_rights (pane);
}

/* " · 1 of 2 signatures: Dr Rao", where a bench asks for more than one. */
static char *
verify_pane_signatures_text (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      guint levels = (guint)mh_record_int (row, MH_RESULT_ROW_VERIFY_LEVELS);
      guint level = (guint)mh_record_int (row, MH_RESULT_ROW_VERIFY_LEVEL);
      const char *const *names = mh_record_list (row, MH_RESULT_ROW_SIGNED_NAMES);
      if (!verify_pane_is_waiting (row) || levels < 2)
        continue;
      g_autofree char *who = names != NULL ? g_strjoinv (", ", (char **)names) : g_strdup ("");
      return level == 0 ? g_strdup_printf (_ (" · %u signatures needed"), levels)
                        : g_strdup_printf (_ (" · signed %u of %u: %s"), level, levels, who);
    }

  return g_strdup ("");
}

/* "Entered by Rahul Pawar, Asha Verma" */
static void
show_entered (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *name = mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_ENTERED_NAME);
      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer)name);
    }

  gboolean any = names->len > 0;
  g_ptr_array_add (names, NULL);
  g_autofree char *joined = g_strjoinv (", ", (char **)names->pdata);
  g_autofree char *signatures = verify_pane_signatures_text (pane);
  g_autofree char *by = g_strdup_printf (_ ("Entered by %s"), joined);
  g_autofree char *text = g_strconcat (by, signatures, NULL);

  gtk_label_set_text (pane->entered, any ? text : "");
}

static void
show_critical (MhVerifyPane *pane)
{
  GPtrArray *rows = mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *value = mh_record_text (row, MH_RESULT_ROW_VALUE);
      const char *unit = mh_record_text (row, MH_RESULT_ROW_UNIT);
      if (mh_record_bool (row, MH_RESULT_ROW_CRITICAL) && value != NULL)
        g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? ", " : "",
                                mh_record_text (row, MH_RESULT_ROW_NAME), value,
                                unit != NULL ? unit : "");
    }

  g_autofree char *line = g_strdup_printf (_ ("⚠ Critical: %s"), text->str);
  gtk_label_set_text (pane->critical, line);
  gtk_widget_set_visible (GTK_WIDGET (pane->critical), text->len > 0);
}

static void
verify_pane_show_paper (MhVerifyPane *pane)
{
  MhRecord *patient = mh_order_parts_patient (pane->parts);
  MhRecord *hospital = mh_order_parts_hospital (pane->parts);
  gboolean beside = mh_aside_is_wide (pane->aside);
  g_autoptr (MhDocument) document = NULL;
  if (pane->sheet != NULL && patient != NULL && hospital != NULL)
    document = mh_sheet_report (pane->sheet, mh_order_parts_order (pane->parts), patient, hospital,
                                NULL);
  mh_document_view_show (pane->here, beside ? NULL : document);
  mh_document_view_show (pane->beside, beside ? document : NULL);
}

static void
verify_pane_show_cb (MhVerifyPane *pane)
{
  char today[11];
  MhRecord *order = pane->parts != NULL ? mh_order_parts_order (pane->parts) : NULL;
  if (verify_pane_context_of (pane) == NULL)
    return;

  if (order == NULL)
    {
      gtk_stack_set_visible_child_name (pane->stack, "nothing");
      return;
    }

  mh_pane_changed (MH_PANE (pane));
  mh_status_pill_set (adw_bin_get_child (pane->status), mh_record_text (order, MH_ORDER_STATUS),
                      NULL);
  mh_patient_strip_show (pane->strip, mh_order_parts_patient (pane->parts),
                         mh_when_today_text (today));
  mh_sheet_view_show (pane->results, pane->sheet);
  mh_result_notes_show_all (pane->notes, pane->sheet);

  if (pane->sheet != NULL)
    {
      show_critical (pane);
      show_entered (pane);
      fill_tests (pane);
    }

  verify_pane_show_rights (pane);
  verify_pane_show_paper (pane);
  gtk_stack_set_visible_child_name (pane->stack, "order");
}

static void
failed_cb (MhVerifyPane *pane, const GError *error)
{
  mh_shell_fail (GTK_WIDGET (pane), error);
}

static void
verify_pane_sheet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) sheet = mh_read_finish (result, &error);
  if (verify_pane_context_of (pane) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (sheet == NULL
      || g_strcmp0 (mh_record_text (sheet, MH_RESULTS_SHEET_ORDER_ID),
                    mh_order_parts_wanted (pane->parts))
             != 0)
    return;

  g_set_object (&pane->sheet, sheet);
  verify_pane_show_cb (pane);
}

/* A question was answered, a tube released. */
static void
noted_cb (MhVerifyPane *pane, MhRecord *sheet)
{
  g_set_object (&pane->sheet, sheet);
  verify_pane_show_cb (pane);
}

static void
verify_pane_load (MhVerifyPane *pane, const char *order_id)
{
  g_autofree char *id = g_strdup (order_id);
  mh_order_parts_load (pane->parts, id);
  if (id != NULL)
    mh_read_async (verify_pane_context_of (pane), "result.sheet", id,
                   mh_pane_cancellable (MH_PANE (pane)), verify_pane_sheet_cb, g_object_ref (pane));
}

void
mh_verify_pane_show (MhVerifyPane *pane, const char *order_id)
{
  if (order_id != NULL && g_strcmp0 (order_id, mh_order_parts_wanted (pane->parts)) == 0)
    return;
  g_clear_object (&pane->sheet);
  gtk_drop_down_set_selected (pane->tests, 0);
  gtk_toggle_button_set_active (pane->paper, FALSE);
  verify_pane_load (pane, order_id);
}

GtkWidget *
mh_verify_pane_back (MhVerifyPane *pane)
{
  return pane->leave;
}

void
mh_verify_pane_grab (MhVerifyPane *pane)
{
  if (mh_verify_pane_order_id (pane) != NULL && gtk_widget_get_mapped (GTK_WIDGET (pane->results)))
    mh_sheet_view_grab (pane->results);
  else if (gtk_widget_get_mapped (pane->leave))
    gtk_widget_grab_focus (pane->leave);
}

const char *
mh_verify_pane_order_id (MhVerifyPane *pane)
{
  return pane->parts != NULL ? mh_order_parts_wanted (pane->parts) : NULL;
}

static void
verify_pane_paper_cb (MhVerifyPane *pane)
{
  gboolean paper = gtk_toggle_button_get_active (pane->paper) && !mh_aside_is_wide (pane->aside);
  gtk_stack_set_visible_child_name (pane->views, paper ? "paper" : "results");
}

/* The paper moves between its two places with the width. */
static void
verify_pane_wide_cb (MhVerifyPane *pane)
{
  if (pane->parts == NULL)
    return;
  verify_pane_paper_cb (pane);
  verify_pane_show_paper (pane);
}

void
mh_verify_pane_preview (MhVerifyPane *pane)
{
  if (!mh_aside_is_wide (pane->aside))
    gtk_toggle_button_set_active (pane->paper, !gtk_toggle_button_get_active (pane->paper));
}

/* What is decided on must be what is seen: any change at another desk is fetched at once. */
static void
verify_pane_changed_cb (MhSync *sync,
                        const MhRecordType *type,
                        const char *id,
                        MhRecord *record,
                        MhVerifyPane *pane)
{
  const char *wanted = mh_verify_pane_order_id (pane);
  MhRecord *order = pane->parts != NULL ? mh_order_parts_order (pane->parts) : NULL;
  gboolean mine = type == &mh_order_type && g_strcmp0 (id, wanted) == 0;
  if (type == &mh_result_type && record != NULL)
    mine = g_strcmp0 (mh_record_text (record, MH_RESULT_ORDER_ID), wanted) == 0;
  if (type == &mh_order_type && mine && record != NULL && order != NULL
      && mh_record_version (record) <= mh_record_version (order))
    return;
  if (mine && order != NULL && !pane->busy)
    verify_pane_load (pane, wanted);
}

/* --- deciding --- */

static void
verify_pane_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  pane->busy = FALSE;
  if (verify_pane_context_of (pane) == NULL)
    return;

  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_shell_fail (GTK_WIDGET (pane), error);
      verify_pane_load (pane, mh_verify_pane_order_id (pane));
      mh_pane_complain (MH_PANE (pane), words);
      return;
    }

  /* The rest of the order waits to be looked at. */
  if (outcome->record != NULL
      && g_list_model_get_n_items (gtk_drop_down_get_model (pane->tests)) > 2
      && chosen_test (pane) != NULL)
    {
      gtk_drop_down_set_selected (pane->tests, 0);
      verify_pane_load (pane, mh_verify_pane_order_id (pane));
      return;
    }

  g_autofree char *id = g_strdup (mh_verify_pane_order_id (pane));
  g_signal_emit (pane, signals[DECIDED], 0, id);
}

static void
verify_pane_decide (MhVerifyPane *pane,
                    const char *decision,
                    const char *reason,
                    const char *comment)
{
  g_autoptr (MhRecord) verification = mh_record_new (&mh_verification_type);
  const char *args[] = { "id", mh_verify_pane_order_id (pane), NULL };
  gboolean withdraw = g_strcmp0 (decision, MH_DECISION_WITHDRAW) == 0;
  if (mh_verify_pane_order_id (pane) == NULL || pane->busy
      || (withdraw ? !may_withdraw (pane) : verify_pane_why_not (pane) != NULL))
    return;

  mh_record_set_text (verification, MH_VERIFICATION_DECISION, decision);
  if (reason != NULL)
    mh_record_set_text (verification, MH_VERIFICATION_REASON, reason);

  /* What is chosen is what waits; taken back is all that was verified. */
  if (chosen_test (pane) != NULL && !withdraw)
    mh_record_add_to_list (verification, MH_VERIFICATION_TESTS, chosen_test (pane));
  if (comment != NULL)
    mh_record_set_text (verification, MH_VERIFICATION_COMMENT, comment);
  pane->busy = TRUE;
  verify_pane_show_rights (pane);
  mh_command_async (verify_pane_context_of (pane),
                    &(MhCommand){ .route = "result.verify", .args = args, .body = verification },
                    NULL, verify_pane_decided_cb, g_object_ref (pane));
}

typedef struct
{
  MhVerifyPane *pane;
  char *order_id;
  const char *decision;
} Asking;

static const MhCode checked_codes[] = {
  { "repeated", N_ ("Measured again: the same") },
  { "tube", N_ ("Tube, clot and dilution checked") },
  { "patient", N_ ("The ward says that it fits the patient") },
  { "other", N_ ("Something else") },
  { NULL, NULL },
};

/* "Measured again: the same. Second tube drawn" */
static void
verify_pane_checked_cb (const char *code, const char *note, gpointer data)
{
  Asking *asking = data;
  const char *words = NULL;
  for (const MhCode *checked = checked_codes; code != NULL && checked->code != NULL; checked++)
    if (g_str_equal (checked->code, code) && !g_str_equal (code, "other"))
      words = _ (checked->label);

  g_autofree char *comment = words != NULL && note != NULL ? g_strdup_printf ("%s. %s", words, note)
                             : words != NULL               ? g_strdup (words)
                                                           : g_strdup (note);

  if (code != NULL && verify_pane_context_of (asking->pane) != NULL
      && g_strcmp0 (asking->order_id, mh_verify_pane_order_id (asking->pane)) == 0)
    verify_pane_decide (asking->pane, asking->decision, NULL, comment);

  g_object_unref (asking->pane);
  g_free (asking->order_id);
  g_free (asking);
}

/* Whose blood it is, is not told by a remark of the bench. */
static gboolean
is_in_doubt (MhRecord *row, const char *const *held)
{
  return g_strv_contains (held, MH_HELD_GROUP)
         || (!mh_record_has (row, MH_RESULT_ROW_COMMENT)
             && (g_strv_contains (held, MH_HELD_BEYOND)
                 || g_strv_contains (held, MH_HELD_MISMATCH)));
}

/* "INR: 22.07 ∉ 0.3–20", one in a line; NULL: nothing is in doubt. Caller frees. */
static char *
doubts_text (MhVerifyPane *pane)
{
  GPtrArray *rows
      = pane->sheet != NULL ? mh_record_records (pane->sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *const *held = mh_record_list (row, MH_RESULT_ROW_HELD);
      if (!verify_pane_is_waiting (row) || !is_chosen (pane, row) || held == NULL
          || !is_in_doubt (row, held))
        continue;
      g_string_append_printf (
          text, "%s%s: %s %s", text->len > 0 ? "\n" : "", mh_record_text (row, MH_RESULT_ROW_NAME),
          mh_record_text (row, MH_RESULT_ROW_VALUE), mh_record_text (row, MH_RESULT_ROW_DOUBT));
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

void
mh_verify_pane_accept (MhVerifyPane *pane)
{
  g_autofree char *doubts = doubts_text (pane);
  if (doubts == NULL || pane->busy || verify_pane_why_not (pane) != NULL)
    {
      verify_pane_decide (pane, MH_DECISION_VERIFY, NULL, NULL);
      return;
    }

  Asking *asking = g_new0 (Asking, 1);
  asking->pane = g_object_ref (pane);
  asking->order_id = g_strdup (mh_verify_pane_order_id (pane));
  asking->decision = MH_DECISION_VERIFY;

  g_autofree char *body
      = g_strdup_printf (_ ("These values are not possible, or do not agree with each "
                            "other:\n%s\nWrite what was checked, or return them to the bench."),
                         doubts);

  mh_code_ask (GTK_WIDGET (pane), _ ("Verify although something does not agree?"), body,
               checked_codes, _ ("What else was checked"), verify_pane_checked_cb, asking);
}

static void
verify_pane_answered_cb (const char *code, const char *note, gpointer data)
{
  Asking *asking = data;
  if (code != NULL && verify_pane_context_of (asking->pane) != NULL
      && g_strcmp0 (asking->order_id, mh_verify_pane_order_id (asking->pane)) == 0)
    verify_pane_decide (asking->pane, asking->decision, code, note);
  g_object_unref (asking->pane);
  g_free (asking->order_id);
  g_free (asking);
}

static void
ask_why (MhVerifyPane *pane, const char *decision, const char *heading, const char *body)
{
  Asking *asking = g_new0 (Asking, 1);
  asking->pane = g_object_ref (pane);
  asking->order_id = g_strdup (mh_verify_pane_order_id (pane));
  asking->decision = decision;
  mh_code_ask (GTK_WIDGET (pane), heading, body, mh_return_codes, _ ("What should be checked"),
               verify_pane_answered_cb, asking);
}

void
mh_verify_pane_return (MhVerifyPane *pane)
{
  if (mh_verify_pane_order_id (pane) == NULL || pane->busy || verify_pane_why_not (pane) != NULL)
    return;
  ask_why (pane, MH_DECISION_RETURN, _ ("Return to the bench?"),
           _ ("The technician sees why and enters the results again."));
}

void
mh_verify_pane_withdraw (MhVerifyPane *pane)
{
  if (mh_verify_pane_order_id (pane) == NULL || pane->busy || !may_withdraw (pane))
    return;
  ask_why (pane, MH_DECISION_WITHDRAW, _ ("Withdraw the verification?"),
           _ ("No report of it was released yet. The values go back to the bench."));
}

/* --- making it --- */

static void
verify_pane_begin (MhPane *base)
{
  MhVerifyPane *pane = MH_VERIFY_PANE (base);
  mh_pane_keep (base, &pane->parts, mh_order_parts_new (mh_pane_context (base)));
  g_signal_connect_object (pane->parts, "changed", G_CALLBACK (verify_pane_show_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->parts, "failed", G_CALLBACK (failed_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (mh_pane_context (base)), "changed",
                           G_CALLBACK (verify_pane_changed_cb), pane, 0);
}

static void
mh_verify_pane_finalize (GObject *object)
{
  g_clear_object (&MH_VERIFY_PANE (object)->sheet);
  g_clear_pointer (&MH_VERIFY_PANE (object)->twice, g_free);
  G_OBJECT_CLASS (mh_verify_pane_parent_class)->finalize (object);
}

/* --- what the template asks --- */

static char *
verify_pane_why_cb (MhVerifyPane *pane, const char *problem)
{
  return g_strdup (problem != NULL ? problem : verify_pane_why_not (pane));
}

static gboolean
verify_pane_may_accept_cb (MhVerifyPane *pane)
{
  return verify_pane_why_not (pane) == NULL && !pane->busy;
}

static gboolean
verify_pane_may_withdraw_cb (MhVerifyPane *pane)
{
  return may_withdraw (pane);
}

static gboolean
verify_pane_is_idle_cb (MhVerifyPane *pane)
{
  return !pane->busy;
}

static char *
verify_pane_title_cb (MhVerifyPane *pane)
{
  MhRecord *order = pane->parts != NULL ? mh_order_parts_order (pane->parts) : NULL;
  return order != NULL ? mh_words_order (mh_record_text (order, MH_ORDER_NUMBER)) : NULL;
}

static void
verify_pane_bind (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-verify-pane"));
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, aside);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, stack);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, strip);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, leave);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, status);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, entered);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, paper);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, critical);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, views);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, results);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, notes);
  gtk_widget_class_bind_template_callback (widget, noted_cb);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, here);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, beside);
  gtk_widget_class_bind_template_child (widget, MhVerifyPane, tests);
  gtk_widget_class_bind_template_callback (widget, verify_pane_test_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_paper_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_why_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_may_accept_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_may_withdraw_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_is_idle_cb);
  gtk_widget_class_bind_template_callback (widget, verify_pane_title_cb);
}

static void
mh_verify_pane_class_init (MhVerifyPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_verify_pane_finalize;
  MH_PANE_CLASS (klass)->begin = verify_pane_begin;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (MH_TYPE_ASIDE);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_SHEET_VIEW);
  g_type_ensure (MH_TYPE_RESULT_NOTES);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  verify_pane_bind (GTK_WIDGET_CLASS (klass));
}

static void
mh_verify_pane_init (MhVerifyPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  adw_bin_set_child (pane->status, mh_status_pill_new (NULL, NULL));
  g_signal_connect_object (pane->aside, "notify::wide", G_CALLBACK (verify_pane_wide_cb), pane,
                           G_CONNECT_SWAPPED);
}
