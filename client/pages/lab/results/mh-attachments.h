/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Pictures and papers that belong to an order's results, at the desk. */
#include "client/mh-context.h"
#include "client/pages/lab/results/mh-note-dialog.h"

G_BEGIN_DECLS

/* Asks for a file and sends it, at most 2 MiB; @analyte: "TEST:ANALYTE" or NULL. @done as in
 * mh_note_dialog_show(). */
void mh_attachments_add (GtkWidget *opener,
                         MhContext *context,
                         const char *order_id,
                         const char *analyte,
                         MhNoteTold told);
/* Asks first, then removes @attachment (MhAttachment); a released order's stays, and the server
 * says so. @done as above. */
void mh_attachments_remove (GtkWidget *opener,
                            MhContext *context,
                            MhRecord *attachment,
                            MhNoteTold told);
/* A button with the title of @attachment (MhAttachment) that shows the picture. */
GtkWidget *mh_attachments_button (MhContext *context, MhRecord *attachment);

G_END_DECLS
