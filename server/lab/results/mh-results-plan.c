/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-plan.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-doubt.h"
#include "server/lab/results/mh-results-group.h"
#include "server/lab/results/mh-results-isolates.h"
#include "server/lab/results/mh-results-second.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/results/mh-results-sign.h"
#include "server/lab/results/mh-results-store.h"
#include "server/lab/results/mh-results-write.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-formula.h"
#include "shared/rules/lab/mh-stability.h"

#include <string.h>

static const char isi_key[] = "lab.isi"; /* of the thromboplastin in use */

/* --- loading --- */

static void
results_plan_row_free (gpointer data)
{
  MhResultsRow *row = data;
  g_clear_object (&row->before);
  g_clear_object (&row->after);
  g_clear_object (&row->group);
  g_clear_object (&row->group_on_record);
  g_free (row);
}

void
mh_results_plan_free (MhResultsPlan *plan)
{
  if (plan == NULL)
    return;

  g_clear_pointer (&plan->known, mh_qc_known_free);
  g_clear_pointer (&plan->item_rows, g_hash_table_unref);
  g_clear_pointer (&plan->rows, g_ptr_array_unref);
  g_clear_pointer (&plan->results, g_ptr_array_unref);
  g_clear_pointer (&plan->previous, g_ptr_array_unref);
  g_clear_pointer (&plan->holds, g_ptr_array_unref);
  g_clear_pointer (&plan->events, g_ptr_array_unref);
  g_clear_pointer (&plan->escalations, g_ptr_array_unref);
  g_clear_pointer (&plan->attachments, g_ptr_array_unref);
  g_clear_pointer (&plan->samples, g_ptr_array_unref);
  g_clear_pointer (&plan->items, g_ptr_array_unref);
  g_clear_object (&plan->patient);
  g_clear_object (&plan->order);
  g_clear_pointer (&plan->zone, g_time_zone_unref);
  g_clear_pointer (&plan->view, mh_catalogue_view_unref);
  g_free (plan);
}

static MhRecord *
by_id (GPtrArray *records, const char *id)
{
  for (guint i = 0; id != NULL && i < records->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (records, i)), id) == 0)
      return g_ptr_array_index (records, i);
  return NULL;
}

static MhRecord *
stored_result (MhResultsPlan *plan, MhRecord *item, const char *analyte)
{
  for (guint i = 0; i < plan->results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (plan->results, i);
      if (g_strcmp0 (mh_record_text (result, MH_RESULT_ORDER_ITEM_ID), mh_record_id (item)) == 0
          && g_strcmp0 (mh_record_text (result, MH_RESULT_ANALYTE), analyte) == 0)
        return result;
    }
  return NULL;
}

static MhRecord *
previous_of (MhResultsPlan *plan, const char *analyte)
{
  for (guint i = 0; i < plan->previous->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (plan->previous, i), MH_RESULT_ANALYTE),
                   analyte)
        == 0)
      return g_ptr_array_index (plan->previous, i);
  return NULL;
}

static MhResultsRow *
row_of_tube (MhResultsPlan *plan, MhRecord *sample, MhRecord *analyte)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (row->analyte == analyte && row->sample == sample && sample != NULL)
        return row;
    }
  return NULL;
}

static gboolean
results_plan_has_analyte (MhResultsPlan *plan, MhRecord *analyte)
{
  for (guint i = 0; i < plan->rows->len; i++)
    if (((MhResultsRow *)g_ptr_array_index (plan->rows, i))->analyte == analyte)
      return TRUE;
  return FALSE;
}

static gint64
collected_or_now (const MhResultsPlan *plan, MhRecord *sample)
{
  gint64 at = sample != NULL ? mh_record_int (sample, MH_SAMPLE_COLLECTED_AT) : 0;
  return at != 0 ? at : plan->now;
}

/* The range of the day of collection; until then, of today. */
static void
choose_ranges (MhResultsPlan *plan, MhResultsRow *row)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
  GPtrArray *ranges = mh_catalogue_ranges (plan->view, code);
  gint64 at = collected_or_now (plan, row->sample);

  row->subject = mh_subject_of_patient (plan->patient, mh_date_of_instant (at, plan->zone));
  row->subject.method = row->test != NULL ? mh_record_text (row->test, MH_TEST_METHOD) : NULL;
  row->subject.isi = plan->isi;
  row->subject.was_critical
      = row->previous != NULL && mh_record_bool (row->previous, MH_RESULT_CRITICAL);
  if (ranges == NULL)
    return;

  if (mh_range_choose (ranges, code, MH_RANGE_KIND_REFERENCE, &row->subject, &row->reference)
      != MH_RANGE_FOUND)
    row->reference = NULL;
  if (mh_range_choose (ranges, code, MH_RANGE_KIND_CRITICAL, &row->subject, &row->critical)
      != MH_RANGE_FOUND)
    row->critical = NULL;
}

