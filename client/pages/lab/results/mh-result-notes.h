/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is known beside the value with the focus: values before with units and days, earlier runs
 * with their reasons, questions to supervisors and their answers, pictures, a held tube. Its
 * actions are "notes.restart", "notes.ask", "notes.event", "notes.grown" and "notes.attach".
 */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULT_NOTES (mh_result_notes_get_type ())
/* Signals: "changed" (MhRecord): the sheet as the server has it now; "leaving": something is about
 * to be asked of the server, what is typed has to be sent before. */
G_DECLARE_FINAL_TYPE (MhResultNotes, mh_result_notes, MH, RESULT_NOTES, MhPane)

/* @sheet (MhResultsSheet) and one @row of it; NULL: nothing. */
void mh_result_notes_show (MhResultNotes *notes, MhRecord *sheet, MhRecord *row);
/* All that was said about the order, for whoever verifies it: @sheet, or NULL. */
void mh_result_notes_show_all (MhResultNotes *notes, MhRecord *sheet);

G_END_DECLS
