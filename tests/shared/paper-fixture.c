/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shared/paper-fixture.h"

#include <cairo.h>

#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"

MhRecord *
paper_record (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  if (record == NULL)
    g_error ("%s: %s", type->code, error->message);
  return record;
}

/* clang-format off */
static const char json_hospital[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000001\", \"code\": \"MH\", "
    "\"name\": \"Sanjeevani District Hospital\", \"address_line\": \"14 Station Road\", "
    "\"locality\": \"Civil Lines\", \"city\": \"Nagpur\", \"state\": \"Maharashtra\", "
    "\"pin\": \"440001\", \"phone\": \"0712 255 0100\", \"email\": \"lab@sanjeevani.example\", "
    "\"registration_number\": \"MH/NGP/2019/0042\", \"accreditation\": \"NABL MC-2481\", "
    "\"currency\": \"INR\", \"time_zone\": \"Asia/Kolkata\", "
    "\"tax_number\": \"27AAACS1234F1Z5\", "
    "\"report_footer\": \"Results relate only to the samples received. Interpret them together with the clinical picture.\"}";

static const char json_patient[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000002\", \"mrn\": \"MH-0001-2345-7\", "
    "\"given_name\": \"Asha\", \"family_name\": \"Verma\", \"native_name\": \"आशा वर्मा\", "
    "\"sex\": \"female\", \"birth_date\": \"1985-03-12\", \"phone\": \"+91 98120 44321\", "
    "\"allergy_status\": \"known\", \"allergies\": [\"Penicillin\"], \"city\": \"Nagpur\"}";

static const char json_doctor[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000003\", \"username\": \"k.rao\", "
    "\"name\": \"Dr Kavita Rao\", \"designation\": \"Consultant pathologist\", "
    "\"qualification\": \"MD (Pathology)\", \"registration_number\": \"MMC 2007/04/1187\"}";

static const char json_order[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000005\", \"number\": \"LAB-2026-004711\", "
    "\"priority\": \"routine\", \"doctor_name\": \"Dr Sameer Kulkarni, Medicine\", "
    "\"clinical_notes\": \"Fever for six days, fatigue. On atorvastatin since March.\", "
    "\"currency\": \"INR\", \"ordered_at\": \"2026-11-21T02:58:00Z\", "
    "\"collected_at\": \"2026-11-21T03:20:00Z\", \"received_at\": \"2026-11-21T03:41:00Z\", "
    "\"subtotal\": 288000, \"tax\": 0, \"discount\": 28800, \"round_off\": 0, \"total\": 259200, "
    "\"paid\": 259200, \"due\": 0, \"payment_method\": \"cash\", \"payment_state\": \"paid\", "
    "\"patient_name\": \"Asha Verma\", \"patient_mrn\": \"MH-0001-2345-7\", "
    "\"items\": [{\"id\": \"0192f0c0-0000-7000-8000-000000000020\", \"test\": \"CBC\", "
    "\"name\": \"Complete blood count with differential\", \"short_name\": \"CBC\", "
    "\"bench\": \"H\", \"container\": \"EDTA\", \"price\": 35000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000011\", \"sort_order\": 0}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000021\", \"test\": \"LFT\", "
    "\"name\": \"Liver function tests\", \"short_name\": \"LFT\", \"bench\": \"B\", "
    "\"container\": \"SST\", \"price\": 60000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000012\", \"sort_order\": 1}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000022\", \"test\": \"LIPID\", "
    "\"name\": \"Lipid profile\", \"short_name\": \"Lipid\", \"bench\": \"B\", "
    "\"container\": \"SST\", \"price\": 55000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000012\", \"sort_order\": 2}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000023\", \"test\": \"TSH\", "
    "\"name\": \"Thyroid stimulating hormone\", \"short_name\": \"TSH\", \"bench\": \"I\", "
    "\"container\": \"SST\", \"price\": 40000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000012\", \"sort_order\": 3}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000024\", \"test\": \"GLUF\", \"name\": \"Glucose, "
    "fasting\", \"short_name\": \"FBS\", \"bench\": \"B\", \"container\": \"FLUO\", "
    "\"price\": 8000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000013\", \"sort_order\": 4}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000025\", \"test\": \"BCUL\", "
    "\"name\": \"Blood culture\", \"short_name\": \"Bl C/S\", \"bench\": \"M\", "
    "\"container\": \"BCAER\", \"price\": 90000, \"status\": \"verified\", "
    "\"sample_id\": \"0192f0c0-0000-7000-8000-000000000014\", \"sort_order\": 5}], "
    "\"samples\": [{\"id\": \"0192f0c0-0000-7000-8000-000000000011\", "
    "\"accession\": \"H26325000123E\", \"container\": \"EDTA\", "
    "\"container_name\": \"EDTA tube\", \"colour\": \"lavender\", \"bench\": \"H\", "
    "\"specimen\": \"Whole blood\", \"test_names\": [\"CBC\"], \"draw_order\": 5, "
    "\"priority\": \"routine\", \"label_count\": 1, \"collected_at\": \"2026-11-21T03:20:00Z\", "
    "\"received_at\": \"2026-11-21T03:41:00Z\", \"status\": \"received\"}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000012\", \"accession\": \"B26325000124E\", "
    "\"container\": \"SST\", \"container_name\": \"Serum gel tube\", \"colour\": \"gold\", "
    "\"bench\": \"B\", \"specimen\": \"Serum\", \"test_names\": [\"LFT\", \"Lipid\", \"TSH\"], "
    "\"draw_order\": 3, \"priority\": \"routine\", \"label_count\": 1, "
    "\"collected_at\": \"2026-11-21T03:20:00Z\", \"received_at\": \"2026-11-21T03:41:00Z\", "
    "\"status\": \"received\"}, {\"id\": \"0192f0c0-0000-7000-8000-000000000013\", "
    "\"accession\": \"B26325000125C\", \"container\": \"FLUO\", "
    "\"container_name\": \"Fluoride tube\", \"colour\": \"grey\", \"bench\": \"B\", "
    "\"specimen\": \"Plasma, fluoride\", \"test_names\": [\"FBS\"], \"draw_order\": 6, "
    "\"priority\": \"routine\", \"label_count\": 1, \"collected_at\": \"2026-11-21T03:20:00Z\", "
    "\"received_at\": \"2026-11-21T03:41:00Z\", \"status\": \"received\"}, "
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000014\", \"accession\": \"M26325000126E\", "
    "\"container\": \"BCAER\", \"container_name\": \"Blood culture bottle, aerobic\", "
    "\"colour\": \"blue cap\", \"bench\": \"M\", \"specimen\": \"Blood, culture\", "
    "\"test_names\": [\"Bl C/S\"], \"draw_order\": 1, \"priority\": \"routine\", "
    "\"label_count\": 1, \"collected_at\": \"2026-11-21T03:20:00Z\", "
    "\"received_at\": \"2026-11-21T03:41:00Z\", \"status\": \"received\"}]}";

static const char json_report[] =
    "{\"id\": \"0192f0d1-7a31-7c55-9e0b-6a2f4f0c91d2\", \"number\": \"R-2026-003218\", "
    "\"version_no\": 1, \"status\": \"final\", \"verified_name\": \"Dr Kavita Rao\", "
    "\"issued_at\": \"2026-11-21T08:15:00Z\"}";

static const char json_payment[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000040\", \"method\": \"cash\", "
    "\"amount\": 259200, \"currency\": \"INR\", \"status\": \"captured\", \"tendered\": 300000, "
    "\"change_given\": 40800, \"received_name\": \"Ritu Sharma\", "
    "\"received_at\": \"2026-11-21T03:05:00Z\"}";

static const char json_receipt[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000041\", \"number\": \"MH/26-27/000412\", "
    "\"amount\": 259200, \"currency\": \"INR\", \"issued_at\": \"2026-11-21T03:05:00Z\", "
    "\"issued_name\": \"Ritu Sharma\"}";

static const char json_prescription[] =
    "{\"id\": \"0192f0c0-0000-7000-8000-000000000050\", \"version\": 3, "
    "\"number\": \"RX-2026-000917\", \"doctor_name\": \"Dr Sameer Kulkarni\", "
    "\"status\": \"signed\", \"tests\": [\"CBC\", \"LFT\"], "
    "\"test_notes\": \"Please look for malaria on the smear.\", "
    "\"lines\": [{\"name\": \"Amoxicillin + clavulanic acid\", \"form\": \"tablet\", "
    "\"strength\": \"625 mg\", \"dose\": \"1 tablet\", \"frequency\": \"1-0-1\", "
    "\"route\": \"oral\", \"duration_days\": 5, \"quantity\": 10, "
    "\"instructions\": \"After food.\"}, {\"name\": \"Paracetamol\", \"form\": \"tablet\", "
    "\"strength\": \"500 mg\", \"dose\": \"1 tablet\", \"frequency\": \"every 6 hours\", "
    "\"route\": \"oral\", \"duration_days\": 3, \"quantity\": 12, \"as_needed\": true, "
    "\"instructions\": \"For fever above 38.5 °C; not more than four in a day.\"}, "
    "{\"name\": \"Salbutamol\", \"form\": \"inhaler\", \"strength\": \"100 µg\", "
    "\"dose\": \"2 puffs\", \"frequency\": \"1-1-1\", \"route\": \"inhaled\", "
    "\"duration_days\": 14, \"quantity\": 1}], \"diagnosis\": \"Fever for six days, "
    "probably lower respiratory infection\", "
    "\"advice\": \"Drink plenty of water. Come back at once for breathlessness, "
    "confusion or a rash.\", \"follow_up\": \"2026-11-26\", "
    "\"signed_at\": \"2026-11-21T02:50:00Z\"}";

static const struct
{
  const char *test, *name, *value, *unit, *flag, *range;
  gboolean signed_off;
  const char *method, *comment;
} morning[] = {
  { "CBC", "Haemoglobin", "9.8", "g/dL", "L", "12.0 – 15.0", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "Red cell count", "4.12", "10¹²/L", "N", "3.8 – 4.8", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "Haematocrit", "30.9", "%", "L", "36 – 46", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "MCV", "75.0", "fL", "L", "83 – 101", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "MCH", "23.8", "pg", "L", "27 – 32", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "MCHC", "31.7", "g/dL", "N", "31.5 – 34.5", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "Platelets", "18", "10⁹/L", "LL", "150 – 410", TRUE, "Automated impedance and flow cytometry", "Checked on a second tube and on the smear; no clumps seen." },
  { "CBC", "White cell count", "13.60", "10⁹/L", "H", "4.0 – 10.0", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "Neutrophils", "78", "%", "N", "40 – 80", TRUE, "Automated impedance and flow cytometry", NULL },
  { "CBC", "Lymphocytes", "16", "%", "L", "20 – 40", TRUE, "Automated impedance and flow cytometry", NULL },
  { "LFT", "Bilirubin, total", "0.7", "mg/dL", "N", "0.3 – 1.2", TRUE, "Diazo", NULL },
  { "LFT", "Alanine aminotransferase (ALT)", "34", "U/L", "N", "< 35", FALSE, "IFCC without pyridoxal phosphate", NULL },
  { "LFT", "Alkaline phosphatase", "88", "U/L", "N", "30 – 120", FALSE, "IFCC, AMP buffer", NULL },
  { "LFT", "Albumin", "3.1", "g/dL", "L", "3.5 – 5.2", TRUE, "Bromocresol green", NULL },
  { "LIPID", "Cholesterol, total", "212", "mg/dL", "H", "< 200", TRUE, "Enzymatic", NULL },
  { "LIPID", "Triglycerides", "148", "mg/dL", "N", "< 150", TRUE, "Enzymatic", NULL },
  { "LIPID", "HDL cholesterol", "41", "mg/dL", "L", "> 50", TRUE, "Enzymatic", NULL },
  { "LIPID", "LDL cholesterol, calculated", "141.4", "mg/dL", "H", "< 100", TRUE, "Enzymatic", NULL },
  { "TSH", "Thyroid stimulating hormone", "<0.005", "mIU/L", "L", "0.27 – 4.20", TRUE, "Electrochemiluminescence", NULL },
  { "GLUF", "Glucose, fasting", "96", "mg/dL", "N", "70 – 99", TRUE, "Hexokinase", NULL },
};
/* clang-format on */

MhRecord *
paper_hospital (void)
{
  return paper_record (&mh_hospital_type, json_hospital);
}

MhRecord *
paper_patient (void)
{
  return paper_record (&mh_patient_type, json_patient);
}

MhRecord *
paper_doctor (void)
{
  return paper_record (&mh_user_type, json_doctor);
}

MhRecord *
paper_order (void)
{
  return paper_record (&mh_order_type, json_order);
}

MhRecord *
paper_payment (void)
{
  return paper_record (&mh_payment_type, json_payment);
}

MhRecord *
paper_receipt (void)
{
  return paper_record (&mh_receipt_type, json_receipt);
}

MhRecord *
paper_prescription (void)
{
  return paper_record (&mh_prescription_type, json_prescription);
}

static void
link_result (MhRecord *result, MhRecord *order, guint round)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_TEST),
                     mh_record_text (result, MH_RESULT_TEST))
          != 0)
        continue;
      /* Later rounds stand for further orders of the same test: groups of their own. */
      if (round == 0)
        mh_record_set_text (result, MH_RESULT_ORDER_ITEM_ID, mh_record_id (item));
      mh_record_set_text (result, MH_RESULT_SAMPLE_ID,
                          mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID));
    }
}

