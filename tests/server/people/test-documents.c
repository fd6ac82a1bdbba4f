/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in parts from the announcement to the scanner's verdict, and consents, as the wire shows
 * them; the scanner is a thread on loopback that speaks the daemon's protocol. */
#include <string.h>

#include "server/people/documents/mh-clamd.h"
#include "server/people/documents/mh-documents-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-document.h"
#include "tests/server/site-fixture.h"

/* Stands in our emulator for what a virus looks like. */
#define EVIL "X5O-TEST-VIRUS"

static char *
member (const char *json, const char *name)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  g_assert_nonnull (object);
  return g_strdup (mh_json_text (object, name));
}

static gint64
number (const char *json, const char *name)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  g_assert_nonnull (object);
  return mh_json_int (object, name, -1);
}

/* --- a scanner --- */

typedef struct
{
  GSocketService *service;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *address;
  int asked, broken; /* atomic */
} Scanner;

static gboolean
take (GInputStream *in, void *into, gsize n)
{
  gsize got = 0;
  return g_input_stream_read_all (in, into, n, &got, NULL, NULL) && got == n;
}

static gboolean
scanner_cb (GThreadedSocketService *service,
            GSocketConnection *line,
            GObject *source,
            Scanner *scanner)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (line));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (line));
  g_autoptr (GString) all = g_string_new (NULL);
  char command[10];
  guint32 length = 0;
  g_atomic_int_inc (&scanner->asked);
  g_assert_true (take (in, command, sizeof command));
  g_assert_cmpstr (command, ==, "zINSTREAM");
  while (take (in, &length, 4) && length != 0)
    {
      gsize n = GUINT32_FROM_BE (length);
      g_autofree char *piece = g_malloc (n);
      g_assert_true (take (in, piece, n));
      g_string_append_len (all, piece, (gssize)n);
    }
  const char *answer = g_atomic_int_get (&scanner->broken) ? "INSTREAM size limit exceeded. ERROR"
                       : memmem (all->str, all->len, EVIL, strlen (EVIL)) != NULL
                           ? "stream: Test.Virus FOUND"
                           : "stream: OK";
  g_output_stream_write_all (out, answer, strlen (answer) + 1, NULL, NULL, NULL);
  return TRUE;
}

static gpointer
run_scanner (gpointer data)
{
  Scanner *scanner = data;
  g_main_context_push_thread_default (scanner->context);
  scanner->service = g_threaded_socket_service_new (4);
  guint16 port
      = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (scanner->service), NULL, NULL);
  g_signal_connect (scanner->service, "run", G_CALLBACK (scanner_cb), scanner);
  g_socket_service_start (scanner->service);
  g_atomic_pointer_set (&scanner->address, g_strdup_printf ("tcp:127.0.0.1:%u", port));
  g_main_loop_run (scanner->loop);
  g_socket_service_stop (scanner->service);
  g_object_unref (scanner->service);
  g_main_context_pop_thread_default (scanner->context);
  return NULL;
}

static void
scanner_start (Scanner *scanner)
{
  scanner->context = g_main_context_new ();
  scanner->loop = g_main_loop_new (scanner->context, FALSE);
  scanner->thread = g_thread_new ("scanner", run_scanner, scanner);
  while (g_atomic_pointer_get (&scanner->address) == NULL)
    g_usleep (1000);
}

static void
scanner_stop (Scanner *scanner)
{
  g_main_loop_quit (scanner->loop);
  g_thread_join (scanner->thread);
  g_main_loop_unref (scanner->loop);
  g_main_context_unref (scanner->context);
  g_free (scanner->address);
}

/* --- a file --- */

static GBytes *
make_file (gsize size, const char *head, const char *tail)
{
  guint8 *data = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 31 + i / 251);
  memcpy (data, head, strlen (head));
  memcpy (data + size - strlen (tail), tail, strlen (tail));
  return g_bytes_new_take (data, size);
}

static char *
patient_of (Site *site, const char *token, const char *name)
{
  g_autofree char *answer = NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"given_name\":\"%s\",\"sex\":\"female\",\"birth_date\":\"1980-02-03\"}", name);
  g_assert_cmpint (site_call (site, "POST", "/patients", token, body, &answer), ==, 201);
  return member (answer, "id");
}

static char *
announce (Site *site, const char *token, const char *patient, GBytes *file, const char *more)
{
  g_autofree char *answer = NULL;
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_autofree char *body = g_strdup_printf (
      "{\"patient_id\":\"%s\",\"kind\":\"lab\",\"title\":\"Old report\",\"bytes\":%" G_GSIZE_FORMAT
      ",\"sha256\":\"%s\"%s}",
      patient, g_bytes_get_size (file), hash, more);
  g_assert_cmpint (site_call (site, "POST", "/documents", token, body, &answer), ==, 201);
  return member (answer, "id");
}

