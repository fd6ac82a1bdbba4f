/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-store.h"

#include "shared/records/lab/mh-analyser.h"
#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_links[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                " AND r.deleted_at IS NULL ORDER BY r.code, r.id";
static const char sql_code_taken[]
    = "SELECT 1 FROM analyser_link WHERE hospital_id = $1 AND code = $2";
static const char sql_counts[]
    = "SELECT (SELECT count (*) FROM device_result WHERE link_id = $1 AND status = 'open'),"
      " (SELECT count (*) FROM analyser_message WHERE link_id = $1 AND status = 'waiting')";
static const char sql_maps[]
    = "WHERE r.link_id = $1 AND r.deleted_at IS NULL ORDER BY r.code, r.id";
static const char sql_set_status[]
    = "UPDATE analyser_link SET status = $2, status_at = $3, last_error = $4 WHERE id = $1";
static const char sql_heard[] = "UPDATE analyser_link SET last_message_at = $2 WHERE id = $1";

static const char sql_leases[] = "SELECT link_id, owner, beat FROM analyser_lease";
static const char sql_lease_first[]
    = "INSERT INTO analyser_lease (link_id, owner, beat) VALUES ($1, $2, 1)"
      " ON CONFLICT (link_id) DO NOTHING";
static const char sql_lease_take[] = "UPDATE analyser_lease SET owner = $2, beat = beat + 1"
                                     " WHERE link_id = $1 AND owner = $3 AND beat = $4";
static const char sql_lease_beat[] = "UPDATE analyser_lease SET beat = beat + 1 WHERE owner = $1";
static const char sql_lease_give[] = "UPDATE analyser_lease SET owner = '', beat = beat + 1"
                                     " WHERE owner = $1"
                                     " AND (CAST($2 AS text) IS NULL OR link_id = $2)";

static const char sql_seen[]
    = "SELECT id, status, answer, error FROM analyser_message WHERE link_id = $1"
      " AND COALESCE (control_id, '') = $2 AND hash = $3 AND direction = 'in'";
static const char sql_same_number[]
    = "SELECT 1 FROM analyser_message WHERE link_id = $1"
      " AND COALESCE (control_id, '') = $2 AND hash <> $3 AND direction = 'in' AND at >= $4"
      " LIMIT 1";
static const char sql_repeated[]
    = "UPDATE analyser_message SET n_repeats = n_repeats + 1 WHERE id = $1";

/* The raw text of a page of messages may be megabytes: the list goes without. */
static const char sql_messages[]
    = "SELECT id, version, at, hospital_id, link_id, direction, kind, control_id, status, answer,"
      " error, peer, sample_code, n_results, n_repeats, attempts, next_at, ended_at"
      " FROM analyser_message WHERE (CAST($1 AS text) IS NULL OR hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR link_id = $2)"
      " AND (CAST($3 AS text) IS NULL OR direction = $3)"
      " AND (CAST($4 AS text) IS NULL OR status = $4)"
      " AND (at, id) < ($5, $6) ORDER BY at DESC, id DESC LIMIT $7";
static const guint message_columns[] = { MH_ID,
                                         MH_VERSION,
                                         MH_MESSAGE_AT,
                                         MH_MESSAGE_HOSPITAL_ID,
                                         MH_MESSAGE_LINK_ID,
                                         MH_MESSAGE_DIRECTION,
                                         MH_MESSAGE_KIND,
                                         MH_MESSAGE_CONTROL_ID,
                                         MH_MESSAGE_STATUS,
                                         MH_MESSAGE_ANSWER,
                                         MH_MESSAGE_ERROR,
                                         MH_MESSAGE_PEER,
                                         MH_MESSAGE_SAMPLE_CODE,
                                         MH_MESSAGE_N_RESULTS,
                                         MH_MESSAGE_N_REPEATS,
                                         MH_MESSAGE_ATTEMPTS,
                                         MH_MESSAGE_NEXT_AT,
                                         MH_MESSAGE_ENDED_AT };
