/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program from outside: configuration, health, the feed by question and live, rights, retries
 * over a real database, the end on SIGTERM. */
#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define JSON "Content-Type: application/json\r\n"

static Program program;
static char *reception;

static Answer *
get (const char *path, const char *token)
{
  return ask (program.port, "GET", path, token, NULL, NULL);
}

static char *
register_patient (const char *token, const char *name)
{
  g_autofree char *id = mh_id_new ();
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"given_name\":\"%s\",\"family_name\":\"Rao\",\"sex\":\"female\","
      "\"birth_date\":\"1984-02-29\",\"phone\":\"+919812345678\"}",
      id, name);
  g_autoptr (Answer) answer = ask (program.port, "POST", "/api/v1/patients", token, JSON, body);
  if (answer->status != 201)
    g_error ("%s", answer->body);
  return g_steal_pointer (&id);
}

static void
test_health (void)
{
  g_autofree char *admin = program_sign_in (&program, "admin");
  g_autoptr (Answer) live = get ("/health/live", NULL);
  g_autoptr (Answer) ready = get ("/health/ready", NULL);
  g_autoptr (Answer) brief = get ("/health", NULL);
  g_autoptr (Answer) detail = get ("/health", admin);
  g_autoptr (Answer) metrics = get ("/metrics", admin);
  g_autoptr (Answer) stranger = get ("/metrics", NULL);
  g_autoptr (Answer) desk = get ("/metrics", reception);
  g_assert_cmpuint (live->status, ==, 200);
  g_assert_cmpuint (ready->status, ==, 200);
  g_assert_null (strstr (brief->body, "memory_kib"));
  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (desk->status, ==, 403);
  /* every figure and part that the description promises */
  static const char *const members[]
      = { "version",      "started_at",  "schema_version", "database", "connections",
          "jobs_waiting", "jobs_failed", "memory_kib",     "checks",   "milliseconds" };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *member = g_strdup_printf ("\"%s\":", members[i]);
      g_assert_nonnull (strstr (detail->body, member));
    }
  static const char *const parts[] = { "database", "jobs", "disk" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strdup_printf ("{\"name\":\"%s\"", parts[i]);
      g_assert_nonnull (strstr (detail->body, part));
    }
  g_assert_nonnull (strstr (metrics->body, "mahima_requests_total{route=\"health.live\""));
  g_assert_nonnull (strstr (metrics->body, "mahima_lane_writes_total"));
}

static void
test_rights (void)
{
  g_autoptr (Answer) users = get ("/api/v1/audit", reception);
  g_assert_cmpuint (users->status, ==, 403);
  g_autoptr (Answer) nobody = get ("/api/v1/patients", NULL);
  g_assert_cmpuint (nobody->status, ==, 401);
  g_autofree char *token = program_sign_in (&program, "reception");
  g_autoptr (Answer) closed = ask (program.port, "DELETE", "/api/v1/session", token, NULL, NULL);
  g_assert_cmpuint (closed->status, ==, 204);
  g_autoptr (Answer) after = get ("/api/v1/session", token);
  g_assert_cmpuint (after->status, ==, 401);
}

static void
test_stale (void)
{
  g_autofree char *id = register_patient (reception, "Asha");
  g_autofree char *path = g_strconcat ("/api/v1/patients/", id, NULL);
  g_autoptr (Answer) first = ask (program.port, "PATCH", path, reception,
                                  JSON "If-Match: \"1\"\r\n", "{\"occupation\":\"Teacher\"}");
  g_assert_cmpuint (first->status, ==, 200);
  g_autoptr (Answer) stale = ask (program.port, "PATCH", path, reception,
                                  JSON "If-Match: \"1\"\r\n", "{\"occupation\":\"Nurse\"}");
  g_assert_cmpuint (stale->status, ==, 412);
  g_autoptr (JsonObject) problem = mh_json_parse_object (stale->body, -1, NULL);
  JsonObject *current = mh_json_object (problem, "current");
  g_assert_cmpint (mh_json_int (current, "version", 0), ==, 2);
  g_assert_cmpstr (mh_json_text (current, "occupation"), ==, "Teacher");
}

