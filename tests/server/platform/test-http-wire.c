/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes over the wire: every status, hostile bodies, slow clients, retries, the graceful end.
 */
#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-problem.h"
#include "tests/server/mh-wire.h"

#define JSON "Content-Type: application/json\r\n"
#define ID "01939b5c-8a00-7000-8000-000000000001"
#define THING "{\"id\":\"" ID "\",\"name\":\"one\"}"

typedef struct
{
  const char *name, *method, *path, *token, *headers, *body;
  guint status;
  const char *body_has;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "health", "GET", "/health/live", NULL, NULL, NULL, 200, "\"ok\"" },
  { "read", "GET", "/api/v1/things/" ID, "reader", NULL, NULL, 200, ID },
  { "static-before-name", "GET", "/api/v1/things/counts", "reader", NULL, NULL, 200, "red" },
  { "upper-case-id", "GET", "/api/v1/things/01939B5C-8A00-7000-8000-000000000001", "reader", NULL, NULL, 200, ID },
  { "create", "POST", "/api/v1/things", "writer", JSON, THING, 201, "\"version\":1" },
  { "charset", "POST", "/api/v1/things", "writer", "Content-Type: application/json; charset=utf-8\r\n", THING, 201, NULL },
  { "drop", "DELETE", "/api/v1/things/" ID, "writer", NULL, NULL, 204, NULL },
  { "update", "PATCH", "/api/v1/things/" ID, "writer", JSON "If-Match: \"3\"\r\n", "{\"name\":\"x\"}", 200, "4" },
  { "stale", "PATCH", "/api/v1/things/" ID, "writer", JSON "If-Match: \"2\"\r\n", "{\"name\":\"x\"}", 412, "\"current\":{\"version\":3}" },
  { "no-if-match", "PATCH", "/api/v1/things/" ID, "writer", JSON, "{\"name\":\"x\"}", 400, "If-Match" },
  { "star-if-match", "PATCH", "/api/v1/things/" ID, "writer", JSON "If-Match: *\r\n", "{\"name\":\"x\"}", 400, NULL },
  { "options", "OPTIONS", "/api/v1/things", NULL, NULL, NULL, 204, NULL },
  { "head", "HEAD", "/api/v1/things/" ID, "reader", NULL, NULL, 200, NULL },
  { "no-token", "GET", "/api/v1/things/" ID, NULL, NULL, NULL, 401, "request_id" },
  { "wrong-token", "GET", "/api/v1/things/" ID, "nobody", NULL, NULL, 401, NULL },
  { "forbidden", "POST", "/api/v1/things", "reader", JSON, THING, 403, "thing.write" },
  { "no-path", "GET", "/api/v1/nothing", "reader", NULL, NULL, 404, NULL },
  { "no-path-outside", "GET", "/etc/passwd", NULL, NULL, NULL, 404, NULL },
  { "dots", "GET", "/api/v1/../../etc/passwd", NULL, NULL, NULL, 404, NULL },
  { "no-id", "GET", "/api/v1/things/17", "reader", NULL, NULL, 404, NULL },
  { "slash-in-id", "GET", "/api/v1/things/a%2Fb", "reader", NULL, NULL, 404, NULL },
  { "nul-in-id", "GET", "/api/v1/things/a%00b", "reader", NULL, NULL, 404, NULL },
  { "deeper", "GET", "/api/v1/things/" ID "/more", "reader", NULL, NULL, 404, NULL },
  { "no-method", "PUT", "/api/v1/things", "writer", JSON, THING, 405, NULL },
  { "strange-method", "BREW", "/api/v1/things", "writer", NULL, NULL, 405, NULL },
  { "conflict", "POST", "/api/v1/things", "writer", JSON, "{\"name\":\"taken\"}", 409, "There is one already" },
  { "no-type", "POST", "/api/v1/things", "writer", NULL, THING, 415, NULL },
  { "form-type", "POST", "/api/v1/things", "writer", "Content-Type: application/x-www-form-urlencoded\r\n", "name=x", 415, NULL },
  { "no-json", "POST", "/api/v1/things", "writer", JSON, "{", 400, NULL },
  { "empty", "POST", "/api/v1/things", "writer", JSON, "", 400, NULL },
  { "list-for-object", "POST", "/api/v1/things", "writer", JSON, "[]", 400, NULL },
  { "double-key", "POST", "/api/v1/things", "writer", JSON, "{\"name\":\"a\",\"name\":\"b\"}", 400, NULL },
  { "missing-field", "POST", "/api/v1/things", "writer", JSON, "{}", 422, "\"field\":\"name\"" },
  { "unknown-field", "POST", "/api/v1/things", "writer", JSON, "{\"name\":\"a\",\"nmae\":\"b\"}", 422, "nmae" },
  { "server-field", "POST", "/api/v1/things", "writer", JSON, "{\"name\":\"a\",\"version\":7}", 422, "version" },
  { "long-field", "POST", "/api/v1/things", "writer", JSON, "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaa\"}", 422, "too_long" },
  { "list", "GET", "/api/v1/things?limit=5&colour=red&day=2026-11-21&n=-4&q=a+b", "reader", NULL, NULL, 200, "\"items\":[]" },
  { "unknown-query", "GET", "/api/v1/things?color=red", "reader", NULL, NULL, 400, "color" },
  { "double-query", "GET", "/api/v1/things?limit=5&limit=6", "reader", NULL, NULL, 400, "twice" },
  { "wrong-code", "GET", "/api/v1/things?colour=green", "reader", NULL, NULL, 400, NULL },
  { "wrong-day", "GET", "/api/v1/things?day=2026-02-30", "reader", NULL, NULL, 400, NULL },
  { "wrong-int", "GET", "/api/v1/things?n=1e3", "reader", NULL, NULL, 400, NULL },
  { "limit-0", "GET", "/api/v1/things?limit=0", "reader", NULL, NULL, 400, NULL },
  { "limit-201", "GET", "/api/v1/things?limit=201", "reader", NULL, NULL, 400, NULL },
  { "bad-escape", "GET", "/api/v1/things?q=%ff", "reader", NULL, NULL, 400, NULL },
  { "bad-cursor", "GET", "/api/v1/things?after=AAAA", "reader", NULL, NULL, 400, "after" },
  { "query-where-none", "GET", "/api/v1/things/" ID "?x=1", "reader", NULL, NULL, 400, NULL },
  { "bad-key", "POST", "/api/v1/things", "writer", JSON "Idempotency-Key: a b\r\n", THING, 400, NULL },
  { "two-lengths", "POST", "/api/v1/things", "writer", JSON "Content-Length: 3\r\n", THING, 400, NULL },
  { "length-and-chunked", "POST", "/api/v1/things", "writer", JSON "Transfer-Encoding: chunked\r\n", THING, 400, NULL },
};
/* clang-format on */

