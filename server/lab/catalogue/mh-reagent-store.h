/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the reagents' lots. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Lots of a hospital (@hospital_id NULL: of all), first to expire first; of one reagent, or
 * @reagent NULL: of all. @all: empty and expired ones too. Behind @after_expiry and @after_id. */
GPtrArray *mh_reagent_store_lots (MhDb *db,
                                  const char *hospital_id,
                                  const char *reagent,
                                  const char *today,
                                  gboolean all,
                                  const char *after_expiry,
                                  const char *after_id,
                                  guint limit,
                                  GError **error);
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
