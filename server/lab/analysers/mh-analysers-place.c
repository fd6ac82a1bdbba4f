/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result belongs: tube, patient, analyte, unit, value; and into the laboratory, by the same
 * way as a person's. What does not fit exactly is never guessed: it goes to the inbox. */
#include "server/lab/analysers/mh-analysers-outcome.h"
#include "server/lab/analysers/mh-analysers-patient.h"
#include "server/lab/analysers/mh-analysers-picture.h"
#include "server/lab/analysers/mh-analysers-sheets.h"
#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"

#include <string.h>

typedef struct
{
  MhTx *tx;
  MhServer *server;
  MhRecord *link;
  const MhActor *actor;
  MhCatalogueView *view;
  GHashTable *maps; /* code → MhRecord */
  MhAnalysersSheets *sheets;
  GPtrArray *results; /* of MhRecord: all of the message */
} Placing;

static gboolean
analysers_place_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* --- the tube --- */

/* An aliquot's results belong to the tube it was taken from. */
static gboolean
analysers_place_climb (Placing *placing, MhRecord **sample, GError **error)
{
  for (guint i = 0; i < 4 && *sample != NULL && mh_record_has (*sample, MH_SAMPLE_PARENT_ID); i++)
    {
      g_autoptr (MhRecord) parent
          = mh_store_get (mh_tx_db (placing->tx), &mh_sample_type,
                          mh_record_text (*sample, MH_SAMPLE_PARENT_ID), error);
      if (parent == NULL)
        return FALSE;
      /* A tube drawn again hangs on the rejected one, but is a tube of its own. */
      if (analysers_place_is (parent, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_REJECTED))
        return TRUE;
      g_set_object (sample, parent);
    }

  return TRUE;
}

static gboolean
analysers_place_find_tube (Placing *placing,
                           GPtrArray *numbers,
                           MhRecord **out_sample,
                           GError **error)
{
  MhDb *db = mh_tx_db (placing->tx);
  const char *hospital_id = mh_record_text (placing->link, MH_LINK_HOSPITAL_ID);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < numbers->len; i++)
      {
        GError *failure = NULL;
        const char *number = g_ptr_array_index (numbers, i);
        g_autoptr (MhRecord) sample
            = pass == 0 ? mh_analysers_store_sample (db, hospital_id, number, &failure)
                        : mh_analysers_store_sample_of_order (db, hospital_id, number, &failure);
        if (failure != NULL)
          {
            g_propagate_error (error, failure);
            return FALSE;
          }
        if (sample != NULL)
          {
            *out_sample = g_steal_pointer (&sample);
            return analysers_place_climb (placing, out_sample, error);
          }
      }

  return TRUE;
}

/* --- one result --- */

static MhRecord *
analysers_place_begin_result (Placing *placing,
                              MhRecord *kept,
                              const MhDeviceSample *said,
                              const MhDeviceValue *value)
{
  MhRecord *result = mh_record_new (&mh_device_result_type);
  const struct
  {
    guint field, most;
    const char *text;
  } texts[] = {
    { MH_DEVICE_RESULT_SAMPLE_CODE, 80, mh_device_sample_number (said) },
    { MH_DEVICE_RESULT_CODE, 80, value->code },
    { MH_DEVICE_RESULT_NAME, 120, value->name },
    { MH_DEVICE_RESULT_VALUE, 4000, value->value },
    { MH_DEVICE_RESULT_UNIT, 40, value->unit },
    { MH_DEVICE_RESULT_FLAGS, 80, value->flags },
    { MH_DEVICE_RESULT_FINALITY, 8, value->finality },
  };
  g_autofree char *patient = mh_device_sample_patient (said);

  mh_record_take_text (result, MH_ID, mh_id_new ());
  mh_record_set_text (result, MH_DEVICE_RESULT_HOSPITAL_ID,
                      mh_record_text (placing->link, MH_LINK_HOSPITAL_ID));
  mh_record_set_text (result, MH_DEVICE_RESULT_LINK_ID, mh_record_id (placing->link));
  mh_record_set_text (result, MH_DEVICE_RESULT_LINK_NAME,
                      mh_record_text (placing->link, MH_LINK_NAME));
  mh_record_set_text (result, MH_DEVICE_RESULT_MESSAGE_ID, mh_record_id (kept));
  mh_record_set_int (result, MH_DEVICE_RESULT_POSITION, placing->results->len + 1);
  mh_record_set_int (result, MH_DEVICE_RESULT_AT, mh_record_int (kept, MH_MESSAGE_AT));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      mh_record_take_text (result, texts[i].field, mh_text_cut (texts[i].text, texts[i].most));

  mh_record_take_text (result, MH_DEVICE_RESULT_PATIENT,
                       patient != NULL ? mh_text_cut (patient, 200) : NULL);
  if (value->measured_at != 0)
    mh_record_set_int (result, MH_DEVICE_RESULT_MEASURED_AT, value->measured_at);
  mh_record_set_bool (result, MH_DEVICE_RESULT_IS_FILE, value->is_file);

  return result;
}

