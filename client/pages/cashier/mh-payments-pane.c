/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/cashier/mh-payments-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/cashier/mh-money-line.h"
#include "client/pages/cashier/mh-refund-dialog.h"
#include "client/pages/cashier/mh-typed-day.h"
#include "client/pages/mh-counted-paper.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhPaymentsPane
{
  MhPane parent_instance;
  MhRecordList *payments;
  MhRecord *chosen;
  MhSplit *split;
  MhRecordTable *table;
  GtkDropDown *which;
  GtkEditable *day;
  GtkLabel *title, *facts;
  GtkWidget *receipt, *refund, *approve, *reject;
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

static const MhTableColumn columns[] = {
  { .field = "received_at", .width = 105 },    { .field = "order_number", .width = 100 },
  { .field = "patient_name", .expand = TRUE }, { .field = "kind", .width = 85 },
  { .field = "method", .width = 80 },          { .field = "amount", .width = 100 },
  { .field = "status", .width = 130 },         { NULL },
};

static void
bind_line (GtkWidget *line, MhRecord *payment)
{
  g_autofree char *at = mh_words_value (payment, MH_PAYMENT_RECEIVED_AT);
  g_autofree char *amount = mh_words_value (payment, MH_PAYMENT_AMOUNT);
  g_autofree char *kind = mh_words_value (payment, MH_PAYMENT_KIND);
  g_autofree char *method = mh_words_value (payment, MH_PAYMENT_METHOD);
  g_autofree char *status = mh_words_value (payment, MH_PAYMENT_STATUS);
  const char *number = mh_record_text (payment, MH_PAYMENT_ORDER_NUMBER);
  const char *patient = mh_record_text (payment, MH_PAYMENT_PATIENT_NAME);
  g_autofree char *detail
      = g_strdup_printf ("%s · %s · %s · %s%s%s", at, kind, method, status,
                         number != NULL ? " · " : "", number != NULL ? number : "");
  mh_money_line_set (line, patient != NULL ? patient : "–", amount, detail);
}

static gboolean
is (MhRecord *payment, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (payment, field), code) == 0;
}

/* --- the chosen one --- */

static void
add_fact (GString *text, MhRecord *payment, guint field)
{
  if (!mh_record_has (payment, field))
    return;
  g_autofree char *value = mh_words_value (payment, field);
  g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                          mh_words_label (&mh_payment_type.fields[field]), value);
}

static void
show (MhPaymentsPane *pane)
{
  static const guint fields[]
      = { MH_PAYMENT_PATIENT_NAME,  MH_PAYMENT_PATIENT_MRN,   MH_PAYMENT_ORDER_NUMBER,
          MH_PAYMENT_METHOD,        MH_PAYMENT_STATUS,        MH_PAYMENT_REFERENCE,
          MH_PAYMENT_REFUNDED,      MH_PAYMENT_PENDING,       MH_PAYMENT_REFUND_REASON,
          MH_PAYMENT_NOTE,          MH_PAYMENT_RECEIVED_NAME, MH_PAYMENT_RECEIVED_AT,
          MH_PAYMENT_APPROVED_NAME, MH_PAYMENT_DECISION_NOTE, MH_PAYMENT_FAILURE };
  MhContext *context = mh_pane_context (MH_PANE (pane));
  MhRecord *payment = pane->chosen;
  gboolean refund = payment != NULL && mh_record_has (payment, MH_PAYMENT_REFUND_OF);
  gboolean asked = payment != NULL && is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REQUESTED);
  gboolean left = payment != NULL && !refund
                  && (is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED)
                      || is (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PART_REFUNDED));
  gboolean agrees = asked && mh_context_may (context, MH_MAY_APPROVE_MONEY);
  g_autoptr (GString) text = g_string_new (NULL);
  gtk_widget_set_visible (pane->receipt,
                          payment != NULL && mh_record_has (payment, MH_PAYMENT_RECEIPT_ID));
  gtk_widget_set_visible (pane->refund, left && mh_context_may (context, MH_MAY_REFUND));
  gtk_widget_set_visible (pane->approve, agrees);
  gtk_widget_set_visible (pane->reject, agrees);
  if (payment == NULL)
    return;
  g_autofree char *amount = mh_money_display (mh_record_int (payment, MH_PAYMENT_AMOUNT),
                                              mh_record_text (payment, MH_PAYMENT_CURRENCY));
  g_autofree char *title
      = refund ? g_strdup_printf (_ ("Refund of %s"), amount) : g_strdup (amount);
  gtk_label_set_text (pane->title, title);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_fact (text, payment, fields[i]);
  gtk_label_set_text (pane->facts, text->str);
}

