/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-permissions.h"

#define DECIDE MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE

/* clang-format off */
static const MhParam merge_params[] = {
  { "status", MH_KIND_ENUM, mh_merge_status_codes, N_("Of one status alone") },
  { NULL },
};

static const MhRoute routes[] = {
  { "merge.list", "GET", "/merges", MH_MAY_MERGE_PATIENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_patient_merge_type, merge_params, N_("Merges of patients, newest first"), "patients", NULL, MH_RATE_NORMAL },
  { "merge.propose", "POST", "/merges", MH_MAY_MERGE_PATIENT, MH_ROUTE_WRITE, MH_ROUTE_CREATED | DECIDE, &mh_patient_merge_type, &mh_patient_merge_type, NULL, N_("Propose that two records are one person"), "patients", NULL, MH_RATE_NORMAL },
  { "merge.read", "GET", "/merges/{id}", MH_MAY_MERGE_PATIENT, MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_patient_merge_type, NULL, N_("One merge with both records"), "patients", NULL, MH_RATE_NORMAL },
  { "merge.agree", "POST", "/merges/{id}/agreement", MH_MAY_MERGE_PATIENT, MH_ROUTE_WRITE, DECIDE, &mh_patient_merge_decision_type, &mh_patient_merge_type, NULL, N_("Merge them; not by the one who proposed it"), "patients", NULL, MH_RATE_NORMAL },
  { "merge.decline", "POST", "/merges/{id}/refusal", MH_MAY_MERGE_PATIENT, MH_ROUTE_WRITE, DECIDE, &mh_patient_merge_decision_type, &mh_patient_merge_type, NULL, N_("They are two people"), "patients", NULL, MH_RATE_NORMAL },
  { "merge.undo", "POST", "/merges/{id}/undoing", MH_MAY_MERGE_PATIENT, MH_ROUTE_WRITE, DECIDE, &mh_patient_merge_decision_type, &mh_patient_merge_type, NULL, N_("Make them two again, with a reason"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.doubtful", "GET", "/patients/doubtful", MH_MAY_MERGE_PATIENT, MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, NULL, &mh_patient_match_type, NULL, N_("Patients registered without a duplicate check, each with the best match"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.distinct", "POST", "/patients/{id}/distinct", MH_MAY_MERGE_PATIENT, MH_ROUTE_WRITE, DECIDE, NULL, &mh_patient_type, NULL, N_("Reviewed: nobody else is the same person"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.photo", "GET", "/patients/{id}/photo", MH_MAY_READ_PATIENT, MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("The photo of a patient, small"), "patients", "image/png", MH_RATE_NORMAL },
  { "family.list", "GET", "/patients/{id}/family", MH_MAY_READ_PATIENT, MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_family_link_type, NULL, N_("Relatives of a patient who are patients too, as seen from this one"), "patients", NULL, MH_RATE_NORMAL },
  { "family.add", "POST", "/family-links", MH_MAY_WRITE_PATIENT, MH_ROUTE_WRITE, MH_ROUTE_CREATED | DECIDE, &mh_family_link_type, &mh_family_link_type, NULL, N_("Link two patients who belong together"), "patients", NULL, MH_RATE_NORMAL },
  { "family.remove", "DELETE", "/family-links/{id}", MH_MAY_WRITE_PATIENT, MH_ROUTE_WRITE, DECIDE | MH_ROUTE_NO_CONTENT, NULL, NULL, NULL, N_("Remove a link between two patients"), "patients", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_patients = { routes, G_N_ELEMENTS (routes) };
