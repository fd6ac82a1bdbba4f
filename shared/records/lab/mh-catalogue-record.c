/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-catalogue-record.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_revision_action_codes[] = {
  { MH_REVISION_CREATED, N_("Added") },
  { MH_REVISION_CHANGED, NS_("Changed") },
  { MH_REVISION_SIGNED, N_("Signed off") },
  { MH_REVISION_UNSIGNED, N_("Sign-off withdrawn") },
  { MH_REVISION_DELETED, N_("Removed") },
  { NULL },
};

const MhCode mh_finding_severity_codes[] = {
  { MH_FINDING_ERROR, N_("Error") },
  { MH_FINDING_WARNING, N_("Warning") },
  { NULL },
};

static const MhField revision_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CATALOGUE_REVISION_RECORD_TYPE]    = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_CATALOGUE_REVISION_RECORD_ID]      = { "record_id", MH_KIND_TEXT, .label = N_("Row"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_CATALOGUE_REVISION_CODE]           = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_REVISION_RECORD_VERSION] = { "record_version", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CATALOGUE_REVISION_ACTION]         = { "action", MH_KIND_ENUM, .label = N_("What happened"), .codes = mh_revision_action_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CATALOGUE_REVISION_CONTENT]        = { "content", MH_KIND_JSON, .label = N_("Content"), .flags = MH_SERVER_SET },
  [MH_CATALOGUE_REVISION_CHANGES]        = { "changes", MH_KIND_JSON, .label = N_("Changes"), .flags = MH_SERVER_SET,
    .help = N_("Field to old and new value, against the version before") },
  [MH_CATALOGUE_REVISION_BY_ID]          = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_CATALOGUE_REVISION_BY_NAME]        = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 200 },
  [MH_CATALOGUE_REVISION_AT]             = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CATALOGUE_REVISION_REASON]         = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (revision_fields) == MH_CATALOGUE_REVISION_N_FIELDS);

