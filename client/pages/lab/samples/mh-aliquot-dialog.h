/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Taking portions of a tube. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_aliquot_dialog_show (GtkWidget *parent,
                             MhContext *context,
                             const char *sample_id,
                             const char *accession);

G_END_DECLS
