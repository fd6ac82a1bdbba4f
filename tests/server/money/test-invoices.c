/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invoices and notes over a real store: one for each order, numbers without a gap whatever is
 * rolled back, nothing changed afterwards, and sums that agree to the paisa. On both databases. */
#include <string.h>

#include "server/app/mh-server-app.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/invoices/mh-invoices-make.h"
#include "server/money/invoices/mh-invoices-papers.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const char *order_id; /* or the id of a document */
  gint64 amount;
  const char *const *tests; /* that a refund is for */
  const char *refund_id;
  MhActor *actor;
  MhRecord *body, *reply;
  gboolean fail; /* after the work is done */
} Step;

static MhRecord *
body_of (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *body = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  return body;
}

/* --- steps in the write queue --- */

static gboolean
place (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply
      = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, step->actor), step->body, error);
  return step->reply != NULL;
}

static gboolean
invoice (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, step->order_id, error);
  g_clear_object (&step->reply);
  step->reply
      = order != NULL ? mh_invoices_service_for_order (tx, lab->server, order, error) : NULL;
  if (step->reply != NULL && step->fail)
    mh_error_set (error, MH_ERROR_CONFLICT, "rolled back");
  return step->reply != NULL && !step->fail;
}

static gboolean
is_wanted (MhRecord *item, const char *const *tests)
{
  return tests != NULL && g_strv_contains (tests, mh_record_text (item, MH_ORDER_ITEM_TEST));
}

static gboolean
credit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, step->order_id, error);
  g_autoptr (GPtrArray) all = mh_orders_service_items (mh_tx_db (tx), step->order_id, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (MhRecord) refund = mh_record_new (&mh_payment_type);
  for (guint i = 0; i < all->len; i++)
    if (is_wanted (g_ptr_array_index (all, i), step->tests))
      g_ptr_array_add (items, g_ptr_array_index (all, i));
  mh_record_take_text (refund, MH_ID,
                       step->refund_id != NULL ? g_strdup (step->refund_id) : mh_id_new ());
  mh_record_set_int (refund, MH_PAYMENT_AMOUNT, step->amount);
  mh_record_set_text (refund, MH_PAYMENT_REFUND_REASON, MH_REFUND_REASON_TEST_CANCELLED);
  g_clear_object (&step->reply);
  return mh_invoices_service_credit (MH_REQUEST_TX (tx, lab->server, NULL), order, refund, items,
                                     &step->reply, error);
}

static gboolean
debit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_invoices_service_debit (MH_REQUEST_TX (tx, lab->server, step->actor),
                                           step->order_id, step->body, error);
  return step->reply != NULL;
}

static gboolean
insert (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_tx_insert (tx, data, MH_AUDIT_CREATE, NULL, error);
}

