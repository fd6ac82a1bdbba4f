/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-ink.h"

#include <pango/pangocairo.h>
#include <string.h>

/* One Arabic type for Urdu, too: Nastaliq needs twice the line. */
#define FAMILY "Noto Sans, Noto Sans Devanagari, Noto Sans Arabic, sans-serif"
#define MAX_FONTS 32
/* Most of a page is the same on every page: titles, units, names of analytes, the hospital. Shaping
 * them anew would be a third of the work. Short texts only, and not many, because each thread has
 * its own. */
#define MAX_KEPT 300
#define MAX_KEPT_LENGTH 80

typedef struct
{
  double size;
  gboolean bold;
  PangoFontDescription *description;
} InkFont;

typedef struct
{
  /* Two, because a context that changes lays everything out anew that was made with it. */
  PangoContext *context, *from_right;
  gboolean rtl; /* of the document that is being made */
  PangoAttrList *attributes;
  InkFont fonts[MAX_FONTS];
  guint n_fonts;
  /* Key → PangoLayout. Two generations: what was not asked for while the young one filled up goes,
   * so that a day's names and values do not drive out the words of every page. */
  GHashTable *young, *old;
} Ink;

/* Everything that a layout depends on. The text follows in the same piece of memory. */
typedef struct
{
  double size, width;
  guint max_lines;
  gboolean bold, paragraph, rtl;
  const char *text;
} Key;

static guint
ink_key_hash (gconstpointer data)
{
  const Key *key = data;
  return g_str_hash (key->text) ^ (guint)(key->size * 64) ^ (guint)(key->width * 4099)
         ^ key->max_lines << 8 ^ (guint)key->bold << 16;
}

static gboolean
ink_key_equal (gconstpointer a, gconstpointer b)
{
  const Key *left = a, *right = b;
  return left->size == right->size && left->width == right->width
         && left->max_lines == right->max_lines && left->bold == right->bold
         && left->paragraph == right->paragraph && left->rtl == right->rtl
         && strcmp (left->text, right->text) == 0;
}

static Key *
key_copy (const Key *key)
{
  gsize length = strlen (key->text) + 1;
  Key *copy = g_malloc (sizeof *copy + length);
  *copy = *key;
  copy->text = memcpy (copy + 1, key->text, length);
  return copy;
}

static GHashTable *
kept_new (void)
{
  return g_hash_table_new_full (ink_key_hash, ink_key_equal, g_free, g_object_unref);
}

static void
ink_free (gpointer data)
{
  Ink *ink = data;
  for (guint i = 0; i < ink->n_fonts; i++)
    pango_font_description_free (ink->fonts[i].description);
  g_hash_table_unref (ink->young);
  g_hash_table_unref (ink->old);
  pango_attr_list_unref (ink->attributes);
  g_object_unref (ink->context);
  g_object_unref (ink->from_right);
  g_free (ink);
}

static PangoContext *
context_new (PangoFontMap *map, PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (map);

  /* Unhinted advances: the same line breaks on the screen, on the printer and in the file. */
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en-in"));
  pango_context_set_base_dir (context, direction);
  return context;
}

static Ink *
ink_new (void)
{
  Ink *ink = g_new0 (Ink, 1);
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  ink->context = context_new (map, PANGO_DIRECTION_LTR);
  ink->from_right = context_new (map, PANGO_DIRECTION_RTL);
  /* No "fi" in one piece: a glyph for two letters costs a PDF a second copy of the font. */
  ink->attributes = pango_attr_list_new ();
  pango_attr_list_insert (ink->attributes, pango_attr_font_features_new ("liga=0"));
  ink->young = kept_new ();
  ink->old = kept_new ();
  return ink;
}

/* A cache, not state: nothing but speed depends on it. */
static Ink *
ink_here (void)
{
  static GPrivate here = G_PRIVATE_INIT (ink_free);
  Ink *ink = g_private_get (&here);
  if (ink == NULL)
    {
      ink = ink_new ();
      g_private_set (&here, ink);
    }
  return ink;
}

