/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/gateway/mh-gateway-apply.h"
#include "server/gateway/mh-gateway-work.h"
#include "shared/records/mh-records.h"

/* How often an attempt is asked about: a code that somebody looks at, then less and less. */
#define SHOWN_FOR (15 * MH_MINUTE)
#define LINK_TIMES 7 /* as slow as a code */
#define SLOW_EVERY (5 * MH_MINUTE)
#define NIGHTLY MH_DAY
#define DOUBT_EVERY (10 * MH_SECOND)
#define ENDED_FOR (7 * MH_DAY)
/* A desk does not wait longer for a code; what was perhaps made is looked for and closed later. */
#define GIVE_UP (2 * MH_MINUTE)
/* More than any two clocks differ. */
#define LOOK_BACK MH_DAY
#define PAGE 100
#define MOST_PAGES 10
#define MOST_PAYMENTS 20

static gboolean
has_text (MhRecord *record, guint field, const char *text)
{
  return g_strcmp0 (mh_record_text (record, field), text) == 0;
}

static gboolean
is_kind (MhGatewayWork *work, const char *kind)
{
  return has_text (work->attempt, MH_ATTEMPT_KIND, kind);
}

static gboolean
is_status (MhGatewayWork *work, const char *status)
{
  return has_text (work->attempt, MH_ATTEMPT_STATUS, status);
}

/* --- what comes after --- */

static gint64
next_look (MhGatewayWork *work, MhRecord *attempt, MhRecord *task, gint64 now)
{
  const char *status = mh_record_text (attempt, MH_ATTEMPT_STATUS);
  gint64 poll = mh_server_config_int (mh_server_config (work->server), "razorpay.poll_seconds");
  gint64 age = now - mh_record_int (attempt, MH_CREATED_AT);
  gint64 wait = SLOW_EVERY;
  if (mh_attempt_is_ended (status))
    {
      gint64 ended = now - mh_record_int (attempt, MH_ATTEMPT_ENDED_AT);
      if (mh_record_bool (task, MH_GATEWAY_TASK_DOUBT))
        return now + mh_gateway_jitter (ended < SHOWN_FOR ? DOUBT_EVERY : NIGHTLY);
      return ended < ENDED_FOR ? now + mh_gateway_jitter (NIGHTLY) : 0;
    }
  if (g_str_equal (status, MH_ATTEMPT_CLOSING) || age < SHOWN_FOR)
    wait = poll * MH_SECOND;
  if (wait < SLOW_EVERY && g_str_equal (status, MH_ATTEMPT_OPEN)
      && !is_kind (work, MH_ATTEMPT_KIND_QR))
    wait *= LINK_TIMES;
  return now + mh_gateway_jitter (wait);
}

/* The provider answered: the count of failures begins anew. */
static void
set_heard (MhRecord *task)
{
  mh_record_set_int (task, MH_GATEWAY_TASK_TRIES, 0);
  mh_record_set_null (task, MH_GATEWAY_TASK_LAST_ERROR);
}

/* --- making --- */

typedef struct
{
  const MhRzDoor *door; /* NULL: nothing was made */
  gboolean again;       /* an earlier question may still be answered at the provider */
  const char *media;
  GBytes *image;
  const char *code;
  const char *why;
} Made;

static gboolean
store_image (MhTx *tx, MhRecord **attempt, Made *made, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (made->image, &length);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRecord) known
      = mh_store_find (mh_tx_db (tx), &mh_gateway_image_type, "id", mh_record_id (*attempt), NULL);
  if (known != NULL)
    return TRUE;
  MhRecord *image = mh_record_new (&mh_gateway_image_type);
  g_ptr_array_add (rows, image);
  mh_record_set_text (image, MH_ID, mh_record_id (*attempt));
  mh_record_set_text (image, MH_GATEWAY_IMAGE_MEDIA, made->media);
  mh_record_take_text (image, MH_GATEWAY_IMAGE_DATA, g_base64_encode (data, length));
  MhRecord *after = mh_record_copy (*attempt);
  mh_record_set_bool (after, MH_ATTEMPT_QR_IMAGE, TRUE);
  gboolean ok = mh_tx_insert_parts (tx, rows, error)
                && mh_tx_update (tx, *attempt, after, MH_AUDIT_UPDATE, NULL, error);
  g_object_unref (*attempt);
  *attempt = after;
  return ok;
}

