/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/referral/mh-referrals-service.h"

#include "server/lab/referral/mh-referrals-store.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-referral-rules.h"

static gboolean
referrals_service_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

MhRecord *
mh_referrals_service_add_lab (const MhRequest *req, MhRecord *draft, GError **error)
{
  return mh_edit_hospital (req->actor, error) != NULL ? mh_directory_create (req, draft, error)
                                                      : NULL;
}

/* --- packing --- */

static MhRecord *
referrals_service_make_item (MhRecord *referral, MhRecord *tube, MhRecord *order)
{
  MhRecord *item = mh_record_new (&mh_referral_item_type);
  mh_record_take_text (item, MH_ID, mh_id_new ());
  mh_record_set_text (item, MH_REFERRAL_ITEM_REFERRAL_ID, mh_record_id (referral));
  mh_record_set_text (item, MH_REFERRAL_ITEM_SAMPLE_ID, mh_record_id (tube));
  mh_record_set_text (item, MH_REFERRAL_ITEM_ORDER_ID, mh_record_id (order));
  mh_record_set_text (item, MH_REFERRAL_ITEM_ACCESSION, mh_record_text (tube, MH_SAMPLE_ACCESSION));
  mh_record_set_text (item, MH_REFERRAL_ITEM_PATIENT_NAME,
                      mh_record_text (order, MH_ORDER_PATIENT_NAME));
  mh_record_set_text (item, MH_REFERRAL_ITEM_PATIENT_MRN,
                      mh_record_text (order, MH_ORDER_PATIENT_MRN));
  mh_record_set_text (item, MH_REFERRAL_ITEM_SPECIMEN, mh_record_text (tube, MH_SAMPLE_SPECIMEN));
  if (mh_record_list (tube, MH_SAMPLE_TEST_NAMES) != NULL)
    mh_record_set_list (item, MH_REFERRAL_ITEM_TEST_NAMES,
                        mh_record_list (tube, MH_SAMPLE_TEST_NAMES));
  if (mh_record_has (tube, MH_SAMPLE_COLLECTED_AT))
    mh_record_set_int (item, MH_REFERRAL_ITEM_COLLECTED_AT,
                       mh_record_int (tube, MH_SAMPLE_COLLECTED_AT));

  mh_record_set_text (item, MH_REFERRAL_ITEM_STATE, MH_REFERRED_PACKED);
  return item;
}

/* One tube of the list: NULL with @error, or with an issue. */
static MhRecord *
pack_one (const MhRequest *req,
          MhRecord *referral,
          const char *typed,
          const char *field,
          MhIssues *issues,
          GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autofree char *accession = mh_accession_normalise (typed);
  g_autoptr (GPtrArray) found = accession != NULL
                                    ? mh_samples_service_list (req, accession, NULL, NULL, 1, error)
                                    : g_ptr_array_new ();

  if (found == NULL)
    return NULL;

  MhRecord *tube = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
  g_autofree char *other
      = tube != NULL ? mh_referrals_store_holding (req->db, mh_record_id (tube), &inner) : NULL;

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (tube == NULL)
    mh_issues_add (issues, field, "unknown", "There is no tube %s.", typed);
  else if (!referrals_service_is (mh_record_text (tube, MH_SAMPLE_STATUS),
                                  MH_SAMPLE_STATUS_RECEIVED)
           && !referrals_service_is (mh_record_text (tube, MH_SAMPLE_STATUS),
                                     MH_SAMPLE_STATUS_STORED))
    mh_issues_add (issues, field, "not_here", "Tube %s is not in the laboratory.", accession);
  else if (other != NULL)
    mh_issues_add (issues, field, "taken", "Tube %s is in %s already.", accession, other);
  else
    {
      g_autoptr (MhRecord) order = mh_store_get (req->db, &mh_order_type,
                                                 mh_record_text (tube, MH_SAMPLE_ORDER_ID), error);
      return order != NULL ? referrals_service_make_item (referral, tube, order) : NULL;
    }

  return NULL;
}

static GPtrArray *
pack_all (const MhRequest *req, MhRecord *referral, MhRecord *draft, GError **error)
{
  const char *const *numbers = mh_record_list (draft, MH_REFERRAL_ACCESSIONS);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GError) inner = NULL;

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      g_autofree char *field = g_strdup_printf ("accessions[%u]", i);
      g_autoptr (MhRecord) item = pack_one (req, referral, numbers[i], field, issues, &inner);
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return NULL;
        }
      if (item != NULL
          && g_hash_table_add (seen, (gpointer)mh_record_text (item, MH_REFERRAL_ITEM_SAMPLE_ID)))
        g_ptr_array_add (items, g_object_ref (item));
    }

  if (items->len == 0 && numbers == NULL)
    mh_issues_add (issues, "accessions", "required", "Scan the tubes that are to be sent.");
  return mh_issues_raise (issues, error) ? g_steal_pointer (&items) : NULL;
}

