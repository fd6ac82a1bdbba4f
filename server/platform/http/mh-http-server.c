/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "server/platform/http/mh-http-bind.h"
#include "server/platform/http/mh-http-budget.h"
#include "server/platform/http/mh-http-connection.h"
#include "server/platform/http/mh-http-farewell.h"
#include "server/platform/http/mh-http-forwarded.h"
#include "server/platform/http/mh-http-live-private.h"
#include "server/platform/http/mh-http-stream.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"

#define ACCEPT_AGAIN_MS 100
#define EVENTS_PATH MH_API_PREFIX "/events"

typedef struct
{
  MhHttpServer *server;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GSocket *listener;
  GSource *accept;
  SoupServer *soup;
  MhHttpConnections connections;
  gint swept;   /* monotonic second of the last http_server_sweep(); atomic */
  guint active; /* requests between their end and the end of their answer; atomic */
  GMutex mutex;
  GPtrArray *done; /* calls that are ready to be answered; guarded */
  GSource *answer;
  MhSharedSnapshot *held; /* of the thread; NULL: readers are taken for each call */
  MhHttpPoll *poll;
} Io;

/* Says when the loop is about to wait. */
typedef struct
{
  GSource base;
  Io *io;
} Rest;

typedef struct
{
  Io *io;
  GSocketAddress *address; /* of its own: it carries the connection */
  MhHttpConnection *connection;
  SoupServerMessage *message;
  MhCall *call;
  gint64 size;       /* of the body as told; -1: not told */
  gsize most;        /* that it may have */
  gsize reserved;    /* of the server's budget */
  gboolean counted;  /* among the active ones */
  gboolean asking;   /* inside mh_dispatch_…() on the I/O thread */
  gboolean answered; /* before it returned */
  gboolean gone;     /* the client went away */
  gboolean taken;    /* the connection is a WebSocket's now */
} Exchange;

struct _MhHttpServer
{
  MhHttpConfig config;
  GMutex mutex;
  MhHttpIdentity *identity; /* guarded; NULL: no TLS */
  gboolean tls;
  MhHttpProxies *proxies;
  MhHttpCrowd *crowd;
  char *url;
  Io *ios;
  gboolean started;
  MhHttpBudget budget; /* of heads and bodies */
  int draining;        /* atomic */
};

static gint
now_second (void)
{
  return (gint)(g_get_monotonic_time () / G_USEC_PER_SEC);
}

/* --- connections --- */

static MhHttpConnection *
connection_of (SoupServerMessage *message)
{
  return mh_http_connection_at (soup_server_message_get_remote_address (message));
}

static gboolean
http_server_sweep (gpointer data)
{
  Io *io = data;
  g_atomic_int_set (&io->swept, now_second ());
  mh_http_connections_sweep (&io->connections, g_atomic_int_get (&io->server->draining));
  return G_SOURCE_CONTINUE;
}

/* --- answering --- */

static void
put_headers (Exchange *exchange, SoupMessageHeaders *headers)
{
  MhHttpServer *server = exchange->io->server;
  const MhReply *reply = exchange->call->reply;
  soup_message_headers_append (headers, "X-Request-Id", exchange->call->request_id);
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Cache-Control", "no-store");
  soup_message_headers_append (headers, "Content-Security-Policy",
                               "default-src 'none'; frame-ancestors 'none'");
  if (server->tls)
    soup_message_headers_append (headers, "Strict-Transport-Security", "max-age=31536000");
  if (g_atomic_int_get (&server->draining))
    soup_message_headers_append (headers, "Connection", "close");
  for (guint i = 0; i < reply->n_headers; i++)
    soup_message_headers_replace (headers, reply->headers[i].name, reply->headers[i].value);
  if (reply->status != 204)
    soup_message_headers_append (headers, "Content-Type",
                                 reply->media != NULL ? reply->media : "application/json");
}

