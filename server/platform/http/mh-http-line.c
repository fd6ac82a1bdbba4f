/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-line.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A head that waits is not larger. */
#define MAX_HEAD 4096

struct _MhHttpPoll
{
  GSource *source; /* NULL: stopped */
  GPollFD fd;
  GQueue waiting;  /* lines that hold something to be sent */
  GQueue rationed; /* lines that may not be read for a moment */
};

/* A connection, shared by its streams and by what waits for them. */
struct _MhHttpLine
{
  MhHttpPoll *poll;
  GSocket *socket;
  int fd; /* -1: closed */
  gboolean readable, writable;
  gboolean ended; /* the other side sends nothing more; what it sent may still be here */
  MhHttpTls *tls; /* NULL: plain */
  GString *head;  /* of an answer, not sent yet */
  GList link;     /* in poll->waiting while something is held */
  gboolean queued;
  double ration, most_ration; /* bytes that may be read now, and after a rest; 0: any number */
  gint64 rationed_at;         /* monotonic */
  GList rationed;             /* in poll->rationed while there is nothing left */
  gboolean resting;
  gboolean marked; /* the end between two requests was told by a byte of its own */
  const MhHttpWatch *watch;
  GObject *owner; /* NULL: forgotten */
};

typedef struct
{
  GSource base;
  MhHttpPoll *poll;
} PollSource;

typedef struct
{
  GSource base;
  GObject *stream;
  MhHttpLine *line;
  gboolean out;
} LineSource;

/* --- a line --- */

static void
poll_clear (gpointer data)
{
  close (((MhHttpPoll *)data)->fd.fd);
}

static void
http_line_clear (gpointer data)
{
  MhHttpLine *line = data;
  g_rc_box_release_full (line->poll, poll_clear);
  g_object_unref (line->socket);
  g_clear_object (&line->owner);
  g_string_free (line->head, TRUE);
  mh_http_tls_free (line->tls);
}

MhHttpLine *
mh_http_line_ref (MhHttpLine *line)
{
  return g_rc_box_acquire (line);
}

void
mh_http_line_forget_owner (MhHttpLine *line)
{
  g_clear_object (&line->owner);
}

void
mh_http_line_unref (MhHttpLine *line)
{
  g_rc_box_release_full (line, http_line_clear);
}

static void
http_line_fail (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
}

/* Of no request: not a letter of a method, not the end of a line. */
#define END_MARK 0x7f

static gboolean
line_needs_mark (MhHttpLine *line, gsize size)
{
  return size > 0 && !line->marked && line->owner != NULL && line->watch->rests (line->owner);
}

static gssize
http_line_receive (MhHttpLine *line, void *buffer, gsize size)
{
  gssize n;
  if (line->tls != NULL)
    n = mh_http_tls_read (line->tls, buffer, size);
  else
    do
      n = recv (line->fd, buffer, size, 0);
    while (n < 0 && errno == EINTR);

  /* Less than there was room for: nothing more is here, and epoll tells of what comes. The end it
   * may have told already. A record of TLS tells nothing about what stands behind it. */
  if ((n < 0 && errno == EAGAIN) || (n > 0 && (gsize)n < size && !line->ended && line->tls == NULL))
    line->readable = FALSE;

  return n;
}

/* --- rations --- */

#define RATION_BYTES_A_SECOND 256.0
#define RATION_MOST 8192.0
#define RATION_REST_MS 250

void
mh_http_line_ration (MhHttpLine *line)
{
  line->ration = line->most_ration = RATION_MOST;
  line->rationed_at = g_get_monotonic_time ();
}

static gboolean
line_may_read (MhHttpLine *line)
{
  if (line->most_ration == 0)
    return TRUE;

  gint64 now = g_get_monotonic_time ();
  double grown = (double)(now - line->rationed_at) / G_USEC_PER_SEC * RATION_BYTES_A_SECOND;
  line->ration = MIN (line->ration + grown, line->most_ration);
  line->rationed_at = now;
  if (line->ration >= 1)
    return TRUE;

  line->readable = FALSE;
  if (!line->resting && line->poll->source != NULL)
    g_queue_push_tail_link (&line->poll->rationed, &line->rationed);
  line->resting = line->resting || line->poll->source != NULL;
  return FALSE;
}

