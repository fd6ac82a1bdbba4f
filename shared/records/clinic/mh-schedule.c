/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-schedule.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_schedule_kind_codes[] = {
  { MH_SCHEDULE_DOCTOR, NS_("Doctor") },
  { MH_SCHEDULE_ROOM, NS_("Room") },
  { MH_SCHEDULE_SERVICE, N_("Service") },
  { NULL },
};

const MhCode mh_leave_reason_codes[] = {
  { MH_LEAVE_HOLIDAY, N_("Holiday") },
  { MH_LEAVE_SICK, N_("Ill") },
  { MH_LEAVE_TRAINING, N_("Training or meeting") },
  { MH_LEAVE_EMERGENCY, N_("Called to an emergency") },
  { MH_LEAVE_CLOSED, NS_("Closed") },
  { MH_LEAVE_OTHER, N_("Other reason") },
  { NULL },
};

static const MhField schedule_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SCHEDULE_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SCHEDULE_CODE]             = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 8, .format = "code",
    .help = N_("Tokens begin with it: RAO-12") },
  [MH_SCHEDULE_NAME]             = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF | MH_SEARCH, .max = 120,
    .help = N_("As patients know it: the doctor, the room or the service") },
  [MH_SCHEDULE_KIND]             = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_schedule_kind_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_SCHEDULE_DOCTOR_ID]        = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_IMMUTABLE | MH_INDEX },
  [MH_SCHEDULE_DEPARTMENT_ID]    = { "department_id", MH_KIND_REF, .label = N_("Department"), .target = &mh_department_type },
  [MH_SCHEDULE_ROOM_NAME]        = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .flags = MH_BRIEF, .max = 40, .help = N_("Shown in the waiting room") },
  [MH_SCHEDULE_HOURS]            = { "hours", MH_KIND_TEXT, .label = N_("Weekly hours"), .flags = MH_REQUIRED | MH_BRIEF, .max = 400,
    .help = N_("Like: mon-fri 09:00-13:00 16:00-18:00; sat 09:00-12:00. Each stretch is a session") },
  [MH_SCHEDULE_VALID_FROM]       = { "valid_from", MH_KIND_DATE, .label = N_("From") },
  [MH_SCHEDULE_VALID_TO]         = { "valid_to", MH_KIND_DATE, .label = N_("Until"), .help = N_("The last day") },
  [MH_SCHEDULE_SLOT_MINUTES]     = { "slot_minutes", MH_KIND_INT, .label = N_("Minutes of a slot"), .flags = MH_REQUIRED | MH_BRIEF, .unit = "min", .at_least = MH_SLOT_STEP_MINUTES, .at_most = MH_SCHEDULE_MOST_SLOT_MINUTES },
  [MH_SCHEDULE_CAPACITY]         = { "capacity", MH_KIND_INT, .label = N_("Patients at a time"), .flags = MH_BRIEF, .at_least = 1, .at_most = MH_SCHEDULE_MOST_CAPACITY },
  [MH_SCHEDULE_OVERBOOK_PERCENT] = { "overbook_percent", MH_KIND_INT, .label = N_("Overbooking"), .unit = "%", .at_least = 0, .at_most = MH_OVERBOOK_MOST_PERCENT,
    .help = N_("So many bookings of a session may be beyond its slots, each with a reason") },
  [MH_SCHEDULE_WALK_IN_EVERY]    = { "walk_in_every", MH_KIND_INT, .label = N_("Walk-in after so many booked"), .at_least = 1, .at_most = 20,
    .help = N_("3: after three booked patients one who came without a booking") },
  [MH_SCHEDULE_NOTE]             = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
  [MH_SCHEDULE_ACTIVE]           = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (schedule_fields) == MH_SCHEDULE_N_FIELDS);

