/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking money, giving it back, recovering orders: each rule on both sides of its border. On both
 * databases. */
#include <string.h>

#include "server/lab/reports/mh-reports-service.h"
#include "server/messages/sms/mh-sms.h"
#include "server/money/gateway/mh-gateway-tell.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/money-fixture.h"

static void
assert_refused (gpointer reply, GError **error, int kind, const char *says)
{
  g_assert_null (reply);
  g_assert_error (*error, MH_ERROR, kind);
  if (strstr ((*error)->message, says) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, says);
  g_clear_error (error);
}

/* --- taking --- */

static void
test_methods (const MhTestDb *test)
{
  static const struct
  {
    const char *method, *reference;
    gint64 amount;
    int refused; /* MhErrorKind, -1: taken */
    const char *status, *tab;
    gint64 due;
  } rows[] = {
    { "cash", NULL, MONEY_TOTAL, -1, "captured", "paid", 0 },
    { "cash", NULL, MONEY_TOTAL - 1, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "cash", NULL, MONEY_TOTAL + 1, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "cod", NULL, MONEY_TOTAL, -1, "captured", "paid", 0 },
    { "cod", NULL, 1, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "card", "slip 7", MONEY_TOTAL, -1, "captured", "paid", 0 },
    { "card", "slip 8", 1, -1, "captured", "cod", MONEY_TOTAL - 1 },
    { "card", "slip 9", MONEY_TOTAL + 1, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "card", NULL, MONEY_TOTAL, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "upi", "600112345678", MONEY_TOTAL, -1, "captured", "paid", 0 },
    { "upi", NULL, MONEY_TOTAL, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "insurance", "POL 1/22", MONEY_TOTAL, -1, "claimed", "paid", 0 },
    { "insurance", NULL, MONEY_TOTAL, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
    { "deposit", NULL, MONEY_TOTAL, MH_ERROR_CONFLICT, NULL, "cod", MONEY_TOTAL },
    { "online", "pay_1", MONEY_TOTAL, -1, "requested", "cod", MONEY_TOTAL },
    { "online", NULL, MONEY_TOTAL, MH_ERROR_INVALID, NULL, "cod", MONEY_TOTAL },
  };
  g_autoptr (Money) money = money_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = money_order (money, "HB KT", "cash");
      g_autoptr (MhRecord) payment = money_pay (money, money->cashier, order, NULL, rows[i].method,
                                                rows[i].amount, rows[i].reference, &error);
      g_autoptr (MhRecord) after = money_read (money, order);
      g_test_message ("row %u: %s", i, rows[i].method);
      if (rows[i].refused >= 0)
        g_assert_error (error, MH_ERROR, rows[i].refused);
      else
        {
          g_assert_no_error (error);
          g_assert_cmpstr (mh_record_text (payment, MH_PAYMENT_STATUS), ==, rows[i].status);
          /* Money has a receipt, a promise has none. */
          g_assert_true (mh_record_has (payment, MH_PAYMENT_RECEIPT_ID)
                         == (strcmp (rows[i].status, "captured") == 0));
        }
      g_assert_cmpint (mh_record_int (after, MH_ORDER_DUE), ==, rows[i].due);
      g_assert_cmpstr (mh_record_text (after, MH_ORDER_TAB), ==, rows[i].tab);
    }
  money_assert_books (money);
}

/* Three tenders for one order; cash is the rest, exactly. */
static void
test_mixed (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 10000, "slip 1");
  money_assert_order (money, order, 10000, 0, 16000, "part_paid", "cod");
  g_autofree char *claim = money_paid (money, money->cashier, order, "insurance", 6000, "POL 1");
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", 26000, NULL, &error),
                  &error, MH_ERROR_INVALID, "100.00 is due");
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", 9999, NULL, &error),
                  &error, MH_ERROR_INVALID, "100.00 is due");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", 10000, NULL);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", 1, NULL, &error), &error,
                  MH_ERROR_CONFLICT, "paid already");
  money_assert_books (money);
}

/* The same payment again is an answer, another one of the same id is not. */
static void
test_again (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *id = mh_id_new ();
  g_autoptr (MhRecord) first
      = money_pay (money, money->cashier, order, id, "card", 10000, "slip 1", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) second
      = money_pay (money, money->second, order, id, "card", 10000, "slip 1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (second, MH_PAYMENT_RECEIPT_ID), ==,
                   mh_record_text (first, MH_PAYMENT_RECEIPT_ID));
  g_assert_cmpint (mh_record_version (second), ==, mh_record_version (first));
  assert_refused (money_pay (money, money->cashier, order, id, "card", 9999, "slip 1", &error),
                  &error, MH_ERROR_CONFLICT, "Another payment");
  money_assert_order (money, order, 10000, 0, 16000, "part_paid", "cod");
  money_assert_books (money);
}

