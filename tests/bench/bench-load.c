/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench-load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER (1024 * 1024)

typedef struct
{
  int fd;
  guint index;
  gint64 sent;
  char *buffer;
  gsize used;
} Link;

typedef struct
{
  int epoll;
  gint64 until;
  guint next;
  guint open;
  GArray *times; /* µs */
  guint wrong, wrong_status;
  gsize bytes;
  BenchRequest request;
  BenchAnswer answer;
  gpointer data;
} Run;

static int
connect_to (guint16 port)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  int one = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || connect (fd, (struct sockaddr *)&to, sizeof to) != 0)
    g_error ("The server does not answer on port %u.", port);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static gboolean
write_all (int fd, const char *text)
{
  gsize length = strlen (text);
  while (length > 0)
    {
      ssize_t n = send (fd, text, length, MSG_NOSIGNAL);
      if (n <= 0)
        return FALSE;
      text += n;
      length -= (gsize)n;
    }
  return TRUE;
}

static void
link_close (Run *run, Link *link)
{
  close (link->fd);
  link->fd = -1;
  run->open--;
}

static void
link_ask (Run *run, Link *link)
{
  const char *text
      = g_get_monotonic_time () < run->until ? run->request (run->next, run->data) : NULL;
  link->index = run->next++;
  link->used = 0;
  link->sent = g_get_monotonic_time ();
  if (text == NULL || !write_all (link->fd, text))
    link_close (run, link);
}

/* Length of the whole answer once its head is there, 0 before. */
static gsize
whole_length (Link *link, const char **out_body)
{
  link->buffer[link->used] = 0;
  char *end = strstr (link->buffer, "\r\n\r\n");
  if (end == NULL)
    return 0;
  const char *field = strcasestr (link->buffer, "\r\nContent-Length:");
  gsize length = field != NULL && field < end
                     ? strtoul (field + strlen ("\r\nContent-Length:"), NULL, 10)
                     : 0;
  *out_body = end + 4;
  return (gsize)(end + 4 - link->buffer) + length;
}

static void
link_read (Run *run, Link *link)
{
  const char *body = NULL;
  ssize_t n = recv (link->fd, link->buffer + link->used, BUFFER - link->used - 1, 0);
  if (n <= 0)
    {
      run->wrong++;
      run->wrong_status = 0;
      link_close (run, link);
      return;
    }
  link->used += (gsize)n;
  gsize whole = whole_length (link, &body);
  if (whole == 0 || link->used < whole)
    return;
  gint64 time = g_get_monotonic_time () - link->sent;
  guint status = (guint)atoi (link->buffer + strlen ("HTTP/1.1 "));
  g_array_append_val (run->times, time);
  run->bytes += whole - (gsize)(body - link->buffer);
  run->wrong += status / 100 != 2;
  if (status / 100 != 2)
    run->wrong_status = status;
  if (run->answer != NULL)
    run->answer (link->index, status, body, run->data);
  link_ask (run, link);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;
  return x < y ? -1 : x > y;
}

static double
percentile (GArray *times, double part)
{
  if (times->len == 0)
    return 0;
  guint index = MIN ((guint)(times->len * part), times->len - 1);
  return (double)g_array_index (times, gint64, index) / 1000.0;
}

BenchResult
bench_load (guint16 port,
            guint connections,
            double seconds,
            BenchRequest request,
            BenchAnswer answer,
            gpointer data)
{
  Run run = { .epoll = epoll_create1 (EPOLL_CLOEXEC),
              .request = request,
              .answer = answer,
              .data = data,
              .open = connections };
  g_autofree Link *links = g_new0 (Link, connections);
  struct epoll_event events[64];
  run.times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 start = g_get_monotonic_time ();
  run.until = start + (gint64)(seconds * 1e6);
  for (guint i = 0; i < connections; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &links[i] };
      links[i].fd = connect_to (port);
      links[i].buffer = g_malloc (BUFFER);
      epoll_ctl (run.epoll, EPOLL_CTL_ADD, links[i].fd, &event);
    }
  for (guint i = 0; i < connections; i++)
    link_ask (&run, &links[i]);
  while (run.open > 0)
    {
      int n = epoll_wait (run.epoll, events, G_N_ELEMENTS (events), 20000);
      if (n <= 0)
        g_error ("The server gave no answer for 20 s.");
      for (int i = 0; i < n; i++)
        link_read (&run, events[i].data.ptr);
    }
  BenchResult result = { .seconds = (double)(g_get_monotonic_time () - start) / 1e6,
                         .requests = run.times->len,
                         .wrong = run.wrong,
                         .wrong_status = run.wrong_status,
                         .bytes = run.bytes / MAX (1, run.times->len) };
  g_array_sort (run.times, compare_times);
  result.per_second = result.requests / result.seconds;
  result.p50_ms = percentile (run.times, 0.50);
  result.p99_ms = percentile (run.times, 0.99);
  for (guint i = 0; i < connections; i++)
    g_free (links[i].buffer);
  close (run.epoll);
  g_array_unref (run.times);
  return result;
}

typedef struct
{
  const char *request;
  char *body;
  guint status;
} One;

static const char *
one_request (guint index, gpointer data)
{
  return index == 0 ? ((One *)data)->request : NULL;
}

static void
one_answer (guint index, guint status, const char *body, gpointer data)
{
  One *one = data;
  one->status = status;
  one->body = g_strdup (body);
}

char *
bench_ask (guint16 port, const char *request, guint *out_status)
{
  One one = { .request = request };
  bench_load (port, 1, 30, one_request, one_answer, &one);
  if (out_status != NULL)
    *out_status = one.status;
  return one.body;
}
