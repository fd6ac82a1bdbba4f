/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/maps/mh-maps-service.h"

#include <math.h>
#include <string.h>

#include "shared/geo/mh-road-nearest.h"
#include "shared/geo/mh-road-reach.h"
#include "shared/geo/mh-road-route.h"
#include "shared/geo/mh-road-words.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-types.h"

/* Further from a road nobody is driven: the place is wrong, or the map is another region's. */
#define SERVICE_SNAP_METRES 2000
/* How far the outline of what can be reached stands from its roads. */
#define SERVICE_BESIDE_METRES 60

/* --- places --- */

static gboolean
maps_service_place (const char *field, const char *text, MhGeoPoint *out_point, GError **error)
{
  char *end = NULL;
  if (text == NULL || *text == 0)
    {
      mh_error_set_field (error, field, "required", "Give a place as LAT,LON in degrees.");
      return FALSE;
    }

  MhGeoPoint point = { g_ascii_strtod (text, &end), 0 };
  gboolean is_pair = end != text && *end == ',';
  const char *second = is_pair ? end + 1 : text;
  point.lon = g_ascii_strtod (second, &end);
  if (!is_pair || end == second || *end != 0)
    {
      mh_error_set_field (error, field, "format",
                          "A place is LAT,LON in degrees, such as 57.70,11.97.");
      return FALSE;
    }
  if (!mh_geo_is_valid (point))
    {
      mh_error_set_field (error, field, "out_of_range",
                          "There is no such place: LAT goes from -90 to 90, LON from -180 to 180.");
      return FALSE;
    }
  *out_point = point;
  return TRUE;
}

static void
maps_service_put_point (GString *out, MhGeoPoint point)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (lat, sizeof lat, "%.6f", point.lat);
  g_ascii_formatd (lon, sizeof lon, "%.6f", point.lon);
  g_string_append_printf (out, "%s[%s,%s]",
                          out->len > 0 && out->str[out->len - 1] == ']' ? "," : "", lat, lon);
}

static void
maps_service_put_line (GString *out, const GArray *line)
{
  g_string_append (out, out->len > 0 && out->str[out->len - 1] == ']' ? ",[" : "[");
  for (guint i = 0; i < line->len; i++)
    maps_service_put_point (out, g_array_index (line, MhGeoPoint, i));
  g_string_append_c (out, ']');
}

static void
maps_service_set_point (MhRecord *record, guint field, MhGeoPoint point)
{
  g_autoptr (GString) text = g_string_new (NULL);
  maps_service_put_point (text, point);
  mh_record_set_text (record, field, text->str);
}

MhRecord *
mh_maps_service_current (MhMaps *maps, GError **error)
{
  g_autoptr (MhMapInfo) info = mh_maps_info (maps, error);
  g_autoptr (GString) bounds = g_string_new ("[");
  if (info == NULL)
    return NULL;

  MhRecord *record = mh_record_new (&mh_map_type);
  maps_service_put_point (bounds, info->box.min);
  maps_service_put_point (bounds, info->box.max);
  g_string_append_c (bounds, ']');
  mh_record_set_text (record, MH_MAP_NAME, info->name);
  mh_record_set_text (record, MH_MAP_VERSION, info->version);
  mh_record_set_text (record, MH_MAP_ATTRIBUTION, MH_TILE_ATTRIBUTION);
  mh_record_set_int (record, MH_MAP_IMPORTED_AT, info->imported_at);
  mh_record_set_text (record, MH_MAP_BOUNDS, bounds->str);
  maps_service_set_point (record, MH_MAP_CENTRE, info->centre);
  mh_record_set_int (record, MH_MAP_LEAST_ZOOM, MH_TILE_LEAST_ZOOM);
  mh_record_set_int (record, MH_MAP_MOST_ZOOM, MH_TILE_MOST_ZOOM);
  return record;
}

/* --- tiles --- */

/* RFC 9110: a list of tags, or *; W/ before one does not matter here. */
static gboolean
maps_service_knows (const char *known, const char *etag)
{
  g_auto (GStrv) tags = g_strsplit (known != NULL ? known : "", ",", -1);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);
      if (g_str_equal (tag, "*")
          || g_str_equal (g_str_has_prefix (tag, "W/") ? tag + 2 : tag, etag))
        return TRUE;
    }
  return FALSE;
}

