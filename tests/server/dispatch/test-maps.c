/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map through the real programs: importing it, whole and broken, tiles and their entity tags,
 * ways, addresses, who may ask, and a new version that comes while others ask. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "shared/base/mh-json.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define CITY "gothenburg-roads-2016.osm.pbf"
#define COUNTRY "liechtenstein-2013.osm.pbf"
#define JSON "Content-Type: application/json\r\n"
#define TILE "/api/v1/tiles/15/17478/9901.png"
#define ROUTE "/api/v1/routes?from=57.7072,11.9668&to=57.6866,11.9849"

static Program program;
static char *dispatcher;

static Answer *
get (const char *path)
{
  return ask (program.port, "GET", path, dispatcher, NULL, NULL);
}

static char *
file_of (const char *name)
{
  return g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "..", "maps", name, NULL);
}

/* What mahimactl says where it refuses; NULL: it did it. */
static char *
import (const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  int status = 0;
  const char *argv[] = { g_getenv ("MH_CTL"),
                         "--config",
                         program.config,
                         "map",
                         "import",
                         path,
                         name != NULL ? "--name" : NULL,
                         name,
                         NULL };
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &told,
                &status, &error);
  g_assert_no_error (error);
  return status == 0 ? NULL : g_steal_pointer (&told);
}

static void
import_shipped (const char *file, const char *name)
{
  g_autofree char *path = file_of (file);
  g_autofree char *told = import (path, name);
  g_assert_null (told);
}

static char *
told_of_current (const char *member)
{
  g_autoptr (Answer) answer = get ("/api/v1/maps/current");
  return answer->status == 200 ? json_text (answer->body, member) : NULL;
}

/* Until the server tells @name: it looks at the folder now and then. */
static void
await_name (const char *name)
{
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *told = told_of_current ("name");
      if (g_strcmp0 (told, name) == 0)
        return;
      g_usleep (50000);
    }
  g_error ("The server does not take %s.", name);
}

static void
test_current (void)
{
  g_autoptr (Answer) answer = get ("/api/v1/maps/current");
  g_assert_cmpuint (answer->status, ==, 200);
  g_autoptr (JsonObject) map = mh_json_parse_object (answer->body, -1, NULL);
  g_assert_cmpstr (mh_json_text (map, "name"), ==, "Gothenburg");
  g_assert_cmpuint (strlen (mh_json_text (map, "version")), ==, 16);
  g_assert_cmpstr (mh_json_text (map, "attribution"), ==, "© OpenStreetMap contributors");
  g_assert_cmpint (mh_json_int (map, "least_zoom", 0), ==, 8);
  g_assert_cmpint (mh_json_int (map, "most_zoom", 0), ==, 18);

  JsonArray *bounds = mh_json_array (map, "bounds"), *centre = mh_json_array (map, "centre");
  g_assert_cmpuint (json_array_get_length (bounds), ==, 2);
  JsonArray *south_west = json_array_get_array_element (bounds, 0);
  JsonArray *north_east = json_array_get_array_element (bounds, 1);
  for (guint i = 0; i < 2; i++)
    {
      double middle = json_array_get_double_element (centre, i);
      g_assert_cmpfloat (json_array_get_double_element (south_west, i), <, middle);
      g_assert_cmpfloat (middle, <, json_array_get_double_element (north_east, i));
    }
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (centre, 0), 57.70, 0.05);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (centre, 1), 11.97, 0.05);
}

static void
test_roles (void)
{
  static const struct
  {
    const char *account;
    guint status;
  } roles[]
      = { { "dispatcher", 200 }, { "crew", 200 },       { "manager", 200 }, { "reception", 403 },
          { "doctor", 403 },     { "nurse", 403 },      { "admin", 403 },   { "kiosk", 403 },
          { "cashier", 403 },    { "pathologist", 403 } };
  static const char *const paths[] = { "/api/v1/maps/current",
                                       TILE,
                                       ROUTE,
                                       "/api/v1/addresses?q=Avenyn",
                                       "/api/v1/addresses/nearest?at=57.7072,11.9668",
                                       "/api/v1/maps/reach?at=57.7072,11.9668&seconds=60" };
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *token = program_sign_in (&program, roles[i].account);
      for (guint k = 0; k < G_N_ELEMENTS (paths); k++)
        {
          g_autoptr (Answer) answer = ask (program.port, "GET", paths[k], token, NULL, NULL);
          if (answer->status != roles[i].status)
            g_error ("%s as %s: %u %s", paths[k], roles[i].account, answer->status, answer->body);
        }
    }
}

