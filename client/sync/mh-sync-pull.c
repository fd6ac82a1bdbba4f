/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/sync/mh-sync-private.h"

#include "client/sync/mh-sync-apply.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/platform/mh-audit.h"

#define PAGE "200"

/* What an empty copy is filled with at first: the whole catalogue, who may order and for which
 * department, the work that is open, the patients seen last, the newest reports, who is expected
 * and who waits today, what warns. Everything else comes as it is looked at or changes. */
static const struct
{
  const char *route_id;
  const char *args[5];
  gboolean whole; /* no feed tells of it: it is asked for again whenever the server is there */
} seeds[] = {
  { "test.list", { "limit", PAGE, NULL } },
  { "panel.list", { "limit", PAGE, NULL } },
  { "container.list", { "limit", PAGE, NULL } },
  { "bench.list", { "limit", PAGE, NULL } },
  { "value_set.list", { "limit", PAGE, NULL } },
  { "hospital.list", { "limit", PAGE, NULL } },
  { "department.list", { "limit", PAGE, NULL } },
  { "doctor.list", { "limit", PAGE, NULL }, TRUE },
  { "order.list", { "tab", "paid", "limit", PAGE, NULL } },
  { "order.list", { "tab", "cod", "limit", PAGE, NULL } },
  { "order.list", { "tab", "processing", "limit", PAGE, NULL } },
  { "order.list", { "tab", "failed", "limit", PAGE, NULL } },
  { "order.list", { "tab", "completed", "limit", "50", NULL } },
  { "report.recent", { "limit", "50", NULL } },
  { "prescription.list", { "limit", "50", NULL } },
  { "patient.list", { "limit", PAGE, NULL } },
  { "schedule.list", { "limit", PAGE, NULL } },
  { "leave.list", { "limit", PAGE, NULL } },
  { "appointment.list", { "limit", PAGE, NULL } },
  { "token.list", { "limit", PAGE, NULL } },
  { "visit.list", { "limit", PAGE, NULL } },
  { "alert.list", { "limit", PAGE, NULL } },
  { "critical.list", { "limit", PAGE, NULL } },
  { "inbox.list", { "limit", PAGE, NULL } },
  { "qc_target.list", { "limit", PAGE, NULL } },
  { "equipment.list", { "limit", PAGE, NULL } },
  { "zone.list", { "limit", PAGE, NULL } },
  { "unit.list", { "limit", PAGE, NULL } },
  { "worksheet.list", { "limit", PAGE, NULL } },
};

/* --- applying a page on the cache's thread --- */

typedef struct
{
  GPtrArray *changes; /* feed_change records */
  gint64 seq, at;     /* @at: when it came */
  char *epoch;
  GPtrArray *types;   /* out: const MhRecordType * */
  GPtrArray *ids;     /* out */
  GPtrArray *records; /* out: MhRecord or NULL */
} Page;

static void
page_free_cb (gpointer data)
{
  Page *page = data;
  g_ptr_array_unref (page->changes);
  g_free (page->epoch);
  g_ptr_array_unref (page->types);
  g_ptr_array_unref (page->ids);
  g_ptr_array_unref (page->records);
  g_free (page);
}

