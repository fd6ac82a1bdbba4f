/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/platform/mh-settings.h"

#include <string.h>

static const char sql_value[]
    = "SELECT value FROM setting WHERE key = $1 AND deleted_at IS NULL"
      " AND (hospital_id IS NULL OR hospital_id = $2)"
      " ORDER BY CASE WHEN hospital_id IS NULL THEN 1 ELSE 0 END, id LIMIT 1";

void
mh_setting_prefetch (MhDb *db, const char *hospital_id, const char *key)
{
  mh_db_prefetch (db, sql_value, MH_ARGS (MH_TEXT (key), MH_TEXT (hospital_id)));
}

gboolean
mh_setting_text (MhDb *db,
                 const char *hospital_id,
                 const char *key,
                 char **out_value,
                 GError **error)
{
  GError *failure = NULL;
  const MhSettingDefault *known = mh_setting_default_find (key);
  g_return_val_if_fail (known != NULL, FALSE);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_value, MH_ARGS (MH_TEXT (key), MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return FALSE;

  gboolean found = mh_rows_next (rows, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_value
      = g_strdup (found && !mh_rows_is_null (rows, 0) ? mh_rows_text (rows, 0) : known->value);
  return TRUE;
}

gboolean
mh_setting_int (MhDb *db,
                const char *hospital_id,
                const char *key,
                gint64 *out_value,
                GError **error)
{
  g_autofree char *value = NULL;
  if (!mh_setting_text (db, hospital_id, key, &value, error))
    return FALSE;
  *out_value = g_ascii_strtoll (value, NULL, 10);
  return TRUE;
}

gboolean
mh_setting_bool (MhDb *db,
                 const char *hospital_id,
                 const char *key,
                 gboolean *out_value,
                 GError **error)
{
  g_autofree char *value = NULL;
  if (!mh_setting_text (db, hospital_id, key, &value, error))
    return FALSE;
  *out_value = strcmp (value, "true") == 0;
  return TRUE;
}
