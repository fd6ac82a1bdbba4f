/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/chart/mh-icd.h"

#define OWN_FILE "icd10.csv"

/* A part of the program, made by make-icd10. */
extern const char mh_icd_shipped[];
extern const guint64 mh_icd_shipped_size;

static MhIcd10 *
icd_load (const char *data_dir, GError **error)
{
  g_autofree char *path
      = data_dir != NULL ? g_build_filename (data_dir, OWN_FILE, NULL) : g_strdup ("");
  char *csv = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_file_get_contents (path, &csv, NULL, error) ? mh_icd10_new (csv, error) : NULL;
  g_autoptr (GBytes) shipped = g_bytes_new_static (mh_icd_shipped, mh_icd_shipped_size);
  return mh_icd10_open (shipped, error);
}

const MhIcd10 *
mh_icd (const char *data_dir, GError **error)
{
  static GMutex lock;
  static MhIcd10 *table;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  if (table == NULL)
    table = icd_load (data_dir, error);
  return table;
}
