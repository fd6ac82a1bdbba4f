/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-equipment.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_equipment_kind_codes[] = {
  { MH_EQUIPMENT_ANALYSER, N_("Analyser") },
  { MH_EQUIPMENT_CENTRIFUGE, N_("Centrifuge") },
  { MH_EQUIPMENT_REFRIGERATOR, N_("Refrigerator") },
  { MH_EQUIPMENT_FREEZER, N_("Freezer") },
  { MH_EQUIPMENT_INCUBATOR, N_("Incubator") },
  { MH_EQUIPMENT_MICROSCOPE, N_("Microscope") },
  { MH_EQUIPMENT_PIPETTE, N_("Pipette") },
  { MH_EQUIPMENT_CABINET, N_("Safety cabinet") },
  { MH_EQUIPMENT_BATH, N_("Water bath") },
  { MH_EQUIPMENT_BALANCE, NS_("Balance") },
  { MH_EQUIPMENT_THERMOMETER, N_("Thermometer") },
  { MH_EQUIPMENT_OTHER, NS_("Other") },
  { NULL },
};

const MhCode mh_equipment_state_codes[] = {
  { MH_EQUIPMENT_IN_SERVICE, N_("In service") },
  { MH_EQUIPMENT_MAINTENANCE, N_("Under maintenance") },
  { MH_EQUIPMENT_FAULT, N_("Fault") },
  { MH_EQUIPMENT_RETIRED, N_("Retired") },
  { NULL },
};

const MhCode mh_plan_kind_codes[] = {
  { MH_PLAN_CALIBRATION, N_("Calibration") },
  { MH_PLAN_MAINTENANCE, N_("Maintenance") },
  { NULL },
};

const MhCode mh_equipment_event_codes[] = {
  { MH_EQUIPMENT_EVENT_NOTE, NS_("Note") },
  { MH_EQUIPMENT_EVENT_CALIBRATION, N_("Calibration") },
  { MH_EQUIPMENT_EVENT_MAINTENANCE, N_("Maintenance") },
  { MH_EQUIPMENT_EVENT_FAULT, N_("Fault") },
  { MH_EQUIPMENT_EVENT_RESOLVED, N_("Fault resolved") },
  { MH_EQUIPMENT_EVENT_STATE, N_("New state") },
  { MH_EQUIPMENT_EVENT_OVERRIDE, N_("Release allowed anyway") },
  { NULL },
};

const MhCode mh_equipment_block_codes[] = {
  { MH_EQUIPMENT_BLOCK_FAULT, N_("has a fault") },
  { MH_EQUIPMENT_BLOCK_MAINTENANCE, N_("is under maintenance") },
  { MH_EQUIPMENT_BLOCK_RETIRED, N_("is retired") },
  { MH_EQUIPMENT_BLOCK_CALIBRATION, N_("is overdue for calibration") },
  { NULL },
};

