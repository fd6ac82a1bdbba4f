/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The second determination of a value whose release rule wants one (shared/rules/lab/mh-second.h).
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Does the release rule want two? */
gboolean mh_results_second_is_wanted (const MhResultsRow *row);
/* Must the value wait for a second determination, or for two that agree? */
gboolean mh_results_second_keeps_back (const MhResultsRow *row);
/* Why it waits, in words; FALSE: it does not. */
gboolean mh_results_second_explain (const MhResultsRow *row, GError **error);
/* Takes what @entry (result_entry) says; an issue on @field when it may not be taken. What differs
 * from the first is taken, too, and keeps both back. */
void mh_results_second_take (const MhResultsPlan *plan,
                             const MhActor *actor,
                             MhResultsRow *row,
                             MhRecord *entry,
                             const char *field,
                             MhIssues *issues);
/* There is none any more: what it confirmed is gone. */
void mh_results_second_forget (MhRecord *result);
/* Did this person make it? */
gboolean mh_results_second_is_by (const MhResultsRow *row, const char *user_id);
/* Shows it in @out (result_row). */
void mh_results_second_show (const MhResultsRow *row, MhRecord *out);

G_END_DECLS
