/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which reference range holds for this patient, and what it makes of a value (rules.md 2 and 3).
 * All limits are compared as exact decimals. Inputs are frozen at the time of collection, so that a
 * report printed again later says the same.
 *
 * Windows of age are half-open [from, to) and count by calendar; until two years old the age of who
 * was born too early is the corrected one, counted from 40 weeks, and never less than 0 days. Of
 * the rows that fit, the one with the highest rank is taken: method before trimester before
 * "pregnant" before sex before age before default; two rows of one rank are an error of the
 * catalogue and give no range. Without a date of birth, or without a row, there is no range; that
 * is never "normal".
 */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* The patient at collection. Zeroed, it is somebody of whom nothing is known. */
typedef struct
{
  MhDate collected;      /* the calendar day at the hospital */
  MhDate birth;          /* year 0: not known */
  gboolean female, male; /* neither: other or unknown; then only rows for any sex hold */
  gboolean pregnant;     /* at collection */
  int gestation_days;    /* at collection; -1: not known */
  int early_days;        /* born so long before 40 weeks, if before 37; else 0 */
  const char *method;    /* of the analysis, or NULL; must outlive the struct */
  gboolean was_critical; /* an earlier value of this analyte was critical ("first time only") */
  double isi; /* international sensitivity index of the thromboplastin in use; 0: not known */
} MhSubject;

/* Reads @patient (MhPatient). Weeks are carried on from the day they were counted; a pregnancy of
 * more than 45 weeks, or counted only later, is over or not yet: not pregnant. */
MhSubject mh_subject_of_patient (MhRecord *patient, MhDate collected);
/* AGE_Y, FEMALE and ISI for formulas (mh-formula.h); FALSE for an unknown one. */
gboolean mh_subject_lookup (const MhSubject *subject, const char *name, double *out_value);

typedef enum
{
  MH_RANGE_FOUND,
  MH_RANGE_NONE,
  MH_RANGE_BROKEN, /* a tie, or an age word or limit that cannot be read: repair the catalogue */
} MhRangeOutcome;

/* Of @ranges (MhReferenceRange, any mixture) the row of @kind (MH_RANGE_KIND_…) for @analyte.
 * *out_range is not a new reference. Deleted rows are passed over. */
MhRangeOutcome mh_range_choose (GPtrArray *ranges,
                                const char *analyte,
                                const char *kind,
                                const MhSubject *subject,
                                MhRecord **out_range);
/* "3.5–5.0", "≤ 99", "< 92", "≥ 40", or the row's label if it has no limits. Limits have at least
 * the @decimals of their analyte ("11.0–13.0" for 11 and 13), and all that they have. Caller frees.
 */
char *mh_range_text (MhRecord *range, int decimals);

typedef struct
{
  const char *flag;       /* MH_FLAG_…; NULL: no range and not critical, or a text */
  gboolean critical;      /* the value has to be called */
  MhRangeOutcome outcome; /* of the reference range */
  MhRecord *reference;    /* or NULL; belongs to the array that was handed in, as critical_range */
  MhRecord *critical_range;
  gboolean beyond;   /* worked out, and more or less than can be: to be looked at by a person */
  char reported[32]; /* "<0.5" or ">300" outside what can be measured, else empty */
} MhJudgement;

/* Two limits as decimals; NULL: none on that side. Nothing is owned. */
typedef struct
{
  const char *low, *high;
  gboolean low_open, high_open; /* the limit itself is outside */
} MhBounds;

/* What a number of one analyte is held against, chosen already. */
typedef struct
{
  MhBounds plausible, reportable, critical, reference;
  const char *unit; /* for the complaint, or NULL */
} MhLimits;

/* Sets the flag, criticality and what is reported, as mh_range_judge() does for numbers: server and
 * desk judge by this alone. "<=7" counts as below a limit of 7, ">=20" as above one of 20.
 *
 * @calculated: a value that cannot be is taken nevertheless: it is .beyond, and reported as lying
 * outside what can be measured, or else outside what can be. One that was entered is refused like
 * in mh_range_judge(). The ranges and the outcome of *out_judgement are left as they are. */
gboolean mh_limits_judge (const MhLimits *limits,
                          const char *value,
                          gboolean calculated,
                          MhJudgement *out_judgement,
                          GError **error);

typedef struct
{
  MhRecord *analyte;
  GPtrArray *ranges;
  MhRecord *value_set; /* MhValueSet; needed for coded analytes only */
} MhRangeOf;

/* A value as typed: "13.2", "<5", ">=300" for numbers, a code for choices, "1:160" for titres.
 * Flags: L below low, H above high, LL
 * and HH beyond the critical limit, A and AA from the choice, "<" and ">" when a value outside what
 * can be measured cannot be placed otherwise. MH_ERROR_INVALID on field "value": "format",
 * "out_of_range" (not plausible: look again), "unknown_code". */
gboolean mh_range_judge (const MhRangeOf *of,
                         const MhSubject *subject,
                         const char *value,
                         MhJudgement *out_judgement,
                         GError **error);
/* The same for what was worked out from other values: out of range is .beyond, not refused. */
gboolean mh_range_judge_calculated (MhRecord *analyte,
                                    GPtrArray *ranges,
                                    const MhSubject *subject,
                                    const char *value,
                                    MhJudgement *out_judgement,
                                    GError **error);

G_END_DECLS
