/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-insurers-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-claim-row.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-row.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhInsurersPane
{
  MhPane parent_instance;
  GPtrArray *payers, *rows; /* mh_payer; MhClaimRow of the insurer on show */
  char *name;               /* of the insurer on show; "" where none is known; NULL: none on show */
  char *id;                 /* of the remittance that is being written */
  gboolean saving;
  gint64 claimed;        /* what is owed on the rows so far */
  GCancellable *reading; /* of the insurer on show: who is chosen next is meant */
  MhSplit *split;
  GtkListBox *list;
  GtkStack *stack, *detail;
  GtkLabel *title, *owed, *sum;
  GtkWidget *claims, *form, *history, *history_title, *payer_label, *reason_label;
  GtkEditable *payer, *reference, *day, *amount, *reason;
};

G_DEFINE_FINAL_TYPE (MhInsurersPane, mh_insurers_pane, MH_TYPE_PANE)

#define PAGE "200"

static void load_payers (MhInsurersPane *pane);
static void load_claims (MhInsurersPane *pane, const char *after);

static const char *
shown_name (const char *name)
{
  return name != NULL && *name != '\0' ? name : _ ("Insurer not named");
}

static void
insurers_pane_call (MhInsurersPane *pane,
                    const char *route,
                    const char *const *args,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback)
{
  mh_fetch_async (mh_pane_context (MH_PANE (pane)), &(MhFetch){ .route = route, .args = args },
                  cancellable, callback, g_object_ref (pane));
}

/* The answer of a list, once the pane is still there. */
static MhAnswer *
insurers_pane_answer_of (MhInsurersPane *pane, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return NULL;
  if (!g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    mh_shell_fail (GTK_WIDGET (pane), error);
  return answer != NULL && answer->items != NULL ? g_steal_pointer (&answer) : NULL;
}

/* --- what is being written --- */

static void
insurers_pane_show_sums_cb (MhInsurersPane *pane)
{
  gint64 paid = 0, denied = 0;
  for (guint i = 0; i < pane->rows->len; i++)
    {
      paid += mh_claim_row_paid (pane->rows->pdata[i]);
      denied += mh_claim_row_denied (pane->rows->pdata[i]);
    }

  g_autofree char *came = mh_words_money (paid, NULL), *refused = mh_words_money (denied, NULL);
  g_autofree char *text
      = g_strdup_printf (_ ("The claims come to %s paid, %s not paid."), came, refused);

  gtk_label_set_text (pane->sum, text);
  gtk_widget_set_visible (pane->reason_label, denied > 0);
}

/* @entry NULL: of none of them. */
static void
insurers_pane_complain (MhInsurersPane *pane, GtkEditable *entry, const char *words)
{
  GtkEditable *entries[] = { pane->payer, pane->reference, pane->day, pane->amount, pane->reason };
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (entries[i]), "error");
  mh_pane_complain (MH_PANE (pane), words);
  if (entry == NULL)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

static void
insurers_pane_typed_cb (MhInsurersPane *pane)
{
  insurers_pane_complain (pane, NULL, NULL);
}

static void
begin_form (MhInsurersPane *pane)
{
  GtkEditable *entries[] = { pane->reference, pane->amount, pane->reason };
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_editable_set_text (pane->payer, pane->name);
  gtk_widget_set_visible (pane->payer_label, *pane->name == '\0');
  g_free (pane->id);
  pane->id = mh_id_new ();
  insurers_pane_complain (pane, NULL, NULL);
  insurers_pane_show_sums_cb (pane);
}

/* --- one insurer --- */

static void
insurers_pane_add_claim (MhInsurersPane *pane, MhRecord *claim)
{
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_APPROVE_MONEY);
  GtkWidget *row = mh_claim_row_new (claim, may);
  pane->claimed += mh_claim_owed (claim);
  g_signal_connect_object (row, "changed", G_CALLBACK (insurers_pane_show_sums_cb), pane,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (pane->rows, row);
  mh_box_append (pane->claims, row);
}

static void
show_insurer (MhInsurersPane *pane)
{
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_SETTLE_CLAIM);
  g_autofree char *money = mh_words_money (pane->claimed, NULL);
  g_autofree char *words = g_strdup_printf (_ ("%s owed"), money);
  gtk_label_set_text (pane->title, shown_name (pane->name));
  gtk_label_set_text (pane->owed, pane->rows->len > 0 ? words : _ ("✓ Nothing is owed"));
  gtk_widget_set_visible (pane->form, may && pane->rows->len > 0);
  gtk_stack_set_visible_child_name (pane->detail, "insurer");
}