/* The tube was rejected and drawn again: what was measured from the first one is nobody's value. */
static gboolean
is_of_another_tube (const MhResultsRow *row)
{
  return row->before != NULL && row->sample != NULL && !mh_results_row_is_verified (row)
         && mh_record_has (row->before, MH_RESULT_SAMPLE_ID)
         && g_strcmp0 (mh_record_text (row->before, MH_RESULT_SAMPLE_ID),
                       mh_record_id (row->sample))
                != 0;
}

static void
results_plan_add_row (MhResultsPlan *plan, MhRecord *item, MhRecord *panel, MhRecord *analyte)
{
  GPtrArray *wanted = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
  MhRecord *sample = by_id (plan->samples, mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID));
  const char *code = mh_record_text (analyte, MH_ANALYTE_CODE);
  MhResultsRow *row = row_of_tube (plan, sample, analyte);

  if (row == NULL)
    {
      MhRecord *stored = stored_result (plan, item, code);
      row = g_new0 (MhResultsRow, 1);
      row->item = item;
      row->sample = sample;
      row->panel = panel;
      row->analyte = analyte;
      row->test = panel == NULL ? mh_catalogue_find (plan->view, &mh_test_type,
                                                     mh_record_text (item, MH_ORDER_ITEM_TEST))
                                : NULL;
      row->position = plan->rows->len;
      row->previous = previous_of (plan, code);
      row->before = stored != NULL ? g_object_ref (stored) : NULL;
      row->after = stored != NULL ? g_object_ref (stored) : NULL;
      if (is_of_another_tube (row))
        {
          mh_results_write_forget (row);
          mh_record_set_text (row->after, MH_RESULT_SAMPLE_ID, mh_record_id (row->sample));
        }
      choose_ranges (plan, row);
      g_ptr_array_add (plan->rows, row);
    }

  if (!g_ptr_array_find (wanted, row, NULL))
    g_ptr_array_add (wanted, row);
}

static gboolean
is_last_of_panel (MhResultsPlan *plan, guint index, const char *panel)
{
  for (guint i = index + 1; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_PANEL), panel) == 0
          && g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_calculated (MhResultsPlan *plan, MhRecord *item, const char *code)
{
  MhRecord *panel = mh_catalogue_find (plan->view, &mh_panel_type, code);
  const char *const *list = panel != NULL ? mh_record_list (panel, MH_PANEL_CALCULATED) : NULL;
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      MhRecord *analyte = mh_catalogue_find (plan->view, &mh_analyte_type, list[i]);
      if (analyte != NULL && !results_plan_has_analyte (plan, analyte))
        results_plan_add_row (plan, item, panel, analyte);
    }
}

static void
results_plan_add_rows (MhResultsPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      const char *panel = mh_record_text (item, MH_ORDER_ITEM_PANEL);
      MhRecord *test = mh_catalogue_find (plan->view, &mh_test_type,
                                          mh_record_text (item, MH_ORDER_ITEM_TEST));
      const char *const *list = test != NULL ? mh_record_list (test, MH_TEST_ANALYTES) : NULL;
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) == 0)
        continue;
      g_hash_table_insert (plan->item_rows, g_strdup (mh_record_id (item)), g_ptr_array_new ());
      for (guint k = 0; list != NULL && list[k] != NULL; k++)
        {
          MhRecord *analyte = mh_catalogue_find (plan->view, &mh_analyte_type, list[k]);
          if (analyte != NULL)
            results_plan_add_row (plan, item, NULL, analyte);
        }
      if (panel != NULL && is_last_of_panel (plan, i, panel))
        add_calculated (plan, item, panel);
    }
}

static gboolean
is_measured_here (MhResultsPlan *plan, const char *code)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_CODE), code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Each name of the formula is an analyte of this order or something known of the patient. */
static gboolean
can_calculate (MhResultsPlan *plan, const MhResultsRow *row)
{
  g_auto (GStrv) names = mh_formula_names (mh_record_text (row->analyte, MH_ANALYTE_FORMULA));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      double ignored;
      if (!is_measured_here (plan, names[i])
          && !mh_subject_lookup (&row->subject, names[i], &ignored))
        return FALSE;
    }
  return names != NULL;
}

static void
find_calculated (MhResultsPlan *plan)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      row->calculated
          = g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_KIND), MH_ANALYTE_KIND_CALCULATED)
                == 0
            && mh_record_has (row->analyte, MH_ANALYTE_FORMULA) && can_calculate (plan, row);
    }
}

static gint64
first_collected (GPtrArray *samples)
{
  gint64 first = 0;
  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      gint64 at = mh_record_int (sample, MH_SAMPLE_COLLECTED_AT);
      if (at != 0 && !mh_record_has (sample, MH_SAMPLE_REPLACED_BY) && (first == 0 || at < first))
        first = at;
    }
  return first;
}

/* The setting of the order's hospital, or else the one for all. A ratio without the index of its
 * reagent would be a guess, so there is no default. */
