/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The released reports: whose, all versions of one, as they print, in the reader's language. Opened
 * with the order's id or without. */
#include <gtk/gtk.h>

#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_REPORT_PAGE (mh_report_page_get_type ())
G_DECLARE_FINAL_TYPE (MhReportPage, mh_report_page, MH, REPORT_PAGE, MhPane)

GtkWidget *mh_report_page_new (MhContext *context);

G_END_DECLS
