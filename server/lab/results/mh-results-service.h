/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Entering and verifying results (rules.md 2, 3 and 7). */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* A results_sheet: every analyte of the order with limits, value and value before. @now chooses the
 * ranges as long as nothing is collected. */
MhRecord *
mh_results_service_sheet (const MhRequest *req, const char *order_id, gint64 now, GError **error);
/* Tests that wait for results (mh_worklist_type), by name. */
GPtrArray *mh_results_service_worklists (const MhRequest *req, GError **error);
/* Sheets with the rows of @test alone, of the orders that wait for it, the most pressing first. */
GPtrArray *mh_results_service_worklist (const MhRequest *req,
                                        const char *test,
                                        guint limit,
                                        gint64 now,
                                        GError **error);
/* Saves what @put (results_put) names, works out what follows from it, and gives the whole sheet.
 * MH_ERROR_INVALID with "results[i].analyte" or "results[i].value"; MH_ERROR_CONFLICT when the tube
 * is not in the laboratory or the value is verified. With .final every test whose tube is there
 * must be complete; then it waits to be verified. */
MhRecord *
mh_results_service_save (const MhRequest *req, const char *order_id, MhRecord *put, GError **error);
/* What @restart (MhRestart) names is measured again: a copy of each value is kept
 * (mh-results-history.h), the rows are empty drafts, and their tests are in work again. Not for
 * what is verified (MH_ERROR_CONFLICT): that is corrected. */
MhRecord *mh_results_service_restart (const MhRequest *req,
                                      const char *order_id,
                                      MhRecord *restart,
                                      GError **error);
/* The copies (MhResultVersion) of the order's results, the oldest first. */
GPtrArray *mh_results_service_history (const MhRequest *req, const char *order_id, GError **error);
/* @verification as sent. By whoever entered one of the values: MH_ERROR_FORBIDDEN. Releases the
 * report when nothing of the order is open any more. Gives the order with its parts. */
MhRecord *mh_results_service_verify (const MhRequest *req,
                                     const char *order_id,
                                     MhRecord *verification,
                                     GError **error);
/* Verifies an order whose waiting values are all within range, as one of several (@bulk: a
 * bulk_verification). Nothing of it is signed or leaves the house for MH_PENDING_TIME; then a job
 * does so in the name of the actor, unless the act was taken back or the values changed. Refused as
 * mh_results_service_verify(), and MH_ERROR_CONFLICT when a value needs a look. Gives a
 * pending_release. */
MhRecord *mh_results_service_verify_bulk (const MhRequest *req,
                                          const char *order_id,
                                          MhRecord *bulk,
                                          GError **error);
/* Takes the act back: by who verified (else MH_ERROR_FORBIDDEN), while its time is not over (else
 * MH_ERROR_CONFLICT). Gives a bulk_undone. */
MhRecord *mh_results_service_undo_bulk (const MhRequest *req, const char *batch_id, GError **error);
/* The job that lets verified orders go when their minute is over. */
void mh_results_service_register (MhServer *server);
/* For payments: the last test that was still open has been given back. What is verified is released
 * as the report, in the name of who verified it last; nothing happens while a test is open. */
gboolean mh_results_service_release (const MhRequest *req, const char *order_id, GError **error);
/* --- what is said about values beside them; each gives the order's sheet --- */

/* A transfusion, a dialysis … of the patient: values from before it are not compared with later
 * ones. @draft: MhDeltaEvent. */
MhRecord *mh_results_service_add_event (const MhRequest *req,
                                        const char *order_id,
                                        MhRecord *draft,
                                        GError **error);
/* A held tube (MhTubeHold) is the patient's after all. Not by who entered: MH_ERROR_FORBIDDEN. */
MhRecord *mh_results_service_release_hold (const MhRequest *req,
                                           const char *hold_id,
                                           MhRecord *release,
                                           GError **error);
/* Asks a supervisor about a value (MhEscalationPut): kept back until it is answered. */
MhRecord *
mh_results_service_ask (const MhRequest *req, const char *order_id, MhRecord *put, GError **error);
/* By somebody else than who asked. */
MhRecord *mh_results_service_answer (const MhRequest *req,
                                     const char *escalation_id,
                                     MhRecord *reply,
                                     GError **error);
/* Open questions of the hospital (MhEscalation), the oldest first. */
GPtrArray *mh_results_service_questions (const MhRequest *req, GError **error);
/* A picture or paper (MhAttachmentPut) of at most 2 MiB; what it is, its first bytes tell. */
MhRecord *mh_results_service_attach (const MhRequest *req,
                                     const char *order_id,
                                     MhRecord *put,
                                     GError **error);
MhRecord *
mh_results_service_detach (const MhRequest *req, const char *attachment_id, GError **error);
/* The bytes, checked against their hash (MH_ERROR_STORE), and what they are. */
GBytes *mh_results_service_attachment (const MhRequest *req,
                                       const char *attachment_id,
                                       MhRecord **out_attachment,
                                       GError **error);
/* Those of an order (MhAttachment), without their bytes; for papers too. */
GPtrArray *mh_results_service_attachments (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
