/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What results were before they were measured again, corrected or taken back (result_version). Rows
 * are only added: whoever changes a value that somebody may have seen keeps a copy first, in the
 * same transaction.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *ended_by; /* MH_RESULT_PAST_…: what is about to happen to the result */
  const char *reason;   /* MH_RESULT_REASON_…, or NULL */
  const char *note;     /* or NULL; required by the callers for MH_RESULT_REASON_OTHER */
} MhResultsEnd;

/* Keeps a copy of @result (MhResult) as it is now, with all its columns and the parts that the
 * caller has loaded into it, in the name of whoever writes. Call it before the change. */
gboolean
mh_results_history_keep (MhTx *tx, MhRecord *result, const MhResultsEnd *end, GError **error);
/* All copies of the order's results (MhResultVersion), the oldest first. */
GPtrArray *mh_results_history_of_order (MhDb *db, const char *order_id, GError **error);
/* The result (MhResult) as it was when @version was kept. */
MhRecord *mh_results_history_result (MhRecord *version, GError **error);

G_END_DECLS
