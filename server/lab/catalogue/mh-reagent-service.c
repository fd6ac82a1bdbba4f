/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-reagent-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-reagent-store.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"

#define LOOK_JOB "reagents.look"
#define MOST_LOTS 200

/* --- the day --- */

static void
day_there (MhCatalogueView *view, const char *hospital_id, gint64 now, char day[MH_DATE_LENGTH + 1])
{
  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *name = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE) : NULL;
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  mh_date_format (mh_date_of_instant (now, zone), day);
}

/* --- telling --- */

static gboolean
tell_low (MhTx *tx, const char *hospital_id, MhRecord *reagent, const char *today, GError **error)
{
  const char *code = mh_record_text (reagent, MH_REAGENT_CODE);
  gint64 total = mh_reagent_store_total (mh_tx_db (tx), hospital_id, code, today, error);
  if (total < 0)
    return FALSE;

  g_autofree char *key = g_strdup_printf ("%s:%s", MH_ALERT_REAGENT_LOW, code);
  gint64 level = mh_record_int (reagent, MH_REAGENT_LOW_LEVEL);
  if (total >= level && total > 0)
    return mh_alerts_clear (tx, hospital_id, key, error);

  g_autofree char *left = g_strdup_printf ("%" G_GINT64_FORMAT, total);
  const char *unit = mh_record_text (reagent, MH_REAGENT_UNIT);
  const char *const arguments[]
      = { mh_record_text (reagent, MH_REAGENT_NAME), left, unit != NULL ? unit : "", NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_REAGENT_LOW,
                               .severity = total == 0 ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
                               .hospital_id = hospital_id,
                               .subject_type = mh_reagent_type.code,
                               .subject_id = mh_record_id (reagent),
                               .arguments = arguments,
                               .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
tell_expiry (MhTx *tx, MhRecord *lot, MhRecord *reagent, const char *today, GError **error)
{
  const char *hospital_id = mh_record_text (lot, MH_REAGENT_LOT_HOSPITAL_ID);
  const char *until = mh_record_text (lot, MH_REAGENT_LOT_EXPIRY);
  g_autofree char *key = g_strdup_printf ("%s:%s", MH_ALERT_REAGENT_EXPIRING, mh_record_id (lot));
  MhDate expiry, now;
  gint64 days = mh_record_has (reagent, MH_REAGENT_EXPIRY_DAYS)
                    ? mh_record_int (reagent, MH_REAGENT_EXPIRY_DAYS)
                    : 30;

  if (mh_record_int (lot, MH_REAGENT_LOT_QUANTITY) == 0 || !mh_date_parse (until, &expiry)
      || !mh_date_parse (today, &now) || mh_date_to_days (expiry) - mh_date_to_days (now) > days)
    return mh_alerts_clear (tx, hospital_id, key, error);

  const char *const arguments[] = { mh_record_text (reagent, MH_REAGENT_NAME),
                                    mh_record_text (lot, MH_REAGENT_LOT_LOT), until, NULL };
  const MhAlertDraft draft
      = { .kind = MH_ALERT_REAGENT_EXPIRING,
          .severity = mh_date_compare (expiry, now) < 0 ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
          .hospital_id = hospital_id,
          .subject_type = mh_reagent_type.code,
          .subject_id = mh_record_id (reagent),
          .arguments = arguments,
          .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error);
}

static gboolean
look_at_hospital (MhTx *tx, MhCatalogueView *view, const char *hospital_id, GError **error)
{
  GPtrArray *reagents = mh_catalogue_all (view, &mh_reagent_type);
  char today[MH_DATE_LENGTH + 1];
  day_there (view, hospital_id, mh_tx_now (tx), today);

  for (guint i = 0; i < reagents->len; i++)
    {
      MhRecord *reagent = g_ptr_array_index (reagents, i);
      const char *code = mh_record_text (reagent, MH_REAGENT_CODE);
      const MhReagentLotsQuery query = {
        .hospital_id = hospital_id, .reagent = code, .today = today, .all = TRUE, .limit = MOST_LOTS
      };
      g_autoptr (GPtrArray) lots = mh_reagent_store_lots (mh_tx_db (tx), &query, error);
      if (lots == NULL)
        return FALSE;
      /* A reagent that this house never had is not missed. */
      if (lots->len == 0)
        continue;
      if (!tell_low (tx, hospital_id, reagent, today, error))
        return FALSE;
      for (guint k = 0; k < lots->len; k++)
        if (!tell_expiry (tx, g_ptr_array_index (lots, k), reagent, today, error))
          return FALSE;
    }

  return TRUE;
}

gboolean
mh_reagent_service_look (MhTx *tx, MhCatalogueView *view, GError **error)
{
  GPtrArray *hospitals = mh_catalogue_all (view, &mh_hospital_type);
  for (guint i = 0; i < hospitals->len; i++)
    if (!look_at_hospital (tx, view, mh_record_id (g_ptr_array_index (hospitals, i)), error))
      return FALSE;
  return TRUE;
}

/* --- movements --- */

/* Into a lot or out of it. */
typedef struct
{
  const char *kind;
  gint64 quantity;                  /* below 0: out */
  const char *test, *order_item_id; /* it was used for, or NULL */
  const char *reason;
} Move;

static gboolean
note_move (MhTx *tx, MhRecord *lot, const Move *what, GError **error)
{
  const MhWho *who = mh_tx_who (tx);
  g_autoptr (MhRecord) move = mh_record_new (&mh_reagent_move_type);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  mh_record_set_text (move, MH_REAGENT_MOVE_HOSPITAL_ID,
                      mh_record_text (lot, MH_REAGENT_LOT_HOSPITAL_ID));
  mh_record_set_text (move, MH_REAGENT_MOVE_LOT_ID, mh_record_id (lot));
  mh_record_set_text (move, MH_REAGENT_MOVE_REAGENT, mh_record_text (lot, MH_REAGENT_LOT_REAGENT));
  mh_record_set_text (move, MH_REAGENT_MOVE_KIND, what->kind);
  mh_record_set_int (move, MH_REAGENT_MOVE_QUANTITY, what->quantity);
  mh_record_set_text (move, MH_REAGENT_MOVE_TEST, what->test);
  mh_record_set_text (move, MH_REAGENT_MOVE_ORDER_ITEM_ID, what->order_item_id);
  mh_record_set_text (move, MH_REAGENT_MOVE_BY_ID, who->user_id);
  mh_record_set_text (move, MH_REAGENT_MOVE_BY_NAME, who->user_name);
  mh_record_set_int (move, MH_REAGENT_MOVE_AT, mh_tx_now (tx));
  mh_record_set_text (move, MH_REAGENT_MOVE_REASON, what->reason);
  g_ptr_array_add (one, move);

  return mh_tx_insert_parts (tx, one, error);
}

static gboolean
take_from_lots (MhTx *tx,
                GPtrArray *lots,
                gint64 need,
                const char *test,
                const char *order_item_id,
                GError **error)
{
  for (guint i = 0; i < lots->len && need > 0; i++)
    {
      MhRecord *lot = g_ptr_array_index (lots, i);
      gint64 amount = MIN (need, mh_record_int (lot, MH_REAGENT_LOT_QUANTITY));
      gboolean taken = FALSE;
      if (!mh_reagent_store_take (tx, mh_record_id (lot), amount, &taken, error))
        return FALSE;
      if (!taken)
        continue;
      if (!note_move (tx, lot,
                      &(Move){ .kind = MH_REAGENT_LOT_USED,
                               .quantity = -amount,
                               .test = test,
                               .order_item_id = order_item_id },
                      error)
          || !mh_tx_touch (tx, &mh_reagent_lot_type, mh_record_id (lot), NULL, error))
        return FALSE;
      need -= amount;
    }

  return TRUE;
}

/* What a test of an order is made with. */
typedef struct
{
  const char *hospital_id, *test, *order_item_id;
  char today[MH_DATE_LENGTH + 1]; /* of the hospital; empty until it is needed */
} Consumption;

static gboolean
reagent_service_consume (MhTx *tx, MhRecord *reagent, const Consumption *use, GError **error)
{
  const char *code = mh_record_text (reagent, MH_REAGENT_CODE);
  gboolean taken = FALSE;
  if (!mh_reagent_store_has_taken (mh_tx_db (tx), use->order_item_id, code, &taken, error))
    return FALSE;
  if (taken)
    return TRUE;
  const MhReagentLotsQuery query = {
    .hospital_id = use->hospital_id, .reagent = code, .today = use->today, .limit = MOST_LOTS
  };
  g_autoptr (GPtrArray) lots = mh_reagent_store_lots (mh_tx_db (tx), &query, error);
  return lots != NULL
         && take_from_lots (tx, lots, mh_reagent_use (reagent, use->test), use->test,
                            use->order_item_id, error)
         && tell_low (tx, use->hospital_id, reagent, use->today, error);
}

gboolean
mh_reagent_service_consume (MhTx *tx,
                            MhCatalogueView *view,
                            const char *hospital_id,
                            const char *test,
                            const char *order_item_id,
                            GError **error)
{
  GPtrArray *reagents = mh_catalogue_all (view, &mh_reagent_type);
  Consumption use = { hospital_id, test, order_item_id, "" };
  for (guint i = 0; i < reagents->len; i++)
    {
      MhRecord *reagent = g_ptr_array_index (reagents, i);
      if (!mh_record_bool (reagent, MH_REAGENT_ACTIVE) || mh_reagent_use (reagent, test) == 0)
        continue;
      if (*use.today == 0)
        day_there (view, hospital_id, mh_tx_now (tx), use.today);
      if (!reagent_service_consume (tx, reagent, &use, error))
        return FALSE;
    }

  return TRUE;
}

/* --- what sets it off --- */

static gboolean
is_handed_over (MhRecord *result)
{
  static const char *const measured[]
      = { MH_RESULT_STATUS_ENTERED, MH_RESULT_STATUS_VERIFIED, MH_RESULT_STATUS_CORRECTED, NULL };
  const char *status = result != NULL ? mh_record_text (result, MH_RESULT_STATUS) : NULL;
  return status != NULL && g_strv_contains (measured, status);
}

static gboolean
reagent_service_result_changed (MhTx *tx,
                                MhRecord *before,
                                MhRecord *after,
                                gpointer data,
                                GError **error)
{
  const char *test = mh_record_text (after, MH_RESULT_TEST);
  const char *item = mh_record_text (after, MH_RESULT_ORDER_ITEM_ID);
  if (is_handed_over (before) || !is_handed_over (after) || test == NULL || item == NULL)
    return TRUE;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (data), mh_tx_db (tx), error);
  return view != NULL
         && mh_reagent_service_consume (tx, view, mh_record_text (after, MH_RESULT_HOSPITAL_ID),
                                        test, item, error);
}

void
mh_reagent_service_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_result_type, reagent_service_result_changed,
                    server);
}

