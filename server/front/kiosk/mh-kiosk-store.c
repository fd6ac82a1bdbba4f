/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_match[]
    = "WHERE r.hospital_id = $1 AND r.phone_digits = $2 AND r.birth_date = $3"
      " AND r.merged_into IS NULL AND r.deleted_at IS NULL"
      " AND COALESCE (r.deceased, FALSE) = FALSE AND COALESCE (r.vip, FALSE) = FALSE"
      " ORDER BY r.id LIMIT 2";
static const char sql_codes_since[]
    = "SELECT COUNT(*) FROM kiosk_session WHERE patient_id = $1 AND code_sent_at >= $2";
static const char sql_reported[]
    = "WHERE r.patient_id = $1 AND r.report_id IS NOT NULL AND r.deleted_at IS NULL"
      " ORDER BY r.report_issued_at DESC, r.id DESC LIMIT 30";
static const char sql_purge[] = "DELETE FROM kiosk_session WHERE expires_at < $1";

GPtrArray *
mh_kiosk_store_match (MhDb *db,
                      const char *hospital_id,
                      const char *phone,
                      const char *birth_date,
                      GError **error)
{
  return mh_store_select (db, &mh_patient_type, mh_sql_select (&mh_patient_type, sql_match),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (phone), MH_TEXT (birth_date)),
                          error);
}

gboolean
mh_kiosk_store_codes_since (MhDb *db,
                            const char *patient_id,
                            gint64 since,
                            gint64 *out_count,
                            GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_codes_since, MH_ARGS (MH_TEXT (patient_id), MH_INT (since)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  return TRUE;
}

GPtrArray *
mh_kiosk_store_reported (MhDb *db, const char *patient_id, GError **error)
{
  return mh_store_select (db, &mh_order_type, mh_sql_select (&mh_order_type, sql_reported),
                          MH_ARGS (MH_TEXT (patient_id)), error);
}

gint64
mh_kiosk_store_purge (MhTx *tx, gint64 before, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_purge, MH_ARGS (MH_INT (before)), error);
}
