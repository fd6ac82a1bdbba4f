/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo of a patient: a document that photo_id names, seen by whoever may read the patient. */
#include <string.h>

#include "server/people/documents/mh-documents-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-document.h"
#include "tests/server/site-fixture.h"

#define PNG_HEAD "\x89PNG\r\n\x1a\n"

typedef struct
{
  Site *site;
  char *token;   /* of the reception */
  char *patient; /* its version 1 */
} Desk;

static char *
member (const char *json, const char *name)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  g_assert_nonnull (object);
  return g_strdup (mh_json_text (object, name));
}

static char *
register_one (Desk *desk, const char *name)
{
  g_autofree char *answer = NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"given_name\":\"%s\",\"sex\":\"female\",\"birth_date\":\"1980-02-03\"}", name);
  g_assert_cmpint (site_call (desk->site, "POST", "/patients", desk->token, body, &answer), ==,
                   201);
  return member (answer, "id");
}

static Desk *
desk_new (const MhTestDb *test)
{
  Desk *desk = g_new0 (Desk, 1);
  desk->site = site_new (test);
  mh_documents_jobs_register (desk->site->server);
  desk->token = site_sign_in (desk->site, "reception");
  desk->patient = register_one (desk, "Asha");
  return desk;
}

static void
desk_free (Desk *desk)
{
  site_free (desk->site);
  g_free (desk->token);
  g_free (desk->patient);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static void
run_jobs (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_assert_true (mh_jobs_run_due (mh_server_jobs (desk->site->server), &n, &error));
  g_assert_no_error (error);
}

/* A picture of @patient, whole in one part; @mark makes it another. */
static char *
send_picture (Desk *desk, const char *patient, const char *kind, const char *head, const char *mark)
{
  g_autofree char *answer = NULL;
  g_autofree char *text = g_strconcat (head, mark, NULL);
  g_autofree char *small = g_strconcat (PNG_HEAD, "small", mark, NULL);
  g_autofree char *content = g_base64_encode ((guchar *)text, strlen (text));
  g_autofree char *thumbnail = g_base64_encode ((guchar *)small, strlen (small));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *body
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"kind\":\"%s\",\"title\":\"Photo\",\"bytes\":%zu,"
                         "\"sha256\":\"%s\",\"thumbnail\":\"%s\"}",
                         patient, kind, strlen (text), hash, thumbnail);
  g_assert_cmpint (site_call (desk->site, "POST", "/documents", desk->token, body, &answer), ==,
                   201);
  char *id = member (answer, "id");
  g_autofree char *path = g_strdup_printf ("/documents/%s/parts", id);
  g_autofree char *part = g_strdup_printf ("{\"number\":0,\"content\":\"%s\"}", content);
  g_assert_cmpint (site_call (desk->site, "PUT", path, desk->token, part, NULL), ==, 200);
  return id;
}

/* Photo_id of @patient becomes @photo (NULL: none). */
static int
name_photo (Desk *desk, const char *patient, int version, const char *photo)
{
  g_autofree char *path = g_strdup_printf ("/patients/%s", patient);
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIf-Match: \"%d\"\r\n", version);
  g_autofree char *body = photo != NULL ? g_strdup_printf ("{\"photo_id\":\"%s\"}", photo)
                                        : g_strdup ("{\"photo_id\":null}");
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  return site_call_bytes (desk->site, "PATCH", path, desk->token, headers, bytes, NULL, NULL);
}

static int
status_of (Desk *desk, const char *token, const char *of, const char *id, const char *what)
{
  g_autofree char *path = g_strconcat (of, id, what, NULL);
  return site_call (desk->site, "GET", path, token, NULL, NULL);
}

static void
assert_photo (Desk *desk, const char *token, const char *mark)
{
  g_autofree char *path = g_strdup_printf ("/patients/%s/photo", desk->patient);
  g_autofree char *expected = g_strconcat (PNG_HEAD, "small", mark, NULL);
  g_autofree char *head = NULL;
  g_autoptr (GBytes) back = NULL;
  g_assert_cmpint (site_call_bytes (desk->site, "GET", path, token, "", NULL, &head, &back), ==,
                   200);
  g_assert_nonnull (strstr (head, MH_CONTENT_PNG));
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), expected,
                   strlen (expected));
}

