/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-shift.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_skill_level_codes[] = {
  { MH_SKILL_TRAINEE, N_("In training") },
  { MH_SKILL_INDEPENDENT, N_("Works alone") },
  { MH_SKILL_SENIOR, N_("Supervises") },
  { MH_SKILL_WITHDRAWN, N_("Withdrawn") },
  { NULL },
};

const MhCode mh_shift_kind_codes[] = {
  { MH_SHIFT_WEEKLY, N_("Every week") },
  { MH_SHIFT_EXTRA, N_("Extra shift") },
  { MH_SHIFT_AWAY, N_("Away") },
  { NULL },
};

const MhCode mh_weekday_codes[] = {
  { "mon", N_("Monday") },
  { "tue", N_("Tuesday") },
  { "wed", N_("Wednesday") },
  { "thu", N_("Thursday") },
  { "fri", N_("Friday") },
  { "sat", N_("Saturday") },
  { "sun", N_("Sunday") },
  { NULL },
};

const MhCode mh_assigned_reason_codes[] = {
  { MH_ASSIGNED_AUTO, N_("Least open work") },
  { MH_ASSIGNED_IDLE, N_("Nothing done for 15 minutes") },
  { MH_ASSIGNED_OFF_SHIFT, N_("The shift is over") },
  { MH_ASSIGNED_WORKLOAD, N_("Too much work") },
  { MH_ASSIGNED_SKILL, N_("Better trained for it") },
  { MH_ASSIGNED_ABSENCE, N_("Not at the bench") },
  { MH_ASSIGNED_URGENT, NS_("Urgent") },
  { MH_ASSIGNED_OWN_ENTRY, N_("Would verify their own entry") },
  { MH_ASSIGNED_OTHER, N_("Another reason") },
  { NULL },
};

