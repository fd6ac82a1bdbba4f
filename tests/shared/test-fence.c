/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones: which borders are refused, what lies inside, and what a drive past or through them tells.
 */
#include "shared/base/mh-error.h"
#include "shared/geo/mh-fence-track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Metres east and north of a place in Delhi. */
static MhGeoPoint
fence_at (double east, double north)
{
  const double degree = MH_GEO_EARTH_METRES * G_PI / 180;
  return (MhGeoPoint){ 28.6 + north / degree, 77.2 + east / (degree * cos (28.6 * G_PI / 180)) };
}

/* From 0 to @wide metres east, and from -100 to 100 north. */
static MhFence *
fence_block (const char *id, double wide)
{
  MhGeoPoint corners[] = { fence_at (0, -100), fence_at (wide, -100), fence_at (wide, 100),
                           fence_at (0, 100), fence_at (0, -100) };
  g_autoptr (GError) error = NULL;
  MhFence *fence = mh_fence_new (id, corners, G_N_ELEMENTS (corners), &error);
  g_assert_no_error (error);
  return fence;
}

/* --- borders --- */

/* "east,north" in metres, or "@lat,lon" as it is. */
static GArray *
fence_corners (const char *text)
{
  GArray *corners = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL && words[i][0] != 0; i++)
    {
      gboolean is_raw = words[i][0] == '@';
      char *comma = strchr (words[i], ',');
      double first = g_ascii_strtod (words[i] + is_raw, NULL);
      double second = g_ascii_strtod (comma + 1, NULL);
      MhGeoPoint corner = is_raw ? (MhGeoPoint){ first, second } : fence_at (first, second);
      g_array_append_val (corners, corner);
    }
  return corners;
}

static const struct
{
  const char *corners, *field, *code, *words; /* field NULL: accepted */
} borders[] = {
  { "0,0 9,0 9,9 0,0", NULL, NULL, NULL },
  { "0,0 9,0 9,9 0,9 0,0", NULL, NULL, NULL },
  { "0,0 9,0 4,4 9,9 0,9 0,0", NULL, NULL, NULL }, /* a corner inwards */
  { "", "corners", "too_short", "at least 3" },
  { "0,0 9,0 0,0", "corners", "too_short", "at least 3" },
  { "0,0 9,0 9,9 0,9", "corners", "format", "open" },
  { "0,0 9,0 9,0 9,9 0,0", "corners[2]", "duplicate", "Corner 3 is the same as corner 2" },
  { "0,0 9,9 9,0 0,9 0,0", "corners[0]", "crossing", "from corner 1 to 2 meets that from 3 to 4" },
  { "0,0 9,0 9,9 5,-1 0,9 0,0", "corners[0]", "crossing",
    "from corner 1 to 2 meets that from 3 to 4" },
  { "@0,0 @0,5 @5,5 @0,2 @5,0 @0,0", "corners[0]", "crossing",
    "from corner 1 to 2 meets" }, /* touches */
  { "@0,0 @0,5 @0,2 @5,2 @0,0", "corners[1]", "crossing", "back on itself at corner 2" },
  { "@0,0 @0,1 @0,2 @0,0", "corners[0]", "crossing", "back on itself at corner 1" },
  { "@90,0 @89,0 @89,1 @90,0", NULL, NULL, NULL },
  { "@90.001,0 @89,0 @89,1 @90.001,0", "corners[0]", "out_of_range", "Corner 1 is no place" },
  { "@0,180 @1,180 @1,179 @0,180", NULL, NULL, NULL },
  { "@0,179 @1,180.001 @1,179 @0,179", "corners[1]", "out_of_range", "Corner 2 is no place" },
  { "@nan,0 @1,1 @1,0 @nan,0", "corners", "format", "open" },
  { "@0,0 @1,nan @1,0 @0,0", "corners[1]", "out_of_range", "Corner 2 is no place" },
  { "@0,179 @1,-179 @1,179 @0,179", "corners", "out_of_range", "180th meridian" },
};

static void
test_borders (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (borders); i++)
    {
      g_test_message ("%s", borders[i].corners);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) corners = fence_corners (borders[i].corners);
      g_autoptr (MhFence) fence
          = mh_fence_new ("z", (const MhGeoPoint *)(void *)corners->data, corners->len, &error);
      if (borders[i].field == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (fence);
          continue;
        }
      g_assert_null (fence);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_nth (mh_error_get_issues (error), 0);
      g_assert_cmpstr (issue->field, ==, borders[i].field);
      g_assert_cmpstr (issue->code, ==, borders[i].code);
      g_assert_nonnull (strstr (issue->message, borders[i].words));
    }
}

