/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card slip or a transfer is money that came once: its reference pays once, too. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "shared/base/mh-date.h"
#include "shared/records/money/mh-payment.h"
#include "shared/rules/money/mh-payment-rules.h"

/* Where and when it was taken first, so that the slip can be compared. */
static gboolean
payments_reference_refuse (MhTx *tx, MhServer *server, MhRecord *first, GError **error)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  char day[MH_DATE_LENGTH + 1];
  g_ptr_array_add (alone, first);
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);

  if (view == NULL || !mh_payments_store_name (mh_tx_db (tx), alone, error))
    return FALSE;

  g_autoptr (GTimeZone) zone = mh_place_zone (view, mh_record_text (first, MH_PAYMENT_HOSPITAL_ID));
  mh_date_format (mh_date_of_instant (mh_record_int (first, MH_PAYMENT_RECEIVED_AT), zone), day);
  if (mh_record_has (first, MH_PAYMENT_ORDER_NUMBER))
    mh_error_set_field (error, "reference", "used",
                        "This slip or transfer paid order %s on %s already. Compare the numbers.",
                        mh_record_text (first, MH_PAYMENT_ORDER_NUMBER), day);
  else
    mh_error_set_field (error, "reference", "used",
                        "This slip or transfer was taken as a deposit on %s already. Compare the "
                        "numbers.",
                        day);

  return FALSE;
}

gboolean
mh_payments_use_reference (MhTx *tx,
                           MhServer *server,
                           MhRecord *payment,
                           const char *hospital_id,
                           GError **error)
{
  g_autoptr (GError) inner = NULL;
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);
  if (!mh_payment_rules_reference_is_once (method)
      || !mh_record_has (payment, MH_PAYMENT_REFERENCE))
    return TRUE;

  g_autofree char *key
      = mh_payment_rules_reference_key (mh_record_text (payment, MH_PAYMENT_REFERENCE));
  if (key[0] == 0)
    {
      mh_error_set_field (error, "reference", "required",
                          "Write the number of the card slip or the UPI reference.");
      return FALSE;
    }

  g_autoptr (MhRecord) first
      = mh_payments_store_by_reference (mh_tx_db (tx), hospital_id, method, key, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (first != NULL)
    return payments_reference_refuse (tx, server, first, error);

  mh_record_set_text (payment, MH_PAYMENT_REFERENCE_KEY, key);
  return TRUE;
}
