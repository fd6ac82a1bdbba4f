/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Lowers the price of an order before money is taken. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* Returns the dialog; "destroy" when it is done. */
GtkWidget *mh_discount_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order);

G_END_DECLS
