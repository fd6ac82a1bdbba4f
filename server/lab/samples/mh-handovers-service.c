/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-handovers-service.h"

#include "server/lab/samples/mh-badges-service.h"
#include "server/lab/samples/mh-handovers-store.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-handover.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

typedef struct
{
  const MhRequest *req;
  MhRecord *handover;
  GHashTable *expected; /* normalised numbers */
  GHashTable *seen;
  GPtrArray *items;
  gint64 n_taken;
} Making;

/* --- who --- */

static gboolean
name_both (Making *making, const char *hospital_id, GError **error)
{
  MhDb *db = making->req->db;
  MhRecord *handover = making->handover;
  const char *self = mh_actor_user_id (making->req->actor);
  g_autoptr (MhRecord) giver = mh_badges_service_person (
      db, hospital_id, mh_record_text (handover, MH_HANDOVER_GIVER_BADGE), "giver_badge", error);
  g_autoptr (MhRecord) receiver
      = giver != NULL
            ? mh_badges_service_other (db, hospital_id, mh_record_id (giver),
                                       mh_record_text (handover, MH_HANDOVER_RECEIVER_BADGE),
                                       "receiver_badge", error)
            : NULL;

  if (receiver == NULL)
    return FALSE;

  if (g_strcmp0 (self, mh_record_id (giver)) != 0 && g_strcmp0 (self, mh_record_id (receiver)) != 0)
    {
      mh_error_set_field (error, "giver_badge", "not_here",
                          "One of the two must be the person who is signed in.");
      return FALSE;
    }

  mh_record_set_text (handover, MH_HANDOVER_GIVER_ID, mh_record_id (giver));
  mh_record_set_text (handover, MH_HANDOVER_GIVER_NAME, mh_record_text (giver, MH_USER_NAME));
  mh_record_set_text (handover, MH_HANDOVER_RECEIVER_ID, mh_record_id (receiver));
  mh_record_set_text (handover, MH_HANDOVER_RECEIVER_NAME, mh_record_text (receiver, MH_USER_NAME));

  return TRUE;
}

/* --- what --- */

static void
handovers_service_note (Making *making, const char *accession, MhRecord *tube, const char *outcome)
{
  MhRecord *item = mh_record_new (&mh_handover_item_type);
  mh_record_take_text (item, MH_ID, mh_id_new ());
  mh_record_set_text (item, MH_HANDOVER_ITEM_HANDOVER_ID, mh_record_id (making->handover));
  mh_record_set_text (item, MH_HANDOVER_ITEM_ACCESSION, accession);
  if (tube != NULL)
    mh_record_set_text (item, MH_HANDOVER_ITEM_SAMPLE_ID, mh_record_id (tube));
  mh_record_set_text (item, MH_HANDOVER_ITEM_OUTCOME, outcome);
  g_ptr_array_add (making->items, item);
}

static gboolean
handovers_service_hand_over (Making *making, MhRecord *tube, GError **error)
{
  static const guint copied[][2] = { { MH_HANDOVER_PLACE, MH_CUSTODY_EVENT_PLACE },
                                     { MH_HANDOVER_TEMPERATURE, MH_CUSTODY_EVENT_TEMPERATURE },
                                     { MH_HANDOVER_NOTE, MH_CUSTODY_EVENT_NOTE } };
  const char *self = mh_actor_user_id (making->req->actor);
  MhRecord *handover = making->handover;
  gboolean gives = g_strcmp0 (self, mh_record_text (handover, MH_HANDOVER_GIVER_ID)) == 0;
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);

  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_HANDED_OVER);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_record_int (handover, MH_HANDOVER_AT));
  mh_record_set_text (event, MH_CUSTODY_EVENT_HANDED_TO,
                      mh_record_text (handover, MH_HANDOVER_RECEIVER_ID));
  mh_record_set_text (
      event, MH_CUSTODY_EVENT_WITNESS_ID,
      mh_record_text (handover, gives ? MH_HANDOVER_RECEIVER_ID : MH_HANDOVER_GIVER_ID));
  mh_record_set_text (
      event, MH_CUSTODY_EVENT_WITNESS_NAME,
      mh_record_text (handover, gives ? MH_HANDOVER_RECEIVER_NAME : MH_HANDOVER_GIVER_NAME));
  mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED, mh_record_text (tube, MH_SAMPLE_ACCESSION));
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    if (mh_record_has (handover, copied[i][0]))
      mh_record_set_text (event, copied[i][1], mh_record_text (handover, copied[i][0]));

  g_autoptr (MhRecord) moved
      = mh_samples_service_witnessed (making->req, mh_record_id (tube), event, error);
  return moved != NULL;
}