static void
put_reply (Exchange *exchange)
{
  SoupServerMessage *message = exchange->message;
  MhReply *reply = exchange->call->reply;
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, reply->status, NULL);
  put_headers (exchange, soup_server_message_get_response_headers (message));
  if (reply->bytes != NULL)
    soup_message_body_append_bytes (body, reply->bytes);
  else if (reply->body != NULL && reply->status != 204)
    {
      gsize length = reply->body->len;
      soup_message_body_append_take (
          body, (guchar *)g_string_free (g_steal_pointer (&reply->body), FALSE), length);
    }

  mh_http_connection_busy (exchange->connection, exchange->io->server->config.body_seconds);
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;
  if (!exchange->taken)
    mh_http_connection_rest (exchange->connection);
  g_object_unref (exchange->address);
  mh_http_budget_give (&exchange->io->server->budget, exchange->reserved);
  if (exchange->counted)
    g_atomic_int_dec_and_test (&exchange->io->active);
  mh_call_free (exchange->call);
  g_free (exchange);
}

static void begin_body (Exchange *exchange);

static void
answer_one (Exchange *exchange)
{
  SoupServerMessage *message = exchange->message;
  if (!exchange->gone && exchange->call->admitting)
    {
      if (exchange->call->error == NULL)
        soup_server_message_unpause (message);
      begin_body (exchange);
    }
  else if (!exchange->gone)
    {
      put_reply (exchange);
      soup_server_message_unpause (message);
    }

  g_object_unref (message);
}

static gboolean
answer_done (gpointer data)
{
  Io *io = data;
  g_source_set_ready_time (io->answer, -1);
  g_mutex_lock (&io->mutex);
  GPtrArray *done = io->done;
  io->done = g_ptr_array_new ();
  g_mutex_unlock (&io->mutex);
  for (guint i = 0; i < done->len; i++)
    answer_one (((MhCall *)g_ptr_array_index (done, i))->transport);
  g_ptr_array_unref (done);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_ready (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs ready_funcs = { NULL, NULL, dispatch_ready, NULL, NULL, NULL };

/* Any thread. */
static void
call_done (MhCall *call)
{
  Exchange *exchange = call->transport;
  Io *io = exchange->io;
  if (g_main_context_is_owner (io->context) && exchange->asking)
    {
      exchange->answered = TRUE;
      return;
    }

  g_mutex_lock (&io->mutex);
  gboolean first = io->done->len == 0;
  g_ptr_array_add (io->done, call);
  g_mutex_unlock (&io->mutex);
  if (first)
    g_source_set_ready_time (io->answer, 0);
}

/* --- requests --- */

static const char *
request_header (MhCall *call, const char *name)
{
  Exchange *exchange = call->transport;
  return soup_message_headers_get_one (soup_server_message_get_request_headers (exchange->message),
                                       name);
}

static void
take_request_id (MhCall *call, SoupMessageHeaders *headers)
{
  const char *id = soup_message_headers_get_one (headers, "X-Request-Id");
  gsize length = 0;
  while (id != NULL
         && (g_ascii_isalnum (id[length]) || (id[length] != 0 && strchr ("-_.", id[length]))))
    length++;

  if (id != NULL && id[length] == 0 && length >= 8 && length < MH_REQUEST_ID_SIZE)
    {
      g_strlcpy (call->request_id, id, sizeof call->request_id);
      return;
    }

  g_autofree char *made = mh_id_new ();
  g_strlcpy (call->request_id, made, sizeof call->request_id);
}

/* Of the client, though a proxy asks for it. */
static void
http_server_take_address (MhCall *call, SoupMessageHeaders *headers)
{
  Exchange *exchange = call->transport;
  const MhHttpConnection *connection = exchange->connection;
  const MhHttpProxies *proxies = exchange->io->server->proxies;
  g_autofree char *client = NULL;
  if (connection->proxy)
    client = mh_http_proxies_client (
        proxies, connection->host,
        soup_message_headers_get_list (headers, mh_http_proxies_header (proxies)));
  g_strlcpy (call->address, client != NULL ? client : connection->address, sizeof call->address);
}

static MhCall *
http_server_make_call (Exchange *exchange)
{
  SoupServerMessage *message = exchange->message;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  MhCall *call = mh_call_new ();

  call->method = g_strdup (soup_server_message_get_method (message));
  call->path = g_strdup (g_uri_get_path (uri));
  call->query = g_strdup (g_uri_get_query (uri));
  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    call->token = g_strstrip (g_strdup (authorization + 7));
  call->header = request_header;
  call->done = call_done;
  call->transport = exchange;
  take_request_id (call, headers);
  http_server_take_address (call, headers);
  call->held = exchange->io->held;

  return call;
}

static Exchange *
exchange_new (Io *io, SoupServerMessage *message)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  exchange->io = io;
  exchange->message = message;
  exchange->address = g_object_ref (soup_server_message_get_remote_address (message));
  exchange->connection = connection_of (message);
  exchange->call = http_server_make_call (exchange);
  g_object_set_data_full (G_OBJECT (message), "mh", exchange, exchange_free);
  return exchange;
}

/* The one that was made for its body, or a new one. */
static Exchange *
exchange_of (Io *io, SoupServerMessage *message)
{
  Exchange *exchange = g_object_get_data (G_OBJECT (message), "mh");
  return exchange != NULL ? exchange : exchange_new (io, message);
}

/* All of the request is here. */
static void
exchange_whole (Exchange *exchange)
{
  SoupMessageBody *body = soup_server_message_get_request_body (exchange->message);
  mh_http_connection_busy (exchange->connection, 0);
  exchange->call->raw = soup_message_body_flatten (body);
  exchange->counted = TRUE;
  g_atomic_int_inc (&exchange->io->active);
}

/* --- what is refused before it is read --- */

/* Takes @error. Setting a status would not stop libsoup from reading the whole body, so the
 * connection is taken away from it. */
static void
refuse_and_close (Exchange *exchange, GError *error)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (exchange->message);
  GSocketConnection *line = exchange->connection->stream;
  exchange->asking = TRUE;
  mh_dispatch_refuse (exchange->io->server->config.dispatch, exchange->call, error);
  exchange->asking = FALSE;
  exchange->taken = TRUE;

  const MhCall *call = exchange->call;
  char *text = mh_http_farewell_text (call->reply, call->request_id,
                                      soup_status_get_phrase (call->reply->status));
  g_autoptr (GSocketAddress) address = g_object_ref (exchange->address);
  GIOStream *stream = soup_server_message_steal_connection (message);

  mh_http_stream_forget_owner (line); /* it may outlive the thread */
  mh_http_farewell (stream, address, text);
}

