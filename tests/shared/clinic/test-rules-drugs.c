/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole shipped formulary: every interaction and every
 * allergy group in both directions, and a thousand prescriptions that nothing is wrong with. */
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/clinic/mh-drug-check.h"

#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"
#include "shared/rules/clinic/mh-drug-file.h"
#include "shared/rules/clinic/mh-drug-words.h"

#include <string.h>

/* --- the formulary --- */

typedef struct
{
  JsonObject *formulary, *interactions;
  GPtrArray *records, *of[4]; /* medicines, ingredients, interactions, crosses */
  MhDrugBook *book;
} House;

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

static House *
house (void)
{
  static House house;
  static const MhRecordType *const types[] = { &mh_medicine_type, &mh_drug_ingredient_type,
                                               &mh_drug_interaction_type, &mh_allergy_cross_type };
  GError *error = NULL;
  if (house.book != NULL)
    return &house;
  mh_records_register ();
  house.formulary = read_json ("formulary.json");
  house.interactions = read_json ("interactions.json");
  house.records = mh_drug_file_read (house.formulary, house.interactions, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < 4; k++)
    {
      house.of[k] = g_ptr_array_new ();
      for (guint i = 0; i < house.records->len; i++)
        if (mh_record_type (house.records->pdata[i]) == types[k])
          g_ptr_array_add (house.of[k], house.records->pdata[i]);
    }
  house.book = mh_drug_book_new (house.of[0], house.of[1], house.of[2], house.of[3]);
  return &house;
}

static void
test_whole (void)
{
  House *h = house ();
  g_assert_cmpuint (h->of[0]->len, ==, 427);
  g_assert_cmpuint (h->of[1]->len, ==, 389 + 6);
  g_assert_cmpuint (h->of[2]->len, ==, 303);
  g_assert_cmpuint (h->of[3]->len, ==, 35);
  for (guint i = 0; i < h->records->len; i++)
    {
      int verified = mh_record_type_find (mh_record_type (h->records->pdata[i]), "verified");
      g_assert_false (mh_record_bool (h->records->pdata[i], (guint)verified));
    }
}

/* --- lines and patients --- */

static MhRecord *
line_of (const char *name, const char *ingredient, const char *dose, const char *often)
{
  MhRecord *line = mh_record_new (&mh_prescription_line_type);
  const char *const one[] = { ingredient, NULL };
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_NAME, name);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOSE, dose);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_FREQUENCY, often);
  if (ingredient != NULL)
    mh_record_set_list (line, MH_PRESCRIPTION_LINE_INGREDIENTS, one);
  return line;
}

/* A line of the formulary, as the server completes it. */
static MhRecord *
medicine_line (const char *code, const char *dose, const char *often)
{
  MhRecord *medicine = mh_drug_book_medicine (house ()->book, code);
  g_assert_nonnull (medicine);
  MhRecord *line = line_of (mh_record_text (medicine, MH_MEDICINE_NAME), NULL, dose, often);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_MEDICINE, code);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_STRENGTH,
                      mh_record_list (medicine, MH_MEDICINE_STRENGTHS)[0]);
  mh_drug_complete_line (house ()->book, line);
  return line;
}

static MhDate
day (const char *text)
{
  MhDate date;
  g_assert_true (mh_date_parse (text, &date));
  return date;
}

typedef struct
{
  MhDrugPatient patient;
  GPtrArray *draft, *active;
} Case;

static void
case_begin (Case *c, const char *sex, const char *born)
{
  memset (c, 0, sizeof *c);
  c->patient.patient = mh_record_new (&mh_patient_type);
  c->patient.allergies = g_ptr_array_new_with_free_func (g_object_unref);
  c->patient.today = day ("2026-11-21");
  mh_record_set_text (c->patient.patient, MH_PATIENT_SEX, sex);
  mh_record_set_text (c->patient.patient, MH_PATIENT_BIRTH_DATE, born);
  mh_record_set_text (c->patient.patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NONE);
  c->draft = g_ptr_array_new_with_free_func (g_object_unref);
  c->active = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
case_weigh (Case *c, double kg, double creatinine)
{
  c->patient.kg = kg;
  c->patient.kg_on = c->patient.creatinine_on = day ("2026-11-20");
  c->patient.creatinine = creatinine;
}

static MhRecord *
case_allergy (Case *c, const char *substance, const char *severity)
{
  MhRecord *allergy = mh_record_new (&mh_allergy_type);
  mh_record_set_text (allergy, MH_ALLERGY_SUBSTANCE, substance);
  mh_record_set_text (allergy, MH_ALLERGY_SEVERITY, severity);
  mh_record_set_text (c->patient.patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_KNOWN);
  g_ptr_array_add (c->patient.allergies, allergy);
  return allergy;
}

static const char *
bracketed (const char *template)
{
  static char said[300];
  g_snprintf (said, sizeof said, "⟦%s⟧", template);
  return said;
}

/* Whatever the check says by itself can be said in another language; the formulary's words are left
 * as they are. */
static void
assert_translatable (MhRecord *alert)
{
  const char *text = mh_record_text (alert, MH_DRUG_ALERT_TEXT);
  const char *const *figures = mh_record_list (alert, MH_DRUG_ALERT_FIGURES);
  if (g_strcmp0 (mh_record_text (alert, MH_DRUG_ALERT_CODE), MH_DRUG_ALERT_INTERACTION) != 0)
    {
      g_autofree char *words = mh_drug_words (text, bracketed, NULL);
      if (!g_str_has_prefix (words, "⟦"))
        g_error ("not one of the sentences: %s", text);
    }
  for (guint i = 0; figures != NULL && figures[i] != NULL; i++)
    {
      g_autofree char *words = mh_drug_figure_words (figures[i], bracketed, NULL);
      /* a value with its unit, or a formula's, says itself */
      if (!g_str_has_prefix (words, "⟦") && !g_ascii_isdigit (words[0])
          && !g_str_has_prefix (words, "Cockcroft") && !g_str_has_prefix (words, "CKD-EPI"))
        g_error ("not one of the figures: %s", figures[i]);
    }
}

static GPtrArray *
case_check (Case *c)
{
  GPtrArray *alerts = mh_drug_check (house ()->book, &c->patient, c->draft, c->active);
  for (guint i = 0; i < alerts->len; i++)
    assert_translatable (g_ptr_array_index (alerts, i));
  return alerts;
}

static void
case_end (Case *c)
{
  g_object_unref (c->patient.patient);
  g_ptr_array_unref (c->patient.allergies);
  g_ptr_array_unref (c->draft);
  g_ptr_array_unref (c->active);
}

static MhRecord *
find_code (GPtrArray *alerts, const char *code, const char *rule)
{
  for (guint i = 0; i < alerts->len; i++)
    if (g_strcmp0 (mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_CODE), code) == 0
        && (rule == NULL
            || g_strcmp0 (mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_RULE), rule) == 0))
      return alerts->pdata[i];
  return NULL;
}

