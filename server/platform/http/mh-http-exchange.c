/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-exchange.h"

#include <string.h>

#include "server/platform/http/mh-http-farewell.h"
#include "server/platform/http/mh-http-live-private.h"
#include "server/platform/http/mh-http-stream.h"
#include "shared/base/mh-id.h"

#define EVENTS_PATH MH_API_PREFIX "/events"

typedef struct
{
  MhHttpIo *io;
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

void
mh_http_exchange_answer (MhHttpIo *io)
{
  g_source_set_ready_time (io->answer, -1);
  g_mutex_lock (&io->mutex);
  GPtrArray *done = io->done;
  io->done = g_ptr_array_new ();
  g_mutex_unlock (&io->mutex);
  for (guint i = 0; i < done->len; i++)
    answer_one (((MhCall *)g_ptr_array_index (done, i))->transport);
  g_ptr_array_unref (done);
}

static gboolean
exchange_answer_cb (gpointer data)
{
  mh_http_exchange_answer (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
exchange_dispatch_ready (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs ready_funcs = { NULL, NULL, exchange_dispatch_ready, NULL, NULL, NULL };

/* Any thread. */
static void
call_done (MhCall *call)
{
  Exchange *exchange = call->transport;
  MhHttpIo *io = exchange->io;
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

static MhHttpConnection *
connection_of (SoupServerMessage *message)
{
  return mh_http_connection_at (soup_server_message_get_remote_address (message));
}

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
exchange_new (MhHttpIo *io, SoupServerMessage *message)
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
exchange_of (MhHttpIo *io, SoupServerMessage *message)
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
  MhHttpIo *io = data;
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
  MhHttpIo *io = data;
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
  MhHttpIo *io = data;
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
  MhHttpIo *io = data;
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

/* --- of a thread --- */

void
mh_http_exchange_begin (MhHttpIo *io)
{
  soup_server_add_early_handler (io->soup, NULL, on_headers, io, NULL);
  soup_server_add_handler (io->soup, NULL, on_request_cb, io, NULL);
  soup_server_add_early_handler (io->soup, EVENTS_PATH, on_headers, io, NULL);
  soup_server_add_handler (io->soup, EVENTS_PATH, on_events_cb, io, NULL);
  soup_server_add_websocket_handler (io->soup, EVENTS_PATH, NULL, NULL, on_websocket, io, NULL);
  soup_server_remove_websocket_extension (io->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  /* each signal of libsoup's costs a lock that all I/O threads share */
  g_signal_connect (io->soup, "request-aborted", G_CALLBACK (on_aborted_cb), io);

  io->answer = g_source_new (&ready_funcs, sizeof (GSource));
  g_source_set_callback (io->answer, exchange_answer_cb, io, NULL);
  g_source_attach (io->answer, io->context);
}

void
mh_http_exchange_end (MhHttpIo *io)
{
  g_source_destroy (io->answer);
  g_clear_pointer (&io->answer, g_source_unref);
}
