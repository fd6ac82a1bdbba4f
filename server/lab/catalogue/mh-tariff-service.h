/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Price lists and tax rules. Whoever belongs to one hospital keeps its own; what holds everywhere
 * is kept by those who work in all of them. Orders look at them as they were placed; what is billed
 * never changes with them.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Without the entries. @after: id of the last one seen, or NULL. Transfer full. */
GPtrArray *mh_tariff_lists (MhCatalogueView *view,
                            const MhActor *actor,
                            const char *q,
                            const char *after,
                            guint limit);
/* With its entries in order of their codes. */
MhRecord *mh_tariff_list_read (const MhRequest *req, const char *id, GError **error);
/* Each entry must name a test or panel of the catalogue, once. */
MhRecord *mh_tariff_list_create (const MhRequest *req,
                                 MhCatalogueView *view,
                                 MhRecord *draft,
                                 GError **error);
/* Entries that are sent take the place of all that were there. */
MhRecord *
mh_tariff_list_update (const MhRequest *req, MhCatalogueView *view, MhPatch patch, GError **error);

GPtrArray *mh_tariff_rules (MhCatalogueView *view,
                            const MhActor *actor,
                            const char *q,
                            const char *after,
                            guint limit);
/* Tests, panels and benches that it names must be in the catalogue. */
MhRecord *mh_tariff_rule_create (const MhRequest *req,
                                 MhCatalogueView *view,
                                 MhRecord *draft,
                                 GError **error);
MhRecord *
mh_tariff_rule_update (const MhRequest *req, MhCatalogueView *view, MhPatch patch, GError **error);

G_END_DECLS
