/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bad hour of the rescue service, at the real server: six desks take calls and send units, all
 * at once and each request often twice, crews tell their steps, positions come without end, one
 * crew is away from the network for a part of it, and the server is killed two times. Afterwards no
 * unit was on two calls at any time, no call is without an owner, every step is stamped once and
 * in order, what was acknowledged exists, and the units stand as their missions say.
 *
 * MH_STORM=long: 500 units and 200 calls, as an hour at a hundred times its speed. */
#include <signal.h>
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define DESKS 6
#define MOST_UNITS 3 /* for one call */
#define KILLS 2
#define FIX_MS 59       /* 17 a second */
#define AWAY_SECONDS 3  /* the crew without network */
#define AGAIN_MS 20     /* until a request without an answer is sent again */
#define MOST_TRIES 3000 /* a server that does not come back fails the test */
#define PLACE "\"location\":{\"lat\":57.70,\"lon\":11.97}"

static const char sql_places[]
    = "INSERT INTO unit_place (id, version, created_at, changed_at, hospital_id, unit_code,"
      " fix_at, lat, lon, accuracy_m, heard_at, n_dropped)"
      " SELECT id, 1, $1, $1, hospital_id, code, $1, '57.70', '11.97', 5, $1, 0 FROM unit";
static const char sql_two_calls[]
    = "SELECT count(*) FROM mission a JOIN mission b ON a.unit_id = b.unit_id AND a.id < b.id"
      " WHERE a.assigned_at < coalesce(b.ended_at, 9000000000000000)"
      " AND b.assigned_at < coalesce(a.ended_at, 9000000000000000)";
static const char sql_alone[] = "SELECT count(*) FROM emergency_call WHERE owner_id IS NULL";
static const char sql_call[] = "SELECT count(*) FROM emergency_call WHERE id = $1";
static const char sql_numbers[]
    = "SELECT count(*) - count(DISTINCT number) FROM emergency_call WHERE number IS NOT NULL";
static const char sql_mission[] = "SELECT count(*) FROM mission WHERE id = $1";
static const char sql_stamped_twice[]
    = "SELECT count(*) FROM (SELECT 1 FROM mission_event WHERE kind = 'step'"
      " GROUP BY mission_id, step HAVING count(*) > 1) AS twice";
static const char sql_out_of_order[]
    = "SELECT count(*) FROM mission WHERE en_route_at < accepted_at OR on_scene_at < en_route_at"
      " OR at_patient_at < on_scene_at OR depart_at < at_patient_at"
      " OR at_hospital_at < depart_at OR handover_at < at_hospital_at OR clear_at < handover_at";
static const char sql_untrue_states[] = "SELECT count(*) FROM unit_state u LEFT JOIN mission m"
                                        " ON m.unit_id = u.id AND m.ended_at IS NULL"
                                        " WHERE coalesce(m.call_id, '') <> coalesce(u.call_id, '')";
static const char sql_untrue_counts[]
    = "SELECT count(*) FROM emergency_call c WHERE c.ended_at IS NULL AND c.n_units <>"
      " (SELECT count(*) FROM mission m WHERE m.call_id = c.id AND m.ended_at IS NULL)";
static const char sql_done[] = "SELECT count(*) FROM mission WHERE state = 'done'";

static const char *const STEPS[] = { "accepted", "en_route",    "on_scene", "at_patient",
                                     "depart",   "at_hospital", "handover", "clear" };

typedef struct
{
  Program program;
  guint16 port; /* stays the same */
  guint n_units, n_calls;
  char *tokens[DESKS];
  char *manager, *crew, *own_unit;
  int next; /* call */
  gboolean over;
  GMutex lock;
  GPtrArray *calls, *missions; /* ids that the server has acknowledged */
  guint n_refused;
} Storm;

/* --- asking until there is an answer --- */

