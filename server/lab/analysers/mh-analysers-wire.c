/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-wire.h"

#include "server/lab/analysers/mh-analysers-tls.h"
#include "shared/base/mh-clock.h"
#include "shared/records/lab/mh-analyser.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#define CONNECT_SECONDS 10
#define WRITE_TIMEOUT (30 * MH_SECOND)
#define BACKLOG 8

struct _MhWire
{
  GSocket *socket; /* NULL: a serial line */
  GIOStream *tls;  /* NULL: in the clear */
  int fd;
  char *peer;
};

static char *
address_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_strdup ("?");
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (remote);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  return g_strdup_printf ("%s:%u", host, g_inet_socket_address_get_port (inet));
}

MhWire *
mh_wire_new_socket (GSocket *socket)
{
  MhWire *wire = g_new0 (MhWire, 1);
  wire->socket = socket;
  wire->fd = g_socket_get_fd (socket);
  wire->peer = address_of (socket);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_keepalive (socket, TRUE);
  return wire;
}

MhWire *
mh_wire_connect (MhRecord *link, GCancellable *stop, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, CONNECT_SECONDS);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, mh_record_text (link, MH_LINK_HOST),
                                         (guint16)mh_record_int (link, MH_LINK_PORT), stop, error);

  if (connection == NULL)
    return NULL;

  GSocket *socket = g_object_ref (g_socket_connection_get_socket (connection));
  g_socket_set_timeout (socket, 0);
  g_tcp_connection_set_graceful_disconnect (G_TCP_CONNECTION (connection), FALSE);

  /* The socket outlives the connection that made it: a copy of its descriptor is kept. */
  int fd = dup (g_socket_get_fd (socket));
  g_object_unref (socket);
  GSocket *own = fd >= 0 ? g_socket_new_from_fd (fd, error) : NULL;

  if (own == NULL && fd >= 0)
    close (fd);
  return own != NULL ? mh_wire_new_socket (own) : NULL;
}

gboolean
mh_wire_secure (MhWire *wire,
                MhRecord *link,
                GTlsCertificate *own,
                GCancellable *stop,
                GError **error)
{
  if (!mh_analysers_tls_is_on (link))
    return TRUE;
  wire->tls = mh_analysers_tls_begin (wire->socket, link, own, stop, error);
  return wire->tls != NULL;
}

/* --- serial --- */

static speed_t
speed_of (int baud)
{
  static const struct
  {
    int baud;
    speed_t speed;
  } speeds[] = { { 1200, B1200 },   { 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
                 { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 } };
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      return speeds[i].speed;
  return B9600;
}

static gboolean
set_mode (int fd, const char *mode)
{
  struct termios line;
  int baud = 9600, bits = 8, stops = 1;
  char parity = 'N';

  if (mode != NULL)
    sscanf (mode, "%6d %1d%c%1d", &baud, &bits, &parity, &stops);
  if (tcgetattr (fd, &line) != 0)
    return FALSE;

  cfmakeraw (&line);
  line.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  line.c_cflag |= (tcflag_t)(CLOCAL | CREAD | (bits == 7 ? CS7 : CS8));
  if (parity != 'N')
    line.c_cflag |= (tcflag_t)(PARENB | (parity == 'O' ? PARODD : 0));
  if (stops == 2)
    line.c_cflag |= CSTOPB;
  line.c_cc[VMIN] = 0;
  line.c_cc[VTIME] = 0;
  cfsetispeed (&line, speed_of (baud));
  cfsetospeed (&line, speed_of (baud));

  return tcsetattr (fd, TCSANOW, &line) == 0 && tcflush (fd, TCIOFLUSH) == 0;
}

MhWire *
mh_wire_open_serial (MhRecord *link, GError **error)
{
  const char *device = mh_record_text (link, MH_LINK_DEVICE);
  int fd = open (device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || !isatty (fd) || !set_mode (fd, mh_record_text (link, MH_LINK_SERIAL_MODE)))
    {
      mh_error_set (error, MH_ERROR_BUSY, "%s cannot be opened: %s", device,
                    fd < 0 || errno != 0 ? g_strerror (errno) : "it is not a serial line");
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  MhWire *wire = g_new0 (MhWire, 1);
  wire->fd = fd;
  wire->peer = g_strdup (device);
  return wire;
}

void
mh_wire_free (MhWire *wire)
{
  if (wire == NULL)
    return;

  if (wire->tls != NULL)
    g_io_stream_close (wire->tls, NULL, NULL);
  g_clear_object (&wire->tls);
  if (wire->socket != NULL)
    g_socket_close (wire->socket, NULL);
  else
    close (wire->fd);

  g_clear_object (&wire->socket);
  g_free (wire->peer);
  g_free (wire);
}

const char *
mh_wire_peer (const MhWire *wire)
{
  return wire->peer;
}

/* --- reading and writing --- */

/* 1: ready, 0: time is over, -1: stopped. */
static int
analysers_wire_wait_for (MhWire *wire,
                         gushort events,
                         gint64 timeout,
                         GCancellable *stop,
                         GError **error)
{
  GPollFD fds[2] = { { .fd = wire->fd, .events = events }, { .fd = -1 } };
  gboolean has_stop = stop != NULL && g_cancellable_make_pollfd (stop, &fds[1]);
  /* Rounded up: a wait that ends too early would go round at full speed. */
  int n = g_poll (fds, has_stop ? 2 : 1, (int)MIN ((timeout + 999) / 1000, G_MAXINT));
  if (has_stop)
    g_cancellable_release_fd (stop);
  if (g_cancellable_set_error_if_cancelled (stop, error))
    return -1;
  return n > 0 && fds[0].revents != 0 ? 1 : 0;
}

static gboolean
analysers_wire_fail (GError **error, const char *what, int code)
{
  mh_error_set (error, MH_ERROR_BUSY, "%s: %s", what,
                code != 0 ? g_strerror (code) : "the other side closed the line");
  return FALSE;
}

/* -1, as read() and write() say it. */
static gssize
tls_failed (GError *failure)
{
  gboolean waits = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_error_free (failure);
  errno = waits ? EAGAIN : EPROTO;
  return -1;
}

static gssize
take_bytes (MhWire *wire, guint8 *buffer, gsize size)
{
  GError *failure = NULL;
  if (wire->tls == NULL)
    return read (wire->fd, buffer, size);
  gssize n = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (wire->tls)), buffer, size, NULL,
      &failure);
  return n >= 0 ? n : tls_failed (failure);
}

