/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rejecting a tube with a coded reason; a new tube to collect is made by the server. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_reject_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order);
/* For one tube, with the reason chosen already (MH_REJECT_…). @done: it was closed; @data is freed
 * with it. */
/* @done (data, dialog) when the dialog closes. */
typedef struct
{
  GCallback done;
  gpointer data;
  GClosureNotify data_free;
} MhRejectTold;

void mh_reject_dialog_show_tube (GtkWidget *parent,
                                 MhContext *context,
                                 MhRecord *sample,
                                 const char *reason,
                                 MhRejectTold told);

G_END_DECLS
