/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a hospital does with who is on the way, and the dispatcher who hears that nobody comes. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* May @step (MH_ARRIVAL_ACCEPT …) be done now, by who is signed in? */
gboolean mh_arrival_may (MhContext *context, MhRecord *arrival, const char *step);
/* A refusal asks for its reason; that nobody comes is asked once more. Nothing happens when it may
 * not be done. */
void mh_arrival_do (GtkWidget *opener, MhContext *context, MhRecord *arrival, const char *step);

G_END_DECLS
