/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/messages/mh-sms.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-placeholders.h"

/* clang-format off */
const MhCode mh_sms_template_codes[] = {
  { MH_SMS_CODE, N_("Code for the kiosk") },
  { MH_SMS_PAYMENT_LINK, N_("Payment link") },
  { MH_SMS_TOKEN, NS_("Token") },
  { MH_SMS_APPOINTMENT_BOOKED, N_("Appointment booked") },
  { MH_SMS_APPOINTMENT_REMINDER, N_("Appointment reminder") },
  { MH_SMS_APPOINTMENT_CHANGED, N_("Appointment moved") },
  { MH_SMS_APPOINTMENT_CANCELLED, N_("Appointment cancelled") },
  { NULL },
};

const MhCode mh_sms_status_codes[] = {
  { MH_SMS_QUEUED, N_("Waiting") },
  { MH_SMS_SENDING, N_("Being sent") },
  { MH_SMS_DEFERRED, N_("Delayed") },
  { MH_SMS_SENT, N_("Sent") },
  { MH_SMS_DELIVERED, N_("Delivered") },
  { MH_SMS_FAILED, N_("Refused") },
  { MH_SMS_UNKNOWN, N_("Not known whether sent") },
  { MH_SMS_OPTED_OUT, N_("Not wanted by this number") },
  { MH_SMS_DROPPED, N_("Too many to this number") },
  { MH_SMS_WITHDRAWN, N_("Not sent any more") },
  { NULL },
};

