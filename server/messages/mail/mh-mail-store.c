/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-store.h"

#include "shared/records/messages/mh-mail.h"
#include "shared/sql/mh-sql-search.h"
#include "shared/sql/mh-sql-text.h"

#define TELLS(LIKE, EVENTS, STATES)                                                                \
  " AND CASE WHEN CAST(" LIKE " AS text) IS NULL THEN TRUE"                                        \
  "          ELSE lower (COALESCE (r.recipient, '')) LIKE " LIKE " ESCAPE '\\'"                    \
  "          OR lower (COALESCE (r.order_number, '')) LIKE " LIKE " ESCAPE '\\'"                   \
  "          OR lower (COALESCE (r.last_answer, '')) LIKE " LIKE " ESCAPE '\\'"                    \
  "          OR " EVENTS " LIKE '%|' || r.event || '|%'"                                           \
  "          OR " STATES " LIKE '%|' || r.status || '|%' END"
static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.status = $2)"
      " AND (CAST($3 AS text) IS NULL OR r.event = $3)"
      " AND (CAST($4 AS text) IS NULL OR r.order_id = $4)"
      " AND (NOT CAST($8 AS boolean)"
      "      OR r.status IN ('deferred', 'failed', 'bounced'))" TELLS (
          "$9",
          "$10",
          "$11") " AND (r.queued_at, r.id) < ($5, $6) AND r.deleted_at IS NULL"
                 " ORDER BY r.queued_at DESC, r.id DESC LIMIT $7";
static const char sql_of_patient[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND r.patient_id = $2 AND r.user_id IS NULL"
      " AND (CAST($3 AS text) IS NULL OR r.status = $3)"
      " AND (CAST($4 AS text) IS NULL OR r.event = $4)"
      " AND (CAST($5 AS text) IS NULL OR r.order_id = $5)"
      " AND (NOT CAST($9 AS boolean)"
      "      OR r.status IN ('deferred', 'failed', 'bounced'))" TELLS (
          "$10",
          "$11",
          "$12") " AND (r.queued_at, r.id) < ($6, $7) AND r.deleted_at IS NULL"
                 " ORDER BY r.queued_at DESC, r.id DESC LIMIT $8";
static const char sql_sent_since[] = "SELECT COUNT(*) FROM mail WHERE sent_at >= $1";
static const char sql_templates[] = "WHERE r.hospital_id = $1 AND r.deleted_at IS NULL"
                                    " ORDER BY r.event, r.language, r.id";
static const char sql_template[] = "WHERE r.hospital_id = $1 AND r.event = $2 AND r.language = $3"
                                   " AND r.deleted_at IS NULL";

GPtrArray *
mh_mail_store_list (MhDb *db, const MhMailQuery *query, GError **error)
{
  gint64 before_at = query->before_id != NULL ? query->before_at : G_MAXINT64;
  const char *before_id = query->before_id != NULL ? query->before_id : "";
  g_autofree char *like = mh_sql_search_like (query->typed);
  g_autofree char *events = mh_sql_search_codes (mh_mail_event_codes, query->typed);
  g_autofree char *states = mh_sql_search_codes (mh_mail_status_codes, query->typed);

  if (query->patient_id != NULL)
    return mh_store_select (
        db, &mh_mail_type, mh_sql_select (&mh_mail_type, sql_of_patient),
        MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->patient_id), MH_TEXT (query->status),
                 MH_TEXT (query->event), MH_TEXT (query->order_id), MH_INT (before_at),
                 MH_TEXT (before_id), MH_INT (query->limit), MH_BOOL (query->undelivered),
                 MH_TEXT (like), MH_TEXT (events), MH_TEXT (states)),
        error);

  return mh_store_select (db, &mh_mail_type, mh_sql_select (&mh_mail_type, sql_list),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->status),
                                   MH_TEXT (query->event), MH_TEXT (query->order_id),
                                   MH_INT (before_at), MH_TEXT (before_id), MH_INT (query->limit),
                                   MH_BOOL (query->undelivered), MH_TEXT (like), MH_TEXT (events),
                                   MH_TEXT (states)),
                          error);
}

gboolean
mh_mail_store_sent_since (MhDb *db, gint64 since, gint64 *out_count, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_sent_since, MH_ARGS (MH_INT (since)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  return TRUE;
}

GPtrArray *
mh_mail_store_templates (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_mail_template_type,
                          mh_sql_select (&mh_mail_template_type, sql_templates),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

MhRecord *
mh_mail_store_template (MhDb *db,
                        const char *hospital_id,
                        const char *event,
                        const char *language,
                        GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_mail_template_type, mh_sql_select (&mh_mail_template_type, sql_template),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (event), MH_TEXT (language)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
