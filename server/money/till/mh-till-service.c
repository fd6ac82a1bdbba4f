/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/till/mh-till-service.h"

#include "server/money/till/mh-till-private.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

static gboolean
till_service_is (MhRecord *session, const char *status)
{
  return g_strcmp0 (mh_record_text (session, MH_CASH_SESSION_STATUS), status) == 0;
}

static gboolean
till_service_is_own (const MhActor *actor, MhRecord *session)
{
  return mh_actor_user_id (actor) != NULL
         && g_strcmp0 (mh_actor_user_id (actor),
                       mh_record_text (session, MH_CASH_SESSION_CASHIER_ID))
                == 0;
}

/* One's own drawer, or any with @permission; others' do not exist for the rest. */
static MhRecord *
till_service_get (const MhRequest *req, const char *id, const char *permission, GError **error)
{
  g_autoptr (MhRecord) session = mh_edit_get (req, &mh_cash_session_type, id, error);
  if (session == NULL)
    return NULL;
  if (till_service_is_own (req->actor, session) || mh_actor_require (req->actor, permission, error))
    return g_steal_pointer (&session);
  return NULL;
}

static gboolean
till_service_check_status (MhRecord *session,
                           const char *wanted,
                           const char *message,
                           GError **error)
{
  if (till_service_is (session, wanted))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "%s", message);
  return FALSE;
}

/* --- opening --- */

static MhRecord *
till_service_begin (const MhRequest *req, const MhPlace *place, MhRecord *draft, GError **error)
{
  g_autofree char *series = g_strconcat ("till:", place->code, NULL);
  gint64 number = mh_tx_next_number (req->tx, series, error);
  if (number < 0)
    return NULL;

  MhRecord *session
      = draft != NULL ? mh_record_copy (draft) : mh_record_new (&mh_cash_session_type);
  if (!mh_record_has (session, MH_ID))
    mh_record_take_text (session, MH_ID, mh_id_new ());
  mh_record_set_text (session, MH_CASH_SESSION_HOSPITAL_ID, place->hospital_id);
  mh_record_take_text (session, MH_CASH_SESSION_NUMBER,
                       g_strdup_printf ("%s-D%06" G_GINT64_FORMAT, place->code, number));
  mh_record_set_text (session, MH_CASH_SESSION_CASHIER_ID, mh_actor_user_id (req->actor));
  mh_record_set_text (session, MH_CASH_SESSION_CASHIER_NAME, mh_actor_name (req->actor));
  mh_record_set_text (session, MH_CASH_SESSION_STATUS, MH_CASH_SESSION_OPEN);
  mh_record_set_text (session, MH_CASH_SESSION_DAY, place->today);
  mh_record_set_int (session, MH_CASH_SESSION_OPENED_AT, mh_tx_now (req->tx));
  mh_record_set_bool (session, MH_CASH_SESSION_IMPLICIT, draft == NULL);
  mh_record_set_int (session, MH_CASH_SESSION_FLOAT,
                     draft != NULL ? mh_record_int (draft, MH_CASH_SESSION_FLOAT) : 0);
  mh_record_set_int (session, MH_CASH_SESSION_N_COUNTS, 0);

  return session;
}

/* Somebody took cash before thinking of the float: the drawer that this opened gets it now. */
static MhRecord *
till_service_adopt (MhTx *tx, MhRecord *before, MhRecord *draft, GError **error)
{
  if (!mh_record_bool (before, MH_CASH_SESSION_IMPLICIT))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Your drawer %s is open already.",
                    mh_record_text (before, MH_CASH_SESSION_NUMBER));
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_CASH_SESSION_IMPLICIT, FALSE);
  mh_record_set_int (after, MH_CASH_SESSION_FLOAT, mh_record_int (draft, MH_CASH_SESSION_FLOAT));
  if (mh_record_has (draft, MH_CASH_SESSION_DEVICE))
    mh_record_set_text (after, MH_CASH_SESSION_DEVICE,
                        mh_record_text (draft, MH_CASH_SESSION_DEVICE));

  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error) ? g_steal_pointer (&after)
                                                                        : NULL;
}

