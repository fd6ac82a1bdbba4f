/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures add up by every group, at both ends of a day in the hospital's zone. On both databases.
 */
#include <string.h>

#include "server/money/figures/mh-figures-service.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-figures.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

/* In Kolkata the day begins at 18:30 UTC. */
static const struct
{
  const char *at, *method, *by;
  gint64 amount; /* below zero: given back */
} payments[] = {
  { "2026-03-01T18:29:59.999Z", "cash", "Imran", 1000 },
  { "2026-03-01T18:30:00.000Z", "cash", "Imran", 200 },
  { "2026-03-02T18:29:59.000Z", "upi", "Sita", 30 },
  { "2026-03-02T12:00:00.000Z", "cash", "Sita", -4 },
  { "2026-03-02T12:00:00.000Z", "deposit", "Sita", 50000 },
};

static gboolean
fill (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (payments); i++)
    {
      g_autoptr (MhRecord) payment = mh_record_new (&mh_payment_type);
      gint64 amount = payments[i].amount, at = 0;
      g_assert_true (mh_instant_parse (payments[i].at, &at));
      mh_record_set_text (payment, MH_PAYMENT_HOSPITAL_ID, LAB_HOSPITAL);
      mh_record_set_text (payment, MH_PAYMENT_CURRENCY, "INR");
      mh_record_set_text (payment, MH_PAYMENT_METHOD, payments[i].method);
      mh_record_set_int (payment, MH_PAYMENT_AMOUNT, ABS (amount));
      mh_record_set_text (payment, MH_PAYMENT_STATUS,
                          amount > 0 ? MH_PAYMENT_STATUS_CAPTURED : MH_PAYMENT_STATUS_PROCESSED);
      mh_record_set_int (payment, MH_PAYMENT_RECEIVED_AT, at);
      mh_record_set_text (payment, MH_PAYMENT_RECEIVED_BY, payments[i].by);
      mh_record_set_text (payment, MH_PAYMENT_RECEIVED_NAME, payments[i].by);
      if (amount < 0)
        mh_record_set_text (payment, MH_PAYMENT_REFUND_OF, LAB_PATIENT);
      if (!mh_tx_insert (tx, payment, MH_AUDIT_PAY, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static MhActor *
manager_new (void)
{
  return mh_actor_new ("01900000-0000-7000-8000-0000000000c3", "Meera", MH_ROLE_MANAGER,
                       LAB_HOSPITAL, NULL, mh_role_default_find (MH_ROLE_MANAGER)->permissions);
}

static MhRecord *
figures (Lab *lab,
         const char *report,
         const char *by,
         const char *from,
         const char *to,
         GError **error)
{
  g_autoptr (MhActor) manager = manager_new ();
  MhFiguresWanted wanted = { report, by, from, to };
  MhDb *db = lab_reader (lab);
  MhRecord *made
      = mh_figures_service_make (MH_REQUEST_DB (db, lab->server, manager), &wanted, error);
  lab_done (lab, db);
  return made;
}

/* "cash 3 1200 4; upi …": key, count, taken, given back of each row, then the totals'. */
static void
assert_rows (Lab *lab, const char *report, const char *by, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made = figures (lab, report, by, "2026-03-01", "2026-03-02", &error);
  g_assert_no_error (error);
  GPtrArray *rows = mh_record_records (made, MH_FIGURES_ROWS);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; i <= rows->len; i++)
    {
      MhRecord *row = i < rows->len ? g_ptr_array_index (rows, i)
                                    : mh_record_record (made, MH_FIGURES_TOTALS);
      const char *key = mh_record_text (row, MH_FIGURES_ROW_KEY);
      g_string_append_printf (found, "%s%s %d %d %d", i > 0 ? "; " : "", key != NULL ? key : "all",
                              (int)mh_record_int (row, MH_FIGURES_ROW_COUNT),
                              (int)mh_record_int (row, MH_FIGURES_ROW_TAKEN),
                              (int)mh_record_int (row, MH_FIGURES_ROW_GIVEN_BACK));
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_revenue (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->reception, fill, NULL, &error), error);
  assert_rows (lab, MH_FIGURES_REVENUE, MH_FIGURES_BY_DAY,
               "2026-03-01 1 1000 0; 2026-03-02 3 230 4; all 4 1230 4");
  assert_rows (lab, MH_FIGURES_REVENUE, MH_FIGURES_BY_METHOD,
               "cash 3 1200 4; upi 1 30 0; all 4 1230 4");
  assert_rows (lab, MH_FIGURES_REVENUE, MH_FIGURES_BY_CASHIER,
               "Imran 2 1200 0; Sita 2 30 4; all 4 1230 4");
  assert_rows (lab, MH_FIGURES_REVENUE, MH_FIGURES_BY_DEPARTMENT, " 4 1230 4; all 4 1230 4");
  assert_rows (lab, MH_FIGURES_REFUNDS, MH_FIGURES_BY_CASHIER, "Sita 1 0 4; all 1 0 4");
}

/* The tax of a month is that of its documents: what was ordered and not yet billed owes none, and a
 * credit note takes its part back. */
static const struct
{
  const char *at, *kind;
  gint64 subtotal, discount, tax, total;
} documents[] = {
  { "2026-03-01T09:00:00.000Z", MH_INVOICE_KIND_INVOICE, 35000, 1000, 2000, 36000 },
  { "2026-03-02T09:00:00.000Z", MH_INVOICE_KIND_BILL, 9000, 0, 0, 9000 },
  { "2026-03-02T10:00:00.000Z", MH_INVOICE_KIND_CREDIT, 15000, 0, 800, 15800 },
  { "2026-03-02T11:00:00.000Z", MH_INVOICE_KIND_DEBIT, 100, 0, 5, 105 },
  { "2026-03-02T18:30:00.000Z", MH_INVOICE_KIND_INVOICE, 7, 0, 7, 14 }, /* the third, in India */
};

static gboolean
bill (MhTx *tx, Lab *lab G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (MhRecord) invoice = mh_record_new (&mh_invoice_type);
      gint64 at = 0;
      g_assert_true (mh_instant_parse (documents[i].at, &at));
      mh_record_set_text (invoice, MH_INVOICE_HOSPITAL_ID, LAB_HOSPITAL);
      mh_record_set_text (invoice, MH_INVOICE_KIND, documents[i].kind);
      mh_record_take_text (invoice, MH_INVOICE_NUMBER, g_strdup_printf ("T/%u", i));
      mh_record_set_int (invoice, MH_INVOICE_ISSUED_AT, at);
      mh_record_set_int (invoice, MH_INVOICE_SUBTOTAL, documents[i].subtotal);
      mh_record_set_int (invoice, MH_INVOICE_DISCOUNT, documents[i].discount);
      mh_record_set_int (invoice, MH_INVOICE_TAX, documents[i].tax);
      mh_record_set_int (invoice, MH_INVOICE_TOTAL, documents[i].total);
      if (!mh_tx_insert (tx, invoice, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_tax (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *unbilled = lab_order (lab, "CBC");
  mh_assert_ok (lab_write (lab, lab->reception, bill, NULL, &error), error);
  g_autoptr (MhRecord) tax
      = figures (lab, MH_FIGURES_TAX, MH_FIGURES_BY_DAY, "2026-03-01", "2026-03-02", &error);
  g_assert_no_error (error);
  MhRecord *totals = mh_record_record (tax, MH_FIGURES_TOTALS);
  g_assert_cmpuint (mh_record_records (tax, MH_FIGURES_ROWS)->len, ==, 2);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_COUNT), ==, 4);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_CHARGED), ==, 35000 + 9000 - 15000 + 100);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_DISCOUNT), ==, 1000);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_TAX), ==, 2000 - 800 + 5);
  g_assert_cmpint (mh_record_int (totals, MH_FIGURES_ROW_TOTAL), ==, 36000 + 9000 - 15800 + 105);
}

