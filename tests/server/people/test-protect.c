/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Protected charts, from the refusal to the review, as the wire shows it. */
#include <string.h>

#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-read-log.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/site-fixture.h"

static char *
member (const char *json, const char *name)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  g_assert_nonnull (object);
  return g_strdup (mh_json_text (object, name));
}

/* Registers somebody; their id. */
static char *
person (Site *site, const char *token, const char *name, gboolean vip)
{
  g_autofree char *answer = NULL;
  g_autofree char *body
      = g_strdup_printf ("{\"given_name\":\"%s\",\"family_name\":\"Rao\",\"sex\":\"female\","
                         "\"birth_date\":\"1980-02-03\",\"phone\":\"9812032145\","
                         "\"duplicate_reason\":\"relative\",\"vip\":%s}",
                         name, vip ? "true" : "false");
  g_assert_cmpint (site_call (site, "POST", "/patients", token, body, &answer), ==, 201);
  return member (answer, "id");
}

static int
get (Site *site, const char *token, const char *pattern, const char *id, char **out_body)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 2);
  g_autofree char *path = g_strjoinv (id, parts);
  return site_call (site, "GET", path, token, NULL, out_body);
}

static int
open_chart (Site *site,
            const char *token,
            const char *patient,
            const char *password,
            const char *text,
            char **out_body)
{
  g_autofree char *body
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"reason\":\"treatment\",\"text\":\"%s\","
                         "\"password\":\"%s\"}",
                         patient, text, password);
  return site_call (site, "POST", "/access-grants", token, body, out_body);
}

#define WHY "Asked to consult"

static void
test_opening (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *plain = person (site, desk, "Asha", FALSE);
  g_autofree char *vip = person (site, desk, "Zubeida", TRUE);
  g_autofree char *other = person (site, desk, "Yamini", TRUE);
  g_autofree char *refused = NULL, *list = NULL, *read = NULL, *grant = NULL, *wrong = NULL;
  g_assert_cmpint (get (site, doctor, "/patients/%s", plain, NULL), ==, 200);
  g_assert_cmpint (get (site, doctor, "/patients/%s", vip, &refused), ==, 403);
  g_assert_nonnull (strstr (refused, MH_ISSUE_PROTECTED_CHART));
  g_assert_nonnull (strstr (refused, vip));
  g_assert_null (strstr (refused, "Zubeida"));
  g_assert_cmpint (get (site, doctor, "/orders?patient_id=%s", vip, NULL), ==, 403);
  g_assert_cmpint (get (site, doctor, "/prescriptions?patient_id=%s", vip, NULL), ==, 403);
  g_assert_cmpint (get (site, doctor, "/patients/%s/cumulative.pdf", vip, NULL), ==, 403);
  /* the list tells that there is one, by name to those who may open it, and nothing more */
  g_assert_cmpint (get (site, doctor, "/patients?q=%s", "zubeida", &list), ==, 200);
  g_assert_nonnull (strstr (list, vip));
  g_assert_null (strstr (list, "9812032145"));
  g_assert_null (strstr (list, "1980-02-03"));
  /* neither a wrong password, nor too little, nor somebody without the right */
  g_assert_cmpint (open_chart (site, doctor, vip, "nonsense", WHY, &wrong), ==, 422);
  g_assert_nonnull (strstr (wrong, "\"password\""));
  g_assert_cmpint (open_chart (site, doctor, vip, "mahima-demo", "nine char", NULL), ==, 422);
  g_assert_cmpint (open_chart (site, doctor, plain, "mahima-demo", WHY, NULL), ==, 409);
  g_assert_cmpint (get (site, doctor, "/patients/%s", vip, NULL), ==, 403);
  g_assert_cmpint (open_chart (site, doctor, vip, "mahima-demo", WHY, &grant), ==, 200);
  g_assert_null (strstr (grant, "mahima-demo"));
  g_assert_cmpint (get (site, doctor, "/patients/%s", vip, &read), ==, 200);
  g_assert_nonnull (strstr (read, "Zubeida"));
  g_assert_cmpint (get (site, doctor, "/orders?patient_id=%s", vip, NULL), ==, 200);
  /* that chart, and that person, alone */
  g_assert_cmpint (get (site, doctor, "/patients/%s", other, NULL), ==, 403);
  g_assert_cmpint (get (site, desk, "/patients/%s", vip, NULL), ==, 403);
  g_autofree char *id = member (grant, "id");
  g_autofree char *end = g_strdup_printf ("/access-grants/%s/end", id);
  g_assert_cmpint (site_call (site, "POST", end, desk, NULL, NULL), ==, 404);
  g_assert_cmpint (site_call (site, "POST", end, doctor, NULL, NULL), ==, 200);
  g_assert_cmpint (get (site, doctor, "/patients/%s", vip, NULL), ==, 403);
}