GBytes *
mh_maps_service_tile (MhMaps *maps,
                      const char *const path[3],
                      const char *style,
                      const char *known,
                      char **out_etag,
                      GError **error)
{
  MhTile tile;
  MhTileTheme theme = MH_TILE_DAY;
  if (!g_str_has_suffix (path[2], ".png"))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "A tile's path ends in .png.");
      return NULL;
    }

  g_autofree char *y = g_strndup (path[2], strlen (path[2]) - strlen (".png"));
  if (!mh_tile_parse (path[0], path[1], y, &tile, error))
    return NULL;
  if (style != NULL && !mh_tile_theme_parse (style, &theme))
    {
      mh_error_set_field (error, "style", "unknown_code", "The style is day or night.");
      return NULL;
    }

  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return NULL;
  tile.theme = theme;
  g_autofree char *etag = mh_tile_shelf_etag (mh_atlas_tiles (atlas), theme);
  if (!maps_service_knows (known, etag))
    return mh_tile_shelf_get (mh_atlas_tiles (atlas), &tile, out_etag, error);
  *out_etag = g_steal_pointer (&etag);
  return NULL;
}

/* --- roads --- */

static MhRoadSettings
maps_service_settings (MhMaps *maps, const MhAtlas *atlas, const char *profile)
{
  if (g_strcmp0 (profile, MH_MAP_PROFILE_CAR) == 0)
    return (MhRoadSettings){ .traffic = mh_atlas_cars (atlas) };
  return (MhRoadSettings){ .may_go_against = mh_maps_may_go_against (maps) };
}

static gboolean
maps_service_snap (MhRoadSearch *search,
                   const MhRoadSettings *settings,
                   const char *field,
                   MhGeoPoint point,
                   MhRoadPlace *out_place,
                   GError **error)
{
  if (mh_road_snap (mh_road_search_graph (search), settings->traffic, point, NAN,
                    SERVICE_SNAP_METRES, out_place))
    return TRUE;
  mh_error_set_field (error, field, "not_found", "The map has no road within %d km of this place.",
                      SERVICE_SNAP_METRES / 1000);
  return FALSE;
}

static gint64
maps_service_seconds (guint32 milliseconds)
{
  return ((gint64)milliseconds + 500) / 1000;
}

static MhRecord *
maps_service_step (const MhRoadStep *step)
{
  MhRecord *record = mh_record_new (&mh_map_step_type);
  g_autofree char *words = mh_road_words (step);
  mh_record_set_text (record, MH_MAP_STEP_TEXT, words);
  mh_record_set_int (record, MH_MAP_STEP_METRES, llround (step->metres));
  mh_record_set_int (record, MH_MAP_STEP_SECONDS, maps_service_seconds (step->milliseconds));

  const char *street = *step->name != 0 ? step->name : step->ref;
  mh_record_set_text (record, MH_MAP_STEP_TURN, mh_map_turn_codes[step->turn].code);
  mh_record_set_int (record, MH_MAP_STEP_HEADING, llround (step->bearing) % 360);
  if (*street != 0)
    mh_record_set_text (record, MH_MAP_STEP_STREET, street);
  if (step->exit > 0)
    mh_record_set_int (record, MH_MAP_STEP_EXIT, step->exit);
  if (step->is_against)
    mh_record_set_bool (record, MH_MAP_STEP_AGAINST, TRUE);
  return record;
}

static MhRecord *
maps_service_way (const MhRoadRoute *route)
{
  MhRecord *record = mh_record_new (&mh_map_way_type);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) line = g_string_sized_new (route->line->len * 24);

  for (guint i = 0; i < route->steps->len; i++)
    g_ptr_array_add (steps, maps_service_step (&g_array_index (route->steps, MhRoadStep, i)));
  maps_service_put_line (line, route->line);
  mh_record_set_int (record, MH_MAP_WAY_SECONDS, maps_service_seconds (route->milliseconds));
  mh_record_set_int (record, MH_MAP_WAY_METRES, llround (route->metres));
  mh_record_take_records (record, MH_MAP_WAY_INSTRUCTIONS, steps);
  mh_record_set_text (record, MH_MAP_WAY_LINE, line->str);
  return record;
}

MhRecord *
mh_maps_service_route (MhMaps *maps,
                       const char *from,
                       const char *to,
                       const char *profile,
                       GError **error)
{
  MhGeoPoint start, goal;
  MhRoadPlace begin, end;
  if (!maps_service_place ("from", from, &start, error)
      || !maps_service_place ("to", to, &goal, error))
    return NULL;
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return NULL;

  MhRoadSettings settings = maps_service_settings (maps, atlas, profile);
  MhRoadSearch *search = mh_atlas_take_search (atlas);
  g_autoptr (MhRoadRoute) route = NULL;
  if (maps_service_snap (search, &settings, "from", start, &begin, error)
      && maps_service_snap (search, &settings, "to", goal, &end, error))
    route = mh_road_route (search, &settings, &begin, &end, error);
  MhRecord *record = route != NULL ? maps_service_way (route) : NULL;
  mh_atlas_give_search (atlas, search);
  return record;
}

