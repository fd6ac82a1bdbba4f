/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is kept in a chart as a list: problems, doses of vaccine, family and social history. One
 * pane for all three; a row of its table says what is different. F4 adds, Enter changes; what was
 * before a change can be looked at. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_ITEMS_PANE (mh_chart_items_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartItemsPane, mh_chart_items_pane, MH, CHART_ITEMS_PANE, MhPane)

/* For the table of tabs. */
GtkWidget *mh_chart_problems_pane_new (MhContext *context);
GtkWidget *mh_chart_immunisations_pane_new (MhContext *context);
GtkWidget *mh_chart_history_pane_new (MhContext *context);

G_END_DECLS