static void
print_alerts (GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    g_test_message ("%s %s %s/%s %s", mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_CODE),
                    mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_SEVERITY),
                    mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_SUBJECT),
                    mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_OTHER),
                    mh_record_text (alerts->pdata[i], MH_DRUG_ALERT_TEXT));
}

/* --- every interaction, read from the file a second time and by another way --- */

static GPtrArray *
members (JsonObject *side)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *class = mh_json_text (side, "class");
  if (class == NULL)
    {
      g_ptr_array_add (names, (gpointer)mh_json_text (side, "ingredient"));
      return names;
    }
  JsonArray *of = mh_json_array (mh_json_object (house ()->interactions, "classes"), class);
  g_assert_nonnull (of);
  for (guint i = 0; i < json_array_get_length (of); i++)
    g_ptr_array_add (names, (gpointer)json_array_get_string_element (of, i));
  /* those outside the formulary say their classes themselves */
  JsonArray *outside = mh_json_array (house ()->interactions, "external_ingredients");
  for (guint i = 0; i < json_array_get_length (outside); i++)
    {
      JsonObject *one = json_array_get_object_element (outside, i);
      JsonArray *classes = mh_json_array (one, "classes");
      for (guint k = 0; k < json_array_get_length (classes); k++)
        if (g_str_equal (json_array_get_string_element (classes, k), class))
          g_ptr_array_add (names, (gpointer)mh_json_text (one, "name"));
    }
  return names;
}

static int
sides_named (JsonObject *row)
{
  return (mh_json_text (mh_json_object (row, "a"), "ingredient") != NULL)
         + (mh_json_text (mh_json_object (row, "b"), "ingredient") != NULL);
}

static JsonObject *
row_of (const char *id)
{
  JsonArray *rows = mh_json_array (house ()->interactions, "interactions");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (mh_json_text (json_array_get_object_element (rows, i), "id"), id) == 0)
      return json_array_get_object_element (rows, i);
  return NULL;
}

static int
rank (const char *severity)
{
  return g_str_equal (severity, "contraindicated") ? 3 : g_str_equal (severity, "major") ? 2 : 1;
}

/* The pair fires the row, or one that is more specific, or as specific and at least as severe. */
static gboolean
pair_fires (const char *one, const char *other, gboolean is_active, JsonObject *row)
{
  Case c;
  case_begin (&c, MH_SEX_MALE, "1980-01-01");
  g_ptr_array_add (c.draft, line_of (one, one, NULL, NULL));
  g_ptr_array_add (is_active ? c.active : c.draft, line_of (other, other, NULL, NULL));
  g_autoptr (GPtrArray) alerts = case_check (&c);
  MhRecord *alert = find_code (alerts, MH_DRUG_ALERT_INTERACTION, NULL);
  const char *id = mh_json_text (row, "id");
  g_test_message ("%s: %s with %s", id, one, other);
  g_assert_nonnull (alert);
  const char *fired = mh_record_text (alert, MH_DRUG_ALERT_RULE);
  JsonObject *by = row_of (fired);
  g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), ==,
                   mh_json_text (by, "severity"));
  g_assert_true (mh_record_has (alert, MH_DRUG_ALERT_TEXT));
  g_assert_true (mh_record_has (alert, MH_DRUG_ALERT_ADVICE));
  if (!g_str_equal (fired, id))
    g_assert_true (
        sides_named (by) > sides_named (row)
        || (sides_named (by) == sides_named (row)
            && rank (mh_json_text (by, "severity")) >= rank (mh_json_text (row, "severity"))));
  case_end (&c);
  return g_str_equal (fired, id);
}