/* One slip, however its number is written, pays once: an order, another one, or a deposit. */
static void
test_reference (const MhTestDb *test)
{
  static const struct
  {
    const char *method, *reference;
    gboolean taken;
  } rows[] = {
    { "card", "AB-1234/56", TRUE },    { "card", "AB-1234/56", FALSE },
    { "card", "ab 1234 56", FALSE },   { "card", " AB1234.56 ", FALSE },
    { "card", "AB-1234/57", TRUE },    { "upi", "AB-1234/56", TRUE },
    { "upi", "६००१ १२३४", TRUE },      { "upi", "60011234", FALSE },
    { "card", "- / -", FALSE },        { "insurance", "POL 1/22", TRUE },
    { "insurance", "POL 1/22", TRUE }, { "cash", "AB-1234/56", TRUE },
    { "online", "UTR 42", TRUE },      { "online", "utr42", FALSE },
  };
  g_autoptr (Money) money = money_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = money_order (money, "HB KT", "cash");
      g_autoptr (MhRecord) payment = money_pay (money, money->cashier, order, NULL, rows[i].method,
                                                MONEY_TOTAL, rows[i].reference, &error);
      g_test_message ("row %u: %s %s", i, rows[i].method, rows[i].reference);
      if (rows[i].taken)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
          g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "reference"));
        }
    }
  money_assert_books (money);
}

static void
test_reference_again (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "card");
  g_autofree char *first = money_paid (money, money->cashier, order, "card", 10000, "slip 1");
  /* the rest of the same order is another slip, too, and the refusal says where it was taken */
  g_autoptr (MhRecord) read = money_read (money, order);
  assert_refused (money_pay (money, money->cashier, order, NULL, "card", 16000, "SLIP-1", &error),
                  &error, MH_ERROR_INVALID, mh_record_text (read, MH_ORDER_NUMBER));
  /* what was never agreed to has not come: the number may be written again */
  g_autofree char *other = money_order (money, "HB KT", "online");
  g_autofree char *by_hand
      = money_paid (money, money->cashier, other, "online", MONEY_TOTAL, "UTR 42");
  g_autoptr (MhRecord) refused = money_decide (money, money->manager, by_hand, FALSE, &error);
  g_assert_no_error (error);
  g_autofree char *again
      = money_paid (money, money->cashier, other, "online", MONEY_TOTAL, "UTR 42");
  money_assert_order (money, order, 10000, 0, 16000, "part_paid", "cod");
  money_assert_books (money);
}

/* --- deposits --- */

static void
test_deposit (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  assert_refused (money_deposit (money, money->cashier, "online", 100, &error), &error,
                  MH_ERROR_INVALID, "in cash");
  g_autoptr (MhRecord) deposit = money_deposit (money, money->cashier, "cash", 30000, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (deposit, MH_PAYMENT_RECEIPT_ID));
  g_assert_cmpint (money_advance (money), ==, 30000);
  g_autofree char *spent = money_paid (money, money->cashier, order, "deposit", MONEY_TOTAL, NULL);
  g_assert_cmpint (money_advance (money), ==, 4000);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  /* Spent is spent. */
  assert_refused (money_refund (money, money->manager, mh_record_id (deposit), 4001,
                                "deposit_returned", NULL, -1, &error),
                  &error, MH_ERROR_CONFLICT, "only ₹40.00");
  g_autoptr (MhRecord) back = money_refund (money, money->manager, mh_record_id (deposit), 4000,
                                            "deposit_returned", NULL, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (back, MH_PAYMENT_STATUS), ==, "processed");
  g_assert_cmpint (money_advance (money), ==, 0);
  money_assert_books (money);
}

/* --- recorded by hand --- */

static void
test_by_hand (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "unpaid", NULL);
  g_autofree char *id = money_paid (money, money->manager, order, "online", MONEY_TOTAL, "UTR 42");
  assert_refused (money_decide (money, money->manager, id, TRUE, &error), &error,
                  MH_ERROR_FORBIDDEN, "Somebody else");
  assert_refused (money_decide (money, money->second, id, TRUE, &error), &error, MH_ERROR_FORBIDDEN,
                  mh_permission_label ("payment.approve"));
  g_autoptr (MhRecord) agreed = money_decide (money, money->director, id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (agreed, MH_PAYMENT_RECEIPT_ID));
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  assert_refused (money_decide (money, money->director, id, FALSE, &error), &error,
                  MH_ERROR_CONFLICT, "does not wait");
  money_assert_books (money);
}

