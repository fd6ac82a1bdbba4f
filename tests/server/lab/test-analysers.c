/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a message: kept once, results where they belong, everything else in the inbox.
 * On both databases. */
#include "server/lab/analysers/mh-analysers-orders.h"
#include "server/lab/analysers/mh-analysers-picture.h"
#include "server/lab/analysers/mh-analysers-service.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-clock.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

#define LINK "01900000-0000-7000-8000-00000000a001"

/* clang-format off */
static const struct
{
  const MhRecordType *type;
  const char *json;
} setup[] = {
  { &mh_analyser_link_type, "{\"id\":\"" LINK "\",\"hospital_id\":\"" LAB_HOSPITAL "\",\"code\":\"XN\",\"name\":\"Counter\",\"equipment\":\"XN-1\",\"protocol\":\"hl7\",\"transport\":\"listen\",\"orders\":\"send\",\"qc_prefix\":\"QC\",\"enabled\":true,\"zone\":\"+05:30\"}" },
  { &mh_analyser_map_type, "{\"code\":\"718-7\",\"analyte\":\"HGB\"}" },
  { &mh_analyser_map_type, "{\"code\":\"HB-SI\",\"analyte\":\"HGB\",\"unit\":\"g/L\",\"factor\":\"0.1\"}" },
  { &mh_analyser_map_type, "{\"code\":\"4544-3\",\"analyte\":\"HCT\"}" },
  { &mh_analyser_map_type, "{\"code\":\"MCHC\",\"analyte\":\"MCHC\"}" },
  { &mh_analyser_map_type, "{\"code\":\"K+\",\"analyte\":\"K\"}" },
  { &mh_analyser_map_type, "{\"code\":\"HBSAG\",\"analyte\":\"HBS\",\"words\":[\"POS=R\",\"NEG=NR\"]}" },
  { &mh_analyser_map_type, "{\"code\":\"SCATTER\",\"ignored\":true}" },
};
/* clang-format on */

static gboolean
insert_setup (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (setup); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (setup[i].type, setup[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL)
        return FALSE;
      if (setup[i].type == &mh_analyser_map_type)
        {
          mh_record_set_text (record, MH_ANALYSER_MAP_LINK_ID, LINK);
          mh_record_set_text (record, MH_ANALYSER_MAP_HOSPITAL_ID, LAB_HOSPITAL);
        }
      if (!mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static Lab *
begin (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  Lab *lab = lab_new (test);
  mh_assert_ok (lab_write (lab, lab->technician, insert_setup, NULL, &error), error);
  return lab;
}

/* --- an analyser --- */

static char *
tube_of (Lab *lab, const char *order_id, guint n)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) tubes = mh_store_all (db, &mh_sample_type, "order_id", order_id, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  g_assert_cmpuint (tubes->len, >, n);
  return g_strdup (mh_record_text (g_ptr_array_index (tubes, n), MH_SAMPLE_ACCESSION));
}

/* "718-7=13.2 g/dL F; …" as ORU^R01; fields of @pid behind PID-2. */
static GBytes *
oru (const char *number, const char *tube, const char *pid, const char *values)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) list = g_strsplit (values, ";", -1);
  g_string_printf (text,
                   "MSH|^~\\&|XN|LAB|HMS|HOSP|20260311100000||ORU^R01^ORU_R01|%s|P|2.5.1\r"
                   "PID|1||%s\rOBR|1||%s|CBC^Count^L\r",
                   number, pid, tube);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) part = g_strsplit (g_strstrip (list[i]), "=", 2);
      g_auto (GStrv) words = g_strsplit (part[1], "/", 3);
      g_string_append_printf (text, "OBX|%u|NM|%s^x^L||%s|%s|||||%s|||20260311095900\r", i + 1,
                              part[0], words[0], words[1] != NULL ? words[1] : "",
                              words[1] != NULL && words[2] != NULL ? words[2] : "F");
    }
  for (char *at = text->str; *at != 0; at++)
    if (*at == '%')
      *at = '/'; /* a unit's slash */
  return g_string_free_to_bytes (text);
}

static gboolean
take_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_analysers_take (tx, data, error);
}

/* The answer; the message's id is left in *out_id. */
static char *
say (Lab *lab, GBytes *bytes, char **out_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:30");
  g_autoptr (MhRecord) link = lab_get (lab, &mh_analyser_link_type, LINK);
  gboolean hl7 = g_strcmp0 (mh_record_text (link, MH_LINK_PROTOCOL), MH_LINK_HL7) == 0;
  g_autoptr (MhDeviceMessage) message = hl7 ? mh_device_read_hl7 (bytes, zone, &unreadable)
                                            : mh_device_read_astm (bytes, zone, &unreadable);
  if (message != NULL)
    mh_analysers_pictures_ready (message);
  MhAnalysersTaking taking = { .server = lab->server,
                               .link = link,
                               .bytes = bytes,
                               .message = message,
                               .peer = "127.0.0.1:1",
                               .problem = unreadable != NULL ? unreadable->message : NULL };
  mh_assert_ok (lab_write (lab, lab->technician, take_it, &taking, &error), error);
  char *answer = g_strdup (taking.answer);
  if (out_id != NULL)
    *out_id = g_strdup (taking.message_id);
  mh_analysers_taking_clear (&taking);
  return answer;
}

