/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "server/platform/store/mh-store-private.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"

#define ROWS_AT_ONCE 16

MhDb *
mh_tx_db (MhTx *tx)
{
  g_assert (tx != NULL);
  return tx->db;
}

gint64
mh_tx_now (MhTx *tx)
{
  g_assert (tx != NULL);
  return tx->now;
}

const MhWho *
mh_tx_act_as (MhTx *tx, const MhWho *who)
{
  const MhWho *before = tx->who;
  tx->who = who;
  return before;
}

const MhWho *
mh_tx_who (MhTx *tx)
{
  return tx->who;
}

MhStore *
mh_tx_store (MhTx *tx)
{
  return tx->store;
}

/* --- what the description tells --- */

/* Whose it is: its own hospital_id; a hospital is its own; a patient's data without one belongs to
 * the writer's; the rest (the catalogue) to all. */
static const char *
tx_hospital_of (MhTx *tx, MhRecord *record)
{
  const char *own = mh_record_hospital_id (record);
  return own == NULL && (mh_record_type (record)->flags & MH_TYPE_PATIENT) != 0
             ? tx->who->hospital_id
             : own;
}

static void
stamp_new (MhTx *tx, MhRecord *record)
{
  if (!mh_record_has (record, MH_ID))
    mh_record_take_text (record, MH_ID, mh_store_new_id (tx->store, tx->now));
  mh_record_set_int (record, MH_VERSION, 1);
  mh_record_set_int (record, MH_CREATED_AT, tx->now);
  mh_record_set_int (record, MH_CHANGED_AT, tx->now);
}

/* A part may bring its own times: what was recorded elsewhere, or demonstration data. */
static void
stamp_part (MhTx *tx, MhRecord *record)
{
  gint64 created = mh_record_int (record, MH_CREATED_AT);
  gint64 changed = mh_record_int (record, MH_CHANGED_AT);
  stamp_new (tx, record);
  if (created > 0)
    mh_record_set_int (record, MH_CREATED_AT, created);
  if (changed > 0)
    mh_record_set_int (record, MH_CHANGED_AT, changed);
}

static gboolean
post_record (MhTx *tx, MhRecord *record, GError **error)
{
  mh_sql_args_clear (tx->args);
  mh_sql_args_add_record (tx->args, record);
  return mh_db_exec_deferred (tx->db, mh_sql_insert (mh_record_type (record), 1),
                              MH_SQL_ARGS (tx->args), error);
}

/* --- feed --- */

typedef struct
{
  const MhRecordType *type;
  const char *id, *op, *hospital_id, *patient_id;
  gint64 version;
} Change;

static gboolean
feed (MhTx *tx, const Change *what, GError **error)
{
  if ((what->type->flags & MH_TYPE_SYNC) == 0)
    return TRUE;

  g_autoptr (MhRecord) change = mh_record_new (&mh_change_type);
  stamp_new (tx, change);
  mh_record_set_int (change, MH_CHANGE_SEQ, tx->queue->feed_seq + 1);
  mh_record_set_text (change, MH_CHANGE_TYPE, what->type->code);
  mh_record_set_text (change, MH_CHANGE_RECORD_ID, what->id);
  mh_record_set_int (change, MH_CHANGE_RECORD_VERSION, what->version);
  mh_record_set_text (change, MH_CHANGE_OP, what->op);
  mh_record_set_text (change, MH_CHANGE_HOSPITAL_ID, what->hospital_id);
  mh_record_set_text (change, MH_CHANGE_PATIENT_ID, what->patient_id);
  if (!post_record (tx, change, error))
    return FALSE;

  tx->queue->feed_seq++;
  return TRUE;
}

static gboolean
feed_record (MhTx *tx, MhRecord *record, const char *op, GError **error)
{
  const Change what = { .type = mh_record_type (record),
                        .id = mh_record_id (record),
                        .op = op,
                        .hospital_id = tx_hospital_of (tx, record),
                        .patient_id = mh_record_patient_id (record),
                        .version = mh_record_version (record) };
  return feed (tx, &what, error);
}

gboolean
mh_tx_touch (MhTx *tx,
             const MhRecordType *type,
             const char *id,
             const char *hospital_id,
             GError **error)
{
  g_autoptr (MhRecord) record = mh_store_get (tx->db, type, id, error);
  if (record == NULL)
    return FALSE;
  const Change what
      = { .type = type,
          .id = id,
          .op = MH_CHANGE_OP_UPDATE,
          .hospital_id = hospital_id != NULL ? hospital_id : tx_hospital_of (tx, record),
          .patient_id = mh_record_patient_id (record),
          .version = mh_record_version (record) };
  return feed (tx, &what, error);
}