static Wire shared;

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Answer) answer = wire_ask (&shared, c->method, c->path, c->token, c->headers, c->body);
  g_autofree char *type = answer_header (answer, "Content-Type");
  g_autofree char *id = answer_header (answer, "X-Request-Id");
  g_assert_cmpuint (answer->status, ==, c->status);
  if (c->body_has != NULL && strstr (answer->body, c->body_has) == NULL)
    g_error ("\"%s\" is not in %s", c->body_has, answer->body);
  g_assert_nonnull (id);
  if (answer->status >= 400)
    {
      g_assert_cmpstr (type, ==, MH_PROBLEM_MEDIA);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) problem = mh_json_parse_object (answer->body, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (mh_json_int (problem, "status", 0), ==, c->status);
      g_assert_cmpstr (mh_json_text (problem, "request_id"), ==, id);
    }
}

static void
assert_header (const Answer *answer, const char *name, const char *value)
{
  g_autofree char *found = answer_header (answer, name);
  g_assert_cmpstr (found, ==, value);
}

static void
test_headers (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (Answer) read = wire_ask (&wire, "GET", "/api/v1/things/" ID, "reader",
                                      "X-Request-Id: desk-7.abc_9\r\n", NULL);
  assert_header (read, "X-Request-Id", "desk-7.abc_9");
  assert_header (read, "X-Content-Type-Options", "nosniff");
  assert_header (read, "Cache-Control", "no-store");
  assert_header (read, "Content-Type", "application/json");
  assert_header (read, "Strict-Transport-Security", NULL);
  g_autoptr (Answer) forged
      = wire_ask (&wire, "GET", "/health/live", NULL, "X-Request-Id: a\"b<script>\r\n", NULL);
  g_autofree char *made = answer_header (forged, "X-Request-Id");
  g_assert_true (mh_id_is_valid (made));
  g_autoptr (Answer) method = wire_ask (&wire, "PUT", "/api/v1/things", NULL, NULL, NULL);
  assert_header (method, "Allow", "GET, HEAD, POST, OPTIONS");
  g_autoptr (Answer) created = wire_ask (&wire, "POST", "/api/v1/things", "writer", JSON, THING);
  assert_header (created, "Location", "/api/v1/things/" ID);
  assert_header (created, "ETag", "\"1\"");
  g_autoptr (Answer) who = wire_ask (&wire, "GET", "/api/v1/things", NULL, NULL, NULL);
  assert_header (who, "WWW-Authenticate", "Bearer realm=\"mahima\"");
  g_autoptr (Answer) head = wire_ask (&wire, "HEAD", "/api/v1/things/" ID, "reader", NULL, NULL);
  g_assert_cmpstr (head->body, ==, "");
  wire_stop (&wire);
}

