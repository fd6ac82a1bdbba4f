/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/forms/mh-forms-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[]
    = "WHERE CASE WHEN CAST($1 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $1 END"
      " AND ($2 OR NOT EXISTS (SELECT 1 FROM form_definition n WHERE n.code = r.code"
      " AND n.hospital_id = r.hospital_id AND n.version_no > r.version_no))"
      " AND r.deleted_at IS NULL"
      " AND (CAST($3 AS text) IS NULL OR (r.name, -r.version_no, r.id) >"
      "  (SELECT f.name, -f.version_no, f.id FROM form_definition f WHERE f.id = $3))"
      " ORDER BY r.name, -r.version_no, r.id LIMIT $4";
static const char sql_last[] = "SELECT COALESCE (MAX (version_no), 0) FROM form_definition"
                               " WHERE hospital_id = $1 AND code = $2";
#define NEWEST                                                                                     \
  " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $2 END"                  \
  " AND (r.answered_at, r.id) < ($3, $4) AND r.deleted_at IS NULL"                                 \
  " ORDER BY r.answered_at DESC, r.id DESC LIMIT $5"
static const char sql_of_patient[] = "WHERE r.patient_id = $1" NEWEST;
static const char sql_of_visit[] = "WHERE r.visit_id = $1" NEWEST;

GPtrArray *
mh_forms_store_list (MhDb *db,
                     const char *hospital_id,
                     gboolean all,
                     const char *after,
                     guint limit,
                     GError **error)
{
  return mh_store_select (
      db, &mh_form_definition_type, mh_sql_select (&mh_form_definition_type, sql_list),
      MH_ARGS (MH_TEXT (hospital_id), MH_BOOL (all), MH_TEXT (after), MH_INT (limit)), error);
}

gint64
mh_forms_store_last_version (MhDb *db, const char *hospital_id, const char *code, GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_last, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (code)), error);
  return rows != NULL && mh_rows_next (rows, error) ? mh_rows_int (rows, 0) : -1;
}

GPtrArray *
mh_forms_store_answers (MhDb *db,
                        const char *hospital_id,
                        const char *patient_id,
                        const char *visit_id,
                        MhListPage page,
                        GError **error)
{
  gboolean first = page.id == NULL;
  return mh_store_select (
      db, &mh_form_answer_type,
      mh_sql_select (&mh_form_answer_type, visit_id != NULL ? sql_of_visit : sql_of_patient),
      MH_ARGS (MH_TEXT (visit_id != NULL ? visit_id : patient_id), MH_TEXT (hospital_id),
               MH_INT (first ? G_MAXINT64 : page.at), MH_TEXT (first ? "" : page.id),
               MH_INT (page.limit)),
      error);
}
