/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-pages.h"

#include "client/pages/clinic/appointments/mh-appointments-page.h"
#include "client/pages/clinic/chart/mh-chart-page.h"
#include "client/pages/clinic/chart/mh-doctor-page.h"
#include "client/pages/clinic/forms/mh-forms-page.h"
#include "client/pages/clinic/nursing/mh-nursing-page.h"
#include "client/pages/clinic/prescribing/mh-countersign-page.h"
#include "client/pages/clinic/prescribing/mh-prescription-page.h"
#include "client/pages/dispatch/arrivals/mh-arrivals-page.h"
#include "client/pages/dispatch/board/mh-map-page.h"
#include "client/pages/dispatch/calls/mh-calls-page.h"
#include "client/pages/dispatch/crew/mh-crew-page.h"
#include "client/pages/dispatch/fleet/mh-fleet-page.h"
#include "client/pages/dispatch/hospitals/mh-hospitals-page.h"
#include "client/pages/front/insights/mh-insights-page.h"
#include "client/pages/lab/analysers/mh-analysers-page.h"
#include "client/pages/lab/catalogue/mh-catalogue-page.h"
#include "client/pages/lab/critical/mh-critical-page.h"
#include "client/pages/lab/equipment/mh-equipment-page.h"
#include "client/pages/lab/orders/mh-composer-page.h"
#include "client/pages/lab/orders/mh-order-board-page.h"
#include "client/pages/lab/qc/mh-qc-page.h"
#include "client/pages/lab/reports/mh-report-page.h"
#include "client/pages/lab/results/mh-results-page.h"
#include "client/pages/lab/results/mh-verify-page.h"
#include "client/pages/lab/samples/mh-samples-page.h"
#include "client/pages/lab/worksheets/mh-worksheets-page.h"
#include "client/pages/money/cashier/mh-cashier-page.h"
#include "client/pages/people/access/mh-access-page.h"
#include "client/pages/people/admin/mh-admin-page.h"
#include "client/pages/people/frontdesk/mh-front-desk-page.h"
#include "client/pages/people/merges/mh-merges-page.h"
#include "client/pages/platform/shell/mh-waiting-page.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
const MhPageInfo mh_pages[] = {
  { "front-desk", N_("Front desk"), "avatar-default-symbolic", N_("Front desk"), MH_MAY_READ_PATIENT, mh_front_desk_page_new, "<Alt>1", "patient" },
  { "appointments", N_("Appointments"), "x-office-calendar-symbolic", N_("Front desk"), MH_MAY_READ_APPOINTMENT, mh_appointments_page_new, "<Alt><Shift>a", "appointment" },
  { "composer", N_("New order"), "mh-receipt-symbolic", N_("Front desk"), MH_MAY_WRITE_ORDER, mh_composer_page_new, "<Alt>2", NULL, .scanned_patient = "composer" },
  { "cashier", N_("Cashier"), "mh-receipt-symbolic", N_("Front desk"), MH_MAY_TAKE_PAYMENT "|" MH_MAY_READ_TILL, mh_cashier_page_new, "<Alt>9", NULL, .scanned_order = "cashier" },
  { "merges", N_("Duplicates"), "edit-copy-symbolic", N_("Front desk"), MH_MAY_MERGE_PATIENT, mh_merges_page_new, "<Alt><Shift>u", NULL },
  { "orders", N_("Order board"), "mh-order-symbolic", N_("Laboratory"), MH_MAY_READ_ORDER, mh_order_board_page_new, "<Alt>3", "order" },
  { "samples", N_("Samples"), "mh-tube-symbolic", N_("Laboratory"), MH_MAY_COLLECT "|" MH_MAY_RECEIVE, mh_samples_page_new, "<Alt><Shift>s", NULL },
  { "worksheets", N_("Worksheets"), "view-list-symbolic", N_("Laboratory"), MH_MAY_ENTER_RESULT, mh_worksheets_page_new, "<Alt><Shift>w", "worksheet" },
  { "results", N_("Results"), "mh-microscope-symbolic", N_("Laboratory"), MH_MAY_ENTER_RESULT, mh_results_page_new, "<Alt>4", NULL, .scanned_order = "results" },
  { "verify", N_("Verification"), "object-select-symbolic", N_("Laboratory"), MH_MAY_VERIFY_RESULT, mh_verify_page_new, "<Alt>5", NULL, .scanned_order = "verify" },
  { "critical", N_("Critical values"), "call-start-symbolic", N_("Laboratory"), MH_MAY_READ_CRITICAL, mh_critical_page_new, "<Alt><Shift>v", "critical_item" },
  { "qc", N_("Quality control"), "mh-microscope-symbolic", N_("Laboratory"), MH_MAY_READ_QC, mh_qc_page_new, "<Alt><Shift>q", "qc_target" },
  { "equipment", N_("Equipment"), "applications-system-symbolic", N_("Laboratory"), MH_MAY_READ_EQUIPMENT, mh_equipment_page_new, "<Alt><Shift>e", "equipment" },
  { "analysers", N_("Analysers"), "network-server-symbolic", N_("Laboratory"), MH_MAY_READ_ANALYSER, mh_analysers_page_new, "<Alt><Shift>n", "analyser_link" },
  { "report", N_("Reports"), "x-office-document-symbolic", N_("Laboratory"), MH_MAY_READ_REPORT, mh_report_page_new, "<Alt>6", NULL, .scanned_order = "report" },
  { "doctor", N_("Doctor's list"), "avatar-default-symbolic", N_("Clinic"), MH_MAY_DECIDE_VISIT, mh_doctor_page_new, "<Alt><Shift>d", NULL, .scanned_patient = "chart" },
  { "chart", N_("Chart"), "mh-stethoscope-symbolic", N_("Clinic"), MH_MAY_READ_CHART, mh_chart_page_new, "<Alt><Shift>h", NULL, .scanned_patient = "chart" },
  { "nursing", N_("Nursing"), "mh-stethoscope-symbolic", N_("Clinic"), MH_MAY_READ_VITALS, mh_nursing_page_new, "<Alt><Shift>t", "visit", .scanned_patient = "chart" },
  { "prescription", N_("Prescription"), "mh-stethoscope-symbolic", N_("Clinic"), MH_MAY_WRITE_PRESCRIPTION, mh_prescription_page_new, "<Alt>7", NULL, .scanned_patient = "prescription" },
  { "countersign", N_("Co-signatures"), "mh-pill-symbolic", N_("Clinic"), MH_MAY_COUNTERSIGN, mh_countersign_page_new, "<Alt><Shift>g", NULL, .scanned_patient = "chart" },
  { "calls", N_("Emergency calls"), "call-start-symbolic", N_("Dispatch"), MH_MAY_READ_CALL, mh_calls_page_new, "<Alt><Shift>k", "emergency_call" },
  { "fleet", N_("Fleet"), "view-list-symbolic", N_("Dispatch"), MH_MAY_READ_FLEET, mh_fleet_page_new, "<Alt><Shift>l", "unit" },
  { "hospitals", N_("Hospitals"), "mh-bed-symbolic", N_("Dispatch"), MH_MAY_READ_CAPACITY, mh_hospitals_page_new, "<Alt><Shift>b", "care_site" },
  { "crew", N_("My unit"), "mark-location-symbolic", N_("Dispatch"), MH_MAY_CREW_UNIT, mh_crew_page_new, "<Alt><Shift>y", "mission" },
  { "arrivals", N_("Arrivals"), "go-next-symbolic", N_("Dispatch"), MH_MAY_READ_ARRIVAL, mh_arrivals_page_new, "<Alt><Shift>r", "arrival" },
  { "map", N_("Map"), "mark-location-symbolic", N_("Dispatch"), MH_MAY_READ_MAP, mh_map_page_new, "<Alt><Shift>m", NULL },
  { "catalogue", N_("Catalogue"), "mh-tube-symbolic", N_("Administration"), MH_MAY_WRITE_CATALOGUE "|" MH_MAY_SIGN_CATALOGUE "|" MH_MAY_WRITE_PRICE "|" MH_MAY_WRITE_REAGENT, mh_catalogue_page_new, "<Alt><Shift>c", NULL },
  { "forms", N_("Assessment forms"), "x-office-document-symbolic", N_("Administration"), MH_MAY_WRITE_FORM, mh_forms_page_new, "<Alt><Shift>f", "form_definition" },
  { "admin", N_("Administration"), "preferences-system-symbolic", N_("Administration"), MH_MAY_READ_ROLE "|" MH_MAY_WRITE_CATALOGUE, mh_admin_page_new, "<Alt>8", NULL },
  { "access", N_("Access to records"), "security-high-symbolic", N_("Administration"), MH_MAY_REVIEW_ACCESS, mh_access_page_new, "<Alt><Shift>p", "access_grant" },
  { "insights", N_("Insights"), "mh-chart-symbolic", N_("Insights"), MH_MAY_READ_ANALYTICS, mh_insights_page_new, "<Alt><Shift>i", NULL },
  { "waiting", N_("Waiting to be sent"), "document-send-symbolic", N_("This desk"), "", mh_waiting_page_new, "<Alt>0", NULL },
  { NULL },
};
/* clang-format on */

