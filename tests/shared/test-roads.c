/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roads drawn by hand: who may drive where, forbidden turns, what a driver is told; and their file.
 */
#include "shared/geo/mh-road-reach.h"
#include "shared/geo/mh-road-route.h"
#include "shared/geo/mh-road-words.h"
#include "tests/shared/road-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Places of the drawings: hundreds of metres, nearly, east and north of a point in Delhi. */
static MhGeoPoint
road_at (double east, double north)
{
  return (MhGeoPoint){ 28.6 + north * 0.0009, 77.2 + east * 0.001024 };
}

static void
road_node (OsmDraft *draft, gint64 id, double east, double north, const char *tags)
{
  const MhGeoPoint point = road_at (east, north);
  osm_draft_node (draft, id, point.lat, point.lon, tags);
}

static MhRoadPlace
road_place (const MhRoadGraph *graph, double east, double north)
{
  MhRoadPlace place;
  g_assert_true (mh_road_snap (graph, NULL, road_at (east, north), NAN, 200, &place));
  return place;
}

static MhRoadRoute *
road_from_to (MhRoadGraph *graph,
              const MhRoadSettings *settings,
              double from_east,
              double from_north,
              double to_east,
              double to_north)
{
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  g_autoptr (GError) error = NULL;
  const MhRoadPlace from = road_place (graph, from_east, from_north);
  const MhRoadPlace to = road_place (graph, to_east, to_north);
  MhRoadRoute *route = mh_road_route (search, settings, &from, &to, &error);
  g_assert_no_error (error);
  return route;
}

/* "Drive north along South Street; Turn left; You are there" */
static char *
road_told (const MhRoadRoute *route)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < route->steps->len; i++)
    {
      g_autofree char *words = mh_road_words (&g_array_index (route->steps, MhRoadStep, i));
      g_string_append_printf (all, "%s%s", i > 0 ? "; " : "", words);
    }
  return g_string_free (all, FALSE);
}

/* --- one-ways --- */

/* A ring of 300 m a side; its south side leads east alone. */
static MhRoadGraph *
road_ring (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  road_node (draft, 1, 0, 0, NULL);
  road_node (draft, 2, 3, 0, NULL);
  road_node (draft, 3, 3, 3, NULL);
  road_node (draft, 4, 0, 3, NULL);
  osm_draft_way (draft, 1, "1 2", "highway=residential;name=South Street;oneway=yes");
  osm_draft_way (draft, 2, "2 3 4 1", "highway=residential;name=Ring Road");
  return road_fixture_of (draft);
}

static void
test_oneway (void)
{
  g_autoptr (MhRoadGraph) graph = road_ring ();
  g_autoptr (MhRoadRoute) along = road_from_to (graph, NULL, 0.5, 0, 2.5, 0);
  g_autoptr (MhRoadRoute) round = road_from_to (graph, NULL, 2.5, 0, 0.5, 0);
  g_assert_cmpfloat_with_epsilon (along->metres, 200, 3);
  g_assert_cmpfloat_with_epsilon (round->metres, 1000, 10);

  const MhRoadSettings settings = { .may_go_against = TRUE };
  g_autoptr (MhRoadRoute) exempt = road_from_to (graph, &settings, 3, 0.5, 0, 0.5);
  g_autofree char *told = road_told (exempt);
  g_assert_cmpfloat_with_epsilon (exempt->metres, 400, 5);
  g_assert_cmpstr (
      told, ==,
      "Drive south along Ring Road; Turn right onto South Street – against the one-way; "
      "Turn right onto Ring Road; You are there: Ring Road");
  /* 300 m at 20 km/h, 100 m at 35 */
  g_assert_cmpuint (exempt->milliseconds, >, 300 * 180 + 100 * 102);
  g_autoptr (MhRoadRoute) usual = road_from_to (graph, NULL, 3, 0.5, 0, 0.5);
  g_assert_cmpfloat_with_epsilon (usual->metres, 800, 8);
}

