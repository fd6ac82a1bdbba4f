/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-box.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Where the baseline stands in a line of the style's leading: fits Noto's ascenders and the vowel
 * signs above Devanagari. */
#define FRAME_RADIUS 3
#define BASELINE 0.76

typedef enum
{
  ITEM_TEXT,
  ITEM_WATERMARK,
  ITEM_FILL,
  ITEM_FRAME,
  ITEM_DASHES,
  ITEM_ARROW,
  ITEM_MARK,
  ITEM_BARCODE,
  ITEM_PLOT,
  ITEM_IMAGE,
} ItemKind;

typedef struct
{
  ItemKind kind;
  guint32 colour;
  double x, y, width, height;
  union
  {
    struct
    {
      PangoLayout *layout;
      guint line;
      double anchor, from_right; /* of a number: its column, and from where to its decimal point */
    };
    cairo_surface_t *image;
    double radius;
    MhArrow arrow;
    MhPlot *plot;
    struct
    {
      MhBarcode *barcode;
      double module;
    };
  };
} Item;

struct _MhBox
{
  int refs;
  double height;
  const char *tag;
  char *alternative;
  GArray *items;
};

static void
box_item_clear (gpointer data)
{
  Item *item = data;
  if (item->kind == ITEM_TEXT || item->kind == ITEM_WATERMARK)
    g_clear_object (&item->layout);
  else if (item->kind == ITEM_BARCODE)
    g_clear_pointer (&item->barcode, mh_barcode_free);
  else if (item->kind == ITEM_PLOT)
    g_clear_pointer (&item->plot, mh_plot_unref);
  else if (item->kind == ITEM_IMAGE)
    g_clear_pointer (&item->image, cairo_surface_destroy);
}

MhBox *
mh_box_new (void)
{
  MhBox *box = g_new0 (MhBox, 1);
  box->refs = 1;
  box->items = g_array_sized_new (FALSE, TRUE, sizeof (Item), 8);
  g_array_set_clear_func (box->items, box_item_clear);
  return box;
}

MhBox *
mh_box_ref (MhBox *box)
{
  box->refs++;
  return box;
}

void
mh_box_unref (MhBox *box)
{
  if (box == NULL || --box->refs > 0)
    return;
  g_array_unref (box->items);
  g_free (box->alternative);
  g_free (box);
}

double
mh_box_get_height (const MhBox *box)
{
  return box->height;
}

void
mh_box_set_height (MhBox *box, double height)
{
  box->height = height;
}

void
mh_box_set_tag (MhBox *box, const char *tag)
{
  box->tag = tag;
}

const char *
mh_box_get_tag (const MhBox *box)
{
  return box->tag;
}

void
mh_box_set_alternative (MhBox *box, const char *text)
{
  g_free (box->alternative);
  box->alternative = g_strdup (text);
}

const char *
mh_box_get_alternative (const MhBox *box)
{
  return box->alternative;
}

static void
box_add (MhBox *box, const Item *item)
{
  g_array_append_vals (box->items, item, 1);
}

static void
box_grow (MhBox *box, double bottom)
{
  box->height = MAX (box->height, bottom);
}

/* --- text --- */

static double
line_offset (PangoLayoutLine *line, MhAlign align, double width, gboolean prose)
{
  if (width < 0)
    return 0;

  gboolean from_right = pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;

  /* The sheet is mirrored when it is drawn: then prose of the other direction is the foreign one,
   * and a label begins where labels begin. */
  if (mh_ink_is_rtl ())
    from_right = prose && !from_right;

  if (align == MH_ALIGN_START && !from_right)
    return 0;

  PangoRectangle logical;
  pango_layout_line_get_extents (line, NULL, &logical);
  double free_width = width - (double)logical.width / PANGO_SCALE;
  if (align == MH_ALIGN_CENTRE)
    return free_width / 2;

  return align == MH_ALIGN_END && from_right ? 0 : free_width;
}