/* A star of @n corners about the origin, closed. */
static GArray *
fence_star (guint n)
{
  GArray *corners = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  for (guint i = 0; i <= n; i++)
    {
      double angle = 2 * G_PI * (i % n) / n, far = i % n % 2 == 0 ? 1000 : 700;
      MhGeoPoint corner = fence_at (far * cos (angle), far * sin (angle));
      g_array_append_val (corners, corner);
    }
  return corners;
}

static void
test_corners (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) most = fence_star (MH_FENCE_MOST_CORNERS);
  g_autoptr (MhFence) fence
      = mh_fence_new ("z", (const MhGeoPoint *)(void *)most->data, most->len, &error);
  g_assert_no_error (error);
  g_assert_true (mh_fence_contains (fence, fence_at (0, 0)));
  g_assert_false (mh_fence_contains (fence, fence_at (900, 900)));

  g_autoptr (GArray) many = fence_star (MH_FENCE_MOST_CORNERS + 1);
  g_assert_null (mh_fence_new ("z", (const MhGeoPoint *)(void *)many->data, many->len, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_assert_cmpstr (mh_issues_nth (mh_error_get_issues (error), 0)->code, ==, "too_long");
}

/* --- inside --- */

static void
test_inside (void)
{
  static const struct
  {
    double east, north, outside; /* metres; 0: inside */
  } rows[] = {
    { 100, 0, 0 },      { 0, 0, 0 },      { 0, -100, 0 },      { 200, 100, 0 },
    { 199.9, 99.9, 0 }, { -0.1, 0, 0.1 }, { 200.1, 0, 0.1 },   { -49.9, 0, 49.9 },
    { -50.1, 0, 50.1 }, { 230, 140, 50 }, { 100, 100.1, 0.1 }, { 100, 160, 60 },
    { 5000, 0, 4800 },
  };
  g_autoptr (MhFence) fence = fence_block ("z", 200);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhGeoPoint point = fence_at (rows[i].east, rows[i].north);
      g_test_message ("%g %g", rows[i].east, rows[i].north);
      g_assert_cmpint (mh_fence_contains (fence, point), ==, rows[i].outside == 0);
      g_assert_cmpfloat_with_epsilon (mh_fence_metres_outside (fence, point), rows[i].outside,
                                      0.02 + rows[i].outside * 0.001);
      if (rows[i].outside <= 60)
        g_assert_true (mh_fence_is_near (fence, point, point, 61));
    }
  g_assert_false (mh_fence_is_near (fence, fence_at (-300, 0), fence_at (-100, 0), 61));
  g_assert_cmpstr (mh_fence_id (fence), ==, "z");
}

static void
test_crossed (void)
{
  double first = -1, last = -1;
  g_autoptr (MhFence) fence = fence_block ("z", 200);
  g_assert_true (mh_fence_crossed (fence, fence_at (-100, 0), fence_at (300, 0), &first, &last));
  g_assert_cmpfloat_with_epsilon (first, 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (last, 0.75, 1e-6);
  g_assert_true (mh_fence_crossed (fence, fence_at (100, 0), fence_at (300, 0), &first, &last));
  g_assert_cmpfloat_with_epsilon (first, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (last, 0.5, 1e-6);
  g_assert_false (
      mh_fence_crossed (fence, fence_at (-100, 101), fence_at (300, 101), &first, &last));
  g_assert_false (mh_fence_crossed (fence, fence_at (-100, 0), fence_at (-10, 0), &first, &last));
}

/* --- fixes --- */

#define START (1000 * MH_SECOND)

static MhFix
fence_fix (double east, double north, double seconds)
{
  return (MhFix){ fence_at (east, north), START + (gint64)(seconds * MH_SECOND), -1 };
}

static void
test_fixes (void)
{
  const gint64 now = START + 100 * MH_SECOND;
  MhFenceTrack track = { 0 };
  MhFix fix = fence_fix (0, 0, 0);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_TAKEN);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_LATE); /* the same again */
  fix = fence_fix (0, 0, -1);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_LATE);
  g_assert_cmpuint (track.n_late, ==, 2);

  static const MhGeoPoint nowhere[]
      = { { 90.01, 0 }, { -90.01, 0 }, { 10, 180.01 }, { NAN, 10 }, { 10, INFINITY }, { 0, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      fix = (MhFix){ nowhere[i], START + 5 * MH_SECOND, -1 };
      g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_IMPOSSIBLE);
    }
  g_assert_cmpuint (track.n_impossible, ==, G_N_ELEMENTS (nowhere));

  fix = (MhFix){ fence_at (0, 0), now + MH_FIX_MOST_AHEAD + 1, -1 };
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_IMPOSSIBLE);
  fix.time = 0;
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_IMPOSSIBLE);
  fix.time = now + MH_FIX_MOST_AHEAD;
  g_assert_cmpint (mh_fence_track_take (&track, &fix, now), ==, MH_FIX_TAKEN);
  g_assert_cmpuint (track.n_taken, ==, 2);
}