static double
isi_of (GPtrArray *settings, const char *hospital)
{
  MhDecimal isi;
  const char *chosen = NULL;
  for (guint i = 0; i < settings->len; i++)
    {
      MhRecord *setting = g_ptr_array_index (settings, i);
      const char *owner = mh_record_text (setting, MH_SETTING_HOSPITAL_ID);
      if (mh_record_has (setting, MH_DELETED_AT)
          || (owner != NULL && g_strcmp0 (owner, hospital) != 0))
        continue;
      if (owner != NULL || chosen == NULL)
        chosen = mh_record_text (setting, MH_SETTING_VALUE);
    }

  return mh_decimal_parse (chosen, &isi) ? mh_decimal_to_double (isi) : 0;
}

static gboolean
load_settings (MhDb *db, MhResultsPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) settings = mh_store_all (db, &mh_setting_type, "key", isi_key, error);
  if (settings == NULL)
    return FALSE;
  const char *hospital = mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID);
  plan->isi = isi_of (settings, hospital);
  return mh_setting_int (db, hospital, MH_SET_VERIFY_LEVELS, &plan->verify_levels, error);
}

/* What was said about the order's values beside them. */
static gboolean
load_notes (MhDb *db, MhResultsPlan *plan, GError **error)
{
  const char *id = mh_record_id (plan->order);
  plan->holds = mh_store_all (db, &mh_tube_hold_type, "order_id", id, error);
  plan->escalations
      = plan->holds != NULL ? mh_store_all (db, &mh_escalation_type, "order_id", id, error) : NULL;
  plan->attachments
      = plan->escalations != NULL ? mh_results_service_attachments (db, id, error) : NULL;
  plan->events
      = plan->attachments != NULL
            ? mh_results_store_events (db, mh_record_text (plan->order, MH_ORDER_PATIENT_ID), error)
            : NULL;
  return plan->events != NULL;
}

static gboolean
results_plan_load_parts (MhDb *db, MhResultsPlan *plan, GError **error)
{
  const char *id = mh_record_id (plan->order);
  const char *patient = mh_record_text (plan->order, MH_ORDER_PATIENT_ID);
  plan->patient = mh_store_get (db, &mh_patient_type, patient, error);
  plan->items = plan->patient != NULL ? mh_orders_service_items (db, id, error) : NULL;
  plan->samples = plan->items != NULL ? mh_orders_service_samples (db, id, error) : NULL;
  plan->results = plan->samples != NULL ? mh_results_store_of_order (db, id, error) : NULL;
  if (plan->results == NULL || !mh_results_isolates_load (db, id, plan->results, error)
      || !load_notes (db, plan, error))
    return FALSE;

  plan->collected_at = first_collected (plan->samples);
  plan->previous = mh_results_store_previous (
      db, patient, id, plan->collected_at != 0 ? plan->collected_at : plan->now, error);
  return plan->previous != NULL;
}

MhResultsPlan *
mh_results_plan_load (const MhRequest *req, const char *order_id, gint64 now, GError **error)
{
  g_autoptr (MhResultsPlan) plan = g_new0 (MhResultsPlan, 1);
  plan->now = now;
  plan->known = mh_qc_known_new ();
  mh_orders_service_prefetch_parts (req->db, order_id);
  mh_results_store_of_order_prefetch (req->db, order_id);
  mh_store_prefetch_by (req->db, &mh_setting_type, "key", isi_key);
  mh_store_prefetch_by (req->db, &mh_tube_hold_type, "order_id", order_id);
  mh_store_prefetch_by (req->db, &mh_escalation_type, "order_id", order_id);
  mh_store_prefetch_by (req->db, &mh_attachment_type, "order_id", order_id);
  if (mh_actor_hospital_id (req->actor) != NULL)
    mh_setting_prefetch (req->db, mh_actor_hospital_id (req->actor), MH_SET_VERIFY_LEVELS);
  plan->order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (plan->order == NULL)
    return NULL;

  plan->server = req->server;
  plan->view = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (plan->view == NULL || !results_plan_load_parts (req->db, plan, error)
      || !load_settings (req->db, plan, error))
    return NULL;

  plan->zone = mh_place_zone (plan->view, mh_record_text (plan->order, MH_ORDER_HOSPITAL_ID));
  plan->rows = g_ptr_array_new_with_free_func (results_plan_row_free);
  plan->item_rows
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  results_plan_add_rows (plan);
  find_calculated (plan);

  return mh_results_group_load (req->db, plan, error) ? g_steal_pointer (&plan) : NULL;
}

/* --- looking --- */

const char *
mh_results_row_test (const MhResultsRow *row)
{
  return row->panel != NULL ? mh_record_text (row->panel, MH_PANEL_CODE)
                            : mh_record_text (row->item, MH_ORDER_ITEM_TEST);
}

