/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-jobs.h"

#include <string.h>

#include "server/messages/feedback/mh-feedback-service.h"
#include "server/messages/mail/mh-mail-bounces.h"
#include "server/messages/mail/mh-mail-letter.h"
#include "server/messages/mail/mh-mail-service.h"
#include "server/messages/mail/mh-smtp.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

#define BOUNCES_EVERY MH_MINUTE
/* A process that died while sending is long gone after this; SMTP itself ends sooner. */
#define STALE (3 * MH_MINUTE)
#define RATE_WAIT (10 * MH_SECOND)
#define STOPPED_WAIT (15 * MH_MINUTE)

/* The house itself acts. */
static const MhWho house = { .user_name = "mail" };

struct _MhMailer
{
  MhServer *server;
  MhSmtp *smtp;
  char *from_address;
};

/* --- taking one up --- */

typedef struct
{
  MhMailer *mailer;
  const char *id;
  MhRecord *mail; /* to be sent; NULL: nothing to do */
  char *code;     /* with which the patient may say how it was; or NULL */
} Claim;

/* Too many in the last minute: this one waits its turn. */
static gboolean
check_rate (MhTx *tx, MhMailer *mailer, MhRecord *mail, gboolean *out_wait, GError **error)
{
  gint64 sent = 0;
  gint64 most = mh_server_config_int (mh_server_config (mailer->server), "smtp.per_minute");
  if (!mh_mail_store_sent_since (mh_tx_db (tx), mh_tx_now (tx) - MH_MINUTE, &sent, error))
    return FALSE;
  *out_wait = sent >= most;
  return !*out_wait || mh_mail_service_enqueue (tx, mail, mh_tx_now (tx) + RATE_WAIT, error);
}

static gboolean
mail_jobs_may_be_sent (MhTx *tx, MhRecord *mail)
{
  const char *status = mh_record_text (mail, MH_MAIL_STATUS);
  if (g_str_equal (status, MH_MAIL_SENDING))
    return mh_record_int (mail, MH_CHANGED_AT) < mh_tx_now (tx) - STALE;
  return g_str_equal (status, MH_MAIL_QUEUED) || g_str_equal (status, MH_MAIL_DEFERRED);
}

/* Who had it may have gone without saying what came of it; then it is looked at again, or nobody
 * ever would. */
static gboolean
look_again (MhTx *tx, MhRecord *mail, GError **error)
{
  return !g_str_equal (mh_record_text (mail, MH_MAIL_STATUS), MH_MAIL_SENDING)
         || mh_mail_service_enqueue (
             tx, mail, mh_record_int (mail, MH_CHANGED_AT) + STALE + MH_SECOND, error);
}

/* A letter to somebody who has died since it was written; those to the staff go on. */
static gboolean
mail_jobs_has_died (MhTx *tx, MhRecord *mail, gboolean *out_died, GError **error)
{
  const char *id
      = mh_record_has (mail, MH_MAIL_USER_ID) ? NULL : mh_record_text (mail, MH_MAIL_PATIENT_ID);
  g_autoptr (MhRecord) patient
      = id != NULL ? mh_store_get (mh_tx_db (tx), &mh_patient_type, id, error) : NULL;
  *out_died = patient != NULL && mh_record_bool (patient, MH_PATIENT_DECEASED);
  return id == NULL || patient != NULL;
}

static gboolean
discard (MhTx *tx, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MAIL_STATUS, MH_MAIL_DROPPED);
  mh_record_set_text (after, MH_MAIL_LAST_ANSWER, "The patient has died.");
  mh_record_set_null (after, MH_MAIL_NEXT_AT);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, MH_MAIL_DROPPED, error);
}

