/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NEWS2, ESI, the coma scale, units: every row of the tables, both sides of each boundary. */
#include <math.h>
#include <string.h>

#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/mh-types.h"
#include "shared/rules/clinic/mh-esi.h"
#include "shared/rules/clinic/mh-gcs.h"
#include "shared/rules/clinic/mh-growth.h"
#include "shared/rules/clinic/mh-news2.h"
#include "shared/rules/clinic/mh-vital-units.h"

typedef void (*RowFunc) (char **cells, guint n);

/* Rows that are no comment; the number of them. */
static guint
each_row (const char *name, const char *separator, guint skip, RowFunc func)
{
  guint n = 0;
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = skip; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] == 0 || *lines[i] == '#')
        continue;
      g_auto (GStrv) cells = g_strsplit (lines[i], separator, -1);
      g_test_message ("%s", lines[i]);
      func (cells, g_strv_length (cells));
      n++;
    }
  return n;
}

static int
number (const char *text)
{
  return *text == 0 || g_str_equal (text, "-") ? -1 : atoi (text);
}

static const char *
level_of (const char *in_vectors)
{
  return g_str_equal (in_vectors, "urgent")      ? MH_NEWS2_MEDIUM
         : g_str_equal (in_vectors, "emergency") ? MH_NEWS2_HIGH
                                                 : in_vectors;
}

static void
news2_row (char **cells, guint n)
{
  MhNews2 score;
  g_assert_cmpuint (n, ==, 19);
  const MhNews2Input input
      = { .resp = number (cells[1]),
          .spo2 = number (cells[2]),
          .scale = number (cells[3]),
          .oxygen = *cells[4] == 0 ? MH_NEWS2_UNKNOWN : g_str_equal (cells[4], "oxygen"),
          .systolic = number (cells[5]),
          .pulse = number (cells[6]),
          .acvpu = cells[7][0],
          .celsius = *cells[8] != 0 ? cells[8] : NULL };
  mh_news2_judge (&input, &score);
  for (guint i = 0; i < MH_NEWS2_N; i++)
    g_assert_cmpint (score.points[i], ==, number (cells[9 + i]));
  g_assert_cmpint (score.known, ==, number (cells[16]));
  g_assert_cmpint (score.whole ? score.known : -1, ==, number (cells[17]));
  g_assert_cmpstr (score.level, ==, level_of (cells[18]));
}

static void
test_news2 (void)
{
  g_assert_cmpuint (each_row ("news2-vectors.csv", ",", 1, news2_row), ==, 167);
}

