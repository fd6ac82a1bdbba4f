/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-pg-listener.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "shared/base/mh-error.h"

#define ASK_EVERY (250 * 1000) /* µs */
#define UNWELL_AFTER                                                                               \
  (700 * 1000) /* an answer that takes longer is told by mh_pg_listener_check() */
#define SILENT_AFTER (2000 * 1000)
#define PAUSE_LONGEST (1000 * 1000) /* between tries: who is back is found soon */

static const char sql_listen[] = "LISTEN mahima_feed";
static const char sql_feed[] = "SELECT feed_seq FROM write_lane WHERE id = 1";
static const char sql_alive[] = "SELECT 1";

struct _MhPgListener
{
  char *url;
  MhPgPulse *pulse;
  MhPgHeard func;
  gpointer data;
  GThread *thread;
  int stop_fd;

  GMutex mutex;      /* for the two below */
  gint64 away_since; /* monotonic time since which no connection is to be had; 0: there is one */
  gint64 asked;      /* monotonic time of the question that is not answered yet; 0: none */
};

static void
listener_set (MhPgListener *listener, gboolean connected, gint64 asked)
{
  g_mutex_lock (&listener->mutex);
  if (connected)
    listener->away_since = 0;
  else if (listener->away_since == 0)
    listener->away_since = g_get_monotonic_time ();
  listener->asked = asked;
  g_mutex_unlock (&listener->mutex);
}

static gboolean
listener_waits (MhPgListener *listener, int socket, gint64 micros, gboolean *out_stop)
{
  struct pollfd fds[2] = { { listener->stop_fd, POLLIN, 0 }, { socket, POLLIN, 0 } };
  int n = poll (fds, socket >= 0 ? 2 : 1, (int)((MAX (micros, 0) + 999) / 1000));
  *out_stop = n > 0 && fds[0].revents != 0;
  return n > 0 && fds[1].revents != 0;
}

static void
listener_hear (MhPgListener *listener, PGconn *conn)
{
  PGnotify *notify;
  while ((notify = PQnotifies (conn)) != NULL)
    {
      listener->func (notify->extra, listener->data);
      PQfreemem (notify);
    }
}

/* What was missed while nobody listened. The way is opened before, since who is told goes and
 * reads.
 */
static gboolean
listener_begin (MhPgListener *listener, PGconn *conn)
{
  gint64 most = MH_PG_CONNECT_SECONDS * G_USEC_PER_SEC;
  PQclear (mh_pg_ask (conn, NULL, most, sql_listen));
  PGresult *result = mh_pg_ask (conn, NULL, most, sql_feed);

  if (result == NULL || PQstatus (conn) != CONNECTION_OK)
    {
      PQclear (result);
      return FALSE;
    }

  mh_pg_pulse_felt (listener->pulse);
  listener_set (listener, TRUE, 0);
  if (PQresultStatus (result) == PGRES_TUPLES_OK && PQntuples (result) == 1)
    {
      g_autofree char *payload = g_strconcat (" ", PQgetvalue (result, 0, 0), NULL);
      listener->func (payload, listener->data);
    }

  PQclear (result);
  return TRUE;
}

/* The answer to the question, when it is there whole. */
static gboolean
listener_answered (PGconn *conn)
{
  if (PQisBusy (conn))
    return FALSE;
  for (PGresult *result; (result = PQgetResult (conn)) != NULL;)
    {
      PQclear (result);
      if (PQisBusy (conn))
        return FALSE;
    }
  return TRUE;
}

static gboolean
listener_ask (MhPgListener *listener, PGconn *conn)
{
  listener_set (listener, TRUE, g_get_monotonic_time ());
  return PQsendQuery (conn, sql_alive) == 1 && PQflush (conn) >= 0;
}

/* Returns when the connection is lost or the listener is stopped (TRUE). */
static gboolean
listener_session (MhPgListener *listener, PGconn *conn)
{
  gboolean stop = FALSE;
  gboolean asking = FALSE;
  gint64 due = 0; /* of the next question, or of the answer at the latest */
  while (!stop && PQstatus (conn) == CONNECTION_OK)
    {
      gint64 now = g_get_monotonic_time ();
      if (now >= due && asking)
        {
          mh_pg_pulse_lost (listener->pulse);
          return FALSE;
        }
      if (now >= due)
        {
          asking = listener_ask (listener, conn);
          due = now + SILENT_AFTER;
        }
      if (listener_waits (listener, PQsocket (conn), due - now, &stop)
          && PQconsumeInput (conn) == 0)
        break;
      listener_hear (listener, conn);
      if (asking && listener_answered (conn))
        {
          asking = FALSE;
          due = g_get_monotonic_time () + ASK_EVERY;
          listener_set (listener, TRUE, 0);
        }
    }

  return stop;
}

/* One connection from its beginning to its end. TRUE: stopped. */
static gboolean
listener_try (MhPgListener *listener, gint64 *pause)
{
  gboolean stop = FALSE;
  gint64 start = g_get_monotonic_time ();
  PGconn *conn = mh_pg_connect (listener->url, "mahima listener");
  gboolean begun = PQstatus (conn) == CONNECTION_OK && listener_begin (listener, conn);

  if (begun)
    {
      *pause = PAUSE_FIRST;
      stop = listener_session (listener, conn);
    }

  /* Who is refused knows at once where he stands; what takes so long hears nothing. */
  else if (g_get_monotonic_time () - start > SILENT_AFTER * 3 / 4)
    mh_pg_pulse_lost (listener->pulse);
  else
    mh_pg_pulse_felt (listener->pulse);
  PQfinish (conn);

  /* One connection that was cut says nothing of the database: the next ones will tell. */
  listener_set (listener, FALSE, 0);
  return stop;
}

static gpointer
listener_run (gpointer data)
{
  MhPgListener *listener = data;
  gint64 pause = PAUSE_FIRST;
  for (gboolean stop = FALSE; !stop;)
    {
      stop = listener_try (listener, &pause);
      if (!stop)
        listener_waits (listener, -1, pause, &stop);
      pause = MIN (pause * 2, PAUSE_LONGEST);
    }
  return NULL;
}

gboolean
mh_pg_listener_check (MhPgListener *listener, GError **error)
{
  g_mutex_lock (&listener->mutex);
  gint64 away_since = listener->away_since;
  gint64 asked = listener->asked;

  g_mutex_unlock (&listener->mutex);
  gint64 now = g_get_monotonic_time ();
  if (mh_pg_pulse_is_silent (listener->pulse) || (asked != 0 && now - asked > UNWELL_AFTER))
    mh_error_set_retry (error, MH_ERROR_BUSY, 2, "The database does not answer.");
  else if (away_since != 0 && now - away_since > UNWELL_AFTER)
    mh_error_set_retry (error, MH_ERROR_BUSY, 2, "The database cannot be reached.");
  else
    return TRUE;

  return FALSE;
}

MhPgListener *
mh_pg_listener_new (const char *url, MhPgPulse *pulse, MhPgHeard func, gpointer data)
{
  MhPgListener *listener = g_new0 (MhPgListener, 1);
  listener->url = g_strdup (url);
  listener->pulse = mh_pg_pulse_ref (pulse);
  listener->func = func;
  listener->data = data;
  g_mutex_init (&listener->mutex);
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
  g_mutex_clear (&listener->mutex);
  mh_pg_pulse_unref (listener->pulse);
  g_free (listener->url);
  g_free (listener);
}
