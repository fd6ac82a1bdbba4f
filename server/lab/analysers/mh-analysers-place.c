/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result belongs: tube, patient, analyte, unit, value; and into the laboratory, by the same
 * way as a person's. What does not fit exactly is never guessed: it goes to the inbox. */
#include "server/lab/analysers/mh-analysers-patient.h"
#include "server/lab/analysers/mh-analysers-picture.h"
#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/results/mh-results-service.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-analyser.h"
#include "shared/records/mh-analyte.h"
#include "shared/records/mh-qc.h"
#include "shared/records/mh-result.h"
#include "shared/records/mh-sample.h"
#include "shared/records/mh-types.h"

#include <string.h>

typedef struct
{
  MhTx *tx;
  MhServer *server;
  MhRecord *link;
  const MhActor *actor;
  MhCatalogueView *view;
  GHashTable *maps;   /* code → MhRecord */
  GHashTable *orders; /* order id → GPtrArray of MhRecord, results to be saved */
  GPtrArray *order_ids;
  GPtrArray *results; /* of MhRecord: all of the message */
} Placing;

static gboolean
analysers_place_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

static void
analysers_place_leave (MhRecord *result, const char *reason, const char *detail)
{
  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN);
  mh_record_set_text (result, MH_DEVICE_RESULT_REASON, reason);
  mh_record_take_text (result, MH_DEVICE_RESULT_DETAIL,
                       detail != NULL ? mh_text_cut (detail, 400) : NULL);
}

static void
analysers_place_ignore (MhRecord *result, const char *detail)
{
  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_IGNORED);
  mh_record_set_text (result, MH_DEVICE_RESULT_DETAIL, detail);
}

/* The service looks at everything before it writes anything; what it says to these kinds of errors
 * is about the values. */
static gboolean
is_about_values (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_INVALID)
         || g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT)
         || g_error_matches (error, MH_ERROR, MH_ERROR_FORBIDDEN)
         || g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND);
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
    analysers_place_leave (result, MH_UNMATCHED_WITHDRAWN, "The analyser takes this result back.");
  else if (letter == 'X')
    analysers_place_leave (result, MH_UNMATCHED_NOT_DONE, "The analyser could not measure it.");
  else if (strchr ("INOS", letter) != NULL)
    analysers_place_ignore (result, "Not measured yet.");
  else if (!mh_record_has (result, MH_DEVICE_RESULT_VALUE))
    analysers_place_leave (result, MH_UNMATCHED_NOT_DONE, "There is no value.");
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
      analysers_place_leave (result, MH_UNMATCHED_UNIT, detail);
      return FALSE;
    }

  g_autofree char *value
      = mh_device_value (mh_record_text (result, MH_DEVICE_RESULT_VALUE),
                         map != NULL ? mh_record_list (map, MH_ANALYSER_MAP_WORDS) : NULL,
                         map != NULL ? mh_record_text (map, MH_ANALYSER_MAP_FACTOR) : NULL,
                         (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS));

  if (value == NULL)
    analysers_place_leave (result, MH_UNMATCHED_VALUE, "The converted value is too large.");
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

static void
analysers_place_queue (Placing *placing, MhRecord *result)
{
  const char *order_id = mh_record_text (result, MH_DEVICE_RESULT_ORDER_ID);
  GPtrArray *list = g_hash_table_lookup (placing->orders, order_id);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (placing->orders, g_strdup (order_id), list);
      g_ptr_array_add (placing->order_ids, g_strdup (order_id));
    }
  g_ptr_array_add (list, result);
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
      analysers_place_ignore (result, "Results of this code are not wanted.");
      return FALSE;
    }

  const char *wanted = map != NULL ? mh_record_text (map, MH_ANALYSER_MAP_ANALYTE) : NULL;
  MhRecord *analyte
      = wanted != NULL ? mh_catalogue_find (placing->view, &mh_analyte_type, wanted) : NULL;

  if (analyte == NULL)
    {
      analysers_place_leave (result, MH_UNMATCHED_CODE,
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
      analysers_place_ignore (result, "Pictures of controls are not kept.");
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
  else if (is_about_values (failure))
    analysers_place_leave (result, MH_UNMATCHED_CONTROL, failure->message);
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
    analysers_place_ignore (result, "The final value is there already.");
  else
    analysers_place_queue (placing, result);

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
      analysers_place_ignore (result, "Results of this code are not wanted.");
      return TRUE;
    }

  return mh_analysers_picture_place (placing->tx, placing->server, placing->actor, result, value,
                                     error);
}

/* --- saving them by order --- */

