/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/appointments/mh-appointments-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_schedules[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                                    " AND (CAST($2 AS text) IS NULL OR r.id = $2)"
                                    " AND (CAST($3 AS text) IS NULL OR r.doctor_id = $3)"
                                    " AND (CAST($4 AS text) IS NULL OR r.department_id = $4)"
                                    " AND r.deleted_at IS NULL AND r.active ORDER BY r.name, r.id";
static const char sql_all_schedules[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.deleted_at IS NULL"
      " ORDER BY r.name, r.id";
static const char sql_by_code[]
    = "WHERE r.hospital_id = $1 AND (CAST($2 AS text) IS NULL AND r.kind = 'service' OR r.code = "
      "$2)"
      " AND r.deleted_at IS NULL AND r.active ORDER BY r.code, r.id LIMIT 1";
static const char sql_leaves[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.end_at > $2 AND r.start_at < $3"
      " AND r.active AND r.deleted_at IS NULL ORDER BY r.start_at, r.id";
static const char sql_list[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.day >= $2 AND r.day <= $3"
      " AND (CAST($4 AS text) IS NULL OR r.schedule_id = $4)"
      " AND (r.start_at, r.id) > ($5, $6) AND r.deleted_at IS NULL"
      " ORDER BY r.start_at, r.id LIMIT $7";
static const char sql_of_patient[]
    = "WHERE r.patient_id = $1 AND (CAST($2 AS text) IS NULL OR r.hospital_id = $2)"
      " AND r.deleted_at IS NULL ORDER BY r.start_at DESC, r.id DESC LIMIT $3";
static const char sql_to_move[]
    = "WHERE r.hospital_id = $1 AND (CAST($2 AS text) IS NULL OR r.schedule_id = $2)"
      " AND (CAST($3 AS text) IS NULL OR r.doctor_id = $3)"
      " AND r.start_at < $5 AND r.end_at > $4 AND r.status = 'booked' AND r.deleted_at IS NULL"
      " ORDER BY r.start_at, r.id LIMIT 500";
static const char sql_overbooked[]
    = "SELECT count(*) FROM appointment WHERE schedule_id = $1 AND session_at = $2"
      " AND overbook_reason IS NOT NULL AND status NOT IN ('cancelled', 'rescheduled')";
static const char sql_not_come[]
    = "WHERE r.status = 'booked' AND r.start_at <= $1 AND r.deleted_at IS NULL"
      " ORDER BY r.start_at, r.id LIMIT $2";
static const char sql_claims[]
    = "SELECT tick, seat, holder_id FROM slot_claim WHERE owner = $1 AND tick >= $2 AND tick < $3"
      " AND (expires_at IS NULL OR expires_at > $4)"
      " AND (CAST($5 AS text) IS NULL OR holder_id <> $5) ORDER BY tick, seat";
static const char sql_release[] = "DELETE FROM slot_claim WHERE holder_id = $1";
static const char sql_forget_claims[] = "DELETE FROM slot_claim WHERE expires_at <= $1";
static const char sql_forget_holds[] = "DELETE FROM slot_hold WHERE expires_at <= $1";
static const char sql_expired_offers[]
    = "WHERE r.status = 'offered' AND NOT EXISTS (SELECT 1 FROM slot_hold h WHERE h.id = r.hold_id"
      " AND h.expires_at > $1) AND r.deleted_at IS NULL ORDER BY r.offered_at, r.id LIMIT 100";
static const char sql_tokens[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1) AND r.day = $2"
      " AND (CAST($3 AS text) IS NULL OR r.schedule_id = $3) AND r.deleted_at IS NULL"
      " ORDER BY r.schedule_id, r.number, r.id";
static const char sql_last_token[]
    = "SELECT coalesce (max (number), 0) FROM token WHERE schedule_id = $1 AND day = $2";
static const char sql_waiting[]
    = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND (CAST($2 AS text) IS NULL OR r.schedule_id = $2)"
      " AND CASE WHEN CAST($3 AS text) IS NULL THEN r.status IN ('waiting', 'offered')"
      " ELSE r.status = $3 END AND r.deleted_at IS NULL"
      " ORDER BY CASE WHEN r.urgent THEN 0 ELSE 1 END, r.created_at, r.id LIMIT 200";

GPtrArray *
mh_appointments_store_schedules (MhDb *db, const MhSchedulesQuery *query, GError **error)
{
  return mh_store_select (db, &mh_schedule_type, mh_sql_select (&mh_schedule_type, sql_schedules),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->schedule_id),
                                   MH_TEXT (query->doctor_id), MH_TEXT (query->department_id)),
                          error);
}

GPtrArray *
mh_appointments_store_all_schedules (MhDb *db, const char *hospital_id, GError **error)
{
  return mh_store_select (db, &mh_schedule_type,
                          mh_sql_select (&mh_schedule_type, sql_all_schedules),
                          MH_ARGS (MH_TEXT (hospital_id)), error);
}

GPtrArray *
mh_appointments_store_by_code (MhDb *db, const char *hospital_id, const char *code, GError **error)
{
  return mh_store_select (db, &mh_schedule_type, mh_sql_select (&mh_schedule_type, sql_by_code),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (code)), error);
}

GPtrArray *
mh_appointments_store_leaves (MhDb *db,
                              const char *hospital_id,
                              gint64 from,
                              gint64 to,
                              GError **error)
{
  return mh_store_select (db, &mh_leave_type, mh_sql_select (&mh_leave_type, sql_leaves),
                          MH_ARGS (MH_TEXT (hospital_id), MH_INT (from), MH_INT (to)), error);
}

GPtrArray *
mh_appointments_store_list (MhDb *db, const MhBookingsQuery *query, GError **error)
{
  return mh_store_select (db, &mh_appointment_type, mh_sql_select (&mh_appointment_type, sql_list),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->from),
                                   MH_TEXT (query->to), MH_TEXT (query->schedule_id),
                                   MH_INT (query->after_id != NULL ? query->after_at : G_MININT64),
                                   MH_TEXT (query->after_id != NULL ? query->after_id : ""),
                                   MH_INT (query->limit)),
                          error);
}

