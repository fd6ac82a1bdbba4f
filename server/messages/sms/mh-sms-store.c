/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.status = $2)"
                               " AND (CAST($3 AS text) IS NULL OR r.template = $3)"
                               " AND (r.queued_at, r.id) < ($4, $5) AND r.deleted_at IS NULL"
                               " ORDER BY r.queued_at DESC, r.id DESC LIMIT $6";
static const char sql_of_patient[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                     " AND r.patient_id = $2"
                                     " AND (CAST($3 AS text) IS NULL OR r.status = $3)"
                                     " AND (CAST($4 AS text) IS NULL OR r.template = $4)"
                                     " AND (r.queued_at, r.id) < ($5, $6)"
                                     " AND r.deleted_at IS NULL"
                                     " ORDER BY r.queued_at DESC, r.id DESC LIMIT $7";
static const char sql_to_since[]
    = "SELECT COUNT(*) FROM sms_message WHERE recipient = $1 AND queued_at >= $2";
static const char sql_sent_since[] = "SELECT COUNT(*) FROM sms_message WHERE sent_at >= $1";
static const char sql_unheard[]
    = "WHERE r.status = 'sent' AND r.sent_at >= $1 AND r.sent_at < $2"
      " AND r.provider_id IS NOT NULL ORDER BY r.sent_at, r.id LIMIT $3";
static const char sql_texts[] = "WHERE r.hospital_id = $1 AND r.deleted_at IS NULL"
                                " ORDER BY r.event, r.language, r.id";
static const char sql_text[] = "WHERE r.hospital_id = $1 AND r.event = $2 AND r.language = $3"
                               " AND r.deleted_at IS NULL";

GPtrArray *
mh_sms_store_list (MhDb *db, const MhSmsQuery *query, GError **error)
{
  gint64 before_at = query->before_id != NULL ? query->before_at : G_MAXINT64;
  const char *before_id = query->before_id != NULL ? query->before_id : "";
  if (query->patient_id != NULL)
    return mh_store_select (
        db, &mh_sms_message_type, mh_sql_select (&mh_sms_message_type, sql_of_patient),
        MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->patient_id), MH_TEXT (query->status),
                 MH_TEXT (query->code), MH_INT (before_at), MH_TEXT (before_id),
                 MH_INT (query->limit)),
        error);

  return mh_store_select (db, &mh_sms_message_type, mh_sql_select (&mh_sms_message_type, sql_list),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->status),
                                   MH_TEXT (query->code), MH_INT (before_at), MH_TEXT (before_id),
                                   MH_INT (query->limit)),
                          error);
}

static gboolean
sms_store_count (MhRows *found, gint64 *out_count, GError **error)
{
  g_autoptr (MhRows) rows = found;
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_sms_store_to_since (MhDb *db,
                       const char *recipient,
                       gint64 since,
                       gint64 *out_count,
                       GError **error)
{
  return sms_store_count (
      mh_db_query (db, sql_to_since, MH_ARGS (MH_TEXT (recipient), MH_INT (since)), error),
      out_count, error);
}

gboolean
mh_sms_store_sent_since (MhDb *db, gint64 since, gint64 *out_count, GError **error)
{
  return sms_store_count (mh_db_query (db, sql_sent_since, MH_ARGS (MH_INT (since)), error),
                          out_count, error);
}

GPtrArray *
mh_sms_store_unheard (MhDb *db, gint64 from, gint64 to, guint limit, GError **error)
{
  return mh_store_select (db, &mh_sms_message_type,
                          mh_sql_select (&mh_sms_message_type, sql_unheard),
                          MH_ARGS (MH_INT (from), MH_INT (to), MH_INT (limit)), error);
}

GPtrArray *
mh_sms_store_texts (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_sms_text_type, mh_sql_select (&mh_sms_text_type, sql_texts),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

MhRecord *
mh_sms_store_text (MhDb *db,
                   const char *hospital_id,
                   const char *event,
                   const char *language,
                   GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_sms_text_type, mh_sql_select (&mh_sms_text_type, sql_text),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (event), MH_TEXT (language)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
