/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How much of a medicine somebody takes: "1 tablet" of "500 mg" twice a day, "5 mL" of "250 mg/5
 * mL", "500 mg". Pure; what cannot be read is said, never guessed.
 */
#include "shared/rules/clinic/mh-dose.h"

G_BEGIN_DECLS

typedef enum
{
  MH_AMOUNT_MG,    /* mass, of the first ingredient */
  MH_AMOUNT_UNITS, /* international units */
  MH_AMOUNT_ML,
  MH_AMOUNT_PIECES, /* tablets, capsules, vials, puffs */
  MH_AMOUNT_N,
} MhAmountKind;

typedef struct
{
  MhAmountKind kind;
  double value;
} MhAmount;

/* "500 mg", "1.5 g", "2 tablets", "½ tablet", "5 ml", "10 lakh units", "1". FALSE: unreadable. */
gboolean mh_amount_parse (const char *text, MhAmount *out_amount);
/* The unit alone: "mg", "g", "tablets", "million units"; *out_factor turns it into the kind's. */
gboolean mh_amount_unit (const char *unit, MhAmountKind *out_kind, double *out_factor);

typedef struct
{
  gboolean known[MH_AMOUNT_N];
  double once[MH_AMOUNT_N]; /* the largest single taking */
  double day[MH_AMOUNT_N];  /* all takings of a day; below once for less than once a day */
  gboolean day_known;       /* only when needed without a frequency: how often is not known */
} MhIntake;

/* @dose "1 tablet", @strength "500 mg" (may be NULL), @frequency as MhDose prints it (may be NULL).
 * FALSE, *out_intake zeroed: the dose or the frequency cannot be read. */
gboolean mh_intake_read (const char *dose,
                         const char *strength,
                         const char *frequency,
                         gboolean as_needed,
                         MhIntake *out_intake);

/* Whole pieces (tablets, capsules, vials) for the whole course, rounded up: what is handed out; 0:
 * not counted in pieces, or how often or how long is not known. */
gint64
mh_intake_quantity (const char *dose, const char *strength, const char *frequency, gint64 days);

G_END_DECLS
