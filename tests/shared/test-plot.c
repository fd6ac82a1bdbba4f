/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts: round ticks, where points stand and are found, both directions, what is said, what is
 * drawn where. With MH_TEST_PICTURES=FOLDER it leaves pictures to look at. */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/reports/mh-box.h"
#include "shared/reports/mh-plot-private.h"
#include "tests/shared/paper-read.h"

#define WIDTH 640
#define HEIGHT 320
#define DAY_0 ((gint64)1763683200 * G_USEC_PER_SEC) /* 2025-11-21T00:00Z, a Friday */

/* --- pictures --- */

static cairo_surface_t *
draw (MhPlot *plot, const MhPlotLook *look, const char *name)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const char *folder = g_getenv ("MH_TEST_PICTURES");
  cairo_set_source_rgb (cr, (look->back >> 16 & 0xff) / 255.0, (look->back >> 8 & 0xff) / 255.0,
                        (look->back & 0xff) / 255.0);
  cairo_paint (cr);
  mh_plot_draw (plot, cr, WIDTH, HEIGHT, look);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (folder != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/plot-%s.png", folder, name);
      g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
    }
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, double x, double y)
{
  guint32 value;
  memcpy (&value,
          cairo_image_surface_get_data (surface)
              + (gsize)y * (gsize)cairo_image_surface_get_stride (surface) + (gsize)x * 4,
          4);
  return value & 0xffffff;
}

/* Edges are smoothed: nearly that colour. */
static void
assert_colour (cairo_surface_t *surface, double x, double y, guint32 colour)
{
  guint32 seen = pixel (surface, x, y);
  for (guint shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int)(seen >> shift & 0xff) - (int)(colour >> shift & 0xff)), <, 24);
}

/* A fortnight of a control with a gap, an excluded run, limits, a band and a new lot. */
static MhPlot *
control (void)
{
  static const double values[] = { 140.2, 139.6, 141.0, NAN,   138.9, 140.4, 144.2,
                                   140.1, 139.8, 140.9, 146.8, 140.0, 139.2, 140.6 };
  MhPlot *plot = mh_plot_new ("Sodium · level 1");
  mh_plot_set_unit (plot, "mmol/L", 1);
  mh_plot_set_time (plot, NULL, MH_PLOT_INSTANT);
  guint runs = mh_plot_series (plot, "Runs", MH_PLOT_LINE, MH_PLOT_ACCENT);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gboolean out = values[i] > 146;
      guint point = mh_plot_point (plot, runs, DAY_0 + i * (double)MH_DAY, values[i],
                                   out ? MH_MARK_CROSS : MH_MARK_DOT, out ? "1-3s" : NULL);
      if (out)
        mh_plot_ink_point (plot, point, MH_PLOT_BAD);
    }
  mh_plot_band (plot, 136, 144, MH_PLOT_GOOD);
  mh_plot_limit (plot, 140, "mean", MH_PLOT_GREY);
  mh_plot_limit (plot, 144, "+2 SD", MH_PLOT_WARM);
  mh_plot_limit (plot, 146, "+3 SD", MH_PLOT_BAD);
  mh_plot_event (plot, DAY_0 + 7 * (double)MH_DAY, "Lot 4711");
  return plot;
}

/* --- ticks --- */