static GPtrArray *
results_of (Lab *lab, const char *message_id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *results = mh_analysers_store_results_of (db, message_id, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return results;
}

static gint64
count_of (Lab *lab, const MhRecordType *type)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all = mh_store_all (db, type, NULL, NULL, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return all->len;
}

/* --- cases --- */

/* One result of one tube, every way it may go. */
static void
test_places (const MhTestDb *test)
{
  static const struct
  {
    const char *values, *pid;
    const char *status, *reason, *taken;
  } rows[] = {
    { "718-7=13.2/g%dL", "", "applied", NULL, "13.2" },
    { "718-7=13.20/g%dL", "", "applied", NULL, "13.20" },
    { "718-7=13,2/g%dL", "", "applied", NULL, "13.2" },
    { "718-7=13.2", "", "applied", NULL, "13.2" },
    { "718-7=13.2/g%L", "", "open", MH_UNMATCHED_UNIT, NULL },
    { "HB-SI=132/g%L", "", "applied", NULL, "13.2" },
    { "HB-SI=132/g%dL", "", "open", MH_UNMATCHED_UNIT, NULL },
    { "718-7=31/g%dL", "", "open", MH_UNMATCHED_VALUE, "31" },
    { "718-7=30/g%dL", "", "applied", NULL, "30" },
    { "718-7=****/g%dL", "", "open", MH_UNMATCHED_VALUE, "****" },
    { "718-7=/g%dL", "", "open", MH_UNMATCHED_NOT_DONE, NULL },
    { "718-7=13.2/g%dL/X", "", "open", MH_UNMATCHED_NOT_DONE, NULL },
    { "718-7=13.2/g%dL/W", "", "open", MH_UNMATCHED_WITHDRAWN, NULL },
    { "718-7=13.2/g%dL/I", "", "ignored", NULL, NULL },
    { "718-7=13.2/g%dL/P", "", "applied", NULL, "13.2" },
    { "718-7=13.2/g%dL/C", "", "applied", NULL, "13.2" },
    { "WBC=7.1", "", "open", MH_UNMATCHED_CODE, NULL },
    { "SCATTER=1", "", "ignored", NULL, NULL },
    { "MCHC=33", "", "ignored", NULL, "33" },
    { "K+=4.1/mmol%L", "", "open", MH_UNMATCHED_NOT_ORDERED, "4.1" },
    { "718-7=13.2", "OTHER-1", "open", MH_UNMATCHED_PATIENT, NULL },
    { "718-7=13.2", "||NOBODY^ELSE", "open", MH_UNMATCHED_PATIENT, NULL },
    { "718-7=13.2", "||||20140312", "open", MH_UNMATCHED_PATIENT, NULL },
    { "718-7=13.2", "||||20140311", "applied", NULL, "13.2" },
    { "718-7=13.2", "|||||M", "open", MH_UNMATCHED_PATIENT, NULL },
    { "718-7=13.2", "|||||F", "applied", NULL, "13.2" },
    { "718-7=13.2", "|||||U", "applied", NULL, "13.2" },
  };
  g_autoptr (Lab) lab = begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *order = lab_order (lab, "CBC"), *id = NULL;
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autofree char *tube = tube_of (lab, order, 0);
      g_autofree char *number = g_strdup_printf ("P%u", i);
      g_autoptr (GBytes) bytes = oru (number, tube, rows[i].pid, rows[i].values);
      g_autofree char *answer = say (lab, bytes, &id);
      g_autoptr (GPtrArray) results = results_of (lab, id);
      g_assert_cmpstr (answer, ==, "AA");
      g_assert_cmpuint (results->len, ==, 1);
      MhRecord *result = g_ptr_array_index (results, 0);
      g_test_message ("%s, %s: %s", rows[i].values, rows[i].pid,
                      mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
      g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_STATUS), ==, rows[i].status);
      g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_REASON), ==, rows[i].reason);
      g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_TAKEN), ==, rows[i].taken);
      g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
      MhRecord *row = lab_row (sheet, "HGB");
      gboolean applied = g_str_equal (rows[i].status, "applied");
      g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_VALUE), ==,
                       applied ? rows[i].taken : NULL);
      g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_INSTRUMENT), ==, applied ? "XN-1" : NULL);
    }
}

/* A complete test is handed over; an incomplete one, a preliminary value, a person's draft beside
 * it, are not. */