/* The gateway speaks of a payment that somebody has typed in: it is that one, and proven. */
static void
test_proven (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  g_autofree char *id
      = money_paid (money, money->cashier, order, "online", MONEY_TOTAL, "pay_Typed1");
  g_autoptr (MhRecord) credited
      = money_credit (money, order, "pay_Typed1", MONEY_TOTAL, "INR", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_id (credited), ==, id);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  assert_refused (money_decide (money, money->director, id, TRUE, &error), &error,
                  MH_ERROR_CONFLICT, "does not wait");
  money_assert_books (money);
}

/* --- the gateway --- */

static guint
waiting_refunds (Money *money, const char *reason)
{
  g_autoptr (GError) error = NULL;
  const MhPaymentsQuery query
      = { .kind = MH_PAYMENT_KIND_REFUND, .status = MH_PAYMENT_STATUS_REQUESTED, .limit = 50 };
  MhDb *db = lab_reader (money->lab);
  g_autoptr (GPtrArray) found = mh_payments_store_list (db, &query, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < found->len; i++)
    n += g_strcmp0 (mh_record_text (found->pdata[i], MH_PAYMENT_REFUND_REASON), reason) == 0;
  return n;
}

static void
test_credit (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  g_autoptr (MhRecord) part = money_credit (money, order, "pay_A", 6000, "INR", &error);
  money_assert_order (money, order, 6000, 0, 20000, "part_paid", NULL);
  g_autoptr (MhRecord) rest = money_credit (money, order, "pay_B", 20001, "INR", &error);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, 1);
  g_assert_cmpuint (waiting_refunds (money, "surplus"), ==, 1);
  g_autoptr (MhRecord) again = money_credit (money, order, "pay_B", 20001, "INR", &error);
  g_assert_cmpstr (mh_record_id (again), ==, mh_record_id (rest));
  g_assert_cmpuint (waiting_refunds (money, "surplus"), ==, 1);
  g_autoptr (MhRecord) late = money_credit (money, order, "pay_C", MONEY_TOTAL, "INR", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (late, MH_PAYMENT_APPLIED), ==, 0);
  g_assert_cmpint (money_advance (money), ==, MONEY_TOTAL + 1);
  g_assert_cmpuint (waiting_refunds (money, "late_capture"), ==, 1);
  g_autoptr (MhRecord) foreign = money_credit (money, order, "pay_D", 500, "USD", &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (foreign, MH_PAYMENT_FAILURE));
  g_assert_cmpint (money_advance (money), ==, MONEY_TOTAL + 1);
  g_assert_null (money_credit (money, order, "pay_E", 0, "INR", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  money_assert_books (money);
}

/* Failed, converted to cash, paid at the desk; then the bank's money comes after all. */
static void
test_late (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  mh_assert_ok (money_failed (money, order, &error), error);
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "failed", "failed");
  mh_assert_ok (money_converted (money, order, &error), error);
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "unpaid", "cod");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  /* A failure that is told late changes nothing. */
  mh_assert_ok (money_failed (money, order, &error), error);
  g_autoptr (MhRecord) late = money_credit (money, order, "pay_Late", MONEY_TOTAL, "INR", &error);
  g_assert_no_error (error);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, MONEY_TOTAL);
  g_assert_cmpuint (waiting_refunds (money, "late_capture"), ==, 1);
  money_assert_books (money);
}

/* --- refunds --- */

static char *
item_of (Money *money, const char *order_id, const char *code)
{
  g_autoptr (MhRecord) order = money_read (money, order_id);
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_text (items->pdata[i], MH_ORDER_ITEM_TEST), code) == 0)
      return g_strdup (mh_record_id (items->pdata[i]));
  g_error ("no test %s", code);
}

static gint64
worth_of (Money *money, const char *order_id, const char *code)
{
  g_autofree char *id = item_of (money, order_id, code);
  g_autoptr (MhRecord) order = money_read (money, order_id);
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_id (items->pdata[i]), id) == 0)
      return mh_record_int (items->pdata[i], MH_ORDER_ITEM_AMOUNT);
  return -1;
}