static void
test_interactions (void)
{
  JsonArray *rows = mh_json_array (house ()->interactions, "interactions");
  guint pairs = 0;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (GPtrArray) a = members (mh_json_object (row, "a"));
      g_autoptr (GPtrArray) b = members (mh_json_object (row, "b"));
      gboolean itself = FALSE;
      for (guint x = 0; x < a->len; x++)
        for (guint y = 0; y < b->len; y++)
          {
            if (g_str_equal (a->pdata[x], b->pdata[y]))
              continue;
            gboolean one = pair_fires (a->pdata[x], b->pdata[y], TRUE, row);
            gboolean other = pair_fires (b->pdata[y], a->pdata[x], TRUE, row);
            g_assert_cmpint (one, ==, other);
            g_assert_cmpint (pair_fires (a->pdata[x], b->pdata[y], FALSE, row), ==, one);
            itself |= one;
            pairs++;
          }
      if (!itself)
        g_test_message ("%s never fires by itself", mh_json_text (row, "id"));
      g_assert_true (itself);
    }
  g_assert_cmpuint (pairs, >, 1000);
}

/* --- every allergy group --- */

static GPtrArray *
of_group (const char *name)
{
  GPtrArray *names = g_ptr_array_new ();
  JsonArray *groups = mh_json_array (house ()->formulary, "allergy_groups");
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *group = json_array_get_object_element (groups, i);
      JsonArray *of = mh_json_array (group, "members");
      if (g_strcmp0 (mh_json_text (group, "name"), name) != 0)
        continue;
      for (guint k = 0; k < json_array_get_length (of); k++)
        g_ptr_array_add (names, (gpointer)json_array_get_string_element (of, k));
    }
  return names;
}

static MhRecord *
allergy_alert (const char *allergic_to, const char *given, GPtrArray **out_alerts)
{
  static const char *const codes[]
      = { MH_DRUG_ALERT_ALLERGY, MH_DRUG_ALERT_ALLERGY_CLASS, MH_DRUG_ALERT_ALLERGY_CROSS };
  Case c;
  case_begin (&c, MH_SEX_MALE, "1980-01-01");
  case_allergy (&c, allergic_to, MH_ALLERGY_MODERATE);
  g_ptr_array_add (c.draft, line_of (given, given, NULL, NULL));
  *out_alerts = case_check (&c);
  case_end (&c);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (find_code (*out_alerts, codes[i], NULL) != NULL)
      return find_code (*out_alerts, codes[i], NULL);
  return NULL;
}

static void
assert_allergy (const char *allergic_to, const char *given, const char *code, gboolean interrupts)
{
  g_autoptr (GPtrArray) alerts = NULL;
  MhRecord *alert = allergy_alert (allergic_to, given, &alerts);
  g_test_message ("allergic to %s, given %s", allergic_to, given);
  g_assert_nonnull (alert);
  if (code != NULL)
    g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_CODE), ==, code);
  if (interrupts)
    g_assert_true (mh_drug_alert_interrupts (alert));
}

static const char *
own_risk (const char *group)
{
  JsonArray *rows = mh_json_array (house ()->formulary, "cross_reactivity");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      if (g_strcmp0 (mh_json_text (row, "from"), group) == 0
          && g_strcmp0 (mh_json_text (row, "to"), group) == 0)
        return mh_json_text (row, "risk");
    }
  return "high";
}

static void
test_groups (void)
{
  JsonArray *groups = mh_json_array (house ()->formulary, "allergy_groups");
  g_assert_cmpuint (json_array_get_length (groups), ==, 47);
  for (guint g = 0; g < json_array_get_length (groups); g++)
    {
      const char *name = mh_json_text (json_array_get_object_element (groups, g), "name");
      g_autoptr (GPtrArray) of = of_group (name);
      g_autofree char *upper = g_utf8_strup (name, -1);
      for (guint i = 0; i < of->len; i++)
        {
          assert_allergy (of->pdata[i], of->pdata[i], MH_DRUG_ALERT_ALLERGY, TRUE);
          if (mh_drug_book_ingredient (house ()->book, name) == NULL)
            {
              assert_allergy (name, of->pdata[i], MH_DRUG_ALERT_ALLERGY_CLASS, TRUE);
              assert_allergy (upper, of->pdata[i], MH_DRUG_ALERT_ALLERGY_CLASS, TRUE);
            }
          for (guint k = 0; k < of->len; k++)
            if (i != k && !g_str_equal (own_risk (name), "none"))
              assert_allergy (of->pdata[i], of->pdata[k], NULL,
                              g_str_equal (own_risk (name), "high"));
        }
    }
}

static gboolean
share_group (const char *a, const char *b)
{
  const char *const *x = mh_drug_book_groups_of (house ()->book, a);
  const char *const *y = mh_drug_book_groups_of (house ()->book, b);
  for (guint i = 0; x != NULL && x[i] != NULL; i++)
    if (y != NULL && g_strv_contains (y, x[i]))
      return TRUE;
  return FALSE;
}

