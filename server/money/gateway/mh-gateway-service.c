/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-service.h"

#include "server/money/gateway/mh-gateway-plan.h"
#include "server/money/gateway/mh-gateway-store.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#define GATEWAY_CURRENCY "INR"
#define LEAST_AMOUNT 100
#define MOST_NOTICES 100

gboolean
mh_gateway_service_is_configured (MhServer *server)
{
  return mh_gateway_razorpay (mh_server_gateway (server)) != NULL;
}

static gboolean
has_text (MhRecord *record, guint field, const char *text)
{
  return g_strcmp0 (mh_record_text (record, field), text) == 0;
}

/* --- asking for a payment --- */

static gboolean
gateway_service_check_order (MhRecord *order, GError **error)
{
  if (has_text (order, MH_ORDER_STATUS, MH_ORDER_STATUS_CANCELLED))
    mh_error_set (error, MH_ERROR_CONFLICT, "This order was cancelled; nothing can be paid on it.");
  else if (has_text (order, MH_ORDER_STATUS, MH_ORDER_STATUS_EXPIRED))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This order expired unpaid; reopen it before taking money.");
  else if (mh_record_int (order, MH_ORDER_DUE) <= 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "This order is paid already.");
  else if (!has_text (order, MH_ORDER_CURRENCY, GATEWAY_CURRENCY))
    mh_error_set_field (error, "currency", "mismatch", "The gateway takes rupees alone.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
gateway_service_check_amount (MhRecord *order, gint64 amount, GError **error)
{
  gint64 due = mh_record_int (order, MH_ORDER_DUE);
  g_autofree char *shown = mh_money_display (due, mh_record_text (order, MH_ORDER_CURRENCY));
  if (amount > due)
    mh_error_set_field (error, "amount", "out_of_range", "At most %s is due.", shown);
  else if (amount < LEAST_AMOUNT)
    mh_error_set_field (error, "amount", "out_of_range", "The gateway takes 1.00 or more.");
  else
    return TRUE;
  return FALSE;
}

/* A link that is sent needs somewhere to go. */
static gboolean
check_notify (MhDb *db, MhRecord *order, MhRecord *draft, GError **error)
{
  const char *notify = mh_record_text (draft, MH_ATTEMPT_NOTIFY);
  gboolean both = g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_BOTH) == 0;
  gboolean sms = both || g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_SMS) == 0;
  gboolean mail = both || g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_EMAIL) == 0;

  if (!sms && !mail)
    return TRUE;

  g_autoptr (MhRecord) patient
      = mh_store_get (db, &mh_patient_type, mh_record_text (order, MH_ORDER_PATIENT_ID), error);
  if (patient == NULL)
    return FALSE;
  if (mh_record_bool (patient, MH_PATIENT_DECEASED))
    mh_error_set_field (error, "notify", "deceased",
                        "The patient has died: nothing is sent any more. Show the link or the code "
                        "to the family instead.");
  else if (sms && !mh_record_has (patient, MH_PATIENT_PHONE))
    mh_error_set_field (error, "notify", "no_phone", "The patient has no phone number.");
  else if (mail && !mh_record_has (patient, MH_PATIENT_EMAIL))
    mh_error_set_field (error, "notify", "no_email", "The patient has no e-mail address.");
  else
    return TRUE;

  return FALSE;
}

/* *out_same: one that asks for just this and is not ended. */
static gboolean
check_others (MhDb *db,
              MhRecord *order,
              MhRecord *draft,
              gint64 amount,
              MhRecord **out_same,
              GError **error)
{
  g_autoptr (GPtrArray) open = mh_gateway_store_open (db, mh_record_id (order), error);
  if (open == NULL)
    return FALSE;

  for (guint i = 0; i < open->len; i++)
    {
      MhRecord *other = g_ptr_array_index (open, i);
      if (has_text (other, MH_ATTEMPT_STATUS, MH_ATTEMPT_AUTHORIZED))
        {
          mh_error_set (error, MH_ERROR_CONFLICT,
                        "A bank is holding money for this order already; wait for it.");
          return FALSE;
        }
      if (!has_text (other, MH_ATTEMPT_STATUS, MH_ATTEMPT_CLOSING)
          && has_text (other, MH_ATTEMPT_KIND, mh_record_text (draft, MH_ATTEMPT_KIND))
          && mh_record_int (other, MH_ATTEMPT_AMOUNT) == amount)
        *out_same = g_object_ref (other);
    }

  return TRUE;
}

