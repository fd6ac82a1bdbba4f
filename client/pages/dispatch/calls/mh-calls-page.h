/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The emergency calls that are open, the most urgent first, and one of them with its history. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CALLS_PAGE (mh_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCallsPage, mh_calls_page, MH, CALLS_PAGE, MhPane)

GtkWidget *mh_calls_page_new (MhContext *context);

G_END_DECLS
