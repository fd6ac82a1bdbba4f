/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-dues-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-counted-paper.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-account-dialog.h"
#include "client/pages/money/cashier/mh-attempt-view.h"
#include "client/pages/money/cashier/mh-discount-dialog.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define METHOD_QR "qr"
#define METHOD_LINK "link"

struct _MhDuesPane
{
  MhPane parent_instance;
  MhRecordList *dues;
  MhRecordList *attempts; /* of the order on show, newest first */
  MhRecord *order, *newest;
  char *order_id;
  gboolean charging;
  char *charged_id;  /* the order that was charged last */
  GHashTable *noted; /* ids of orders with a payment that waits here for the server */
  MhSplit *split;
  MhRecordTable *table;
  MhPatientStrip *strip;
  MhAttemptView *attempt;
  GtkEditable *search, *amount, *given, *reference;
  GtkStack *stack;
  GtkLabel *due;
  char *change_due; /* what is to be handed back of the last payment; until the next order */
  GtkWidget *methods, *charge;
};

G_DEFINE_FINAL_TYPE (MhDuesPane, mh_dues_pane, MH_TYPE_PANE)

static char *
dues_pane_order_text (MhRecord *order)
{
  return mh_words_order (mh_record_text (order, MH_ORDER_NUMBER));
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 110, .line = MH_LINE_NONE },
  { .text = dues_pane_order_text, .only_line = TRUE },
  { .field = "patient_name", .expand = TRUE, .line = MH_LINE_TITLE },
  { .field = "ordered_at", .width = 110, .line = MH_LINE_NONE },
  { .field = "payment_method", .width = 110 },
  { .field = "payment_state", .width = 110 },
  { .field = "due", .width = 110, .line = MH_LINE_TRAILING },
  { NULL },
};

/* In the order of the toggles: Ctrl+1 … */
static const char *const methods[]
    = { MH_METHOD_CASH, MH_METHOD_UPI,     MH_METHOD_CARD,     METHOD_QR,
        METHOD_LINK,    MH_METHOD_DEPOSIT, MH_METHOD_INSURANCE };

static gboolean
is_method (MhDuesPane *pane, const char *code)
{
  return g_strcmp0 (mh_choice_get (pane->methods), code) == 0;
}

static gboolean
is_online (MhDuesPane *pane)
{
  return is_method (pane, METHOD_QR) || is_method (pane, METHOD_LINK);
}

/* --- what will be taken --- */

static gboolean
dues_pane_read_money (GtkEditable *entry, gint64 *out_amount)
{
  const char *text = gtk_editable_get_text (entry);
  *out_amount = 0;
  return *text == '\0' || mh_money_parse (text, out_amount);
}

static char *
dues_pane_money (MhDuesPane *pane, gint64 amount)
{
  return mh_words_money (
      amount, pane->order != NULL ? mh_record_text (pane->order, MH_ORDER_CURRENCY) : NULL);
}

static gboolean
is_noted (MhDuesPane *pane)
{
  return pane->order_id != NULL && g_hash_table_contains (pane->noted, pane->order_id);
}

static void
tell_noted (MhDuesPane *pane)
{
  mh_pane_complain (MH_PANE (pane), _ ("A payment for this order is noted already; it is sent when "
                                       "the server is back. Then the rest can be taken."));
}

static void
dues_pane_typed_cb (MhDuesPane *pane)
{
  mh_pane_complain (MH_PANE (pane), NULL);
  mh_pane_changed (MH_PANE (pane));
}

static const char *dues_pane_reference (MhDuesPane *pane);

static void
dues_pane_method_cb (MhDuesPane *pane)
{
  mh_accessible_name (GTK_WIDGET (pane->reference), dues_pane_reference (pane));
  dues_pane_typed_cb (pane);
}

/* --- the order on show --- */

static void
dues_pane_show_order (MhDuesPane *pane)
{
  gint64 due = mh_record_int (pane->order, MH_ORDER_DUE);
  g_autofree char *plain = mh_money_entry (due);

  if (due > 0)
    gtk_widget_remove_css_class (GTK_WIDGET (pane->due), "mh-good");
  else
    gtk_widget_add_css_class (GTK_WIDGET (pane->due), "mh-good");

  gtk_editable_set_text (pane->amount, due > 0 ? plain : "");
  gtk_editable_set_text (pane->given, "");
  gtk_editable_set_text (pane->reference, "");
  gtk_stack_set_visible_child_name (pane->stack, "order");
  dues_pane_method_cb (pane);
  if (is_noted (pane))
    tell_noted (pane);
}

