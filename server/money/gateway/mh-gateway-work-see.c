/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-work-private.h"
#include "shared/records/money/mh-gateway.h"

static void
see_payment (MhGatewaySeen *seen, JsonObject *object)
{
  if (seen->n < MH_GATEWAY_MOST_PAYMENTS && mh_rz_read_payment (object, &seen->payments[seen->n]))
    seen->n++;
}

static void
see_payments (MhGatewaySeen *seen, JsonArray *items)
{
  guint n = items != NULL ? json_array_get_length (items) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      if (JSON_NODE_HOLDS_OBJECT (node))
        see_payment (seen, json_node_get_object (node));
    }
}

/* Keeps the body of @answer (which it takes) for the payments in it. NULL: not in order; then
 * *out_failed is the answer, to be freed by the caller. */
static JsonObject *
gateway_work_see_keep (MhGatewayWork *work,
                       MhGatewaySeen *seen,
                       MhRzAnswer *answer,
                       MhRzAnswer **out_failed)
{
  mh_gateway_heard (work->gateway, answer);
  if (answer->outcome != MH_RZ_OK)
    {
      *out_failed = answer;
      return NULL;
    }
  JsonObject *body = g_steal_pointer (&answer->body);
  g_ptr_array_add (seen->bodies, body);
  mh_rz_answer_free (answer);
  return body;
}

static MhPayLinkState
qr_state (const MhRzPayLink *pay_link, gboolean closing, gint64 now)
{
  if (g_strcmp0 (pay_link->status, "closed") != 0)
    return MH_PAY_LINK_OPEN;
  if (g_strcmp0 (pay_link->close_reason, "paid") == 0)
    return MH_PAY_LINK_USED;
  return !closing && pay_link->until > 0 && pay_link->until * MH_SECOND <= now ? MH_PAY_LINK_EXPIRED
                                                                               : MH_PAY_LINK_CLOSED;
}

static MhPayLinkState
link_state (const MhRzPayLink *pay_link)
{
  if (g_strcmp0 (pay_link->status, "cancelled") == 0)
    return MH_PAY_LINK_CLOSED;
  if (g_strcmp0 (pay_link->status, "expired") == 0)
    return MH_PAY_LINK_EXPIRED;
  return g_strcmp0 (pay_link->status, "paid") == 0 ? MH_PAY_LINK_USED : MH_PAY_LINK_OPEN;
}

/* Close first, then ask for payments: one that came in between is seen. */
static MhRzAnswer *
see_qr (MhGatewayWork *work, MhGatewaySeen *seen, gboolean closing)
{
  gboolean told = mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT);
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  gint64 now = mh_clock_now (mh_store_clock (work->store));
  gint64 until = mh_record_int (work->attempt, MH_ATTEMPT_CLOSE_BY);
  MhRzAnswer *failed = NULL;
  MhRzPayLink pay_link;

  if (closing || told || (until > 0 && now >= until))
    {
      g_autoptr (MhRzAnswer) closed
          = closing ? mh_gateway_heard (work->gateway, mh_razorpay_qr_close (work->razorpay, id))
                    : NULL;
      if (closed != NULL && closed->outcome != MH_RZ_OK && closed->outcome != MH_RZ_REFUSED)
        return g_steal_pointer (&closed);
      JsonObject *body
          = gateway_work_see_keep (work, seen, mh_razorpay_qr_fetch (work->razorpay, id), &failed);
      if (body == NULL)
        return failed;
      if (mh_rz_read_pay_link (body, &pay_link))
        seen->state = qr_state (&pay_link, closing, now);
    }

  JsonObject *list
      = gateway_work_see_keep (work, seen, mh_razorpay_qr_payments (work->razorpay, id), &failed);
  if (list == NULL)
    return failed;

  see_payments (seen, mh_rz_items (list));
  seen->closed_for_good = seen->state != MH_PAY_LINK_OPEN;
  return NULL;
}

