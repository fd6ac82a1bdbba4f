/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped table of ICD-10 and how it is searched, and the schedule of vaccines, by tables. */
#include <gio/gio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/mh-records.h"
#include "shared/rules/clinic/mh-icd10.h"
#include "shared/rules/clinic/mh-vaccine-rules.h"

static char *
read_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "icd10.csv.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) packed = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (GConverter) gunzip
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (packed, gunzip);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

static MhIcd10 *
shipped (void)
{
  GError *error = NULL;
  MhIcd10 *icd = mh_icd10_new (read_shipped (), &error);
  g_assert_no_error (error);
  return icd;
}

/* Lines of a table in tests/data, without comments; each cut at tabs. */
static GPtrArray *
read_table (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != 0 && lines[i][0] != '#')
      g_ptr_array_add (rows, g_strsplit (lines[i], "\t", -1));
  g_assert_cmpuint (rows->len, >, 0);
  return rows;
}

static void
test_table (void)
{
  g_autoptr (MhIcd10) icd = shipped ();
  g_assert_cmpuint (mh_icd10_n_rows (icd), ==, 97296);
  MhIcd10Row row, same;
  g_assert_true (mh_icd10_find (icd, "e119", &row));
  g_assert_cmpstr (row.code, ==, "E11.9");
  g_assert_true (row.billable);
  g_assert_true (mh_icd10_find (icd, "E11.9", &same));
  g_assert_true (same.code == row.code);
  g_assert_true (mh_icd10_find (icd, "E11", &row));
  g_assert_false (row.billable);
  g_assert_false (mh_icd10_find (icd, "E11.99999", &row));
  g_assert_false (mh_icd10_find (icd, "", &row));
  g_assert_true (mh_icd10_find (icd, "A00.0", &row));
  g_assert_cmpstr (row.title, ==, "Cholera due to Vibrio cholerae 01, biovar cholerae");
}

static void
test_search (void)
{
  g_autoptr (MhIcd10) icd = shipped ();
  g_autoptr (GPtrArray) rows = read_table ("icd-queries.tsv");
  guint wrong = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      char **query = g_ptr_array_index (rows, i);
      guint first = (guint)atoi (query[2]);
      g_autoptr (GArray) found = mh_icd10_search (icd, query[0], first);
      gboolean hit = FALSE;
      for (guint k = 0; k < found->len; k++)
        hit = hit || g_str_equal (g_array_index (found, MhIcd10Row, k).code, query[1]);
      if (!hit)
        for (guint k = 0; k < found->len; k++)
          g_test_message ("  %s %s", g_array_index (found, MhIcd10Row, k).code,
                          g_array_index (found, MhIcd10Row, k).title);
      if (!hit)
        g_test_message ("“%s” does not find %s", query[0], query[1]);
      wrong += hit ? 0 : 1;
    }
  g_assert_cmpuint (wrong, ==, 0);
  g_autoptr (GArray) none = mh_icd10_search (icd, "cholera fracture femur", 10);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GArray) empty = mh_icd10_search (icd, " ", 10);
  g_assert_cmpuint (empty->len, ==, 0);
  g_autoptr (GArray) many = mh_icd10_search (icd, "a", 7);
  g_assert_cmpuint (many->len, ==, 7);
}

