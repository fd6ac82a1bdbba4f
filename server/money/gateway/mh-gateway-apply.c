/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-apply.h"

#include <string.h>

#include "server/messages/sms/mh-sms.h"
#include "server/money/gateway/mh-gateway-books.h"
#include "server/money/gateway/mh-gateway-plan.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/gateway/mh-gateway-store.h"
#include "server/money/gateway/mh-gateway-tell.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/platform/mh-audit.h"

static const MhGatewayBooks *gateway_books;

void
mh_gateway_set_books (const MhGatewayBooks *books)
{
  gateway_books = books;
}

#define ORDER_PREFIX "order_"

/* --- whose is it? --- */

static MhRecord *
gateway_apply_find_by (MhDb *db,
                       const char *column,
                       const char *value,
                       MhRecord *known,
                       GError **error)
{
  if (known != NULL || value == NULL || *error != NULL)
    return known;
  return mh_store_find (db, &mh_payment_attempt_type, column, value, error);
}

/* Inside a link's webhook the order's id comes without its prefix. */
static char *
full_order (const char *id)
{
  if (id == NULL || g_str_has_prefix (id, ORDER_PREFIX))
    return g_strdup (id);
  return g_strconcat (ORDER_PREFIX, id, NULL);
}

MhRecord *
mh_gateway_apply_find (MhDb *db,
                       const MhRzPayment *payment,
                       const MhRzPayLink *pay_link,
                       GError **error)
{
  GError *failed = NULL;
  MhRecord *found = NULL;
  g_autofree char *order = full_order (payment->order);

  if (pay_link != NULL)
    {
      const char *note = pay_link->attempt != NULL ? pay_link->attempt : pay_link->reference;
      found = gateway_apply_find_by (db, "provider_id", pay_link->id, found, &failed);
      found = gateway_apply_find_by (
          db, "id", mh_id_is_valid (note != NULL ? note : "") ? note : NULL, found, &failed);
    }

  if (payment->id != NULL && found == NULL && failed == NULL)
    {
      g_autoptr (MhRecord) row
          = mh_store_find (db, &mh_gateway_payment_type, "provider_payment", payment->id, &failed);
      if (row != NULL)
        found = gateway_apply_find_by (
            db, "id", mh_record_text (row, MH_GATEWAY_PAYMENT_ATTEMPT_ID), found, &failed);
    }

  found = gateway_apply_find_by (db, "provider_id", order, found, &failed);
  found = gateway_apply_find_by (db, "provider_order", order, found, &failed);
  found = gateway_apply_find_by (db, "id", payment->attempt, found, &failed);
  if (failed == NULL)
    return found;

  g_clear_object (&found);
  g_propagate_error (error, failed);
  return NULL;
}

/* --- changing an attempt --- */

/* Stores @after where it says something new, and hands it over as the attempt that stands now. */
static gboolean
gateway_apply_change (MhTx *tx,
                      MhRecord **attempt,
                      MhRecord *after,
                      const char *verb,
                      GError **error)
{
  g_autoptr (MhRecord) now = after;
  if (mh_record_equal (*attempt, now))
    return TRUE;
  if (!mh_tx_update (tx, *attempt, now, verb, NULL, error))
    return FALSE;
  g_object_unref (*attempt);
  *attempt = g_steal_pointer (&now);
  return TRUE;
}

static const char *
gateway_apply_status_of (MhRecord *attempt)
{
  return mh_record_text (attempt, MH_ATTEMPT_STATUS);
}

static gboolean
gateway_apply_is_status (MhRecord *attempt, const char *status)
{
  return g_strcmp0 (gateway_apply_status_of (attempt), status) == 0;
}

static void
set_failure (MhRecord *attempt, const char *code, const char *why)
{
  g_autofree char *cut
      = why != NULL ? g_utf8_substring (why, 0, MIN (400, g_utf8_strlen (why, -1))) : NULL;
  mh_record_set_text (attempt, MH_ATTEMPT_FAILURE_CODE, code);
  mh_record_set_text (attempt, MH_ATTEMPT_FAILURE, cut);
}

static void
set_ended (MhTx *tx, MhRecord *attempt, const char *status)
{
  mh_record_set_text (attempt, MH_ATTEMPT_STATUS, status);
  if (!mh_record_has (attempt, MH_ATTEMPT_ENDED_AT))
    mh_record_set_int (attempt, MH_ATTEMPT_ENDED_AT, mh_tx_now (tx));
}

