/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-order.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"

/* clang-format off */
const MhCode mh_order_status_codes[] = {
  { MH_ORDER_STATUS_PLACED, N_("Placed") },
  { MH_ORDER_STATUS_COLLECTED, NS_("Collected") },
  { MH_ORDER_STATUS_PROCESSING, N_("Processing") },
  { MH_ORDER_STATUS_RESULTED, NS_("To be verified") },
  { MH_ORDER_STATUS_COMPLETED, NS_("Completed") },
  { MH_ORDER_STATUS_CANCELLED, NS_("Cancelled") },
  { MH_ORDER_STATUS_EXPIRED, N_("Expired") },
  { NULL },
};

const MhCode mh_order_tab_codes[] = {
  { MH_ORDER_TAB_PAID, NS_("Paid") },
  { MH_ORDER_TAB_COD, N_("COD") },
  { MH_ORDER_TAB_PROCESSING, N_("Processing") },
  { MH_ORDER_TAB_COMPLETED, NS_("Completed") },
  { MH_ORDER_TAB_FAILED, NS_("Failed") },
  { NULL },
};

const MhCode mh_order_priority_codes[] = {
  { MH_PRIORITY_ROUTINE, NS_("Routine") },
  { MH_PRIORITY_URGENT, NS_("Urgent") },
  { MH_PRIORITY_STAT, NS_("STAT") },
  { NULL },
};

const MhCode mh_payment_method_codes[] = {
  { MH_METHOD_CASH, NS_("Cash") },
  { MH_METHOD_UPI, NS_("UPI") },
  { MH_METHOD_CARD, NS_("Card") },
  { MH_METHOD_COD, NS_("At collection") },
  { MH_METHOD_ONLINE, NS_("Online") },
  { MH_METHOD_INSURANCE, NS_("Insurance") },
  { MH_METHOD_DEPOSIT, NS_("Deposit") },
  { NULL },
};

const MhCode mh_payment_state_codes[] = {
  { MH_PAYMENT_STATE_UNPAID, N_("Unpaid") },
  { MH_PAYMENT_STATE_PART_PAID, N_("Part paid") },
  { MH_PAYMENT_STATE_PAID, NS_("Paid") },
  { MH_PAYMENT_STATE_FAILED, NS_("Failed") },
  { MH_PAYMENT_STATE_PART_REFUNDED, N_("Part refunded") },
  { MH_PAYMENT_STATE_REFUNDED, N_("Refunded") },
  { NULL },
};

const MhCode mh_item_status_codes[] = {
  { MH_ITEM_STATUS_TO_COLLECT, N_("To collect") },
  { MH_ITEM_STATUS_COLLECTED, NS_("Collected") },
  { MH_ITEM_STATUS_RECEIVED, NS_("Received") },
  { MH_ITEM_STATUS_RESULTED, NS_("To be verified") },
  { MH_ITEM_STATUS_VERIFIED, NS_("Verified") },
  { MH_ITEM_STATUS_CANCELLED, NS_("Cancelled") },
  { NULL },
};

const MhCode mh_discount_codes[] = {
  { MH_DISCOUNT_SENIOR, NS_("Senior citizen") },
  { MH_DISCOUNT_STAFF, NS_("Staff and family") },
  { MH_DISCOUNT_CHARITY, NS_("Concession") },
  { MH_DISCOUNT_SCHEME, NS_("Government or company scheme") },
  { MH_DISCOUNT_CAMP, NS_("Health camp") },
  { MH_DISCOUNT_DOCTOR, NS_("At the doctor's request") },
  { MH_DISCOUNT_COMPLAINT, NS_("After a complaint") },
  { MH_DISCOUNT_OTHER, NS_("Other") },
  { NULL },
};

const MhCode mh_collect_place_codes[] = {
  { MH_COLLECT_DESK, NS_("At the desk") },
  { MH_COLLECT_WARD, NS_("On the ward") },
  { MH_COLLECT_HOME, NS_("At home") },
  { NULL },
};

