/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords, lockout, sessions and their ends. */
#include "server/people/admin/mh-users-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/access-fixture.h"

/* --- passwords --- */

static void
test_policy (void)
{
  static const struct
  {
    const char *password, *code;
  } rows[] = {
    { "violet tram 7 kettle", NULL },      { "ten-chars1", NULL },
    { "nine-char", "too_short" },          { "पासवर्डलंबाहै", NULL },
    { "aaaaaaaaaaaa", "same_letter" },     { "password123", "too_common" },
    { "P@ssw0rd2024", "too_common" },      { "my-asha-secret", "contains_name" },
    { "My-ASHA-secret", "contains_name" }, { "mahima-demo", "too_common" },
    { "qwertyuiop", "too_common" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = mh_password_check (rows[i].password, "asha", FALSE, &error);
      const MhIssues *issues = mh_error_get_issues (error);
      g_test_message ("%s", rows[i].password);
      g_assert_true (good == (rows[i].code == NULL));
      if (rows[i].code != NULL)
        g_assert_cmpstr (mh_issues_nth (issues, 0)->code, ==, rows[i].code);
    }
  g_assert_true (mh_password_check ("mahima-demo", "asha", TRUE, NULL));
}

static void
test_hash (void)
{
  const MhPasswordCost cost = { .memory_kib = 8, .passes = 1 },
                       dearer = { .memory_kib = 64, .passes = 1 };
  g_autoptr (MhHasher) hasher = mh_hasher_new (&cost);
  g_autoptr (MhHasher) other = mh_hasher_new (&dearer);
  g_autofree char *hash = mh_hasher_hash (hasher, "one", NULL);
  gboolean matches = FALSE;
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (mh_hasher_verify (hasher, hash, "one", &matches, NULL) && matches);
  g_assert_true (mh_hasher_verify (hasher, hash, "two", &matches, NULL) && !matches);
  for (int i = 0; i < 2; i++)
    {
      matches = TRUE;
      g_assert_true (mh_hasher_verify (hasher, NULL, "nobody's password", &matches, NULL)
                     && !matches);
    }
  g_assert_false (mh_hasher_is_outdated (hasher, hash));
  g_assert_true (mh_hasher_is_outdated (other, hash));
}

static void
test_delay (void)
{
  static const struct
  {
    gint64 failures, minutes;
  } rows[] = { { 0, 0 }, { 4, 0 },  { 5, 1 },   { 6, 2 },   { 7, 4 },
               { 8, 8 }, { 9, 16 }, { 10, 32 }, { 11, 60 }, { 900, 60 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_login_delay (rows[i].failures, 5), ==, rows[i].minutes * MH_MINUTE);
}

/* --- signing in --- */

static void
test_login (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login (house, "Asha", HOUSE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (token), ==, MH_TOKEN_LENGTH);
  g_autoptr (MhActor) actor = mh_sessions_find (house->sessions, token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_actor_name (actor), ==, "asha");
  g_assert_cmpstr (mh_actor_hospital_id (actor), ==, HOUSE_A);
  g_assert_true (mh_actor_may (actor, MH_MAY_ENTER_RESULT));
  g_assert_true (mh_actor_may (actor, ""));
  g_assert_false (mh_actor_require (actor, MH_MAY_VERIFY_RESULT, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_autoptr (MhRecord) view
      = mh_login_view (house->sessions, mh_actor_session_id (actor), token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (view, MH_SESSION_VIEW_TOKEN), ==, token);
  g_assert_cmpint (mh_record_int (view, MH_SESSION_VIEW_EXPIRES_AT), ==, HOUSE_NOW + MH_DAY);
  /* the database never holds the token */
  g_assert_cmpuint (house_count (house, &mh_session_type, "token_hash", token), ==, 0);
  g_autofree char *hash = mh_token_hash (token);
  g_assert_cmpuint (house_count (house, &mh_session_type, "token_hash", hash), ==, 1);
  g_assert_cmpuint (house_count (house, &mh_audit_entry_type, "verb", MH_AUDIT_LOGIN), ==, 1);
}

static void
assert_refused (House *house, const char *username, MhErrorKind kind, char **out_words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login (house, username, "wrong password", &error);
  g_assert_null (token);
  g_assert_error (error, MH_ERROR, (int)kind);
  if (kind == MH_ERROR_RATE)
    g_assert_cmpuint (mh_error_get_retry_after (error), ==, 60);
  if (out_words != NULL)
    *out_words = g_strdup (error->message);
}

/* Known and unknown names are told the same and wait the same. */
static void
test_lockout (const MhTestDb *test)
{
  static const char *const names[] = { "asha", "nobody" };
  g_autoptr (House) house = house_new (test);
  char *words[2][2] = { { NULL } };
  for (int n = 0; n < 2; n++)
    {
      for (int i = 0; i < 5; i++)
        {
          g_free (words[n][0]);
          assert_refused (house, names[n], MH_ERROR_UNAUTHORIZED, &words[n][0]);
        }
      assert_refused (house, names[n], MH_ERROR_RATE, &words[n][1]);
    }
  g_assert_cmpstr (words[0][0], ==, words[1][0]);
  g_assert_cmpstr (words[0][1], ==, words[1][1]);
  for (int n = 0; n < 4; n++)
    g_free (words[n / 2][n % 2]);
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, NULL));
  mh_clock_advance (house->clock, 59 * MH_SECOND);
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, NULL));
  mh_clock_advance (house->clock, 2 * MH_SECOND);
  /* the right password opens and forgets the failures */
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_assert_nonnull (token);
  assert_refused (house, "asha", MH_ERROR_UNAUTHORIZED, NULL);
  g_assert_cmpuint (house_count (house, &mh_audit_entry_type, "verb", MH_AUDIT_LOGIN_FAILED), ==,
                    11);
}

