/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-gateway.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_attempt_kind_codes[] = {
  { MH_ATTEMPT_KIND_QR, N_("QR code") },
  { MH_ATTEMPT_KIND_LINK, N_("Payment link") },
  { MH_ATTEMPT_KIND_ORDER, N_("Checkout page") },
  { NULL },
};

const MhCode mh_attempt_status_codes[] = {
  { MH_ATTEMPT_ASKED, N_("Asking the gateway") },
  { MH_ATTEMPT_OPEN, N_("Waiting for the payment") },
  { MH_ATTEMPT_AUTHORIZED, N_("Waiting for the bank") },
  { MH_ATTEMPT_PAID, NS_("Paid") },
  { MH_ATTEMPT_FAILED, NS_("Failed") },
  { MH_ATTEMPT_EXPIRED, N_("Time ran out") },
  { MH_ATTEMPT_CLOSING, N_("Being closed") },
  { MH_ATTEMPT_CLOSED, N_("Closed unpaid") },
  { NULL },
};

const MhCode mh_attempt_notify_codes[] = {
  { MH_ATTEMPT_NOTIFY_NONE, N_("Nobody") },
  { MH_ATTEMPT_NOTIFY_SMS, N_("By SMS") },
  { MH_ATTEMPT_NOTIFY_EMAIL, N_("By e-mail") },
  { MH_ATTEMPT_NOTIFY_BOTH, N_("By SMS and e-mail") },
  { NULL },
};

const MhCode mh_attempt_then_codes[] = {
  { MH_ATTEMPT_THEN_CONVERT, N_("Convert to cash") },
  { MH_ATTEMPT_THEN_CANCEL, N_("Cancel the order") },
  { NULL },
};

const MhCode mh_gateway_payment_status_codes[] = {
  { MH_GATEWAY_PAYMENT_CREATED, N_("Started") },
  { MH_GATEWAY_PAYMENT_FAILED, NS_("Failed") },
  { MH_GATEWAY_PAYMENT_AUTHORIZED, N_("Authorised") },
  { MH_GATEWAY_PAYMENT_CAPTURED, NS_("Received") },
  { MH_GATEWAY_PAYMENT_REFUNDED, N_("Refunded") },
  { NULL },
};

const MhCode mh_gateway_refund_status_codes[] = {
  { MH_GATEWAY_REFUND_ASKED, N_("Asking the gateway") },
  { MH_GATEWAY_REFUND_PENDING, N_("On its way") },
  { MH_GATEWAY_REFUND_PROCESSED, N_("Refunded") },
  { MH_GATEWAY_REFUND_FAILED, NS_("Failed") },
  { NULL },
};

const MhCode mh_gateway_event_status_codes[] = {
  { MH_GATEWAY_EVENT_WAITING, N_("Waiting") },
  { MH_GATEWAY_EVENT_DONE, NS_("Done") },
  { MH_GATEWAY_EVENT_IGNORED, N_("Ignored") },
  { NULL },
};

const MhCode mh_gateway_task_what_codes[] = {
  { MH_GATEWAY_TASK_ATTEMPT, N_("Payment attempt") },
  { MH_GATEWAY_TASK_REFUND, NS_("Refund") },
  { NULL },
};

const MhCode mh_gateway_notice_kind_codes[] = {
  { MH_GATEWAY_NOTICE_CURRENCY, N_("Paid in another currency") },
  { MH_GATEWAY_NOTICE_AMOUNT, N_("Another amount was paid") },
  { MH_GATEWAY_NOTICE_DISPUTE, N_("Disputed payment") },
  { MH_GATEWAY_NOTICE_DOWNTIME, N_("A bank or network is down") },
  { MH_GATEWAY_NOTICE_REFUND, N_("Refunded at the gateway") },
  { NULL },
};

const MhCode mh_breaker_codes[] = {
  { MH_BREAKER_CLOSED, N_("In order") },
  { MH_BREAKER_OPEN, N_("Not asked for the moment") },
  { MH_BREAKER_HALF_OPEN, N_("Being tried again") },
  { NULL },
};

