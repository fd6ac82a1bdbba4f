/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms.h"

#include "server/messages/sms/mh-sms-private.h"
#include "server/messages/sms/mh-sms-store.h"
#include "server/messages/sms/mh-sms-texts.h"
#include "server/messages/sms/mh-sms-wording.h"
#include "server/messages/sms/mh-twilio.h"
#include "server/platform/common/mh-breaker.h"
#include "server/platform/common/mh-public-link.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

/* A process that died while sending is long gone after this. */
#define STALE (2 * MH_MINUTE)
#define RATE_WAIT (5 * MH_SECOND)
#define STOPPED_WAIT (15 * MH_MINUTE)
/* Codes are good for ten minutes; the rest is of no use a day later. */
#define LIFE_CODE (10 * MH_MINUTE)
#define LIFE MH_DAY
#define VALIDITY_CODE 600
#define VALIDITY 14400
#define FAILURES_TO_OPEN 5
#define SWEEP_EVERY (10 * MH_MINUTE)
#define UNHEARD_AFTER MH_HOUR
#define SWEEP_AT_ONCE 50
/* Of a delivery report: tried again twice, on every fault. Not sent to us and not signed. */
#define RETRIES "#rc=2&rp=all"

static const MhWho house = { .user_name = "sms" };

struct _MhSmsSender
{
  MhServer *server;
  MhTwilio *twilio; /* NULL: no account is set */
  MhBreaker *breaker;
};

/* --- taking one up --- */

typedef struct
{
  MhSmsSender *sender;
  const char *id;
  MhRecord *sms;  /* to be sent; NULL: nothing to do */
  char *hospital; /* name */
  char *words;    /* the hospital's or the house's, with braces */
} Claim;

static gboolean
sms_jobs_may_be_sent (MhTx *tx, MhRecord *sms)
{
  const char *status = mh_record_text (sms, MH_SMS_STATUS);
  if (g_str_equal (status, MH_SMS_SENDING))
    return mh_record_int (sms, MH_CHANGED_AT) < mh_tx_now (tx) - STALE;
  return g_str_equal (status, MH_SMS_QUEUED) || g_str_equal (status, MH_SMS_DEFERRED);
}

static gint64
life (MhRecord *sms)
{
  return mh_sms_is_code (sms) ? LIFE_CODE : LIFE;
}

/* It will not be sent: says so, and forgets the words. */
static gboolean
sms_jobs_give_up (MhTx *tx, MhRecord *before, const char *status, const char *why, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_SMS_STATUS, status);
  mh_record_set_text (after, MH_SMS_ANSWER, why);
  mh_record_set_null (after, MH_SMS_ARGUMENTS);
  mh_record_set_null (after, MH_SMS_NEXT_AT);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, status, error);
}

/* The patient it is about, since it was queued. */
static gboolean
sms_jobs_has_died (MhTx *tx, MhRecord *sms, gboolean *out_died, GError **error)
{
  const char *id = mh_record_text (sms, MH_SMS_PATIENT_ID);
  g_autoptr (MhRecord) patient
      = id != NULL ? mh_store_get (mh_tx_db (tx), &mh_patient_type, id, error) : NULL;
  *out_died = patient != NULL && mh_record_bool (patient, MH_PATIENT_DECEASED);
  return id == NULL || patient != NULL;
}

/* Too many in the last minute, or the provider is away: it waits its turn. *out_wait 0: it need
 * not. */
static gboolean
check_turn (MhTx *tx, MhSmsSender *sender, gint64 *out_wait, GError **error)
{
  gint64 sent = 0;
  gint64 until = 0;
  gint64 now = mh_tx_now (tx);
  gint64 most = mh_server_config_int (mh_server_config (sender->server), "twilio.per_minute");

  if (!mh_sms_store_sent_since (mh_tx_db (tx), now - MH_MINUTE, &sent, error))
    return FALSE;

  *out_wait = 0;
  if (sent >= most)
    *out_wait = now + RATE_WAIT;
  else if (!mh_breaker_take (sender->breaker, now, &until))
    *out_wait = MAX (until, now + MH_SECOND);

  return TRUE;
}

