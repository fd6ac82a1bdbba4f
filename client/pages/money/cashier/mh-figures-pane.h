/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Revenue, tax, outstanding amounts and refunds by day, department, doctor, cashier or method. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FIGURES_PANE (mh_figures_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhFiguresPane, mh_figures_pane, MH, FIGURES_PANE, MhPane)

G_END_DECLS
