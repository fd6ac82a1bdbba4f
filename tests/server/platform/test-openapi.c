/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document says what the tables say, in both directions, and an outside checker finds no fault.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "server/app/mh-server-run.h"
#include "server/platform/http/mh-openapi-schema.h"
#include "server/platform/http/mh-openapi.h"
#include "shared/base/mh-json.h"

static JsonObject *
read_document (GBytes **out_bytes)
{
  g_autoptr (GError) error = NULL;
  MhRouter *router = mh_router_new ();
  g_autoptr (GBytes) bytes = mh_openapi_make (router);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonObject *document = mh_json_parse_object (text, (gssize)length, &error);
  g_assert_no_error (error);
  mh_router_free (router);
  if (out_bytes != NULL)
    *out_bytes = g_steal_pointer (&bytes);
  return document;
}

static void
test_every_route (void)
{
  guint n_tables = 0;
  guint n_routes = 0;
  guint n_operations = 0;
  g_autoptr (JsonObject) document = read_document (NULL);
  JsonObject *paths = mh_json_object (document, "paths");
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint i = 0; i < n_tables; i++)
    for (guint j = 0; j < tables[i].n_routes; j++, n_routes++)
      {
        const MhRoute *route = &tables[i].routes[j];
        g_autofree char *method = g_ascii_strdown (route->method, -1);
        JsonObject *operation = mh_json_object (mh_json_object (paths, route->path), method);
        g_assert_nonnull (operation);
        g_assert_cmpstr (mh_json_text (operation, "operationId"), ==, route->id);
        g_assert_cmpint (json_object_has_member (operation, "requestBody"), ==,
                         route->request != NULL);
        g_assert_true (json_object_has_member (mh_json_object (operation, "responses"), "default"));
      }
  g_autoptr (GList) names = json_object_get_members (paths);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *path = mh_json_object (paths, l->data);
      n_operations += json_object_get_size (path);
      n_operations -= json_object_has_member (path, "servers");
    }
  g_assert_cmpuint (n_operations, ==, n_routes);
}

/* --- what calls take and give --- */

static gboolean
is_told (const MhField *field, MhSchemaForm form)
{
  guint flags = field->flags;
  gboolean set = (flags & MH_SERVER_SET) == 0;
  if ((flags & MH_SECRET) != 0)
    return FALSE;
  return form == MH_SCHEMA_REPLY    ? (flags & MH_INPUT) == 0
         : form == MH_SCHEMA_CREATE ? set
                                    : set && (flags & MH_IMMUTABLE) == 0;
}

static void
assert_codes (const MhRecordType *type, const MhField *field, JsonObject *told)
{
  gboolean list = field->kind == MH_KIND_LIST;
  JsonArray *codes = mh_json_array (list ? mh_json_object (told, "items") : told, "enum");
  for (guint i = 0; field->codes != NULL && field->codes[i].code != NULL; i++)
    if (codes == NULL || i >= json_array_get_length (codes)
        || g_strcmp0 (json_array_get_string_element (codes, i), field->codes[i].code) != 0)
      g_error ("%s.%s: the code %s is not told", type->code, field->name, field->codes[i].code);
}

static gboolean
is_required (JsonObject *schema, const char *name)
{
  JsonArray *required = mh_json_array (schema, "required");
  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    if (g_str_equal (json_array_get_string_element (required, i), name))
      return TRUE;
  return FALSE;
}

static void
assert_schema (JsonObject *document, const MhRecordType *type, MhSchemaForm form)
{
  guint n = 0;
  g_autofree char *name = mh_schema_name (type, form);
  JsonObject *schemas = mh_json_object (mh_json_object (document, "components"), "schemas");
  JsonObject *schema = mh_json_object (schemas, name);
  JsonObject *properties = mh_json_object (schema, "properties");
  if (properties == NULL)
    g_error ("%s is not described", name);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      JsonObject *told = mh_json_object (properties, field->name);
      gboolean needed = form == MH_SCHEMA_CREATE && (field->flags & MH_REQUIRED) != 0;
      if ((told != NULL) != is_told (field, form)
          || (told != NULL && is_required (schema, field->name) != needed))
        g_error ("%s.%s is told, or not, or required, against its description", name, field->name);
      if (told != NULL)
        assert_codes (type, field, told);
      n += told != NULL;
    }
  g_assert_cmpuint (json_object_get_size (properties), ==, n);
}