static void
test_cursor (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (Answer) first = wire_ask (&wire, "GET", "/api/v1/things", "reader", NULL, NULL);
  g_autoptr (JsonObject) page = mh_json_parse_object (first->body, -1, NULL);
  const char *next = mh_json_text (page, "next");
  g_assert_nonnull (next);
  g_autofree char *path = g_strconcat ("/api/v1/things?after=", next, NULL);
  g_autoptr (Answer) second = wire_ask (&wire, "GET", path, "reader", NULL, NULL);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_nonnull (strstr (second->body, "\"next\":null"));
  for (gsize i = strlen ("/api/v1/things?after="); path[i] != 0; i++)
    {
      char old = path[i];
      path[i] = old == 'A' ? 'B' : 'A';
      g_autoptr (Answer) tampered = wire_ask (&wire, "GET", path, "reader", NULL, NULL);
      g_assert_cmpuint (tampered->status, ==, 400);
      path[i] = old;
    }
  wire_stop (&wire);
}

/* --- bodies --- */

static void
assert_healthy (Wire *wire)
{
  g_autoptr (Answer) answer = wire_ask (wire, "GET", "/health/live", NULL, NULL, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_huge_length (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  ask_send (connection,
            "POST /api/v1/things HTTP/1.1\r\nHost: x\r\n" JSON
            "Authorization: Bearer writer\r\nContent-Length: 268435456\r\n\r\n{\"name\":\"",
            -1);
  g_autofree char *bytes = ask_read_all (connection);
  g_autoptr (Answer) answer = answer_parse (bytes);
  g_assert_cmpuint (answer->status, ==, 413);
  assert_header (answer, "Connection", "close");
  assert_healthy (&wire);
  wire_stop (&wire);
}

static void
test_chunked_bomb (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  g_autofree char *chunk = g_strnfill (65536, ' ');
  gsize sent = 0;
  gboolean ok = ask_send (connection,
                          "POST /api/v1/things HTTP/1.1\r\nHost: x\r\n" JSON
                          "Authorization: Bearer writer\r\nTransfer-Encoding: chunked\r\n\r\n",
                          -1);
  for (guint i = 0; ok && i < 4096; i++, sent += 65536)
    ok = ask_send (connection, "10000\r\n", -1) && ask_send (connection, chunk, 65536)
         && ask_send (connection, "\r\n", -1);
  g_assert_false (ok);
  g_assert_cmpuint (sent, <, 64 * 1024 * 1024);
  g_assert_cmpuint (wire_effects (), ==, 0);
  assert_healthy (&wire);
  wire_stop (&wire);
}

/* What a route may have, and who may send it: asked with the head alone. */
typedef struct
{
  const char *name, *method, *path, *token;
  guint size; /* told, not sent */
  guint status;
} Head;

/* clang-format off */
static const Head heads[] = {
  { "upload-over", "POST", "/api/v1/uploads", "writer", 65537, 413 },
  { "upload-nobody", "POST", "/api/v1/uploads", NULL, 65536, 401 },
  { "upload-stranger", "POST", "/api/v1/uploads", "nobody", 4097, 401 },
  { "upload-no-right", "POST", "/api/v1/uploads", "reader", 65536, 403 },
  { "record-over", "POST", "/api/v1/things", "writer", 4097, 413 },
  { "record-over-nobody", "POST", "/api/v1/things", NULL, 4097, 413 },
  { "public-over", "POST", "/api/v1/forms", NULL, 16385, 413 },
  { "no-body-over", "GET", "/health/live", NULL, 4097, 413 },
  { "no-path", "POST", "/api/v1/nothing", "writer", 4097, 404 },
  { "no-method", "PUT", "/api/v1/things", "writer", 4097, 405 },
  { "options-over", "OPTIONS", "/api/v1/things", NULL, 4097, 413 },
};
/* clang-format on */

static char *
head_of (const char *method, const char *path, const char *token, guint size)
{
  GString *out = g_string_new (NULL);
  g_string_printf (out, "%s %s HTTP/1.1\r\nHost: x\r\n" JSON "Content-Length: %u\r\n", method, path,
                   size);
  if (token != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", token);
  g_string_append (out, "\r\n");
  return g_string_free (out, FALSE);
}

static void
assert_refused (const char *bytes, guint status)
{
  g_autoptr (Answer) answer = answer_parse (bytes);
  g_autofree char *id = answer_header (answer, "X-Request-Id");
  g_assert_cmpuint (answer->status, ==, status);
  assert_header (answer, "Connection", "close");
  assert_header (answer, "Content-Type", MH_PROBLEM_MEDIA);
  g_assert_nonnull (strstr (answer->body, id));
  g_autofree char *wait = answer_header (answer, "Retry-After");
  g_autofree char *realm = answer_header (answer, "WWW-Authenticate");
  g_assert_cmpint (wait != NULL, ==, status == 429 || status == 503);
  g_assert_cmpint (realm != NULL, ==, status == 401);
}

static void
test_unread (gconstpointer data)
{
  const Head *head = data;
  g_autoptr (GSocketConnection) connection = ask_connect (shared.port);
  g_autofree char *text = head_of (head->method, head->path, head->token, head->size);
  ask_send (connection, text, -1);
  g_autofree char *bytes = ask_read_all (connection);
  assert_refused (bytes, head->status);
}

/* The other side of each limit, and what comes in pieces that did not tell their sum. */
static void
test_most_body (void)
{
  static const struct
  {
    const char *path, *token;
    guint size, status;
  } bodies[] = {
    { "/api/v1/uploads", "writer", 65536, 200 }, { "/api/v1/forms", NULL, 16384, 200 },
    { "/api/v1/things", "writer", 4096, 201 },   { "/api/v1/nothing", NULL, 4096, 404 },
    { "/api/v1/uploads", NULL, 4096, 401 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *space = g_strnfill (bodies[i].size - strlen ("{\"name\":\"a\"}"), ' ');
      g_autofree char *body = g_strconcat ("{\"name\":\"a\"}", space, NULL);
      g_autoptr (Answer) answer
          = wire_ask (&shared, "POST", bodies[i].path, bodies[i].token, JSON, body);
      g_assert_cmpuint (answer->status, ==, bodies[i].status);
    }
  for (guint over = 0; over < 2; over++)
    {
      g_autoptr (GSocketConnection) connection = ask_connect (shared.port);
      g_autofree char *piece = g_strnfill (65536, 'x');
      ask_send (connection,
                "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                "Authorization: Bearer writer\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n",
                -1);
      ask_send (connection, piece, -1);
      ask_send (connection, over ? "\r\n1\r\nx\r\n0\r\n\r\n" : "\r\n0\r\n\r\n", -1);
      g_autofree char *bytes = ask_read_all (connection);
      if (over)
        assert_refused (bytes, 413);
      else
        g_assert_nonnull (strstr (bytes, "{\"bytes\":65536}"));
    }
}

/* All bodies together: who would be too much waits, but small ones have some room of their own. */
static void
test_budget (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ .max_bodies = 100000 });
  g_autofree char *head = head_of ("POST", "/api/v1/uploads", "writer", 60000);
  g_autofree char *rest = head_of ("POST", "/api/v1/uploads", "writer", 40000);
  g_autofree char *one = head_of ("POST", "/api/v1/uploads", "writer", 4097);
  g_autoptr (GSocketConnection) first = ask_connect (wire.port);
  ask_send (first, head, -1);
  g_usleep (200 * 1000);
  g_autoptr (GSocketConnection) second = ask_connect (wire.port);
  ask_send (second, head, -1);
  g_autofree char *bytes = ask_read_all (second);
  assert_refused (bytes, 503);
  g_autoptr (GSocketConnection) third = ask_connect (wire.port);
  ask_send (third, rest, -1);
  g_usleep (200 * 1000);
  g_autoptr (GSocketConnection) fourth = ask_connect (wire.port);
  ask_send (fourth, one, -1);
  g_autofree char *full = ask_read_all (fourth);
  assert_refused (full, 503);
  g_autoptr (Answer) small = wire_ask (&wire, "POST", "/api/v1/things", "writer", JSON, THING);
  g_assert_cmpuint (small->status, ==, 201);
  g_assert_true (g_io_stream_close (G_IO_STREAM (first), NULL, NULL));
  g_usleep (200 * 1000);
  g_autofree char *body = g_strnfill (60000, 'x');
  g_autoptr (Answer) again = wire_ask (&wire, "POST", "/api/v1/uploads", "writer", JSON, body);
  g_assert_cmpuint (again->status, ==, 200);
  wire_stop (&wire);
}

/* The rate is taken once for a large body, and before it is read. */
static void
test_rate_before_body (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ .rate_normal = 9 }); /* three at once */
  g_autofree char *body = g_strnfill (60000, 'x');
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Answer) answer = wire_ask (&wire, "POST", "/api/v1/uploads", "writer", JSON, body);
      g_assert_cmpuint (answer->status, ==, 200);
    }
  g_autofree char *head = head_of ("POST", "/api/v1/uploads", "writer", 60000);
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  ask_send (connection, head, -1);
  g_autofree char *bytes = ask_read_all (connection);
  assert_refused (bytes, 429);
  wire_stop (&wire);
}

