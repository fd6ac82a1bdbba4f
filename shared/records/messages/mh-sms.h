/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Short messages to telephones: one record for each, kept as the log of what became of it. What a
 * message says is not kept once it arrived; the number is told in masked form alone.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* What may be said. Arguments of the text in brackets; {hospital} is filled in by itself, {link} is
 * empty, or a space and the address of the booking's page. */
#define MH_SMS_CODE "code"                                   /* {code} */
#define MH_SMS_PAYMENT_LINK "payment_link"                   /* {order} {amount} {url} */
#define MH_SMS_TOKEN "token"                                 /* {token} */
#define MH_SMS_APPOINTMENT_BOOKED "appointment_booked"       /* {date} {time} {link} */
#define MH_SMS_APPOINTMENT_REMINDER "appointment_reminder"   /* {date} {time} {link} */
#define MH_SMS_APPOINTMENT_CHANGED "appointment_changed"     /* {date} {time} {link} */
#define MH_SMS_APPOINTMENT_CANCELLED "appointment_cancelled" /* {date} {time} */
extern const MhCode mh_sms_template_codes[];

#define MH_SMS_QUEUED "queued"
#define MH_SMS_SENDING "sending"
#define MH_SMS_DEFERRED "deferred"   /* will be tried again */
#define MH_SMS_SENT "sent"           /* the provider has it */
#define MH_SMS_DELIVERED "delivered" /* the telephone has it */
#define MH_SMS_FAILED "failed"       /* refused for good, or given up */
#define MH_SMS_UNKNOWN "unknown"     /* may have gone out; not sent twice */
#define MH_SMS_OPTED_OUT "opted_out" /* this number wants no messages */
#define MH_SMS_DROPPED "dropped"     /* too many to this number */
#define MH_SMS_WITHDRAWN "withdrawn" /* the patient has died */
extern const MhCode mh_sms_status_codes[];

enum
{
  MH_SMS_HOSPITAL_ID = MH_N_COMMON,
  MH_SMS_TEMPLATE,
  MH_SMS_LANGUAGE,
  MH_SMS_RECIPIENT,
  MH_SMS_MASKED,
  MH_SMS_ARGUMENTS,
  MH_SMS_STATUS,
  MH_SMS_DEDUPE,
  MH_SMS_TOKEN_TEXT,
  MH_SMS_PROVIDER_ID,
  MH_SMS_PROVIDER_STATUS,
  MH_SMS_SEGMENTS,
  MH_SMS_ATTEMPTS,
  MH_SMS_RESENDS,
  MH_SMS_DOUBT,
  MH_SMS_NEXT_AT,
  MH_SMS_ERROR_CODE,
  MH_SMS_ANSWER,
  MH_SMS_QUEUED_AT,
  MH_SMS_SENT_AT,
  MH_SMS_DELIVERED_AT,
  MH_SMS_PATIENT_ID, /* about whom */
  MH_SMS_N_FIELDS,
};

/* The hospital's own words for one of them in one language. */
extern const MhCode mh_sms_language_codes[];
enum
{
  MH_SMS_TEXT_HOSPITAL_ID = MH_N_COMMON,
  MH_SMS_TEXT_EVENT,
  MH_SMS_TEXT_LANGUAGE,
  MH_SMS_TEXT_TEXT,
  MH_SMS_TEXT_DLT_ID,
  MH_SMS_TEXT_CHANGED,
  MH_SMS_TEXT_N_FIELDS,
};
/* What may stand in braces in the text of that event; NULL for none that is known. */
const char *const *mh_sms_text_words (const char *event);

/* A text as it would be sent, with invented words, and what that costs. */
enum
{
  MH_SMS_PREVIEW_TEXT,
  MH_SMS_PREVIEW_SEGMENTS,
  MH_SMS_PREVIEW_N_FIELDS,
};

/* A number that wants no messages beyond those somebody there has just asked for. */
enum
{
  MH_SMS_OPT_OUT_RECIPIENT = MH_N_COMMON,
  MH_SMS_OPT_OUT_SINCE,
  MH_SMS_OPT_OUT_ENDED_AT,
  MH_SMS_OPT_OUT_SOURCE,
  MH_SMS_OPT_OUT_N_FIELDS,
};

G_END_DECLS
