/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits and what is measured and assessed in them. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam visit_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { "doctor_id", MH_KIND_REF, NULL, N_("Of one doctor") },
  { "department_id", MH_KIND_REF, NULL, N_("Of one department") },
  { "kind", MH_KIND_ENUM, mh_visit_kind_codes, N_("Only of this kind") },
  { "status", MH_KIND_ENUM, mh_visit_status_codes, N_("Only in this state") },
  { "open", MH_KIND_BOOL, NULL, N_("Only what is not over") },
  { "from", MH_KIND_INSTANT, NULL, N_("Arrived not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Arrived before") },
  { NULL },
};

static const MhParam of_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { "visit_id", MH_KIND_REF, NULL, N_("Of one visit") },
  { NULL },
};
static const MhParam visit_id_params[] = {
  { "visit_id", MH_KIND_REF, NULL, N_("Of one visit") },
  { NULL },
};
static const MhParam form_params[] = {
  { "all", MH_KIND_BOOL, NULL, N_("Former versions too") },
  { NULL },
};

static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT)

static const MhRoute routes[] = {
  { "visit.list", "GET", "/visits", MH_MAY_READ_VISIT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_visit_type, visit_params, N_("Visits, newest arrival first"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.open", "POST", "/visits", MH_MAY_WRITE_VISIT, MH_ROUTE_WRITE, ADD, &mh_visit_type, &mh_visit_type, NULL, N_("Open a visit for somebody who arrived"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.read", "GET", "/visits/{id}", MH_MAY_READ_VISIT, MH_ROUTE_READ, 0, NULL, &mh_visit_type, NULL, N_("One visit"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.update", "PATCH", "/visits/{id}", MH_MAY_WRITE_VISIT, MH_ROUTE_WRITE, CHANGE, &mh_visit_type, &mh_visit_type, NULL, N_("Change department, doctor, complaint, room"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.move", "POST", "/visits/{id}/steps", MH_MAY_READ_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_visit_step_type, &mh_visit_type, NULL, N_("Take the next step; each has its own right"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.triage", "POST", "/visits/{id}/triage", MH_MAY_ASSESS_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_triage_type, &mh_visit_type, NULL, N_("Answers of the triage; gives the ESI level"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.spo2_scale", "POST", "/visits/{id}/spo2-scale", MH_MAY_DECIDE_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_spo2_order_type, &mh_visit_type, NULL, N_("Order the scale by which oxygen saturation is scored"), "visits", NULL, MH_RATE_NORMAL },
  { "visit.pdf", "GET", "/visits/{id}/summary", MH_MAY_READ_VITALS, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("Summary of a visit on paper"), "visits", "application/pdf", MH_RATE_HEAVY },

  { "vitals.list", "GET", "/vitals", MH_MAY_READ_VITALS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_vitals_type, of_params, N_("Vital signs, newest first"), "vitals", NULL, MH_RATE_NORMAL },
  { "vitals.record", "POST", "/vitals", MH_MAY_ASSESS_VISIT, MH_ROUTE_WRITE, ADD, &mh_vitals_type, &mh_vitals_type, NULL, N_("Enter a set of vital signs"), "vitals", NULL, MH_RATE_NORMAL },
  { "vitals.read", "GET", "/vitals/{id}", MH_MAY_READ_VITALS, MH_ROUTE_READ, 0, NULL, &mh_vitals_type, NULL, N_("One set of vital signs"), "vitals", NULL, MH_RATE_NORMAL },
  { "vitals.strike", "POST", "/vitals/{id}/strike", MH_MAY_ASSESS_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_strike_type, &mh_vitals_type, NULL, N_("Strike out a set that is wrong"), "vitals", NULL, MH_RATE_NORMAL },

  { "fluid.list", "GET", "/fluids", MH_MAY_READ_VITALS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_fluid_type, visit_id_params, N_("Fluids of a visit, newest first"), "fluids", NULL, MH_RATE_NORMAL },
  { "fluid.add", "POST", "/fluids", MH_MAY_ASSESS_VISIT, MH_ROUTE_WRITE, ADD, &mh_fluid_type, &mh_fluid_type, NULL, N_("Enter what went in or came out"), "fluids", NULL, MH_RATE_NORMAL },
  { "fluid.strike", "POST", "/fluids/{id}/strike", MH_MAY_ASSESS_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_strike_type, &mh_fluid_type, NULL, N_("Strike out an amount that is wrong"), "fluids", NULL, MH_RATE_NORMAL },

  { "form.list", "GET", "/form-definitions", MH_MAY_READ_CATALOGUE, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_form_definition_type, form_params, N_("Forms of assessments"), "forms", NULL, MH_RATE_NORMAL },
  { "form.define", "POST", "/form-definitions", MH_MAY_WRITE_FORM, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_form_definition_type, &mh_form_definition_type, NULL, N_("Add a form, or the next version of one"), "forms", NULL, MH_RATE_NORMAL },
  { "form.read", "GET", "/form-definitions/{id}", MH_MAY_READ_CATALOGUE, MH_ROUTE_READ, 0, NULL, &mh_form_definition_type, NULL, N_("One form"), "forms", NULL, MH_RATE_NORMAL },
  { "form.update", "PATCH", "/form-definitions/{id}", MH_MAY_WRITE_FORM, MH_ROUTE_WRITE, CHANGE | MH_ROUTE_ONLINE, &mh_form_definition_type, &mh_form_definition_type, NULL, N_("Take a form out of use or back"), "forms", NULL, MH_RATE_NORMAL },
  { "form_answer.list", "GET", "/form-answers", MH_MAY_READ_VITALS, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_form_answer_type, of_params, N_("Assessments, newest first"), "forms", NULL, MH_RATE_NORMAL },
  { "form_answer.give", "POST", "/form-answers", MH_MAY_READ_VITALS, MH_ROUTE_WRITE, ADD, &mh_form_answer_type, &mh_form_answer_type, NULL, N_("Answer a form"), "forms", NULL, MH_RATE_NORMAL },
  { "form_answer.read", "GET", "/form-answers/{id}", MH_MAY_READ_VITALS, MH_ROUTE_READ, 0, NULL, &mh_form_answer_type, NULL, N_("One assessment"), "forms", NULL, MH_RATE_NORMAL },
};

const MhRouteTable mh_routes_visits = { routes, G_N_ELEMENTS (routes) };
/* clang-format on */
