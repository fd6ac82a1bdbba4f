/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of drawers, day locks and the day book. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The cashier's open drawer in this hospital; NULL without error: none. */
void mh_till_store_open_of_prefetch (MhDb *db, const char *hospital_id, const char *cashier_id);
MhRecord *
mh_till_store_open_of (MhDb *db, const char *hospital_id, const char *cashier_id, GError **error);
GPtrArray *mh_till_store_counts (MhDb *db, const char *session_id, GError **error);
GPtrArray *mh_till_store_moves (MhDb *db, const char *session_id, GError **error);

typedef struct
{
  gint64 cash_in, cash_out, moved;
} MhTillSums;

/* What payments, refunds and other movements did to a drawer. */
gboolean
mh_till_store_sums (MhDb *db, const char *session_id, MhTillSums *out_sums, GError **error);

/* NULL and 0: any. */
typedef struct
{
  const char *hospital_id;
  const char *cashier_id;
  const char *status;
  const char *day;
  gint64 before_at; /* cursor: opened_at and id of the last row seen; 0: the first page */
  const char *before_id;
  guint limit;
} MhTillQuery;

/* Newest first. */
GPtrArray *mh_till_store_list (MhDb *db, const MhTillQuery *query, GError **error);
/* Drawers of @day or before that are not closed yet. */
GPtrArray *
mh_till_store_unclosed (MhDb *db, const char *hospital_id, const char *day, GError **error);
/* Drawers opened on @day. */
GPtrArray *
mh_till_store_of_day (MhDb *db, const char *hospital_id, const char *day, GError **error);
/* The lock in force; NULL without error: the day is open. */
MhRecord *mh_till_store_lock (MhDb *db, const char *hospital_id, const char *day, GError **error);
/* MhDayLine records, oldest first: what was taken and given back in from <= time < to. */
GPtrArray *
mh_till_store_lines (MhDb *db, const char *hospital_id, gint64 from, gint64 to, GError **error);

G_END_DECLS