/* HL7 table 0085: what says nothing about a value. FALSE: the result is dealt with. */
static gboolean
is_a_value (MhRecord *result)
{
  const char *finality = mh_record_text (result, MH_DEVICE_RESULT_FINALITY);
  char letter = finality != NULL && finality[1] == 0 ? finality[0] : 'F';
  if (letter == 'W' || letter == 'D')
    mh_analysers_leave (result, MH_UNMATCHED_WITHDRAWN, "The analyser takes this result back.");
  else if (letter == 'X')
    mh_analysers_leave (result, MH_UNMATCHED_NOT_DONE, "The analyser could not measure it.");
  else if (strchr ("INOS", letter) != NULL)
    mh_analysers_ignore (result, "Not measured yet.");
  else if (!mh_record_has (result, MH_DEVICE_RESULT_VALUE))
    mh_analysers_leave (result, MH_UNMATCHED_NOT_DONE, "There is no value.");
  else
    return TRUE;

  return FALSE;
}

/* Unit and value as we write them. FALSE: it goes to the inbox. */
static gboolean
analysers_place_convert (MhRecord *result, MhRecord *map, MhRecord *analyte)
{
  const char *theirs = mh_record_text (result, MH_DEVICE_RESULT_UNIT);
  const char *ours = mh_record_text (analyte, MH_ANALYTE_UNIT);
  const char *expected = map != NULL && mh_record_has (map, MH_ANALYSER_MAP_UNIT)
                             ? mh_record_text (map, MH_ANALYSER_MAP_UNIT)
                             : ours;
  gboolean same = theirs == NULL || mh_device_same_unit (theirs, expected)
                  || (expected == ours && mh_record_has (analyte, MH_ANALYTE_UCUM)
                      && mh_device_same_unit (theirs, mh_record_text (analyte, MH_ANALYTE_UCUM)));

  if (!same)
    {
      g_autofree char *detail
          = g_strdup_printf ("It came in %s, expected is %s.", theirs,
                             expected != NULL && expected[0] != 0 ? expected : "no unit");
      mh_analysers_leave (result, MH_UNMATCHED_UNIT, detail);
      return FALSE;
    }

  g_autofree char *value
      = mh_device_value (mh_record_text (result, MH_DEVICE_RESULT_VALUE),
                         map != NULL ? mh_record_list (map, MH_ANALYSER_MAP_WORDS) : NULL,
                         map != NULL ? mh_record_text (map, MH_ANALYSER_MAP_FACTOR) : NULL,
                         (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS));

  if (value == NULL)
    mh_analysers_leave (result, MH_UNMATCHED_VALUE, "The converted value is too large.");
  else
    mh_record_set_text (result, MH_DEVICE_RESULT_TAKEN, value);

  return value != NULL;
}

