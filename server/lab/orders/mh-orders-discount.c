/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-discount.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/money/mh-price.h"

/* In basis points; a role that no setting speaks of gives nothing away. */
static gboolean
orders_discount_limit_of (const MhRequest *req, MhRecord *order, gint64 *out_limit, GError **error)
{
  const char *role = mh_actor_role (req->actor);
  g_autofree char *key = g_strconcat (MH_SET_DISCOUNT_LIMIT_, role != NULL ? role : "", NULL);
  *out_limit = 0;
  if (mh_setting_default_find (key) == NULL)
    return TRUE;
  return mh_setting_int (req->db, mh_record_text (order, MH_ORDER_HOSPITAL_ID), key, out_limit,
                         error);
}

gboolean
mh_orders_discount_allow (const MhRequest *req, MhRecord *order, GError **error)
{
  gint64 discount = mh_record_int (order, MH_ORDER_DISCOUNT), limit = 0;
  gint64 subtotal = mh_record_int (order, MH_ORDER_SUBTOTAL);
  gboolean approves = mh_actor_may (req->actor, MH_MAY_APPROVE_DISCOUNT);

  mh_record_set_null (order, MH_ORDER_DISCOUNT_BY);
  mh_record_set_null (order, MH_ORDER_DISCOUNT_BY_NAME);
  mh_record_set_null (order, MH_ORDER_DISCOUNT_APPROVED_BY);
  mh_record_set_null (order, MH_ORDER_DISCOUNT_APPROVED_NAME);
  if (discount == 0)
    return TRUE;
  if ((!approves && !mh_actor_require (req->actor, MH_MAY_DISCOUNT, error))
      || !orders_discount_limit_of (req, order, &limit, error))
    return FALSE;

  gboolean above = discount > mh_price_percent (subtotal, limit);
  if (above && !approves)
    {
      mh_error_set_field (
          error, "discount", "above_limit",
          "You may give %" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT
          " per cent of the price at most; somebody who may approve discounts can give"
          " more.",
          limit / 100, limit % 100);
      return FALSE;
    }

  mh_record_set_text (order, MH_ORDER_DISCOUNT_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (order, MH_ORDER_DISCOUNT_BY_NAME, mh_actor_name (req->actor));
  if (above)
    {
      mh_record_set_text (order, MH_ORDER_DISCOUNT_APPROVED_BY, mh_actor_user_id (req->actor));
      mh_record_set_text (order, MH_ORDER_DISCOUNT_APPROVED_NAME, mh_actor_name (req->actor));
    }

  return TRUE;
}

gboolean
mh_orders_discount_is_open (MhRecord *order, GError **error)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (g_str_equal (status, MH_ORDER_STATUS_CANCELLED)
      || g_str_equal (status, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is closed; its price stays as it is.");
  else if (mh_record_int (order, MH_ORDER_PAID) > 0 || mh_record_int (order, MH_ORDER_REFUNDED) > 0
           || mh_record_int (order, MH_ORDER_CREDITED) > 0
           || mh_record_int (order, MH_ORDER_DEBITED) > 0)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Money was taken for this order already; give it back by a refund instead.");
  else
    return TRUE;

  return FALSE;
}

gboolean
mh_orders_discount_is_in (MhRecord *patch)
{
  return mh_record_is_set (patch, MH_ORDER_DISCOUNT)
         || mh_record_is_set (patch, MH_ORDER_DISCOUNT_RATE);
}

void
mh_orders_discount_apply (MhRecord *order, MhRecord *patch)
{
  if (mh_record_has (patch, MH_ORDER_DISCOUNT_RATE))
    mh_record_set_int (order, MH_ORDER_DISCOUNT_RATE,
                       mh_record_int (patch, MH_ORDER_DISCOUNT_RATE));
  else
    mh_record_set_null (order, MH_ORDER_DISCOUNT_RATE);
  mh_record_set_int (order, MH_ORDER_DISCOUNT, mh_record_int (patch, MH_ORDER_DISCOUNT));
}