gboolean
mh_tx_announce (MhTx *tx, MhRecord *record, GError **error)
{
  return feed_record (tx, record, MH_CHANGE_OP_CREATE, error);
}

/* --- audit --- */

/* Fills in who and when, and makes it the chain's next link. The write queue goes back to the link
 * before when the request fails. */
static void
link_audit (MhTx *tx, const MhWho *who, MhRecord *entry)
{
  char hash[MH_AUDIT_HASH_LENGTH + 1];
  MhWriteQueueState *state = tx->queue;
  stamp_new (tx, entry);
  mh_record_set_int (entry, MH_AUDIT_ENTRY_SEQ, state->audit_seq + 1);
  mh_record_set_int (entry, MH_AUDIT_ENTRY_AT, tx->now);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_USER_ID, who->user_id);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_USERNAME, who->user_name);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_ROLE, who->role);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_STATION, who->station);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_REQUEST_ID, who->request_id);
  if (!mh_record_has (entry, MH_AUDIT_ENTRY_HOSPITAL_ID))
    mh_record_set_text (entry, MH_AUDIT_ENTRY_HOSPITAL_ID, who->hospital_id);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_PREVIOUS_HASH, state->audit_head);
  mh_audit_chain_hash (entry, state->audit_head, hash);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_HASH, hash);
  state->audit_seq++;
  memcpy (state->audit_head, hash, sizeof hash);
}

static gboolean
audit_record (MhTx *tx,
              MhRecord *before,
              MhRecord *after,
              const char *verb,
              const char *reason,
              GError **error)
{
  const MhRecordType *type = mh_record_type (after);
  char hash[MH_AUDIT_HASH_LENGTH + 1];
  if ((type->flags & (MH_TYPE_PART | MH_TYPE_INTERNAL)) != 0)
    return TRUE;

  g_autoptr (MhRecord) entry = mh_record_new (&mh_audit_entry_type);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_VERB, verb);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_REASON, reason);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_OBJECT_TYPE, type->code);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_OBJECT_ID, mh_record_id (after));
  mh_record_set_text (entry, MH_AUDIT_ENTRY_PATIENT_ID, mh_record_patient_id (after));
  mh_record_set_text (entry, MH_AUDIT_ENTRY_HOSPITAL_ID, tx_hospital_of (tx, after));
  mh_record_take_text (entry, MH_AUDIT_ENTRY_CHANGES, mh_record_diff_json (before, after));
  mh_audit_record_hash (before, hash);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_BEFORE_HASH, before != NULL ? hash : NULL);
  mh_audit_record_hash (after, hash);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_AFTER_HASH, hash);
  link_audit (tx, tx->who, entry);

  return post_record (tx, entry, error);
}

/* {"patient_id":"0190…", …} as our own writer puts it. */
static void
tx_take_patient (MhRecord *entry, const char *type, const char *id, const char *detail)
{
  static const char member[] = "\"patient_id\":\"";
  if (g_strcmp0 (type, "patient") == 0)
    mh_record_set_text (entry, MH_AUDIT_ENTRY_PATIENT_ID, id);
  const char *at = detail != NULL ? strstr (detail, member) : NULL;
  if (at == NULL || strlen (at) < strlen (member) + MH_ID_LENGTH)
    return;
  g_autofree char *patient = g_strndup (at + strlen (member), MH_ID_LENGTH);
  if (mh_id_is_valid (patient))
    mh_record_set_text (entry, MH_AUDIT_ENTRY_PATIENT_ID, patient);
}

static MhRecord *
tx_entry_of (MhTx *tx, const MhAuditNote *note)
{
  MhRecord *entry = mh_record_new (&mh_audit_entry_type);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_VERB, note->verb);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_OBJECT_TYPE, note->object_type);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_OBJECT_ID, note->object_id);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_CHANGES, note->detail);
  mh_record_set_text (entry, MH_AUDIT_ENTRY_REASON, note->reason);
  tx_take_patient (entry, note->object_type, note->object_id, note->detail);
  link_audit (tx, note->who != NULL ? note->who : tx->who, entry);
  return entry;
}

