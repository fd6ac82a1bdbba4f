/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crews, states and positions of units over the real server, on both databases. */
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"
#include "tests/server/site-fixture.h"

typedef struct
{
  Site *site;
  char *manager, *crew, *dispatcher;
  char *unit; /* its id */
} Crews;

static char *
told (Crews *crews,
      const char *method,
      const char *path,
      const char *token,
      const char *body,
      int status)
{
  char *answer = NULL;
  int got = site_call (crews->site, method, path, token, body, &answer);
  if (got != status)
    g_error ("%s %s %s: %d, not %d: %s", method, path, body != NULL ? body : "", got, status,
             answer);
  return answer;
}

/* The same, and the answer has @text. */
static void
tells (Crews *crews,
       const char *method,
       const char *path,
       const char *token,
       const char *body,
       int status,
       const char *text)
{
  g_autofree char *answer = told (crews, method, path, token, body, status);
  if (text != NULL && strstr (answer, text) == NULL)
    g_error ("%s %s %s: no %s in %s", method, path, body != NULL ? body : "", text, answer);
}

static char *
hence (gint64 by)
{
  char at[MH_INSTANT_LENGTH + 1];
  mh_instant_format (g_get_real_time () + by, at);
  return g_strdup (at);
}

static char *
new_unit (Crews *crews, const char *code)
{
  char *id = mh_id_new ();
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"code\":\"%s\",\"kind\":\"ambulance\",\"can\":[\"ALS\"],\"active\":true}",
      id, code);
  tells (crews, "POST", "/units", crews->manager, body, 201, code);
  return id;
}

static void
begin (Crews *crews, const MhTestDb *test)
{
  crews->site = site_new (test);
  crews->manager = site_sign_in (crews->site, "manager");
  crews->crew = site_sign_in (crews->site, "crew");
  crews->dispatcher = site_sign_in (crews->site, "dispatcher");
  crews->unit = new_unit (crews, "T1");
}

static void
crews_clear (Crews *crews)
{
  g_free (crews->manager);
  g_free (crews->crew);
  g_free (crews->dispatcher);
  g_free (crews->unit);
  site_free (crews->site);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Crews, crews_clear)

/* The shift's id. */
static char *
sign_on (Crews *crews, const char *token, const char *unit)
{
  char *id = mh_id_new ();
  g_autofree char *until = hence (8 * MH_HOUR);
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"unit_id\":\"%s\",\"duty\":\"paramedic\",\"until\":\"%s\"}", id, unit,
      until);
  tells (crews, "POST", "/crew-shifts", token, body, 201, id);
  return id;
}

/* --- shifts --- */

static void
test_shifts (const MhTestDb *test)
{
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *past = hence (-MH_MINUTE);
  g_autofree char *far = hence (17 * MH_HOUR);
  const struct
  {
    const char *unit, *until, *field;
  } wrong[] = { { crews.unit, past, "\"until\"" },
                { crews.unit, far, "\"until\"" },
                { "01900000-0000-7000-8000-000000000001", far, "\"unit_id\"" } };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *body
          = g_strdup_printf ("{\"unit_id\":\"%s\",\"duty\":\"driver\",\"until\":\"%s\"}",
                             wrong[i].unit, wrong[i].until);
      tells (&crews, "POST", "/crew-shifts", crews.crew, body, 422, wrong[i].field);
      tells (&crews, "POST", "/crew-shifts", crews.manager, body, 403, NULL);
    }

  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);
  g_autofree char *end = g_strdup_printf ("/crew-shifts/%s/end", shift);
  g_autofree char *other = new_unit (&crews, "T2");
  g_autofree char *until = hence (MH_HOUR);
  g_autofree char *twice
      = g_strdup_printf ("{\"unit_id\":\"%s\",\"duty\":\"driver\",\"until\":\"%s\"}", other, until);
  tells (&crews, "POST", "/crew-shifts", crews.crew, twice, 409, "T1");
  tells (&crews, "GET", "/crew-shifts?open=true", crews.dispatcher, NULL, 200, shift);
  tells (&crews, "GET", "/unit-states", crews.dispatcher, NULL, 200, "\"available\"");
  tells (&crews, "POST", end, crews.crew, NULL, 200, "\"ended_at\":\"2");
  tells (&crews, "POST", end, crews.crew, NULL, 409, NULL);
  tells (&crews, "GET", "/unit-states", crews.dispatcher, NULL, 200, "\"off\"");
}

