/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/money-fixture.h"

#include <string.h>

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/money/payments/mh-remittances-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

static MhActor *
person (guint number, const char *name, const char *role, const char *const *may)
{
  g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-0000000002%02u", number);
  return mh_actor_new (id, name, role, LAB_HOSPITAL, NULL, may);
}

Money *
money_new (const MhTestDb *test)
{
  static const char *const desk[] = { MH_MAY_WRITE_ORDER,  MH_MAY_TAKE_PAYMENT, MH_MAY_REFUND,
                                      MH_MAY_CANCEL_ORDER, MH_MAY_SETTLE_CLAIM, NULL };
  static const char *const approves[]
      = { MH_MAY_REFUND, MH_MAY_TAKE_PAYMENT, MH_MAY_APPROVE_MONEY, MH_MAY_SETTLE_CLAIM, NULL };
  static const char *const directs[]
      = { MH_MAY_REFUND, MH_MAY_TAKE_PAYMENT, MH_MAY_APPROVE_MONEY, MH_MAY_REFUND_REPORTED, NULL };
  static const char *const draws[] = { MH_MAY_COLLECT, MH_MAY_RECEIVE, MH_MAY_TAKE_PAYMENT, NULL };
  Money *money = g_new0 (Money, 1);
  money->lab = lab_new (test);
  money->cashier = person (1, "Carl Cashier", "cashier", desk);
  money->second = person (2, "Cora Cashier", "cashier", desk);
  money->manager = person (3, "Mina Manager", "manager", approves);
  money->director = person (4, "Dina Director", "manager", directs);
  money->nurse = person (5, "Nora Nurse", "nurse", draws);
  money->patient = g_strdup (LAB_PATIENT);
  return money;
}

void
money_free (Money *money)
{
  mh_actor_unref (money->cashier);
  mh_actor_unref (money->second);
  mh_actor_unref (money->manager);
  mh_actor_unref (money->director);
  mh_actor_unref (money->nurse);
  g_free (money->patient);
  lab_free (money->lab);
  g_free (money);
}

/* --- one transaction --- */

typedef struct
{
  Money *money;
  MhActor *actor;
  const char *id, *text, *more;
  gboolean yes;
  MhRecord *body, *reply;
  const MhGatewayFact *fact;
} Act;

/* The write queue may run it again: an answer from before is dropped. */
static gboolean
answer (Act *act, MhRecord *reply)
{
  g_clear_object (&act->reply);
  act->reply = reply;
  return reply != NULL;
}

static gboolean
run (Act *act, LabFunc func, GError **error)
{
  MhActor *actor = act->actor != NULL ? act->actor : act->money->cashier;
  gboolean done = lab_write (act->money->lab, actor, func, act, error);
  if (!done)
    g_clear_object (&act->reply);
  return done;
}

static gboolean
insert (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return mh_tx_insert (tx, act->body, MH_AUDIT_CREATE, NULL, error);
}

void
money_next_patient (Money *money)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = lab_get (money->lab, &mh_patient_type, LAB_PATIENT);
  g_free (money->patient);
  money->patient = mh_id_new ();
  mh_record_set_text (patient, MH_ID, money->patient);
  mh_record_set_text (patient, MH_PATIENT_MRN, money->patient);
  Act act = { .money = money, .body = patient };
  mh_assert_ok (run (&act, insert, &error), error);
}

static gboolean
place (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (
      act, mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, act->actor), act->body, error));
}

char *
money_order (Money *money, const char *codes, const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_order_type);
  g_auto (GStrv) list = g_strsplit (codes, " ", -1);
  mh_record_set_text (draft, MH_ORDER_PATIENT_ID, money->patient);
  mh_record_set_text (draft, MH_ORDER_PAYMENT_METHOD, method);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_TEST, list[i]);
      mh_record_append (draft, MH_ORDER_ITEMS, item);
    }
  Act act = { .money = money, .actor = money->cashier, .body = draft };
  mh_assert_ok (run (&act, place, &error), error);
  char *id = g_strdup (mh_record_id (act.reply));
  g_object_unref (act.reply);
  return id;
}

MhRecord *
money_read (Money *money, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  MhRecord *order
      = mh_orders_service_read (MH_REQUEST_DB (db, NULL, money->cashier), order_id, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  return order;
}

static gboolean
edit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_orders_service_edit (MH_REQUEST_TX (tx, lab->server, act->actor), 0,
                                              act->id, act->body, error));
}

