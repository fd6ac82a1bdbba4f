/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/runtime/mh-server.h"

/* Sessions, read log, jobs, catalogue, two caches of the order board, gateway; and room for more.
 */
#define MOST_PARTS 16

typedef struct
{
  const char *key;
  gpointer part;
  GDestroyNotify free;
} Part;

struct _MhServer
{
  MhServerConfig *config;
  MhStore *store;
  MhClock *clock;
  gint64 started;
  gint draining; /* atomic */
  Part parts[MOST_PARTS];
  guint n_parts;
};

MhServer *
mh_server_new_of (MhServerConfig *config, MhStore *store, MhClock *clock)
{
  MhServer *server = g_new0 (MhServer, 1);
  server->config = config;
  server->store = store;
  server->clock = clock;
  server->started = mh_clock_now (clock);
  return server;
}

void
mh_server_free (MhServer *server)
{
  if (server == NULL)
    return;

  /* what was kept later may use what was kept before it, and all of them use the store */
  while (server->n_parts > 0)
    {
      Part *last = &server->parts[--server->n_parts];
      last->free (last->part);
    }

  g_clear_pointer (&server->store, mh_store_close);
  g_clear_pointer (&server->clock, mh_clock_unref);
  mh_server_config_free (server->config);
  g_free (server);
}

MhServerConfig *
mh_server_config (MhServer *server)
{
  return server->config;
}

MhStore *
mh_server_store (MhServer *server)
{
  return server->store;
}

MhClock *
mh_server_clock (MhServer *server)
{
  return server->clock;
}

gint64
mh_request_now (const MhRequest *req)
{
  if (req->tx != NULL)
    return mh_tx_now (req->tx);
  return mh_clock_now (req->server != NULL ? req->server->clock : NULL);
}

gint64
mh_server_started (MhServer *server)
{
  return server->started;
}

void
mh_server_drain (MhServer *server)
{
  g_atomic_int_set (&server->draining, 1);
}

gboolean
mh_server_is_draining (MhServer *server)
{
  return g_atomic_int_get (&server->draining) != 0;
}

void
mh_server_keep (MhServer *server, const char *key, gpointer part, GDestroyNotify free)
{
  g_assert (server->n_parts < MOST_PARTS);
  g_assert (mh_server_part (server, key) == NULL);
  server->parts[server->n_parts++] = (Part){ key, part, free };
}

gpointer
mh_server_part (MhServer *server, const char *key)
{
  for (guint i = 0; i < server->n_parts; i++)
    if (server->parts[i].key == key)
      return server->parts[i].part;
  return NULL;
}
