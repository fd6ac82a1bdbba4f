/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-camera-find.h"

#include "client/widgets/media/mh-camera-there.h"
#include "shared/base/mh-error.h"

#include <libportal-gtk4/portal-gtk4.h>
#include <libportal/portal.h>
#include <unistd.h>

typedef struct
{
  XdpPortal *portal; /* NULL: not asked */
  gboolean granted;
  GtkWindow *parent; /* weak; only until somebody was asked */
} Looking;

static void
looking_free (Looking *looking)
{
  g_clear_object (&looking->portal);
  g_clear_weak_pointer (&looking->parent);
  g_free (looking);
}

static void
place_free (gpointer data)
{
  MhCameraPlace *place = data;
  g_free (place->name);
  g_free (place->words);
  gst_clear_object (&place->device);
  if (place->fd >= 0)
    close (place->fd);
  g_free (place);
}

static MhCameraPlace *
place_add (GPtrArray *places)
{
  MhCameraPlace *place = g_new0 (MhCameraPlace, 1);
  place->fd = -1;
  g_ptr_array_add (places, place);
  return place;
}

/* --- in a thread: GStreamer reads its plugins at first, and devices are asked --- */

static void
camera_find_add_named (GPtrArray *places, const char *named)
{
  g_auto (GStrv) all = g_strsplit (named, ";", -1);
  for (char **words = all; *words != NULL; words++)
    if (g_strstrip (*words)[0] != 0)
      place_add (places)->words = g_strdup (*words);
}

static gboolean
add_portal (GPtrArray *places, XdpPortal *portal)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("pipewiresrc");
  int fd = factory != NULL ? xdp_portal_open_pipewire_remote_for_camera (portal) : -1;
  if (fd >= 0)
    place_add (places)->fd = fd;
  return fd >= 0;
}

static void
add_devices (GPtrArray *places)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  if (!gst_device_monitor_start (monitor))
    return;

  GList *devices = gst_device_monitor_get_devices (monitor);
  for (GList *each = devices; each != NULL; each = each->next)
    {
      MhCameraPlace *place = place_add (places);
      place->device = gst_object_ref (each->data);
      place->name = gst_device_get_display_name (place->device);
    }

  g_list_free_full (devices, gst_object_unref);
  gst_device_monitor_stop (monitor);
}

static void
list_places (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Looking *looking = data;
  const char *named = g_getenv (MH_CAMERA_VARIABLE);
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);
  if (!gst_init_check (NULL, NULL, NULL))
    g_debug ("GStreamer does not start");
  else if (named != NULL)
    camera_find_add_named (places, named);
  else if (!looking->granted || !add_portal (places, looking->portal))
    add_devices (places);
  g_task_return_pointer (task, places, (GDestroyNotify)g_ptr_array_unref);
}

/* A bin may not end with a format alone: identity follows it. */
static GstElement *
source_of (const char *words)
{
  g_autofree char *whole = g_strconcat (words, " ! identity", NULL);
  g_autoptr (GError) error = NULL;
  GstElement *source = gst_parse_bin_from_description (whole, /* ghost pads */ TRUE, &error);
  if (error != NULL && source != NULL)
    gst_object_unref (gst_object_ref_sink (source));
  return error == NULL ? source : NULL;
}

GstElement *
mh_camera_place_source (const MhCameraPlace *place)
{
  if (place->words != NULL)
    return source_of (place->words);
  if (place->device != NULL)
    return gst_device_create_element (place->device, NULL);
  GstElement *source = gst_element_factory_make ("pipewiresrc", NULL);
  if (source != NULL)
    g_object_set (source, "fd", place->fd, NULL);
  return source;
}

/* --- asking the portal --- */

static void
access_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Looking *looking = g_task_get_task_data (task);

  looking->granted = xdp_portal_access_camera_finish (XDP_PORTAL (source), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      GError *refused = NULL;
      mh_error_set (&refused, MH_ERROR_FORBIDDEN, "The camera was refused.");
      g_task_return_error (task, refused);
      return;
    }

  g_task_run_in_thread (task, list_places);
}

static void
present_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Looking *looking = g_task_get_task_data (task);
  gboolean present = mh_camera_portal_finish (result);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (!present)
    {
      g_clear_weak_pointer (&looking->parent);
      g_task_run_in_thread (task, list_places);
      return;
    }

  XdpParent *parent = looking->parent != NULL ? xdp_parent_new_gtk (looking->parent) : NULL;
  g_clear_weak_pointer (&looking->parent);
  looking->portal = xdp_portal_new ();
  xdp_portal_access_camera (looking->portal, parent, XDP_CAMERA_FLAG_NONE,
                            g_task_get_cancellable (task), access_cb, g_object_ref (task));
  g_clear_pointer (&parent, xdp_parent_free);
}

void
mh_camera_find_async (GtkWindow *parent,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Looking *looking = g_new0 (Looking, 1);
  g_task_set_task_data (task, looking, (GDestroyNotify)looking_free);
  if (g_getenv (MH_CAMERA_VARIABLE) != NULL)
    {
      g_task_run_in_thread (task, list_places);
      return;
    }
  g_set_weak_pointer (&looking->parent, parent);
  mh_camera_portal_async (cancellable, present_cb, g_object_ref (task));
}

GPtrArray *
mh_camera_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