static void
dues_pane_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (order == NULL || g_strcmp0 (mh_record_id (order), pane->order_id) != 0)
    return;

  g_set_object (&pane->order, order);
  mh_patient_strip_load (pane->strip, mh_pane_context (MH_PANE (pane)),
                         mh_record_text (order, MH_ORDER_PATIENT_ID));
  dues_pane_show_order (pane);
}

static void
dues_pane_load_order (MhDuesPane *pane)
{
  mh_read_async (mh_pane_context (MH_PANE (pane)), "order.read", pane->order_id,
                 mh_pane_cancellable (MH_PANE (pane)), dues_pane_order_cb, g_object_ref (pane));
}

static void
dues_pane_open_order (MhDuesPane *pane, const char *id)
{
  const char *args[] = { "id", id, NULL };
  g_autofree char *kept = g_strdup (id);
  if (g_strcmp0 (id, pane->order_id) != 0)
    g_clear_pointer (&pane->change_due, g_free);
  g_free (pane->order_id);
  pane->order_id = g_steal_pointer (&kept);
  g_clear_object (&pane->order);
  mh_attempt_view_show (pane->attempt, NULL);
  mh_record_list_set_args (pane->attempts, args);
  dues_pane_load_order (pane);
}

/* The newest offer. New reference, NULL: none. */
static MhRecord *
dues_pane_newest_attempt (MhDuesPane *pane)
{
  MhRecord *newest = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->attempts));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) attempt = g_list_model_get_item (G_LIST_MODEL (pane->attempts), i);
      if (newest == NULL
          || mh_record_int (attempt, MH_CREATED_AT) > mh_record_int (newest, MH_CREATED_AT))
        g_set_object (&newest, attempt);
    }
  return newest;
}

/* Paid: the order is read anew and leaves the list. */
static void
attempt_cb (MhDuesPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) == NULL || pane->newest == NULL)
    return;
  mh_attempt_view_show (pane->attempt, pane->newest);
  if (pane->order == NULL || mh_record_int (pane->order, MH_ORDER_DUE) <= 0
      || g_strcmp0 (mh_record_text (pane->newest, MH_ATTEMPT_STATUS), MH_ATTEMPT_PAID) != 0)
    return;
  dues_pane_load_order (pane);
  mh_record_list_reload (pane->dues);
}

/* A row of the list is changed where it stands, so the record itself is listened to. */
static void
attempts_cb (MhDuesPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  g_autoptr (MhRecord) newest = dues_pane_newest_attempt (pane);
  if (newest != pane->newest)
    {
      if (pane->newest != NULL)
        g_signal_handlers_disconnect_by_data (pane->newest, pane);
      g_set_object (&pane->newest, newest);
      if (newest != NULL)
        g_signal_connect_object (newest, "notify::status", G_CALLBACK (attempt_cb), pane,
                                 G_CONNECT_SWAPPED);
    }

  if (newest == NULL)
    mh_attempt_view_show (pane->attempt, NULL);
  attempt_cb (pane);
}

/* --- taking it --- */

static void dues_pane_typing_cb (MhDuesPane *pane);

static void
dues_pane_settled (MhDuesPane *pane)
{
  pane->charging = FALSE;
  mh_record_list_reload (pane->dues);
  if (pane->order_id != NULL)
    dues_pane_load_order (pane);
}

static void
keep_change (MhDuesPane *pane, MhRecord *payment)
{
  gint64 tendered = payment != NULL ? mh_record_int (payment, MH_PAYMENT_TENDERED) : 0;
  gint64 change = tendered > 0 ? tendered - mh_record_int (payment, MH_PAYMENT_AMOUNT) : 0;
  g_autofree char *shown = dues_pane_money (pane, change);
  g_clear_pointer (&pane->change_due, g_free);
  if (change > 0)
    pane->change_due = g_strdup_printf (_ ("Give back %s"), shown);
}

