/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/insights/mh-turnaround-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-work-time.h"

#define EVERY MH_MINUTE
/* In one transaction: others wait for the write queue meanwhile. */
#define CHANGES_AT_ONCE 400
#define ORDERS_AT_ONCE 300
#define BREACHES_AT_ONCE 200

/* --- what holds at a hospital --- */

typedef struct
{
  GTimeZone *zone;
  MhWorkTime *work;
  MhEvent from;
  gboolean routine_works;
} House;

static void
house_free (gpointer data)
{
  House *house = data;
  g_clear_pointer (&house->zone, g_time_zone_unref);
  mh_work_time_free (house->work);
  g_free (house);
}

static MhEvent
turnaround_service_event_of (const char *code)
{
  if (g_strcmp0 (code, MH_TURNAROUND_FROM_ORDERED) == 0)
    return MH_EVENT_ORDERED;
  return g_strcmp0 (code, MH_TURNAROUND_FROM_RECEIVED) == 0 ? MH_EVENT_RECEIVED
                                                            : MH_EVENT_COLLECTED;
}

/* Hours that cannot be read count as none: the clock goes on. */
static House *
house_new (MhDb *db, MhCatalogueView *view, const char *hospital_id, GError **error)
{
  House *house = g_new0 (House, 1);
  g_autofree char *hours = NULL, *holidays = NULL, *from = NULL;
  house->zone = mh_place_zone (view, hospital_id);

  if (!mh_setting_text (db, hospital_id, MH_SET_LAB_HOURS, &hours, error)
      || !mh_setting_text (db, hospital_id, MH_SET_LAB_HOLIDAYS, &holidays, error)
      || !mh_setting_text (db, hospital_id, MH_SET_TURNAROUND_FROM, &from, error)
      || !mh_setting_bool (db, hospital_id, MH_SET_TURNAROUND_WORKING, &house->routine_works,
                           error))
    {
      house_free (house);
      return NULL;
    }

  house->from = turnaround_service_event_of (from);
  house->work = mh_work_time_new (hours, holidays, house->zone, NULL);
  if (house->work == NULL)
    house->work = mh_work_time_new (NULL, NULL, house->zone, NULL);

  return house;
}

typedef struct
{
  MhTx *tx;
  MhCatalogueView *view;
  GHashTable *houses; /* hospital's id → House */
} Gather;

static House *
house_of (Gather *gather, const char *hospital_id, GError **error)
{
  const char *key = hospital_id != NULL ? hospital_id : "";
  House *house = g_hash_table_lookup (gather->houses, key);
  if (house == NULL)
    {
      house = house_new (mh_tx_db (gather->tx), gather->view, hospital_id, error);
      if (house != NULL)
        g_hash_table_insert (gather->houses, g_strdup (key), house);
    }
  return house;
}

/* --- times --- */

static const struct
{
  MhEvent from, to;
} segments[MH_N_SEGMENTS] = {
  [MH_SEGMENT_COLLECT] = { MH_EVENT_ORDERED, MH_EVENT_COLLECTED },
  [MH_SEGMENT_RECEIVE] = { MH_EVENT_COLLECTED, MH_EVENT_RECEIVED },
  [MH_SEGMENT_RESULT] = { MH_EVENT_RECEIVED, MH_EVENT_RESULTED },
  [MH_SEGMENT_VERIFY] = { MH_EVENT_RESULTED, MH_EVENT_VERIFIED },
  [MH_SEGMENT_REPORT] = { MH_EVENT_VERIFIED, MH_EVENT_REPORTED },
  [MH_SEGMENT_LAB] = { MH_EVENT_RECEIVED, MH_EVENT_VERIFIED },
  [MH_SEGMENT_TOTAL] = { MH_EVENT_ORDERED, MH_EVENT_REPORTED },
};

static void
turnaround_service_fill (MhTurnaround *row, MhWorkTime *work)
{
  for (guint i = 0; i < MH_N_SEGMENTS; i++)
    {
      gint64 from = row->at[segments[i].from], to = row->at[segments[i].to];
      gboolean known = from > 0 && to > 0;
      row->calendar[i] = known ? MAX (0, to - from) / MH_SECOND : -1;
      row->work[i] = !known         ? -1
                     : work != NULL ? mh_work_time_between (work, from, to) / MH_SECOND
                                    : row->calendar[i];
    }
}