MhResultsRow *
mh_results_plan_find (MhResultsPlan *plan, const char *analyte, gboolean *out_several)
{
  const char *colon = strchr (analyte, ':');
  g_autofree char *test = colon != NULL ? g_strndup (analyte, (gsize)(colon - analyte)) : NULL;
  const char *code = colon != NULL ? colon + 1 : analyte;
  MhResultsRow *found = NULL;

  *out_several = FALSE;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_CODE), code) != 0
          || (test != NULL && g_strcmp0 (mh_results_row_test (row), test) != 0))
        continue;
      if (found != NULL)
        *out_several = TRUE;
      else
        found = row;
    }

  return found;
}

gboolean
mh_results_row_is_received (const MhResultsRow *row)
{
  static const char *const here[]
      = { MH_SAMPLE_STATUS_RECEIVED, MH_SAMPLE_STATUS_STORED, MH_SAMPLE_STATUS_REFERRED, NULL };
  const char *status = row->sample != NULL ? mh_record_text (row->sample, MH_SAMPLE_STATUS) : NULL;
  return status != NULL && g_strv_contains (here, status);
}

gboolean
mh_results_row_is_verified (const MhResultsRow *row)
{
  const char *status = row->after != NULL ? mh_record_text (row->after, MH_RESULT_STATUS) : NULL;
  return g_strcmp0 (status, MH_RESULT_STATUS_VERIFIED) == 0
         || g_strcmp0 (status, MH_RESULT_STATUS_CORRECTED) == 0;
}

const char *
mh_results_row_kind (const MhResultsRow *row)
{
  const char *kind = mh_record_text (row->analyte, MH_ANALYTE_KIND);
  gboolean typed = !row->calculated && g_strcmp0 (kind, MH_ANALYTE_KIND_CALCULATED) == 0;
  return typed ? MH_ANALYTE_KIND_NUMERIC : kind;
}

gboolean
mh_results_row_is_changed (const MhResultsRow *row)
{
  return row->after != row->before
         && (row->before == NULL || !mh_record_equal (row->before, row->after));
}

MhRecord *
mh_results_row_edit (MhResultsRow *row)
{
  if (row->after == row->before)
    {
      row->after = mh_record_copy (row->before);
      g_object_unref (row->before); /* the reference that .after held */
    }
  return row->after;
}

const char *
mh_results_row_value (const MhResultsRow *row)
{
  return row->after != NULL && mh_record_has (row->after, MH_RESULT_VALUE)
             ? mh_record_text (row->after, MH_RESULT_VALUE)
             : NULL;
}

gboolean
mh_results_plan_entered_by (MhResultsPlan *plan, const char *user_id)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (mh_results_row_value (row) != NULL && user_id != NULL
          && (g_strcmp0 (mh_record_text (row->after, MH_RESULT_ENTERED_BY), user_id) == 0
              || mh_results_second_is_by (row, user_id)))
        return TRUE;
    }
  return FALSE;
}

/* --- the grid --- */

static void
results_plan_copy_text (MhRecord *to, guint to_field, MhRecord *from, guint from_field)
{
  if (from != NULL && mh_record_has (from, from_field))
    mh_record_set_text (to, to_field, mh_record_text (from, from_field));
}

static void
copy_int (MhRecord *to, guint to_field, MhRecord *from, guint from_field)
{
  if (from != NULL && mh_record_has (from, from_field))
    mh_record_set_int (to, to_field, mh_record_int (from, from_field));
}

static void
results_plan_copy_records (MhRecord *to, guint to_field, GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    mh_record_append (to, to_field, g_ptr_array_index (records, i));
}

static void
copy_open (MhRecord *to, guint to_field, MhRecord *range, guint from_field)
{
  if (range != NULL && mh_record_bool (range, from_field))
    mh_record_set_bool (to, to_field, TRUE);
}

/* Told already, and by its row of the catalogue told once only. */
static gboolean
is_critical_once (const MhResultsRow *row)
{
  return row->critical != NULL && row->subject.was_critical
         && mh_record_bool (row->critical, MH_REFERENCE_RANGE_FIRST_TIME_ONLY);
}

