/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hospitals of the rescue service against the real server, on both databases: beds that are told
 * and kept, figures that cannot be, diversions, who is on the way and who answers, who may. */
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-alert.h"
#include "tests/server/site-fixture.h"

#define SITE "01900000-0000-7000-8000-00000000c501"
#define OTHER "01900000-0000-7000-8000-00000000c502"
#define CALL "01900000-0000-7000-8000-00000000ca11"
#define ARRIVAL "01900000-0000-7000-8000-00000000a001"
#define NOBODY "01900000-0000-7000-8000-0000000000fe"
#define BEDS                                                                                       \
  "\"ed_patients\":30,\"boarders\":5,\"ventilated\":1,\"longest_minutes\":120,"                    \
  "\"last_bed_minutes\":60,\"free_beds\":6"

/* Of an object that is an answer; caller unrefs. */
static JsonObject *
asked (Site *site,
       const char *method,
       const char *path,
       const char *token,
       const char *body,
       int expected)
{
  g_autofree char *text = NULL;
  int status = site_call (site, method, path, token, body, &text);
  if (status != expected)
    g_error ("%s %s %s: %d %s", method, path, body, status, text);
  return mh_json_parse_object (text, -1, NULL);
}

static void
done (Site *site,
      const char *method,
      const char *path,
      const char *token,
      const char *body,
      int expected)
{
  g_autoptr (JsonObject) answer = asked (site, method, path, token, body, expected);
}

/* Refused at that field. */
static void
refused (Site *site,
         const char *method,
         const char *path,
         const char *token,
         const char *body,
         const char *field)
{
  g_autoptr (JsonObject) answer = asked (site, method, path, token, body, 422);
  JsonArray *errors = mh_json_array (answer, "errors");
  for (guint i = 0; i < json_array_get_length (errors); i++)
    if (g_strcmp0 (mh_json_text (json_array_get_object_element (errors, i), "field"), field) == 0)
      return;
  g_error ("%s is not blamed for %s", field, body);
}

static char *
own_hospital (Site *site, const char *token)
{
  g_autoptr (JsonObject) session = asked (site, "GET", "/session", token, NULL, 200);
  return g_strdup (mh_json_text (mh_json_object (session, "user"), "hospital_id"));
}

typedef struct
{
  Site *site;
  char *manager, *dispatcher, *nurse, *home;
} House;

/* Two hospitals: the one of this program, and one that tells by telephone; and a call. */
static void
house_begin (House *house, const MhTestDb *test)
{
  house->site = site_new (test);
  house->manager = site_sign_in (house->site, "manager");
  house->dispatcher = site_sign_in (house->site, "dispatcher");
  house->nurse = site_sign_in (house->site, "nurse");
  house->home = own_hospital (house->site, house->nurse);
  g_autofree char *own = g_strdup_printf (
      "{\"id\":\"" SITE "\",\"member_id\":\"%s\",\"code\":\"OWN\",\"name\":\"Sahyadri\","
      "\"lat\":\"57.6833\",\"lon\":\"11.9616\",\"care\":[\"trauma\",\"stroke\"],"
      "\"ed_beds\":20,\"hospital_beds\":200,\"active\":true}",
      house->home);
  done (house->site, "POST", "/care-sites", house->manager, own, 201);
  done (house->site, "POST", "/care-sites", house->manager,
        "{\"id\":\"" OTHER "\",\"code\":\"EAST\",\"name\":\"East\",\"lat\":\"57.72\","
        "\"lon\":\"12.03\",\"ed_beds\":10,\"hospital_beds\":100,\"active\":true}",
        201);
  done (house->site, "POST", "/calls", house->dispatcher,
        "{\"id\":\"" CALL "\",\"summary\":\"Quicksilver\","
        "\"location\":{\"lat\":57.7072,\"lon\":11.9668}}",
        201);
}

