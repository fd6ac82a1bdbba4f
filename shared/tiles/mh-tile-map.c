/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-map.h"

#include "shared/tiles/mh-tile-kind.h"
#include "shared/tiles/mh-tile-rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Raised when what is drawn of the same data changes; part of the version. */
#define TILE_RULES 2
/* A cell of the grid is a tile of this zoom. Below it, features are looked through: few show. */
#define GRID_ZOOM 14
/* What touches more cells is in a list of its own. */
#define MOST_CELLS 64

/* A feature in one cell. */
typedef struct
{
  guint32 cell, feature;
} Place;

struct _MhTileMap
{
  gatomicrefcount refs;
  GArray *features; /* MhTileFeature */
  GArray *parts;    /* guint32: where each begins in spots, and one more at the end */
  GArray *spots;    /* MhTileSpot */
  GString *texts;   /* each ends with 0; the first is empty */
  GArray *early;    /* guint32: features that show below GRID_ZOOM */
  GArray *wide;     /* guint32: features of many cells */
  GArray *places;   /* Place, by cell, then feature */
  char version[17];
};

/* While it is made. */
typedef struct
{
  const MhOsm *osm;
  MhTileMap *map;
  MhTileKinds *kinds;
  GHashTable *numbers; /* text → where it stands in texts */
  guint8 *is_drawn;    /* by way: a multipolygon has drawn it with its holes */
} Maker;

/* --- making --- */

static MhTileSpot
tile_map_spot (MhGeoPoint point)
{
  double x, y;
  mh_geo_to_mercator (point, &x, &y);
  return (MhTileSpot){ (guint32)CLAMP (floor (x * 4294967296.0), 0, 4294967295.0),
                       (guint32)CLAMP (floor (y * 4294967296.0), 0, 4294967295.0) };
}

static guint32
tile_map_number (Maker *maker, const char *text)
{
  if (text == NULL)
    return 0;
  gpointer known = g_hash_table_lookup (maker->numbers, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known);
  guint32 number = (guint32)maker->map->texts->len;
  g_string_append_len (maker->map->texts, text, strlen (text) + 1);
  g_hash_table_insert (maker->numbers, g_strdup (text), GUINT_TO_POINTER (number));
  return number;
}

static void
tile_map_begin (Maker *maker, MhTileFeature *feature)
{
  feature->first_part = maker->map->parts->len;
  feature->n_parts = 0;
  feature->min = (MhTileSpot){ G_MAXUINT32, G_MAXUINT32 };
  feature->max = (MhTileSpot){ 0, 0 };
}

static void
tile_map_add_spot (Maker *maker, MhTileFeature *feature, MhTileSpot spot)
{
  feature->min.x = MIN (feature->min.x, spot.x);
  feature->min.y = MIN (feature->min.y, spot.y);
  feature->max.x = MAX (feature->max.x, spot.x);
  feature->max.y = MAX (feature->max.y, spot.y);
  g_array_append_val (maker->map->spots, spot);
}

static void
tile_map_begin_part (Maker *maker, MhTileFeature *feature)
{
  guint32 start = maker->map->spots->len;
  g_array_append_val (maker->map->parts, start);
  feature->n_parts++;
}

/* A line is broken where the file lacks a node. */
static void
tile_map_add_line (Maker *maker, MhTileFeature *feature, const guint32 *nodes, guint32 n)
{
  gboolean is_open = FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      if (nodes[i] == MH_OSM_NONE)
        {
          is_open = FALSE;
          continue;
        }
      if (!is_open)
        tile_map_begin_part (maker, feature);
      is_open = TRUE;
      tile_map_add_spot (maker, feature, tile_map_spot (mh_osm_point (maker->osm, nodes[i])));
    }
}

static void
tile_map_end (Maker *maker, const MhTileFeature *feature)
{
  if (feature->n_parts > 0)
    g_array_append_val (maker->map->features, *feature);
}

/* A text in the middle of @box of a feature, or at a node. */
static void
tile_map_add_point (Maker *maker, MhOsmSpan tags, MhTileSpot min, MhTileSpot max)
{
  MhTileFeature feature;
  if (tags.count == 0 || !mh_tile_kinds_of_point (maker->kinds, tags, &feature))
    return;
  feature.name = tile_map_number (maker, mh_tile_kinds_text (maker->kinds, tags, feature.kind));
  MhTileSpot middle = { min.x + (max.x - min.x) / 2, min.y + (max.y - min.y) / 2 };
  tile_map_begin (maker, &feature);
  tile_map_begin_part (maker, &feature);
  tile_map_add_spot (maker, &feature, middle);
  tile_map_end (maker, &feature);
}

