/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-server-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "server/platform/http/mh-http-bind.h"
#include "server/platform/http/mh-http-exchange.h"
#include "server/platform/http/mh-http-live.h"
#include "server/platform/http/mh-http-stream.h"
#include "shared/base/mh-clock.h"

#define ACCEPT_AGAIN_MS 100

/* Says when the loop is about to wait. */
typedef struct
{
  GSource base;
  MhHttpIo *io;
} Rest;

static gint
now_second (void)
{
  return (gint)(g_get_monotonic_time () / G_USEC_PER_SEC);
}

/* --- connections --- */

static gboolean
http_server_sweep (gpointer data)
{
  MhHttpIo *io = data;
  g_atomic_int_set (&io->swept, now_second ());
  mh_http_connections_sweep (&io->connections, g_atomic_int_get (&io->server->draining));
  return G_SOURCE_CONTINUE;
}

/* --- accepting --- */

static gboolean on_accept (GSocket *listener, GIOCondition condition, gpointer data);

static void
watch_listener (MhHttpIo *io)
{
  io->accept = g_socket_create_source (io->listener, G_IO_IN, NULL);
  g_source_set_callback (io->accept, G_SOURCE_FUNC (on_accept), io, NULL);
  g_source_attach (io->accept, io->context);
}

static void
stop_accepting (MhHttpIo *io)
{
  if (io->accept == NULL)
    return;
  g_source_destroy (io->accept);
  g_clear_pointer (&io->accept, g_source_unref);
}

static gboolean
accept_again_cb (gpointer data)
{
  MhHttpIo *io = data;
  if (io->accept == NULL && !g_atomic_int_get (&io->server->draining))
    watch_listener (io);
  return G_SOURCE_REMOVE;
}

/* No file descriptors left: asking again at once would only burn the processor. */
static void
pause_accepting (MhHttpIo *io)
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
http_server_enter (MhHttpIo *io, GSocket *socket)
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
take_connection (MhHttpIo *io, GSocket *socket)
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
  MhHttpIo *io = data;
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
make_soup (MhHttpIo *io)
{
  io->soup = soup_server_new ("raw-paths", TRUE, NULL);
  pretend_to_listen (io->soup);
}

static gboolean
http_server_dispatch_rest (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
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

static GSourceFuncs rest_funcs
    = { before_waiting, NULL, http_server_dispatch_rest, NULL, NULL, NULL };

/* The loop asks its sources before it waits; this one is never ready itself. */
static GSource *
watch_rest (MhHttpIo *io)
{
  GSource *source = g_source_new (&rest_funcs, sizeof (Rest));
  ((Rest *)source)->io = io;
  g_source_attach (source, io->context);
  return source;
}

static gpointer
io_run (gpointer data)
{
  MhHttpIo *io = data;
  g_main_context_push_thread_default (io->context);
  make_soup (io);
  mh_http_exchange_begin (io);

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
  mh_http_exchange_answer (io);
  g_clear_object (&io->soup);
  while (g_main_context_iteration (io->context, FALSE))
    ;
  mh_http_connections_forget (&io->connections);
  mh_http_exchange_end (io);
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
io_init (MhHttpServer *server, MhHttpIo *io)
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
  server->ios = g_new0 (MhHttpIo, server->config.threads);
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
  MhHttpIo *io = data;
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
      MhHttpIo *io = &server->ios[i];
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