static MhRecord *
morning_result (guint index, MhRecord *order)
{
  guint round = index / G_N_ELEMENTS (morning), row = index % G_N_ELEMENTS (morning);
  MhRecord *result = mh_record_new (&mh_result_type);
  g_autofree char *id = g_strdup_printf ("0192f0c0-0000-7000-9000-%012u", index);
  g_autofree char *code = g_strdup_printf ("A%u", row);
  mh_record_set_text (result, MH_ID, id);
  mh_record_set_text (result, MH_RESULT_TEST, morning[row].test);
  link_result (result, order, round);
  if (round > 0)
    mh_record_take_text (result, MH_RESULT_TEST,
                         g_strdup_printf ("%s, day %u", morning[row].test, round + 1));
  mh_record_set_text (result, MH_RESULT_ANALYTE, code);
  mh_record_set_text (result, MH_RESULT_NAME, morning[row].name);
  mh_record_set_text (result, MH_RESULT_KIND, MH_ANALYTE_KIND_NUMERIC);
  mh_record_set_text (result, MH_RESULT_VALUE, morning[row].value);
  mh_record_set_text (result, MH_RESULT_UNIT, morning[row].unit);
  mh_record_set_text (result, MH_RESULT_FLAG, morning[row].flag);
  mh_record_set_text (result, MH_RESULT_RANGE_TEXT, morning[row].range);
  mh_record_set_bool (result, MH_RESULT_RANGE_VERIFIED, morning[row].signed_off);
  mh_record_set_text (result, MH_RESULT_METHOD, morning[row].method);
  mh_record_set_text (result, MH_RESULT_COMMENT, morning[row].comment);
  mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_VERIFIED);
  mh_record_set_int (result, MH_RESULT_SORT_ORDER, index);
  return result;
}