/* The same request again until the server has answered; at times although it has. */
static Answer *
storm_ask (Storm *storm, const char *token, const char *method, const char *path, const char *body)
{
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);
  g_autofree char *whole = g_strconcat ("/api/v1", path, NULL);
  gboolean twice = g_random_int_range (0, 4) == 0 && !g_str_equal (method, "GET");
  for (guint i = 0; i < MOST_TRIES; i++)
    {
      g_autoptr (Answer) answer = ask (storm->port, method, whole, token, headers, body);
      if (answer->status != 0 && answer->status != 503 && !twice)
        return g_steal_pointer (&answer);
      twice = twice && (answer->status == 0 || answer->status == 503);
      if (answer->status == 0 || answer->status == 503)
        g_usleep (AGAIN_MS * 1000);
    }
  g_error ("%s %s was never answered.", method, path);
}

static JsonObject *
storm_read (Storm *storm, const char *token, const char *path)
{
  g_autoptr (Answer) answer = storm_ask (storm, token, "GET", path, NULL);
  if (answer->status != 200)
    g_error ("GET %s: %u %s", path, answer->status, answer->body);
  return mh_json_parse_object (answer->body, -1, NULL);
}

static void
storm_must (Storm *storm, const char *token, const char *path, const char *body, guint expected)
{
  g_autoptr (Answer) answer = storm_ask (storm, token, "POST", path, body);
  if (answer->status != expected)
    g_error ("POST %s %s: %u %s", path, body, answer->status, answer->body);
}

static void
storm_note (Storm *storm, GPtrArray *list, const char *id)
{
  g_mutex_lock (&storm->lock);
  g_ptr_array_add (list, g_strdup (id));
  g_mutex_unlock (&storm->lock);
}

static void
storm_pause (guint most_ms)
{
  g_usleep ((gulong)g_random_int_range (1, (gint32)most_ms + 1) * 1000);
}

/* --- a desk --- */

/* TRUE: the server took it; FALSE: it refused, since others were faster. */
static gboolean
desk_step (Storm *storm, const char *token, const char *mission, const char *step, gint64 at)
{
  char when[MH_INSTANT_LENGTH + 1];
  g_autofree char *path = g_strdup_printf ("/assignments/%s/steps", mission);
  g_autofree char *id = mh_id_new ();
  mh_instant_format (at, when);
  g_autofree char *body
      = g_strdup_printf ("{\"id\":\"%s\",\"step\":\"%s\",\"at\":\"%s\"}", id, step, when);
  g_autoptr (Answer) answer = storm_ask (storm, token, "POST", path, body);
  if (answer->status != 200 && answer->status != 201 && answer->status != 409)
    g_error ("step %s: %u %s", step, answer->status, answer->body);
  return answer->status != 409;
}

/* What the unit tells by radio. Some are stood down in the middle. */
static void
desk_drive (Storm *storm, const char *token, const char *mission)
{
  const guint until = (guint)g_random_int_range (0, 3) == 0
                          ? (guint)g_random_int_range (0, G_N_ELEMENTS (STEPS))
                          : G_N_ELEMENTS (STEPS);
  for (guint i = 0; i < until; i++)
    {
      if (!desk_step (storm, token, mission, STEPS[i], g_get_real_time ()))
        return;
      storm_pause (10);
    }
  if (until < G_N_ELEMENTS (STEPS))
    {
      g_autofree char *path = g_strdup_printf ("/assignments/%s/stand-down", mission);
      g_autoptr (Answer) answer
          = storm_ask (storm, token, "POST", path, "{\"reason\":\"not_needed\"}");
      g_assert_true (answer->status == 200 || answer->status == 409);
    }
}

/* One of the first three that are proposed: desks want the same ones. NULL: none, or another desk
 * was faster. Caller frees. */