/* 400 km/h and 200 m: 1311 m in 10 s. */
static void
test_too_fast (void)
{
  static const struct
  {
    double metres;
    MhFixVerdict verdict;
  } rows[] = { { 1310, MH_FIX_TAKEN }, { 1313, MH_FIX_IMPOSSIBLE }, { 300000, MH_FIX_IMPOSSIBLE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhFenceTrack track = { 0 };
      MhFix from = fence_fix (0, 0, 0), to = fence_fix (0, rows[i].metres, 10);
      mh_fence_track_take (&track, &from, START + MH_HOUR);
      g_assert_cmpint (mh_fence_track_take (&track, &to, START + MH_HOUR), ==, rows[i].verdict);
    }
}

/* A first fix that was wrong is given up once three in a row agree with each other and not with it.
 */
static void
test_wrong_first (void)
{
  MhFenceTrack track = { 0 };
  MhFix fix = fence_fix (0, 300000, 0);
  mh_fence_track_take (&track, &fix, START + MH_HOUR);
  fix = fence_fix (0, 0, 10);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_HOUR), ==, MH_FIX_IMPOSSIBLE);
  fix = fence_fix (0, -300000, 15); /* agrees with neither */
  g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_HOUR), ==, MH_FIX_IMPOSSIBLE);
  fix = fence_fix (10, 0, 20);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_HOUR), ==, MH_FIX_IMPOSSIBLE);
  fix = fence_fix (20, 0, 30);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_HOUR), ==, MH_FIX_IMPOSSIBLE);
  fix = fence_fix (30, 0, 40);
  g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_HOUR), ==, MH_FIX_TAKEN);
  g_assert_cmpint (track.before.time, ==, 0);
  g_assert_cmpuint (track.n_impossible, ==, 4);
}

/* --- entering and leaving --- */

/* "east[/north]@seconds …" past a block of 200 m → "+s" entered, "-s" left, "~" driven through. */
static char *
fence_drive (MhFence *fence, const char *text, GArray *states)
{
  MhFenceTrack track = { 0 };
  GString *told = g_string_new (NULL);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhFenceEvent));
  g_autoptr (GPtrArray) fences = g_ptr_array_new ();
  g_ptr_array_add (fences, fence);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      char *slash = strchr (words[i], '/'), *time = strchr (words[i], '@');
      double north = slash != NULL ? g_ascii_strtod (slash + 1, NULL) : 0;
      MhFix fix
          = fence_fix (g_ascii_strtod (words[i], NULL), north, g_ascii_strtod (time + 1, NULL));
      g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_DAY), ==, MH_FIX_TAKEN);
      mh_fence_track_step (&track, fences, states, events);
    }
  for (guint i = 0; i < events->len; i++)
    {
      const MhFenceEvent *event = &g_array_index (events, MhFenceEvent, i);
      g_assert_cmpstr (event->zone, ==, mh_fence_id (fence));
      char seconds[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (seconds, sizeof seconds, "%.3g", (double)(event->at - START) / MH_SECOND);
      g_string_append_printf (told, "%s%s%s%s", i > 0 ? " " : "", event->is_jump ? "~" : "",
                              event->is_entry ? "+" : "-", seconds);
    }
  return g_string_free (told, FALSE);
}

