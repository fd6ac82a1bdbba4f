/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk has no room: a limit on the size of files (RLIMIT_FSIZE) does what a full disk does to
 * the embedded database, for everybody who may run tests, and is lifted from outside (prlimit). And
 * a page of the database is overwritten. Nothing is answered with 500, readiness tells the reason,
 * and with room again the same change is done, once. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shared/base/mh-id.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define PATIENCE 60 /* seconds for the server to find out by itself */

static void
set_limit (Program *program, rlim_t most)
{
  struct rlimit limit = { most, RLIM_INFINITY };
  g_assert_cmpint (prlimit (program->pid, RLIMIT_FSIZE, &limit, NULL), ==, 0);
}

static Answer *
ready (Program *program)
{
  return ask (program->port, "GET", "/health/ready", NULL, NULL, NULL);
}

static Answer *
register_patient (Program *program, const char *token, const char *id, const char *key)
{
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"given_name\":\"Nadia\",\"family_name\":\"Rao\",\"sex\":\"female\","
      "\"birth_date\":\"1984-02-29\",\"phone\":\"+919812345678\"}",
      id);
  return ask (program->port, "POST", "/api/v1/patients", token, headers, body);
}

static void
test_full (const MhTestDb *test)
{
  if (test->is_postgres)
    {
      g_test_skip ("the disk of a cluster is not ours to fill; its errors are in store-db");
      return;
    }
  Program program;
  program_make (&program, test->url);
  program_start (&program);
  g_autofree char *token = program_sign_in (&program, "reception");
  g_autofree char *id = mh_id_new ();
  g_autofree char *key = mh_id_new ();
  g_autofree char *path = g_strconcat ("/api/v1/patients/", id, NULL);
  set_limit (&program, 4096);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (Answer) refused = register_patient (&program, token, id, key);
      g_autofree char *retry = answer_header (refused, "Retry-After");
      g_assert_cmpuint (refused->status, ==, 503);
      g_assert_nonnull (strstr (refused->body, "urn:mahima:problem:storage"));
      g_assert_nonnull (retry);
    }
  g_autoptr (Answer) not_ready = ready (&program);
  g_assert_cmpuint (not_ready->status, ==, 503);
  g_assert_nonnull (strstr (not_ready->body, "full or fails"));
  g_autoptr (Answer) read = ask (program.port, "GET", path, token, NULL, NULL);
  g_assert_cmpuint (read->status, ==, 404);
  set_limit (&program, RLIM_INFINITY);
  for (guint i = 0; i < PATIENCE * 10; i++)
    {
      g_autoptr (Answer) now = ready (&program);
      if (now->status == 200)
        break;
      g_usleep (100 * 1000);
    }
  g_autoptr (Answer) again = ready (&program);
  g_assert_cmpuint (again->status, ==, 200);
  g_autoptr (Answer) done = register_patient (&program, token, id, key);
  g_autoptr (Answer) twice = register_patient (&program, token, id, key);
  g_assert_cmpuint (done->status, ==, 201);
  g_assert_cmpstr (done->body, ==, twice->body);
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  g_assert_cmpint (program_ctl (&program, "audit", "verify", NULL), ==, 0);
  program_free (&program);
}

/* Every page behind the first ones, where the tables' roots lie. */
static void
spoil (const char *url)
{
  guint8 junk[4096];
  const char *path = url + strlen ("sqlite:");
  int fd = open (path, O_RDWR);
  g_assert_cmpint (fd, >=, 0);
  memset (junk, 0x5a, sizeof junk);
  off_t size = lseek (fd, 0, SEEK_END);
  for (off_t at = 2 * 4096; at + 4096 <= size; at += 4096)
    g_assert_cmpint (pwrite (fd, junk, sizeof junk, at), ==, sizeof junk);
  close (fd);
}

static void
test_damaged (const MhTestDb *test)
{
  if (test->is_postgres)
    {
      g_test_skip ("the pages of a cluster are not ours to spoil");
      return;
    }
  Program program;
  program_make (&program, test->url);
  program_start (&program);
  g_autofree char *token = program_sign_in (&program, "reception");
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  program_start (&program);
  g_autoptr (Answer) fine = ready (&program);
  g_assert_cmpuint (fine->status, ==, 200);
  spoil (test->url);
  g_autoptr (Answer) list = ask (program.port, "GET", "/api/v1/orders?limit=50", token, NULL, NULL);
  g_assert_cmpuint (list->status, ==, 503);
  g_assert_nonnull (strstr (list->body, "urn:mahima:problem:storage"));
  g_autoptr (Answer) not_ready = ready (&program);
  g_assert_cmpuint (not_ready->status, ==, 503);
  g_assert_nonnull (strstr (not_ready->body, "\"database\""));
  program_end (&program, SIGKILL);
  program_free (&program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/server/disk/full", test_full);
  mh_test_add_both ("/server/disk/damaged", test_damaged);
  return mh_test_run ();
}
