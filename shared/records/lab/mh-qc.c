/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-qc.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_qc_rule_codes[] = {
  { MH_QC_1_2S, N_("One value beyond 2 SD: warning") },
  { MH_QC_1_3S, N_("One value beyond 3 SD: random error") },
  { MH_QC_2_2S, N_("Two in a row beyond 2 SD on one side: systematic error") },
  { MH_QC_R_4S, N_("One above +2 SD and one below −2 SD in a run: random error") },
  { MH_QC_4_1S, N_("Four in a row beyond 1 SD on one side: systematic error") },
  { MH_QC_10X, N_("Ten in a row on one side of the mean: systematic error") },
  { MH_QC_2OF3_2S, N_("Two of three beyond 2 SD on one side: systematic error") },
  { MH_QC_3_1S, N_("Three in a row beyond 1 SD on one side: systematic error") },
  { MH_QC_6X, N_("Six in a row on one side of the mean: systematic error") },
  { MH_QC_8X, N_("Eight in a row on one side of the mean: systematic error") },
  { MH_QC_9X, N_("Nine in a row on one side of the mean: systematic error") },
  { MH_QC_12X, N_("Twelve in a row on one side of the mean: systematic error") },
  { MH_QC_7T, N_("Seven steadily rising or falling: trend") },
  { NULL },
};

const MhCode mh_qc_basis_codes[] = {
  { MH_QC_PROVISIONAL, NS_("Provisional") },
  { MH_QC_ESTABLISHED, N_("Established") },
  { NULL },
};

const MhCode mh_qc_state_codes[] = {
  { MH_QC_ACCEPTED, N_("Accepted") },
  { MH_QC_WARNING, N_("Warning") },
  { MH_QC_REJECTED, NS_("Rejected") },
  { NULL },
};

const MhCode mh_qc_source_codes[] = {
  { MH_QC_MANUAL, N_("Entered by hand") },
  { MH_QC_ANALYSER, N_("From the analyser") },
  { MH_QC_WORKSHEET, N_("From a worksheet") },
  { NULL },
};

const MhCode mh_qc_remark_codes[] = {
  { MH_QC_EXCLUDE, N_("Excluded") },
  { MH_QC_INCLUDE, N_("Counted again") },
  { MH_QC_COMMENT, NS_("Comment") },
  { NULL },
};

const MhCode mh_qc_reason_codes[] = {
  { "wrong_control", NS_("Another control was measured") },
  { "mixed_up", NS_("Levels were mixed up") },
  { "short_sample", NS_("Too little material, or a bubble") },
  { "typing", NS_("Typing error") },
  { "old_control", NS_("Control expired or kept wrongly") },
  { "instrument", NS_("Known fault of the instrument") },
  { "other", NS_("Other") },
  { NULL },
};

const MhCode mh_qc_lock_codes[] = {
  { MH_QC_LOCK_OPEN, N_("To be acted on") },
  { MH_QC_LOCK_ACTED, N_("Waits for a good control") },
  { MH_QC_LOCK_RELEASED, N_("Released again") },
  { NULL },
};

const MhCode mh_qc_action_codes[] = {
  { "recalibrated", NS_("Calibrated again") },
  { "new_control", NS_("Fresh control opened") },
  { "new_reagent", NS_("New reagent") },
  { "maintenance", NS_("Cleaned or maintained") },
  { "part", NS_("Part replaced") },
  { "maker_called", NS_("Maker called") },
  { "remeasured", NS_("Control measured once more without change") },
  { "other", NS_("Other") },
  { NULL },
};

const MhCode mh_qc_decision_codes[] = {
  { MH_QC_REPEAT, NS_("Measure again") },
  { MH_QC_ACCEPT, NS_("Let it stand") },
  { NULL },
};