/* A test without a limit for its priority has that of the next slower one. */
static gint64
turnaround_service_limit_of (MhCatalogueView *view, const char *test, const char *priority)
{
  static const guint fields[] = { MH_TEST_TAT_STAT, MH_TEST_TAT_URGENT, MH_TEST_TAT_ROUTINE };
  MhRecord *record = test != NULL ? mh_catalogue_find (view, &mh_test_type, test) : NULL;
  guint i = g_strcmp0 (priority, MH_PRIORITY_STAT) == 0     ? 0
            : g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1
                                                            : 2;
  for (; record != NULL && i < G_N_ELEMENTS (fields); i++)
    if (mh_record_has (record, fields[i]))
      return mh_record_int (record, fields[i]) * MH_MINUTE;
  return 0;
}

static void
set_due (MhTurnaround *row, const House *house, MhCatalogueView *view)
{
  gint64 limit = turnaround_service_limit_of (view, row->test, row->priority), from = 0;
  for (int event = (int)house->from; event >= 0 && from == 0; event--)
    from = row->at[event];
  gboolean routine = g_strcmp0 (row->priority, MH_PRIORITY_STAT) != 0
                     && g_strcmp0 (row->priority, MH_PRIORITY_URGENT) != 0;
  row->due_at = limit == 0                        ? 0
                : routine && house->routine_works ? mh_work_time_after (house->work, from, limit)
                                                  : from + limit;
}

static void
turnaround_service_set_days (MhTurnaround *row, GTimeZone *zone)
{
  MhDate day = mh_date_of_instant (row->at[MH_EVENT_ORDERED], zone);
  gint64 number = mh_date_to_days (day);
  mh_date_format (day, row->day);
  /* 1970-01-01 was a Thursday; weeks begin on Monday */
  mh_date_format (mh_date_from_days (number - ((number + 3) % 7 + 7) % 7), row->week);
}

/* --- alerts --- */

static char *
turnaround_service_key_of (const char *order_id, const char *bench)
{
  return g_strdup_printf ("turnaround:%s/%s", order_id, bench != NULL ? bench : "");
}

static gboolean
clear_if_done (MhTx *tx, const MhTurnaround *row, GError **error)
{
  gint64 late
      = mh_turnaround_store_late (mh_tx_db (tx), row->order_id, row->bench, mh_tx_now (tx), error);
  g_autofree char *key = turnaround_service_key_of (row->order_id, row->bench);
  return late > 0 || (late == 0 && mh_alerts_clear (tx, row->hospital_id, key, error));
}

static gboolean
turnaround_service_tell (MhTx *tx, const MhBreach *breach, GError **error)
{
  gboolean stat = g_strcmp0 (breach->priority, MH_PRIORITY_STAT) == 0;
  g_autofree char *due = g_strdup_printf ("@%" G_GINT64_FORMAT, breach->due_at);
  g_autofree char *key = turnaround_service_key_of (breach->order_id, breach->bench);
  const char *arguments[] = { breach->number != NULL ? breach->number : "–", breach->names,
                              breach->bench != NULL ? breach->bench : "–", due, NULL };
  MhAlertDraft draft = { .kind = stat ? MH_ALERT_STAT_DELAYED : MH_ALERT_TURNAROUND_BREACH,
                         .severity = stat ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
                         .hospital_id = breach->hospital_id,
                         .subject_type = mh_order_type.code,
                         .subject_id = breach->order_id,
                         .arguments = arguments,
                         .bench = breach->bench,
                         .dedupe_key = key };

  return mh_alerts_raise (tx, &draft, error)
         && mh_turnaround_store_told (tx, breach->order_id, breach->bench, mh_tx_now (tx), error);
}

gboolean
mh_turnaround_service_watch (MhTx *tx, GError **error)
{
  g_autoptr (GPtrArray) found
      = mh_turnaround_store_breaches (mh_tx_db (tx), mh_tx_now (tx), BREACHES_AT_ONCE, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (!turnaround_service_tell (tx, g_ptr_array_index (found, i), error))
      return FALSE;
  return found != NULL;
}

/* --- gathering --- */

static gboolean
turnaround_service_put (Gather *gather, MhTurnaround *row, GError **error)
{
  gboolean told = row->breached;
  House *house = house_of (gather, row->hospital_id, error);
  if (house == NULL)
    return FALSE;

  turnaround_service_set_days (row, house->zone);
  turnaround_service_fill (row, house->work);
  set_due (row, house, gather->view);

  /* what must be collected anew may become late anew */
  row->breached = told && (row->at[MH_EVENT_RECEIVED] > 0);
  if (row->cancelled ? !mh_turnaround_store_drop (gather->tx, row->item_id, error)
                     : !mh_turnaround_store_put (gather->tx, row, error))
    return FALSE;

  gboolean over
      = row->cancelled || row->at[MH_EVENT_VERIFIED] > 0 || row->at[MH_EVENT_RECEIVED] == 0;
  return !told || !over || clear_if_done (gather->tx, row, error);
}

static gboolean
turnaround_service_put_all (MhTx *tx, MhCatalogue *catalogue, GPtrArray *rows, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (catalogue, mh_tx_db (tx), error);
  g_autoptr (GHashTable) houses
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, house_free);
  Gather gather = { tx, view, houses };
  for (guint i = 0; view != NULL && i < rows->len; i++)
    if (!turnaround_service_put (&gather, g_ptr_array_index (rows, i), error))
      return FALSE;
  return view != NULL;
}

