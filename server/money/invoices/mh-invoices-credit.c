/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-credit.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/rules/money/mh-price.h"

typedef struct
{
  MhRecord *line;
  gint64 amount; /* of the line as billed */
  gint64 before; /* credited so far */
  gint64 now;    /* to be credited by this note */
  gboolean named;
} Left;

static gint64
credited_of (GPtrArray *credited, const char *line_id)
{
  gint64 sum = 0;
  for (guint i = 0; i < credited->len; i++)
    {
      MhRecord *line = g_ptr_array_index (credited, i);
      if (g_strcmp0 (mh_record_text (line, MH_INVOICE_LINE_CREDITS), line_id) == 0)
        sum += mh_record_int (line, MH_INVOICE_LINE_AMOUNT);
    }
  return sum;
}

static gboolean
invoices_credit_is_named (MhRecord *line, GPtrArray *item_ids)
{
  const char *item = mh_record_text (line, MH_INVOICE_LINE_ITEM_ID);
  return item != NULL && item_ids != NULL
         && g_ptr_array_find_with_equal_func (item_ids, item, g_str_equal, NULL);
}

/* As much of @amount as fits on the lines that are named, or on the others. */
static gint64
invoices_credit_lay (Left *left, guint n, gboolean named, gint64 amount)
{
  g_autofree gint64 *weights = g_new0 (gint64, n);
  g_autofree gint64 *parts = g_new0 (gint64, n);
  gint64 room = 0;

  for (guint i = 0; i < n; i++)
    {
      weights[i] = left[i].named == named ? left[i].amount - left[i].before : 0;
      room += weights[i];
    }

  gint64 laid = MIN (amount, room);
  if (room == 0)
    return 0;

  mh_price_spread (laid, weights, n, parts);
  for (guint i = 0; i < n; i++)
    left[i].now += parts[i];
  return laid;
}

/* The share of @whole that belongs to the newly credited part; over all notes it is @whole exactly,
 * because each takes the difference of two running totals. */
static gint64
invoices_credit_share (const Left *left, gint64 whole)
{
  return mh_money_share (whole, left->before + left->now, left->amount)
         - mh_money_share (whole, left->before, left->amount);
}

static MhRecord *
credit_line (const Left *left)
{
  MhRecord *line = mh_record_copy (left->line);
  for (guint i = 0; i < MH_N_COMMON; i++)
    mh_record_unset (line, i);
  mh_record_unset (line, MH_INVOICE_LINE_INVOICE_ID);
  mh_record_set_text (line, MH_INVOICE_LINE_CREDITS, mh_record_id (left->line));
  if (left->before == 0 && left->now == left->amount)
    return line;

  gint64 tax = invoices_credit_share (left, mh_record_int (line, MH_INVOICE_LINE_TAX));
  gint64 discount = invoices_credit_share (left, mh_record_int (line, MH_INVOICE_LINE_DISCOUNT));
  gboolean inclusive = mh_record_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE);

  mh_record_set_int (line, MH_INVOICE_LINE_QUANTITY, 1);
  mh_record_set_int (line, MH_INVOICE_LINE_DISCOUNT, discount);
  mh_record_set_int (line, MH_INVOICE_LINE_TAX, tax);
  mh_record_set_int (line, MH_INVOICE_LINE_TAXABLE, left->now - tax);
  mh_record_set_int (line, MH_INVOICE_LINE_PRICE,
                     (inclusive ? left->now : left->now - tax) + discount);
  mh_record_set_int (line, MH_INVOICE_LINE_AMOUNT, left->now);

  return line;
}

GPtrArray *
mh_invoices_credit_lines (const MhInvoiceAccount *account,
                          gint64 amount,
                          GPtrArray *item_ids,
                          gint64 *out_round_off,
                          GError **error)
{
  GPtrArray *lines = account->lines;
  g_autofree Left *left = g_new0 (Left, lines->len);
  gint64 all = 0, laid = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      left[i].line = line;
      left[i].amount = mh_record_int (line, MH_INVOICE_LINE_AMOUNT);
      left[i].before = credited_of (account->credited, mh_record_id (line));
      left[i].named = invoices_credit_is_named (line, item_ids);
      all += left[i].amount - left[i].before;
    }

  if (amount <= 0 || amount > all + account->round_off)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "More is given back than the invoice of this order still comes to.");
      return NULL;
    }

  /* The last note takes whatever the rounding left. */
  gint64 wanted = amount == all + account->round_off ? all : MIN (amount, all);
  laid = invoices_credit_lay (left, lines->len, TRUE, wanted);
  invoices_credit_lay (left, lines->len, FALSE, wanted - laid);
  *out_round_off = amount - wanted;

  GPtrArray *made = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < lines->len; i++)
    if (left[i].now > 0)
      {
        MhRecord *line = credit_line (&left[i]);
        mh_record_set_int (line, MH_INVOICE_LINE_SORT_ORDER, made->len);
        g_ptr_array_add (made, line);
      }

  return made;
}
