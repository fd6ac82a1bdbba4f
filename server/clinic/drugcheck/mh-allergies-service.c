/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/drugcheck/mh-allergies-service.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"

/* More than anybody has; a patient's list holds fifty names. */
#define MOST 500

/* --- looking --- */

GPtrArray *
mh_allergies_service_list (const MhRequest *req, const MhAllergiesQuery *query, GError **error)
{
  MhAllergiesQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_allergies_store_list (req->db, &narrowed, error);
}

GPtrArray *
mh_allergies_service_active (MhDb *db, const char *patient_id, GError **error)
{
  MhAllergiesQuery query = { .patient_id = patient_id, .limit = MOST };
  g_autoptr (GPtrArray) all = mh_allergies_store_list (db, &query, error);
  GPtrArray *active = all != NULL ? g_ptr_array_new_with_free_func (g_object_unref) : NULL;
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (mh_allergy_is_active (g_ptr_array_index (all, i)))
      g_ptr_array_add (active, g_object_ref (g_ptr_array_index (all, i)));
  return active;
}

MhRecord *
mh_allergies_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_edit_get (req, &mh_allergy_type, id, error);
}

/* --- what a patient's record says of them --- */

static gboolean
same_words (const char *a, const char *b)
{
  g_autofree char *x = mh_text_fold (a), *y = mh_text_fold (b);
  return g_str_equal (x, y);
}

static MhRecord *
find_substance (GPtrArray *allergies, const char *substance)
{
  for (guint i = 0; i < allergies->len; i++)
    if (same_words (mh_record_text (g_ptr_array_index (allergies, i), MH_ALLERGY_SUBSTANCE),
                    substance))
      return g_ptr_array_index (allergies, i);
  return NULL;
}

static gboolean
allergies_service_is_listed (const char *const *names, const char *substance)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (same_words (names[i], substance))
      return TRUE;
  return FALSE;
}

/* The patient's list of names and whether they were asked, from the records. Someone whose last
 * allergy was a mistake has been asked, and has none. */
static gboolean
allergies_service_follow (MhTx *tx, const char *patient_id, GError **error)
{
  g_autoptr (GPtrArray) active = mh_allergies_service_active (mh_tx_db (tx), patient_id, error);
  g_autoptr (MhRecord) before
      = active != NULL ? mh_store_get (mh_tx_db (tx), &mh_patient_type, patient_id, error) : NULL;
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < active->len && i < 50; i++)
    g_strv_builder_add (names,
                        mh_record_text (g_ptr_array_index (active, i), MH_ALLERGY_SUBSTANCE));

  g_auto (GStrv) list = g_strv_builder_end (names);
  mh_record_set_list (after, MH_PATIENT_ALLERGIES, (const char *const *)list);
  mh_record_set_text (after, MH_PATIENT_ALLERGY_STATUS,
                      active->len > 0 ? MH_ALLERGY_KNOWN : MH_ALLERGY_NONE);

  return mh_record_equal (before, after)
         || mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* --- writing --- */

/* What is prescribed is known by its generic name: what is typed as another case of a known name
 * stays as it was typed, and is compared without case everywhere. */
