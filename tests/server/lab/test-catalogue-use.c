/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue's own rules on a real store: history, sign-off, checks, files, reagents, reflexes.
 */
#include <string.h>

#include "server/lab/catalogue/mh-catalogue-rows-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-reagent-service.h"
#include "server/lab/catalogue/mh-reagent-store.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/money/payments/mh-payments-money.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/catalogue-fixture.h"

typedef struct
{
  MhActor *actor;
  const MhRecordType *type;
  const char *id, *text;
  MhRecord *body, *reply;
  gboolean dry_run;
} Step;

static const char *
alert_status (Lab *lab, const char *kind)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_alert_type, "kind", kind, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  if (all->len == 0)
    return "none";
  return g_intern_string (mh_record_text (g_ptr_array_index (all, all->len - 1), MH_ALERT_STATUS));
}

/* --- reagents --- */

static gboolean
receive_lot (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  step->reply = mh_reagent_service_receive (MH_REQUEST_TX (tx, lab->server, step->actor),
                                            step->body, error);
  return step->reply != NULL;
}

static char *
receive (Lab *lab, MhActor *actor, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) body = catalogue_body (&mh_reagent_lot_type, json);
  Step step = { .actor = actor, .body = body };
  mh_assert_ok (lab_write (lab, actor, receive_lot, &step, &error), error);
  char *id = g_strdup (mh_record_id (step.reply));
  g_object_unref (step.reply);
  return id;
}

static gboolean
consume (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhCatalogueView) view = catalogue_view_in (tx, lab, error);
  return view != NULL
         && mh_reagent_service_consume (tx, view, LAB_HOSPITAL, "CBC", step->id, error);
}

static gint64
quantity (Lab *lab, const char *lot)
{
  g_autoptr (MhRecord) record = lab_get (lab, &mh_reagent_lot_type, lot);
  return mh_record_int (record, MH_REAGENT_LOT_QUANTITY);
}

static gboolean
count_lot (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_reagent_service_count (
      MH_REQUEST_TX (tx, lab->server, step->actor),
      (MhPatch){ .id = step->id, .if_match = -1, .body = step->body }, error);
  return step->reply != NULL;
}

static void
test_reagents (const MhTestDb *test)
{
  static const char *const items[]
      = { "01900000-0000-7000-8000-00000000a001", "01900000-0000-7000-8000-00000000a002",
          "01900000-0000-7000-8000-00000000a003", "01900000-0000-7000-8000-00000000a004" };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) made = catalogue_add (
      lab, ed, &mh_reagent_type,
      "{\"code\":\"DIL\",\"name\":\"Diluent\",\"unit\":\"ml\",\"uses\":[\"CBC=20\"],"
      "\"low_level\":30,\"active\":true}",
      &error);
  g_assert_no_error (error);
  g_autofree char *late = receive (
      lab, ed, "{\"reagent\":\"DIL\",\"lot\":\"B\",\"expiry\":\"2099-01-01\",\"quantity\":40}");
  g_autofree char *early = receive (
      lab, ed, "{\"reagent\":\"DIL\",\"lot\":\"A\",\"expiry\":\"2098-01-01\",\"quantity\":25}");
  g_autofree char *past = receive (
      lab, ed, "{\"reagent\":\"DIL\",\"lot\":\"C\",\"expiry\":\"2001-01-01\",\"quantity\":99}");
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REAGENT_LOW), ==, "none");
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REAGENT_EXPIRING), ==, MH_ALERT_OPEN);
  /* first to expire first, over two lots; the same test takes once; nothing from the expired one */
  const struct
  {
    const char *item;
    gint64 early, late;
  } steps[] = { { items[0], 5, 40 },
                { items[0], 5, 40 },
                { items[1], 0, 25 },
                { items[2], 0, 5 },
                { items[3], 0, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      Step step = { .id = steps[i].item };
      mh_assert_ok (lab_write (lab, ed, consume, &step, &error), error);
      g_assert_cmpint (quantity (lab, early), ==, steps[i].early);
      g_assert_cmpint (quantity (lab, late), ==, steps[i].late);
    }
  g_assert_cmpint (quantity (lab, past), ==, 99);
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REAGENT_LOW), ==, MH_ALERT_OPEN);
  /* counted by hand: a reason is needed, and the warning goes */
  g_autoptr (GError) silent = NULL;
  g_autoptr (MhRecord) more = catalogue_body (&mh_reagent_lot_type, "{\"quantity\":200}");
  Step without = { .actor = ed, .id = late, .body = more };
  g_assert_false (lab_write (lab, ed, count_lot, &without, &silent));
  catalogue_assert_issue (silent, "note", "required");
  g_autoptr (MhRecord) why
      = catalogue_body (&mh_reagent_lot_type, "{\"quantity\":200,\"note\":\"found a box\"}");
  Step with = { .actor = ed, .id = late, .body = why };
  mh_assert_ok (lab_write (lab, ed, count_lot, &with, &error), error);
  g_clear_object (&with.reply);
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REAGENT_LOW), ==, MH_ALERT_CLEARED);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) moves
      = mh_reagent_service_moves (MH_REQUEST_DB (db, NULL, ed), late, 50, &error);
  g_assert_no_error (error);
  gint64 sum = 0;
  for (guint i = 0; i < moves->len; i++)
    sum += mh_record_int (g_ptr_array_index (moves, i), MH_REAGENT_MOVE_QUANTITY);
  lab_done (lab, db);
  g_assert_cmpint (sum, ==, 200);
}