static void
test_review (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *manager = site_sign_in (site, "manager");
  g_autofree char *vip = person (site, desk, "Zubeida", TRUE);
  g_autofree char *grant = NULL, *alerts = NULL, *waiting = NULL, *after = NULL, *none = NULL;
  static const char fine[] = "{\"verdict\":\"justified\"}";
  static const char bare[] = "{\"verdict\":\"unjustified\"}";
  g_assert_cmpint (open_chart (site, doctor, vip, "mahima-demo", WHY, &grant), ==, 200);
  g_autofree char *id = member (grant, "id");
  g_autofree char *review = g_strdup_printf ("/access-grants/%s/review", id);
  g_assert_cmpint (site_call (site, "GET", "/alerts", manager, NULL, &alerts), ==, 200);
  g_assert_nonnull (strstr (alerts, MH_ALERT_CHART_OPENED));
  g_assert_null (strstr (alerts, "Zubeida"));
  g_assert_cmpint (site_call (site, "GET", "/access-grants", doctor, NULL, NULL), ==, 403);
  g_assert_cmpint (site_call (site, "GET", "/access-grants", manager, NULL, &waiting), ==, 200);
  g_assert_nonnull (strstr (waiting, id));
  g_assert_cmpint (site_call (site, "POST", review, doctor, fine, NULL), ==, 403);
  g_assert_cmpint (site_call (site, "POST", review, manager, bare, NULL), ==, 422);
  g_assert_cmpint (site_call (site, "POST", review, manager, fine, &after), ==, 200);
  g_assert_nonnull (strstr (after, "reviewed_name"));
  g_assert_cmpint (site_call (site, "POST", review, manager, fine, NULL), ==, 409);
  g_assert_cmpint (site_call (site, "GET", "/access-grants", manager, NULL, &none), ==, 200);
  g_assert_null (strstr (none, id));
  g_autofree char *over = NULL;
  g_assert_cmpint (site_call (site, "GET", "/alerts", manager, NULL, &over), ==, 200);
  g_assert_null (strstr (over, MH_ALERT_CHART_OPENED));
}

/* All of the feed from its beginning, as text. */
static char *
feed_of (Site *site, const char *token)
{
  GString *all = g_string_new (NULL);
  g_autofree char *after = g_strdup ("0");
  while (after != NULL)
    {
      g_autofree char *page = NULL;
      g_assert_cmpint (get (site, token, "/changes?limit=200&after=%s", after, &page), ==, 200);
      g_autoptr (JsonObject) object = mh_json_parse_object (page, -1, NULL);
      gint64 next = mh_json_int (object, "next", 0);
      g_string_append (all, page);
      g_free (after);
      after = next > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, next) : NULL;
    }
  return g_string_free (all, FALSE);
}

/* What lies in local copies: that there is one. */
static void
test_feed (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *vip = person (site, desk, "Zubeida", TRUE);
  g_autofree char *prescription = g_strdup_printf (
      "{\"patient_id\":\"%s\",\"advice\":\"Hush\",\"lines\":[{\"name\":\"Hush\"}]}", vip);
  g_autofree char *feed = NULL, *opened = NULL, *masked = NULL;
  g_assert_cmpint (site_call (site, "POST", "/prescriptions", doctor, prescription, NULL), ==, 201);
  g_assert_cmpint (open_chart (site, doctor, vip, "mahima-demo", WHY, NULL), ==, 200);
  feed = feed_of (site, desk);
  g_assert_nonnull (strstr (feed, vip));
  g_assert_null (strstr (feed, "Hush"));
  g_assert_null (strstr (feed, "9812032145"));
  /* an opening ends, a copy does not */
  opened = feed_of (site, doctor);
  g_assert_null (strstr (opened, "Hush"));
  g_assert_null (strstr (opened, "9812032145"));
  g_assert_cmpint (site_call (site, "GET", "/prescriptions", desk, NULL, &masked), ==, 200);
  g_assert_null (strstr (masked, "Hush"));
}

typedef struct
{
  const char *patient, *user;
} Link;

