/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-openapi.h"

#include <string.h>

#include "server/platform/http/mh-openapi-schema.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-problem.h"
#include "shared/records/mh-types.h"

#define HEAD                                                                                       \
  "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Mahima\",\"version\":\"1\","                       \
  "\"summary\":\"A hospital's server\","                                                           \
  "\"description\":\"Every call of the Mahima server. Records carry an id that their maker "       \
  "chooses (UUIDv7) and a version; edits send If-Match and only the changed fields; every "        \
  "mutation takes an Idempotency-Key and may be repeated with it. Lists go on with the cursor in " \
  "next. Errors are RFC 9457 problem documents.\","                                                \
  "\"license\":{\"name\":\"GPL-3.0-or-later\",\"identifier\":\"GPL-3.0-or-later\"},"               \
  "\"contact\":{\"name\":\"The administrator of this server\"}},"                                  \
  "\"servers\":[{\"url\":\"/api/v1\"}],\"security\":[{\"bearer\":[]}]"

/* "orders" → "Orders" */
static void
put_tags (GString *out, MhRouter *router)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  mh_json_key (out, "tags");
  mh_json_open (out, '[');

  for (guint i = 0; i < mh_router_size (router); i++)
    {
      const char *tag = mh_router_nth (router, i)->route->tag;
      if (!g_hash_table_add (seen, (gpointer)tag))
        continue;
      g_autofree char *about = g_strdup_printf ("%c%s", g_ascii_toupper (tag[0]), tag + 1);
      mh_json_open (out, '{');
      mh_json_member_text (out, "name", tag);
      mh_json_member_text (out, "description", about);
      mh_json_close (out, '}');
    }

  mh_json_close (out, ']');
}

static void
put_param_ref (GString *out, const char *name)
{
  g_autofree char *ref = g_strconcat ("#/components/parameters/", name, NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "$ref", ref);
  mh_json_close (out, '}');
}

static void
put_query_param (GString *out, const MhParam *param)
{
  mh_json_open (out, '{');
  mh_json_member_text (out, "name", param->name);
  mh_json_member_text (out, "in", "query");
  mh_json_member_text (out, "description", param->help);
  mh_json_key (out, "schema");
  mh_schema_put_param (out, param);
  mh_json_close (out, '}');
}

static void
put_path_params (GString *out, const MhRoute *route)
{
  for (const char *at = strchr (route->path, '{'); at != NULL; at = strchr (at + 1, '{'))
    {
      g_autofree char *name = g_strndup (at + 1, strcspn (at + 1, "}"));
      gboolean is_id = g_str_equal (name, "id") || g_str_has_suffix (name, "_id");
      mh_json_open (out, '{');
      mh_json_member_text (out, "name", name);
      mh_json_member_text (out, "in", "path");
      mh_json_member_bool (out, "required", TRUE);
      mh_json_member_text (out, "description", is_id ? "Id of the record" : "Which one");
      mh_json_key (out, "schema");
      mh_json_put_raw (out, is_id ? "{\"type\":\"string\",\"format\":\"uuid\"}"
                                  : "{\"type\":\"string\"}");
      mh_json_close (out, '}');
    }
}

static void
put_params (GString *out, const MhRoute *route)
{
  mh_json_key (out, "parameters");
  mh_json_open (out, '[');
  put_path_params (out, route);

  if ((route->flags & MH_ROUTE_LIST) != 0)
    {
      put_param_ref (out, "limit");
      put_param_ref (out, "after");
      put_param_ref (out, "q");
    }

  if ((route->flags & MH_ROUTE_PATCH) != 0)
    put_param_ref (out, "If-Match");
  if ((route->flags & MH_ROUTE_IDEMPOTENT) != 0)
    put_param_ref (out, "Idempotency-Key");
  if ((route->flags & MH_ROUTE_IDEMPOTENT) != 0 && (route->flags & MH_ROUTE_ONLINE) == 0)
    put_param_ref (out, MH_HEADER_MADE_AT);
  if ((route->flags & MH_ROUTE_PUBLIC) == 0)
    put_param_ref (out, MH_HEADER_UNATTENDED);
  for (const MhParam *param = route->params; param != NULL && param->name != NULL; param++)
    put_query_param (out, param);
  mh_json_close (out, ']');
}

static MhSchemaForm
request_form (const MhRoute *route)
{
  return (route->flags & MH_ROUTE_PATCH) != 0 ? MH_SCHEMA_PATCH : MH_SCHEMA_CREATE;
}

