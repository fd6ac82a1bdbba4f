/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages behind the QR codes, as a telephone's browser and somebody who means harm ask for them:
 * what they say before a code came by SMS, what the code opens, and what it does not. */
#include <signal.h>
#include <string.h>

#include "server/front/public/mh-public-words.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record.h"
#include "tests/server/mh-program.h"
#include "tests/server/mh-test-db.h"

#define BASE "https://hospital.example/sub/"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define TOKEN "0123456789abcdef0123456789abcdef"
#define OTHER_TOKEN "fedcba9876543210fedcba9876543210"

/* One hospital with a public address and a telephone service that nobody answers: what it would
 * send waits in its queue. */
typedef struct
{
  Program program;
  MhDb *db;
  char *order, *patient, *code, *log;
} House;

/* @value stands for $1. */
static char *
one_of (MhDb *db, const char *sql, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = value != NULL ? mh_db_query (db, sql, MH_ARGS (MH_TEXT (value)), &error)
                                          : mh_db_query (db, sql, MH_NO_ARGS, &error);
  g_assert_no_error (error);
  return mh_rows_next (rows, &error) ? g_strdup (mh_rows_text (rows, 0)) : NULL;
}

static char *
one (MhDb *db, const char *sql)
{
  return one_of (db, sql, NULL);
}

static void
run_on (MhDb *db, const char *sql, const char *value)
{
  g_autoptr (GError) error = NULL;
  if (value != NULL)
    mh_db_exec (db, sql, MH_ARGS (MH_TEXT (value)), &error);
  else
    mh_db_exec (db, sql, MH_NO_ARGS, &error);
  g_assert_no_error (error);
}

static void
run (MhDb *db, const char *sql)
{
  run_on (db, sql, NULL);
}

static char *
code_of_link (const char *link, const char *page)
{
  g_autofree char *begins = g_strconcat (BASE, page, "/", NULL);
  g_assert_nonnull (link);
  g_assert_true (g_str_has_prefix (link, begins));
  return g_strdup (link + strlen (begins));
}

static void
make (House *house, const MhTestDb *test, const char *rate)
{
  static const char *const settings[] = {
    "MAHIMA_SERVER_PUBLIC_URL",    BASE,
    "MAHIMA_TWILIO_BASE_URL",      "http://127.0.0.1:9",
    "MAHIMA_TWILIO_ACCOUNT_SID",   "AC00000000000000000000000000000001",
    "MAHIMA_TWILIO_AUTH_TOKEN",    "0123456789abcdef",
    "MAHIMA_TWILIO_FROM",          "+15005550006",
    "MAHIMA_TWILIO_PAUSE_SECONDS", "3600",
  };
  for (guint i = 0; i < G_N_ELEMENTS (settings); i += 2)
    g_setenv (settings[i], settings[i + 1], TRUE);
  g_setenv ("MAHIMA_LIMITS_RATE_LOGIN", rate, TRUE);
  program_make (&house->program, test->url);
  house->log = g_build_filename (house->program.folder, "public.log", NULL);
  g_setenv ("MAHIMA_LOG_FILE", house->log, TRUE);
  program_start (&house->program);
  house->db = mh_test_connect (test, 0, NULL);
  house->order = one (house->db, "SELECT r.order_id FROM report r JOIN patient p"
                                 " ON p.id = r.patient_id WHERE p.phone IS NOT NULL"
                                 " AND COALESCE (p.vip, FALSE) = FALSE AND p.user_id IS NULL"
                                 " AND COALESCE (p.deceased, FALSE) = FALSE ORDER BY r.id LIMIT 1");
  house->patient
      = one_of (house->db, "SELECT patient_id FROM report WHERE order_id = $1", house->order);
  g_autofree char *token = program_sign_in (&house->program, "pathologist");
  g_autofree char *path = g_strdup_printf ("/api/v1/orders/%s/reports", house->order);
  g_autoptr (Answer) list = ask (house->program.port, "GET", path, token, NULL, NULL);
  const char *link = strstr (list->body, "\"link\":\"");
  g_assert_nonnull (link);
  link += strlen ("\"link\":\"");
  g_autofree char *text = g_strndup (link, strcspn (link, "\""));
  house->code = code_of_link (text, "r");
}

