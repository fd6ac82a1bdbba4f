/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-isolate.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_interpretation_codes[] = {
  { MH_SUSCEPTIBLE, NS_("Susceptible") },
  { MH_SUSCEPTIBLE_DOSE, NS_("Susceptible, dose dependent") },
  { MH_INTERMEDIATE, N_("Intermediate, or susceptible at increased exposure") },
  { MH_RESISTANT, NS_("Resistant") },
  { MH_NOT_TESTED, N_("Not tested") },
  { NULL },
};

const MhCode mh_susceptibility_method_codes[] = {
  { MH_SUSCEPTIBILITY_DISK, N_("Disk, zone in mm") },
  { MH_SUSCEPTIBILITY_MIC, N_("MIC in mg/L") },
  { NULL },
};

const MhCode mh_breakpoint_standard_codes[] = {
  { MH_STANDARD_EUCAST, N_("EUCAST") },
  { MH_STANDARD_CLSI, N_("CLSI") },
  { NULL },
};

static const MhField result_isolate_fields[] = {
  MH_COMMON_FIELDS,
  [MH_RESULT_ISOLATE_RESULT_ID]        = { "result_id", MH_KIND_REF, .label = N_("Result"), .target = &mh_result_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_ISOLATE_ORDER_ID]         = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_ISOLATE_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_RESULT_ISOLATE_NUMBER]           = { "number", MH_KIND_INT, .label = N_("Isolate"), .flags = MH_SERVER_SET },
  [MH_RESULT_ISOLATE_ORGANISM]         = { "organism", MH_KIND_TEXT, .label = N_("Organism"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 120,
    .help = N_("Its code or its name") },
  [MH_RESULT_ISOLATE_NAME]             = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 120 },
  [MH_RESULT_ISOLATE_QUANTITY]         = { "quantity", MH_KIND_TEXT, .label = N_("Quantity"), .flags = MH_SENSITIVE, .max = 60,
    .help = N_("Such as 10^5 CFU/mL, or scanty") },
  [MH_RESULT_ISOLATE_COMMENT]          = { "comment", MH_KIND_TEXT, .label = N_("Comment"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_RESULT_ISOLATE_SUSCEPTIBILITIES] = { "susceptibilities", MH_KIND_RECORDS, .label = N_("Antibiogram"), .target = &mh_result_susceptibility_type, .flags = MH_VIRTUAL, .max = 60 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_isolate_fields) == MH_RESULT_ISOLATE_N_FIELDS);