static MhRecord *
refund (Money *money,
        MhActor *actor,
        const char *payment,
        gint64 amount,
        const char *reason,
        const char *item,
        GError **error)
{
  const char *const items[] = { item, NULL };
  return money_refund (money, actor, payment, amount, reason, item != NULL ? items : NULL, -1,
                       error);
}

/* Who may, and how much: the limit is 500.00. */
static void
test_refund_persons (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *small = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, small, "cash", MONEY_TOTAL, NULL);
  /* Who took it asks, somebody else agrees. */
  g_autoptr (MhRecord) asked
      = refund (money, money->cashier, cash, MONEY_TOTAL, "not_collected", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (asked, MH_PAYMENT_STATUS), ==, "requested");
  g_assert_false (mh_record_has (asked, MH_PAYMENT_VOUCHER));
  money_assert_order (money, small, MONEY_TOTAL, 0, 0, "paid", "paid");
  /* What is asked for is reserved. */
  assert_refused (refund (money, money->manager, cash, 1, "goodwill", NULL, &error), &error,
                  MH_ERROR_INVALID, "at most ₹0.00");
  const char *id = mh_record_id (asked);
  assert_refused (money_decide_refund (money, money->cashier, id, TRUE, &error), &error,
                  MH_ERROR_FORBIDDEN, mh_permission_label ("payment.approve"));
  g_autoptr (MhRecord) given = money_decide_refund (money, money->manager, id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (given, MH_PAYMENT_STATUS), ==, "processed");
  g_assert_true (g_str_has_prefix (mh_record_text (given, MH_PAYMENT_VOUCHER), "V"));
  g_assert_true (mh_record_has (given, MH_PAYMENT_CASH_SESSION));
  money_assert_order (money, small, MONEY_TOTAL, MONEY_TOTAL, 0, "refunded", NULL);
  assert_refused (money_decide_refund (money, money->manager, id, TRUE, &error), &error,
                  MH_ERROR_CONFLICT, "decided already");
  money_assert_books (money);
}

static void
test_refund_limit (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "CBC HBST", "card");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 77000, "slip 1");
  g_autoptr (MhRecord) at = refund (money, money->second, card, 50000, "goodwill", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (at, MH_PAYMENT_STATUS), ==, "processed");
  g_autofree char *other = money_order (money, "CBC HBST", "card");
  g_autofree char *more = money_paid (money, money->cashier, other, "card", 77000, "slip 2");
  g_autoptr (MhRecord) above = refund (money, money->second, more, 50001, "goodwill", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (above, MH_PAYMENT_STATUS), ==, "requested");
  g_autoptr (MhRecord) no
      = money_decide_refund (money, money->manager, mh_record_id (above), FALSE, &error);
  g_assert_cmpstr (mh_record_text (no, MH_PAYMENT_STATUS), ==, "rejected");
  /* Refused is free again. */
  g_autoptr (MhRecord) less = refund (money, money->second, more, 50000, "goodwill", NULL, &error);
  g_assert_no_error (error);
  money_assert_order (money, other, 77000, 50000, 0, "part_refunded", "paid");
  assert_refused (refund (money, money->second, more, 27001, "goodwill", NULL, &error), &error,
                  MH_ERROR_INVALID, "at most ₹270.00");
  assert_refused (refund (money, money->second, mh_record_id (less), 1, "goodwill", NULL, &error),
                  &error, MH_ERROR_CONFLICT, "A refund cannot");
  money_assert_books (money);
}