MhRecord *
mh_referrals_service_pack (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) lab = hospital_id != NULL
                                 ? mh_edit_get (req, &mh_reference_lab_type,
                                                mh_record_text (draft, MH_REFERRAL_LAB_ID), NULL)
                                 : NULL;

  if (lab == NULL || !mh_record_bool (lab, MH_REFERENCE_LAB_ACTIVE))
    {
      if (hospital_id != NULL)
        mh_error_set_field (error, "lab_id", "unknown", "There is no such laboratory in use.");
      return NULL;
    }

  g_autoptr (MhRecord) referral = mh_record_copy (draft);
  if (!mh_record_has (referral, MH_ID))
    mh_record_take_text (referral, MH_ID, mh_id_new ());
  g_autoptr (GPtrArray) items = pack_all (req, referral, draft, error);
  gint64 number = items != NULL ? mh_tx_next_number (req->tx, "referral", error) : -1;

  if (number < 0)
    return NULL;

  mh_record_unset (referral, MH_REFERRAL_ACCESSIONS);
  mh_record_set_text (referral, MH_REFERRAL_HOSPITAL_ID, hospital_id);
  mh_record_take_text (referral, MH_REFERRAL_NUMBER,
                       g_strdup_printf ("REF-%06" G_GINT64_FORMAT, number));
  mh_record_set_text (referral, MH_REFERRAL_LAB_NAME, mh_record_text (lab, MH_REFERENCE_LAB_NAME));
  mh_record_set_text (referral, MH_REFERRAL_STATUS, MH_REFERRAL_DRAFT);
  mh_record_set_text (referral, MH_REFERRAL_PACKED_NAME, mh_actor_name (req->actor));
  mh_record_set_int (referral, MH_REFERRAL_N_TUBES, items->len);
  mh_record_set_int (referral, MH_REFERRAL_N_OPEN, items->len);
  if (!mh_tx_insert (req->tx, referral, MH_AUDIT_CREATE, NULL, error)
      || !mh_tx_insert_parts (req->tx, items, error))
    return NULL;

  mh_record_take_records (referral, MH_REFERRAL_ITEMS, g_steal_pointer (&items));
  return g_steal_pointer (&referral);
}

/* --- steps --- */

typedef struct
{
  const MhRequest *req;
  MhRecord *before, *after, *request;
  GPtrArray *items;
  const char *step;
} Going;

static gboolean
referrals_service_is_meant (Going *going, MhRecord *item)
{
  const char *const *numbers = mh_record_list (going->request, MH_REFERRAL_STEP_ACCESSIONS);
  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      g_autofree char *accession = mh_accession_normalise (numbers[i]);
      if (referrals_service_is (accession, mh_record_text (item, MH_REFERRAL_ITEM_ACCESSION)))
        return TRUE;
    }
  return numbers == NULL;
}

static gboolean
tube_event (Going *going, MhRecord *item, const char *what, GError **error)
{
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, what);
  mh_record_set_text (event, MH_CUSTODY_EVENT_PLACE,
                      referrals_service_is (what, MH_CUSTODY_REFERRED)
                          ? mh_record_text (going->before, MH_REFERRAL_LAB_NAME)
                          : NULL);
  mh_record_set_text (event, MH_CUSTODY_EVENT_NOTE,
                      mh_record_text (going->before, MH_REFERRAL_NUMBER));

  g_autoptr (MhRecord) moved = mh_samples_service_witnessed (
      going->req, mh_record_text (item, MH_REFERRAL_ITEM_SAMPLE_ID), event, error);

  return moved != NULL;
}

static gboolean
move_item (Going *going, MhRecord *item, GError **error)
{
  const char *was = mh_record_text (item, MH_REFERRAL_ITEM_STATE);
  const char *state = mh_referral_rules_state (was, going->step);
  if (state == NULL || referrals_service_is (state, was))
    return TRUE;

  g_autoptr (MhRecord) before = mh_record_copy (item);
  mh_record_set_text (item, MH_REFERRAL_ITEM_STATE, state);
  if (mh_record_has (going->request, MH_REFERRAL_STEP_NOTE))
    mh_record_set_text (item, MH_REFERRAL_ITEM_NOTE,
                        mh_record_text (going->request, MH_REFERRAL_STEP_NOTE));

  if (!mh_tx_update_part (going->req->tx, before, item, error))
    return FALSE;
  if (referrals_service_is (state, MH_REFERRED_SENT))
    return tube_event (going, item, MH_CUSTODY_REFERRED, error);

  return !referrals_service_is (state, MH_REFERRED_REFUSED)
         || tube_event (going, item, MH_CUSTODY_RECEIVED, error);
}