const MhCode mh_recovery_action_codes[] = {
  { MH_RECOVERY_RETRY, N_("Try again") },
  { MH_RECOVERY_CONVERT_TO_COD, N_("Take cash at collection") },
  { MH_RECOVERY_CANCEL, N_("Cancel the order") },
  { NULL },
};

static const MhField order_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ORDER_HOSPITAL_ID]        = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ORDER_NUMBER]             = { "number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_ORDER_PATIENT_ID]         = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_ORDER_STATUS]             = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_order_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_TAB]                = { "tab", MH_KIND_ENUM, .label = N_("Tab"), .codes = mh_order_tab_codes, .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_ORDER_PRIORITY]           = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_order_priority_codes, .flags = MH_BRIEF },
  [MH_ORDER_PAYMENT_METHOD]     = { "payment_method", MH_KIND_ENUM, .label = N_("Payment"), .codes = mh_payment_method_codes, .flags = MH_BRIEF },
  [MH_ORDER_PAYMENT_STATE]      = { "payment_state", MH_KIND_ENUM, .label = N_("Paid"), .codes = mh_payment_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_PRESCRIPTION_ID]    = { "prescription_id", MH_KIND_REF, .label = N_("Prescription"), .target = &mh_prescription_type, .flags = MH_IMMUTABLE },
  [MH_ORDER_DEPARTMENT_ID]      = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type },
  [MH_ORDER_DOCTOR_ID]          = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .list = "doctor.list",
    .help = N_("Doctor of this hospital") },
  [MH_ORDER_DOCTOR_NAME]        = { "doctor_name", MH_KIND_TEXT, .label = N_("Ordering doctor"), .flags = MH_BRIEF | MH_SEARCH, .max = 120 },
  [MH_ORDER_CLINICAL_NOTES]     = { "clinical_notes", MH_KIND_LONG_TEXT, .label = N_("Clinical notes"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_ORDER_FASTING]            = { "fasting", MH_KIND_BOOL, .label = N_("Patient is fasting") },
  [MH_ORDER_PAYER]              = { "payer", MH_KIND_TEXT, .label = N_("Payer"), .flags = MH_IMMUTABLE, .max = 120, .since = 7,
    .help = N_("Insurer or company that pays; chooses its price list") },
  [MH_ORDER_PRICE_LIST]         = { "price_list", MH_KIND_TEXT, .label = N_("Price list"), .flags = MH_IMMUTABLE, .format = "code", .max = 40 },
  [MH_ORDER_ITEMS]              = { "items", MH_KIND_RECORDS, .label = N_("Tests"), .target = &mh_order_item_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_VIRTUAL, .max = 100 },
  [MH_ORDER_SAMPLES]            = { "samples", MH_KIND_RECORDS, .label = N_("Samples"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 100 },
  [MH_ORDER_PAYMENTS]           = { "payments", MH_KIND_RECORDS, .label = N_("Payments"), .target = &mh_payment_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
  [MH_ORDER_SUBTOTAL]           = { "subtotal", MH_KIND_MONEY, .label = N_("Subtotal"), .flags = MH_SERVER_SET },
  [MH_ORDER_DISCOUNT]           = { "discount", MH_KIND_MONEY, .label = N_("Discount"), .at_least = 0, .at_most = MH_MOST_MONEY,
    .help = N_("Sent: on the whole order. Answered: with those of its lines") },
  [MH_ORDER_DISCOUNT_RATE]      = { "discount_rate", MH_KIND_INT, .label = N_("Discount rate"), .unit = "%", .format = "rate", .at_least = 0, .at_most = 10000, .since = 7,
    .help = N_("Of the whole order; instead of an amount") },
  [MH_ORDER_DISCOUNT_CODE]      = { "discount_code", MH_KIND_ENUM, .label = N_("Kind of discount"), .codes = mh_discount_codes, .since = 7 },
  [MH_ORDER_DISCOUNT_REASON]    = { "discount_reason", MH_KIND_TEXT, .label = N_("Reason of the discount"), .max = 200 },
  [MH_ORDER_LINE_DISCOUNT]      = { "line_discount", MH_KIND_MONEY, .label = N_("Discounts on single tests"), .flags = MH_SERVER_SET, .since = 7,
    .help = N_("The part of the discount that was given on lines") },
  [MH_ORDER_DISCOUNT_BY]        = { "discount_by", MH_KIND_REF, .label = N_("Discount given by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_DISCOUNT_BY_NAME]   = { "discount_by_name", MH_KIND_TEXT, .label = N_("Discount given by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 7 },
  [MH_ORDER_DISCOUNT_APPROVED_BY] = { "discount_approved_by", MH_KIND_REF, .label = N_("Discount approved by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_DISCOUNT_APPROVED_NAME] = { "discount_approved_name", MH_KIND_TEXT, .label = N_("Discount approved by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 7 },
  [MH_ORDER_TAX]                = { "tax", MH_KIND_MONEY, .label = N_("Tax"), .flags = MH_SERVER_SET },
  [MH_ORDER_TAX_INCLUDED]       = { "tax_included", MH_KIND_MONEY, .label = N_("Tax within the prices"), .flags = MH_SERVER_SET, .since = 7,
    .help = N_("The part of the tax that the prices contain already") },
  [MH_ORDER_TAXES]              = { "taxes", MH_KIND_RECORDS, .label = N_("Taxes"), .target = &mh_tax_line_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 50 },
  [MH_ORDER_ROUND_OFF]          = { "round_off", MH_KIND_MONEY, .label = N_("Round-off"), .flags = MH_SERVER_SET },
  [MH_ORDER_DEBITED]            = { "debited", MH_KIND_MONEY, .label = N_("Charged later"), .flags = MH_SERVER_SET, .since = 7,
    .help = N_("By debit notes; part of the total") },
  [MH_ORDER_TOTAL]              = { "total", MH_KIND_MONEY, .label = N_("Total"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_PAID]               = { "paid", MH_KIND_MONEY, .label = N_("Paid so far"), .flags = MH_SERVER_SET },
  [MH_ORDER_REFUNDED]           = { "refunded", MH_KIND_MONEY, .label = N_("Refunded"), .flags = MH_SERVER_SET },
  [MH_ORDER_DUE]                = { "due", MH_KIND_MONEY, .label = N_("Due"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_CURRENCY]           = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_ORDER_EXPIRES_AT]         = { "expires_at", MH_KIND_INSTANT, .label = N_("Expires"), .flags = MH_SERVER_SET | MH_INDEX },
  [MH_ORDER_PROMISED_AT]        = { "promised_at", MH_KIND_INSTANT, .label = N_("Promised"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_ORDER_ASSIGNED_TO]        = { "assigned_to", MH_KIND_REF, .label = N_("Technician"), .target = &mh_user_type, .flags = MH_INDEX },
  [MH_ORDER_ASSIGNED_NAME]      = { "assigned_name", MH_KIND_TEXT, .label = N_("Technician's name"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 120 },
  [MH_ORDER_ASSIGNED_AT]        = { "assigned_at", MH_KIND_INSTANT, .label = N_("Assigned"), .flags = MH_SERVER_SET },
  [MH_ORDER_ORDERED_BY]         = { "ordered_by", MH_KIND_REF, .label = N_("Ordered by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ORDER_ORDERED_AT]         = { "ordered_at", MH_KIND_INSTANT, .label = N_("Ordered"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_ORDER_COLLECTED_AT]       = { "collected_at", MH_KIND_INSTANT, .label = N_("Collected"), .flags = MH_SERVER_SET },
  [MH_ORDER_RECEIVED_AT]        = { "received_at", MH_KIND_INSTANT, .label = N_("Received"), .flags = MH_SERVER_SET },
  [MH_ORDER_RESULTED_AT]        = { "resulted_at", MH_KIND_INSTANT, .label = N_("Results entered"), .flags = MH_SERVER_SET },
  [MH_ORDER_COMPLETED_AT]       = { "completed_at", MH_KIND_INSTANT, .label = N_("Completed"), .flags = MH_SERVER_SET },
  [MH_ORDER_CANCELLED_AT]       = { "cancelled_at", MH_KIND_INSTANT, .label = N_("Cancelled"), .flags = MH_SERVER_SET },
  [MH_ORDER_CANCEL_REASON]      = { "cancel_reason", MH_KIND_TEXT, .label = N_("Reason of cancelling"), .max = 400 },
  [MH_ORDER_PAYMENT_FAILURE]    = { "payment_failure", MH_KIND_TEXT, .label = N_("Why the payment failed"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_ORDER_RECOVERY_NOTE]      = { "recovery_note", MH_KIND_TEXT, .label = N_("Note on the recovery"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_ORDER_NOTES]              = { "notes", MH_KIND_LONG_TEXT, .label = N_("Notes"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_ORDER_REPORT_ID]          = { "report_id", MH_KIND_REF, .label = N_("Report"), .target = &mh_report_type, .flags = MH_SERVER_SET },
  [MH_ORDER_REPORT_ISSUED_AT]   = { "report_issued_at", MH_KIND_INSTANT, .label = N_("Report issued"), .flags = MH_SERVER_SET },
  [MH_ORDER_PATIENT_NAME]       = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 250 },
  [MH_ORDER_PATIENT_MRN]        = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_ORDER_PATIENT_SEX]        = { "patient_sex", MH_KIND_ENUM, .label = N_("Patient's sex"), .codes = mh_patient_sex_codes, .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF },
  [MH_ORDER_PATIENT_BIRTH_DATE] = { "patient_birth_date", MH_KIND_DATE, .label = N_("Patient's date of birth"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF },
  [MH_ORDER_PATIENT_PHONE]      = { "patient_phone", MH_KIND_TEXT, .label = N_("Patient's phone"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_SEARCH, .max = 40 },
  [MH_ORDER_TEST_NAMES]         = { "test_names", MH_KIND_LIST, .label = N_("Tests' names"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 100 },
  [MH_ORDER_BENCHES]            = { "benches", MH_KIND_LIST, .label = N_("Benches"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_ORDER_N_SAMPLES]          = { "n_samples", MH_KIND_INT, .label = N_("Tubes"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_SEARCH_TEXT]        = { "search_text", MH_KIND_TEXT, .label = N_("Search text"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 1000 },
  [MH_ORDER_CREDITED]           = { "credited", MH_KIND_MONEY, .label = N_("Taken off"), .flags = MH_SERVER_SET, .since = 7,
    .help = N_("No longer charged: tests that were given back, goodwill, or the whole order when it is cancelled") },
  [MH_ORDER_CHARGED]            = { "charged", MH_KIND_MONEY, .label = N_("Charged in the ledger"), .flags = MH_SERVER_SET | MH_NO_FORM, .since = 7 },
  [MH_ORDER_RECOVERY]           = { "recovery", MH_KIND_ENUM, .label = N_("Waiting for the bank, then"), .codes = mh_recovery_action_codes, .flags = MH_SERVER_SET | MH_BRIEF, .since = 7,
    .help = N_("What is done once the payment provider says that no payment is under way any more") },
  [MH_ORDER_ASSIGNED_REASON]    = { "assigned_reason", MH_KIND_ENUM, .label = N_("Why this technician"), .codes = mh_assigned_reason_codes, .flags = MH_SERVER_SET, .since = 17 },
  [MH_ORDER_ASSIGNED_NOTE]      = { "assigned_note", MH_KIND_TEXT, .label = N_("Note on the technician"), .flags = MH_SERVER_SET, .max = 200, .since = 17 },
  [MH_ORDER_OPEN_MINUTES]       = { "open_minutes", MH_KIND_INT, .label = N_("Expected work left"), .flags = MH_SERVER_SET, .unit = "min", .since = 17,
    .help = N_("Of its technician; tests with results take none any more") },
  [MH_ORDER_COLLECTION]   = { "collection", MH_KIND_ENUM, .label = N_("Collection"), .codes = mh_collect_place_codes, .since = 17 },
  [MH_ORDER_COLLECT_PLACE]      = { "collect_place", MH_KIND_TEXT, .label = N_("Ward and bed, or address"), .flags = MH_SENSITIVE, .max = 200, .since = 17 },
  [MH_ORDER_COLLECT_FROM]       = { "collect_from", MH_KIND_INSTANT, .label = N_("To be collected at"), .since = 17 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_fields) == MH_ORDER_N_FIELDS);

static const MhField order_item_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ORDER_ITEM_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_ORDER_ITEM_TEST]          = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_REQUIRED | MH_IMMUTABLE, .format = "code", .max = 20,
    .help = N_("Code of a test or a panel; a panel becomes its tests") },
  [MH_ORDER_ITEM_PANEL]         = { "panel", MH_KIND_TEXT, .label = N_("Panel"), .flags = MH_SERVER_SET, .format = "code", .max = 20 },
  [MH_ORDER_ITEM_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_ORDER_ITEM_SHORT_NAME]    = { "short_name", MH_KIND_TEXT, .label = N_("Short name"), .flags = MH_SERVER_SET, .max = 24 },
  [MH_ORDER_ITEM_BENCH]         = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_SERVER_SET, .max = 4 },
  [MH_ORDER_ITEM_CONTAINER]     = { "container", MH_KIND_TEXT, .label = N_("Container"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_ORDER_ITEM_PRICE]         = { "price", MH_KIND_MONEY, .label = N_("Price"), .flags = MH_SERVER_SET },
  [MH_ORDER_ITEM_DISCOUNT_RATE] = { "discount_rate", MH_KIND_INT, .label = N_("Discount rate"), .unit = "%", .format = "rate", .flags = MH_IMMUTABLE, .at_least = 0, .at_most = 10000, .since = 7,
    .help = N_("Instead of an amount") },
  [MH_ORDER_ITEM_DISCOUNT]      = { "discount", MH_KIND_MONEY, .label = N_("Discount"), .flags = MH_IMMUTABLE, .at_least = 0, .at_most = MH_MOST_MONEY, .since = 7,
    .help = N_("Sent: on this line. Answered: with its share of the order's") },
  [MH_ORDER_ITEM_OWN_DISCOUNT]  = { "own_discount", MH_KIND_MONEY, .label = N_("Discount on this line"), .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_ITEM_TAXABLE]       = { "taxable", MH_KIND_MONEY, .label = N_("Taxable value"), .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_ITEM_TAX_RULE]      = { "tax_rule", MH_KIND_TEXT, .label = N_("Tax rule"), .flags = MH_SERVER_SET, .max = 20, .since = 7 },
  [MH_ORDER_ITEM_TAX_NAME]      = { "tax_name", MH_KIND_TEXT, .label = N_("Name of the tax"), .flags = MH_SERVER_SET, .max = 80, .since = 7 },
  [MH_ORDER_ITEM_TAX_RATE]      = { "tax_rate", MH_KIND_INT, .label = N_("Rate"), .unit = "%", .format = "rate", .flags = MH_SERVER_SET, .since = 7,
    .help = N_("Empty: an amount for the whole order") },
  [MH_ORDER_ITEM_TAX_INCLUSIVE] = { "tax_inclusive", MH_KIND_BOOL, .label = N_("The price contains the tax"), .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_ITEM_TAX_EXEMPT]    = { "tax_exempt", MH_KIND_BOOL, .label = N_("Exempt from tax"), .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_ITEM_HSN_SAC]       = { "hsn_sac", MH_KIND_TEXT, .label = N_("HSN or SAC"), .flags = MH_SERVER_SET, .max = 8, .since = 7 },
  [MH_ORDER_ITEM_TAX]           = { "tax", MH_KIND_MONEY, .label = N_("Tax"), .flags = MH_SERVER_SET,
    .help = N_("With its share of an amount for the whole order") },
  [MH_ORDER_ITEM_AMOUNT]        = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_SERVER_SET, .since = 7,
    .help = N_("What this line costs in the end, with discount and tax") },
  [MH_ORDER_ITEM_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_item_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ORDER_ITEM_SAMPLE_ID]     = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_ORDER_ITEM_REFUNDED]      = { "refunded", MH_KIND_BOOL, .label = N_("Refunded"), .flags = MH_SERVER_SET },
  [MH_ORDER_ITEM_CANCEL_REASON] = { "cancel_reason", MH_KIND_TEXT, .label = N_("Reason of cancelling"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_ORDER_ITEM_SORT_ORDER]    = { "sort_order", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_ORDER_ITEM_REFUND_ID]     = { "refund_id", MH_KIND_REF, .label = N_("Refund"), .target = &mh_payment_type, .flags = MH_SERVER_SET, .since = 7 },
  [MH_ORDER_ITEM_REFLEX_RULE]   = { "reflex_rule", MH_KIND_TEXT, .label = N_("Added by rule"), .flags = MH_SERVER_SET, .max = 20, .since = 16 },
  [MH_ORDER_ITEM_MINUTES]       = { "minutes", MH_KIND_INT, .label = N_("Expected work"), .flags = MH_SERVER_SET, .unit = "min", .since = 17 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_item_fields) == MH_ORDER_ITEM_N_FIELDS);

static const MhField order_counts_fields[] = {
  [MH_ORDER_COUNTS_PAID]       = { "paid", MH_KIND_INT, .label = N_("Paid") },
  [MH_ORDER_COUNTS_COD]        = { "cod", MH_KIND_INT, .label = N_("COD") },
  [MH_ORDER_COUNTS_PROCESSING] = { "processing", MH_KIND_INT, .label = N_("Processing") },
  [MH_ORDER_COUNTS_COMPLETED]  = { "completed", MH_KIND_INT, .label = N_("Completed") },
  [MH_ORDER_COUNTS_FAILED]     = { "failed", MH_KIND_INT, .label = N_("Failed") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_counts_fields) == MH_ORDER_COUNTS_N_FIELDS);

static const MhField recovery_fields[] = {
  [MH_RECOVERY_ACTION] = { "action", MH_KIND_ENUM, .label = N_("Action"), .codes = mh_recovery_action_codes, .flags = MH_REQUIRED },
  [MH_RECOVERY_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (recovery_fields) == MH_RECOVERY_N_FIELDS);

static const MhField order_edit_fields[] = {
  [MH_ORDER_EDIT_ADD]    = { "add", MH_KIND_LIST, .label = N_("Tests to add"), .max = 100,
    .help = N_("Codes of tests and panels") },
  [MH_ORDER_EDIT_REMOVE] = { "remove", MH_KIND_LIST, .label = N_("Tests to remove"), .max = 100,
    .help = N_("Ids of ordered tests whose tube is not in the laboratory yet") },
  [MH_ORDER_EDIT_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .max = 400,
    .help = N_("Needed when a test is removed") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_edit_fields) == MH_ORDER_EDIT_N_FIELDS);

static const MhField discount_request_fields[] = {
  [MH_DISCOUNT_REQUEST_DISCOUNT]        = { "discount", MH_KIND_MONEY, .label = N_("Discount"), .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_DISCOUNT_REQUEST_DISCOUNT_RATE]   = { "discount_rate", MH_KIND_INT, .label = N_("Discount rate"), .unit = "%", .format = "rate", .at_least = 0, .at_most = 10000,
    .help = N_("Of the whole order; instead of an amount") },
  [MH_DISCOUNT_REQUEST_DISCOUNT_CODE]   = { "discount_code", MH_KIND_ENUM, .label = N_("Kind of discount"), .codes = mh_discount_codes },
  [MH_DISCOUNT_REQUEST_DISCOUNT_REASON] = { "discount_reason", MH_KIND_TEXT, .label = N_("Reason of the discount"), .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (discount_request_fields) == MH_DISCOUNT_REQUEST_N_FIELDS);

/* clang-format on */

static char *
order_display (MhRecord *order)
{
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);

  return g_strdup (number != NULL ? number : mh_record_id (order));
}

static gboolean
is_discounted (MhRecord *record, guint amount, guint rate)
{
  return mh_record_int (record, amount) > 0 || mh_record_int (record, rate) > 0;
}

static void
check_discount (MhRecord *order, GPtrArray *items, MhIssues *issues)
{
  const char *code = mh_record_text (order, MH_ORDER_DISCOUNT_CODE);
  gboolean given = is_discounted (order, MH_ORDER_DISCOUNT, MH_ORDER_DISCOUNT_RATE);

  for (guint i = 0; items != NULL && i < items->len; i++)
    given = given
            || is_discounted (g_ptr_array_index (items, i), MH_ORDER_ITEM_DISCOUNT,
                              MH_ORDER_ITEM_DISCOUNT_RATE);
  if (given && !mh_record_has (order, MH_ORDER_DISCOUNT_REASON)
      && (code == NULL || g_str_equal (code, MH_DISCOUNT_OTHER)))
    mh_issues_add (issues, "discount_reason", "required", "A discount needs its reason");
}

static void
discount_request_check (MhRecord *request, MhIssues *issues)
{
  const char *code = mh_record_text (request, MH_DISCOUNT_REQUEST_DISCOUNT_CODE);
  gboolean amount = mh_record_has (request, MH_DISCOUNT_REQUEST_DISCOUNT);
  gboolean rate = mh_record_has (request, MH_DISCOUNT_REQUEST_DISCOUNT_RATE);

  if (amount == rate)
    mh_issues_add (issues, "discount", amount ? "mismatch" : "required",
                   "Give either an amount or a rate");
  if (is_discounted (request, MH_DISCOUNT_REQUEST_DISCOUNT, MH_DISCOUNT_REQUEST_DISCOUNT_RATE)
      && !mh_record_has (request, MH_DISCOUNT_REQUEST_DISCOUNT_REASON)
      && (code == NULL || g_str_equal (code, MH_DISCOUNT_OTHER)))
    mh_issues_add (issues, "discount_reason", "required", "A discount needs its reason");
}

static void
order_check (MhRecord *order, MhIssues *issues)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *test = mh_record_text (item, MH_ORDER_ITEM_TEST);
      g_autofree char *path = g_strdup_printf ("items[%u].test", i);

      if (test == NULL
          || g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) == 0)
        continue;
      if (!g_hash_table_add (seen, (gpointer)test))
        mh_issues_add (issues, path, "duplicate", "%s is in the order already", test);
    }

  check_discount (order, items, issues);
}

/* clang-format off */
const MhRecordType mh_order_type = {
  .name = "MhOrder", .code = "order", .table = "lab_order", .path = "/orders",
  .label = NS_("Order"), .fields = order_fields, .n_fields = G_N_ELEMENTS (order_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = order_check, .display = order_display,
  .hospital = MH_ORDER_HOSPITAL_ID, .patient = MH_ORDER_PATIENT_ID,
};

const MhRecordType mh_order_item_type = {
  .name = "MhOrderItem", .code = "order_item", .table = "order_item",
  .label = NS_("Ordered test"), .fields = order_item_fields, .n_fields = G_N_ELEMENTS (order_item_fields),
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT,
  .order = MH_ORDER_ITEM_ORDER_ID,
};

const MhRecordType mh_order_counts_type = {
  .name = "MhOrderCounts", .code = "order_counts",
  .label = N_("Counts of the order board"), .fields = order_counts_fields, .n_fields = G_N_ELEMENTS (order_counts_fields),
};

const MhRecordType mh_recovery_type = {
  .name = "MhRecovery", .code = "recovery",
  .label = N_("Recovery of a failed payment"), .fields = recovery_fields, .n_fields = G_N_ELEMENTS (recovery_fields),
};

const MhRecordType mh_order_edit_type = {
  .name = "MhOrderEdit", .code = "order_edit",
  .label = N_("Change of an order's tests"), .fields = order_edit_fields, .n_fields = G_N_ELEMENTS (order_edit_fields),
};

const MhRecordType mh_discount_request_type = {
  .name = "MhDiscountRequest", .code = "discount_request",
  .label = NS_("Discount"), .fields = discount_request_fields, .n_fields = G_N_ELEMENTS (discount_request_fields),
  .check = discount_request_check,
};

/* clang-format on */
