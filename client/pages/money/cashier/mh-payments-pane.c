/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-payments-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-counted-paper.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-refund-dialog.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhPaymentsPane
{
  MhPane parent_instance;
  MhRecordList *payments;
  MhRecord *chosen;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  GtkDropDown *which;
  GtkEditable *day;
  MhDetail *detail;
  GtkWidget *receipt, *refund, *approve;
};

G_DEFINE_FINAL_TYPE (MhPaymentsPane, mh_payments_pane, MH_TYPE_PANE)

/* In the order of the choice in the template. */
static const struct
{
  const char *name, *value;
} filters[] = {
  { NULL, NULL },
  { "kind", MH_PAYMENT_KIND_PAYMENT },
  { "kind", MH_PAYMENT_KIND_DEPOSIT },
  { "kind", MH_PAYMENT_KIND_REFUND },
  { "status", MH_PAYMENT_STATUS_REQUESTED },
};

static char *
payments_pane_order_text (MhRecord *payment)
{
  return mh_words_order (mh_record_text (payment, MH_PAYMENT_ORDER_NUMBER));
}

static const MhTableColumn columns[] = {
  { .field = "received_at", .width = 118 },
  { .field = "order_number", .width = 95, .line = MH_LINE_NONE },
  { .field = "patient_name", .expand = TRUE, .line = MH_LINE_TITLE },
  { .field = "kind", .width = 85 },
  { .field = "method", .width = 75 },
  { .field = "amount", .width = 92, .line = MH_LINE_TRAILING },
  { .field = "status", .width = 130 },
  { .text = payments_pane_order_text, .only_line = TRUE },
  { NULL },
};

static gboolean
payments_pane_is (MhRecord *payment, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (payment, field), code) == 0;
}

/* --- the chosen one --- */

static gboolean
is_refund (MhRecord *payment)
{
  return mh_record_has (payment, MH_PAYMENT_REFUND_OF);
}

/* What of a payment has not been given back. */
static gint64
payments_pane_kept (MhRecord *payment)
{
  return mh_record_int (payment, MH_PAYMENT_AMOUNT) - mh_record_int (payment, MH_PAYMENT_REFUNDED)
         - mh_record_int (payment, MH_PAYMENT_PENDING);
}

static const struct
{
  const char *status, *words, *style;
} states[] = {
  { MH_PAYMENT_STATUS_CREATED, N_ ("⟳ Started"), "mh-warm" },
  { MH_PAYMENT_STATUS_AUTHORIZED, N_ ("⟳ The bank holds the money"), "mh-warm" },
  { MH_PAYMENT_STATUS_CAPTURED, N_ ("✓ Received"), "mh-good" },
  { MH_PAYMENT_STATUS_FAILED, N_ ("✕ Failed"), "mh-bad" },
  { MH_PAYMENT_STATUS_PART_REFUNDED, N_ ("◐ Part refunded"), "mh-cool" },
  { MH_PAYMENT_STATUS_REFUNDED, N_ ("✓ Refunded"), "mh-cool" },
  { MH_PAYMENT_STATUS_CANCELLED, N_ ("✕ Cancelled"), NULL },
  { MH_PAYMENT_STATUS_REQUESTED, N_ ("⚠ Awaiting approval"), "mh-warm" },
  { MH_PAYMENT_STATUS_REJECTED, N_ ("✕ Refused"), "mh-bad" },
  { MH_PAYMENT_STATUS_PENDING, N_ ("⟳ On its way"), "mh-warm" },
  { MH_PAYMENT_STATUS_PROCESSED, N_ ("✓ Given back"), "mh-good" },
  { MH_PAYMENT_STATUS_CLAIMED, N_ ("○ Claimed from the insurer"), "mh-cool" },
};

/* What the state means for who looks at it, and what is to be done. Caller frees; NULL: nothing. */
static char *
payments_pane_next_step (MhPaymentsPane *pane, MhRecord *payment)
{
  const char *currency = mh_record_text (payment, MH_PAYMENT_CURRENCY);
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_APPROVE_MONEY);
  g_autofree char *owed = mh_words_money (mh_claim_owed (payment), currency);
  g_autofree char *left = mh_words_money (payments_pane_kept (payment), currency);

  if (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED))
    return g_strdup (!may ? _ ("A second person who may approve money decides.")
                     : is_refund (payment)
                         ? _ ("Approve it and the money goes back, or reject it with a reason.")
                         : _ ("Approve it when the money is there, or reject it with a reason."));
  if (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PENDING))
    return g_strdup (_ ("The bank gives it back; that may take days. Nothing is to be done."));
  if (mh_claim_owed (payment) > 0)
    return g_strdup_printf (_ ("%s is still owed. Record under Insurers what comes."), owed);
  if (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PART_REFUNDED))
    return g_strdup_printf (_ ("%s can still be refunded."), left);
  if (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_FAILED))
    return mh_record_has (payment, MH_PAYMENT_FAILURE)
               ? g_strdup (mh_record_text (payment, MH_PAYMENT_FAILURE))
               : g_strdup (_ ("Take the payment again under Dues."));
  if (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REJECTED))
    return g_strdup (mh_record_text (payment, MH_PAYMENT_DECISION_NOTE));

  return NULL;
}

