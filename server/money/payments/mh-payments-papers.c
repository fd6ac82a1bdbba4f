/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"

/* The Indian financial year begins on the first of April: "2026-27". */
static char *
financial_year (MhDate day)
{
  int from = day.month >= 4 ? day.year : day.year - 1;
  return g_strdup_printf ("%d-%02d", from, (from + 1) % 100);
}

gboolean
mh_payments_place (MhTx *tx,
                   MhServer *server,
                   const char *hospital_id,
                   MhPaymentsPlace *out_place,
                   GError **error)
{
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);
  if (view == NULL)
    return FALSE;

  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : NULL;
  const char *currency = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CURRENCY) : NULL;

  out_place->code = g_strdup (code != NULL ? code : "X");
  out_place->currency = g_strdup (currency != NULL ? currency : MH_CURRENCY_DEFAULT);
  out_place->year = financial_year (mh_date_of_instant (mh_tx_now (tx), zone));
  return TRUE;
}

void
mh_payments_place_clear (MhPaymentsPlace *place)
{
  g_clear_pointer (&place->code, g_free);
  g_clear_pointer (&place->currency, g_free);
  g_clear_pointer (&place->year, g_free);
}

/* "R2627/000042" from the hospital's series of the year. */
static char *
payments_papers_next_number (MhTx *tx,
                             MhServer *server,
                             const char *hospital_id,
                             const char *kind,
                             const char *letter,
                             GError **error)
{
  g_auto (MhPaymentsPlace) place = { 0 };
  if (!mh_payments_place (tx, server, hospital_id, &place, error))
    return NULL;
  g_autofree char *series = g_strdup_printf ("%s:%s:%s", kind, place.code, place.year);
  gint64 number = mh_tx_next_number (tx, series, error);
  return number < 0 ? NULL
                    : g_strdup_printf ("%s%.2s%s/%06" G_GINT64_FORMAT, letter, place.year + 2,
                                       place.year + 5, number);
}

gboolean
mh_payments_give_receipt (MhTx *tx, MhServer *server, MhRecord *payment, GError **error)
{
  const char *hospital_id = mh_record_text (payment, MH_PAYMENT_HOSPITAL_ID);
  gboolean refund
      = g_strcmp0 (mh_record_text (payment, MH_PAYMENT_KIND), MH_PAYMENT_KIND_REFUND) == 0;
  char *number = payments_papers_next_number (
      tx, server, hospital_id, refund ? "voucher" : "receipt", refund ? "V" : "R", error);

  if (number == NULL)
    return FALSE;

  g_autoptr (MhRecord) receipt = mh_record_new (&mh_receipt_type);
  mh_record_take_text (receipt, MH_ID, mh_id_new ());
  mh_record_set_text (receipt, MH_RECEIPT_HOSPITAL_ID, hospital_id);
  mh_record_take_text (receipt, MH_RECEIPT_NUMBER, number);
  mh_record_set_text (receipt, MH_RECEIPT_ORDER_ID, mh_record_text (payment, MH_PAYMENT_ORDER_ID));
  mh_record_set_text (receipt, MH_RECEIPT_PAYMENT_ID, mh_record_id (payment));
  mh_record_set_int (receipt, MH_RECEIPT_AMOUNT, mh_record_int (payment, MH_PAYMENT_AMOUNT));
  mh_record_set_text (receipt, MH_RECEIPT_CURRENCY, mh_record_text (payment, MH_PAYMENT_CURRENCY));
  mh_record_set_int (receipt, MH_RECEIPT_ISSUED_AT, mh_tx_now (tx));
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (receipt, MH_RECEIPT_ISSUED_NAME, mh_tx_who (tx)->user_name);
  mh_record_set_int (receipt, MH_RECEIPT_COPIES, 0);
  mh_record_set_text (payment, MH_PAYMENT_RECEIPT_ID, mh_record_id (receipt));
  if (refund)
    mh_record_set_text (payment, MH_PAYMENT_VOUCHER, number);

  return mh_tx_insert (tx, receipt, MH_AUDIT_CREATE, NULL, error);
}

/* --- rows of payment --- */