/* The live item of that code, else the last one, else an id that is nobody's. */
static const char *
item_of (MhRecord *order, const char *code)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  const char *found = "01900000-0000-7000-8000-00000000ffff";
  for (guint i = 0; i < items->len; i++)
    {
      if (!g_str_equal (mh_record_text (items->pdata[i], MH_ORDER_ITEM_TEST), code))
        continue;
      found = mh_record_id (items->pdata[i]);
      if (!g_str_equal (mh_record_text (items->pdata[i], MH_ORDER_ITEM_STATUS),
                        MH_ITEM_STATUS_CANCELLED))
        break;
    }
  return found;
}

/* What was said before it was done is what it came to. */
static void
assert_as_quoted (MhRecord *order, MhRecord *quote)
{
  static const guint sums[]
      = { MH_ORDER_TOTAL,    MH_ORDER_TAX,      MH_ORDER_CREDITED, MH_ORDER_DEBITED, MH_ORDER_PAID,
          MH_ORDER_REFUNDED, MH_ORDER_SUBTOTAL, MH_ORDER_DISCOUNT, MH_ORDER_DUE };
  g_assert_nonnull (quote);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    g_assert_cmpint (mh_record_int (order, sums[i]), ==, mh_record_int (quote, sums[i]));
}

MhRecord *
money_edit (Money *money,
            const char *order_id,
            const char *add,
            const char *remove,
            const char *reason,
            GError **error)
{
  g_autoptr (MhRecord) order = money_read (money, order_id);
  g_autoptr (MhRecord) body = mh_record_new (&mh_order_edit_type);
  g_auto (GStrv) added = add != NULL ? g_strsplit (add, " ", -1) : NULL;
  g_auto (GStrv) removed = remove != NULL ? g_strsplit (remove, " ", -1) : NULL;
  for (guint i = 0; added != NULL && added[i] != NULL; i++)
    mh_record_add_to_list (body, MH_ORDER_EDIT_ADD, added[i]);
  for (guint i = 0; removed != NULL && removed[i] != NULL; i++)
    mh_record_add_to_list (body, MH_ORDER_EDIT_REMOVE, item_of (order, removed[i]));
  mh_record_set_text (body, MH_ORDER_EDIT_REASON, reason);
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) quote = mh_orders_service_edit_quote (
      MH_REQUEST_DB (db, money->lab->server, money->cashier), order_id, body, NULL);
  lab_done (money->lab, db);
  Act act = { .money = money, .actor = money->cashier, .id = order_id, .body = body };
  if (!run (&act, edit, error))
    return NULL;
  assert_as_quoted (act.reply, quote);
  return act.reply;
}

char *
money_payment_of (Money *money, const char *order_id)
{
  g_autoptr (MhRecord) order = money_read (money, order_id);
  GPtrArray *payments = mh_record_records (order, MH_ORDER_PAYMENTS);
  for (guint i = 0; i < payments->len; i++)
    if (!mh_record_has (payments->pdata[i], MH_PAYMENT_REFUND_OF))
      return g_strdup (mh_record_id (payments->pdata[i]));
  return NULL;
}

/* --- taking --- */

static MhRecord *
payment_of (const char *id, const char *method, gint64 amount, const char *reference)
{
  MhRecord *payment = mh_record_new (&mh_payment_type);
  if (id != NULL)
    mh_record_set_text (payment, MH_ID, id);
  mh_record_set_text (payment, MH_PAYMENT_METHOD, method);
  mh_record_set_int (payment, MH_PAYMENT_AMOUNT, amount);
  if (reference != NULL)
    mh_record_set_text (payment, MH_PAYMENT_REFERENCE, reference);
  return payment;
}

static gboolean
take (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_take (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                act->id, act->body, error));
}

MhRecord *
money_pay (Money *money,
           MhActor *actor,
           const char *order_id,
           const char *id,
           const char *method,
           gint64 amount,
           const char *reference,
           GError **error)
{
  g_autoptr (MhRecord) draft = payment_of (id, method, amount, reference);
  Act act = { .money = money, .actor = actor, .id = order_id, .body = draft };
  return run (&act, take, error) ? act.reply : NULL;
}

static gboolean
deposit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_deposit (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                   act->money->patient, act->body, error));
}