MhLabReport *
paper_report (guint n_results)
{
  MhLabReport *report = g_new0 (MhLabReport, 1);
  report->hospital = paper_hospital ();
  report->patient = paper_patient ();
  report->order = paper_order ();
  report->verifier = paper_doctor ();
  report->report = paper_record (&mh_report_type, json_report);
  report->results = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_results; i++)
    g_ptr_array_add (report->results, morning_result (i, report->order));
  mh_lab_report_freeze (report);
  return report;
}

/* --- after the release --- */

static const char json_change[]
    = "{\"kind\":\"correct\",\"reason\":\"sample_mix_up\",\"note\":\"The tube of another patient "
      "was "
      "measured.\",\"version_no\":1,\"by_name\":\"Tara Joshi\",\"at\":\"2026-11-21T08:20:00.000Z\","
      "\"decided_name\":\"Dr Kavita Rao\",\"decided_at\":\"2026-11-21T08:30:00.000Z\",\"values\":["
      "{\"name\":\"Name\",\"old_value\":\"Aasha Varma\",\"new_value\":\"Asha Verma\"},"
      "{\"analyte\":\"HGB\",\"name\":\"Haemoglobin\",\"unit\":\"g/dL\",\"old_value\":\"9.8\","
      "\"old_flag\":\"L\",\"new_value\":\"12.8\",\"new_flag\":\"N\"}]}";
