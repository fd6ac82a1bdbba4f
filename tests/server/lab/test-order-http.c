/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an order after it is placed, as the wire shows it. On both databases. */
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/messages/mh-alert.h"
#include "tests/server/site-fixture.h"

/* A site with its desk signed in, and the last answer. */
typedef struct
{
  Site *site;
  char *desk, *patient;
  JsonObject *told;
} Wire;

static void
wire_clear (Wire *wire)
{
  g_clear_pointer (&wire->told, json_object_unref);
  g_free (wire->desk);
  g_free (wire->patient);
  g_clear_pointer (&wire->site, site_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wire, wire_clear)

/* The status; what was answered stands in wire->told. */
static int
say (Wire *wire, const char *token, const char *method, const char *path, const char *body)
{
  g_autofree char *answer = NULL;
  int status = site_call (wire->site, method, path, token, body, &answer);
  g_clear_pointer (&wire->told, json_object_unref);
  wire->told = mh_json_parse_object (answer, -1, NULL);
  g_test_message ("%s %s: %d", method, path, status);
  if (status >= 400)
    g_test_message ("%s", answer);
  return status;
}

static void
begin (Wire *wire, const MhTestDb *test)
{
  wire->site = site_new (test);
  wire->desk = site_sign_in (wire->site, "reception");
  g_assert_cmpint (say (wire, wire->desk, "POST", "/patients",
                        "{\"given_name\":\"Asha\",\"family_name\":\"Rao\",\"sex\":\"female\","
                        "\"birth_date\":\"1980-02-03\",\"phone\":\"9812032145\"}"),
                   ==, 201);
  wire->patient = g_strdup (mh_json_text (wire->told, "id"));
}

/* @codes parted by spaces, @more further members (",\"priority\":\"stat\"") or ""; its id. */
static char *
place (Wire *wire, const char *codes, const char *method, const char *more)
{
  g_auto (GStrv) list = g_strsplit (codes, " ", -1);
  g_autofree char *items = g_strjoinv ("\"},{\"test\":\"", list);
  g_autofree char *body
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"payment_method\":\"%s\",\"items\":[{\"test\":"
                         "\"%s\"}]%s}",
                         wire->patient, method, items, more);
  g_assert_cmpint (say (wire, wire->desk, "POST", "/orders", body), ==, 201);
  return g_strdup (mh_json_text (wire->told, "id"));
}

static char *
path_of (const char *order, const char *rest)
{
  return g_strconcat ("/orders/", order, rest, NULL);
}

static JsonObject *
nth (JsonObject *object, const char *list, guint index)
{
  return json_array_get_object_element (mh_json_array (object, list), index);
}

static guint
n_of (JsonObject *object, const char *list)
{
  JsonArray *array = mh_json_array (object, list);
  return array != NULL ? json_array_get_length (array) : 0;
}

/* The live item of that test in the last answer. */
static char *
item_of (Wire *wire, const char *test)
{
  for (guint i = 0; i < n_of (wire->told, "items"); i++)
    {
      JsonObject *item = nth (wire->told, "items", i);
      if (g_strcmp0 (mh_json_text (item, "test"), test) == 0
          && g_strcmp0 (mh_json_text (item, "status"), MH_ITEM_STATUS_CANCELLED) != 0)
        return g_strdup (mh_json_text (item, "id"));
    }
  return NULL;
}

/* "FT4T,TSHT": what the labels of the tubes that are still wanted say, tube after tube. */
static char *
labels_of (Wire *wire)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n_of (wire->told, "samples"); i++)
    {
      JsonObject *sample = nth (wire->told, "samples", i);
      JsonArray *tests = mh_json_array (sample, "tests");
      if (g_strcmp0 (mh_json_text (sample, "status"), MH_SAMPLE_STATUS_CANCELLED) == 0)
        continue;
      g_string_append (text, text->len > 0 ? " " : "");
      for (guint k = 0; k < json_array_get_length (tests); k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "," : "",
                                json_array_get_string_element (tests, k));
    }
  return g_string_free (text, FALSE);
}

