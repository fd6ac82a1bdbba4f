/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a problem, dose or line of history was before: each change with its day, who made it, and
 * the fields that it changed. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

void mh_chart_before_show (GtkWidget *opener, MhContext *context, MhRecord *item);

G_END_DECLS