static void
put_request (GString *out, const MhRoute *route)
{
  if (route->request == NULL)
    return;

  mh_json_key (out, "requestBody");
  mh_json_open (out, '{');
  mh_json_member_bool (out, "required", TRUE);
  mh_json_key (out, "content");
  mh_json_put_raw (out, "{\"application/json\":{\"schema\":");

  GString *ref = g_string_new (NULL);
  mh_schema_put_ref (ref, route->request, request_form (route));
  g_string_append_len (out, ref->str, (gssize)ref->len);
  g_string_free (ref, TRUE);
  g_string_append (out, "}}");
  mh_json_close (out, '}');
}

static void
put_schema_of_reply (GString *out, const MhRoute *route)
{
  mh_json_key (out, "schema");
  if (route->reply == NULL)
    mh_json_put_raw (out, "{}");
  else if ((route->flags & MH_ROUTE_LIST) == 0)
    mh_schema_put_ref (out, route->reply, MH_SCHEMA_REPLY);
  else
    {
      mh_json_open (out, '{');
      mh_json_member_text (out, "type", "object");
      mh_json_member_raw (out, "required", "[\"items\",\"next\"]");
      mh_json_key (out, "properties");
      mh_json_open (out, '{');
      mh_json_key (out, "items");
      mh_json_open (out, '{');
      mh_json_member_text (out, "type", "array");
      mh_json_key (out, "items");
      mh_schema_put_ref (out, route->reply, MH_SCHEMA_REPLY);
      mh_json_close (out, '}');
      mh_json_member_raw (out, "next",
                          "{\"type\":[\"string\",\"null\"],\"description\":\"Cursor of the next "
                          "page; null: this was the last\"}");
      mh_json_close (out, '}');
      mh_json_close (out, '}');
    }
}

static void
put_success (GString *out, const MhRoute *route)
{
  gboolean created = (route->flags & MH_ROUTE_CREATED) != 0;
  gboolean empty = (route->flags & MH_ROUTE_NO_CONTENT) != 0;
  gboolean live = g_str_equal (route->id, "feed.events");

  mh_json_key (out, live ? "101" : empty ? "204" : created ? "201" : "200");
  mh_json_open (out, '{');
  mh_json_member_text (out, "description", route->summary);

  if (!empty && !live)
    {
      mh_json_key (out, "content");
      mh_json_open (out, '{');
      mh_json_key (out, route->media != NULL ? route->media : "application/json");
      mh_json_open (out, '{');
      put_schema_of_reply (out, route);
      mh_json_close (out, '}');
      mh_json_close (out, '}');
    }

  mh_json_close (out, '}');
}

static gboolean
openapi_may_answer (const MhRoute *route, int status)
{
  gboolean writes = route->mode == MH_ROUTE_WRITE;
  switch (status)
    {
    case 401:
    case 403:
      return (route->flags & MH_ROUTE_PUBLIC) == 0;
    case 404:
      return strchr (route->path, '{') != NULL;
    case 409:
      return writes;
    case 412:
      return (route->flags & MH_ROUTE_PATCH) != 0;
    case 413:
    case 415:
    case 422:
      return route->request != NULL;
    case 429:
      return route->rate != MH_RATE_NONE;
    default:
      return status == 400 || status == 503;
    }
}

static void
put_responses (GString *out, const MhRoute *route)
{
  static const int statuses[] = { 400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503 };
  static const char ref[] = "{\"$ref\":\"#/components/responses/Problem\"}";
  mh_json_key (out, "responses");
  mh_json_open (out, '{');
  put_success (out, route);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (openapi_may_answer (route, statuses[i]))
      {
        char name[8];
        g_snprintf (name, sizeof name, "%d", statuses[i]);
        mh_json_member_raw (out, name, ref);
      }

  mh_json_member_raw (out, "default", ref);
  mh_json_close (out, '}');
}

static void
put_operation (GString *out, const MhRoute *route)
{
  static const char *const rates[] = { "normal", "login", "guess", "heavy", "none" };
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  gboolean is_public = (route->flags & MH_ROUTE_PUBLIC) != 0;
  g_autofree char *about = g_strdup_printf (
      "%s. %s%s%s Rate class: %s.", route->summary, is_public ? "Needs no token." : "Needs ",
      is_public                   ? ""
      : route->permission[0] == 0 ? "a signed-in user."
                                  : "the right ",
      is_public || route->permission[0] == 0 ? "" : route->permission, rates[route->rate]);

  mh_json_key (out, method);
  mh_json_open (out, '{');
  mh_json_member_text (out, "operationId", route->id);
  mh_json_member_text (out, "summary", route->summary);
  mh_json_member_text (out, "description", about);
  mh_json_key (out, "tags");
  mh_json_open (out, '[');
  mh_json_put_text (out, route->tag);
  mh_json_close (out, ']');
  if (is_public)
    mh_json_member_raw (out, "security", "[]");
  put_params (out, route);
  put_request (out, route);
  put_responses (out, route);
  mh_json_close (out, '}');
}