static void
test_hands_over (const MhTestDb *test)
{
  static const struct
  {
    const char *values, *draft, *status;
  } rows[] = {
    { "718-7=13.2;4544-3=40", NULL, MH_RESULT_STATUS_ENTERED },
    { "718-7=13.2", NULL, MH_RESULT_STATUS_DRAFT },
    { "718-7=13.2/g%dL/P;4544-3=40", NULL, MH_RESULT_STATUS_DRAFT },
    { "718-7=13.2", "HCT=40", MH_RESULT_STATUS_DRAFT },
  };
  g_autoptr (Lab) lab = begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *order = lab_order (lab, "CBC");
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autofree char *tube = tube_of (lab, order, 0);
      g_autofree char *number = g_strdup_printf ("H%u", i);
      if (rows[i].draft != NULL)
        g_object_unref (lab_save (lab, lab->technician, order, rows[i].draft, FALSE, &error));
      g_autoptr (GBytes) bytes = oru (number, tube, "", rows[i].values);
      g_autofree char *answer = say (lab, bytes, NULL);
      g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
      g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_STATUS), ==,
                       rows[i].status);
      g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_ENTERED_BY), ==, NULL);
      g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_ENTERED_NAME), ==,
                       "Counter");
    }
}

/* The same message any number of times is one; another of its number is a matter for a person. */
static void
test_once (const MhTestDb *test)
{
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) bytes = oru ("D1", tube, "", "718-7=13.2");
  g_autoptr (GBytes) other = oru ("D1", tube, "", "718-7=9.9");
  g_autofree char *first_id = NULL, *other_id = NULL;
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *answer = say (lab, bytes, &id);
      g_assert_cmpstr (answer, ==, "AA");
      if (first_id == NULL)
        first_id = g_strdup (id);
      g_assert_cmpstr (id, ==, first_id);
    }
  g_assert_cmpint (count_of (lab, &mh_analyser_message_type), ==, 1);
  g_assert_cmpint (count_of (lab, &mh_device_result_type), ==, 1);
  g_assert_cmpint (count_of (lab, &mh_result_type), ==, 1);
  g_autoptr (MhRecord) kept = lab_get (lab, &mh_analyser_message_type, first_id);
  g_assert_cmpint (mh_record_int (kept, MH_MESSAGE_N_REPEATS), ==, 4);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&other_id, g_free);
      g_autofree char *answer = say (lab, other, &other_id);
      g_assert_cmpstr (answer, ==, "AE");
    }
  g_autoptr (MhRecord) doubtful = lab_get (lab, &mh_analyser_message_type, other_id);
  g_assert_cmpstr (mh_record_text (doubtful, MH_MESSAGE_STATUS), ==, MH_MESSAGE_REVIEW);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_VALUE), ==, "13.2");
  /* On the next day the counter of the analyser has begun anew. */
  mh_clock_advance (mh_server_clock (lab->server), MH_ANALYSERS_NUMBER_AGAIN + 1);
  g_autoptr (GBytes) next_day = oru ("D1", tube, "", "718-7=9.8");
  g_autofree char *answer = say (lab, next_day, NULL);
  g_assert_cmpstr (answer, ==, "AA");
}

static void
test_refuses (const MhTestDb *test)
{
#define HEAD(number, type, processing, version)                                                    \
  "MSH|^~\\&|XN|LAB|||20260311||" type "|" number "|" processing "|" version "\r"
  static const struct
  {
    const char *text, *answer, *status;
  } rows[] = {
    { "PID|1\r", "AR", MH_MESSAGE_REFUSED },
    { "\xff\xfe\x00", "AR", MH_MESSAGE_REFUSED },
    { HEAD ("R1", "ADT^A01", "P", "2.5.1"), "AR", MH_MESSAGE_REFUSED },
    { HEAD ("R2", "ORU^R01", "T", "2.5.1"), "AR", MH_MESSAGE_REFUSED },
    { HEAD ("R3", "ORU^R01", "D", "2.5.1"), "AR", MH_MESSAGE_REFUSED },
    { HEAD ("R4", "ORU^R01", "P", "3.0"), "AR", MH_MESSAGE_REFUSED },
    { HEAD ("R5", "ORU^R01", "P", "2.3.1"), "AA", MH_MESSAGE_DONE },
    { HEAD ("R6", "OUL^R22", "P", "2.7"), "AA", MH_MESSAGE_DONE },
  };
  g_autoptr (Lab) lab = begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].text, strlen (rows[i].text));
      g_autofree char *answer = say (lab, bytes, &id);
      g_assert_cmpstr (answer, ==, rows[i].answer);
      g_autoptr (MhRecord) kept = lab_get (lab, &mh_analyser_message_type, id);
      g_assert_cmpstr (mh_record_text (kept, MH_MESSAGE_STATUS), ==, rows[i].status);
      g_autoptr (GBytes) back = mh_analysers_raw_bytes (kept);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), rows[i].text,
                       strlen (rows[i].text));
    }
}

