/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allergies as people write them, against the shipped formulary: other names, spellings, brands,
 * everyday words; what nobody knows is told. */
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/clinic/mh-drug-check.h"
#include "shared/rules/clinic/mh-drug-file.h"
#include "shared/rules/clinic/mh-drug-meaning.h"
#include "shared/rules/clinic/mh-drug-names.h"
#include "shared/rules/clinic/mh-drug-words.h"

#include <string.h>

static JsonObject *
read_json (const char *name)
{
  GError *error = NULL;
  g_autofree char *path
      = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "..", "data", "reference", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static MhDrugBook *
book (void)
{
  static MhDrugBook *made;
  static const MhRecordType *const types[] = { &mh_medicine_type, &mh_drug_ingredient_type,
                                               &mh_drug_interaction_type, &mh_allergy_cross_type };
  GError *error = NULL;
  GPtrArray *of[4];
  if (made != NULL)
    return made;
  mh_records_register ();
  GPtrArray *records
      = mh_drug_file_read (read_json ("formulary.json"), read_json ("interactions.json"), &error);
  g_assert_no_error (error);
  for (guint k = 0; k < 4; k++)
    {
      of[k] = g_ptr_array_new ();
      for (guint i = 0; i < records->len; i++)
        if (mh_record_type (records->pdata[i]) == types[k])
          g_ptr_array_add (of[k], records->pdata[i]);
    }
  made = mh_drug_book_new (of[0], of[1], of[2], of[3]);
  return made;
}

static GPtrArray *
check (const char *substance, const char *class, const char *given)
{
  MhDate today;
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) allergy = mh_record_new (&mh_allergy_type);
  g_autoptr (MhRecord) line = mh_record_new (&mh_prescription_line_type);
  g_autoptr (GPtrArray) allergies = g_ptr_array_new ();
  g_autoptr (GPtrArray) draft = g_ptr_array_new ();
  g_assert_true (mh_date_parse ("2026-11-21", &today));
  mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_KNOWN);
  mh_record_set_text (allergy, MH_ALLERGY_SUBSTANCE, substance);
  mh_record_set_text (allergy, MH_ALLERGY_CLASS_CODE, class);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_NAME, given);
  mh_drug_complete_line (book (), line);
  g_ptr_array_add (allergies, allergy);
  g_ptr_array_add (draft, line);
  MhDrugPatient of = { .patient = patient, .allergies = allergies, .today = today };
  return mh_drug_check (book (), &of, draft, NULL);
}

/* The gravest alert about allergies; NULL: nothing is said of them. */
static MhRecord *
about_allergy (GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    if (g_str_has_prefix (mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_CODE), "allerg"))
      return alerts->pdata[i];
  return NULL;
}

#define SAME MH_DRUG_ALERT_ALLERGY
#define CLASS MH_DRUG_ALERT_ALLERGY_CLASS
#define CROSS MH_DRUG_ALERT_ALLERGY_CROSS
#define UNCHECKED MH_DRUG_ALERT_ALLERGY_UNCHECKED

