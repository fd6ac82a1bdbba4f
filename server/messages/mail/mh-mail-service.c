/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-service.h"

#include <sodium.h>
#include <string.h>

#include "server/messages/mail/mh-mail-texts.h"
#include "server/messages/mail/mh-mime.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

#define FAILURES_UNTIL_BAD 3

static gboolean
mail_service_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

gboolean
mh_mail_service_is_configured (MhServer *server)
{
  MhServerConfig *config = mh_server_config (server);
  return *mh_server_config_text (config, "smtp.url") != '\0'
         && *mh_server_config_text (config, "smtp.from") != '\0';
}

gint64
mh_mail_service_delay (gint64 attempts)
{
  static const gint64 minutes[] = { 1, 5, 15, 60 };
  return attempts >= 1 && attempts <= (gint64)G_N_ELEMENTS (minutes)
             ? minutes[attempts - 1] * MH_MINUTE
             : 4 * MH_HOUR;
}

gboolean
mh_mail_service_enqueue (MhTx *tx, MhRecord *mail, gint64 run_at, GError **error)
{
  g_autofree char *payload = g_strdup_printf ("{\"mail\":\"%s\"}", mh_record_id (mail));
  return mh_jobs_enqueue (
      tx,
      &(MhJobWanted){ .kind = MH_JOB_MAIL_SEND,
                      .payload = payload,
                      .run_at = run_at,
                      .hospital_id = mh_record_text (mail, MH_MAIL_HOSPITAL_ID) },
      error);
}

/* --- telling --- */

/* Unguessable: who knows it may say that a mail came back. */
static char *
mail_service_make_token (void)
{
  guint8 random[16];
  char hex[2 * sizeof random + 1];
  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  return g_strdup (hex);
}

static const char *
mail_service_language_of (const char *wanted)
{
  const char *const *languages = mh_mail_texts_languages ();
  for (guint i = 0; languages[i] != NULL; i++)
    if (wanted != NULL && g_ascii_strncasecmp (wanted, languages[i], strlen (languages[i])) == 0)
      return languages[i];
  return languages[0];
}

