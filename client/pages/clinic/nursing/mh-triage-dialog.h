/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The questions of the triage, one key each: Y, N, or a digit; Backspace goes back to the first. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* @vitals: what was measured last, or NULL. */
void
mh_triage_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *visit, MhRecord *vitals);

G_END_DECLS
