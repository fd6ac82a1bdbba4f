/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Withdrawing a signed prescription as a whole. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* It is signed and was not withdrawn yet. */
gboolean mh_withdraw_fits (MhRecord *prescription);

/* Asks for the reason, and says first what becomes of medicines and tests. @done: it is withdrawn;
 * @data is freed when the dialog is gone. */
void mh_withdraw_dialog_show (GtkWidget *opener,
                              MhContext *context,
                              MhRecord *prescription,
                              void (*done) (MhRecord *prescription, gpointer data),
                              gpointer data,
                              GDestroyNotify free_data);

G_END_DECLS
