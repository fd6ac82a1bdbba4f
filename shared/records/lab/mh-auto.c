/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-auto.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_held_codes[] = {
  { MH_HELD_OFF, N_("Automatic verification is off") },
  { MH_HELD_NO_RULE, N_("No rule for it") },
  { MH_HELD_NO_VALUE, N_("No value") },
  { MH_HELD_CRITICAL, N_("Critical") },
  { MH_HELD_NO_RANGE, N_("No reference range") },
  { MH_HELD_UNSIGNED, N_("Range not signed off") },
  { MH_HELD_FLAG, N_("Flagged") },
  { MH_HELD_LIMITS, N_("Outside the rule's limits") },
  { MH_HELD_DELTA, N_("Unusual change from the previous value") },
  { MH_HELD_TUBE, N_("Several unusual changes: perhaps another patient's tube") },
  { MH_HELD_KEPT, N_("Its tube is held, or a supervisor was asked") },
  { MH_HELD_NO_PREVIOUS, N_("No previous value to compare with") },
  { MH_HELD_QC, N_("Quality control does not allow it") },
  { MH_HELD_DEVICE, N_("Flagged by the analyser") },
  { MH_HELD_HIL, N_("Haemolysed, icteric or lipaemic") },
  { MH_HELD_TOO_OLD, N_("The sample was too old") },
  { MH_HELD_BY_HAND, N_("Typed by hand") },
  { MH_HELD_COMMENT, N_("Has a remark") },
  { MH_HELD_BEYOND, N_("Calculated value is not possible") },
  { MH_HELD_MISMATCH, N_("Does not agree with the other values") },
  { MH_HELD_SECOND, N_("A second determination is missing, or differs") },
  { MH_HELD_GROUP, N_("Not the patient's earlier blood group") },
  { MH_HELD_COMPANION, N_("Another value of the test waits") },
  { NULL },
};

static const MhField rule_fields[] = {
  MH_COMMON_FIELDS,
  [MH_AUTO_RULE_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_AUTO_RULE_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_AUTO_RULE_BENCH]          = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_BRIEF, .max = 4,
    .help = N_("Empty: every bench") },
  [MH_AUTO_RULE_TEST]           = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_BRIEF, .max = 20,
    .help = N_("Empty: every test") },
  [MH_AUTO_RULE_ANALYTE]        = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_BRIEF, .max = 20,
    .help = N_("Empty: every analyte") },
  [MH_AUTO_RULE_INSTRUMENT]     = { "instrument", MH_KIND_TEXT, .label = N_("Analyser"), .max = 120,
    .help = N_("Only what this one measured") },
  [MH_AUTO_RULE_FLAGS]          = { "flags", MH_KIND_LIST, .label = N_("Flags that may be verified"), .codes = mh_result_flag_codes, .max = 9,
    .help = N_("Only normal values if none is named; critical ones never") },
  [MH_AUTO_RULE_LOW]            = { "low", MH_KIND_DECIMAL, .label = N_("From") },
  [MH_AUTO_RULE_HIGH]           = { "high", MH_KIND_DECIMAL, .label = N_("To") },
  [MH_AUTO_RULE_SIGNED_RANGE]   = { "signed_range", MH_KIND_BOOL, .label = N_("Range must be signed off") },
  [MH_AUTO_RULE_DELTA]          = { "delta", MH_KIND_BOOL, .label = N_("Change must be usual") },
  [MH_AUTO_RULE_PREVIOUS]       = { "previous", MH_KIND_BOOL, .label = N_("Must have a previous value") },
  [MH_AUTO_RULE_QC]             = { "qc", MH_KIND_BOOL, .label = N_("Quality control must be good") },
  [MH_AUTO_RULE_DEVICE_FLAGS]   = { "device_flags", MH_KIND_LIST, .label = N_("Analyser's flags that may be verified"), .max = 20,
    .help = N_("Any other flag of the analyser holds the value") },
  [MH_AUTO_RULE_MAX_HAEMOLYSIS] = { "max_haemolysis", MH_KIND_INT, .label = N_("Haemolysis up to"), .at_least = 0, .at_most = 4 },
  [MH_AUTO_RULE_MAX_ICTERUS]    = { "max_icterus", MH_KIND_INT, .label = N_("Icterus up to"), .at_least = 0, .at_most = 4 },
  [MH_AUTO_RULE_MAX_LIPAEMIA]   = { "max_lipaemia", MH_KIND_INT, .label = N_("Lipaemia up to"), .at_least = 0, .at_most = 4 },
  [MH_AUTO_RULE_BY_HAND]        = { "by_hand", MH_KIND_BOOL, .label = N_("Typed values too"),
    .help = N_("If not, only what an analyser sent") },
  [MH_AUTO_RULE_ACTIVE]         = { "active", MH_KIND_BOOL, .label = N_("In force"), .flags = MH_BRIEF },
  [MH_AUTO_RULE_NOTE]           = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rule_fields) == MH_AUTO_RULE_N_FIELDS);

