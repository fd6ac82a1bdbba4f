/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-vital-units.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/rules/clinic/mh-gcs.h"

/* The digits that were entered, or a calculated value. */
static char *
vital_units_keep (const char *value)
{
  MhDecimal number;
  return value != NULL && mh_decimal_parse (value, &number) ? g_strdup (value) : NULL;
}

static char *
vital_units_scaled (const char *value, double factor, int decimals)
{
  MhDecimal number;
  if (value == NULL || !mh_decimal_parse (value, &number))
    return NULL;
  return mh_decimal_from_double (mh_decimal_to_double (number) * factor, decimals);
}

static gboolean
vital_units_is_unit (const char *unit, const char *code)
{
  return unit != NULL && g_str_equal (unit, code);
}

char *
mh_vital_celsius (const char *value, const char *unit)
{
  MhDecimal number;
  if (unit == NULL || vital_units_is_unit (unit, MH_UNIT_CELSIUS))
    return vital_units_keep (value);
  if (!vital_units_is_unit (unit, MH_UNIT_FAHRENHEIT) || value == NULL
      || !mh_decimal_parse (value, &number))
    return NULL;
  return mh_decimal_from_double ((mh_decimal_to_double (number) - 32) * 5 / 9, 1);
}

char *
mh_vital_kg (const char *value, const char *unit)
{
  if (unit == NULL || vital_units_is_unit (unit, MH_UNIT_KG))
    return vital_units_keep (value);
  return vital_units_is_unit (unit, MH_UNIT_GRAM)    ? vital_units_scaled (value, 0.001, 3)
         : vital_units_is_unit (unit, MH_UNIT_POUND) ? vital_units_scaled (value, 0.45359237, 2)
                                                     : NULL;
}

char *
mh_vital_cm (const char *value, const char *unit)
{
  if (unit == NULL || vital_units_is_unit (unit, MH_UNIT_CM))
    return vital_units_keep (value);
  return vital_units_is_unit (unit, MH_UNIT_METRE)  ? vital_units_scaled (value, 100, 1)
         : vital_units_is_unit (unit, MH_UNIT_INCH) ? vital_units_scaled (value, 2.54, 1)
                                                    : NULL;
}

char *
mh_vital_mg_dl (const char *value, const char *unit)
{
  if (unit == NULL || vital_units_is_unit (unit, MH_UNIT_MG_DL))
    return vital_units_keep (value);
  return vital_units_is_unit (unit, MH_UNIT_MMOL_L) ? vital_units_scaled (value, 18.016, 0) : NULL;
}

char *
mh_vital_bmi (const char *kg, const char *cm)
{
  MhDecimal weight, height;
  if (kg == NULL || cm == NULL || !mh_decimal_parse (kg, &weight) || !mh_decimal_parse (cm, &height)
      || height.mantissa <= 0)
    return NULL;
  double metres = mh_decimal_to_double (height) / 100;
  return mh_decimal_from_double (mh_decimal_to_double (weight) / (metres * metres), 1);
}

/* Unset stays unset, so that a form does not fill with nulls. */
static void
vital_units_put (MhRecord *vitals, guint field, char *taken)
{
  if (taken != NULL || mh_record_is_set (vitals, field))
    mh_record_set_text (vitals, field, taken);
  g_free (taken);
}

void
mh_vitals_derive (MhRecord *vitals)
{
  int gcs = mh_gcs_total (mh_record_text (vitals, MH_VITALS_GCS_EYE),
                          mh_record_text (vitals, MH_VITALS_GCS_VERBAL),
                          mh_record_text (vitals, MH_VITALS_GCS_MOTOR));

  vital_units_put (vitals, MH_VITALS_TEMPERATURE_C,
                   mh_vital_celsius (mh_record_text (vitals, MH_VITALS_TEMPERATURE),
                                     mh_record_text (vitals, MH_VITALS_TEMPERATURE_UNIT)));
  vital_units_put (vitals, MH_VITALS_WEIGHT_KG,
                   mh_vital_kg (mh_record_text (vitals, MH_VITALS_WEIGHT),
                                mh_record_text (vitals, MH_VITALS_WEIGHT_UNIT)));
  vital_units_put (vitals, MH_VITALS_HEIGHT_CM,
                   mh_vital_cm (mh_record_text (vitals, MH_VITALS_HEIGHT),
                                mh_record_text (vitals, MH_VITALS_HEIGHT_UNIT)));
  vital_units_put (vitals, MH_VITALS_GLUCOSE_MG,
                   mh_vital_mg_dl (mh_record_text (vitals, MH_VITALS_GLUCOSE),
                                   mh_record_text (vitals, MH_VITALS_GLUCOSE_UNIT)));
  vital_units_put (vitals, MH_VITALS_BMI,
                   mh_vital_bmi (mh_record_text (vitals, MH_VITALS_WEIGHT_KG),
                                 mh_record_text (vitals, MH_VITALS_HEIGHT_CM)));
  if (gcs > 0)
    mh_record_set_int (vitals, MH_VITALS_GCS, gcs);
  else if (mh_record_is_set (vitals, MH_VITALS_GCS))
    mh_record_set_null (vitals, MH_VITALS_GCS);
}
