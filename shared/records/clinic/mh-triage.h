/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is asked and ordered around a visit: the triage, the scale of oxygen saturation, fluids. */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* The answers of shared/rules/clinic/mh-esi.h. A question that was not reached is not set. */
enum
{
  MH_TRIAGE_LIFE_SAVING,
  MH_TRIAGE_HIGH_RISK,
  MH_TRIAGE_CONFUSED,
  MH_TRIAGE_PAIN,
  MH_TRIAGE_SEVERE_PAIN,
  MH_TRIAGE_RESOURCES,
  MH_TRIAGE_PULSE,
  MH_TRIAGE_RESP,
  MH_TRIAGE_SPO2,
  MH_TRIAGE_UPGRADE,
  MH_TRIAGE_NOTE,
  MH_TRIAGE_N_FIELDS,
};

enum
{
  MH_SPO2_ORDER_SCALE,
  MH_SPO2_ORDER_N_FIELDS,
};

#define MH_FLUID_IN "in"
#define MH_FLUID_OUT "out"

/* One amount that went in or came out. Never changed: struck out and entered anew. */
enum
{
  MH_FLUID_HOSPITAL_ID = MH_N_COMMON,
  MH_FLUID_PATIENT_ID,
  MH_FLUID_VISIT_ID,
  MH_FLUID_AT,
  MH_FLUID_DIRECTION,
  MH_FLUID_KIND,
  MH_FLUID_ML,
  MH_FLUID_NOTE,
  MH_FLUID_ENTERED_NAME,
  MH_FLUID_STRUCK_AT,
  MH_FLUID_STRUCK_NAME,
  MH_FLUID_STRUCK_REASON,
  MH_FLUID_N_FIELDS,
};
extern const MhCode mh_fluid_direction_codes[];
extern const MhCode mh_fluid_kind_codes[];
/* MH_FLUID_IN or MH_FLUID_OUT of a kind, NULL for an unknown one. */
const char *mh_fluid_direction_of (const char *kind);

G_END_DECLS