static char *
desk_send (Storm *storm, const char *token, const char *call)
{
  g_autofree char *path = g_strdup_printf ("/calls/%s/recommendations?limit=3", call);
  g_autoptr (Answer) proposed = storm_ask (storm, token, "GET", path, NULL);
  if (proposed->status == 409) /* over */
    return NULL;
  g_assert_cmpuint (proposed->status, ==, 200);
  g_autoptr (JsonObject) list = mh_json_parse_object (proposed->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  if (json_array_get_length (items) == 0)
    return NULL;

  JsonObject *unit = json_array_get_object_element (
      items, (guint)g_random_int_range (0, (gint32)json_array_get_length (items)));
  char *id = mh_id_new ();
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"call_id\":\"%s\",\"unit_id\":\"%s\",\"unit_version\":%" G_GINT64_FORMAT "}",
      id, call, mh_json_text (unit, "unit_id"), mh_json_int (unit, "version", 0));
  g_autoptr (Answer) answer = storm_ask (storm, token, "POST", "/assignments", body);
  if (answer->status == 201)
    {
      storm_note (storm, storm->missions, id);
      return id;
    }
  if (answer->status != 409 && answer->status != 422)
    g_error ("assignment: %u %s", answer->status, answer->body);
  g_atomic_int_inc (&storm->n_refused);
  g_free (id);
  return NULL;
}

static char *
desk_take (Storm *storm, const char *token, gboolean top)
{
  char *id = mh_id_new ();
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"," PLACE "}", id);
  g_autofree char *answers = g_strdup_printf ("/calls/%s/answers", id);
  storm_must (storm, token, "/calls", body, 201);
  storm_note (storm, storm->calls, id);
  g_autoptr (Answer) judged
      = storm_ask (storm, token, "PUT", answers,
                   top ? "{\"conscious\":\"no\",\"breathing\":\"none\"}"
                       : "{\"card\":\"CHEST\",\"age\":\"30y\",\"sex\":\"M\",\"conscious\":\"yes\","
                         "\"breathing\":\"normal\",\"answers\":{}}");
  g_assert_cmpuint (judged->status, ==, 200);
  return id;
}

/* Whoever has it; a call may be over by now. */
static void
desk_own (Storm *storm, const char *token, const char *call)
{
  g_autofree char *path = g_strdup_printf ("/calls/%s/take", call);
  g_autoptr (Answer) answer = storm_ask (storm, token, "POST", path, "{}");
  if (answer->status != 200 && answer->status != 409)
    g_error ("take: %u %s", answer->status, answer->body);
}

static gpointer
desk_run (gpointer data)
{
  Storm *storm = data;
  static int n;
  const char *token = storm->tokens[g_atomic_int_add (&n, 1) % DESKS];
  while (g_atomic_int_add (&storm->next, 1) < (int)storm->n_calls)
    {
      const guint wanted = (guint)g_random_int_range (1, MOST_UNITS + 1);
      char *missions[MOST_UNITS] = { NULL };
      g_autofree char *call = desk_take (storm, token, g_random_int_range (0, 10) == 0);
      for (guint i = 0; i < wanted; i++)
        missions[i] = desk_send (storm, token, call);
      desk_own (storm, token, call);
      for (guint i = 0; i < wanted; i++)
        if (missions[i] != NULL)
          desk_drive (storm, token, missions[i]);
      for (guint i = 0; i < wanted; i++)
        g_free (missions[i]);
    }
  return NULL;
}

/* --- a crew, which is without network for a while --- */

/* Its mission, that it was not told of before. Caller frees; NULL: none. */
static char *
crew_mission (Storm *storm, const char *before)
{
  g_autofree char *path = g_strdup_printf ("/assignments?open=true&unit_id=%s", storm->own_unit);
  g_autoptr (JsonObject) list = storm_read (storm, storm->crew, path);
  JsonArray *items = mh_json_array (list, "items");
  if (json_array_get_length (items) == 0)
    return NULL;
  const char *id = mh_json_text (json_array_get_object_element (items, 0), "id");
  return g_strcmp0 (id, before) != 0 ? g_strdup (id) : NULL;
}