static void
test_retry (void)
{
  g_autofree char *id = mh_id_new ();
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"given_name\":\"Meera\",\"sex\":\"female\",\"age_years\":30}", id);
  g_autoptr (Answer) first
      = ask (program.port, "POST", "/api/v1/patients", reception, headers, body);
  g_autoptr (Answer) again
      = ask (program.port, "POST", "/api/v1/patients", reception, headers, body);
  g_autofree char *replayed = answer_header (again, "Idempotency-Replayed");
  g_autofree char *tag = answer_header (again, "ETag");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpstr (first->body, ==, again->body);
  g_assert_cmpstr (replayed, ==, "true");
  g_assert_cmpstr (tag, ==, "\"1\"");
  g_autoptr (Answer) bare = ask (program.port, "POST", "/api/v1/patients", reception, JSON, body);
  g_assert_cmpuint (bare->status, ==, 409);
}

/* However a phone number is typed, its owner is found. */
static void
test_phone (void)
{
  static const char *const typed[]
      = { "%2B919812345678", "%2B91%2098123%2045678", "09812345678", "9812345678", "98123" };
  g_autofree char *id = register_patient (reception, "Farida");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/patients?limit=200&q=", typed[i], NULL);
      g_autoptr (Answer) answer = get (path, reception);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_nonnull (strstr (answer->body, id));
    }
}

/* --- the feed --- */

static gint64
last_seq (const char *token)
{
  g_autoptr (Answer) answer = get ("/api/v1/changes?after=0&limit=1", token);
  g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  return mh_json_int (page, "last", -1);
}

static void
test_changes (void)
{
  gint64 before = last_seq (reception);
  g_autofree char *id = register_patient (reception, "Kavya");
  g_autofree char *path = g_strdup_printf ("/api/v1/changes?after=%" G_GINT64_FORMAT, before);
  g_autoptr (Answer) answer = get (path, reception);
  g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (page, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  JsonObject *change = json_array_get_object_element (items, 0);
  g_assert_cmpint (mh_json_int (change, "seq", 0), >, before);
  g_assert_cmpstr (mh_json_text (change, "type"), ==, "patient");
  g_assert_cmpstr (mh_json_text (change, "op"), ==, "create");
  g_assert_cmpstr (mh_json_text (change, "id"), ==, id);
  g_assert_cmpstr (mh_json_text (mh_json_object (change, "record"), "given_name"), ==, "Kavya");
  g_autofree char *narrow = g_strconcat (path, "&types=order,sample", NULL);
  g_autoptr (Answer) none = get (narrow, reception);
  g_assert_nonnull (strstr (none->body, "\"items\":[]"));
}

/* Page by page, however short the pages, comes what one long page shows. */
static void
test_changes_pages (void)
{
  gint64 after = 0;
  gint64 last = last_seq (reception);
  guint rounds = 0;
  for (gboolean more = TRUE; more; rounds++)
    {
      g_autofree char *path
          = g_strdup_printf ("/api/v1/changes?after=%" G_GINT64_FORMAT "&limit=100", after);
      g_autoptr (Answer) answer = get (path, reception);
      g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
      JsonArray *items = mh_json_array (page, "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          gint64 seq = mh_json_int (json_array_get_object_element (items, i), "seq", 0);
          g_assert_cmpint (seq, >, after);
          after = seq;
        }
      gint64 next = mh_json_int (page, "next", -1);
      more = next >= 0;
      g_assert_true (!more || next >= after);
      after = more ? next : after;
      g_assert_cmpuint (rounds, <, 10000);
    }
  g_assert_cmpint (after, <=, last);
  g_assert_cmpuint (rounds, >, 1);
}

typedef struct
{
  GMainLoop *loop;
  GString *heard;
  guint wanted; /* messages to wait for */
  guint n;
  gushort code;
  guint status;
  SoupWebsocketConnection *socket;
} Ear;

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  Ear *ear = data;
  g_string_append_len (ear->heard, g_bytes_get_data (message, NULL),
                       (gssize)g_bytes_get_size (message));
  g_string_append_c (ear->heard, '\n');
  if (++ear->n == ear->wanted)
    g_main_loop_quit (ear->loop);
}

