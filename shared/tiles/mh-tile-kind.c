/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-kind.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *key, *value; /* NULL: any but "no" */
  MhTileKind kind;
  guint8 least_zoom;
} Rule;

/* The first that fits counts. */
/* clang-format off */
static const Rule shapes[] = {
  { "highway", "motorway", MH_TILE_MOTORWAY, 8 }, { "highway", "motorway_link", MH_TILE_MOTORWAY, 11 },
  { "highway", "trunk", MH_TILE_TRUNK, 8 }, { "highway", "trunk_link", MH_TILE_TRUNK, 11 },
  { "highway", "primary", MH_TILE_PRIMARY, 8 }, { "highway", "primary_link", MH_TILE_PRIMARY, 12 },
  { "highway", "secondary", MH_TILE_SECONDARY, 10 }, { "highway", "secondary_link", MH_TILE_SECONDARY, 12 },
  { "highway", "tertiary", MH_TILE_TERTIARY, 11 }, { "highway", "tertiary_link", MH_TILE_TERTIARY, 13 },
  { "highway", "residential", MH_TILE_STREET, 12 }, { "highway", "unclassified", MH_TILE_STREET, 12 },
  { "highway", "living_street", MH_TILE_STREET, 13 }, { "highway", "road", MH_TILE_STREET, 12 },
  { "highway", "service", MH_TILE_SERVICE, 14 }, { "highway", "pedestrian", MH_TILE_SERVICE, 14 },
  { "highway", "busway", MH_TILE_SERVICE, 14 }, { "highway", "track", MH_TILE_TRACK, 14 },
  { "highway", "path", MH_TILE_PATH, 15 }, { "highway", "footway", MH_TILE_PATH, 15 },
  { "highway", "cycleway", MH_TILE_PATH, 15 }, { "highway", "bridleway", MH_TILE_PATH, 15 },
  { "highway", "steps", MH_TILE_PATH, 15 },
  { "railway", "rail", MH_TILE_RAIL, 10 }, { "railway", "light_rail", MH_TILE_RAIL, 12 },
  { "railway", "narrow_gauge", MH_TILE_RAIL, 12 }, { "railway", "tram", MH_TILE_RAIL, 14 },
  { "waterway", "river", MH_TILE_RIVER, 8 }, { "waterway", "canal", MH_TILE_RIVER, 11 },
  { "waterway", "stream", MH_TILE_STREAM, 13 }, { "waterway", "ditch", MH_TILE_STREAM, 15 },
  { "waterway", "drain", MH_TILE_STREAM, 15 },
  { "natural", "water", MH_TILE_WATER, 8 }, { "waterway", "riverbank", MH_TILE_WATER, 8 },
  { "landuse", "reservoir", MH_TILE_WATER, 8 }, { "landuse", "basin", MH_TILE_WATER, 12 },
  { "leisure", "swimming_pool", MH_TILE_WATER, 16 },
  { "building", NULL, MH_TILE_BUILDING, 14 },
  { "amenity", "hospital", MH_TILE_CARE, 13 }, { "amenity", "clinic", MH_TILE_CARE, 14 },
  { "natural", "wood", MH_TILE_WOOD, 8 }, { "landuse", "forest", MH_TILE_WOOD, 8 },
  { "natural", "scrub", MH_TILE_WOOD, 12 },
  { "landuse", "grass", MH_TILE_GRASS, 13 }, { "landuse", "meadow", MH_TILE_GRASS, 11 },
  { "landuse", "recreation_ground", MH_TILE_GRASS, 12 }, { "landuse", "village_green", MH_TILE_GRASS, 13 },
  { "landuse", "cemetery", MH_TILE_GRASS, 13 }, { "landuse", "orchard", MH_TILE_GRASS, 12 },
  { "landuse", "vineyard", MH_TILE_GRASS, 12 }, { "leisure", "park", MH_TILE_GRASS, 12 },
  { "leisure", "garden", MH_TILE_GRASS, 14 }, { "leisure", "pitch", MH_TILE_GRASS, 14 },
  { "leisure", "golf_course", MH_TILE_GRASS, 12 }, { "leisure", "playground", MH_TILE_GRASS, 15 },
  { "natural", "grassland", MH_TILE_GRASS, 11 }, { "natural", "heath", MH_TILE_GRASS, 11 },
  { "natural", "wetland", MH_TILE_GRASS, 11 },
  { "natural", "bare_rock", MH_TILE_ROCK, 11 }, { "natural", "scree", MH_TILE_ROCK, 11 },
  { "natural", "beach", MH_TILE_ROCK, 13 }, { "natural", "sand", MH_TILE_ROCK, 13 },
  { "landuse", "quarry", MH_TILE_ROCK, 12 },
  { "landuse", "farm", MH_TILE_FIELD, 11 }, { "landuse", "farmland", MH_TILE_FIELD, 11 },
  { "landuse", "farmyard", MH_TILE_FIELD, 14 },
  { "landuse", "industrial", MH_TILE_WORKS, 11 }, { "landuse", "commercial", MH_TILE_WORKS, 11 },
  { "landuse", "retail", MH_TILE_WORKS, 12 }, { "landuse", "railway", MH_TILE_WORKS, 12 },
  { "landuse", "construction", MH_TILE_WORKS, 13 },
  { "landuse", "residential", MH_TILE_HOMES, 10 },
  { "amenity", "parking", MH_TILE_PAVED, 15 }, { "aeroway", "runway", MH_TILE_PAVED, 11 },
  { "aeroway", "apron", MH_TILE_PAVED, 12 },
};

