/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-fence.h"

#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"

#include <math.h>
#include <string.h>

#define METRES_PER_DEGREE (MH_GEO_EARTH_METRES * G_PI / 180)
/* Nearer than this to the border is on it. */
#define ON_BORDER_METRES 0.01

struct _MhFence
{
  gatomicrefcount refs;
  char id[MH_ID_LENGTH + 1];
  MhGeoBox box;
  guint n; /* without the repeated one */
  MhGeoPoint corners[];
};

typedef struct
{
  double x, y;
} Spot;

/* --- plane geometry, in degrees --- */

/* Which side of the line from @a to @b @c lies on: positive left, 0 on it. */
static double
fence_side (MhGeoPoint a, MhGeoPoint b, MhGeoPoint c)
{
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

static gboolean
fence_is_same (MhGeoPoint a, MhGeoPoint b)
{
  return a.lat == b.lat && a.lon == b.lon;
}

static gboolean
fence_within (MhGeoPoint a, MhGeoPoint b, MhGeoPoint c)
{
  return c.lon >= MIN (a.lon, b.lon) && c.lon <= MAX (a.lon, b.lon) && c.lat >= MIN (a.lat, b.lat)
         && c.lat <= MAX (a.lat, b.lat);
}

/* Do the lines ab and cd meet, ends included? */
static gboolean
fence_lines_meet (MhGeoPoint a, MhGeoPoint b, MhGeoPoint c, MhGeoPoint d)
{
  double ca = fence_side (c, d, a), cb = fence_side (c, d, b);
  double ac = fence_side (a, b, c), ad = fence_side (a, b, d);
  if (((ca > 0 && cb < 0) || (ca < 0 && cb > 0)) && ((ac > 0 && ad < 0) || (ac < 0 && ad > 0)))
    return TRUE;

  return (ca == 0 && fence_within (c, d, a)) || (cb == 0 && fence_within (c, d, b))
         || (ac == 0 && fence_within (a, b, c)) || (ad == 0 && fence_within (a, b, d));
}

/* Does the border turn back on itself at @b? */
static gboolean
fence_is_spike (MhGeoPoint a, MhGeoPoint b, MhGeoPoint c)
{
  double along = (b.lon - a.lon) * (c.lon - b.lon) + (b.lat - a.lat) * (c.lat - b.lat);
  return fence_side (a, b, c) == 0 && along < 0;
}

/* --- checking --- */

static void
fence_check_corner (MhIssues *issues, const MhGeoPoint *corners, gsize i)
{
  g_autofree char *field = g_strdup_printf ("corners[%zu]", i);
  if (!mh_geo_is_valid (corners[i]))
    mh_issues_add (issues, field, "out_of_range",
                   "Corner %zu is no place on earth: latitude goes from -90 to 90, longitude from "
                   "-180 to 180.",
                   i + 1);
  else if (i > 0 && fence_is_same (corners[i], corners[i - 1]))
    mh_issues_add (issues, field, "duplicate", "Corner %zu is the same as corner %zu: remove one.",
                   i + 1, i);
}

static void
fence_check_count (MhIssues *issues, const MhGeoPoint *corners, gsize n)
{
  if (n < MH_FENCE_LEAST_CORNERS + 1)
    mh_issues_add (issues, "corners", "too_short",
                   "A zone has at least %d corners and its first one again as the last.",
                   MH_FENCE_LEAST_CORNERS);
  else if (n > MH_FENCE_MOST_CORNERS + 1)
    mh_issues_add (issues, "corners", "too_long",
                   "A zone has at most %d corners; this one has %zu: leave out corners.",
                   MH_FENCE_MOST_CORNERS, n - 1);
  else if (!fence_is_same (corners[0], corners[n - 1]))
    mh_issues_add (issues, "corners", "format",
                   "The border is open: its last corner must be its first one again.");
}

static MhGeoBox
fence_box_of (const MhGeoPoint *corners, gsize n)
{
  MhGeoBox box = MH_GEO_BOX_EMPTY;
  for (gsize i = 0; i < n; i++)
    mh_geo_box_add (&box, corners[i]);
  return box;
}

/* Corner numbers as people count them: the side from corner i to the next, round the ring. */
static guint
fence_next (gsize i, gsize n)
{
  return (guint)((i + 1) % n + 1);
}

static gboolean
fence_has_spike (MhIssues *issues, const MhGeoPoint *corners, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fence_is_spike (corners[(i + n - 1) % n], corners[i], corners[i + 1]))
      {
        g_autofree char *field = g_strdup_printf ("corners[%zu]", i);
        mh_issues_add (issues, field, "crossing",
                       "The border runs back on itself at corner %zu: move or remove it.", i + 1);
        return TRUE;
      }
  return FALSE;
}

