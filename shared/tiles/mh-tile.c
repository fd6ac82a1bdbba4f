/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile.h"

#include "shared/base/mh-error.h"
#include "shared/tiles/mh-tile-draw.h"

#include <string.h>

static const char *const themes[MH_TILE_N_THEMES] = { "day", "night" };

gboolean
mh_tile_theme_parse (const char *word, MhTileTheme *out_theme)
{
  for (guint i = 0; word != NULL && i < MH_TILE_N_THEMES; i++)
    if (strcmp (word, themes[i]) == 0)
      {
        *out_theme = (MhTileTheme)i;
        return TRUE;
      }
  return FALSE;
}

const char *
mh_tile_theme_word (MhTileTheme theme)
{
  g_return_val_if_fail (theme < MH_TILE_N_THEMES, NULL);
  return themes[theme];
}

gboolean
mh_tile_check (const MhTile *tile, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (tile->zoom < MH_TILE_LEAST_ZOOM || tile->zoom > MH_TILE_MOST_ZOOM)
    {
      mh_issues_add (issues, "z", "out_of_range", "Zoom goes from %d to %d.", MH_TILE_LEAST_ZOOM,
                     MH_TILE_MOST_ZOOM);
      return mh_issues_raise (issues, error);
    }

  guint most = (1u << tile->zoom) - 1;
  if (tile->x > most)
    mh_issues_add (issues, "x", "out_of_range", "At zoom %u, x goes from 0 to %u.", tile->zoom,
                   most);
  if (tile->y > most)
    mh_issues_add (issues, "y", "out_of_range", "At zoom %u, y goes from 0 to %u.", tile->zoom,
                   most);
  return mh_issues_raise (issues, error);
}

static void
tile_number (const char *field, const char *text, guint *out_number, MhIssues *issues)
{
  guint64 number = 0;
  if (text == NULL || !g_ascii_isdigit (text[0])
      || !g_ascii_string_to_unsigned (text, 10, 0, 1u << MH_TILE_MOST_ZOOM, &number, NULL))
    mh_issues_add (issues, field, "format", "“%s” must be a whole number in digits, at most %u.",
                   field, 1u << MH_TILE_MOST_ZOOM);
  *out_number = (guint)number;
}

gboolean
mh_tile_parse (const char *zoom, const char *x, const char *y, MhTile *out_tile, GError **error)
{
  MhTile tile = { .theme = MH_TILE_DAY };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  tile_number ("z", zoom, &tile.zoom, issues);
  tile_number ("x", x, &tile.x, issues);
  tile_number ("y", y, &tile.y, issues);
  if (!mh_issues_raise (issues, error) || !mh_tile_check (&tile, error))
    return FALSE;
  *out_tile = tile;
  return TRUE;
}

MhTile
mh_tile_at (MhTileTheme theme, guint zoom, MhGeoPoint point)
{
  double x, y, n = (double)(1u << zoom);
  mh_geo_to_mercator (point, &x, &y);
  return (MhTile){ theme, zoom, (guint)CLAMP (x * n, 0, n - 1), (guint)CLAMP (y * n, 0, n - 1) };
}

GBytes *
mh_tile_draw (MhTileMap *map, const MhTile *tile, GError **error)
{
  if (!mh_tile_check (tile, error))
    return NULL;
  g_autoptr (GArray) labels
      = mh_tile_labels (map, tile->zoom, tile->x / MH_TILE_SQUARE, tile->y / MH_TILE_SQUARE);
  return mh_tile_draw_labelled (map, labels, tile);
}