gboolean
mh_maps_service_times (MhMaps *maps,
                       const char *at,
                       const MhGeoPoint *goals,
                       guint n_goals,
                       int *out_seconds,
                       GError **error)
{
  MhGeoPoint start;
  MhRoadPlace begin, end;
  if (!maps_service_place ("at", at, &start, error))
    return FALSE;
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return FALSE;

  MhRoadSettings settings = maps_service_settings (maps, atlas, NULL);
  MhRoadSearch *search = mh_atlas_take_search (atlas);
  gboolean is_there = maps_service_snap (search, &settings, "at", start, &begin, error);
  for (guint i = 0; is_there && i < n_goals; i++)
    {
      guint32 time = maps_service_snap (search, &settings, "to", goals[i], &end, NULL)
                         ? mh_road_route_time (search, &settings, &begin, &end)
                         : MH_ROAD_NONE;
      out_seconds[i] = time != MH_ROAD_NONE ? (int)maps_service_seconds (time) : -1;
    }
  mh_atlas_give_search (atlas, search);
  return is_there;
}

/* Those of @from that stand on roads: which, and where. */
static guint
maps_service_snap_all (MhRoadSearch *search,
                       const MhRoadSettings *settings,
                       const MhMapsOrigin *from,
                       guint n_from,
                       MhRoadPlace *out_places,
                       guint *out_which)
{
  guint n = 0;
  for (guint i = 0; i < n_from; i++)
    if (mh_road_snap (mh_road_search_graph (search), settings->traffic, from[i].at, from[i].heading,
                      SERVICE_SNAP_METRES, &out_places[n]))
      out_which[n++] = i;
  return n;
}

gboolean
mh_maps_service_arrivals (MhMaps *maps,
                          MhGeoPoint goal,
                          const MhMapsOrigin *from,
                          guint n_from,
                          int *out_seconds,
                          GError **error)
{
  MhRoadPlace end;
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return FALSE;

  MhRoadSettings settings = maps_service_settings (maps, atlas, NULL);
  MhRoadSearch *search = mh_atlas_take_search (atlas);
  gboolean is_there = maps_service_snap (search, &settings, "at", goal, &end, error);
  g_autofree MhRoadPlace *places = g_new0 (MhRoadPlace, n_from + 1);
  g_autofree MhRoadNear *near = g_new0 (MhRoadNear, n_from + 1);
  g_autofree guint *which = g_new0 (guint, n_from + 1);
  guint n = is_there ? maps_service_snap_all (search, &settings, from, n_from, places, which) : 0;
  guint n_near = n > 0 ? mh_road_nearest (search, &settings, &end, places, n, n, near) : 0;
  for (guint i = 0; i < n_from; i++)
    out_seconds[i] = -1;
  for (guint i = 0; i < n_near; i++)
    out_seconds[which[near[i].unit]] = (int)maps_service_seconds (near[i].milliseconds);
  mh_atlas_give_search (atlas, search);
  return is_there;
}

int
mh_maps_service_metres (MhMaps *maps, MhGeoPoint from, double heading, MhGeoPoint to)
{
  MhRoadPlace begin, end;
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, NULL);
  if (atlas == NULL)
    return -1;

  MhRoadSettings settings = maps_service_settings (maps, atlas, NULL);
  MhRoadSearch *search = mh_atlas_take_search (atlas);
  const MhRoadGraph *graph = mh_road_search_graph (search);
  gboolean on_roads
      = mh_road_snap (graph, settings.traffic, from, heading, SERVICE_SNAP_METRES, &begin)
        && mh_road_snap (graph, settings.traffic, to, NAN, SERVICE_SNAP_METRES, &end);
  g_autoptr (MhRoadRoute) route
      = on_roads ? mh_road_route (search, &settings, &begin, &end, NULL) : NULL;
  int metres = route != NULL ? (int)llround (route->metres) : -1;
  mh_atlas_give_search (atlas, search);
  return metres;
}

