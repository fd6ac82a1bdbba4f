/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day: its lock, and the book of everything taken and given back. */
#include "server/money/till/mh-till-private.h"
#include "server/platform/actor/mh-request.h"

#include "server/platform/audit/mh-audit-store.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

gboolean
mh_till_check_open_day (MhDb *db, const char *hospital_id, const char *day, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) lock = mh_till_store_lock (db, hospital_id, day, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (lock == NULL)
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT,
                "The cash of %s is closed; whoever closed it can open the day again.", day);
  return FALSE;
}

gboolean
mh_till_service_book_at (const MhRequest *req,
                         const char *hospital_id,
                         gint64 at,
                         gint64 now,
                         gint64 *out_at,
                         GError **error)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (MhActor) house = mh_actor_new (NULL, NULL, NULL, hospital_id, NULL, nothing);
  g_auto (MhPlace) place = { 0 };
  GError *failure = NULL;
  char day[MH_DATE_LENGTH + 1];

  if (!mh_place_of (MH_REQUEST_DB (req->db, req->server, house), now, &place, error))
    return FALSE;

  mh_date_format (mh_date_of_instant (at, place.zone), day);
  g_autoptr (MhRecord) lock = mh_till_store_lock (req->db, hospital_id, day, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *out_at = lock == NULL ? at : now;
  return TRUE;
}

static gboolean
till_day_read_day (const char *text, const MhPlace *place, MhDate *out_day, GError **error)
{
  if (text == NULL || !mh_date_parse (text, out_day))
    mh_error_set_field (error, "date", "format", "Write the day as YYYY-MM-DD.");
  else if (g_strcmp0 (text, place->today) > 0)
    mh_error_set_field (error, "date", "out_of_range", "This day has not come yet.");
  else
    return TRUE;
  return FALSE;
}

/* --- the lock --- */

static gboolean
check_closed (MhDb *db, const MhPlace *place, const char *day, GError **error)
{
  g_autoptr (GPtrArray) open = mh_till_store_unclosed (db, place->hospital_id, day, error);
  g_autoptr (GString) names = g_string_new (NULL);
  if (open == NULL)
    return FALSE;

  for (guint i = 0; i < open->len && i < 5; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        mh_record_text (g_ptr_array_index (open, i), MH_CASH_SESSION_CASHIER_NAME));

  if (open->len == 0)
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT, "These drawers are not closed yet: %s%s.", names->str,
                open->len > 5 ? ", …" : "");
  return FALSE;
}

static gboolean
set_audit_head (MhDb *db, MhRecord *lock, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) head = mh_audit_store_head (db, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (head == NULL)
    return TRUE;

  mh_record_set_int (lock, MH_DAY_LOCK_AUDIT_SEQ, mh_record_int (head, MH_AUDIT_ENTRY_SEQ));
  mh_record_set_text (lock, MH_DAY_LOCK_AUDIT_HASH, mh_record_text (head, MH_AUDIT_ENTRY_HASH));
  return TRUE;
}

static void
set_totals (MhRecord *lock, MhRecord *book)
{
  GPtrArray *drawers = mh_record_records (book, MH_DAY_BOOK_SESSIONS);
  gint64 variance = 0;
  for (guint i = 0; i < drawers->len; i++)
    variance += mh_record_int (g_ptr_array_index (drawers, i), MH_CASH_SESSION_VARIANCE);
  mh_record_set_int (lock, MH_DAY_LOCK_TAKEN, mh_record_int (book, MH_DAY_BOOK_TAKEN));
  mh_record_set_int (lock, MH_DAY_LOCK_GIVEN_BACK, mh_record_int (book, MH_DAY_BOOK_GIVEN_BACK));
  mh_record_set_int (lock, MH_DAY_LOCK_VARIANCE, variance);
  mh_record_set_int (lock, MH_DAY_LOCK_N_SESSIONS, drawers->len);
  mh_record_set_text (lock, MH_DAY_LOCK_CURRENCY, mh_record_text (book, MH_DAY_BOOK_CURRENCY));
}