static gboolean
take_too_much (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  gboolean taken = TRUE;
  if (!mh_reagent_store_take (tx, data, 6, &taken, error))
    return FALSE;
  g_assert_false (taken);
  return mh_reagent_store_take (tx, data, 5, &taken, error) && taken;
}

static void
test_never_below_zero (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) made = catalogue_add (
      lab, ed, &mh_reagent_type, "{\"code\":\"DIL\",\"name\":\"Diluent\",\"active\":true}", &error);
  g_autofree char *lot = receive (
      lab, ed, "{\"reagent\":\"DIL\",\"lot\":\"A\",\"expiry\":\"2098-01-01\",\"quantity\":5}");
  mh_assert_ok (lab_write (lab, ed, take_too_much, lot, &error), error);
  g_assert_cmpint (quantity (lab, lot), ==, 0);
}

/* --- reflex --- */

static void
make_rule (Lab *lab, MhActor *mira, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) rule = catalogue_add (lab, mira, &mh_reflex_rule_type, json, &error);
  g_assert_no_error (error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
}

static MhRecord *
item_of (MhRecord *order, const char *test)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_TEST), test) == 0)
      return g_ptr_array_index (items, i);
  return NULL;
}

/* Potassium high adds haemoglobin on another tube, and cholesterol from the same one; the order is
 * reported only when those are verified too. */
