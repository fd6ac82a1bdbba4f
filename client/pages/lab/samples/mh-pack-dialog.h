/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Packing tubes for another laboratory. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_pack_dialog_show (GtkWidget *parent, MhContext *context);

G_END_DECLS
