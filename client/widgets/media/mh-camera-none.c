/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In a program that was built without GStreamer: there is never a camera, and nobody is offered
 * one (mh_camera_there_async()). */
#include "client/widgets/media/mh-camera.h"

#include "shared/base/mh-error.h"

struct _MhCamera
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (MhCamera, mh_camera, GTK_TYPE_WIDGET)

static void
camera_none_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (G_VALUE_HOLDS_INT (value))
    g_value_set_int (value, MH_CAMERA_NONE);
}

static void
mh_camera_class_init (MhCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = camera_none_get_property;
  g_object_class_install_property (
      object_class, 1,
      g_param_spec_int ("state", NULL, NULL, MH_CAMERA_OFF, MH_CAMERA_LOST, MH_CAMERA_NONE, flags));
  g_object_class_install_property (
      object_class, 2, g_param_spec_object ("names", NULL, NULL, G_TYPE_LIST_MODEL, flags));
}

static void
mh_camera_init (MhCamera *camera)
{
}

GtkWidget *
mh_camera_new (void)
{
  return g_object_new (MH_TYPE_CAMERA, NULL);
}

MhCameraState
mh_camera_state (MhCamera *camera)
{
  return MH_CAMERA_NONE;
}

void
mh_camera_set_cut (MhCamera *camera, gboolean cut)
{
}

void
mh_camera_choose (MhCamera *camera, guint which)
{
}

void
mh_camera_look_again (MhCamera *camera)
{
}

void
mh_camera_shoot_async (MhCamera *camera,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (camera, cancellable, callback, data);
  GError *error = NULL;
  mh_error_set (&error, MH_ERROR_BUSY, "There is no camera.");
  g_task_return_error (task, error);
}

GBytes *
mh_camera_shoot_finish (MhCamera *camera, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mh_camera_go_on (MhCamera *camera)
{
}