static const char sql_results[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                  " AND (CAST($2 AS text) IS NULL OR r.link_id = $2)"
                                  " AND (CAST($3 AS text) IS NULL OR r.status = $3)"
                                  " AND (r.at, r.id) < ($4, $5)"
                                  " ORDER BY r.at DESC, r.id DESC LIMIT $6";
static const char sql_results_of[] = "WHERE r.message_id = $1 ORDER BY r.line_no, r.id";
static const char sql_open_of[]
    = "SELECT count (*) FROM device_result WHERE message_id = $1 AND status = 'open'";
static const char sql_has_final[]
    = "SELECT 1 FROM device_result WHERE sample_id = $1 AND analyte = $2"
      " AND status IN ('applied', 'assigned') AND COALESCE (finality, 'F') <> 'P' LIMIT 1";
static const char sql_forget_results[] = "DELETE FROM device_result WHERE message_id = $1";

static const char sql_sample[] = "WHERE r.accession = $1 AND r.hospital_id = $2"
                                 " AND r.deleted_at IS NULL";
static const char sql_sample_of_order[]
    = "JOIN lab_order o ON o.id = r.order_id WHERE o.number = $1 AND o.hospital_id = $2"
      " AND r.status NOT IN ('rejected', 'cancelled') AND r.deleted_at IS NULL LIMIT 2";

static const char sql_next_out[] = "WHERE r.link_id = $1 AND r.status = 'waiting'"
                                   " ORDER BY r.at, r.id LIMIT 1";
static const char sql_out_of[] = "WHERE r.link_id = $1 AND r.sample_code = $2"
                                 " AND r.direction = 'out' ORDER BY r.at, r.id";

static const char sql_out_numbered[] = "WHERE r.link_id = $1 AND r.control_id = $2"
                                       " AND r.direction = 'out' ORDER BY r.at DESC LIMIT 1";

/* --- links --- */

GPtrArray *
mh_analysers_store_links (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_analyser_link_type,
                          mh_sql_select (&mh_analyser_link_type, sql_links),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

/* *out: whether @sql gives a row. */
static gboolean
gives_row (MhDb *db,
           const char *sql,
           const MhArg *args,
           guint n_args,
           gboolean *out,
           GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, n_args, error);
  if (rows == NULL)
    return FALSE;
  *out = mh_rows_next (rows, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_analysers_store_code_taken (MhDb *db,
                               const char *hospital_id,
                               const char *code,
                               gboolean *out_taken,
                               GError **error)
{
  return gives_row (db, sql_code_taken, MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (code)), out_taken,
                    error);
}

gboolean
mh_analysers_store_count (MhDb *db, MhRecord *link, GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_counts, MH_ARGS (MH_TEXT (mh_record_id (link))), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  mh_record_set_int (link, MH_LINK_N_OPEN, mh_rows_int (rows, 0));
  mh_record_set_int (link, MH_LINK_N_WAITING, mh_rows_int (rows, 1));
  return TRUE;
}

GPtrArray *
mh_analysers_store_maps (MhDb *db, const char *link_id, GError **error)
{
  return mh_store_select (db, &mh_analyser_map_type,
                          mh_sql_select (&mh_analyser_map_type, sql_maps),
                          MH_ARGS (MH_TEXT (link_id)), error);
}

gboolean
mh_analysers_store_set_status (MhTx *tx,
                               const char *link_id,
                               const char *status,
                               const char *problem,
                               GError **error)
{
  return mh_db_exec_deferred (
      mh_tx_db (tx), sql_set_status,
      MH_ARGS (MH_TEXT (link_id), MH_TEXT (status), MH_INT (mh_tx_now (tx)), MH_TEXT (problem)),
      error);
}

gboolean
mh_analysers_store_heard (MhTx *tx, const char *link_id, gint64 at, GError **error)
{
  return mh_db_exec_deferred (mh_tx_db (tx), sql_heard, MH_ARGS (MH_TEXT (link_id), MH_INT (at)),
                              error);
}

/* --- leases --- */

static void
lease_free (gpointer data)
{
  MhAnalysersLease *lease = data;
  g_free (lease->link_id);
  g_free (lease->owner);
  g_free (lease);
}

GPtrArray *
mh_analysers_store_leases (MhDb *db, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (lease_free);
  g_autoptr (MhRows) rows = mh_db_query (db, sql_leases, NULL, 0, error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhAnalysersLease *lease = g_new0 (MhAnalysersLease, 1);
      lease->link_id = g_strdup (mh_rows_text (rows, 0));
      lease->owner = g_strdup (mh_rows_text (rows, 1));
      lease->beat = mh_rows_int (rows, 2);
      g_ptr_array_add (found, lease);
    }

  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

gboolean
mh_analysers_store_lease_take (MhTx *tx,
                               const char *link_id,
                               const MhAnalysersLease *seen,
                               const char *owner,
                               gboolean *out_mine,
                               GError **error)
{
  MhDb *db = mh_tx_db (tx);
  gint64 changed = seen == NULL ? mh_db_exec (db, sql_lease_first,
                                              MH_ARGS (MH_TEXT (link_id), MH_TEXT (owner)), error)
                                : mh_db_exec (db, sql_lease_take,
                                              MH_ARGS (MH_TEXT (link_id), MH_TEXT (owner),
                                                       MH_TEXT (seen->owner), MH_INT (seen->beat)),
                                              error);
  if (changed < 0)
    return FALSE;
  *out_mine = changed == 1;
  return TRUE;
}

gboolean
mh_analysers_store_lease_beat (MhTx *tx, const char *owner, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_lease_beat, MH_ARGS (MH_TEXT (owner)), error) >= 0;
}

gboolean
mh_analysers_store_lease_give (MhTx *tx, const char *link_id, const char *owner, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_lease_give, MH_ARGS (MH_TEXT (owner), MH_TEXT (link_id)),
                     error)
         >= 0;
}

/* --- messages --- */

void
mh_analysers_seen_clear (MhAnalysersSeen *seen)
{
  g_clear_pointer (&seen->id, g_free);
  g_clear_pointer (&seen->status, g_free);
  g_clear_pointer (&seen->answer, g_free);
  g_clear_pointer (&seen->error, g_free);
}

gboolean
mh_analysers_store_seen (MhDb *db,
                         const MhAnalysersSent *sent,
                         gint64 since,
                         MhAnalysersSeen *out_seen,
                         GError **error)
{
  const char *number = sent->control_id != NULL ? sent->control_id : "";
  GError *failure = NULL;
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_seen, MH_ARGS (MH_TEXT (sent->link_id), MH_TEXT (number), MH_TEXT (sent->hash)),
      error);

  if (rows == NULL)
    return FALSE;

  if (mh_rows_next (rows, &failure))
    {
      out_seen->id = g_strdup (mh_rows_text (rows, 0));
      out_seen->status = g_strdup (mh_rows_text (rows, 1));
      out_seen->answer = g_strdup (mh_rows_text (rows, 2));
      out_seen->error = g_strdup (mh_rows_text (rows, 3));
    }

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_clear_pointer (&rows, mh_rows_free);
  out_seen->same_number = FALSE;
  return out_seen->id != NULL || number[0] == 0
         || gives_row (db, sql_same_number,
                       MH_ARGS (MH_TEXT (sent->link_id), MH_TEXT (number), MH_TEXT (sent->hash),
                                MH_INT (since)),
                       &out_seen->same_number, error);
}