static MhRecord *
maps_service_area (const MhRoadGraph *graph, const GArray *stretches, gint64 seconds)
{
  MhRecord *record = mh_record_new (&mh_map_reach_type);
  g_autoptr (GPtrArray) rings = mh_road_reach_outline (graph, stretches, SERVICE_BESIDE_METRES);
  g_autoptr (GString) text = g_string_new ("[");
  for (guint i = 0; i < rings->len; i++)
    maps_service_put_line (text, g_ptr_array_index (rings, i));
  g_string_append_c (text, ']');
  mh_record_set_int (record, MH_MAP_REACH_SECONDS, seconds);
  mh_record_set_text (record, MH_MAP_REACH_RINGS, text->str);
  return record;
}

MhRecord *
mh_maps_service_reach (MhMaps *maps,
                       const char *at,
                       gint64 seconds,
                       const char *profile,
                       GError **error)
{
  MhGeoPoint point;
  MhRoadPlace place;
  MhRecord *record = NULL;
  if (!maps_service_place ("at", at, &point, error))
    return NULL;
  if (seconds < 1 || seconds > MH_MAPS_MOST_SECONDS)
    {
      mh_error_set_field (error, "seconds", "out_of_range", "Give a number from 1 to %d.",
                          MH_MAPS_MOST_SECONDS);
      return NULL;
    }
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return NULL;

  MhRoadSettings settings = maps_service_settings (maps, atlas, profile);
  MhRoadSearch *search = mh_atlas_take_search (atlas);
  if (maps_service_snap (search, &settings, "at", point, &place, error))
    {
      g_autoptr (GArray) stretches
          = mh_road_reach (search, &settings, &place, (guint32)seconds * 1000);
      record = maps_service_area (mh_road_search_graph (search), stretches, seconds);
    }
  mh_atlas_give_search (atlas, search);
  return record;
}

/* --- addresses --- */

static MhRecord *
maps_service_address (const MhAddress *address)
{
  static const char *const kinds[] = {
    [MH_ADDRESS_PLACE] = MH_MAP_KIND_PLACE,
    [MH_ADDRESS_LANDMARK] = MH_MAP_KIND_LANDMARK,
    [MH_ADDRESS_STREET] = MH_MAP_KIND_STREET,
    [MH_ADDRESS_HOUSE] = MH_MAP_KIND_HOUSE,
    [MH_ADDRESS_CROSSING] = MH_MAP_KIND_CROSSING,
    [MH_ADDRESS_COORDINATES] = MH_MAP_KIND_COORDINATES,
    [MH_ADDRESS_PLUS_CODE] = MH_MAP_KIND_PLUS_CODE,
  };
  MhRecord *record = mh_record_new (&mh_map_address_type);
  mh_record_set_text (record, MH_MAP_ADDRESS_KIND, kinds[address->kind]);
  mh_record_set_text (record, MH_MAP_ADDRESS_NAME, address->name);
  mh_record_set_text (record, MH_MAP_ADDRESS_PLACE, address->place);
  maps_service_set_point (record, MH_MAP_ADDRESS_AT, address->at);
  if (address->metres >= 0)
    mh_record_set_int (record, MH_MAP_ADDRESS_METRES, llround (address->metres));
  mh_record_set_bool (record, MH_MAP_ADDRESS_LACKS_NUMBER, address->lacks_number);
  return record;
}

GPtrArray *
mh_maps_service_addresses (MhMaps *maps,
                           const char *text,
                           const char *near,
                           guint most,
                           GError **error)
{
  MhGeoPoint beside;
  if (text == NULL || *text == 0)
    {
      mh_error_set_field (error, "q", "required", "Say what to look for.");
      return NULL;
    }
  if (near != NULL && !maps_service_place ("near", near, &beside, error))
    return NULL;

  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  g_autoptr (GPtrArray) found
      = atlas != NULL
            ? mh_address_search (mh_atlas_addresses (atlas), text, near != NULL ? &beside : NULL,
                                 MIN (most, MH_ADDRESS_MOST), error)
            : NULL;
  if (found == NULL)
    return NULL;

  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (records, maps_service_address (g_ptr_array_index (found, i)));
  return records;
}

MhRecord *
mh_maps_service_nearest (MhMaps *maps, const char *at, GError **error)
{
  MhGeoPoint point;
  if (!maps_service_place ("at", at, &point, error))
    return NULL;
  g_autoptr (MhAtlas) atlas = mh_maps_atlas (maps, error);
  if (atlas == NULL)
    return NULL;

  g_autoptr (MhAddress) address = mh_address_nearest (mh_atlas_addresses (atlas), point);
  if (address != NULL)
    return maps_service_address (address);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "The map has no address near this place.");
  return NULL;
}
