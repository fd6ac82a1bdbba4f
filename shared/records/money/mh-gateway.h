/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Payments over the gateway (Razorpay). An attempt is one offer to pay an order: a QR code at the
 * desk, a link sent to the patient, or an order for a hosted checkout. It goes forward only:
 *
 *   asked → open → authorized → paid          closing → closed
 *                                  failed, expired, closed may still become authorized or paid
 *
 * (a bank may answer days late), and paid never becomes anything else. What the provider says of
 * single payments and refunds, what it told us by webhook, and what is to be done next are kept in
 * records of their own that never leave the server.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ATTEMPT_KIND_QR "qr"
#define MH_ATTEMPT_KIND_LINK "link"
#define MH_ATTEMPT_KIND_ORDER "order"
extern const MhCode mh_attempt_kind_codes[];

#define MH_ATTEMPT_ASKED "asked" /* the provider does not know of it yet, for all we know */
#define MH_ATTEMPT_OPEN "open"   /* the QR is shown, the link is sent */
#define MH_ATTEMPT_AUTHORIZED "authorized" /* the bank holds the money for us */
#define MH_ATTEMPT_PAID "paid"
#define MH_ATTEMPT_FAILED "failed"   /* could not be made */
#define MH_ATTEMPT_EXPIRED "expired" /* its time passed unpaid */
#define MH_ATTEMPT_CLOSING "closing" /* nobody shall pay any more; the provider is being asked */
#define MH_ATTEMPT_CLOSED "closed"   /* the provider says that nothing is open */
extern const MhCode mh_attempt_status_codes[];

#define MH_ATTEMPT_NOTIFY_NONE "none"
#define MH_ATTEMPT_NOTIFY_SMS "sms"
#define MH_ATTEMPT_NOTIFY_EMAIL "email"
#define MH_ATTEMPT_NOTIFY_BOTH "both"
extern const MhCode mh_attempt_notify_codes[];

/* What happens to the order when nothing is open any more. */
#define MH_ATTEMPT_THEN_CONVERT "convert"
#define MH_ATTEMPT_THEN_CANCEL "cancel"
extern const MhCode mh_attempt_then_codes[];

enum
{
  MH_ATTEMPT_HOSPITAL_ID = MH_N_COMMON,
  MH_ATTEMPT_ORDER_ID,
  MH_ATTEMPT_KIND,
  MH_ATTEMPT_NOTIFY,
  MH_ATTEMPT_STATUS,
  MH_ATTEMPT_AMOUNT,
  MH_ATTEMPT_CURRENCY,
  MH_ATTEMPT_RECEIVED,
  MH_ATTEMPT_PROVIDER_ID,
  MH_ATTEMPT_PROVIDER_ORDER,
  MH_ATTEMPT_PROVIDER_PAYMENT,
  MH_ATTEMPT_QR_CONTENT,
  MH_ATTEMPT_QR_IMAGE,
  MH_ATTEMPT_URL,
  MH_ATTEMPT_CLOSE_BY,
  MH_ATTEMPT_OPENED_AT,
  MH_ATTEMPT_PAID_AT,
  MH_ATTEMPT_ENDED_AT,
  MH_ATTEMPT_FAILURE_CODE,
  MH_ATTEMPT_FAILURE,
  MH_ATTEMPT_THEN,
  MH_ATTEMPT_ASKED_BY,
  MH_ATTEMPT_ASKED_NAME,
  MH_ATTEMPT_N_FIELDS,
};

/* The provider's states of a payment, in the order in which they may only go. */
#define MH_GATEWAY_PAYMENT_CREATED "created"
#define MH_GATEWAY_PAYMENT_FAILED "failed"
#define MH_GATEWAY_PAYMENT_AUTHORIZED "authorized"
#define MH_GATEWAY_PAYMENT_CAPTURED "captured"
#define MH_GATEWAY_PAYMENT_REFUNDED "refunded"
extern const MhCode mh_gateway_payment_status_codes[];

enum
{
  MH_GATEWAY_PAYMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_GATEWAY_PAYMENT_ATTEMPT_ID,
  MH_GATEWAY_PAYMENT_ORDER_ID,
  MH_GATEWAY_PAYMENT_PROVIDER_PAYMENT,
  MH_GATEWAY_PAYMENT_PROVIDER_ORDER,
  MH_GATEWAY_PAYMENT_STATUS,
  MH_GATEWAY_PAYMENT_METHOD,
  MH_GATEWAY_PAYMENT_AMOUNT,
  MH_GATEWAY_PAYMENT_CURRENCY,
  MH_GATEWAY_PAYMENT_FEE,
  MH_GATEWAY_PAYMENT_TAX,
  MH_GATEWAY_PAYMENT_REFUNDED_AMOUNT,
  MH_GATEWAY_PAYMENT_CAPTURED_AT,
  MH_GATEWAY_PAYMENT_FAILURE,
  MH_GATEWAY_PAYMENT_CREDITED,
  MH_GATEWAY_PAYMENT_N_FIELDS,
};

#define MH_GATEWAY_REFUND_ASKED "asked"
#define MH_GATEWAY_REFUND_PENDING "pending"
#define MH_GATEWAY_REFUND_PROCESSED "processed"
#define MH_GATEWAY_REFUND_FAILED "failed"
extern const MhCode mh_gateway_refund_status_codes[];

