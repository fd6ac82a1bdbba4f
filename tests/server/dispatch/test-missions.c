/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units that are sent to calls, over the real server on both databases: who is recommended, two
 * desks that want the same unit, the steps of a mission, who may, corrections, diverting, what
 * happens without an answer, by itself, and to calls whose dispatcher is gone. */
#include <string.h>

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/maps/mh-map-folder.h"
#include "server/dispatch/missions/mh-missions-jobs.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "tests/server/site-fixture.h"

typedef struct
{
  Site *site;
  char *folder; /* where a map would be */
  char *manager, *crew, *dispatcher;
} Room;

static JsonObject *
asked (Room *room,
       const char *method,
       const char *path,
       const char *token,
       const char *body,
       int expected)
{
  g_autofree char *text = NULL;
  int status = site_call (room->site, method, path, token, body, &text);
  if (status != expected)
    g_error ("%s %s %s: %d, not %d: %s", method, path, body != NULL ? body : "", status, expected,
             text);
  return text != NULL ? mh_json_parse_object (text, -1, NULL) : NULL; /* 204 has no body */
}

static void
done (Room *room,
      const char *method,
      const char *path,
      const char *token,
      const char *body,
      int expected)
{
  g_autoptr (JsonObject) answer = asked (room, method, path, token, body, expected);
}

static MhClock *
clock_of (Room *room)
{
  return mh_server_clock (room->site->server);
}

static char *
hence (Room *room, gint64 by)
{
  char at[MH_INSTANT_LENGTH + 1];
  mh_instant_format (mh_clock_now (clock_of (room)) + by, at);
  return g_strdup (at);
}

static void
room_begin (Room *room, const MhTestDb *test)
{
  room->folder = g_dir_make_tmp ("missions-XXXXXX", NULL);
  room->site = site_new_with (test, (const char *[]){ "server.data_dir", room->folder, NULL });
  mh_clock_set (clock_of (room), mh_clock_now (clock_of (room)) / MH_SECOND * MH_SECOND);
  room->manager = site_sign_in (room->site, "manager");
  room->crew = site_sign_in (room->site, "crew");
  room->dispatcher = site_sign_in (room->site, "dispatcher");
  mh_missions_jobs_register (room->site->server);
}

static void
room_clear (Room *room)
{
  g_free (room->manager);
  g_free (room->crew);
  g_free (room->dispatcher);
  site_free (room->site);
  g_free (room->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

/* Lets time go by, and does what is due then. */
static guint
later (Room *room, gint64 by)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  mh_clock_set (clock_of (room), mh_clock_now (clock_of (room)) + by);
  mh_jobs_run_due (mh_server_jobs (room->site->server), &n, &error);
  g_assert_no_error (error);
  return n;
}

/* --- what there is --- */

static char *
new_unit (Room *room, const char *code, const char *can, const char *zone)
{
  char *id = mh_id_new ();
  g_autofree char *of_zone
      = zone != NULL ? g_strdup_printf (",\"zone\":\"%s\"", zone) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"code\":\"%s\",\"kind\":\"ambulance\","
                                           "\"can\":[\"%s\"],\"active\":true%s}",
                                           id, code, can, of_zone);
  done (room, "POST", "/units", room->manager, body, 201);
  return id;
}

/* Id of the person. */
static char *
own_id (Room *room, const char *token)
{
  g_autoptr (JsonObject) session = asked (room, "GET", "/session", token, NULL, 200);
  return g_strdup (mh_json_text (mh_json_object (session, "user"), "id"));
}

/* @who: a token of somebody who is on no other unit. */
static void
sign_on (Room *room, const char *unit, const char *who)
{
  g_autofree char *until = hence (room, 8 * MH_HOUR);
  g_autofree char *person = own_id (room, who);
  g_autofree char *body = g_strdup_printf (
      "{\"unit_id\":\"%s\",\"user_id\":\"%s\",\"duty\":\"driver\",\"until\":\"%s\"}", unit, person,
      until);
  done (room, "POST", "/crew-shifts", room->dispatcher, body, 201);
}