/* The methods of one path stand together, wherever their rows are. */
static void
put_paths (GString *out, MhRouter *router)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = mh_router_size (router);
  mh_json_key (out, "paths");
  mh_json_open (out, '{');

  for (guint i = 0; i < n; i++)
    {
      const MhRoute *first = mh_router_nth (router, i)->route;
      if (!g_hash_table_add (seen, (gpointer)first->path))
        continue;
      mh_json_key (out, first->path);
      mh_json_open (out, '{');
      if ((first->flags & MH_ROUTE_OUTSIDE) != 0)
        mh_json_member_raw (out, "servers", "[{\"url\":\"/\"}]");
      for (guint j = i; j < n; j++)
        if (g_str_equal (mh_router_nth (router, j)->route->path, first->path))
          put_operation (out, mh_router_nth (router, j)->route);
      mh_json_close (out, '}');
    }

  mh_json_close (out, '}');
}

static void
put_schemas (GString *out, MhRouter *router)
{
  g_autoptr (GHashTable) uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < mh_router_size (router); i++)
    {
      const MhRoute *route = mh_router_nth (router, i)->route;
      if (route->request != NULL)
        mh_schema_collect (uses, route->request, request_form (route));
      if (route->reply != NULL)
        mh_schema_collect (uses, route->reply, MH_SCHEMA_REPLY);
    }

  mh_schema_collect (uses, &mh_problem_type, MH_SCHEMA_REPLY);
  GList *names = g_list_sort (g_hash_table_get_keys (uses), (GCompareFunc)strcmp);
  mh_json_key (out, "schemas");
  mh_json_open (out, '{');

  for (GList *l = names; l != NULL; l = l->next)
    {
      MhSchemaUse *use = g_hash_table_lookup (uses, l->data);
      mh_json_key (out, l->data);
      mh_schema_put_type (out, use->type, use->form);
    }

  mh_json_close (out, '}');
  g_list_free (names);
}

static void
put_common_param (GString *out,
                  const char *name,
                  const char *in,
                  const char *about,
                  const char *schema)
{
  mh_json_key (out, name);
  mh_json_open (out, '{');
  mh_json_member_text (out, "name", name);
  mh_json_member_text (out, "in", in);
  mh_json_member_text (out, "description", about);
  if (g_str_equal (name, "If-Match"))
    mh_json_member_bool (out, "required", TRUE);
  mh_json_member_raw (out, "schema", schema);
  mh_json_close (out, '}');
}

static void
put_components (GString *out, MhRouter *router)
{
  mh_json_key (out, "components");
  mh_json_open (out, '{');
  mh_json_member_raw (out, "securitySchemes",
                      "{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":"
                      "\"The token of POST /session, or a machine's key\"}}");

  mh_json_key (out, "parameters");
  mh_json_open (out, '{');
  put_common_param (out, "limit", "query", "Most items of one page",
                    "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200,\"default\":50}");
  put_common_param (out, "after", "query", "\"next\" of the page before",
                    "{\"type\":\"string\",\"maxLength\":2048}");
  put_common_param (out, "q", "query", "Words to search",
                    "{\"type\":\"string\",\"maxLength\":200,\"examples\":[\"asha\"]}");
  put_common_param (out, "If-Match", "header", "The version that was changed, in quotes",
                    "{\"type\":\"string\",\"pattern\":\"^\\\"?[0-9]+\\\"?$\",\"examples\":"
                    "[\"\\\"3\\\"\"]}");
  put_common_param (out, "Idempotency-Key", "header",
                    "A UUID; the same key with the same body has one effect",
                    "{\"type\":\"string\",\"minLength\":8,\"maxLength\":64}");
  put_common_param (out, MH_HEADER_MADE_AT, "header",
                    "When a change was made that comes late because the server was away",
                    "{\"type\":\"string\",\"format\":\"date-time\"}");
  put_common_param (out, MH_HEADER_UNATTENDED, "header",
                    "Nobody did this: it does not keep an idle session from ending",
                    "{\"type\":\"string\",\"enum\":[\"1\"]}");
  mh_json_close (out, '}');

  mh_json_member_raw (out, "responses",
                      "{\"Problem\":{\"description\":\"What went wrong, as an RFC 9457 problem "
                      "document\",\"content\":{\"" MH_PROBLEM_MEDIA "\":{\"schema\":{\"$ref\":"
                      "\"#/components/schemas/Problem\"}}}}}");

  put_schemas (out, router);
  mh_json_close (out, '}');
}

GBytes *
mh_openapi_make (MhRouter *router)
{
  GString *out = g_string_sized_new (256 * 1024);
  g_string_append (out, HEAD);
  put_tags (out, router);
  put_paths (out, router);
  put_components (out, router);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}
