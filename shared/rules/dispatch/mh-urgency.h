/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What all rules of emergency calls speak of: four priorities, and what a unit can do. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* A smaller number is more urgent. */
typedef enum
{
  MH_URGENCY_NONE = -1, /* nothing can be said yet */
  MH_URGENCY_P1,
  MH_URGENCY_P2,
  MH_URGENCY_P3,
  MH_URGENCY_P4,
  MH_URGENCY_N,
} MhUrgency;

/* "P1" … "P4"; NULL for MH_URGENCY_NONE. */
const char *mh_urgency_code (MhUrgency urgency);
/* MH_URGENCY_NONE: no such code, or NULL. */
MhUrgency mh_urgency_of (const char *code);
/* The more urgent of two; NONE is the least. */
MhUrgency mh_urgency_most (MhUrgency a, MhUrgency b);

/* Bits. The first three are steps of one ladder: who has a higher one can do the lower ones. */
typedef enum
{
  MH_CAN_BLS = 1 << 0,    /* basic life support */
  MH_CAN_ALS = 1 << 1,    /* advanced life support */
  MH_CAN_MICU = 1 << 2,   /* intensive care, with a doctor */
  MH_CAN_FIRE = 1 << 3,   /* fire and rescue */
  MH_CAN_POLICE = 1 << 4, /* police */
} MhCan;

#define MH_CAN_N 5
#define MH_CAN_MEDICAL (MH_CAN_BLS | MH_CAN_ALS | MH_CAN_MICU)
#define MH_CAN_ADVANCED (MH_CAN_ALS | MH_CAN_MICU)

/* "BLS" … of one bit; NULL for anything else. */
const char *mh_can_code (guint can);
/* 0: no such code, or NULL. */
guint mh_can_of (const char *code);
/* With the lower steps of the ladder: what a unit of these can do. */
guint mh_can_spread (guint can);
/* With the highest step of the ladder alone: what has to be sent. */
guint mh_can_highest (guint can);

G_END_DECLS
