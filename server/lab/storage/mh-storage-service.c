/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/storage/mh-storage-service.h"

#include "server/lab/samples/mh-badges-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/lab/storage/mh-storage-store.h"
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-storage-rules.h"

/* Freezer, rack, box and a room around them; more is a circle. */
#define DEEPEST 6

/* --- places --- */

static MhRecord *
storage_service_find (GPtrArray *places, const char *id)
{
  for (guint i = 0; id != NULL && i < places->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (places, i)), id) == 0)
      return g_ptr_array_index (places, i);
  return NULL;
}

/* @place's words, given those of what it stands in; FALSE when it would stand in itself. */
static gboolean
set_path (GPtrArray *places, MhRecord *place, GError **error)
{
  g_autofree char *path = g_strdup (mh_record_text (place, MH_STORAGE_PLACE_NAME));
  const char *parent_id = mh_record_text (place, MH_STORAGE_PLACE_PARENT_ID);
  for (guint depth = 0; parent_id != NULL; depth++)
    {
      MhRecord *parent = storage_service_find (places, parent_id);
      gboolean in_box
          = parent != NULL
            && g_strcmp0 (mh_record_text (parent, MH_STORAGE_PLACE_KIND), MH_STORAGE_BOX) == 0;
      if (parent == NULL || in_box || depth == DEEPEST
          || g_strcmp0 (parent_id, mh_record_id (place)) == 0)
        {
          mh_error_set_field (error, "parent_id", parent == NULL ? "unknown" : "circle",
                              "It cannot stand there.");
          return FALSE;
        }
      char *longer
          = g_strdup_printf ("%s / %s", mh_record_text (parent, MH_STORAGE_PLACE_NAME), path);
      g_free (path);
      path = longer;
      parent_id = mh_record_text (parent, MH_STORAGE_PLACE_PARENT_ID);
    }

  mh_record_take_text (place, MH_STORAGE_PLACE_PATH, g_steal_pointer (&path));
  return TRUE;
}

MhRecord *
mh_storage_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (GPtrArray) places
      = hospital_id != NULL ? mh_storage_store_places (req->db, hospital_id, error) : NULL;
  if (places == NULL)
    return NULL;
  g_autoptr (MhRecord) place = mh_record_copy (draft);
  return set_path (places, place, error) ? mh_directory_create (req, place, error) : NULL;
}

static gboolean
is_below (GPtrArray *places, MhRecord *place, const char *id)
{
  const char *at = mh_record_id (place);
  for (guint depth = 0; at != NULL && depth <= DEEPEST; depth++)
    {
      if (g_strcmp0 (at, id) == 0)
        return TRUE;
      MhRecord *here = storage_service_find (places, at);
      at = here != NULL ? mh_record_text (here, MH_STORAGE_PLACE_PARENT_ID) : NULL;
    }
  return FALSE;
}

/* What stands below is told by its full path. */
static gboolean
pass_on (MhTx *tx, GPtrArray *places, MhRecord *changed, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    if (g_strcmp0 (mh_record_id (places->pdata[i]), mh_record_id (changed)) == 0)
      {
        g_object_unref (places->pdata[i]);
        places->pdata[i] = g_object_ref (changed);
      }

  for (guint i = 0; i < places->len; i++)
    {
      MhRecord *place = g_ptr_array_index (places, i);
      if (place == changed || !is_below (places, place, mh_record_id (changed)))
        continue;
      g_autoptr (MhRecord) after = mh_record_copy (place);
      if (!set_path (places, after, error)
          || !mh_tx_update (tx, place, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_content (MhTx *tx, MhRecord *after, GError **error)
{
  gint64 n = mh_record_int (after, MH_STORAGE_PLACE_N_ROWS)
             * mh_record_int (after, MH_STORAGE_PLACE_N_COLUMNS);
  gint64 highest = mh_storage_store_highest (mh_tx_db (tx), mh_record_id (after), error);
  if (highest == -2)
    return FALSE;
  if (highest < 0
      || (highest < n && mh_record_bool (after, MH_STORAGE_PLACE_ACTIVE)
          && g_strcmp0 (mh_record_text (after, MH_STORAGE_PLACE_KIND), MH_STORAGE_BOX) == 0))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "Tubes stand in this box; take them out first.");
  return FALSE;
}

/* Positions are numbered row by row: another width would move every tube on paper. */
static gboolean
keeps_width (MhRecord *before, MhRecord *after)
{
  return mh_record_int (before, MH_STORAGE_PLACE_N_COLUMNS)
         == mh_record_int (after, MH_STORAGE_PLACE_N_COLUMNS);
}

MhRecord *
mh_storage_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  g_autoptr (GPtrArray) places = mh_storage_store_places (
      req->db, mh_record_text (before, MH_STORAGE_PLACE_HOSPITAL_ID), error);
  gint64 highest = mh_storage_store_highest (req->db, patch.id, error);
  if (places == NULL || highest == -2 || !check_content (req->tx, after, error)
      || !set_path (places, after, error))
    return NULL;

  if (highest >= 0 && !keeps_width (before, after))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Tubes stand in this box; take them out first.");
      return NULL;
    }

  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !pass_on (req->tx, places, after, error))
    return NULL;

  return g_steal_pointer (&after);
}

/* --- the map --- */

