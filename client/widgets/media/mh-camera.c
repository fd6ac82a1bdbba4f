/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-camera.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/media/mh-camera-stream.h"
#include "shared/base/mh-error.h"

#include <glib/gi18n-lib.h>

/* A device that is open and gives nothing. */
#define FIRST_FRAME_SECONDS 15

struct _MhCamera
{
  GtkWidget parent_instance;
  GtkPicture *picture;
  MhCameraState state;
  GtkStringList *names;
  GPtrArray *places; /* NULL: not looked for */
  guint which;
  GCancellable *opening;
  MhCameraStream *stream;
  guint patience;
  gboolean frozen;  /* a picture that was taken is on show */
  gboolean minimal; /* its window is put away */
};

G_DEFINE_FINAL_TYPE (MhCamera, mh_camera, GTK_TYPE_WIDGET)

enum
{
  PROP_STATE = 1,
  PROP_NAMES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
camera_set_state (MhCamera *camera, MhCameraState state)
{
  if (camera->state == state)
    return;
  camera->state = state;
  g_object_notify_by_pspec (G_OBJECT (camera), props[PROP_STATE]);
}

/* @state: why. */
static void
stop (MhCamera *camera, MhCameraState state)
{
  if (camera->opening != NULL)
    g_cancellable_cancel (camera->opening);
  g_clear_object (&camera->opening);
  g_clear_handle_id (&camera->patience, g_source_remove);
  g_clear_pointer (&camera->stream, mh_camera_stream_close);
  camera_set_state (camera, state);
}

/* --- opening --- */

static void
frame_cb (GdkTexture *frame, gpointer data)
{
  MhCamera *camera = data;
  g_clear_handle_id (&camera->patience, g_source_remove);
  if (!camera->frozen)
    gtk_picture_set_paintable (camera->picture, GDK_PAINTABLE (frame));
  camera_set_state (camera, MH_CAMERA_LIVE);
}

static void
end_cb (gpointer data)
{
  stop (data, MH_CAMERA_LOST);
}

static gboolean
silent_cb (gpointer data)
{
  MhCamera *camera = data;
  camera->patience = 0;
  stop (camera, MH_CAMERA_LOST);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  GPtrArray *places;
  guint which;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;
  g_ptr_array_unref (opening->places);
  g_free (opening);
}

static void
open_place (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  MhCameraStream *stream
      = mh_camera_stream_open (g_ptr_array_index (opening->places, opening->which), &error);
  if (stream != NULL)
    g_task_return_pointer (task, stream, (GDestroyNotify)mh_camera_stream_close);
  else
    g_task_return_error (task, error);
}

static void
camera_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCamera) camera = data;
  g_autoptr (GError) error = NULL;
  gboolean gone = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
  MhCameraStream *stream = g_task_propagate_pointer (G_TASK (result), &error);

  if (gone)
    return;

  g_clear_object (&camera->opening);
  if (stream == NULL)
    {
      stop (camera,
            g_error_matches (error, MH_ERROR, MH_ERROR_BUSY) ? MH_CAMERA_BUSY : MH_CAMERA_LOST);
      return;
    }

  camera->stream = stream;
  camera->patience = g_timeout_add_seconds (FIRST_FRAME_SECONDS, silent_cb, camera);
  mh_camera_stream_watch (stream, frame_cb, end_cb, camera);
}

static void
open_chosen (MhCamera *camera)
{
  g_autoptr (GTask) task
      = g_task_new (NULL, camera->opening, camera_opened_cb, g_object_ref (camera));
  Opening *opening = g_new0 (Opening, 1);
  opening->places = g_ptr_array_ref (camera->places);
  opening->which = camera->which;
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_place);
}

/* The same ones stay as they are: whoever chose one of them keeps it. */
static void
list_names (MhCamera *camera)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint old = g_list_model_get_n_items (G_LIST_MODEL (camera->names));
  gboolean same = old == camera->places->len;

  for (guint i = 0; i < camera->places->len; i++)
    {
      const MhCameraPlace *place = g_ptr_array_index (camera->places, i);
      g_autofree char *name
          = place->name != NULL ? g_strdup (place->name) : g_strdup_printf (_ ("Camera %u"), i + 1);
      same = same && g_str_equal (name, gtk_string_list_get_string (camera->names, i));
      g_strv_builder_add (builder, name);
    }

  g_auto (GStrv) names = g_strv_builder_end (builder);
  if (!same)
    gtk_string_list_splice (camera->names, 0, old, (const char *const *)names);
}

