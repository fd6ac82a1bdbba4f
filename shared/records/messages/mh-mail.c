/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/messages/mh-mail.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-placeholders.h"

/* clang-format off */
const MhCode mh_mail_event_codes[] = {
  { MH_MAIL_ORDER_CONFIRMED, N_("Order confirmed") },
  { MH_MAIL_PAYMENT_FAILED, N_("Payment failed") },
  { MH_MAIL_PAYMENT_CONVERTED, N_("To be paid at collection") },
  { MH_MAIL_SAMPLE_COLLECTED, N_("Sample collected") },
  { MH_MAIL_PROCESSING, N_("In the laboratory") },
  { MH_MAIL_REPORT_READY, N_("Report ready") },
  { MH_MAIL_REPORT_CORRECTED, N_("Report corrected") },
  { MH_MAIL_REPORT_CHANGED, N_("Report corrected, to those who read it") },
  { MH_MAIL_REFUND, NS_("Refund") },
  { MH_MAIL_ORDER_EXPIRED, N_("Order expired") },
  { MH_MAIL_ORDER_CANCELLED, N_("Order cancelled") },
  { NULL },
};

const MhCode mh_mail_status_codes[] = {
  { MH_MAIL_QUEUED, N_("Waiting") },
  { MH_MAIL_SENDING, N_("Being sent") },
  { MH_MAIL_SENT, N_("Sent") },
  { MH_MAIL_DEFERRED, N_("Delayed") },
  { MH_MAIL_FAILED, N_("Refused") },
  { MH_MAIL_BOUNCED, N_("Bounced") },
  { MH_MAIL_DROPPED, N_("Discarded") },
  { NULL },
};

