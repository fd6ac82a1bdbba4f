/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Is there a camera? Told without opening one and without GStreamer, so that a button may ask each
 * time it is shown.
 */
#include <gio/gio.h>

G_BEGIN_DECLS

/* Names the cameras instead of those of the machine: see client/widgets/media/mh-camera-find.h. */
#define MH_CAMERA_VARIABLE "MAHIMA_CAMERA"

void mh_camera_there_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean mh_camera_there_finish (GAsyncResult *result);

/* The desktop's portal alone. */
void
mh_camera_portal_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean mh_camera_portal_finish (GAsyncResult *result);

G_END_DECLS