static void
add (Lab *lab, const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = body_of (type, json);
  mh_assert_ok (lab_write (lab, lab->reception, insert, record, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
}

static MhRecord *
invoice_of (Lab *lab, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  Step step = { .order_id = order_id };
  mh_assert_ok (lab_write (lab, lab->reception, invoice, &step, &error), error);
  return step.reply;
}

static MhRecord *
read_invoice (Lab *lab, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhRecord *read = mh_invoices_service_read (MH_REQUEST_DB (db, NULL, lab->reception), id, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return read;
}

static void
assert_numbers (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  gboolean ok = mh_invoices_service_check_numbers (db, LAB_HOSPITAL, &error);
  lab_done (lab, db);
  mh_assert_ok (ok, error);
}

/* What every document must say of itself. */
static void
assert_adds_up (MhRecord *document)
{
  GPtrArray *lines = mh_record_records (document, MH_INVOICE_LINES);
  gint64 subtotal = mh_record_int (document, MH_INVOICE_SUBTOTAL);
  gint64 discount = mh_record_int (document, MH_INVOICE_DISCOUNT);
  gint64 tax = mh_record_int (document, MH_INVOICE_TAX);
  gint64 included = mh_record_int (document, MH_INVOICE_TAX_INCLUDED);
  gint64 round_off = mh_record_int (document, MH_INVOICE_ROUND_OFF);
  gint64 total = mh_record_int (document, MH_INVOICE_TOTAL), amount = 0;
  g_assert_cmpint (subtotal - discount + tax - included + round_off, ==, total);
  g_assert_cmpint (mh_record_int (document, MH_INVOICE_TAXABLE)
                       + mh_record_int (document, MH_INVOICE_EXEMPT) + tax + round_off,
                   ==, total);
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      gint64 line_tax = mh_record_int (line, MH_INVOICE_LINE_TAX);
      gboolean inclusive = mh_record_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE);
      g_assert_cmpint (mh_record_int (line, MH_INVOICE_LINE_TAXABLE) + line_tax, ==,
                       mh_record_int (line, MH_INVOICE_LINE_AMOUNT));
      g_assert_cmpint (mh_record_int (line, MH_INVOICE_LINE_PRICE)
                               * mh_record_int (line, MH_INVOICE_LINE_QUANTITY)
                           - mh_record_int (line, MH_INVOICE_LINE_DISCOUNT)
                           + (inclusive ? 0 : line_tax),
                       ==, mh_record_int (line, MH_INVOICE_LINE_AMOUNT));
      g_assert_cmpint (line_tax, >=, 0);
      g_assert_cmpint (mh_record_int (line, MH_INVOICE_LINE_DISCOUNT), >=, 0);
      amount += mh_record_int (line, MH_INVOICE_LINE_AMOUNT);
    }
  g_assert_cmpint (amount + round_off, ==, total);
  g_assert_true (mh_invoice_is_intact (document));
  g_assert_cmpuint (strlen (mh_record_text (document, MH_INVOICE_NUMBER)), <=,
                    MH_INVOICE_NUMBER_MAX);
}

/* --- the invoice --- */

static void
test_once (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "CBC LIPID");
  g_autofree char *other = lab_order (lab, "HB");
  g_autoptr (MhRecord) first = invoice_of (lab, order);
  g_autoptr (MhRecord) again = invoice_of (lab, order);
  g_autoptr (MhRecord) next = invoice_of (lab, other);
  g_autoptr (MhRecord) read = read_invoice (lab, mh_record_id (first));
  const char *number = mh_record_text (first, MH_INVOICE_NUMBER);
  g_assert_cmpstr (mh_record_id (first), ==, mh_record_id (again));
  g_assert_true (g_str_has_prefix (number, "I") && g_str_has_suffix (number, "/000001"));
  g_assert_true (g_str_has_suffix (mh_record_text (next, MH_INVOICE_NUMBER), "/000002"));
  g_assert_cmpint (mh_record_int (read, MH_INVOICE_TOTAL), ==, 35000 + 25000 + 2000);
  g_assert_cmpint (mh_record_records (read, MH_INVOICE_LINES)->len, ==, 3);
  g_assert_cmpstr (mh_record_text (read, MH_INVOICE_KIND), ==, MH_INVOICE_KIND_INVOICE);
  g_assert_cmpstr (mh_record_text (read, MH_INVOICE_STATE), ==, MH_INVOICE_STATE_FINAL);
  g_assert_cmpstr (mh_record_text (read, MH_INVOICE_AMOUNT_IN_WORDS), ==,
                   "Rupees six hundred twenty only");
  assert_adds_up (read);
  assert_numbers (lab);
}

