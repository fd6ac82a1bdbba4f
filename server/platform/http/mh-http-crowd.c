/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-crowd.h"

#include <string.h>

struct _MhHttpCrowd
{
  GMutex mutex;
  guint most;
  GHashTable *counts; /* of guint64, the address's network → how many */
};

MhHttpCrowd *
mh_http_crowd_new (guint most)
{
  MhHttpCrowd *crowd = g_new0 (MhHttpCrowd, 1);
  g_mutex_init (&crowd->mutex);
  crowd->most = most;
  crowd->counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return crowd;
}

void
mh_http_crowd_free (MhHttpCrowd *crowd)
{
  if (crowd == NULL)
    return;
  g_hash_table_unref (crowd->counts);
  g_mutex_clear (&crowd->mutex);
  g_free (crowd);
}

/* No network begins as an IPv4 address does here: 0::/32 is not given to anybody. */
static guint64
network_of (GInetAddress *address)
{
  guint64 network = 0;
  gboolean short_one = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4;
  memcpy ((guint8 *)&network + (short_one ? 4 : 0), g_inet_address_to_bytes (address),
          short_one ? 4 : 8);
  return network;
}

gboolean
mh_http_crowd_enter (MhHttpCrowd *crowd, GInetAddress *address)
{
  guint64 network = network_of (address);
  g_mutex_lock (&crowd->mutex);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (crowd->counts, &network));
  gboolean fits = n < crowd->most;
  if (fits)
    g_hash_table_insert (crowd->counts, g_memdup2 (&network, sizeof network),
                         GUINT_TO_POINTER (n + 1));
  g_mutex_unlock (&crowd->mutex);
  return fits;
}

void
mh_http_crowd_leave (MhHttpCrowd *crowd, GInetAddress *address)
{
  guint64 network = network_of (address);
  g_mutex_lock (&crowd->mutex);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (crowd->counts, &network));
  if (n > 1)
    g_hash_table_insert (crowd->counts, g_memdup2 (&network, sizeof network),
                         GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (crowd->counts, &network);
  g_mutex_unlock (&crowd->mutex);
}