static gboolean
gather_changes (MhTx *tx, MhCatalogue *catalogue, gint64 seq, gboolean *out_more, GError **error)
{
  gint64 last = mh_turnaround_store_last_change (mh_tx_db (tx), error);
  gint64 to = MIN (last, seq + CHANGES_AT_ONCE);
  if (last < 0)
    return FALSE;
  *out_more = to < last;
  if (to <= seq)
    return TRUE;
  g_autoptr (GPtrArray) rows = mh_turnaround_store_changed (mh_tx_db (tx), seq, to, error);
  return rows != NULL && turnaround_service_put_all (tx, catalogue, rows, error)
         && mh_turnaround_store_set_mark (tx, NULL, to, error);
}

/* Orders from before this was gathered. What changes meanwhile is in the feed after @seq. */
static gboolean
gather_old (MhTx *tx,
            MhCatalogue *catalogue,
            const char *walked,
            gint64 seq,
            gboolean *out_more,
            GError **error)
{
  g_autofree char *last = NULL;
  if (seq < 0)
    seq = mh_turnaround_store_last_change (mh_tx_db (tx), error);
  g_autoptr (GPtrArray) rows
      = seq >= 0 ? mh_turnaround_store_walk (mh_tx_db (tx), walked, ORDERS_AT_ONCE, &last, error)
                 : NULL;
  *out_more = last != NULL;
  return rows != NULL && turnaround_service_put_all (tx, catalogue, rows, error)
         && mh_turnaround_store_set_mark (tx, last, seq, error);
}

gboolean
mh_turnaround_service_gather (MhTx *tx, MhCatalogue *catalogue, gboolean *out_more, GError **error)
{
  g_autofree char *walked = NULL;
  gint64 seq;
  if (!mh_turnaround_store_mark (mh_tx_db (tx), &walked, &seq, error))
    return FALSE;
  return walked != NULL ? gather_old (tx, catalogue, walked, seq, out_more, error)
                        : gather_changes (tx, catalogue, seq, out_more, error);
}

/* --- by itself --- */

/* There is more: at once, but once, however many runs find so. */
static gboolean
turnaround_service_go_on (MhTx *tx, GError **error)
{
  g_autofree char *walked = NULL, *key = NULL;
  gint64 seq;
  if (!mh_turnaround_store_mark (mh_tx_db (tx), &walked, &seq, error))
    return FALSE;
  key = g_strdup_printf ("turnaround:%s:%" G_GINT64_FORMAT, walked != NULL ? walked : "", seq);
  MhJobWanted again = { .kind = MH_JOB_TURNAROUND, .dedupe_key = key };
  return mh_jobs_enqueue (tx, &again, error);
}

static gboolean
turnaround_service_run (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  gboolean more = FALSE;
  return mh_turnaround_service_gather (tx, mh_server_catalogue (data), &more, error)
         && (more ? turnaround_service_go_on (tx, error) : mh_turnaround_service_watch (tx, error));
}

static gboolean
is_done (MhRecord *order)
{
  static const char *const done[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  const char *status = order != NULL ? mh_record_text (order, MH_ORDER_STATUS) : NULL;
  return status != NULL && g_strv_contains (done, status);
}

/* What is done is taken off the bench bar at once, not with the next gathering. */
static gboolean
turnaround_service_order_changed (MhTx *tx,
                                  MhRecord *before,
                                  MhRecord *after,
                                  gpointer data,
                                  GError **error)
{
  if (before == NULL || !is_done (after) || is_done (before))
    return TRUE;
  g_autofree char *prefix = g_strdup_printf ("turnaround:%s/", mh_record_id (after));
  return mh_alerts_clear_all (tx, mh_record_text (after, MH_ORDER_HOSPITAL_ID), prefix, error);
}

void
mh_turnaround_service_register (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_order_type, turnaround_service_order_changed,
                    server);
  mh_jobs_register (mh_server_jobs (server), MH_JOB_TURNAROUND, turnaround_service_run, server);
  mh_jobs_repeat (mh_server_jobs (server), MH_JOB_TURNAROUND, EVERY);
}
