/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a child grows: weight, length and head against the standards of the WHO. A tab of the chart.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_GROWTH_PANE (mh_growth_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhGrowthPane, mh_growth_pane, MH, GROWTH_PANE, MhPane)

GtkWidget *mh_growth_pane_new (MhContext *context);

G_END_DECLS
