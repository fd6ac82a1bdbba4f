/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-router.h"

#include <string.h>

#include "server/platform/http/mh-call-private.h"

enum
{
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  N_METHODS
};

static const char *const methods[N_METHODS] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

typedef struct _Node Node;
struct _Node
{
  char *segment; /* NULL: takes any one segment */
  gsize length;
  GPtrArray *children; /* of plain segments */
  Node *any;
  const MhBinding *bindings[N_METHODS];
};

struct _MhRouter
{
  Node *root;
  MhBinding *bindings;
  guint n_bindings;
  const MhGate *gate;
};

static void
node_free (gpointer data)
{
  Node *node = data;
  if (node == NULL)
    return;
  g_free (node->segment);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  node_free (node->any);
  g_free (node);
}

static int
method_index (const char *method)
{
  if (g_str_equal (method, "HEAD"))
    return GET;
  for (int i = 0; i < N_METHODS; i++)
    if (g_str_equal (methods[i], method))
      return i;
  return -1;
}

static Node *
find_child (Node *node, const char *segment, gsize length)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    {
      Node *child = g_ptr_array_index (node->children, i);
      if (child->length == length && memcmp (child->segment, segment, length) == 0)
        return child;
    }
  return NULL;
}

static Node *
router_add_child (Node *node, const char *segment, gsize length)
{
  if (segment[0] == '{')
    {
      if (node->any == NULL)
        node->any = g_new0 (Node, 1);
      return node->any;
    }

  Node *child = find_child (node, segment, length);
  if (child != NULL)
    return child;

  child = g_new0 (Node, 1);
  child->segment = g_strndup (segment, length);
  child->length = length;
  if (node->children == NULL)
    node->children = g_ptr_array_new_with_free_func (node_free);
  g_ptr_array_add (node->children, child);

  return child;
}

static gboolean
router_reads_one (const MhRoute *route)
{
  const guint more = MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT | MH_ROUTE_BINARY;
  return route->mode == MH_ROUTE_READ && (route->flags & more) == 0 && route->request == NULL
         && route->reply != NULL && route->reply->table != NULL
         && g_str_has_suffix (route->path, "/{id}");
}

static void
add_route (MhRouter *router, MhBinding *binding)
{
  const MhRoute *route = binding->route;
  const char *prefix = (route->flags & MH_ROUTE_OUTSIDE) != 0 ? "" : MH_API_PREFIX;
  g_autofree char *path = g_strconcat (prefix, route->path, NULL);
  Node *node = router->root;

  for (const char *at = path; *at == '/';)
    {
      gsize length = strcspn (++at, "/");
      if (*at == '{')
        {
          gboolean is_id = strncmp (at, "{id}", 4) == 0 || strstr (at, "_id}") == at + length - 4;
          binding->id_params |= is_id ? 1u << binding->n_params : 0;
          binding->n_params++;
        }
      node = router_add_child (node, at, length);
      at += length;
    }

  int method = method_index (route->method);
  if (method < 0 || node->bindings[method] != NULL || binding->n_params > MH_CALL_MAX_PARAMS)
    g_error ("Route %s is doubled, or has a wrong method or too many names.", route->id);
  node->bindings[method] = binding;
  binding->body = mh_route_body (route);
  binding->reads_one = router_reads_one (route);
}

MhRouter *
mh_router_new_for (const MhRouteTable *tables, guint n_tables)
{
  MhRouter *router = g_new0 (MhRouter, 1);
  router->root = g_new0 (Node, 1);
  for (guint i = 0; i < n_tables; i++)
    router->n_bindings += tables[i].n_routes;
  router->bindings = g_new0 (MhBinding, router->n_bindings);

  guint index = 0;
  for (guint i = 0; i < n_tables; i++)
    for (guint j = 0; j < tables[i].n_routes; j++, index++)
      {
        router->bindings[index].route = &tables[i].routes[j];
        router->bindings[index].index = index;
        add_route (router, &router->bindings[index]);
      }

  return router;
}

MhRouter *
mh_router_new (void)
{
  guint n_tables = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  return mh_router_new_for (tables, n_tables);
}

void
mh_router_free (MhRouter *router)
{
  if (router == NULL)
    return;
  node_free (router->root);
  g_free (router->bindings);
  g_free (router);
}

guint
mh_router_size (MhRouter *router)
{
  return router->n_bindings;
}

const MhBinding *
mh_router_nth (MhRouter *router, guint index)
{
  return &router->bindings[index];
}

void
mh_router_set_gate (MhRouter *router, const MhGate *gate)
{
  router->gate = gate;
}

