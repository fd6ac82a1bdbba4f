/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-wire.h"

#include <string.h>

#include "shared/base/mh-json.h"
#include "shared/records/platform/mh-machine.h"

/* --- a store in memory: one thread that writes, no rows but idempotency keys --- */

struct _MhStore
{
  GThread *thread;
  GAsyncQueue *queue;
  GMutex lock; /* of the keys: a reader looks for one while the write queue works */
  GHashTable *keys;
  gint64 seq;
};

struct _MhTx
{
  MhStore *store;
  const MhWho *who;
  gint64 now;
};

typedef struct
{
  const MhWho *who;
  MhTxFunc func;
  MhTxDone done;
  gpointer data;
} Write;

static guint write_delay;
static int effects;

static gpointer
run_write_queue (gpointer data)
{
  MhStore *store = data;
  for (;;)
    {
      Write *write = g_async_queue_pop (store->queue);
      if (write->func == NULL)
        {
          g_free (write);
          return NULL;
        }
      g_autoptr (GError) error = NULL;
      MhTx tx = { store, write->who, g_get_real_time () };
      g_usleep (write_delay);
      int before = g_atomic_int_get (&effects);
      if (!write->func (&tx, write->data, &error))
        g_atomic_int_set (&effects, before);
      write->done (write->data, error);
      g_free (write);
    }
}

gboolean
mh_store_submit (MhStore *store, const MhWho *who, MhTxWork work, GError **error)
{
  Write *write = g_new0 (Write, 1);
  *write = (Write){ who, work.func, work.done, work.data };
  g_async_queue_push (store->queue, write);
  return TRUE;
}

MhDb *
mh_store_take_reader (MhStore *store, GError **error)
{
  return (MhDb *)store;
}

void
mh_store_give_reader (MhStore *store, MhDb *db)
{
}

MhSharedSnapshot *
mh_store_hold (MhStore *store)
{
  return (MhSharedSnapshot *)store;
}

MhDb *
mh_shared_snapshot_db (MhSharedSnapshot *held, GError **error)
{
  return (MhDb *)held;
}

void
mh_shared_snapshot_release (MhSharedSnapshot *held)
{
}

void
mh_shared_snapshot_free (MhSharedSnapshot *held)
{
}

MhDb *
mh_tx_db (MhTx *tx)
{
  return (MhDb *)tx->store;
}

gint64
mh_tx_now (MhTx *tx)
{
  return tx->now;
}

const MhWho *
mh_tx_who (MhTx *tx)
{
  return tx->who;
}

MhStore *
mh_tx_store (MhTx *tx)
{
  return tx->store;
}

gint64
mh_store_feed_seq (MhStore *store)
{
  return __atomic_load_n (&store->seq, __ATOMIC_SEQ_CST);
}

void
mh_store_stats (MhStore *store, MhStoreStats *out_stats)
{
}

MhRecord *
mh_store_find (MhDb *db,
               const MhRecordType *type,
               const char *column,
               const char *value,
               GError **error)
{
  MhStore *store = (MhStore *)db;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->lock);
  MhRecord *found = g_hash_table_lookup (store->keys, value);
  return found != NULL ? g_object_ref (found) : NULL;
}

void
mh_store_prefetch (MhDb *db, const MhRecordType *type, const char *id)
{
}

gboolean
mh_tx_insert (MhTx *tx, MhRecord *record, const char *verb, const char *reason, GError **error)
{
  const char *key = mh_record_text (record, MH_IDEMPOTENCY_KEY_KEY);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tx->store->lock);
  if (g_hash_table_contains (tx->store->keys, key))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Another record already has this value.");
      return FALSE;
    }
  g_hash_table_insert (tx->store->keys, g_strdup (key), g_object_ref (record));
  return TRUE;
}

static MhStore *
store_new (void)
{
  MhStore *store = g_new0 (MhStore, 1);
  store->queue = g_async_queue_new ();
  g_mutex_init (&store->lock);
  store->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  store->thread = g_thread_new ("write-queue", run_write_queue, store);
  return store;
}

static void
store_free (MhStore *store)
{
  g_async_queue_push (store->queue, g_new0 (Write, 1));
  g_thread_join (store->thread);
  g_async_queue_unref (store->queue);
  g_hash_table_unref (store->keys);
  g_mutex_clear (&store->lock);
  g_free (store);
}

/* --- routes of the test --- */

enum
{
  THING_NAME = MH_N_COMMON,
  THING_N_FIELDS
};

