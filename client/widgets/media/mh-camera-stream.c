/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-camera-stream.h"

#include "shared/base/mh-error.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

/* What a frame is converted to: GdkMemoryTexture's own order of bytes. */
#define SHOWN "BGRA"
#define SHOWN_FORMAT GDK_MEMORY_B8G8R8A8_PREMULTIPLIED
/* Enough to read a page by, and what thirty frames a second may cost. */
#define MOST_SIDE "2592"
#define CONVERT_WAIT (5 * GST_SECOND)
#define JPEG_QUALITY "92"

#define SIZE ",width=[1," MOST_SIDE "],height=[1," MOST_SIDE "]"
#define SHORT_QUEUE "queue max-size-buffers=1 max-size-bytes=0 max-size-time=0"

/* From the source to the two sinks: one is shown, the other keeps its last frame for the shutter.
 * Only a source made of words needs "full" to hold it back to its own rate. */
#define RAW "capsfilter caps=video/x-raw" SIZE
#define PACKED "capsfilter caps=image/jpeg" SIZE " ! jpegdec"
#define SINKS                                                                                      \
  "tee name=both "                                                                                 \
  "both. ! " SHORT_QUEUE " leaky=downstream ! videoscale ! videoconvert ! "                        \
  "appsink name=shown async=false sync=false drop=true max-buffers=1 enable-last-sample=false "    \
  "caps=\"video/x-raw,format=" SHOWN ",width=[1,%d],height=[1,%d],pixel-aspect-ratio=1/1\" "       \
  "both. ! " SHORT_QUEUE " ! fakesink name=full async=false sync=%s enable-last-sample=true"

struct _MhCameraStream
{
  GstElement *pipeline, *full;
  GMutex mutex;
  GstSample *latest; /* under the mutex, as is the next */
  gboolean coming;
  guint watch;
  MhCameraFrame frame; /* main thread alone, as are those below; NULL: closed */
  MhCameraEnd end;
  gpointer data;
};

/* --- frames --- */

static void
stream_clear (gpointer data)
{
  MhCameraStream *stream = data;
  gst_clear_object (&stream->full);
  gst_clear_object (&stream->pipeline);
  g_clear_pointer (&stream->latest, gst_sample_unref);
  g_mutex_clear (&stream->mutex);
}

static void
stream_unref (gpointer stream)
{
  g_atomic_rc_box_release_full (stream, stream_clear);
}

static void
frame_free (gpointer data)
{
  GstVideoFrame *frame = data;
  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* The pixels stay where GStreamer put them. */
static GdkTexture *
texture_of (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_free (frame);
      return NULL;
    }

  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  gsize stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      GST_VIDEO_FRAME_PLANE_DATA (frame, 0), stride * (gsize)(height - 1) + (gsize)width * 4,
      frame_free, frame);

  return gdk_memory_texture_new (width, height, SHOWN_FORMAT, bytes, stride);
}

static gboolean
show_latest_cb (gpointer data)
{
  MhCameraStream *stream = data;
  g_mutex_lock (&stream->mutex);
  g_autoptr (GstSample) sample = g_steal_pointer (&stream->latest);
  stream->coming = FALSE;
  g_mutex_unlock (&stream->mutex);
  g_autoptr (GdkTexture) texture
      = sample != NULL && stream->frame != NULL ? texture_of (sample) : NULL;
  if (texture != NULL)
    stream->frame (texture, stream->data);
  return G_SOURCE_REMOVE;
}

static GstFlowReturn
new_sample (GstAppSink *sink, gpointer data)
{
  MhCameraStream *stream = data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  if (sample == NULL)
    return GST_FLOW_OK;

  g_mutex_lock (&stream->mutex);
  g_clear_pointer (&stream->latest, gst_sample_unref);
  stream->latest = sample;
  gboolean first = !stream->coming;

  stream->coming = TRUE;
  g_mutex_unlock (&stream->mutex);

  /* after what was drawn last: a slow screen must still hear keys */
  if (first)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_latest_cb, g_atomic_rc_box_acquire (stream),
                     stream_unref);

  return GST_FLOW_OK;
}

/* --- opening --- */

/* A camera's pictures are larger and more of them a second when it packs each as a JPEG. Told by
 * the open device; PipeWire settles it by itself. */
static gboolean
packs (GstElement *source)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  g_autoptr (GstCaps) caps = pad != NULL ? gst_pad_query_caps (pad, NULL) : NULL;
  g_autoptr (GstCaps) jpeg = gst_caps_new_empty_simple ("image/jpeg");
  return caps != NULL && !gst_caps_is_any (caps) && gst_caps_can_intersect (caps, jpeg);
}