static void
unmake (House *house)
{
  mh_db_close (house->db);
  g_assert_cmpint (program_end (&house->program, SIGTERM), ==, 0);
  program_free (&house->program);
  g_unsetenv ("MAHIMA_LOG_FILE");
  g_free (house->log);
  g_free (house->order);
  g_free (house->patient);
  g_free (house->code);
}

static Answer *
page (House *house, const char *method, const char *path, const char *headers, const char *body)
{
  return ask (house->program.port, method, path, NULL, headers, body);
}

static Answer *
open_page (House *house, const char *letter, const char *code)
{
  g_autofree char *path = g_strdup_printf ("/%s/%s", letter, code);
  return page (house, "GET", path, NULL, NULL);
}

static Answer *
step (House *house, const char *letter, const char *code, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%s", letter, code);
  return page (house, "POST", path, FORM, body);
}

static void
assert_page (Answer *answer, guint status, MhSay says)
{
  const char *text = mh_public_say (mh_public_words ("en", NULL), says);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *media = answer_header (answer, "Content-Type");
  g_autofree char *policy = answer_header (answer, "Content-Security-Policy");
  g_autofree char *cache = answer_header (answer, "Cache-Control");
  g_autofree char *referrer = answer_header (answer, "Referrer-Policy");
  if (answer->status != status || strstr (answer->body, escaped) == NULL)
    g_error ("%u instead of %u, or without \"%s\": %s", answer->status, status, text, answer->body);
  g_assert_cmpstr (media, ==, "text/html; charset=utf-8");
  g_assert_cmpstr (cache, ==, "no-store");
  g_assert_cmpstr (referrer, ==, "no-referrer");
  g_assert_nonnull (strstr (policy, "default-src 'none'; style-src 'sha256-"));
  g_assert_null (strstr (policy, "unsafe"));
  g_assert_null (strstr (answer->body, "<script"));
  g_assert_null (strstr (answer->body, " style="));
}

static gint64
count (House *house, const char *sql)
{
  g_autofree char *text = one (house->db, sql);
  return g_ascii_strtoll (text, NULL, 10);
}

#define BOOKING                                                                                    \
  "SELECT a.id FROM appointment a JOIN patient p ON p.id = a.patient_id"                           \
  " WHERE p.phone IS NOT NULL AND p.user_id IS NULL"                                               \
  " AND COALESCE (p.vip, FALSE) = FALSE AND COALESCE (p.deceased, FALSE) = FALSE"                  \
  " ORDER BY a.start_at DESC LIMIT 1"
#define MESSAGES "SELECT CAST (COUNT(*) AS text) FROM sms_message WHERE template = 'code'"

/* Six digits of the newest message. */
static char *
sent_code (House *house)
{
  g_autofree char *arguments
      = one (house->db, "SELECT arguments FROM sms_message WHERE template = 'code'"
                        " ORDER BY queued_at DESC, id DESC LIMIT 1");
  const char *at = arguments;
  for (; *at != '\0'; at++)
    if (strspn (at, "0123456789") == 6)
      return g_strndup (at, 6);
  g_error ("no code: %s", arguments);
}

/* A booking of tomorrow. */
static char *
booked (House *house)
{
  char *id = one (house->db, BOOKING);
  g_assert_nonnull (id);
  gint64 start = g_get_real_time () + MH_DAY;
  g_autoptr (GError) error = NULL;
  mh_db_exec (house->db,
              "UPDATE appointment SET status = 'booked', start_at = $1, end_at = $2 WHERE id = $3",
              MH_ARGS (MH_INT (start), MH_INT (start + 15 * MH_MINUTE), MH_TEXT (id)), &error);
  g_assert_no_error (error);
  return id;
}

/* --- what everybody is told --- */