static void
on_closed (SoupWebsocketConnection *socket, gpointer data)
{
  Ear *ear = data;
  ear->code = soup_websocket_connection_get_close_code (socket);
  g_main_loop_quit (ear->loop);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Ear *ear = data;
  ear->socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, NULL);
  if (ear->socket != NULL)
    {
      g_signal_connect (ear->socket, "message", G_CALLBACK (on_message), ear);
      g_signal_connect (ear->socket, "closed", G_CALLBACK (on_closed), ear);
    }
  g_main_loop_quit (ear->loop);
}

static gboolean
give_up (gpointer data)
{
  g_error ("Nothing was heard for 20 s.");
  return G_SOURCE_REMOVE;
}

static void
listen_until (Ear *ear, guint n)
{
  guint timer = g_timeout_add_seconds (20, give_up, NULL);
  ear->wanted = n;
  if (ear->n < n || n == 0)
    g_main_loop_run (ear->loop);
  g_source_remove (timer);
}

static void
open_ear (Ear *ear, const char *token, gint64 after)
{
  g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/api/v1/events?after=%" G_GINT64_FORMAT,
                                          program.port, after);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  memset (ear, 0, sizeof *ear);
  ear->loop = g_main_loop_new (NULL, FALSE);
  ear->heard = g_string_new (NULL);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        on_connected, ear);
  listen_until (ear, 0);
  ear->status = soup_message_get_status (message);
}

static void
close_ear (Ear *ear)
{
  if (ear->socket != NULL)
    g_signal_handlers_disconnect_by_data (ear->socket, ear);
  g_clear_object (&ear->socket);
  g_main_loop_unref (ear->loop);
  g_string_free (ear->heard, TRUE);
}

static void
test_live (void)
{
  Ear ear;
  open_ear (&ear, reception, last_seq (reception));
  g_assert_nonnull (ear.socket);
  g_autofree char *one = register_patient (reception, "Lata");
  g_autofree char *two = register_patient (reception, "Rekha");
  listen_until (&ear, 2);
  g_assert_true (strstr (ear.heard->str, one) < strstr (ear.heard->str, two));
  g_assert_nonnull (strstr (ear.heard->str, "Rekha"));
  close_ear (&ear);
}

/* Away for a while: what happened meanwhile comes first, in order, then what happens now. */
static void
test_live_resume (void)
{
  Ear ear;
  gint64 seq = last_seq (reception);
  g_autofree char *missed = register_patient (reception, "Usha");
  open_ear (&ear, reception, seq);
  listen_until (&ear, 1);
  g_autofree char *fresh = register_patient (reception, "Nisha");
  listen_until (&ear, 2);
  g_assert_true (strstr (ear.heard->str, missed) < strstr (ear.heard->str, fresh));
  close_ear (&ear);
}

/* Of two changes a caller without the right to see patients hears one. */
static void
test_live_rights (void)
{
  Ear ear;
  g_autofree char *dispatcher = program_sign_in (&program, "dispatcher");
  g_autoptr (Answer) patients = get ("/api/v1/patients", dispatcher);
  gboolean may = patients->status == 200;
  gint64 seq = last_seq (dispatcher);
  open_ear (&ear, dispatcher, seq);
  g_autofree char *id = register_patient (reception, "Sita");
  g_autofree char *admin = program_sign_in (&program, "admin");
  g_autofree char *department = NULL;
  g_autoptr (Answer) hospitals = get ("/api/v1/hospitals", admin);
  g_autoptr (JsonObject) page = mh_json_parse_object (hospitals->body, -1, NULL);
  const char *hospital
      = mh_json_text (json_array_get_object_element (mh_json_array (page, "items"), 0), "id");
  department = g_strdup_printf (
      "{\"code\":\"WARD9\",\"name\":\"Ward 9\",\"kind\":\"ward\",\"hospital_id\":\"%s\"}",
      hospital);
  g_autoptr (Answer) made
      = ask (program.port, "POST", "/api/v1/departments", admin, JSON, department);
  if (made->status != 201)
    g_test_message ("%s", made->body);
  g_assert_cmpuint (made->status, ==, 201);
  listen_until (&ear, may ? 2 : 1);
  g_assert_nonnull (strstr (ear.heard->str, "\"type\":\"department\""));
  g_assert_cmpint (strstr (ear.heard->str, id) != NULL, ==, may);
  close_ear (&ear);
}

