/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For which doctor of the house something is ordered: a drop-down, whose first row is somebody who
 * is not in the directory. */
#include "client/models/mh-record-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Once. The directory, for the caller to keep as long as the choice (mh_pane_keep()). */
MhRecordList *mh_doctor_choice_setup (GtkDropDown *choice, MhContext *context);
/* Of mh_clinician_type, borrowed; NULL: somebody who is not in the directory. */
MhRecord *mh_doctor_choice_get (GtkDropDown *choice);
/* That one, if the directory has it; else what is chosen stays. */
void mh_doctor_choice_find (GtkDropDown *choice, const char *doctor_id);

G_END_DECLS
