/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-forwarded.h"

#include <string.h>

#include "shared/base/mh-error.h"

/* More proxies in a row than anybody has. */
#define MOST_HOPS 16

struct _MhHttpProxies
{
  GPtrArray *masks; /* of GInetAddressMask */
  const char *header;
};

MhHttpProxies *
mh_http_proxies_new (const char *list, const char *header, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (list, ", ;", -1);
  MhHttpProxies *proxies = g_new0 (MhHttpProxies, 1);
  proxies->masks = g_ptr_array_new_with_free_func (g_object_unref);
  proxies->header
      = g_str_equal (header, MH_FORWARDED_RFC7239) ? MH_FORWARDED_RFC7239 : MH_FORWARDED_FOR;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GInetAddressMask *mask
          = parts[i][0] != 0 ? g_inet_address_mask_new_from_string (parts[i], NULL) : NULL;
      if (mask != NULL)
        g_ptr_array_add (proxies->masks, mask);
      else if (parts[i][0] != 0)
        {
          mh_error_set (error, MH_ERROR_INVALID, "“%s” is no address and no network.", parts[i]);
          mh_http_proxies_free (proxies);
          return NULL;
        }
    }

  return proxies;
}

void
mh_http_proxies_free (MhHttpProxies *proxies)
{
  if (proxies == NULL)
    return;
  g_ptr_array_unref (proxies->masks);
  g_free (proxies);
}

const char *
mh_http_proxies_header (const MhHttpProxies *proxies)
{
  return proxies->header;
}

gboolean
mh_http_proxies_trust (const MhHttpProxies *proxies, GInetAddress *address)
{
  for (guint i = 0; i < proxies->masks->len; i++)
    if (g_inet_address_mask_matches (g_ptr_array_index (proxies->masks, i), address))
      return TRUE;
  return FALSE;
}

GInetAddress *
mh_http_address_plain (GInetAddress *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
      && memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
  return g_object_ref (address);
}

/* "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711". */
static GInetAddress *
read_node (const char *node)
{
  g_autofree char *host = g_strdup (node);
  char *bracket = strchr (host, ']');
  char *colon = strchr (host, ':');

  if (host[0] == '[' && bracket != NULL)
    {
      *bracket = 0;
      memmove (host, host + 1, strlen (host));
    }
  else if (colon != NULL && strchr (colon + 1, ':') == NULL)
    *colon = 0;

  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  return address != NULL ? mh_http_address_plain (address) : NULL;
}

/* "for" of one element of RFC 7239: for=192.0.2.60;proto=http, For="[2001:db8::1]:4711". */
static char *
read_element (const char *element)
{
  g_auto (GStrv) pairs = g_strsplit (element, ";", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *pair = g_strstrip (pairs[i]);
      if (g_ascii_strncasecmp (pair, "for=", 4) != 0)
        continue;
      gsize length = strlen (pair + 4);
      gboolean quoted = length >= 2 && pair[4] == '"' && pair[4 + length - 1] == '"';
      return quoted ? g_strndup (pair + 5, length - 2) : g_strdup (pair + 4);
    }
  return g_strdup ("");
}

char *
mh_http_proxies_client (const MhHttpProxies *proxies, GInetAddress *peer, const char *value)
{
  g_autoptr (GInetAddress) client = g_object_ref (peer);
  g_auto (GStrv) hops = g_strsplit (value != NULL ? value : "", ",", -1);
  guint n = g_strv_length (hops);

  for (guint i = 0; i < MIN (n, MOST_HOPS) && mh_http_proxies_trust (proxies, client); i++)
    {
      char *hop = g_strstrip (hops[n - 1 - i]);
      g_autofree char *node = proxies->header[0] == 'f' ? read_element (hop) : g_strdup (hop);
      GInetAddress *before = read_node (node);
      if (before == NULL)
        break;
      g_object_unref (client);
      client = before;
    }

  return g_inet_address_to_string (client);
}
