/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One open camera. Its frames come in threads of GStreamer's; of those only the last one waits for
 * the main thread, so that a slow screen sees fewer of them and nothing piles up.
 */
#include "client/widgets/media/mh-camera-find.h"

G_BEGIN_DECLS

typedef struct _MhCameraStream MhCameraStream;

/* Opens a device and may wait for it: not in the main thread. MH_ERROR_BUSY: another program has
 * it; MH_ERROR_NOT_FOUND: it does not work. */
MhCameraStream *mh_camera_stream_open (const MhCameraPlace *place, GError **error);

/* Both in the main thread. @frame: for show, at most MH_CAMERA_WIDTH by MH_CAMERA_HEIGHT. */
typedef void (*MhCameraFrame) (GdkTexture *frame, gpointer data);
/* It ended by itself; there are no more frames. */
typedef void (*MhCameraEnd) (gpointer data);

#define MH_CAMERA_WIDTH 960
#define MH_CAMERA_HEIGHT 720

/* Main thread, once; nothing is called after mh_camera_stream_close(). */
void mh_camera_stream_watch (MhCameraStream *stream,
                             MhCameraFrame frame,
                             MhCameraEnd end,
                             gpointer data);
/* Gives @stream up at once; the device is closed in a thread. */
void mh_camera_stream_close (MhCameraStream *stream);

/* The last frame as the camera gave it; NULL: none yet. Caller unrefs it. */
GstSample *mh_camera_stream_last (MhCameraStream *stream);
/* As a JPEG; takes a while: not in the main thread. NULL: it cannot be read. */
GBytes *mh_camera_stream_jpeg (GstSample *sample);

G_END_DECLS
