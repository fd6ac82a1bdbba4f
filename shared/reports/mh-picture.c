/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-attachment.h"

#include <string.h>

#define CONTENT_BMP "image/bmp"
#define DOTS_PER_POINT (150 / 72.0)

/* Picked as they get worse: the first that is small enough is taken. */
static const struct
{
  const char *quality;
  double scale;
} steps[] = {
  { "85", 1 },   { "75", 1 },    { "62", 1 },    { "50", 1 },   { "50", 0.8 },
  { "42", 0.7 }, { "36", 0.55 }, { "30", 0.42 }, { "25", 0.3 },
};

typedef struct
{
  double width, height; /* wanted at most, in points of the picture; 0: the head alone */
  gboolean seen;
} Opening;

/* Before anything is unpacked: here a bomb is told from a picture. */
static void
size_cb (GdkPixbufLoader *loader, int width, int height, Opening *opening)
{
  gboolean fits = width > 0 && height > 0 && (gint64)width * height <= MH_PICTURE_MOST_PIXELS;
  opening->seen = fits;
  if (!fits || opening->width <= 0)
    {
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  /* Twice what is wanted, in case that it lies on its side; made exact after it was turned. */
  double side = MAX (opening->width, opening->height) * 2;
  double scale = MIN (1, side / MAX (width, height));

  gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale)),
                              MAX (1, (int)(height * scale)));
}

static GdkPixbuf *
open_picture (GBytes *file, const char *content_type, Opening *opening)
{
  g_autoptr (GdkPixbufLoader) loader
      = gdk_pixbuf_loader_new_with_mime_type (content_type, /* error */ NULL);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), opening);
  gboolean ok = gdk_pixbuf_loader_write_bytes (loader, file, NULL);
  ok = gdk_pixbuf_loader_close (loader, NULL) && ok && opening->seen && opening->width > 0;
  GdkPixbuf *picture = ok ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return picture != NULL ? gdk_pixbuf_apply_embedded_orientation (picture) : NULL;
}

gboolean
mh_picture_is_printable (GBytes *file, const char *content_type)
{
  Opening opening = { 0 };
  if (g_strcmp0 (content_type, MH_CONTENT_PDF) == 0)
    return FALSE;
  g_autoptr (GdkPixbuf) none = open_picture (file, content_type, &opening);
  return opening.seen;
}

GBytes *
mh_picture_without_bmp (GBytes *file, GError **error)
{
  gsize size, length;
  char *png;
  const char *bytes = g_bytes_get_data (file, &size);
  Opening opening = { .width = G_MAXINT, .height = G_MAXINT };

  if (size < 2 || memcmp (bytes, "BM", 2) != 0)
    return g_bytes_ref (file);

  g_autoptr (GdkPixbuf) picture = open_picture (file, CONTENT_BMP, &opening);
  if (picture == NULL || !gdk_pixbuf_save_to_buffer (picture, &png, &length, "png", NULL, NULL))
    {
      mh_error_set (error, MH_ERROR_INVALID, "This picture (BMP) cannot be read.");
      return NULL;
    }

  return g_bytes_new_take (png, length);
}

/* What is seen through a picture is paper. */
static GdkPixbuf *
on_white (GdkPixbuf *picture, double scale)
{
  int width = MAX (1, (int)(gdk_pixbuf_get_width (picture) * scale + 0.5)),
      height = MAX (1, (int)(gdk_pixbuf_get_height (picture) * scale + 0.5));
  if (!gdk_pixbuf_get_has_alpha (picture))
    return gdk_pixbuf_scale_simple (picture, width, height, GDK_INTERP_HYPER);
  return gdk_pixbuf_composite_color_simple (picture, width, height, GDK_INTERP_HYPER, 255, 8,
                                            0xffffff, 0xffffff);
}

/* The best of the steps that is light enough, else the lightest. */
static GdkPixbuf *
picture_pack (GdkPixbuf *picture, double fit, gsize most, char **out_jpeg, gsize *out_size)
{
  g_autoptr (GdkPixbuf) made = NULL;
  double last = 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *jpeg = NULL;
      gsize size = 0;
      if (steps[i].scale != last)
        {
          g_autoptr (GdkPixbuf) scaled = on_white (picture, fit * steps[i].scale);
          g_set_object (&made, scaled);
          last = steps[i].scale;
        }
      if (made == NULL
          || !gdk_pixbuf_save_to_buffer (made, &jpeg, &size, "jpeg", NULL, "quality",
                                         steps[i].quality, NULL))
        return NULL;
      if (size > most && i + 1 < G_N_ELEMENTS (steps))
        continue;
      *out_jpeg = g_steal_pointer (&jpeg);
      *out_size = size;
      break;
    }

  return g_steal_pointer (&made);
}