static const char json_template[]
    = "{\"name\":\"Haematology\",\"title\":\"Haematology report\",\"department\":\"Department of "
      "Haematology and Transfusion Medicine\",\"letterhead\":\"Bench open day and night · "
      "Extension "
      "214\",\"accreditation\":\"NABL MC-2811 (ISO 15189)\",\"signature\":\"Dr Meera Iyer\\nHead "
      "of the "
      "department\",\"footer\":\"Tests marked in the directory are not in the scope of "
      "accreditation.\"}";

MhRecord *
paper_template (void)
{
  return paper_record (&mh_report_template_type, json_template);
}

static cairo_status_t
take_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
paper_logo (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 96, 96);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.55, 0.08, 0.16);
  cairo_arc (cr, 48, 48, 46, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 40, 18, 16, 60);
  cairo_rectangle (cr, 18, 40, 60, 16);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, take_png, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

MhLabReport *
paper_changed (const char *status)
{
  MhLabReport *report = paper_report (12);
  MhRecord *first = g_ptr_array_index (report->results, 0);
  gboolean early = g_strcmp0 (status, MH_REPORT_STATUS_PRELIMINARY) == 0;
  mh_record_set_text (report->report, MH_REPORT_STATUS, status);
  mh_record_set_text (report->report, MH_REPORT_NUMBER, "R-2026-003218-2");
  mh_record_set_int (report->report, MH_REPORT_VERSION_NO, early ? 1 : 2);
  if (early)
    for (guint i = 0; i < 3; i++)
      mh_record_set_text (g_ptr_array_index (report->results, i), MH_RESULT_STATUS,
                          MH_RESULT_STATUS_ENTERED);
  else
    {
      report->change = paper_record (&mh_report_change_type, json_change);
      mh_record_set_text (first, MH_RESULT_VALUE, "12.8");
      mh_record_set_text (first, MH_RESULT_FLAG, MH_FLAG_N);
    }
  report->comment = g_strdup ("Microcytic hypochromic picture. Suggest iron studies.");
  mh_lab_report_freeze (report);
  return report;
}

