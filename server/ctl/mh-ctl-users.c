/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts, roles and hospitals from the console: whoever may read the configuration is trusted, so
 * there is no actor, but the same checks of passwords and roles hold. */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>

#include "server/ctl/mh-catalogue-load.h"
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-forms-load.h"
#include "server/ctl/mh-formulary-load.h"
#include "server/ctl/mh-protocol-load.h"
#include "server/people/admin/mh-rights.h"
#include "server/people/admin/mh-users-store.h"
#include "server/platform/auth/mh-factor.h"
#include "server/platform/auth/mh-login-guard.h"
#include "server/platform/auth/mh-password.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

/* --- users --- */

typedef struct
{
  MhCtl *ctl;
  const char *username;
  char *hash;
} Account;

static MhRecord *
need_found (MhDb *db,
            const MhRecordType *type,
            const char *column,
            const char *value,
            GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (MhRecord) found = mh_store_find (db, type, column, value, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (found == NULL || mh_record_has (found, MH_DELETED_AT))
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no %s “%s”.", type->code, value);
  else
    return g_steal_pointer (&found);
  return NULL;
}

/* The one that was named, or the only one there is. */
char *
mh_ctl_choose_hospital (MhDb *db, const char *code, GError **error)
{
  g_autoptr (MhRecord) named
      = code != NULL ? need_found (db, &mh_hospital_type, "code", code, error) : NULL;
  if (code != NULL)
    return named != NULL ? g_strdup (mh_record_id (named)) : NULL;

  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_hospital_type, NULL, NULL, error);
  if (all == NULL)
    return NULL;
  if (all->len == 1)
    return g_strdup (mh_record_id (g_ptr_array_index (all, 0)));

  mh_error_set (error, MH_ERROR_INVALID,
                all->len == 0 ? "There is no hospital yet: run mahimactl init or hospital add."
                              : "There are several hospitals: say which by --hospital CODE.");
  return NULL;
}

static gboolean
set_roles (MhDb *db, MhRecord *user, const char *words, GError **error)
{
  g_auto (GStrv) codes = g_strsplit (words != NULL ? words : "", ",", -1);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (MhRecord) role = need_found (db, &mh_role_type, "code", codes[i], error);
      if (role == NULL)
        return FALSE;
      mh_record_add_to_list (user, MH_USER_ROLES, codes[i]);
    }
  return TRUE;
}

static gboolean
tx_add (MhTx *tx, gpointer data, GError **error)
{
  Account *account = data;
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) user = mh_record_new (&mh_user_type);
  g_autofree char *hospital_id
      = mh_ctl_choose_hospital (db, mh_ctl_option (account->ctl, "hospital"), error);
  const char *name = mh_ctl_option (account->ctl, "name");

  if (hospital_id == NULL)
    return FALSE;

  mh_record_set_text (user, MH_USER_USERNAME, account->username);
  mh_record_set_text (user, MH_USER_NAME, name != NULL ? name : account->username);
  mh_record_set_text (user, MH_USER_HOSPITAL_ID, hospital_id);
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  mh_record_set_text (user, MH_USER_PASSWORD_HASH, account->hash);
  mh_record_set_int (user, MH_USER_PASSWORD_CHANGED_AT, mh_tx_now (tx));
  if (!set_roles (db, user, mh_ctl_option (account->ctl, "role"), error)
      || !mh_record_validate (user, MH_CHECK_CREATE, error))
    return FALSE;

  g_autoptr (GError) failed = NULL;
  if (mh_tx_insert (tx, user, MH_AUDIT_CREATE, NULL, &failed))
    return TRUE;

  if (g_error_matches (failed, MH_ERROR, MH_ERROR_CONFLICT))
    mh_error_set (error, MH_ERROR_CONFLICT, "The user name “%s” is taken.", account->username);
  else
    g_propagate_error (error, g_steal_pointer (&failed));

  return FALSE;
}

/* The new password, checked and hashed. */
static char *
ask_hash (MhCtl *ctl, const char *username, GError **error)
{
  g_autofree char *password = mh_ctl_password (ctl, error);
  if (password == NULL || !mh_password_check (password, username, FALSE, error))
    return NULL;
  g_autoptr (MhHasher) hasher = mh_hasher_new (NULL);
  return mh_hasher_hash (hasher, password, error);
}

int
mh_ctl_user_add (MhCtl *ctl, GError **error)
{
  Account account = { .ctl = ctl, .username = mh_ctl_need (ctl, 0, "The user name", error) };
  if (account.username == NULL || mh_ctl_store (ctl, TRUE, error) == NULL)
    return MH_CTL_FAILED;

  if (mh_ctl_option (ctl, "role") == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "Say what the person may do: --role ROLE[,ROLE].");
      return MH_CTL_FAILED;
    }

  account.hash = ask_hash (ctl, account.username, error);
  gboolean done = account.hash != NULL && mh_ctl_write (ctl, tx_add, &account, error);
  g_free (account.hash);
  if (done)
    printf ("Added %s.\n", account.username);
  return done ? MH_CTL_DONE : MH_CTL_FAILED;
}

