/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quality control and the register of equipment. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-worksheet.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhCode lock_states[] = {
  { "active", N_("Locked") }, { MH_QC_LOCK_OPEN, N_("To be acted on") },
  { MH_QC_LOCK_ACTED, N_("Waits for a good control") }, { MH_QC_LOCK_RELEASED, N_("Released again") }, { NULL },
};
static const MhParam lock_params[] = {
  { "state", MH_KIND_ENUM, lock_states, N_("Only in this state") },
  { NULL },
};
static const MhParam point_params[] = {
  { "equipment", MH_KIND_TEXT, NULL, N_("Code of the analyser") },
  { "analyte", MH_KIND_TEXT, NULL, N_("Code of the analyte") },
  { "target_id", MH_KIND_REF, NULL, N_("Of one lot's level") },
  { "from", MH_KIND_INSTANT, NULL, N_("Not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Not after") },
  { NULL },
};
static const MhParam period_params[] = {
  { "from", MH_KIND_INSTANT, NULL, N_("Not before") },
  { "to", MH_KIND_INSTANT, NULL, N_("Before") },
  { NULL },
};

static const MhParam worksheet_params[] = {
  { "status", MH_KIND_ENUM, mh_worksheet_status_codes, N_("Only in this state") },
  { NULL },
};
static const MhParam paper_params[] = {
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};
static const MhParam month_params[] = {
  { "equipment", MH_KIND_TEXT, NULL, N_("Code of the analyser") },
  { "analyte", MH_KIND_TEXT, NULL, N_("Of one analyte; otherwise of all") },
  { "month", MH_KIND_TEXT, NULL, N_("YYYY-MM; this one if not given") },
  { "language", MH_KIND_TEXT, NULL, N_("Language code, such as en or hi") },
  { NULL },
};

#define ADD (MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED)
#define CHANGE (MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE)