/* Until a tube is received everything; then tests whose tube is not; then the director alone. */
static void
test_refund_stages (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  g_autofree char *hb = item_of (money, order, "HB"), *kt = item_of (money, order, "KT");
  gint64 worth = worth_of (money, order, "KT");
  assert_refused (refund (money, money->second, cash, 100, "test_cancelled", NULL, &error), &error,
                  MH_ERROR_INVALID, "Name the tests");
  mh_assert_ok (money_collect (money, order, "EDTA", TRUE, &error), error);
  assert_refused (refund (money, money->second, cash, 100, "goodwill", NULL, &error), &error,
                  MH_ERROR_INVALID, "name the tests that are not");
  assert_refused (refund (money, money->second, cash, 100, "test_cancelled", hb, &error), &error,
                  MH_ERROR_CONFLICT, "in the laboratory");
  assert_refused (refund (money, money->second, cash, worth + 1, "test_cancelled", kt, &error),
                  &error, MH_ERROR_INVALID, "These tests cost");
  g_autoptr (MhRecord) given
      = refund (money, money->second, cash, worth, "test_cancelled", kt, &error);
  g_assert_no_error (error);
  money_assert_order (money, order, MONEY_TOTAL, worth, 0, "part_refunded", "processing");
  assert_refused (refund (money, money->second, cash, 1, "test_cancelled", kt, &error), &error,
                  MH_ERROR_CONFLICT, "given back already");
  /* What was given back takes no result: the sheet knows one test less, and the rest is a report.
   */
  g_autoptr (MhRecord) sheet = lab_sheet (money->lab, money->lab->technician, order);
  g_assert_cmpuint (mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES)->len, ==, 1);
  g_assert_null (lab_save (money->lab, money->lab->technician, order, "K=4.1", FALSE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  mh_assert_ok (money_results (money, order, &error), error);
  mh_assert_ok (money_verify (money, order, &error), error);
  money_assert_order (money, order, MONEY_TOTAL, worth, 0, "part_refunded", "completed");
  g_autoptr (MhRecord) later = refund (money, money->second, cash, 100, "goodwill", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (later, MH_PAYMENT_STATUS), ==, "requested");
  const char *id = mh_record_id (later);
  assert_refused (money_decide_refund (money, money->manager, id, TRUE, &error), &error,
                  MH_ERROR_FORBIDDEN, mh_permission_label ("refund.reported"));
  g_autoptr (MhRecord) agreed = money_decide_refund (money, money->director, id, TRUE, &error);
  g_assert_no_error (error);
  money_assert_order (money, order, MONEY_TOTAL, worth + 100, 0, "part_refunded", "completed");
  money_assert_books (money);
}

/* The tube came while the refund waited for its approval: the test is done, the money stays. */
static void
test_refund_overtaken (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  g_autofree char *kt = item_of (money, order, "KT");
  g_autoptr (MhRecord) asked
      = refund (money, money->cashier, cash, 15000, "test_cancelled", kt, &error);
  g_assert_no_error (error);
  mh_assert_ok (money_collect (money, order, NULL, TRUE, &error), error);
  assert_refused (money_decide_refund (money, money->manager, mh_record_id (asked), TRUE, &error),
                  &error, MH_ERROR_CONFLICT, "in the laboratory");
  g_autoptr (MhRecord) no
      = money_decide_refund (money, money->manager, mh_record_id (asked), FALSE, &error);
  g_assert_no_error (error);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "processing");
  money_assert_books (money);
}

/* The last open test is given back: what is verified becomes the report, by who verified it. */
static void
test_refund_releases (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  g_autofree char *kt = item_of (money, order, "KT");
  mh_assert_ok (money_collect (money, order, "EDTA", TRUE, &error), error);
  mh_assert_ok (money_results (money, order, &error), error);
  mh_assert_ok (money_verify (money, order, &error), error);
  g_autoptr (MhRecord) open = money_read (money, order);
  g_assert_false (mh_record_has (open, MH_ORDER_REPORT_ID));
  g_autoptr (MhRecord) given
      = refund (money, money->second, cash, 15000, "sample_failed", kt, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) done = money_read (money, order);
  g_assert_cmpstr (mh_record_text (done, MH_ORDER_STATUS), ==, "completed");
  g_autoptr (MhRecord) report
      = lab_get (money->lab, &mh_report_type, mh_record_text (done, MH_ORDER_REPORT_ID));
  g_assert_cmpstr (mh_record_text (report, MH_REPORT_VERIFIED_NAME), ==, "Dr Pia Pathologist");
  g_assert_nonnull (strstr (mh_record_text (report, MH_REPORT_CONTENT), "\"analyte\":\"HGB\""));
  g_assert_null (strstr (mh_record_text (report, MH_REPORT_CONTENT), "\"analyte\":\"K\""));
  money_assert_books (money);
}

/* Two tenders, all given back over one: what the other holds becomes the patient's advance, and can
 * be given back from there. */