static void
test_reflex (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) mira = catalogue_director ();
  make_rule (lab, mira,
             "{\"code\":\"KHB\",\"name\":\"Potassium high\",\"analyte\":\"K\",\"flags\":[\"H\","
             "\"HH\"],\"add_test\":\"HB\",\"tell\":\"both\",\"charged\":true,\"active\":true,"
             "\"verified\":true}");
  make_rule (lab, mira,
             "{\"code\":\"KCHOL\",\"name\":\"Potassium high, lipids\",\"test\":\"KT\",\"analyte\":"
             "\"K\",\"operator\":\"at_least\",\"value\":\"5.5\",\"add_test\":\"CHOLT\","
             "\"priority\":\"stat\",\"active\":true,\"verified\":true}");
  make_rule (lab, mira,
             "{\"code\":\"HBK\",\"name\":\"Unsigned\",\"analyte\":\"K\",\"operator\":\"at_least\","
             "\"value\":\"1\",\"add_test\":\"HDLT\",\"active\":true}");
  g_autofree char *id = lab_order (lab, "KT");
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, id, "K=5.5", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) order = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (item_of (order, "HDLT"));
  MhRecord *chol = item_of (order, "CHOLT"), *hb = item_of (order, "HB");
  g_assert_cmpstr (mh_record_text (chol, MH_ORDER_ITEM_STATUS), ==, MH_ITEM_STATUS_RECEIVED);
  g_assert_cmpstr (mh_record_text (hb, MH_ORDER_ITEM_STATUS), ==, MH_ITEM_STATUS_TO_COLLECT);
  g_assert_cmpstr (mh_record_text (hb, MH_ORDER_ITEM_REFLEX_RULE), ==, "KHB");
  g_assert_cmpint (mh_record_int (hb, MH_ORDER_ITEM_PRICE), ==, 9000);
  g_assert_cmpint (mh_record_int (chol, MH_ORDER_ITEM_PRICE), ==, 0);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_PRIORITY), ==, MH_PRIORITY_STAT);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_N_SAMPLES), ==, 2);
  g_assert_false (mh_record_has (order, MH_ORDER_REPORT_ID));
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_STATUS), !=, MH_ORDER_STATUS_COMPLETED);
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REFLEX_ADDED), ==, MH_ALERT_OPEN);
  g_assert_cmpstr (alert_status (lab, MH_ALERT_REFLEX_TO_CHARGE), ==, MH_ALERT_OPEN);
  /* The rest of the order, and no second round. */
  lab_receive (lab, id, "EDTA", LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) rest
      = lab_save (lab, lab->technician, id, "HGB=13.0 CHOL=180", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) done = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (done, MH_ORDER_ITEMS)->len, ==, 3);
  g_assert_true (mh_record_has (done, MH_ORDER_REPORT_ID));
}

/* --- reflex tests that cost something --- */

static gboolean
pay_all (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_auto (MhMoney) money = { 0 };
  g_autofree char *txn = mh_id_new ();
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  if (order == NULL
      || !mh_money_begin (&money, MH_REQUEST_TX (tx, lab->server, NULL), order, txn, txn, error))
    return FALSE;
  mh_money_pay (&money, MH_LEDGER_CASH, mh_money_balance (&money));
  return mh_money_finish (&money, MH_AUDIT_UPDATE, NULL, error);
}

static MhRecord *
run_potassium (Lab *lab, const char *id, const char *value)
{
  g_autoptr (GError) error = NULL;
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, id, value, TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) order = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&order);
}

static void
check_papers (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) wrong = mh_invoices_service_verify (db, 10, &n, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (wrong->len, ==, 0);
  g_assert_cmpuint (n, >, 0);
}

/* An order that is not paid gets dearer; one whose invoice is taken gets a debit note. Either way
 * the desk is told until it is paid, and a rule that charges nothing changes no sum. */
