/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What runs in the family, and how a patient lives: tobacco, alcohol, work, home. Terms follow FHIR
 * R4 FamilyMemberHistory and the social-history Observations. Past operations and births belong to
 * the problems or here as "surgery" and "obstetric".
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_HISTORY_FAMILY "family"
#define MH_HISTORY_TOBACCO "tobacco"
#define MH_HISTORY_ALCOHOL "alcohol"
#define MH_HISTORY_SUBSTANCE "substance"
#define MH_HISTORY_OCCUPATION "occupation"
#define MH_HISTORY_LIVING "living"
#define MH_HISTORY_SURGERY "surgery"
#define MH_HISTORY_OBSTETRIC "obstetric"
#define MH_HISTORY_OTHER "other"
extern const MhCode mh_history_kind_codes[];
extern const MhCode mh_history_relation_codes[];
extern const MhCode mh_history_use_codes[];

#define MH_HISTORY_CURRENT "current"
/* and MH_ENTERED_IN_ERROR of mh-problem-item.h */
extern const MhCode mh_history_status_codes[];

enum
{
  MH_HISTORY_ITEM_HOSPITAL_ID = MH_N_COMMON,
  MH_HISTORY_ITEM_PATIENT_ID,
  MH_HISTORY_ITEM_KIND,
  MH_HISTORY_ITEM_RELATION,
  MH_HISTORY_ITEM_TEXT,
  MH_HISTORY_ITEM_CODE,
  MH_HISTORY_ITEM_AGE,
  MH_HISTORY_ITEM_DECEASED,
  MH_HISTORY_ITEM_USE,
  MH_HISTORY_ITEM_AMOUNT,
  MH_HISTORY_ITEM_SINCE,
  MH_HISTORY_ITEM_UNTIL,
  MH_HISTORY_ITEM_STATUS,
  MH_HISTORY_ITEM_RECORDED_NAME,
  MH_HISTORY_ITEM_CHANGED_NAME,
  MH_HISTORY_ITEM_N_FIELDS,
};

G_END_DECLS
