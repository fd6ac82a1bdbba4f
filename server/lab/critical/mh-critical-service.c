/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/critical/mh-critical-service.h"

#include "server/lab/catalogue/mh-place.h"
#include "server/lab/critical/mh-critical-ladder.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-critical.h"

#define MOST_DAYS 1100
/* How far a desk's clock may run ahead. */
#define AHEAD (2 * MH_MINUTE)

static gboolean
critical_service_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- reading --- */

GPtrArray *
mh_critical_service_list (const MhRequest *req, MhCriticalQuery *query, GError **error)
{
  query->hospital_id = mh_actor_hospital_id (req->actor);
  return mh_critical_store_list (req->db, query, error);
}

MhRecord *
mh_critical_service_view (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) item = mh_edit_get (req, &mh_critical_item_type, id, error);
  g_autoptr (GPtrArray) calls = item != NULL ? mh_critical_store_calls (req->db, id, error) : NULL;
  GPtrArray *ladder = calls != NULL ? mh_critical_ladder_people (req->db, item, error) : NULL;
  if (ladder == NULL)
    return NULL;
  MhRecord *view = mh_record_new (&mh_critical_view_type);
  mh_record_set_record (view, MH_CRITICAL_VIEW_ITEM, item);
  mh_record_take_records (view, MH_CRITICAL_VIEW_CALLS, g_steal_pointer (&calls));
  mh_record_take_records (view, MH_CRITICAL_VIEW_LADDER, ladder);
  return view;
}

GPtrArray *
mh_critical_service_clinicians (const MhRequest *req,
                                const char *q,
                                const char *after,
                                guint limit,
                                GError **error)
{
  return mh_critical_store_clinicians (req->db, mh_actor_hospital_id (req->actor), q, after, limit,
                                       error);
}

/* --- calls --- */

/* When it was made; a desk without a server says so itself. */
static gboolean
critical_service_read_time (MhTx *tx, MhRecord *item, MhRecord *call, GError **error)
{
  gint64 at = mh_record_int (call, MH_CRITICAL_CALL_AT), now = mh_tx_now (tx);
  if (!mh_record_has (call, MH_CRITICAL_CALL_AT))
    mh_record_set_int (call, MH_CRITICAL_CALL_AT, now);
  else if (at > now + AHEAD)
    {
      mh_error_set_field (error, "at", "out_of_range", "This time has not come yet.");
      return FALSE;
    }
  else if (at < mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT) - AHEAD)
    {
      mh_error_set_field (error, "at", "out_of_range", "The value was not known at that time.");
      return FALSE;
    }

  return TRUE;
}

/* Whom of the directory it was; somebody else stands by name and is marked so. */
static gboolean
read_person (const MhRequest *req, MhRecord *call, GError **error)
{
  gboolean known = mh_record_has (call, MH_CRITICAL_CALL_TO_ID);
  mh_record_set_bool (call, MH_CRITICAL_CALL_IN_DIRECTORY, known);
  if (!known)
    return TRUE;

  g_autoptr (MhRecord) user = mh_store_find (req->db, &mh_user_type, "id",
                                             mh_record_text (call, MH_CRITICAL_CALL_TO_ID), error);
  if (user == NULL
      || !mh_actor_sees (req->actor, mh_record_text (user, MH_USER_HOSPITAL_ID), /* error */ NULL))
    {
      g_clear_error (error);
      mh_error_set_field (error, "to_id", "unknown", "This person is not in the directory.");
      return FALSE;
    }

  mh_record_set_text (call, MH_CRITICAL_CALL_TO_NAME, mh_record_text (user, MH_USER_NAME));
  return TRUE;
}

