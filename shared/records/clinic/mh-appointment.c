/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-appointment.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_appointment_status_codes[] = {
  { MH_APPOINTMENT_BOOKED, N_("Booked") },
  { MH_APPOINTMENT_ARRIVED, NS_("Arrived") },
  { MH_APPOINTMENT_IN_ROOM, N_("In the room") },
  { MH_APPOINTMENT_DONE, NS_("Done") },
  { MH_APPOINTMENT_CANCELLED, NS_("Cancelled") },
  { MH_APPOINTMENT_NO_SHOW, N_("Did not come") },
  { MH_APPOINTMENT_RESCHEDULED, N_("Moved") },
  { NULL },
};

const MhCode mh_appointment_kind_codes[] = {
  { "first", N_("First visit") },
  { "follow_up", N_("Follow-up") },
  { "procedure", N_("Procedure") },
  { "check_up", N_("Health check-up") },
  { "vaccination", N_("Vaccination") },
  { "other", NS_("Other") },
  { NULL },
};

const MhCode mh_overbook_reason_codes[] = {
  { "urgent", NS_("Urgent") },
  { "doctor_asked", N_("The doctor asked for it") },
  { "short_follow_up", N_("Short follow-up") },
  { "from_far", N_("Came from far away") },
  { "our_mistake", N_("Our mistake in booking") },
  { NULL },
};

const MhCode mh_appointment_reason_codes[] = {
  { "patient", N_("The patient asked") },
  { "doctor_away", N_("The doctor is away") },
  { "duplicate", N_("Booked twice") },
  { "mistake", N_("Booked by mistake") },
  { "better", N_("No longer needed") },
  { "earlier", N_("An earlier time became free") },
  { "other", N_("Other reason") },
  { NULL },
};

const MhCode mh_appointment_step_codes[] = {
  { MH_STEP_ARRIVE, N_("Check in") },
  { MH_STEP_CALL, N_("Call") },
  { MH_STEP_START, N_("Into the room") },
  { MH_STEP_DONE, NS_("Done") },
  { MH_STEP_NO_SHOW, N_("Did not come") },
  { MH_STEP_CANCEL, N_("Cancel") },
  { MH_STEP_LEAVE, N_("Left without being seen") },
  { MH_STEP_BACK, N_("Back to the queue") },
  { NULL },
};

const MhCode mh_token_status_codes[] = {
  { MH_TOKEN_WAITING, N_("Waiting") },
  { MH_TOKEN_CALLED, N_("Called in") },
  { MH_TOKEN_IN_ROOM, N_("In the room") },
  { MH_TOKEN_DONE, NS_("Done") },
  { MH_TOKEN_LEFT, N_("Left") },
  { NULL },
};

const MhCode mh_token_kind_codes[] = {
  { MH_TOKEN_BOOKED, N_("Booked") },
  { MH_TOKEN_WALK_IN, N_("Walk-in") },
  { MH_TOKEN_URGENT, NS_("Urgent") },
  { NULL },
};

const MhCode mh_waiting_status_codes[] = {
  { MH_WAITING_WAITING, N_("Waiting") },
  { MH_WAITING_OFFERED, N_("A slot is held") },
  { MH_WAITING_BOOKED, N_("Booked") },
  { MH_WAITING_WITHDRAWN, N_("Withdrawn") },
  { NULL },
};

const MhCode mh_waiting_part_codes[] = {
  { MH_WAITING_ANY, N_("Any time of the day") },
  { MH_WAITING_MORNING, N_("Morning") },
  { MH_WAITING_AFTERNOON, N_("Afternoon") },
  { NULL },
};