static PangoFontDescription *
font_description_new (const MhStyle *style)
{
  PangoFontDescription *description = pango_font_description_new ();
  pango_font_description_set_family_static (description, FAMILY);
  pango_font_description_set_absolute_size (description, style->size * PANGO_SCALE);
  pango_font_description_set_weight (description,
                                     style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return description;
}

static void
layout_set_font (Ink *ink, PangoLayout *layout, const MhStyle *style)
{
  for (guint i = 0; i < ink->n_fonts; i++)
    if (ink->fonts[i].size == style->size && ink->fonts[i].bold == style->bold)
      {
        pango_layout_set_font_description (layout, ink->fonts[i].description);
        return;
      }

  PangoFontDescription *description = font_description_new (style);
  pango_layout_set_font_description (layout, description);
  if (ink->n_fonts < MAX_FONTS)
    ink->fonts[ink->n_fonts++] = (InkFont){ style->size, style->bold, description };
  else
    pango_font_description_free (description);
}

static gboolean
has_rtl_letter (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeScript script = (guchar)*at >= 0xd6 ? g_unichar_get_script (g_utf8_get_char (at))
                                                  : G_UNICODE_SCRIPT_LATIN;
      if (script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW)
        return TRUE;
    }
  return FALSE;
}

/* A word of ours among codes makes the line ours; a line of figures and codes alone stays as it is.
 */
static gboolean
runs_from_right (const Ink *ink, const char *text)
{
  return ink->rtl && has_rtl_letter (text);
}

/* Arabic letters come in one weight: a second one would cost each file some 12 KB for a few words,
 * which stand out by their size and colour. */
static MhStyle
style_for (const MhStyle *style, gboolean from_right)
{
  MhStyle used = *style;
  used.bold = style->bold && !from_right;
  return used;
}

static PangoLayout *
layout_new (Ink *ink, const MhType *type, double width, const char *text)
{
  gboolean from_right = runs_from_right (ink, text);
  MhStyle style = style_for (type->style, from_right);
  PangoLayout *layout = pango_layout_new (from_right ? ink->from_right : ink->context);

  layout_set_font (ink, layout, &style);
  pango_layout_set_attributes (layout, ink->attributes);
  pango_layout_set_auto_dir (layout, type->paragraph);
  if (!type->paragraph)
    pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (width >= 0)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      if (type->max_lines > 0)
        {
          pango_layout_set_height (layout, -(int)type->max_lines);
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
    }

  if (type->paragraph || strchr (text, '\n') == NULL)
    pango_layout_set_text (layout, text, -1);
  else
    {
      /* An address typed in lines; Pango would draw a sign for each break. */
      g_autofree char *line = g_strdelimit (g_strdup (text), "\n", ' ');
      pango_layout_set_text (layout, line, -1);
    }

  return layout;
}

/* Takes @layout. */
static void
ink_keep (Ink *ink, const Key *key, PangoLayout *layout)
{
  if (g_hash_table_size (ink->young) >= MAX_KEPT)
    {
      g_hash_table_unref (ink->old);
      ink->old = ink->young;
      ink->young = kept_new ();
    }
  g_hash_table_insert (ink->young, key_copy (key), layout);
}

PangoLayout *
mh_ink_layout (const MhType *type, double width, const char *text)
{
  Ink *ink = ink_here ();
  const MhStyle *style = type->style;
  if (text == NULL)
    text = "";
  if (strlen (text) > MAX_KEPT_LENGTH)
    return layout_new (ink, type, width, text);

  Key key = { style->size, width, type->max_lines, style->bold, type->paragraph, ink->rtl, text };
  PangoLayout *layout = g_hash_table_lookup (ink->young, &key);
  if (layout == NULL)
    {
      PangoLayout *older = g_hash_table_lookup (ink->old, &key);
      layout = older != NULL ? g_object_ref (older) : layout_new (ink, type, width, text);
      ink_keep (ink, &key, layout);
    }

  return g_object_ref (layout);
}

void
mh_ink_set_rtl (gboolean rtl)
{
  ink_here ()->rtl = rtl;
}

gboolean
mh_ink_is_rtl (void)
{
  return ink_here ()->rtl;
}

double
mh_ink_width (const MhStyle *style, const char *text)
{
  MhType type = { style };
  g_autoptr (PangoLayout) layout = mh_ink_layout (&type, -1, text);
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

double
mh_ink_decimal_offset (const MhStyle *style, const char *number)
{
  g_autofree char *whole = g_strndup (number, strcspn (number, "."));
  return mh_ink_width (style, whole);
}

char *
mh_ink_isolate (const char *text)
{
  /* FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE */
  return g_strconcat ("\xe2\x81\xa8", text != NULL ? text : "", "\xe2\x81\xa9", NULL);
}