static gboolean
has_seen (const MhGatewaySeen *seen, const char *id)
{
  for (guint i = 0; i < seen->n; i++)
    if (g_strcmp0 (seen->payments[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static MhRzAnswer *
see_one (MhGatewayWork *work, MhGatewaySeen *seen, const char *id)
{
  MhRzAnswer *failed = NULL;
  if (has_seen (seen, id))
    return NULL;
  JsonObject *body
      = gateway_work_see_keep (work, seen, mh_razorpay_payment_fetch (work->razorpay, id), &failed);
  if (body != NULL)
    see_payment (seen, body);
  return failed;
}

/* A link tells little of its payments, and only of those that succeeded; its order, which it has
 * once somebody opened it, knows all. */
static MhRzAnswer *
see_link_payments (MhGatewayWork *work, MhGatewaySeen *seen, JsonObject *link, const char *order)
{
  MhRzAnswer *failed = NULL;
  JsonArray *items = mh_json_array (link, "payments");
  guint n = items != NULL ? MIN (json_array_get_length (items), MH_GATEWAY_MOST_PAYMENTS) : 0;

  if (order != NULL)
    {
      JsonObject *list = gateway_work_see_keep (
          work, seen, mh_razorpay_order_payments (work->razorpay, order), &failed);
      if (list == NULL)
        return failed;
      see_payments (seen, mh_rz_items (list));
    }

  for (guint i = 0; failed == NULL && i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      MhRzPayment brief;
      if (JSON_NODE_HOLDS_OBJECT (node) && mh_rz_read_payment (json_node_get_object (node), &brief))
        failed = see_one (work, seen, brief.id);
    }

  return failed;
}

static MhRzAnswer *
see_link (MhGatewayWork *work, MhGatewaySeen *seen, gboolean closing)
{
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  MhRzAnswer *failed = NULL;
  MhRzPayLink pay_link = { NULL };

  if (closing)
    {
      g_autoptr (MhRzAnswer) closed
          = mh_gateway_heard (work->gateway, mh_razorpay_link_cancel (work->razorpay, id));
      if (closed->outcome != MH_RZ_OK && closed->outcome != MH_RZ_REFUSED)
        return g_steal_pointer (&closed);
    }

  JsonObject *link
      = gateway_work_see_keep (work, seen, mh_razorpay_link_fetch (work->razorpay, id), &failed);
  if (link == NULL)
    return failed;

  if (mh_rz_read_pay_link (link, &pay_link))
    seen->state = link_state (&pay_link);
  seen->closed_for_good = seen->state != MH_PAY_LINK_OPEN;

  return see_link_payments (work, seen, link, pay_link.order);
}

/* An order cannot be closed: it simply is not shown any more. */
static MhRzAnswer *
see_order (MhGatewayWork *work, MhGatewaySeen *seen, gboolean closing)
{
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  MhRzAnswer *failed = NULL;
  JsonObject *list = gateway_work_see_keep (
      work, seen, mh_razorpay_order_payments (work->razorpay, id), &failed);
  if (list == NULL)
    return failed;
  see_payments (seen, mh_rz_items (list));
  seen->state = closing ? MH_PAY_LINK_CLOSED : MH_PAY_LINK_OPEN;
  seen->closed_for_good = closing;
  return NULL;
}

/* Would it be taken at the next look? */
gboolean
mh_gateway_work_takeable (MhGatewayWork *work, const MhRzPayment *payment)
{
  return g_strcmp0 (payment->status, MH_GATEWAY_PAYMENT_AUTHORIZED) == 0
         && payment->amount == mh_record_int (work->attempt, MH_ATTEMPT_AMOUNT)
         && g_strcmp0 (payment->currency, mh_record_text (work->attempt, MH_ATTEMPT_CURRENCY)) == 0;
}

/* What a bank holds for us is taken. An error may mean that it is ours already: read it again. */
static MhRzAnswer *
gateway_work_see_capture (MhGatewayWork *work, MhGatewaySeen *seen, MhRzPayment *payment)
{
  gint64 amount = mh_record_int (work->attempt, MH_ATTEMPT_AMOUNT);
  const char *currency = mh_record_text (work->attempt, MH_ATTEMPT_CURRENCY);
  MhRzAnswer *failed = NULL;
  if (!mh_gateway_work_takeable (work, payment))
    return NULL;

  g_autofree char *id = g_strdup (payment->id);
  JsonObject *body = gateway_work_see_keep (
      work, seen, mh_razorpay_payment_capture (work->razorpay, id, amount, currency), &failed);

  if (body == NULL && failed->outcome != MH_RZ_KEY)
    {
      mh_rz_answer_free (g_steal_pointer (&failed));
      body = gateway_work_see_keep (work, seen, mh_razorpay_payment_fetch (work->razorpay, id),
                                    &failed);
    }

  MhRzPayment now;
  if (body != NULL && mh_rz_read_payment (body, &now))
    *payment = now;

  return failed;
}

MhRzAnswer *
mh_gateway_work_see (MhGatewayWork *work, MhGatewaySeen *seen, gboolean closing)
{
  MhRzAnswer *failed
      = mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR)     ? see_qr (work, seen, closing)
        : mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_LINK) ? see_link (work, seen, closing)
                                                               : see_order (work, seen, closing);
  /* what a webhook told to be held is asked for by its number, wherever it is listed */
  if (failed == NULL && mh_gateway_work_is_status (work, MH_ATTEMPT_AUTHORIZED))
    failed = see_one (work, seen, mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_PAYMENT));
  for (guint i = 0; failed == NULL && i < seen->n; i++)
    failed = gateway_work_see_capture (work, seen, &seen->payments[i]);
  return failed;
}
