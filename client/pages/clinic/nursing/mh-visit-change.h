/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who sees the patient of an open visit, in which department, in which room or bed, and the
 * complaint. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* May whoever is signed in change @visit (may be NULL) so? */
gboolean mh_visit_change_may (MhContext *context, MhRecord *visit);
void mh_visit_change_show (GtkWidget *parent, MhContext *context, MhRecord *visit);

G_END_DECLS