static void
dues_pane_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  pane->charging = FALSE;
  mh_pane_changed (MH_PANE (pane));
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (pane), words);
      return;
    }

  keep_change (pane, outcome->record);
  if (outcome->waiting)
    g_hash_table_add (pane->noted, g_strdup (pane->charged_id));

  /* Another order may be on show by now: the paper is of the one that was paid. */
  const char *paid
      = outcome->record != NULL ? mh_record_text (outcome->record, MH_PAYMENT_ORDER_ID) : NULL;
  const char *args[] = { "id", paid, NULL };
  const char *counted[] = { "id", paid, "copy", "true", NULL };
  const MhCountedPaper paper = { .route = "receipt.pdf",
                                 .args = args,
                                 .counted_args = counted,
                                 .title = _ ("Receipt"),
                                 .printer = MH_PRINTER_RECEIPTS };

  mh_shell_toast (GTK_WIDGET (pane), outcome->waiting
                                         ? _ ("Noted; it is sent when the server is back.")
                                         : _ ("Paid."));

  /* The next patient stands there already. */
  g_signal_handlers_block_by_func (pane->search, dues_pane_typing_cb, pane);
  gtk_editable_set_text (pane->search, "");
  g_signal_handlers_unblock_by_func (pane->search, dues_pane_typing_cb, pane);
  gtk_widget_grab_focus (GTK_WIDGET (pane->search));
  if (!outcome->waiting && paid != NULL)
    mh_counted_paper_print (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &paper, NULL,
                            NULL);

  dues_pane_settled (pane);
}

/* What waited has been sent, or refused: what is due now is read anew. */
static void
dues_pane_waiting_cb (MhDuesPane *pane, GParamSpec *spec, MhSync *sync)
{
  if (mh_sync_waiting (sync) > 0 || g_hash_table_size (pane->noted) == 0)
    return;
  gboolean on_show = is_noted (pane);
  g_hash_table_remove_all (pane->noted);
  mh_record_list_reload (pane->dues);
  if (on_show)
    dues_pane_load_order (pane);
}

static void
dues_pane_offered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  pane->charging = FALSE;
  mh_pane_changed (MH_PANE (pane));
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (pane), words);
    }

  mh_record_list_reload (pane->attempts);
}

static void
dues_pane_take (MhDuesPane *pane, gint64 amount, gint64 given)
{
  const char *args[] = { "id", pane->order_id, NULL };
  const char *reference = gtk_editable_get_text (pane->reference);
  g_autoptr (MhRecord) body = mh_record_new (&mh_payment_type);

  g_free (pane->charged_id);
  pane->charged_id = g_strdup (pane->order_id);
  mh_record_take_text (body, MH_ID, mh_id_new ());
  mh_record_set_text (body, MH_PAYMENT_METHOD, mh_choice_get (pane->methods));
  mh_record_set_int (body, MH_PAYMENT_AMOUNT, amount);
  if (is_method (pane, MH_METHOD_CASH) && given > 0)
    mh_record_set_int (body, MH_PAYMENT_TENDERED, given);
  if (!is_method (pane, MH_METHOD_CASH) && *reference != '\0')
    mh_record_set_text (body, MH_PAYMENT_REFERENCE, reference);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "payment.take", .args = args, .body = body }, NULL,
                    dues_pane_taken_cb, g_object_ref (pane));
}

static void
dues_pane_offer (MhDuesPane *pane, gint64 amount)
{
  const char *args[] = { "id", pane->order_id, NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_payment_attempt_type);
  mh_record_take_text (body, MH_ID, mh_id_new ());
  mh_record_set_text (body, MH_ATTEMPT_KIND,
                      is_method (pane, METHOD_QR) ? MH_ATTEMPT_KIND_QR : MH_ATTEMPT_KIND_LINK);
  mh_record_set_int (body, MH_ATTEMPT_AMOUNT, amount);
  if (is_method (pane, METHOD_LINK))
    mh_record_set_text (body, MH_ATTEMPT_NOTIFY, MH_ATTEMPT_NOTIFY_BOTH);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "attempt.ask", .args = args, .body = body }, NULL,
                    dues_pane_offered_cb, g_object_ref (pane));
}

/* Twice on the key is once: the button waits for the answer, and the payment has one id. */
static void
dues_pane_charge_cb (MhDuesPane *pane)
{
  gint64 amount = 0, given = 0;
  if (pane->order == NULL || pane->charging)
    return;

  /* What is due is told by the server alone: until it has the first, no second one. */
  if (is_noted (pane))
    {
      tell_noted (pane);
      return;
    }

  if (!dues_pane_read_money (pane->amount, &amount) || !dues_pane_read_money (pane->given, &given)
      || amount <= 0)
    {
      mh_pane_complain (MH_PANE (pane), _ ("Write the amount as 500 or 500.50."));
      return;
    }

  pane->charging = TRUE;
  mh_pane_changed (MH_PANE (pane));
  if (is_online (pane))
    dues_pane_offer (pane, amount);
  else
    dues_pane_take (pane, amount, given);
}