static gboolean
mail_jobs_claim (MhTx *tx, gpointer data, GError **error)
{
  Claim *task = data;
  gboolean wait = FALSE, died = FALSE;
  g_clear_object (&task->mail);
  g_clear_pointer (&task->code, g_free);

  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_mail_type, task->id, error);
  if (before == NULL)
    return FALSE;
  if (!mail_jobs_may_be_sent (tx, before))
    return look_again (tx, before, error);
  if (!mail_jobs_has_died (tx, before, &died, error))
    return FALSE;
  if (died)
    return discard (tx, before, error);
  if (!check_rate (tx, task->mailer, before, &wait, error))
    return FALSE;
  if (wait)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MAIL_STATUS, MH_MAIL_SENDING);
  mh_record_set_int (after, MH_MAIL_ATTEMPTS, mh_record_int (before, MH_MAIL_ATTEMPTS) + 1);

  /* Made once and kept: a duplicate after an unknown outcome can be told by it. */
  if (!mh_record_has (after, MH_MAIL_MESSAGE_ID))
    mh_record_take_text (after, MH_MAIL_MESSAGE_ID,
                         g_strdup_printf ("%s@%s", mh_record_id (after),
                                          strrchr (task->mailer->from_address, '@') + 1));

  if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, MH_MAIL_SENDING, error))
    return FALSE;
  if (g_strcmp0 (mh_record_text (after, MH_MAIL_EVENT), MH_MAIL_REPORT_READY) == 0
      && !mh_feedback_service_invite (tx, mh_record_text (after, MH_MAIL_HOSPITAL_ID),
                                      mh_record_text (after, MH_MAIL_ORDER_ID),
                                      mh_record_text (after, MH_MAIL_LANGUAGE), &task->code, error))
    return FALSE;

  task->mail = g_steal_pointer (&after);
  return TRUE;
}

/* --- what became of it --- */

typedef struct
{
  MhRecord *mail;
  MhSmtpOutcome outcome;
  int code;
  const char *answer;
  gboolean attached;
} Result;

static gboolean
mail_jobs_put_off (MhTx *tx, MhRecord *mail, MhSmtpOutcome outcome, GError **error)
{
  gint64 delay = outcome == MH_SMTP_STOPPED
                     ? STOPPED_WAIT
                     : mh_mail_service_delay (mh_record_int (mail, MH_MAIL_ATTEMPTS));
  gint64 next = mh_tx_now (tx) + delay;

  if (next > mh_record_int (mail, MH_MAIL_QUEUED_AT) + MH_MAIL_LIFE)
    {
      mh_record_set_text (mail, MH_MAIL_STATUS, MH_MAIL_FAILED);
      return TRUE;
    }

  mh_record_set_text (mail, MH_MAIL_STATUS, MH_MAIL_DEFERRED);
  mh_record_set_int (mail, MH_MAIL_NEXT_AT, next);
  return mh_mail_service_enqueue (tx, mail, next, error);
}

static gboolean
mail_jobs_settle (MhTx *tx, gpointer data, GError **error)
{
  Result *result = data;
  g_autoptr (MhRecord) after = mh_record_copy (result->mail);
  mh_record_set_int (after, MH_MAIL_LAST_CODE, result->code);
  mh_record_set_text (after, MH_MAIL_LAST_ANSWER, result->answer);
  mh_record_set_bool (after, MH_MAIL_ATTACHED, result->attached);
  mh_record_set_null (after, MH_MAIL_NEXT_AT);

  switch (result->outcome)
    {
    case MH_SMTP_SENT:
      mh_record_set_text (after, MH_MAIL_STATUS, MH_MAIL_SENT);
      mh_record_set_int (after, MH_MAIL_SENT_AT, mh_tx_now (tx));
      break;
    case MH_SMTP_REFUSED:
      mh_record_set_text (after, MH_MAIL_STATUS, MH_MAIL_FAILED);
      break;
    case MH_SMTP_LATER:
    case MH_SMTP_STOPPED:
    default:
      if (!mail_jobs_put_off (tx, after, result->outcome, error))
        return FALSE;
    }

  return mh_tx_update (tx, result->mail, after, MH_AUDIT_UPDATE,
                       mh_record_text (after, MH_MAIL_STATUS), error);
}

/* --- sending --- */

