/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-mission.h"

#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
const MhCode mh_mission_state_codes[] = {
  { MH_MISSION_ASKED, N_("Asked") },
  { MH_MISSION_ASSIGNED, N_("Assigned") },
  { MH_MISSION_EN_ROUTE, N_("On the way") },
  { MH_MISSION_ON_SCENE, N_("On scene") },
  { MH_MISSION_TRANSPORTING, N_("Transporting") },
  { MH_MISSION_AT_HOSPITAL, N_("At the hospital") },
  { MH_MISSION_DONE, N_("Done") },
  { MH_MISSION_REFUSED, N_("Refused") },
  { MH_MISSION_UNANSWERED, N_("No answer") },
  { MH_MISSION_STOOD_DOWN, N_("Stood down") },
  { MH_MISSION_DIVERTED, N_("Diverted") },
  { NULL },
};
const MhCode mh_mission_how_codes[] = {
  { MH_MISSION_BY_PERSON, N_("By a dispatcher") },
  { MH_MISSION_BY_NEED, N_("By itself, for what is needed") },
  { MH_MISSION_BY_NEAREST, N_("By itself, the nearest of any skill") },
  { MH_MISSION_BY_NEXT, N_("By itself, instead of one that does not come") },
  { NULL },
};
/* The codes of MhClockStep of a unit follow the first two. */
const MhCode mh_mission_step_codes[] = {
  { MH_MISSION_STEP_ACCEPTED, N_("Accepted") },
  { MH_MISSION_STEP_REFUSED, N_("Refused") },
  { "en_route", N_("On the way") },
  { "on_scene", N_("On scene") },
  { "at_patient", N_("At the patient") },
  { "depart", N_("Departed with the patient") },
  { "at_hospital", N_("At the hospital") },
  { "handover", N_("Handed over") },
  { "clear", N_("Clear") },
  { NULL },
};
const MhCode mh_mission_clock_codes[] = {
  { "assigned", N_("Assigned") },
  { "en_route", N_("On the way") },
  { "on_scene", N_("On scene") },
  { "at_patient", N_("At the patient") },
  { "depart", N_("Departed with the patient") },
  { "at_hospital", N_("At the hospital") },
  { "handover", N_("Handed over") },
  { "clear", N_("Clear") },
  { NULL },
};
const MhCode mh_mission_refusal_codes[] = {
  { "defect", N_("Vehicle or equipment out of order") },
  { "crew", N_("Crew not complete") },
  { "cleaning", N_("Being cleaned or stocked") },
  { "patient", N_("Still with a patient") },
  { MH_MISSION_OTHER, N_("Another reason") },
  { NULL },
};
const MhCode mh_mission_end_codes[] = {
  { "not_needed", N_("Not needed any more") },
  { "nearer", N_("Another unit is nearer") },
  { "breakdown", N_("Broke down on the way") },
  { "mistake", N_("Sent by mistake") },
  { MH_MISSION_END_CANCELLED, N_("Call cancelled") },
  { MH_MISSION_OTHER, N_("Another reason") },
  { NULL },
};
const MhCode mh_mission_event_codes[] = {
  { MH_MISSION_DID_SENT, N_("Sent") },
  { "step", N_("Step") },
  { MH_MISSION_REFUSED, N_("Refused") },
  { MH_MISSION_UNANSWERED, N_("No answer") },
  { MH_MISSION_STOOD_DOWN, N_("Stood down") },
  { MH_MISSION_DIVERTED, N_("Diverted") },
  { MH_MISSION_DID_CORRECT, N_("Time corrected") },
  { MH_MISSION_DID_BACK, N_("Step taken back") },
  { NULL },
};
const MhCode mh_mission_event_how_codes[] = {
  { MH_MISSION_HOW_BUTTON, N_("By the crew") },
  { MH_MISSION_HOW_DISPATCHER, N_("By a dispatcher") },
  { MH_MISSION_HOW_PROPOSAL, N_("Proposed by the position") },
  { MH_MISSION_HOW_ITSELF, N_("By itself") },
  { NULL },
};
const MhCode mh_recommendation_note_codes[] = {
  { "old_fix", N_("Its position is old") },
  { "diverted", N_("It would leave another call") },
  { "late", N_("It arrives after its crew's hours") },
  { "below", N_("Less skill than is needed") },
  { "zone_empty", N_("Its zone is left without any unit") },
  { "zone_one", N_("Its zone is left with one unit") },
  { NULL },
};
const MhCode mh_recommendation_out_codes[] = {
  { "no_crew", N_("Nobody is on it") },
  { "out_of_service", N_("Out of service") },
  { "reserved", N_("Asked for another call") },
  { "busy", N_("On another call") },
  { "tried", N_("It was asked for this call before") },
  { "no_fix", N_("No position of the last minutes") },
  { "out_of_hours", N_("Its crew's hours are over") },
  { "no_way", N_("No way leads there") },
  { "cannot", N_("It has nothing of what is needed") },
  { NULL },
};
const MhCode mh_recommendation_basis_codes[] = {
  { MH_RECOMMENDATION_ROAD, N_("By road") },
  { MH_RECOMMENDATION_LINE, N_("Estimated from the straight line: there is no map") },
  { MH_RECOMMENDATION_NOWHERE, N_("The place is not known yet") },
  { NULL },
};