GPtrArray *
mh_appointments_store_of_patient (MhDb *db,
                                  const char *hospital_id,
                                  const char *patient_id,
                                  guint limit,
                                  GError **error)
{
  return mh_store_select (
      db, &mh_appointment_type, mh_sql_select (&mh_appointment_type, sql_of_patient),
      MH_ARGS (MH_TEXT (patient_id), MH_TEXT (hospital_id), MH_INT (limit)), error);
}

GPtrArray *
mh_appointments_store_to_move (MhDb *db, const MhAwayQuery *query, GError **error)
{
  return mh_store_select (
      db, &mh_appointment_type, mh_sql_select (&mh_appointment_type, sql_to_move),
      MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->schedule_id),
               MH_TEXT (query->doctor_id), MH_INT (query->from), MH_INT (query->to)),
      error);
}

/* The one number of a query; -1: error. */
static gint64
appointments_store_number_of (MhRows *taken, GError **error)
{
  g_autoptr (MhRows) rows = taken;
  GError *inner = NULL;
  gint64 number = rows != NULL && mh_rows_next (rows, &inner) ? mh_rows_int (rows, 0) : -1;
  if (inner != NULL)
    g_propagate_error (error, inner);
  return number;
}

gint64
mh_appointments_store_overbooked (MhDb *db,
                                  const char *schedule_id,
                                  gint64 session_at,
                                  GError **error)
{
  return appointments_store_number_of (
      mh_db_query (db, sql_overbooked, MH_ARGS (MH_TEXT (schedule_id), MH_INT (session_at)), error),
      error);
}

GPtrArray *
mh_appointments_store_not_come (MhDb *db, gint64 until, guint limit, GError **error)
{
  return mh_store_select (db, &mh_appointment_type,
                          mh_sql_select (&mh_appointment_type, sql_not_come),
                          MH_ARGS (MH_INT (until), MH_INT (limit)), error);
}

static void
claim_free (gpointer data)
{
  MhClaim *claim = data;
  g_free (claim->holder_id);
  g_free (claim);
}

GPtrArray *
mh_appointments_store_claims (MhDb *db, const MhClaimsQuery *query, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (claim_free);
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_claims,
                     MH_ARGS (MH_TEXT (query->owner), MH_INT (query->from), MH_INT (query->to),
                              MH_INT (query->now), MH_TEXT (query->but_for)),
                     error);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      MhClaim *claim = g_new0 (MhClaim, 1);
      claim->tick = mh_rows_int (rows, 0);
      claim->seat = mh_rows_int (rows, 1);
      claim->holder_id = g_strdup (mh_rows_text (rows, 2));
      g_ptr_array_add (claims, claim);
    }

  if (inner == NULL)
    return g_steal_pointer (&claims);

  g_propagate_error (error, inner);
  return NULL;
}

gboolean
mh_appointments_store_release (MhTx *tx, const char *holder_id, GError **error)
{
  return mh_db_exec_deferred (mh_tx_db (tx), sql_release, MH_ARGS (MH_TEXT (holder_id)), error);
}

gboolean
mh_appointments_store_forget_expired (MhTx *tx, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  return mh_db_exec_deferred (db, sql_forget_claims, MH_ARGS (MH_INT (mh_tx_now (tx))), error)
         && mh_db_exec_deferred (db, sql_forget_holds, MH_ARGS (MH_INT (mh_tx_now (tx))), error);
}

GPtrArray *
mh_appointments_store_expired_offers (MhDb *db, gint64 now, GError **error)
{
  return mh_store_select (db, &mh_waiting_type,
                          mh_sql_select (&mh_waiting_type, sql_expired_offers),
                          MH_ARGS (MH_INT (now)), error);
}

GPtrArray *
mh_appointments_store_tokens (MhDb *db,
                              const char *hospital_id,
                              const char *day,
                              const char *schedule_id,
                              GError **error)
{
  return mh_store_select (db, &mh_token_type, mh_sql_select (&mh_token_type, sql_tokens),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (day), MH_TEXT (schedule_id)),
                          error);
}

gint64
mh_appointments_store_last_token (MhDb *db,
                                  const char *schedule_id,
                                  const char *day,
                                  GError **error)
{
  return appointments_store_number_of (
      mh_db_query (db, sql_last_token, MH_ARGS (MH_TEXT (schedule_id), MH_TEXT (day)), error),
      error);
}

GPtrArray *
mh_appointments_store_waiting (MhDb *db,
                               const char *hospital_id,
                               const char *schedule_id,
                               const char *status,
                               GError **error)
{
  return mh_store_select (db, &mh_waiting_type, mh_sql_select (&mh_waiting_type, sql_waiting),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (schedule_id), MH_TEXT (status)),
                          error);
}