static gboolean
sms_jobs_take (MhTx *tx, Claim *task, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autoptr (MhRecord) hospital = mh_store_get (mh_tx_db (tx), &mh_hospital_type,
                                                mh_record_text (before, MH_SMS_HOSPITAL_ID), error);
  g_autoptr (MhRecord) text
      = hospital != NULL ? mh_sms_wording_text (mh_tx_db (tx), mh_record_id (hospital),
                                                mh_record_text (before, MH_SMS_TEMPLATE),
                                                mh_record_text (before, MH_SMS_LANGUAGE), error)
                         : NULL;

  if (text == NULL)
    return FALSE;

  /* whoever had it is gone without a word of what came of it */
  if (g_str_equal (mh_record_text (before, MH_SMS_STATUS), MH_SMS_SENDING))
    mh_record_set_bool (after, MH_SMS_DOUBT, TRUE);

  mh_record_set_text (after, MH_SMS_STATUS, MH_SMS_SENDING);
  mh_record_set_int (after, MH_SMS_ATTEMPTS, mh_record_int (before, MH_SMS_ATTEMPTS) + 1);
  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, MH_SMS_SENDING, error))
    return FALSE;

  task->words = g_strdup (mh_record_text (text, MH_SMS_TEXT_TEXT));
  task->hospital = g_strdup (mh_record_text (hospital, MH_HOSPITAL_NAME));
  task->sms = g_steal_pointer (&after);

  return TRUE;
}

static gboolean
sms_jobs_claim (MhTx *tx, gpointer data, GError **error)
{
  Claim *task = data;
  gboolean opted_out = FALSE, died = FALSE;
  gint64 wait = 0;

  g_clear_object (&task->sms);
  g_clear_pointer (&task->hospital, g_free);
  g_clear_pointer (&task->words, g_free);
  g_autoptr (MhRecord) sms = mh_store_get (mh_tx_db (tx), &mh_sms_message_type, task->id, error);

  if (sms == NULL)
    return FALSE;
  if (!sms_jobs_may_be_sent (tx, sms))
    return !g_str_equal (mh_record_text (sms, MH_SMS_STATUS), MH_SMS_SENDING)
           || mh_sms_enqueue (tx, sms, mh_record_int (sms, MH_CHANGED_AT) + STALE + MH_SECOND,
                              error);
  if (task->sender->twilio == NULL)
    return sms_jobs_give_up (tx, sms, MH_SMS_FAILED, MH_SMS_NOT_CONFIGURED, error);
  if (mh_record_int (sms, MH_SMS_QUEUED_AT) + life (sms) < mh_tx_now (tx))
    return sms_jobs_give_up (tx, sms, MH_SMS_FAILED, "It is too late for this message.", error);
  if (!mh_sms_is_opted_out (mh_tx_db (tx), mh_record_text (sms, MH_SMS_RECIPIENT), &opted_out,
                            error))
    return FALSE;
  if (opted_out && !mh_sms_is_asked_for (sms))
    return sms_jobs_give_up (tx, sms, MH_SMS_OPTED_OUT, NULL, error);
  if (!sms_jobs_has_died (tx, sms, &died, error))
    return FALSE;
  if (died)
    return sms_jobs_give_up (tx, sms, MH_SMS_WITHDRAWN, NULL, error);
  if (!check_turn (tx, task->sender, &wait, error))
    return FALSE;

  return wait > 0 ? mh_sms_enqueue (tx, sms, wait, error) : sms_jobs_take (tx, task, sms, error);
}

/* --- what became of it --- */

typedef struct
{
  MhRecord *sms;
  MhTwilioAnswer *answer;
  guint segments;
} Result;

static gboolean
sms_jobs_put_off (MhTx *tx, MhRecord *sms, const MhTwilioAnswer *answer, GError **error)
{
  gint64 delay = answer->outcome == MH_TWILIO_STOPPED
                     ? STOPPED_WAIT
                     : mh_breaker_delay (mh_record_int (sms, MH_SMS_ATTEMPTS), answer->retry_after);
  gint64 next = mh_tx_now (tx) + delay;

  if (next > mh_record_int (sms, MH_SMS_QUEUED_AT) + life (sms))
    {
      mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_FAILED);
      mh_record_set_null (sms, MH_SMS_ARGUMENTS);
      return TRUE;
    }

  mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_DEFERRED);
  mh_record_set_int (sms, MH_SMS_NEXT_AT, next);
  return mh_sms_enqueue (tx, sms, next, error);
}

