/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Signatures under a value: as many as its bench asks for (0–3), each by another person, none by
 * whoever entered it. The last one verifies it; a value that changes has none any more.
 */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* How many are wanted. */
guint mh_results_sign_levels (MhResultsPlan *plan, const MhResultsRow *row);
/* How many there are. */
guint mh_results_sign_level (const MhResultsRow *row);
/* Does it wait for one? */
gboolean mh_results_sign_is_waiting (const MhResultsRow *row);
/* Did this person enter the value, what it is calculated from, or sign it already? */
gboolean mh_results_sign_is_own (MhResultsPlan *plan, const MhResultsRow *row, const char *user_id);
/* One more signature; the last one makes the value verified. Gives its number. */
guint mh_results_sign (MhResultsPlan *plan, MhResultsRow *row, const MhActor *actor);
/* Verified by no person: the rules let it go. */
void mh_results_sign_auto (MhResultsRow *row, gint64 now);
/* None any more, verified or not. */
void mh_results_sign_void (MhRecord *result);

G_END_DECLS
