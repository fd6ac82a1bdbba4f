/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-work.h"

#include "server/money/gateway/mh-gateway-alerts.h"

#include "server/money/gateway/mh-gateway.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-gateway.h"

#define WAITED_FOR (15 * MH_MINUTE)
#define AT_THE_DESK 2 /* doublings of the delay */
#define NOT_SET_UP_AGAIN (10 * MH_MINUTE)

static const MhWho who = { .user_name = "gateway" };

/* --- writing --- */

typedef struct
{
  MhGatewayWork *work;
  MhGatewayOutcome outcome;
  gpointer data;
} Write;

static gboolean
tx_write (MhTx *tx, gpointer data, GError **error)
{
  Write *write = data;
  MhGatewayWork *work = write->work;
  g_autoptr (MhRecord) task
      = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, mh_record_id (work->task), error);
  gint64 at = -1;

  if (task == NULL)
    return FALSE;

  gint64 step = mh_record_int (task, MH_GATEWAY_TASK_STEP);
  const char *hospital_id
      = work->attempt != NULL  ? mh_record_text (work->attempt, MH_ATTEMPT_HOSPITAL_ID)
        : work->refund != NULL ? mh_record_text (work->refund, MH_GATEWAY_REFUND_HOSPITAL_ID)
                               : NULL;

  if (!write->outcome (tx, work, task, &at, write->data, error)
      || (hospital_id != NULL
          && !mh_gateway_alerts_provider (tx, work->server, hospital_id, error)))
    return FALSE;

  /* the outcome itself may have planned anew: a capture that became due */
  g_autoptr (MhRecord) stored
      = mh_store_get (mh_tx_db (tx), &mh_gateway_task_type, mh_record_id (work->task), error);
  if (stored == NULL)
    return FALSE;
  if (at >= 0 && step == mh_record_int (work->task, MH_GATEWAY_TASK_STEP)
      && step == mh_record_int (stored, MH_GATEWAY_TASK_STEP))
    return mh_gateway_plan_next (tx, work->server, task, at, error);

  if (step != mh_record_int (stored, MH_GATEWAY_TASK_STEP))
    mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT,
                        mh_record_bool (stored, MH_GATEWAY_TASK_DOUBT));

  mh_record_set_int (task, MH_VERSION, mh_record_version (stored));
  mh_record_set_int (task, MH_GATEWAY_TASK_STEP, mh_record_int (stored, MH_GATEWAY_TASK_STEP));
  mh_record_set_int (task, MH_GATEWAY_TASK_NEXT_AT,
                     mh_record_int (stored, MH_GATEWAY_TASK_NEXT_AT));
  if (!mh_record_has (stored, MH_GATEWAY_TASK_NEXT_AT))
    mh_record_set_null (task, MH_GATEWAY_TASK_NEXT_AT);

  return mh_record_equal (task, stored) || mh_tx_update_part (tx, stored, task, error);
}

gboolean
mh_gateway_work_write (MhGatewayWork *work, MhGatewayOutcome outcome, gpointer data, GError **error)
{
  Write write = { work, outcome, data };
  return mh_store_write (work->store, &who, tx_write, &write, error);
}

static gboolean
gateway_work_set_sent (MhTx *tx,
                       MhGatewayWork *work,
                       MhRecord *task,
                       gint64 *at,
                       gpointer data,
                       GError **error)
{
  gboolean *go = data;
  *go = mh_record_int (task, MH_GATEWAY_TASK_STEP)
        == mh_record_int (work->task, MH_GATEWAY_TASK_STEP);
  if (*go)
    mh_record_set_int (task, MH_GATEWAY_TASK_SENT_AT, mh_tx_now (tx));
  return TRUE;
}

gboolean
mh_gateway_work_sending (MhGatewayWork *work, GError **error)
{
  gboolean go = FALSE;
  return mh_gateway_work_write (work, gateway_work_set_sent, &go, error) && go;
}

typedef struct
{
  const MhRzAnswer *answer;
  gboolean unknown;
} Later;

static gboolean
is_waited_for (MhGatewayWork *work, gint64 now)
{
  return work->attempt != NULL
         && !mh_attempt_is_ended (mh_record_text (work->attempt, MH_ATTEMPT_STATUS))
         && now - mh_record_int (work->attempt, MH_CREATED_AT) < WAITED_FOR;
}