static void
test_names (void)
{
  static const struct
  {
    const char *substance, *given, *code; /* NULL: rightly silent */
  } rows[] = {
    /* other names and spellings of one substance */
    { "amoxycillin", "amoxicillin", SAME },
    { "Amoxycilline", "amoxicillin", SAME },
    { "AMOXYCILLIN 500 mg capsules", "amoxicillin", SAME },
    { "amoxycillin", "paracetamol", NULL },
    { "cephalexin", "cefalexin", SAME },
    { "cephalexin", "ceftriaxone", CLASS },
    { "lignocaine", "lidocaine", SAME },
    { "Xylocaine", "bupivacaine", CLASS },
    { "frusemide", "furosemide", SAME },
    { "acetaminophen", "paracetamol", SAME },
    { "adrenalin", "adrenaline", SAME },
    { "epinephrine", "adrenaline", SAME },
    { "rifampin", "rifampicin", SAME },
    { "gentamycin", "gentamicin", SAME },
    { "sulphasalazine", "sulfasalazine", SAME },
    { "chlorpheniramine", "chlorphenamine", SAME },
    { "5-ASA", "mesalazine", SAME },
    { "ASA", "aspirin", SAME },
    { "penicillin G", "benzylpenicillin", SAME },
    /* brands, also of several substances */
    { "Augmentin", "amoxicillin", SAME },
    { "Augmentin 625 Duo", "clavulanic acid", SAME },
    { "augmentin", "azithromycin", NULL },
    { "co-amoxiclav", "amoxicillin", SAME },
    { "Co amoxiclav", "ampicillin", CLASS },
    { "Bactrim DS", "sulfamethoxazole", SAME },
    { "co-trimoxazole", "trimethoprim", SAME },
    { "Septran", "furosemide", CROSS },
    { "Brufen", "diclofenac", CLASS },
    { "Combiflam", "paracetamol", SAME },
    { "Disprin", "ibuprofen", CLASS },
    { "Crocin", "paracetamol", SAME },
    { "Taxim", "cefotaxime", SAME },
    { "Taxim-O", "cefixime", SAME },
    { "Betadine", "povidone-iodine", SAME },
    /* groups in everyday words */
    { "sulpha drugs", "sulfamethoxazole", CLASS },
    { "Sulfa", "sulfamethoxazole", CLASS },
    { "sulphur drugs", "silver sulfadiazine", CLASS },
    { "sulpha drugs", "paracetamol", NULL },
    { "pencillin", "amoxicillin", CLASS },
    { "Penicillin injection", "piperacillin", CLASS },
    { "allergic to penicillin", "amoxicillin", CLASS },
    { "pain killers", "diclofenac", CLASS },
    { "NSAID", "naproxen", CLASS },
    { "quinolones", "ofloxacin", CLASS },
    { "local anaesthesia", "lidocaine", CLASS },
    { "ARBs", "telmisartan", CLASS },
    { "eggs", "propofol", CLASS },
    /* what the formulary does not hold, but whose relatives it does */
    { "cefaclor", "cefalexin", CLASS },
    { "cefaclor", "paracetamol", NULL },
    { "nimesulide", "diclofenac", CLASS },
    { "sulphadiazine", "sulfamethoxazole", CLASS },
    { "gatifloxacin", "levofloxacin", CLASS },
    { "flucloxacillin", "amoxicillin", CLASS },
    /* several at once, and in a sentence */
    { "penicillin and sulpha drugs", "sulfamethoxazole", CLASS },
    { "Penicillin / Brufen", "ibuprofen", SAME },
    { "Paracetamol (Crocin)", "paracetamol", SAME },
    { "penicillin (rash)", "amoxicillin", CLASS },
    /* no medicine: silent */
    { "Peanuts", "amoxicillin", NULL },
    { "house dust", "amoxicillin", NULL },
    { "dust and pollen", "amoxicillin", NULL },
    { "latex", "amoxicillin", NULL },
    { "bee stings", "amoxicillin", NULL },
    /* nobody knows it: told */
    { "amoxcilin", "amoxicillin", UNCHECKED },
    { "Zyxolin", "amoxicillin", UNCHECKED },
    { "some injection", "amoxicillin", UNCHECKED },
    { "tablet", "amoxicillin", UNCHECKED },
    { "NKDA", "amoxicillin", UNCHECKED },
    { "peanuts and Zyxolin", "amoxicillin", UNCHECKED },
    /* a name in a sentence counts, and the rest is told */
    { "reacted to Monocef at another hospital", "ceftriaxone", SAME },
    { "reacted to Monocef at another hospital", "paracetamol", UNCHECKED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) alerts = check (rows[i].substance, NULL, rows[i].given);
      MhRecord *alert = about_allergy (alerts);
      g_test_message ("allergic to %s, given %s: %s", rows[i].substance, rows[i].given,
                      alert != NULL ? mh_record_text (alert, MH_DRUG_ALERT_TEXT) : "nothing");
      g_assert_cmpstr (alert != NULL ? mh_record_text (alert, MH_DRUG_ALERT_CODE) : NULL, ==,
                       rows[i].code);
    }
}

/* A class beside a substance that nobody knows makes up for it; an unknown class is told. */
static void
test_classes (void)
{
  static const struct
  {
    const char *substance, *class, *given, *code;
  } rows[] = {
    { "Zyxolin", "cephalosporins", "cefalexin", CLASS },
    { "Zyxolin", "cephalosporins", "paracetamol", NULL },
    { "Zyxolin", "antibiotics of the sea", "paracetamol", UNCHECKED },
    { "amoxicillin", "antibiotics of the sea", "paracetamol", UNCHECKED },
    { "amoxycillin", "penicillin", "cloxacillin", CLASS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) alerts = check (rows[i].substance, rows[i].class, rows[i].given);
      MhRecord *alert = about_allergy (alerts);
      g_test_message ("%s of %s, given %s", rows[i].substance, rows[i].class, rows[i].given);
      g_assert_cmpstr (alert != NULL ? mh_record_text (alert, MH_DRUG_ALERT_CODE) : NULL, ==,
                       rows[i].code);
    }
}

static const char *
bracketed (const char *template)
{
  static char said[300];
  g_snprintf (said, sizeof said, "⟦%s⟧", template);
  return said;
}

/* Shown, and not a reason to stop; in words that can be said in another language. */
static void
test_unchecked (void)
{
  g_autoptr (GPtrArray) alerts = check ("amoxcilin", NULL, "paracetamol");
  MhRecord *alert = about_allergy (alerts);
  g_assert_nonnull (alert);
  g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), ==, MH_DRUG_MODERATE);
  g_assert_cmpint (mh_record_int (alert, MH_DRUG_ALERT_LINE), ==, -1);
  g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_OTHER), ==, "amoxcilin");
  g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_TEXT), ==,
                   "Nothing here is checked against the allergy to amoxcilin: the formulary does "
                   "not know this name. Perhaps amoxicillin is meant?");
  g_autofree char *words
      = mh_drug_words (mh_record_text (alert, MH_DRUG_ALERT_TEXT), bracketed, NULL);
  g_assert_nonnull (strstr (words, "⟧ ⟦"));
  g_autoptr (GPtrArray) known = check ("Augmentin", NULL, "amoxicillin");
  g_autofree char *meant
      = mh_drug_words (mh_record_text (about_allergy (known), MH_DRUG_ALERT_TEXT), bracketed, NULL);
  g_assert_nonnull (strstr (meant, "amoxicillin, clavulanic acid"));
}

