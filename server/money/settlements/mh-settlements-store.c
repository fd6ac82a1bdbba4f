/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/settlements/mh-settlements-store.h"

#include "shared/records/money/mh-settlement.h"
#include "shared/sql/mh-sql-text.h"

/* Money that came in, whatever became of it later. */
#define TAKEN                                                                                      \
  "p.refund_of IS NULL AND p.deleted_at IS NULL"                                                   \
  " AND p.status IN ('captured', 'part_refunded', 'refunded')"
/* The provider may be faster than its own message to us. */
#define GIVEN                                                                                      \
  "p.refund_of IS NOT NULL AND p.deleted_at IS NULL AND p.status IN ('pending', 'processed')"
#define OURS                                                                                       \
  "SELECT p.id, p.amount,"                                                                         \
  " (SELECT count (*) FROM settlement_line s WHERE s.payment_id = p.id) FROM payment p WHERE "
/* A slip's number may come again after some months. */
#define SLIP                                                                                       \
  "p.reference = $1 AND p.hospital_id = $2 AND p.method = 'card'"                                  \
  " AND p.received_at >= $3 AND p.received_at < $4 AND "
#define IN_ORDER " ORDER BY p.received_at, p.id"

static const char sql_payment[]
    = OURS "p.provider_payment = $1 AND p.hospital_id = $2 AND " TAKEN IN_ORDER;
static const char sql_refund[]
    = OURS "p.provider_refund = $1 AND p.hospital_id = $2 AND " GIVEN IN_ORDER;
static const char sql_slip[] = OURS SLIP TAKEN IN_ORDER;
static const char sql_slip_refund[] = OURS SLIP GIVEN IN_ORDER;

static const char sql_find[] = "WHERE r.hospital_id = $1 AND r.provider = $2 AND r.reference = $3";
static const char sql_lines_of[] = "WHERE r.settlement_id = $1 ORDER BY r.line_no, r.id";
static const char sql_list[] = "WHERE (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
                               " AND (CAST($2 AS text) IS NULL OR r.provider = $2)"
                               " AND (r.settled_on, r.id) < ($3, $4) AND r.deleted_at IS NULL"
                               " ORDER BY r.settled_on DESC, r.id DESC LIMIT $5";

#define THEIRS                                                                                     \
  " FROM settlement t JOIN settlement_line l ON l.settlement_id = t.id"                            \
  " WHERE t.hospital_id = $1 AND t.settled_on >= $2 AND t.settled_on <= $3"                        \
  " AND (CAST($4 AS text) IS NULL OR t.provider = $4) AND t.deleted_at IS NULL"

static const char sql_matched[]
    = "SELECT count (*),"
      " COALESCE (sum (CASE WHEN l.kind = 'refund' THEN -l.amount ELSE l.amount END), 0)" THEIRS
      " AND l.payment_id IS NOT NULL AND l.difference IS NULL";
static const char sql_differences[]
    = "SELECT l.difference, t.provider, t.id, t.reference, l.line_no, l.kind, l.provider_reference,"
      " l.amount, l.ours, l.at, l.payment_id, (SELECT o.number FROM payment p"
      " JOIN lab_order o ON o.id = p.order_id WHERE p.id = l.payment_id)" THEIRS
      " AND l.difference IS NOT NULL ORDER BY t.settled_on DESC, t.id, l.line_no LIMIT $5";
static const char sql_not_settled[]
    = "SELECT 'not_settled', CASE WHEN p.method = 'card' THEN 'card' ELSE 'razorpay' END, NULL,"
      " NULL, NULL, 'payment', COALESCE (p.provider_payment, p.reference), NULL, p.amount,"
      " p.received_at, p.id, o.number FROM payment p LEFT JOIN lab_order o ON o.id = p.order_id"
      " WHERE p.hospital_id = $1 AND p.received_at >= $2 AND p.received_at < $3"
      " AND p.method IN ('online', 'card')"
      " AND (CAST($4 AS text) IS NULL OR (p.method = 'card') = ($4 = 'card')) AND " TAKEN
      " AND NOT EXISTS (SELECT 1 FROM settlement_line l WHERE l.payment_id = p.id)"
      " ORDER BY p.received_at, p.id LIMIT $5";

/* --- which payment is meant --- */

static gboolean
is_card (const MhSettlementSought *sought)
{
  return g_strcmp0 (sought->provider, MH_SETTLEMENT_CARD) == 0;
}

static const char *
sql_of (const MhSettlementSought *sought)
{
  if (is_card (sought))
    return sought->refund ? sql_slip_refund : sql_slip;
  return sought->refund ? sql_refund : sql_payment;
}

