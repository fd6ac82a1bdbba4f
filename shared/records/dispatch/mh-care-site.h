/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Hospitals to which the rescue service drives (rules.md 8): where they are and what they have,
 * what they last told of their beds, from which patients they ask to be spared, and who is on the
 * way to them. A site belongs to the service that keeps it (hospital_id); the hospital of this
 * program that it is, if it is one, is member_id, and its people see and answer for that one site.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* The codes of shared/rules/dispatch/mh-destination.h, and every patient. */
extern const MhCode mh_care_codes[];
#define MH_CARE_SCOPE_ALL "all"
extern const MhCode mh_care_scope_codes[];
/* Those of shared/rules/dispatch/mh-nedocs.h. */
extern const MhCode mh_crowding_codes[];

enum
{
  MH_CARE_SITE_HOSPITAL_ID = MH_N_COMMON,
  MH_CARE_SITE_MEMBER_ID,
  MH_CARE_SITE_CODE,
  MH_CARE_SITE_NAME,
  MH_CARE_SITE_PHONE,
  MH_CARE_SITE_LAT,
  MH_CARE_SITE_LON,
  MH_CARE_SITE_CARE,
  MH_CARE_SITE_ED_BEDS,
  MH_CARE_SITE_HOSPITAL_BEDS,
  MH_CARE_SITE_NOTE,
  MH_CARE_SITE_ACTIVE,
  /* as told last */
  MH_CARE_SITE_FREE_BEDS,
  MH_CARE_SITE_FREE_ICU,
  MH_CARE_SITE_FREE_THEATRES,
  MH_CARE_SITE_RESERVED,
  MH_CARE_SITE_ED_PATIENTS,
  MH_CARE_SITE_BOARDERS,
  MH_CARE_SITE_VENTILATED,
  MH_CARE_SITE_LONGEST_MINUTES,
  MH_CARE_SITE_LAST_BED_MINUTES,
  MH_CARE_SITE_NEDOCS,
  MH_CARE_SITE_LEVEL,
  MH_CARE_SITE_PARTS,
  MH_CARE_SITE_REVIEWED_AT,
  MH_CARE_SITE_REVIEWED_NAME,
  MH_CARE_SITE_DIVERSIONS, /* those that are not over, as JSON: mh_site_diversions_read() */
  MH_CARE_SITE_STALE,
  MH_CARE_SITE_N_FIELDS,
};

/* What a hospital tells of itself at one time: sent, and kept as its history. */
enum
{
  MH_SITE_REPORT_HOSPITAL_ID = MH_N_COMMON,
  MH_SITE_REPORT_SITE_ID,
  MH_SITE_REPORT_AT,
  MH_SITE_REPORT_ED_PATIENTS,
  MH_SITE_REPORT_ED_BEDS,
  MH_SITE_REPORT_BOARDERS,
  MH_SITE_REPORT_HOSPITAL_BEDS,
  MH_SITE_REPORT_VENTILATED,
  MH_SITE_REPORT_LONGEST_MINUTES,
  MH_SITE_REPORT_LAST_BED_MINUTES,
  MH_SITE_REPORT_FREE_BEDS,
  MH_SITE_REPORT_FREE_ICU,
  MH_SITE_REPORT_FREE_THEATRES,
  MH_SITE_REPORT_NEDOCS,
  MH_SITE_REPORT_LEVEL,
  MH_SITE_REPORT_BY_NAME,
  MH_SITE_REPORT_N_FIELDS,
};

enum
{
  MH_DIVERSION_HOSPITAL_ID = MH_N_COMMON,
  MH_DIVERSION_SITE_ID,
  MH_DIVERSION_SCOPE,
  MH_DIVERSION_REASON,
  MH_DIVERSION_STARTS_AT,
  MH_DIVERSION_UNTIL,
  MH_DIVERSION_ENDED_AT,
  MH_DIVERSION_RENEWALS,
  MH_DIVERSION_BY_NAME,
  MH_DIVERSION_ENDED_NAME,
  MH_DIVERSION_N_FIELDS,
};

enum
{
  MH_DIVERSION_RENEWAL_UNTIL,
  MH_DIVERSION_RENEWAL_N_FIELDS,
};

/* Where a patient may be driven, and where not. */
extern const MhCode mh_destination_note_codes[];
extern const MhCode mh_destination_out_codes[];

enum
{
  MH_DESTINATION_SITE_ID,
  MH_DESTINATION_NAME,
  MH_DESTINATION_OFFERED,
  MH_DESTINATION_ROAD_SECONDS,
  MH_DESTINATION_CROWDING_SECONDS,
  MH_DESTINATION_BED_SECONDS,
  MH_DESTINATION_SCORE,
  MH_DESTINATION_NOTES,
  MH_DESTINATION_REASONS,
  MH_DESTINATION_LACKING,
  MH_DESTINATION_FREE_BEDS,
  MH_DESTINATION_NEDOCS,
  MH_DESTINATION_LEVEL,
  MH_DESTINATION_REVIEWED_AT,
  MH_DESTINATION_N_FIELDS,
};

G_END_DECLS
