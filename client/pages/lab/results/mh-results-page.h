/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Orders that want results on the left, then the result grid of the chosen one, or of one test
 * across patients (F6); its tubes below, the report as it will print beside (F7 where the window is
 * not wide enough for both). Ctrl+Enter finishes it and opens the next. */
#include <gtk/gtk.h>

#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_RESULTS_PAGE (mh_results_page_get_type ())
G_DECLARE_FINAL_TYPE (MhResultsPage, mh_results_page, MH, RESULTS_PAGE, MhPane)

GtkWidget *mh_results_page_new (MhContext *context);

G_END_DECLS
