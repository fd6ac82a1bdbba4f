/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Impatient hands at the real server: a thousand times the same settlement at once, from many
 * desks, with one Idempotency-Key and with a thousand, is one payment and one receipt. */
#include <signal.h>
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define HANDS 40
#define CLICKS 1000
#define DESKS 8

static const char sql_payments[] = "SELECT count(*) FROM payment WHERE order_id = $1";
static const char sql_receipts[] = "SELECT count(*) FROM receipt WHERE order_id = $1";
static const char sql_paid[] = "SELECT paid FROM lab_order WHERE id = $1";
static const char sql_entries[] = "SELECT count(*) FROM ledger_entry WHERE order_id = $1"
                                  " AND account = 'order' AND kind = 'payment'";
static const char sql_invoices[]
    = "SELECT count(*) FROM invoice WHERE order_id = $1 AND kind <> 'credit_note'";

typedef struct
{
  Program program;
  char *tokens[DESKS]; /* each has its own measure of requests */
  char *order, *payment, *key, *receipt;
  gint64 total;
  gboolean one_id;
  GMutex lock;
  int next, taken, refused;
} Storm;

static Answer *
post (Storm *storm, guint desk, const char *path, const char *key, const char *body)
{
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);
  return ask (storm->program.port, "POST", path, storm->tokens[desk], headers, body);
}

/* All answers that say "taken" speak of one receipt. */
static void
note (Storm *storm, const Answer *answer)
{
  g_autofree char *receipt = json_text (answer->body, "receipt_id");
  g_mutex_lock (&storm->lock);
  if (answer->status == 409)
    storm->refused++;
  else if (answer->status == 201)
    {
      storm->taken++;
      if (storm->receipt == NULL)
        storm->receipt = g_strdup (receipt);
      g_assert_nonnull (receipt);
      g_assert_cmpstr (receipt, ==, storm->receipt);
    }
  else
    g_error ("a settlement got %u: %s", answer->status, answer->body);
  g_mutex_unlock (&storm->lock);
}

static gpointer
click (gpointer data)
{
  Storm *storm = data;
  g_autofree char *path = g_strdup_printf ("/api/v1/orders/%s/payments", storm->order);
  for (int i; (i = g_atomic_int_add (&storm->next, 1)) < CLICKS;)
    {
      g_autofree char *own = mh_id_new ();
      g_autofree char *key = i % 2 == 0 ? g_strdup (storm->key) : mh_id_new ();
      const char *id = storm->one_id ? storm->payment : own;
      const char *used = storm->one_id ? key : own;
      g_autofree char *body = g_strdup_printf (
          "{\"id\":\"%s\",\"method\":\"cash\",\"amount\":%" G_GINT64_FORMAT "}", id, storm->total);
      g_autoptr (Answer) answer = post (storm, (guint)i % DESKS, path, used, body);
      note (storm, answer);
    }
  return NULL;
}

static void
place (Storm *storm)
{
  g_autoptr (Answer) patients
      = ask (storm->program.port, "GET", "/api/v1/patients?limit=1", storm->tokens[0], NULL, NULL);
  g_autoptr (JsonObject) page = mh_json_parse_object (patients->body, -1, NULL);
  const char *patient
      = mh_json_text (json_array_get_object_element (mh_json_array (page, "items"), 0), "id");
  g_autofree char *key = mh_id_new ();
  g_autofree char *body = g_strdup_printf ("{\"patient_id\":\"%s\",\"items\":[{\"test\":\"CBC\"}],"
                                           "\"payment_method\":\"cash\"}",
                                           patient);
  g_autoptr (Answer) answer = post (storm, 0, "/api/v1/orders", key, body);
  g_autoptr (JsonObject) order = mh_json_parse_object (answer->body, -1, NULL);
  g_assert_cmpuint (answer->status, ==, 201);
  storm->order = g_strdup (mh_json_text (order, "id"));
  storm->total = json_object_get_int_member (order, "due");
  storm->payment = mh_id_new ();
  storm->key = mh_id_new ();
  storm->next = storm->taken = storm->refused = 0;
}

static gint64
number (MhDb *db, const char *sql, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql, MH_ARGS (MH_TEXT (id)), &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, NULL));
  return mh_rows_int (rows, 0);
}

static void
check_once (Storm *storm, const MhTestDb *test)
{
  g_autoptr (MhDb) db = mh_test_connect (test, 0, NULL);
  g_assert_cmpint (number (db, sql_payments, storm->order), ==, 1);
  g_assert_cmpint (number (db, sql_receipts, storm->order), ==, 1);
  g_assert_cmpint (number (db, sql_invoices, storm->order), ==, 1);
  g_assert_cmpint (number (db, sql_entries, storm->order), ==, 1);
  g_assert_cmpint (number (db, sql_paid, storm->order), ==, storm->total);
}

static void
blow (Storm *storm, const MhTestDb *test, gboolean one_id)
{
  GThread *hands[HANDS];
  storm->one_id = one_id;
  place (storm);
  for (guint i = 0; i < HANDS; i++)
    hands[i] = g_thread_new ("hand", click, storm);
  for (guint i = 0; i < HANDS; i++)
    g_thread_join (hands[i]);
  check_once (storm, test);
  g_clear_pointer (&storm->order, g_free);
  g_clear_pointer (&storm->payment, g_free);
  g_clear_pointer (&storm->key, g_free);
  g_clear_pointer (&storm->receipt, g_free);
}

static void
test_storm (const MhTestDb *test)
{
  static const char *const people[DESKS] = { "reception",   "cashier", "nurse",     "technician",
                                             "technician2", "cashier", "reception", "nurse" };
  Storm storm = { 0 };
  g_mutex_init (&storm.lock);
  program_make (&storm.program, test->url);
  program_start (&storm.program);
  for (guint i = 0; i < DESKS; i++)
    storm.tokens[i] = program_sign_in (&storm.program, people[i]);
  blow (&storm, test, TRUE);
  g_assert_cmpint (storm.taken, ==, CLICKS);
  g_assert_cmpint (storm.refused, ==, 0);
  /* Each click a payment of its own: the first pays, the others find nothing due. */
  blow (&storm, test, FALSE);
  g_assert_cmpint (storm.taken, ==, 1);
  g_assert_cmpint (storm.refused, ==, CLICKS - 1);
  g_assert_cmpint (program_end (&storm.program, SIGTERM), ==, 0);
  g_assert_cmpint (program_ctl (&storm.program, "ledger", "verify", NULL), ==, 0);
  for (guint i = 0; i < DESKS; i++)
    g_free (storm.tokens[i]);
  program_free (&storm.program);
  g_mutex_clear (&storm.lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/money/storm", test_storm);
  return mh_test_run ();
}