static void
allergies_service_complete (MhTx *tx, MhRecord *allergy)
{
  static const struct
  {
    guint field;
    const char *value;
  } usual[] = { { MH_ALLERGY_KIND, MH_ALLERGY_KIND_ALLERGY },
                { MH_ALLERGY_STATUS, MH_ALLERGY_ACTIVE },
                { MH_ALLERGY_SOURCE, MH_ALLERGY_FROM_PATIENT } };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (!mh_record_has (allergy, usual[i].field))
      mh_record_set_text (allergy, usual[i].field, usual[i].value);

  if (!mh_record_has (allergy, MH_ID))
    mh_record_take_text (allergy, MH_ID, mh_id_new ());
  mh_record_set_text (allergy, MH_ALLERGY_NOTED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_text (allergy, MH_ALLERGY_NOTED_NAME, mh_tx_who (tx)->user_name);
}

static gboolean
allergies_service_is_new (MhTx *tx, MhRecord *allergy, GError **error)
{
  g_autoptr (GPtrArray) active = mh_allergies_service_active (
      mh_tx_db (tx), mh_record_text (allergy, MH_ALLERGY_PATIENT_ID), error);
  if (active == NULL)
    return FALSE;
  MhRecord *same = find_substance (active, mh_record_text (allergy, MH_ALLERGY_SUBSTANCE));
  if (same == NULL || g_strcmp0 (mh_record_id (same), mh_record_id (allergy)) == 0)
    return TRUE;
  mh_error_set_field (error, "substance", "duplicate", "This is noted already.");
  return FALSE;
}

MhRecord *
mh_allergies_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) patient
      = mh_patients_service_named (req, mh_record_text (draft, MH_ALLERGY_PATIENT_ID), error);
  if (patient == NULL || !allergies_service_is_new (req->tx, draft, error))
    return NULL;

  g_autoptr (MhRecord) allergy = mh_record_copy (draft);
  mh_record_set_text (allergy, MH_ALLERGY_HOSPITAL_ID,
                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID));
  allergies_service_complete (req->tx, allergy);
  if (!mh_tx_insert (req->tx, allergy, MH_AUDIT_CREATE, NULL, error)
      || !allergies_service_follow (req->tx, mh_record_id (patient), error))
    return NULL;

  return g_steal_pointer (&allergy);
}

MhRecord *
mh_allergies_service_change (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error)
      || (mh_allergy_is_active (after) && !allergies_service_is_new (req->tx, after, error))
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !allergies_service_follow (req->tx, mh_record_text (after, MH_ALLERGY_PATIENT_ID), error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- what is written into patients --- */

static gboolean
allergies_service_add_named (MhTx *tx, MhRecord *patient, const char *name, GError **error)
{
  g_autoptr (MhRecord) allergy = mh_record_new (&mh_allergy_type);
  mh_record_set_text (allergy, MH_ALLERGY_HOSPITAL_ID,
                      mh_record_text (patient, MH_PATIENT_HOSPITAL_ID));
  mh_record_set_text (allergy, MH_ALLERGY_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (allergy, MH_ALLERGY_SUBSTANCE, name);
  mh_record_set_text (allergy, MH_ALLERGY_SOURCE, MH_ALLERGY_FROM_DESK);
  allergies_service_complete (tx, allergy);
  return mh_tx_insert (tx, allergy, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
allergies_service_end (MhTx *tx, MhRecord *allergy, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (allergy);
  mh_record_set_text (after, MH_ALLERGY_STATUS, MH_ALLERGY_INACTIVE);
  return mh_tx_update (tx, allergy, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
allergies_service_patient_changed (MhTx *tx,
                                   MhRecord *before,
                                   MhRecord *after,
                                   gpointer data,
                                   GError **error)
{
  const char *const *names = mh_record_list (after, MH_PATIENT_ALLERGIES);
  gboolean has = names != NULL && names[0] != NULL;
  if (before != NULL ? mh_record_field_equal (before, after, MH_PATIENT_ALLERGIES) : !has)
    return TRUE;

  g_autoptr (GPtrArray) active
      = mh_allergies_service_active (mh_tx_db (tx), mh_record_id (after), error);
  if (active == NULL)
    return FALSE;

  for (guint i = 0; has && names[i] != NULL; i++)
    if (find_substance (active, names[i]) == NULL
        && !allergies_service_add_named (tx, after, names[i], error))
      return FALSE;
  for (guint i = 0; i < active->len; i++)
    if (!allergies_service_is_listed (
            names, mh_record_text (g_ptr_array_index (active, i), MH_ALLERGY_SUBSTANCE))
        && !allergies_service_end (tx, g_ptr_array_index (active, i), error))
      return FALSE;

  return TRUE;
}

void
mh_allergies_service_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_patient_type, allergies_service_patient_changed,
                    server);
}
