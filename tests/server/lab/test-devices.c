/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What analysers say, read without a database: modes, units, values, numbers of tubes, both
 * languages; and who a line's owner is. */
#include "server/lab/analysers/mh-analysers-lease.h"
#include "server/lab/analysers/mh-analysers-orders.h"
#include "server/lab/analysers/mh-device.h"
#include "shared/base/mh-clock.h"
#include "shared/records/mh-records.h"

#include <string.h>

/* MSH-15 and 16: who says AL and NE knows the original mode alone. */
static void
test_modes (void)
{
  static const struct
  {
    const char *accept, *application;
    gboolean enhanced, kept, judged; /* told when all went well */
  } cases[] = {
    { "", "", FALSE, FALSE, FALSE },   { "AL", "NE", FALSE, TRUE, FALSE },
    { "AL", "", FALSE, TRUE, FALSE },  { "AL", "AL", TRUE, TRUE, TRUE },
    { "NE", "AL", TRUE, FALSE, TRUE }, { "ER", "SU", TRUE, FALSE, TRUE },
    { "SU", "ER", TRUE, TRUE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strdup_printf ("MSH|^~\\&|X|L|H|H|20260311100000||ORU^R01|1|P|2.5.1|||%s|%s\rPID|1\r",
                             cases[i].accept, cases[i].application);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (MhDeviceMessage) message = mh_device_read_hl7 (bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (mh_device_is_enhanced (message), ==, cases[i].enhanced);
      g_assert_cmpint (mh_device_wants (message->accept, TRUE), ==, cases[i].kept);
      g_assert_cmpint (mh_device_wants (message->application, TRUE), ==, cases[i].judged);
    }
  g_assert_true (mh_device_wants ("ER", FALSE));
  g_assert_false (mh_device_wants ("SU", FALSE));
  g_assert_false (mh_device_wants ("NE", FALSE));
  g_assert_false (mh_device_wants (NULL, FALSE));
}

/* Either way; five minutes are none, a second more is told. */
static void
test_clock (void)
{
  static const struct
  {
    const char *sent;
    gint64 minutes;
  } rows[] = {
    { "20260311100000+0530", 0 },
    { "20260311100500+0530", 0 },
    { "20260311100501+0530", 5 },
    { "20260311095500+0530", 0 },
    { "20260311095459+0530", 5 },
    { "20260311110000+0530", 60 },
    { "20260310100000+0530", 1440 },
    { "20260311100000", 0 },
    { "", 0 },
    { "yesterday", 0 },
    { "26031110", 0 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:30");
  gint64 now = 0;
  g_assert_true (mh_hl7_time_parse ("20260311100000+0530", NULL, &now));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *hl7
          = g_strdup_printf ("MSH|^~\\&|X|L|H|H|%s||ORU^R01|1|P|2.5.1\rPID|1\r", rows[i].sent);
      g_autofree char *astm = g_strdup_printf ("H|\\^&|||XN^1|||||||P|1|%s\rL|1|N\r", rows[i].sent);
      g_autoptr (GBytes) first = g_bytes_new (hl7, strlen (hl7));
      g_autoptr (GBytes) second = g_bytes_new (astm, strlen (astm));
      g_autoptr (MhDeviceMessage) said = mh_device_read_hl7 (first, zone, &error);
      g_assert_no_error (error);
      g_autoptr (MhDeviceMessage) also = mh_device_read_astm (second, zone, &error);
      g_assert_no_error (error);
      g_test_message ("%s", rows[i].sent);
      g_assert_cmpint (mh_device_minutes_off (said, now), ==, rows[i].minutes);
      g_assert_cmpint (mh_device_minutes_off (also, now), ==, rows[i].minutes);
    }
}

static void
test_delay (void)
{
  static const struct
  {
    gint64 attempts, seconds;
  } rows[] = { { 0, 5 },   { 1, 5 },   { 2, 10 },  { 3, 20 },
               { 6, 160 }, { 7, 300 }, { 8, 300 }, { 99, 300 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_analysers_order_delay (rows[i].attempts), ==, rows[i].seconds * MH_SECOND);
}

static void
test_units (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean same;
  } rows[] = {
    { "g/dL", "g/dl", TRUE },
    { "10*3/uL", "10^3/uL", TRUE },
    { "x10^3/\302\265L", "10*3/uL", TRUE },
    { "\316\274mol/L", "umol/L", TRUE },
    { "g / dL", "g/dL", TRUE },
    { "\303\22710\302\263/\302\265L", "10*3/uL", TRUE },
    { "\303\22710\342\201\266/\302\265L", "10^6/uL", TRUE },
    { "10*6/uL", "10*3/uL", FALSE },
    { "g/dL", "g/L", FALSE },
    { "mU/L", "MU/L", FALSE },
    { "mmol/L", "umol/L", FALSE },
    { "", NULL, TRUE },
    { "%", "", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_device_same_unit (rows[i].a, rows[i].b), ==, rows[i].same);
}

static void
test_values (void)
{
  static const char *const words[] = { "POS=R", "neg = NR", NULL };
  static const struct
  {
    const char *value, *factor;
    int decimals;
    const char *ours;
  } rows[] = {
    { "6.20", NULL, 1, "6.20" },
    { "6,2", NULL, 1, "6.2" },
    { "< 10", NULL, 0, "<10" },
    { ".5", NULL, 1, "0.5" },
    { "+3", NULL, 0, "3" },
    { "132", "0.1", 1, "13.2" },
    { "132", "1", 1, "132" },
    { "<5", "10", 0, "<50" },
    { "5.55", "18.016", 0, "100" },
    { "0.05", "1", 0, "0.05" },
    { "1,234.5", NULL, 1, "1,234.5" },
    { "****", "2", 0, "****" },
    { "+++", NULL, 0, "+++" },
    { "1:128", NULL, 0, "1:128" },
    { "pos", NULL, 0, "R" },
    { "NEG", NULL, 0, "NR" },
    { "-0.25", "2", 1, "-0.5" },
    { "1e3", "2", 0, "1e3" },
    { ">100", "0.5", 1, ">50.0" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *ours
          = mh_device_value (rows[i].value, words, rows[i].factor, rows[i].decimals);
      g_assert_cmpstr (ours, ==, rows[i].ours);
    }
}

/* Where the tube's number stands, in the ways analysers write it. */
static void
test_numbers (void)
{
#define OBX "OBX|1|NM|HGB||13|\r"
  static const struct
  {
    const char *text, *number;
    guint samples;
  } rows[] = {
    { "PID|1\rOBR|1||T1|C\r" OBX, "T1", 1 },
    { "PID|1\rOBR|1|T1||C\r" OBX, "T1", 1 },
    { "PID|1\rORC|RE|O1|T1\rOBR|1|||C\r" OBX, "T1", 1 },
    { "PID|1\rOBR|1|P1|F1|C\r" OBX "SPM|1|T1&LIS\r", "T1", 1 },
    { "PID|1\rOBR|1|P1|F1|C\r" OBX "SPM|1|^T1\r", "T1", 1 },
    { "PID|1\rSPM|1|T1\rOBR|1|||C\r" OBX "OBR|2|||D\r" OBX "SPM|2|T2\rOBR|1|||C\r" OBX, "T1", 3 },
    { "PID|1\rOBR|1||T1|C\r" OBX "OBR|2||T2|C\r" OBX, "T1", 2 },
    { "PID|1\rOBR|1|||C\rSAC|||T1\r" OBX, "T1", 1 },
    { OBX, NULL, 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strconcat ("MSH|^~\\&|X||||||ORU^R01|1|P|2.5\r", rows[i].text, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (MhDeviceMessage) message = mh_device_read_hl7 (bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (message->samples->len, ==, rows[i].samples);
      g_assert_cmpstr (mh_device_sample_number (g_ptr_array_index (message->samples, 0)), ==,
                       rows[i].number);
    }
}

static void
test_structured (void)
{
  static const struct
  {
    const char *obx, *value;
  } rows[] = {
    { "OBX|1|SN|A||<^10", "<10" },
    { "OBX|1|SN|A||^1^:^128", "1:128" },
    { "OBX|1|SN|A||^10^-^20", "10-20" },
    { "OBX|1|CE|A||POS^Positive^L", "POS" },
    { "OBX|1|CWE|A||^Positive^L", "Positive" },
    { "OBX|1|NM|A|| 6.2 ", "6.2" },
    { "OBX|1|ED|A||^PDF^^Base64^xx", NULL },
    { "OBX|1|ST|A||see \\T\\ call", "see & call" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strconcat ("MSH|^~\\&|X||||||ORU^R01|1|P|2.5\r", rows[i].obx, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (MhDeviceMessage) message = mh_device_read_hl7 (bytes, NULL, &error);
      const MhDeviceSample *sample = g_ptr_array_index (message->samples, 0);
      const MhDeviceValue *value = g_ptr_array_index (sample->values, 0);
      g_assert_cmpstr (value->value, ==, rows[i].value);
    }
}

static void
test_astm (void)
{
  static const char text[]
      = "H|\\^&|N7||XN^1|||||||P|1|20260311\rP|1||MRN1||KUMAR^ASHA||19850412|F\r"
        "O|1|T1||^^^CBC|R||||||Q\rR|1|^^^HGB^Hb|6.2|g/dL|12-15|LL||F||||20260311101500\r"
        "C|1|I|note\rR|2|HCT|40\rL|1|N\r";
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:30");
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (MhDeviceMessage) message = mh_device_read_astm (bytes, zone, &error);
  g_assert_no_error (error);
  g_assert_cmpint (message->kind, ==, MH_DEVICE_RESULTS);
  g_assert_cmpstr (message->control_id, ==, "N7");
  g_assert_cmpstr (message->sender, ==, "XN");
  const MhDeviceSample *sample = g_ptr_array_index (message->samples, 0);
  const MhDeviceValue *first = g_ptr_array_index (sample->values, 0);
  const MhDeviceValue *second = g_ptr_array_index (sample->values, 1);
  g_autofree char *patient = mh_device_sample_patient (sample);
  g_assert_true (sample->is_control);
  g_assert_cmpstr (mh_device_sample_number (sample), ==, "T1");
  g_assert_cmpstr (patient, ==, "KUMAR ASHA \302\267 MRN1 \302\267 1985-04-12 \302\267 F");
  g_assert_cmpstr (first->code, ==, "HGB");
  g_assert_cmpstr (first->name, ==, "Hb");
  g_assert_cmpstr (first->value, ==, "6.2");
  g_assert_cmpstr (first->unit, ==, "g/dL");
  g_assert_cmpstr (first->flags, ==, "LL");
  g_assert_cmpint (first->measured_at, >, 0);
  g_assert_cmpstr (second->code, ==, "HCT");
  static const char query[] = "H|\\^&\rQ|1|^T1\\^T2||ALL||||||||O\rL|1|N\r";
  g_autoptr (GBytes) asked = g_bytes_new_static (query, strlen (query));
  g_autoptr (MhDeviceMessage) question = mh_device_read_astm (asked, zone, &error);
  g_assert_cmpint (question->kind, ==, MH_DEVICE_QUERY);
  g_assert_cmpuint (question->asked->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (question->asked, 1), ==, "T2");
}

/* Who died on this machine is not waited for. */
static void
test_lease_owner (void)
{
  g_autofree char *here = mh_lease_owner_here ();
  g_auto (GStrv) parts = g_strsplit (here, "/", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  g_assert_false (mh_lease_owner_is_gone (here));
  g_assert_false (mh_lease_owner_is_gone (""));
  g_assert_false (mh_lease_owner_is_gone ("another"));
  g_autofree char *elsewhere = g_strdup_printf ("x%s", here);
  g_assert_false (mh_lease_owner_is_gone (elsewhere));
  g_autofree char *before = g_strdup_printf ("%s0", here); /* the same number, another start */
  g_assert_true (mh_lease_owner_is_gone (before));
  g_autofree char *dead
      = g_strdup_printf ("%s/%s/%s/%s", parts[0], parts[1], "999999999", parts[3]);
  g_assert_true (mh_lease_owner_is_gone (dead));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/analysers/modes", test_modes);
  g_test_add_func ("/analysers/clock", test_clock);
  g_test_add_func ("/analysers/delay", test_delay);
  g_test_add_func ("/analysers/units", test_units);
  g_test_add_func ("/analysers/values", test_values);
  g_test_add_func ("/analysers/numbers", test_numbers);
  g_test_add_func ("/analysers/structured", test_structured);
  g_test_add_func ("/analysers/astm", test_astm);
  g_test_add_func ("/analysers/lease-owner", test_lease_owner);
  return g_test_run ();
}
