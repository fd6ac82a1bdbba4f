/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk as its wire shows it: what it may not ask, who is found, what a visit reaches, wrong
 * codes and wrong PINs. And the pure parts of short messages. */
#include <signal.h>
#include <string.h>

#include "server/ctl/mh-demo.h"
#include "server/messages/sms/mh-sms-texts.h"
#include "server/messages/sms/mh-sms.h"
#include "server/messages/sms/mh-twilio.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-route.h"
#include "shared/records/messages/mh-sms.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define JSON "Content-Type: application/json\r\n"

static Answer *
say (Program *program, const char *path, const char *token, const char *body)
{
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
  g_autofree char *full = g_strconcat ("/api/v1", path, NULL);
  return ask (program->port, body != NULL ? "POST" : "GET", full, token, headers, body);
}

static void
assert_status (Answer *answer, guint status)
{
  if (answer->status != status)
    g_error ("%u instead of %u: %s", answer->status, status, answer->body);
}

static char *
enrol (Program *program, const char *kiosk, const char *name, const char *phone, const char *born)
{
  g_autofree char *body = g_strdup_printf (
      "{\"given_name\":\"%s\",\"family_name\":\"Kale\",\"sex\":\"female\",\"phone\":\"%s\","
      "\"birth_date\":\"%s\",\"language\":\"mr\"}",
      name, phone, born);
  g_autoptr (Answer) answer = say (program, "/kiosk/visits/new", kiosk, body);
  assert_status (answer, 200);
  return json_text (answer->body, "session");
}

static char *
find (Program *program, const char *kiosk, const char *phone, const char *born, guint status)
{
  g_autofree char *body = g_strdup_printf ("{\"phone\":\"%s\",\"birth_date\":\"%s\"}", phone, born);
  g_autoptr (Answer) answer = say (program, "/kiosk/visits", kiosk, body);
  assert_status (answer, status);
  if (status != 200)
    g_assert_null (strstr (answer->body, "Sarita"));
  return status == 200 ? json_text (answer->body, "session") : NULL;
}

static void
make (Program *program, const MhTestDb *test)
{
  program_make (program, test->url);
  g_setenv ("MAHIMA_LIMITS_RATE_LOGIN", "0", TRUE);
  program_start (program);
}

static void
unmake (Program *program)
{
  g_assert_cmpint (program_end (program, SIGTERM), ==, 0);
  program_free (program);
}

/* Its token is refused by every row that is not made for kiosks, also by those for anybody. */
static void
test_nothing_else (const MhTestDb *test)
{
  Program program = { NULL };
  guint n_tables = 0;
  guint refused = 0;
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        g_auto (GStrv) parts = g_strsplit (route->path, "{", -1);
        gboolean outside = (route->flags & MH_ROUTE_OUTSIDE) != 0;
        g_autoptr (GString) path = g_string_new (outside ? "" : "/api/v1");
        if ((route->flags & MH_ROUTE_PUBLIC) != 0 || g_str_equal (route->permission, "kiosk.use")
            || g_str_equal (route->id, "session.read")
            || g_str_equal (route->id, "session.close")
            /* a WebSocket; what it carries is what feed.changes tells */
            || g_str_equal (route->id, "feed.events"))
          continue;
        for (guint p = 0; parts[p] != NULL; p++)
          {
            const char *close = p > 0 ? strchr (parts[p], '}') : NULL;
            g_string_append_printf (path, "%s%s",
                                    p > 0 ? "01900000-0000-7000-8000-0000000000f1" : "",
                                    close != NULL ? close + 1 : parts[p]);
          }
        g_autoptr (Answer) answer = ask (program.port, route->method, path->str, kiosk, JSON, "{}");
        if (answer->status != 403)
          g_error ("%s: %u instead of 403", route->id, answer->status);
        if (strstr (answer->body, "Please ask at the reception.") == NULL)
          g_error ("%s: who stands before a kiosk is told: %s", route->id, answer->body);
        refused++;
      }
  g_assert_cmpuint (refused, >, 200);
  g_autoptr (Answer) own = say (&program, "/session", kiosk, NULL);
  assert_status (own, 200);
  unmake (&program);
}