static const MhField material_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_MATERIAL_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_MATERIAL_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_QC_MATERIAL_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_QC_MATERIAL_MAKER]       = { "maker", MH_KIND_TEXT, .label = N_("Maker"), .flags = MH_BRIEF, .max = 120 },
  [MH_QC_MATERIAL_MATRIX]      = { "matrix", MH_KIND_TEXT, .label = N_("Matrix"), .max = 60, .help = N_("Serum, whole blood, urine") },
  [MH_QC_MATERIAL_BENCH]       = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_BRIEF, .max = 8 },
  [MH_QC_MATERIAL_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (material_fields) == MH_QC_MATERIAL_N_FIELDS);

static const MhField lot_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_LOT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_LOT_MATERIAL_ID]   = { "material_id", MH_KIND_REF, .label = N_("Material"), .target = &mh_qc_material_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_QC_LOT_MATERIAL_NAME] = { "material_name", MH_KIND_TEXT, .label = N_("Material"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_QC_LOT_LOT]           = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_BRIEF, .max = 40 },
  [MH_QC_LOT_LEVEL]         = { "level", MH_KIND_INT, .label = N_("Level"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .at_least = 1, .at_most = 4 },
  [MH_QC_LOT_CONTROL_ID]    = { "control_id", MH_KIND_TEXT, .label = N_("Id on the tube"), .flags = MH_SEARCH | MH_BRIEF, .max = 40,
    .help = N_("The barcode that analysers send for this control") },
  [MH_QC_LOT_EXPIRES_ON]    = { "expires_on", MH_KIND_DATE, .label = N_("Expires"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_QC_LOT_OPENED_ON]     = { "opened_on", MH_KIND_DATE, .label = N_("Opened"), .flags = MH_BRIEF },
  [MH_QC_LOT_OPEN_DAYS]     = { "open_days", MH_KIND_INT, .label = N_("Stable after opening"), .unit = "d", .at_least = 1, .at_most = 3660 },
  [MH_QC_LOT_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_QC_LOT_ACTIVE]        = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (lot_fields) == MH_QC_LOT_N_FIELDS);

static const MhField target_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_TARGET_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_TARGET_LOT_ID]       = { "lot_id", MH_KIND_REF, .label = N_("Control"), .target = &mh_qc_lot_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_QC_TARGET_EQUIPMENT]    = { "equipment", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_QC_TARGET_ANALYTE]      = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .max = 20 },
  [MH_QC_TARGET_MATERIAL]     = { "material", MH_KIND_TEXT, .label = N_("Material"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_QC_TARGET_LOT]          = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_TARGET_LEVEL]        = { "level", MH_KIND_INT, .label = N_("Level"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_UNIT]         = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .max = 40 },
  [MH_QC_TARGET_DECIMALS]     = { "decimals", MH_KIND_INT, .label = N_("Decimals"), .at_least = 0, .at_most = 6 },
  [MH_QC_TARGET_MAKER_MEAN]   = { "maker_mean", MH_KIND_DECIMAL, .label = N_("Maker's mean"), .flags = MH_REQUIRED },
  [MH_QC_TARGET_MAKER_SD]     = { "maker_sd", MH_KIND_DECIMAL, .label = N_("Maker's SD"), .flags = MH_REQUIRED },
  [MH_QC_TARGET_MEAN]         = { "mean", MH_KIND_DECIMAL, .label = N_("Mean"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_SD]           = { "sd", MH_KIND_DECIMAL, .label = N_("SD"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_BASIS]        = { "basis", MH_KIND_ENUM, .label = N_("Basis"), .codes = mh_qc_basis_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_ADOPTED_N]    = { "adopted_n", MH_KIND_INT, .label = N_("From so many values"), .flags = MH_SERVER_SET },
  [MH_QC_TARGET_ADOPTED_NAME] = { "adopted_name", MH_KIND_TEXT, .label = N_("Adopted by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_QC_TARGET_ADOPTED_AT]   = { "adopted_at", MH_KIND_INSTANT, .label = N_("Adopted"), .flags = MH_SERVER_SET },
  [MH_QC_TARGET_RULES]        = { "rules", MH_KIND_LIST, .label = N_("Rules"), .codes = mh_qc_rule_codes, .max = 13,
    .help = N_("Empty: 1-2s as a warning, 1-3s, 2-2s, R-4s, 4-1s and 10x") },
  [MH_QC_TARGET_EVERY_HOURS]  = { "every_hours", MH_KIND_INT, .label = N_("Due every"), .unit = "h", .at_least = 1, .at_most = 8784 },
  [MH_QC_TARGET_GOAL_ERROR]   = { "goal_error", MH_KIND_DECIMAL, .label = N_("Total error allowed"), .unit = "%" },
  [MH_QC_TARGET_ACTIVE]       = { "active", MH_KIND_BOOL, .label = N_("In use") },
  [MH_QC_TARGET_LAST_AT]      = { "last_at", MH_KIND_INSTANT, .label = N_("Last measured"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_LAST_VALUE]   = { "last_value", MH_KIND_TEXT, .label = N_("Last value"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_TARGET_LAST_Z]       = { "last_z", MH_KIND_DECIMAL, .label = N_("Last z-score"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_LAST_STATE]   = { "last_state", MH_KIND_ENUM, .label = N_("Last state"), .codes = mh_qc_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_TARGET_LAST_RULES]   = { "last_rules", MH_KIND_LIST, .label = N_("Rules broken"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (target_fields) == MH_QC_TARGET_N_FIELDS);

static const MhField point_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_POINT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_POINT_TARGET_ID]     = { "target_id", MH_KIND_REF, .label = N_("Target"), .target = &mh_qc_target_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_POINT_EQUIPMENT]     = { "equipment", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_QC_POINT_ANALYTE]       = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_QC_POINT_LOT]           = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_POINT_LEVEL]         = { "level", MH_KIND_INT, .label = N_("Level"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_POINT_RUN_ID]        = { "run_id", MH_KIND_TEXT, .label = N_("Run"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_QC_POINT_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Measured"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_POINT_VALUE]         = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_POINT_MEAN]          = { "mean", MH_KIND_DECIMAL, .label = N_("Mean"), .flags = MH_SERVER_SET },
  [MH_QC_POINT_SD]            = { "sd", MH_KIND_DECIMAL, .label = N_("SD"), .flags = MH_SERVER_SET },
  [MH_QC_POINT_Z]             = { "z", MH_KIND_DECIMAL, .label = N_("Z-score"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_POINT_RULES]         = { "rules", MH_KIND_LIST, .label = N_("Rules broken"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_POINT_STATE]         = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_qc_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_POINT_SOURCE]        = { "source", MH_KIND_ENUM, .label = N_("Source"), .codes = mh_qc_source_codes, .flags = MH_SERVER_SET },
  [MH_QC_POINT_COMMENT]       = { "comment", MH_KIND_TEXT, .label = N_("Comment"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_QC_POINT_BY_ID]         = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_POINT_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_QC_POINT_EXCLUDED]      = { "excluded", MH_KIND_BOOL, .label = N_("Excluded"), .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_QC_POINT_REMARK_REASON] = { "remark_reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_qc_reason_codes, .flags = MH_SERVER_SET | MH_VIRTUAL },
  [MH_QC_POINT_REMARK_NOTE]   = { "remark_note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 400 },
  [MH_QC_POINT_REMARK_NAME]   = { "remark_name", MH_KIND_TEXT, .label = N_("Remark by"), .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 120 },
  [MH_QC_POINT_REMARK_AT]     = { "remark_at", MH_KIND_INSTANT, .label = N_("Remark of"), .flags = MH_SERVER_SET | MH_VIRTUAL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (point_fields) == MH_QC_POINT_N_FIELDS);

static const MhField remark_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_REMARK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_REMARK_POINT_ID]    = { "point_id", MH_KIND_REF, .label = N_("Control value"), .target = &mh_qc_point_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_QC_REMARK_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_qc_remark_codes, .flags = MH_REQUIRED },
  [MH_QC_REMARK_REASON]      = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_qc_reason_codes },
  [MH_QC_REMARK_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_QC_REMARK_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET },
  [MH_QC_REMARK_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_REMARK_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (remark_fields) == MH_QC_REMARK_N_FIELDS);

static const MhField lock_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_LOCK_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_LOCK_EQUIPMENT]     = { "equipment", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_QC_LOCK_ANALYTE]       = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_QC_LOCK_MATERIAL]      = { "material", MH_KIND_TEXT, .label = N_("Material"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_QC_LOCK_LOT]           = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_LOCK_LEVEL]         = { "level", MH_KIND_INT, .label = N_("Level"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_TARGET_IDS]    = { "target_ids", MH_KIND_LIST, .label = N_("To be measured again"), .flags = MH_SERVER_SET | MH_NO_FORM,
    .help = N_("Targets that were rejected and need a good value after the action") },
  [MH_QC_LOCK_RULES]         = { "rules", MH_KIND_LIST, .label = N_("Rules broken"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_VALUE]         = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_QC_LOCK_Z]             = { "z", MH_KIND_DECIMAL, .label = N_("Z-score"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_STATE]         = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_qc_lock_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_SINCE_AT]      = { "since_at", MH_KIND_INSTANT, .label = N_("Last good control"), .flags = MH_SERVER_SET,
    .help = N_("What was measured since then is in doubt") },
  [MH_QC_LOCK_OPENED_AT]     = { "opened_at", MH_KIND_INSTANT, .label = N_("Rejected"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_OPENED_NAME]   = { "opened_name", MH_KIND_TEXT, .label = N_("Measured by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_QC_LOCK_ACTION]        = { "action", MH_KIND_ENUM, .label = N_("Action"), .codes = mh_qc_action_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_LOCK_ACTION_NOTE]   = { "action_note", MH_KIND_TEXT, .label = N_("What was done"), .flags = MH_SERVER_SET, .max = 1000 },
  [MH_QC_LOCK_ACTION_AT]     = { "action_at", MH_KIND_INSTANT, .label = N_("Acted on"), .flags = MH_SERVER_SET },
  [MH_QC_LOCK_ACTION_NAME]   = { "action_name", MH_KIND_TEXT, .label = N_("Acted on by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_QC_LOCK_RELEASED_AT]   = { "released_at", MH_KIND_INSTANT, .label = N_("Released again"), .flags = MH_SERVER_SET },
  [MH_QC_LOCK_RELEASED_NAME] = { "released_name", MH_KIND_TEXT, .label = N_("Good control by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (lock_fields) == MH_QC_LOCK_N_FIELDS);

static const MhField action_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_ACTION_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_ACTION_LOCK_ID]     = { "lock_id", MH_KIND_REF, .label = N_("Lock"), .target = &mh_qc_lock_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_QC_ACTION_ACTION]      = { "action", MH_KIND_ENUM, .label = N_("Action"), .codes = mh_qc_action_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_QC_ACTION_NOTE]        = { "note", MH_KIND_LONG_TEXT, .label = N_("What was done"), .flags = MH_REQUIRED | MH_BRIEF, .max = 1000 },
  [MH_QC_ACTION_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_ACTION_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_ACTION_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (action_fields) == MH_QC_ACTION_N_FIELDS);

static const MhField review_fields[] = {
  MH_COMMON_FIELDS,
  [MH_QC_REVIEW_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_REVIEW_LOCK_ID]     = { "lock_id", MH_KIND_REF, .label = N_("Lock"), .target = &mh_qc_lock_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_QC_REVIEW_RESULT_ID]   = { "result_id", MH_KIND_REF, .label = N_("Result"), .target = &mh_result_type, .flags = MH_REQUIRED | MH_INDEX | MH_NO_FORM },
  [MH_QC_REVIEW_DECISION]    = { "decision", MH_KIND_ENUM, .label = N_("Decision"), .codes = mh_qc_decision_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_QC_REVIEW_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_BRIEF, .max = 400 },
  [MH_QC_REVIEW_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_QC_REVIEW_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_QC_REVIEW_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (review_fields) == MH_QC_REVIEW_N_FIELDS);

static const MhField suspect_fields[] = {
  [MH_QC_SUSPECT_RESULT_ID]    = { "result_id", MH_KIND_REF, .label = N_("Result"), .target = &mh_result_type },
  [MH_QC_SUSPECT_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type },
  [MH_QC_SUSPECT_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .max = 24 },
  [MH_QC_SUSPECT_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type },
  [MH_QC_SUSPECT_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SENSITIVE, .max = 250 },
  [MH_QC_SUSPECT_PATIENT_MRN]  = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_QC_SUSPECT_ANALYTE]      = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .max = 20 },
  [MH_QC_SUSPECT_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 120 },
  [MH_QC_SUSPECT_VALUE]        = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_QC_SUSPECT_UNIT]         = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .max = 40 },
  [MH_QC_SUSPECT_FLAG]         = { "flag", MH_KIND_ENUM, .label = N_("Flag"), .codes = mh_result_flag_codes },
  [MH_QC_SUSPECT_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_result_status_codes },
  [MH_QC_SUSPECT_VERIFIED_AT]  = { "verified_at", MH_KIND_INSTANT, .label = N_("Verified") },
  [MH_QC_SUSPECT_REPORT]       = { "report", MH_KIND_TEXT, .label = N_("Report number"), .max = 24, .help = N_("Of the report that has it already") },
  [MH_QC_SUSPECT_REPORT_STATUS] = { "report_status", MH_KIND_ENUM, .label = N_("Report's status"), .codes = mh_report_status_codes },
  [MH_QC_SUSPECT_COPIES]       = { "copies", MH_KIND_INT, .label = N_("Printed copies") },
  [MH_QC_SUSPECT_ENTERED_AT]   = { "entered_at", MH_KIND_INSTANT, .label = N_("Measured") },
  [MH_QC_SUSPECT_DECISION]     = { "decision", MH_KIND_ENUM, .label = N_("Decision"), .codes = mh_qc_decision_codes },
  [MH_QC_SUSPECT_REASON]       = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .max = 400 },
  [MH_QC_SUSPECT_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("By"), .max = 120 },
  [MH_QC_SUSPECT_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Decided") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (suspect_fields) == MH_QC_SUSPECT_N_FIELDS);

static const MhField entry_fields[] = {
  [MH_QC_ENTRY_TARGET_ID]  = { "target_id", MH_KIND_REF, .label = N_("Target"), .target = &mh_qc_target_type },
  [MH_QC_ENTRY_CONTROL_ID] = { "control_id", MH_KIND_TEXT, .label = N_("Id on the tube"), .max = 40 },
  [MH_QC_ENTRY_ANALYTE]    = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .max = 20 },
  [MH_QC_ENTRY_VALUE]      = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_REQUIRED, .max = 40 },
  [MH_QC_ENTRY_COMMENT]    = { "comment", MH_KIND_TEXT, .label = N_("Comment"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (entry_fields) == MH_QC_ENTRY_N_FIELDS);

static const MhField run_fields[] = {
  [MH_QC_RUN_ID]        = { "id", MH_KIND_TEXT, .label = N_("Run"), .format = "uuid", .max = 36 },
  [MH_QC_RUN_EQUIPMENT] = { "equipment", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_REQUIRED, .max = 20 },
  [MH_QC_RUN_AT]        = { "at", MH_KIND_INSTANT, .label = N_("Measured"), .help = N_("Now if not given") },
  [MH_QC_RUN_SOURCE]    = { "source", MH_KIND_ENUM, .label = N_("Source"), .codes = mh_qc_source_codes, .flags = MH_SERVER_SET },
  [MH_QC_RUN_ENTRIES]   = { "entries", MH_KIND_RECORDS, .label = N_("Values"), .target = &mh_qc_entry_type, .flags = MH_VIRTUAL, .max = 200 },
  [MH_QC_RUN_STATE]     = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_qc_state_codes, .flags = MH_SERVER_SET },
  [MH_QC_RUN_POINTS]    = { "points", MH_KIND_RECORDS, .label = N_("Evaluated values"), .target = &mh_qc_point_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 200 },
  [MH_QC_RUN_LOCKS]     = { "locks", MH_KIND_RECORDS, .label = N_("Locks"), .target = &mh_qc_lock_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (run_fields) == MH_QC_RUN_N_FIELDS);

static const MhField statistics_fields[] = {
  [MH_QC_STATISTICS_TARGET_ID]   = { "target_id", MH_KIND_REF, .label = N_("Target"), .target = &mh_qc_target_type },
  [MH_QC_STATISTICS_N]           = { "n", MH_KIND_INT, .label = N_("Values") },
  [MH_QC_STATISTICS_N_REJECTED]  = { "n_rejected", MH_KIND_INT, .label = N_("Rejected") },
  [MH_QC_STATISTICS_N_EXCLUDED]  = { "n_excluded", MH_KIND_INT, .label = N_("Excluded") },
  [MH_QC_STATISTICS_MEAN]        = { "mean", MH_KIND_DECIMAL, .label = N_("Mean") },
  [MH_QC_STATISTICS_SD]          = { "sd", MH_KIND_DECIMAL, .label = N_("SD") },
  [MH_QC_STATISTICS_CV]          = { "cv", MH_KIND_DECIMAL, .label = N_("CV"), .unit = "%" },
  [MH_QC_STATISTICS_BIAS]        = { "bias", MH_KIND_DECIMAL, .label = N_("Bias"), .unit = "%",
    .help = N_("Of the mean against the target in force") },
  [MH_QC_STATISTICS_TOTAL_ERROR] = { "total_error", MH_KIND_DECIMAL, .label = N_("Total error"), .unit = "%",
    .help = N_("Bias without its sign + 1.65 × CV") },
  [MH_QC_STATISTICS_SIGMA]       = { "sigma", MH_KIND_DECIMAL, .label = N_("Sigma"),
    .help = N_("(Allowed total error − bias without its sign) / CV") },
  [MH_QC_STATISTICS_MAY_ADOPT]   = { "may_adopt", MH_KIND_BOOL, .label = N_("Enough values to adopt") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (statistics_fields) == MH_QC_STATISTICS_N_FIELDS);
/* clang-format on */

static void
target_check (MhRecord *target, MhIssues *issues)
{
  static const MhDecimal zero = { 0, 0 };
  const char *text = mh_record_text (target, MH_QC_TARGET_MAKER_SD);
  MhDecimal sd;
  if (text != NULL && mh_decimal_parse (text, &sd) && mh_decimal_compare (sd, zero) <= 0)
    mh_issues_add (issues, "maker_sd", "out_of_range", "The SD is above zero");
}

static void
remark_check (MhRecord *remark, MhIssues *issues)
{
  if (g_strcmp0 (mh_record_text (remark, MH_QC_REMARK_KIND), MH_QC_EXCLUDE) == 0
      && !mh_record_has (remark, MH_QC_REMARK_REASON))
    mh_issues_add (issues, "reason", "required", "Say why it does not count");
  if ((g_strcmp0 (mh_record_text (remark, MH_QC_REMARK_KIND), MH_QC_EXCLUDE) != 0
       || g_strcmp0 (mh_record_text (remark, MH_QC_REMARK_REASON), "other") == 0)
      && !mh_record_has (remark, MH_QC_REMARK_NOTE))
    mh_issues_add (issues, "note", "required", "Say it in words");
}

/* clang-format off */
const MhRecordType mh_qc_material_type = {
  .name = "MhQcMaterial", .code = "qc_material", .table = "qc_material", .path = "/qc-materials",
  .label = N_("Control material"), .fields = material_fields, .n_fields = G_N_ELEMENTS (material_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_QC_MATERIAL_HOSPITAL_ID, .active = MH_QC_MATERIAL_ACTIVE, .key = MH_QC_MATERIAL_CODE,
};

const MhRecordType mh_qc_lot_type = {
  .name = "MhQcLot", .code = "qc_lot", .table = "qc_lot", .path = "/qc-lots",
  .label = N_("Control lot"), .fields = lot_fields, .n_fields = G_N_ELEMENTS (lot_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_QC_LOT_HOSPITAL_ID, .active = MH_QC_LOT_ACTIVE,
};

const MhRecordType mh_qc_target_type = {
  .name = "MhQcTarget", .code = "qc_target", .table = "qc_target", .path = "/qc-targets",
  .label = N_("Control target"), .fields = target_fields, .n_fields = G_N_ELEMENTS (target_fields),
  .flags = MH_TYPE_SYNC, .check = target_check,
  .hospital = MH_QC_TARGET_HOSPITAL_ID, .active = MH_QC_TARGET_ACTIVE,
};

const MhRecordType mh_qc_point_type = {
  .name = "MhQcPoint", .code = "qc_point", .table = "qc_point",
  .label = N_("Control value"), .fields = point_fields, .n_fields = G_N_ELEMENTS (point_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_QC_POINT_HOSPITAL_ID,
};

const MhRecordType mh_qc_remark_type = {
  .name = "MhQcRemark", .code = "qc_remark", .table = "qc_remark",
  .label = N_("Remark on a control's value"), .fields = remark_fields, .n_fields = G_N_ELEMENTS (remark_fields),
  .flags = MH_TYPE_APPEND, .check = remark_check,
  .hospital = MH_QC_REMARK_HOSPITAL_ID,
};

const MhRecordType mh_qc_lock_type = {
  .name = "MhQcLock", .code = "qc_lock", .table = "qc_lock", .path = "/qc-locks",
  .label = N_("Release locked by a control"), .fields = lock_fields, .n_fields = G_N_ELEMENTS (lock_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_QC_LOCK_HOSPITAL_ID,
};

const MhRecordType mh_qc_action_type = {
  .name = "MhQcAction", .code = "qc_action", .table = "qc_action",
  .label = N_("Corrective action"), .fields = action_fields, .n_fields = G_N_ELEMENTS (action_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_QC_ACTION_HOSPITAL_ID,
};

const MhRecordType mh_qc_review_type = {
  .name = "MhQcReview", .code = "qc_review", .table = "qc_review",
  .label = N_("Decision on a value in doubt"), .fields = review_fields, .n_fields = G_N_ELEMENTS (review_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_QC_REVIEW_HOSPITAL_ID,
};

const MhRecordType mh_qc_suspect_type = {
  .name = "MhQcSuspect", .code = "qc_suspect",
  .label = N_("Patient's value in doubt"), .fields = suspect_fields, .n_fields = G_N_ELEMENTS (suspect_fields),
  .patient = MH_QC_SUSPECT_PATIENT_ID, .order = MH_QC_SUSPECT_ORDER_ID,
};

const MhRecordType mh_qc_entry_type = {
  .name = "MhQcEntry", .code = "qc_entry",
  .label = N_("Control's value as entered"), .fields = entry_fields, .n_fields = G_N_ELEMENTS (entry_fields),
};

const MhRecordType mh_qc_run_type = {
  .name = "MhQcRun", .code = "qc_run",
  .label = N_("Run of controls"), .fields = run_fields, .n_fields = G_N_ELEMENTS (run_fields),
};

const MhRecordType mh_qc_statistics_type = {
  .name = "MhQcStatistics", .code = "qc_statistics",
  .label = N_("Statistics of a control"), .fields = statistics_fields, .n_fields = G_N_ELEMENTS (statistics_fields),
};
/* clang-format on */
