/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Withdrawing a signed prescription as a whole. */
#include "client/pages/lab/results/mh-note-dialog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* It is signed and was not withdrawn yet. */
gboolean mh_withdraw_fits (MhRecord *prescription);

/* Asks for the reason, and says first what becomes of medicines and tests. @told: it is withdrawn.
 */
void mh_withdraw_dialog_show (GtkWidget *opener,
                              MhContext *context,
                              MhRecord *prescription,
                              MhNoteTold told);

G_END_DECLS
