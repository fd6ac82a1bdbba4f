/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/access-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "server/platform/auth/mh-sessions-store.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

static const MhWho who = { .user_name = "test", .station = "test" };

static MhRecord *
new_hospital (const char *id, const char *code)
{
  MhRecord *hospital = mh_record_new (&mh_hospital_type);
  mh_record_set_text (hospital, MH_ID, id);
  mh_record_set_text (hospital, MH_HOSPITAL_CODE, code);
  mh_record_set_text (hospital, MH_HOSPITAL_NAME, code);
  mh_record_set_bool (hospital, MH_HOSPITAL_ACTIVE, TRUE);
  return hospital;
}

static MhRecord *
new_user (House *house, const char *username, const char *role, const char *hospital)
{
  g_autoptr (GError) error = NULL;
  const char *roles[] = { role, NULL };
  MhRecord *user = mh_record_new (&mh_user_type);
  mh_record_set_text (user, MH_USER_USERNAME, username);
  mh_record_set_text (user, MH_USER_NAME, username);
  mh_record_set_list (user, MH_USER_ROLES, roles);
  mh_record_set_text (user, MH_USER_HOSPITAL_ID, hospital);
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  mh_record_take_text (
      user, MH_USER_PASSWORD_HASH,
      mh_hasher_hash (mh_sessions_hasher (house->sessions), HOUSE_PASSWORD, &error));
  g_assert_no_error (error);
  return user;
}

static MhRecord *
new_chief_role (void)
{
  static const char *const rights[]
      = { MH_MAY_READ_USER, MH_MAY_WRITE_USER, MH_MAY_READ_ROLE, NULL };
  MhRecord *role = mh_record_new (&mh_role_type);
  mh_record_set_text (role, MH_ROLE_CODE, "chief");
  mh_record_set_text (role, MH_ROLE_NAME, "Chief");
  mh_record_set_list (role, MH_ROLE_PERMISSIONS, rights);
  return role;
}

static gboolean
furnish (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (all, new_hospital (HOUSE_A, "AA"));
  g_ptr_array_add (all, new_hospital (HOUSE_B, "BB"));
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    g_ptr_array_add (all, mh_role_default_record (role));
  g_ptr_array_add (all, new_chief_role ());
  g_ptr_array_add (all, new_user (data, "asha", MH_ROLE_TECHNICIAN, HOUSE_A));
  g_ptr_array_add (all, new_user (data, "boss", MH_ROLE_ADMIN, HOUSE_A));
  g_ptr_array_add (all, new_user (data, "chief", "chief", HOUSE_A));
  g_ptr_array_add (all, new_user (data, "bina", MH_ROLE_TECHNICIAN, HOUSE_B));
  for (guint i = 0; i < all->len; i++)
    if (!mh_tx_insert (tx, g_ptr_array_index (all, i), MH_AUDIT_CREATE, NULL, error))
      return FALSE;
  return TRUE;
}

MhSessions *
house_sessions (MhStore *store)
{
  g_autofree char *name = g_strdup_printf ("mahima-test-%d.key", (int)getpid ());
  g_autofree char *key_file = g_build_filename (g_get_tmp_dir (), name, NULL);
  /* the least that libsodium takes: the tests are not about the cost */
  const MhSessionLimits limits = { .cost = { .memory_kib = 8, .passes = 1 }, .key_file = key_file };
  return mh_sessions_new (store, &limits);
}

House *
house_new (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  House *house = g_new0 (House, 1);
  house->test = test;
  house->clock = mh_clock_new_at (HOUSE_NOW);
  const MhStoreConfig config = { .url = test->url, .readers = 3, .clock = house->clock };
  house->store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  house->sessions = house_sessions (house->store);
  g_assert_true (house_write (house, furnish, house, &error));
  g_assert_no_error (error);
  return house;
}

void
house_free (House *house)
{
  mh_sessions_free (house->sessions);
  mh_store_close (house->store);
  mh_clock_unref (house->clock);
  g_autofree char *name = g_strdup_printf ("mahima-test-%d.key", (int)getpid ());
  g_autofree char *key_file = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_unlink (key_file);
  g_free (house);
}

MhDb *
house_reader (House *house)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (house->store, &error);
  g_assert_no_error (error);
  return db;
}

gboolean
house_write (House *house, MhTxFunc func, gpointer data, GError **error)
{
  return mh_store_write (house->store, &who, func, data, error);
}

MhRecord *
house_user (House *house, const char *username)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = house_reader (house);
  MhRecord *user = mh_store_find (db, &mh_user_type, "username", username, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  g_assert_nonnull (user);
  return user;
}

MhActor *
house_actor (House *house, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) user = house_user (house, username);
  MhDb *db = house_reader (house);
  g_auto (GStrv) rights
      = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  gboolean everywhere = g_strv_contains ((const char *const *)rights, MH_MAY_SEE_ALL_HOSPITALS);
  g_autofree char *role = g_strjoinv (",", (char **)mh_record_list (user, MH_USER_ROLES));
  return mh_actor_new (mh_record_id (user), username, role,
                       everywhere ? NULL : mh_record_text (user, MH_USER_HOSPITAL_ID), NULL,
                       (const char *const *)rights);
}

char *
house_login (House *house, const char *username, const char *password, GError **error)
{
  return house_login_code (house, username, password, NULL, error);
}

char *
house_login_code (House *house,
                  const char *username,
                  const char *password,
                  const char *code,
                  GError **error)
{
  const MhLoginPeer peer = { .address = "10.0.0.7", .agent = "test", .request_id = "r-1" };
  g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);
  char *token = NULL;
  mh_record_set_text (login, MH_LOGIN_USERNAME, username);
  mh_record_set_text (login, MH_LOGIN_PASSWORD, password);
  mh_record_set_text (login, MH_LOGIN_TOTP, code);
  g_autoptr (MhRecord) session = mh_login_open (house->sessions, login, &peer, &token, error);
  g_assert_true ((session != NULL) == (token != NULL));
  return token;
}

gboolean
house_is_in (MhSessions *sessions, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor = mh_sessions_find (sessions, token, &error);
  if (actor == NULL)
    g_assert_error (error, MH_ERROR, MH_ERROR_UNAUTHORIZED);
  return actor != NULL;
}

guint
house_count (House *house, const MhRecordType *type, const char *column, const char *value)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) rows = mh_store_all (db, type, column, value, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  return rows->len;
}
