/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of orders, their items, tubes and payments. */
#include "server/platform/common/mh-lru-cache.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Announces the order of that id with its items. */
void mh_orders_store_prefetch_items (MhDb *db, const char *id);
/* Announces the order of that id with all that mh_orders_store_compose() asks for. */
void mh_orders_store_prefetch (MhDb *db, const char *id);
/* Hangs items, samples and payments into the order. */
gboolean mh_orders_store_compose (MhDb *db, MhRecord *order, GError **error);

/* What comes first: MH_ORDERS_PRESSING is the most urgent, and of these who waits longest. All but
 * the first need a tab or one of the stages. */
typedef enum
{
  MH_ORDERS_NEWEST,
  MH_ORDERS_OLDEST,
  MH_ORDERS_PRESSING,
  MH_ORDERS_REPORTED, /* what was reported last */
} MhOrdersSort;

/* Filters of the board; NULL or 0: any. */
typedef struct
{
  const char *hospital_id;
  const char *tab;
  const char *stage; /* collect, receive, enter, verify, expired, due */
  const char *patient_id;
  const char *assigned_to;
  const char *bench;
  const char *priority;
  gint64 from, to;
  const char *words; /* LIKE pattern over search_text */
  MhOrdersSort sort;
  gint64 after_key; /* cursor: what the last row is sorted by, and its id */
  const char *after_id;
  guint limit;
} MhOrdersQuery;

/* Orders as the board shows them, each with its samples and without items and payments, written out
 * once for each version: a text's key is version and time of change of the order and of each of its
 * samples. Writing a row of sixty fields with its tubes costs more than asking for those. */
MhLruCache *mh_orders_store_cache (void);
/* Gives one record for each, in which only id, patient and, as time of ordering, what it is sorted
 * by are set, and in @out_texts (of GBytes) its JSON, from @cache or straight from the rows. */
GPtrArray *mh_orders_store_list (MhDb *db,
                                 MhLruCache *cache,
                                 const MhOrdersQuery *query,
                                 GPtrArray **out_texts,
                                 GError **error);
/* An order_counts record. */
MhRecord *mh_orders_store_counts (MhDb *db, const char *hospital_id, GError **error);

/* Doctors of a hospital (NULL: of all) by name, after that id; clinician records. */
GPtrArray *mh_orders_store_doctors (MhDb *db,
                                    const char *hospital_id,
                                    const char *after,
                                    guint limit,
                                    GError **error);
/* Ids of unpaid orders past their time. */
GPtrArray *mh_orders_store_expired (MhDb *db, gint64 now, guint limit, GError **error);
/* Ids of the samples of an order that are neither rejected nor cancelled. */
GPtrArray *mh_orders_store_samples (MhDb *db, const char *order_id, GError **error);
GPtrArray *mh_orders_store_items (MhDb *db, const char *order_id, GError **error);
GPtrArray *mh_orders_store_payments (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
