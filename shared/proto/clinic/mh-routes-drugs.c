/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allergies, the formulary, and what is checked when medicines are prescribed. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam allergy_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Allergies of one patient") },
  { NULL },
};

static const MhParam rate_params[] = {
  { "from", MH_KIND_INSTANT, NULL, N_("Signed not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Signed before") },
  { NULL },
};

static const MhRoute routes[] = {
  { "allergy.list", "GET", "/allergies", "patient.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_allergy_type, allergy_params, N_("Allergies and intolerances"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.create", "POST", "/allergies", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_allergy_type, &mh_allergy_type, NULL, N_("Note an allergy or intolerance"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.read", "GET", "/allergies/{id}", "patient.read", MH_ROUTE_READ, 0, NULL, &mh_allergy_type, NULL, N_("One allergy"), "allergies", NULL, MH_RATE_NORMAL },
  { "allergy.update", "PATCH", "/allergies/{id}", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_allergy_type, &mh_allergy_type, NULL, N_("Change an allergy, or say that it is none"), "allergies", NULL, MH_RATE_NORMAL },

  { "medicine.list", "GET", "/medicines", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_medicine_type, NULL, N_("Medicines of the formulary"), "formulary", NULL, MH_RATE_NORMAL },
  { "medicine.create", "POST", "/medicines", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_medicine_type, &mh_medicine_type, NULL, N_("Add: medicine"), "formulary", NULL, MH_RATE_NORMAL },
  { "medicine.update", "PATCH", "/medicines/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_medicine_type, &mh_medicine_type, NULL, N_("Change: medicine"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_ingredient.list", "GET", "/drug-ingredients", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_drug_ingredient_type, NULL, N_("Ingredients with their classes and allergy groups"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_ingredient.create", "POST", "/drug-ingredients", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_drug_ingredient_type, &mh_drug_ingredient_type, NULL, N_("Add: ingredient"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_ingredient.update", "PATCH", "/drug-ingredients/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_drug_ingredient_type, &mh_drug_ingredient_type, NULL, N_("Change: ingredient"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_interaction.list", "GET", "/drug-interactions", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_drug_interaction_type, NULL, N_("Interactions"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_interaction.create", "POST", "/drug-interactions", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_drug_interaction_type, &mh_drug_interaction_type, NULL, N_("Add: interaction"), "formulary", NULL, MH_RATE_NORMAL },
  { "drug_interaction.update", "PATCH", "/drug-interactions/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_drug_interaction_type, &mh_drug_interaction_type, NULL, N_("Change: interaction"), "formulary", NULL, MH_RATE_NORMAL },
  { "allergy_cross.list", "GET", "/allergy-crosses", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_allergy_cross_type, NULL, N_("What an allergy to one group means for another"), "formulary", NULL, MH_RATE_NORMAL },
  { "allergy_cross.create", "POST", "/allergy-crosses", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_allergy_cross_type, &mh_allergy_cross_type, NULL, N_("Add: cross-reactivity"), "formulary", NULL, MH_RATE_NORMAL },
  { "allergy_cross.update", "PATCH", "/allergy-crosses/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_allergy_cross_type, &mh_allergy_cross_type, NULL, N_("Change: cross-reactivity"), "formulary", NULL, MH_RATE_NORMAL },

  { "prescription.check", "POST", "/prescriptions/check", "prescription.write", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, &mh_prescription_type, &mh_drug_check_type, NULL, N_("What is wrong with a prescription that is being written"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "prescription.countersign", "POST", "/prescriptions/{id}/countersign", "prescription.countersign", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_prescription_type, NULL, N_("Sign as the second person"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "prescription.cancel", "POST", "/prescriptions/{id}/cancellation", "prescription.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_prescription_cancel_type, &mh_prescription_type, NULL, N_("Withdraw a signed prescription as a whole: its medicines stop, its tests are not waited for any more"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "drug_profile.read", "GET", "/patients/{id}/drug-profile", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_drug_check_type, NULL, N_("What a patient takes, and the values needed for dosing"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "medication.list", "GET", "/patients/{id}/medicines", "prescription.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_prescription_line_type, NULL, N_("Everything prescribed to a patient, newest first"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "medication.stop", "POST", "/prescription-lines/{id}/stop", "prescription.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_drug_stop_type, &mh_prescription_line_type, NULL, N_("A medicine is not taken any more"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "drug_rate.read", "GET", "/drug-rates", "analytics.read", MH_ROUTE_READ, 0, NULL, &mh_drug_rate_type, rate_params, N_("How often alerts interrupt and are overridden"), "figures", NULL, MH_RATE_NORMAL },
  { "drug_favourite.list", "GET", "/drug-favourites", "prescription.write", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_drug_favourite_type, NULL, N_("Medicines a doctor writes often"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "drug_favourite.create", "POST", "/drug-favourites", "prescription.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_drug_favourite_type, &mh_drug_favourite_type, NULL, N_("Keep a line as a favourite"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "drug_favourite.remove", "DELETE", "/drug-favourites/{id}", "prescription.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, NULL, &mh_drug_favourite_type, NULL, N_("Forget a favourite"), "prescriptions", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_drugs = { routes, G_N_ELEMENTS (routes) };
