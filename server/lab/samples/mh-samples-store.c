/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-samples-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.id < $2) AND r.deleted_at IS NULL"
      " ORDER BY r.id DESC LIMIT $3";
static const char sql_by_accession[]
    = "WHERE r.accession = $1 AND (CAST($2 AS text) IS NULL OR r.hospital_id = $2)";
static const char sql_by_order[]
    = "WHERE r.order_id = $1 AND (CAST($2 AS text) IS NULL OR r.hospital_id = $2)"
      " ORDER BY r.draw_order, r.accession";
static const char sql_events[] = "WHERE r.sample_id = $1 ORDER BY r.recorded_at, r.id";
static const char sql_items[] = "WHERE r.sample_id = $1 ORDER BY r.sort_order, r.id";

/* Homes and wards by place and time, urgent ones first; then as they are drawn. */
static const char sql_round[]
    = "JOIN lab_order o ON o.id = r.order_id"
      " WHERE r.hospital_id = $1 AND r.status = 'to_collect' AND o.tab IN ('paid', 'cod')"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE"
      " ELSE COALESCE (o.collection, 'desk') = $2 END"
      " AND r.deleted_at IS NULL AND o.deleted_at IS NULL"
      " ORDER BY COALESCE (o.collection, 'desk'), COALESCE (o.collect_place, ''),"
      " CASE o.priority WHEN 'stat' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END,"
      " COALESCE (o.collect_from, o.ordered_at), o.id, r.draw_order, r.accession LIMIT $3";
static const char sql_taken[] = "SELECT position FROM sample"
                                " WHERE box_id = $1 AND id <> $2 ORDER BY position";
/* Of the box, else of what it stands in. */
static const char sql_keep_days[]
    = "SELECT COALESCE (b.keep_days, p.keep_days, f.keep_days, 0) FROM storage_place b"
      " LEFT JOIN storage_place p ON p.id = b.parent_id"
      " LEFT JOIN storage_place f ON f.id = p.parent_id WHERE b.id = $1";

/* Of the box, else of what it stands in. */
static const char sql_temperature[]
    = "SELECT COALESCE (b.temperature, p.temperature, f.temperature) FROM storage_place b"
      " LEFT JOIN storage_place p ON p.id = b.parent_id"
      " LEFT JOIN storage_place f ON f.id = p.parent_id WHERE b.id = $1";

GPtrArray *
mh_samples_store_list (MhDb *db,
                       const char *hospital_id,
                       const MhSamplesQuery *query,
                       GError **error)
{
  const gboolean by_number = query->accession != NULL;
  const char *key = by_number ? query->accession : query->order_id;
  if (key != NULL)
    return mh_store_select (
        db, &mh_sample_type,
        mh_sql_select (&mh_sample_type, by_number ? sql_by_accession : sql_by_order),
        MH_ARGS (MH_TEXT (key), MH_TEXT (hospital_id)), error);
  return mh_store_select (
      db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_list),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (query->before_id), MH_INT (query->limit)), error);
}

GPtrArray *
mh_samples_store_events (MhDb *db, const char *sample_id, GError **error)
{
  return mh_store_select (db, &mh_custody_event_type,
                          mh_sql_select (&mh_custody_event_type, sql_events),
                          MH_ARGS (MH_TEXT (sample_id)), error);
}

GPtrArray *
mh_samples_store_items (MhDb *db, const char *sample_id, GError **error)
{
  return mh_store_select (db, &mh_order_item_type, mh_sql_select (&mh_order_item_type, sql_items),
                          MH_ARGS (MH_TEXT (sample_id)), error);
}

GArray *
mh_samples_store_taken (MhDb *db, const char *box_id, const char *except, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_taken, MH_ARGS (MH_TEXT (box_id), MH_TEXT (except)), error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      gint64 position = mh_rows_int (rows, 0);
      g_array_append_val (taken, position);
    }

  if (inner == NULL)
    return g_steal_pointer (&taken);

  g_propagate_error (error, inner);
  return NULL;
}

gboolean
mh_samples_store_keep_days (MhDb *db, const char *box_id, gint64 *out_days, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_keep_days, MH_ARGS (MH_TEXT (box_id)), error);
  if (rows == NULL)
    return FALSE;
  if (mh_rows_next (rows, &inner))
    *out_days = mh_rows_int (rows, 0);
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, inner);
  return FALSE;
}

gboolean
mh_samples_store_temperature (MhDb *db, const char *box_id, char **out_text, GError **error)
{
  GError *inner = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_temperature, MH_ARGS (MH_TEXT (box_id)), error);
  if (rows == NULL)
    return FALSE;
  if (mh_rows_next (rows, &inner))
    *out_text = g_strdup (mh_rows_text (rows, 0));
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, inner);
  return FALSE;
}

GPtrArray *
mh_samples_store_round (MhDb *db,
                        const char *hospital_id,
                        const char *collection,
                        guint limit,
                        GError **error)
{
  return mh_store_select (db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_round),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (collection), MH_INT (limit)),
                          error);
}