/* Its steps while it is away are laid into the timeline afterwards, with their own times. */
static gpointer
crew_run (gpointer data)
{
  Storm *storm = data;
  g_autofree char *before = NULL;
  while (!g_atomic_int_get (&storm->over))
    {
      g_autofree char *mission = crew_mission (storm, before);
      storm_pause (20);
      if (mission == NULL)
        continue;

      gint64 at[G_N_ELEMENTS (STEPS)];
      gboolean goes_on = desk_step (storm, storm->crew, mission, STEPS[0], g_get_real_time ());
      for (guint i = 1; i < G_N_ELEMENTS (STEPS); i++)
        {
          g_usleep (AWAY_SECONDS * G_USEC_PER_SEC / G_N_ELEMENTS (STEPS));
          at[i] = g_get_real_time ();
        }
      for (guint i = 1; goes_on && i < G_N_ELEMENTS (STEPS); i++)
        goes_on = desk_step (storm, storm->crew, mission, STEPS[i], at[i]);
      g_free (before);
      before = g_steal_pointer (&mission);
    }
  return NULL;
}

static gpointer
fixes_run (gpointer data)
{
  Storm *storm = data;
  g_autofree char *path = g_strdup_printf ("/units/%s/positions", storm->own_unit);
  while (!g_atomic_int_get (&storm->over))
    {
      char at[MH_INSTANT_LENGTH + 1];
      mh_instant_format (g_get_real_time (), at);
      g_autofree char *body = g_strdup_printf (
          "{\"fixes\":[{\"at\":\"%s\",\"lat\":57.70,\"lon\":11.97,\"accuracy_m\":5}]}", at);
      storm_must (storm, storm->crew, path, body, 200);
      g_usleep (FIX_MS * 1000);
    }
  return NULL;
}

/* --- the hour --- */

static void
storm_sign_on (Storm *storm, const char *unit, const char *person)
{
  char until[MH_INSTANT_LENGTH + 1];
  mh_instant_format (g_get_real_time () + 8 * MH_HOUR, until);
  g_autofree char *body = g_strdup_printf (
      "{\"unit_id\":\"%s\",\"user_id\":\"%s\",\"duty\":\"driver\",\"until\":\"%s\"}", unit, person,
      until);
  storm_must (storm, storm->tokens[0], "/crew-shifts", body, 201);
}

/* A unit with somebody on it, who never signs in. Caller frees. */
static char *
storm_new_unit (Storm *storm, const char *admin, const char *hospital, guint number)
{
  char *id = mh_id_new ();
  g_autofree char *person = mh_id_new ();
  g_autofree char *unit = g_strdup_printf (
      "{\"id\":\"%s\",\"code\":\"S%u\",\"kind\":\"ambulance\",\"can\":[\"ALS\"],\"active\":true}",
      id, number);
  g_autofree char *user = g_strdup_printf (
      "{\"id\":\"%s\",\"username\":\"storm%u\",\"name\":\"Storm %u\",\"roles\":[\"crew\"],"
      "\"hospital_id\":\"%s\",\"active\":true,\"password\":\"quartz lantern meadow\"}",
      person, number, number, hospital);
  storm_must (storm, storm->manager, "/units", unit, 201);
  if (number == 0)
    return id; /* the real crew's */
  storm_must (storm, admin, "/users", user, 201);
  storm_sign_on (storm, id, person);
  return id;
}

static void
storm_prepare (Storm *storm, const MhTestDb *test)
{
  g_autofree char *admin = program_sign_in (&storm->program, "admin");
  storm->manager = program_sign_in (&storm->program, "manager");
  storm->crew = program_sign_in (&storm->program, "crew");
  for (guint i = 0; i < DESKS; i++)
    storm->tokens[i] = program_sign_in (&storm->program, "dispatcher");
  g_autoptr (JsonObject) session = storm_read (storm, storm->crew, "/session");
  JsonObject *user = mh_json_object (session, "user");

  storm->own_unit = storm_new_unit (storm, admin, mh_json_text (user, "hospital_id"), 0);
  storm_sign_on (storm, storm->own_unit, mh_json_text (user, "id"));
  for (guint i = 1; i < storm->n_units; i++)
    g_free (storm_new_unit (storm, admin, mh_json_text (user, "hospital_id"), i));
  g_autoptr (MhDb) db = mh_test_connect (test, 0, NULL);
  g_autoptr (GError) error = NULL;
  mh_db_exec (db, sql_places, MH_ARGS (MH_INT (g_get_real_time ())), &error);
  g_assert_no_error (error);
}