/* An attempt that was given up meanwhile has left something open at the provider. */
static gboolean
set_made (MhTx *tx, MhGatewayWork *work, MhRecord *task, gint64 *at, gpointer data, GError **error)
{
  Made *made = data;
  g_autoptr (MhRecord) attempt
      = mh_store_get (mh_tx_db (tx), &mh_payment_attempt_type, mh_record_id (work->attempt), error);
  if (attempt == NULL)
    return FALSE;
  gboolean late = !has_text (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_ASKED);
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  set_heard (task);
  if (made->again || (late && mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS))))
    mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, TRUE);
  if (!mh_gateway_apply_opened (tx, work->server, &attempt, made->door, error)
      || (made->image != NULL && !store_image (tx, &attempt, made, error)))
    return FALSE;
  *at = late ? mh_tx_now (tx) : next_look (work, attempt, task, mh_tx_now (tx));
  return TRUE;
}

static gboolean
write_made (MhGatewayWork *work, JsonObject *object, GError **error)
{
  MhRzDoor door;
  Made made = { .door = &door, .again = mh_record_has (work->task, MH_GATEWAY_TASK_SENT_AT) };
  if (!mh_rz_read_door (object, &door))
    return FALSE;
  if (is_kind (work, MH_ATTEMPT_KIND_QR) && door.content == NULL && door.url != NULL)
    made.image = mh_razorpay_image (work->razorpay, door.url, &made.media);
  gboolean ok = mh_gateway_work_write (work, set_made, &made, error);
  g_clear_pointer (&made.image, g_bytes_unref);
  return ok;
}

static gboolean
set_not_made (MhTx *tx,
              MhGatewayWork *work,
              MhRecord *task,
              gint64 *at,
              gpointer data,
              GError **error)
{
  Made *made = data;
  g_autoptr (MhRecord) attempt
      = mh_store_get (mh_tx_db (tx), &mh_payment_attempt_type, mh_record_id (work->attempt), error);
  if (attempt == NULL)
    return FALSE;
  gboolean closing = has_text (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_CLOSING);
  gboolean doubt = mh_record_has (task, MH_GATEWAY_TASK_SENT_AT);
  mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, doubt);
  *at = doubt ? mh_tx_now (tx) + mh_gateway_jitter (DOUBT_EVERY) : 0;
  if (closing)
    return mh_gateway_apply_door (tx, work->server, &attempt, MH_DOOR_CLOSED, error);
  return mh_gateway_apply_failed (tx, work->server, &attempt, made->code, made->why, error);
}

static gboolean
write_not_made (MhGatewayWork *work, const char *code, const char *why, GError **error)
{
  Made made = { .code = code, .why = why };
  return mh_gateway_work_write (work, set_not_made, &made, error);
}

static gboolean
clear_sent (MhTx *tx,
            MhGatewayWork *work,
            MhRecord *task,
            gint64 *at,
            gpointer data,
            GError **error)
{
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  set_heard (task);
  return TRUE;
}

/* Without an answer for so long the desk takes other money; unless we never know, then somebody
 * must look at the provider's page, which the nightly look does. */
static gboolean
not_now (MhGatewayWork *work, const MhRzAnswer *answer, gboolean unknown, GError **error)
{
  gint64 now = mh_clock_now (mh_store_clock (work->store));
  gboolean wanted = is_status (work, MH_ATTEMPT_ASKED) || is_status (work, MH_ATTEMPT_CLOSING);
  if (answer->outcome == MH_RZ_KEY
      || (wanted && now - mh_record_int (work->attempt, MH_CREATED_AT) > GIVE_UP))
    {
      if (!unknown && !mh_gateway_work_write (work, clear_sent, NULL, error))
        return FALSE;
      return write_not_made (
          work, answer->outcome == MH_RZ_KEY ? "key" : "unreachable",
          answer->outcome == MH_RZ_KEY ? answer->text : "The payment gateway could not be reached.",
          error);
    }
  return mh_gateway_work_later (work, answer, unknown, error);
}