static const MhField payment_attempt_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ATTEMPT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ATTEMPT_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_ATTEMPT_KIND]             = { "kind", MH_KIND_ENUM, .label = N_("Way to pay"), .codes = mh_attempt_kind_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_ATTEMPT_NOTIFY]           = { "notify", MH_KIND_ENUM, .label = N_("Send the link"), .codes = mh_attempt_notify_codes, .flags = MH_IMMUTABLE },
  [MH_ATTEMPT_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_attempt_status_codes, .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_ATTEMPT_AMOUNT]           = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_IMMUTABLE | MH_BRIEF, .at_least = 100, .at_most = MH_MOST_MONEY,
    .help = N_("All that is due when nothing is said") },
  [MH_ATTEMPT_CURRENCY]         = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_ATTEMPT_RECEIVED]         = { "received", MH_KIND_MONEY, .label = N_("Received"), .flags = MH_SERVER_SET },
  [MH_ATTEMPT_PROVIDER_ID]      = { "provider_id", MH_KIND_TEXT, .label = N_("Provider's number"), .flags = MH_SERVER_SET | MH_INDEX, .max = 80,
    .help = N_("Of the QR code, the link or the order") },
  [MH_ATTEMPT_PROVIDER_ORDER]   = { "provider_order", MH_KIND_TEXT, .label = N_("Provider's order"), .flags = MH_SERVER_SET | MH_INDEX, .max = 80 },
  [MH_ATTEMPT_PROVIDER_PAYMENT] = { "provider_payment", MH_KIND_TEXT, .label = N_("Provider's payment"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_ATTEMPT_QR_CONTENT]       = { "qr_content", MH_KIND_TEXT, .label = N_("Content of the QR code"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 1000 },
  [MH_ATTEMPT_QR_IMAGE]         = { "qr_image", MH_KIND_BOOL, .label = N_("Picture of the QR code"), .flags = MH_SERVER_SET | MH_NO_FORM,
    .help = N_("The server has the provider's picture, for codes whose content is not told") },
  [MH_ATTEMPT_URL]              = { "url", MH_KIND_TEXT, .label = N_("Address"), .flags = MH_SERVER_SET, .max = 500 },
  [MH_ATTEMPT_CLOSE_BY]         = { "close_by", MH_KIND_INSTANT, .label = N_("To be paid until"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ATTEMPT_OPENED_AT]        = { "opened_at", MH_KIND_INSTANT, .label = N_("Opened"), .flags = MH_SERVER_SET },
  [MH_ATTEMPT_PAID_AT]          = { "paid_at", MH_KIND_INSTANT, .label = N_("Paid"), .flags = MH_SERVER_SET },
  [MH_ATTEMPT_ENDED_AT]         = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_ATTEMPT_FAILURE_CODE]     = { "failure_code", MH_KIND_TEXT, .label = N_("Code of the failure"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 60 },
  [MH_ATTEMPT_FAILURE]          = { "failure", MH_KIND_TEXT, .label = N_("Failure"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 400 },
  [MH_ATTEMPT_THEN]             = { "afterwards", MH_KIND_ENUM, .label = N_("When it is closed"), .codes = mh_attempt_then_codes, .flags = MH_SERVER_SET },
  [MH_ATTEMPT_ASKED_BY]         = { "asked_by", MH_KIND_REF, .label = N_("Asked for by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ATTEMPT_ASKED_NAME]       = { "asked_name", MH_KIND_TEXT, .label = N_("Asked for by, name"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (payment_attempt_fields) == MH_ATTEMPT_N_FIELDS);

static const MhField gateway_payment_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_PAYMENT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_GATEWAY_PAYMENT_ATTEMPT_ID]       = { "attempt_id", MH_KIND_REF, .label = N_("Attempt"), .target = &mh_payment_attempt_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_GATEWAY_PAYMENT_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_GATEWAY_PAYMENT_PROVIDER_PAYMENT] = { "provider_payment", MH_KIND_TEXT, .label = N_("Provider's payment"), .flags = MH_SERVER_SET | MH_UNIQUE, .max = 80 },
  [MH_GATEWAY_PAYMENT_PROVIDER_ORDER]   = { "provider_order", MH_KIND_TEXT, .label = N_("Provider's order"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_GATEWAY_PAYMENT_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_gateway_payment_status_codes, .flags = MH_SERVER_SET },
  [MH_GATEWAY_PAYMENT_METHOD]           = { "method", MH_KIND_TEXT, .label = N_("Method"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_GATEWAY_PAYMENT_AMOUNT]           = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_PAYMENT_CURRENCY]         = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .max = 8 },
  [MH_GATEWAY_PAYMENT_FEE]              = { "fee", MH_KIND_MONEY, .label = N_("Provider's fee"), .flags = MH_SERVER_SET, .help = N_("With its tax") },
  [MH_GATEWAY_PAYMENT_TAX]              = { "tax", MH_KIND_MONEY, .label = N_("Tax on the fee"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_PAYMENT_REFUNDED_AMOUNT]  = { "refunded_amount", MH_KIND_MONEY, .label = N_("Refunded"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_PAYMENT_CAPTURED_AT]      = { "captured_at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET | MH_INDEX },
  [MH_GATEWAY_PAYMENT_FAILURE]          = { "failure", MH_KIND_TEXT, .label = N_("Failure"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_GATEWAY_PAYMENT_CREDITED]         = { "credited", MH_KIND_TEXT, .label = N_("Credited as"), .flags = MH_SERVER_SET, .max = 36,
    .help = N_("The payment in the hospital's books") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_payment_fields) == MH_GATEWAY_PAYMENT_N_FIELDS);

static const MhField gateway_refund_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_REFUND_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_GATEWAY_REFUND_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_GATEWAY_REFUND_PROVIDER_PAYMENT] = { "provider_payment", MH_KIND_TEXT, .label = N_("Provider's payment"), .flags = MH_SERVER_SET | MH_INDEX, .max = 80 },
  [MH_GATEWAY_REFUND_PROVIDER_REFUND]  = { "provider_refund", MH_KIND_TEXT, .label = N_("Provider's refund"), .flags = MH_SERVER_SET | MH_INDEX, .max = 80 },
  [MH_GATEWAY_REFUND_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_gateway_refund_status_codes, .flags = MH_SERVER_SET },
  [MH_GATEWAY_REFUND_AMOUNT]           = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_REFUND_CURRENCY]         = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .max = 8 },
  [MH_GATEWAY_REFUND_FAILURE]          = { "failure", MH_KIND_TEXT, .label = N_("Failure"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_refund_fields) == MH_GATEWAY_REFUND_N_FIELDS);

static const MhField gateway_event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_EVENT_EVENT_ID]    = { "event_id", MH_KIND_TEXT, .label = N_("Event's number"), .flags = MH_SERVER_SET | MH_UNIQUE, .max = 120,
    .help = N_("The provider's; a hash of the body when it sent none") },
  [MH_GATEWAY_EVENT_BODY]        = { "body", MH_KIND_LONG_TEXT, .label = N_("Body"), .flags = MH_SECRET | MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 800000 },
  [MH_GATEWAY_EVENT_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Event"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_GATEWAY_EVENT_STATUS]      = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_gateway_event_status_codes, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_GATEWAY_EVENT_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_GATEWAY_EVENT_RECEIVED_AT] = { "received_at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET | MH_INDEX },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_event_fields) == MH_GATEWAY_EVENT_N_FIELDS);

static const MhField gateway_task_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_TASK_WHAT]       = { "what", MH_KIND_ENUM, .label = N_("What"), .codes = mh_gateway_task_what_codes, .flags = MH_SERVER_SET },
  [MH_GATEWAY_TASK_STEP]       = { "step", MH_KIND_INT, .label = N_("Step"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_TASK_TRIES]      = { "tries", MH_KIND_INT, .label = N_("Tries"), .flags = MH_SERVER_SET, .help = N_("Without an answer, one after another") },
  [MH_GATEWAY_TASK_NEXT_AT]    = { "next_at", MH_KIND_INSTANT, .label = N_("Next"), .flags = MH_SERVER_SET | MH_INDEX, .help = N_("Empty: nothing is left to be asked") },
  [MH_GATEWAY_TASK_SENT_AT]    = { "sent_at", MH_KIND_INSTANT, .label = N_("Sent"), .flags = MH_SERVER_SET,
    .help = N_("A call that makes something was sent and its answer is not known") },
  [MH_GATEWAY_TASK_DOUBT]      = { "doubt", MH_KIND_BOOL, .label = N_("In doubt"), .flags = MH_SERVER_SET,
    .help = N_("The provider may hold something that is not known here") },
  [MH_GATEWAY_TASK_LAST_ERROR] = { "last_error", MH_KIND_TEXT, .label = N_("Last error"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_task_fields) == MH_GATEWAY_TASK_N_FIELDS);

static const MhField gateway_image_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_IMAGE_MEDIA] = { "media", MH_KIND_TEXT, .label = N_("Media type"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_GATEWAY_IMAGE_DATA]  = { "data", MH_KIND_LONG_TEXT, .label = N_("Picture in base64"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 800000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_image_fields) == MH_GATEWAY_IMAGE_N_FIELDS);

static const MhField gateway_notice_fields[] = {
  MH_COMMON_FIELDS,
  [MH_GATEWAY_NOTICE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_GATEWAY_NOTICE_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_gateway_notice_kind_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_GATEWAY_NOTICE_REF]         = { "ref", MH_KIND_TEXT, .label = N_("Provider's number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_BRIEF, .max = 120 },
  [MH_GATEWAY_NOTICE_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_GATEWAY_NOTICE_TEXT]        = { "text", MH_KIND_TEXT, .label = N_("What happened"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 400 },
  [MH_GATEWAY_NOTICE_AMOUNT_OF]   = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_GATEWAY_NOTICE_RAISED_AT]   = { "raised_at", MH_KIND_INSTANT, .label = N_("Raised"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SORT },
  [MH_GATEWAY_NOTICE_RESOLVED_AT] = { "resolved_at", MH_KIND_INSTANT, .label = N_("Settled"), .flags = MH_SERVER_SET },
  [MH_GATEWAY_NOTICE_RESOLVED_BY] = { "resolved_by", MH_KIND_TEXT, .label = N_("Settled by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_notice_fields) == MH_GATEWAY_NOTICE_N_FIELDS);

static const MhField gateway_state_fields[] = {
  [MH_GATEWAY_STATE_CONFIGURED]      = { "configured", MH_KIND_BOOL, .label = N_("Set up") },
  [MH_GATEWAY_STATE_MESSAGE]         = { "message", MH_KIND_TEXT, .label = N_("What to do"), .max = 400 },
  [MH_GATEWAY_STATE_TEST_MODE]       = { "test_mode", MH_KIND_BOOL, .label = N_("Test mode"), .help = N_("The key is one for tests: no money moves") },
  [MH_GATEWAY_STATE_WEBHOOKS]        = { "webhooks", MH_KIND_BOOL, .label = N_("Webhooks"), .help = N_("A webhook secret is set; without one the server asks by itself") },
  [MH_GATEWAY_STATE_BREAKER]         = { "breaker", MH_KIND_ENUM, .label = N_("Circuit breaker"), .codes = mh_breaker_codes },
  [MH_GATEWAY_STATE_BREAKER_UNTIL]   = { "breaker_until", MH_KIND_INSTANT, .label = N_("Asked again at") },
  [MH_GATEWAY_STATE_FAILURES]        = { "failures", MH_KIND_INT, .label = N_("Failures one after another") },
  [MH_GATEWAY_STATE_LAST_SUCCESS_AT] = { "last_success_at", MH_KIND_INSTANT, .label = N_("Last answer") },
  [MH_GATEWAY_STATE_LAST_FAILURE]    = { "last_failure", MH_KIND_TEXT, .label = N_("Last failure"), .max = 400 },
  [MH_GATEWAY_STATE_OPEN_ATTEMPTS]   = { "open_attempts", MH_KIND_INT, .label = N_("Open attempts") },
  [MH_GATEWAY_STATE_WAITING_EVENTS]  = { "waiting_events", MH_KIND_INT, .label = N_("Webhooks not worked on yet") },
  [MH_GATEWAY_STATE_NOTICES]         = { "notices", MH_KIND_RECORDS, .label = N_("To review"), .target = &mh_gateway_notice_type, .flags = MH_VIRTUAL, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gateway_state_fields) == MH_GATEWAY_STATE_N_FIELDS);

static const MhField webhook_fields[] = {
  [MH_WEBHOOK_RECEIVED] = { "received", MH_KIND_BOOL, .label = N_("Received") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (webhook_fields) == MH_WEBHOOK_N_FIELDS);

/* Each state and those it may become, besides itself. */
static const struct
{
  const char *from;
  const char *to[7];
} steps[] = {
  { MH_ATTEMPT_ASKED, { MH_ATTEMPT_OPEN, MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID, MH_ATTEMPT_FAILED, MH_ATTEMPT_CLOSING, MH_ATTEMPT_CLOSED } },
  { MH_ATTEMPT_OPEN, { MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID, MH_ATTEMPT_FAILED, MH_ATTEMPT_EXPIRED, MH_ATTEMPT_CLOSING, MH_ATTEMPT_CLOSED } },
  { MH_ATTEMPT_AUTHORIZED, { MH_ATTEMPT_PAID, MH_ATTEMPT_FAILED } },
  { MH_ATTEMPT_CLOSING, { MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID, MH_ATTEMPT_CLOSED, MH_ATTEMPT_EXPIRED } },
  { MH_ATTEMPT_FAILED, { MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID } },
  { MH_ATTEMPT_EXPIRED, { MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID } },
  { MH_ATTEMPT_CLOSED, { MH_ATTEMPT_AUTHORIZED, MH_ATTEMPT_PAID } },
  { MH_ATTEMPT_PAID, { NULL } },
};
/* clang-format on */

gboolean
mh_attempt_is_ended (const char *status)
{
  static const char *const ended[]
      = { MH_ATTEMPT_PAID, MH_ATTEMPT_FAILED, MH_ATTEMPT_EXPIRED, MH_ATTEMPT_CLOSED, NULL };
  return status != NULL && g_strv_contains (ended, status);
}

gboolean
mh_attempt_may_become (const char *from, const char *to)
{
  if (g_strcmp0 (from, to) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint j = 0; g_strcmp0 (steps[i].from, from) == 0 && steps[i].to[j] != NULL; j++)
      if (g_strcmp0 (steps[i].to[j], to) == 0)
        return TRUE;
  return FALSE;
}

int
mh_gateway_payment_rank (const char *status)
{
  for (int i = 0; mh_gateway_payment_status_codes[i].code != NULL; i++)
    if (g_strcmp0 (mh_gateway_payment_status_codes[i].code, status) == 0)
      return i;
  return -1;
}

static void
attempt_check (MhRecord *attempt, MhIssues *issues)
{
  const char *notify = mh_record_text (attempt, MH_ATTEMPT_NOTIFY);
  if (notify != NULL && g_strcmp0 (notify, MH_ATTEMPT_NOTIFY_NONE) != 0
      && g_strcmp0 (mh_record_text (attempt, MH_ATTEMPT_KIND), MH_ATTEMPT_KIND_LINK) != 0)
    mh_issues_add (issues, "notify", "mismatch", "Only a payment link is sent to somebody");
}

/* clang-format off */
const MhRecordType mh_payment_attempt_type = {
  .name = "MhPaymentAttempt", .code = "payment_attempt", .table = "payment_attempt", .path = "/attempts",
  .label = N_("Payment attempt"), .fields = payment_attempt_fields, .n_fields = G_N_ELEMENTS (payment_attempt_fields),
  .flags = MH_TYPE_SYNC, .check = attempt_check,
  .hospital = MH_ATTEMPT_HOSPITAL_ID, .order = MH_ATTEMPT_ORDER_ID,
};

const MhRecordType mh_gateway_payment_type = {
  .name = "MhGatewayPayment", .code = "gateway_payment", .table = "gateway_payment",
  .label = N_("Payment at the gateway"), .fields = gateway_payment_fields, .n_fields = G_N_ELEMENTS (gateway_payment_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_GATEWAY_PAYMENT_HOSPITAL_ID, .order = MH_GATEWAY_PAYMENT_ORDER_ID,
};

const MhRecordType mh_gateway_refund_type = {
  .name = "MhGatewayRefund", .code = "gateway_refund", .table = "gateway_refund",
  .label = N_("Refund at the gateway"), .fields = gateway_refund_fields, .n_fields = G_N_ELEMENTS (gateway_refund_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_GATEWAY_REFUND_HOSPITAL_ID, .order = MH_GATEWAY_REFUND_ORDER_ID,
};

const MhRecordType mh_gateway_event_type = {
  .name = "MhGatewayEvent", .code = "gateway_event", .table = "gateway_event",
  .label = N_("Message of the gateway"), .fields = gateway_event_fields, .n_fields = G_N_ELEMENTS (gateway_event_fields),
  .flags = MH_TYPE_INTERNAL,
};

const MhRecordType mh_gateway_task_type = {
  .name = "MhGatewayTask", .code = "gateway_task", .table = "gateway_task",
  .label = N_("Question to the gateway"), .fields = gateway_task_fields, .n_fields = G_N_ELEMENTS (gateway_task_fields),
  .flags = MH_TYPE_INTERNAL,
};

const MhRecordType mh_gateway_image_type = {
  .name = "MhGatewayImage", .code = "gateway_image", .table = "gateway_image",
  .label = N_("Picture of a QR code"), .fields = gateway_image_fields, .n_fields = G_N_ELEMENTS (gateway_image_fields),
  .flags = MH_TYPE_INTERNAL,
};

const MhRecordType mh_gateway_notice_type = {
  .name = "MhGatewayNotice", .code = "gateway_notice", .table = "gateway_notice", .path = "/gateway/notices",
  .label = N_("Notice of the gateway"), .fields = gateway_notice_fields, .n_fields = G_N_ELEMENTS (gateway_notice_fields),
  .hospital = MH_GATEWAY_NOTICE_HOSPITAL_ID, .order = MH_GATEWAY_NOTICE_ORDER_ID,
};

const MhRecordType mh_gateway_state_type = {
  .name = "MhGatewayState", .code = "gateway_state",
  .label = N_("State of the gateway"), .fields = gateway_state_fields, .n_fields = G_N_ELEMENTS (gateway_state_fields),
};

const MhRecordType mh_webhook_type = {
  .name = "MhWebhook", .code = "webhook",
  .label = N_("Webhook"), .fields = webhook_fields, .n_fields = G_N_ELEMENTS (webhook_fields),
};
/* clang-format on */
