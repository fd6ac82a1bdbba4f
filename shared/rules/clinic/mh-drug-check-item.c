/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One medicine for one patient: dose, kidneys, pregnancy, breast-feeding, age. */
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/clinic/mh-drug-amount.h"
#include "shared/rules/clinic/mh-drug-private.h"
#include "shared/rules/clinic/mh-drug-words.h"
#include "shared/rules/clinic/mh-kidney.h"

#include <math.h>
#include <string.h>

#define ADULT_MONTHS (18 * 12)
#define OLD_CHILD_MONTHS (12 * 12)
#define ADULT_KG 40
/* Rounding to a tablet or a spoon is no overdose. */
#define DOSE_ROUNDING 1.1
#define DAY_ROUNDING 1.05
#define LOW 0.5
#define EPSILON 1.000001
/* A child's weight is old after three months, anybody's after a year. */
#define CHILD_WEIGHT_DAYS 92
#define WEIGHT_DAYS 366

int
mh_drug_age_months (const MhDrugPatient *patient)
{
  MhDate birth;
  const char *text = mh_record_text (patient->patient, MH_PATIENT_BIRTH_DATE);
  return text != NULL && mh_date_parse (text, &birth) ? mh_age_months (birth, patient->today) : -1;
}

static gboolean
is_female (const MhDrugPatient *patient)
{
  return g_strcmp0 (mh_record_text (patient->patient, MH_PATIENT_SEX), MH_SEX_FEMALE) == 0;
}

double
mh_drug_clearance (const MhDrugPatient *patient, const char **out_formula)
{
  int months = mh_drug_age_months (patient);
  gboolean female = is_female (patient);
  gboolean male = g_strcmp0 (mh_record_text (patient->patient, MH_PATIENT_SEX), MH_SEX_MALE) == 0;
  if (patient->creatinine <= 0 || months < ADULT_MONTHS || months / 12 >= 140 || (!female && !male))
    return 0;
  *out_formula = patient->kg > 0 ? "Cockcroft–Gault" : "CKD-EPI 2021";
  return patient->kg > 0
             ? mh_kidney_clearance (female, months / 12, patient->kg, patient->creatinine)
             : mh_kidney_egfr (female, months / 12, patient->creatinine);
}

/* --- helpers --- */

static double
decimal (MhRecord *medicine, guint field)
{
  MhDecimal value;
  const char *text = mh_record_text (medicine, field);
  return text != NULL && mh_decimal_parse (text, &value) ? mh_decimal_to_double (value) : 0;
}

static void
drug_check_item_add_name (GString *names, const MhDrugItem *item)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", item->name);
}

static void
figure_date (MhRecord *alert, MhDrugSay say, double value, MhDate on)
{
  char date[MH_DATE_LENGTH + 1];
  g_autofree char *number = mh_drug_number (value);
  mh_date_format (on, date);
  g_autofree char *text = mh_drug_say (say, number, date, NULL);
  mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, text);
}

/* A dose on the wrong side of its limit. */
typedef struct
{
  const char *code;
  double value, limit;
  const char *unit;
  MhDrugSay say;
  gboolean by_weight; /* the limit comes from the patient's weight */
} DoseBeyond;

static void
drug_check_item_say_dose (MhDrugChecking *checking, const MhDrugItem *item, const DoseBeyond *dose)
{
  MhDrugSay say = dose->say;
  const char *unit = dose->unit;
  g_autofree char *is = mh_drug_number (dose->value), *most = mh_drug_number (dose->limit);
  gboolean low = g_str_equal (dose->code, MH_DRUG_ALERT_DOSE_LOW);
  g_autofree char *text = mh_drug_say (say, is, unit, most, NULL);
  g_autofree char *rule = say == MH_DRUG_SAY_ABOVE_DAY    ? g_strconcat (unit, " a day", NULL)
                          : say == MH_DRUG_SAY_ABOVE_WEEK ? g_strconcat (unit, " per week", NULL)
                                                          : g_strdup (unit);
  MhRecord *alert = mh_drug_alert_add (
      checking, &(MhDrugWarning){ .item = item,
                                  .code = dose->code,
                                  .severity = low ? MH_DRUG_MODERATE : MH_DRUG_MAJOR,
                                  .rule = rule,
                                  .text = text });
  g_autofree char *whole = g_strconcat (most, " ", rule, NULL);
  g_autofree char *figure = mh_drug_say (MH_DRUG_SAY_LIMIT, whole, NULL);

  mh_drug_alert_figure (alert, "%s %s", is, rule);
  mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, figure);
  if (dose->by_weight)
    figure_date (alert, MH_DRUG_SAY_WEIGHT, checking->patient->kg, checking->patient->kg_on);
  mh_record_set_bool (alert, MH_DRUG_ALERT_SIGNED,
                      mh_record_bool (item->medicine, MH_MEDICINE_VERIFIED));
}

