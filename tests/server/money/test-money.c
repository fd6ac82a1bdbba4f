/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random days at the desk: whatever people and the gateway do in whatever order, the books balance
 * to the paisa, no test that was given back is reported, no number is missing or double. On both
 * databases. MAHIMA_MONEY_SEQUENCES: how many (80); MAHIMA_MONEY_SEED: the first one's seed (1).
 */
#include <stdlib.h>

#include "server/money/figures/mh-figures-service.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-figures.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/money/mh-till.h"
#include "tests/server/money-fixture.h"

#define SEQUENCES 80
#define STEPS 40

/* One sequence: what it has made so far, and what money has passed the counter and the gateway,
 * counted apart from the program. */
typedef struct
{
  Money *money;
  GRand *rand;
  GPtrArray *orders, *payments, *refunds, *facts; /* ids; facts: provider's payments */
  gint64 in, out;
  guint step;     /* the one that runs */
  guint *done_by; /* for each step: how often it went through */
} Day;

static guint
pick (Day *day, guint n)
{
  return (guint)g_rand_int_range (day->rand, 0, (gint32)n);
}

static const char *
any (Day *day, GPtrArray *ids)
{
  return ids->len > 0 ? g_ptr_array_index (ids, pick (day, ids->len)) : NULL;
}

static MhActor *
anybody (Day *day)
{
  MhActor *people[]
      = { day->money->cashier, day->money->second, day->money->manager, day->money->director };
  return people[pick (day, G_N_ELEMENTS (people))];
}

/* Refusals are part of the game, faults are not. */
static void
note (Day *day, gboolean done, GError **error)
{
  static const int refusals[]
      = { MH_ERROR_INVALID, MH_ERROR_CONFLICT, MH_ERROR_FORBIDDEN, MH_ERROR_NOT_FOUND };
  gboolean known = FALSE;
  day->done_by[day->step] += done ? 1 : 0;
  if (done)
    {
      g_assert_no_error (*error);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    known = known || g_error_matches (*error, MH_ERROR, refusals[i]);
  if (!known)
    g_error ("a fault, not a refusal: %s", (*error)->message);
  g_clear_error (error);
}

/* --- steps --- */

static void
step_order (Day *day, GError **error)
{
  static const char *const codes[] = { "HB",       "KT",         "CHOLT",         "HB KT",
                                       "LIPID KT", "HB KT HBST", "HB CHOLT HDLT", "HBST LIPID HB" };
  static const char *const methods[] = { MH_METHOD_CASH, MH_METHOD_COD,    MH_METHOD_ONLINE,
                                         MH_METHOD_CARD, MH_METHOD_ONLINE, MH_METHOD_INSURANCE };
  g_ptr_array_add (day->orders, money_order (day->money, codes[pick (day, G_N_ELEMENTS (codes))],
                                             methods[pick (day, G_N_ELEMENTS (methods))]));
  note (day, TRUE, error);
}

static gint64
some_of (Day *day, gint64 due)
{
  switch (pick (day, 6))
    {
    case 0:
      return due > 1 ? 1 + g_rand_int_range (day->rand, 0, (gint32)due) : 1;
    case 1:
      return due / 2 + 1;
    case 2:
      return due + 100;
    default:
      return due > 0 ? due : 100;
    }
}

static void
keep_payment (Day *day, MhRecord *payment)
{
  const char *status = mh_record_text (payment, MH_PAYMENT_STATUS);
  const char *method = mh_record_text (payment, MH_PAYMENT_METHOD);
  g_ptr_array_add (day->payments, g_strdup (mh_record_id (payment)));
  if (!g_str_equal (status, MH_PAYMENT_STATUS_REQUESTED)
      && !g_str_equal (method, MH_METHOD_DEPOSIT))
    day->in += mh_record_int (payment, MH_PAYMENT_AMOUNT);
}

static void
step_pay (Day *day, GError **error)
{
  static const char *const methods[]
      = { MH_METHOD_CASH,    MH_METHOD_CARD,      MH_METHOD_UPI,       MH_METHOD_COD,
          MH_METHOD_DEPOSIT, MH_METHOD_INSURANCE, MH_METHOD_INSURANCE, MH_METHOD_ONLINE };
  const char *id = any (day, day->orders);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) order = money_read (day->money, id);
  g_autofree char *payment_id = mh_id_new ();
  const char *method = methods[pick (day, G_N_ELEMENTS (methods))];
  gint64 amount = some_of (day, mh_record_int (order, MH_ORDER_DUE));
  MhActor *who = anybody (day);
  g_autofree char *reference
      = pick (day, 4) > 0 ? mh_id_new () : g_strdup_printf ("ref %u", pick (day, 3));
  g_autoptr (MhRecord) payment
      = money_pay (day->money, who, id, payment_id, method, amount, reference, error);
  note (day, payment != NULL, error);
  if (payment == NULL)
    return;
  keep_payment (day, payment);
  /* An impatient hand. */
  for (guint i = pick (day, 3); i > 0; i--)
    {
      g_autoptr (MhRecord) again
          = money_pay (day->money, who, id, payment_id, method, amount, reference, error);
      g_assert_no_error (*error);
      g_assert_cmpstr (mh_record_id (again), ==, payment_id);
      g_assert_cmpstr (mh_record_text (again, MH_PAYMENT_RECEIPT_ID), ==,
                       mh_record_text (payment, MH_PAYMENT_RECEIPT_ID));
    }
}

