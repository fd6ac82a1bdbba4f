/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Kind, reason and note of a booking; its time is changed by moving it. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* It is not over, and this person may. */
gboolean mh_booking_change_may (MhContext *context, MhRecord *booking);
/* Nothing where that is not so. */
void mh_booking_change_show (GtkWidget *parent, MhContext *context, MhRecord *booking);

G_END_DECLS