static MhRecord *
analysers_place_entry_of (Placing *placing, MhRecord *result, const char *name)
{
  MhRecord *entry = mh_record_new (&mh_result_entry_type);
  const char *flags = mh_record_text (result, MH_DEVICE_RESULT_FLAGS);
  mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE, name);
  mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE,
                      mh_record_text (result, MH_DEVICE_RESULT_TAKEN));
  mh_record_set_text (entry, MH_RESULT_ENTRY_INSTRUMENT, mh_analysers_equipment (placing->link));

  if (flags != NULL)
    {
      g_auto (GStrv) list = g_strsplit_set (flags, " \n", 20);
      mh_record_set_list (entry, MH_RESULT_ENTRY_DEVICE_FLAGS, (const char *const *)list);
    }

  mh_record_set_int (entry, MH_RESULT_ENTRY_ANALYSED_AT,
                     mh_record_has (result, MH_DEVICE_RESULT_MEASURED_AT)
                         ? mh_record_int (result, MH_DEVICE_RESULT_MEASURED_AT)
                         : mh_tx_now (placing->tx));

  return entry;
}

/* The row of the sheet that @result is for: of its analyte, from its tube. *out_name is how the
 * sheet calls it ("GLU", or "GLU2H:GLU" where the order has several). */
static MhRecord *
analysers_place_row_of (GPtrArray *rows, MhRecord *result, char **out_name)
{
  MhRecord *found = NULL;
  guint same = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!analysers_place_is (row, MH_RESULT_ROW_CODE,
                               mh_record_text (result, MH_DEVICE_RESULT_ANALYTE)))
        continue;
      same++;
      if (analysers_place_is (row, MH_RESULT_ROW_SAMPLE_ID,
                              mh_record_text (result, MH_DEVICE_RESULT_SAMPLE_ID)))
        found = row;
    }

  if (found != NULL)
    *out_name = same > 1 ? g_strdup_printf ("%s:%s", mh_record_text (found, MH_RESULT_ROW_TEST),
                                            mh_record_text (found, MH_RESULT_ROW_CODE))
                         : g_strdup (mh_record_text (found, MH_RESULT_ROW_CODE));

  return found;
}

typedef struct
{
  MhRecord *result, *row;
  char *name;
} Fit;

static void
fit_free (gpointer data)
{
  Fit *fit = data;
  g_free (fit->name);
  g_free (fit);
}

/* Those of @list that the order asks for; the rest is left. A second value of one row in the same
 * message counts: it is the newer one. */
static GPtrArray *
fit_rows (GPtrArray *list, GPtrArray *rows)
{
  GPtrArray *fits = g_ptr_array_new_with_free_func (fit_free);
  for (guint i = 0; i < list->len; i++)
    {
      MhRecord *result = g_ptr_array_index (list, i);
      g_autofree char *name = NULL;
      MhRecord *row = analysers_place_row_of (rows, result, &name);
      if (row == NULL)
        {
          analysers_place_leave (result, MH_UNMATCHED_NOT_ORDERED,
                                 "The order does not ask for it from this tube.");
          continue;
        }
      if (mh_record_has (row, MH_RESULT_ROW_FORMULA))
        {
          analysers_place_ignore (result, "It is calculated here.");
          continue;
        }
      for (guint j = 0; j < fits->len; j++)
        {
          Fit *before = g_ptr_array_index (fits, j);
          if (before->row == row)
            {
              analysers_place_ignore (before->result, "The same message has a later value.");
              g_ptr_array_remove_index (fits, j);
              break;
            }
        }
      Fit *fit = g_new0 (Fit, 1);
      fit->result = result;
      fit->row = row;
      fit->name = g_steal_pointer (&name);
      g_ptr_array_add (fits, fit);
    }

  return fits;
}

static gboolean
fits_have (GPtrArray *fits, MhRecord *row)
{
  for (guint i = 0; i < fits->len; i++)
    if (((Fit *)g_ptr_array_index (fits, i))->row == row)
      return TRUE;
  return FALSE;
}

/* With @fits, has every row of the tubes that are here its value, and none that a person is still
 * writing? Then the tests are handed over; what cannot be told here the service says. */
static gboolean
analysers_place_is_complete (Placing *placing, GPtrArray *fits, GPtrArray *rows)
{
  if (mh_record_bool (placing->link, MH_LINK_KEEPS_DRAFTS))
    return FALSE;

  for (guint i = 0; i < fits->len; i++)
    if (analysers_place_is (((Fit *)g_ptr_array_index (fits, i))->result, MH_DEVICE_RESULT_FINALITY,
                            "P"))
      return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (!analysers_place_is (row, MH_RESULT_ROW_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED)
          || mh_record_has (row, MH_RESULT_ROW_FORMULA) || fits_have (fits, row))
        continue;
      gboolean has = mh_record_has (row, MH_RESULT_ROW_VALUE);
      if (!has && !analysers_place_is (row, MH_RESULT_ROW_KIND, MH_ANALYTE_KIND_TEXT))
        return FALSE;
      if (has && mh_record_has (row, MH_RESULT_ROW_ENTERED_BY)
          && analysers_place_is (row, MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_DRAFT))
        return FALSE;
    }

  return TRUE;
}

