/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-work-private.h"
#include "shared/records/money/mh-gateway.h"

/* How often an attempt is asked about: a code that somebody looks at, then less and less. */
#define SHOWN_FOR (15 * MH_MINUTE)
#define LINK_TIMES 7 /* as slow as a code */
#define SLOW_EVERY (5 * MH_MINUTE)
#define NIGHTLY MH_DAY
#define ENDED_FOR (7 * MH_DAY)

gboolean
mh_gateway_work_has (MhRecord *record, guint field, const char *text)
{
  return g_strcmp0 (mh_record_text (record, field), text) == 0;
}

gboolean
mh_gateway_work_is_kind (MhGatewayWork *work, const char *kind)
{
  return mh_gateway_work_has (work->attempt, MH_ATTEMPT_KIND, kind);
}

gboolean
mh_gateway_work_is_status (MhGatewayWork *work, const char *status)
{
  return mh_gateway_work_has (work->attempt, MH_ATTEMPT_STATUS, status);
}

/* --- what comes after --- */

gint64
mh_gateway_work_next (MhGatewayWork *work, MhRecord *attempt, MhRecord *task, gint64 now)
{
  const char *status = mh_record_text (attempt, MH_ATTEMPT_STATUS);
  gint64 poll = mh_server_config_int (mh_server_config (work->server), "razorpay.poll_seconds");
  gint64 age = now - mh_record_int (attempt, MH_CREATED_AT);
  gint64 wait = SLOW_EVERY;

  if (mh_attempt_is_ended (status))
    {
      gint64 ended = now - mh_record_int (attempt, MH_ATTEMPT_ENDED_AT);
      if (mh_record_bool (task, MH_GATEWAY_TASK_DOUBT))
        return now + mh_breaker_jitter (ended < SHOWN_FOR ? MH_GATEWAY_DOUBT_EVERY : NIGHTLY);
      return ended < ENDED_FOR ? now + mh_breaker_jitter (NIGHTLY) : 0;
    }

  if (g_str_equal (status, MH_ATTEMPT_CLOSING) || age < SHOWN_FOR)
    wait = poll * MH_SECOND;
  if (wait < SLOW_EVERY && g_str_equal (status, MH_ATTEMPT_OPEN)
      && !mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR))
    wait *= LINK_TIMES;

  return now + mh_breaker_jitter (wait);
}

/* The provider answered: the count of failures begins anew. */
void
mh_gateway_work_set_heard (MhRecord *task)
{
  mh_record_set_int (task, MH_GATEWAY_TASK_TRIES, 0);
  mh_record_set_null (task, MH_GATEWAY_TASK_LAST_ERROR);
}

static gboolean
is_held (MhGatewayWork *work, const MhGatewaySeen *seen)
{
  for (guint i = 0; i < seen->n; i++)
    if (mh_gateway_work_takeable (work, &seen->payments[i]))
      return TRUE;
  return FALSE;
}

/* The payment that used the payment link up is known: if it did not pay the attempt, nothing will.
 */
static gboolean
gateway_work_attempt_is_taken (const MhGatewaySeen *seen)
{
  for (guint i = 0; i < seen->n; i++)
    if (mh_gateway_payment_rank (seen->payments[i].status)
        >= mh_gateway_payment_rank (MH_GATEWAY_PAYMENT_CAPTURED))
      return TRUE;
  return FALSE;
}

/* A payment that was begun before the payment link closed may still be captured, and so may one
 * that was told to have failed (the bank answered late); the message that tells so may be lost.
 * Looked at again soon, then less and less, until the provider has let go of it; after that
 * nightly. */
