/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row of the route table, asked of the real server: without a token, without the right, for
 * a record that is not there, with bodies and queries that are wrong in each way, with a version
 * that is not the record's, and, where no body is needed, as it should be. A new row is covered by
 * being there. */
#include <signal.h>
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-permissions.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"
#include "tests/server/route-bodies.h"

#define JSON "Content-Type: application/json\r\n"
#define NOWHERE ROUTE_BODY_ID

static Program program;
static GHashTable *tokens; /* demonstration account → token */

static const char *
token_of (const char *account)
{
  char *token = g_hash_table_lookup (tokens, account);
  if (token == NULL)
    {
      token = program_sign_in (&program, account);
      g_assert_nonnull (token);
      g_hash_table_insert (tokens, g_strdup (account), token);
    }
  return token;
}

/* The first account that has, or has not, the right; the accounts are named after their roles. */
static const char *
somebody (const char *permission, gboolean has)
{
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    if ((*permission == 0 || g_strv_contains (role->permissions, permission)) == has)
      return token_of (role->code);
  return NULL;
}

static char *
path_of (const MhRoute *route, const char *id)
{
  g_autofree char *path = route_path (route, id, NULL);
  return g_strconcat ((route->flags & MH_ROUTE_OUTSIDE) != 0 ? "" : "/api/v1", path, NULL);
}

/* The status; *out_body may be NULL. */
static guint
call (const MhRoute *route,
      const char *id,
      const char *query,
      const char *token,
      const char *headers,
      const char *body,
      char **out_body)
{
  g_autofree char *path = path_of (route, id);
  g_autofree char *full = g_strconcat (path, query != NULL ? query : "", NULL);
  gboolean patch = (route->flags & MH_ROUTE_PATCH) != 0;
  g_autofree char *all = g_strconcat (
      headers != NULL ? headers : "",
      patch && (headers == NULL || strstr (headers, "If-Match") == NULL) ? "If-Match: \"1\"\r\n"
                                                                         : "",
      NULL);
  g_autoptr (Answer) answer = ask (program.port, route->method, full, token, all, body);
  g_autofree char *media = answer_header (answer, "Content-Type");
  gboolean page = route->media != NULL && g_strcmp0 (media, route->media) == 0;
  /* a page for people says what went wrong in their words */
  if (answer->status >= 400 && !page)
    {
      g_autoptr (JsonObject) problem = mh_json_parse_object (answer->body, -1, NULL);
      g_assert_nonnull (problem);
      g_assert_cmpint (mh_json_int (problem, "status", 0), ==, answer->status);
      g_assert_nonnull (mh_json_text (problem, "request_id"));
    }
  if (out_body != NULL)
    *out_body = g_strdup (answer->body);
  return answer->status;
}

#define expect(route, status, ...)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    char *told_ = NULL;                                                                            \
    guint got_ = call (route, __VA_ARGS__, &told_);                                                \
    if (got_ != (status))                                                                          \
      {                                                                                            \
        g_test_message ("%s %s: %u instead of %d: %s", (route)->method, (route)->path, got_,       \
                        status, told_);                                                            \
        wrong++;                                                                                   \
      }                                                                                            \
    g_free (told_);                                                                                \
  }                                                                                                \
  G_STMT_END

/* --- what is asked of each route --- */

static guint
check_access (const MhRoute *route)
{
  guint wrong = 0;
  const char *stranger = *route->permission != 0 ? somebody (route->permission, FALSE) : NULL;
  if ((route->flags & MH_ROUTE_PUBLIC) != 0)
    return 0;
  expect (route, 401, NOWHERE, NULL, NULL, JSON, "{}");
  expect (route, 401, NOWHERE, NULL, "not-a-token", JSON, "{}");
  if (stranger != NULL)
    expect (route, 403, NOWHERE, NULL, stranger, JSON, "{}");
  return wrong;
}

