/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The result grid of one order: rows are analytes, the value is typed, Enter goes down, Escape
 * restores, flags appear while typing, calculated analytes follow, drafts save themselves every
 * second. What cannot be right is refused beside the value, and stays as typed.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULT_GRID (mh_result_grid_get_type ())
/* Signals: "finished" (all values are in, the server has them), "sheet-changed". */
G_DECLARE_FINAL_TYPE (MhResultGrid, mh_result_grid, MH, RESULT_GRID, GtkWidget)

GtkWidget *mh_result_grid_new (MhContext *context);
void mh_result_grid_show (MhResultGrid *grid, const char *order_id); /* NULL: nothing */
/* The results sheet as last known; NULL: none. Borrowed. */
MhRecord *mh_result_grid_sheet (MhResultGrid *grid);
/* Saves what is typed and, with @final, declares the tests complete. */
void mh_result_grid_save (MhResultGrid *grid, gboolean final);
void mh_result_grid_focus (MhResultGrid *grid);

G_END_DECLS
