/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * National Early Warning Score 2, Royal College of Physicians 2017 (rules.md 8), for people of 16
 * years and more who are not pregnant. A value that is missing leaves the score incomplete: it is
 * never taken as 0. The second scale of oxygen saturation is for people with hypercapnic
 * respiratory failure, by a clinician's order alone; nothing here chooses it.
 */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_NEWS2_UNKNOWN (-1)
#define MH_NEWS2_MOST 20
#define MH_NEWS2_FROM_YEARS 16

typedef enum
{
  MH_NEWS2_RESP,
  MH_NEWS2_SPO2,
  MH_NEWS2_AIR,
  MH_NEWS2_SYSTOLIC,
  MH_NEWS2_PULSE,
  MH_NEWS2_ACVPU,
  MH_NEWS2_TEMPERATURE,
  MH_NEWS2_N,
} MhNews2Part;

/* MH_NEWS2_UNKNOWN, 0 and NULL: not measured. */
typedef struct
{
  int resp, spo2, systolic, pulse;
  int scale;           /* 1 or 2 */
  int oxygen;          /* 0 air, 1 any oxygen */
  char acvpu;          /* 'A' 'C' 'V' 'P' 'U' */
  const char *celsius; /* a decimal; judged to one place, as the chart is printed */
} MhNews2Input;

typedef struct
{
  int points[MH_NEWS2_N]; /* MH_NEWS2_UNKNOWN where the value is missing */
  int known;              /* the points of what was measured: the score is at least this */
  gboolean whole;         /* then known is the score */
  const char *level;      /* MH_NEWS2_ZERO … of mh-visit.h; incomplete when it is not whole */
  const char *at_least;   /* the band of the known points: what to act on meanwhile */
} MhNews2;

void mh_news2_judge (const MhNews2Input *input, MhNews2 *out_score);
/* The same of a set of vital signs (mh_vitals_type) by the scale that is ordered. */
void mh_news2_of_vitals (MhRecord *vitals, int scale, MhNews2 *out_score);
/* Why it is not for this person: "age", "pregnant", "unknown_age"; NULL: it is. */
const char *mh_news2_not_for (MhRecord *patient, MhDate today);

/* What a band asks for. */
typedef struct
{
  const char *level;
  guint every_from, every; /* minutes between observations: "4 to 6 hours" is 240, 360 */
  gboolean continuous;     /* every is then how often it is written down */
  guint review;            /* minutes until somebody must have come; 0: no limit */
  const char *action;      /* N_() */
} MhNews2Action;

/* Never NULL: an unknown level is answered as incomplete. */
const MhNews2Action *mh_news2_action (const char *level);
/* "SpO₂", N_(). */
const char *mh_news2_part_label (MhNews2Part part);

G_END_DECLS
