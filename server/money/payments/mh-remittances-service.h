/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What insurers owe, pay and refuse. Each line of a remittance settles a part of one claim:
 *   paid                       insurance → bank
 *   denied, the patient pays   insurance → order: it is due again
 *   denied, written off        insurance → write_off, by a holder of payment.approve
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The lines' paid parts add up to the amount, and none is more than its claim owes: else
 * MH_ERROR_INVALID at that field. A reference pays once. The same id again: as it is stored. */
MhRecord *mh_remittances_service_add (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_remittances_service_read (const MhRequest *req, const char *id, GError **error);
/* Newest first. @after: cursor: recorded_at and id. */
GPtrArray *mh_remittances_service_list (const MhRequest *req,
                                        const char *payer,
                                        const char *const *after,
                                        guint limit,
                                        GError **error);
GPtrArray *mh_remittances_service_payers (const MhRequest *req, GError **error);
/* Oldest first. @payer "": those of whom no insurer is known. @after: received_at and id. */
GPtrArray *mh_remittances_service_claims (const MhRequest *req,
                                          const char *payer,
                                          const char *const *after,
                                          guint limit,
                                          GError **error);
/* The claims of @payer (NULL: of all) on paper. Takes a reader of its own. */
GBytes *mh_remittances_service_statement (MhServer *server,
                                          const MhActor *actor,
                                          const char *payer,
                                          const char *language,
                                          GError **error);

G_END_DECLS
