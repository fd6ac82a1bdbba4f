/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Pictures that came as files, from other people's cameras and programs: opened only when their
 * head says that they fit into memory. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* MH_ERROR_TOO_LARGE: it claims more points than are opened. Transfer full. */
GdkTexture *mh_picture_file_texture (GBytes *file, GError **error);
/* Turned as its camera says. */
GdkPixbuf *mh_picture_file_pixbuf (GBytes *file, GError **error);

G_END_DECLS
