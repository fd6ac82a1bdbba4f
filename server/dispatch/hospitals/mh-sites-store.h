/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the hospitals of the rescue service, their reports, diversions and arrivals. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Those in use that @hospital_id keeps or is (NULL: all), by name, 200 at most. */
GPtrArray *mh_sites_store_list (MhDb *db, const char *hospital_id, GError **error);
/* By its own id or by that of the hospital that it is. NULL without error: none. */
MhRecord *mh_sites_store_find (MhDb *db, const char *id, GError **error);
/* Newest first. */
GPtrArray *mh_sites_store_reports (MhDb *db, const char *site_id, MhListPage page, GError **error);
GPtrArray *
mh_sites_store_diversions (MhDb *db, const char *site_id, MhListPage page, GError **error);
/* Those that are not over at @now. */
GPtrArray *mh_sites_store_diverting (MhDb *db, const char *site_id, gint64 now, GError **error);

/* NULL or FALSE: any. */
typedef struct
{
  const char *hospital_id; /* keeps the hospital, or is it */
  const char *site_id;
  const char *call_id;
  gboolean open;
  MhListPage page;
} MhArrivalsQuery;

/* Newest told first. */
GPtrArray *mh_arrivals_store_list (MhDb *db, const MhArrivalsQuery *query, GError **error);
/* Those of a hospital that may keep a bed: not over, or taken over after @reviewed_at. */
GPtrArray *
mh_arrivals_store_keeping (MhDb *db, const char *site_id, gint64 reviewed_at, GError **error);
/* Those of a call that were refused. */
GPtrArray *mh_arrivals_store_refused (MhDb *db, const char *call_id, GError **error);

G_END_DECLS
