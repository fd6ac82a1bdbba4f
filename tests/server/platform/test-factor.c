/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second factor of a sign-in, what is sealed of it, and machines' keys. */
#include <glib/gstdio.h>
#include <string.h>

#include "server/people/admin/mh-machines-service.h"
#include "server/people/admin/mh-users-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-factor.h"
#include "server/platform/auth/mh-totp.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"
#include "tests/server/access-fixture.h"

/* RFC 6238, appendix B, the last six of its eight figures; the last row from two libraries. */
#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
static const struct
{
  gint64 at;
  const char *code;
} rfc[] = {
  { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
  { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
  { 1767225600, "745690" },
};

static gint64
match (const char *code, gint64 at, gint64 last)
{
  return mh_totp_match (RFC_SECRET, code, at * G_USEC_PER_SEC, last);
}

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rfc); i++)
    g_assert_cmpint (match (rfc[i].code, rfc[i].at, -1), ==, rfc[i].at / MH_TOTP_STEP);
  g_assert_cmpint (match ("287083", 59, -1), ==, -1);
}

/* One step to each side, and never twice. */
static void
test_window (void)
{
  const gint64 at = 1767225600, step = at / MH_TOTP_STEP;
  static const struct
  {
    int late;
    gboolean good;
  } rows[] = { { 0, TRUE },   { 29, TRUE }, { 31, TRUE },  { 59, TRUE },
               { 60, FALSE }, { -1, TRUE }, { -30, TRUE }, { -31, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%d s", rows[i].late);
      g_assert_cmpint (match ("745690", at + rows[i].late, -1), ==, rows[i].good ? step : -1);
    }
  g_assert_cmpint (match ("745690", at, step - 1), ==, step);
  g_assert_cmpint (match ("745690", at, step), ==, -1);
  g_assert_cmpint (match ("745690", at, step + 1), ==, -1);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *typed, *code;
  } rows[] = {
    { "081804", "081804" },    { "081 804", "081804" },
    { " 081-804 ", "081804" }, { "०८१८०४", "081804" },
    { "81804", NULL },         { "0818040", NULL },
    { "08180a", NULL },        { "", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char code[MH_TOTP_DIGITS + 1];
      g_test_message ("“%s”", rows[i].typed);
      g_assert_true (mh_totp_read (rows[i].typed, code) == (rows[i].code != NULL));
      if (rows[i].code != NULL)
        g_assert_cmpstr (code, ==, rows[i].code);
    }
}

static void
test_uri (void)
{
  g_autofree char *uri = mh_totp_uri ("City Hospital", "asha.k@hms.example", RFC_SECRET);
  g_autofree char *secret = mh_totp_secret (), *other = mh_totp_secret ();
  g_assert_cmpstr (uri, ==,
                   "otpauth://totp/City%20Hospital:asha.k%40hms.example?secret=" RFC_SECRET
                   "&issuer=City%20Hospital&algorithm=SHA1&digits=6&period=30");
  g_assert_cmpuint (strlen (secret), ==, 32);
  g_assert_cmpstr (secret, !=, other);
}

static void
test_recovery (void)
{
  g_autofree char *code = mh_recovery_make (), *other = mh_recovery_make ();
  g_autofree char *upper = g_ascii_strup (code, -1);
  g_autofree char *read = mh_recovery_read (upper);
  g_autofree char *plain = mh_recovery_read ("abcd efgh 2345 67ab");
  g_assert_cmpuint (strlen (code), ==, 19);
  g_assert_cmpstr (code, !=, other);
  g_assert_cmpstr (read, ==, code);
  g_assert_cmpstr (plain, ==, "abcd-efgh-2345-67ab");
  g_assert_null (mh_recovery_read ("abcd-efgh-2345-67a"));
  g_assert_null (mh_recovery_read ("abcd-efgh-2345-67abc"));
  g_assert_null (mh_recovery_read ("abcd-efgh-2345-67a1"));
}

static void
test_seal (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mahima-seal-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autofree char *other_path = g_build_filename (folder, "other", NULL);
  g_autoptr (MhSeal) seal = mh_seal_open (path, &error), again = mh_seal_open (path, &error);
  g_autoptr (MhSeal) other = mh_seal_open (other_path, &error);
  g_assert_no_error (error);
  GStatBuf about;
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_autofree char *sealed = mh_seal_close_text (seal, "asha", "the secret");
  g_autofree char *open = mh_seal_open_text (again, "asha", sealed, &error);
  g_assert_cmpstr (open, ==, "the secret");
  g_assert_null (strstr (sealed, "secret"));
  g_assert_null (mh_seal_open_text (seal, "bina", sealed, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INTERNAL);
  g_clear_error (&error);
  g_assert_null (mh_seal_open_text (other, "asha", sealed, NULL));
  g_assert_null (mh_seal_open_text (seal, "asha", "not sealed", NULL));
  sealed[20] = sealed[20] == 'A' ? 'B' : 'A';
  g_assert_null (mh_seal_open_text (seal, "asha", sealed, NULL));
  g_assert_true (g_file_set_contents (other_path, "short", -1, NULL));
  g_assert_null (mh_seal_open (other_path, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INTERNAL);
  g_unlink (path);
  g_unlink (other_path);
  g_rmdir (folder);
}

/* --- an account with a factor --- */

static const MhWho who = { .user_name = "test" };

/* What the phone shows: the code among all that fits @at. */
static char *
phone (const char *secret, gint64 at)
{
  g_autofree char *seconds = g_strdup_printf ("@%" G_GINT64_FORMAT, at / G_USEC_PER_SEC);
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "oathtool", "--totp", "-b", "-d", "6", "-N", seconds, secret, NULL };
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL,
                &error);
  g_assert_no_error (error);
  return g_strndup (out, MH_TOTP_DIGITS);
}

/* On for asha; the secret, and her recovery codes. */
static char *
enrol (House *house, MhRecord **out_view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  g_autoptr (MhRecord) begun = mh_factor_begin (house->sessions, asha, &who, &error);
  g_assert_no_error (error);
  char *secret = g_strdup (mh_record_text (begun, MH_FACTOR_VIEW_SECRET));
  g_assert_null (mh_factor_confirm (house->sessions, asha, &who, "000000", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  g_autofree char *code = phone (secret, mh_clock_now (house->clock));
  *out_view = mh_factor_confirm (house->sessions, asha, &who, code, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_bool (*out_view, MH_FACTOR_VIEW_ENABLED));
  return secret;
}

static void
assert_in (House *house, const char *code, MhErrorKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login_code (house, "asha", HOUSE_PASSWORD, code, &error);
  g_test_message ("%s", code);
  if (kind == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MH_ERROR, (int)kind);
}

static void
test_login (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) view = NULL, user = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = enrol (house, &view);
  user = house_user (house, "asha");
  g_assert_cmpstr (mh_record_text (user, MH_USER_TOTP_SECRET), !=, secret);
  /* what confirmed it opens nothing any more */
  g_autofree char *used = phone (secret, HOUSE_NOW);
  assert_in (house, used, MH_ERROR_UNAUTHORIZED);
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "totp"));
  g_clear_error (&error);
  /* who does not know the password is not told that there is a factor */
  g_assert_null (house_login (house, "asha", "another password", &error));
  g_assert_null (mh_error_get_issues (error));
  mh_clock_set (house->clock, HOUSE_NOW + 60 * G_USEC_PER_SEC);
  g_autofree char *next = phone (secret, HOUSE_NOW + 60 * G_USEC_PER_SEC);
  assert_in (house, next, 0);
  assert_in (house, next, MH_ERROR_UNAUTHORIZED);
}

