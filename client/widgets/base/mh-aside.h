/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Something beside the work that needs a wide window: shown on the right where there is room for
 * both, gone where there is not. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_ASIDE (mh_aside_get_type ())
/* Properties "main" and "aside" (GtkWidget, once each), "threshold" (int, pixels: from this width
 * on both are seen), "share" (int, per cent of the width that is the aside's), "wide" (boolean,
 * read: both are seen). */
G_DECLARE_FINAL_TYPE (MhAside, mh_aside, MH, ASIDE, GtkWidget)

gboolean mh_aside_is_wide (MhAside *aside);

G_END_DECLS
