/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-bedside-pay.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/lab/orders/mh-order-papers.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhBedsidePay
{
  MhPane parent_instance;
  MhRecord *order;
  gboolean taking, taken; /* asked of the server; done here, of this order */
  gboolean noted;         /* what was taken waits for the server */
  char *told;             /* what was taken */
  const char *reference_name;
  GtkWidget *methods, *fields;
  GtkLabel *amount_note, *reference_note, *problem;
  GtkEditable *amount, *reference;
};

G_DEFINE_FINAL_TYPE (MhBedsidePay, mh_bedside_pay, MH_TYPE_PANE)

enum
{
  PAID,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
has_slip (MhBedsidePay *pay)
{
  return g_strcmp0 (mh_choice_get (pay->methods), MH_METHOD_COD) != 0;
}

/* --- what is wrong, at its field --- */

/* @text NULL: nothing. */
static void
bedside_pay_note (GtkLabel *label, GtkEditable *field, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  if (field == NULL)
    return;
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (field), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (field), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
bedside_pay_typed_cb (MhBedsidePay *pay)
{
  bedside_pay_note (pay->amount_note, pay->amount, NULL);
  bedside_pay_note (pay->reference_note, pay->reference, NULL);
  bedside_pay_note (pay->problem, NULL, NULL);
}

/* Of a whole payment: nothing is owed after it and nothing is to be handed back. NULL: fine. */
static char *
wrong_amount (MhBedsidePay *pay)
{
  gint64 due = mh_record_int (pay->order, MH_ORDER_DUE), amount = 0;
  const char *currency = mh_record_text (pay->order, MH_ORDER_CURRENCY);
  const char *text = gtk_editable_get_text (pay->amount);
  if (*text == '\0')
    return g_strdup (_ ("Write the amount that was received."));
  if (!mh_money_parse (text, &amount) || amount <= 0)
    return g_strdup (_ ("Write the amount as 500 or 500.50."));
  if (amount == due)
    return NULL;

  g_autofree char *wanted = mh_words_money (due, currency);
  g_autofree char *apart = mh_words_money (ABS (amount - due), currency);
  return amount < due ? g_strdup_printf (_ ("Exactly %s is due; %s is missing."), wanted, apart)
                      : g_strdup_printf (_ ("Exactly %s is due; %s is too much."), wanted, apart);
}

static gboolean
bedside_pay_may_be_sent (MhBedsidePay *pay)
{
  g_autofree char *amount = wrong_amount (pay);
  gboolean bare = has_slip (pay) && *gtk_editable_get_text (pay->reference) == '\0';
  bedside_pay_note (pay->amount_note, pay->amount, amount);
  bedside_pay_note (pay->reference_note, pay->reference,
                    bare ? _ ("Write the number of the card slip or the UPI reference.") : NULL);
  bedside_pay_note (pay->problem, NULL, NULL);
  if (amount != NULL || bare)
    gtk_widget_grab_focus (GTK_WIDGET (amount != NULL ? pay->amount : pay->reference));
  return amount == NULL && !bare;
}

/* What the server refused: at the field that it names. */
static void
bedside_pay_refuse (MhBedsidePay *pay, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  g_autofree char *words = mh_words_error (error);
  if (issues != NULL && mh_issues_find (issues, "reference") != NULL)
    {
      bedside_pay_note (pay->reference_note, pay->reference, words);
      gtk_widget_grab_focus (GTK_WIDGET (pay->reference));
    }
  else if (issues != NULL && mh_issues_find (issues, "amount") != NULL)
    {
      bedside_pay_note (pay->amount_note, pay->amount, words);
      gtk_widget_grab_focus (GTK_WIDGET (pay->amount));
    }
  else
    bedside_pay_note (pay->problem, NULL, words);
}

/* --- the order as it stands --- */

static void
bedside_pay_method_cb (MhBedsidePay *pay)
{
  gboolean upi = g_strcmp0 (mh_choice_get (pay->methods), MH_METHOD_UPI) == 0;
  pay->reference_name = upi ? _ ("UPI reference") : _ ("Number of the card slip");
  mh_accessible_name (GTK_WIDGET (pay->reference), pay->reference_name);
  mh_pane_changed (MH_PANE (pay));
  bedside_pay_typed_cb (pay);
}

void
mh_bedside_pay_show (MhBedsidePay *pay, MhRecord *order)
{
  gboolean other = order == NULL || pay->order == NULL
                   || g_strcmp0 (mh_record_id (order), mh_record_id (pay->order)) != 0;

  g_set_object (&pay->order, order);
  if (other)
    {
      pay->taken = FALSE;
      mh_choice_set (pay->methods, MH_METHOD_COD);
      gtk_editable_set_text (pay->amount, "");
      gtk_editable_set_text (pay->reference, "");
      bedside_pay_method_cb (pay);
    }

  mh_pane_changed (MH_PANE (pay));
}

gboolean
mh_bedside_pay_enter (MhBedsidePay *pay)
{
  return gtk_widget_get_visible (GTK_WIDGET (pay)) && gtk_widget_get_visible (pay->fields)
         && gtk_widget_grab_focus (GTK_WIDGET (pay->amount));
}

/* --- taking it --- */

static void
bedside_pay_print_cb (MhBedsidePay *pay)
{
  const char *ids[] = { mh_record_id (pay->order), NULL };
  mh_order_papers_print (GTK_WIDGET (pay), mh_pane_context (MH_PANE (pay)), ids, MH_PAPER_RECEIPT);
}

/* The receipt goes to the printer at once; it stays in reach for a printer that had no paper. */
static void
show_taken (MhBedsidePay *pay, MhOutcome *outcome, gint64 amount)
{
  g_autofree char *money = mh_words_money (amount, mh_record_text (pay->order, MH_ORDER_CURRENCY));
  pay->taken = TRUE;
  pay->noted = outcome->waiting;
  g_free (pay->told);
  pay->told = pay->noted ? g_strdup (_ ("Noted; it is sent when the server is back."))
                         : g_strdup_printf (_ ("✓ %s is paid"), money);
  mh_pane_changed (MH_PANE (pay));
  if (!outcome->waiting)
    bedside_pay_print_cb (pay);
}

/* A payment that was asked for: another patient may be on show when the answer comes. */
typedef struct
{
  MhBedsidePay *pay;
  char *order_id;
  gint64 amount;
} Asked;

static void
bedside_pay_asked_free (Asked *asked)
{
  g_object_unref (asked->pay);
  g_free (asked->order_id);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, bedside_pay_asked_free)

static void
bedside_pay_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  MhBedsidePay *pay = asked->pay;

  if (mh_pane_context (MH_PANE (pay)) == NULL)
    return;

  pay->taking = FALSE;
  gboolean on_show
      = pay->order != NULL && g_strcmp0 (mh_record_id (pay->order), asked->order_id) == 0;

  if (outcome != NULL && on_show)
    {
      show_taken (pay, outcome, asked->amount);
      g_signal_emit (pay, signals[PAID], 0);
    }
  else if (outcome == NULL && on_show)
    bedside_pay_refuse (pay, error);
  else
    mh_shell_fail (GTK_WIDGET (pay), error);
}

/* Twice on the key is once: the second waits for the first one's answer. */
static void
bedside_pay_take_cb (MhBedsidePay *pay)
{
  if (pay->order == NULL || pay->taking || !bedside_pay_may_be_sent (pay))
    return;

  const char *args[] = { "id", mh_record_id (pay->order), NULL };
  gint64 due = mh_record_int (pay->order, MH_ORDER_DUE);
  g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);

  mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_METHOD, mh_choice_get (pay->methods));
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, due);
  if (has_slip (pay))
    mh_record_set_text (payment, MH_PAYMENT_REFERENCE, gtk_editable_get_text (pay->reference));

  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (pay), g_strdup (mh_record_id (pay->order)), due };
  pay->taking = TRUE;
  mh_command_async (mh_pane_context (MH_PANE (pay)),
                    &(MhCommand){ .route = "payment.take", .args = args, .body = payment }, NULL,
                    bedside_pay_taken_cb, asked);
}

/* --- making it --- */

static void
mh_bedside_pay_finalize (GObject *object)
{
  g_clear_object (&MH_BEDSIDE_PAY (object)->order);
  g_free (MH_BEDSIDE_PAY (object)->told);
  G_OBJECT_CLASS (mh_bedside_pay_parent_class)->finalize (object);
}

/* --- what the template asks --- */

static gboolean
bedside_pay_owes_cb (MhBedsidePay *pay)
{
  return !pay->taken && pay->order != NULL && mh_record_int (pay->order, MH_ORDER_DUE) > 0;
}

static gboolean
bedside_pay_may_take_cb (MhBedsidePay *pay)
{
  return bedside_pay_owes_cb (pay)
         && mh_context_may (mh_pane_context (MH_PANE (pay)), MH_MAY_TAKE_PAYMENT);
}

static gboolean
bedside_pay_matters_cb (MhBedsidePay *pay)
{
  return pay->taken || bedside_pay_owes_cb (pay);
}

static char *
bedside_pay_due_cb (MhBedsidePay *pay)
{
  if (pay->order == NULL)
    return NULL;
  g_autofree char *money = mh_words_money (mh_record_int (pay->order, MH_ORDER_DUE),
                                           mh_record_text (pay->order, MH_ORDER_CURRENCY));
  return bedside_pay_may_take_cb (pay)
             ? g_strdup_printf (_ ("%s is due"), money)
             : g_strdup_printf (_ ("%s is due; it is paid at the cash desk first."), money);
}

static gboolean
bedside_pay_is_taken_cb (MhBedsidePay *pay)
{
  return pay->taken;
}

static char *
bedside_pay_taken_text_cb (MhBedsidePay *pay)
{
  return g_strdup (pay->told);
}

static gboolean
bedside_pay_has_receipt_cb (MhBedsidePay *pay)
{
  return !pay->noted;
}

static gboolean
bedside_pay_by_slip_cb (MhBedsidePay *pay)
{
  return has_slip (pay);
}

static char *
bedside_pay_reference_cb (MhBedsidePay *pay)
{
  return g_strdup (pay->reference_name);
}

static void
mh_bedside_pay_class_init (MhBedsidePayClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_bedside_pay_finalize;
  signals[PAID] = g_signal_new ("paid", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-bedside-pay"));
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, methods);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, fields);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, amount);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, amount_note);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, reference);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, reference_note);
  gtk_widget_class_bind_template_child (widget, MhBedsidePay, problem);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_typed_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_method_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_take_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_print_cb);
  mh_closures_bind (widget);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_due_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_owes_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_may_take_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_is_taken_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_taken_text_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_has_receipt_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_reference_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_by_slip_cb);
  gtk_widget_class_bind_template_callback (widget, bedside_pay_matters_cb);
}

static void
mh_bedside_pay_init (MhBedsidePay *pay)
{
  gtk_widget_init_template (GTK_WIDGET (pay));
}