static guint
status_with (const char *path, const char *known, char **out_etag)
{
  g_autofree char *header = g_strdup_printf ("If-None-Match: %s\r\n", known);
  g_autoptr (Answer) answer = ask (program.port, "GET", path, dispatcher, header, NULL);
  g_autofree char *length = answer_header (answer, "Content-Length");
  g_autofree char *etag = answer_header (answer, "ETag");
  g_assert_cmpint (answer->status == 304, ==, length == NULL || g_str_equal (length, "0"));
  if (out_etag != NULL)
    *out_etag = g_steal_pointer (&etag);
  return answer->status;
}

static void
test_tiles (void)
{
  g_autoptr (Answer) day = get (TILE), night = get (TILE "?style=night");
  g_autofree char *media = answer_header (day, "Content-Type");
  g_autofree char *cache = answer_header (day, "Cache-Control");
  g_autofree char *etag = answer_header (day, "ETag"), *dark = answer_header (night, "ETag");
  g_assert_cmpuint (day->status, ==, 200);
  g_assert_cmpuint (night->status, ==, 200);
  g_assert_cmpstr (media, ==, "image/png");
  g_assert_cmpstr (cache, ==, "private, no-cache");
  g_assert_cmpmem (day->body, 4, "\x89PNG", 4);
  g_assert_cmpstr (etag, !=, dark);

  g_autofree char *weak = g_strconcat ("W/", etag, NULL);
  g_autofree char *several = g_strconcat ("\"other\", ", etag, NULL);
  g_autofree char *again = NULL;
  g_assert_cmpuint (status_with (TILE, etag, &again), ==, 304);
  g_assert_cmpstr (again, ==, etag);
  g_assert_cmpuint (status_with (TILE, weak, NULL), ==, 304);
  g_assert_cmpuint (status_with (TILE, several, NULL), ==, 304);
  g_assert_cmpuint (status_with (TILE, "*", NULL), ==, 304);
  g_assert_cmpuint (status_with (TILE "?style=night", dark, NULL), ==, 304);
  g_assert_cmpuint (status_with (TILE "?style=night", etag, NULL), ==, 200);
  g_assert_cmpuint (status_with (TILE, "\"other\"", NULL), ==, 200);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *path;
    guint status;
    const char *field, *code;
  } wrong[] = {
    { "/tiles/7/1/1.png", 422, "z", "out_of_range" },
    { "/tiles/19/1/1.png", 422, "z", "out_of_range" },
    { "/tiles/8/256/1.png", 422, "x", "out_of_range" },
    { "/tiles/8/1/256.png", 422, "y", "out_of_range" },
    { "/tiles/8/-1/1.png", 422, "x", "format" },
    { "/tiles/8/1/1e1.png", 422, "y", "format" },
    { "/tiles/8/1/1", 404, NULL, NULL },
    { "/tiles/8/1/1.jpg", 404, NULL, NULL },
    { "/tiles/8/1/1.png?style=dusk", 400, NULL, NULL },
    { "/routes", 422, "from", "required" },
    { "/routes?from=57.7,11.97", 422, "to", "required" },
    { "/routes?from=57.7&to=57.7,11.97", 422, "from", "format" },
    { "/routes?from=57.7,11.97,3&to=57.7,11.97", 422, "from", "format" },
    { "/routes?from=57.7,11.97&to=a,b", 422, "to", "format" },
    { "/routes?from=nan,11.97&to=57.7,11.97", 422, "from", "out_of_range" },
    { "/routes?from=90.1,11.97&to=57.7,11.97", 422, "from", "out_of_range" },
    { "/routes?from=57.7,11.97&to=57.7,180.1", 422, "to", "out_of_range" },
    { "/routes?from=57.7,11.97&to=48.1,11.5", 422, "to", "not_found" },
    { "/routes?from=57.7,11.97&to=57.7,11.97&profile=bicycle", 400, NULL, NULL },
    { "/maps/reach", 422, "at", "required" },
    { "/maps/reach?at=57.7,11.97&seconds=0", 422, "seconds", "out_of_range" },
    { "/maps/reach?at=57.7,11.97&seconds=1801", 422, "seconds", "out_of_range" },
    { "/maps/reach?at=48.1,11.5", 422, "at", "not_found" },
    { "/addresses", 422, "q", "required" },
    { "/addresses?q=Avenyn&near=here", 422, "near", "format" },
    { "/addresses?q=95,11", 422, "q", NULL },
    { "/addresses/nearest", 422, "at", "required" },
    { "/addresses/nearest?at=48.1,11.5", 404, NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1", wrong[i].path, NULL);
      g_autofree char *field = g_strdup_printf ("\"field\":\"%s\"", wrong[i].field);
      g_autofree char *code = g_strdup_printf ("\"code\":\"%s\"", wrong[i].code);
      g_autoptr (Answer) answer = get (path);
      if (answer->status != wrong[i].status
          || (wrong[i].field != NULL && strstr (answer->body, field) == NULL)
          || (wrong[i].code != NULL && strstr (answer->body, code) == NULL))
        g_error ("%s: %u %s", wrong[i].path, answer->status, answer->body);
    }
}

