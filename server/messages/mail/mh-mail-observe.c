/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which changes are told to the patient. The rooms that make them know nothing of mail. */
#include "server/messages/mail/mh-mail-jobs.h"

#include "server/messages/mail/mh-mail-service.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/money/mh-payment.h"

static gboolean
became (MhRecord *before, MhRecord *after, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (after, field), code) == 0
         && (before == NULL || g_strcmp0 (mh_record_text (before, field), code) != 0);
}

static gboolean
mail_observe_changed (MhRecord *before, MhRecord *after, guint field)
{
  return mh_record_has (after, field)
         && (before == NULL
             || g_strcmp0 (mh_record_text (before, field), mh_record_text (after, field)) != 0);
}

/* An order to be paid online is confirmed by the payment, every other by being placed. */
static gboolean
is_confirmed (MhRecord *before, MhRecord *after)
{
  if (became (before, after, MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_PAID))
    return TRUE;
  return before == NULL
         && g_strcmp0 (mh_record_text (after, MH_ORDER_PAYMENT_METHOD), MH_METHOD_ONLINE) != 0;
}

static gboolean
tell_report (MhTx *tx, MhServer *server, MhRecord *before, MhRecord *order, GError **error)
{
  gboolean again = before != NULL && mh_record_has (before, MH_ORDER_REPORT_ID);
  const char *report_id = mh_record_text (order, MH_ORDER_REPORT_ID);
  return mh_mail_service_tell (
      tx, server,
      &(MhMailCause){ .event = again ? MH_MAIL_REPORT_CORRECTED : MH_MAIL_REPORT_READY,
                      .order = order,
                      .key = report_id,
                      .report_id = report_id },
      error);
}

static gboolean
mail_observe_order_changed (MhTx *tx,
                            MhRecord *before,
                            MhRecord *after,
                            gpointer data,
                            GError **error)
{
  static const struct
  {
    guint field;
    const char *code, *event;
  } steps[] = {
    { MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_FAILED, MH_MAIL_PAYMENT_FAILED },
    { MH_ORDER_STATUS, MH_ORDER_STATUS_COLLECTED, MH_MAIL_SAMPLE_COLLECTED },
    { MH_ORDER_STATUS, MH_ORDER_STATUS_PROCESSING, MH_MAIL_PROCESSING },
    { MH_ORDER_STATUS, MH_ORDER_STATUS_EXPIRED, MH_MAIL_ORDER_EXPIRED },
    { MH_ORDER_STATUS, MH_ORDER_STATUS_CANCELLED, MH_MAIL_ORDER_CANCELLED },
  };

  if (is_confirmed (before, after)
      && !mh_mail_service_order_event (tx, data, MH_MAIL_ORDER_CONFIRMED, after, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (became (before, after, steps[i].field, steps[i].code)
        && !mh_mail_service_order_event (tx, data, steps[i].event, after, error))
      return FALSE;

  if (before != NULL
      && g_strcmp0 (mh_record_text (before, MH_ORDER_PAYMENT_METHOD), MH_METHOD_ONLINE) == 0
      && became (before, after, MH_ORDER_PAYMENT_METHOD, MH_METHOD_COD)
      && !mh_mail_service_order_event (tx, data, MH_MAIL_PAYMENT_CONVERTED, after, error))
    return FALSE;

  return !mail_observe_changed (before, after, MH_ORDER_REPORT_ID)
         || tell_report (tx, data, before, after, error);
}

/* A refund is told once it was given back. */
static gboolean
payment_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  if (!mh_record_has (after, MH_PAYMENT_REFUND_OF) || !mh_record_has (after, MH_PAYMENT_ORDER_ID)
      || !became (before, after, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PROCESSED))
    return TRUE;

  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type,
                                             mh_record_text (after, MH_PAYMENT_ORDER_ID), error);
  return order != NULL
         && mh_mail_service_tell (
             tx, data,
             &(MhMailCause){ .event = MH_MAIL_REFUND,
                             .order = order,
                             .key = mh_record_id (after),
                             .amount = mh_record_int (after, MH_PAYMENT_AMOUNT) },
             error);
}

/* Somebody of the house has read a report that was changed since. That an early report became final
 * is no reason for a mail. */
static gboolean
notice_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  if (before != NULL || !mh_record_has (after, MH_REPORT_NOTICE_REASON))
    return TRUE;
  g_autoptr (MhRecord) order = mh_store_get (
      mh_tx_db (tx), &mh_order_type, mh_record_text (after, MH_REPORT_NOTICE_ORDER_ID), error);
  return order != NULL
         && mh_mail_service_tell_user (tx, MH_MAIL_REPORT_CHANGED, order,
                                       mh_record_text (after, MH_REPORT_NOTICE_USER_ID),
                                       mh_record_text (after, MH_REPORT_NOTICE_REPORT_ID), error);
}

void
mh_mail_observe (MhServer *server)
{
  if (!mh_mail_service_is_configured (server))
    return;
  mh_store_observe (mh_server_store (server), &mh_order_type, mail_observe_order_changed, server);
  mh_store_observe (mh_server_store (server), &mh_payment_type, payment_changed, server);
  mh_store_observe (mh_server_store (server), &mh_report_notice_type, notice_changed, server);
}
