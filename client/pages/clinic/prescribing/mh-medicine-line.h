/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One medicine to be typed: name, strength, dose, "1-0-1 x 5d" read back in words, route,
 * instructions. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_MEDICINE_LINE (mh_medicine_line_get_type ())
/* Signals: "changed": the record has what is typed now; "removed"; "favourite": keep it;
 * "done": Enter behind how often. */
G_DECLARE_FINAL_TYPE (MhMedicineLine, mh_medicine_line, MH, MEDICINE_LINE, MhPane)

/* Edits @record (mh_prescription_line_type). */
GtkWidget *mh_medicine_line_new (MhRecord *record);
MhRecord *mh_medicine_line_record (MhMedicineLine *line); /* borrowed */
/* Nothing was typed, not even what cannot be read. */
gboolean mh_medicine_line_is_empty (MhMedicineLine *line);
/* FALSE: it cannot be signed as it is; it says why and has the focus. */
gboolean mh_medicine_line_check (MhMedicineLine *line);
void mh_medicine_line_focus (MhMedicineLine *line);
/* Where how often is typed: the rest is known. */
void mh_medicine_line_focus_often (MhMedicineLine *line);

G_END_DECLS
