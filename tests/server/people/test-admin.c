/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users, roles and the house's small records: who sees whom, who may give what, and the last
 * administrator. */
#include "server/people/admin/mh-changes-service.h"
#include "server/people/admin/mh-users-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/proto/mh-route.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-account-change.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "tests/server/access-fixture.h"

typedef struct
{
  House *house;
  MhActor *actor;
  const char *id; /* NULL: create */
  gint64 if_match;
  MhRecord *record;
} Act;

static gboolean
tx_act (MhTx *tx, gpointer data, GError **error)
{
  Act *act = data;
  MhSessions *sessions = act->house->sessions;
  const MhRecordType *type = mh_record_type (act->record);
  g_autoptr (MhRecord) after = NULL;
  if (type == &mh_user_type)
    after
        = act->id == NULL
              ? mh_users_create (MH_REQUEST_TX (tx, NULL, act->actor), sessions, act->record, error)
              : mh_users_update (
                  MH_REQUEST_TX (tx, NULL, act->actor), sessions,
                  (MhPatch){ .id = act->id, .if_match = act->if_match, .body = act->record },
                  error);
  else if (type == &mh_role_type)
    after = act->id == NULL
                ? mh_roles_create (MH_REQUEST_TX (tx, NULL, act->actor), act->record, error)
                : mh_roles_update (
                    MH_REQUEST_TX (tx, NULL, act->actor), sessions,
                    (MhPatch){ .id = act->id, .if_match = act->if_match, .body = act->record },
                    error);
  else
    after = act->id == NULL
                ? mh_directory_create (MH_REQUEST_TX (tx, NULL, act->actor), act->record, error)
                : mh_directory_update (
                    MH_REQUEST_TX (tx, NULL, act->actor),
                    (MhPatch){ .id = act->id, .if_match = act->if_match, .body = act->record },
                    error);
  return after != NULL;
}

/* @kind -1: it must go well. @field NULL: not looked at. */
static void
assert_act (Act *act, int kind, const char *field)
{
  g_autoptr (GError) error = NULL;
  gboolean done = house_write (act->house, tx_act, act, &error);
  if (kind < 0)
    {
      g_assert_no_error (error);
      g_assert_true (done);
      return;
    }
  g_assert_error (error, MH_ERROR, kind);
  if (field != NULL)
    g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), field));
}

static MhRecord *
draft_user (const char *username, const char *role, const char *password)
{
  const char *roles[] = { role, NULL };
  MhRecord *user = mh_record_new (&mh_user_type);
  mh_record_set_text (user, MH_USER_USERNAME, username);
  mh_record_set_text (user, MH_USER_NAME, username);
  mh_record_set_list (user, MH_USER_ROLES, roles);
  if (password != NULL)
    mh_record_set_text (user, MH_USER_PASSWORD, password);
  return user;
}

static void
try_create (House *house,
            const char *as,
            const char *name,
            const char *role,
            const char *password,
            int kind,
            const char *field)
{
  g_autoptr (MhActor) actor = house_actor (house, as);
  g_autoptr (MhRecord) user = draft_user (name, role, password);
  Act act = { house, actor, NULL, -1, user };
  if (mh_actor_hospital_id (actor) == NULL)
    mh_record_set_text (user, MH_USER_HOSPITAL_ID, HOUSE_A);
  assert_act (&act, kind, field);
}

/* As @who about what waits for @whom. @kind -1: it goes well. */
typedef struct
{
  House *house;
  MhActor *actor;
  const char *id;
  gboolean agree;
} Decision;

static gboolean
tx_decide (MhTx *tx, gpointer data, GError **error)
{
  Decision *decision = data;
  g_autoptr (MhRecord) user
      = decision->agree
            ? mh_changes_approve (MH_REQUEST_TX (tx, NULL, decision->actor),
                                  decision->house->sessions, decision->id, error)
            : mh_changes_refuse (MH_REQUEST_TX (tx, NULL, decision->actor), decision->id, error);
  return user != NULL;
}