static void
assert_nothing_of_the_patient (House *house, Answer *answer)
{
  static const char *const columns[]
      = { "SELECT given_name FROM patient WHERE id = $1",
          "SELECT family_name FROM patient WHERE id = $1", "SELECT mrn FROM patient WHERE id = $1",
          "SELECT phone FROM patient WHERE id = $1", "SELECT id FROM patient WHERE id = $1" };
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = one_of (house->db, columns[i], house->patient);
      if (value != NULL)
        g_assert_null (strstr (answer->body, value));
    }
}

static void
test_genuine (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autoptr (Answer) genuine = open_page (&house, "r", house.code);
  assert_page (genuine, 200, MH_SAY_GENUINE);
  assert_nothing_of_the_patient (&house, genuine);
  g_autofree char *name = one (house.db, "SELECT name FROM hospital");
  g_assert_nonnull (strstr (genuine->body, name));

  /* the day with its month's name in the page's language, not two numbers to be guessed */
  g_autofree char *issued = one (house.db, "SELECT CAST(issued_at AS text) FROM report");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  MhDate day = mh_date_of_instant (g_ascii_strtoll (issued, NULL, 10), zone);
  g_autofree char *in_english = mh_day_text (day, NULL);
  g_autofree char *in_hindi = mh_day_text (day, "hi");
  g_assert_nonnull (strstr (genuine->body, in_english));
  g_autofree char *path = g_strdup_printf ("/r/%s", house.code);
  g_autofree char *urdu_path = g_strconcat (path, "?lang=ur", NULL);
  g_autoptr (Answer) hindi
      = page (&house, "GET", path, "Accept-Language: de, hi-IN;q=0.9, en;q=0.3\r\n", NULL);
  g_assert_nonnull (strstr (hindi->body, "<html lang=\"hi\" dir=\"ltr\">"));
  g_assert_nonnull (strstr (hindi->body, "यह कागज़ असली है"));
  g_assert_nonnull (strstr (hindi->body, in_hindi));
  g_autoptr (Answer) urdu = page (&house, "GET", urdu_path, "Accept-Language: hi\r\n", NULL);
  g_assert_nonnull (strstr (urdu->body, "<html lang=\"ur\" dir=\"rtl\">"));

  /* what opens the page is not for whoever reads the log */
  g_autofree char *log = NULL;
  for (guint i = 0; i < 500 && (log == NULL || strstr (log, "/r/{code}") == NULL); i++)
    {
      /* written behind the answer */
      g_clear_pointer (&log, g_free);
      g_usleep (10000);
      g_assert_true (g_file_get_contents (house.log, &log, NULL, NULL));
    }
  g_assert_nonnull (strstr (log, "/r/{code}"));
  g_assert_null (strstr (log, house.code));
  /* programs ask as before */
  g_autofree char *report
      = one_of (house.db, "SELECT id FROM report WHERE order_id = $1", house.order);
  g_autofree char *json_path = g_strdup_printf ("/api/v1/reports/%s/verify", report);
  g_autoptr (Answer) json = page (&house, "GET", json_path, NULL, NULL);
  g_assert_nonnull (strstr (json->body, "\"genuine\":true"));
  unmake (&house);
}

/* One digit more or less, another's, none: never anything but "not ours", and nothing of what was
 * sent stands in the page. */