static void
test_refund_mixed (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 10000, "slip 1");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", 16000, NULL);
  g_autofree char *hb = item_of (money, order, "HB"), *kt = item_of (money, order, "KT");
  const char *const both[] = { hb, kt, NULL };
  g_autoptr (MhRecord) first
      = money_refund (money, money->second, card, 10000, "not_collected", both, -1, &error);
  g_assert_no_error (error);
  money_assert_order (money, order, 10000, 10000, 0, "refunded", NULL);
  g_assert_cmpint (money_advance (money), ==, 16000);
  g_autoptr (MhRecord) rest
      = money_refund (money, money->second, cash, 16000, "not_collected", NULL, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money_advance (money), ==, 0);
  g_autoptr (MhRecord) after = money_read (money, order);
  g_assert_cmpstr (mh_record_text (after, MH_ORDER_STATUS), ==, "cancelled");
  GPtrArray *tubes = mh_record_records (after, MH_ORDER_SAMPLES);
  for (guint i = 0; i < tubes->len; i++)
    g_assert_cmpstr (mh_record_text (tubes->pdata[i], MH_SAMPLE_STATUS), ==, "cancelled");
  money_assert_books (money);
}

/* Paid on the wrong order: it goes back and is due again. */
static void
test_refund_wrong_order (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "upi");
  g_autofree char *upi = money_paid (money, money->cashier, order, "upi", MONEY_TOTAL, "6001");
  g_autoptr (MhRecord) back
      = refund (money, money->second, upi, MONEY_TOTAL, "wrong_order", NULL, &error);
  g_assert_no_error (error);
  money_assert_order (money, order, MONEY_TOTAL, MONEY_TOTAL, MONEY_TOTAL, "refunded", "cod");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  money_assert_order (money, order, 2 * MONEY_TOTAL, MONEY_TOTAL, 0, "part_refunded", "paid");
  money_assert_books (money);
}

static void
test_refund_gateway (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  g_autoptr (MhRecord) online = money_credit (money, order, "pay_R", MONEY_TOTAL, "INR", &error);
  const char *id = mh_record_id (online);
  g_autoptr (MhRecord) sent
      = refund (money, money->second, id, MONEY_TOTAL, "not_collected", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (sent, MH_PAYMENT_STATUS), ==, "pending");
  money_assert_order (money, order, MONEY_TOTAL, MONEY_TOTAL, 0, "refunded", NULL);
  money_assert_books (money);
  /* The bank refuses: the money is the patient's advance, and goes out again from there. */
  mh_assert_ok (money_settled (money, mh_record_id (sent), FALSE, &error), error);
  mh_assert_ok (money_settled (money, mh_record_id (sent), FALSE, &error), error);
  g_assert_cmpint (money_advance (money), ==, MONEY_TOTAL);
  money_assert_books (money);
  g_autoptr (MhRecord) again
      = refund (money, money->second, id, MONEY_TOTAL, "not_collected", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money_advance (money), ==, 0);
  mh_assert_ok (money_settled (money, mh_record_id (again), TRUE, &error), error);
  mh_assert_ok (money_settled (money, mh_record_id (again), TRUE, &error), error);
  mh_assert_ok (money_settled (money, mh_record_id (again), FALSE, &error), error);
  g_autoptr (MhRecord) payment = lab_get (money->lab, &mh_payment_type, id);
  g_assert_cmpstr (mh_record_text (payment, MH_PAYMENT_STATUS), ==, "refunded");
  g_assert_cmpint (mh_record_int (payment, MH_PAYMENT_PENDING), ==, 0);
  money_assert_books (money);
}

/* --- recovery --- */

static void
test_recovery (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  mh_assert_ok (money_failed (money, order, &error), error);
  g_autoptr (MhRecord) again = money_recover (money, money->cashier, order, "retry", &error);
  g_assert_no_error (error);
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "unpaid", NULL);
  mh_assert_ok (money_expire (money, order, &error), error);
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "unpaid", NULL);
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", MONEY_TOTAL, NULL, &error),
                  &error, MH_ERROR_CONFLICT, "expired");
  g_autoptr (MhRecord) cod = money_recover (money, money->cashier, order, "convert_to_cod", &error);
  g_assert_no_error (error);
  money_assert_order (money, order, 0, 0, MONEY_TOTAL, "unpaid", "cod");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  assert_refused (money_recover (money, money->cashier, order, "retry", &error), &error,
                  MH_ERROR_CONFLICT, "Nothing is open");
  assert_refused (money_recover (money, money->cashier, order, "cancel", &error), &error,
                  MH_ERROR_CONFLICT, "give it back");
  assert_refused (money_recover (money, money->manager, order, "cancel", &error), &error,
                  MH_ERROR_FORBIDDEN, mh_permission_label ("order.cancel"));
  g_autofree char *other = money_order (money, "HB KT", "cash");
  g_autoptr (MhRecord) gone = money_recover (money, money->cashier, other, "cancel", &error);
  g_assert_no_error (error);
  money_assert_order (money, other, 0, 0, 0, "unpaid", NULL);
  assert_refused (money_recover (money, money->cashier, other, "retry", &error), &error,
                  MH_ERROR_CONFLICT, "Nothing is open");
  money_assert_books (money);
}

