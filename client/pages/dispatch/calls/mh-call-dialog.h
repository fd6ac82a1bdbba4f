/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * An emergency call while somebody is on the telephone: where, which number, then the protocol's
 * questions, each answered by one key. What comes of them is judged here at once, sent with each
 * answer, and waits in the outbox while the server is away.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "client/models/mh-place.h"

G_BEGIN_DECLS

/* @call: goes on with it; NULL: a new one. Borrowed until it closes. */
GtkWindow *mh_call_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *call);
/* A new one from a place of the map; NULL: none is known yet. */
GtkWindow *mh_call_dialog_show_at (GtkWidget *opener, MhContext *context, MhPlace *place);
/* The call that it is about, NULL: nothing of one was sent. Borrowed. */
const char *mh_call_dialog_id (GtkWindow *window);

G_END_DECLS
