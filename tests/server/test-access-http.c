/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access as the wire shows it: a real server on a loopback port, with the demonstration's people.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "server/ctl/mh-demo.h"
#include "server/mh-server-run.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"
#include "tests/server/mh-test-db.h"

typedef struct
{
  MhServer *server;
  MhServing *serving;
  char *host; /* "127.0.0.1:41234" */
} Site;

static Site *
site_new (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  Site *site = g_new0 (Site, 1);
  const MhDemoPlan plan = { .patients = 1, .orders = 0, .seed = 1 };
  MhServerConfig *config = mh_server_config_load (NULL, &error);
  g_assert_no_error (error);
  mh_server_config_set (config, "database.url", test->url);
  mh_server_config_set (config, "server.listen", "127.0.0.1:0");
  mh_server_config_set (config, "server.jobs", "false");
  mh_server_config_set (config, "limits.rate_login", "0");
  site->server = mh_server_new (config, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_demo_fill (mh_server_store (site->server), &plan, &error), error);
  site->serving = mh_serving_start (site->server, &error);
  g_assert_no_error (error);
  site->host = g_strdup (strstr (mh_serving_url (site->serving), "//") + 2);
  return site;
}

static void
site_free (Site *site)
{
  mh_serving_stop (site->serving);
  mh_serving_free (site->serving);
  mh_server_free (site->server);
  g_free (site->host);
  g_free (site);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Site, site_free)

static char *
read_all (GInputStream *stream)
{
  GString *all = g_string_new (NULL);
  char piece[4096];
  for (gssize n; (n = g_input_stream_read (stream, piece, sizeof piece, NULL, NULL)) > 0;)
    g_string_append_len (all, piece, n);
  return g_string_free (all, FALSE);
}

/* The status; *out_body (may be NULL) the body. Caller frees. */
static int
call (Site *site,
      const char *method,
      const char *path,
      const char *token,
      const char *body,
      char **out_body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, site->host, 80, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *key = mh_id_new ();
  g_autofree char *authorization
      = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");
  g_autofree char *text
      = g_strdup_printf ("%s /api/v1%s HTTP/1.1\r\nHost: %s\r\nConnection: "
                         "close\r\n%sIdempotency-Key: %s\r\nIf-Match: \"1\"\r\n"
                         "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                         method, path, site->host, authorization, key,
                         body != NULL ? strlen (body) : 0, body != NULL ? body : "");
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                 strlen (text), NULL, NULL, &error));
  g_autofree char *answer = read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));
  const char *begin = strstr (answer, "\r\n\r\n");
  if (out_body != NULL)
    *out_body = g_strdup (begin != NULL ? begin + 4 : "");
  return atoi (answer + strlen ("HTTP/1.1 "));
}

static char *
sign_in (Site *site, const char *username)
{
  g_autofree char *body
      = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"mahima-demo\"}", username);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (call (site, "POST", "/session", NULL, body, &answer), ==, 200);
  g_assert_null (strstr (answer, "argon2"));
  g_autoptr (JsonObject) view = mh_json_parse_object (answer, -1, &error);
  g_assert_no_error (error);
  return g_strdup (mh_json_text (view, "token"));
}

static void
test_session (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *wrong = NULL, *nobody = NULL, *me = NULL;
  g_autofree char *token = sign_in (site, "doctor");
  static const char known[] = "{\"username\":\"doctor\",\"password\":\"no\"}";
  static const char unknown[] = "{\"username\":\"nobody\",\"password\":\"no\"}";
  g_assert_cmpint (call (site, "GET", "/session", token, NULL, &me), ==, 200);
  g_assert_nonnull (strstr (me, "\"username\":\"doctor\""));
  g_assert_nonnull (strstr (me, "prescription.write"));
  g_assert_cmpint (call (site, "GET", "/session", NULL, NULL, NULL), ==, 401);
  g_assert_cmpint (call (site, "POST", "/session", NULL, known, &wrong), ==, 401);
  g_assert_cmpint (call (site, "POST", "/session", NULL, unknown, &nobody), ==, 401);
  g_assert_nonnull (strstr (wrong, "The user name or the password is wrong."));
  g_assert_nonnull (strstr (nobody, "The user name or the password is wrong."));
  g_assert_cmpint (call (site, "POST", "/session", NULL, "{\"username\":\"doctor\"}", NULL), ==,
                   422);
  g_assert_cmpint (call (site, "POST", "/session", NULL, "{", NULL), ==, 400);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (call (site, "POST", "/session", NULL, unknown, NULL), ==, 401);
  g_assert_cmpint (call (site, "POST", "/session", NULL, unknown, NULL), ==, 429);
  g_assert_cmpint (call (site, "DELETE", "/session", token, NULL, NULL), ==, 204);
  g_assert_cmpint (call (site, "GET", "/session", token, NULL, NULL), ==, 401);
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
  g_autofree char *token = sign_in (site, "crew");
  const MhRoleDefault *crew = mh_role_default_find (MH_ROLE_CREW);
  guint n_tables = 0, n_denied = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        const char *const args[] = { "id", id, NULL };
        if (!g_strv_contains (tags, route->tag) || (route->flags & MH_ROUTE_PUBLIC) != 0)
          continue;
        g_autofree char *path
            = mh_route_build (route, strstr (route->path, "{id}") != NULL ? args : args + 2);
        const char *body = route->request != NULL ? "{}" : NULL;
        g_test_message ("%s %s", route->method, path);
        g_assert_cmpint (call (site, route->method, path, NULL, body, NULL), ==, 401);
        if (g_strv_contains (crew->permissions, route->permission) || *route->permission == '\0')
          continue;
        g_assert_cmpint (call (site, route->method, path, token, body, NULL), ==, 403);
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
  g_autofree char *reception = sign_in (site, "reception"), *nurse = sign_in (site, "nurse");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (call (site, "GET", cases[i].path, reception, NULL, NULL), ==,
                       cases[i].reception);
      g_assert_cmpint (call (site, "GET", cases[i].path, nurse, NULL, NULL), ==, cases[i].nurse);
    }
}

static void
test_admin (const MhTestDb *test)
{
  g_autoptr (Site) site = site_new (test);
  g_autofree char *token = sign_in (site, "admin");
  g_autofree char *made = NULL, *list = NULL, *audit = NULL;
  static const char draft[]
      = "{\"username\":\"newone\",\"name\":\"New "
        "One\",\"roles\":[\"nurse\"],\"hospital_id\":\"%s\",\"password\":\"%s\"}";
  g_autofree char *hospitals = NULL;
  g_assert_cmpint (call (site, "GET", "/hospitals", token, NULL, &hospitals), ==, 200);
  g_autofree char *hospital_id = g_strndup (strstr (hospitals, "\"id\":\"") + 6, 36);
  g_autofree char *good = g_strdup_printf (draft, hospital_id, "apple river 99");
  g_autofree char *weak = g_strdup_printf (draft, hospital_id, "password1");
  g_assert_cmpint (call (site, "POST", "/users", token, weak, NULL), ==, 422);
  g_assert_cmpint (call (site, "POST", "/users", token, good, &made), ==, 201);
  g_assert_null (strstr (made, "apple"));
  g_assert_cmpint (call (site, "POST", "/users", token, good, NULL), ==, 422);
  g_assert_cmpint (call (site, "GET", "/users?q=newone", token, NULL, &list), ==, 200);
  g_assert_nonnull (strstr (list, "\"username\":\"newone\""));
  g_assert_cmpint (call (site, "GET", "/audit?object_type=user&limit=5", token, NULL, &audit), ==,
                   200);
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