/* What the provider has that bears our mark. */
typedef struct
{
  GPtrArray *bodies;
  JsonObject *first; /* the latest; @keep where that is among them */
  GPtrArray *others; /* ids */
} Found;

static void
found_clear (Found *found)
{
  g_clear_pointer (&found->bodies, g_ptr_array_unref);
  g_clear_pointer (&found->others, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static void
sort_out (MhGatewayWork *work, JsonArray *items, const char *keep, Found *found)
{
  const char *reference = mh_record_id (work->attempt);
  guint n = items != NULL ? json_array_get_length (items) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      MhRzDoor door;
      if (!JSON_NODE_HOLDS_OBJECT (node) || !mh_rz_read_door (json_node_get_object (node), &door)
          || (g_strcmp0 (door.attempt, reference) != 0
              && g_strcmp0 (door.reference, reference) != 0))
        continue;
      if (keep != NULL ? g_strcmp0 (door.id, keep) == 0 : found->first == NULL)
        found->first = json_node_get_object (node);
      else
        g_ptr_array_add (found->others, (gpointer)door.id);
    }
}

static MhRzAnswer *
ask_page (MhGatewayWork *work, guint skip)
{
  const char *reference = mh_record_id (work->attempt);
  gint64 from = (mh_record_int (work->attempt, MH_CREATED_AT) - LOOK_BACK) / MH_SECOND;
  if (is_kind (work, MH_ATTEMPT_KIND_QR))
    return mh_razorpay_qr_list (work->razorpay, from, PAGE, skip);
  if (is_kind (work, MH_ATTEMPT_KIND_LINK))
    return mh_razorpay_links_by_reference (work->razorpay, reference);
  return mh_razorpay_orders_by_receipt (work->razorpay, reference);
}

/* Codes have no key to ask for, so the latest are gone through. NULL: done; else the answer that
 * was none. */
static MhRzAnswer *
look_up (MhGatewayWork *work, const char *keep, Found *found)
{
  guint n = PAGE;
  found->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  found->others = g_ptr_array_new ();
  for (guint page = 0; page < MOST_PAGES && n == PAGE; page++)
    {
      g_autoptr (MhRzAnswer) list = mh_gateway_heard (work->gateway, ask_page (work, page * PAGE));
      if (list->outcome != MH_RZ_OK)
        return g_steal_pointer (&list);
      JsonArray *items = mh_rz_items (list->body);
      sort_out (work, items, keep, found);
      n = items != NULL && is_kind (work, MH_ATTEMPT_KIND_QR) ? json_array_get_length (items) : 0;
      g_ptr_array_add (found->bodies, g_steal_pointer (&list->body));
    }
  return NULL;
}

/* Made by questions whose answers were lost, and never shown to anybody. */
static void
close_strays (MhGatewayWork *work, const Found *found)
{
  for (guint i = 0; i < found->others->len; i++)
    {
      const char *id = g_ptr_array_index (found->others, i);
      MhRzAnswer *answer = NULL;
      if (is_kind (work, MH_ATTEMPT_KIND_QR))
        answer = mh_gateway_heard (work->gateway, mh_razorpay_qr_close (work->razorpay, id));
      else if (is_kind (work, MH_ATTEMPT_KIND_LINK))
        answer = mh_gateway_heard (work->gateway, mh_razorpay_link_cancel (work->razorpay, id));
      mh_rz_answer_free (answer);
    }
}

/* *out_settled: it was found and taken over, or nothing can be said now. */
static gboolean
adopt (MhGatewayWork *work, gboolean *out_settled, GError **error)
{
  g_auto (Found) found = { NULL };
  g_autoptr (MhRzAnswer) failed = look_up (work, NULL, &found);
  *out_settled = TRUE;
  if (failed != NULL)
    return not_now (work, failed, TRUE, error);
  close_strays (work, &found);
  if (found.first != NULL)
    return write_made (work, found.first, error);
  *out_settled = FALSE;
  return TRUE;
}

static gint64
open_until (MhGatewayWork *work, gint64 now)
{
  MhServerConfig *config = mh_server_config (work->server);
  if (is_kind (work, MH_ATTEMPT_KIND_QR))
    return now + mh_server_config_int (config, "razorpay.qr_minutes") * MH_MINUTE;
  return now + mh_server_config_int (config, "razorpay.link_hours") * MH_HOUR;
}

/* What goes to the provider: numbers, the hospital's name, and where a link is to be sent. */
static gboolean
read_wanted (MhGatewayWork *work,
             MhRzWanted *wanted,
             MhRecord **out_hospital,
             MhRecord **out_patient,
             GError **error)
{
  const char *notify = mh_record_text (work->attempt, MH_ATTEMPT_NOTIFY);
  MhDb *db = mh_store_take_reader (work->store, error);
  if (db == NULL)
    return FALSE;
  *out_hospital = mh_store_get (db, &mh_hospital_type,
                                mh_record_text (work->order, MH_ORDER_HOSPITAL_ID), NULL);
  *out_patient = mh_store_get (db, &mh_patient_type,
                               mh_record_text (work->order, MH_ORDER_PATIENT_ID), NULL);
  mh_store_give_reader (work->store, db);
  wanted->reference = mh_record_id (work->attempt);
  wanted->order = mh_record_text (work->order, MH_ORDER_NUMBER);
  wanted->description = wanted->order;
  wanted->amount = mh_record_int (work->attempt, MH_ATTEMPT_AMOUNT);
  wanted->currency = mh_record_text (work->attempt, MH_ATTEMPT_CURRENCY);
  if (*out_hospital != NULL)
    wanted->name = mh_record_text (*out_hospital, MH_HOSPITAL_NAME);
  if (*out_patient != NULL
      && (g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_SMS) == 0
          || g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_BOTH) == 0))
    wanted->contact = mh_record_text (*out_patient, MH_PATIENT_PHONE);
  if (*out_patient != NULL
      && (g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_EMAIL) == 0
          || g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_BOTH) == 0))
    wanted->email = mh_record_text (*out_patient, MH_PATIENT_EMAIL);
  return TRUE;
}

