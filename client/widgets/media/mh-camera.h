/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a camera sees, and pictures from it. Opened in a thread when the widget comes into sight and
 * closed when it goes out of it, is given up or its window is put away. Not mirrored: staff look at
 * somebody else. A program that was built without cameras finds none.
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MH_CAMERA_OFF,     /* not in sight */
  MH_CAMERA_OPENING, /* being looked for, or asked for its first frame */
  MH_CAMERA_LIVE,
  MH_CAMERA_NONE,    /* there is no camera */
  MH_CAMERA_REFUSED, /* the desktop, or who was asked by it, said no */
  MH_CAMERA_BUSY,    /* another program has it */
  MH_CAMERA_LOST     /* it was pulled out, or does not answer */
} MhCameraState;

#define MH_TYPE_CAMERA (mh_camera_get_type ())
/* Properties to be read, which tell when they change: "state" (int, MhCameraState), "names"
 * (GListModel of GtkStringObject: the cameras to choose from). */
G_DECLARE_FINAL_TYPE (MhCamera, mh_camera, MH, CAMERA, GtkWidget)

GtkWidget *mh_camera_new (void);
MhCameraState mh_camera_state (MhCamera *camera);
/* Cut to the widget's shape, as a portrait will be, or whole. */
void mh_camera_set_cut (MhCamera *camera, gboolean cut);
/* Another of "names". */
void mh_camera_choose (MhCamera *camera, guint which);
/* After it was lost or none was found: from the start, the next time it is in sight. */
void mh_camera_look_again (MhCamera *camera);

/* The shutter: the last frame in full as a JPEG, which stays on show until mh_camera_go_on(). */
void mh_camera_shoot_async (MhCamera *camera,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* Transfer full. MH_ERROR_BUSY: there is no frame; the camera goes on. */
GBytes *mh_camera_shoot_finish (MhCamera *camera, GAsyncResult *result, GError **error);
void mh_camera_go_on (MhCamera *camera);

G_END_DECLS