static const Rule points[] = {
  { "place", "city", MH_TILE_CITY, 8 }, { "place", "town", MH_TILE_TOWN, 9 },
  { "place", "village", MH_TILE_VILLAGE, 11 }, { "place", "suburb", MH_TILE_SUBURB, 13 },
  { "place", "quarter", MH_TILE_SUBURB, 14 }, { "place", "neighbourhood", MH_TILE_SUBURB, 15 },
  { "place", "hamlet", MH_TILE_HAMLET, 14 }, { "place", "locality", MH_TILE_HAMLET, 15 },
  { "place", "isolated_dwelling", MH_TILE_HAMLET, 15 }, { "place", "farm", MH_TILE_HAMLET, 15 },
  { "amenity", "hospital", MH_TILE_HOSPITAL, 12 }, { "amenity", "clinic", MH_TILE_HOSPITAL, 15 },
  { "railway", "station", MH_TILE_LANDMARK, 15 }, { "railway", "halt", MH_TILE_LANDMARK, 16 },
  { "amenity", "fire_station", MH_TILE_LANDMARK, 15 }, { "amenity", "police", MH_TILE_LANDMARK, 15 },
  { "amenity", "school", MH_TILE_LANDMARK, 16 }, { "amenity", "university", MH_TILE_LANDMARK, 16 },
  { "amenity", "college", MH_TILE_LANDMARK, 16 }, { "amenity", "townhall", MH_TILE_LANDMARK, 16 },
  { "amenity", "place_of_worship", MH_TILE_LANDMARK, 16 }, { "amenity", NULL, MH_TILE_LANDMARK, 17 },
  { "tourism", NULL, MH_TILE_LANDMARK, 17 }, { "historic", NULL, MH_TILE_LANDMARK, 17 },
  { "shop", NULL, MH_TILE_LANDMARK, 18 }, { "leisure", "stadium", MH_TILE_LANDMARK, 15 },
  { "addr:housenumber", NULL, MH_TILE_NUMBER, 17 },
};
/* clang-format on */

struct _MhTileKinds
{
  const MhOsm *osm;
  MhOsmTag shapes[G_N_ELEMENTS (shapes)], points[G_N_ELEMENTS (points)];
  guint32 no, name, name_en, number, layer, tunnel, bridge;
};

static void
tile_kind_number (const MhOsm *osm, const Rule *rules, guint n, MhOsmTag *numbers)
{
  for (guint i = 0; i < n; i++)
    {
      numbers[i].key = mh_osm_text_number (osm, rules[i].key);
      numbers[i].value
          = rules[i].value != NULL ? mh_osm_text_number (osm, rules[i].value) : MH_OSM_NONE;
    }
}

MhTileKinds *
mh_tile_kinds_new (const MhOsm *osm)
{
  MhTileKinds *kinds = g_new0 (MhTileKinds, 1);
  kinds->osm = osm;
  tile_kind_number (osm, shapes, G_N_ELEMENTS (shapes), kinds->shapes);
  tile_kind_number (osm, points, G_N_ELEMENTS (points), kinds->points);
  kinds->no = mh_osm_text_number (osm, "no");
  kinds->name = mh_osm_text_number (osm, "name");
  kinds->name_en = mh_osm_text_number (osm, "name:en");
  kinds->number = mh_osm_text_number (osm, "addr:housenumber");
  kinds->layer = mh_osm_text_number (osm, "layer");
  kinds->tunnel = mh_osm_text_number (osm, "tunnel");
  kinds->bridge = mh_osm_text_number (osm, "bridge");
  return kinds;
}