/* A crew signs nobody on to a unit it is not on; a dispatcher does. */
static void
test_others (const MhTestDb *test)
{
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *me = told (&crews, "GET", "/session", crews.dispatcher, NULL, 200);
  g_autoptr (JsonObject) session = mh_json_parse_object (me, -1, NULL);
  const char *dispatcher = mh_json_text (mh_json_object (session, "user"), "id");
  g_autofree char *until = hence (MH_HOUR);
  g_autofree char *body = g_strdup_printf (
      "{\"unit_id\":\"%s\",\"user_id\":\"%s\",\"duty\":\"driver\",\"until\":\"%s\"}", crews.unit,
      dispatcher, until);
  tells (&crews, "POST", "/crew-shifts", crews.crew, body, 403, NULL);

  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);
  tells (&crews, "POST", "/crew-shifts", crews.crew, body, 201, dispatcher);
  g_autofree char *end = g_strdup_printf ("/crew-shifts/%s/end", shift);
  tells (&crews, "POST", end, crews.dispatcher, NULL, 200, NULL);
  tells (&crews, "GET", "/unit-states", crews.dispatcher, NULL, 200, "\"available\"");
}

/* Who may be signed on is told by name to crews and dispatchers, with the unit they are on; of a
 * unit's shifts alone. */
static void
test_people (const MhTestDb *test)
{
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *other = new_unit (&crews, "T2");
  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);
  tells (&crews, "GET", "/crew-people", crews.dispatcher, NULL, 200, "\"unit_code\":\"T1\"");
  tells (&crews, "GET", "/crew-people?q=singh", crews.crew, NULL, 200, "Balwinder Singh Gill");
  tells (&crews, "GET", "/crew-people?q=meera", crews.crew, NULL, 200, "Dr Meera Iyer");
  tells (&crews, "GET", "/crew-people?q=kavita", crews.dispatcher, NULL, 200, "\"items\":[]");
  tells (&crews, "GET", "/crew-people", crews.manager, NULL, 403, NULL);
  tells (&crews, "GET", "/units", crews.crew, NULL, 200, "T2");

  g_autofree char *of_one = g_strconcat ("/crew-shifts?unit_id=", crews.unit, NULL);
  g_autofree char *of_other = g_strconcat ("/crew-shifts?unit_id=", other, NULL);
  tells (&crews, "GET", of_one, crews.crew, NULL, 200, shift);
  tells (&crews, "GET", of_other, crews.crew, NULL, 200, "\"items\":[]");
}

/* --- the state --- */

static void
test_states (const MhTestDb *test)
{
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *state = g_strconcat ("/unit-states/", crews.unit, NULL);
  g_autofree char *events = g_strconcat ("/units/", crews.unit, "/events", NULL);
  tells (&crews, "PATCH", state, crews.crew, "{\"state\":\"available\"}", 404, NULL);
  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);

  tells (&crews, "PATCH", state, crews.crew, "{\"state\":\"out_of_service\"}", 422, "\"reason\"");
  tells (&crews, "PATCH", state, crews.crew, "{\"state\":\"en_route\"}", 422, "\"state\"");
  tells (&crews, "PATCH", state, crews.crew,
         "{\"state\":\"out_of_service\",\"reason\":\"Flat tyre\"}", 200, "\"button\"");
  /* made on the version before */
  tells (&crews, "PATCH", state, crews.dispatcher, "{\"state\":\"available\"}", 412, NULL);
  tells (&crews, "GET", events, crews.dispatcher, NULL, 200, "Flat tyre");
}

/* --- positions --- */

static char *
fix (gint64 by, const char *rest)
{
  g_autofree char *at = hence (by);
  return g_strdup_printf ("{\"at\":\"%s\",%s}", at, rest);
}

