/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Preferences of this desk: server, look, language, printers, sound. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_preferences_show (GtkWindow *parent, MhContext *context, GSettings *settings);

G_END_DECLS