static gboolean
analysers_place_save (Placing *placing,
                      const char *order_id,
                      GPtrArray *fits,
                      guint from,
                      guint to,
                      gboolean final,
                      GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  for (guint i = from; i < to; i++)
    {
      Fit *fit = g_ptr_array_index (fits, i);
      g_autoptr (MhRecord) entry = analysers_place_entry_of (placing, fit->result, fit->name);
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
    }
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, final);
  g_autoptr (MhRecord) sheet = mh_results_service_save (placing->tx, placing->server,
                                                        placing->actor, order_id, put, error);
  return sheet != NULL;
}

static void
mark_applied (GPtrArray *fits, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    mh_record_set_text (((Fit *)g_ptr_array_index (fits, i))->result, MH_DEVICE_RESULT_STATUS,
                        MH_DEVICE_RESULT_APPLIED);
}

static void
leave_for_error (MhRecord *result, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  const MhIssue *issue
      = issues != NULL && mh_issues_count (issues) > 0 ? mh_issues_nth (issues, 0) : NULL;
  gboolean is_value = issue != NULL && g_str_has_suffix (issue->field, ".value");
  analysers_place_leave (result,
                         is_value ? MH_UNMATCHED_VALUE
                         : issue != NULL && g_str_has_suffix (issue->field, "yte")
                             ? MH_UNMATCHED_NOT_ORDERED
                             : MH_UNMATCHED_STATE,
                         issue != NULL ? issue->message : error->message);
}

/* One by one, when they cannot be saved together. */
static gboolean
save_each (Placing *placing, const char *order_id, GPtrArray *fits, GError **error)
{
  for (guint i = 0; i < fits->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      if (analysers_place_save (placing, order_id, fits, i, i + 1, FALSE, &failure))
        mark_applied (fits, i, i + 1);
      else if (is_about_values (failure))
        leave_for_error (((Fit *)g_ptr_array_index (fits, i))->result, failure);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
analysers_place_save_order (Placing *placing, const char *order_id, GPtrArray *list, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MhRecord) sheet
      = mh_results_service_sheet (mh_tx_db (placing->tx), placing->server, placing->actor, order_id,
                                  mh_tx_now (placing->tx), error);

  if (sheet == NULL)
    return FALSE;

  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  g_autoptr (GPtrArray) fits = fit_rows (list, rows);
  if (fits->len == 0)
    return TRUE;

  gboolean complete = analysers_place_is_complete (placing, fits, rows);
  if (analysers_place_save (placing, order_id, fits, 0, fits->len, complete, &failure)
      || (complete && is_about_values (failure)
          && (g_clear_error (&failure),
              analysers_place_save (placing, order_id, fits, 0, fits->len, FALSE, &failure))))
    {
      mark_applied (fits, 0, fits->len);
      return TRUE;
    }

  if (is_about_values (failure))
    return save_each (placing, order_id, fits, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
save_all (Placing *placing, GError **error)
{
  for (guint i = 0; i < placing->order_ids->len; i++)
    {
      const char *order_id = g_ptr_array_index (placing->order_ids, i);
      if (!analysers_place_save_order (placing, order_id,
                                       g_hash_table_lookup (placing->orders, order_id), error))
        return FALSE;
    }
  return TRUE;
}

/* --- a message --- */

static void
placing_clear (Placing *placing)
{
  g_clear_pointer (&placing->view, mh_catalogue_view_unref);
  g_clear_pointer (&placing->maps, g_hash_table_unref);
  g_clear_pointer (&placing->orders, g_hash_table_unref);
  g_clear_pointer (&placing->order_ids, g_ptr_array_unref);
  g_clear_pointer (&placing->results, g_ptr_array_unref);
}

static void
list_free (gpointer list)
{
  g_ptr_array_unref (list);
}

static gboolean
placing_begin (Placing *placing, GError **error)
{
  MhDb *db = mh_tx_db (placing->tx);
  g_autoptr (GPtrArray) maps = mh_analysers_store_maps (db, mh_record_id (placing->link), error);
  placing->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  placing->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);
  placing->order_ids = g_ptr_array_new_with_free_func (g_free);
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
        analysers_place_leave (
            result, said->numbers->len > 0 ? MH_UNMATCHED_SAMPLE : MH_UNMATCHED_NO_SAMPLE, NULL);
      else if (differs != NULL)
        analysers_place_leave (result, MH_UNMATCHED_PATIENT, differs);
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

  if (!save_all (placing, error))
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
  analysers_place_queue (placing, result);
  if (!save_all (placing, error))
    return FALSE;
  if (analysers_place_is (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_APPLIED))
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "%s", mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
  return FALSE;
}

gboolean
mh_analysers_place_one (MhTx *tx,
                        MhServer *server,
                        MhRecord *link,
                        const MhActor *actor,
                        MhRecord *result,
                        MhRecord *resolve,
                        GError **error)
{
  Placing placing = { .tx = tx, .server = server, .link = link, .actor = actor };
  gboolean placed = place_by_hand (&placing, result, resolve, error);
  placing_clear (&placing);
  return placed;
}
