/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emergency call against the real server, as another program would make it: in its words, sent
 * twice, stale, by each shipped role, and what the feed and the audit trail tell of it. */
#include <string.h>

#include "shared/base/mh-json.h"
#include "tests/server/site-fixture.h"

#define ID "01900000-0000-7000-8000-00000000ca11"
#define CALL "/api/v1/calls/" ID
#define OPEN                                                                                       \
  "{\"id\":\"" ID "\",\"phone\":\"98120 32145\",\"summary\":\"Quicksilver\","                      \
  "\"location\":{\"lat\":57.7072,\"lon\":11.9668,\"text\":\"Avenyn 3\"}}"

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
    g_error ("%s %s: %d %s", method, path, status, text);
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

static gboolean
array_has (JsonObject *object, const char *member, const char *word)
{
  JsonArray *array = mh_json_array (object, member);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), word) == 0)
      return TRUE;
  return FALSE;
}

static void
test_words (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "dispatcher");
  g_autoptr (JsonObject) call = asked (site, "POST", "/calls", token, OPEN, 201);
  g_assert_true (g_str_has_suffix (mh_json_text (call, "number"), "-E000001"));
  g_assert_cmpint (mh_json_int (call, "version", 0), ==, 1);
  JsonObject *location = mh_json_object (call, "location");
  g_assert_cmpfloat (json_object_get_double_member (location, "lat"), ==, 57.7072);
  g_assert_cmpstr (mh_json_text (location, "text"), ==, "Avenyn 3");
  done (site, "POST", "/calls", token, OPEN, 409);

  g_autoptr (JsonObject) judged
      = asked (site, "PUT", "/calls/" ID "/answers", token,
               "{\"card\":\"CHEST\",\"age\":\"62y\",\"sex\":\"M\",\"conscious\":\"yes\","
               "\"breathing\":\"hard\",\"answers\":{\"CHEST1\":\"yes\",\"CHEST3\":\"yes\"}}",
               200);
  g_assert_cmpstr (mh_json_text (judged, "priority"), ==, "P1");
  g_assert_cmpint (mh_json_int (judged, "points", 0), ==, 15);
  g_assert_true (array_has (judged, "needs", "ALS"));
  g_assert_true (array_has (judged, "say", "CHEST"));
  g_assert_true (mh_json_bool (judged, "provisional", FALSE));

  g_autoptr (JsonObject) wrong = asked (site, "PUT", "/calls/" ID "/answers", token,
                                        "{\"answers\":{\"CHEST1\":\"perhaps\"}}", 422);
  JsonObject *issue = json_array_get_object_element (mh_json_array (wrong, "errors"), 0);
  g_assert_cmpstr (mh_json_text (issue, "field"), ==, "answers.CHEST1");
  g_assert_nonnull (strstr (mh_json_text (issue, "message"), "yes, no, unknown"));

  g_autoptr (JsonObject) down
      = asked (site, "PATCH", "/calls/" ID, token,
               "{\"priority\":\"P2\",\"priority_reason\":\"A doctor is there\"}", 412);
  g_autoptr (JsonObject) list = asked (site, "GET", "/calls?open=true", token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (list, "items")), ==, 1);
  g_autoptr (JsonObject) one = asked (site, "GET", "/calls/" ID, token, NULL, 200);
  g_assert_cmpint (mh_json_int (one, "version", 0), ==, 2);
  g_autoptr (JsonObject) protocols = asked (site, "GET", "/dispatch-protocols", token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (protocols, "items")), ==, 1);
}