static void
test_route (void)
{
  g_autoptr (Answer) answer = get (ROUTE), car = get (ROUTE "&profile=car");
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (car->status, ==, 200);
  g_autoptr (JsonObject) way = mh_json_parse_object (answer->body, -1, NULL);
  g_autoptr (JsonObject) slower = mh_json_parse_object (car->body, -1, NULL);
  gint64 seconds = mh_json_int (way, "seconds", -1), metres = mh_json_int (way, "metres", -1);
  g_assert_cmpint (seconds, >, 60);
  g_assert_cmpint (metres, >, 2000);
  /* whoever may use less is not there sooner */
  g_assert_cmpint (mh_json_int (slower, "seconds", -1), >=, seconds);

  gint64 driven = 0;
  JsonArray *steps = mh_json_array (way, "instructions"), *line = mh_json_array (way, "line");
  guint n = json_array_get_length (steps);
  g_assert_cmpuint (n, >=, 3);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      g_assert_cmpuint (strlen (mh_json_text (step, "text")), >, 0);
      /* the same for desks in other languages */
      const char *street = mh_json_text (step, "street");
      g_assert_cmpstr (mh_json_text (step, "turn"), !=, "");
      g_assert_cmpint (mh_json_int (step, "heading", -1), >=, 0);
      g_assert_cmpint (mh_json_int (step, "heading", -1), <, 360);
      if (street != NULL && *street != 0)
        g_assert_nonnull (strstr (mh_json_text (step, "text"), street));
      driven += mh_json_int (step, "metres", -1);
    }
  g_assert_cmpint (ABS (driven - metres), <=, n);
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (steps, n - 1), "text"), !=, "");
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (steps, 0), "turn"), ==, "depart");
  g_assert_cmpstr (mh_json_text (json_array_get_object_element (steps, n - 1), "turn"), ==,
                   "arrive");

  JsonArray *first = json_array_get_array_element (line, 0);
  JsonArray *last = json_array_get_array_element (line, json_array_get_length (line) - 1);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (first, 0), 57.7072, 0.003);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (first, 1), 11.9668, 0.003);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (last, 0), 57.6866, 0.003);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (last, 1), 11.9849, 0.003);
}

