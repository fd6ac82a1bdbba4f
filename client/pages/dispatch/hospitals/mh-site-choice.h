/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where the patient of an emergency call is driven: the hospitals as the server proposes them for
 * what is needed, each figure told, and the one that is chosen is told who comes. While the server
 * is away it is told when that is back; the hospitals stand by their names then. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_site_choice_ask (GtkWidget *opener, MhContext *context, MhRecord *call);

G_END_DECLS