static void
test_chunked_small (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  ask_send (connection,
            "POST /api/v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" JSON
            "Authorization: Bearer writer\r\nTransfer-Encoding: chunked\r\n\r\n"
            "8\r\n{\"name\":\r\n4\r\n\"a\"}\r\n0\r\n\r\n",
            -1);
  g_autofree char *bytes = ask_read_all (connection);
  g_autoptr (Answer) answer = answer_parse (bytes);
  g_assert_cmpuint (answer->status, ==, 201);
  wire_stop (&wire);
}

static void
test_nesting (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autofree char *deep = g_strnfill (4000, '[');
  g_autofree char *body = g_strconcat ("{\"name\":", deep, NULL);
  g_autoptr (Answer) answer = wire_ask (&wire, "POST", "/api/v1/things", "writer", JSON, body);
  g_assert_cmpuint (answer->status, ==, 400);
  assert_healthy (&wire);
  wire_stop (&wire);
}

/* The second request hides in what a careless server would take for the first one's body. */
static void
test_smuggling (void)
{
  static const char *const attacks[] = {
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 5\r\nContent-Length: 60\r\n\r\n{}   ",
    "Content-Length: +5\r\n\r\n{}   ",
    "Content-Length: 5, 5\r\n\r\n{}   ",
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
  };
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
      g_autofree char *text
          = g_strconcat ("POST /api/v1/things HTTP/1.1\r\nHost: x\r\n" JSON, attacks[i],
                         "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", NULL);
      ask_send (connection, text, -1);
      g_autofree char *bytes = ask_read_all (connection);
      g_autoptr (Answer) answer = answer_parse (bytes);
      g_assert_true (answer->status == 400 || answer->status == 501);
      g_assert_null (strstr (bytes, "\"ok\""));
    }
  wire_stop (&wire);
}