static void
test_reach (void)
{
  g_autoptr (Answer) answer = get ("/api/v1/maps/reach?at=57.7072,11.9668&seconds=120");
  g_autoptr (JsonObject) reach = mh_json_parse_object (answer->body, -1, NULL);
  g_assert_cmpint (mh_json_int (reach, "seconds", 0), ==, 120);
  JsonArray *rings = mh_json_array (reach, "rings");
  g_assert_cmpuint (json_array_get_length (rings), >=, 1);
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (rings, 0)), >=, 4);
  g_autoptr (Answer) usual = get ("/api/v1/maps/reach?at=57.7072,11.9668");
  g_assert_nonnull (strstr (usual->body, "\"seconds\":480"));
}

static void
test_addresses (void)
{
  g_autoptr (Answer) answer = get ("/api/v1/addresses?q=sahlgrensgatan&near=57.68,11.96&limit=3");
  g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (page, "items");
  g_assert_cmpuint (json_array_get_length (items), >=, 1);
  g_assert_cmpuint (json_array_get_length (items), <=, 3);
  JsonObject *first = json_array_get_object_element (items, 0);
  g_assert_cmpstr (mh_json_text (first, "name"), ==, "Sahlgrensgatan");
  g_assert_cmpstr (mh_json_text (first, "kind"), ==, "street");

  JsonArray *at = mh_json_array (first, "at");
  g_autofree char *path = g_strdup_printf ("/api/v1/addresses/nearest?at=%.6f,%.6f",
                                           json_array_get_double_element (at, 0),
                                           json_array_get_double_element (at, 1));
  g_autoptr (Answer) nearest = get (path);
  g_autofree char *name = json_text (nearest->body, "name");
  g_assert_cmpstr (name, ==, "Sahlgrensgatan");
  g_autoptr (Answer) nothing = get ("/api/v1/addresses?q=zzzqqqxxx");
  g_assert_nonnull (strstr (nothing->body, "\"items\":[]"));
}

/* Where somebody lies, or is looked for, is nobody's to read later. */
/* --- where a patient is driven --- */

static void
put (const char *method, const char *path, const char *token, const char *body, guint status)
{
  g_autoptr (Answer) answer = ask (program.port, method, path, token, JSON, body);
  if (answer->status != status)
    g_error ("%s %s: %u %s", method, path, answer->status, answer->body);
}

/* "NAME notes reasons" of each, in the order in which they are told. */
static char *
destinations (const char *query)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_strconcat ("/api/v1/destinations?at=57.7072,11.9668", query, NULL);
  g_autoptr (Answer) answer = get (path);
  g_assert_cmpuint (answer->status, ==, 200);
  g_autoptr (JsonObject) list = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      gboolean offered = mh_json_bool (item, "offered", FALSE);
      JsonArray *why = mh_json_array (item, offered ? "notes" : "reasons");
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "", offered ? "" : "-",
                              mh_json_text (item, "name"));
      for (guint j = 0; why != NULL && j < json_array_get_length (why); j++)
        g_string_append_printf (out, ":%s", json_array_get_string_element (why, j));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
told_destinations (const char *query, const char *expected)
{
  g_autofree char *told = destinations (query);
  g_assert_cmpstr (told, ==, expected);
}

#define SITES "01900000-0000-7000-8000-00000000c50"
#define FULL                                                                                       \
  "{\"ed_patients\":50,\"boarders\":10,\"ventilated\":2,\"longest_minutes\":60,"                   \
  "\"last_bed_minutes\":60,\"free_beds\":0}"

/* The demonstration's hospitals stand beside: out of use, so that each place is one of ours. */
static void
test_maps_rest (const char *manager)
{
  g_autoptr (Answer) answer
      = ask (program.port, "GET", "/api/v1/care-sites?limit=200", manager, JSON, NULL);
  g_autoptr (JsonObject) list = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      g_autofree char *path = g_strconcat ("/api/v1/care-sites/", mh_json_text (item, "id"), NULL);
      g_autofree char *headers = g_strdup_printf (
          JSON "If-Match: \"%d\"\r\n", (int)json_object_get_int_member (item, "version"));
      g_autoptr (Answer) done
          = ask (program.port, "PATCH", path, manager, headers, "{\"active\":false}");
      g_assert_cmpuint (done->status, ==, 200);
    }
}