static void
test_crosses (void)
{
  JsonArray *rows = mh_json_array (house ()->formulary, "cross_reactivity");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *risk = mh_json_text (row, "risk");
      g_autoptr (GPtrArray) from = of_group (mh_json_text (row, "from"));
      g_autoptr (GPtrArray) to = of_group (mh_json_text (row, "to"));
      for (guint x = 0; x < from->len; x++)
        for (guint y = 0; y < to->len; y++)
          {
            const char *a = from->pdata[x], *b = to->pdata[y];
            if (g_str_equal (a, b))
              continue;
            if (!g_str_equal (risk, "none"))
              {
                assert_allergy (a, b, NULL, g_str_equal (risk, "high"));
                assert_allergy (b, a, NULL, g_str_equal (risk, "high"));
                continue;
              }
            g_autoptr (GPtrArray) alerts = NULL;
            MhRecord *alert = allergy_alert (a, b, &alerts);
            g_test_message ("%s and %s do not cross", a, b);
            g_assert_true (alert == NULL || share_group (a, b)
                           || !g_str_equal (mh_record_text (alert, MH_DRUG_ALERT_RULE),
                                            mh_json_text (row, "from")));
          }
    }
}

static void
test_allergy_tiers (void)
{
  static const struct
  {
    const char *substance, *severity, *kind, *given, *code, *wanted;
  } rows[] = {
    { "Penicillin", MH_ALLERGY_MILD, "allergy", "amoxicillin", MH_DRUG_ALERT_ALLERGY_CLASS,
      MH_DRUG_MAJOR },
    { "Penicillin", MH_ALLERGY_ANAPHYLAXIS, "allergy", "amoxicillin", MH_DRUG_ALERT_ALLERGY_CLASS,
      MH_DRUG_CONTRAINDICATED },
    { "AMOXICILLIN", NULL, "allergy", "amoxicillin", MH_DRUG_ALERT_ALLERGY, MH_DRUG_MAJOR },
    { "amoxicillin", NULL, "intolerance", "amoxicillin", MH_DRUG_ALERT_ALLERGY, MH_DRUG_MODERATE },
    { "amoxicillin", NULL, "allergy", "cefalexin", MH_DRUG_ALERT_ALLERGY_CLASS, MH_DRUG_MAJOR },
    { "amoxicillin", MH_ALLERGY_MILD, "allergy", "ceftriaxone", MH_DRUG_ALERT_ALLERGY_CROSS,
      MH_DRUG_MODERATE },
    { "amoxicillin", MH_ALLERGY_SEVERE, "allergy", "ceftriaxone", MH_DRUG_ALERT_ALLERGY_CROSS,
      MH_DRUG_MAJOR },
    { "Penicillin", NULL, "allergy", "meropenem", MH_DRUG_ALERT_ALLERGY_CROSS, MH_DRUG_MODERATE },
    { "Penicillin", NULL, "allergy", "aztreonam", NULL, NULL },
    { "Sulfa", NULL, "allergy", "sulfamethoxazole", MH_DRUG_ALERT_ALLERGY_CLASS, MH_DRUG_MAJOR },
    { "Aspirin", NULL, "allergy", "ibuprofen", MH_DRUG_ALERT_ALLERGY_CLASS, MH_DRUG_MAJOR },
    { "Peanuts", MH_ALLERGY_ANAPHYLAXIS, "allergy", "amoxicillin", NULL, NULL },
    { "Penicillin", NULL, "allergy", "paracetamol", NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Case c;
      case_begin (&c, MH_SEX_MALE, "1980-01-01");
      MhRecord *allergy = case_allergy (&c, rows[i].substance, rows[i].severity);
      mh_record_set_text (allergy, MH_ALLERGY_KIND, rows[i].kind);
      g_ptr_array_add (c.draft, line_of (rows[i].given, rows[i].given, NULL, NULL));
      g_autoptr (GPtrArray) alerts = case_check (&c);
      g_test_message ("%s, given %s", rows[i].substance, rows[i].given);
      print_alerts (alerts);
      MhRecord *alert = rows[i].code != NULL ? find_code (alerts, rows[i].code, NULL) : NULL;
      for (guint k = 0; rows[i].code == NULL && k < alerts->len; k++)
        g_assert_false (
            g_str_has_prefix (mh_record_text (alerts->pdata[k], MH_DRUG_ALERT_CODE), "allerg"));
      if (rows[i].code != NULL)
        {
          g_assert_nonnull (alert);
          g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), ==, rows[i].wanted);
        }
      case_end (&c);
    }
}

/* Not having asked is an alert by itself, once, and only when something is prescribed. */
static void
test_not_asked (void)
{
  static const char *const states[] = { NULL, MH_ALLERGY_NOT_ASKED };
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      Case c;
      case_begin (&c, MH_SEX_MALE, "1980-01-01");
      mh_record_set_text (c.patient.patient, MH_PATIENT_ALLERGY_STATUS, states[i]);
      g_autoptr (GPtrArray) nothing = case_check (&c);
      g_assert_cmpuint (nothing->len, ==, 0);
      g_ptr_array_add (c.draft, line_of ("paracetamol", "paracetamol", NULL, NULL));
      g_ptr_array_add (c.draft, line_of ("betahistine", "betahistine", NULL, NULL));
      g_autoptr (GPtrArray) alerts = case_check (&c);
      g_assert_cmpuint (alerts->len, ==, 1);
      g_assert_nonnull (find_code (alerts, MH_DRUG_ALERT_NOT_ASKED, NULL));
      g_assert_cmpint (mh_record_int (alerts->pdata[0], MH_DRUG_ALERT_LINE), ==, -1);
      case_end (&c);
    }
}

