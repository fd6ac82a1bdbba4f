/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-discount-dialog.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/rules/money/mh-price.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MH_TYPE_DISCOUNT_DIALOG (mh_discount_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhDiscountDialog, mh_discount_dialog, MH, DISCOUNT_DIALOG, MhDialog)

struct _MhDiscountDialog
{
  MhDialog parent_instance;
  MhRecord *order;
  GtkEditable *amount, *reason;
  GtkDropDown *kind;
  GtkLabel *what, *becomes, *problem;
  GtkWidget *give;
};

G_DEFINE_FINAL_TYPE (MhDiscountDialog, mh_discount_dialog, MH_TYPE_DIALOG)

/* "10 %" in hundredths of a per cent, or "50" in the currency's smallest unit; the other is -1.
 * FALSE: neither. */
static gboolean
read_discount (MhDiscountDialog *dialog, gint64 *out_rate, gint64 *out_amount)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (dialog->amount)));
  gsize length = strlen (text);
  *out_rate = *out_amount = -1;
  if (length > 1 && text[length - 1] == '%')
    {
      text[length - 1] = '\0';
      return mh_money_parse (g_strstrip (text), out_rate) && *out_rate >= 0 && *out_rate <= 10000;
    }
  return length > 0 && mh_money_parse (text, out_amount) && *out_amount >= 0;
}

/* What the order's tests cost after it; taxes are worked out anew by the server. */
static void
discount_dialog_typed_cb (MhDiscountDialog *dialog)
{
  gint64 rate, amount, subtotal = 0;
  gboolean fine = dialog->order != NULL && read_discount (dialog, &rate, &amount);
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  gtk_label_set_text (dialog->becomes, "");

  if (fine)
    {
      subtotal = mh_record_int (dialog->order, MH_ORDER_SUBTOTAL);
      gint64 off = rate >= 0 ? mh_price_percent (subtotal, rate) : amount;
      const char *currency = mh_record_text (dialog->order, MH_ORDER_CURRENCY);
      g_autofree char *before = mh_words_money (subtotal, currency);
      g_autofree char *after = mh_words_money (MAX (subtotal - off, 0), currency);
      /* Translators: the price of the tests before and after a discount */
      g_autofree char *text = g_strdup_printf (_ ("%s → %s before tax"), before, after);
      fine = off <= subtotal;
      gtk_label_set_text (dialog->becomes, fine ? text : "");
    }

  gtk_widget_set_sensitive (dialog->give, fine && *gtk_editable_get_text (dialog->reason) != '\0');
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDiscountDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (!mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->give))
    mh_dialog_end (MH_DIALOG (dialog), _ ("The discount is given."));
}

static void
discount_dialog_give_cb (MhDiscountDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->order), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_discount_request_type);
  gint64 rate, amount;
  if (!read_discount (dialog, &rate, &amount))
    return;

  if (rate >= 0)
    mh_record_set_int (body, MH_DISCOUNT_REQUEST_DISCOUNT_RATE, rate);
  else
    mh_record_set_int (body, MH_DISCOUNT_REQUEST_DISCOUNT, amount);

  mh_record_set_text (body, MH_DISCOUNT_REQUEST_DISCOUNT_CODE,
                      mh_discount_codes[gtk_drop_down_get_selected (dialog->kind)].code);
  mh_record_set_text (body, MH_DISCOUNT_REQUEST_DISCOUNT_REASON,
                      gtk_editable_get_text (dialog->reason));
  gtk_widget_set_sensitive (dialog->give, FALSE);
  mh_command_async (
      mh_dialog_context (MH_DIALOG (dialog)),
      &(MhCommand){ .route = "order.discount", .args = args, .body = body, .base = dialog->order },
      NULL, given_cb, g_object_ref (dialog));
}

static void
mh_discount_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_DISCOUNT_DIALOG (object)->order);
  G_OBJECT_CLASS (mh_discount_dialog_parent_class)->finalize (object);
}

static const MhRefusalPlace places[] = {
  { "discount", "amount" },
  { "discount_rate", "amount" },
  { "discount_code", "kind" },
  { "discount_reason", "reason" },
  { NULL },
};

static void
mh_discount_dialog_class_init (MhDiscountDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "discount";
  MH_DIALOG_CLASS (klass)->places = places;
  G_OBJECT_CLASS (klass)->finalize = mh_discount_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-discount-dialog"));
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, what);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, amount);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, becomes);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, kind);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhDiscountDialog, give);
  gtk_widget_class_bind_template_callback (widget, discount_dialog_typed_cb);
  gtk_widget_class_bind_template_callback (widget, discount_dialog_give_cb);
}

static void
mh_discount_dialog_init (MhDiscountDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  mh_fill_codes (dialog->kind, mh_discount_codes);
}

GtkWidget *
mh_discount_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  MhDiscountDialog *dialog = g_object_new (MH_TYPE_DISCOUNT_DIALOG, "context", context, NULL);
  g_autofree char *total = mh_words_value (order, MH_ORDER_TOTAL);
  g_autofree char *what = g_strdup_printf (
      _ ("Order %s costs %s. Above your limit somebody who may approve discounts gives it."),
      mh_record_text (order, MH_ORDER_NUMBER), total);
  dialog->order = g_object_ref (order);
  gtk_label_set_text (dialog->what, what);
  discount_dialog_typed_cb (dialog);
  mh_dialog_about (MH_DIALOG (dialog), mh_record_id (order));
  mh_dialog_show (MH_DIALOG (dialog), parent);
  return GTK_WIDGET (dialog);
}