static void
test_address (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autofree char *first = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  for (int i = 0; i < 99; i++)
    {
      g_autofree char *name = g_strdup_printf ("guess%d", i);
      assert_refused (house, name, MH_ERROR_UNAUTHORIZED, NULL);
    }
  g_autofree char *newcomer = house_login (house, "bina", HOUSE_PASSWORD, NULL);
  g_assert_nonnull (newcomer);
  assert_refused (house, "guess100", MH_ERROR_UNAUTHORIZED, NULL);
  /* the address must wait, but for those whom it has seen */
  assert_refused (house, "another", MH_ERROR_RATE, NULL);
  g_assert_null (house_login (house, "chief", HOUSE_PASSWORD, NULL));
  g_autofree char *second = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_assert_nonnull (second);
  /* their own passwords are not to be guessed for that */
  for (int i = 0; i < 5; i++)
    assert_refused (house, "asha", MH_ERROR_UNAUTHORIZED, NULL);
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, NULL));
  /* a month later nobody remembers */
  mh_clock_advance (house->clock, 31 * MH_DAY);
  g_autofree char *third = house_login (house, "chief", HOUSE_PASSWORD, NULL);
  g_assert_nonnull (third);
}

static int
from_desk (House *house, const char *name, const char *password, const char *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  const MhLoginPeer peer = { "10.0.0.9", "test", NULL };
  g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);
  mh_record_set_text (login, MH_LOGIN_USERNAME, name);
  mh_record_set_text (login, MH_LOGIN_PASSWORD, password);
  mh_record_set_text (login, MH_LOGIN_DEVICE, desk);
  g_autoptr (MhRecord) session = mh_login_open (house->sessions, login, &peer, &token, &error);
  return session != NULL ? -1 : error->code;
}

/* Twenty wrong passwords at one desk shut that desk, and no other one of the same address. */
static void
test_desk (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("guess%d", i);
      g_assert_cmpint (from_desk (house, name, "wrong password", "LAB-1"), ==,
                       MH_ERROR_UNAUTHORIZED);
    }
  g_assert_cmpint (from_desk (house, "bina", HOUSE_PASSWORD, "lab-1"), ==, MH_ERROR_RATE);
  g_assert_cmpint (from_desk (house, "bina", HOUSE_PASSWORD, "LAB-2"), ==, -1);
  g_assert_cmpint (from_desk (house, "bina", HOUSE_PASSWORD, "LAB-1"), ==, -1);
}

