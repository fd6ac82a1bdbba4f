/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-code-area.h"

#include "shared/reports/mh-barcode.h"

static void
code_area_draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const MhBarcode *code = data;
  double side = MIN (width, height);
  cairo_translate (cr, (width - side) / 2, (height - side) / 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  if (code == NULL)
    return;

  double cell = side / (code->columns + 2 * code->quiet);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint row = 0; row < code->rows; row++)
    for (guint column = 0; column < code->columns; column++)
      if (mh_barcode_is_black (code, column, row))
        cairo_rectangle (cr, (column + code->quiet) * cell, (row + code->quiet) * cell, cell, cell);

  cairo_fill (cr);
}

static void
code_free (gpointer code)
{
  if (code != NULL)
    mh_barcode_free (code);
}

gboolean
mh_code_area_show (GtkDrawingArea *area, const char *content)
{
  MhBarcode *code = content != NULL ? mh_barcode_qr (content) : NULL;
  gtk_drawing_area_set_draw_func (area, code_area_draw_cb, code, code_free);
  gtk_widget_queue_draw (GTK_WIDGET (area));
  return content == NULL || code != NULL;
}