/* --- dose --- */

static gboolean
is_child (const MhDrugPatient *patient)
{
  int months = mh_drug_age_months (patient);
  if (months < 0 || months >= ADULT_MONTHS)
    return FALSE;
  return months < OLD_CHILD_MONTHS || (patient->kg > 0 && patient->kg < ADULT_KG);
}

static void
check_weight_age (MhDrugChecking *checking, const MhDrugItem *item)
{
  const MhDrugPatient *patient = checking->patient;
  int months = mh_drug_age_months (patient);
  int days = mh_drug_days (patient->kg_on, patient->today);
  gboolean young = months >= 0 && months < ADULT_MONTHS;
  if (days <= (young ? CHILD_WEIGHT_DAYS : WEIGHT_DAYS))
    return;
  MhRecord *alert = mh_drug_alert_add (
      checking, &(MhDrugWarning){ .item = item,
                                  .code = MH_DRUG_ALERT_OLD_WEIGHT,
                                  .severity = MH_DRUG_MODERATE,
                                  .text = mh_drug_template (MH_DRUG_SAY_OLD_WEIGHT),
                                  .advice = mh_drug_template (MH_DRUG_SAY_WEIGH) });
  figure_date (alert, MH_DRUG_SAY_WEIGHT, patient->kg, patient->kg_on);
}

static void
drug_check_item_check_child (MhDrugChecking *checking,
                             const MhDrugItem *item,
                             const MhIntake *intake)
{
  MhRecord *medicine = item->medicine;
  double kg = checking->patient->kg;
  double least = decimal (medicine, MH_MEDICINE_KG_DOSE_MIN);
  double most = decimal (medicine, MH_MEDICINE_KG_DOSE_MAX);
  double day = decimal (medicine, MH_MEDICINE_KG_DAY_MAX);

  if (most <= 0)
    {
      if (item->systemic)
        mh_drug_alert_add (checking,
                           &(MhDrugWarning){ .item = item,
                                             .code = MH_DRUG_ALERT_NO_DOSE,
                                             .severity = MH_DRUG_NOTE,
                                             .text = mh_drug_template (MH_DRUG_SAY_NO_DOSE) });
      return;
    }

  if (kg <= 0)
    {
      drug_check_item_add_name (checking->without_weight, item);
      return;
    }

  check_weight_age (checking, item);
  if (!intake->known[MH_AMOUNT_MG])
    return;

  if (day <= 0)
    day = most * (double)MAX (1, mh_record_int (medicine, MH_MEDICINE_DOSES_PER_DAY));
  double once = intake->once[MH_AMOUNT_MG] / kg, a_day = intake->day[MH_AMOUNT_MG] / kg;

  if (once > most * DOSE_ROUNDING * EPSILON)
    drug_check_item_say_dose (checking, item,
                              &(DoseBeyond){ .code = MH_DRUG_ALERT_DOSE_HIGH,
                                             .value = once,
                                             .limit = most,
                                             .unit = "mg/kg/dose",
                                             .say = MH_DRUG_SAY_ABOVE,
                                             .by_weight = TRUE });
  else if (once < least * LOW)
    drug_check_item_say_dose (checking, item,
                              &(DoseBeyond){ .code = MH_DRUG_ALERT_DOSE_LOW,
                                             .value = once,
                                             .limit = least,
                                             .unit = "mg/kg/dose",
                                             .say = MH_DRUG_SAY_BELOW,
                                             .by_weight = TRUE });
  if (intake->day_known && a_day > day * DAY_ROUNDING * EPSILON)
    drug_check_item_say_dose (checking, item,
                              &(DoseBeyond){ .code = MH_DRUG_ALERT_DAY_HIGH,
                                             .value = a_day,
                                             .limit = day,
                                             .unit = "mg/kg/day",
                                             .say = MH_DRUG_SAY_ABOVE,
                                             .by_weight = TRUE });
}