static void
test_bill_of_supply (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  add (lab, &mh_tax_rule_type,
       "{\"code\":\"CLINICAL\",\"name\":\"Exempt\",\"kind\":\"percent\",\"exempt\":true,"
       "\"tests\":[\"CBC\",\"HB\"],\"hsn_sac\":\"999312\",\"active\":true}");
  g_autofree char *exempt = lab_order (lab, "CBC HB");
  g_autofree char *mixed = lab_order (lab, "CBC KT");
  g_autoptr (MhRecord) bill = invoice_of (lab, exempt);
  g_autoptr (MhRecord) both = invoice_of (lab, mixed);
  g_assert_cmpstr (mh_record_text (bill, MH_INVOICE_KIND), ==, MH_INVOICE_KIND_BILL);
  g_assert_true (g_str_has_prefix (mh_record_text (bill, MH_INVOICE_NUMBER), "B"));
  g_assert_cmpint (mh_record_int (bill, MH_INVOICE_TAX), ==, 0);
  g_assert_cmpint (mh_record_int (bill, MH_INVOICE_EXEMPT), ==, 44000);
  g_assert_cmpint (mh_record_int (bill, MH_INVOICE_TOTAL), ==, 44000);
  g_assert_cmpstr (mh_record_text (both, MH_INVOICE_KIND), ==, MH_INVOICE_KIND_INVOICE);
  g_assert_cmpint (mh_record_int (both, MH_INVOICE_EXEMPT), ==, 35000);
  g_assert_cmpint (mh_record_int (both, MH_INVOICE_TAXABLE), ==, 15000);
  g_assert_cmpint (mh_record_int (both, MH_INVOICE_TAX), ==, 2000);
  assert_adds_up (bill);
  assert_adds_up (both);
  assert_numbers (lab);
}

/* An order from before its items had amounts. */
static void
test_old_order (const MhTestDb *test)
{
  g_autoptr (MhRecord) order = body_of (
      &mh_order_type, "{\"subtotal\":44001,\"discount\":4400,\"tax\":2000,\"total\":41601}");
  g_autoptr (MhRecord) hospital = body_of (&mh_hospital_type, "{\"code\":\"T\",\"name\":\"T\"}");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (items,
                   body_of (&mh_order_item_type, "{\"test\":\"A\",\"price\":35001,\"tax\":0}"));
  g_ptr_array_add (items,
                   body_of (&mh_order_item_type, "{\"test\":\"B\",\"price\":9000,\"tax\":0}"));
  g_autoptr (MhRecord) made = mh_invoice_begin (MH_INVOICE_KIND_INVOICE, order, hospital, NULL);
  mh_invoice_add_items (made, order, items);
  mh_invoice_add_up (made, 0);
  mh_invoice_seal (made,
                   &(MhInvoiceSeal){ "I2627/000001", "2026-27", { 2026, 5, 1 }, 1, "u", "U" });
  g_assert_cmpint (mh_record_int (made, MH_INVOICE_TOTAL), ==, 41601);
  g_assert_cmpint (mh_record_int (made, MH_INVOICE_TAX), ==, 2000);
  assert_adds_up (made);
}

/* What a number is made of, and where the law ends it. */
static void
test_numbers (const MhTestDb *test)
{
  static const struct
  {
    const char *prefix, *kind;
    gint64 number;
    const char *wanted;
    int error; /* -1: none */
  } cases[] = {
    { NULL, MH_INVOICE_KIND_INVOICE, 1, "I2627/000001", -1 },
    { "", MH_INVOICE_KIND_BILL, 999999, "B2627/999999", -1 },
    { "", MH_INVOICE_KIND_CREDIT, 1000000, "C2627/1000000", -1 },
    { "MH-1", MH_INVOICE_KIND_DEBIT, 999999, "MH-1D2627/999999", -1 },
    { "MH-1", MH_INVOICE_KIND_DEBIT, 1000000, NULL, MH_ERROR_CONFLICT },
    { "MH-12", MH_INVOICE_KIND_INVOICE, 1, NULL, MH_ERROR_CONFLICT },
    { "mh", MH_INVOICE_KIND_INVOICE, 1, NULL, MH_ERROR_INVALID },
    { "A_", MH_INVOICE_KIND_INVOICE, 1, NULL, MH_ERROR_INVALID },
  };
  static const struct
  {
    MhDate day;
    const char *year;
  } years[] = { { { 2026, 3, 31 }, "2025-26" },
                { { 2026, 4, 1 }, "2026-27" },
                { { 2099, 12, 31 }, "2099-00" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number
          = mh_invoice_number (cases[i].prefix, cases[i].kind, "2026-27", cases[i].number, &error);
      g_assert_cmpstr (number, ==, cases[i].wanted);
      if (cases[i].error < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, MH_ERROR, cases[i].error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autofree char *year = mh_invoice_year (years[i].day);
      g_assert_cmpstr (year, ==, years[i].year);
    }
}

/* --- nothing changes afterwards --- */

static const char sql_update[] = "UPDATE invoice SET total = total + 1";
static const char sql_update_line[] = "UPDATE invoice_line SET amount = amount + 1";
static const char sql_delete[] = "DELETE FROM invoice";
static const char sql_delete_line[] = "DELETE FROM invoice_line";

static gboolean
exec (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), data, MH_NO_ARGS, error) >= 0;
}