GPtrArray *
paper_year (void)
{
  static const struct
  {
    const char *analyte, *name, *unit, *range, *low, *high, *values[6];
  } rows[] = {
    { "HGB",
      "Haemoglobin",
      "g/dL",
      "12.0 – 15.0",
      "12.0",
      "15.0",
      { "9.8", "10.4", "11.1", "11.9", "12.4", "12.8" } },
    { "PLT",
      "Platelets",
      "10⁹/L",
      "150 – 410",
      "150",
      "410",
      { "18", "64", "120", "180", "240", "250" } },
    { "FER", "Ferritin", "ng/mL", "15 – 150", "15", "150", { "8", NULL, "22", NULL, "41", "58" } },
    { "HBS", "HBsAg", NULL, NULL, NULL, NULL, { "Non-reactive", NULL, NULL, NULL, NULL, NULL } },
  };
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint day = 0; day < 6; day++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        if (rows[i].values[day] == NULL)
          continue;
        MhRecord *result = mh_record_new (&mh_result_type);
        mh_record_set_text (result, MH_RESULT_ANALYTE, rows[i].analyte);
        mh_record_set_text (result, MH_RESULT_NAME, rows[i].name);
        mh_record_set_text (result, MH_RESULT_UNIT, rows[i].unit);
        mh_record_set_text (result, MH_RESULT_RANGE_TEXT, rows[i].range);
        mh_record_set_text (result, MH_RESULT_LOW, rows[i].low);
        mh_record_set_text (result, MH_RESULT_HIGH, rows[i].high);
        mh_record_set_text (result, MH_RESULT_VALUE, rows[i].values[day]);
        mh_record_set_text (result, MH_RESULT_FLAG, day < 2 ? MH_FLAG_L : MH_FLAG_N);
        mh_record_set_bool (result, MH_RESULT_CRITICAL, i == 1 && day == 0);
        mh_record_set_text (result, MH_RESULT_STATUS,
                            i == 0 && day == 2 ? MH_RESULT_STATUS_CORRECTED
                                               : MH_RESULT_STATUS_VERIFIED);
        /* Every other month from January on. */
        mh_record_set_int (result, MH_RESULT_MEASURED_AT,
                           G_GINT64_CONSTANT (1767600000000000) + day * 61 * G_TIME_SPAN_DAY);
        g_ptr_array_add (results, result);
      }
  return results;
}