/* "4000 mg", "60 mg/kg", "25 mg per week", "8 tablets". */
static void
check_most (MhDrugChecking *checking, const MhDrugItem *item, const MhIntake *intake)
{
  MhAmountKind kind;
  double factor, limit = decimal (item->medicine, MH_MEDICINE_DAY_MAX);
  const char *whole = mh_record_text (item->medicine, MH_MEDICINE_DAY_MAX_UNIT);
  if (limit <= 0 || whole == NULL)
    return;

  g_autofree char *unit = g_strdup (whole);
  gboolean by_weight = g_str_has_suffix (unit, "/kg"),
           weekly = g_str_has_suffix (unit, " per week");

  if (by_weight || weekly)
    unit[strlen (unit) - strlen (by_weight ? "/kg" : " per week")] = 0;
  if (by_weight && checking->patient->kg <= 0)
    {
      drug_check_item_add_name (checking->without_weight, item);
      return;
    }

  if (!mh_amount_unit (unit, &kind, &factor) || !intake->known[kind])
    return;

  double taken = intake->day_known ? intake->day[kind] * (weekly ? 7 : 1) : intake->once[kind];
  taken /= factor * (by_weight ? checking->patient->kg : 1);
  if (taken <= limit * EPSILON)
    return;

  /* "mg/kg" says more than what was read of it */
  drug_check_item_say_dose (
      checking, item,
      &(DoseBeyond){ .code = MH_DRUG_ALERT_DAY_HIGH,
                     .value = taken,
                     .limit = limit,
                     .unit = weekly ? unit : whole,
                     .say = weekly ? MH_DRUG_SAY_ABOVE_WEEK : MH_DRUG_SAY_ABOVE_DAY,
                     .by_weight = by_weight });
}

static void
check_dose (MhDrugChecking *checking, const MhDrugItem *item)
{
  MhIntake intake;
  MhRecord *line = item->line;
  const char *dose = mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE);
  const char *strength = mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH);
  const char *const *own = mh_record_list (item->medicine, MH_MEDICINE_STRENGTHS);
  gboolean limited
      = decimal (item->medicine, MH_MEDICINE_DAY_MAX) > 0
        || (is_child (checking->patient) && decimal (item->medicine, MH_MEDICINE_KG_DOSE_MAX) > 0);

  if (strength == NULL && own != NULL && mh_record_has (line, MH_PRESCRIPTION_LINE_MEDICINE))
    strength = own[0];
  g_autofree char *first = strength != NULL ? g_strndup (strength, strcspn (strength, "+")) : NULL;

  if (first != NULL)
    g_strstrip (first);
  gboolean read
      = mh_intake_read (dose, first, mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY),
                        mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED), &intake);

  if (!read && dose != NULL && limited)
    mh_drug_alert_add (checking, &(MhDrugWarning){ .item = item,
                                                   .code = MH_DRUG_ALERT_DOSE_UNREAD,
                                                   .severity = MH_DRUG_NOTE,
                                                   .text = mh_drug_template (MH_DRUG_SAY_UNREAD) });
  if (is_child (checking->patient))
    drug_check_item_check_child (checking, item, &intake);
  if (read)
    check_most (checking, item, &intake);
}

/* --- kidneys --- */

static const char *
renal_severity (const char *level, double clearance)
{
  if (g_str_equal (level, MH_RENAL_AVOID))
    return clearance < 30 ? MH_DRUG_MAJOR : clearance < 45 ? MH_DRUG_MODERATE : NULL;
  if (g_str_equal (level, MH_RENAL_REDUCE))
    return clearance < 30 ? MH_DRUG_MAJOR : clearance < 60 ? MH_DRUG_MODERATE : NULL;
  return clearance < 30 ? MH_DRUG_MODERATE : NULL;
}