static int
put (Site *site, const char *token, const char *id, GBytes *file, guint part, char **out_body)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  gsize at = (gsize)part * MH_DOCUMENT_PART_BYTES;
  g_autofree char *content
      = g_base64_encode (data + MIN (at, size - 1), mh_document_part_size ((gint64)size, part));
  g_autofree char *path = g_strdup_printf ("/documents/%s/parts", id);
  g_autofree char *body = g_strdup_printf ("{\"number\":%u,\"content\":\"%s\"}", part, content);
  return site_call (site, "PUT", path, token, body, out_body);
}

static void
put_all (Site *site, const char *token, const char *id, GBytes *file)
{
  for (guint i = 0; i < mh_document_parts ((gint64)g_bytes_get_size (file)); i++)
    g_assert_cmpint (put (site, token, id, file, i, NULL), ==, 200);
}

/* Jobs run when the test says so. */
static Site *
house_new (const MhTestDb *test, const char *const *settings)
{
  Site *site = site_new_with (test, settings);
  mh_documents_jobs_register (site->server);
  return site;
}

static void
run_jobs (Site *site)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_assert_true (mh_jobs_run_due (mh_server_jobs (site->server), &n, &error));
  g_assert_no_error (error);
}

static char *
get (Site *site, const char *token, const char *id, const char *what, int expected)
{
  g_autofree char *path = g_strdup_printf ("/documents/%s%s", id, what);
  char *body = NULL;
  g_assert_cmpint (site_call (site, "GET", path, token, NULL, &body), ==, expected);
  return body;
}

static void
assert_text (Site *site, const char *token, const char *id, const char *name, const char *expected)
{
  g_autofree char *body = get (site, token, id, "", 200);
  g_autofree char *value = member (body, name);
  g_assert_cmpstr (value, ==, expected);
}

/* --- cases --- */

/* Eleven mebibytes, with a line that breaks in the middle. */
static void
test_parts (const MhTestDb *test)
{
  g_autoptr (Site) site = house_new (test, NULL);
  g_autofree char *token = site_sign_in (site, "reception");
  g_autofree char *patient = patient_of (site, token, "Asha");
  g_autoptr (GBytes) file = make_file (11 * 1024 * 1024 + 17, "%PDF-1.7\n", "%%EOF");
  g_autoptr (GBytes) back = NULL;
  g_autofree char *id = announce (site, token, patient, file, "");
  g_autofree char *path = g_strdup_printf ("/documents/%s/content", id);
  guint n = mh_document_parts ((gint64)g_bytes_get_size (file));
  g_assert_cmpuint (n, ==, 23);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpint (put (site, token, id, file, i, NULL), ==, 200);
  g_autofree char *half = get (site, token, id, "", 200);
  g_assert_cmpint (number (half, "parts_stored"), ==, 9);
  g_autofree char *closed = get (site, token, id, "/content", 409);
  g_assert_nonnull (strstr (closed, "not arrived"));
  /* what came already is no harm, what is too early is refused */
  g_assert_cmpint (put (site, token, id, file, 8, NULL), ==, 200);
  g_assert_cmpint (put (site, token, id, file, 10, NULL), ==, 409);
  for (guint i = 9; i < n; i++)
    g_assert_cmpint (put (site, token, id, file, i, NULL), ==, 200);
  run_jobs (site);
  assert_text (site, token, id, "status", MH_DOCUMENT_STORED);
  assert_text (site, token, id, "content_type", MH_CONTENT_PDF);
  assert_text (site, token, id, "scan", MH_VIRUS_SCAN_NONE);
  g_assert_cmpint (site_call_bytes (site, "GET", path, token, "", NULL, NULL, &back), ==, 200);
  g_assert_true (g_bytes_equal (back, file));
}