gboolean
mh_analysers_store_repeated (MhTx *tx, const char *message_id, GError **error)
{
  return mh_db_exec_deferred (mh_tx_db (tx), sql_repeated, MH_ARGS (MH_TEXT (message_id)), error);
}

static MhRecord *
analysers_store_read_message (MhRows *rows)
{
  MhRecord *message = mh_record_new (&mh_analyser_message_type);
  for (guint i = 0; i < G_N_ELEMENTS (message_columns); i++)
    {
      guint field = message_columns[i];
      if (mh_rows_is_null (rows, i))
        continue;
      if (mh_field_is_int (&mh_analyser_message_type.fields[field]))
        mh_record_set_int (message, field, mh_rows_int (rows, i));
      else
        mh_record_set_text (message, field, mh_rows_text (rows, i));
    }

  return message;
}

GPtrArray *
mh_analysers_store_messages (MhDb *db, const MhAnalysersQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_messages,
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->link_id), MH_TEXT (query->direction),
               MH_TEXT (query->status), MH_INT (first ? G_MAXINT64 : query->before_at),
               MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
      error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, analysers_store_read_message (rows));
  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mh_analysers_store_results (MhDb *db, const MhAnalysersQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  return mh_store_select (
      db, &mh_device_result_type, mh_sql_select (&mh_device_result_type, sql_results),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->link_id), MH_TEXT (query->status),
               MH_INT (first ? G_MAXINT64 : query->before_at),
               MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
      error);
}