static cairo_surface_t *
picture_surface_of (GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture),
      channels = gdk_pixbuf_get_n_channels (picture), row = gdk_pixbuf_get_rowstride (picture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;

  const guint8 *from = gdk_pixbuf_read_pixels (picture);
  guint8 *to = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *dot = from + (gsize)y * row + (gsize)x * channels;
        ((guint32 *)(gpointer)(to + (gsize)y * stride))[x]
            = (guint32)dot[0] << 16 | (guint32)dot[1] << 8 | dot[2];
      }

  cairo_surface_mark_dirty (surface);
  return surface;
}

cairo_surface_t *
mh_picture_for_paper (GBytes *file,
                      const char *content_type,
                      double width,
                      double height,
                      gsize most_bytes)
{
  Opening opening = { .width = width * DOTS_PER_POINT, .height = height * DOTS_PER_POINT };
  g_autofree char *jpeg = NULL;
  gsize size = 0;
  g_autoptr (GdkPixbuf) picture = open_picture (file, content_type, &opening);

  if (picture == NULL)
    return NULL;

  double fit = MIN (opening.width / gdk_pixbuf_get_width (picture),
                    opening.height / gdk_pixbuf_get_height (picture));
  g_autoptr (GdkPixbuf) made = picture_pack (picture, MIN (1, fit), most_bytes, &jpeg, &size);
  cairo_surface_t *surface = made != NULL ? picture_surface_of (made) : NULL;

  if (surface == NULL)
    return NULL;

  unsigned char *bytes = (unsigned char *)g_steal_pointer (&jpeg);
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, bytes, size, g_free, bytes)
      == CAIRO_STATUS_SUCCESS)
    return surface;

  g_free (bytes);
  cairo_surface_destroy (surface);
  return NULL;
}

/* --- portraits --- */

/* Where a face is: in the middle, and above the middle of what stands upright. */
static GdkPixbuf *
square_of (GdkPixbuf *picture, int most)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  int side = MIN (width, height);
  g_autoptr (GdkPixbuf) square
      = gdk_pixbuf_new_subpixbuf (picture, (width - side) / 2, (height - side) / 4, side, side);
  return square != NULL ? on_white (square, MIN (1, (double)most / side)) : NULL;
}

static GBytes *
picture_written (GdkPixbuf *picture, const char *format)
{
  char *data = NULL;
  gsize size = 0;
  gboolean jpeg = g_str_equal (format, "jpeg");
  gboolean ok
      = picture != NULL
        && gdk_pixbuf_save_to_buffer (picture, &data, &size, format, NULL,
                                      jpeg ? "quality" : "compression", jpeg ? "85" : "9", NULL);
  return ok ? g_bytes_new_take (data, size) : NULL;
}

gboolean
mh_picture_portrait (GBytes *file,
                     const char *content_type,
                     gsize most_small,
                     GBytes **out_photo,
                     GBytes **out_small)
{
  Opening opening = { MH_PORTRAIT_SIDE, MH_PORTRAIT_SIDE, FALSE };
  g_autoptr (GdkPixbuf) picture = g_strcmp0 (content_type, MH_CONTENT_PDF) != 0
                                      ? open_picture (file, content_type, &opening)
                                      : NULL;
  g_autoptr (GdkPixbuf) square = picture != NULL ? square_of (picture, MH_PORTRAIT_SIDE) : NULL;
  g_autoptr (GBytes) photo = picture_written (square, "jpeg");
  g_autoptr (GBytes) small = NULL;

  /* A PNG of a face weighs two bytes a point and more. */
  for (int side = MH_PORTRAIT_SMALL; photo != NULL && side >= MH_PORTRAIT_SMALL / 2; side -= 12)
    {
      g_autoptr (GdkPixbuf) scaled = square_of (square, side);
      g_clear_pointer (&small, g_bytes_unref);
      small = picture_written (scaled, "png");
      if (small == NULL || g_bytes_get_size (small) <= most_small)
        break;
    }

  if (photo == NULL || small == NULL || g_bytes_get_size (small) > most_small)
    return FALSE;

  *out_photo = g_steal_pointer (&photo);
  *out_small = g_steal_pointer (&small);
  return TRUE;
}
