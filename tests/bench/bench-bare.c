/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yardstick: libsoup alone, an answer of SIZE bytes from memory, on THREADS threads with a
 * socket each. bench-bare THREADS SIZE prints its port and serves until its standard input ends. */
#include <errno.h>
#include <libsoup/soup.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static GBytes *answer;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_append (headers, "Content-Type", "application/json");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer);
}

static gpointer
serve (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);
  soup_server_add_handler (server, NULL, on_request, NULL, NULL);
  if (!soup_server_listen_socket (server, socket, 0, NULL))
    g_error ("The yardstick cannot listen.");
  g_main_loop_run (loop);
  return NULL;
}

static int
listen_on (guint16 *port)
{
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons (*port) };
  socklen_t length = sizeof at;
  int one = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  at.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  setsockopt (fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (bind (fd, (struct sockaddr *)&at, sizeof at) != 0 || listen (fd, 1024) != 0)
    g_error ("The yardstick cannot listen: %s.", g_strerror (errno));
  getsockname (fd, (struct sockaddr *)&at, &length);
  *port = ntohs (at.sin_port);
  return fd;
}

int
main (int argc, char **argv)
{
  guint threads = argc > 1 ? (guint)atoi (argv[1]) : 1;
  gsize size = argc > 2 ? (gsize)atoi (argv[2]) : 15;
  guint16 port = 0;
  char byte;
  answer = g_bytes_new_take (g_strnfill (size, 'x'), size);
  for (guint i = 0; i < threads; i++)
    g_thread_unref (g_thread_new ("bare", serve, GINT_TO_POINTER (listen_on (&port))));
  printf ("listening on http://127.0.0.1:%u\n", port);
  fflush (stdout);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  _exit (0);
}