static MhRzAnswer *
send_wanted (MhGatewayWork *work, const MhRzWanted *wanted)
{
  if (is_kind (work, MH_ATTEMPT_KIND_QR))
    return mh_gateway_heard (work->gateway, mh_razorpay_qr_create (work->razorpay, wanted));
  if (is_kind (work, MH_ATTEMPT_KIND_LINK))
    return mh_gateway_heard (work->gateway, mh_razorpay_link_create (work->razorpay, wanted));
  return mh_gateway_heard (work->gateway, mh_razorpay_order_create (work->razorpay, wanted));
}

/* A no may mean that an earlier question, whose answer was lost, was answered with yes. */
static gboolean
refused (MhGatewayWork *work, const MhRzAnswer *answer, GError **error)
{
  gboolean settled = FALSE;
  if (is_kind (work, MH_ATTEMPT_KIND_LINK) && !adopt (work, &settled, error))
    return FALSE;
  if (settled)
    return TRUE;
  return mh_gateway_work_write (work, clear_sent, NULL, error)
         && write_not_made (work, answer->reason != NULL ? answer->reason : "refused", answer->text,
                            error);
}

/* One of the two clocks is wrong: then the provider chooses the time. */
static gboolean
is_about_time (const MhRzAnswer *answer)
{
  return answer->outcome == MH_RZ_REFUSED
         && (g_strcmp0 (answer->field, "close_by") == 0
             || g_strcmp0 (answer->field, "expire_by") == 0
             || (answer->text != NULL
                 && (strstr (answer->text, "close_by") != NULL
                     || strstr (answer->text, "expire_by") != NULL)));
}