/* An order on which money lies does not expire. */
static void
test_expiry (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 1, "slip 1");
  mh_assert_ok (money_expire (money, order, &error), error);
  money_assert_order (money, order, 1, 0, MONEY_TOTAL - 1, "part_paid", "cod");
  g_autofree char *empty = money_order (money, "HB KT", "cash");
  mh_assert_ok (money_expire (money, empty, &error), error);
  g_autoptr (MhRecord) after = money_read (money, empty);
  g_assert_cmpstr (mh_record_text (after, MH_ORDER_STATUS), ==, "expired");
  money_assert_books (money);
}

/* --- what the database itself refuses --- */

static const char *const forbidden[] = {
  "UPDATE ledger_entry SET amount = amount + 1",
  "DELETE FROM ledger_entry",
  "UPDATE payment SET refunded = amount + 1",
  "UPDATE payment SET pending = amount + 1",
  "UPDATE payment SET applied = amount + 1",
  "UPDATE payment SET applied = -1",
  "UPDATE payment SET approved_by = received_by",
  "UPDATE payment SET provider_payment = 'pay_Same'",
  "UPDATE payment SET reference_key = 'SAME', method = 'card'",
  "UPDATE receipt SET payment_id = 'same'",
  "UPDATE lab_order SET due = due + 1",
  "UPDATE lab_order SET refunded = paid + 1, due = due + paid + 1 - refunded",
  "UPDATE lab_order SET credited = total + 1, due = -1 - paid + refunded",
  "UPDATE order_item SET refunded = TRUE",
  "UPDATE patient_account SET advance = -1",
  "UPDATE ledger_entry SET deleted_at = 1",
};

static gboolean
try_statement (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) >= 0;
}