/* Each opens once; a wrong code counts like a wrong password. */
static void
test_recovery_login (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) view = NULL;
  g_autofree char *secret = enrol (house, &view);
  const char *const *codes = mh_record_list (view, MH_FACTOR_VIEW_RECOVERY);
  g_assert_cmpuint (g_strv_length ((char **)codes), ==, MH_RECOVERY_CODES);
  g_assert_cmpuint (house_count (house, &mh_second_factor_type, "recovery", codes[0]), ==, 0);
  assert_in (house, codes[3], 0);
  for (guint i = 0; i < 5; i++)
    assert_in (house, codes[3], MH_ERROR_UNAUTHORIZED);
  assert_in (house, codes[4], MH_ERROR_RATE);
  mh_clock_set (house->clock, HOUSE_NOW + 61 * G_USEC_PER_SEC);
  assert_in (house, codes[4], 0);
  MhDb *db = house_reader (house);
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  g_autoptr (MhRecord) now = mh_factor_read (db, mh_actor_user_id (asha), NULL);
  mh_store_give_reader (house->store, db);
  g_assert_cmpint (mh_record_int (now, MH_FACTOR_VIEW_RECOVERY_LEFT), ==, MH_RECOVERY_CODES - 2);
}

static void
test_begin (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  g_assert_null (mh_factor_confirm (house->sessions, asha, &who, "123456", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) begun = mh_factor_begin (house->sessions, asha, &who, &error);
  g_assert_no_error (error);
  const char *secret = mh_record_text (begun, MH_FACTOR_VIEW_SECRET);
  gint64 late = HOUSE_NOW + MH_FACTOR_PENDING_LIFE + 1;
  mh_clock_set (house->clock, late);
  g_autofree char *code = phone (secret, late);
  g_assert_null (mh_factor_confirm (house->sessions, asha, &who, code, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) view = NULL;
  g_autofree char *second = enrol (house, &view);
  g_assert_cmpstr (second, !=, secret);
  g_assert_null (mh_factor_begin (house->sessions, asha, &who, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

static void
test_off (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) view = NULL;
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  g_autofree char *secret = enrol (house, &view);
  g_assert_false (mh_factor_off (house->sessions, asha, &who, "000000", &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "code"));
  g_clear_error (&error);
  const char *const *codes = mh_record_list (view, MH_FACTOR_VIEW_RECOVERY);
  g_assert_true (mh_factor_off (house->sessions, asha, &who, codes[0], &error));
  g_assert_no_error (error);
  assert_in (house, NULL, 0);
}

/* --- resetting it for somebody --- */

typedef struct
{
  House *house;
  const char *by, *whose;
  MhRecord *user;
} Reset;

static gboolean
write_reset (MhTx *tx, gpointer data, GError **error)
{
  Reset *reset = data;
  g_autoptr (MhActor) actor = house_actor (reset->house, reset->by);
  g_autoptr (MhRecord) user = house_user (reset->house, reset->whose);
  g_clear_object (&reset->user);
  reset->user = mh_users_reset_factor (MH_REQUEST_TX (tx, NULL, actor), reset->house->sessions,
                                       mh_record_id (user), error);
  return reset->user != NULL;
}

static void
assert_reset (House *house, const char *by, gboolean still_on)
{
  g_autoptr (GError) error = NULL;
  Reset reset = { house, by, "asha", NULL };
  g_test_message ("by %s", by);
  house_write (house, write_reset, &reset, &error);
  g_assert_no_error (error);
  g_assert_true (mh_record_bool (reset.user, MH_USER_TOTP_ENABLED) == still_on);
  g_clear_object (&reset.user);
}

static void
test_reset (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) view = NULL;
  Reset reset = { house, "boss", "asha", NULL };
  g_assert_false (house_write (house, write_reset, &reset, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autofree char *secret = enrol (house, &view);
  const char *const *codes = mh_record_list (view, MH_FACTOR_VIEW_RECOVERY);
  g_autofree char *token = house_login_code (house, "asha", HOUSE_PASSWORD, codes[0], &error);
  g_assert_no_error (error);
  assert_reset (house, "boss", TRUE);
  assert_reset (house, "boss", TRUE); /* not a second person */
  mh_clock_set (house->clock, HOUSE_NOW + MH_FACTOR_RESET_LIFE + 1);
  assert_reset (house, "chief", TRUE); /* too late: a first request of its own */
  assert_reset (house, "boss", FALSE);
  g_assert_false (house_is_in (house->sessions, token));
  assert_in (house, NULL, 0);
  Reset own = { house, "boss", "boss", NULL };
  g_assert_false (house_write (house, write_reset, &own, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
}

/* --- machines --- */

static MhRecord *
make_key (House *house, const char *by, const char *username, gint64 days, GError **error)
{
  g_autoptr (MhActor) actor = house_actor (house, by);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_api_key_type);
  char day[MH_DATE_LENGTH + 1];
  MhDate today = mh_date_of_instant (HOUSE_NOW, NULL);
  mh_date_format (mh_date_from_days (mh_date_to_days (today) + days), day);
  mh_record_set_text (draft, MH_API_KEY_NAME, "analyser bridge");
  mh_record_set_text (draft, MH_API_KEY_USERNAME, username);
  mh_record_set_text (draft, MH_API_KEY_EXPIRES_ON, day);
  return mh_api_keys_make (house->sessions, actor, &who, draft, error);
}

static void
test_key_days (const MhTestDb *test)
{
  static const struct
  {
    gint64 days;
    gboolean good;
  } rows[]
      = { { -1, FALSE }, { 0, TRUE }, { MH_API_KEY_DAYS, TRUE }, { MH_API_KEY_DAYS + 1, FALSE } };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) key = make_key (house, "boss", "asha", rows[i].days, &error);
      g_test_message ("%d days", (int)rows[i].days);
      g_assert_true ((key != NULL) == rows[i].good);
      if (!rows[i].good)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "expires_on"));
    }
}

typedef struct
{
  House *house;
  const char *by, *id;
} Revoke;

static gboolean
write_revoke (MhTx *tx, gpointer data, GError **error)
{
  const Revoke *revoke = data;
  g_autoptr (MhActor) actor = house_actor (revoke->house, revoke->by);
  g_autoptr (MhRecord) key = mh_api_keys_revoke (MH_REQUEST_TX (tx, NULL, actor),
                                                 revoke->house->sessions, revoke->id, error);
  return key != NULL && mh_record_has (key, MH_API_KEY_REVOKED_AT);
}

static guint
n_keys (House *house, const char *by)
{
  g_autoptr (MhActor) actor = house_actor (house, by);
  MhDb *db = house_reader (house);
  const MhApiKeysQuery query = { .limit = 10 };
  g_autoptr (GPtrArray) keys = mh_api_keys_list (MH_REQUEST_DB (db, NULL, actor), &query, NULL);
  mh_store_give_reader (house->store, db);
  for (guint i = 0; i < keys->len; i++)
    g_assert_false (mh_record_has (g_ptr_array_index (keys, i), MH_API_KEY_TOKEN));
  return keys->len;
}

/* As the person whose session @token is; NULL: as @who without one. @kind -1: it goes well. */
static void
try_accept (House *house,
            const char *name,
            const char *token,
            const char *id,
            const char *password,
            int kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor
      = token != NULL ? mh_sessions_find (house->sessions, token, NULL) : house_actor (house, name);
  const MhWho by = { .user_id = mh_actor_user_id (actor), .user_name = name };
  g_autoptr (MhRecord) key = mh_api_keys_accept (house->sessions, actor, &by, id, password, &error);
  if (kind < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MH_ERROR, kind);
  g_assert_true ((key != NULL) == (kind < 0));
}

/* Whoever has a key cannot let the next one in; one's own needs nobody's word. */
static void
test_second_key (House *house, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) next = make_key (house, "boss", "asha", 30, &error);
  g_assert_no_error (error);
  try_accept (house, "asha", token, mh_record_id (next), HOUSE_PASSWORD, MH_ERROR_FORBIDDEN);
  g_assert_false (house_is_in (house->sessions, mh_record_text (next, MH_API_KEY_TOKEN)));
}

static void
test_own_key (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) key = make_key (house, "boss", "boss", 30, &error);
  g_assert_no_error (error);
  g_assert_false (mh_record_bool (key, MH_API_KEY_IS_WAITING));
  g_assert_true (house_is_in (house->sessions, mh_record_text (key, MH_API_KEY_TOKEN)));
}