static void
test_not_ours (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autofree char *flipped = g_strdup (house.code);
  char *last = flipped + strlen (flipped) - 1;
  *last = *last == '0' ? '1' : '0';
  g_autofree char *longer = g_strconcat (house.code, "0", NULL);
  g_autofree char *id = g_strndup (house.code, 32);
  g_autofree char *other_version = g_strdup_printf ("%s-2-%s", id, house.code + 35);
  g_autofree char *bare = g_strconcat (id, "-1", NULL);
  const char *codes[] = { flipped,
                          longer,
                          other_version,
                          bare,
                          id,
                          "x",
                          "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                          "..%2F..%2Fetc%2Fpasswd",
                          "%0d%0aSet-Cookie:%20a=b",
                          "00000000000000000000000000000000-1",
                          "--",
                          "%F0%9F%98%80" };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (Answer) answer = open_page (&house, "r", codes[i]);
      g_autofree char *cookie = answer_header (answer, "Set-Cookie");
      assert_page (answer, 404, MH_SAY_NOT_OURS);
      g_assert_null (strstr (answer->body, "alert"));
      g_assert_null (cookie);
      g_autoptr (Answer) booking = open_page (&house, "a", codes[i]);
      assert_page (booking, 404, MH_SAY_UNKNOWN_BOOKING);
      g_autoptr (Answer) feedback = open_page (&house, "f", codes[i]);
      assert_page (feedback, 404, MH_SAY_MAIL_UNKNOWN);
      g_autoptr (Answer) sent = step (&house, "r", codes[i], "step=send&token=" TOKEN);
      assert_page (sent, 404, MH_SAY_NOT_OURS);
    }
  g_assert_cmpint (count (&house, MESSAGES), ==, 0);
  unmake (&house);
}

/* --- the code --- */

static Answer *
try_code (House *house, const char *token, const char *typed)
{
  g_autofree char *body = g_strdup_printf ("step=try&token=%s&sms=%s", token, typed);
  return step (house, "r", house->code, body);
}

static void
test_fetch (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autoptr (Answer) early = step (&house, "r", house.code, "step=fetch&token=" TOKEN);
  assert_page (early, 200, MH_SAY_OVER);
  g_autoptr (Answer) sent = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (sent, 200, MH_SAY_CODE_SENT);
  assert_nothing_of_the_patient (&house, sent);
  /* sent twice, told once; nor does another page send a second one at once */
  g_autoptr (Answer) twice = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (twice, 200, MH_SAY_CODE_WAIT);
  g_assert_cmpint (count (&house, MESSAGES), ==, 1);

  g_autofree char *code = sent_code (&house);
  g_autofree char *wrong = g_strdup (code);
  wrong[0] = wrong[0] == '9' ? '0' : wrong[0] + 1;
  g_autoptr (Answer) no = try_code (&house, TOKEN, wrong);
  assert_page (no, 200, MH_SAY_CODE_WRONG);
  /* the code is the page's that asked for it, and no other's */
  g_autoptr (Answer) stranger = try_code (&house, OTHER_TOKEN, code);
  assert_page (stranger, 200, MH_SAY_CODE_SPENT);
  g_autoptr (Answer) still = step (&house, "r", house.code, "step=fetch&token=" TOKEN);
  assert_page (still, 200, MH_SAY_OVER);

  g_autofree char *spaced = g_strdup_printf ("+%s+", code);
  g_autoptr (Answer) yes = try_code (&house, TOKEN, spaced);
  assert_page (yes, 200, MH_SAY_READY);
  g_autoptr (Answer) again = try_code (&house, TOKEN, code);
  assert_page (again, 200, MH_SAY_READY);
  g_autoptr (Answer) pdf = step (&house, "r", house.code, "step=fetch&token=" TOKEN);
  g_autofree char *media = answer_header (pdf, "Content-Type");
  g_autofree char *name = answer_header (pdf, "Content-Disposition");
  g_autofree char *cache = answer_header (pdf, "Cache-Control");
  g_assert_cmpuint (pdf->status, ==, 200);
  g_assert_cmpstr (media, ==, "application/pdf");
  g_assert_cmpstr (name, ==, "attachment; filename=\"report.pdf\"");
  g_assert_cmpstr (cache, ==, "no-store");
  g_assert_true (g_str_has_prefix (pdf->body, "%PDF"));
  g_assert_cmpint (
      count (&house, "SELECT CAST (COUNT(*) AS text) FROM report_access WHERE how = 'fetched'"), ==,
      1);
  unmake (&house);
}

/* A page that was opened by its code closes when the patient's death is recorded; the answer is
 * that of a visit that is over, and no code opens it again. */
