/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers of one moment share a snapshot of the database. Desks change a patient and read it at
 * once, on connections of their own, while many others read: nobody who was told "saved" sees what
 * was before. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "shared/base/mh-json.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define DESKS 4
#define CHANGES 60 /* of each desk */
#define OTHERS 12

typedef struct
{
  Program program;
  char *token;
  GPtrArray *patients; /* ids: one for each desk */
  gint working;        /* desks */
  gint reads;          /* of the others */
} Day;

typedef struct
{
  Day *day;
  const char *patient;
} Desk;

/* One answer of a connection that stays open. */
static Answer *
read_one (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) bytes = g_string_new (NULL);
  const char *end = NULL;
  gsize whole = G_MAXSIZE;
  while (bytes->len < whole)
    {
      char piece[8192];
      gssize n = g_input_stream_read (in, piece, sizeof piece, NULL, NULL);
      g_assert_cmpint (n, >, 0);
      g_string_append_len (bytes, piece, n);
      end = strstr (bytes->str, "\r\n\r\n");
      const char *length = end != NULL ? strstr (bytes->str, "\r\nContent-Length: ") : NULL;
      if (end == NULL)
        continue;
      g_assert_true (length != NULL && length < end);
      whole = (gsize)(end - bytes->str) + 4
              + strtoul (length + strlen ("\r\nContent-Length: "), NULL, 10);
    }
  return answer_parse (bytes->str);
}

static Answer *
ask_again (GSocketConnection *connection, Day *day, const char *patient)
{
  g_autofree char *text = g_strdup_printf (
      "GET /api/v1/patients/%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n\r\n", patient,
      day->token);
  g_assert_true (ask_send (connection, text, -1));
  return read_one (connection);
}

static gint64
version_in (const Answer *answer)
{
  g_assert_cmpuint (answer->status, ==, 200);
  g_autoptr (JsonObject) patient = mh_json_parse_object (answer->body, -1, NULL);
  return mh_json_int (patient, "version", 0);
}

static gpointer
run_other (gpointer data)
{
  Day *day = data;
  g_autoptr (GSocketConnection) connection = ask_connect (day->program.port);
  for (guint i = 0; g_atomic_int_get (&day->working) > 0; i++)
    {
      const char *patient = g_ptr_array_index (day->patients, i % day->patients->len);
      g_autoptr (Answer) answer = ask_again (connection, day, patient);
      g_assert_cmpuint (answer->status, ==, 200);
      g_atomic_int_inc (&day->reads);
    }
  return NULL;
}

static gpointer
run_desk (gpointer data)
{
  const Desk *desk = data;
  Day *day = desk->day;
  g_autofree char *path = g_strconcat ("/api/v1/patients/", desk->patient, NULL);
  g_autoptr (GSocketConnection) one = ask_connect (day->program.port);
  g_autoptr (GSocketConnection) two = ask_connect (day->program.port);
  g_autoptr (Answer) first = ask_again (one, day, desk->patient);
  gint64 version = version_in (first);
  for (guint i = 0; i < CHANGES; i++)
    {
      g_autofree char *headers = g_strdup_printf ("Content-Type: application/json\r\n"
                                                  "If-Match: \"%" G_GINT64_FORMAT "\"\r\n",
                                                  version);
      g_autofree char *body = g_strdup_printf ("{\"notes\":\"change %u\"}", i);
      g_autoptr (Answer) saved = ask (day->program.port, "PATCH", path, day->token, headers, body);
      version = version_in (saved);
      g_autoptr (Answer) here = ask_again (one, day, desk->patient);
      g_assert_cmpint (version_in (here), ==, version);
      g_autoptr (Answer) there = ask_again (two, day, desk->patient);
      g_assert_cmpint (version_in (there), ==, version);
    }
  g_atomic_int_add (&day->working, -1);
  return NULL;
}

static void
test_read_own (const MhTestDb *test)
{
  Day day = { .working = DESKS };
  Desk desks[DESKS];
  GThread *threads[DESKS + OTHERS];
  program_make (&day.program, test->url);
  program_start (&day.program);
  day.token = program_sign_in (&day.program, "reception");
  g_assert_nonnull (day.token);
  day.patients = program_patients (&day.program, day.token, DESKS);
  g_assert_cmpuint (day.patients->len, ==, DESKS);
  for (guint i = 0; i < DESKS; i++)
    {
      desks[i] = (Desk){ &day, g_ptr_array_index (day.patients, i) };
      threads[i] = g_thread_new ("desk", run_desk, &desks[i]);
    }
  for (guint i = 0; i < OTHERS; i++)
    threads[DESKS + i] = g_thread_new ("other", run_other, &day);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_test_message ("%d reads of others", day.reads);
  g_assert_cmpint (day.reads, >, 0);
  g_assert_cmpint (program_end (&day.program, SIGTERM), ==, 0);
  program_free (&day.program);
  g_ptr_array_unref (day.patients);
  g_free (day.token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/server/read-own", test_read_own);
  return mh_test_run ();
}
