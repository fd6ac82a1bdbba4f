/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/tiles/mh-tile-type.h"

#define MOST_EXTENTS 20000
#define MOST_LETTERS 60

typedef struct
{
  PangoContext *context;
  PangoLayout *layout;
  GHashTable *extents; /* "size bold text" → MhTileExtent */
} Type;

static void
tile_type_free (gpointer data)
{
  Type *type = data;
  g_object_unref (type->layout);
  g_object_unref (type->context);
  g_hash_table_unref (type->extents);
  g_free (type);
}

/* Letters must not be moved to whole pixels, else a text would look another way on each side of a
 * tile's border. */
static void
tile_type_plain (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
}

static Type *
tile_type_own (void)
{
  static GPrivate own = G_PRIVATE_INIT (tile_type_free);
  Type *type = g_private_get (&own);
  if (type != NULL)
    return type;

  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  type = g_new0 (Type, 1);
  type->context = pango_font_map_create_context (map);
  tile_type_plain (type->context);
  type->layout = pango_layout_new (type->context);
  pango_layout_set_single_paragraph_mode (type->layout, TRUE);
  type->extents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_private_set (&own, type);
  return type;
}

PangoLayout *
mh_tile_type_layout (const char *text, double size, gboolean is_bold)
{
  Type *type = tile_type_own ();
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans, sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (type->layout, font);
  pango_font_description_free (font);

  const char *end = text;
  for (guint i = 0; i < MOST_LETTERS && *end != 0; i++)
    end = g_utf8_next_char (end);
  pango_layout_set_text (type->layout, text, (int)(end - text));
  return type->layout;
}

MhTileExtent
mh_tile_type_extent (const char *text, double size, gboolean is_bold)
{
  Type *type = tile_type_own ();
  g_autofree char *key = g_strdup_printf ("%d %d %s", (int)(size * 100), is_bold, text);
  MhTileExtent *known = g_hash_table_lookup (type->extents, key);
  if (known != NULL)
    return *known;

  PangoRectangle logical;
  pango_layout_get_extents (mh_tile_type_layout (text, size, is_bold), NULL, &logical);
  known = g_new (MhTileExtent, 1);
  *known
      = (MhTileExtent){ logical.width / (double)PANGO_SCALE, logical.height / (double)PANGO_SCALE };
  if (g_hash_table_size (type->extents) >= MOST_EXTENTS)
    g_hash_table_remove_all (type->extents);
  g_hash_table_insert (type->extents, g_steal_pointer (&key), known);
  return *known;
}
