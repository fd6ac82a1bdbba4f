/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Changing the rows of a plan: a value with its author, and what the formulas make of it. */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* row->after, made if the row had none yet. */
MhRecord *mh_results_write_begin (MhResultsPlan *plan, MhResultsRow *row);
/* Sets or (NULL) takes back the value, judges it, and stamps names, unit and place. Whoever typed a
 * value is its author, also when somebody else saves the rest. */
void mh_results_write_value (MhResultsPlan *plan,
                             const MhActor *actor,
                             MhResultsRow *row,
                             const char *value);
/* Nothing measured any more: value, flags, author, dilution and what the analyser said. */
void mh_results_write_forget (MhResultsRow *row);
/* Works out what depends on the rows of @changed (a set of MhResultsRow), and what depends on that;
 * nothing else. */
void mh_results_write_calculate (MhResultsPlan *plan, const MhActor *actor, GHashTable *changed);

/* Does the row's measured value fit what its formula works out from the others (mh-consistency.h)?
 * TRUE also where nobody can tell; FALSE with *out_text, which the caller frees. */
gboolean mh_results_write_fits (MhResultsPlan *plan, const MhResultsRow *row, char **out_text);

G_END_DECLS
