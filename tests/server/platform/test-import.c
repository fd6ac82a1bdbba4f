/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of patients and tests: headings, cells, bad lines, doubles, and all or nothing. */
#include <glib/gstdio.h>

#include "server/ctl/mh-catalogue-load.h"
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-import.h"
#include "server/platform/common/mh-csv.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/access-fixture.h"

static char *
write_list (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int file = g_file_open_tmp ("mahima-list-XXXXXX.csv", &path, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* --- reading --- */

static gboolean
join_row (guint line, const char *const *cells, guint n, gpointer data, GError **error)
{
  g_string_append_printf (data, "%u:", line);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (data, "[%s]", cells[i]);
  g_string_append_c (data, '\n');
  return TRUE;
}

static void
test_csv (void)
{
  static const struct
  {
    const char *text, *read; /* NULL: malformed */
  } rows[] = {
    { "a,b\n1,2\n", "1:[a][b]\n2:[1][2]\n" },
    { "\xef\xbb\xbf"
      "a;b\r\n1;2",
      "1:[a][b]\n2:[1][2]\n" },
    { "a\tb\n\n\n1\t\n", "1:[a][b]\n4:[1][]\n" },
    { "\"a,x\",b\n\"one\ntwo\",\"say \"\"hi\"\"\"\n3,4\n",
      "1:[a,x][b]\n2:[one\ntwo][say \"hi\"]\n4:[3][4]\n" },
    { "a,b\n\"never closed,2\n", NULL },
    { "a,b\n\"x\"y,2\n", NULL },
    { "a,b\n\xff\xfe,2\n", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) read = g_string_new (NULL);
      g_autofree char *path = write_list (rows[i].text);
      gboolean done = mh_csv_read (path, join_row, read, &error);
      g_unlink (path);
      if (rows[i].read != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (read->str, ==, rows[i].read);
          continue;
        }
      g_assert_false (done);
      g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
      g_assert_nonnull (strstr (error->message, "2"));
    }
}

static void
test_headings (void)
{
  static const char *const plain[]
      = { "Surname", "First  NAME", "Gender", "D.O.B.", "Mobile No", "PIN code", "Nonsense" };
  static const char *const fields[]
      = { "family_name", "given_name", "sex", "birth_date", "phone", "pin", NULL };
  static const char *const both[] = { "sex", "gender" };
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      int field = mh_import_match_heading (&mh_patient_type, plain[i], plain, G_N_ELEMENTS (plain));
      g_assert_cmpstr (field >= 0 ? mh_patient_type.fields[field].name : NULL, ==, fields[i]);
    }
  g_assert_cmpint (mh_import_match_heading (&mh_patient_type, "gender", both, 2), ==,
                   MH_PATIENT_GENDER);
}

/* --- patients --- */

#define LIST                                                                                       \
  "Surname,First name,Sex,DOB,Phone\n"                                                             \
  "Verma,Asha,F,29/2/1984,5000012345\n"                                                            \
  "Rao,Kiran,male,1970-12-31,5000012346\n"
#define BAD_LIST                                                                                   \
  LIST "Bad,Date,F,31/2/1990,5000012399\n"                                                         \
       "Noone,,Z,1990-01-01,\n"                                                                    \
       "Verma,Asha,F,1984-02-29,+91 5000012345\n"                                                  \
       "Too,Many,F,1990-01-01,5000012398,extra\n"

static MhImportReport *
import (House *house, const char *text, gboolean dry, gboolean skip)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_list (text);
  MhImportReport *report = NULL;
  const MhImportPlan plan = {
    .type = &mh_patient_type, .path = path, .dry_run = dry, .skip_bad = skip, .hospital_id = HOUSE_A
  };
  gboolean done = mh_import_run (house->store, &plan, &report, &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_true (done);
  return report;
}

static gboolean
remarked (const MhImportReport *report, guint line, const char *field)
{
  for (guint i = 0; i < report->remarks->len; i++)
    {
      const MhImportRemark *remark = report->remarks->pdata[i];
      if (remark->line == line && remark->grade == MH_IMPORT_BAD
          && g_strcmp0 (remark->field, field) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_patients (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhImportReport) dry = import (house, LIST, TRUE, FALSE);
  g_assert_cmpuint (dry->taken, ==, 2);
  g_assert_cmpuint (house_count (house, &mh_patient_type, NULL, NULL), ==, 0);
  g_autoptr (MhImportReport) real = import (house, LIST, FALSE, FALSE);
  g_assert_cmpuint (real->bad, ==, 0);
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) asha
      = mh_store_find (db, &mh_patient_type, "phone_digits", "5000012345", NULL);
  mh_store_give_reader (house->store, db);
  g_assert_nonnull (asha);
  g_assert_cmpstr (mh_record_text (asha, MH_PATIENT_BIRTH_DATE), ==, "1984-02-29");
  g_assert_cmpstr (mh_record_text (asha, MH_PATIENT_SEX), ==, MH_SEX_FEMALE);
  g_assert_cmpstr (mh_record_text (asha, MH_PATIENT_MRN), ==, "AA-0000-0001-3");
  /* the same list again: everybody is there already */
  g_autoptr (MhImportReport) again = import (house, LIST, FALSE, TRUE);
  g_assert_cmpuint (again->taken, ==, 0);
  g_assert_cmpuint (again->duplicates, ==, 2);
  g_assert_cmpuint (house_count (house, &mh_patient_type, NULL, NULL), ==, 2);
}

static void
test_bad_lines (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  for (int dry = 0; dry < 2; dry++)
    {
      g_autoptr (MhImportReport) report = import (house, BAD_LIST, dry, FALSE);
      g_assert_cmpuint (report->rows, ==, 6);
      g_assert_cmpuint (report->taken, ==, 2);
      g_assert_cmpuint (report->bad, ==, 4);
      g_assert_true (remarked (report, 4, "birth_date"));
      g_assert_true (remarked (report, 5, "sex"));
      g_assert_true (remarked (report, 6, NULL));
      g_assert_true (remarked (report, 7, NULL));
      g_assert_cmpuint (house_count (house, &mh_patient_type, NULL, NULL), ==, 0);
    }
  g_autoptr (MhImportReport) skipped = import (house, BAD_LIST, FALSE, TRUE);
  g_assert_cmpuint (skipped->taken, ==, 2);
  g_assert_cmpuint (house_count (house, &mh_patient_type, NULL, NULL), ==, 2);
}

static void
test_mapping (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *list = write_list ("Nachname;Vorname;G;Geb\nRao;Kiran;m;31.12.1970\n");
  g_autofree char *map
      = write_list ("[columns]\nNachname=family_name\nVorname=given_name\nG=sex\nGeb=birth_date\n");
  g_autofree char *wrong = write_list ("[columns]\nNachname=mrn\n");
  g_autoptr (MhImportReport) report = NULL;
  MhImportReport *none = NULL;
  MhImportPlan plan
      = { .type = &mh_patient_type, .path = list, .map_path = map, .hospital_id = HOUSE_A };
  mh_assert_ok (mh_import_run (house->store, &plan, &report, &error), error);
  g_assert_cmpuint (report->taken, ==, 1);
  plan.map_path = wrong;
  g_assert_false (mh_import_run (house->store, &plan, &none, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_unlink (list);
  g_unlink (map);
  g_unlink (wrong);
}

/* --- tests --- */

static gboolean
tx_catalogue (MhTx *tx, gpointer data, GError **error)
{
  return mh_catalogue_store (tx, data, error);
}

static void
test_tests (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) file = mh_data_file_read_json ("lab-catalogue.json", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) records = mh_catalogue_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, >, 1200);
  mh_assert_ok (house_write (house, tx_catalogue, records, &error), error);
  g_assert_cmpuint (house_count (house, &mh_test_type, NULL, NULL), ==, 177);
  g_assert_cmpuint (house_count (house, &mh_panel_type, NULL, NULL), ==, 25);
  g_assert_cmpuint (house_count (house, &mh_analyte_type, NULL, NULL), ==, 300);
  g_assert_cmpuint (house_count (house, &mh_reference_range_type, NULL, NULL), ==, 340 + 67 + 59);
  g_autofree char *list = write_list ("Test code,Name,Bench,Tube,Specimen,Rate,Analytes\n"
                                      "CBC,Again,H,EDTA,whole blood,10,HGB\n"
                                      "NEWA,Fine,H,EDTA,whole blood,\"1,210.50\",HGB;WBC\n"
                                      "NEWB,No tube,H,NOPE,whole blood,10,HGB\n"
                                      "NEWC,No analyte,H,EDTA,whole blood,10,ZZZ\n");
  g_autoptr (MhImportReport) report = NULL;
  const MhImportPlan plan = { .type = &mh_test_type, .path = list, .skip_bad = TRUE };
  mh_assert_ok (mh_import_run (house->store, &plan, &report, &error), error);
  g_unlink (list);
  g_assert_cmpuint (report->taken, ==, 1);
  g_assert_true (remarked (report, 2, "code"));
  g_assert_true (remarked (report, 4, "container"));
  g_assert_true (remarked (report, 5, "analytes"));
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) fine = mh_store_find (db, &mh_test_type, "code", "NEWA", NULL);
  mh_store_give_reader (house->store, db);
  g_assert_cmpint (mh_record_int (fine, MH_TEST_PRICE), ==, 121050);
}

/* --- prices --- */

static MhImportReport *
import_prices (House *house, const char *text, const char *list, gboolean dry, GError **error)
{
  g_autofree char *path = write_list (text);
  MhImportReport *report = NULL;
  const MhImportPlan plan
      = { .type = &mh_price_entry_type, .path = path, .dry_run = dry, .price_list = list };
  mh_import_run (house->store, &plan, &report, error);
  g_unlink (path);
  return report;
}

static gboolean
put_list (MhTx *tx, gpointer data, GError **error)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json;
  } rows[]
      = { { &mh_test_type, "{\"code\":\"CBC\",\"name\":\"Blood count\",\"price\":35000}" },
          { &mh_panel_type, "{\"code\":\"LIPID\",\"name\":\"Lipids\",\"price\":60000}" },
          { &mh_price_list_type,
            "{\"code\":\"CORP\",\"name\":\"Companies\",\"currency\":\"INR\",\"active\":true}" } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (rows[i].type, rows[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
listed (House *house, const char *code)
{
  MhDb *db = house_reader (house);
  g_autoptr (MhRecord) entry = mh_store_find (db, &mh_price_entry_type, "code", code, NULL);
  mh_store_give_reader (house->store, db);
  return entry != NULL ? mh_record_int (entry, MH_PRICE_ENTRY_PRICE) : -1;
}

static void
test_prices (const MhTestDb *test)
{
  static const MhWho who = { .user_name = "test" };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nowhere = NULL;
  mh_assert_ok (mh_store_write (house->store, &who, put_list, NULL, &error), error);
  g_autoptr (MhImportReport) dry
      = import_prices (house, "Code,Price\nCBC,300\n", "CORP", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dry->taken, ==, 1);
  g_assert_cmpint (listed (house, "CBC"), ==, -1);
  g_autoptr (MhImportReport) first
      = import_prices (house, "Code,Price\nCBC,300\nLIPID,512.50\n", "CORP", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->bad, ==, 0);
  g_assert_cmpint (listed (house, "CBC"), ==, 30000);
  g_assert_cmpint (listed (house, "LIPID"), ==, 51250);
  g_autoptr (MhImportReport) second
      = import_prices (house, "Price;Code\n280;CBC\n", "CORP", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->taken, ==, 1);
  g_assert_cmpint (listed (house, "CBC"), ==, 28000);
  g_assert_cmpint (listed (house, "LIPID"), ==, 51250);
  g_autoptr (MhImportReport) bad
      = import_prices (house, "Code,Price\nCBC,1\nCBC,2\nNOPE,3\n", "CORP", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bad->bad, ==, 2);
  g_assert_true (remarked (bad, 3, "code") && remarked (bad, 4, "code"));
  g_assert_cmpint (listed (house, "CBC"), ==, 28000);
  g_assert_null (import_prices (house, "Code,Price\nCBC,1\n", "NONE", FALSE, &nowhere));
  g_assert_error (nowhere, MH_ERROR, MH_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/import/csv", test_csv);
  g_test_add_func ("/import/headings", test_headings);
  mh_test_add_both ("/import/patients", test_patients);
  mh_test_add_both ("/import/bad-lines", test_bad_lines);
  mh_test_add_both ("/import/mapping", test_mapping);
  mh_test_add_both ("/import/tests", test_tests);
  mh_test_add_both ("/import/prices", test_prices);
  return mh_test_run ();
}