/* Mails that come back go to an address of their own for each, if there is one for that. */
static char *
envelope_from (MhMailer *mailer, MhRecord *mail)
{
  const char *bounce = mh_server_config_text (mh_server_config (mailer->server), "smtp.bounce");
  const char *at = strchr (bounce, '@');
  if (at == NULL)
    return g_strdup (mailer->from_address);
  return g_strdup_printf ("%.*s+%s%s", (int)(at - bounce), bounce,
                          mh_record_text (mail, MH_MAIL_TOKEN), at);
}

static char *
mail_of (MhRecord *job, GError **error)
{
  g_autoptr (JsonObject) object
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  return object != NULL ? g_strdup (mh_json_text (object, "mail")) : NULL;
}

static void
mail_jobs_hand_over (MhMailer *mailer, Result *result, const char *code, char **out_answer)
{
  g_autoptr (GError) error = NULL;
  g_auto (MhMailLetter) letter = { 0 };
  if (!mh_mail_letter_write (mailer->server, result->mail, code, &letter, &error))
    {
      /* A letter that cannot be written never will be; one that could not be read may be. */
      result->outcome = g_error_matches (error, MH_ERROR, MH_ERROR_INVALID)
                                || g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND)
                            ? MH_SMTP_REFUSED
                            : MH_SMTP_LATER;
      *out_answer = g_strdup (error->message);
      return;
    }

  g_autofree char *from = envelope_from (mailer, result->mail);
  result->attached = letter.attached;
  result->outcome
      = mh_smtp_send (mailer->smtp, from, mh_record_text (result->mail, MH_MAIL_RECIPIENT),
                      letter.message, &result->code, out_answer);
}

static gboolean
send_mail (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  MhMailer *mailer = data;
  g_autofree char *id = mail_of (job, error);
  g_autofree char *answer = NULL;
  if (id == NULL)
    return error != NULL && *error == NULL; /* names no mail: nothing to be done */

  Claim task = { mailer, id, NULL };
  if (!mh_store_write (store, &house, mail_jobs_claim, &task, error))
    return FALSE;

  g_autoptr (MhRecord) mail = task.mail;
  g_autofree char *code = task.code;
  if (mail == NULL)
    return TRUE;

  Result result = { .mail = mail };
  mail_jobs_hand_over (mailer, &result, code, &answer);
  result.answer = answer;

  return mh_store_write (store, &house, mail_jobs_settle, &result, error);
}

/* --- what came back --- */

static gboolean
read_bounces (MhStore *store, MhRecord *job G_GNUC_UNUSED, gpointer data, GError **error)
{
  MhMailer *mailer = data;
  guint n = 0;
  return mh_mail_bounces_read (
      store, mh_server_config_text (mh_server_config (mailer->server), "smtp.bounce_maildir"), &n,
      error);
}

/* --- set-up --- */

MhMailer *
mh_mail_jobs_register (MhServer *server)
{
  MhServerConfig *config = mh_server_config (server);
  if (!mh_mail_service_is_configured (server))
    return NULL;

  MhMailer *mailer = g_new0 (MhMailer, 1);
  mailer->server = server;
  mailer->from_address = mh_mail_letter_sender (server);
  MhSmtpConfig smtp = { .url = mh_server_config_text (config, "smtp.url"),
                        .username = mh_server_config_text (config, "smtp.username"),
                        .password = mh_server_config_text (config, "smtp.password"),
                        .ca_file = mh_server_config_text (config, "smtp.ca_file"),
                        .ehlo = strrchr (mailer->from_address, '@') + 1 };

  mailer->smtp = mh_smtp_new (&smtp);
  mh_jobs_register_slow (mh_server_jobs (server), MH_JOB_MAIL_SEND, send_mail, mailer);
  if (*mh_server_config_text (config, "smtp.bounce_maildir") != '\0')
    {
      mh_jobs_register_slow (mh_server_jobs (server), MH_JOB_MAIL_BOUNCES, read_bounces, mailer);
      mh_jobs_repeat (mh_server_jobs (server), MH_JOB_MAIL_BOUNCES, BOUNCES_EVERY);
    }

  return mailer;
}

void
mh_mailer_free (MhMailer *mailer)
{
  if (mailer == NULL)
    return;
  mh_smtp_free (mailer->smtp);
  g_free (mailer->from_address);
  g_free (mailer);
}
