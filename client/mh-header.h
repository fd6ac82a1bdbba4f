/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The parts of the window's header: connection, notifications, the person's menu. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* "Online", "Offline, 3 waiting", "Syncing"; a click tells more. */
GtkWidget *mh_header_net_new (MhContext *context);
/* The sign alone, for narrow windows; the words stay in the accessible name. */
void mh_header_net_set_short (GtkWidget *button, MhContext *context, gboolean is_short);
GtkWidget *mh_header_person_new (MhContext *context);
GtkWidget *mh_header_bell_new (void);
void mh_header_bell_add (GtkWidget *bell,
                         const char *title,
                         const char *text,
                         const char *page,
                         const char *what);

G_END_DECLS