static void
test_live_refused (void)
{
  Ear ear;
  open_ear (&ear, "nobody", 0);
  g_assert_null (ear.socket);
  g_assert_cmpuint (ear.status, ==, 401);
  close_ear (&ear);
  g_autoptr (Answer) plain = get ("/api/v1/events", reception);
  g_assert_cmpuint (plain->status, ==, 400);
}

/* Who signs out hears no more. */
static void
test_live_signed_out (void)
{
  Ear ear;
  g_autofree char *token = program_sign_in (&program, "reception");
  open_ear (&ear, token, last_seq (token));
  g_autoptr (Answer) closed = ask (program.port, "DELETE", "/api/v1/session", token, NULL, NULL);
  g_assert_cmpuint (closed->status, ==, 204);
  g_autofree char *id = register_patient (reception, "Gita");
  listen_until (&ear, 1);
  g_assert_cmpuint (ear.code, ==, 1008);
  g_assert_cmpuint (ear.n, ==, 0);
  close_ear (&ear);
}

/* --- configuration and the end --- */

static int
run_server (const char *const *environment, const char *word, char **out_error)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) env = g_get_environ ();
  int status = 0;
  const char *argv[] = { g_getenv ("MH_SERVER"), "--config", program.config, word, NULL };
  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2)
    env = g_environ_setenv (env, environment[i], environment[i + 1], TRUE);
  g_spawn_sync (NULL, (char **)argv, env, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, out_error,
                &status, &error);
  g_assert_no_error (error);
  return status;
}

static void
test_check_config (void)
{
  static const char *const wrong[] = { "MAHIMA_SERVER_LISTEN",
                                       "nowhere",
                                       "MAHIMA_LIMITS_RATE_LOGIN",
                                       "many",
                                       "MAHIMA_DATABASE_URL",
                                       "oracle:x",
                                       "MAHIMA_RAZORPAY_BASE_URL",
                                       "http://pay.example.org",
                                       "MAHIMA_RAZORPAY_KEY_ID",
                                       "sk_live_1",
                                       "MAHIMA_RAZORPAY_WEBHOOK_SECRET_OLD",
                                       "before",
                                       NULL };
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;
  g_assert_cmpint (run_server (NULL, "--check-config", &nothing), ==, 0);
  g_assert_cmpint (run_server (wrong, "--check-config", &text), !=, 0);
  g_assert_nonnull (strstr (text, "server.listen: "));
  g_assert_nonnull (strstr (text, "limits.rate_login: "));
  g_assert_nonnull (strstr (text, "database.url: "));
  g_assert_nonnull (strstr (text, "razorpay.base_url: "));
  g_assert_nonnull (strstr (text, "razorpay.key_id: "));
  g_assert_nonnull (strstr (text, "razorpay.key_secret: "));
  g_assert_nonnull (strstr (text, "razorpay.webhook_secret: "));
  g_assert_null (strstr (text, "sk_live_1"));
  g_assert_null (strstr (text, "before"));
}

static void
test_demonstration_stays_at_home (void)
{
  static const char *const everywhere[] = { "MAHIMA_SERVER_LISTEN", "0.0.0.0:0", NULL };
  g_autofree char *text = NULL;
  program_end (&program, SIGTERM);
  g_assert_cmpint (run_server (everywhere, NULL, &text), !=, 0);
  g_assert_nonnull (strstr (text, "demonstration"));
  program_start (&program);
}

/* Two servers on one file are told; mahimactl works beside the one. A server that was killed leaves
 * nothing in the way of the next. */
static void
test_one_server (void)
{
  static const char *const elsewhere[] = { "MAHIMA_SERVER_LISTEN", "127.0.0.1:0", NULL };
  g_autofree char *text = NULL;
  g_autofree char *copy = g_build_filename (program.folder, "copy.db", NULL);
  if (!g_str_has_prefix (program.url, "sqlite:"))
    {
      g_test_message ("several servers may share a PostgreSQL");
      return;
    }
  g_assert_cmpint (run_server (elsewhere, NULL, &text), !=, 0);
  g_autofree char *holder
      = g_strdup_printf ("Another mahima-server (process %d)", (int)program.pid);
  g_assert_nonnull (strstr (text, holder));
  g_assert_cmpint (program_ctl (&program, "audit", "verify", NULL), ==, 0);
  g_assert_cmpint (program_ctl (&program, "backup", copy, NULL), ==, 0);
  program_end (&program, SIGKILL);
  program_start (&program);
  g_autoptr (Answer) live = get ("/health/live", NULL);
  g_assert_cmpuint (live->status, ==, 200);
}

