/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/chart/mh-chart-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/people/gate/mh-access.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-date.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-vaccine-rules.h"

/* The first page: enough for a screen; the tabs have the rest. */
#define FIRST_EVENTS 30
#define FIRST_NOTES 5
#define FIRST_RESULTS 60
#define FIRST_VALUES 14
/* Prescriptions older than this are looked up in their list. */
#define MEDICINES_SINCE (400 * MH_DAY)
/* Values of an analyte in the table, and in its chart. */
#define TREND 12
#define LONGEST_SERIES 500

MhRecord *
mh_chart_open (const MhRequest *req, const char *patient_id, GError **error)
{
  if (patient_id == NULL)
    {
      mh_error_set_field (error, "patient_id", "required", "Say whose chart.");
      return NULL;
    }
  g_autoptr (MhRecord) patient = mh_edit_get (req, &mh_patient_type, patient_id, error);
  return patient != NULL && mh_access_check (req, patient, error) ? g_steal_pointer (&patient)
                                                                  : NULL;
}

/* --- results --- */

static MhRecord *
point_of (MhRecord *result)
{
  MhRecord *point = mh_record_new (&mh_earlier_value_type);
  const char *value = mh_record_text (result, MH_RESULT_VALUE);
  mh_record_set_text (point, MH_EARLIER_VALUE_VALUE,
                      value != NULL ? value : mh_record_text (result, MH_RESULT_VALUE_TEXT));
  mh_record_set_text (point, MH_EARLIER_VALUE_UNIT, mh_record_text (result, MH_RESULT_UNIT));
  mh_record_set_text (point, MH_EARLIER_VALUE_FLAG, mh_record_text (result, MH_RESULT_FLAG));
  mh_record_set_int (point, MH_EARLIER_VALUE_AT, mh_record_int (result, MH_RESULT_MEASURED_AT));
  return point;
}

static const char *
test_name (MhCatalogueView *view, MhRecord *result)
{
  const char *code = mh_record_text (result, MH_RESULT_TEST);
  MhRecord *test = code != NULL ? mh_catalogue_find (view, &mh_test_type, code) : NULL;
  return test != NULL ? mh_record_text (test, MH_TEST_NAME) : code;
}

static MhRecord *
chart_service_value_of (MhCatalogueView *view, MhRecord *result)
{
  static const guint pairs[][2] = { { MH_CHART_VALUE_ANALYTE, MH_RESULT_ANALYTE },
                                    { MH_CHART_VALUE_NAME, MH_RESULT_NAME },
                                    { MH_CHART_VALUE_KIND, MH_RESULT_KIND },
                                    { MH_CHART_VALUE_UNIT, MH_RESULT_UNIT },
                                    { MH_CHART_VALUE_FLAG, MH_RESULT_FLAG },
                                    { MH_CHART_VALUE_LOW, MH_RESULT_LOW },
                                    { MH_CHART_VALUE_HIGH, MH_RESULT_HIGH },
                                    { MH_CHART_VALUE_RANGE_TEXT, MH_RESULT_RANGE_TEXT },
                                    { MH_CHART_VALUE_ORDER_ID, MH_RESULT_ORDER_ID } };
  MhRecord *value = mh_record_new (&mh_chart_value_type);
  g_autoptr (MhRecord) point = point_of (result);
  const char *number = mh_record_text (result, MH_RESULT_VALUE);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    mh_record_set_text (value, pairs[i][0], mh_record_text (result, pairs[i][1]));
  mh_record_set_text (value, MH_CHART_VALUE_VALUE,
                      number != NULL ? number : mh_record_text (result, MH_RESULT_VALUE_TEXT));
  mh_record_set_text (value, MH_CHART_VALUE_TEST, test_name (view, result));
  mh_record_set_int (value, MH_CHART_VALUE_AT, mh_record_int (result, MH_RESULT_MEASURED_AT));
  mh_record_set_int (value, MH_CHART_VALUE_N, 1);
  mh_record_append (value, MH_CHART_VALUE_POINTS, point);

  return value;
}

/* Newest results first in, one row for each analyte out, with those before it as points. */
static GPtrArray *
chart_service_gather (MhCatalogueView *view, GPtrArray *results)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (results, i);
      const char *analyte = mh_record_text (result, MH_RESULT_ANALYTE);
      MhRecord *value = analyte != NULL ? g_hash_table_lookup (known, analyte) : NULL;
      if (value != NULL)
        {
          g_autoptr (MhRecord) point = point_of (result);
          mh_record_append (value, MH_CHART_VALUE_POINTS, point);
          mh_record_set_int (value, MH_CHART_VALUE_N, mh_record_int (value, MH_CHART_VALUE_N) + 1);
          continue;
        }
      value = chart_service_value_of (view, result);
      g_ptr_array_add (values, value);
      if (analyte != NULL)
        g_hash_table_insert (known, (gpointer)analyte, value);
    }

  return values;
}

static int
by_test (gconstpointer a, gconstpointer b)
{
  MhRecord *one = *(MhRecord *const *)a, *other = *(MhRecord *const *)b;
  int order = g_strcmp0 (mh_record_text (one, MH_CHART_VALUE_TEST),
                         mh_record_text (other, MH_CHART_VALUE_TEST));
  return order != 0 ? order
                    : g_strcmp0 (mh_record_text (one, MH_CHART_VALUE_NAME),
                                 mh_record_text (other, MH_CHART_VALUE_NAME));
}