static gint64
count_open (GPtrArray *items)
{
  gint64 n = 0;
  for (guint i = 0; i < items->len; i++)
    {
      const char *state = mh_record_text (items->pdata[i], MH_REFERRAL_ITEM_STATE);
      n += !referrals_service_is (state, MH_REFERRED_RETURNED)
           && !referrals_service_is (state, MH_REFERRED_REFUSED);
    }
  return n;
}

static gboolean
referrals_service_stamp (Going *going, const char *status, GError **error)
{
  MhRecord *after = going->after;
  gint64 now = mh_tx_now (going->req->tx), open = count_open (going->items);
  mh_record_set_text (after, MH_REFERRAL_STATUS, status);
  mh_record_set_int (after, MH_REFERRAL_N_OPEN, open);
  if (mh_record_has (going->request, MH_REFERRAL_STEP_COURIER))
    mh_record_set_text (after, MH_REFERRAL_COURIER,
                        mh_record_text (going->request, MH_REFERRAL_STEP_COURIER));

  if (referrals_service_is (going->step, "sent"))
    {
      g_autoptr (MhRecord) lab = mh_store_get (going->req->db, &mh_reference_lab_type,
                                               mh_record_text (after, MH_REFERRAL_LAB_ID), error);
      if (lab == NULL)
        return FALSE;
      mh_record_set_int (after, MH_REFERRAL_SENT_AT, now);
      mh_record_set_text (after, MH_REFERRAL_SENT_NAME, mh_actor_name (going->req->actor));
      mh_record_set_int (after, MH_REFERRAL_DUE_AT,
                         now + MAX (1, mh_record_int (lab, MH_REFERENCE_LAB_TAT_DAYS)) * MH_DAY);
    }

  if (referrals_service_is (going->step, "received")
      && !mh_record_has (after, MH_REFERRAL_RECEIVED_AT))
    mh_record_set_int (after, MH_REFERRAL_RECEIVED_AT, now);

  if (open == 0 && !referrals_service_is (status, MH_REFERRAL_CANCELLED))
    {
      mh_record_set_text (after, MH_REFERRAL_STATUS, MH_REFERRAL_RETURNED);
      mh_record_set_int (after, MH_REFERRAL_RETURNED_AT, now);
    }

  return TRUE;
}

MhRecord *
mh_referrals_service_step (const MhRequest *req, const char *id, MhRecord *request, GError **error)
{
  const char *step = mh_record_text (request, MH_REFERRAL_STEP_STEP);
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_referral_type, id, error);
  if (before == NULL)
    return NULL;

  const char *was = mh_record_text (before, MH_REFERRAL_STATUS);
  const char *status = mh_referral_rules_status (was, step);
  if (status == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "A referral that is %s cannot be %s.", was, step);
      return NULL;
    }

  g_autoptr (GPtrArray) items = mh_referrals_store_items (req->db, id, error);
  if (items == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  Going going = { req, before, after, request, items, step };
  for (guint i = 0; i < items->len; i++)
    if (referrals_service_is_meant (&going, items->pdata[i])
        && !move_item (&going, items->pdata[i], error))
      return NULL;

  if (!referrals_service_stamp (&going, status, error)
      || !mh_tx_update (req->tx, before, after, step,
                        mh_record_text (request, MH_REFERRAL_STEP_NOTE), error))
    return NULL;

  mh_record_take_records (after, MH_REFERRAL_ITEMS, g_steal_pointer (&items));
  return g_steal_pointer (&after);
}

/* --- looking --- */

MhRecord *
mh_referrals_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) referral = mh_edit_get (req, &mh_referral_type, id, error);
  GPtrArray *items = referral != NULL ? mh_referrals_store_items (req->db, id, error) : NULL;
  if (items == NULL)
    return NULL;
  mh_record_take_records (referral, MH_REFERRAL_ITEMS, items);
  return g_steal_pointer (&referral);
}

GPtrArray *
mh_referrals_service_list (const MhRequest *req,
                           const char *status,
                           const char *before_id,
                           guint limit,
                           GError **error)
{
  return mh_referrals_store_list (req->db, mh_actor_hospital_id (req->actor), status, before_id,
                                  limit, error);
}
