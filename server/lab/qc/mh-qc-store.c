/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/qc/mh-qc-store.h"

#include "shared/records/lab/mh-qc.h"
#include "shared/sql/mh-sql-text.h"

#define SUBJECT "r.hospital_id = $1 AND r.equipment = $2 AND r.analyte = $3"

static const char sql_targets[]
    = "WHERE " SUBJECT " AND r.deleted_at IS NULL ORDER BY r.level, r.id";
static const char sql_target_of_control[]
    = "WHERE " SUBJECT " AND r.deleted_at IS NULL"
      " AND r.lot_id IN (SELECT l.id FROM qc_lot l WHERE l.hospital_id = $1 AND l.control_id = $4"
      " AND l.deleted_at IS NULL)";
static const char sql_lot_of_control[]
    = "WHERE r.hospital_id = $1 AND r.control_id = $2 AND r.deleted_at IS NULL";
static const char sql_same_target[] = "WHERE " SUBJECT " AND r.lot_id = $4";

static const char sql_points[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.equipment = $2 END"
      " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE r.analyte = $3 END"
      " AND CASE WHEN CAST($4 AS text) IS NULL THEN TRUE ELSE r.target_id = $4 END"
      " AND r.at > $5 AND r.at <= $6 AND (r.at, r.id) < ($7, $8)"
      " ORDER BY r.at DESC, r.id DESC LIMIT $9";
/* The way of every run that is judged: straight down one index. */
static const char sql_points_of_subject[]
    = "WHERE " SUBJECT " AND r.at > $5 AND r.at <= $6 AND (r.at, r.id) < ($7, $8)"
      " AND CASE WHEN CAST($4 AS text) IS NULL THEN TRUE ELSE r.target_id = $4 END"
      " ORDER BY r.at DESC, r.id DESC LIMIT $9";
static const char sql_remarks[] = "WHERE r.point_id = $1 ORDER BY r.at, r.id";
static const char sql_remarks_between[]
    = "WHERE r.point_id IN (SELECT p.id FROM qc_point p WHERE p.hospital_id = $1"
      " AND p.at >= $2 AND p.at <= $3) ORDER BY r.at, r.id";

/* A run in which one level was rejected is not good, nor is what was excluded. */
static const char sql_last_good[]
    = "SELECT max (r.at) FROM qc_point r WHERE " SUBJECT " AND r.at < $4"
      " AND NOT EXISTS (SELECT 1 FROM qc_point q WHERE q.run_id = r.run_id"
      " AND q.analyte = r.analyte AND q.state = 'rejected')"
      " AND COALESCE ((SELECT k.kind FROM qc_remark k WHERE k.point_id = r.id"
      " AND k.kind IN ('exclude', 'include') ORDER BY k.at DESC, k.id DESC LIMIT 1), 'include')"
      " <> 'exclude'";
static const char sql_changed_at[]
    = "SELECT max (a.at) FROM qc_action a JOIN qc_lock r ON r.id = a.lock_id WHERE " SUBJECT
      " AND a.action IN ('recalibrated', 'new_control', 'new_reagent', 'maintenance', 'part')";

/* As many as MH_QC_AT_ONCE; NULL is nobody's analyte. */
#define AMONG "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
static const char sql_controlled[]
    = "SELECT r.analyte, r.equipment FROM qc_target r WHERE r.hospital_id = $1"
      " AND r.analyte IN " AMONG " AND r.active AND r.deleted_at IS NULL"
      " UNION SELECT k.analyte, k.equipment FROM qc_lock k WHERE k.hospital_id = $1"
      " AND k.analyte IN " AMONG " AND k.state <> 'released' ORDER BY 1, 2";
static const char sql_locked[]
    = "WHERE r.hospital_id = $1 AND r.equipment = $2 AND r.state <> 'released'";
static const char sql_lock[] = "WHERE " SUBJECT " AND r.state <> 'released'";
static const char sql_locks[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE WHEN $2 = 'active'"
      " THEN r.state <> 'released' ELSE r.state = $2 END"
      " AND (r.opened_at, r.id) < ($3, $4) ORDER BY r.opened_at DESC, r.id DESC LIMIT $5";
static const char sql_actions[] = "WHERE r.lock_id = $1 ORDER BY r.at DESC, r.id DESC";

/* In the order of the record's fields. */
static const char sql_suspects[]
    = "SELECT r.id, r.order_id, o.number, r.patient_id, o.patient_name, o.patient_mrn, r.analyte,"
      " r.name, COALESCE (r.value, r.value_text), r.unit, r.flag, r.status, r.entered_at,"
      " r.verified_at, p.number, p.status, p.copies, v.decision, v.reason, v.by_name, v.at"
      " FROM result r JOIN lab_order o ON o.id = r.order_id"
      " LEFT JOIN report p ON p.id = o.report_id"
      " LEFT JOIN qc_review v ON v.id = (SELECT w.id FROM qc_review w WHERE w.result_id = r.id"
      " AND w.lock_id = $4 ORDER BY w.at DESC, w.id DESC LIMIT 1)"
      " WHERE r.instrument = $2 AND r.entered_at > $5 AND r.entered_at <= $6"
      " AND r.analyte = $3 AND r.hospital_id = $1 AND r.deleted_at IS NULL"
      " AND r.status <> 'cancelled' ORDER BY r.entered_at, r.id LIMIT $7";

#define SUBJECT_ARGS(s) MH_TEXT ((s)->hospital_id), MH_TEXT ((s)->equipment), MH_TEXT ((s)->analyte)

static MhRecord *
qc_store_first_of (GPtrArray *taken)
{
  g_autoptr (GPtrArray) found = taken;
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/* --- targets and lots --- */

GPtrArray *
mh_qc_store_targets (MhDb *db, const MhQcSubject *subject, GError **error)
{
  return mh_store_select (db, &mh_qc_target_type, mh_sql_select (&mh_qc_target_type, sql_targets),
                          MH_ARGS (SUBJECT_ARGS (subject)), error);
}

MhRecord *
mh_qc_store_target_of_control (MhDb *db,
                               const MhQcSubject *subject,
                               const char *control_id,
                               GError **error)
{
  return qc_store_first_of (mh_store_select (
      db, &mh_qc_target_type, mh_sql_select (&mh_qc_target_type, sql_target_of_control),
      MH_ARGS (SUBJECT_ARGS (subject), MH_TEXT (control_id)), error));
}

MhRecord *
mh_qc_store_lot_of_control (MhDb *db,
                            const char *hospital_id,
                            const char *control_id,
                            GError **error)
{
  return qc_store_first_of (
      mh_store_select (db, &mh_qc_lot_type, mh_sql_select (&mh_qc_lot_type, sql_lot_of_control),
                       MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (control_id)), error));
}

MhRecord *
mh_qc_store_same_target (MhDb *db, const MhQcSubject *subject, const char *lot_id, GError **error)
{
  return qc_store_first_of (
      mh_store_select (db, &mh_qc_target_type, mh_sql_select (&mh_qc_target_type, sql_same_target),
                       MH_ARGS (SUBJECT_ARGS (subject), MH_TEXT (lot_id)), error));
}

/* --- points --- */

static void
think (MhRecord *point, MhRecord *remark)
{
  const char *kind = mh_record_text (remark, MH_QC_REMARK_KIND);
  if (g_strcmp0 (kind, MH_QC_COMMENT) != 0)
    mh_record_set_bool (point, MH_QC_POINT_EXCLUDED, g_strcmp0 (kind, MH_QC_EXCLUDE) == 0);
  mh_record_set_text (point, MH_QC_POINT_REMARK_REASON,
                      mh_record_text (remark, MH_QC_REMARK_REASON));
  mh_record_set_text (point, MH_QC_POINT_REMARK_NOTE, mh_record_text (remark, MH_QC_REMARK_NOTE));
  mh_record_set_text (point, MH_QC_POINT_REMARK_NAME,
                      mh_record_text (remark, MH_QC_REMARK_BY_NAME));
  mh_record_set_int (point, MH_QC_POINT_REMARK_AT, mh_record_int (remark, MH_QC_REMARK_AT));
}

static gboolean
add_remarks (MhDb *db, GPtrArray *points, const char *hospital_id, GError **error)
{
  if (points->len == 0)
    return TRUE;

  MhRecord *newest = g_ptr_array_index (points, 0);
  MhRecord *oldest = g_ptr_array_index (points, points->len - 1);
  const char *hospital = mh_record_text (newest, MH_QC_POINT_HOSPITAL_ID);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) remarks
      = points->len == 1
            ? mh_store_select (db, &mh_qc_remark_type,
                               mh_sql_select (&mh_qc_remark_type, sql_remarks),
                               MH_ARGS (MH_TEXT (mh_record_id (newest))), error)
            : mh_store_select (db, &mh_qc_remark_type,
                               mh_sql_select (&mh_qc_remark_type, sql_remarks_between),
                               MH_ARGS (MH_TEXT (hospital_id != NULL ? hospital_id : hospital),
                                        MH_INT (mh_record_int (oldest, MH_QC_POINT_AT)),
                                        MH_INT (mh_record_int (newest, MH_QC_POINT_AT))),
                               error);

  if (remarks == NULL)
    return FALSE;

  for (guint i = 0; i < points->len; i++)
    {
      MhRecord *point = g_ptr_array_index (points, i);
      mh_record_set_bool (point, MH_QC_POINT_EXCLUDED, FALSE);
      g_hash_table_insert (by_id, (char *)mh_record_id (point), point);
    }

  for (guint i = 0; i < remarks->len; i++)
    {
      MhRecord *remark = g_ptr_array_index (remarks, i);
      MhRecord *point = g_hash_table_lookup (by_id, mh_record_text (remark, MH_QC_REMARK_POINT_ID));
      if (point != NULL)
        think (point, remark);
    }

  return TRUE;
}

GPtrArray *
mh_qc_store_points (MhDb *db, const MhQcPointsQuery *query, GError **error)
{
  const MhQcSubject *subject = &query->subject;
  gboolean first = query->before_id == NULL;
  gboolean exact
      = subject->hospital_id != NULL && subject->equipment != NULL && subject->analyte != NULL;
  g_autoptr (GPtrArray) points = mh_store_select (
      db, &mh_qc_point_type,
      exact ? mh_sql_select (&mh_qc_point_type, sql_points_of_subject)
            : mh_sql_select (&mh_qc_point_type, sql_points),
      MH_ARGS (SUBJECT_ARGS (subject), MH_TEXT (query->target_id), MH_INT (query->since),
               MH_INT (query->until), MH_INT (first ? G_MAXINT64 : query->before_at),
               MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
      error);

  if (points == NULL || !add_remarks (db, points, subject->hospital_id, error))
    return NULL;

  return g_steal_pointer (&points);
}

static gboolean
qc_store_read_instant (MhRows *taken, gint64 *out_at, GError **error)
{
  g_autoptr (MhRows) rows = taken;
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_at = mh_rows_is_null (rows, 0) ? 0 : mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_qc_store_last_good (MhDb *db,
                       const MhQcSubject *subject,
                       gint64 before,
                       gint64 *out_at,
                       GError **error)
{
  return qc_store_read_instant (
      mh_db_query (db, sql_last_good, MH_ARGS (SUBJECT_ARGS (subject), MH_INT (before)), error),
      out_at, error);
}

gboolean
mh_qc_store_changed_at (MhDb *db, const MhQcSubject *subject, gint64 *out_at, GError **error)
{
  return qc_store_read_instant (
      mh_db_query (db, sql_changed_at, MH_ARGS (SUBJECT_ARGS (subject)), error), out_at, error);
}

/* --- locks --- */

static void
controlled_args (const char *hospital_id, GPtrArray *analytes, MhArg args[1 + MH_QC_AT_ONCE])
{
  g_assert (analytes->len <= MH_QC_AT_ONCE);
  args[0] = MH_TEXT (hospital_id);
  for (guint i = 0; i < MH_QC_AT_ONCE; i++)
    args[1 + i] = i < analytes->len ? MH_TEXT (g_ptr_array_index (analytes, i)) : MH_NULL;
}

void
mh_qc_store_controlled_prefetch (MhDb *db, const char *hospital_id, GPtrArray *analytes)
{
  MhArg args[1 + MH_QC_AT_ONCE];
  controlled_args (hospital_id, analytes, args);
  mh_db_prefetch (db, sql_controlled, args, G_N_ELEMENTS (args));
}

gboolean
mh_qc_store_controlled (MhDb *db,
                        const char *hospital_id,
                        GPtrArray *analytes,
                        char **out_codes[MH_QC_AT_ONCE],
                        GError **error)
{
  MhArg args[1 + MH_QC_AT_ONCE];
  GError *failure = NULL;
  controlled_args (hospital_id, analytes, args);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_controlled, args, G_N_ELEMENTS (args), error);

  if (rows == NULL)
    return FALSE;

  g_autoptr (GPtrArray) lists
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strv_builder_unref);
  for (guint i = 0; i < analytes->len; i++)
    g_ptr_array_add (lists, g_strv_builder_new ());
  while (mh_rows_next (rows, &failure))
    for (guint i = 0; i < analytes->len; i++)
      if (g_strcmp0 (g_ptr_array_index (analytes, i), mh_rows_text (rows, 0)) == 0)
        g_strv_builder_add (g_ptr_array_index (lists, i), mh_rows_text (rows, 1));

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  for (guint i = 0; i < analytes->len; i++)
    out_codes[i] = g_strv_builder_end (g_ptr_array_index (lists, i));
  return TRUE;
}

GPtrArray *
mh_qc_store_locked (MhDb *db, const char *hospital_id, const char *equipment, GError **error)
{
  return mh_store_select (db, &mh_qc_lock_type, mh_sql_select (&mh_qc_lock_type, sql_locked),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (equipment)), error);
}

