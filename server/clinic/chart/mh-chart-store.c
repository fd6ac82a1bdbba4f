/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/chart/mh-chart-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

/* --- problems, doses, history --- */

static const char sql_problems[]
    = "WHERE r.patient_id = $1 AND r.deleted_at IS NULL ORDER BY r.rank NULLS LAST, r.id";
static const char sql_doses[]
    = "WHERE r.patient_id = $1 AND r.deleted_at IS NULL ORDER BY r.given_on DESC, r.id DESC";
static const char sql_history[]
    = "WHERE r.patient_id = $1 AND r.deleted_at IS NULL ORDER BY r.kind, r.id";
static const char sql_rank[] = "SELECT COALESCE (MAX (rank), 0) + 1 FROM problem_item"
                               " WHERE patient_id = $1 AND deleted_at IS NULL";
static const char sql_revisions[]
    = "WHERE r.object_id = $1 ORDER BY r.object_version DESC, r.id DESC";

GPtrArray *
mh_chart_store_items (MhDb *db, const MhRecordType *type, const char *patient_id, GError **error)
{
  const char *tail = type == &mh_problem_item_type   ? sql_problems
                     : type == &mh_immunisation_type ? sql_doses
                                                     : sql_history;
  return mh_store_select (db, type, mh_sql_select (type, tail), MH_ARGS (MH_TEXT (patient_id)),
                          error);
}

gint64
mh_chart_store_next_rank (MhDb *db, const char *patient_id, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_rank, MH_ARGS (MH_TEXT (patient_id)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : 0;
}

GPtrArray *
mh_chart_store_revisions (MhDb *db, const char *object_id, GError **error)
{
  return mh_store_select (db, &mh_chart_revision_type,
                          mh_sql_select (&mh_chart_revision_type, sql_revisions),
                          MH_ARGS (MH_TEXT (object_id)), error);
}

/* --- notes --- */

#define PAGE                                                                                       \
  " AND r.deleted_at IS NULL AND (r.written_at, r.id) < ($3, $4)"                                  \
  " ORDER BY r.written_at DESC, r.id DESC LIMIT $5"
static const char sql_notes[]
    = "WHERE r.patient_id = $1 AND (r.status <> 'draft' OR r.author_id = $2)" PAGE;
static const char sql_cosign[]
    = "WHERE r.hospital_id = $1 AND r.status = 'signed' AND r.needs_cosign"
      " AND r.cosigned_at IS NULL AND r.author_id <> $2" PAGE;
static const char sql_drafts[]
    = "WHERE r.author_id = $2 AND r.status = 'draft' AND r.hospital_id = $1" PAGE;
static const char sql_addenda[] = "WHERE r.note_id = $1 ORDER BY r.at, r.id";

GPtrArray *
mh_chart_store_notes (MhDb *db, const MhNotesQuery *query, GError **error)
{
  const char *tail = query->patient_id != NULL ? sql_notes
                     : query->cosign           ? sql_cosign
                                               : sql_drafts;
  const char *whose = query->patient_id != NULL ? query->patient_id : query->hospital_id;
  return mh_store_select (
      db, &mh_note_type, mh_sql_select (&mh_note_type, tail),
      MH_ARGS (MH_TEXT (whose), MH_TEXT (query->user_id),
               MH_INT (query->before_id != NULL ? query->before_at : G_MAXINT64),
               MH_TEXT (query->before_id != NULL ? query->before_id : ""), MH_INT (query->limit)),
      error);
}

GPtrArray *
mh_chart_store_addenda (MhDb *db, const char *note_id, GError **error)
{
  return mh_store_select (db, &mh_note_addendum_type,
                          mh_sql_select (&mh_note_addendum_type, sql_addenda),
                          MH_ARGS (MH_TEXT (note_id)), error);
}

/* --- medicines --- */

static const char sql_medicines[]
    = "JOIN prescription p ON p.id = r.prescription_id WHERE p.patient_id = $1"
      " AND p.created_at >= $2 AND p.deleted_at IS NULL"
      " AND p.status IN ('signed', 'ordered', 'completed')"
      " AND (r.duration_days IS NULL OR p.created_at + r.duration_days * 86400000000 >= $3)"
      " ORDER BY p.created_at DESC, p.id DESC, r.sort_order LIMIT 100";

GPtrArray *
mh_chart_store_medicines (MhDb *db,
                          const char *patient_id,
                          gint64 since,
                          gint64 now,
                          GError **error)
{
  return mh_store_select (db, &mh_prescription_line_type,
                          mh_sql_select (&mh_prescription_line_type, sql_medicines),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (since), MH_INT (now)), error);
}

/* --- results --- */

#define SHOWN                                                                                      \
  " r.patient_id = $1 AND r.status IN ('verified', 'corrected') AND r.deleted_at IS NULL"          \
  " AND r.measured_at IS NOT NULL"
static const char sql_newest[]
    = "WHERE" SHOWN " ORDER BY r.measured_at DESC, r.sort_order, r.id LIMIT $2";
static const char sql_series[]
    = "WHERE" SHOWN " AND r.analyte = $2 ORDER BY r.measured_at DESC, r.id DESC LIMIT $3";
static const char sql_values[]
    = "JOIN (SELECT r.id AS nth_id, ROW_NUMBER () OVER (PARTITION BY r.analyte ORDER BY"
      " r.measured_at DESC, r.id DESC) AS nth FROM result r WHERE" SHOWN
      ") AS n ON n.nth_id = r.id WHERE n.nth <= $2 ORDER BY r.analyte, n.nth";

GPtrArray *
mh_chart_store_newest (MhDb *db, const char *patient_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_newest),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (limit)), error);
}

GPtrArray *
mh_chart_store_values (MhDb *db, const char *patient_id, guint most, GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_values),
                          MH_ARGS (MH_TEXT (patient_id), MH_INT (most)), error);
}

GPtrArray *
mh_chart_store_series (MhDb *db,
                       const char *patient_id,
                       const char *analyte,
                       guint limit,
                       GError **error)
{
  return mh_store_select (db, &mh_result_type, mh_sql_select (&mh_result_type, sql_series),
                          MH_ARGS (MH_TEXT (patient_id), MH_TEXT (analyte), MH_INT (limit)), error);
}
