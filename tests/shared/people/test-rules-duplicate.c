/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/people/mh-duplicate.h"

/* A patient in a line; NULL: not given. */
typedef struct
{
  const char *given, *family, *birth, *phone, *sex;
  const char *abha, *guardian, *line, *pin, *phone2, *passport, *city;
  gboolean estimated, merged;
  int birth_order;
} Person;

static MhRecord *
patient_of (const Person *p)
{
  const struct
  {
    guint field;
    const char *text;
  } texts[] = { { MH_PATIENT_GIVEN_NAME, p->given },
                { MH_PATIENT_FAMILY_NAME, p->family },
                { MH_PATIENT_BIRTH_DATE, p->birth },
                { MH_PATIENT_PHONE, p->phone },
                { MH_PATIENT_SEX, p->sex },
                { MH_PATIENT_ABHA, p->abha },
                { MH_PATIENT_GUARDIAN_NAME, p->guardian },
                { MH_PATIENT_ADDRESS_LINE, p->line },
                { MH_PATIENT_PIN, p->pin },
                { MH_PATIENT_PHONE2, p->phone2 },
                { MH_PATIENT_PASSPORT, p->passport },
                { MH_PATIENT_CITY, p->city } };
  MhRecord *patient = mh_record_new (&mh_patient_type);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      mh_record_set_text (patient, texts[i].field, texts[i].text);
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, p->estimated);
  if (p->birth_order > 0)
    mh_record_set_int (patient, MH_PATIENT_BIRTH_ORDER, p->birth_order);
  if (p->merged)
    mh_record_set_text (patient, MH_PATIENT_MERGED_INTO, "01932f5e-7c1a-7b3c-8d4e-5f6071829304");
  return patient;
}

typedef struct
{
  Person a, b;
  int score;
  guint alike;
} Pair;

#define BIRTH MH_ALIKE_BIRTH
#define NAME (MH_ALIKE_NAME | MH_ALIKE_SOUND)

static const Pair pairs[] = {
  /* nothing given is nothing alike */
  { { 0 }, { 0 }, 0, 0 },
  { { .given = "Asha" }, { 0 }, 0, 0 },
  /* each weight alone */
  { { .abha = "12-3456-7890-1234" }, { .abha = "12-3456-7890-1234" }, 100, MH_ALIKE_NUMBER },
  { { .passport = "p1234567" }, { .passport = "P1234567" }, 100, MH_ALIKE_NUMBER },
  { { .abha = "12" }, { .abha = "13" }, 0, 0 },
  { { .phone = "+91 98120 32145" }, { .phone = "09812032145" }, 20, MH_ALIKE_PHONE },
  { { .phone = "9812032145" }, { .phone = "1", .phone2 = "9812032145" }, 20, MH_ALIKE_PHONE },
  { { .phone = "9812032145" }, { .phone = "9812032146" }, 0, 0 },
  { { .birth = "1984-02-29" }, { .birth = "1984-02-29" }, 25, BIRTH },
  { { .birth = "1984-02-03" }, { .birth = "1984-03-02" }, 18, MH_ALIKE_BIRTH_SWAPPED },
  { { .birth = "1984-02-03" }, { .birth = "1985-02-03" }, 10, MH_ALIKE_BIRTH_NEAR },
  { { .birth = "1984-02-03" }, { .birth = "1985-02-04" }, 0, 0 },
  { { .birth = "1984-02-03", .estimated = TRUE },
    { .birth = "1986-02-03" },
    10,
    MH_ALIKE_BIRTH_NEAR },
  { { .birth = "1984-02-03", .estimated = TRUE }, { .birth = "1986-02-04" }, 0, 0 },
  { { .given = "Asha", .family = "Verma" }, { .given = "Asha", .family = "Verma" }, 40, NAME },
  { { .given = "Asha", .family = "Verma" }, { .given = "Verma", .family = "Asha" }, 40, NAME },
  { { .given = "आशा", .family = "वर्मा" }, { .given = "Asha", .family = "Varma" }, 40, NAME },
  { { .given = "Asha", .family = "Verma" }, { .given = "Usha", .family = "Sharma" }, 0, 0 },
  { { .given = "Asha" }, { .given = "Asha" }, 40, NAME },
  { { .given = "Shiv", .family = "Chowdhary" },
    { .given = "Siv", .family = "Chaudhari" },
    15,
    MH_ALIKE_SOUND },
  { { .given = "Mohammed", .family = "Ali" }, { .given = "Mohammad", .family = "Ali" }, 40, NAME },
  { { .guardian = "Ramesh Verma" }, { .guardian = "Ramesh Varma" }, 10, MH_ALIKE_FAMILY },
  { { .line = "4, Main Road", .pin = "110001" },
    { .line = "4 main road", .pin = "110001" },
    10,
    MH_ALIKE_FAMILY },
  { { .line = "4, Main Road", .city = "Pune" },
    { .line = "4 main road", .city = "pune" },
    10,
    MH_ALIKE_FAMILY },
  { { .line = "4, Main Road", .pin = "110001" }, { .line = "4 main road", .pin = "110002" }, 0, 0 },
  { { .sex = "female" }, { .sex = "male" }, 0, MH_ALIKE_OTHER_SEX },
  { { .sex = "female", .birth = "1984-02-29", .phone = "9812032145" },
    { .sex = "male", .birth = "1984-02-29", .phone = "9812032145" },
    15,
    BIRTH | MH_ALIKE_PHONE | MH_ALIKE_OTHER_SEX },
  { { .sex = "female", .birth = "1984-02-29" },
    { .sex = "unknown", .birth = "1984-02-29" },
    25,
    BIRTH },
  /* sums at the two thresholds */
  { { "Asha", "Verma", "1984-02-03" },
    { "Asha", "Verma", "1985-02-03" },
    50,
    NAME | MH_ALIKE_BIRTH_NEAR },
  { { "Asha", "Verma", "1984-02-03", "9812032145" },
    { "Asha", "Verma", "1984-03-02", "9812032145" },
    78,
    NAME | MH_ALIKE_BIRTH_SWAPPED | MH_ALIKE_PHONE },
  { { "Asha", "Verma", "1984-02-03", "9812032145" },
    { "Asha", "Verma", "1984-02-03", "9812032145" },
    85,
    NAME | BIRTH | MH_ALIKE_PHONE },
  { { "Asha", "Verma", "1984-02-03", "9812032145", .abha = "12" },
    { "Asha", "Verma", "1984-02-03", "9812032145", .abha = "12" },
    100,
    NAME | BIRTH | MH_ALIKE_PHONE | MH_ALIKE_NUMBER },
  /* twins: other given name, or other birth order; but a number settles it */
  { { "Ram", "Verma", "2024-02-03", "9812032145", .guardian = "Asha", .line = "4 Main Road",
      .pin = "1" },
    { "Shyam", "Verma", "2024-02-03", "9812032145", .guardian = "Asha", .line = "4 Main Road",
      .pin = "1" },
    0,
    BIRTH | MH_ALIKE_PHONE | MH_ALIKE_FAMILY },
  { { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 1 },
    { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 2 },
    0,
    NAME | BIRTH | MH_ALIKE_PHONE },
  { { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 1 },
    { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 1 },
    85,
    NAME | BIRTH | MH_ALIKE_PHONE },
  { { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 1 },
    { "Ravi", "Verma", "2024-02-03", "9812032145" },
    85,
    NAME | BIRTH | MH_ALIKE_PHONE },
  { { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 1, .abha = "12" },
    { "Ravi", "Verma", "2024-02-03", "9812032145", .birth_order = 2, .abha = "12" },
    100,
    NAME | BIRTH | MH_ALIKE_PHONE | MH_ALIKE_NUMBER },
  { { "Ravi", "Verma", "2024-02-03", "9812032145", .merged = TRUE },
    { "Ravi", "Verma", "2024-02-03", "9812032145" },
    0,
    NAME | BIRTH | MH_ALIKE_PHONE },
};

