/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access as the wire shows it: a real server on a loopback port, with the demonstration's people.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "server/app/mh-server-run.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-permissions.h"
#include "tests/server/site-fixture.h"

static void
test_session (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *wrong = NULL, *nobody = NULL, *me = NULL;
  g_autofree char *token = site_sign_in (site, "doctor");
  static const char known[] = "{\"username\":\"doctor\",\"password\":\"no\"}";
  static const char unknown[] = "{\"username\":\"nobody\",\"password\":\"no\"}";
  g_assert_cmpint (site_call (site, "GET", "/session", token, NULL, &me), ==, 200);
  g_assert_nonnull (strstr (me, "\"username\":\"doctor\""));
  g_assert_nonnull (strstr (me, "prescription.write"));
  g_assert_cmpint (site_call (site, "GET", "/session", NULL, NULL, NULL), ==, 401);
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, known, &wrong), ==, 401);
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, unknown, &nobody), ==, 401);
  g_assert_nonnull (strstr (wrong, "The user name or the password is wrong."));
  g_assert_nonnull (strstr (nobody, "The user name or the password is wrong."));
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, "{\"username\":\"doctor\"}", NULL),
                   ==, 422);
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, "{", NULL), ==, 400);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (site_call (site, "POST", "/session", NULL, unknown, NULL), ==, 401);
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, unknown, NULL), ==, 429);
  g_assert_cmpint (site_call (site, "DELETE", "/session", token, NULL, NULL), ==, 204);
  g_assert_cmpint (site_call (site, "GET", "/session", token, NULL, NULL), ==, 401);
}

/* Without a token 401, with the token of somebody who lacks the right 403: every route of these
 * rooms. */
static void
test_denied (const MhTestDb *test)
{
  static const char *const tags[]
      = { "users", "roles", "hospitals", "settings", "audit", "operations", NULL };
  static const char id[] = "01900000-0000-7000-8000-0000000000f1";
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "crew");
  const MhRoleDefault *crew = mh_role_default_find (MH_ROLE_CREW);
  guint n_tables = 0, n_denied = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        const char *const args[] = { "id", id, NULL };
        if (!g_strv_contains (tags, route->tag)
            || (route->flags & (MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE)) != 0)
          continue;
        g_autofree char *path
            = mh_route_build (route, strstr (route->path, "{id}") != NULL ? args : args + 2);
        const char *body = route->request != NULL ? "{}" : NULL;
        g_test_message ("%s %s", route->method, path);
        g_assert_cmpint (site_call (site, route->method, path, NULL, body, NULL), ==, 401);
        if (g_strv_contains (crew->permissions, route->permission) || *route->permission == '\0')
          continue;
        g_autofree char *told = NULL;
        g_autofree char *right = g_strdup_printf ("\"%s\"", route->permission);
        g_assert_cmpint (site_call (site, route->method, path, token, body, &told), ==, 403);
        g_assert_nonnull (strstr (told, "\"" MH_ISSUE_MISSING_RIGHT "\""));
        g_assert_nonnull (strstr (told, right));
        n_denied++;
      }
  g_assert_cmpuint (n_denied, >=, 15);
}

/* The front desk sees that somebody came, not what was measured; a nurse sees both. */
static void
test_measured (const MhTestDb *test)
{
  static const struct
  {
    const char *path;
    int reception, nurse;
  } cases[] = {
    { "/visits", 200, 200 },
    { "/vitals?patient_id=01900000-0000-7000-8000-0000000000f1", 403, 200 },
    { "/fluids?visit_id=01900000-0000-7000-8000-0000000000f1", 403, 200 },
    { "/form-answers?patient_id=01900000-0000-7000-8000-0000000000f1", 403, 200 },
    { "/visits/01900000-0000-7000-8000-0000000000f1/summary", 403, 404 },
  };
  g_autoptr (Site) site = site_new (test);
  g_autofree char *reception = site_sign_in (site, "reception"),
                  *nurse = site_sign_in (site, "nurse");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (site_call (site, "GET", cases[i].path, reception, NULL, NULL), ==,
                       cases[i].reception);
      g_assert_cmpint (site_call (site, "GET", cases[i].path, nurse, NULL, NULL), ==,
                       cases[i].nurse);
    }
}

static void
test_admin (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = site_sign_in (site, "admin");
  g_autofree char *made = NULL, *list = NULL, *audit = NULL;
  static const char draft[]
      = "{\"username\":\"newone\",\"name\":\"New "
        "One\",\"roles\":[\"nurse\"],\"hospital_id\":\"%s\",\"password\":\"%s\"}";
  g_autofree char *hospitals = NULL;
  g_assert_cmpint (site_call (site, "GET", "/hospitals", token, NULL, &hospitals), ==, 200);
  g_autofree char *hospital_id = g_strndup (strstr (hospitals, "\"id\":\"") + 6, 36);
  g_autofree char *good = g_strdup_printf (draft, hospital_id, "apple river 99");
  g_autofree char *weak = g_strdup_printf (draft, hospital_id, "password1");
  g_assert_cmpint (site_call (site, "POST", "/users", token, weak, NULL), ==, 422);
  g_assert_cmpint (site_call (site, "POST", "/users", token, good, &made), ==, 201);
  g_assert_null (strstr (made, "apple"));
  g_assert_cmpint (site_call (site, "POST", "/users", token, good, NULL), ==, 422);
  g_assert_cmpint (site_call (site, "GET", "/users?q=newone", token, NULL, &list), ==, 200);
  g_assert_nonnull (strstr (list, "\"username\":\"newone\""));
  g_assert_cmpint (site_call (site, "GET", "/audit?object_type=user&limit=5", token, NULL, &audit),
                   ==, 200);
  g_assert_nonnull (strstr (audit, "\"verb\":\"create\""));
  g_assert_null (strstr (audit, "argon2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/access/session", test_session);
  mh_test_add_both ("/access/denied", test_denied);
  mh_test_add_both ("/access/measured", test_measured);
  mh_test_add_both ("/access/admin", test_admin);
  return mh_test_run ();
}
