/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Entering and verifying results (rules.md 2, 3 and 7). */
#include "server/auth/mh-actor.h"
#include "server/mh-server-app.h"

G_BEGIN_DECLS

/* A results_sheet: every analyte of the order with limits, value and value before. @now chooses the
 * ranges as long as nothing is collected. */
MhRecord *mh_results_service_sheet (MhDb *db,
                                    MhServer *server,
                                    const MhActor *actor,
                                    const char *order_id,
                                    gint64 now,
                                    GError **error);
/* Tests that wait for results (mh_worklist_type), by name. */
GPtrArray *mh_results_service_worklists (MhDb *db, const MhActor *actor, GError **error);
/* Sheets with the rows of @test alone, of the orders that wait for it, the most pressing first. */
GPtrArray *mh_results_service_worklist (MhDb *db,
                                        MhServer *server,
                                        const MhActor *actor,
                                        const char *test,
                                        guint limit,
                                        gint64 now,
                                        GError **error);
/* Saves what @put (results_put) names, works out what follows from it, and gives the whole sheet.
 * MH_ERROR_INVALID with "results[i].analyte" or "results[i].value"; MH_ERROR_CONFLICT when the tube
 * is not in the laboratory or the value is verified. With .final every test whose tube is there
 * must be complete; then it waits to be verified. */
MhRecord *mh_results_service_save (MhTx *tx,
                                   MhServer *server,
                                   const MhActor *actor,
                                   const char *order_id,
                                   MhRecord *put,
                                   GError **error);
/* What @restart (MhRestart) names is measured again: a copy of each value is kept
 * (mh-results-history.h), the rows are empty drafts, and their tests are in work again. Not for
 * what is verified (MH_ERROR_CONFLICT): that is corrected. */
MhRecord *mh_results_service_restart (MhTx *tx,
                                      MhServer *server,
                                      const MhActor *actor,
                                      const char *order_id,
                                      MhRecord *restart,
                                      GError **error);
/* The copies (MhResultVersion) of the order's results, the oldest first. */
GPtrArray *
mh_results_service_history (MhDb *db, const MhActor *actor, const char *order_id, GError **error);
/* @verification as sent. By whoever entered one of the values: MH_ERROR_FORBIDDEN. Releases the
 * report when nothing of the order is open any more. Gives the order with its parts. */
MhRecord *mh_results_service_verify (MhTx *tx,
                                     MhServer *server,
                                     const MhActor *actor,
                                     const char *order_id,
                                     MhRecord *verification,
                                     GError **error);
/* For payments: the last test that was still open has been given back. What is verified is released
 * as the report, in the name of who verified it last; nothing happens while a test is open. */
gboolean mh_results_service_release (MhTx *tx,
                                     MhServer *server,
                                     const MhActor *actor,
                                     const char *order_id,
                                     GError **error);

G_END_DECLS
