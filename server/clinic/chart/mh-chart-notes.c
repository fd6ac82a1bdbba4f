/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes: a draft is its author's, a signature closes it, addenda follow. */
#include "server/clinic/chart/mh-chart-service.h"
#include "server/platform/actor/mh-request.h"

#include <string.h>

#include "server/people/patients/mh-patients-service.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* --- hashes --- */

static void
hash_text (MhSha256 *sum, const char *name, const char *value)
{
  if (value == NULL || value[0] == 0)
    return;
  g_autofree char *line
      = g_strdup_printf ("%s=%" G_GSIZE_FORMAT ":%s\n", name, strlen (value), value);
  mh_sha256_add_text (sum, line);
}

char *
mh_chart_note_hash (MhRecord *note)
{
  /* What a signature covers; the same columns as the database's trigger. */
  static const guint covered[] = { MH_ID,
                                   MH_NOTE_VISIT_ID,
                                   MH_NOTE_KIND,
                                   MH_NOTE_TITLE,
                                   MH_NOTE_TEMPLATE,
                                   MH_NOTE_SECTIONS,
                                   MH_NOTE_WRITTEN_AT,
                                   MH_NOTE_AUTHOR_ID,
                                   MH_NOTE_AUTHOR_NAME,
                                   MH_NOTE_PATIENT_MRN,
                                   MH_NOTE_PATIENT_NAME,
                                   MH_NOTE_SIGNED_AT,
                                   MH_NOTE_SIGNED_NAME };
  MhSha256 sum;

  mh_sha256_begin (&sum);
  for (guint i = 0; i < G_N_ELEMENTS (covered); i++)
    {
      g_autofree char *value
          = mh_note_type.fields[covered[i]].kind == MH_KIND_INSTANT
                ? g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (note, covered[i]))
                : g_strdup (mh_record_text (note, covered[i]));
      hash_text (&sum, mh_note_type.fields[covered[i]].name, value);
    }

  return mh_sha256_end (&sum);
}

static char *
addendum_hash (MhRecord *note, MhRecord *addendum)
{
  MhSha256 sum;
  g_autofree char *at
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (addendum, MH_NOTE_ADDENDUM_AT));
  mh_sha256_begin (&sum);
  hash_text (&sum, "note", mh_record_text (note, MH_NOTE_HASH));
  hash_text (&sum, "id", mh_record_id (addendum));
  hash_text (&sum, "text", mh_record_text (addendum, MH_NOTE_ADDENDUM_TEXT));
  hash_text (&sum, "at", at);
  hash_text (&sum, "by", mh_record_text (addendum, MH_NOTE_ADDENDUM_BY_ID));
  return mh_sha256_end (&sum);
}

static gboolean
chart_notes_is_whole (MhRecord *note, GPtrArray *addenda)
{
  g_autofree char *hash = mh_chart_note_hash (note);
  gboolean whole = g_strcmp0 (hash, mh_record_text (note, MH_NOTE_HASH)) == 0
                   && mh_record_int (note, MH_NOTE_N_ADDENDA) == addenda->len;
  for (guint i = 0; i < addenda->len && whole; i++)
    {
      MhRecord *addendum = g_ptr_array_index (addenda, i);
      g_autofree char *own = addendum_hash (note, addendum);
      whole = g_strcmp0 (own, mh_record_text (addendum, MH_NOTE_ADDENDUM_HASH)) == 0;
    }
  return whole;
}

/* --- reading --- */

static gboolean
chart_notes_is_signed (MhRecord *note)
{
  return mh_record_has (note, MH_NOTE_SIGNED_AT);
}

static gboolean
chart_notes_is_mine (MhRecord *note, const MhActor *actor)
{
  const char *user_id = mh_actor_user_id (actor);
  return user_id != NULL && g_strcmp0 (mh_record_text (note, MH_NOTE_AUTHOR_ID), user_id) == 0;
}

/* Others' drafts are not there. */
static MhRecord *
chart_notes_find (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) note = mh_edit_get (req, &mh_note_type, id, error);
  if (note == NULL)
    return NULL;
  if (!chart_notes_is_signed (note) && !chart_notes_is_mine (note, req->actor))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such note.");
      return NULL;
    }
  g_autoptr (MhRecord) patient
      = mh_chart_open (req, mh_record_text (note, MH_NOTE_PATIENT_ID), error);
  return patient != NULL ? g_steal_pointer (&note) : NULL;
}

/* Takes @note. */
static MhRecord *
with_addenda (MhDb *db, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) note = taken;
  GPtrArray *addenda = mh_chart_store_addenda (db, mh_record_id (note), error);
  if (addenda == NULL)
    return NULL;
  if (chart_notes_is_signed (note))
    mh_record_set_bool (note, MH_NOTE_BROKEN, !chart_notes_is_whole (note, addenda));
  mh_record_take_records (note, MH_NOTE_ADDENDA, addenda);
  return g_steal_pointer (&note);
}

