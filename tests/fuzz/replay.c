/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay FOLDER: every file of a kept corpus through its target, with any compiler. */
#include "tests/fuzz/fuzz.h"

static void
replay (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;
  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
      gsize length;
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      /* a copy of exactly its length: a read behind it shows */
      g_autofree guint8 *exact = length > 0 ? g_memdup2 (text, length) : g_malloc (1);
      g_assert_cmpint (LLVMFuzzerTestOneInput (exact, length), ==, 0);
      n++;
    }
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_data_func ("/fuzz/corpus", argv[1], replay);
  return g_test_run ();
}
