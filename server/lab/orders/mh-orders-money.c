/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-money.h"

static const MhOrdersMoney *orders_money;

void
mh_orders_set_money (const MhOrdersMoney *money)
{
  g_atomic_pointer_set (&orders_money, money);
}

const MhOrdersMoney *
mh_orders_money (void)
{
  const MhOrdersMoney *money = g_atomic_pointer_get (&orders_money);
  g_assert (money != NULL);
  return money;
}