/* What becomes of it meanwhile, at the bank or at another desk, is seen. */
static void
choose (MhPaymentsPane *pane, MhRecord *payment)
{
  if (pane->chosen != NULL)
    g_signal_handlers_disconnect_by_func (pane->chosen, show, pane);
  g_set_object (&pane->chosen, payment);
  if (payment != NULL)
    g_signal_connect_object (payment, "notify", G_CALLBACK (show), pane, G_CONNECT_SWAPPED);
  show (pane);
}

static void
selection_cb (MhPaymentsPane *pane)
{
  choose (pane, mh_record_table_current (pane->table));
}

static void
activated_cb (MhPaymentsPane *pane, MhRecord *payment)
{
  choose (pane, payment);
  mh_split_show_end (pane->split, TRUE);
}

/* --- the list --- */

static void
filter_cb (MhPaymentsPane *pane)
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
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPaymentsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (outcome != NULL && outcome->record != NULL)
    choose (pane, outcome->record);
  mh_record_list_reload (pane->payments);
}

/* What the question is about: the list may have moved on before it is answered. */
typedef struct
{
  MhPaymentsPane *pane;
  MhRecord *payment;
} Asked;

static Asked *
asked_new (MhPaymentsPane *pane)
{
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (pane), g_object_ref (pane->chosen) };
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->pane);
  g_object_unref (asked->payment);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
decide (const Asked *asked, const char *decision, const char *note)
{
  MhPaymentsPane *pane = asked->pane;
  const char *args[] = { "id", mh_record_id (asked->payment), NULL };
  gboolean refund = mh_record_has (asked->payment, MH_PAYMENT_REFUND_OF);
  g_autoptr (MhRecord) body = mh_record_new (&mh_approval_type);
  mh_record_set_text (body, MH_APPROVAL_DECISION, decision);
  if (note != NULL)
    mh_record_set_text (body, MH_APPROVAL_NOTE, note);
  mh_sync_submit_async (mh_context_sync (mh_pane_context (MH_PANE (pane))),
                        refund ? "refund.decide" : "payment.approve", args, body, -1, NULL, NULL,
                        decided_cb, g_object_ref (pane));
}

static void
sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (asked->pane)) != NULL)
    decide (asked, MH_APPROVAL_APPROVE, NULL);
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
                action, refund, sure_cb, asked_new (pane));
}

static void
reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autofree char *note = mh_ask_text_finish (result);
  if (note != NULL && mh_pane_context (MH_PANE (asked->pane)) != NULL)
    decide (asked, MH_APPROVAL_REJECT, note);
}

static void
reject_cb (MhPaymentsPane *pane)
{
  mh_ask_text_async (GTK_WIDGET (pane), _ ("Reject it?"),
                     _ ("The person who asked will read the reason."), _ ("Reason"), _ ("Reject"),
                     reason_cb, asked_new (pane));
}

static void
refunded_cb (MhPaymentsPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) != NULL)
    mh_record_list_reload (pane->payments);
}

static void
refund_cb (MhPaymentsPane *pane)
{
  GtkWidget *dialog
      = mh_refund_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->chosen);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (refunded_cb), pane, G_CONNECT_SWAPPED);
}

/* --- as a pane --- */

static void
begin (MhPane *pane)
{
  MhPaymentsPane *payments = MH_PAYMENTS_PANE (pane);
  mh_pane_keep (pane, &payments->payments,
                mh_record_list_new (mh_pane_context (pane), "payment.all"));
  mh_record_table_setup (payments->table, "payments", &mh_payment_type, columns,
                         G_LIST_MODEL (payments->payments), MH_TABLE_SINGLE);
  mh_record_table_set_lines (payments->table, MH_MONEY_LEAST_WIDTH, mh_money_line_make, bind_line);
  show (payments);
}

static void
shown (MhPane *pane)
{
  filter_cb (MH_PAYMENTS_PANE (pane));
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
  MH_PANE_CLASS (klass)->begin = begin;
  MH_PANE_CLASS (klass)->shown = shown;
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("cashier/mh-payments-pane"));
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, split);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, table);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, which);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, day);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, title);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, facts);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, receipt);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, refund);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, approve);
  gtk_widget_class_bind_template_child (widget, MhPaymentsPane, reject);
  gtk_widget_class_bind_template_callback (widget, filter_cb);
  gtk_widget_class_bind_template_callback (widget, selection_cb);
  gtk_widget_class_bind_template_callback (widget, activated_cb);
  gtk_widget_class_bind_template_callback (widget, receipt_cb);
  gtk_widget_class_bind_template_callback (widget, refund_cb);
  gtk_widget_class_bind_template_callback (widget, approve_cb);
  gtk_widget_class_bind_template_callback (widget, reject_cb);
}

static void
mh_payments_pane_init (MhPaymentsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
