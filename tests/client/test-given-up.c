/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call is given up by whoever asked, or since the server keeps silent. libsoup 3.6 frees a
 * message twice that is cancelled in the moment when the head of its answer is there and not told
 * yet: so the head comes at each turn of the main loop around that moment, and nothing is cancelled
 * after it. */
#include "client/api/mh-api.h"
#include "shared/base/mh-error.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#define CALLS 8 /* as many as the client has connections to one server */
#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n"
#define ANSWER HEAD "{\"items\":[],\"next\":null}"

typedef struct
{
  GSocketService *service;
  char *address;
  GPtrArray *open;  /* GSocketConnection, all */
  GPtrArray *asked; /* those that wait for an answer; borrowed */
  GSocketConnection *pulse;
  guint told;
  GError *errors[CALLS];
} House;

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

static gboolean
request_cb (GObject *stream, House *house)
{
  char head[4096];
  GSocketConnection *connection = g_object_get_data (G_OBJECT (stream), "connection");
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), head,
                                                       sizeof head - 1, NULL, NULL);
  if (n <= 0)
    return G_SOURCE_REMOVE;
  head[n] = 0;
  if (strstr (head, "/health/live") != NULL)
    house->pulse = connection;
  else
    g_ptr_array_add (house->asked, connection);
  return G_SOURCE_CONTINUE;
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, House *house)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GSource) readable
      = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (stream), NULL);
  g_object_set_data (G_OBJECT (stream), "connection", connection);
  g_source_set_callback (readable, G_SOURCE_FUNC (request_cb), house, NULL);
  g_source_attach (readable, NULL);
  g_ptr_array_add (house->open, g_object_ref (connection));
  return TRUE;
}

static void
house_open (House *house)
{
  house->service = g_socket_service_new ();
  guint16 port
      = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (house->service), NULL, NULL);
  house->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  house->open = g_ptr_array_new_with_free_func (g_object_unref);
  house->asked = g_ptr_array_new ();
  g_signal_connect (house->service, "incoming", G_CALLBACK (incoming_cb), house);
}

static void
house_close (House *house)
{
  g_socket_service_stop (house->service);
  for (guint i = 0; i < house->open->len; i++)
    g_io_stream_close (house->open->pdata[i], NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_ptr_array_unref (house->open);
  g_ptr_array_unref (house->asked);
  g_clear_object (&house->service);
  g_free (house->address);
  for (guint i = 0; i < CALLS; i++)
    g_clear_error (&house->errors[i]);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  House *house = data;
  g_autoptr (MhAnswer) answer
      = mh_api_call_finish (MH_API (source), result, &house->errors[house->told++]);
  g_assert_true ((answer == NULL) == (house->errors[house->told - 1] != NULL));
}

static void
ask (House *house, MhApi *api, GCancellable *cancellable)
{
  const char *args[] = { "q", "vi", NULL };
  mh_api_call_async (api,
                     &(MhApiAsk){ .route = "patient.list", .args = args, .version = MH_API_ANY },
                     cancellable, told_cb, house);
}

/* The answer from @from to @to; whoever has hung up gets nothing. */
static void
give (House *house, guint i, gsize from, gsize to)
{
  GOutputStream *stream = g_io_stream_get_output_stream (house->asked->pdata[i]);
  g_output_stream_write_all (stream, ANSWER + from, to - from, NULL, NULL, NULL);
}

/* Whoever asked goes on to something else while the answer begins to come. */
static void
test_overtaken (void)
{
  const gsize ends[] = { strlen (HEAD), strlen (HEAD) + 5, strlen (ANSWER) };
  for (guint turn = 0; turn < CALLS * G_N_ELEMENTS (ends); turn++)
    {
      House house = { 0 };
      house_open (&house);
      g_autoptr (MhApi) api = mh_api_new (house.address);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      ask (&house, api, cancellable);
      TURN_UNTIL (house.asked->len == 1);
      give (&house, 0, 0, ends[turn / CALLS]);
      for (guint i = 0; i < turn % CALLS; i++)
        g_main_context_iteration (NULL, FALSE);
      gboolean was_told = house.told == 1;
      g_cancellable_cancel (cancellable);
      give (&house, 0, ends[turn / CALLS], strlen (ANSWER));
      TURN_UNTIL (house.told == 1);
      if (was_told)
        g_assert_no_error (house.errors[0]);
      else
        g_assert_error (house.errors[0], MH_ERROR, MH_ERROR_CANCELLED);
      g_clear_object (&api);
      house_close (&house);
    }
}

static gboolean
is_hung_up (House *house, guint i)
{
  char byte;
  GSocket *socket = g_socket_connection_get_socket (house->asked->pdata[i]);
  return g_socket_is_closed (socket)
         || recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The server stands still, before its answers or in the middle of some: who asked goes on without
 * it at once, but libsoup is told nothing of a call whose answer has begun. */
static void
test_silent (void)
{
  House house = { 0 };
  house_open (&house);
  g_autoptr (MhApi) api = mh_api_new (house.address);
  for (guint i = 0; i < CALLS; i++)
    ask (&house, api, NULL);
  TURN_UNTIL (house.asked->len == CALLS && house.pulse != NULL);

  give (&house, 0, 0, strlen (HEAD));
  give (&house, 1, 0, strlen (HEAD) + 5);
  for (guint i = 0; i < CALLS; i++)
    g_main_context_iteration (NULL, FALSE);
  g_io_stream_close (G_IO_STREAM (house.pulse), NULL, NULL);
  for (guint i = 2; i < CALLS; i++)
    {
      give (&house, i, 0, strlen (HEAD));
      g_main_context_iteration (NULL, FALSE);
    }

  TURN_UNTIL (house.told == CALLS);
  for (guint i = 0; i < CALLS; i++)
    {
      g_assert_error (house.errors[i], MH_ERROR, MH_ERROR_OFFLINE);
      g_assert_cmpstr (house.errors[i]->message, ==, "The server does not answer.");
    }
  g_assert_true (mh_api_is_away (api));
  g_assert_false (is_hung_up (&house, 0));
  g_assert_false (is_hung_up (&house, 1));
  g_clear_object (&api);
  house_close (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/given-up/overtaken", test_overtaken);
  g_test_add_func ("/given-up/silent", test_silent);
  return g_test_run ();
}
