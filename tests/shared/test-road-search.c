/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same question asked in different ways has the same answer, to the millisecond: the nearest of
 * many units and a route for each, with and without the bound of A*, and a plain relaxation over
 * all edges that knows none of the search's shortcuts. MAHIMA_ROADS_SEED repeats a run,
 * MAHIMA_ROADS_CASES says how many. */
#include "shared/geo/mh-road-nearest.h"
#include "shared/geo/mh-road-reach.h"
#include "shared/geo/mh-road-route-private.h"
#include "tests/shared/road-fixture.h"

#define N_UNITS 200
#define N_WANTED 5

static GRand *
road_rand (void)
{
  const char *told = g_getenv ("MAHIMA_ROADS_SEED");
  const guint32 seed = told != NULL ? (guint32)g_ascii_strtoull (told, NULL, 10) : g_random_int ();
  g_test_message ("MAHIMA_ROADS_SEED=%u", seed);
  return g_rand_new_with_seed (seed);
}

static guint
road_n_cases (guint usual)
{
  const char *told = g_getenv ("MAHIMA_ROADS_CASES");
  return told != NULL ? (guint)g_ascii_strtoull (told, NULL, 10) : usual;
}

static int
road_compare_near (gconstpointer a, gconstpointer b)
{
  const MhRoadNear *one = a, *other = b;
  if (one->milliseconds != other->milliseconds)
    return one->milliseconds < other->milliseconds ? -1 : 1;
  return (one->unit > other->unit) - (one->unit < other->unit);
}

/* Mostly random; some stand on the edge of the goal, before it and behind. */
static void
road_place_units (const MhRoadGraph *graph, GRand *rand, MhRoadPlace goal, MhRoadPlace *units)
{
  for (guint i = 0; i < N_UNITS; i++)
    {
      units[i] = road_fixture_place (graph, rand);
      if (i % 50 == 0)
        {
          units[i] = goal;
          units[i].position = (guint16)g_rand_int_range (rand, 0, MH_ROAD_WHOLE + 1);
        }
    }
}

static MhRoadTraffic *
road_some_traffic (const MhRoadGraph *graph, GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return NULL;
    case 1: /* faster than usual, too: the bound must know */
      return road_fixture_traffic (graph, rand, 20, 255);
    case 2: /* some closed */
      {
        MhRoadTraffic *traffic = road_fixture_traffic (graph, rand, 50, 120);
        for (guint i = 0; i < mh_road_graph_n_edges (graph) / 20; i++)
          mh_road_traffic_set (
              traffic, (guint32)g_rand_int_range (rand, 0, (int)mh_road_graph_n_edges (graph)),
              MH_ROAD_CLOSED);
        return traffic;
      }
    default:
      return road_fixture_traffic (graph, rand, 1, 100);
    }
}

static void
road_compare_case (MhRoadSearch *search, MhRoadSearch *other, GRand *rand)
{
  const MhRoadGraph *graph = mh_road_search_graph (search);
  g_autoptr (MhRoadTraffic) traffic = road_some_traffic (graph, rand);
  const MhRoadSettings settings = { traffic, g_rand_boolean (rand) };
  const MhRoadPlace goal = road_fixture_place (graph, rand);
  MhRoadPlace units[N_UNITS];
  MhRoadNear near[N_WANTED], single[N_UNITS];
  guint n_single = 0;

  road_place_units (graph, rand, goal, units);
  const guint n = mh_road_nearest (search, &settings, &goal, units, N_UNITS, N_WANTED, near);
  for (guint i = 0; i < N_UNITS; i++)
    {
      const guint32 time = mh_road_route_time (other, &settings, &units[i], &goal);
      if (i % 20 == 0)
        g_assert_cmpuint (mh_road_route_time_plain (other, &settings, &units[i], &goal), ==, time);
      if (time != MH_ROAD_NONE)
        single[n_single++] = (MhRoadNear){ i, time };
    }

  qsort (single, n_single, sizeof *single, road_compare_near);
  g_assert_cmpuint (n, ==, MIN (n_single, N_WANTED));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (near[i].milliseconds, ==, single[i].milliseconds);
      g_assert_cmpuint (near[i].unit, ==, single[i].unit);
    }
}