static const MhField sms_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SMS_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SMS_TEMPLATE]        = { "template", MH_KIND_ENUM, .label = N_("About"), .codes = mh_sms_template_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SMS_LANGUAGE]        = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_SERVER_SET, .max = 10 },
  [MH_SMS_RECIPIENT]       = { "recipient", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 20 },
  [MH_SMS_MASKED]          = { "masked", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20,
    .help = N_("The last digits alone") },
  [MH_SMS_ARGUMENTS]       = { "arguments", MH_KIND_LONG_TEXT, .label = N_("Words"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM },
  [MH_SMS_STATUS]          = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_sms_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SMS_DEDUPE]          = { "dedupe", MH_KIND_TEXT, .label = N_("Cause"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM, .max = 160,
    .help = N_("One message for each cause, however often it is told") },
  [MH_SMS_TOKEN_TEXT]      = { "token", MH_KIND_TEXT, .label = N_("Return token"), .flags = MH_SECRET | MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM, .max = 64 },
  [MH_SMS_PROVIDER_ID]     = { "provider_id", MH_KIND_TEXT, .label = N_("Provider's number"), .flags = MH_SERVER_SET | MH_INDEX, .max = 64 },
  [MH_SMS_PROVIDER_STATUS] = { "provider_status", MH_KIND_TEXT, .label = N_("Provider's status"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_SMS_SEGMENTS]        = { "segments", MH_KIND_INT, .label = N_("Parts"), .flags = MH_SERVER_SET, .help = N_("Each is charged for") },
  [MH_SMS_ATTEMPTS]        = { "attempts", MH_KIND_INT, .label = N_("Attempts"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SMS_RESENDS]         = { "resends", MH_KIND_INT, .label = N_("Sent anew"), .flags = MH_SERVER_SET },
  [MH_SMS_DOUBT]           = { "doubt", MH_KIND_BOOL, .label = N_("May have gone out"), .flags = MH_SERVER_SET },
  [MH_SMS_NEXT_AT]         = { "next_at", MH_KIND_INSTANT, .label = N_("Next attempt"), .flags = MH_SERVER_SET },
  [MH_SMS_ERROR_CODE]      = { "error_code", MH_KIND_INT, .label = N_("Provider's code"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SMS_ANSWER]          = { "answer", MH_KIND_TEXT, .label = N_("Answer"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 300 },
  [MH_SMS_QUEUED_AT]       = { "queued_at", MH_KIND_INSTANT, .label = N_("Queued"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_SMS_SENT_AT]         = { "sent_at", MH_KIND_INSTANT, .label = N_("Sent"), .flags = MH_SERVER_SET | MH_INDEX | MH_BRIEF },
  [MH_SMS_DELIVERED_AT]    = { "delivered_at", MH_KIND_INSTANT, .label = N_("Delivered"), .flags = MH_SERVER_SET },
  [MH_SMS_PATIENT_ID]      = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX, .since = 67 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (sms_fields) == MH_SMS_N_FIELDS);

const MhCode mh_sms_language_codes[] = {
  { "en", N_("English") },
  { "hi", N_("Hindi") },
  { "mr", N_("Marathi") },
  { "ur", N_("Urdu") },
  { NULL },
};

static const MhField sms_text_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SMS_TEXT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 69 },
  [MH_SMS_TEXT_EVENT]       = { "event", MH_KIND_ENUM, .label = N_("About"), .codes = mh_sms_template_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .since = 69 },
  [MH_SMS_TEXT_LANGUAGE]    = { "language", MH_KIND_ENUM, .label = N_("Language"), .codes = mh_sms_language_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .since = 69 },
  [MH_SMS_TEXT_TEXT]        = { "text", MH_KIND_LONG_TEXT, .label = N_("Text"), .flags = MH_REQUIRED | MH_BRIEF, .max = 600, .since = 69 },
  [MH_SMS_TEXT_DLT_ID]      = { "dlt_id", MH_KIND_TEXT, .label = N_("DLT template number"), .flags = MH_BRIEF, .max = 30, .since = 69,
    .help = N_("In India: the number under which these very words are registered") },
  [MH_SMS_TEXT_CHANGED]     = { "own", MH_KIND_BOOL, .label = N_("The hospital's own"), .flags = MH_SERVER_SET | MH_VIRTUAL, .since = 69 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (sms_text_fields) == MH_SMS_TEXT_N_FIELDS);

static const MhField sms_preview_fields[] = {
  [MH_SMS_PREVIEW_TEXT]     = { "text", MH_KIND_LONG_TEXT, .label = N_("Text"), .max = 2000 },
  [MH_SMS_PREVIEW_SEGMENTS] = { "segments", MH_KIND_INT, .label = N_("Parts"), .help = N_("Each is charged for") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (sms_preview_fields) == MH_SMS_PREVIEW_N_FIELDS);

static const MhField sms_opt_out_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SMS_OPT_OUT_RECIPIENT] = { "recipient", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_UNIQUE, .max = 20 },
  [MH_SMS_OPT_OUT_SINCE]     = { "since", MH_KIND_INSTANT, .label = N_("Since"), .flags = MH_SERVER_SET },
  [MH_SMS_OPT_OUT_ENDED_AT]  = { "ended_at", MH_KIND_INSTANT, .label = N_("Until"), .flags = MH_SERVER_SET },
  [MH_SMS_OPT_OUT_SOURCE]    = { "source", MH_KIND_TEXT, .label = N_("Told by"), .flags = MH_SERVER_SET, .max = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (sms_opt_out_fields) == MH_SMS_OPT_OUT_N_FIELDS);

/* The first are needed: of a message without them nobody has anything. */
static const struct
{
  const char *event;
  guint n_needed;
  const char *words[6];
} words_of[] = {
  { MH_SMS_CODE, 1, { "code", "hospital" } },
  { MH_SMS_PAYMENT_LINK, 2, { "amount", "url", "order", "hospital" } },
  { MH_SMS_TOKEN, 1, { "token", "hospital" } },
  { MH_SMS_APPOINTMENT_BOOKED, 2, { "date", "time", "link", "hospital" } },
  { MH_SMS_APPOINTMENT_REMINDER, 2, { "date", "time", "link", "hospital" } },
  { MH_SMS_APPOINTMENT_CHANGED, 2, { "date", "time", "link", "hospital" } },
  { MH_SMS_APPOINTMENT_CANCELLED, 2, { "date", "time", "hospital" } },
};

const char *const *
mh_sms_text_words (const char *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (words_of); i++)
    if (g_strcmp0 (words_of[i].event, event) == 0)
      return words_of[i].words;
  return NULL;
}

static void
sms_text_check (MhRecord *text, MhIssues *issues)
{
  const char *event = mh_record_text (text, MH_SMS_TEXT_EVENT);
  const char *dlt = mh_record_text (text, MH_SMS_TEXT_DLT_ID);
  for (guint i = 0; i < G_N_ELEMENTS (words_of); i++)
    if (g_strcmp0 (words_of[i].event, event) == 0)
      {
        const char *needed[6] = { NULL };
        for (guint k = 0; k < words_of[i].n_needed; k++)
          needed[k] = words_of[i].words[k];
        mh_placeholders_check (text, MH_SMS_TEXT_TEXT, words_of[i].words, needed, issues);
      }

  for (const char *at = dlt; at != NULL && *at != 0; at++)
    if (!g_ascii_isdigit (*at))
      {
        mh_issues_add (issues, "dlt_id", "format", "The number has figures only");
        return;
      }
}

const MhRecordType mh_sms_text_type = {
  .name = "MhSmsText", .code = "sms_text", .table = "sms_text", .path = "/sms_texts",
  .label = N_("SMS text"), .fields = sms_text_fields, .n_fields = G_N_ELEMENTS (sms_text_fields),
  .check = sms_text_check,
  .hospital = MH_SMS_TEXT_HOSPITAL_ID,
};

const MhRecordType mh_sms_preview_type = {
  .name = "MhSmsPreview", .code = "sms_preview",
  .label = N_("SMS as it would be sent"), .fields = sms_preview_fields, .n_fields = G_N_ELEMENTS (sms_preview_fields),
};

const MhRecordType mh_sms_message_type = {
  .name = "MhSmsMessage", .code = "sms_message", .table = "sms_message", .path = "/sms",
  .label = N_("Short message"), .fields = sms_fields, .n_fields = G_N_ELEMENTS (sms_fields),
  .hospital = MH_SMS_HOSPITAL_ID, .patient = MH_SMS_PATIENT_ID,
};

const MhRecordType mh_sms_opt_out_type = {
  .name = "MhSmsOptOut", .code = "sms_opt_out", .table = "sms_opt_out",
  .label = N_("Number without messages"), .fields = sms_opt_out_fields, .n_fields = G_N_ELEMENTS (sms_opt_out_fields),
  .flags = MH_TYPE_INTERNAL,
};
/* clang-format on */