/* Added, seen by one who may read no documents, replaced, removed. */
static void
test_slice (const MhTestDb *test)
{
  g_autoptr (Desk) desk = desk_new (test);
  g_autofree char *cashier = site_sign_in (desk->site, "cashier");
  g_autofree char *one = send_picture (desk, desk->patient, MH_DOCUMENT_PORTRAIT, PNG_HEAD, "one");
  g_autofree char *two = send_picture (desk, desk->patient, MH_DOCUMENT_PORTRAIT, PNG_HEAD, "two");
  g_assert_cmpint (status_of (desk, desk->token, "/patients/", desk->patient, "/photo"), ==, 404);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, one), ==, 200);
  /* the virus check comes first */
  g_assert_cmpint (status_of (desk, desk->token, "/patients/", desk->patient, "/photo"), ==, 409);
  run_jobs (desk);
  assert_photo (desk, desk->token, "one");
  assert_photo (desk, cashier, "one");
  g_assert_cmpint (status_of (desk, cashier, "/documents/", one, ""), ==, 403);
  g_assert_cmpint (status_of (desk, NULL, "/patients/", desk->patient, "/photo"), ==, 401);
  g_assert_cmpint (name_photo (desk, desk->patient, 2, two), ==, 200);
  assert_photo (desk, cashier, "two");
  g_assert_cmpint (status_of (desk, desk->token, "/documents/", one, ""), ==, 404);
  g_assert_cmpint (status_of (desk, desk->token, "/documents/", two, ""), ==, 200);
  g_assert_cmpint (name_photo (desk, desk->patient, 3, NULL), ==, 200);
  g_assert_cmpint (status_of (desk, desk->token, "/patients/", desk->patient, "/photo"), ==, 404);
  g_assert_cmpint (status_of (desk, desk->token, "/documents/", two, ""), ==, 404);
}

/* Only a picture of this patient, put there as one. */
static void
test_refused (const MhTestDb *test)
{
  g_autoptr (Desk) desk = desk_new (test);
  g_autofree char *other = register_one (desk, "Zubeida");
  g_autofree char *theirs = send_picture (desk, other, MH_DOCUMENT_PORTRAIT, PNG_HEAD, "a");
  g_autofree char *paper = send_picture (desk, desk->patient, "lab", PNG_HEAD, "b");
  g_autofree char *pdf
      = send_picture (desk, desk->patient, MH_DOCUMENT_PORTRAIT, "%PDF-1.7\n", "c");
  g_autofree char *path = g_strdup_printf ("/documents/%s/removal", theirs);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, theirs), ==, 422);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, paper), ==, 422);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, pdf), ==, 422);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, desk->patient), ==, 422);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, "no id"), ==, 422);
  g_assert_cmpint (status_of (desk, desk->token, "/documents/", paper, ""), ==, 200);
  /* one that is taken out of the chart is no photo any more */
  g_assert_cmpint (name_photo (desk, other, 1, theirs), ==, 200);
  g_assert_cmpint (
      site_call (desk->site, "POST", path, desk->token, "{\"reason\":\"wrong face\"}", NULL), ==,
      204);
  g_assert_cmpint (status_of (desk, desk->token, "/patients/", other, "/photo"), ==, 404);
  g_assert_cmpint (name_photo (desk, other, 2, NULL), ==, 200);
}

/* A protected chart does not show its face, nor tell that there is one. */
static void
test_protected (const MhTestDb *test)
{
  g_autoptr (Desk) desk = desk_new (test);
  g_autofree char *photo
      = send_picture (desk, desk->patient, MH_DOCUMENT_PORTRAIT, PNG_HEAD, "one");
  g_autofree char *path = g_strdup_printf ("/patients/%s", desk->patient);
  g_autofree char *refused = NULL, *list = NULL;
  run_jobs (desk);
  g_assert_cmpint (name_photo (desk, desk->patient, 1, photo), ==, 200);
  g_autoptr (GBytes) vip = g_bytes_new_static ("{\"vip\":true}", 12);
  g_assert_cmpint (site_call_bytes (desk->site, "PATCH", path, desk->token,
                                    "Content-Type: application/json\r\nIf-Match: \"2\"\r\n", vip,
                                    NULL, NULL),
                   ==, 200);
  g_autofree char *of = g_strconcat (path, "/photo", NULL);
  g_assert_cmpint (site_call (desk->site, "GET", of, desk->token, NULL, &refused), ==, 403);
  g_assert_nonnull (strstr (refused, "protected"));
  g_assert_cmpint (site_call (desk->site, "GET", "/patients?q=Asha", desk->token, NULL, &list), ==,
                   200);
  g_assert_nonnull (strstr (list, desk->patient));
  g_assert_null (strstr (list, photo));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/photo/slice", test_slice);
  mh_test_add_both ("/photo/refused", test_refused);
  mh_test_add_both ("/photo/protected", test_protected);
  return mh_test_run ();
}