/* Its id is the refund's own and also the key under which the provider knows a repeated call. */
enum
{
  MH_GATEWAY_REFUND_HOSPITAL_ID = MH_N_COMMON,
  MH_GATEWAY_REFUND_ORDER_ID,
  MH_GATEWAY_REFUND_PROVIDER_PAYMENT,
  MH_GATEWAY_REFUND_PROVIDER_REFUND,
  MH_GATEWAY_REFUND_STATUS,
  MH_GATEWAY_REFUND_AMOUNT,
  MH_GATEWAY_REFUND_CURRENCY,
  MH_GATEWAY_REFUND_FAILURE,
  MH_GATEWAY_REFUND_N_FIELDS,
};

#define MH_GATEWAY_EVENT_WAITING "waiting"
#define MH_GATEWAY_EVENT_DONE "done"
#define MH_GATEWAY_EVENT_IGNORED "ignored"
extern const MhCode mh_gateway_event_status_codes[];

/* What a webhook brought, as it came. */
enum
{
  MH_GATEWAY_EVENT_EVENT_ID = MH_N_COMMON,
  MH_GATEWAY_EVENT_BODY,
  MH_GATEWAY_EVENT_NAME,
  MH_GATEWAY_EVENT_STATUS,
  MH_GATEWAY_EVENT_NOTE,
  MH_GATEWAY_EVENT_RECEIVED_AT,
  MH_GATEWAY_EVENT_N_FIELDS,
};

#define MH_GATEWAY_TASK_ATTEMPT "attempt"
#define MH_GATEWAY_TASK_REFUND "refund"
extern const MhCode mh_gateway_task_what_codes[];

/* What is to be asked of the provider next for an attempt or a refund, whose id it bears. Each
 * change of plan raises the step, so that work planned before knows itself outdated. */
enum
{
  MH_GATEWAY_TASK_WHAT = MH_N_COMMON,
  MH_GATEWAY_TASK_STEP,
  MH_GATEWAY_TASK_TRIES,
  MH_GATEWAY_TASK_NEXT_AT,
  MH_GATEWAY_TASK_SENT_AT,
  MH_GATEWAY_TASK_DOUBT,
  MH_GATEWAY_TASK_LAST_ERROR,
  MH_GATEWAY_TASK_N_FIELDS,
};

/* The provider's picture of a QR code whose content it does not tell. */
enum
{
  MH_GATEWAY_IMAGE_MEDIA = MH_N_COMMON,
  MH_GATEWAY_IMAGE_DATA,
  MH_GATEWAY_IMAGE_N_FIELDS,
};

#define MH_GATEWAY_NOTICE_CURRENCY "currency"
#define MH_GATEWAY_NOTICE_AMOUNT "amount"
#define MH_GATEWAY_NOTICE_DISPUTE "dispute"
#define MH_GATEWAY_NOTICE_DOWNTIME "downtime"
#define MH_GATEWAY_NOTICE_REFUND "refund"
extern const MhCode mh_gateway_notice_kind_codes[];

/* Something a person must look at. */
enum
{
  MH_GATEWAY_NOTICE_HOSPITAL_ID = MH_N_COMMON,
  MH_GATEWAY_NOTICE_KIND,
  MH_GATEWAY_NOTICE_REF,
  MH_GATEWAY_NOTICE_ORDER_ID,
  MH_GATEWAY_NOTICE_TEXT,
  MH_GATEWAY_NOTICE_AMOUNT_OF,
  MH_GATEWAY_NOTICE_RAISED_AT,
  MH_GATEWAY_NOTICE_RESOLVED_AT,
  MH_GATEWAY_NOTICE_RESOLVED_BY,
  MH_GATEWAY_NOTICE_N_FIELDS,
};

#define MH_BREAKER_CLOSED "closed"
#define MH_BREAKER_OPEN "open"
#define MH_BREAKER_HALF_OPEN "half_open"
extern const MhCode mh_breaker_codes[];

/* How the gateway stands, for desks and administrators; not stored. */
enum
{
  MH_GATEWAY_STATE_CONFIGURED,
  MH_GATEWAY_STATE_MESSAGE,
  MH_GATEWAY_STATE_TEST_MODE,
  MH_GATEWAY_STATE_WEBHOOKS,
  MH_GATEWAY_STATE_BREAKER,
  MH_GATEWAY_STATE_BREAKER_UNTIL,
  MH_GATEWAY_STATE_FAILURES,
  MH_GATEWAY_STATE_LAST_SUCCESS_AT,
  MH_GATEWAY_STATE_LAST_FAILURE,
  MH_GATEWAY_STATE_OPEN_ATTEMPTS,
  MH_GATEWAY_STATE_WAITING_EVENTS,
  MH_GATEWAY_STATE_NOTICES,
  MH_GATEWAY_STATE_N_FIELDS,
};

enum
{
  MH_WEBHOOK_RECEIVED,
  MH_WEBHOOK_N_FIELDS,
};

/* Nothing more is expected of an attempt in that state, though money may still arrive. */
gboolean mh_attempt_is_ended (const char *status);
/* May an attempt go from @from to @to? The same state is allowed. */
gboolean mh_attempt_may_become (const char *from, const char *to);
/* 0 (created) to 4 (refunded); -1 for a state this program does not know. */
int mh_gateway_payment_rank (const char *status);

G_END_DECLS
