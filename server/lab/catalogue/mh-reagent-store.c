/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-reagent-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_lots[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.reagent = $2 END"
      " AND r.deleted_at IS NULL"
      " AND CASE WHEN $4 = 1 THEN TRUE ELSE r.quantity > 0 AND r.expiry >= $3 END"
      " AND CASE WHEN CAST($5 AS text) IS NULL THEN TRUE"
      " ELSE r.expiry > $5 OR (r.expiry = $5 AND r.id > $6) END"
      " ORDER BY r.expiry, r.id LIMIT $7";
static const char sql_take[]
    = "UPDATE reagent_lot SET quantity = quantity - $2, version = version + 1, changed_at = $3"
      " WHERE id = $1 AND quantity >= $2";
static const char sql_total[]
    = "SELECT COALESCE(sum(quantity), 0) FROM reagent_lot WHERE hospital_id = $1 AND reagent = $2"
      " AND expiry >= $3 AND deleted_at IS NULL";
static const char sql_has_taken[]
    = "SELECT 1 FROM reagent_move WHERE order_item_id = $1 AND reagent = $2 LIMIT 1";
static const char sql_moves[] = "WHERE r.lot_id = $1 ORDER BY r.at DESC, r.id DESC LIMIT $2";

GPtrArray *
mh_reagent_store_lots (MhDb *db, const MhReagentLotsQuery *query, GError **error)
{
  return mh_store_select (db, &mh_reagent_lot_type, mh_sql_select (&mh_reagent_lot_type, sql_lots),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->reagent),
                                   MH_TEXT (query->today), MH_INT (query->all ? 1 : 0),
                                   MH_TEXT (query->after_expiry), MH_TEXT (query->after_id),
                                   MH_INT (query->limit)),
                          error);
}

gboolean
mh_reagent_store_take (MhTx *tx,
                       const char *lot_id,
                       gint64 amount,
                       gboolean *out_taken,
                       GError **error)
{
  gint64 n
      = mh_db_exec (mh_tx_db (tx), sql_take,
                    MH_ARGS (MH_TEXT (lot_id), MH_INT (amount), MH_INT (mh_tx_now (tx))), error);
  if (n < 0)
    return FALSE;
  *out_taken = n == 1;
  return TRUE;
}

gint64
mh_reagent_store_total (MhDb *db,
                        const char *hospital_id,
                        const char *reagent,
                        const char *today,
                        GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_total, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (reagent), MH_TEXT (today)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return -1;
  return mh_rows_int (rows, 0);
}

gboolean
mh_reagent_store_has_taken (MhDb *db,
                            const char *order_item_id,
                            const char *reagent,
                            gboolean *out_taken,
                            GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_has_taken, MH_ARGS (MH_TEXT (order_item_id), MH_TEXT (reagent)), error);
  if (rows == NULL)
    return FALSE;

  gboolean taken = mh_rows_next (rows, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  *out_taken = taken;
  return TRUE;
}

GPtrArray *
mh_reagent_store_moves (MhDb *db, const char *lot_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_reagent_move_type,
                          mh_sql_select (&mh_reagent_move_type, sql_moves),
                          MH_ARGS (MH_TEXT (lot_id), MH_INT (limit)), error);
}
