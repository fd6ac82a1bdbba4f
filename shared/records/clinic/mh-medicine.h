/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The formulary: medicines, their ingredients with the classes they interact by and the groups they
 * are allergenic by, interactions between two of those, and what an allergy to one group means for
 * another. All are rows of the catalogue: history, files and sign-off are those of any other.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* India, Drugs Rules. */
#define MH_SCHEDULE_H "h"
#define MH_SCHEDULE_H1 "h1"
#define MH_SCHEDULE_X "x"
#define MH_SCHEDULE_OTC "otc"
extern const MhCode mh_schedule_codes[];

/* In pregnancy, and while breast-feeding. */
#define MH_BEARING_USABLE "usable"
#define MH_BEARING_CAUTION "caution"
#define MH_BEARING_AVOID "avoid"
#define MH_BEARING_CONTRAINDICATED "contraindicated"
extern const MhCode mh_bearing_codes[];

#define MH_RENAL_NONE "none"
#define MH_RENAL_CAUTION "caution"
#define MH_RENAL_REDUCE "reduce"
#define MH_RENAL_AVOID "avoid"
extern const MhCode mh_renal_codes[];

#define MH_DRUG_SIDE_INGREDIENT "ingredient"
#define MH_DRUG_SIDE_CLASS "class"
extern const MhCode mh_drug_side_codes[];

/* Contraindicated: stop, a second doctor signs as well. Major: interrupts, goes on with a coded
 * reason. Moderate: shown. Minor: hidden. Note: what could not be checked. */
#define MH_DRUG_CONTRAINDICATED "contraindicated"
#define MH_DRUG_MAJOR "major"
#define MH_DRUG_MODERATE "moderate"
#define MH_DRUG_MINOR "minor"
#define MH_DRUG_NOTE "note"
extern const MhCode mh_drug_severity_codes[];

#define MH_CROSS_HIGH "high"
#define MH_CROSS_MODERATE "moderate"
#define MH_CROSS_LOW "low"
#define MH_CROSS_NONE "none"
extern const MhCode mh_cross_codes[];

enum
{
  MH_MEDICINE_CODE = MH_N_COMMON,
  MH_MEDICINE_NAME,
  MH_MEDICINE_BRANDS,
  MH_MEDICINE_INGREDIENTS,
  MH_MEDICINE_STRENGTHS,
  MH_MEDICINE_ATC,
  MH_MEDICINE_FORM,
  MH_MEDICINE_ROUTE,
  MH_MEDICINE_UNIT,
  MH_MEDICINE_SCHEDULE,
  MH_MEDICINE_PREGNANCY,
  MH_MEDICINE_PREGNANCY_NOTE,
  MH_MEDICINE_LACTATION,
  MH_MEDICINE_LACTATION_NOTE,
  MH_MEDICINE_RENAL,
  MH_MEDICINE_RENAL_NOTE,
  MH_MEDICINE_KG_DOSE_MIN,
  MH_MEDICINE_KG_DOSE_MAX,
  MH_MEDICINE_DOSES_PER_DAY,
  MH_MEDICINE_KG_DAY_MAX,
  MH_MEDICINE_DAY_MAX,
  MH_MEDICINE_DAY_MAX_UNIT,
  MH_MEDICINE_AGE_FROM,
  MH_MEDICINE_AGE_TO,
  MH_MEDICINE_HIGH_ALERT,
  MH_MEDICINE_NARCOTIC,
  MH_MEDICINE_LOOK_ALIKE,
  MH_MEDICINE_WARNINGS,
  MH_MEDICINE_CHECKED,
  MH_MEDICINE_VERIFIED,
  MH_MEDICINE_SIGNED_BY,
  MH_MEDICINE_SIGNED_AT,
  MH_MEDICINE_NOTE,
  MH_MEDICINE_ACTIVE,
  MH_MEDICINE_N_FIELDS,
};

enum
{
  MH_DRUG_INGREDIENT_CODE = MH_N_COMMON,
  MH_DRUG_INGREDIENT_CLASSES,
  MH_DRUG_INGREDIENT_ALLERGY_GROUPS,
  MH_DRUG_INGREDIENT_OUTSIDE,
  MH_DRUG_INGREDIENT_VERIFIED,
  MH_DRUG_INGREDIENT_SIGNED_BY,
  MH_DRUG_INGREDIENT_SIGNED_AT,
  MH_DRUG_INGREDIENT_N_FIELDS,
};

enum
{
  MH_DRUG_INTERACTION_CODE = MH_N_COMMON,
  MH_DRUG_INTERACTION_A_KIND,
  MH_DRUG_INTERACTION_A,
  MH_DRUG_INTERACTION_B_KIND,
  MH_DRUG_INTERACTION_B,
  MH_DRUG_INTERACTION_SEVERITY,
  MH_DRUG_INTERACTION_MECHANISM,
  MH_DRUG_INTERACTION_EFFECT,
  MH_DRUG_INTERACTION_MANAGEMENT,
  MH_DRUG_INTERACTION_EVIDENCE,
  MH_DRUG_INTERACTION_VERIFIED,
  MH_DRUG_INTERACTION_SIGNED_BY,
  MH_DRUG_INTERACTION_SIGNED_AT,
  MH_DRUG_INTERACTION_NOTE,
  MH_DRUG_INTERACTION_ACTIVE,
  MH_DRUG_INTERACTION_N_FIELDS,
};

enum
{
  MH_ALLERGY_CROSS_CODE = MH_N_COMMON,
  MH_ALLERGY_CROSS_FROM_GROUP,
  MH_ALLERGY_CROSS_TO_GROUP,
  MH_ALLERGY_CROSS_RISK,
  MH_ALLERGY_CROSS_REASON,
  MH_ALLERGY_CROSS_ADVICE,
  MH_ALLERGY_CROSS_VERIFIED,
  MH_ALLERGY_CROSS_SIGNED_BY,
  MH_ALLERGY_CROSS_SIGNED_AT,
  MH_ALLERGY_CROSS_NOTE,
  MH_ALLERGY_CROSS_N_FIELDS,
};

G_END_DECLS
