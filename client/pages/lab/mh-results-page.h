/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Orders that want results on the left, the result grid of the chosen one on the right. Ctrl+Enter
 * finishes it and opens the next. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULTS_PAGE (mh_results_page_get_type ())
G_DECLARE_FINAL_TYPE (MhResultsPage, mh_results_page, MH, RESULTS_PAGE, GtkWidget)

GtkWidget *mh_results_page_new (MhContext *context);

G_END_DECLS
