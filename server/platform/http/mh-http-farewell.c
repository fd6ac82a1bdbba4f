/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-farewell.h"

#include <string.h>

#include "server/platform/http/mh-http-connection.h"

/* For all of it; the sweep of the connections sees to that. */
#define FAREWELL_SECONDS 3
/* More than any body may have. */
#define FAREWELL_MOST_BYTES (16 << 20)

typedef struct
{
  GIOStream *stream;
  GSocketAddress *address;
  char *text;
  gsize thrown_away;
  guint8 buffer[16384];
} Farewell;

static void read_on (Farewell *farewell);

static void
farewell_end (Farewell *farewell)
{
  g_io_stream_close (farewell->stream, NULL, NULL);
  g_object_unref (farewell->stream);
  g_object_unref (farewell->address);
  g_free (farewell->text);
  g_free (farewell);
}

static void
http_farewell_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Farewell *farewell = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  farewell->thrown_away += (gsize)MAX (n, 0);
  if (n > 0 && farewell->thrown_away < FAREWELL_MOST_BYTES)
    read_on (farewell);
  else
    farewell_end (farewell);
}

static void
read_on (Farewell *farewell)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (farewell->stream), farewell->buffer,
                             sizeof farewell->buffer, G_PRIORITY_LOW, NULL, http_farewell_read_cb,
                             farewell);
}

static void
http_farewell_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Farewell *farewell = data;
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL)
      && g_output_stream_flush (G_OUTPUT_STREAM (source), NULL, NULL))
    {
      g_socket_shutdown (mh_http_connection_at (farewell->address)->socket, FALSE, TRUE, NULL);
      read_on (farewell);
    }
  else
    farewell_end (farewell);
}

void
mh_http_farewell (GIOStream *stream, GSocketAddress *address, char *text)
{
  Farewell *farewell = g_new0 (Farewell, 1);
  farewell->stream = stream;
  farewell->address = g_object_ref (address);
  farewell->text = text;
  mh_http_connection_busy (mh_http_connection_at (address), FAREWELL_SECONDS);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), text, strlen (text),
                                   G_PRIORITY_DEFAULT, NULL, http_farewell_written_cb, farewell);
}

char *
mh_http_farewell_text (const MhReply *reply, const char *request_id, const char *phrase)
{
  GString *out = g_string_sized_new (512);
  g_string_append_printf (out,
                          "HTTP/1.1 %u %s\r\nContent-Type: %s\r\nX-Request-Id: %s\r\n"
                          "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n",
                          reply->status, phrase, reply->media, request_id, reply->body->len);
  for (guint i = 0; i < reply->n_headers; i++)
    g_string_append_printf (out, "%s: %s\r\n", reply->headers[i].name, reply->headers[i].value);
  g_string_append (out, "\r\n");
  g_string_append_len (out, reply->body->str, (gssize)reply->body->len);
  return g_string_free (out, FALSE);
}
