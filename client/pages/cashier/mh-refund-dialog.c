/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/cashier/mh-refund-dialog.h"

#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-dialog.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_REFUND_DIALOG (mh_refund_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhRefundDialog, mh_refund_dialog, MH, REFUND_DIALOG, MhDialog)

struct _MhRefundDialog
{
  MhDialog parent_instance;
  MhRecord *payment;
  MhRecord *sent; /* what was asked for last; NULL: nothing yet */
  GtkEditable *amount, *note;
  GtkDropDown *reason;
  GtkLabel *left, *problem;
  GtkButton *refund;
};

G_DEFINE_FINAL_TYPE (MhRefundDialog, mh_refund_dialog, MH_TYPE_DIALOG)

static gint64
left_of (MhRecord *payment)
{
  return mh_record_int (payment, MH_PAYMENT_AMOUNT) - mh_record_int (payment, MH_PAYMENT_REFUNDED)
         - mh_record_int (payment, MH_PAYMENT_PENDING);
}

static void
typed_cb (MhRefundDialog *dialog)
{
  gint64 amount = 0;
  gboolean fine = mh_money_parse (gtk_editable_get_text (dialog->amount), &amount) && amount > 0
                  && dialog->payment != NULL && amount <= left_of (dialog->payment);
  g_autofree char *shown = mh_money_display (
      amount,
      dialog->payment != NULL ? mh_record_text (dialog->payment, MH_PAYMENT_CURRENCY) : "INR");
  g_autofree char *text = g_strdup_printf (_ ("Refund %s"), shown);
  gtk_button_set_label (dialog->refund, text);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->refund), fine);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRefundDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_sync_submit_finish (MH_SYNC (source), result, &error);
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  gboolean closed = mh_dialog_context (MH_DIALOG (dialog)) == NULL;
  if (outcome == NULL && closed)
    mh_shell_fail (opener, error);
  else if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (dialog->problem, words);
      gtk_widget_set_sensitive (GTK_WIDGET (dialog->refund), TRUE);
    }
  else
    {
      gboolean waits = outcome->record != NULL
                       && g_strcmp0 (mh_record_text (outcome->record, MH_PAYMENT_STATUS),
                                     MH_PAYMENT_STATUS_REQUESTED)
                              == 0;
      mh_shell_toast (opener, waits ? _ ("A second person has to agree to this refund.")
                                    : _ ("The refund is noted."));
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
}

/* An answer may be lost on its way: whoever asks for the same again asks for the same refund. */
static char *
id_for (MhRefundDialog *dialog, gint64 amount, const char *reason)
{
  gboolean again
      = dialog->sent != NULL && mh_record_int (dialog->sent, MH_REFUND_REQUEST_AMOUNT) == amount
        && g_strcmp0 (mh_record_text (dialog->sent, MH_REFUND_REQUEST_REASON), reason) == 0;
  return again ? g_strdup (mh_record_text (dialog->sent, MH_REFUND_REQUEST_ID)) : mh_id_new ();
}

static void
refund_cb (MhRefundDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->payment), NULL };
  const char *note = gtk_editable_get_text (dialog->note);
  const char *reason = mh_refund_reason_codes[gtk_drop_down_get_selected (dialog->reason)].code;
  gint64 amount = 0;
  if (!mh_money_parse (gtk_editable_get_text (dialog->amount), &amount))
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_refund_request_type);
  mh_record_take_text (body, MH_REFUND_REQUEST_ID, id_for (dialog, amount, reason));
  mh_record_set_int (body, MH_REFUND_REQUEST_AMOUNT, amount);
  mh_record_set_text (body, MH_REFUND_REQUEST_REASON, reason);
  if (*note != '\0')
    mh_record_set_text (body, MH_REFUND_REQUEST_NOTE, note);
  g_set_object (&dialog->sent, body);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->refund), FALSE);
  mh_sync_submit_async (mh_context_sync (mh_dialog_context (MH_DIALOG (dialog))), "refund.ask",
                        args, body, -1, NULL, NULL, asked_cb, g_object_ref (dialog));
}

static void
mh_refund_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_REFUND_DIALOG (object)->payment);
  g_clear_object (&MH_REFUND_DIALOG (object)->sent);
  G_OBJECT_CLASS (mh_refund_dialog_parent_class)->finalize (object);
}

static void
mh_refund_dialog_class_init (MhRefundDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_refund_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("cashier/mh-refund-dialog"));
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, amount);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, note);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, left);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhRefundDialog, refund);
  gtk_widget_class_bind_template_callback (widget, typed_cb);
  gtk_widget_class_bind_template_callback (widget, refund_cb);
}

static void
mh_refund_dialog_init (MhRefundDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_fill_codes (dialog->reason, mh_refund_reason_codes);
}

GtkWidget *
mh_refund_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *payment)
{
  MhRefundDialog *dialog = g_object_new (MH_TYPE_REFUND_DIALOG, "context", context, NULL);
  gint64 left = left_of (payment);
  g_autofree char *shown = mh_money_display (left, mh_record_text (payment, MH_PAYMENT_CURRENCY));
  g_autofree char *text = g_strdup_printf (_ ("At most %s of this payment is left."), shown);
  g_autofree char *plain
      = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", left / 100, (int)(left % 100));
  dialog->payment = g_object_ref (payment);
  gtk_label_set_text (dialog->left, text);
  gtk_editable_set_text (dialog->amount, plain);
  mh_dialog_show (MH_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
}