static const MhField equipment_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EQUIPMENT_HOSPITAL_ID]         = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EQUIPMENT_CODE]                = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SEARCH | MH_SORT | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("Stands on its label as a barcode, and in every result measured on it") },
  [MH_EQUIPMENT_NAME]                = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_EQUIPMENT_KIND]                = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_equipment_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_EQUIPMENT_MAKER]               = { "maker", MH_KIND_TEXT, .label = N_("Maker"), .flags = MH_SEARCH, .max = 120 },
  [MH_EQUIPMENT_MODEL]               = { "model", MH_KIND_TEXT, .label = N_("Model"), .flags = MH_SEARCH, .max = 120 },
  [MH_EQUIPMENT_SERIAL]              = { "serial", MH_KIND_TEXT, .label = N_("Serial number"), .flags = MH_SEARCH, .max = 60 },
  [MH_EQUIPMENT_BENCH]               = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_BRIEF, .max = 8 },
  [MH_EQUIPMENT_PLACE]               = { "place", MH_KIND_TEXT, .label = N_("Place"), .flags = MH_SEARCH | MH_BRIEF, .max = 120 },
  [MH_EQUIPMENT_IN_USE_FROM]         = { "in_use_from", MH_KIND_DATE, .label = N_("In use from") },
  [MH_EQUIPMENT_NOTE]                = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_EQUIPMENT_STATE]               = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_equipment_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EQUIPMENT_STATE_NOTE]          = { "state_note", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_EQUIPMENT_STATE_SINCE]         = { "state_since", MH_KIND_INSTANT, .label = N_("Since"), .flags = MH_SERVER_SET },
  [MH_EQUIPMENT_CALIBRATION_DUE]     = { "calibration_due", MH_KIND_DATE, .label = N_("Calibration due"), .flags = MH_SERVER_SET | MH_BRIEF,
    .help = N_("The last day on which what it measures may be released without a new one") },
  [MH_EQUIPMENT_MAINTENANCE_DUE]     = { "maintenance_due", MH_KIND_DATE, .label = N_("Maintenance due"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EQUIPMENT_CALIBRATION_COUNTED] = { "calibration_counted", MH_KIND_BOOL, .label = N_("Calibration due by count"), .flags = MH_SERVER_SET,
    .help = N_("More was measured since the last one than a plan allows") },
  [MH_EQUIPMENT_OVERRIDE_UNTIL]      = { "override_until", MH_KIND_INSTANT, .label = N_("Release allowed until"), .flags = MH_SERVER_SET },
  [MH_EQUIPMENT_OVERRIDE_REASON]     = { "override_reason", MH_KIND_TEXT, .label = N_("Release allowed because"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_EQUIPMENT_OVERRIDE_NAME]       = { "override_name", MH_KIND_TEXT, .label = N_("Release allowed by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_EQUIPMENT_PLANS]               = { "plans", MH_KIND_RECORDS, .label = N_("Plans"), .target = &mh_equipment_plan_type, .flags = MH_VIRTUAL | MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (equipment_fields) == MH_EQUIPMENT_N_FIELDS);

static const MhField plan_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EQUIPMENT_PLAN_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EQUIPMENT_PLAN_EQUIPMENT_ID] = { "equipment_id", MH_KIND_REF, .label = N_("Equipment"), .target = &mh_equipment_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_EQUIPMENT_PLAN_KIND]         = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_plan_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_EQUIPMENT_PLAN_NAME]         = { "name", MH_KIND_TEXT, .label = N_("What is done"), .flags = MH_REQUIRED | MH_BRIEF, .max = 120 },
  [MH_EQUIPMENT_PLAN_EVERY_DAYS]   = { "every_days", MH_KIND_INT, .label = N_("Every"), .unit = "d", .flags = MH_BRIEF, .at_least = 1, .at_most = 3660 },
  [MH_EQUIPMENT_PLAN_EVERY_RUNS]   = { "every_runs", MH_KIND_INT, .label = N_("After so many results"), .flags = MH_BRIEF, .at_least = 1, .at_most = 10000000 },
  [MH_EQUIPMENT_PLAN_WARN_DAYS]    = { "warn_days", MH_KIND_INT, .label = N_("Remind before"), .unit = "d", .at_least = 0, .at_most = 366 },
  [MH_EQUIPMENT_PLAN_DUE_ON]       = { "due_on", MH_KIND_DATE, .label = N_("Due on"), .flags = MH_BRIEF },
  [MH_EQUIPMENT_PLAN_LAST_AT]      = { "last_at", MH_KIND_INSTANT, .label = N_("Last done"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EQUIPMENT_PLAN_RUNS]         = { "runs", MH_KIND_INT, .label = N_("Results since"), .flags = MH_SERVER_SET },
  [MH_EQUIPMENT_PLAN_ACTIVE]       = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (plan_fields) == MH_EQUIPMENT_PLAN_N_FIELDS);

static const MhField event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EQUIPMENT_EVENT_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EQUIPMENT_EVENT_EQUIPMENT_ID] = { "equipment_id", MH_KIND_REF, .label = N_("Equipment"), .target = &mh_equipment_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_EQUIPMENT_EVENT_CODE]         = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_EQUIPMENT_EVENT_KIND]         = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_equipment_event_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_EQUIPMENT_EVENT_PLAN_ID]      = { "plan_id", MH_KIND_REF, .label = N_("Plan"), .target = &mh_equipment_plan_type, .flags = MH_NO_FORM,
    .help = N_("The plan that this fulfils: its next day follows from it") },
  [MH_EQUIPMENT_EVENT_PLAN_NAME]    = { "plan_name", MH_KIND_TEXT, .label = N_("Plan's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_EQUIPMENT_EVENT_NEW_STATE]    = { "new_state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_equipment_state_codes },
  [MH_EQUIPMENT_EVENT_FAILED]       = { "failed", MH_KIND_BOOL, .label = N_("Did not pass"),
    .help = N_("The plan stays due, and a failed calibration is a fault") },
  [MH_EQUIPMENT_EVENT_WORDS]        = { "words", MH_KIND_LONG_TEXT, .label = N_("What was done or seen"), .flags = MH_REQUIRED | MH_BRIEF, .max = 1000 },
  [MH_EQUIPMENT_EVENT_DOCUMENT]     = { "document", MH_KIND_TEXT, .label = N_("Certificate or file"), .max = 200,
    .help = N_("Its number, or where it lies") },
  [MH_EQUIPMENT_EVENT_HOURS]        = { "hours", MH_KIND_INT, .label = N_("For"), .unit = "h", .at_least = 1, .at_most = 72 },
  [MH_EQUIPMENT_EVENT_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_BRIEF },
  [MH_EQUIPMENT_EVENT_BY_ID]        = { "by_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EQUIPMENT_EVENT_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == MH_EQUIPMENT_EVENT_N_FIELDS);
/* clang-format on */

static void
plan_check (MhRecord *plan, MhIssues *issues)
{
  if (mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_DAYS) <= 0
      && mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_RUNS) <= 0)
    mh_issues_add (issues, "every_days", "required", "Give an interval in days, or a count");
}