/* --- one medicine for one patient --- */

typedef struct
{
  const char *medicine, *dose, *often;
  const char *sex, *born;
  double kg, creatinine;
  const char *code, *severity; /* NULL: nothing at all */
} DoseRow;

static const DoseRow dose_rows[] = {
  /* the absolute limit: 4000 mg a day */
  { "PARACETA-TAB-500MG", "2 tablets", "QID", "male", "1980-01-01", 70, 1.0, NULL, NULL },
  { "PARACETA-TAB-500MG", "2 tablets", "every 4 hours", "male", "1980-01-01", 70, 1.0,
    MH_DRUG_ALERT_DAY_HIGH, MH_DRUG_MAJOR },
  { "PARACETA-TAB-500MG", "1000 mg", "QID", "male", "1980-01-01", 70, 1.0, NULL, NULL },
  { "PARACETA-TAB-500MG", "1.1 g", "QID", "male", "1980-01-01", 70, 1.0, MH_DRUG_ALERT_DAY_HIGH,
    MH_DRUG_MAJOR },
  { "PARACETA-TAB-500MG", "1 tablet", "3-3-3", "male", "1980-01-01", 70, 1.0,
    MH_DRUG_ALERT_DAY_HIGH, MH_DRUG_MAJOR },
  { "PARACETA-TAB-500MG", "some", "QID", "male", "1980-01-01", 70, 1.0, MH_DRUG_ALERT_DOSE_UNREAD,
    MH_DRUG_NOTE },
  /* a child of 20 kg: 10 to 15 mg/kg a dose, 60 mg/kg a day */
  { "PARACETA-TAB-500MG", "300 mg", "TDS", "male", "2020-11-21", 20, 0, NULL, NULL },
  { "PARACETA-TAB-500MG", "330 mg", "TDS", "male", "2020-11-21", 20, 0, NULL, NULL },
  { "PARACETA-TAB-500MG", "332 mg", "TDS", "male", "2020-11-21", 20, 0, MH_DRUG_ALERT_DOSE_HIGH,
    MH_DRUG_MAJOR },
  { "PARACETA-TAB-500MG", "300 mg", "QID", "male", "2020-11-21", 20, 0, NULL, NULL },
  { "PARACETA-TAB-500MG", "300 mg", "every 4 hours", "male", "2020-11-21", 20, 0,
    MH_DRUG_ALERT_DAY_HIGH, MH_DRUG_MAJOR },
  { "PARACETA-TAB-500MG", "100 mg", "TDS", "male", "2020-11-21", 20, 0, NULL, NULL },
  { "PARACETA-TAB-500MG", "99 mg", "TDS", "male", "2020-11-21", 20, 0, MH_DRUG_ALERT_DOSE_LOW,
    MH_DRUG_MODERATE },
  { "PARACETA-TAB-500MG", "300 mg", "TDS", "male", "2020-11-21", 0, 0, MH_DRUG_ALERT_NO_WEIGHT,
    MH_DRUG_NOTE },
  /* heavy enough to be dosed as an adult */
  { "PARACETA-TAB-500MG", "670 mg", "BD", "male", "2012-11-21", 40, 0, NULL, NULL },
  { "PARACETA-TAB-500MG", "670 mg", "BD", "male", "2012-11-21", 39.9, 0, MH_DRUG_ALERT_DOSE_HIGH,
    MH_DRUG_MAJOR },
  /* kidneys: pyrazinamide is reduced, CrCl of a man of 46 is 94·kg/(72·cr) */
  { "PYRAZINA-TAB-750MG", "1 tablet", "OD", "male", "1980-01-01", 72, 1.5, NULL, NULL },
  { "PYRAZINA-TAB-750MG", "1 tablet", "OD", "male", "1980-01-01", 72, 1.6, MH_DRUG_ALERT_RENAL,
    MH_DRUG_MODERATE },
  { "PYRAZINA-TAB-750MG", "1 tablet", "OD", "male", "1980-01-01", 72, 3.1, MH_DRUG_ALERT_RENAL,
    MH_DRUG_MODERATE },
  { "PYRAZINA-TAB-750MG", "1 tablet", "OD", "male", "1980-01-01", 72, 3.2, MH_DRUG_ALERT_RENAL,
    MH_DRUG_MAJOR },
  { "PYRAZINA-TAB-750MG", "1 tablet", "OD", "male", "1980-01-01", 72, 0,
    MH_DRUG_ALERT_NO_CREATININE, MH_DRUG_NOTE },
  /* age: aspirin from sixteen */
  { "ASPIRIN-TAB-75MG", "1 tablet", "OD", "male", "2010-11-21", 60, 0.8, NULL, NULL },
  { "ASPIRIN-TAB-75MG", "1 tablet", "OD", "male", "2010-11-22", 60, 0.8, MH_DRUG_ALERT_AGE,
    MH_DRUG_MAJOR },
  /* pregnancy not asked, by age and sex */
  { "VALPROAT-TAB-500MG", "1 tablet", "BD", "female", "1996-11-21", 60, 0.8,
    MH_DRUG_ALERT_ASK_PREGNANCY, MH_DRUG_MODERATE },
  { "VALPROAT-TAB-500MG", "1 tablet", "BD", "female", "1976-11-21", 60, 0.8, NULL, NULL },
  { "VALPROAT-TAB-500MG", "1 tablet", "BD", "male", "1996-11-21", 60, 0.8, NULL, NULL },
  /* 60 mg/kg a day by weight */
  { "VALPROAT-TAB-500MG", "3 tablets", "BD", "male", "1996-11-21", 50, 0.8, NULL, NULL },
  { "VALPROAT-TAB-500MG", "3 tablets", "BD", "male", "1996-11-21", 49, 0.8, MH_DRUG_ALERT_DAY_HIGH,
    MH_DRUG_MAJOR },
  { "VALPROAT-TAB-500MG", "3 tablets", "BD", "male", "1996-11-21", 0, 0, MH_DRUG_ALERT_NO_WEIGHT,
    MH_DRUG_NOTE },
};

