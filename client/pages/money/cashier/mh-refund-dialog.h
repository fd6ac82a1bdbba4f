/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Asking for a refund of a payment: how much, why. What is left and the limits are the server's. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The dialog, borrowed; it is destroyed when it is closed. */
GtkWidget *mh_refund_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *payment);

G_END_DECLS
