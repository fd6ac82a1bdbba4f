/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * E-mail to patients: one record for each mail and recipient, kept as the log of what became of it;
 * the texts that a hospital may change. What a mail says is not kept, only why it was sent.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_MAIL_ORDER_CONFIRMED "order_confirmed"
#define MH_MAIL_PAYMENT_FAILED "payment_failed"
#define MH_MAIL_PAYMENT_CONVERTED "payment_converted"
#define MH_MAIL_SAMPLE_COLLECTED "sample_collected"
#define MH_MAIL_PROCESSING "processing"
#define MH_MAIL_REPORT_READY "report_ready"
#define MH_MAIL_REPORT_CORRECTED "report_corrected"
#define MH_MAIL_REPORT_CHANGED "report_changed" /* to staff who have read it */
#define MH_MAIL_REFUND "refund"
#define MH_MAIL_ORDER_EXPIRED "order_expired"
#define MH_MAIL_ORDER_CANCELLED "order_cancelled"
extern const MhCode mh_mail_event_codes[];

#define MH_MAIL_QUEUED "queued"
#define MH_MAIL_SENDING "sending"
#define MH_MAIL_SENT "sent"
#define MH_MAIL_DEFERRED "deferred" /* a temporary refusal; will be tried again */
#define MH_MAIL_FAILED "failed"     /* refused for good, or given up */
#define MH_MAIL_BOUNCED "bounced"   /* taken, and sent back later */
#define MH_MAIL_DROPPED "dropped"   /* by a person */
extern const MhCode mh_mail_status_codes[];

enum
{
  MH_MAIL_HOSPITAL_ID = MH_N_COMMON,
  MH_MAIL_EVENT,
  MH_MAIL_ORDER_ID,
  MH_MAIL_ORDER_NUMBER,
  MH_MAIL_PATIENT_ID,
  MH_MAIL_REPORT_ID,
  MH_MAIL_RECIPIENT,
  MH_MAIL_LANGUAGE,
  MH_MAIL_STATUS,
  MH_MAIL_MESSAGE_ID,
  MH_MAIL_TOKEN,
  MH_MAIL_DEDUPE,
  MH_MAIL_AMOUNT,
  MH_MAIL_ATTEMPTS,
  MH_MAIL_NEXT_AT,
  MH_MAIL_LAST_CODE,
  MH_MAIL_LAST_ANSWER,
  MH_MAIL_QUEUED_AT,
  MH_MAIL_SENT_AT,
  MH_MAIL_BOUNCED_AT,
  MH_MAIL_ATTACHED,
  MH_MAIL_USER_ID,
  MH_MAIL_N_FIELDS,
};

/* What a hospital says on an event in a language. Placeholders: {name} {order} {hospital} {phone}
 * {amount} {due} {expires}; in the subject {order} and {hospital} alone. */
enum
{
  MH_MAIL_TEMPLATE_HOSPITAL_ID = MH_N_COMMON,
  MH_MAIL_TEMPLATE_EVENT,
  MH_MAIL_TEMPLATE_LANGUAGE,
  MH_MAIL_TEMPLATE_SUBJECT,
  MH_MAIL_TEMPLATE_TEXT,
  MH_MAIL_TEMPLATE_ACTIVE,
  MH_MAIL_TEMPLATE_CHANGED,
  MH_MAIL_TEMPLATE_N_FIELDS,
};

/* A mail as it would look. */
enum
{
  MH_MAIL_PREVIEW_SUBJECT,
  MH_MAIL_PREVIEW_TEXT,
  MH_MAIL_PREVIEW_HTML,
  MH_MAIL_PREVIEW_N_FIELDS,
};

/* What is known of an address that mails came back from. */
enum
{
  MH_MAIL_ADDRESS_ADDRESS = MH_N_COMMON,
  MH_MAIL_ADDRESS_FAILURES,
  MH_MAIL_ADDRESS_BAD_AT,
  MH_MAIL_ADDRESS_ANSWER,
  MH_MAIL_ADDRESS_N_FIELDS,
};

G_END_DECLS