/* Those whose rest is over; ms until the next one's is, -1: none rests. */
static gint
wake_rationed (MhHttpPoll *poll)
{
  gint64 now = g_get_monotonic_time ();
  for (GList *l = poll->rationed.head; l != NULL; l = poll->rationed.head)
    {
      MhHttpLine *line = l->data;
      gint64 left = line->rationed_at + RATION_REST_MS * 1000 - now;
      if (left > 0)
        return (gint)(left / 1000 + 1);
      g_queue_unlink (&poll->rationed, l);
      line->resting = FALSE;
      line->readable = TRUE;
    }

  return -1;
}

/* What has come; 0: the end. */
gssize
mh_http_line_read (MhHttpLine *line, void *buffer, gsize size, GError **error)
{
  if (line->fd < 0)
    {
      http_line_fail (error, ENOTCONN);
      return -1;
    }

  if (line->marked)
    return 0;

  if (!line_may_read (line))
    {
      http_line_fail (error, EAGAIN);
      return -1;
    }

  gssize n = http_line_receive (line, buffer,
                                line->most_ration > 0 ? MIN (size, (gsize)line->ration) : size);
  if ((n == 0 || (n < 0 && errno != EAGAIN)) && line_needs_mark (line, size))
    {
      line->marked = TRUE;
      *(guint8 *)buffer = END_MARK;
      return 1;
    }

  if (n < 0)
    http_line_fail (error, errno);
  else if (line->most_ration > 0)
    line->ration -= (double)n;
  if (n > 0 && line->owner != NULL)
    line->watch->came (line->owner, (gsize)n);

  return n;
}

/* Of head and data together, as one record. */
static gssize
line_seal (MhHttpLine *line, const void *data, gsize size)
{
  guint8 both[16384];
  gsize head = line->head->len;
  if (head == 0)
    return mh_http_tls_write (line->tls, data, size);
  gsize more = MIN (size, sizeof both - head);
  memcpy (both, line->head->str, head);
  if (more > 0)
    memcpy (both + head, data, more);
  return mh_http_tls_write (line->tls, both, head + more);
}

