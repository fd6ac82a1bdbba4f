/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/media/mh-camera-there.h"

/* A portal that does not answer is none. */
#define PORTAL_WAIT_MS 3000
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* --- the portal --- */

static void
camera_there_told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  g_task_return_boolean (task, value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
                                   && g_variant_get_boolean (value));
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  if (bus == NULL)
    g_task_return_boolean (task, FALSE);
  else
    g_dbus_connection_call (
        bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
        g_variant_new ("(ss)", "org.freedesktop.portal.Camera", "IsCameraPresent"),
        G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, PORTAL_WAIT_MS,
        g_task_get_cancellable (task), camera_there_told_cb, g_object_ref (task));
}

void
mh_camera_portal_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_object_ref (task));
}

gboolean
mh_camera_portal_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- anywhere --- */

#ifdef HAVE_CAMERA
static gboolean
is_plugged_in (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/dev", 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "video") && g_ascii_isdigit (name[5]))
      return TRUE;
  return FALSE;
}

static void
portal_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_task_return_boolean (task, mh_camera_portal_finish (result));
}
#endif

void
mh_camera_there_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
#ifdef HAVE_CAMERA
  const char *named = g_getenv (MH_CAMERA_VARIABLE);
  if (named == NULL && !is_plugged_in ())
    mh_camera_portal_async (cancellable, portal_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, named == NULL || named[0] != 0);
#else
  g_task_return_boolean (task, FALSE);
#endif
}

gboolean
mh_camera_there_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
