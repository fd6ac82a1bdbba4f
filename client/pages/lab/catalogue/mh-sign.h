/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The medical director's button: signs a row off, or takes the sign-off back. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows what the button would do with @record; hidden without the right or for rows that are not
 * signed, and for NULL. */
void mh_sign_prepare (GtkWidget *button, MhContext *context, MhRecord *record);
gboolean mh_sign_is_signed (MhRecord *record);
/* Says what was done with an Undo, or why not; then, also after Undo, calls @done (or NULL). */
typedef void (*MhSignDone) (GtkWidget *from);
void mh_sign_toggle (GtkWidget *from, MhContext *context, MhRecord *record, MhSignDone done);

G_END_DECLS
