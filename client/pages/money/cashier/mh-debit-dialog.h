/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was charged too little on an invoice is charged by a debit note. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @invoice: an invoice or bill of supply. Returns the dialog; "destroy" when it is done. */
GtkWidget *mh_debit_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *invoice);

G_END_DECLS
