/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One patient's chart: who it is and what they are allergic to above, always in sight; below it the
 * tabs of mh-chart-tabs.h. Opened through the shell with a patient, and a tab if one is wanted:
 *   mh_shell_go (from, "chart", "PATIENT-ID");
 *   mh_shell_go (from, "chart", "PATIENT-ID/problems");
 *   mh_shell_go (from, "chart", "PATIENT-ID/notes/NOTE-ID");
 * Without a patient it asks for one. Actions for its panes: "chart.tab" (string: a tab's id, "/"
 * and a record's if wanted), "chart.order", "chart.prescribe", "chart.find", "chart.next",
 * "chart.previous".
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_PAGE (mh_chart_page_get_type ())
G_DECLARE_FINAL_TYPE (MhChartPage, mh_chart_page, MH, CHART_PAGE, MhPane)

GtkWidget *mh_chart_page_new (MhContext *context);

G_END_DECLS