static void
test_nearest (void)
{
  static const struct
  {
    const char *slip, *name;
  } rows[] = {
    { "amoxcilin", "amoxicillin" },
    { "brufin", "Brufen" },
    { "diclofenec", "diclofenac" },
    { "paracetmol", "paracetamol" },
    { "pnut", "nuts" },
    { "Qwertol", NULL },
    { "xy", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = mh_drug_nearest_name (book (), rows[i].slip);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
  /* more than one, none twice, nearer ones first, and no more than are asked for */
  g_auto (GStrv) three = mh_drug_nearest_names (book (), "cefalesin", 3);
  g_auto (GStrv) one = mh_drug_nearest_names (book (), "cefalesin", 1);
  g_auto (GStrv) none = mh_drug_nearest_names (book (), "Qwertol", 3);
  g_autofree char *first = mh_drug_nearest_name (book (), "cefalesin");
  g_assert_cmpuint (g_strv_length (three), >=, 2);
  g_assert_cmpuint (g_strv_length (three), <=, 3);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpstr (three[0], ==, one[0]);
  g_assert_cmpstr (three[0], ==, first);
  for (guint i = 1; three[i] != NULL; i++)
    g_assert_false (g_strv_contains ((const char *const *)three + i, three[i - 1]));
  g_assert_cmpuint (mh_drug_spelling_distance ("abcd", "abcd", 2), ==, 0);
  g_assert_cmpuint (mh_drug_spelling_distance ("abcd", "abdc", 2), ==, 1);
  g_assert_cmpuint (mh_drug_spelling_distance ("abcd", "abd", 2), ==, 1);
  g_assert_cmpuint (mh_drug_spelling_distance ("abcd", "xbxd", 2), ==, 2);
  g_assert_cmpuint (mh_drug_spelling_distance ("abcd", "xyzw", 2), ==, 3);
}

/* Every row of the table means something of the shipped formulary; no own name is hidden by one. */
static void
test_table (void)
{
  g_assert_cmpuint (mh_n_drug_names, >, 900);
  for (guint i = 0; i < mh_n_drug_names; i++)
    {
      const MhDrugName *name = &mh_drug_names[i];
      if (i > 0)
        g_assert_cmpstr (mh_drug_names[i - 1].key, <, name->key);
      g_assert_true (mh_drug_name_find (name->key) == name);
      for (guint k = 0; name->means[k] != NULL; k++)
        {
          g_test_message ("%s means %s", name->said, name->means[k]);
          g_assert_true (name->kind == MH_DRUG_NAME_SUBSTANCE
                             ? mh_drug_book_ingredient (book (), name->means[k]) != NULL
                             : mh_drug_book_group (book (), name->means[k]) != NULL);
        }
      g_assert_true ((name->means[0] == NULL) == (name->kind == MH_DRUG_NAME_OTHER));
    }
  GHashTableIter iter;
  gpointer key, said;
  g_hash_table_iter_init (&iter, mh_drug_book_spellings (book ()));
  while (g_hash_table_iter_next (&iter, &key, &said))
    {
      g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book (), said);
      g_test_message ("%s", (const char *)said);
      g_assert_cmpuint (meaning->unknown->len, ==, 0);
      g_assert_false (meaning->by_another_name);
    }
}

/* A medicine that is written by another name is checked as what it is. */
static void
test_lines (void)
{
  static const struct
  {
    const char *name, *ingredient; /* NULL: unchecked */
  } rows[] = { { "Crocin", "paracetamol" },      { "amoxycillin", "amoxicillin" },
               { "Augmentin", "amoxicillin" },   { "frusemide", "furosemide" },
               { "penicillins", NULL },          { "cefaclor", NULL },
               { "Grandmother's powder", NULL }, { "paracetamol and powder", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) line = mh_record_new (&mh_prescription_line_type);
      mh_record_set_text (line, MH_PRESCRIPTION_LINE_NAME, rows[i].name);
      mh_drug_complete_line (book (), line);
      const char *const *known = mh_record_list (line, MH_PRESCRIPTION_LINE_INGREDIENTS);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (mh_record_bool (line, MH_PRESCRIPTION_LINE_UNCHECKED), ==,
                       rows[i].ingredient == NULL);
      g_assert_true (rows[i].ingredient == NULL
                     || (known != NULL && g_strv_contains (known, rows[i].ingredient)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allergies/names", test_names);
  g_test_add_func ("/allergies/classes", test_classes);
  g_test_add_func ("/allergies/unchecked", test_unchecked);
  g_test_add_func ("/allergies/nearest", test_nearest);
  g_test_add_func ("/allergies/table", test_table);
  g_test_add_func ("/allergies/lines", test_lines);
  return g_test_run ();
}
