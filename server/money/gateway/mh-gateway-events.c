/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-events.h"

#include <string.h>

#include "server/money/gateway/mh-gateway-apply.h"
#include "server/money/gateway/mh-gateway-plan.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"

#define LONGEST_EVENT_ID 100

/* --- taking --- */

typedef struct
{
  MhServer *server;
  const char *event_id;
  char *body;
  gboolean known;
} Taking;

static gboolean
gateway_events_is_signed (MhServer *server, GBytes *body, const char *signature)
{
  static const char *const keys[] = { "razorpay.webhook_secret", "razorpay.webhook_secret_old" };
  gsize length = 0;
  const void *data = g_bytes_get_data (body, &length);
  gboolean good = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    good |= mh_rz_is_signed (mh_server_config_text (mh_server_config (server), keys[i]), data,
                             length, signature);
  return good;
}

gboolean
mh_gateway_events_queue (MhTx *tx, MhServer *server, const char *id, GError **error)
{
  /* the job of a process that died keeps its key until its lease is over: not ours of this minute
   */
  g_autofree char *key
      = g_strdup_printf ("gateway-event:%s:%" G_GINT64_FORMAT, id, mh_tx_now (tx) / MH_MINUTE);
  g_autofree char *payload = g_strdup_printf ("{\"event\":\"%s\"}", id);
  MhJobWanted wanted = { .kind = MH_JOB_GATEWAY_EVENT, .payload = payload, .dedupe_key = key };
  mh_jobs_wake_after_commit (mh_server_jobs (server));
  return mh_jobs_enqueue (tx, &wanted, error);
}

static gboolean
gateway_events_tx_take (MhTx *tx, gpointer data, GError **error)
{
  Taking *taking = data;
  GError *failed = NULL;
  g_autoptr (MhRecord) known = mh_store_find (mh_tx_db (tx), &mh_gateway_event_type, "event_id",
                                              taking->event_id, &failed);

  taking->known = known != NULL;
  if (failed != NULL || known != NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return failed == NULL;
    }

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *event = mh_record_new (&mh_gateway_event_type);
  g_ptr_array_add (rows, event);
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_GATEWAY_EVENT_EVENT_ID, taking->event_id);
  mh_record_set_text (event, MH_GATEWAY_EVENT_BODY, taking->body);
  mh_record_set_text (event, MH_GATEWAY_EVENT_STATUS, MH_GATEWAY_EVENT_WAITING);
  mh_record_set_int (event, MH_GATEWAY_EVENT_RECEIVED_AT, mh_tx_now (tx));

  return mh_tx_insert_parts (tx, rows, error)
         && mh_gateway_events_queue (tx, taking->server, mh_record_id (event), error);
}

/* The provider's number of the event; of one that came without, the hash of what it says. */
static char *
name_event (const char *event_id, GBytes *body)
{
  if (event_id != NULL && event_id[0] != 0 && strlen (event_id) <= LONGEST_EVENT_ID
      && g_str_is_ascii (event_id))
    return g_strdup (event_id);
  g_autofree char *hash = mh_sha256_of_bytes (body);
  return g_strconcat ("body:", hash, NULL);
}

gboolean
mh_gateway_events_take (MhServer *server,
                        GBytes *body,
                        const char *signature,
                        const char *event_id,
                        GError **error)
{
  static const MhWho who = { .user_name = "gateway" };
  MhGateway *gateway = mh_server_gateway (server);
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  if (length > MH_GATEWAY_MAX_EVENT)
    {
      mh_error_set (error, MH_ERROR_TOO_LARGE, "The body is too large.");
      return FALSE;
    }

  if (!gateway_events_is_signed (server, body, signature))
    {
      mh_gateway_count (gateway, MH_GATEWAY_EVENTS_FORGED);
      mh_error_set (error, MH_ERROR_MALFORMED, "This message is not accepted.");
      return FALSE;
    }

  g_autofree char *name = name_event (event_id, body);
  Taking taking = { .server = server, .event_id = name };

  /* what cannot be text cannot be JSON either: it is kept so that somebody can see that it came */
  g_autofree char *text = g_utf8_make_valid (data != NULL ? data : "", (gssize)length);
  taking.body = text;
  if (!mh_store_write (mh_server_store (server), &who, gateway_events_tx_take, &taking, error))
    return FALSE;

  mh_gateway_count (gateway, taking.known ? MH_GATEWAY_EVENTS_AGAIN : MH_GATEWAY_EVENTS);
  mh_jobs_committed (mh_server_jobs (server));
  return TRUE;
}

/* --- working --- */

typedef struct
{
  MhTx *tx;
  MhServer *server;
  JsonObject *event;
  const char *name;
  const char *note; /* why it was let be; NULL: it was not */
} Working;

static gboolean
read_pay_link (JsonObject *event, MhRzPayLink *out_pay_link)
{
  static const char *const names[] = { "qr_code", "payment_link" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *entity = mh_rz_entity (event, names[i]);
      if (entity != NULL && mh_rz_read_pay_link (entity, out_pay_link))
        return TRUE;
    }
  return FALSE;
}