/* The goal lies on the edge where one stands: before, behind, and where there is no going back. */
static void
test_same_edge (void)
{
  g_autoptr (MhRoadGraph) graph = road_ring ();
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  const MhRoadPlace places[] = { road_place (graph, 1, 0), road_place (graph, 2, 0) };
  g_assert_cmpuint (places[0].directions, ==, 1);
  g_assert_cmpuint (places[0].segment, ==, places[1].segment);
  /* 100 m of 300 at 35 km/h, and the 1100 m round; no time at all to where one is */
  g_assert_cmpuint (mh_road_route_time (search, NULL, &places[0], &places[1]) / 100, ==, 102);
  g_assert_cmpuint (mh_road_route_time (search, NULL, &places[1], &places[0]) / 1000, ==, 113);
  g_assert_cmpuint (mh_road_route_time (search, NULL, &places[0], &places[0]), ==, 0);

  const MhRoadPlace two[] = { road_place (graph, 1, 3), road_place (graph, 2, 3) };
  g_assert_cmpuint (two[0].directions, ==, 3);
  g_assert_cmpuint (mh_road_route_time (search, NULL, &two[1], &two[0]) / 100, ==, 102);
  g_assert_cmpuint (mh_road_route_time (search, NULL, &two[0], &two[1]) / 100, ==, 102);
}

/* --- who may drive where --- */