/* Each row of the published table once more, written another way: the points at both ends. */
static void
test_news2_table (void)
{
  static const struct
  {
    const char *what;
    int from, to, points;
  } rows[] = {
    { "resp", 0, 8, 3 },         { "resp", 9, 11, 1 },        { "resp", 12, 20, 0 },
    { "resp", 21, 24, 2 },       { "resp", 25, 120, 3 },      { "spo2", 0, 91, 3 },
    { "spo2", 92, 93, 2 },       { "spo2", 94, 95, 1 },       { "spo2", 96, 100, 0 },
    { "two-air", 0, 83, 3 },     { "two-air", 84, 85, 2 },    { "two-air", 86, 87, 1 },
    { "two-air", 88, 100, 0 },   { "two-o2", 0, 83, 3 },      { "two-o2", 84, 85, 2 },
    { "two-o2", 86, 87, 1 },     { "two-o2", 88, 92, 0 },     { "two-o2", 93, 94, 1 },
    { "two-o2", 95, 96, 2 },     { "two-o2", 97, 100, 3 },    { "systolic", 0, 90, 3 },
    { "systolic", 91, 100, 2 },  { "systolic", 101, 110, 1 }, { "systolic", 111, 219, 0 },
    { "systolic", 220, 320, 3 }, { "pulse", 0, 40, 3 },       { "pulse", 41, 50, 1 },
    { "pulse", 51, 90, 0 },      { "pulse", 91, 110, 1 },     { "pulse", 111, 130, 2 },
    { "pulse", 131, 350, 3 },    { "tenths", 250, 350, 3 },   { "tenths", 351, 360, 1 },
    { "tenths", 361, 380, 0 },   { "tenths", 381, 390, 1 },   { "tenths", 391, 450, 2 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int value = rows[i].from; value <= rows[i].to; value++)
      {
        MhNews2 score;
        MhNews2Input input = { 16, 97, 120, 72, 1, 0, 'A', "37.0" };
        const char *what = rows[i].what;
        g_autofree char *celsius = g_strdup_printf ("%d.%d", value / 10, value % 10);
        gboolean two = g_str_has_prefix (what, "two");
        if (g_str_equal (what, "resp"))
          input.resp = value;
        else if (g_str_equal (what, "systolic"))
          input.systolic = value;
        else if (g_str_equal (what, "pulse"))
          input.pulse = value;
        else if (g_str_equal (what, "tenths"))
          input.celsius = celsius;
        else
          input.spo2 = value;
        input.scale = two ? 2 : 1;
        input.oxygen = g_str_equal (what, "two-o2");
        mh_news2_judge (&input, &score);
        g_assert_true (score.whole);
        g_assert_cmpint (score.known, ==, rows[i].points + 2 * input.oxygen);
      }
}

static void
test_news2_rounds (void)
{
  static const struct
  {
    const char *celsius;
    int points;
  } rows[] = { { "35", 3 },    { "35.04", 3 }, { "35.05", 1 }, { "36.04", 1 }, { "36.05", 0 },
               { "38.04", 0 }, { "38.05", 1 }, { "39.04", 1 }, { "39.05", 2 }, { "40", 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhNews2 score;
      const MhNews2Input input = { 16, 97, 120, 72, 1, 0, 'A', rows[i].celsius };
      mh_news2_judge (&input, &score);
      g_assert_cmpint (score.points[MH_NEWS2_TEMPERATURE], ==, rows[i].points);
    }
}

static void
test_news2_not_for (void)
{
  static const struct
  {
    const char *json, *why;
  } rows[] = {
    { "{\"birth_date\":\"2010-11-21\"}", NULL },
    { "{\"birth_date\":\"2010-11-22\"}", "age" },
    { "{\"birth_date\":\"1990-01-01\",\"pregnant\":true}", "pregnant" },
    { "{\"birth_date\":\"1990-01-01\",\"pregnant\":false}", NULL },
    { "{\"given_name\":\"Unknown\"}", "unknown_age" },
  };
  MhDate today;
  g_assert_true (mh_date_parse ("2026-11-21", &today));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) patient
          = mh_record_from_text (&mh_patient_type, rows[i].json, -1, MH_JSON_TRUSTED, NULL);
      g_assert_cmpstr (mh_news2_not_for (patient, today), ==, rows[i].why);
    }
}

