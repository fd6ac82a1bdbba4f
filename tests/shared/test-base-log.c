/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-clock.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-log.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder, *path;
  MhClock *clock;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mh-log-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "server.log", NULL);
  f->clock = mh_clock_new_at (1795248930123456);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mh_log_close ();
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  mh_clock_unref (f->clock);
}

static void
start (Fixture *f, MhLogLevel level, gint64 max_size, guint keep)
{
  MhLogOptions options
      = { .level = level, .path = f->path, .max_size = max_size, .keep = keep, .clock = f->clock };
  g_autoptr (GError) error = NULL;
  mh_log_init (&options, &error);
  g_assert_no_error (error);
}

/* The file's text, or NULL if it is not there. @suffix "" or ".1". */
static char *
content (Fixture *f, const char *suffix)
{
  g_autofree char *path = g_strconcat (f->path, suffix, NULL);
  char *text = NULL;
  mh_log_flush ();
  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static void
test_line (Fixture *f, gconstpointer data)
{
  start (f, MH_LOG_INFO, 0, 0);
  mh_log_set_request ("r-1");
  mh_log (MH_LOG_INFO, "http", "request", "method", "GET", "left_out", NULL, "text", "a\"\n\xff",
          NULL);
  mh_log_set_request (NULL);
  mh_log (MH_LOG_ERROR, "store", "failed", NULL);
  g_autofree char *text = content (f, "");
  g_assert_cmpstr (
      text, ==,
      "{\"time\":\"2026-11-21T08:15:30.123Z\",\"level\":\"info\",\"domain\":\"http\","
      "\"event\":\"request\",\"request_id\":\"r-1\",\"method\":\"GET\","
      "\"text\":\"a\\\"\\n\xef\xbf\xbd\"}\n"
      "{\"time\":\"2026-11-21T08:15:30.123Z\",\"level\":\"error\",\"domain\":\"store\","
      "\"event\":\"failed\"}\n");
}

static void
test_levels (Fixture *f, gconstpointer data)
{
  static const char *const words[] = { "error", "warning", "info", "debug" };
  for (guint wanted = 0; wanted < G_N_ELEMENTS (words); wanted++)
    {
      start (f, (MhLogLevel)wanted, 0, 0);
      for (guint level = 0; level < G_N_ELEMENTS (words); level++)
        {
          g_assert_cmpint (mh_log_wants ((MhLogLevel)level), ==, level <= wanted);
          mh_log ((MhLogLevel)level, "test", words[level], NULL);
        }
      g_autofree char *text = content (f, "");
      for (guint level = 0; level < G_N_ELEMENTS (words); level++)
        {
          g_autofree char *event = g_strdup_printf ("\"event\":\"%s\"", words[level]);
          g_assert_cmpint (strstr (text, event) != NULL, ==, level <= wanted);
        }
      g_unlink (f->path);
      MhLogLevel read = MH_LOG_DEBUG;
      g_assert_true (mh_log_level_parse (words[wanted], &read));
      g_assert_cmpint (read, ==, wanted);
    }
  MhLogLevel read = MH_LOG_INFO;
  g_assert_false (mh_log_level_parse ("loud", &read));
  g_assert_false (mh_log_level_parse (NULL, &read));
}

static void
test_rotation (Fixture *f, gconstpointer data)
{
  start (f, MH_LOG_INFO, 100, 2); /* a line has 80 bytes and more, so each begins a file */
  for (int i = 1; i <= 4; i++)
    {
      char number[8];
      g_snprintf (number, sizeof number, "n%d", i);
      mh_log (MH_LOG_INFO, "test", "event", "n", number, NULL);
    }
  g_autofree char *newest = content (f, "");
  g_autofree char *older = content (f, ".1");
  g_autofree char *oldest = content (f, ".2");
  g_assert_nonnull (strstr (newest, "n4"));
  g_assert_nonnull (strstr (older, "n3"));
  g_assert_nonnull (strstr (oldest, "n2"));
  g_assert_null (content (f, ".3"));
  g_assert_null (strstr (newest, "n3"));
}

static void
test_rotation_keeping_none (Fixture *f, gconstpointer data)
{
  start (f, MH_LOG_INFO, 100, 0);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n1", NULL);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n2", NULL);
  g_autofree char *text = content (f, "");
  g_assert_nonnull (strstr (text, "n2"));
  g_assert_null (strstr (text, "n1"));
  g_assert_null (content (f, ".1"));
}

/* A restart goes on in the same file and counts what is already there. */
static void
test_appends (Fixture *f, gconstpointer data)
{
  start (f, MH_LOG_INFO, 300, 1);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n1", NULL);
  start (f, MH_LOG_INFO, 300, 1);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n2", NULL);
  g_autofree char *both = content (f, "");
  g_assert_nonnull (strstr (both, "n1"));
  g_assert_nonnull (strstr (both, "n2"));
  start (f, MH_LOG_INFO, (gint64)strlen (both) + 1, 1);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n3", NULL);
  g_autofree char *older = content (f, ".1");
  g_assert_cmpstr (older, ==, both);
}

