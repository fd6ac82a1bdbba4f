/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/front/mh-kiosk.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"

/* clang-format off */
const MhCode mh_kiosk_proof_codes[] = {
  { MH_KIOSK_PROOF_MATCH, N_("Phone and date of birth") },
  { MH_KIOSK_PROOF_CODE, N_("Code sent to the phone") },
  { MH_KIOSK_PROOF_PAPER, N_("Address from a paper") },
  { NULL },
};

static const MhField session_fields[] = {
  MH_COMMON_FIELDS,
  [MH_KIOSK_SESSION_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_KIOSK_SESSION_USER_ID]      = { "user_id", MH_KIND_REF, .label = N_("Kiosk"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_TOKEN_HASH]   = { "token_hash", MH_KIND_TEXT, .label = N_("Token"), .flags = MH_SERVER_SET | MH_SECRET | MH_UNIQUE | MH_NO_FORM, .max = 64 },
  [MH_KIOSK_SESSION_PROOF]        = { "proof", MH_KIND_ENUM, .label = N_("Proved by"), .codes = mh_kiosk_proof_codes, .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_LANGUAGE]     = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_SERVER_SET, .max = 10 },
  [MH_KIOSK_SESSION_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_CODE_HASH]    = { "code_hash", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_SECRET | MH_NO_FORM, .max = 64 },
  [MH_KIOSK_SESSION_CODE_SENT_AT] = { "code_sent_at", MH_KIND_INSTANT, .label = N_("Code sent"), .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_CODE_TRIES]   = { "code_tries", MH_KIND_INT, .label = N_("Wrong codes"), .flags = MH_SERVER_SET },
  [MH_KIOSK_SESSION_EXPIRES_AT]   = { "expires_at", MH_KIND_INSTANT, .label = N_("Ends"), .flags = MH_SERVER_SET | MH_INDEX },
  [MH_KIOSK_SESSION_ENDED_AT]     = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (session_fields) == MH_KIOSK_SESSION_N_FIELDS);

static const MhField setup_fields[] = {
  MH_COMMON_FIELDS,
  [MH_KIOSK_SETUP_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_UNIQUE },
  [MH_KIOSK_SETUP_PIN_HASH]    = { "pin_hash", MH_KIND_TEXT, .label = N_("PIN"), .flags = MH_SERVER_SET | MH_SECRET | MH_NO_FORM, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (setup_fields) == MH_KIOSK_SETUP_N_FIELDS);

static const MhField state_fields[] = {
  [MH_KIOSK_STATE_HOSPITAL]       = { "hospital", MH_KIND_TEXT, .label = N_("Hospital"), .max = 200 },
  [MH_KIOSK_STATE_PHONE]          = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .max = 40 },
  [MH_KIOSK_STATE_CURRENCY]       = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_KIOSK_STATE_IDLE_SECONDS]   = { "idle_seconds", MH_KIND_INT, .label = N_("Seconds until a visit ends"), .at_least = 1, .at_most = 3600 },
  [MH_KIOSK_STATE_ONLINE_PAYMENT] = { "online_payment", MH_KIND_BOOL, .label = N_("Payment by code") },
  [MH_KIOSK_STATE_CODES]          = { "codes", MH_KIND_BOOL, .label = N_("Codes by SMS") },
  [MH_KIOSK_STATE_HAS_PIN]        = { "has_pin", MH_KIND_BOOL, .label = N_("A PIN is set") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_fields) == MH_KIOSK_STATE_N_FIELDS);