static void
assert_field (Wire *wire, const char *field)
{
  g_assert_cmpuint (n_of (wire->told, "errors"), >, 0);
  g_assert_cmpstr (mh_json_text (nth (wire->told, "errors", 0), "field"), ==, field);
}

static void
test_tests (const MhTestDb *test)
{
  g_auto (Wire) wire = { 0 };
  begin (&wire, test);
  g_autofree char *order = place (&wire, "CBC TSHT FT4T", "cod", "");
  g_autofree char *tests = path_of (order, "/tests");
  g_autofree char *quote = path_of (order, "/tests/quote");
  g_autofree char *thyroxine = item_of (&wire, "FT4T");
  gint64 total = mh_json_int (wire.told, "total", 0);
  g_autofree char *edit
      = g_strdup_printf ("{\"add\":[\"A1C\"],\"remove\":[\"%s\"],\"reason\":\"wrong\"}", thyroxine);
  g_autofree char *bare = g_strdup_printf ("{\"remove\":[\"%s\"]}", thyroxine);

  /* what it would cost, and nothing has happened */
  g_assert_cmpint (say (&wire, wire.desk, "POST", quote, edit), ==, 200);
  gint64 quoted = mh_json_int (wire.told, "total", 0);
  g_autofree char *read = path_of (order, "");
  g_assert_cmpint (say (&wire, wire.desk, "GET", read, NULL), ==, 200);
  g_assert_cmpint (mh_json_int (wire.told, "total", 0), ==, total);
  g_autofree char *before = labels_of (&wire);
  g_assert_nonnull (strstr (before, "TSHT,FT4T"));

  g_assert_cmpint (say (&wire, wire.desk, "POST", tests, edit), ==, 200);
  g_assert_cmpint (mh_json_int (wire.told, "total", 0), ==, quoted);
  g_autofree char *after = labels_of (&wire);
  g_assert_nonnull (strstr (after, "TSHT"));
  g_assert_null (strstr (after, "FT4T"));
  g_assert_nonnull (strstr (after, "A1C"));
  g_autofree char *gone = item_of (&wire, "FT4T");
  g_assert_null (gone);

  /* refusals stand at their fields, in the quote as in the deed */
  g_assert_cmpint (say (&wire, wire.desk, "POST", quote, bare), ==, 422);
  assert_field (&wire, "remove[0]");
  g_assert_cmpint (say (&wire, wire.desk, "POST", tests, edit), ==, 422);
  assert_field (&wire, "add");
  g_assert_cmpint (say (&wire, wire.desk, "POST", tests, "{\"add\":[\"CBC\"]}"), ==, 422);
  assert_field (&wire, "add");
  g_assert_cmpint (say (&wire, wire.desk, "GET", read, NULL), ==, 200);
  g_autofree char *cbc = item_of (&wire, "CBC");
  g_autofree char *without = g_strdup_printf ("{\"remove\":[\"%s\"]}", cbc);
  g_assert_cmpint (say (&wire, wire.desk, "POST", tests, without), ==, 422);
  assert_field (&wire, "reason");
  g_autofree char *cashier = site_sign_in (wire.site, "cashier");
  g_assert_cmpint (say (&wire, cashier, "POST", tests, edit), ==, 403);
  g_assert_cmpint (say (&wire, cashier, "POST", quote, edit), ==, 403);
}

/* --- what follows from the department --- */