static gboolean
run_look (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (data), mh_tx_db (tx), error);
  return view != NULL && mh_reagent_service_look (tx, view, error);
}

void
mh_reagent_service_register (MhServer *server)
{
  mh_jobs_register (mh_server_jobs (server), LOOK_JOB, run_look, server);
  mh_jobs_repeat (mh_server_jobs (server), LOOK_JOB, 6 * MH_HOUR);
}

/* --- lots --- */

GPtrArray *
mh_reagent_service_lots (const MhRequest *req,
                         const char *reagent,
                         gboolean all,
                         const char *const *after,
                         guint limit,
                         GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (view == NULL)
    return NULL;
  day_there (view, mh_actor_hospital_id (req->actor), mh_request_now (req), today);
  const MhReagentLotsQuery query = { .hospital_id = mh_actor_hospital_id (req->actor),
                                     .reagent = reagent,
                                     .today = today,
                                     .all = all,
                                     .after_expiry = after != NULL ? after[0] : NULL,
                                     .after_id = after != NULL ? after[1] : NULL,
                                     .limit = limit };
  return mh_reagent_store_lots (req->db, &query, error);
}

static MhRecord *
reagent_of (MhCatalogueView *view, MhRecord *lot, GError **error)
{
  MhRecord *reagent
      = mh_catalogue_find (view, &mh_reagent_type, mh_record_text (lot, MH_REAGENT_LOT_REAGENT));
  if (reagent == NULL)
    mh_error_set_field (error, "reagent", "unknown_code", "There is no such reagent.");
  return reagent;
}