static void
test_death (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autoptr (Answer) sent = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (sent, 200, MH_SAY_CODE_SENT);
  g_autofree char *code = sent_code (&house);
  g_autoptr (Answer) yes = try_code (&house, TOKEN, code);
  assert_page (yes, 200, MH_SAY_READY);
  g_autofree char *doctor = program_sign_in (&house.program, "doctor");
  g_autofree char *path = g_strdup_printf ("/api/v1/patients/%s/death", house.patient);
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);
  g_autoptr (Answer) dead
      = ask (house.program.port, "POST", path, doctor, headers,
             "{\"died_at\":\"2026-01-02T03:04:05.000Z\",\"told_by\":\"Dr Rao\"}");
  g_assert_cmpuint (dead->status, ==, 200);
  g_autoptr (Answer) fetched = step (&house, "r", house.code, "step=fetch&token=" TOKEN);
  assert_page (fetched, 200, MH_SAY_OVER);
  g_autoptr (Answer) again = try_code (&house, TOKEN, code);
  assert_page (again, 200, MH_SAY_CODE_SPENT);
  unmake (&house);
}

/* The token and the code of one page open no other. */
static void
test_other_page (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autoptr (Answer) sent = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (sent, 200, MH_SAY_CODE_SENT);
  g_autofree char *code = sent_code (&house);
  g_autoptr (Answer) yes = try_code (&house, TOKEN, code);
  assert_page (yes, 200, MH_SAY_READY);
  g_autofree char *booking = booked (&house);
  g_autofree char *other = mh_id_brief (booking);
  g_autoptr (Answer) refused = step (&house, "a", other, "step=cancel&sure=yes&token=" TOKEN);
  assert_page (refused, 200, MH_SAY_OVER);
  g_autofree char *again = g_strdup_printf ("step=try&token=%s&sms=%s", TOKEN, code);
  g_autoptr (Answer) spent = step (&house, "a", other, again);
  assert_page (spent, 200, MH_SAY_CODE_SPENT);
  unmake (&house);
}

/* Whoever has no number, or whose chart is protected, gets the same answer to the letter. */
static void
test_no_number (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  static const char *const changes[]
      = { "UPDATE patient SET vip = TRUE WHERE id = $1",
          "UPDATE patient SET vip = FALSE, deceased = TRUE WHERE id = $1",
          "UPDATE patient SET deceased = FALSE, phone = NULL WHERE id = $1" };
  g_autoptr (Answer) known = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (known, 200, MH_SAY_CODE_SENT);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      run_on (house.db, changes[i], house.patient);
      run (house.db, "UPDATE kiosk_session SET code_sent_at = 0");
      g_autofree char *body = g_strdup_printf ("step=send&token=%s", TOKEN);
      g_autoptr (Answer) unknown = step (&house, "r", house.code, body);
      g_assert_cmpstr (unknown->body, ==, known->body);
      g_assert_cmpint (count (&house, MESSAGES), ==, 1);
      g_autoptr (Answer) twice = step (&house, "r", house.code, body);
      assert_page (twice, 200, MH_SAY_CODE_WAIT);
    }
  unmake (&house);
}

/* Five wrong ones end a code, four codes an hour are sent, ten wrong ones end the guessing. */
static void
test_guessing (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  guint wrong = 0;
  for (guint round = 0; round < 2; round++)
    {
      g_autofree char *body = g_strdup_printf ("step=send&token=%s%u", TOKEN, round);
      g_autofree char *token = g_strdup_printf ("%s%u", TOKEN, round);
      g_autoptr (Answer) sent = step (&house, "r", house.code, body);
      assert_page (sent, 200, MH_SAY_CODE_SENT);
      for (guint i = 0; i < 5; i++, wrong++)
        {
          g_autoptr (Answer) no = try_code (&house, token, "abcdef");
          assert_page (no, 200, MH_SAY_CODE_WRONG);
        }
      if (round > 0)
        break;
      g_autofree char *code = sent_code (&house);
      g_autoptr (Answer) spent = try_code (&house, token, code);
      assert_page (spent, 200, MH_SAY_CODE_SPENT);
      run (house.db, "UPDATE kiosk_session SET code_sent_at = code_sent_at - 120000000");
    }
  g_assert_cmpuint (wrong, ==, 10);
  g_autoptr (Answer) locked = step (&house, "r", house.code, "step=send&token=" OTHER_TOKEN);
  assert_page (locked, 200, MH_SAY_CODE_WAIT);
  g_assert_cmpint (count (&house, MESSAGES), ==, 2);
  unmake (&house);
}

