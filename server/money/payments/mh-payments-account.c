/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patients' advances, and finding payments and receipts. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

#define SHOWN 100

static gboolean
payments_account_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- deposits --- */

static gboolean
check_deposit (MhRecord *payment, const char *currency, GError **error)
{
  static const char *const tenders[] = { MH_METHOD_CASH, MH_METHOD_CARD, MH_METHOD_UPI, NULL };
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);
  const char *given = mh_record_text (payment, MH_PAYMENT_CURRENCY);
  if (!g_strv_contains (tenders, method))
    mh_error_set_field (error, "method", "not_for_deposits",
                        "A deposit is taken in cash, by card or by UPI.");
  else if (!payments_account_is (method, MH_METHOD_CASH)
           && !mh_record_has (payment, MH_PAYMENT_REFERENCE))
    mh_error_set_field (error, "reference", "required",
                        "Write the number of the card slip or the UPI reference.");
  else if (given != NULL && !payments_account_is (given, currency))
    mh_error_set_field (error, "currency", "mismatch", "Here money is taken in %s.", currency);
  else
    return TRUE;

  return FALSE;
}

MhRecord *
mh_payments_service_deposit (const MhRequest *req,
                             const char *patient_id,
                             MhRecord *draft,
                             GError **error)
{
  static const guint same[]
      = { MH_PAYMENT_PATIENT_ID, MH_PAYMENT_METHOD, MH_PAYMENT_AMOUNT, G_MAXUINT };
  g_auto (MhPaymentsPlace) place = { 0 };
  g_auto (MhMoney) money = { 0 };
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) payment = mh_record_copy (draft);
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  const char *hospital_id = patient != NULL ? mh_edit_hospital (req->actor, error) : NULL;

  if (hospital_id == NULL || !mh_payments_place (req->tx, req->server, hospital_id, &place, error)
      || !check_deposit (payment, place.currency, error))
    return NULL;

  mh_record_set_text (payment, MH_PAYMENT_PATIENT_ID, patient_id);
  MhRecord *stored = mh_payments_same (req->db, payment, same, &inner);
  if (stored != NULL)
    return stored;

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (!mh_payments_use_reference (req->tx, req->server, payment, hospital_id, error)
      || !mh_payments_use_drawer (req, payment, error))
    return NULL;

  MhLedgerBook book
      = { .hospital_id = hospital_id, .patient_id = patient_id, .currency = place.currency };
  mh_payments_fill (req->tx, payment, MH_PAYMENT_KIND_DEPOSIT, &book);
  book.txn = book.payment_id = mh_record_id (payment);
  mh_money_begin_alone (&money, req->tx, req->server, &book);
  mh_money_keep (&money, mh_ledger_account_of (mh_record_text (payment, MH_PAYMENT_METHOD)),
                 mh_record_int (payment, MH_PAYMENT_AMOUNT));
  if (!mh_payments_give_receipt (req->tx, req->server, payment, error)
      || !mh_tx_insert (req->tx, payment, MH_AUDIT_PAY, NULL, error)
      || !mh_money_finish (&money, MH_AUDIT_PAY, NULL, error))
    return NULL;

  return g_steal_pointer (&payment);
}

/* A patient without an advance has an account too, of nothing. */
static MhRecord *
empty_account (MhRecord *patient)
{
  MhRecord *account = mh_record_new (&mh_patient_account_type);
  mh_record_set_text (account, MH_ID, mh_record_id (patient));
  mh_record_set_int (account, MH_VERSION, 0);
  mh_record_set_int (account, MH_CREATED_AT, mh_record_int (patient, MH_CREATED_AT));
  mh_record_set_int (account, MH_CHANGED_AT, mh_record_int (patient, MH_CREATED_AT));
  mh_record_set_text (account, MH_PATIENT_ACCOUNT_HOSPITAL_ID,
                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID));
  mh_record_set_text (account, MH_PATIENT_ACCOUNT_PATIENT_ID, mh_record_id (patient));
  mh_record_set_int (account, MH_PATIENT_ACCOUNT_ADVANCE, 0);
  return account;
}

MhRecord *
mh_payments_service_account (const MhRequest *req, const char *patient_id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gint64 due = 0;
  const MhPaymentsQuery query = { .patient_id = patient_id, .limit = SHOWN };
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);

  if (patient == NULL)
    return NULL;

  g_autoptr (MhRecord) account
      = mh_store_find (req->db, &mh_patient_account_type, "patient_id", patient_id, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (account == NULL)
    account = empty_account (patient);
  g_autoptr (GPtrArray) payments = mh_payments_store_list (req->db, &query, error);
  g_autoptr (GPtrArray) entries
      = payments != NULL ? mh_payments_store_entries (req->db, patient_id, SHOWN, error) : NULL;

  if (entries == NULL || !mh_payments_store_due (req->db, patient_id, &due, error))
    return NULL;

  mh_record_set_int (account, MH_PATIENT_ACCOUNT_DUE, due);
  mh_record_take_records (account, MH_PATIENT_ACCOUNT_PAYMENTS, g_steal_pointer (&payments));
  mh_record_take_records (account, MH_PATIENT_ACCOUNT_ENTRIES, g_steal_pointer (&entries));

  return g_steal_pointer (&account);
}

/* --- merged patients --- */

