/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Are two patients one person? A sum of weights (rules.md 13), the same whichever is named first:
 * ABHA number or passport equal 100; phone 20; date of birth exact 25, day and month swapped 18,
 * within a year (two when estimated) 10; name alike (Jaro-Winkler 0.92) 25; name of the same sound
 * 15; guardian or address 10; sex differs -30. Twins (same birth date, phone and surname, other
 * given name or birth order) are never proposed, unless a number says that they are one.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_DUPLICATE_WARN 50
#define MH_DUPLICATE_BLOCK 80

/* What was found alike; together the reasons of a match. */
typedef enum
{
  MH_ALIKE_NUMBER = 1 << 0,
  MH_ALIKE_PHONE = 1 << 1,
  MH_ALIKE_BIRTH = 1 << 2,
  MH_ALIKE_BIRTH_SWAPPED = 1 << 3,
  MH_ALIKE_BIRTH_NEAR = 1 << 4,
  MH_ALIKE_NAME = 1 << 5,
  MH_ALIKE_SOUND = 1 << 6,
  MH_ALIKE_FAMILY = 1 << 7, /* guardian or address */
  MH_ALIKE_OTHER_SEX = 1 << 8,
} MhAlike;

/* Codes of MhPatientMatch's reasons ("number", "phone", "birth_date", …) with their labels. */
extern const MhCode mh_duplicate_reason_codes[];

/* 0–100, and why. Twins and patients that were merged away score 0. */
int mh_duplicate_score (MhRecord *a, MhRecord *b, guint *out_alike);
/* An MhPatientMatch that holds @candidate, or NULL below MH_DUPLICATE_WARN. Caller frees. */
MhRecord *mh_duplicate_match (MhRecord *draft, MhRecord *candidate);

G_END_DECLS
