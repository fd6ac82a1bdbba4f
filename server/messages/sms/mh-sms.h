/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Telling somebody by SMS (rules.md 17). A message is a row written in the transaction of its cause
 * and a job that sends it; nothing is sent from a request. The texts are the house's, one for each
 * code and language (mh-sms-texts.h), and say nothing clinical.
 */
#include "server/messages/sms/mh-sms-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/messages/mh-sms.h"

G_BEGIN_DECLS

#define MH_JOB_SMS_SEND "sms.send"
#define MH_JOB_SMS_SWEEP "sms.sweep"

/* What a desk reads where no account is set. */
#define MH_SMS_NOT_CONFIGURED                                                                      \
  "No SMS service is set up: ask the administrator to enter the Twilio account in the server's "   \
  "configuration."

/* Account, token and sender are set. Ask before promising somebody a message. */
gboolean mh_sms_is_configured (MhServer *server);

/* What is to be said. @patient: the one it is about, whose telephone it goes to. @code: MH_SMS_…
 * @arguments: name, value, …, NULL as the code's comment in mh-sms.h names them; "language" is a
 * tag such as "hi" (unknown or missing: English) and is not shown. @dedupe: one message for each
 * cause, however often it is told; NULL: none. */
typedef struct
{
  const char *hospital_id;
  MhRecord *patient;
  const char *code;
  const char *const *arguments;
  const char *dedupe;
} MhSmsWanted;

/* Queues one message in the caller's transaction; it goes out after the commit.
 *
 * TRUE also when nobody will be told: a number that is none, one that opted out, too many messages
 * to it in the last hour, a patient who has died, also before it is sent. The log (GET /sms) says
 * why. */
gboolean mh_sms_send (MhTx *tx, const MhSmsWanted *wanted, GError **error);

/* "+919800000001" from what people write; @country: digits of the hospital's country, such as "91".
 * NULL: no number that can be called. Pure. Caller frees. */
char *mh_sms_number (const char *to, const char *country);
/* "+91••••••0001". Pure. Caller frees. */
char *mh_sms_mask (const char *number);

/* The log of the actor's hospital, newest first. */
GPtrArray *mh_sms_list (const MhRequest *req, const MhSmsQuery *query, GError **error);

/* From now on what is queued goes out as soon as it is committed. Before the first request. */
void mh_sms_observe (MhServer *server);

typedef struct _MhSmsSender MhSmsSender;
/* Registers the jobs, also where no account is set: then messages end as failed and say why. Free
 * it after the jobs have stopped. */
MhSmsSender *mh_sms_jobs_register (MhServer *server);
/* Calls that run end soon; before the jobs are stopped. NULL is let be. */
void mh_sms_sender_stop (MhSmsSender *sender);
void mh_sms_sender_free (MhSmsSender *sender);

G_END_DECLS