MhRecord *
money_deposit (Money *money, MhActor *actor, const char *method, gint64 amount, GError **error)
{
  g_autofree char *reference = mh_id_new ();
  g_autoptr (MhRecord) draft = payment_of (NULL, method, amount, reference);
  Act act = { .money = money, .actor = actor, .body = draft };
  return run (&act, deposit, error) ? act.reply : NULL;
}

/* --- deciding --- */

static MhRecord *
approval_of (gboolean yes)
{
  MhRecord *approval = mh_record_new (&mh_approval_type);
  mh_record_set_text (approval, MH_APPROVAL_DECISION,
                      yes ? MH_APPROVAL_APPROVE : MH_APPROVAL_REJECT);
  return approval;
}

static gboolean
decide (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_decide (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                  act->id, act->body, error));
}

MhRecord *
money_decide (Money *money, MhActor *actor, const char *payment_id, gboolean yes, GError **error)
{
  g_autoptr (MhRecord) body = approval_of (yes);
  Act act = { .money = money, .actor = actor, .id = payment_id, .body = body };
  return run (&act, decide, error) ? act.reply : NULL;
}

static gboolean
ask_refund (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_refund (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                  act->id, act->body, error));
}

MhRecord *
money_refund (Money *money,
              MhActor *actor,
              const char *payment_id,
              gint64 amount,
              const char *reason,
              const char *const *items,
              int from_advance,
              GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_refund_request_type);
  mh_record_set_int (body, MH_REFUND_REQUEST_AMOUNT, amount);
  mh_record_set_text (body, MH_REFUND_REQUEST_REASON, reason);
  if (items != NULL)
    mh_record_set_list (body, MH_REFUND_REQUEST_ITEMS, items);
  if (from_advance >= 0)
    mh_record_set_bool (body, MH_REFUND_REQUEST_FROM_ADVANCE, from_advance > 0);
  Act act = { .money = money, .actor = actor, .id = payment_id, .body = body };
  return run (&act, ask_refund, error) ? act.reply : NULL;
}

static gboolean
add_remittance (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_remittances_service_add (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                  act->body, error));
}

MhRecord *
money_remit (Money *money,
             MhActor *actor,
             const char *payment_id,
             gint64 paid,
             gint64 denied,
             const char *outcome,
             const char *reference,
             GError **error)
{
  g_autofree char *fresh = mh_id_new ();
  g_autoptr (MhRecord) body = mh_record_new (&mh_remittance_type);
  g_autoptr (MhRecord) line = mh_record_new (&mh_remittance_line_type);
  g_autoptr (MhRecord) claim = lab_get (money->lab, &mh_payment_type, payment_id);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  const char *payer = mh_record_text (claim, MH_PAYMENT_PAYER);
  mh_record_set_text (line, MH_REMITTANCE_LINE_PAYMENT_ID, payment_id);
  mh_record_set_int (line, MH_REMITTANCE_LINE_PAID, paid);
  mh_record_set_int (line, MH_REMITTANCE_LINE_DENIED, denied);
  mh_record_set_text (line, MH_REMITTANCE_LINE_OUTCOME, outcome);
  mh_record_set_text (line, MH_REMITTANCE_LINE_REASON, "not covered");
  g_ptr_array_add (lines, g_object_ref (line));
  mh_record_set_text (body, MH_REMITTANCE_PAYER, payer != NULL ? payer : "Suraksha");
  mh_record_set_text (body, MH_REMITTANCE_REFERENCE, reference != NULL ? reference : fresh);
  mh_record_set_text (body, MH_REMITTANCE_PAID_ON, "2026-01-01");
  mh_record_set_int (body, MH_REMITTANCE_AMOUNT, paid);
  mh_record_take_records (body, MH_REMITTANCE_LINES, lines);
  Act act = { .money = money, .actor = actor, .body = body };
  return run (&act, add_remittance, error) ? act.reply : NULL;
}

static gboolean
decide_refund (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_refund_decide (
                          MH_REQUEST_TX (tx, lab->server, act->actor), act->id, act->body, error));
}

MhRecord *
money_decide_refund (Money *money,
                     MhActor *actor,
                     const char *refund_id,
                     gboolean yes,
                     GError **error)
{
  g_autoptr (MhRecord) body = approval_of (yes);
  Act act = { .money = money, .actor = actor, .id = refund_id, .body = body };
  return run (&act, decide_refund, error) ? act.reply : NULL;
}

