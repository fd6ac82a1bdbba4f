/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server is killed without warning, again and again, while many desks place orders and repeat
 * what got no answer. Afterwards each acknowledged order exists once, none twice, the audit trail's
 * chain holds and the database is sound. */
#include <signal.h>
#include <string.h>

#include "shared/base/mh-id.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define DESKS 16
#define ORDERS 2000
#define KILLS 8

typedef struct
{
  Program program;
  char *token;
  GPtrArray *patients;
  char *ids[ORDERS];
  char *keys[ORDERS];
  int next;
  int acknowledged;
  int retries;
  guint16 port;
} Day;

static const char sql_orders[] = "SELECT count(*) FROM lab_order WHERE id = $1";
static const char sql_items[] = "SELECT count(*) FROM order_item WHERE order_id = $1";
static const char sql_all[] = "SELECT count(*) FROM lab_order";
static const char sql_numbers[] = "SELECT count(DISTINCT number) FROM lab_order";
static const char sql_check[] = "PRAGMA integrity_check";

static gboolean
place_once (Day *day, guint index)
{
  const char *patient = g_ptr_array_index (day->patients, index % day->patients->len);
  g_autofree char *headers = g_strdup_printf (
      "Content-Type: application/json\r\nIdempotency-Key: %s\r\n", day->keys[index]);
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"patient_id\":\"%s\",\"items\":[{\"test\":\"CBC\"},{\"test\":\"FBS\"}],"
      "\"payment_method\":\"cash\",\"priority\":\"routine\"}",
      day->ids[index], patient);
  g_autoptr (Answer) answer = ask (day->port, "POST", "/api/v1/orders", day->token, headers, body);
  if (answer->status == 201)
    return TRUE;
  if (answer->status != 0 && answer->status != 503)
    g_error ("An order got %u: %s", answer->status, answer->body);
  return FALSE;
}

static gpointer
run_desk (gpointer data)
{
  Day *day = data;
  for (;;)
    {
      int index = g_atomic_int_add (&day->next, 1);
      if (index >= ORDERS)
        return NULL;
      while (!place_once (day, (guint)index))
        {
          g_atomic_int_inc (&day->retries);
          g_usleep (20 * 1000);
        }
      g_atomic_int_inc (&day->acknowledged);
    }
}

/* A kill comes when part of the orders is through, at a moment of its own. */
static void
kill_now_and_then (Day *day)
{
  for (guint i = 1; i <= KILLS; i++)
    {
      int until = (int)(ORDERS * i / (KILLS + 1));
      while (g_atomic_int_get (&day->acknowledged) < until)
        g_usleep (1000);
      g_usleep ((gulong)g_test_rand_int_range (0, 20000));
      program_end (&day->program, SIGKILL);
      program_start (&day->program);
      g_assert_cmpuint (day->program.port, ==, day->port);
    }
}

static gint64
number (MhDb *db, const char *sql, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhArg arg = MH_TEXT (id);
  g_autoptr (MhRows) rows = mh_db_query (db, sql, &arg, id != NULL ? 1 : 0, &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, NULL));
  return mh_rows_int (rows, 0);
}

static void
check_database (Day *day, const MhTestDb *test, gint64 before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (test, 0, NULL);
  for (guint i = 0; i < ORDERS; i++)
    {
      g_assert_cmpint (number (db, sql_orders, day->ids[i]), ==, 1);
      g_assert_cmpint (number (db, sql_items, day->ids[i]), ==, 2);
    }
  g_assert_cmpint (number (db, sql_all, NULL), ==, before + ORDERS);
  g_assert_cmpint (number (db, sql_numbers, NULL), ==, before + ORDERS);
  if (test->is_postgres)
    return;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_check, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, NULL));
  g_assert_cmpstr (mh_rows_text (rows, 0), ==, "ok");
}

static void
test_kill (const MhTestDb *test)
{
  Day *day = g_new0 (Day, 1);
  GThread *desks[DESKS];
  for (guint i = 0; i < ORDERS; i++)
    {
      day->ids[i] = mh_id_new ();
      day->keys[i] = mh_id_new ();
    }
  program_make (&day->program, test->url);
  program_start (&day->program);
  day->port = day->program.port;
  day->token = program_sign_in (&day->program, "reception");
  g_assert_nonnull (day->token);
  day->patients = program_patients (&day->program, day->token, 40);
  for (guint i = 0; i < DESKS; i++)
    desks[i] = g_thread_new ("desk", run_desk, day);
  kill_now_and_then (day);
  for (guint i = 0; i < DESKS; i++)
    g_thread_join (desks[i]);
  g_test_message ("%d retries", day->retries);
  g_assert_cmpint (day->retries, >, 0);
  g_assert_cmpint (program_end (&day->program, SIGTERM), ==, 0);
  g_assert_cmpint (program_ctl (&day->program, "audit", "verify", NULL), ==, 0);
  check_database (day, test, 10);
  program_free (&day->program);
  for (guint i = 0; i < ORDERS; i++)
    {
      g_free (day->ids[i]);
      g_free (day->keys[i]);
    }
  g_ptr_array_unref (day->patients);
  g_free (day->token);
  g_free (day);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/server/kill9", test_kill);
  return mh_test_run ();
}
