/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-result.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"

/* clang-format off */
const MhCode mh_result_flag_codes[] = {
  { MH_FLAG_N, NR_("Normal") },
  { MH_FLAG_L, NR_("Low") },
  { MH_FLAG_H, NR_("High") },
  { MH_FLAG_LL, NR_("Critically low") },
  { MH_FLAG_HH, NR_("Critically high") },
  { MH_FLAG_BELOW, NR_("Below what can be measured") },
  { MH_FLAG_ABOVE, NR_("Above what can be measured") },
  { MH_FLAG_A, NR_("Abnormal") },
  { MH_FLAG_AA, NR_("Critically abnormal") },
  { NULL },
};

const MhCode mh_result_status_codes[] = {
  { MH_RESULT_STATUS_PENDING, NR_("Pending") },
  { MH_RESULT_STATUS_DRAFT, NS_("Draft") },
  { MH_RESULT_STATUS_ENTERED, NS_("To be verified") },
  { MH_RESULT_STATUS_RETURNED, NS_("Returned") },
  { MH_RESULT_STATUS_VERIFIED, NS_("Verified") },
  { MH_RESULT_STATUS_CORRECTED, NR_("Corrected") },
  { MH_RESULT_STATUS_CANCELLED, NR_("Cancelled") },
  { NULL },
};