static void
dues_pane_charge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dues_pane_charge_cb (MH_DUES_PANE (widget));
}

/* Digits are for amounts, Alt and a digit for the workspaces. */
static void
dues_pane_method_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDuesPane *pane = MH_DUES_PANE (widget);
  mh_choice_set (pane->methods, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (is_method (pane, MH_METHOD_CASH) ? GTK_WIDGET (pane->given)
                         : is_online (pane) || is_method (pane, MH_METHOD_DEPOSIT)
                             ? pane->charge
                             : GTK_WIDGET (pane->reference));
}

/* --- another way --- */

static void
dues_pane_recovered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (outcome != NULL && outcome->record != NULL
      && mh_record_has (outcome->record, MH_ORDER_RECOVERY))
    mh_shell_toast (GTK_WIDGET (pane), _ ("The bank is being asked first."));
  dues_pane_settled (pane);
  mh_record_list_reload (pane->attempts);
}

static void
dues_pane_recover (MhDuesPane *pane, const char *action)
{
  const char *args[] = { "id", pane->order_id, NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_recovery_type);
  if (pane->order_id == NULL)
    return;
  mh_record_set_text (body, MH_RECOVERY_ACTION, action);
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "order.recover", .args = args, .body = body }, NULL,
                    dues_pane_recovered_cb, g_object_ref (pane));
}

static void
retry_cb (MhDuesPane *pane)
{
  dues_pane_recover (pane, MH_RECOVERY_RETRY);
}

static void
convert_cb (MhDuesPane *pane)
{
  dues_pane_recover (pane, MH_RECOVERY_CONVERT_TO_COD);
}

static void
cancel_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (pane)) != NULL)
    dues_pane_recover (pane, MH_RECOVERY_CANCEL);
}

static void
dues_pane_cancel_cb (MhDuesPane *pane)
{
  mh_ask_async (GTK_WIDGET (pane), _ ("Cancel the order?"),
                _ ("The bank is asked first. What was paid is given back."), _ ("Cancel the order"),
                TRUE, cancel_sure_cb, g_object_ref (pane));
}

static void
gone_cb (MhDuesPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    dues_pane_settled (pane);
}

static void
discount_cb (MhDuesPane *pane)
{
  if (pane->order == NULL)
    return;
  GtkWidget *dialog
      = mh_discount_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->order);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (gone_cb), pane, G_CONNECT_SWAPPED);
}

static void
account_cb (MhDuesPane *pane)
{
  if (pane->order == NULL)
    return;
  GtkWidget *dialog = mh_account_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)),
                                              mh_record_text (pane->order, MH_ORDER_PATIENT_ID),
                                              mh_record_text (pane->order, MH_ORDER_PATIENT_NAME));
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (gone_cb), pane, G_CONNECT_SWAPPED);
}

static void
dues_pane_stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDuesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  mh_record_list_reload (pane->attempts);
}

static void
dues_pane_stop_cb (MhDuesPane *pane)
{
  g_autoptr (MhRecord) newest = dues_pane_newest_attempt (pane);
  if (newest == NULL)
    return;
  const char *args[] = { "id", mh_record_id (newest), NULL };
  mh_command_async (mh_pane_context (MH_PANE (pane)),
                    &(MhCommand){ .route = "attempt.close", .args = args }, NULL,
                    dues_pane_stopped_cb, g_object_ref (pane));
}

/* --- the list --- */

static void
dues_pane_selection_cb (MhDuesPane *pane)
{
  MhRecord *order = mh_record_table_current (pane->table);
  if (order != NULL && !mh_split_is_folded (pane->split)
      && g_strcmp0 (mh_record_id (order), pane->order_id) != 0)
    dues_pane_open_order (pane, mh_record_id (order));
}

static void
dues_pane_activated_cb (MhDuesPane *pane, MhRecord *order)
{
  dues_pane_open_order (pane, mh_record_id (order));
  mh_split_show_end (pane->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (pane->given));
}

/* From the first letter on somebody else is looked for: no key charges the order before. */
static void
dues_pane_typing_cb (MhDuesPane *pane)
{
  if (pane->order_id == NULL || pane->charging)
    return;
  g_clear_pointer (&pane->order_id, g_free);
  g_clear_object (&pane->order);
  mh_record_table_select (pane->table, NULL);
  gtk_stack_set_visible_child_name (pane->stack, "none");
}