/* --- connections --- */

static guint
count (const char *text, const char *word)
{
  guint n = 0;
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

static void
test_pipelining (void)
{
  Wire wire = { NULL };
  GString *text = g_string_new (NULL);
  wire_start (&wire, &(WireOptions){ 0 });
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text,
                            "GET /api/v1/things/%08u-0000-7000-8000-000000000000 HTTP/1.1\r\n"
                            "Host: x\r\nAuthorization: Bearer reader\r\n%s\r\n",
                            i, i == 19 ? "Connection: close\r\n" : "");
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  ask_send (connection, text->str, (gssize)text->len);
  g_autofree char *bytes = ask_read_all (connection);
  g_assert_cmpuint (count (bytes, "HTTP/1.1 200"), ==, 20);
  g_assert_true (strstr (bytes, "00000003-") < strstr (bytes, "00000004-"));
  g_string_free (text, TRUE);
  wire_stop (&wire);
}

/* Headers that never end, a body that never ends, a connection that never speaks: all are closed,
 * and meanwhile others are served. */
static void
test_slow_clients (void)
{
  static const char *const starts[] = {
    "GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: ",
    "POST /api/v1/things HTTP/1.1\r\nHost: x\r\n" JSON
    "Authorization: Bearer writer\r\nContent-Length: 100\r\n\r\n{",
    "",
  };
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ .header_seconds = 1, .body_seconds = 1 });
  GSocketConnection *connections[G_N_ELEMENTS (starts)];
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      connections[i] = ask_connect (wire.port);
      ask_send (connections[i], starts[i], -1);
    }
  assert_healthy (&wire);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *bytes = ask_read_all (connections[i]);
      g_assert_null (strstr (bytes, "HTTP/1.1 2"));
      g_object_unref (connections[i]);
    }
  g_assert_cmpuint (wire_effects (), ==, 0);
  assert_healthy (&wire);
  wire_stop (&wire);
}