static const MhField mission_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MISSION_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MISSION_CALL_ID]        = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_MISSION_CALL_NUMBER]    = { "call_number", MH_KIND_TEXT, .label = N_ ("Emergency call"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_MISSION_UNIT_ID]        = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_MISSION_UNIT_CODE]      = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SEARCH, .max = 20 },
  [MH_MISSION_STATE]          = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_mission_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MISSION_HOW]            = { "how", MH_KIND_ENUM, .label = N_("How assigned"), .codes = mh_mission_how_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_NEEDS]          = { "needs", MH_KIND_LIST, .label = N_("Sent for"), .codes = mh_emergency_need_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_PRIORITY]       = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_emergency_priority_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_MISSION_LOCATION]       = { "location", MH_KIND_JSON, .label = N_("Place"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 2000 },
  [MH_MISSION_PLACE]          = { "place", MH_KIND_TEXT, .label = N_("Where"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = MH_EMERGENCY_MOST_PLACE },
  [MH_MISSION_WHAT]           = { "what", MH_KIND_TEXT, .label = N_("What has happened"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 600 },
  [MH_MISSION_PHONE]          = { "phone", MH_KIND_TEXT, .label = N_("Number to call back"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 40 },
  [MH_MISSION_ASSIGNED_NAME]  = { "assigned_name", MH_KIND_TEXT, .label = N_("Assigned by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_MISSION_ASSIGNED_AT]    = { "assigned_at", MH_KIND_INSTANT, .label = N_("Assigned"), .flags = MH_SERVER_SET | MH_SORT },
  [MH_MISSION_ANSWER_BY]      = { "answer_by", MH_KIND_INSTANT, .label = N_("Answer until"), .flags = MH_SERVER_SET, .help = N_("After that the next unit is asked") },
  [MH_MISSION_ACCEPTED_AT]    = { "accepted_at", MH_KIND_INSTANT, .label = N_("Accepted"), .flags = MH_SERVER_SET },
  [MH_MISSION_EN_ROUTE_AT]    = { "en_route_at", MH_KIND_INSTANT, .label = N_("On the way"), .flags = MH_SERVER_SET },
  [MH_MISSION_ON_SCENE_AT]    = { "on_scene_at", MH_KIND_INSTANT, .label = N_("On scene"), .flags = MH_SERVER_SET },
  [MH_MISSION_AT_PATIENT_AT]  = { "at_patient_at", MH_KIND_INSTANT, .label = N_("At the patient"), .flags = MH_SERVER_SET },
  [MH_MISSION_DEPART_AT]      = { "depart_at", MH_KIND_INSTANT, .label = N_("Departed with the patient"), .flags = MH_SERVER_SET },
  [MH_MISSION_AT_HOSPITAL_AT] = { "at_hospital_at", MH_KIND_INSTANT, .label = N_("At the hospital"), .flags = MH_SERVER_SET },
  [MH_MISSION_HANDOVER_AT]    = { "handover_at", MH_KIND_INSTANT, .label = N_("Handed over"), .flags = MH_SERVER_SET },
  [MH_MISSION_CLEAR_AT]       = { "clear_at", MH_KIND_INSTANT, .label = N_("Clear"), .flags = MH_SERVER_SET },
  [MH_MISSION_ENDED_AT]       = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_MISSION_REFUSAL]        = { "refusal", MH_KIND_ENUM, .label = N_("Why refused"), .codes = mh_mission_refusal_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_END_REASON]     = { "end_reason", MH_KIND_ENUM, .label = N_("Why stood down"), .codes = mh_mission_end_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_NOTE]           = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 300 },
  [MH_MISSION_LEAVES_ID]      = { "leaves_id", MH_KIND_REF, .label = N_("Left for it"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MISSION_LEAVES_NUMBER]  = { "leaves_number", MH_KIND_TEXT, .label = N_("Left for it"), .flags = MH_SERVER_SET, .max = 24, .help = N_("The call from which the unit was diverted") },
  [MH_MISSION_CREW_IDS]       = { "crew_ids", MH_KIND_LIST, .label = N_("Crew"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 20, .help = N_("Who is on the unit, and sees it") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (mission_fields) == MH_MISSION_N_FIELDS);

static const MhField event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_MISSION_EVENT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MISSION_EVENT_MISSION_ID]  = { "mission_id", MH_KIND_REF, .label = N_("Assignment"), .target = &mh_mission_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_MISSION_EVENT_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("What"), .codes = mh_mission_event_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_EVENT_STEP]        = { "step", MH_KIND_TEXT, .label = N_("Step"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_MISSION_EVENT_AT]          = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET, .help = N_("When it was; created_at tells when it was told") },
  [MH_MISSION_EVENT_WAS_AT]      = { "was_at", MH_KIND_INSTANT, .label = N_("Was"), .flags = MH_SERVER_SET, .help = N_("Before a correction; null: it was filled in") },
  [MH_MISSION_EVENT_HOW]         = { "how", MH_KIND_ENUM, .label = N_("How"), .codes = mh_mission_event_how_codes, .flags = MH_SERVER_SET },
  [MH_MISSION_EVENT_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_MISSION_EVENT_BY_ID]       = { "by_id", MH_KIND_REF, .label = N_("Who"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_MISSION_EVENT_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == MH_MISSION_EVENT_N_FIELDS);

static const MhField order_fields[] = {
  [MH_MISSION_ORDER_ID]           = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36 },
  [MH_MISSION_ORDER_CALL_ID]      = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_REQUIRED },
  [MH_MISSION_ORDER_UNIT_ID]      = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_REQUIRED },
  [MH_MISSION_ORDER_UNIT_VERSION] = { "unit_version", MH_KIND_INT, .label = N_("Version of the unit's state"), .flags = MH_REQUIRED, .at_least = 1, .at_most = G_MAXINT, .help = N_("As it was recommended; another one is refused") },
  [MH_MISSION_ORDER_DIVERT]       = { "divert", MH_KIND_BOOL, .label = N_("Divert it"), .help = N_("Take it away from a less urgent call that it is on its way to") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_fields) == MH_MISSION_ORDER_N_FIELDS);

static const MhField step_fields[] = {
  [MH_MISSION_STEP_ID]       = { "id", MH_KIND_TEXT, .label = N_("Id"), .format = "uuid", .max = 36, .help = N_("Sent again it changes nothing") },
  [MH_MISSION_STEP_STEP]     = { "step", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_mission_step_codes, .flags = MH_REQUIRED },
  [MH_MISSION_STEP_AT]       = { "at", MH_KIND_INSTANT, .label = N_("When"), .help = N_("Left out: now") },
  [MH_MISSION_STEP_PROPOSED] = { "proposed", MH_KIND_BOOL, .label = N_("Proposed"), .help = N_("By the position, and confirmed") },
  [MH_MISSION_STEP_REFUSAL]  = { "refusal", MH_KIND_ENUM, .label = N_("Why refused"), .codes = mh_mission_refusal_codes },
  [MH_MISSION_STEP_NOTE]     = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 300 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_fields) == MH_MISSION_STEP_N_FIELDS);

static const MhField standing_down_fields[] = {
  [MH_MISSION_STANDING_DOWN_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_mission_end_codes, .flags = MH_REQUIRED },
  [MH_MISSION_STANDING_DOWN_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 300 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (standing_down_fields) == MH_MISSION_STANDING_DOWN_N_FIELDS);

static const MhField correction_fields[] = {
  [MH_MISSION_CORRECTION_STEP]   = { "step", MH_KIND_ENUM, .label = N_("Step"), .codes = mh_mission_clock_codes, .flags = MH_REQUIRED },
  [MH_MISSION_CORRECTION_AT]     = { "at", MH_KIND_INSTANT, .label = N_("When it was"), .help = N_("Left empty: the last step is taken back") },
  [MH_MISSION_CORRECTION_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 300 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (correction_fields) == MH_MISSION_CORRECTION_N_FIELDS);

static const MhField recommendation_fields[] = {
  [MH_RECOMMENDATION_UNIT_ID]          = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_UNIT_CODE]        = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_RECOMMENDATION_VERSION]          = { "version", MH_KIND_INT, .label = N_("Version of the unit's state"), .flags = MH_SERVER_SET, .help = N_("To be sent with the assignment") },
  [MH_RECOMMENDATION_STATE]            = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_unit_state_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_PLANNED]          = { "planned", MH_KIND_BOOL, .label = N_("Should be sent"), .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_ETA_SECONDS]      = { "eta_seconds", MH_KIND_INT, .label = N_("Drives for"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_METRES]           = { "metres", MH_KIND_INT, .label = N_("Distance"), .unit = "m", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_BASIS]            = { "basis", MH_KIND_ENUM, .label = N_("How it is known"), .codes = mh_recommendation_basis_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_SCORE]            = { "score", MH_KIND_INT, .label = N_("Altogether"), .unit = "s", .flags = MH_SERVER_SET, .help = N_("At the highest priority load and coverage do not count") },
  [MH_RECOMMENDATION_FIX_AGE]          = { "fix_age", MH_KIND_INT, .label = N_("Age of its position"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_FIX_SECONDS]      = { "fix_seconds", MH_KIND_INT, .label = N_("For an old position"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_MISSIONS]         = { "missions", MH_KIND_INT, .label = N_("Missions of this shift"), .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_LOAD_SECONDS]     = { "load_seconds", MH_KIND_INT, .label = N_("For its load"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_ZONE]             = { "zone", MH_KIND_TEXT, .label = N_("Zone"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_RECOMMENDATION_ZONE_LEFT]        = { "zone_left", MH_KIND_INT, .label = N_("Units left in its zone"), .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_ZONE_LEAST]       = { "zone_least", MH_KIND_INT, .label = N_("Least units of its zone"), .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_COVERAGE_SECONDS] = { "coverage_seconds", MH_KIND_INT, .label = N_("For its zone"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_DIVERT]           = { "divert", MH_KIND_BOOL, .label = N_("Would be diverted"), .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_DIVERT_SECONDS]   = { "divert_seconds", MH_KIND_INT, .label = N_("For being diverted"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_LEAVES_NUMBER]    = { "leaves_number", MH_KIND_TEXT, .label = N_("On"), .flags = MH_SERVER_SET, .max = 24, .help = N_("The call that it is on, and would leave") },
  [MH_RECOMMENDATION_COVERS]           = { "covers", MH_KIND_LIST, .label = N_("Covers"), .codes = mh_emergency_need_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_LACKS]            = { "lacks", MH_KIND_LIST, .label = N_("Lacks"), .codes = mh_emergency_need_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_NOTES]            = { "notes", MH_KIND_LIST, .label = N_("To be known"), .codes = mh_recommendation_note_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_OUT]              = { "out", MH_KIND_LIST, .label = N_("Why left out"), .codes = mh_recommendation_out_codes, .flags = MH_SERVER_SET },
  [MH_RECOMMENDATION_REASONS]          = { "reasons", MH_KIND_LIST, .label = N_("In words"), .flags = MH_SERVER_SET, .max = 20 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (recommendation_fields) == MH_RECOMMENDATION_N_FIELDS);
/* clang-format on */

gboolean
mh_mission_is_open (MhRecord *mission)
{
  return !mh_record_has (mission, MH_MISSION_ENDED_AT);
}

const char *
mh_mission_unit_state (MhRecord *mission)
{
  const char *state = mh_record_text (mission, MH_MISSION_STATE);
  if (!mh_mission_is_open (mission))
    return MH_UNIT_AVAILABLE;
  return g_strcmp0 (state, MH_MISSION_ASKED) == 0 ? MH_UNIT_RESERVED : state;
}

gboolean
mh_mission_is_for (MhRecord *mission, const char *user_id, const char *const *rights)
{
  const char *const *crew = mh_record_list (mission, MH_MISSION_CREW_IDS);
  return (rights != NULL && g_strv_contains (rights, MH_MAY_DIRECT_UNIT))
         || (crew != NULL && user_id != NULL && g_strv_contains (crew, user_id));
}

static char *
mission_display (MhRecord *mission)
{
  return g_strdup_printf ("%s · %s", mh_record_text (mission, MH_MISSION_UNIT_CODE),
                          mh_record_text (mission, MH_MISSION_CALL_NUMBER));
}

static void
mission_check_note (MhRecord *body, guint reason, guint note, MhIssues *issues)
{
  if (g_strcmp0 (mh_record_text (body, reason), MH_MISSION_OTHER) == 0
      && !mh_record_has (body, note))
    mh_issues_add (issues, "note", "required", "Say which reason.");
}

static void
step_check (MhRecord *step, MhIssues *issues)
{
  if (mh_record_has (step, MH_MISSION_STEP_REFUSAL)
      && g_strcmp0 (mh_record_text (step, MH_MISSION_STEP_STEP), MH_MISSION_STEP_REFUSED) != 0)
    mh_issues_add (issues, "refusal", "mismatch", "Only a refusal has a reason.");
  mission_check_note (step, MH_MISSION_STEP_REFUSAL, MH_MISSION_STEP_NOTE, issues);
}

static void
standing_down_check (MhRecord *body, MhIssues *issues)
{
  mission_check_note (body, MH_MISSION_STANDING_DOWN_REASON, MH_MISSION_STANDING_DOWN_NOTE, issues);
}

/* clang-format off */
const MhRecordType mh_mission_type = {
  .name = "MhMission", .code = "mission", .table = "mission", .path = "/assignments",
  .label = N_("Assignment"), .fields = mission_fields, .n_fields = G_N_ELEMENTS (mission_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = mission_display, .is_for = mh_mission_is_for,
  .hospital = MH_MISSION_HOSPITAL_ID,
};
const MhRecordType mh_mission_event_type = {
  .name = "MhMissionEvent", .code = "mission_event", .table = "mission_event",
  .label = N_("Event of an assignment"), .fields = event_fields, .n_fields = G_N_ELEMENTS (event_fields),
  .flags = MH_TYPE_APPEND,
  .hospital = MH_MISSION_EVENT_HOSPITAL_ID,
};
const MhRecordType mh_mission_order_type = {
  .name = "MhMissionOrder", .code = "mission_order",
  .label = N_("Sending of a unit"), .fields = order_fields, .n_fields = G_N_ELEMENTS (order_fields),
};
const MhRecordType mh_mission_step_type = {
  .name = "MhMissionStep", .code = "mission_step",
  .label = N_("Step of an assignment"), .fields = step_fields, .n_fields = G_N_ELEMENTS (step_fields), .check = step_check,
};
const MhRecordType mh_mission_standing_down_type = {
  .name = "MhMissionStandingDown", .code = "mission_standing_down",
  .label = N_("Standing down of a unit"), .fields = standing_down_fields, .n_fields = G_N_ELEMENTS (standing_down_fields), .check = standing_down_check,
};
const MhRecordType mh_mission_correction_type = {
  .name = "MhMissionCorrection", .code = "mission_correction",
  .label = N_("Correction of a time"), .fields = correction_fields, .n_fields = G_N_ELEMENTS (correction_fields),
};
const MhRecordType mh_recommendation_type = {
  .name = "MhRecommendation", .code = "recommendation",
  .label = N_("Recommended unit"), .fields = recommendation_fields, .n_fields = G_N_ELEMENTS (recommendation_fields),
};
/* clang-format on */
