/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Collecting the tubes of one order at the bed: two identifiers, the payment if it is due, then
 * each printed label scanned back before the tube counts as collected. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_collect_dialog_show (GtkWidget *parent, MhContext *context, const char *order_id);

G_END_DECLS