/* By need, road and state: the nearer one is full, the farther one has what strokes need. */
static void
test_destinations (void)
{
  g_autofree char *manager = program_sign_in (&program, "manager");
  test_maps_rest (manager);
  put ("POST", "/api/v1/care-sites", manager,
       "{\"id\":\"" SITES "1\",\"code\":\"NEAR\",\"name\":\"Near\",\"lat\":\"57.7080\","
       "\"lon\":\"11.9700\",\"ed_beds\":20,\"hospital_beds\":200,\"active\":true}",
       201);
  put ("POST", "/api/v1/care-sites", manager,
       "{\"id\":\"" SITES "2\",\"code\":\"FAR\",\"name\":\"Far\",\"lat\":\"57.6866\","
       "\"lon\":\"11.9849\",\"care\":[\"stroke\"],\"ed_beds\":20,\"hospital_beds\":200,"
       "\"active\":true}",
       201);
  put ("POST", "/api/v1/care-sites", manager,
       "{\"id\":\"" SITES "3\",\"code\":\"AWAY\",\"name\":\"Away\",\"lat\":\"48.1\","
       "\"lon\":\"11.5\",\"ed_beds\":20,\"hospital_beds\":200,\"active\":true}",
       201);
  told_destinations ("", "Near:stale Far:stale -Away:no_way");
  told_destinations ("&need=stroke", "Far:stale -Away:no_way:lacks -Near:lacks");
  put ("PUT", "/api/v1/hospitals/" SITES "1/capacity", dispatcher, FULL, 200);
  told_destinations ("", "Far:stale Near:no_bed:crowded -Away:no_way");
  told_destinations ("&priority=P1", "Near:no_bed:crowded Far:stale -Away:no_way");

  g_autoptr (Answer) odd = get ("/api/v1/destinations?at=57.7,11.97&need=knees");
  g_assert_cmpuint (odd->status, ==, 422);
  g_autoptr (Answer) nowhere = get ("/api/v1/destinations");
  g_assert_cmpuint (nowhere->status, ==, 422);
}

static void
test_log (void)
{
  g_autofree char *path = g_build_filename (program.folder, "server.log", NULL);
  g_autofree char *log = NULL;
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "map.addresses"));
  g_assert_null (strstr (log, "ahlgrensgatan"));
  g_assert_null (strstr (log, "57.7072"));
  g_assert_null (strstr (log, "17478"));
}

/* --- other files --- */

static void
expect_refused (const char *path, const char *words)
{
  g_autofree char *told = import (path, NULL), *name = told_of_current ("name");
  if (told == NULL || strstr (told, words) == NULL)
    g_error ("%s: %s", path, told);
  g_assert_cmpstr (name, ==, "Gothenburg");
}

static void
test_broken (void)
{
  g_autofree char *whole = file_of (CITY), *bytes = NULL;
  g_autofree char *path = g_build_filename (program.folder, "broken.osm.pbf", NULL);
  gsize size = 0;
  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));

  g_assert_true (g_file_set_contents (path, bytes, (gssize)size / 2, NULL));
  expect_refused (path, "cut off");
  memcpy (bytes, "\xff\xff\xff\xff", 4); /* a header of 4 GiB */
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  expect_refused (path, "mahimactl: ");
  g_assert_true (g_file_set_contents (path, "<?xml version=\"1.0\"?><osm/>", -1, NULL));
  expect_refused (path, "osm.pbf");
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  expect_refused (path, "mahimactl: ");
  g_unlink (path);
  expect_refused (path, "cannot be opened");

  g_autofree char *long_name = g_strnfill (81, 'x');
  g_autofree char *told = import (whole, long_name);
  g_assert_nonnull (strstr (told, "1 to 80 letters"));

  /* nothing of all that stays */
  g_autofree char *maps = g_build_filename (program.folder, "maps", NULL);
  g_autoptr (GDir) folder = g_dir_open (maps, 0, NULL);
  const char *name = NULL;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, "new-"));
}

static gint stop_asking;

typedef struct
{
  const char *path;
  guint asked, failed;
} Asking;