static MhRecord *
make_mail (MhTx *tx,
           const MhMailCause *cause,
           const char *language,
           const char *to,
           const char *dedupe)
{
  MhRecord *mail = mh_record_new (&mh_mail_type);
  const char *at = strrchr (to, '@');
  g_assert (at != NULL);
  mh_record_take_text (mail, MH_ID, mh_id_new ());
  mh_record_set_text (mail, MH_MAIL_HOSPITAL_ID,
                      mh_record_text (cause->order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (mail, MH_MAIL_EVENT, cause->event);
  mh_record_set_text (mail, MH_MAIL_ORDER_ID, mh_record_id (cause->order));
  mh_record_set_text (mail, MH_MAIL_ORDER_NUMBER, mh_record_text (cause->order, MH_ORDER_NUMBER));
  mh_record_set_text (mail, MH_MAIL_PATIENT_ID, mh_record_text (cause->order, MH_ORDER_PATIENT_ID));
  mh_record_set_text (mail, MH_MAIL_REPORT_ID, cause->report_id);
  mh_record_set_text (mail, MH_MAIL_RECIPIENT, to);
  mh_record_set_text (mail, MH_MAIL_LANGUAGE, mail_service_language_of (language));
  mh_record_set_text (mail, MH_MAIL_STATUS, MH_MAIL_QUEUED);
  mh_record_take_text (mail, MH_MAIL_TOKEN, mail_service_make_token ());
  mh_record_set_text (mail, MH_MAIL_DEDUPE, dedupe);
  mh_record_set_int (mail, MH_MAIL_AMOUNT, cause->amount);
  mh_record_set_int (mail, MH_MAIL_ATTEMPTS, 0);
  mh_record_set_int (mail, MH_MAIL_QUEUED_AT, mh_tx_now (tx));

  return mail;
}

/* An address that mails came back from is not tried again, but the desk sees why. */
static gboolean
mark_bad (MhDb *db, MhRecord *mail, gboolean *out_bad, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) known = mh_store_find (db, &mh_mail_address_type, "address",
                                              mh_record_text (mail, MH_MAIL_RECIPIENT), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_bad = known != NULL && mh_record_has (known, MH_MAIL_ADDRESS_BAD_AT);
  if (!*out_bad)
    return TRUE;

  mh_record_set_text (mail, MH_MAIL_STATUS, MH_MAIL_FAILED);
  mh_record_set_text (mail, MH_MAIL_LAST_ANSWER, mh_record_text (known, MH_MAIL_ADDRESS_ANSWER));
  return TRUE;
}

static gboolean
mail_service_is_told (MhDb *db, const char *dedupe, gboolean *out_told, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) known = mh_store_find (db, &mh_mail_type, "dedupe", dedupe, &failure);
  *out_told = known != NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
mail_service_queue (MhTx *tx, MhRecord *mail, GError **error)
{
  gboolean bad = FALSE;
  if (!mark_bad (mh_tx_db (tx), mail, &bad, error)
      || !mh_tx_insert (tx, mail, MH_AUDIT_CREATE, NULL, error))
    return FALSE;
  return bad || mh_mail_service_enqueue (tx, mail, 0, error);
}

gboolean
mh_mail_service_tell (MhTx *tx, MhServer *server, const MhMailCause *cause, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  gboolean told = FALSE;
  if (!mh_mail_service_is_configured (server))
    return TRUE;

  g_autoptr (MhRecord) patient = mh_store_get (
      db, &mh_patient_type, mh_record_text (cause->order, MH_ORDER_PATIENT_ID), error);
  if (patient == NULL)
    return FALSE;

  g_autofree char *to = mh_mime_address (mh_record_text (patient, MH_PATIENT_EMAIL));
  gboolean refused = mh_record_has (patient, MH_PATIENT_CONSENT_EMAIL)
                     && !mh_record_bool (patient, MH_PATIENT_CONSENT_EMAIL);
  if (to == NULL || refused || mh_record_bool (patient, MH_PATIENT_DECEASED))
    return TRUE;

  g_autofree char *dedupe = g_strdup_printf ("%s:%s:%s", cause->event, mh_record_id (cause->order),
                                             cause->key != NULL ? cause->key : "");
  if (!mail_service_is_told (db, dedupe, &told, error) || told)
    return told;

  g_autoptr (MhRecord) mail
      = make_mail (tx, cause, mh_record_text (patient, MH_PATIENT_LANGUAGE), to, dedupe);
  return mail_service_queue (tx, mail, error);
}

gboolean
mh_mail_service_tell_user (MhTx *tx,
                           const char *event,
                           MhRecord *order,
                           const char *user_id,
                           const char *key,
                           GError **error)
{
  MhDb *db = mh_tx_db (tx);
  gboolean told = FALSE;

  /* An account that is gone is told nothing. */
  g_autoptr (MhRecord) user = mh_store_get (db, &mh_user_type, user_id, NULL);
  g_autofree char *to
      = user != NULL ? mh_mime_address (mh_record_text (user, MH_USER_EMAIL)) : NULL;

  if (to == NULL || !mh_record_bool (user, MH_USER_ACTIVE))
    return TRUE;

  g_autofree char *dedupe = g_strdup_printf ("%s:%s:%s", event, key, user_id);
  if (!mail_service_is_told (db, dedupe, &told, error) || told)
    return told;

  MhMailCause cause = { .event = event, .order = order };
  g_autoptr (MhRecord) mail
      = make_mail (tx, &cause, mh_record_text (user, MH_USER_LANGUAGE), to, dedupe);

  mh_record_set_text (mail, MH_MAIL_USER_ID, user_id);
  return mail_service_queue (tx, mail, error);
}

gboolean
mh_mail_service_order_event (MhTx *tx,
                             MhServer *server,
                             const char *event,
                             MhRecord *order,
                             GError **error)
{
  return mh_mail_service_tell (tx, server, &(MhMailCause){ .event = event, .order = order }, error);
}

/* --- looking after them --- */

GPtrArray *
mh_mail_service_list (const MhRequest *req, const MhMailQuery *query, GError **error)
{
  MhMailQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_mail_store_list (req->db, &narrowed, error);
}

/* From one of these states to another. */
typedef struct
{
  const char *const *from;
  const char *to;
  const char *refusal; /* where the mail is in no state of .from */
} Turn;

static MhRecord *
mail_service_move (const MhRequest *req, const char *id, const Turn *turn, GError **error)
{
  const char *to = turn->to;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_mail_type, id, error);
  if (before == NULL)
    return NULL;

  if (!g_strv_contains (turn->from, mh_record_text (before, MH_MAIL_STATUS)))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "%s", turn->refusal);
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MAIL_STATUS, to);
  mh_record_set_null (after, MH_MAIL_NEXT_AT);

  if (mail_service_is (to, MH_MAIL_QUEUED))
    {
      mh_record_set_int (after, MH_MAIL_ATTEMPTS, 0);
      mh_record_set_int (after, MH_MAIL_QUEUED_AT, mh_tx_now (req->tx));
    }

  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, to, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_mail_service_retry (const MhRequest *req, const char *id, GError **error)
{
  static const char *const from[]
      = { MH_MAIL_FAILED, MH_MAIL_BOUNCED, MH_MAIL_DROPPED, MH_MAIL_DEFERRED, NULL };
  g_autoptr (MhRecord) mail = mail_service_move (
      req, id, &(Turn){ from, MH_MAIL_QUEUED, "This mail was sent, or is about to be." }, error);
  return mail != NULL && mh_mail_service_enqueue (req->tx, mail, 0, error) ? g_steal_pointer (&mail)
                                                                           : NULL;
}

