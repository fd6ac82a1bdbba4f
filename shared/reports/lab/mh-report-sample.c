/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-sample.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"

#include "shared/record/mh-record-json.h"

static const char json_patient[]
    = "{\"mrn\":\"SAMPLE-0000\",\"given_name\":\"Sample\",\"family_name\":\"Patient\","
      "\"sex\":\"female\",\"birth_date\":\"1985-03-12\"}";
static const char json_order[]
    = "{\"number\":\"SAMPLE-ORDER\",\"doctor_name\":\"Dr Sample\",\"ordered_at\":"
      "\"2026-01-05T03:00:00.000Z\",\"collected_at\":\"2026-01-05T03:20:00.000Z\","
      "\"received_at\":\"2026-01-05T03:41:00.000Z\"}";
static const char json_report[]
    = "{\"number\":\"SAMPLE-R000001\",\"version_no\":1,\"status\":\"preliminary\","
      "\"verified_name\":\"Dr Sample Pathologist\",\"issued_at\":\"2026-01-05T08:15:00.000Z\"}";

typedef struct
{
  const char *name, *value, *unit, *range, *flag, *method;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "Haemoglobin",     "11.4", "g/dL",    "12.0 – 15.0", MH_FLAG_L,  "Photometry" },
  { "White cell count", "13.6", "10⁹/L",  "4.0 – 10.0",  MH_FLAG_H,  "Impedance" },
  { "Platelets",        "240", "10⁹/L",   "150 – 410",   MH_FLAG_N,  "Impedance" },
  { "Potassium",        "6.8", "mmol/L",  "3.5 – 5.0",   MH_FLAG_HH, "Ion selective electrode" },
};
/* clang-format on */

static MhRecord *
sample_record (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  return record;
}

MhLabReport *
mh_report_sample (void)
{
  MhLabReport *sample = g_new0 (MhLabReport, 1);
  sample->patient = sample_record (&mh_patient_type, json_patient);
  sample->order = sample_record (&mh_order_type, json_order);
  sample->report = sample_record (&mh_report_type, json_report);
  sample->results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhRecord *result = mh_record_new (&mh_result_type);
      mh_record_set_text (result, MH_RESULT_TEST, "Sample test");
      mh_record_set_text (result, MH_RESULT_NAME, rows[i].name);
      mh_record_set_text (result, MH_RESULT_VALUE, rows[i].value);
      mh_record_set_text (result, MH_RESULT_UNIT, rows[i].unit);
      mh_record_set_text (result, MH_RESULT_RANGE_TEXT, rows[i].range);
      mh_record_set_bool (result, MH_RESULT_RANGE_VERIFIED, TRUE);
      mh_record_set_text (result, MH_RESULT_FLAG, rows[i].flag);
      mh_record_set_text (result, MH_RESULT_METHOD, rows[i].method);
      mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_VERIFIED);
      g_ptr_array_add (sample->results, result);
    }

  return sample;
}