static gssize
give_bytes (MhWire *wire, const char *bytes, gsize size)
{
  GError *failure = NULL;
  if (wire->socket == NULL)
    return write (wire->fd, bytes, size);
  if (wire->tls == NULL)
    return send (wire->fd, bytes, size, MSG_NOSIGNAL);
  gssize n = g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (wire->tls)), bytes, size, NULL,
      &failure);
  return n >= 0 ? n : tls_failed (failure);
}

gssize
mh_wire_read (MhWire *wire,
              guint8 *buffer,
              gsize size,
              gint64 timeout,
              GCancellable *stop,
              GError **error)
{
  /* What TLS has decrypted already lies no more in the socket: it is asked first. */
  gboolean waited = wire->tls == NULL;
  for (;;)
    {
      int ready = waited ? analysers_wire_wait_for (wire, G_IO_IN, timeout, stop, error) : 1;
      if (ready <= 0)
        return ready;
      gssize n = take_bytes (wire, buffer, size);
      if (n > 0)
        return n;
      if (n == 0 || (errno != EAGAIN && errno != EINTR))
        {
          analysers_wire_fail (error, "Reading", n < 0 ? errno : 0);
          return -1;
        }
      if (waited)
        return 0;
      waited = TRUE;
    }
}

gboolean
mh_wire_write (MhWire *wire, GBytes *bytes, GCancellable *stop, GError **error)
{
  gsize length, at = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  gint64 until = g_get_monotonic_time () + WRITE_TIMEOUT;
  while (at < length)
    {
      gssize n = give_bytes (wire, data + at, length - at);
      if (n > 0)
        {
          at += (gsize)n;
          continue;
        }
      if (n < 0 && errno != EAGAIN && errno != EINTR)
        return analysers_wire_fail (error, "Writing", errno);
      gint64 left = until - g_get_monotonic_time ();
      if (left <= 0)
        return analysers_wire_fail (error, "Writing", ETIMEDOUT);
      if (analysers_wire_wait_for (wire, G_IO_OUT, left, stop, error) < 0)
        return FALSE;
    }

  return TRUE;
}

/* --- listening --- */

GSocket *
mh_wire_listen (MhRecord *link, GError **error)
{
  const char *host = mh_record_text (link, MH_LINK_HOST);
  g_autoptr (GInetAddress) address
      = g_inet_address_new_from_string (host != NULL ? host : "127.0.0.1");

  if (address == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "%s is not an address to listen at.", host);
      return NULL;
    }

  g_autoptr (GSocketAddress) at
      = g_inet_socket_address_new (address, (guint16)mh_record_int (link, MH_LINK_PORT));
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, at, TRUE, error))
    return NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_set_blocking (socket, FALSE);
  return g_socket_listen (socket, error) ? g_steal_pointer (&socket) : NULL;
}

gboolean
mh_wire_may_come (MhRecord *link, GSocket *from)
{
  const char *const *allow = mh_record_list (link, MH_LINK_ALLOW);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (from, NULL);
  if (allow == NULL || allow[0] == NULL)
    return TRUE;
  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return FALSE;

  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  for (guint i = 0; allow[i] != NULL; i++)
    {
      g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (allow[i], NULL);
      if (mask != NULL && g_inet_address_mask_matches (mask, address))
        return TRUE;
    }

  return FALSE;
}
