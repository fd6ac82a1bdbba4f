/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Many tubes from one person to another, both with their badge; what does not agree stays listed.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_HANDOVER_PANE (mh_handover_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhHandoverPane, mh_handover_pane, MH, HANDOVER_PANE, MhPane)

G_END_DECLS