static const MhField test_fields[] = {
  [MH_KIOSK_TEST_TEST]          = { "test", MH_KIND_TEXT, .label = N_("Code"), .max = 40 },
  [MH_KIOSK_TEST_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 200 },
  [MH_KIOSK_TEST_TEXT]          = { "text", MH_KIND_LONG_TEXT, .label = N_("In plain words"), .max = 1000 },
  [MH_KIOSK_TEST_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Instructions for the patient"), .max = 1000 },
  [MH_KIOSK_TEST_PRICE]         = { "price", MH_KIND_MONEY, .label = N_("Price") },
  [MH_KIOSK_TEST_CURRENCY]      = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_KIOSK_TEST_FASTING_HOURS] = { "fasting_hours", MH_KIND_INT, .label = N_("Hours of fasting"), .unit = "h" },
  [MH_KIOSK_TEST_MINUTES]       = { "minutes", MH_KIND_INT, .label = N_("Time to report, routine"), .unit = "min" },
  [MH_KIOSK_TEST_PANEL]         = { "panel", MH_KIND_BOOL, .label = N_("Panel") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (test_fields) == MH_KIOSK_TEST_N_FIELDS);

static const MhField person_fields[] = {
  [MH_KIOSK_PERSON_PHONE]       = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .flags = MH_REQUIRED | MH_SENSITIVE, .format = "phone", .max = 40 },
  [MH_KIOSK_PERSON_BIRTH_DATE]  = { "birth_date", MH_KIND_DATE, .label = N_("Date of birth"), .flags = MH_REQUIRED | MH_SENSITIVE },
  [MH_KIOSK_PERSON_GIVEN_NAME]  = { "given_name", MH_KIND_TEXT, .label = N_("Given name"), .flags = MH_SENSITIVE, .max = 80 },
  [MH_KIOSK_PERSON_FAMILY_NAME] = { "family_name", MH_KIND_TEXT, .label = N_("Family name"), .flags = MH_SENSITIVE, .max = 80 },
  [MH_KIOSK_PERSON_SEX]         = { "sex", MH_KIND_ENUM, .label = N_("Sex"), .codes = mh_patient_sex_codes },
  [MH_KIOSK_PERSON_LANGUAGE]    = { "language", MH_KIND_TEXT, .label = N_("Language"), .max = 10 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (person_fields) == MH_KIOSK_PERSON_N_FIELDS);

static const MhField visitor_fields[] = {
  [MH_KIOSK_VISITOR_SESSION]    = { "session", MH_KIND_TEXT, .label = N_("Token of the visit"), .flags = MH_SENSITIVE, .max = 64 },
  [MH_KIOSK_VISITOR_NAME]       = { "name", MH_KIND_TEXT, .label = N_("Given name"), .flags = MH_SENSITIVE, .max = 80 },
  [MH_KIOSK_VISITOR_MASKED]     = { "masked", MH_KIND_TEXT, .label = N_("Number"), .max = 60 },
  [MH_KIOSK_VISITOR_PROOF]      = { "proof", MH_KIND_ENUM, .label = N_("Proved by"), .codes = mh_kiosk_proof_codes },
  [MH_KIOSK_VISITOR_EXPIRES_AT] = { "expires_at", MH_KIND_INSTANT, .label = N_("Ends") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (visitor_fields) == MH_KIOSK_VISITOR_N_FIELDS);

static const MhField ask_fields[] = {
  [MH_KIOSK_ASK_SESSION] = { "session", MH_KIND_TEXT, .label = N_("Token of the visit"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 64 },
  [MH_KIOSK_ASK_ID]      = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36 },
  [MH_KIOSK_ASK_TESTS]   = { "tests", MH_KIND_LIST, .label = N_("Tests"), .max = 40 },
  [MH_KIOSK_ASK_ONLINE]  = { "online", MH_KIND_BOOL, .label = N_("Payment by code") },
  [MH_KIOSK_ASK_CODE]    = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SENSITIVE, .max = 20 },
  [MH_KIOSK_ASK_SCORE]   = { "score", MH_KIND_INT, .label = N_("Satisfied, 1 to 5"), .at_least = 1, .at_most = 5 },
  [MH_KIOSK_ASK_COMMENT] = { "comment", MH_KIND_LONG_TEXT, .label = N_("In their own words"), .flags = MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ask_fields) == MH_KIOSK_ASK_N_FIELDS);

static const MhField line_fields[] = {
  [MH_KIOSK_LINE_TEST]   = { "test", MH_KIND_TEXT, .label = N_("Test"), .max = 40 },
  [MH_KIOSK_LINE_NAME]   = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 200 },
  [MH_KIOSK_LINE_AMOUNT] = { "amount", MH_KIND_MONEY, .label = N_("Amount") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (line_fields) == MH_KIOSK_LINE_N_FIELDS);

static const MhField order_fields[] = {
  [MH_KIOSK_ORDER_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type },
  [MH_KIOSK_ORDER_NUMBER]        = { "number", MH_KIND_TEXT, .label = N_("Order number"), .max = 24 },
  [MH_KIOSK_ORDER_TOKEN]         = { "token", MH_KIND_TEXT, .label = N_("Token"), .max = 24, .help = N_("What one is called by") },
  [MH_KIOSK_ORDER_PAYMENT_STATE] = { "payment_state", MH_KIND_ENUM, .label = N_("Paid"), .codes = mh_payment_state_codes },
  [MH_KIOSK_ORDER_LINES]         = { "lines", MH_KIND_RECORDS, .label = N_("Tests"), .target = &mh_kiosk_line_type, .flags = MH_VIRTUAL },
  [MH_KIOSK_ORDER_SUBTOTAL]      = { "subtotal", MH_KIND_MONEY, .label = N_("Subtotal") },
  [MH_KIOSK_ORDER_TAX]           = { "tax", MH_KIND_MONEY, .label = N_("Tax") },
  [MH_KIOSK_ORDER_TOTAL]         = { "total", MH_KIND_MONEY, .label = N_("Total") },
  [MH_KIOSK_ORDER_DUE]           = { "due", MH_KIND_MONEY, .label = N_("Due") },
  [MH_KIOSK_ORDER_CURRENCY]      = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_fields) == MH_KIOSK_ORDER_N_FIELDS);