/* clang-format off */
static const MhField thing_fields[] = {
  MH_COMMON_FIELDS,
  [THING_NAME] = { "name", MH_KIND_TEXT, .label = "Name", .flags = MH_REQUIRED, .max = 20 },
};
static const MhRecordType thing_type = {
  .name = "MhThing", .code = "thing", .table = "thing", .path = "/things", .label = "Thing",
  .fields = thing_fields, .n_fields = G_N_ELEMENTS (thing_fields),
};
static const MhCode colours[] = { { "red", "Red" }, { "blue", "Blue" }, { NULL } };
static const MhParam thing_params[] = {
  { "colour", MH_KIND_ENUM, colours, "Colour" }, { "day", MH_KIND_DATE, NULL, "Day" },
  { "n", MH_KIND_INT, NULL, "Number" }, { NULL },
};
static const MhParam event_params[] = { { "after", MH_KIND_INT, NULL, "Number" }, { NULL } };
static const MhRoute routes[] = {
  { "thing.list", "GET", "/things", "thing.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &thing_type, thing_params, "List", "things", NULL, MH_RATE_NORMAL },
  { "thing.create", "POST", "/things", "thing.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &thing_type, &thing_type, NULL, "Make", "things", NULL, MH_RATE_NORMAL },
  { "thing.read", "GET", "/things/{id}", "thing.read", MH_ROUTE_READ, 0, NULL, &thing_type, NULL, "Read", "things", NULL, MH_RATE_NORMAL },
  { "thing.update", "PATCH", "/things/{id}", "thing.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &thing_type, &thing_type, NULL, "Change", "things", NULL, MH_RATE_NORMAL },
  { "thing.counts", "GET", "/things/counts", "thing.read", MH_ROUTE_READ, 0, NULL, NULL, NULL, "Counts", "things", NULL, MH_RATE_NORMAL },
  { "thing.drop", "DELETE", "/things/{id}", "thing.write", MH_ROUTE_WRITE, MH_ROUTE_NO_CONTENT | MH_ROUTE_IDEMPOTENT, NULL, NULL, NULL, "Drop", "things", NULL, MH_RATE_NORMAL },
  { "thing.upload", "POST", "/uploads", "thing.write", MH_ROUTE_PLAIN, MH_ROUTE_RAW, NULL, NULL, NULL, "Upload", "things", NULL, MH_RATE_NORMAL, 64 },
  { "thing.form", "POST", "/forms", "", MH_ROUTE_PLAIN, MH_ROUTE_RAW | MH_ROUTE_PUBLIC, NULL, NULL, NULL, "Form", "things", NULL, MH_RATE_NORMAL, 16 },
  { "thing.slow", "GET", "/slow", "", MH_ROUTE_PLAIN, 0, NULL, NULL, NULL, "Slow", "things", NULL, MH_RATE_NORMAL },
  { "feed.events", "GET", "/events", "", MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, event_params, "Live", "feed", "application/json", MH_RATE_NORMAL },
  { "health.live", "GET", "/health/live", "", MH_ROUTE_PLAIN, MH_ROUTE_PUBLIC | MH_ROUTE_OUTSIDE, NULL, NULL, NULL, "Live", "operations", NULL, MH_RATE_NONE },
};
/* clang-format on */

static MhReply *
reply_text (const char *json)
{
  return mh_reply_json (g_string_new (json));
}

static MhReply *
thing_list (MhCall *call, GError **error)
{
  static const char *const next[] = { "Ümit", "7", NULL };
  const char *const *after = mh_call_after (call);
  if (after != NULL && (g_strcmp0 (after[0], next[0]) != 0 || g_strcmp0 (after[1], next[1]) != 0))
    {
      mh_error_set (error, MH_ERROR_INTERNAL,
                    "the cursor came back changed: secret /path SELECT 1");
      return NULL;
    }
  return mh_reply_list (g_ptr_array_new_with_free_func (g_object_unref),
                        after == NULL ? next : NULL);
}

static MhReply *
thing_create (MhCall *call, GError **error)
{
  MhRecord *thing = mh_record_copy (mh_call_body (call));
  const char *name = mh_record_text (thing, THING_NAME);
  if (g_str_equal (name, "taken"))
    {
      g_object_unref (thing);
      mh_error_set (error, MH_ERROR_CONFLICT, "There is one already.");
      return NULL;
    }
  g_atomic_int_inc (&effects);
  mh_record_set_int (thing, MH_VERSION, 1);
  return mh_reply_record (thing);
}

static MhReply *
thing_read (MhCall *call, GError **error)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\"}", mh_call_param (call, "id"));
  return reply_text (json);
}

static MhReply *
thing_update (MhCall *call, GError **error)
{
  if (mh_call_if_match (call) == 3)
    return reply_text ("{\"version\":4}");
  mh_error_set_stale (error, "{\"version\":3}");
  return NULL;
}

static MhReply *
thing_counts (MhCall *call, GError **error)
{
  return reply_text ("{\"red\":1}");
}

static MhReply *
thing_drop (MhCall *call, GError **error)
{
  return mh_reply_empty ();
}

static MhReply *
thing_upload (MhCall *call, GError **error)
{
  g_autofree char *json
      = g_strdup_printf ("{\"bytes\":%zu}", g_bytes_get_size (mh_call_raw (call)));
  return reply_text (json);
}

static MhReply *
thing_slow (MhCall *call, GError **error)
{
  g_usleep (600 * 1000);
  return reply_text ("{\"slow\":true}");
}

static MhReply *
health_live (MhCall *call, GError **error)
{
  return reply_text ("{\"status\":\"ok\"}");
}

static void
bind_routes (MhRouter *router)
{
  mh_router_bind (router, "thing.list", thing_list);
  mh_router_bind (router, "thing.create", thing_create);
  mh_router_bind (router, "thing.read", thing_read);
  mh_router_bind (router, "thing.update", thing_update);
  mh_router_bind (router, "thing.counts", thing_counts);
  mh_router_bind (router, "thing.drop", thing_drop);
  mh_router_bind (router, "thing.upload", thing_upload);
  mh_router_bind (router, "thing.form", thing_upload);
  mh_router_bind (router, "thing.slow", thing_slow);
  mh_router_bind (router, "feed.events", thing_counts);
  mh_router_bind (router, "health.live", health_live);
}

static MhActor *
authenticate (const char *token, gboolean attended, gint64 now, gpointer data, GError **error)
{
  static const char *const read_only[] = { "thing.read", NULL };
  static const char *const both[] = { "thing.read", "thing.write", NULL };
  if (g_str_equal (token, "reader"))
    return mh_actor_new ("u1", "Reader", "role", NULL, "s1", read_only);
  if (g_str_equal (token, "writer"))
    return mh_actor_new ("u2", "Writer", "role", NULL, "s2", both);
  if (g_str_equal (token, "second"))
    return mh_actor_new ("u3", "Second", "role", NULL, "s3", both);
  mh_error_set (error, MH_ERROR_UNAUTHORIZED, "Unknown token.");
  return NULL;
}

void
wire_start (Wire *wire, const WireOptions *options)
{
  static const MhRouteTable table = { routes, G_N_ELEMENTS (routes) };
  g_autoptr (GError) error = NULL;
  wire->router = mh_router_new_for (&table, 1);
  bind_routes (wire->router);
  wire->clock = mh_clock_new ();
  wire->store = store_new ();
  MhDispatchConfig dispatch = { .router = wire->router,
                                .store = wire->store,
                                .clock = wire->clock,
                                .auth = authenticate,
                                .workers = 2,
                                .slow_workers = 1,
                                .max_waiting = options->max_waiting ? options->max_waiting : 1000,
                                .max_body = 1024 * 1024,
                                .per_minute = { [MH_RATE_NORMAL] = options->rate_normal } };
  wire->dispatch = mh_dispatch_new (&dispatch);
  MhHttpConfig http
      = { .listen = "127.0.0.1:0",
          .threads = 2,
          .max_connections = options->max_connections ? options->max_connections : 1000,
          .max_of_address = options->max_of_address ? options->max_of_address : 1000,
          .trusted_proxies = options->trusted_proxies ? options->trusted_proxies : "",
          .forwarded_header = "x-forwarded-for",
          .max_bodies = options->max_bodies ? options->max_bodies : 16 << 20,
          .header_seconds = options->header_seconds ? options->header_seconds : 30,
          .body_seconds = options->body_seconds ? options->body_seconds : 30,
          .dispatch = wire->dispatch };
  wire->http = mh_http_server_new (&http, &error);
  g_assert_no_error (error);
  mh_http_server_start (wire->http);
  wire->url = g_strdup (mh_http_server_url (wire->http));
  wire->port = (guint16)atoi (strrchr (wire->url, ':') + 1);
  g_atomic_int_set (&effects, 0);
}

void
wire_stop (Wire *wire)
{
  mh_http_server_stop (wire->http, 5);
  mh_http_server_free (wire->http);
  mh_dispatch_free (wire->dispatch);
  mh_router_free (wire->router);
  store_free (wire->store);
  mh_clock_unref (wire->clock);
  g_free (wire->url);
}

guint
wire_effects (void)
{
  return (guint)g_atomic_int_get (&effects);
}

void
wire_set_write_delay (guint micros)
{
  write_delay = micros;
}

Answer *
wire_ask (Wire *wire,
          const char *method,
          const char *path,
          const char *token,
          const char *headers,
          const char *body)
{
  return ask (wire->port, method, path, token, headers, body);
}