static gboolean
take_scanned (Making *making, const char *typed, GError **error)
{
  static const char *const goes[]
      = { MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT, NULL };
  g_autofree char *accession = mh_accession_normalise (typed);

  if (accession == NULL)
    {
      handovers_service_note (making, typed, NULL, MH_HANDOVER_UNKNOWN);
      return TRUE;
    }

  if (!g_hash_table_add (making->seen, g_strdup (accession)))
    return TRUE;

  g_autoptr (GPtrArray) found
      = mh_samples_service_list (making->req, accession, NULL, NULL, 1, error);
  if (found == NULL)
    return FALSE;

  MhRecord *tube = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
  const char *status = tube != NULL ? mh_record_text (tube, MH_SAMPLE_STATUS) : NULL;
  if (tube == NULL)
    handovers_service_note (making, accession, NULL, MH_HANDOVER_UNKNOWN);
  else if (g_strcmp0 (status, MH_SAMPLE_STATUS_TO_COLLECT) == 0)
    handovers_service_note (making, accession, tube, MH_HANDOVER_NOT_COLLECTED);
  else if (!g_strv_contains (goes, status))
    handovers_service_note (making, accession, tube, MH_HANDOVER_ALREADY);
  else
    {
      gboolean listed = g_hash_table_size (making->expected) == 0
                        || g_hash_table_contains (making->expected, accession);
      handovers_service_note (making, accession, tube,
                              listed ? MH_HANDOVER_TAKEN : MH_HANDOVER_UNEXPECTED);
      making->n_taken++;
      return handovers_service_hand_over (making, tube, error);
    }

  return TRUE;
}

static void
note_missing (Making *making)
{
  const char *const *expected = mh_record_list (making->handover, MH_HANDOVER_EXPECTED);
  for (guint i = 0; expected != NULL && expected[i] != NULL; i++)
    {
      g_autofree char *accession = mh_accession_normalise (expected[i]);
      if (accession != NULL && !g_hash_table_contains (making->seen, accession))
        handovers_service_note (making, accession, NULL, MH_HANDOVER_MISSING);
    }
}

static gboolean
handovers_service_take_all (Making *making, GError **error)
{
  const char *const *expected = mh_record_list (making->handover, MH_HANDOVER_EXPECTED);
  const char *const *scanned = mh_record_list (making->handover, MH_HANDOVER_SCANNED);
  for (guint i = 0; expected != NULL && expected[i] != NULL; i++)
    {
      char *accession = mh_accession_normalise (expected[i]);
      if (accession != NULL)
        g_hash_table_add (making->expected, accession);
    }

  for (guint i = 0; scanned != NULL && scanned[i] != NULL; i++)
    if (!take_scanned (making, scanned[i], error))
      return FALSE;

  note_missing (making);
  if (making->n_taken > 0)
    return TRUE;

  mh_error_set_field (error, "scanned", "required",
                      "None of these tubes can be handed over; scan the drawn ones.");
  return FALSE;
}

static gboolean
handovers_service_write_all (Making *making, GError **error)
{
  static const guint sent[] = { MH_HANDOVER_GIVER_BADGE, MH_HANDOVER_RECEIVER_BADGE,
                                MH_HANDOVER_EXPECTED, MH_HANDOVER_SCANNED };
  gint64 agreed = 0;

  for (guint i = 0; i < making->items->len; i++)
    agreed += g_strcmp0 (mh_record_text (making->items->pdata[i], MH_HANDOVER_ITEM_OUTCOME),
                         MH_HANDOVER_TAKEN)
              == 0;

  mh_record_set_int (making->handover, MH_HANDOVER_N_TAKEN, making->n_taken);
  mh_record_set_int (making->handover, MH_HANDOVER_N_PROBLEMS, (gint64)making->items->len - agreed);
  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    mh_record_unset (making->handover, sent[i]);
  return mh_tx_insert (making->req->tx, making->handover, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert_parts (making->req->tx, making->items, error);
}

MhRecord *
mh_handovers_service_make (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL)
    return NULL;

  g_autoptr (MhRecord) handover = mh_record_copy (draft);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  Making making = { req, handover, expected, seen, items, 0 };

  if (!mh_record_has (handover, MH_ID))
    mh_record_take_text (handover, MH_ID, mh_id_new ());
  mh_record_set_text (handover, MH_HANDOVER_HOSPITAL_ID, hospital_id);
  if (!mh_record_has (handover, MH_HANDOVER_AT))
    mh_record_set_int (handover, MH_HANDOVER_AT, mh_tx_now (req->tx));
  if (!name_both (&making, hospital_id, error) || !handovers_service_take_all (&making, error)
      || !handovers_service_write_all (&making, error))
    return NULL;

  mh_record_take_records (handover, MH_HANDOVER_ITEMS, g_steal_pointer (&items));
  return g_steal_pointer (&handover);
}

MhRecord *
mh_handovers_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) handover = mh_edit_get (req, &mh_handover_type, id, error);
  GPtrArray *items = handover != NULL ? mh_handovers_store_items (req->db, id, error) : NULL;
  if (items == NULL)
    return NULL;
  mh_record_take_records (handover, MH_HANDOVER_ITEMS, items);
  return g_steal_pointer (&handover);
}

GPtrArray *
mh_handovers_service_list (const MhRequest *req, const char *before_id, guint limit, GError **error)
{
  return mh_handovers_store_list (req->db, mh_actor_hospital_id (req->actor), before_id, limit,
                                  error);
}
