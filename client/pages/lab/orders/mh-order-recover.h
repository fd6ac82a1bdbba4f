/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An order that is not paid as it was meant to be, or not wanted any more. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @action: retry (which opens an expired order again), convert_to_cod or cancel. What came of it is
 * said where @from is. Cancelling cannot be taken back: it asks for the reason first. */
void mh_order_recover (GtkWidget *from, MhContext *context, MhRecord *order, const char *action);
/* Does the order stand where that may be done, whoever asks? */
gboolean mh_order_may_reopen (MhRecord *order);
gboolean mh_order_may_cancel (MhRecord *order);

G_END_DECLS
