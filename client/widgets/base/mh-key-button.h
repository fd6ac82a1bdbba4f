/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A button with its key shown beside the words: "Charge ₹511  F9". It is the primary one of its
 * screen unless it says "secondary". */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_KEY_BUTTON (mh_key_button_get_type ())
/* Properties "text" (may have a mnemonic; also the accessible name) and "key" (NULL: none shown;
 * the key itself is bound by the page), "secondary" (FALSE). */
G_DECLARE_FINAL_TYPE (MhKeyButton, mh_key_button, MH, KEY_BUTTON, GtkButton)

/* 0 to 8: the keys 1 to 9, also of the keypad; -1: another key. Pure. */
int mh_key_nth (guint key);
void mh_key_button_set_text (MhKeyButton *button, const char *text);

G_END_DECLS