static void
payments_pane_show_head (MhPaymentsPane *pane, MhRecord *payment)
{
  g_autofree char *kind = mh_words_value (payment, MH_PAYMENT_KIND);
  g_autofree char *method = mh_words_value (payment, MH_PAYMENT_METHOD);
  g_autofree char *what = g_strdup_printf ("%s · %s", kind, method);
  g_autofree char *amount = mh_words_value (payment, MH_PAYMENT_AMOUNT);
  g_autofree char *under
      = mh_words_mrn_and_order (mh_record_text (payment, MH_PAYMENT_PATIENT_MRN),
                                mh_record_text (payment, MH_PAYMENT_ORDER_NUMBER));
  g_autofree char *next = payments_pane_next_step (pane, payment);

  mh_detail_head (pane->detail, what, amount, mh_record_text (payment, MH_PAYMENT_PATIENT_NAME),
                  under);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (payments_pane_is (payment, MH_PAYMENT_STATUS, states[i].status))
      mh_detail_state (pane->detail, g_dgettext (GETTEXT_PACKAGE, states[i].words), states[i].style,
                       next);
}

static void
show_amounts (MhPaymentsPane *pane, MhRecord *payment)
{
  static const guint fields[]
      = { MH_PAYMENT_TENDERED, MH_PAYMENT_CHANGE_GIVEN, MH_PAYMENT_APPLIED, MH_PAYMENT_SETTLED,
          MH_PAYMENT_DENIED,   MH_PAYMENT_REFUNDED,     MH_PAYMENT_PENDING };
  const char *currency = mh_record_text (payment, MH_PAYMENT_CURRENCY);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_detail_amount_of (pane->detail, payment, fields[i], currency);
  if (mh_record_int (payment, MH_PAYMENT_REFUNDED) + mh_record_int (payment, MH_PAYMENT_PENDING)
      > 0)
    {
      g_autofree char *left = mh_words_money (payments_pane_kept (payment), currency);
      mh_detail_amount (pane->detail, _ ("Left of it"), left, NULL, TRUE);
    }
}

static void
payments_pane_show_history (MhPaymentsPane *pane, MhRecord *payment)
{
  gboolean refund = is_refund (payment);
  gboolean refused = payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REJECTED);
  g_autofree char *reason = mh_words_value (payment, MH_PAYMENT_REFUND_REASON);
  const char *note = mh_record_text (payment, MH_PAYMENT_NOTE);
  g_autofree char *why = g_strdup_printf ("%s%s%s", reason, *reason != '\0' && note ? " · " : "",
                                          note != NULL ? note : "");

  mh_detail_event (pane->detail, mh_record_int (payment, MH_PAYMENT_APPROVED_AT),
                   refused ? _ ("Refused") : _ ("Approved"),
                   mh_record_text (payment, MH_PAYMENT_APPROVED_NAME),
                   mh_record_text (payment, MH_PAYMENT_DECISION_NOTE), refused ? "mh-bad" : NULL);
  mh_detail_event (pane->detail, mh_record_int (payment, MH_PAYMENT_RECEIVED_AT),
                   refund ? _ ("Refund asked for") : _ ("Taken"),
                   mh_record_text (payment, MH_PAYMENT_RECEIVED_NAME), why, NULL);
}

static void
payments_pane_show_buttons (MhPaymentsPane *pane, MhRecord *payment)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  gboolean asked = payment != NULL
                   && payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED);
  gboolean left
      = payment != NULL && !is_refund (payment)
        && (payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED)
            || payments_pane_is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PART_REFUNDED));
  gboolean agrees = asked && mh_context_may (context, MH_MAY_APPROVE_MONEY);

  gtk_widget_set_visible (pane->receipt,
                          payment != NULL && mh_record_has (payment, MH_PAYMENT_RECEIPT_ID));
  gtk_widget_set_visible (pane->refund, left && mh_context_may (context, MH_MAY_REFUND));
  gtk_widget_set_visible (pane->approve, agrees);
}