static void
house_clear (House *house)
{
  g_free (house->manager);
  g_free (house->dispatcher);
  g_free (house->nurse);
  g_free (house->home);
  site_free (house->site);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

static gint64
kept (House *house)
{
  g_autoptr (JsonObject) own
      = asked (house->site, "GET", "/care-sites/" SITE, house->dispatcher, NULL, 200);
  return mh_json_int (own, "reserved", -1);
}

/* 85.8·30/20 + 600·5/200 + 13.4 + 0.93·2 + 5.64·1 − 20 = 144.6, half up 145. */
static void
test_report (const MhTestDb *test)
{
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  g_autofree char *path = g_strdup_printf ("/hospitals/%s/capacity", house.home);
  g_autoptr (JsonObject) told = asked (house.site, "PUT", path, house.nurse, "{" BEDS "}", 200);
  g_assert_cmpint (mh_json_int (told, "nedocs", 0), ==, 145);
  g_assert_cmpstr (mh_json_text (told, "level"), ==, "severe");
  g_assert_false (mh_json_bool (told, "stale", TRUE));
  JsonObject *parts = mh_json_object (told, "parts");
  g_assert_cmpfloat (json_object_get_double_member (parts, "ed_patients"), ==, 128.7);
  g_assert_cmpfloat (json_object_get_double_member (parts, "boarders"), ==, 15.0);

  g_autoptr (JsonObject) all = asked (house.site, "GET", "/capacity", house.dispatcher, NULL, 200);
  JsonArray *items = mh_json_array (all, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 2);
  g_assert_true (mh_json_bool (json_array_get_object_element (items, 0), "stale", FALSE));
  g_assert_cmpint (mh_json_int (json_array_get_object_element (items, 1), "free_beds", 0), ==, 6);
  g_autoptr (JsonObject) past = asked (house.site, "GET", path, house.nurse, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (past, "items")), ==, 1);
}

/* Nothing of a report that cannot be is kept. */
static void
test_report_wrong (const MhTestDb *test)
{
  static const struct
  {
    const char *body, *field;
  } wrong[] = {
    { "{" BEDS ",\"hospital_beds\":900}", "hospital_beds" },
    { "{" BEDS ",\"hospital_beds\":201}", "hospital_beds" },
    { "{" BEDS ",\"ed_beds\":21}", "ed_beds" },
    { "{" BEDS ",\"free_icu\":201}", "free_icu" },
    { "{" BEDS ",\"free_theatres\":-1}", "free_theatres" },
    { "{\"ed_patients\":1001,\"boarders\":0,\"ventilated\":0,\"longest_minutes\":0,"
      "\"last_bed_minutes\":0,\"free_beds\":0}",
      "ed_patients" },
    { "{\"ed_patients\":3,\"boarders\":4,\"ventilated\":0,\"longest_minutes\":0,"
      "\"last_bed_minutes\":0,\"free_beds\":0}",
      "boarders" },
    { "{\"ed_patients\":3,\"boarders\":0,\"ventilated\":0,\"longest_minutes\":0,"
      "\"last_bed_minutes\":0,\"free_beds\":900}",
      "free_beds" },
    { "{\"ed_patients\":3}", "free_beds" },
    { "{" BEDS ",\"nedocs\":1}", "nedocs" },
  };
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refused (house.site, "PUT", "/hospitals/" SITE "/capacity", house.nurse, wrong[i].body,
             wrong[i].field);
  done (house.site, "PUT", "/hospitals/" NOBODY "/capacity", house.nurse, "{" BEDS "}", 404);

  g_autoptr (JsonObject) past
      = asked (house.site, "GET", "/hospitals/" SITE "/capacity", house.nurse, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (past, "items")), ==, 0);
  g_autoptr (JsonObject) own
      = asked (house.site, "GET", "/care-sites/" SITE, house.nurse, NULL, 200);
  g_assert_null (mh_json_text (own, "reviewed_at"));
}

/* A hospital's own people report for it, dispatchers for all, managers of none but their own. */
static void
test_rights (const MhTestDb *test)
{
  static const char *const blind[] = { "reception", "cashier", "technician", "pharmacist", "crew" };
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  done (house.site, "PUT", "/hospitals/" OTHER "/capacity", house.nurse, "{" BEDS "}", 403);
  done (house.site, "PUT", "/hospitals/" OTHER "/capacity", house.manager, "{" BEDS "}", 403);
  done (house.site, "PUT", "/hospitals/" OTHER "/capacity", house.dispatcher, "{" BEDS "}", 200);
  done (house.site, "PUT", "/hospitals/" SITE "/capacity", house.manager, "{" BEDS "}", 200);
  done (house.site, "POST", "/care-sites", house.nurse, "{}", 403);
  done (house.site, "GET", "/destinations?at=57.7,11.97", house.nurse, NULL, 403);
  done (house.site, "GET", "/arrivals", house.manager, NULL, 403);

  for (guint i = 0; i < G_N_ELEMENTS (blind); i++)
    {
      g_autofree char *token = site_sign_in (house.site, blind[i]);
      done (house.site, "GET", "/capacity", token, NULL, 403);
      done (house.site, "GET", "/care-sites/" SITE, token, NULL, 403);
      done (house.site, "GET", "/arrivals", token, NULL, 403);
    }
}

