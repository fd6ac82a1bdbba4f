/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a patient does not bear: a substance (an ingredient of the formulary, or words), or a whole
 * class of the formulary's allergy groups. The patient's own `allergies` and `allergy_status`
 * follow from the active ones; what is typed there becomes such records.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ALLERGY_KIND_ALLERGY "allergy"
#define MH_ALLERGY_KIND_INTOLERANCE "intolerance"
extern const MhCode mh_allergy_kind_codes[];

#define MH_ALLERGY_MILD "mild"
#define MH_ALLERGY_MODERATE "moderate"
#define MH_ALLERGY_SEVERE "severe"
#define MH_ALLERGY_ANAPHYLAXIS "anaphylaxis"
extern const MhCode mh_allergy_severity_codes[];

#define MH_ALLERGY_ACTIVE "active"
#define MH_ALLERGY_INACTIVE "inactive"
#define MH_ALLERGY_REFUTED "refuted"
#define MH_ALLERGY_MISTAKE "mistake"
extern const MhCode mh_allergy_state_codes[];

#define MH_ALLERGY_FROM_PATIENT "patient"
#define MH_ALLERGY_FROM_FAMILY "family"
#define MH_ALLERGY_FROM_PAPERS "papers"
#define MH_ALLERGY_FROM_SEEN "seen"
#define MH_ALLERGY_FROM_DESK "desk"
extern const MhCode mh_allergy_source_codes[];

enum
{
  MH_ALLERGY_HOSPITAL_ID = MH_N_COMMON,
  MH_ALLERGY_PATIENT_ID,
  MH_ALLERGY_SUBSTANCE,
  MH_ALLERGY_CLASS_CODE,
  MH_ALLERGY_KIND,
  MH_ALLERGY_SEVERITY,
  MH_ALLERGY_REACTION,
  MH_ALLERGY_STATUS,
  MH_ALLERGY_SOURCE,
  MH_ALLERGY_SINCE,
  MH_ALLERGY_NOTE,
  MH_ALLERGY_NOTED_BY,
  MH_ALLERGY_NOTED_NAME,
  MH_ALLERGY_N_FIELDS,
};

/* Counts for checks: not deleted, and neither outgrown, refuted nor a mistake. */
gboolean mh_allergy_is_active (MhRecord *allergy);

G_END_DECLS
