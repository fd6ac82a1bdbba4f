/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/store/mh-pg-listener.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "server/late/mh-late.h"
#include "server/store/mh-db-pg.h"

static const char sql_listen[] = "LISTEN mahima_feed";

const MhLatePq *mh_pq;

gboolean
mh_pg_load (GError **error)
{
  if (g_atomic_pointer_get (&mh_pq) != NULL)
    return TRUE;
  gpointer found = mh_late_find ("pq", "mh_late_pq", error);
  if (found != NULL)
    g_atomic_pointer_compare_and_exchange ((gpointer *)&mh_pq, NULL, found);
  return found != NULL;
}

static void
be_quiet (void *data, const PGresult *result)
{
}

PGconn *
mh_pg_connect (const char *url, const char *name)
{
  const char *keys[] = { "dbname", "application_name", "connect_timeout", "keepalives_idle", NULL };
  const char *values[] = { url, name, "5", "30", NULL };
  PGconn *conn = mh_pq->PQconnectdbParams (keys, values, /* expand dbname */ 1);
  mh_pq->PQsetNoticeReceiver (conn, be_quiet, NULL);
  return conn;
}

struct _MhPgListener
{
  char *url;
  MhPgHeard func;
  gpointer data;
  GThread *thread;
  int stop_fd;
};

static gboolean
listener_waits (MhPgListener *listener, int socket, int timeout_ms, gboolean *out_stop)
{
  struct pollfd fds[2] = { { listener->stop_fd, POLLIN, 0 }, { socket, POLLIN, 0 } };
  int n = poll (fds, socket >= 0 ? 2 : 1, timeout_ms);
  *out_stop = n > 0 && fds[0].revents != 0;
  return n > 0 && fds[1].revents != 0;
}

static void
listener_hear (MhPgListener *listener, PGconn *conn)
{
  PGnotify *notify;
  while ((notify = mh_pq->PQnotifies (conn)) != NULL)
    {
      listener->func (notify->extra, listener->data);
      mh_pq->PQfreemem (notify);
    }
}

/* Returns when the connection is lost or the listener is stopped (TRUE). */
static gboolean
listener_session (MhPgListener *listener, PGconn *conn)
{
  gboolean stop = FALSE;
  mh_pq->PQclear (mh_pq->PQexec (conn, sql_listen));
  listener->func (NULL, listener->data);
  while (!stop && mh_pq->PQstatus (conn) == CONNECTION_OK)
    {
      if (listener_waits (listener, mh_pq->PQsocket (conn), -1, &stop)
          && mh_pq->PQconsumeInput (conn) == 0)
        break;
      listener_hear (listener, conn);
    }
  return stop;
}

static gpointer
listener_run (gpointer data)
{
  MhPgListener *listener = data;
  gint64 pause = PAUSE_FIRST;
  for (gboolean stop = FALSE; !stop;)
    {
      PGconn *conn = mh_pg_connect (listener->url, "mahima listener");
      if (mh_pq->PQstatus (conn) == CONNECTION_OK)
        {
          pause = PAUSE_FIRST;
          stop = listener_session (listener, conn);
        }
      mh_pq->PQfinish (conn);
      if (!stop)
        listener_waits (listener, -1, (int)(pause / 1000), &stop);
      pause = MIN (pause * 2, PAUSE_MOST);
    }
  return NULL;
}

MhPgListener *
mh_pg_listener_new (const char *url, MhPgHeard func, gpointer data)
{
  MhPgListener *listener = g_new0 (MhPgListener, 1);
  listener->url = g_strdup (url);
  listener->func = func;
  listener->data = data;
  listener->stop_fd = eventfd (0, EFD_CLOEXEC);
  listener->thread = g_thread_new ("feed-listener", listener_run, listener);
  return listener;
}

void
mh_pg_listener_free (MhPgListener *listener)
{
  if (listener == NULL)
    return;
  guint64 one = 1;
  while (write (listener->stop_fd, &one, sizeof one) < 0 && errno == EINTR)
    ;
  g_thread_join (listener->thread);
  close (listener->stop_fd);
  g_free (listener->url);
  g_free (listener);
}