MhRecord *
mh_mail_service_drop (const MhRequest *req, const char *id, GError **error)
{
  static const char *const from[]
      = { MH_MAIL_QUEUED, MH_MAIL_DEFERRED, MH_MAIL_FAILED, MH_MAIL_BOUNCED, NULL };
  return mail_service_move (
      req, id, &(Turn){ from, MH_MAIL_DROPPED, "This mail is on its way already." }, error);
}

/* --- what comes back --- */

/* "bounce+TOKEN@…" */
static char *
token_of (const char *recipient)
{
  const char *plus = recipient != NULL ? strchr (recipient, '+') : NULL;
  const char *at = plus != NULL ? strchr (plus, '@') : NULL;
  return at != NULL ? g_strndup (plus + 1, (gsize)(at - plus - 1)) : NULL;
}

static MhRecord *
find_mail (MhDb *db, const MhMimeBounce *bounce, GError **error)
{
  GError *failure = NULL;
  g_autofree char *token = token_of (bounce->recipient);
  MhRecord *mail
      = token != NULL ? mh_store_find (db, &mh_mail_type, "token", token, &failure) : NULL;
  if (mail == NULL && failure == NULL && bounce->message_id != NULL)
    mail = mh_store_find (db, &mh_mail_type, "message_id", bounce->message_id, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return mail;
}

static gboolean
count_failure (MhTx *tx, const char *address, const MhMimeBounce *bounce, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) before
      = mh_store_find (mh_tx_db (tx), &mh_mail_address_type, "address", address, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_mail_address_type);
  gint64 failures = mh_record_int (after, MH_MAIL_ADDRESS_FAILURES) + 1;
  gboolean nobody
      = mail_service_is (bounce->status, "5.1.1") || mail_service_is (bounce->status, "5.1.2");

  mh_record_set_text (after, MH_MAIL_ADDRESS_ADDRESS, address);
  mh_record_set_int (after, MH_MAIL_ADDRESS_FAILURES, failures);
  mh_record_set_text (after, MH_MAIL_ADDRESS_ANSWER, bounce->status);
  if (nobody || failures >= FAILURES_UNTIL_BAD)
    mh_record_set_int (after, MH_MAIL_ADDRESS_BAD_AT, mh_tx_now (tx));

  return before != NULL ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                        : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
}

gboolean
mh_mail_service_bounce (MhTx *tx,
                        const char *bytes,
                        gsize length,
                        gboolean *out_known,
                        GError **error)
{
  GError *failure = NULL;
  g_auto (MhMimeBounce) bounce = { 0 };
  *out_known = FALSE;
  if (!mh_mime_read_bounce (bytes, length, &bounce))
    return TRUE;

  g_autoptr (MhRecord) before = find_mail (mh_tx_db (tx), &bounce, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_known = before != NULL;
  gboolean failed = g_ascii_strcasecmp (bounce.action, "failed") == 0;
  if (before == NULL || !failed || mh_record_has (before, MH_MAIL_BOUNCED_AT))
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MAIL_STATUS, MH_MAIL_BOUNCED);
  mh_record_set_int (after, MH_MAIL_BOUNCED_AT, mh_tx_now (tx));
  mh_record_set_text (after, MH_MAIL_LAST_ANSWER, bounce.status);

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "bounced", error)
         && count_failure (tx, mh_record_text (after, MH_MAIL_RECIPIENT), &bounce, error);
}
