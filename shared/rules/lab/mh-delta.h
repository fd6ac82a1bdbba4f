/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Is the difference from the value before more than can be (rules.md 4)? Differences and limits are
 * compared as exact decimals; a difference equal to the limit passes. Of "<7" after 12.0 the least
 * difference there can be counts: more than 5.
 *
 * Reference change value in per cent, with the two variations in per cent (Harris and Yasaka 1983;
 * Fraser, Biological Variation, 2001): RCV = √2 · Z · √(CVa² + CVi²). Its log-normal form is not
 * the same upwards and downwards: up = exp (Z · √2 · √(CVa² + CVi²) / 100), down = 1 / up.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef enum
{
  MH_RCV_95,          /* Z = 1.96: significant, either way */
  MH_RCV_99,          /* Z = 2.58: highly significant; what identity is judged by */
  MH_RCV_95_ONE_SIDE, /* Z = 1.65 */
  MH_RCV_99_ONE_SIDE, /* Z = 2.33 */
} MhRcvLevel;

/* Per cent. */
double mh_delta_rcv (MhRcvLevel level, double cva, double cvi);
/* Factors: later / before above *out_up or below *out_down is significant. */
void mh_delta_rcv_log (MhRcvLevel level, double cva, double cvi, double *out_up, double *out_down);

/* One value of the two. */
typedef struct
{
  const char *value; /* as typed */
  const char *unit, *method;
  gint64 at; /* when the sample was taken, µs */
} MhDeltaPoint;

typedef enum
{
  MH_DELTA_NO_RULE, /* the analyte has none */
  MH_DELTA_NO_NUMBER,
  MH_DELTA_OTHER_UNIT,
  MH_DELTA_OTHER_METHOD,
  MH_DELTA_TOO_SOON, /* nearer than the shortest interval */
  MH_DELTA_TOO_OLD,  /* outside the window */
  MH_DELTA_PASSED,
  MH_DELTA_FAILED,
} MhDeltaOutcome;

/* By the mode, limit, window and shortest interval of @analyte (MhAnalyte). Mode "rcv" takes its
 * two variations at 99 % in the log-normal form, without a window unless one is set. @out_text:
 * what was found, without words: "Δ +2.1 mmol/L · 36 h · ± 1.0"; only for MH_DELTA_FAILED; caller
 * frees; may be NULL. */
MhDeltaOutcome mh_delta_check (MhRecord *analyte,
                               const MhDeltaPoint *now,
                               const MhDeltaPoint *before,
                               char **out_text);
/* So many analytes of one tube have to fail before it is taken for another patient's. */
#define MH_DELTA_WRONG_BLOOD 2

G_END_DECLS