static gboolean
update (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (data);
  mh_record_set_int (after, MH_INVOICE_TOTAL, 1);
  return mh_tx_update (tx, data, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
erase (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_tx_delete (tx, data, NULL, error);
}

static void
test_immutable (const MhTestDb *test)
{
  static const char *const texts[] = { sql_update, sql_update_line, sql_delete, sql_delete_line };
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "CBC");
  g_autoptr (MhRecord) made = invoice_of (lab, order);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (lab_write (lab, lab->reception, exec, (gpointer)texts[i], &error));
      g_assert_nonnull (error);
      /* A tool beside the server meets the triggers. */
      g_autoptr (GError) outside = NULL;
      g_autoptr (MhDb) db = mh_test_connect (test, 0, NULL);
      g_assert_cmpint (mh_db_exec (db, texts[i], MH_NO_ARGS, &outside), ==, -1);
      g_assert_nonnull (outside);
    }
  g_autoptr (GError) changed = NULL;
  g_autoptr (GError) erased = NULL;
  g_assert_false (lab_write (lab, lab->reception, update, made, &changed));
  g_assert_false (lab_write (lab, lab->reception, erase, made, &erased));
  g_autoptr (MhRecord) read = read_invoice (lab, mh_record_id (made));
  g_assert_cmpint (mh_record_int (read, MH_INVOICE_TOTAL), ==, 37000);
  assert_adds_up (read);
}

