/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The settings the house knows, each with its kind, what holds when nobody has set it, and words
 * for the administrator. A record of type setting overrides it, for one hospital or for all.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_SET_CASH_SESSION_REQUIRED "cash.session_required"
#define MH_SET_CASH_VARIANCE_LIMIT "cash.variance_limit"
#define MH_SET_MAIL_ATTACH_REPORT "mail.attach_report"
#define MH_SET_ALLOW_PART_PAYMENT "payment.allow_part"
#define MH_SET_REFUND_APPROVAL_ABOVE "refund.approval_above"
#define MH_SET_COLLECTION_PROOF "collection.proof"
#define MH_SET_VERIFY_LEVELS "verify.levels"
#define MH_SET_VERIFY_AUTO "verify.auto"
/* Minutes in which a critical value is told, and between two attempts. */
#define MH_SET_CRITICAL_MINUTES "critical.minutes"
#define MH_SET_CRITICAL_RETRY "critical.retry_minutes"
#define MH_SET_CRITICAL_DIRECTOR "critical.director"
#define MH_SET_SAMPLE_KEEP_DAYS "sample.keep_days"
#define MH_SET_LABEL_PRINTER "label.printer"
#define MH_SET_LABEL_SIZE "label.size"
#define MH_SET_REOPEN_DAYS "order.reopen_days"
#define MH_SET_ORDER_PREFIX "order.prefix"
#define MH_SET_ROUND_TO "price.round_to"
#define MH_SET_INVOICE_PREFIX "invoice.prefix"
/* Minutes after which nobody has come; hours before which the patient is reminded, 0: never. */
#define MH_SET_APPOINTMENT_NO_SHOW "appointment.no_show_minutes"
#define MH_SET_APPOINTMENT_REMIND_HOURS "appointment.remind_hours"
#define MH_SET_APPOINTMENT_TELL "appointment.tell"
#define MH_SET_QUEUE_NAMES "queue.show_names"
#define MH_SET_LAB_HOURS "lab.hours"
#define MH_SET_LAB_HOLIDAYS "lab.holidays"
#define MH_SET_TURNAROUND_FROM "turnaround.from"       /* MH_TURNAROUND_FROM_… */
#define MH_SET_TURNAROUND_WORKING "turnaround.working" /* of routine limits */
#define MH_SET_KIOSK_IDLE "kiosk.idle_seconds"
#define MH_SET_SMS_COUNTRY "sms.country"
#define MH_SET_LAB_ISI "lab.isi"
#define MH_SET_SMS_PER_HOUR "sms.per_hour"
/* The least urgent priority whose units are sent by themselves, "": none; minutes without a sign of
 * a dispatcher. */
#define MH_SET_DISPATCH_TOP "dispatch.top"
#define MH_SET_DISPATCH_QUIET "dispatch.quiet_minutes"
#define MH_TURNAROUND_FROM_ORDERED "ordered"
#define MH_TURNAROUND_FROM_COLLECTED "collected"
#define MH_TURNAROUND_FROM_RECEIVED "received"
/* Followed by a role: what somebody of it may give away without asking, in 1/100 of a per cent. */
#define MH_SET_DISCOUNT_LIMIT_ "discount.limit."

typedef struct
{
  const char *key;   /* ends with { NULL } */
  const char *kind;  /* MH_SETTING_KIND_… */
  const char *value; /* when nobody has set it */
  const char *label; /* N_() */
  const char *help;  /* N_() */
} MhSettingDefault;

extern const MhSettingDefault mh_setting_defaults[];

/* NULL: no such setting. */
const MhSettingDefault *mh_setting_default_find (const char *key);

G_END_DECLS
