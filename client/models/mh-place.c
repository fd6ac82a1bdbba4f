/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-place.h"

#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-map.h"

#include <math.h>

/* A way across a country has some ten thousand places. */
#define MOST_VALUES 1000000
#define RADIANS (G_PI / 180)
#define EARTH_KM 6371.0088 /* its mean radius */

struct _MhPlace
{
  GObject parent_instance;
  char *name, *detail;
  double lat, lon;
  MhPlaceShape shape;
};

G_DEFINE_FINAL_TYPE (MhPlace, mh_place, G_TYPE_OBJECT)

static void
mh_place_finalize (GObject *object)
{
  MhPlace *place = MH_PLACE (object);
  g_free (place->name);
  g_free (place->detail);
  G_OBJECT_CLASS (mh_place_parent_class)->finalize (object);
}

static void
mh_place_class_init (MhPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_place_finalize;
}

static void
mh_place_init (MhPlace *place)
{
}

MhPlace *
mh_place_new (const char *name, const char *detail, double lat, double lon)
{
  MhPlace *place = g_object_new (MH_TYPE_PLACE, NULL);
  place->name = g_strdup (name);
  place->detail = g_strdup (detail);
  place->lat = lat;
  place->lon = lon;
  return place;
}

static MhPlaceShape
place_shape_of (const char *kind)
{
  static const struct
  {
    const char *kind;
    MhPlaceShape shape;
  } shapes[] = {
    { MH_MAP_KIND_STREET, MH_PLACE_SQUARE },
    { MH_MAP_KIND_CROSSING, MH_PLACE_DIAMOND },
    { MH_MAP_KIND_LANDMARK, MH_PLACE_TRIANGLE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_strcmp0 (shapes[i].kind, kind) == 0)
      return shapes[i].shape;
  return MH_PLACE_DOT;
}

MhPlace *
mh_place_of_address (MhRecord *address, const char *detail)
{
  g_autoptr (GArray) at = mh_points_read (mh_record_text (address, MH_MAP_ADDRESS_AT));
  if (at->len != 1)
    return NULL;

  const MhPoint *point = &g_array_index (at, MhPoint, 0);
  MhPlace *place = mh_place_new (mh_record_text (address, MH_MAP_ADDRESS_NAME), detail, point->lat,
                                 point->lon);
  place->shape = place_shape_of (mh_record_text (address, MH_MAP_ADDRESS_KIND));
  return place;
}

const char *
mh_place_name (MhPlace *place)
{
  return place->name;
}

const char *
mh_place_detail (MhPlace *place)
{
  return place->detail;
}

double
mh_place_lat (MhPlace *place)
{
  return place->lat;
}

double
mh_place_lon (MhPlace *place)
{
  return place->lon;
}

MhPlaceShape
mh_place_shape (MhPlace *place)
{
  return place->shape;
}

char *
mh_place_text (double lat, double lon)
{
  char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (first, sizeof first, "%.5f", lat);
  g_ascii_formatd (second, sizeof second, "%.5f", lon);
  return g_strdup_printf ("%s,%s", first, second);
}

static gboolean
place_take_point (GArray *points, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  JsonArray *pair = json_node_get_array (node);
  if (json_array_get_length (pair) != 2 || !JSON_NODE_HOLDS_VALUE (json_array_get_element (pair, 0))
      || !JSON_NODE_HOLDS_VALUE (json_array_get_element (pair, 1)))
    return FALSE;

  MhPoint point
      = { json_array_get_double_element (pair, 0), json_array_get_double_element (pair, 1) };
  g_array_append_val (points, point);
  return TRUE;
}

static void
place_take_line (GArray *points, JsonNode *node)
{
  JsonArray *line = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (line); i++)
    place_take_point (points, json_array_get_element (line, i));
}

GArray *
mh_points_read (const char *json)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (MhPoint));
  g_autoptr (JsonNode) node
      = json != NULL ? mh_json_parse_within (json, -1, MOST_VALUES, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || place_take_point (points, node))
    return points;

  place_take_line (points, node);
  return points;
}

GPtrArray *
mh_rings_read (const char *json)
{
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (JsonNode) node
      = json != NULL ? mh_json_parse_within (json, -1, MOST_VALUES, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return rings;

  JsonArray *all = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      GArray *ring = g_array_new (FALSE, FALSE, sizeof (MhPoint));
      if (JSON_NODE_HOLDS_ARRAY (json_array_get_element (all, i)))
        place_take_line (ring, json_array_get_element (all, i));
      g_ptr_array_add (rings, ring);
    }
  return rings;
}

double
mh_rings_square_km (GPtrArray *rings)
{
  double doubled = 0;
  for (guint i = 0; i < rings->len; i++)
    {
      const GArray *ring = g_ptr_array_index (rings, i);
      for (guint j = 0; j < ring->len; j++)
        {
          const MhPoint *a = &g_array_index (ring, MhPoint, j);
          const MhPoint *b = &g_array_index (ring, MhPoint, (j + 1) % ring->len);
          doubled
              += (a->lon - b->lon) * RADIANS * (sin (a->lat * RADIANS) + sin (b->lat * RADIANS));
        }
    }
  return fabs (doubled) / 2 * EARTH_KM * EARTH_KM;
}