static gboolean
camera_stream_fill (GstElement *pipeline, const MhCameraPlace *place)
{
  GstElement *source = mh_camera_place_source (place);
  if (source == NULL)
    return FALSE;

  gst_bin_add (GST_BIN (pipeline), source);
  if (gst_element_set_state (source, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE)
    return FALSE;

  g_autofree char *words
      = g_strdup_printf ("%s ! " SINKS, packs (source) ? PACKED : RAW, MH_CAMERA_WIDTH,
                         MH_CAMERA_HEIGHT, place->words != NULL ? "true" : "false");
  GstElement *rest = gst_parse_bin_from_description (words, /* ghost pads */ TRUE, NULL);

  if (rest == NULL)
    return FALSE;

  gst_bin_add (GST_BIN (pipeline), rest);
  return gst_element_link (source, rest)
         && gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

static void
tell_why (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) why = NULL;
  if (message != NULL)
    gst_message_parse_error (message, &why, NULL);
  if (g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    mh_error_set (error, MH_ERROR_BUSY, "Another program uses the camera.");
  else
    mh_error_set (error, MH_ERROR_NOT_FOUND, "The camera does not start.");
}

MhCameraStream *
mh_camera_stream_open (const MhCameraPlace *place, GError **error)
{
  GstAppSinkCallbacks callbacks = { .new_sample = new_sample };
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  if (!camera_stream_fill (pipeline, place))
    {
      tell_why (pipeline, error);
      gst_element_set_state (pipeline, GST_STATE_NULL);
      return NULL;
    }

  MhCameraStream *stream = g_atomic_rc_box_new0 (MhCameraStream);
  g_autoptr (GstElement) shown = gst_bin_get_by_name (GST_BIN (pipeline), "shown");
  g_mutex_init (&stream->mutex);
  stream->full = gst_bin_get_by_name (GST_BIN (pipeline), "full");
  stream->pipeline = g_steal_pointer (&pipeline);
  gst_app_sink_set_callbacks (GST_APP_SINK (shown), &callbacks, g_atomic_rc_box_acquire (stream),
                              stream_unref);

  return stream;
}

/* --- watching, closing --- */

static gboolean
camera_stream_message_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  MhCameraStream *stream = data;
  GstMessageType type = GST_MESSAGE_TYPE (message);
  if (type != GST_MESSAGE_ERROR && type != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  stream->watch = 0;
  if (stream->end != NULL)
    stream->end (stream->data);
  return G_SOURCE_REMOVE;
}

void
mh_camera_stream_watch (MhCameraStream *stream, MhCameraFrame frame, MhCameraEnd end, gpointer data)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (stream->pipeline);
  stream->frame = frame;
  stream->end = end;
  stream->data = data;
  stream->watch = gst_bus_add_watch_full (bus, G_PRIORITY_DEFAULT, camera_stream_message_cb,
                                          g_atomic_rc_box_acquire (stream), stream_unref);
}

/* Closing a device waits for its last frame. The sink's callbacks hold the stream: they go with the
 * pipeline. */
static gpointer
shut (gpointer data)
{
  MhCameraStream *stream = data;
  gst_element_set_state (stream->pipeline, GST_STATE_NULL);
  g_autoptr (GstElement) shown = gst_bin_get_by_name (GST_BIN (stream->pipeline), "shown");
  GstAppSinkCallbacks none = { NULL };
  gst_app_sink_set_callbacks (GST_APP_SINK (shown), &none, NULL, NULL);
  stream_unref (stream);
  return NULL;
}

void
mh_camera_stream_close (MhCameraStream *stream)
{
  stream->frame = NULL;
  stream->end = NULL;
  if (stream->watch != 0)
    g_source_remove (stream->watch);
  stream->watch = 0;
  g_thread_unref (g_thread_new ("camera-close", shut, stream));
}

/* --- the shutter --- */

GstSample *
mh_camera_stream_last (MhCameraStream *stream)
{
  GstSample *sample = NULL;
  g_object_get (stream->full, "last-sample", &sample, NULL);
  return sample;
}

GBytes *
mh_camera_stream_jpeg (GstSample *sample)
{
  g_autoptr (GstCaps) wanted
      = gst_caps_from_string ("video/x-raw,format=RGB,pixel-aspect-ratio=1/1");
  g_autoptr (GstSample) plain = gst_video_convert_sample (sample, wanted, CONVERT_WAIT, NULL);
  GstVideoInfo info;
  GstVideoFrame frame;
  char *data = NULL;
  gsize size = 0;

  if (plain == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (plain))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (plain), GST_MAP_READ))
    return NULL;

  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_data (
      GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), GDK_COLORSPACE_RGB, /* alpha */ FALSE, 8,
      GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL, NULL);
  gboolean ok = gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL, "quality",
                                           JPEG_QUALITY, NULL);

  g_clear_object (&pixbuf);
  gst_video_frame_unmap (&frame);
  return ok ? g_bytes_new_take (data, size) : NULL;
}