static gboolean
make (MhGatewayWork *work, GError **error)
{
  GError *failed = NULL;
  MhRzWanted wanted = { NULL };
  g_autoptr (MhRecord) hospital = NULL;
  g_autoptr (MhRecord) patient = NULL;
  if (!read_wanted (work, &wanted, &hospital, &patient, error))
    return FALSE;
  if (!mh_gateway_work_sending (work, &failed))
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return failed == NULL;
    }
  if (!is_kind (work, MH_ATTEMPT_KIND_ORDER))
    wanted.until = open_until (work, mh_clock_now (mh_store_clock (work->store))) / MH_SECOND;
  g_autoptr (MhRzAnswer) answer = send_wanted (work, &wanted);
  if (is_about_time (answer))
    {
      wanted.until = 0;
      mh_rz_answer_free (answer);
      answer = send_wanted (work, &wanted);
    }
  MhRzDoor door;
  if (answer->outcome == MH_RZ_OK && mh_rz_read_door (answer->body, &door))
    return write_made (work, answer->body, error);
  if (answer->outcome == MH_RZ_REFUSED)
    return refused (work, answer, error);
  return not_now (work, answer, answer->outcome == MH_RZ_UNKNOWN || answer->outcome == MH_RZ_OK,
                  error);
}

/* --- asking what became of it --- */

typedef struct
{
  GPtrArray *bodies; /* of JsonObject: what the payments below borrow from */
  MhRzPayment payments[MOST_PAYMENTS];
  guint n;
  MhDoorState state;
  gboolean closed_for_good; /* the provider confirms that nobody can pay any more */
} Seen;

static void
see_payment (Seen *seen, JsonObject *object)
{
  if (seen->n < MOST_PAYMENTS && mh_rz_read_payment (object, &seen->payments[seen->n]))
    seen->n++;
}

static void
see_payments (Seen *seen, JsonArray *items)
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
keep (MhGatewayWork *work, Seen *seen, MhRzAnswer *answer, MhRzAnswer **out_failed)
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

static MhDoorState
qr_state (const MhRzDoor *door, gboolean closing, gint64 now)
{
  if (g_strcmp0 (door->status, "closed") != 0)
    return MH_DOOR_OPEN;
  if (g_strcmp0 (door->close_reason, "paid") == 0)
    return MH_DOOR_USED;
  return !closing && door->until > 0 && door->until * MH_SECOND <= now ? MH_DOOR_EXPIRED
                                                                       : MH_DOOR_CLOSED;
}

static MhDoorState
link_state (const MhRzDoor *door)
{
  if (g_strcmp0 (door->status, "cancelled") == 0)
    return MH_DOOR_CLOSED;
  if (g_strcmp0 (door->status, "expired") == 0)
    return MH_DOOR_EXPIRED;
  return g_strcmp0 (door->status, "paid") == 0 ? MH_DOOR_USED : MH_DOOR_OPEN;
}

/* Close first, then ask for payments: one that came in between is seen. */
static MhRzAnswer *
see_qr (MhGatewayWork *work, Seen *seen, gboolean closing)
{
  gboolean told = mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT);
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  gint64 now = mh_clock_now (mh_store_clock (work->store));
  gint64 until = mh_record_int (work->attempt, MH_ATTEMPT_CLOSE_BY);
  MhRzAnswer *failed = NULL;
  MhRzDoor door;
  if (closing || told || (until > 0 && now >= until))
    {
      g_autoptr (MhRzAnswer) closed
          = closing ? mh_gateway_heard (work->gateway, mh_razorpay_qr_close (work->razorpay, id))
                    : NULL;
      if (closed != NULL && closed->outcome != MH_RZ_OK && closed->outcome != MH_RZ_REFUSED)
        return g_steal_pointer (&closed);
      JsonObject *body = keep (work, seen, mh_razorpay_qr_fetch (work->razorpay, id), &failed);
      if (body == NULL)
        return failed;
      if (mh_rz_read_door (body, &door))
        seen->state = qr_state (&door, closing, now);
    }
  JsonObject *list = keep (work, seen, mh_razorpay_qr_payments (work->razorpay, id), &failed);
  if (list == NULL)
    return failed;
  see_payments (seen, mh_rz_items (list));
  seen->closed_for_good = seen->state != MH_DOOR_OPEN;
  return NULL;
}