MhRecord *
mh_till_service_open (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  GError *failure = NULL;
  if (!mh_place_of (req, mh_tx_now (req->tx), &place, error)
      || !mh_till_check_open_day (req->db, place.hospital_id, place.today, error))
    return NULL;

  g_autoptr (MhRecord) open
      = mh_till_store_open_of (req->db, place.hospital_id, mh_actor_user_id (req->actor), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (open != NULL)
    return till_service_adopt (req->tx, open, draft, error);

  g_autoptr (MhRecord) session = till_service_begin (req, &place, draft, error);
  return session != NULL && mh_tx_insert (req->tx, session, MH_AUDIT_CREATE, NULL, error)
             ? g_steal_pointer (&session)
             : NULL;
}

void
mh_till_service_prefetch (const MhRequest *req)
{
  mh_till_store_open_of_prefetch (req->db, mh_actor_hospital_id (req->actor),
                                  mh_actor_user_id (req->actor));
}

gboolean
mh_till_service_cash (const MhRequest *req, char **out_session_id, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  GError *failure = NULL;
  gboolean required = FALSE;
  MhDb *db = req->db;

  if (req->actor == NULL || mh_actor_user_id (req->actor) == NULL)
    {
      *out_session_id = NULL;
      return TRUE;
    }

  if (!mh_place_of (req, mh_tx_now (req->tx), &place, error)
      || !mh_till_check_open_day (db, place.hospital_id, place.today, error))
    return FALSE;

  g_autoptr (MhRecord) session
      = mh_till_store_open_of (db, place.hospital_id, mh_actor_user_id (req->actor), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (session == NULL)
    {
      if (!mh_setting_bool (db, place.hospital_id, MH_SET_CASH_SESSION_REQUIRED, &required, error))
        return FALSE;
      if (required)
        {
          mh_error_set (error, MH_ERROR_CONFLICT, "Open your drawer with its float first.");
          return FALSE;
        }
      session = till_service_begin (req, &place, NULL, error);
      if (session == NULL || !mh_tx_insert (req->tx, session, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }

  *out_session_id = g_strdup (mh_record_id (session));
  return TRUE;
}

/* --- what else moves --- */

static gboolean
check_enough (MhDb *db, MhRecord *session, gint64 wanted, GError **error)
{
  MhTillSums sums = { 0 };
  if (!mh_till_store_sums (db, mh_record_id (session), &sums, error))
    return FALSE;
  if (mh_record_int (session, MH_CASH_SESSION_FLOAT) + sums.cash_in - sums.cash_out + sums.moved
      >= wanted)
    return TRUE;
  mh_error_set_field (error, "amount", "out_of_range", "There is less than that in the drawer.");
  return FALSE;
}

gboolean
mh_till_service_has_open (const MhRequest *req, gboolean *out_has, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) open = mh_till_store_open_of (req->db, mh_actor_hospital_id (req->actor),
                                                     mh_actor_user_id (req->actor), &failure);
  *out_has = open != NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
mh_till_service_covers (MhDb *db, const char *session_id, gint64 amount, GError **error)
{
  g_autoptr (MhRecord) session = mh_store_get (db, &mh_cash_session_type, session_id, error);
  /* What a drawer held that a payment opened is not known. */
  return session != NULL
         && (mh_record_bool (session, MH_CASH_SESSION_IMPLICIT)
             || check_enough (db, session, amount, error));
}

MhRecord *
mh_till_service_move (const MhRequest *req, const char *id, MhRecord *draft, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) session = till_service_get (req, id, MH_MAY_APPROVE_TILL, error);
  if (session == NULL
      || !till_service_check_status (session, MH_CASH_SESSION_OPEN,
                                     "This drawer is counted or closed.", error))
    return NULL;
  if (g_strcmp0 (mh_record_text (draft, MH_CASH_MOVE_KIND), MH_CASH_MOVE_PAY_IN) != 0
      && !check_enough (db, session, mh_record_int (draft, MH_CASH_MOVE_AMOUNT), error))
    return NULL;

  g_autoptr (MhRecord) move = mh_record_copy (draft);
  if (!mh_record_has (move, MH_ID))
    mh_record_take_text (move, MH_ID, mh_id_new ());
  mh_record_set_text (move, MH_CASH_MOVE_HOSPITAL_ID,
                      mh_record_text (session, MH_CASH_SESSION_HOSPITAL_ID));
  mh_record_set_text (move, MH_CASH_MOVE_SESSION_ID, id);
  mh_record_set_int (move, MH_CASH_MOVE_AT, mh_tx_now (req->tx));
  mh_record_set_text (move, MH_CASH_MOVE_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (move, MH_CASH_MOVE_BY_NAME, mh_actor_name (req->actor));

  return mh_tx_insert (req->tx, move, MH_AUDIT_CREATE, mh_record_text (move, MH_CASH_MOVE_REASON),
                       error)
             ? g_steal_pointer (&move)
             : NULL;
}

/* --- counting --- */

static gboolean
store_counts (MhTx *tx,
              const char *session_id,
              gint64 count_no,
              GPtrArray *asked,
              gint64 *out,
              GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 total = 0;
  for (guint i = 0; i < asked->len; i++)
    {
      MhRecord *row = mh_record_copy (g_ptr_array_index (asked, i));
      gint64 worth = 0;
      if (__builtin_mul_overflow (mh_record_int (row, MH_CASH_COUNT_DENOMINATION),
                                  mh_record_int (row, MH_CASH_COUNT_PIECES), &worth)
          || __builtin_add_overflow (total, worth, &total))
        total = G_MAXINT64 / 2;
      mh_record_take_text (row, MH_ID, mh_id_new ());
      mh_record_set_text (row, MH_CASH_COUNT_SESSION_ID, session_id);
      mh_record_set_int (row, MH_CASH_COUNT_COUNT_NO, count_no);
      g_ptr_array_add (rows, row);
    }

  *out = total;
  return rows->len == 0 || mh_tx_insert_parts (tx, rows, error);
}

static void
set_counted (MhRecord *session, const MhTillSums *sums, gint64 counted)
{
  gint64 expected = mh_record_int (session, MH_CASH_SESSION_FLOAT) + sums->cash_in - sums->cash_out
                    + sums->moved;
  mh_record_set_text (session, MH_CASH_SESSION_STATUS, MH_CASH_SESSION_COUNTED);
  mh_record_set_int (session, MH_CASH_SESSION_CASH_IN, sums->cash_in);
  mh_record_set_int (session, MH_CASH_SESSION_CASH_OUT, sums->cash_out);
  mh_record_set_int (session, MH_CASH_SESSION_MOVED, sums->moved);
  mh_record_set_int (session, MH_CASH_SESSION_EXPECTED, expected);
  mh_record_set_int (session, MH_CASH_SESSION_COUNTED_TOTAL, counted);
  mh_record_set_int (session, MH_CASH_SESSION_VARIANCE, counted - expected);
}

MhRecord *
mh_till_service_count (const MhRequest *req, const char *id, MhRecord *counting, GError **error)
{
  MhDb *db = req->db;
  MhTillSums sums = { 0 };
  gint64 counted = 0;
  g_autoptr (MhRecord) before = till_service_get (req, id, MH_MAY_APPROVE_TILL, error);

  if (before == NULL)
    return NULL;

  if (till_service_is (before, MH_CASH_SESSION_CLOSED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This drawer is closed.");
      return NULL;
    }

  gint64 count_no = mh_record_int (before, MH_CASH_SESSION_N_COUNTS) + 1;
  if (!store_counts (req->tx, id, count_no, mh_record_records (counting, MH_CASH_COUNTING_COUNTS),
                     &counted, error)
      || !mh_till_store_sums (db, id, &sums, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  set_counted (after, &sums, counted);
  mh_record_set_int (after, MH_CASH_SESSION_N_COUNTS, count_no);
  mh_record_set_int (after, MH_CASH_SESSION_COUNTED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_CASH_SESSION_COUNTED_BY, mh_actor_name (req->actor));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, "counted", error))
    return NULL;

  return mh_till_service_read (req, id, error);
}

/* --- closing --- */

static gboolean
check_variance (const MhRequest *req, MhRecord *session, MhRecord *closing, GError **error)
{
  gint64 variance = mh_record_int (session, MH_CASH_SESSION_VARIANCE);
  gint64 limit = 0;
  if (variance != 0 && !mh_record_has (closing, MH_CASH_CLOSING_VARIANCE_REASON))
    {
      mh_error_set_field (error, "variance_reason", "required",
                          "The drawer does not balance; choose the reason.");
      return FALSE;
    }

  if (!mh_setting_int (req->db, mh_record_text (session, MH_CASH_SESSION_HOSPITAL_ID),
                       MH_SET_CASH_VARIANCE_LIMIT, &limit, error))
    return FALSE;
  if (ABS (variance) <= limit || !till_service_is_own (req->actor, session))
    return TRUE;

  mh_error_set (error, MH_ERROR_FORBIDDEN,
                "The difference is large: a second person counts and closes this drawer.");
  return FALSE;
}

MhRecord *
mh_till_service_close (const MhRequest *req, const char *id, MhRecord *closing, GError **error)
{
  g_autoptr (MhRecord) before = till_service_get (req, id, MH_MAY_APPROVE_TILL, error);
  if (before == NULL
      || !till_service_check_status (before, MH_CASH_SESSION_COUNTED,
                                     till_service_is (before, MH_CASH_SESSION_OPEN)
                                         ? "Count the drawer first."
                                         : "This drawer is closed already.",
                                     error)
      || !check_variance (req, before, closing, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_CASH_SESSION_STATUS, MH_CASH_SESSION_CLOSED);
  mh_record_set_text (after, MH_CASH_SESSION_VARIANCE_REASON,
                      mh_record_text (closing, MH_CASH_CLOSING_VARIANCE_REASON));
  mh_record_set_text (after, MH_CASH_SESSION_NOTE, mh_record_text (closing, MH_CASH_CLOSING_NOTE));
  mh_record_set_int (after, MH_CASH_SESSION_CLOSED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_CASH_SESSION_CLOSED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_CASH_SESSION_CLOSED_NAME, mh_actor_name (req->actor));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, "closed", error))
    return NULL;

  return mh_till_service_read (req, id, error);
}

/* --- looking --- */

MhRecord *
mh_till_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) session = till_service_get (req, id, MH_MAY_READ_TILL, error);
  GPtrArray *counts = session != NULL ? mh_till_store_counts (req->db, id, error) : NULL;
  if (counts == NULL)
    return NULL;
  mh_record_take_records (session, MH_CASH_SESSION_COUNTS, counts);
  GPtrArray *moves = mh_till_store_moves (req->db, id, error);
  if (moves == NULL)
    return NULL;
  mh_record_take_records (session, MH_CASH_SESSION_MOVES, moves);
  return g_steal_pointer (&session);
}

GPtrArray *
mh_till_service_list (const MhRequest *req, const MhTillQuery *query, GError **error)
{
  MhTillQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  if (!mh_actor_may (req->actor, MH_MAY_READ_TILL))
    narrowed.cashier_id
        = mh_actor_user_id (req->actor) != NULL ? mh_actor_user_id (req->actor) : "";
  return mh_till_store_list (req->db, &narrowed, error);
}
