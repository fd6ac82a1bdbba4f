/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a server process keeps of the map: the version that was imported last. It is read by a
 * thread of its own when somebody asks for it first, and again when the folder holds another one;
 * until that is ready the old one answers, and who holds it keeps it. Thread-safe.
 */
#include "server/dispatch/maps/mh-atlas.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhMaps MhMaps;

MhMaps *mh_maps_new (MhServerConfig *config);
void mh_maps_free (MhMaps *maps);
/* What is told of the version in the folder. Caller frees. MH_ERROR_NOT_FOUND: no map. */
MhMapInfo *mh_maps_info (MhMaps *maps, GError **error);
/* Waits while the first one is read. A reference. MH_ERROR_NOT_FOUND: no map; MH_ERROR_BUSY: it
 * cannot be read, or takes long. */
MhAtlas *mh_maps_atlas (MhMaps *maps, GError **error);
/* May the emergency profile go against one-ways? */
gboolean mh_maps_may_go_against (MhMaps *maps);
/* For /metrics, in Prometheus' text format; nothing before the map was asked for. */
void mh_maps_put_metrics (MhMaps *maps, GString *out);

/* The server's own, kept by server/app. */
MhMaps *mh_server_maps (MhServer *server);
void mh_server_keep_maps (MhServer *server, MhMaps *maps);

G_END_DECLS
