/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Worksheets of the benches: made from what waits, printed, and filled in position by position. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_WORKSHEETS_PAGE (mh_worksheets_page_get_type ())
G_DECLARE_FINAL_TYPE (MhWorksheetsPage, mh_worksheets_page, MH, WORKSHEETS_PAGE, MhPane)

GtkWidget *mh_worksheets_page_new (MhContext *context);

G_END_DECLS
