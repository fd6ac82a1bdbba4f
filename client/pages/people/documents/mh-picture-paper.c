/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/documents/mh-picture-paper.h"

#include "client/widgets/media/mh-picture-file.h"

#include <cairo-pdf.h>

/* ISO 216 A4 in points, and a centimetre. */
#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89
#define MARGIN 28.35

static cairo_status_t
picture_paper_append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
mh_picture_paper (GBytes *file, GError **error)
{
  g_autoptr (GdkPixbuf) picture = mh_picture_file_pixbuf (file, error);
  if (picture == NULL)
    return NULL;

  double width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  gboolean lies = width > height;
  double sheet_width = lies ? A4_HEIGHT : A4_WIDTH, sheet_height = lies ? A4_WIDTH : A4_HEIGHT;
  double scale = MIN ((sheet_width - 2 * MARGIN) / width, (sheet_height - 2 * MARGIN) / height);
  GByteArray *pdf = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (picture_paper_append, pdf, sheet_width, sheet_height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, (sheet_width - width * scale) / 2, (sheet_height - height * scale) / 2);
  cairo_scale (cr, scale, scale);
  gdk_cairo_set_source_pixbuf (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (pdf);
}