/* --- the gateway --- */

static gboolean
settled (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return mh_payments_service_refund_settled (MH_REQUEST_TX (tx, lab->server, NULL), act->id,
                                             act->yes, NULL, act->yes ? NULL : "the bank says no",
                                             error);
}

gboolean
money_settled (Money *money, const char *refund_id, gboolean processed, GError **error)
{
  Act act = { .money = money, .id = refund_id, .yes = processed };
  return run (&act, settled, error);
}

static gboolean
credit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_payments_service_credit (tx, lab->server, act->fact, error));
}

MhRecord *
money_credit (Money *money,
              const char *order_id,
              const char *provider_payment,
              gint64 amount,
              const char *currency,
              GError **error)
{
  const MhGatewayFact fact = { .order_id = order_id,
                               .provider_order = "order_Loopback1",
                               .provider_payment = provider_payment,
                               .method = "upi",
                               .currency = currency,
                               .amount = amount,
                               .fee = amount / 50,
                               .tax = amount / 300 };
  Act act = { .money = money, .fact = &fact };
  return run (&act, credit, error) ? act.reply : NULL;
}

static gboolean
failed (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return mh_payments_service_attempt_failed (tx, lab->server, act->id, "declined", error);
}

gboolean
money_failed (Money *money, const char *order_id, GError **error)
{
  Act act = { .money = money, .id = order_id };
  return run (&act, failed, error);
}

static gboolean
converted (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return mh_payments_service_converted (tx, lab->server, act->id, error);
}

gboolean
money_converted (Money *money, const char *order_id, GError **error)
{
  Act act = { .money = money, .id = order_id };
  return run (&act, converted, error);
}

/* --- orders --- */

static gboolean
recover (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_orders_service_recover (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                 act->id, act->body, error));
}

MhRecord *
money_recover (Money *money,
               MhActor *actor,
               const char *order_id,
               const char *action,
               GError **error)
{
  return money_recover_because (money, actor, order_id, action, NULL, error);
}

MhRecord *
money_recover_because (Money *money,
                       MhActor *actor,
                       const char *order_id,
                       const char *action,
                       const char *note,
                       GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_recovery_type);
  mh_record_set_text (body, MH_RECOVERY_ACTION, action);
  mh_record_set_text (body, MH_RECOVERY_NOTE, note);
  Act act = { .money = money, .actor = actor, .id = order_id, .body = body };
  return run (&act, recover, error) ? act.reply : NULL;
}

static gboolean
expire (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  guint n = 0;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, act->id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_ORDER_EXPIRES_AT, mh_tx_now (tx) - MH_SECOND);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && mh_orders_service_expire (tx, lab->server, 100, &n, error);
}

gboolean
money_expire (Money *money, const char *order_id, GError **error)
{
  Act act = { .money = money, .id = order_id };
  return run (&act, expire, error);
}

static gboolean
debit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Act *act = data;
  return answer (act, mh_invoices_service_debit (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                 act->id, act->body, error));
}

gboolean
money_debit (Money *money, const char *order_id, gint64 amount, GError **error)
{
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) invoice = mh_invoices_store_of_order (db, order_id, error);
  lab_done (money->lab, db);
  g_assert_no_error (*error);
  if (invoice == NULL)
    return FALSE;
  g_autofree char *json
      = g_strdup_printf ("{\"reason\":\"missed_service\",\"lines\":[{\"description\":\"Home "
                         "visit\",\"price\":%" G_GINT64_FORMAT "}]}",
                         amount);
  g_autoptr (MhRecord) body
      = mh_record_from_text (&mh_debit_request_type, json, -1, MH_JSON_CREATE, error);
  g_assert_no_error (*error);
  Act act = { .money = money, .actor = money->cashier, .id = mh_record_id (invoice), .body = body };
  if (!run (&act, debit, error))
    return FALSE;
  g_object_unref (act.reply);
  return TRUE;
}

static gboolean
happen (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const char *const compared[] = { "name", "birth_date", NULL };
  Act *act = data;
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, act->text);
  mh_record_set_list (event, MH_CUSTODY_EVENT_IDENTIFIERS, compared);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED, act->more);
  return answer (act, mh_samples_service_event (MH_REQUEST_TX (tx, lab->server, act->actor),
                                                act->id, event, error));
}

