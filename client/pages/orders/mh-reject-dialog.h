/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rejecting a tube with a coded reason; a new tube to collect is made by the server. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_reject_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order);

G_END_DECLS
