/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/hospitals/mh-sites-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

#define IF(N, CONDITION)                                                                           \
  " AND CASE WHEN CAST(" N " AS text) IS NULL THEN TRUE ELSE " CONDITION " END"
static const char sql_sites[]
    = "WHERE r.active" IF ("$1", "(r.hospital_id = $1 OR r.member_id = $1)") //
    " AND r.deleted_at IS NULL ORDER BY r.name, r.id LIMIT 200";
static const char sql_site[] = "WHERE (r.id = $1 OR r.member_id = $1) AND r.deleted_at IS NULL"
                               " ORDER BY r.id = $1 DESC LIMIT 1";
static const char sql_reports[] = "WHERE r.site_id = $1 AND (r.at, r.id) < ($2, $3)"
                                  " ORDER BY r.at DESC, r.id DESC LIMIT $4";
static const char sql_diversions[] = "WHERE r.site_id = $1 AND (r.starts_at, r.id) < ($2, $3)"
                                     " ORDER BY r.starts_at DESC, r.id DESC LIMIT $4";
static const char sql_diverting[] = "WHERE r.site_id = $1 AND r.until > $2 AND r.ended_at IS NULL"
                                    " ORDER BY r.starts_at, r.id LIMIT 50";

#define ARRIVAL_FILTERS                                                                            \
  IF ("$1", "(r.hospital_id = $1 OR r.member_id = $1)")                                            \
  IF ("$2", "r.site_id = $2")                                                                      \
  IF ("$3", "r.call_id = $3")                                                                      \
  " AND (r.told_at, r.id) < ($4, $5) ORDER BY r.told_at DESC, r.id DESC LIMIT $6"
static const char sql_arrivals[] = "WHERE r.deleted_at IS NULL" ARRIVAL_FILTERS;
/* The same condition as the partial index. */
static const char sql_open_arrivals[] = "WHERE r.ended_at IS NULL" ARRIVAL_FILTERS;
static const char sql_keeping[]
    = "WHERE r.site_id = $1 AND r.keeps_bed AND (r.ended_at IS NULL OR r.handed_at > $2) LIMIT 500";
static const char sql_refused[] = "WHERE r.call_id = $1 AND r.state = 'refused' LIMIT 200";

GPtrArray *
mh_sites_store_list (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_care_site_type, mh_sql_select (&mh_care_site_type, sql_sites),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

MhRecord *
mh_sites_store_find (MhDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_care_site_type, mh_sql_select (&mh_care_site_type, sql_site),
                         MH_ARGS (MH_TEXT (id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

static GPtrArray *
sites_store_of (MhDb *db,
                const MhRecordType *type,
                const char *where,
                const char *site_id,
                MhListPage page,
                GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, type, mh_sql_select (type, where),
                          MH_ARGS (MH_TEXT (site_id), MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_sites_store_reports (MhDb *db, const char *site_id, MhListPage page, GError **error)
{
  return sites_store_of (db, &mh_site_report_type, sql_reports, site_id, page, error);
}

GPtrArray *
mh_sites_store_diversions (MhDb *db, const char *site_id, MhListPage page, GError **error)
{
  return sites_store_of (db, &mh_diversion_type, sql_diversions, site_id, page, error);
}

GPtrArray *
mh_sites_store_diverting (MhDb *db, const char *site_id, gint64 now, GError **error)
{
  return mh_store_select (db, &mh_diversion_type, mh_sql_select (&mh_diversion_type, sql_diverting),
                          MH_ARGS (MH_TEXT (site_id), MH_INT (now)), error);
}

GPtrArray *
mh_arrivals_store_list (MhDb *db, const MhArrivalsQuery *query, GError **error)
{
  gboolean first = query->page.id == NULL;
  return mh_store_select (
      db, &mh_arrival_type,
      mh_sql_select (&mh_arrival_type, query->open ? sql_open_arrivals : sql_arrivals),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->site_id), MH_TEXT (query->call_id),
               MH_INT (first ? G_MAXINT64 : query->page.at), MH_TEXT (first ? "" : query->page.id),
               MH_INT (query->page.limit)),
      error);
}

GPtrArray *
mh_arrivals_store_keeping (MhDb *db, const char *site_id, gint64 reviewed_at, GError **error)
{
  return mh_store_select (db, &mh_arrival_type, mh_sql_select (&mh_arrival_type, sql_keeping),
                          MH_ARGS (MH_TEXT (site_id), MH_INT (reviewed_at)), error);
}

GPtrArray *
mh_arrivals_store_refused (MhDb *db, const char *call_id, GError **error)
{
  return mh_store_select (db, &mh_arrival_type, mh_sql_select (&mh_arrival_type, sql_refused),
                          MH_ARGS (MH_TEXT (call_id)), error);
}
