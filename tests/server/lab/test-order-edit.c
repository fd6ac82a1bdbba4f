/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A placed order is changed: tests come and go, price, bills, tubes and the patient's advance
 * follow. On both databases. */
#include <string.h>

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/money/mh-payment.h"
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

static void
test_edit_unpaid (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  /* without a reason, without anything, all of it, what is not there */
  assert_refused (money_edit (money, order, NULL, "KT", NULL, &error), &error, MH_ERROR_INVALID,
                  "why");
  assert_refused (money_edit (money, order, NULL, NULL, "x", &error), &error, MH_ERROR_INVALID,
                  "Name a test");
  assert_refused (money_edit (money, order, NULL, "HB KT", "x", &error), &error, MH_ERROR_CONFLICT,
                  "cancel the order");
  assert_refused (money_edit (money, order, "HB", NULL, NULL, &error), &error, MH_ERROR_INVALID,
                  "already");
  assert_refused (money_edit (money, order, "NONE", NULL, NULL, &error), &error, MH_ERROR_INVALID,
                  "not a test");
  /* the test goes with its tube and its price; the order's own tax stays */
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "changed mind", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (less, MH_ORDER_TOTAL), ==, 11000);
  g_assert_cmpint (mh_record_int (less, MH_ORDER_DUE), ==, 11000);
  g_assert_cmpint (mh_record_int (less, MH_ORDER_TAX), ==, 2000);
  guint n_cancelled = 0;
  GPtrArray *samples = mh_record_records (less, MH_ORDER_SAMPLES);
  for (guint k = 0; k < samples->len; k++)
    n_cancelled += g_str_equal (mh_record_text (samples->pdata[k], MH_SAMPLE_STATUS),
                                MH_SAMPLE_STATUS_CANCELLED)
                       ? 1
                       : 0;
  g_assert_cmpuint (n_cancelled, ==, 1);
  g_assert_cmpuint (g_strv_length ((char **)mh_record_list (less, MH_ORDER_TEST_NAMES)), ==, 1);
  assert_refused (money_edit (money, order, NULL, "KT", "again", &error), &error, MH_ERROR_INVALID,
                  "any more");
  /* and it comes again, with the tax laid once */
  g_autoptr (MhRecord) more = money_edit (money, order, "KT", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (more, MH_ORDER_TOTAL), ==, MONEY_TOTAL);
  g_assert_cmpint (mh_record_int (more, MH_ORDER_DUE), ==, MONEY_TOTAL);
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  money_assert_books (money);
}

static void
test_edit_paid (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  /* billed: a credit note, and what is paid beyond stays the patient's */
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "wrong test", &error);
  g_assert_no_error (error);
  /* its price and its part of the order's tax */
  g_assert_cmpint (mh_record_int (less, MH_ORDER_CREDITED), ==, 16250);
  money_assert_order (money, order, 9750, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, 16250);
  money_assert_books (money);
  /* billed: a debit note, due until it is paid */
  g_autoptr (MhRecord) more = money_edit (money, order, "KT", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (more, MH_ORDER_DUE), ==, 15000);
  g_assert_cmpint (mh_record_int (more, MH_ORDER_DEBITED), ==, 15000);
  money_assert_books (money);
  g_autofree char *again = money_paid (money, money->cashier, order, "deposit", 15000, NULL);
  g_assert_cmpint (money_advance (money), ==, 1250);
  money_assert_books (money);
}

/* Paid in part and never billed: what is left is paid by what was taken, and billed then. */
static void
test_edit_part_paid (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "card");
  g_autofree char *card = money_paid (money, money->cashier, order, "card", 20000, "slip 1");
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "wrong test", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (less, MH_ORDER_TOTAL), ==, 11000);
  money_assert_order (money, order, 11000, 0, 0, "paid", "paid");
  g_assert_cmpint (money_advance (money), ==, 9000);
  money_assert_books (money);
}

static void
test_edit_stages (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "cash");
  g_autofree char *cash = money_paid (money, money->cashier, order, "cash", MONEY_TOTAL, NULL);
  mh_assert_ok (money_collect (money, order, "EDTA", TRUE, &error), error);
  /* the laboratory has it; the other one may go, and a test for the same tube may come */
  assert_refused (money_edit (money, order, NULL, "HB", "x", &error), &error, MH_ERROR_INVALID,
                  "laboratory has");
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "x", &error);
  g_assert_no_error (error);
  money_assert_order (money, order, 9750, 0, 0, "paid", "processing");
  mh_assert_ok (money_results (money, order, &error), error);
  mh_assert_ok (money_verify (money, order, &error), error);
  assert_refused (money_edit (money, order, "KT", NULL, NULL, &error), &error, MH_ERROR_CONFLICT,
                  "report");
  g_autofree char *late = money_order (money, "HB KT", "cash");
  mh_assert_ok (money_expire (money, late, &error), error);
  assert_refused (money_edit (money, late, "CHOLT", NULL, NULL, &error), &error, MH_ERROR_CONFLICT,
                  "reopen");
  money_assert_books (money);
}