static void
stands_at (Room *room, const char *unit, const char *token, double lat)
{
  g_autofree char *path = g_strconcat ("/units/", unit, "/positions", NULL);
  g_autofree char *at = hence (room, -MH_SECOND);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (digits, sizeof digits, "%.5f", lat);
  g_autofree char *body = g_strdup_printf (
      "{\"fixes\":[{\"at\":\"%s\",\"lat\":%s,\"lon\":11.97,\"accuracy_m\":5}]}", at, digits);
  g_autoptr (JsonObject) taken = asked (room, "POST", path, token, body, 200);
  g_assert_cmpint (mh_json_int (taken, "taken", 0), ==, 1);
}

/* A call at 57.70, 11.97, judged as P1 or P3. */
static char *
new_call (Room *room, gboolean top)
{
  char *id = mh_id_new ();
  g_autofree char *body
      = g_strdup_printf ("{\"id\":\"%s\",\"location\":{\"lat\":57.70,\"lon\":11.97}}", id);
  g_autofree char *answers = g_strdup_printf ("/calls/%s/answers", id);
  g_autofree char *path = g_strdup_printf ("/calls/%s", id);
  done (room, "POST", "/calls", room->dispatcher, body, 201);
  g_autoptr (JsonObject) judged
      = asked (room, "PUT", answers, room->dispatcher,
               top ? "{\"conscious\":\"no\",\"breathing\":\"none\"}"
                   : "{\"card\":\"CHEST\",\"age\":\"30y\",\"sex\":\"M\",\"conscious\":\"yes\","
                     "\"breathing\":\"normal\",\"answers\":{}}",
               200);
  g_assert_cmpint (g_strcmp0 (mh_json_text (judged, "priority"), "P1") == 0, ==, top);
  return id;
}

static JsonArray *
recommended (Room *room, const char *call, const char *query, JsonObject **out_answer)
{
  g_autofree char *path = g_strdup_printf ("/calls/%s/recommendations?limit=200%s", call, query);
  *out_answer = asked (room, "GET", path, room->dispatcher, NULL, 200);
  return mh_json_array (*out_answer, "items");
}

static gint64
version_of (Room *room, const char *unit)
{
  g_autoptr (JsonObject) list = asked (room, "GET", "/unit-states", room->dispatcher, NULL, 200);
  JsonArray *items = mh_json_array (list, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *state = json_array_get_object_element (items, i);
      if (g_strcmp0 (mh_json_text (state, "id"), unit) == 0)
        return mh_json_int (state, "version", 0);
    }
  return 0;
}

static void
unit_is (Room *room, const char *unit, const char *expected)
{
  g_autoptr (JsonObject) list = asked (room, "GET", "/unit-states", room->dispatcher, NULL, 200);
  JsonArray *items = mh_json_array (list, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *state = json_array_get_object_element (items, i);
      if (g_strcmp0 (mh_json_text (state, "id"), unit) == 0)
        g_assert_cmpstr (mh_json_text (state, "state"), ==, expected);
    }
}

static char *
order_of (const char *id, const char *call, const char *unit, gint64 version, const char *more)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"call_id\":\"%s\",\"unit_id\":\"%s\","
                          "\"unit_version\":%" G_GINT64_FORMAT "%s}",
                          id, call, unit, version, more);
}

static char *
send (Room *room, const char *call, const char *unit, const char *more)
{
  char *id = mh_id_new ();
  g_autofree char *body = order_of (id, call, unit, version_of (room, unit), more);
  g_autoptr (JsonObject) mission
      = asked (room, "POST", "/assignments", room->dispatcher, body, 201);
  g_assert_cmpstr (mh_json_text (mission, "state"), ==, "asked");
  return id;
}