static MhRecord *
new_attempt (MhTx *tx, MhRecord *order, MhRecord *draft, gint64 amount)
{
  MhRecord *attempt = mh_record_copy (draft);
  if (!mh_record_has (attempt, MH_ID))
    mh_record_take_text (attempt, MH_ID, mh_id_new ());
  mh_record_set_text (attempt, MH_ATTEMPT_HOSPITAL_ID,
                      mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (attempt, MH_ATTEMPT_ORDER_ID, mh_record_id (order));
  if (!mh_record_has (attempt, MH_ATTEMPT_NOTIFY))
    mh_record_set_text (attempt, MH_ATTEMPT_NOTIFY, MH_ATTEMPT_NOTIFY_NONE);
  mh_record_set_text (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_ASKED);
  mh_record_set_int (attempt, MH_ATTEMPT_AMOUNT, amount);
  mh_record_set_text (attempt, MH_ATTEMPT_CURRENCY, mh_record_text (order, MH_ORDER_CURRENCY));
  mh_record_set_int (attempt, MH_ATTEMPT_RECEIVED, 0);
  mh_record_set_bool (attempt, MH_ATTEMPT_QR_IMAGE, FALSE);
  mh_record_set_text (attempt, MH_ATTEMPT_ASKED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (attempt, MH_ATTEMPT_ASKED_NAME, mh_tx_who (tx)->user_name);

  return attempt;
}

static MhRecord *
gateway_service_ask (MhTx *tx, MhServer *server, MhRecord *order, MhRecord *draft, GError **error)
{
  gint64 amount = mh_record_has (draft, MH_ATTEMPT_AMOUNT)
                      ? mh_record_int (draft, MH_ATTEMPT_AMOUNT)
                      : mh_record_int (order, MH_ORDER_DUE);
  g_autoptr (MhRecord) same = NULL;

  if (!mh_gateway_service_is_configured (server))
    {
      mh_error_set_field (error, "method", "not_configured", "%s", MH_GATEWAY_NOT_CONFIGURED);
      return NULL;
    }

  if (!gateway_service_check_order (order, error)
      || !gateway_service_check_amount (order, amount, error)
      || !check_notify (mh_tx_db (tx), order, draft, error)
      || !check_others (mh_tx_db (tx), order, draft, amount, &same, error))
    return NULL;
  if (same != NULL)
    return g_steal_pointer (&same);

  g_autoptr (MhRecord) attempt = new_attempt (tx, order, draft, amount);
  if (!mh_tx_insert (tx, attempt, MH_AUDIT_CREATE, NULL, error)
      || !mh_gateway_plan_begin (tx, server, mh_record_id (attempt), MH_GATEWAY_TASK_ATTEMPT,
                                 error))
    return NULL;

  return g_steal_pointer (&attempt);
}

MhRecord *
mh_gateway_service_ask (const MhRequest *req,
                        MhRecord *order,
                        const char *kind,
                        const char *notify,
                        GError **error)
{
  g_autoptr (MhRecord) draft = mh_record_new (&mh_payment_attempt_type);
  mh_record_set_text (draft, MH_ATTEMPT_KIND, kind);
  mh_record_set_text (draft, MH_ATTEMPT_NOTIFY, notify);
  return gateway_service_ask (req->tx, req->server, order, draft, error);
}

MhRecord *
mh_gateway_service_ask_for (const MhRequest *req,
                            const char *order_id,
                            MhRecord *draft,
                            GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  return order != NULL ? gateway_service_ask (req->tx, req->server, order, draft, error) : NULL;
}

GPtrArray *
mh_gateway_service_attempts (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  return order != NULL ? mh_gateway_store_attempts (req->db, order_id, error) : NULL;
}

/* --- closing --- */

static gboolean
start_closing (MhTx *tx, MhServer *server, MhRecord **attempt, const char *then, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (*attempt);
  if (then != NULL)
    mh_record_set_text (after, MH_ATTEMPT_THEN, then);
  if (mh_attempt_may_become (mh_record_text (after, MH_ATTEMPT_STATUS), MH_ATTEMPT_CLOSING))
    mh_record_set_text (after, MH_ATTEMPT_STATUS, MH_ATTEMPT_CLOSING);
  if (mh_record_equal (*attempt, after))
    return TRUE;
  if (!mh_tx_update (tx, *attempt, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;

  g_set_object (attempt, after);

  /* The making is under way: what comes of it sees that it is to be closed. */
  if (!mh_record_has (after, MH_ATTEMPT_PROVIDER_ID))
    {
      g_autoptr (MhRecord) task
          = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, mh_record_id (after), error);
      if (task == NULL || mh_record_has (task, MH_GATEWAY_TASK_SENT_AT))
        return task != NULL;
    }

  return mh_gateway_plan_now (tx, server, mh_record_id (after), error);
}

MhRecord *
mh_gateway_service_close (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) attempt = mh_edit_get (req, &mh_payment_attempt_type, id, error);
  if (attempt == NULL)
    return NULL;

  const char *status = mh_record_text (attempt, MH_ATTEMPT_STATUS);
  if (mh_attempt_is_ended (status))
    mh_error_set (error, MH_ERROR_CONFLICT, "This attempt has ended already.");
  else if (g_strcmp0 (status, MH_ATTEMPT_AUTHORIZED) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "A bank is holding the money already; wait for it.");
  else if (start_closing (req->tx, req->server, &attempt, NULL, error))
    return g_steal_pointer (&attempt);

  return NULL;
}

gboolean
mh_gateway_service_close_all (MhTx *tx,
                              MhServer *server,
                              const char *order_id,
                              const char *then,
                              gboolean *out_any_open,
                              GError **error)
{
  g_autoptr (GPtrArray) open = mh_gateway_store_open (mh_tx_db (tx), order_id, error);
  if (open == NULL)
    return FALSE;

  for (guint i = 0; i < open->len; i++)
    {
      MhRecord *attempt = g_object_ref (g_ptr_array_index (open, i));
      gboolean ok = start_closing (tx, server, &attempt, then, error);
      g_object_unref (attempt);
      if (!ok)
        return FALSE;
    }

  *out_any_open = open->len > 0;
  return TRUE;
}

gboolean
mh_gateway_service_paid_otherwise (MhTx *tx, MhServer *server, const char *order_id, GError **error)
{
  gboolean any = FALSE;
  g_autoptr (GPtrArray) open = mh_gateway_store_open (mh_tx_db (tx), order_id, error);
  if (open == NULL)
    return FALSE;

  for (guint i = 0; i < open->len; i++)
    if (has_text (g_ptr_array_index (open, i), MH_ATTEMPT_STATUS, MH_ATTEMPT_AUTHORIZED))
      {
        mh_error_set (error, MH_ERROR_CONFLICT,
                      "A bank is holding money for this order already; wait for it.");
        return FALSE;
      }

  return open->len == 0 || mh_gateway_service_close_all (tx, server, order_id, NULL, &any, error);
}

/* --- refunds --- */

static MhRecord *
new_refund (MhRecord *payment, MhRecord *wanted)
{
  MhRecord *refund = mh_record_new (&mh_gateway_refund_type);
  mh_record_set_text (refund, MH_ID, mh_record_id (wanted));
  mh_record_set_text (refund, MH_GATEWAY_REFUND_HOSPITAL_ID,
                      mh_record_text (payment, MH_PAYMENT_HOSPITAL_ID));
  mh_record_set_text (refund, MH_GATEWAY_REFUND_ORDER_ID,
                      mh_record_text (payment, MH_PAYMENT_ORDER_ID));
  mh_record_set_text (refund, MH_GATEWAY_REFUND_PROVIDER_PAYMENT,
                      mh_record_text (payment, MH_PAYMENT_PROVIDER_PAYMENT));
  mh_record_set_text (refund, MH_GATEWAY_REFUND_STATUS, MH_GATEWAY_REFUND_ASKED);
  mh_record_set_int (refund, MH_GATEWAY_REFUND_AMOUNT, mh_record_int (wanted, MH_PAYMENT_AMOUNT));
  mh_record_set_text (refund, MH_GATEWAY_REFUND_CURRENCY,
                      mh_record_text (payment, MH_PAYMENT_CURRENCY));
  return refund;
}

gboolean
mh_gateway_service_refund (MhTx *tx, MhServer *server, MhRecord *refund, GError **error)
{
  GError *failed = NULL;
  const char *of = mh_record_text (refund, MH_PAYMENT_REFUND_OF);
  g_autoptr (MhRecord) known = mh_store_find (mh_tx_db (tx), &mh_gateway_refund_type, "id",
                                              mh_record_id (refund), &failed);

  if (failed != NULL || known != NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return failed == NULL;
    }

  g_autoptr (MhRecord) payment = mh_store_get (mh_tx_db (tx), &mh_payment_type, of, error);
  if (payment == NULL)
    return FALSE;

  if (!mh_record_has (payment, MH_PAYMENT_PROVIDER_PAYMENT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This money did not come by the gateway; give it back by hand.");
      return FALSE;
    }

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (rows, new_refund (payment, refund));
  return mh_tx_insert_parts (tx, rows, error)
         && mh_gateway_plan_begin (tx, server, mh_record_id (refund), MH_GATEWAY_TASK_REFUND,
                                   error);
}

/* --- how it stands --- */

MhRecord *
mh_gateway_service_state (const MhRequest *req, GError **error)
{
  gint64 open = 0;
  gint64 waiting = 0;
  const char *hospital_id = mh_actor_hospital_id (req->actor);
  g_autoptr (MhRecord) state = mh_record_new (&mh_gateway_state_type);
  GPtrArray *notices = mh_gateway_store_notices (req->db, hospital_id, MOST_NOTICES, error);

  if (notices == NULL)
    return NULL;

  mh_record_take_records (state, MH_GATEWAY_STATE_NOTICES, notices);
  if (!mh_gateway_store_counts (req->db, hospital_id, &open, &waiting, error))
    return NULL;

  mh_gateway_describe (mh_server_gateway (req->server), state);
  mh_record_set_int (state, MH_GATEWAY_STATE_OPEN_ATTEMPTS, open);
  mh_record_set_int (state, MH_GATEWAY_STATE_WAITING_EVENTS, waiting);
  return g_steal_pointer (&state);
}

MhRecord *
mh_gateway_service_resolve (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_gateway_notice_type, id, error);
  if (before == NULL || mh_record_has (before, MH_GATEWAY_NOTICE_RESOLVED_AT))
    return g_steal_pointer (&before);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_GATEWAY_NOTICE_RESOLVED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_GATEWAY_NOTICE_RESOLVED_BY, mh_tx_who (req->tx)->user_name);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&after)
             : NULL;
}

GBytes *
mh_gateway_service_image (const MhRequest *req, const char *id, char **out_media, GError **error)
{
  g_autoptr (MhRecord) attempt = mh_edit_get (req, &mh_payment_attempt_type, id, error);
  g_autoptr (MhRecord) image
      = attempt != NULL ? mh_store_get (req->db, &mh_gateway_image_type, id, error) : NULL;
  if (image == NULL)
    return NULL;
  gsize length = 0;
  guint8 *data = g_base64_decode (mh_record_text (image, MH_GATEWAY_IMAGE_DATA), &length);
  *out_media = g_strdup (mh_record_text (image, MH_GATEWAY_IMAGE_MEDIA));
  return g_bytes_new_take (data, length);
}