static gboolean
check_read_back (MhRecord *item, MhRecord *call, GError **error)
{
  if (!mh_record_bool (call, MH_CRITICAL_CALL_MATCHED)
      || mh_critical_read_back_holds (mh_record_text (item, MH_CRITICAL_ITEM_VALUE),
                                      mh_record_text (call, MH_CRITICAL_CALL_READ_BACK)))
    return TRUE;

  if (mh_critical_read_back_lacks_figure (mh_record_text (item, MH_CRITICAL_ITEM_VALUE),
                                          mh_record_text (call, MH_CRITICAL_CALL_READ_BACK)))
    mh_error_set_field (error, "read_back", "figure",
                        "Write what was read back with its figure, such as 6.8: words alone cannot "
                        "be compared with the value.");
  else
    mh_error_set_field (error, "read_back", "mismatch",
                        "What was read back is not the value; say it again, or mark it as not "
                        "matching.");

  return FALSE;
}

static void
fill_call (MhTx *tx, MhRecord *item, MhRecord *first, MhRecord *call)
{
  static const struct
  {
    guint from, to;
  } texts[] = { { MH_CRITICAL_ITEM_HOSPITAL_ID, MH_CRITICAL_CALL_HOSPITAL_ID },
                { MH_CRITICAL_ITEM_ORDER_ID, MH_CRITICAL_CALL_ORDER_ID },
                { MH_CRITICAL_ITEM_PATIENT_ID, MH_CRITICAL_CALL_PATIENT_ID },
                { MH_CRITICAL_ITEM_TARGET, MH_CRITICAL_CALL_TARGET },
                { MH_CRITICAL_ITEM_VALUE, MH_CRITICAL_CALL_VALUE } };
  const MhWho *who = mh_tx_who (tx);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (call, texts[i].to, mh_record_text (item, texts[i].from));
  mh_record_set_text (call, MH_CRITICAL_CALL_ITEM_ID, mh_record_id (item));
  mh_record_set_text (call, MH_CRITICAL_CALL_FOLLOWS_ID,
                      first != NULL ? mh_record_id (first) : NULL);
  mh_record_set_text (call, MH_CRITICAL_CALL_BY_ID, who->user_id);
  mh_record_set_text (call, MH_CRITICAL_CALL_BY_NAME, who->user_name);
}

/* Who took it: who was called, or somebody who answered for them. */
static const char *
taker_of (MhRecord *call)
{
  return mh_record_text (call, mh_record_has (call, MH_CRITICAL_CALL_TAKER)
                                   ? MH_CRITICAL_CALL_TAKER
                                   : MH_CRITICAL_CALL_TO_NAME);
}

static gboolean
count_call (MhTx *tx, MhRecord *item, MhRecord *call, MhRecord **out_after, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (item);
  gint64 at = mh_record_int (call, MH_CRITICAL_CALL_AT);
  gboolean told
      = mh_record_bool (call, MH_CRITICAL_CALL_MATCHED)
        && critical_service_is (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN);

  mh_record_set_int (after, MH_CRITICAL_ITEM_N_CALLS,
                     mh_record_int (item, MH_CRITICAL_ITEM_N_CALLS) + 1);
  mh_record_set_int (after, MH_CRITICAL_ITEM_LAST_CALL_AT,
                     MAX (at, mh_record_int (item, MH_CRITICAL_ITEM_LAST_CALL_AT)));

  if (told)
    {
      mh_record_set_text (after, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_ACKNOWLEDGED);
      mh_record_set_int (after, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT, at);
      mh_record_set_text (after, MH_CRITICAL_ITEM_ACKNOWLEDGED_BY, taker_of (call));
      mh_record_set_text (after, MH_CRITICAL_ITEM_CALL_ID, mh_record_id (call));
    }

  if (!mh_tx_update (tx, item, after, MH_AUDIT_UPDATE, "call", error)
      || (told && !mh_critical_ladder_end (tx, after, error)))
    return FALSE;

  *out_after = g_steal_pointer (&after);
  return TRUE;
}