static JsonObject *
step_as (Room *room,
         const char *token,
         const char *mission,
         const char *step,
         const char *at,
         int expected)
{
  g_autofree char *path = g_strdup_printf ("/assignments/%s/steps", mission);
  g_autofree char *id = mh_id_new ();
  g_autofree char *when = at != NULL ? g_strdup_printf (",\"at\":\"%s\"", at) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"step\":\"%s\"%s}", id, step, when);
  return asked (room, "POST", path, token, body, expected);
}

static void
stepped (Room *room, const char *token, const char *mission, const char *step, int expected)
{
  g_autoptr (JsonObject) answer = step_as (room, token, mission, step, NULL, expected);
}

static void
call_is (Room *room, const char *call, const char *state, gint64 units)
{
  g_autofree char *path = g_strdup_printf ("/calls/%s", call);
  g_autoptr (JsonObject) found = asked (room, "GET", path, room->dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (found, "state"), ==, state);
  g_assert_cmpint (mh_json_int (found, "n_units", -1), ==, units);
}

static void
mission_is (Room *room, const char *mission, const char *state)
{
  g_autofree char *path = g_strdup_printf ("/assignments/%s", mission);
  g_autoptr (JsonObject) found = asked (room, "GET", path, room->dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (found, "state"), ==, state);
}

/* The newest of a call; caller unrefs. */
static JsonObject *
newest (Room *room, const char *call)
{
  g_autofree char *path = g_strdup_printf ("/assignments?call_id=%s&open=true", call);
  g_autoptr (JsonObject) list = asked (room, "GET", path, room->dispatcher, NULL, 200);
  JsonArray *items = mh_json_array (list, "items");
  return json_array_get_length (items) > 0
             ? json_object_ref (json_array_get_object_element (items, 0))
             : NULL;
}

/* One alert, of a call that its last unit has left. */
static void
nobody_is_on_the_way (Room *room)
{
  g_autoptr (JsonObject) alerts = asked (room, "GET", "/alerts", room->dispatcher, NULL, 200);
  JsonArray *items = mh_json_array (alerts, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (items, 0), "kind"), ==,
                   MH_ALERT_CALL_ALONE);
}

/* Two units that are free: NEAR of the crew, FAR of the dispatcher. */
typedef struct
{
  char *near, *far;
} Pair;

static void
pair_begin (Room *room, Pair *pair)
{
  pair->near = new_unit (room, "NEAR", "ALS", NULL);
  pair->far = new_unit (room, "FAR", "ALS", NULL);
  sign_on (room, pair->near, room->crew);
  sign_on (room, pair->far, room->dispatcher);
  stands_at (room, pair->near, room->crew, 57.71);
  stands_at (room, pair->far, room->dispatcher, 57.73);
}

