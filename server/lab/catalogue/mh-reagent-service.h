/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the tests consume. A reagent says how much of it a test takes; the lots on the shelf are
 * used first to expire first, each by a conditional UPDATE, so that no lot goes below zero whatever
 * happens at once, and never one that is past its date. Every change of a lot is a movement that is
 * only ever added. A result is never refused because the books say that the shelf is empty:
 * somebody is told instead.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Takes what @test needs, once for each ordered test and reagent; tells when it runs low. */
gboolean mh_reagent_service_consume (MhTx *tx,
                                     MhCatalogueView *view,
                                     const char *hospital_id,
                                     const char *test,
                                     const char *order_item_id,
                                     GError **error);
/* From now on results that are handed over consume; before the first request. */
void mh_reagent_service_observe (MhServer *server);
/* Looks at every lot's date once a day. */
void mh_reagent_service_register (MhServer *server);
/* A job's work: raises and clears the alerts about low stock and coming expiry of all hospitals. */
gboolean mh_reagent_service_look (MhTx *tx, MhCatalogueView *view, GError **error);

/* Lots of the actor's hospital, usable ones or @all; see mh-reagent-store.h. */
GPtrArray *mh_reagent_service_lots (const MhRequest *req,
                                    const char *reagent,
                                    gboolean all,
                                    const char *const *after,
                                    guint limit,
                                    GError **error);
MhRecord *mh_reagent_service_receive (const MhRequest *req, MhRecord *draft, GError **error);
/* A quantity changed by hand needs .note, and becomes "thrown away" when it falls to zero,
 * "counted" else. */
MhRecord *mh_reagent_service_count (const MhRequest *req, MhPatch patch, GError **error);
GPtrArray *
mh_reagent_service_moves (const MhRequest *req, const char *lot_id, guint limit, GError **error);

G_END_DECLS