static gboolean
reserve (Exchange *exchange, gsize bytes, GError **error)
{
  if (!mh_http_budget_take (&exchange->io->server->budget, bytes))
    {
      mh_error_set_retry (error, MH_ERROR_BUSY, 1,
                          "The server holds as many requests as it can; try again in a moment.");
      return FALSE;
    }
  exchange->reserved += bytes;
  return TRUE;
}

/* The pieces of a body that did not tell its size. */
static void
on_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Exchange *exchange = data;
  GError *error = NULL;
  if (exchange->reserved + g_bytes_get_size (chunk) > exchange->most)
    mh_error_set (&error, MH_ERROR_TOO_LARGE, "The body is too large; here it may have %zu bytes.",
                  exchange->most);
  else if (reserve (exchange, g_bytes_get_size (chunk), &error))
    return;
  g_signal_handlers_disconnect_by_data (message, exchange);
  refuse_and_close (exchange, error);
}

/* Who sends it may do so, as far as that had to be known. */
static void
begin_body (Exchange *exchange)
{
  MhCall *call = exchange->call;
  GError *error = g_steal_pointer (&call->error);
  call->admitting = FALSE;
  if (error == NULL)
    reserve (exchange, (gsize)MAX (exchange->size, 0), &error);
  if (error != NULL)
    {
      refuse_and_close (exchange, error);
      return;
    }

  mh_http_connection_busy (exchange->connection, exchange->io->server->config.body_seconds);
  if (exchange->size < 0)
    g_signal_connect (exchange->message, "got-chunk", G_CALLBACK (on_chunk_cb), exchange);
}

/* @size -1: not told. */
static void
expect_body (Exchange *exchange, gint64 size)
{
  MhDispatch *dispatch = exchange->io->server->config.dispatch;
  GError *error = NULL;
  exchange->size = size;

  if (!mh_dispatch_expect_body (dispatch, exchange->call, size, &exchange->most, &error))
    {
      refuse_and_close (exchange, error);
      return;
    }

  exchange->answered = size >= 0 && size <= MH_HTTP_SMALL_BODY;
  if (!exchange->answered)
    {
      exchange->asking = TRUE;
      mh_dispatch_admit_body (dispatch, exchange->call);
      exchange->asking = FALSE;
    }

  if (exchange->answered)
    {
      exchange->answered = FALSE;
      begin_body (exchange);
      return;
    }

  g_object_ref (exchange->message);
  soup_server_message_pause (exchange->message);
}