/* Whoever takes the triggers away and changes a bill is found out. */
static void
test_found_out (const MhTestDb *test)
{
  static const char sql_drop[] = "DROP TRIGGER invoice_no_update";
  static const char sql_drop_there[] = "DROP TRIGGER invoice_append_only ON invoice";
  static const char sql_forge[] = "UPDATE invoice SET total = total - 100";
  static const char sql_renumber[] = "UPDATE invoice SET number = 'I2627/000007'";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_autofree char *order = lab_order (lab, "CBC");
  g_autoptr (MhRecord) made = invoice_of (lab, order);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) nothing = mh_invoices_service_verify (db, 9, &n, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (n, ==, 1);
  g_autoptr (MhDb) outside = mh_test_connect (test, 0, NULL);
  mh_assert_ok (mh_db_script (outside, test->is_postgres ? sql_drop_there : sql_drop, &error),
                error);
  mh_assert_ok (mh_db_exec (outside, sql_forge, MH_NO_ARGS, &error) == 1, error);
  mh_assert_ok (mh_db_exec (outside, sql_renumber, MH_NO_ARGS, &error) == 1, error);
  db = lab_reader (lab);
  g_autoptr (GPtrArray) found = mh_invoices_service_verify (db, 9, &n, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  /* the number, the order's sum, the lines' sum, the hash */
  g_assert_cmpuint (found->len, ==, 4);
  const MhWho who = { .user_id = "u", .user_name = "Rita", .hospital_id = LAB_HOSPITAL };
  const MhInvoiceWanted wanted = {
    .server = lab->server, .actor = lab->reception, .who = &who, .invoice_id = mh_record_id (made)
  };
  g_auto (MhInvoiceMade) paper = { 0 };
  g_assert_false (mh_invoices_paper (&wanted, &paper, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INTERNAL);
}

/* --- no gaps --- */

#define THREADS 6
#define EACH 25

typedef struct
{
  Lab *lab; /* with the server that it asks */
  char *orders[EACH];
  guint32 seed;
} Worker;

static gpointer
finalise_many (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (worker->seed);
  for (guint i = 0; i < EACH; i++)
    for (gboolean done = FALSE; !done;)
      {
        g_autoptr (GError) error = NULL;
        Step step = { .order_id = worker->orders[i], .fail = g_rand_int_range (rand, 0, 3) == 0 };
        done = lab_write (worker->lab, worker->lab->reception, invoice, &step, &error);
        g_assert_cmpint (done, ==, !step.fail);
        g_clear_object (&step.reply);
      }
  return NULL;
}

/* Another server on the same database, as a large network has it; SQLite has one. */
static MhServer *
second_server (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  MhServerConfig *config = mh_server_config_load (NULL, &error);
  g_assert_no_error (error);
  mh_server_config_set (config, "database.url", test->url);
  MhServer *server = mh_server_new (config, &error);
  g_assert_no_error (error);
  return server;
}

static void
test_no_gaps (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  Lab other = *lab;
  if (test->is_postgres)
    other.server = second_server (test);
  Worker workers[THREADS];
  GThread *threads[THREADS];
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < THREADS; i++)
    {
      workers[i] = (Worker){ .lab = i % 2 == 0 ? lab : &other, .seed = g_test_rand_int () };
      for (guint k = 0; k < EACH; k++)
        workers[i].orders[k] = lab_order (lab, "HB");
    }
  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("finalise", finalise_many, &workers[i]);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  assert_numbers (lab);
  for (guint i = 0; i < THREADS; i++)
    for (guint k = 0; k < EACH; k++)
      {
        g_autoptr (MhRecord) made = invoice_of (lab, workers[i].orders[k]);
        g_assert_true (
            g_hash_table_add (seen, g_strdup (mh_record_text (made, MH_INVOICE_NUMBER))));
        g_free (workers[i].orders[k]);
      }
  g_assert_cmpuint (g_hash_table_size (seen), ==, THREADS * EACH);
  if (test->is_postgres)
    mh_server_free (other.server);
}

/* --- credit notes --- */

static MhRecord *
credit_of (Lab *lab, Step step, GError **error)
{
  if (!lab_write (lab, lab->reception, credit, &step, error))
    return NULL;
  return step.reply;
}

static void
test_credit (const MhTestDb *test)
{
  static const char *const potassium[] = { "KT", NULL };
  static const char refund[] = "01900000-0000-7000-8000-00000000aaaa";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_much = NULL;
  g_autofree char *order = lab_order (lab, "CBC KT"); /* 350.00 + 150.00 + 20.00 */
  g_assert_null (credit_of (lab, (Step){ .order_id = order, .amount = 100 }, &error));
  g_assert_no_error (error);
  g_autoptr (MhRecord) made = invoice_of (lab, order);
  Step first = { .order_id = order, .amount = 15600, .tests = potassium, .refund_id = refund };
  g_autoptr (MhRecord) note = credit_of (lab, first, &error);
  g_autoptr (MhRecord) again = credit_of (lab, first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_id (note), ==, mh_record_id (again));
  g_assert_true (g_str_has_prefix (mh_record_text (note, MH_INVOICE_NUMBER), "C"));
  g_assert_cmpstr (mh_record_text (note, MH_INVOICE_CITES), ==, mh_record_id (made));
  g_assert_cmpint (mh_record_int (note, MH_INVOICE_TOTAL), ==, 15600);
  g_assert_cmpint (mh_record_int (note, MH_INVOICE_TAX), ==, 600);
  g_assert_cmpuint (mh_record_records (note, MH_INVOICE_LINES)->len, ==, 1);
  assert_adds_up (note);
  g_autoptr (MhRecord) part = read_invoice (lab, mh_record_id (made));
  g_assert_cmpstr (mh_record_text (part, MH_INVOICE_STATE), ==, MH_INVOICE_STATE_PART_CREDITED);
  g_assert_null (credit_of (lab, (Step){ .order_id = order, .amount = 36401 }, &too_much));
  g_assert_error (too_much, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) rest = credit_of (lab, (Step){ .order_id = order, .amount = 36400 }, &error);
  g_assert_no_error (error);
  assert_adds_up (rest);
  g_autoptr (MhRecord) gone = read_invoice (lab, mh_record_id (made));
  g_assert_cmpstr (mh_record_text (gone, MH_INVOICE_STATE), ==, MH_INVOICE_STATE_CREDITED);
  g_assert_cmpuint (mh_record_records (gone, MH_INVOICE_NOTES)->len, ==, 2);
  assert_numbers (lab);
}

/* Whatever the pieces, over all notes each line's tax, discount and value come to what was billed.
 */
static void
test_credit_at_random (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  add (lab, &mh_tax_rule_type,
       "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":1800,\"tests\":[\"KT\"],"
       "\"active\":true}");
  add (lab, &mh_tax_rule_type,
       "{\"code\":\"GSTIN\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":500,\"inclusive\":true,"
       "\"tests\":[\"HBST\"],\"active\":true}");
  add (lab, &mh_setting_type, "{\"key\":\"price.round_to\",\"kind\":\"money\",\"value\":\"100\"}");
  static const char *const gives[]
      = { MH_MAY_WRITE_ORDER, MH_MAY_DISCOUNT, MH_MAY_APPROVE_DISCOUNT, NULL };
  g_autoptr (MhActor) actor = mh_actor_new ("01900000-0000-7000-8000-000000000177", "Mina Manager",
                                            "manager", LAB_HOSPITAL, NULL, gives);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json = g_strdup_printf (
          "{\"patient_id\":\"" LAB_PATIENT
          "\",\"items\":[{\"test\":\"CBC\"},{\"test\":\"KT\",\"discount\":%d},"
          "{\"test\":\"HBST\"},{\"test\":\"LIPID\"}],\"discount\":%d,\"discount_code\":\"staff\"}",
          g_test_rand_int_range (0, 15000), g_test_rand_int_range (0, 30000));
      g_autoptr (MhRecord) draft = body_of (&mh_order_type, json);
      Step order = { .actor = actor, .body = draft };
      mh_assert_ok (lab_write (lab, actor, place, &order, &error), error);
      g_autoptr (MhRecord) placed = order.reply;
      g_autoptr (MhRecord) made = invoice_of (lab, mh_record_id (placed));
      gint64 left = mh_record_int (placed, MH_ORDER_TOTAL);
      gint64 tax = mh_record_int (made, MH_INVOICE_TAX);
      gint64 discount = mh_record_int (made, MH_INVOICE_DISCOUNT);
      gint64 round_off = mh_record_int (made, MH_INVOICE_ROUND_OFF);
      g_assert_cmpint (left % 100, ==, 0);
      g_assert_cmpint (mh_record_int (made, MH_INVOICE_TOTAL), ==, left);
      assert_adds_up (made);
      while (left > 0)
        {
          static const char *const some[] = { "KT", "CHOLT", NULL };
          gint64 piece = g_test_rand_int_range (1, 40000);
          Step step = { .order_id = mh_record_id (placed),
                        .amount = MIN (left, piece),
                        .tests = g_test_rand_int_range (0, 2) == 0 ? some : NULL };
          g_autoptr (MhRecord) note = credit_of (lab, step, &error);
          g_assert_no_error (error);
          assert_adds_up (note);
          g_assert_cmpint (mh_record_int (note, MH_INVOICE_TOTAL), ==, step.amount);
          left -= step.amount;
          tax -= mh_record_int (note, MH_INVOICE_TAX);
          discount -= mh_record_int (note, MH_INVOICE_DISCOUNT);
          round_off -= mh_record_int (note, MH_INVOICE_ROUND_OFF);
        }
      g_assert_cmpint (tax, ==, 0);
      g_assert_cmpint (discount, ==, 0);
      g_assert_cmpint (round_off, ==, 0);
    }
  assert_numbers (lab);
}

