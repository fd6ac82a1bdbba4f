/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-tell.h"

#include "server/messages/sms/mh-sms.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-patient.h"

static gboolean
gateway_tell_has (MhRecord *attempt, guint field, const char *text)
{
  return g_strcmp0 (mh_record_text (attempt, field), text) == 0;
}

gboolean
mh_gateway_tell_by_sms (MhRecord *attempt)
{
  return gateway_tell_has (attempt, MH_ATTEMPT_KIND, MH_ATTEMPT_KIND_LINK)
         && (gateway_tell_has (attempt, MH_ATTEMPT_NOTIFY, MH_ATTEMPT_NOTIFY_SMS)
             || gateway_tell_has (attempt, MH_ATTEMPT_NOTIFY, MH_ATTEMPT_NOTIFY_BOTH));
}

gboolean
mh_gateway_tell_link (MhTx *tx, MhRecord *attempt, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  if (!mh_gateway_tell_by_sms (attempt) || !mh_record_has (attempt, MH_ATTEMPT_URL))
    return TRUE;

  g_autoptr (MhRecord) order
      = mh_store_get (db, &mh_order_type, mh_record_text (attempt, MH_ATTEMPT_ORDER_ID), error);
  g_autoptr (MhRecord) patient
      = order != NULL ? mh_store_get (db, &mh_patient_type,
                                      mh_record_text (order, MH_ORDER_PATIENT_ID), error)
                      : NULL;

  if (patient == NULL)
    return FALSE;

  const char *language = mh_record_text (patient, MH_PATIENT_LANGUAGE);
  g_autofree char *amount = mh_money_display (mh_record_int (attempt, MH_ATTEMPT_AMOUNT),
                                              mh_record_text (attempt, MH_ATTEMPT_CURRENCY));
  g_autofree char *dedupe = g_strconcat ("payment_link:", mh_record_id (attempt), NULL);
  const char *const arguments[] = { "order",    mh_record_text (order, MH_ORDER_NUMBER),
                                    "amount",   amount,
                                    "url",      mh_record_text (attempt, MH_ATTEMPT_URL),
                                    "language", language != NULL ? language : "en",
                                    NULL };

  return mh_sms_send (
      tx,
      &(MhSmsWanted){ .hospital_id = mh_record_text (attempt, MH_ATTEMPT_HOSPITAL_ID),
                      .patient = patient,
                      .code = MH_SMS_PAYMENT_LINK,
                      .arguments = arguments,
                      .dedupe = dedupe },
      error);
}
