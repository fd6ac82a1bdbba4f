/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhCode tabs[] = {
  { "paid", N_("Paid") }, { "cod", N_("To collect") }, { "processing", N_("Processing") },
  { "completed", N_("Completed") }, { "failed", N_("Failed") }, { NULL },
};
static const MhCode stages[] = {
  { "collect", N_("To collect") }, { "receive", N_("To receive") }, { "enter", N_("Results needed") },
  { "verify", N_("To verify") }, { "expired", N_("Expired unpaid") }, { NULL },
};
static const MhCode priorities[] = {
  { "routine", N_("Routine") }, { "urgent", N_("Urgent") }, { "stat", N_("STAT") }, { NULL },
};

static const MhCode sorts[] = {
  { "newest", N_("Newest first") }, { "oldest", N_("Longest wait first") },
  { "pressing", N_("Most urgent first, then longest wait") }, { "reported", N_("Reported last first") }, { NULL },
};

static const MhParam patient_params[] = {
  { "phone", MH_KIND_TEXT, NULL, N_("Exact phone number") },
  { "mrn", MH_KIND_TEXT, NULL, N_("Exact MRN") },
  { NULL },
};
static const MhParam order_params[] = {
  { "tab", MH_KIND_ENUM, tabs, N_("Tab of the order board") },
  { "stage", MH_KIND_ENUM, stages, N_("What is to be done next") },
  { "patient_id", MH_KIND_REF, NULL, N_("Orders of one patient") },
  { "assigned_to", MH_KIND_REF, NULL, N_("Orders of one technician") },
  { "bench", MH_KIND_TEXT, NULL, N_("Orders with work for one bench") },
  { "priority", MH_KIND_ENUM, priorities, N_("Only this priority") },
  { "from", MH_KIND_INSTANT, NULL, N_("Created not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Created before") },
  { "sort", MH_KIND_ENUM, sorts, N_("What comes first, in a tab or stage") },
  { NULL },
};
static const MhParam sample_params[] = {
  { "accession", MH_KIND_TEXT, NULL, N_("Exact accession number, as scanned") },
  { "order_id", MH_KIND_REF, NULL, N_("Tubes of one order") },
  { NULL },
};
static const MhParam report_params[] = {
  { "id", MH_KIND_REF, NULL, N_("The one of a paper's QR code") },
  { NULL },
};
static const MhParam prescription_params[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Prescriptions of one patient") },
  { "status", MH_KIND_TEXT, NULL, N_("Only in this state") },
  { NULL },
};
static const MhParam range_params[] = {
  { "analyte", MH_KIND_TEXT, NULL, N_("Ranges of one analyte") },
  { NULL },
};
static const MhParam worklist_params[] = {
  { "test", MH_KIND_TEXT, NULL, N_("Short name of the test") },
  { NULL },
};
static const MhParam verify_params[] = {
  { "hash", MH_KIND_TEXT, NULL, N_("Content hash from the paper") },
  { "report_version", MH_KIND_INT, NULL, N_("Version from the paper") },
  { NULL },
};
static const MhParam pdf_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { "report_version", MH_KIND_INT, NULL, N_("An older version") },
  { "copy", MH_KIND_BOOL, NULL, N_("For printing: counted, and from the second on marked as a copy") },
  { NULL },
};