static void
sync_pull_unref_if (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static Page *
sync_pull_page_new (MhSync *sync, GPtrArray *changes, gint64 seq, const char *epoch)
{
  Page *page = g_new0 (Page, 1);
  page->changes = g_ptr_array_ref (changes);
  page->seq = seq;
  page->at = mh_clock_now (sync->clock);
  page->epoch = g_strdup (epoch);
  page->types = g_ptr_array_new ();
  page->ids = g_ptr_array_new_with_free_func (g_free);
  page->records = g_ptr_array_new_with_free_func (sync_pull_unref_if);
  return page;
}

static gboolean
apply_all (MhCache *cache, Page *page, GError **error)
{
  for (guint i = 0; i < page->changes->len; i++)
    {
      const MhRecordType *type = NULL;
      MhRecord *record = NULL;
      MhRecord *change = g_ptr_array_index (page->changes, i);
      if (!mh_sync_apply_change (cache, change, &type, &record, error))
        return FALSE;
      if (type == NULL)
        continue;
      g_ptr_array_add (page->types, (gpointer)type);
      g_ptr_array_add (page->ids, g_strdup (mh_record_text (change, MH_FEED_CHANGE_ID)));
      g_ptr_array_add (page->records, record);
    }

  return TRUE;
}

static gpointer
apply_page_cb (MhCache *cache, gpointer data, GError **error)
{
  Page *page = data;
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, page->seq);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, page->at);

  /* One transaction a page: a hundred single commits would be heard on a slow disk. */
  if (!mh_cache_is_open (cache) || !mh_db_begin (mh_cache_db (cache), MH_TX_WRITE, error))
    return NULL;
  if (apply_all (cache, page, error) && mh_cache_set_value (cache, "seq", seq, error)
      && mh_cache_set_value (cache, "reached_at", now, error)
      && (page->epoch == NULL || mh_cache_set_value (cache, "epoch", page->epoch, error))
      && mh_db_commit (mh_cache_db (cache), error))
    return page;

  mh_db_rollback (mh_cache_db (cache));
  return NULL;
}

/* Whoever watches a record is told once a page, of its newest state. */
static void
tell_page (MhSync *sync, Page *page)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < page->types->len; i++)
    g_hash_table_insert (last, g_ptr_array_index (page->ids, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < page->types->len; i++)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (last, g_ptr_array_index (page->ids, i))) == i)
      mh_sync_emit_changed (sync, g_ptr_array_index (page->types, i),
                            g_ptr_array_index (page->ids, i), g_ptr_array_index (page->records, i));
}

/* --- the live feed --- */

static void apply_arrived (MhSync *sync);

static void
live_applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  g_autoptr (GError) error = NULL;
  Page *page = mh_cache_run_finish (MH_CACHE (source), result, &error);

  sync->applying = FALSE;
  if (page == NULL && !g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    {
      /* What is missing is asked for again from the last number that is in the copy. */
      g_ptr_array_set_size (sync->arrived, 0);
      sync->feed_open = FALSE;
      mh_api_feed_close (sync->api);
      mh_sync_went_away (sync);
      return;
    }

  if (page != NULL)
    {
      sync->seq = MAX (sync->seq, page->seq);
      tell_page (sync, page);
    }

  apply_arrived (sync);
}

/* Together what came while the last was written: a busy hospital sends more than a disk takes
 * singly. A bounded page, so that the screen answers in between. */
static void
apply_arrived (MhSync *sync)
{
  enum
  {
    AT_ONCE = 200
  };

  guint n = MIN (sync->arrived->len, AT_ONCE);
  if (n == 0 || sync->applying)
    return;

  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (changes, g_object_ref (g_ptr_array_index (sync->arrived, i)));
  g_ptr_array_remove_range (sync->arrived, 0, n);

  gint64 seq = mh_record_int (g_ptr_array_index (changes, n - 1), MH_FEED_CHANGE_SEQ);
  sync->applying = TRUE;
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ apply_page_cb,
                                     sync_pull_page_new (sync, changes, seq, sync->epoch),
                                     page_free_cb },
                      sync->cancellable, live_applied_cb, g_object_ref (sync));
}

static void
sync_pull_event_cb (MhApi *api, const char *json, MhSync *sync)
{
  MhRecord *change = mh_record_from_text (&mh_feed_change_type, json, -1, MH_JSON_TRUSTED, NULL);
  if (change == NULL)
    return;
  g_ptr_array_add (sync->arrived, change);
  apply_arrived (sync);
}

static void
sync_pull_feed_closed_cb (MhApi *api, MhSync *sync)
{
  sync->feed_open = FALSE;
  if (sync->started && sync->state != MH_SYNC_OFFLINE)
    mh_sync_went_away (sync);
}

