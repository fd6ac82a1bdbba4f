/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-emergency.h"

#include <math.h>

#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"

/* clang-format off */
const MhCode mh_emergency_state_codes[] = {
  { MH_EMERGENCY_OPEN, N_("Open") },
  { "assigned", N_("Assigned") },
  { "en_route", N_("On the way") },
  { "on_scene", N_("On scene") },
  { "transporting", N_("Transporting") },
  { "at_hospital", N_("At the hospital") },
  { MH_EMERGENCY_CLOSED, N_("Closed") },
  { MH_EMERGENCY_CANCELLED, N_("Cancelled") },
  { NULL },
};
const MhCode mh_emergency_priority_codes[] = {
  { "P1", N_("P1: life in danger") },
  { "P2", N_("P2: serious") },
  { "P3", N_("P3: urgent") },
  { "P4", N_("P4: can wait") },
  { NULL },
};
const MhCode mh_emergency_need_codes[] = {
  { "BLS", N_("Basic life support") },
  { "ALS", N_("Advanced life support") },
  { "MICU", N_("Mobile intensive care") },
  { "FIRE", N_("Fire and rescue") },
  { "POLICE", N_("Police") },
  { NULL },
};
const MhCode mh_emergency_end_codes[] = {
  { "withdrawn", N_("Help is no longer wanted") },
  { "false_alarm", N_("False alarm") },
  { "elsewhere", N_("Another service sees to it") },
  { "test", N_("Test call") },
  { MH_EMERGENCY_END_OTHER, N_("Another reason") },
  { NULL },
};
const MhCode mh_emergency_event_codes[] = {
  { MH_EMERGENCY_DID_CALL, N_("Call taken") },
  { MH_EMERGENCY_DID_CALLER, N_("Somebody else called") },
  { MH_EMERGENCY_DID_DETAILS, N_("Place, number or words changed") },
  { MH_EMERGENCY_DID_ANSWER, N_("Answer") },
  { MH_EMERGENCY_DID_JUDGED, N_("Judged by the protocol") },
  { MH_EMERGENCY_DID_PRIORITY, N_("Priority changed by a person") },
  { MH_EMERGENCY_DID_LAPSED, N_("Lower priority overtaken by an answer") },
  { MH_EMERGENCY_DID_JOIN, N_("Joined") },
  { MH_EMERGENCY_DID_PART, N_("Parted") },
  { MH_EMERGENCY_DID_CANCEL, N_("Cancelled") },
  { MH_EMERGENCY_DID_OWNER, N_("Given to a dispatcher") },
  { MH_EMERGENCY_DID_UNIT, N_("Unit") },
  { MH_EMERGENCY_DID_PLAN, N_("Units will be sent by themselves") },
  { MH_EMERGENCY_DID_VETO, N_("Sending by itself was stopped") },
  { MH_EMERGENCY_DID_NOBODY, N_("No unit can be sent") },
  { MH_EMERGENCY_DID_CLOSE, N_("Closed") },
  { NULL },
};
const MhCode mh_emergency_near_codes[] = {
  { "place", N_("Near it, at about the same time") },
  { "number", N_("From the same number") },
  { NULL },
};