static const MhField trial_fields[] = {
  [MH_AUTO_TRIAL_FROM] = { "from", MH_KIND_DATE, .label = N_("First day"), .flags = MH_REQUIRED },
  [MH_AUTO_TRIAL_TO]   = { "to", MH_KIND_DATE, .label = N_("Last day"), .flags = MH_REQUIRED },
  [MH_AUTO_TRIAL_RULE] = { "rule", MH_KIND_RECORD, .label = N_("Rule"), .target = &mh_auto_rule_type, .flags = MH_VIRTUAL,
    .help = N_("None: the rules in force") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (trial_fields) == MH_AUTO_TRIAL_N_FIELDS);

static const MhField reason_fields[] = {
  [MH_AUTO_REASON_CODE]  = { "code", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_held_codes },
  [MH_AUTO_REASON_COUNT] = { "count", MH_KIND_INT, .label = N_("Values") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reason_fields) == MH_AUTO_REASON_N_FIELDS);

static const MhField miss_fields[] = {
  [MH_AUTO_MISS_ORDER_ID]     = { "order_id", MH_KIND_TEXT, .label = N_("Order") },
  [MH_AUTO_MISS_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number") },
  [MH_AUTO_MISS_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Name") },
  [MH_AUTO_MISS_VALUE]        = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_AUTO_MISS_UNIT]         = { "unit", MH_KIND_TEXT, .label = N_("Unit") },
  [MH_AUTO_MISS_FLAG]         = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes },
};
G_STATIC_ASSERT (G_N_ELEMENTS (miss_fields) == MH_AUTO_MISS_N_FIELDS);

static const MhField outcome_fields[] = {
  [MH_AUTO_OUTCOME_RESULTS] = { "results", MH_KIND_INT, .label = N_("Values looked at") },
  [MH_AUTO_OUTCOME_PASSED]  = { "passed", MH_KIND_INT, .label = N_("Would have been verified automatically") },
  [MH_AUTO_OUTCOME_PERCENT] = { "percent", MH_KIND_DECIMAL, .label = N_("Of all"), .unit = "%" },
  [MH_AUTO_OUTCOME_CHANGED] = { "changed", MH_KIND_INT, .label = N_("Of these changed by a person later") },
  [MH_AUTO_OUTCOME_MORE]    = { "more", MH_KIND_BOOL, .label = N_("There are more values in the period") },
  [MH_AUTO_OUTCOME_REASONS] = { "reasons", MH_KIND_RECORDS, .label = N_("Why the others would have waited"), .target = &mh_auto_reason_type, .flags = MH_VIRTUAL, .max = 40 },
  [MH_AUTO_OUTCOME_MISSES]  = { "misses", MH_KIND_RECORDS, .label = N_("Changed later"), .target = &mh_auto_miss_type, .flags = MH_VIRTUAL, .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (outcome_fields) == MH_AUTO_OUTCOME_N_FIELDS);

static const MhField verify_row_fields[] = {
  [MH_VERIFY_ROW_ORDER_ID]     = { "order_id", MH_KIND_TEXT, .label = N_("Order") },
  [MH_VERIFY_ROW_NUMBER]       = { "number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_BRIEF },
  [MH_VERIFY_ROW_PATIENT_ID]   = { "patient_id", MH_KIND_TEXT, .label = N_("Patient") },
  [MH_VERIFY_ROW_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_VERIFY_ROW_PRIORITY]     = { "priority", MH_KIND_ENUM, .label = N_("Urgency"), .codes = mh_order_priority_codes },
  [MH_VERIFY_ROW_ORDERED_AT]   = { "ordered_at", MH_KIND_INSTANT, .label = N_("Ordered") },
  [MH_VERIFY_ROW_PROMISED_AT]  = { "promised_at", MH_KIND_INSTANT, .label = N_("Promised") },
  [MH_VERIFY_ROW_VALUES]       = { "values_n", MH_KIND_INT, .label = N_("Values that wait"), .flags = MH_BRIEF },
  [MH_VERIFY_ROW_ABNORMAL]     = { "abnormal", MH_KIND_INT, .label = N_("Abnormal values"), .flags = MH_BRIEF },
  [MH_VERIFY_ROW_CRITICAL]     = { "critical", MH_KIND_INT, .label = N_("Critical values"), .flags = MH_BRIEF },
  [MH_VERIFY_ROW_HELD]         = { "held", MH_KIND_INT, .label = N_("Values that need a look"), .flags = MH_BRIEF },
  [MH_VERIFY_ROW_OWN]          = { "own", MH_KIND_INT, .label = N_("Entered or signed by yourself") },
  [MH_VERIFY_ROW_SIGNED]       = { "signed", MH_KIND_INT, .label = N_("Values with a first signature") },
  [MH_VERIFY_ROW_CLEAN]        = { "clean", MH_KIND_BOOL, .label = N_("All within range"),
    .help = N_("Every value is normal, with no unusual change, remark or analyser's flag, and none is of a sample that was too old") },
  [MH_VERIFY_ROW_BATCH_ID]     = { "batch_id", MH_KIND_TEXT, .label = N_("Verified together"),
    .help = N_("The act by which it goes out within a minute") },
  [MH_VERIFY_ROW_BATCH_BY]     = { "batch_by", MH_KIND_TEXT, .label = N_("Verified by, name") },
  [MH_VERIFY_ROW_BATCH_MINE]   = { "batch_mine", MH_KIND_BOOL, .label = N_("Verified by yourself") },
  [MH_VERIFY_ROW_BATCH_LEFT]   = { "batch_left", MH_KIND_INT, .label = N_("Seconds in which it can be taken back") },
  [MH_VERIFY_ROW_REFUSED]      = { "refused", MH_KIND_TEXT, .label = N_("Why it was not released"), .flags = MH_SENSITIVE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (verify_row_fields) == MH_VERIFY_ROW_N_FIELDS);
/* clang-format on */

static void
rule_check (MhRecord *rule, MhIssues *issues)
{
  MhDecimal low, high;
  const char *from = mh_record_text (rule, MH_AUTO_RULE_LOW);
  const char *to = mh_record_text (rule, MH_AUTO_RULE_HIGH);
  if (from != NULL && to != NULL && mh_decimal_parse (from, &low) && mh_decimal_parse (to, &high)
      && mh_decimal_compare (low, high) > 0)
    mh_issues_add (issues, "high", "out_of_range", "The upper limit lies below the lower one");
}

static void
trial_check (MhRecord *trial, MhIssues *issues)
{
  const char *from = mh_record_text (trial, MH_AUTO_TRIAL_FROM);
  const char *to = mh_record_text (trial, MH_AUTO_TRIAL_TO);
  if (from != NULL && to != NULL && g_strcmp0 (from, to) > 0)
    mh_issues_add (issues, "to", "out_of_range", "The last day lies before the first");
}

/* clang-format off */
const MhRecordType mh_auto_rule_type = {
  .name = "MhAutoRule", .code = "auto_rule", .table = "auto_rule", .path = "/auto-rules",
  .label = N_("Rule of automatic verification"), .fields = rule_fields, .n_fields = G_N_ELEMENTS (rule_fields),
  .flags = MH_TYPE_SYNC, .check = rule_check,
  .hospital = MH_AUTO_RULE_HOSPITAL_ID, .active = MH_AUTO_RULE_ACTIVE,
};

const MhRecordType mh_auto_trial_type = {
  .name = "MhAutoTrial", .code = "auto_trial",
  .label = N_("Trial of a rule"), .fields = trial_fields, .n_fields = G_N_ELEMENTS (trial_fields),
  .check = trial_check,
};

const MhRecordType mh_auto_reason_type = {
  .name = "MhAutoReason", .code = "auto_reason",
  .label = N_("Why values wait"), .fields = reason_fields, .n_fields = G_N_ELEMENTS (reason_fields),
  .key = MH_AUTO_REASON_CODE,
};

const MhRecordType mh_auto_miss_type = {
  .name = "MhAutoMiss", .code = "auto_miss",
  .label = NS_("Value that was changed later"), .fields = miss_fields, .n_fields = G_N_ELEMENTS (miss_fields),
  .flags = MH_TYPE_PATIENT,
  .order = MH_AUTO_MISS_ORDER_ID,
};

const MhRecordType mh_auto_outcome_type = {
  .name = "MhAutoOutcome", .code = "auto_outcome",
  .label = N_("Outcome of the trial"), .fields = outcome_fields, .n_fields = G_N_ELEMENTS (outcome_fields),
};

const MhRecordType mh_verify_row_type = {
  .name = "MhVerifyRow", .code = "verify_row",
  .label = NS_("Order that waits to be verified"), .fields = verify_row_fields, .n_fields = G_N_ELEMENTS (verify_row_fields),
  .flags = MH_TYPE_PATIENT,
  .patient = MH_VERIFY_ROW_PATIENT_ID, .order = MH_VERIFY_ROW_ORDER_ID,
};
/* clang-format on */
