/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/feedback/mh-feedback-service.h"

#include <sodium.h>
#include <string.h>

#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/messages/mh-feedback.h"
#include "shared/records/platform/mh-audit.h"

/* Crockford's: without I, L, O and U. Fifty bits. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
#define CODE_LENGTH 10

static char *
code_new (void)
{
  char *code = g_malloc (CODE_LENGTH + 2);
  guint at = 0;
  for (guint i = 0; i < CODE_LENGTH; i++)
    {
      if (i == CODE_LENGTH / 2)
        code[at++] = '-';
      code[at++] = alphabet[randombytes_uniform (sizeof alphabet - 1)];
    }
  code[at] = '\0';
  return code;
}

/* As it was made, however it was typed; NULL: it cannot be one. */
static char *
code_read (const char *typed)
{
  g_autoptr (GString) code = g_string_new (NULL);
  for (; typed != NULL && *typed != '\0' && code->len <= CODE_LENGTH; typed++)
    {
      char sign = g_ascii_toupper (*typed);
      sign = sign == 'O' ? '0' : sign == 'I' || sign == 'L' ? '1' : sign;
      if (sign == ' ' || sign == '-')
        continue;
      if (sign == '\0' || strchr (alphabet, sign) == NULL)
        return NULL;
      g_string_append_c (code, sign);
    }

  return code->len == CODE_LENGTH ? g_string_free (g_steal_pointer (&code), FALSE) : NULL;
}

static char *
feedback_service_hash_of (const char *typed)
{
  g_autofree char *code = code_read (typed);
  return code != NULL ? mh_token_hash (code) : NULL;
}

static MhRecord *
feedback_service_find (MhTx *tx, const char *column, const char *value, GError **error)
{
  return mh_store_find (mh_tx_db (tx), &mh_feedback_type, column, value, error);
}

static gboolean
feedback_service_put (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  return before != NULL ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                        : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
}

static MhRecord *
feedback_new (const char *hospital_id, const char *order_id)
{
  MhRecord *feedback = mh_record_new (&mh_feedback_type);
  mh_record_set_text (feedback, MH_FEEDBACK_HOSPITAL_ID, hospital_id);
  mh_record_set_text (feedback, MH_FEEDBACK_ORDER_ID, order_id);
  return feedback;
}

gboolean
mh_feedback_service_invite (MhTx *tx,
                            const char *hospital_id,
                            const char *order_id,
                            const char *language,
                            char **out_code,
                            GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) before = feedback_service_find (tx, "order_id", order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_code = NULL;
  if (before != NULL && mh_record_has (before, MH_FEEDBACK_ANSWERED_AT))
    return TRUE;

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before) : feedback_new (hospital_id, order_id);
  g_autofree char *code = code_new ();

  mh_record_take_text (after, MH_FEEDBACK_CODE_HASH, feedback_service_hash_of (code));
  mh_record_set_text (after, MH_FEEDBACK_LANGUAGE, language);
  mh_record_set_int (after, MH_FEEDBACK_ASKED_AT, mh_tx_now (tx));
  if (!feedback_service_put (tx, before, after, error))
    return FALSE;

  *out_code = g_steal_pointer (&code);
  return TRUE;
}

/* --- answering --- */

