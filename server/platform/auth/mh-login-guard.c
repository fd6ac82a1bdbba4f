/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-login-guard.h"

#include "server/platform/auth/mh-login.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

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

char *
mh_guard_device_key (const char *address, const char *device)
{
  g_autofree char *folded = device != NULL && *device != '\0' ? g_utf8_casefold (device, -1) : NULL;
  return address != NULL && folded != NULL ? g_strconcat ("device:", address, "/", folded, NULL)
                                           : NULL;
}

char *
mh_guard_known_key (const char *address, const char *username)
{
  g_autofree char *folded = g_utf8_casefold (username, -1);
  return address != NULL ? g_strconcat ("known:", address, "/", folded, NULL) : NULL;
}

int
mh_guard_is_known (MhDb *db, const char *key, gint64 now, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) row = key != NULL ? mh_guard_store_find (db, key, &failed) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return -1;
    }
  return row != NULL && now - mh_record_int (row, MH_LOGIN_GUARD_LAST_FAILURE_AT) < MH_GUARD_KNOWN;
}

/* A row of the same table, which is cleared of what is old in the same way. */
gboolean
mh_guard_remember (MhTx *tx, const char *key, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (key == NULL)
    return TRUE;

  g_autoptr (MhRecord) before = mh_guard_store_find (mh_tx_db (tx), key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_login_guard_type);
  mh_record_set_text (after, MH_LOGIN_GUARD_KEY, key);
  mh_record_set_int (after, MH_LOGIN_GUARD_FAILURES, 0);
  mh_record_set_int (after, MH_LOGIN_GUARD_LAST_FAILURE_AT, mh_tx_now (tx));
  mh_record_set_int (after, MH_LOGIN_GUARD_LOCKED_UNTIL, 0);

  return before != NULL ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                        : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
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
