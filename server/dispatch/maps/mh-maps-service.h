/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is asked of the map, as records. Places are texts as they stand in a query, "LAT,LON": wrong
 * ones are MH_ERROR_INVALID at their parameter. What a caller said is in no log. */
#include "server/dispatch/maps/mh-maps.h"
#include "shared/geo/mh-geo.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_MAPS_REACH_SECONDS 480 /* what the rescue service promises */
#define MH_MAPS_MOST_SECONDS 1800

/* The version that is shown. */
MhRecord *mh_maps_service_current (MhMaps *maps, GError **error);
/* A tile by the parts of its path, @y with its ".png"; @style NULL: by day. NULL without @error:
 * @known, the entity tags that the asker has, names it. Caller frees *out_etag. */
GBytes *mh_maps_service_tile (MhMaps *maps,
                              const char *const path[3],
                              const char *style,
                              const char *known,
                              char **out_etag,
                              GError **error);
/* @profile: one of mh_map_profile_codes; NULL: emergency. */
MhRecord *mh_maps_service_route (MhMaps *maps,
                                 const char *from,
                                 const char *to,
                                 const char *profile,
                                 GError **error);
/* How long the emergency profile drives from @at to each of @goals: *out_seconds has @n_goals, -1
 * where no way leads or the map has no road. MH_ERROR_INVALID on "at". */
gboolean mh_maps_service_times (MhMaps *maps,
                                const char *at,
                                const MhGeoPoint *goals,
                                guint n_goals,
                                int *out_seconds,
                                GError **error);
typedef struct
{
  MhGeoPoint at;
  double heading; /* degrees from north; NAN: standing, or unknown */
} MhMapsOrigin;

/* How long the emergency profile drives to @goal from each of @from, in one search: *out_seconds
 * has @n_from, -1 where no way leads. MH_ERROR_INVALID on "at": the map has no road near the goal.
 */
gboolean mh_maps_service_arrivals (MhMaps *maps,
                                   MhGeoPoint goal,
                                   const MhMapsOrigin *from,
                                   guint n_from,
                                   int *out_seconds,
                                   GError **error);
/* Metres of the fastest way between two places; -1: there is none, or no map. */
int mh_maps_service_metres (MhMaps *maps, MhGeoPoint from, double heading, MhGeoPoint to);
MhRecord *mh_maps_service_reach (MhMaps *maps,
                                 const char *at,
                                 gint64 seconds,
                                 const char *profile,
                                 GError **error);
/* @near may be NULL. */
GPtrArray *mh_maps_service_addresses (MhMaps *maps,
                                      const char *text,
                                      const char *near,
                                      guint most,
                                      GError **error);
MhRecord *mh_maps_service_nearest (MhMaps *maps, const char *at, GError **error);

G_END_DECLS