gboolean
mh_gateway_apply_opened (MhTx *tx,
                         MhServer *server,
                         MhRecord **attempt,
                         const MhRzPayLink *pay_link,
                         GError **error)
{
  MhRecord *after = mh_record_copy (*attempt);
  gboolean is_order
      = g_strcmp0 (mh_record_text (after, MH_ATTEMPT_KIND), MH_ATTEMPT_KIND_ORDER) == 0;
  g_autofree char *order = full_order (is_order ? pay_link->id : pay_link->order);

  mh_record_set_text (after, MH_ATTEMPT_PROVIDER_ID, pay_link->id);
  if (order != NULL)
    mh_record_set_text (after, MH_ATTEMPT_PROVIDER_ORDER, order);
  if (pay_link->content != NULL)
    mh_record_set_text (after, MH_ATTEMPT_QR_CONTENT, pay_link->content);
  if (pay_link->url != NULL && strlen (pay_link->url) <= 500)
    mh_record_set_text (after, MH_ATTEMPT_URL, pay_link->url);
  if (pay_link->until > 0)
    mh_record_set_int (after, MH_ATTEMPT_CLOSE_BY, pay_link->until * MH_SECOND);

  gboolean fresh = gateway_apply_is_status (after, MH_ATTEMPT_ASKED);
  if (fresh)
    {
      mh_record_set_text (after, MH_ATTEMPT_STATUS, MH_ATTEMPT_OPEN);
      mh_record_set_int (after, MH_ATTEMPT_OPENED_AT, mh_tx_now (tx));
      set_failure (after, NULL, NULL);
    }

  return gateway_apply_change (tx, attempt, after, MH_AUDIT_UPDATE, error)
         && (!fresh || !mh_sms_is_configured (server)
             || mh_gateway_tell_link (tx, *attempt, error));
}

/* How an attempt ended; code and why: of its failure, or NULL. */
typedef struct
{
  const char *status, *code, *why;
} End;

static gboolean
gateway_apply_end (MhTx *tx, MhServer *server, MhRecord **attempt, const End *end, GError **error)
{
  const char *status = end->status;
  if (!mh_attempt_may_become (gateway_apply_status_of (*attempt), status)
      || gateway_apply_is_status (*attempt, status))
    return TRUE;
  MhRecord *after = mh_record_copy (*attempt);
  set_ended (tx, after, status);
  if (end->code != NULL || !mh_record_has (after, MH_ATTEMPT_FAILURE))
    set_failure (after, end->code, end->why);
  return gateway_apply_change (tx, attempt, after, MH_AUDIT_UPDATE, error)
         && mh_gateway_apply_ended (tx, server, *attempt, error);
}

gboolean
mh_gateway_apply_failed (MhTx *tx,
                         MhServer *server,
                         MhRecord **attempt,
                         const char *code,
                         const char *why,
                         GError **error)
{
  gboolean was = gateway_apply_is_status (*attempt, MH_ATTEMPT_FAILED);
  if (!gateway_apply_end (tx, server, attempt,
                          &(End){ .status = MH_ATTEMPT_FAILED, .code = code, .why = why }, error))
    return FALSE;
  /* the code may still be open at the provider: it is closed there too */
  return was || !gateway_apply_is_status (*attempt, MH_ATTEMPT_FAILED)
         || !mh_record_has (*attempt, MH_ATTEMPT_PROVIDER_ID)
         || mh_gateway_plan_doubt (tx, server, mh_record_id (*attempt), error);
}

gboolean
mh_gateway_apply_pay_link (MhTx *tx,
                           MhServer *server,
                           MhRecord **attempt,
                           MhPayLinkState state,
                           GError **error)
{
  if (state == MH_PAY_LINK_CLOSED)
    return gateway_apply_end (tx, server, attempt, &(End){ .status = MH_ATTEMPT_CLOSED }, error);
  if (state == MH_PAY_LINK_EXPIRED)
    return gateway_apply_end (tx, server, attempt, &(End){ .status = MH_ATTEMPT_EXPIRED }, error);
  return TRUE;
}

