/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-tariff-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_entries[] = "WHERE r.price_list_id = $1 ORDER BY r.code, r.id";
static const char sql_drop[] = "DELETE FROM price_entry WHERE price_list_id = $1";

GPtrArray *
mh_tariff_store_entries (MhDb *db, const char *list_id, GError **error)
{
  return mh_store_select (db, &mh_price_entry_type,
                          mh_sql_select (&mh_price_entry_type, sql_entries),
                          MH_ARGS (MH_TEXT (list_id)), error);
}

gboolean
mh_tariff_store_drop_entries (MhDb *db, const char *list_id, GError **error)
{
  return mh_db_exec (db, sql_drop, MH_ARGS (MH_TEXT (list_id)), error) >= 0;
}