static void
pair_clear (Pair *pair)
{
  g_free (pair->near);
  g_free (pair->far);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

/* --- who is recommended --- */

static void
test_recommendations (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  done (&room, "POST", "/zones", room.manager,
        "{\"code\":\"NORTH\",\"name\":\"North\",\"kind\":\"coverage\",\"least_units\":1,"
        "\"corners\":[[57.7,11.9],[57.8,11.9],[57.8,12.0],[57.7,11.9]],\"active\":true}",
        201);
  g_autofree char *near = new_unit (&room, "NEAR", "ALS", "NORTH");
  g_autofree char *far = new_unit (&room, "FAR", "MICU", NULL);
  g_autofree char *idle = new_unit (&room, "IDLE", "BLS", NULL);
  sign_on (&room, near, room.crew);
  sign_on (&room, far, room.dispatcher);
  stands_at (&room, near, room.crew, 57.71);
  stands_at (&room, far, room.dispatcher, 57.705);
  g_autofree char *call = new_call (&room, FALSE);

  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items = recommended (&room, call, "", &answer);
  g_assert_cmpuint (json_array_get_length (items), ==, 2);
  JsonObject *first = json_array_get_object_element (items, 0);
  JsonObject *second = json_array_get_object_element (items, 1);
  g_assert_cmpstr (mh_json_text (first, "unit_id"), ==, far);
  g_assert_cmpstr (mh_json_text (first, "basis"), ==, "line");
  g_assert_cmpint (mh_json_int (first, "metres", 0), ==, 556);
  g_assert_cmpint (mh_json_int (first, "eta_seconds", 0), ==, 56);
  g_assert_cmpint (mh_json_int (first, "version", 0), ==, version_of (&room, far));
  g_assert_true (mh_json_bool (first, "planned", FALSE));
  g_assert_cmpint (mh_json_int (second, "coverage_seconds", 0), ==, 180);
  g_assert_cmpint (mh_json_int (second, "zone_left", -1), ==, 0);
  g_assert_cmpint (mh_json_int (second, "zone_least", -1), ==, 1);
  JsonArray *reasons = mh_json_array (second, "reasons");
  g_assert_cmpstr (json_array_get_string_element (reasons, 0), ==,
                   "1 min 51 s, estimated from the straight line");
  g_assert_cmpstr (json_array_get_string_element (reasons, 1), ==,
                   "Leaves North with 0 of 1 units");

  g_autoptr (JsonObject) rest = NULL;
  JsonArray *out = recommended (&room, call, "&left_out=true", &rest);
  JsonObject *left = NULL;
  for (guint i = 0; i < json_array_get_length (out); i++)
    if (g_strcmp0 (mh_json_text (json_array_get_object_element (out, i), "unit_id"), idle) == 0)
      left = json_array_get_object_element (out, i);
  g_assert_nonnull (left);
  g_assert_cmpstr (json_array_get_string_element (mh_json_array (left, "out"), 0), ==, "no_crew");

  /* an old position counts, a very old one leaves it out */
  later (&room, 120 * MH_SECOND);
  g_autoptr (JsonObject) older = NULL;
  JsonArray *aged = recommended (&room, call, "", &older);
  g_assert_cmpint (mh_json_int (json_array_get_object_element (aged, 0), "fix_seconds", 0), ==, 31);
  later (&room, 200 * MH_SECOND);
  g_autoptr (JsonObject) none = NULL;
  g_assert_cmpuint (json_array_get_length (recommended (&room, call, "", &none)), ==, 0);
}

/* The same pair on the roads of a city: what is told is what a route takes. */
static void
test_roads (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  g_autoptr (GError) error = NULL;
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "..", "maps",
                                            "gothenburg-roads-2016.osm.pbf", NULL);
  MhMapImport import = { .data_dir = room.folder, .path = path };
  g_autoptr (MhMapInfo) info = mh_map_folder_import (&import, &error);
  g_assert_no_error (error);

  g_autofree char *call = new_call (&room, FALSE);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items = recommended (&room, call, "", &answer);
  g_assert_cmpuint (json_array_get_length (items), ==, 2);
  JsonObject *first = json_array_get_object_element (items, 0);
  g_assert_cmpstr (mh_json_text (first, "unit_id"), ==, pair.near);
  g_assert_cmpstr (mh_json_text (first, "basis"), ==, "road");
  g_autoptr (JsonObject) way
      = asked (&room, "GET", "/routes?from=57.71,11.97&to=57.70,11.97", room.dispatcher, NULL, 200);
  g_assert_cmpint (mh_json_int (first, "eta_seconds", -1), ==, mh_json_int (way, "seconds", 0));
  g_assert_cmpint (mh_json_int (first, "metres", -1), ==, mh_json_int (way, "metres", 0));
}

/* Before the place is known somebody can be sent all the same. */
static void
test_nowhere (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = mh_id_new ();
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"}", call);
  done (&room, "POST", "/calls", room.dispatcher, body, 201);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items = recommended (&room, call, "", &answer);
  g_assert_cmpuint (json_array_get_length (items), ==, 2);
  JsonObject *first = json_array_get_object_element (items, 0);
  g_assert_cmpstr (mh_json_text (first, "basis"), ==, "nowhere");
  g_assert_false (json_object_has_member (first, "eta_seconds")
                  && !json_object_get_null_member (first, "eta_seconds"));
}

