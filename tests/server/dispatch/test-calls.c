/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergency calls on both databases: what comes of each answer, a person's change of the priority,
 * editions of the protocol, calls that are one emergency, what stands in the history. */
#include <string.h>

#include "server/dispatch/calls/mh-calls-protocol-service.h"
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/dispatch/mh-dispatch-protocol.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-interview.h"
#include "tests/server/lab-fixture.h"

#define OTHER_HOSPITAL "01900000-0000-7000-8000-0000000000ff"

/* --- the control room --- */

typedef struct
{
  Lab *lab;
  MhActor *dispatcher, *reception, *elsewhere;
  char *shipped; /* the protocol that comes along */
} Room;

static MhActor *
actor_of (const char *name, const char *role, const char *hospital)
{
  return mh_actor_new ("01900000-0000-7000-8000-0000000000d1", name, role, hospital, NULL,
                       mh_role_default_find (role)->permissions);
}

static gboolean
put_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autofree char *edition = NULL;
  return mh_calls_protocol_service_put (tx, LAB_HOSPITAL, NULL, data, &edition, error);
}

static void
room_begin (Room *room, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path
      = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "dispatch-protocols.json", NULL);
  room->lab = lab_new (test);
  room->dispatcher = actor_of ("Dina Dispatcher", MH_ROLE_DISPATCHER, LAB_HOSPITAL);
  room->reception = actor_of ("Rita Reception", MH_ROLE_RECEPTION, LAB_HOSPITAL);
  room->elsewhere = actor_of ("Elsa Elsewhere", MH_ROLE_DISPATCHER, OTHER_HOSPITAL);
  g_assert_true (g_file_get_contents (path, &room->shipped, NULL, NULL));
  mh_assert_ok (lab_write (room->lab, room->dispatcher, put_func, room->shipped, &error), error);
}

static void
room_clear (Room *room)
{
  mh_actor_unref (room->dispatcher);
  mh_actor_unref (room->reception);
  mh_actor_unref (room->elsewhere);
  lab_free (room->lab);
  g_free (room->shipped);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

typedef enum
{
  OPEN,
  ANSWER,
  UPDATE,
  CANCEL,
  JOIN,
  PART,
  CALLER,
} Act;

typedef struct
{
  Act act;
  MhActor *actor;
  const char *id;
  gint64 version;
  MhRecord *body, *answer;
} Doing;

static gboolean
doing_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Doing *doing = data;
  MhActor *actor = doing->actor;
  const char *id = doing->id;
  MhRecord *body = doing->body;
  g_clear_object (&doing->answer);
  switch (doing->act)
    {
    case OPEN:
      doing->answer = mh_calls_service_open (MH_REQUEST_TX (tx, NULL, actor), body, 0, error);
      break;
    case ANSWER:
      doing->answer = mh_calls_service_answer (MH_REQUEST_TX (tx, NULL, actor), id, body, 0, error);
      break;
    case UPDATE:
      doing->answer = mh_calls_service_update (
          MH_REQUEST_TX (tx, NULL, actor),
          (MhPatch){ .id = id, .if_match = doing->version, .body = body }, error);
      break;
    case CANCEL:
      doing->answer = mh_calls_service_cancel (MH_REQUEST_TX (tx, NULL, actor), id, body, error);
      break;
    case JOIN:
      doing->answer
          = mh_calls_service_join (MH_REQUEST_TX (tx, NULL, actor), id,
                                   mh_record_text (body, MH_EMERGENCY_JOIN_HEAD_ID), error);
      break;
    case PART:
      doing->answer = mh_calls_service_part (MH_REQUEST_TX (tx, NULL, actor), id, error);
      break;
    case CALLER:
    default:
      doing->answer
          = mh_calls_service_add_caller (MH_REQUEST_TX (tx, NULL, actor), id, body, 0, error);
      break;
    }
  return doing->answer != NULL;
}

