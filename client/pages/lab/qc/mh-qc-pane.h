/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One analyser and analyte: what locks it, its Levey-Jennings chart, its figures, what can be done.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_QC_PANE (mh_qc_pane_get_type ())
/* Signal "measured": a run was judged; the board is to be read again. */
G_DECLARE_FINAL_TYPE (MhQcPane, mh_qc_pane, MH, QC_PANE, MhPane)

/* @row: of mh_qc_board_fill(), NULL: none; @all: rows of the board, for the other analytes of the
 * analyser. */
void mh_qc_pane_show (MhQcPane *pane, MhRecord *row, GListModel *all);
const char *mh_qc_pane_equipment (MhQcPane *pane); /* of what is shown; NULL: nothing */
const char *mh_qc_pane_analyte (MhQcPane *pane);
/* What F9 and F8 do wherever the focus is on the page. */
void mh_qc_pane_enter (MhQcPane *pane);
void mh_qc_pane_act (MhQcPane *pane);
/* The button that goes back to the board, shown while there is room for one of both alone. */
GtkWidget *mh_qc_pane_back (MhQcPane *pane);

G_END_DECLS