/* Potassium of 7.4, from the tube to the report. */
static void
report_critical (Wire *wire, const char *order)
{
  g_autofree char *technician = site_sign_in (wire->site, "technician");
  g_autofree char *pathologist = site_sign_in (wire->site, "pathologist");
  g_autofree char *read = path_of (order, ""), *pay = path_of (order, "/payments");
  g_autofree char *results = path_of (order, "/results");
  g_autofree char *verify = path_of (order, "/verification");
  g_assert_cmpint (say (wire, wire->desk, "GET", read, NULL), ==, 200);
  JsonObject *sample = nth (wire->told, "samples", 0);
  g_autofree char *events = g_strdup_printf ("/samples/%s/events", mh_json_text (sample, "id"));
  g_autofree char *accession = g_strdup (mh_json_text (sample, "accession"));
  g_autofree char *money = g_strdup_printf ("{\"method\":\"cash\",\"amount\":%" G_GINT64_FORMAT "}",
                                            mh_json_int (wire->told, "due", 0));
  g_assert_cmpint (say (wire, wire->desk, "POST", pay, money), ==, 201);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *event = g_strdup_printf ("{\"event\":\"%s\",\"scanned\":\"%s\","
                                                "\"identifiers\":[\"name\",\"birth_date\"]}",
                                                i == 0 ? "collected" : "received", accession);
      g_assert_cmpint (say (wire, technician, "POST", events, event), <, 300);
    }
  g_assert_cmpint (say (wire, technician, "PUT", results,
                        "{\"results\":[{\"analyte\":\"K\",\"value\":\"7.4\"}],\"final\":true}"),
                   ==, 200);
  g_assert_cmpint (say (wire, pathologist, "POST", verify,
                        "{\"decision\":\"verify\",\"comment\":\"checked and repeated\"}"),
                   ==, 200);
}

/* Where the order's report waits to be printed; NULL: nowhere in particular. */
static char *
ward_of (Wire *wire, const char *order)
{
  g_assert_cmpint (say (wire, wire->desk, "GET", "/report-deliveries", NULL), ==, 200);
  for (guint i = 0; i < n_of (wire->told, "items"); i++)
    if (g_strcmp0 (mh_json_text (nth (wire->told, "items", i), "order_id"), order) == 0)
      return g_strdup (mh_json_text (nth (wire->told, "items", i), "ward"));
  g_assert_not_reached ();
}

/* The names of the ward's rung in the ladder of the order's critical value, parted by "|". */
static char *
rung_of (Wire *wire, const char *token, const char *order)
{
  g_autofree char *path = NULL;
  GString *names = g_string_new ("|");
  g_assert_cmpint (say (wire, token, "GET", "/critical", NULL), ==, 200);
  for (guint i = 0; i < n_of (wire->told, "items"); i++)
    if (g_strcmp0 (mh_json_text (nth (wire->told, "items", i), "order_id"), order) == 0)
      path = g_strconcat ("/critical/", mh_json_text (nth (wire->told, "items", i), "id"), NULL);
  g_assert_nonnull (path);
  g_assert_cmpint (say (wire, token, "GET", path, NULL), ==, 200);
  for (guint i = 0; i < n_of (wire->told, "ladder"); i++)
    {
      JsonObject *rung = nth (wire->told, "ladder", i);
      if (g_strcmp0 (mh_json_text (rung, "role"), MH_CRITICAL_ROLE_ON_CALL) == 0)
        g_string_append_printf (names, "%s|", mh_json_text (rung, "name"));
    }
  return g_string_free (names, FALSE);
}

/* How many payments the department has these days; -1: it has no row. */
static gint64
payments_of (Wire *wire, const char *token, const char *department)
{
  g_assert_cmpint (say (wire, token, "GET", "/analytics/revenue?by=department", NULL), ==, 200);
  for (guint i = 0; i < n_of (wire->told, "rows"); i++)
    if (g_strcmp0 (mh_json_text (nth (wire->told, "rows", i), "key"), department) == 0)
      return mh_json_int (nth (wire->told, "rows", i), "count", -1);
  return -1;
}

