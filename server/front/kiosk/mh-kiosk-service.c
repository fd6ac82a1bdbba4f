/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-service.h"

#include <string.h>

#include "server/front/kiosk/mh-kiosk-code.h"
#include "server/front/kiosk/mh-kiosk-private.h"
#include "server/front/kiosk/mh-kiosk-store.h"
#include "server/messages/sms/mh-sms.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

/* --- wrong attempts --- */

char *
mh_kiosk_guard_key (const char *what, const char *value)
{
  g_autofree char *hash = mh_token_hash (value);
  return g_strconcat ("kiosk:", what, ":", hash, NULL);
}

gboolean
mh_kiosk_guard_check (MhDb *db, const MhKioskGuard *guards, guint n, gint64 now, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) failure = NULL;
      if (mh_guard_check (db, guards[i].key, now, &failure))
        continue;
      if (g_error_matches (failure, MH_ERROR, MH_ERROR_RATE))
        mh_error_set_retry (error, MH_ERROR_RATE, mh_error_get_retry_after (failure),
                            "Too many attempts. Please wait, or ask at the desk.");
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  const MhKioskGuard *guards;
  guint n;
} Failing;

static gboolean
kiosk_service_fail (MhTx *tx, gpointer data, GError **error)
{
  Failing *failing = data;
  for (guint i = 0; i < failing->n; i++)
    {
      gint64 failures = 0;
      gint64 until = 0;
      if (!mh_guard_fail (tx, failing->guards[i].key, failing->guards[i].most, &failures, &until,
                          error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mh_kiosk_guard_fail (MhServer *server,
                     const MhWho *who,
                     const MhKioskGuard *guards,
                     guint n,
                     GError **error)
{
  Failing failing = { guards, n };
  return mh_store_write (mh_server_store (server), who, kiosk_service_fail, &failing, error);
}

/* --- visits --- */

typedef struct
{
  MhServer *server;
  const MhActor *actor;
  MhRecord *person, *patient;
  char *token, *hash;
} Begin;

static void
begin_clear (Begin *begin)
{
  g_clear_object (&begin->patient);
  g_free (begin->token);
  g_free (begin->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Begin, begin_clear)

static gboolean
insert_visit (MhTx *tx, Begin *begin, GError **error)
{
  g_autoptr (MhRecord) visit = mh_record_new (&mh_kiosk_session_type);
  mh_record_take_text (visit, MH_ID, mh_id_new ());
  mh_record_set_text (visit, MH_KIOSK_SESSION_HOSPITAL_ID,
                      mh_record_text (begin->patient, MH_PATIENT_HOSPITAL_ID));
  mh_record_set_text (visit, MH_KIOSK_SESSION_PATIENT_ID, mh_record_id (begin->patient));
  mh_record_set_text (visit, MH_KIOSK_SESSION_USER_ID, mh_actor_user_id (begin->actor));
  mh_record_set_text (visit, MH_KIOSK_SESSION_TOKEN_HASH, begin->hash);
  mh_record_set_text (visit, MH_KIOSK_SESSION_PROOF, MH_KIOSK_PROOF_MATCH);
  mh_record_set_text (visit, MH_KIOSK_SESSION_LANGUAGE,
                      mh_record_text (begin->person, MH_KIOSK_PERSON_LANGUAGE));
  mh_record_set_int (visit, MH_KIOSK_SESSION_CODE_TRIES, 0);
  mh_record_set_int (visit, MH_KIOSK_SESSION_EXPIRES_AT, mh_tx_now (tx) + MH_KIOSK_VISIT_LIFE);
  return mh_kiosk_code_purge (tx, error) && mh_tx_insert (tx, visit, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_audit (tx,
                         &(MhAuditNote){ NULL, MH_AUDIT_READ, mh_patient_type.code,
                                         mh_record_id (begin->patient), NULL, "kiosk" },
                         error);
}

static gboolean
begin_known (MhTx *tx, gpointer data, GError **error)
{
  return insert_visit (tx, data, error);
}

static char *
masked_phone (MhRecord *patient)
{
  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  return phone != NULL ? mh_sms_mask (phone) : NULL;
}

static MhRecord *
visitor_new (MhRecord *patient, const char *token, const char *proof, gint64 expires_at)
{
  MhRecord *visitor = mh_record_new (&mh_kiosk_visitor_type);
  mh_record_set_text (visitor, MH_KIOSK_VISITOR_SESSION, token);
  mh_record_set_text (visitor, MH_KIOSK_VISITOR_NAME,
                      mh_record_text (patient, MH_PATIENT_GIVEN_NAME));
  mh_record_take_text (visitor, MH_KIOSK_VISITOR_MASKED, masked_phone (patient));
  mh_record_set_text (visitor, MH_KIOSK_VISITOR_PROOF, proof);
  mh_record_set_int (visitor, MH_KIOSK_VISITOR_EXPIRES_AT, expires_at);
  return visitor;
}

static gint64
kiosk_service_now_of (MhServer *server)
{
  return mh_clock_now (mh_server_clock (server));
}

static GPtrArray *
kiosk_service_look (MhServer *server,
                    const char *hospital_id,
                    const char *phone,
                    const char *birth_date,
                    const MhKioskGuard guards[2],
                    GError **error)
{
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return NULL;
  GPtrArray *found = mh_kiosk_guard_check (db, guards, 2, kiosk_service_now_of (server), error)
                         ? mh_kiosk_store_match (db, hospital_id, phone, birth_date, error)
                         : NULL;
  mh_store_give_reader (mh_server_store (server), db);
  return found;
}

MhRecord *
mh_kiosk_service_find (MhServer *server,
                       const MhActor *actor,
                       const MhWho *who,
                       MhRecord *person,
                       GError **error)
{
  const char *hospital_id = mh_edit_hospital (actor, error);
  if (hospital_id == NULL)
    return NULL;

  g_autofree char *phone = mh_text_phone_digits (mh_record_text (person, MH_KIOSK_PERSON_PHONE));
  g_autofree char *by_phone = mh_kiosk_guard_key ("find", phone);
  g_autofree char *by_kiosk = mh_kiosk_guard_key ("device", mh_actor_user_id (actor));
  const MhKioskGuard guards[2]
      = { { by_phone, MH_KIOSK_GUESSES }, { by_kiosk, MH_KIOSK_GUESSES_DEVICE } };
  g_autoptr (GPtrArray) found
      = kiosk_service_look (server, hospital_id, phone,
                            mh_record_text (person, MH_KIOSK_PERSON_BIRTH_DATE), guards, error);

  if (found == NULL)
    return NULL;

  if (found->len != 1)
    {
      if (mh_kiosk_guard_fail (server, who, guards, G_N_ELEMENTS (guards), error))
        mh_error_set (error, MH_ERROR_NOT_FOUND,
                      "Nobody was found with this number and date. Please ask at the desk.");
      return NULL;
    }

  g_auto (Begin) begin = { .server = server, .actor = actor, .person = person };
  begin.patient = g_object_ref (g_ptr_array_index (found, 0));
  mh_token_make (&begin.token, &begin.hash);
  if (!mh_store_write (mh_server_store (server), who, begin_known, &begin, error))
    return NULL;

  return visitor_new (begin.patient, begin.token, MH_KIOSK_PROOF_MATCH,
                      kiosk_service_now_of (server) + MH_KIOSK_VISIT_LIFE);
}

/* --- registering --- */

static MhRecord *
patient_draft (MhRecord *person)
{
  static const struct
  {
    guint from, to;
  } fields[] = {
    { MH_KIOSK_PERSON_PHONE, MH_PATIENT_PHONE },
    { MH_KIOSK_PERSON_BIRTH_DATE, MH_PATIENT_BIRTH_DATE },
    { MH_KIOSK_PERSON_GIVEN_NAME, MH_PATIENT_GIVEN_NAME },
    { MH_KIOSK_PERSON_FAMILY_NAME, MH_PATIENT_FAMILY_NAME },
    { MH_KIOSK_PERSON_SEX, MH_PATIENT_SEX },
    { MH_KIOSK_PERSON_LANGUAGE, MH_PATIENT_LANGUAGE },
  };
  MhRecord *draft = mh_record_new (&mh_patient_type);

  mh_record_take_text (draft, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (mh_record_has (person, fields[i].from))
      mh_record_set_text (draft, fields[i].to, mh_record_text (person, fields[i].from));

  return draft;
}

static gboolean
begin_new (MhTx *tx, gpointer data, GError **error)
{
  Begin *begin = data;
  g_clear_object (&begin->patient);
  g_autoptr (MhRecord) draft = patient_draft (begin->person);
  begin->patient = mh_patients_service_register (MH_REQUEST_TX (tx, begin->server, begin->actor),
                                                 draft, FALSE, error);
  return begin->patient != NULL && insert_visit (tx, begin, error);
}

static gboolean
kiosk_service_check_person (MhRecord *person, GError **error)
{
  static const guint needed[] = { MH_KIOSK_PERSON_GIVEN_NAME, MH_KIOSK_PERSON_SEX };
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!mh_record_has (person, needed[i]))
      {
        mh_error_set_field (error, mh_kiosk_person_type.fields[needed[i]].name, "required",
                            "is needed to register");
        return FALSE;
      }
  return TRUE;
}

MhRecord *
mh_kiosk_service_register (MhServer *server,
                           const MhActor *actor,
                           const MhWho *who,
                           MhRecord *person,
                           GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (mh_edit_hospital (actor, error) == NULL || !kiosk_service_check_person (person, error))
    return NULL;

  g_auto (Begin) begin = { .server = server, .actor = actor, .person = person };
  mh_token_make (&begin.token, &begin.hash);
  if (mh_store_write (mh_server_store (server), who, begin_new, &begin, &failure))
    return visitor_new (begin.patient, begin.token, MH_KIOSK_PROOF_MATCH,
                        kiosk_service_now_of (server) + MH_KIOSK_VISIT_LIFE);

  /* who it would be is nobody's business at a kiosk */
  if (g_error_matches (failure, MH_ERROR, MH_ERROR_CONFLICT))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "You may be registered already. Please go back and say that you have been here, "
                  "or ask at the desk.");
  else
    g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* --- the visit of a token --- */

static MhRecord *
no_visit (GError **error)
{
  mh_error_set (error, MH_ERROR_NOT_FOUND, "This visit is over. Please begin again.");
  return NULL;
}

MhRecord *
mh_kiosk_service_visit (const MhRequest *req,
                        MhRecord *ask,
                        const char *proof,
                        gint64 now,
                        GError **error)
{
  GError *failure = NULL;
  g_autofree char *hash = mh_token_hash (mh_record_text (ask, MH_KIOSK_ASK_SESSION));
  g_autoptr (MhRecord) visit
      = mh_store_find (req->db, &mh_kiosk_session_type, "token_hash", hash, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (visit == NULL || mh_record_has (visit, MH_KIOSK_SESSION_ENDED_AT)
      || mh_record_int (visit, MH_KIOSK_SESSION_EXPIRES_AT) <= now
      || g_strcmp0 (mh_record_text (visit, MH_KIOSK_SESSION_USER_ID), mh_actor_user_id (req->actor))
             != 0
      || g_strcmp0 (mh_record_text (visit, MH_KIOSK_SESSION_HOSPITAL_ID),
                    mh_actor_hospital_id (req->actor))
             != 0)
    return no_visit (error);

  if (g_str_equal (proof, MH_KIOSK_PROOF_CODE)
      && g_strcmp0 (mh_record_text (visit, MH_KIOSK_SESSION_PROOF), MH_KIOSK_PROOF_CODE) != 0)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "Please type the code sent to your phone first.");
      return NULL;
    }

  return g_steal_pointer (&visit);
}

gboolean
mh_kiosk_service_end (const MhRequest *req, MhRecord *ask, GError **error)
{
  g_autoptr (MhRecord) before
      = mh_kiosk_service_visit (req, ask, MH_KIOSK_PROOF_MATCH, mh_tx_now (req->tx), NULL);
  if (before == NULL)
    return TRUE; /* over already */
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_KIOSK_SESSION_ENDED_AT, mh_tx_now (req->tx));
  mh_record_set_null (after, MH_KIOSK_SESSION_CODE_HASH);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* --- codes --- */

typedef struct
{
  MhServer *server;
  const MhActor *actor;
  MhRecord *ask;
  MhRecord *patient, *visit;
  MhKioskCodeTry try;
} Coding;

static void
coding_clear (Coding *coding)
{
  g_clear_object (&coding->patient);
  g_clear_object (&coding->visit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Coding, coding_clear)

static gboolean
make_code (MhTx *tx, gpointer data, GError **error)
{
  Coding *coding = data;
  coding_clear (coding);
  g_autoptr (MhRecord) before
      = mh_kiosk_service_visit (MH_REQUEST_DB (mh_tx_db (tx), coding->server, coding->actor),
                                coding->ask, MH_KIOSK_PROOF_MATCH, mh_tx_now (tx), error);

  if (before == NULL)
    return FALSE;

  coding->patient = mh_store_get (mh_tx_db (tx), &mh_patient_type,
                                  mh_record_text (before, MH_KIOSK_SESSION_PATIENT_ID), error);
  if (coding->patient == NULL)
    return FALSE;

  if (!mh_record_has (coding->patient, MH_PATIENT_PHONE))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "There is no number to send a code to.");
      return FALSE;
    }

  return mh_kiosk_code_send (tx, before, mh_record_text (coding->ask, MH_KIOSK_ASK_SESSION),
                             coding->patient, &coding->visit, error);
}

MhRecord *
mh_kiosk_service_code (MhServer *server,
                       const MhActor *actor,
                       const MhWho *who,
                       MhRecord *ask,
                       GError **error)
{
  g_auto (Coding) coding = { .server = server, .actor = actor, .ask = ask };
  if (!mh_sms_is_configured (server))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "No codes can be sent here. Please fetch your report at the desk.");
      return NULL;
    }

  if (!mh_store_write (mh_server_store (server), who, make_code, &coding, error))
    return NULL;

  MhRecord *sent = mh_record_new (&mh_kiosk_code_type);
  mh_record_take_text (sent, MH_KIOSK_CODE_MASKED, masked_phone (coding.patient));
  mh_record_set_int (sent, MH_KIOSK_CODE_EXPIRES_AT,
                     mh_record_int (coding.visit, MH_KIOSK_SESSION_CODE_SENT_AT)
                         + MH_KIOSK_CODE_LIFE);
  return sent;
}

/* A wrong code is counted, so this transaction is committed then too. */
static gboolean
kiosk_service_try_code (MhTx *tx, gpointer data, GError **error)
{
  Coding *coding = data;
  coding_clear (coding);
  g_autoptr (MhRecord) before
      = mh_kiosk_service_visit (MH_REQUEST_DB (mh_tx_db (tx), coding->server, coding->actor),
                                coding->ask, MH_KIOSK_PROOF_MATCH, mh_tx_now (tx), error);

  if (before == NULL
      || !mh_kiosk_code_try (tx, before,
                             (MhKioskCodeTyped){ mh_record_text (coding->ask, MH_KIOSK_ASK_SESSION),
                                                 mh_record_text (coding->ask, MH_KIOSK_ASK_CODE) },
                             &coding->try, &coding->visit, error))
    return FALSE;

  coding->patient = mh_store_get (mh_tx_db (tx), &mh_patient_type,
                                  mh_record_text (before, MH_KIOSK_SESSION_PATIENT_ID), error);
  return coding->patient != NULL;
}

MhRecord *
mh_kiosk_service_verify (MhServer *server,
                         const MhActor *actor,
                         const MhWho *who,
                         MhRecord *ask,
                         GError **error)
{
  g_auto (Coding) coding = { .server = server, .actor = actor, .ask = ask };
  if (!mh_store_write (mh_server_store (server), who, kiosk_service_try_code, &coding, error))
    return NULL;

  if (coding.try == MH_KIOSK_CODE_SPENT)
    mh_error_set_field (error, "code", "expired",
                        "This code is not good any more. Please have another sent.");
  else if (coding.try == MH_KIOSK_CODE_WRONG)
    mh_error_set_field (error, "code", "wrong", "This is not the code.");

  if (coding.try != MH_KIOSK_CODE_RIGHT)
    return NULL;

  return visitor_new (coding.patient, mh_record_text (ask, MH_KIOSK_ASK_SESSION),
                      MH_KIOSK_PROOF_CODE,
                      mh_record_int (coding.visit, MH_KIOSK_SESSION_EXPIRES_AT));
}