static void
step_deposit (Day *day, GError **error)
{
  static const char *const methods[]
      = { MH_METHOD_CASH, MH_METHOD_CARD, MH_METHOD_UPI, MH_METHOD_COD };
  g_autoptr (MhRecord) payment = money_deposit (day->money, anybody (day), methods[pick (day, 4)],
                                                1 + g_rand_int_range (day->rand, 0, 60000), error);
  note (day, payment != NULL, error);
  if (payment != NULL)
    keep_payment (day, payment);
}

/* One that waits for a second person, found where people find it: also those that the server asks
 * for itself. Caller frees; NULL: none. */
static char *
any_waiting (Day *day, const char *kind)
{
  g_autoptr (GError) error = NULL;
  const MhPaymentsQuery query = { .status = MH_PAYMENT_STATUS_REQUESTED,
                                  .kind = kind,
                                  .patient_id = day->money->patient,
                                  .limit = 50 };
  MhDb *db = lab_reader (day->money->lab);
  g_autoptr (GPtrArray) waiting = mh_payments_store_list (db, &query, &error);
  lab_done (day->money->lab, db);
  g_assert_no_error (error);
  return waiting->len > 0 ? g_strdup (mh_record_id (waiting->pdata[pick (day, waiting->len)]))
                          : NULL;
}

static void
step_decide (Day *day, GError **error)
{
  g_autofree char *id = any_waiting (day, MH_PAYMENT_KIND_PAYMENT);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) payment
      = money_decide (day->money, anybody (day), id, pick (day, 4) > 0, error);
  note (day, payment != NULL, error);
  if (payment != NULL
      && g_str_equal (mh_record_text (payment, MH_PAYMENT_STATUS), MH_PAYMENT_STATUS_CAPTURED))
    day->in += mh_record_int (payment, MH_PAYMENT_AMOUNT);
}

static void
step_credit (Day *day, GError **error)
{
  const char *id = any (day, day->orders);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) order = money_read (day->money, id);
  gboolean again = day->facts->len > 0 && pick (day, 3) == 0;
  g_autofree char *fresh
      = g_strdup_printf ("pay_%08x%08x", g_rand_int (day->rand), g_rand_int (day->rand));
  const char *fact = again ? any (day, day->facts) : fresh;
  g_autoptr (MhRecord) payment = money_credit (
      day->money, id, fact, some_of (day, mh_record_int (order, MH_ORDER_DUE)), "INR", error);
  note (day, payment != NULL, error);
  if (again)
    return;
  g_ptr_array_add (day->facts, g_strdup (fact));
  keep_payment (day, payment);
}

static void
step_gateway (Day *day, GError **error)
{
  const char *id = any (day, day->orders);
  if (id != NULL)
    note (day,
          pick (day, 2) == 0 ? money_failed (day->money, id, error)
                             : money_converted (day->money, id, error),
          error);
}

static void
step_recover (Day *day, GError **error)
{
  static const char *const actions[]
      = { MH_RECOVERY_RETRY, MH_RECOVERY_CONVERT_TO_COD, MH_RECOVERY_CANCEL };
  const char *id = any (day, day->orders);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) order
      = money_recover (day->money, day->money->cashier, id, actions[pick (day, 3)], error);
  note (day, order != NULL, error);
}