/* A preliminary value that comes after the final one is old news. */
static gboolean
is_late (Placing *placing, MhRecord *result, gboolean *out_late, GError **error)
{
  *out_late = FALSE;
  return !analysers_place_is (result, MH_DEVICE_RESULT_FINALITY, "P")
         || mh_analysers_store_has_final (
             mh_tx_db (placing->tx), mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_ID),
             mh_record_text (result, MH_DEVICE_RESULT_ANALYTE), out_late, error);
}

/* Whoever looks at a result of an unknown tube need not look its code up. */
static void
name_analyte (Placing *placing, MhRecord *result)
{
  const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
  MhRecord *map = code != NULL ? g_hash_table_lookup (placing->maps, code) : NULL;
  if (map != NULL)
    mh_record_set_text (result, MH_DEVICE_RESULT_ANALYTE,
                        mh_record_text (map, MH_ANALYSER_MAP_ANALYTE));
}

/* Analyte, unit and value by the mapping. FALSE: the result is dealt with. */
static gboolean
analysers_place_translate (Placing *placing, MhRecord *result)
{
  const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
  MhRecord *map = code != NULL ? g_hash_table_lookup (placing->maps, code) : NULL;
  if (map != NULL && mh_record_bool (map, MH_ANALYSER_MAP_IGNORED))
    {
      mh_analysers_ignore (result, "Results of this code are not wanted.");
      return FALSE;
    }

  const char *wanted = map != NULL ? mh_record_text (map, MH_ANALYSER_MAP_ANALYTE) : NULL;
  MhRecord *analyte
      = wanted != NULL ? mh_catalogue_find (placing->view, &mh_analyte_type, wanted) : NULL;

  if (analyte == NULL)
    {
      mh_analysers_leave (result, MH_UNMATCHED_CODE,
                          "The mapping of this analyser does not know the code.");
      return FALSE;
    }

  mh_record_set_text (result, MH_DEVICE_RESULT_ANALYTE, wanted);
  return is_a_value (result) && analysers_place_convert (result, map, analyte);
}

/* A control's value goes to quality control and nowhere else. */
static gboolean
place_control (Placing *placing, MhRecord *result, const char *control_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (mh_record_bool (result, MH_DEVICE_RESULT_IS_FILE))
    {
      mh_analysers_ignore (result, "Pictures of controls are not kept.");
      return TRUE;
    }

  if (!analysers_place_translate (placing, result))
    return TRUE;

  g_autoptr (MhRecord) point = mh_qc_take_point (
      placing->tx,
      &(MhQcReading){ .hospital_id = mh_record_text (placing->link, MH_LINK_HOSPITAL_ID),
                      .equipment = mh_analysers_equipment (placing->link),
                      .analyte = mh_record_text (result, MH_DEVICE_RESULT_ANALYTE),
                      .control_id = control_id,
                      .value = mh_record_text (result, MH_DEVICE_RESULT_TAKEN),
                      .at = mh_record_int (result, MH_DEVICE_RESULT_MEASURED_AT),
                      .source = MH_QC_ANALYSER },
      &failure);

  if (point != NULL)
    mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_CONTROL);
  else if (mh_analysers_is_about_values (failure))
    mh_analysers_leave (result, MH_UNMATCHED_CONTROL, failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));

  return mh_record_has (result, MH_DEVICE_RESULT_STATUS);
}

