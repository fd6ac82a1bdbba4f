/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-factor-store.h"

#include "shared/records/mh-types.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

static const char sql_use_step[] = "UPDATE second_factor SET last_step = $2 WHERE user_id = $1 AND"
                                   " (last_step IS NULL OR last_step < $2)";

MhRecord *
mh_factor_store_find (MhDb *db, const char *user_id, GError **error)
{
  return mh_store_find (db, &mh_second_factor_type, "user_id", user_id, error);
}

gboolean
mh_factor_store_use_step (MhTx *tx,
                          const char *user_id,
                          gint64 step,
                          gboolean *out_used,
                          GError **error)
{
  gint64 rows
      = mh_db_exec (mh_tx_db (tx), sql_use_step, MH_ARGS (MH_TEXT (user_id), MH_INT (step)), error);
  *out_used = rows == 1;
  return rows >= 0;
}

gboolean
mh_factor_store_set (MhTx *tx, const char *user_id, const char *sealed, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_user_type, user_id, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_USER_TOTP_SECRET, sealed);
  mh_record_set_bool (after, MH_USER_TOTP_ENABLED, sealed != NULL);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "second factor", error);
}
