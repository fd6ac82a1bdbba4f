/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The results of one order while they are typed: its lines, what is calculated from them, drafts
 * that save themselves within a second, and what the server makes of them. The grid shows the lines
 * of one sheet, or of several beside each other.
 */
#include "client/mh-context.h"
#include "client/pages/lab/results/mh-result-row.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULT_SHEET (mh_result_sheet_get_type ())
/* Signals: "changed": something was typed or the server's answer came; "finished" (gboolean
 * waiting): all tests are declared complete, at the server or (@waiting) in the outbox; "refused"
 * (GError, gboolean shown): @shown when it stands beside the lines that it is about; "settled": no
 * answer is waited for. */
G_DECLARE_FINAL_TYPE (MhResultSheet, mh_result_sheet, MH, RESULT_SHEET, GObject)

/* @record: mh_results_sheet_type, as last known. */
MhResultSheet *mh_result_sheet_new (MhContext *context, MhRecord *record);
/* A line for @row of the record, in @grid. Belongs to the sheet; goes before the grid does. */
MhResultLine *
mh_result_sheet_add (MhResultSheet *sheet, MhRecord *row, const char *name, GtkGrid *grid, int top);
/* Below it, where @row is determined twice; NULL: it is not. */
MhResultLine *
mh_result_sheet_add_second (MhResultSheet *sheet, MhRecord *row, GtkGrid *grid, int top);
/* When its lines are there: what was typed here before a crash, and never sent, is typed again. */
void mh_result_sheet_recall (MhResultSheet *sheet);
guint mh_result_sheet_n_lines (MhResultSheet *sheet);
MhResultLine *mh_result_sheet_line (MhResultSheet *sheet, guint at);
/* The row of the record that @line is about, also that of a second determination. */
MhRecord *mh_result_sheet_row (MhResultSheet *sheet, MhResultLine *line);
MhRecord *mh_result_sheet_record (MhResultSheet *sheet); /* as last known; borrowed */
const char *mh_result_sheet_order_id (MhResultSheet *sheet);
/* What it would say with everything that is typed: for a preview. New record. */
MhRecord *mh_result_sheet_now (MhResultSheet *sheet);
/* Every line that can be typed in has a value. */
gboolean mh_result_sheet_is_full (MhResultSheet *sheet);
/* The values of @bench that may be measured on @instrument, and are typed or wait here, were: sent
 * at once. */
void
mh_result_sheet_set_instrument (MhResultSheet *sheet, const char *bench, const char *instrument);
/* Sends what was typed; with @final declares the order's tests complete. */
void mh_result_sheet_save (MhResultSheet *sheet, gboolean final);
/* Sends the last keys at once: somebody leaves. */
void mh_result_sheet_flush (MhResultSheet *sheet);
/* The same, and its lines are not shown any more: answers change nothing here. TRUE: one is under
 * way, and "settled" will tell. */
gboolean mh_result_sheet_leave (MhResultSheet *sheet);
/* Others changed it. What is being typed here stays. */
void mh_result_sheet_take (MhResultSheet *sheet, MhRecord *record);

G_END_DECLS
