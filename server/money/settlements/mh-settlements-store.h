/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of settlements, of the payments they may mean, and of what does not agree. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A payment of ours that a line may mean. */
typedef struct
{
  char *id;
  gint64 amount;
  gboolean settled; /* a line of a settlement brought in before names it */
} MhSettlementOurs;

/* Where to look; @from and @to: instants, for card slips alone. */
typedef struct
{
  const char *hospital_id;
  const char *provider;
  const char *reference;
  gboolean refund;
  gint64 from, to;
} MhSettlementSought;

/* Oldest first; MhSettlementOurs that the array frees. */
GPtrArray *mh_settlements_store_sought (MhDb *db, const MhSettlementSought *sought, GError **error);
/* Announces it; see mh_db_prefetch(). */
void mh_settlements_store_sought_prefetch (MhDb *db, const MhSettlementSought *sought);

/* NULL without error: none. */
MhRecord *mh_settlements_store_find (MhDb *db,
                                     const char *hospital_id,
                                     const char *provider,
                                     const char *reference,
                                     GError **error);
GPtrArray *mh_settlements_store_lines (MhDb *db, const char *settlement_id, GError **error);

typedef struct
{
  const char *hospital_id; /* NULL: any */
  const char *provider;    /* NULL: any */
  const char *before_on;   /* cursor: settled_on and id of the last row seen; NULL: first page */
  const char *before_id;
  guint limit;
} MhSettlementsQuery;

/* Newest first, without lines. */
GPtrArray *mh_settlements_store_list (MhDb *db, const MhSettlementsQuery *query, GError **error);

/* Days are of settlements, instants of payments. */
typedef struct
{
  const char *hospital_id;
  const char *provider; /* NULL: any */
  const char *from_day, *to_day;
  gint64 from, to; /* from <= received_at < to */
  guint limit;
} MhSettlementsPeriod;

gboolean mh_settlements_store_matched (MhDb *db,
                                       const MhSettlementsPeriod *period,
                                       gint64 *out_count,
                                       gint64 *out_sum,
                                       GError **error);
/* MhDifference records: lines of theirs that do not agree, newest settlement first. */
GPtrArray *
mh_settlements_store_differences (MhDb *db, const MhSettlementsPeriod *period, GError **error);
/* MhDifference records: payments of ours that no line names, oldest first. */
GPtrArray *
mh_settlements_store_not_settled (MhDb *db, const MhSettlementsPeriod *period, GError **error);

G_END_DECLS