/* A code is good for ten minutes, a page for half an hour. */
static void
test_late (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autoptr (Answer) sent = step (&house, "r", house.code, "step=send&token=" TOKEN);
  assert_page (sent, 200, MH_SAY_CODE_SENT);
  g_autofree char *code = sent_code (&house);
  run (house.db, "UPDATE kiosk_session SET code_sent_at = code_sent_at - 600000000");
  g_autoptr (Answer) late = try_code (&house, TOKEN, code);
  assert_page (late, 200, MH_SAY_CODE_SPENT);
  run (house.db, "UPDATE kiosk_session SET code_sent_at = code_sent_at + 600000000");
  g_autoptr (Answer) yes = try_code (&house, TOKEN, code);
  assert_page (yes, 200, MH_SAY_READY);
  run (house.db, "UPDATE kiosk_session SET expires_at = expires_at - 1800000000");
  g_autoptr (Answer) over = step (&house, "r", house.code, "step=fetch&token=" TOKEN);
  assert_page (over, 200, MH_SAY_OVER);
  unmake (&house);
}

/* --- what a browser would not send --- */

static void
test_odd_requests (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autofree char *path = g_strdup_printf ("/r/%s", house.code);
  g_autofree char *huge = g_strnfill (40000, 'x');
  g_autofree char *long_token = g_strdup_printf ("step=send&token=%.200s", huge);
  g_autofree char *long_body = g_strdup_printf ("step=send&token=a&x=%s", huge);
  const struct
  {
    const char *method, *headers, *body;
    guint status;
  } rows[] = {
    { "POST", "Content-Type: application/json\r\n", "{\"step\":\"send\",\"token\":\"a\"}", 400 },
    { "POST", "Content-Type: text/plain\r\n", "step=send&token=" TOKEN, 400 },
    { "POST", "Content-Type: multipart/form-data; boundary=a\r\n", "--a--", 400 },
    { "POST", FORM, "", 400 },
    { "POST", FORM, "step=send", 400 },
    { "POST", FORM, "step=send&token=", 400 },
    { "POST", FORM, "step=nothing&token=" TOKEN, 400 },
    { "POST", FORM, "step=cancel&token=" TOKEN, 400 },
    { "POST", FORM, "step=send&token=%ff%fe", 400 },
    { "POST", FORM, "step=send&token=a%00b", 400 },
    { "POST", FORM, long_token, 400 },
    { "POST", FORM, long_body, 413 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Answer) answer
          = page (&house, rows[i].method, path, rows[i].headers, rows[i].body);
      g_autofree char *media = answer_header (answer, "Content-Type");
      if (answer->status != rows[i].status)
        g_error ("%u: %u instead of %u: %s", i, answer->status, rows[i].status, answer->body);
      g_assert_cmpstr (media, ==, "text/html; charset=utf-8");
    }
  g_assert_cmpint (count (&house, MESSAGES), ==, 0);
  g_autoptr (Answer) program
      = page (&house, "POST", path, FORM "Accept: application/json\r\n", "step=send");
  g_autofree char *problem = answer_header (program, "Content-Type");
  g_assert_cmpuint (program->status, ==, 400);
  g_assert_cmpstr (problem, ==, "application/problem+json");
  g_autoptr (Answer) head = page (&house, "HEAD", path, NULL, NULL);
  g_autofree char *policy = answer_header (head, "Content-Security-Policy");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (head->body, ==, "");
  g_assert_nonnull (strstr (policy, "sha256"));
  g_autoptr (Answer) options = page (&house, "OPTIONS", path, NULL, NULL);
  g_autofree char *allowed = answer_header (options, "Allow");
  g_assert_cmpstr (allowed, ==, "GET, HEAD, POST, OPTIONS");
  g_autoptr (Answer) put = page (&house, "PUT", path, FORM, "a=b");
  g_assert_cmpuint (put->status, ==, 405);
  g_autofree char *query = g_strconcat (path, "?lang=%3Cb%3E&lang=en", NULL);
  g_autoptr (Answer) doubled = page (&house, "GET", query, NULL, NULL);
  g_assert_cmpuint (doubled->status, ==, 400);
  g_assert_null (strstr (doubled->body, "<b>"));
  unmake (&house);
}