static void
test_key (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_assert_null (make_key (house, "boss", "nobody", 30, &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "username"));
  g_clear_error (&error);
  g_assert_null (make_key (house, "chief", "boss", 30, &error)); /* rights that chief has not */
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_autoptr (MhRecord) key = make_key (house, "boss", "asha", 30, &error);
  g_assert_no_error (error);
  const char *token = mh_record_text (key, MH_API_KEY_TOKEN);
  g_assert_cmpuint (house_count (house, &mh_session_type, "token_hash", token), ==, 0);
  /* nobody acts as asha before she has accepted it: not who asked, not another, not the key */
  g_autofree char *signed_in = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_assert_false (house_is_in (house->sessions, token));
  g_assert_true (mh_record_bool (key, MH_API_KEY_IS_WAITING));
  g_assert_cmpstr (mh_record_text (key, MH_API_KEY_ASKED_BY), !=, NULL);
  try_accept (house, "boss", NULL, mh_record_id (key), HOUSE_PASSWORD, MH_ERROR_NOT_FOUND);
  try_accept (house, "asha", signed_in, mh_record_id (key), "not hers", MH_ERROR_INVALID);
  g_assert_false (house_is_in (house->sessions, token));
  try_accept (house, "asha", signed_in, mh_record_id (key), HOUSE_PASSWORD, -1);
  try_accept (house, "asha", signed_in, mh_record_id (key), HOUSE_PASSWORD, MH_ERROR_NOT_FOUND);
  test_second_key (house, token);
  mh_clock_set (house->clock, HOUSE_NOW + 29 * MH_DAY); /* never idle too long */
  g_assert_true (house_is_in (house->sessions, token));
  mh_clock_set (house->clock, HOUSE_NOW + 32 * MH_DAY);
  g_assert_false (house_is_in (house->sessions, token));
  mh_clock_set (house->clock, HOUSE_NOW);
  g_assert_true (house_is_in (house->sessions, token));
  g_assert_cmpuint (n_keys (house, "boss"), ==, 2);
  g_autofree char *person = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_assert_cmpuint (n_keys (house, "boss"), ==, 2); /* people are no machines */
  Revoke revoke = { house, "boss", mh_record_id (key) };
  g_assert_true (house_write (house, write_revoke, &revoke, &error));
  g_assert_false (house_is_in (house->sessions, token));
  g_assert_true (house_is_in (house->sessions, person));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/factor/vectors", test_vectors);
  g_test_add_func ("/factor/window", test_window);
  g_test_add_func ("/factor/typed", test_typed);
  g_test_add_func ("/factor/uri", test_uri);
  g_test_add_func ("/factor/recovery", test_recovery);
  g_test_add_func ("/factor/seal", test_seal);
  mh_test_add_both ("/factor/login", test_login);
  mh_test_add_both ("/factor/recovery-login", test_recovery_login);
  mh_test_add_both ("/factor/begin", test_begin);
  mh_test_add_both ("/factor/off", test_off);
  mh_test_add_both ("/factor/reset", test_reset);
  mh_test_add_both ("/factor/key-days", test_key_days);
  mh_test_add_both ("/factor/key", test_key);
  mh_test_add_both ("/factor/own-key", test_own_key);
  return mh_test_run ();
}
