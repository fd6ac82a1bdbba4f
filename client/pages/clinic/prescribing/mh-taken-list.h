/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a patient takes now: prescription lines with until when, to be renewed or stopped by who may
 * prescribe. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_TAKEN_LIST (mh_taken_list_get_type ())
/* Signals: "renew" (MhRecord *line); "stopped": one is not taken any more. */
G_DECLARE_FINAL_TYPE (MhTakenList, mh_taken_list, MH, TAKEN_LIST, MhPane)

/* @lines: prescription_line records; NULL: not known (yet). */
void mh_taken_list_show (MhTakenList *list, GPtrArray *lines);

/* "1 tablet · BD · Into a vein": how it is taken. Caller frees. */
char *mh_taken_words (MhRecord *line);
/* A line to be prescribed again: what the doctor wrote of it, with an id of its own. */
MhRecord *mh_taken_again (MhRecord *line);

G_END_DECLS