/* Inside a payment_link event the order's id comes without its prefix; the payment's has it. */
static gboolean
work_payment (Working *working, GError **error)
{
  MhRzPayment payment = { NULL };
  MhRzPayLink pay_link;
  GError *failed = NULL;
  JsonObject *entity = mh_rz_entity (working->event, "payment");
  gboolean has_payment = entity != NULL && mh_rz_read_payment (entity, &payment);
  gboolean has_pay_link = read_pay_link (working->event, &pay_link);
  g_autoptr (MhRecord) attempt = mh_gateway_apply_find (mh_tx_db (working->tx), &payment,
                                                        has_pay_link ? &pay_link : NULL, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  if (attempt == NULL)
    {
      working->note = "not a payment of this hospital";
      return TRUE;
    }

  /* the answer to our own question may be lost or still on its way: then this is how we learn */
  if (has_pay_link && !mh_record_has (attempt, MH_ATTEMPT_PROVIDER_ID)
      && (pay_link.content != NULL || g_str_has_prefix (pay_link.id, "plink_"))
      && !mh_gateway_apply_opened (working->tx, working->server, &attempt, &pay_link, error))
    return FALSE;
  if (has_payment)
    return mh_gateway_apply_payment (working->tx, working->server, &attempt, &payment, error);

  /* a snapshot of a code or link may be old: the provider is asked how it stands now */
  if (mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS))
      || g_str_has_suffix (working->name, ".created"))
    return TRUE;

  return mh_gateway_plan_doubt (working->tx, working->server, mh_record_id (attempt), error);
}

/* Given back at the provider's own page, by nobody here: the books do not know of it. */
static gboolean
foreign_refund (Working *working, const MhRzRefund *refund, GError **error)
{
  g_autoptr (MhRecord) payment = mh_store_find (mh_tx_db (working->tx), &mh_gateway_payment_type,
                                                "provider_payment", refund->payment, NULL);
  g_autofree char *ref = g_strconcat ("refund:", refund->id, NULL);

  if (payment == NULL)
    {
      working->note = "not a refund of this hospital";
      return TRUE;
    }

  const MhGatewayNotice notice
      = { .hospital_id = mh_record_text (payment, MH_GATEWAY_PAYMENT_HOSPITAL_ID),
          .order_id = mh_record_text (payment, MH_GATEWAY_PAYMENT_ORDER_ID),
          .kind = MH_GATEWAY_NOTICE_REFUND,
          .ref = ref,
          .amount = refund->amount,
          .text = "Refunded at the gateway's own page; the books do not know of it." };
  return mh_gateway_apply_notice (working->tx, &notice, error);
}