static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Io *io = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");

  mh_http_connection_busy (connection_of (message), io->server->config.body_seconds);

  /* Parts of answers are of no use here, and multipart ranges were a way to exhaust memory. */
  soup_message_headers_remove (headers, "Range");
  if (length == NULL && coding == NULL)
    return;

  guint64 size = 0;
  Exchange *exchange = exchange_new (io, message);
  GError *error = NULL;
  gboolean bad_length
      = length != NULL && !g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &size, NULL);

  if (bad_length || (length != NULL && coding != NULL)
      || (coding != NULL && g_ascii_strcasecmp (coding, "chunked") != 0))
    {
      mh_error_set (&error, MH_ERROR_MALFORMED,
                    "Content-Length and Transfer-Encoding do not say where the body ends.");
      refuse_and_close (exchange, error);
    }
  else
    expect_body (exchange, coding != NULL ? -1 : (gint64)size);
}

/* --- asking --- */

static void
on_request_cb (SoupServer *soup,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer data)
{
  Io *io = data;
  Exchange *exchange = exchange_of (io, message);
  exchange_whole (exchange);
  exchange->asking = TRUE;
  mh_dispatch_run (io->server->config.dispatch, exchange->call);
  exchange->asking = FALSE;

  if (exchange->answered)
    {
      put_reply (exchange);
      return;
    }

  g_object_ref (message);
  soup_server_message_pause (message);
}

/* A WebSocket's request: refused here, or left without status for libsoup to shake hands. */
static void
on_events_cb (SoupServer *soup,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer data)
{
  Io *io = data;
  GError *error = NULL;
  Exchange *exchange = exchange_of (io, message);

  exchange_whole (exchange);
  const char *upgrade = request_header (exchange->call, "Upgrade");
  gboolean ok = upgrade != NULL && g_ascii_strcasecmp (upgrade, "websocket") == 0;
  if (!ok || io->server->config.live == NULL)
    mh_error_set (&error, MH_ERROR_MALFORMED, "Ask with Upgrade: websocket.");
  else if (mh_dispatch_admit (io->server->config.dispatch, exchange->call, "feed.events", &error))
    return;

  exchange->call->reply = mh_reply_problem (error, exchange->call->request_id);
  g_error_free (error);
  put_reply (exchange);
}

static void
on_websocket (SoupServer *soup,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *socket,
              gpointer data)
{
  Io *io = data;
  Exchange *exchange = g_object_get_data (G_OBJECT (message), "mh");
  GIOStream *stream = soup_websocket_connection_get_io_stream (socket);

  g_object_set_data_full (G_OBJECT (stream), "mh-socket",
                          g_object_ref (exchange->connection->socket), g_object_unref);
  mh_http_connection_busy (exchange->connection, 0);
  exchange->taken = TRUE;
  mh_http_connection_forget_head (exchange->connection);

  /* it counts as a connection as long as it lasts */
  g_object_set_data_full (G_OBJECT (stream), "mh-address", g_object_ref (exchange->address),
                          g_object_unref);
  mh_http_stream_forget_owner (exchange->connection->stream);
  mh_http_stream_ration (exchange->connection->stream);
  exchange->call->header = NULL;
  exchange->call->transport = NULL;
  mh_http_live_add (io->server->config.live, socket, g_steal_pointer (&exchange->call));
}

/* --- the end of a request --- */

static void
on_aborted_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  Exchange *exchange = g_object_get_data (G_OBJECT (message), "mh");
  if (exchange != NULL)
    exchange->gone = TRUE;
}

/* --- accepting --- */

static gboolean on_accept (GSocket *listener, GIOCondition condition, gpointer data);

static void
watch_listener (Io *io)
{
  io->accept = g_socket_create_source (io->listener, G_IO_IN, NULL);
  g_source_set_callback (io->accept, G_SOURCE_FUNC (on_accept), io, NULL);
  g_source_attach (io->accept, io->context);
}

