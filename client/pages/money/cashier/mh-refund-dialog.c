/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-refund-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/rules/money/mh-returns.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_REFUND_DIALOG (mh_refund_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhRefundDialog, mh_refund_dialog, MH, REFUND_DIALOG, MhDialog)

struct _MhRefundDialog
{
  MhDialog parent_instance;
  MhRecord *payment;
  MhRecord *sent;  /* what was asked for last; NULL: nothing yet */
  MhRecord *order; /* NULL until it is read, or when the payment is on none */
  GtkEditable *amount, *note, *reference;
  GtkDropDown *reason;
  GtkWidget *named; /* the tests and their heading */
  GtkBox *tests;    /* of check buttons, named by the items' ids */
  GtkLabel *left, *problem;
  GtkButton *refund;
};

G_DEFINE_FINAL_TYPE (MhRefundDialog, mh_refund_dialog, MH_TYPE_DIALOG)

static const char *
refund_dialog_reason_of (MhRefundDialog *dialog)
{
  return mh_reasons_peek (dialog->reason);
}

static gint64
left_of (MhRecord *payment)
{
  return mh_record_int (payment, MH_PAYMENT_AMOUNT) - mh_record_int (payment, MH_PAYMENT_REFUNDED)
         - mh_record_int (payment, MH_PAYMENT_PENDING);
}

static void
refund_dialog_typed_cb (MhRefundDialog *dialog)
{
  gint64 amount = 0;
  gboolean fine = mh_money_parse (gtk_editable_get_text (dialog->amount), &amount) && amount > 0
                  && dialog->payment != NULL && amount <= left_of (dialog->payment);
  g_autofree char *shown = mh_words_money (
      amount,
      dialog->payment != NULL ? mh_record_text (dialog->payment, MH_PAYMENT_CURRENCY) : NULL);
  g_autofree char *text = g_strdup_printf (_ ("Refund %s"), shown);
  gtk_button_set_label (dialog->refund, text);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->refund), fine);
}

/* --- the tests that are given back --- */

/* The ids of the ticked tests; NULL: none is named. Caller frees. */
static char **
chosen_tests (MhRefundDialog *dialog)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean any = FALSE;
  GtkWidget *test = gtk_widget_get_first_child (GTK_WIDGET (dialog->tests));
  for (; test != NULL; test = gtk_widget_get_next_sibling (test))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (test)))
      {
        g_strv_builder_add (ids, gtk_widget_get_name (test));
        any = TRUE;
      }
  return any && gtk_widget_get_visible (dialog->named) ? g_strv_builder_end (ids) : NULL;
}

static void
suggest_cb (MhRefundDialog *dialog)
{
  g_auto (GStrv) ids = chosen_tests (dialog);
  gint64 left = left_of (dialog->payment);
  gint64 worth = ids == NULL ? left
                             : mh_returns_worth (dialog->order,
                                                 mh_record_records (dialog->order, MH_ORDER_ITEMS),
                                                 (const char *const *)ids);
  g_autofree char *plain = mh_money_entry (MIN (worth, left));
  gtk_editable_set_text (dialog->amount, plain);
}

static void
refund_dialog_add_test (MhRefundDialog *dialog, MhRecord *item)
{
  gboolean may = mh_returns_may_return (item);
  g_autofree char *price = mh_money_display (mh_record_int (item, MH_ORDER_ITEM_AMOUNT),
                                             mh_record_text (dialog->order, MH_ORDER_CURRENCY));
  g_autofree char *text
      = may ? g_strdup_printf ("%s · %s", mh_record_text (item, MH_ORDER_ITEM_NAME), price)
            : g_strdup_printf ("%s · %s", mh_record_text (item, MH_ORDER_ITEM_NAME),
                               mh_words_of_code (&mh_order_item_type.fields[MH_ORDER_ITEM_STATUS],
                                                 mh_record_text (item, MH_ORDER_ITEM_STATUS)));
  GtkWidget *test = mh_check_button_new (text);

  gtk_widget_set_name (test, mh_record_id (item));
  mh_sensitive_set (test, may);
  g_signal_connect_object (test, "toggled", G_CALLBACK (suggest_cb), dialog, G_CONNECT_SWAPPED);
  gtk_box_append (dialog->tests, test);
}

static void
refund_dialog_show_tests (MhRefundDialog *dialog)
{
  gtk_widget_set_visible (dialog->named,
                          dialog->order != NULL && refund_dialog_reason_of (dialog) != NULL
                              && mh_returns_is_for_tests (refund_dialog_reason_of (dialog)));
}

static void
refund_dialog_reason_cb (MhRefundDialog *dialog)
{
  refund_dialog_show_tests (dialog);
  if (dialog->payment != NULL)
    suggest_cb (dialog);
}

static void
refund_dialog_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRefundDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  if (answer == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_dialog_complain (MH_DIALOG (dialog), words);
      return;
    }

  GPtrArray *items = mh_record_records (answer, MH_ORDER_ITEMS);
  dialog->order = g_object_ref (answer);
  for (guint i = 0; items != NULL && i < items->len; i++)
    refund_dialog_add_test (dialog, g_ptr_array_index (items, i));
  refund_dialog_show_tests (dialog);
}