static void
put_limits (MhRecord *out, const MhResultsRow *row)
{
  MhRecord *reference = row->reference, *critical = row->critical;
  results_plan_copy_text (out, MH_RESULT_ROW_LOW, reference, MH_REFERENCE_RANGE_LOW);
  results_plan_copy_text (out, MH_RESULT_ROW_HIGH, reference, MH_REFERENCE_RANGE_HIGH);

  if (!is_critical_once (row))
    {
      results_plan_copy_text (out, MH_RESULT_ROW_CRITICAL_LOW, critical, MH_REFERENCE_RANGE_LOW);
      results_plan_copy_text (out, MH_RESULT_ROW_CRITICAL_HIGH, critical, MH_REFERENCE_RANGE_HIGH);
      copy_open (out, MH_RESULT_ROW_CRITICAL_LOW_OPEN, critical, MH_REFERENCE_RANGE_LOW_OPEN);
      copy_open (out, MH_RESULT_ROW_CRITICAL_HIGH_OPEN, critical, MH_REFERENCE_RANGE_HIGH_OPEN);
    }

  copy_open (out, MH_RESULT_ROW_LOW_OPEN, reference, MH_REFERENCE_RANGE_LOW_OPEN);
  copy_open (out, MH_RESULT_ROW_HIGH_OPEN, reference, MH_REFERENCE_RANGE_HIGH_OPEN);
  results_plan_copy_text (out, MH_RESULT_ROW_REPORTABLE_LOW, row->analyte,
                          MH_ANALYTE_REPORTABLE_LOW);
  results_plan_copy_text (out, MH_RESULT_ROW_REPORTABLE_HIGH, row->analyte,
                          MH_ANALYTE_REPORTABLE_HIGH);
  results_plan_copy_text (out, MH_RESULT_ROW_PLAUSIBLE_LOW, row->analyte, MH_ANALYTE_PLAUSIBLE_LOW);
  results_plan_copy_text (out, MH_RESULT_ROW_PLAUSIBLE_HIGH, row->analyte,
                          MH_ANALYTE_PLAUSIBLE_HIGH);
  if (reference == NULL)
    return;

  mh_record_take_text (
      out, MH_RESULT_ROW_RANGE_TEXT,
      mh_range_text (reference, (int)mh_record_int (row->analyte, MH_ANALYTE_DECIMALS)));
  mh_record_set_bool (out, MH_RESULT_ROW_RANGE_VERIFIED,
                      mh_record_bool (reference, MH_REFERENCE_RANGE_VERIFIED));
}

/* What was frozen with the value counts once it is verified, whatever the catalogue says now. */
static void
results_plan_put_value (MhRecord *out, const MhResultsRow *row)
{
  MhRecord *result = row->after;
  if (result == NULL)
    {
      mh_record_set_text (out, MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_PENDING);
      return;
    }

  results_plan_copy_text (out, MH_RESULT_ROW_VALUE, result, MH_RESULT_VALUE);
  results_plan_copy_text (out, MH_RESULT_ROW_VALUE_TEXT, result, MH_RESULT_VALUE_TEXT);
  results_plan_copy_text (out, MH_RESULT_ROW_FLAG, result, MH_RESULT_FLAG);
  results_plan_copy_text (out, MH_RESULT_ROW_COMMENT, result, MH_RESULT_COMMENT);
  results_plan_copy_text (out, MH_RESULT_ROW_DELTA, result, MH_RESULT_DELTA);
  results_plan_copy_text (out, MH_RESULT_ROW_STATUS, result, MH_RESULT_STATUS);
  results_plan_copy_text (out, MH_RESULT_ROW_ENTERED_BY, result, MH_RESULT_ENTERED_BY);
  results_plan_copy_text (out, MH_RESULT_ROW_ENTERED_NAME, result, MH_RESULT_ENTERED_NAME);
  copy_int (out, MH_RESULT_ROW_ENTERED_AT, result, MH_RESULT_ENTERED_AT);
  results_plan_copy_text (out, MH_RESULT_ROW_INSTRUMENT, result, MH_RESULT_INSTRUMENT);
  results_plan_copy_text (out, MH_RESULT_ROW_MEASURED_VALUE, result, MH_RESULT_MEASURED_VALUE);
  results_plan_copy_text (out, MH_RESULT_ROW_DILUTION, result, MH_RESULT_DILUTION);
  copy_int (out, MH_RESULT_ROW_ANALYSED_AT, result, MH_RESULT_ANALYSED_AT);
  copy_int (out, MH_RESULT_ROW_RUN, result, MH_RESULT_RUN);
  if (mh_record_has (result, MH_RESULT_DEVICE_FLAGS))
    mh_record_set_list (out, MH_RESULT_ROW_DEVICE_FLAGS,
                        mh_record_list (result, MH_RESULT_DEVICE_FLAGS));

  results_plan_copy_records (out, MH_RESULT_ROW_ISOLATES,
                             mh_record_records (result, MH_RESULT_ISOLATES));
  mh_record_set_bool (out, MH_RESULT_ROW_CRITICAL, mh_record_bool (result, MH_RESULT_CRITICAL));
  if (!mh_results_row_is_verified (row))
    return;

  mh_record_set_text (out, MH_RESULT_ROW_LOW, mh_record_text (result, MH_RESULT_LOW));
  mh_record_set_text (out, MH_RESULT_ROW_HIGH, mh_record_text (result, MH_RESULT_HIGH));
  mh_record_set_text (out, MH_RESULT_ROW_RANGE_TEXT, mh_record_text (result, MH_RESULT_RANGE_TEXT));
  mh_record_set_bool (out, MH_RESULT_ROW_RANGE_VERIFIED,
                      mh_record_bool (result, MH_RESULT_RANGE_VERIFIED));
}

