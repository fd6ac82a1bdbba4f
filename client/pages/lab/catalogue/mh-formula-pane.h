/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The formula of an analyte, and a box to try it with values before it is saved. */
#include "client/models/mh-record-slot.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FORMULA_PANE (mh_formula_pane_get_type ())
/* Signal "submit": Ctrl+Enter in its form. */
G_DECLARE_FINAL_TYPE (MhFormulaPane, mh_formula_pane, MH, FORMULA_PANE, MhPane)

/* @slot holds the analyte that is edited. */
GtkWidget *mh_formula_pane_new (MhContext *context, MhRecordSlot *slot);
/* Another analyte is in the slot. */
void mh_formula_pane_refresh (MhFormulaPane *pane);

G_END_DECLS