static void
step_edit (Day *day, GError **error)
{
  static const char *const codes[] = { "HB", "KT", "CHOLT", "HBST", "LIPID", "HDLT" };
  const char *id = any (day, day->orders);
  if (id == NULL)
    return;
  const char *add = pick (day, 2) == 0 ? codes[pick (day, G_N_ELEMENTS (codes))] : NULL;
  const char *remove = add == NULL || pick (day, 3) == 0 ? codes[pick (day, 4)] : NULL;
  g_autoptr (MhRecord) order = money_edit (day->money, id, add, remove, "as asked", error);
  note (day, order != NULL, error);
}

static void
step_expire (Day *day, GError **error)
{
  const char *id = any (day, day->orders);
  if (id != NULL)
    note (day, money_expire (day->money, id, error), error);
}

static void
step_debit (Day *day, GError **error)
{
  const char *id = any (day, day->orders);
  gboolean done
      = id != NULL
        && money_debit (day->money, id, 1 + g_rand_int_range (day->rand, 0, 20000), error);
  if (done || *error != NULL)
    note (day, done, error);
}

static void
step_collect (Day *day, GError **error)
{
  static const char *const containers[] = { "EDTA", "SST", NULL };
  const char *id = any (day, day->orders);
  if (id != NULL)
    note (day, money_collect (day->money, id, containers[pick (day, 3)], pick (day, 3) > 0, error),
          error);
}

static void
step_report (Day *day, GError **error)
{
  const char *id = any (day, day->orders);
  if (id == NULL)
    return;
  note (day, money_results (day->money, id, error), error);
  note (day, money_verify (day->money, id, error), error);
}

/* None, one or several tests of the order, now and then one twice. */
static char **
some_items (Day *day, const char *payment_id)
{
  g_autoptr (MhRecord) payment = lab_get (day->money->lab, &mh_payment_type, payment_id);
  const char *order_id = mh_record_text (payment, MH_PAYMENT_ORDER_ID);
  if (order_id == NULL || pick (day, 3) == 0)
    return NULL;
  g_autoptr (MhRecord) order = money_read (day->money, order_id);
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean all = pick (day, 2) == 0;
  for (guint i = 0; i < items->len; i++)
    if (all || pick (day, 2) == 0)
      g_strv_builder_add (ids, mh_record_id (items->pdata[i]));
  return g_strv_builder_end (ids);
}

static void
count_out (Day *day, MhRecord *refund)
{
  const char *method = mh_record_text (refund, MH_PAYMENT_METHOD);
  if (g_str_equal (mh_record_text (refund, MH_PAYMENT_STATUS), MH_PAYMENT_STATUS_PROCESSED)
      && !g_str_equal (method, MH_METHOD_DEPOSIT))
    day->out += mh_record_int (refund, MH_PAYMENT_AMOUNT);
}

static void
step_refund (Day *day, GError **error)
{
  const char *id = any (day, day->payments);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) payment = lab_get (day->money->lab, &mh_payment_type, id);
  g_auto (GStrv) items = some_items (day, id);
  gint64 amount = mh_record_int (payment, MH_PAYMENT_AMOUNT);
  const MhCode *reason = &mh_refund_reason_codes[pick (day, 6)];
  switch (pick (day, 3))
    {
    case 0:
      amount = 1 + g_rand_int_range (day->rand, 0, (gint32)amount);
      break;
    case 1:
      amount = MAX (1, amount - mh_record_int (payment, MH_PAYMENT_APPLIED));
      break;
    default:
      break;
    }
  g_autoptr (MhRecord) refund
      = money_refund (day->money, anybody (day), id, amount, reason->code,
                      (const char *const *)items, (int)pick (day, 3) - 1, error);
  note (day, refund != NULL, error);
  if (refund == NULL)
    return;
  g_ptr_array_add (day->refunds, g_strdup (mh_record_id (refund)));
  count_out (day, refund);
}

static void
step_decide_refund (Day *day, GError **error)
{
  g_autofree char *id = any_waiting (day, MH_PAYMENT_KIND_REFUND);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) refund
      = money_decide_refund (day->money, anybody (day), id, pick (day, 4) > 0, error);
  note (day, refund != NULL, error);
  if (refund == NULL)
    return;
  g_ptr_array_add (day->refunds, g_strdup (id));
  count_out (day, refund);
}