static MhRecord *
do_as (Room *room, MhActor *actor, Act act, const char *id, const char *json, GError **error)
{
  static const MhRecordType *const types[] = {
    [OPEN] = &mh_emergency_call_type,     [ANSWER] = &mh_emergency_answers_type,
    [UPDATE] = &mh_emergency_call_type,   [CANCEL] = &mh_emergency_cancel_type,
    [JOIN] = &mh_emergency_join_type,     [PART] = &mh_emergency_join_type,
    [CALLER] = &mh_emergency_caller_type,
  };
  g_autoptr (MhRecord) body = mh_record_from_text (
      types[act], json, -1, act == UPDATE ? MH_JSON_PATCH : MH_JSON_CREATE, error);
  if (body == NULL)
    return NULL;
  Doing doing = { act, actor, id, -1, body, NULL };
  if (lab_write (room->lab, actor, doing_func, &doing, error))
    return doing.answer;
  g_clear_object (&doing.answer);
  return NULL;
}

static MhRecord *
did (Room *room, Act act, const char *id, const char *json)
{
  GError *error = NULL;
  MhRecord *answer = do_as (room, room->dispatcher, act, id, json, &error);
  g_assert_no_error (error);
  return answer;
}

/* Refused as @code of @field (NULL: of none). */
static void
refused (Room *room, Act act, const char *id, const char *json, int code, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = do_as (room, room->dispatcher, act, id, json, &error);
  g_assert_null (answer);
  g_assert_error (error, MH_ERROR, code);
  if (field == NULL)
    return;
  g_assert_nonnull (mh_error_get_issues (error));
  if (mh_issues_find (mh_error_get_issues (error), field) == NULL)
    g_error ("%s is not blamed, but %s", field,
             mh_issues_nth (mh_error_get_issues (error), 0)->field);
}

static char *
opened (Room *room, const char *json)
{
  g_autoptr (MhRecord) call = did (room, OPEN, NULL, json);
  return g_strdup (mh_record_id (call));
}

static GPtrArray *
events_of (Room *room, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (room->lab);
  GPtrArray *events = mh_calls_service_events (MH_REQUEST_DB (db, NULL, room->dispatcher), id,
                                               (MhListPage){ .limit = 200 }, &error);
  g_assert_no_error (error);
  lab_done (room->lab, db);
  return events;
}

/* How many say so; NULL: any, "-": nothing. */
static guint
n_events (Room *room, const char *id, const char *kind, const char *question, const char *became)
{
  g_autoptr (GPtrArray) events = events_of (room, id);
  guint n = 0;
  for (guint i = 0; i < events->len; i++)
    {
      MhRecord *event = g_ptr_array_index (events, i);
      const char *is = mh_record_text (event, MH_EMERGENCY_EVENT_BECAME);
      n += g_strcmp0 (mh_record_text (event, MH_EMERGENCY_EVENT_KIND), kind) == 0
                   && (question == NULL
                       || g_strcmp0 (mh_record_text (event, MH_EMERGENCY_EVENT_QUESTION), question)
                              == 0)
                   && (became == NULL || g_strcmp0 (is != NULL ? is : "-", became) == 0)
               ? 1
               : 0;
    }
  return n;
}

static gboolean
lists (MhRecord *call, guint field, const char *word)
{
  const char *const *list = mh_record_list (call, field);
  return list != NULL && g_strv_contains (list, word);
}

/* --- cases --- */

static void
test_taken (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autoptr (MhRecord) call
      = did (&room, OPEN, NULL,
             "{\"phone\":\"98120 32145\",\"summary\":\"Man on the floor\","
             "\"location\":{\"lat\":57.7072,\"lon\":11.9668,\"text\":\" Kungsportsavenyen  3 \"}}");
  g_assert_true (g_str_has_suffix (mh_record_text (call, MH_EMERGENCY_CALL_NUMBER), "-E000001"));
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_STATE), ==, MH_EMERGENCY_OPEN);
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PLACE), ==, "Kungsportsavenyen 3");
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_TAKEN_NAME), ==, "Dina Dispatcher");
  g_assert_true (mh_record_has (call, MH_EMERGENCY_CALL_LOCATED_AT));
  g_assert_false (mh_record_has (call, MH_EMERGENCY_CALL_PRIORITY));
  g_assert_true (mh_record_bool (call, MH_EMERGENCY_CALL_PROVISIONAL));
  g_assert_cmpuint (n_events (&room, mh_record_id (call), MH_EMERGENCY_DID_CALL, NULL, NULL), ==,
                    1);

  g_autoptr (MhRecord) bare = did (&room, OPEN, NULL, "{}");
  g_assert_true (g_str_has_suffix (mh_record_text (bare, MH_EMERGENCY_CALL_NUMBER), "-E000002"));
  g_assert_false (mh_record_has (bare, MH_EMERGENCY_CALL_LOCATED_AT));
  g_autoptr (MhRecord) point = did (&room, OPEN, NULL, "{\"location\":{\"lat\":-57.5,\"lon\":11}}");
  g_assert_cmpstr (mh_record_text (point, MH_EMERGENCY_CALL_PLACE), ==, "-57.50000, 11.00000");
}