/* Every record that a call takes or gives, field by field. */
static void
test_every_record (void)
{
  guint n_tables = 0, n = 0;
  g_autoptr (JsonObject) document = read_document (NULL);
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint i = 0; i < n_tables; i++)
    for (guint j = 0; j < tables[i].n_routes; j++)
      {
        const MhRoute *route = &tables[i].routes[j];
        gboolean patch = (route->flags & MH_ROUTE_PATCH) != 0;
        if (route->reply != NULL)
          assert_schema (document, route->reply, MH_SCHEMA_REPLY);
        if (route->request != NULL)
          assert_schema (document, route->request, patch ? MH_SCHEMA_PATCH : MH_SCHEMA_CREATE);
        n += (route->reply != NULL) + (route->request != NULL);
      }
  g_assert_cmpuint (n, >, 300);
}

/* A route is public by its flag, or asks for a right, or is for everybody who is signed in; a write
 * that can be repeated has a key, an edit has a version, and nothing is both public and a write. */
static void
test_rules_of_routes (void)
{
  MhRouter *router = mh_router_new ();
  for (guint i = 0; i < mh_router_size (router); i++)
    {
      const MhRoute *route = mh_router_nth (router, i)->route;
      gboolean is_public = (route->flags & MH_ROUTE_PUBLIC) != 0;
      g_assert_nonnull (route->permission);
      g_assert_false (is_public && route->permission[0] != 0);
      g_assert_false (is_public && route->mode == MH_ROUTE_WRITE);
      g_assert_true (route->mode != MH_ROUTE_WRITE || (route->flags & MH_ROUTE_IDEMPOTENT) != 0);
      g_assert_cmpint (g_str_equal (route->method, "PATCH"), ==,
                       (route->flags & MH_ROUTE_PATCH) != 0);
      g_assert_true (route->mode == MH_ROUTE_WRITE || (route->flags & MH_ROUTE_CREATED) == 0);
      g_assert_nonnull (route->tag);
      g_assert_nonnull (route->summary);
    }
  mh_router_free (router);
}

static void
test_every_handler (void)
{
  MhRouter *router = mh_router_new ();
  mh_server_bind_routes (router);
  g_autofree char *missing = mh_router_missing (router);
  g_assert_cmpstr (missing, ==, NULL);
  mh_router_free (router);
}

static void
test_no_secrets (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) document = read_document (&bytes);
  const char *text = g_bytes_get_data (bytes, NULL);
  g_assert_null (g_strstr_len (text, (gssize)g_bytes_get_size (bytes), "password_hash"));
  g_assert_null (g_strstr_len (text, (gssize)g_bytes_get_size (bytes), "token_hash"));
}

static void
test_spectral (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "node", NULL);
  g_autofree char *program = g_build_filename (folder, "node_modules", ".bin", "spectral", NULL);
  g_autofree char *rules = g_build_filename (folder, ".spectral.yaml", NULL);
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  if (!g_file_test (program, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("spectral is not installed (scripts/node-tools.sh)");
      return;
    }
  g_autoptr (JsonObject) document = read_document (&bytes);
  int fd = g_file_open_tmp ("mahima-openapi-XXXXXX.json", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  const char *argv[]
      = { program, "lint", "-r", rules, "--fail-severity=warn", "-f", "text", path, NULL };
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_unlink (path);
  if (status != 0)
    g_error ("%s", output);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openapi/every-route", test_every_route);
  g_test_add_func ("/openapi/every-record", test_every_record);
  g_test_add_func ("/openapi/rules-of-routes", test_rules_of_routes);
  g_test_add_func ("/openapi/every-handler", test_every_handler);
  g_test_add_func ("/openapi/no-secrets", test_no_secrets);
  g_test_add_func ("/openapi/spectral", test_spectral);
  return g_test_run ();
}