static void
camera_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCamera) camera = data;
  g_autoptr (GError) error = NULL;
  gboolean gone = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
  g_autoptr (GPtrArray) places = mh_camera_find_finish (result, &error);

  if (gone)
    return;

  if (places == NULL || places->len == 0)
    {
      stop (camera, error != NULL ? MH_CAMERA_REFUSED : MH_CAMERA_NONE);
      return;
    }

  camera->places = g_steal_pointer (&places);
  camera->which = MIN (camera->which, camera->places->len - 1);
  list_names (camera);

  /* unless another was chosen from the new list, and is being opened */
  if (g_task_get_cancellable (G_TASK (result)) == camera->opening)
    open_chosen (camera);
}

/* Once it has told that there is nothing to see, it waits for mh_camera_look_again(). */
static void
camera_start (MhCamera *camera)
{
  if (camera->state != MH_CAMERA_OFF || camera->minimal
      || !gtk_widget_get_mapped (GTK_WIDGET (camera)))
    return;
  camera->opening = g_cancellable_new ();
  camera_set_state (camera, MH_CAMERA_OPENING);
  if (camera->places != NULL)
    open_chosen (camera);
  else
    mh_camera_find_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (camera))), camera->opening,
                          camera_found_cb, g_object_ref (camera));
}

/* It may be on again when it is seen again. */
static void
camera_rest (MhCamera *camera)
{
  gboolean works = camera->state == MH_CAMERA_OPENING || camera->state == MH_CAMERA_LIVE;
  if (works)
    stop (camera, MH_CAMERA_OFF);
}

/* --- what others ask of it --- */

GtkWidget *
mh_camera_new (void)
{
  return g_object_new (MH_TYPE_CAMERA, NULL);
}

MhCameraState
mh_camera_state (MhCamera *camera)
{
  g_return_val_if_fail (MH_IS_CAMERA (camera), MH_CAMERA_OFF);
  return camera->state;
}

void
mh_camera_set_cut (MhCamera *camera, gboolean cut)
{
  g_return_if_fail (MH_IS_CAMERA (camera));
  gtk_picture_set_content_fit (camera->picture,
                               cut ? GTK_CONTENT_FIT_COVER : GTK_CONTENT_FIT_CONTAIN);
}

void
mh_camera_choose (MhCamera *camera, guint which)
{
  g_return_if_fail (MH_IS_CAMERA (camera));
  if (camera->places == NULL || which >= camera->places->len || which == camera->which)
    return;
  /* first: who is told that it is off may bring it into sight, and so start it */
  camera->which = which;
  stop (camera, MH_CAMERA_OFF);
  camera_start (camera);
}

void
mh_camera_look_again (MhCamera *camera)
{
  g_return_if_fail (MH_IS_CAMERA (camera));
  g_clear_pointer (&camera->places, g_ptr_array_unref);
  mh_camera_go_on (camera);
  stop (camera, MH_CAMERA_OFF);
  camera_start (camera);
}

/* --- the shutter --- */

typedef struct
{
  GBytes *jpeg;
  GdkTexture *texture;
} Shot;

static void
shot_free (gpointer data)
{
  Shot *shot = data;
  g_clear_pointer (&shot->jpeg, g_bytes_unref);
  g_clear_object (&shot->texture);
  g_free (shot);
}

static void
develop (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Shot *shot = g_new0 (Shot, 1);
  shot->jpeg = mh_camera_stream_jpeg (data);
  shot->texture = shot->jpeg != NULL ? gdk_texture_new_from_bytes (shot->jpeg, NULL) : NULL;

  if (shot->texture != NULL)
    {
      g_task_return_pointer (task, shot, shot_free);
      return;
    }

  GError *error = NULL;
  shot_free (shot);
  mh_error_set (&error, MH_ERROR_BUSY, "The camera gave no picture.");
  g_task_return_error (task, error);
}

