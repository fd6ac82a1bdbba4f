/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-account-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-row.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_ACCOUNT_DIALOG (mh_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhAccountDialog, mh_account_dialog, MH, ACCOUNT_DIALOG, MhDialog)

struct _MhAccountDialog
{
  MhDialog parent_instance;
  char *patient_id;
  char *id; /* of the deposit: taken twice it is one */
  gboolean taking_one;
  GtkLabel *who, *advance, *due, *problem;
  GtkEditable *amount, *reference;
  GtkDropDown *method;
  GtkWidget *payments, *take;
};

G_DEFINE_FINAL_TYPE (MhAccountDialog, mh_account_dialog, MH_TYPE_DIALOG)

/* In the order of the choice. */
static const char *const methods[] = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD };

static const char *
account_dialog_method_of (MhAccountDialog *dialog)
{
  return methods[MIN (gtk_drop_down_get_selected (dialog->method), G_N_ELEMENTS (methods) - 1)];
}

/* --- what there is --- */

static void
add_payment (MhAccountDialog *dialog, MhRecord *payment)
{
  GtkWidget *line = mh_row_new ();
  g_autofree char *kind = mh_words_value (payment, MH_PAYMENT_KIND);
  g_autofree char *amount = mh_words_value (payment, MH_PAYMENT_AMOUNT);
  g_autofree char *method = mh_words_value (payment, MH_PAYMENT_METHOD);
  g_autofree char *status = mh_words_value (payment, MH_PAYMENT_STATUS);
  g_autofree char *at = mh_words_value (payment, MH_PAYMENT_RECEIVED_AT);
  g_autofree char *detail = g_strdup_printf ("%s · %s · %s", at, method, status);
  mh_row_set (MH_ROW (line), kind, amount, detail);
  mh_box_append (dialog->payments, line);
}

static void
account_dialog_show (MhAccountDialog *dialog, MhRecord *account)
{
  GPtrArray *payments = mh_record_records (account, MH_PATIENT_ACCOUNT_PAYMENTS);
  g_autofree char *advance = mh_words_value (account, MH_PATIENT_ACCOUNT_ADVANCE);
  g_autofree char *due = mh_words_value (account, MH_PATIENT_ACCOUNT_DUE);
  g_autofree char *has = g_strdup_printf (_ ("Advance %s"), advance);
  g_autofree char *owes = g_strdup_printf (_ ("Due on orders: %s"), due);

  gtk_label_set_text (dialog->advance, has);
  gtk_label_set_text (dialog->due, owes);
  mh_box_clear (dialog->payments);
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    add_payment (dialog, g_ptr_array_index (payments, i));
  if (payments == NULL || payments->len == 0)
    mh_box_append (dialog->payments, mh_label (_ ("Nothing was paid yet."), "dim-label"));
}

static void
account_dialog_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAccountDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  if (answer != NULL)
    account_dialog_show (dialog, answer);
  else
    {
      g_autofree char *words = mh_words_error (error);
      mh_dialog_complain (MH_DIALOG (dialog), words);
    }
}

static void
account_dialog_load (MhAccountDialog *dialog)
{
  const char *args[] = { "id", dialog->patient_id, NULL };
  mh_fetch_async (
      mh_dialog_context (MH_DIALOG (dialog)), &(MhFetch){ .route = "account.read", .args = args },
      mh_dialog_cancellable (MH_DIALOG (dialog)), account_dialog_read_cb, g_object_ref (dialog));
}

/* --- taking a deposit --- */

static void
account_dialog_typed_cb (MhAccountDialog *dialog)
{
  gint64 amount = 0;
  gboolean cash = g_str_equal (account_dialog_method_of (dialog), MH_METHOD_CASH);
  gboolean fine = mh_money_parse (gtk_editable_get_text (dialog->amount), &amount) && amount > 0
                  && (cash || *gtk_editable_get_text (dialog->reference) != '\0');
  g_autofree char *shown = mh_words_money (amount, NULL);
  g_autofree char *text = g_strdup_printf (_ ("Take a deposit of %s"), shown);

  g_free (dialog->id);
  dialog->id = mh_id_new ();
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  gtk_widget_set_visible (GTK_WIDGET (dialog->reference), !cash);
  gtk_button_set_label (GTK_BUTTON (dialog->take), text);
  gtk_widget_set_sensitive (dialog->take, fine && !dialog->taking_one);
}

