/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-idempotency-store.h"

#include "shared/records/mh-types.h"

static const char sql_purge[]
    = "DELETE FROM idempotency_key WHERE id IN (SELECT id FROM idempotency_key"
      " WHERE expires_at < $1 ORDER BY expires_at LIMIT 1000)";

MhRecord *
mh_idempotency_store_find (MhDb *db, const char *key, GError **error)
{
  return mh_store_find (db, &mh_idempotency_key_type, "key", key, error);
}

gboolean
mh_idempotency_store_add (MhTx *tx, MhRecord *record, GError **error)
{
  return mh_tx_insert (tx, record, "create", NULL, error);
}

gint64
mh_idempotency_store_purge (MhTx *tx, gint64 before, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_purge, MH_ARGS (MH_INT (before)), error);
}