static char *
order (Program *program, const char *kiosk, const char *session, const char *tests, guint status)
{
  g_autofree char *id = mh_id_new ();
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"session\":\"%s\",\"tests\":%s,\"online\":false}", id, session, tests);
  g_autoptr (Answer) answer = say (program, "/kiosk/orders", kiosk, body);
  assert_status (answer, status);
  return status == 201 ? json_text (answer->body, "order_id") : NULL;
}

static void
test_visit (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  g_autofree char *first = enrol (&program, kiosk, "Sarita", "+91 5000 123 456", "1984-03-07");
  g_autofree char *other = enrol (&program, kiosk, "Mohan", "+91 5000 123 457", "1971-11-30");
  /* both must fit, exactly */
  g_autofree char *again = find (&program, kiosk, "05000123456", "1984-03-07", 200);
  find (&program, kiosk, "05000123456", "1984-03-08", 404);
  find (&program, kiosk, "05000123457", "1984-03-07", 404);
  g_autofree char *ask_first
      = g_strdup_printf ("{\"session\":\"%s\",\"tests\":[\"CBC\",\"FBS\"]}", first);
  g_autoptr (Answer) quote = say (&program, "/kiosk/quotes", kiosk, ask_first);
  assert_status (quote, 200);
  g_assert_nonnull (strstr (quote->body, "\"total\":"));
  g_free (order (&program, kiosk, first, "[\"HIVT\"]", 422));
  g_autofree char *order_id = order (&program, kiosk, first, "[\"CBC\",\"FBS\"]", 201);
  g_free (order (&program, kiosk, first, "[\"CBC\"]", 409));
  /* another visitor does not see it, nor does a later visit without a code */
  g_autofree char *path = g_strdup_printf ("/kiosk/orders/%s/feedback", order_id);
  const char *strangers[] = { other, again, "nobody" };
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"session\":\"%s\",\"score\":5}", strangers[i]);
      g_autoptr (Answer) refused = say (&program, path, kiosk, body);
      assert_status (refused, 404);
    }
  g_autofree char *mine = g_strdup_printf ("{\"session\":\"%s\",\"score\":5}", first);
  g_autoptr (Answer) thanks = say (&program, path, kiosk, mine);
  assert_status (thanks, 200);
  /* no code, no reports */
  g_autofree char *bare = g_strdup_printf ("{\"session\":\"%s\"}", first);
  g_autoptr (Answer) reports = say (&program, "/kiosk/reports", kiosk, bare);
  assert_status (reports, 403);
  g_autoptr (Answer) ended = say (&program, "/kiosk/visits/end", kiosk, bare);
  assert_status (ended, 204);
  g_autoptr (Answer) over = say (&program, path, kiosk, mine);
  assert_status (over, 404);
  unmake (&program);
}

/* A visit that is under way ends when the patient's death is recorded, and nobody begins another.
 */
static void
test_death (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  g_autofree char *doctor = program_sign_in (&program, "doctor");
  g_autofree char *gone = enrol (&program, kiosk, "Sarita", "+91 5000 123 456", "1984-03-07");
  g_autofree char *other = enrol (&program, kiosk, "Mohan", "+91 5000 123 457", "1971-11-30");
  g_autoptr (Answer) found = say (&program, "/patients?q=5000123456", doctor, NULL);
  assert_status (found, 200);
  const char *at = strstr (found->body, "\"id\":\"");
  g_assert_nonnull (at);
  g_autofree char *path = g_strdup_printf ("/patients/%.36s/death", at + strlen ("\"id\":\""));
  g_autoptr (Answer) dead = say (
      &program, path, doctor, "{\"died_at\":\"2026-01-02T03:04:05.000Z\",\"told_by\":\"Dr Rao\"}");
  assert_status (dead, 200);
  g_free (order (&program, kiosk, gone, "[\"CBC\"]", 404));
  find (&program, kiosk, "05000123456", "1984-03-07", 404);
  g_free (order (&program, kiosk, other, "[\"CBC\"]", 201));
  unmake (&program);
}

