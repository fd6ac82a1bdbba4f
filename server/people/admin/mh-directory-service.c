/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/admin/mh-directory-service.h"

#include "server/people/admin/mh-directory-store.h"
#include "server/platform/actor/mh-actor-home.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

#include <string.h>

/* Rows are few (hundreds): filtered in C, where accents and scripts are folded. */
#define SCAN 500

gboolean
mh_directory_matches (MhRecord *record, const char *q)
{
  const MhRecordType *type = mh_record_type (record);
  g_autofree char *wanted = q != NULL ? mh_text_fold (q) : NULL;
  if (wanted == NULL || *wanted == '\0')
    return TRUE;

  g_autoptr (GString) text = g_string_new (" ");
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & (MH_SEARCH | MH_BRIEF)) != 0 && mh_field_is_text (&type->fields[i])
        && mh_record_has (record, i))
      {
        g_autofree char *folded = mh_text_fold (mh_record_text (record, i));
        g_string_append_printf (text, "%s ", folded);
      }

  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *start = g_strconcat (" ", words[i], NULL);
      if (strstr (text->str, start) == NULL)
        return FALSE;
    }

  return TRUE;
}

char *
mh_directory_next (GPtrArray *rows, guint limit)
{
  if (rows->len <= limit)
    return NULL;
  g_ptr_array_set_size (rows, (int)limit);
  return g_strdup (mh_record_id (g_ptr_array_index (rows, limit - 1)));
}

/* A setting that this program knows is called by it. */
static void
name_setting (MhRecord *record)
{
  const MhSettingDefault *known
      = mh_record_type (record) == &mh_setting_type && !mh_record_has (record, MH_SETTING_LABEL)
            ? mh_setting_default_find (mh_record_text (record, MH_SETTING_KEY))
            : NULL;
  if (known != NULL)
    mh_record_set_text (record, MH_SETTING_LABEL, known->label);
}

/* Where a row names a person by id, with whom people know by name. */
static gboolean
name_person (MhDb *db, MhRecord *record, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  int id = mh_record_type_find (type, "user_id"), name = mh_record_type_find (type, "user_name");
  if (id < 0 || name < 0 || (type->fields[name].flags & MH_VIRTUAL) == 0)
    return TRUE;

  g_autoptr (GError) gone = NULL;
  g_autoptr (MhRecord) user
      = mh_store_get (db, &mh_user_type, mh_record_text (record, (guint)id), &gone);

  if (user == NULL && !g_error_matches (gone, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&gone));
      return FALSE;
    }

  if (user != NULL)
    mh_record_set_text (record, (guint)name, mh_record_text (user, MH_USER_NAME));
  return TRUE;
}

char *
mh_directory_bench_name (MhDb *db, const char *code, GError **error)
{
  char *name = NULL;
  return mh_directory_store_bench_name (db, code, &name, error) ? name : NULL;
}

/* Where a row names a bench by its letter, likewise. */
static gboolean
name_bench (MhDb *db, MhRecord *record, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  int code = mh_record_type_find (type, "bench"), name = mh_record_type_find (type, "bench_name");
  if (code < 0 || name < 0 || (type->fields[name].flags & MH_VIRTUAL) == 0)
    return TRUE;

  char *found = mh_directory_bench_name (db, mh_record_text (record, (guint)code), error);
  if (found == NULL)
    return FALSE;
  mh_record_take_text (record, (guint)name, found);
  return TRUE;
}

/* Adds what matches until one more than the page is there or nothing is left. */
static gboolean
directory_service_scan (MhDb *db,
                        const MhRecordType *type,
                        const MhDirectoryQuery *query,
                        GPtrArray *found,
                        GError **error)
{
  g_autofree char *after = g_strdup (query->after);
  while (found->len <= query->limit)
    {
      g_autoptr (GPtrArray) rows
          = mh_directory_store_page (db, type, query->hospital_id, after, SCAN, error);
      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len && found->len <= query->limit; i++)
        {
          MhRecord *row = g_ptr_array_index (rows, i);
          if (!name_person (db, row, error) || !name_bench (db, row, error))
            return FALSE;
          name_setting (row);
          if (mh_directory_matches (row, query->q))
            g_ptr_array_add (found, g_object_ref (row));
        }
      if (rows->len < SCAN)
        return TRUE;
      g_free (after);
      after = g_strdup (mh_record_id (g_ptr_array_index (rows, rows->len - 1)));
    }

  return TRUE;
}

GPtrArray *
mh_directory_list (const MhRequest *req,
                   const MhRecordType *type,
                   const MhDirectoryQuery *query,
                   char **out_next,
                   GError **error)
{
  MhDirectoryQuery scoped = *query;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  if (scoped.hospital_id != NULL && !mh_actor_sees (req->actor, scoped.hospital_id, error))
    return NULL;
  if (scoped.hospital_id == NULL)
    scoped.hospital_id = mh_actor_hospital_id (req->actor);
  if (!directory_service_scan (req->db, type, &scoped, found, error))
    return NULL;
  *out_next = mh_directory_next (found, query->limit);
  return g_steal_pointer (&found);
}

/* What holds while nobody has set it: without a version, under an id that comes after all others.
 */
static MhRecord *
standard_setting (const MhSettingDefault *known)
{
  MhRecord *record = mh_record_new (&mh_setting_type);
  mh_record_take_text (
      record, MH_ID,
      g_strdup_printf ("ffffffff-ffff-8fff-8fff-%012x", (guint)(known - mh_setting_defaults)));
  mh_record_set_int (record, MH_VERSION, 0);
  mh_record_set_text (record, MH_SETTING_KEY, known->key);
  mh_record_set_text (record, MH_SETTING_KIND, known->kind);
  mh_record_set_text (record, MH_SETTING_VALUE, known->value);
  mh_record_set_text (record, MH_SETTING_LABEL, known->label);
  return record;
}