/* The first place where the ring of @n different corners meets itself. Sides next to each other
 * share a corner, the first and the last as well. */
static void
fence_check_crossing (MhIssues *issues, const MhGeoPoint *corners, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 2; j < n && !(i == 0 && j == n - 1); j++)
      if (fence_lines_meet (corners[i], corners[i + 1], corners[j], corners[j + 1]))
        {
          g_autofree char *field = g_strdup_printf ("corners[%zu]", i);
          mh_issues_add (issues, field, "crossing",
                         "The border crosses itself: the side from corner %zu to %u meets that "
                         "from %zu to %u. Move one of them.",
                         i + 1, fence_next (i, n), j + 1, fence_next (j, n));
          return;
        }
}

static gboolean
fence_check (const MhGeoPoint *corners, gsize n, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  fence_check_count (issues, corners, n);
  if (mh_issues_count (issues) > 0)
    return mh_issues_raise (issues, error);

  for (gsize i = 0; i < n; i++)
    fence_check_corner (issues, corners, i);
  if (mh_issues_count (issues) > 0)
    return mh_issues_raise (issues, error);

  MhGeoBox box = fence_box_of (corners, n);
  if (box.max.lon - box.min.lon > 180)
    mh_issues_add (issues, "corners", "out_of_range",
                   "The zone lies across the 180th meridian: draw one on each side.");
  else if (!fence_has_spike (issues, corners, n - 1))
    fence_check_crossing (issues, corners, n - 1);
  return mh_issues_raise (issues, error);
}

/* --- life --- */

MhFence *
mh_fence_new (const char *id, const MhGeoPoint *corners, gsize n, GError **error)
{
  g_return_val_if_fail (id != NULL && strlen (id) <= MH_ID_LENGTH, NULL);
  if (!fence_check (corners, n, error))
    return NULL;

  MhFence *fence = g_malloc0 (sizeof *fence + n * sizeof *corners);
  g_atomic_ref_count_init (&fence->refs);
  g_strlcpy (fence->id, id, sizeof fence->id);
  fence->box = fence_box_of (corners, n);
  fence->n = (guint)n - 1;
  memcpy (fence->corners, corners, n * sizeof *corners);
  return fence;
}

static gboolean
fence_is_number (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
fence_read_corner (JsonNode *node, MhGeoPoint *out_corner)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (pair == NULL || json_array_get_length (pair) != 2
      || !fence_is_number (json_array_get_element (pair, 0))
      || !fence_is_number (json_array_get_element (pair, 1)))
    return FALSE;

  *out_corner = (MhGeoPoint){ json_array_get_double_element (pair, 0),
                              json_array_get_double_element (pair, 1) };
  return TRUE;
}

MhFence *
mh_fence_read (const char *id, const char *corners, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (MhGeoPoint));
  g_autoptr (JsonNode) root = mh_json_parse (corners != NULL ? corners : "", -1, NULL);
  JsonArray *ring
      = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  gboolean is_ring = ring != NULL;

  for (guint i = 0; is_ring && i < json_array_get_length (ring); i++)
    {
      MhGeoPoint corner;
      is_ring = fence_read_corner (json_array_get_element (ring, i), &corner);
      g_array_append_val (points, corner);
    }
  if (is_ring)
    return mh_fence_new (id, (const MhGeoPoint *)points->data, points->len, error);

  mh_error_set_field (error, "corners", "format",
                      "Corners are a list of [LAT,LON] in degrees, such as "
                      "[[57.70,11.95],[57.72,11.95],[57.71,11.99],[57.70,11.95]].");
  return NULL;
}

MhFence *
mh_fence_ref (MhFence *fence)
{
  g_atomic_ref_count_inc (&fence->refs);
  return fence;
}

void
mh_fence_unref (MhFence *fence)
{
  if (g_atomic_ref_count_dec (&fence->refs))
    g_free (fence);
}

