/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The medicines of a prescription as lines to be typed. Edits the lines of the slot's record and
 * tells the slot. */
#include "client/models/mh-record-slot.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_MEDICINE_LINES (mh_medicine_lines_get_type ())
/* Signals: "changed": what is prescribed is another; "favourite" (MhRecord *line): keep it;
 * "done": Enter behind how often. */
G_DECLARE_FINAL_TYPE (MhMedicineLines, mh_medicine_lines, MH, MEDICINE_LINES, MhPane)

/* Of a prescription; once. */
void mh_medicine_lines_set_slot (MhMedicineLines *lines, MhRecordSlot *slot);
/* The slot has another record now. */
void mh_medicine_lines_refresh (MhMedicineLines *lines);
/* An empty line with the focus in it. */
void mh_medicine_lines_add (MhMedicineLines *lines);
/* A line that is written already, with the focus where how often is typed. */
void mh_medicine_lines_add_line (MhMedicineLines *lines, MhRecord *line);
/* Drops lines without anything in them; FALSE when another cannot be signed: it is marked and has
 * the focus. */
gboolean mh_medicine_lines_check (MhMedicineLines *lines);

G_END_DECLS