/* Too often is a page, too, and says when to come again. */
static void
test_rate (const MhTestDb *test)
{
  House house = { 0 };
  guint status = 200;
  make (&house, test, "60");
  for (guint i = 0; i < 200 && status != 429; i++)
    {
      g_autoptr (Answer) answer = step (&house, "r", house.code, "step=try&token=a&sms=1");
      g_autofree char *retry = answer_header (answer, "Retry-After");
      status = answer->status;
      if (status != 429)
        continue;
      assert_page (answer, 429, MH_SAY_TOO_OFTEN);
      g_assert_nonnull (retry);
    }
  g_assert_cmpuint (status, ==, 429);
  unmake (&house);
}

/* --- other pages --- */

/* The code in the address, or typed: an answer is taken once, and a second time thanked for. */
static void
test_feedback (const MhTestDb *test)
{
  House house = { 0 };
  g_autoptr (GError) error = NULL;
  make (&house, test, "0");
  g_autoptr (Answer) typed = page (&house, "GET", "/feedback", NULL, NULL);
  assert_page (typed, 200, MH_SAY_MAIL_CODE);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "ABCDE12345", -1);
  run_on (house.db, "DELETE FROM feedback WHERE order_id = $1", house.order);
  mh_db_exec (house.db,
              "INSERT INTO feedback (id, version, created_at, changed_at, hospital_id, order_id,"
              " code_hash, asked_at) SELECT '01900000-0000-7000-8000-0000000000f1', 1, 1, 1,"
              " hospital_id, id, $1, $2 FROM lab_order WHERE id = $3",
              MH_ARGS (MH_TEXT (hash), MH_INT (g_get_real_time ()), MH_TEXT (house.order)), &error);
  g_assert_no_error (error);
  g_autoptr (Answer) linked = open_page (&house, "f", "abcde-12345");
  assert_page (linked, 200, MH_SAY_SATISFIED);
  g_assert_null (strstr (linked->body, "12345"));
  g_autoptr (Answer) empty = step (&house, "f", "abcde-12345", "comment=x");
  assert_page (empty, 422, MH_SAY_CHOOSE);
  g_autoptr (Answer) wrong = page (&house, "POST", "/feedback", FORM, "score=2&code=AAAAA-AAAAA");
  assert_page (wrong, 404, MH_SAY_MAIL_UNKNOWN);
  g_autoptr (Answer) thanks
      = page (&house, "POST", "/feedback", FORM, "score=2&code=abcde+12345&comment=%3Cb%3E");
  assert_page (thanks, 200, MH_SAY_THANKS);
  g_autoptr (Answer) twice = step (&house, "f", "ABCDE12345", "score=5");
  assert_page (twice, 200, MH_SAY_ANSWERED);
  g_autofree char *kept = one_of (
      house.db, "SELECT comment FROM feedback WHERE score = 2 AND order_id = $1", house.order);
  g_assert_cmpstr (kept, ==, "<b>");
  unmake (&house);
}

