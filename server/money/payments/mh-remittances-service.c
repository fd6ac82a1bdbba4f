/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-remittances-service.h"

#include "server/lab/catalogue/mh-place.h"
#include "server/money/payments/mh-payments-private.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/money/payments/mh-remittances-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/money/mh-payment-rules.h"

#include <stdlib.h>

typedef struct
{
  const MhRequest *req;
  const MhPlace *place;
  MhRecord *remittance;
} Remit;

/* --- may it be recorded --- */

static gboolean
check_reference (Remit *r, GError **error)
{
  GError *failure = NULL;
  g_autofree char *key
      = mh_payment_rules_reference_key (mh_record_text (r->remittance, MH_REMITTANCE_REFERENCE));

  if (*key == '\0')
    {
      mh_error_set_field (error, "reference", "required",
                          "Write the number of the transfer, the cheque or the letter.");
      return FALSE;
    }

  g_autoptr (MhRecord) first
      = mh_remittances_store_by_reference (r->req->db, r->place->hospital_id, key, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (first != NULL)
    mh_error_set_field (
        error, "reference", "used", "%s of %s is recorded already, of %s. Compare the numbers.",
        mh_record_text (first, MH_REMITTANCE_REFERENCE),
        mh_record_text (first, MH_REMITTANCE_PAYER), mh_record_text (first, MH_REMITTANCE_PAID_ON));
  else
    mh_record_set_text (r->remittance, MH_REMITTANCE_REFERENCE_KEY, key);

  return failure == NULL && first == NULL;
}

static gboolean
remittances_service_check_sums (Remit *r, GError **error)
{
  GPtrArray *lines = mh_record_records (r->remittance, MH_REMITTANCE_LINES);
  gint64 paid = 0, denied = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      paid += mh_record_int (lines->pdata[i], MH_REMITTANCE_LINE_PAID);
      denied += mh_record_int (lines->pdata[i], MH_REMITTANCE_LINE_DENIED);
    }

  mh_record_set_int (r->remittance, MH_REMITTANCE_DENIED, denied);
  if (g_strcmp0 (mh_record_text (r->remittance, MH_REMITTANCE_PAID_ON), r->place->today) > 0)
    mh_error_set_field (error, "paid_on", "out_of_range", "This day has not come yet.");
  else if (paid != mh_record_int (r->remittance, MH_REMITTANCE_AMOUNT))
    {
      g_autofree char *shown = mh_money_display (paid, r->place->currency);
      mh_error_set_field (error, "amount", "sum", "The claims add up to %s.", shown);
    }
  else
    return TRUE;

  return FALSE;
}

/* --- one claim --- */

static gboolean
refuse_line (guint n,
             const char *field,
             const char *says,
             gint64 most,
             MhRecord *claim,
             GError **error)
{
  g_autofree char *path = g_strdup_printf ("lines[%u].%s", n, field);
  g_autofree char *shown = mh_money_display (most, mh_record_text (claim, MH_PAYMENT_CURRENCY));
  g_autofree char *text = g_strdup_printf ("%s %s.", says, shown);
  mh_error_set_field (error, path, "out_of_range", "%s", text);
  return FALSE;
}

/* What the patient will owe must be paid on the order now. */
static gboolean
check_denied (Remit *r, guint n, MhRecord *line, MhRecord *claim, GError **error)
{
  gint64 denied = mh_record_int (line, MH_REMITTANCE_LINE_DENIED);
  MhRefundSums sums;
  if (denied == 0)
    return TRUE;
  if (g_strcmp0 (mh_record_text (line, MH_REMITTANCE_LINE_OUTCOME), MH_DENIED_WRITE_OFF) == 0)
    return mh_actor_require (r->req->actor, MH_MAY_APPROVE_MONEY, error);
  if (!mh_payments_store_refunds (r->req->db, mh_record_id (claim), &sums, error))
    return FALSE;
  gint64 most = mh_record_int (claim, MH_PAYMENT_APPLIED) - sums.order - sums.order_asked;
  return denied <= most
         || refuse_line (n, "denied", "The patient can owe at most", most, claim, error);
}

static MhRecord *
find_claim (Remit *r, guint n, MhRecord *line, GError **error)
{
  g_autofree char *path = g_strdup_printf ("lines[%u].payment_id", n);
  const char *payer = mh_record_text (r->remittance, MH_REMITTANCE_PAYER);
  g_autoptr (MhRecord) claim
      = mh_edit_named (r->req->db, r->place->hospital_id, &mh_payment_type,
                       mh_record_text (line, MH_REMITTANCE_LINE_PAYMENT_ID), path, error);

  if (claim == NULL)
    return NULL;

  gint64 owed = mh_claim_owed (claim);
  gint64 settled = mh_record_int (line, MH_REMITTANCE_LINE_PAID)
                   + mh_record_int (line, MH_REMITTANCE_LINE_DENIED);
  if (mh_record_has (claim, MH_PAYMENT_PAYER)
      && g_strcmp0 (mh_record_text (claim, MH_PAYMENT_PAYER), payer) != 0)
    mh_error_set_field (error, path, "mismatch", "This claim is on %s.",
                        mh_record_text (claim, MH_PAYMENT_PAYER));
  else if (settled > owed)
    refuse_line (n, "paid", "Still owed of this claim:", owed, claim, error);
  else if (check_denied (r, n, line, claim, error))
    return g_steal_pointer (&claim);

  return NULL;
}