/* The first right a person has says where their work begins: a technician takes in what arrives, a
 * pathologist finds what waits to be verified. Who registers patients as well begins with them. */
static const struct
{
  const char *permission, *page;
} homes[] = {
  { MH_MAY_WRITE_ORDER, "front-desk" }, { MH_MAY_VERIFY_RESULT, "verify" },
  { MH_MAY_DECIDE_VISIT, "doctor" },    { MH_MAY_WRITE_PRESCRIPTION, "prescription" },
  { MH_MAY_ASSESS_VISIT, "nursing" },   { MH_MAY_COLLECT, "orders" },
  { MH_MAY_ENTER_RESULT, "orders" },    { MH_MAY_READ_TILL, "cashier" },
  { MH_MAY_TAKE_PAYMENT, "cashier" },   { MH_MAY_WRITE_USER, "admin" },
  { MH_MAY_WRITE_CALL, "calls" },       { MH_MAY_CREW_UNIT, "crew" },
  { MH_MAY_READ_MAP, "map" },
};

const MhPageInfo *
mh_page_home (MhContext *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      const MhPageInfo *page = mh_page_find (homes[i].page);
      if (mh_context_may (context, homes[i].permission) && page != NULL
          && mh_page_may (page, context))
        return page;
    }
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (mh_page_may (page, context))
      return page;
  return NULL;
}

