/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Two records of one person made one (rules.md 13). One person proposes it, another one agrees. The
 * row stays for ever: it says where a number that went away leads, and holds with its parts what is
 * needed to undo it.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_MERGE_PROPOSED "proposed"
#define MH_MERGE_DONE "done"
#define MH_MERGE_DECLINED "declined"
#define MH_MERGE_UNDONE "undone"
extern const MhCode mh_merge_status_codes[];

enum
{
  MH_PATIENT_MERGE_HOSPITAL_ID = MH_N_COMMON,
  MH_PATIENT_MERGE_SURVIVOR_ID,
  MH_PATIENT_MERGE_LOSER_ID,
  MH_PATIENT_MERGE_REASON,
  MH_PATIENT_MERGE_STATUS,
  MH_PATIENT_MERGE_SURVIVOR_MRN,
  MH_PATIENT_MERGE_SURVIVOR_NAME,
  MH_PATIENT_MERGE_LOSER_MRN,
  MH_PATIENT_MERGE_LOSER_NAME,
  MH_PATIENT_MERGE_SCORE,
  MH_PATIENT_MERGE_REASONS,
  MH_PATIENT_MERGE_PROPOSED_BY,
  MH_PATIENT_MERGE_PROPOSED_NAME,
  MH_PATIENT_MERGE_DECIDED_BY,
  MH_PATIENT_MERGE_DECIDED_NAME,
  MH_PATIENT_MERGE_DECIDED_AT,
  MH_PATIENT_MERGE_DECISION_NOTE,
  MH_PATIENT_MERGE_UNDONE_BY,
  MH_PATIENT_MERGE_UNDONE_NAME,
  MH_PATIENT_MERGE_UNDONE_AT,
  MH_PATIENT_MERGE_UNDO_REASON,
  MH_PATIENT_MERGE_N_ROWS,
  MH_PATIENT_MERGE_N_LABELS,
  MH_PATIENT_MERGE_TOLD,
  MH_PATIENT_MERGE_SURVIVOR,
  MH_PATIENT_MERGE_LOSER,
  MH_PATIENT_MERGE_N_FIELDS,
};

/* One row that a merge changed: what the columns it wrote held before, and what it wrote. */
enum
{
  MH_PATIENT_MERGE_ROW_MERGE_ID = MH_N_COMMON,
  MH_PATIENT_MERGE_ROW_POSITION,
  MH_PATIENT_MERGE_ROW_OBJECT_TYPE,
  MH_PATIENT_MERGE_ROW_OBJECT_ID,
  MH_PATIENT_MERGE_ROW_WAS,
  MH_PATIENT_MERGE_ROW_BECAME,
  MH_PATIENT_MERGE_ROW_N_FIELDS,
};

/* Agreed, declined or undone, and why. */
enum
{
  MH_PATIENT_MERGE_DECISION_NOTE_TEXT,
  MH_PATIENT_MERGE_DECISION_N_FIELDS,
};

G_END_DECLS