static guint
check_bodies (const MhRoute *route, const char *token)
{
  guint wrong = 0;
  g_autofree char *told = NULL;
  if (route->request == NULL || (route->flags & MH_ROUTE_RAW) != 0)
    return 0;
  expect (route, 400, NOWHERE, NULL, token, JSON, "{");
  expect (route, 400, NOWHERE, NULL, token, JSON, "");
  expect (route, 400, NOWHERE, NULL, token, JSON, "[]");
  expect (route, 415, NOWHERE, NULL, token, "Content-Type: text/plain\r\n", "{}");
  expect (route, 415, NOWHERE, NULL, token, NULL, "{}");
  guint status = call (route, NOWHERE, NULL, token, JSON, "{\"nonsense_field\":1}", &told);
  if (status != 422 || strstr (told, "nonsense_field") == NULL
      || strstr (told, "\"unknown_field\"") == NULL)
    {
      g_test_message ("%s %s: an unknown field: %u %s", route->method, route->path, status, told);
      wrong++;
    }
  return wrong;
}

static guint
check_nowhere (const MhRoute *route, const char *token)
{
  guint wrong = 0;
  g_autofree char *body = NULL;
  if (strstr (route->path, "{id}") == NULL)
    return 0;
  if (route->request != NULL)
    {
      body = route_body (route, NOWHERE);
      if (body == NULL)
        g_error ("%s: give a body of %s in this test's table.", route->id, route->request->code);
    }
  expect (route, 404, NOWHERE, NULL, token, JSON, body);
  expect (route, 404, "no-id", NULL, token, JSON, body);
  return wrong;
}

static guint
check_query (const MhRoute *route, const char *token)
{
  guint wrong = 0;
  expect (route, 400, NOWHERE, "?nonsense=1", token, JSON, "{}");
  if ((route->flags & MH_ROUTE_LIST) == 0)
    return wrong;
  expect (route, 400, NOWHERE, "?limit=0", token, JSON, "{}");
  expect (route, 400, NOWHERE, "?limit=201", token, JSON, "{}");
  expect (route, 400, NOWHERE, "?after=forged", token, JSON, "{}");
  return wrong;
}

/* Reading what needs neither a body nor a record. */
static guint
check_happy (const MhRoute *route, const char *token)
{
  guint wrong = 0;
  g_autofree char *told = NULL;
  if (!g_str_equal (route->method, "GET") || strchr (route->path, '{') != NULL)
    return 0;
  guint status = call (route, NOWHERE, NULL, token, NULL, NULL, &told);
  gboolean list = (route->flags & MH_ROUTE_LIST) != 0;
  /* A figure may ask for its period, a paper for its analyser, a list for whose it is to be. */
  gboolean asks = (status == 400 || status == 422) && route->params != NULL
                  && (!list || strstr (told, "\"code\":\"required\"") != NULL);
  if (status != 200 && !asks)
    {
      g_test_message ("%s %s: %u %s", route->method, route->path, status, told);
      wrong++;
    }
  if (list && !asks && (strstr (told, "\"items\":[") == NULL || strstr (told, "\"next\":") == NULL))
    {
      g_test_message ("%s: not a list: %s", route->path, told);
      wrong++;
    }
  return wrong;
}

static guint pages_walked;

/* Rows of a page; its cursor in *next, NULL: the last. NULL: it wants words of its own. */
static JsonArray *
page_of (const MhRoute *route, const char *token, guint limit, char **next)
{
  g_autofree char *told = NULL;
  g_autofree char *query = *next != NULL ? g_strdup_printf ("?limit=%u&after=%s", limit, *next)
                                         : g_strdup_printf ("?limit=%u", limit);
  guint status = call (route, NOWHERE, query, token, NULL, NULL, &told);
  g_clear_pointer (next, g_free);
  if (status != 200)
    return NULL;
  g_autoptr (JsonObject) page = mh_json_parse_object (told, -1, NULL);
  *next = g_strdup (mh_json_text (page, "next"));
  return json_array_ref (mh_json_array (page, "items"));
}

/* Row by row a list gives what it gives in one page, in the same order: nothing twice or left out.
 * What came since, like the notes of these reads in the audit trail, stands before it. */
