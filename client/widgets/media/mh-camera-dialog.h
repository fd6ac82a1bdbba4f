/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Takes a picture with a camera: looked at live, taken with the button, Space or Enter, then kept
 * or taken again. Where no camera works it says so and a file can still be chosen. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_CAMERA_DIALOG (mh_camera_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhCameraDialog, mh_camera_dialog, MH, CAMERA_DIALOG, MhDialog)

/* @portrait: shows the square that a portrait will be cut to. */
void mh_camera_ask_async (GtkWidget *parent,
                          MhContext *context,
                          const char *title,
                          gboolean portrait,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* A JPEG, transfer full; NULL: there is none, and *@out_file says whether a file is to be chosen
 * instead. */
GBytes *mh_camera_ask_finish (GAsyncResult *result, gboolean *out_file);

G_END_DECLS
