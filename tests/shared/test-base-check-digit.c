/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-check-digit.h"

#include <string.h>

/* Each line of a vector file: id, body, check, valid (yes, no). */
static void
each_vector (const char *name, char (*make) (const char *), gboolean (*is_valid) (const char *))
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  guint right = 0, wrong = 0;
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);
      g_assert_cmpuint (g_strv_length (cells), ==, 4);
      gboolean expected = g_str_equal (cells[3], "yes");
      g_autofree char *whole = g_strconcat (cells[1], cells[2], NULL);
      g_assert_cmpint (is_valid (whole), ==, expected);
      g_assert_cmpint (make (cells[1]) == cells[2][0], ==, expected);
      *(expected ? &right : &wrong) += 1;
    }
  g_assert_cmpuint (right, >, 50);
  g_assert_cmpuint (wrong, >, 50);
}

static void
test_damm_vectors (void)
{
  each_vector ("damm-vectors.csv", mh_damm_digit, mh_damm_is_valid);
}

static void
test_mod37_36_vectors (void)
{
  each_vector ("iso7064-mod37-36-vectors.csv", mh_mod37_36_character, mh_mod37_36_is_valid);
}

static void
test_damm_refused (void)
{
  static const char *const bad[] = { "", "12a4", "1 2", "-1" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpint (mh_damm_digit (bad[i]), ==, 0);
      g_assert_false (mh_damm_is_valid (bad[i]));
    }
  g_assert_cmpint (mh_damm_digit (NULL), ==, 0);
  g_assert_false (mh_damm_is_valid (NULL));
  g_assert_false (mh_damm_is_valid ("0")); /* a check digit of nothing */
  g_assert_true (mh_damm_is_valid ("00"));
}

static void
test_mod37_36_refused (void)
{
  static const char *const bad[] = { "", "a1", "A 1", "A-1", "Ä1" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpint (mh_mod37_36_character (bad[i]), ==, 0);
      g_assert_false (mh_mod37_36_is_valid (bad[i]));
    }
  g_assert_cmpint (mh_mod37_36_character (NULL), ==, 0);
  g_assert_false (mh_mod37_36_is_valid (NULL));
  g_assert_false (mh_mod37_36_is_valid ("A"));
}