static void
test_taken_wrong (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *field;
  } wrong[] = {
    { "{\"phone\":\"12\"}", "phone" },
    { "{\"phone\":\"none\"}", "phone" },
    { "{\"location\":{\"lat\":90.1,\"lon\":0}}", "location.lat" },
    { "{\"location\":{\"lat\":1,\"lon\":-180.1}}", "location.lon" },
    { "{\"location\":{\"lat\":1}}", "location.lon" },
    { "{\"location\":{\"lat\":\"1\",\"lon\":2}}", "location.lat" },
    { "{\"location\":{\"text\":\"Here\",\"off_m\":50001}}", "location.off_m" },
    { "{\"location\":{\"text\":7}}", "location.text" },
    { "{\"location\":{\"text\":\" \"}}", "location" },
    { "{\"location\":{\"text\":\"Here\",\"floor\":2}}", "location" },
    { "{\"location\":[1,2]}", "location" },
    { "{\"priority\":\"P1\"}", "priority" },
  };
  static const char *const right[] = {
    "{\"phone\":\"112\"}",
    "{\"location\":{\"lat\":90,\"lon\":-180}}",
    "{\"location\":{\"text\":\"Here\",\"off_m\":50000}}",
  };
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refused (&room, OPEN, NULL, wrong[i].json, MH_ERROR_INVALID, wrong[i].field);
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *id = opened (&room, right[i]);
      g_assert_nonnull (id);
    }
}

/* Each answer moves the priority, the needs and the words as the protocol has them. */
static void
test_answers (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *priority, *say, *not_say;
    gint64 points;
    gboolean provisional, send_now;
  } steps[] = {
    { "{}", NULL, NULL, "CHEST", 0, TRUE, FALSE },
    { "{\"card\":\"CHEST\"}", "P2", "CHEST", "CPR-ADULT", 6, TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"34y\"}", "P2", "CHEST", NULL, 6, TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"35y\"}", "P2", "CHEST", NULL, 7, TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"35y\",\"answers\":{\"CHEST7\":\"yes\"}}", "P3", "CHEST", NULL,
      3, TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"35y\",\"answers\":{\"CHEST7\":\"yes\",\"CHEST3\":\"yes\"}}",
      "P1", "CHEST", NULL, 7, TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"35y\",\"answers\":{\"CHEST7\":null}}", "P2", "CHEST", NULL, 7,
      TRUE, FALSE },
    { "{\"card\":\"CHEST\",\"age\":\"35y\",\"sex\":\"M\",\"conscious\":\"yes\","
      "\"breathing\":\"normal\",\"answers\":{\"CHEST1\":\"no\",\"CHEST2\":\"no\",\"CHEST3\":\"no\","
      "\"CHEST4\":\"no\",\"CHEST5\":\"no\",\"CHEST6\":\"no\",\"CHEST7\":\"no\"}}",
      "P2", "CHEST", NULL, 7, FALSE, FALSE },
    { "{\"conscious\":\"no\",\"breathing\":\"none\"}", "P1", "CPR-ADULT", "CHECK-BREATH", 10, TRUE,
      TRUE },
    { "{\"conscious\":\"no\",\"breathing\":\"none\",\"age\":\"4y\"}", "P1", "CPR-CHILD",
      "CPR-ADULT", 10, TRUE, TRUE },
  };
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MhRecord) call = did (&room, ANSWER, id, steps[i].json);
      g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY), ==, steps[i].priority);
      g_assert_cmpint (mh_record_int (call, MH_EMERGENCY_CALL_POINTS), ==, steps[i].points);
      g_assert_cmpint (mh_record_bool (call, MH_EMERGENCY_CALL_PROVISIONAL), ==,
                       steps[i].provisional);
      g_assert_cmpint (mh_record_bool (call, MH_EMERGENCY_CALL_SEND_NOW), ==, steps[i].send_now);
      g_assert_true (steps[i].say == NULL || lists (call, MH_EMERGENCY_CALL_SAY, steps[i].say));
      g_assert_true (steps[i].not_say == NULL
                     || !lists (call, MH_EMERGENCY_CALL_SAY, steps[i].not_say));
    }
}

