/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-news2.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

/* Up to and including .most the value has .points; the last row has no end. */
typedef struct
{
  int most, points;
} Band;

#define NO_END G_MAXINT
static const Band resp_bands[] = { { 8, 3 }, { 11, 1 }, { 20, 0 }, { 24, 2 }, { NO_END, 3 } };
static const Band spo2_bands[] = { { 91, 3 }, { 93, 2 }, { 95, 1 }, { NO_END, 0 } };
static const Band spo2_low_bands[] = { { 83, 3 }, { 85, 2 }, { 87, 1 }, { NO_END, 0 } };
static const Band spo2_on_oxygen_bands[]
    = { { 83, 3 }, { 85, 2 }, { 87, 1 }, { 92, 0 }, { 94, 1 }, { 96, 2 }, { NO_END, 3 } };
static const Band systolic_bands[]
    = { { 90, 3 }, { 100, 2 }, { 110, 1 }, { 219, 0 }, { NO_END, 3 } };
static const Band pulse_bands[]
    = { { 40, 3 }, { 50, 1 }, { 90, 0 }, { 110, 1 }, { 130, 2 }, { NO_END, 3 } };
/* tenths of a degree Celsius */
static const Band temperature_bands[]
    = { { 350, 3 }, { 360, 1 }, { 380, 0 }, { 390, 1 }, { NO_END, 2 } };

static int
points_of (const Band *bands, int value)
{
  while (value > bands->most)
    bands++;
  return bands->points;
}

static int
points_if (const Band *bands, int value)
{
  return value == MH_NEWS2_UNKNOWN ? MH_NEWS2_UNKNOWN : points_of (bands, value);
}

static int
spo2_points (const MhNews2Input *input)
{
  if (input->spo2 == MH_NEWS2_UNKNOWN)
    return MH_NEWS2_UNKNOWN;
  if (input->scale != 2)
    return points_of (spo2_bands, input->spo2);
  /* on the second scale a high value is good on air and bad on oxygen */
  if (input->oxygen == MH_NEWS2_UNKNOWN)
    return MH_NEWS2_UNKNOWN;
  return points_of (input->oxygen != 0 ? spo2_on_oxygen_bands : spo2_low_bands, input->spo2);
}

static int
temperature_points (const char *celsius)
{
  MhDecimal value, tenths;
  if (celsius == NULL || !mh_decimal_parse (celsius, &value))
    return MH_NEWS2_UNKNOWN;
  g_autofree char *rounded = mh_decimal_format (value, 1);
  if (!mh_decimal_parse (rounded, &tenths))
    return MH_NEWS2_UNKNOWN;
  return points_of (temperature_bands,
                    (int)(tenths.scale == 0 ? tenths.mantissa * 10 : tenths.mantissa));
}

static const char *
band_of (const MhNews2 *score)
{
  gboolean three = FALSE;
  for (guint i = 0; i < MH_NEWS2_N; i++)
    three = three || score->points[i] == 3;
  return score->known >= 7   ? MH_NEWS2_HIGH
         : score->known >= 5 ? MH_NEWS2_MEDIUM
         : three             ? MH_NEWS2_SINGLE_THREE
         : score->known > 0  ? MH_NEWS2_LOW
                             : MH_NEWS2_ZERO;
}

void
mh_news2_judge (const MhNews2Input *input, MhNews2 *out_score)
{
  MhNews2 score = { .whole = TRUE };
  score.points[MH_NEWS2_RESP] = points_if (resp_bands, input->resp);
  score.points[MH_NEWS2_SPO2] = spo2_points (input);
  score.points[MH_NEWS2_AIR] = input->oxygen == MH_NEWS2_UNKNOWN ? MH_NEWS2_UNKNOWN
                               : input->oxygen != 0              ? 2
                                                                 : 0;
  score.points[MH_NEWS2_SYSTOLIC] = points_if (systolic_bands, input->systolic);
  score.points[MH_NEWS2_PULSE] = points_if (pulse_bands, input->pulse);
  score.points[MH_NEWS2_ACVPU] = input->acvpu == 0 ? MH_NEWS2_UNKNOWN : input->acvpu == 'A' ? 0 : 3;
  score.points[MH_NEWS2_TEMPERATURE] = temperature_points (input->celsius);
  for (guint i = 0; i < MH_NEWS2_N; i++)
    if (score.points[i] == MH_NEWS2_UNKNOWN)
      score.whole = FALSE;
    else
      score.known += score.points[i];

  score.at_least = band_of (&score);
  score.level = score.whole ? score.at_least : MH_NEWS2_INCOMPLETE;
  *out_score = score;
}