static void
decide (House *house, const char *who, const char *whom, gboolean agree, int kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor = house_actor (house, who);
  g_autoptr (MhRecord) user = house_user (house, whom);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  MhRecord *change = NULL;
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) waiting = mh_changes_list (MH_REQUEST_DB (db, NULL, boss), NULL, 50, NULL);
  mh_store_give_reader (house->store, db);
  for (guint i = 0; i < waiting->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (waiting, i), MH_ACCOUNT_CHANGE_USER_ID),
                   mh_record_id (user))
        == 0)
      change = g_ptr_array_index (waiting, i);
  g_assert_nonnull (change);
  Decision decision = { house, actor, mh_record_id (change), agree };
  gboolean done = house_write (house, tx_decide, &decision, &error);
  if (kind < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MH_ERROR, kind);
  g_assert_true (done == (kind < 0));
}

static guint
n_waiting (House *house, const char *who)
{
  g_autoptr (MhActor) actor = house_actor (house, who);
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) found = mh_changes_list (MH_REQUEST_DB (db, NULL, actor), NULL, 50, NULL);
  mh_store_give_reader (house->store, db);
  return found->len;
}

static void
test_create (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  try_create (house, "boss", "newone", MH_ROLE_PATHOLOGIST, "apple river 99", -1, NULL);
  try_create (house, "boss", "newone", MH_ROLE_NURSE, "apple river 99", MH_ERROR_INVALID,
              "username");
  try_create (house, "boss", "second", "wizard", "apple river 99", MH_ERROR_INVALID, "roles");
  try_create (house, "boss", "second", MH_ROLE_NURSE, "short", MH_ERROR_INVALID, "password");
  try_create (house, "boss", "second", MH_ROLE_NURSE, NULL, MH_ERROR_INVALID, "password");
  try_create (house, "boss", "Second One", MH_ROLE_NURSE, "apple river 99", MH_ERROR_INVALID,
              "username");
  /* the one chief of a hospital employs technicians but makes no administrators */
  try_create (house, "chief", "third", MH_ROLE_TECHNICIAN, "apple river 99", -1, NULL);
  try_create (house, "chief", "fourth", MH_ROLE_ADMIN, "apple river 99", MH_ERROR_FORBIDDEN, NULL);
  g_autoptr (MhRecord) third = house_user (house, "third");
  g_assert_cmpstr (mh_record_text (third, MH_USER_HOSPITAL_ID), ==, HOUSE_A);
  g_assert_true (mh_record_bool (third, MH_USER_MUST_CHANGE_PASSWORD));
  /* who verifies results is no account of one administrator alone */
  g_assert_null (house_login (house, "newone", "apple river 99", &error));
  g_clear_error (&error);
  decide (house, "boss", "newone", TRUE, MH_ERROR_CONFLICT);
  g_assert_null (house_login (house, "newone", "apple river 99", NULL));
  decide (house, "chief", "newone", TRUE, -1);
  g_autofree char *token = house_login (house, "newone", "apple river 99", &error);
  g_assert_no_error (error);
  g_autofree char *wire = mh_record_to_json (third, 0);
  g_assert_null (strstr (wire, "argon2"));
}

static void
try_update (House *house,
            const char *as,
            const char *whom,
            MhRecord *patch,
            gint64 if_match,
            int kind)
{
  g_autoptr (MhActor) actor = house_actor (house, as);
  g_autoptr (MhRecord) user = house_user (house, whom);
  Act act = { house, actor, mh_record_id (user), if_match, patch };
  assert_act (&act, kind, NULL);
}

