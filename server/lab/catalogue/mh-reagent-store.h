/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the reagents' lots. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *hospital_id; /* NULL: of all */
  const char *reagent;     /* NULL: of all */
  const char *today;
  gboolean all;                        /* empty and expired ones, too */
  const char *after_expiry, *after_id; /* the lot before the page; NULL: the first page */
  guint limit;
} MhReagentLotsQuery;
/* First to expire first. */
GPtrArray *mh_reagent_store_lots (MhDb *db, const MhReagentLotsQuery *query, GError **error);
/* Takes @amount if that much is there: *out_taken FALSE when not. Never goes below zero. */
gboolean mh_reagent_store_take (MhTx *tx,
                                const char *lot_id,
                                gint64 amount,
                                gboolean *out_taken,
                                GError **error);
/* Usable today; -1: error. */
gint64 mh_reagent_store_total (MhDb *db,
                               const char *hospital_id,
                               const char *reagent,
                               const char *today,
                               GError **error);
/* Did the ordered test take its share already? */
gboolean mh_reagent_store_has_taken (MhDb *db,
                                     const char *order_item_id,
                                     const char *reagent,
                                     gboolean *out_taken,
                                     GError **error);
/* Of one lot, newest first. */
GPtrArray *mh_reagent_store_moves (MhDb *db, const char *lot_id, guint limit, GError **error);

G_END_DECLS