static guint
n_protocols (const char *token)
{
  g_autoptr (Answer) answer = get ("/api/v1/dispatch-protocols", token);
  g_assert_cmpuint (answer->status, ==, 200);
  g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
  return json_array_get_length (mh_json_array (page, "items"));
}

/* The one that comes along is there; the same again is no other one, half of one is none. */
static void
test_protocol (void)
{
  g_autofree char *shipped
      = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "dispatch-protocols.json", NULL);
  g_autofree char *own = g_build_filename (program.folder, "own.json", NULL);
  g_autofree char *half = g_build_filename (program.folder, "half.json", NULL);
  g_autofree char *token = program_sign_in (&program, "dispatcher");
  g_autofree char *content = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (shipped, &content, &length, NULL));
  g_assert_true (g_file_set_contents (half, content, (gssize)length / 2, NULL));
  g_autoptr (GString) text = g_string_new (content);
  g_assert_cmpuint (g_string_replace (text, "\"version\": \"1.3\"", "\"version\": \"9\"", 1), ==,
                    1);
  g_assert_true (g_file_set_contents (own, text->str, -1, NULL));

  g_assert_cmpint (program_ctl (&program, "protocol", "import", NULL), ==, 0);
  g_assert_cmpint (program_ctl (&program, "protocol", "import", half, NULL), !=, 0);
  g_assert_cmpint (program_ctl (&program, "protocol", "import", "/nowhere.json", NULL), !=, 0);
  g_assert_cmpuint (n_protocols (token), ==, 1);
  g_assert_cmpint (program_ctl (&program, "protocol", "import", own, NULL), ==, 0);
  g_assert_cmpuint (n_protocols (token), ==, 2);
}

static guint
ask_tls (const char *authority, char **out_hsts)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/health/live", program.port);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  if (authority != NULL)
    {
      g_autoptr (GTlsDatabase) database = g_tls_file_database_new (authority, &error);
      g_assert_no_error (error);
      soup_session_set_tls_database (session, database);
    }
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);
  *out_hsts = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                      "Strict-Transport-Security"));
  return body != NULL ? soup_message_get_status (message) : 0;
}

/* With mahimactl's own authority: who trusts it is served, who does not is not, plain HTTP neither.
 */
static void
test_tls (void)
{
  g_autofree char *folder = g_build_filename (program.folder, "tls", NULL);
  g_autofree char *authority = g_build_filename (folder, "authority.crt", NULL);
  g_autofree char *certificate = g_build_filename (folder, "server.crt", NULL);
  g_autofree char *key = g_build_filename (folder, "server.key", NULL);
  g_autofree char *hsts = NULL;
  g_autofree char *nothing = NULL;
  g_assert_cmpint (
      program_ctl (&program, "tls", "init", folder, "--name", "localhost,127.0.0.1", NULL), ==, 0);
  program_end (&program, SIGTERM);
  g_setenv ("MAHIMA_SERVER_TLS_CERTIFICATE", certificate, TRUE);
  g_setenv ("MAHIMA_SERVER_TLS_KEY", key, TRUE);
  program_start (&program);
  g_assert_cmpuint (ask_tls (authority, &hsts), ==, 200);
  g_assert_nonnull (hsts);
  g_assert_cmpuint (ask_tls (NULL, &nothing), ==, 0);
  g_autoptr (Answer) plain = get ("/health/live", NULL);
  g_assert_cmpuint (plain->status, ==, 0);
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  g_unsetenv ("MAHIMA_SERVER_TLS_CERTIFICATE");
  g_unsetenv ("MAHIMA_SERVER_TLS_KEY");
  program_start (&program);
}

#ifdef HAVE_SYSTEMD
/* What the program tells the service manager until one datagram holds @word, or ten seconds pass.
 */
