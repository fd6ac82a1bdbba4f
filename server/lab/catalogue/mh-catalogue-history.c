/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-history.h"

#include "server/lab/catalogue/mh-catalogue-store.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-catalogue-record.h"

#include <string.h>

/* What people know the row by: its code, a range by that of its analyte. */
static const char *
catalogue_history_code_of (MhRecord *record)
{
  static const char *const names[] = { "code", "analyte", "reagent" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int field = mh_record_type_find (mh_record_type (record), names[i]);
      if (field >= 0)
        return mh_record_text (record, (guint)field);
    }
  return NULL;
}

/* Stamps are no change, and the signature is told by the action. */
static gboolean
catalogue_history_is_told (const MhField *field, guint index)
{
  return index >= MH_N_COMMON && mh_field_is_column (field)
         && !g_str_has_prefix (field->name, "signed_");
}

static void
catalogue_history_put_value (GString *out, MhRecord *record, guint field)
{
  g_autofree char *text = record != NULL ? mh_record_value_text (record, field) : NULL;
  mh_json_put_text (out, text);
}

/* {"low":["11.5","12.0"]}, as people read the values; NULL: nothing differs. */
static char *
changes_of (MhRecord *before, MhRecord *after, const char *extra)
{
  const MhRecordType *type = mh_record_type (after);
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;

  mh_json_open (out, '{');
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!catalogue_history_is_told (&type->fields[i], i)
          || (before != NULL && mh_record_field_equal (before, after, i))
          || (before == NULL && !mh_record_has (after, i) && type->fields[i].kind != MH_KIND_LIST
              && !mh_field_is_int (&type->fields[i])))
        continue;
      g_autofree char *old = before != NULL ? mh_record_value_text (before, i) : NULL;
      g_autofree char *new_text = mh_record_value_text (after, i);
      if (g_strcmp0 (old, new_text) == 0)
        continue;
      mh_json_key (out, type->fields[i].name);
      mh_json_open (out, '[');
      catalogue_history_put_value (out, before, i);
      catalogue_history_put_value (out, after, i);
      mh_json_close (out, ']');
      n++;
    }

  if (extra != NULL && strlen (extra) > 2)
    {
      if (n > 0)
        g_string_append_c (out, ',');
      g_string_append_len (out, extra + 1, (gssize)strlen (extra) - 2);
      n++;
    }

  mh_json_close (out, '}');
  return n > 0 ? g_strdup (out->str) : NULL;
}

static gboolean
catalogue_history_append (MhTx *tx,
                          MhRecord *row,
                          const char *action,
                          const char *changes,
                          const char *reason,
                          GError **error)
{
  const MhWho *who = mh_tx_who (tx);
  g_autoptr (MhRecord) revision = mh_record_new (&mh_catalogue_revision_type);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  mh_record_set_text (revision, MH_CATALOGUE_REVISION_RECORD_TYPE, mh_record_type (row)->code);
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_RECORD_ID, mh_record_id (row));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_CODE, catalogue_history_code_of (row));
  mh_record_set_int (revision, MH_CATALOGUE_REVISION_RECORD_VERSION, mh_record_version (row));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_ACTION, action);
  mh_record_take_text (revision, MH_CATALOGUE_REVISION_CONTENT,
                       mh_record_to_json (row, MH_JSON_STORED_ONLY));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_CHANGES, changes);
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_BY_ID, who->user_id);
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_BY_NAME, who->user_name);
  mh_record_set_int (revision, MH_CATALOGUE_REVISION_AT, mh_tx_now (tx));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_REASON, reason);
  g_ptr_array_add (one, revision);

  return mh_tx_insert_parts (tx, one, error);
}

/* The shipped row as it was before anybody touched it, with its own time and nobody's name. */
static gboolean
append_first (MhTx *tx, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) revision = mh_record_new (&mh_catalogue_revision_type);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_RECORD_TYPE, mh_record_type (before)->code);
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_RECORD_ID, mh_record_id (before));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_CODE, catalogue_history_code_of (before));
  mh_record_set_int (revision, MH_CATALOGUE_REVISION_RECORD_VERSION, mh_record_version (before));
  mh_record_set_text (revision, MH_CATALOGUE_REVISION_ACTION, MH_REVISION_CREATED);
  mh_record_take_text (revision, MH_CATALOGUE_REVISION_CONTENT,
                       mh_record_to_json (before, MH_JSON_STORED_ONLY));
  mh_record_set_int (revision, MH_CATALOGUE_REVISION_AT, mh_record_int (before, MH_CHANGED_AT));
  g_ptr_array_add (one, revision);
  return mh_tx_insert_parts (tx, one, error);
}

gboolean
mh_catalogue_history_write (MhTx *tx,
                            MhRecord *before,
                            MhRecord *after,
                            MhCatalogueStep step,
                            GError **error)
{
  g_autofree char *changes = changes_of (before, after, step.extra);
  gboolean known = FALSE;
  if (changes == NULL && g_str_equal (step.action, MH_REVISION_CHANGED))
    return TRUE;
  if (before != NULL
      && !mh_catalogue_store_has_revision (mh_tx_db (tx), mh_record_id (before), &known, error))
    return FALSE;
  if (before != NULL && !known && !append_first (tx, before, error))
    return FALSE;
  return catalogue_history_append (tx, after, step.action, changes, step.reason, error);
}

GPtrArray *
mh_catalogue_history_list (MhDb *db,
                           const char *hospital_id,
                           const char *record_id,
                           gint64 before_version,
                           guint limit,
                           GError **error)
{
  return mh_catalogue_store_revisions (
      db, hospital_id, record_id, before_version > 0 ? before_version : G_MAXINT64, limit, error);
}

GPtrArray *
mh_catalogue_history_recent (MhDb *db,
                             const char *hospital_id,
                             gint64 at,
                             const char *id,
                             guint limit,
                             GError **error)
{
  return mh_catalogue_store_recent (db, hospital_id, at, id, limit, error);
}

MhRecord *
mh_catalogue_history_at (MhDb *db, const char *record_id, gint64 version, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_catalogue_store_revisions (db, NULL, record_id, version + 1, 1, error);
  if (found == NULL)
    return NULL;

  MhRecord *revision = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
  const MhRecordType *type
      = revision != NULL
            ? mh_registry_find (mh_record_text (revision, MH_CATALOGUE_REVISION_RECORD_TYPE))
            : NULL;

  if (type == NULL || mh_record_int (revision, MH_CATALOGUE_REVISION_RECORD_VERSION) != version)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such version.");
      return NULL;
    }

  return mh_record_from_text (type, mh_record_text (revision, MH_CATALOGUE_REVISION_CONTENT), -1,
                              MH_JSON_TRUSTED, error);
}
