/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What grew: isolates and their antibiograms, as parts of a culture's result. */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* The value is a choice among the organisms. */
gboolean mh_results_isolates_are_wanted (const MhResultsRow *row);
/* Puts the stored isolates into @results (MhResult) of the order, where there are cultures. For
 * reports too. */
gboolean
mh_results_isolates_load (MhDb *db, const char *order_id, GPtrArray *results, GError **error);
/* Reads @isolates as sent (MhResultIsolate): names are looked up, what was measured is interpreted
 * by the laboratory's breakpoints where nobody said otherwise. Sets the row's isolates; *out_value
 * is the first organism's code, or NULL. FALSE: complaints at @field ("results[2].isolates[0]…").
 */
gboolean mh_results_isolates_take (MhResultsPlan *plan,
                                   MhResultsRow *row,
                                   GPtrArray *isolates,
                                   const char *field,
                                   MhIssues *issues,
                                   char **out_value);
/* The value was typed without isolates: they follow it. */
void mh_results_isolates_follow (MhResultsPlan *plan, MhResultsRow *row, const char *value);
/* "Escherichia coli; Klebsiella pneumoniae"; NULL for fewer than two. Caller frees. */
char *mh_results_isolates_words (const MhResultsRow *row);
/* After the result itself is written. */
gboolean
mh_results_isolates_write (MhTx *tx, MhResultsPlan *plan, MhResultsRow *row, GError **error);

G_END_DECLS
