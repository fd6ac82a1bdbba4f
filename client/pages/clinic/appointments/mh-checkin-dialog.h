/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Somebody is here: with a booking of today that is checked in (which opens the visit and gives the
 * token), or without one, then a token of a queue is given. Shows the number large and prints the
 * slip. Goes on without the server; the number then comes with it.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @opener: a widget of the window, asked for its toasts; may go away. @done is called with it when
 * somebody was checked in; or NULL. */
void mh_checkin_dialog_show (GtkWidget *opener,
                             MhContext *context,
                             MhRecord *patient,
                             void (*done) (GtkWidget *opener));

G_END_DECLS