/* The target, the needs, the card and the edition follow; the kept judgement comes out the same. */
static void
test_judged (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  g_autoptr (MhRecord) call = did (&room, ANSWER, id, "{\"card\":\"RTA\"}");
  gint64 called = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY), ==, "P3");
  g_assert_true (lists (call, MH_EMERGENCY_CALL_NEEDS, "BLS"));
  g_assert_true (lists (call, MH_EMERGENCY_CALL_NEEDS, "POLICE"));
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_CARD_TITLE), ==,
                   "Road traffic collision");
  g_assert_cmpint (mh_record_int (call, MH_EMERGENCY_CALL_DUE_AT) - called, ==,
                   G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC);
  g_assert_true (mh_record_has (call, MH_EMERGENCY_CALL_DETERMINED_AT));

  g_autoptr (MhRecord) worse = did (&room, ANSWER, id, "{\"card\":\"RTA\",\"breathing\":\"none\"}");
  g_assert_cmpint (mh_record_int (worse, MH_EMERGENCY_CALL_DUE_AT) - called, ==,
                   G_GINT64_CONSTANT (8) * 60 * G_USEC_PER_SEC);
  g_assert_true (lists (worse, MH_EMERGENCY_CALL_NEEDS, "ALS"));
  g_assert_cmpstr (mh_record_text (worse, MH_EMERGENCY_CALL_PROTOCOL_EDITION), ==, "1.3");
  g_assert_cmpint (mh_record_int (worse, MH_EMERGENCY_CALL_DETERMINED_AT), ==,
                   mh_record_int (call, MH_EMERGENCY_CALL_DETERMINED_AT));

  gboolean same = FALSE;
  g_autoptr (MhProtocol) protocol = mh_protocol_parse (room.shipped, -1, NULL);
  g_autoptr (MhInterview) again = mh_interview_again (
      protocol, mh_record_text (worse, MH_EMERGENCY_CALL_JUDGED), &same, NULL);
  g_assert_nonnull (again);
  g_assert_true (same);
}

static void
test_answers_wrong (const MhTestDb *test)
{
  static const struct
  {
    const char *json, *field;
  } wrong[] = {
    { "{\"card\":\"NOPE\"}", "card" },
    { "{\"conscious\":\"maybe\"}", "conscious" },
    { "{\"breathing\":\"yes\"}", "breathing" },
    { "{\"age\":\"62\"}", "age" },
    { "{\"sex\":\"male\"}", "sex" },
    { "{\"answers\":{\"CHEST1\":\"perhaps\"}}", "answers.CHEST1" },
    { "{\"answers\":{\"CHEST99\":\"yes\"}}", "answers.CHEST99" },
    { "{\"answers\":{\"CHEST1\":true}}", "answers.CHEST1" },
    { "{\"answers\":{\"CONSCIOUS\":\"no\"}}", "answers.CONSCIOUS" },
    { "{\"answers\":[\"yes\"]}", "answers" },
  };
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refused (&room, ANSWER, id, wrong[i].json, MH_ERROR_INVALID, wrong[i].field);
  g_autoptr (MhRecord) call = lab_get (room.lab, &mh_emergency_call_type, id);
  g_assert_cmpint (mh_record_version (call), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, NULL, NULL), ==, 0);
}

/* The instant of an answer in the kept judgement. */
static char *
instant_of (MhRecord *call, const char *question)
{
  g_autoptr (JsonObject) kept
      = mh_json_parse_object (mh_record_text (call, MH_EMERGENCY_CALL_JUDGED), -1, NULL);
  JsonArray *answers = mh_json_array (kept, "answers");
  for (guint i = 0; i < json_array_get_length (answers); i++)
    {
      JsonObject *answer = json_array_get_object_element (answers, i);
      if (g_strcmp0 (mh_json_text (answer, "question"), question) == 0)
        return g_strdup (mh_json_text (answer, "at"));
    }
  return NULL;
}

