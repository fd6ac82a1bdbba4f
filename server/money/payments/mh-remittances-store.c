/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/payments/mh-remittances-store.h"

#include "shared/records/mh-types.h"
#include "shared/records/money/mh-remittance.h"
#include "shared/sql/mh-sql-text.h"

#define OWED                                                                                       \
  "(r.amount - COALESCE (r.refunded, 0) - COALESCE (r.pending, 0) - COALESCE (r.settled, 0)"       \
  " - COALESCE (r.denied, 0))"
#define OPEN                                                                                       \
  "r.method = 'insurance' AND r.kind = 'payment' AND r.deleted_at IS NULL AND " OWED " > 0"        \
  " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"

static const char sql_payers[]
    = "SELECT COALESCE (r.payer, ''), COUNT (*), SUM (" OWED "), MIN (r.received_at), r.currency"
      " FROM payment r WHERE " OPEN " GROUP BY 1, 5 ORDER BY 3 DESC, 1";
static const char sql_claims[]
    = "WHERE " OPEN " AND (CAST($2 AS text) IS NULL OR COALESCE (r.payer, '') = $2)"
      " AND (r.received_at, r.id) > ($3, $4) ORDER BY r.received_at, r.id LIMIT $5";
static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.payer = $2)"
                               " AND (r.recorded_at, r.id) < ($3, $4) AND r.deleted_at IS NULL"
                               " ORDER BY r.recorded_at DESC, r.id DESC LIMIT $5";
static const char sql_lines[] = "WHERE r.remittance_id = $1 ORDER BY r.line_no, r.id";
static const char sql_by_reference[] = "WHERE r.hospital_id = $1 AND r.reference_key = $2";

GPtrArray *
mh_remittances_store_payers (MhDb *db, const char *hospital_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) payers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_payers, MH_ARGS (MH_TEXT (hospital_id)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhRecord *payer = mh_record_new (&mh_payer_type);
      mh_record_set_text (payer, MH_PAYER_NAME, mh_rows_text (rows, 0));
      mh_record_set_int (payer, MH_PAYER_N_CLAIMS, mh_rows_int (rows, 1));
      mh_record_set_int (payer, MH_PAYER_OWED, mh_rows_int (rows, 2));
      mh_record_set_int (payer, MH_PAYER_OLDEST_AT, mh_rows_int (rows, 3));
      mh_record_set_text (payer, MH_PAYER_CURRENCY, mh_rows_text (rows, 4));
      g_ptr_array_add (payers, payer);
    }

  if (failure == NULL)
    return g_steal_pointer (&payers);

  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mh_remittances_store_claims (MhDb *db,
                             const char *hospital_id,
                             const char *payer,
                             MhListPage page,
                             GError **error)
{
  return mh_store_select (db, &mh_payment_type, mh_sql_select (&mh_payment_type, sql_claims),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (payer),
                                   MH_INT (page.id != NULL ? page.at : 0),
                                   MH_TEXT (page.id != NULL ? page.id : ""), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_remittances_store_list (MhDb *db,
                           const char *hospital_id,
                           const char *payer,
                           MhListPage page,
                           GError **error)
{
  return mh_store_select (db, &mh_remittance_type, mh_sql_select (&mh_remittance_type, sql_list),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (payer),
                                   MH_INT (page.id != NULL ? page.at : G_MAXINT64),
                                   MH_TEXT (page.id != NULL ? page.id : ""), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_remittances_store_lines (MhDb *db, const char *remittance_id, GError **error)
{
  return mh_store_select (db, &mh_remittance_line_type,
                          mh_sql_select (&mh_remittance_line_type, sql_lines),
                          MH_ARGS (MH_TEXT (remittance_id)), error);
}

MhRecord *
mh_remittances_store_by_reference (MhDb *db,
                                   const char *hospital_id,
                                   const char *key,
                                   GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_remittance_type, mh_sql_select (&mh_remittance_type, sql_by_reference),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (key)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