/* The visitor gets the next number of the hospital's first service, one after the other. */
static void
test_token (const MhTestDb *test)
{
  Program program = { NULL };
  gint64 last = 0;
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *phone = g_strdup_printf ("+91 5000 123 45%u", i);
      g_autofree char *session = enrol (&program, kiosk, "Sarita", phone, "1984-03-07");
      g_autofree char *body
          = g_strdup_printf ("{\"session\":\"%s\",\"tests\":[\"CBC\"],\"online\":false}", session);
      g_autoptr (Answer) placed = say (&program, "/kiosk/orders", kiosk, body);
      assert_status (placed, 201);
      g_autofree char *token = json_text (placed->body, "token");
      g_assert_nonnull (token);
      g_assert_true (g_str_has_prefix (token, "COLL-"));
      gint64 number = g_ascii_strtoll (token + strlen ("COLL-"), NULL, 10);
      g_assert_cmpint (number, >, 0);
      if (i > 0)
        g_assert_cmpint (number, ==, last + 1);
      last = number;
    }
  unmake (&program);
}

/* The row of a test, as a patch of it; what the catalogue's people type. */
static void
set_test (Program *program,
          const char *token,
          const char *code,
          const char *patch,
          guint status,
          const char *said)
{
  g_autofree char *path = g_strconcat ("/api/v1/tests?q=", code, NULL);
  g_autoptr (Answer) found = ask (program->port, "GET", path, token, NULL, NULL);
  g_autoptr (JsonObject) list = mh_json_parse_object (found->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  JsonObject *row = NULL;
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (g_strcmp0 (mh_json_text (json_array_get_object_element (items, i), "code"), code) == 0)
      row = json_array_get_object_element (items, i);
  g_assert_nonnull (row);
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers
      = g_strdup_printf (JSON "Idempotency-Key: %s\r\nIf-Match: \"%" G_GINT64_FORMAT "\"\r\n", key,
                         json_object_get_int_member (row, "version"));
  g_autofree char *one = g_strconcat ("/api/v1/tests/", mh_json_text (row, "id"), NULL);
  g_autoptr (Answer) answer = ask (program->port, "PATCH", one, token, headers, patch);
  assert_status (answer, status);
  if (said != NULL)
    g_assert_nonnull (strstr (answer->body, said));
}

/* Whether the kiosk offers a test in a language under that name. */
static gboolean
offers (Program *program,
        const char *kiosk,
        const char *language,
        const char *test,
        const char *name)
{
  g_autofree char *path = g_strconcat ("/kiosk/tests?language=", language, NULL);
  g_autoptr (Answer) answer = say (program, path, kiosk, NULL);
  assert_status (answer, 200);
  g_autoptr (JsonObject) list = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      if (g_strcmp0 (mh_json_text (item, "test"), test) == 0)
        return g_strcmp0 (mh_json_text (item, "name"), name) == 0;
    }
  return FALSE;
}

/* What is offered, and in which words, is the catalogue's. */
static void
test_offered (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  g_autofree char *editor = program_sign_in (&program, "pathologist");
  g_autofree char *visit = enrol (&program, kiosk, "Sarita", "+91 5000 123 456", "1984-03-07");
  g_assert_true (offers (&program, kiosk, "en", "CBC", "Blood count"));
  g_assert_true (offers (&program, kiosk, "ur", "MHC", "مکمل صحت کی جانچ"));
  set_test (&program, editor, "CBC", "{\"kiosk\":false}", 200, NULL);
  g_assert_false (offers (&program, kiosk, "en", "CBC", "Blood count"));
  g_free (order (&program, kiosk, visit, "[\"CBC\"]", 422));
  /* offered in words, or not at all */
  set_test (&program, editor, "CRPT", "{\"kiosk\":true}", 422, "kiosk_name");
  set_test (&program, editor, "CRPT", "{\"kiosk\":true,\"kiosk_name\":\"Inflammation\"}", 422,
            "kiosk_text");
  set_test (&program, editor, "CRPT",
            "{\"kiosk\":true,\"kiosk_name\":\"Inflammation\",\"kiosk_name_hi\":\"सूजन की जाँच\","
            "\"kiosk_text\":\"Shows whether something in the body is inflamed.\"}",
            200, NULL);
  g_assert_true (offers (&program, kiosk, "hi", "CRPT", "सूजन की जाँच"));
  g_assert_true (offers (&program, kiosk, "mr", "CRPT", "Inflammation"));
  set_test (&program, editor, "CRPT", "{\"active\":false}", 200, NULL);
  g_assert_false (offers (&program, kiosk, "en", "CRPT", "Inflammation"));
  g_free (order (&program, kiosk, visit, "[\"HB\"]", 201));
  unmake (&program);
}