static void
test_ticks (void)
{
  static const struct
  {
    double least, most;
    guint n;
    gboolean whole;
    double first, last, step;
  } cases[] = {
    { 0, 10, 5, FALSE, 0, 10, 2 },
    { 0, 9.99, 5, FALSE, 0, 10, 2 },
    { 0, 10.01, 5, FALSE, 0, 15, 5 },
    { 136.2, 143.9, 4, FALSE, 136, 144, 2 },
    { -0.3, 0.3, 6, FALSE, -0.3, 0.3, 0.1 },
    { 0, 1, 5, TRUE, 0, 1, 1 },
    { 0, 3, 8, TRUE, 0, 3, 1 },
    { 0, 0.0021, 3, FALSE, 0, 0.003, 0.001 },
    { 0, 50000, 5, TRUE, 0, 50000, 10000 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double least = cases[i].least, most = cases[i].most;
      g_autoptr (GArray) ticks = mh_plot_round_ticks (&least, &most, cases[i].n, cases[i].whole);
      g_assert_cmpfloat_with_epsilon (least, cases[i].first, 1e-9);
      g_assert_cmpfloat_with_epsilon (most, cases[i].last, 1e-9);
      g_assert_cmpfloat_with_epsilon (g_array_index (ticks, MhPlotTick, 1).at
                                          - g_array_index (ticks, MhPlotTick, 0).at,
                                      cases[i].step, 1e-9);
    }
}

static void
test_time_ticks (void)
{
  static const struct
  {
    double days;
    guint n;
    const char *labels;
  } cases[] = {
    { 0.25, 6, "00:00 01:00 02:00 03:00 04:00 05:00 06:00" },
    { 3, 3, "21 Nov|22 Nov|23 Nov|24 Nov" },
    { 14, 4, "24 Nov|1 Dec" }, /* weeks begin on Monday */
    { 100, 6, "Dec 2025|Jan 2026|Feb 2026|Mar 2026" },
    { 800, 3, "2026|2027|2028" },
  };
  g_autoptr (MhPlot) plot = mh_plot_new (NULL);
  mh_plot_set_time (plot, NULL, MH_PLOT_DATE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) ticks
          = mh_plot_time_ticks (plot, DAY_0, DAY_0 + cases[i].days * MH_DAY, cases[i].n);
      g_auto (GStrv) wanted
          = g_strsplit (cases[i].labels, strchr (cases[i].labels, ':') != NULL ? " " : "|", -1);
      g_assert_cmpuint (ticks->len, ==, g_strv_length (wanted));
      for (guint j = 0; j < ticks->len; j++)
        g_assert_cmpstr (g_array_index (ticks, MhPlotTick, j).label, ==, wanted[j]);
    }
}

/* Midnight is the place's: five and a half hours before Greenwich's. */
static void
test_zone (void)
{
  g_autoptr (MhPlot) plot = mh_plot_new (NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  mh_plot_set_time (plot, zone, MH_PLOT_INSTANT);
  g_autoptr (GArray) ticks = mh_plot_time_ticks (plot, DAY_0, DAY_0 + 2 * (double)MH_DAY, 2);
  g_assert_cmpfloat (g_array_index (ticks, MhPlotTick, 0).at, ==, DAY_0 + 18.5 * (double)MH_HOUR);
  guint series = mh_plot_series (plot, "", MH_PLOT_LINE, MH_PLOT_ACCENT);
  mh_plot_point (plot, series, DAY_0, 3, MH_MARK_DOT, NULL);
  g_autofree char *words = mh_plot_words (plot, 0);
  g_assert_cmpstr (words, ==, "21 Nov 2025, 05:30 · 3");
}

/* --- finding --- */

/* Each point is found where it stands, for each shape and direction. */
static void
check_found (MhPlot *plot)
{
  for (guint i = 0; i < mh_plot_n_points (plot); i++)
    {
      double x = 0, y = 0;
      if (!mh_plot_place (plot, i, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_light, &x, &y))
        {
          g_assert_true (isnan (mh_plot_y (plot, i)));
          continue;
        }
      g_assert_cmpfloat (x, >=, 0);
      g_assert_cmpfloat (x, <=, WIDTH);
      g_assert_cmpfloat (y, >=, 0);
      g_assert_cmpfloat (y, <=, HEIGHT);
      g_assert_cmpint (mh_plot_find (plot, WIDTH, HEIGHT, &mh_plot_light, x, y), ==, (int)i);
    }
}

static MhPlot *
counts (gboolean stacked, gboolean sideways, gboolean rtl)
{
  MhPlot *plot = mh_plot_new ("Payments by method");
  static const char *const names[] = { "Cash", "UPI", "Card", "At collection with a long name" };
  mh_plot_set_stacked (plot, stacked);
  mh_plot_set_sideways (plot, sideways);
  mh_plot_set_rtl (plot, rtl);
  guint paid = mh_plot_series (plot, "Paid", MH_PLOT_BARS, MH_PLOT_ACCENT);
  guint failed = mh_plot_series (plot, "Failed", MH_PLOT_BARS, MH_PLOT_BAD);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      mh_plot_category (plot, names[i]);
      mh_plot_point (plot, paid, i, 12 - 2 * i, MH_MARK_NONE, NULL);
      mh_plot_point (plot, failed, i, 1 + i, MH_MARK_NONE, NULL);
    }
  return plot;
}