static void
test_reopen (Fixture *f, gconstpointer data)
{
  g_autofree char *moved = g_strconcat (f->path, ".moved", NULL);
  start (f, MH_LOG_INFO, 0, 0);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n1", NULL);
  mh_log_flush ();
  g_assert_cmpint (g_rename (f->path, moved), ==, 0);
  mh_log (MH_LOG_INFO, "test", "event", "n", "n2", NULL);
  g_autofree char *old = content (f, ".moved");
  g_assert_nonnull (strstr (old, "n2")); /* still the open file */
  mh_log_reopen ();
  mh_log (MH_LOG_INFO, "test", "event", "n", "n3", NULL);
  g_autofree char *text = content (f, "");
  g_assert_nonnull (strstr (text, "n3"));
  g_assert_null (strstr (text, "n2"));
}

#define THREADS 4
#define LINES 500

static gpointer
log_much (gpointer data)
{
  char number[16];
  for (int i = 0; i < LINES; i++)
    {
      g_snprintf (number, sizeof number, "%d", GPOINTER_TO_INT (data) * LINES + i);
      mh_log_set_request (number);
      mh_log (MH_LOG_INFO, "test", "event", "n", number, NULL);
    }
  return NULL;
}

/* Every line of every thread arrives once, whole and as JSON, across rotations. */
static void
test_threads (Fixture *f, gconstpointer data)
{
  GThread *threads[THREADS];
  guint8 seen[THREADS * LINES] = { 0 };
  start (f, MH_LOG_INFO, 20000, 90);
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("log", log_much, GINT_TO_POINTER (i));
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  for (int file = 0; file <= 90; file++)
    {
      g_autofree char *suffix = file > 0 ? g_strdup_printf (".%d", file) : g_strdup ("");
      g_autofree char *text = content (f, suffix);
      if (text == NULL)
        break;
      g_assert_cmpuint (strlen (text), <=, 20000);
      g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_autoptr (JsonObject) object = mh_json_parse_object (lines[i], -1, NULL);
          g_assert_nonnull (object);
          g_assert_cmpstr (mh_json_text (object, "n"), ==, mh_json_text (object, "request_id"));
          seen[atoi (mh_json_text (object, "n"))]++;
        }
    }
  for (gsize i = 0; i < sizeof seen; i++)
    g_assert_cmpint (seen[i], ==, 1);
}

static void
test_without_log (Fixture *f, gconstpointer data)
{
  g_assert_false (mh_log_wants (MH_LOG_ERROR));
  mh_log (MH_LOG_ERROR, "test", "event", NULL);
  mh_log_flush ();
  mh_log_close ();
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_cannot_open (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "no", "such", "folder", NULL);
  MhLogOptions options = { .level = MH_LOG_INFO, .path = path };
  g_autoptr (GError) error = NULL;
  g_assert_false (mh_log_init (&options, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORE);
  g_assert_false (mh_log_wants (MH_LOG_ERROR));
}

/* In a process of its own, because the capture lasts as long as the process. */
static void
test_capture (Fixture *f, gconstpointer data)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      g_test_trap_assert_stderr ("");
      return;
    }
  start (f, MH_LOG_DEBUG, 0, 0);
  mh_log_capture_glib ();
  mh_log_capture_glib (); /* once is enough */
  g_log_structured ("lib", G_LOG_LEVEL_WARNING, "MESSAGE", "beware of %d", 7);
  g_log_structured ("lib", G_LOG_LEVEL_MESSAGE, "MESSAGE", "told");
  g_log_structured ("lib", G_LOG_LEVEL_DEBUG, "MESSAGE", "detail");
  g_autofree char *text = content (f, "");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  static const char *const levels[] = { "warning", "info", "debug" };
  static const char *const texts[] = { "beware of 7", "told", "detail" };
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonObject) line = mh_json_parse_object (lines[i], -1, NULL);
      g_assert_cmpstr (mh_json_text (line, "level"), ==, levels[i]);
      g_assert_cmpstr (mh_json_text (line, "domain"), ==, "lib");
      g_assert_cmpstr (mh_json_text (line, "event"), ==, "message");
      g_assert_cmpstr (mh_json_text (line, "text"), ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/base/log/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("without-log", test_without_log);
  ADD ("line", test_line);
  ADD ("levels", test_levels);
  ADD ("rotation", test_rotation);
  ADD ("rotation-keeping-none", test_rotation_keeping_none);
  ADD ("appends", test_appends);
  ADD ("reopen", test_reopen);
  ADD ("threads", test_threads);
  ADD ("cannot-open", test_cannot_open);
  ADD ("capture", test_capture);
  return g_test_run ();
}