/* --- diversions --- */

static char *
diversion (const char *scope, gint64 minutes)
{
  char until[MH_INSTANT_LENGTH + 1];
  mh_instant_format (g_get_real_time () + minutes * MH_MINUTE, until);
  return g_strdup_printf ("{\"scope\":[\"%s\"],\"reason\":\"Catheter broken\",\"until\":\"%s\"}",
                          scope, until);
}

static void
test_diversion (const MhTestDb *test)
{
  static const char path[] = "/hospitals/" SITE "/diversions";
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  g_autofree char *good = diversion ("stemi", 60);
  g_autofree char *long_one = diversion ("stemi", 300);
  g_autofree char *past = diversion ("stemi", -1);
  g_autofree char *odd = diversion ("knees", 60);
  refused (house.site, "POST", path, house.nurse, long_one, "until");
  refused (house.site, "POST", path, house.nurse, past, "until");
  refused (house.site, "POST", path, house.nurse, odd, "scope");
  done (house.site, "POST", "/hospitals/" OTHER "/diversions", house.nurse, good, 403);

  g_autoptr (JsonObject) made = asked (house.site, "POST", path, house.nurse, good, 201);
  g_autofree char *renew = g_strdup_printf ("/diversions/%s/renew", mh_json_text (made, "id"));
  g_autofree char *end = g_strdup_printf ("/diversions/%s/end", mh_json_text (made, "id"));
  g_autoptr (JsonObject) own
      = asked (house.site, "GET", "/care-sites/" SITE, house.nurse, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (own, "diversions")), ==, 1);

  char later[MH_INSTANT_LENGTH + 1], too_late[MH_INSTANT_LENGTH + 1];
  mh_instant_format (g_get_real_time () + 200 * MH_MINUTE, later);
  mh_instant_format (g_get_real_time () + 245 * MH_MINUTE, too_late);
  g_autofree char *until = g_strdup_printf ("{\"until\":\"%s\"}", later);
  g_autofree char *beyond = g_strdup_printf ("{\"until\":\"%s\"}", too_late);
  refused (house.site, "POST", renew, house.nurse, beyond, "until");
  g_autoptr (JsonObject) renewed = asked (house.site, "POST", renew, house.nurse, until, 200);
  g_assert_cmpint (mh_json_int (renewed, "renewals", 0), ==, 1);
  done (house.site, "POST", end, house.nurse, NULL, 200);
  done (house.site, "POST", end, house.nurse, NULL, 409);
  done (house.site, "POST", renew, house.nurse, until, 409);
  g_autoptr (JsonObject) after
      = asked (house.site, "GET", "/care-sites/" SITE, house.nurse, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (after, "diversions")), ==, 0);
  g_autoptr (JsonObject) all = asked (house.site, "GET", path, house.nurse, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (all, "items")), ==, 1);
}

/* --- who comes --- */

#define STEPS "/arrivals/" ARRIVAL "/steps"

static void
told (House *house)
{
  done (house->site, "POST", "/arrivals", house->dispatcher,
        "{\"id\":\"" ARRIVAL "\",\"call_id\":\"" CALL "\",\"site_id\":\"" SITE "\","
        "\"patient\":\"62 years, man\",\"needs\":[\"stroke\"]}",
        201);
}

/* Is there an open alert of @kind for who has @token? */
static void
alerted (House *house, const char *token, const char *kind, gboolean expected)
{
  g_autofree char *path = g_strconcat ("/alerts?kind=", kind, NULL);
  g_autoptr (JsonObject) list = asked (house->site, "GET", path, token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (list, "items")), ==, expected);
}

