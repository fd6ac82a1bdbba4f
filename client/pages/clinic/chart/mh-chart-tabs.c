/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-tabs.h"

#include "client/pages/clinic/chart/mh-chart-items-pane.h"
#include "client/pages/clinic/chart/mh-chart-notes-pane.h"
#include "client/pages/clinic/chart/mh-chart-orders-pane.h"
#include "client/pages/clinic/chart/mh-chart-overview-pane.h"
#include "client/pages/clinic/chart/mh-chart-results-pane.h"
#include "client/pages/clinic/chart/mh-chart-timeline-pane.h"
#include "client/pages/clinic/nursing/mh-growth-pane.h"
#include "client/pages/clinic/nursing/mh-vitals-pane.h"
#include "client/pages/clinic/prescribing/mh-allergies-pane.h"
#include "client/pages/clinic/prescribing/mh-medicines-pane.h"
#include "client/pages/people/documents/mh-consents-pane.h"
#include "client/pages/people/documents/mh-documents-pane.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
const MhChartTab mh_chart_tabs[] = {
  { "overview", N_("Overview"), MH_MAY_READ_CHART, mh_chart_overview_pane_new },
  { "timeline", N_("Timeline"), MH_MAY_READ_CHART, mh_chart_timeline_pane_new },
  { "notes", N_("Notes"), MH_MAY_READ_CHART, mh_chart_notes_pane_new, .records = TRUE },
  { "problems", N_("Problems"), MH_MAY_READ_CHART, mh_chart_problems_pane_new },
  { "allergies", N_("Allergies"), MH_MAY_READ_PATIENT, mh_allergies_pane_new },
  { "medicines", N_("Medicines"), MH_MAY_READ_PRESCRIPTION, mh_medicines_pane_new },
  { "immunisations", N_("Immunisations"), MH_MAY_READ_CHART, mh_chart_immunisations_pane_new },
  { "results", N_("Results"), MH_MAY_READ_CHART, mh_chart_results_pane_new },
  { "history", N_("History"), MH_MAY_READ_CHART, mh_chart_history_pane_new },
  { "orders", N_("Orders"), MH_MAY_READ_ORDER, mh_chart_orders_pane_new },
  { "vitals", N_("Vital signs"), MH_MAY_READ_VITALS, mh_vitals_pane_new },
  { "growth", N_("Growth"), MH_MAY_READ_VITALS, mh_growth_pane_new },
  { "documents", N_("Papers"), MH_MAY_READ_DOCUMENT, mh_documents_pane_new, .records = TRUE },
  { "consents", N_("Consents"), MH_MAY_READ_DOCUMENT, mh_consents_pane_new },
  { NULL },
};
/* clang-format on */
