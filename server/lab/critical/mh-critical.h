/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The entry point to critical values for the rooms that verify, correct and report results. An item
 * opens by itself when a critical result becomes verified: the room watches results, nobody calls
 * it.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* From now on a result that is verified as critical opens its item. Before the first request, in
 * every process that writes. */
void mh_critical_observe (MhServer *server);
/* The job that climbs the ladder; before the jobs start. */
void mh_critical_jobs_register (MhServer *server);

/* A verified value became another one. Somebody has to know when the value crosses a critical bound
 * in either direction, or changes on its critical side: what is still to be told is told as it is
 * now; what was told already opens again. TRUE also when there is nothing to tell. A result that
 * goes back to the bench and is verified anew needs no call: the room sees that by itself. */
gboolean
mh_critical_corrected (MhTx *tx, MhRecord *result_before, MhRecord *result_after, GError **error);

/* The items (mh_critical_item_type) of an order, in the order in which they opened. Who read a
 * value back, and when, is in .acknowledged_by and .acknowledged_at. A value is usually told after
 * its report was released, so a paper asks when it is drawn. */
GPtrArray *mh_critical_of_order (MhDb *db, const char *order_id, GError **error);
/* "Potassium 6.8 mmol/L: called to Dr Rao at 21 Nov 2026, 14:05, read back", a line for each item
 * that was read back, in English; *out_note NULL: none. Caller frees. */
gboolean
mh_critical_note (MhDb *db, const char *order_id, GTimeZone *zone, char **out_note, GError **error);

G_END_DECLS