MhRecord *
mh_critical_service_call (const MhRequest *req, const char *id, MhRecord *call, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) item = mh_edit_get (req, &mh_critical_item_type, id, error);
  g_autoptr (MhRecord) entry = mh_record_copy (call);
  if (item == NULL || !mh_actor_require (req->actor, MH_MAY_CALL_CRITICAL, error)
      || !critical_service_read_time (req->tx, item, entry, error)
      || !read_person (req, entry, error) || !check_read_back (item, entry, error))
    return NULL;

  g_autoptr (GPtrArray) before = mh_critical_store_calls (db, id, error);
  MhRecord *after = NULL;
  if (before == NULL)
    return NULL;

  fill_call (req->tx, item, before->len > 0 ? g_ptr_array_index (before, 0) : NULL, entry);
  return mh_tx_insert (req->tx, entry, MH_AUDIT_CREATE, NULL, error)
                 && count_call (req->tx, item, entry, &after, error)
             ? after
             : NULL;
}

/* --- closing --- */

MhRecord *
mh_critical_service_close (const MhRequest *req, const char *id, MhRecord *closing, GError **error)
{
  g_autoptr (MhRecord) item = mh_edit_get (req, &mh_critical_item_type, id, error);
  if (item == NULL || !mh_actor_require (req->actor, MH_MAY_CALL_CRITICAL, error))
    return NULL;

  const char *reason = mh_record_text (closing, MH_CRITICAL_CLOSING_REASON);
  const char *why_not
      = mh_critical_may_close (mh_record_text (item, MH_CRITICAL_ITEM_STATE),
                               mh_record_has (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT), reason);

  if (why_not != NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "%s", why_not);
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (item);
  mh_record_set_text (after, MH_CRITICAL_ITEM_STATE, MH_CRITICAL_CLOSED);
  mh_record_set_int (after, MH_CRITICAL_ITEM_CLOSED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_CRITICAL_ITEM_CLOSED_BY, mh_actor_user_id (req->actor));
  mh_record_set_text (after, MH_CRITICAL_ITEM_CLOSED_NAME, mh_actor_name (req->actor));
  mh_record_set_text (after, MH_CRITICAL_ITEM_CLOSE_REASON, reason);
  mh_record_set_text (after, MH_CRITICAL_ITEM_CLOSE_NOTE,
                      mh_record_text (closing, MH_CRITICAL_CLOSING_NOTE));

  return mh_tx_update (req->tx, item, after, MH_AUDIT_UPDATE, reason, error)
                 && mh_critical_ladder_end (req->tx, after, error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- figures --- */

static void
put_days (MhRecord *figures, MhDate from, MhDate to)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (from, text);
  mh_record_set_text (figures, MH_CRITICAL_FIGURES_FROM, text);
  mh_date_format (to, text);
  mh_record_set_text (figures, MH_CRITICAL_FIGURES_TO, text);
}

MhRecord *
mh_critical_service_figures (const MhRequest *req,
                             const char *from_text,
                             const char *to_text,
                             gint64 now,
                             GError **error)
{
  g_auto (MhPlace) place = { 0 };
  MhDays days;
  gint64 minutes;
  if (!mh_place_of (req, now, &place, error)
      || !mh_place_days (&place, from_text, to_text, MOST_DAYS, &days, error)
      || !mh_setting_int (req->db, place.hospital_id, MH_SET_CRITICAL_MINUTES, &minutes, error))
    return NULL;

  g_autoptr (GPtrArray) items = mh_critical_store_opened (
      req->db, place.hospital_id, mh_place_midnight (&place, days.from),
      mh_place_midnight (&place, mh_date_from_days (mh_date_to_days (days.to) + 1)), error);
  if (items == NULL)
    return NULL;

  MhRecord *figures = mh_record_new (&mh_critical_figures_type);
  g_autoptr (MhRecord) total = mh_critical_figure (items, /* department */ NULL, now);
  put_days (figures, days.from, days.to);
  mh_record_set_int (figures, MH_CRITICAL_FIGURES_POLICY_MINUTES, minutes);
  mh_record_set_record (figures, MH_CRITICAL_FIGURES_TOTAL, total);
  mh_record_take_records (figures, MH_CRITICAL_FIGURES_ROWS,
                          mh_critical_figures_by_department (items, now));

  return figures;
}
