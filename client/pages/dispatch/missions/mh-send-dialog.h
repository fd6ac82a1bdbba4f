/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which unit is sent to a call: those that may go, the best first, each with its figures, and those
 * that are left out, with the reasons. 1 to 9 or Enter sends; what two desks want at once only one
 * gets, and the other one sees the list anew. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_send_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *call);

G_END_DECLS