static void
test_update (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  static const char *const admin[] = { MH_ROLE_ADMIN, NULL }, *const reception[]
                                                              = { MH_ROLE_RECEPTION, NULL };
  g_autoptr (MhRecord) renamed = mh_record_new (&mh_user_type);
  g_autoptr (MhRecord) raised = mh_record_new (&mh_user_type);
  g_autoptr (MhRecord) lowered = mh_record_new (&mh_user_type);
  g_autoptr (MhRecord) reset = mh_record_new (&mh_user_type);
  mh_record_set_text (renamed, MH_USER_DESIGNATION, "Senior");
  mh_record_set_list (raised, MH_USER_ROLES, admin);
  mh_record_set_list (lowered, MH_USER_ROLES, reception);
  mh_record_set_text (reset, MH_USER_PASSWORD, "copper lantern 5");
  try_update (house, "boss", "asha", renamed, 1, -1);
  try_update (house, "boss", "asha", renamed, 1, MH_ERROR_STALE);
  /* nobody of another hospital exists */
  try_update (house, "chief", "bina", renamed, -1, MH_ERROR_NOT_FOUND);
  try_update (house, "chief", "asha", renamed, -1, -1);
  /* nobody raises themselves, or others above themselves, or takes the password of somebody above
   */
  try_update (house, "chief", "chief", raised, -1, MH_ERROR_FORBIDDEN);
  try_update (house, "chief", "asha", raised, -1, MH_ERROR_FORBIDDEN);
  try_update (house, "chief", "boss", reset, -1, MH_ERROR_FORBIDDEN);
  try_update (house, "boss", "boss", lowered, -1, MH_ERROR_FORBIDDEN);
  try_update (house, "boss", "asha", raised, -1, -1);
  /* with a second administrator the first may go, the last may not */
  try_update (house, "asha", "boss", lowered, -1, -1);
  g_autoptr (MhActor) gone = house_actor (house, "asha");
  g_autoptr (MhRecord) asha = house_user (house, "asha");
  g_autoptr (MhActor) robot
      = mh_actor_new (NULL, "robot", "robot", NULL, NULL, mh_actor_permissions (gone));
  Act last = { house, robot, mh_record_id (asha), -1, lowered };
  assert_act (&last, MH_ERROR_CONFLICT, NULL);
}

/* Who knows a password that was given may do nothing with it but choose another; then it is theirs.
 */
static void
check_given_password (House *house, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) given = mh_sessions_find (house->sessions, token, &error);
  g_autoptr (MhRecord) change = mh_record_new (&mh_password_change_type);
  g_autoptr (MhRecord) before = house_user (house, "asha");
  const MhWho by = { .user_id = mh_actor_user_id (given), .user_name = "asha" };
  g_assert_true (mh_actor_is_password_due (given));
  g_assert_false (mh_actor_may (given, ""));
  g_assert_false (mh_actor_may (given, MH_MAY_ENTER_RESULT));
  g_assert_false (mh_actor_require (given, "", &error));
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "password"));
  g_clear_error (&error);
  g_assert_cmpstr (mh_record_text (before, MH_USER_PASSWORD_SET_BY), ==, "boss");
  mh_record_set_text (change, MH_PASSWORD_CHANGE_CURRENT, "copper lantern 5");
  mh_record_set_text (change, MH_PASSWORD_CHANGE_PASSWORD, "seven green parcels");
  g_assert_true (mh_login_change_password (house->sessions, given, &by, change, &error));
  g_assert_no_error (error);
  g_autoptr (MhActor) own = mh_sessions_find (house->sessions, token, &error);
  g_autoptr (MhRecord) after = house_user (house, "asha");
  g_assert_false (mh_actor_is_password_due (own));
  g_assert_true (mh_actor_may (own, MH_MAY_ENTER_RESULT));
  g_assert_false (mh_record_has (after, MH_USER_PASSWORD_SET_BY));
}

static void
test_reset (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) reset = mh_record_new (&mh_user_type);
  g_autofree char *token = house_login (house, "asha", HOUSE_PASSWORD, NULL);
  mh_record_set_text (reset, MH_USER_PASSWORD, "copper lantern 5");
  for (int i = 0; i < 6; i++)
    g_assert_null (house_login (house, "asha", "wrong", NULL));
  try_update (house, "boss", "asha", reset, -1, -1);
  /* it opens nothing and ends nothing until a second administrator agrees */
  g_assert_true (house_is_in (house->sessions, token));
  g_assert_cmpuint (n_waiting (house, "boss"), ==, 1);
  decide (house, "boss", "asha", TRUE, MH_ERROR_CONFLICT);
  decide (house, "chief", "asha", FALSE, -1);
  g_assert_cmpuint (n_waiting (house, "boss"), ==, 0);
  g_assert_true (house_is_in (house->sessions, token));
  try_update (house, "boss", "asha", reset, -1, -1);
  decide (house, "chief", "asha", TRUE, -1);
  g_assert_cmpuint (n_waiting (house, "boss"), ==, 0);
  g_assert_false (house_is_in (house->sessions, token));
  /* the lock is gone with the old password */
  g_autofree char *fresh = house_login (house, "asha", "copper lantern 5", NULL);
  g_assert_nonnull (fresh);
  check_given_password (house, fresh);
}

