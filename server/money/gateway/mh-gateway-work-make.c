/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/messages/sms/mh-sms.h"
#include "server/money/gateway/mh-gateway-tell.h"
#include "server/money/gateway/mh-gateway-work-private.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

/* A desk does not wait longer for a code; what was perhaps made is looked for and closed later. */
#define GIVE_UP (2 * MH_MINUTE)

typedef struct
{
  const MhRzPayLink *pay_link; /* NULL: nothing was made */
  gboolean again;              /* an earlier question may still be answered at the provider */
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

  gboolean late = !mh_gateway_work_has (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_ASKED);
  mh_record_set_null (task, MH_GATEWAY_TASK_SENT_AT);
  mh_gateway_work_set_heard (task);
  if (made->again || (late && mh_attempt_is_ended (mh_record_text (attempt, MH_ATTEMPT_STATUS))))
    mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, TRUE);
  if (!mh_gateway_apply_opened (tx, work->server, &attempt, made->pay_link, error)
      || (made->image != NULL && !store_image (tx, &attempt, made, error)))
    return FALSE;

  *at = late ? mh_tx_now (tx) : mh_gateway_work_next (work, attempt, task, mh_tx_now (tx));
  return TRUE;
}

static gboolean
write_made (MhGatewayWork *work, JsonObject *object, GError **error)
{
  MhRzPayLink pay_link;
  Made made
      = { .pay_link = &pay_link, .again = mh_record_has (work->task, MH_GATEWAY_TASK_SENT_AT) };
  if (!mh_rz_read_pay_link (object, &pay_link))
    return FALSE;
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR) && pay_link.content == NULL
      && pay_link.url != NULL)
    made.image = mh_razorpay_image (work->razorpay, pay_link.url, &made.media);
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

  gboolean closing = mh_gateway_work_has (attempt, MH_ATTEMPT_STATUS, MH_ATTEMPT_CLOSING);
  gboolean doubt = mh_record_has (task, MH_GATEWAY_TASK_SENT_AT);
  mh_record_set_bool (task, MH_GATEWAY_TASK_DOUBT, doubt);
  *at = doubt ? mh_tx_now (tx) + mh_breaker_jitter (MH_GATEWAY_DOUBT_EVERY) : 0;
  if (closing)
    return mh_gateway_apply_pay_link (tx, work->server, &attempt, MH_PAY_LINK_CLOSED, error);

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
  mh_gateway_work_set_heard (task);
  return TRUE;
}

/* Without an answer for so long the desk takes other money; unless we never know, then somebody
 * must look at the provider's page, which the nightly look does. */
static gboolean
not_now (MhGatewayWork *work, const MhRzAnswer *answer, gboolean unknown, GError **error)
{
  gint64 now = mh_clock_now (mh_store_clock (work->store));
  gboolean wanted = mh_gateway_work_is_status (work, MH_ATTEMPT_ASKED)
                    || mh_gateway_work_is_status (work, MH_ATTEMPT_CLOSING);

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

/* *out_settled: it was found and taken over, or nothing can be said now. */
gboolean
mh_gateway_work_adopt (MhGatewayWork *work, gboolean *out_settled, GError **error)
{
  g_auto (MhGatewayFound) found = { NULL };
  g_autoptr (MhRzAnswer) failed = mh_gateway_work_look_up (work, NULL, &found);
  *out_settled = TRUE;
  if (failed != NULL)
    return not_now (work, failed, TRUE, error);
  mh_gateway_work_close_strays (work, &found);
  if (found.first != NULL)
    return write_made (work, found.first, error);
  *out_settled = FALSE;
  return TRUE;
}

static gint64
open_until (MhGatewayWork *work, gint64 now)
{
  MhServerConfig *config = mh_server_config (work->server);
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR))
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

  /* nobody writes to who has died since the link was asked for */
  if (*out_patient != NULL && mh_record_bool (*out_patient, MH_PATIENT_DECEASED))
    return TRUE;

  /* where the hospital sends short messages of its own, the link goes with them */
  if (*out_patient != NULL && mh_gateway_tell_by_sms (work->attempt)
      && !mh_sms_is_configured (work->server))
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
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR))
    return mh_gateway_heard (work->gateway, mh_razorpay_qr_create (work->razorpay, wanted));
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_LINK))
    return mh_gateway_heard (work->gateway, mh_razorpay_link_create (work->razorpay, wanted));
  return mh_gateway_heard (work->gateway, mh_razorpay_order_create (work->razorpay, wanted));
}

/* A no may mean that an earlier question, whose answer was lost, was answered with yes. */
static gboolean
gateway_work_make_refused (MhGatewayWork *work, const MhRzAnswer *answer, GError **error)
{
  gboolean settled = FALSE;
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_LINK)
      && !mh_gateway_work_adopt (work, &settled, error))
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

gboolean
mh_gateway_work_make (MhGatewayWork *work, GError **error)
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

  if (!mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_ORDER))
    wanted.until = open_until (work, mh_clock_now (mh_store_clock (work->store))) / MH_SECOND;
  g_autoptr (MhRzAnswer) answer = send_wanted (work, &wanted);

  if (is_about_time (answer))
    {
      wanted.until = 0;
      mh_rz_answer_free (answer);
      answer = send_wanted (work, &wanted);
    }

  MhRzPayLink pay_link;
  if (answer->outcome == MH_RZ_OK && mh_rz_read_pay_link (answer->body, &pay_link))
    return write_made (work, answer->body, error);
  if (answer->outcome == MH_RZ_REFUSED)
    return gateway_work_make_refused (work, answer, error);

  return not_now (work, answer, answer->outcome == MH_RZ_UNKNOWN || answer->outcome == MH_RZ_OK,
                  error);
}

gboolean
mh_gateway_work_nothing (MhGatewayWork *work, GError **error)
{
  return mh_gateway_work_write (work, clear_sent, NULL, error)
         && write_not_made (work, NULL, NULL, error);
}