static gint64
sooner (MhGatewayWork *work, const MhGatewaySeen *seen, MhRecord *attempt, gint64 at, gint64 now)
{
  gint64 poll = mh_server_config_int (mh_server_config (work->server), "razorpay.poll_seconds");
  gint64 ended = now - mh_record_int (attempt, MH_ATTEMPT_ENDED_AT);
  gboolean undecided = FALSE;
  for (guint i = 0; i < seen->n; i++)
    undecided = undecided || g_strcmp0 (seen->payments[i].status, MH_GATEWAY_PAYMENT_CREATED) == 0
                || g_strcmp0 (seen->payments[i].status, MH_GATEWAY_PAYMENT_FAILED) == 0;
  if (!undecided || !mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS))
      || ended > SHOWN_FOR)
    return at;
  return now + mh_breaker_jitter (MAX (poll * MH_SECOND, ended / 2));
}

/* Payments first: a payment link that closed because it was paid is not one that closed unpaid. */
static gboolean
set_seen (MhTx *tx, MhGatewayWork *work, MhRecord *task, gint64 *at, gpointer data, GError **error)
{
  MhGatewaySeen *seen = data;
  g_autoptr (MhRecord) attempt
      = mh_store_get (mh_tx_db (tx), &mh_payment_attempt_type, mh_record_id (work->attempt), error);
  if (attempt == NULL)
    return FALSE;

  mh_gateway_work_set_heard (task);
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  if (seen->closed_for_good || mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_ORDER)
      || mh_gateway_work_has (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_PAID)
      || !mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS)))
    mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, FALSE);

  for (guint i = 0; i < seen->n; i++)
    if (!mh_gateway_apply_payment (tx, work->server, &attempt, &seen->payments[i], error))
      return FALSE;

  MhPayLinkState state = seen->state == MH_PAY_LINK_USED && gateway_work_attempt_is_taken (seen)
                             ? MH_PAY_LINK_CLOSED
                             : seen->state;
  if (!is_held (work, seen)
      && !mh_gateway_apply_pay_link (tx, work->server, &attempt, state, error))
    return FALSE;

  *at = mh_gateway_work_next (work, attempt, task, mh_tx_now (tx));
  *at = sooner (work, seen, attempt, *at, mh_tx_now (tx));
  return TRUE;
}

/* What was answered late to a question that was asked twice. */
static MhRzAnswer *
see_strays (MhGatewayWork *work)
{
  g_auto (MhGatewayFound) found = { NULL };
  if (!mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT))
    return NULL;
  MhRzAnswer *failed = mh_gateway_work_look_up (
      work, mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID), &found);
  if (failed == NULL)
    mh_gateway_work_close_strays (work, &found);
  return failed;
}

static gboolean
gateway_work_attempt_look (MhGatewayWork *work, GError **error)
{
  MhGatewaySeen seen
      = { .bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref) };
  gboolean ended = mh_attempt_is_ended (mh_record_text (work->attempt, MH_ATTEMPT_STATUS))
                   && !mh_gateway_work_is_status (work, MH_ATTEMPT_PAID);
  gboolean closing = mh_gateway_work_is_status (work, MH_ATTEMPT_CLOSING)
                     || (ended && mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT));
  g_autoptr (MhRzAnswer) failed = see_strays (work);

  if (failed == NULL)
    failed = mh_gateway_work_see (work, &seen, closing);
  gboolean ok = failed != NULL ? mh_gateway_work_later (work, failed, FALSE, error)
                               : mh_gateway_work_write (work, set_seen, &seen, error);

  g_ptr_array_unref (seen.bodies);
  return ok;
}

/* --- the step --- */

gboolean
mh_gateway_work_attempt (MhGatewayWork *work, GError **error)
{
  gboolean settled = FALSE;
  gboolean unsure = mh_record_has (work->task, MH_GATEWAY_TASK_SENT_AT)
                    || mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT);
  if (mh_record_has (work->attempt, MH_ATTEMPT_PROVIDER_ID))
    return gateway_work_attempt_look (work, error);
  if (unsure && (!mh_gateway_work_adopt (work, &settled, error) || settled))
    return settled;
  if (mh_gateway_work_is_status (work, MH_ATTEMPT_ASKED))
    return mh_gateway_work_make (work, error);
  return mh_gateway_work_nothing (work, error);
}