MhRecord *
mh_qc_store_lock (MhDb *db, const MhQcSubject *subject, GError **error)
{
  return qc_store_first_of (mh_store_select (db, &mh_qc_lock_type,
                                             mh_sql_select (&mh_qc_lock_type, sql_lock),
                                             MH_ARGS (SUBJECT_ARGS (subject)), error));
}

GPtrArray *
mh_qc_store_locks (MhDb *db,
                   const char *hospital_id,
                   const char *state,
                   MhListPage page,
                   GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (db, &mh_qc_lock_type, mh_sql_select (&mh_qc_lock_type, sql_locks),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (state),
                                   MH_INT (first ? G_MAXINT64 : page.at),
                                   MH_TEXT (first ? "" : page.id), MH_INT (page.limit)),
                          error);
}

GPtrArray *
mh_qc_store_actions (MhDb *db, const char *lock_id, GError **error)
{
  return mh_store_select (db, &mh_qc_action_type, mh_sql_select (&mh_qc_action_type, sql_actions),
                          MH_ARGS (MH_TEXT (lock_id)), error);
}

/* --- patients' values in doubt --- */

static MhRecord *
read_suspect (MhRows *rows)
{
  MhRecord *suspect = mh_record_new (&mh_qc_suspect_type);
  for (guint i = 0; i < MH_QC_SUSPECT_N_FIELDS; i++)
    {
      if (mh_rows_is_null (rows, i))
        continue;
      if (mh_field_is_int (&mh_qc_suspect_type.fields[i]))
        mh_record_set_int (suspect, i, mh_rows_int (rows, i));
      else
        mh_record_set_text (suspect, i, mh_rows_text (rows, i));
    }
  return suspect;
}

GPtrArray *
mh_qc_store_suspects (MhDb *db, const MhQcSuspectsQuery *query, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_suspects,
                     MH_ARGS (SUBJECT_ARGS (&query->subject), MH_TEXT (query->lock_id),
                              MH_INT (query->since), MH_INT (query->until), MH_INT (query->limit)),
                     error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, read_suspect (rows));
  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}