/* Every byte there is comes back from the store as it was. */
static void
test_keeps_bytes (const MhTestDb *test)
{
  g_autoptr (Lab) lab = begin (test);
  guint8 all[512];
  for (guint i = 0; i < sizeof all; i++)
    all[i] = (guint8)(255 - i);
  g_autoptr (GBytes) bytes = g_bytes_new (all, sizeof all);
  g_autofree char *id = NULL;
  g_autofree char *answer = say (lab, bytes, &id);
  g_autoptr (MhRecord) kept = lab_get (lab, &mh_analyser_message_type, id);
  g_autoptr (GBytes) back = mh_analysers_raw_bytes (kept);
  g_assert_true (mh_record_bool (kept, MH_MESSAGE_IS_BYTES));
  g_assert_true (g_bytes_equal (back, bytes));
}

/* Corrected after it was verified, late, verified: never over a verified value. */
static void
test_verified_stays (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC"), *id = NULL, *late_id = NULL;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) first = oru ("V1", tube, "", "718-7=13.2;4544-3=40");
  g_autoptr (GBytes) late = oru ("V2", tube, "", "718-7=13.0/g%dL/P");
  g_autoptr (GBytes) second = oru ("V3", tube, "", "718-7=9.9/g%dL/C");
  g_free (say (lab, first, NULL));
  g_free (say (lab, late, &late_id));
  g_autoptr (GPtrArray) ignored = results_of (lab, late_id);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (ignored, 0), MH_DEVICE_RESULT_STATUS), ==,
                   MH_DEVICE_RESULT_IGNORED);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *answer = say (lab, second, &id);
  g_assert_cmpstr (answer, ==, "AA");
  g_autoptr (GPtrArray) results = results_of (lab, id);
  MhRecord *open = g_ptr_array_index (results, 0);
  g_assert_cmpstr (mh_record_text (open, MH_DEVICE_RESULT_REASON), ==, MH_UNMATCHED_STATE);
}

typedef struct
{
  const char *id, *action, *sample_code, *analyte, *note;
} Decision;

static gboolean
resolve_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Decision *decision = data;
  g_autoptr (MhRecord) resolve = mh_record_new (&mh_analyser_resolve_type);
  mh_record_set_text (resolve, MH_RESOLVE_ACTION, decision->action);
  mh_record_set_text (resolve, MH_RESOLVE_SAMPLE_CODE, decision->sample_code);
  mh_record_set_text (resolve, MH_RESOLVE_ANALYTE, decision->analyte);
  mh_record_set_text (resolve, MH_RESOLVE_NOTE, decision->note);
  g_autoptr (MhRecord) done = mh_analysers_service_resolve (
      MH_REQUEST_TX (tx, lab->server, lab->technician), decision->id, resolve, error);
  return done != NULL;
}

static gboolean
resolve_all (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Decision *decision = data;
  g_autoptr (MhRecord) resolve = mh_record_new (&mh_analyser_resolve_type);
  mh_record_set_text (resolve, MH_RESOLVE_ACTION, decision->action);
  mh_record_set_text (resolve, MH_RESOLVE_SAMPLE_CODE, decision->sample_code);
  g_autoptr (MhRecord) done = mh_analysers_service_resolve_group (
      MH_REQUEST_TX (tx, lab->server, lab->technician), decision->id, resolve, error);
  return done != NULL;
}

static gboolean
take_back (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) done = mh_analysers_service_take_back (
      MH_REQUEST_TX (tx, lab->server, lab->technician), data, error);
  return done != NULL;
}

static const char *
value_in (MhRecord *sheet, const char *analyte)
{
  return mh_record_text (lab_row (sheet, analyte), MH_RESULT_ROW_VALUE);
}

/* A whole message for one tube: what fits is assigned, the rest stays; the wrong patient is taken
 * back, until the values are verified. */
static void
test_inbox_whole (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL, verified = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *wrong = lab_order (lab, "CBC"), *right = lab_order (lab, "HB"), *id = NULL;
  lab_receive (lab, wrong, NULL, LAB_FIRST_OF_TWELVE);
  lab_receive (lab, right, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *wrong_tube = tube_of (lab, wrong, 0), *tube = tube_of (lab, right, 0);
  g_autoptr (GBytes) bytes = oru ("W1", "NOT-A-TUBE", "", "718-7=13.2;4544-3=40");
  g_free (say (lab, bytes, &id));
  g_autoptr (GPtrArray) open = results_of (lab, id);
  char *one = (char *)mh_record_id (g_ptr_array_index (open, 1));
  Decision nowhere = { one, "assign", "NEITHER", NULL, NULL };
  g_assert_false (lab_write (lab, lab->technician, resolve_all, &nowhere, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  Decision whole = { one, "assign", wrong_tube, NULL, NULL };
  mh_assert_ok (lab_write (lab, lab->technician, resolve_all, &whole, &error), error);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, wrong);
  g_assert_cmpstr (value_in (sheet, "HGB"), ==, "13.2");
  g_assert_cmpstr (value_in (sheet, "HCT"), ==, "40");
  mh_assert_ok (lab_write (lab, lab->technician, take_back, one, &error), error);
  g_autoptr (MhRecord) emptied = lab_sheet (lab, lab->technician, wrong);
  g_assert_null (value_in (emptied, "HGB"));
  g_assert_null (value_in (emptied, "HCT"));
  /* the other order asks for one of the two */
  whole.sample_code = tube;
  mh_assert_ok (lab_write (lab, lab->technician, resolve_all, &whole, &error), error);
  g_autoptr (GPtrArray) now = results_of (lab, id);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (now, 0), MH_DEVICE_RESULT_STATUS), ==,
                   MH_DEVICE_RESULT_ASSIGNED);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (now, 1), MH_DEVICE_RESULT_STATUS), ==,
                   MH_DEVICE_RESULT_OPEN);
  g_clear_object (&emptied);
  emptied = lab_verify (lab, lab->pathologist, right, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  one = (char *)mh_record_id (g_ptr_array_index (now, 0));
  g_assert_false (lab_write (lab, lab->technician, take_back, one, &verified));
  g_assert_error (verified, MH_ERROR, MH_ERROR_CONFLICT);
}