gboolean
mh_gateway_apply_ended (MhTx *tx, MhServer *server, MhRecord *attempt, GError **error)
{
  const char *order_id = mh_record_text (attempt, MH_ATTEMPT_ORDER_ID);
  const char *why = mh_record_text (attempt, MH_ATTEMPT_FAILURE);
  if (gateway_apply_is_status (attempt, MH_ATTEMPT_PAID))
    return TRUE;

  g_autoptr (GPtrArray) open = mh_gateway_store_open (mh_tx_db (tx), order_id, error);
  if (open == NULL)
    return FALSE;
  if (open->len > 0)
    return TRUE;

  return gateway_books->nothing_open (
      tx, server, order_id, mh_record_text (attempt, MH_ATTEMPT_THEN),
      why != NULL ? why : "The payment was not made in time.", error);
}

/* --- notices --- */

gboolean
mh_gateway_apply_notice (MhTx *tx, const MhGatewayNotice *wanted, GError **error)
{
  GError *failed = NULL;
  g_autoptr (MhRecord) known
      = mh_store_find (mh_tx_db (tx), &mh_gateway_notice_type, "ref", wanted->ref, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  if (known != NULL)
    return TRUE;

  g_autoptr (MhRecord) notice = mh_record_new (&mh_gateway_notice_type);
  g_autofree char *cut
      = g_utf8_substring (wanted->text, 0, MIN (400, g_utf8_strlen (wanted->text, -1)));
  mh_record_set_text (notice, MH_GATEWAY_NOTICE_HOSPITAL_ID, wanted->hospital_id);
  mh_record_set_text (notice, MH_GATEWAY_NOTICE_ORDER_ID, wanted->order_id);
  mh_record_set_text (notice, MH_GATEWAY_NOTICE_KIND, wanted->kind);
  mh_record_set_text (notice, MH_GATEWAY_NOTICE_REF, wanted->ref);
  mh_record_set_int (notice, MH_GATEWAY_NOTICE_AMOUNT_OF, wanted->amount);
  mh_record_set_text (notice, MH_GATEWAY_NOTICE_TEXT, cut);
  mh_record_set_int (notice, MH_GATEWAY_NOTICE_RAISED_AT, mh_tx_now (tx));

  return mh_tx_insert (tx, notice, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
gateway_apply_notice_of (MhTx *tx,
                         MhRecord *attempt,
                         const char *kind,
                         const MhRzPayment *payment,
                         const char *text,
                         GError **error)
{
  g_autofree char *ref = g_strconcat (kind, ":", payment->id, NULL);
  return mh_gateway_apply_notice (
      tx,
      &(MhGatewayNotice){ .hospital_id = mh_record_text (attempt, MH_ATTEMPT_HOSPITAL_ID),
                          .order_id = mh_record_text (attempt, MH_ATTEMPT_ORDER_ID),
                          .kind = kind,
                          .ref = ref,
                          .amount = payment->amount,
                          .text = text },
      error);
}

/* --- payments --- */

static MhRecord *
gateway_apply_new_payment (MhRecord *attempt, const MhRzPayment *payment)
{
  MhRecord *row = mh_record_new (&mh_gateway_payment_type);
  mh_record_take_text (row, MH_ID, mh_id_new ());
  mh_record_set_text (row, MH_GATEWAY_PAYMENT_HOSPITAL_ID,
                      mh_record_text (attempt, MH_ATTEMPT_HOSPITAL_ID));
  mh_record_set_text (row, MH_GATEWAY_PAYMENT_ATTEMPT_ID, mh_record_id (attempt));
  mh_record_set_text (row, MH_GATEWAY_PAYMENT_ORDER_ID,
                      mh_record_text (attempt, MH_ATTEMPT_ORDER_ID));
  mh_record_set_text (row, MH_GATEWAY_PAYMENT_PROVIDER_PAYMENT, payment->id);
  mh_record_set_null (row, MH_GATEWAY_PAYMENT_CREDITED);
  return row;
}

/* What this fact adds to what is known; a snapshot from before adds nothing. */
static void
gateway_apply_learn (MhTx *tx, MhRecord *row, const MhRzPayment *payment)
{
  int known = mh_gateway_payment_rank (mh_record_text (row, MH_GATEWAY_PAYMENT_STATUS));
  int now = mh_gateway_payment_rank (payment->status);
  if (now > known)
    {
      mh_record_set_text (row, MH_GATEWAY_PAYMENT_STATUS, payment->status);
      mh_record_set_int (row, MH_GATEWAY_PAYMENT_AMOUNT, payment->amount);
      mh_record_set_text (row, MH_GATEWAY_PAYMENT_CURRENCY, payment->currency);
      if (g_strcmp0 (payment->status, MH_GATEWAY_PAYMENT_CAPTURED) == 0)
        mh_record_set_int (row, MH_GATEWAY_PAYMENT_CAPTURED_AT, mh_tx_now (tx));
    }

  if (payment->method != NULL && strlen (payment->method) <= 40)
    mh_record_set_text (row, MH_GATEWAY_PAYMENT_METHOD, payment->method);
  if (payment->order != NULL)
    mh_record_take_text (row, MH_GATEWAY_PAYMENT_PROVIDER_ORDER, full_order (payment->order));
  mh_record_set_int (row, MH_GATEWAY_PAYMENT_FEE,
                     MAX (payment->fee, mh_record_int (row, MH_GATEWAY_PAYMENT_FEE)));
  mh_record_set_int (row, MH_GATEWAY_PAYMENT_TAX,
                     MAX (payment->tax, mh_record_int (row, MH_GATEWAY_PAYMENT_TAX)));
  mh_record_set_int (
      row, MH_GATEWAY_PAYMENT_REFUNDED_AMOUNT,
      MAX (payment->refunded, mh_record_int (row, MH_GATEWAY_PAYMENT_REFUNDED_AMOUNT)));

  if (g_strcmp0 (payment->status, MH_GATEWAY_PAYMENT_FAILED) == 0 && payment->error_text != NULL)
    {
      glong length = MIN (400, g_utf8_strlen (payment->error_text, -1));
      mh_record_take_text (row, MH_GATEWAY_PAYMENT_FAILURE,
                           g_utf8_substring (payment->error_text, 0, length));
    }
}

/* *out_row: the payment as it stands now; *out_moved: its state went forward. */
static gboolean
gateway_apply_remember (MhTx *tx,
                        MhRecord *attempt,
                        const MhRzPayment *payment,
                        MhRecord **out_row,
                        gboolean *out_moved,
                        GError **error)
{
  GError *failed = NULL;
  g_autoptr (MhRecord) before = mh_store_find (mh_tx_db (tx), &mh_gateway_payment_type,
                                               "provider_payment", payment->id, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  g_autoptr (MhRecord) row
      = before != NULL ? mh_record_copy (before) : gateway_apply_new_payment (attempt, payment);
  gateway_apply_learn (tx, row, payment);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (rows, g_object_ref (row));
  gboolean same = before != NULL && mh_record_equal (before, row);
  if (!same
      && !(before != NULL ? mh_tx_update_part (tx, before, row, error)
                          : mh_tx_insert_parts (tx, rows, error)))
    return FALSE;

  *out_moved = before == NULL
               || g_strcmp0 (mh_record_text (before, MH_GATEWAY_PAYMENT_STATUS),
                             mh_record_text (row, MH_GATEWAY_PAYMENT_STATUS))
                      != 0;
  *out_row = g_steal_pointer (&row);

  return TRUE;
}

gboolean
mh_gateway_apply_credit (MhTx *tx, MhServer *server, MhRecord *payment, GError **error)
{
  g_autofree char *credited = NULL;
  if (mh_record_has (payment, MH_GATEWAY_PAYMENT_CREDITED))
    return TRUE;
  if (!gateway_books->credit (tx, server, payment, &credited, error))
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (payment);
  mh_record_set_text (after, MH_GATEWAY_PAYMENT_CREDITED, credited);
  return mh_tx_update_part (tx, payment, after, error);
}

static gboolean
is_our_currency (MhRecord *attempt, const MhRzPayment *payment)
{
  return payment->currency != NULL
         && g_ascii_strcasecmp (payment->currency, mh_record_text (attempt, MH_ATTEMPT_CURRENCY))
                == 0;
}

/* The books keep it apart: it pays nothing, and a person gives it back. */
static gboolean
captured_abroad (MhTx *tx,
                 MhServer *server,
                 MhRecord **attempt,
                 const MhRzPayment *payment,
                 MhRecord *row,
                 GError **error)
{
  static const char text[] = "A payment arrived in another currency; it pays nothing here.";
  MhRecord *after = mh_record_copy (*attempt);
  set_failure (after, "currency", text);
  return gateway_apply_change (tx, attempt, after, MH_AUDIT_UPDATE, error)
         && gateway_apply_notice_of (tx, *attempt, MH_GATEWAY_NOTICE_CURRENCY, payment, text, error)
         && (payment->currency == NULL || mh_gateway_apply_credit (tx, server, row, error));
}

/* Paid by one code or link: nobody shall pay by another. */
static gboolean
close_others (MhTx *tx, MhServer *server, MhRecord *attempt, GError **error)
{
  gboolean any = FALSE;
  const char *order_id = mh_record_text (attempt, MH_ATTEMPT_ORDER_ID);
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  if (order == NULL)
    return FALSE;
  return mh_record_int (order, MH_ORDER_DUE) > 0
         || mh_gateway_service_close_all (tx, server, order_id, NULL, &any, error);
}

static gboolean
captured (MhTx *tx,
          MhServer *server,
          MhRecord **attempt,
          const MhRzPayment *payment,
          MhRecord *row,
          GError **error)
{
  if (payment->amount <= 0)
    return gateway_apply_notice_of (tx, *attempt, MH_GATEWAY_NOTICE_AMOUNT, payment,
                                    "The gateway reports a payment without an amount.", error);
  if (!is_our_currency (*attempt, payment))
    return captured_abroad (tx, server, attempt, payment, row, error);

  MhRecord *after = mh_record_copy (*attempt);
  gint64 asked = mh_record_int (after, MH_ATTEMPT_AMOUNT);
  mh_record_set_int (after, MH_ATTEMPT_RECEIVED,
                     mh_record_int (after, MH_ATTEMPT_RECEIVED) + payment->amount);
  set_ended (tx, after, MH_ATTEMPT_PAID);
  set_failure (after, NULL, NULL);
  if (!mh_record_has (after, MH_ATTEMPT_PAID_AT))
    mh_record_set_int (after, MH_ATTEMPT_PAID_AT, mh_tx_now (tx));
  if (!mh_record_has (after, MH_ATTEMPT_PROVIDER_PAYMENT))
    mh_record_set_text (after, MH_ATTEMPT_PROVIDER_PAYMENT, payment->id);
  if (payment->order != NULL && !mh_record_has (after, MH_ATTEMPT_PROVIDER_ORDER))
    mh_record_take_text (after, MH_ATTEMPT_PROVIDER_ORDER, full_order (payment->order));

  gboolean other = payment->amount != asked;
  if (other)
    set_failure (after, "amount", "Another amount than asked for was paid.");

  return gateway_apply_change (tx, attempt, after, MH_AUDIT_PAY, error)
         && (!other
             || gateway_apply_notice_of (tx, *attempt, MH_GATEWAY_NOTICE_AMOUNT, payment,
                                         "Another amount than asked for was paid.", error))
         && mh_gateway_apply_credit (tx, server, row, error)
         && close_others (tx, server, *attempt, error);
}

/* Only what was asked for is captured: taking another amount would be ours to explain. */
static gboolean
authorized (MhTx *tx,
            MhServer *server,
            MhRecord **attempt,
            const MhRzPayment *payment,
            GError **error)
{
  if (!mh_attempt_may_become (gateway_apply_status_of (*attempt), MH_ATTEMPT_AUTHORIZED))
    return TRUE;

  if (!is_our_currency (*attempt, payment)
      || payment->amount != mh_record_int (*attempt, MH_ATTEMPT_AMOUNT))
    {
      MhRecord *odd = mh_record_copy (*attempt);
      set_failure (odd, "amount", "A bank holds another amount than asked for.");
      return gateway_apply_change (tx, attempt, odd, MH_AUDIT_UPDATE, error);
    }

  MhRecord *after = mh_record_copy (*attempt);
  mh_record_set_text (after, MH_ATTEMPT_STATUS, MH_ATTEMPT_AUTHORIZED);
  mh_record_set_text (after, MH_ATTEMPT_PROVIDER_PAYMENT, payment->id);
  set_failure (after, NULL, NULL);
  return gateway_apply_change (tx, attempt, after, MH_AUDIT_UPDATE, error)
         && mh_gateway_plan_now (tx, server, mh_record_id (*attempt), error);
}

/* The code or link stays open: the patient may try again. */
static gboolean
failed_once (MhTx *tx, MhRecord **attempt, const MhRzPayment *payment, GError **error)
{
  if (gateway_apply_is_status (*attempt, MH_ATTEMPT_PAID)
      || gateway_apply_is_status (*attempt, MH_ATTEMPT_AUTHORIZED))
    return TRUE;
  MhRecord *after = mh_record_copy (*attempt);
  set_failure (after, "payment_failed",
               payment->error_text != NULL ? payment->error_text : "The payment failed.");
  return gateway_apply_change (tx, attempt, after, MH_AUDIT_UPDATE, error);
}

/* Given back at the gateway without ever being ours: the hold ran out, or somebody did it there. */
static gboolean
given_back (MhTx *tx,
            MhServer *server,
            MhRecord **attempt,
            const MhRzPayment *payment,
            MhRecord *row,
            GError **error)
{
  if (mh_record_has (row, MH_GATEWAY_PAYMENT_CREDITED))
    return TRUE;
  return gateway_apply_notice_of (tx, *attempt, MH_GATEWAY_NOTICE_REFUND, payment,
                                  "The gateway gave a payment back before it was taken.", error)
         && mh_gateway_apply_failed (tx, server, attempt, "released",
                                     "The bank's hold was released; nothing was paid.", error);
}

gboolean
mh_gateway_apply_payment (MhTx *tx,
                          MhServer *server,
                          MhRecord **attempt,
                          const MhRzPayment *payment,
                          GError **error)
{
  g_autoptr (MhRecord) row = NULL;
  gboolean moved = FALSE;
  if (mh_gateway_payment_rank (payment->status) < 0)
    return TRUE;
  if (!gateway_apply_remember (tx, *attempt, payment, &row, &moved, error))
    return FALSE;
  if (!moved)
    return TRUE;

  const char *status = mh_record_text (row, MH_GATEWAY_PAYMENT_STATUS);
  if (g_str_equal (status, MH_GATEWAY_PAYMENT_CAPTURED))
    return captured (tx, server, attempt, payment, row, error);
  if (g_str_equal (status, MH_GATEWAY_PAYMENT_AUTHORIZED))
    return authorized (tx, server, attempt, payment, error);
  if (g_str_equal (status, MH_GATEWAY_PAYMENT_FAILED))
    return failed_once (tx, attempt, payment, error);
  if (g_str_equal (status, MH_GATEWAY_PAYMENT_REFUNDED))
    return given_back (tx, server, attempt, payment, row, error);

  return TRUE;
}

/* --- refunds --- */

/* What was called failed may have arrived after all; what has arrived has arrived. */
static int
refund_rank (const char *status)
{
  static const char *const states[] = { MH_GATEWAY_REFUND_ASKED, MH_GATEWAY_REFUND_PENDING,
                                        MH_GATEWAY_REFUND_PROCESSED, MH_GATEWAY_REFUND_FAILED };
  static const int ranks[] = { 0, 1, 3, 2 };
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i], status) == 0)
      return ranks[i];
  return -1;
}

gboolean
mh_gateway_apply_refund (const MhRequest *req,
                         const char *id,
                         const char *provider_refund,
                         const char *status,
                         const char *why,
                         GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (req->db, &mh_gateway_refund_type, id, error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  gboolean moved
      = refund_rank (status) > refund_rank (mh_record_text (before, MH_GATEWAY_REFUND_STATUS));

  if (provider_refund != NULL)
    mh_record_set_text (after, MH_GATEWAY_REFUND_PROVIDER_REFUND, provider_refund);
  if (moved)
    mh_record_set_text (after, MH_GATEWAY_REFUND_STATUS, status);
  if (moved && why != NULL)
    mh_record_take_text (after, MH_GATEWAY_REFUND_FAILURE,
                         g_utf8_substring (why, 0, MIN (400, g_utf8_strlen (why, -1))));

  if (mh_record_equal (before, after))
    return TRUE;
  if (!mh_tx_update_part (req->tx, before, after, error))
    return FALSE;
  if (!moved || refund_rank (status) < 2)
    return TRUE;

  return gateway_books->refunded (req->tx, req->server, after, error);
}