static gboolean
sms_jobs_set_sent (MhTx *tx, MhRecord *sms, const MhTwilioAnswer *answer)
{
  guint known = mh_twilio_rank (mh_record_text (sms, MH_SMS_PROVIDER_STATUS));
  mh_record_set_text (sms, MH_SMS_PROVIDER_ID, answer->sid);
  if (mh_twilio_rank (answer->status) > known)
    mh_record_set_text (sms, MH_SMS_PROVIDER_STATUS, answer->status);
  mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_SENT);
  mh_record_set_bool (sms, MH_SMS_DOUBT, FALSE);
  mh_record_set_int (sms, MH_SMS_SENT_AT, mh_tx_now (tx));
  if (mh_sms_is_code (sms))
    mh_record_set_null (sms, MH_SMS_ARGUMENTS);
  return TRUE;
}

/* Refused by the provider because somebody there answered STOP: then we do not try again either. */
static gboolean
set_refused (MhTx *tx, MhRecord *sms, const MhTwilioAnswer *answer, GError **error)
{
  gboolean unwanted = answer->code == 21610;
  mh_record_set_text (sms, MH_SMS_STATUS, unwanted ? MH_SMS_OPTED_OUT : MH_SMS_FAILED);
  mh_record_set_null (sms, MH_SMS_ARGUMENTS);
  return !unwanted
         || mh_sms_opt (tx, mh_record_text (sms, MH_SMS_RECIPIENT), TRUE, "provider", error);
}

static gboolean
put_result (MhTx *tx, MhRecord *sms, const Result *result, GError **error)
{
  if (result->answer->doubt)
    mh_record_set_bool (sms, MH_SMS_DOUBT, TRUE);
  switch (result->answer->outcome)
    {
    case MH_TWILIO_SENT:
      return sms_jobs_set_sent (tx, sms, result->answer);
    case MH_TWILIO_REFUSED:
      return set_refused (tx, sms, result->answer, error);
    case MH_TWILIO_LOST:
      if (!mh_sms_is_code (sms))
        return sms_jobs_put_off (tx, sms, result->answer, error);
      /* rather none than two codes of which one is void: who waits for it asks for another */
      mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_UNKNOWN);
      mh_record_set_null (sms, MH_SMS_ARGUMENTS);
      return TRUE;
    case MH_TWILIO_LATER:
    case MH_TWILIO_STOPPED:
    case MH_TWILIO_NONE:
    default:
      return sms_jobs_put_off (tx, sms, result->answer, error);
    }
}

static gboolean
sms_jobs_settle (MhTx *tx, gpointer data, GError **error)
{
  Result *result = data;

  /* a delivery report may have come before the answer */
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_sms_message_type, mh_record_id (result->sms), error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (!g_str_equal (mh_record_text (before, MH_SMS_STATUS), MH_SMS_SENDING))
    {
      if (result->answer->sid == NULL || mh_record_has (before, MH_SMS_PROVIDER_ID))
        return TRUE;
      mh_record_set_text (after, MH_SMS_PROVIDER_ID, result->answer->sid);
      return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
    }

  mh_record_set_int (after, MH_SMS_ERROR_CODE, result->answer->code);
  mh_record_set_text (after, MH_SMS_ANSWER, result->answer->text);
  mh_record_set_int (after, MH_SMS_SEGMENTS, result->segments);
  mh_record_set_null (after, MH_SMS_NEXT_AT);

  return put_result (tx, after, result, error)
         && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, mh_record_text (after, MH_SMS_STATUS),
                          error);
}

/* --- sending --- */

