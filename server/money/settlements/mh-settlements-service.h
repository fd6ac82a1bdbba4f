/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Reconciliation: what a provider says it paid out is brought in once, each line is looked up among
 * the hospital's payments, and what does not agree is kept with the line. Payments are not touched.
 */
#include "server/lab/catalogue/mh-place.h"
#include "server/money/settlements/mh-settlements-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* For the actor's hospital. MH_ERROR_CONFLICT: the provider's reference is there already. */
MhRecord *mh_settlements_service_add (const MhRequest *req, MhRecord *draft, GError **error);
/* The same from the table that the provider gives, an MhSettlementUpload. MH_ERROR_INVALID names
 * each line that cannot be read. */
MhRecord *mh_settlements_service_upload (const MhRequest *req, MhRecord *upload, GError **error);
/* The same for @place; who acts is taken from @tx. @draft must be valid. */
MhRecord *
mh_settlements_service_import (MhTx *tx, const MhPlace *place, MhRecord *draft, GError **error);
/* Lines of which no payment was known are looked up once more: it may have been written down since.
 * Nothing changes if none is found. With its lines. */
MhRecord *mh_settlements_service_match (const MhRequest *req, const char *id, GError **error);
/* With its lines. */
MhRecord *mh_settlements_service_read (const MhRequest *req, const char *id, GError **error);
/* @query's hospital is set here. */
GPtrArray *
mh_settlements_service_list (const MhRequest *req, MhSettlementsQuery *query, GError **error);

/* NULL: of this month; until today; any provider. */
typedef struct
{
  const char *from, *to, *provider;
} MhReconciliationWanted;

/* Settlements of these days, and payments taken on them more than MH_SETTLEMENT_PATIENCE ago. */
MhRecord *mh_settlements_service_reconcile (const MhRequest *req,
                                            const MhReconciliationWanted *wanted,
                                            GError **error);

G_END_DECLS