static guint
check_pages (const MhRoute *route, const char *token)
{
  const guint steps = 5;
  g_autofree char *next = NULL, *rest = NULL;
  g_autoptr (JsonArray) rows = json_array_new ();
  if (!g_str_equal (route->method, "GET") || strchr (route->path, '{') != NULL
      || (route->flags & MH_ROUTE_LIST) == 0)
    return 0;
  for (guint i = 0; i < steps && (i == 0 || next != NULL); i++)
    {
      g_autoptr (JsonArray) page = page_of (route, token, 1, &next);
      for (guint k = 0; page != NULL && k < json_array_get_length (page); k++)
        json_array_add_element (rows, json_array_dup_element (page, k));
    }
  g_autoptr (JsonArray) all = page_of (route, token, 200, &rest);
  guint n = json_array_get_length (rows), at = 0;
  guint n_all = all != NULL ? json_array_get_length (all) : 0;
  if (n == 0)
    return n_all > 0;
  while (at < n_all
         && !json_node_equal (json_array_get_element (rows, 0), json_array_get_element (all, at)))
    at++;
  gboolean right = at + n <= n_all && (next != NULL || at + n == n_all);
  for (guint i = 0; right && i < n; i++)
    right
        = json_node_equal (json_array_get_element (rows, i), json_array_get_element (all, at + i));
  pages_walked += n > 1;
  if (!right)
    g_test_message ("%s: %u rows one by one are not those from %u of %u", route->path, n, at,
                    n_all);
  return !right;
}

/* The list that shows the records of a PATCH route: the same path without the id. */
static const MhRoute *
list_of (const MhRoute *patch)
{
  guint n = 0;
  const MhRouteTable *tables = mh_routes_tables (&n);
  gsize length = strlen (patch->path) - strlen ("/{id}");
  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        if (g_str_equal (route->method, "GET") && strlen (route->path) == length
            && strncmp (route->path, patch->path, length) == 0)
          return route;
      }
  return NULL;
}

static char *
first_item (const MhRoute *list, gint64 *out_version)
{
  g_autofree char *told = NULL;
  if (call (list, NOWHERE, "?limit=1", somebody (list->permission, TRUE), NULL, NULL, &told) != 200)
    return NULL;
  g_autoptr (JsonObject) page = mh_json_parse_object (told, -1, NULL);
  JsonArray *items = mh_json_array (page, "items");
  if (items == NULL || json_array_get_length (items) == 0)
    return NULL;
  JsonObject *item = json_array_get_object_element (items, 0);
  *out_version = mh_json_int (item, "version", -1);
  return g_strdup (mh_json_text (item, "id"));
}

static guint stale_tried;

static guint
check_stale (const MhRoute *route, const char *token)
{
  guint wrong = 0;
  gint64 version = -1;
  if ((route->flags & MH_ROUTE_PATCH) == 0)
    return 0;
  const MhRoute *list = list_of (route);
  g_autofree char *id = list != NULL ? first_item (list, &version) : NULL;
  expect (route, 400, NOWHERE, NULL, token, JSON "If-Match: soon\r\n", "{}");
  if (id == NULL)
    return wrong;
  stale_tried++;
  expect (route, 412, id, NULL, token, JSON "If-Match: \"999999\"\r\n", "{}");
  return wrong;
}

static void
test_routes (const MhTestDb *test)
{
  guint n = 0, wrong = 0, asked = 0;
  const MhRouteTable *tables = mh_routes_tables (&n);
  program_make (&program, test->url);
  program_start (&program);
  tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  stale_tried = pages_walked = 0;
  for (guint t = 0; t < n; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        const char *token = somebody (route->permission, TRUE);
        /* Closing the session would take the token away, and a WebSocket is another protocol: both
         * have tests of their own (access-http, server-program). */
        if (g_str_equal (route->tag, "session") || g_str_equal (route->id, "feed.events"))
          continue;
        if (token == NULL)
          g_error ("Nobody of the demonstration may %s.", route->permission);
        wrong += check_access (route) + check_bodies (route, token) + check_nowhere (route, token)
                 + check_query (route, token) + check_happy (route, token)
                 + check_pages (route, token) + check_stale (route, token);
        asked++;
      }
  g_test_message ("%u routes, %u with a stale version, %u lists row by row", asked, stale_tried,
                  pages_walked);
  /* first, or the program would outlive a failure */
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  g_assert_cmpuint (asked, >=, 80);
  g_assert_cmpuint (stale_tried, >=, 8);
  g_assert_cmpuint (pages_walked, >=, 20);
  g_assert_cmpuint (wrong, ==, 0);
  g_hash_table_unref (tokens);
  program_free (&program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/routes", test_routes);
  return mh_test_run ();
}
