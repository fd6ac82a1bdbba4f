/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How urgent a placed order is, who wanted it and for which department, and where it is collected;
 * what is paid and done does not hang on it. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_order_change_show (GtkWidget *parent, MhContext *context, MhRecord *order);

G_END_DECLS