MhRecord *
mh_till_service_lock (const MhRequest *req, const char *day, MhRecord *locking, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  MhDate date;
  MhDb *db = req->db;
  if (!mh_place_of (req, mh_tx_now (req->tx), &place, error)
      || !till_day_read_day (day, &place, &date, error)
      || !mh_till_check_open_day (db, place.hospital_id, day, error)
      || !check_closed (db, &place, day, error))
    return NULL;

  g_autoptr (MhRecord) book = mh_till_service_day_book (req, day, error);
  if (book == NULL)
    return NULL;

  g_autoptr (MhRecord) lock = mh_record_new (&mh_day_lock_type);
  mh_record_take_text (lock, MH_ID, mh_id_new ());
  mh_record_set_text (lock, MH_DAY_LOCK_HOSPITAL_ID, place.hospital_id);
  mh_record_set_text (lock, MH_DAY_LOCK_DAY, day);
  mh_record_set_int (lock, MH_DAY_LOCK_LOCKED_AT, mh_tx_now (req->tx));
  mh_record_set_text (lock, MH_DAY_LOCK_LOCKED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (lock, MH_DAY_LOCK_LOCKED_NAME, mh_actor_name (req->actor));
  mh_record_set_text (lock, MH_DAY_LOCK_NOTE, mh_record_text (locking, MH_DAY_LOCKING_NOTE));
  set_totals (lock, book);
  if (!set_audit_head (db, lock, error)
      || !mh_tx_insert (req->tx, lock, MH_AUDIT_CREATE, NULL, error))
    return NULL;

  return g_steal_pointer (&lock);
}

MhRecord *
mh_till_service_unlock (const MhRequest *req, const char *day, MhRecord *locking, GError **error)
{
  GError *failure = NULL;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  const char *note = mh_record_text (locking, MH_DAY_LOCKING_NOTE);
  if (hospital_id == NULL)
    return NULL;

  if (!mh_record_has (locking, MH_DAY_LOCKING_NOTE))
    {
      mh_error_set_field (error, "note", "required", "Say why the day is opened again.");
      return NULL;
    }

  g_autoptr (MhRecord) lock = mh_till_store_lock (req->db, hospital_id, day, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (lock == NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "This day is not closed.");
  else if (mh_tx_delete (req->tx, lock, note, error))
    return g_steal_pointer (&lock);

  return NULL;
}

/* --- the book --- */

static MhRecord *
total_of (GPtrArray *totals, const char *method)
{
  for (guint i = 0; i < totals->len; i++)
    {
      MhRecord *total = g_ptr_array_index (totals, i);
      if (g_strcmp0 (mh_record_text (total, MH_DAY_TOTAL_METHOD), method) == 0)
        return total;
    }

  MhRecord *total = mh_record_new (&mh_day_total_type);
  mh_record_set_text (total, MH_DAY_TOTAL_METHOD, method);
  mh_record_set_int (total, MH_DAY_TOTAL_COUNT, 0);
  mh_record_set_int (total, MH_DAY_TOTAL_TAKEN, 0);
  mh_record_set_int (total, MH_DAY_TOTAL_GIVEN_BACK, 0);
  mh_record_set_int (total, MH_DAY_TOTAL_NET, 0);
  g_ptr_array_add (totals, total);
  return total;
}

static void
till_day_add (MhRecord *record, guint field, gint64 amount)
{
  mh_record_set_int (record, field, mh_record_int (record, field) + amount);
}

/* What was spent of a deposit came in when the deposit was paid; it is no money of this day. */
static gboolean
is_money (const char *method)
{
  return g_strcmp0 (method, MH_METHOD_DEPOSIT) != 0;
}

static void
till_day_add_up (MhRecord *book, GPtrArray *lines, GPtrArray *totals)
{
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      const char *method = mh_record_text (line, MH_DAY_LINE_METHOD);
      gint64 taken = mh_record_int (line, MH_DAY_LINE_TAKEN);
      gint64 back = mh_record_int (line, MH_DAY_LINE_GIVEN_BACK);
      MhRecord *total = total_of (totals, method);
      till_day_add (total, MH_DAY_TOTAL_COUNT, 1);
      till_day_add (total, MH_DAY_TOTAL_TAKEN, taken);
      till_day_add (total, MH_DAY_TOTAL_GIVEN_BACK, back);
      till_day_add (total, MH_DAY_TOTAL_NET, taken - back);
      if (!is_money (method))
        continue;
      till_day_add (book, MH_DAY_BOOK_TAKEN, taken);
      till_day_add (book, MH_DAY_BOOK_GIVEN_BACK, back);
      till_day_add (book, MH_DAY_BOOK_NET, taken - back);
    }
}

static MhRecord *
make_book (const MhPlace *place, const char *day, GPtrArray *lines)
{
  MhRecord *book = mh_record_new (&mh_day_book_type);
  GPtrArray *totals = g_ptr_array_new_with_free_func (g_object_unref);
  mh_record_set_text (book, MH_DAY_BOOK_DAY, day);
  mh_record_set_text (book, MH_DAY_BOOK_HOSPITAL_ID, place->hospital_id);
  mh_record_set_text (book, MH_DAY_BOOK_CURRENCY, place->currency);
  mh_record_set_int (book, MH_DAY_BOOK_TAKEN, 0);
  mh_record_set_int (book, MH_DAY_BOOK_GIVEN_BACK, 0);
  mh_record_set_int (book, MH_DAY_BOOK_NET, 0);
  till_day_add_up (book, lines, totals);
  mh_record_take_records (book, MH_DAY_BOOK_LINES, g_ptr_array_ref (lines));
  mh_record_take_records (book, MH_DAY_BOOK_TOTALS, totals);
  return book;
}

MhRecord *
mh_till_service_day_book (const MhRequest *req, const char *day, GError **error)
{
  g_auto (MhPlace) place = { 0 };
  GError *failure = NULL;
  MhDate date;
  if (!mh_place_of (req, mh_request_now (req), &place, error)
      || !till_day_read_day (day != NULL ? day : place.today, &place, &date, error))
    return NULL;

  const char *wanted = day != NULL ? day : place.today;
  g_autoptr (GPtrArray) lines = mh_till_store_lines (
      req->db, place.hospital_id, mh_place_midnight (&place, date),
      mh_place_midnight (&place, mh_date_from_days (mh_date_to_days (date) + 1)), error);

  if (lines == NULL)
    return NULL;

  g_autoptr (MhRecord) book = make_book (&place, wanted, lines);
  GPtrArray *drawers = mh_till_store_of_day (req->db, place.hospital_id, wanted, error);
  if (drawers == NULL)
    return NULL;

  mh_record_take_records (book, MH_DAY_BOOK_SESSIONS, drawers);
  g_autoptr (MhRecord) lock = mh_till_store_lock (req->db, place.hospital_id, wanted, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (lock != NULL)
    mh_record_set_record (book, MH_DAY_BOOK_LOCK, lock);
  return g_steal_pointer (&book);
}
