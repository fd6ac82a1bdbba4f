/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/referral/mh-referrals-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.status = $2 END"
      " AND (CAST($3 AS text) IS NULL OR r.id < $3)"
      " AND r.deleted_at IS NULL ORDER BY r.id DESC LIMIT $4";
static const char sql_items[] = "WHERE r.referral_id = $1 ORDER BY r.accession, r.id";
static const char sql_holding[]
    = "SELECT r.number FROM referral_item i JOIN referral r ON r.id = i.referral_id"
      " WHERE i.sample_id = $1 AND r.status NOT IN ('returned', 'cancelled')"
      " AND i.state NOT IN ('returned', 'refused') LIMIT 1";

GPtrArray *
mh_referrals_store_list (MhDb *db,
                         const char *hospital_id,
                         const char *status,
                         const char *before_id,
                         guint limit,
                         GError **error)
{
  return mh_store_select (
      db, &mh_referral_type, mh_sql_select (&mh_referral_type, sql_list),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (status), MH_TEXT (before_id), MH_INT (limit)),
      error);
}

GPtrArray *
mh_referrals_store_items (MhDb *db, const char *referral_id, GError **error)
{
  return mh_store_select (db, &mh_referral_item_type,
                          mh_sql_select (&mh_referral_item_type, sql_items),
                          MH_ARGS (MH_TEXT (referral_id)), error);
}

char *
mh_referrals_store_holding (MhDb *db, const char *sample_id, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_holding, MH_ARGS (MH_TEXT (sample_id)), error);
  return rows != NULL && mh_rows_next (rows, error) ? g_strdup (mh_rows_text (rows, 0)) : NULL;
}
