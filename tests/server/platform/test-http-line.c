/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The streams of a connection, on a pair of sockets that keeps each send apart: what leaves with
 * what, who is woken when, and what becomes of a slow, a dying and a closed other side. */
#include "server/platform/http/mh-http-stream.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"

typedef struct
{
  GMainContext *context;
  MhHttpPoll *poll;
  GIOStream *stream;
  GPollableInputStream *in;
  GPollableOutputStream *out;
  GObject *owner;
  int other;
  guint woken;
} Pair;

static guint came;

static void
on_came (GObject *owner, gsize bytes)
{
  g_assert_true (G_IS_OBJECT (owner));
  came++;
}

static gboolean resting;

static gboolean
on_rests (GObject *owner)
{
  g_assert_true (G_IS_OBJECT (owner));
  return resting;
}

static const MhHttpWatch pair_watch = { .came = on_came, .rests = on_rests };

static void
pair_begin (Pair *pair, int type)
{
  int fds[2];
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (socketpair (AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds), ==, 0);
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  *pair = (Pair){ .context = g_main_context_new (), .other = fds[1] };
  g_main_context_push_thread_default (pair->context);
  pair->poll = mh_http_poll_new (pair->context, &error);
  g_assert_no_error (error);
  pair->owner = g_object_new (G_TYPE_OBJECT, NULL);
  came = 0;
  resting = FALSE;
  pair->stream
      = G_IO_STREAM (mh_http_stream_new (pair->poll, socket, NULL, &pair_watch, pair->owner));
  pair->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (pair->stream));
  pair->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (pair->stream));
}

static void
turn (Pair *pair)
{
  for (guint i = 0; i < 3; i++)
    g_main_context_iteration (pair->context, FALSE);
}

static void
pair_end (Pair *pair)
{
  g_clear_object (&pair->stream);
  turn (pair);
  mh_http_poll_free (pair->poll);
  if (pair->other >= 0)
    close (pair->other);
  g_assert_cmpuint (pair->owner->ref_count, ==, 1);
  g_object_unref (pair->owner);
  g_main_context_pop_thread_default (pair->context);
  g_main_context_unref (pair->context);
}

static gssize
put (Pair *pair, const char *text)
{
  return g_pollable_output_stream_write_nonblocking (pair->out, text, strlen (text), NULL, NULL);
}

/* What one send brought to the other side; NULL: nothing is there. */
static const char *
next_send (Pair *pair)
{
  static char text[8192];
  gssize n = recv (pair->other, text, sizeof text - 1, 0);
  text[MAX (n, 0)] = 0;
  return n >= 0 ? text : NULL;
}

static void
test_head_with_body (void)
{
  Pair pair;
  pair_begin (&pair, SOCK_SEQPACKET);
  g_assert_cmpint (put (&pair, HEAD), ==, strlen (HEAD));
  g_assert_null (next_send (&pair));
  g_assert_cmpint (put (&pair, "{}"), ==, 2);
  g_assert_cmpstr (next_send (&pair), ==, HEAD "{}");
  g_assert_cmpint (put (&pair, "more"), ==, 4);
  g_assert_cmpstr (next_send (&pair), ==, "more");
  pair_end (&pair);
}

/* An answer without a body leaves when the thread is about to wait, when it is flushed, or when the
 * connection is closed. */
static void
test_head_alone (void)
{
  for (guint way = 0; way < 3; way++)
    {
      Pair pair;
      pair_begin (&pair, SOCK_SEQPACKET);
      put (&pair, HEAD);
      g_assert_null (next_send (&pair));
      if (way == 0)
        turn (&pair);
      else if (way == 1)
        g_assert_true (g_output_stream_flush (G_OUTPUT_STREAM (pair.out), NULL, NULL));
      else
        g_assert_true (g_io_stream_close (pair.stream, NULL, NULL));
      g_assert_cmpstr (next_send (&pair), ==, HEAD);
      pair_end (&pair);
    }
}

static void
test_not_a_head (void)
{
  g_autofree char *many = g_strnfill (5000, 'x');
  g_autofree char *large = g_strconcat ("HTTP/1.1 200 OK\r\nX: ", many, "\r\n\r\n", NULL);
  const char *const rows[] = { "HTTP/1.1 100 Continue\r\n\r\n",
                               "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                               "HTTP/1.1 413 Too large\r\n\r\n{}",
                               "HTTP/1.1 200",
                               "x",
                               large };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Pair pair;
      pair_begin (&pair, SOCK_SEQPACKET);
      g_assert_cmpint (put (&pair, rows[i]), ==, strlen (rows[i]));
      g_assert_cmpstr (next_send (&pair), ==, rows[i]);
      pair_end (&pair);
    }
}

/* --- waiting --- */

static gboolean
on_ready (GObject *stream, gpointer data)
{
  Pair *pair = data;
  g_assert_true (stream == (gpointer)pair->in || stream == (gpointer)pair->out);
  pair->woken++;
  return G_SOURCE_CONTINUE;
}

