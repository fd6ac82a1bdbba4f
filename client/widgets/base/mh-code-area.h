/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A QR code on a drawing area: black on white whatever the theme, since scanners want it. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* NULL: white paper without a code. FALSE: this cannot be made a code of. */
gboolean mh_code_area_show (GtkDrawingArea *area, const char *content);

G_END_DECLS