gboolean
mh_payments_is_cash (const char *method)
{
  return g_str_equal (method, MH_METHOD_CASH) || g_str_equal (method, MH_METHOD_COD);
}

void
mh_payments_fill (MhTx *tx, MhRecord *payment, const char *kind, const MhLedgerBook *book)
{
  if (!mh_record_has (payment, MH_ID))
    mh_record_take_text (payment, MH_ID, mh_id_new ());
  mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, book->hospital_id);
  mh_record_set_text (payment, MH_PAYMENT_ORDER_ID, book->order_id);
  mh_record_set_text (payment, MH_PAYMENT_PATIENT_ID, book->patient_id);
  mh_record_set_text (payment, MH_PAYMENT_CURRENCY, book->currency);
  mh_record_set_text (payment, MH_PAYMENT_KIND, kind);
  mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
  mh_record_set_int (payment, MH_PAYMENT_APPLIED, 0);
  mh_record_set_int (payment, MH_PAYMENT_REFUNDED, 0);
  mh_record_set_int (payment, MH_PAYMENT_PENDING, 0);
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (payment, MH_PAYMENT_RECEIVED_NAME, mh_tx_who (tx)->user_name);
  mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, mh_tx_now (tx));
  if (mh_record_has (payment, MH_PAYMENT_TENDERED))
    mh_record_set_int (payment, MH_PAYMENT_CHANGE_GIVEN,
                       mh_record_int (payment, MH_PAYMENT_TENDERED)
                           - mh_record_int (payment, MH_PAYMENT_AMOUNT));
}

void
mh_payments_stamp_decision (MhTx *tx, MhRecord *payment, const char *note)
{
  mh_record_set_text (payment, MH_PAYMENT_APPROVED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (payment, MH_PAYMENT_APPROVED_NAME, mh_tx_who (tx)->user_name);
  mh_record_set_int (payment, MH_PAYMENT_APPROVED_AT, mh_tx_now (tx));
  mh_record_set_text (payment, MH_PAYMENT_DECISION_NOTE, note);
}

gboolean
mh_payments_use_drawer (const MhRequest *req, MhRecord *payment, GError **error)
{
  g_autofree char *session = NULL;
  if (!mh_payments_is_cash (mh_record_text (payment, MH_PAYMENT_METHOD)))
    return TRUE;
  if (!mh_till_service_cash (req, &session, error))
    return FALSE;
  mh_record_set_text (payment, MH_PAYMENT_CASH_SESSION, session);
  return session == NULL || !mh_record_has (payment, MH_PAYMENT_REFUND_OF)
         || mh_till_service_covers (req->db, session, mh_record_int (payment, MH_PAYMENT_AMOUNT),
                                    error);
}

MhRecord *
mh_payments_same (MhDb *db, MhRecord *wanted, const guint *fields, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) stored
      = mh_record_has (wanted, MH_ID)
            ? mh_store_get (db, &mh_payment_type, mh_record_id (wanted), &inner)
            : NULL;

  if (inner != NULL && !g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&inner));
  if (stored == NULL)
    return NULL;

  for (guint i = 0; fields[i] != G_MAXUINT; i++)
    if (mh_payment_type.fields[fields[i]].kind == MH_KIND_MONEY
            ? mh_record_int (stored, fields[i]) != mh_record_int (wanted, fields[i])
            : g_strcmp0 (mh_record_text (stored, fields[i]), mh_record_text (wanted, fields[i]))
                  != 0)
      {
        mh_error_set (error, MH_ERROR_CONFLICT, "Another payment has this id.");
        return NULL;
      }

  return g_steal_pointer (&stored);
}

void
mh_payments_set_state (MhRecord *payment)
{
  gint64 refunded = mh_record_int (payment, MH_PAYMENT_REFUNDED);
  const char *was = mh_record_text (payment, MH_PAYMENT_STATUS);
  if (refunded >= mh_record_int (payment, MH_PAYMENT_AMOUNT))
    mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_REFUNDED);
  else if (refunded > 0)
    mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_PART_REFUNDED);
  else if (!g_str_equal (was, MH_PAYMENT_STATUS_CLAIMED))
    mh_record_set_text (payment, MH_PAYMENT_STATUS, MH_PAYMENT_STATUS_CAPTURED);
}