static void
account_dialog_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhAccountDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  dialog->taking_one = FALSE;
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->take))
    return;

  mh_dialog_done (MH_DIALOG (dialog));
  mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), _ ("The deposit is taken."));
  if (mh_dialog_is_closed (MH_DIALOG (dialog)))
    return;

  gtk_editable_set_text (dialog->amount, "");
  gtk_editable_set_text (dialog->reference, "");
  account_dialog_load (dialog);
}

static void
account_dialog_take_cb (MhAccountDialog *dialog)
{
  const char *args[] = { "id", dialog->patient_id, NULL };
  const char *reference = gtk_editable_get_text (dialog->reference);
  g_autoptr (MhRecord) body = mh_record_new (&mh_payment_type);
  gint64 amount = 0;

  if (dialog->taking_one || !mh_money_parse (gtk_editable_get_text (dialog->amount), &amount))
    return;

  mh_record_set_text (body, MH_ID, dialog->id);
  mh_record_set_text (body, MH_PAYMENT_METHOD, account_dialog_method_of (dialog));
  mh_record_set_int (body, MH_PAYMENT_AMOUNT, amount);
  if (*reference != '\0' && !g_str_equal (account_dialog_method_of (dialog), MH_METHOD_CASH))
    mh_record_set_text (body, MH_PAYMENT_REFERENCE, reference);
  dialog->taking_one = TRUE;
  gtk_widget_set_sensitive (dialog->take, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "deposit.take", .args = args, .body = body }, NULL,
                    account_dialog_taken_cb, g_object_ref (dialog));
}

/* --- as a dialog --- */

static void
mh_account_dialog_finalize (GObject *object)
{
  g_free (MH_ACCOUNT_DIALOG (object)->patient_id);
  g_free (MH_ACCOUNT_DIALOG (object)->id);
  G_OBJECT_CLASS (mh_account_dialog_parent_class)->finalize (object);
}

static void
mh_account_dialog_class_init (MhAccountDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "deposit";
  G_OBJECT_CLASS (klass)->finalize = mh_account_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-account-dialog"));
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, who);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, advance);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, due);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, payments);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, amount);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, method);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, reference);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhAccountDialog, take);
  gtk_widget_class_bind_template_callback (widget, account_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, account_dialog_take_cb);
  mh_closures_bind (widget);
}

static void
mh_account_dialog_init (MhAccountDialog *dialog)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (dialog));
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    gtk_string_list_append (
        words, mh_words_of_code (&mh_payment_type.fields[MH_PAYMENT_METHOD], methods[i]));
  gtk_drop_down_set_model (dialog->method, G_LIST_MODEL (words));
}

GtkWidget *
mh_account_dialog_show (GtkWidget *parent,
                        MhContext *context,
                        const char *patient_id,
                        const char *patient_name)
{
  MhAccountDialog *dialog = g_object_new (MH_TYPE_ACCOUNT_DIALOG, "context", context, NULL);
  gboolean may = mh_context_may (context, MH_MAY_TAKE_PAYMENT);
  dialog->patient_id = g_strdup (patient_id);
  gtk_label_set_text (dialog->who, patient_name != NULL ? patient_name : "");
  account_dialog_typed_cb (dialog);
  account_dialog_load (dialog);
  mh_dialog_about (MH_DIALOG (dialog), patient_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
  if (may)
    mh_dialog_begin_at (GTK_WINDOW (dialog), GTK_WIDGET (dialog->amount));
  return GTK_WIDGET (dialog);
}
