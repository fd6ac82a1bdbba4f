/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the books balance, and are the bills what they were? */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>

#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-store.h"

#define MOST_OF_A_KIND 20

static gboolean
read_books (MhDb *db, gpointer data, GError **error)
{
  int *status = data;
  g_autoptr (GPtrArray) found = mh_payments_store_verify (db, MOST_OF_A_KIND, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    puts (g_ptr_array_index (found, i));
  if (found->len == 0)
    puts ("The books balance.");
  *status = found->len == 0 ? MH_CTL_DONE : MH_CTL_NO;
  return TRUE;
}

int
mh_ctl_ledger_verify (MhCtl *ctl, GError **error)
{
  int status = MH_CTL_FAILED;
  return mh_ctl_read (ctl, read_books, &status, error) ? status : MH_CTL_FAILED;
}

static gboolean
read_invoices (MhDb *db, gpointer data, GError **error)
{
  int *status = data;
  guint n = 0;
  g_autoptr (GPtrArray) found = mh_invoices_service_verify (db, MOST_OF_A_KIND, &n, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    puts (g_ptr_array_index (found, i));
  if (found->len == 0)
    printf ("%u documents: numbers without a gap, content and sums as they were made.\n", n);
  *status = found->len == 0 ? MH_CTL_DONE : MH_CTL_NO;
  return TRUE;
}

int
mh_ctl_invoices_verify (MhCtl *ctl, GError **error)
{
  int status = MH_CTL_FAILED;
  return mh_ctl_read (ctl, read_invoices, &status, error) ? status : MH_CTL_FAILED;
}