static gboolean
print_users (MhDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) users = mh_users_store_page (db, NULL, NULL, G_MAXINT32, error);
  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      MhRecord *user = g_ptr_array_index (users, i);
      const char *const *roles = mh_record_list (user, MH_USER_ROLES);
      g_autofree char *joined = roles != NULL ? g_strjoinv (",", (char **)roles) : g_strdup ("");
      printf ("%-20s %-24s %s%s%s\n", mh_record_text (user, MH_USER_USERNAME), joined,
              mh_record_text (user, MH_USER_NAME),
              mh_record_bool (user, MH_USER_ACTIVE) ? "" : "  [shut]",
              mh_record_bool (user, MH_USER_DEMONSTRATION) ? "  [demonstration]" : "");
    }

  return users != NULL;
}

int
mh_ctl_user_list (MhCtl *ctl, GError **error)
{
  return mh_ctl_read (ctl, print_users, NULL, error) ? MH_CTL_DONE : MH_CTL_FAILED;
}

static gboolean
change_user (MhTx *tx, Account *account, gboolean disable, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autofree char *guard = mh_guard_user_key (account->username);
  g_autoptr (MhRecord) before
      = need_found (db, &mh_user_type, "username", account->username, error);

  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (disable)
    mh_record_set_bool (after, MH_USER_ACTIVE, FALSE);
  else
    {
      mh_record_set_text (after, MH_USER_PASSWORD_HASH, account->hash);
      mh_record_set_int (after, MH_USER_PASSWORD_CHANGED_AT, mh_tx_now (tx));
      mh_record_set_bool (after, MH_USER_MUST_CHANGE_PASSWORD, FALSE);
      mh_record_set_null (after, MH_USER_LOCKED_UNTIL);
      mh_record_set_int (after, MH_USER_FAILED_LOGINS, 0);
    }

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, disable ? "disabled" : "password reset",
                       error)
         && mh_guard_store_clear (tx, guard, error)
         && mh_session_store_revoke_user (tx, mh_record_id (before), NULL, error)
         && (!disable || mh_rights_somebody_left (db, error));
}

static gboolean
tx_disable (MhTx *tx, gpointer data, GError **error)
{
  return change_user (tx, data, TRUE, error);
}

static gboolean
tx_password (MhTx *tx, gpointer data, GError **error)
{
  return change_user (tx, data, FALSE, error);
}

int
mh_ctl_user_disable (MhCtl *ctl, GError **error)
{
  Account account = { .ctl = ctl, .username = mh_ctl_need (ctl, 0, "The user name", error) };
  if (account.username == NULL || !mh_ctl_write (ctl, tx_disable, &account, error))
    return MH_CTL_FAILED;
  printf ("%s can no longer sign in.\n", account.username);
  return MH_CTL_DONE;
}

int
mh_ctl_user_password (MhCtl *ctl, GError **error)
{
  Account account = { .ctl = ctl, .username = mh_ctl_need (ctl, 0, "The user name", error) };
  account.hash = account.username != NULL ? ask_hash (ctl, account.username, error) : NULL;
  gboolean done = account.hash != NULL && mh_ctl_write (ctl, tx_password, &account, error);
  g_free (account.hash);
  if (done)
    printf ("%s has a new password.\n", account.username);
  return done ? MH_CTL_DONE : MH_CTL_FAILED;
}

static gboolean
tx_factor (MhTx *tx, gpointer data, GError **error)
{
  const Account *account = data;
  g_autoptr (MhRecord) user
      = need_found (mh_tx_db (tx), &mh_user_type, "username", account->username, error);
  return user != NULL && mh_factor_clear (tx, mh_record_id (user), error)
         && mh_session_store_revoke_user (tx, mh_record_id (user), NULL, error);
}

int
mh_ctl_user_factor (MhCtl *ctl, GError **error)
{
  Account account = { .ctl = ctl, .username = mh_ctl_need (ctl, 0, "The user name", error) };
  if (account.username == NULL || !mh_ctl_write (ctl, tx_factor, &account, error))
    return MH_CTL_FAILED;
  printf ("%s signs in with the password alone.\n", account.username);
  return MH_CTL_DONE;
}

/* --- roles --- */

static gboolean
print_roles (MhDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) roles = mh_store_all (db, &mh_role_type, NULL, NULL, error);
  for (guint i = 0; roles != NULL && i < roles->len; i++)
    {
      MhRecord *role = g_ptr_array_index (roles, i);
      const char *const *list = mh_record_list (role, MH_ROLE_PERMISSIONS);
      g_autofree char *joined = list != NULL ? g_strjoinv (" ", (char **)list) : g_strdup ("");
      printf ("%s (%s)\n    %s\n", mh_record_text (role, MH_ROLE_CODE),
              mh_record_text (role, MH_ROLE_NAME), joined);
    }
  return roles != NULL;
}

