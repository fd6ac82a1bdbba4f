/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Organisms and antibiotics of the bacteriology bench. Breakpoints are licensed and not shipped.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_ORGANISM_CODE = MH_N_COMMON,
  MH_ORGANISM_NAME,
  MH_ORGANISM_GRAM,
  MH_ORGANISM_ORGANISM_GROUP,
  MH_ORGANISM_VERIFIED,
  MH_ORGANISM_N_FIELDS,
};

enum
{
  MH_ANTIBIOTIC_CODE = MH_N_COMMON,
  MH_ANTIBIOTIC_NAME,
  MH_ANTIBIOTIC_ATC,
  MH_ANTIBIOTIC_LOINC_SUSCEPTIBILITY,
  MH_ANTIBIOTIC_FIRST_LINE_FOR,
  MH_ANTIBIOTIC_VERIFIED,
  MH_ANTIBIOTIC_N_FIELDS,
};

G_END_DECLS
