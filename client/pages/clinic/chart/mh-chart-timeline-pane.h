/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What happened to the patient, newest first, page by page; of one kind or all. Enter opens it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_TIMELINE_PANE (mh_chart_timeline_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartTimelinePane, mh_chart_timeline_pane, MH, CHART_TIMELINE_PANE, MhPane)

GtkWidget *mh_chart_timeline_pane_new (MhContext *context);

G_END_DECLS
