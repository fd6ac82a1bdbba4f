/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of tubes and their custody. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *accession, *order_id; /* NULL: any */
  const char *before_id;
  guint limit;
} MhSamplesQuery;

/* Newest first; by order in draw order. */
GPtrArray *mh_samples_store_list (MhDb *db,
                                  const char *hospital_id,
                                  const MhSamplesQuery *query,
                                  GError **error);
GPtrArray *mh_samples_store_events (MhDb *db, const char *sample_id, GError **error);
/* Items of one order that this tube serves. */
GPtrArray *mh_samples_store_items (MhDb *db, const char *sample_id, GError **error);

/* Positions of a box where other tubes than @except stand, ascending, of gint64. */
GArray *mh_samples_store_taken (MhDb *db, const char *box_id, const char *except, GError **error);
/* Tubes to be collected, in the order in which somebody walks and draws. */
GPtrArray *mh_samples_store_round (MhDb *db,
                                   const char *hospital_id,
                                   const char *collection,
                                   guint limit,
                                   GError **error);
/* 0: the place says nothing. */
gboolean
mh_samples_store_keep_days (MhDb *db, const char *box_id, gint64 *out_days, GError **error);
/* NULL in *out_text: the place says nothing. */
gboolean
mh_samples_store_temperature (MhDb *db, const char *box_id, char **out_text, GError **error);

G_END_DECLS