static void
stop_accepting (Io *io)
{
  if (io->accept == NULL)
    return;
  g_source_destroy (io->accept);
  g_clear_pointer (&io->accept, g_source_unref);
}

static gboolean
accept_again_cb (gpointer data)
{
  Io *io = data;
  if (io->accept == NULL && !g_atomic_int_get (&io->server->draining))
    watch_listener (io);
  return G_SOURCE_REMOVE;
}

/* No file descriptors left: asking again at once would only burn the processor. */
static void
pause_accepting (Io *io)
{
  stop_accepting (io);
  GSource *timer = g_timeout_source_new (ACCEPT_AGAIN_MS);
  g_source_set_callback (timer, accept_again_cb, io, NULL);
  g_source_attach (timer, io->context);
  g_source_unref (timer);
}

static const MhHttpWatch connection_watch
    = { .came = mh_http_connection_came, .rests = mh_http_connection_rests };

/* NULL without TLS. */
static MhHttpTls *
begin_tls (MhHttpServer *server, GSocket *socket)
{
  if (!server->tls)
    return NULL;
  g_mutex_lock (&server->mutex);
  MhHttpIdentity *identity = mh_http_identity_ref (server->identity);
  g_mutex_unlock (&server->mutex);
  MhHttpTls *tls = mh_http_tls_new (identity, g_socket_get_fd (socket));
  mh_http_identity_unref (identity);
  return tls;
}

static GSocketAddress *
http_server_enter (Io *io, GSocket *socket)
{
  MhHttpServer *server = io->server;
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  guint most = MAX (server->config.max_connections / server->config.threads, 1);
  if (remote == NULL || io->connections.all.length >= most)
    return NULL;
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (remote);
  g_autoptr (GInetAddress) host = mh_http_address_plain (g_inet_socket_address_get_address (inet));
  return mh_http_connection_new (&io->connections, socket, host,
                                 g_inet_socket_address_get_port (inet),
                                 mh_http_proxies_trust (server->proxies, host));
}

static void
take_connection (Io *io, GSocket *socket)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) own = local != NULL ? http_server_enter (io, socket) : NULL;
  if (own == NULL)
    {
      g_socket_close (socket, NULL);
      return;
    }

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_autoptr (GSocketConnection) stream = mh_http_stream_new (
      io->poll, socket, begin_tls (io->server, socket), &connection_watch, G_OBJECT (own));

  mh_http_connection_at (own)->stream = stream;
  soup_server_accept_iostream (io->soup, G_IO_STREAM (stream), local, own, NULL);
}

static gboolean
on_accept (GSocket *listener, GIOCondition condition, gpointer data)
{
  Io *io = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, &error);
  if (socket != NULL)
    take_connection (io, socket);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    pause_accepting (io);
  return io->accept != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* --- threads --- */

/* We accept ourselves, to bound numbers and times from the first packet. libsoup keeps connections
 * alive only while it believes to listen: it is given a socket on which nothing can ever arrive. */
static void
pretend_to_listen (SoupServer *soup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) silent
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_autoptr (GSocketAddress) nowhere = g_inet_socket_address_new_from_string ("127.0.0.1", 9);
  if (silent == NULL || !g_socket_connect (silent, nowhere, NULL, &error)
      || !soup_server_listen_socket (soup, silent, 0, &error))
    g_error ("%s", error->message);
}