MhRecord *
mh_chart_notes_read (const MhRequest *req, const char *id, GError **error)
{
  MhRecord *note = chart_notes_find (req, id, error);
  return note != NULL ? with_addenda (req->db, note, error) : NULL;
}

/* Over patients: what may not be looked into is left out. */
static void
leave_closed (const MhRequest *req, GPtrArray *notes)
{
  for (guint i = notes->len; i > 0; i--)
    {
      MhRecord *note = g_ptr_array_index (notes, i - 1);
      g_autoptr (MhRecord) patient
          = mh_chart_open (req, mh_record_text (note, MH_NOTE_PATIENT_ID), NULL);
      if (patient == NULL)
        g_ptr_array_remove_index (notes, i - 1);
    }
}

GPtrArray *
mh_chart_notes_list (const MhRequest *req, const MhNotesQuery *query, GError **error)
{
  MhNotesQuery asked = *query;
  asked.user_id = mh_actor_user_id (req->actor);
  asked.hospital_id = mh_actor_hospital_id (req->actor);
  g_autoptr (MhRecord) patient
      = asked.patient_id != NULL ? mh_chart_open (req, asked.patient_id, error) : NULL;
  if (asked.patient_id != NULL && patient == NULL)
    return NULL;
  GPtrArray *notes = mh_chart_store_notes (req->db, &asked, error);
  if (notes != NULL && asked.patient_id == NULL)
    leave_closed (req, notes);
  return notes;
}

/* --- drafts and signatures --- */

static gboolean
chart_notes_sign (const MhRequest *req, MhRecord *note, MhRecord *patient, GError **error)
{
  g_autofree char *name = mh_patient_name (patient);
  if (mh_actor_user_id (req->actor) == NULL)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "Only a person can sign; sign in as the author.");
      return FALSE;
    }

  if (mh_note_is_empty (note))
    {
      mh_error_set_field (error, "sections", "required", "Nothing was written yet.");
      return FALSE;
    }

  mh_record_set_text (note, MH_NOTE_STATUS, MH_NOTE_SIGNED);
  mh_record_set_text (note, MH_NOTE_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (note, MH_NOTE_PATIENT_NAME, name);
  mh_record_set_int (note, MH_NOTE_SIGNED_AT, mh_tx_now (req->tx));
  mh_record_set_text (note, MH_NOTE_SIGNED_NAME, mh_actor_name (req->actor));
  mh_record_take_text (note, MH_NOTE_HASH, mh_chart_note_hash (note));

  return TRUE;
}

/* What a desk's clock says about the past is believed, about the future not. */
static void
set_written (MhTx *tx, MhRecord *note)
{
  gint64 at = mh_record_int (note, MH_NOTE_WRITTEN_AT);
  if (at <= 0 || at > mh_tx_now (tx))
    mh_record_set_int (note, MH_NOTE_WRITTEN_AT, mh_tx_now (tx));
}

static MhRecord *
named_patient (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) named = mh_patients_service_named (req, id, error);
  return named != NULL ? mh_chart_open (req, mh_record_id (named), error) : NULL;
}

MhRecord *
mh_chart_notes_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_NOTE, error))
    return NULL;

  g_autoptr (MhRecord) patient
      = named_patient (req, mh_record_text (draft, MH_NOTE_PATIENT_ID), error);
  if (patient == NULL || !mh_edit_check_named (req, draft, error)
      || !mh_edit_check_patient (req, draft, mh_record_id (patient), error))
    return NULL;

  g_autoptr (MhRecord) note = mh_record_copy (draft);
  mh_record_set_text (note, MH_NOTE_HOSPITAL_ID, hospital_id);
  mh_record_set_text (note, MH_NOTE_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (note, MH_NOTE_STATUS, MH_NOTE_DRAFT);
  mh_record_set_text (note, MH_NOTE_AUTHOR_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (note, MH_NOTE_AUTHOR_NAME, mh_actor_name (req->actor));
  mh_record_set_int (note, MH_NOTE_N_ADDENDA, 0);
  mh_record_unset (note, MH_NOTE_SIGN);
  if (!mh_record_has (note, MH_ID))
    mh_record_take_text (note, MH_ID, mh_id_new ());
  set_written (req->tx, note);
  if (mh_record_bool (draft, MH_NOTE_SIGN) && !chart_notes_sign (req, note, patient, error))
    return NULL;

  const char *reason = chart_notes_is_signed (note) ? "sign" : NULL;
  return mh_tx_insert (req->tx, note, MH_AUDIT_CREATE, reason, error) ? g_steal_pointer (&note)
                                                                      : NULL;
}

static gboolean
refuse_signed (MhRecord *note, GError **error)
{
  if (!chart_notes_is_signed (note))
    return FALSE;
  mh_error_set (error, MH_ERROR_CONFLICT,
                "This note is signed and stays as it is; write an addendum.");
  return TRUE;
}

MhRecord *
mh_chart_notes_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) seen = chart_notes_find (req, patch.id, error);
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (seen == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_NOTE, error)
      || refuse_signed (seen, error) || !mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  g_autoptr (MhRecord) patient
      = named_patient (req, mh_record_text (before, MH_NOTE_PATIENT_ID), error);
  if (patient == NULL)
    return NULL;

  mh_record_unset (after, MH_NOTE_SIGN);
  set_written (req->tx, after);
  if (mh_record_bool (patch.body, MH_NOTE_SIGN) && !chart_notes_sign (req, after, patient, error))
    return NULL;

  const char *reason = chart_notes_is_signed (after) ? "sign" : NULL;
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, reason, error)
             ? g_steal_pointer (&after)
             : NULL;
}