static void
test_news2_actions (void)
{
  static const struct
  {
    const char *level;
    guint from, every, review;
    gboolean continuous;
  } rows[] = {
    { MH_NEWS2_ZERO, 720, 720, 0, FALSE },       { MH_NEWS2_LOW, 240, 360, 0, FALSE },
    { MH_NEWS2_SINGLE_THREE, 60, 60, 0, FALSE }, { MH_NEWS2_MEDIUM, 60, 60, 60, FALSE },
    { MH_NEWS2_HIGH, 15, 15, 30, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhNews2Action *action = mh_news2_action (rows[i].level);
      g_assert_cmpstr (action->level, ==, rows[i].level);
      g_assert_cmpuint (action->every_from, ==, rows[i].from);
      g_assert_cmpuint (action->every, ==, rows[i].every);
      g_assert_cmpuint (action->review, ==, rows[i].review);
      g_assert_cmpint (action->continuous, ==, rows[i].continuous);
    }
  g_assert_cmpstr (mh_news2_action ("?")->level, ==, MH_NEWS2_INCOMPLETE);
}

static void
test_news2_of_vitals (void)
{
  static const struct
  {
    const char *json;
    int scale, known;
    gboolean whole;
    const char *level, *at_least;
  } rows[] = {
    { "{\"resp\":25,\"spo2\":90,\"o2\":\"mask\",\"systolic\":90,\"pulse\":131,"
      "\"consciousness\":\"C\",\"temperature\":\"102.4\",\"temperature_unit\":\"[degF]\"}",
      1, 19, TRUE, MH_NEWS2_HIGH, MH_NEWS2_HIGH },
    { "{\"resp\":25,\"systolic\":90,\"pulse\":131}", 1, 9, FALSE, MH_NEWS2_INCOMPLETE,
      MH_NEWS2_HIGH },
    { "{\"resp\":16,\"spo2\":90,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":90,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      2, 0, TRUE, MH_NEWS2_ZERO, MH_NEWS2_ZERO },
    { "{\"weight\":\"70\"}", 1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    /* what cannot be is not scored: each limit, both sides */
    { "{\"resp\":16,\"spo2\":30,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":29,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":100,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, TRUE, MH_NEWS2_ZERO, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":101,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":10,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":9,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":350,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":351,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":0,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":120,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":121,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":20,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":19,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":320,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 3, TRUE, MH_NEWS2_SINGLE_THREE, MH_NEWS2_SINGLE_THREE },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":321,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":194,\"o2\":\"air\",\"systolic\":120,\"pulse\":72,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
    { "{\"resp\":16,\"spo2\":97,\"o2\":\"air\",\"systolic\":120,\"pulse\":500,"
      "\"consciousness\":\"A\",\"temperature\":\"37.0\"}",
      1, 0, FALSE, MH_NEWS2_INCOMPLETE, MH_NEWS2_ZERO },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MhNews2 score;
      g_autoptr (MhRecord) vitals
          = mh_record_from_text (&mh_vitals_type, rows[i].json, -1, MH_JSON_TRUSTED, NULL);
      mh_vitals_derive (vitals);
      mh_news2_of_vitals (vitals, rows[i].scale, &score);
      g_assert_cmpint (score.known, ==, rows[i].known);
      g_assert_cmpint (score.whole, ==, rows[i].whole);
      g_assert_cmpstr (score.level, ==, rows[i].level);
      g_assert_cmpstr (score.at_least, ==, rows[i].at_least);
    }
}

static MhEsiAnswer
answer (const char *text)
{
  return *text == 'y' ? MH_ESI_YES : *text == 'n' ? MH_ESI_NO : MH_ESI_UNANSWERED;
}

static void
esi_row (char **cells, guint n)
{
  MhEsi esi;
  g_assert_cmpuint (n, ==, 15);
  const MhEsiInput input = { .life_saving = answer (cells[0]),
                             .high_risk = answer (cells[1]),
                             .confused = answer (cells[2]),
                             .pain = number (cells[3]),
                             .severe_pain = answer (cells[4]),
                             .resources = number (cells[5]),
                             .age_months = number (cells[6]),
                             .pulse = number (cells[7]),
                             .resp = number (cells[8]),
                             .spo2 = number (cells[9]),
                             .upgrade = answer (cells[10]) };
  guint danger = (strchr (cells[13], 'p') != NULL ? MH_ESI_DANGER_PULSE : 0)
                 | (strchr (cells[13], 'r') != NULL ? MH_ESI_DANGER_RESP : 0)
                 | (strchr (cells[13], 's') != NULL ? MH_ESI_DANGER_SPO2 : 0);
  mh_esi_decide (&input, &esi);
  g_assert_cmpint (esi.level, ==, number (cells[11]));
  g_assert_cmpint (esi.point, ==, cells[12][0]);
  g_assert_cmpuint (esi.danger, ==, danger);
  g_assert_cmpint (esi.ask, ==, cells[14][0] == 'y');
}

static void
test_esi (void)
{
  g_assert_cmpuint (each_row ("esi.tsv", "\t", 0, esi_row), >=, 38);
}

static void
test_gcs (void)
{
  static const char *const eyes[] = { "1", "2", "3", "4" };
  static const char *const words[] = { "1", "2", "3", "4", "5" };
  static const char *const moves[] = { "1", "2", "3", "4", "5", "6" };
  for (int e = 1; e <= 4; e++)
    for (int v = 1; v <= 5; v++)
      for (int m = 1; m <= 6; m++)
        g_assert_cmpint (mh_gcs_total (eyes[e - 1], words[v - 1], moves[m - 1]), ==, e + v + m);
  g_assert_cmpint (mh_gcs_total ("NT", "5", "6"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("4", "NT", "6"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("4", "5", "NT"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("5", "5", "6"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("4", "6", "6"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("4", "5", "7"), ==, 0);
  g_assert_cmpint (mh_gcs_total ("0", "5", "6"), ==, 0);
  g_assert_cmpint (mh_gcs_total (NULL, "5", "6"), ==, 0);
  g_autofree char *whole = mh_gcs_text ("4", "5", "6");
  g_autofree char *tube = mh_gcs_text ("4", "NT", "6");
  g_autofree char *part = mh_gcs_text ("4", NULL, NULL);
  g_assert_cmpstr (whole, ==, "E4 V5 M6 = 15");
  g_assert_cmpstr (tube, ==, "E4 VNT M6");
  g_assert_cmpstr (part, ==, "E4 V– M–");
  g_assert_null (mh_gcs_text (NULL, NULL, NULL));
}

static void
test_pain (void)
{
  static const char *const bands[]
      = { "none",     "mild",   "mild",   "mild",   "moderate", "moderate",
          "moderate", "severe", "severe", "severe", "severe" };
  for (int i = 0; i <= 10; i++)
    g_assert_cmpstr (mh_pain_band (i), ==, bands[i]);
  g_assert_null (mh_pain_band (-1));
  g_assert_null (mh_pain_band (11));
}

static void
unit_row (char **cells, guint n)
{
  const char *unit = g_str_equal (cells[2], "-") ? NULL : cells[2];
  g_assert_cmpuint (n, ==, 4);
  g_autofree char *found = g_str_equal (cells[0], "celsius") ? mh_vital_celsius (cells[1], unit)
                           : g_str_equal (cells[0], "kg")    ? mh_vital_kg (cells[1], unit)
                           : g_str_equal (cells[0], "cm")    ? mh_vital_cm (cells[1], unit)
                                                             : mh_vital_mg_dl (cells[1], unit);
  g_assert_cmpstr (found != NULL ? found : "-", ==, cells[3]);
}

static void
test_units (void)
{
  g_assert_cmpuint (each_row ("vital-units.tsv", "\t", 0, unit_row), >=, 20);
  g_autofree char *bmi = mh_vital_bmi ("71.40", "172");
  g_assert_cmpstr (bmi, ==, "24.1");
  g_assert_null (mh_vital_bmi ("71", NULL));
  g_assert_null (mh_vital_bmi ("71", "0"));
}

static void
test_derive (void)
{
  g_autoptr (MhRecord) vitals = mh_record_from_text (
      &mh_vitals_type,
      "{\"temperature\":\"100.4\",\"temperature_unit\":\"[degF]\",\"weight\":\"150\","
      "\"weight_unit\":\"[lb_av]\",\"height\":\"68\",\"height_unit\":\"[in_i]\",\"gcs_eye\":\"4\","
      "\"gcs_verbal\":\"5\",\"gcs_motor\":\"6\"}",
      -1, MH_JSON_CREATE, NULL);
  mh_vitals_derive (vitals);
  g_assert_cmpstr (mh_record_text (vitals, MH_VITALS_TEMPERATURE), ==, "100.4");
  g_assert_cmpstr (mh_record_text (vitals, MH_VITALS_TEMPERATURE_C), ==, "38.0");
  g_assert_cmpstr (mh_record_text (vitals, MH_VITALS_WEIGHT_KG), ==, "68.04");
  g_assert_cmpstr (mh_record_text (vitals, MH_VITALS_HEIGHT_CM), ==, "172.7");
  g_assert_cmpstr (mh_record_text (vitals, MH_VITALS_BMI), ==, "22.8");
  g_assert_cmpint (mh_record_int (vitals, MH_VITALS_GCS), ==, 15);
  g_assert_false (mh_record_is_set (vitals, MH_VITALS_GLUCOSE_MG));
}

/* The printed tables are rounded to one decimal; between the knots a little is left to the line. */
static void
growth_row (char **cells, guint n)
{
  static const char *const measures[] = { "weight", "height", "head" };
  double l, m, s, months = g_ascii_strtod (cells[2], NULL), z = g_ascii_strtod (cells[3], NULL),
                  printed = g_ascii_strtod (cells[4], NULL);
  guint measure = 0;
  g_assert_cmpuint (n, ==, 5);
  while (!g_str_equal (measures[measure], cells[0]))
    measure++;
  gboolean girl = g_str_equal (cells[1], "f");
  g_assert_true (mh_growth_reference ((MhGrowthMeasure)measure, girl, months, &l, &m, &s));
  double value = mh_growth_value (z, l, m, s);
  g_assert_cmpfloat (fabs (value - printed), <, measure == MH_GROWTH_WEIGHT ? 0.1 : 0.2);
  g_assert_cmpfloat (fabs (mh_growth_z (value, l, m, s) - z), <, 0.0001);
}

static void
test_growth_who (void)
{
  double l, m, s, lying;
  g_assert_cmpuint (each_row ("who-growth-vectors.csv", ",", 0, growth_row), ==, 64);
  for (int measure = MH_GROWTH_WEIGHT; measure <= MH_GROWTH_HEAD; measure++)
    {
      g_assert_true (mh_growth_reference ((MhGrowthMeasure)measure, TRUE, 60, &l, &m, &s));
      g_assert_false (mh_growth_reference ((MhGrowthMeasure)measure, TRUE, 60.01, &l, &m, &s));
      g_assert_true (mh_growth_reference ((MhGrowthMeasure)measure, TRUE, 0, &l, &m, &s));
      g_assert_false (mh_growth_reference ((MhGrowthMeasure)measure, TRUE, -0.01, &l, &m, &s));
    }
  /* from two years they stand, 0.7 cm shorter */
  g_assert_true (mh_growth_reference (MH_GROWTH_HEIGHT, FALSE, 23.9999, &l, &lying, &s));
  g_assert_true (mh_growth_reference (MH_GROWTH_HEIGHT, FALSE, 24, &l, &m, &s));
  g_assert_cmpfloat (fabs (lying - m - 0.7), <, 0.001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/news2/vectors", test_news2);
  g_test_add_func ("/rules/news2/table", test_news2_table);
  g_test_add_func ("/rules/news2/rounds", test_news2_rounds);
  g_test_add_func ("/rules/news2/not-for", test_news2_not_for);
  g_test_add_func ("/rules/news2/actions", test_news2_actions);
  g_test_add_func ("/rules/news2/of-vitals", test_news2_of_vitals);
  g_test_add_func ("/rules/esi", test_esi);
  g_test_add_func ("/rules/gcs", test_gcs);
  g_test_add_func ("/rules/pain", test_pain);
  g_test_add_func ("/rules/vital-units", test_units);
  g_test_add_func ("/rules/vitals-derive", test_derive);
  g_test_add_func ("/rules/growth", test_growth_who);
  return g_test_run ();
}