/* What cannot be (SpO₂ 194, a pulse of 500) was not measured: it counts as missing. */
static int
news2_number (MhRecord *vitals, guint field)
{
  const MhField *limits = &mh_vitals_type.fields[field];
  if (!mh_record_has (vitals, field))
    return MH_NEWS2_UNKNOWN;
  gint64 value = mh_record_int (vitals, field);
  return value >= limits->at_least && value <= limits->at_most ? (int)value : MH_NEWS2_UNKNOWN;
}

static const char *
temperature (MhRecord *vitals)
{
  static const MhDecimal least = { 20, 0 }, most = { 46, 0 };
  MhDecimal value;
  const char *text = mh_record_text (vitals, MH_VITALS_TEMPERATURE_C);
  return text != NULL && mh_decimal_parse (text, &value) && mh_decimal_compare (value, least) >= 0
                 && mh_decimal_compare (value, most) <= 0
             ? text
             : NULL;
}

void
mh_news2_of_vitals (MhRecord *vitals, int scale, MhNews2 *out_score)
{
  const char *o2 = mh_record_text (vitals, MH_VITALS_O2);
  const char *acvpu = mh_record_text (vitals, MH_VITALS_CONSCIOUSNESS);
  const MhNews2Input input = {
    .resp = news2_number (vitals, MH_VITALS_RESP),
    .spo2 = news2_number (vitals, MH_VITALS_SPO2),
    .systolic = news2_number (vitals, MH_VITALS_SYSTOLIC),
    .pulse = news2_number (vitals, MH_VITALS_PULSE),
    .scale = scale == 2 ? 2 : 1,
    .oxygen = o2 == NULL ? MH_NEWS2_UNKNOWN : !g_str_equal (o2, MH_O2_AIR),
    .acvpu = acvpu != NULL ? acvpu[0] : 0,
    .celsius = temperature (vitals),
  };

  mh_news2_judge (&input, out_score);
}

const char *
mh_news2_not_for (MhRecord *patient, MhDate today)
{
  MhDate birth;
  const char *text = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  if (text == NULL || !mh_date_parse (text, &birth))
    return "unknown_age";
  if (mh_age_years (birth, today) < MH_NEWS2_FROM_YEARS)
    return "age";
  return mh_record_bool (patient, MH_PATIENT_PREGNANT) ? "pregnant" : NULL;
}

/* clang-format off */
static const MhNews2Action actions[] = {
  { MH_NEWS2_INCOMPLETE, 60, 60, FALSE, 0, N_("Measure what is missing") },
  { MH_NEWS2_ZERO, 720, 720, FALSE, 0, N_("Observe every 12 hours") },
  { MH_NEWS2_LOW, 240, 360, FALSE, 0, N_("A nurse decides: observe every 4 to 6 hours, or more often") },
  { MH_NEWS2_SINGLE_THREE, 60, 60, FALSE, 0, N_("Observe every hour; tell the doctor") },
  { MH_NEWS2_MEDIUM, 60, 60, FALSE, 60, N_("Observe every hour; urgent review by the doctor within 60 minutes") },
  { MH_NEWS2_HIGH, 15, 15, TRUE, 30, N_("Monitor continuously; the emergency team within 30 minutes") },
};
static const char *const labels[] = {
  [MH_NEWS2_RESP] = NS_("Breaths"), [MH_NEWS2_SPO2] = N_("SpO₂"), [MH_NEWS2_AIR] = N_("Air or oxygen"),
  [MH_NEWS2_SYSTOLIC] = N_("Systolic"), [MH_NEWS2_PULSE] = NS_("Pulse"), [MH_NEWS2_ACVPU] = N_("Consciousness"),
  [MH_NEWS2_TEMPERATURE] = N_("Temperature"),
};
/* clang-format on */

const MhNews2Action *
mh_news2_action (const char *level)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].level, level) == 0)
      return &actions[i];
  return &actions[0];
}

const char *
mh_news2_part_label (MhNews2Part part)
{
  return labels[part];
}
