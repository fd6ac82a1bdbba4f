/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-picture-file.h"

#include "shared/base/mh-error.h"
#include "shared/records/platform/mh-image-size.h"

static gboolean
may_be_opened (GBytes *file, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  if (mh_image_may_be_opened (data, size, MH_IMAGE_MOST_PIXELS))
    return TRUE;
  mh_error_set (error, MH_ERROR_TOO_LARGE, "This picture has too many points to be shown.");
  return FALSE;
}

GdkTexture *
mh_picture_file_texture (GBytes *file, GError **error)
{
  return may_be_opened (file, error) ? gdk_texture_new_from_bytes (file, error) : NULL;
}

GdkPixbuf *
mh_picture_file_pixbuf (GBytes *file, GError **error)
{
  if (!may_be_opened (file, error))
    return NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GdkPixbuf) read = gdk_pixbuf_new_from_stream (stream, NULL, error);
  return read != NULL ? gdk_pixbuf_apply_embedded_orientation (read) : NULL;
}