static const MhRoute routes[] = {
  { "equipment.list", "GET", "/equipment", MH_MAY_READ_EQUIPMENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_equipment_type, NULL, N_("The register of equipment"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment.create", "POST", "/equipment", MH_MAY_WRITE_EQUIPMENT, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_equipment_type, &mh_equipment_type, NULL, N_("Register equipment"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment.read", "GET", "/equipment/{id}", MH_MAY_READ_EQUIPMENT, MH_ROUTE_READ, 0, NULL, &mh_equipment_type, NULL, N_("One piece with its plans"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment.update", "PATCH", "/equipment/{id}", MH_MAY_WRITE_EQUIPMENT, MH_ROUTE_WRITE, CHANGE, &mh_equipment_type, &mh_equipment_type, NULL, N_("Change equipment"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment_plan.list", "GET", "/equipment-plans", MH_MAY_READ_EQUIPMENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_equipment_plan_type, NULL, N_("Plans of calibration and maintenance"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment_plan.create", "POST", "/equipment/{id}/plans", MH_MAY_WRITE_EQUIPMENT, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_equipment_plan_type, &mh_equipment_plan_type, NULL, N_("Plan a calibration or maintenance"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment_plan.update", "PATCH", "/equipment-plans/{id}", MH_MAY_WRITE_EQUIPMENT, MH_ROUTE_WRITE, CHANGE, &mh_equipment_plan_type, &mh_equipment_plan_type, NULL, N_("Change a plan"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment_event.list", "GET", "/equipment/{id}/events", MH_MAY_READ_EQUIPMENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_equipment_event_type, NULL, N_("The log of one piece"), "equipment", NULL, MH_RATE_NORMAL },
  { "equipment_event.add", "POST", "/equipment/{id}/events", MH_MAY_READ_EQUIPMENT, MH_ROUTE_WRITE, ADD, &mh_equipment_event_type, &mh_equipment_type, NULL, N_("Log a fault, calibration, maintenance or state"), "equipment", NULL, MH_RATE_NORMAL },

  { "worksheet.list", "GET", "/worksheets", MH_MAY_ENTER_RESULT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_worksheet_type, worksheet_params, N_("Worksheets, open ones first"), "worksheets", NULL, MH_RATE_NORMAL },
  { "worksheet.create", "POST", "/worksheets", MH_MAY_ENTER_RESULT, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_worksheet_type, &mh_worksheet_type, NULL, N_("Make a worksheet of what waits at a bench"), "worksheets", NULL, MH_RATE_NORMAL },
  { "worksheet.read", "GET", "/worksheets/{id}", MH_MAY_ENTER_RESULT, MH_ROUTE_READ, 0, NULL, &mh_worksheet_type, NULL, N_("One worksheet with its lines"), "worksheets", NULL, MH_RATE_NORMAL },
  { "worksheet.update", "PATCH", "/worksheets/{id}", MH_MAY_ENTER_RESULT, MH_ROUTE_WRITE, CHANGE, &mh_worksheet_type, &mh_worksheet_type, NULL, N_("Note, done, discarded"), "worksheets", NULL, MH_RATE_NORMAL },
  { "worksheet.save", "PUT", "/worksheets/{id}/results", MH_MAY_ENTER_RESULT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_worksheet_put_type, &mh_worksheet_type, NULL, N_("Save values from the sheet"), "worksheets", NULL, MH_RATE_NORMAL },
  { "worksheet.pdf", "GET", "/worksheets/{id}/worksheet.pdf", MH_MAY_ENTER_RESULT, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The sheet on paper"), "worksheets", "application/pdf", MH_RATE_HEAVY },

  { "qc_material.list", "GET", "/qc-materials", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_material_type, NULL, N_("Control materials"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_material.create", "POST", "/qc-materials", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_qc_material_type, &mh_qc_material_type, NULL, N_("Add a control material"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_material.update", "PATCH", "/qc-materials/{id}", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, CHANGE, &mh_qc_material_type, &mh_qc_material_type, NULL, N_("Change a control material"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lot.list", "GET", "/qc-lots", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_lot_type, NULL, N_("Control lots"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lot.create", "POST", "/qc-lots", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_qc_lot_type, &mh_qc_lot_type, NULL, N_("Add a lot"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lot.update", "PATCH", "/qc-lots/{id}", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, CHANGE, &mh_qc_lot_type, &mh_qc_lot_type, NULL, N_("Change a lot"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_target.list", "GET", "/qc-targets", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_target_type, NULL, N_("What each lot should read where"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_target.create", "POST", "/qc-targets", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_qc_target_type, &mh_qc_target_type, NULL, N_("Add a target"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_target.update", "PATCH", "/qc-targets/{id}", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, CHANGE, &mh_qc_target_type, &mh_qc_target_type, NULL, N_("Change a target"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_target.statistics", "GET", "/qc-targets/{id}/statistics", MH_MAY_READ_QC, MH_ROUTE_READ, 0, NULL, &mh_qc_statistics_type, period_params, N_("Mean, SD, CV and bias of the accepted values"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_target.adopt", "POST", "/qc-targets/{id}/adoption", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, NULL, &mh_qc_target_type, NULL, N_("Take the laboratory's own mean and SD"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_run.add", "POST", "/qc-runs", MH_MAY_ENTER_QC, MH_ROUTE_WRITE, ADD, &mh_qc_run_type, &mh_qc_run_type, NULL, N_("Enter controls and have them evaluated"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_point.list", "GET", "/qc-points", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_point_type, point_params, N_("Controls' values, newest first"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_remark.add", "POST", "/qc-points/{id}/remarks", MH_MAY_ENTER_QC, MH_ROUTE_WRITE, ADD, &mh_qc_remark_type, &mh_qc_point_type, NULL, N_("Exclude a value, count it again, comment on it"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lock.list", "GET", "/qc-locks", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_lock_type, lock_params, N_("What controls lock, newest first"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lock.read", "GET", "/qc-locks/{id}", MH_MAY_READ_QC, MH_ROUTE_READ, 0, NULL, &mh_qc_lock_type, NULL, N_("One lock"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_action.list", "GET", "/qc-locks/{id}/actions", MH_MAY_READ_QC, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_action_type, NULL, N_("What was done about a rejection"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_action.add", "POST", "/qc-locks/{id}/actions", MH_MAY_ENTER_QC, MH_ROUTE_WRITE, ADD, &mh_qc_action_type, &mh_qc_lock_type, NULL, N_("Record a corrective action"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_lock.suspects", "GET", "/qc-locks/{id}/suspects", MH_MAY_READ_RESULT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_qc_suspect_type, NULL, N_("Patients' values since the last good control"), "qc", NULL, MH_RATE_NORMAL },
  { "qc_suspects.csv", "GET", "/qc-locks/{id}/suspects.csv", MH_MAY_READ_RESULT, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("The same as a file"), "qc", "text/csv", MH_RATE_HEAVY },
  { "qc_suspects.pdf", "GET", "/qc-locks/{id}/suspects.pdf", MH_MAY_READ_RESULT, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, paper_params, N_("The same on paper"), "qc", "application/pdf", MH_RATE_HEAVY },
  { "qc_month.pdf", "GET", "/qc-month.pdf", MH_MAY_READ_QC, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, month_params, N_("A month of controls: charts, figures, rejections and what was done"), "qc", "application/pdf", MH_RATE_HEAVY },
  { "qc_review.add", "POST", "/qc-locks/{id}/reviews", MH_MAY_WRITE_QC, MH_ROUTE_WRITE, ADD | MH_ROUTE_ONLINE, &mh_qc_review_type, &mh_qc_review_type, NULL, N_("Decide about one of them"), "qc", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_qc = { routes, G_N_ELEMENTS (routes) };