static void
check_kidneys (MhDrugChecking *checking, const MhDrugItem *item)
{
  const MhDrugPatient *patient = checking->patient;
  const char *formula = NULL;
  const char *level = mh_record_text (item->medicine, MH_MEDICINE_RENAL);
  if (!item->systemic || level == NULL || g_str_equal (level, MH_RENAL_NONE))
    return;

  double clearance = mh_drug_clearance (patient, &formula);
  if (clearance <= 0)
    {
      drug_check_item_add_name (checking->without_creatinine, item);
      return;
    }

  const char *severity = renal_severity (level, clearance);
  if (severity == NULL)
    return;

  g_autofree char *number = g_strdup_printf ("%d", (int)floor (clearance + 0.5));
  const char *unit = patient->kg > 0 ? "mL/min" : "mL/min/1.73 m²";
  g_autofree char *text = mh_drug_say (MH_DRUG_SAY_KIDNEYS, number, unit, NULL);
  MhRecord *alert = mh_drug_alert_add (
      checking,
      &(MhDrugWarning){ .item = item,
                        .code = MH_DRUG_ALERT_RENAL,
                        .severity = severity,
                        .rule = level,
                        .text = text,
                        .advice = mh_record_text (item->medicine, MH_MEDICINE_RENAL_NOTE) });

  mh_drug_alert_figure (alert, "%s %s %s", formula, number, unit);
  figure_date (alert, MH_DRUG_SAY_CREATININE, patient->creatinine, patient->creatinine_on);
  if (patient->kg > 0)
    figure_date (alert, MH_DRUG_SAY_WEIGHT, patient->kg, patient->kg_on);
  mh_record_set_bool (alert, MH_DRUG_ALERT_SIGNED,
                      mh_record_bool (item->medicine, MH_MEDICINE_VERIFIED));
}

/* --- pregnancy, breast-feeding, age --- */

/* 1 to 3; 0: not known. */
static int
trimester (const MhDrugPatient *patient)
{
  MhDate dated;
  const char *text = mh_record_text (patient->patient, MH_PATIENT_PREGNANCY_DATED);
  if (!mh_record_has (patient->patient, MH_PATIENT_PREGNANCY_WEEKS) || text == NULL
      || !mh_date_parse (text, &dated))
    return 0;
  gint64 weeks = mh_record_int (patient->patient, MH_PATIENT_PREGNANCY_WEEKS)
                 + mh_drug_days (dated, patient->today) / 7;
  return weeks < 14 ? 1 : weeks < 28 ? 2 : weeks < 45 ? 3 : 0;
}

/* "avoid in the third trimester": does that hold now? */
static gboolean
holds_now (const char *note, int now)
{
  static const char *const words[] = { "first trimester", "second trimester", "third trimester" };
  gboolean named = FALSE;
  for (guint i = 0; note != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (note, words[i]) != NULL)
      {
        named = TRUE;
        if (now == 0 || now == (int)i + 1)
          return TRUE;
      }
  return !named;
}

static const char *
bearing_severity (const char *level, const char *note, int now)
{
  if (level == NULL || g_str_equal (level, MH_BEARING_USABLE))
    return NULL;
  if (g_str_equal (level, MH_BEARING_CONTRAINDICATED))
    return MH_DRUG_CONTRAINDICATED;
  if (g_str_equal (level, MH_BEARING_AVOID) && holds_now (note, now))
    return MH_DRUG_MAJOR;
  return MH_DRUG_MODERATE;
}

static void
check_pregnancy (MhDrugChecking *checking, const MhDrugItem *item)
{
  const MhDrugPatient *patient = checking->patient;
  const char *level = mh_record_text (item->medicine, MH_MEDICINE_PREGNANCY);
  const char *note = mh_record_text (item->medicine, MH_MEDICINE_PREGNANCY_NOTE);
  int years = mh_drug_age_months (patient) / 12, now = trimester (patient);

  if (mh_record_bool (patient->patient, MH_PATIENT_PREGNANT))
    {
      const char *severity = bearing_severity (level, note, now);
      if (severity == NULL)
        return;
      MhRecord *alert = mh_drug_alert_add (
          checking, &(MhDrugWarning){ .item = item,
                                      .code = MH_DRUG_ALERT_PREGNANCY,
                                      .severity = severity,
                                      .rule = level,
                                      .text = mh_drug_template (MH_DRUG_SAY_PREGNANT),
                                      .advice = note });
      g_autofree char *number = g_strdup_printf ("%d", now);
      g_autofree char *figure = mh_drug_say (MH_DRUG_SAY_TRIMESTER, number, NULL);
      if (now > 0)
        mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, figure);
      mh_record_set_bool (alert, MH_DRUG_ALERT_SIGNED,
                          mh_record_bool (item->medicine, MH_MEDICINE_VERIFIED));
    }
  else if (is_female (patient) && years >= 12 && years < 50
           && !mh_record_has (patient->patient, MH_PATIENT_PREGNANT)
           && g_strcmp0 (level, MH_BEARING_CONTRAINDICATED) == 0)
    mh_drug_alert_add (checking,
                       &(MhDrugWarning){ .item = item,
                                         .code = MH_DRUG_ALERT_ASK_PREGNANCY,
                                         .severity = MH_DRUG_MODERATE,
                                         .rule = level,
                                         .text = mh_drug_template (MH_DRUG_SAY_ASK_PREGNANT),
                                         .advice = note });
}

