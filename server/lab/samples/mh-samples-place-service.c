/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-samples-place-service.h"

#include "server/lab/samples/mh-samples-store.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-storage-rules.h"

static gboolean
is_event (MhRecord *event, const char *what)
{
  return g_strcmp0 (mh_record_text (event, MH_CUSTODY_EVENT_EVENT), what) == 0;
}

static MhRecord *
find_box (MhTx *tx, MhRecord *tube, MhRecord *event, GError **error)
{
  g_autoptr (MhRecord) box = mh_store_get (mh_tx_db (tx), &mh_storage_place_type,
                                           mh_record_text (event, MH_CUSTODY_EVENT_BOX_ID), NULL);
  if (box != NULL && !mh_record_has (box, MH_DELETED_AT)
      && mh_record_bool (box, MH_STORAGE_PLACE_ACTIVE)
      && g_strcmp0 (mh_record_text (box, MH_STORAGE_PLACE_KIND), MH_STORAGE_BOX) == 0
      && g_strcmp0 (mh_record_text (box, MH_STORAGE_PLACE_HOSPITAL_ID),
                    mh_record_text (tube, MH_SAMPLE_HOSPITAL_ID))
             == 0)
    return g_steal_pointer (&box);
  mh_error_set_field (error, "box_id", "unknown", "There is no such box in use.");
  return NULL;
}

static gboolean
samples_place_service_is_taken (GArray *taken, gint64 position)
{
  for (guint i = 0; i < taken->len; i++)
    if (g_array_index (taken, gint64, i) == position)
      return TRUE;
  return FALSE;
}

static gboolean
choose_position (MhTx *tx, MhRecord *tube, MhRecord *event, MhRecord *box, GError **error)
{
  gint64 n = mh_record_int (box, MH_STORAGE_PLACE_N_ROWS)
             * mh_record_int (box, MH_STORAGE_PLACE_N_COLUMNS);
  g_autoptr (GArray) taken
      = mh_samples_store_taken (mh_tx_db (tx), mh_record_id (box), mh_record_id (tube), error);

  if (taken == NULL)
    return FALSE;

  if (!mh_record_has (event, MH_CUSTODY_EVENT_POSITION))
    mh_record_set_int (
        event, MH_CUSTODY_EVENT_POSITION,
        mh_storage_rules_first_free ((const gint64 *)(gpointer)taken->data, taken->len, n));

  gint64 position = mh_record_int (event, MH_CUSTODY_EVENT_POSITION);
  if (position < 0)
    mh_error_set (error, MH_ERROR_CONFLICT, "Box %s is full.",
                  mh_record_text (box, MH_STORAGE_PLACE_CODE));
  else if (position >= n)
    mh_error_set_field (error, "position", "out_of_range", "The box has %d positions.", (int)n);
  else if (samples_place_service_is_taken (taken, position))
    mh_error_set_field (error, "position", "taken", "Another tube stands there.");
  else
    return TRUE;

  return FALSE;
}

gboolean
mh_samples_place_check (MhTx *tx, MhRecord *tube, MhRecord *event, GError **error)
{
  if (!is_event (event, MH_CUSTODY_STORED) || !mh_record_has (event, MH_CUSTODY_EVENT_BOX_ID))
    {
      mh_record_unset (event, MH_CUSTODY_EVENT_BOX_ID);
      mh_record_unset (event, MH_CUSTODY_EVENT_POSITION);
      return TRUE;
    }

  g_autoptr (MhRecord) box = find_box (tx, tube, event, error);
  if (box == NULL || !choose_position (tx, tube, event, box, error))
    return FALSE;

  const char *path = mh_record_text (box, MH_STORAGE_PLACE_PATH);
  g_autofree char *spot
      = mh_storage_rules_position_text (mh_record_int (box, MH_STORAGE_PLACE_N_COLUMNS),
                                        mh_record_int (event, MH_CUSTODY_EVENT_POSITION));
  g_autofree char *place = g_strdup_printf (
      "%s / %s", path != NULL ? path : mh_record_text (box, MH_STORAGE_PLACE_NAME), spot);
  g_autofree char *valid = g_utf8_substring (place, 0, MIN (g_utf8_strlen (place, -1), 120));

  mh_record_set_text (event, MH_CUSTODY_EVENT_PLACE, valid);
  return TRUE;
}

static gboolean
samples_place_service_keep (MhTx *tx, MhRecord *tube, MhRecord *event, gint64 at, GError **error)
{
  const char *box_id = mh_record_text (event, MH_CUSTODY_EVENT_BOX_ID);
  gint64 days = 0, setting = 0;
  if (!mh_setting_int (mh_tx_db (tx), mh_record_text (tube, MH_SAMPLE_HOSPITAL_ID),
                       MH_SET_SAMPLE_KEEP_DAYS, &setting, error))
    return FALSE;
  if (box_id != NULL && !mh_samples_store_keep_days (mh_tx_db (tx), box_id, &days, error))
    return FALSE;
  mh_record_set_int (tube, MH_SAMPLE_KEEP_UNTIL, mh_storage_rules_keep_until (at, days, setting));
  return TRUE;
}

gboolean
mh_samples_place_stamp (MhTx *tx, MhRecord *tube, MhRecord *event, gint64 at, GError **error)
{
  static const char *const leaves[]
      = { MH_CUSTODY_RETRIEVED, MH_CUSTODY_DISPOSED, MH_CUSTODY_REFERRED, NULL };
  gboolean stored = is_event (event, MH_CUSTODY_STORED);

  if (stored || g_strv_contains (leaves, mh_record_text (event, MH_CUSTODY_EVENT_EVENT)))
    {
      mh_record_set_null (tube, MH_SAMPLE_BOX_ID);
      mh_record_set_null (tube, MH_SAMPLE_POSITION);
      if (!stored && !mh_record_has (event, MH_CUSTODY_EVENT_PLACE))
        mh_record_set_null (tube, MH_SAMPLE_PLACE);
    }

  if (is_event (event, MH_CUSTODY_DISPOSED))
    mh_record_set_null (tube, MH_SAMPLE_KEEP_UNTIL);
  if (!stored)
    return TRUE;

  if (mh_record_has (event, MH_CUSTODY_EVENT_BOX_ID))
    {
      mh_record_set_text (tube, MH_SAMPLE_BOX_ID, mh_record_text (event, MH_CUSTODY_EVENT_BOX_ID));
      mh_record_set_int (tube, MH_SAMPLE_POSITION,
                         mh_record_int (event, MH_CUSTODY_EVENT_POSITION));
    }

  return samples_place_service_keep (tx, tube, event, at, error);
}