static void
step_settled (Day *day, GError **error)
{
  const char *id = any (day, day->refunds);
  if (id == NULL)
    return;
  g_autoptr (MhRecord) before = lab_get (day->money->lab, &mh_payment_type, id);
  gboolean done = money_settled (day->money, id, pick (day, 3) > 0, error);
  note (day, done, error);
  g_autoptr (MhRecord) after = lab_get (day->money->lab, &mh_payment_type, id);
  if (g_strcmp0 (mh_record_text (before, MH_PAYMENT_STATUS),
                 mh_record_text (after, MH_PAYMENT_STATUS))
      != 0)
    count_out (day, after);
}

/* One that an insurer still owes something of; NULL: none. */
static MhRecord *
any_claim (Day *day)
{
  guint from = day->payments->len > 0 ? pick (day, day->payments->len) : 0;
  for (guint i = 0; i < day->payments->len; i++)
    {
      g_autoptr (MhRecord) claim = lab_get (day->money->lab, &mh_payment_type,
                                            day->payments->pdata[(from + i) % day->payments->len]);
      if (mh_claim_owed (claim) > 0)
        return g_steal_pointer (&claim);
    }
  return NULL;
}

/* An insurer pays some of a claim, some it refuses; now and then more than it owes, or by a
 * transfer that was recorded before. */
static void
step_remit (Day *day, GError **error)
{
  g_autoptr (MhRecord) claim = any_claim (day);
  if (claim == NULL)
    return;
  gint64 owed = mh_claim_owed (claim);
  gint64 paid = pick (day, 4) == 0 ? 0 : g_rand_int_range (day->rand, 0, (gint32)owed + 2);
  gint64 denied = pick (day, 2) == 0 ? 0 : MAX (0, owed - paid + (pick (day, 6) == 0 ? 1 : 0));
  if (paid + denied == 0)
    return;
  const char *outcome = pick (day, 2) == 0 ? MH_DENIED_PATIENT : MH_DENIED_WRITE_OFF;
  g_autoptr (MhRecord) remittance
      = money_remit (day->money, anybody (day), mh_record_id (claim), paid, denied, outcome,
                     pick (day, 8) == 0 ? "NEFT 1" : NULL, error);
  note (day, remittance != NULL, error);
  if (remittance != NULL)
    day->out += denied;
}

/* --- what must hold --- */

static const char sql_held[] = "SELECT COALESCE (SUM (amount), 0) FROM ledger_entry WHERE account"
                               " IN ('cash', 'card', 'upi', 'online', 'insurance', 'bank')";
static const char sql_money[] = "SELECT COALESCE (SUM (amount), 0) FROM ledger_entry WHERE account"
                                " IN ('cash', 'card', 'upi', 'online', 'bank')";

static gint64
sum_of (Money *money, const char *sql)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRows) rows = mh_db_query (db, sql, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, &error));
  gint64 sum = mh_rows_int (rows, 0);
  g_clear_pointer (&rows, mh_rows_free);
  lab_done (money->lab, db);
  return sum;
}

/* The day book, the revenue and the ledger tell of the same money; claims are none. */
static void
check_reports (Money *money)
{
  g_autoptr (GError) error = NULL;
  const MhFiguresWanted wanted = { .report = MH_FIGURES_REVENUE, .by = MH_FIGURES_BY_METHOD };
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) book = mh_till_service_day_book (
      MH_REQUEST_DB (db, money->lab->server, money->manager), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) figures = mh_figures_service_make (
      MH_REQUEST_DB (db, money->lab->server, money->manager), &wanted, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  gint64 ledger = sum_of (money, sql_money);
  MhRecord *totals = mh_record_record (figures, MH_FIGURES_TOTALS);
  g_assert_cmpint (mh_record_int (book, MH_DAY_BOOK_NET), ==, ledger);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_NET), ==, ledger);
}

