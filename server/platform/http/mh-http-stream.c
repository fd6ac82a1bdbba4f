/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-stream.h"

#include "server/platform/http/mh-http-line.h"

/* --- what comes --- */

#define MH_TYPE_HTTP_INPUT (mh_http_input_get_type ())
G_DECLARE_FINAL_TYPE (MhHttpInput, mh_http_input, MH, HTTP_INPUT, GInputStream)

struct _MhHttpInput
{
  GInputStream parent_instance;
  MhHttpLine *line;
};

static void input_pollable_init (GPollableInputStreamInterface *pollable);

G_DEFINE_FINAL_TYPE_WITH_CODE (MhHttpInput,
                               mh_http_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      input_pollable_init))

static gboolean
http_stream_wait_for (MhHttpLine *line,
                      GIOCondition what,
                      GCancellable *cancellable,
                      GError **error)
{
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return FALSE;
  g_clear_error (error);
  return mh_http_line_wait (line, what, cancellable, error);
}

static gssize
input_read (GInputStream *stream,
            void *buffer,
            gsize size,
            GCancellable *cancellable,
            GError **error)
{
  MhHttpLine *line = MH_HTTP_INPUT (stream)->line;
  GError *inner = NULL;
  gssize n;
  while ((n = mh_http_line_read (line, buffer, size, &inner)) < 0
         && http_stream_wait_for (line, G_IO_IN, cancellable, &inner))
    ;
  if (n < 0)
    g_propagate_error (error, inner);
  return n;
}

static gssize
input_read_now (GPollableInputStream *stream, void *buffer, gsize size, GError **error)
{
  return mh_http_line_read (MH_HTTP_INPUT (stream)->line, buffer, size, error);
}

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  return mh_http_line_has (MH_HTTP_INPUT (stream)->line, G_IO_IN);
}

static GSource *
input_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  return mh_http_line_source (MH_HTTP_INPUT (stream)->line, stream, FALSE, cancellable);
}

static void
input_finalize (GObject *object)
{
  mh_http_line_unref (MH_HTTP_INPUT (object)->line);
  G_OBJECT_CLASS (mh_http_input_parent_class)->finalize (object);
}

static void
mh_http_input_class_init (MhHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = input_read;
}

static void
input_pollable_init (GPollableInputStreamInterface *pollable)
{
  pollable->is_readable = input_is_readable;
  pollable->read_nonblocking = input_read_now;
  pollable->create_source = input_source;
}

static void
mh_http_input_init (MhHttpInput *input)
{
}

/* --- what goes --- */

#define MH_TYPE_HTTP_OUTPUT (mh_http_output_get_type ())
G_DECLARE_FINAL_TYPE (MhHttpOutput, mh_http_output, MH, HTTP_OUTPUT, GOutputStream)

struct _MhHttpOutput
{
  GOutputStream parent_instance;
  MhHttpLine *line;
};

static void output_pollable_init (GPollableOutputStreamInterface *pollable);

G_DEFINE_FINAL_TYPE_WITH_CODE (MhHttpOutput,
                               mh_http_output,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      output_pollable_init))

static gssize
output_write (GOutputStream *stream,
              const void *data,
              gsize size,
              GCancellable *cancellable,
              GError **error)
{
  MhHttpLine *line = MH_HTTP_OUTPUT (stream)->line;
  GError *inner = NULL;
  gssize n;
  while ((n = mh_http_line_write (line, data, size, &inner)) < 0
         && http_stream_wait_for (line, G_IO_OUT, cancellable, &inner))
    ;
  if (n < 0)
    g_propagate_error (error, inner);
  return n;
}

static gssize
output_write_now (GPollableOutputStream *stream, const void *data, gsize size, GError **error)
{
  return mh_http_line_write (MH_HTTP_OUTPUT (stream)->line, data, size, error);
}

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  return mh_http_line_has (MH_HTTP_OUTPUT (stream)->line, G_IO_OUT);
}

static GSource *
output_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return mh_http_line_source (MH_HTTP_OUTPUT (stream)->line, stream, TRUE, cancellable);
}

/* libsoup's at the end of each answer, on the I/O thread, which must not wait: what does not leave
 * now does so before the thread waits, or when there is room. */
static gboolean
output_flush (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  mh_http_line_flush (MH_HTTP_OUTPUT (stream)->line);
  return TRUE;
}

static void
output_finalize (GObject *object)
{
  mh_http_line_unref (MH_HTTP_OUTPUT (object)->line);
  G_OBJECT_CLASS (mh_http_output_parent_class)->finalize (object);
}

static void
mh_http_output_class_init (MhHttpOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = output_write;
  G_OUTPUT_STREAM_CLASS (klass)->flush = output_flush;
}

static void
output_pollable_init (GPollableOutputStreamInterface *pollable)
{
  pollable->is_writable = output_is_writable;
  pollable->write_nonblocking = output_write_now;
  pollable->create_source = output_source;
}

static void
mh_http_output_init (MhHttpOutput *output)
{
}

/* --- both --- */

struct _MhHttpStream
{
  GSocketConnection parent_instance;
  MhHttpLine *line;
  GInputStream *input;
  GOutputStream *output;
};

G_DEFINE_FINAL_TYPE (MhHttpStream, mh_http_stream, G_TYPE_SOCKET_CONNECTION)

static GInputStream *
stream_input (GIOStream *stream)
{
  return MH_HTTP_STREAM (stream)->input;
}

static GOutputStream *
stream_output (GIOStream *stream)
{
  return MH_HTTP_STREAM (stream)->output;
}

static gboolean
stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  mh_http_line_close (MH_HTTP_STREAM (stream)->line);
  return G_IO_STREAM_CLASS (mh_http_stream_parent_class)->close_fn (stream, cancellable, error);
}

static void
stream_finalize (GObject *object)
{
  MhHttpStream *stream = MH_HTTP_STREAM (object);
  g_object_unref (stream->input);
  g_object_unref (stream->output);
  mh_http_line_unref (stream->line);
  G_OBJECT_CLASS (mh_http_stream_parent_class)->finalize (object);
}

static void
mh_http_stream_class_init (MhHttpStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = stream_input;
  G_IO_STREAM_CLASS (klass)->get_output_stream = stream_output;
  G_IO_STREAM_CLASS (klass)->close_fn = stream_close;
}

static void
mh_http_stream_init (MhHttpStream *stream)
{
}

GSocketConnection *
mh_http_stream_new (MhHttpPoll *poll,
                    GSocket *socket,
                    MhHttpTls *tls,
                    const MhHttpWatch *watch,
                    GObject *owner)
{
  MhHttpStream *stream = g_object_new (MH_TYPE_HTTP_STREAM, "socket", socket, NULL);
  stream->line = mh_http_line_new (poll, socket, tls, watch, owner);
  stream->input = g_object_new (MH_TYPE_HTTP_INPUT, NULL);
  stream->output = g_object_new (MH_TYPE_HTTP_OUTPUT, NULL);
  MH_HTTP_INPUT (stream->input)->line = mh_http_line_ref (stream->line);
  MH_HTTP_OUTPUT (stream->output)->line = mh_http_line_ref (stream->line);
  return G_SOCKET_CONNECTION (stream);
}

void
mh_http_stream_forget_owner (GSocketConnection *stream)
{
  mh_http_line_forget_owner (MH_HTTP_STREAM (stream)->line);
}

void
mh_http_stream_ration (GSocketConnection *stream)
{
  mh_http_line_ration (MH_HTTP_STREAM (stream)->line);
}