static const MhField skill_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SKILL_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_SKILL_USER_ID]     = { "user_id", MH_KIND_REF, .label = N_("Technician"), .target = &mh_user_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_SKILL_BENCH]       = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .format = "code", .max = 4 },
  [MH_SKILL_LEVEL]       = { "level", MH_KIND_ENUM, .label = N_("Level"), .codes = mh_skill_level_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_SKILL_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200,
    .help = N_("Certificate, who signed the training off, and when") },
  [MH_SKILL_USER_NAME]   = { "user_name", MH_KIND_TEXT, .label = N_("Technician"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM | MH_BRIEF, .max = 120 },
  [MH_SKILL_BENCH_NAME]  = { "bench_name", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM | MH_BRIEF, .max = 80 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (skill_fields) == MH_SKILL_N_FIELDS);

static const MhField shift_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SHIFT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_SHIFT_USER_ID]     = { "user_id", MH_KIND_REF, .label = N_("Technician"), .target = &mh_user_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_SHIFT_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_shift_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_SHIFT_WEEKDAYS]    = { "weekdays", MH_KIND_LIST, .label = N_("Weekdays"), .codes = mh_weekday_codes, .flags = MH_BRIEF, .max = 7,
    .help = N_("The day on which the shift begins") },
  [MH_SHIFT_FROM_DATE]   = { "from_date", MH_KIND_DATE, .label = N_("From"), .flags = MH_BRIEF },
  [MH_SHIFT_UNTIL_DATE]  = { "until_date", MH_KIND_DATE, .label = N_("Until"), .flags = MH_BRIEF,
    .help = N_("With this day") },
  [MH_SHIFT_STARTS]      = { "starts", MH_KIND_TIME, .label = N_("Begins"), .flags = MH_BRIEF,
    .help = N_("Without times: the whole day") },
  [MH_SHIFT_ENDS]        = { "ends", MH_KIND_TIME, .label = N_("Ends"), .flags = MH_BRIEF,
    .help = N_("Not later than the beginning: on the next day") },
  [MH_SHIFT_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
  [MH_SHIFT_USER_NAME]   = { "user_name", MH_KIND_TEXT, .label = N_("Technician"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (shift_fields) == MH_SHIFT_N_FIELDS);

static const MhField technician_fields[] = {
  [MH_TECHNICIAN_ID]           = { "id", MH_KIND_TEXT, .label = N_("Id"), .max = 36, .flags = MH_NO_FORM },
  [MH_TECHNICIAN_NAME]         = { "name", MH_KIND_TEXT, .label = N_("Technician"), .max = 120, .flags = MH_BRIEF },
  [MH_TECHNICIAN_ON_SHIFT]     = { "on_shift", MH_KIND_BOOL, .label = N_("On shift"), .flags = MH_BRIEF },
  [MH_TECHNICIAN_SHIFT]        = { "shift", MH_KIND_TEXT, .label = N_("Shift"), .max = 20, .flags = MH_BRIEF,
    .help = N_("08:00-16:00, as it stands in the plan today") },
  [MH_TECHNICIAN_BENCHES]      = { "benches", MH_KIND_LIST, .label = N_("Benches"), .max = 60, .flags = MH_BRIEF,
    .help = N_("None: every bench") },
  [MH_TECHNICIAN_OPEN_MINUTES] = { "open_minutes", MH_KIND_INT, .label = N_("Open work"), .unit = "min", .flags = MH_BRIEF },
  [MH_TECHNICIAN_OPEN_ORDERS]  = { "open_orders", MH_KIND_INT, .label = N_("Open orders"), .flags = MH_BRIEF },
  [MH_TECHNICIAN_STAT_ORDERS]  = { "stat_orders", MH_KIND_INT, .label = N_("STAT"), .flags = MH_BRIEF },
  [MH_TECHNICIAN_ASSIGNED_AT]  = { "assigned_at", MH_KIND_INSTANT, .label = N_("Last assigned"), .flags = MH_BRIEF },
  [MH_TECHNICIAN_ACTIVE_AT]    = { "active_at", MH_KIND_INSTANT, .label = N_("Last step"), .flags = MH_BRIEF },
  [MH_TECHNICIAN_BENCH_NAMES]  = { "bench_names", MH_KIND_LIST, .label = N_("Benches"), .max = 60, .flags = MH_NO_FORM | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (technician_fields) == MH_TECHNICIAN_N_FIELDS);

static const MhField assignment_fields[] = {
  [MH_ASSIGNMENT_TECHNICIAN_ID] = { "technician_id", MH_KIND_REF, .label = N_("Technician"), .target = &mh_user_type,
    .help = N_("None: chosen automatically") },
  [MH_ASSIGNMENT_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_assigned_reason_codes, .flags = MH_REQUIRED },
  [MH_ASSIGNMENT_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (assignment_fields) == MH_ASSIGNMENT_N_FIELDS);
/* clang-format on */

static void
shift_check (MhRecord *shift, MhIssues *issues)
{
  const char *kind = mh_record_text (shift, MH_SHIFT_KIND);
  const char *from = mh_record_text (shift, MH_SHIFT_FROM_DATE);
  const char *until = mh_record_text (shift, MH_SHIFT_UNTIL_DATE);
  gboolean weekly = g_strcmp0 (kind, MH_SHIFT_WEEKLY) == 0;

  if (weekly && mh_record_list (shift, MH_SHIFT_WEEKDAYS) == NULL)
    mh_issues_add (issues, "weekdays", "required", "Name the weekdays");
  if (!weekly && kind != NULL && from == NULL)
    mh_issues_add (issues, "from_date", "required", "Name the first day");
  if (from != NULL && until != NULL && strcmp (until, from) < 0)
    mh_issues_add (issues, "until_date", "out_of_range", "It ends before it begins");
  if (mh_record_has (shift, MH_SHIFT_STARTS) != mh_record_has (shift, MH_SHIFT_ENDS))
    mh_issues_add (issues, mh_record_has (shift, MH_SHIFT_STARTS) ? "ends" : "starts", "required",
                   "Give both times, or none for the whole day");
}

/* clang-format off */
const MhRecordType mh_skill_type = {
  .name = "MhSkill", .code = "skill", .table = "skill", .path = "/skills",
  .label = N_("Skill"), .fields = skill_fields, .n_fields = G_N_ELEMENTS (skill_fields), .since = 17,
  .hospital = MH_SKILL_HOSPITAL_ID,
};

const MhRecordType mh_shift_type = {
  .name = "MhShift", .code = "shift", .table = "work_shift", .path = "/shifts",
  .label = N_("Shift"), .fields = shift_fields, .n_fields = G_N_ELEMENTS (shift_fields), .since = 17,
  .check = shift_check,
  .hospital = MH_SHIFT_HOSPITAL_ID,
};

const MhRecordType mh_technician_type = {
  .name = "MhTechnician", .code = "technician",
  .label = NS_("Technician"), .fields = technician_fields, .n_fields = G_N_ELEMENTS (technician_fields),
};

const MhRecordType mh_assignment_type = {
  .name = "MhAssignment", .code = "assignment",
  .label = N_("Assignment"), .fields = assignment_fields, .n_fields = G_N_ELEMENTS (assignment_fields),
};
/* clang-format on */