static void
test_nearest_invented (void)
{
  g_autoptr (GRand) rand = road_rand ();
  const guint n = road_n_cases (970);
  for (guint done = 0; done < n;)
    {
      g_autoptr (MhRoadGraph) graph
          = road_fixture_grid (rand, (guint)g_rand_int_range (rand, 4, 12), TRUE);
      g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
      g_autoptr (MhRoadSearch) other = mh_road_search_new (graph);
      for (guint i = 0; i < 20 && done < n; i++, done++)
        road_compare_case (search, other, rand);
    }
}

static void
test_nearest_real (gconstpointer name)
{
  g_autoptr (GRand) rand = road_rand ();
  g_autoptr (MhRoadGraph) graph = road_fixture_real (name);
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  g_autoptr (MhRoadSearch) other = mh_road_search_new (graph);
  for (guint i = 0; i < road_n_cases (15); i++)
    road_compare_case (search, other, rand);
}

/* --- without shortcuts --- */

/* Times to the heads of all edges, by relaxing all until nothing changes. Caller frees. */
static guint32 *
road_relax (const MhRoadSearch *search, const MhRoadPlace *from)
{
  const MhRoadGraph *graph = search->graph;
  const guint32 n = mh_road_graph_n_edges (graph);
  guint32 *times = g_new (guint32, n);
  gboolean is_changed = TRUE;
  for (guint32 i = 0; i < n; i++)
    times[i] = MH_ROAD_NONE;
  for (guint i = 0; i < 2; i++)
    {
      guint32 edge;
      guint16 at;
      const gboolean is_there = mh_road_place_edge (from, i, &edge, &at);
      const guint32 time = mh_road_search_time (search, edge);
      if (is_there && time != MH_ROAD_NONE)
        times[edge] = time - mh_road_part (time, at);
    }

  while (is_changed)
    {
      is_changed = FALSE;
      for (guint32 from_edge = 0; from_edge < n; from_edge++)
        for (guint32 to = 0; to < n && times[from_edge] != MH_ROAD_NONE; to++)
          {
            if (mh_road_tail (graph, to) != mh_road_head (graph, from_edge))
              continue;
            const guint32 turn = mh_road_search_turn (search, from_edge, to);
            const guint32 time = mh_road_search_time (search, to);
            if (turn == MH_ROAD_NONE || time == MH_ROAD_NONE
                || times[from_edge] + turn + time >= times[to])
              continue;
            times[to] = times[from_edge] + turn + time;
            is_changed = TRUE;
          }
    }
  return times;
}

static guint32
road_relaxed_time (const MhRoadSearch *search,
                   const guint32 *times,
                   const MhRoadPlace *from,
                   const MhRoadPlace *to)
{
  const MhRoadGraph *graph = search->graph;
  guint32 best = MH_ROAD_NONE;
  for (guint i = 0; i < 2; i++)
    {
      guint32 goal, start;
      guint16 at, start_at;
      const gboolean is_there = mh_road_place_edge (to, i, &goal, &at);
      const guint32 time = mh_road_search_time (search, goal);
      if (!is_there || time == MH_ROAD_NONE)
        continue;
      if (mh_road_place_edge (from, i, &start, &start_at) && start == goal && start_at <= at)
        best = MIN (best, mh_road_part (time, at) - mh_road_part (time, start_at));
      for (guint32 edge = 0; edge < mh_road_graph_n_edges (graph); edge++)
        if (times[edge] != MH_ROAD_NONE && mh_road_head (graph, edge) == mh_road_tail (graph, goal)
            && mh_road_search_turn (search, edge, goal) != MH_ROAD_NONE)
          best = MIN (best, times[edge] + mh_road_search_turn (search, edge, goal)
                                + mh_road_part (time, at));
    }
  return best;
}