static void
dues_pane_search_cb (MhDuesPane *pane)
{
  const char *q = gtk_editable_get_text (pane->search);
  const char *args[] = { "limit", "100", q[0] != 0 ? "q" : NULL, q, NULL };
  if (pane->dues != NULL)
    mh_record_list_set_args (pane->dues, args);
}

static void
dues_pane_to_table_cb (MhDuesPane *pane)
{
  mh_record_table_enter (pane->table);
}

static gboolean
has_due (MhRecord *order, gpointer data)
{
  return mh_record_int (order, MH_ORDER_DUE) > 0;
}

/* --- as a pane --- */

static void
dues_pane_begin (MhPane *pane)
{
  MhDuesPane *dues = MH_DUES_PANE (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &dues->dues, mh_record_list_new (context, "due.list"));
  mh_pane_keep (pane, &dues->attempts, mh_record_list_new (context, "attempt.list"));
  mh_record_list_set_belongs (dues->dues, has_due, NULL);
  mh_record_table_setup (dues->table, "dues", &mh_order_type, columns, G_LIST_MODEL (dues->dues),
                         MH_TABLE_SINGLE);
  mh_record_table_set_lines (dues->table, MH_MONEY_LEAST_WIDTH);
  g_signal_connect_object (dues->attempts, "items-changed", G_CALLBACK (attempts_cb), dues,
                           G_CONNECT_SWAPPED);
  dues_pane_search_cb (dues);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "notify::waiting",
                           G_CALLBACK (dues_pane_waiting_cb), pane, G_CONNECT_SWAPPED);
}

static void
mh_dues_pane_open (MhPane *pane, const char *what)
{
  if (what == NULL || *what == '\0')
    return;
  MhDuesPane *dues = MH_DUES_PANE (pane);
  dues_pane_open_order (dues, what);
  mh_record_table_select (dues->table, what);
  mh_split_show_end (dues->split, TRUE);
}

/* What was scanned is another order than the one that F9 would charge. */
static void
dues_pane_let_go (MhPane *pane)
{
  dues_pane_typing_cb (MH_DUES_PANE (pane));
}

static void
dues_pane_shown (MhPane *pane)
{
  MhDuesPane *dues = MH_DUES_PANE (pane);
  mh_record_list_reload (dues->dues);
  gtk_widget_grab_focus (GTK_WIDGET (dues->search));
}

static void
mh_dues_pane_finalize (GObject *object)
{
  MhDuesPane *pane = MH_DUES_PANE (object);
  g_clear_object (&pane->order);
  g_clear_object (&pane->newest);
  g_free (pane->order_id);
  g_free (pane->change_due);
  g_free (MH_DUES_PANE (object)->charged_id);
  g_hash_table_unref (MH_DUES_PANE (object)->noted);
  G_OBJECT_CLASS (mh_dues_pane_parent_class)->finalize (object);
}

/* --- what the template asks --- */

static gboolean
dues_pane_owes_cb (MhDuesPane *pane)
{
  return pane->order != NULL && mh_record_int (pane->order, MH_ORDER_DUE) > 0;
}

static char *
dues_pane_due_cb (MhDuesPane *pane)
{
  return dues_pane_owes_cb (pane)
             ? dues_pane_money (pane, mh_record_int (pane->order, MH_ORDER_DUE))
             : g_strdup (_ ("✓ Paid"));
}

static char *
dues_pane_facts_cb (MhDuesPane *pane)
{
  if (pane->order == NULL)
    return NULL;

  const char *failure = mh_record_text (pane->order, MH_ORDER_PAYMENT_FAILURE);
  const char *const *tests = mh_record_list (pane->order, MH_ORDER_TEST_NAMES);
  g_autofree char *names = tests != NULL ? g_strjoinv (", ", (char **)tests) : g_strdup ("");
  g_autofree char *number = mh_words_order (mh_record_text (pane->order, MH_ORDER_NUMBER));
  return g_strdup_printf ("%s · %s%s%s", number, names, failure != NULL ? "\n✕ " : "",
                          failure != NULL ? failure : "");
}

static gboolean
dues_pane_may_discount_cb (MhDuesPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  return pane->order != NULL && mh_record_int (pane->order, MH_ORDER_PAID) == 0
         && (mh_context_may (context, MH_MAY_DISCOUNT)
             || mh_context_may (context, MH_MAY_APPROVE_DISCOUNT));
}

