/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The result grid: the analytes of one order, or one test across patients. The value is typed,
 * Enter and the arrows go from value to value, Escape restores, flags appear while typing,
 * calculated analytes follow, drafts save themselves every second. What cannot be right is refused
 * beside the value, and stays as typed.
 */
#include "client/pages/lab/results/mh-result-sheet.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULT_GRID (mh_result_grid_get_type ())
/* Signals: "finished" (guint complete, guint open, gboolean waiting): so many orders were handed
 * over, so many still want other results; "current": the line with the focus, or its order, is
 * another one; "changed": something was typed or the server's answer came. */
G_DECLARE_FINAL_TYPE (MhResultGrid, mh_result_grid, MH, RESULT_GRID, MhPane)

void mh_result_grid_show (MhResultGrid *grid, const char *order_id); /* NULL: nothing */
/* One test (its code) across the patients that wait for it. */
void mh_result_grid_show_test (MhResultGrid *grid, const char *test);
/* The sheet and the line with the focus, or the first ones; NULL: there is none. Borrowed. */
MhResultSheet *mh_result_grid_current (MhResultGrid *grid);
MhResultLine *mh_result_grid_line (MhResultGrid *grid);
/* Saves what is typed and declares what is complete so. */
void mh_result_grid_finish (MhResultGrid *grid);
/* The one normal choice wherever nothing is typed yet; can be taken back. */
void mh_result_grid_fill_normal (MhResultGrid *grid);
/* The first value that is missing, as soon as there are values. */
void mh_result_grid_focus (MhResultGrid *grid);

G_END_DECLS
