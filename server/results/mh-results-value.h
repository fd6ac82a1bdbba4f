/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What may be entered for an analyte, and what it means: words of coded values, flags, criticality.
 */
#include "server/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Reads @text (not empty) as a value of the row's analyte. *out_value is what is kept: the digits
 * as they were typed, the code of a choice. FALSE with an issue on @field when it cannot be one. */
gboolean mh_results_value_read (const MhResultsPlan *plan,
                                const MhResultsRow *row,
                                const char *text,
                                const char *field,
                                MhIssues *issues,
                                char **out_value);
/* May a calculated value stand, or is it outside what can be? */
gboolean mh_results_value_is_plausible (const MhResultsPlan *plan,
                                        const MhResultsRow *row,
                                        const char *value);
/* Sets value_text, flag, critical and the limits of row->after from its value. */
void mh_results_value_judge (const MhResultsPlan *plan, MhResultsRow *row);

G_END_DECLS
