/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Verified values of the patient over time: each analyte in a row with its trend; the one on which
 * the keys are is drawn beside it, with the range of the healthy. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_RESULTS_PANE (mh_chart_results_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartResultsPane, mh_chart_results_pane, MH, CHART_RESULTS_PANE, MhPane)

GtkWidget *mh_chart_results_pane_new (MhContext *context);

/* Shows the points of an MhChartValue in an MhSparkline. */
void mh_chart_results_spark (GtkWidget *sparkline, MhRecord *value);

G_END_DECLS