static gboolean
refuse_equal_status (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), "CREATE UNIQUE INDEX of_this_test ON result (order_id, status)",
                     NULL, 0, error)
         >= 0;
}

/* The second value of the two completes the test, and is refused when the first one is handed over
 * and it is not yet. Then nothing is assigned, and both are still in the inbox. */
static void
test_inbox_half (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC"), *id = NULL;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) bytes = oru ("H1", "NOT-A-TUBE", "", "718-7=16.0;4544-3=40.0");
  g_free (say (lab, bytes, &id));
  g_autoptr (GPtrArray) open = results_of (lab, id);
  mh_assert_ok (lab_write (lab, lab->technician, refuse_equal_status, NULL, &error), error);
  Decision whole = { mh_record_id (g_ptr_array_index (open, 0)), "assign", tube, NULL, NULL };
  g_assert_false (lab_write (lab, lab->technician, resolve_all, &whole, &error));
  g_assert_nonnull (error);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  g_assert_null (value_in (sheet, "HGB"));
  g_assert_null (value_in (sheet, "HCT"));
  g_autoptr (GPtrArray) now = results_of (lab, id);
  for (guint i = 0; i < now->len; i++)
    g_assert_cmpstr (mh_record_text (g_ptr_array_index (now, i), MH_DEVICE_RESULT_STATUS), ==,
                     MH_DEVICE_RESULT_OPEN);
}

/* The inbox: assigned to the right tube, tried again when the tube came, discarded with a reason;
 * each once. */
static void
test_inbox (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC"), *id = NULL;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) bytes = oru ("I1", "NOT-A-TUBE", "", "718-7=13.2;4544-3=40;WBC=7");
  g_free (say (lab, bytes, &id));
  g_autoptr (GPtrArray) open = results_of (lab, id);
  g_assert_cmpuint (open->len, ==, 3);
  g_autoptr (MhRecord) link = lab_get (lab, &mh_analyser_link_type, LINK);
  g_assert_cmpint (count_of (lab, &mh_alert_type), ==, 1);
  lab_told (lab, MH_ALERT_UNMATCHED_RESULT, 1, MH_ROLE_TECHNICIAN, MH_ROLE_CASHIER);
  Decision wrong = { mh_record_id (g_ptr_array_index (open, 0)), "assign", "NEITHER", NULL, NULL };
  g_assert_false (lab_write (lab, lab->technician, resolve_it, &wrong, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_clear_error (&error);
  Decision steps[] = {
    { mh_record_id (g_ptr_array_index (open, 0)), "assign", tube, NULL, "label unreadable" },
    { mh_record_id (g_ptr_array_index (open, 1)), "assign", tube, NULL, NULL },
    { mh_record_id (g_ptr_array_index (open, 2)), "discard", NULL, NULL, "not ordered" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      mh_assert_ok (lab_write (lab, lab->technician, resolve_it, &steps[i], &error), error);
      g_assert_false (lab_write (lab, lab->technician, resolve_it, &steps[i], &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "HGB"), MH_RESULT_ROW_VALUE), ==, "13.2");
  g_assert_cmpstr (mh_record_text (lab_row (sheet, "HCT"), MH_RESULT_ROW_VALUE), ==, "40");
  g_autoptr (MhRecord) kept = lab_get (lab, &mh_analyser_message_type, id);
  g_assert_cmpstr (mh_record_text (kept, MH_MESSAGE_STATUS), ==, MH_MESSAGE_DONE);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) alerts = mh_store_all (db, &mh_alert_type, NULL, NULL, &error);
  lab_done (lab, db);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (alerts, 0), MH_ALERT_STATUS), ==,
                   MH_ALERT_CLEARED);
}

/* --- orders --- */

static GPtrArray *
outgoing (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all = mh_store_all (db, &mh_analyser_message_type, "link_id", LINK, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return all;
}

typedef struct
{
  const char *id, *answer;
} Sent;

static gboolean
sent_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Sent *sent = data;
  g_autoptr (MhRecord) link = mh_store_get (mh_tx_db (tx), &mh_analyser_link_type, LINK, error);
  return link != NULL && mh_analysers_order_sent (tx, link, sent->id, sent->answer, NULL, error);
}