static void
event_check (MhRecord *event, MhIssues *issues)
{
  const char *kind = mh_record_text (event, MH_EQUIPMENT_EVENT_KIND);
  if (g_strcmp0 (kind, MH_EQUIPMENT_EVENT_OVERRIDE) == 0
      && !mh_record_has (event, MH_EQUIPMENT_EVENT_HOURS))
    mh_issues_add (issues, "hours", "required", "Say for how many hours");
  if (g_strcmp0 (kind, MH_EQUIPMENT_EVENT_STATE) == 0
      && !mh_record_has (event, MH_EQUIPMENT_EVENT_NEW_STATE))
    mh_issues_add (issues, "new_state", "required", "Say which state it is in now");
}

static char *
equipment_display (MhRecord *equipment)
{
  return g_strdup_printf ("%s · %s", mh_record_text (equipment, MH_EQUIPMENT_CODE),
                          mh_record_text (equipment, MH_EQUIPMENT_NAME));
}

const char *
mh_equipment_blocked (MhRecord *equipment, const char *today, gint64 now)
{
  const char *state = mh_record_text (equipment, MH_EQUIPMENT_STATE);
  const char *due = mh_record_text (equipment, MH_EQUIPMENT_CALIBRATION_DUE);
  if (g_strcmp0 (state, MH_EQUIPMENT_RETIRED) == 0)
    return MH_EQUIPMENT_BLOCK_RETIRED;
  if (mh_record_int (equipment, MH_EQUIPMENT_OVERRIDE_UNTIL) > now)
    return NULL;
  if (g_strcmp0 (state, MH_EQUIPMENT_FAULT) == 0)
    return MH_EQUIPMENT_BLOCK_FAULT;
  if (g_strcmp0 (state, MH_EQUIPMENT_MAINTENANCE) == 0)
    return MH_EQUIPMENT_BLOCK_MAINTENANCE;
  if (mh_record_bool (equipment, MH_EQUIPMENT_CALIBRATION_COUNTED)
      || (due != NULL && g_strcmp0 (due, today) < 0))
    return MH_EQUIPMENT_BLOCK_CALIBRATION;

  return NULL;
}

/* clang-format off */
const MhRecordType mh_equipment_type = {
  .name = "MhEquipment", .code = "equipment", .table = "equipment", .path = "/equipment",
  .label = N_("Equipment"), .fields = equipment_fields, .n_fields = G_N_ELEMENTS (equipment_fields),
  .flags = MH_TYPE_SYNC, .display = equipment_display,
  .hospital = MH_EQUIPMENT_HOSPITAL_ID, .key = MH_EQUIPMENT_CODE,
};

const MhRecordType mh_equipment_plan_type = {
  .name = "MhEquipmentPlan", .code = "equipment_plan", .table = "equipment_plan",
  .label = N_("Plan of calibration or maintenance"), .fields = plan_fields, .n_fields = G_N_ELEMENTS (plan_fields),
  .flags = MH_TYPE_SYNC, .check = plan_check,
  .hospital = MH_EQUIPMENT_PLAN_HOSPITAL_ID, .active = MH_EQUIPMENT_PLAN_ACTIVE,
};

const MhRecordType mh_equipment_event_type = {
  .name = "MhEquipmentEvent", .code = "equipment_event", .table = "equipment_event",
  .label = N_("Entry of the equipment's log"), .fields = event_fields, .n_fields = G_N_ELEMENTS (event_fields),
  .flags = MH_TYPE_APPEND, .check = event_check,
  .hospital = MH_EQUIPMENT_EVENT_HOSPITAL_ID, .key = MH_EQUIPMENT_EVENT_CODE,
};
/* clang-format on */
