/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-vitals.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_o2_codes[] = {
  { MH_O2_AIR, N_("Room air") },
  { MH_O2_NASAL, N_("Nasal cannula") },
  { MH_O2_MASK, N_("Simple mask") },
  { MH_O2_VENTURI, N_("Venturi mask") },
  { MH_O2_RESERVOIR, N_("Reservoir mask") },
  { MH_O2_HIGH_FLOW, N_("High flow") },
  { MH_O2_NIV, N_("Non-invasive ventilation") },
  { MH_O2_VENTILATOR, N_("Ventilator") },
  { NULL },
};

const MhCode mh_acvpu_codes[] = {
  { MH_ACVPU_ALERT, N_("Alert") },
  { MH_ACVPU_CONFUSED, N_("New confusion") },
  { MH_ACVPU_VOICE, N_("Answers to voice") },
  { MH_ACVPU_PAIN, N_("Answers to pain") },
  { MH_ACVPU_UNRESPONSIVE, N_("Unresponsive") },
  { NULL },
};

static const MhCode bp_codes[] = {
  { "cuff", N_("Cuff, automatic") },
  { "manual", N_("Cuff, by stethoscope") },
  { "arterial", N_("Arterial line") },
  { NULL },
};
static const MhCode position_codes[] = {
  { "lying", N_("Lying") }, { "sitting", N_("Sitting") }, { "standing", N_("Standing") }, { NULL },
};
static const MhCode site_codes[] = {
  { "ear", N_("Ear") }, { "mouth", N_("Mouth") }, { "armpit", N_("Armpit") }, { "forehead", N_("Forehead") }, { "rectal", NS_("Rectal") }, { NULL },
};
static const MhCode temperature_codes[] = { { MH_UNIT_CELSIUS, N_("Celsius (°C)") }, { MH_UNIT_FAHRENHEIT, N_("Fahrenheit (°F)") }, { NULL } };
static const MhCode weight_codes[] = { { MH_UNIT_KG, N_("Kilograms") }, { MH_UNIT_GRAM, N_("Grams") }, { MH_UNIT_POUND, N_("Pounds") }, { NULL } };
static const MhCode height_codes[] = { { MH_UNIT_CM, N_("Centimetres") }, { MH_UNIT_METRE, N_("Metres") }, { MH_UNIT_INCH, N_("Inches") }, { NULL } };
static const MhCode glucose_codes[] = { { MH_UNIT_MG_DL, N_("Milligrams in a decilitre") }, { MH_UNIT_MMOL_L, N_("Millimoles in a litre") }, { NULL } };
static const MhCode eye_codes[] = {
  { "4", N_("4 spontaneous") }, { "3", N_("3 to sound") }, { "2", N_("2 to pressure") }, { "1", N_("1 none") },
  { MH_GCS_NOT_TESTABLE, N_("Not testable") }, { NULL },
};
static const MhCode verbal_codes[] = {
  { "5", N_("5 orientated") }, { "4", N_("4 confused") }, { "3", N_("3 words") }, { "2", N_("2 sounds") }, { "1", N_("1 none") },
  { MH_GCS_NOT_TESTABLE, N_("Not testable") }, { NULL },
};
static const MhCode motor_codes[] = {
  { "6", N_("6 obeys commands") }, { "5", N_("5 localises") }, { "4", N_("4 normal flexion") }, { "3", N_("3 abnormal flexion") }, { "2", N_("2 extension") }, { "1", N_("1 none") },
  { MH_GCS_NOT_TESTABLE, N_("Not testable") }, { NULL },
};

#define MEASURED MH_SENSITIVE | MH_IMMUTABLE
#define DERIVED MH_SENSITIVE | MH_SERVER_SET

