/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The one window: log-in, then side bar, header and the workspaces; the locked screen keeps the
 * workspaces behind it as they are. Its actions are in mh-window-actions.c. */
#include <adwaita.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_WINDOW (mh_window_get_type ())
G_DECLARE_FINAL_TYPE (MhWindow, mh_window, MH, WINDOW, AdwApplicationWindow)

/* @settings may be NULL (nothing is remembered). */
GtkWindow *mh_window_new (GtkApplication *application, MhContext *context, GSettings *settings);

G_END_DECLS
