/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The waiting room's screen: large numbers and rooms, names only where the hospital wants them;
 * follows the queue by itself. On the second monitor where there is one. Escape closes it. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_queue_display_show (GtkWidget *opener, MhContext *context);

G_END_DECLS