static void
test_one (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dose_rows); i++)
    {
      const DoseRow *row = &dose_rows[i];
      Case c;
      case_begin (&c, row->sex, row->born);
      case_weigh (&c, row->kg, row->creatinine);
      g_ptr_array_add (c.draft, medicine_line (row->medicine, row->dose, row->often));
      g_autoptr (GPtrArray) alerts = case_check (&c);
      g_test_message ("row %u: %s %s %s", i, row->medicine, row->dose, row->often);
      print_alerts (alerts);
      MhRecord *alert = row->code != NULL ? find_code (alerts, row->code, NULL) : NULL;
      guint more = 0;
      for (guint k = 0; k < alerts->len; k++)
        more += alerts->pdata[k] != alert
                && !g_str_equal (mh_record_text (alerts->pdata[k], MH_DRUG_ALERT_SEVERITY),
                                 MH_DRUG_NOTE);
      g_assert_cmpuint (more, ==, 0);
      if (row->code != NULL)
        {
          g_assert_nonnull (alert);
          g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), ==, row->severity);
        }
      case_end (&c);
    }
}

/* The figures are told with their dates. */
static void
test_figures (void)
{
  Case c;
  case_begin (&c, MH_SEX_MALE, "1980-01-01");
  case_weigh (&c, 72, 3.2);
  g_ptr_array_add (c.draft, medicine_line ("PYRAZINA-TAB-750MG", "1 tablet", "OD"));
  g_autoptr (GPtrArray) alerts = case_check (&c);
  MhRecord *alert = find_code (alerts, MH_DRUG_ALERT_RENAL, NULL);
  g_autofree char *figures
      = g_strjoinv ("; ", (char **)mh_record_list (alert, MH_DRUG_ALERT_FIGURES));
  g_assert_cmpstr (figures, ==,
                   "Cockcroft–Gault 29 mL/min; creatinine 3.2 mg/dL (2026-11-20); weight 72 kg "
                   "(2026-11-20)");
  case_end (&c);
}

static void
test_pregnancy (void)
{
  static const struct
  {
    const char *medicine, *dated;
    int weeks; /* -1: not said */
    const char *wanted;
  } rows[] = {
    { "VALPROAT-TAB-500MG", NULL, -1, MH_DRUG_CONTRAINDICATED },
    { "PARACETA-TAB-500MG", NULL, -1, NULL },
    { "FUROSEMI-TAB-40MG", NULL, -1, MH_DRUG_MODERATE },
    /* "avoid in the third trimester": 28 weeks on the day */
    { "IBUPROFE-TAB-400MG", "2026-11-21", 27, MH_DRUG_MODERATE },
    { "IBUPROFE-TAB-400MG", "2026-11-21", 28, MH_DRUG_MAJOR },
    { "IBUPROFE-TAB-400MG", "2026-11-14", 27, MH_DRUG_MAJOR },
    { "IBUPROFE-TAB-400MG", NULL, -1, MH_DRUG_MAJOR },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Case c;
      case_begin (&c, MH_SEX_FEMALE, "1996-11-21");
      case_weigh (&c, 60, 0.7);
      mh_record_set_bool (c.patient.patient, MH_PATIENT_PREGNANT, TRUE);
      if (rows[i].weeks >= 0)
        {
          mh_record_set_int (c.patient.patient, MH_PATIENT_PREGNANCY_WEEKS, rows[i].weeks);
          mh_record_set_text (c.patient.patient, MH_PATIENT_PREGNANCY_DATED, rows[i].dated);
        }
      g_ptr_array_add (c.draft, medicine_line (rows[i].medicine, "1 tablet", "OD"));
      g_autoptr (GPtrArray) alerts = case_check (&c);
      MhRecord *alert = find_code (alerts, MH_DRUG_ALERT_PREGNANCY, NULL);
      g_test_message ("row %u", i);
      print_alerts (alerts);
      g_assert_cmpstr (alert != NULL ? mh_record_text (alert, MH_DRUG_ALERT_SEVERITY) : NULL, ==,
                       rows[i].wanted);
      case_end (&c);
    }
}

