/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Does the payment gateway work, and what of it has somebody to look at. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_GATEWAY_PANE (mh_gateway_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhGatewayPane, mh_gateway_pane, MH, GATEWAY_PANE, MhPane)

G_END_DECLS