static void
test_history (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  g_autoptr (MhRecord) one
      = did (&room, ANSWER, id, "{\"card\":\"CHEST\",\"answers\":{\"CHEST1\":\"no\"}}");
  g_autofree char *at = instant_of (one, "CHEST1");
  g_usleep (2000);
  g_autoptr (MhRecord) two = did (
      &room, ANSWER, id, "{\"card\":\"CHEST\",\"answers\":{\"CHEST1\":\"no\",\"CHEST3\":\"yes\"}}");
  g_autofree char *kept = instant_of (two, "CHEST1");
  g_assert_nonnull (at);
  g_assert_cmpstr (kept, ==, at);
  g_autoptr (MhRecord) three
      = did (&room, ANSWER, id, "{\"card\":\"CHEST\",\"answers\":{\"CHEST1\":\"yes\"}}");

  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, "CHEST1", NULL), ==, 2);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, "CHEST1", "yes"), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, "CHEST3", "-"), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, "WHAT", NULL), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_JUDGED, NULL, "P1"), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_JUDGED, NULL, "P2"), ==, 2);

  g_autoptr (GPtrArray) events = events_of (&room, id);
  for (guint i = 0; i < events->len; i++)
    {
      MhRecord *event = g_ptr_array_index (events, i);
      gboolean answer
          = g_strcmp0 (mh_record_text (event, MH_EMERGENCY_EVENT_KIND), MH_EMERGENCY_DID_ANSWER)
            == 0;
      g_assert_cmpstr (mh_record_text (event, MH_EMERGENCY_EVENT_BY_NAME), ==, "Dina Dispatcher");
      g_assert_true (
          !answer
          || g_strcmp0 (mh_record_text (event, MH_EMERGENCY_EVENT_PROTOCOL_EDITION), "1.3") == 0);
    }
}

static gboolean
rewrite (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (data);
  mh_record_set_text (after, MH_EMERGENCY_EVENT_BECAME, "no");
  return mh_tx_update_part (tx, data, after, error);
}

static void
test_history_stays (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  g_autoptr (MhRecord) call = did (&room, ANSWER, id, "{\"conscious\":\"yes\"}");
  g_autoptr (GPtrArray) events = events_of (&room, id);
  g_assert_false (
      lab_write (room.lab, room.dispatcher, rewrite, g_ptr_array_index (events, 0), NULL));
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_ANSWER, "CONSCIOUS", "yes"), ==, 1);
}

static void
is_priority (MhRecord *taken, const char *priority, const char *reason)
{
  g_autoptr (MhRecord) call = taken;
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY), ==, priority);
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY_REASON), ==, reason);
  g_assert_cmpint (mh_record_has (call, MH_EMERGENCY_CALL_PRIORITY_NAME), ==, reason != NULL);
}

static void
test_priority (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  is_priority (did (&room, ANSWER, id, "{\"card\":\"CHEST\"}"), "P2", NULL);
  refused (&room, UPDATE, id, "{\"priority\":\"P3\"}", MH_ERROR_INVALID, "priority_reason");
  refused (&room, UPDATE, id, "{\"priority\":\"P3\",\"priority_reason\":\" no \"}",
           MH_ERROR_INVALID, "priority_reason");
  refused (&room, UPDATE, id, "{\"priority\":\"P2\",\"priority_reason\":\"As it is\"}",
           MH_ERROR_INVALID, "priority");
  refused (&room, UPDATE, id, "{\"priority\":null,\"priority_reason\":\"None\"}", MH_ERROR_INVALID,
           "priority");
  refused (&room, UPDATE, id, "{\"priority_reason\":\"Nothing with it\"}", MH_ERROR_INVALID,
           "priority");

  /* down, and overtaken by an answer that makes it worse */
  is_priority (did (&room, UPDATE, id, "{\"priority\":\"P4\",\"priority_reason\":\"Calls daily\"}"),
               "P4", "Calls daily");
  is_priority (did (&room, ANSWER, id, "{\"card\":\"CHEST\",\"sex\":\"M\"}"), "P4", "Calls daily");
  is_priority (did (&room, ANSWER, id,
                    "{\"card\":\"CHEST\",\"sex\":\"M\",\"answers\":{\"CHEST3\":\"yes\"}}"),
               "P1", NULL);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_LAPSED, NULL, "P1"), ==, 1);

  /* up holds, whatever is answered; back to what the protocol says takes a reason, too */
  is_priority (did (&room, ANSWER, id, "{\"card\":\"CHEST\"}"), "P2", NULL);
  is_priority (did (&room, UPDATE, id, "{\"priority\":\"P1\",\"priority_reason\":\"Sounds bad\"}"),
               "P1", "Sounds bad");
  is_priority (did (&room, ANSWER, id, "{\"card\":\"CHEST\",\"answers\":{\"CHEST7\":\"yes\"}}"),
               "P1", "Sounds bad");
  refused (&room, UPDATE, id, "{\"priority\":\"P4\"}", MH_ERROR_INVALID, "priority_reason");
  is_priority (did (&room, UPDATE, id, "{\"priority\":\"P4\",\"priority_reason\":\"Mistaken\"}"),
               "P4", NULL);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_PRIORITY, NULL, NULL), ==, 3);
}

