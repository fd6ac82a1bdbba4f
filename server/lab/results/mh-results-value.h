/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What may be entered for an analyte, and what it means: words of coded values, flags, criticality.
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* Reads @text (not empty) as a value of the row's analyte. *out_value is what is kept: the digits
 * as they were typed, the code of a choice. FALSE with an issue on @field when it cannot be one. */
gboolean mh_results_value_read (const MhResultsPlan *plan,
                                const MhResultsRow *row,
                                const char *text,
                                const char *field,
                                MhIssues *issues,
                                char **out_value);
/* Was it worked out to be more or less than can be? Then most likely one of the measured values is
 * wrong, or the patient is very ill: a person has to look (mh-results-doubt.h). */
gboolean mh_results_value_is_beyond (const MhResultsPlan *plan, const MhResultsRow *row);
/* Sets value_text, flag, critical and the limits of row->after from its value. */
void mh_results_value_judge (const MhResultsPlan *plan, MhResultsRow *row);

G_END_DECLS
