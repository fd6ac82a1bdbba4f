/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What insurers owe, pay and refuse, on both databases. */
#include <poppler.h>
#include <string.h>

#include "server/money/figures/mh-figures-service.h"
#include "server/money/payments/mh-remittances-service.h"
#include "server/money/till/mh-till-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-figures.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/records/money/mh-till.h"
#include "tests/server/money-fixture.h"

static void
refused_remit (Money *money,
               MhActor *actor,
               const char *claim,
               gint64 settled,
               gint64 denied,
               const char *outcome,
               const char *reference,
               int kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) none
      = money_remit (money, actor, claim, settled, denied, outcome, reference, &error);
  g_assert_null (none);
  g_assert_error (error, MH_ERROR, kind);
}

static GPtrArray *
payers_of (Money *money)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (money->lab);
  GPtrArray *payers
      = mh_remittances_service_payers (MH_REQUEST_DB (db, NULL, money->cashier), &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  return payers;
}

/* An insurer pays a part by one transfer, which pays once; what it refuses the patient owes again,
 * or it is written off by who may; nothing is settled twice. */
static void
test_remittances (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_INSURANCE);
  g_autofree char *claim
      = money_paid (money, money->cashier, order, "insurance", MONEY_TOTAL, "POL 1");
  g_autoptr (GPtrArray) owing = payers_of (money);
  g_assert_cmpuint (owing->len, ==, 1);
  g_assert_cmpint (mh_record_int (owing->pdata[0], MH_PAYER_OWED), ==, MONEY_TOTAL);

  refused_remit (money, money->nurse, claim, 100, 0, NULL, NULL, MH_ERROR_FORBIDDEN);
  refused_remit (money, money->cashier, claim, MONEY_TOTAL + 1, 0, NULL, NULL, MH_ERROR_INVALID);
  g_autoptr (MhRecord) first
      = money_remit (money, money->cashier, claim, 20000, 0, NULL, "NEFT-17", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (first, MH_REMITTANCE_AMOUNT), ==, 20000);
  refused_remit (money, money->cashier, claim, 100, 0, NULL, "neft 17", MH_ERROR_INVALID);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");

  /* 60.00 are left: 40.00 the patient owes, 20.00 nobody */
  g_autoptr (MhRecord) denied
      = money_remit (money, money->cashier, claim, 0, 4000, MH_DENIED_PATIENT, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (denied);
  money_assert_order (money, order, MONEY_TOTAL - 4000, 0, 4000, "part_paid", "paid");
  refused_remit (money, money->cashier, claim, 0, 2000, MH_DENIED_WRITE_OFF, NULL,
                 MH_ERROR_FORBIDDEN);
  g_autoptr (MhRecord) off
      = money_remit (money, money->manager, claim, 0, 2000, MH_DENIED_WRITE_OFF, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (off);
  refused_remit (money, money->manager, claim, 1, 0, NULL, NULL, MH_ERROR_INVALID);
  g_autoptr (MhRecord) settled = lab_get (money->lab, &mh_payment_type, claim);
  g_assert_cmpstr (mh_record_text (settled, MH_PAYMENT_STATUS), ==, MH_PAYMENT_STATUS_CAPTURED);
  g_assert_cmpint (mh_claim_owed (settled), ==, 0);
  g_autoptr (GPtrArray) none = payers_of (money);
  g_assert_cmpuint (none->len, ==, 0);

  /* The patient pays what the insurer did not. */
  g_autofree char *rest = money_paid (money, money->cashier, order, "cash", 4000, NULL);
  g_assert_nonnull (rest);
  money_assert_order (money, order, MONEY_TOTAL, 0, 0, "paid", "paid");
  money_assert_books (money);
}

/* "insurance 200.00 Suraksha; …": the lines of today's book, then what it comes to. */
static void
assert_book (Money *money, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) book = mh_till_service_day_book (
      MH_REQUEST_DB (db, money->lab->server, money->manager), NULL, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  GPtrArray *lines = mh_record_records (book, MH_DAY_BOOK_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_string_append_printf (found, "%s %d %s; ", mh_record_text (line, MH_DAY_LINE_METHOD),
                              (int)mh_record_int (line, MH_DAY_LINE_TAKEN),
                              mh_record_text (line, MH_DAY_LINE_PAYER));
    }
  g_string_append_printf (found, "%d", (int)mh_record_int (book, MH_DAY_BOOK_NET));
  g_assert_cmpstr (found->str, ==, wanted);
}

/* The revenue of today by @by: "insurance 20000; …". */
static void
assert_revenue (Money *money, const char *by, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  const MhFiguresWanted asked = { .report = MH_FIGURES_REVENUE, .by = by };
  MhDb *db = lab_reader (money->lab);
  g_autoptr (MhRecord) made = mh_figures_service_make (
      MH_REQUEST_DB (db, money->lab->server, money->manager), &asked, &error);
  lab_done (money->lab, db);
  g_assert_no_error (error);
  GPtrArray *rows = mh_record_records (made, MH_FIGURES_ROWS);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (found, "%s%s %d", i > 0 ? "; " : "",
                            mh_record_text (rows->pdata[i], MH_FIGURES_ROW_KEY),
                            (int)mh_record_int (rows->pdata[i], MH_FIGURES_ROW_NET));
  g_assert_cmpstr (found->str, ==, wanted);
}

/* A claim is no money, not even once it is settled; what the insurer transfers is, on the day it is
 * recorded: in the day book and in the revenue, of the order's doctor and of who recorded it. */
static void
test_in_the_books (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = money_order (money, "HB KT", MH_METHOD_INSURANCE);
  g_autofree char *claim
      = money_paid (money, money->cashier, order, "insurance", MONEY_TOTAL, "POL 1");
  assert_book (money, "0");
  assert_revenue (money, MH_FIGURES_BY_METHOD, "");
  g_autoptr (MhRecord) part
      = money_remit (money, money->cashier, claim, 20000, 0, NULL, "NEFT-17", &error);
  g_assert_no_error (error);
  g_assert_nonnull (part);
  assert_book (money, "insurance 20000 Suraksha; 20000");
  assert_revenue (money, MH_FIGURES_BY_METHOD, "insurance 20000");
  g_autofree char *by = g_strdup_printf ("%s 20000", mh_actor_user_id (money->cashier));
  assert_revenue (money, MH_FIGURES_BY_CASHIER, by);
  g_autoptr (MhRecord) letter = money_remit (money, money->manager, claim, 0, MONEY_TOTAL - 20000,
                                             MH_DENIED_WRITE_OFF, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (letter);
  assert_book (money, "insurance 20000 Suraksha; 20000");
  assert_revenue (money, MH_FIGURES_BY_METHOD, "insurance 20000");
  money_assert_books (money);
}

/* --- on paper --- */

#define CLAIMS 45

/* The text of each page; MAHIMA_PAPERS names a folder that keeps the file. */
static GPtrArray *
pages_of (Money *money, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf
      = mh_remittances_service_statement (money->lab->server, money->cashier, "", language, &error);
  g_assert_no_error (error);
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_ptr_array_add (pages, poppler_page_get_text (page));
      g_object_unref (page);
    }
  g_object_unref (document);
  const char *folder = g_getenv ("MAHIMA_PAPERS");
  g_autofree char *name = g_strdup_printf ("%s/statement-%s.pdf", folder, language);
  if (folder != NULL)
    g_file_set_contents (name, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL);
  return pages;
}

static guint
count_of (GPtrArray *pages, const char *text)
{
  guint n = 0;
  for (guint i = 0; i < pages->len; i++)
    for (const char *at = strstr (pages->pdata[i], text); at != NULL; at = strstr (at + 1, text))
      n++;
  return n;
}

/* Each claim stands on it once with its policy, amount and what is still owed; each page says what
 * it is a page of, the last one what it comes to. */
static void
test_statement (const MhTestDb *test)
{
  g_autoptr (Money) money = money_new (test);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < CLAIMS; i++)
    {
      g_autofree char *order = money_order (money, "HB KT", MH_METHOD_INSURANCE);
      g_autofree char *policy = g_strdup_printf ("POL%03u", i);
      g_autofree char *claim
          = money_paid (money, money->cashier, order, "insurance", MONEY_TOTAL, policy);
      /* of the last one a part has come, so it names its insurer and leaves this statement */
      if (i + 1 < CLAIMS)
        continue;
      g_autoptr (MhRecord) part
          = money_remit (money, money->cashier, claim, 20000, 0, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (part);
    }
  g_autoptr (GPtrArray) pages = pages_of (money, "en");
  g_assert_cmpuint (pages->len, ==, 2);
  for (guint i = 0; i + 1 < CLAIMS; i++)
    {
      g_autofree char *policy = g_strdup_printf ("POL%03u", i);
      g_assert_cmpuint (count_of (pages, policy), ==, 1);
    }
  g_assert_cmpuint (count_of (pages, "POL044"), ==, 0);
  g_assert_cmpuint (count_of (pages, "260.00"), ==, 2 * (CLAIMS - 1));
  g_assert_cmpuint (count_of (pages, "Policy or consent"), ==, 2);
  g_assert_cmpuint (count_of (pages, "11,440.00"), ==, 2); /* claimed, owed */
  g_assert_nonnull (strstr (pages->pdata[1], "11,440.00"));
  /* days as people write them */
  g_assert_false (g_regex_match_simple ("[0-9]{4}-[0-9]{2}-[0-9]{2}", pages->pdata[0], 0, 0));
  g_assert_nonnull (strstr (pages->pdata[0], "Claims not paid"));

  g_autoptr (GPtrArray) hindi = pages_of (money, "hi");
  static const char *const english[]
      = { "Claims not paid", "Policy or consent", "Owed", "Amount", "Total", "Order", "Patient" };
  for (guint i = 0; i < G_N_ELEMENTS (english); i++)
    g_assert_cmpuint (count_of (hindi, english[i]), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/remittances/settled", test_remittances);
  mh_test_add_both ("/remittances/in-the-books", test_in_the_books);
  mh_test_add_both ("/remittances/statement", test_statement);
  return mh_test_run ();
}