/* What follows from a lot that was changed by hand. */
static gboolean
reagent_service_tell (MhTx *tx,
                      MhCatalogueView *view,
                      MhRecord *lot,
                      MhRecord *reagent,
                      GError **error)
{
  char today[MH_DATE_LENGTH + 1];
  const char *hospital_id = mh_record_text (lot, MH_REAGENT_LOT_HOSPITAL_ID);
  day_there (view, hospital_id, mh_tx_now (tx), today);
  return tell_low (tx, hospital_id, reagent, today, error)
         && tell_expiry (tx, lot, reagent, today, error);
}

MhRecord *
mh_reagent_service_receive (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) lot = mh_record_copy (draft);
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  const char *hospital_id = view != NULL ? mh_edit_hospital (req->actor, error) : NULL;
  MhRecord *reagent = hospital_id != NULL ? reagent_of (view, lot, error) : NULL;

  if (reagent == NULL)
    return NULL;

  mh_record_set_text (lot, MH_REAGENT_LOT_HOSPITAL_ID, hospital_id);
  if (!mh_tx_insert (req->tx, lot, MH_AUDIT_CREATE, NULL, error)
      || !note_move (req->tx, lot,
                     &(Move){ .kind = MH_REAGENT_LOT_RECEIVED,
                              .quantity = mh_record_int (lot, MH_REAGENT_LOT_QUANTITY),
                              .reason = mh_record_text (lot, MH_REAGENT_LOT_NOTE) },
                     error)
      || !reagent_service_tell (req->tx, view, lot, reagent, error))
    return NULL;

  return g_steal_pointer (&lot);
}

