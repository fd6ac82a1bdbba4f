/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pictures claim to be, by their heads: each format, both sides of the limit, heads that are
 * cut off anywhere. */
#include "shared/records/platform/mh-image-size.h"

#include <glib.h>
#include <string.h>

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

typedef struct
{
  const char *name;
  const char *bytes;
  gsize size;
  guint32 width, height;
} Row;

#define BYTES(text) text, sizeof (text) - 1

static const Row rows[] = {
  { "png", BYTES (PNG_HEAD "\0\0\x01\x90\0\0\x01\x2c\x08\x02"), 400, 300 },
  { "bomb", BYTES (PNG_HEAD "\0\0\xc3\x50\0\0\xc3\x50\x08\x02"), 50000, 50000 },
  { "jpeg", BYTES ("\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08\x01\x2c\x01\x90\x03\0\0"), 400,
    300 },
  { "progressive, after a filler",
    BYTES ("\xff\xd8\xff\xff\xe1\0\x03x\xff\xc2\0\x11\x08\xff\xdc\xff\xdc\x03\0\0"), 65500, 65500 },
  { "webp lossy", BYTES ("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x01"), 400,
    300 },
  { "webp lossless", BYTES ("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x8f\xc1\x4a\0\0\0\0\0\0"), 400, 300 },
  { "webp with more", BYTES ("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x8f\x01\0\x2b\x01\0"), 400,
    300 },
  { "tiff",
    BYTES (
        "II*"
        "\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x90\x01\0\0\x01\x01\x04\0\x01\0\0\0\x2c\x01\0\0"),
    400, 300 },
  { "tiff, the other way",
    BYTES (
        "MM\0*"
        "\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\x01\x90\0\0\x01\x01\0\x04\0\0\0\x01\0\0\x01\x2c"),
    400, 300 },
};

static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 width = 0, height = 0;
      g_test_message ("%s", rows[i].name);
      g_assert_true (mh_image_size ((const guint8 *)rows[i].bytes, rows[i].size, &width, &height));
      g_assert_cmpuint (width, ==, rows[i].width);
      g_assert_cmpuint (height, ==, rows[i].height);
      gboolean small = (guint64)rows[i].width * rows[i].height <= MH_IMAGE_MOST_PIXELS;
      g_assert_cmpint (mh_image_may_be_opened ((const guint8 *)rows[i].bytes, rows[i].size,
                                               MH_IMAGE_MOST_PIXELS),
                       ==, small);
    }
}

/* Copied to the end of what was allocated, so that the sanitizers see each byte too many. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize size = 0; size < rows[i].size; size++)
      {
        guint32 width, height;
        g_autofree guint8 *cut = g_memdup2 (rows[i].bytes, size);
        mh_image_size (cut, size, &width, &height);
      }
}

static void
test_limit (void)
{
  guint8 png[] = PNG_HEAD "\0\0\x1f\x40\0\0\x1f\x40\x08\x02"; /* 8000 × 8000 */
  g_assert_true (mh_image_may_be_opened (png, sizeof png, MH_IMAGE_MOST_PIXELS));
  png[23]++;
  g_assert_false (mh_image_may_be_opened (png, sizeof png, MH_IMAGE_MOST_PIXELS));
  memset (png + 16, 0, 4);
  g_assert_false (mh_image_may_be_opened (png, sizeof png, MH_IMAGE_MOST_PIXELS));
  g_assert_true (mh_image_may_be_opened ((const guint8 *)"%PDF-1.7", 8, MH_IMAGE_MOST_PIXELS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-size/sizes", test_sizes);
  g_test_add_func ("/image-size/cut", test_cut);
  g_test_add_func ("/image-size/limit", test_limit);
  return g_test_run ();
}