/* " https://…/a/CODE" of the booking that a message is about; NULL: of none, or no address. */
static char *
sms_jobs_link_of (MhSmsSender *sender, JsonObject *words)
{
  const char *url = mh_server_config_text (mh_server_config (sender->server), "server.public_url");
  const char *booking = words != NULL ? mh_json_text (words, "booking") : NULL;
  g_autofree char *code = booking != NULL ? mh_id_brief (booking) : NULL;
  g_autofree char *link = mh_public_link (url, MH_PUBLIC_APPOINTMENT, code);
  return link != NULL ? g_strconcat (" ", link, NULL) : NULL;
}

static char *
sms_jobs_write_text (MhSmsSender *sender, MhRecord *sms, const Claim *task)
{
  const char *json = mh_record_text (sms, MH_SMS_ARGUMENTS);
  g_autoptr (JsonObject) words = json != NULL ? mh_json_parse_object (json, -1, NULL) : NULL;
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  g_autoptr (GList) names = words != NULL ? json_object_get_members (words) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *value = mh_json_text (words, name->data);
      g_ptr_array_add (pairs, name->data);
      g_ptr_array_add (pairs, (gpointer)(value != NULL ? value : ""));
    }

  g_autofree char *link = sms_jobs_link_of (sender, words);
  g_ptr_array_add (pairs, (gpointer) "link");
  g_ptr_array_add (pairs, (gpointer)(link != NULL ? link : ""));
  g_ptr_array_add (pairs, (gpointer) "hospital");
  g_ptr_array_add (pairs, (gpointer)task->hospital);
  g_ptr_array_add (pairs, NULL);

  return task->words != NULL
             ? mh_sms_texts_fill_words (task->words, (const char *const *)pairs->pdata)
             : NULL;
}

/* The address the provider tells at, signed exactly as it is given; NULL: we have none outside. */
static char *
callback_for (MhSmsSender *sender, MhRecord *sms)
{
  const char *url = mh_server_config_text (mh_server_config (sender->server), "server.public_url");
  return *url != '\0' ? g_strdup_printf ("%s/api/v1/webhooks/twilio/%s" RETRIES, url,
                                         mh_record_text (sms, MH_SMS_TOKEN_TEXT))
                      : NULL;
}

static void
tell_breaker (MhSmsSender *sender, const MhTwilioAnswer *answer)
{
  gint64 now = mh_clock_now (mh_server_clock (sender->server));
  if (answer->outcome == MH_TWILIO_LATER || answer->outcome == MH_TWILIO_LOST)
    mh_breaker_failed (sender->breaker, now, answer->text);
  else
    mh_breaker_succeeded (sender->breaker, now);
}

static MhTwilioAnswer *
sms_jobs_hand_over (MhSmsSender *sender, MhRecord *sms, const char *text)
{
  const char *to = mh_record_text (sms, MH_SMS_RECIPIENT);
  g_autofree char *callback = callback_for (sender, sms);
  MhTwilioAnswer *answer = NULL;

  if (mh_record_bool (sms, MH_SMS_DOUBT))
    answer = mh_twilio_find (sender->twilio, to, text, mh_record_int (sms, MH_SMS_QUEUED_AT));
  if (answer == NULL || answer->outcome == MH_TWILIO_NONE)
    {
      g_clear_pointer (&answer, mh_twilio_answer_free);
      answer = mh_twilio_send (sender->twilio, to, text, callback,
                               mh_sms_is_code (sms) ? VALIDITY_CODE : VALIDITY);
    }

  tell_breaker (sender, answer);
  return answer;
}

static MhTwilioAnswer *
sms_jobs_refuse (const char *why)
{
  MhTwilioAnswer *answer = g_new0 (MhTwilioAnswer, 1);
  answer->outcome = MH_TWILIO_REFUSED;
  answer->text = g_strdup (why);
  return answer;
}

static char *
sms_of (MhRecord *job, GError **error)
{
  g_autoptr (JsonObject) object
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  return object != NULL ? g_strdup (mh_json_text (object, "sms")) : NULL;
}

