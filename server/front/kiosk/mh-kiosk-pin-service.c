/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-service.h"
#include "server/platform/actor/mh-request.h"

#include <string.h>

#include "server/front/kiosk/mh-kiosk-private.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
find_setup (MhDb *db, const char *hospital_id, gboolean *out_failed, GError **error)
{
  GError *failure = NULL;
  MhRecord *setup = mh_store_find (db, &mh_kiosk_setup_type, "hospital_id", hospital_id, &failure);
  *out_failed = failure != NULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return setup;
}

static gboolean
check_pin (const char *pin, GError **error)
{
  gsize length = strlen (pin);
  if (length >= MH_KIOSK_PIN_LEAST && length <= MH_KIOSK_PIN_MOST
      && strspn (pin, "0123456789") == length)
    return TRUE;
  mh_error_set_field (error, "pin", "format", "six to twelve digits");
  return FALSE;
}

gboolean
mh_kiosk_service_set_pin (const MhRequest *req, MhRecord *pin, GError **error)
{
  gboolean failed = FALSE;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !check_pin (mh_record_text (pin, MH_KIOSK_PIN_PIN), error))
    return FALSE;

  g_autofree char *hash = mh_hasher_hash_now (mh_sessions_hasher (mh_server_sessions (req->server)),
                                              mh_record_text (pin, MH_KIOSK_PIN_PIN), error);
  g_autoptr (MhRecord) before
      = hash != NULL ? find_setup (req->db, hospital_id, &failed, error) : NULL;

  if (hash == NULL || failed)
    return FALSE;

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_kiosk_setup_type);
  mh_record_set_text (after, MH_KIOSK_SETUP_HOSPITAL_ID, hospital_id);
  mh_record_set_text (after, MH_KIOSK_SETUP_PIN_HASH, hash);

  gboolean done = before != NULL
                      ? mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                      : mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error);

  /* kept by itself: an internal record is not in the trail */
  return done
         && mh_tx_audit (req->tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_UPDATE, mh_kiosk_setup_type.code,
                                         mh_record_id (after), NULL, "pin" },
                         error);
}

/* The hash of the hospital's PIN. FALSE: none is set, too many wrong ones, or the database is away.
 */
static gboolean
read_hash (MhServer *server,
           const char *hospital_id,
           const MhKioskGuard *guard,
           char **out_hash,
           GError **error)
{
  gboolean failed = FALSE;
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return FALSE;

  gboolean may
      = mh_kiosk_guard_check (db, guard, 1, mh_clock_now (mh_server_clock (server)), error);
  g_autoptr (MhRecord) setup = may ? find_setup (db, hospital_id, &failed, error) : NULL;

  mh_store_give_reader (mh_server_store (server), db);
  if (!may || failed)
    return FALSE;

  if (setup == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "No PIN is set for the kiosks of this hospital: a manager sets one.");
      return FALSE;
    }

  *out_hash = g_strdup (mh_record_text (setup, MH_KIOSK_SETUP_PIN_HASH));
  return TRUE;
}

gboolean
mh_kiosk_service_leave (MhServer *server,
                        const MhActor *actor,
                        const MhWho *who,
                        MhRecord *pin,
                        GError **error)
{
  g_autofree char *hash = NULL;
  gboolean matches = FALSE;
  const char *hospital_id = mh_edit_hospital (actor, error);
  if (hospital_id == NULL)
    return FALSE;

  g_autofree char *key = mh_kiosk_guard_key ("pin", mh_actor_user_id (actor));
  const MhKioskGuard guard = { key, MH_KIOSK_GUESSES };
  if (!read_hash (server, hospital_id, &guard, &hash, error)
      || !mh_hasher_verify (mh_sessions_hasher (mh_server_sessions (server)), hash,
                            mh_record_text (pin, MH_KIOSK_PIN_PIN), &matches, error))
    return FALSE;
  if (matches)
    return TRUE;

  if (mh_kiosk_guard_fail (server, who, &guard, 1, error))
    mh_error_set_field (error, "pin", "wrong", "This is not the PIN.");
  return FALSE;
}