static const MhField call_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EMERGENCY_CALL_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EMERGENCY_CALL_NUMBER]           = { "number", MH_KIND_TEXT, .label = N_ ("Emergency call"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_BRIEF | MH_SEARCH, .max = 24 },
  [MH_EMERGENCY_CALL_STATE]            = { "state", MH_KIND_ENUM, .label = N_("State"), .codes = mh_emergency_state_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EMERGENCY_CALL_CALL_AT]          = { "call_at", MH_KIND_INSTANT, .label = N_("Called"), .flags = MH_IMMUTABLE | MH_SORT | MH_BRIEF },
  [MH_EMERGENCY_CALL_PHONE]            = { "phone", MH_KIND_TEXT, .label = N_("Number to call back"), .flags = MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 40 },
  [MH_EMERGENCY_CALL_CALLER_NAME]      = { "caller_name", MH_KIND_TEXT, .label = N_("Caller"), .flags = MH_SENSITIVE | MH_SEARCH, .max = 120 },
  [MH_EMERGENCY_CALL_LOCATION]         = { "location", MH_KIND_JSON, .label = N_("Place"), .flags = MH_SENSITIVE | MH_NO_FORM, .max = 2000, .help = N_("lat and lon in degrees, text, off_m: metres it may be off by") },
  [MH_EMERGENCY_CALL_PLACE]            = { "place", MH_KIND_TEXT, .label = N_("Where"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = MH_EMERGENCY_MOST_PLACE },
  [MH_EMERGENCY_CALL_SUMMARY]          = { "summary", MH_KIND_TEXT, .label = N_("What has happened"), .flags = MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 400 },
  [MH_EMERGENCY_CALL_CARD]             = { "card", MH_KIND_TEXT, .label = N_("Card"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_EMERGENCY_CALL_CARD_TITLE]       = { "card_title", MH_KIND_TEXT, .label = N_("Emergency"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_EMERGENCY_CALL_ANSWERS]          = { "answers", MH_KIND_JSON, .label = N_("Answers"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 64 * 1024 },
  [MH_EMERGENCY_CALL_JUDGED]           = { "judged", MH_KIND_JSON, .label = N_("Judgement"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 128 * 1024, .help = N_("Edition, every answer with its time, and what came of them") },
  [MH_EMERGENCY_CALL_PROTOCOL_EDITION] = { "protocol_edition", MH_KIND_TEXT, .label = N_("Edition of the protocol"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_EMERGENCY_CALL_PRIORITY]         = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_emergency_priority_codes, .flags = MH_BRIEF, .help = N_("By the protocol; a person changes it with a reason") },
  [MH_EMERGENCY_CALL_COMPUTED]         = { "computed", MH_KIND_ENUM, .label = N_("Priority by the protocol"), .codes = mh_emergency_priority_codes, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_PRIORITY_FROM]    = { "priority_from", MH_KIND_ENUM, .label = N_("Changed from"), .codes = mh_emergency_priority_codes, .flags = MH_SERVER_SET, .help = N_("What the protocol said when a person changed it") },
  [MH_EMERGENCY_CALL_PRIORITY_REASON]  = { "priority_reason", MH_KIND_TEXT, .label = N_("Why the priority was changed"), .flags = MH_SENSITIVE, .max = 300 },
  [MH_EMERGENCY_CALL_PRIORITY_NAME]    = { "priority_name", MH_KIND_TEXT, .label = N_("Priority changed by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_EMERGENCY_CALL_POINTS]           = { "points", MH_KIND_INT, .label = N_("Points"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_NEEDS]            = { "needs", MH_KIND_LIST, .label = N_("What has to be sent"), .codes = mh_emergency_need_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EMERGENCY_CALL_SAY]              = { "say", MH_KIND_LIST, .label = N_("Words to say"), .flags = MH_SERVER_SET | MH_NO_FORM, .help = N_("Ids of the protocol's instructions, in the order in which they are read") },
  [MH_EMERGENCY_CALL_PROVISIONAL]      = { "provisional", MH_KIND_BOOL, .label = N_("Provisional"), .flags = MH_SERVER_SET, .help = N_("An open question could still change the priority") },
  [MH_EMERGENCY_CALL_SEND_NOW]         = { "send_now", MH_KIND_BOOL, .label = N_("Send at once"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EMERGENCY_CALL_HEAD_ID]          = { "head_id", MH_KIND_REF, .label = N_("Joined to"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_EMERGENCY_CALL_N_JOINED]         = { "n_joined", MH_KIND_INT, .label = N_("Calls joined to it"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_EMERGENCY_CALL_N_CALLERS]        = { "n_callers", MH_KIND_INT, .label = N_("Further callers"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_TAKEN_BY]         = { "taken_by", MH_KIND_REF, .label = N_("Taken by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EMERGENCY_CALL_TAKEN_NAME]       = { "taken_name", MH_KIND_TEXT, .label = N_("Taken by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_EMERGENCY_CALL_LOCATED_AT]       = { "located_at", MH_KIND_INSTANT, .label = N_("Located"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_DETERMINED_AT]    = { "determined_at", MH_KIND_INSTANT, .label = N_("Priority known"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_DUE_AT]           = { "due_at", MH_KIND_INSTANT, .label = N_("First unit on scene by"), .flags = MH_SERVER_SET | MH_BRIEF, .help = N_("The target of its priority") },
  [MH_EMERGENCY_CALL_ENDED_AT]         = { "ended_at", MH_KIND_INSTANT, .label = N_("Ended"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_END_REASON]       = { "end_reason", MH_KIND_ENUM, .label = N_("Why cancelled"), .codes = mh_emergency_end_codes, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALL_END_NOTE]         = { "end_note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 300 },
  [MH_EMERGENCY_CALL_OWNER_ID]         = { "owner_id", MH_KIND_REF, .label = N_("Dispatcher"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM, .since = 82 },
  [MH_EMERGENCY_CALL_OWNER_NAME]       = { "owner_name", MH_KIND_TEXT, .label = N_("Dispatcher"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120, .since = 82, .help = N_("Who sees to it now") },
  [MH_EMERGENCY_CALL_N_UNITS]          = { "n_units", MH_KIND_INT, .label = N_("Units on it"), .flags = MH_SERVER_SET | MH_BRIEF, .since = 82 },
  [MH_EMERGENCY_CALL_ON_SCENE_AT]      = { "on_scene_at", MH_KIND_INSTANT, .label = N_("First unit on scene"), .flags = MH_SERVER_SET, .since = 82 },
  [MH_EMERGENCY_CALL_SENDS_AT]         = { "sends_at", MH_KIND_INSTANT, .label = N_("Sends by itself"), .flags = MH_SERVER_SET, .since = 82, .help = N_("When units are sent unless somebody says no") },
  [MH_EMERGENCY_CALL_VETO_NAME]        = { "veto_name", MH_KIND_TEXT, .label = N_("Sending by itself stopped by"), .flags = MH_SERVER_SET, .max = 120, .since = 82 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (call_fields) == MH_EMERGENCY_CALL_N_FIELDS);

static const MhField answers_fields[] = {
  [MH_EMERGENCY_ANSWERS_CARD]      = { "card", MH_KIND_TEXT, .label = N_("Card"), .flags = MH_SENSITIVE, .max = 40, .help = N_("The id of a card of the protocol") },
  [MH_EMERGENCY_ANSWERS_AGE]       = { "age", MH_KIND_TEXT, .label = N_("Age"), .flags = MH_SENSITIVE, .max = 8, .help = N_("62y, 5mo, 9d or unknown") },
  [MH_EMERGENCY_ANSWERS_SEX]       = { "sex", MH_KIND_TEXT, .label = N_("Sex"), .flags = MH_SENSITIVE, .max = 8, .help = N_("M, F, other or unknown") },
  [MH_EMERGENCY_ANSWERS_CONSCIOUS] = { "conscious", MH_KIND_TEXT, .label = N_("Awake"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_EMERGENCY_ANSWERS_BREATHING] = { "breathing", MH_KIND_TEXT, .label = N_("Breathing"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_EMERGENCY_ANSWERS_ANSWERS]   = { "answers", MH_KIND_JSON, .label = N_("Answers"), .flags = MH_SENSITIVE, .max = 64 * 1024, .help = N_("By the ids of the protocol's questions: {\"CHEST1\":\"yes\"}") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (answers_fields) == MH_EMERGENCY_ANSWERS_N_FIELDS);

static const MhField caller_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EMERGENCY_CALLER_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EMERGENCY_CALLER_CALL_ID]     = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_EMERGENCY_CALLER_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Called"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_CALLER_PHONE]       = { "phone", MH_KIND_TEXT, .label = N_("Number to call back"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_EMERGENCY_CALLER_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Caller"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_EMERGENCY_CALLER_SAID]        = { "said", MH_KIND_TEXT, .label = N_("What was said"), .flags = MH_SENSITIVE, .max = 400 },
  [MH_EMERGENCY_CALLER_BY_NAME]     = { "by_name", MH_KIND_TEXT, .label = N_("Taken by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (caller_fields) == MH_EMERGENCY_CALLER_N_FIELDS);

static const MhField event_fields[] = {
  MH_COMMON_FIELDS,
  [MH_EMERGENCY_EVENT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EMERGENCY_EVENT_CALL_ID]          = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_EMERGENCY_EVENT_AT]               = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_EVENT_KIND]             = { "kind", MH_KIND_ENUM, .label = N_("What"), .codes = mh_emergency_event_codes, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_EVENT_QUESTION]         = { "question", MH_KIND_TEXT, .label = N_("Question"), .flags = MH_SERVER_SET, .max = 40, .help = N_("Its id in the protocol, the name of a field, or the other call's number") },
  [MH_EMERGENCY_EVENT_WAS]              = { "was", MH_KIND_TEXT, .label = N_("Was"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_EMERGENCY_EVENT_BECAME]           = { "became", MH_KIND_TEXT, .label = N_("Became"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_EMERGENCY_EVENT_REASON]           = { "reason", MH_KIND_TEXT, .label = N_("Why"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_EMERGENCY_EVENT_PROTOCOL_EDITION] = { "protocol_edition", MH_KIND_TEXT, .label = N_("Edition of the protocol"), .flags = MH_SERVER_SET, .max = 40 },
  [MH_EMERGENCY_EVENT_BY_ID]            = { "by_id", MH_KIND_REF, .label = N_("Who"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_EMERGENCY_EVENT_BY_NAME]          = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == MH_EMERGENCY_EVENT_N_FIELDS);

static const MhField near_fields[] = {
  [MH_EMERGENCY_NEAR_CALL_ID]    = { "call_id", MH_KIND_REF, .label = N_ ("Emergency call"), .target = &mh_emergency_call_type, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_NEAR_NUMBER]     = { "number", MH_KIND_TEXT, .label = N_ ("Emergency call"), .flags = MH_SERVER_SET, .max = 24 },
  [MH_EMERGENCY_NEAR_CALL_AT]    = { "call_at", MH_KIND_INSTANT, .label = N_("Called"), .flags = MH_SERVER_SET },
  [MH_EMERGENCY_NEAR_PLACE]      = { "place", MH_KIND_TEXT, .label = N_("Where"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = MH_EMERGENCY_MOST_PLACE },
  [MH_EMERGENCY_NEAR_CARD_TITLE] = { "card_title", MH_KIND_TEXT, .label = N_("Emergency"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_EMERGENCY_NEAR_PRIORITY]   = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_emergency_priority_codes, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_NEAR_REASONS]    = { "reasons", MH_KIND_LIST, .label = N_("Why it may be the same"), .codes = mh_emergency_near_codes, .flags = MH_SERVER_SET },
  [MH_EMERGENCY_NEAR_METRES]     = { "metres", MH_KIND_INT, .label = N_("Distance"), .unit = "m", .flags = MH_SERVER_SET, .help = N_("Null: one of the places is not known") },
  [MH_EMERGENCY_NEAR_SECONDS]    = { "seconds", MH_KIND_INT, .label = N_("Time between them"), .unit = "s", .flags = MH_SERVER_SET },
  [MH_EMERGENCY_NEAR_JOINABLE]   = { "joinable", MH_KIND_BOOL, .label = N_("May be joined"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (near_fields) == MH_EMERGENCY_NEAR_N_FIELDS);

static const MhField join_fields[] = {
  [MH_EMERGENCY_JOIN_HEAD_ID] = { "head_id", MH_KIND_REF, .label = N_("Call that stays"), .target = &mh_emergency_call_type, .flags = MH_REQUIRED },
};
G_STATIC_ASSERT (G_N_ELEMENTS (join_fields) == MH_EMERGENCY_JOIN_N_FIELDS);

static const MhField cancel_fields[] = {
  [MH_EMERGENCY_CANCEL_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_emergency_end_codes, .flags = MH_REQUIRED },
  [MH_EMERGENCY_CANCEL_NOTE]   = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 300 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cancel_fields) == MH_EMERGENCY_CANCEL_N_FIELDS);
/* clang-format on */

gboolean
mh_emergency_is_over (MhRecord *call)
{
  return mh_record_has (call, MH_EMERGENCY_CALL_ENDED_AT);
}

gboolean
mh_emergency_can_call (const char *phone)
{
  guint digits = 0;
  for (const char *at = phone; at != NULL && *at != 0; at = g_utf8_next_char (at))
    digits += g_unichar_isdigit (g_utf8_get_char (at)) ? 1 : 0;
  return digits >= MH_EMERGENCY_LEAST_DIGITS;
}

/* --- the place --- */

void
mh_emergency_place_clear (MhEmergencyPlace *place)
{
  g_clear_pointer (&place->text, g_free);
}

/* Of a number that is there. */
static gboolean
emergency_number (JsonObject *object,
                  const char *name,
                  double most,
                  double *out_value,
                  MhIssues *issues)
{
  g_autofree char *field = g_strconcat ("location.", name, NULL);
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;
  double value
      = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double)NAN;
  if (!(value >= -most && value <= most))
    {
      mh_issues_add (issues, field, "out_of_range", "A number from %d to %d", (int)-most,
                     (int)most);
      return FALSE;
    }
  *out_value = value;
  return TRUE;
}

static void
emergency_read_text (JsonObject *object, MhEmergencyPlace *place, MhIssues *issues)
{
  JsonNode *node = json_object_get_member (object, "text");
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      mh_issues_add (issues, "location.text", "format", "Send text");
      return;
    }

  g_autofree char *text = mh_text_clean (json_node_get_string (node));
  if (mh_text_length (text) > MH_EMERGENCY_MOST_PLACE)
    mh_issues_add (issues, "location.text", "too_long", "At most %d characters",
                   MH_EMERGENCY_MOST_PLACE);
  else if (*text != 0)
    place->text = g_steal_pointer (&text);
}

static void
emergency_read_place (JsonObject *object, MhEmergencyPlace *place, MhIssues *issues)
{
  static const char *const known[] = { "lat", "lon", "off_m", "text", NULL };
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *at = members; at != NULL; at = at->next)
    if (!g_strv_contains (known, at->data))
      mh_issues_add (issues, "location", "unknown_field",
                     "Leave out what is not lat, lon, off_m "
                     "or text");

  double off = 0;
  emergency_read_text (object, place, issues);
  if (json_object_has_member (object, "lat") || json_object_has_member (object, "lon"))
    {
      gboolean lat = emergency_number (object, "lat", 90, &place->lat, issues);
      gboolean lon = emergency_number (object, "lon", 180, &place->lon, issues);
      place->has_point = lat && lon;
    }
  if (json_object_has_member (object, "off_m")
      && emergency_number (object, "off_m", MH_EMERGENCY_MOST_OFF_METRES, &off, issues))
    place->off_m = (int)fabs (off);
  if (mh_issues_count (issues) == 0 && !place->has_point && place->text == NULL)
    mh_issues_add (issues, "location", "required", "Give lat and lon, or say where in text");
}

gboolean
mh_emergency_place_parse (const char *json, MhEmergencyPlace *out_place, GError **error)
{
  g_auto (MhEmergencyPlace) place = { 0 };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  if (object != NULL)
    emergency_read_place (object, &place, issues);
  else
    mh_issues_add (issues, "location", "format", "Send an object with lat, lon and text");
  if (!mh_issues_raise (issues, error))
    return FALSE;

  *out_place = place;
  place.text = NULL;
  return TRUE;
}

static void
emergency_put_number (GString *out, const char *name, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  mh_json_member_raw (out, name, g_ascii_formatd (digits, sizeof digits, "%.7f", value));
}

char *
mh_emergency_place_put (const MhEmergencyPlace *place)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  if (place->has_point)
    {
      emergency_put_number (out, "lat", place->lat);
      emergency_put_number (out, "lon", place->lon);
    }
  if (place->off_m > 0)
    mh_json_member_int (out, "off_m", place->off_m);
  if (place->text != NULL)
    mh_json_member_text (out, "text", place->text);
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static char *
emergency_display (MhRecord *call)
{
  const char *number = mh_record_text (call, MH_EMERGENCY_CALL_NUMBER);
  return g_strdup (number != NULL ? number : mh_record_id (call));
}

/* clang-format off */
const MhRecordType mh_emergency_call_type = {
  .name = "MhEmergencyCall", .code = "emergency_call", .table = "emergency_call", .path = "/calls",
  .label = N_("Emergency call"), .fields = call_fields, .n_fields = G_N_ELEMENTS (call_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .display = emergency_display,
  .hospital = MH_EMERGENCY_CALL_HOSPITAL_ID,
};
const MhRecordType mh_emergency_answers_type = {
  .name = "MhEmergencyAnswers", .code = "emergency_answers",
  .label = N_("Answers of an emergency call"), .fields = answers_fields, .n_fields = G_N_ELEMENTS (answers_fields),
};
const MhRecordType mh_emergency_caller_type = {
  .name = "MhEmergencyCaller", .code = "emergency_caller", .table = "emergency_caller",
  .label = N_("Caller"), .fields = caller_fields, .n_fields = G_N_ELEMENTS (caller_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PATIENT,
  .hospital = MH_EMERGENCY_CALLER_HOSPITAL_ID,
};
const MhRecordType mh_emergency_event_type = {
  .name = "MhEmergencyEvent", .code = "emergency_event", .table = "emergency_event",
  .label = N_("Event of an emergency call"), .fields = event_fields, .n_fields = G_N_ELEMENTS (event_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PATIENT,
  .hospital = MH_EMERGENCY_EVENT_HOSPITAL_ID,
};
const MhRecordType mh_emergency_near_type = {
  .name = "MhEmergencyNear", .code = "emergency_near",
  .label = N_("Call that may be the same"), .fields = near_fields, .n_fields = G_N_ELEMENTS (near_fields),
};
const MhRecordType mh_emergency_join_type = {
  .name = "MhEmergencyJoin", .code = "emergency_join",
  .label = N_("Joining of two calls"), .fields = join_fields, .n_fields = G_N_ELEMENTS (join_fields),
};
const MhRecordType mh_emergency_cancel_type = {
  .name = "MhEmergencyCancel", .code = "emergency_cancel",
  .label = N_("Cancelling of a call"), .fields = cancel_fields, .n_fields = G_N_ELEMENTS (cancel_fields),
};
/* clang-format on */