static const MhField result_susceptibility_fields[] = {
  MH_COMMON_FIELDS,
  [MH_RESULT_SUSCEPTIBILITY_ISOLATE_ID]     = { "isolate_id", MH_KIND_REF, .label = N_("Isolate"), .target = &mh_result_isolate_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_SUSCEPTIBILITY_ORDER_ID]       = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC]     = { "antibiotic", MH_KIND_TEXT, .label = N_("Antibiotic"), .flags = MH_REQUIRED, .max = 120 },
  [MH_RESULT_SUSCEPTIBILITY_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RESULT_SUSCEPTIBILITY_METHOD]         = { "method", MH_KIND_ENUM, .label = N_("Method"), .codes = mh_susceptibility_method_codes },
  [MH_RESULT_SUSCEPTIBILITY_MEASURED]       = { "measured", MH_KIND_TEXT, .label = N_("Zone or MIC"), .flags = MH_SENSITIVE, .max = 20,
    .help = N_("In mm, or in mg/L; <=0.25 and >32 as read") },
  [MH_RESULT_SUSCEPTIBILITY_INTERPRETATION] = { "interpretation", MH_KIND_ENUM, .label = N_("Interpretation"), .codes = mh_interpretation_codes, .flags = MH_SENSITIVE,
    .help = N_("Left out: what the laboratory's breakpoints say") },
  [MH_RESULT_SUSCEPTIBILITY_BREAKPOINT]     = { "breakpoint", MH_KIND_TEXT, .label = N_("Breakpoint"), .flags = MH_SERVER_SET, .max = 80 },
  [MH_RESULT_SUSCEPTIBILITY_BY_RULE]        = { "by_rule", MH_KIND_BOOL, .label = N_("Interpreted by the breakpoint"), .flags = MH_SERVER_SET },
  [MH_RESULT_SUSCEPTIBILITY_HIDDEN]         = { "hidden", MH_KIND_BOOL, .label = N_("Not on the report") },
  [MH_RESULT_SUSCEPTIBILITY_SORT_ORDER]     = { "sort_order", MH_KIND_INT, .label = N_("Position"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (result_susceptibility_fields) == MH_RESULT_SUSCEPTIBILITY_N_FIELDS);

static const MhField breakpoint_fields[] = {
  MH_COMMON_FIELDS,
  [MH_BREAKPOINT_STANDARD]       = { "standard", MH_KIND_ENUM, .label = N_("Standard"), .codes = mh_breakpoint_standard_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_BREAKPOINT_EDITION]        = { "edition", MH_KIND_TEXT, .label = N_("Edition"), .flags = MH_REQUIRED | MH_BRIEF, .max = 40 },
  [MH_BREAKPOINT_ORGANISM]       = { "organism", MH_KIND_TEXT, .label = N_("Organism"), .flags = MH_BRIEF, .format = "code", .max = 20,
    .help = N_("A row for the organism goes before one for its group") },
  [MH_BREAKPOINT_ORGANISM_GROUP] = { "organism_group", MH_KIND_TEXT, .label = N_("Group of organisms"), .flags = MH_BRIEF, .max = 60 },
  [MH_BREAKPOINT_ANTIBIOTIC]     = { "antibiotic", MH_KIND_TEXT, .label = N_("Antibiotic"), .flags = MH_REQUIRED | MH_BRIEF | MH_SEARCH | MH_SORT, .format = "code", .max = 20 },
  [MH_BREAKPOINT_METHOD]         = { "method", MH_KIND_ENUM, .label = N_("Method"), .codes = mh_susceptibility_method_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_BREAKPOINT_SUSCEPTIBLE]    = { "susceptible", MH_KIND_DECIMAL, .label = N_("S up to, or zone from"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_BREAKPOINT_RESISTANT]      = { "resistant", MH_KIND_DECIMAL, .label = N_("R limit"), .flags = MH_REQUIRED | MH_BRIEF,
    .help = N_("EUCAST: R above this MIC or below this zone; CLSI: R from this MIC or up to this zone") },
  [MH_BREAKPOINT_NOTE]           = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_BREAKPOINT_VERIFIED]       = { "verified", MH_KIND_BOOL, .label = N_("Signed off"), .flags = MH_BRIEF },
  [MH_BREAKPOINT_ACTIVE]         = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (breakpoint_fields) == MH_BREAKPOINT_N_FIELDS);
/* clang-format on */

/* A larger zone is less growth, a larger MIC more. */
static void
breakpoint_check (MhRecord *row, MhIssues *issues)
{
  MhDecimal susceptible, resistant;
  gboolean disk
      = g_strcmp0 (mh_record_text (row, MH_BREAKPOINT_METHOD), MH_SUSCEPTIBILITY_DISK) == 0;

  if (!mh_record_has (row, MH_BREAKPOINT_ORGANISM)
      && !mh_record_has (row, MH_BREAKPOINT_ORGANISM_GROUP))
    mh_issues_add (issues, "organism", "required", "Name the organism or its group");

  if (!mh_decimal_parse (mh_record_text (row, MH_BREAKPOINT_SUSCEPTIBLE), &susceptible)
      || !mh_decimal_parse (mh_record_text (row, MH_BREAKPOINT_RESISTANT), &resistant))
    return;

  int order = mh_decimal_compare (susceptible, resistant);
  if (disk ? order < 0 : order > 0)
    mh_issues_add (issues, "resistant", "order", "Susceptible and resistant would overlap");
}

/* clang-format off */
const MhRecordType mh_result_isolate_type = {
  .name = "MhResultIsolate", .code = "result_isolate", .table = "result_isolate",
  .label = NS_("Isolate"), .fields = result_isolate_fields, .n_fields = G_N_ELEMENTS (result_isolate_fields),
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT, .since = 20,
  .patient = MH_RESULT_ISOLATE_PATIENT_ID, .order = MH_RESULT_ISOLATE_ORDER_ID,
};

const MhRecordType mh_result_susceptibility_type = {
  .name = "MhResultSusceptibility", .code = "result_susceptibility", .table = "result_susceptibility",
  .label = NS_("Susceptibility"), .fields = result_susceptibility_fields, .n_fields = G_N_ELEMENTS (result_susceptibility_fields),
  .flags = MH_TYPE_PART | MH_TYPE_PATIENT, .since = 20,
  .order = MH_RESULT_SUSCEPTIBILITY_ORDER_ID,
};

const MhRecordType mh_breakpoint_type = {
  .name = "MhBreakpoint", .code = "breakpoint", .table = "breakpoint", .path = "/breakpoints",
  .label = N_("Breakpoint"), .fields = breakpoint_fields, .n_fields = G_N_ELEMENTS (breakpoint_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .since = 20, .check = breakpoint_check,
  .active = MH_BREAKPOINT_ACTIVE,
};
/* clang-format on */