static const MhField vitals_fields[] = {
  MH_COMMON_FIELDS,
  [MH_VITALS_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_VITALS_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_VITALS_VISIT_ID]         = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_VITALS_TAKEN_AT]         = { "taken_at", MH_KIND_INSTANT, .label = N_("Taken"), .flags = MH_IMMUTABLE | MH_SORT | MH_BRIEF },
  [MH_VITALS_TAKEN_BY]         = { "taken_by", MH_KIND_REF, .label = N_("Taken by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_VITALS_TAKEN_NAME]       = { "taken_name", MH_KIND_TEXT, .label = N_("Nurse"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_VITALS_RESP]             = { "resp", MH_KIND_INT, .label = N_("Breaths"), .unit = "/min", .flags = MEASURED | MH_BRIEF, .at_least = 0, .at_most = 120 },
  [MH_VITALS_SPO2]             = { "spo2", MH_KIND_INT, .label = N_("SpO₂"), .unit = "%", .flags = MEASURED | MH_BRIEF, .at_least = 30, .at_most = 100 },
  [MH_VITALS_O2]               = { "o2", MH_KIND_ENUM, .label = N_("Air or oxygen"), .codes = mh_o2_codes, .flags = MEASURED },
  [MH_VITALS_O2_FLOW]          = { "o2_flow", MH_KIND_DECIMAL, .label = N_("Oxygen flow"), .unit = "L/min", .flags = MEASURED, .max = 6 },
  [MH_VITALS_O2_PERCENT]       = { "o2_percent", MH_KIND_INT, .label = N_("Inspired oxygen"), .unit = "%", .flags = MEASURED, .at_least = 21, .at_most = 100 },
  [MH_VITALS_SYSTOLIC]         = { "systolic", MH_KIND_INT, .label = N_("Systolic"), .unit = "mmHg", .flags = MEASURED | MH_BRIEF, .at_least = 20, .at_most = 320 },
  [MH_VITALS_DIASTOLIC]        = { "diastolic", MH_KIND_INT, .label = N_("Diastolic"), .unit = "mmHg", .flags = MEASURED | MH_BRIEF, .at_least = 10, .at_most = 220 },
  [MH_VITALS_BP_METHOD]        = { "bp_method", MH_KIND_ENUM, .label = N_("Measured by"), .codes = bp_codes, .flags = MEASURED },
  [MH_VITALS_POSITION]         = { "position", MH_KIND_ENUM, .label = N_("Body position"), .codes = position_codes, .flags = MEASURED },
  [MH_VITALS_PULSE]            = { "pulse", MH_KIND_INT, .label = N_("Pulse"), .unit = "/min", .flags = MEASURED | MH_BRIEF, .at_least = 10, .at_most = 350 },
  [MH_VITALS_CONSCIOUSNESS]    = { "consciousness", MH_KIND_ENUM, .label = N_("Consciousness"), .codes = mh_acvpu_codes, .flags = MEASURED | MH_BRIEF },
  [MH_VITALS_TEMPERATURE]      = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .flags = MEASURED, .max = 8 },
  [MH_VITALS_TEMPERATURE_UNIT] = { "temperature_unit", MH_KIND_ENUM, .label = N_("Unit of the temperature"), .codes = temperature_codes, .flags = MEASURED },
  [MH_VITALS_TEMPERATURE_SITE] = { "temperature_site", MH_KIND_ENUM, .label = N_("Measured at"), .codes = site_codes, .flags = MEASURED },
  [MH_VITALS_PAIN]             = { "pain", MH_KIND_INT, .label = N_("Pain"), .unit = "/10", .flags = MEASURED | MH_BRIEF, .at_least = 0, .at_most = 10 },
  [MH_VITALS_GCS_EYE]          = { "gcs_eye", MH_KIND_ENUM, .label = N_("Eye opening"), .codes = eye_codes, .flags = MEASURED },
  [MH_VITALS_GCS_VERBAL]       = { "gcs_verbal", MH_KIND_ENUM, .label = N_("Verbal response"), .codes = verbal_codes, .flags = MEASURED },
  [MH_VITALS_GCS_MOTOR]        = { "gcs_motor", MH_KIND_ENUM, .label = N_("Motor response"), .codes = motor_codes, .flags = MEASURED },
  [MH_VITALS_GLUCOSE]          = { "glucose", MH_KIND_DECIMAL, .label = N_("Glucose"), .flags = MEASURED, .max = 8 },
  [MH_VITALS_GLUCOSE_UNIT]     = { "glucose_unit", MH_KIND_ENUM, .label = N_("Unit of the glucose"), .codes = glucose_codes, .flags = MEASURED },
  [MH_VITALS_WEIGHT]           = { "weight", MH_KIND_DECIMAL, .label = N_("Weight"), .flags = MEASURED, .max = 10 },
  [MH_VITALS_WEIGHT_UNIT]      = { "weight_unit", MH_KIND_ENUM, .label = N_("Unit of the weight"), .codes = weight_codes, .flags = MEASURED },
  [MH_VITALS_HEIGHT]           = { "height", MH_KIND_DECIMAL, .label = N_("Height"), .flags = MEASURED, .max = 8 },
  [MH_VITALS_HEIGHT_UNIT]      = { "height_unit", MH_KIND_ENUM, .label = N_("Unit of the height"), .codes = height_codes, .flags = MEASURED },
  [MH_VITALS_HEAD_CM]          = { "head_cm", MH_KIND_DECIMAL, .label = N_("Head circumference"), .unit = "cm", .flags = MEASURED, .max = 6 },
  [MH_VITALS_NOTE]             = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MEASURED, .max = 400 },
  [MH_VITALS_OBSERVE_IN]       = { "observe_in", MH_KIND_INT, .label = N_("Repeat observation in"), .unit = "min", .flags = MH_INPUT, .at_least = 5, .at_most = 1440,
    .help = N_("May be earlier than the score requires, not later") },
  [MH_VITALS_TEMPERATURE_C]    = { "temperature_c", MH_KIND_DECIMAL, .label = N_("Temperature"), .unit = "°C", .flags = DERIVED | MH_BRIEF },
  [MH_VITALS_GLUCOSE_MG]       = { "glucose_mg", MH_KIND_DECIMAL, .label = N_("Glucose"), .unit = "mg/dL", .flags = DERIVED | MH_BRIEF },
  [MH_VITALS_WEIGHT_KG]        = { "weight_kg", MH_KIND_DECIMAL, .label = N_("Weight"), .unit = "kg", .flags = DERIVED | MH_BRIEF },
  [MH_VITALS_HEIGHT_CM]        = { "height_cm", MH_KIND_DECIMAL, .label = N_("Height"), .unit = "cm", .flags = DERIVED | MH_BRIEF },
  [MH_VITALS_BMI]              = { "bmi", MH_KIND_DECIMAL, .label = N_("Body mass index"), .unit = "kg/m²", .flags = DERIVED },
  [MH_VITALS_GCS]              = { "gcs", MH_KIND_INT, .label = N_("Coma scale"), .flags = DERIVED | MH_BRIEF, .at_least = 3, .at_most = 15 },
  [MH_VITALS_SPO2_SCALE]       = { "spo2_scale", MH_KIND_INT, .label = N_("SpO₂ scale"), .flags = MH_SERVER_SET, .at_least = 1, .at_most = 2 },
  [MH_VITALS_NEWS2]            = { "news2", MH_KIND_INT, .label = N_("NEWS2"), .flags = DERIVED | MH_BRIEF, .at_least = 0, .at_most = 20,
    .help = N_("Sum of the points of the measured values; not a full score while the risk is “incomplete”") },
  [MH_VITALS_NEWS2_LEVEL]      = { "news2_level", MH_KIND_ENUM, .label = N_("Risk by NEWS2"), .codes = mh_news2_level_codes, .flags = DERIVED | MH_BRIEF },
  [MH_VITALS_OBSERVE_BY]       = { "observe_by", MH_KIND_INSTANT, .label = N_("Next observation"), .flags = MH_SERVER_SET },
  [MH_VITALS_STRUCK_AT]        = { "struck_at", MH_KIND_INSTANT, .label = N_("Struck out"), .flags = MH_SERVER_SET },
  [MH_VITALS_STRUCK_NAME]      = { "struck_name", MH_KIND_TEXT, .label = N_("Struck out by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_VITALS_STRUCK_REASON]    = { "struck_reason", MH_KIND_TEXT, .label = N_("Struck out because"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (vitals_fields) == MH_VITALS_N_FIELDS);

static const MhField strike_fields[] = {
  [MH_STRIKE_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Struck out because"), .flags = MH_REQUIRED, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (strike_fields) == MH_STRIKE_N_FIELDS);

/* clang-format on */

/* Limits in the unit that was entered: outside of them a value is a slip of the keys. The words say
 * both ends, so that whoever stands at the bed knows what to do. */
static const struct
{
  guint value, unit;
  const char *code; /* NULL: the field has no choice of units */
  const char *low, *high, *shown;
} limits[] = {
  { MH_VITALS_TEMPERATURE, MH_VITALS_TEMPERATURE_UNIT, MH_UNIT_CELSIUS, "25", "45", "°C" },
  { MH_VITALS_TEMPERATURE, MH_VITALS_TEMPERATURE_UNIT, MH_UNIT_FAHRENHEIT, "77", "113", "°F" },
  { MH_VITALS_WEIGHT, MH_VITALS_WEIGHT_UNIT, MH_UNIT_KG, "0.3", "400", "kg" },
  { MH_VITALS_WEIGHT, MH_VITALS_WEIGHT_UNIT, MH_UNIT_GRAM, "300", "400000", "g" },
  { MH_VITALS_WEIGHT, MH_VITALS_WEIGHT_UNIT, MH_UNIT_POUND, "0.7", "880", "lb" },
  { MH_VITALS_HEIGHT, MH_VITALS_HEIGHT_UNIT, MH_UNIT_CM, "20", "260", "cm" },
  { MH_VITALS_HEIGHT, MH_VITALS_HEIGHT_UNIT, MH_UNIT_METRE, "0.2", "2.6", "m" },
  { MH_VITALS_HEIGHT, MH_VITALS_HEIGHT_UNIT, MH_UNIT_INCH, "8", "102", "in" },
  { MH_VITALS_GLUCOSE, MH_VITALS_GLUCOSE_UNIT, MH_UNIT_MG_DL, "10", "1500", "mg/dL" },
  { MH_VITALS_GLUCOSE, MH_VITALS_GLUCOSE_UNIT, MH_UNIT_MMOL_L, "0.6", "83", "mmol/L" },
  { MH_VITALS_O2_FLOW, 0, NULL, "0", "80", "L/min" },
  { MH_VITALS_HEAD_CM, 0, NULL, "15", "75", "cm" },
};

static gboolean
vitals_is_unit (MhRecord *vitals, guint row)
{
  /* the first of a quantity's rows is its usual unit, and holds when none is named */
  const char *unit = limits[row].code != NULL ? mh_record_text (vitals, limits[row].unit) : NULL;
  if (limits[row].code == NULL)
    return TRUE;
  if (unit == NULL)
    return row == 0 || limits[row - 1].value != limits[row].value;
  return g_str_equal (unit, limits[row].code);
}

static void
check_limits (MhRecord *vitals, MhIssues *issues)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      MhDecimal value, low, high;
      const char *text = mh_record_text (vitals, limits[i].value);
      if (text == NULL || !vitals_is_unit (vitals, i) || !mh_decimal_parse (text, &value)
          || !mh_decimal_parse (limits[i].low, &low) || !mh_decimal_parse (limits[i].high, &high))
        continue;
      if (mh_decimal_compare (value, low) < 0 || mh_decimal_compare (value, high) > 0)
        mh_issues_add (issues, vitals_fields[limits[i].value].name, "out_of_range",
                       "%s is not possible: %s to %s %s.", text, limits[i].low, limits[i].high,
                       limits[i].shown);
    }
}

static gboolean
is_anything (MhRecord *vitals)
{
  static const guint one_of[]
      = { MH_VITALS_RESP,    MH_VITALS_SPO2,          MH_VITALS_SYSTOLIC,    MH_VITALS_DIASTOLIC,
          MH_VITALS_PULSE,   MH_VITALS_CONSCIOUSNESS, MH_VITALS_TEMPERATURE, MH_VITALS_PAIN,
          MH_VITALS_GCS_EYE, MH_VITALS_GCS_VERBAL,    MH_VITALS_GCS_MOTOR,   MH_VITALS_GLUCOSE,
          MH_VITALS_WEIGHT,  MH_VITALS_HEIGHT,        MH_VITALS_HEAD_CM };
  for (guint i = 0; i < G_N_ELEMENTS (one_of); i++)
    if (mh_record_has (vitals, one_of[i]))
      return TRUE;
  return FALSE;
}

static void
vitals_check (MhRecord *vitals, MhIssues *issues)
{
  check_limits (vitals, issues);
  if (!is_anything (vitals))
    mh_issues_add (issues, "resp", "required", "Nothing was measured.");
  if (mh_record_has (vitals, MH_VITALS_SYSTOLIC) && mh_record_has (vitals, MH_VITALS_DIASTOLIC)
      && mh_record_int (vitals, MH_VITALS_DIASTOLIC) >= mh_record_int (vitals, MH_VITALS_SYSTOLIC))
    mh_issues_add (issues, "diastolic", "out_of_range",
                   "The diastolic pressure must be below the systolic one.");
  if (g_strcmp0 (mh_record_text (vitals, MH_VITALS_O2), MH_O2_AIR) == 0
      && (mh_record_has (vitals, MH_VITALS_O2_FLOW)
          || mh_record_int (vitals, MH_VITALS_O2_PERCENT) > 21))
    mh_issues_add (issues, "o2", "mismatch", "Room air has no oxygen flow.");
  if (mh_record_has (vitals, MH_VITALS_BP_METHOD) && !mh_record_has (vitals, MH_VITALS_SYSTOLIC)
      && !mh_record_has (vitals, MH_VITALS_DIASTOLIC))
    mh_issues_add (issues, "bp_method", "mismatch", "No blood pressure was measured.");
  if (mh_record_has (vitals, MH_VITALS_TEMPERATURE_SITE)
      && !mh_record_has (vitals, MH_VITALS_TEMPERATURE))
    mh_issues_add (issues, "temperature_site", "mismatch", "No temperature was measured.");
}

/* clang-format off */
const MhRecordType mh_vitals_type = {
  .name = "MhVitals", .code = "vitals", .table = "vitals", .path = "/vitals",
  .label = NS_("Vital signs"), .fields = vitals_fields, .n_fields = G_N_ELEMENTS (vitals_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = vitals_check,
  .hospital = MH_VITALS_HOSPITAL_ID, .patient = MH_VITALS_PATIENT_ID,
};

const MhRecordType mh_strike_type = {
  .name = "MhStrike", .code = "strike",
  .label = N_("Strike out"), .fields = strike_fields, .n_fields = G_N_ELEMENTS (strike_fields),
};
/* clang-format on */
