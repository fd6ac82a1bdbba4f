/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-data-file.h"

#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"

/* 2026-01-01: the day the reference data's ids are dated. */
#define FIXED_MS G_GINT64_CONSTANT (1767225600000)

/* In data/@in of the source tree. */
static char *
beside_program (const char *in, const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  for (int up = 0; program != NULL && up < 3; up++)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *path = g_build_filename (folder, "..", "data", in, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
      g_free (program);
      program = g_steal_pointer (&folder);
    }
  return NULL;
}

char *
mh_data_file_find (const char *name, GError **error)
{
  const char *override = g_getenv ("MAHIMA_DATA_DIR");
  g_autofree char *path = override != NULL ? g_build_filename (override, name, NULL) : NULL;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);

  g_free (path);
  path = beside_program (g_str_has_suffix (name, ".pbf") ? "maps" : "reference", name);
  if (path == NULL)
    path = g_build_filename (MH_DATA_DIR, name, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);

  mh_error_set (error, MH_ERROR_NOT_FOUND,
                "The file %s is missing: neither beside the program nor in %s. "
                "Set MAHIMA_DATA_DIR to the folder that holds it.",
                name, MH_DATA_DIR);
  return NULL;
}

JsonObject *
mh_data_file_read_json (const char *name, GError **error)
{
  g_autofree char *path = mh_data_file_find (name, error);
  g_autofree char *text = NULL;
  gsize length = 0;
  if (path == NULL || !g_file_get_contents (path, &text, &length, error))
    return NULL;
  return mh_json_parse_object (text, (gssize)length, error);
}

char *
mh_data_fixed_id (const char *type_code, const char *key)
{
  MhSha256 sum;
  guint8 digest[MH_SHA256_SIZE];
  mh_sha256_begin (&sum);
  mh_sha256_add_text (&sum, type_code);
  mh_sha256_add_text (&sum, ":");
  mh_sha256_add_text (&sum, key);
  mh_sha256_end_digest (&sum, digest);
  return mh_id_new_from (FIXED_MS, digest);
}