/* --- the same twice --- */

static void
test_duplicates (void)
{
  static const struct
  {
    const char *one, *other, *ends; /* NULL: in the same prescription */
    const char *code, *wanted;
  } rows[] = {
    { "PARACETA-TAB-500MG", "PARACETA-SUP-170MG", NULL, MH_DRUG_ALERT_DUPLICATE, MH_DRUG_MAJOR },
    { "PARACETA-TAB-500MG", "PARACETA-TAB-500MG", "2026-11-29", MH_DRUG_ALERT_DUPLICATE,
      MH_DRUG_MAJOR },
    { "PARACETA-TAB-500MG", "PARACETA-TAB-500MG", "2026-11-28", MH_DRUG_ALERT_DUPLICATE,
      MH_DRUG_MODERATE },
    { "IBUPROFE-TAB-400MG", "PARACETA-TAB-500MG", NULL, NULL, NULL },
    { "IBUPROFE-TAB-400MG", "NAPROXEN-TAB-500MG", NULL, MH_DRUG_ALERT_DUPLICATE_CLASS,
      MH_DRUG_MODERATE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Case c;
      case_begin (&c, MH_SEX_MALE, "1980-01-01");
      case_weigh (&c, 70, 0.8);
      g_ptr_array_add (c.draft, medicine_line (rows[i].one, "1 tablet", "OD"));
      MhRecord *other = medicine_line (rows[i].other, "1 tablet", "OD");
      mh_record_set_text (other, MH_PRESCRIPTION_LINE_ENDS_ON, rows[i].ends);
      g_ptr_array_add (rows[i].ends != NULL ? c.active : c.draft, other);
      g_autoptr (GPtrArray) alerts = case_check (&c);
      MhRecord *alert = find_code (alerts, rows[i].code, NULL);
      g_test_message ("row %u", i);
      print_alerts (alerts);
      if (rows[i].code == NULL)
        {
          g_assert_null (find_code (alerts, MH_DRUG_ALERT_DUPLICATE, NULL));
          g_assert_null (find_code (alerts, MH_DRUG_ALERT_DUPLICATE_CLASS, NULL));
        }
      else
        {
          g_assert_nonnull (alert);
          g_assert_cmpstr (mh_record_text (alert, MH_DRUG_ALERT_SEVERITY), ==, rows[i].wanted);
        }
      case_end (&c);
    }
}

/* What is put on the skin or into the eye does not interact, but an allergy to it holds. */
static void
test_routes (void)
{
  Case c;
  case_begin (&c, MH_SEX_MALE, "1980-01-01");
  case_allergy (&c, "diclofenac", NULL);
  MhRecord *gel = line_of ("diclofenac", "diclofenac", NULL, NULL);
  mh_record_set_text (gel, MH_PRESCRIPTION_LINE_ROUTE, MH_MEDICINE_ROUTE_TOPICAL);
  g_ptr_array_add (c.draft, gel);
  g_ptr_array_add (c.active, line_of ("warfarin", "warfarin", NULL, NULL));
  g_autoptr (GPtrArray) alerts = case_check (&c);
  g_assert_null (find_code (alerts, MH_DRUG_ALERT_INTERACTION, NULL));
  g_assert_nonnull (find_code (alerts, MH_DRUG_ALERT_ALLERGY, NULL));
  mh_record_set_text (gel, MH_PRESCRIPTION_LINE_ROUTE, MH_MEDICINE_ROUTE_ORAL);
  g_autoptr (GPtrArray) swallowed = case_check (&c);
  g_assert_nonnull (find_code (swallowed, MH_DRUG_ALERT_INTERACTION, NULL));
  case_end (&c);
}

/* A name that nobody knows is said to be unchecked; one that is an ingredient's is checked. */
static void
test_free_text (void)
{
  Case c;
  case_begin (&c, MH_SEX_MALE, "1980-01-01");
  g_ptr_array_add (c.draft, line_of ("Grandmother's powder", NULL, "1 spoon", "OD"));
  g_ptr_array_add (c.draft, line_of ("Warfarin", NULL, "1 tablet", "OD"));
  g_ptr_array_add (c.draft, line_of ("ASPIRIN", NULL, "1 tablet", "OD"));
  for (guint i = 0; i < 3; i++)
    mh_drug_complete_line (house ()->book, c.draft->pdata[i]);
  g_autoptr (GPtrArray) alerts = case_check (&c);
  print_alerts (alerts);
  MhRecord *unchecked = find_code (alerts, MH_DRUG_ALERT_UNCHECKED, NULL);
  g_assert_nonnull (unchecked);
  g_assert_cmpint (mh_record_int (unchecked, MH_DRUG_ALERT_LINE), ==, 0);
  g_assert_true (mh_record_bool (c.draft->pdata[0], MH_PRESCRIPTION_LINE_UNCHECKED));
  g_assert_false (mh_record_bool (c.draft->pdata[1], MH_PRESCRIPTION_LINE_UNCHECKED));
  g_assert_nonnull (find_code (alerts, MH_DRUG_ALERT_INTERACTION, NULL));
  g_assert_nonnull (find_code (alerts, MH_DRUG_ALERT_HIGH_ALERT, NULL));
  case_end (&c);
}

/* --- a thousand that nothing is wrong with --- */

/* Do the two interact by any row of the file, read by another way than the book's? */
static gboolean
interact (const char *one, const char *other)
{
  JsonArray *rows = mh_json_array (house ()->interactions, "interactions");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (GPtrArray) a = members (mh_json_object (row, "a"));
      g_autoptr (GPtrArray) b = members (mh_json_object (row, "b"));
      if ((g_ptr_array_find_with_equal_func (a, one, g_str_equal, NULL)
           && g_ptr_array_find_with_equal_func (b, other, g_str_equal, NULL))
          || (g_ptr_array_find_with_equal_func (a, other, g_str_equal, NULL)
              && g_ptr_array_find_with_equal_func (b, one, g_str_equal, NULL)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
goes_with (MhRecord *medicine, GPtrArray *chosen)
{
  const char *const *own = mh_record_list (medicine, MH_MEDICINE_INGREDIENTS);
  const char *atc = mh_record_text (medicine, MH_MEDICINE_ATC);
  for (guint i = 0; i < chosen->len; i++)
    {
      const char *const *theirs = mh_record_list (chosen->pdata[i], MH_MEDICINE_INGREDIENTS);
      const char *other = mh_record_text (chosen->pdata[i], MH_MEDICINE_ATC);
      if (strlen (atc) >= 5 && strncmp (atc, other, 5) == 0)
        return FALSE;
      for (guint x = 0; own[x] != NULL; x++)
        for (guint y = 0; theirs[y] != NULL; y++)
          if (g_str_equal (own[x], theirs[y]) || interact (own[x], theirs[y]))
            return FALSE;
    }
  return TRUE;
}

static const char *
plain_dose (MhRecord *medicine)
{
  const char *form = mh_record_text (medicine, MH_MEDICINE_FORM);
  return g_str_equal (form, "tablet")    ? "1 tablet"
         : g_str_equal (form, "capsule") ? "1 capsule"
                                         : NULL;
}

/* Adults with sound kidneys who were asked about allergies and pregnancy; medicines of the list
 * that are no high-alert ones, once a day, which do not meet in any row of the files. */
static void
test_thousand (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  GPtrArray *medicines = house ()->of[0];
  guint lines = 0;
  for (guint n = 0; n < 1000; n++)
    {
      Case c;
      gboolean female = g_rand_boolean (rand);
      g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
      g_autofree char *born = g_strdup_printf ("%d-05-05", g_rand_int_range (rand, 1950, 2004));
      case_begin (&c, female ? MH_SEX_FEMALE : MH_SEX_MALE, born);
      case_weigh (&c, g_rand_double_range (rand, 55, 95), 0.6);
      if (n % 3 == 0)
        case_allergy (&c, n % 2 == 0 ? "house dust" : "Peanuts, prawns", NULL);
      mh_record_set_bool (c.patient.patient, MH_PATIENT_PREGNANT, FALSE);
      guint wanted = (guint)g_rand_int_range (rand, 1, 7);
      for (guint tries = 0; tries < 60 && chosen->len < wanted; tries++)
        {
          MhRecord *medicine = medicines->pdata[g_rand_int_range (rand, 0, (int)medicines->len)];
          if (plain_dose (medicine) == NULL || mh_record_bool (medicine, MH_MEDICINE_HIGH_ALERT)
              || strstr (mh_record_text (medicine, MH_MEDICINE_DAY_MAX_UNIT) != NULL
                             ? mh_record_text (medicine, MH_MEDICINE_DAY_MAX_UNIT)
                             : "",
                         "week")
                     != NULL
              || !goes_with (medicine, chosen))
            continue;
          g_ptr_array_add (chosen, medicine);
          MhRecord *line = medicine_line (mh_record_text (medicine, MH_MEDICINE_CODE),
                                          plain_dose (medicine), "OD");
          mh_record_set_text (line, MH_PRESCRIPTION_LINE_ENDS_ON, "2027-01-01");
          gboolean before = g_rand_int_range (rand, 0, 3) == 0 && chosen->len > 1;
          g_ptr_array_add (before ? c.active : c.draft, line);
        }
      lines += c.draft->len;
      g_autoptr (GPtrArray) alerts = case_check (&c);
      if (alerts->len > 0)
        print_alerts (alerts);
      g_assert_cmpuint (alerts->len, ==, 0);
      case_end (&c);
    }
  g_assert_cmpuint (lines, >, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drugs/whole", test_whole);
  g_test_add_func ("/drugs/interactions", test_interactions);
  g_test_add_func ("/drugs/groups", test_groups);
  g_test_add_func ("/drugs/crosses", test_crosses);
  g_test_add_func ("/drugs/allergy-tiers", test_allergy_tiers);
  g_test_add_func ("/drugs/not-asked", test_not_asked);
  g_test_add_func ("/drugs/one", test_one);
  g_test_add_func ("/drugs/figures", test_figures);
  g_test_add_func ("/drugs/pregnancy", test_pregnancy);
  g_test_add_func ("/drugs/duplicates", test_duplicates);
  g_test_add_func ("/drugs/routes", test_routes);
  g_test_add_func ("/drugs/free-text", test_free_text);
  g_test_add_func ("/drugs/thousand", test_thousand);
  return g_test_run ();
}