static const struct
{
  const char *name, *fixes, *events;
  gboolean is_inside;
} drives[] = {
  { "one inside is not enough", "-60@0 10@30", "", FALSE },
  { "two inside", "-60@0 10@30 20@60", "+30", TRUE },
  { "two inside, not in a row", "-60@0 10@30 -10@40 20@60", "", FALSE },
  { "the border is inside", "-60@0 0@30 0@60", "+30", TRUE },
  { "just before it is not", "-60@0 -0.2@30 -0.2@60 -0.2@90", "", FALSE },
  { "the first fixes of all", "10@0 10@30", "+0", TRUE },
  { "one clear outside", "10@0 10@30 -60@60", "+0", TRUE },
  { "two clear outside", "10@0 10@30 -60@60 -70@90", "+0 -60", FALSE },
  { "50 m are not clear", "10@0 10@30 -49.9@60 -49.9@90 -49.9@120", "+0", TRUE },
  { "more than 50 m are", "10@0 10@30 -50.1@60 -50.1@90", "+0 -60", FALSE },
  { "near it in between", "10@0 10@30 -60@60 -40@90 -60@120", "+0", TRUE },
  { "back inside in between", "10@0 10@30 -60@60 10@90 -60@120", "+0", TRUE },
  { "in, out and in", "10@0 20@5 -60@30 -90@60 -60@90 10@120 10@150", "+0 -30 +120", TRUE },
  { "jumped over", "-100@0 300@30", "~+7.5 ~-22.5", FALSE },
  { "jumped over and on", "-100@0 300@30 600@60", "~+7.5 ~-22.5", FALSE },
  { "jumped over from nearby to nearby", "-10@0 210@30", "~+1.36 ~-28.6", FALSE },
  { "past it", "-100/150@0 300/150@30", "", FALSE },
  { "through with one fix inside", "-100@0 100@15 300@30", "~+7.5 ~-22.5", FALSE },
  { "one fix astray inside", "-100@0 100@15 -100@30 -100@45", "", FALSE },
  { "trembling about a corner", "-10/90@0 10/110@5 -10/90@10 10/110@15", "", FALSE },
  { "silence proves nothing", "-100@0 300@301", "", FALSE },
  { "the longest silence that does", "-100@0 300@300", "~+75 ~-225", FALSE },
  { "inside, a jump out and in", "10@0 10@5 190@10 10@15", "+0", TRUE },
};

static void
test_drives (void)
{
  g_autoptr (MhFence) fence = fence_block ("018f0000-0000-7000-8000-000000000001", 200);
  for (guint i = 0; i < G_N_ELEMENTS (drives); i++)
    {
      g_test_message ("%s", drives[i].name);
      g_autoptr (GArray) states = g_array_new (FALSE, TRUE, sizeof (MhFenceState));
      g_autofree char *told = fence_drive (fence, drives[i].fixes, states);
      g_assert_cmpstr (told, ==, drives[i].events);
      g_assert_cmpint (states->len > 0 && g_array_index (states, MhFenceState, 0).is_inside, ==,
                       drives[i].is_inside);
    }
}

/* What is kept is enough: after each fix, go on with a copy, as after a restart. */
static void
test_restart (void)
{
  g_autoptr (MhFence) fence = fence_block ("z", 200);
  g_autoptr (GPtrArray) fences = g_ptr_array_new ();
  g_ptr_array_add (fences, fence);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhFenceEvent));
  g_autoptr (GArray) states = g_array_new (FALSE, TRUE, sizeof (MhFenceState));
  static const double way[] = { -100, 10, 20, 30, -100, -110 };
  MhFenceTrack track = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      MhFenceTrack kept = track;
      g_autoptr (GArray) kept_states = g_array_copy (states);
      MhFix fix = fence_fix (way[i], 0, i * 30);
      mh_fence_track_take (&kept, &fix, START + MH_DAY);
      mh_fence_track_step (&kept, fences, kept_states, events);
      track = kept;
      g_array_set_size (states, 0);
      g_array_append_vals (states, kept_states->data, kept_states->len);
    }
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpuint (states->len, ==, 0);
}

