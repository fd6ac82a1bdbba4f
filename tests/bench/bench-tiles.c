/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-tiles MAPS [FOLDER]: tiles around the middle of each map of MAPS, cold and kept, by zoom,
 * and searches for addresses; prints one line a figure. With FOLDER, no figures: pictures of 4 × 4
 * tiles to look at. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shared/geo/mh-address.h"
#include "shared/tiles/mh-tile-draw.h"

static const struct
{
  const char *file, *name;
  MhGeoPoint middle;
} maps[] = {
  { "liechtenstein-2013.osm.pbf", "country", { 47.1410, 9.5209 } },
  { "gothenburg-roads-2016.osm.pbf", "city", { 57.7065, 11.9670 } },
};

/* Microseconds that this thread itself has used, so that a busy machine does not blur the figure.
 */
static gint64
own_time (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int
compare (const void *a, const void *b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
  return one < other ? -1 : one > other;
}

static double
milliseconds (GArray *times, double part)
{
  return g_array_index (times, gint64, (guint)(part * (times->len - 1))) / 1000.0;
}

/* Every tile of 13 × 13 about the middle. */
static void
measure (MhTileShelf *shelf, const char *name, const char *how, MhTile middle)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize bytes = 0;
  for (guint dy = 0; dy < 13; dy++)
    for (guint dx = 0; dx < 13; dx++)
      {
        MhTile tile = { middle.theme, middle.zoom, middle.x - 6 + dx, middle.y - 6 + dy };
        gint64 start = own_time ();
        g_autoptr (GBytes) png = mh_tile_shelf_get (shelf, &tile, NULL, NULL);
        gint64 spent = own_time () - start;
        bytes += g_bytes_get_size (png);
        g_array_append_val (times, spent);
      }
  g_array_sort (times, compare);
  g_print ("%s tile, %s, zoom %u\t%.3f\tms (median), p95 %.3f, most %.3f, %.1f KB\n", how, name,
           middle.zoom, milliseconds (times, 0.5), milliseconds (times, 0.95),
           milliseconds (times, 1), bytes / 1024.0 / times->len);
}

/* Whole names, begun ones, misspelt ones, a crossing, a place that is not there, and the nearest.
 */
static void
search (const MhOsm *osm, const char *name, MhGeoPoint middle)
{
  static const char *const questions[]
      = { "Vaduz",      "Lettstrasse 14 Vaduz",     "Landesspital",
          "Skånegatan", "sodra hamngatan",          "Kronhusgatn",
          "s",          "Skånegatan / Ullevigatan", "Atlantis Bulevard",
          "E 20" };
  gint64 start = own_time ();
  g_autoptr (MhAddressBook) book = mh_address_book_new (osm);
  g_print ("addresses, %s\t%.1f\tms, %u of them, %.0f KB\n", name, (own_time () - start) / 1000.0,
           mh_address_book_n_entries (book), mh_address_book_bytes (book) / 1024.0);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) nearest = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < 20 * G_N_ELEMENTS (questions); i++)
    {
      start = own_time ();
      g_autoptr (GPtrArray) found
          = mh_address_search (book, questions[i % G_N_ELEMENTS (questions)], &middle, 10, NULL);
      gint64 spent = own_time () - start;
      g_array_append_val (times, spent);
      start = own_time ();
      g_autoptr (MhAddress) one
          = mh_address_nearest (book, (MhGeoPoint){ middle.lat + i * 1e-4, middle.lon + i * 1e-4 });
      spent = own_time () - start;
      g_array_append_val (nearest, spent);
    }
  g_array_sort (times, compare);
  g_array_sort (nearest, compare);
  g_print ("address search, %s\t%.2f\tms (median), most %.2f\n", name, milliseconds (times, 0.5),
           milliseconds (times, 1));
  g_print ("nearest address, %s\t%.3f\tms (median), most %.3f\n", name, milliseconds (nearest, 0.5),
           milliseconds (nearest, 1));
}

static void
draw (MhTileMap *map, const char *name, MhTile middle, const char *folder)
{
  MhTile first = { middle.theme, middle.zoom, middle.x & ~3u, middle.y & ~3u };
  g_autoptr (GArray) labels
      = mh_tile_labels (map, first.zoom, first.x / MH_TILE_SQUARE, first.y / MH_TILE_SQUARE);
  cairo_surface_t *surface = mh_tile_draw_window (map, labels, &first, 4);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s-%u.png", folder, name,
                                           mh_tile_theme_word (first.theme), first.zoom);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
}

static void
run (guint i, const char *folder, const char *pictures)
{
  g_autofree char *path = g_build_filename (folder, maps[i].file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOsm) osm = mh_osm_read_file (path, NULL, NULL, NULL, &error);
  if (osm == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      exit (1);
    }
  if (pictures == NULL)
    search (osm, maps[i].name, maps[i].middle);
  gint64 was_read = own_time ();
  g_autoptr (MhTileMap) map = mh_tile_map_new (osm);
  if (pictures == NULL)
    g_print ("features, %s\t%.1f\tms, %u of them\n", maps[i].name,
             (own_time () - was_read) / 1000.0, mh_tile_map_n_features (map));
  g_autoptr (MhTileShelf) shelf = mh_tile_shelf_new (map, 64 * 1024 * 1024);
  for (guint zoom = 10; zoom <= MH_TILE_MOST_ZOOM; zoom++)
    for (guint theme = 0; theme < MH_TILE_N_THEMES; theme++)
      {
        MhTile middle = mh_tile_at ((MhTileTheme)theme, zoom, maps[i].middle);
        if (pictures != NULL)
          draw (map, maps[i].name, middle, pictures);
        else if (theme == MH_TILE_DAY)
          {
            measure (shelf, maps[i].name, "cold", middle);
            measure (shelf, maps[i].name, "kept", middle);
          }
      }
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      g_printerr ("bench-tiles MAPS [FOLDER]\n");
      return 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    run (i, argv[1], argc > 2 ? argv[2] : NULL);
  return 0;
}