static void
test_access (void)
{
  static const struct
  {
    const char *tags;
    gboolean is_open, is_open_back, is_against;
    guint kmh;
  } rows[] = {
    { "highway=residential", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;access=private", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;access=destination", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;access=no", FALSE, FALSE, FALSE, 0 },
    { "highway=residential;access=no;emergency=yes", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;access=no;motor_vehicle=yes", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;motor_vehicle=no", FALSE, FALSE, FALSE, 0 },
    { "highway=residential;vehicle=no;motorcar=yes", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;emergency=no", FALSE, FALSE, FALSE, 0 },
    { "highway=footway", FALSE, FALSE, FALSE, 0 },
    { "highway=footway;emergency=designated", TRUE, TRUE, FALSE, 10 },
    { "highway=cycleway;motor_vehicle=yes", TRUE, TRUE, FALSE, 10 },
    { "highway=steps;emergency=yes", FALSE, FALSE, FALSE, 0 },
    { "highway=construction", FALSE, FALSE, FALSE, 0 },
    { "highway=pedestrian", TRUE, TRUE, FALSE, 10 },
    { "highway=pedestrian;area=yes", FALSE, FALSE, FALSE, 0 },
    { "highway=track", TRUE, TRUE, FALSE, 15 },
    { "building=yes", FALSE, FALSE, FALSE, 0 },
    { "highway=residential;oneway=yes", TRUE, FALSE, TRUE, 35 },
    { "highway=residential;oneway=-1", FALSE, TRUE, FALSE, 20 },
    { "highway=residential;oneway=no", TRUE, TRUE, FALSE, 35 },
    { "highway=residential;oneway=reversible", FALSE, FALSE, FALSE, 0 },
    { "highway=residential;oneway=yes;oneway:emergency=no", TRUE, TRUE, FALSE, 35 },
    { "highway=motorway", TRUE, FALSE, FALSE, 110 },
    { "highway=trunk;oneway=yes", TRUE, FALSE, FALSE, 85 },
    { "highway=tertiary;junction=roundabout", TRUE, FALSE, FALSE, 30 },
    { "highway=primary;maxspeed=100", TRUE, TRUE, FALSE, 85 },
    { "highway=primary;maxspeed=30 mph", TRUE, TRUE, FALSE, 41 },
    { "highway=primary;maxspeed=signals", TRUE, TRUE, FALSE, 65 },
    { "highway=primary;maxspeed=-5", TRUE, TRUE, FALSE, 65 },
    { "highway=primary;maxspeed=900", TRUE, TRUE, FALSE, 130 },
    { "highway=primary;maxspeed=1", TRUE, TRUE, FALSE, 65 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OsmDraft) draft = osm_draft_new ();
      road_node (draft, 1, 0, 0, NULL);
      road_node (draft, 2, 1, 0, NULL);
      osm_draft_way (draft, 1, "1 2", "highway=service");
      osm_draft_way (draft, 2, "1 2", rows[i].tags);
      g_autoptr (MhRoadGraph) graph = road_fixture_of (draft);
      const gboolean is_road = mh_road_graph_n_edges (graph) == 4;
      g_test_message ("%s", rows[i].tags);
      g_assert_cmpint (is_road, ==, rows[i].kmh > 0);
      if (!is_road)
        continue;
      const MhRoadEdge edge = mh_road_graph_edge (graph, 2), back = mh_road_graph_edge (graph, 3);
      g_assert_cmpint (edge.is_open, ==, rows[i].is_open);
      g_assert_cmpint (back.is_open, ==, rows[i].is_open_back);
      g_assert_cmpint (back.is_against, ==, rows[i].is_against);
      g_assert_cmpuint (edge.kmh, ==, rows[i].kmh);
    }
}

/* A straight street of 400 m with something in its middle, and a way round of 1200 m. */
static void
test_barriers (void)
{
  static const struct
  {
    const char *tags;
    gboolean is_passed;
  } rows[] = {
    { NULL, TRUE },
    { "barrier=bollard", FALSE },
    { "barrier=bollard;bollard=removable", TRUE },
    { "barrier=bollard;emergency=yes", TRUE },
    { "barrier=block", FALSE },
    { "barrier=gate", TRUE },
    { "barrier=gate;access=private", TRUE },
    { "barrier=gate;access=no", FALSE },
    { "barrier=lift_gate", TRUE },
    { "highway=crossing", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OsmDraft) draft = osm_draft_new ();
      road_node (draft, 1, 0, 0, NULL);
      road_node (draft, 2, 2, 0, rows[i].tags);
      road_node (draft, 3, 4, 0, NULL);
      road_node (draft, 4, 4, 4, NULL);
      road_node (draft, 5, 0, 4, NULL);
      osm_draft_way (draft, 1, "1 2 3", "highway=residential");
      osm_draft_way (draft, 2, "3 4 5 1", "highway=residential");
      g_autoptr (MhRoadGraph) graph = road_fixture_of (draft);
      g_autoptr (MhRoadRoute) route = road_from_to (graph, NULL, 1, 0, 3, 0);
      g_assert_cmpfloat_with_epsilon (route->metres, rows[i].is_passed ? 200 : 1400, 15);
    }
}

/* What a cut-out leaves of a one-way leads nowhere: nobody is put there. */
static void
test_core (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  road_node (draft, 1, 0, 0, NULL);
  road_node (draft, 2, 3, 0, NULL);
  road_node (draft, 3, 3, 3, NULL);
  road_node (draft, 5, 6, 0, NULL);
  osm_draft_way (draft, 1, "1 2 3 1", "highway=residential");
  osm_draft_way (draft, 2, "2 5 77", "highway=residential;oneway=yes");
  osm_draft_way (draft, 3, "5 78 3", "highway=residential"); /* its middle is not in the file */
  g_autoptr (MhRoadGraph) graph = road_fixture_of (draft);
  MhRoadPlace place;
  g_assert_true (mh_road_snap (graph, NULL, road_at (6, 0), NAN, 1000, &place));
  g_assert_cmpfloat_with_epsilon (place.metres, 300, 5);
  g_assert_false (mh_road_snap (graph, NULL, road_at (6, 0), NAN, 250, &place));
  g_assert_false (mh_road_snap (graph, NULL, (MhGeoPoint){ NAN, 0 }, NAN, 1e9, &place));
  g_assert_true (mh_road_snap (graph, NULL, (MhGeoPoint){ -40, -100 }, NAN, 3e7, &place));

  g_autoptr (OsmDraft) empty = osm_draft_new ();
  road_node (empty, 1, 0, 0, NULL);
  g_autoptr (MhOsm) osm = osm_draft_read (empty);
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_road_graph_new (osm, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
}

/* Two one-ways side by side, a service road between: the heading tells on which one drives. */
static void
test_heading (void)
{
  static const struct
  {
    double north, heading, found_north;
    guint directions;
  } rows[] = {
    { 0.12, NAN, 0.2, 1 }, { 0.12, 90, 0, 1 }, { 0.12, 270, 0.2, 1 },
    { 0.08, 270, 0.2, 1 }, { 0.08, 90, 0, 1 }, { 2, NAN, 2, 3 },
    { 2, 80, 2, 1 },       { 2, 275, 2, 2 },   { 2, 0, 2, 3 },
  };
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  road_node (draft, 1, 0, 0, NULL);
  road_node (draft, 2, 10, 0, NULL);
  road_node (draft, 3, 10, 0.2, NULL);
  road_node (draft, 4, 0, 0.2, NULL);
  road_node (draft, 5, 0, 2, NULL);
  road_node (draft, 6, 10, 2, NULL);
  osm_draft_way (draft, 1, "1 2", "highway=primary;oneway=yes");
  osm_draft_way (draft, 2, "3 4", "highway=primary;oneway=yes");
  osm_draft_way (draft, 3, "2 3", "highway=primary");
  osm_draft_way (draft, 4, "4 1", "highway=primary");
  osm_draft_way (draft, 5, "4 5 6 3", "highway=residential");
  g_autoptr (MhRoadGraph) graph = road_fixture_of (draft);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhRoadPlace place;
      g_assert_true (
          mh_road_snap (graph, NULL, road_at (5, rows[i].north), rows[i].heading, 100, &place));
      g_assert_cmpfloat_with_epsilon (place.point.lat, road_at (5, rows[i].found_north).lat, 1e-6);
      g_assert_cmpuint (place.directions, ==, rows[i].directions);
    }

  /* what is closed is no place */
  g_autoptr (MhRoadTraffic) traffic = mh_road_traffic_new (graph);
  MhRoadPlace place;
  mh_road_traffic_set (traffic, 0, MH_ROAD_CLOSED);
  g_assert_true (mh_road_snap (graph, traffic, road_at (5, 0), NAN, 100, &place));
  g_assert_cmpfloat_with_epsilon (place.point.lat, road_at (5, 0.2).lat, 1e-6);
}

/* --- turns --- */

/* A cross of four arms of 300 m inside a ring. @tags: of a restriction from the south, or NULL. */
static MhRoadGraph *
road_cross (const char *tags, const char *to)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  static const double places[][2] = { { 0, 0 }, { 0, 3 },  { 3, 0 },   { 0, -3 }, { -3, 0 },
                                      { 3, 3 }, { 3, -3 }, { -3, -3 }, { -3, 3 } };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    road_node (draft, i + 1, places[i][0], places[i][1], NULL);
  osm_draft_way (draft, 1, "2 1", "highway=residential;name=North Street");
  osm_draft_way (draft, 2, "1 3", "highway=residential;name=East Street");
  osm_draft_way (draft, 3, "4 1", "highway=residential;name=South Street");
  osm_draft_way (draft, 4, "5 1", "highway=residential;name=West Street");
  osm_draft_way (draft, 5, "2 6 3 7 4 8 5 9 2", "highway=residential;ref=R1");
  if (tags != NULL)
    {
      g_autofree char *members = g_strdup_printf ("way 3 from, node 1 via, way %s to", to);
      osm_draft_relation (draft, 1, members, tags);
    }
  return road_fixture_of (draft);
}

static void
test_restrictions (void)
{
  static const struct
  {
    const char *tags, *to;
    gboolean is_direct[3]; /* from the south to north, east, west */
  } rows[] = {
    { NULL, NULL, { TRUE, TRUE, TRUE } },
    { "type=restriction;restriction=no_left_turn", "4", { TRUE, TRUE, FALSE } },
    { "type=restriction;restriction=no_right_turn", "2", { TRUE, FALSE, TRUE } },
    { "type=restriction;restriction=no_straight_on", "1", { FALSE, TRUE, TRUE } },
    { "type=restriction;restriction=only_straight_on", "1", { TRUE, FALSE, FALSE } },
    { "type=restriction;restriction=only_left_turn", "4", { FALSE, FALSE, TRUE } },
    { "type=restriction;restriction=no_left_turn;except=psv|emergency", "4", { TRUE, TRUE, TRUE } },
    { "type=restriction;restriction=no_left_turn;except=psv", "4", { TRUE, TRUE, FALSE } },
    { "type=restriction;restriction:conditional=no_left_turn @ (Mo-Fr)",
      "4",
      { TRUE, TRUE, TRUE } },
    { "type=restriction;restriction=no_left_turn", "99", { TRUE, TRUE, TRUE } },
    { "type=multipolygon;restriction=no_left_turn", "4", { TRUE, TRUE, TRUE } },
  };
  static const double goals[3][2] = { { 0, 1 }, { 1, 0 }, { -1, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *tags = rows[i].tags;
      g_autoptr (MhRoadGraph) graph = road_cross (tags, rows[i].to);
      for (guint j = 0; j < 3; j++)
        {
          g_autoptr (MhRoadRoute) route
              = road_from_to (graph, NULL, 0, -1, goals[j][0], goals[j][1]);
          g_test_message ("%s to %u: %g m", tags, j, route->metres);
          g_assert_cmpint (route->metres < 210, ==, rows[i].is_direct[j]);
        }
      /* who comes from elsewhere is not meant */
      g_autoptr (MhRoadRoute) other = road_from_to (graph, NULL, 1, 0, -1, 0);
      g_assert_cmpfloat (other->metres, <, 210);
    }
}

/* Turning round at the cross, to come back: 15 seconds; forbidden it takes the ring. */
static void
test_turning (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MhRoadGraph) graph
          = road_cross (i > 0 ? "type=restriction;restriction=no_u_turn" : NULL, "3");
      g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
      MhRoadPlace from = road_place (graph, 0, -0.2), to = road_place (graph, 0, -0.4);
      g_assert_cmpuint (from.segment, ==, to.segment);
      from.directions = 1; /* north, to the cross */
      to.directions = 2;   /* on the other side of the road */
      const guint32 time = mh_road_route_time (search, NULL, &from, &to);
      g_assert_cmpint (time / 1000 == 6 + MH_ROAD_TURNING / 1000, ==, i == 0);
      g_assert_cmpuint (time, >, MH_ROAD_TURNING);
    }
}