static gboolean
tube_event (Money *money, MhRecord *tube, const char *event, GError **error)
{
  Act act = { .money = money,
              .actor = money->nurse,
              .id = mh_record_id (tube),
              .text = event,
              .more = mh_record_text (tube, MH_SAMPLE_ACCESSION) };
  if (!run (&act, happen, error))
    return FALSE;
  g_object_unref (act.reply);
  return TRUE;
}

gboolean
money_collect (Money *money,
               const char *order_id,
               const char *container,
               gboolean receive,
               GError **error)
{
  g_autoptr (MhRecord) order = money_read (money, order_id);
  GPtrArray *tubes = mh_record_records (order, MH_ORDER_SAMPLES);
  for (guint i = 0; i < tubes->len; i++)
    {
      MhRecord *tube = tubes->pdata[i];
      const char *status = mh_record_text (tube, MH_SAMPLE_STATUS);
      if (container != NULL
          && g_strcmp0 (mh_record_text (tube, MH_SAMPLE_CONTAINER), container) != 0)
        continue;
      if (g_strcmp0 (status, MH_SAMPLE_STATUS_TO_COLLECT) == 0
          && !tube_event (money, tube, MH_CUSTODY_COLLECTED, error))
        return FALSE;
      if (receive
          && (g_strcmp0 (status, MH_SAMPLE_STATUS_TO_COLLECT) == 0
              || g_strcmp0 (status, MH_SAMPLE_STATUS_COLLECTED) == 0)
          && !tube_event (money, tube, MH_CUSTODY_RECEIVED, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
money_results (Money *money, const char *order_id, GError **error)
{
  static const struct
  {
    const char *code, *value;
  } values[] = { { "HGB", "13.2" }, { "K", "4.1" },  { "CHOL", "180" },
                 { "HDL", "50" },   { "HBS", "NR" }, { "PT", "12.0" } };
  g_autoptr (MhRecord) sheet = lab_sheet (money->lab, money->lab->technician, order_id);
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      if (g_strcmp0 (mh_record_text (rows->pdata[i], MH_RESULT_ROW_CODE), values[k].code) == 0
          && g_strcmp0 (mh_record_text (rows->pdata[i], MH_RESULT_ROW_SAMPLE_STATUS),
                        MH_SAMPLE_STATUS_RECEIVED)
                 == 0
          && !mh_record_has (rows->pdata[i], MH_RESULT_ROW_VALUE))
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", values[k].code,
                                values[k].value);
  g_autoptr (MhRecord) saved
      = lab_save (money->lab, money->lab->technician, order_id, text->str, TRUE, error);
  return saved != NULL;
}

gboolean
money_verify (Money *money, const char *order_id, GError **error)
{
  g_autoptr (MhRecord) order
      = lab_verify (money->lab, money->lab->pathologist, order_id, "verify", NULL, error);
  return order != NULL;
}

/* --- the books --- */

gint64
money_advance (Money *money)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) account = mh_payments_service_account (
      MH_REQUEST_DB (db, money->lab->server, money->cashier), money->patient, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  return mh_record_int (account, MH_PATIENT_ACCOUNT_ADVANCE);
}

void
money_assert_order (Money *money,
                    const char *order_id,
                    gint64 paid,
                    gint64 refunded,
                    gint64 due,
                    const char *state,
                    const char *tab)
{
  g_autoptr (MhRecord) order = money_read (money, order_id);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_PAID), ==, paid);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_REFUNDED), ==, refunded);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_DUE), ==, due);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_PAYMENT_STATE), ==, state);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_TAB), ==, tab);
}

char *
money_paid (Money *money,
            MhActor *actor,
            const char *order_id,
            const char *method,
            gint64 amount,
            const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) payment
      = money_pay (money, actor, order_id, NULL, method, amount, reference, &error);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (payment));
}

void
money_assert_books (Money *money)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  g_autoptr (GPtrArray) found = mh_payments_store_verify (db, 5, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s", (char *)found->pdata[i]);
  g_assert_cmpuint (found->len, ==, 0);
  gboolean gapless = mh_invoices_service_check_numbers (db, LAB_HOSPITAL, &error);
  g_assert_no_error (error);
  g_assert_true (gapless);
  lab_done (money->lab, db);
}