gboolean
mh_chart_notes_drop (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) note = chart_notes_find (req, id, error);
  return note != NULL && mh_actor_require (req->actor, MH_MAY_WRITE_NOTE, error)
         && !refuse_signed (note, error) && mh_tx_delete (req->tx, note, NULL, error);
}

/* --- after the signature --- */

static MhRecord *
find_signed (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) note = chart_notes_find (req, id, error);
  if (note == NULL)
    return NULL;
  if (g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_SIGNED) == 0)
    return g_steal_pointer (&note);
  mh_error_set (error, MH_ERROR_CONFLICT,
                chart_notes_is_signed (note) ? "This note was marked as entered in error."
                                             : "This note is still a draft; change it instead.");
  return NULL;
}

MhRecord *
mh_chart_notes_add (const MhRequest *req, const char *id, MhRecord *addendum, GError **error)
{
  g_autoptr (MhRecord) note = find_signed (req, id, error);
  if (note == NULL || !mh_actor_require (req->actor, MH_MAY_WRITE_NOTE, error))
    return NULL;

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *row = mh_record_copy (addendum);
  g_ptr_array_add (rows, row);
  if (!mh_record_has (row, MH_ID))
    mh_record_take_text (row, MH_ID, mh_id_new ());
  mh_record_set_text (row, MH_NOTE_ADDENDUM_NOTE_ID, id);
  mh_record_set_int (row, MH_NOTE_ADDENDUM_AT, mh_tx_now (req->tx));
  mh_record_set_text (row, MH_NOTE_ADDENDUM_BY_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (row, MH_NOTE_ADDENDUM_BY_NAME, mh_actor_name (req->actor));
  mh_record_take_text (row, MH_NOTE_ADDENDUM_HASH, addendum_hash (note, row));

  g_autoptr (MhRecord) after = mh_record_copy (note);
  mh_record_set_int (after, MH_NOTE_N_ADDENDA, mh_record_int (note, MH_NOTE_N_ADDENDA) + 1);
  if (!mh_tx_insert_parts (req->tx, rows, error)
      || !mh_tx_update (req->tx, note, after, MH_AUDIT_UPDATE, "addendum", error))
    return NULL;

  return with_addenda (req->db, g_steal_pointer (&after), error);
}

MhRecord *
mh_chart_notes_cosign (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) note = find_signed (req, id, error);
  if (note == NULL || !mh_actor_require (req->actor, MH_MAY_COSIGN_NOTE, error))
    return NULL;

  if (chart_notes_is_mine (note, req->actor) || mh_actor_user_id (req->actor) == NULL)
    {
      mh_error_set (error, MH_ERROR_FORBIDDEN, "Somebody other than the author co-signs a note.");
      return NULL;
    }

  if (mh_record_has (note, MH_NOTE_COSIGNED_AT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This note is co-signed already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (note);
  mh_record_set_text (after, MH_NOTE_COSIGNED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_NOTE_COSIGNED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (after, MH_NOTE_COSIGNED_AT, mh_tx_now (req->tx));
  if (!mh_tx_update (req->tx, note, after, MH_AUDIT_UPDATE, "cosign", error))
    return NULL;

  return with_addenda (req->db, g_steal_pointer (&after), error);
}

MhRecord *
mh_chart_notes_retract (const MhRequest *req, const char *id, const char *reason, GError **error)
{
  g_autoptr (MhRecord) note = find_signed (req, id, error);
  if (note == NULL
      || (!chart_notes_is_mine (note, req->actor)
          && !mh_actor_require (req->actor, MH_MAY_COSIGN_NOTE, error)))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (note);
  mh_record_set_text (after, MH_NOTE_STATUS, MH_NOTE_RETRACTED);
  mh_record_set_int (after, MH_NOTE_RETRACTED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_NOTE_RETRACTED_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_NOTE_RETRACT_REASON, reason);
  if (!mh_tx_update (req->tx, note, after, MH_AUDIT_UPDATE, "retract", error))
    return NULL;

  return with_addenda (req->db, g_steal_pointer (&after), error);
}