/* The first page begins the form anew; the others add to what may be written on already. */
static void
take_claims (MhInsurersPane *pane, MhAnswer *answer, gboolean first)
{
  if (first)
    {
      pane->claimed = 0;
      g_ptr_array_set_size (pane->rows, 0);
      mh_box_clear (pane->claims);
    }

  for (guint i = 0; i < answer->items->len; i++)
    insurers_pane_add_claim (pane, g_ptr_array_index (answer->items, i));
  show_insurer (pane);
  if (first)
    begin_form (pane);
  if (answer->next != NULL)
    load_claims (pane, answer->next);
}

static void
claims_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsurersPane) pane = data;
  g_autoptr (MhAnswer) answer = insurers_pane_answer_of (pane, result);
  if (answer != NULL)
    take_claims (pane, answer, TRUE);
}

static void
more_claims_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsurersPane) pane = data;
  g_autoptr (MhAnswer) answer = insurers_pane_answer_of (pane, result);
  if (answer != NULL)
    take_claims (pane, answer, FALSE);
}

static void
insurers_pane_history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsurersPane) pane = data;
  g_autoptr (MhAnswer) answer = insurers_pane_answer_of (pane, result);
  if (answer == NULL)
    return;

  mh_box_clear (pane->history);
  for (guint i = 0; i < answer->items->len; i++)
    {
      MhRecord *one = g_ptr_array_index (answer->items, i);
      GtkWidget *line = mh_row_new ();
      gint64 denied = mh_record_int (one, MH_REMITTANCE_DENIED);
      g_autofree char *day = mh_words_of_date (mh_record_text (one, MH_REMITTANCE_PAID_ON));
      g_autofree char *amount = mh_words_value (one, MH_REMITTANCE_AMOUNT);
      g_autofree char *refused = mh_words_value (one, MH_REMITTANCE_DENIED);
      g_autofree char *not_paid
          = denied > 0 ? g_strdup_printf (_ (" · %s not paid"), refused) : g_strdup ("");
      g_autofree char *detail = g_strdup_printf ("%s%s · %s", day, not_paid,
                                                 mh_record_text (one, MH_REMITTANCE_RECORDED_NAME));
      mh_row_set (MH_ROW (line), mh_record_text (one, MH_REMITTANCE_REFERENCE), amount, detail);
      mh_box_append (pane->history, line);
    }

  gtk_widget_set_visible (pane->history_title, answer->items->len > 0);
}

/* @after NULL: from the beginning. */
static void
load_claims (MhInsurersPane *pane, const char *after)
{
  const char *args[]
      = { "payer", pane->name, "limit", PAGE, after != NULL ? "after" : NULL, after, NULL };
  insurers_pane_call (pane, "claim.list", args, pane->reading,
                      after != NULL ? more_claims_cb : claims_cb);
}

static void
load_insurer (MhInsurersPane *pane)
{
  const char *args[] = { "payer", pane->name, "limit", PAGE, NULL };
  g_cancellable_cancel (pane->reading);
  g_clear_object (&pane->reading);
  pane->reading = g_cancellable_new ();
  load_claims (pane, NULL);
  insurers_pane_call (pane, "remittance.list", args, pane->reading, insurers_pane_history_cb);
}

static void
insurers_pane_chosen_cb (MhInsurersPane *pane)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (pane->list);
  guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  if (pane->payers == NULL || at >= pane->payers->len)
    return;
  g_free (pane->name);
  pane->name = g_strdup (mh_record_text (pane->payers->pdata[at], MH_PAYER_NAME));
  if (pane->name == NULL)
    pane->name = g_strdup ("");
  load_insurer (pane);
}

static void
insurers_pane_activated_cb (MhInsurersPane *pane)
{
  mh_split_show_end (pane->split, TRUE);
  gtk_widget_child_focus (pane->claims, GTK_DIR_TAB_FORWARD);
}

/* --- all of them --- */

