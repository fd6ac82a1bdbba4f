/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/ops/mh-ops-store.h"

static const char sql_figures[]
    = "SELECT (SELECT max(number) FROM schema_migration),"
      " count(*) FILTER (WHERE status = 'waiting'), count(*) FILTER (WHERE status = 'failed')"
      " FROM job WHERE status IN ('waiting', 'failed')";

gboolean
mh_ops_store_figures (MhDb *db, MhOpsFigures *out_figures, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_figures, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_figures = (MhOpsFigures){ .schema_version = mh_rows_int (rows, 0),
                                 .jobs_waiting = mh_rows_int (rows, 1),
                                 .jobs_failed = mh_rows_int (rows, 2) };
  return TRUE;
}
