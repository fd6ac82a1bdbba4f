/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms.h"

#include <sodium.h>
#include <string.h>

#include "server/messages/sms/mh-sms-private.h"
#include "server/messages/sms/mh-sms-store.h"
#include "server/messages/sms/mh-sms-texts.h"
#include "server/messages/sms/mh-twilio.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

#define TOKEN_BYTES 16
#define RESEND_AFTER (15 * MH_MINUTE)
#define MOST_RESENDS 1

gboolean
mh_sms_is_configured (MhServer *server)
{
  static const char *const needed[] = { "twilio.account_sid", "twilio.auth_token", "twilio.from" };
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (*mh_server_config_text (mh_server_config (server), needed[i]) == '\0')
      return FALSE;
  return TRUE;
}

gboolean
mh_sms_is_code (MhRecord *sms)
{
  return g_strcmp0 (mh_record_text (sms, MH_SMS_TEMPLATE), MH_SMS_CODE) == 0;
}

gboolean
mh_sms_is_asked_for (MhRecord *sms)
{
  static const char *const codes[] = { MH_SMS_CODE, MH_SMS_PAYMENT_LINK, MH_SMS_TOKEN, NULL };
  return g_strv_contains (codes, mh_record_text (sms, MH_SMS_TEMPLATE));
}

/* --- numbers --- */

char *
mh_sms_number (const char *to, const char *country)
{
  g_autofree char *ascii = mh_text_ascii_digits (to != NULL ? to : "");
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *start = g_strchug (ascii);
  gboolean abroad = *start == '+' || g_str_has_prefix (start, "00");

  if (!mh_text_is_phone (start))
    return NULL;

  for (const char *at = start; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);

  if (g_str_has_prefix (start, "00"))
    g_string_erase (digits, 0, 2);
  if (!abroad)
    {
      /* the country may be written without "+" before the ten digits of a number */
      gsize own = digits->len > 10 ? digits->len - 10 : 0;
      if (digits->str[0] == '0')
        g_string_erase (digits, 0, 1);
      else if (own == strlen (country) && g_str_has_prefix (digits->str, country))
        g_string_erase (digits, 0, (gssize)own);
      g_string_prepend (digits, country);
    }

  if (digits->len < 8 || digits->len > 15 || digits->str[0] == '0')
    return NULL;

  return g_strconcat ("+", digits->str, NULL);
}

char *
mh_sms_mask (const char *number)
{
  gsize length = strlen (number);
  GString *out = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    if (i < 3 || i + 4 >= length)
      g_string_append_c (out, number[i]);
    else
      g_string_append (out, "•");
  return g_string_free (out, FALSE);
}

/* --- those who want none --- */

static MhRecord *
find_opt_out (MhDb *db, const char *number, gboolean *out_failed, GError **error)
{
  GError *failure = NULL;
  MhRecord *known = mh_store_find (db, &mh_sms_opt_out_type, "recipient", number, &failure);
  *out_failed = failure != NULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return known;
}

gboolean
mh_sms_is_opted_out (MhDb *db, const char *number, gboolean *out_opted_out, GError **error)
{
  gboolean failed = FALSE;
  g_autoptr (MhRecord) known = find_opt_out (db, number, &failed, error);
  *out_opted_out = known != NULL && !mh_record_has (known, MH_SMS_OPT_OUT_ENDED_AT);
  return !failed;
}

gboolean
mh_sms_opt (MhTx *tx, const char *number, gboolean out, const char *source, GError **error)
{
  gboolean failed = FALSE;
  g_autoptr (MhRecord) before = find_opt_out (mh_tx_db (tx), number, &failed, error);
  gboolean is_out = before != NULL && !mh_record_has (before, MH_SMS_OPT_OUT_ENDED_AT);
  if (failed || is_out == out)
    return !failed;

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : mh_record_new (&mh_sms_opt_out_type);
  mh_record_set_text (after, MH_SMS_OPT_OUT_RECIPIENT, number);
  mh_record_set_text (after, MH_SMS_OPT_OUT_SOURCE, source);
  if (out)
    mh_record_set_int (after, MH_SMS_OPT_OUT_SINCE, mh_tx_now (tx));
  if (out)
    mh_record_set_null (after, MH_SMS_OPT_OUT_ENDED_AT);
  else
    mh_record_set_int (after, MH_SMS_OPT_OUT_ENDED_AT, mh_tx_now (tx));

  return before != NULL ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, source, error)
                        : mh_tx_insert (tx, after, MH_AUDIT_CREATE, source, error);
}

