/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-code.h"

#include <sodium.h>
#include <string.h>

#include "server/front/kiosk/mh-kiosk-store.h"
#include "server/messages/sms/mh-sms.h"
#include "server/platform/auth/mh-sessions.h"
#include "shared/base/mh-text.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

/* With the visit's token in it, which nobody but the visitor has: from the database alone six
 * digits cannot be tried out. */
static char *
code_hash (const char *token, const char *code)
{
  g_autofree char *both = g_strconcat (token, ":", code, NULL);
  return mh_token_hash (both);
}

static gboolean
check_pace (MhTx *tx, MhRecord *visit, GError **error)
{
  gint64 recent = 0;
  gint64 now = mh_tx_now (tx);
  gint64 wait = mh_record_int (visit, MH_KIOSK_SESSION_CODE_SENT_AT) + MH_KIOSK_CODE_PAUSE - now;
  if (!mh_kiosk_store_codes_since (mh_tx_db (tx),
                                   mh_record_text (visit, MH_KIOSK_SESSION_PATIENT_ID),
                                   now - MH_HOUR, &recent, error))
    return FALSE;

  if (recent >= MH_KIOSK_CODES_PER_HOUR)
    wait = MH_HOUR / 2;
  if (wait <= 0)
    return TRUE;

  mh_error_set_retry (error, MH_ERROR_RATE, (guint)((wait + MH_SECOND - 1) / MH_SECOND),
                      "A code was sent a moment ago. Please wait for it.");
  return FALSE;
}

static gboolean
send_message (MhTx *tx, MhRecord *visit, MhRecord *patient, const char *code, GError **error)
{
  const char *language = mh_record_text (visit, MH_KIOSK_SESSION_LANGUAGE);
  const char *args[] = { "code", code, "language", language != NULL ? language : "en", NULL };
  return patient == NULL || !mh_record_has (patient, MH_PATIENT_PHONE)
         || mh_sms_send (
             tx,
             &(MhSmsWanted){ .hospital_id = mh_record_text (visit, MH_KIOSK_SESSION_HOSPITAL_ID),
                             .patient = patient,
                             .code = MH_SMS_CODE,
                             .arguments = args },
             error);
}

gboolean
mh_kiosk_code_send (MhTx *tx,
                    MhRecord *before,
                    const char *token,
                    MhRecord *patient,
                    MhRecord **out_after,
                    GError **error)
{
  char code[7];
  if (!check_pace (tx, before, error))
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_snprintf (code, sizeof code, "%06u", randombytes_uniform (1000000));
  mh_record_take_text (after, MH_KIOSK_SESSION_CODE_HASH, code_hash (token, code));
  mh_record_set_int (after, MH_KIOSK_SESSION_CODE_SENT_AT, mh_tx_now (tx));
  mh_record_set_int (after, MH_KIOSK_SESSION_CODE_TRIES, 0);

  gboolean ok = mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                && send_message (tx, after, patient, code, error);
  sodium_memzero (code, sizeof code);
  if (ok)
    *out_after = g_steal_pointer (&after);
  return ok;
}

static gboolean
is_the_code (MhRecord *visit, const char *token, const char *typed)
{
  const char *kept = mh_record_text (visit, MH_KIOSK_SESSION_CODE_HASH);
  g_autofree char *ascii = mh_text_ascii_digits (typed != NULL ? typed : "");
  g_autofree char *hash = code_hash (token, g_strstrip (ascii));
  return kept != NULL && strlen (kept) == strlen (hash)
         && sodium_memcmp (kept, hash, strlen (hash)) == 0;
}

gboolean
mh_kiosk_code_try (MhTx *tx,
                   MhRecord *before,
                   MhKioskCodeTyped typed,
                   MhKioskCodeTry *out_try,
                   MhRecord **out_after,
                   GError **error)
{
  gint64 tries = mh_record_int (before, MH_KIOSK_SESSION_CODE_TRIES);
  gint64 sent_at = mh_record_int (before, MH_KIOSK_SESSION_CODE_SENT_AT);
  *out_try = MH_KIOSK_CODE_SPENT;
  *out_after = NULL;
  if (!mh_record_has (before, MH_KIOSK_SESSION_CODE_HASH) || tries >= MH_KIOSK_CODE_TRIES
      || sent_at + MH_KIOSK_CODE_LIFE <= mh_tx_now (tx))
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  *out_try
      = is_the_code (before, typed.token, typed.typed) ? MH_KIOSK_CODE_RIGHT : MH_KIOSK_CODE_WRONG;
  if (*out_try == MH_KIOSK_CODE_WRONG)
    mh_record_set_int (after, MH_KIOSK_SESSION_CODE_TRIES, tries + 1);
  else
    {
      mh_record_set_text (after, MH_KIOSK_SESSION_PROOF, MH_KIOSK_PROOF_CODE);
      mh_record_set_null (after, MH_KIOSK_SESSION_CODE_HASH);
    }

  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;

  *out_after = g_steal_pointer (&after);
  return TRUE;
}

gboolean
mh_kiosk_code_purge (MhTx *tx, GError **error)
{
  return mh_kiosk_store_purge (tx, mh_tx_now (tx) - MH_DAY, error) >= 0;
}