/* A connection may rest for long between two requests, but a head that was begun has to end. */
static void
test_slow_second (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ .header_seconds = 1, .body_seconds = 30 });
  g_autoptr (GSocketConnection) connection = ask_connect (wire.port);
  ask_send (connection, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", -1);
  g_usleep (200 * 1000);
  ask_send (connection, "GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: ", -1);
  g_autofree char *bytes = ask_read_all (connection);
  g_assert_cmpuint (count (bytes, "HTTP/1.1 200"), ==, 1);
  wire_stop (&wire);
}

static void
test_most_connections (void)
{
  Wire wire = { NULL };
  guint closed = 0;
  wire_start (&wire, &(WireOptions){ .max_connections = 8 });
  GSocketConnection *connections[40];
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      connections[i] = ask_connect (wire.port);
      ask_send (connections[i],
                "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n", -1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      char buffer[256];
      GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connections[i]));
      closed += g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL) <= 0;
    }
  g_assert_cmpuint (closed, >=, 32);
  g_assert_cmpuint (closed, <, 40);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_object_unref (connections[i]);
  wire_stop (&wire);
}

static void
test_rate (void)
{
  Wire wire = { NULL };
  guint refused = 0;
  wire_start (&wire, &(WireOptions){ .rate_normal = 30 });
  for (guint i = 0; i < 15; i++)
    {
      g_autoptr (Answer) answer
          = wire_ask (&wire, "GET", "/api/v1/things/" ID, "reader", NULL, NULL);
      refused += answer->status == 429;
      if (answer->status == 429)
        {
          g_autofree char *wait = answer_header (answer, "Retry-After");
          g_assert_cmpint (atoi (wait), >=, 1);
        }
    }
  g_assert_cmpuint (refused, >=, 4);
  g_autoptr (Answer) other = wire_ask (&wire, "GET", "/api/v1/things/" ID, "writer", NULL, NULL);
  g_assert_cmpuint (other->status, ==, 200);
  assert_healthy (&wire);
  wire_stop (&wire);
}

