/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-clock.h"
#include "shared/hl7/mh-hl7.h"

#include <string.h>

#define ORU                                                                                        \
  "MSH|^~\\&|ANALYZER1|LAB|HMS|HOSP|20260101103000+0530||ORU^R01^ORU_R01|A1-000451|P|2.5.1|||AL|"  \
  "NE||UNICODE UTF-8\r"                                                                            \
  "PID|1||MRN000123^^^HOSP^MR||KUMAR^ASHA||19850412|F\r"                                           \
  "OBX|2|SN|777-3^Platelets^LN||<^10|10*3/uL^^UCUM|150-410|LL|||F\r"                               \
  "NTE|1||Platelet clumps? \\T\\ smear advised\r"                                                  \
  "SPM|1|ACC-2026-0001&LIS||BLD\r"

static MhHl7 *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  MhHl7 *message = mh_hl7_parse ((const guint8 *)text, strlen (text), &error);
  g_assert_no_error (error);
  return message;
}

static void
test_fields (void)
{
  g_autoptr (MhHl7) message = parse (ORU);
  const MhHl7Segment *header = mh_hl7_nth (message, 0), *obx = mh_hl7_find (message, "OBX", 0);
  const struct
  {
    const MhHl7Segment *segment;
    guint field, repeat, component, sub;
    const char *text;
  } rows[] = {
    { header, 9, 0, 1, 0, "ORU" },
    { header, 9, 0, 3, 0, "ORU_R01" },
    { header, 10, 0, 1, 0, "A1-000451" },
    { header, 18, 0, 1, 0, "UNICODE UTF-8" },
    { header, 19, 0, 1, 0, NULL },
    { obx, 5, 0, 1, 0, "<" },
    { obx, 5, 0, 2, 0, "10" },
    { obx, 5, 0, 3, 0, NULL },
    { obx, 5, 1, 1, 0, NULL },
    { obx, 6, 0, 3, 0, "UCUM" },
    { mh_hl7_find (message, "NTE", 0), 3, 0, 1, 1, "Platelet clumps? & smear advised" },
    { mh_hl7_find (message, "SPM", 0), 2, 0, 1, 1, "ACC-2026-0001" },
    { mh_hl7_find (message, "SPM", 0), 2, 0, 1, 2, "LIS" },
    { mh_hl7_find (message, "SPM", 0), 2, 0, 1, 0, "ACC-2026-0001&LIS" },
    { NULL, 2, 0, 1, 0, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_hl7_part (message, rows[i].segment, rows[i].field, rows[i].repeat,
                                           rows[i].component, rows[i].sub);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_assert_cmpuint (mh_hl7_n_segments (message), ==, 5);
  g_assert_null (mh_hl7_find (message, "OBX", 3));
}

static void
test_line_ends_and_marks (void)
{
  static const char *const texts[] = {
    "MSH|^~\\&|A\rOBX|1|a^b~c\r",        "MSH|^~\\&|A\nOBX|1|a^b~c\n", "MSH|^~\\&|A\r\nOBX|1|a^b~c",
    "\r\n MSH|^~\\&|A\r\r\nOBX|1|a^b~c", "MSH$%*@!$A\rOBX$1$a%b*c\r",  "MSH|^~\\|A\rOBX|1|a^b~c\r",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (MhHl7) message = parse (texts[i]);
      const MhHl7Segment *obx = mh_hl7_find (message, "OBX", 0);
      g_assert_cmpuint (mh_hl7_n_segments (message), ==, 2);
      g_assert_cmpuint (mh_hl7_n_repeats (message, obx, 2), ==, 2);
      g_autofree char *second = mh_hl7_part (message, obx, 2, 0, 2, 0);
      g_autofree char *repeat = mh_hl7_part (message, obx, 2, 1, 1, 0);
      g_autofree char *name = mh_hl7_text (message, mh_hl7_nth (message, 0), 3);
      g_assert_cmpstr (second, ==, "b");
      g_assert_cmpstr (repeat, ==, "c");
      g_assert_cmpstr (name, ==, "A");
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } rows[] = {
    { "", 0 },
    { "MSH", 3 },
    { "PID|1|2|3|4\r", 12 },
    { "MSH|^^\\&|A\r", 11 },    /* a separator twice */
    { "MSHabcdefg\r", 11 },     /* letters */
    { "MSH|^~\\&|A\0B\r", 13 }, /* NUL */
    { "MSH|^~\\&", 7 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhHl7) message
          = mh_hl7_parse ((const guint8 *)rows[i].text, rows[i].length, &error);
      g_assert_null (message);
      g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
    }
}

static void
test_limits (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GError) error = NULL;
      GString *fields = g_string_new ("MSH|^~\\&|A\rOBX");
      for (guint i = 0; i < MH_HL7_MAX_FIELDS - 1 + more; i++)
        g_string_append_c (fields, '|');
      g_autoptr (MhHl7) message = mh_hl7_parse ((const guint8 *)fields->str, fields->len, &error);
      g_assert_true ((message != NULL) == (more == 0));
      g_string_free (fields, TRUE);
      g_clear_error (&error);
      GString *lines = g_string_new ("MSH|^~\\&|A\r");
      for (guint i = 0; i < MH_HL7_MAX_SEGMENTS - 1 + more; i++)
        g_string_append (lines, "Z\r");
      g_autoptr (MhHl7) many = mh_hl7_parse ((const guint8 *)lines->str, lines->len, &error);
      g_assert_true ((many != NULL) == (more == 0));
      g_string_free (lines, TRUE);
    }
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *raw, *text;
  } rows[] = {
    { "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f" },
    { "one\\.br\\two", "one\ntwo" },
    { "\\X41E9\\", "A\303\251" },
    { "\\X00\\x", "x" },
    { "\\H\\bold\\N\\", "bold" },
    { "C:\\", "C:\\" },
    { "\\Zunknown\\x", "x" },
    { "10\\S\\3/uL", "10^3/uL" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_hl7_unescape (MH_HL7_MARKS, rows[i].raw, strlen (rows[i].raw));
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_charsets (void)
{
  static const struct
  {
    const char *charset, *bytes, *text;
    gboolean wrong;
  } rows[] = {
    { "UNICODE UTF-8", "\303\251", "\303\251", FALSE },
    { "UNICODE UTF-8", "\351", "\303\251", TRUE },
    { "8859/1", "\351", "\303\251", FALSE },
    { "8859/1", "\303\251", "\303\203\302\251", FALSE },
    { "8859/5", "\320", "\320\260", FALSE },
    { "", "\351", "\303\251", FALSE },
    { "", "\303\251", "\303\251", FALSE },
    { "ASCII", "e", "e", FALSE },
    { "ASCII", "\303\251", "\303\251", TRUE },
    { "KLINGON", "\351", "\303\251", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *named
          = g_strdup_printf ("MSH|^~\\&||||||||||||||||%s\rZ|%s\r", rows[i].charset, rows[i].bytes);
      g_autoptr (MhHl7) message = parse (named);
      g_autofree char *word = mh_hl7_text (message, mh_hl7_nth (message, 1), 1);
      g_assert_cmpstr (word, ==, rows[i].text);
      g_assert_cmpint (mh_hl7_charset_is_wrong (message), ==, rows[i].wrong);
    }
}

static void
test_null_is_not_nothing (void)
{
  g_autoptr (MhHl7) message = parse ("MSH|^~\\&|A\rPID|\"\"||x\r");
  const MhHl7Segment *pid = mh_hl7_nth (message, 1);
  g_autofree char *deleted = mh_hl7_text (message, pid, 1);
  g_assert_null (deleted);
  g_assert_true (mh_hl7_is_null (pid, 1));
  g_assert_true (mh_hl7_has (pid, 1));
  g_assert_false (mh_hl7_is_null (pid, 2));
  g_assert_false (mh_hl7_has (pid, 2));
}

static void
test_writing (void)
{
  static const char nasty[] = "a|b^c~d\\e&f\ng";
  static const struct
  {
    MhHl7Marks marks;
    const char *header;
  } rows[] = { { { '|', '^', '~', '\\', '&' }, "MSH" },
               { { '$', '%', '*', '@', '!' }, "MSH" },
               { { '|', '^', '\\', '&', 0 }, "H" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      MhHl7Out out = mh_hl7_out_begin (rows[i].marks);
      mh_hl7_out_segment (&out, rows[i].header);
      mh_hl7_out_put (&out, 9, 2, "R01");
      mh_hl7_out_segment (&out, "OBX");
      mh_hl7_out_put_number (&out, 1, -7);
      mh_hl7_out_put (&out, 3, 2, nasty);
      mh_hl7_out_put (&out, 5, 1, NULL);
      g_autoptr (GBytes) bytes = mh_hl7_out_end (&out, "UNICODE UTF-8");
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);
      g_assert_cmpint (data[length - 1], ==, '\r');
      g_autoptr (MhHl7) message = rows[i].marks.sub != 0 ? mh_hl7_parse (data, length, &error)
                                                         : mh_hl7_parse_astm (data, length, &error);
      g_assert_no_error (error);
      g_autofree char *event = mh_hl7_part (message, mh_hl7_nth (message, 0), 9, 0, 2, 0);
      g_autofree char *text = mh_hl7_part (message, mh_hl7_nth (message, 1), 3, 0, 2, 0);
      g_autofree char *number = mh_hl7_text (message, mh_hl7_nth (message, 1), 1);
      g_assert_cmpstr (event, ==, "R01");
      g_assert_cmpstr (text, ==, nasty);
      g_assert_cmpstr (number, ==, "-7");
    }
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) india = g_time_zone_new_identifier ("+05:30");
  static const struct
  {
    const char *text;
    gboolean fine;
    const char *utc;
  } rows[] = {
    { "20260101103001+0530", TRUE, "20260101050001" },
    { "20260101103001", TRUE, "20260101050001" },
    { "20260101103001.1234-0100", TRUE, "20260101113001" },
    { "202601011030", TRUE, "20260101050000" },
    { "20260101", TRUE, "20251231183000" },
    { "2026", TRUE, "20251231183000" },
    { "26", FALSE },
    { "260101103001", FALSE },
    { "20261301", FALSE },
    { "20260230", FALSE },
    { "20260101240000", FALSE },
    { "20260101235959", TRUE, "20260101182959" },
    { "20260101103001+5", FALSE },
    { "2026010110300", FALSE },
    { "", FALSE },
    { "yesterday", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 instant = 0;
      g_assert_cmpint (mh_hl7_time_parse (rows[i].text, india, &instant), ==, rows[i].fine);
      if (!rows[i].fine)
        continue;
      g_autofree char *back = mh_hl7_time_format_plain (instant, NULL);
      g_assert_cmpstr (back, ==, rows[i].utc);
    }
  g_autofree char *local = mh_hl7_time_format (G_GINT64_CONSTANT (1767243601) * MH_SECOND, india);
  g_assert_cmpstr (local, ==, "20260101103001+0530");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hl7/fields", test_fields);
  g_test_add_func ("/hl7/line-ends-and-separators", test_line_ends_and_marks);
  g_test_add_func ("/hl7/refused", test_refused);
  g_test_add_func ("/hl7/limits", test_limits);
  g_test_add_func ("/hl7/escapes", test_escapes);
  g_test_add_func ("/hl7/charsets", test_charsets);
  g_test_add_func ("/hl7/null-is-not-nothing", test_null_is_not_nothing);
  g_test_add_func ("/hl7/writing", test_writing);
  g_test_add_func ("/hl7/times", test_times);
  return g_test_run ();
}
