/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-crew.h"

/* clang-format off */
const MhCode mh_crew_duty_codes[] = {
  { "driver", N_("Driver") },
  { "paramedic", N_("Paramedic") },
  { "doctor", N_("Doctor") },
  { "trainee", N_("Trainee") },
  { NULL },
};
const MhCode mh_unit_state_codes[] = {
  { MH_UNIT_OFF, N_("Off duty") },
  { MH_UNIT_OUT_OF_SERVICE, N_("Out of service") },
  { MH_UNIT_AVAILABLE, N_("Available") },
  { MH_UNIT_RESERVED, N_("Asked") },
  { "assigned", N_("Assigned") },
  { "en_route", N_("On the way") },
  { "on_scene", N_("On scene") },
  { "transporting", N_("Transporting") },
  { "at_hospital", N_("At the hospital") },
  { NULL },
};
/* What a person may set by hand; the others follow from what a unit is sent to. */
const MhCode mh_unit_idle_codes[] = {
  { MH_UNIT_OUT_OF_SERVICE, N_("Out of service") },
  { MH_UNIT_AVAILABLE, N_("Available") },
  { NULL },
};
const MhCode mh_unit_how_codes[] = {
  { MH_UNIT_BY_BUTTON, N_("By the crew") },
  { MH_UNIT_BY_DISPATCHER, N_("By a dispatcher") },
  { MH_UNIT_BY_ITSELF, N_("By itself") },
  { NULL },
};
const MhCode mh_fix_why_codes[] = {
  { MH_FIX_WHY_LATE, N_("Not after the one before") },
  { MH_FIX_WHY_IMPOSSIBLE, N_("No place on earth, from the future, or too far away") },
  { MH_FIX_WHY_INACCURATE, N_("Too inaccurate") },
  { NULL },
};

static const MhField shift_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CREW_SHIFT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_CREW_SHIFT_UNIT_ID] = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX },
  [MH_CREW_SHIFT_UNIT_CODE] = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_CREW_SHIFT_USER_ID] = { "user_id", MH_KIND_REF, .label = N_("Person"), .target = &mh_user_type, .flags = MH_IMMUTABLE, .help = N_("Yourself unless told otherwise") },
  [MH_CREW_SHIFT_USER_NAME] = { "user_name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_CREW_SHIFT_DUTY] = { "duty", MH_KIND_ENUM, .label = N_("Duty"), .codes = mh_crew_duty_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CREW_SHIFT_BEGAN_AT] = { "began_at", MH_KIND_INSTANT, .label = N_("Signed on"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CREW_SHIFT_UNTIL] = { "until", MH_KIND_INSTANT, .label = N_("Until"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CREW_SHIFT_ENDED_AT] = { "ended_at", MH_KIND_INSTANT, .label = N_("Signed off"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (shift_fields) == MH_CREW_SHIFT_N_FIELDS);

static const MhField state_fields[] = {
  MH_COMMON_FIELDS,
  [MH_UNIT_STATE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_UNIT_STATE_UNIT_CODE] = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_UNIT_STATE_STATE] = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_unit_state_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_UNIT_STATE_SINCE] = { "since", MH_KIND_INSTANT, .label = N_("Since"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_UNIT_STATE_HOW] = { "how", MH_KIND_ENUM, .label = N_("How"), .codes = mh_unit_how_codes, .flags = MH_SERVER_SET },
  [MH_UNIT_STATE_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Why out of service"), .flags = MH_BRIEF, .max = 200 },
  [MH_UNIT_STATE_BY_NAME] = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_UNIT_STATE_CALL_ID] = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 82, .help = N_("The call that it is on") },
  [MH_UNIT_STATE_CALL_NUMBER] = { "call_number", MH_KIND_TEXT, .label = N_ ("Emergency call"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24, .since = 82 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_fields) == MH_UNIT_STATE_N_FIELDS);

static const MhField event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_UNIT_EVENT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_UNIT_EVENT_UNIT_ID] = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_UNIT_EVENT_AT] = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET },
  [MH_UNIT_EVENT_WAS] = { "was", MH_KIND_ENUM, .label = N_("Was"), .codes = mh_unit_state_codes, .flags = MH_SERVER_SET },
  [MH_UNIT_EVENT_BECAME] = { "became", MH_KIND_ENUM, .label = N_("Became"), .codes = mh_unit_state_codes, .flags = MH_SERVER_SET },
  [MH_UNIT_EVENT_HOW] = { "how", MH_KIND_ENUM, .label = N_("How"), .codes = mh_unit_how_codes, .flags = MH_SERVER_SET },
  [MH_UNIT_EVENT_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET, .max = 200 },
  [MH_UNIT_EVENT_BY_NAME] = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == MH_UNIT_EVENT_N_FIELDS);

