/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who types fast asks before the answer is there: the request that was overtaken is given up, and
 * what it would have said never comes onto the screen. */
#include "client/mh-context.h"
#include "client/models/mh-record-list.h"
#include "shared/proto/mh-route.h"
#include "shared/records/mh-records.h"

#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

typedef struct
{
  SoupServer *server;
  GSocketService *door;
  GHashTable *sockets;     /* by the port of who asks */
  SoupServerMessage *held; /* the search that is not answered */
  guint searches;
} House;

static void
answer (SoupServerMessage *message, const char *json)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json,
                                    strlen (json));
}

static gpointer
port_of (GSocketAddress *address)
{
  return GUINT_TO_POINTER (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

/* Has whoever asked hung up? libsoup does not look while a message waits. */
static gboolean
is_given_up (House *house)
{
  char byte;
  gpointer port = port_of (soup_server_message_get_remote_address (house->held));
  GSocket *socket = g_hash_table_lookup (house->sockets, port);
  g_assert_nonnull (socket);
  return g_socket_is_closed (socket)
         || recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The first letters wait for ever; those after them are answered at once. */
static void
search (House *house, SoupServerMessage *message, const char *q)
{
  house->searches++;
  if (strcmp (q, "vi") == 0)
    {
      house->held = g_object_ref (message);
      soup_server_message_pause (message);
      return;
    }
  answer (message, "{\"items\":[{\"id\":\"0190a0a0-0000-7000-8000-000000000001\",\"version\":1,"
                   "\"given_name\":\"Vikram\",\"sex\":\"male\"}],\"next\":null}");
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  const char *q = query != NULL ? g_hash_table_lookup (query, "q") : NULL;
  if (g_str_equal (path, "/api/v1/session"))
    answer (message,
            "{\"token\":\"t\",\"expires_at\":\"2030-01-01T00:00:00.000Z\",\"user\":{\"id\":"
            "\"0190a0a0-0000-7000-8000-00000000000a\",\"username\":\"reception\","
            "\"name\":\"R\"},\"permissions\":[\"patient.read\"],\"server_epoch\":\"e1\"}");
  else if (g_str_equal (path, "/api/v1/patients") && q != NULL)
    search (data, message, q);
  else
    answer (message, "{\"items\":[],\"next\":null,\"last\":0,\"server_epoch\":\"e1\"}");
}

static gboolean
came_in (GSocketService *door, GSocketConnection *connection, GObject *source, House *house)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_hash_table_insert (house->sockets, port_of (remote),
                       g_object_ref (g_socket_connection_get_socket (connection)));
  return soup_server_accept_iostream (house->server, G_IO_STREAM (connection), local, remote, NULL);
}

static char *
start (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) at = NULL;
  house->sockets = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  house->server = soup_server_new (NULL, NULL);
  house->door = g_socket_service_new ();
  soup_server_add_handler (house->server, NULL, handle, house, NULL);
  g_socket_listener_add_address (G_SOCKET_LISTENER (house->door), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &at, &error);
  g_assert_no_error (error);
  g_signal_connect (house->door, "incoming", G_CALLBACK (came_in), house);
  return g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (at)));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  mh_context_sign_in_finish (MH_CONTEXT (source), result, NULL, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

/* Bounded: a test that hangs is no test. */
#define TURN_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;                                    \
    while (!(condition) && g_get_monotonic_time () < end)                                          \
      g_main_context_iteration (NULL, FALSE) ? (void)0 : g_usleep (2000);                          \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

static void
ask (MhRecordList *list, const char *q)
{
  const char *args[] = { "limit", "50", "q", q, NULL };
  mh_record_list_set_args (list, args);
}

static MhContext *
sign_in (House *house)
{
  gboolean in = FALSE;
  g_autofree char *address = start (house);
  g_autofree char *folder = g_dir_make_tmp ("mahima-overtaken-XXXXXX", NULL);
  MhContext *context = mh_context_new (address, folder);
  mh_context_sign_in_async (context, "reception", "a password", NULL, NULL, signed_in_cb, &in);
  TURN_UNTIL (in);
  TURN_UNTIL (mh_sync_state (mh_context_sync (context)) != MH_SYNC_OFFLINE);
  return context;
}

static void
sign_out (House *house, MhContext *context)
{
  mh_context_sign_out (context);
  g_clear_object (&house->held);
  g_socket_service_stop (house->door);
  g_object_unref (house->door);
  soup_server_disconnect (house->server);
  g_object_unref (house->server);
  g_hash_table_unref (house->sockets);
}

static void
test_overtaken (void)
{
  House house = { 0 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  ask (list, "vi");
  TURN_UNTIL (house.held != NULL);
  g_assert_false (is_given_up (&house));
  g_assert_true (mh_record_list_is_stale (list));
  ask (list, "vik");
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  TURN_UNTIL (is_given_up (&house));
  g_assert_cmpuint (house.searches, ==, 2);
  g_assert_false (mh_record_list_is_loading (list));
  g_assert_false (mh_record_list_is_stale (list));
  g_assert_null (mh_record_list_problem (list));
  /* the row of what was asked for before stands there, and says so */
  ask (list, "vi");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_true (mh_record_list_is_stale (list));
  g_clear_object (&list);
  sign_out (&house, context);
}

/* A server that is slow to answer: what the desk knows is on the screen, and still being asked for.
 */
static void
test_ahead (void)
{
  House house = { 0 };
  g_autoptr (MhContext) context = sign_in (&house);
  g_autoptr (MhRecordList) before = mh_record_list_new (context, "patient.list");
  g_autoptr (MhRecordList) list = mh_record_list_new (context, "patient.list");
  mh_record_list_set_keep (before, TRUE);
  ask (before, "vik");
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (before)) == 1);
  ask (list, "vi");
  TURN_UNTIL (house.held != NULL);
  TURN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_assert_true (mh_record_list_is_loading (list));
  g_assert_false (mh_record_list_is_stale (list));
  g_clear_object (&list);
  g_clear_object (&before);
  sign_out (&house, context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/list/overtaken", test_overtaken);
  g_test_add_func ("/list/ahead", test_ahead);
  return g_test_run ();
}