static gboolean
write_link (MhTx *tx, gpointer data, GError **error)
{
  const Link *link = data;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_patient_type, link->patient, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_PATIENT_USER_ID, link->user);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* Staff's charts, one's own among them, go through the same guard. */
static void
test_staff (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *chart = person (site, desk, "Dana", FALSE);
  g_autofree char *me = NULL, *own = NULL, *other = NULL;
  g_assert_cmpint (site_call (site, "GET", "/session", doctor, NULL, &me), ==, 200);
  g_autoptr (JsonObject) view = mh_json_parse_object (me, -1, NULL);
  const char *user = mh_json_text (mh_json_object (view, "user"), "id");
  Link link = { chart, user };
  MhWho who = { .user_name = "test" };
  mh_assert_ok (mh_store_write (mh_server_store (site->server), &who, write_link, &link, &error),
                error);
  g_assert_cmpint (get (site, doctor, "/patients/%s", chart, &own), ==, 403);
  g_assert_nonnull (strstr (own, "\"" MH_PROTECTED_OWN "\""));
  g_assert_cmpint (get (site, desk, "/patients/%s", chart, &other), ==, 403);
  g_assert_nonnull (strstr (other, "\"" MH_PROTECTED_STAFF "\""));
  g_assert_cmpint (open_chart (site, doctor, chart, "mahima-demo", WHY, NULL), ==, 200);
  g_assert_cmpint (get (site, doctor, "/patients/%s", chart, NULL), ==, 200);
}

static int
put_link (Site *site, const char *token, const char *user, const char *patient, char **out)
{
  g_autofree char *path = g_strdup_printf ("/users/%s/patient", user);
  g_autofree char *body
      = patient != NULL ? g_strdup_printf ("{\"patient_id\":\"%s\"}", patient) : g_strdup ("{}");
  return site_call (site, "PUT", path, token, body, out);
}

static char *
account_of (Site *site, const char *token)
{
  g_autofree char *me = NULL;
  g_assert_cmpint (site_call (site, "GET", "/session", token, NULL, &me), ==, 200);
  g_autoptr (JsonObject) view = mh_json_parse_object (me, -1, NULL);
  return g_strdup (mh_json_text (mh_json_object (view, "user"), "id"));
}

/* An administrator says which patient an account is: one each, on the trail, and not one's own. */
static void
test_link (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *nurse = site_sign_in (site, "nurse");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *admin = site_sign_in (site, "admin");
  g_autofree char *first = person (site, desk, "Dana", FALSE);
  g_autofree char *second = person (site, desk, "Zubeida", FALSE);
  g_autofree char *nurse_id = account_of (site, nurse), *doctor_id = account_of (site, doctor);
  g_autofree char *admin_id = account_of (site, admin);
  g_autofree char *told = NULL, *none = NULL, *own = NULL, *trail = NULL;
  g_assert_cmpint (put_link (site, doctor, nurse_id, first, NULL), ==, 403);
  g_assert_cmpint (get (site, admin, "/users/%s/patient", nurse_id, &none), ==, 200);
  g_assert_null (strstr (none, first));
  g_assert_cmpint (put_link (site, admin, nurse_id, first, &told), ==, 200);
  g_assert_nonnull (strstr (told, "Dana"));
  g_assert_cmpint (get (site, nurse, "/patients/%s", first, &own), ==, 403);
  g_assert_nonnull (strstr (own, "\"" MH_PROTECTED_OWN "\""));
  g_assert_cmpint (get (site, doctor, "/patients/%s", first, NULL), ==, 403);
  /* a patient has one account, an account one patient */
  g_assert_cmpint (put_link (site, admin, doctor_id, first, NULL), ==, 422);
  g_assert_cmpint (put_link (site, admin, nurse_id, second, NULL), ==, 200);
  g_assert_cmpint (get (site, nurse, "/patients/%s", first, NULL), ==, 200);
  g_assert_cmpint (get (site, nurse, "/patients/%s", second, NULL), ==, 403);
  g_assert_cmpint (put_link (site, admin, nurse_id, NULL, NULL), ==, 200);
  g_assert_cmpint (get (site, nurse, "/patients/%s", second, NULL), ==, 200);
  /* not by changing the patient, and not by whom it protects from */
  g_autofree char *patch = g_strdup_printf ("{\"user_id\":\"%s\"}", nurse_id);
  g_autofree char *path = g_strconcat ("/patients/", second, NULL);
  site_call (site, "PATCH", path, desk, patch, NULL);
  g_assert_cmpint (get (site, nurse, "/patients/%s", second, NULL), ==, 200);
  g_assert_cmpint (put_link (site, admin, admin_id, second, NULL), ==, 200);
  g_assert_cmpint (put_link (site, admin, admin_id, NULL, NULL), ==, 403);
  g_assert_cmpint (get (site, admin, "/audit?object_id=%s", nurse_id, &trail), ==, 200);
  g_assert_nonnull (strstr (trail, "own chart"));
}