static const MhField place_fields[] = {
  MH_COMMON_FIELDS,
  [MH_UNIT_PLACE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_UNIT_PLACE_UNIT_CODE] = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_UNIT_PLACE_FIX_AT] = { "fix_at", MH_KIND_INSTANT, .label = N_("Position of"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_UNIT_PLACE_LAT] = { "lat", MH_KIND_JSON, .label = N_("Latitude"), .flags = MH_SERVER_SET, .max = 24, .help = N_("In degrees") },
  [MH_UNIT_PLACE_LON] = { "lon", MH_KIND_JSON, .label = N_("Longitude"), .flags = MH_SERVER_SET, .max = 24, .help = N_("In degrees") },
  [MH_UNIT_PLACE_ACCURACY_M] = { "accuracy_m", MH_KIND_INT, .label = N_("May be off by"), .flags = MH_SERVER_SET, .unit = "m" },
  [MH_UNIT_PLACE_SPEED_KMH] = { "speed_kmh", MH_KIND_INT, .label = N_("Speed"), .flags = MH_SERVER_SET, .unit = "km/h" },
  [MH_UNIT_PLACE_HEADING] = { "heading", MH_KIND_INT, .label = N_("Direction"), .flags = MH_SERVER_SET, .unit = "°" },
  [MH_UNIT_PLACE_HEARD_AT] = { "heard_at", MH_KIND_INSTANT, .label = N_("Last heard"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_UNIT_PLACE_N_DROPPED] = { "n_dropped", MH_KIND_INT, .label = N_("Positions dropped"), .flags = MH_SERVER_SET },
  [MH_UNIT_PLACE_STRANGE] = { "strange", MH_KIND_JSON, .label = N_("Refused last"), .flags = MH_SERVER_SET | MH_SECRET | MH_NO_FORM, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (place_fields) == MH_UNIT_PLACE_N_FIELDS);

static const MhField position_fields[] = {
  MH_COMMON_FIELDS,
  [MH_UNIT_POSITION_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_UNIT_POSITION_UNIT_ID] = { "unit_id", MH_KIND_REF, .label = N_("Unit"), .target = &mh_unit_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_UNIT_POSITION_AT] = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET },
  [MH_UNIT_POSITION_LAT] = { "lat", MH_KIND_JSON, .label = N_("Latitude"), .flags = MH_SERVER_SET, .max = 24, .help = N_("In degrees") },
  [MH_UNIT_POSITION_LON] = { "lon", MH_KIND_JSON, .label = N_("Longitude"), .flags = MH_SERVER_SET, .max = 24, .help = N_("In degrees") },
  [MH_UNIT_POSITION_ACCURACY_M] = { "accuracy_m", MH_KIND_INT, .label = N_("May be off by"), .flags = MH_SERVER_SET, .unit = "m" },
  [MH_UNIT_POSITION_SPEED_KMH] = { "speed_kmh", MH_KIND_INT, .label = N_("Speed"), .flags = MH_SERVER_SET, .unit = "km/h" },
  [MH_UNIT_POSITION_HEADING] = { "heading", MH_KIND_INT, .label = N_("Direction"), .flags = MH_SERVER_SET, .unit = "°" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (position_fields) == MH_UNIT_POSITION_N_FIELDS);

static const MhField fixes_fields[] = {
  [MH_UNIT_FIXES_FIXES] = { "fixes", MH_KIND_JSON, .label = N_("Positions"), .flags = MH_REQUIRED, .max = 128 * 1024, .help = N_("The oldest first: at, lat, lon, accuracy_m, and speed_kmh and heading where known") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fixes_fields) == MH_UNIT_FIXES_N_FIELDS);

static const MhField dropped_fields[] = {
  [MH_FIX_DROPPED_AT] = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET },
  [MH_FIX_DROPPED_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Why"), .codes = mh_fix_why_codes, .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (dropped_fields) == MH_FIX_DROPPED_N_FIELDS);

static const MhField taken_fields[] = {
  [MH_FIXES_TAKEN_TAKEN] = { "taken", MH_KIND_INT, .label = N_("Positions taken"), .flags = MH_SERVER_SET },
  [MH_FIXES_TAKEN_DROPPED] = { "dropped", MH_KIND_RECORDS, .label = N_("Positions dropped"), .target = &mh_fix_dropped_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = MH_CREW_MOST_FIXES },
};
G_STATIC_ASSERT (G_N_ELEMENTS (taken_fields) == MH_FIXES_TAKEN_N_FIELDS);

static const MhField person_fields[] = {
  [MH_CREW_PERSON_ID] = { "id", MH_KIND_TEXT, .label = N_("Person"), .flags = MH_SERVER_SET, .max = 36, .format = "uuid" },
  [MH_CREW_PERSON_NAME] = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CREW_PERSON_DESIGNATION] = { "designation", MH_KIND_TEXT, .label = N_("Designation"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CREW_PERSON_UNIT_CODE] = { "unit_code", MH_KIND_TEXT, .label = N_("Call sign"), .flags = MH_SERVER_SET, .max = 20, .help = N_("Of the unit that this person is on now") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (person_fields) == MH_CREW_PERSON_N_FIELDS);

/* clang-format on */

static void
state_check (MhRecord *state, MhIssues *issues)
{
  gboolean out
      = g_strcmp0 (mh_record_text (state, MH_UNIT_STATE_STATE), MH_UNIT_OUT_OF_SERVICE) == 0;
  if (out && !mh_record_has (state, MH_UNIT_STATE_REASON))
    mh_issues_add (issues, "reason", "required", "Say why the unit is out of service.");
}

static char *
shift_display (MhRecord *shift)
{
  return g_strdup_printf ("%s · %s", mh_record_text (shift, MH_CREW_SHIFT_UNIT_CODE),
                          mh_record_text (shift, MH_CREW_SHIFT_USER_NAME));
}

static char *
state_display (MhRecord *state)
{
  return g_strdup (mh_record_text (state, MH_UNIT_STATE_UNIT_CODE));
}

/* "Anu Thomas · Staff nurse · on A1" */
static char *
person_display (MhRecord *person)
{
  static const guint more[] = { MH_CREW_PERSON_DESIGNATION, MH_CREW_PERSON_UNIT_CODE };
  GString *out = g_string_new (mh_record_text (person, MH_CREW_PERSON_NAME));
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (mh_record_has (person, more[i]))
      g_string_append_printf (out, " · %s", mh_record_text (person, more[i]));
  return g_string_free (out, FALSE);
}

static char *
place_display (MhRecord *place)
{
  return g_strdup (mh_record_text (place, MH_UNIT_PLACE_UNIT_CODE));
}

/* clang-format off */
const MhRecordType mh_crew_shift_type = {
  .name = "MhCrewShift", .code = "crew_shift", .table = "crew_shift", .path = "/crew-shifts",
  .label = N_("Shift on a unit"), .fields = shift_fields, .n_fields = G_N_ELEMENTS (shift_fields), .flags = MH_TYPE_SYNC, .display = shift_display,
  .hospital = MH_CREW_SHIFT_HOSPITAL_ID,
};
const MhRecordType mh_unit_state_type = {
  .name = "MhUnitState", .code = "unit_state", .table = "unit_state", .path = "/unit-states",
  .label = N_("State of a unit"), .fields = state_fields, .n_fields = G_N_ELEMENTS (state_fields), .flags = MH_TYPE_SYNC, .check = state_check, .display = state_display,
  .hospital = MH_UNIT_STATE_HOSPITAL_ID,
};
const MhRecordType mh_unit_event_type = {
  .name = "MhUnitEvent", .code = "unit_event", .table = "unit_event",
  .label = N_("Event of a unit"), .fields = event_fields, .n_fields = G_N_ELEMENTS (event_fields), .flags = MH_TYPE_APPEND,
  .hospital = MH_UNIT_EVENT_HOSPITAL_ID,
};
const MhRecordType mh_unit_place_type = {
  .name = "MhUnitPlace", .code = "unit_place", .table = "unit_place", .path = "/unit-places",
  .label = N_("Place of a unit"), .fields = place_fields, .n_fields = G_N_ELEMENTS (place_fields), .flags = MH_TYPE_SYNC, .display = place_display,
  .hospital = MH_UNIT_PLACE_HOSPITAL_ID,
};
const MhRecordType mh_unit_position_type = {
  .name = "MhUnitPosition", .code = "unit_position", .table = "unit_position",
  .label = N_("Position of a unit"), .fields = position_fields, .n_fields = G_N_ELEMENTS (position_fields),
  .hospital = MH_UNIT_POSITION_HOSPITAL_ID,
};
const MhRecordType mh_unit_fixes_type = {
  .name = "MhUnitFixes", .code = "unit_fixes",
  .label = N_("Positions that are sent"), .fields = fixes_fields, .n_fields = G_N_ELEMENTS (fixes_fields),
};
const MhRecordType mh_fix_dropped_type = {
  .name = "MhFixDropped", .code = "fix_dropped",
  .label = N_("Position that was dropped"), .fields = dropped_fields, .n_fields = G_N_ELEMENTS (dropped_fields),
};
const MhRecordType mh_fixes_taken_type = {
  .name = "MhFixesTaken", .code = "fixes_taken",
  .label = N_("What came of positions"), .fields = taken_fields, .n_fields = G_N_ELEMENTS (taken_fields),
};
const MhRecordType mh_crew_person_type = {
  .name = "MhCrewPerson", .code = "crew_person",
  .label = N_("Person for a unit"), .fields = person_fields, .n_fields = G_N_ELEMENTS (person_fields), .display = person_display,
};
/* clang-format on */

gboolean
mh_crew_shift_is_on (MhRecord *shift, const char *user_id)
{
  return !mh_record_has (shift, MH_CREW_SHIFT_ENDED_AT)
         && g_strcmp0 (mh_record_text (shift, MH_CREW_SHIFT_USER_ID), user_id) == 0;
}