/* --- queueing --- */

gboolean
mh_sms_enqueue (MhTx *tx, MhRecord *sms, gint64 run_at, GError **error)
{
  g_autofree char *payload = g_strdup_printf ("{\"sms\":\"%s\"}", mh_record_id (sms));
  return mh_jobs_enqueue (tx,
                          &(MhJobWanted){ .kind = MH_JOB_SMS_SEND,
                                          .payload = payload,
                                          .run_at = run_at,
                                          .hospital_id = mh_record_text (sms, MH_SMS_HOSPITAL_ID) },
                          error);
}

/* Unguessable: who knows it may ask us to look at a message. */
static char *
sms_make_token (void)
{
  guint8 random[TOKEN_BYTES];
  char hex[2 * TOKEN_BYTES + 1];
  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  return g_strdup (hex);
}

static char *
arguments_json (const char *const *arguments, const char **out_language)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i += 2)
    if (g_str_equal (arguments[i], "language"))
      *out_language = arguments[i + 1];
    else
      mh_json_member_text (out, arguments[i], arguments[i + 1]);
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

/* What keeps a message from going, or MH_SMS_QUEUED. */
static gboolean
sms_decide (MhTx *tx, MhRecord *sms, const char *number, const char **out_status, GError **error)
{
  gint64 most = 0;
  gint64 recent = 0;
  gboolean opted_out = FALSE;
  MhDb *db = mh_tx_db (tx);

  if (!mh_setting_int (db, mh_record_text (sms, MH_SMS_HOSPITAL_ID), MH_SET_SMS_PER_HOUR, &most,
                       error)
      || !mh_sms_store_to_since (db, number, mh_tx_now (tx) - MH_HOUR, &recent, error)
      || !mh_sms_is_opted_out (db, number, &opted_out, error))
    return FALSE;

  *out_status = MH_SMS_QUEUED;
  if (opted_out && !mh_sms_is_asked_for (sms))
    *out_status = MH_SMS_OPTED_OUT;
  else if (recent >= most)
    *out_status = MH_SMS_DROPPED;

  return TRUE;
}

static gboolean
address (MhTx *tx, MhRecord *sms, const char *to, GError **error)
{
  g_autofree char *country = NULL;
  const char *status = MH_SMS_FAILED;
  if (!mh_setting_text (mh_tx_db (tx), mh_record_text (sms, MH_SMS_HOSPITAL_ID), MH_SET_SMS_COUNTRY,
                        &country, error))
    return FALSE;

  g_autofree char *number = mh_sms_number (to, country);
  if (number == NULL)
    mh_record_set_text (sms, MH_SMS_ANSWER, "This is no telephone number.");
  else if (!sms_decide (tx, sms, number, &status, error))
    return FALSE;

  mh_record_set_text (sms, MH_SMS_STATUS, status);
  if (number == NULL)
    return TRUE;

  mh_record_set_text (sms, MH_SMS_RECIPIENT, number);
  mh_record_take_text (sms, MH_SMS_MASKED, mh_sms_mask (number));
  return TRUE;
}

static gboolean
sms_is_told (MhDb *db, const char *dedupe, gboolean *out_told, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) known
      = dedupe != NULL ? mh_store_find (db, &mh_sms_message_type, "dedupe", dedupe, &failure)
                       : NULL;
  *out_told = known != NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_sms_send (MhTx *tx, const MhSmsWanted *wanted, GError **error)
{
  gboolean told = FALSE;
  const char *language = NULL;
  if (!sms_is_told (mh_tx_db (tx), wanted->dedupe, &told, error) || told)
    return told;

  g_autofree char *json = arguments_json (wanted->arguments, &language);
  g_autoptr (MhRecord) sms = mh_record_new (&mh_sms_message_type);
  mh_record_take_text (sms, MH_ID, mh_id_new ());
  mh_record_set_text (sms, MH_SMS_HOSPITAL_ID, wanted->hospital_id);
  mh_record_set_text (sms, MH_SMS_PATIENT_ID, mh_record_id (wanted->patient));
  mh_record_set_text (sms, MH_SMS_TEMPLATE, wanted->code);
  mh_record_set_text (sms, MH_SMS_LANGUAGE, mh_sms_texts_language (language));
  mh_record_set_text (sms, MH_SMS_DEDUPE, wanted->dedupe);
  mh_record_take_text (sms, MH_SMS_TOKEN_TEXT, sms_make_token ());
  mh_record_set_int (sms, MH_SMS_ATTEMPTS, 0);
  mh_record_set_int (sms, MH_SMS_RESENDS, 0);
  mh_record_set_bool (sms, MH_SMS_DOUBT, FALSE);
  mh_record_set_int (sms, MH_SMS_QUEUED_AT, mh_tx_now (tx));
  if (!address (tx, sms, mh_record_text (wanted->patient, MH_PATIENT_PHONE), error))
    return FALSE;

  if (mh_record_bool (wanted->patient, MH_PATIENT_DECEASED))
    mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_WITHDRAWN);
  gboolean goes = g_str_equal (mh_record_text (sms, MH_SMS_STATUS), MH_SMS_QUEUED);

  if (goes)
    mh_record_set_text (sms, MH_SMS_ARGUMENTS, json);
  return mh_tx_insert (tx, sms, MH_AUDIT_CREATE, NULL, error)
         && (!goes || mh_sms_enqueue (tx, sms, 0, error));
}