/* A zone that was removed while a vehicle was in it is forgotten. */
static void
test_removed (void)
{
  g_autoptr (MhFence) fence = fence_block ("z", 200);
  g_autoptr (GArray) states = g_array_new (FALSE, TRUE, sizeof (MhFenceState));
  g_autofree char *told = fence_drive (fence, "10@0 10@30", states);
  g_assert_cmpuint (states->len, ==, 1);
  g_assert_cmpint (g_array_index (states, MhFenceState, 0).since, ==, START);

  MhFenceTrack track = { 0 };
  MhFix fix = fence_fix (10, 0, 60);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhFenceEvent));
  mh_fence_track_take (&track, &fix, START + MH_DAY);
  mh_fence_track_step (&track, none, states, events);
  g_assert_cmpuint (states->len, ==, 0);
  g_assert_cmpuint (events->len, ==, 0);
}

/* --- at the scene --- */

/* Each row: metres from the scene, km/h (negative: not told), seconds; when it is proposed. */
static const struct
{
  const char *name, *fixes;
  int proposed; /* the fix that does, from 0; -1: none */
} scenes[] = {
  { "20 s near and slow", "50,0,0 50,0,10 50,0,20", 2 },
  { "19 s are too short", "50,0,0 50,0,10 50,0,19", -1 },
  { "99.9 m", "99.9,0,0 99.9,0,20", 1 },
  { "100 m are too far", "100.1,0,0 100.1,0,20 100.1,0,40", -1 },
  { "4.9 km/h", "50,4.9,0 50,4.9,20", 1 },
  { "5 km/h are too fast", "50,5,0 50,5,20 50,5,40", -1 },
  { "moved in between", "50,0,0 50,30,10 50,0,20 50,0,39", -1 },
  { "and stands again", "50,0,0 50,30,10 50,0,20 50,0,40", 3 },
  { "away in between", "50,0,0 150,0,10 50,0,20 50,0,39", -1 },
  { "speed by the fixes", "50,-1,0 50,-1,5 50,-1,25", 2 },
  { "driving by the fixes", "99,-1,0 40,-1,5 10,-1,10 60,-1,16 99,-1,25", -1 },
  { "a silence in between", "50,0,0 50,0,301", -1 },
};

static void
test_scene (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_test_message ("%s", scenes[i].name);
      MhFenceTrack track = { 0 };
      MhSceneState state = { 0 };
      int proposed = -1;
      g_auto (GStrv) words = g_strsplit (scenes[i].fixes, " ", -1);
      for (int k = 0; words[k] != NULL; k++)
        {
          g_auto (GStrv) cells = g_strsplit (words[k], ",", -1);
          MhFix fix = fence_fix (g_ascii_strtod (cells[0], NULL), 0, atoi (cells[2]));
          fix.speed = g_ascii_strtod (cells[1], NULL);
          g_assert_cmpint (mh_fence_track_take (&track, &fix, START + MH_DAY), ==, MH_FIX_TAKEN);
          if (mh_scene_step (&state, &track, fence_at (0, 0)))
            {
              g_assert_cmpint (proposed, ==, -1);
              proposed = k;
            }
        }
      g_assert_cmpint (proposed, ==, scenes[i].proposed);
    }
}

/* Proposed once, and again only after it was 100 m away. */
static void
test_scene_once (void)
{
  static const struct
  {
    double metres;
    gboolean is_proposed;
  } rows[] = { { 50, FALSE }, { 50, TRUE },   { 50, FALSE }, { 99, FALSE },
               { 50, FALSE }, { 101, FALSE }, { 50, FALSE }, { 50, TRUE } };
  MhFenceTrack track = { 0 };
  MhSceneState state = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhFix fix = fence_fix (rows[i].metres, 0, i * 20);
      fix.speed = 0;
      mh_fence_track_take (&track, &fix, START + MH_DAY);
      g_assert_cmpint (mh_scene_step (&state, &track, fence_at (0, 0)), ==, rows[i].is_proposed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fence/borders", test_borders);
  g_test_add_func ("/fence/corners", test_corners);
  g_test_add_func ("/fence/inside", test_inside);
  g_test_add_func ("/fence/crossed", test_crossed);
  g_test_add_func ("/fence/fixes", test_fixes);
  g_test_add_func ("/fence/too-fast", test_too_fast);
  g_test_add_func ("/fence/wrong-first", test_wrong_first);
  g_test_add_func ("/fence/drives", test_drives);
  g_test_add_func ("/fence/restart", test_restart);
  g_test_add_func ("/fence/removed", test_removed);
  g_test_add_func ("/fence/scene", test_scene);
  g_test_add_func ("/fence/scene-once", test_scene_once);
  return g_test_run ();
}