static const MhField mail_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MAIL_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MAIL_EVENT]        = { "event", MH_KIND_ENUM, .label = N_("About"), .codes = mh_mail_event_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MAIL_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_MAIL_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_MAIL_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_MAIL_REPORT_ID]    = { "report_id", MH_KIND_REF, .label = N_("Report"), .target = &mh_report_type, .flags = MH_SERVER_SET },
  [MH_MAIL_RECIPIENT]    = { "recipient", MH_KIND_TEXT, .label = N_("Recipient"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 254 },
  [MH_MAIL_LANGUAGE]     = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_SERVER_SET, .max = 10 },
  [MH_MAIL_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_mail_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MAIL_MESSAGE_ID]   = { "message_id", MH_KIND_TEXT, .label = N_("Message id"), .flags = MH_SERVER_SET, .max = 200 },
  [MH_MAIL_TOKEN]        = { "token", MH_KIND_TEXT, .label = N_("Return token"), .flags = MH_SECRET | MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM, .max = 64 },
  [MH_MAIL_DEDUPE]       = { "dedupe", MH_KIND_TEXT, .label = N_("Cause"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM, .max = 160,
    .help = N_("One mail for each cause, however often it is told") },
  [MH_MAIL_AMOUNT]       = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET },
  [MH_MAIL_ATTEMPTS]     = { "attempts", MH_KIND_INT, .label = N_("Attempts"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MAIL_NEXT_AT]      = { "next_at", MH_KIND_INSTANT, .label = N_("Next attempt"), .flags = MH_SERVER_SET },
  [MH_MAIL_LAST_CODE]    = { "last_code", MH_KIND_INT, .label = N_("Server's code"), .flags = MH_SERVER_SET },
  [MH_MAIL_LAST_ANSWER]  = { "last_answer", MH_KIND_TEXT, .label = N_("Server's answer"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 400 },
  [MH_MAIL_QUEUED_AT]    = { "queued_at", MH_KIND_INSTANT, .label = N_("Queued"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_MAIL_SENT_AT]      = { "sent_at", MH_KIND_INSTANT, .label = N_("Sent"), .flags = MH_SERVER_SET | MH_INDEX | MH_BRIEF },
  [MH_MAIL_BOUNCED_AT]   = { "bounced_at", MH_KIND_INSTANT, .label = N_("Bounced"), .flags = MH_SERVER_SET },
  [MH_MAIL_ATTACHED]     = { "attached", MH_KIND_BOOL, .label = N_("With the report"), .flags = MH_SERVER_SET },
  [MH_MAIL_USER_ID]      = { "user_id", MH_KIND_REF, .label = N_("To a member of staff"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 19 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (mail_fields) == MH_MAIL_N_FIELDS);

static const MhField mail_template_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MAIL_TEMPLATE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MAIL_TEMPLATE_EVENT]       = { "event", MH_KIND_ENUM, .label = N_("About"), .codes = mh_mail_event_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_MAIL_TEMPLATE_LANGUAGE]    = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 10 },
  [MH_MAIL_TEMPLATE_SUBJECT]     = { "subject", MH_KIND_TEXT, .label = N_("Subject"), .flags = MH_REQUIRED | MH_BRIEF, .max = 120,
    .help = N_("May hold {order} and {hospital}; nothing about the patient") },
  [MH_MAIL_TEMPLATE_TEXT]        = { "text", MH_KIND_LONG_TEXT, .label = N_("Text"), .flags = MH_REQUIRED, .max = 4000,
    .help = N_("May hold {name}, {order}, {hospital}, {phone}, {amount}, {due} and {expires}") },
  [MH_MAIL_TEMPLATE_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("Sent"), .flags = MH_BRIEF,
    .help = N_("If not, nobody is notified of this") },
  [MH_MAIL_TEMPLATE_CHANGED]     = { "own", MH_KIND_BOOL, .label = N_("The hospital's own"), .flags = MH_SERVER_SET | MH_VIRTUAL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (mail_template_fields) == MH_MAIL_TEMPLATE_N_FIELDS);

static const MhField mail_preview_fields[] = {
  [MH_MAIL_PREVIEW_SUBJECT] = { "subject", MH_KIND_TEXT, .label = N_("Subject"), .max = 400 },
  [MH_MAIL_PREVIEW_TEXT]    = { "text", MH_KIND_LONG_TEXT, .label = N_("Text"), .max = 20000 },
  [MH_MAIL_PREVIEW_HTML]    = { "html", MH_KIND_LONG_TEXT, .label = N_("HTML"), .max = 40000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (mail_preview_fields) == MH_MAIL_PREVIEW_N_FIELDS);

static const MhField mail_address_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MAIL_ADDRESS_ADDRESS]  = { "address", MH_KIND_TEXT, .label = N_("Address"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_UNIQUE, .max = 254 },
  [MH_MAIL_ADDRESS_FAILURES] = { "failures", MH_KIND_INT, .label = N_("E-mails that bounced"), .flags = MH_SERVER_SET },
  [MH_MAIL_ADDRESS_BAD_AT]   = { "bad_at", MH_KIND_INSTANT, .label = N_("Not used since"), .flags = MH_SERVER_SET },
  [MH_MAIL_ADDRESS_ANSWER]   = { "answer", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (mail_address_fields) == MH_MAIL_ADDRESS_N_FIELDS);
/* clang-format on */

static const char *const in_text[]
    = { "name", "order", "hospital", "phone", "amount", "due", "expires", "feedback", NULL };
static const char *const in_subject[] = { "order", "hospital", NULL };

static void
mail_template_check (MhRecord *record, MhIssues *issues)
{
  mh_placeholders_check (record, MH_MAIL_TEMPLATE_SUBJECT, in_subject, NULL, issues);
  mh_placeholders_check (record, MH_MAIL_TEMPLATE_TEXT, in_text, NULL, issues);
}

/* clang-format off */
const MhRecordType mh_mail_type = {
  .name = "MhMail", .code = "mail", .table = "mail", .path = "/mails",
  .label = NS_("E-mail"), .fields = mail_fields, .n_fields = G_N_ELEMENTS (mail_fields),
  .flags = MH_TYPE_PATIENT,
  .hospital = MH_MAIL_HOSPITAL_ID, .patient = MH_MAIL_PATIENT_ID, .order = MH_MAIL_ORDER_ID,
};

const MhRecordType mh_mail_template_type = {
  .name = "MhMailTemplate", .code = "mail_template", .table = "mail_template", .path = "/mail_templates",
  .label = N_("E-mail text"), .fields = mail_template_fields, .n_fields = G_N_ELEMENTS (mail_template_fields),
  .check = mail_template_check,
  .hospital = MH_MAIL_TEMPLATE_HOSPITAL_ID, .active = MH_MAIL_TEMPLATE_ACTIVE,
};

const MhRecordType mh_mail_preview_type = {
  .name = "MhMailPreview", .code = "mail_preview",
  .label = N_("E-mail as it would look"), .fields = mail_preview_fields, .n_fields = G_N_ELEMENTS (mail_preview_fields),
};

const MhRecordType mh_mail_address_type = {
  .name = "MhMailAddress", .code = "mail_address", .table = "mail_address",
  .label = N_("E-mail address"), .fields = mail_address_fields, .n_fields = G_N_ELEMENTS (mail_address_fields),
  .flags = MH_TYPE_INTERNAL,
};
/* clang-format on */
