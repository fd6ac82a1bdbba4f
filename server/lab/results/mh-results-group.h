/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is determined twice (a blood group) against what was released of the patient before, or
 * stands on the patient's record: what differs is held, see mh-results-hold.h and -doubt.h. */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

gboolean mh_results_group_load (MhDb *db, MhResultsPlan *plan, GError **error);
/* The earlier group (MhResult) that the row's value differs from, NULL: none. Without
 * MH_RESULT_MEASURED_AT it stands on the patient's record. MH_RESULT_VALUE_TEXT: "B positive". */
MhRecord *mh_results_group_before (const MhResultsRow *row);
/* "Earlier result: B positive of 3 May. Check the sample's identity." Caller frees. */
char *mh_results_group_words (const MhResultsPlan *plan, const MhResultsRow *row);
/* Asks for the comment that says how the other group was confirmed. */
void mh_results_group_ask (const MhResultsPlan *plan, const MhResultsRow *row, GError **error);
/* Shows it in @out (result_row). */
void mh_results_group_show (const MhResultsRow *row, MhRecord *out);

G_END_DECLS