/* Rights that harm wait, others hold at once; what is taken away, too. */
static void
test_roles_wait (const MhTestDb *test)
{
  static const char *const doctor[] = { MH_ROLE_DOCTOR, NULL };
  static const char *const reception[] = { MH_ROLE_RECEPTION, NULL };
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) raised = mh_record_new (&mh_user_type);
  g_autoptr (MhRecord) lowered = mh_record_new (&mh_user_type);
  mh_record_set_list (raised, MH_USER_ROLES, doctor);
  mh_record_set_list (lowered, MH_USER_ROLES, reception);
  try_update (house, "boss", "asha", lowered, -1, -1);
  g_assert_cmpuint (n_waiting (house, "boss"), ==, 0);
  g_autoptr (MhActor) desk = house_actor (house, "asha");
  g_assert_false (mh_actor_may (desk, MH_MAY_READ_RESULT));
  try_update (house, "boss", "asha", raised, -1, -1);
  g_autoptr (MhActor) still = house_actor (house, "asha");
  g_assert_false (mh_actor_may (still, MH_MAY_READ_CHART));
  decide (house, "asha", "asha", TRUE, MH_ERROR_CONFLICT);
  decide (house, "chief", "asha", TRUE, -1);
  g_autoptr (MhActor) at_last = house_actor (house, "asha");
  g_assert_true (mh_actor_may (at_last, MH_MAY_READ_CHART));
  /* of B there is one administrator alone: nobody to wait for */
  try_update (house, "boss", "bina", raised, -1, -1);
  g_autoptr (MhActor) bina = house_actor (house, "bina");
  g_assert_true (mh_actor_may (bina, MH_MAY_READ_CHART));
  g_assert_cmpuint (n_waiting (house, "boss"), ==, 0);
}

/* --- rights that are added to a role --- */

static MhRecord *
role_of (House *house, const char *code)
{
  MhDb *db = house_reader (house);
  MhRecord *role = mh_store_find (db, &mh_role_type, "code", code, NULL);
  mh_store_give_reader (house->store, db);
  return role;
}

static gboolean
role_has (House *house, const char *code, const char *right)
{
  g_autoptr (MhRecord) role = role_of (house, code);
  return g_strv_contains (mh_record_list (role, MH_ROLE_PERMISSIONS), right);
}

/* @who gives @code, a role, these rights as well. */
static void
add_rights (House *house, const char *who, const char *code, const char *one, const char *two)
{
  g_autoptr (MhActor) actor = house_actor (house, who);
  g_autoptr (MhRecord) role = role_of (house, code);
  g_autoptr (MhRecord) patch = mh_record_new (&mh_role_type);
  g_autoptr (GStrvBuilder) rights = g_strv_builder_new ();
  g_strv_builder_addv (rights, (const char **)mh_record_list (role, MH_ROLE_PERMISSIONS));
  g_strv_builder_add_many (rights, one, two, NULL);
  g_auto (GStrv) all = g_strv_builder_end (rights);
  mh_record_set_list (patch, MH_ROLE_PERMISSIONS, (const char *const *)all);
  Act act = { house, actor, mh_record_id (role), -1, patch };
  assert_act (&act, -1, NULL);
}

static void
decide_role (House *house, const char *who, gboolean agree, int kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor = house_actor (house, who);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) waiting = mh_changes_list (MH_REQUEST_DB (db, NULL, boss), NULL, 50, NULL);
  mh_store_give_reader (house->store, db);
  g_assert_cmpuint (waiting->len, ==, 1);
  Decision decision = { house, actor, mh_record_id (g_ptr_array_index (waiting, 0)), agree };
  house_write (house, tx_decide, &decision, &error);
  if (kind < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MH_ERROR, kind);
}