static void
tile_map_add_way (Maker *maker, const MhOsmWay *way)
{
  MhTileFeature feature;
  gboolean is_ring = mh_tile_rings_is_ring (maker->osm, way);
  gboolean is_shape = mh_tile_kinds_of_shape (maker->kinds, way->tags, is_ring, &feature);
  if (!is_shape && !is_ring)
    return;
  if (!is_shape)
    feature = (MhTileFeature){ 0 };
  else if (!MH_TILE_IS_AREA (feature.kind))
    feature.name
        = tile_map_number (maker, mh_tile_kinds_text (maker->kinds, way->tags, feature.kind));

  guint before = maker->map->spots->len;
  tile_map_begin (maker, &feature);
  tile_map_add_line (maker, &feature, mh_osm_way_nodes (maker->osm, way), way->nodes.count);
  if (is_shape)
    tile_map_end (maker, &feature);
  else
    {
      g_array_set_size (maker->map->spots, before);
      g_array_set_size (maker->map->parts, feature.first_part);
    }
  if (is_ring)
    tile_map_add_point (maker, way->tags, feature.min, feature.max);
}

/* The tags of an old multipolygon stand at its outer way. */
static MhOsmSpan
tile_map_outer_tags (Maker *maker, const MhOsmRelation *relation, MhTileFeature *out_feature)
{
  guint n_ways;
  const MhOsmWay *ways = mh_osm_ways (maker->osm, &n_ways);
  const MhOsmMember *members = mh_osm_members (maker->osm, relation);
  for (guint32 i = 0; i < relation->members.count; i++)
    {
      if (members[i].kind != MH_OSM_WAY || members[i].index >= n_ways
          || strcmp (mh_osm_text (maker->osm, members[i].role), "inner") == 0)
        continue;
      MhOsmSpan tags = ways[members[i].index].tags;
      if (mh_tile_kinds_of_shape (maker->kinds, tags, TRUE, out_feature)
          && MH_TILE_IS_AREA (out_feature->kind))
        return tags;
    }
  return (MhOsmSpan){ 0 };
}

/* Outer ways that say the same are drawn with the holes, not once more without. */
static void
tile_map_mark_drawn (Maker *maker, const MhOsmRelation *relation, MhTileKind kind)
{
  guint n_ways;
  const MhOsmWay *ways = mh_osm_ways (maker->osm, &n_ways);
  const MhOsmMember *members = mh_osm_members (maker->osm, relation);
  for (guint32 i = 0; i < relation->members.count; i++)
    {
      MhTileFeature own;
      if (members[i].kind == MH_OSM_WAY && members[i].index < n_ways
          && strcmp (mh_osm_text (maker->osm, members[i].role), "inner") != 0
          && mh_tile_kinds_of_shape (maker->kinds, ways[members[i].index].tags, TRUE, &own)
          && own.kind == kind)
        maker->is_drawn[members[i].index] = 1;
    }
}

static void
tile_map_add_relation (Maker *maker, const MhOsmRelation *relation)
{
  MhTileFeature feature;
  const char *type = mh_osm_tag (maker->osm, relation->tags, "type");
  if (type == NULL || strcmp (type, "multipolygon") != 0)
    return;
  MhOsmSpan tags = relation->tags;
  if (!mh_tile_kinds_of_shape (maker->kinds, tags, TRUE, &feature)
      || !MH_TILE_IS_AREA (feature.kind))
    tags = tile_map_outer_tags (maker, relation, &feature);
  if (tags.count == 0)
    return;

  g_autoptr (GPtrArray) rings = mh_tile_rings_of (maker->osm, relation);
  tile_map_begin (maker, &feature);
  for (guint i = 0; i < rings->len; i++)
    {
      GArray *ring = g_ptr_array_index (rings, i);
      tile_map_add_line (maker, &feature, (const guint32 *)(void *)ring->data, ring->len);
    }
  if (feature.n_parts == 0)
    return;
  tile_map_end (maker, &feature);
  tile_map_mark_drawn (maker, relation, feature.kind);
  tile_map_add_point (maker, tags, feature.min, feature.max);
}