static void
test_orders (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = lab_order (lab, "CBC");
  g_autofree char *second = lab_order (lab, "KT HB");
  g_autoptr (MhRecord) due
      = figures (lab, MH_FIGURES_OUTSTANDING, MH_FIGURES_BY_DOCTOR, NULL, NULL, &error);
  g_assert_no_error (error);
  MhRecord *owed = mh_record_record (due, MH_FIGURES_TOTALS);
  g_assert_cmpint (mh_record_int (owed, MH_FIGURES_ROW_DUE)
                       + mh_record_int (owed, MH_FIGURES_ROW_TAKEN),
                   ==, mh_record_int (owed, MH_FIGURES_ROW_TOTAL));
}

static void
test_refused (const MhTestDb *test)
{
  static const struct
  {
    const char *report, *from, *to;
    MhErrorKind kind;
  } cases[] = {
    { "gossip", NULL, NULL, MH_ERROR_NOT_FOUND },
    { MH_FIGURES_TAX, "2026-03-02", "2026-03-01", MH_ERROR_INVALID },
    { MH_FIGURES_TAX, "2023-03-01", "2026-03-05", MH_ERROR_INVALID },
    { MH_FIGURES_TAX, "1.3.2026", NULL, MH_ERROR_INVALID },
  };
  g_autoptr (Lab) lab = lab_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (figures (lab, cases[i].report, NULL, cases[i].from, cases[i].to, &error));
      g_assert_error (error, MH_ERROR, (int)cases[i].kind);
    }
  g_autoptr (GError) fine = NULL;
  g_autoptr (MhRecord) longest
      = figures (lab, MH_FIGURES_TAX, NULL, "2023-03-01", "2026-03-04", &fine);
  g_assert_no_error (fine);
}