static gboolean
work_refund (Working *working, GError **error)
{
  MhRzRefund refund;
  GError *failed = NULL;
  JsonObject *entity = mh_rz_entity (working->event, "refund");

  if (entity == NULL || !mh_rz_read_refund (entity, &refund))
    {
      working->note = "no refund in it";
      return TRUE;
    }

  MhDb *db = mh_tx_db (working->tx);
  g_autoptr (MhRecord) ours
      = mh_store_find (db, &mh_gateway_refund_type, "provider_refund", refund.id, &failed);

  if (ours == NULL && failed == NULL && refund.receipt != NULL)
    ours = mh_store_find (db, &mh_gateway_refund_type, "id", refund.receipt, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  if (ours == NULL)
    return foreign_refund (working, &refund, error);

  const char *status = MH_GATEWAY_REFUND_PENDING;
  if (g_strcmp0 (refund.status, "processed") == 0)
    status = MH_GATEWAY_REFUND_PROCESSED;
  else if (g_strcmp0 (refund.status, "failed") == 0)
    status = MH_GATEWAY_REFUND_FAILED;

  return mh_gateway_apply_refund (
      MH_REQUEST_TX (working->tx, working->server, NULL), mh_record_id (ours), refund.id, status,
      g_str_equal (status, MH_GATEWAY_REFUND_FAILED) ? "The bank did not take the refund." : NULL,
      error);
}

static gboolean
work_dispute (Working *working, GError **error)
{
  JsonObject *dispute = mh_rz_entity (working->event, "dispute");
  const char *id = dispute != NULL ? mh_rz_text (dispute, "id") : NULL;
  const char *of = dispute != NULL ? mh_rz_text (dispute, "payment_id") : NULL;
  JsonObject *payment = mh_rz_entity (working->event, "payment");

  if (of == NULL && payment != NULL)
    of = mh_rz_text (payment, "id");
  g_autoptr (MhRecord) known
      = of != NULL ? mh_store_find (mh_tx_db (working->tx), &mh_gateway_payment_type,
                                    "provider_payment", of, NULL)
                   : NULL;

  if (id == NULL || known == NULL)
    {
      working->note = "not a payment of this hospital";
      return TRUE;
    }

  const char *stage = strrchr (working->name, '.') + 1;
  g_autofree char *ref = g_strconcat ("dispute:", id, ":", stage, NULL);
  g_autofree char *text = g_strdup_printf ("Dispute %s of payment %s: %s.", id, of, stage);

  const MhGatewayNotice notice
      = { .hospital_id = mh_record_text (known, MH_GATEWAY_PAYMENT_HOSPITAL_ID),
          .order_id = mh_record_text (known, MH_GATEWAY_PAYMENT_ORDER_ID),
          .kind = MH_GATEWAY_NOTICE_DISPUTE,
          .ref = ref,
          .amount = mh_rz_int (dispute, "amount", 0),
          .text = text };
  return mh_gateway_apply_notice (working->tx, &notice, error);
}

static gboolean
end_downtime (MhTx *tx, const char *ref, GError **error)
{
  g_autoptr (MhRecord) before
      = mh_store_find (mh_tx_db (tx), &mh_gateway_notice_type, "ref", ref, NULL);
  if (before == NULL || mh_record_has (before, MH_GATEWAY_NOTICE_RESOLVED_AT))
    return TRUE;
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_GATEWAY_NOTICE_RESOLVED_AT, mh_tx_now (tx));
  mh_record_set_text (after, MH_GATEWAY_NOTICE_RESOLVED_BY, "gateway");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
work_downtime (Working *working, GError **error)
{
  JsonObject *downtime = mh_rz_entity (working->event, "payment.downtime");
  if (downtime == NULL)
    downtime = mh_rz_entity (working->event, "downtime");
  const char *id = downtime != NULL ? mh_rz_text (downtime, "id") : NULL;
  const char *method = downtime != NULL ? mh_rz_text (downtime, "method") : NULL;

  if (id == NULL)
    {
      working->note = "no downtime in it";
      return TRUE;
    }

  g_autofree char *ref = g_strconcat ("downtime:", id, NULL);
  if (g_str_has_suffix (working->name, ".resolved"))
    return end_downtime (working->tx, ref, error);

  g_autofree char *text = g_strdup_printf ("Payments by %s may fail at the moment.",
                                           method != NULL ? method : "some banks");
  const MhGatewayNotice notice = { .kind = MH_GATEWAY_NOTICE_DOWNTIME, .ref = ref, .text = text };
  return mh_gateway_apply_notice (working->tx, &notice, error);
}

static gboolean
is_our_account (Working *working)
{
  const char *wanted
      = mh_server_config_text (mh_server_config (working->server), "razorpay.account_id");
  return wanted[0] == 0 || g_strcmp0 (mh_rz_text (working->event, "account_id"), wanted) == 0;
}

/* clang-format off */
static const struct
{
  const char *prefix;
  gboolean (*work) (Working *working, GError **error);
} kinds[] = {
  { "payment.dispute.", work_dispute },
  { "payment.downtime.", work_downtime },
  { "payment.", work_payment },
  { "order.paid", work_payment },
  { "payment_link.", work_payment },
  { "qr_code.", work_payment },
  { "refund.", work_refund },
};
/* clang-format on */

static gboolean
work_event (Working *working, GError **error)
{
  if (working->event == NULL)
    working->note = "cannot be read";
  else if (!is_our_account (working))
    working->note = "of another account";
  else if (working->name == NULL)
    working->note = "has no name";

  if (working->note != NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (working->name, kinds[i].prefix))
      return kinds[i].work (working, error);

  working->note = "of a kind that is not used here";
  return TRUE;
}

static char *
gateway_events_event_of (MhRecord *job)
{
  const char *text = mh_record_text (job, MH_JOB_PAYLOAD);
  g_autoptr (JsonObject) payload = mh_json_parse_object (text != NULL ? text : "", -1, NULL);
  return payload != NULL ? g_strdup (mh_json_text (payload, "event")) : NULL;
}

gboolean
mh_gateway_events_work (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autofree char *id = gateway_events_event_of (job);
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_gateway_event_type, id != NULL ? id : "", error);
  if (before == NULL)
    return FALSE;
  if (g_strcmp0 (mh_record_text (before, MH_GATEWAY_EVENT_STATUS), MH_GATEWAY_EVENT_WAITING) != 0)
    return TRUE;

  const char *body = mh_record_text (before, MH_GATEWAY_EVENT_BODY);
  g_autoptr (JsonObject) event = mh_json_parse_object (body != NULL ? body : "", -1, NULL);
  Working working = { .tx = tx, .server = data, .event = event };

  working.name = event != NULL ? mh_rz_text (event, "event") : NULL;
  if (!work_event (&working, error))
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (working.name != NULL)
    mh_record_take_text (after, MH_GATEWAY_EVENT_NAME, g_strndup (working.name, 80));
  mh_record_set_text (after, MH_GATEWAY_EVENT_STATUS,
                      working.note != NULL ? MH_GATEWAY_EVENT_IGNORED : MH_GATEWAY_EVENT_DONE);
  mh_record_set_text (after, MH_GATEWAY_EVENT_NOTE, working.note);

  return mh_tx_update_part (tx, before, after, error);
}