static void
payers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsurersPane) pane = data;
  g_autoptr (MhAnswer) answer = insurers_pane_answer_of (pane, result);
  GtkWidget *row;
  if (answer == NULL)
    return;

  g_clear_pointer (&pane->payers, g_ptr_array_unref);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (pane->list))) != NULL)
    gtk_list_box_remove (pane->list, row);
  pane->payers = g_ptr_array_ref (answer->items);

  for (guint i = 0; i < pane->payers->len; i++)
    {
      MhRecord *payer = g_ptr_array_index (pane->payers, i);
      GtkWidget *line = mh_row_new ();
      guint n = (guint)mh_record_int (payer, MH_PAYER_N_CLAIMS);
      g_autofree char *owed = mh_words_value (payer, MH_PAYER_OWED);
      g_autofree char *day = mh_when_day (mh_record_int (payer, MH_PAYER_OLDEST_AT));
      g_autofree char *claims = g_strdup_printf (ngettext ("%u claim", "%u claims", n), n);
      /* Translators: "3 claims since 20 Nov 2026" */
      g_autofree char *detail = g_strdup_printf (_ ("%s since %s"), claims, day);
      mh_row_set (MH_ROW (line), shown_name (mh_record_text (payer, MH_PAYER_NAME)), owed, detail);
      gtk_list_box_append (pane->list, line);
    }

  gtk_stack_set_visible_child_name (pane->stack, pane->payers->len > 0 ? "list" : "none");
  if (pane->name != NULL || pane->payers->len == 0 || mh_split_is_folded (pane->split))
    return;

  gtk_list_box_select_row (pane->list, gtk_list_box_get_row_at_index (pane->list, 0));
  gtk_widget_child_focus (GTK_WIDGET (pane->list), GTK_DIR_TAB_FORWARD);
}

static void
load_payers (MhInsurersPane *pane)
{
  insurers_pane_call (pane, "payer.list", NULL, mh_pane_cancellable (MH_PANE (pane)), payers_cb);
}

/* --- recording it --- */

static void
insurers_pane_refuse (MhInsurersPane *pane, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  const char *field
      = issues != NULL && mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0)->field : "";
  g_autofree char *words = mh_words_error (error);
  GtkEditable *entry = g_str_equal (field, "reference") ? pane->reference
                       : g_str_equal (field, "paid_on") ? pane->day
                       : g_str_equal (field, "amount")  ? pane->amount
                       : g_str_equal (field, "payer")   ? pane->payer
                                                        : NULL;
  insurers_pane_complain (pane, entry, words);
}

static void
insurers_pane_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhInsurersPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  pane->saving = FALSE;
  if (outcome == NULL)
    {
      insurers_pane_refuse (pane, error);
      return;
    }

  mh_shell_toast (GTK_WIDGET (pane), _ ("Recorded."));
  g_free (pane->name);
  pane->name = g_strdup (gtk_editable_get_text (pane->payer));
  load_insurer (pane);
  load_payers (pane);
}

/* The lines of the claims; NULL: one of them is wrong, or nothing was written. */
static GPtrArray *
lines_of (MhInsurersPane *pane)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pane->rows->len; i++)
    {
      if (!mh_claim_row_check (pane->rows->pdata[i]))
        return NULL;
      MhRecord *line
          = mh_claim_row_line (pane->rows->pdata[i], gtk_editable_get_text (pane->reason));
      if (line != NULL)
        g_ptr_array_add (lines, line);
    }

  if (lines->len > 0)
    return g_steal_pointer (&lines);

  insurers_pane_complain (pane, NULL, _ ("Write at a claim what was paid, or what becomes of it."));
  return NULL;
}

static gboolean
check_fields (MhInsurersPane *pane, gint64 *out_amount, char day[MH_DATE_LENGTH + 1])
{
  g_autoptr (GError) error = NULL;
  const char *typed = gtk_editable_get_text (pane->amount);
  if (*gtk_editable_get_text (pane->payer) == '\0')
    insurers_pane_complain (pane, pane->payer, _ ("Write the insurer's name."));
  else if (*gtk_editable_get_text (pane->reference) == '\0')
    insurers_pane_complain (pane, pane->reference,
                            _ ("Write the number of the transfer, the cheque or the letter."));
  else if (!mh_typed_day_read (pane->day, day, &error) || *day == '\0')
    insurers_pane_complain (pane, pane->day, mh_typed_day_words ());
  else if (*typed == '\0' || !mh_money_parse (typed, out_amount) || *out_amount < 0)
    insurers_pane_complain (pane, pane->amount,
                            _ ("Write the amount that came; 0 for a letter that only refuses."));
  else if (gtk_widget_get_visible (GTK_WIDGET (pane->reason))
           && *gtk_editable_get_text (pane->reason) == '\0')
    insurers_pane_complain (pane, pane->reason, _ ("Write the insurer's reason."));
  else
    return TRUE;

  return FALSE;
}

