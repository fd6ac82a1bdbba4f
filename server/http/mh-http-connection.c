/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/http/mh-http-connection.h"

#include "shared/base/mh-clock.h"

#define IDLE_SECONDS 75

static gint64
after_seconds (guint seconds)
{
  return g_get_monotonic_time () + (gint64)seconds * MH_SECOND;
}

MhHttpConnection *
mh_http_connection_at (gpointer address)
{
  return g_object_get_data (address, "mh");
}

static void
connection_leave (MhHttpConnection *connection)
{
  g_queue_unlink (&connection->of->all, &connection->link);
  mh_metrics_add (connection->of->metrics, MH_GAUGE_CONNECTIONS, -1);
  if (!connection->proxy)
    mh_http_crowd_leave (connection->of->crowd, connection->host);
  connection->of = NULL;
}

static void
connection_free (gpointer data)
{
  MhHttpConnection *connection = data;
  if (connection->of != NULL)
    connection_leave (connection);
  g_object_unref (connection->socket);
  g_object_unref (connection->host);
  g_free (connection);
}

/* Each needs an address of its own: GSocket caches the one it gives. */
GSocketAddress *
mh_http_connection_new (MhHttpConnections *of,
                        GSocket *socket,
                        GInetAddress *host,
                        guint16 port,
                        gboolean proxy)
{
  if (!proxy && !mh_http_crowd_enter (of->crowd, host))
    return NULL;
  GSocketAddress *own = g_inet_socket_address_new (host, port);
  g_autofree char *text = g_inet_address_to_string (host);
  MhHttpConnection *connection = g_new0 (MhHttpConnection, 1);
  connection->of = of;
  connection->socket = g_object_ref (socket);
  connection->host = g_object_ref (host);
  connection->proxy = proxy;
  connection->link.data = connection;
  connection->deadline = after_seconds (of->header_seconds);
  g_strlcpy (connection->address, text, sizeof connection->address);
  g_queue_push_tail_link (&of->all, &connection->link);
  mh_metrics_add (of->metrics, MH_GAUGE_CONNECTIONS, 1);
  g_object_set_data_full (G_OBJECT (own), "mh", connection, connection_free);
  return own;
}

void
mh_http_connection_came (GObject *address)
{
  MhHttpConnection *connection = mh_http_connection_at (address);
  if (connection->idle)
    mh_http_connection_busy (connection, connection->of->header_seconds);
}

gboolean
mh_http_connection_rests (GObject *address)
{
  return mh_http_connection_at (address)->idle;
}

void
mh_http_connection_busy (MhHttpConnection *connection, guint seconds)
{
  connection->idle = FALSE;
  connection->deadline = seconds > 0 ? after_seconds (seconds) : 0;
}

void
mh_http_connection_rest (MhHttpConnection *connection)
{
  connection->idle = TRUE;
  connection->deadline = after_seconds (IDLE_SECONDS);
}

void
mh_http_connections_sweep (MhHttpConnections *connections, gboolean draining)
{
  gint64 now = g_get_monotonic_time ();
  for (GList *l = connections->all.head; l != NULL; l = l->next)
    {
      MhHttpConnection *connection = l->data;
      if ((connection->deadline != 0 && connection->deadline < now)
          || (draining && connection->idle))
        g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
    }
}

void
mh_http_connections_forget (MhHttpConnections *connections)
{
  while (connections->all.head != NULL)
    connection_leave (connections->all.head->data);
}