static gboolean
dues_pane_by_cash_cb (MhDuesPane *pane)
{
  return is_method (pane, MH_METHOD_CASH);
}

static gboolean
dues_pane_by_slip_cb (MhDuesPane *pane)
{
  return is_method (pane, MH_METHOD_CARD) || is_method (pane, MH_METHOD_UPI)
         || is_method (pane, MH_METHOD_INSURANCE);
}

static const char *
dues_pane_reference (MhDuesPane *pane)
{
  return is_method (pane, MH_METHOD_INSURANCE) ? _ ("Number of the policy or consent")
                                               : _ ("Number of the slip");
}

static char *
dues_pane_reference_cb (MhDuesPane *pane)
{
  return g_strdup (dues_pane_reference (pane));
}

/* What is to be handed back: of the payment that was taken, or of what is typed. */
static char *
dues_pane_change_cb (MhDuesPane *pane)
{
  gint64 amount = 0, given = 0;
  if (pane->change_due != NULL)
    return g_strdup (pane->change_due);
  if (!is_method (pane, MH_METHOD_CASH) || !dues_pane_read_money (pane->amount, &amount)
      || !dues_pane_read_money (pane->given, &given) || given <= amount)
    return NULL;

  g_autofree char *back = dues_pane_money (pane, given - amount);
  return g_strdup_printf (_ ("Change %s"), back);
}

/* While it is being charged it stays as it is: a button that goes grey under the focus takes the
 * keys of the whole pane with it. */
static gboolean
dues_pane_may_charge_cb (MhDuesPane *pane)
{
  gint64 amount = 0;
  return pane->order != NULL && dues_pane_read_money (pane->amount, &amount) && amount > 0;
}

static char *
dues_pane_charge_text_cb (MhDuesPane *pane)
{
  gint64 amount = 0;
  dues_pane_read_money (pane->amount, &amount);
  g_autofree char *shown = dues_pane_money (pane, amount);
  return is_method (pane, METHOD_QR)     ? g_strdup_printf (_ ("Show QR code for %s"), shown)
         : is_method (pane, METHOD_LINK) ? g_strdup_printf (_ ("Send a link for %s"), shown)
                                         : g_strdup_printf (_ ("Charge %s"), shown);
}

static void
dues_pane_bind (GtkWidgetClass *widget)
{
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("money/cashier/mh-dues-pane"));

  gtk_widget_class_bind_template_child (widget, MhDuesPane, split);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, table);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, strip);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, attempt);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, search);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, amount);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, given);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, reference);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, stack);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, due);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, methods);
  gtk_widget_class_bind_template_child (widget, MhDuesPane, charge);

  gtk_widget_class_bind_template_callback (widget, dues_pane_typed_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_method_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_charge_cb);
  gtk_widget_class_bind_template_callback (widget, retry_cb);
  gtk_widget_class_bind_template_callback (widget, discount_cb);
  gtk_widget_class_bind_template_callback (widget, account_cb);
  gtk_widget_class_bind_template_callback (widget, convert_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_cancel_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_stop_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_typing_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_search_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_to_table_cb);
  mh_closures_bind (widget);
  gtk_widget_class_bind_template_callback (widget, dues_pane_owes_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_due_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_facts_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_may_discount_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_by_cash_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_by_slip_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_reference_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_change_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_may_charge_cb);
  gtk_widget_class_bind_template_callback (widget, dues_pane_charge_text_cb);
}

static void
mh_dues_pane_class_init (MhDuesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_dues_pane_finalize;
  MH_PANE_CLASS (klass)->begin = dues_pane_begin;
  MH_PANE_CLASS (klass)->open = mh_dues_pane_open;
  MH_PANE_CLASS (klass)->let_go = dues_pane_let_go;
  MH_PANE_CLASS (klass)->shown = dues_pane_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_ATTEMPT_VIEW);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  dues_pane_bind (widget);
  gtk_widget_class_install_action (widget, "dues.charge", NULL, dues_pane_charge_action);
  gtk_widget_class_install_action (widget, "dues.method", "s", dues_pane_method_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "dues.charge", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_widget_class_add_binding_action (widget, GDK_KEY_1 + i, GDK_CONTROL_MASK, "dues.method",
                                         "s", methods[i]);
}

static void
mh_dues_pane_init (MhDuesPane *pane)
{
  pane->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (pane));
}