/* A PIN that is short, or has letters in it, is none. */
static void
test_weak_pins (const MhTestDb *test)
{
  static const struct
  {
    const char *pin;
    guint status;
  } rows[] = { { "12345", 422 },         { "123456", 204 }, { "123456789012", 204 },
               { "1234567890123", 422 }, { "12345a", 422 }, { "", 422 } };
  Program program = { NULL };
  make (&program, test);
  g_autofree char *manager = program_sign_in (&program, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *key = mh_id_new ();
      g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
      g_autofree char *body = g_strdup_printf ("{\"pin\":\"%s\"}", rows[i].pin);
      g_autoptr (Answer) set
          = ask (program.port, "PUT", "/api/v1/kiosk/pin", manager, headers, body);
      assert_status (set, rows[i].status);
    }
  unmake (&program);
}

/* After five wrong dates for one number it must wait, whatever is said then. */
static void
test_guessing (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  g_free (enrol (&program, kiosk, "Sarita", "+91 5000 123 456", "1984-03-07"));
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *born = g_strdup_printf ("1990-01-%02u", i);
      find (&program, kiosk, "5000123456", born, 404);
    }
  find (&program, kiosk, "5000123456", "1984-03-07", 429);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (Answer) wrong = say (&program, "/kiosk/leave", kiosk, "{\"pin\":\"111111\"}");
      assert_status (wrong, 422);
    }
  g_autoptr (Answer) late
      = say (&program, "/kiosk/leave", kiosk, "{\"pin\":\"" MH_DEMO_KIOSK_PIN "\"}");
  assert_status (late, 429);
  unmake (&program);
}

static void
test_pin (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *kiosk = program_sign_in (&program, "kiosk");
  g_autofree char *manager = program_sign_in (&program, "manager");
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
  g_autoptr (Answer) good
      = say (&program, "/kiosk/leave", kiosk, "{\"pin\":\"" MH_DEMO_KIOSK_PIN "\"}");
  assert_status (good, 204);
  g_autoptr (Answer) set
      = ask (program.port, "PUT", "/api/v1/kiosk/pin", manager, headers, "{\"pin\":\"975310\"}");
  assert_status (set, 204);
  g_autoptr (Answer) old
      = say (&program, "/kiosk/leave", kiosk, "{\"pin\":\"" MH_DEMO_KIOSK_PIN "\"}");
  assert_status (old, 422);
  g_autoptr (Answer) fresh = say (&program, "/kiosk/leave", kiosk, "{\"pin\":\"975310\"}");
  assert_status (fresh, 204);
  unmake (&program);
}

/* --- the hospital's own words for short messages --- */

static Answer *
put_text (Program *program, const char *token, const char *words, const char *dlt, guint status)
{
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
  g_autofree char *body = g_strdup_printf (
      "{\"event\":\"token\",\"language\":\"en\",\"text\":\"%s\",\"dlt_id\":%s}", words, dlt);
  Answer *answer = ask (program->port, "PUT", "/api/v1/sms_texts", token, headers, body);
  assert_status (answer, status);
  return answer;
}

static guint
own_texts (Program *program, const char *token)
{
  guint own = 0;
  g_autoptr (Answer) answer = say (program, "/sms_texts", token, NULL);
  g_autoptr (JsonObject) list = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (list, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 7 * 4);
  for (guint i = 0; i < json_array_get_length (items); i++)
    own += mh_json_bool (json_array_get_object_element (items, i), "own", FALSE);
  return own;
}

static guint
n_found (Program *program, const char *token, const char *path)
{
  g_autoptr (Answer) answer = say (program, path, token, NULL);
  assert_status (answer, 200);
  g_autoptr (JsonObject) list = mh_json_parse_object (answer->body, -1, NULL);
  return json_array_get_length (mh_json_array (list, "items"));
}