static void
test_positions (const MhTestDb *test)
{
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *path = g_strconcat ("/units/", crews.unit, "/positions", NULL);
  g_autofree char *a = fix (-60 * MH_SECOND, "\"lat\":57.70,\"lon\":11.96,\"accuracy_m\":8");
  g_autofree char *late = fix (-90 * MH_SECOND, "\"lat\":57.70,\"lon\":11.96,\"accuracy_m\":8");
  g_autofree char *far = fix (-50 * MH_SECOND, "\"lat\":60.40,\"lon\":11.96,\"accuracy_m\":8");
  g_autofree char *off = fix (-45 * MH_SECOND, "\"lat\":97.70,\"lon\":11.96,\"accuracy_m\":8");
  g_autofree char *vague = fix (-40 * MH_SECOND, "\"lat\":57.70,\"lon\":11.96,\"accuracy_m\":900");
  g_autofree char *ahead = fix (MH_HOUR, "\"lat\":57.70,\"lon\":11.96,\"accuracy_m\":8");
  g_autofree char *b
      = fix (-30 * MH_SECOND,
             "\"lat\":57.702,\"lon\":11.961,\"accuracy_m\":5,\"speed_kmh\":43.6,\"heading\":12");
  g_autofree char *body
      = g_strdup_printf ("{\"fixes\":[%s,%s,%s,%s,%s,%s,%s]}", a, late, far, off, vague, ahead, b);
  tells (&crews, "POST", path, crews.crew, body, 403, NULL);
  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);
  tells (&crews, "POST", path, crews.dispatcher, body, 403, NULL);

  g_autofree char *feed
      = told (&crews, "GET", "/changes?after=0&limit=1", crews.dispatcher, NULL, 200);
  g_autoptr (JsonObject) page = mh_json_parse_object (feed, -1, NULL);
  g_autofree char *changes = g_strdup_printf ("/changes?after=%" G_GINT64_FORMAT "&limit=200",
                                              mh_json_int (page, "last", 0));
  g_autofree char *answer = told (&crews, "POST", path, crews.crew, body, 200);
  g_autoptr (JsonObject) object = mh_json_parse_object (answer, -1, NULL);
  static const char *const why[]
      = { "late", "impossible", "impossible", "inaccurate", "impossible" };
  JsonArray *dropped = mh_json_array (object, "dropped");
  g_assert_cmpint (mh_json_int (object, "taken", -1), ==, 2);
  g_assert_cmpuint (json_array_get_length (dropped), ==, G_N_ELEMENTS (why));
  for (guint i = 0; i < G_N_ELEMENTS (why); i++)
    g_assert_cmpstr (mh_json_text (json_array_get_object_element (dropped, i), "reason"), ==,
                     why[i]);

  tells (&crews, "GET", path, crews.dispatcher, NULL, 200, "57.702");
  tells (&crews, "GET", "/unit-places", crews.dispatcher, NULL, 200, "\"speed_kmh\":44");
  tells (&crews, "GET", changes, crews.dispatcher, NULL, 200, "\"unit_place\"");
  /* the same batch under another key: nothing is taken twice */
  tells (&crews, "POST", path, crews.crew, body, 200, "\"taken\":0");
  tells (&crews, "GET", "/unit-places", crews.dispatcher, NULL, 200, "\"n_dropped\":12");
}

/* What is no fix at all is told at its field, and none of the batch is taken. */
static void
test_bad_positions (const MhTestDb *test)
{
  static const struct
  {
    const char *fixes, *field;
  } wrong[] = {
    { "[]", "\"fixes\"" },
    { "{}", "\"fixes\"" },
    { "[7]", "\"fixes[0]\"" },
    { "[{\"at\":\"soon\",\"lat\":1,\"lon\":1,\"accuracy_m\":1}]", "\"fixes[0].at\"" },
    { "[{\"at\":\"2026-11-21T08:15:30.123Z\",\"lat\":\"1\",\"lon\":1,\"accuracy_m\":1}]",
      "\"fixes[0].lat\"" },
    { "[{\"at\":\"2026-11-21T08:15:30.123Z\",\"lat\":1,\"lon\":1}]", "\"fixes[0].accuracy_m\"" },
  };
  g_auto (Crews) crews = { 0 };
  begin (&crews, test);
  g_autofree char *path = g_strconcat ("/units/", crews.unit, "/positions", NULL);
  g_autofree char *shift = sign_on (&crews, crews.crew, crews.unit);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"fixes\":%s}", wrong[i].fixes);
      tells (&crews, "POST", path, crews.crew, body, 422, wrong[i].field);
    }
  tells (&crews, "GET", path, crews.dispatcher, NULL, 200, "\"items\":[]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/crews/shifts", test_shifts);
  mh_test_add_both ("/crews/others", test_others);
  mh_test_add_both ("/crews/people", test_people);
  mh_test_add_both ("/crews/states", test_states);
  mh_test_add_both ("/crews/positions", test_positions);
  mh_test_add_both ("/crews/bad-positions", test_bad_positions);
  return mh_test_run ();
}
