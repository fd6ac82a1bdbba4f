/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-cart-payment.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"

#include <glib/gi18n-lib.h>

gboolean
mh_cart_pays_now (const char *method)
{
  static const char *const now[] = { MH_METHOD_CASH, MH_METHOD_UPI, MH_METHOD_CARD, NULL };
  return g_strv_contains (now, method);
}

gboolean
mh_cart_pays_by_reference (const char *method)
{
  return g_strcmp0 (method, MH_METHOD_UPI) == 0 || g_strcmp0 (method, MH_METHOD_CARD) == 0;
}

char *
mh_cart_change_text (MhCart *cart, const char *tendered)
{
  gint64 given = 0, total = mh_cart_total (cart);
  if (tendered[0] == 0)
    return g_strdup (_ ("Exact amount"));
  if (!mh_money_parse (tendered, &given))
    return g_strdup (_ ("Write an amount such as 500"));
  if (given < total)
    return g_strdup (_ ("That is less than the total"));

  g_autofree char *money = mh_money_display (given - total, mh_cart_currency (cart));
  return g_strdup_printf (_ ("Give back %s"), money);
}

const char *
mh_cart_payment_missing (MhCart *cart, const MhCartPaid *paid)
{
  gint64 tendered = 0;
  if (g_strcmp0 (paid->method, MH_METHOD_CASH) == 0 && paid->tendered[0] != 0
      && (!mh_money_parse (paid->tendered, &tendered) || tendered < mh_cart_total (cart)))
    return _ ("The cash given does not cover the total.");
  if (mh_cart_pays_by_reference (paid->method) && paid->reference[0] == 0)
    return _ ("Write the number of the card slip or the UPI reference.");
  return NULL;
}

MhRecord *
mh_cart_payment_new (const MhCartPaid *paid)
{
  MhRecord *payment = mh_record_new (&mh_payment_type);
  gint64 tendered = 0;
  mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_METHOD, paid->method);
  if (paid->reference[0] != 0 && mh_cart_pays_by_reference (paid->method))
    mh_record_set_text (payment, MH_PAYMENT_REFERENCE, paid->reference);
  if (g_strcmp0 (paid->method, MH_METHOD_CASH) == 0 && mh_money_parse (paid->tendered, &tendered))
    mh_record_set_int (payment, MH_PAYMENT_TENDERED, tendered);
  return payment;
}