static void
open_feed (MhSync *sync)
{
  if (!sync->feed_open)
    {
      g_signal_handlers_disconnect_by_data (sync->api, sync);
      g_signal_connect_object (sync->api, "event", G_CALLBACK (sync_pull_event_cb), sync, 0);
      g_signal_connect_object (sync->api, "feed-closed", G_CALLBACK (sync_pull_feed_closed_cb),
                               sync, 0);
    }
  sync->feed_open = TRUE;
  g_ptr_array_set_size (sync->arrived, 0); /* they come again, after those that are in the copy */
  mh_api_feed_open (sync->api, sync->seq);
}

/* --- filling an empty copy --- */

typedef struct
{
  MhSync *sync;
  guint next;
  gint64 seq;
  char *epoch;
} Seeding;

static void
seeding_free (Seeding *seeding)
{
  g_object_unref (seeding->sync);
  g_free (seeding->epoch);
  g_free (seeding);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Seeding, seeding_free)

static void seed_next (Seeding *seeding);

static void
caught_up (MhSync *sync)
{
  sync->pulling = FALSE;
  sync->backoff = 0;
  open_feed (sync);
  mh_sync_push (sync);
}

static gpointer
sync_pull_put_items (MhCache *cache, gpointer data, GError **error)
{
  GPtrArray *items = data;
  if (!mh_cache_is_open (cache) || !mh_db_begin (mh_cache_db (cache), MH_TX_WRITE, error))
    return NULL;
  for (guint i = 0; i < items->len; i++)
    if (!mh_cache_put (cache, g_ptr_array_index (items, i), FALSE, error))
      {
        mh_db_rollback (mh_cache_db (cache));
        return NULL;
      }
  return mh_db_commit (mh_cache_db (cache), error) ? items : NULL;
}

/* --- a copy of another server --- */

/* What waits to be made is nowhere but here; of everything else the new server tells. */
static gboolean
sync_pull_clear (MhCache *cache, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ops = mh_outbox_list (cache, error);
  for (guint i = 0; ops != NULL && i < ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (ops, i);
      const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
      g_autoptr (MhRecord) record = type != NULL && type->table != NULL && op->record_id != NULL
                                        ? mh_cache_get (cache, type, op->record_id, NULL)
                                        : NULL;
      if (record != NULL && mh_record_version (record) == 0)
        g_ptr_array_add (kept, g_steal_pointer (&record));
      op->if_match = MIN (op->if_match, 0);
      if (op->if_match == 0 && !mh_outbox_update (cache, op, error))
        return FALSE;
    }

  /* until it is filled again it counts as never filled, also after a power cut in between */
  return ops != NULL && mh_cache_clear_records (cache, kept, error)
         && mh_cache_set_value (cache, "seq", "-1", error);
}

/* @data comes back as the sign that it is done. */
static gpointer
clear_copy_cb (MhCache *cache, gpointer data, GError **error)
{
  if (!mh_cache_is_open (cache) || !mh_db_begin (mh_cache_db (cache), MH_TX_WRITE, error))
    return NULL;
  if (sync_pull_clear (cache, error) && mh_db_commit (mh_cache_db (cache), error))
    return data;
  mh_db_rollback (mh_cache_db (cache));
  return NULL;
}

static void
sync_pull_cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Seeding) seeding = data;
  g_autoptr (GError) error = NULL;
  if (mh_cache_run_finish (MH_CACHE (source), result, &error) == NULL)
    {
      seeding->sync->pulling = FALSE;
      if (!g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
        mh_sync_went_away (seeding->sync);
      return;
    }

  seeding->sync->seq = -1;
  seed_next (g_steal_pointer (&seeding));
}

/* A version that waits was another server's: it fits none here, so that the change is compared
 * field by field with what is here now. */
static void
clear_copy (Seeding *seeding)
{
  MhSync *sync = seeding->sync;
  for (guint i = 0; i < sync->ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (sync->ops, i);
      op->if_match = MIN (op->if_match, 0);
    }

  g_hash_table_remove_all (sync->before);
  mh_cache_run_async (sync->cache, (MhCacheWork){ clear_copy_cb, sync }, sync->cancellable,
                      sync_pull_cleared_cb, seeding);
}

/* --- what no feed tells of --- */