static gpointer
ask_slow (gpointer data)
{
  g_autoptr (Answer) answer = wire_ask (data, "GET", "/api/v1/slow", "reader", NULL, NULL);
  return GUINT_TO_POINTER (answer->status);
}

/* Two workers, one place to wait: who finds it taken is told to come again. On a loaded machine the
 * workers may not have fetched the first before the others are there; one is served in any case. */
static void
test_busy (void)
{
  Wire wire = { NULL };
  GThread *threads[8];
  guint busy = 0;
  guint served = 0;
  wire_start (&wire, &(WireOptions){ .max_waiting = 1 });
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_slow, &wire);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      guint status = GPOINTER_TO_UINT (g_thread_join (threads[i]));
      busy += status == 503;
      served += status == 200;
    }
  g_assert_cmpuint (busy + served, ==, 8);
  g_assert_cmpuint (busy, >=, 1);
  g_assert_cmpuint (served, >=, 1);
  wire_stop (&wire);
}

/* --- retries --- */

static gpointer
ask_same (gpointer data)
{
  return wire_ask (data, "POST", "/api/v1/things", "writer",
                   JSON "Idempotency-Key: 01939b5c-8a00-7000-8000-00000000000a\r\n", THING);
}

static void
test_idempotent_crowd (void)
{
  Wire wire = { NULL };
  GThread *threads[100];
  guint replayed = 0;
  g_autofree char *body = NULL;
  wire_start (&wire, &(WireOptions){ 0 });
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_same, &wire);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (Answer) answer = g_thread_join (threads[i]);
      g_autofree char *again = answer_header (answer, "Idempotency-Replayed");
      g_assert_cmpuint (answer->status, ==, 201);
      assert_header (answer, "ETag", "\"1\"");
      assert_header (answer, "Location", "/api/v1/things/" ID);
      if (body == NULL)
        body = g_strdup (answer->body);
      g_assert_cmpstr (answer->body, ==, body);
      replayed += again != NULL;
    }
  g_assert_cmpuint (replayed, ==, 99);
  g_assert_cmpuint (wire_effects (), ==, 1);
  wire_stop (&wire);
}

static void
test_idempotent_rules (void)
{
  static const char key[] = JSON "Idempotency-Key: key-number-1\r\n";
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  g_autoptr (Answer) first = wire_ask (&wire, "POST", "/api/v1/things", "writer", key, THING);
  g_assert_cmpuint (first->status, ==, 201);
  g_autoptr (Answer) other
      = wire_ask (&wire, "POST", "/api/v1/things", "writer", key, "{\"name\":\"two\"}");
  g_assert_cmpuint (other->status, ==, 422);
  g_assert_nonnull (strstr (other->body, "\"field\":\"Idempotency-Key\""));
  g_autoptr (Answer) route = wire_ask (&wire, "DELETE", "/api/v1/things/" ID, "writer", key, NULL);
  g_assert_cmpuint (route->status, ==, 422);
  g_autoptr (Answer) user = wire_ask (&wire, "POST", "/api/v1/things", "second", key, THING);
  g_assert_cmpuint (user->status, ==, 201);
  g_assert_cmpuint (wire_effects (), ==, 2);
  static const char refused_key[] = JSON "Idempotency-Key: key-number-2\r\n";
  g_autoptr (Answer) refused
      = wire_ask (&wire, "POST", "/api/v1/things", "writer", refused_key, "{\"name\":\"taken\"}");
  g_assert_cmpuint (refused->status, ==, 409);
  g_autoptr (Answer) again
      = wire_ask (&wire, "POST", "/api/v1/things", "writer", refused_key, THING);
  g_assert_cmpuint (again->status, ==, 201);
  wire_stop (&wire);
}

