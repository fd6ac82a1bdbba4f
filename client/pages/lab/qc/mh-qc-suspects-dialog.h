/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Whose values were measured since the last good control, and what becomes of each. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_qc_suspects_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *lock);

G_END_DECLS