static const MhField signing_fields[] = {
  [MH_CATALOGUE_SIGNING_RECORD_TYPE] = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .flags = MH_REQUIRED, .max = 40 },
  [MH_CATALOGUE_SIGNING_RECORD_IDS]  = { "record_ids", MH_KIND_LIST, .label = N_("Rows"), .flags = MH_REQUIRED, .max = 1000 },
  [MH_CATALOGUE_SIGNING_WITHDRAW]    = { "withdraw", MH_KIND_BOOL, .label = N_("Withdraw the sign-off") },
  [MH_CATALOGUE_SIGNING_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .max = 400 },
  [MH_CATALOGUE_SIGNING_COUNT]       = { "count", MH_KIND_INT, .label = N_("Rows signed"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (signing_fields) == MH_CATALOGUE_SIGNING_N_FIELDS);

static const MhField waiting_fields[] = {
  [MH_CATALOGUE_WAITING_RECORD_TYPE] = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_WAITING_RECORD_ID]   = { "record_id", MH_KIND_TEXT, .label = N_("Row"), .max = 36 },
  [MH_CATALOGUE_WAITING_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_WAITING_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_BRIEF },
  [MH_CATALOGUE_WAITING_CHANGED_AT]  = { "changed_at", MH_KIND_INSTANT, .label = N_("Changed"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (waiting_fields) == MH_CATALOGUE_WAITING_N_FIELDS);

static const MhField finding_fields[] = {
  [MH_CATALOGUE_FINDING_SEVERITY]    = { "severity", MH_KIND_ENUM, .label = N_("Weight"), .codes = mh_finding_severity_codes, .flags = MH_BRIEF },
  [MH_CATALOGUE_FINDING_RULE]        = { "rule", MH_KIND_TEXT, .label = N_("Rule"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_FINDING_RECORD_TYPE] = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_FINDING_RECORD_ID]   = { "record_id", MH_KIND_TEXT, .label = N_("Row"), .max = 36 },
  [MH_CATALOGUE_FINDING_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_FINDING_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_BRIEF },
  [MH_CATALOGUE_FINDING_FIELD]       = { "field", MH_KIND_TEXT, .label = N_("Field"), .max = 60 },
  [MH_CATALOGUE_FINDING_MESSAGE]     = { "message", MH_KIND_TEXT, .label = N_("Finding"), .flags = MH_BRIEF, .max = 400 },
  [MH_CATALOGUE_FINDING_TESTS]       = { "tests", MH_KIND_LIST, .label = N_("Tests"), .max = 1000,
    .help = N_("Tests that are touched by it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (finding_fields) == MH_CATALOGUE_FINDING_N_FIELDS);

static const MhField trial_fields[] = {
  [MH_FORMULA_TRIAL_CODE]      = { "code", MH_KIND_TEXT, .label = N_("Code"), .max = 20,
    .help = N_("Of the analyte that the formula belongs to") },
  [MH_FORMULA_TRIAL_FORMULA]   = { "formula", MH_KIND_TEXT, .label = N_("Formula"), .flags = MH_REQUIRED, .max = 400 },
  [MH_FORMULA_TRIAL_CONDITION] = { "formula_condition", MH_KIND_TEXT, .label = N_("Formula holds when"), .max = 200 },
  [MH_FORMULA_TRIAL_DECIMALS]  = { "decimals", MH_KIND_INT, .label = N_("Decimals"), .at_least = 0, .at_most = 6 },
  [MH_FORMULA_TRIAL_UCUM]      = { "ucum", MH_KIND_TEXT, .label = N_("UCUM unit"), .max = 40 },
  [MH_FORMULA_TRIAL_UNITS]     = { "formula_units", MH_KIND_LIST, .label = N_("Units of the inputs"), .max = 40 },
  [MH_FORMULA_TRIAL_INPUTS]    = { "inputs", MH_KIND_LIST, .label = N_("Values"), .max = 60,
    .help = N_("NAME=value, also AGE_Y, FEMALE and ISI") },
  [MH_FORMULA_TRIAL_OUTCOME]   = { "outcome", MH_KIND_TEXT, .label = N_("Outcome"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_FORMULA_TRIAL_VALUE]     = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_FORMULA_TRIAL_NAMES]     = { "names", MH_KIND_LIST, .label = N_("Names"), .flags = MH_SERVER_SET, .max = 60 },
  [MH_FORMULA_TRIAL_MESSAGE]   = { "message", MH_KIND_TEXT, .label = N_("Finding"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (trial_fields) == MH_FORMULA_TRIAL_N_FIELDS);

const MhCode mh_catalogue_format_codes[] = {
  { MH_CATALOGUE_CSV, N_("Table (CSV)") },
  { MH_CATALOGUE_JSON, N_("Whole catalogue (JSON)") },
  { NULL },
};

static const MhField upload_fields[] = {
  [MH_CATALOGUE_UPLOAD_RECORD_TYPE] = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .max = 40,
    .help = N_("Of a table; a JSON file says it itself") },
  [MH_CATALOGUE_UPLOAD_FORMAT]      = { "format", MH_KIND_ENUM, .label = N_("Format"), .codes = mh_catalogue_format_codes, .flags = MH_REQUIRED },
  [MH_CATALOGUE_UPLOAD_DRY_RUN]     = { "dry_run", MH_KIND_BOOL, .label = N_("Only try") },
  [MH_CATALOGUE_UPLOAD_TEXT]        = { "text", MH_KIND_LONG_TEXT, .label = N_("File"), .flags = MH_REQUIRED, .max = 4000000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (upload_fields) == MH_CATALOGUE_UPLOAD_N_FIELDS);

static const MhField remark_fields[] = {
  [MH_CATALOGUE_REMARK_LINE]        = { "line", MH_KIND_INT, .label = N_("Line"), .flags = MH_BRIEF },
  [MH_CATALOGUE_REMARK_RECORD_TYPE] = { "record_type", MH_KIND_TEXT, .label = N_("Kind of row"), .flags = MH_BRIEF, .max = 40 },
  [MH_CATALOGUE_REMARK_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_BRIEF, .max = 80 },
  [MH_CATALOGUE_REMARK_FIELD]       = { "field", MH_KIND_TEXT, .label = N_("Field"), .flags = MH_BRIEF, .max = 80 },
  [MH_CATALOGUE_REMARK_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_BRIEF, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (remark_fields) == MH_CATALOGUE_REMARK_N_FIELDS);

static const MhField taken_fields[] = {
  [MH_CATALOGUE_TAKEN_DRY_RUN] = { "dry_run", MH_KIND_BOOL, .label = N_("Only tried") },
  [MH_CATALOGUE_TAKEN_ROWS]    = { "rows", MH_KIND_INT, .label = N_("Rows") },
  [MH_CATALOGUE_TAKEN_ADDED]   = { "added", MH_KIND_INT, .label = N_("Added") },
  [MH_CATALOGUE_TAKEN_CHANGED] = { "changed", MH_KIND_INT, .label = N_("Changed") },
  [MH_CATALOGUE_TAKEN_SAME]    = { "same", MH_KIND_INT, .label = N_("Unchanged") },
  [MH_CATALOGUE_TAKEN_REMOVED] = { "removed", MH_KIND_INT, .label = N_("Removed") },
  [MH_CATALOGUE_TAKEN_BAD]     = { "bad", MH_KIND_INT, .label = N_("Bad") },
  [MH_CATALOGUE_TAKEN_REMARKS] = { "remarks", MH_KIND_RECORDS, .label = N_("Remarks"), .target = &mh_catalogue_remark_type, .flags = MH_VIRTUAL, .max = 5000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (taken_fields) == MH_CATALOGUE_TAKEN_N_FIELDS);

const MhRecordType mh_catalogue_revision_type = {
  .name = "MhCatalogueRevision", .code = "catalogue_revision", .table = "catalogue_revision", .since = 16, .path = "/catalogue/revisions",
  .label = N_("Earlier version"), .fields = revision_fields, .n_fields = G_N_ELEMENTS (revision_fields),
  .flags = MH_TYPE_PART | MH_TYPE_APPEND,
  .key = MH_CATALOGUE_REVISION_CODE,
};

const MhRecordType mh_catalogue_signing_type = {
  .name = "MhCatalogueSigning", .code = "catalogue_signing",
  .label = N_("Sign-off"), .fields = signing_fields, .n_fields = G_N_ELEMENTS (signing_fields),
};

const MhRecordType mh_catalogue_waiting_type = {
  .name = "MhCatalogueWaiting", .code = "catalogue_waiting",
  .label = N_("Awaiting sign-off"), .fields = waiting_fields, .n_fields = G_N_ELEMENTS (waiting_fields),
  .key = MH_CATALOGUE_WAITING_CODE,
};

const MhRecordType mh_catalogue_finding_type = {
  .name = "MhCatalogueFinding", .code = "catalogue_finding",
  .label = N_("Finding"), .fields = finding_fields, .n_fields = G_N_ELEMENTS (finding_fields),
  .key = MH_CATALOGUE_FINDING_CODE,
};

const MhRecordType mh_formula_trial_type = {
  .name = "MhFormulaTrial", .code = "formula_trial",
  .label = N_("Formula tried out"), .fields = trial_fields, .n_fields = G_N_ELEMENTS (trial_fields),
  .key = MH_FORMULA_TRIAL_CODE,
};

const MhRecordType mh_catalogue_upload_type = {
  .name = "MhCatalogueUpload", .code = "catalogue_upload",
  .label = N_("File of catalogue rows"), .fields = upload_fields, .n_fields = G_N_ELEMENTS (upload_fields),
};

const MhRecordType mh_catalogue_remark_type = {
  .name = "MhCatalogueRemark", .code = "catalogue_remark",
  .label = N_("Remark"), .fields = remark_fields, .n_fields = G_N_ELEMENTS (remark_fields),
  .key = MH_CATALOGUE_REMARK_CODE,
};

const MhRecordType mh_catalogue_taken_type = {
  .name = "MhCatalogueTaken", .code = "catalogue_taken",
  .label = N_("Catalogue imported"), .fields = taken_fields, .n_fields = G_N_ELEMENTS (taken_fields),
};
/* clang-format on */
