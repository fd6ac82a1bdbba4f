/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is taken and handed out, a medicine as a line, what the figures say of a patient. */
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/rules/clinic/mh-drug-line.h"

#include "shared/base/mh-json.h"
#include "shared/record/mh-record-check.h"
#include "shared/rules/clinic/mh-drug-amount.h"
#include "shared/rules/clinic/mh-drug-check.h"
#include "shared/rules/clinic/mh-drug-file.h"

#include <string.h>

/* --- amounts --- */

static void
test_amounts (void)
{
  static const struct
  {
    const char *dose, *strength, *often;
    gboolean as_needed;
    MhAmountKind kind;
    double once, a_day; /* once below 0: unreadable; a_day below 0: not known */
  } rows[] = {
    { "1 tablet", "500 mg", "BD", FALSE, MH_AMOUNT_MG, 500, 1000 },
    { "½ tablet", "500 mg", "1-0-1", FALSE, MH_AMOUNT_MG, 250, 500 },
    { "1 tablet", "500 mg", "2-0-1", FALSE, MH_AMOUNT_MG, 1000, 1500 },
    { "1 tablet", "500 mg", "½-0-½", FALSE, MH_AMOUNT_MG, 250, 500 },
    { "500 mg", "500 mg", "TDS", FALSE, MH_AMOUNT_PIECES, 1, 3 },
    { "5 mL", "250 mg/5 mL", "TDS", FALSE, MH_AMOUNT_MG, 250, 750 },
    { "2.5 ml", "250 mg/5 mL", "TDS", FALSE, MH_AMOUNT_MG, 125, 375 },
    { "10 units", "100 IU/mL", "BD", FALSE, MH_AMOUNT_ML, 0.1, 0.2 },
    { "2 puffs", "100 mcg/dose", "QID", FALSE, MH_AMOUNT_MG, 0.2, 0.8 },
    { "1 g", "1 g", "every 8 hours", FALSE, MH_AMOUNT_MG, 1000, 3000 },
    { "1 tablet", "70 mg", "weekly", FALSE, MH_AMOUNT_MG, 70, 10 },
    { "1 tablet", "500 mg", NULL, TRUE, MH_AMOUNT_MG, 500, -1 },
    { "1 tablet", NULL, "BD", FALSE, MH_AMOUNT_PIECES, 1, 2 },
    { "10 lakh units", NULL, "OD", FALSE, MH_AMOUNT_UNITS, 1e6, 1e6 },
    { "a little", "500 mg", "BD", FALSE, MH_AMOUNT_MG, -1, 0 },
    { "1 tablet", "500 mg", "now and then", FALSE, MH_AMOUNT_MG, -1, 0 },
    { "0 mg", "500 mg", "BD", FALSE, MH_AMOUNT_MG, -1, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhIntake intake;
      gboolean read = mh_intake_read (rows[i].dose, rows[i].strength, rows[i].often,
                                      rows[i].as_needed, &intake);
      g_test_message ("row %u: %s of %s %s", i, rows[i].dose, rows[i].strength, rows[i].often);
      g_assert_cmpint (read, ==, rows[i].once >= 0);
      if (!read)
        continue;
      g_assert_true (intake.known[rows[i].kind]);
      g_assert_cmpfloat_with_epsilon (intake.once[rows[i].kind], rows[i].once, 1e-9);
      g_assert_cmpint (intake.day_known, ==, rows[i].a_day >= 0);
      if (intake.day_known)
        g_assert_cmpfloat_with_epsilon (intake.day[rows[i].kind], rows[i].a_day, 1e-9);
    }
}

/* What is handed out, both sides of each rounding. */
static void
test_quantities (void)
{
  static const struct
  {
    const char *dose, *strength, *often;
    gint64 days, wanted;
  } rows[] = {
    { "1 tablet", "500 mg", "BD", 5, 10 },   { "2 tablets", "500 mg", "BD", 5, 20 },
    { "½ tablet", "500 mg", "OD", 5, 3 },    { "½ tablet", "500 mg", "OD", 4, 2 },
    { "500 mg", "500 mg", "TDS", 3, 9 },     { "1 g", "500 mg", "TDS", 3, 18 },
    { "1 tablet", NULL, "1-0-1", 7, 14 },    { "1 tablet", "70 mg", "weekly", 7, 1 },
    { "1 tablet", "70 mg", "weekly", 8, 2 }, { "1 tablet", "70 mg", "weekly", 28, 4 },
    { "1 capsule", "20 mg", "OD", 30, 30 },  { "5 mL", "250 mg/5 mL", "TDS", 5, 0 },
    { "1 tablet", "500 mg", "BD", 0, 0 },    { "1 tablet", "500 mg", NULL, 5, 0 },
    { "a little", "500 mg", "BD", 5, 0 },    { NULL, "500 mg", "BD", 5, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u: %s %s", i, rows[i].dose, rows[i].often);
      g_assert_cmpint (
          mh_intake_quantity (rows[i].dose, rows[i].strength, rows[i].often, rows[i].days), ==,
          rows[i].wanted);
    }
}

static JsonObject *
read_json (const char *name)
{
  GError *error = NULL;
  g_autofree char *path
      = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "..", "data", "reference", name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Every medicine of the formulary as a line that its record takes; "on the skin" is said of none
 * that goes through it. */
static void
test_lines (void)
{
  GError *error = NULL;
  guint seen = 0;
  g_autoptr (JsonObject) formulary = read_json ("formulary.json");
  g_autoptr (JsonObject) interactions = read_json ("interactions.json");
  g_autoptr (GPtrArray) records = mh_drug_file_read (formulary, interactions, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      MhRecord *medicine = records->pdata[i];
      if (mh_record_type (medicine) != &mh_medicine_type)
        continue;
      g_autoptr (MhRecord) line = mh_drug_line_of (medicine);
      g_autoptr (MhIssues) issues = mh_issues_new ();
      const char *code = mh_record_text (medicine, MH_MEDICINE_CODE);
      const char *form = mh_record_text (line, MH_PRESCRIPTION_LINE_FORM);
      g_test_message ("%s", code);
      mh_record_check (line, MH_CHECK_CREATE, issues);
      g_assert_cmpuint (mh_issues_count (issues), ==, 0);
      g_assert_cmpstr (mh_record_text (line, MH_PRESCRIPTION_LINE_MEDICINE), ==, code);
      g_assert_nonnull (form);
      if (g_strcmp0 (mh_record_text (medicine, MH_MEDICINE_ROUTE), "transdermal") == 0)
        g_assert_false (mh_record_has (line, MH_PRESCRIPTION_LINE_ROUTE));
      if (strstr (mh_record_text (medicine, MH_MEDICINE_FORM), "tablet") != NULL)
        g_assert_cmpstr (mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE), ==, "1 tablet");
      seen++;
    }
  g_assert_cmpuint (seen, ==, 427);
}

static MhRecord *
figure (const char *code, const char *value, const char *unit)
{
  MhRecord *figure = mh_record_new (&mh_drug_figure_type);
  mh_record_set_text (figure, MH_DRUG_FIGURE_CODE, code);
  mh_record_set_text (figure, MH_DRUG_FIGURE_VALUE, value);
  mh_record_set_text (figure, MH_DRUG_FIGURE_UNIT, unit);
  mh_record_set_text (figure, MH_DRUG_FIGURE_ON, "2026-11-20");
  return figure;
}

/* A figure in another unit, or without a value, is not known rather than guessed. */
static void
test_figures (void)
{
  MhDrugPatient patient = { 0 };
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (figures, figure ("WEIGHT", "61.5", "kg"));
  g_ptr_array_add (figures, figure ("HEIGHT", NULL, "cm"));
  g_ptr_array_add (figures, figure ("CREA", "88", "µmol/L"));
  mh_drug_patient_take_figures (&patient, figures);
  g_assert_cmpfloat (patient.kg, ==, 61.5);
  g_assert_cmpint (patient.kg_on.day, ==, 20);
  g_assert_cmpfloat (patient.cm, ==, 0);
  g_assert_cmpfloat (patient.creatinine, ==, 0);
  g_ptr_array_set_size (figures, 0);
  g_ptr_array_add (figures, figure ("CREA", "1.2", "mg/dL"));
  mh_drug_patient_take_figures (&patient, figures);
  g_assert_cmpfloat (patient.creatinine, ==, 1.2);
  g_assert_cmpfloat (patient.kg, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drug-lines/amounts", test_amounts);
  g_test_add_func ("/drug-lines/quantities", test_quantities);
  g_test_add_func ("/drug-lines/lines", test_lines);
  g_test_add_func ("/drug-lines/figures", test_figures);
  return g_test_run ();
}
