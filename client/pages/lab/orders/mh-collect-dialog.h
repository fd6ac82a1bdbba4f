/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Taking the tubes of one order after the other: two identifiers compared, cash where it is due,
 * each label scanned back. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @orders: of MhRecord (mh_order_type), at least one; they are read anew. */
void mh_collect_dialog_show (GtkWidget *parent, MhContext *context, GPtrArray *orders);

G_END_DECLS