static const char json_culture[]
    = "{\"test\":\"Urine culture\",\"analyte\":\"URORG\",\"name\":\"Organism\",\"kind\":\"coded\","
      "\"value\":\"ECO\",\"value_text\":\"Escherichia coli; Klebsiella pneumoniae\",\"flag\":\"A\","
      "\"status\":\"verified\",\"isolates\":[{\"number\":1,\"organism\":\"ECO\",\"name\":"
      "\"Escherichia "
      "coli\",\"quantity\":\"more than 10⁵ CFU/mL\",\"susceptibilities\":["
      "{\"antibiotic\":\"AMP\",\"name\":\"Ampicillin\",\"method\":\"disk\",\"measured\":\"6\","
      "\"interpretation\":\"R\"},"
      "{\"antibiotic\":\"NIT\",\"name\":\"Nitrofurantoin\",\"method\":\"mic\",\"measured\":\"<="
      "16\",\"interpretation\":\"S\"},"
      "{\"antibiotic\":\"CIP\",\"name\":\"Ciprofloxacin\",\"method\":\"disk\",\"measured\":\"23\","
      "\"interpretation\":\"I\"},"
      "{\"antibiotic\":\"MEM\",\"name\":\"Meropenem\",\"method\":\"disk\",\"measured\":\"30\","
      "\"interpretation\":\"S\",\"hidden\":true}]},"
      "{\"number\":2,\"organism\":\"KPN\",\"name\":\"Klebsiella "
      "pneumoniae\",\"quantity\":\"scanty\",\"comment\":"
      "\"Probably a contaminant.\"}]}";

MhLabReport *
paper_culture (void)
{
  MhLabReport *report = paper_report (0);
  g_ptr_array_add (report->results, paper_record (&mh_result_type, json_culture));
  mh_lab_report_freeze (report);
  return report;
}

/* --- invoices --- */

static void
add_line (GPtrArray *lines, guint number, gint64 sums[6])
{
  static const struct
  {
    const char *code, *name, *panel;
    gint64 price;
  } tests[] = { { "CBC", "Complete blood count with differential", NULL, 35000 },
                { "LFT", "Liver function tests", NULL, 60000 },
                { "CHOLT", "Cholesterol, total", "LIPID", 12550 },
                { "DHEAS",
                  "Dehydroepiandrosterone sulphate by liquid chromatography and tandem mass"
                  " spectrometry",
                  NULL, 1245000 },
                { "ECG", "Electrocardiogram, twelve leads", NULL, 30000 } };
  guint which = number % G_N_ELEMENTS (tests);
  gint64 quantity = which == 4 ? 2 : 1, gross = tests[which].price * quantity;
  gint64 discount = which == 1 ? 6000 : 0, rate = which == 3 ? 1800 : 500;
  gboolean exempt = which == 4;
  gint64 taxable = gross - discount, tax = exempt ? 0 : (taxable * rate + 5000) / 10000;
  MhRecord *line = mh_record_new (&mh_invoice_line_type);
  mh_record_set_text (line, MH_INVOICE_LINE_CODE, tests[which].code);
  mh_record_set_text (line, MH_INVOICE_LINE_PANEL, tests[which].panel);
  mh_record_set_text (line, MH_INVOICE_LINE_DESCRIPTION, tests[which].name);
  mh_record_set_text (line, MH_INVOICE_LINE_HSN_SAC, "999316");
  mh_record_set_int (line, MH_INVOICE_LINE_QUANTITY, quantity);
  mh_record_set_int (line, MH_INVOICE_LINE_PRICE, tests[which].price);
  mh_record_set_int (line, MH_INVOICE_LINE_DISCOUNT, discount);
  mh_record_set_int (line, MH_INVOICE_LINE_TAXABLE, taxable);
  if (!exempt)
    {
      mh_record_set_text (line, MH_INVOICE_LINE_TAX_NAME, "GST");
      mh_record_set_int (line, MH_INVOICE_LINE_TAX_RATE, rate);
    }
  mh_record_set_bool (line, MH_INVOICE_LINE_TAX_EXEMPT, exempt);
  mh_record_set_int (line, MH_INVOICE_LINE_TAX, tax);
  mh_record_set_int (line, MH_INVOICE_LINE_AMOUNT, taxable + tax);
  g_ptr_array_add (lines, line);
  sums[0] += gross;
  sums[1] += discount;
  sums[2] += exempt ? 0 : taxable;
  sums[3] += exempt ? taxable : 0;
  sums[4] += rate == 500 ? tax : 0;
  sums[5] += rate == 1800 ? tax : 0;
}

static MhRecord *
tax_line (gint64 rate, gint64 taxable, gint64 tax)
{
  MhRecord *line = mh_record_new (&mh_tax_line_type);
  mh_record_set_text (line, MH_TAX_LINE_NAME, rate > 0 ? "GST" : NULL);
  mh_record_set_bool (line, MH_TAX_LINE_EXEMPT, rate == 0);
  if (rate > 0)
    mh_record_set_int (line, MH_TAX_LINE_RATE, rate);
  mh_record_set_int (line, MH_TAX_LINE_TAXABLE, taxable);
  mh_record_set_int (line, MH_TAX_LINE_TAX, tax);
  return line;
}