/* The head that waits, then @data. How many bytes of both are sent; -1: none. */
static gssize
line_send (MhHttpLine *line, const void *data, gsize size)
{
  struct iovec parts[] = { { line->head->str, line->head->len }, { (void *)data, size } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = G_N_ELEMENTS (parts) };
  gssize n;

  if (line->tls != NULL)
    n = line_seal (line, data, size);
  else
    do
      n = sendmsg (line->fd, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
  if ((n < 0 && errno == EAGAIN) || (line->tls != NULL && mh_http_tls_holds (line->tls)))
    line->writable = FALSE;
  return n;
}

/* In the queue exactly while something is held. */
static void
line_queue (MhHttpLine *line)
{
  gboolean holds = line->head->len > 0 || (line->tls != NULL && mh_http_tls_holds (line->tls));
  if (holds && !line->queued)
    g_queue_push_tail_link (&line->poll->waiting, &line->link);
  else if (!holds && line->queued)
    g_queue_unlink (&line->poll->waiting, &line->link);
  line->queued = holds;
}

static void
line_drop_head (MhHttpLine *line, gsize size)
{
  g_string_erase (line->head, 0, (gssize)MIN (size, line->head->len));
}

void
mh_http_line_flush (MhHttpLine *line)
{
  if (!line->queued || line->fd < 0 || !line->writable)
    return;

  if (line->tls != NULL)
    mh_http_tls_flush (line->tls);
  if (line->tls != NULL && mh_http_tls_holds (line->tls))
    line->writable = FALSE;
  else if (line->head->len > 0)
    {
      gssize n = line_send (line, NULL, 0);
      if (n > 0)
        line_drop_head (line, (gsize)n);
    }

  line_queue (line);
}

/* A final answer's: after an interim one ("100 Continue") the other side is waited for. */
static gboolean
is_head (const char *data, gsize size)
{
  static const char begin[] = "HTTP/1.1 ", end[] = "\r\n\r\n";
  return size > strlen (begin) + strlen (end) && size <= MAX_HEAD
         && memcmp (data, begin, strlen (begin)) == 0 && data[strlen (begin)] != '1'
         && memcmp (data + size - strlen (end), end, strlen (end)) == 0;
}

gssize
mh_http_line_write (MhHttpLine *line, const void *data, gsize size, GError **error)
{
  gsize waiting = line->head->len;

  /* libsoup's complaint about the mark is nobody's business */
  if (line->fd < 0 || line->marked)
    {
      http_line_fail (error, ENOTCONN);
      return -1;
    }

  /* without room the caller waits, as for any other answer */
  if (waiting == 0 && line->writable && line->poll->source != NULL && is_head (data, size))
    {
      g_string_append_len (line->head, data, (gssize)size);
      line_queue (line);
      return (gssize)size;
    }

  gssize n = line_send (line, data, size);
  int why = errno;
  if (n > 0 && waiting > 0)
    line_drop_head (line, (gsize)n);
  line_queue (line);
  if (n >= 0 && (gsize)n > waiting)
    return n - (gssize)waiting;

  http_line_fail (error, n < 0 ? why : EAGAIN);
  return -1;
}

void
mh_http_line_close (MhHttpLine *line)
{
  mh_http_line_flush (line);
  if (line->tls != NULL && line->fd >= 0)
    mh_http_tls_end (line->tls);
  if (line->queued)
    g_queue_unlink (&line->poll->waiting, &line->link);
  if (line->resting)
    g_queue_unlink (&line->poll->rationed, &line->rationed);
  line->queued = line->resting = FALSE;
  g_string_truncate (line->head, 0);
  if (line->fd >= 0)
    epoll_ctl (line->poll->fd.fd, EPOLL_CTL_DEL, line->fd, NULL);
  line->fd = -1;
  line->readable = line->writable = TRUE; /* who waits is to meet the error */
}

MhHttpLine *
mh_http_line_new (MhHttpPoll *poll,
                  GSocket *socket,
                  MhHttpTls *tls,
                  const MhHttpWatch *watch,
                  GObject *owner)
{
  MhHttpLine *line = g_rc_box_new0 (MhHttpLine);
  line->poll = g_rc_box_acquire (poll);
  line->socket = g_object_ref (socket);
  line->fd = g_socket_get_fd (socket);
  line->tls = tls;
  line->writable = TRUE;
  line->watch = watch;
  line->owner = g_object_ref (owner);
  line->head = g_string_new (NULL);
  line->link.data = line;
  line->rationed.data = line;

  struct epoll_event event
      = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = line };
  if (epoll_ctl (poll->fd.fd, EPOLL_CTL_ADD, line->fd, &event) != 0)
    mh_http_line_close (line);

  return line;
}

gboolean
mh_http_line_has (MhHttpLine *line, GIOCondition what)
{
  if (what == G_IO_IN && line->tls != NULL && mh_http_tls_has (line->tls))
    return TRUE;
  return (g_socket_condition_check (line->socket, what) & what) != 0;
}

gboolean
mh_http_line_wait (MhHttpLine *line, GIOCondition what, GCancellable *cancellable, GError **error)
{
  return g_socket_condition_wait (line->socket, what, cancellable, error);
}

/* --- the poll --- */

static gboolean
poll_prepare (GSource *source, gint *out_timeout)
{
  MhHttpPoll *poll = ((PollSource *)source)->poll;
  /* an answer without a body, or whose body does not come yet */
  for (GList *l = poll->waiting.head, *next; l != NULL; l = next)
    {
      next = l->next;
      mh_http_line_flush (l->data);
    }
  *out_timeout = poll->rationed.head != NULL ? wake_rationed (poll) : -1;
  return FALSE;
}

/* Never ready itself: it is asked before the lines' own sources, and these look at what it noted.
 */
