/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How crowded an emergency department is: National Emergency Department Overcrowding Scale (Weiss
 * et al., Acad Emerg Med 2004;11:38), as the published coefficients have it:
 *
 *   85.8 · patients in the department / its beds + 600 · patients who wait there for a bed
 * (boarders) / beds of the hospital + 13.4 · ventilated patients + 0.93 · hours of the longest
 * waiting boarder
 *   + 5.64 · hours that waited whoever was taken to a bed of the department last − 20
 *
 * Exact: hours are counted in minutes, rounded once, half up. The band is that of the rounded
 * score. Calculators on the web confuse the two waits and the two numbers of beds; our own table of
 * values is in tests/data/nedocs.tsv. Pure.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

#define MH_NEDOCS_MOST_PATIENTS 1000
#define MH_NEDOCS_MOST_ED_BEDS 200
#define MH_NEDOCS_MOST_BEDS 5000
#define MH_NEDOCS_MOST_MINUTES (7 * 24 * 60)
/* How long what was told of a hospital counts as what it is like now. */
#define MH_NEDOCS_STALE_MINUTES 60

typedef struct
{
  int ed_patients, ed_beds;
  int boarders, hospital_beds;
  int ventilated;
  int longest_minutes;  /* of who has waited longest for a bed, and waits still */
  int last_bed_minutes; /* that waited who was taken to a bed of the department last */
} MhNedocsInput;

typedef enum
{
  MH_NEDOCS_CALM,      /* at most 20 */
  MH_NEDOCS_BUSY,      /* 21–60 */
  MH_NEDOCS_VERY_BUSY, /* 61–100 */
  MH_NEDOCS_CROWDED,   /* 101–140 */
  MH_NEDOCS_SEVERE,    /* 141–180 */
  MH_NEDOCS_DANGEROUS, /* above 180 */
  MH_NEDOCS_N_BANDS,
} MhNedocsBand;

typedef enum
{
  MH_NEDOCS_OF_PATIENTS,
  MH_NEDOCS_OF_BOARDERS,
  MH_NEDOCS_OF_VENTILATED,
  MH_NEDOCS_OF_LONGEST,
  MH_NEDOCS_OF_LAST_BED,
  MH_NEDOCS_N_PARTS,
} MhNedocsPart;

typedef struct
{
  int score; /* may lie below 0 */
  MhNedocsBand band;
  int parts[MH_NEDOCS_N_PARTS]; /* hundredths of a point, each rounded by itself; −20 is no part */
} MhNedocs;

/* Adds an issue for each figure that cannot be, on its own field ("ed_beds"). @ed_beds_known and
 * @hospital_beds_known: what the hospital's master data say, 0: nothing; more beds than those are
 * refused. */
void mh_nedocs_check (const MhNedocsInput *input,
                      int ed_beds_known,
                      int hospital_beds_known,
                      MhIssues *issues);
/* Checks and calculates. */
gboolean mh_nedocs_judge (const MhNedocsInput *input, MhNedocs *out_nedocs, GError **error);
MhNedocsBand mh_nedocs_band (int score);
/* "calm" … "dangerous"; NULL for no band. */
const char *mh_nedocs_band_code (MhNedocsBand band);

/* Has nobody looked at a hospital's figures for more than an hour? Never looked at (0): yes. */
gboolean mh_nedocs_is_stale (gint64 reviewed_at, gint64 now);

G_END_DECLS
