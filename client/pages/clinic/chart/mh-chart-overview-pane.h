/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A chart's first page: what holds now, in cards that lead to their tabs. One answer of the server
 * fills it; while the server is away, what it said last. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_OVERVIEW_PANE (mh_chart_overview_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartOverviewPane, mh_chart_overview_pane, MH, CHART_OVERVIEW_PANE, MhPane)

GtkWidget *mh_chart_overview_pane_new (MhContext *context);

G_END_DECLS
