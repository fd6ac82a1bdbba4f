/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Tubes that go from one person to another, both with their badge; and what did not agree.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_HANDOVER_TAKEN "taken"
#define MH_HANDOVER_UNEXPECTED "unexpected"
#define MH_HANDOVER_MISSING "missing"
#define MH_HANDOVER_UNKNOWN "unknown"
#define MH_HANDOVER_NOT_COLLECTED "not_collected"
#define MH_HANDOVER_ALREADY "already"
extern const MhCode mh_handover_outcome_codes[];

enum
{
  MH_HANDOVER_ITEM_HANDOVER_ID = MH_N_COMMON,
  MH_HANDOVER_ITEM_ACCESSION,
  MH_HANDOVER_ITEM_SAMPLE_ID,
  MH_HANDOVER_ITEM_OUTCOME,
  MH_HANDOVER_ITEM_N_FIELDS,
};

enum
{
  MH_HANDOVER_HOSPITAL_ID = MH_N_COMMON,
  MH_HANDOVER_GIVER_BADGE,
  MH_HANDOVER_RECEIVER_BADGE,
  MH_HANDOVER_EXPECTED,
  MH_HANDOVER_SCANNED,
  MH_HANDOVER_AT,
  MH_HANDOVER_GIVER_ID,
  MH_HANDOVER_GIVER_NAME,
  MH_HANDOVER_RECEIVER_ID,
  MH_HANDOVER_RECEIVER_NAME,
  MH_HANDOVER_PLACE,
  MH_HANDOVER_TEMPERATURE,
  MH_HANDOVER_NOTE,
  MH_HANDOVER_N_TAKEN,
  MH_HANDOVER_N_PROBLEMS,
  MH_HANDOVER_ITEMS,
  MH_HANDOVER_N_FIELDS,
};

G_END_DECLS