MhRecord *
mh_reagent_service_count (const MhRequest *req, MhPatch patch, GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);

  if (view == NULL || !mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  gint64 now = mh_record_int (after, MH_REAGENT_LOT_QUANTITY);
  gint64 change = now - mh_record_int (before, MH_REAGENT_LOT_QUANTITY);
  if (change != 0 && !mh_record_has (patch.body, MH_REAGENT_LOT_NOTE))
    {
      mh_error_set_field (error, "note", "required", "Say why the quantity is changed by hand.");
      return NULL;
    }

  MhRecord *reagent = reagent_of (view, after, error);
  if (reagent == NULL || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || (change != 0
          && !note_move (req->tx, after,
                         &(Move){ .kind = now == 0 ? MH_REAGENT_LOT_WASTED : MH_REAGENT_LOT_COUNTED,
                                  .quantity = change,
                                  .reason = mh_record_text (patch.body, MH_REAGENT_LOT_NOTE) },
                         error))
      || !reagent_service_tell (req->tx, view, after, reagent, error))
    return NULL;

  return g_steal_pointer (&after);
}

GPtrArray *
mh_reagent_service_moves (const MhRequest *req, const char *lot_id, guint limit, GError **error)
{
  g_autoptr (MhRecord) lot = mh_edit_get (req, &mh_reagent_lot_type, lot_id, error);
  return lot != NULL ? mh_reagent_store_moves (req->db, lot_id, limit, error) : NULL;
}
