/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A GtkStackSwitcher inside a GtkScrolledWindow: where there are more tabs than room, the one on
 * show stays in sight. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button of the tab on show; NULL: there is none yet. Borrowed. */
GtkWidget *mh_tabs_button (GtkStackSwitcher *switcher);
/* Once, when the switcher has its stack and its place. */
void mh_tabs_follow (GtkStackSwitcher *switcher);
/* Ctrl+PageDown and Ctrl+PageUp within @page go to the next and the previous tab that is there. */
void mh_tabs_add_keys (GtkStackSwitcher *switcher, GtkWidget *page);

G_END_DECLS