static void
watch (Pair *pair, GSource *source)
{
  g_source_set_callback (source, G_SOURCE_FUNC (on_ready), pair, NULL);
  g_source_attach (source, pair->context);
  turn (pair);
}

static void
unwatch (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static gssize
get (Pair *pair, char *buffer, gsize size)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (pair->in, buffer, size, NULL, &error);
  if (n < 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  return n;
}

static void
test_woken_by_what_comes (void)
{
  Pair pair;
  char buffer[16];
  pair_begin (&pair, SOCK_STREAM);
  GSource *source = g_pollable_input_stream_create_source (pair.in, NULL);
  watch (&pair, source);
  g_assert_cmpuint (pair.woken, ==, 0);
  g_assert_cmpint (send (pair.other, "one", 3, 0), ==, 3);
  g_assert_cmpuint (came, ==, 0);
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  g_assert_cmpint (get (&pair, buffer, 2), ==, 2);
  g_assert_cmpuint (came, ==, 1);
  pair.woken = 0;
  turn (&pair); /* a rest is here, though nothing new came */
  g_assert_cmpuint (pair.woken, >, 0);
  g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 1);
  pair.woken = 0;
  turn (&pair);
  g_assert_cmpuint (pair.woken, ==, 0);
  g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, -1);
  send (pair.other, "two", 3, 0);
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  unwatch (source);
  pair_end (&pair);
}

/* Data and the end arrive together and are told once. */
static void
test_data_and_end (void)
{
  Pair pair;
  char buffer[16];
  pair_begin (&pair, SOCK_STREAM);
  GSource *source = g_pollable_input_stream_create_source (pair.in, NULL);
  send (pair.other, "bye", 3, 0);
  shutdown (pair.other, SHUT_WR);
  watch (&pair, source);
  g_assert_cmpuint (pair.woken, >, 0);
  g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 3);
  pair.woken = 0;
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 0);
  unwatch (source);
  pair_end (&pair);
}

/* The end between two requests: a byte that no request begins with, then the end, and what is said
 * about that byte reaches nobody. Inside a request and for no owner there is the end alone. */
static void
test_end_between (void)
{
  for (guint way = 0; way < 3; way++)
    {
      Pair pair;
      g_autoptr (GError) error = NULL;
      char buffer[16];
      pair_begin (&pair, SOCK_STREAM);
      resting = way != 1;
      if (way == 2)
        mh_http_stream_forget_owner (G_SOCKET_CONNECTION (pair.stream));
      g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, -1);
      shutdown (pair.other, SHUT_WR);
      turn (&pair);
      if (way == 0)
        {
          g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 1);
          g_assert_false (g_ascii_isprint (buffer[0]) || g_ascii_isspace (buffer[0]));
          g_assert_cmpuint (came, ==, 0);
          g_assert_cmpint (put (&pair, HEAD), ==, -1);
        }
      g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 0);
      turn (&pair);
      g_assert_null (next_send (&pair));
      pair_end (&pair);
    }
}

/* Under a source of another stream's, as libsoup has it. */
static void
test_as_a_child (void)
{
  Pair pair;
  pair_begin (&pair, SOCK_STREAM);
  GSource *child = g_pollable_input_stream_create_source (pair.in, NULL);
  GSource *source = g_pollable_source_new_full (pair.in, child, NULL);
  g_source_unref (child);
  watch (&pair, source);
  g_assert_cmpuint (pair.woken, ==, 0);
  send (pair.other, "x", 1, 0);
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  unwatch (source);
  pair_end (&pair);
}

static void
test_cancelled (void)
{
  Pair pair;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  pair_begin (&pair, SOCK_STREAM);
  GSource *source = g_pollable_input_stream_create_source (pair.in, cancellable);
  watch (&pair, source);
  g_assert_cmpuint (pair.woken, ==, 0);
  g_cancellable_cancel (cancellable);
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  unwatch (source);
  pair_end (&pair);
}

/* --- the other side --- */

/* Reads slowly: every byte arrives, in order, and meanwhile nobody spins. */
static void
test_slow_reader (void)
{
  enum
  {
    SIZE = 4 << 20
  };
  Pair pair;
  g_autofree char *body = g_malloc (SIZE);
  g_autoptr (GByteArray) got = g_byte_array_new ();
  gsize sent = 0;
  char piece[30000];
  for (gsize i = 0; i < SIZE; i++)
    body[i] = (char)('a' + i % 23);
  pair_begin (&pair, SOCK_STREAM);
  GSource *source = g_pollable_output_stream_create_source (pair.out, NULL);
  put (&pair, HEAD);
  while (got->len < strlen (HEAD) + SIZE)
    {
      gssize n;
      while (sent < SIZE
             && (n = g_pollable_output_stream_write_nonblocking (pair.out, body + sent, SIZE - sent,
                                                                 NULL, NULL))
                    > 0)
        sent += (gsize)n;
      if (pair.woken == 0 && sent < SIZE)
        {
          watch (&pair, source);
          g_assert_cmpuint (pair.woken, ==, 0);
        }
      gboolean was_full = sent < SIZE;
      while ((n = recv (pair.other, piece, sizeof piece, 0)) > 0)
        g_byte_array_append (got, (guint8 *)piece, (guint)n);
      turn (&pair);
      if (was_full)
        g_assert_cmpuint (pair.woken, >, 0);
    }
  g_assert_cmpint (memcmp (got->data, HEAD, strlen (HEAD)), ==, 0);
  g_assert_cmpmem (got->data + strlen (HEAD), got->len - strlen (HEAD), body, SIZE);
  unwatch (source);
  pair_end (&pair);
}

