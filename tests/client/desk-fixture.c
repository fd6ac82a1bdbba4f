/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/client/desk-fixture.h"

#include "shared/base/mh-date.h"

#include <string.h>

static gpointer
port_of (GSocketAddress *address)
{
  return GUINT_TO_POINTER (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
came_in (GSocketService *service, GSocketConnection *connection, GObject *source, Door *door)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_hash_table_insert (door->sockets, port_of (remote),
                       g_object_ref (g_socket_connection_get_socket (connection)));
  return soup_server_accept_iostream (door->server, G_IO_STREAM (connection), local, remote, NULL);
}

char *
door_open (Door *door, SoupServerCallback handle, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) at = NULL;
  door->sockets = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  door->server = soup_server_new (NULL, NULL);
  door->service = g_socket_service_new ();
  soup_server_add_handler (door->server, NULL, handle, data, NULL);
  g_socket_listener_add_address (G_SOCKET_LISTENER (door->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &at, &error);
  g_assert_no_error (error);
  g_signal_connect (door->service, "incoming", G_CALLBACK (came_in), door);
  return g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (at)));
}

void
door_close (Door *door)
{
  g_socket_service_stop (door->service);
  g_object_unref (door->service);
  soup_server_disconnect (door->server);
  g_object_unref (door->server);
  g_hash_table_unref (door->sockets);
}

GSocket *
door_socket (Door *door, SoupServerMessage *message)
{
  gpointer port = port_of (soup_server_message_get_remote_address (message));
  GSocket *socket = g_hash_table_lookup (door->sockets, port);
  g_assert_nonnull (socket);
  return socket;
}

void
answer (SoupServerMessage *message, int status, const char *json)
{
  soup_server_message_set_status (message, (guint)status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json,
                                    strlen (json));
}

void
answer_session (SoupServerMessage *message, const char *permission)
{
  char until[MH_INSTANT_LENGTH + 1];
  mh_instant_format (g_get_real_time () + MH_DAY, until);
  g_autofree char *json = g_strdup_printf (
      "{\"token\":\"t\",\"expires_at\":\"%s\",\"user\":{\"id\":"
      "\"0190a0a0-0000-7000-8000-00000000000a\",\"username\":\"reception\",\"name\":\"R\"},"
      "\"permissions\":[\"%s\"],\"server_epoch\":\"e1\"}",
      until, permission);
  answer (message, 200, json);
}

void
answer_nothing (SoupServerMessage *message)
{
  answer (message, 200, "{\"items\":[],\"next\":null,\"last\":0,\"server_epoch\":\"e1\"}");
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean offline = TRUE;
  mh_context_sign_in_finish (MH_CONTEXT (source), result, &offline, &error);
  g_assert_no_error (error);
  g_assert_false (offline);
  *(gboolean *)data = TRUE;
}

MhContext *
desk_sign_in (const char *address)
{
  gboolean in = FALSE;
  g_autofree char *folder = g_dir_make_tmp ("mahima-desk-XXXXXX", NULL);
  MhContext *context = mh_context_new (address, folder);
  mh_context_sign_in_async (context, &(MhCredentials){ "reception", "a password", NULL, NULL },
                            NULL, signed_in_cb, &in);
  TURN_UNTIL (in);
  TURN_UNTIL (mh_sync_state (mh_context_sync (context)) != MH_SYNC_OFFLINE);
  return context;
}
