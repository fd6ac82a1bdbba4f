/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What checking a prescription says, and what a doctor answers to it. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* What an alert is about. */
#define MH_DRUG_ALERT_ALLERGY "allergy"
#define MH_DRUG_ALERT_ALLERGY_CLASS "allergy_class"
#define MH_DRUG_ALERT_ALLERGY_CROSS "allergy_cross"
#define MH_DRUG_ALERT_NOT_ASKED "allergies_not_asked"
#define MH_DRUG_ALERT_ALLERGY_UNCHECKED "allergy_unchecked"
#define MH_DRUG_ALERT_INTERACTION "interaction"
#define MH_DRUG_ALERT_DUPLICATE "duplicate"
#define MH_DRUG_ALERT_DUPLICATE_CLASS "duplicate_class"
#define MH_DRUG_ALERT_DOSE_HIGH "dose_high"
#define MH_DRUG_ALERT_DAY_HIGH "day_high"
#define MH_DRUG_ALERT_DOSE_LOW "dose_low"
#define MH_DRUG_ALERT_NO_DOSE "dose_unknown"
#define MH_DRUG_ALERT_DOSE_UNREAD "dose_unread"
#define MH_DRUG_ALERT_NO_WEIGHT "no_weight"
#define MH_DRUG_ALERT_OLD_WEIGHT "old_weight"
#define MH_DRUG_ALERT_RENAL "renal"
#define MH_DRUG_ALERT_NO_CREATININE "no_creatinine"
#define MH_DRUG_ALERT_PREGNANCY "pregnancy"
#define MH_DRUG_ALERT_ASK_PREGNANCY "ask_pregnancy"
#define MH_DRUG_ALERT_LACTATION "lactation"
#define MH_DRUG_ALERT_AGE "age"
#define MH_DRUG_ALERT_UNCHECKED "unchecked"
#define MH_DRUG_ALERT_HIGH_ALERT "high_alert"
extern const MhCode mh_drug_alert_codes[];

#define MH_DRUG_REASON_BENEFIT "benefit"
#define MH_DRUG_REASON_TOLERATED "tolerated"
#define MH_DRUG_REASON_NO_CHOICE "no_choice"
#define MH_DRUG_REASON_MONITORED "monitored"
#define MH_DRUG_REASON_DOSE "dose_meant"
#define MH_DRUG_REASON_STOPPED "other_stopped"
#define MH_DRUG_REASON_DOUBTED "allergy_doubted"
#define MH_DRUG_REASON_ADVISED "advised"
extern const MhCode mh_drug_reason_codes[];

enum
{
  MH_DRUG_ALERT_KEY,
  MH_DRUG_ALERT_LINE,
  MH_DRUG_ALERT_CODE,
  MH_DRUG_ALERT_SEVERITY,
  MH_DRUG_ALERT_SUBJECT,
  MH_DRUG_ALERT_OTHER,
  MH_DRUG_ALERT_RULE,
  MH_DRUG_ALERT_TEXT,
  MH_DRUG_ALERT_ADVICE,
  MH_DRUG_ALERT_FIGURES,
  MH_DRUG_ALERT_SIGNED,
  MH_DRUG_ALERT_N_FIELDS,
};
extern const MhRecordType mh_drug_alert_type;

/* It stops the doctor: major or contraindicated. */
gboolean mh_drug_alert_interrupts (MhRecord *alert);
/* Contraindicated ones need a second doctor. */
gboolean mh_drug_alert_stops (MhRecord *alert);

enum
{
  MH_DRUG_FIGURE_CODE,
  MH_DRUG_FIGURE_NAME,
  MH_DRUG_FIGURE_VALUE,
  MH_DRUG_FIGURE_UNIT,
  MH_DRUG_FIGURE_ON,
  MH_DRUG_FIGURE_FLAG,
  MH_DRUG_FIGURE_N_FIELDS,
};
extern const MhRecordType mh_drug_figure_type;

enum
{
  MH_DRUG_CHECK_ALERTS,
  MH_DRUG_CHECK_FIGURES,
  MH_DRUG_CHECK_ACTIVE_ITEMS,
  MH_DRUG_CHECK_INTERRUPTING,
  MH_DRUG_CHECK_SECOND,
  MH_DRUG_CHECK_N_FIELDS,
};
extern const MhRecordType mh_drug_check_type;

enum
{
  MH_DRUG_OVERRIDE_HOSPITAL_ID = MH_N_COMMON,
  MH_DRUG_OVERRIDE_PATIENT_ID,
  MH_DRUG_OVERRIDE_PRESCRIPTION_ID,
  MH_DRUG_OVERRIDE_DOCTOR_ID,
  MH_DRUG_OVERRIDE_DOCTOR_NAME,
  MH_DRUG_OVERRIDE_KEY,
  MH_DRUG_OVERRIDE_CODE,
  MH_DRUG_OVERRIDE_SEVERITY,
  MH_DRUG_OVERRIDE_SUBJECT,
  MH_DRUG_OVERRIDE_OTHER,
  MH_DRUG_OVERRIDE_RULE,
  MH_DRUG_OVERRIDE_REASON,
  MH_DRUG_OVERRIDE_NOTE,
  MH_DRUG_OVERRIDE_AT,
  MH_DRUG_OVERRIDE_N_FIELDS,
};
extern const MhRecordType mh_drug_override_type;

enum
{
  MH_DRUG_STOP_REASON,
  MH_DRUG_STOP_N_FIELDS,
};
extern const MhRecordType mh_drug_stop_type;

enum
{
  MH_DRUG_RATE_ROW_CODE,
  MH_DRUG_RATE_ROW_SEVERITY,
  MH_DRUG_RATE_ROW_RULE,
  MH_DRUG_RATE_ROW_REASON,
  MH_DRUG_RATE_ROW_N,
  MH_DRUG_RATE_ROW_N_FIELDS,
};
extern const MhRecordType mh_drug_rate_row_type;

enum
{
  MH_DRUG_RATE_PRESCRIPTIONS,
  MH_DRUG_RATE_LINES,
  MH_DRUG_RATE_SEEN,
  MH_DRUG_RATE_OVERRIDDEN,
  MH_DRUG_RATE_INTERRUPTING_PERCENT,
  MH_DRUG_RATE_OVERRIDE_PERCENT,
  MH_DRUG_RATE_ROWS,
  MH_DRUG_RATE_N_FIELDS,
};
extern const MhRecordType mh_drug_rate_type;

/* A line that a doctor writes often. */
enum
{
  MH_DRUG_FAVOURITE_HOSPITAL_ID = MH_N_COMMON,
  MH_DRUG_FAVOURITE_DOCTOR_ID,
  MH_DRUG_FAVOURITE_NAME,
  MH_DRUG_FAVOURITE_MEDICINE,
  MH_DRUG_FAVOURITE_STRENGTH,
  MH_DRUG_FAVOURITE_DOSE,
  MH_DRUG_FAVOURITE_FREQUENCY,
  MH_DRUG_FAVOURITE_ROUTE,
  MH_DRUG_FAVOURITE_DURATION_DAYS,
  MH_DRUG_FAVOURITE_AS_NEEDED,
  MH_DRUG_FAVOURITE_INSTRUCTIONS,
  MH_DRUG_FAVOURITE_N_FIELDS,
};
extern const MhRecordType mh_drug_favourite_type;

G_END_DECLS
