/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-live.h"

#include "server/platform/http/mh-http-live-private.h"
#include "shared/base/mh-clock.h"

#define BATCH 200
#define PAUSE_US (25 * 1000) /* between two rounds, so that a burst of commits is read together */
#define STALLED_US (30 * MH_SECOND)
#define PING_SECONDS 30
#define MAX_CLIENTS 4000

typedef struct
{
  gatomicrefcount refs;
  MhHttpLive *live;
  GMainContext *context; /* of the I/O thread to which the socket belongs */
  SoupWebsocketConnection *socket;
  MhCall *call; /* actor, token, query */
  /* Guarded by the live mutex. */
  gint64 after;
  gint64 stalled_since; /* monotonic, 0: not */
  gboolean in_flight;   /* a batch is on its way to the I/O thread */
  gboolean closed;
} Client;

typedef struct
{
  Client *client;
  GPtrArray *lines; /* NULL: close */
  gint64 next;
  guint close_code;
} Batch;

struct _MhHttpLive
{
  MhStore *store;
  MhMetrics *metrics;
  MhLiveFunc func;
  MhLiveValid valid;
  gpointer valid_data;
  GMutex mutex;
  GCond more;
  GPtrArray *clients;
  gint64 seq;
  gboolean awake;
  gboolean closing;
  gboolean ending;
  GThread *thread;
};

static void
client_unref (gpointer data)
{
  Client *client = data;
  if (!g_atomic_ref_count_dec (&client->refs))
    return;
  mh_call_free (client->call);
  g_main_context_unref (client->context);
  g_free (client);
}

static void
batch_free_cb (gpointer data)
{
  Batch *batch = data;
  client_unref (batch->client);
  g_clear_pointer (&batch->lines, g_ptr_array_unref);
  g_free (batch);
}

static void
wake_locked (MhHttpLive *live)
{
  live->awake = TRUE;
  g_cond_signal (&live->more);
}

/* On the I/O thread: is there room in the socket, or would the text pile up in memory? */
static gboolean
http_live_has_room (Client *client)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (client->socket);
  GSocket *raw = stream != NULL ? g_object_get_data (G_OBJECT (stream), "mh-socket") : NULL;
  return raw == NULL || (g_socket_condition_check (raw, G_IO_OUT) & G_IO_OUT) != 0;
}

/* TRUE: sent. FALSE: nothing was sent. */
static gboolean
send_lines (Client *client, GPtrArray *lines)
{
  if (!http_live_has_room (client))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    soup_websocket_connection_send_text (client->socket, g_ptr_array_index (lines, i));
  return TRUE;
}

static gboolean
deliver_cb (gpointer data)
{
  Batch *batch = data;
  Client *client = batch->client;
  MhHttpLive *live = client->live;
  gboolean open
      = client->socket != NULL
        && soup_websocket_connection_get_state (client->socket) == SOUP_WEBSOCKET_STATE_OPEN;
  gboolean sent = open && batch->lines != NULL && send_lines (client, batch->lines);
  gint64 now = g_get_monotonic_time ();
  guint close_code = batch->lines == NULL ? batch->close_code : 0;

  g_mutex_lock (&live->mutex);
  client->in_flight = FALSE;
  if (sent)
    {
      client->after = batch->next;
      client->stalled_since = 0;
    }
  else if (client->stalled_since == 0)
    client->stalled_since = now;
  else if (now - client->stalled_since > STALLED_US)
    close_code = SOUP_WEBSOCKET_CLOSE_GOING_AWAY + 12; /* 1013: try again later */
  if (client->after < live->seq && sent)
    wake_locked (live);
  g_mutex_unlock (&live->mutex);
  if (open && close_code != 0)
    soup_websocket_connection_close (client->socket, (gushort)close_code, NULL);

  return G_SOURCE_REMOVE;
}

static void
post (Client *client, GPtrArray *lines, gint64 next, guint close_code)
{
  Batch *batch = g_new0 (Batch, 1);
  g_atomic_ref_count_inc (&client->refs);
  batch->client = client;
  batch->lines = lines;
  batch->next = next;
  batch->close_code = close_code;
  g_main_context_invoke_full (client->context, G_PRIORITY_DEFAULT, deliver_cb, batch,
                              batch_free_cb);
}