static void
test_role_rights_wait (const MhTestDb *test)
{
  static const char *const admin[] = { MH_ROLE_ADMIN, NULL };
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) raised = mh_record_new (&mh_user_type);
  mh_record_set_list (raised, MH_USER_ROLES, admin);
  /* one administrator alone has nobody to wait for */
  add_rights (house, "boss", MH_ROLE_RECEPTION, MH_MAY_READ_VITALS, NULL);
  g_assert_true (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_VITALS));
  try_update (house, "boss", "asha", raised, -1, -1);
  /* of two the other one approves; what harms nobody holds at once */
  add_rights (house, "boss", MH_ROLE_RECEPTION, MH_MAY_READ_CHART, MH_MAY_READ_QC);
  g_assert_true (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_QC));
  g_assert_false (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_CHART));
  g_autoptr (MhRecord) waits = role_of (house, MH_ROLE_RECEPTION);
  g_assert_cmpint (mh_record_int (waits, MH_ROLE_WAITING_SINCE), ==, HOUSE_NOW);
  g_autoptr (MhRecord) asha = house_user (house, "asha");
  g_assert_cmpuint (house_count (house, &mh_alert_type, "user_id", mh_record_id (asha)), ==, 1);
  g_assert_cmpuint (house_count (house, &mh_alert_type, "kind", MH_ALERT_ACCOUNT_CHANGE), ==, 1);
  decide_role (house, "boss", TRUE, MH_ERROR_CONFLICT);
  decide_role (house, "chief", TRUE, MH_ERROR_NOT_FOUND);
  decide_role (house, "asha", FALSE, -1);
  g_assert_false (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_CHART));
  add_rights (house, "boss", MH_ROLE_RECEPTION, MH_MAY_READ_CHART, NULL);
  decide_role (house, "asha", TRUE, -1);
  g_assert_true (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_CHART));
  g_assert_true (role_has (house, MH_ROLE_RECEPTION, MH_MAY_READ_QC));
  g_autoptr (MhRecord) done = role_of (house, MH_ROLE_RECEPTION);
  g_assert_false (mh_record_has (done, MH_ROLE_WAITING_SINCE));
  g_assert_cmpuint (house_count (house, &mh_alert_type, "status", MH_ALERT_CLEARED), ==, 2);
}

/* One administrator alone has nobody to wait for: what that one gives holds at once, and those who
 * review access are told of it; of what nobody would have to approve they are not. */
static void
test_alone_is_told (const MhTestDb *test)
{
  static const char *const admin[] = { MH_ROLE_ADMIN, NULL };
  static const char *const reception[] = { MH_ROLE_RECEPTION, NULL };
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhRecord) plain = mh_record_new (&mh_user_type);
  g_autoptr (MhRecord) raised = mh_record_new (&mh_user_type);
  mh_record_set_list (plain, MH_USER_ROLES, reception);
  mh_record_set_list (raised, MH_USER_ROLES, admin);
  try_update (house, "boss", "asha", plain, -1, -1);
  g_assert_cmpuint (house_count (house, &mh_alert_type, "kind", MH_ALERT_RIGHTS_ALONE), ==, 0);
  /* of a role, which holds everywhere, each hospital is told */
  add_rights (house, "boss", MH_ROLE_RECEPTION, MH_MAY_READ_QC, NULL);
  g_assert_cmpuint (house_count (house, &mh_alert_type, "kind", MH_ALERT_RIGHTS_ALONE), ==, 0);
  add_rights (house, "boss", MH_ROLE_RECEPTION, MH_MAY_READ_VITALS, NULL);
  guint told = house_count (house, &mh_alert_type, "kind", MH_ALERT_RIGHTS_ALONE);
  g_assert_cmpuint (told, >, 0);
  g_assert_cmpuint (told, ==, house_count (house, &mh_hospital_type, NULL, NULL));
  try_update (house, "boss", "asha", raised, -1, -1);
  g_autoptr (MhRecord) asha = house_user (house, "asha");
  g_assert_true (g_strv_contains (mh_record_list (asha, MH_USER_ROLES), MH_ROLE_ADMIN));
  g_assert_false (mh_record_has (asha, MH_USER_WAITING_SINCE));
  g_assert_cmpuint (house_count (house, &mh_alert_type, "kind", MH_ALERT_RIGHTS_ALONE), ==,
                    told + 1);
  g_assert_cmpuint (house_count (house, &mh_alert_type, "kind", MH_ALERT_ACCOUNT_CHANGE), ==, 0);
  g_assert_cmpstr (mh_alert_kind_find (MH_ALERT_RIGHTS_ALONE)->rights, ==, MH_MAY_REVIEW_ACCESS);
}

