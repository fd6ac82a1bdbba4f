/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/feed/mh-feed-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_after[] = "WHERE r.seq > $1 ORDER BY r.seq LIMIT $2";
static const char sql_last[] = "SELECT COALESCE(max(seq), 0) FROM change";

GPtrArray *
mh_feed_store_after (MhDb *db, gint64 after, guint limit, GError **error)
{
  return mh_store_select (db, &mh_change_type, mh_sql_select (&mh_change_type, sql_after),
                          MH_ARGS (MH_INT (after), MH_INT (limit)), error);
}

gint64
mh_feed_store_last (MhDb *db, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_last, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return -1;
  return mh_rows_int (rows, 0);
}