/* --- what is told --- */

/* Traffic keeps to the right: a roundabout with four arms, driven round against the clock. */
static MhRoadGraph *
road_round (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  static const double places[][2] = { { 0, -0.3 }, { 0.3, 0 }, { 0, 0.3 }, { -0.3, 0 },
                                      { 0, -4 },   { 4, 0 },   { 0, 4 },   { -4, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    road_node (draft, i + 1, places[i][0], places[i][1], NULL);
  osm_draft_way (draft, 1, "1 2 3 4 1", "highway=tertiary;junction=roundabout");
  osm_draft_way (draft, 2, "5 1", "highway=tertiary;name=South Street");
  osm_draft_way (draft, 3, "2 6", "highway=tertiary;name=East Street");
  osm_draft_way (draft, 4, "3 7", "highway=tertiary;ref=B 3");
  osm_draft_way (draft, 5, "4 8", "highway=tertiary");
  return road_fixture_of (draft);
}

static void
test_roundabout (void)
{
  static const struct
  {
    double from[2], to[2];
    const char *told;
  } rows[] = {
    { { 0, -2 },
      { 2, 0 },
      "Drive north along South Street; In the roundabout take exit 1 onto East Street; "
      "You are there: East Street" },
    { { 0, -2 },
      { 0, 2 },
      "Drive north along South Street; In the roundabout take exit 2 onto B 3; "
      "You are there: B 3" },
    { { 0, -2 },
      { -2, 0 },
      "Drive north along South Street; In the roundabout take exit 3; You are there" },
    { { 2, 0 },
      { 0, -2 },
      "Drive west along East Street; In the roundabout take exit 3 onto South Street; "
      "You are there: South Street" },
    { { 0, -2 },
      { 0.15, 0.15 },
      "Drive north along South Street; Drive into the roundabout; You are there" },
    { { 0.15, -0.15 },
      { 0, 2 },
      "Drive north-east; Leave the roundabout onto B 3; You are there: B 3" },
  };
  g_autoptr (MhRoadGraph) graph = road_round ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRoadRoute) route = road_from_to (graph, NULL, rows[i].from[0], rows[i].from[1],
                                                    rows[i].to[0], rows[i].to[1]);
      g_autofree char *told = road_told (route);
      g_assert_cmpstr (told, ==, rows[i].told);
    }
}

