/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roads: reading a map, places, routes with instructions, the nearest 5 of 200 units, what is
 * reached in eight minutes; in a country, in a city and on an invented grid of 250,000 junctions,
 * with another speed on each edge. Prints one line a figure: name, value, unit. MAHIMA_MAPS_DIR:
 * where the maps lie (data/maps). */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "shared/geo/mh-road-nearest.h"
#include "shared/geo/mh-road-reach.h"
#include "tests/shared/road-fixture.h"

#define N_UNITS 200
#define N_WANTED 5

typedef struct
{
  MhRoadGraph *graph;
  MhRoadSearch *search;
  MhRoadTraffic *traffic;
  GRand *rand;
  const char *name;
} BenchRoads;

/* Milliseconds that this thread itself has used, so that a busy machine does not blur the figure.
 */
static double
bench_now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int
bench_compare (gconstpointer a, gconstpointer b)
{
  const double one = *(const double *)a, other = *(const double *)b;
  return (one > other) - (one < other);
}

static void
bench_print (const BenchRoads *roads, const char *what, double *times, guint n)
{
  qsort (times, n, sizeof *times, bench_compare);
  g_print ("roads, %s, %s\t%.3f\tms, median\t%.3f p95, %.3f at most\n", roads->name, what,
           times[n / 2], times[n * 95 / 100], times[n - 1]);
}

static MhGeoPoint
bench_point (const BenchRoads *roads)
{
  const MhGeoBox box = mh_road_graph_box (roads->graph);
  return (MhGeoPoint){ g_rand_double_range (roads->rand, box.min.lat, box.max.lat),
                       g_rand_double_range (roads->rand, box.min.lon, box.max.lon) };
}

static void
bench_places (BenchRoads *roads, guint n)
{
  g_autofree double *times = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      const MhGeoPoint point = bench_point (roads);
      MhRoadPlace place;
      const double start = bench_now ();
      mh_road_snap (roads->graph, roads->traffic, point, NAN, 1e6, &place);
      times[i] = bench_now () - start;
    }
  bench_print (roads, "a place", times, n);
}

static void
bench_routes (BenchRoads *roads, guint n)
{
  const MhRoadSettings settings = { .traffic = roads->traffic };
  g_autofree double *times = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      const MhRoadPlace from = road_fixture_place (roads->graph, roads->rand);
      const MhRoadPlace to = road_fixture_place (roads->graph, roads->rand);
      const double start = bench_now ();
      g_autoptr (MhRoadRoute) route = mh_road_route (roads->search, &settings, &from, &to, NULL);
      times[i] = bench_now () - start;
      g_assert_nonnull (route);
    }
  bench_print (roads, "a route with instructions", times, n);
}

static void
bench_nearest (BenchRoads *roads, guint n, guint n_wanted, const char *what)
{
  const MhRoadSettings settings = { .traffic = roads->traffic };
  g_autofree double *times = g_new (double, n);
  MhRoadPlace units[N_UNITS];
  MhRoadNear near[N_UNITS];
  for (guint i = 0; i < N_UNITS; i++)
    units[i] = road_fixture_place (roads->graph, roads->rand);
  for (guint i = 0; i < n; i++)
    {
      const MhRoadPlace goal = road_fixture_place (roads->graph, roads->rand);
      const double start = bench_now ();
      const guint found
          = mh_road_nearest (roads->search, &settings, &goal, units, N_UNITS, n_wanted, near);
      times[i] = bench_now () - start;
      g_assert_cmpuint (found, ==, n_wanted);
    }
  bench_print (roads, what, times, n);
}

static void
bench_reach (BenchRoads *roads, guint n)
{
  const MhRoadSettings settings = { .traffic = roads->traffic };
  g_autofree double *times = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      const MhRoadPlace from = road_fixture_place (roads->graph, roads->rand);
      const double start = bench_now ();
      g_autoptr (GArray) stretches = mh_road_reach (roads->search, &settings, &from, 8 * 60 * 1000);
      g_autoptr (GPtrArray) rings = mh_road_reach_outline (roads->graph, stretches, 50);
      times[i] = bench_now () - start;
    }
  bench_print (roads, "eight minutes and their outline", times, n);
}

static void
bench_graph (const char *name, MhRoadGraph *graph, guint n)
{
  BenchRoads roads = { .graph = graph, .name = name };
  double start = bench_now ();
  g_autoptr (GBytes) bytes = mh_road_graph_pack (graph);
  g_autoptr (MhRoadGraph) again = mh_road_graph_unpack (bytes, NULL);
  g_print ("roads, %s, from its file\t%.1f\tms\t%.1f MiB, %u junctions, %u edges\n", name,
           bench_now () - start, g_bytes_get_size (bytes) / 1048576.0,
           mh_road_graph_n_vertices (graph), mh_road_graph_n_edges (graph));

  roads.rand = g_rand_new_with_seed (1);
  roads.search = mh_road_search_new (graph);
  roads.traffic = road_fixture_traffic (graph, roads.rand, 50, 120);
  start = bench_now ();
  mh_road_traffic_unref (mh_road_traffic_copy (roads.traffic));
  g_print ("roads, %s, a copy of the traffic\t%.3f\tms\n", name, bench_now () - start);
  bench_places (&roads, 10 * n);
  bench_routes (&roads, n);
  bench_nearest (&roads, n, N_WANTED, "the nearest 5 of 200");
  bench_nearest (&roads, n / 10, N_UNITS, "the times of all 200");
  bench_reach (&roads, n / 10);
  mh_road_traffic_unref (roads.traffic);
  mh_road_search_free (roads.search);
  g_rand_free (roads.rand);
}

static void
bench_real (const char *name, const char *file)
{
  const double start = bench_now ();
  g_autoptr (MhRoadGraph) graph = road_fixture_real (file);
  g_print ("roads, %s, from its map\t%.1f\tms\n", name, bench_now () - start);
  bench_graph (name, graph, 1000);
}

int
main (void)
{
  bench_real ("country", "liechtenstein-2013.osm.pbf");
  bench_real ("city", "gothenburg-roads-2016.osm.pbf");

  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (MhRoadGraph) grid = road_fixture_grid (rand, 500, FALSE);
  bench_graph ("250,000 junctions", grid, 500);
  return EXIT_SUCCESS;
}