static void
test_orders (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (Lab) lab = begin (test);
  mh_analysers_observe (lab->server);
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GPtrArray) waiting = outgoing (lab);
  g_assert_cmpuint (waiting->len, ==, 1);
  MhRecord *message = g_ptr_array_index (waiting, 0);
  g_assert_cmpstr (mh_record_text (message, MH_MESSAGE_SAMPLE_CODE), ==, tube);
  g_autoptr (GBytes) bytes = mh_analysers_raw_bytes (message);
  g_autoptr (MhDeviceMessage) read = mh_device_read_hl7 (bytes, NULL, &unreadable);
  g_assert_cmpstr (read->type, ==, "OML^O21");
  g_assert_cmpstr (read->control_id, ==, mh_record_text (message, MH_MESSAGE_CONTROL_ID));
  const char *raw = mh_record_text (message, MH_MESSAGE_RAW);
  g_assert_nonnull (strstr (raw, "|718-7^Haemoglobin^L|"));
  g_assert_nonnull (strstr (raw, "|4544-3^Haematocrit^L|"));
  g_assert_null (strstr (raw, "MCHC"));
  static const struct
  {
    const char *answer, *status;
    gint64 attempts;
  } steps[] = { { NULL, MH_MESSAGE_WAITING, 1 },
                { NULL, MH_MESSAGE_WAITING, 2 },
                { "AE", MH_MESSAGE_REFUSED, 3 },
                { "AA", MH_MESSAGE_REFUSED, 3 } };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      Sent sent = { mh_record_id (message), steps[i].answer };
      mh_assert_ok (lab_write (lab, lab->technician, sent_it, &sent, &error), error);
      g_autoptr (MhRecord) now = lab_get (lab, &mh_analyser_message_type, mh_record_id (message));
      g_assert_cmpstr (mh_record_text (now, MH_MESSAGE_STATUS), ==, steps[i].status);
      g_assert_cmpint (mh_record_int (now, MH_MESSAGE_ATTEMPTS), ==, steps[i].attempts);
    }
}

static gboolean
judge_it (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const char *const *words = data;
  g_autoptr (MhRecord) link = mh_store_get (mh_tx_db (tx), &mh_analyser_link_type, LINK, error);
  return link != NULL && mh_analysers_order_judged (tx, link, words[0], words[1], words[2], error);
}

/* The enhanced mode: kept first, judged later, once; another number changes nothing. */
static void
test_judged_later (const MhTestDb *test)
{
  static const struct
  {
    const char *kept, *number, *later, *status, *answer;
  } cases[] = {
    { "CA", NULL, "AA", MH_MESSAGE_ACCEPTED, "AA" },
    { "CA", NULL, "AE", MH_MESSAGE_REFUSED, "AE" },
    { "CA", NULL, "AR", MH_MESSAGE_REFUSED, "AR" },
    { "CA", NULL, "CA", MH_MESSAGE_ACCEPTED, "CA" },
    { "CA", "X9", "AE", MH_MESSAGE_ACCEPTED, "CA" },
    { "AA", NULL, "AE", MH_MESSAGE_ACCEPTED, "AA" },
    { "CE", NULL, "AA", MH_MESSAGE_REFUSED, "CE" },
    { NULL, NULL, "AE", MH_MESSAGE_WAITING, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  mh_analysers_observe (lab->server);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *order = lab_order (lab, "CBC");
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autofree char *tube = tube_of (lab, order, 0);
      g_autoptr (GPtrArray) waiting = outgoing (lab);
      MhRecord *message = NULL;
      for (guint k = 0; k < waiting->len; k++)
        if (g_str_equal (mh_record_text (waiting->pdata[k], MH_MESSAGE_SAMPLE_CODE), tube))
          message = waiting->pdata[k];
      const char *number = mh_record_text (message, MH_MESSAGE_CONTROL_ID);
      Sent sent = { mh_record_id (message), cases[i].kept };
      mh_assert_ok (lab_write (lab, lab->technician, sent_it, &sent, &error), error);
      const char *words[]
          = { cases[i].number != NULL ? cases[i].number : number, cases[i].later, "No such test" };
      mh_assert_ok (lab_write (lab, lab->technician, judge_it, words, &error), error);
      g_autoptr (MhRecord) now = lab_get (lab, &mh_analyser_message_type, mh_record_id (message));
      g_test_message ("case %u", i);
      g_assert_cmpstr (mh_record_text (now, MH_MESSAGE_STATUS), ==, cases[i].status);
      g_assert_cmpstr (mh_record_text (now, MH_MESSAGE_ANSWER), ==, cases[i].answer);
    }
}

/* --- pictures --- */

#define PNG_RED                                                                                    \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
#define PNG_GREEN                                                                                  \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNg+M8AAAICAQB7CYF4AAAAAElFTkSuQmCC"
#define BMP_RED "Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAAAAD/AA=="
#define WORDS "anVzdCB3b3JkcyBhbmQgbm90aGluZyBlbHNl"

/* OBX segments, one for each of @values: "CODE=ENCODING^DATA". */
static GBytes *
oru_with_files (const char *number, const char *tube, const char *values)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) list = g_strsplit (values, ";", -1);
  g_string_printf (text,
                   "MSH|^~\\&|XN|LAB|HMS|HOSP|20260311100000||ORU^R01^ORU_R01|%s|P|2.5.1\r"
                   "PID|1\rOBR|1||%s|CBC^Count^L\r",
                   number, tube);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) part = g_strsplit (list[i], "=", 2);
      g_string_append_printf (text, "OBX|%u|ED|%s^Picture of %s^L||XN^Image^X^%s||||||F\r", i + 1,
                              part[0], part[0], part[1]);
    }
  return g_string_free_to_bytes (text);
}

