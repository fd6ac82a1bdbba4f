/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Emergency Severity Index (rules.md 8), decision points A to D, danger vitals of version 4 (AHRQ
 * handbook). Level 1 is the most urgent. Nobody is level 3 before pulse, breaths and SpO₂ are
 * known. Point D only proposes: a nurse decides whether danger vitals make a 3 a 2. Ages are
 * half-open: a child is "3 to 8 years" from its third until before its eighth birthday.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef enum
{
  MH_ESI_UNANSWERED = -1,
  MH_ESI_NO,
  MH_ESI_YES,
} MhEsiAnswer;

#define MH_ESI_MANY 2 /* resources: two or more */
#define MH_ESI_SEVERE_PAIN 7

typedef struct
{
  MhEsiAnswer life_saving;         /* A */
  MhEsiAnswer high_risk, confused; /* B */
  int pain;                        /* B: 0–10, -1 not asked */
  MhEsiAnswer severe_pain;         /* B: the nurse's judgement when a number was not asked */
  int resources;                   /* C: 0, 1, MH_ESI_MANY; -1 unanswered. Labs are one together */
  int age_months;                  /* D: -1 unknown */
  int pulse, resp, spo2;           /* D: -1 not measured */
  MhEsiAnswer upgrade;             /* D: the nurse's answer to the proposal */
} MhEsiInput;

typedef enum
{
  MH_ESI_DANGER_PULSE = 1 << 0,
  MH_ESI_DANGER_RESP = 1 << 1,
  MH_ESI_DANGER_SPO2 = 1 << 2,
} MhEsiDanger;

typedef struct
{
  int level;        /* 1–5; 0: more answers are needed */
  char point;       /* 'a' … 'd': where it was decided, or what to answer next */
  guint danger;     /* MhEsiDanger of point D */
  guint unmeasured; /* MhEsiDanger of point D: level 3 waits for these (level is 0 meanwhile) */
  gboolean ask;     /* point D proposes 2 and nobody has answered yet; level is 3 */
} MhEsi;

void mh_esi_decide (const MhEsiInput *input, MhEsi *out_esi);
guint mh_esi_danger (int age_months, int pulse, int resp, int spo2);

G_END_DECLS