static void
check_order (Day *day, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = money_read (day->money, id);
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  MhLedgerSums sums = { 0 };
  gint64 charged = 0, credited = 0;
  gint64 due = mh_record_int (order, MH_ORDER_DUE);
  MhDb *db = lab_reader (day->money->lab);
  gboolean read = mh_payments_store_sums (db, id, &sums, &error)
                  && mh_invoices_service_sums (db, id, &charged, &credited, &error);
  lab_done (day->money->lab, db);
  g_assert_no_error (error);
  g_assert_true (read);
  g_assert_cmpint (due, >=, 0);
  g_assert_cmpint (sums.paid, ==, mh_record_int (order, MH_ORDER_PAID));
  g_assert_cmpint (sums.refunded, ==, mh_record_int (order, MH_ORDER_REFUNDED));
  if (sums.charged != 0)
    g_assert_cmpint (sums.balance, ==, due);
  /* Documents come to what is charged. */
  if (charged != 0)
    g_assert_cmpint (charged - credited, ==,
                     mh_record_int (order, MH_ORDER_TOTAL)
                         - mh_record_int (order, MH_ORDER_CREDITED));
  else if (due == 0 && mh_record_has (order, MH_ORDER_TAB))
    g_error ("order %s is settled and has no invoice", id);
  gboolean finished = g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), "completed") == 0;
  g_assert_true (finished == mh_record_has (order, MH_ORDER_REPORT_ID));
  for (guint i = 0; i < items->len; i++)
    if (mh_record_bool (items->pdata[i], MH_ORDER_ITEM_REFUNDED))
      g_assert_cmpstr (mh_record_text (items->pdata[i], MH_ORDER_ITEM_STATUS), ==, "cancelled");
}

/* --- the sequences --- */

typedef void (*StepFunc) (Day *day, GError **error);

/* clang-format off */
static const struct
{
  const char *name;
  StepFunc func;
  guint weight;
} steps[] = {
  { "order", step_order, 2 }, { "pay", step_pay, 4 }, { "deposit", step_deposit, 1 },
  { "decide", step_decide, 3 }, { "credit", step_credit, 2 }, { "gateway", step_gateway, 1 },
  { "edit", step_edit, 2 },       { "recover", step_recover, 1 }, { "expire", step_expire, 1 }, { "debit", step_debit, 1 },
  { "collect", step_collect, 3 }, { "report", step_report, 2 }, { "refund", step_refund, 3 },
  { "decide refund", step_decide_refund, 2 }, { "settled", step_settled, 1 }, { "remit", step_remit, 4 },
};
/* clang-format on */

static guint
pick_step (Day *day)
{
  guint all = 0, i = 0;
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    all += steps[k].weight;
  for (guint at = pick (day, all); at >= steps[i].weight; i++)
    at -= steps[i].weight;
  return i;
}

static void
run_steps (Day *day)
{
  g_autoptr (GError) error = NULL;
  step_order (day, &error);
  for (guint i = 0; i < STEPS; i++)
    {
      day->step = pick_step (day);
      steps[day->step].func (day, &error);
    }
}

static void
run_day (Money *money, guint32 seed, gint64 *in_out, guint *done_by)
{
  Day day = { .money = money, .rand = g_rand_new_with_seed (seed), .done_by = done_by };
  GPtrArray **lists[] = { &day.orders, &day.payments, &day.refunds, &day.facts };
  /* Stays on the screen when an assertion ends the program. */
  g_test_message ("MAHIMA_MONEY_SEED=%u", seed);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func (g_free);
  money_next_patient (money);
  run_steps (&day);
  money_assert_books (money);
  for (guint i = 0; i < day.orders->len; i++)
    check_order (&day, day.orders->pdata[i]);
  *in_out += day.in - day.out;
  g_assert_cmpint (sum_of (money, sql_held), ==, *in_out);
  check_reports (money);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (*lists[i]);
  g_rand_free (day.rand);
}

static guint
number_from (const char *name, guint fallback)
{
  const char *text = g_getenv (name);
  return text != NULL ? (guint)strtoul (text, NULL, 10) : fallback;
}

static void
test_days (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  guint first = number_from ("MAHIMA_MONEY_SEED", 1);
  guint n = number_from ("MAHIMA_MONEY_SEQUENCES", SEQUENCES);
  gint64 in_out = 0;
  guint done_by[G_N_ELEMENTS (steps)] = { 0 };
  for (guint i = 0; i < n; i++)
    run_day (money, first + i, &in_out, done_by);
  /* A step that is always refused would prove nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("%s: %u done", steps[i].name, done_by[i]);
      if (n >= SEQUENCES)
        g_assert_cmpuint (done_by[i], >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/money/days", test_days);
  return mh_test_run ();
}
