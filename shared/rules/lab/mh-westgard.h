/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Multirule quality control: Westgard JO, Barry PL, Hunt MR, Groth T. A multi-rule Shewhart chart
 * for quality control in clinical chemistry. Clin Chem 1981;27:493-501; the rules and their scope
 * as tabled in rules.md 5. Pure, and exact: a value is compared with its limits as a fraction, so
 * that mean + 2 SD itself is never beyond 2 SD, whatever its decimals.
 */
#include "shared/base/mh-decimal.h"

G_BEGIN_DECLS

/* (value − mean) / SD, both in the same unit. */
typedef struct
{
  gint64 off;
  gint64 sd; /* above zero */
} MhZ;

/* FALSE when @sd is not above zero or the three have more digits together than can be held. */
gboolean mh_z_of (MhDecimal value, MhDecimal mean, MhDecimal sd, MhZ *out_z);
/* +1: above @limit SD; −1: below −@limit SD; 0: neither. Limits are strict. */
int mh_z_beyond (MhZ z, int limit);
int mh_z_compare (MhZ a, MhZ b);
/* "-2.01", rounded half away from zero. Caller frees. */
char *mh_z_text (MhZ z, int decimals);

typedef enum
{
  MH_WESTGARD_1_2S,
  MH_WESTGARD_1_3S,
  MH_WESTGARD_2_2S,
  MH_WESTGARD_R_4S,
  MH_WESTGARD_4_1S,
  MH_WESTGARD_10X,
  MH_WESTGARD_2OF3_2S,
  MH_WESTGARD_3_1S,
  MH_WESTGARD_6X,
  MH_WESTGARD_8X,
  MH_WESTGARD_9X,
  MH_WESTGARD_12X,
  MH_WESTGARD_7T,
  MH_WESTGARD_N_RULES,
} MhWestgardRule;

/* The six of the table; bit 1 << MhWestgardRule each. */
#define MH_WESTGARD_TABLED 0x3fu
/* A run is judged by at most so many values of one level before it. */
#define MH_WESTGARD_DEPTH 12

/* "4-1s" → MH_WESTGARD_4_1S; -1: no such rule. */
int mh_westgard_rule (const char *name);
/* Of a list of names; NULL or empty: those of the table. Unknown names are left out. */
guint mh_westgard_rules (const char *const *names);

/* Of one analyser and analyte. @series tells apart what has a mean of its own (a lot's level). */
typedef struct
{
  guint run;
  guint series;
  MhZ z;
} MhWestgardPoint;

/* Judges the last run of @points: oldest first, the points of a run side by side in the order of
 * levels, what is excluded left out. The answer has two bits for each rule, 1 << 2·rule for one
 * level over runs (and for rules that know no such difference) and 1 << (2·rule + 1) for across
 * levels. @out_each, if not NULL, has room for @n and gets what each point of the last run takes
 * part in (0 for the others). "2of3-2s" needs a point of the last run among the two. */
guint mh_westgard_judge (const MhWestgardPoint *points, guint n, guint rules, guint *out_each);
/* @fired without the warning 1-2s: what a rejection is for. */
guint mh_westgard_rejecting (guint fired);
/* Is anything but the warning 1-2s among them? */
gboolean mh_westgard_rejects (guint fired);
/* "1-2s", "2-2s:within", "10x:across" …, in the order of the table. Free with g_strfreev(). */
char **mh_westgard_names (guint fired);

G_END_DECLS
