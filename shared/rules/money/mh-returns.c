/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/money/mh-returns.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"

static gboolean
is_one_of (const char *status, const char *const *list)
{
  return status != NULL && g_strv_contains (list, status);
}

gboolean
mh_returns_is_for_tests (const char *reason)
{
  static const char *const reasons[]
      = { MH_REFUND_REASON_NOT_COLLECTED, MH_REFUND_REASON_TEST_CANCELLED,
          MH_REFUND_REASON_SAMPLE_FAILED, NULL };
  return is_one_of (reason, reasons);
}

gboolean
mh_returns_is_for_advance (const char *reason)
{
  static const char *const reasons[]
      = { MH_REFUND_REASON_SURPLUS, MH_REFUND_REASON_LATE_CAPTURE, MH_REFUND_REASON_DEPOSIT, NULL };
  return is_one_of (reason, reasons);
}

MhReturnsStage
mh_returns_stage (MhRecord *order, GPtrArray *items)
{
  static const char *const in_work[]
      = { MH_ITEM_STATUS_RECEIVED, MH_ITEM_STATUS_RESULTED, MH_ITEM_STATUS_VERIFIED, NULL };
  if (mh_record_has (order, MH_ORDER_REPORT_ID)
      || g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_COMPLETED) == 0)
    return MH_RETURNS_REPORTED;
  for (guint i = 0; i < items->len; i++)
    if (is_one_of (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS), in_work))
      return MH_RETURNS_RECEIVED;
  return MH_RETURNS_OPEN;
}

static gboolean
returns_is_live (MhRecord *item)
{
  return g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) != 0;
}

gboolean
mh_returns_may_return (MhRecord *item)
{
  static const char *const before_the_laboratory[]
      = { MH_ITEM_STATUS_TO_COLLECT, MH_ITEM_STATUS_COLLECTED, NULL };
  return is_one_of (mh_record_text (item, MH_ORDER_ITEM_STATUS), before_the_laboratory)
         && !mh_record_bool (item, MH_ORDER_ITEM_REFUNDED);
}

char **
mh_returns_live_items (GPtrArray *items)
{
  GStrvBuilder *ids = g_strv_builder_new ();
  for (guint i = 0; i < items->len; i++)
    if (returns_is_live (g_ptr_array_index (items, i)))
      g_strv_builder_add (ids, mh_record_id (g_ptr_array_index (items, i)));
  char **list = g_strv_builder_end (ids);
  g_strv_builder_unref (ids);
  return list;
}

MhRecord *
mh_returns_find_item (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (items, i)), id) == 0)
      return g_ptr_array_index (items, i);
  return NULL;
}

/* An item's amount has discount and tax in it. Orders from before there were amounts: by running
 * sums, as panels are priced, so that the shares of all tests add up to the whole. */
static gint64
worth_of (MhRecord *order, GPtrArray *items, guint index)
{
  gint64 subtotal = mh_record_int (order, MH_ORDER_SUBTOTAL);
  gint64 net = subtotal - mh_record_int (order, MH_ORDER_DISCOUNT);
  gint64 before = 0;
  MhRecord *item = g_ptr_array_index (items, index);

  if (mh_record_has (item, MH_ORDER_ITEM_AMOUNT))
    return mh_record_int (item, MH_ORDER_ITEM_AMOUNT);

  for (guint i = 0; i < index; i++)
    before += mh_record_int (g_ptr_array_index (items, i), MH_ORDER_ITEM_PRICE);
  gint64 until = before + mh_record_int (item, MH_ORDER_ITEM_PRICE);
  gint64 share = subtotal > 0 ? mh_money_share (net, until, subtotal)
                                    - mh_money_share (net, before, subtotal)
                              : 0;

  return share + mh_record_int (item, MH_ORDER_ITEM_TAX);
}

gint64
mh_returns_worth (MhRecord *order, GPtrArray *items, const char *const *ids)
{
  gint64 charged = mh_record_int (order, MH_ORDER_TOTAL) - mh_record_int (order, MH_ORDER_CREDITED);
  gint64 worth = 0;
  gboolean rest = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      gboolean given = g_strv_contains (ids, mh_record_id (item));
      if (given)
        worth += worth_of (order, items, i);
      rest = rest || (returns_is_live (item) && !given);
    }

  return rest ? MIN (worth, charged) : charged;
}