gboolean
mh_tx_audit_notes (MhTx *tx, const MhAuditNote *notes, guint n_notes, GError **error)
{
  for (guint from = 0, n; from < n_notes; from += n)
    {
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
      n = MIN (n_notes - from, ROWS_AT_ONCE);
      mh_sql_args_clear (tx->args);
      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (entries, tx_entry_of (tx, &notes[from + i]));
          mh_sql_args_add_record (tx->args, g_ptr_array_index (entries, i));
        }
      if (!mh_db_exec_deferred (tx->db, mh_sql_insert (&mh_audit_entry_type, n),
                                MH_SQL_ARGS (tx->args), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_tx_audit (MhTx *tx, const MhAuditNote *note, GError **error)
{
  return mh_tx_audit_notes (tx, note, 1, error);
}

/* --- rows --- */

gboolean
mh_tx_insert (MhTx *tx, MhRecord *record, const char *verb, const char *reason, GError **error)
{
  g_assert (tx != NULL);
  stamp_new (tx, record);
  return post_record (tx, record, error) && feed_record (tx, record, MH_CHANGE_OP_CREATE, error)
         && audit_record (tx, NULL, record, verb, reason, error)
         && mh_store_tell_observers (tx, NULL, record, error);
}

static void
raise_stale (MhTx *tx, const MhRecordType *type, const char *id, GError **error)
{
  g_autoptr (MhRecord) current = mh_store_get (tx->db, type, id, error);
  if (current == NULL)
    return;
  g_autofree char *json = mh_record_to_json (current, 0);
  mh_error_set_stale (error, json);
}

gboolean
mh_tx_update_part (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  const MhRecordType *type = mh_record_type (after);
  g_assert (tx != NULL);
  mh_record_set_text (after, MH_ID, mh_record_id (before));
  mh_record_set_int (after, MH_VERSION, mh_record_version (before) + 1);
  mh_record_set_int (after, MH_CREATED_AT, mh_record_int (before, MH_CREATED_AT));
  mh_record_set_int (after, MH_CHANGED_AT, tx->now);
  mh_sql_args_clear (tx->args);
  mh_sql_args_add_record (tx->args, after);
  mh_sql_args_add (tx->args, MH_INT (mh_record_version (before)));

  gint64 n = mh_db_exec (tx->db, mh_sql_update (type), MH_SQL_ARGS (tx->args), error);
  if (n == 0)
    raise_stale (tx, type, mh_record_id (before), error);
  return n == 1;
}

gboolean
mh_tx_update (MhTx *tx,
              MhRecord *before,
              MhRecord *after,
              const char *verb,
              const char *reason,
              GError **error)
{
  return mh_tx_update_part (tx, before, after, error)
         && feed_record (tx, after, MH_CHANGE_OP_UPDATE, error)
         && audit_record (tx, before, after, verb, reason, error)
         && mh_store_tell_observers (tx, before, after, error);
}

gboolean
mh_tx_update_within (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  return mh_tx_update_part (tx, before, after, error)
         && feed_record (tx, after, MH_CHANGE_OP_UPDATE, error);
}

gboolean
mh_tx_delete (MhTx *tx, MhRecord *record, const char *reason, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (record);
  mh_record_set_int (after, MH_DELETED_AT, tx->now);
  return mh_tx_update_part (tx, record, after, error)
         && feed_record (tx, after, MH_CHANGE_OP_DELETE, error)
         && audit_record (tx, record, after, MH_AUDIT_DELETE, reason, error);
}

gboolean
mh_tx_insert_parts (MhTx *tx, GPtrArray *records, GError **error)
{
  for (guint from = 0, n; from < records->len; from += n)
    {
      const MhRecordType *type = mh_record_type (g_ptr_array_index (records, from));
      mh_sql_args_clear (tx->args);
      for (n = 0; n < ROWS_AT_ONCE && from + n < records->len; n++)
        {
          MhRecord *record = g_ptr_array_index (records, from + n);
          if (mh_record_type (record) != type)
            break;
          stamp_part (tx, record);
          mh_sql_args_add_record (tx->args, record);
        }
      if (!mh_db_exec_deferred (tx->db, mh_sql_insert (type, n), MH_SQL_ARGS (tx->args), error))
        return FALSE;
    }

  return TRUE;
}

gint64
mh_tx_next_number (MhTx *tx, const char *series, GError **error)
{
  return mh_series_next (tx->series, tx->db, series, error);
}