static gboolean
manager_hears (GSocket *manager, const char *word)
{
  char text[1024];
  gssize length;
  while ((length = g_socket_receive (manager, text, sizeof text - 1, NULL, NULL)) > 0)
    {
      text[length] = 0;
      if (strstr (text, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Started as a service it says when it is ready, that it lives, that it reloads, that it stops. */
static void
test_service (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (program.folder, "notify", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) manager = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                                              G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  mh_assert_ok (g_socket_bind (manager, address, FALSE, &error), error);
  g_socket_set_timeout (manager, 10);
  program_end (&program, SIGTERM);
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_setenv ("WATCHDOG_USEC", "4000000", TRUE);
  program_start (&program);
  g_unsetenv ("NOTIFY_SOCKET");
  g_unsetenv ("WATCHDOG_USEC");
  g_assert_true (manager_hears (manager, "READY=1"));
  g_assert_true (manager_hears (manager, "WATCHDOG=1"));
  kill (program.pid, SIGHUP);
  g_assert_true (manager_hears (manager, "RELOADING=1"));
  g_assert_true (manager_hears (manager, "READY=1"));
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  g_assert_true (manager_hears (manager, "STOPPING=1"));
  program_start (&program);
}
#else
static void
test_service (void)
{
}
#endif

static gboolean
answers (const char *path, guint status)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (Answer) answer = get (path, NULL);
      if (answer->status == status)
        return TRUE;
      g_usleep (25000);
    }
  return FALSE;
}

/* Asked to stop it says so to whoever spreads requests, and serves on until that one has noticed; a
 * second signal does not wait for the end of the time. */
static void
test_drain (void)
{
  program_end (&program, SIGTERM);
  g_setenv ("MAHIMA_SERVER_DRAIN_SECONDS", "600", TRUE);
  program_start (&program);
  g_unsetenv ("MAHIMA_SERVER_DRAIN_SECONDS");
  g_assert_true (answers ("/health/ready", 200));

  kill (program.pid, SIGTERM);
  g_assert_true (answers ("/health/ready", 503));
  g_autoptr (Answer) live = get ("/health/live", NULL);
  g_autoptr (Answer) ready = get ("/health/ready", NULL);
  g_autofree char *written = register_patient (reception, "Asha Drained");
  g_assert_cmpuint (live->status, ==, 200);
  g_assert_nonnull (strstr (ready->body, "about to stop"));
  g_assert_nonnull (written);

  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  program_start (&program);
}

/* Last: the socket hears that the server goes, and the program ends without fault. */
static void
test_stop (void)
{
  Ear ear;
  open_ear (&ear, reception, last_seq (reception));
  g_assert_nonnull (ear.socket);
  kill (program.pid, SIGTERM);
  listen_until (&ear, 1);
  g_assert_cmpuint (ear.code, ==, 1001);
  close_ear (&ear);
  g_assert_cmpint (program_end (&program, SIGTERM), ==, 0);
  program_start (&program);
  g_autoptr (Answer) live = get ("/health/live", NULL);
  g_assert_cmpuint (live->status, ==, 200);
}

/* clang-format off */
static const struct { const char *path; GTestFunc func; } tests[] = {
  { "health", test_health }, { "rights", test_rights }, { "stale", test_stale },
  { "retry", test_retry }, { "phone", test_phone }, { "changes", test_changes }, { "changes-pages", test_changes_pages },
  { "live", test_live }, { "live-resume", test_live_resume }, { "live-rights", test_live_rights },
  { "live-refused", test_live_refused }, { "live-signed-out", test_live_signed_out },
  { "check-config", test_check_config }, { "demonstration", test_demonstration_stays_at_home },
  { "one-server", test_one_server },
  { "protocol", test_protocol },
  { "tls", test_tls }, { "service", test_service }, { "drain", test_drain }, { "stop", test_stop },
};
/* clang-format on */

/* In this order, over one server. */
static void
test_all (const MhTestDb *test)
{
  program_make (&program, test->url);
  program_start (&program);
  reception = program_sign_in (&program, "reception");
  g_assert_nonnull (reception);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_test_message ("%s", tests[i].path);
      tests[i].func ();
    }
  g_clear_pointer (&reception, g_free);
  program_free (&program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/program", test_all);
  return mh_test_run ();
}