gboolean
mh_page_may (const MhPageInfo *page, MhContext *context)
{
  g_auto (GStrv) rights = g_strsplit (page->permission, "|", -1);
  gboolean may = rights[0] == NULL && mh_context_may (context, "");
  for (char **right = rights; *right != NULL && !may; right++)
    may = mh_context_may (context, *right);
  return may;
}

const MhPageInfo *
mh_page_find (const char *id)
{
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (g_strcmp0 (page->id, id) == 0)
      return page;
  return NULL;
}

const MhPageInfo *
mh_page_for_type (const char *type_code)
{
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (type_code != NULL && g_strcmp0 (page->opens, type_code) == 0)
      return page;
  return NULL;
}

const MhPageInfo *
mh_page_for_scan (const char *on, const char *type_code, MhContext *context)
{
  static const char *const orders[] = { "orders", "results", "verify", "report", NULL };
  static const char *const reports[] = { "report", "orders", "results", NULL };
  static const char *const patients[] = { "front-desk", "chart", "prescription", NULL };
  gboolean is_order = g_strcmp0 (type_code, "order") == 0;
  gboolean is_report = g_strcmp0 (type_code, "report") == 0;
  const MhPageInfo *from = is_report ? NULL : mh_page_find (on);
  const char *own = from == NULL ? NULL : is_order ? from->scanned_order : from->scanned_patient;
  const MhPageInfo *to = own != NULL ? mh_page_find (own) : NULL;
  const char *const *others = is_order ? orders : is_report ? reports : patients;

  for (guint i = 0; (to == NULL || !mh_page_may (to, context)) && others[i] != NULL; i++)
    to = mh_page_find (others[i]);
  return to != NULL && mh_page_may (to, context) ? to : NULL;
}