static double
line_width (PangoLayoutLine *line)
{
  PangoRectangle logical;
  pango_layout_line_get_extents (line, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

void
mh_box_line (MhBox *box, const MhType *type, double x, double y, double width, MhBoxLine line)
{
  PangoLayoutLine *shaped = pango_layout_get_line_readonly (line.layout, line.number);
  Item item
      = { ITEM_TEXT, type->colour, .layout = g_object_ref (line.layout), .line = line.number };
  item.x = x + line_offset (shaped, type->align, width, type->paragraph);
  item.width = line_width (shaped);
  item.y = y + type->style->leading * BASELINE;
  box_add (box, &item);
  box_grow (box, y + type->style->leading);
}

double
mh_box_number (MhBox *box,
               const MhType *type,
               const MhNumberColumn *column,
               double y,
               const char *number)
{
  double before = mh_ink_decimal_offset (type->style, number);
  double height = mh_box_text (box, type, column->x + column->whole - before, y, -1, number);
  Item *item = &g_array_index (box->items, Item, box->items->len - 1);
  item->anchor = column->x;
  item->from_right = before + column->fraction;
  return height;
}

double
mh_box_text (MhBox *box, const MhType *type, double x, double y, double width, const char *text)
{
  if (text == NULL || *text == '\0')
    return 0;
  g_autoptr (PangoLayout) layout = mh_ink_layout (type, width, text);
  int n_lines = pango_layout_get_line_count (layout);
  for (int i = 0; i < n_lines; i++)
    mh_box_line (box, type, x, y + i * type->style->leading, width, (MhBoxLine){ layout, i });
  return n_lines * type->style->leading;
}

void
mh_box_watermark (MhBox *box, guint32 colour, double width, double height, const char *text)
{
  static const MhStyle style = { 60, 72, TRUE };
  static const MhType type = { &style };
  Item item = { ITEM_WATERMARK, colour, 0, 0, width, height };
  item.layout = mh_ink_layout (&type, -1, text);
  box_add (box, &item);
}

static void
draw_text (const Item *item, cairo_t *cr)
{
  cairo_move_to (cr, item->x, item->y);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (item->layout, item->line));
}

static void
draw_watermark (const Item *item, cairo_t *cr)
{
  PangoRectangle logical;
  pango_layout_get_extents (item->layout, NULL, &logical);
  double text_width = (double)logical.width / PANGO_SCALE;
  double text_height = (double)logical.height / PANGO_SCALE;
  double scale = 0.8 * hypot (item->width, item->height) / MAX (text_width, 1);

  cairo_save (cr);
  cairo_translate (cr, item->width / 2, item->height / 2);
  cairo_rotate (cr, -atan2 (item->height, item->width));
  cairo_scale (cr, MIN (scale, 2.2), MIN (scale, 2.2));
  cairo_move_to (cr, -text_width / 2, text_height / 4);

  /* As a shape: its letters must not mix into the text that is searched, copied or read aloud. */
  pango_cairo_layout_line_path (cr, pango_layout_get_line_readonly (item->layout, 0));
  cairo_fill (cr);
  cairo_restore (cr);
}

/* --- shapes --- */

void
mh_box_fill (MhBox *box, guint32 colour, double x, double y, double width, double height)
{
  box_add (box, &(Item){ ITEM_FILL, colour, x, y, width, height });
  box_grow (box, y + height);
}

void
mh_box_underlay (MhBox *box, guint32 colour, double x, double y, double width, double height)
{
  g_array_prepend_vals (box->items, &(Item){ ITEM_FILL, colour, x, y, width, height }, 1);
  box_grow (box, y + height);
}

void
mh_box_rule (MhBox *box, guint32 colour, double x, double y, double width, double thickness)
{
  mh_box_fill (box, colour, x, y, width, thickness);
}

void
mh_box_frame (MhBox *box, guint32 colour, double x, double y, double width, double height)
{
  box_add (box, &(Item){ ITEM_FRAME, colour, x, y, width, height, .radius = FRAME_RADIUS });
  box_grow (box, y + height);
}

void
mh_box_dashes (MhBox *box, guint32 colour, double x, double y, double width)
{
  box_add (box, &(Item){ ITEM_DASHES, colour, x, y, width, 0.6 });
  box_grow (box, y + 0.6);
}

void
mh_box_arrow (MhBox *box, MhArrow arrow, guint32 colour, double x, double y, double size)
{
  box_add (box, &(Item){ ITEM_ARROW, colour, x, y, size, size, .arrow = arrow });
  box_grow (box, y + size);
}

void
mh_box_mark (MhBox *box, guint32 colour, double x, double y, double size)
{
  box_add (box, &(Item){ ITEM_MARK, colour, x, y, size, size });
  box_grow (box, y + size);
}

void
mh_box_barcode (MhBox *box, MhBarcode *barcode, const MhBoxArea *area, double dpi)
{
  if (barcode == NULL)
    return;
  double module = area->width / (barcode->columns + 2 * barcode->quiet);
  double dot = dpi > 0 ? 72.0 / dpi : 0;
  if (dot > 0 && module > dot)
    module = floor (module / dot + 1e-6) * dot;
  Item item = { ITEM_BARCODE, MH_INK_BLACK, area->x, area->y, area->width, area->height };
  item.barcode = barcode;
  item.module = module;
  box_add (box, &item);
  box_grow (box, area->y + area->height);
}

void
mh_box_plot (MhBox *box, MhPlot *plot, double x, double y, double width, double height)
{
  g_autofree char *summary = mh_plot_summary (plot);
  g_autofree char *all = box->alternative != NULL
                             ? g_strdup_printf ("%s; %s", box->alternative, summary)
                             : g_steal_pointer (&summary);
  mh_box_set_alternative (box, all);
  box_add (box, &(Item){ ITEM_PLOT, MH_INK_BLACK, x, y, width, height, .plot = plot });
  box_grow (box, y + height);
}

typedef struct
{
  const guint8 *data;
  gsize left;
} PngSource;

static cairo_status_t
read_png (void *closure, unsigned char *data, unsigned int length)
{
  PngSource *source = closure;
  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

double
mh_box_image (MhBox *box, GBytes *picture, double x, double y, double width, double height)
{
  PngSource source = { 0 };
  source.data = picture != NULL ? g_bytes_get_data (picture, &source.left) : NULL;
  if (source.data == NULL)
    return 0;
  return mh_box_picture (box, cairo_image_surface_create_from_png_stream (read_png, &source), x, y,
                         width, height);
}

double
mh_box_picture (MhBox *box, cairo_surface_t *image, double x, double y, double width, double height)
{
  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (image);
      return 0;
    }
  double w = cairo_image_surface_get_width (image), h = cairo_image_surface_get_height (image);
  double scale = MIN (width / w, height / h);
  Item item = { ITEM_IMAGE, MH_INK_BLACK, x, y, w * scale, h * scale, .image = image };
  box_add (box, &item);
  box_grow (box, y + item.height);
  return item.height;
}

static void
draw_image (const Item *item, cairo_t *cr)
{
  double scale = item->width / cairo_image_surface_get_width (item->image);
  cairo_save (cr);
  cairo_translate (cr, item->x, item->y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, item->image, 0, 0);
  cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (item->image),
                   cairo_image_surface_get_height (item->image));
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
path_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_frame (const Item *item, cairo_t *cr)
{
  path_rounded (cr, item->x, item->y, item->width, item->height, item->radius);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

static void
draw_dashes (const Item *item, cairo_t *cr)
{
  static const double pattern[] = { 2, 2 };
  cairo_save (cr);
  cairo_set_dash (cr, pattern, G_N_ELEMENTS (pattern), 0);
  cairo_set_line_width (cr, item->height);
  cairo_move_to (cr, item->x, item->y);
  cairo_line_to (cr, item->x + item->width, item->y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* One arrow pointing up in a cell of @width × @size, its middle at @x. */
static void
path_arrow (cairo_t *cr, double x, double y, double width, double size, gboolean down)
{
  double head = width * 0.42, stem = width * 0.13, neck = size * 0.48;
  double tip = down ? y + size : y, tail = down ? y : y + size;
  double shoulder = down ? tip - neck : tip + neck;
  cairo_move_to (cr, x, tip);
  cairo_line_to (cr, x + head, shoulder);
  cairo_line_to (cr, x + stem, shoulder);
  cairo_line_to (cr, x + stem, tail);
  cairo_line_to (cr, x - stem, tail);
  cairo_line_to (cr, x - stem, shoulder);
  cairo_line_to (cr, x - head, shoulder);
  cairo_close_path (cr);
}

static void
draw_arrow (const Item *item, cairo_t *cr)
{
  double size = item->width, middle = item->x + size / 2;
  gboolean down = item->arrow == MH_ARROW_DOWN || item->arrow == MH_ARROW_DOWN_TWICE;
  if (item->arrow == MH_ARROW_DOT)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, middle, item->y + size / 2, size * 0.26, 0, 2 * G_PI);
    }
  else if (item->arrow == MH_ARROW_UP || item->arrow == MH_ARROW_DOWN)
    path_arrow (cr, middle, item->y, size * 0.9, size, down);
  else
    {
      path_arrow (cr, middle - size * 0.3, item->y, size * 0.66, size, down);
      path_arrow (cr, middle + size * 0.3, item->y, size * 0.66, size, down);
    }

  cairo_fill (cr);
}

static void
box_draw_mark (const Item *item, cairo_t *cr)
{
  double s = item->width, arm = s * 0.2, inset = s * 0.2;
  path_rounded (cr, item->x, item->y, s, s, s * 0.24);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  path_rounded (cr, item->x + (s - arm) / 2, item->y + inset, arm, s - 2 * inset, arm * 0.3);
  path_rounded (cr, item->x + inset, item->y + (s - arm) / 2, s - 2 * inset, arm, arm * 0.3);
  cairo_fill (cr);
}

/* Neighbouring bars become one rectangle, so that there are no seams between them. */
static void
draw_linear (const Item *item, cairo_t *cr)
{
  const MhBarcode *code = item->barcode;
  double m = item->module, left = item->x + (item->width - code->columns * m) / 2;
  for (guint from = 0; from < code->columns; from++)
    {
      guint to = from;
      while (to < code->columns && mh_barcode_is_black (code, to, 0))
        to++;
      if (to > from)
        cairo_rectangle (cr, left + from * m, item->y, (to - from) * m, item->height);
      from = to;
    }

  cairo_fill (cr);
}

/* A square code is a stencil of one bit a module: a tenth of the size of as many rectangles, as
 * sharp, and a millisecond faster. */
static void
draw_matrix (const Item *item, cairo_t *cr)
{
  const MhBarcode *code = item->barcode;
  double m = item->module;
  cairo_surface_t *stencil
      = cairo_image_surface_create (CAIRO_FORMAT_A1, code->columns, code->rows);
  unsigned char *bits = cairo_image_surface_get_data (stencil);
  int stride = cairo_image_surface_get_stride (stencil);

  for (guint row = 0; row < code->rows; row++)
    for (guint column = 0; column < code->columns; column++)
      if (mh_barcode_is_black (code, column, row))
        bits[row * stride + column / 8]
            |= G_BYTE_ORDER == G_LITTLE_ENDIAN ? 1 << column % 8 : 0x80 >> column % 8;

  cairo_surface_mark_dirty (stencil);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (stencil);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_save (cr);
  cairo_translate (cr, item->x + (item->width - code->columns * m) / 2,
                   item->y + (item->height - code->rows * m) / 2);
  cairo_scale (cr, m, m);
  cairo_mask (cr, pattern);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (stencil);
}

static void
draw_barcode (const Item *item, cairo_t *cr)
{
  if (item->barcode->rows > 1)
    draw_matrix (item, cr);
  else
    draw_linear (item, cr);
}

static void
draw_item (const Item *item, cairo_t *cr)
{
  switch (item->kind)
    {
    case ITEM_TEXT:
      draw_text (item, cr);
      break;
    case ITEM_WATERMARK:
      draw_watermark (item, cr);
      break;

    case ITEM_FILL:
      cairo_rectangle (cr, item->x, item->y, item->width, item->height);
      cairo_fill (cr);
      break;
    case ITEM_FRAME:
      draw_frame (item, cr);
      break;
    case ITEM_DASHES:
      draw_dashes (item, cr);
      break;
    case ITEM_ARROW:
      draw_arrow (item, cr);
      break;
    case ITEM_MARK:
      box_draw_mark (item, cr);
      break;

    case ITEM_BARCODE:
      draw_barcode (item, cr);
      break;
    case ITEM_IMAGE:
      draw_image (item, cr);
      break;
    case ITEM_PLOT:
      cairo_save (cr);
      cairo_translate (cr, item->x, item->y);
      mh_plot_draw (item->plot, cr, item->width, item->height, &mh_plot_paper);
      cairo_restore (cr);
      break;
    }
}

static void
draw_at (const Item *item, cairo_t *cr)
{
  cairo_set_source_rgb (cr, (item->colour >> 16 & 0xff) / 255.0, (item->colour >> 8 & 0xff) / 255.0,
                        (item->colour & 0xff) / 255.0);
  draw_item (item, cr);
}

void
mh_box_draw (const MhBox *box, cairo_t *cr, double x, double y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  for (guint i = 0; i < box->items->len; i++)
    draw_at (&g_array_index (box->items, Item, i), cr);
  cairo_restore (cr);
}

void
mh_box_draw_mirrored (const MhBox *box, cairo_t *cr, double x, double y, double sheet_width)
{
  cairo_save (cr);
  cairo_translate (cr, 0, y);
  for (guint i = 0; i < box->items->len; i++)
    {
      Item item = g_array_index (box->items, Item, i);
      gboolean number = item.kind == ITEM_TEXT && item.from_right > 0;
      item.x = number ? sheet_width - x - item.anchor - item.from_right
                      : sheet_width - x - item.x - item.width;
      draw_at (&item, cr);
    }
  cairo_restore (cr);
}
