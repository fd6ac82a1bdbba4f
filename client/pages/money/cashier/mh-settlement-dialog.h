/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Brings in what a provider says it paid out. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @text: the provider's table. Returns the dialog; "destroy" when it is done. */
GtkWidget *mh_settlement_dialog_show (GtkWidget *parent, MhContext *context, const char *text);

G_END_DECLS
