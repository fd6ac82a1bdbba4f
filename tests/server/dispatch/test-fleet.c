/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones and units over the real server, on both databases. */
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"
#include "tests/server/site-fixture.h"

#define SQUARE "[[57.70,11.95],[57.72,11.95],[57.72,11.99],[57.70,11.99],[57.70,11.95]]"
#define ZONE "\"code\":\"WEST\",\"name\":\"West\",\"kind\":\"coverage\""

/* The body of an answer with that status. */
static char *
told (Site *site,
      const char *method,
      const char *path,
      const char *token,
      const char *body,
      int status)
{
  char *answer = NULL;
  int got = site_call (site, method, path, token, body, &answer);
  if (got != status)
    g_error ("%s %s %s: %d, not %d: %s", method, path, body != NULL ? body : "", got, status,
             answer);
  return answer;
}

static char *
member (const char *json, const char *name)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  g_assert_nonnull (object);
  return g_strdup (mh_json_text (object, name));
}

/* The first complaint is at @field, with @code. */
static void
assert_field (const char *problem, const char *field, const char *code)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (problem, -1, NULL);
  JsonArray *errors = object != NULL ? mh_json_array (object, "errors") : NULL;
  g_assert_nonnull (errors);
  JsonObject *first = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (mh_json_text (first, "field"), ==, field);
  g_assert_cmpstr (mh_json_text (first, "code"), ==, code);
}

/* --- zones --- */

static void
test_zones (const MhTestDb *test)
{
  static const struct
  {
    const char *corners, *field, *code;
  } wrong[] = {
    { "{}", "corners", "format" },
    { "[57.70,11.95]", "corners", "format" },
    { "[[\"57.70\",11.95]]", "corners", "format" },
    { "[[57.70,11.95,1]]", "corners", "format" },
    { "[[57.70,11.95],[57.72,11.95],[57.70,11.95]]", "corners", "too_short" },
    { "[[57.70,11.95],[57.72,11.95],[57.72,11.99],[57.70,11.99]]", "corners", "format" },
    { "[[57.70,11.95],[97.72,11.95],[57.72,11.99],[57.70,11.95]]", "corners[1]", "out_of_range" },
    { "[[57.70,11.95],[57.72,11.99],[57.72,11.95],[57.70,11.99],[57.70,11.95]]", "corners[0]",
      "crossing" },
  };
  g_autoptr (Site) site = site_new (test);
  g_autofree char *manager = site_sign_in (site, "manager");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *body = g_strdup_printf ("{" ZONE ",\"corners\":%s}", wrong[i].corners);
      g_autofree char *problem = told (site, "POST", "/zones", manager, body, 422);
      assert_field (problem, wrong[i].field, wrong[i].code);
    }

  g_autofree char *made
      = told (site, "POST", "/zones", manager, "{" ZONE ",\"corners\":" SQUARE "}", 201);
  g_autofree char *id = member (made, "id");
  g_autofree char *path = g_strconcat ("/zones/", id, NULL);
  g_autofree char *same
      = told (site, "POST", "/zones", manager, "{" ZONE ",\"corners\":" SQUARE "}", 422);
  assert_field (same, "code", "taken");
  g_autofree char *open
      = told (site, "PATCH", path, manager, "{\"corners\":[[57.7,11.9],[57.8,11.9]]}", 422);
  assert_field (open, "corners", "too_short");
  g_autofree char *named = told (site, "PATCH", path, manager, "{\"name\":\"Far west\"}", 200);
  g_autofree char *name = member (named, "name");
  g_assert_cmpstr (name, ==, "Far west");
}

/* --- the register --- */

static void
test_units (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *manager = site_sign_in (site, "manager");
  g_autofree char *doctor = site_sign_in (site, "doctor");
  g_autofree char *id = mh_id_new ();
  g_autofree char *path = g_strconcat ("/units/", id, NULL);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"code\":\"A9\",\"kind\":\"ambulance\","
                                           "\"can\":[\"ALS\"],\"zone\":\"EAST\"}",
                                           id);

  g_autofree char *nowhere
      = told (site, "POST", "/units", manager,
              "{\"code\":\"A9\",\"kind\":\"ambulance\",\"can\":[\"ALS\"],\"zone\":\"MOON\"}", 422);
  assert_field (nowhere, "zone", "unknown");
  g_autofree char *shut = told (
      site, "POST", "/units", manager,
      "{\"code\":\"A9\",\"kind\":\"ambulance\",\"can\":[\"ALS\"],\"zone\":\"MARKET\"}", 422);
  assert_field (shut, "zone", "unknown");
  g_autofree char *useless = told (site, "POST", "/units", manager,
                                   "{\"code\":\"A9\",\"kind\":\"ambulance\",\"can\":[]}", 422);
  assert_field (useless, "can", "required");

  g_autofree char *made = told (site, "POST", "/units", manager, body, 201);
  g_autofree char *again = told (site, "POST", "/units", manager,
                                 "{\"code\":\"A9\",\"kind\":\"car\",\"can\":[\"BLS\"]}", 422);
  assert_field (again, "code", "taken");
  g_autofree char *fixed = told (site, "PATCH", path, manager, "{\"code\":\"A8\"}", 422);
  assert_field (fixed, "code", "read_only");
  g_autofree char *moved = told (site, "PATCH", path, manager, "{\"zone\":\"SOUTH\"}", 200);
  g_autofree char *stale = told (site, "PATCH", path, manager, "{\"zone\":\"EAST\"}", 412);
  g_autofree char *refused = told (site, "GET", path, doctor, NULL, 403);
  g_autofree char *listed = told (site, "GET", "/units?limit=50", manager, NULL, 200);
  g_assert_nonnull (strstr (listed, id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/fleet/zones", test_zones);
  mh_test_add_both ("/fleet/units", test_units);
  return mh_test_run ();
}
