/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-connection.h"

#include "shared/base/mh-clock.h"

#define IDLE_SECONDS 75
/* Of a header of three bytes libsoup keeps some forty: a list's item, name and value. */
#define HEAD_COST 8

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

static gsize
head_cost (gsize bytes)
{
  return bytes > MH_HTTP_SMALL_BODY ? (bytes - MH_HTTP_SMALL_BODY) * HEAD_COST : 0;
}

/* The head has only so many @bytes. */
static void
trim_head (MhHttpConnection *connection, gsize bytes)
{
  gsize left = MIN (head_cost (bytes), connection->reserved);
  if (connection->of != NULL)
    mh_http_budget_give (connection->of->budget, connection->reserved - left);
  connection->reserved = left;
  connection->head = bytes;
}

void
mh_http_connection_forget_head (MhHttpConnection *connection)
{
  trim_head (connection, 0);
}

static void
connection_leave (MhHttpConnection *connection)
{
  trim_head (connection, 0);
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
  connection->heading = TRUE;
  g_strlcpy (connection->address, text, sizeof connection->address);
  g_queue_push_tail_link (&of->all, &connection->link);
  mh_metrics_add (of->metrics, MH_GAUGE_CONNECTIONS, 1);
  g_object_set_data_full (G_OBJECT (own), "mh", connection, connection_free);

  return own;
}

static gboolean
count_head (MhHttpConnection *connection, gsize bytes)
{
  connection->head += bytes;
  connection->last = bytes;
  gsize more = head_cost (connection->head) - connection->reserved;
  if (more == 0)
    return TRUE;
  if (!mh_http_budget_take (connection->of->budget, more))
    return FALSE;
  connection->reserved += more;
  return TRUE;
}

void
mh_http_connection_came (GObject *address, gsize bytes)
{
  MhHttpConnection *connection = mh_http_connection_at (address);
  if (connection->of == NULL)
    return;
  if (connection->idle)
    {
      mh_http_connection_busy (connection, connection->of->header_seconds);
      connection->heading = TRUE;
    }
  if (connection->heading && !count_head (connection, bytes))
    g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

gboolean
mh_http_connection_rests (GObject *address)
{
  return mh_http_connection_at (address)->idle;
}

void
mh_http_connection_busy (MhHttpConnection *connection, guint seconds)
{
  /* The head is whole: with its end the body may have begun to come. */
  if (connection->heading)
    trim_head (connection, connection->head - connection->last);
  connection->last = 0;
  connection->idle = connection->heading = FALSE;
  connection->deadline = seconds > 0 ? after_seconds (seconds) : 0;
}

void
mh_http_connection_rest (MhHttpConnection *connection)
{
  connection->idle = TRUE;
  trim_head (connection, 0);
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