/* The tests of the order's tube in that container, as its label has them. */
static char *
label_of (MhRecord *order, const char *container)
{
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  for (guint i = 0; i < samples->len; i++)
    if (g_str_equal (mh_record_text (samples->pdata[i], MH_SAMPLE_CONTAINER), container)
        && !g_str_equal (mh_record_text (samples->pdata[i], MH_SAMPLE_STATUS),
                         MH_SAMPLE_STATUS_CANCELLED))
      {
        g_autofree char *codes
            = g_strjoinv (" ", (char **)mh_record_list (samples->pdata[i], MH_SAMPLE_TESTS));
        g_assert_cmpuint (
            g_strv_length ((char **)mh_record_list (samples->pdata[i], MH_SAMPLE_TEST_NAMES)), ==,
            g_strv_length ((char **)mh_record_list (samples->pdata[i], MH_SAMPLE_TESTS)));
        return g_steal_pointer (&codes);
      }
  return g_strdup ("none");
}

static void
assert_label (Money *money, const char *id, const char *container, const char *codes, int tubes)
{
  g_autoptr (MhRecord) order = money_read (money, id);
  g_autofree char *label = label_of (order, container);
  g_assert_cmpstr (label, ==, codes);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_N_SAMPLES), ==, tubes);
}

/* A tube that several tests share loses from its label what is removed or given back. */
static void
test_shared_tube (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT CHOLT", "cash");
  assert_label (money, order, "SST", "KT CHOLT", 2);
  g_autoptr (MhRecord) less = money_edit (money, order, NULL, "KT", "wrong test", &error);
  g_assert_no_error (error);
  assert_label (money, order, "SST", "CHOLT", 2);
  g_autoptr (MhRecord) none = money_edit (money, order, NULL, "CHOLT", "wrong test", &error);
  g_assert_no_error (error);
  assert_label (money, order, "SST", "none", 1);
  g_autoptr (MhRecord) more = money_edit (money, order, "KT CHOLT", NULL, NULL, &error);
  g_assert_no_error (error);
  assert_label (money, order, "SST", "KT CHOLT", 2);

  g_autofree char *cash
      = money_paid (money, money->cashier, order, "cash", mh_record_int (more, MH_ORDER_DUE), NULL);
  g_autoptr (MhRecord) billed = money_read (money, order);
  GPtrArray *items = mh_record_records (billed, MH_ORDER_ITEMS);
  for (guint i = 0; i < items->len; i++)
    {
      if (!g_str_equal (mh_record_text (items->pdata[i], MH_ORDER_ITEM_TEST), "KT")
          || g_str_equal (mh_record_text (items->pdata[i], MH_ORDER_ITEM_STATUS),
                          MH_ITEM_STATUS_CANCELLED))
        continue;
      const char *const given[] = { mh_record_id (items->pdata[i]), NULL };
      g_autoptr (MhRecord) refund = money_refund (
          money, money->second, cash, mh_record_int (items->pdata[i], MH_ORDER_ITEM_AMOUNT),
          MH_REFUND_REASON_TEST_CANCELLED, given, -1, &error);
      g_assert_no_error (error);
    }
  assert_label (money, order, "SST", "CHOLT", 2);
  g_autoptr (MhRecord) rest = money_read (money, order);
  g_assert_cmpuint (g_strv_length ((char **)mh_record_list (rest, MH_ORDER_TEST_NAMES)), ==, 2);
  money_assert_books (money);
}

/* Drawn, not yet in the laboratory: cancelled with a word, the tubes with it; once the laboratory
 * has one it is too late. */
static void
test_cancel_drawn (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", "insurance");
  mh_assert_ok (money_collect (money, order, "EDTA", FALSE, &error), error);
  assert_refused (money_recover (money, money->cashier, order, "cancel", &error), &error,
                  MH_ERROR_INVALID, "Say why");
  g_autoptr (MhRecord) gone
      = money_recover_because (money, money->cashier, order, "cancel", "patient left", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (gone, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_CANCELLED);
  g_assert_cmpstr (mh_record_text (gone, MH_ORDER_CANCEL_REASON), ==, "patient left");
  GPtrArray *samples = mh_record_records (gone, MH_ORDER_SAMPLES);
  for (guint i = 0; i < samples->len; i++)
    g_assert_cmpstr (mh_record_text (samples->pdata[i], MH_SAMPLE_STATUS), ==,
                     MH_SAMPLE_STATUS_CANCELLED);
  money_assert_order (money, order, 0, 0, 0, "unpaid", NULL);

  g_autofree char *late = money_order (money, "HB KT", "insurance");
  mh_assert_ok (money_collect (money, late, "EDTA", TRUE, &error), error);
  assert_refused (money_recover_because (money, money->cashier, late, "cancel", "x", &error),
                  &error, MH_ERROR_CONFLICT, "laboratory has");
  money_assert_books (money);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/order-edit/unpaid", test_edit_unpaid);
  mh_test_add_both ("/order-edit/paid", test_edit_paid);
  mh_test_add_both ("/order-edit/part-paid", test_edit_part_paid);
  mh_test_add_both ("/order-edit/stages", test_edit_stages);
  mh_test_add_both ("/order-edit/cancel-drawn", test_cancel_drawn);
  mh_test_add_both ("/order-edit/shared-tube", test_shared_tube);
  return mh_test_run ();
}