/* --- the end --- */

static void
test_graceful_stop (void)
{
  Wire wire = { NULL };
  GThread *threads[10];
  wire_start (&wire, &(WireOptions){ 0 });
  wire_set_write_delay (50 * 1000);
  g_autoptr (GSocketConnection) idle = ask_connect (wire.port);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      char name[8];
      g_snprintf (name, sizeof name, "ask%u", i);
      threads[i] = g_thread_new (name, ask_slow, &wire);
    }
  GThread *writer = g_thread_new ("write", ask_same, &wire);
  g_usleep (200 * 1000);
  g_assert_true (mh_http_server_stop (wire.http, 10));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 200);
  g_autoptr (Answer) written = g_thread_join (writer);
  g_assert_cmpuint (written->status, ==, 201);
  g_autofree char *nothing = ask_read_all (idle);
  g_assert_cmpstr (nothing, ==, "");
  wire_set_write_delay (0);
  wire_stop (&wire);
}

/* Of two requests that came in one packet the first is answered and the second at work. */
static void
test_stop_between (void)
{
  Wire wire = { NULL };
  wire_start (&wire, &(WireOptions){ 0 });
  wire_set_write_delay (500 * 1000);
  g_autoptr (GSocketConnection) both = ask_connect (wire.port);
  ask_send (both,
            "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
            "POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer writer\r\n" JSON
            "Content-Length: 15\r\n\r\n{\"name\":\"both\"}",
            -1);
  g_usleep (200 * 1000);
  g_assert_true (mh_http_server_stop (wire.http, 10));
  g_autofree char *answers = ask_read_all (both);
  g_assert_cmpuint (count (answers, "HTTP/1.1 200"), ==, 1);
  g_assert_cmpuint (count (answers, "HTTP/1.1 201"), ==, 1);
  wire_set_write_delay (0);
  wire_stop (&wire);
}

/* 500 tells nothing of what the handler said. */
static void
test_no_inside (void)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  mh_error_set (&error, MH_ERROR_STORE, "SELECT secret FROM /var/lib/x");
  mh_problem_write (out, error, "r1");
  g_assert_null (strstr (out->str, "SELECT"));
  g_assert_null (strstr (out->str, "/var"));
  g_string_free (out, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wire_start (&shared, &(WireOptions){ 0 });
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http/status/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *path = g_strconcat ("/http/unread/", heads[i].name, NULL);
      g_test_add_data_func (path, &heads[i], test_unread);
    }
  g_test_add_func ("/http/headers", test_headers);
  g_test_add_func ("/http/body/most", test_most_body);
  g_test_add_func ("/http/body/budget", test_budget);
  g_test_add_func ("/http/body/rate-first", test_rate_before_body);
  g_test_add_func ("/http/cursor", test_cursor);
  g_test_add_func ("/http/body/huge-length", test_huge_length);
  g_test_add_func ("/http/body/chunked-bomb", test_chunked_bomb);
  g_test_add_func ("/http/body/chunked-small", test_chunked_small);
  g_test_add_func ("/http/body/nesting", test_nesting);
  g_test_add_func ("/http/body/smuggling", test_smuggling);
  g_test_add_func ("/http/connection/pipelining", test_pipelining);
  g_test_add_func ("/http/connection/slow", test_slow_clients);
  g_test_add_func ("/http/connection/slow-second", test_slow_second);
  g_test_add_func ("/http/connection/most", test_most_connections);
  g_test_add_func ("/http/rate", test_rate);
  g_test_add_func ("/http/busy", test_busy);
  g_test_add_func ("/http/idempotent/crowd", test_idempotent_crowd);
  g_test_add_func ("/http/idempotent/rules", test_idempotent_rules);
  g_test_add_func ("/http/stop", test_graceful_stop);
  g_test_add_func ("/http/stop-between", test_stop_between);
  g_test_add_func ("/http/no-inside", test_no_inside);
  int code = g_test_run ();
  wire_stop (&shared);
  return code;
}