static gboolean
sms_jobs_send_sms (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  MhSmsSender *sender = data;
  g_autofree char *id = sms_of (job, error);
  if (id == NULL)
    return error != NULL && *error == NULL; /* names no message: nothing to be done */

  Claim task = { .sender = sender, .id = id };
  if (!mh_store_write (store, &house, sms_jobs_claim, &task, error))
    return FALSE;

  g_autoptr (MhRecord) sms = task.sms;
  g_autofree char *hospital = task.hospital;
  g_autofree char *words = task.words;
  if (sms == NULL)
    return TRUE;

  g_autofree char *text = sms_jobs_write_text (sender, sms, &task);
  Result result = { .sms = sms };
  result.segments = text != NULL ? mh_sms_texts_segments (text) : 0;
  g_autoptr (MhTwilioAnswer) answer = NULL;

  if (text == NULL)
    answer = sms_jobs_refuse ("There is no text for this.");
  else if (result.segments > MH_SMS_MOST_SEGMENTS)
    answer = sms_jobs_refuse ("The text is too long.");
  else
    answer = sms_jobs_hand_over (sender, sms, text);

  result.answer = answer;
  return mh_store_write (store, &house, sms_jobs_settle, &result, error);
}

/* --- those of which nothing was heard --- */

typedef struct
{
  const char *id;
  const MhTwilioAnswer *answer;
} Heard;

static gboolean
sms_jobs_note (MhTx *tx, gpointer data, GError **error)
{
  Heard *heard = data;
  return mh_sms_heard (tx, heard->id, NULL, heard->answer->status, heard->answer->code, error);
}

static gboolean
sms_jobs_sweep (MhStore *store, MhRecord *job G_GNUC_UNUSED, gpointer data, GError **error)
{
  MhSmsSender *sender = data;
  gint64 now = mh_clock_now (mh_server_clock (sender->server));
  MhDb *db = sender->twilio != NULL ? mh_store_take_reader (store, error) : NULL;
  if (db == NULL)
    return sender->twilio == NULL;

  g_autoptr (GPtrArray) rows
      = mh_sms_store_unheard (db, now - LIFE, now - UNHEARD_AFTER, SWEEP_AT_ONCE, error);
  mh_store_give_reader (store, db);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *sms = g_ptr_array_index (rows, i);
      g_autoptr (MhTwilioAnswer) answer
          = mh_twilio_fetch (sender->twilio, mh_record_text (sms, MH_SMS_PROVIDER_ID));
      Heard heard = { mh_record_id (sms), answer };
      if (answer->outcome == MH_TWILIO_SENT
          && !mh_store_write (store, &house, sms_jobs_note, &heard, error))
        return FALSE;
    }

  return rows != NULL;
}

/* --- set-up --- */

MhSmsSender *
mh_sms_jobs_register (MhServer *server)
{
  MhServerConfig *config = mh_server_config (server);
  MhSmsSender *sender = g_new0 (MhSmsSender, 1);
  sender->server = server;
  sender->breaker = mh_breaker_new (
      FAILURES_TO_OPEN, mh_server_config_int (config, "twilio.pause_seconds") * MH_SECOND);
  if (mh_sms_is_configured (server))
    sender->twilio = mh_twilio_new (&(MhTwilioConfig){
        .base_url = mh_server_config_text (config, "twilio.base_url"),
        .account = mh_server_config_text (config, "twilio.account_sid"),
        .token = mh_server_config_text (config, "twilio.auth_token"),
        .from = mh_server_config_text (config, "twilio.from"),
        .total_time = mh_server_config_int (config, "twilio.timeout_seconds") * MH_SECOND });

  mh_jobs_register_slow (mh_server_jobs (server), MH_JOB_SMS_SEND, sms_jobs_send_sms, sender);
  mh_jobs_register_slow (mh_server_jobs (server), MH_JOB_SMS_SWEEP, sms_jobs_sweep, sender);
  mh_jobs_repeat (mh_server_jobs (server), MH_JOB_SMS_SWEEP, SWEEP_EVERY);

  return sender;
}

void
mh_sms_sender_stop (MhSmsSender *sender)
{
  if (sender != NULL && sender->twilio != NULL)
    mh_twilio_stop (sender->twilio);
}

void
mh_sms_sender_free (MhSmsSender *sender)
{
  if (sender == NULL)
    return;
  mh_twilio_free (sender->twilio);
  mh_breaker_free (sender->breaker);
  g_free (sender);
}