GPtrArray *
mh_analysers_store_results_of (MhDb *db, const char *message_id, GError **error)
{
  return mh_store_select (db, &mh_device_result_type,
                          mh_sql_select (&mh_device_result_type, sql_results_of),
                          MH_ARGS (MH_TEXT (message_id)), error);
}

gboolean
mh_analysers_store_open_of (MhDb *db, const char *message_id, gint64 *out_count, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_open_of, MH_ARGS (MH_TEXT (message_id)), error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  return TRUE;
}

gboolean
mh_analysers_store_has_final (MhDb *db,
                              const char *sample_id,
                              const char *analyte,
                              gboolean *out_has,
                              GError **error)
{
  return gives_row (db, sql_has_final, MH_ARGS (MH_TEXT (sample_id), MH_TEXT (analyte)), out_has,
                    error);
}

gboolean
mh_analysers_store_forget_results (MhTx *tx, const char *message_id, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_forget_results, MH_ARGS (MH_TEXT (message_id)), error) >= 0;
}

/* --- tubes --- */

MhRecord *
mh_analysers_store_sample (MhDb *db, const char *hospital_id, const char *number, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_sample),
                         MH_ARGS (MH_TEXT (number), MH_TEXT (hospital_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

MhRecord *
mh_analysers_store_sample_of_order (MhDb *db,
                                    const char *hospital_id,
                                    const char *number,
                                    GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_store_select (db, &mh_sample_type, mh_sql_select (&mh_sample_type, sql_sample_of_order),
                         MH_ARGS (MH_TEXT (number), MH_TEXT (hospital_id)), error);
  return found != NULL && found->len == 1 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/* --- outgoing --- */

MhRecord *
mh_analysers_store_next_out (MhDb *db, const char *link_id, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_analyser_message_type, mh_sql_select (&mh_analyser_message_type, sql_next_out),
      MH_ARGS (MH_TEXT (link_id)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_analysers_store_out_of (MhDb *db, const char *link_id, const char *sample_code, GError **error)
{
  return mh_store_select (db, &mh_analyser_message_type,
                          mh_sql_select (&mh_analyser_message_type, sql_out_of),
                          MH_ARGS (MH_TEXT (link_id), MH_TEXT (sample_code)), error);
}

MhRecord *
mh_analysers_store_out_numbered (MhDb *db, const char *link_id, const char *number, GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_analyser_message_type, mh_sql_select (&mh_analyser_message_type, sql_out_numbered),
      MH_ARGS (MH_TEXT (link_id), MH_TEXT (number)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}