/* An organism is chosen as a value is. */
static void
put_organisms (MhRecord *out, MhResultsPlan *plan)
{
  GPtrArray *organisms = mh_catalogue_all (plan->view, &mh_organism_type);
  for (guint i = 0; i < organisms->len; i++)
    {
      g_autoptr (MhRecord) choice = mh_record_new (&mh_value_choice_type);
      results_plan_copy_text (choice, MH_VALUE_CHOICE_CODE, g_ptr_array_index (organisms, i),
                              MH_ORGANISM_CODE);
      results_plan_copy_text (choice, MH_VALUE_CHOICE_TEXT, g_ptr_array_index (organisms, i),
                              MH_ORGANISM_NAME);
      mh_record_append (out, MH_RESULT_ROW_CHOICES, choice);
    }
}

static void
put_choices (MhRecord *out, MhResultsPlan *plan, const MhResultsRow *row)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_VALUE_SET);
  MhRecord *set = mh_catalogue_find (plan->view, &mh_value_set_type, code);
  GPtrArray *choices = set != NULL ? mh_record_records (set, MH_VALUE_SET_CHOICES) : NULL;
  /* Shared with the view: nobody changes a record of the catalogue. */
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    mh_record_append (out, MH_RESULT_ROW_CHOICES, g_ptr_array_index (choices, i));
  if (mh_results_isolates_are_wanted (row))
    put_organisms (out, plan);
}

/* The numbers before, oldest first: what a line can be drawn through. */
static void
put_trend (MhRecord *out, MhResultsPlan *plan, const MhResultsRow *row)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  guint n = 0;
  MhDecimal number;

  for (guint i = plan->previous->len; i > 0; i--)
    {
      MhRecord *before = g_ptr_array_index (plan->previous, i - 1);
      const char *value = mh_record_text (before, MH_RESULT_VALUE);
      if (g_strcmp0 (mh_record_text (before, MH_RESULT_ANALYTE), code) != 0 || value == NULL
          || !mh_decimal_parse (value, &number))
        continue;
      g_strv_builder_add (values, value);
      n++;
    }

  g_auto (GStrv) list = g_strv_builder_end (values);
  if (n > 0)
    mh_record_set_list (out, MH_RESULT_ROW_TREND, (const char *const *)list);
}

/* Every kind of value, with the unit and the day that it belongs to; the newest first. */
static void
put_earlier (MhRecord *out, MhResultsPlan *plan, const MhResultsRow *row)
{
  const char *code = mh_record_text (row->analyte, MH_ANALYTE_CODE);
  for (guint i = 0; i < plan->previous->len; i++)
    {
      MhRecord *before = g_ptr_array_index (plan->previous, i);
      if (g_strcmp0 (mh_record_text (before, MH_RESULT_ANALYTE), code) != 0)
        continue;
      g_autoptr (MhRecord) earlier = mh_record_new (&mh_earlier_value_type);
      guint shown
          = mh_record_has (before, MH_RESULT_VALUE_TEXT) ? MH_RESULT_VALUE_TEXT : MH_RESULT_VALUE;
      results_plan_copy_text (earlier, MH_EARLIER_VALUE_VALUE, before, shown);
      results_plan_copy_text (earlier, MH_EARLIER_VALUE_UNIT, before, MH_RESULT_UNIT);
      results_plan_copy_text (earlier, MH_EARLIER_VALUE_FLAG, before, MH_RESULT_FLAG);
      copy_int (earlier, MH_EARLIER_VALUE_AT, before, MH_RESULT_MEASURED_AT);
      mh_record_append (out, MH_RESULT_ROW_EARLIER, earlier);
    }
}

gint64
mh_results_row_stable_until (const MhResultsRow *row)
{
  if (row->sample == NULL || row->test == NULL
      || !mh_record_has (row->sample, MH_SAMPLE_COLLECTED_AT))
    return 0;
  return mh_stability_until (row->test, mh_record_text (row->sample, MH_SAMPLE_TEMPERATURE),
                             mh_record_int (row->sample, MH_SAMPLE_COLLECTED_AT));
}

/* An analyser tells when it measured; what is typed was measured when it was typed. */
gboolean
mh_results_row_is_too_old (const MhResultsRow *row)
{
  guint at = mh_record_has (row->after, MH_RESULT_ANALYSED_AT) ? MH_RESULT_ANALYSED_AT
                                                               : MH_RESULT_ENTERED_AT;
  return mh_stability_is_over (mh_results_row_stable_until (row), mh_record_int (row->after, at));
}

static void
put_stability (MhRecord *out, const MhResultsRow *row)
{
  gint64 until = mh_results_row_stable_until (row);
  if (until != 0)
    mh_record_set_int (out, MH_RESULT_ROW_STABLE_UNTIL, until);
}

