/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of emergency calls. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL or 0: any. */
typedef struct
{
  const char *hospital_id, *state, *priority;
  gboolean open; /* only what is not over */
  gint64 from, to;
  MhListPage page;
} MhCallsQuery;

/* Newest call first. */
GPtrArray *mh_calls_store_list (MhDb *db, const MhCallsQuery *query, GError **error);
/* Those of a hospital that came between two instants, newest first, 500 at most. */
GPtrArray *
mh_calls_store_between (MhDb *db, const char *hospital_id, gint64 from, gint64 to, GError **error);
/* Further callers of those, in the same bounds. */
GPtrArray *mh_calls_store_callers_between (MhDb *db,
                                           const char *hospital_id,
                                           gint64 from,
                                           gint64 to,
                                           GError **error);
/* Newest first. */
GPtrArray *mh_calls_store_callers (MhDb *db, const char *call_id, MhListPage page, GError **error);
GPtrArray *mh_calls_store_events (MhDb *db, const char *call_id, MhListPage page, GError **error);
/* How many are open and joined to it; -1: error. */
gint64 mh_calls_store_n_joined (MhDb *db, const char *call_id, GError **error);

/* What is not over, the oldest first: of a hospital, or joined to one of them. */
GPtrArray *mh_calls_store_open (MhDb *db, const char *hospital_id, GError **error);
GPtrArray *mh_calls_store_joined (MhDb *db, const char *head_id, GError **error);
/* Ids (char *) of the hospitals that have open calls. */
GPtrArray *mh_calls_store_hospitals (MhDb *db, GError **error);
/* How many open calls each has: id of a user → number. */
GHashTable *mh_calls_store_owned (MhDb *db, const char *hospital_id, GError **error);

/* Of a hospital (NULL: all), by id, behind @after (NULL: from the first). */
GPtrArray *mh_protocols_store_list (MhDb *db,
                                    const char *hospital_id,
                                    const char *after,
                                    guint limit,
                                    GError **error);
/* @edition NULL: the active one. NULL without error: none. */
MhRecord *
mh_protocols_store_find (MhDb *db, const char *hospital_id, const char *edition, GError **error);

G_END_DECLS