/* No room even for the head: it is not taken, and waited for like anything else. */
static void
test_no_room_for_the_head (void)
{
  Pair pair;
  g_autofree char *fill = g_malloc0 (1 << 20);
  char piece[1 << 16];
  gssize n;
  gsize before = 0, filled = 0;
  g_autoptr (GString) got = g_string_new (NULL);
  pair_begin (&pair, SOCK_STREAM);
  while ((n = g_pollable_output_stream_write_nonblocking (pair.out, fill, 1 << 20, NULL, NULL)) > 0)
    filled += (gsize)n;
  g_assert_cmpint (put (&pair, HEAD), ==, -1);
  turn (&pair);
  while (before < filled
         && (n = recv (pair.other, piece, MIN (sizeof piece, filled - before), 0)) > 0)
    before += (gsize)n;
  turn (&pair);
  g_assert_cmpint (put (&pair, HEAD), ==, strlen (HEAD));
  g_assert_cmpint (put (&pair, "{}"), ==, 2);
  while ((n = recv (pair.other, piece, sizeof piece, 0)) > 0)
    g_string_append_len (got, piece, n);
  g_assert_cmpstr (got->str, ==, HEAD "{}");
  pair_end (&pair);
}

static void
test_gone (void)
{
  Pair pair;
  g_autoptr (GError) error = NULL;
  char buffer[4];
  pair_begin (&pair, SOCK_STREAM);
  close (pair.other);
  pair.other = -1;
  put (&pair, HEAD);
  turn (&pair);
  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (pair.out, "{}", 2, NULL, &error), ==,
                   -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  g_assert_cmpint (get (&pair, buffer, sizeof buffer), ==, 0);
  pair_end (&pair);
}

/* Whoever still holds a stream of a closed connection, or a source, meets an error and no
 * descriptor of somebody else's. */
static void
test_closed (void)
{
  Pair pair, next;
  g_autoptr (GError) error = NULL;
  char buffer[4];
  pair_begin (&pair, SOCK_STREAM);
  g_autoptr (GInputStream) in = g_object_ref (G_INPUT_STREAM (pair.in));
  GSource *source = g_pollable_input_stream_create_source (pair.in, NULL);
  watch (&pair, source);
  mh_http_stream_forget_owner (G_SOCKET_CONNECTION (pair.stream));
  g_assert_true (g_io_stream_close (pair.stream, NULL, NULL));
  g_assert_cmpint (recv (pair.other, buffer, sizeof buffer, 0), ==, 0);
  g_clear_object (&pair.stream);
  turn (&pair);
  g_assert_cmpuint (pair.woken, >, 0);
  pair_begin (&next, SOCK_STREAM);
  send (next.other, "no", 2, 0);
  turn (&pair);
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (in), buffer,
                                                             sizeof buffer, NULL, &error),
                   ==, -1);
  g_assert_nonnull (error);
  unwatch (source);
  pair_end (&next);
  pair_end (&pair);
}

/* The plain calls of a stream wait. */
static gpointer
answer_later (gpointer data)
{
  g_usleep (20000);
  send (GPOINTER_TO_INT (data), "late", 4, 0);
  return NULL;
}

static void
test_blocking (void)
{
  Pair pair;
  char buffer[8];
  gsize n;
  pair_begin (&pair, SOCK_STREAM);
  GThread *thread = g_thread_new ("other", answer_later, GINT_TO_POINTER (pair.other));
  g_assert_cmpint (
      g_input_stream_read (G_INPUT_STREAM (pair.in), buffer, sizeof buffer, NULL, NULL), ==, 4);
  g_thread_join (thread);
  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (pair.out), "x", 1, &n, NULL, NULL));
  g_assert_cmpstr (next_send (&pair), ==, "x");
  pair_end (&pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-line/head-with-body", test_head_with_body);
  g_test_add_func ("/http-line/head-alone", test_head_alone);
  g_test_add_func ("/http-line/not-a-head", test_not_a_head);
  g_test_add_func ("/http-line/woken", test_woken_by_what_comes);
  g_test_add_func ("/http-line/data-and-end", test_data_and_end);
  g_test_add_func ("/http-line/end-between", test_end_between);
  g_test_add_func ("/http-line/child", test_as_a_child);
  g_test_add_func ("/http-line/cancelled", test_cancelled);
  g_test_add_func ("/http-line/slow-reader", test_slow_reader);
  g_test_add_func ("/http-line/no-room", test_no_room_for_the_head);
  g_test_add_func ("/http-line/gone", test_gone);
  g_test_add_func ("/http-line/closed", test_closed);
  g_test_add_func ("/http-line/blocking", test_blocking);
  return g_test_run ();
}