/* On the live thread. */
static void
http_live_serve (MhHttpLive *live, Client *client, gint64 after)
{
  g_autoptr (GError) error = NULL;
  gint64 next = after;
  if (live->valid != NULL && !live->valid (client->call->token, live->valid_data))
    {
      post (client, NULL, after, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
      return;
    }

  GPtrArray *lines = live->func (client->call, after, BATCH, &next, &error);
  if (lines != NULL && lines->len > 0)
    {
      post (client, lines, next, 0);
      return;
    }

  g_clear_pointer (&lines, g_ptr_array_unref);
  g_mutex_lock (&live->mutex);
  client->in_flight = FALSE;
  gboolean moved = next > client->after;

  if (error == NULL)
    client->after = next;
  if (moved && client->after < live->seq)
    wake_locked (live);
  g_mutex_unlock (&live->mutex);
}

static void
serve_all (MhHttpLive *live)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (client_unref);
  g_mutex_lock (&live->mutex);
  for (guint i = 0; i < live->clients->len; i++)
    {
      Client *client = g_ptr_array_index (live->clients, i);
      if (client->closed || client->in_flight || client->after >= live->seq)
        continue;
      client->in_flight = TRUE;
      g_atomic_ref_count_inc (&client->refs);
      g_ptr_array_add (due, client);
    }

  g_mutex_unlock (&live->mutex);
  for (guint i = 0; i < due->len; i++)
    http_live_serve (live, g_ptr_array_index (due, i),
                     ((Client *)g_ptr_array_index (due, i))->after);
}

static gpointer
http_live_run (gpointer data)
{
  MhHttpLive *live = data;
  g_mutex_lock (&live->mutex);
  while (!live->ending)
    {
      /* A stalled client is looked at again now and then without being woken. */
      gint64 until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
      while (!live->awake && !live->ending && g_cond_wait_until (&live->more, &live->mutex, until))
        ;
      live->awake = FALSE;
      g_mutex_unlock (&live->mutex);
      serve_all (live);
      g_usleep (PAUSE_US);
      g_mutex_lock (&live->mutex);
    }
  g_mutex_unlock (&live->mutex);

  return NULL;
}

MhHttpLive *
mh_http_live_new (MhStore *store, MhMetrics *metrics, MhLiveFunc func)
{
  MhHttpLive *live = g_new0 (MhHttpLive, 1);
  live->store = store;
  live->metrics = metrics;
  live->func = func;
  live->seq = store != NULL ? mh_store_feed_seq (store) : 0;
  g_mutex_init (&live->mutex);
  g_cond_init (&live->more);
  live->clients = g_ptr_array_new_with_free_func (client_unref);
  live->thread = g_thread_new ("live", http_live_run, live);
  return live;
}

void
mh_http_live_free (MhHttpLive *live)
{
  if (live == NULL)
    return;
  g_mutex_lock (&live->mutex);
  live->ending = TRUE;
  g_cond_signal (&live->more);
  g_mutex_unlock (&live->mutex);
  g_thread_join (live->thread);
  g_ptr_array_unref (live->clients);
  g_cond_clear (&live->more);
  g_mutex_clear (&live->mutex);
  g_free (live);
}

void
mh_http_live_set_valid (MhHttpLive *live, MhLiveValid valid, gpointer data)
{
  live->valid = valid;
  live->valid_data = data;
}

void
mh_http_live_wake (MhHttpLive *live, gint64 seq)
{
  g_mutex_lock (&live->mutex);
  live->seq = MAX (live->seq, seq);
  if (live->clients->len > 0)
    wake_locked (live);
  g_mutex_unlock (&live->mutex);
}

void
mh_http_live_close (MhHttpLive *live)
{
  g_mutex_lock (&live->mutex);
  live->closing = TRUE;
  for (guint i = 0; i < live->clients->len; i++)
    post (g_ptr_array_index (live->clients, i), NULL, 0, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
  g_mutex_unlock (&live->mutex);
}

static void
on_closed_cb (SoupWebsocketConnection *socket, gpointer data)
{
  Client *client = data;
  MhHttpLive *live = client->live;
  g_signal_handlers_disconnect_by_data (socket, client);
  g_clear_object (&client->socket);
  mh_metrics_add (live->metrics, MH_GAUGE_LIVE, -1);
  g_mutex_lock (&live->mutex);
  client->closed = TRUE;
  g_ptr_array_remove_fast (live->clients, client);
  g_mutex_unlock (&live->mutex);
}

void
mh_http_live_add (MhHttpLive *live, SoupWebsocketConnection *socket, MhCall *call)
{
  Client *client = g_new0 (Client, 1);
  g_atomic_ref_count_init (&client->refs);
  client->live = live;
  client->context = g_main_context_ref_thread_default ();
  client->socket = g_object_ref (socket);
  client->call = call;
  soup_websocket_connection_set_max_incoming_payload_size (socket, 4096);
  soup_websocket_connection_set_keepalive_interval (socket, PING_SECONDS);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed_cb), client);
  mh_metrics_add (live->metrics, MH_GAUGE_LIVE, 1);
  g_mutex_lock (&live->mutex);
  client->after = mh_call_query_int (call, "after", live->seq);

  gboolean refused = live->closing || live->clients->len >= MAX_CLIENTS;
  g_ptr_array_add (live->clients, client);
  wake_locked (live);
  g_mutex_unlock (&live->mutex);
  if (refused)
    soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}