static gboolean
poll_check (GSource *source)
{
  MhHttpPoll *poll = ((PollSource *)source)->poll;
  struct epoll_event events[64];
  int n = (poll->fd.revents & G_IO_IN) != 0
              ? epoll_wait (poll->fd.fd, events, G_N_ELEMENTS (events), 0)
              : 0;

  for (int i = 0; i < n; i++)
    {
      MhHttpLine *line = events[i].data.ptr;
      guint what = events[i].events;
      gboolean over = (what & (EPOLLHUP | EPOLLERR)) != 0;
      line->ended = line->ended || over || (what & EPOLLRDHUP) != 0;
      /* a handshake may wait for room, too */
      gboolean shaking = line->tls != NULL && !mh_http_tls_is_open (line->tls);
      line->readable = line->readable || line->ended || (what & EPOLLIN) != 0 || shaking;
      line->writable = line->writable || over || (what & EPOLLOUT) != 0;
    }

  return FALSE;
}

static gboolean
poll_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs poll_funcs = { poll_prepare, poll_check, poll_dispatch, NULL, NULL, NULL };

MhHttpPoll *
mh_http_poll_new (GMainContext *context, GError **error)
{
  int fd = epoll_create1 (EPOLL_CLOEXEC);
  if (fd < 0)
    {
      http_line_fail (error, errno);
      return NULL;
    }

  MhHttpPoll *poll = g_rc_box_new0 (MhHttpPoll);
  poll->fd = (GPollFD){ .fd = fd, .events = G_IO_IN };
  poll->source = g_source_new (&poll_funcs, sizeof (PollSource));
  ((PollSource *)poll->source)->poll = poll;
  g_source_set_priority (poll->source, G_PRIORITY_HIGH);
  g_source_add_poll (poll->source, &poll->fd);
  g_source_attach (poll->source, context);
  return poll;
}

void
mh_http_poll_free (MhHttpPoll *poll)
{
  if (poll == NULL)
    return;
  g_source_destroy (poll->source);
  g_clear_pointer (&poll->source, g_source_unref);
  g_rc_box_release_full (poll, poll_clear);
}

/* --- what waits for a line --- */

static gboolean
line_is_ready (GSource *source)
{
  LineSource *waiting = (LineSource *)source;
  return waiting->out ? waiting->line->writable : waiting->line->readable;
}

static gboolean
line_prepare (GSource *source, gint *out_timeout)
{
  *out_timeout = -1;
  return line_is_ready (source);
}

static gboolean
line_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return ((GPollableSourceFunc)(void (*) (void))callback) (((LineSource *)source)->stream, data);
}

static void
line_source_finalize (GSource *source)
{
  g_object_unref (((LineSource *)source)->stream);
  mh_http_line_unref (((LineSource *)source)->line);
}

/* Whoever makes it the child of another source gives it a closure that does nothing. */
static gboolean
line_closure (GObject *stream, gpointer closure)
{
  GValue result = G_VALUE_INIT, of = G_VALUE_INIT;
  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&of, G_TYPE_OBJECT);
  g_value_set_object (&of, stream);
  g_closure_invoke (closure, &result, 1, &of, NULL);
  gboolean again = g_value_get_boolean (&result);
  g_value_unset (&of);
  return again;
}

static GSourceFuncs line_funcs = { line_prepare,
                                   line_is_ready,
                                   line_dispatch,
                                   line_source_finalize,
                                   (GSourceFunc)(void (*) (void))line_closure,
                                   (GSourceDummyMarshal)g_cclosure_marshal_generic };

GSource *
mh_http_line_source (MhHttpLine *line, gpointer stream, gboolean out, GCancellable *cancellable)
{
  GSource *source = g_source_new (&line_funcs, sizeof (LineSource));
  LineSource *waiting = (LineSource *)source;
  waiting->stream = g_object_ref (stream);
  waiting->line = g_rc_box_acquire (line);
  waiting->out = out;

  if (cancellable != NULL)
    {
      GSource *child = g_cancellable_source_new (cancellable);
      g_source_set_dummy_callback (child);
      g_source_add_child_source (source, child);
      g_source_unref (child);
    }

  return source;
}