static void
write_claim (Remit *r, MhRecord *line, MhRecord *claim)
{
  gint64 paid = mh_record_int (line, MH_REMITTANCE_LINE_PAID);
  gint64 denied = mh_record_int (line, MH_REMITTANCE_LINE_DENIED);
  gboolean patient
      = g_strcmp0 (mh_record_text (line, MH_REMITTANCE_LINE_OUTCOME), MH_DENIED_PATIENT) == 0;

  mh_record_set_text (claim, MH_PAYMENT_PAYER, mh_record_text (r->remittance, MH_REMITTANCE_PAYER));
  mh_record_set_int (claim, MH_PAYMENT_SETTLED, mh_record_int (claim, MH_PAYMENT_SETTLED) + paid);
  mh_record_set_int (claim, MH_PAYMENT_DENIED, mh_record_int (claim, MH_PAYMENT_DENIED) + denied);
  if (patient)
    mh_record_set_int (claim, MH_PAYMENT_APPLIED,
                       mh_record_int (claim, MH_PAYMENT_APPLIED) - denied);

  /* Nothing is claimed any more: it has come, or it was refused. */
  if (mh_claim_owed (claim) == 0 && mh_record_int (claim, MH_PAYMENT_REFUNDED) == 0
      && mh_record_int (claim, MH_PAYMENT_PENDING) == 0)
    mh_record_set_text (claim, MH_PAYMENT_STATUS,
                        mh_record_int (claim, MH_PAYMENT_SETTLED) > 0 ? MH_PAYMENT_STATUS_CAPTURED
                                                                      : MH_PAYMENT_STATUS_REJECTED);
}

static gboolean
remittances_service_settle (Remit *r, MhRecord *line, MhRecord *claim, GError **error)
{
  gint64 paid = mh_record_int (line, MH_REMITTANCE_LINE_PAID);
  gint64 denied = mh_record_int (line, MH_REMITTANCE_LINE_DENIED);
  const char *reason = mh_record_text (line, MH_REMITTANCE_LINE_REASON);
  gboolean patient
      = denied > 0
        && g_strcmp0 (mh_record_text (line, MH_REMITTANCE_LINE_OUTCOME), MH_DENIED_PATIENT) == 0;
  const MhLedgerBook book = { .txn = mh_record_id (r->remittance),
                              .hospital_id = mh_record_text (claim, MH_PAYMENT_HOSPITAL_ID),
                              .patient_id = mh_record_text (claim, MH_PAYMENT_PATIENT_ID),
                              .order_id = mh_record_text (claim, MH_PAYMENT_ORDER_ID),
                              .payment_id = mh_record_id (claim),
                              .currency = mh_record_text (claim, MH_PAYMENT_CURRENCY) };
  g_auto (MhMoney) money = { 0 };
  g_autoptr (MhRecord) before = mh_record_copy (claim), order = NULL;

  if (patient)
    {
      order = mh_store_get (r->req->db, &mh_order_type, book.order_id, error);
      if (order == NULL
          || !mh_money_begin (&money, r->req, order, book.txn, book.payment_id, error))
        return FALSE;
      mh_money_deny (&money, MH_LEDGER_INSURANCE, denied);
    }
  else
    mh_money_begin_alone (&money, r->req->tx, r->req->server, &book);

  mh_ledger_move (money.entries, &money.book, MH_LEDGER_KIND_REMITTANCE, MH_LEDGER_BANK,
                  MH_LEDGER_INSURANCE, paid);
  if (!patient)
    mh_ledger_move (money.entries, &money.book, MH_LEDGER_KIND_WRITE_OFF, MH_LEDGER_WRITE_OFF,
                    MH_LEDGER_INSURANCE, denied);

  write_claim (r, line, claim);
  return mh_tx_update (r->req->tx, before, claim, MH_AUDIT_UPDATE, reason, error)
         && mh_money_finish (&money, MH_AUDIT_UPDATE, reason, error);
}

/* --- the whole --- */

