/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Values that cannot be, or cannot be together: what was worked out beyond what is plausible,
 * what does not fit the other values of the order (mh-consistency.h), and a blood group that is not
 * the patient's earlier one whose tube was not held for it. They are shown and flagged
 * like any other, so that nothing critical is lost, but no rule lets them go, and whoever verifies
 * them has to say in the comment what was checked.
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* MH_HELD_BEYOND, MH_HELD_MISMATCH or MH_HELD_GROUP; NULL: no doubt. *out_text (may be NULL; caller
 * frees) is what was found, without words: "∉ 0.3–20", "≠ 11.8 (HCT * 10 / RBC)". */
const char *mh_results_doubt (MhResultsPlan *plan, const MhResultsRow *row, char **out_text);
/* Sets what the grid shows: MH_RESULT_ROW_DOUBT, the formula to check while typing, the reason. */
void mh_results_doubt_show (MhResultsPlan *plan, const MhResultsRow *row, MhRecord *out);
/* May @rows be verified with what was @sent? FALSE with an issue on field "comment" that names the
 * first value that nobody has said anything about. */
gboolean
mh_results_doubt_is_answered (MhResultsPlan *plan, GPtrArray *rows, MhRecord *sent, GError **error);

G_END_DECLS
