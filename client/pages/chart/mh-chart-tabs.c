/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/chart/mh-chart-tabs.h"

#include "client/pages/chart/mh-chart-orders-pane.h"
#include "client/pages/nursing/mh-vitals-pane.h"
#include "shared/records/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
const MhChartTab mh_chart_tabs[] = {
  { "orders", N_("Orders"), MH_MAY_READ_ORDER, mh_chart_orders_pane_new },
  { "vitals", N_("Vital signs"), MH_MAY_READ_VISIT, mh_vitals_pane_new },
  { NULL },
};
/* clang-format on */