typedef struct
{
  const MhRecordType *type;
  GPtrArray *items;
} Whole;

static void
whole_free_cb (gpointer data)
{
  Whole *whole = data;
  g_ptr_array_unref (whole->items);
  g_free (whole);
}

static gboolean
drop_missing (MhCache *cache, const Whole *whole, GError **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) kept = mh_cache_list (cache, whole->type, NULL, G_MAXINT32, error);
  for (guint i = 0; i < whole->items->len; i++)
    g_hash_table_add (named, (gpointer)mh_record_id (g_ptr_array_index (whole->items, i)));
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const char *id = mh_record_id (g_ptr_array_index (kept, i));
      if (!g_hash_table_contains (named, id) && !mh_cache_remove (cache, whole->type, id, error))
        return FALSE;
    }
  return kept != NULL;
}

/* Who is not named any more has left: on this desk, too. */
static gpointer
put_whole_cb (MhCache *cache, gpointer data, GError **error)
{
  Whole *whole = data;
  if (!mh_cache_is_open (cache) || !drop_missing (cache, whole, error))
    return NULL;
  return sync_pull_put_items (cache, whole->items, error);
}

void
mh_sync_keep (MhSync *sync, GPtrArray *records)
{
  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ sync_pull_put_items, g_ptr_array_ref (records),
                                     (GDestroyNotify)g_ptr_array_unref },
                      NULL, NULL, NULL);
}

static void
seed_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Seeding *seeding = data;
  g_autoptr (GError) error = NULL;
  mh_cache_run_finish (MH_CACHE (source), result, &error);
  seeding->next++;
  seed_next (seeding);
}

static void
seed_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Seeding *seeding = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  if (answer != NULL && answer->items != NULL)
    {
      mh_cache_run_async (seeding->sync->cache,
                          (MhCacheWork){ sync_pull_put_items, g_ptr_array_ref (answer->items),
                                         (GDestroyNotify)g_ptr_array_unref },
                          seeding->sync->cancellable, seed_stored_cb, seeding);
      return;
    }

  if (mh_sync_is_transient (error))
    {
      seeding->sync->pulling = FALSE;
      mh_sync_went_away (seeding->sync);
      seeding_free (seeding);
      return;
    }

  /* Not allowed to see it: nothing to keep of it. */
  seeding->next++;
  seed_next (seeding);
}

static void
seed_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Seeding) seeding = data;
  MhSync *sync = seeding->sync;
  mh_cache_run_finish (MH_CACHE (source), result, NULL);
  sync->seq = seeding->seq;
  g_free (sync->epoch);
  sync->epoch = g_strdup (seeding->epoch);
  mh_sync_emit_changed (sync, NULL, NULL, NULL);
  caught_up (sync);
}

static gboolean
sync_pull_may_ask (MhSync *sync, const char *route_id)
{
  const char *permission = mh_route_find (route_id)->permission;
  return permission[0] == 0 || sync->rights == NULL
         || g_strv_contains ((const char *const *)sync->rights, permission);
}

static void
seed_next (Seeding *seeding)
{
  while (seeding->next < G_N_ELEMENTS (seeds)
         && !sync_pull_may_ask (seeding->sync, seeds[seeding->next].route_id))
    seeding->next++;

  if (seeding->next < G_N_ELEMENTS (seeds))
    {
      mh_api_call_async (seeding->sync->api,
                         &(MhApiAsk){ .route = seeds[seeding->next].route_id,
                                      .args = seeds[seeding->next].args,
                                      .version = MH_API_ANY },
                         seeding->sync->cancellable, seed_answered_cb, seeding);
      return;
    }

  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  mh_cache_run_async (
      seeding->sync->cache,
      (MhCacheWork){ apply_page_cb,
                     sync_pull_page_new (seeding->sync, none, seeding->seq, seeding->epoch),
                     page_free_cb },
      seeding->sync->cancellable, seed_done_cb, seeding);
}

typedef struct
{
  MhSync *sync;
  const MhRecordType *type;
} Asked;