static const MhField payment_fields[] = {
  [MH_KIOSK_PAYMENT_ATTEMPT_ID] = { "attempt_id", MH_KIND_REF, .label = N_("Attempt"), .target = &mh_payment_attempt_type },
  [MH_KIOSK_PAYMENT_STATUS]     = { "status", MH_KIND_TEXT, .label = N_("Status"), .max = 40 },
  [MH_KIOSK_PAYMENT_QR_CONTENT] = { "qr_content", MH_KIND_LONG_TEXT, .label = N_("Content of the code"), .max = 2000 },
  [MH_KIOSK_PAYMENT_QR_IMAGE]   = { "qr_image", MH_KIND_BOOL, .label = N_("The code is a picture") },
  [MH_KIOSK_PAYMENT_AMOUNT]     = { "amount", MH_KIND_MONEY, .label = N_("Amount") },
  [MH_KIOSK_PAYMENT_CURRENCY]   = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_KIOSK_PAYMENT_CLOSE_BY]   = { "close_by", MH_KIND_INSTANT, .label = N_("To be paid until") },
  [MH_KIOSK_PAYMENT_PAID]       = { "paid", MH_KIND_BOOL, .label = N_("Paid") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (payment_fields) == MH_KIOSK_PAYMENT_N_FIELDS);

static const MhField code_fields[] = {
  [MH_KIOSK_CODE_MASKED]     = { "masked", MH_KIND_TEXT, .label = N_("Number"), .max = 60 },
  [MH_KIOSK_CODE_EXPIRES_AT] = { "expires_at", MH_KIND_INSTANT, .label = N_("Ends") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (code_fields) == MH_KIOSK_CODE_N_FIELDS);

static const MhField report_fields[] = {
  [MH_KIOSK_REPORT_ORDER_ID]  = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type },
  [MH_KIOSK_REPORT_NUMBER]    = { "number", MH_KIND_TEXT, .label = N_("Order number"), .max = 24 },
  [MH_KIOSK_REPORT_STATUS]    = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_status_codes },
  [MH_KIOSK_REPORT_ISSUED_AT] = { "issued_at", MH_KIND_INSTANT, .label = N_("Issued") },
  [MH_KIOSK_REPORT_TESTS]     = { "tests", MH_KIND_LIST, .label = N_("Tests"), .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (report_fields) == MH_KIOSK_REPORT_N_FIELDS);

static const MhField pin_fields[] = {
  [MH_KIOSK_PIN_PIN] = { "pin", MH_KIND_TEXT, .label = N_("PIN"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 20,
    .help = N_("Six to twelve digits with which staff close the kiosk") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (pin_fields) == MH_KIOSK_PIN_N_FIELDS);
/* clang-format on */

/* clang-format off */
#define CARRIED(Name, word, text, table) \
  { .name = Name, .code = word, .label = text, .fields = table, .n_fields = G_N_ELEMENTS (table) }

const MhRecordType mh_kiosk_session_type = {
  .name = "MhKioskSession", .code = "kiosk_session", .table = "kiosk_session",
  .label = N_("Visit at a kiosk"), .fields = session_fields, .n_fields = G_N_ELEMENTS (session_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_KIOSK_SESSION_HOSPITAL_ID, .patient = MH_KIOSK_SESSION_PATIENT_ID,
  .order = MH_KIOSK_SESSION_ORDER_ID,
};
const MhRecordType mh_kiosk_setup_type = {
  .name = "MhKioskSetup", .code = "kiosk_setup", .table = "kiosk_setup",
  .label = NS_("Kiosk"), .fields = setup_fields, .n_fields = G_N_ELEMENTS (setup_fields),
  .flags = MH_TYPE_INTERNAL,
  .hospital = MH_KIOSK_SETUP_HOSPITAL_ID,
};
const MhRecordType mh_kiosk_state_type = CARRIED ("MhKioskState", "kiosk_state", N_("What a kiosk can do"), state_fields);
const MhRecordType mh_kiosk_test_type = CARRIED ("MhKioskTest", "kiosk_test", N_("Test in plain words"), test_fields);
const MhRecordType mh_kiosk_person_type = CARRIED ("MhKioskPerson", "kiosk_person", N_("Person at a kiosk"), person_fields);
const MhRecordType mh_kiosk_visitor_type = CARRIED ("MhKioskVisitor", "kiosk_visitor", N_("Visitor"), visitor_fields);
const MhRecordType mh_kiosk_ask_type = CARRIED ("MhKioskAsk", "kiosk_ask", N_("Question at a kiosk"), ask_fields);
const MhRecordType mh_kiosk_line_type = CARRIED ("MhKioskLine", "kiosk_line", N_("Line"), line_fields);
const MhRecordType mh_kiosk_order_type = CARRIED ("MhKioskOrder", "kiosk_order", N_("Order at a kiosk"), order_fields);
const MhRecordType mh_kiosk_payment_type = CARRIED ("MhKioskPayment", "kiosk_payment", N_("Payment at a kiosk"), payment_fields);
const MhRecordType mh_kiosk_code_type = CARRIED ("MhKioskCode", "kiosk_code", N_("Code that was sent"), code_fields);
const MhRecordType mh_kiosk_report_type = CARRIED ("MhKioskReport", "kiosk_report", N_("Own report"), report_fields);
const MhRecordType mh_kiosk_pin_type = CARRIED ("MhKioskPin", "kiosk_pin", N_("PIN of the kiosk"), pin_fields);
/* clang-format on */