void
mh_tile_kinds_free (MhTileKinds *kinds)
{
  g_free (kinds);
}

static gboolean
tile_kind_fits (const MhTileKinds *kinds, MhOsmTag tag, const Rule *rule, MhOsmTag number)
{
  return number.key == tag.key && number.key != MH_OSM_NONE
         && (rule->value != NULL ? tag.value == number.value && number.value != MH_OSM_NONE
                                 : tag.value != kinds->no);
}

static const Rule *
tile_kind_rule (const MhTileKinds *kinds,
                MhOsmSpan span,
                const Rule *rules,
                const MhOsmTag *numbers,
                guint n)
{
  const MhOsmTag *tags = mh_osm_tags (kinds->osm, span);
  guint best = n;
  for (guint32 t = 0; t < span.count; t++)
    for (guint i = 0; i < best; i++)
      if (tile_kind_fits (kinds, tags[t], &rules[i], numbers[i]))
        best = i;
  return best < n ? &rules[best] : NULL;
}

static gboolean
tile_kind_has (const MhTileKinds *kinds, MhOsmSpan tags, guint32 key)
{
  guint32 value = key != MH_OSM_NONE ? mh_osm_tag_number (kinds->osm, tags, key) : MH_OSM_NONE;
  return value != MH_OSM_NONE && value != kinds->no;
}

static gint8
tile_kind_layer (const MhTileKinds *kinds, MhOsmSpan tags)
{
  if (tile_kind_has (kinds, tags, kinds->layer))
    {
      guint32 value = mh_osm_tag_number (kinds->osm, tags, kinds->layer);
      return (gint8)CLAMP (strtol (mh_osm_text (kinds->osm, value), NULL, 10), -5, 5);
    }
  return tile_kind_has (kinds, tags, kinds->tunnel)   ? -1
         : tile_kind_has (kinds, tags, kinds->bridge) ? 1
                                                      : 0;
}

gboolean
mh_tile_kinds_of_shape (const MhTileKinds *kinds,
                        MhOsmSpan tags,
                        gboolean is_ring,
                        MhTileFeature *out_feature)
{
  const Rule *rule = tile_kind_rule (kinds, tags, shapes, kinds->shapes, G_N_ELEMENTS (shapes));
  if (rule == NULL || (MH_TILE_IS_AREA (rule->kind) && !is_ring))
    return FALSE;

  *out_feature = (MhTileFeature){ .kind = rule->kind, .least_zoom = rule->least_zoom };
  if (!MH_TILE_IS_AREA (rule->kind))
    out_feature->layer = tile_kind_layer (kinds, tags);
  return TRUE;
}

gboolean
mh_tile_kinds_of_point (const MhTileKinds *kinds, MhOsmSpan tags, MhTileFeature *out_feature)
{
  const Rule *rule = tile_kind_rule (kinds, tags, points, kinds->points, G_N_ELEMENTS (points));
  if (rule == NULL)
    return FALSE;
  /* what has no name but a number is a house */
  gboolean is_house
      = rule->kind == MH_TILE_LANDMARK && mh_tile_kinds_text (kinds, tags, rule->kind) == NULL;
  MhTileKind kind = is_house ? MH_TILE_NUMBER : rule->kind;
  *out_feature = (MhTileFeature){ .kind = kind, .least_zoom = is_house ? 17 : rule->least_zoom };
  return mh_tile_kinds_text (kinds, tags, kind) != NULL || kind == MH_TILE_HOSPITAL;
}

static const char *
tile_kind_value (const MhTileKinds *kinds, MhOsmSpan tags, guint32 key)
{
  guint32 value = key != MH_OSM_NONE ? mh_osm_tag_number (kinds->osm, tags, key) : MH_OSM_NONE;
  const char *text = value != MH_OSM_NONE ? mh_osm_text (kinds->osm, value) : "";
  return text[0] != 0 ? text : NULL;
}

const char *
mh_tile_kinds_text (const MhTileKinds *kinds, MhOsmSpan tags, MhTileKind kind)
{
  if (kind == MH_TILE_NUMBER)
    return tile_kind_value (kinds, tags, kinds->number);
  const char *name = tile_kind_value (kinds, tags, kinds->name);
  return name != NULL ? name : tile_kind_value (kinds, tags, kinds->name_en);
}