static void
check_lactation (MhDrugChecking *checking, const MhDrugItem *item)
{
  const char *level = mh_record_text (item->medicine, MH_MEDICINE_LACTATION);
  const char *note = mh_record_text (item->medicine, MH_MEDICINE_LACTATION_NOTE);
  if (!mh_record_bool (checking->patient->patient, MH_PATIENT_BREASTFEEDING) || !item->systemic)
    return;

  if (level == NULL)
    {
      mh_drug_alert_add (checking,
                         &(MhDrugWarning){ .item = item,
                                           .code = MH_DRUG_ALERT_LACTATION,
                                           .severity = MH_DRUG_NOTE,
                                           .text = mh_drug_template (MH_DRUG_SAY_NO_FEEDING) });
      return;
    }

  const char *severity = bearing_severity (level, NULL, 0);
  if (severity != NULL)
    mh_drug_alert_add (checking, &(MhDrugWarning){ .item = item,
                                                   .code = MH_DRUG_ALERT_LACTATION,
                                                   .severity = severity,
                                                   .rule = level,
                                                   .text = mh_drug_template (MH_DRUG_SAY_FEEDING),
                                                   .advice = note });
}

static void
drug_check_item_check_age (MhDrugChecking *checking, const MhDrugItem *item)
{
  MhRecord *medicine = item->medicine;
  int months = mh_drug_age_months (checking->patient);
  gint64 from = mh_record_int (medicine, MH_MEDICINE_AGE_FROM);
  gint64 to = mh_record_int (medicine, MH_MEDICINE_AGE_TO);
  gboolean young = months < from;

  if (months < 0 || (!young && (to == 0 || months < to)))
    return;

  gboolean whole_years = young ? from % 12 == 0 : TRUE;
  g_autofree char *limit = g_strdup_printf ("%d", (int)(!young        ? to / 12
                                                        : whole_years ? from / 12
                                                                      : from));
  g_autofree char *text = mh_drug_say (!young        ? MH_DRUG_SAY_FROM_YEARS
                                       : whole_years ? MH_DRUG_SAY_BELOW_YEARS
                                                     : MH_DRUG_SAY_BELOW_MONTHS,
                                       limit, NULL);
  g_autofree char *years = g_strdup_printf ("%d", months / 12);
  g_autofree char *rest = g_strdup_printf ("%d", months % 12);
  g_autofree char *age = mh_drug_say (MH_DRUG_SAY_AGE, years, rest, NULL);
  MhRecord *alert = mh_drug_alert_add (checking, &(MhDrugWarning){ .item = item,
                                                                   .code = MH_DRUG_ALERT_AGE,
                                                                   .severity = MH_DRUG_MAJOR,
                                                                   .text = text });

  mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, age);
}

void
mh_drug_check_item (MhDrugChecking *checking, const MhDrugItem *item)
{
  check_dose (checking, item);
  check_kidneys (checking, item);
  check_pregnancy (checking, item);
  check_lactation (checking, item);
  drug_check_item_check_age (checking, item);
  if (mh_record_bool (item->medicine, MH_MEDICINE_HIGH_ALERT))
    mh_drug_alert_add (checking,
                       &(MhDrugWarning){ .item = item,
                                         .code = MH_DRUG_ALERT_HIGH_ALERT,
                                         .severity = MH_DRUG_MODERATE,
                                         .text = mh_drug_template (MH_DRUG_SAY_HIGH_ALERT) });
}