/* Each word must be told: by the text, or by the label of event or language. */
static void
test_texts_found (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *manager = program_sign_in (&program, "manager");
  g_assert_cmpuint (n_found (&program, manager, "/sms_texts?q=Appointment%20moved"), ==, 4);
  g_assert_cmpuint (n_found (&program, manager, "/sms_texts?q=moved%20kiosk"), ==, 0);
  g_assert_cmpuint (n_found (&program, manager, "/sms_texts?q=zzz"), ==, 0);
  g_assert_cmpuint (n_found (&program, manager, "/sms_texts?q=%20"), ==, 7 * 4);
  g_assert_cmpuint (n_found (&program, manager, "/mail_templates?q=zzz"), ==, 0);
  g_assert_cmpuint (n_found (&program, manager, "/mail_templates?q=report"), >, 0);
  unmake (&program);
}

/* Whose rights it takes, how long it may be, and that registered words stay the registered ones. */
static void
test_own_words (const MhTestDb *test)
{
  Program program = { NULL };
  make (&program, test);
  g_autofree char *manager = program_sign_in (&program, "manager");
  g_autofree char *desk = program_sign_in (&program, "reception");
  answer_free (put_text (&program, desk, "Token {token}", "null", 403));
  g_assert_cmpuint (own_texts (&program, manager), ==, 0);
  g_autoptr (Answer) seen
      = say (&program, "/sms_texts/preview", manager,
             "{\"event\":\"token\",\"language\":\"en\",\"text\":\"Come with {token}.\"}");
  assert_status (seen, 200);
  g_assert_nonnull (strstr (seen->body, "Come with COLL-12."));
  g_assert_nonnull (strstr (seen->body, "\"segments\":1"));
  /* six parts of 67 signs; "COLL-12" takes seven */
  GString *wider = g_string_new ("{token}");
  for (guint i = 0; i < 67 * 6 - 7; i++)
    g_string_append (wider, "अ");
  answer_free (put_text (&program, manager, wider->str, "null", 200));
  g_string_append (wider, "अ");
  g_autoptr (Answer) long_one = put_text (&program, manager, wider->str, "null", 422);
  g_assert_nonnull (strstr (long_one->body, "too_long"));
  g_string_free (wider, TRUE);
  /* registered word for word */
  answer_free (put_text (&program, manager, "Token {token}", "\"11071612345\"", 200));
  g_autoptr (Answer) stale
      = put_text (&program, manager, "Your token is {token}", "\"11071612345\"", 422);
  g_assert_nonnull (strstr (stale->body, "dlt_id"));
  g_autoptr (Answer) own = put_text (&program, manager, "Your token is {token}", "\"110716\"", 200);
  g_assert_cmpuint (own_texts (&program, manager), ==, 1);
  g_autofree char *id = json_text (own->body, "id");
  g_autofree char *path = g_strconcat ("/api/v1/sms_texts/", id, NULL);
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers = g_strdup_printf (JSON "Idempotency-Key: %s\r\n", key);
  g_autoptr (Answer) reset = ask (program.port, "DELETE", path, manager, headers, NULL);
  assert_status (reset, 200);
  g_assert_nonnull (strstr (reset->body, "your token is {token}."));
  g_assert_cmpuint (own_texts (&program, manager), ==, 0);
  unmake (&program);
}

/* --- short messages, pure --- */

