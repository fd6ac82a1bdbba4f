/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The rows of a merge. Which tables refer to a patient is read off the descriptions (MH_KIND_REF to
 * a patient), so that a new record is moved and put back without a line here. Of each row that is
 * changed, the columns that were written are kept, as they were and as they became.
 *
 * Tables that are only ever added to (ledger, invoices, audit, history of results) are left alone:
 * they say what was written when, some under a hash. They are read through merged_into
 * (shared/sql/mh-sql-same.h).
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Fills @survivor, points everything of @loser at it and marks @loser as merged; counts rows and
 * voided labels in @merge. */
gboolean
mh_merge_move (MhTx *tx, MhRecord *merge, MhRecord *survivor, MhRecord *loser, GError **error);
/* Puts back what mh_merge_move() wrote, last row first. What was written anew since then stays with
 * the survivor; a value that somebody has changed since stays as it is, and is told in @merge. */
gboolean mh_merge_back (MhTx *tx, MhRecord *merge, GError **error);

G_END_DECLS
