/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam of_patient[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient; without, the list is empty") },
  { NULL },
};
static const MhParam note_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient") },
  { "cosign", MH_KIND_BOOL, NULL, N_("Those of others that wait for a co-signature") },
  { "drafts", MH_KIND_BOOL, NULL, N_("One's own that are not signed yet") },
  { NULL },
};
static const MhParam timeline_params[] = {
  { "kind", MH_KIND_ENUM, mh_chart_event_kind_codes, N_("Only this kind") },
  { NULL },
};
static const MhParam series_params[] = {
  { "analyte", MH_KIND_TEXT, NULL, N_("Short name of the analyte; needed") },
  { NULL },
};
static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

static const MhRoute routes[] = {
  { "chart.read", "GET", "/patients/{id}/chart", "chart.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_chart_type, NULL, N_("The first page of a patient's chart in one answer"), "chart", NULL, MH_RATE_NORMAL },
  { "chart.timeline", "GET", "/patients/{id}/timeline", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_chart_event_type, timeline_params, N_("What happened to a patient, newest first"), "chart", NULL, MH_RATE_NORMAL },
  { "chart.results", "GET", "/patients/{id}/results", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_chart_value_type, NULL, N_("Each analyte with its newest values"), "chart", NULL, MH_RATE_NORMAL },
  { "chart.series", "GET", "/patients/{id}/series", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_chart_value_type, series_params, N_("All values of one analyte"), "chart", NULL, MH_RATE_NORMAL },
  { "chart.pdf", "GET", "/patients/{id}/chart/pdf", "chart.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("Summary of a chart on paper"), "chart", "application/pdf", MH_RATE_HEAVY },
  { "icd.list", "GET", "/icd10", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_icd_code_type, NULL, N_("Codes of ICD-10 by words in any order or by the beginning of the code"), "chart", NULL, MH_RATE_NORMAL },
  { "chart_revision.list", "GET", "/chart_revisions/{id}", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_chart_revision_type, NULL, N_("What a problem, dose or line of history was before, newest first"), "chart", NULL, MH_RATE_NORMAL },

  { "problem_item.list", "GET", "/problem_items", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_problem_item_type, of_patient, N_("Problems of a patient, by rank"), "chart", NULL, MH_RATE_NORMAL },
  { "problem_item.create", "POST", "/problem_items", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_problem_item_type, &mh_problem_item_type, NULL, N_("Add a problem"), "chart", NULL, MH_RATE_NORMAL },
  { "problem_item.read", "GET", "/problem_items/{id}", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_problem_item_type, NULL, N_("One problem"), "chart", NULL, MH_RATE_NORMAL },
  { "problem_item.update", "PATCH", "/problem_items/{id}", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_problem_item_type, &mh_problem_item_type, NULL, N_("Change a problem"), "chart", NULL, MH_RATE_NORMAL },
  { "immunisation.list", "GET", "/immunisations", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_immunisation_type, of_patient, N_("Doses of a patient, newest first"), "chart", NULL, MH_RATE_NORMAL },
  { "immunisation.create", "POST", "/immunisations", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_immunisation_type, &mh_immunisation_type, NULL, N_("Record a dose"), "chart", NULL, MH_RATE_NORMAL },
  { "immunisation.read", "GET", "/immunisations/{id}", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_immunisation_type, NULL, N_("One dose"), "chart", NULL, MH_RATE_NORMAL },
  { "immunisation.update", "PATCH", "/immunisations/{id}", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_immunisation_type, &mh_immunisation_type, NULL, N_("Change a dose"), "chart", NULL, MH_RATE_NORMAL },
  { "history_item.list", "GET", "/history_items", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_history_item_type, of_patient, N_("Family and social history of a patient"), "chart", NULL, MH_RATE_NORMAL },
  { "history_item.create", "POST", "/history_items", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_history_item_type, &mh_history_item_type, NULL, N_("Add to the history"), "chart", NULL, MH_RATE_NORMAL },
  { "history_item.read", "GET", "/history_items/{id}", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_history_item_type, NULL, N_("One line of history"), "chart", NULL, MH_RATE_NORMAL },
  { "history_item.update", "PATCH", "/history_items/{id}", "chart.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_history_item_type, &mh_history_item_type, NULL, N_("Change the history"), "chart", NULL, MH_RATE_NORMAL },

  { "note.list", "GET", "/notes", "chart.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_note_type, note_params, N_("Notes, newest first"), "chart", NULL, MH_RATE_NORMAL },
  { "note.create", "POST", "/notes", "note.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_note_type, &mh_note_type, NULL, N_("Write a note, signed or as a draft"), "chart", NULL, MH_RATE_NORMAL },
  { "note.read", "GET", "/notes/{id}", "chart.read", MH_ROUTE_READ, 0, NULL, &mh_note_type, NULL, N_("One note with its addenda"), "chart", NULL, MH_RATE_NORMAL },
  { "note.update", "PATCH", "/notes/{id}", "note.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_note_type, &mh_note_type, NULL, N_("Change or sign one's own draft"), "chart", NULL, MH_RATE_NORMAL },
  { "note.drop", "DELETE", "/notes/{id}", "note.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_NO_CONTENT, NULL, NULL, NULL, N_("Discard one's own draft"), "chart", NULL, MH_RATE_NORMAL },
  { "note.add", "POST", "/notes/{id}/addenda", "note.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_note_addendum_type, &mh_note_type, NULL, N_("Add to a signed note"), "chart", NULL, MH_RATE_NORMAL },
  { "note.cosign", "POST", "/notes/{id}/cosign", "note.cosign", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_note_type, NULL, N_("Co-sign somebody else's signed note"), "chart", NULL, MH_RATE_NORMAL },
  { "note.retract", "POST", "/notes/{id}/retract", "note.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_note_retraction_type, &mh_note_type, NULL, N_("Mark a signed note as entered in error; it stays readable"), "chart", NULL, MH_RATE_NORMAL },

  { "note_template.list", "GET", "/note_templates", "", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_note_template_type, NULL, N_("Note templates"), "chart", NULL, MH_RATE_NORMAL },
  { "note_template.create", "POST", "/note_templates", "note_template.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_note_template_type, &mh_note_template_type, NULL, N_("Add a note template"), "chart", NULL, MH_RATE_NORMAL },
  { "note_template.read", "GET", "/note_templates/{id}", "", MH_ROUTE_READ, 0, NULL, &mh_note_template_type, NULL, N_("One note template"), "chart", NULL, MH_RATE_NORMAL },
  { "note_template.update", "PATCH", "/note_templates/{id}", "note_template.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_note_template_type, &mh_note_template_type, NULL, N_("Change a note template"), "chart", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_chart = { routes, G_N_ELEMENTS (routes) };