/* To the microsecond. */
static void
test_hour (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *vip = person (site, desk, "Zubeida", TRUE);
  g_autofree char *grant = NULL;
  g_assert_cmpint (open_chart (site, doctor, vip, "mahima-demo", WHY, &grant), ==, 200);
  g_autofree char *id = member (grant, "id");
  MhDb *db = mh_store_take_reader (mh_server_store (site->server), &error);
  g_autoptr (MhRecord) stored = mh_store_get (db, &mh_access_grant_type, id, &error);
  g_autoptr (MhRecord) patient = mh_store_get (db, &mh_patient_type, vip, &error);
  g_assert_no_error (error);
  g_autoptr (MhActor) actor
      = mh_actor_new (mh_record_text (stored, MH_ACCESS_GRANT_USER_ID), "Doctor", "doctor",
                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), NULL, NULL);
  gint64 until = mh_record_int (stored, MH_ACCESS_GRANT_OPEN_UNTIL);
  gint64 opened = mh_record_int (stored, MH_ACCESS_GRANT_OPENED_AT);
  g_assert_cmpint (until - opened, ==, 60 * MH_MINUTE);
  g_assert_cmpint (mh_record_int (stored, MH_ACCESS_GRANT_REVIEW_BY) - opened, ==, 72 * MH_HOUR);
  g_assert_true (mh_access_check_at (MH_REQUEST_DB (db, NULL, actor), patient, until - 1, &error));
  g_assert_false (mh_access_check_at (MH_REQUEST_DB (db, NULL, actor), patient, until, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_cmpstr (mh_access_error_patient (error, NULL), ==, vip);
  mh_store_give_reader (mh_server_store (site->server), db);
}

/* Who saw what of a patient, for whoever looks after records and for nobody else. */
static void
test_report (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *desk = site_sign_in (site, "reception");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *manager = site_sign_in (site, "manager");
  g_autofree char *plain = person (site, desk, "Asha", FALSE);
  g_autofree char *other = person (site, desk, "Yamini", FALSE);
  g_autofree char *found = NULL, *report = NULL, *nobody = NULL, *head = NULL;
  g_autoptr (GBytes) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (get (site, doctor, "/patients/%s", plain, NULL), ==, 200);
  mh_assert_ok (mh_read_log_flush (mh_server_read_log (site->server), &error), error);
  g_assert_cmpint (get (site, doctor, "/access-people?q=%s", "asha", NULL), ==, 403);
  g_assert_cmpint (get (site, doctor, "/patients/%s/access-report", plain, NULL), ==, 403);
  g_assert_cmpint (get (site, manager, "/access-people?q=%s", "asha", &found), ==, 200);
  g_assert_nonnull (strstr (found, plain));
  g_assert_null (strstr (found, "9812032145"));
  g_assert_cmpint (get (site, manager, "/patients/%s/access-report", plain, &report), ==, 200);
  g_assert_nonnull (strstr (report, "\"" MH_AUDIT_READ "\""));
  g_assert_nonnull (strstr (report, "\"doctor\""));
  g_assert_null (strstr (report, other));
  g_assert_cmpint (get (site, manager, "/patients/%s/access-report", other, &nobody), ==, 200);
  g_assert_null (strstr (nobody, "\"doctor\""));
  g_autofree char *path = g_strdup_printf ("/patients/%s/access-report.pdf", plain);
  g_assert_cmpint (site_call_bytes (site, "GET", path, manager, "", NULL, &head, &paper), ==, 200);
  g_assert_cmpint (memcmp (g_bytes_get_data (paper, NULL), "%PDF-", 5), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/protect/opening", test_opening);
  mh_test_add_both ("/protect/review", test_review);
  mh_test_add_both ("/protect/feed", test_feed);
  mh_test_add_both ("/protect/staff", test_staff);
  mh_test_add_both ("/protect/link", test_link);
  mh_test_add_both ("/protect/hour", test_hour);
  mh_test_add_both ("/protect/report", test_report);
  return mh_test_run ();
}