static void
test_refused (const MhTestDb *test)
{
  g_autoptr (Site) site = house_new (test, NULL);
  g_autofree char *token = site_sign_in (site, "reception");
  g_autofree char *cashier = site_sign_in (site, "cashier");
  g_autofree char *patient = patient_of (site, token, "Asha");
  g_autoptr (GBytes) text = make_file (100, "MZ, but called report.pdf", "end");
  g_autoptr (GBytes) picture = make_file (100, "\x89PNG\r\n\x1a\n", "end");
  g_autoptr (GBytes) other = make_file (100, "\x89PNG\r\n\x1a\n", "END");
  g_autofree char *named = announce (site, token, patient, text, "");
  g_autofree char *wrong = NULL, *list = NULL, *bombed = NULL;
  /* 50,000 by 50,000 points in a few bytes */
  static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0";
  g_autoptr (GBytes) bomb = g_bytes_new_static (head, sizeof head);
  g_assert_cmpint (put (site, token, named, text, 0, &wrong), ==, 422);
  g_assert_nonnull (strstr (wrong, "\"format\""));
  g_autofree char *large = announce (site, token, patient, bomb, "");
  g_assert_cmpint (put (site, token, large, bomb, 0, &bombed), ==, 422);
  g_assert_nonnull (strstr (bombed, "too_many_points"));
  g_autofree char *id = announce (site, token, patient, picture, "");
  put_all (site, token, id, other);
  run_jobs (site);
  assert_text (site, token, id, "status", MH_DOCUMENT_DAMAGED);
  g_free (get (site, token, id, "/content", 409));
  g_free (get (site, cashier, id, "", 403));
  g_autofree char *path = g_strdup_printf ("/documents?patient_id=%s", patient);
  g_assert_cmpint (site_call (site, "GET", path, token, NULL, &list), ==, 200);
  g_assert_nonnull (strstr (list, id));
  g_autofree char *removal = g_strdup_printf ("/documents/%s/removal", id);
  g_assert_cmpint (site_call (site, "POST", removal, token, "{\"reason\":\"no\"}", NULL), ==, 422);
  g_assert_cmpint (site_call (site, "POST", removal, token, "{\"reason\":\"bad\"}", NULL), ==, 204);
  g_free (get (site, token, id, "", 404));
}

