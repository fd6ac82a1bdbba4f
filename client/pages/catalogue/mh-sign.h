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
void
mh_sign_toggle (MhContext *context, MhRecord *record, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