static void
test_found (void)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (MhPlot) plot = counts (i & 1, i & 2, i & 4);
      g_autofree char *name = g_strdup_printf ("bars-%u", i);
      check_found (plot);
      cairo_surface_destroy (draw (plot, i % 2 == 0 ? &mh_plot_light : &mh_plot_dark, name));
    }
  g_autoptr (MhPlot) plot = control ();
  check_found (plot);
  g_assert_cmpint (mh_plot_find (plot, WIDTH, HEIGHT, &mh_plot_light, -40, 100), ==, -1);
  g_assert_cmpint (mh_plot_find (plot, WIDTH, HEIGHT, &mh_plot_light, WIDTH / 2, HEIGHT + 40), ==,
                   -1);
  mh_plot_set_rtl (plot, TRUE);
  check_found (plot);
}

/* What comes first stands at the left, or at the right where people read from there. */
static void
test_mirror (void)
{
  g_autoptr (MhPlot) plot = control ();
  double first, last, y;
  for (guint rtl = 0; rtl < 2; rtl++)
    {
      mh_plot_set_rtl (plot, rtl == 1);
      mh_plot_place (plot, 0, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_light, &first, &y);
      mh_plot_place (plot, 13, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_light, &last, &y);
      g_assert_true ((first < last) == (rtl == 0));
    }
}

/* --- walking --- */

static void
test_walk (void)
{
  g_autoptr (MhPlot) plot = control ();
  g_assert_cmpint (mh_plot_step (plot, -1, 1, 0), ==, 0);
  g_assert_cmpint (mh_plot_step (plot, 2, 1, 0), ==, 4); /* over the gap */
  g_assert_cmpint (mh_plot_step (plot, 4, -1, 0), ==, 2);
  g_assert_cmpint (mh_plot_step (plot, 0, -1, 0), ==, 0);
  g_assert_cmpint (mh_plot_step (plot, 13, 1, 0), ==, 13);
  g_assert_cmpint (mh_plot_step (plot, 0, 5, 0), ==, 6);
  g_assert_cmpint (mh_plot_first (plot, 0), ==, 0);
  g_assert_cmpint (mh_plot_last (plot, 0), ==, 13);

  g_autoptr (MhPlot) bars = counts (FALSE, FALSE, FALSE);
  g_assert_cmpint (mh_plot_step (bars, 2, 0, 1), ==, 3); /* UPI paid → UPI failed */
  g_assert_cmpint (mh_plot_step (bars, 3, 0, -1), ==, 2);
  g_assert_cmpint (mh_plot_step (bars, 3, 0, 1), ==, 3);
  g_assert_cmpint (mh_plot_step (bars, 3, 1, 0), ==, 5);

  g_autoptr (MhPlot) empty = mh_plot_new ("Nothing");
  g_assert_cmpint (mh_plot_step (empty, -1, 1, 0), ==, -1);
  g_assert_cmpint (mh_plot_find (empty, WIDTH, HEIGHT, &mh_plot_light, 200, 200), ==, -1);
}

static char *
rupees (double value, gpointer data)
{
  return g_strdup_printf ("₹%.0f", value);
}

static void
test_words (void)
{
  g_autoptr (MhPlot) plot = control ();
  g_autofree char *said = mh_plot_words (plot, 10);
  g_autofree char *summary = mh_plot_summary (plot);
  g_assert_cmpstr (said, ==, "1 Dec 2025, 00:00 · Runs: 146.8 mmol/L · 1-3s");
  g_assert_cmpstr (summary, ==,
                   "Sodium · level 1 · Runs, 21 Nov 2025, 00:00: 140.2 mmol/L → "
                   "4 Dec 2025, 00:00: 140.6 mmol/L");
  g_autoptr (MhPlot) bars = counts (FALSE, FALSE, FALSE);
  mh_plot_set_value_words (bars, rupees, NULL);
  g_autofree char *money = mh_plot_words (bars, 2);
  g_assert_cmpstr (money, ==, "UPI · Paid: ₹10");
}

