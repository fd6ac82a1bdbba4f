/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/gate/mh-gate-store.h"

#include "shared/records/people/mh-patient.h"

static const char sql_is_open[]
    = "SELECT 1 FROM access_grant WHERE user_id = $1 AND patient_id = $2 AND ended_at IS NULL"
      " AND open_until > $3 LIMIT 1";
static const char sql_opened[]
    = "SELECT patient_id FROM access_grant WHERE user_id = $1 AND ended_at IS NULL"
      " AND open_until > $2";
static const char sql_flags[] = "SELECT id, vip, user_id, hospital_id FROM patient WHERE id = $1";
#define AT_ONCE 20
static const char sql_protected[]
    = "SELECT id, vip, user_id, hospital_id FROM patient WHERE (vip OR user_id IS NOT NULL) AND id "
      "IN ("
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

int
mh_gate_store_is_open (MhDb *db,
                       const char *user_id,
                       const char *patient_id,
                       gint64 now,
                       GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_is_open, MH_ARGS (MH_TEXT (user_id), MH_TEXT (patient_id), MH_INT (now)), error);
  if (rows == NULL)
    return -1;
  gboolean found = mh_rows_next (rows, &inner);
  if (inner == NULL)
    return found;
  g_propagate_error (error, inner);
  return -1;
}

GHashTable *
mh_gate_store_opened (MhDb *db, const char *user_id, gint64 now, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GHashTable) opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_opened, MH_ARGS (MH_TEXT (user_id), MH_INT (now)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_hash_table_add (opened, g_strdup (mh_rows_text (rows, 0)));
  if (inner == NULL)
    return g_steal_pointer (&opened);

  g_propagate_error (error, inner);
  return NULL;
}

static MhRecord *
read_flags (MhRows *rows)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, mh_rows_text (rows, 0));
  mh_record_set_bool (patient, MH_PATIENT_VIP,
                      !mh_rows_is_null (rows, 1) && mh_rows_bool (rows, 1));
  if (!mh_rows_is_null (rows, 2))
    mh_record_set_text (patient, MH_PATIENT_USER_ID, mh_rows_text (rows, 2));
  if (!mh_rows_is_null (rows, 3))
    mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, mh_rows_text (rows, 3));
  return patient;
}

MhRecord *
mh_gate_store_flags (MhDb *db, const char *patient_id, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_flags, MH_ARGS (MH_TEXT (patient_id)), error);
  if (rows == NULL)
    return NULL;
  if (mh_rows_next (rows, &inner))
    return read_flags (rows);
  if (inner != NULL)
    g_propagate_error (error, inner);
  return NULL;
}

/* What is over of the last group repeats its last id. */
static void
group_args (GPtrArray *ids, guint from, MhArg *args)
{
  for (guint i = 0; i < AT_ONCE; i++)
    args[i] = MH_TEXT (g_ptr_array_index (ids, MIN (from + i, ids->len - 1)));
}

static gboolean
gate_store_add_group (MhDb *db, GPtrArray *ids, guint from, GPtrArray *found, GError **error)
{
  MhArg args[AT_ONCE];
  GError *inner = NULL;
  group_args (ids, from, args);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_protected, args, AT_ONCE, error);

  if (rows == NULL)
    return FALSE;
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (found, read_flags (rows));
  if (inner == NULL)
    return TRUE;

  g_propagate_error (error, inner);
  return FALSE;
}

GPtrArray *
mh_gate_store_protected (MhDb *db, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  /* All groups travel together: a page of a board waits once. */
  for (guint from = 0; from < ids->len; from += AT_ONCE)
    {
      MhArg args[AT_ONCE];
      group_args (ids, from, args);
      mh_db_prefetch (db, sql_protected, args, AT_ONCE);
    }

  for (guint from = 0; from < ids->len; from += AT_ONCE)
    if (!gate_store_add_group (db, ids, from, found, error))
      return NULL;

  return g_steal_pointer (&found);
}
