/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/fleet/mh-fleet-store.h"

#include "shared/sql/mh-sql-text.h"

static const char sql_covers[]
    = "SELECT 1 FROM zone WHERE hospital_id = $1 AND code = $2 AND kind = 'coverage'"
      " AND active AND deleted_at IS NULL";

int
mh_fleet_store_covers (MhDb *db, const char *hospital_id, const char *code, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_covers, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (code)), error);
  if (rows == NULL)
    return -1;

  gboolean found = mh_rows_next (rows, &failure);
  if (failure == NULL)
    return found ? 1 : 0;
  g_propagate_error (error, failure);
  return -1;
}