/* --- debit notes --- */

static void
test_debit (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) twice = NULL;
  g_autofree char *order = lab_order (lab, "CBC");
  g_autoptr (MhRecord) made = invoice_of (lab, order);
  g_autoptr (MhRecord) request = body_of (
      &mh_debit_request_type, "{\"reason\":\"missed_service\",\"lines\":[{\"description\":"
                              "\"Home visit\",\"quantity\":2,\"price\":5000}]}");
  Step step = { .actor = lab->reception, .order_id = mh_record_id (made), .body = request };
  mh_assert_ok (lab_write (lab, lab->reception, debit, &step, &error), error);
  g_autoptr (MhRecord) note = step.reply;
  assert_adds_up (note);
  g_assert_cmpint (mh_record_int (note, MH_INVOICE_TOTAL), ==, 10000);
  g_autoptr (MhRecord) raised = lab_get (lab, &mh_order_type, order);
  g_assert_cmpint (mh_record_int (raised, MH_ORDER_TOTAL), ==, 47000);
  g_assert_cmpint (mh_record_int (raised, MH_ORDER_DUE), ==, 47000);
  g_assert_cmpint (mh_record_int (raised, MH_ORDER_DEBITED), ==, 10000);
  /* A note is not for a note, and the invoice stays the order's. */
  Step on_note = { .actor = lab->reception, .order_id = mh_record_id (note), .body = request };
  g_assert_false (lab_write (lab, lab->reception, debit, &on_note, &twice));
  g_assert_error (twice, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) same = invoice_of (lab, order);
  g_assert_cmpstr (mh_record_id (same), ==, mh_record_id (made));
  /* Both can be credited together. */
  g_autoptr (MhRecord) all = credit_of (lab, (Step){ .order_id = order, .amount = 47000 }, &error);
  g_assert_no_error (error);
  assert_adds_up (all);
  g_autoptr (MhRecord) read = read_invoice (lab, mh_record_id (made));
  g_assert_cmpint (mh_record_int (read, MH_INVOICE_DEBITED), ==, 10000);
  g_assert_cmpint (mh_record_int (read, MH_INVOICE_CREDITED), ==, 47000);
  g_assert_cmpstr (mh_record_text (read, MH_INVOICE_STATE), ==, MH_INVOICE_STATE_CREDITED);
  assert_numbers (lab);
}

