/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Puts somebody on the waiting list: who, with whom, when it would suit. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @patient: or NULL, then one is looked for. @done is called with @opener when it is saved; or
 * NULL. */
void mh_wish_dialog_show (GtkWidget *opener,
                          MhContext *context,
                          MhRecord *patient,
                          void (*done) (GtkWidget *opener));

G_END_DECLS