static void
tile_map_gather (Maker *maker)
{
  guint n_nodes, n_ways, n_relations;
  const MhOsmNode *nodes = mh_osm_nodes (maker->osm, &n_nodes);
  const MhOsmWay *ways = mh_osm_ways (maker->osm, &n_ways);
  const MhOsmRelation *relations = mh_osm_relations (maker->osm, &n_relations);
  maker->is_drawn = g_new0 (guint8, n_ways + 1);

  for (guint i = 0; i < n_relations; i++)
    tile_map_add_relation (maker, &relations[i]);
  for (guint i = 0; i < n_ways; i++)
    if (!maker->is_drawn[i])
      tile_map_add_way (maker, &ways[i]);
  for (guint i = 0; i < n_nodes; i++)
    if (nodes[i].tags.count > 0)
      {
        MhTileSpot spot = tile_map_spot (mh_osm_point (maker->osm, i));
        tile_map_add_point (maker, nodes[i].tags, spot, spot);
      }
  guint32 end = maker->map->spots->len;
  g_array_append_val (maker->map->parts, end);
}

/* --- order --- */

/* All grounds are one layer, the larger below the smaller; so are the other areas of a kind. */
static guint
tile_map_rank (const MhTileFeature *feature)
{
  return feature->kind < MH_TILE_WATER ? 0 : feature->kind;
}

static double
tile_map_size (const MhTileFeature *feature)
{
  return ((double)feature->max.x - feature->min.x) * ((double)feature->max.y - feature->min.y);
}

static int
tile_map_compare (const void *a, const void *b)
{
  const MhTileFeature *one = a, *other = b;
  guint rank = tile_map_rank (one), other_rank = tile_map_rank (other);
  if (rank != other_rank)
    return rank < other_rank ? -1 : 1;
  double size = tile_map_size (one), other_size = tile_map_size (other);
  if (MH_TILE_IS_AREA (one->kind) && size != other_size)
    return size > other_size ? -1 : 1;
  return one->first_part < other->first_part ? -1 : one->first_part > other->first_part;
}

/* --- grid --- */

static guint32
tile_map_cell (guint32 x, guint32 y)
{
  return (y << GRID_ZOOM) | x;
}

static int
tile_map_compare_places (const void *a, const void *b)
{
  const Place *one = a, *other = b;
  if (one->cell != other->cell)
    return one->cell < other->cell ? -1 : 1;
  return one->feature < other->feature ? -1 : one->feature > other->feature;
}

static void
tile_map_place (MhTileMap *map, guint32 index)
{
  const MhTileFeature *feature = &g_array_index (map->features, MhTileFeature, index);
  const guint shift = 32 - GRID_ZOOM;
  guint32 west = feature->min.x >> shift, east = feature->max.x >> shift;
  guint32 north = feature->min.y >> shift, south = feature->max.y >> shift;
  if (feature->least_zoom < GRID_ZOOM)
    g_array_append_val (map->early, index);
  if ((guint64)(east - west + 1) * (south - north + 1) > MOST_CELLS)
    {
      g_array_append_val (map->wide, index);
      return;
    }

  for (guint32 y = north; y <= south; y++)
    for (guint32 x = west; x <= east; x++)
      {
        Place place = { tile_map_cell (x, y), index };
        g_array_append_val (map->places, place);
      }
}

static void
tile_map_mix (guint64 *hash, const void *data, gsize size)
{
  const guint8 *bytes = data;
  for (gsize i = 0; i < size; i++)
    *hash = (*hash ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
}

static void
tile_map_stamp (MhTileMap *map)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  guint rules = TILE_RULES;
  tile_map_mix (&hash, &rules, sizeof rules);
  for (guint i = 0; i < map->features->len; i++)
    {
      const MhTileFeature *feature = &g_array_index (map->features, MhTileFeature, i);
      guint32 words[] = { feature->kind, feature->least_zoom, (guint32)feature->layer,
                          feature->name, feature->first_part, feature->n_parts };
      tile_map_mix (&hash, words, sizeof words);
    }
  tile_map_mix (&hash, map->parts->data, (gsize)map->parts->len * sizeof (guint32));
  tile_map_mix (&hash, map->spots->data, (gsize)map->spots->len * sizeof (MhTileSpot));
  tile_map_mix (&hash, map->texts->str, map->texts->len);
  g_snprintf (map->version, sizeof map->version, "%016" G_GINT64_MODIFIER "x", hash);
}

/* --- life --- */