static void
insurers_pane_save_cb (MhInsurersPane *pane)
{
  char day[MH_DATE_LENGTH + 1] = "";
  gint64 amount = 0;
  if (pane->saving || pane->name == NULL || !gtk_widget_get_visible (pane->form))
    return;

  g_autoptr (GPtrArray) lines = lines_of (pane);
  if (lines == NULL || !check_fields (pane, &amount, day))
    return;

  g_autoptr (MhRecord) body = mh_record_new (&mh_remittance_type);
  mh_record_set_text (body, MH_ID, pane->id);
  mh_record_set_text (body, MH_REMITTANCE_PAYER, gtk_editable_get_text (pane->payer));
  mh_record_set_text (body, MH_REMITTANCE_REFERENCE, gtk_editable_get_text (pane->reference));
  mh_record_set_text (body, MH_REMITTANCE_PAID_ON, day);
  mh_record_set_int (body, MH_REMITTANCE_AMOUNT, amount);
  mh_record_take_records (body, MH_REMITTANCE_LINES, g_steal_pointer (&lines));
  pane->saving = TRUE;
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "remittance.add", .body = body }, NULL,
                    insurers_pane_saved_cb, g_object_ref (pane));
}

static void
insurers_pane_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  insurers_pane_save_cb (MH_INSURERS_PANE (widget));
}

static void
all_cb (MhInsurersPane *pane)
{
  for (guint i = 0; i < pane->rows->len; i++)
    mh_claim_row_pay_all (pane->rows->pdata[i]);
}

static void
statement_cb (MhInsurersPane *pane)
{
  const char *args[] = { "payer", pane->name, NULL };
  mh_file_answer_print (MH_PANE (pane), "payer.statement", args, MH_PRINTER_PAGES, _ ("Statement"));
}

/* --- as a pane --- */

static void
insurers_pane_shown (MhPane *pane)
{
  load_payers (MH_INSURERS_PANE (pane));
  gtk_widget_grab_focus (GTK_WIDGET (MH_INSURERS_PANE (pane)->list));
}

static void
mh_insurers_pane_dispose (GObject *object)
{
  MhInsurersPane *pane = MH_INSURERS_PANE (object);
  g_cancellable_cancel (pane->reading);
  g_clear_object (&pane->reading);
  G_OBJECT_CLASS (mh_insurers_pane_parent_class)->dispose (object);
}

static void
mh_insurers_pane_finalize (GObject *object)
{
  MhInsurersPane *pane = MH_INSURERS_PANE (object);
  g_clear_pointer (&pane->payers, g_ptr_array_unref);
  g_ptr_array_unref (pane->rows);
  g_free (pane->name);
  g_free (pane->id);
  G_OBJECT_CLASS (mh_insurers_pane_parent_class)->finalize (object);
}

static void
insurers_pane_bind (GtkWidgetClass *widget)
{
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-insurers-pane"));

  gtk_widget_class_bind_template_child (widget, MhInsurersPane, split);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, list);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, stack);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, detail);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, title);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, owed);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, sum);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, claims);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, form);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, history);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, history_title);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, payer_label);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, payer);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, reference);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, day);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, amount);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, reason_label);
  gtk_widget_class_bind_template_child (widget, MhInsurersPane, reason);

  gtk_widget_class_bind_template_callback (widget, insurers_pane_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, insurers_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, insurers_pane_typed_cb);
  gtk_widget_class_bind_template_callback (widget, insurers_pane_save_cb);
  gtk_widget_class_bind_template_callback (widget, all_cb);
  gtk_widget_class_bind_template_callback (widget, statement_cb);
  mh_closures_bind (widget);
}

static void
mh_insurers_pane_class_init (MhInsurersPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_insurers_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_insurers_pane_finalize;
  MH_PANE_CLASS (klass)->shown = insurers_pane_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  insurers_pane_bind (widget);
  gtk_widget_class_install_action (widget, "insurers.save", NULL, insurers_pane_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "insurers.save", NULL);
}

static void
mh_insurers_pane_init (MhInsurersPane *pane)
{
  pane->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (pane));
}
