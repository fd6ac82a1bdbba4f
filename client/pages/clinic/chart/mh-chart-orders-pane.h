/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was ordered for the patient of a chart, newest first. Enter opens the order's report once
 * there is one, else the order on the board. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_ORDERS_PANE (mh_chart_orders_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartOrdersPane, mh_chart_orders_pane, MH, CHART_ORDERS_PANE, MhPane)

GtkWidget *mh_chart_orders_pane_new (MhContext *context);

G_END_DECLS
