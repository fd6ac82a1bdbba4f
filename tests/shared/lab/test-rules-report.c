/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a report against tests/data/report-status.tsv, every row and column. */
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/lab/mh-report-rules.h"

enum
{
  STATUS,
  FHIR,
  OBR25,
  UNCHANGED,
  CHANGED,
  ENTERED,
  OPEN,
  CANCELLED,
  WATERMARK,
  STRUCK,
  REVISION,
  N_COLUMNS,
};

static const char *
or_dash (const char *code)
{
  return code != NULL ? code : "-";
}

static void
check_values (char **row)
{
  static const struct
  {
    const char *result;
    gboolean changed;
    int column;
  } cases[] = {
    { MH_RESULT_STATUS_VERIFIED, FALSE, UNCHANGED },  { MH_RESULT_STATUS_VERIFIED, TRUE, CHANGED },
    { MH_RESULT_STATUS_CORRECTED, TRUE, CHANGED },    { MH_RESULT_STATUS_ENTERED, TRUE, ENTERED },
    { MH_RESULT_STATUS_PENDING, FALSE, OPEN },        { MH_RESULT_STATUS_DRAFT, TRUE, OPEN },
    { MH_RESULT_STATUS_RETURNED, TRUE, OPEN },        { NULL, FALSE, OPEN },
    { MH_RESULT_STATUS_CANCELLED, FALSE, CANCELLED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *got
          = or_dash (mh_report_rules_obx11 (row[STATUS], cases[i].result, cases[i].changed));
      if (g_strcmp0 (got, row[cases[i].column]) != 0)
        g_error ("%s, value %s: OBX-11 %s instead of %s", row[STATUS], cases[i].result, got,
                 row[cases[i].column]);
    }
}

static void
test_table (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "report-status.tsv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  guint n = 0;
  for (guint i = 1; lines[i] != NULL; i++, n++)
    {
      g_auto (GStrv) row = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (row), ==, N_COLUMNS);
      g_assert_cmpstr (row[STATUS], ==, mh_report_status_codes[n].code);
      const MhReportMeaning *meaning = mh_report_rules_meaning (row[STATUS]);
      g_assert_nonnull (meaning);
      g_assert_cmpstr (meaning->fhir, ==, row[FHIR]);
      g_assert_cmpstr (mh_report_rules_obr25 (row[STATUS], NULL), ==, row[OBR25]);
      g_assert_cmpint (meaning->watermark, ==, row[WATERMARK][0] == 'y');
      g_assert_cmpint (meaning->struck, ==, row[STRUCK][0] == 'y');
      g_assert_cmpint (meaning->revision, ==, row[REVISION][0] == 'y');
      check_values (row);
    }
  /* A status without a row would be a paper that nobody can tell. */
  g_assert_null (mh_report_status_codes[n].code);
  g_assert_null (mh_report_rules_meaning ("nonsense"));
  g_assert_null (mh_report_rules_meaning (NULL));
  g_assert_null (mh_report_rules_obr25 ("nonsense", NULL));
  g_assert_null (mh_report_rules_obx11 ("nonsense", MH_RESULT_STATUS_VERIFIED, FALSE));
}

static GPtrArray *
records_of (const MhRecordType *type, guint field, const char *codes)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit (codes, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != 0)
      {
        MhRecord *record = mh_record_new (type);
        mh_record_set_text (record, field, words[i]);
        g_ptr_array_add (records, record);
      }
  return records;
}

static void
test_registered (void)
{
  static const struct
  {
    const char *samples, *code;
  } rows[] = {
    { "", "O" },
    { "to_collect", "O" },
    { "collected", "S" },
    { "to_collect collected", "S" },
    { "in_transit", "S" },
    { "received", "I" },
    { "to_collect received", "I" },
    { "collected received", "I" },
    { "stored", "I" },
    { "referred", "I" },
    { "rejected", "O" },
    { "rejected to_collect", "O" },
    { "cancelled", "O" },
    { "disposed", "O" },
    { "rejected received", "I" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) samples
          = records_of (&mh_sample_type, MH_SAMPLE_STATUS, rows[i].samples);
      const char *got = mh_report_rules_obr25 (MH_REPORT_STATUS_REGISTERED, samples);
      if (g_strcmp0 (got, rows[i].code) != 0)
        g_error ("%s: %s instead of %s", rows[i].samples, got, rows[i].code);
      g_assert_cmpstr (mh_report_rules_obr25 (MH_REPORT_STATUS_FINAL, samples), ==, "F");
    }
}

/* A panel goes from partial to final only when every component is final or cancelled. */
static void
test_stage (void)
{
  static const struct
  {
    const char *items, *stage;
  } rows[] = {
    { "", "cancelled" },
    { "to_collect", "registered" },
    { "received received", "registered" },
    { "resulted resulted", "registered" },
    { "verified received", "partial" },
    { "verified verified resulted", "partial" },
    { "verified to_collect", "partial" },
    { "verified collected cancelled", "partial" },
    { "verified", "final" },
    { "verified cancelled", "final" },
    { "verified verified verified", "final" },
    { "cancelled", "cancelled" },
    { "cancelled cancelled", "cancelled" },
    { "cancelled resulted", "registered" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) items
          = records_of (&mh_order_item_type, MH_ORDER_ITEM_STATUS, rows[i].items);
      const char *got = mh_report_rules_stage (items);
      if (g_strcmp0 (got, rows[i].stage) != 0)
        g_error ("%s: %s instead of %s", rows[i].items, got, rows[i].stage);
    }
  g_assert_cmpstr (mh_report_rules_stage (NULL), ==, "cancelled");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/report/table", test_table);
  g_test_add_func ("/rules/report/registered", test_registered);
  g_test_add_func ("/rules/report/stage", test_stage);
  return g_test_run ();
}
