/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Links a patient with a relative who is a patient too: who, and what they are to the patient. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @done is called with @opener when a link was made; @opener may be gone, then it is not. */
void mh_relative_dialog_show (GtkWidget *opener,
                              MhContext *context,
                              MhRecord *patient,
                              void (*done) (GtkWidget *opener));

G_END_DECLS