/* --- on paper --- */

static void
test_paper (const MhTestDb *test)
{
  static const char *const papers[] = { NULL, MH_INVOICE_PAPER_A4, MH_INVOICE_PAPER_ROLL };
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "CBC");
  g_autoptr (MhRecord) made = invoice_of (lab, order);
  const MhWho who = { .user_id = "u", .user_name = "Rita", .hospital_id = LAB_HOSPITAL };
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (MhInvoiceMade) paper = { 0 };
      MhInvoiceWanted wanted = { .server = lab->server,
                                 .actor = lab->reception,
                                 .who = &who,
                                 .invoice_id = mh_record_id (made),
                                 .paper = papers[i % 3],
                                 .language = i % 2 == 0 ? "hi" : NULL,
                                 .copy = i >= 3 };
      mh_assert_ok (mh_invoices_paper (&wanted, &paper, &error), error);
      g_assert_true (memcmp (g_bytes_get_data (paper.pdf, NULL), "%PDF-", 5) == 0);
      g_assert_true (g_str_has_prefix (paper.name, "invoice-I"));
      g_assert_null (strchr (paper.name, '/'));
      g_autoptr (MhRecord) read = read_invoice (lab, mh_record_id (made));
      g_assert_cmpint (mh_record_int (read, MH_INVOICE_COPIES), ==, i >= 3 ? i - 2 : 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/invoices/once", test_once);
  mh_test_add_both ("/invoices/bill-of-supply", test_bill_of_supply);
  mh_test_add_both ("/invoices/old-order", test_old_order);
  mh_test_add_both ("/invoices/numbers", test_numbers);
  mh_test_add_both ("/invoices/immutable", test_immutable);
  mh_test_add_both ("/invoices/found-out", test_found_out);
  mh_test_add_both ("/invoices/no-gaps", test_no_gaps);
  mh_test_add_both ("/invoices/credit", test_credit);
  mh_test_add_both ("/invoices/credit-at-random", test_credit_at_random);
  mh_test_add_both ("/invoices/debit", test_debit);
  mh_test_add_both ("/invoices/paper", test_paper);
  return mh_test_run ();
}