GPtrArray *
mh_chart_service_results (const MhRequest *req, const char *patient_id, GError **error)
{
  g_autoptr (MhRecord) patient = mh_chart_open (req, patient_id, error);
  g_autoptr (MhCatalogueView) view
      = patient != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                        : NULL;
  g_autoptr (GPtrArray) results
      = view != NULL ? mh_chart_store_values (req->db, patient_id, TREND, error) : NULL;
  if (results == NULL)
    return NULL;
  GPtrArray *values = chart_service_gather (view, results);
  g_ptr_array_sort (values, by_test);
  return values;
}

MhRecord *
mh_chart_service_series (const MhRequest *req,
                         const char *patient_id,
                         const char *analyte,
                         GError **error)
{
  g_autoptr (MhRecord) patient = mh_chart_open (req, patient_id, error);
  if (patient != NULL && analyte == NULL)
    {
      mh_error_set_field (error, "analyte", "required", "Say which analyte.");
      return NULL;
    }

  g_autoptr (MhCatalogueView) view
      = patient != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                        : NULL;
  g_autoptr (GPtrArray) results
      = view != NULL ? mh_chart_store_series (req->db, patient_id, analyte, LONGEST_SERIES, error)
                     : NULL;

  if (results == NULL)
    return NULL;

  g_autoptr (GPtrArray) values = chart_service_gather (view, results);
  if (values->len > 0)
    return g_object_ref (g_ptr_array_index (values, 0));

  mh_error_set (error, MH_ERROR_NOT_FOUND, "This was never measured.");
  return NULL;
}

/* --- timeline --- */

GPtrArray *
mh_chart_service_timeline (const MhRequest *req,
                           const MhTimelineQuery *query,
                           const char *kind,
                           GError **error)
{
  g_autoptr (MhRecord) patient = mh_chart_open (req, query->patient_id, error);
  MhTimelineQuery asked = *query;
  asked.user_id = mh_actor_user_id (req->actor);
  return patient != NULL ? mh_timeline_store_read (req->db, &asked, kind, error) : NULL;
}

/* --- the first page --- */

typedef struct
{
  const MhRequest *req;
  MhRecord *patient;
  gint64 now;
} Opening;

static MhDate
today_of (Opening *opening, MhCatalogueView *view)
{
  MhRecord *hospital
      = mh_catalogue_hospital (view, mh_record_text (opening->patient, MH_PATIENT_HOSPITAL_ID));
  const char *name = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE) : NULL;
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return mh_date_of_instant (opening->now, zone);
}

static gboolean
chart_service_put_items (Opening *opening, MhRecord *chart, MhCatalogueView *view, GError **error)
{
  const char *id = mh_record_id (opening->patient);
  GPtrArray *problems = mh_chart_store_items (opening->req->db, &mh_problem_item_type, id, error);
  if (problems == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_PROBLEMS, problems);
  GPtrArray *history = mh_chart_store_items (opening->req->db, &mh_history_item_type, id, error);
  if (history == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_HISTORY, history);
  GPtrArray *doses = mh_chart_store_items (opening->req->db, &mh_immunisation_type, id, error);
  if (doses == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_IMMUNISATIONS, doses);
  MhDate birth;
  const char *text = mh_record_text (opening->patient, MH_PATIENT_BIRTH_DATE);

  if (text != NULL && mh_date_parse (text, &birth))
    mh_record_take_records (chart, MH_CHART_DUE,
                            mh_vaccine_due (birth, today_of (opening, view), doses));

  return TRUE;
}

static gboolean
put_newest (Opening *opening, MhRecord *chart, MhCatalogueView *view, GError **error)
{
  const char *id = mh_record_id (opening->patient);
  MhNotesQuery notes_query = { .patient_id = id,
                               .user_id = mh_actor_user_id (opening->req->actor),
                               .limit = FIRST_NOTES };
  MhTimelineQuery events_query
      = { .patient_id = id, .user_id = notes_query.user_id, .limit = FIRST_EVENTS };
  GPtrArray *notes = mh_chart_store_notes (opening->req->db, &notes_query, error);

  if (notes == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_NOTES, notes);
  GPtrArray *medicines = mh_chart_store_medicines (
      opening->req->db, id, opening->now - MEDICINES_SINCE, opening->now, error);
  if (medicines == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_MEDICINES, medicines);
  g_autoptr (GPtrArray) results
      = mh_chart_store_newest (opening->req->db, id, FIRST_RESULTS, error);
  if (results == NULL)
    return FALSE;

  GPtrArray *values = chart_service_gather (view, results);
  if (values->len > FIRST_VALUES)
    g_ptr_array_remove_range (values, FIRST_VALUES, values->len - FIRST_VALUES);
  mh_record_take_records (chart, MH_CHART_VALUES, values);

  GPtrArray *events = mh_timeline_store_read (opening->req->db, &events_query, NULL, error);
  if (events == NULL)
    return FALSE;

  mh_record_take_records (chart, MH_CHART_TIMELINE, events);
  return TRUE;
}

MhRecord *
mh_chart_service_read (const MhRequest *req, const char *patient_id, gint64 now, GError **error)
{
  g_autoptr (MhRecord) patient = mh_chart_open (req, patient_id, error);
  g_autoptr (MhCatalogueView) view
      = patient != NULL ? mh_catalogue_view (mh_server_catalogue (req->server), req->db, error)
                        : NULL;
  if (view == NULL)
    return NULL;

  Opening opening = { req, patient, now };
  g_autoptr (MhRecord) chart = mh_record_new (&mh_chart_type);
  mh_record_set_text (chart, MH_CHART_PATIENT_ID, patient_id);
  if (!chart_service_put_items (&opening, chart, view, error)
      || !put_newest (&opening, chart, view, error))
    return NULL;

  return g_steal_pointer (&chart);
}
