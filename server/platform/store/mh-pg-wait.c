/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for libpq with an end to it. */
#include <errno.h>
#include <poll.h>

#include "server/platform/store/mh-pg-listener.h"

#define SLICE_FIRST 20 /* ms; a wait looks up after so long, later after SLICE_MOST */
#define SLICE_MOST 100

struct _MhPgPulse
{
  gatomicrefcount refs;
  gint silent;  /* atomic */
  gint returns; /* atomic */
};

/* --- the pulse --- */

MhPgPulse *
mh_pg_pulse_new (void)
{
  MhPgPulse *pulse = g_new0 (MhPgPulse, 1);
  g_atomic_ref_count_init (&pulse->refs);
  return pulse;
}

MhPgPulse *
mh_pg_pulse_ref (MhPgPulse *pulse)
{
  g_atomic_ref_count_inc (&pulse->refs);
  return pulse;
}

void
mh_pg_pulse_unref (MhPgPulse *pulse)
{
  if (pulse != NULL && g_atomic_ref_count_dec (&pulse->refs))
    g_free (pulse);
}

gboolean
mh_pg_pulse_is_silent (const MhPgPulse *pulse)
{
  return pulse != NULL && g_atomic_int_get (&pulse->silent) != 0;
}

gint
mh_pg_pulse_returns (const MhPgPulse *pulse)
{
  return pulse != NULL ? g_atomic_int_get (&pulse->returns) : 0;
}

void
mh_pg_pulse_felt (MhPgPulse *pulse)
{
  if (!mh_pg_pulse_is_silent (pulse))
    return;
  g_atomic_int_inc (&pulse->returns);
  g_atomic_int_set (&pulse->silent, 0);
}

void
mh_pg_pulse_lost (MhPgPulse *pulse)
{
  g_atomic_int_set (&pulse->silent, 1);
}

/* --- libpq --- */

static void
be_quiet (void *data, const PGresult *result)
{
}

PGconn *
mh_pg_connect (const char *url, const char *name)
{
  const char *keys[] = { "dbname",           "application_name",     "connect_timeout",
                         "keepalives_idle",  "keepalives_interval",  "keepalives_count",
                         "tcp_user_timeout", "target_session_attrs", NULL };
  const char *values[]
      = { url,          name, G_STRINGIFY (MH_PG_CONNECT_SECONDS), "30", "10", "3", "20000",
          "read-write", NULL };
  PGconn *conn = PQconnectdbParams (keys, values, /* expand dbname */ 1);

  PQsetNoticeReceiver (conn, be_quiet, NULL);
  PQsetnonblocking (conn, 1);
  return conn;
}

/* A stretch of the wait. Reads also when the socket is silent: TLS may have kept something. */
static gboolean
wait_a_little (PGconn *conn, gboolean unsent, int milliseconds)
{
  struct pollfd fd = { PQsocket (conn), (short)(POLLIN | (unsent ? POLLOUT : 0)), 0 };
  if (poll (&fd, 1, milliseconds) < 0 && errno != EINTR)
    return FALSE;
  return PQconsumeInput (conn) == 1;
}

gboolean
mh_pg_await (PGconn *conn, MhPgPulse *pulse, gint64 most_us)
{
  gint64 waited_from = 0;
  int slice = SLICE_FIRST;
  while (PQisBusy (conn))
    {
      int unsent = PQflush (conn);
      gint64 now = g_get_monotonic_time ();
      if (waited_from == 0)
        waited_from = now;
      if (unsent < 0 || mh_pg_pulse_is_silent (pulse)
          || (most_us >= 0 && now - waited_from > most_us)
          || !wait_a_little (conn, unsent > 0, slice))
        return FALSE;
      slice = MIN (slice * 2, SLICE_MOST);
    }

  return TRUE;
}

PGresult *
mh_pg_ask (PGconn *conn, MhPgPulse *pulse, gint64 most_us, const char *sql)
{
  PGresult *last = NULL;
  gboolean more = PQsendQuery (conn, sql) == 1;
  while (more)
    {
      if (!mh_pg_await (conn, pulse, most_us))
        {
          PQclear (last);
          return NULL;
        }
      PGresult *result = PQgetResult (conn);
      more = result != NULL;
      if (more)
        {
          PQclear (last);
          last = result;
        }
      more = more && PQstatus (conn) != CONNECTION_BAD;
    }

  return last;
}
