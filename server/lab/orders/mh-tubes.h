/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which tubes an order needs, and their numbers. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* One sample record for each container, bench and specimen of @items (rules.md 6), in draw order,
 * with accession numbers taken from the bench's series of the day; each item gets its sample_id. */
GPtrArray *mh_tubes_make (MhTx *tx,
                          MhCatalogueView *view,
                          MhRecord *order,
                          GPtrArray *items,
                          GTimeZone *zone,
                          GError **error);
/* A new accession for one tube of @bench. NULL with @error when the day's numbers are used up. */
char *mh_tubes_next_accession (MhTx *tx, const char *bench, GTimeZone *zone, GError **error);
/* The "ordered" event of each tube. */
GPtrArray *mh_tubes_first_events (MhTx *tx, GPtrArray *samples);

G_END_DECLS