static GPtrArray *
attachments_of (Lab *lab, const char *order)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *all = mh_results_service_attachments (db, order, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  return all;
}

/* A picture stands beside its analyte and on the report when the code is mapped; without mapping it
 * is kept beside the order; what is no picture waits with the reason. */
static void
test_pictures (const MhTestDb *test)
{
  static const struct
  {
    const char *values, *status, *reason, *value;
    guint n;
    const char *analyte, *content_type;
  } rows[] = {
    { "718-7=Base64^" PNG_RED, "applied", NULL, "png 69 bytes", 1, "HGB", MH_CONTENT_PNG },
    { "718-7=base64^" PNG_RED, "applied", NULL, "png 69 bytes", 1, "HGB", MH_CONTENT_PNG },
    { "HISTO=Base64^" PNG_RED, "applied", NULL, "png 69 bytes", 1, NULL, MH_CONTENT_PNG },
    { "HISTO=Base64^" BMP_RED, "applied", NULL, NULL, 1, NULL, MH_CONTENT_PNG },
    { "SCATTER=Base64^" PNG_RED, "ignored", NULL, "png 69 bytes", 0, NULL, NULL },
    { "K+=Base64^" PNG_RED, "open", MH_UNMATCHED_NOT_ORDERED, "png 69 bytes", 0, NULL, NULL },
    { "718-7=Base64^" WORDS, "open", MH_UNMATCHED_FILE, "? 27 bytes", 0, NULL, NULL },
    { "718-7=Base64^iVBORw0KGgo", "open", MH_UNMATCHED_FILE, NULL, 0, NULL, NULL },
    { "718-7=Base64^iVBO!w0KGgo=", "open", MH_UNMATCHED_FILE, NULL, 0, NULL, NULL },
    { "718-7=Base64^iVBORw0KGgo=", "open", MH_UNMATCHED_FILE, "png 8 bytes", 0, NULL, NULL },
    { "718-7=Base64^Qk0=", "open", MH_UNMATCHED_FILE, NULL, 0, NULL, NULL },
    { "718-7=Base64^", "open", MH_UNMATCHED_FILE, NULL, 0, NULL, NULL },
    { "718-7=Hex^424D", "open", MH_UNMATCHED_FILE, NULL, 0, NULL, NULL },
  };
  g_autoptr (Lab) lab = begin (test);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *order = lab_order (lab, "CBC"), *id = NULL;
      lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
      g_autofree char *tube = tube_of (lab, order, 0);
      g_autofree char *number = g_strdup_printf ("F%u", i);
      g_autoptr (GBytes) bytes = oru_with_files (number, tube, rows[i].values);
      g_autofree char *answer = say (lab, bytes, &id);
      g_autoptr (GPtrArray) results = results_of (lab, id);
      g_autoptr (GPtrArray) kept = attachments_of (lab, order);
      MhRecord *result = g_ptr_array_index (results, 0);
      g_test_message ("row %u: %s", i, mh_record_text (result, MH_DEVICE_RESULT_DETAIL));
      g_assert_cmpstr (answer, ==, "AA");
      g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_STATUS), ==, rows[i].status);
      g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_REASON), ==, rows[i].reason);
      if (rows[i].value != NULL)
        g_assert_cmpstr (mh_record_text (result, MH_DEVICE_RESULT_VALUE), ==, rows[i].value);
      if (rows[i].reason != NULL)
        g_assert_true (mh_record_has (result, MH_DEVICE_RESULT_DETAIL));
      g_assert_cmpuint (kept->len, ==, rows[i].n);
      if (rows[i].n == 0)
        continue;
      MhRecord *one = g_ptr_array_index (kept, 0);
      g_assert_cmpstr (mh_record_text (one, MH_ATTACHMENT_ANALYTE), ==, rows[i].analyte);
      g_assert_cmpstr (mh_record_text (one, MH_ATTACHMENT_CONTENT_TYPE), ==, rows[i].content_type);
      g_assert_cmpint (mh_record_bool (one, MH_ATTACHMENT_ON_REPORT), ==, rows[i].analyte != NULL);
      g_assert_cmpstr (mh_record_text (one, MH_ATTACHMENT_BY_NAME), ==, "Counter");
    }
}