static gpointer
keep_asking (gpointer data)
{
  Asking *asking = data;
  while (g_atomic_int_get (&stop_asking) == 0)
    {
      g_autoptr (Answer) answer = get (asking->path);
      asking->asked++;
      asking->failed += answer->status != 200;
    }
  return NULL;
}

/* Whoever asks meanwhile gets an answer, of the one map or the other. */
static void
test_replacing (void)
{
  Asking all[]
      = { { TILE, 0, 0 }, { "/api/v1/maps/current", 0, 0 }, { "/api/v1/addresses?q=gatan", 0, 0 } };
  GThread *threads[G_N_ELEMENTS (all)];
  g_autofree char *version = told_of_current ("version"), *etag = NULL, *other = NULL;
  status_with (TILE, "\"\"", &etag);
  stop_asking = 0;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    threads[i] = g_thread_new ("ask", keep_asking, &all[i]);

  for (guint i = 0; i < 3; i++)
    {
      import_shipped (COUNTRY, "Liechtenstein");
      await_name ("Liechtenstein");
      import_shipped (CITY, "Gothenburg again");
      await_name ("Gothenburg again");
    }
  import_shipped (COUNTRY, NULL);
  await_name ("liechtenstein-2013");
  g_atomic_int_set (&stop_asking, 1);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpuint (all[i].asked, >, 0);
      g_assert_cmpuint (all[i].failed, ==, 0);
    }

  /* now this one's roads answer, the other's are gone */
  for (guint i = 0; i < 600; i++)
    {
      g_autoptr (Answer) answer = get ("/api/v1/routes?from=47.14,9.52&to=47.21,9.52");
      if (answer->status == 200)
        break;
      g_usleep (50000);
    }
  g_autoptr (Answer) here = get ("/api/v1/routes?from=47.14,9.52&to=47.21,9.52"),
                     there = get (ROUTE);
  g_autofree char *now = told_of_current ("version");
  g_assert_cmpuint (here->status, ==, 200);
  g_assert_cmpuint (there->status, ==, 422);
  g_assert_cmpstr (now, !=, version);
  g_assert_cmpuint (status_with (TILE, etag, &other), ==, 200);
  g_assert_cmpstr (other, !=, etag);
}

/* A restart finds it; without one each call says so. */
static void
test_none (void)
{
  g_autofree char *note = g_build_filename (program.folder, "maps", "current", NULL);
  static const char *const paths[]
      = { "/api/v1/maps/current", TILE, ROUTE, "/api/v1/addresses?q=a" };
  program_end (&program, SIGTERM);
  program_start (&program);
  g_autoptr (Answer) kept = get ("/api/v1/routes?from=47.14,9.52&to=47.21,9.52");
  g_assert_cmpuint (kept->status, ==, 200);
  program_end (&program, SIGTERM);

  g_assert_cmpint (g_unlink (note), ==, 0);
  program_start (&program);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) answer = get (paths[i]);
      g_assert_cmpuint (answer->status, ==, 404);
      g_assert_nonnull (strstr (answer->body, "mahimactl map import"));
    }
  import_shipped (COUNTRY, "Anew");
  await_name ("Anew");
  g_autoptr (Answer) tile = get (TILE);
  g_assert_cmpuint (tile->status, ==, 200);
}

static void
test_all (const MhTestDb *test)
{
  static const struct
  {
    const char *path;
    void (*func) (void);
  } tests[] = { { "current", test_current },
                { "roles", test_roles },
                { "tiles", test_tiles },
                { "refusals", test_refusals },
                { "route", test_route },
                { "reach", test_reach },
                { "addresses", test_addresses },
                { "destinations", test_destinations },
                { "log", test_log },
                { "broken", test_broken },
                { "replacing", test_replacing },
                { "none", test_none } };
  program_make (&program, test->url);
  program_start (&program);
  dispatcher = program_sign_in (&program, "dispatcher");
  g_assert_nonnull (dispatcher);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_test_message ("%s", tests[i].path);
      tests[i].func ();
    }
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  g_clear_pointer (&dispatcher, g_free);
  program_free (&program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/maps", test_all);
  return mh_test_run ();
}
