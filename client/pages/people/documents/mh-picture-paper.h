/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A picture on a sheet, for the printer. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One page A4 as PDF, upright or lying as the picture is, with a margin. Transfer full. */
GBytes *mh_picture_paper (GBytes *picture, GError **error);

G_END_DECLS