/* --- what became of it --- */

/* A telephone that was out of reach is tried once more, but never with a code. */
static gboolean
send_anew (MhTx *tx, MhRecord *sms, int code, gboolean *out_anew, GError **error)
{
  *out_anew = mh_twilio_is_passing (code) && !mh_sms_is_code (sms)
              && mh_record_int (sms, MH_SMS_RESENDS) < MOST_RESENDS;
  if (!*out_anew)
    return TRUE;
  mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_DEFERRED);
  mh_record_set_int (sms, MH_SMS_RESENDS, mh_record_int (sms, MH_SMS_RESENDS) + 1);
  mh_record_set_int (sms, MH_SMS_NEXT_AT, mh_tx_now (tx) + RESEND_AFTER);
  mh_record_set_null (sms, MH_SMS_PROVIDER_ID);
  mh_record_set_null (sms, MH_SMS_PROVIDER_STATUS);
  return mh_sms_enqueue (tx, sms, mh_tx_now (tx) + RESEND_AFTER, error);
}

static gboolean
sms_set_end (MhTx *tx, MhRecord *sms, const char *status, int code, GError **error)
{
  gboolean anew = FALSE;
  gboolean there = g_str_equal (status, "delivered") || g_str_equal (status, "read");
  if (there)
    {
      mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_DELIVERED);
      mh_record_set_int (sms, MH_SMS_DELIVERED_AT, mh_tx_now (tx));
    }
  else if (!send_anew (tx, sms, code, &anew, error))
    return FALSE;
  else if (!anew)
    mh_record_set_text (sms, MH_SMS_STATUS, MH_SMS_FAILED);

  if (!anew)
    mh_record_set_null (sms, MH_SMS_ARGUMENTS);
  return TRUE;
}

gboolean
mh_sms_heard (MhTx *tx,
              const char *id,
              const char *sid,
              const char *status,
              int code,
              GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_sms_message_type, id, error);
  if (before == NULL)
    return FALSE;

  guint rank = mh_twilio_rank (status);
  guint had = mh_twilio_rank (mh_record_text (before, MH_SMS_PROVIDER_STATUS));
  if (rank <= had)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_SMS_PROVIDER_STATUS, status);
  mh_record_set_int (after, MH_SMS_ERROR_CODE, code);
  if (sid != NULL && !mh_record_has (after, MH_SMS_PROVIDER_ID))
    mh_record_set_text (after, MH_SMS_PROVIDER_ID, sid);

  /* told before our own question was answered, or although its answer was lost */
  if (!mh_record_has (after, MH_SMS_SENT_AT))
    mh_record_set_int (after, MH_SMS_SENT_AT, mh_tx_now (tx));

  mh_record_set_text (after, MH_SMS_STATUS, MH_SMS_SENT);
  if (rank >= MH_TWILIO_RANK_END && !sms_set_end (tx, after, status, code, error))
    return FALSE;

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, status, error);
}

/* --- looking --- */

GPtrArray *
mh_sms_list (const MhRequest *req, const MhSmsQuery *query, GError **error)
{
  MhSmsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_sms_store_list (req->db, &narrowed, error);
}

static gboolean
queued (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  if (before == NULL)
    mh_jobs_wake_after_commit (mh_server_jobs (data));
  return TRUE;
}

void
mh_sms_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_sms_message_type, queued, server);
}