static const MhRoute routes[] = {
  { "patient.list", "GET", "/patients", "patient.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_patient_type, patient_params, N_("Find patients by name, phone, MRN or identifier"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.create", "POST", "/patients", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_patient_type, &mh_patient_type, NULL, N_("Register a patient"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.read", "GET", "/patients/{id}", "patient.read", MH_ROUTE_READ, 0, NULL, &mh_patient_type, NULL, N_("One patient"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.update", "PATCH", "/patients/{id}", "patient.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_patient_type, &mh_patient_type, NULL, N_("Change a patient"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.death", "POST", "/patients/{id}/death", MH_MAY_DECIDE_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_death_type, &mh_patient_type, NULL, N_("Record that a patient has died"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.death_withdraw", "POST", "/patients/{id}/death/withdrawal", MH_MAY_DECIDE_VISIT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_death_withdrawal_type, &mh_patient_type, NULL, N_("A death was recorded by mistake"), "patients", NULL, MH_RATE_NORMAL },
  { "patient.duplicates", "POST", "/patients/duplicates", "patient.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_ONLINE, &mh_patient_type, &mh_patient_match_type, NULL, N_("Who might be the same person"), "patients", NULL, MH_RATE_NORMAL },

  { "test.list", "GET", "/tests", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_test_type, NULL, N_("Tests"), "catalogue", NULL, MH_RATE_NORMAL },
  { "test.create", "POST", "/tests", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_test_type, &mh_test_type, NULL, N_("Add a test"), "catalogue", NULL, MH_RATE_NORMAL },
  { "test.read", "GET", "/tests/{id}", "catalogue.read", MH_ROUTE_READ, 0, NULL, &mh_test_type, NULL, N_("One test"), "catalogue", NULL, MH_RATE_NORMAL },
  { "test.update", "PATCH", "/tests/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_test_type, &mh_test_type, NULL, N_("Change a test"), "catalogue", NULL, MH_RATE_NORMAL },
  { "panel.list", "GET", "/panels", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_panel_type, NULL, N_("Panels"), "catalogue", NULL, MH_RATE_NORMAL },
  { "panel.create", "POST", "/panels", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_panel_type, &mh_panel_type, NULL, N_("Add a panel"), "catalogue", NULL, MH_RATE_NORMAL },
  { "panel.update", "PATCH", "/panels/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_panel_type, &mh_panel_type, NULL, N_("Change a panel"), "catalogue", NULL, MH_RATE_NORMAL },
  { "analyte.list", "GET", "/analytes", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_analyte_type, NULL, N_("Analytes"), "catalogue", NULL, MH_RATE_NORMAL },
  { "analyte.create", "POST", "/analytes", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_analyte_type, &mh_analyte_type, NULL, N_("Add an analyte"), "catalogue", NULL, MH_RATE_NORMAL },
  { "analyte.update", "PATCH", "/analytes/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_analyte_type, &mh_analyte_type, NULL, N_("Change an analyte"), "catalogue", NULL, MH_RATE_NORMAL },
  { "range.list", "GET", "/reference-ranges", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reference_range_type, range_params, N_("Reference ranges"), "catalogue", NULL, MH_RATE_NORMAL },
  { "range.create", "POST", "/reference-ranges", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_reference_range_type, &mh_reference_range_type, NULL, N_("Add a reference range"), "catalogue", NULL, MH_RATE_NORMAL },
  { "range.update", "PATCH", "/reference-ranges/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_reference_range_type, &mh_reference_range_type, NULL, N_("Change a reference range"), "catalogue", NULL, MH_RATE_NORMAL },
  { "container.list", "GET", "/containers", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_container_type, NULL, N_("Containers in draw order"), "catalogue", NULL, MH_RATE_NORMAL },
  { "value_set.list", "GET", "/value-sets", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_value_set_type, NULL, N_("Choices of qualitative analytes"), "catalogue", NULL, MH_RATE_NORMAL },
  { "bench.list", "GET", "/benches", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_bench_type, NULL, N_("Benches"), "catalogue", NULL, MH_RATE_NORMAL },

  { "order.list", "GET", "/orders", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_order_type, order_params, N_("Orders of the board"), "orders", NULL, MH_RATE_NORMAL },
  { "order.place", "POST", "/orders", "order.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_order_type, &mh_order_type, NULL, N_("Place an order"), "orders", NULL, MH_RATE_NORMAL },
  { "order.quote", "POST", "/orders/quote", "order.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT | MH_ROUTE_ONLINE, &mh_order_type, &mh_order_type, NULL, N_("What an order would cost"), "orders", NULL, MH_RATE_NORMAL },
  { "doctor.list", "GET", "/doctors", "order.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_clinician_type, NULL, N_("In-house doctors, who order tests"), "orders", NULL, MH_RATE_NORMAL },
  { "order.counts", "GET", "/orders/counts", "order.read", MH_ROUTE_READ, 0, NULL, &mh_order_counts_type, NULL, N_("How many orders stand in each tab"), "orders", NULL, MH_RATE_NORMAL },
  { "order.read", "GET", "/orders/{id}", "order.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_order_type, NULL, N_("One order with items, tubes and payments"), "orders", NULL, MH_RATE_NORMAL },
  { "order.update", "PATCH", "/orders/{id}", "order.read", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_order_type, &mh_order_type, NULL, N_("Change priority, doctor, department or notes; who collects may change where and when"), "orders", NULL, MH_RATE_NORMAL },
  { "label.pdf", "GET", "/orders/{id}/labels.pdf", "sample.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("The tube labels"), "samples", "application/pdf", MH_RATE_HEAVY },

  { "sample.list", "GET", "/samples", "sample.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_sample_type, sample_params, N_("Tubes"), "samples", NULL, MH_RATE_NORMAL },
  { "sample.read", "GET", "/samples/{id}", "sample.read", MH_ROUTE_READ, 0, NULL, &mh_sample_type, NULL, N_("One tube"), "samples", NULL, MH_RATE_NORMAL },
  { "custody.list", "GET", "/samples/{id}/events", "sample.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_custody_event_type, NULL, N_("Chain of custody"), "samples", NULL, MH_RATE_NORMAL },
  { "custody.add", "POST", "/samples/{id}/events", "sample.collect", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_custody_event_type, &mh_sample_type, NULL, N_("Say what happened to a tube"), "samples", NULL, MH_RATE_NORMAL },

  { "result.sheet", "GET", "/orders/{id}/results", "result.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_results_sheet_type, NULL, N_("Analytes of an order with ranges and values"), "results", NULL, MH_RATE_NORMAL },
  { "worklist.list", "GET", "/worklists", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_worklist_type, NULL, N_("Tests that wait for results"), "results", NULL, MH_RATE_NORMAL },
  { "worklist.sheets", "GET", "/worklists/sheets", "result.read", MH_ROUTE_READ, MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT, NULL, &mh_results_sheet_type, worklist_params, N_("One test across patients: the rows of each order that waits for it"), "results", NULL, MH_RATE_NORMAL },
  { "result.save", "PUT", "/orders/{id}/results", "result.enter", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_results_put_type, &mh_results_sheet_type, NULL, N_("Save results, all or some"), "results", NULL, MH_RATE_NORMAL },
  { "result.verify", "POST", "/orders/{id}/verification", "result.verify", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_verification_type, &mh_order_type, NULL, N_("Verify or return"), "results", NULL, MH_RATE_NORMAL },
  { "report.list", "GET", "/orders/{id}/reports", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_type, NULL, N_("All versions of a report"), "results", NULL, MH_RATE_NORMAL },
  { "report.recent", "GET", "/reports", "report.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_report_type, report_params, N_("Reports released last"), "results", NULL, MH_RATE_NORMAL },
  { "report.pdf", "GET", "/orders/{id}/report.pdf", "report.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, pdf_params, N_("The report as it is printed"), "results", "application/pdf", MH_RATE_HEAVY },
  { "report.verify", "GET", "/reports/{id}/verify", "", MH_ROUTE_READ, MH_ROUTE_PUBLIC, NULL, &mh_report_check_type, verify_params, N_("Is this paper what was released"), "results", NULL, MH_RATE_HEAVY },

  { "prescription.list", "GET", "/prescriptions", "prescription.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_prescription_type, prescription_params, N_("Prescriptions"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "prescription.create", "POST", "/prescriptions", "prescription.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_prescription_type, &mh_prescription_type, NULL, N_("Prescribe medicines and tests"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "prescription.read", "GET", "/prescriptions/{id}", "prescription.read", MH_ROUTE_READ, MH_ROUTE_SNAPSHOT, NULL, &mh_prescription_type, NULL, N_("One prescription"), "prescriptions", NULL, MH_RATE_NORMAL },
  { "prescription.pdf", "GET", "/prescriptions/{id}/prescription.pdf", "prescription.read", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, pdf_params, N_("The signed prescription"), "prescriptions", "application/pdf", MH_RATE_HEAVY },
};
/* clang-format on */

const MhRouteTable mh_routes_lab = { routes, G_N_ELEMENTS (routes) };
