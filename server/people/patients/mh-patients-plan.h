/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was typed in a search for patients, as ranges of the index of words (mh-patients-store.h)
 * and of that of pairs (mh-patients-pairs.h) that are looked through in turn; and where a patient
 * stands in them. Nothing is read but how many have a word.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A range of the index of words, or of that of pairs, and what else the patient must have. */
typedef struct
{
  char *prefix;
  char *lead, *end; /* of pairs: the beginnings of the two words, without the kind; else NULL */
  char *also[2];    /* other tokens, or NULL */
  gboolean year;    /* a year among those is of the birth, not of a phone */
} MhPatientsRange;

/* What was typed, as ranges to look through in turn. */
typedef struct
{
  GPtrArray *ranges;
  gboolean listed; /* few enough have the first of the other tokens */
} MhPatientsPlan;

/* Of an empty one: what @q asks for; a plan without a range asks for nobody. *out_crowd: who may
 * have all its words, where they are few enough to be listed, else untouched. FALSE: the counts
 * could not be read. */
gboolean mh_patients_plan_make (MhPatientsPlan *plan,
                                MhDb *db,
                                const char *q,
                                GPtrArray **out_crowd,
                                GError **error);
void mh_patients_plan_clear (MhPatientsPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPatientsPlan, mh_patients_plan_clear)

/* @i: below plan->ranges->len. */
const MhPatientsRange *mh_patients_plan_nth (const MhPatientsPlan *plan, guint i);

/* How the other tokens are looked for beside a range: as they are written beside a name, by their
 * sound beside a sound, either way beside a number; digits as the beginning or the end of a phone.
 */
typedef struct
{
  char *way[2][2];
} MhPatientsAlso;

void mh_patients_also_init (MhPatientsAlso *also, const MhPatientsRange *range);
void mh_patients_also_clear (MhPatientsAlso *also);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPatientsAlso, mh_patients_also_clear)

/* The first word, or pair, by which the patient of the sorted @words is found in @range, with the
 * other tokens; NULL: it is not. */
char *mh_patients_range_place (const MhPatientsRange *range, GPtrArray *words);

G_END_DECLS
