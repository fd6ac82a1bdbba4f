/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A patient's account: advance, dues, what was paid; a deposit is taken here. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* Returns the dialog; "destroy" when it is done. */
GtkWidget *mh_account_dialog_show (GtkWidget *parent,
                                   MhContext *context,
                                   const char *patient_id,
                                   const char *patient_name);

G_END_DECLS
