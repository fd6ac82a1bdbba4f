/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the providers paid out against what was taken: what agrees, and every difference. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_RECONCILE_PANE (mh_reconcile_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhReconcilePane, mh_reconcile_pane, MH, RECONCILE_PANE, MhPane)

G_END_DECLS