static void
whole_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (MhSync) sync = asked->sync;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, NULL);
  if (answer == NULL || answer->items == NULL || answer->next != NULL)
    return; /* not all of it: what is here stays */
  Whole *whole = g_new0 (Whole, 1);
  whole->type = asked->type;
  whole->items = g_ptr_array_ref (answer->items);
  mh_cache_run_async (sync->cache, (MhCacheWork){ put_whole_cb, whole, whole_free_cb },
                      sync->cancellable, NULL, NULL);
}

static void
ask_whole (MhSync *sync)
{
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      if (!seeds[i].whole || !sync_pull_may_ask (sync, seeds[i].route_id))
        continue;
      Asked *asked = g_new0 (Asked, 1);
      *asked = (Asked){ g_object_ref (sync), mh_route_find (seeds[i].route_id)->reply };
      mh_api_call_async (
          sync->api,
          &(MhApiAsk){ .route = seeds[i].route_id, .args = seeds[i].args, .version = MH_API_ANY },
          sync->cancellable, whole_answered_cb, asked);
    }
}

/* --- catching up --- */

static void
pull_failed (MhSync *sync, const GError *error)
{
  sync->pulling = FALSE;
  if (g_error_matches (error, MH_ERROR, MH_ERROR_UNAUTHORIZED))
    mh_sync_session_expired (sync);
  else if (!g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    mh_sync_went_away (sync);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  g_autoptr (GError) error = NULL;
  Page *page = mh_cache_run_finish (MH_CACHE (source), result, &error);

  if (page == NULL)
    {
      pull_failed (sync, error);
      return;
    }

  gboolean more = page->seq > sync->seq && page->changes->len > 0;
  sync->seq = page->seq;
  tell_page (sync, page);
  sync->pulling = FALSE;

  if (more)
    mh_sync_pull (sync);
  else
    {
      caught_up (sync);
      ask_whole (sync);
    }
}

static gboolean
other_server (MhSync *sync, const char *epoch)
{
  return sync->epoch != NULL && epoch != NULL && !g_str_equal (sync->epoch, epoch);
}

static void
page_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSync) sync = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  if (answer == NULL || answer->record == NULL)
    {
      pull_failed (sync, error);
      return;
    }

  const char *epoch = mh_record_text (answer->record, MH_CHANGE_PAGE_SERVER_EPOCH);
  gint64 last = mh_record_int (answer->record, MH_CHANGE_PAGE_LAST);
  mh_sync_set_state (sync, MH_SYNC_SYNCING);

  /* Too far behind, never filled, or a server that was set up anew: the feed alone will not do. */
  if (sync->seq < 0 || other_server (sync, epoch) || last < sync->seq)
    {
      Seeding *seeding = g_new0 (Seeding, 1);
      seeding->sync = g_object_ref (sync);
      seeding->seq = last;
      seeding->epoch = g_strdup (epoch);
      if (sync->epoch != NULL && sync->seq >= 0)
        clear_copy (seeding);
      else
        seed_next (seeding);
      return;
    }

  GPtrArray *items = mh_record_records (answer->record, MH_CHANGE_PAGE_ITEMS);
  gint64 next = mh_record_has (answer->record, MH_CHANGE_PAGE_NEXT)
                    ? mh_record_int (answer->record, MH_CHANGE_PAGE_NEXT)
                    : last;

  mh_cache_run_async (sync->cache,
                      (MhCacheWork){ apply_page_cb,
                                     sync_pull_page_new (sync, items != NULL ? items : none,
                                                         MAX (next, sync->seq), epoch),
                                     page_free_cb },
                      sync->cancellable, pulled_cb, g_object_ref (sync));
}

void
mh_sync_pull (MhSync *sync)
{
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (sync->seq, 0));
  const char *args[] = { "after", after, "limit", sync->seq < 0 ? "1" : PAGE, NULL };
  if (!sync->started || sync->pulling)
    return;
  sync->pulling = TRUE;
  mh_api_call_async (sync->api,
                     &(MhApiAsk){ .route = "feed.changes", .args = args, .version = MH_API_ANY },
                     sync->cancellable, page_answered_cb, g_object_ref (sync));
}