void
mh_settlements_store_sought_prefetch (MhDb *db, const MhSettlementSought *sought)
{
  const MhArg args[] = { MH_TEXT (sought->reference), MH_TEXT (sought->hospital_id),
                         MH_INT (sought->from), MH_INT (sought->to) };
  mh_db_prefetch (db, sql_of (sought), args, is_card (sought) ? 4 : 2);
}

static void
ours_free (gpointer data)
{
  MhSettlementOurs *ours = data;
  g_free (ours->id);
  g_free (ours);
}

GPtrArray *
mh_settlements_store_sought (MhDb *db, const MhSettlementSought *sought, GError **error)
{
  const MhArg args[] = { MH_TEXT (sought->reference), MH_TEXT (sought->hospital_id),
                         MH_INT (sought->from), MH_INT (sought->to) };
  GError *failure = NULL;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_of (sought), args, is_card (sought) ? 4 : 2, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (ours_free);

  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    {
      MhSettlementOurs *ours = g_new0 (MhSettlementOurs, 1);
      ours->id = g_strdup (mh_rows_text (rows, 0));
      ours->amount = mh_rows_int (rows, 1);
      ours->settled = mh_rows_int (rows, 2) > 0;
      g_ptr_array_add (found, ours);
    }

  if (failure == NULL)
    return g_steal_pointer (&found);

  g_propagate_error (error, failure);
  return NULL;
}

/* --- settlements --- */

MhRecord *
mh_settlements_store_find (MhDb *db,
                           const char *hospital_id,
                           const char *provider,
                           const char *reference,
                           GError **error)
{
  g_autoptr (GPtrArray) found = mh_store_select (
      db, &mh_settlement_type, mh_sql_select (&mh_settlement_type, sql_find),
      MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (provider), MH_TEXT (reference)), error);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

GPtrArray *
mh_settlements_store_lines (MhDb *db, const char *settlement_id, GError **error)
{
  return mh_store_select (db, &mh_settlement_line_type,
                          mh_sql_select (&mh_settlement_line_type, sql_lines_of),
                          MH_ARGS (MH_TEXT (settlement_id)), error);
}

GPtrArray *
mh_settlements_store_list (MhDb *db, const MhSettlementsQuery *query, GError **error)
{
  gboolean first = query->before_id == NULL;
  return mh_store_select (db, &mh_settlement_type, mh_sql_select (&mh_settlement_type, sql_list),
                          MH_ARGS (MH_TEXT (query->hospital_id), MH_TEXT (query->provider),
                                   MH_TEXT (first ? "9999-12-31" : query->before_on),
                                   MH_TEXT (first ? "" : query->before_id), MH_INT (query->limit)),
                          error);
}

/* --- what agrees and what does not --- */

gboolean
mh_settlements_store_matched (MhDb *db,
                              const MhSettlementsPeriod *period,
                              gint64 *out_count,
                              gint64 *out_sum,
                              GError **error)
{
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_matched,
                     MH_ARGS (MH_TEXT (period->hospital_id), MH_TEXT (period->from_day),
                              MH_TEXT (period->to_day), MH_TEXT (period->provider)),
                     error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  *out_count = mh_rows_int (rows, 0);
  *out_sum = mh_rows_int (rows, 1);
  return TRUE;
}

static MhRecord *
read_difference (MhRows *rows)
{
  MhRecord *difference = mh_record_new (&mh_difference_type);
  for (guint i = 0; i < MH_DIFFERENCE_N_FIELDS; i++)
    {
      if (mh_rows_is_null (rows, i))
        continue;
      if (mh_field_is_int (&mh_difference_type.fields[i]))
        mh_record_set_int (difference, i, mh_rows_int (rows, i));
      else
        mh_record_set_text (difference, i, mh_rows_text (rows, i));
    }
  return difference;
}

static GPtrArray *
read_differences (MhRows *rows, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &failure))
    g_ptr_array_add (found, read_difference (rows));
  if (failure == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mh_settlements_store_differences (MhDb *db, const MhSettlementsPeriod *period, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_differences,
      MH_ARGS (MH_TEXT (period->hospital_id), MH_TEXT (period->from_day), MH_TEXT (period->to_day),
               MH_TEXT (period->provider), MH_INT (period->limit)),
      error);
  return read_differences (rows, error);
}

GPtrArray *
mh_settlements_store_not_settled (MhDb *db, const MhSettlementsPeriod *period, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (
      db, sql_not_settled,
      MH_ARGS (MH_TEXT (period->hospital_id), MH_INT (period->from), MH_INT (period->to),
               MH_TEXT (period->provider), MH_INT (period->limit)),
      error);
  return read_differences (rows, error);
}