/* Code, unit and value of a result whose tube is known. */
static gboolean
place_value (Placing *placing, MhRecord *result, MhRecord *sample, GError **error)
{
  gboolean late;
  mh_record_set_text (result, MH_DEVICE_RESULT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (result, MH_DEVICE_RESULT_ORDER_ID,
                      mh_record_text (sample, MH_SAMPLE_ORDER_ID));
  if (!analysers_place_translate (placing, result))
    return TRUE;
  if (!is_late (placing, result, &late, error))
    return FALSE;

  if (late)
    mh_analysers_ignore (result, "The final value is there already.");
  else
    mh_analysers_sheets_add (placing->sheets, result);

  return TRUE;
}

/* A picture of a tube that is known. It goes into the order before the values do: the report may be
 * released with them. */
static gboolean
place_picture (Placing *placing,
               MhRecord *result,
               MhRecord *sample,
               const MhDeviceValue *value,
               GError **error)
{
  const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
  MhRecord *map = code != NULL ? g_hash_table_lookup (placing->maps, code) : NULL;
  mh_record_set_text (result, MH_DEVICE_RESULT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (result, MH_DEVICE_RESULT_ORDER_ID,
                      mh_record_text (sample, MH_SAMPLE_ORDER_ID));

  if (map != NULL && mh_record_bool (map, MH_ANALYSER_MAP_IGNORED))
    {
      mh_analysers_ignore (result, "Results of this code are not wanted.");
      return TRUE;
    }

  return mh_analysers_picture_place (MH_REQUEST_TX (placing->tx, placing->server, placing->actor),
                                     result, value, error);
}

/* --- a message --- */

static void
placing_clear (Placing *placing)
{
  g_clear_pointer (&placing->view, mh_catalogue_view_unref);
  g_clear_pointer (&placing->maps, g_hash_table_unref);
  g_clear_pointer (&placing->sheets, mh_analysers_sheets_free);
  g_clear_pointer (&placing->results, g_ptr_array_unref);
}

static gboolean
placing_begin (Placing *placing, GError **error)
{
  MhDb *db = mh_tx_db (placing->tx);
  g_autoptr (GPtrArray) maps = mh_analysers_store_maps (db, mh_record_id (placing->link), error);
  placing->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  placing->sheets = mh_analysers_sheets_new (
      MH_REQUEST_TX (placing->tx, placing->server, placing->actor), placing->link);
  placing->results = g_ptr_array_new_with_free_func (g_object_unref);
  if (maps == NULL)
    return FALSE;

  for (guint i = 0; i < maps->len; i++)
    {
      MhRecord *map = g_ptr_array_index (maps, i);
      const char *code = mh_record_text (map, MH_ANALYSER_MAP_CODE);
      MhRecord *before = g_hash_table_lookup (placing->maps, code);
      /* A code may order a test and bring an analyte; results follow the analyte's row. */
      if (before == NULL || mh_record_has (map, MH_ANALYSER_MAP_ANALYTE))
        g_hash_table_insert (placing->maps, g_strdup (code), g_object_ref (map));
    }

  placing->view = mh_catalogue_view (mh_server_catalogue (placing->server), db, error);
  return placing->view != NULL;
}

/* *out_control: the number of a control material, NULL: it is a patient's tube, or unknown. */
static gboolean
find_control (Placing *placing,
              const MhDeviceMessage *message,
              const MhDeviceSample *said,
              gboolean may_be_tube,
              const char **out_control,
              GError **error)
{
  const char *prefix = mh_record_text (placing->link, MH_LINK_QC_PREFIX);
  const char *number = mh_device_sample_number (said);
  *out_control = NULL;
  if (said->is_control || (message->is_astm && g_strcmp0 (message->processing, "Q") == 0)
      || (prefix != NULL && number != NULL && g_str_has_prefix (number, prefix)))
    *out_control = number != NULL ? number : "";

  for (guint i = 0; !may_be_tube && *out_control == NULL && i < said->numbers->len; i++)
    {
      GError *failure = NULL;
      const char *candidate = g_ptr_array_index (said->numbers, i);
      g_autoptr (MhRecord) lot = mh_qc_find_control (
          mh_tx_db (placing->tx), mh_record_text (placing->link, MH_LINK_HOSPITAL_ID), candidate,
          &failure);
      if (lot != NULL)
        *out_control = candidate;
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
compare_patient (Placing *placing,
                 const MhDeviceSample *said,
                 MhRecord *sample,
                 const char **out_differs,
                 GError **error)
{
  if (sample == NULL || mh_record_bool (placing->link, MH_LINK_TRUSTS_BARCODE))
    return TRUE;
  g_autoptr (MhRecord) patient
      = mh_store_get (mh_tx_db (placing->tx), &mh_patient_type,
                      mh_record_text (sample, MH_SAMPLE_PATIENT_ID), error);
  if (patient != NULL)
    *out_differs = mh_analysers_patient_differs (said, patient);
  return patient != NULL;
}

static gboolean
place_sample (Placing *placing,
              const MhDeviceMessage *message,
              const MhDeviceSample *said,
              MhRecord *kept,
              GError **error)
{
  g_autoptr (MhRecord) sample = NULL;
  const char *control = NULL, *differs = NULL;
  if (!find_control (placing, message, said, TRUE, &control, error)
      || (control == NULL && !analysers_place_find_tube (placing, said->numbers, &sample, error))
      || (control == NULL && sample == NULL
          && !find_control (placing, message, said, FALSE, &control, error))
      || !compare_patient (placing, said, sample, &differs, error))
    return FALSE;

  for (guint i = 0; i < said->values->len; i++)
    {
      const MhDeviceValue *value = g_ptr_array_index (said->values, i);
      MhRecord *result = analysers_place_begin_result (placing, kept, said, value);
      g_ptr_array_add (placing->results, result);
      name_analyte (placing, result);
      if (control != NULL)
        {
          if (!place_control (placing, result, control, error))
            return FALSE;
        }
      else if (sample == NULL)
        mh_analysers_leave (
            result, said->numbers->len > 0 ? MH_UNMATCHED_SAMPLE : MH_UNMATCHED_NO_SAMPLE, NULL);
      else if (differs != NULL)
        mh_analysers_leave (result, MH_UNMATCHED_PATIENT, differs);
      else if (value->is_file ? !place_picture (placing, result, sample, value, error)
                              : !place_value (placing, result, sample, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
place_message (Placing *placing, const MhDeviceMessage *message, MhRecord *kept, GError **error)
{
  const char *example = NULL;
  if (!placing_begin (placing, error))
    return FALSE;

  for (guint i = 0; i < message->samples->len; i++)
    if (!place_sample (placing, message, g_ptr_array_index (message->samples, i), kept, error))
      return FALSE;

  if (!mh_analysers_sheets_save (placing->sheets, error))
    return FALSE;

  for (guint i = 0; i < placing->results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (placing->results, i);
      if (analysers_place_is (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN)
          && example == NULL)
        example = mh_record_has (result, MH_DEVICE_RESULT_SAMPLE_CODE)
                      ? mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_CODE)
                      : "–";
    }

  mh_record_set_text (kept, MH_MESSAGE_STATUS, example != NULL ? MH_MESSAGE_OPEN : MH_MESSAGE_DONE);
  return (placing->results->len == 0 || mh_tx_insert_parts (placing->tx, placing->results, error))
         && (example == NULL
             || mh_analysers_tell_inbox (placing->tx, placing->link, example, error));
}

gboolean
mh_analysers_place (MhTx *tx,
                    MhServer *server,
                    MhRecord *link,
                    const MhDeviceMessage *message,
                    MhRecord *kept,
                    GError **error)
{
  g_autoptr (MhActor) actor = mh_analysers_actor (link);
  Placing placing = { .tx = tx, .server = server, .link = link, .actor = actor };
  gboolean placed = place_message (&placing, message, kept, error);
  placing_clear (&placing);
  return placed;
}

/* --- by hand --- */

static gboolean
choose_tube (Placing *placing, MhRecord *result, MhRecord *resolve, MhRecord **out, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  const char *said = mh_record_text (resolve, MH_RESOLVE_SAMPLE_CODE);
  const char *number = said != NULL ? said : mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_CODE);
  if (number != NULL)
    g_ptr_array_add (numbers, (gpointer)number);
  if (!analysers_place_find_tube (placing, numbers, out, error))
    return FALSE;
  if (*out == NULL)
    mh_error_set_field (error, "sample_code", "unknown_code", "The sample %s is not known.",
                        number != NULL ? number : "");
  return *out != NULL;
}

static gboolean
choose_analyte (Placing *placing, MhRecord *result, MhRecord *resolve, GError **error)
{
  const char *code = mh_record_text (result, MH_DEVICE_RESULT_CODE);
  MhRecord *map = code != NULL ? g_hash_table_lookup (placing->maps, code) : NULL;
  const char *said = mh_record_text (resolve, MH_RESOLVE_ANALYTE);
  const char *wanted = said != NULL  ? said
                       : map != NULL ? mh_record_text (map, MH_ANALYSER_MAP_ANALYTE)
                                     : NULL;
  MhRecord *analyte
      = wanted != NULL ? mh_catalogue_find (placing->view, &mh_analyte_type, wanted) : NULL;

  if (analyte == NULL)
    {
      mh_error_set_field (error, "analyte", "unknown_code", "Say which analyte it is.");
      return FALSE;
    }

  mh_record_set_text (result, MH_DEVICE_RESULT_ANALYTE, wanted);
  if (mh_record_has (resolve, MH_RESOLVE_VALUE))
    mh_record_set_text (result, MH_DEVICE_RESULT_TAKEN, mh_record_text (resolve, MH_RESOLVE_VALUE));

  /* The mapping's unit and factor are for the mapping's analyte alone. */
  else if (!is_a_value (result)
           || !analysers_place_convert (
               result,
               said == NULL || map == NULL
                       || analysers_place_is (map, MH_ANALYSER_MAP_ANALYTE, said)
                   ? map
                   : NULL,
               analyte))
    {
      mh_error_set_field (error, "value", "format", "%s",
                          mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
      return FALSE;
    }

  return TRUE;
}

static gboolean
was_taken (MhRecord *result, GError **error)
{
  if (!analysers_place_is (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "%s", mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
  return FALSE;
}

/* Its bytes are in the message alone. */
static gboolean
picture_by_hand (Placing *placing,
                 MhRecord *result,
                 MhRecord *sample,
                 MhRecord *resolve,
                 GError **error)
{
  g_autoptr (MhDeviceMessage) message = NULL;
  const MhDeviceValue *value
      = mh_analysers_picture_again (mh_tx_db (placing->tx), result, &message, error);
  if (mh_record_has (resolve, MH_RESOLVE_ANALYTE))
    mh_record_set_text (result, MH_DEVICE_RESULT_ANALYTE,
                        mh_record_text (resolve, MH_RESOLVE_ANALYTE));
  else
    name_analyte (placing, result);
  return value != NULL && place_picture (placing, result, sample, value, error)
         && was_taken (result, error);
}

static gboolean
place_by_hand (Placing *placing, MhRecord *result, MhRecord *resolve, GError **error)
{
  g_autoptr (MhRecord) sample = NULL;
  if (!placing_begin (placing, error) || !choose_tube (placing, result, resolve, &sample, error))
    return FALSE;
  if (mh_record_bool (result, MH_DEVICE_RESULT_IS_FILE))
    return picture_by_hand (placing, result, sample, resolve, error);
  if (!choose_analyte (placing, result, resolve, error))
    return FALSE;

  mh_record_set_text (result, MH_DEVICE_RESULT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (result, MH_DEVICE_RESULT_ORDER_ID,
                      mh_record_text (sample, MH_SAMPLE_ORDER_ID));
  mh_analysers_sheets_add (placing->sheets, result);
  if (!mh_analysers_sheets_save (placing->sheets, error))
    return FALSE;
  if (analysers_place_is (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_APPLIED))
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "%s", mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
  return FALSE;
}

gboolean
mh_analysers_place_one (const MhAnalysersWork *work,
                        MhRecord *result,
                        MhRecord *resolve,
                        GError **error)
{
  Placing placing = {
    .tx = work->req->tx, .server = work->req->server, .link = work->link, .actor = work->req->actor
  };
  gboolean placed = place_by_hand (&placing, result, resolve, error);
  placing_clear (&placing);
  return placed;
}