static void
remittances_service_fill (Remit *r)
{
  const MhWho *who = mh_tx_who (r->req->tx);
  MhRecord *remittance = r->remittance;
  if (!mh_record_has (remittance, MH_ID))
    mh_record_take_text (remittance, MH_ID, mh_id_new ());
  mh_record_set_text (remittance, MH_REMITTANCE_HOSPITAL_ID, r->place->hospital_id);
  mh_record_set_text (remittance, MH_REMITTANCE_CURRENCY, r->place->currency);
  mh_record_set_text (remittance, MH_REMITTANCE_RECORDED_BY, who->user_id);
  mh_record_set_text (remittance, MH_REMITTANCE_RECORDED_NAME, who->user_name);
  mh_record_set_int (remittance, MH_REMITTANCE_RECORDED_AT, mh_tx_now (r->req->tx));
}

static gboolean
settle_lines (Remit *r, GError **error)
{
  GPtrArray *lines = mh_record_records (r->remittance, MH_REMITTANCE_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autoptr (MhRecord) claim = find_claim (r, i, line, error);
      if (claim == NULL || !remittances_service_settle (r, line, claim, error))
        return FALSE;
      mh_record_take_text (line, MH_ID, mh_id_new ());
      mh_record_set_text (line, MH_REMITTANCE_LINE_REMITTANCE_ID, mh_record_id (r->remittance));
      mh_record_set_int (line, MH_REMITTANCE_LINE_LINE_NO, i + 1);
    }

  return mh_tx_insert (r->req->tx, r->remittance, MH_AUDIT_PAY, NULL, error)
         && mh_tx_insert_parts (r->req->tx, lines, error);
}

/* The row with that id, when it is there; of another transfer: MH_ERROR_CONFLICT. */
static MhRecord *
remittances_service_known (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (!mh_record_has (draft, MH_ID))
    return NULL;

  g_autoptr (MhRecord) stored = mh_remittances_service_read (req, mh_record_id (draft), &inner);
  if (inner != NULL && !g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&inner));
  if (stored == NULL)
    return NULL;
  if (g_strcmp0 (mh_record_text (stored, MH_REMITTANCE_REFERENCE),
                 mh_record_text (draft, MH_REMITTANCE_REFERENCE))
          == 0
      && mh_record_int (stored, MH_REMITTANCE_AMOUNT)
             == mh_record_int (draft, MH_REMITTANCE_AMOUNT))
    return g_steal_pointer (&stored);

  mh_error_set (error, MH_ERROR_CONFLICT, "Another remittance has this id.");
  return NULL;
}

MhRecord *
mh_remittances_service_add (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  GError *failure = NULL;
  if (!mh_actor_require (req->actor, MH_MAY_SETTLE_CLAIM, error)
      || !mh_place_of (req, mh_tx_now (req->tx), &place, error))
    return NULL;

  MhRecord *stored = remittances_service_known (req, draft, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  if (stored != NULL || failure != NULL)
    return stored;

  g_autoptr (MhRecord) remittance = mh_record_copy (draft);
  Remit remit = { req, &place, remittance };
  remittances_service_fill (&remit);

  return check_reference (&remit, error) && remittances_service_check_sums (&remit, error)
                 && settle_lines (&remit, error)
             ? g_steal_pointer (&remittance)
             : NULL;
}

/* --- reading --- */

MhRecord *
mh_remittances_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) remittance = mh_edit_get (req, &mh_remittance_type, id, error);
  GPtrArray *lines = remittance != NULL ? mh_remittances_store_lines (req->db, id, error) : NULL;
  if (lines == NULL)
    return NULL;
  mh_record_take_records (remittance, MH_REMITTANCE_LINES, lines);
  return g_steal_pointer (&remittance);
}

static gint64
moment_of (const char *const *after)
{
  return after != NULL ? strtoll (after[0], NULL, 10) : 0;
}

GPtrArray *
mh_remittances_service_list (const MhRequest *req,
                             const char *payer,
                             const char *const *after,
                             guint limit,
                             GError **error)
{
  return mh_remittances_store_list (req->db, mh_actor_hospital_id (req->actor), payer,
                                    (MhListPage){ .at = moment_of (after),
                                                  .id = after != NULL ? after[1] : NULL,
                                                  .limit = limit },
                                    error);
}

GPtrArray *
mh_remittances_service_payers (const MhRequest *req, GError **error)
{
  return mh_remittances_store_payers (req->db, mh_actor_hospital_id (req->actor), error);
}

GPtrArray *
mh_remittances_service_claims (const MhRequest *req,
                               const char *payer,
                               const char *const *after,
                               guint limit,
                               GError **error)
{
  g_autoptr (GPtrArray) claims = mh_remittances_store_claims (
      req->db, mh_actor_hospital_id (req->actor), payer,
      (MhListPage){
          .at = moment_of (after), .id = after != NULL ? after[1] : NULL, .limit = limit },
      error);
  return claims != NULL && mh_payments_store_name (req->db, claims, error)
             ? g_steal_pointer (&claims)
             : NULL;
}
