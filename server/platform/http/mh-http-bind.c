/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-bind.h"

#include <errno.h>
#include <sys/socket.h>

/* g_socket_bind() would switch SO_REUSEPORT off again. */
static gboolean
bind_shared (GSocket *socket, GSocketAddress *address, GError **error)
{
  struct sockaddr_storage native;
  gssize size = g_socket_address_get_native_size (address);
  if (!g_socket_address_to_native (address, &native, sizeof native, error)
      || !g_socket_set_option (socket, SOL_SOCKET, SO_REUSEADDR, 1, error)
      || !g_socket_set_option (socket, SOL_SOCKET, SO_REUSEPORT, 1, error))
    return FALSE;
  if (bind (g_socket_get_fd (socket), (struct sockaddr *)&native, (socklen_t)size) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

GSocket *
mh_http_bind_shared (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, 1024);
  if (!bind_shared (socket, address, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

GSocketAddress *
mh_http_bind_address (const char *listen, GError **error)
{
  g_autoptr (GSocketConnectable) name = g_network_address_parse (listen, 8080, error);
  if (name == NULL)
    return NULL;
  const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (name));
  if (g_str_equal (host, "localhost"))
    host = "127.0.0.1";
  GSocketAddress *address = g_inet_socket_address_new_from_string (
      host, g_network_address_get_port (G_NETWORK_ADDRESS (name)));
  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "\"%s\" is no address", host);
  return address;
}

gboolean
mh_http_bind_is_loopback (const char *listen)
{
  g_autoptr (GSocketAddress) address = mh_http_bind_address (listen, NULL);
  return address != NULL
         && g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* A shared port would be shared with any other server of ours too, and requests would go to one
 * database or the other by chance; so it is first taken once without sharing. */
gboolean
mh_http_bind_is_free (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) probe = g_socket_new (g_socket_address_get_family (address),
                                            G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  return probe != NULL && g_socket_bind (probe, address, TRUE, error);
}
