/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-aliquots-service.h"

#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/platform/mh-audit.h"

#include <string.h>

#define MOST 99

/* Millilitres as text in whole microlitres; -1: unreadable. */
static gint64
microlitres (const char *text)
{
  MhDecimal value;
  if (text == NULL || !mh_decimal_parse (text, &value))
    return -1;
  g_autofree char *exact = mh_decimal_format (value, 3);
  char *point = strchr (exact, '.');
  memmove (point, point + 1, strlen (point));
  return g_ascii_strtoll (exact, NULL, 10);
}

static gboolean
check_volume (MhRecord *tube, MhRecord *request, gint64 *out_left, GError **error)
{
  const char *has = mh_record_text (tube, MH_SAMPLE_VOLUME_ML);
  gint64 each = microlitres (mh_record_text (request, MH_ALIQUOTING_VOLUME_ML));
  gint64 left = has != NULL ? microlitres (has) : -1;

  *out_left = 0;
  if (each <= 0)
    {
      mh_error_set_field (error, "volume_ml", "out_of_range", "Say how much each one takes.");
      return FALSE;
    }

  if (left < 0)
    return TRUE;

  *out_left = left - each * mh_record_int (request, MH_ALIQUOTING_COUNT);
  if (*out_left >= 0)
    return TRUE;

  mh_error_set_field (error, "volume_ml", "too_much", "The tube holds only %s ml.", has);
  return FALSE;
}

static gboolean
aliquots_service_check (MhRecord *tube, MhRecord *request, gint64 *out_left, GError **error)
{
  if (mh_record_has (tube, MH_SAMPLE_ALIQUOT_OF))
    mh_error_set (error, MH_ERROR_CONFLICT, "Take further aliquots from the tube itself.");
  else if (mh_record_int (tube, MH_SAMPLE_N_ALIQUOTS) + mh_record_int (request, MH_ALIQUOTING_COUNT)
           > MOST)
    mh_error_set (error, MH_ERROR_CONFLICT, "A tube has at most %d aliquots.", MOST);
  else
    return check_volume (tube, request, out_left, error);
  return FALSE;
}

static MhRecord *
make_one (MhTx *tx, MhRecord *tube, MhRecord *request, gint64 number)
{
  static const guint copied[]
      = { MH_SAMPLE_HOSPITAL_ID, MH_SAMPLE_ORDER_ID,     MH_SAMPLE_PATIENT_ID,
          MH_SAMPLE_BENCH,       MH_SAMPLE_SPECIMEN,     MH_SAMPLE_PRIORITY,
          MH_SAMPLE_CONTAINER,   MH_SAMPLE_COLLECTED_BY, MH_SAMPLE_COLLECTED_NAME };
  MhRecord *made = mh_record_new (&mh_sample_type);
  const char *container = mh_record_text (request, MH_ALIQUOTING_CONTAINER);

  mh_record_take_text (made, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    mh_record_set_text (made, copied[i], mh_record_text (tube, copied[i]));
  if (container != NULL)
    mh_record_set_text (made, MH_SAMPLE_CONTAINER, container);
  else
    {
      mh_record_set_text (made, MH_SAMPLE_CONTAINER_NAME,
                          mh_record_text (tube, MH_SAMPLE_CONTAINER_NAME));
      mh_record_set_text (made, MH_SAMPLE_COLOUR, mh_record_text (tube, MH_SAMPLE_COLOUR));
    }

  mh_record_take_text (
      made, MH_SAMPLE_ACCESSION,
      g_strdup_printf ("%s-%02d", mh_record_text (tube, MH_SAMPLE_ACCESSION), (int)number));
  if (mh_record_list (tube, MH_SAMPLE_TEST_NAMES) != NULL)
    mh_record_set_list (made, MH_SAMPLE_TEST_NAMES, mh_record_list (tube, MH_SAMPLE_TEST_NAMES));
  mh_record_set_text (made, MH_SAMPLE_VOLUME_ML, mh_record_text (request, MH_ALIQUOTING_VOLUME_ML));
  mh_record_set_text (made, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED);
  mh_record_set_text (made, MH_SAMPLE_ALIQUOT_OF, mh_record_id (tube));
  mh_record_set_int (made, MH_SAMPLE_COLLECTED_AT, mh_record_int (tube, MH_SAMPLE_COLLECTED_AT));
  mh_record_set_int (made, MH_SAMPLE_RECEIVED_AT, mh_tx_now (tx));
  mh_record_set_text (made, MH_SAMPLE_RECEIVED_BY, mh_tx_who (tx)->user_id);
  mh_record_set_int (made, MH_SAMPLE_LABEL_COUNT, 1);
  mh_record_set_int (made, MH_SAMPLE_LABELS_PRINTED, 0);

  return made;
}

static MhRecord *
first_event (MhTx *tx, MhRecord *made)
{
  const MhWho *who = mh_tx_who (tx);
  MhRecord *event = mh_record_new (&mh_custody_event_type);
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (made));
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_ALIQUOTED);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  return event;
}

/* The tube's own event, through the one service; then how many there are and what is left. */
static gboolean
note_on_tube (const MhRequest *req, MhRecord *tube, MhRecord *request, gint64 left, GError **error)
{
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  gint64 count = mh_record_int (request, MH_ALIQUOTING_COUNT);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_ALIQUOTED);
  mh_record_take_text (event, MH_CUSTODY_EVENT_NOTE,
                       g_strdup_printf ("%d × %s ml", (int)count,
                                        mh_record_text (request, MH_ALIQUOTING_VOLUME_ML)));

  g_autoptr (MhRecord) noted = mh_samples_service_event (req, mh_record_id (tube), event, error);
  g_autoptr (MhRecord) before
      = noted != NULL ? mh_store_get (req->db, &mh_sample_type, mh_record_id (tube), error) : NULL;

  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_SAMPLE_N_ALIQUOTS,
                     mh_record_int (before, MH_SAMPLE_N_ALIQUOTS) + count);
  if (mh_record_has (before, MH_SAMPLE_VOLUME_ML))
    mh_record_take_text (after, MH_SAMPLE_VOLUME_ML,
                         mh_decimal_format ((MhDecimal){ left, 3 }, left % 100 != 0 ? 3 : 1));

  return mh_tx_update (req->tx, before, after, MH_CUSTODY_ALIQUOTED, NULL, error);
}

MhRecord *
mh_aliquots_service_make (const MhRequest *req,
                          const char *sample_id,
                          MhRecord *request,
                          GError **error)
{
  gint64 left = 0;
  g_autoptr (MhRecord) tube = mh_edit_get (req, &mh_sample_type, sample_id, error);
  if (tube == NULL || !aliquots_service_check (tube, request, &left, error)
      || !note_on_tube (req, tube, request, left, error))
    return NULL;

  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 was = mh_record_int (tube, MH_SAMPLE_N_ALIQUOTS);

  for (gint64 i = 1; i <= mh_record_int (request, MH_ALIQUOTING_COUNT); i++)
    {
      MhRecord *aliquot = make_one (req->tx, tube, request, was + i);
      g_ptr_array_add (made, aliquot);
      g_ptr_array_add (events, first_event (req->tx, aliquot));
      if (!mh_tx_insert (req->tx, aliquot, MH_AUDIT_CREATE, "aliquot", error))
        return NULL;
    }

  if (!mh_tx_insert_parts (req->tx, events, error))
    return NULL;

  MhRecord *reply = mh_record_copy (request);
  mh_record_take_records (reply, MH_ALIQUOTING_SAMPLES, g_steal_pointer (&made));
  return reply;
}
