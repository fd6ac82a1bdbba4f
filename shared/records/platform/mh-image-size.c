/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-image-size.h"

#include <string.h>

#define TIFF_WIDTH 256
#define TIFF_HEIGHT 257
#define TIFF_SHORT 3
#define TIFF_MOST_TAGS 512

typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean little; /* the lowest byte first */
} Head;

static gboolean
image_size_begins (const Head *head, gsize at, const char *mark, gsize n)
{
  return head->size >= at + n && memcmp (head->data + at, mark, n) == 0;
}

/* Of @n bytes at @at, which are there. */
static guint32
image_size_number (const Head *head, gsize at, guint n)
{
  guint32 value = 0;
  for (guint i = 0; i < n; i++)
    value = value << 8 | head->data[at + (head->little ? n - 1 - i : i)];
  return value;
}

static gboolean
png (const Head *head, guint32 *out_width, guint32 *out_height)
{
  if (!image_size_begins (head, 0, "\x89PNG\r\n\x1a\n", 8)
      || !image_size_begins (head, 12, "IHDR", 4) || head->size < 24)
    return FALSE;
  *out_width = image_size_number (head, 16, 4);
  *out_height = image_size_number (head, 20, 4);
  return TRUE;
}

/* From segment to segment until that of the frame; what stands before may be long (a camera's
 * notes, a colour profile). */
static gboolean
jpeg (const Head *head, guint32 *out_width, guint32 *out_height)
{
  if (!image_size_begins (head, 0, "\xff\xd8\xff", 3))
    return FALSE;

  for (gsize at = 2; at + 9 <= head->size;)
    {
      guint8 mark = head->data[at + 1];
      if (head->data[at] != 0xff)
        return FALSE;
      if (mark == 0xff)
        {
          at++;
          continue;
        }
      gboolean frame = mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
      if (frame)
        {
          *out_height = image_size_number (head, at + 5, 2);
          *out_width = image_size_number (head, at + 7, 2);
          return TRUE;
        }
      at += 2 + image_size_number (head, at + 2, 2);
    }

  return FALSE;
}

static gboolean
webp (Head *head, guint32 *out_width, guint32 *out_height)
{
  if (!image_size_begins (head, 8, "WEBP", 4) || head->size < 30)
    return FALSE;

  head->little = TRUE;
  if (image_size_begins (head, 12, "VP8X", 4))
    {
      *out_width = image_size_number (head, 24, 3) + 1;
      *out_height = image_size_number (head, 27, 3) + 1;
      return TRUE;
    }

  if (image_size_begins (head, 12, "VP8L", 4))
    {
      guint32 bits = image_size_number (head, 21, 4);
      *out_width = (bits & 0x3fff) + 1;
      *out_height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }

  *out_width = image_size_number (head, 26, 2) & 0x3fff;
  *out_height = image_size_number (head, 28, 2) & 0x3fff;
  return image_size_begins (head, 12, "VP8 ", 4);
}

/* The directory of tags may lie anywhere in the file. */
static gboolean
tiff (Head *head, guint32 *out_width, guint32 *out_height)
{
  head->little = image_size_begins (head, 0, "II*\0", 4);
  if (!head->little && !image_size_begins (head, 0, "MM\0*", 4))
    return FALSE;
  if (head->size < 8)
    return FALSE;

  gsize at = image_size_number (head, 4, 4);
  if (at + 2 > head->size)
    return FALSE;

  guint n = MIN (image_size_number (head, at, 2), TIFF_MOST_TAGS);
  gboolean wide = FALSE, high = FALSE;
  for (guint i = 0; i < n && at + 2 + 12 * (i + 1) <= head->size; i++)
    {
      gsize tag = at + 2 + 12 * i;
      guint32 value = image_size_number (
          head, tag + 8, image_size_number (head, tag + 2, 2) == TIFF_SHORT ? 2 : 4);
      if (image_size_number (head, tag, 2) == TIFF_WIDTH)
        {
          *out_width = value;
          wide = TRUE;
        }
      else if (image_size_number (head, tag, 2) == TIFF_HEIGHT)
        {
          *out_height = value;
          high = TRUE;
        }
    }

  return wide && high;
}

gboolean
mh_image_size (const guint8 *data, gsize size, guint32 *out_width, guint32 *out_height)
{
  Head head = { data, size, FALSE };
  guint32 width = 0, height = 0;
  if (!png (&head, &width, &height) && !jpeg (&head, &width, &height)
      && !webp (&head, &width, &height) && !tiff (&head, &width, &height))
    return FALSE;
  *out_width = width;
  *out_height = height;
  return TRUE;
}

gboolean
mh_image_may_be_opened (const guint8 *data, gsize size, guint64 most)
{
  guint32 width, height;
  if (!mh_image_size (data, size, &width, &height))
    return TRUE;
  return width > 0 && height > 0 && (guint64)width * height <= most;
}