static void
test_bad_file (void)
{
  static const char *const bad[]
      = { "code,billable,title\nA00,2,Cholera\n", "code,billable,title\nA00,1\n",
          "code,billable,title\n,1,Cholera\n", "code,billable,title\nA00,1,\n" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_icd10_new (g_strdup (bad[i]), &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
  g_autoptr (MhIcd10) icd
      = mh_icd10_new (g_strdup ("code,billable,title\r\nX1,1,\"A \"\"b\"\", c\"\r\n"), NULL);
  MhIcd10Row row;
  g_assert_true (mh_icd10_find (icd, "x1", &row));
  g_assert_cmpstr (row.title, ==, "A \"b\", c");
}

static const char few[] = "code,billable,title\n"
                          "B1,0,Fever\n"
                          "B1.2,1,\"Fever, fever of unknown origin\"\n"
                          "A9,1,Oedema\n"
                          "b1.3,1,Hay fever\n"
                          "A9,1,Edema once more\n";

static void
assert_codes (const MhIcd10 *icd, const char *q, guint limit, const char *wanted)
{
  g_autoptr (GArray) found = mh_icd10_search (icd, q, limit);
  g_autoptr (GString) codes = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "",
                            g_array_index (found, MhIcd10Row, i).code);
  g_assert_cmpstr (codes->str, ==, wanted);
}

static void
test_order (void)
{
  g_autoptr (MhIcd10) icd = mh_icd10_new (g_strdup (few), NULL);
  MhIcd10Row row;
  g_assert_cmpuint (mh_icd10_n_rows (icd), ==, 5);
  assert_codes (icd, "b1", 9, "B1 B1.2 b1.3");
  assert_codes (icd, "B1", 2, "B1 B1.2");
  assert_codes (icd, "B1.3", 9, "b1.3");
  assert_codes (icd, "fever", 9, "B1 b1.3 B1.2");
  assert_codes (icd, "unk fev", 9, "B1.2");
  assert_codes (icd, "edema", 9, "A9 A9");
  assert_codes (icd, "z", 9, "");
  g_assert_true (mh_icd10_find (icd, "a9", &row)); /* of two the last */
  g_assert_cmpstr (row.title, ==, "Edema once more");
  g_autoptr (MhIcd10) none = mh_icd10_new (g_strdup ("code,billable,title\n"), NULL);
  g_assert_cmpuint (mh_icd10_n_rows (none), ==, 0);
  g_assert_false (mh_icd10_find (none, "A9", &row));
  assert_codes (none, "fever", 9, "");
}

/* Cut short or changed in its head, a packed table is refused, not read. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) packed = mh_icd10_pack (g_strdup (few), NULL);
  gsize length = 0;
  const char *data = g_bytes_get_data (packed, &length);
  g_autoptr (MhIcd10) whole = mh_icd10_open (packed, NULL);
  assert_codes (whole, "fever", 9, "B1 b1.3 B1.2");
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bad = g_bytes_new (data, i);
      g_assert_null (mh_icd10_open (bad, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *copy = g_memdup2 (data, length);
      g_autoptr (GError) error = NULL;
      copy[i] ^= 1;
      g_autoptr (GBytes) bad = g_bytes_new (copy, length);
      g_assert_null (mh_icd10_open (bad, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
}

/* --- vaccines --- */

static GPtrArray *
doses_of (const char *text)
{
  GPtrArray *doses = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 3);
      if (g_strv_length (parts) != 3)
        continue;
      MhRecord *dose = mh_record_new (&mh_immunisation_type);
      mh_record_set_text (dose, MH_IMMUNISATION_STATUS, MH_IMMUNISATION_COMPLETED);
      mh_record_set_text (dose, MH_IMMUNISATION_VACCINE, parts[0]);
      if (!g_str_equal (parts[1], "-"))
        mh_record_set_int (dose, MH_IMMUNISATION_DOSE_NUMBER, atoi (parts[1]));
      mh_record_set_text (dose, MH_IMMUNISATION_GIVEN_ON, parts[2]);
      g_ptr_array_add (doses, dose);
    }
  return doses;
}

static const char *
state_of (GPtrArray *due, const char *wanted)
{
  for (guint i = 0; i < due->len; i++)
    {
      MhRecord *line = g_ptr_array_index (due, i);
      g_autofree char *name
          = g_strdup_printf ("%s:%d", mh_record_text (line, MH_VACCINE_DUE_VACCINE),
                             (int)mh_record_int (line, MH_VACCINE_DUE_DOSE_NUMBER));
      if (g_str_equal (name, wanted))
        return mh_record_text (line, MH_VACCINE_DUE_STATE);
    }
  return "none";
}

static void
test_vaccines (void)
{
  g_autoptr (GPtrArray) rows = read_table ("vaccine-due.tsv");
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      MhDate birth, today;
      g_assert_true (mh_date_parse (row[0], &birth) && mh_date_parse (row[1], &today));
      g_autoptr (GPtrArray) doses = doses_of (row[2]);
      g_autoptr (GPtrArray) due = mh_vaccine_due (birth, today, doses);
      if (!g_str_equal (state_of (due, row[3]), row[4]))
        g_test_message ("line %u: %s of a child born %s on %s", i + 1, row[3], row[0], row[1]);
      g_assert_cmpstr (state_of (due, row[3]), ==, row[4]);
    }
}

/* What was refused or wrongly entered is not given. */
static void
test_only_given_counts (void)
{
  MhDate birth = { 2026, 1, 1 }, today = { 2026, 1, 10 };
  g_autoptr (GPtrArray) doses = doses_of ("bcg:0:2026-01-02");
  MhRecord *dose = g_ptr_array_index (doses, 0);
  g_autoptr (GPtrArray) given = mh_vaccine_due (birth, today, doses);
  g_assert_cmpstr (state_of (given, "bcg:0"), ==, MH_DOSE_GIVEN);
  mh_record_set_text (dose, MH_IMMUNISATION_STATUS, MH_IMMUNISATION_NOT_DONE);
  g_autoptr (GPtrArray) refused = mh_vaccine_due (birth, today, doses);
  g_assert_cmpstr (state_of (refused, "bcg:0"), ==, MH_DOSE_DUE);
  mh_record_set_text (dose, MH_IMMUNISATION_STATUS, MH_ENTERED_IN_ERROR);
  g_autoptr (GPtrArray) wrong = mh_vaccine_due (birth, today, doses);
  g_assert_cmpstr (state_of (wrong, "bcg:0"), ==, MH_DOSE_DUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/icd10/table", test_table);
  g_test_add_func ("/icd10/search", test_search);
  g_test_add_func ("/icd10/bad-file", test_bad_file);
  g_test_add_func ("/icd10/order", test_order);
  g_test_add_func ("/icd10/damaged", test_damaged);
  g_test_add_func ("/vaccines/schedule", test_vaccines);
  g_test_add_func ("/vaccines/only-given-counts", test_only_given_counts);
  return g_test_run ();
}