static void
test_lists (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  g_autoptr (MhActor) chief = house_actor (house, "chief");
  MhDb *db = house_reader (house);
  MhDirectoryQuery all = { .limit = 50 }, two = { .limit = 2 }, found = { .q = "ASH", .limit = 50 };
  char *next = NULL;
  g_autoptr (GPtrArray) everybody
      = mh_users_list (MH_REQUEST_DB (db, NULL, boss), &all, &next, NULL);
  g_autoptr (GPtrArray) ours = mh_users_list (MH_REQUEST_DB (db, NULL, chief), &all, &next, NULL);
  g_autoptr (GPtrArray) asha = mh_users_list (MH_REQUEST_DB (db, NULL, boss), &found, &next, NULL);
  g_assert_cmpuint (everybody->len, ==, 4);
  g_assert_cmpuint (ours->len, ==, 3);
  g_assert_cmpuint (asha->len, ==, 1);
  g_assert_null (next);
  g_autoptr (GPtrArray) first = mh_users_list (MH_REQUEST_DB (db, NULL, boss), &two, &next, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpstr (next, ==, "bina");
  two.after = next;
  char *end = NULL;
  g_autoptr (GPtrArray) second = mh_users_list (MH_REQUEST_DB (db, NULL, boss), &two, &end, NULL);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_cmpstr (mh_record_text (second->pdata[0], MH_USER_USERNAME), ==, "boss");
  g_assert_null (end);
  g_free (next);
  g_autoptr (GPtrArray) roles
      = mh_directory_list (MH_REQUEST_DB (db, NULL, boss), &mh_role_type, &all, &end, NULL);
  g_assert_cmpuint (roles->len, ==, 13);
  mh_store_give_reader (house->store, db);
}

static void
test_roles (const MhTestDb *test)
{
  static const char *const unknown[] = { "fly.away", NULL }, *const fine[]
                                                             = { MH_MAY_READ_PATIENT, NULL };
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  g_autoptr (MhActor) chief = house_actor (house, "chief");
  g_autoptr (MhRecord) role = mh_record_new (&mh_role_type);
  Act act = { house, boss, NULL, -1, role };
  mh_record_set_text (role, MH_ROLE_CODE, "reader");
  mh_record_set_text (role, MH_ROLE_NAME, "Reader");
  mh_record_set_list (role, MH_ROLE_PERMISSIONS, unknown);
  assert_act (&act, MH_ERROR_INVALID, "permissions");
  mh_record_set_list (role, MH_ROLE_PERMISSIONS, fine);
  act.actor = chief;
  assert_act (&act, MH_ERROR_FORBIDDEN, NULL);
  act.actor = boss;
  assert_act (&act, -1, NULL);
  /* the administrator's own role: no further rights by one's own hand, and never without its
   * essence */
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) own = mh_store_find (db, &mh_role_type, "code", MH_ROLE_ADMIN, NULL);
  mh_store_give_reader (house->store, db);
  g_autoptr (MhRecord) more = mh_record_new (&mh_role_type);
  g_autoptr (MhRecord) less = mh_record_new (&mh_role_type);
  mh_record_set_list (more, MH_ROLE_PERMISSIONS, mh_record_list (own, MH_ROLE_PERMISSIONS));
  mh_record_add_to_list (more, MH_ROLE_PERMISSIONS, MH_MAY_VERIFY_RESULT);
  mh_record_add_to_list (less, MH_ROLE_PERMISSIONS, MH_MAY_READ_ROLE);
  Act change = { house, boss, mh_record_id (own), -1, more };
  assert_act (&change, MH_ERROR_FORBIDDEN, NULL);
  change.record = less;
  assert_act (&change, MH_ERROR_CONFLICT, NULL);
}

