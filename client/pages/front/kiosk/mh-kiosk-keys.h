/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Keys on the screen: they type into the entry of the window that has the focus, which keeps it.
 * Figures or letters, as the entry asks for: Latin, and by a key of their own Devanagari and
 * Urdu. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_KIOSK_KEYS (mh_kiosk_keys_get_type ())
G_DECLARE_FINAL_TYPE (MhKioskKeys, mh_kiosk_keys, MH, KIOSK_KEYS, GtkBox)

G_END_DECLS
