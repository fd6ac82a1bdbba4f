/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-route.h"

#include <string.h>

#define LEAST_BODY 4096
/* However much a description allows. */
#define MOST_VALUES 50000
#define SPARE_VALUES 100

MhRecordSize
mh_route_body (const MhRoute *route)
{
  MhRecordSize size = { route->body_kib * G_GUINT64_CONSTANT (1024), 0 };
  if (route->request != NULL && (route->flags & MH_ROUTE_RAW) == 0)
    size = mh_record_size_most (route->request);
  size.bytes = MAX (size.bytes, LEAST_BODY);
  size.values = MIN (size.values + SPARE_VALUES, MOST_VALUES);
  return size;
}

static gpointer
index_routes (gpointer unused)
{
  guint n_tables = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_tables; i++)
    for (guint j = 0; j < tables[i].n_routes; j++)
      if (!g_hash_table_insert (index, (gpointer)tables[i].routes[j].id,
                                (gpointer)&tables[i].routes[j]))
        g_error ("Route id %s stands twice.", tables[i].routes[j].id);
  return index;
}

const MhRoute *
mh_route_find (const char *id)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, index_routes, NULL);
  return g_hash_table_lookup (once.retval, id);
}

/* How well @route says who may read @type, 0: not at all. Where the type has a call of its own, a
 * list that happens to answer with it (the patients whose charts were opened) says nothing. */
static int
tells_reader (const MhRoute *route, const MhRecordType *type)
{
  gsize length = type->path != NULL ? strlen (type->path) : 0;
  if (route->reply != type || !g_str_equal (route->method, "GET")
      || (route->flags & MH_ROUTE_PUBLIC) != 0)
    return 0;
  if (length == 0 || strncmp (route->path, type->path, length) != 0)
    return 1;
  return g_str_equal (route->path + length, "/{id}") ? 3 : route->path[length] == 0 ? 2 : 1;
}

static gpointer
index_readers (gpointer unused)
{
  guint n_tables = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_tables; i++)
    for (guint j = 0; j < tables[i].n_routes; j++)
      {
        const MhRoute *route = &tables[i].routes[j];
        const MhRoute *known
            = route->reply != NULL ? g_hash_table_lookup (index, route->reply) : NULL;
        int before = known != NULL ? tells_reader (known, route->reply) : 0;
        if (route->reply != NULL && tells_reader (route, route->reply) > before)
          g_hash_table_insert (index, (gpointer)route->reply, (gpointer)route);
      }

  return index;
}

const MhRoute *
mh_route_reading (const MhRecordType *type)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, index_readers, NULL);
  return g_hash_table_lookup (once.retval, type);
}

static const char *
argument (const char *const *args, const char *name, gsize length)
{
  for (guint i = 0; args != NULL && args[i] != NULL; i += 2)
    if (strlen (args[i]) == length && strncmp (args[i], name, length) == 0)
      return args[i + 1];
  return NULL;
}

static gboolean
is_in_path (const char *path, const char *name)
{
  gsize length = strlen (name);
  for (const char *at = strchr (path, '{'); at != NULL; at = strchr (at + 1, '{'))
    if (strncmp (at + 1, name, length) == 0 && at[1 + length] == '}')
      return TRUE;
  return FALSE;
}

static void
append_query (GString *out, const char *path, const char *const *args)
{
  char join = '?';
  for (guint i = 0; args != NULL && args[i] != NULL; i += 2)
    {
      if (args[i + 1] == NULL || is_in_path (path, args[i]))
        continue;
      g_string_append_c (out, join);
      g_string_append_uri_escaped (out, args[i], NULL, FALSE);
      g_string_append_c (out, '=');
      g_string_append_uri_escaped (out, args[i + 1], NULL, FALSE);
      join = '&';
    }
}

char *
mh_route_build (const MhRoute *route, const char *const *args)
{
  GString *out = g_string_sized_new (128);
  const char *at = route->path;
  while (*at != 0)
    {
      const char *close = *at == '{' ? strchr (at, '}') : NULL;
      if (close == NULL)
        {
          g_string_append_c (out, *at++);
          continue;
        }
      const char *value = argument (args, at + 1, (gsize)(close - at - 1));
      if (value == NULL)
        g_error ("Route %s needs a value for %s.", route->id, at);
      g_string_append_uri_escaped (out, value, NULL, FALSE);
      at = close + 1;
    }

  append_query (out, route->path, args);
  return g_string_free (out, FALSE);
}