static void
test_charged (const MhTestDb *test)
{
  static const struct
  {
    gboolean paid, charged;
    gint64 price, debited, total, due;
    const char *state, *told;
  } rows[] = {
    { FALSE, FALSE, 0, 0, 17000, 17000, MH_PAYMENT_STATE_UNPAID, "none" },
    { TRUE, FALSE, 0, 0, 17000, 0, MH_PAYMENT_STATE_PAID, "none" },
    { FALSE, TRUE, 9000, 0, 26000, 26000, MH_PAYMENT_STATE_UNPAID, MH_ALERT_OPEN },
    { TRUE, TRUE, 0, 9000, 26000, 9000, MH_PAYMENT_STATE_PART_PAID, MH_ALERT_OPEN },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) mira = catalogue_director ();
  make_rule (lab, mira,
             "{\"code\":\"KFREE\",\"name\":\"High\",\"analyte\":\"K\",\"operator\":\"between\","
             "\"value\":\"5.5\",\"value_to\":\"5.9\",\"add_test\":\"HB\",\"active\":true,"
             "\"verified\":true}");
  make_rule (
      lab, mira,
      "{\"code\":\"KCOST\",\"name\":\"Very high\",\"analyte\":\"K\",\"operator\":\"at_least\","
      "\"value\":\"6.0\",\"add_test\":\"HB\",\"charged\":true,\"active\":true,"
      "\"verified\":true}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = lab_order (lab, "KT");
      if (rows[i].paid)
        mh_assert_ok (lab_write (lab, lab->reception, pay_all, id, &error), error);
      g_autoptr (MhRecord) order = run_potassium (lab, id, rows[i].charged ? "K=6.0" : "K=5.9");
      MhRecord *hb = item_of (order, "HB");
      g_test_message ("row %u", i);
      g_assert_cmpint (mh_record_int (hb, MH_ORDER_ITEM_PRICE), ==, rows[i].price);
      g_assert_cmpint (mh_record_int (hb, MH_ORDER_ITEM_AMOUNT), ==, rows[i].price);
      g_assert_cmpint (mh_record_int (order, MH_ORDER_DEBITED), ==, rows[i].debited);
      g_assert_cmpint (mh_record_int (order, MH_ORDER_TOTAL), ==, rows[i].total);
      g_assert_cmpint (mh_record_int (order, MH_ORDER_DUE), ==, rows[i].due);
      g_assert_cmpstr (mh_record_text (order, MH_ORDER_PAYMENT_STATE), ==, rows[i].state);
      g_assert_cmpstr (alert_status (lab, MH_ALERT_REFLEX_TO_CHARGE), ==, rows[i].told);
      if (rows[i].due > 0)
        mh_assert_ok (lab_write (lab, lab->reception, pay_all, id, &error), error);
      g_assert_cmpstr (alert_status (lab, MH_ALERT_REFLEX_TO_CHARGE), ==,
                       rows[i].charged ? MH_ALERT_CLEARED : "none");
      g_autoptr (MhRecord) settled = lab_get (lab, &mh_order_type, id);
      g_assert_cmpint (mh_record_int (settled, MH_ORDER_DUE), ==, 0);
      g_assert_cmpint (mh_record_int (settled, MH_ORDER_PAID), ==, rows[i].total);
      check_papers (lab);
    }
}

/* A normal value adds nothing. */
static void
test_no_reflex (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) mira = catalogue_director ();
  make_rule (lab, mira,
             "{\"code\":\"KHB\",\"name\":\"Potassium high\",\"analyte\":\"K\",\"operator\":"
             "\"at_least\",\"value\":\"5.5\",\"add_test\":\"HB\",\"active\":true,"
             "\"verified\":true}");
  g_autofree char *id = lab_order (lab, "KT");
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, id, "K=5.4", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) order = lab_verify (lab, lab->pathologist, id, "verify", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (order, MH_ORDER_ITEMS)->len, ==, 1);
  g_assert_true (mh_record_has (order, MH_ORDER_REPORT_ID));
}

/* --- the linter --- */

static gboolean
break_row (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) record = mh_record_copy (step->body);
  return mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