static const MhField leave_fields[] = {
  MH_COMMON_FIELDS,
  [MH_LEAVE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_LEAVE_SCHEDULE_ID] = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .flags = MH_IMMUTABLE | MH_INDEX },
  [MH_LEAVE_DOCTOR_ID]   = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_IMMUTABLE },
  [MH_LEAVE_START_AT]    = { "start_at", MH_KIND_INSTANT, .label = N_("Away from"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_LEAVE_END_AT]      = { "end_at", MH_KIND_INSTANT, .label = N_("Back"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_LEAVE_REASON]      = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_leave_reason_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_LEAVE_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
  [MH_LEAVE_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In force") },
  [MH_LEAVE_MADE_NAME]   = { "made_name", MH_KIND_TEXT, .label = N_("Entered by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_LEAVE_TO_MOVE]     = { "to_move", MH_KIND_RECORDS, .label = N_("Bookings to move"), .target = &mh_appointment_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 500 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (leave_fields) == MH_LEAVE_N_FIELDS);

static const MhField slot_fields[] = {
  [MH_SLOT_SCHEDULE_ID]   = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type },
  [MH_SLOT_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 120 },
  [MH_SLOT_DOCTOR_ID]     = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type },
  [MH_SLOT_ROOM_NAME]     = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .max = 40 },
  [MH_SLOT_DAY]           = { "day", MH_KIND_DATE, .label = N_("Day") },
  [MH_SLOT_SESSION_AT]    = { "session_at", MH_KIND_INSTANT, .label = N_("Session begins") },
  [MH_SLOT_START_AT]      = { "start_at", MH_KIND_INSTANT, .label = N_("Begins") },
  [MH_SLOT_END_AT]        = { "end_at", MH_KIND_INSTANT, .label = N_("Ends") },
  [MH_SLOT_CAPACITY]      = { "capacity", MH_KIND_INT, .label = N_("Patients at a time") },
  [MH_SLOT_TAKEN]         = { "taken", MH_KIND_INT, .label = N_("Taken") },
  [MH_SLOT_FREE]          = { "free", MH_KIND_INT, .label = N_("Free") },
  [MH_SLOT_OVERBOOK_LEFT] = { "overbook_left", MH_KIND_INT, .label = N_("May be overbooked"), .help = N_("So many more of the session") },
  [MH_SLOT_AWAY]          = { "away", MH_KIND_BOOL, .label = N_("Away") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (slot_fields) == MH_SLOT_N_FIELDS);

static const MhField hold_fields[] = {
  MH_COMMON_FIELDS,
  [MH_HOLD_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_HOLD_SCHEDULE_ID] = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_HOLD_START_AT]    = { "start_at", MH_KIND_INSTANT, .label = N_("Begins"), .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_HOLD_END_AT]      = { "end_at", MH_KIND_INSTANT, .label = N_("Ends"), .flags = MH_IMMUTABLE },
  [MH_HOLD_SEAT]        = { "seat", MH_KIND_INT, .label = N_("Place"), .flags = MH_SERVER_SET },
  [MH_HOLD_EXPIRES_AT]  = { "expires_at", MH_KIND_INSTANT, .label = N_("Kept until"), .flags = MH_SERVER_SET | MH_INDEX },
  [MH_HOLD_HELD_BY]     = { "held_by", MH_KIND_REF, .label = N_("Kept by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_HOLD_HELD_NAME]   = { "held_name", MH_KIND_TEXT, .label = N_("Kept by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_HOLD_WAITING_ID]  = { "waiting_id", MH_KIND_REF, .label = N_("Offered to"), .target = &mh_waiting_type, .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (hold_fields) == MH_HOLD_N_FIELDS);

static const MhField claim_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CLAIM_OWNER]      = { "owner", MH_KIND_TEXT, .label = N_("Whose time"), .flags = MH_REQUIRED, .max = 60 },
  [MH_CLAIM_TICK]       = { "tick", MH_KIND_INT, .label = N_("Step of time"), .flags = MH_REQUIRED },
  [MH_CLAIM_SEAT]       = { "seat", MH_KIND_INT, .label = N_("Place"), .flags = MH_REQUIRED },
  [MH_CLAIM_HOLDER_ID]  = { "holder_id", MH_KIND_TEXT, .label = N_("Booking or hold"), .flags = MH_REQUIRED | MH_INDEX, .max = 36 },
  [MH_CLAIM_EXPIRES_AT] = { "expires_at", MH_KIND_INSTANT, .label = N_("Kept until") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (claim_fields) == MH_CLAIM_N_FIELDS);
/* clang-format on */

static void
schedule_check_order (MhRecord *record,
                      guint from,
                      guint to,
                      gboolean may_be_equal,
                      MhIssues *issues)
{
  const MhField *field = &mh_record_type (record)->fields[to];
  gboolean wrong = FALSE;
  if (!mh_record_has (record, from) || !mh_record_has (record, to))
    return;
  if (field->kind == MH_KIND_DATE)
    wrong = strcmp (mh_record_text (record, to), mh_record_text (record, from)) < 0;
  else
    wrong = mh_record_int (record, to) < mh_record_int (record, from)
            || (!may_be_equal && mh_record_int (record, to) == mh_record_int (record, from));
  if (wrong)
    mh_issues_add (issues, field->name, "out_of_range", "The end lies after the beginning.");
}

static void
schedule_check (MhRecord *schedule, MhIssues *issues)
{
  if (mh_record_has (schedule, MH_SCHEDULE_SLOT_MINUTES)
      && mh_record_int (schedule, MH_SCHEDULE_SLOT_MINUTES) % MH_SLOT_STEP_MINUTES != 0)
    mh_issues_add (issues, "slot_minutes", "step", "A slot lasts whole steps of five minutes.");
  if (g_strcmp0 (mh_record_text (schedule, MH_SCHEDULE_KIND), MH_SCHEDULE_DOCTOR) == 0
      && !mh_record_has (schedule, MH_SCHEDULE_DOCTOR_ID))
    mh_issues_add (issues, "doctor_id", "required", "Say which doctor.");
  schedule_check_order (schedule, MH_SCHEDULE_VALID_FROM, MH_SCHEDULE_VALID_TO, TRUE, issues);
}

static void
leave_check (MhRecord *leave, MhIssues *issues)
{
  schedule_check_order (leave, MH_LEAVE_START_AT, MH_LEAVE_END_AT, FALSE, issues);
}

/* clang-format off */
const MhRecordType mh_schedule_type = {
  .name = "MhSchedule", .code = "schedule", .table = "schedule", .path = "/schedules",
  .label = N_("Schedule"), .fields = schedule_fields, .n_fields = G_N_ELEMENTS (schedule_fields),
  .flags = MH_TYPE_SYNC, .check = schedule_check,
  .hospital = MH_SCHEDULE_HOSPITAL_ID, .active = MH_SCHEDULE_ACTIVE, .key = MH_SCHEDULE_CODE,
};

const MhRecordType mh_leave_type = {
  .name = "MhLeave", .code = "leave", .table = "leave", .path = "/leaves",
  .label = N_("Leave or closure"), .fields = leave_fields, .n_fields = G_N_ELEMENTS (leave_fields),
  .flags = MH_TYPE_SYNC, .check = leave_check,
  .hospital = MH_LEAVE_HOSPITAL_ID, .active = MH_LEAVE_ACTIVE,
};

const MhRecordType mh_slot_type = {
  .name = "MhSlot", .code = "slot", .label = N_("Slot"), .fields = slot_fields, .n_fields = G_N_ELEMENTS (slot_fields),
};

const MhRecordType mh_slot_hold_type = {
  .name = "MhSlotHold", .code = "slot_hold", .table = "slot_hold", .path = "/appointments/holds",
  .label = N_("Kept slot"), .fields = hold_fields, .n_fields = G_N_ELEMENTS (hold_fields),
  .hospital = MH_HOLD_HOSPITAL_ID,
};

const MhRecordType mh_slot_claim_type = {
  .name = "MhSlotClaim", .code = "slot_claim", .table = "slot_claim",
  .label = N_("Taken time"), .fields = claim_fields, .n_fields = G_N_ELEMENTS (claim_fields),
  .flags = MH_TYPE_PART | MH_TYPE_INTERNAL,
};
/* clang-format on */
