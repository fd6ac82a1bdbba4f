/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Insights: the benches now, what needs a look, and charts that each person arranges. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_INSIGHTS_PAGE (mh_insights_page_get_type ())
G_DECLARE_FINAL_TYPE (MhInsightsPage, mh_insights_page, MH, INSIGHTS_PAGE, MhPane)

GtkWidget *mh_insights_page_new (MhContext *context);

G_END_DECLS
