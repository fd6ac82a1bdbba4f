/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/chart/mh-icd.h"

#include <gio/gio.h>

/* Made by the build from data/mh-reference.gresource.xml. */
GResource *mh_reference_get_resource (void);

#define SHIPPED "/org/mahima/reference/icd10.csv.gz"
#define OWN_FILE "icd10.csv"

static char *
read_shipped (GError **error)
{
  g_autoptr (GBytes) packed = g_resource_lookup_data (mh_reference_get_resource (), SHIPPED,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (packed == NULL)
    return NULL;
  g_autoptr (GInputStream) bytes = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr (GConverter) gunzip
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (bytes, gunzip);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  gsize length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)), length);
}

static MhIcd10 *
load (const char *data_dir, GError **error)
{
  g_autofree char *path
      = data_dir != NULL ? g_build_filename (data_dir, OWN_FILE, NULL) : g_strdup ("");
  char *csv = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_file_get_contents (path, &csv, NULL, error);
  else
    csv = read_shipped (error);
  return csv != NULL ? mh_icd10_new (csv, error) : NULL;
}

const MhIcd10 *
mh_icd (const char *data_dir, GError **error)
{
  static GMutex lock;
  static MhIcd10 *table;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  if (table == NULL)
    table = load (data_dir, error);
  return table;
}

static gpointer
warm (gpointer data)
{
  g_autofree char *data_dir = data;
  mh_icd (data_dir, NULL);
  return NULL;
}

void
mh_icd_warm (const char *data_dir)
{
  static gsize once;
  if (!g_once_init_enter (&once))
    return;
  GThread *thread = g_thread_try_new ("icd10", warm, g_strdup (data_dir), NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  g_once_init_leave (&once, 1);
}
