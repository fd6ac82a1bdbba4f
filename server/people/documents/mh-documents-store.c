/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/documents/mh-documents-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[] = "WHERE r.patient_id = $1 AND r.deleted_at IS NULL"
                               " AND (CAST($3 AS text) IS NULL OR (r.created_at, r.id) < ($2, $3))"
                               " ORDER BY r.created_at DESC, r.id DESC LIMIT $4";
static const char sql_part[] = "WHERE r.document_id = $1 AND r.number = $2";
static const char sql_drop_parts[] = "DELETE FROM document_part WHERE document_id = $1";
static const char sql_abandoned[]
    = "WHERE r.status = 'uploading' AND r.deleted_at IS NULL AND r.changed_at < $1"
      " ORDER BY r.id LIMIT $2";

GPtrArray *
mh_documents_store_list (MhDb *db,
                         const MhRecordType *type,
                         const char *patient_id,
                         MhListPage page,
                         GError **error)
{
  return mh_store_select (
      db, type, mh_sql_select (type, sql_list),
      MH_ARGS (MH_TEXT (patient_id), MH_INT (page.at), MH_TEXT (page.id), MH_INT (page.limit)),
      error);
}

MhRecord *
mh_documents_store_part (MhDb *db, const char *document_id, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_document_part_type, mh_sql_select (&mh_document_part_type, sql_part),
      MH_ARGS (MH_TEXT (document_id), MH_INT (number)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

gboolean
mh_documents_store_drop_parts (MhTx *tx, const char *document_id, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_drop_parts, MH_ARGS (MH_TEXT (document_id)), error) >= 0;
}

GPtrArray *
mh_documents_store_abandoned (MhDb *db, gint64 before, guint limit, GError **error)
{
  return mh_store_select (db, &mh_document_type, mh_sql_select (&mh_document_type, sql_abandoned),
                          MH_ARGS (MH_INT (before), MH_INT (limit)), error);
}
