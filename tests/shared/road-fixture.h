/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Roads for tests and figures: real ones, and invented ones. */
#include "shared/geo/mh-road-route.h"
#include "tests/shared/osm-fixture.h"

G_BEGIN_DECLS

/* Of a map in data/maps, by its file's name. */
MhRoadGraph *road_fixture_real (const char *name);
MhRoadGraph *road_fixture_of (const OsmDraft *draft);
/* @size times @size junctions 200 m apart, some moved, some streets one-way, missing, or dead ends,
 * some turns forbidden. */
MhRoadGraph *road_fixture_grid (GRand *rand, guint size, gboolean is_wild);
/* A place on the core, drawn by lot among its edges. */
MhRoadPlace road_fixture_place (const MhRoadGraph *graph, GRand *rand);
/* Each edge @low to @high percent of its usual speed. */
MhRoadTraffic *
road_fixture_traffic (const MhRoadGraph *graph, GRand *rand, guint8 low, guint8 high);

G_END_DECLS