const MhGate *
mh_router_gate (MhRouter *router)
{
  return router->gate;
}

static MhBinding *
binding_of (MhRouter *router, const char *route_id)
{
  for (guint i = 0; i < router->n_bindings; i++)
    if (g_str_equal (router->bindings[i].route->id, route_id))
      return &router->bindings[i];
  g_error ("No route is called %s.", route_id);
}

void
mh_router_bind (MhRouter *router, const char *route_id, MhHandler handler)
{
  MhBinding *binding = binding_of (router, route_id);
  if (binding->handler != NULL)
    g_error ("Route %s is bound twice.", route_id);
  binding->handler = handler;
}

void
mh_router_bind_prefetch (MhRouter *router, const char *route_id, MhPrefetch prefetch)
{
  binding_of (router, route_id)->prefetch = prefetch;
}

void
mh_router_bind_problem (MhRouter *router, const char *route_id, MhProblem problem)
{
  binding_of (router, route_id)->problem = problem;
}

char *
mh_router_missing (MhRouter *router)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < router->n_bindings; i++)
    if (router->bindings[i].handler == NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", router->bindings[i].route->id);
  return g_string_free (out, out->len == 0);
}

typedef struct
{
  const char *from[MH_CALL_MAX_PARAMS];
  gsize length[MH_CALL_MAX_PARAMS];
  guint n;
} Taken;

static gboolean
has_method (Node *node, int method)
{
  for (int i = 0; method < 0 && i < N_METHODS; i++)
    if (node->bindings[i] != NULL)
      return TRUE;
  return method >= 0 && node->bindings[method] != NULL;
}

/* @method -1: any. A plain segment is tried before a name, and a dead end goes back to the name. */
static Node *
descend (Node *node, const char *path, int method, Taken *taken)
{
  if (*path == 0)
    return has_method (node, method) ? node : NULL;
  if (*path != '/')
    return NULL;

  const char *segment = path + 1;
  gsize length = strcspn (segment, "/");
  Node *child = find_child (node, segment, length);
  Node *found = child != NULL ? descend (child, segment + length, method, taken) : NULL;

  if (found != NULL || node->any == NULL || length == 0 || taken->n == MH_CALL_MAX_PARAMS)
    return found;

  taken->from[taken->n] = segment;
  taken->length[taken->n++] = length;
  found = descend (node->any, segment + length, method, taken);
  if (found == NULL)
    taken->n--;

  return found;
}

MhFound
mh_router_find (MhRouter *router,
                const char *method,
                const char *path,
                const MhBinding **out_binding,
                char **out_params,
                guint max_params)
{
  Taken taken = { .n = 0 };
  int index = method_index (method);
  Node *node = index >= 0 ? descend (router->root, path, index, &taken) : NULL;

  if (node == NULL)
    {
      taken.n = 0;
      return descend (router->root, path, -1, &taken) != NULL ? MH_FOUND_NO_METHOD
                                                              : MH_FOUND_NO_PATH;
    }

  g_return_val_if_fail (taken.n <= max_params, MH_FOUND_NO_PATH);
  char *values[MH_CALL_MAX_PARAMS] = { NULL };
  gboolean ok = TRUE;

  for (guint i = 0; i < taken.n; i++)
    {
      values[i] = g_uri_unescape_segment (taken.from[i], taken.from[i] + taken.length[i], NULL);
      ok = ok && values[i] != NULL && g_utf8_validate (values[i], -1, NULL);
    }

  for (guint i = 0; i < taken.n; i++)
    {
      if (ok)
        out_params[i] = values[i];
      else
        g_free (values[i]);
    }

  if (!ok)
    return MH_FOUND_NO_PATH;

  *out_binding = node->bindings[index];
  return MH_FOUND;
}

char *
mh_router_allowed (MhRouter *router, const char *path)
{
  GString *out = g_string_new (NULL);
  for (int i = 0; i < N_METHODS; i++)
    {
      Taken taken = { .n = 0 };
      if (descend (router->root, path, i, &taken) != NULL)
        g_string_append_printf (out, "%s%s%s", out->len > 0 ? ", " : "", methods[i],
                                i == GET ? ", HEAD" : "");
    }
  if (out->len > 0)
    g_string_append (out, ", OPTIONS");
  return g_string_free (out, out->len == 0);
}

int
mh_route_param_index (const MhRoute *route, const char *name)
{
  gsize length = strlen (name);
  int index = 0;
  for (const char *at = strchr (route->path, '{'); at != NULL; at = strchr (at + 1, '{'), index++)
    if (strncmp (at + 1, name, length) == 0 && at[1 + length] == '}')
      return index;
  return -1;
}
