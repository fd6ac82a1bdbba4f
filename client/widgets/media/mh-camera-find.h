/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where cameras are: the desktop's portal when it knows of one (org.freedesktop.portal.Camera; the
 * person may be asked whether this program may), otherwise every camera GStreamer finds. The
 * variable MAHIMA_CAMERA names sources in GStreamer's words instead, several parted by ";"
 * ("videotestsrc pattern=ball"), and none when it is empty: cameras without a machine.
 */
#include <gst/gst.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  char *name; /* for people; NULL: it has none */
  /* one of the three */
  char *words; /* a source as in gst-launch-1.0(1) */
  GstDevice *device;
  int fd; /* PipeWire's, from the portal; or -1 */
} MhCameraPlace;

void mh_camera_find_async (GtkWindow *parent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
/* Of MhCameraPlace, empty when there is none; the caller unrefs it. MH_ERROR_FORBIDDEN: whoever
 * was asked said no. */
GPtrArray *mh_camera_find_finish (GAsyncResult *result, GError **error);

/* The source, floating; NULL: it cannot be made. Opens nothing yet, but may read plugins: not in
 * the main thread. */
GstElement *mh_camera_place_source (const MhCameraPlace *place);

G_END_DECLS