static void
test_whole (const MhTestDb *test)
{
  static const char other[] = "01900000-0000-7000-8000-00000000ca12";
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "dispatcher");
  g_autofree char *second
      = g_strdup_printf ("{\"id\":\"%s\",\"location\":{\"lat\":57.7073,\"lon\":11.9668}}", other);
  g_autofree char *of_other = g_strdup_printf ("/calls/%s", other);
  g_autofree char *near_path = g_strconcat (of_other, "/near", NULL);
  g_autofree char *join = g_strconcat (of_other, "/join", NULL);
  g_autofree char *part = g_strconcat (of_other, "/part", NULL);
  g_autofree char *cancel = g_strconcat (of_other, "/cancel", NULL);
  done (site, "POST", "/calls", token, OPEN, 201);
  done (site, "PATCH", "/calls/" ID, token, "{\"summary\":\"Chest pain\"}", 200);
  done (site, "POST", "/calls", token, second, 201);

  g_autoptr (JsonObject) near = asked (site, "GET", near_path, token, NULL, 200);
  JsonObject *first = json_array_get_object_element (mh_json_array (near, "items"), 0);
  g_assert_cmpstr (mh_json_text (first, "call_id"), ==, ID);
  g_assert_true (array_has (first, "reasons", "place"));
  g_assert_cmpint (mh_json_int (first, "metres", 0), ==, 11);
  done (site, "POST", join, token, "{\"head_id\":\"" ID "\"}", 200);
  done (site, "POST", join, token, "{\"head_id\":\"" ID "\"}", 409);
  done (site, "POST", part, token, NULL, 200);
  done (site, "POST", cancel, token, "{\"reason\":\"nonsense\"}", 422);
  done (site, "POST", cancel, token, "{\"reason\":\"false_alarm\"}", 200);
  done (site, "POST", part, token, NULL, 409);
  done (site, "POST", "/calls/" ID "/callers", token, "{\"phone\":\"98450 11223\"}", 201);

  g_autoptr (JsonObject) callers = asked (site, "GET", "/calls/" ID "/callers", token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (callers, "items")), ==, 1);
  g_autoptr (JsonObject) page
      = asked (site, "GET", "/calls/" ID "/events?limit=2", token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (page, "items")), ==, 2);
  g_assert_nonnull (mh_json_text (page, "next"));
  g_autofree char *rest
      = g_strdup_printf ("/calls/" ID "/events?after=%s", mh_json_text (page, "next"));
  g_autoptr (JsonObject) more = asked (site, "GET", rest, token, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (more, "items")), ==, 3);
}

/* How many calls the feed tells from its beginning. */
static guint
n_told (Site *site, const char *token)
{
  guint n = 0;
  for (gint64 after = 0; after >= 0;)
    {
      g_autofree char *path = g_strdup_printf (
          "/changes?limit=200&types=emergency_call&after=%" G_GINT64_FORMAT, after);
      g_autoptr (JsonObject) page = asked (site, "GET", path, token, NULL, 200);
      n += json_array_get_length (mh_json_array (page, "items"));
      after = mh_json_int (page, "next", -1);
    }
  return n;
}

/* Dispatchers alone take and see calls, in the lists and in the feed. */
static void
test_roles (const MhTestDb *test)
{
  static const char *const others[] = { "reception",   "cashier", "doctor",  "nurse", "technician",
                                        "pathologist", "crew",    "manager", "admin" };
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "dispatcher");
  done (site, "POST", "/calls", token, OPEN, 201);
  g_assert_cmpuint (n_told (site, token), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *theirs = site_sign_in (site, others[i]);
      done (site, "GET", "/calls", theirs, NULL, 403);
      done (site, "GET", "/calls/" ID, theirs, NULL, 403);
      done (site, "POST", "/calls", theirs, "{}", 403);
      done (site, "PUT", "/calls/" ID "/answers", theirs, "{}", 403);
      g_assert_cmpuint (n_told (site, theirs), ==, 0);
    }
}

/* What was done stands in the trail, whose words of the caller are not. */
static void
test_audit (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "dispatcher");
  g_autofree char *admin = site_sign_in (site, "admin");
  done (site, "POST", "/calls", token, OPEN, 201);
  done (site, "PUT", "/calls/" ID "/answers", token, "{\"card\":\"CHEST\"}", 200);
  g_autofree char *trail = NULL;
  g_assert_cmpint (site_call (site, "GET", "/audit?object_id=" ID, admin, NULL, &trail), ==, 200);
  g_assert_nonnull (strstr (trail, "\"create\""));
  g_assert_nonnull (strstr (trail, "\"update\""));
  g_assert_null (strstr (trail, "Quicksilver"));
  g_assert_null (strstr (trail, "Avenyn"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/calls-http/words", test_words);
  mh_test_add_both ("/calls-http/whole", test_whole);
  mh_test_add_both ("/calls-http/roles", test_roles);
  mh_test_add_both ("/calls-http/audit", test_audit);
  return mh_test_run ();
}