/* 1: somebody has set it where the actor is; 0: nobody; -1: an error. */
static int
is_set (const MhRequest *req, const char *key, GError **error)
{
  const char *home = mh_actor_home_id (req->actor);
  g_autoptr (GPtrArray) rows = mh_store_all (req->db, &mh_setting_type, "key", key, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *of = mh_record_text (row, MH_SETTING_HOSPITAL_ID);
      if (!mh_record_has (row, MH_DELETED_AT) && (of == NULL || g_strcmp0 (of, home) == 0))
        return 1;
    }
  return rows != NULL ? 0 : -1;
}

GPtrArray *
mh_directory_settings (const MhRequest *req,
                       const MhDirectoryQuery *query,
                       char **out_next,
                       GError **error)
{
  g_autoptr (GPtrArray) found = mh_directory_list (req, &mh_setting_type, query, out_next, error);
  if (found == NULL || *out_next != NULL)
    return g_steal_pointer (&found);

  for (const MhSettingDefault *known = mh_setting_defaults; known->key != NULL; known++)
    {
      g_autoptr (MhRecord) standard = standard_setting (known);
      int set = is_set (req, known->key, error);
      if (set < 0)
        return NULL;
      if (set > 0 || !mh_directory_matches (standard, query->q)
          || (query->after != NULL && strcmp (mh_record_id (standard), query->after) <= 0))
        continue;
      g_ptr_array_add (found, g_steal_pointer (&standard));
      if (found->len > query->limit)
        break;
    }

  *out_next = mh_directory_next (found, query->limit);
  return g_steal_pointer (&found);
}

static gboolean
may_keep (const MhActor *actor, const char *hospital_id, GError **error)
{
  if (mh_actor_hospital_id (actor) == NULL)
    return TRUE;
  if (hospital_id != NULL)
    return mh_actor_sees (actor, hospital_id, error);
  mh_error_set (error, MH_ERROR_FORBIDDEN,
                "This holds for all hospitals: ask an administrator who works in all of them to "
                "change it.");
  return FALSE;
}

/* The database has no such rule for pairs: one code in a hospital, one value of a setting in it. */
static gboolean
check_key (MhTx *tx, MhRecord *record, GError **error)
{
  const MhRecordType *type = mh_record_type (record);
  guint key = type->key;
  if (key == 0 || (type->fields[key].flags & MH_UNIQUE) != 0)
    return TRUE;

  g_autoptr (GPtrArray) same = mh_store_all (mh_tx_db (tx), type, type->fields[key].name,
                                             mh_record_text (record, key), error);
  if (same == NULL)
    return FALSE;

  for (guint i = 0; i < same->len; i++)
    {
      MhRecord *other = g_ptr_array_index (same, i);
      if (!mh_record_has (other, MH_DELETED_AT)
          && g_strcmp0 (mh_record_id (other), mh_record_id (record)) != 0
          && g_strcmp0 (mh_record_hospital_id (other), mh_record_hospital_id (record)) == 0)
        {
          mh_error_set_field (error, type->fields[key].name, "taken",
                              type == &mh_setting_type
                                  ? "This setting has a value of its own there; change that one."
                                  : "This code is used already; choose another.");
          return FALSE;
        }
    }

  return TRUE;
}

/* Where nobody said of which hospital it is: of the actor's. Who works in all of them means the one
 * they have signed in at, except for what may hold in all. */
static void
directory_service_settle (MhRecord *record, const MhActor *actor)
{
  const MhRecordType *type = mh_record_type (record);
  guint field = type->hospital;
  gboolean of_one = field != 0 && (type->fields[field].flags & (MH_REQUIRED | MH_SERVER_SET)) != 0;
  const char *hospital = of_one ? mh_actor_home_id (actor) : mh_actor_hospital_id (actor);
  if (field != 0 && !mh_record_has (record, field) && hospital != NULL)
    mh_record_set_text (record, field, hospital);
}

MhRecord *
mh_directory_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const MhRecordType *type = mh_record_type (draft);
  g_autoptr (MhRecord) record = mh_record_copy (draft);
  guint active = type->active;

  directory_service_settle (record, req->actor);
  if (active != 0 && !mh_record_is_set (record, active))
    mh_record_set_bool (record, active, TRUE);
  if (!may_keep (req->actor, type == &mh_hospital_type ? NULL : mh_record_hospital_id (record),
                 error)
      || !mh_record_validate (record, MH_CHECK_CREATE, error) || !check_key (req->tx, record, error)
      || !mh_tx_insert (req->tx, record, MH_AUDIT_CREATE, NULL, error)
      || !name_person (req->db, record, error) || !name_bench (req->db, record, error))
    return NULL;

  return g_steal_pointer (&record);
}

MhRecord *
mh_directory_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || !may_keep (req->actor, mh_record_hospital_id (before), error)
      || !may_keep (req->actor, mh_record_hospital_id (after), error)
      || !check_key (req->tx, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !name_person (req->db, after, error) || !name_bench (req->db, after, error))
    return NULL;
  return g_steal_pointer (&after);
}

MhRecord *
mh_directory_read (const MhRequest *req, const MhRecordType *type, const char *id, GError **error)
{
  return mh_edit_get (req, type, id, error);
}