/* --- sending --- */

static void
test_two_desks (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *other = new_call (&room, FALSE);
  g_autofree char *one = mh_id_new ();
  g_autofree char *two = mh_id_new ();
  gint64 version = version_of (&room, pair.near);
  g_autofree char *first = order_of (one, call, pair.near, version, "");
  g_autofree char *second = order_of (two, other, pair.near, version, "");
  g_autofree char *forced = order_of (two, other, pair.near, version + 1, "");
  done (&room, "POST", "/assignments", room.crew, first, 403);
  done (&room, "POST", "/assignments", room.dispatcher, first, 201);
  done (&room, "POST", "/assignments", room.dispatcher, second, 409);
  /* with the new version it is busy */
  done (&room, "POST", "/assignments", room.dispatcher, forced, 409);
  /* the same again is the same */
  g_autoptr (JsonObject) again = asked (&room, "POST", "/assignments", room.dispatcher, first, 201);
  g_assert_cmpstr (mh_json_text (again, "id"), ==, one);
  call_is (&room, call, "assigned", 1);
  call_is (&room, other, "open", 0);
  unit_is (&room, pair.near, "reserved");
}

static gboolean
insert_second (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (MhRecord) mission = mh_store_get (mh_tx_db (tx), &mh_mission_type, data, error);
  g_autoptr (MhRecord) copy = mission != NULL ? mh_record_copy (mission) : NULL;
  if (copy == NULL)
    return FALSE;
  mh_record_take_text (copy, MH_ID, mh_id_new ());
  return mh_tx_insert (tx, copy, "create", NULL, error);
}

/* Whatever a program does, the database lets no unit be on two calls. */
static void
test_invariant (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  g_autoptr (GError) error = NULL;
  static const MhWho who = { .user_name = "test" };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  g_assert_false (
      mh_store_write (mh_server_store (room.site->server), &who, insert_second, mission, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* --- steps --- */

static void
test_steps (const MhTestDb *test)
{
  static const struct
  {
    const char *step, *unit, *call;
  } way[] = {
    { "accepted", "assigned", "assigned" },       { "en_route", "en_route", "en_route" },
    { "on_scene", "on_scene", "on_scene" },       { "at_patient", "on_scene", "on_scene" },
    { "depart", "transporting", "transporting" }, { "at_hospital", "at_hospital", "at_hospital" },
    { "handover", "at_hospital", "at_hospital" },
  };
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  stepped (&room, room.crew, mission, "on_scene", 409);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      later (&room, 20 * MH_SECOND);
      stepped (&room, room.crew, mission, way[i].step, 200);
      stepped (&room, room.crew, mission, way[i].step, 409);
      unit_is (&room, pair.near, way[i].unit);
      call_is (&room, call, way[i].call, 1);
      if (g_str_equal (way[i].step, "on_scene"))
        stepped (&room, room.crew, mission, "at_hospital", 409);
    }
  stepped (&room, room.dispatcher, mission, "clear", 200);
  unit_is (&room, pair.near, "available");
  call_is (&room, call, "closed", 0);

  g_autofree char *path = g_strdup_printf ("/calls/%s", call);
  g_autoptr (JsonObject) over = asked (&room, "GET", path, room.dispatcher, NULL, 200);
  g_assert_nonnull (mh_json_text (over, "on_scene_at"));
  g_autofree char *events = g_strdup_printf ("/assignments/%s/events", mission);
  g_autoptr (JsonObject) list = asked (&room, "GET", events, room.crew, NULL, 200);
  JsonArray *items = mh_json_array (list, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 9);
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (items, 0), "how"), ==,
                   "dispatcher");
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (items, 1), "how"), ==, "button");
}