static void
test_department (const MhTestDb *test)
{
  g_auto (Wire) wire = { 0 };
  begin (&wire, test);
  g_autofree char *technician = site_sign_in (wire.site, "technician");
  g_autofree char *manager = site_sign_in (wire.site, "manager");
  g_assert_cmpint (say (&wire, wire.desk, "GET", "/departments", NULL), ==, 200);
  g_autofree char *department = NULL, *name = NULL;
  for (guint i = 0; i < n_of (wire.told, "items"); i++)
    if (g_strcmp0 (mh_json_text (nth (wire.told, "items", i), "name"), "Emergency") == 0)
      {
        department = g_strdup (mh_json_text (nth (wire.told, "items", i), "id"));
        name = g_strconcat ("|", mh_json_text (nth (wire.told, "items", i), "name"), "|", NULL);
      }
  g_assert_nonnull (department);
  g_autofree char *of_ward = g_strdup_printf (",\"department_id\":\"%s\"", department);
  g_autofree char *with = place (&wire, "KT", "cash", of_ward);
  g_autofree char *without = place (&wire, "KT", "cash", "");
  report_critical (&wire, with);
  report_critical (&wire, without);

  g_autofree char *ward = ward_of (&wire, with), *nowhere = ward_of (&wire, without);
  g_assert_cmpstr (ward, ==, "Emergency");
  g_assert_null (nowhere);
  g_autofree char *rung = rung_of (&wire, technician, with);
  g_autofree char *nobody = rung_of (&wire, technician, without);
  g_assert_nonnull (strstr (rung, name));
  g_assert_null (strstr (nobody, name));
  g_assert_cmpint (payments_of (&wire, manager, department), ==, 1);
}

/* The id of the open alert that tells of a critical value to that person; NULL: none. */
static char *
told_of (Wire *wire, const char *token)
{
  g_assert_cmpint (say (wire, token, "GET", "/alerts", NULL), ==, 200);
  for (guint i = 0; i < n_of (wire->told, "items"); i++)
    if (g_strcmp0 (mh_json_text (nth (wire->told, "items", i), "kind"), MH_ALERT_CRITICAL_OPEN)
        == 0)
      return g_strdup (mh_json_text (nth (wire->told, "items", i), "id"));
  return NULL;
}

/* Who ordered it hears of a critical value, and sees to it where they heard. */
static void
test_orderer (const MhTestDb *test)
{
  g_auto (Wire) wire = { 0 };
  begin (&wire, test);
  g_autofree char *doctor = site_sign_in (wire.site, "doctor");
  g_autofree char *before = told_of (&wire, doctor);
  g_assert_null (before);
  g_assert_cmpint (say (&wire, doctor, "GET", "/session", NULL), ==, 200);
  g_autofree char *more = g_strdup_printf (",\"doctor_id\":\"%s\"",
                                           mh_json_text (mh_json_object (wire.told, "user"), "id"));
  g_autofree char *nobodys = place (&wire, "KT", "cash", "");
  report_critical (&wire, nobodys);
  g_autofree char *anothers = told_of (&wire, doctor);
  g_assert_null (anothers);
  g_autofree char *order = place (&wire, "KT", "cash", more);
  report_critical (&wire, order);

  g_autofree char *alert = told_of (&wire, doctor);
  g_assert_nonnull (alert);
  g_autofree char *path = g_strdup_printf ("/alerts/%s/acknowledgement", alert);
  g_assert_cmpint (say (&wire, doctor, "POST", path, "{\"note\":\"on my way\"}"), ==, 200);
  g_autofree char *after = told_of (&wire, doctor);
  g_assert_null (after);
}

static char *
instant_of (gint64 at)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (at / MH_SECOND);
  return g_date_time_format (when, "%Y-%m-%dT%H:%M:%S.000Z");
}