static void
make_soup (Io *io)
{
  io->soup = soup_server_new ("raw-paths", TRUE, NULL);
  pretend_to_listen (io->soup);
  soup_server_add_early_handler (io->soup, NULL, on_headers, io, NULL);
  soup_server_add_handler (io->soup, NULL, on_request_cb, io, NULL);
  soup_server_add_early_handler (io->soup, EVENTS_PATH, on_headers, io, NULL);
  soup_server_add_handler (io->soup, EVENTS_PATH, on_events_cb, io, NULL);
  soup_server_add_websocket_handler (io->soup, EVENTS_PATH, NULL, NULL, on_websocket, io, NULL);
  soup_server_remove_websocket_extension (io->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  /* each signal of libsoup's costs a lock that all I/O threads share */
  g_signal_connect (io->soup, "request-aborted", G_CALLBACK (on_aborted_cb), io);
}

static gboolean
before_waiting (GSource *source, gint *out_timeout)
{
  MhSharedSnapshot *held = ((Rest *)source)->io->held;
  if (held != NULL)
    mh_shared_snapshot_release (held);
  *out_timeout = -1;
  return FALSE;
}

static GSourceFuncs rest_funcs = { before_waiting, NULL, dispatch_ready, NULL, NULL, NULL };

/* The loop asks its sources before it waits; this one is never ready itself. */
static GSource *
watch_rest (Io *io)
{
  GSource *source = g_source_new (&rest_funcs, sizeof (Rest));
  ((Rest *)source)->io = io;
  g_source_attach (source, io->context);
  return source;
}

static gpointer
io_run (gpointer data)
{
  Io *io = data;
  g_main_context_push_thread_default (io->context);
  make_soup (io);
  io->answer = g_source_new (&ready_funcs, sizeof (GSource));
  g_source_set_callback (io->answer, answer_done, io, NULL);
  g_source_attach (io->answer, io->context);

  GSource *timer = g_timeout_source_new (500);
  g_source_set_callback (timer, http_server_sweep, io, NULL);
  g_source_attach (timer, io->context);
  io->held = mh_dispatch_hold (io->server->config.dispatch);

  GSource *rest = watch_rest (io);
  watch_listener (io);
  g_main_loop_run (io->loop);
  stop_accepting (io);
  g_source_destroy (timer);
  g_source_unref (timer);
  soup_server_disconnect (io->soup);
  answer_done (io);
  g_clear_object (&io->soup);
  while (g_main_context_iteration (io->context, FALSE))
    ;
  mh_http_connections_forget (&io->connections);
  g_source_destroy (io->answer);
  g_clear_pointer (&io->answer, g_source_unref);
  g_source_destroy (rest);
  g_source_unref (rest);
  g_clear_pointer (&io->held, mh_shared_snapshot_free);
  g_main_context_pop_thread_default (io->context);

  return NULL;
}

/* Port 0: the first socket learns the port, the others share it. */
static gboolean
http_server_bind_all (MhHttpServer *server, GError **error)
{
  g_autoptr (GSocketAddress) address = mh_http_bind_address (server->config.listen, error);
  if (address != NULL && !mh_http_bind_is_free (address, error))
    return FALSE;

  for (guint i = 0; address != NULL && i < server->config.threads; i++)
    {
      GSocket *socket = mh_http_bind_shared (address, error);
      if (socket == NULL)
        return FALSE;
      server->ios[i].listener = socket;
      if (i == 0)
        {
          g_object_unref (address);
          address = g_socket_get_local_address (socket, error);
        }
    }

  if (address == NULL)
    return FALSE;

  g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
  server->url = g_strconcat (server->tls ? "https://" : "http://", text, NULL);
  return TRUE;
}

static void
io_init (MhHttpServer *server, Io *io)
{
  io->server = server;
  io->context = g_main_context_new ();
  io->loop = g_main_loop_new (io->context, FALSE);
  io->done = g_ptr_array_new ();
  g_mutex_init (&io->mutex);
  io->connections = (MhHttpConnections){ .header_seconds = server->config.header_seconds,
                                         .budget = &server->budget,
                                         .crowd = server->crowd,
                                         .metrics = mh_dispatch_metrics (server->config.dispatch),
                                         .owner = io };
}

MhHttpServer *
mh_http_server_new (const MhHttpConfig *config, GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhHttpServer *server = g_new0 (MhHttpServer, 1);
  server->config = *config;
  server->config.threads = MAX (config->threads, 1);
  server->budget.most = config->max_bodies;
  g_mutex_init (&server->mutex);
  server->crowd = mh_http_crowd_new (config->max_of_address);
  server->proxies = mh_http_proxies_new (config->trusted_proxies, config->forwarded_header, &inner);
  server->ios = g_new0 (Io, server->config.threads);
  for (guint i = 0; i < server->config.threads; i++)
    io_init (server, &server->ios[i]);
  server->tls = config->tls_certificate != NULL && config->tls_certificate[0] != 0;
  if (server->tls)
    server->identity = mh_http_identity_new (config->tls_certificate, config->tls_key, &inner);
  for (guint i = 0; i < server->config.threads && inner == NULL; i++)
    server->ios[i].poll = mh_http_poll_new (server->ios[i].context, &inner);
  if (inner == NULL && http_server_bind_all (server, &inner))
    return server;

  mh_error_set (error, MH_ERROR_STORE, "Cannot listen on %s: %s", config->listen, inner->message);
  mh_http_server_free (server);
  return NULL;
}

void
mh_http_server_start (MhHttpServer *server)
{
  server->started = TRUE;
  for (guint i = 0; i < server->config.threads; i++)
    server->ios[i].swept = now_second ();
  for (guint i = 0; i < server->config.threads; i++)
    server->ios[i].thread = g_thread_new ("http", io_run, &server->ios[i]);
}

gboolean
mh_http_server_reload (MhHttpServer *server, GError **error)
{
  if (!server->tls)
    return TRUE;

  MhHttpIdentity *identity
      = mh_http_identity_new (server->config.tls_certificate, server->config.tls_key, error);
  if (identity == NULL)
    return FALSE;

  g_mutex_lock (&server->mutex);
  MhHttpIdentity *before = g_steal_pointer (&server->identity);
  server->identity = identity;
  g_mutex_unlock (&server->mutex);
  mh_http_identity_unref (before);
  return TRUE;
}

const char *
mh_http_server_url (MhHttpServer *server)
{
  return server->url;
}

/* What stands in the kernel's queue was accepted as far as the client can tell. */
static gboolean
drain_cb (gpointer data)
{
  Io *io = data;
  GSocket *socket;
  while (io->accept != NULL && (socket = g_socket_accept (io->listener, NULL, NULL)) != NULL)
    {
      take_connection (io, socket);
      g_object_unref (socket);
    }

  stop_accepting (io);
  g_socket_close (io->listener, NULL);
  g_atomic_int_set (&io->server->draining, TRUE);
  http_server_sweep (io);
  return G_SOURCE_REMOVE;
}

static guint
count_active (MhHttpServer *server)
{
  guint active = 0;
  for (guint i = 0; i < server->config.threads; i++)
    active += (guint)g_atomic_int_get (&server->ios[i].active);
  return active;
}

gboolean
mh_http_server_stop (MhHttpServer *server, guint seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64)seconds * MH_SECOND;
  if (!server->started)
    return TRUE;

  for (guint i = 0; i < server->config.threads; i++)
    g_main_context_invoke (server->ios[i].context, drain_cb, &server->ios[i]);
  if (server->config.live != NULL)
    mh_http_live_close (server->config.live);

  /* A request that is just arriving on an accepted connection gets its chance to be read. */
  g_usleep (100 * 1000);
  while (count_active (server) > 0 && g_get_monotonic_time () < until)
    g_usleep (10 * 1000);

  gboolean all = count_active (server) == 0;
  for (guint i = 0; i < server->config.threads; i++)
    {
      g_main_loop_quit (server->ios[i].loop);
      g_thread_join (server->ios[i].thread);
    }

  server->started = FALSE;
  return all;
}

gint64
mh_http_server_lag (MhHttpServer *server)
{
  gint64 lag = 0;
  for (guint i = 0; i < server->config.threads && server->started; i++)
    lag = MAX (lag, now_second () - g_atomic_int_get (&server->ios[i].swept));
  return lag * G_USEC_PER_SEC;
}

void
mh_http_server_free (MhHttpServer *server)
{
  if (server == NULL)
    return;

  for (guint i = 0; i < server->config.threads; i++)
    {
      Io *io = &server->ios[i];
      g_clear_object (&io->listener);
      mh_http_poll_free (io->poll);
      g_ptr_array_unref (io->done);
      g_main_loop_unref (io->loop);
      g_main_context_unref (io->context);
      g_mutex_clear (&io->mutex);
    }

  g_clear_pointer (&server->identity, mh_http_identity_unref);
  mh_http_proxies_free (server->proxies);
  mh_http_crowd_free (server->crowd);
  g_mutex_clear (&server->mutex);
  g_free (server->ios);
  g_free (server->url);
  g_free (server);
}
