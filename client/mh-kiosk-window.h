/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The window of `mahima --kiosk`: after a kiosk's account has signed in it greets in four
 * languages, holds one visit after the other and clears each when nobody touches it. It fills the
 * screen and closes by the PIN of the staff alone.
 */
#include <adwaita.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_KIOSK_WINDOW (mh_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (MhKioskWindow, mh_kiosk_window, MH, KIOSK_WINDOW, AdwApplicationWindow)

/* Asks for the account of a kiosk, unless one has signed in already. */
GtkWindow *mh_kiosk_window_new (GtkApplication *application, MhContext *context);

G_END_DECLS
