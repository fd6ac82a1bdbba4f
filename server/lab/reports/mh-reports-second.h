/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A released value that is determined twice (a blood group) is changed by two determinations: the
 * one that was proposed, and the one that the first person to sign the change made. A group that is
 * then not the patient's earlier one goes out with the comment that says how it was confirmed.
 */
#include "server/lab/results/mh-results-plan.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Does the value that was laid over the row want a second determination? */
gboolean mh_reports_second_is_wanted (const MhResultsRow *row);
/* @touched: MhResultsRow → its line of the change, laid already. Takes what the actor determined,
 * which @decision (verification) tells, and writes it to the lines. FALSE with what is missing, or
 * does not agree. */
gboolean mh_reports_second_take (const MhRequest *req,
                                 MhResultsPlan *plan,
                                 GHashTable *touched,
                                 MhRecord *decision,
                                 GError **error);
/* The row of a change that was made keeps who determined its value the second time, as a result
 * that was determined twice before its release does. @line: its line of the change. */
void mh_reports_second_keep (MhResultsRow *row, MhRecord *line);

G_END_DECLS