static void
storm_blow (Storm *storm)
{
  GThread *desks[DESKS];
  GThread *crew = g_thread_new ("crew", crew_run, storm);
  GThread *fixes = g_thread_new ("fixes", fixes_run, storm);
  for (guint i = 0; i < DESKS; i++)
    desks[i] = g_thread_new ("desk", desk_run, storm);

  /* after each third of the calls */
  for (int kills = 1; kills <= KILLS; kills++)
    {
      while (g_atomic_int_get (&storm->next) < (int)storm->n_calls * kills / (KILLS + 1))
        g_usleep (10000);
      program_end (&storm->program, SIGKILL);
      program_start (&storm->program);
      g_assert_cmpuint (storm->program.port, ==, storm->port);
    }

  for (guint i = 0; i < DESKS; i++)
    g_thread_join (desks[i]);
  g_atomic_int_set (&storm->over, TRUE);
  g_thread_join (crew);
  g_thread_join (fixes);
}

/* --- afterwards --- */

static gint64
storm_number (MhDb *db, const char *sql, const char *id)
{
  g_autoptr (GError) error = NULL;
  const MhArg args[] = { MH_TEXT (id) };
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, id != NULL ? 1 : 0, &error);
  g_assert_no_error (error);
  g_assert_true (mh_rows_next (rows, NULL));
  return mh_rows_int (rows, 0);
}

static void
storm_check (Storm *storm, const MhTestDb *test)
{
  static const struct
  {
    const char *what, *sql;
  } none[] = {
    { "units on two calls", sql_two_calls },
    { "calls without an owner", sql_alone },
    { "call numbers twice", sql_numbers },
    { "steps stamped twice", sql_stamped_twice },
    { "steps out of order", sql_out_of_order },
    { "units that stand wrong", sql_untrue_states },
    { "calls that count wrong", sql_untrue_counts },
  };
  g_autoptr (MhDb) db = mh_test_connect (test, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_test_message ("%s", none[i].what);
      g_assert_cmpint (storm_number (db, none[i].sql, NULL), ==, 0);
    }
  g_assert_cmpuint (storm->calls->len, ==, storm->n_calls);
  for (guint i = 0; i < storm->calls->len; i++)
    g_assert_cmpint (storm_number (db, sql_call, g_ptr_array_index (storm->calls, i)), ==, 1);
  for (guint i = 0; i < storm->missions->len; i++)
    g_assert_cmpint (storm_number (db, sql_mission, g_ptr_array_index (storm->missions, i)), ==, 1);
  g_test_message ("%u missions of %u calls, %" G_GINT64_FORMAT " done, %u sendings refused",
                  storm->missions->len, storm->calls->len, storm_number (db, sql_done, NULL),
                  storm->n_refused);
  g_assert_cmpint (storm_number (db, sql_done, NULL), >, storm->n_calls / 4);
}

static void
test_storm (const MhTestDb *test)
{
  gboolean is_long = g_strcmp0 (g_getenv ("MH_STORM"), "long") == 0;
  Storm storm = { .n_units = is_long ? 500 : 40, .n_calls = is_long ? 200 : 60 };
  g_mutex_init (&storm.lock);
  storm.calls = g_ptr_array_new_with_free_func (g_free);
  storm.missions = g_ptr_array_new_with_free_func (g_free);
  program_make (&storm.program, test->url);
  program_start (&storm.program);
  storm.port = storm.program.port;
  storm_prepare (&storm, test);

  storm_blow (&storm);
  g_assert_cmpint (program_end (&storm.program, SIGTERM), ==, 0);
  storm_check (&storm, test);
  g_assert_cmpint (program_ctl (&storm.program, "audit", "verify", NULL), ==, 0);

  for (guint i = 0; i < DESKS; i++)
    g_free (storm.tokens[i]);
  g_free (storm.manager);
  g_free (storm.crew);
  g_free (storm.own_unit);
  g_ptr_array_unref (storm.calls);
  g_ptr_array_unref (storm.missions);
  program_free (&storm.program);
  g_mutex_clear (&storm.lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/dispatch/storm", test_storm);
  return mh_test_run ();
}
