/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-alerts.h"

#include "server/messages/alerts/mh-alerts.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/gateway/mh-gateway.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-gateway.h"

#include <glib/gi18n-lib.h>

#define PROVIDER "Razorpay"
#define PROVIDER_KEY "gateway"

/* --- one payment --- */

static gboolean
gateway_alerts_is (MhRecord *attempt, const char *status)
{
  return g_strcmp0 (mh_record_text (attempt, MH_ATTEMPT_STATUS), status) == 0;
}

/* A code or link that could not be made, or a payer whose bank said no: the code stays open for the
 * next try then. */
static gboolean
has_failed (MhRecord *attempt)
{
  return attempt != NULL
         && (gateway_alerts_is (attempt, MH_ATTEMPT_FAILED)
             || (gateway_alerts_is (attempt, MH_ATTEMPT_OPEN)
                 && mh_record_has (attempt, MH_ATTEMPT_FAILURE_CODE)));
}

static char *
gateway_alerts_key_of (const char *order_id)
{
  return g_strconcat ("payment:", order_id, NULL);
}

static gboolean
tell_failed (MhTx *tx, MhRecord *attempt, GError **error)
{
  const char *order_id = mh_record_text (attempt, MH_ATTEMPT_ORDER_ID);
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  if (order == NULL)
    return FALSE;

  g_autofree char *key = gateway_alerts_key_of (order_id);
  const char *why = mh_record_text (attempt, MH_ATTEMPT_FAILURE);
  const char *const arguments[] = { mh_record_text (order, MH_ORDER_NUMBER),
                                    why != NULL ? why : N_ ("The payment failed."), NULL };

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = MH_ALERT_PAYMENT_FAILED,
                       .hospital_id = mh_record_text (attempt, MH_ATTEMPT_HOSPITAL_ID),
                       .subject_type = mh_order_type.code,
                       .subject_id = order_id,
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

/* A new code, a payment on its way, or nothing left open: somebody has seen to it. */
static gboolean
attempt_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  if (has_failed (after))
    return has_failed (before) || tell_failed (tx, after, error);
  if (before != NULL && !has_failed (before))
    return TRUE;
  g_autofree char *key = gateway_alerts_key_of (mh_record_text (after, MH_ATTEMPT_ORDER_ID));
  return mh_alerts_clear (tx, mh_record_text (after, MH_ATTEMPT_HOSPITAL_ID), key, error);
}

static gboolean
is_owed (MhRecord *order)
{
  return order != NULL && mh_record_int (order, MH_ORDER_DUE) > 0
         && g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_CANCELLED) != 0;
}

static gboolean
gateway_alerts_order_changed (MhTx *tx,
                              MhRecord *before,
                              MhRecord *after,
                              gpointer data,
                              GError **error)
{
  if (!is_owed (before) || is_owed (after) || !mh_gateway_service_is_configured (data))
    return TRUE;
  g_autofree char *key = gateway_alerts_key_of (mh_record_id (after));
  return mh_alerts_clear (tx, mh_record_text (after, MH_ORDER_HOSPITAL_ID), key, error);
}

void
mh_gateway_alerts_observe (MhServer *server)
{
  MhStore *store = mh_server_store (server);
  mh_store_observe (store, &mh_payment_attempt_type, attempt_changed, server);
  mh_store_observe (store, &mh_order_type, gateway_alerts_order_changed, server);
}

/* --- the provider --- */

gboolean
mh_gateway_alerts_provider (MhTx *tx, MhServer *server, const char *hospital_id, GError **error)
{
  static const char *const arguments[] = { PROVIDER, NULL };
  MhBreakerView view;
  mh_breaker_look (mh_gateway_breaker (mh_server_gateway (server)), mh_tx_now (tx), &view);
  if (view.state == MH_BREAKER_IS_CLOSED)
    return view.failures > 0 || mh_alerts_clear (tx, hospital_id, PROVIDER_KEY, error);
  return mh_alerts_raise (tx,
                          &(MhAlertDraft){ .kind = MH_ALERT_GATEWAY_AWAY,
                                           .hospital_id = hospital_id,
                                           .arguments = arguments,
                                           .dedupe_key = PROVIDER_KEY },
                          error);
}

gboolean
mh_gateway_alerts_look (MhTx *tx, MhServer *server, GError **error)
{
  MhBreakerView view;
  mh_breaker_look (mh_gateway_breaker (mh_server_gateway (server)), mh_tx_now (tx), &view);
  if (view.state != MH_BREAKER_IS_CLOSED || view.succeeded_at == 0)
    return TRUE;
  g_autoptr (GPtrArray) hospitals
      = mh_store_all (mh_tx_db (tx), &mh_hospital_type, NULL, NULL, error);
  for (guint i = 0; hospitals != NULL && i < hospitals->len; i++)
    if (!mh_gateway_alerts_provider (tx, server, mh_record_id (g_ptr_array_index (hospitals, i)),
                                     error))
      return FALSE;
  return hospitals != NULL;
}