static void
payments_pane_show_cb (MhPaymentsPane *pane)
{
  static const guint facts[] = { MH_PAYMENT_REFERENCE,       MH_PAYMENT_PAYER,
                                 MH_PAYMENT_VOUCHER,         MH_PAYMENT_DEVICE,
                                 MH_PAYMENT_PROVIDER_ORDER,  MH_PAYMENT_PROVIDER_PAYMENT,
                                 MH_PAYMENT_PROVIDER_REFUND, MH_PAYMENT_FEE,
                                 MH_PAYMENT_FEE_TAX,         0 };
  MhRecord *payment = pane->chosen;

  payments_pane_show_buttons (pane, payment);
  mh_detail_clear (pane->detail, payment == NULL ? _ ("Choose a payment") : NULL);
  if (payment == NULL)
    return;

  payments_pane_show_head (pane, payment);
  show_amounts (pane, payment);
  payments_pane_show_history (pane, payment);
  mh_detail_facts (pane->detail, payment, facts);
}

/* What becomes of it meanwhile, at the bank or at another desk, is seen. */
static void
payments_pane_choose (MhPaymentsPane *pane, MhRecord *payment)
{
  if (pane->chosen != NULL)
    g_signal_handlers_disconnect_by_func (pane->chosen, payments_pane_show_cb, pane);
  g_set_object (&pane->chosen, payment);
  if (payment != NULL)
    g_signal_connect_object (payment, "notify", G_CALLBACK (payments_pane_show_cb), pane,
                             G_CONNECT_SWAPPED);
  payments_pane_show_cb (pane);
}

static const char *
payments_pane_shown_id (MhPane *base)
{
  MhRecord *chosen = MH_PAYMENTS_PANE (base)->chosen;
  return chosen != NULL ? mh_record_id (chosen) : NULL;
}

static void
payments_pane_show_one (MhPane *base, const char *id)
{
  MhPaymentsPane *pane = MH_PAYMENTS_PANE (base);
  payments_pane_choose (pane, mh_master_detail_row (&pane->master_detail, id));
}

/* --- the list --- */

static void
payments_pane_filter_cb (MhPaymentsPane *pane)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint at = gtk_drop_down_get_selected (pane->which);
  char day[MH_DATE_LENGTH + 1];
  if (pane->payments == NULL || !mh_typed_day (MH_PANE (pane), pane->day, day))
    return;

  g_strv_builder_add_many (builder, "limit", "100", NULL);
  if (at < G_N_ELEMENTS (filters) && filters[at].name != NULL)
    g_strv_builder_add_many (builder, filters[at].name, filters[at].value, NULL);
  if (*day != 0)
    g_strv_builder_add_many (builder, "day", day, NULL);

  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_args (pane->payments, (const char *const *)args);
}

/* --- what can be done --- */

static void
receipt_cb (MhPaymentsPane *pane)
{
  const char *id = mh_record_text (pane->chosen, MH_PAYMENT_RECEIPT_ID);
  const char *args[] = { "id", id, "preview", "true", NULL };
  const char *counted[] = { "id", id, NULL };
  const MhCountedPaper paper = { .route = "receipt.print",
                                 .args = args,
                                 .counted_args = counted,
                                 .title = _ ("Receipt"),
                                 .printer = MH_PRINTER_RECEIPTS };
  mh_counted_paper_print (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &paper, NULL, NULL);
}

static void
payments_pane_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPaymentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (outcome != NULL && outcome->record != NULL)
    payments_pane_choose (pane, outcome->record);
  mh_record_list_reload (pane->payments);
}

/* What the question is about: the list may have moved on before it is answered. */
typedef struct
{
  MhPaymentsPane *pane;
  MhRecord *payment;
} Asked;

static Asked *
payments_pane_asked_new (MhPaymentsPane *pane)
{
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (pane), g_object_ref (pane->chosen) };
  return asked;
}

static void
payments_pane_asked_free (Asked *asked)
{
  g_object_unref (asked->pane);
  g_object_unref (asked->payment);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, payments_pane_asked_free)

static void
payments_pane_decide (const Asked *asked,
                      const char *decision,
                      const char *note,
                      GAsyncResult *line)
{
  MhPaymentsPane *pane = asked->pane;
  const char *args[] = { "id", mh_record_id (asked->payment), NULL };
  gboolean refund = mh_record_has (asked->payment, MH_PAYMENT_REFUND_OF);
  g_autoptr (MhRecord) body = mh_record_new (&mh_approval_type);
  mh_record_set_text (body, MH_APPROVAL_DECISION, decision);
  if (note != NULL)
    mh_record_set_text (body, MH_APPROVAL_NOTE, note);
  mh_ask_text_command_async (line, mh_pane_context (MH_PANE (pane)),
                             &(MhCommand){ .route = refund ? "refund.decide" : "payment.approve",
                                           .args = args,
                                           .body = body },
                             payments_pane_decided_cb, g_object_ref (pane));
}

static void
payments_pane_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (asked->pane)) != NULL)
    payments_pane_decide (asked, MH_APPROVAL_APPROVE, NULL, NULL);
}