static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (MhRecord) a = patient_of (&pairs[i].a);
      g_autoptr (MhRecord) b = patient_of (&pairs[i].b);
      guint there = 0, back = 0;
      int score = mh_duplicate_score (a, b, &there);
      if (score != pairs[i].score || there != pairs[i].alike)
        g_error ("pair %zu: %d, 0x%x", i, score, there);
      g_assert_cmpint (mh_duplicate_score (b, a, &back), ==, score);
      g_assert_cmpuint (back, ==, there);
      g_assert_cmpint (mh_duplicate_score (a, b, NULL), ==, score);
      g_autoptr (MhRecord) match = mh_duplicate_match (a, b);
      g_assert_cmpint (match != NULL, ==, score >= 50);
      if (match == NULL)
        continue;
      g_assert_cmpint (mh_record_int (match, MH_PATIENT_MATCH_SCORE), ==, score);
      g_assert_cmpint (mh_record_bool (match, MH_PATIENT_MATCH_BLOCKING), ==, score >= 80);
      g_assert_true (mh_record_record (match, MH_PATIENT_MATCH_PATIENT) == b);
      const char *const *reasons = mh_record_list (match, MH_PATIENT_MATCH_REASONS);
      guint expected = 0;
      for (int bit = 0; bit < 9; bit++)
        if ((there & (1u << bit)) != 0)
          g_assert_cmpstr (reasons[expected++], ==, mh_duplicate_reason_codes[bit].code);
      g_assert_null (reasons[expected]);
    }
}

/* Whoever is named first, the score is the same: over random people made from few parts. */
static void
test_symmetric (void)
{
  static const char *const names[] = { "Asha",  "Asa",    "Usha",  "Ram",      "Raam", "Verma",
                                       "Varma", "Sharma", "Dixon", "Dicksonx", "" };
  static const char *const births[]
      = { "1984-02-03", "1984-03-02", "1985-02-03", "1986-02-03", NULL };
  static const char *const phones[] = { "9812032145", "+919812032145", "9812032146", NULL };
  static const char *const sexes[] = { "female", "male", "unknown", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (31);
  for (int i = 0; i < 3000; i++)
    {
      Person people[2] = { 0 };
      for (int k = 0; k < 2; k++)
        people[k] = (Person){ .given = names[g_rand_int_range (rand, 0, 11)],
                              .family = names[g_rand_int_range (rand, 0, 11)],
                              .birth = births[g_rand_int_range (rand, 0, 5)],
                              .phone = phones[g_rand_int_range (rand, 0, 4)],
                              .sex = sexes[g_rand_int_range (rand, 0, 4)],
                              .guardian = names[g_rand_int_range (rand, 0, 11)],
                              .estimated = g_rand_boolean (rand),
                              .birth_order = g_rand_int_range (rand, 0, 3) };
      g_autoptr (MhRecord) a = patient_of (&people[0]);
      g_autoptr (MhRecord) b = patient_of (&people[1]);
      guint there = 0, back = 0;
      int score = mh_duplicate_score (a, b, &there);
      g_assert_cmpint (mh_duplicate_score (b, a, &back), ==, score);
      g_assert_cmpuint (there, ==, back);
      g_assert_cmpint (score, >=, 0);
      g_assert_cmpint (score, <=, 100);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/duplicate/pairs", test_pairs);
  g_test_add_func ("/rules/duplicate/symmetric", test_symmetric);
  return g_test_run ();
}
