/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allergies, the formulary, and what is checked when medicines are prescribed. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-records.h"

/* clang-format off */
static const MhParam allergy_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Allergies of one patient") },
  { NULL },
};

static const MhRoute routes[] = {
  { "allergy.list", "GET", "/allergies", "patient.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_allergy_type, allergy_params, N_("Allergies and intolerances"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.create", "POST", "/allergies", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_allergy_type, &mh_allergy_type, NULL, N_("Note an allergy or intolerance"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.read", "GET", "/allergies/{id}", "patient.read", MH_ROUTE_READ, 0, NULL, &mh_allergy_type, NULL, N_("One allergy"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.update", "PATCH", "/allergies/{id}", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_allergy_type, &mh_allergy_type, NULL, N_("Change an allergy, or say that it is none"), "allergies", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_drugs = { routes, G_N_ELEMENTS (routes) };