MhRecord *
mh_storage_service_map (const MhRequest *req, const char *place_id, GError **error)
{
  g_autoptr (MhRecord) place = mh_edit_get (req, &mh_storage_place_type, place_id, error);
  const char *hospital_id
      = place != NULL ? mh_record_text (place, MH_STORAGE_PLACE_HOSPITAL_ID) : NULL;
  g_autoptr (GPtrArray) places
      = place != NULL ? mh_storage_store_places (req->db, hospital_id, error) : NULL;
  g_autoptr (GPtrArray) all
      = places != NULL ? mh_storage_store_spots (req->db, hospital_id, error) : NULL;

  if (all == NULL)
    return NULL;

  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *boxes = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *spots = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < places->len; i++)
    {
      MhRecord *box = g_ptr_array_index (places, i);
      if (g_strcmp0 (mh_record_text (box, MH_STORAGE_PLACE_KIND), MH_STORAGE_BOX) != 0
          || !is_below (places, box, place_id))
        continue;
      g_ptr_array_add (boxes, g_object_ref (box));
      g_hash_table_add (shown, (gpointer)mh_record_id (box));
    }

  for (guint i = 0; i < all->len; i++)
    if (g_hash_table_contains (shown, mh_record_text (all->pdata[i], MH_STORAGE_SPOT_BOX_ID)))
      g_ptr_array_add (spots, g_object_ref (all->pdata[i]));

  MhRecord *map = mh_record_new (&mh_storage_map_type);
  mh_record_set_record (map, MH_STORAGE_MAP_PLACE, place);
  mh_record_take_records (map, MH_STORAGE_MAP_BOXES, boxes);
  mh_record_take_records (map, MH_STORAGE_MAP_SPOTS, spots);

  return map;
}

/* --- what may go --- */

GPtrArray *
mh_storage_service_due (const MhRequest *req, gint64 now, guint limit, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  return hospital_id != NULL ? mh_storage_store_due (req->db, hospital_id, now, limit, error)
                             : NULL;
}

/* Found by their numbers; @out_early: one of them is not due. */
static GPtrArray *
find_tubes (const MhRequest *req, MhRecord *request, gboolean *out_early, GError **error)
{
  const char *const *numbers = mh_record_list (request, MH_DISPOSAL_ACCESSIONS);
  g_autoptr (GPtrArray) tubes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhIssues) issues = mh_issues_new ();

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      g_autofree char *accession = mh_accession_normalise (numbers[i]);
      g_autofree char *field = g_strdup_printf ("accessions[%u]", i);
      g_autoptr (GPtrArray) found
          = accession != NULL ? mh_samples_service_list (req, accession, NULL, NULL, 1, error)
                              : g_ptr_array_new ();
      if (found == NULL)
        return NULL;
      if (found->len == 0)
        {
          mh_issues_add (issues, field, "unknown", "There is no tube %s.", numbers[i]);
          continue;
        }
      MhRecord *tube = g_ptr_array_index (found, 0);
      *out_early = *out_early
                   || mh_storage_rules_needs_witness (mh_record_int (tube, MH_SAMPLE_KEEP_UNTIL),
                                                      mh_tx_now (req->tx));
      g_ptr_array_add (tubes, g_object_ref (tube));
    }

  return mh_issues_raise (issues, error) ? g_steal_pointer (&tubes) : NULL;
}

/* The reason stays in the custody record: what is not due was not kept long enough. */
static gboolean
storage_reason_holds (MhRecord *request, gboolean early, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (early && g_strcmp0 (mh_record_text (request, MH_DISPOSAL_REASON), MH_DISPOSAL_EXPIRED) == 0)
    mh_issues_add (issues, "reason", "not_due",
                   "Not all of them were kept long enough yet: choose another reason.");
  return mh_issues_raise (issues, error);
}

static gboolean
dispose_one (const MhRequest *req,
             MhRecord *tube,
             MhRecord *request,
             MhRecord *witness,
             GError **error)
{
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_DISPOSED);
  mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, mh_record_text (request, MH_DISPOSAL_REASON));
  if (mh_record_has (request, MH_DISPOSAL_NOTE))
    mh_record_set_text (event, MH_CUSTODY_EVENT_NOTE, mh_record_text (request, MH_DISPOSAL_NOTE));
  if (witness != NULL)
    {
      mh_record_set_text (event, MH_CUSTODY_EVENT_WITNESS_ID, mh_record_id (witness));
      mh_record_set_text (event, MH_CUSTODY_EVENT_WITNESS_NAME,
                          mh_record_text (witness, MH_USER_NAME));
    }

  g_autoptr (MhRecord) gone = mh_samples_service_witnessed (req, mh_record_id (tube), event, error);
  return gone != NULL;
}

MhRecord *
mh_storage_service_dispose (const MhRequest *req, MhRecord *request, GError **error)
{
  gboolean early = FALSE;
  g_autoptr (MhRecord) witness = NULL;
  const char *badge = mh_record_text (request, MH_DISPOSAL_WITNESS);
  g_autoptr (GPtrArray) tubes = find_tubes (req, request, &early, error);

  if (tubes == NULL || !storage_reason_holds (request, early, error))
    return NULL;

  if (early || badge != NULL)
    {
      witness = mh_badges_service_other (req->db, mh_actor_hospital_id (req->actor),
                                         mh_actor_user_id (req->actor), badge, "witness", error);
      if (witness == NULL)
        return NULL;
    }

  for (guint i = 0; i < tubes->len; i++)
    if (!dispose_one (req, tubes->pdata[i], request, witness, error))
      return NULL;

  MhRecord *reply = mh_record_copy (request);
  mh_record_unset (reply, MH_DISPOSAL_WITNESS);
  mh_record_set_int (reply, MH_DISPOSAL_N_DONE, tubes->len);

  return reply;
}