/* A call goes on by the edition it was begun with; a new one is judged by the new edition. */
static void
test_editions (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *old = opened (&room, "{}");
  g_autoptr (MhRecord) begun = did (&room, ANSWER, old, "{\"card\":\"CHEST\"}");

  g_autoptr (GString) text = g_string_new (room.shipped);
  g_assert_cmpuint (g_string_replace (text, "\"base_points\": 6", "\"base_points\": 3", 0), >, 0);
  g_assert_false (lab_write (room.lab, room.dispatcher, put_func, text->str, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (g_string_replace (text, "\"version\": \"1.3\"", "\"version\": \"2.0\"", 1), ==,
                    1);
  mh_assert_ok (lab_write (room.lab, room.dispatcher, put_func, text->str, &error), error);
  mh_assert_ok (lab_write (room.lab, room.dispatcher, put_func, text->str, &error), error);

  g_autoptr (MhRecord) goes_on = did (&room, ANSWER, old, "{\"card\":\"CHEST\",\"sex\":\"F\"}");
  g_assert_cmpstr (mh_record_text (goes_on, MH_EMERGENCY_CALL_PROTOCOL_EDITION), ==, "1.3");
  g_assert_cmpstr (mh_record_text (goes_on, MH_EMERGENCY_CALL_PRIORITY), ==, "P2");
  g_autofree char *new = opened (&room, "{}");
  g_autoptr (MhRecord) fresh = did (&room, ANSWER, new, "{\"card\":\"CHEST\"}");
  g_assert_cmpstr (mh_record_text (fresh, MH_EMERGENCY_CALL_PROTOCOL_EDITION), ==, "2.0");
  g_assert_cmpstr (mh_record_text (fresh, MH_EMERGENCY_CALL_PRIORITY), ==, "P3");

  /* and back */
  mh_assert_ok (lab_write (room.lab, room.dispatcher, put_func, room.shipped, &error), error);
  MhDb *db = lab_reader (room.lab);
  g_autoptr (GPtrArray) rows = mh_calls_protocol_service_list (
      MH_REQUEST_DB (db, NULL, room.dispatcher), NULL, 50, &error);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      gboolean first = g_strcmp0 (mh_record_text (row, MH_DISPATCH_PROTOCOL_EDITION), "1.3") == 0;
      g_assert_cmpint (mh_record_bool (row, MH_DISPATCH_PROTOCOL_ACTIVE), ==, first);
    }
  lab_done (room.lab, db);
}

static GPtrArray *
near_of (Room *room, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (room->lab);
  GPtrArray *near = mh_calls_service_near (MH_REQUEST_DB (db, NULL, room->dispatcher), id, &error);
  g_assert_no_error (error);
  lab_done (room->lab, db);
  return near;
}

/* 0.0026 degrees of latitude are 289 metres, 0.0028 are 311. */
#define HERE "{\"location\":{\"lat\":57.7000,\"lon\":11.9}}"
#define CLOSE "{\"location\":{\"lat\":57.7026,\"lon\":11.9}}"
#define FAR "{\"location\":{\"lat\":57.7028,\"lon\":11.9}}"

static void
test_near (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *here = opened (&room, HERE);
  g_autofree char *close = opened (&room, CLOSE);
  g_autofree char *far = opened (&room, FAR);
  g_autofree char *phone = opened (&room, "{\"phone\":\"+91 98120 32145\"}");

  g_autoptr (GPtrArray) near = near_of (&room, here);
  g_assert_cmpuint (near->len, ==, 1);
  MhRecord *one = g_ptr_array_index (near, 0);
  g_assert_cmpstr (mh_record_text (one, MH_EMERGENCY_NEAR_CALL_ID), ==, close);
  g_assert_true (lists (one, MH_EMERGENCY_NEAR_REASONS, "place"));
  g_assert_cmpint (mh_record_int (one, MH_EMERGENCY_NEAR_METRES), ==, 289);
  g_assert_true (mh_record_bool (one, MH_EMERGENCY_NEAR_JOINABLE));

  /* somebody else who called about the far one is known by the number */
  g_autoptr (MhRecord) caller
      = did (&room, CALLER, far, "{\"phone\":\"98120 32145\",\"said\":\"A second one\"}");
  g_autoptr (GPtrArray) again = near_of (&room, phone);
  g_assert_cmpuint (again->len, ==, 1);
  one = g_ptr_array_index (again, 0);
  g_assert_cmpstr (mh_record_text (one, MH_EMERGENCY_NEAR_CALL_ID), ==, far);
  g_assert_true (lists (one, MH_EMERGENCY_NEAR_REASONS, "number"));
  g_assert_false (mh_record_has (one, MH_EMERGENCY_NEAR_METRES));

  /* what is joined already is not offered any more */
  g_autofree char *to = g_strdup_printf ("{\"head_id\":\"%s\"}", close);
  g_autoptr (MhRecord) joined = did (&room, JOIN, here, to);
  g_autoptr (GPtrArray) none = near_of (&room, here);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_join (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *head = opened (&room, HERE);
  g_autofree char *one = opened (&room, CLOSE);
  g_autofree char *two = opened (&room, FAR);
  g_autofree char *to_head = g_strdup_printf ("{\"head_id\":\"%s\"}", head);
  g_autofree char *to_one = g_strdup_printf ("{\"head_id\":\"%s\"}", one);
  g_autofree char *to_two = g_strdup_printf ("{\"head_id\":\"%s\"}", two);
  g_autofree char *to_none
      = g_strdup_printf ("{\"head_id\":\"%s\"}", "01900000-0000-7000-8000-00000000beef");
  g_autoptr (MhRecord) joined = did (&room, JOIN, one, to_head);
  g_assert_cmpstr (mh_record_text (joined, MH_EMERGENCY_CALL_HEAD_ID), ==, head);

  refused (&room, JOIN, head, to_head, MH_ERROR_CONFLICT, NULL);
  refused (&room, JOIN, one, to_two, MH_ERROR_CONFLICT, NULL);
  refused (&room, JOIN, two, to_one, MH_ERROR_CONFLICT, NULL);
  refused (&room, JOIN, head, to_two, MH_ERROR_CONFLICT, NULL);
  refused (&room, JOIN, two, to_none, MH_ERROR_INVALID, "head_id");
  refused (&room, PART, two, to_none, MH_ERROR_CONFLICT, NULL);
  refused (&room, CANCEL, head, "{\"reason\":\"test\"}", MH_ERROR_CONFLICT, NULL);

  g_autoptr (MhRecord) more = did (&room, JOIN, two, to_head);
  g_autoptr (MhRecord) with_two = lab_get (room.lab, &mh_emergency_call_type, head);
  g_assert_cmpint (mh_record_int (with_two, MH_EMERGENCY_CALL_N_JOINED), ==, 2);
  g_autoptr (MhRecord) parted = did (&room, PART, one, to_none);
  g_assert_false (mh_record_has (parted, MH_EMERGENCY_CALL_HEAD_ID));
  g_autoptr (MhRecord) gone = did (&room, CANCEL, two, "{\"reason\":\"withdrawn\"}");
  g_autoptr (MhRecord) alone = lab_get (room.lab, &mh_emergency_call_type, head);
  g_assert_cmpint (mh_record_int (alone, MH_EMERGENCY_CALL_N_JOINED), ==, 0);
  g_assert_cmpuint (n_events (&room, head, MH_EMERGENCY_DID_JOIN, NULL, NULL), ==, 2);
  g_assert_cmpuint (n_events (&room, head, MH_EMERGENCY_DID_PART, NULL, NULL), ==, 1);
  g_assert_cmpuint (n_events (&room, one, MH_EMERGENCY_DID_PART, NULL, NULL), ==, 1);
}

static void
test_cancel (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  refused (&room, CANCEL, id, "{\"reason\":\"other\"}", MH_ERROR_INVALID, "note");
  g_autoptr (MhRecord) call
      = did (&room, CANCEL, id, "{\"reason\":\"other\",\"note\":\"Drill of the fire service\"}");
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_STATE), ==, MH_EMERGENCY_CANCELLED);
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_END_NOTE), ==,
                   "Drill of the fire service");
  g_assert_true (mh_record_has (call, MH_EMERGENCY_CALL_ENDED_AT));
  refused (&room, CANCEL, id, "{\"reason\":\"test\"}", MH_ERROR_CONFLICT, NULL);
  refused (&room, ANSWER, id, "{}", MH_ERROR_CONFLICT, NULL);
  refused (&room, UPDATE, id, "{\"phone\":\"112\"}", MH_ERROR_CONFLICT, NULL);
  refused (&room, CALLER, id, "{\"phone\":\"112\"}", MH_ERROR_CONFLICT, NULL);
}