static void
test_guards (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) deposit = money_deposit (money, money->cashier, "cash", 100, &error);
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 10000, "slip 1");
  g_autofree char *upi = money_paid (money, money->cashier, order, "upi", 100, "6001");
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_test_message ("%s", forbidden[i]);
      g_assert_false (
          lab_write (money->lab, money->cashier, try_statement, (gpointer)forbidden[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  money_assert_books (money);
}

/* Cooked books are found out: looked at inside the transaction that cooks them and is then refused.
 */
static gboolean
cook (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  if (mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) < 1)
    return FALSE;
  g_autoptr (GPtrArray) found = mh_payments_store_verify (mh_tx_db (tx), 5, error);
  if (found != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "%u found", found->len);
  return FALSE;
}

static void
test_verify (const MhTestDb *test)
{
  static const char *const cooked[] = {
    "UPDATE lab_order SET paid = paid - 1, due = due + 1 WHERE paid > 0",
    "UPDATE lab_order SET charged = charged - 1 WHERE paid > 0",
    "UPDATE payment SET applied = applied - 1 WHERE applied > 0",
    "UPDATE payment SET refunded = 1",
    "UPDATE payment SET amount = amount + 1",
    "UPDATE patient_account SET advance = advance + 1",
    "INSERT INTO ledger_entry (id, version, created_at, changed_at, txn, account, kind, amount,"
    " currency) VALUES ('x', 1, 0, 0, 'x', 'sales', 'payment', 5, 'INR')",
  };
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) deposit = money_deposit (money, money->cashier, "cash", 100, &error);
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 10000, "slip 1");
  money_assert_books (money);
  for (guint i = 0; i < G_N_ELEMENTS (cooked); i++)
    {
      g_test_message ("%s", cooked[i]);
      g_assert_false (lab_write (money->lab, money->cashier, cook, (gpointer)cooked[i], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
      g_assert_cmpstr (error->message, !=, "0 found");
      g_clear_error (&error);
    }
  money_assert_books (money);
}

/* --- a link that is sent --- */

typedef struct
{
  const char *order, *kind, *notify, *url;
  guint messages;
} Link;

static gboolean
give_phone (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_PATIENT_PHONE, "98765 00011");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
tell_twice (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Link *link = data;
  g_autoptr (MhRecord) attempt = mh_record_new (&mh_payment_attempt_type);
  mh_record_take_text (attempt, MH_ID, mh_id_new ());
  mh_record_set_text (attempt, MH_ATTEMPT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (attempt, MH_ATTEMPT_ORDER_ID, link->order);
  mh_record_set_text (attempt, MH_ATTEMPT_KIND, link->kind);
  mh_record_set_text (attempt, MH_ATTEMPT_NOTIFY, link->notify);
  mh_record_set_text (attempt, MH_ATTEMPT_URL, link->url);
  mh_record_set_text (attempt, MH_ATTEMPT_CURRENCY, "INR");
  mh_record_set_int (attempt, MH_ATTEMPT_AMOUNT, MONEY_TOTAL);
  return mh_gateway_tell_link (tx, attempt, error) && mh_gateway_tell_link (tx, attempt, error);
}

/* One message for each link that somebody wanted by SMS, with amount and address and nothing more.
 */
static void
test_link_by_sms (const MhTestDb *test)
{
  static const char url[] = "https://rzp.io/i/abc";
  g_autoptr (Money) money = money_new (test);
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_ONLINE);
  const Link links[] = {
    { order, MH_ATTEMPT_KIND_LINK, MH_ATTEMPT_NOTIFY_EMAIL, url, 0 },
    { order, MH_ATTEMPT_KIND_LINK, MH_ATTEMPT_NOTIFY_NONE, url, 0 },
    { order, MH_ATTEMPT_KIND_QR, MH_ATTEMPT_NOTIFY_SMS, url, 0 },
    { order, MH_ATTEMPT_KIND_LINK, MH_ATTEMPT_NOTIFY_SMS, NULL, 0 },
    { order, MH_ATTEMPT_KIND_LINK, MH_ATTEMPT_NOTIFY_SMS, url, 1 },
    { order, MH_ATTEMPT_KIND_LINK, MH_ATTEMPT_NOTIFY_BOTH, url, 2 },
  };
  g_assert_true (lab_write (money->lab, money->cashier, give_phone, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GError) error = NULL;
      lab_write (money->lab, money->cashier, tell_twice, (gpointer)&links[i], &error);
      g_assert_no_error (error);
      MhDb *db = lab_reader (money->lab);
      const MhSmsQuery wanted = { .code = MH_SMS_PAYMENT_LINK, .limit = 10 };
      g_autoptr (GPtrArray) told
          = mh_sms_list (MH_REQUEST_DB (db, NULL, money->cashier), &wanted, &error);
      lab_done (money->lab, db);
      g_assert_no_error (error);
      g_assert_cmpuint (told->len, ==, links[i].messages);
      if (told->len == 0)
        continue;
      MhRecord *sms = g_ptr_array_index (told, 0);
      g_assert_cmpstr (mh_record_text (sms, MH_SMS_STATUS), ==, MH_SMS_QUEUED);
      g_assert_nonnull (strstr (mh_record_text (sms, MH_SMS_ARGUMENTS), url));
      g_assert_null (strstr (mh_record_text (sms, MH_SMS_ARGUMENTS), "HB"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/payments/methods", test_methods);
  mh_test_add_both ("/payments/mixed", test_mixed);
  mh_test_add_both ("/payments/again", test_again);
  mh_test_add_both ("/payments/reference/once", test_reference);
  mh_test_add_both ("/payments/reference/again", test_reference_again);
  mh_test_add_both ("/payments/deposit", test_deposit);
  mh_test_add_both ("/payments/by-hand", test_by_hand);
  mh_test_add_both ("/payments/proven", test_proven);
  mh_test_add_both ("/payments/credit", test_credit);
  mh_test_add_both ("/payments/late", test_late);
  mh_test_add_both ("/payments/refund/persons", test_refund_persons);
  mh_test_add_both ("/payments/refund/limit", test_refund_limit);
  mh_test_add_both ("/payments/refund/stages", test_refund_stages);
  mh_test_add_both ("/payments/refund/overtaken", test_refund_overtaken);
  mh_test_add_both ("/payments/refund/releases", test_refund_releases);
  mh_test_add_both ("/payments/refund/mixed", test_refund_mixed);
  mh_test_add_both ("/payments/refund/wrong-order", test_refund_wrong_order);
  mh_test_add_both ("/payments/refund/gateway", test_refund_gateway);
  mh_test_add_both ("/payments/recovery", test_recovery);
  mh_test_add_both ("/payments/expiry", test_expiry);
  mh_test_add_both ("/payments/guards", test_guards);
  mh_test_add_both ("/payments/verify", test_verify);
  mh_test_add_both ("/payments/link-by-sms", test_link_by_sms);
  return mh_test_run ();
}
