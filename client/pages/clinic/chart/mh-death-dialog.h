/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* That a patient has died, or, where that is recorded, that it was a mistake. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_death_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *patient);

G_END_DECLS
