/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking money, giving it back, recovering orders: each rule on both sides of its border. On both
 * databases. */
#include <string.h>

#include "server/payments/mh-payments-store.h"
#include "server/reports/mh-reports-service.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "tests/server/money-fixture.h"

/* HB 90.00, KT 150.00, and the order's tax of 20.00. */
#define TOTAL 26000

static gint64
sum (MhRecord *order, guint field)
{
  return mh_record_int (order, field);
}

static const char *
word (MhRecord *record, guint field)
{
  return mh_record_text (record, field);
}

/* The order's own sums and where it stands. */
static void
assert_order (Money *money,
              const char *id,
              gint64 paid,
              gint64 refunded,
              gint64 due,
              const char *state,
              const char *tab)
{
  g_autoptr (MhRecord) order = money_read (money, id);
  g_assert_cmpint (sum (order, MH_ORDER_PAID), ==, paid);
  g_assert_cmpint (sum (order, MH_ORDER_REFUNDED), ==, refunded);
  g_assert_cmpint (sum (order, MH_ORDER_DUE), ==, due);
  g_assert_cmpstr (word (order, MH_ORDER_PAYMENT_STATE), ==, state);
  g_assert_cmpstr (word (order, MH_ORDER_TAB), ==, tab);
}

/* A payment that goes through; its id. */
static char *
paid (Money *money,
      MhActor *actor,
      const char *order,
      const char *method,
      gint64 amount,
      const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) payment
      = money_pay (money, actor, order, NULL, method, amount, reference, &error);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (payment));
}

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
    { "cash", NULL, TOTAL, -1, "captured", "paid", 0 },
    { "cash", NULL, TOTAL - 1, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "cash", NULL, TOTAL + 1, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "cod", NULL, TOTAL, -1, "captured", "paid", 0 },
    { "cod", NULL, 1, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "card", "slip 7", TOTAL, -1, "captured", "paid", 0 },
    { "card", "slip 7", 1, -1, "captured", "cod", TOTAL - 1 },
    { "card", "slip 7", TOTAL + 1, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "card", NULL, TOTAL, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "upi", "600112345678", TOTAL, -1, "captured", "paid", 0 },
    { "upi", NULL, TOTAL, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "insurance", "POL 1/22", TOTAL, -1, "claimed", "paid", 0 },
    { "insurance", NULL, TOTAL, MH_ERROR_INVALID, NULL, "cod", TOTAL },
    { "deposit", NULL, TOTAL, MH_ERROR_CONFLICT, NULL, "cod", TOTAL },
    { "online", "pay_1", TOTAL, -1, "requested", "cod", TOTAL },
    { "online", NULL, TOTAL, MH_ERROR_INVALID, NULL, "cod", TOTAL },
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
          g_assert_cmpstr (word (payment, MH_PAYMENT_STATUS), ==, rows[i].status);
          /* Money has a receipt, a promise has none. */
          g_assert_true (mh_record_has (payment, MH_PAYMENT_RECEIPT_ID)
                         == (strcmp (rows[i].status, "captured") == 0));
        }
      g_assert_cmpint (sum (after, MH_ORDER_DUE), ==, rows[i].due);
      g_assert_cmpstr (word (after, MH_ORDER_TAB), ==, rows[i].tab);
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
  g_autofree char *card = paid (money, money->cashier, order, "card", 10000, "slip 1");
  assert_order (money, order, 10000, 0, 16000, "part_paid", "cod");
  g_autofree char *claim = paid (money, money->cashier, order, "insurance", 6000, "POL 1");
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", 26000, NULL, &error),
                  &error, MH_ERROR_INVALID, "100.00 is due");
  assert_refused (money_pay (money, money->cashier, order, NULL, "cash", 9999, NULL, &error),
                  &error, MH_ERROR_INVALID, "100.00 is due");
  g_autofree char *cash = paid (money, money->cashier, order, "cash", 10000, NULL);
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
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
  g_assert_cmpstr (word (second, MH_PAYMENT_RECEIPT_ID), ==, word (first, MH_PAYMENT_RECEIPT_ID));
  g_assert_cmpint (mh_record_version (second), ==, mh_record_version (first));
  assert_refused (money_pay (money, money->cashier, order, id, "card", 9999, "slip 1", &error),
                  &error, MH_ERROR_CONFLICT, "Another payment");
  assert_order (money, order, 10000, 0, 16000, "part_paid", "cod");
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
  g_autofree char *spent = paid (money, money->cashier, order, "deposit", TOTAL, NULL);
  g_assert_cmpint (money_advance (money), ==, 4000);
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
  /* Spent is spent. */
  assert_refused (money_refund (money, money->manager, mh_record_id (deposit), 4001,
                                "deposit_returned", NULL, -1, &error),
                  &error, MH_ERROR_CONFLICT, "only ₹40.00");
  g_autoptr (MhRecord) back = money_refund (money, money->manager, mh_record_id (deposit), 4000,
                                            "deposit_returned", NULL, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (word (back, MH_PAYMENT_STATUS), ==, "processed");
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
  assert_order (money, order, 0, 0, TOTAL, "unpaid", NULL);
  g_autofree char *id = paid (money, money->manager, order, "online", TOTAL, "UTR 42");
  assert_refused (money_decide (money, money->manager, id, TRUE, &error), &error,
                  MH_ERROR_FORBIDDEN, "Somebody else");
  assert_refused (money_decide (money, money->second, id, TRUE, &error), &error, MH_ERROR_FORBIDDEN,
                  "payment.approve");
  g_autoptr (MhRecord) agreed = money_decide (money, money->director, id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (agreed, MH_PAYMENT_RECEIPT_ID));
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
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
  g_autofree char *id = paid (money, money->cashier, order, "online", TOTAL, "pay_Typed1");
  g_autoptr (MhRecord) credited = money_credit (money, order, "pay_Typed1", TOTAL, "INR", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_id (credited), ==, id);
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
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
    n += g_strcmp0 (word (found->pdata[i], MH_PAYMENT_REFUND_REASON), reason) == 0;
  return n;
}