static MhRecord *
grid_row (MhResultsPlan *plan, const MhResultsRow *row)
{
  MhRecord *out = mh_record_new (&mh_result_row_type);
  MhRecord *bench = mh_catalogue_find (plan->view, &mh_bench_type,
                                       mh_record_text (row->item, MH_ORDER_ITEM_BENCH));

  results_plan_copy_text (out, MH_RESULT_ROW_CODE, row->analyte, MH_ANALYTE_CODE);
  results_plan_copy_text (out, MH_RESULT_ROW_NAME, row->analyte, MH_ANALYTE_NAME);
  mh_record_set_text (out, MH_RESULT_ROW_TEST, mh_results_row_test (row));
  if (row->panel != NULL)
    results_plan_copy_text (out, MH_RESULT_ROW_TEST_NAME, row->panel, MH_PANEL_NAME);
  else
    results_plan_copy_text (out, MH_RESULT_ROW_TEST_NAME, row->item, MH_ORDER_ITEM_NAME);

  results_plan_copy_text (out, MH_RESULT_ROW_SECTION, bench, MH_BENCH_NAME);
  results_plan_copy_text (out, MH_RESULT_ROW_BENCH, row->item, MH_ORDER_ITEM_BENCH);
  mh_record_set_text (out, MH_RESULT_ROW_KIND, mh_results_row_kind (row));
  results_plan_copy_text (out, MH_RESULT_ROW_UNIT, row->analyte, MH_ANALYTE_UNIT);
  copy_int (out, MH_RESULT_ROW_DECIMALS, row->analyte, MH_ANALYTE_DECIMALS);

  if (row->calculated)
    {
      results_plan_copy_text (out, MH_RESULT_ROW_FORMULA, row->analyte, MH_ANALYTE_FORMULA);
      results_plan_copy_text (out, MH_RESULT_ROW_FORMULA_CONDITION, row->analyte,
                              MH_ANALYTE_FORMULA_CONDITION);
    }

  results_plan_copy_text (out, MH_RESULT_ROW_METHOD, row->test, MH_TEST_METHOD);
  results_plan_copy_text (out, MH_RESULT_ROW_SAMPLE_ID, row->sample, MH_ID);
  results_plan_copy_text (out, MH_RESULT_ROW_SAMPLE_STATUS, row->sample, MH_SAMPLE_STATUS);
  put_stability (out, row);
  if (mh_record_has (row->analyte, MH_ANALYTE_TITER_STEPS))
    mh_record_set_list (out, MH_RESULT_ROW_TITER_STEPS,
                        mh_record_list (row->analyte, MH_ANALYTE_TITER_STEPS));

  if (row->previous != NULL)
    {
      guint shown = mh_record_has (row->previous, MH_RESULT_VALUE_TEXT) ? MH_RESULT_VALUE_TEXT
                                                                        : MH_RESULT_VALUE;
      results_plan_copy_text (out, MH_RESULT_ROW_PREVIOUS_VALUE, row->previous, shown);
      copy_int (out, MH_RESULT_ROW_PREVIOUS_AT, row->previous, MH_RESULT_MEASURED_AT);
    }

  put_trend (out, plan, row);
  put_earlier (out, plan, row);
  put_limits (out, row);
  results_plan_put_value (out, row);
  mh_results_second_show (row, out);
  mh_results_group_show (row, out);
  put_choices (out, plan, row);

  return out;
}

static void
results_plan_put_person (MhRecord *sheet, MhResultsPlan *plan)
{
  MhDate birth;
  gint64 at = plan->collected_at != 0 ? plan->collected_at : plan->now;
  MhDate on = mh_date_of_instant (at, plan->zone);
  const char *text = mh_record_text (plan->patient, MH_PATIENT_BIRTH_DATE);
  MhSubject subject = mh_subject_of_patient (plan->patient, on);

  results_plan_copy_text (sheet, MH_RESULTS_SHEET_SEX, plan->patient, MH_PATIENT_SEX);
  if (text != NULL && mh_date_parse (text, &birth) && mh_date_compare (birth, on) <= 0)
    {
      mh_record_set_int (sheet, MH_RESULTS_SHEET_AGE_DAYS,
                         mh_date_to_days (on) - mh_date_to_days (birth));
      mh_record_set_int (sheet, MH_RESULTS_SHEET_AGE_YEARS, mh_age_years (birth, on));
    }

  if (plan->isi > 0)
    mh_record_take_text (sheet, MH_RESULTS_SHEET_ISI, mh_decimal_from_double (plan->isi, 3));
  if (subject.pregnant && subject.gestation_days >= 0)
    mh_record_set_int (sheet, MH_RESULTS_SHEET_PREGNANCY_WEEKS, subject.gestation_days / 7);
}

/* Rows that another test of the order shares are wanted by this one too. */
static gboolean
is_wanted_by (MhResultsPlan *plan, const MhResultsRow *row, const char *test)
{
  for (guint i = 0; test != NULL && i < plan->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (plan->items, i);
      GPtrArray *rows = g_hash_table_lookup (plan->item_rows, mh_record_id (item));
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_TEST), test) == 0 && rows != NULL
          && row->panel == NULL && g_ptr_array_find (rows, row, NULL))
        return TRUE;
    }
  return test == NULL;
}