/* --- ends of a session --- */

static void
test_idle (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autofree char *used = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autofree char *idle = house_login (house, "boss", HOUSE_PASSWORD, NULL);
  g_assert_true (house_is_in (house->sessions, used));
  g_assert_true (house_is_in (house->sessions, idle));
  mh_clock_advance (house->clock, 50 * MH_MINUTE);
  g_assert_true (house_is_in (house->sessions, used));
  g_assert_true (mh_sessions_flush (house->sessions, NULL));
  mh_clock_advance (house->clock, 20 * MH_MINUTE);
  g_assert_true (house_is_in (house->sessions, used));
  g_assert_false (house_is_in (house->sessions, idle));
  /* what a desk asks by itself, also of a server that has just begun, is no use */
  g_assert_true (mh_sessions_flush (house->sessions, NULL));
  for (int minutes = 0; minutes < 59; minutes++)
    {
      mh_clock_advance (house->clock, MH_MINUTE);
      g_autoptr (MhActor) actor = mh_sessions_look (house->sessions, used, NULL);
      g_assert_nonnull (actor);
    }
  g_assert_true (mh_sessions_flush (house->sessions, NULL));
  g_autoptr (MhSessions) fresh = house_sessions (house->store);
  g_autoptr (MhActor) still = mh_sessions_look (fresh, used, NULL);
  g_assert_nonnull (still);
  g_assert_true (mh_sessions_flush (fresh, NULL));
  mh_clock_advance (house->clock, 2 * MH_MINUTE);
  g_autoptr (MhActor) over = mh_sessions_look (house->sessions, used, NULL);
  g_assert_null (over);
  g_assert_false (house_is_in (house->sessions, used));
  g_free (used);
  used = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_assert_true (house_is_in (house->sessions, used));
  g_assert_true (mh_sessions_flush (house->sessions, NULL));
  /* another process knows of the use that was written back */
  g_autoptr (MhSessions) other = house_sessions (house->store);
  g_assert_true (house_is_in (other, used));
  g_assert_false (house_is_in (other, idle));
}

static void
test_absolute (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  for (int i = 0; i < 47; i++)
    {
      mh_clock_advance (house->clock, 30 * MH_MINUTE);
      g_assert_true (house_is_in (house->sessions, token));
      g_assert_true (mh_sessions_flush (house->sessions, NULL));
    }
  mh_clock_advance (house->clock, 30 * MH_MINUTE);
  g_assert_false (house_is_in (house->sessions, token));
}

