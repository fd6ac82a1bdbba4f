/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What analysers said and were told, as it went over the line. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_TRAFFIC_PANE (mh_traffic_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhTrafficPane, mh_traffic_pane, MH, TRAFFIC_PANE, MhPane)

G_END_DECLS