static void
test_plain (void)
{
  g_autoptr (GRand) rand = road_rand ();
  for (guint i = 0; i < road_n_cases (60); i++)
    {
      g_autoptr (MhRoadGraph) graph
          = road_fixture_grid (rand, (guint)g_rand_int_range (rand, 3, 6), TRUE);
      g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
      g_autoptr (MhRoadTraffic) traffic = road_some_traffic (graph, rand);
      const MhRoadSettings settings = { traffic, g_rand_boolean (rand) };
      const MhRoadPlace from = road_fixture_place (graph, rand);
      mh_road_search_begin (search, &settings, FALSE);
      g_autofree guint32 *times = road_relax (search, &from);
      for (guint j = 0; j < 30; j++)
        {
          MhRoadPlace to = road_fixture_place (graph, rand);
          MhRoadNear near;
          if (j == 0)
            to.segment = from.segment;
          if (j == 0)
            to.directions = from.directions;
          const guint32 right = road_relaxed_time (search, times, &from, &to);
          g_assert_cmpuint (mh_road_route_time (search, &settings, &from, &to), ==, right);
          g_assert_cmpuint (mh_road_route_time_plain (search, &settings, &from, &to), ==, right);
          const guint n = mh_road_nearest (search, &settings, &to, &from, 1, 1, &near);
          g_assert_cmpuint (n, ==, right != MH_ROAD_NONE);
          if (n > 0)
            g_assert_cmpuint (near.milliseconds, ==, right);
        }
    }
}

/* --- from place to place on the core there is a way; its steps add up --- */

static void
test_always (gconstpointer name)
{
  g_autoptr (GRand) rand = road_rand ();
  g_autoptr (MhRoadGraph) graph = road_fixture_real (name);
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  const MhGeoBox box = mh_road_graph_box (graph);
  for (guint i = 0; i < road_n_cases (200); i++)
    {
      MhRoadPlace places[2];
      for (guint j = 0; j < 2; j++)
        {
          const MhGeoPoint point = { g_rand_double_range (rand, box.min.lat, box.max.lat),
                                     g_rand_double_range (rand, box.min.lon, box.max.lon) };
          g_assert_true (mh_road_snap (graph, NULL, point, g_rand_double_range (rand, 0, 360), 1e6,
                                       &places[j]));
        }
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRoadRoute) route = mh_road_route (search, NULL, &places[0], &places[1], &error);
      g_assert_no_error (error);

      guint64 milliseconds = 0;
      double metres = 0, line = 0;
      for (guint j = 0; j < route->steps->len; j++)
        {
          const MhRoadStep *step = &g_array_index (route->steps, MhRoadStep, j);
          milliseconds += step->milliseconds;
          metres += step->metres;
          g_assert_true ((step->turn == MH_TURN_DEPART) == (j == 0));
          g_assert_true ((step->turn == MH_TURN_ARRIVE) == (j + 1 == route->steps->len));
        }
      for (guint j = 1; j < route->line->len; j++)
        line += mh_geo_distance (g_array_index (route->line, MhGeoPoint, j - 1),
                                 g_array_index (route->line, MhGeoPoint, j));
      g_assert_cmpuint (milliseconds, ==, route->milliseconds);
      g_assert_cmpfloat_with_epsilon (metres, route->metres, 0.001);
      g_assert_cmpfloat_with_epsilon (line, route->metres, 1 + 0.2 * route->edges->len);
      g_assert_cmpfloat (
          mh_geo_distance (g_array_index (route->line, MhGeoPoint, 0), places[0].point), <, 1);
      g_assert_cmpfloat (
          mh_geo_distance (g_array_index (route->line, MhGeoPoint, route->line->len - 1),
                           places[1].point),
          <, 1);
    }
}