int
mh_ctl_role_list (MhCtl *ctl, GError **error)
{
  return mh_ctl_read (ctl, print_roles, NULL, error) ? MH_CTL_DONE : MH_CTL_FAILED;
}

/* --- hospitals and the beginning --- */

typedef struct
{
  MhCtl *ctl;
  const char *code, *name;
} House;

static gboolean
tx_hospital (MhTx *tx, gpointer data, GError **error)
{
  const House *house = data;
  const char *zone = mh_ctl_option (house->ctl, "time-zone");
  g_autoptr (MhRecord) hospital = mh_record_new (&mh_hospital_type);

  mh_record_set_text (hospital, MH_HOSPITAL_CODE, house->code);
  mh_record_set_text (hospital, MH_HOSPITAL_NAME, house->name);
  mh_record_set_text (hospital, MH_HOSPITAL_CITY, mh_ctl_option (house->ctl, "city"));
  mh_record_set_text (hospital, MH_HOSPITAL_STATE, mh_ctl_option (house->ctl, "state"));
  mh_record_set_text (hospital, MH_HOSPITAL_COUNTRY, "IN");
  mh_record_set_text (hospital, MH_HOSPITAL_CURRENCY, MH_CURRENCY_DEFAULT);
  mh_record_set_text (hospital, MH_HOSPITAL_TIME_ZONE, zone != NULL ? zone : "Asia/Kolkata");
  mh_record_set_bool (hospital, MH_HOSPITAL_ACTIVE, TRUE);
  return mh_record_validate (hospital, MH_CHECK_CREATE, error)
         && mh_tx_insert (tx, hospital, MH_AUDIT_CREATE, NULL, error)
         && mh_forms_load (tx, mh_record_id (hospital), error)
         && mh_protocol_load (tx, mh_record_id (hospital), error);
}

int
mh_ctl_hospital_add (MhCtl *ctl, GError **error)
{
  House house
      = { ctl, mh_ctl_need (ctl, 0, "The hospital's code", error), mh_ctl_option (ctl, "name") };
  if (house.code == NULL)
    return MH_CTL_FAILED;

  if (house.name == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "Give the hospital's name: --name NAME.");
      return MH_CTL_FAILED;
    }

  if (!mh_ctl_write (ctl, tx_hospital, &house, error))
    return MH_CTL_FAILED;

  printf ("Added %s.\n", house.code);
  return MH_CTL_DONE;
}

/* A second run adds what is missing and changes nothing. */
static gboolean
tx_roles (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) there = mh_store_all (mh_tx_db (tx), &mh_role_type, NULL, NULL, error);
  if (there == NULL)
    return FALSE;

  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    {
      gboolean found = FALSE;
      for (guint i = 0; i < there->len; i++)
        found = found
                || g_str_equal (mh_record_text (g_ptr_array_index (there, i), MH_ROLE_CODE),
                                role->code);
      g_autoptr (MhRecord) record = mh_role_default_record (role);
      mh_record_take_text (record, MH_ID, mh_data_fixed_id (mh_role_type.code, role->code));
      if (!found && !mh_tx_insert (tx, record, MH_AUDIT_CREATE, "shipped roles", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tx_catalogue (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) there = mh_store_all (mh_tx_db (tx), &mh_test_type, NULL, NULL, error);
  if (there == NULL || there->len > 0)
    return there != NULL && mh_formulary_load (tx, error);
  g_autoptr (JsonObject) file = mh_data_file_read_json ("lab-catalogue.json", error);
  g_autoptr (GPtrArray) records = file != NULL ? mh_catalogue_load (file, error) : NULL;
  return records != NULL && mh_catalogue_store (tx, records, error)
         && mh_formulary_load (tx, error);
}

static gboolean
tx_first_hospital (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) there = mh_store_all (mh_tx_db (tx), &mh_hospital_type, NULL, NULL, error);
  if (there == NULL || there->len > 0)
    return there != NULL;
  return tx_hospital (tx, data, error);
}

int
mh_ctl_init (MhCtl *ctl, GError **error)
{
  const char *code = mh_ctl_option (ctl, "code"), *name = mh_ctl_option (ctl, "hospital");
  House house = { ctl, code != NULL ? code : "MH", name != NULL ? name : "Our hospital" };
  if (mh_ctl_store (ctl, TRUE, error) == NULL || !mh_ctl_write (ctl, tx_roles, NULL, error)
      || !mh_ctl_write (ctl, tx_first_hospital, &house, error)
      || !mh_ctl_write (ctl, tx_catalogue, NULL, error))
    return MH_CTL_FAILED;
  puts ("The database is ready. Add the first administrator:\n"
        "  mahimactl --config FILE user add NAME --role admin");
  return MH_CTL_DONE;
}