static void
approve_cb (MhPaymentsPane *pane)
{
  g_autofree char *amount = mh_money_display (mh_record_int (pane->chosen, MH_PAYMENT_AMOUNT),
                                              mh_record_text (pane->chosen, MH_PAYMENT_CURRENCY));
  gboolean refund = mh_record_has (pane->chosen, MH_PAYMENT_REFUND_OF);
  g_autofree char *action = g_strdup_printf (refund ? _ ("Refund %s") : _ ("Take over %s"), amount);
  mh_ask_async (GTK_WIDGET (pane), refund ? _ ("Give it back?") : _ ("Is it right?"),
                refund ? _ ("The money goes back the way it came.")
                       : _ ("The payment was recorded by hand; you confirm that it is there."),
                action, refund, payments_pane_sure_cb, payments_pane_asked_new (pane));
}

static void
payments_pane_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autofree char *note = mh_ask_text_finish (result);
  if (note != NULL && mh_pane_context (MH_PANE (asked->pane)) != NULL)
    payments_pane_decide (asked, MH_APPROVAL_REJECT, note, result);
}

static void
payments_pane_reject_cb (MhPaymentsPane *pane)
{
  mh_ask_text_async (GTK_WIDGET (pane), "payment_rejection", mh_record_id (pane->chosen),
                     _ ("Reject it?"), _ ("The person who asked will read the reason."),
                     _ ("Reason"), _ ("Reject"), payments_pane_reason_cb,
                     payments_pane_asked_new (pane));
}

static void
refunded_cb (MhPaymentsPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    mh_record_list_reload (pane->payments);
}

static void
payments_pane_refund_cb (MhPaymentsPane *pane)
{
  GtkWidget *dialog
      = mh_refund_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->chosen);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (refunded_cb), pane, G_CONNECT_SWAPPED);
}

/* --- by key --- */

/* A key does what its button on show does. */
static void
press (GtkWidget *button)
{
  if (gtk_widget_get_visible (button))
    gtk_widget_activate (button);
}

static void
receipt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  press (MH_PAYMENTS_PANE (widget)->receipt);
}

static void
refund_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  press (MH_PAYMENTS_PANE (widget)->refund);
}

static void
approve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  press (MH_PAYMENTS_PANE (widget)->approve);
}

/* --- as a pane --- */

static void
payments_pane_begin (MhPane *pane)
{
  static const MhMasterDetailHow how
      = { .shown = payments_pane_shown_id, .show = payments_pane_show_one, .waits = TRUE };
  MhPaymentsPane *payments = MH_PAYMENTS_PANE (pane);
  mh_pane_keep (pane, &payments->payments,
                mh_record_list_new (mh_pane_context (pane), "payment.all"));
  mh_record_table_setup (payments->table, "payments", &mh_payment_type, columns,
                         G_LIST_MODEL (payments->payments), MH_TABLE_SINGLE);
  mh_record_table_set_lines (payments->table, MH_MONEY_LEAST_WIDTH);
  mh_master_detail_begin (&payments->master_detail, pane, &how, payments->table, payments->split,
                          G_LIST_MODEL (payments->payments));
  payments_pane_show_cb (payments);
}

static void
payments_pane_shown (MhPane *pane)
{
  payments_pane_filter_cb (MH_PAYMENTS_PANE (pane));
  mh_record_table_grab (MH_PAYMENTS_PANE (pane)->table);
}

static void
mh_payments_pane_finalize (GObject *object)
{
  g_clear_object (&MH_PAYMENTS_PANE (object)->chosen);
  G_OBJECT_CLASS (mh_payments_pane_parent_class)->finalize (object);
}

static void
mh_payments_pane_class_init (MhPaymentsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_payments_pane_finalize;
  MH_PANE_CLASS (klass)->begin = payments_pane_begin;
  MH_PANE_CLASS (klass)->shown = payments_pane_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-payments-pane"));

  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, split);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, table);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, which);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, day);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, detail);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, receipt);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, refund);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, approve);

  gtk_widget_class_bind_template_callback (widget, payments_pane_filter_cb);
  gtk_widget_class_bind_template_callback (widget, receipt_cb);
  gtk_widget_class_bind_template_callback (widget, payments_pane_refund_cb);
  gtk_widget_class_bind_template_callback (widget, approve_cb);
  gtk_widget_class_bind_template_callback (widget, payments_pane_reject_cb);

  gtk_widget_class_install_action (widget, "payments.receipt", NULL, receipt_action);
  gtk_widget_class_install_action (widget, "payments.refund", NULL, refund_action);
  gtk_widget_class_install_action (widget, "payments.approve", NULL, approve_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "payments.receipt",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "payments.refund", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "payments.approve", NULL);
}

static void
mh_payments_pane_init (MhPaymentsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