static void
test_details (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{\"phone\":\"112 113\"}");
  g_autoptr (MhRecord) call
      = did (&room, UPDATE, id, "{\"location\":{\"text\":\"Gate 4\"},\"summary\":\"Fell\"}");
  g_assert_cmpstr (mh_record_text (call, MH_EMERGENCY_CALL_PLACE), ==, "Gate 4");
  g_assert_true (mh_record_has (call, MH_EMERGENCY_CALL_LOCATED_AT));
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_DETAILS, "place", "Gate 4"), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_DETAILS, "summary", "Fell"), ==, 1);
  g_assert_cmpuint (n_events (&room, id, MH_EMERGENCY_DID_DETAILS, "phone", NULL), ==, 0);
  refused (&room, UPDATE, id, "{\"phone\":\"1\"}", MH_ERROR_INVALID, "phone");
  refused (&room, CALLER, id, "{\"name\":\"Nobody\"}", MH_ERROR_INVALID, "said");

  g_autoptr (MhRecord) patch = mh_record_from_text (&mh_emergency_call_type, "{\"phone\":\"114\"}",
                                                    -1, MH_JSON_PATCH, NULL);
  Doing stale = { UPDATE, room.dispatcher, id, 1, patch, NULL };
  g_assert_false (lab_write (room.lab, room.dispatcher, doing_func, &stale, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_STALE);
}

