/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Looking through the catalogue and changing it; one way for all of its types. */
#include "server/auth/mh-actor.h"
#include "server/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

/* Records of @type in the catalogue's order, those that hold each word of @q in a SEARCH field
 * first to last; behind the record with id @after_id. @column/@value: only where a text field
 * equals; or NULL. */
GPtrArray *mh_catalogue_service_list (MhCatalogueView *view,
                                      const MhRecordType *type,
                                      const char *q,
                                      const char *column,
                                      const char *value,
                                      const char *after_id,
                                      guint limit);
/* Refuses what would leave the catalogue inconsistent: unknown containers, benches, analytes,
 * tests, value sets; overlapping ranges of one kind, sex, pregnancy and method. A change takes the
 * director's sign-off away unless it is the change. */
MhRecord *
mh_catalogue_service_add (MhTx *tx, MhCatalogueView *view, MhRecord *draft, GError **error);
MhRecord *mh_catalogue_service_change (MhTx *tx,
                                       MhCatalogueView *view,
                                       const MhActor *actor,
                                       const char *id,
                                       gint64 if_match,
                                       MhRecord *patch,
                                       GError **error);

G_END_DECLS