static void
test_prescription (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autofree char *id = one (house.db, "SELECT id FROM prescription WHERE signed_at IS NOT NULL"
                                       " AND status <> 'cancelled' ORDER BY id LIMIT 1");
  g_assert_nonnull (id);
  g_autofree char *brief = mh_id_brief (id);
  g_autofree char *code = g_strconcat (brief, "-1", NULL);
  g_autofree char *later = g_strconcat (brief, "-9999", NULL);
  g_autoptr (Answer) genuine = open_page (&house, "r", code);
  assert_page (genuine, 200, MH_SAY_GENUINE);
  g_autoptr (Answer) invented = open_page (&house, "r", later);
  assert_page (invented, 404, MH_SAY_NOT_OURS);
  /* there is nothing to fetch */
  g_assert_null (strstr (genuine->body, "<form"));
  g_autofree char *doctor = program_sign_in (&house.program, "doctor");
  g_autofree char *path = g_strdup_printf ("/api/v1/prescriptions/%s/cancellation", id);
  g_autofree char *key = mh_id_new ();
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);
  g_autoptr (Answer) withdrawn
      = ask (house.program.port, "POST", path, doctor, headers, "{\"code\":\"wrong_patient\"}");
  g_assert_cmpuint (withdrawn->status, ==, 200);
  g_autoptr (Answer) cancelled = open_page (&house, "r", code);
  assert_page (cancelled, 200, MH_SAY_WITHDRAWN);
  unmake (&house);
}

static void
test_appointment (const MhTestDb *test)
{
  House house = { 0 };
  make (&house, test, "0");
  g_autofree char *id = booked (&house);
  g_autofree char *code = mh_id_brief (id);
  g_autofree char *schedule
      = one_of (house.db, "SELECT schedule_name FROM appointment WHERE id = $1", id);
  g_autofree char *shown = g_markup_escape_text (schedule, -1);
  g_autoptr (Answer) opened = open_page (&house, "a", code);
  assert_page (opened, 200, MH_SAY_BOOKED);
  g_assert_null (strstr (opened->body, shown));
  g_autoptr (Answer) early = step (&house, "a", code, "step=cancel&sure=yes&token=" TOKEN);
  assert_page (early, 200, MH_SAY_OVER);
  g_autoptr (Answer) sent = step (&house, "a", code, "step=send&token=" TOKEN);
  assert_page (sent, 200, MH_SAY_CODE_SENT);
  g_autofree char *digits = sent_code (&house);
  g_autofree char *body = g_strdup_printf ("step=try&token=%s&sms=%s", TOKEN, digits);
  g_autoptr (Answer) seen = step (&house, "a", code, body);
  assert_page (seen, 200, MH_SAY_CANCEL);
  g_assert_nonnull (strstr (seen->body, shown));
  g_autoptr (Answer) pdf = step (&house, "a", code, "step=fetch&token=" TOKEN);
  g_assert_cmpuint (pdf->status, ==, 400);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) cancelled = step (&house, "a", code, "step=cancel&sure=yes&token=" TOKEN);
      assert_page (cancelled, 200, MH_SAY_CANCELLED);
    }
  g_autofree char *status = one_of (house.db, "SELECT status FROM appointment WHERE id = $1", id);
  g_assert_cmpstr (status, ==, "cancelled");
  g_autoptr (Answer) closed = open_page (&house, "a", code);
  assert_page (closed, 200, MH_SAY_CANCELLED);
  unmake (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/public/genuine", test_genuine);
  mh_test_add_both ("/public/not-ours", test_not_ours);
  mh_test_add_both ("/public/fetch", test_fetch);
  mh_test_add_both ("/public/death", test_death);
  mh_test_add_both ("/public/other-page", test_other_page);
  mh_test_add_both ("/public/no-number", test_no_number);
  mh_test_add_both ("/public/guessing", test_guessing);
  mh_test_add_both ("/public/late", test_late);
  mh_test_add_both ("/public/odd-requests", test_odd_requests);
  mh_test_add_both ("/public/rate", test_rate);
  mh_test_add_both ("/public/feedback", test_feedback);
  mh_test_add_both ("/public/prescription", test_prescription);
  mh_test_add_both ("/public/appointment", test_appointment);
  return mh_test_run ();
}