static gboolean
right_advance (MhTx *tx, MhRecord *patient, const char *currency, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gint64 advance = 0;
  const char *id = mh_record_id (patient);
  g_autoptr (MhRecord) before
      = mh_store_find (mh_tx_db (tx), &mh_patient_account_type, "patient_id", id, &inner);

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (!mh_record_has (patient, MH_PATIENT_MERGED_INTO)
      && !mh_payments_store_advance (mh_tx_db (tx), id, &advance, error))
    return FALSE;
  if (advance == (before != NULL ? mh_record_int (before, MH_PATIENT_ACCOUNT_ADVANCE) : 0))
    return TRUE;

  if (advance < 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The advance of one record was spent under the other since the merge: take "
                    "that sum as a deposit first.");
      return FALSE;
    }

  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : empty_account (patient);
  mh_record_set_int (after, MH_PATIENT_ACCOUNT_ADVANCE, advance);
  if (before != NULL)
    return mh_tx_update (tx, before, after, MH_AUDIT_MERGE, NULL, error);

  mh_record_take_text (after, MH_ID, mh_id_new ());
  mh_record_set_text (after, MH_PATIENT_ACCOUNT_CURRENCY, currency);
  return mh_tx_insert (tx, after, MH_AUDIT_MERGE, NULL, error);
}

static gboolean
right_advances (MhTx *tx, MhRecord *survivor, MhRecord *loser, GError **error)
{
  MhRecord *both[] = { survivor, loser };
  g_autofree char *currency = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (both) && currency == NULL; i++)
    {
      g_autoptr (MhRecord) account = mh_store_find (mh_tx_db (tx), &mh_patient_account_type,
                                                    "patient_id", mh_record_id (both[i]), NULL);
      if (account != NULL)
        currency = g_strdup (mh_record_text (account, MH_PATIENT_ACCOUNT_CURRENCY));
    }
  return right_advance (tx, survivor, currency, error)
         && right_advance (tx, loser, currency, error);
}

/* Its patients and their rows have been moved by then. */
static gboolean
payments_merge_changed_cb (MhTx *tx,
                           MhRecord *before,
                           MhRecord *after,
                           gpointer data,
                           GError **error)
{
  const char *status = mh_record_text (after, MH_PATIENT_MERGE_STATUS);
  if (before == NULL
      || payments_account_is (status, mh_record_text (before, MH_PATIENT_MERGE_STATUS))
      || !(payments_account_is (status, MH_MERGE_DONE)
           || payments_account_is (status, MH_MERGE_UNDONE)))
    return TRUE;

  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) survivor = mh_store_get (
      db, &mh_patient_type, mh_record_text (after, MH_PATIENT_MERGE_SURVIVOR_ID), error);
  g_autoptr (MhRecord) loser
      = survivor != NULL ? mh_store_get (db, &mh_patient_type,
                                         mh_record_text (after, MH_PATIENT_MERGE_LOSER_ID), error)
                         : NULL;

  return loser != NULL && right_advances (tx, survivor, loser, error);
}

void
mh_payments_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_patient_merge_type, payments_merge_changed_cb,
                    NULL);
}

/* --- finding --- */

static gint64
midnight (MhDate day, GTimeZone *zone)
{
  g_autoptr (GDateTime) at = g_date_time_new (zone, day.year, day.month, day.day, 0, 0, 0);
  return g_date_time_to_unix (at) * MH_SECOND;
}

/* From midnight to midnight of the hospital's own clock. */
static gboolean
payments_account_set_day (MhDb *db,
                          MhServer *server,
                          const char *hospital_id,
                          const char *text,
                          MhPaymentsQuery *query,
                          GError **error)
{
  MhDate day;
  if (text == NULL)
    return TRUE;

  if (!mh_date_parse (text, &day))
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "The day is written YYYY-MM-DD.");
      return FALSE;
    }

  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  if (view == NULL)
    return FALSE;

  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  query->from = midnight (day, zone);
  query->to = midnight (mh_date_from_days (mh_date_to_days (day) + 1), zone);
  return TRUE;
}

GPtrArray *
mh_payments_service_search (const MhRequest *req, const MhPaymentsWanted *wanted, GError **error)
{
  gboolean goes_on = wanted->after != NULL && wanted->after[0] != NULL && wanted->after[1] != NULL;
  MhPaymentsQuery query = { .hospital_id = mh_actor_hospital_id (req->actor),
                            .method = wanted->method,
                            .session = wanted->session,
                            .status = wanted->status,
                            .kind = wanted->kind,
                            .patient_id = wanted->patient_id,
                            .limit = wanted->limit };

  if (goes_on)
    {
      query.before_at = g_ascii_strtoll (wanted->after[0], NULL, 10);
      query.before_id = wanted->after[1];
    }

  if (!payments_account_set_day (req->db, req->server, query.hospital_id, wanted->day, &query,
                                 error))
    return NULL;

  g_autoptr (GPtrArray) found = mh_payments_store_list (req->db, &query, error);
  return found != NULL && mh_payments_store_name (req->db, found, error) ? g_steal_pointer (&found)
                                                                         : NULL;
}

GPtrArray *
mh_payments_service_receipts (const MhRequest *req,
                              const char *order_id,
                              const char *number,
                              const char *const *after,
                              guint limit,
                              GError **error)
{
  gboolean goes_on = after != NULL && after[0] != NULL && after[1] != NULL;
  return mh_payments_store_receipts (
      req->db, mh_actor_hospital_id (req->actor), order_id, number,
      (MhListPage){ .at = goes_on ? g_ascii_strtoll (after[0], NULL, 10) : 0,
                    .id = goes_on ? after[1] : NULL,
                    .limit = limit },
      error);
}