/* Steps of a device that was offline come later, with their own instants, and some twice. */
static void
test_offline (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  later (&room, 10 * MH_SECOND);
  stepped (&room, room.crew, mission, "accepted", 200);
  later (&room, 20 * MH_MINUTE);

  g_autofree char *path = g_strdup_printf ("/assignments/%s/steps", mission);
  g_autofree char *left = hence (&room, -15 * MH_MINUTE);
  g_autofree char *there = hence (&room, -9 * MH_MINUTE);
  g_autofree char *before = hence (&room, -18 * MH_MINUTE);
  g_autofree char *id = mh_id_new ();
  g_autofree char *en_route
      = g_strdup_printf ("{\"id\":\"%s\",\"step\":\"en_route\",\"at\":\"%s\"}", id, left);
  g_autofree char *other = g_strdup_printf ("{\"id\":\"%s\",\"step\":\"on_scene\"}", id);
  done (&room, "POST", path, room.crew, en_route, 200);
  done (&room, "POST", path, room.crew, en_route, 200);
  done (&room, "POST", path, room.crew, other, 409);
  g_autoptr (JsonObject) early = step_as (&room, room.crew, mission, "on_scene", before, 422);
  g_autoptr (JsonObject) scene = step_as (&room, room.crew, mission, "on_scene", there, 200);
  g_assert_cmpstr (mh_json_text (scene, "en_route_at"), ==, left);
  g_assert_cmpstr (mh_json_text (scene, "on_scene_at"), ==, there);
}

/* A crew acts for its unit alone and sees nothing of the others. */
static void
test_crews (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *theirs = send (&room, call, pair.far, "");
  g_autofree char *path = g_strdup_printf ("/assignments/%s", theirs);
  g_autofree char *down = g_strconcat (path, "/stand-down", NULL);
  stepped (&room, room.crew, theirs, "accepted", 403);
  done (&room, "GET", path, room.crew, NULL, 404);
  done (&room, "POST", down, room.crew, "{\"reason\":\"mistake\"}", 403);
  g_autoptr (JsonObject) list = asked (&room, "GET", "/assignments", room.crew, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (list, "items")), ==, 0);

  g_autofree char *own = send (&room, call, pair.near, "");
  g_autoptr (JsonObject) mine = asked (&room, "GET", "/assignments", room.crew, NULL, 200);
  g_assert_cmpuint (json_array_get_length (mh_json_array (mine, "items")), ==, 1);
  stepped (&room, room.crew, own, "accepted", 200);
}

/* --- standing down, correcting, diverting --- */

static void
test_stand_down (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  g_autofree char *down = g_strdup_printf ("/assignments/%s/stand-down", mission);
  done (&room, "POST", down, room.dispatcher, "{\"reason\":\"other\"}", 422);
  done (&room, "POST", down, room.dispatcher, "{\"reason\":\"nearer\"}", 200);
  done (&room, "POST", down, room.dispatcher, "{\"reason\":\"nearer\"}", 409);
  unit_is (&room, pair.near, "available");
  call_is (&room, call, "open", 0);
  mission_is (&room, mission, "stood_down");

  /* a call that is cancelled stands its unit down */
  g_autofree char *second = send (&room, call, pair.near, "");
  g_autofree char *cancel = g_strdup_printf ("/calls/%s/cancel", call);
  done (&room, "POST", cancel, room.dispatcher, "{\"reason\":\"false_alarm\"}", 200);
  mission_is (&room, second, "stood_down");
  unit_is (&room, pair.near, "available");
  call_is (&room, call, "cancelled", 0);
}