static void
test_files (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) manager = manager_new ();
  g_autofree char *name = NULL, *paper_name = NULL;
  MhFiguresWanted wanted = { MH_FIGURES_REVENUE, MH_FIGURES_BY_METHOD, "2026-03-01", "2026-03-02" };
  mh_assert_ok (lab_write (lab, lab->reception, fill, NULL, &error), error);
  g_autoptr (GBytes) csv = mh_figures_service_csv (lab->server, manager, &wanted, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "revenue-2026-03-01-2026-03-02.csv");
  g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_cmpstr (text, ==,
                   "\xEF\xBB\xBF\"Method\",\"Number\",\"Taken\",\"Given back\",\"Net\"\r\n"
                   "\"Cash\",\"3\",\"12.00\",\"0.04\",\"11.96\"\r\n"
                   "\"UPI\",\"1\",\"0.30\",\"0.00\",\"0.30\"\r\n"
                   "\"Total\",\"4\",\"12.30\",\"0.04\",\"12.26\"\r\n");
  g_autoptr (GBytes) pdf
      = mh_figures_service_pdf (lab->server, manager, &wanted, "hi", &paper_name, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
  g_autoptr (GBytes) book
      = mh_till_service_book_pdf (lab->server, manager, "2026-03-02", "en", &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) lines = mh_till_service_book_csv (lab->server, manager, "2026-03-02", &error);
  g_assert_no_error (error);
  g_autofree char *shown = g_strndup (g_bytes_get_data (lines, NULL), g_bytes_get_size (lines));
  g_assert_nonnull (
      strstr (shown, "\"00:00\",\"\",\"\",\"\",\"Cash\",\"2.00\",\"\",\"Imran\"\r\n"));
  g_assert_null (strstr (shown, "10.00"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/figures/revenue", test_revenue);
  mh_test_add_both ("/figures/tax", test_tax);
  mh_test_add_both ("/figures/orders", test_orders);
  mh_test_add_both ("/figures/refused", test_refused);
  mh_test_add_both ("/figures/files", test_files);
  return mh_test_run ();
}