static void
refund_dialog_read_order (MhRefundDialog *dialog)
{
  const char *args[] = { "id", mh_record_text (dialog->payment, MH_PAYMENT_ORDER_ID), NULL };
  if (args[1] != NULL)
    mh_fetch_async (
        mh_dialog_context (MH_DIALOG (dialog)), &(MhFetch){ .route = "order.read", .args = args },
        mh_dialog_cancellable (MH_DIALOG (dialog)), refund_dialog_order_cb, g_object_ref (dialog));
}

/* --- asking --- */

static void
refund_dialog_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRefundDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, GTK_WIDGET (dialog->refund)))
    return;
  gboolean waits = outcome->record != NULL
                   && g_strcmp0 (mh_record_text (outcome->record, MH_PAYMENT_STATUS),
                                 MH_PAYMENT_STATUS_REQUESTED)
                          == 0;
  mh_dialog_end (MH_DIALOG (dialog), waits ? _ ("A second person has to approve this refund.")
                                           : _ ("The refund is noted."));
}

/* An answer may be lost on its way: whoever asks for the same again asks for the same refund. */
static char *
id_for (MhRefundDialog *dialog, MhRecord *body)
{
  static const guint same[]
      = { MH_REFUND_REQUEST_AMOUNT, MH_REFUND_REQUEST_REASON, MH_REFUND_REQUEST_ITEMS };
  gboolean again = dialog->sent != NULL;
  for (guint i = 0; again && i < G_N_ELEMENTS (same); i++)
    again = mh_record_field_equal (dialog->sent, body, same[i]);
  return again ? g_strdup (mh_record_text (dialog->sent, MH_REFUND_REQUEST_ID)) : mh_id_new ();
}

static void
refund_dialog_set_words (MhRecord *body, guint field, GtkEditable *entry)
{
  const char *words = gtk_editable_get_text (entry);
  if (*words != '\0')
    mh_record_set_text (body, field, words);
}

static void
refund_dialog_refund_cb (MhRefundDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->payment), NULL };
  g_auto (GStrv) tests = chosen_tests (dialog);
  gint64 amount = 0;
  if (!mh_money_parse (gtk_editable_get_text (dialog->amount), &amount))
    return;

  const char *reason = mh_reasons_get (dialog->reason, dialog->problem);
  if (reason == NULL)
    return;

  g_autoptr (MhRecord) body = mh_record_new (&mh_refund_request_type);
  mh_record_set_int (body, MH_REFUND_REQUEST_AMOUNT, amount);
  mh_record_set_text (body, MH_REFUND_REQUEST_REASON, reason);
  if (tests != NULL)
    mh_record_set_list (body, MH_REFUND_REQUEST_ITEMS, (const char *const *)tests);
  refund_dialog_set_words (body, MH_REFUND_REQUEST_NOTE, dialog->note);
  refund_dialog_set_words (body, MH_REFUND_REQUEST_REFERENCE, dialog->reference);
  mh_record_take_text (body, MH_REFUND_REQUEST_ID, id_for (dialog, body));
  g_set_object (&dialog->sent, body);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->refund), FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "refund.ask", .args = args, .body = body }, NULL,
                    refund_dialog_asked_cb, g_object_ref (dialog));
}

static void
mh_refund_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_REFUND_DIALOG (object)->payment);
  g_clear_object (&MH_REFUND_DIALOG (object)->sent);
  g_clear_object (&MH_REFUND_DIALOG (object)->order);
  G_OBJECT_CLASS (mh_refund_dialog_parent_class)->finalize (object);
}

static void
mh_refund_dialog_class_init (MhRefundDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "refund";
  G_OBJECT_CLASS (klass)->finalize = mh_refund_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-refund-dialog"));
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, amount);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, note);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, reference);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, named);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, tests);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, left);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, refund);
  gtk_widget_class_bind_template_callback (widget, refund_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, refund_dialog_reason_cb);
  gtk_widget_class_bind_template_callback (widget, refund_dialog_refund_cb);
}

static void
mh_refund_dialog_init (MhRefundDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_reasons_fill (dialog->reason, mh_refund_reason_codes);
}

GtkWidget *
mh_refund_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *payment)
{
  MhRefundDialog *dialog = g_object_new (MH_TYPE_REFUND_DIALOG, "context", context, NULL);
  gint64 left = left_of (payment);
  g_autofree char *shown = mh_money_display (left, mh_record_text (payment, MH_PAYMENT_CURRENCY));
  g_autofree char *text = g_strdup_printf (_ ("At most %s of this payment is left."), shown);
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);

  dialog->payment = g_object_ref (payment);
  gtk_label_set_text (dialog->left, text);
  gtk_widget_set_visible (GTK_WIDGET (dialog->reference),
                          g_strcmp0 (method, MH_METHOD_CARD) == 0
                              || g_strcmp0 (method, MH_METHOD_UPI) == 0);
  suggest_cb (dialog);
  refund_dialog_read_order (dialog);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (payment));
  mh_dialog_show (MH_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
}