static gboolean
tell_if_low (MhTx *tx, MhRecord *feedback, GError **error)
{
  const char *order_id = mh_record_text (feedback, MH_FEEDBACK_ORDER_ID);
  gint64 score = mh_record_int (feedback, MH_FEEDBACK_SCORE);
  if (score > MH_FEEDBACK_LOW)
    return TRUE;

  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  if (order == NULL)
    return FALSE;

  g_autofree char *shown = g_strdup_printf ("%d", (int)score);
  g_autofree char *key = g_strconcat ("feedback:", order_id, NULL);
  const char *arguments[] = { mh_record_text (order, MH_ORDER_NUMBER), shown, NULL };

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = MH_ALERT_FEEDBACK_LOW,
                       .severity = MH_ALERT_INFO,
                       .hospital_id = mh_record_text (feedback, MH_FEEDBACK_HOSPITAL_ID),
                       .subject_type = mh_order_type.code,
                       .subject_id = order_id,
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

static MhRecord *
feedback_service_take (MhTx *tx,
                       MhRecord *before,
                       MhRecord *after,
                       MhRecord *answer,
                       const char *channel,
                       GError **error)
{
  const char *comment = mh_record_text (answer, MH_FEEDBACK_ANSWER_COMMENT);
  mh_record_set_int (after, MH_FEEDBACK_SCORE, mh_record_int (answer, MH_FEEDBACK_ANSWER_SCORE));
  if (comment != NULL)
    mh_record_set_text (after, MH_FEEDBACK_COMMENT, comment);
  mh_record_set_text (after, MH_FEEDBACK_CHANNEL, channel);
  mh_record_set_int (after, MH_FEEDBACK_ANSWERED_AT, mh_tx_now (tx));
  if (!feedback_service_put (tx, before, after, error) || !tell_if_low (tx, after, error))
    return NULL;
  MhRecord *thanks = mh_record_new (&mh_feedback_thanks_type);
  mh_record_set_int (thanks, MH_FEEDBACK_THANKS_SCORE, mh_record_int (after, MH_FEEDBACK_SCORE));
  return thanks;
}

MhRecord *
mh_feedback_service_answer (MhTx *tx, MhRecord *answer, GError **error)
{
  GError *failure = NULL;
  const char *channel = mh_record_text (answer, MH_FEEDBACK_ANSWER_CHANNEL);
  g_autofree char *hash
      = feedback_service_hash_of (mh_record_text (answer, MH_FEEDBACK_ANSWER_CODE));
  g_autoptr (MhRecord) before
      = hash != NULL ? feedback_service_find (tx, "code_hash", hash, &failure) : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (before == NULL || mh_record_has (before, MH_FEEDBACK_ANSWERED_AT)
      || mh_record_int (before, MH_FEEDBACK_ASKED_AT) + MH_FEEDBACK_LIFE < mh_tx_now (tx))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "This code is not known, or was used already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return feedback_service_take (tx, before, after, answer,
                                channel != NULL ? channel : MH_FEEDBACK_MAIL, error);
}

gboolean
mh_feedback_service_state (MhServer *server,
                           const char *code,
                           MhFeedbackState *out_state,
                           GError **error)
{
  GError *failure = NULL;
  g_autofree char *hash = feedback_service_hash_of (code);
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return FALSE;

  g_autoptr (MhRecord) found
      = hash != NULL ? mh_store_find (db, &mh_feedback_type, "code_hash", hash, &failure) : NULL;
  mh_store_give_reader (mh_server_store (server), db);
  gint64 now = mh_clock_now (mh_server_clock (server));

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_state = found == NULL || mh_record_int (found, MH_FEEDBACK_ASKED_AT) + MH_FEEDBACK_LIFE < now
                   ? MH_FEEDBACK_UNKNOWN
               : mh_record_has (found, MH_FEEDBACK_ANSWERED_AT) ? MH_FEEDBACK_ANSWERED
                                                                : MH_FEEDBACK_ASKED;

  return TRUE;
}

typedef struct
{
  MhRecord *answer, *thanks;
} Submit;

static gboolean
feedback_service_submit (MhTx *tx, gpointer data, GError **error)
{
  Submit *task = data;
  g_clear_object (&task->thanks);
  task->thanks = mh_feedback_service_answer (tx, task->answer, error);
  return task->thanks != NULL;
}

MhRecord *
mh_feedback_service_submit (MhServer *server, MhRecord *answer, GError **error)
{
  static const MhWho patient = { .user_name = "feedback" };
  Submit task = { answer, NULL };
  if (mh_store_write (mh_server_store (server), &patient, feedback_service_submit, &task, error))
    return task.thanks;
  g_clear_object (&task.thanks);
  return NULL;
}

MhRecord *
mh_feedback_service_answer_for (const MhRequest *req,
                                const char *order_id,
                                MhRecord *answer,
                                GError **error)
{
  GError *failure = NULL;
  const char *channel = mh_record_text (answer, MH_FEEDBACK_ANSWER_CHANNEL);
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL)
    return NULL;

  g_autoptr (MhRecord) before = feedback_service_find (req->tx, "order_id", order_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (before != NULL && mh_record_has (before, MH_FEEDBACK_ANSWERED_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This order was answered for already. Thank you.");
      return NULL;
    }

  g_autoptr (MhRecord) after
      = before != NULL ? mh_record_copy (before)
                       : feedback_new (mh_record_text (order, MH_ORDER_HOSPITAL_ID), order_id);

  return feedback_service_take (req->tx, before, after, answer,
                                channel != NULL ? channel : MH_FEEDBACK_KIOSK, error);
}
