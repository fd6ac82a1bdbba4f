/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One table of keys: accelerators, the shortcuts window and tooltips read it. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

void mh_shortcuts_apply (GtkApplication *application);
void mh_shortcuts_show (GtkWindow *parent);

G_END_DECLS