static void
test_bad_tokens (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  static const char *const bad[]
      = { "", "x", "uk29xATjFze256W2eUnvm2kAeMB6PGUikKLjMTvR4a0",
          "uk29xATjFze256W2eUnvm2kAeMB6PGUikKLjMTvR4a'",
          "uk29xATjFze256W2eUnvm2kAeMB6PGUikKLjMTvR4a0uk29xATjFze256W2e" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (house_is_in (house->sessions, bad[i]));
}

/* The other process hears of it by the feed; how soon is not the matter here, that it does is. */
static gboolean
hears (MhSessions *sessions, const char *token)
{
  for (int i = 0; i < 500; i++)
    {
      if (!house_is_in (sessions, token))
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

static void
test_close (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhSessions) other = house_sessions (house->store);
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autofree char *second = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autoptr (MhActor) actor = mh_sessions_find (house->sessions, token, NULL);
  const MhWho who = { .user_id = mh_actor_user_id (actor), .user_name = "asha" };
  g_assert_true (house_is_in (other, token));
  g_assert_true (mh_login_close (house->sessions, actor, &who, &error));
  g_assert_no_error (error);
  g_assert_false (house_is_in (house->sessions, token));
  g_assert_true (house_is_in (house->sessions, second));
  g_assert_true (hears (other, token));
}

typedef struct
{
  House *house;
  MhActor *actor;
  const char *id;
  MhRecord *patch;
} Change;

static gboolean
tx_user (MhTx *tx, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (MhRecord) after = mh_users_update (
      MH_REQUEST_TX (tx, NULL, change->actor), change->house->sessions,
      (MhPatch){ .id = change->id, .if_match = -1, .body = change->patch }, error);
  return after != NULL;
}

static gboolean
tx_role (MhTx *tx, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (MhRecord) after = mh_roles_update (
      MH_REQUEST_TX (tx, NULL, change->actor), change->house->sessions,
      (MhPatch){ .id = change->id, .if_match = -1, .body = change->patch }, error);
  return after != NULL;
}

static void
test_shut_out (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  g_autoptr (MhRecord) asha = house_user (house, "asha");
  g_autoptr (MhRecord) patch = mh_record_new (&mh_user_type);
  mh_record_set_bool (patch, MH_USER_ACTIVE, FALSE);
  Change change = { house, boss, mh_record_id (asha), patch };
  g_assert_true (house_is_in (house->sessions, token));
  g_assert_true (house_write (house, tx_user, &change, &error));
  g_assert_no_error (error);
  g_assert_false (house_is_in (house->sessions, token));
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_UNAUTHORIZED);
}

static void
test_rights_change (const MhTestDb *test)
{
  static const char *const fewer[] = { MH_MAY_READ_PATIENT, NULL };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autoptr (MhActor) before = mh_sessions_find (house->sessions, token, NULL);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) role = mh_store_find (db, &mh_role_type, "code", MH_ROLE_TECHNICIAN, NULL);
  mh_store_give_reader (house->store, db);
  g_autoptr (MhRecord) patch = mh_record_new (&mh_role_type);
  mh_record_set_list (patch, MH_ROLE_PERMISSIONS, fewer);
  Change change = { house, boss, mh_record_id (role), patch };
  g_assert_true (mh_actor_may (before, MH_MAY_ENTER_RESULT));
  g_assert_true (house_write (house, tx_role, &change, &error));
  g_assert_no_error (error);
  g_autoptr (MhActor) after = mh_sessions_find (house->sessions, token, NULL);
  g_assert_nonnull (after);
  g_assert_false (mh_actor_may (after, MH_MAY_ENTER_RESULT));
  g_assert_true (mh_actor_may (after, MH_MAY_READ_PATIENT));
}

static char *
where (House *house, const char *name, const char *hospital_id, GError **error)
{
  g_autofree char *token = NULL;
  const MhLoginPeer peer = { "10.0.0.9", "test", NULL };
  g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);
  mh_record_set_text (login, MH_LOGIN_USERNAME, name);
  mh_record_set_text (login, MH_LOGIN_PASSWORD, HOUSE_PASSWORD);
  mh_record_set_text (login, MH_LOGIN_HOSPITAL_ID, hospital_id);
  g_autoptr (MhRecord) session = mh_login_open (house->sessions, login, &peer, &token, error);
  g_autoptr (MhActor) actor
      = session != NULL ? mh_sessions_find (house->sessions, token, error) : NULL;
  return actor != NULL ? g_strdup (mh_edit_hospital (actor, error)) : NULL;
}

/* Who sees every hospital sets up the one that was chosen; others choose among their own. */
static void
test_where (const MhTestDb *test)
{
  static const struct
  {
    const char *name, *wanted, *is;
  } rows[] = { { "boss", NULL, HOUSE_A }, { "boss", HOUSE_B, HOUSE_B }, { "boss", "nowhere", NULL },
               { "asha", NULL, HOUSE_A }, { "asha", HOUSE_A, HOUSE_A }, { "asha", HOUSE_B, NULL } };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *is = where (house, rows[i].name, rows[i].wanted, &error);
      g_test_message ("%s, %s", rows[i].name, rows[i].wanted);
      g_assert_cmpstr (is, ==, rows[i].is);
      if (rows[i].is == NULL)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "hospital_id"));
    }
}

