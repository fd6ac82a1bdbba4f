/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels in the printer's own language: what a name may not do to the printer, and what stands
 * where. */
#include <string.h>

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/mh-label-zpl.h"

static void
test_escape (void)
{
  static const struct
  {
    const char *text;
    guint most;
    const char *safe;
  } rows[] = { { "VERMA Asha", 40, "VERMA Asha" },
               { "^XZ", 40, "_5EXZ" },
               { "~JA", 40, "_7EJA" },
               { "a_b", 40, "a_5Fb" },
               { "x\\&y", 40, "x_5C&y" },
               { "one\ntwo\x1b[2J\x7f.", 40, "one two [2J ." },
               { "\xc2\x9b.", 40, " ." }, /* the other control characters */
               { "अशा वर्मा", 40, "अशा वर्मा" },
               { "\xff^", 40, "\xef\xbf\xbd_5E" },
               { "abcdef", 3, "abc" },
               { "", 40, "" },
               { NULL, 40, "" } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *safe = mh_label_zpl_text (rows[i].text, rows[i].most);
      g_assert_cmpstr (safe, ==, rows[i].safe);
    }
}

static MhRecord *
tube (const char *accession, const char *status, const char *priority, gint64 copies)
{
  static const char *const names[] = { "CBC", "ESR^XZ", NULL };
  MhRecord *sample = mh_record_new (&mh_sample_type);
  mh_record_set_text (sample, MH_SAMPLE_ACCESSION, accession);
  mh_record_set_text (sample, MH_SAMPLE_STATUS, status);
  mh_record_set_text (sample, MH_SAMPLE_PRIORITY, priority);
  mh_record_set_list (sample, MH_SAMPLE_TEST_NAMES, names);
  mh_record_set_text (sample, MH_SAMPLE_COLOUR, "lavender");
  mh_record_set_int (sample, MH_SAMPLE_LABEL_COUNT, copies);
  return sample;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *p = strstr (text, what); p != NULL; p = strstr (p + 1, what))
    n++;
  return n;
}

static void
test_formats (void)
{
  g_autoptr (MhRecord) hospital = mh_record_new (&mh_hospital_type);
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) order = mh_record_new (&mh_order_type);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_object_unref);
  mh_record_set_text (hospital, MH_HOSPITAL_TIME_ZONE, "Asia/Kolkata");
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Asha^XA");
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, "Verma");
  mh_record_set_text (patient, MH_PATIENT_MRN, "MH-0001-2345-9");
  mh_record_set_text (patient, MH_PATIENT_SEX, "female");
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1984-03-02");
  mh_record_set_int (order, MH_ORDER_ORDERED_AT, G_GINT64_CONSTANT (1795000000000000));
  g_autofree char *none
      = mh_label_zpl (hospital, patient, order, samples, mh_label_size_find (NULL));
  g_assert_cmpstr (none, ==, "");
  g_ptr_array_add (samples,
                   tube ("H2632500471R", MH_SAMPLE_STATUS_TO_COLLECT, MH_PRIORITY_STAT, 2));
  g_ptr_array_add (samples, tube ("C263250047^1", MH_SAMPLE_STATUS_TO_COLLECT, NULL, 0));
  g_ptr_array_add (samples, tube ("X2632500471R", MH_SAMPLE_STATUS_REJECTED, NULL, 1));
  g_ptr_array_add (samples, tube ("Y2632500471R", MH_SAMPLE_STATUS_CANCELLED, NULL, 1));
  g_autofree char *zpl
      = mh_label_zpl (hospital, patient, order, samples, mh_label_size_find ("50x25"));
  /* one format for each tube that needs one, whatever the names say */
  g_assert_cmpuint (count (zpl, "^XA"), ==, 2);
  g_assert_cmpuint (count (zpl, "^XZ"), ==, 2);
  g_assert_cmpuint (count (zpl, "^PQ2\n"), ==, 1);
  g_assert_cmpuint (count (zpl, "^PQ1\n"), ==, 1);
  g_assert_cmpuint (count (zpl, "^FDSTAT^FS"), ==, 1);
  g_assert_cmpuint (count (zpl, "Asha_5EXA"), ==, 2);
  g_assert_cmpuint (count (zpl, "ESR_5EXZ"), ==, 2);
  g_assert_nonnull (strstr (zpl, "^BCN,"));
  g_assert_nonnull (strstr (zpl, "^FDH2632500471R^FS"));
  g_assert_nonnull (strstr (zpl, "^FDC2632500471^FS"));
  g_assert_nonnull (strstr (zpl, "^CI28"));
  g_assert_nonnull (strstr (zpl, "^PW399"));
  g_assert_nonnull (strstr (zpl, "MH-0001-2345-9"));
  g_assert_null (strstr (zpl, "X2632500471R"));
  g_assert_null (strstr (zpl, "Y2632500471R"));
  /* every field stays on the label */
  g_auto (GStrv) fields = g_strsplit (zpl, "^FO", -1);
  for (guint i = 1; fields[i] != NULL; i++)
    {
      int x = -1, y = -1;
      g_assert_cmpint (sscanf (fields[i], "%d,%d", &x, &y), ==, 2);
      g_assert_cmpint (x, >=, 0);
      g_assert_cmpint (x, <, 399);
      g_assert_cmpint (y, >=, 0);
      g_assert_cmpint (y, <, 199);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/label-zpl/escape", test_escape);
  g_test_add_func ("/label-zpl/formats", test_formats);
  return g_test_run ();
}