void
mh_camera_shoot_async (MhCamera *camera,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (MH_IS_CAMERA (camera));
  g_autoptr (GTask) task = g_task_new (camera, cancellable, callback, data);
  GstSample *sample = camera->stream != NULL ? mh_camera_stream_last (camera->stream) : NULL;
  GError *error = NULL;

  camera->frozen = sample != NULL;
  if (sample == NULL)
    {
      mh_error_set (&error, MH_ERROR_BUSY, "The camera gave no picture.");
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, sample, (GDestroyNotify)gst_sample_unref);
  g_task_run_in_thread (task, develop);
}

GBytes *
mh_camera_shoot_finish (MhCamera *camera, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (MH_IS_CAMERA (camera), NULL);
  Shot *shot = g_task_propagate_pointer (G_TASK (result), error);
  if (shot == NULL)
    {
      camera->frozen = FALSE;
      return NULL;
    }

  GBytes *jpeg = g_bytes_ref (shot->jpeg);
  gtk_picture_set_paintable (camera->picture, GDK_PAINTABLE (shot->texture));
  mh_accessible_name (GTK_WIDGET (camera->picture), _ ("Picture taken"));
  shot_free (shot);
  return jpeg;
}

void
mh_camera_go_on (MhCamera *camera)
{
  g_return_if_fail (MH_IS_CAMERA (camera));
  camera->frozen = FALSE;
  if (camera->state != MH_CAMERA_LIVE)
    gtk_picture_set_paintable (camera->picture, NULL);
  mh_accessible_name (GTK_WIDGET (camera->picture), _ ("Live picture of the camera"));
}

/* --- in sight or not --- */

static void
surface_cb (MhCamera *camera, GParamSpec *spec, GdkToplevel *surface)
{
  camera->minimal = (gdk_toplevel_get_state (surface) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
  if (camera->minimal)
    camera_rest (camera);
  else
    camera_start (camera);
}

static GdkSurface *
camera_surface_of (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  return GDK_IS_TOPLEVEL (surface) ? surface : NULL;
}

static void
mh_camera_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_camera_parent_class)->map (widget);
  GdkSurface *surface = camera_surface_of (widget);
  if (surface != NULL)
    g_signal_connect_object (surface, "notify::state", G_CALLBACK (surface_cb), widget,
                             G_CONNECT_SWAPPED);
  camera_start (MH_CAMERA (widget));
}

static void
mh_camera_unmap (GtkWidget *widget)
{
  GdkSurface *surface = camera_surface_of (widget);
  if (surface != NULL)
    g_signal_handlers_disconnect_by_func (surface, surface_cb, widget);
  camera_rest (MH_CAMERA (widget));
  GTK_WIDGET_CLASS (mh_camera_parent_class)->unmap (widget);
}

static void
mh_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhCamera *camera = MH_CAMERA (object);
  if (id == PROP_STATE)
    g_value_set_int (value, (int)camera->state);
  else
    g_value_set_object (value, camera->names);
}

static void
mh_camera_dispose (GObject *object)
{
  MhCamera *camera = MH_CAMERA (object);
  stop (camera, MH_CAMERA_OFF);
  g_clear_pointer (&camera->places, g_ptr_array_unref);
  if (camera->picture != NULL)
    gtk_widget_unparent (GTK_WIDGET (camera->picture));
  camera->picture = NULL;
  g_clear_object (&camera->names);
  G_OBJECT_CLASS (mh_camera_parent_class)->dispose (object);
}

static void
mh_camera_class_init (MhCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->get_property = mh_camera_get_property;
  object_class->dispose = mh_camera_dispose;
  widget_class->map = mh_camera_map;
  widget_class->unmap = mh_camera_unmap;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, MH_CAMERA_OFF, MH_CAMERA_LOST,
                                        MH_CAMERA_OFF, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAMES] = g_param_spec_object ("names", NULL, NULL, G_TYPE_LIST_MODEL,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mh_camera_init (MhCamera *camera)
{
  camera->names = gtk_string_list_new (NULL);
  camera->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_widget_set_parent (GTK_WIDGET (camera->picture), GTK_WIDGET (camera));
  mh_accessible_name (GTK_WIDGET (camera->picture), _ ("Live picture of the camera"));
}