/* A desk that lets people choose: who works in one place is not asked, nor who names one of theirs.
 */
static void
test_choose (const MhTestDb *test)
{
  static const struct
  {
    const char *name, *wanted;
    guint n_issues; /* 0: lets in */
  } rows[] = { { "boss", NULL, 3 },
               { "boss", "nowhere", 3 },
               { "boss", HOUSE_B, 0 },
               { "asha", NULL, 0 },
               { "asha", HOUSE_B, 0 } };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = NULL;
      const MhLoginPeer peer = { "10.0.0.9", "test", NULL };
      g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);
      mh_record_set_text (login, MH_LOGIN_USERNAME, rows[i].name);
      mh_record_set_text (login, MH_LOGIN_PASSWORD, HOUSE_PASSWORD);
      mh_record_set_text (login, MH_LOGIN_HOSPITAL_ID, rows[i].wanted);
      mh_record_set_bool (login, MH_LOGIN_CHOOSE, TRUE);
      g_autoptr (MhRecord) session = mh_login_open (house->sessions, login, &peer, &token, &error);
      const MhIssues *issues = mh_error_get_issues (error);
      g_test_message ("%s, %s", rows[i].name, rows[i].wanted);
      g_assert_cmpint (session != NULL, ==, rows[i].n_issues == 0);
      g_assert_cmpuint (issues != NULL ? mh_issues_count (issues) : 0, ==, rows[i].n_issues);
      if (session == NULL)
        g_assert_cmpstr (mh_issues_nth (issues, 0)->code, ==, MH_ISSUE_CHOOSE_HOSPITAL);
    }
}

static void
test_password (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autofree char *elsewhere = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  g_autoptr (MhActor) actor = mh_sessions_find (house->sessions, token, NULL);
  g_autoptr (MhRecord) change = mh_record_new (&mh_password_change_type);
  const MhWho who = { .user_id = mh_actor_user_id (actor), .user_name = "asha" };
  mh_record_set_text (change, MH_PASSWORD_CHANGE_CURRENT, "not it");
  mh_record_set_text (change, MH_PASSWORD_CHANGE_PASSWORD, "seven green parcels");
  g_assert_false (mh_login_change_password (house->sessions, actor, &who, change, &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "current"));
  g_clear_error (&error);
  mh_record_set_text (change, MH_PASSWORD_CHANGE_CURRENT, HOUSE_PASSWORD);
  g_assert_true (mh_login_change_password (house->sessions, actor, &who, change, &error));
  g_assert_no_error (error);
  g_assert_true (house_is_in (house->sessions, token));
  g_assert_false (house_is_in (house->sessions, elsewhere));
  g_assert_null (house_login (house, "asha", HOUSE_PASSWORD, NULL));
  g_autofree char *fresh = house_login (house, "asha", "seven green parcels", NULL);
  g_assert_nonnull (fresh);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/auth/policy", test_policy);
  g_test_add_func ("/auth/hash", test_hash);
  g_test_add_func ("/auth/delay", test_delay);
  mh_test_add_both ("/auth/login", test_login);
  mh_test_add_both ("/auth/lockout", test_lockout);
  mh_test_add_both ("/auth/address", test_address);
  mh_test_add_both ("/auth/desk", test_desk);
  mh_test_add_both ("/auth/idle", test_idle);
  mh_test_add_both ("/auth/absolute", test_absolute);
  mh_test_add_both ("/auth/bad-tokens", test_bad_tokens);
  mh_test_add_both ("/auth/close", test_close);
  mh_test_add_both ("/auth/shut-out", test_shut_out);
  mh_test_add_both ("/auth/rights-change", test_rights_change);
  mh_test_add_both ("/auth/where", test_where);
  mh_test_add_both ("/auth/choose", test_choose);
  mh_test_add_both ("/auth/password", test_password);
  return mh_test_run ();
}