static void
test_directory (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  g_autoptr (MhActor) chief = house_actor (house, "chief");
  g_autoptr (MhRecord) department = mh_record_new (&mh_department_type);
  Act act = { house, chief, NULL, -1, department };
  mh_record_set_text (department, MH_DEPARTMENT_CODE, "LAB");
  mh_record_set_text (department, MH_DEPARTMENT_NAME, "Laboratory");
  assert_act (&act, -1, NULL);
  assert_act (&act, MH_ERROR_INVALID, "code");
  mh_record_set_text (department, MH_DEPARTMENT_HOSPITAL_ID, HOUSE_B);
  assert_act (&act, MH_ERROR_NOT_FOUND, NULL);
  act.actor = boss;
  assert_act (&act, -1, NULL);
  /* a setting for all hospitals is for those who work in all */
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_set_text (setting, MH_SETTING_KEY, "lab.tax");
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_MONEY);
  mh_record_set_text (setting, MH_SETTING_VALUE, "2000");
  act.record = setting;
  assert_act (&act, -1, NULL);
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) all = mh_store_find (db, &mh_setting_type, "key", "lab.tax", NULL);
  MhDirectoryQuery of_b = { .hospital_id = HOUSE_B, .limit = 50 };
  char *next = NULL;
  g_assert_null (
      mh_directory_list (MH_REQUEST_DB (db, NULL, chief), &mh_department_type, &of_b, &next, NULL));
  g_autoptr (GPtrArray) theirs
      = mh_directory_list (MH_REQUEST_DB (db, NULL, boss), &mh_department_type, &of_b, &next, NULL);
  g_assert_cmpuint (theirs->len, ==, 1);
  mh_store_give_reader (house->store, db);
  g_autoptr (MhRecord) patch = mh_record_new (&mh_setting_type);
  mh_record_set_text (patch, MH_SETTING_VALUE, "0");
  Act change = { house, chief, mh_record_id (all), -1, patch };
  assert_act (&change, MH_ERROR_FORBIDDEN, NULL);
  change.actor = boss;
  assert_act (&change, -1, NULL);
}

/* Every call that changes something of ours asks for a right that exists, and a technician lacks
 * it. */
static void
test_routes (void)
{
  static const char *const open_to_all[]
      = { "session.open", "session.close", "session.password", "factor.begin",    "factor.confirm",
          "factor.off",   "device.create", "own_key.accept",   "own_key.decline", NULL };
  static const char *const tags[]
      = { "session", "users", "roles", "hospitals", "settings", "audit", NULL };
  const MhRoleDefault *technician = mh_role_default_find (MH_ROLE_TECHNICIAN);
  g_autoptr (MhActor) actor
      = mh_actor_new ("u", "u", "technician", HOUSE_A, NULL, technician->permissions);
  guint n_tables = 0, n_checked = 0;
  const MhRouteTable *tables = mh_routes_tables (&n_tables);
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_routes; i++)
      {
        const MhRoute *route = &tables[t].routes[i];
        if (!g_strv_contains (tags, route->tag) || g_strv_contains (open_to_all, route->id))
          continue;
        if (*route->permission != '\0')
          g_assert_true (mh_permission_is_known (route->permission));
        if (g_str_equal (route->method, "GET") && !g_str_equal (route->id, "audit.list"))
          continue;
        g_test_message ("%s needs %s", route->id, route->permission);
        g_assert_cmpstr (route->permission, !=, "");
        g_assert_false (mh_actor_may (actor, route->permission));
        n_checked++;
      }
  g_assert_cmpuint (n_checked, >=, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/admin/create", test_create);
  mh_test_add_both ("/admin/update", test_update);
  mh_test_add_both ("/admin/reset", test_reset);
  mh_test_add_both ("/admin/roles-wait", test_roles_wait);
  mh_test_add_both ("/admin/role-rights-wait", test_role_rights_wait);
  mh_test_add_both ("/admin/alone-is-told", test_alone_is_told);
  mh_test_add_both ("/admin/lists", test_lists);
  mh_test_add_both ("/admin/roles", test_roles);
  mh_test_add_both ("/admin/directory", test_directory);
  g_test_add_func ("/admin/routes", test_routes);
  return mh_test_run ();
}