static void
test_correct (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  g_autofree char *path = g_strdup_printf ("/assignments/%s/corrections", mission);
  g_autofree char *events = g_strdup_printf ("/assignments/%s/events", mission);
  later (&room, 5 * MH_SECOND);
  stepped (&room, room.crew, mission, "accepted", 200);
  later (&room, 5 * MH_MINUTE);
  g_autoptr (JsonObject) scene = step_as (&room, room.crew, mission, "on_scene", NULL, 200);
  g_autofree char *was = g_strdup (mh_json_text (scene, "on_scene_at"));
  g_autofree char *earlier = hence (&room, -2 * MH_MINUTE);
  g_autofree char *body = g_strdup_printf (
      "{\"step\":\"on_scene\",\"at\":\"%s\",\"reason\":\"Pressed late\"}", earlier);
  done (&room, "POST", path, room.dispatcher, "{\"step\":\"on_scene\",\"reason\":\"x\"}", 422);
  g_autoptr (JsonObject) corrected = asked (&room, "POST", path, room.dispatcher, body, 200);
  g_assert_cmpstr (mh_json_text (corrected, "on_scene_at"), ==, earlier);

  g_autofree char *of_call = g_strdup_printf ("/calls/%s", call);
  g_autoptr (JsonObject) found = asked (&room, "GET", of_call, room.dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (found, "on_scene_at"), ==, earlier);
  g_autofree char *all = NULL;
  g_assert_cmpint (site_call (room.site, "GET", events, room.dispatcher, NULL, &all), ==, 200);
  g_assert_nonnull (strstr (all, "Pressed late"));
  g_assert_nonnull (strstr (all, was));

  /* the last step is taken back, and the unit is on its way again */
  done (&room, "POST", path, room.dispatcher, "{\"step\":\"on_scene\",\"reason\":\"Wrong house\"}",
        200);
  mission_is (&room, mission, "assigned");
  call_is (&room, call, "assigned", 1);
}

static void
test_divert (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  stepped (&room, room.crew, mission, "accepted", 200);
  stepped (&room, room.crew, mission, "en_route", 200);
  g_autofree char *top = new_call (&room, TRUE);
  g_autofree char *silent = mh_id_new ();
  g_autofree char *body = order_of (silent, top, pair.near, version_of (&room, pair.near), "");
  done (&room, "POST", "/assignments", room.dispatcher, body, 409);
  g_autofree char *second = send (&room, top, pair.near, ",\"divert\":true");
  mission_is (&room, mission, "diverted");
  call_is (&room, call, "open", 0);
  g_autofree char *path = g_strdup_printf ("/assignments/%s", second);
  g_autoptr (JsonObject) found = asked (&room, "GET", path, room.dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (found, "leaves_id"), ==, call);
  nobody_is_on_the_way (&room);
}

/* --- by itself --- */

static void
test_no_answer (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *mission = send (&room, call, pair.near, "");
  later (&room, 59 * MH_SECOND);
  mission_is (&room, mission, "asked");
  later (&room, MH_SECOND);
  mission_is (&room, mission, "unanswered");
  unit_is (&room, pair.near, "available");
  g_autoptr (JsonObject) next = newest (&room, call);
  g_assert_nonnull (next);
  g_assert_cmpstr (mh_json_text (next, "unit_id"), ==, pair.far);
  g_assert_cmpstr (mh_json_text (next, "how"), ==, "next");
  stepped (&room, room.crew, mission, "accepted", 409);

  /* that one refuses, and there is nobody else */
  stepped (&room, room.dispatcher, mh_json_text (next, "id"), "refused", 200);
  later (&room, MH_SECOND);
  call_is (&room, call, "open", 0);
  nobody_is_on_the_way (&room);

  /* who accepts in time stays */
  g_autofree char *kept = send (&room, call, pair.near, "");
  stepped (&room, room.crew, kept, "accepted", 200);
  later (&room, 2 * MH_MINUTE);
  mission_is (&room, kept, "assigned");
}

static void
test_veto (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  g_auto (Pair) pair = { 0 };
  room_begin (&room, test);
  pair_begin (&room, &pair);
  g_autofree char *call = new_call (&room, TRUE);
  g_autofree char *veto = g_strdup_printf ("/calls/%s/veto", call);
  later (&room, 9 * MH_SECOND);
  call_is (&room, call, "open", 0);
  done (&room, "POST", veto, room.dispatcher, NULL, 200);
  done (&room, "POST", veto, room.dispatcher, NULL, 409);
  later (&room, 30 * MH_SECOND);
  call_is (&room, call, "open", 0);

  g_autofree char *other = new_call (&room, TRUE);
  g_autofree char *late = g_strdup_printf ("/calls/%s/veto", other);
  later (&room, 10 * MH_SECOND);
  g_autoptr (JsonObject) sent = newest (&room, other);
  g_assert_nonnull (sent);
  g_assert_cmpstr (mh_json_text (sent, "unit_id"), ==, pair.near);
  g_assert_cmpstr (mh_json_text (sent, "how"), ==, "nearest");
  done (&room, "POST", late, room.dispatcher, NULL, 409);
}

