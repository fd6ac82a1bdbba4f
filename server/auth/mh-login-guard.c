/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/auth/mh-login-guard.h"

#include "server/auth/mh-login.h"
#include "server/auth/mh-sessions-store.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-machine.h"

char *
mh_guard_user_key (const char *username)
{
  g_autofree char *folded = g_utf8_casefold (username, -1);
  return g_strconcat ("user:", folded, NULL);
}

char *
mh_guard_address_key (const char *address)
{
  return address != NULL ? g_strconcat ("address:", address, NULL) : NULL;
}

gint64
mh_login_delay (gint64 failures, gint64 lock_after)
{
  if (failures < lock_after)
    return 0;
  gint64 doublings = MIN (failures - lock_after, 6);
  return MIN ((gint64)1 << doublings, 60) * MH_MINUTE;
}

gboolean
mh_guard_check (MhDb *db, const char *key, gint64 now, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (key == NULL)
    return TRUE;
  g_autoptr (MhRecord) guard = mh_guard_store_find (db, key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  gint64 wait = guard != NULL ? mh_record_int (guard, MH_LOGIN_GUARD_LOCKED_UNTIL) - now : 0;
  if (wait <= 0)
    return TRUE;
  mh_error_set_retry (error, MH_ERROR_RATE, (guint)((wait + MH_SECOND - 1) / MH_SECOND),
                      "Too many wrong passwords. Wait, then try again.");
  return FALSE;
}

static gint64
failures_so_far (MhRecord *guard, gint64 now)
{
  gint64 last = mh_record_int (guard, MH_LOGIN_GUARD_LAST_FAILURE_AT);
  return now - last < MH_GUARD_MEMORY ? mh_record_int (guard, MH_LOGIN_GUARD_FAILURES) : 0;
}

gboolean
mh_guard_fail (MhTx *tx,
               const char *key,
               guint lock_after,
               gint64 *out_failures,
               gint64 *out_until,
               GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 now = mh_tx_now (tx);
  g_autoptr (MhRecord) before = mh_guard_store_find (mh_tx_db (tx), key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_login_guard_type);
  gint64 failures = failures_so_far (after, now) + 1;
  gint64 delay = mh_login_delay (failures, lock_after);
  mh_record_set_text (after, MH_LOGIN_GUARD_KEY, key);
  mh_record_set_int (after, MH_LOGIN_GUARD_FAILURES, failures);
  mh_record_set_int (after, MH_LOGIN_GUARD_LAST_FAILURE_AT, now);
  mh_record_set_int (after, MH_LOGIN_GUARD_LOCKED_UNTIL, delay > 0 ? now + delay : 0);
  gboolean done = before != NULL ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                                 : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
  *out_failures = failures;
  *out_until = delay > 0 ? now + delay : 0;
  return done;
}
