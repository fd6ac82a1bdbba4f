/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A dose of a vaccine that was given, or was not and why. Terms are those of FHIR R4 Immunization.
 * Which dose is due when: shared/rules/clinic/mh-vaccine-rules.h.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_IMMUNISATION_COMPLETED "completed"
#define MH_IMMUNISATION_NOT_DONE "not_done"
/* and MH_ENTERED_IN_ERROR of mh-problem-item.h */
extern const MhCode mh_immunisation_status_codes[];
extern const MhCode mh_immunisation_reason_codes[];
extern const MhCode mh_immunisation_site_codes[];
extern const MhCode mh_immunisation_route_codes[];
/* Those of the national schedule and common others; "other" takes vaccine_name. */
extern const MhCode mh_vaccine_codes[];

enum
{
  MH_IMMUNISATION_HOSPITAL_ID = MH_N_COMMON,
  MH_IMMUNISATION_PATIENT_ID,
  MH_IMMUNISATION_VISIT_ID,
  MH_IMMUNISATION_VACCINE,
  MH_IMMUNISATION_VACCINE_NAME,
  MH_IMMUNISATION_DOSE_NUMBER,
  MH_IMMUNISATION_STATUS,
  MH_IMMUNISATION_GIVEN_ON,
  MH_IMMUNISATION_REASON,
  MH_IMMUNISATION_LOT,
  MH_IMMUNISATION_EXPIRES,
  MH_IMMUNISATION_MAKER,
  MH_IMMUNISATION_SITE,
  MH_IMMUNISATION_ROUTE,
  MH_IMMUNISATION_ELSEWHERE,
  MH_IMMUNISATION_NOTE,
  MH_IMMUNISATION_RECORDED_NAME,
  MH_IMMUNISATION_CHANGED_NAME,
  MH_IMMUNISATION_N_FIELDS,
};

G_END_DECLS
