/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of insurers, what they owe and what they have paid. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* mh_payer records, the largest debt first. @hospital_id NULL: of all. */
GPtrArray *mh_remittances_store_payers (MhDb *db, const char *hospital_id, GError **error);
/* Payments of which something is owed, oldest first, behind @after (received_at and id; NULL: from
 * the first). @payer NULL: any. */
GPtrArray *mh_remittances_store_claims (MhDb *db,
                                        const char *hospital_id,
                                        const char *payer,
                                        MhListPage page,
                                        GError **error);
/* Newest first, without lines, before @before. */
GPtrArray *mh_remittances_store_list (MhDb *db,
                                      const char *hospital_id,
                                      const char *payer,
                                      MhListPage page,
                                      GError **error);
GPtrArray *mh_remittances_store_lines (MhDb *db, const char *remittance_id, GError **error);
/* NULL without error: none. */
MhRecord *mh_remittances_store_by_reference (MhDb *db,
                                             const char *hospital_id,
                                             const char *key,
                                             GError **error);

G_END_DECLS