static void
set_taxes (MhRecord *invoice, GPtrArray *lines, const gint64 sums[6])
{
  GPtrArray *taxes = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 five = 0;
  for (guint i = 0; i < lines->len; i++)
    if (mh_record_int (lines->pdata[i], MH_INVOICE_LINE_TAX_RATE) == 500)
      five += mh_record_int (lines->pdata[i], MH_INVOICE_LINE_TAXABLE);
  g_ptr_array_add (taxes, tax_line (500, five, sums[4]));
  if (sums[5] > 0)
    g_ptr_array_add (taxes, tax_line (1800, sums[2] - five, sums[5]));
  if (sums[3] > 0)
    g_ptr_array_add (taxes, tax_line (0, sums[3], 0));
  mh_record_take_records (invoice, MH_INVOICE_TAXES, taxes);
}

MhRecord *
paper_invoice (guint n_lines)
{
  gint64 sums[6] = { 0 };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *invoice = paper_record (
      &mh_invoice_type,
      "{\"id\":\"0192f0c0-0000-7000-8000-000000000060\",\"kind\":\"invoice\",\"number\":\"I2627/"
      "000412\","
      "\"financial_year\":\"2026-27\",\"issued_on\":\"2026-11-21\",\"issued_at\":\"2026-11-21T03:"
      "05:00Z\","
      "\"issued_name\":\"Ritu "
      "Sharma\",\"order_number\":\"LAB-2026-004711\",\"patient_name\":\"Asha Verma\","
      "\"patient_mrn\":\"MH-0001-2345-7\",\"patient_phone\":\"+91 98120 44321\","
      "\"patient_address\":\"Flat 4, Lotus Apartments, Civil Lines, Nagpur, Maharashtra, 440001\","
      "\"payer\":\"Suraksha General Insurance\",\"price_list\":\"SURAKSHA\","
      "\"seller_name\":\"Sanjeevani Health Trust\",\"seller_address\":"
      "\"14 Station Road, Civil Lines, Nagpur 440001, Maharashtra\",\"gstin\":\"27AAACS1234F1Z5\","
      "\"place_of_supply\":\"Maharashtra\",\"currency\":\"INR\","
      "\"hash\":\"3b1f8a5c0d9e7f6a4b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f00\"}");
  for (guint i = 0; i < n_lines; i++)
    add_line (lines, i, sums);
  gint64 exact = sums[2] + sums[3] + sums[4] + sums[5];
  gint64 round_off = (exact + 50) / 100 * 100 - exact;
  mh_record_set_int (invoice, MH_INVOICE_SUBTOTAL, sums[0]);
  mh_record_set_int (invoice, MH_INVOICE_DISCOUNT, sums[1]);
  if (sums[1] > 0)
    mh_record_set_text (invoice, MH_INVOICE_DISCOUNT_REASON, "Senior citizen");
  mh_record_set_int (invoice, MH_INVOICE_TAXABLE, sums[2]);
  mh_record_set_int (invoice, MH_INVOICE_EXEMPT, sums[3]);
  mh_record_set_int (invoice, MH_INVOICE_TAX, sums[4] + sums[5]);
  mh_record_set_int (invoice, MH_INVOICE_ROUND_OFF, round_off);
  mh_record_set_int (invoice, MH_INVOICE_TOTAL, exact + round_off);
  set_taxes (invoice, lines, sums);
  mh_record_take_records (invoice, MH_INVOICE_LINES, lines);
  return invoice;
}

MhRecord *
paper_credit_note (void)
{
  MhRecord *note = paper_invoice (1);
  mh_record_set_text (note, MH_INVOICE_KIND, MH_INVOICE_KIND_CREDIT);
  mh_record_set_text (note, MH_INVOICE_NUMBER, "C2627/000031");
  mh_record_set_text (note, MH_INVOICE_CITES_NUMBER, "I2627/000412");
  mh_record_set_text (note, MH_INVOICE_CITES_ON, "2026-11-21");
  mh_record_set_text (note, MH_INVOICE_REASON, MH_REFUND_REASON_TEST_CANCELLED);
  mh_record_set_text (note, MH_INVOICE_NOTE, "The patient had eaten");
  return note;
}