static void
test_credit (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "online");
  g_autoptr (MhRecord) part = money_credit (money, order, "pay_A", 6000, "INR", &error);
  assert_order (money, order, 6000, 0, 20000, "part_paid", NULL);
  g_autoptr (MhRecord) rest = money_credit (money, order, "pay_B", 20001, "INR", &error);
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, 1);
  g_assert_cmpuint (waiting_refunds (money, "surplus"), ==, 1);
  g_autoptr (MhRecord) again = money_credit (money, order, "pay_B", 20001, "INR", &error);
  g_assert_cmpstr (mh_record_id (again), ==, mh_record_id (rest));
  g_assert_cmpuint (waiting_refunds (money, "surplus"), ==, 1);
  g_autoptr (MhRecord) late = money_credit (money, order, "pay_C", TOTAL, "INR", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (late, MH_PAYMENT_APPLIED), ==, 0);
  g_assert_cmpint (money_advance (money), ==, TOTAL + 1);
  g_assert_cmpuint (waiting_refunds (money, "late_capture"), ==, 1);
  g_autoptr (MhRecord) foreign = money_credit (money, order, "pay_D", 500, "USD", &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_has (foreign, MH_PAYMENT_FAILURE));
  g_assert_cmpint (money_advance (money), ==, TOTAL + 1);
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
  assert_order (money, order, 0, 0, TOTAL, "failed", "failed");
  mh_assert_ok (money_converted (money, order, &error), error);
  assert_order (money, order, 0, 0, TOTAL, "unpaid", "cod");
  g_autofree char *cash = paid (money, money->cashier, order, "cash", TOTAL, NULL);
  /* A failure that is told late changes nothing. */
  mh_assert_ok (money_failed (money, order, &error), error);
  g_autoptr (MhRecord) late = money_credit (money, order, "pay_Late", TOTAL, "INR", &error);
  g_assert_no_error (error);
  assert_order (money, order, TOTAL, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, TOTAL);
  g_assert_cmpuint (waiting_refunds (money, "late_capture"), ==, 1);
  money_assert_books (money);
}

/* --- the table of cases, continued below --- */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/payments/methods", test_methods);
  mh_test_add_both ("/payments/mixed", test_mixed);
  mh_test_add_both ("/payments/again", test_again);
  mh_test_add_both ("/payments/deposit", test_deposit);
  mh_test_add_both ("/payments/by-hand", test_by_hand);
  mh_test_add_both ("/payments/proven", test_proven);
  mh_test_add_both ("/payments/credit", test_credit);
  mh_test_add_both ("/payments/late", test_late);
  return mh_test_run ();
}