/* Each single wrong digit and each swap of unlike neighbours is found. */
static void
test_slips_are_found (void)
{
  g_autofree char *accession = mh_accession_make ('H', 2026, 325, 471);
  char slip[16];
  for (gsize i = 0; i < 12; i++)
    for (const char *c = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"; *c != 0; c++)
      {
        g_strlcpy (slip, accession, sizeof slip);
        slip[i] = *c;
        g_assert_cmpint (mh_mod37_36_is_valid (slip), ==, accession[i] == *c);
      }
  for (gsize i = 0; i + 1 < 12; i++)
    {
      g_strlcpy (slip, accession, sizeof slip);
      slip[i] = accession[i + 1];
      slip[i + 1] = accession[i];
      g_assert_cmpint (mh_mod37_36_is_valid (slip), ==, accession[i] == accession[i + 1]);
    }
  for (int number = 0; number < 1000; number++)
    {
      g_snprintf (slip, sizeof slip, "%08d", number * 99991);
      slip[8] = mh_damm_digit (slip);
      slip[9] = 0;
      for (int i = 0; i < 8; i++)
        {
          char left = slip[i];
          slip[i] = slip[i + 1];
          slip[i + 1] = left;
          g_assert_cmpint (mh_damm_is_valid (slip), ==, slip[i] == left);
          slip[i + 1] = slip[i];
          slip[i] = left;
        }
    }
}

static void
test_mrn (void)
{
  g_autofree char *first = mh_mrn_make ("MH", 0);
  g_autofree char *some = mh_mrn_make ("MH", 12345);
  g_autofree char *last = mh_mrn_make ("ABCDEF", 99999999);
  g_assert_cmpstr (first, ==, "MH-0000-0000-0");
  g_assert_cmpstr (some, ==, "MH-0001-2345-9");
  g_assert_true (g_str_has_prefix (last, "ABCDEF-9999-9999-"));
  g_assert_null (mh_mrn_make ("MH", 100000000));
  g_assert_null (mh_mrn_make ("MH", -1));
  g_assert_null (mh_mrn_make ("", 1));
  g_assert_null (mh_mrn_make ("ABCDEFG", 1));
  g_assert_null (mh_mrn_make ("mh", 1));
  g_assert_null (mh_mrn_make ("M1", 1));
  g_assert_null (mh_mrn_make (NULL, 1));
  static const char *const same[]
      = { "MH-0001-2345-9", "mh000123459", " MH 0001 2345 9 ", "Mh-00012345-9" };
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *normal = mh_mrn_normalise (same[i]);
      g_assert_cmpstr (normal, ==, some);
    }
  static const char *const bad[] = { "",
                                     "MH-0001-2345-8",
                                     "MH-0001-2345",
                                     "000123459",
                                     "MH-0001-2345-99",
                                     "M1-0001-2345-9",
                                     "MH_0001_2345_9",
                                     "ABCDEFG000123459" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (mh_mrn_normalise (bad[i]));
  g_assert_null (mh_mrn_normalise (NULL));
}

static void
test_accession (void)
{
  static const struct
  {
    char bench;
    int year, day;
    gint64 sequence;
    gboolean good;
  } rows[] = { { 'H', 2026, 1, 1, TRUE },  { 'H', 2026, 366, 99999, TRUE },
               { 'H', 2000, 1, 1, TRUE },  { 'H', 2099, 1, 1, TRUE },
               { 'h', 2026, 1, 1, FALSE }, { '1', 2026, 1, 1, FALSE },
               { 'H', 1999, 1, 1, FALSE }, { 'H', 2100, 1, 1, FALSE },
               { 'H', 2026, 0, 1, FALSE }, { 'H', 2026, 367, 1, FALSE },
               { 'H', 2026, 1, 0, FALSE }, { 'H', 2026, 1, 100000, FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *made
          = mh_accession_make (rows[i].bench, rows[i].year, rows[i].day, rows[i].sequence);
      g_assert_cmpint (made != NULL, ==, rows[i].good);
      if (made == NULL)
        continue;
      g_autofree char *typed = g_ascii_strdown (made, -1);
      g_autofree char *tube = g_strconcat (made, "-07", NULL);
      g_autofree char *normal = mh_accession_normalise (typed);
      g_autofree char *normal_tube = mh_accession_normalise (tube);
      g_assert_cmpuint (strlen (made), ==, 12);
      g_assert_cmpstr (normal, ==, made);
      g_assert_cmpstr (normal_tube, ==, tube);
    }
  static const char *const bad[] = { "",
                                     "H2632500471V",
                                     "H2632500471",
                                     "H2632500471U-00",
                                     "H2632500471U-1",
                                     "H2632500471U-100",
                                     "H2632500471U_01",
                                     "12632500471U",
                                     "H26325O0471U",
                                     "H2632500471U01-" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (mh_accession_normalise (bad[i]));
  g_assert_null (mh_accession_normalise (NULL));
  g_autofree char *no_day
      = g_strdup_printf ("H2636700471%c", mh_mod37_36_character ("H2636700471"));
  g_assert_null (mh_accession_normalise (no_day));
}

#define PAPER_ID "01900000-0000-7000-8000-0000000000AB"
#define PAPER_OF "01900000-0000-7000-8000-0000000000ab"
#define BRIEF "019000000000700080000000000000ab"
#define HALF_HASH "0123456789abcdef0123456789ABCDEF"
#define WHOLE_HASH HALF_HASH HALF_HASH

static void
test_scan (void)
{
  static const struct
  {
    const char *text;
    MhScanKind kind;
    const char *code;
  } rows[] = { { "P:MH-0001-2345-9", MH_SCAN_MRN, "MH-0001-2345-9" },
               { "p:mh000123459", MH_SCAN_MRN, "MH-0001-2345-9" },
               { "MH000123459", MH_SCAN_MRN, "MH-0001-2345-9" },
               { "MH000123458", MH_SCAN_BAD_CHECK, NULL },
               { "S:H2632500471U", MH_SCAN_ACCESSION, "H2632500471U" },
               { "h2632500471u-01", MH_SCAN_ACCESSION, "H2632500471U-01" },
               { "S:H2632500471V", MH_SCAN_BAD_CHECK, NULL },
               { "H2632500471V", MH_SCAN_BAD_CHECK, NULL },
               { "S:MH000123459", MH_SCAN_NONE, NULL },
               { "P:H2632500471U", MH_SCAN_NONE, NULL },
               { "B:fridge-2", MH_SCAN_BOX, "FRIDGE-2" },
               { "u: amb 1 ", MH_SCAN_UNIT, "AMB 1" },
               { "B:", MH_SCAN_NONE, NULL },
               { "U: ", MH_SCAN_NONE, NULL },
               { "X:12", MH_SCAN_NONE, NULL },
               { "MH-000123", MH_SCAN_ORDER, "MH-000123" },
               { " mh-000123 ", MH_SCAN_ORDER, "MH-000123" },
               { "CITYLABS-000123", MH_SCAN_ORDER, "CITYLABS-000123" },
               { "CITY-2-12345678", MH_SCAN_ORDER, "CITY-2-12345678" },
               { "MH-00123", MH_SCAN_NONE, NULL },
               { "MH-123456789", MH_SCAN_BAD_CHECK, NULL },
               { "MH000123", MH_SCAN_NONE, NULL },
               { "MH-000123A", MH_SCAN_NONE, NULL },
               { "2026-110230", MH_SCAN_NONE, NULL },
               { "-000123", MH_SCAN_NONE, NULL },
               { "ABCDEFGHIJKLM-000123", MH_SCAN_NONE, NULL },
               { "MHREPORT:1:" PAPER_ID ":2:" WHOLE_HASH, MH_SCAN_REPORT, PAPER_OF },
               { "https://h.example/r/" BRIEF "-1-" HALF_HASH, MH_SCAN_REPORT, PAPER_OF },
               { BRIEF "-12-" HALF_HASH, MH_SCAN_REPORT, PAPER_OF },
               { "MHRX:1:" PAPER_ID ":3", MH_SCAN_PRESCRIPTION, PAPER_OF },
               { "HTTPS://H.EXAMPLE/R/" BRIEF "-3", MH_SCAN_PRESCRIPTION, PAPER_OF },
               { BRIEF "-3 ", MH_SCAN_PRESCRIPTION, PAPER_OF },
               { "https://h.example/r/" BRIEF "-0", MH_SCAN_NONE, NULL },
               { "https://h.example/r/" BRIEF "-1-" HALF_HASH "0", MH_SCAN_NONE, NULL },
               { "https://h.example/r/" BRIEF, MH_SCAN_NONE, NULL },
               { "MHREPORT:1:" PAPER_ID ":2:" HALF_HASH, MH_SCAN_NONE, NULL },
               { "MHRX:1:" PAPER_ID ":3:4", MH_SCAN_NONE, NULL },
               { "sharma", MH_SCAN_NONE, NULL },
               { "9876543210", MH_SCAN_NONE, NULL },
               { "", MH_SCAN_NONE, NULL },
               { NULL, MH_SCAN_NONE, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = NULL;
      g_assert_cmpint (mh_scan_classify (rows[i].text, &code), ==, rows[i].kind);
      g_assert_cmpstr (code, ==, rows[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/check-digit/damm-vectors", test_damm_vectors);
  g_test_add_func ("/base/check-digit/mod37-36-vectors", test_mod37_36_vectors);
  g_test_add_func ("/base/check-digit/damm-refused", test_damm_refused);
  g_test_add_func ("/base/check-digit/mod37-36-refused", test_mod37_36_refused);
  g_test_add_func ("/base/check-digit/slips-are-found", test_slips_are_found);
  g_test_add_func ("/base/check-digit/mrn", test_mrn);
  g_test_add_func ("/base/check-digit/accession", test_accession);
  g_test_add_func ("/base/check-digit/scan", test_scan);
  return g_test_run ();
}