static void
test_thumbnail (const MhTestDb *test)
{
  g_autoptr (Site) site = house_new (test, NULL);
  g_autofree char *token = site_sign_in (site, "nurse");
  g_autofree char *patient = patient_of (site, token, "Asha");
  g_autoptr (GBytes) picture = make_file (100, "\x89PNG\r\n\x1a\n", "end");
  g_autofree char *small
      = g_base64_encode (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  g_autofree char *more = g_strdup_printf (",\"thumbnail\":\"%s\"", small);
  g_autofree char *id = announce (site, token, patient, picture, more);
  g_autofree char *without = announce (site, token, patient, picture, "");
  put_all (site, token, id, picture);
  put_all (site, token, without, picture);
  run_jobs (site);
  g_autofree char *path = g_strdup_printf ("/documents/%s/thumbnail", id);
  g_autoptr (GBytes) back = NULL;
  g_assert_cmpint (site_call_bytes (site, "GET", path, token, "", NULL, NULL, &back), ==, 200);
  g_assert_true (g_bytes_equal (back, picture));
  g_free (get (site, token, without, "/thumbnail", 404));
}

static void
test_scanner (const MhTestDb *test)
{
  Scanner scanner = { 0 };
  scanner_start (&scanner);
  const char *settings[] = { "clamd.address", scanner.address, NULL };
  Site *site = house_new (test, settings);
  g_autofree char *token = site_sign_in (site, "doctor");
  g_autofree char *manager = site_sign_in (site, "manager");
  g_autofree char *patient = patient_of (site, token, "Asha");
  g_autoptr (GBytes) good = make_file (700000, "%PDF-1.7\n", "%%EOF");
  g_autoptr (GBytes) evil = make_file (700000, "%PDF-1.7\n", EVIL);
  g_autofree char *a = announce (site, token, patient, good, "");
  g_autofree char *b = announce (site, token, patient, evil, "");
  g_autofree char *alerts = NULL;
  put_all (site, token, a, good);
  put_all (site, token, b, evil);
  /* nobody knows yet: nobody opens it */
  g_atomic_int_set (&scanner.broken, 1);
  run_jobs (site);
  assert_text (site, token, a, "status", MH_DOCUMENT_STORED);
  assert_text (site, token, a, "scan", MH_VIRUS_SCAN_WAITING);
  g_free (get (site, token, a, "/content", 409));
  g_atomic_int_set (&scanner.broken, 0);
  g_autoptr (GBytes) clean = g_bytes_new_static ("fine", 4);
  g_autofree char *threat = NULL;
  g_assert_true (mh_clamd_scan (scanner.address, clean, &threat, NULL));
  g_assert_null (threat);
  g_autofree char *c = announce (site, token, patient, good, "");
  g_autofree char *d = announce (site, token, patient, evil, "");
  put_all (site, token, c, good);
  put_all (site, token, d, evil);
  run_jobs (site);
  assert_text (site, token, c, "scan", MH_VIRUS_SCAN_CLEAN);
  assert_text (site, token, d, "scan", MH_VIRUS_SCAN_INFECTED);
  assert_text (site, token, d, "threat", "Test.Virus");
  g_free (get (site, token, c, "/content", 200));
  g_autofree char *held = get (site, token, d, "/content", 409);
  g_assert_nonnull (strstr (held, "virus"));
  g_assert_cmpint (site_call (site, "GET", "/alerts", manager, NULL, &alerts), ==, 200);
  g_assert_nonnull (strstr (alerts, MH_ALERT_FILE_HELD));
  g_assert_cmpint (g_atomic_int_get (&scanner.asked), ==, 5);
  site_free (site);
  scanner_stop (&scanner);
}

static void
test_address (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
  } cases[] = { { "unix:/run/clamav/clamd.ctl", TRUE },
                { "tcp:127.0.0.1:3310", TRUE },
                { "tcp:scanner", TRUE },
                { "unix:relative", FALSE },
                { "tcp:", FALSE },
                { "127.0.0.1:3310", FALSE } };
  g_autoptr (GBytes) file = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  char *threat = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mh_clamd_is_address (cases[i].text), ==, cases[i].good);
  g_assert_false (mh_clamd_scan ("unix:/nonexistent/clamd.ctl", file, &threat, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
}

static void
test_consents (const MhTestDb *test)
{
  g_autoptr (Site) site = house_new (test, NULL);
  g_autofree char *token = site_sign_in (site, "nurse");
  g_autofree char *patient = patient_of (site, token, "Asha");
  g_autofree char *other = patient_of (site, token, "Zubeida");
  g_autofree char *body = NULL, *answer = NULL, *taken = NULL, *refusal = NULL, *no = NULL;
  g_autoptr (GBytes) paper = make_file (100, "%PDF-1.7\n", "end");
  g_autofree char *document = announce (site, token, patient, paper, "");
  static const char form[] = "{\"patient_id\":\"%s\",\"purpose\":\"procedure\",\"decision\":\"%s\","
                             "\"given_by\":\"patient\",\"decided_on\":\"2026-11-20\"%s%s%s}";
  body = g_strdup_printf (form, patient, "given", ",\"document_id\":\"", document, "\"");
  g_assert_cmpint (site_call (site, "POST", "/consents", token, body, &answer), ==, 201);
  taken = g_strdup_printf (form, other, "given", ",\"document_id\":\"", document, "\"");
  g_assert_cmpint (site_call (site, "POST", "/consents", token, taken, NULL), ==, 422);
  no = g_strdup_printf (form, patient, "refused", "", "", "");
  g_assert_cmpint (site_call (site, "POST", "/consents", token, no, NULL), ==, 422);
  refusal = g_strdup_printf (form, patient, "refused", ",\"about\":\"", "No blood", "\"");
  g_autofree char *refused = NULL;
  g_assert_cmpint (site_call (site, "POST", "/consents", token, refusal, &refused), ==, 201);
  g_autofree char *id = member (answer, "id");
  g_autofree char *refused_id = member (refused, "id");
  g_autofree char *path = g_strdup_printf ("/consents/%s/withdrawal", id);
  g_autofree char *wrong = g_strdup_printf ("/consents/%s/withdrawal", refused_id);
  static const char why[] = "{\"reason\":\"Changed her mind\"}";
  g_autofree char *others_paper = announce (site, token, other, paper, "");
  g_autofree char *sign = g_strdup_printf ("/consents/%s", refused_id);
  g_autofree char *with_paper = g_strdup_printf ("{\"document_id\":\"%s\"}", document);
  g_autofree char *with_others = g_strdup_printf ("{\"document_id\":\"%s\"}", others_paper);
  g_autofree char *signed_now = NULL;
  /* signed later: the paper is named, the decision stays */
  g_assert_cmpint (site_call (site, "PATCH", sign, token, with_others, NULL), ==, 422);
  g_assert_cmpint (site_call (site, "PATCH", sign, token, "{\"decision\":\"given\"}", NULL), ==,
                   422);
  g_assert_cmpint (site_call (site, "PATCH", sign, token, with_paper, &signed_now), ==, 200);
  g_assert_nonnull (strstr (signed_now, document));
  g_assert_nonnull (strstr (signed_now, "\"decision\":\"refused\""));
  g_assert_cmpint (site_call (site, "POST", wrong, token, why, NULL), ==, 409);
  g_autofree char *after = NULL;
  g_assert_cmpint (site_call (site, "POST", path, token, why, &after), ==, 200);
  g_assert_nonnull (strstr (after, "withdrawn_at"));
  g_assert_cmpint (site_call (site, "POST", path, token, why, NULL), ==, 409);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/documents/address", test_address);
  mh_test_add_both ("/documents/parts", test_parts);
  mh_test_add_both ("/documents/refused", test_refused);
  mh_test_add_both ("/documents/thumbnail", test_thumbnail);
  mh_test_add_both ("/documents/scanner", test_scanner);
  mh_test_add_both ("/documents/consents", test_consents);
  return mh_test_run ();
}