/* A bed is kept from when the hospital is told until it counts again with the patient in it. */
static void
test_arrival (const MhTestDb *test)
{
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  done (house.site, "PUT", "/hospitals/" SITE "/capacity", house.nurse, "{" BEDS "}", 200);
  told (&house);
  g_assert_cmpint (kept (&house), ==, 1);
  g_autoptr (JsonObject) list
      = asked (house.site, "GET", "/arrivals?open=true", house.nurse, NULL, 200);
  JsonObject *first = json_array_get_object_element (mh_json_array (list, "items"), 0);
  g_assert_cmpstr (mh_json_text (first, "what"), ==, "Quicksilver");
  g_assert_cmpstr (mh_json_text (first, "state"), ==, "told");

  alerted (&house, house.nurse, MH_ALERT_ARRIVAL_TOLD, TRUE);
  alerted (&house, house.dispatcher, MH_ALERT_ARRIVAL_TOLD, FALSE);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"hand_over\"}", 409);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"cancel\"}", 403);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"accept\"}", 200);
  alerted (&house, house.nurse, MH_ALERT_ARRIVAL_TOLD, FALSE);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"accept\"}", 409);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"arrive\"}", 200);
  g_autoptr (JsonObject) over
      = asked (house.site, "POST", STEPS, house.nurse, "{\"step\":\"hand_over\"}", 200);
  g_assert_nonnull (mh_json_text (over, "handed_at"));
  g_assert_cmpint (kept (&house), ==, 1);
  done (house.site, "PUT", "/hospitals/" SITE "/capacity", house.nurse, "{" BEDS "}", 200);
  g_assert_cmpint (kept (&house), ==, 0);
}

static void
test_arrival_refused (const MhTestDb *test)
{
  g_auto (House) house = { 0 };
  house_begin (&house, test);
  told (&house);
  refused (house.site, "POST", STEPS, house.nurse, "{\"step\":\"refuse\"}", "refusal");
  refused (house.site, "POST", STEPS, house.nurse, "{\"step\":\"refuse\",\"refusal\":\"other\"}",
           "note");
  refused (house.site, "POST", STEPS, house.nurse, "{\"step\":\"accept\",\"refusal\":\"no_bed\"}",
           "refusal");
  g_assert_cmpint (kept (&house), ==, 1);
  done (house.site, "POST", STEPS, house.nurse, "{\"step\":\"refuse\",\"refusal\":\"no_bed\"}",
        200);
  g_assert_cmpint (kept (&house), ==, 0);
  done (house.site, "POST", STEPS, house.dispatcher, "{\"step\":\"cancel\"}", 409);

  /* the dispatchers know until another hospital is told */
  alerted (&house, house.nurse, MH_ALERT_ARRIVAL_REFUSED, FALSE);
  alerted (&house, house.dispatcher, MH_ALERT_ARRIVAL_REFUSED, TRUE);
  done (house.site, "POST", "/arrivals", house.dispatcher,
        "{\"call_id\":\"" CALL "\",\"site_id\":\"" OTHER "\"}", 201);
  alerted (&house, house.dispatcher, MH_ALERT_ARRIVAL_REFUSED, FALSE);

  refused (house.site, "POST", "/arrivals", house.dispatcher,
           "{\"call_id\":\"" CALL "\",\"site_id\":\"" NOBODY "\"}", "site_id");
  refused (house.site, "POST", "/arrivals", house.dispatcher,
           "{\"call_id\":\"" CALL "\",\"site_id\":\"" SITE
           "\",\"due_at\":\"2031-01-01T00:00:00.000Z\"}",
           "due_at");
  done (house.site, "POST", "/arrivals", house.nurse,
        "{\"call_id\":\"" CALL "\",\"site_id\":\"" SITE "\"}", 403);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/sites-http/report", test_report);
  mh_test_add_both ("/sites-http/report-wrong", test_report_wrong);
  mh_test_add_both ("/sites-http/rights", test_rights);
  mh_test_add_both ("/sites-http/diversion", test_diversion);
  mh_test_add_both ("/sites-http/arrival", test_arrival);
  mh_test_add_both ("/sites-http/arrival-refused", test_arrival_refused);
  return mh_test_run ();
}
