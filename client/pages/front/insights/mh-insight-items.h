/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is behind a figure or a row of it, as a list; Enter opens the order. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

/* @args: of insight.items. */
void mh_insight_items_show (GtkWidget *opener,
                            MhContext *context,
                            const char *title,
                            const char *const *args);

G_END_DECLS
