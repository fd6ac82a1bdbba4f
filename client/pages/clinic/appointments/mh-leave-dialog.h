/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Enters a leave or a closure by whole days, then lists the bookings to be moved, each with a way
 * to another slot. */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* @schedule_id: proposed, or NULL. @done is called with @opener after each change. */
void mh_leave_dialog_show (GtkWidget *opener,
                           MhContext *context,
                           const char *schedule_id,
                           MhDate day,
                           void (*done) (GtkWidget *opener));
/* The bookings that a leave leaves to be moved. */
void mh_leave_dialog_look (GtkWidget *opener,
                           MhContext *context,
                           const char *leave_id,
                           void (*done) (GtkWidget *opener));

G_END_DECLS
