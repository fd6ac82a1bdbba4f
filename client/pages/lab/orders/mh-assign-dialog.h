/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Giving an order to another technician by hand, with the reason. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_assign_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order);

G_END_DECLS
