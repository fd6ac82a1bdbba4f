/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The emergency profile: what tags say about who may drive where, and how fast. */
#include "shared/geo/mh-road-private.h"

#include <string.h>

static const struct
{
  const char *highway;
  MhRoadClass road_class;
  guint kmh;
} road_kinds[] = {
  { "motorway", MH_ROAD_MOTORWAY, 110 },
  { "motorway_link", MH_ROAD_MOTORWAY, 60 },
  { "trunk", MH_ROAD_TRUNK, 85 },
  { "trunk_link", MH_ROAD_TRUNK, 50 },
  { "primary", MH_ROAD_PRIMARY, 65 },
  { "primary_link", MH_ROAD_PRIMARY, 45 },
  { "secondary", MH_ROAD_SECONDARY, 60 },
  { "secondary_link", MH_ROAD_SECONDARY, 40 },
  { "tertiary", MH_ROAD_TERTIARY, 50 },
  { "tertiary_link", MH_ROAD_TERTIARY, 35 },
  { "unclassified", MH_ROAD_UNCLASSIFIED, 45 },
  { "road", MH_ROAD_UNCLASSIFIED, 30 },
  { "residential", MH_ROAD_RESIDENTIAL, 35 },
  { "living_street", MH_ROAD_LIVING_STREET, 15 },
  { "service", MH_ROAD_SERVICE, 20 },
  { "track", MH_ROAD_TRACK, 15 },
  { "pedestrian", MH_ROAD_PEDESTRIAN, 10 },
};
/* Not for cars, but where emergency or motor vehicles are named. */
static const char *const road_paths[] = { "footway", "path", "cycleway", "bridleway", "busway" };

static gboolean
road_is_one_of (const char *text, const char *const *words, guint n)
{
  for (guint i = 0; text != NULL && i < n; i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
road_is_yes (const char *text)
{
  static const char *const words[] = { "yes", "designated", "official", "permissive", "true", "1" };
  return road_is_one_of (text, words, G_N_ELEMENTS (words));
}

/* The value of the most particular key that is there; NULL: none. */
static const char *
road_access (const MhOsm *osm, MhOsmSpan tags)
{
  static const char *const keys[] = { "motorcar", "motor_vehicle", "vehicle", "access" };
  const char *value = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys) && value == NULL; i++)
    value = mh_osm_tag (osm, tags, keys[i]);
  return value;
}

static gboolean
road_may_enter (const MhOsm *osm, MhOsmSpan tags, gboolean is_path, gboolean *out_private)
{
  const char *emergency = mh_osm_tag (osm, tags, "emergency"), *access = road_access (osm, tags);

  *out_private = g_strcmp0 (access, "private") == 0;
  if (emergency != NULL && strcmp (emergency, "no") == 0)
    return FALSE;
  if (road_is_yes (emergency))
    return TRUE;
  if (is_path)
    return road_is_yes (mh_osm_tag (osm, tags, "motor_vehicle"))
           || road_is_yes (mh_osm_tag (osm, tags, "motorcar"));
  return g_strcmp0 (access, "no") != 0;
}

/* FORWARD, BACKWARD; 0: by turns, which nobody can tell. */
static guint8
road_directions (const MhOsm *osm, MhOsmSpan tags, const char *highway, gboolean is_roundabout)
{
  const char *oneway = mh_osm_tag (osm, tags, "oneway");
  if (g_strcmp0 (mh_osm_tag (osm, tags, "oneway:emergency"), "no") == 0)
    return MH_ROAD_FORWARD | MH_ROAD_BACKWARD;
  if (oneway == NULL)
    return is_roundabout || strcmp (highway, "motorway") == 0 ? MH_ROAD_FORWARD
                                                              : MH_ROAD_FORWARD | MH_ROAD_BACKWARD;

  if (strcmp (oneway, "-1") == 0 || strcmp (oneway, "reverse") == 0)
    return MH_ROAD_BACKWARD;
  if (strcmp (oneway, "reversible") == 0)
    return 0;
  return road_is_yes (oneway) ? MH_ROAD_FORWARD : MH_ROAD_FORWARD | MH_ROAD_BACKWARD;
}

/* "50", "30 mph"; 0: words or nothing. */
static guint
road_maxspeed (const char *text)
{
  char *end = NULL;
  const double number = text != NULL ? g_ascii_strtod (text, &end) : 0;
  if (end == NULL || end == text || !(number > 0 && number < 1000))
    return 0;

  while (*end == ' ')
    end++;
  if (strcmp (end, "mph") == 0)
    return (guint)(number * 1.609344 * 0.85);
  return *end == 0 || strcmp (end, "km/h") == 0 || strcmp (end, "kmh") == 0 ? (guint)(number * 0.85)
                                                                            : 0;
}

MhRoadWay
mh_road_way_judge (const MhOsm *osm, MhOsmSpan tags)
{
  MhRoadWay way = { 0 };
  const char *highway = mh_osm_tag (osm, tags, "highway");
  const char *junction = mh_osm_tag (osm, tags, "junction");
  const gboolean is_path = road_is_one_of (highway, road_paths, G_N_ELEMENTS (road_paths));
  gboolean is_private;

  for (guint i = 0; highway != NULL && i < G_N_ELEMENTS (road_kinds); i++)
    if (strcmp (highway, road_kinds[i].highway) == 0)
      {
        way.road_class = road_kinds[i].road_class;
        way.kmh = road_kinds[i].kmh;
      }
  if (is_path)
    {
      way.road_class = MH_ROAD_PEDESTRIAN;
      way.kmh = 10;
    }
  if (way.kmh == 0 || !road_may_enter (osm, tags, is_path, &is_private)
      || g_strcmp0 (mh_osm_tag (osm, tags, "area"), "yes") == 0)
    return way;

  const gboolean is_roundabout
      = g_strcmp0 (junction, "roundabout") == 0 || g_strcmp0 (junction, "circular") == 0;
  const guint told = road_maxspeed (mh_osm_tag (osm, tags, "maxspeed"));
  way.flags = road_directions (osm, tags, highway, is_roundabout);
  if (way.flags == 0)
    return way;
  if (told > 0 && way.road_class < MH_ROAD_TRACK)
    way.kmh = CLAMP (told, 5, 130);
  if (is_roundabout)
    {
      way.flags |= MH_ROAD_ROUNDABOUT;
      way.kmh = MIN (way.kmh, 30);
    }
  else if (way.road_class > MH_ROAD_TRUNK)
    way.flags |= MH_ROAD_EXEMPT;
  if (is_private)
    way.flags |= MH_ROAD_PRIVATE;
  return way;
}

gboolean
mh_road_is_blocked (const MhOsm *osm, MhOsmSpan tags)
{
  static const char *const blocks[]
      = { "bollard",      "block",     "jersey_barrier", "debris", "cycle_barrier",
          "kissing_gate", "turnstile", "stile",          "chain",  "log" };
  static const char *const yielding[] = { "removable", "rising", "foldable", "flexible" };
  const char *barrier = mh_osm_tag (osm, tags, "barrier");
  gboolean is_private;
  if (barrier == NULL)
    return FALSE;
  if (!road_may_enter (osm, tags, FALSE, &is_private))
    return TRUE;

  return road_is_one_of (barrier, blocks, G_N_ELEMENTS (blocks))
         && !road_is_yes (mh_osm_tag (osm, tags, "emergency"))
         && !road_is_yes (road_access (osm, tags))
         && !road_is_one_of (mh_osm_tag (osm, tags, "bollard"), yielding, G_N_ELEMENTS (yielding));
}