/* What is reached within a time is what routes of that time lead to. */
static void
test_reach (void)
{
  g_autoptr (GRand) rand = road_rand ();
  for (guint i = 0; i < road_n_cases (40); i++)
    {
      g_autoptr (MhRoadGraph) graph = road_fixture_grid (rand, 7, TRUE);
      g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
      g_autoptr (MhRoadTraffic) traffic = road_some_traffic (graph, rand);
      const MhRoadSettings settings = { traffic, FALSE };
      const MhRoadPlace from = road_fixture_place (graph, rand);
      const guint32 limit = (guint32)g_rand_int_range (rand, 0, 120000);
      g_autoptr (GArray) stretches = mh_road_reach (search, &settings, &from, limit);
      for (guint j = 0; j < 60; j++)
        {
          MhRoadPlace to = road_fixture_place (graph, rand);
          to.directions = (guint8)((to.directions & 1) != 0 ? 1 : 2);
          guint32 edge;
          guint16 at;
          gboolean is_reached = FALSE;
          if (!mh_road_place_edge (&to, 0, &edge, &at))
            mh_road_place_edge (&to, 1, &edge, &at);
          for (guint k = 0; k < stretches->len; k++)
            {
              const MhRoadStretch *stretch = &g_array_index (stretches, MhRoadStretch, k);
              g_assert_cmpuint (stretch->milliseconds, <=, limit);
              is_reached |= stretch->edge == edge && stretch->from <= at && at <= stretch->to;
            }
          const guint32 time = mh_road_route_time (search, &settings, &from, &to);
          /* one millisecond and one position for what is rounded */
          if (limit > 200 && time < limit - 200)
            g_assert_true (is_reached);
          if (time > limit + 200)
            g_assert_false (is_reached);
        }
    }
}

/* --- many threads, one graph --- */

typedef struct
{
  MhRoadGraph *graph;
  const MhRoadPlace *places;
  const guint32 *right;
} RoadThread;

#define N_THREAD_PLACES 40

static gpointer
road_thread (gpointer data)
{
  const RoadThread *thread = data;
  g_autoptr (MhRoadSearch) search = mh_road_search_new (thread->graph);
  for (guint i = 0; i + 1 < N_THREAD_PLACES; i++)
    g_assert_cmpuint (mh_road_route_time (search, NULL, &thread->places[i], &thread->places[i + 1]),
                      ==, thread->right[i]);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GRand) rand = road_rand ();
  g_autoptr (MhRoadGraph) graph = road_fixture_real ("liechtenstein-2013.osm.pbf");
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  MhRoadPlace places[N_THREAD_PLACES];
  guint32 right[N_THREAD_PLACES];
  GThread *threads[4];
  for (guint i = 0; i < N_THREAD_PLACES; i++)
    places[i] = road_fixture_place (graph, rand);
  for (guint i = 0; i + 1 < N_THREAD_PLACES; i++)
    right[i] = mh_road_route_time (search, NULL, &places[i], &places[i + 1]);

  RoadThread thread = { graph, places, right };
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("roads", road_thread, &thread);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/road-search/plain", test_plain);
  g_test_add_func ("/road-search/nearest/invented", test_nearest_invented);
  g_test_add_data_func ("/road-search/nearest/country", "liechtenstein-2013.osm.pbf",
                        test_nearest_real);
  g_test_add_data_func ("/road-search/nearest/city", "gothenburg-roads-2016.osm.pbf",
                        test_nearest_real);
  g_test_add_data_func ("/road-search/always/country", "liechtenstein-2013.osm.pbf", test_always);
  g_test_add_data_func ("/road-search/always/city", "gothenburg-roads-2016.osm.pbf", test_always);
  g_test_add_func ("/road-search/reach", test_reach);
  g_test_add_func ("/road-search/threads", test_threads);
  return g_test_run ();
}