has_finding (GPtrArray *findings, const char *code, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    {
      MhRecord *finding = g_ptr_array_index (findings, i);
      if (g_strcmp0 (mh_record_text (finding, MH_CATALOGUE_FINDING_CODE), code) == 0
          && g_strcmp0 (mh_record_text (finding, MH_CATALOGUE_FINDING_RULE), rule) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Rows as a hand in the database could leave them; each is found. */
static void
test_lint (const MhTestDb *test)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json, *code, *rule;
  } rows[] = {
    { &mh_test_type, "{\"code\":\"L1\",\"name\":\"Nothing\",\"active\":true}", "L1",
      "no_analytes" },
    { &mh_test_type, "{\"code\":\"L2\",\"name\":\"Nothing\",\"active\":true}", "L2",
      "no_container" },
    { &mh_test_type, "{\"code\":\"L3\",\"name\":\"Nothing\",\"active\":true}", "L3", "no_price" },
    { &mh_test_type, "{\"code\":\"L4\",\"name\":\"Nothing\",\"active\":true}", "L4", "no_bench" },
    { &mh_test_type, "{\"code\":\"L5\",\"name\":\"N\",\"analytes\":[\"ZZ\"],\"active\":true}", "L5",
      "unknown_code" },
    { &mh_test_type, "{\"code\":\"L6\",\"name\":\"N\",\"analytes\":[\"MCHC\"],\"active\":true}",
      "L6", "input_missing" },
    { &mh_analyte_type, "{\"code\":\"M1\",\"name\":\"N\",\"kind\":\"coded\",\"active\":true}", "M1",
      "no_value" },
    { &mh_analyte_type, "{\"code\":\"M2\",\"name\":\"N\",\"kind\":\"titer\",\"active\":true}", "M2",
      "no_value" },
    { &mh_analyte_type, "{\"code\":\"M3\",\"name\":\"N\",\"kind\":\"calculated\",\"active\":true}",
      "M3", "no_formula" },
    { &mh_analyte_type, "{\"code\":\"M4\",\"name\":\"N\",\"kind\":\"numeric\",\"active\":true}",
      "M4", "unused" },
    { &mh_panel_type, "{\"code\":\"P1\",\"name\":\"N\",\"active\":true}", "P1", "no_tests" },
    { &mh_reference_range_type,
      "{\"analyte\":\"K\",\"kind\":\"reference\",\"sex\":\"any\","
      "\"from_age\":\"0d\",\"low\":\"3\"}",
      "K", "tie" },
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"male\","
      "\"from_age\":\"70y\",\"low\":\"0.5\"}",
      "HGB", "plausible" },
    { &mh_reference_range_type,
      "{\"analyte\":\"CHOL\",\"kind\":\"reference\",\"sex\":\"any\","
      "\"from_age\":\"2y\",\"to_age\":\"5y\",\"high\":\"170\"}",
      "CHOL", "no_range" },
    { &mh_reference_range_type,
      "{\"analyte\":\"CHOL\",\"kind\":\"reference\",\"sex\":\"any\","
      "\"from_age\":\"18y\",\"high\":\"200\"}",
      "CHOL", "gap" },
    { &mh_reflex_rule_type,
      "{\"code\":\"Q1\",\"name\":\"N\",\"analyte\":\"HBS\",\"operator\":"
      "\"above\",\"value\":\"1\",\"add_test\":\"HB\",\"active\":true,\"verified\":true}",
      "Q1", "mismatch" },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhCatalogueView) clean = catalogue_view_now (lab);
  g_autoptr (GPtrArray) before = mh_catalogue_lint (clean);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) body = catalogue_body (rows[i].type, rows[i].json);
      Step step = { .body = body };
      g_assert_false (has_finding (before, rows[i].code, rows[i].rule));
      mh_assert_ok (lab_write (lab, ed, break_row, &step, &error), error);
    }
  g_autoptr (MhCatalogueView) broken = catalogue_view_now (lab);
  g_autoptr (GPtrArray) after = mh_catalogue_lint (broken);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!has_finding (after, rows[i].code, rows[i].rule))
      g_error ("%s: no %s", rows[i].code, rows[i].rule);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (after, 0), MH_CATALOGUE_FINDING_SEVERITY), ==,
                   MH_FINDING_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/catalogue/reagents", test_reagents);
  mh_test_add_both ("/catalogue/never-below-zero", test_never_below_zero);
  mh_test_add_both ("/catalogue/reflex", test_reflex);
  mh_test_add_both ("/catalogue/reflex-charged", test_charged);
  mh_test_add_both ("/catalogue/no-reflex", test_no_reflex);
  mh_test_add_both ("/catalogue/lint", test_lint);
  return mh_test_run ();
}
