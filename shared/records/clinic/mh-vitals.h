/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One set of measurements, taken at one time. What is measured in one of several units is kept with
 * the digits and the unit that were entered; beside it stands the same value in the unit that rules
 * and charts use (°C, kg, cm, mg/dL). A set is never changed: a wrong one is struck out with its
 * reason and entered anew.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_O2_AIR "air"
#define MH_O2_NASAL "nasal"
#define MH_O2_MASK "mask"
#define MH_O2_VENTURI "venturi"
#define MH_O2_RESERVOIR "reservoir"
#define MH_O2_HIGH_FLOW "high_flow"
#define MH_O2_NIV "niv"
#define MH_O2_VENTILATOR "ventilator"
extern const MhCode mh_o2_codes[];

#define MH_ACVPU_ALERT "A"
#define MH_ACVPU_CONFUSED "C"
#define MH_ACVPU_VOICE "V"
#define MH_ACVPU_PAIN "P"
#define MH_ACVPU_UNRESPONSIVE "U"
extern const MhCode mh_acvpu_codes[];

/* A component of the coma scale that cannot be tested (tube, swelling). */
#define MH_GCS_NOT_TESTABLE "NT"

#define MH_UNIT_CELSIUS "Cel"
#define MH_UNIT_FAHRENHEIT "[degF]"
#define MH_UNIT_KG "kg"
#define MH_UNIT_GRAM "g"
#define MH_UNIT_POUND "[lb_av]"
#define MH_UNIT_CM "cm"
#define MH_UNIT_INCH "[in_i]"
#define MH_UNIT_METRE "m"
#define MH_UNIT_MG_DL "mg/dL"
#define MH_UNIT_MMOL_L "mmol/L"

enum
{
  MH_VITALS_HOSPITAL_ID = MH_N_COMMON,
  MH_VITALS_PATIENT_ID,
  MH_VITALS_VISIT_ID,
  MH_VITALS_TAKEN_AT,
  MH_VITALS_TAKEN_BY,
  MH_VITALS_TAKEN_NAME,
  MH_VITALS_RESP,
  MH_VITALS_SPO2,
  MH_VITALS_O2,
  MH_VITALS_O2_FLOW,
  MH_VITALS_O2_PERCENT,
  MH_VITALS_SYSTOLIC,
  MH_VITALS_DIASTOLIC,
  MH_VITALS_BP_METHOD,
  MH_VITALS_POSITION,
  MH_VITALS_PULSE,
  MH_VITALS_CONSCIOUSNESS,
  MH_VITALS_TEMPERATURE,
  MH_VITALS_TEMPERATURE_UNIT,
  MH_VITALS_TEMPERATURE_SITE,
  MH_VITALS_PAIN,
  MH_VITALS_GCS_EYE,
  MH_VITALS_GCS_VERBAL,
  MH_VITALS_GCS_MOTOR,
  MH_VITALS_GLUCOSE,
  MH_VITALS_GLUCOSE_UNIT,
  MH_VITALS_WEIGHT,
  MH_VITALS_WEIGHT_UNIT,
  MH_VITALS_HEIGHT,
  MH_VITALS_HEIGHT_UNIT,
  MH_VITALS_HEAD_CM,
  MH_VITALS_NOTE,
  MH_VITALS_OBSERVE_IN,
  MH_VITALS_TEMPERATURE_C,
  MH_VITALS_GLUCOSE_MG,
  MH_VITALS_WEIGHT_KG,
  MH_VITALS_HEIGHT_CM,
  MH_VITALS_BMI,
  MH_VITALS_GCS,
  MH_VITALS_SPO2_SCALE,
  MH_VITALS_NEWS2,
  MH_VITALS_NEWS2_LEVEL,
  MH_VITALS_OBSERVE_BY,
  MH_VITALS_STRUCK_AT,
  MH_VITALS_STRUCK_NAME,
  MH_VITALS_STRUCK_REASON,
  MH_VITALS_N_FIELDS,
};

/* Why a set is struck out. */
enum
{
  MH_STRIKE_REASON,
  MH_STRIKE_N_FIELDS,
};

G_END_DECLS