MhTileMap *
mh_tile_map_new (const MhOsm *osm)
{
  MhTileMap *map = g_new0 (MhTileMap, 1);
  g_atomic_ref_count_init (&map->refs);
  map->features = g_array_new (FALSE, FALSE, sizeof (MhTileFeature));
  map->parts = g_array_new (FALSE, FALSE, sizeof (guint32));
  map->spots = g_array_new (FALSE, FALSE, sizeof (MhTileSpot));
  map->texts = g_string_new_len ("", 1);
  map->early = g_array_new (FALSE, FALSE, sizeof (guint32));
  map->wide = g_array_new (FALSE, FALSE, sizeof (guint32));
  map->places = g_array_new (FALSE, FALSE, sizeof (Place));

  Maker maker = { osm, map, mh_tile_kinds_new (osm), NULL, NULL };
  maker.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tile_map_gather (&maker);
  g_free (maker.is_drawn);
  g_hash_table_unref (maker.numbers);
  mh_tile_kinds_free (maker.kinds);

  g_array_sort (map->features, tile_map_compare);
  for (guint32 i = 0; i < map->features->len; i++)
    tile_map_place (map, i);
  g_array_sort (map->places, tile_map_compare_places);
  tile_map_stamp (map);
  return map;
}

MhTileMap *
mh_tile_map_ref (MhTileMap *map)
{
  g_atomic_ref_count_inc (&map->refs);
  return map;
}

void
mh_tile_map_unref (MhTileMap *map)
{
  if (!g_atomic_ref_count_dec (&map->refs))
    return;
  g_array_unref (map->features);
  g_array_unref (map->parts);
  g_array_unref (map->spots);
  g_string_free (map->texts, TRUE);
  g_array_unref (map->early);
  g_array_unref (map->wide);
  g_array_unref (map->places);
  g_free (map);
}

/* --- asking --- */

const char *
mh_tile_map_version (const MhTileMap *map)
{
  return map->version;
}

guint
mh_tile_map_n_features (const MhTileMap *map)
{
  return map->features->len;
}

const MhTileFeature *
mh_tile_map_feature (const MhTileMap *map, guint index)
{
  return &g_array_index (map->features, MhTileFeature, index);
}

const char *
mh_tile_map_text (const MhTileMap *map, guint32 text)
{
  return map->texts->str + text;
}

const MhTileSpot *
mh_tile_map_part (const MhTileMap *map, guint32 part, guint *out_n)
{
  guint32 first = g_array_index (map->parts, guint32, part);
  *out_n = g_array_index (map->parts, guint32, part + 1) - first;
  return &g_array_index (map->spots, MhTileSpot, first);
}

static void
tile_map_take (const MhTileMap *map,
               guint zoom,
               MhTileSpot min,
               MhTileSpot max,
               guint32 index,
               GArray *found)
{
  const MhTileFeature *feature = mh_tile_map_feature (map, index);
  if (feature->least_zoom <= zoom && feature->min.x <= max.x && feature->max.x >= min.x
      && feature->min.y <= max.y && feature->max.y >= min.y)
    g_array_append_val (found, index);
}

/* The first place at or after @cell. */
static guint
tile_map_first (const MhTileMap *map, guint32 cell)
{
  guint low = 0, high = map->places->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (map->places, Place, middle).cell < cell)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The cells of a row lie side by side in places. */
static void
tile_map_find_cells (const MhTileMap *map,
                     guint zoom,
                     MhTileSpot min,
                     MhTileSpot max,
                     GArray *found)
{
  const guint shift = 32 - GRID_ZOOM;
  for (guint32 y = min.y >> shift; y <= max.y >> shift; y++)
    {
      guint32 last = tile_map_cell (max.x >> shift, y);
      for (guint i = tile_map_first (map, tile_map_cell (min.x >> shift, y));
           i < map->places->len && g_array_index (map->places, Place, i).cell <= last; i++)
        tile_map_take (map, zoom, min, max, g_array_index (map->places, Place, i).feature, found);
    }
}

static int
tile_map_compare_numbers (const void *a, const void *b)
{
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
  return one < other ? -1 : one > other;
}

GArray *
mh_tile_map_find (const MhTileMap *map, guint zoom, MhTileSpot min, MhTileSpot max)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  const GArray *list = zoom < GRID_ZOOM ? map->early : map->wide;
  for (guint i = 0; i < list->len; i++)
    tile_map_take (map, zoom, min, max, g_array_index (list, guint32, i), found);
  if (zoom < GRID_ZOOM)
    return found;

  tile_map_find_cells (map, zoom, min, max, found);
  g_array_sort (found, tile_map_compare_numbers);
  guint kept = 0;
  for (guint i = 0; i < found->len; i++)
    {
      guint32 index = g_array_index (found, guint32, i);
      if (kept == 0 || g_array_index (found, guint32, kept - 1) != index)
        g_array_index (found, guint32, kept++) = index;
    }
  g_array_set_size (found, kept);
  return found;
}