#define PATIENT_FIELDS(prefix) \
  [prefix ## _PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH | MH_SENSITIVE, .max = 250 }, \
  [prefix ## _PATIENT_MRN]  = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 24 }
#define HOSPITAL_FIELD { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM }

static const MhField appointment_fields[] = {
  MH_COMMON_FIELDS,
  [MH_APPOINTMENT_HOSPITAL_ID]      = HOSPITAL_FIELD,
  [MH_APPOINTMENT_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  PATIENT_FIELDS (MH_APPOINTMENT),
  [MH_APPOINTMENT_SCHEDULE_ID]      = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_APPOINTMENT_SCHEDULE_NAME]    = { "schedule_name", MH_KIND_TEXT, .label = N_("With"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_APPOINTMENT_PROVIDER]         = { "provider", MH_KIND_TEXT, .label = N_("Whose time"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 36, .help = N_("The doctor, or the schedule of a room or service") },
  [MH_APPOINTMENT_DOCTOR_ID]        = { "doctor_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_ROOM_NAME]        = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_APPOINTMENT_DAY]              = { "day", MH_KIND_DATE, .label = N_("Day"), .flags = MH_SERVER_SET, .help = N_("As the hospital's calendar has it") },
  [MH_APPOINTMENT_SESSION_AT]       = { "session_at", MH_KIND_INSTANT, .label = N_("Session begins"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_START_AT]         = { "start_at", MH_KIND_INSTANT, .label = N_("Begins"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF | MH_SORT },
  [MH_APPOINTMENT_END_AT]           = { "end_at", MH_KIND_INSTANT, .label = N_("Ends"), .flags = MH_IMMUTABLE, .help = N_("One slot if not given") },
  [MH_APPOINTMENT_SEAT]             = { "seat", MH_KIND_INT, .label = N_("Place"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_APPOINTMENT_KIND]             = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_appointment_kind_codes, .flags = MH_BRIEF },
  [MH_APPOINTMENT_STATUS]           = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_appointment_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_APPOINTMENT_REASON]           = { "reason", MH_KIND_TEXT, .label = N_("Reason for the visit"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_APPOINTMENT_NOTE]             = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_APPOINTMENT_OVERBOOK_REASON]  = { "overbook_reason", MH_KIND_ENUM, .label = N_("Overbooked because"), .codes = mh_overbook_reason_codes, .flags = MH_IMMUTABLE },
  [MH_APPOINTMENT_HOLD_ID]          = { "hold_id", MH_KIND_REF, .label = N_("Kept slot"), .target = &mh_slot_hold_type, .flags = MH_INPUT | MH_NO_FORM },
  [MH_APPOINTMENT_WAITING_ID]       = { "waiting_id", MH_KIND_REF, .label = N_("Waiting list"), .target = &mh_waiting_type, .flags = MH_IMMUTABLE | MH_NO_FORM },
  [MH_APPOINTMENT_SERIES_ID]        = { "series_id", MH_KIND_TEXT, .label = N_("Series"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_APPOINTMENT_RESCHEDULED_FROM] = { "rescheduled_from", MH_KIND_REF, .label = N_("Moved from"), .target = &mh_appointment_type, .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_RESCHEDULED_TO]   = { "rescheduled_to", MH_KIND_REF, .label = N_("Moved to"), .target = &mh_appointment_type, .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_BOOKED_AT]        = { "booked_at", MH_KIND_INSTANT, .label = N_("Booked"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_BOOKED_NAME]      = { "booked_name", MH_KIND_TEXT, .label = N_("Booked by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_APPOINTMENT_ARRIVED_AT]       = { "arrived_at", MH_KIND_INSTANT, .label = N_("Arrived"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_STARTED_AT]       = { "started_at", MH_KIND_INSTANT, .label = N_("Into the room"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_DONE_AT]          = { "done_at", MH_KIND_INSTANT, .label = N_("Done"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_ENDED_AT]         = { "ended_at", MH_KIND_INSTANT, .label = N_("Cancelled or moved"), .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_END_REASON]       = { "end_reason", MH_KIND_ENUM, .label = N_("Why cancelled or moved"), .codes = mh_appointment_reason_codes, .flags = MH_SERVER_SET },
  [MH_APPOINTMENT_VISIT_ID]         = { "visit_id", MH_KIND_TEXT, .label = N_("Visit"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 36 },
  [MH_APPOINTMENT_TOKEN_ID]         = { "token_id", MH_KIND_REF, .label = N_("Token"), .target = &mh_token_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_APPOINTMENT_TOKEN_LABEL]      = { "token_label", MH_KIND_TEXT, .label = N_("Token"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (appointment_fields) == MH_APPOINTMENT_N_FIELDS);

static const MhField step_fields[] = {
  [MH_STEP_STEP]      = { "step", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_appointment_step_codes, .flags = MH_REQUIRED },
  [MH_STEP_REASON]    = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_appointment_reason_codes },
  [MH_STEP_ROOM_NAME] = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .max = 40 },
  [MH_STEP_COMPLAINT] = { "complaint", MH_KIND_TEXT, .label = N_("Complaint"), .flags = MH_SENSITIVE, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_fields) == MH_STEP_N_FIELDS);

static const MhField move_fields[] = {
  [MH_MOVE_SCHEDULE_ID]     = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .help = N_("The same if not given") },
  [MH_MOVE_START_AT]        = { "start_at", MH_KIND_INSTANT, .label = N_("Begins"), .flags = MH_REQUIRED },
  [MH_MOVE_HOLD_ID]         = { "hold_id", MH_KIND_REF, .label = N_("Kept slot"), .target = &mh_slot_hold_type },
  [MH_MOVE_REASON]          = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_appointment_reason_codes },
  [MH_MOVE_OVERBOOK_REASON] = { "overbook_reason", MH_KIND_ENUM, .label = N_("Overbooked because"), .codes = mh_overbook_reason_codes },
};
G_STATIC_ASSERT (G_N_ELEMENTS (move_fields) == MH_MOVE_N_FIELDS);

static const MhField series_fields[] = {
  [MH_SERIES_REQUEST_PATIENT_ID]  = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED },
  [MH_SERIES_REQUEST_SCHEDULE_ID] = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .flags = MH_REQUIRED },
  [MH_SERIES_REQUEST_START_AT]    = { "start_at", MH_KIND_INSTANT, .label = N_("The first begins"), .flags = MH_REQUIRED },
  [MH_SERIES_REQUEST_EVERY_DAYS]  = { "every_days", MH_KIND_INT, .label = N_("Every so many days"), .flags = MH_REQUIRED, .unit = "d", .at_least = 1, .at_most = 366 },
  [MH_SERIES_REQUEST_TIMES]       = { "times", MH_KIND_INT, .label = N_("How many times"), .flags = MH_REQUIRED, .at_least = 2, .at_most = 60 },
  [MH_SERIES_REQUEST_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_appointment_kind_codes },
  [MH_SERIES_REQUEST_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason for the visit"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_SERIES_REQUEST_SKIP_TAKEN]  = { "skip_taken", MH_KIND_BOOL, .label = N_("Leave out what is taken"), .help = N_("If not, one time that is taken refuses the whole series") },
  [MH_SERIES_REQUEST_SERIES_ID]   = { "series_id", MH_KIND_TEXT, .label = N_("Series"), .flags = MH_SERVER_SET, .max = 36 },
  [MH_SERIES_REQUEST_BOOKED]      = { "booked", MH_KIND_RECORDS, .label = N_("Booked"), .target = &mh_appointment_type, .flags = MH_VIRTUAL | MH_SERVER_SET, .max = 60 },
  [MH_SERIES_REQUEST_NOT_BOOKED]  = { "not_booked", MH_KIND_LIST, .label = N_("Not booked"), .flags = MH_SERVER_SET, .max = 60, .help = N_("The beginnings that were taken") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (series_fields) == MH_SERIES_REQUEST_N_FIELDS);

static const MhField token_fields[] = {
  MH_COMMON_FIELDS,
  [MH_TOKEN_HOSPITAL_ID]    = HOSPITAL_FIELD,
  [MH_TOKEN_SCHEDULE_ID]    = { "schedule_id", MH_KIND_REF, .label = N_("Queue"), .target = &mh_schedule_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_TOKEN_SCHEDULE_NAME]  = { "schedule_name", MH_KIND_TEXT, .label = N_("Queue"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_TOKEN_DAY]            = { "day", MH_KIND_DATE, .label = N_("Day"), .flags = MH_SERVER_SET },
  [MH_TOKEN_NUMBER]         = { "number", MH_KIND_INT, .label = N_("Number"), .flags = MH_SERVER_SET | MH_SORT },
  [MH_TOKEN_LABEL]          = { "label", MH_KIND_TEXT, .label = N_("Token"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 20 },
  [MH_TOKEN_KIND]           = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_token_kind_codes, .flags = MH_BRIEF },
  [MH_TOKEN_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_token_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TOKEN_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_IMMUTABLE | MH_INDEX },
  PATIENT_FIELDS (MH_TOKEN),
  [MH_TOKEN_APPOINTMENT_ID] = { "appointment_id", MH_KIND_REF, .label = N_("Booking"), .target = &mh_appointment_type, .flags = MH_SERVER_SET },
  [MH_TOKEN_DUE_AT]         = { "due_at", MH_KIND_INSTANT, .label = N_("Booked for"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TOKEN_VISIT_ID]       = { "visit_id", MH_KIND_TEXT, .label = N_("Visit"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 36 },
  [MH_TOKEN_COMPLAINT]      = { "complaint", MH_KIND_TEXT, .label = N_("Complaint"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_TOKEN_ROOM_NAME]      = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40 },
  [MH_TOKEN_ISSUED_AT]      = { "issued_at", MH_KIND_INSTANT, .label = N_("Given"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_TOKEN_CALLED_AT]      = { "called_at", MH_KIND_INSTANT, .label = N_("Called in"), .flags = MH_SERVER_SET },
  [MH_TOKEN_N_CALLS]        = { "n_calls", MH_KIND_INT, .label = N_("Times called"), .flags = MH_SERVER_SET },
  [MH_TOKEN_STARTED_AT]     = { "started_at", MH_KIND_INSTANT, .label = N_("Into the room"), .flags = MH_SERVER_SET },
  [MH_TOKEN_ENDED_AT]       = { "ended_at", MH_KIND_INSTANT, .label = N_("Done or left"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (token_fields) == MH_TOKEN_N_FIELDS);

static const MhField queue_fields[] = {
  [MH_QUEUE_SCHEDULE_ID] = { "schedule_id", MH_KIND_REF, .label = N_("Queue"), .target = &mh_schedule_type },
  [MH_QUEUE_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .max = 120 },
  [MH_QUEUE_ROOM_NAME]   = { "room_name", MH_KIND_TEXT, .label = N_("Room"), .max = 40 },
  [MH_QUEUE_NOW]         = { "now", MH_KIND_TEXT, .label = N_("Now"), .max = 20 },
  [MH_QUEUE_NEXT]        = { "next", MH_KIND_TEXT, .label = N_("Next"), .max = 20 },
  [MH_QUEUE_N_WAITING]   = { "n_waiting", MH_KIND_INT, .label = N_("Waiting") },
  [MH_QUEUE_NOW_NAME]    = { "now_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SENSITIVE, .max = 250, .help = N_("Only where the hospital shows names") },
  [MH_QUEUE_CALLED_AT]   = { "called_at", MH_KIND_INSTANT, .label = N_("Called in") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (queue_fields) == MH_QUEUE_N_FIELDS);

static const MhField waiting_fields[] = {
  MH_COMMON_FIELDS,
  [MH_WAITING_HOSPITAL_ID]    = HOSPITAL_FIELD,
  [MH_WAITING_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  PATIENT_FIELDS (MH_WAITING),
  [MH_WAITING_PHONE]          = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SENSITIVE, .max = 40 },
  [MH_WAITING_SCHEDULE_ID]    = { "schedule_id", MH_KIND_REF, .label = N_("Schedule"), .target = &mh_schedule_type, .flags = MH_REQUIRED | MH_IMMUTABLE },
  [MH_WAITING_SCHEDULE_NAME]  = { "schedule_name", MH_KIND_TEXT, .label = N_("With"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_WAITING_FROM_DATE]      = { "from_date", MH_KIND_DATE, .label = N_("Not before") },
  [MH_WAITING_TO_DATE]        = { "to_date", MH_KIND_DATE, .label = N_("Not after"), .flags = MH_BRIEF },
  [MH_WAITING_PART]           = { "part", MH_KIND_ENUM, .label = N_("Time of the day"), .codes = mh_waiting_part_codes, .flags = MH_BRIEF },
  [MH_WAITING_URGENT]         = { "urgent", MH_KIND_BOOL, .label = N_("Urgent") },
  [MH_WAITING_NOTE]           = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 200 },
  [MH_WAITING_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_waiting_status_codes, .flags = MH_BRIEF | MH_NO_FORM },
  [MH_WAITING_OFFERED_AT]     = { "offered_at", MH_KIND_INSTANT, .label = N_("Offered"), .flags = MH_SERVER_SET },
  [MH_WAITING_OFFERED_START]  = { "offered_start", MH_KIND_INSTANT, .label = N_("Slot held"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_WAITING_HOLD_ID]        = { "hold_id", MH_KIND_REF, .label = N_("Kept slot"), .target = &mh_slot_hold_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_WAITING_N_OFFERS]       = { "n_offers", MH_KIND_INT, .label = N_("Times offered"), .flags = MH_SERVER_SET },
  [MH_WAITING_APPOINTMENT_ID] = { "appointment_id", MH_KIND_REF, .label = N_("Booking"), .target = &mh_appointment_type, .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (waiting_fields) == MH_WAITING_N_FIELDS);

const MhRecordType mh_appointment_type = {
  .name = "MhAppointment", .code = "appointment", .table = "appointment", .path = "/appointments",
  .label = NS_("Appointment"), .fields = appointment_fields, .n_fields = G_N_ELEMENTS (appointment_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_APPOINTMENT_HOSPITAL_ID, .patient = MH_APPOINTMENT_PATIENT_ID,
};

const MhRecordType mh_appointment_step_type = {
  .name = "MhAppointmentStep", .code = "appointment_step", .label = N_("Step of an appointment"),
  .fields = step_fields, .n_fields = G_N_ELEMENTS (step_fields),
};

const MhRecordType mh_appointment_move_type = {
  .name = "MhAppointmentMove", .code = "appointment_move", .label = N_("Moving an appointment"),
  .fields = move_fields, .n_fields = G_N_ELEMENTS (move_fields),
};

const MhRecordType mh_series_request_type = {
  .name = "MhSeriesRequest", .code = "series_request", .label = N_("Recurring appointment"),
  .fields = series_fields, .n_fields = G_N_ELEMENTS (series_fields),
  .patient = MH_SERIES_REQUEST_PATIENT_ID,
};

const MhRecordType mh_token_type = {
  .name = "MhToken", .code = "token", .table = "token", .path = "/tokens",
  .label = NS_("Token"), .fields = token_fields, .n_fields = G_N_ELEMENTS (token_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_TOKEN_HOSPITAL_ID, .patient = MH_TOKEN_PATIENT_ID,
};

const MhRecordType mh_queue_type = {
  .name = "MhQueue", .code = "queue", .label = N_("Queue"), .fields = queue_fields, .n_fields = G_N_ELEMENTS (queue_fields),
};

const MhRecordType mh_waiting_type = {
  .name = "MhWaiting", .code = "waiting", .table = "waiting", .path = "/waiting",
  .label = NS_("Waiting for a slot"), .fields = waiting_fields, .n_fields = G_N_ELEMENTS (waiting_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_WAITING_HOSPITAL_ID, .patient = MH_WAITING_PATIENT_ID,
};
/* clang-format on */
