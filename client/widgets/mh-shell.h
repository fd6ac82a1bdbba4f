/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a page asks of the window it stands in, without knowing it: each is a window action, found
 * upwards from @from. The window installs "win.go" (ss), "win.toast" (s), "win.fail" (s). */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows another page. @page: its id in mh-pages.c; @what: a record's id, or NULL. */
void mh_shell_go (GtkWidget *from, const char *page, const char *what);
void mh_shell_toast (GtkWidget *from, const char *text);
/* A failure in words; nothing for NULL and MH_ERROR_CANCELLED. */
void mh_shell_fail (GtkWidget *from, const GError *error);

G_END_DECLS