static gboolean
has_seen (const Seen *seen, const char *id)
{
  for (guint i = 0; i < seen->n; i++)
    if (g_strcmp0 (seen->payments[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static MhRzAnswer *
see_one (MhGatewayWork *work, Seen *seen, const char *id)
{
  MhRzAnswer *failed = NULL;
  if (has_seen (seen, id))
    return NULL;
  JsonObject *body = keep (work, seen, mh_razorpay_payment_fetch (work->razorpay, id), &failed);
  if (body != NULL)
    see_payment (seen, body);
  return failed;
}

/* A link tells little of its payments, and only of those that succeeded; its order, which it has
 * once somebody opened it, knows all. */
static MhRzAnswer *
see_link_payments (MhGatewayWork *work, Seen *seen, JsonObject *link, const char *order)
{
  MhRzAnswer *failed = NULL;
  JsonArray *items = mh_json_array (link, "payments");
  guint n = items != NULL ? MIN (json_array_get_length (items), MOST_PAYMENTS) : 0;
  if (order != NULL)
    {
      JsonObject *list
          = keep (work, seen, mh_razorpay_order_payments (work->razorpay, order), &failed);
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
see_link (MhGatewayWork *work, Seen *seen, gboolean closing)
{
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  MhRzAnswer *failed = NULL;
  MhRzDoor door = { NULL };
  if (closing)
    {
      g_autoptr (MhRzAnswer) closed
          = mh_gateway_heard (work->gateway, mh_razorpay_link_cancel (work->razorpay, id));
      if (closed->outcome != MH_RZ_OK && closed->outcome != MH_RZ_REFUSED)
        return g_steal_pointer (&closed);
    }
  JsonObject *link = keep (work, seen, mh_razorpay_link_fetch (work->razorpay, id), &failed);
  if (link == NULL)
    return failed;
  if (mh_rz_read_door (link, &door))
    seen->state = link_state (&door);
  seen->closed_for_good = seen->state != MH_DOOR_OPEN;
  return see_link_payments (work, seen, link, door.order);
}

/* An order cannot be closed: it simply is not shown any more. */
static MhRzAnswer *
see_order (MhGatewayWork *work, Seen *seen, gboolean closing)
{
  const char *id = mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID);
  MhRzAnswer *failed = NULL;
  JsonObject *list = keep (work, seen, mh_razorpay_order_payments (work->razorpay, id), &failed);
  if (list == NULL)
    return failed;
  see_payments (seen, mh_rz_items (list));
  seen->state = closing ? MH_DOOR_CLOSED : MH_DOOR_OPEN;
  seen->closed_for_good = closing;
  return NULL;
}

/* Would it be taken at the next look? */
static gboolean
is_takeable (MhGatewayWork *work, const MhRzPayment *payment)
{
  return g_strcmp0 (payment->status, MH_GATEWAY_PAYMENT_AUTHORIZED) == 0
         && payment->amount == mh_record_int (work->attempt, MH_ATTEMPT_AMOUNT)
         && g_strcmp0 (payment->currency, mh_record_text (work->attempt, MH_ATTEMPT_CURRENCY)) == 0;
}

/* What a bank holds for us is taken. An error may mean that it is ours already: read it again. */
static MhRzAnswer *
capture (MhGatewayWork *work, Seen *seen, MhRzPayment *payment)
{
  gint64 amount = mh_record_int (work->attempt, MH_ATTEMPT_AMOUNT);
  const char *currency = mh_record_text (work->attempt, MH_ATTEMPT_CURRENCY);
  MhRzAnswer *failed = NULL;
  if (!is_takeable (work, payment))
    return NULL;
  g_autofree char *id = g_strdup (payment->id);
  JsonObject *body = keep (
      work, seen, mh_razorpay_payment_capture (work->razorpay, id, amount, currency), &failed);
  if (body == NULL && failed->outcome != MH_RZ_KEY)
    {
      mh_rz_answer_free (g_steal_pointer (&failed));
      body = keep (work, seen, mh_razorpay_payment_fetch (work->razorpay, id), &failed);
    }
  MhRzPayment now;
  if (body != NULL && mh_rz_read_payment (body, &now))
    *payment = now;
  return failed;
}

static MhRzAnswer *
see_all (MhGatewayWork *work, Seen *seen, gboolean closing)
{
  MhRzAnswer *failed = is_kind (work, MH_ATTEMPT_KIND_QR)     ? see_qr (work, seen, closing)
                       : is_kind (work, MH_ATTEMPT_KIND_LINK) ? see_link (work, seen, closing)
                                                              : see_order (work, seen, closing);
  /* what a webhook told to be held is asked for by its number, wherever it is listed */
  if (failed == NULL && is_status (work, MH_ATTEMPT_AUTHORIZED))
    failed = see_one (work, seen, mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_PAYMENT));
  for (guint i = 0; failed == NULL && i < seen->n; i++)
    failed = capture (work, seen, &seen->payments[i]);
  return failed;
}

static gboolean
is_held (MhGatewayWork *work, const Seen *seen)
{
  for (guint i = 0; i < seen->n; i++)
    if (is_takeable (work, &seen->payments[i]))
      return TRUE;
  return FALSE;
}

/* The payment that used the door up is known: if it did not pay the attempt, nothing will. */
static gboolean
is_taken (const Seen *seen)
{
  for (guint i = 0; i < seen->n; i++)
    if (mh_gateway_payment_rank (seen->payments[i].status)
        >= mh_gateway_payment_rank (MH_GATEWAY_PAYMENT_CAPTURED))
      return TRUE;
  return FALSE;
}

/* Payments first: a door that closed because it was paid is not one that closed unpaid. */
static gboolean
set_seen (MhTx *tx, MhGatewayWork *work, MhRecord *task, gint64 *at, gpointer data, GError **error)
{
  Seen *seen = data;
  g_autoptr (MhRecord) attempt
      = mh_store_get (mh_tx_db (tx), &mh_payment_attempt_type, mh_record_id (work->attempt), error);
  if (attempt == NULL)
    return FALSE;
  set_heard (task);
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  if (seen->closed_for_good || is_kind (work, MH_ATTEMPT_KIND_ORDER)
      || has_text (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_PAID)
      || !mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS)))
    mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, FALSE);
  for (guint i = 0; i < seen->n; i++)
    if (!mh_gateway_apply_payment (tx, work->server, &attempt, &seen->payments[i], error))
      return FALSE;
  MhDoorState state = seen->state == MH_DOOR_USED && is_taken (seen) ? MH_DOOR_CLOSED : seen->state;
  if (!is_held (work, seen) && !mh_gateway_apply_door (tx, work->server, &attempt, state, error))
    return FALSE;
  *at = next_look (work, attempt, task, mh_tx_now (tx));
  return TRUE;
}

/* What was answered late to a question that was asked twice. */
static MhRzAnswer *
see_strays (MhGatewayWork *work)
{
  g_auto (Found) found = { NULL };
  if (!mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT))
    return NULL;
  MhRzAnswer *failed
      = look_up (work, mh_record_text (work->attempt, MH_ATTEMPT_PROVIDER_ID), &found);
  if (failed == NULL)
    close_strays (work, &found);
  return failed;
}

static gboolean
look (MhGatewayWork *work, GError **error)
{
  Seen seen = { .bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref) };
  gboolean ended = mh_attempt_is_ended (mh_record_text (work->attempt, MH_ATTEMPT_STATUS))
                   && !is_status (work, MH_ATTEMPT_PAID);
  gboolean closing = is_status (work, MH_ATTEMPT_CLOSING)
                     || (ended && mh_record_bool (work->task, MH_GATEWAY_TASK_DOUBT));
  g_autoptr (MhRzAnswer) failed = see_strays (work);
  if (failed == NULL)
    failed = see_all (work, &seen, closing);
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
    return look (work, error);
  if (unsure && (!adopt (work, &settled, error) || settled))
    return settled;
  if (is_status (work, MH_ATTEMPT_ASKED))
    return make (work, error);
  return mh_gateway_work_write (work, clear_sent, NULL, error)
         && write_not_made (work, NULL, NULL, error);
}