/* --- who sees to it --- */

static void
test_owners (const MhTestDb *test)
{
  g_auto (Room) room = { 0 };
  room_begin (&room, test);
  mh_calls_service_register (room.site->server);
  g_autofree char *call = new_call (&room, FALSE);
  g_autofree char *path = g_strdup_printf ("/calls/%s", call);
  g_autofree char *own = own_id (&room, room.dispatcher);
  g_autoptr (JsonObject) first = asked (&room, "GET", path, room.dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (first, "owner_id"), ==, own);

  /* a second dispatcher: who has fewer calls gets the next one */
  g_autofree char *admin = site_sign_in (room.site, "admin");
  g_autofree char *hospital = NULL;
  {
    g_autoptr (JsonObject) session = asked (&room, "GET", "/session", room.dispatcher, NULL, 200);
    hospital = g_strdup (mh_json_text (mh_json_object (session, "user"), "hospital_id"));
  }
  g_autofree char *body = g_strdup_printf (
      "{\"username\":\"dora\",\"name\":\"Dora Second\",\"roles\":[\"dispatcher\"],"
      "\"hospital_id\":\"%s\",\"active\":true,\"password\":\"quartz lantern meadow\"}",
      hospital);
  done (&room, "POST", "/users", admin, body, 201);
  g_autoptr (JsonObject) dora
      = asked (&room, "POST", "/session", NULL,
               "{\"username\":\"dora\",\"password\":\"quartz lantern meadow\"}", 200);
  g_autofree char *second = new_call (&room, FALSE);
  g_autofree char *of_second = g_strdup_printf ("/calls/%s", second);
  g_autoptr (JsonObject) given = asked (&room, "GET", of_second, room.dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (given, "owner_name"), ==, "Dora Second");

  /* taken over, and given on when she is gone */
  g_autofree char *take_second = g_strconcat (of_second, "/take", NULL);
  g_autoptr (JsonObject) taken = asked (&room, "POST", take_second, room.dispatcher, NULL, 200);
  g_assert_cmpstr (mh_json_text (taken, "owner_id"), ==, own);
  done (&room, "DELETE", "/session", room.dispatcher, NULL, 204);
  later (&room, MH_MINUTE);
  g_autofree char *again = site_sign_in (room.site, "dispatcher");
  g_autoptr (JsonObject) after = asked (&room, "GET", of_second, again, NULL, 200);
  g_assert_cmpstr (mh_json_text (after, "owner_name"), ==, "Dora Second");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/missions/recommendations", test_recommendations);
  mh_test_add_both ("/missions/roads", test_roads);
  mh_test_add_both ("/missions/nowhere", test_nowhere);
  mh_test_add_both ("/missions/two-desks", test_two_desks);
  mh_test_add_both ("/missions/invariant", test_invariant);
  mh_test_add_both ("/missions/steps", test_steps);
  mh_test_add_both ("/missions/offline", test_offline);
  mh_test_add_both ("/missions/crews", test_crews);
  mh_test_add_both ("/missions/stand-down", test_stand_down);
  mh_test_add_both ("/missions/correct", test_correct);
  mh_test_add_both ("/missions/divert", test_divert);
  mh_test_add_both ("/missions/no-answer", test_no_answer);
  mh_test_add_both ("/missions/veto", test_veto);
  mh_test_add_both ("/missions/owners", test_owners);
  return mh_test_run ();
}