/* Who signed, who is wanted, whether @actor may be the next, why no rule let it go. */
static void
put_signatures (MhRecord *out, MhResultsPlan *plan, const MhResultsRow *row, const MhActor *actor)
{
  static const guint names[]
      = { MH_RESULT_LEVEL1_NAME, MH_RESULT_LEVEL2_NAME, MH_RESULT_VERIFIED_NAME };
  mh_record_set_int (out, MH_RESULT_ROW_VERIFY_LEVELS, mh_results_sign_levels (plan, row));
  mh_record_set_int (out, MH_RESULT_ROW_VERIFY_LEVEL, mh_results_sign_level (row));
  mh_record_set_bool (
      out, MH_RESULT_ROW_MAY_VERIFY,
      mh_results_sign_is_waiting (row) && mh_actor_may (actor, MH_MAY_VERIFY_RESULT)
          && g_strcmp0 (mh_record_text (row->item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_RESULTED)
                 == 0
          && !mh_results_sign_is_own (plan, row, mh_actor_user_id (actor)));
  for (guint i = 0; row->after != NULL && i < G_N_ELEMENTS (names); i++)
    if (mh_record_has (row->after, names[i]))
      mh_record_add_to_list (out, MH_RESULT_ROW_SIGNED_NAMES,
                             mh_record_text (row->after, names[i]));

  if (row->after == NULL)
    return;

  mh_record_set_bool (out, MH_RESULT_ROW_AUTO_VERIFIED,
                      mh_record_bool (row->after, MH_RESULT_AUTO_VERIFIED));
  if (mh_record_has (row->after, MH_RESULT_HELD))
    mh_record_set_list (out, MH_RESULT_ROW_HELD, mh_record_list (row->after, MH_RESULT_HELD));
}

/* Nothing that is not verified yet is the caller's own. */
static gboolean
may_verify (MhResultsPlan *plan, const MhActor *actor)
{
  if (!mh_actor_may (actor, MH_MAY_VERIFY_RESULT))
    return FALSE;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!mh_results_row_is_verified (row)
          && mh_results_sign_is_own (plan, row, mh_actor_user_id (actor)))
        return FALSE;
    }
  return TRUE;
}

MhRecord *
mh_results_plan_sheet (MhResultsPlan *plan, const MhActor *actor, const char *test)
{
  MhRecord *sheet = mh_record_new (&mh_results_sheet_type);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const MhResultsRow *row = g_ptr_array_index (plan->rows, i);
      if (!is_wanted_by (plan, row, test))
        continue;
      g_ptr_array_add (rows, grid_row (plan, row));
      put_signatures (g_ptr_array_index (rows, rows->len - 1), plan, row, actor);
      mh_results_doubt_show (plan, row, g_ptr_array_index (rows, rows->len - 1));
    }

  results_plan_copy_text (sheet, MH_RESULTS_SHEET_ORDER_ID, plan->order, MH_ID);
  results_plan_copy_text (sheet, MH_RESULTS_SHEET_ORDER_NUMBER, plan->order, MH_ORDER_NUMBER);
  results_plan_copy_text (sheet, MH_RESULTS_SHEET_PATIENT_ID, plan->order, MH_ORDER_PATIENT_ID);
  results_plan_copy_text (sheet, MH_RESULTS_SHEET_PATIENT_NAME, plan->order, MH_ORDER_PATIENT_NAME);
  results_plan_copy_text (sheet, MH_RESULTS_SHEET_PATIENT_MRN, plan->order, MH_ORDER_PATIENT_MRN);
  results_plan_copy_text (sheet, MH_RESULTS_SHEET_STATUS, plan->order, MH_ORDER_STATUS);
  mh_record_set_int (sheet, MH_RESULTS_SHEET_ORDER_VERSION, mh_record_version (plan->order));
  if (plan->collected_at != 0)
    mh_record_set_int (sheet, MH_RESULTS_SHEET_COLLECTED_AT, plan->collected_at);
  results_plan_put_person (sheet, plan);
  mh_record_set_bool (sheet, MH_RESULTS_SHEET_MAY_VERIFY, may_verify (plan, actor));
  mh_record_take_records (sheet, MH_RESULTS_SHEET_ANALYTES, rows);
  results_plan_copy_records (sheet, MH_RESULTS_SHEET_HOLDS, plan->holds);
  results_plan_copy_records (sheet, MH_RESULTS_SHEET_EVENTS, plan->events);
  results_plan_copy_records (sheet, MH_RESULTS_SHEET_ESCALATIONS, plan->escalations);
  results_plan_copy_records (sheet, MH_RESULTS_SHEET_ATTACHMENTS, plan->attachments);

  return sheet;
}