/* Sent again, in the same message or another, a picture is there once; another one of the same code
 * takes its place, one of another code stands beside it. */
static void
test_pictures_once (const MhTestDb *test)
{
  static const struct
  {
    const char *number, *values;
    guint n;
  } steps[] = {
    { "O1", "718-7=Base64^" PNG_RED, 1 },   { "O1", "718-7=Base64^" PNG_RED, 1 },
    { "O2", "718-7=Base64^" PNG_RED, 1 },   { "O3", "718-7=Base64^" PNG_GREEN, 1 },
    { "O4", "4544-3=Base64^" PNG_RED, 2 },  { "O5", "HISTO=Base64^" PNG_GREEN, 3 },
    { "O6", "718-7=Base64^" PNG_GREEN, 3 },
  };
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GBytes) bytes = oru_with_files (steps[i].number, tube, steps[i].values);
      g_autofree char *answer = say (lab, bytes, NULL);
      g_autoptr (GPtrArray) kept = attachments_of (lab, order);
      g_test_message ("step %u", i);
      g_assert_cmpstr (answer, ==, "AA");
      g_assert_cmpuint (kept->len, ==, steps[i].n);
    }
}

/* Of a tube that nobody knows: assigned by hand, its bytes come from the message as it was kept.
 * The values of the same message release nothing without it. */
static void
test_picture_assigned (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC"), *id = NULL;
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) bytes
      = oru_with_files ("A1", "NOT-A-TUBE", "718-7=Base64^" PNG_RED ";HISTO=Base64^" PNG_GREEN);
  g_free (say (lab, bytes, &id));
  g_autoptr (GPtrArray) open = results_of (lab, id);
  g_assert_cmpuint (open->len, ==, 2);
  for (guint i = 0; i < open->len; i++)
    {
      Decision assign = { mh_record_id (g_ptr_array_index (open, i)), "assign", tube, NULL, NULL };
      mh_assert_ok (lab_write (lab, lab->technician, resolve_it, &assign, &error), error);
    }
  g_autoptr (GPtrArray) kept = attachments_of (lab, order);
  g_assert_cmpuint (kept->len, ==, 2);
  g_autoptr (MhRecord) message = lab_get (lab, &mh_analyser_message_type, id);
  g_assert_cmpstr (mh_record_text (message, MH_MESSAGE_STATUS), ==, MH_MESSAGE_DONE);
}

/* Values and picture in one message: when the report is released it has both. */
static void
test_picture_on_report (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = begin (test);
  g_autofree char *order = lab_order (lab, "CBC");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autofree char *tube = tube_of (lab, order, 0);
  g_autoptr (GBytes) values = oru ("R1", tube, "", "718-7=13.2;4544-3=40");
  g_autofree char *text = g_strdup_printf (
      "%.*sOBX|3|ED|718-7^Red cells^L||XN^Image^PNG^Base64^" PNG_RED "||||||F\r",
      (int)g_bytes_get_size (values), (const char *)g_bytes_get_data (values, NULL));
  g_autoptr (GBytes) both = g_bytes_new (text, strlen (text));
  g_autofree char *answer = say (lab, both, NULL);
  g_assert_cmpstr (answer, ==, "AA");
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) report
      = lab_get (lab, &mh_report_type, mh_record_text (verified, MH_ORDER_REPORT_ID));
  g_assert_nonnull (strstr (mh_record_text (report, MH_REPORT_CONTENT), "Red cells"));
  /* Released is released: what comes later is for a person to decide. */
  g_autofree char *late_id = NULL;
  g_autoptr (GBytes) late = oru_with_files ("R2", tube, "718-7=Base64^" PNG_GREEN);
  g_free (say (lab, late, &late_id));
  g_autoptr (GPtrArray) open = results_of (lab, late_id);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (open, 0), MH_DEVICE_RESULT_REASON), ==,
                   MH_UNMATCHED_STATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/analysers/places", test_places);
  mh_test_add_both ("/analysers/hands-over", test_hands_over);
  mh_test_add_both ("/analysers/once", test_once);
  mh_test_add_both ("/analysers/refuses", test_refuses);
  mh_test_add_both ("/analysers/keeps-bytes", test_keeps_bytes);
  mh_test_add_both ("/analysers/verified-stays", test_verified_stays);
  mh_test_add_both ("/analysers/inbox", test_inbox);
  mh_test_add_both ("/analysers/inbox-whole", test_inbox_whole);
  mh_test_add_both ("/analysers/inbox-half", test_inbox_half);
  mh_test_add_both ("/analysers/pictures", test_pictures);
  mh_test_add_both ("/analysers/pictures-once", test_pictures_once);
  mh_test_add_both ("/analysers/picture-assigned", test_picture_assigned);
  mh_test_add_both ("/analysers/picture-on-report", test_picture_on_report);
  mh_test_add_both ("/analysers/orders", test_orders);
  mh_test_add_both ("/analysers/judged-later", test_judged_later);
  return mh_test_run ();
}