static void
test_numbers (void)
{
  static const struct
  {
    const char *typed, *number;
  } rows[] = {
    { "98000 00001", "+919800000001" },
    { "098000-00001", "+919800000001" },
    { "919800000001", "+919800000001" },
    { "+91 98000 00001", "+919800000001" },
    { "0049 30 1234567", "+49301234567" },

    { "९८०००००००१", "+919800000001" },
    { "12345", NULL },
    { "+1234567890123456", NULL },
    { "nobody", NULL },
    { NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *number = mh_sms_number (rows[i].typed, "91");
      g_assert_cmpstr (number, ==, rows[i].number);
    }
  g_autofree char *masked = mh_sms_mask ("+919800000001");
  g_assert_cmpstr (masked, ==, "+91••••••0001");
}

static void
test_segments (void)
{
  static const struct
  {
    const char *sign;
    guint n, segments;
  } rows[] = { { "a", 160, 1 }, { "a", 161, 2 }, { "a", 306, 2 }, { "a", 307, 3 },
               { "€", 80, 1 },  { "€", 81, 2 },  { "क", 70, 1 },  { "क", 71, 2 },
               { "क", 134, 2 }, { "क", 135, 3 }, { "😀", 35, 1 },  { "😀", 36, 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (guint n = 0; n < rows[i].n; n++)
        g_string_append (text, rows[i].sign);
      g_assert_cmpuint (mh_sms_texts_segments (text->str), ==, rows[i].segments);
    }
}

/* Every code in every language, filled, in few parts, without a gap left open. */
static void
test_texts (void)
{
  static const char *const args[]
      = { "hospital", "City Hospital",
          "code",     "123456",
          "order",    "MH-26-1",
          "amount",   "₹ 5",
          "url",      "https://rzp.io/i/x",
          "token",    "A12",
          "date",     "21 Nov",
          "time",     "10:30",
          "link",     " https://hospital.example/a/01935e0000007000800000006b696f73",
          NULL };
  const char *const *languages = mh_sms_texts_languages ();
  for (const MhCode *code = mh_sms_template_codes; code->code != NULL; code++)
    for (guint i = 0; languages[i] != NULL; i++)
      {
        g_autofree char *text = mh_sms_texts_fill (code->code, languages[i], args);
        g_autofree char *english = mh_sms_texts_fill (code->code, "en", args);
        g_assert_nonnull (text);
        g_assert_nonnull (strstr (text, "City Hospital"));
        g_assert_null (strchr (text, '{'));
        g_assert_cmpuint (mh_sms_texts_segments (text), <=, 3);
        g_assert_cmpint (i == 0, ==, strcmp (text, english) == 0);
      }
  g_assert_null (mh_sms_texts_fill ("nothing", "en", args));
  g_assert_cmpstr (mh_sms_texts_language ("ur-PK"), ==, "ur");
  g_assert_cmpstr (mh_sms_texts_language ("urdu"), ==, "en");
}

/* The vector of the vendor's own client, and what must not pass. */
static void
test_signature (void)
{
  static const char url[] = "https://hms.example/hooks/twilio/sms?x=1";
  static const char ported[] = "https://hms.example:443/hooks/twilio/sms?x=1";
  static const char form[]
      = "To=%2B919000000001&AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01"
        "&From=%2B15005550006&MessageSid=SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "&MessageStatus=delivered&SmsSid=SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&SmsStatus=delivered";
  static const char good[] = "CmGS64w1DpoNYxADNmjt4sfgrhg=";
  static const char token[] = "loopback-auth-token";
  g_autofree char *more = g_strconcat (form, "&Extra=1", NULL);
  g_autofree char *signature = mh_twilio_sign (token, url, form, strlen (form));
  g_assert_cmpstr (signature, ==, good);
  g_assert_true (mh_twilio_is_signed (token, url, form, strlen (form), good));
  g_assert_true (mh_twilio_is_signed (token, ported, form, strlen (form), good));
  g_assert_false (mh_twilio_is_signed ("x", url, form, strlen (form), good));
  g_assert_false (mh_twilio_is_signed ("", url, form, strlen (form), good));
  g_assert_false (mh_twilio_is_signed (token, url, more, strlen (more), good));
  g_assert_false (mh_twilio_is_signed (token, url, form, strlen (form) - 1, good));
  g_assert_false (mh_twilio_is_signed (token, url, form, strlen (form), NULL));
  g_assert_cmpuint (mh_twilio_rank ("sent"), <, mh_twilio_rank ("delivered"));
  g_assert_cmpuint (mh_twilio_rank ("read"), >, mh_twilio_rank ("delivered"));
  g_assert_cmpuint (mh_twilio_rank ("something"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sms/numbers", test_numbers);
  g_test_add_func ("/sms/segments", test_segments);
  g_test_add_func ("/sms/texts", test_texts);
  g_test_add_func ("/sms/signature", test_signature);
  mh_test_add_both ("/kiosk/visit", test_visit);
  mh_test_add_both ("/kiosk/death", test_death);
  mh_test_add_both ("/kiosk/nothing-else", test_nothing_else);
  mh_test_add_both ("/kiosk/guessing", test_guessing);
  mh_test_add_both ("/kiosk/pin", test_pin);
  mh_test_add_both ("/kiosk/weak-pins", test_weak_pins);
  mh_test_add_both ("/kiosk/token", test_token);
  mh_test_add_both ("/kiosk/offered", test_offered);
  mh_test_add_both ("/sms/texts-found", test_texts_found);
  mh_test_add_both ("/sms/own-words", test_own_words);
  return mh_test_run ();
}