const char *
mh_fence_id (const MhFence *fence)
{
  return fence->id;
}

/* --- distances --- */

/* @point in metres from @origin. */
static Spot
fence_spot (MhGeoPoint origin, double narrowing, MhGeoPoint point)
{
  return (Spot){ (point.lon - origin.lon) * narrowing * METRES_PER_DEGREE,
                 (point.lat - origin.lat) * METRES_PER_DEGREE };
}

static double
fence_narrowing (double lat)
{
  return cos (lat * G_PI / 180);
}

/* From the origin to the side from @a to @b. */
static double
fence_metres_to_side (Spot a, Spot b)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double length = dx * dx + dy * dy;
  double part = length > 0 ? CLAMP (-(a.x * dx + a.y * dy) / length, 0, 1) : 0;
  return hypot (a.x + part * dx, a.y + part * dy);
}

static double
fence_metres_to_border (const MhFence *fence, MhGeoPoint point)
{
  double narrowing = fence_narrowing (point.lat), least = G_MAXDOUBLE;
  Spot from = fence_spot (point, narrowing, fence->corners[0]);
  for (guint i = 1; i <= fence->n; i++)
    {
      Spot to = fence_spot (point, narrowing, fence->corners[i]);
      least = MIN (least, fence_metres_to_side (from, to));
      from = to;
    }
  return least;
}

/* How often a ray to the east crosses the border is odd. */
static gboolean
fence_is_enclosed (const MhFence *fence, MhGeoPoint point)
{
  gboolean inside = FALSE;
  for (guint i = 0; i < fence->n; i++)
    {
      MhGeoPoint a = fence->corners[i], b = fence->corners[i + 1];
      if ((a.lat > point.lat) != (b.lat > point.lat)
          && point.lon < a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
        inside = !inside;
    }
  return inside;
}

double
mh_fence_metres_outside (const MhFence *fence, MhGeoPoint point)
{
  if (mh_geo_box_has (&fence->box, point) && fence_is_enclosed (fence, point))
    return 0;
  double metres = fence_metres_to_border (fence, point);
  return metres < ON_BORDER_METRES ? 0 : metres;
}

gboolean
mh_fence_contains (const MhFence *fence, MhGeoPoint point)
{
  return mh_fence_is_near (fence, point, point, ON_BORDER_METRES)
         && mh_fence_metres_outside (fence, point) == 0;
}

gboolean
mh_fence_is_near (const MhFence *fence, MhGeoPoint from, MhGeoPoint to, double metres)
{
  double up = metres / METRES_PER_DEGREE;
  double farthest = MIN (89.9, MAX (fabs (from.lat), fabs (to.lat)) + up);
  double wide = up / fence_narrowing (farthest);
  return MAX (from.lat, to.lat) + up >= fence->box.min.lat
         && MIN (from.lat, to.lat) - up <= fence->box.max.lat
         && MAX (from.lon, to.lon) + wide >= fence->box.min.lon
         && MIN (from.lon, to.lon) - wide <= fence->box.max.lon;
}

gboolean
mh_fence_crossed (const MhFence *fence,
                  MhGeoPoint from,
                  MhGeoPoint to,
                  double *out_first,
                  double *out_last)
{
  double first = 2, last = -1;
  double dx = to.lon - from.lon, dy = to.lat - from.lat;
  if (fence_is_enclosed (fence, from))
    first = last = 0;
  if (fence_is_enclosed (fence, to))
    {
      first = MIN (first, 1);
      last = 1;
    }
  for (guint i = 0; i < fence->n; i++)
    {
      MhGeoPoint a = fence->corners[i], b = fence->corners[i + 1];
      double ex = b.lon - a.lon, ey = b.lat - a.lat;
      double turn = dx * ey - dy * ex;
      if (turn == 0)
        continue;
      double on_line = ((a.lon - from.lon) * ey - (a.lat - from.lat) * ex) / turn;
      double on_side = ((a.lon - from.lon) * dy - (a.lat - from.lat) * dx) / turn;
      if (on_line < 0 || on_line > 1 || on_side < 0 || on_side > 1)
        continue;
      first = MIN (first, on_line);
      last = MAX (last, on_line);
    }
  if (last <= first)
    return FALSE;

  *out_first = first;
  *out_last = last;
  return TRUE;
}