static void
test_rights (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  g_autofree char *id = opened (&room, "{}");
  static const Act acts[] = { OPEN, ANSWER, UPDATE, CALLER };
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) none = do_as (&room, room.reception, acts[i], id, "{}", &error);
      g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
    }
  for (guint i = 1; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) none = do_as (&room, room.elsewhere, acts[i], id, "{}", &error);
      g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
    }

  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (room.lab);
  const MhCallsQuery query = { .page = { .limit = 50 } };
  g_assert_null (mh_calls_service_list (MH_REQUEST_DB (db, NULL, room.reception), &query, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_autoptr (GPtrArray) theirs
      = mh_calls_service_list (MH_REQUEST_DB (db, NULL, room.elsewhere), &query, NULL);
  g_assert_cmpuint (theirs->len, ==, 0);
  lab_done (room.lab, db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/calls/taken", test_taken);
  mh_test_add_both ("/calls/taken-wrong", test_taken_wrong);
  mh_test_add_both ("/calls/answers", test_answers);
  mh_test_add_both ("/calls/judged", test_judged);
  mh_test_add_both ("/calls/answers-wrong", test_answers_wrong);
  mh_test_add_both ("/calls/history", test_history);
  mh_test_add_both ("/calls/history-stays", test_history_stays);
  mh_test_add_both ("/calls/priority", test_priority);
  mh_test_add_both ("/calls/editions", test_editions);
  mh_test_add_both ("/calls/near", test_near);
  mh_test_add_both ("/calls/join", test_join);
  mh_test_add_both ("/calls/cancel", test_cancel);
  mh_test_add_both ("/calls/details", test_details);
  mh_test_add_both ("/calls/rights", test_rights);
  return mh_test_run ();
}
