/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-worksheet.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_worksheet_status_codes[] = {
  { MH_WORKSHEET_OPEN, NS_("Open") },
  { MH_WORKSHEET_DONE, NS_("Done") },
  { MH_WORKSHEET_DROPPED, N_("Discarded") },
  { NULL },
};

const MhCode mh_worksheet_line_codes[] = {
  { MH_LINE_PATIENT, NS_("Patient") },
  { MH_LINE_CONTROL, NS_("Control") },
  { MH_LINE_DUPLICATE, NS_("Duplicate") },
  { NULL },
};

static const MhField worksheet_fields[] = {
  MH_COMMON_FIELDS,
  [MH_WORKSHEET_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_WORKSHEET_NUMBER]      = { "number", MH_KIND_TEXT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 20 },
  [MH_WORKSHEET_BENCH]       = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 8 },
  [MH_WORKSHEET_TEST]        = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_IMMUTABLE | MH_BRIEF, .max = 20, .help = N_("All that wait at the bench if none is chosen") },
  [MH_WORKSHEET_EQUIPMENT]   = { "equipment", MH_KIND_TEXT, .label = N_("Analyser"), .flags = MH_IMMUTABLE | MH_BRIEF, .max = 20, .help = N_("Its controls stand first on the sheet") },
  [MH_WORKSHEET_POSITIONS]   = { "positions", MH_KIND_INT, .label = N_("Patients at most"), .flags = MH_IMMUTABLE, .at_least = 1, .at_most = MH_WORKSHEET_MOST_POSITIONS },
  [MH_WORKSHEET_DUPLICATES]  = { "duplicates", MH_KIND_INT, .label = N_("Duplicate measurements"), .flags = MH_IMMUTABLE, .at_least = 0, .at_most = 12, .help = N_("So many tubes are measured a second time at the end") },
  [MH_WORKSHEET_STATUS]      = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_worksheet_status_codes, .flags = MH_BRIEF | MH_NO_FORM },
  [MH_WORKSHEET_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_WORKSHEET_MADE_AT]     = { "made_at", MH_KIND_INSTANT, .label = N_("Made"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_WORKSHEET_MADE_NAME]   = { "made_name", MH_KIND_TEXT, .label = N_("Made by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_WORKSHEET_N_LINES]     = { "n_lines", MH_KIND_INT, .label = N_("Lines"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_WORKSHEET_N_ENTERED]   = { "n_entered", MH_KIND_INT, .label = N_("Entered"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_WORKSHEET_LINES]       = { "lines", MH_KIND_RECORDS, .label = N_("Lines of the sheet"), .target = &mh_worksheet_line_type, .flags = MH_VIRTUAL | MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (worksheet_fields) == MH_WORKSHEET_N_FIELDS);

static const MhField line_fields[] = {
  MH_COMMON_FIELDS,
  [MH_WORKSHEET_LINE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_WORKSHEET_LINE_WORKSHEET_ID]  = { "worksheet_id", MH_KIND_REF, .label = N_("Worksheet"), .target = &mh_worksheet_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_WORKSHEET_LINE_POSITION]      = { "position", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_LINE_NO]       = { "line_no", MH_KIND_INT, .label = N_("Line"), .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_worksheet_line_codes, .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_ORDER_ITEM_ID] = { "order_item_id", MH_KIND_TEXT, .label = N_("Ordered test"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_WORKSHEET_LINE_ACCESSION]     = { "accession", MH_KIND_TEXT, .label = N_("Accession number"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_WORKSHEET_LINE_WHO]           = { "who", MH_KIND_TEXT, .label = N_("Patient or control"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 250 },
  [MH_WORKSHEET_LINE_TEST]          = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_WORKSHEET_LINE_ANALYTE]       = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_WORKSHEET_LINE_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_WORKSHEET_LINE_UNIT]          = { "unit", MH_KIND_TEXT, .label = N_("Unit"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_WORKSHEET_LINE_DUPLICATE_OF]  = { "duplicate_of", MH_KIND_INT, .label = N_("Duplicate of position"), .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_TARGET_ID]     = { "target_id", MH_KIND_REF, .label = N_("Target"), .target = &mh_qc_target_type, .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_VALUE]         = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 4000 },
  [MH_WORKSHEET_LINE_REMARK]        = { "remark", MH_KIND_TEXT, .label = N_("Remark"), .flags = MH_SERVER_SET, .max = 200,
    .help = N_("Rules that a control breaks; how far a duplicate is from its first value, in per cent of their mean") },
  [MH_WORKSHEET_LINE_ENTERED_AT]    = { "entered_at", MH_KIND_INSTANT, .label = N_("Entered"), .flags = MH_SERVER_SET },
  [MH_WORKSHEET_LINE_ENTERED_NAME]  = { "entered_name", MH_KIND_TEXT, .label = N_("Entered by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (line_fields) == MH_WORKSHEET_LINE_N_FIELDS);

static const MhField entry_fields[] = {
  [MH_WORKSHEET_ENTRY_LINE_ID] = { "line_id", MH_KIND_REF, .label = N_("Line"), .target = &mh_worksheet_line_type, .flags = MH_REQUIRED },
  [MH_WORKSHEET_ENTRY_VALUE]   = { "value", MH_KIND_TEXT, .label = N_("Value"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 4000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (entry_fields) == MH_WORKSHEET_ENTRY_N_FIELDS);

static const MhField put_fields[] = {
  [MH_WORKSHEET_PUT_ENTRIES] = { "entries", MH_KIND_RECORDS, .label = N_("Values"), .target = &mh_worksheet_entry_type, .flags = MH_VIRTUAL | MH_REQUIRED, .max = 2000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (put_fields) == MH_WORKSHEET_PUT_N_FIELDS);

const MhRecordType mh_worksheet_type = {
  .name = "MhWorksheet", .code = "worksheet", .table = "worksheet", .path = "/worksheets",
  .label = NS_("Worksheet"), .fields = worksheet_fields, .n_fields = G_N_ELEMENTS (worksheet_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_WORKSHEET_HOSPITAL_ID,
};

const MhRecordType mh_worksheet_line_type = {
  .name = "MhWorksheetLine", .code = "worksheet_line", .table = "worksheet_line",
  .label = N_("Line of a worksheet"), .fields = line_fields, .n_fields = G_N_ELEMENTS (line_fields),
  .flags = MH_TYPE_PART,
  .hospital = MH_WORKSHEET_LINE_HOSPITAL_ID, .order = MH_WORKSHEET_LINE_ORDER_ID,
};

const MhRecordType mh_worksheet_entry_type = {
  .name = "MhWorksheetEntry", .code = "worksheet_entry",
  .label = N_("Value on a worksheet"), .fields = entry_fields, .n_fields = G_N_ELEMENTS (entry_fields),
};

const MhRecordType mh_worksheet_put_type = {
  .name = "MhWorksheetPut", .code = "worksheet_put",
  .label = N_("Values of a worksheet"), .fields = put_fields, .n_fields = G_N_ELEMENTS (put_fields),
};
/* clang-format on */