/* --- drawing --- */

static void
test_drawn (void)
{
  g_autoptr (MhPlot) plot = counts (TRUE, FALSE, FALSE);
  double x, y;
  cairo_surface_t *surface = draw (plot, &mh_plot_light, "stacked");
  mh_plot_place (plot, 0, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_light, &x, &y);
  assert_colour (surface, x, y + 4, mh_plot_light.inks[MH_PLOT_ACCENT]);
  assert_colour (surface, x, y - 4, mh_plot_light.inks[MH_PLOT_BAD]);
  cairo_surface_destroy (surface);

  g_autoptr (MhPlot) runs = control ();
  surface = draw (runs, &mh_plot_dark, "control-dark");
  mh_plot_place (runs, 10, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_dark, &x, &y);
  assert_colour (surface, x, y, mh_plot_dark.inks[MH_PLOT_BAD]);
  mh_plot_place (runs, 0, (MhPlotSize){ WIDTH, HEIGHT }, &mh_plot_dark, &x, &y);
  assert_colour (surface, x, y, mh_plot_dark.inks[MH_PLOT_ACCENT]);
  cairo_surface_destroy (surface);
  mh_plot_set_rtl (runs, TRUE);
  cairo_surface_destroy (draw (runs, &mh_plot_light, "control-rtl"));
}

/* Small, empty, one value, one value many times, huge values: nothing is outside, nothing stops. */
static void
test_odd (void)
{
  static const double values[][3]
      = { { 5, 5, 5 },          { 0, 0, 0 },       { 1e12, 2e12, -1e12 },
          { 1e-9, 2e-9, 3e-9 }, { NAN, NAN, NAN }, { INFINITY, 1, 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint shape = MH_PLOT_LINE; shape <= MH_PLOT_BARS; shape++)
      {
        g_autoptr (MhPlot) plot = mh_plot_new ("");
        g_autofree char *name = g_strdup_printf ("odd-%u-%u", i, shape);
        guint series = mh_plot_series (plot, "", (MhPlotShape)shape, MH_PLOT_SECOND);
        for (guint j = 0; j < 3; j++)
          mh_plot_point (plot, series, j, values[i][j], MH_MARK_DIAMOND, NULL);
        check_found (plot);
        cairo_surface_destroy (draw (plot, &mh_plot_light, name));
        cairo_surface_t *tiny = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 20, 12);
        cairo_t *cr = cairo_create (tiny);
        mh_plot_draw (plot, cr, 20, 12, &mh_plot_light);
        g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        cairo_destroy (cr);
        cairo_surface_destroy (tiny);
      }
}

/* On paper its words are text that can be searched. */
static void
test_paper (void)
{
  static const MhPaper paper = { 400, 300, 20, 20, 20, 20 };
  MhDocument *document = mh_document_new (&paper);
  MhBox *box = mh_box_new ();
  mh_box_plot (box, control (), 0, 0, 360, 200);
  mh_document_add (document, box, 0);
  mh_document_finish (document);
  DROPPED PopplerDocument *read = paper_read_back (document);
  g_autofree char *text = paper_page_text (read, 0);
  g_assert_nonnull (strstr (text, "Sodium"));
  g_assert_nonnull (strstr (text, "+3 SD"));
  g_assert_nonnull (strstr (text, "Lot 4711"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_TIME, "C"); /* the names of months that are expected here */
  g_test_add_func ("/plot/ticks", test_ticks);
  g_test_add_func ("/plot/time-ticks", test_time_ticks);
  g_test_add_func ("/plot/zone", test_zone);
  g_test_add_func ("/plot/found", test_found);
  g_test_add_func ("/plot/mirror", test_mirror);
  g_test_add_func ("/plot/walk", test_walk);
  g_test_add_func ("/plot/words", test_words);
  g_test_add_func ("/plot/drawn", test_drawn);
  g_test_add_func ("/plot/odd", test_odd);
  g_test_add_func ("/plot/paper", test_paper);
  return g_test_run ();
}