static gboolean
set_later (MhTx *tx, MhGatewayWork *work, MhRecord *task, gint64 *at, gpointer data, GError **error)
{
  Later *later = data;
  gint64 tries = mh_record_int (task, MH_GATEWAY_TASK_TRIES) + 1;
  gint64 until = 0;

  mh_record_set_int (task, MH_GATEWAY_TASK_TRIES, tries);
  mh_record_set_text (task, MH_GATEWAY_TASK_LAST_ERROR, later->answer->text);
  if (!later->unknown)
    mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);

  /* while somebody stands at the desk the breaker, not patience, keeps us from asking too often */
  gint64 most = is_waited_for (work, mh_tx_now (tx)) ? AT_THE_DESK : tries;
  *at = mh_tx_now (tx) + mh_breaker_delay (MIN (tries, most), later->answer->retry_after);
  MhBreakerView view;

  mh_breaker_look (mh_gateway_breaker (work->gateway), mh_tx_now (tx), &view);
  if (view.state == MH_BREAKER_IS_OPEN)
    until = view.until + mh_breaker_jitter (MH_SECOND / 2);
  *at = MAX (*at, until);

  return TRUE;
}

gboolean
mh_gateway_work_later (MhGatewayWork *work,
                       const MhRzAnswer *answer,
                       gboolean unknown,
                       GError **error)
{
  Later later = { answer, unknown };
  return mh_gateway_work_write (work, set_later, &later, error);
}

/* Nothing was asked: the plan moves, the count of tries does not. */
static gboolean
set_postponed (MhTx *tx,
               MhGatewayWork *work,
               MhRecord *task,
               gint64 *at,
               gpointer data,
               GError **error)
{
  *at = *(gint64 *)data;
  return TRUE;
}

/* --- the job --- */

static gboolean
read_attempt (MhDb *db, MhGatewayWork *work, GError **error)
{
  work->attempt = mh_store_get (db, &mh_payment_attempt_type, mh_record_id (work->task), error);
  if (work->attempt == NULL)
    return FALSE;
  work->order = mh_store_get (db, &mh_order_type,
                              mh_record_text (work->attempt, MH_ATTEMPT_ORDER_ID), error);
  return work->order != NULL;
}

static gboolean
read_all (MhDb *db, MhGatewayWork *work, MhRecord *job, GError **error)
{
  GError *failed = NULL;
  work->task = mh_gateway_plan_find (db, job, &failed);
  if (work->task != NULL
      && g_strcmp0 (mh_record_text (work->task, MH_GATEWAY_TASK_WHAT), MH_GATEWAY_TASK_ATTEMPT)
             == 0)
    return read_attempt (db, work, error);

  if (work->task != NULL)
    work->refund = mh_store_get (db, &mh_gateway_refund_type, mh_record_id (work->task), &failed);
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
do_work (MhGatewayWork *work, GError **error)
{
  gint64 now = mh_clock_now (mh_store_clock (work->store));
  gint64 until = now + NOT_SET_UP_AGAIN;
  if (work->task == NULL)
    return TRUE;
  if (work->razorpay == NULL)
    return mh_gateway_work_write (work, set_postponed, &until, error);

  if (!mh_breaker_take (mh_gateway_breaker (work->gateway), now, &until))
    {
      until += mh_breaker_jitter (MH_SECOND / 2);
      return mh_gateway_work_write (work, set_postponed, &until, error);
    }

  return work->refund != NULL ? mh_gateway_work_refund (work, error)
                              : mh_gateway_work_attempt (work, error);
}

gboolean
mh_gateway_work (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  MhGatewayWork work = { .server = data, .store = store };
  work.gateway = mh_server_gateway (work.server);
  work.razorpay = mh_gateway_razorpay (work.gateway);
  MhDb *db = mh_store_take_reader (store, error);

  if (db == NULL)
    return FALSE;

  gboolean ok = read_all (db, &work, job, error);
  mh_store_give_reader (store, db);
  ok = ok && do_work (&work, error);
  g_clear_object (&work.task);
  g_clear_object (&work.attempt);
  g_clear_object (&work.order);
  g_clear_object (&work.refund);
  return ok;
}
