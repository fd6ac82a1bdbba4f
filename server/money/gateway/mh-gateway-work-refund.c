/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-apply.h"
#include "server/money/gateway/mh-gateway-work.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/money/mh-gateway.h"

#define LOOK_SOON MH_MINUTE
#define LOOK_LATER (10 * MH_MINUTE)
#define LOOK_NIGHTLY MH_DAY
/* A bank takes a week; after a month somebody must have noticed. */
#define LOOK_UNTIL (30 * MH_DAY)

typedef struct
{
  const char *provider_refund;
  const char *status;
  const char *why;
} Fact;

static gint64
next_look (MhRecord *refund, gint64 now)
{
  gint64 age = now - mh_record_int (refund, MH_CREATED_AT);
  if (age > LOOK_UNTIL)
    return 0;
  gint64 wait = age < 10 * MH_MINUTE ? LOOK_SOON : age < MH_DAY ? LOOK_LATER : LOOK_NIGHTLY;
  return now + mh_breaker_jitter (wait);
}

static gboolean
set_fact (MhTx *tx, MhGatewayWork *work, MhRecord *task, gint64 *at, gpointer data, GError **error)
{
  Fact *fact = data;
  gboolean over = g_strcmp0 (fact->status, MH_GATEWAY_REFUND_PENDING) != 0;
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  mh_record_set_int (task, MH_GATEWAY_TASK_TRIES, 0);
  mh_record_set_text (task, MH_GATEWAY_TASK_LAST_ERROR, fact->why);
  *at = over ? 0 : next_look (work->refund, mh_tx_now (tx));
  return mh_gateway_apply_refund (MH_REQUEST_TX (tx, work->server, NULL),
                                  mh_record_id (work->refund), fact->provider_refund, fact->status,
                                  fact->why, error);
}

/* A state that we do not know is one that is not settled. */
static gboolean
write_refund (MhGatewayWork *work, const MhRzRefund *refund, GError **error)
{
  Fact fact = { refund->id, MH_GATEWAY_REFUND_PENDING, NULL };
  if (g_strcmp0 (refund->status, "processed") == 0)
    fact.status = MH_GATEWAY_REFUND_PROCESSED;
  else if (g_strcmp0 (refund->status, "failed") == 0)
    {
      fact.status = MH_GATEWAY_REFUND_FAILED;
      fact.why = "The bank did not take the refund.";
    }
  return mh_gateway_work_write (work, set_fact, &fact, error);
}

/* Among the payment's refunds, the one that bears our receipt. */
static gboolean
find_ours (JsonObject *list, const char *receipt, MhRzRefund *out_refund)
{
  JsonArray *items = mh_rz_items (list);
  guint n = items != NULL ? json_array_get_length (items) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      if (JSON_NODE_HOLDS_OBJECT (node)
          && mh_rz_read_refund (json_node_get_object (node), out_refund)
          && g_strcmp0 (out_refund->receipt, receipt) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The provider says no. It may be a no to the second question, the first having been answered. */
static gboolean
gateway_work_refund_refused (MhGatewayWork *work, const MhRzAnswer *answer, GError **error)
{
  MhRzRefund found;
  g_autoptr (MhRzAnswer) list = mh_gateway_heard (
      work->gateway,
      mh_razorpay_refunds (work->razorpay,
                           mh_record_text (work->refund, MH_GATEWAY_REFUND_PROVIDER_PAYMENT)));
  if (list->outcome != MH_RZ_OK)
    return mh_gateway_work_later (work, list, TRUE, error);
  if (find_ours (list->body, mh_record_id (work->refund), &found))
    return write_refund (work, &found, error);
  Fact fact = { NULL, MH_GATEWAY_REFUND_FAILED, answer->text };
  return mh_gateway_work_write (work, set_fact, &fact, error);
}

static gboolean
ask_for_it (MhGatewayWork *work, GError **error)
{
  MhRzRefund refund;
  GError *failed = NULL;
  if (!mh_gateway_work_sending (work, &failed))
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return failed == NULL;
    }

  g_autoptr (MhRzAnswer) answer = mh_gateway_heard (
      work->gateway,
      mh_razorpay_refund (
          work->razorpay, mh_record_text (work->refund, MH_GATEWAY_REFUND_PROVIDER_PAYMENT),
          mh_record_int (work->refund, MH_GATEWAY_REFUND_AMOUNT), mh_record_id (work->refund)));

  if (answer->outcome == MH_RZ_OK && mh_rz_read_refund (answer->body, &refund))
    return write_refund (work, &refund, error);
  if (answer->outcome == MH_RZ_REFUSED)
    return gateway_work_refund_refused (work, answer, error);

  /* the key of the call makes it safe to ask again */
  return mh_gateway_work_later (work, answer, TRUE, error);
}

static gboolean
gateway_work_refund_look (MhGatewayWork *work, GError **error)
{
  MhRzRefund refund;
  g_autoptr (MhRzAnswer) answer = mh_gateway_heard (
      work->gateway,
      mh_razorpay_refund_fetch (work->razorpay,
                                mh_record_text (work->refund, MH_GATEWAY_REFUND_PROVIDER_PAYMENT),
                                mh_record_text (work->refund, MH_GATEWAY_REFUND_PROVIDER_REFUND)));
  if (answer->outcome == MH_RZ_OK && mh_rz_read_refund (answer->body, &refund))
    return write_refund (work, &refund, error);
  return mh_gateway_work_later (work, answer, FALSE, error);
}

gboolean
mh_gateway_work_refund (MhGatewayWork *work, GError **error)
{
  if (mh_record_has (work->refund, MH_GATEWAY_REFUND_PROVIDER_REFUND))
    return gateway_work_refund_look (work, error);
  return ask_for_it (work, error);
}