static const MhField result_fields[] = {
  MH_COMMON_FIELDS,
  [MH_RESULT_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_RESULT_ORDER_ID]       = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_ORDER_ITEM_ID]  = { "order_item_id", MH_KIND_REF, .label = N_("Ordered test"), .target = &mh_order_item_type, .flags = MH_SERVER_SET },
  [MH_RESULT_SAMPLE_ID]      = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type, .flags = MH_SERVER_SET },
  [MH_RESULT_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_TEST]           = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_RESULT_ANALYTE]        = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_RESULT_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_RESULT_KIND]           = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_analyte_kind_codes, .flags = MH_SERVER_SET },
  [MH_RESULT_VALUE]          = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 4000 },
  [MH_RESULT_VALUE_TEXT]     = { "value_text", MH_KIND_TEXT, .label = N_("Value in words"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400,
    .help = N_("The text of a coded value") },
  [MH_RESULT_UNIT]           = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_RESULT_FLAG]           = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_LOW]            = { "low", MH_KIND_DECIMAL, .label = N_("Low"), .flags = MH_SERVER_SET },
  [MH_RESULT_HIGH]           = { "high", MH_KIND_DECIMAL, .label = N_("High"), .flags = MH_SERVER_SET },
  [MH_RESULT_RANGE_TEXT]     = { "range_text", MH_KIND_TEXT, .label = N_("Range"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 200 },
  [MH_RESULT_RANGE_ID]       = { "range_id", MH_KIND_REF, .label = N_("Range's row"), .target = &mh_reference_range_type, .flags = MH_SERVER_SET },
  [MH_RESULT_RANGE_VERIFIED] = { "range_verified", MH_KIND_BOOL, .label = N_("Range signed off"), .flags = MH_SERVER_SET },
  [MH_RESULT_CRITICAL]       = { "critical", MH_KIND_BOOL, .label = N_("Critical"), .flags = MH_SERVER_SET },
  [MH_RESULT_DELTA]          = { "delta", MH_KIND_TEXT, .label = N_("Delta check"), .flags = MH_SERVER_SET, .max = 200,
    .help = N_("Why the difference from the previous value is unusual") },
  [MH_RESULT_COMMENT]        = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 2000 },
  [MH_RESULT_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_result_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_RESULT_METHOD]         = { "method", MH_KIND_TEXT, .label = N_("Method"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_INSTRUMENT]     = { "instrument", MH_KIND_TEXT, .label = N_("Instrument"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_ENTERED_BY]     = { "entered_by", MH_KIND_REF, .label = N_("Entered by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_RESULT_ENTERED_NAME]   = { "entered_name", MH_KIND_TEXT, .label = N_("Entered by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_ENTERED_AT]     = { "entered_at", MH_KIND_INSTANT, .label = N_("Entered"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERIFIED_BY]    = { "verified_by", MH_KIND_REF, .label = N_("Verified by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_RESULT_VERIFIED_NAME]  = { "verified_name", MH_KIND_TEXT, .label = N_("Verified by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_VERIFIED_AT]    = { "verified_at", MH_KIND_INSTANT, .label = N_("Verified"), .flags = MH_SERVER_SET },
  [MH_RESULT_VERIFY_LEVEL]   = { "verify_level", MH_KIND_INT, .label = N_("Signatures so far"), .flags = MH_SERVER_SET, .at_least = 0, .at_most = 3, .since = 25,
    .help = N_("Of as many as the bench asks for; void when the value changes") },
  [MH_RESULT_LEVEL1_BY]      = { "level1_by", MH_KIND_REF, .label = N_("First signature by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 25 },
  [MH_RESULT_LEVEL1_NAME]    = { "level1_name", MH_KIND_TEXT, .label = N_("First signature by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 25 },
  [MH_RESULT_LEVEL1_AT]      = { "level1_at", MH_KIND_INSTANT, .label = N_("First signature"), .flags = MH_SERVER_SET, .since = 25 },
  [MH_RESULT_LEVEL2_BY]      = { "level2_by", MH_KIND_REF, .label = N_("Second signature by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 25 },
  [MH_RESULT_LEVEL2_NAME]    = { "level2_name", MH_KIND_TEXT, .label = N_("Second signature by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 25 },
  [MH_RESULT_LEVEL2_AT]      = { "level2_at", MH_KIND_INSTANT, .label = N_("Second signature"), .flags = MH_SERVER_SET, .since = 25 },
  [MH_RESULT_AUTO_VERIFIED]  = { "auto_verified", MH_KIND_BOOL, .label = N_("Verified automatically"), .flags = MH_SERVER_SET, .since = 25 },
  [MH_RESULT_HELD]           = { "held", MH_KIND_LIST, .label = N_("Why not verified automatically"), .codes = mh_held_codes, .flags = MH_SERVER_SET, .max = 20, .since = 25 },
  [MH_RESULT_MEASURED_AT]    = { "measured_at", MH_KIND_INSTANT, .label = N_("Sample of"), .flags = MH_SERVER_SET,
    .help = N_("When the sample was collected: the day that the value belongs to") },
  [MH_RESULT_SORT_ORDER]     = { "sort_order", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_RESULT_MEASURED_VALUE] = { "measured_value", MH_KIND_TEXT, .label = N_("Measured"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 40, .since = 15,
    .help = N_("Before it was multiplied by the dilution") },
  [MH_RESULT_DILUTION] = { "dilution", MH_KIND_DECIMAL, .label = N_("Dilution"), .flags = MH_SERVER_SET, .since = 15,
    .help = N_("How many times it was diluted: 10 is one part in ten") },
  [MH_RESULT_DEVICE_FLAGS] = { "device_flags", MH_KIND_LIST, .label = N_("Flags of the analyser"), .flags = MH_SERVER_SET, .max = 20, .since = 15 },
  [MH_RESULT_ANALYSED_AT] = { "analysed_at", MH_KIND_INSTANT, .label = N_("Measured at"), .flags = MH_SERVER_SET, .since = 15,
    .help = N_("When the analyser measured it") },
  [MH_RESULT_RUN] = { "run", MH_KIND_INT, .label = N_("Run"), .flags = MH_SERVER_SET, .since = 15,
    .help = N_("1, and one more for each time the test was started again") },
  [MH_RESULT_PARTS_HASH] = { "parts_hash", MH_KIND_TEXT, .label = N_("Hash of the isolates"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64, .since = 20 },
  [MH_RESULT_ISOLATES] = { "isolates", MH_KIND_RECORDS, .label = N_("Isolates"), .target = &mh_result_isolate_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 10 },
  [MH_RESULT_SECOND_VALUE] = { "second_value", MH_KIND_TEXT, .label = N_("Second determination"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 4000, .since = 68,
    .help = N_("By somebody else, where the analyte's release rule wants two that agree") },
  [MH_RESULT_SECOND_BY]    = { "second_by", MH_KIND_REF, .label = N_("Second determination by"), .target = &mh_user_type, .flags = MH_SERVER_SET, .since = 68 },
  [MH_RESULT_SECOND_NAME]  = { "second_name", MH_KIND_TEXT, .label = N_("Second determination by, name"), .flags = MH_SERVER_SET, .max = 120, .since = 68 },
  [MH_RESULT_SECOND_AT]    = { "second_at", MH_KIND_INSTANT, .label = N_("Second determination at"), .flags = MH_SERVER_SET, .since = 68 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_fields) == MH_RESULT_N_FIELDS);

static const MhField earlier_value_fields[] = {
  [MH_EARLIER_VALUE_VALUE] = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_EARLIER_VALUE_UNIT]  = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .max = 40 },
  [MH_EARLIER_VALUE_FLAG]  = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes },
  [MH_EARLIER_VALUE_AT]    = { "at", MH_KIND_INSTANT, .label = N_("Sample of") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (earlier_value_fields) == MH_EARLIER_VALUE_N_FIELDS);

static const MhField result_row_fields[] = {
  [MH_RESULT_ROW_CODE]              = { "code", MH_KIND_TEXT, .label = N_("Analyte") },
  [MH_RESULT_ROW_NAME]              = { "name", MH_KIND_TEXT, .label = N_("Name") },
  [MH_RESULT_ROW_TEST]              = { "test", MH_KIND_TEXT, .label = N_("Test") },
  [MH_RESULT_ROW_TEST_NAME]         = { "test_name", MH_KIND_TEXT, .label = N_("Test's name") },
  [MH_RESULT_ROW_SECTION]           = { "section", MH_KIND_TEXT, .label = N_("Section"),
    .help = N_("Bench or heading under which the report shows it") },
  [MH_RESULT_ROW_KIND]              = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_analyte_kind_codes },
  [MH_RESULT_ROW_UNIT]              = { "unit", MH_KIND_TEXT, .label = N_("Unit") },
  [MH_RESULT_ROW_DECIMALS]          = { "decimals", MH_KIND_INT, .label = N_("Decimals") },
  [MH_RESULT_ROW_LOW]               = { "low", MH_KIND_DECIMAL, .label = N_("Low") },
  [MH_RESULT_ROW_HIGH]              = { "high", MH_KIND_DECIMAL, .label = N_("High") },
  [MH_RESULT_ROW_RANGE_TEXT]        = { "range_text", MH_KIND_TEXT, .label = N_("Range") },
  [MH_RESULT_ROW_RANGE_VERIFIED]    = { "range_verified", MH_KIND_BOOL, .label = N_("Range signed off") },
  [MH_RESULT_ROW_CRITICAL_LOW]      = { "critical_low", MH_KIND_DECIMAL, .label = N_("Critical low") },
  [MH_RESULT_ROW_CRITICAL_HIGH]     = { "critical_high", MH_KIND_DECIMAL, .label = N_("Critical high") },
  [MH_RESULT_ROW_PLAUSIBLE_LOW]     = { "plausible_low", MH_KIND_DECIMAL, .label = N_("Plausible from") },
  [MH_RESULT_ROW_PLAUSIBLE_HIGH]    = { "plausible_high", MH_KIND_DECIMAL, .label = N_("Plausible to") },
  [MH_RESULT_ROW_VALUE]             = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_RESULT_ROW_VALUE_TEXT]        = { "value_text", MH_KIND_TEXT, .label = N_("Value in words"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_RESULT_ROW_FLAG]              = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes },
  [MH_RESULT_ROW_CRITICAL]          = { "critical", MH_KIND_BOOL, .label = N_("Critical") },
  [MH_RESULT_ROW_DELTA]             = { "delta", MH_KIND_TEXT, .label = N_("Delta check") },
  [MH_RESULT_ROW_COMMENT]           = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment"), .flags = MH_SENSITIVE },
  [MH_RESULT_ROW_STATUS]            = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_result_status_codes },
  [MH_RESULT_ROW_CHOICES]           = { "choices", MH_KIND_RECORDS, .label = N_("Choices"), .target = &mh_value_choice_type, .flags = MH_VIRTUAL },
  [MH_RESULT_ROW_FORMULA]           = { "formula", MH_KIND_TEXT, .label = N_("Formula"), .max = 400 },
  [MH_RESULT_ROW_FORMULA_CONDITION] = { "formula_condition", MH_KIND_TEXT, .label = N_("Formula holds when") },
  [MH_RESULT_ROW_TITER_STEPS]       = { "titer_steps", MH_KIND_LIST, .label = N_("Titre steps") },
  [MH_RESULT_ROW_METHOD]            = { "method", MH_KIND_TEXT, .label = N_("Method") },
  [MH_RESULT_ROW_SAMPLE_ID]         = { "sample_id", MH_KIND_TEXT, .label = N_("Sample") },
  [MH_RESULT_ROW_SAMPLE_STATUS]     = { "sample_status", MH_KIND_ENUM, .label = N_("Sample's status"), .codes = mh_sample_status_codes },
  [MH_RESULT_ROW_PREVIOUS_VALUE]    = { "previous_value", MH_KIND_TEXT, .label = N_("Previous value"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_RESULT_ROW_PREVIOUS_AT]       = { "previous_at", MH_KIND_INSTANT, .label = N_("Previous on") },
  [MH_RESULT_ROW_TREND]             = { "trend", MH_KIND_LIST, .label = N_("Earlier values"), .flags = MH_SENSITIVE, .max = 12,
    .help = N_("Numbers of the patient's verified results before, oldest first") },
  [MH_RESULT_ROW_ENTERED_BY]        = { "entered_by", MH_KIND_TEXT, .label = N_("Entered by"), .max = 36 },
  [MH_RESULT_ROW_ENTERED_NAME]      = { "entered_name", MH_KIND_TEXT, .label = N_("Entered by, name") },
  [MH_RESULT_ROW_ENTERED_AT]        = { "entered_at", MH_KIND_INSTANT, .label = N_("Entered") },
  [MH_RESULT_ROW_VERIFY_LEVEL]      = { "verify_level", MH_KIND_INT, .label = N_("Signatures so far") },
  [MH_RESULT_ROW_VERIFY_LEVELS]     = { "verify_levels", MH_KIND_INT, .label = N_("Signatures needed") },
  [MH_RESULT_ROW_MAY_VERIFY]        = { "may_verify", MH_KIND_BOOL, .label = N_("May be verified by the caller") },
  [MH_RESULT_ROW_SIGNED_NAMES]      = { "signed_names", MH_KIND_LIST, .label = N_("Signed by"), .max = 3 },
  [MH_RESULT_ROW_AUTO_VERIFIED]     = { "auto_verified", MH_KIND_BOOL, .label = N_("Verified automatically") },
  [MH_RESULT_ROW_HELD]              = { "held", MH_KIND_LIST, .label = N_("Why not verified automatically"), .codes = mh_held_codes, .max = 20 },
  [MH_RESULT_ROW_QC]                = { "qc", MH_KIND_TEXT, .label = N_("Quality control"),
    .help = N_("Why quality control does not let it go; empty: it does") },
  [MH_RESULT_ROW_INSTRUMENT] = { "instrument", MH_KIND_TEXT, .label = N_("Instrument") },
  [MH_RESULT_ROW_MEASURED_VALUE] = { "measured_value", MH_KIND_TEXT, .label = N_("Measured"), .flags = MH_SENSITIVE, .max = 40,
    .help = N_("Before it was multiplied by the dilution") },
  [MH_RESULT_ROW_DILUTION] = { "dilution", MH_KIND_DECIMAL, .label = N_("Dilution"),
    .help = N_("How many times it was diluted: 10 is one part in ten") },
  [MH_RESULT_ROW_DEVICE_FLAGS] = { "device_flags", MH_KIND_LIST, .label = N_("Flags of the analyser"), .max = 20 },
  [MH_RESULT_ROW_ANALYSED_AT] = { "analysed_at", MH_KIND_INSTANT, .label = N_("Measured at"),
    .help = N_("When the analyser measured it") },
  [MH_RESULT_ROW_RUN] = { "run", MH_KIND_INT, .label = N_("Run") },
  [MH_RESULT_ROW_BENCH] = { "bench", MH_KIND_TEXT, .label = N_("Bench") },
  [MH_RESULT_ROW_EARLIER] = { "earlier", MH_KIND_RECORDS, .label = N_("Earlier values with units and dates"), .target = &mh_earlier_value_type, .flags = MH_VIRTUAL, .max = 12,
    .help = N_("Verified values of the patient, the newest first") },
  [MH_RESULT_ROW_ISOLATES] = { "isolates", MH_KIND_RECORDS, .label = N_("Isolates"), .target = &mh_result_isolate_type, .flags = MH_VIRTUAL, .max = 10 },
  [MH_RESULT_ROW_LOW_OPEN] = { "low_open", MH_KIND_BOOL, .label = N_("Low is outside") },
  [MH_RESULT_ROW_HIGH_OPEN] = { "high_open", MH_KIND_BOOL, .label = N_("High is outside") },
  [MH_RESULT_ROW_CRITICAL_LOW_OPEN] = { "critical_low_open", MH_KIND_BOOL, .label = N_("Critical low is outside") },
  [MH_RESULT_ROW_CRITICAL_HIGH_OPEN] = { "critical_high_open", MH_KIND_BOOL, .label = N_("Critical high is outside") },
  [MH_RESULT_ROW_REPORTABLE_LOW] = { "reportable_low", MH_KIND_DECIMAL, .label = N_("Reportable from") },
  [MH_RESULT_ROW_REPORTABLE_HIGH] = { "reportable_high", MH_KIND_DECIMAL, .label = N_("Reportable to") },
  [MH_RESULT_ROW_CHECK_FORMULA] = { "check_formula", MH_KIND_TEXT, .label = N_("Fits when"), .max = 400,
    .help = N_("What a measured value should come to when it is calculated from the others") },
  [MH_RESULT_ROW_INSTRUMENTS] = { "instruments", MH_KIND_LIST, .label = N_("May be measured on"), .max = 50 },
  [MH_RESULT_ROW_INSTRUMENT_NAMES] = { "instrument_names", MH_KIND_LIST, .label = N_("What it may be measured on"), .max = 50 },
  [MH_RESULT_ROW_DOUBT] = { "doubt", MH_KIND_TEXT, .label = N_("To be checked"), .flags = MH_SENSITIVE, .max = 600,
    .help = N_("Why it is not possible, or does not agree with the other values") },
  [MH_RESULT_ROW_SECOND_WANTED] = { "second_wanted", MH_KIND_BOOL, .label = N_("Second determination wanted"),
    .help = N_("Nothing is released before a second determination by another person agrees") },
  [MH_RESULT_ROW_SECOND_VALUE] = { "second_value", MH_KIND_TEXT, .label = N_("Second determination"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_RESULT_ROW_SECOND_BY]    = { "second_by", MH_KIND_TEXT, .label = N_("Second determination by"), .max = 36 },
  [MH_RESULT_ROW_SECOND_NAME]  = { "second_name", MH_KIND_TEXT, .label = N_("Second determination by, name") },
  [MH_RESULT_ROW_SECOND_AT]    = { "second_at", MH_KIND_INSTANT, .label = N_("Second determination at") },
  [MH_RESULT_ROW_GROUP_BEFORE] = { "group_before", MH_KIND_TEXT, .label = N_("Earlier blood group"), .flags = MH_SENSITIVE, .max = 80,
    .help = N_("The patient's earlier one, which the value differs from") },
  [MH_RESULT_ROW_GROUP_BEFORE_AT] = { "group_before_at", MH_KIND_INSTANT, .label = N_("Earlier blood group of"),
    .help = N_("Empty when it stands on the patient's record") },
  [MH_RESULT_ROW_STABLE_UNTIL] = { "stable_until", MH_KIND_INSTANT, .label = N_("Sample keeps until"),
    .help = N_("For this test; a value that is measured later is marked") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_row_fields) == MH_RESULT_ROW_N_FIELDS);

static const MhField results_sheet_fields[] = {
  [MH_RESULTS_SHEET_ORDER_ID]        = { "order_id", MH_KIND_TEXT, .label = N_("Order") },
  [MH_RESULTS_SHEET_ORDER_NUMBER]    = { "order_number", MH_KIND_TEXT, .label = N_("Order number") },
  [MH_RESULTS_SHEET_ORDER_VERSION]   = { "order_version", MH_KIND_INT, .label = N_("Order's version") },
  [MH_RESULTS_SHEET_PATIENT_ID]      = { "patient_id", MH_KIND_TEXT, .label = N_("Patient") },
  [MH_RESULTS_SHEET_PATIENT_NAME]    = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SENSITIVE },
  [MH_RESULTS_SHEET_PATIENT_MRN]     = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SENSITIVE },
  [MH_RESULTS_SHEET_STATUS]          = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_order_status_codes },
  [MH_RESULTS_SHEET_COLLECTED_AT]    = { "collected_at", MH_KIND_INSTANT, .label = N_("Collected") },
  [MH_RESULTS_SHEET_AGE_DAYS]        = { "age_days", MH_KIND_INT, .label = N_("Age at collection"), .flags = MH_SENSITIVE, .unit = "d" },
  [MH_RESULTS_SHEET_ISI]             = { "isi", MH_KIND_DECIMAL, .label = N_("Sensitivity index"),
    .help = N_("Of the thromboplastin in use; empty: not set, then no INR is worked out") },
  [MH_RESULTS_SHEET_AGE_YEARS]       = { "age_years", MH_KIND_INT, .label = N_("Age at collection"), .flags = MH_SENSITIVE, .unit = "y" },
  [MH_RESULTS_SHEET_SEX]             = { "sex", MH_KIND_ENUM, .label = N_("Sex"), .codes = mh_patient_sex_codes, .flags = MH_SENSITIVE },
  [MH_RESULTS_SHEET_PREGNANCY_WEEKS] = { "pregnancy_weeks", MH_KIND_INT, .label = N_("Weeks of pregnancy"), .flags = MH_SENSITIVE },
  [MH_RESULTS_SHEET_MAY_VERIFY]      = { "may_verify", MH_KIND_BOOL, .label = N_("May be verified by the caller") },
  [MH_RESULTS_SHEET_ANALYTES]        = { "analytes", MH_KIND_RECORDS, .label = N_("Analytes"), .target = &mh_result_row_type, .flags = MH_VIRTUAL, .max = 500 },
  [MH_RESULTS_SHEET_HOLDS]           = { "holds", MH_KIND_RECORDS, .label = N_("Held tubes"), .target = &mh_tube_hold_type, .flags = MH_VIRTUAL, .max = 100 },
  [MH_RESULTS_SHEET_EVENTS]          = { "events", MH_KIND_RECORDS, .label = N_("What explains a difference"), .target = &mh_delta_event_type, .flags = MH_VIRTUAL, .max = 100 },
  [MH_RESULTS_SHEET_ESCALATIONS]     = { "escalations", MH_KIND_RECORDS, .label = N_("Questions to supervisors"), .target = &mh_escalation_type, .flags = MH_VIRTUAL, .max = 100 },
  [MH_RESULTS_SHEET_ATTACHMENTS]     = { "attachments", MH_KIND_RECORDS, .label = N_("Attachments"), .target = &mh_attachment_type, .flags = MH_VIRTUAL, .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (results_sheet_fields) == MH_RESULTS_SHEET_N_FIELDS);

static const MhField worklist_fields[] = {
  [MH_WORKLIST_TEST]    = { "test", MH_KIND_TEXT, .label = N_("Test") },
  [MH_WORKLIST_NAME]    = { "name", MH_KIND_TEXT, .label = N_("Name") },
  [MH_WORKLIST_WAITING] = { "waiting", MH_KIND_INT, .label = N_("Waiting") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (worklist_fields) == MH_WORKLIST_N_FIELDS);

static const MhField result_entry_fields[] = {
  [MH_RESULT_ENTRY_ANALYTE]    = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_REQUIRED, .max = 20 },
  [MH_RESULT_ENTRY_VALUE]      = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 4000,
    .help = N_("Empty: takes the value back") },
  [MH_RESULT_ENTRY_COMMENT]    = { "comment", MH_KIND_LONG_TEXT, .label = N_("Comment"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_RESULT_ENTRY_INSTRUMENT] = { "instrument", MH_KIND_TEXT, .label = N_("Instrument"), .max = 120 },
  [MH_RESULT_ENTRY_DILUTION] = { "dilution", MH_KIND_DECIMAL, .label = N_("Dilution"),
    .help = N_("The value is what was measured; what is kept is it times this factor") },
  [MH_RESULT_ENTRY_DEVICE_FLAGS] = { "device_flags", MH_KIND_LIST, .label = N_("Flags of the analyser"), .max = 20 },
  [MH_RESULT_ENTRY_ANALYSED_AT] = { "analysed_at", MH_KIND_INSTANT, .label = N_("Measured at") },
  [MH_RESULT_ENTRY_ISOLATES] = { "isolates", MH_KIND_RECORDS, .label = N_("Isolates"), .target = &mh_result_isolate_type, .flags = MH_VIRTUAL, .max = 10,
    .help = N_("Of a culture, all of them; the value is then the first organism") },
  [MH_RESULT_ENTRY_DETERMINATION] = { "determination", MH_KIND_INT, .label = N_("Determination"), .at_least = 1, .at_most = 2,
    .help = N_("2: the second, independent one, where the analyte's release rule wants it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_entry_fields) == MH_RESULT_ENTRY_N_FIELDS);

static const MhField results_put_fields[] = {
  [MH_RESULTS_PUT_RESULTS] = { "results", MH_KIND_RECORDS, .label = N_("Results"), .target = &mh_result_entry_type, .flags = MH_VIRTUAL, .max = 500,
    .help = N_("None: what the drafts saved stands, and only their state changes") },
  [MH_RESULTS_PUT_FINAL]   = { "final", MH_KIND_BOOL, .label = N_("Complete"),
    .help = N_("True: ready to be verified; false: a draft") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (results_put_fields) == MH_RESULTS_PUT_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_result_type = {
  .name = "MhResult", .code = "result", .table = "result",
  .label = NR_("Result"), .fields = result_fields, .n_fields = G_N_ELEMENTS (result_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_RESULT_HOSPITAL_ID, .patient = MH_RESULT_PATIENT_ID, .order = MH_RESULT_ORDER_ID,
};

const MhRecordType mh_earlier_value_type = {
  .name = "MhEarlierValue", .code = "earlier_value",
  .label = NS_("Value from before"), .fields = earlier_value_fields, .n_fields = G_N_ELEMENTS (earlier_value_fields),
  .flags = MH_TYPE_PATIENT,
};

const MhRecordType mh_result_row_type = {
  .name = "MhResultRow", .code = "result_row",
  .label = N_("Row of the result grid"), .fields = result_row_fields, .n_fields = G_N_ELEMENTS (result_row_fields),
  .key = MH_RESULT_ROW_CODE,
};

const MhRecordType mh_results_sheet_type = {
  .name = "MhResultsSheet", .code = "results_sheet",
  .label = NS_("Result grid of an order"), .fields = results_sheet_fields, .n_fields = G_N_ELEMENTS (results_sheet_fields),
  .flags = MH_TYPE_PATIENT,
  .patient = MH_RESULTS_SHEET_PATIENT_ID, .order = MH_RESULTS_SHEET_ORDER_ID,
};

const MhRecordType mh_worklist_type = {
  .name = "MhWorklist", .code = "worklist",
  .label = N_("Worklist of a test"), .fields = worklist_fields, .n_fields = G_N_ELEMENTS (worklist_fields),
};

const MhRecordType mh_result_entry_type = {
  .name = "MhResultEntry", .code = "result_entry",
  .label = N_("Entered value"), .fields = result_entry_fields, .n_fields = G_N_ELEMENTS (result_entry_fields),
};

const MhRecordType mh_results_put_type = {
  .name = "MhResultsPut", .code = "results_put",
  .label = N_("Entered results"), .fields = results_put_fields, .n_fields = G_N_ELEMENTS (results_put_fields),
};

/* clang-format on */