/* What a desk did at @made_at (NULL: now) and sends now; the status. */
static int
tell_late (Wire *wire, const char *token, const char *path, const char *made_at, const char *text)
{
  g_autofree char *headers = g_strdup_printf (
      "Content-Type: application/json\r\n%s%s%s", made_at != NULL ? "Mahima-Made-At: " : "",
      made_at != NULL ? made_at : "", made_at != NULL ? "\r\n" : "");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text)), answer = NULL;
  int status = site_call_bytes (wire->site, "POST", path, token, headers, body, NULL, &answer);
  g_clear_pointer (&wire->told, json_object_unref);
  wire->told = mh_json_parse_object (g_bytes_get_data (answer, NULL),
                                     (gssize)g_bytes_get_size (answer), NULL);
  return status;
}

static int
send_late (Wire *wire, const char *made_at)
{
  g_autofree char *text
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"items\":[{\"test\":\"CBC\"}]}", wire->patient);
  return tell_late (wire, wire->desk, "/orders", made_at, text);
}

static void
assert_deceased (Wire *wire, const char *field)
{
  JsonObject *issue = nth (wire->told, "errors", 0);
  g_assert_cmpstr (mh_json_text (issue, "field"), ==, field);
  g_assert_cmpstr (mh_json_text (issue, "code"), ==, "deceased");
}

/* What was ordered before the death and is sent after it is taken with its own time; after the
 * death nothing is ordered and no test is added. */
static void
test_death (const MhTestDb *test)
{
  g_auto (Wire) wire = { 0 };
  begin (&wire, test);
  gint64 now = g_get_real_time ();
  g_autofree char *doctor = site_sign_in (wire.site, "doctor");
  g_autofree char *order = place (&wire, "KT", "cash", "");
  g_autofree char *died = instant_of (now - MH_HOUR);
  g_autofree char *before = instant_of (now - 2 * MH_HOUR);
  g_autofree char *path = g_strdup_printf ("/patients/%s/death", wire.patient);
  g_autofree char *death = g_strdup_printf ("{\"died_at\":\"%s\",\"told_by\":\"Dr Rao\"}", died);
  g_assert_cmpint (say (&wire, doctor, "POST", path, death), ==, 200);

  g_autofree char *after = instant_of (now - MH_HOUR + MH_SECOND);
  g_assert_cmpint (send_late (&wire, after), ==, 422);
  assert_deceased (&wire, "patient_id");
  g_assert_cmpint (send_late (&wire, died), ==, 201);
  g_assert_cmpint (send_late (&wire, before), ==, 201);
  g_assert_cmpstr (mh_json_text (wire.told, "ordered_at"), ==, before);
  /* a desk tells of a prescription of then, by the same header; the doctor's now is refused */
  g_autofree char *sheet
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"tests\":[\"CBC\"],\"sign\":true}", wire.patient);
  g_assert_cmpint (tell_late (&wire, doctor, "/prescriptions", NULL, sheet), ==, 422);
  assert_deceased (&wire, "patient_id");
  g_assert_cmpint (tell_late (&wire, doctor, "/prescriptions", before, sheet), ==, 201);
  g_assert_cmpstr (mh_json_text (wire.told, "signed_at"), ==, before);
  g_autofree char *visit
      = g_strdup_printf ("{\"patient_id\":\"%s\",\"kind\":\"outpatient\"}", wire.patient);
  g_assert_cmpint (tell_late (&wire, wire.desk, "/visits", NULL, visit), ==, 422);
  assert_deceased (&wire, "patient_id");
  g_assert_cmpint (tell_late (&wire, wire.desk, "/visits", before, visit), ==, 201);
  g_assert_cmpstr (mh_json_text (wire.told, "arrived_at"), ==, before);
  g_autofree char *edit = path_of (order, "/tests");
  g_assert_cmpint (say (&wire, wire.desk, "POST", edit, "{\"add\":[\"CBC\"]}"), ==, 422);
  assert_deceased (&wire, "add");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/order-http/tests", test_tests);
  mh_test_add_both ("/order-http/department", test_department);
  mh_test_add_both ("/order-http/orderer", test_orderer);
  mh_test_add_both ("/order-http/death", test_death);
  return mh_test_run ();
}