static void
test_told (void)
{
  static const struct
  {
    double from[2], to[2];
    const char *told;
  } rows[] = {
    { { 0, -1 },
      { 0, 1 },
      "Drive north along South Street; Go straight on along North Street; "
      "You are there: North Street" },
    { { 0, -1 },
      { -1, 0 },
      "Drive north along South Street; Turn left onto West Street; You are there: West Street" },
    { { 0, -1 },
      { 1, 0 },
      "Drive north along South Street; Turn right onto East Street; You are there: East Street" },
    /* round two bends, where there is no choice */
    { { 1, 3 }, { 3, 1 }, "Drive east along R1; You are there: R1" },
    { { 0, -1 }, { 0, -2 }, "Drive south along South Street; You are there: South Street" },
  };
  g_autoptr (MhRoadGraph) graph = road_cross (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRoadRoute) route = road_from_to (graph, NULL, rows[i].from[0], rows[i].from[1],
                                                    rows[i].to[0], rows[i].to[1]);
      g_autofree char *told = road_told (route);
      g_assert_cmpstr (told, ==, rows[i].told);
    }
}

static void
test_turns (void)
{
  static const struct
  {
    double degrees;
    const char *words;
  } rows[] = {
    { 10, "Go straight on along New Street" },   { 45, "Bear right onto New Street" },
    { 90, "Turn right onto New Street" },        { 150, "Turn sharp right onto New Street" },
    { -45, "Bear left onto New Street" },        { -90, "Turn left onto New Street" },
    { -150, "Turn sharp left onto New Street" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const double angle = rows[i].degrees * G_PI / 180;
      g_autoptr (OsmDraft) draft = osm_draft_new ();
      road_node (draft, 1, 0, -2, NULL);
      road_node (draft, 2, 0, 0, NULL);
      road_node (draft, 3, 2 * sin (angle), 2 * cos (angle), NULL);
      road_node (draft, 4, -2 * sin (angle + 1), -2 * cos (angle + 1), NULL);
      osm_draft_way (draft, 1, "1 2", "highway=residential;name=Old Street");
      osm_draft_way (draft, 2, "2 3", "highway=residential;name=New Street");
      osm_draft_way (draft, 3, "2 4", "highway=residential");
      g_autoptr (MhRoadGraph) graph = road_fixture_of (draft);
      g_autoptr (MhRoadRoute) route = road_from_to (graph, NULL, 0, -1, sin (angle), cos (angle));
      g_autofree char *words = mh_road_words (&g_array_index (route->steps, MhRoadStep, 1));
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_distance_words (void)
{
  static const struct
  {
    double metres;
    const char *words;
  } rows[] = {
    { 0, "0 m" }, { 344, "340 m" }, { 994.9, "990 m" }, { 12400, "12 km" }, { 12600, "13 km" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = mh_road_words_distance (rows[i].metres);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
  /* the comma is the locale's */
  g_autofree char *words = mh_road_words_distance (1234), *own = g_strdup_printf ("%.1f km", 1.2);
  g_assert_cmpstr (words, ==, own);
}

/* --- what can be reached --- */

static void
test_reach (void)
{
  g_autoptr (MhRoadGraph) graph = road_cross (NULL, NULL);
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  const MhRoadPlace from = road_place (graph, 0, -1);
  /* 200 m at 35 km/h: 20.6 seconds */
  g_autoptr (GArray) stretches = mh_road_reach (search, NULL, &from, 20570);
  double metres = 0;
  for (guint i = 0; i < stretches->len; i++)
    {
      g_autoptr (GArray) line
          = mh_road_stretch_line (graph, &g_array_index (stretches, MhRoadStretch, i));
      for (guint j = 1; j < line->len; j++)
        metres += mh_geo_distance (g_array_index (line, MhGeoPoint, j - 1),
                                   g_array_index (line, MhGeoPoint, j));
    }
  /* 100 m to the cross, 100 m into each of three arms, 200 m to the south; and turning round at the
   * cross takes too long */
  g_assert_cmpfloat_with_epsilon (metres, 600, 10);

  g_autoptr (GPtrArray) rings = mh_road_reach_outline (graph, stretches, 20);
  g_assert_cmpuint (rings->len, ==, 1);
  MhGeoBox box = MH_GEO_BOX_EMPTY;
  const GArray *ring = g_ptr_array_index (rings, 0);
  for (guint i = 0; i < ring->len; i++)
    mh_geo_box_add (&box, g_array_index (ring, MhGeoPoint, i));
  const MhGeoPoint inside[] = { road_at (0, 1), road_at (1, 0), road_at (-1, 0), road_at (0, -3) };
  const MhGeoPoint outside[]
      = { road_at (0, 1.6), road_at (1.6, 0), road_at (-1.6, 0), road_at (0, -3.6) };
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (mh_geo_box_has (&box, inside[i]));
      g_assert_false (mh_geo_box_has (&box, outside[i]));
    }

  /* all of it: a ring around the land, and four holes that go the other way */
  g_autoptr (GArray) all = mh_road_reach (search, NULL, &from, 3600000);
  g_autoptr (GPtrArray) more = mh_road_reach_outline (graph, all, 20);
  guint n_holes = 0;
  for (guint i = 0; i < more->len; i++)
    {
      const GArray *one = g_ptr_array_index (more, i);
      double area = 0;
      for (guint j = 0; j < one->len; j++)
        {
          const MhGeoPoint a = g_array_index (one, MhGeoPoint, j);
          const MhGeoPoint b = g_array_index (one, MhGeoPoint, (j + 1) % one->len);
          area += (a.lon - 77.2) * (b.lat - 28.6) - (b.lon - 77.2) * (a.lat - 28.6);
        }
      n_holes += area < 0;
    }
  g_assert_cmpuint (more->len, ==, 5);
  g_assert_cmpuint (n_holes, ==, 4);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (MhRoadStretch));
  g_autoptr (GPtrArray) nothing = mh_road_reach_outline (graph, none, 20);
  g_assert_cmpuint (nothing->len, ==, 0);
}

/* --- traffic --- */

static void
test_traffic (void)
{
  g_autoptr (MhRoadGraph) graph = road_ring ();
  g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
  g_autoptr (MhRoadTraffic) traffic = mh_road_traffic_new (graph);
  const MhRoadSettings settings = { .traffic = traffic };
  const MhRoadPlace from = road_place (graph, 0.5, 0), to = road_place (graph, 2.5, 0);
  const guint32 usual = mh_road_route_time (search, NULL, &from, &to);
  g_assert_cmpuint (mh_road_route_time (search, &settings, &from, &to), ==, usual);
  mh_road_traffic_set (traffic, 0, 50);
  g_assert_cmpuint (mh_road_route_time (search, &settings, &from, &to) / 10, ==, usual * 2 / 10);
  mh_road_traffic_set (traffic, 0, 200);
  g_assert_cmpuint (mh_road_route_time (search, &settings, &from, &to) / 10, ==, usual / 2 / 10);
  g_assert_cmpuint (mh_road_traffic_fastest (traffic), ==, 200);
  mh_road_traffic_set (traffic, 0, MH_ROAD_CLOSED);
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_road_route (search, &settings, &from, &to, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);

  /* a copy is another, and knows how fast it is itself */
  g_autoptr (MhRoadTraffic) copy = mh_road_traffic_copy (traffic);
  mh_road_traffic_set (copy, 0, 100);
  g_assert_cmpuint (mh_road_traffic_get (traffic, 0), ==, MH_ROAD_CLOSED);
  g_assert_cmpuint (mh_road_traffic_fastest (copy), ==, 100);
}

/* --- the file --- */

static void
test_file (void)
{
  static const char *const names[]
      = { "liechtenstein-2013.osm.pbf", "gothenburg-roads-2016.osm.pbf" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MhRoadGraph) graph = road_fixture_real (names[i]);
      g_autofree char *path = g_strdup_printf ("%s/roads-%d", g_get_tmp_dir (), g_random_int ());
      g_autoptr (GError) error = NULL;
      g_assert_true (mh_road_graph_save (graph, path, &error));
      g_assert_no_error (error);
      g_autoptr (MhRoadGraph) again = mh_road_graph_load (path, &error);
      g_assert_no_error (error);
      g_unlink (path);

      g_autoptr (GBytes) one = mh_road_graph_pack (graph), other = mh_road_graph_pack (again);
      g_assert_true (g_bytes_equal (one, other));
      g_assert_cmpuint (mh_road_graph_n_restrictions (graph), ==,
                        mh_road_graph_n_restrictions (again));
      g_autoptr (MhRoadSearch) search = mh_road_search_new (graph);
      g_autoptr (MhRoadSearch) search_again = mh_road_search_new (again);
      g_autoptr (GRand) rand = g_rand_new_with_seed (7);
      for (guint j = 0; j < 100; j++)
        {
          const MhRoadPlace from = road_fixture_place (graph, rand);
          const MhRoadPlace to = road_fixture_place (graph, rand);
          g_assert_cmpuint (mh_road_route_time (search, NULL, &from, &to), ==,
                            mh_road_route_time (search_again, NULL, &from, &to));
        }
    }
}

static void
road_assert_refused (const guint8 *data, gsize size, const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_road_graph_unpack (bytes, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "Make it anew"));
}

static void
test_file_wrong (void)
{
  g_autoptr (MhRoadGraph) graph = road_cross ("type=restriction;restriction=no_left_turn", "4");
  g_autoptr (GBytes) bytes = mh_road_graph_pack (graph);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size; i++)
    road_assert_refused (data, i, "is cut off");
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      copy[i] ^= 1;
      road_assert_refused (copy, size,
                           i < 8    ? "is something else"
                           : i < 12 ? "has another version"
                           : i < 32 ? "is cut off"
                                    : "is damaged");
    }

  g_autoptr (GError) error = NULL;
  g_assert_null (mh_road_graph_load ("/nowhere/at/all", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (mh_road_graph_save (graph, "/nowhere/at/all", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roads/oneway", test_oneway);
  g_test_add_func ("/roads/same-edge", test_same_edge);
  g_test_add_func ("/roads/access", test_access);
  g_test_add_func ("/roads/barriers", test_barriers);
  g_test_add_func ("/roads/core", test_core);
  g_test_add_func ("/roads/heading", test_heading);
  g_test_add_func ("/roads/restrictions", test_restrictions);
  g_test_add_func ("/roads/turning", test_turning);
  g_test_add_func ("/roads/roundabout", test_roundabout);
  g_test_add_func ("/roads/told", test_told);
  g_test_add_func ("/roads/turns", test_turns);
  g_test_add_func ("/roads/distance-words", test_distance_words);
  g_test_add_func ("/roads/reach", test_reach);
  g_test_add_func ("/roads/traffic", test_traffic);
  g_test_add_func ("/roads/file", test_file);
  g_test_add_func ("/roads/file-wrong", test_file_wrong);
  return g_test_run ();
}
